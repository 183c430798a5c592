//! Two or three sentences of the article that tell what happened, in at most 400 characters.
//!
//! The lead comes first; then whichever sentences tell most of what the headline says and the lead
//! does not. No speech, no end matter, no question to the reader, no dangling pronoun.

use super::lexicon::Class;
use super::scan::Spans;
use super::sentence::Sentence;
use super::speech::Judged;
use super::text::{Shape, Text};
use crate::model::{ArticleKind, ParagraphKind};
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
    /// Words that say what happened, in news of this kind.
    events: usize,
    /// The words again, as bits.
    mask: u128,
}

/// Words that say what happened, by the kind of news.
const EVENTS: &[(ArticleKind, &[&str])] = &[
    (ArticleKind::Casting, &["confirmed", "confirms", "cast", "offer", "offered", "offers", "talks", "considering", "reviewing", "role", "lead", "star", "starring", "join", "joins", "injured", "injury", "step", "stepping", "withdraw", "reported"]),
    (ArticleKind::Ratings, &["highest", "record", "recorded", "peak", "percent", "premiere", "rose", "personal", "best", "first", "rating", "ratings", "finale"]),
    (ArticleKind::Statement, &["statement", "announced", "injured", "injury", "denied", "confirmed", "lawsuit", "apologized", "hospital", "legal", "marriage", "dating", "contract"]),
    (ArticleKind::Teaser, &["teaser", "trailer", "poster", "posters", "story", "drama", "revealed", "depicts"]),
    (ArticleKind::Stills, &["stills", "previously", "photos", "depict", "capture", "captures", "story", "drama"]),
    (ArticleKind::ScriptReading, &["reading", "cast", "gathered", "attended", "story", "drama", "stars", "plays"]),
    (ArticleKind::PressConference, &["conference", "attended", "drama", "story", "tells", "depicts", "stars"]),
    (ArticleKind::Interview, &["interview", "role", "plays", "played", "drama", "starring"]),
    (ArticleKind::Awards, &["award", "awards", "won", "daesang", "prize", "excellence"]),
    (ArticleKind::MakingOf, &["video", "clip", "making-of", "behind-the-scenes", "filming", "scene"]),
    (ArticleKind::Recap, &["episode", "scene", "learned", "discovered", "revealed"]),
    (ArticleKind::Variety, &["episode", "guest", "appeared", "revealed", "drama"]),
];

/// How many sentences may stand in the summary: every pair and triple of them is tried.
const POOL: usize = 11;
/// What the first sentences of an article are worth for standing there.
const LEAD: [f32; POOL] = [5.0, 2.6, 1.8, 1.3, 1.0, 0.8, 0.6, 0.4, 0.2, 0.0, 0.0];

/// Writes the summary.
#[must_use]
pub fn write(text: &Text, title: &Text, spans: &Spans, judged: &[Judged], sentences: &[Sentence], kind: ArticleKind) -> String {
    let mut candidates = candidates(text, spans, judged, sentences, kind);
    candidates.truncate(POOL);
    let weights = weigh(text, title, &mut candidates);
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
    let parts: Vec<&str> = best.1.iter().map(|n| text.slice(candidates[*n].first, candidates[*n].last)).collect();
    parts.join(" ")
}

/// Numbers the words of the candidates; what the headline says and what the candidates repeat weighs most.
fn weigh(_text: &Text, title: &Text, candidates: &mut [Candidate]) -> Vec<f32> {
    const WORDS: usize = 128;
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut weights: Vec<f32> = Vec::new();
    for word in content(title, 0, title.tokens.len()) {
        if weights.len() < WORDS {
            numbers.insert(word, weights.len());
            weights.push(w(0));
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
                weights[number] += w(1);
            }
        }
    }
    weights.truncate(WORDS);
    weights
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
        worth += LEAD[*n] * w(3) + w(2) * candidate.events.min(2) as f32;
        // A pronoun is understood right behind the sentence that names its person.
        let follows = place > 0 && candidates[set[place - 1]].at + 1 == candidate.at;
        if candidate.dangling && !follows {
            worth -= 4.0;
        }
    }
    worth
}

fn candidates(text: &Text, spans: &Spans, judged: &[Judged], sentences: &[Sentence], kind: ArticleKind) -> Vec<Candidate> {
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
        let speech = spans.outer[from..].iter().zip(&judged[from..]).take_while(|(s, _)| s.open < last).any(|(_, j)| j.is_speech());
        let whole = matches!(text.word(last - 1), "." | "!" | ")" | "”" | "\"" | "…" | "’" | "'") || text.word(last - 1).ends_with('.');
        if speech || !whole || is_schedule(text, first, last, sentence.para + 2 > last_para) || addresses_reader(text, first, last) || is_wish(text, first) {
            continue;
        }
        let words = content(text, first, last);
        let events = (first..last).filter(|t| EVENTS.iter().any(|(k, words)| *k == kind && words.contains(&text.word(*t).to_ascii_lowercase().as_str()))).count();
        candidates.push(Candidate { events, mask: 0, at, first, last, length, dangling: dangles(text, first), words });
    }
    candidates
}

/// Words of four letters and more that are not grammar, and numbers; endings are cut so that forms meet.
fn content(text: &Text, first: usize, last: usize) -> HashSet<String> {
    const GRAMMAR: Class = Class::PREP.with(Class::DET).with(Class::CONJ).with(Class::SUBORD).with(Class::AUX).with(Class::HE).with(Class::SHE).with(Class::THEY);
    (first..last)
        .filter(|t| text.tokens[*t].is_word() && (text.word(*t).len() > 2) && !text.class(*t).has(GRAMMAR))
        .map(|t| {
            let word = text.word(t).to_lowercase();
            let stem = ["ing", "ed", "es", "s"].iter().find_map(|end| word.strip_suffix(end).filter(|stem| stem.len() > 3));
            stem.map_or_else(|| word.clone(), str::to_owned)
        })
        .collect()
}

/// `“X” airs every Friday at 10 p.m. KST.`, `X premieres on May 3.`: told by the card, not by the summary.
fn is_schedule(text: &Text, first: usize, last: usize, near_end: bool) -> bool {
    let airs = (first..last).any(|t| ["airs", "air", "premieres", "premiere", "released", "available", "streams", "streaming", "broadcast", "stream"].contains(&text.word(t)));
    let time = (first..last).any(|t| text.class(t).has(Class::MONTH.with(Class::DAY).with(Class::KST)));
    let clock = (first..last).any(|t| text.is(t, "KST"));
    airs && (time && near_end && last - first < 32 || clock && last - first < 26)
}

fn addresses_reader(text: &Text, first: usize, last: usize) -> bool {
    let asks = text.is(last - 1, "?");
    let you = (first..last).any(|t| text.is(t, "you") || text.is(t, "your"));
    asks || you && (text.is(first, "check") || text.is(first, "watch") || text.is(first, "stay") || text.is(first, "let") || (first..last).any(|t| text.is(t, "below") || text.is(t, "comments"))) || text.is(first, "watch") || text.is(first, "check") || text.is(first, "stay") || text.is(first, "see") && (first..last).any(|t| text.is(t, "below"))
}

fn is_wish(text: &Text, first: usize) -> bool {
    ["congratulations", "congrats", "spoilers", "warning", "updated", "original", "note"].iter().any(|w| text.is(first, w)) || text.is(first, "we") && (text.is(first + 1, "wish") || text.is(first + 1, "hope")) || text.is(first, "thank")
}

fn dangles(text: &Text, first: usize) -> bool {
    let class = text.class(first);
    class.has(Class::HE.with(Class::SHE).with(Class::THEY)) || ["it", "this", "these", "those", "that", "both", "its", "such", "another", "but", "and", "so", "then", "however", "afterward", "later"].iter().any(|w| text.is(first, w)) && text.shape(first) != Shape::Mark
}

/// No sentence fits: the beginning of the first one, or the headline.
fn fallback(text: &Text, title: &Text, candidates: &[Candidate]) -> String {
    let source = candidates.first().map_or(title.body.as_str(), |c| text.slice(c.first, c.last));
    let source = if source.is_empty() { return String::new() } else { source };
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

fn w(n: usize) -> f32 {
    static W: std::sync::LazyLock<Vec<f32>> = std::sync::LazyLock::new(|| std::env::var("W").map(|w| w.split(',').filter_map(|x| x.parse().ok()).collect()).unwrap_or_else(|_| vec![1.6, 0.12, 0.8, 1.0]));
    W[n]
}
