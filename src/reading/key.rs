//! Which quotes a card shows.
//!
//! The cast before staff, one each before a second of anybody, whole sentences, first person, feeling
//! and news over pleasantries.

use super::lexicon::{self, Class};
use crate::model::{Quote, QuoteKind, Reading};

/// The indices of the best quotes, best first, at most `most`.
#[must_use]
pub fn key_quotes(reading: &Reading, most: usize) -> Vec<usize> {
    let mut ranked: Vec<(usize, f32)> = reading
        .quotes
        .iter()
        .enumerate()
        .map(|(n, q)| (n, worth(reading, q)))
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut chosen: Vec<usize> = Vec::new();
    // A first round for one of each speaker, a second one for the rest.
    for again in [false, true] {
        for (number, _) in &ranked {
            if chosen.len() >= most {
                return chosen;
            }
            let speaker = reading.quotes[*number].by().speaker.as_deref();
            let known = chosen
                .iter()
                .any(|c| reading.quotes[*c].by().speaker.as_deref() == speaker);
            if !chosen.contains(number) && (again || !known) {
                chosen.push(*number);
            }
        }
    }
    chosen
}

fn worth(reading: &Reading, quote: &Quote) -> f32 {
    // What a card shows of a quote, in characters.
    const CARD: usize = 280;
    let text = quote.text();
    let by = quote.by();
    let mut worth = match by.kind {
        QuoteKind::Cast => 3.0,
        QuoteKind::Character => 2.0,
        QuoteKind::Staff => 1.6,
        QuoteKind::Agency => 1.5,
        QuoteKind::Other => 0.5,
    };
    if by.speaker.is_none() {
        worth -= 2.0;
    }
    worth += by.confidence;
    let lead = by
        .speaker
        .as_ref()
        .is_some_and(|s| reading.people.iter().take(2).any(|p| p == s) || reading.title.contains(s.as_str()));
    worth += if lead { 0.8 } else { 0.0 };
    let length = text.chars().count();
    worth += match length {
        0..=24 => -1.0,
        25..=59 => 0.0,
        60..=CARD => 0.8,
        _ => 0.2,
    };
    let (mut first, mut feeling, mut pleasant, mut words) = (false, 0, 0, 0);
    for word in text.split_whitespace().take(120) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        words += 1;
        first |= lexicon::classes(word).has(Class::FIRST);
        feeling += usize::from(FEELING.iter().any(|f| f.eq_ignore_ascii_case(word)));
        pleasant += usize::from(PLEASANT.iter().any(|f| f.eq_ignore_ascii_case(word)));
    }
    worth += if first { 0.6 } else { 0.0 };
    worth += 0.25 * feeling.min(3) as f32 - 0.3 * pleasant.min(3) as f32;
    let whole = text.starts_with(|c: char| c.is_uppercase() || c == '[' || !c.is_ascii())
        && text.ends_with(['.', '!', '?', '…', '\'', '’', ',']);
    worth + if whole && words > 3 { 0.5 } else { -0.5 }
}

const FEELING: &[&str] = &[
    "love",
    "loved",
    "cried",
    "cry",
    "tears",
    "happy",
    "sad",
    "proud",
    "afraid",
    "scared",
    "laughed",
    "heart",
    "miss",
    "grateful",
    "nervous",
    "worried",
    "first",
    "dream",
    "hope",
    "remember",
    "never",
    "honored",
    "touched",
    "moved",
    "surprised",
    "regret",
    "lonely",
    "warm",
];
const PLEASANT: &[&str] = &[
    "anticipation",
    "tune",
    "premiere",
    "interest",
    "support",
    "please",
    "forward",
    "viewers",
    "episode",
    "broadcast",
];
