//! Calls: lines and sentences that tell the reader to watch, read or look at something beside them.
//!
//! `phrases` asks for every line what it is; here is the one answer that takes more than a list of words.

use super::sentences::{balanced, last_sentence};
use super::text::{Pairs, Start, plain, word_count};

/// Whether a line tells the reader to watch, read or look at something that stands beside it.
pub(super) fn is_call(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with(['“', '"', '‘', '\'', '「']) || text.len() > 300 {
        return false;
    }
    // Most sentences begin otherwise, which the first letters tell.
    if !Start::of(text).may_begin(&MAY_BE_ONE) {
        return false;
    }
    let rest = after_lead_in(text);
    let start = Start::of(rest);
    let starts = |verb: &&str| start.begins_with_words(verb);
    let strong = STRONG.iter().any(starts);
    if !strong && !WEAK.iter().any(starts) {
        return false;
    }
    // “See Hwa” is somebody's name.
    let named = rest
        .split(' ')
        .nth(1)
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    if !strong && named {
        return false;
    }
    let words = plain(rest);
    let count = word_count(&words);
    if count > 34 {
        return false;
    }
    let points = |word: &str| matches!(word, "below" | "here" | "above");
    let beside = words.split(' ').any(points);
    let at_end = words.rsplit(' ').take(5).any(points);
    if strong {
        (beside && (count <= 14 || text.ends_with([':', '!', '.', '↓', '⬇', '"', '”'])))
            || text.ends_with(':')
            || ends_at_a_service(&words)
    } else {
        at_end && (count <= 14 || text.ends_with([':', '!']))
    }
}

const STRONG: [&str; 11] = [
    "watch",
    "rewatch",
    "check out",
    "check it out",
    "catch up",
    "start watching",
    "binge",
    "stream",
    "begin watching",
    "get started",
    "take a look",
];
const WEAK: [&str; 13] = [
    "catch",
    "see",
    "view",
    "have a look",
    "listen",
    "find",
    "read",
    "enjoy",
    "dive",
    "tune",
    "click",
    "head",
    "relive",
];

/// How calls and what stands in front of them begin.
const MAY_BE_ONE: Pairs = Pairs::of(&[&STRONG, &WEAK, &LEADS, &BARE]);

fn ends_at_a_service(words: &str) -> bool {
    const ENDS: [&str; 8] = [
        " on viki",
        " on netflix",
        " on kocowa",
        " on disney",
        " on viu",
        " on tving",
        " on viki now",
        " with subtitles",
    ];
    word_count(words) <= 16 && ENDS.iter().any(|end| words.ends_with(end))
}

/// What stands before a call up to a comma, and what stands right before its verb.
const LEADS: [&str; 17] = [
    "in the meantime",
    "meanwhile",
    "while you",
    "while waiting",
    "while we",
    "until then",
    "for now",
    "before then",
    "also",
    "if you",
    "for those",
    "can’t wait",
    "can't wait",
    "want to",
    "as you wait",
    "and",
    "ahead of",
];
const BARE: [&str; 8] = [
    "you can ",
    "don’t forget to ",
    "don't forget to ",
    "make sure to ",
    "be sure to ",
    "please ",
    "also, ",
    "and ",
];

/// Without what outlets put before a call: “In the meantime,”.
fn after_lead_in(text: &str) -> &str {
    let mut rest = text;
    if LEADS.iter().any(|lead| leads(text, lead)) {
        let end = text.find([',', '?', '!']).filter(|end| *end < 120);
        rest = end.and_then(|end| text.get(end + 1..)).map_or(text, str::trim_start);
    }
    for bare in BARE {
        if leads(rest, bare) {
            rest = &rest[bare.len()..];
        }
    }
    rest
}

/// Whether a text begins with a phrase, in any case.
fn leads(text: &str, lead: &str) -> bool {
    let (text, lead) = (text.as_bytes(), lead.as_bytes());
    // Most begin with another letter, which is seen at once.
    text.first().map(u8::to_ascii_lowercase) == lead.first().copied()
        && text
            .get(..lead.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(lead))
}

/// A paragraph without the calls at its end: “… premieres on January 8. Watch a teaser below!”.
pub(super) fn without_call(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..3 {
        let start = last_sentence(rest);
        if start == 0 {
            break;
        }
        let sentence = &rest[start..];
        if !(is_call(sentence) || Start::of(sentence).begins("stay tuned for")) || !balanced(&rest[..start]) {
            break;
        }
        rest = rest[..start].trim_end();
    }
    rest
}
