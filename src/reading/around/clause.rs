//! The clause before a speech that is a sentence of its own: `He thanked the staff: “`, `She bows and says, “`.

use super::super::print::{Words, words};
use super::occasion;
use crate::reading::lexicon::Class;
use crate::reading::text::{Shape, Text};

/// How far before the mark a cue may stand: `and told the reporters with a bright smile, “`.
const REACH: usize = 9;

/// One past the last token of the clause that stands before the mark at `open`, in a sentence that begins at `first`.
/// None where what comes before is but the cue: `Kim said, “`, `The caption read: “`.
#[must_use]
pub fn end(text: &Text, first: usize, open: usize) -> Option<usize> {
    let mark = open.checked_sub(1).filter(|t| *t > first)?;
    // `He thanked the staff: “`
    let colon = text.is(mark, ":") && !bears_words(text, mark - 1) && !occasion::writes(text, first, mark);
    let end = if colon { mark } else { before_cue(text, first, open)? };
    // Before a colon, a relative clause has come to its end.
    let whole = is_whole(text, first, end) && (colon || !in_relative(text, first, end));
    whole.then_some(end)
}

/// `brought the letter and begged, “`; `thanked the staff, saying, “`.
fn before_cue(text: &Text, first: usize, open: usize) -> Option<usize> {
    let from = open.saturating_sub(REACH).max(first + 2);
    let cue = (from..open).rev().find(|t| text.class(*t).has(Class::SAY))?;
    // Nothing that tells more stands between the cue and the words.
    if (cue + 1..open - 1).any(|t| matches!(text.shape(t), Shape::Mark | Shape::Punct)) {
        return None;
    }
    if text.class(cue).has(Class::ING) {
        // `, saying`, `by saying`, `and warning`.
        let joined = text.is(cue - 1, ",") || text.is_one(cue - 1, words!["by", "and"]);
        return joined.then_some(if text.is(cue - 2, ",") { cue - 2 } else { cue - 1 });
    }
    let mut at = cue;
    while at > from && (text.class(at - 1).has(Class::ADV) || text.word(at - 1).ends_with("ly")) {
        at -= 1;
    }
    if text.class(at - 1).has(Class::NOMINATIVE) {
        at -= 1;
    }
    if text.is(at - 1, "then") {
        at -= 1;
    }
    let joined = text.is_one(at - 1, words!["and", "but", "then"]);
    if !joined {
        return None;
    }
    let end = at - 1;
    Some(if text.is(end - 1, ",") { end - 1 } else { end })
}

/// A verb or a noun that wants the words behind it.
fn bears_words(text: &Text, token: usize) -> bool {
    text.class(token).has(
        Class::SAY
            .with(Class::WEAK)
            .with(Class::CAPTION)
            .with(Class::VOICE)
            .with(Class::AUX),
    ) || text.is_one(token, words!["follows", "this", "these", "like", "words", "as"])
}

/// Whether the tokens can be a sentence: no subordinate clause alone, nothing left open at their end.
fn is_whole(text: &Text, first: usize, end: usize) -> bool {
    const LEAST: usize = 6;
    const OPEN: Class = Class::PREP.with(Class::DET).with(Class::AUX).with(Class::CONJ);
    let subordinate = text.class(first).has(Class::SUBORD.with(Class::CONJ));
    end >= first + LEAST
        && (!subordinate || (first..end).any(|t| text.is(t, ",")))
        // `her` owns what follows, or is herself meant.
        && (!text.class(end - 1).has(OPEN) || text.class(end - 1).has(Class::SHE))
}

/// Whether a relative clause is left open at the end: `Wi, who folded lanterns`.
fn in_relative(text: &Text, first: usize, end: usize) -> bool {
    const PRONOUNS: Words = words!["who", "whom", "whose", "which", "where"];
    let relative = (first..end).rev().find(|t| text.is_one(*t, PRONOUNS));
    relative.is_some_and(|from| !(from..end).any(|t| text.is(t, ",")))
}
