//! Two or three sentences of the article that tell what happened, in at most 400 characters.
//!
//! The lead comes first; then whichever sentences tell most of what the headline says and the lead
//! does not. No speech, no end matter, no question to the reader, no dangling pronoun.

use super::lexicon::Class;
use super::scan::Spans;
use super::sentence::Sentence;
use super::speech::Judged;
use super::text::{Shape, Text};
use crate::model::ParagraphKind;
use std::collections::{HashMap, HashSet};

/// The longest summary, in characters.
pub const LONGEST: usize = 400;
/// How many sentences of an article are weighed: what matters stands early.
const LOOK: usize = 60;

/// A sentence that may stand in the summary.
struct Candidate {
    at: usize,
    first: usize,
    last: usize,
    length: usize,
    dangling: bool,
    words: HashSet<String>,
    /// The words again, as bits.
    mask: u128,
}

/// How many sentences may stand in the summary: every pair and triple of them is tried.
const POOL: usize = 11;
/// What the first sentences of an article are worth for standing there.
const LEAD: [f32; POOL] = [10.0, 5.2, 3.6, 2.6, 2.0, 1.6, 1.2, 0.8, 0.4, 0.0, 0.0];
/// What it is worth to tell a word of the headline.
const HEADLINE_WORD: f32 = 1.0;
/// What a word is worth for each of the sentences that share it.
const REPEATED_WORD: f32 = 0.1;
/// What it is worth to name a drama that the headline names.
const HEADLINE_NAME: f32 = 1.0;

/// Writes the summary.
#[must_use]
pub fn write(
    text: &Text,
    title: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &[Sentence],
    names: &[&str],
) -> String {
    let mut candidates = candidates(text, spans, judged, sentences);
    candidates.truncate(POOL);
    let weights = weigh(text, title, &mut candidates, names);
    let mut best: (f32, Vec<usize>) = (f32::MIN, Vec::new());
    for a in 0..candidates.len() {
        for b in a..candidates.len() {
            for c in b..candidates.len() {
                let mut set = vec![a, b, c];
                set.dedup();
                if set.len() == 2 && b == c && a == b {
                    continue;
                }
                let worth = worth(&candidates, &weights, &set);
                if worth > best.0 {
                    best = (worth, set);
                }
            }
        }
    }
    if best.1.is_empty() {
        return fallback(text, title, &candidates);
    }
    let parts: Vec<&str> = best
        .1
        .iter()
        .map(|n| text.slice(candidates[*n].first, candidates[*n].last))
        .collect();
    parts.join(" ")
}

/// Numbers the words of the candidates; what the headline says and what the candidates repeat weighs most.
fn weigh(text: &Text, title: &Text, candidates: &mut [Candidate], names: &[&str]) -> Vec<f32> {
    const WORDS: usize = 128;
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut weights: Vec<f32> = Vec::new();
    for name in names.iter().take(8).filter(|n| contains(&title.body, n)) {
        let number = weights.len();
        weights.push(HEADLINE_NAME);
        for candidate in candidates
            .iter_mut()
            .filter(|c| contains(text.slice(c.first, c.last), name))
        {
            candidate.mask |= 1 << number;
        }
    }
    for word in content(title, 0, title.tokens.len()) {
        if weights.len() < WORDS {
            numbers.insert(word, weights.len());
            weights.push(HEADLINE_WORD);
        }
    }
    for candidate in candidates.iter_mut() {
        for word in &candidate.words {
            let number = *numbers.entry(word.clone()).or_insert_with(|| {
                weights.push(0.0);
                weights.len() - 1
            });
            if number < WORDS {
                candidate.mask |= 1 << number;
                weights[number] += REPEATED_WORD;
            }
        }
    }
    weights.truncate(WORDS);
    weights
}

/// Whether a text holds a name, in any case.
fn contains(text: &str, name: &str) -> bool {
    super::speech::fold(text).contains(&super::speech::fold(name))
}

/// What a set of sentences is worth; nothing when it is too long.
fn worth(candidates: &[Candidate], weights: &[f32], set: &[usize]) -> f32 {
    let length: usize = set.iter().map(|n| candidates[*n].length + 1).sum::<usize>() - 1;
    if length > LONGEST {
        return f32::MIN;
    }
    let mut mask = set.iter().fold(0_u128, |mask, n| mask | candidates[*n].mask);
    let mut worth = 0.0;
    while mask != 0 {
        worth += weights[mask.trailing_zeros() as usize];
        mask &= mask - 1;
    }
    for (place, n) in set.iter().enumerate() {
        let candidate = &candidates[*n];
        worth += LEAD[*n];
        // A pronoun is understood right behind the sentence that names its person.
        let follows = place > 0 && candidates[set[place - 1]].at + 1 == candidate.at;
        if candidate.dangling && !follows {
            worth -= 4.0;
        }
    }
    worth
}

fn candidates(text: &Text, spans: &Spans, judged: &[Judged], sentences: &[Sentence]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let last_para = text.paras.len().saturating_sub(1);
    for (at, sentence) in sentences.iter().enumerate().take(LOOK) {
        let (first, last) = (sentence.first, sentence.last);
        let para = text.paras[sentence.para];
        let printed = text.slice(first, last);
        let length = printed.chars().count();
        let long = printed.len() > LONGEST * 4;
        if long || length < 25 || length > LONGEST || para.kind != ParagraphKind::Paragraph {
            continue;
        }
        let from = spans.outer.partition_point(|s| s.after() <= first);
        let speech = spans.outer[from..]
            .iter()
            .zip(&judged[from..])
            .take_while(|(s, _)| s.open < last)
            .any(|(_, j)| j.is_speech());
        let whole = matches!(text.word(last - 1), "." | "!" | ")" | "”" | "\"" | "…" | "’" | "'")
            || text.word(last - 1).ends_with('.');
        if speech
            || !whole
            || is_schedule(text, first, last, sentence.para + 2 > last_para)
            || addresses_reader(text, first, last)
            || is_wish(text, first)
        {
            continue;
        }
        let words = content(text, first, last);
        candidates.push(Candidate {
            mask: 0,
            at,
            first,
            last,
            length,
            dangling: dangles(text, first),
            words,
        });
    }
    candidates
}

/// Words of four letters and more that are not grammar, and numbers; endings are cut so that forms meet.
fn content(text: &Text, first: usize, last: usize) -> HashSet<String> {
    const GRAMMAR: Class = Class::PREP
        .with(Class::DET)
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::HE)
        .with(Class::SHE)
        .with(Class::THEY);
    (first..last)
        .filter(|t| text.tokens[*t].is_word() && (text.word(*t).len() > 2) && !text.class(*t).has(GRAMMAR))
        .map(|t| {
            let word = text.word(t).to_lowercase();
            let stem = ["ing", "ed", "es", "s"]
                .iter()
                .find_map(|end| word.strip_suffix(end).filter(|stem| stem.len() > 3));
            stem.map_or_else(|| word.clone(), str::to_owned)
        })
        .collect()
}

/// `“X” airs every Friday at 10 p.m. KST.`, `X premieres on May 3.`: told by the card, not by the summary.
fn is_schedule(text: &Text, first: usize, last: usize, near_end: bool) -> bool {
    let airs = (first..last).any(|t| {
        [
            "airs",
            "air",
            "premieres",
            "premiere",
            "released",
            "available",
            "streams",
            "streaming",
            "broadcast",
            "stream",
        ]
        .contains(&text.word(t))
    });
    let time = (first..last).any(|t| text.class(t).has(Class::MONTH.with(Class::DAY).with(Class::KST)));
    let clock = (first..last).any(|t| text.is(t, "KST"));
    airs && (time && near_end && last - first < 32 || clock && last - first < 26)
}

fn addresses_reader(text: &Text, first: usize, last: usize) -> bool {
    let asks = text.is(last - 1, "?");
    let you = (first..last).any(|t| text.is(t, "you") || text.is(t, "your"));
    asks || you
        && (text.is(first, "check")
            || text.is(first, "watch")
            || text.is(first, "stay")
            || text.is(first, "let")
            || (first..last).any(|t| text.is(t, "below") || text.is(t, "comments")))
        || text.is(first, "watch")
        || text.is(first, "check")
        || text.is(first, "stay")
        || text.is(first, "see") && (first..last).any(|t| text.is(t, "below"))
}

fn is_wish(text: &Text, first: usize) -> bool {
    [
        "congratulations",
        "congrats",
        "spoilers",
        "warning",
        "updated",
        "original",
        "note",
    ]
    .iter()
    .any(|w| text.is(first, w))
        || text.is(first, "we") && (text.is(first + 1, "wish") || text.is(first + 1, "hope"))
        || text.is(first, "thank")
}

fn dangles(text: &Text, first: usize) -> bool {
    let class = text.class(first);
    class.has(Class::HE.with(Class::SHE).with(Class::THEY))
        || [
            "it",
            "this",
            "these",
            "those",
            "that",
            "both",
            "its",
            "such",
            "another",
            "but",
            "and",
            "so",
            "then",
            "however",
            "afterward",
            "later",
        ]
        .iter()
        .any(|w| text.is(first, w))
            && text.shape(first) != Shape::Mark
}

/// No sentence fits: the beginning of the first one, or the headline.
fn fallback(text: &Text, title: &Text, candidates: &[Candidate]) -> String {
    let source = candidates
        .first()
        .map_or(title.body.as_str(), |c| text.slice(c.first, c.last));
    let source = if source.is_empty() {
        return String::new();
    } else {
        source
    };
    if source.chars().count() <= LONGEST {
        return source.to_owned();
    }
    let mut end = 0;
    for (at, c) in source.char_indices().take(LONGEST - 2) {
        if c == ' ' {
            end = at;
        }
    }
    format!("{}…", &source[..end])
}
