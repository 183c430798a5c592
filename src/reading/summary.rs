//! Two or three sentences of the article that tell what happened, in at most 400 characters.
//!
//! The lead comes first; then whichever sentences tell most of what the headline says and the lead
//! does not. No speech, no end matter, no question to the reader, no dangling pronoun.

use super::lexicon::Class;
use super::scan::Spans;
use super::sentence::Sentence;
use super::speech::{self, Judged, Verdict};
use super::text::{Shape, Text};
use crate::model::ParagraphKind;
use std::cell::Cell;

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
    /// It begins with `The rom-com`: which one, where several are told of?
    vague: bool,
    /// It speaks of the writer or to the reader.
    chatty: bool,
    /// The first one with the figures of an article about ratings.
    figures: bool,
    /// Its words, as stems; sorted, each once.
    words: Vec<u64>,
    /// The words again, as bits.
    mask: u128,
}

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

/// What the first sentence with a rating is worth where ratings are the news.
const FIGURES: f32 = 6.0;
/// What it costs to say `The rom-com` where several dramas are told of.
const VAGUE: f32 = 4.0;
/// What it costs to speak of oneself or to the reader.
const CHATTY: f32 = 12.0;

/// What is known of the article already.
pub struct Told<'a> {
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
    let weights = weigh(text, title, &mut candidates, told.dramas);
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
    let chosen: Vec<&str> = best
        .get()
        .1
        .iter()
        .filter_map(|n| candidates.get(*n))
        .map(|c| text.slice(c.first, c.last))
        .collect();
    if chosen.is_empty() {
        fallback(text, title, sentences)
    } else {
        chosen.join(" ")
    }
}

/// What a sentence adds to those before it.
fn step(candidates: &[Candidate], weights: &[f32], told: u128, at: usize, before: usize) -> f32 {
    let candidate = &candidates[at];
    let mut new = candidate.mask & !told;
    let mut worth = LEAD.get(at).copied().unwrap_or_default();
    while new != 0 {
        worth += weights[new.trailing_zeros() as usize];
        new &= new - 1;
    }
    // A pronoun is understood right behind the sentence that names its person.
    let follows = candidates.get(before).is_some_and(|b| b.at + 1 == candidate.at);
    worth -= if candidate.vague && !follows { VAGUE } else { 0.0 };
    worth += if candidate.figures { FIGURES } else { 0.0 };
    worth -= if candidate.chatty { CHATTY } else { 0.0 };
    worth - if candidate.dangling && !follows { 4.0 } else { 0.0 }
}

/// `12.4 percent`, `12.4%`.
fn has_rating(text: &Text, first: usize, last: usize) -> bool {
    (first + 1..last).any(|t| (text.is(t, "percent") || text.word(t) == "%") && text.shape(t - 1) == Shape::Number)
}

/// Numbers the words of the candidates and weighs them.
fn weigh(text: &Text, title: &Text, candidates: &mut [Candidate], names: &[&str]) -> Vec<f32> {
    const WORDS: usize = 128;
    let headline = content(title, 0, title.tokens.len());
    let mut all: Vec<u64> = candidates.iter().flat_map(|c| c.words.iter().copied()).collect();
    all.sort_unstable();
    // Each distinct word with the number of sentences that share it; what only one tells comes last.
    let mut counted: Vec<(u64, usize)> = all.chunk_by(|a, b| a == b).map(|c| (c[0], c.len())).collect();
    counted.sort_by_cached_key(|(word, count)| {
        (
            std::cmp::Reverse(headline.binary_search(word).is_ok()),
            std::cmp::Reverse(*count),
            *word,
        )
    });
    counted.truncate(WORDS - 8);
    let mut weights: Vec<f32> = Vec::with_capacity(WORDS);
    for (word, count) in &counted {
        let told = if headline.binary_search(word).is_ok() {
            HEADLINE_WORD
        } else {
            0.0
        };
        weights.push(told + REPEATED_WORD * *count as f32);
    }
    let mut numbers: Vec<(u64, usize)> = counted.iter().enumerate().map(|(n, (word, _))| (*word, n)).collect();
    numbers.sort_unstable();
    for candidate in candidates.iter_mut() {
        for word in &candidate.words {
            if let Ok(at) = numbers.binary_search_by_key(word, |(w, _)| *w) {
                candidate.mask |= 1 << numbers[at].1;
            }
        }
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
            for candidate in candidates
                .iter_mut()
                .filter(|c| speech::fold(text.slice(c.first, c.last)).contains(name.as_str()))
            {
                candidate.mask |= 1 << weights.len();
            }
            weights.push(HEADLINE_NAME);
        }
    }
    weights
}

fn candidates(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &[Sentence],
    told: &Told<'_>,
) -> Vec<Candidate> {
    let (spoken, several) = (told.spoken, told.dramas.len() > 1);
    let mut candidates = Vec::new();
    let last_para = text.paras.len().saturating_sub(1);
    for (at, sentence) in sentences.iter().enumerate().take(LOOK) {
        let para = text.paras[sentence.para];
        if spoken.get(sentence.para).copied().unwrap_or_default() || asks(text, para.first, para.last) {
            continue;
        }
        let (first, last) = (behind_dateline(text, sentence.first, sentence.last), sentence.last);
        let printed = text.slice(first, last);
        let length = printed.chars().count();
        let long = printed.len() > LONGEST * 4;
        if long || !(25..=LONGEST).contains(&length) || para.kind != ParagraphKind::Paragraph {
            continue;
        }
        let from = spans.outer.partition_point(|s| s.after() <= first);
        let speech = spans.outer[from..]
            .iter()
            .zip(&judged[from..])
            .take_while(|(s, _)| s.open < last)
            .any(|(s, j)| j.is_speech() || is_fragment(text, s, j.verdict == Verdict::Title));
        let whole = matches!(text.word(last - 1), "." | "!" | ")" | "”" | "\"" | "…" | "’" | "'")
            || text.word(last - 1).ends_with('.');
        if speech
            || !whole
            || is_schedule(text, first, last, sentence.para + 2 > last_para)
            || addresses_reader(text, first, last)
            || is_wish(text, first)
            || is_reported(text, first, last)
        {
            continue;
        }
        let words = content(text, first, last);
        candidates.push(Candidate {
            at,
            first,
            last,
            length,
            dangling: dangles(text, first) && !tells_by_itself(text, first),
            vague: several
                && text.is(first, "the")
                && text.class(first + 1).has(Class::DRAMA)
                && text.shape(first + 1) == Shape::Lower,
            chatty: is_chatty(text, spans, first, last),
            figures: false,
            words,
            mask: 0,
        });
        if candidates.len() == POOL {
            break;
        }
    }
    candidates
}

/// An interviewer's question: to somebody, with whatever stands before the question itself.
fn asks(text: &Text, first: usize, last: usize) -> bool {
    const LONGEST: usize = 90;
    let question =
        last > first && text.is(last - 1, "?") || text.is(first, "q") && matches!(text.word(first + 1), "." | ":");
    question
        && last - first <= LONGEST
        && (text.is(first, "q") || (first..last).any(|t| text.is(t, "you") || text.is(t, "your")))
}

/// `SEOUL, May 7 (Yonhap) -- `: an agency's place and date are no part of the news.
fn behind_dateline(text: &Text, first: usize, last: usize) -> usize {
    const LONGEST: usize = 14;
    // `[Seoul=Newsis] `.
    if matches!(text.word(first), "[" | "(")
        && let Some(close) = (first + 1..last.min(first + LONGEST)).find(|t| matches!(text.word(*t), "]" | ")"))
        && text
            .tokens
            .get(close + 1)
            .is_some_and(|t| close + 1 < last && t.is_capital())
    {
        return close + 1;
    }
    let dash = |t: usize| matches!(text.word(t), "-" | "–" | "—" | "--" | "=");
    let end = last.min(first + LONGEST);
    let Some(at) = (first + 1..end).find(|t| dash(*t)) else {
        return first;
    };
    let dated = (first..at).any(|t| text.class(t).has(Class::MONTH.with(Class::DAY)) || text.word(t) == "(");
    let placed = text.class(first).has(Class::PLACE) || text.shape(first) == Shape::Upper;
    let bare = (first..at).all(|t| text.shape(t) != Shape::Lower && text.shape(t) != Shape::Mark);
    let mut begin = at;
    while begin < end && dash(begin) {
        begin += 1;
    }
    if dated
        && placed
        && bare
        && text
            .tokens
            .get(begin)
            .is_some_and(|t| t.is_capital() || t.shape == Shape::Mark)
    {
        begin
    } else {
        first
    }
}

/// `Director Bok, he recalled, did not sound surprised`: half of what somebody said.
fn is_reported(text: &Text, first: usize, last: usize) -> bool {
    (first + 1..last.saturating_sub(2)).any(|t| {
        text.word(t) == ","
            && text.class(t + 1).has(Class::NOMINATIVE)
            && text.class(t + 2).has(Class::SAY)
            && matches!(text.word(t + 3), "," | ".")
    })
}

/// The writer speaks of themself or to the reader, outside of titles.
fn is_chatty(text: &Text, spans: &Spans, first: usize, last: usize) -> bool {
    let mut next = spans.outer.partition_point(|s| s.after() <= first);
    let mut at = first;
    while at < last {
        if let Some(span) = spans.outer.get(next).filter(|s| s.open <= at) {
            at = span.after().max(at + 1);
            next += 1;
            continue;
        }
        if matches!(
            text.word(at),
            "I" | "I'm" | "I’m" | "I've" | "I’ve" | "I'll" | "I’ll" | "me"
        ) {
            return true;
        }
        at += 1;
    }
    text.is(first, "you")
}

/// `one for herself and one “just in case somebody forgot”`: somebody's words, though no sentence.
fn is_fragment(text: &Text, span: &super::scan::Span, title: bool) -> bool {
    const WORDS: usize = 4;
    // `replies, “Always.”`, `with the caption: “I only play for the dead.”`
    let announced = matches!(text.word(span.open.wrapping_sub(1)), "," | ":");
    let said = announced && text.class(span.open.wrapping_sub(2)).has(Class::SAY);
    said || announced && !title
        || !title
            && text.shape(span.first()) == Shape::Lower
            && (span.first()..span.close).filter(|t| text.tokens[*t].is_word()).count() >= WORDS
}

/// `It was also reported that`, `It is a drama`: this “it” stands for nothing before.
fn tells_by_itself(text: &Text, first: usize) -> bool {
    let aux = text.is(first, "it") && text.class(first + 1).has(Class::AUX);
    aux && (first + 2..first + 6)
        .take_while(|t| text.shape(*t) == Shape::Lower)
        .any(|t| text.class(t).has(Class::SAY.with(Class::WEAK)) && text.is(t + 1, "that"))
}

/// The stems of the words that are not grammar: sorted, each once. Endings are cut so that forms meet.
fn content(text: &Text, first: usize, last: usize) -> Vec<u64> {
    const GRAMMAR: Class = Class::PREP
        .with(Class::DET)
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::HE)
        .with(Class::SHE)
        .with(Class::THEY);
    let telling = |t: &usize| text.tokens[*t].is_word() && text.word(*t).len() > 2 && !text.class(*t).has(GRAMMAR);
    let mut words: Vec<u64> = (first..last).filter(telling).map(|t| stem(text.word(t))).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A number for the stem of a word. That two words may share one does no harm.
fn stem(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let end = ["ing", "ed", "es", "s"]
        .iter()
        .find(|end| bytes.len() > end.len() + 3 && bytes.ends_with(end.as_bytes()))
        .map_or(bytes.len(), |end| bytes.len() - end.len());
    bytes[..end].iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// `“X” airs every Friday at 10 p.m. KST.`, `X premieres on May 3.`: told by the card, not by the summary.
fn is_schedule(text: &Text, first: usize, last: usize, near_end: bool) -> bool {
    let time = (first..last).any(|t| text.class(t).has(Class::MONTH.with(Class::DAY).with(Class::KST)));
    if !time {
        return false;
    }
    let clock = (first..last).any(|t| text.is(t, "KST"));
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
    airs && (near_end && last - first < 32 || clock && last - first < 26)
}

fn addresses_reader(text: &Text, first: usize, last: usize) -> bool {
    if text.is(last - 1, "?") || ["watch", "check", "stay"].iter().any(|w| text.is(first, w)) {
        return true;
    }
    let (mut you, mut below) = (false, false);
    for token in first..last {
        match text.word(token) {
            "you" | "your" | "You" | "Your" => you = true,
            "below" | "comments" => below = true,
            _ => {}
        }
    }
    you && (below || text.is(first, "let")) || below && text.is(first, "see")
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
