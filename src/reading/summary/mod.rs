//! Two or three sentences of the article that tell what happened, in at most 400 characters.
//!
//! The lead comes first; then whichever sentences tell most of what the headline says and the lead does not: the drama,
//! its network, those whom the article is about, the news itself. No speech, no end matter, no question to the reader, no
//! dangling pronoun; who is named for the first time is named in full (`naming`). `pool` finds what may stand in it,
//! `weigh` says what each is worth, and `closing` names those who speak where a short summary does not.

mod closing;
mod naming;
mod pool;
mod weigh;

use super::around::Telling;
use super::entity::{Entities, Id};
use super::judged::Judged;
use super::quote::Draft;
use super::scan::Spans;
use super::sentence::Sentence;
use super::text::{Shape, Text};
use closing::Voices;
use pool::{Candidate, candidates};
use std::cell::Cell;
use weigh::Weights;

/// The longest summary, in characters.
pub const LONGEST: usize = 400;

/// What is known of the article already.
pub struct Told<'a> {
    /// Everybody named.
    pub entities: &'a Entities,
    /// Whom it tells most of.
    pub people: &'a [Id],
    /// Words one of which the news of its kind has.
    pub news: &'a [&'a str],
    /// Its dramas.
    pub dramas: &'a [&'a str],
    /// Where the first drama can be seen.
    pub network: Option<&'a str>,
    /// The paragraphs that somebody said without marks, and the questions to them.
    pub spoken: &'a [bool],
    /// What somebody says in it.
    pub drafts: &'a [Draft],
    /// It is about ratings: the figures are the news.
    pub figures: bool,
}

/// Writes the summary.
#[must_use]
pub fn write(
    text: &Text,
    title: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &[Sentence],
    told: &Told<'_>,
) -> String {
    let mut candidates = candidates(text, spans, judged, sentences, told);
    let voices = Voices::of(told.drafts, told.entities);
    let weights = weigh::all(text, title, &mut candidates, told, &voices);
    let chosen = choose(&candidates, &weights, &|names, room| {
        voices.worth(told.entities, names, room)
    });
    let mut named: Vec<Id> = Vec::new();
    let mut printed: Vec<String> = Vec::with_capacity(chosen.len());
    let chosen: Vec<&Candidate> = chosen.iter().filter_map(|n| candidates.get(*n)).collect();
    let mut room = LONGEST.saturating_sub(chosen.iter().map(|c| c.length + 1).sum::<usize>());
    for candidate in chosen {
        let source = text.slice(candidate.opens, candidate.first).chars().count() + 1;
        let telling = if candidate.opens < candidate.first && source <= room {
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
            candidate.whole,
            &mut named,
        ));
    }
    if printed.is_empty() {
        return fallback(text, title, sentences);
    }
    let mut summary = printed.join(" ");
    if printed.len() < MOST {
        let room = LONGEST.saturating_sub(summary.chars().count() + 1);
        if let Some(line) = voices.line(told.entities, &|id| named.contains(&id), room) {
            summary.push(' ');
            summary.push_str(&line);
        }
    }
    summary
}

/// How many sentences a summary has at most.
const MOST: usize = 3;

/// The one, two or three that are worth most together. `closing` says what the closing line is worth behind those who
/// are named already, in the room that is left.
fn choose(candidates: &[Candidate], weights: &Weights, closing: &dyn Fn(u64, usize) -> f32) -> Vec<usize> {
    let none = usize::MAX;
    let best = Cell::new((f32::MIN, [none; MOST]));
    let offer = |worth: f32, set: [usize; MOST]| {
        if worth > best.get().0 {
            best.set((worth, set));
        }
    };
    // No more than this can a sentence add, whatever stands before it: no weight is below zero.
    const ROUNDING: f32 = 0.05;
    let most: Vec<f32> = (0..candidates.len())
        .map(|c| {
            let before = (0..candidates.len()).find(|b| candidates[*b].at + 1 == candidates[c].at);
            weights.step(candidates, 0, c, before.unwrap_or(none)) + ROUNDING
        })
        .collect();
    for (a, first) in candidates.iter().enumerate() {
        let one = weights.step(candidates, 0, a, none);
        offer(one + closing(first.names, LONGEST - first.length), [a, none, none]);
        for (b, second) in candidates.iter().enumerate().skip(a + 1) {
            let length = first.length + second.length + 1;
            if length > LONGEST {
                continue;
            }
            let two = one + weights.step(candidates, first.mask, b, a);
            let mask = first.mask | second.mask;
            offer(
                two + closing(first.names | second.names, LONGEST - length),
                [a, b, none],
            );
            for (c, third) in candidates.iter().enumerate().skip(b + 1) {
                if length + third.length < LONGEST && two + most[c] > best.get().0 {
                    offer(two + weights.step(candidates, mask, c, b), [a, b, c]);
                }
            }
        }
    }
    best.get().1.into_iter().filter(|n| *n != none).collect()
}

/// No sentence fits: the beginning of the first one without speech, or the headline.
fn fallback(text: &Text, title: &Text, sentences: &[Sentence]) -> String {
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
