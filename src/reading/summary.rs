//! Two or three sentences of the article that tell what happened, in at most 400 characters.
//!
//! The lead comes first; then whichever sentences tell most of what the headline says and the lead
//! does not. No speech, no end matter, no question to the reader, no dangling pronoun.

use super::around::{self, Occasion};
use super::entity::{self, Entities, Id};
use super::lexicon::Class;
use super::scan::Spans;
use super::sentence::Sentence;
use super::speech::{self, Judged, Verdict};
use super::telling::{
    addresses_reader, asks, behind_dateline, behind_source, dangles, is_chatty, is_fragment, is_reported, is_schedule,
    is_wish, tells_by_itself, tells_premise,
};
use super::text::{Shape, Text};
use crate::model::ParagraphKind;
use std::cell::Cell;
use std::cmp::Reverse;

/// The longest summary, in characters.
pub const LONGEST: usize = 400;
/// The shortest sentence that may stand in it, and the shortest clause before a speech: `She bows.` tells nothing.
const LEAST: usize = 25;
const LEAST_BEFORE: usize = 45;
/// How many sentences of an article are weighed: what matters stands early.
const LOOK: usize = 60;

/// What of a sentence may stand in the summary.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// The clause before its speech.
    Before,
    /// Where it was said.
    Occasion(Occasion),
}

/// A sentence that may stand in the summary.
struct Candidate {
    at: usize,
    first: usize,
    last: usize,
    length: usize,
    part: Part,
    /// How many whole sentences come before it.
    rank: usize,
    dangling: bool,
    /// It begins with `The rom-com`: which one, where several are told of?
    vague: bool,
    /// It speaks of the writer or to the reader.
    chatty: bool,
    /// The first one with the figures of an article about ratings.
    figures: bool,
    /// What the words are worth that no other candidate tells.
    own: f32,
    /// The words that it shares with others, as bits.
    mask: u128,
}

impl Candidate {
    fn printed(&self, text: &Text) -> String {
        match self.part {
            Part::Whole => capitalised(text.slice(self.first, self.last)),
            Part::Before => ended(capitalised(text.slice(self.first, self.last))),
            Part::Occasion(occasion) => ended(occasion.told(text)),
        }
    }

    /// Whether it has a name in it, by the key of the name.
    fn tells(&self, text: &Text, key: &str) -> bool {
        let initial = key.bytes().next();
        (self.first..self.last)
            .filter(|t| {
                let first = text.initial(*t);
                !first.is_ascii() || Some(first) == initial
            })
            .any(|t| entity::begins_with(text.slice(t, self.last), key))
    }
}

/// So many of the numbers of words are kept for dramas, people and the news.
const TOPICS: usize = 16;
/// How many sentences may stand in the summary: every pair and triple of them is tried.
const POOL: usize = 11;
/// What the first sentences of an article are worth for standing there: every classic algorithm
/// loses to the lead.
const LEAD: [f32; POOL] = [10.0, 5.2, 3.6, 2.6, 2.0, 1.6, 1.2, 0.8, 0.4, 0.0, 0.0];
/// What it is worth to tell a word of the headline.
const HEADLINE_WORD: f32 = 1.0;
/// What a word is worth for each of the sentences that share it.
const REPEATED_WORD: f32 = 0.1;
/// What it is worth to name a drama that the headline names, when it names several.
const HEADLINE_NAME: f32 = 1.0;

/// What it is worth to name in full one of those whom the article tells most of: it decides where the rest is even.
const PERSON: f32 = 0.2;
/// What it is worth to say what the news of such an article is: `in talks`, `press conference`.
const NEWS: f32 = 3.0;
/// What it is worth to name the drama.
const DRAMA: f32 = 3.0;
/// What it is worth to say what the drama tells of.
const PREMISE: f32 = 1.0;
/// What the first sentence with a rating is worth where ratings are the news.
const FIGURES: f32 = 6.0;
/// What it costs to say `The rom-com` where several dramas are told of.
const VAGUE: f32 = 4.0;
/// What it costs to be no more than what stands before the speech of a sentence.
const CUT: f32 = 3.0;
/// What it costs to speak of oneself or to the reader.
const CHATTY: f32 = 12.0;

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
    /// The paragraphs that somebody said without marks, and the questions to them.
    pub spoken: &'a [bool],
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
    if told.figures
        && let Some(first) = candidates.iter_mut().find(|c| has_rating(text, c.first, c.last))
    {
        first.figures = true;
    }
    let mut weights = weigh(text, title, &mut candidates, told.dramas);
    topics(text, told, &mut candidates, &mut weights);
    let best = Cell::new((f32::MIN, [usize::MAX; 3]));
    let offer = |worth: f32, set: [usize; 3]| {
        if worth > best.get().0 {
            best.set((worth, set));
        }
    };
    let none = usize::MAX;
    // No more than this can a sentence add, whatever stands before it: no weight is below zero.
    const ROUNDING: f32 = 0.05;
    let most: Vec<f32> = (0..candidates.len())
        .map(|c| {
            let before = (0..candidates.len()).find(|b| candidates[*b].at + 1 == candidates[c].at);
            step(&candidates, &weights, 0, c, before.unwrap_or(none)) + ROUNDING
        })
        .collect();
    for a in 0..candidates.len() {
        let one = step(&candidates, &weights, 0, a, none);
        let mask = candidates[a].mask;
        offer(one, [a, none, none]);
        for b in a + 1..candidates.len() {
            let length = candidates[a].length + candidates[b].length + 1;
            if length > LONGEST {
                continue;
            }
            let two = one + step(&candidates, &weights, mask, b, a);
            let mask = mask | candidates[b].mask;
            offer(two, [a, b, none]);
            for c in b + 1..candidates.len() {
                if length + candidates[c].length < LONGEST && two + most[c] > best.get().0 {
                    offer(two + step(&candidates, &weights, mask, c, b), [a, b, c]);
                }
            }
        }
    }
    let chosen: Vec<String> = best
        .get()
        .1
        .iter()
        .filter_map(|n| candidates.get(*n))
        .map(|c| c.printed(text))
        .collect();
    if chosen.is_empty() {
        fallback(text, title, sentences)
    } else {
        chosen.join(" ")
    }
}

/// A sentence whose end was cut ends with a full stop again, in place of a comma inside its marks.
fn ended(mut sentence: String) -> String {
    let words = sentence.trim_end_matches(['”', '’', '"', '\'']);
    let at = words.len();
    if words.ends_with(',') {
        sentence.replace_range(at - 1..at, ".");
    } else if !words.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

/// A sentence whose beginning was cut begins with a capital again.
fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) if first.is_ascii_lowercase() && sentence.starts_with("the ") => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => sentence.to_owned(),
    }
}

/// What a sentence adds to those before it.
fn step(candidates: &[Candidate], weights: &[f32], told: u128, at: usize, before: usize) -> f32 {
    let candidate = &candidates[at];
    let mut new = candidate.mask & !told;
    let mut worth = LEAD.get(candidate.rank).copied().unwrap_or_default() + candidate.own;
    while new != 0 {
        worth += weights[new.trailing_zeros() as usize];
        new &= new - 1;
    }
    // A pronoun is understood right behind the sentence that names its person.
    let follows = candidates.get(before).is_some_and(|b| b.at + 1 == candidate.at);
    worth -= if candidate.vague && !follows { VAGUE } else { 0.0 };
    worth += if candidate.figures { FIGURES } else { 0.0 };
    worth -= if candidate.part != Part::Whole { CUT } else { 0.0 };
    worth -= if candidate.chatty { CHATTY } else { 0.0 };
    worth - if candidate.dangling && !follows { 4.0 } else { 0.0 }
}

/// `12.4 percent`, `12.4%`.
fn has_rating(text: &Text, first: usize, last: usize) -> bool {
    (first + 1..last).any(|t| (text.is(t, "percent") || text.word(t) == "%") && text.shape(t - 1) == Shape::Number)
}

/// A word: whether the headline has it, how many sentences have it, and which: the last byte of each.
type Word<'a> = (bool, &'a [u64]);
/// What of a number is the word, and no sentence's.
const STEM: u64 = !0xff;

/// Numbers the words of the candidates and weighs them.
fn weigh(text: &Text, title: &Text, candidates: &mut [Candidate], names: &[&str]) -> Vec<f32> {
    const WORDS: usize = 128;
    let mut headline = Vec::new();
    content(title, 0, title.tokens.len(), |word| headline.push(word & STEM));
    headline.sort_unstable();
    // The words of all, each with the sentence that tells it.
    let mut all: Vec<u64> = Vec::with_capacity(256);
    for (number, candidate) in (0..).zip(candidates.iter()) {
        content(text, candidate.first, candidate.last, |word| {
            all.push(word & STEM | number)
        });
    }
    all.sort_unstable();
    all.dedup();
    // Each distinct word with the sentences that share it; what only one tells comes last, and most words are such.
    let (mut shared, mut single): (Vec<Word<'_>>, Vec<Word<'_>>) =
        (Vec::with_capacity(WORDS), Vec::with_capacity(all.len()));
    for tellers in all.chunk_by(|a, b| a & STEM == b & STEM) {
        let headlined = headline.binary_search(&(tellers[0] & STEM)).is_ok();
        let words = if headlined || tellers.len() > 1 {
            &mut shared
        } else {
            &mut single
        };
        words.push((headlined, tellers));
    }
    shared.sort_by_key(|(headlined, tellers)| (Reverse(*headlined), Reverse(tellers.len())));
    shared.append(&mut single);
    shared.truncate(WORDS - TOPICS);
    let mut weights: Vec<f32> = Vec::with_capacity(WORDS);
    for (headlined, tellers) in shared {
        let told = if headlined { HEADLINE_WORD } else { 0.0 };
        let worth = told + REPEATED_WORD * tellers.len() as f32;
        if let [teller] = tellers {
            candidates[(teller & !STEM) as usize].own += worth;
            continue;
        }
        for teller in tellers {
            candidates[(teller & !STEM) as usize].mask |= 1 << weights.len();
        }
        weights.push(worth);
    }
    // A headline that names one drama says nothing of which of several a sentence tells.
    if names.len() < 2 {
        return weights;
    }
    let folded = speech::fold(&title.body);
    let named: Vec<String> = names
        .iter()
        .take(8)
        .map(|n| speech::fold(n))
        .filter(|n| folded.contains(n.as_str()))
        .collect();
    if named.len() > 1 {
        for name in &named {
            for candidate in candidates.iter_mut().filter(|c| c.tells(text, name)) {
                candidate.mask |= 1 << weights.len();
            }
            weights.push(HEADLINE_NAME);
        }
    }
    weights
}

/// What it is worth to name the drama, those whom the article tells most of, and the news itself.
fn topics(text: &Text, told: &Told<'_>, candidates: &mut [Candidate], weights: &mut Vec<f32>) {
    let mut worth = |worth: f32, says: &dyn Fn(&Candidate) -> bool| {
        for candidate in candidates.iter_mut().filter(|c| says(c)) {
            candidate.mask |= 1 << weights.len();
        }
        weights.push(worth);
    };
    for person in told.people {
        worth(PERSON, &|c| {
            told.entities
                .between(c.first, c.last)
                .iter()
                .any(|m| m.entity == *person && m.full)
        });
    }
    if !told.news.is_empty() {
        // Most words begin with another letter than all of these.
        let initials = told.news.iter().fold(0, |bits, word| bits | bit(word.as_bytes()[0]));
        let is_news = |t: usize| initials & bit(text.initial(t)) != 0 && told.news.iter().any(|w| text.is(t, w));
        worth(NEWS, &|c| (c.first..c.last).any(is_news));
    }
    worth(PREMISE, &|c| tells_premise(text, c.first, c.last));
    if let Some(main) = told.dramas.first().map(|d| speech::fold(d)) {
        worth(DRAMA, &|c| c.tells(text, &main));
    }
}

/// One bit for a letter.
const fn bit(letter: u8) -> u32 {
    1 << (letter & 31)
}

fn candidates(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &[Sentence],
    told: &Told<'_>,
) -> Vec<Candidate> {
    let (spoken, several) = (told.spoken, told.dramas.len() > 1);
    let mut candidates = Vec::with_capacity(POOL);
    let last_para = text.paras.len().saturating_sub(1);
    for (at, sentence) in sentences.iter().enumerate().take(LOOK) {
        let para = text.paras[sentence.para];
        if spoken.get(sentence.para).copied().unwrap_or_default() || asks(text, para.first, para.last) {
            continue;
        }
        let mut first = behind_dateline(text, sentence.first, sentence.last);
        if told.figures {
            first = behind_source(text, first, sentence.last);
        }
        let Some((part, first, last)) = part(text, spans, judged, first, sentence.last) else {
            continue;
        };
        let printed = text.slice(first, last);
        // What is put in where only a part is told: a full stop, `spoke to` for `told`.
        let room = if part == Part::Whole { 0 } else { 8 };
        let length = printed.chars().count() + room;
        let least = if part == Part::Before { LEAST_BEFORE } else { LEAST };
        let long = printed.len() > LONGEST * 4;
        if long || !(least..=LONGEST).contains(&length) || para.kind != ParagraphKind::Paragraph {
            continue;
        }
        let whole = part != Part::Whole
            || matches!(text.word(last - 1), "." | "!" | ")" | "”" | "\"" | "…" | "’" | "'")
            || text.word(last - 1).ends_with('.');
        let classes = text.classes(first, last);
        if !whole
            || is_schedule(text, first, last, sentence.para + 2 > last_para)
            || addresses_reader(text, first, last)
            || is_wish(text, first)
            || classes.has(Class::NOMINATIVE) && classes.has(Class::SAY) && is_reported(text, first, last)
        {
            continue;
        }
        candidates.push(Candidate {
            at,
            first,
            last,
            length,
            part,
            rank: candidates.iter().filter(|c: &&Candidate| c.part == Part::Whole).count(),
            dangling: dangles(text, first) && !tells_by_itself(text, first),
            vague: several
                && text.is(first, "the")
                && text.class(first + 1).has(Class::DRAMA)
                && text.shape(first + 1) == Shape::Lower,
            chatty: is_chatty(text, spans, first, last),
            figures: false,
            own: 0.0,
            mask: 0,
        });
        if candidates.len() == POOL {
            break;
        }
    }
    candidates
}

/// What of a sentence is no speech and can stand alone, and its first token and the one past its last.
fn part(text: &Text, spans: &Spans, judged: &[Judged], first: usize, last: usize) -> Option<(Part, usize, usize)> {
    let from = spans.outer.partition_point(|s| s.after() <= first);
    let mut speeches = spans.outer[from..]
        .iter()
        .zip(&judged[from..])
        .take_while(|(s, _)| s.open < last)
        .filter(|(s, j)| j.is_speech() || is_fragment(text, s, j.verdict == Verdict::Title))
        .map(|(span, _)| span);
    let Some(speech) = speeches.next() else {
        return Some((Part::Whole, first, last));
    };
    if speech.open > first {
        return around::end(text, first, speech.open).map(|end| (Part::Before, first, end));
    }
    let end = speeches.next().map_or(last, |s| s.open);
    around::occasion(text, speech.after(), end).map(|o| (Part::Occasion(o), o.first, o.last))
}

/// The stems of the words that are not grammar. Endings are cut so that forms meet.
fn content(text: &Text, first: usize, last: usize, mut word: impl FnMut(u64)) {
    const GRAMMAR: Class = Class::PREP
        .with(Class::DET)
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::HE)
        .with(Class::SHE)
        .with(Class::THEY);
    for token in first..last {
        let bytes = text.bytes(token);
        if text.tokens[token].is_word() && bytes.len() > 2 && !text.class(token).has(GRAMMAR) {
            word(stem(bytes));
        }
    }
}

/// A number for the stem of a word. That two words may share one does no harm.
fn stem(word: &[u8]) -> u64 {
    let ending = match word {
        [.., b'i', b'n', b'g'] if word.len() > 6 => 3,
        [.., b'e', b'd' | b's'] if word.len() > 5 => 2,
        [.., b's'] if word.len() > 4 => 1,
        _ => 0,
    };
    word[..word.len() - ending]
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
        })
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
