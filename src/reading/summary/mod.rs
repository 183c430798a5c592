//! Two or three sentences of the article that tell what happened, in at most 400 characters.
//!
//! The lead comes first; then whichever sentences tell most of what the headline says and the lead does not: the drama,
//! its network, those whom the article is about, the news itself. No speech, no end matter, no question to the reader, no
//! dangling pronoun; who is named for the first time is named in full (`naming`). `pool` finds what may stand in it,
//! `weigh` says what each is worth, `headline` tells what only the headline does, `occasion` puts in front what the headline says the article is, `premiere` says when the
//! drama begins or goes on, and `closing` names those who speak and the cast where the sentences leave room, with what
//! `living` finds that the roles do for a living.

mod closing;
mod headline;
mod living;
mod naming;
mod occasion;
mod pool;
mod premiere;
mod weigh;

use super::around::Telling;
use super::entity::{self, Entities, Id};
use super::judged::Judged;
use super::print::Words;
use super::quote::Draft;
use super::scan::Spans;
use super::sentence::Sentences;
use super::speech;
use super::text::{Shape, Text};
use crate::model::ArticleKind;
use closing::Voices;
use headline::Headline;
use occasion::Occasion;
use pool::{Candidate, POOL, SHORTENED, candidates};
use premiere::Premiere;
use std::cell::Cell;
use weigh::{LABEL, LISTED, THIRD, UNTOLD, Weights};

/// The start.room summary, in characters.
pub const LONGEST: usize = 400;

/// What is known of the article already.
pub struct Told<'a> {
    /// Everybody named.
    pub entities: &'a Entities,
    /// Whom it tells most of.
    pub people: &'a [Id],
    /// Words one of which the news of its kind has.
    pub news: Option<Words>,
    /// Its dramas.
    pub dramas: &'a [&'a str],
    /// Where the first drama can be seen.
    pub network: Option<&'a str>,
    /// The paragraphs that somebody said without marks, and the questions to them.
    pub spoken: &'a [bool],
    /// What somebody says in it.
    pub drafts: &'a [Draft],
    /// What kind of news it is.
    pub kind: ArticleKind,
    /// It is about ratings: the figures are the news.
    pub figures: bool,
    /// It is a list of several.
    pub list: bool,
    /// The marks of the headline.
    pub title_spans: &'a Spans,
}

impl<'a> Told<'a> {
    /// The drama, where no list is told: it may stand in front of a summary that does not name it. Where the headline does not
    /// either, it is the only one, and the news is of a kind that is about a drama: an obituary names some in passing.
    fn labelled(&self, title: &Text) -> Option<&'a &'a str> {
        let is_alone = self.dramas.len() == 1
            && matches!(
                self.kind,
                ArticleKind::Casting
                    | ArticleKind::Stills
                    | ArticleKind::Teaser
                    | ArticleKind::MakingOf
                    | ArticleKind::ScriptReading
                    | ArticleKind::Interview
                    | ArticleKind::PressConference
                    | ArticleKind::Recap
            );
        let first = self.dramas.first().filter(|_| !self.list);
        first.filter(|d| is_alone || entity::holds(&title.body, &speech::fold(d)))
    }
}

/// Writes the summary.
#[must_use]
pub fn write(
    text: &Text,
    title: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    told: &Told<'_>,
) -> String {
    let mut candidates = candidates(text, spans, judged, sentences, told);
    let voices = Voices::of(text, told);
    let weights = weigh::all(text, title, &mut candidates, told, &voices);
    let labelled = told.labelled(title);
    let occasions = if told.list {
        Vec::new()
    } else {
        occasion::find(title, text, spans, sentences, told)
    };
    for candidate in &mut candidates {
        for (number, occasion) in occasions.iter().enumerate() {
            let is_told = candidate
                .parts()
                .any(|(first, last)| occasion.is_told(text, first, last));
            candidate.occasions |= u8::from(is_told) << number;
        }
    }
    let premiere = premiere::find(text, spans, sentences, told);
    if let Some(premiere) = &premiere {
        for candidate in &mut candidates {
            let is_told = candidate
                .parts()
                .any(|(first, last)| premiere.is_told(text, first, last));
            candidate.occasions |= if is_told { PREMIERE } else { 0 };
        }
    }
    let mut headline = headline::find(title, told);
    if let Some(headline) = &mut headline {
        weights.headline(title, told, headline);
        headline.tell(title, &occasions);
    }
    let mut added = Added {
        headline: None,
        labelled: labelled.is_some(),
        occasions: &occasions,
        premiere: premiere.as_ref(),
        weights: &weights,
        voices: &voices,
        told,
    };
    let most = most(&candidates, &weights);
    let (alone, mut chosen) = choose(&candidates, &added, &most, f32::MIN);
    added.headline = headline.as_ref().filter(|headline| headline.untold >= UNTOLD);
    if added.headline.is_some() {
        match choose(&candidates, &added, &most, alone).1 {
            none if none.is_empty() => added.headline = None,
            others => chosen = others,
        }
    }
    let start = Start::of(added.headline);
    let mut named: Vec<Id> = Vec::new();
    let mut printed: Vec<String> = Vec::with_capacity(chosen.len());
    let chosen: Vec<&Candidate> = chosen.iter().filter_map(|n| candidates.get(*n)).collect();
    let occasions_told = chosen.iter().fold(start.occasions, |told, c| told | c.occasions);
    let mut room = start
        .room
        .saturating_sub(chosen.iter().map(|c| c.length + 1).sum::<usize>());
    for candidate in chosen {
        let source = text.slice(candidate.opens, candidate.first).chars().count() + 1;
        let telling = if candidate.opens < candidate.first && candidate.gap.0 == candidate.last && source <= room {
            room -= source;
            Telling::whole(candidate.opens, candidate.last)
        } else {
            candidate.telling
        };
        printed.push(naming::print(
            text,
            told.entities,
            spans,
            &telling,
            candidate.whole && !candidate.short,
            &mut named,
        ));
    }
    if printed.is_empty() {
        return fallback(text, title, sentences);
    }
    let mut summary = printed.join(" ");
    let mut colon = None;
    if let Some(headline) = added.headline {
        let is_new = |network: &&str| !entity::holds(&summary, &speech::fold(network));
        let network = told.network.filter(is_new).filter(|_| headline.before_drama() <= room);
        let line = headline.line(title, text, told, network);
        colon = line.strip_suffix(':').map(str::len);
        summary = format!("{line} {summary}");
    }
    let untold: Vec<&str> = told
        .dramas
        .iter()
        .copied()
        .filter(|d| !entity::holds(&summary, &speech::fold(d)))
        .collect();
    let is_new = |(number, _): &(usize, &Occasion)| occasions_told & (1 << *number) == 0;
    let new: Vec<&Occasion> = occasions
        .iter()
        .enumerate()
        .filter(is_new)
        .map(|(_, occasion)| occasion)
        .collect();
    let drama = labelled.copied().filter(|drama| untold.first() == Some(drama));
    let is_new = |network: &&str| !entity::holds(&summary, &speech::fold(network));
    let drama = drama.map(|drama| (drama, told.network.filter(is_new)));
    if let Some(label) = label(drama, &new, LONGEST - summary.chars().count().min(LONGEST)) {
        // One colon is enough: `Interview: Bae Min on geese. It is early.`
        if let Some(at) = colon {
            summary.replace_range(at..=at, ".");
        }
        summary.insert_str(0, &label);
    }
    let rivals = told.dramas.iter().take(weigh::DRAMAS).skip(1).copied();
    let others = if told.list {
        untold
    } else {
        rivals.filter(|drama| untold.contains(drama)).collect()
    };
    let room = LONGEST.saturating_sub(summary.chars().count() + 1);
    let is_named = |id| named.contains(&id) || added.headline.is_some_and(|h| h.people.contains(&id));
    for line in added.lines(text, &is_named, occasions_told, &others, (room, printed.len())) {
        summary.push(' ');
        summary.push_str(&line);
    }
    summary
}

/// What stands in front, as much as there is room for; the drama, with its network, comes before the occasion.
fn label(drama: Option<(&str, Option<&str>)>, occasions: &[&Occasion], room: usize) -> Option<String> {
    let one = &occasions[..occasions.len().min(1)];
    let bare = drama.map(|(drama, _)| (drama, None));
    let labels = [
        (drama, occasions),
        (bare, occasions),
        (drama, one),
        (bare, one),
        (drama, &[]),
        (bare, &[]),
        (None, one),
    ];
    labels
        .into_iter()
        .filter(|(drama, occasions)| drama.is_some() || !occasions.is_empty())
        .map(|(drama, occasions)| occasion::label(drama, occasions))
        .find(|label| label.chars().count() <= room)
}

/// The bit of the premiere among what is told of the occasions.
const PREMIERE: u8 = 1 << 7;

/// What is added to the sentences of the article: the drama in front, a line behind.
struct Added<'a> {
    /// The headline, where it is told.
    headline: Option<&'a Headline>,
    labelled: bool,
    occasions: &'a [Occasion],
    premiere: Option<&'a Premiere>,
    weights: &'a Weights,
    voices: &'a Voices,
    told: &'a Told<'a>,
}

impl Added<'_> {
    /// What it is worth beside sentences of which the words, the topics and the names are told, in the room that is left.
    fn worth(&self, told: u128, occasions: u8, names: u64, room: usize, sentences: usize) -> f32 {
        // `Among them:`, and the marks.
        const OWN: usize = 20;
        let mut left = room;
        let before_drama = self.headline.map_or(0, Headline::before_drama);
        let network = if before_drama == 0 || before_drama > left {
            0.0
        } else {
            self.weights.network(told)
        };
        left -= if network > 0.0 { before_drama } else { 0 };
        let mut lines = closing::lines_behind(sentences);
        let mut fits = |(_, length): &(usize, usize)| {
            let fits = length + 5 + OWN <= left;
            left -= if fits { length + 5 } else { 0 };
            fits
        };
        if self.told.list {
            let listed = self.weights.untold(told).filter(&mut fits).count();
            return if sentences == MOST || listed == 0 {
                network
            } else {
                network + LISTED * listed as f32
            };
        }
        let first = self.weights.untold(told).next().filter(|(number, _)| *number == 0);
        let label = self.labelled && first.is_some_and(|first| fits(&first));
        let drama = if label { LABEL } else { 0.0 };
        let mut rivals = 0;
        if self.told.figures && lines > 0 {
            let others = self.weights.untold(told).filter(|(number, _)| *number > 0);
            rivals = others.filter(&mut fits).count();
            lines -= usize::from(rivals > 0);
            left = left.saturating_sub(if rivals > 0 { OWN } else { 0 });
        }
        let mut said = 0.0;
        for (number, occasion) in self.occasions.iter().enumerate() {
            if occasions & (1 << number) == 0 && occasion.length <= left {
                left -= occasion.length;
                said += Occasion::worth();
            }
        }
        let premiere = self.premiere.filter(|_| occasions & PREMIERE == 0);
        let behind = self.voices.worth(names, premiere, left, lines);
        network + drama + said + behind + LISTED * rivals as f32
    }

    /// What closes a summary of so many sentences: the other dramas of a list or of the ratings, and who is in it.
    fn lines(
        &self,
        text: &Text,
        named: &dyn Fn(Id) -> bool,
        occasions: u8,
        others: &[&str],
        (mut room, sentences): (usize, usize),
    ) -> Vec<String> {
        let mut lines = closing::lines_behind(sentences);
        let dramas = if self.told.list && sentences < MOST {
            closing::dramas(others, room)
        } else if self.told.figures && lines > 0 {
            closing::rivals(others, room)
        } else {
            None
        };
        let mut closing = Vec::new();
        if let Some(line) = dramas {
            room = room.saturating_sub(line.chars().count() + 1);
            lines = if self.told.list { 0 } else { lines - 1 };
            closing.push(line);
        }
        let premiere = self.premiere.filter(|_| occasions & PREMIERE == 0);
        closing.extend(
            self.voices
                .lines(text, self.told.entities, named, premiere, (room, lines)),
        );
        closing
    }
}

/// How many sentences a summary has at most.
const MOST: usize = 3;

/// So much may a bound be too low that is summed up in another order.
const ROUNDING: f32 = 0.05;

/// What each sentence can add at most, whatever stands before it: no weight is below zero.
fn most(candidates: &[Candidate], weights: &Weights) -> Vec<f32> {
    (0..candidates.len())
        .map(|c| {
            let before = candidates[..c].iter().rposition(|b| b.at + 1 == candidates[c].at);
            weights.step(candidates, 0, c, before.unwrap_or(usize::MAX)) + ROUNDING
        })
        .collect()
}

/// The one, two or three that are worth most together, with what is added to them, and what that is; none where it is not
/// more than the `least`. What each can add at most and all that can be said beside them tells of nearly all pairs and
/// triples that they are worth less than one that is found already: what is added to them is not weighed.
fn choose(candidates: &[Candidate], added: &Added<'_>, most: &[f32], least: f32) -> (f32, Vec<usize>) {
    let start = Start::of(added.headline);
    let weights = added.weights;
    let none = usize::MAX;
    let best = Cell::new((least - start.worth, [none; MOST]));
    let offer = |worth: f32, set: [usize; MOST]| {
        if worth > best.get().0 {
            best.set((worth, set));
        }
    };
    // No more is said in front of them and behind.
    let label = if added.labelled { LABEL } else { 0.0 };
    let beside = label
        + added.occasions.len() as f32 * Occasion::worth()
        + if added.told.list || added.told.figures {
            LISTED * weigh::DRAMAS as f32
        } else {
            0.0
        }
        + added.voices.most(added.premiere)
        + added.headline.map_or(0.0, |_| weights.network(start.mask))
        + ROUNDING;
    // The most that a third one behind a sentence can add, and a second with a third.
    let mut after = [(0.0_f32, 0.0_f32); POOL + SHORTENED];
    for c in (1..candidates.len()).rev() {
        let (third, both) = after[c];
        after[c - 1] = (third.max(most[c] - THIRD), both.max(most[c] + third));
    }
    for (a, first) in candidates.iter().enumerate() {
        if most[a] + after[a].1 + beside <= best.get().0 || first.length > start.room {
            continue;
        }
        let told = start.mask | first.mask;
        let occasions = start.occasions | first.occasions;
        let one = weights.step(candidates, start.mask, a, none);
        let named = start.names | first.names;
        let alone = added.worth(told, occasions, named, start.room - first.length, 1);
        offer(one + alone, [a, none, none]);
        for (b, second) in candidates.iter().enumerate().skip(a + 1) {
            let length = first.length + second.length + 1;
            let hopeless = one + most[b] + after[b].0 + beside <= best.get().0;
            if hopeless || length > start.room || second.at == first.at {
                continue;
            }
            let two = one + weights.step(candidates, told, b, a);
            let mask = told | second.mask;
            let names = named | second.names;
            let occasions = occasions | second.occasions;
            if two + beside > best.get().0 {
                let worth = added.worth(mask, occasions, names, start.room - length, 2);
                offer(two + worth, [a, b, none]);
            }
            if two + after[b].0 + beside <= best.get().0 {
                continue;
            }
            for (c, third) in candidates.iter().enumerate().skip(b + 1) {
                // What is worth more than the best.
                let wanted = best.get().0 + THIRD - beside;
                if two + most[c] <= wanted || length + third.length >= start.room || third.at == second.at {
                    continue;
                }
                let three = two + weights.step(candidates, mask, c, b);
                if three > wanted {
                    let room = start.room - length - third.length - 1;
                    let (mask, occasions) = (mask | third.mask, occasions | third.occasions);
                    let worth = added.worth(mask, occasions, names | third.names, room, 3);
                    offer(three + worth - THIRD, [a, b, c]);
                }
            }
        }
    }
    let (worth, set) = best.get();
    (worth + start.worth, set.into_iter().filter(|n| *n != none).collect())
}

/// What is there before the first sentence is chosen: what the headline tells, and the room that it leaves.
struct Start {
    mask: u128,
    occasions: u8,
    names: u64,
    room: usize,
    worth: f32,
}

impl Start {
    fn of(headline: Option<&Headline>) -> Self {
        Self {
            mask: headline.map_or(0, |h| h.mask),
            occasions: headline.map_or(0, |h| h.occasions),
            names: headline.map_or(0, Headline::bits),
            room: LONGEST - headline.map_or(0, |h| h.length),
            worth: headline.map_or(0.0, |h| h.worth),
        }
    }
}

/// No sentence fits: the beginning of the first one without speech, or the headline.
fn fallback(text: &Text, title: &Text, sentences: &Sentences) -> String {
    let first = sentences
        .first()
        .filter(|s| (s.first..s.last.min(s.first + 400)).all(|t| text.shape(t) != Shape::Mark))
        .map(|s| text.slice(s.first, s.last));
    let source = if title.body.is_empty() {
        first.unwrap_or_default()
    } else {
        title.body.as_str()
    };
    let mut end = 0;
    let mut count = 0;
    for (at, c) in source.char_indices() {
        count += 1;
        if count > LONGEST {
            return format!("{}…", source[..end].trim_end());
        }
        // The last space that leaves room for the ellipsis.
        if c == ' ' && count < LONGEST {
            end = at;
        }
    }
    source.to_owned()
}
