//! Words that are signed: `“…” — Kim`, `“…” (Kim, at her own party)`.

use super::behind::After;
use super::cue::REACH;
use super::lexicon::Class;
use super::print::words;
use super::scan::Span;
use super::text::Text;

/// `“…” — Kim Ji Won`: a name behind a dash, and nothing else.
pub(super) fn signed(text: &Text, first: usize, at: usize, end: usize) -> Option<After> {
    const LONGEST: usize = 7;
    let dash = at > first && text.is_just(first, words!["—", "–", "-", "~"]);
    // `— Kim, at the same table`.
    let place = Class::PREP.with(Class::SUBORD);
    let comma = (at..end).find(|t| text.is(*t, ",") && (text.class(t + 1).has(place) || text.is(t + 1, "to")));
    let ends = text
        .tokens
        .get(end)
        .is_none_or(|_| text.para_of(end) != text.para_of(first));
    let end = comma.unwrap_or(end);
    let name = at < end && end - at <= LONGEST && ends && (at..end).any(|t| text.is_capital(t));
    let only = (at..end).all(|t| {
        text.is_capital(t)
            || text.class(t).has(Class::TITLE.with(Class::DET))
            || text.is_just(t, words![",", "and", ".", "&"])
    });
    (dash && name && only).then_some(After {
        verb: first,
        subject: (at, end),
        plain: true,
        last: end,
    })
}

/// `“…” (Chairwoman Yeo, at her own party)`, an item of a list: a name in brackets, and nothing else.
pub(super) fn in_brackets(text: &Text, span: &Span, first: usize) -> Option<After> {
    const LONGEST: usize = 5;
    let para = text.paras.get(span.para)?;
    if !text.is(first, "(") || span.open != para.first || !text.is(para.last - 1, ")") || para.last > first + REACH {
        return None;
    }
    let close = (first + 1..para.last).find(|t| matches!(text.sign(*t), b',' | b')'))?;
    let at = first + 1;
    let title = text.class(at).has(Class::STORY.with(Class::TITLE).with(Class::SURNAME));
    let name = (title && close > at + 1 || !text.class(at).is_english()) && (at..close).all(|t| text.is_capital(t));
    (at < close && close - at <= LONGEST && name).then_some(After {
        verb: first,
        subject: (at, close),
        plain: true,
        last: para.last,
    })
}
