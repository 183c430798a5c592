//! Cues: the words beside a span that say that somebody speaks.
//!
//! Works on words alone, before anybody is known by name: where the verb is, on which side its
//! subject stands, and what joins it to the span. Who the subject is, is for `attribution`.

use super::lexicon::Class;
use super::scan::Span;
use super::text::{Shape, Text};

/// How far a cue before a span may reach, in tokens.
const REACH: usize = 60;
/// How many tokens may stand between the verb and the mark.
const GAP: usize = 16;

/// What joins the words before a span to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nothing stands before it in its sentence.
    Start,
    /// Words without a sign.
    Bare,
    /// A comma or dash.
    Comma,
    /// A colon.
    Colon,
}

/// The narrative before a span in its sentence.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// First token of the narrative.
    pub first: usize,
    /// One past its last word; the sign that joins is left out.
    pub last: usize,
    /// What joins it.
    pub joint: Joint,
    /// The verb of speech, when there is one in reach.
    pub verb: Option<usize>,
}

/// The attribution behind a span.
#[derive(Clone, Copy, Debug)]
pub struct After {
    /// The verb.
    pub verb: usize,
    /// Where the subject stands: tokens.
    pub subject: (usize, usize),
    /// The verb is a plain verb of speech, not just any verb behind a comma.
    pub plain: bool,
    /// One past the last token of the narrative, at the next mark or the end of the sentence.
    pub last: usize,
}

/// Reads the narrative before `span`; `from` is where it may begin.
#[must_use]
pub fn before(text: &Text, span: &Span, from: usize) -> Before {
    let first = from.max(span.open.saturating_sub(REACH));
    let mut last = span.open;
    let mut joint = if last == first { Joint::Start } else { Joint::Bare };
    while last > first {
        joint = match text.word(last - 1) {
            "," | "—" | "–" | "-" | "..." | "…" => Joint::Comma,
            ":" => Joint::Colon,
            "(" | "[" | "•" | "*" => Joint::Bare,
            _ => break,
        };
        last -= 1;
        if joint == Joint::Colon {
            break;
        }
    }
    if last == first && joint != Joint::Start && joint != Joint::Colon {
        joint = Joint::Start;
    }
    let verb = verb_before(text, first, last, joint);
    Before {
        first,
        last,
        joint,
        verb,
    }
}

fn verb_before(text: &Text, first: usize, last: usize, joint: Joint) -> Option<usize> {
    // Without a sign the verb has to be close: `said “…”`, `said that “…”`, `telling her “…”`.
    let reach = if joint == Joint::Bare { 3 } else { GAP };
    let mut at = last;
    while at > first && last - at < reach {
        at -= 1;
        let class = text.class(at);
        if text.shape(at) == Shape::Punct || text.shape(at) == Shape::Mark {
            match text.word(at) {
                "," if opens_phrase(text, at + 1, last) => continue,
                "(" | ")" | "[" | "]" | "&" | "/" => continue,
                _ => return None,
            }
        }
        if is_speech_verb(text, at, first) {
            return Some(at);
        }
        let adjacent = last - at <= 2 && (last - at == 1 || text.class(last - 1).has(Class::ADV.with(Class::PREP)));
        let weak = class.has(Class::WEAK) && !class.has(Class::SURNAME) && adjacent && joint != Joint::Bare;
        if weak && !is_noun(text, at, first) {
            return Some(at);
        }
    }
    None
}

/// What follows a comma is a phrase, not a clause of its own: `asked, with a smile, “…”`.
fn opens_phrase(text: &Text, from: usize, last: usize) -> bool {
    let class = text.class(from);
    let opens = class.has(Class::PREP.with(Class::ADV).with(Class::ING))
        || text.word(from).ends_with("ing")
        || text.word(from).ends_with("ed");
    opens
        && (from..last)
            .take(GAP)
            .all(|t| !text.class(t).has(Class::NOMINATIVE) && text.word(t) != ",")
}

/// Whether the token is a verb of speech and used as a verb.
#[must_use]
pub fn is_speech_verb(text: &Text, token: usize, first: usize) -> bool {
    let class = text.class(token);
    // `Kim quickly put in`.
    if text.is(token, "put") && text.is(token + 1, "in") && !text.class(token + 2).has(Class::DET) {
        return true;
    }
    class.has(Class::SAY)
        && matches!(text.shape(token), Shape::Lower | Shape::Capital)
        && !is_noun(text, token, first)
        && !is_passive(text, token, first)
}

/// `her comment`, `those comments`, `the report`, `closing remarks`.
fn is_noun(text: &Text, token: usize, first: usize) -> bool {
    if token <= first {
        return false;
    }
    let class = text.class(token);
    let word = text.word(token);
    let nounlike = class.has(Class::BASE) || word.ends_with('s');
    if !nounlike || word == "says" {
        return false;
    }
    let before = text.class(token - 1);
    let preceded = text.word(token - 1);
    // `a warm smile`.
    let adjective = token > first + 1
        && class.has(Class::BASE)
        && (text.class(token - 2).has(Class::DET) || text.shape(token - 2) == Shape::Clitic)
        && text.shape(token - 1) == Shape::Lower
        && !before.has(
            Class::SAY
                .with(Class::AUX)
                .with(Class::ADV)
                .with(Class::NOMINATIVE)
                .with(Class::PREP)
                .with(Class::PLURAL),
        );
    adjective
        || before.has(Class::DET.with(Class::MONTH)) && !before.has(Class::NOMINATIVE.with(Class::PLURAL))
        || before.has(Class::PREP) && !preceded.eq_ignore_ascii_case("to")
        || text.shape(token - 1) == Shape::Clitic
        || preceded.ends_with("ing") && !before.has(Class::ADV)
        || text.shape(token) == Shape::Capital && token > first + 1
        || before.has(Class::ING)
        || [
            "short",
            "brief",
            "separate",
            "many",
            "various",
            "several",
            "positive",
            "first",
            "final",
            "last",
            "own",
            "candid",
            "funny",
            "witty",
            "heartfelt",
        ]
        .contains(&preceded)
}

/// `is reported to`, `was asked`, `has been described`: somebody else speaks.
fn is_passive(text: &Text, token: usize, first: usize) -> bool {
    let word = text.word(token);
    if !(word.ends_with("ed") || word == "told" || word == "said") {
        return false;
    }
    let be = |t: usize| {
        ["is", "are", "was", "were", "been", "being", "be", "when", "if"]
            .iter()
            .any(|b| text.is(t, b))
    };
    let one = token > first && be(token - 1);
    let two = token > first + 1 && text.class(token - 1).has(Class::ADV) && be(token - 2);
    // `When asked about it, she …`, `Asked about it, she …`, `Told that …`.
    let opener = token == first && !text.class(token).has(Class::ING);
    one || two || opener && (text.is(token, "asked") || text.is(token, "told") || text.is(token, "questioned"))
}

/// Reads the narrative behind `span` up to `end`.
#[must_use]
pub fn after(text: &Text, span: &Span, end: usize) -> Option<After> {
    let first = span.after();
    let end = end.min(first + REACH);
    if !span.closed || first >= end || span.first() >= span.close {
        return None;
    }
    let mut inner = span.close - 1;
    while inner > span.first() && text.shape(inner) == Shape::Mark {
        inner -= 1;
    }
    let terminal = text.word(inner);
    let comma = matches!(terminal, "," | "—" | "–" | "-") || text.word(first) == ",";
    let mut at = first;
    if matches!(text.word(at), "," | "—" | "–" | "-") {
        at += 1;
    }
    if terminal == "." && at == first && !matches!(text.shape(at), Shape::Lower) {
        return None;
    }
    let last = (at..end).find(|t| text.shape(*t) == Shape::Mark).unwrap_or(end);
    if let Some(signed) = signed(text, first, at, end) {
        return Some(signed);
    }
    while at < last && text.class(at).has(Class::ADV) && !text.class(at).has(Class::SAY) {
        at += 1;
    }
    // `“I do not!” He shrugs, “You do.”`: a sentence of its own that brings in what follows.
    let opens = text.tokens.get(first).is_some_and(|t| t.is_capital())
        && text.class(first).has(Class::NOMINATIVE.with(Class::DET))
        && text.shape(last) == Shape::Mark
        && matches!(text.word(last - 1), "," | ":");
    if opens && !comma {
        return None;
    }
    inverted(text, at, last, comma).or_else(|| straight(text, at, last, comma))
}

/// `“…” — Kim Ji Won`: a name behind a dash, and nothing else.
fn signed(text: &Text, first: usize, at: usize, end: usize) -> Option<After> {
    const LONGEST: usize = 7;
    let dash = at > first && matches!(text.word(first), "—" | "–" | "-" | "~");
    let name = at < end
        && end - at <= LONGEST
        && text
            .tokens
            .get(end)
            .is_none_or(|_| text.para_of(end) != text.para_of(first))
        && (at..end).any(|t| text.tokens[t].is_capital());
    let only = (at..end).all(|t| {
        text.tokens[t].is_capital()
            || text.class(t).has(Class::TITLE.with(Class::DET))
            || matches!(text.word(t), "," | "and" | "." | "&")
    });
    (dash && name && only).then_some(After {
        verb: first,
        subject: (at, end),
        plain: true,
        last: end,
    })
}

/// `says the Busan native`, `laughs Seok Hae Rim`.
fn inverted(text: &Text, at: usize, last: usize, comma: bool) -> Option<After> {
    let class = text.class(at);
    let verb = class.has(Class::SAY) || class.has(Class::WEAK) && comma;
    if !verb || class.has(Class::ING) || text.shape(at) != Shape::Lower {
        return None;
    }
    let mut subject = at + 1;
    // `chimed in Kim`, `added quietly the actor`, `went on Kim`.
    while subject < last
        && (text.class(subject).has(Class::ADV)
            || ["in", "on", "out", "up"].contains(&text.word(subject))
                && text.tokens[subject + 1..].first().is_some_and(|t| t.is_capital()))
    {
        subject += 1;
    }
    let class = text.class(subject);
    let noun = text.shape(subject) != Shape::Punct
        && subject < last
        && (text.tokens[subject].is_capital()
            || class.has(
                Class::DET
                    .with(Class::NOMINATIVE)
                    .with(Class::EPITHET)
                    .with(Class::SOURCE)
                    .with(Class::TEAM)
                    .with(Class::PUBLIC)
                    .with(Class::TITLE),
            ))
        && (!class.has(Class::THEY) || class.has(Class::NOMINATIVE));
    let end = if noun { phrase_end(text, subject, last) } else { subject };
    Some(After {
        verb: at,
        subject: (subject, end),
        plain: true,
        last,
    })
}

/// Where a noun phrase that begins at `from` ends.
fn phrase_end(text: &Text, from: usize, last: usize) -> usize {
    let mut at = from;
    while at < last {
        let class = text.class(at);
        let word = text.word(at);
        let shape = text.shape(at);
        let part = match shape {
            Shape::Capital | Shape::Upper | Shape::Number | Shape::Clitic => true,
            Shape::Lower if at == from => true,
            Shape::Lower => {
                !class.has(Class::SUBORD.with(Class::ADV).with(Class::AUX).with(Class::ING))
                    && (!class.has(Class::PREP)
                        || ["of", "from", "at", "for"].contains(&word) && !class.has(Class::ADV))
                    && (!class.has(Class::CONJ)
                        || word == "and"
                            && (text.tokens.get(at + 1).is_some_and(|t| t.is_capital())
                                || text.class(at + 1).has(Class::DET.with(Class::TITLE))))
            }
            Shape::Punct => match word {
                "&" | "(" | ")" | "/" | "." if !text.before(at).is_whitespace() && word == "." => {
                    text.after(at) != ' ' && at + 1 < last
                }
                "&" | "/" | "(" | ")" => true,
                "," => text.tokens.get(at + 1).is_some_and(|t| t.is_capital()) && list_goes_on(text, at + 1, last),
                _ => false,
            },
            Shape::Mark => false,
        };
        if !part {
            break;
        }
        at += 1;
    }
    at
}

/// After a comma another name of a list follows: `Kim A, Lee B, and Park C`.
fn list_goes_on(text: &Text, from: usize, last: usize) -> bool {
    (from..last.min(from + 14)).any(|t| text.is(t, "and"))
        && (from..last.min(from + 5)).all(|t| text.tokens[t].is_capital() || text.is(t, "and") || text.word(t) == ",")
}

/// `she jokes`, `the 41-year-old recalled`, `Lee, who plays the king, said`.
fn straight(text: &Text, from: usize, last: usize, comma: bool) -> Option<After> {
    let mut at = from;
    if at >= last {
        return None;
    }
    let class = text.class(at);
    let opens = text.tokens[at].is_capital()
        || text.shape(at) == Shape::Number
        || class.has(
            Class::DET
                .with(Class::NOMINATIVE)
                .with(Class::PUBLIC)
                .with(Class::SOURCE)
                .with(Class::TEAM)
                .with(Class::EPITHET)
                .with(Class::TITLE)
                .with(Class::PLURAL),
        )
        || comma && describes(text, at, last);
    if !opens {
        return None;
    }
    let mut to = at;
    let mut subject_end = None;
    while to < last && to - at < 40 {
        let class = text.class(to);
        let word = text.word(to);
        if to > at && is_speech_verb(text, to, at) && !(class.has(Class::ING) && subject_end.is_none()) {
            let end = subject_end.unwrap_or_else(|| trim(text, at, to));
            return (end > at).then_some(After {
                verb: to,
                subject: (at, end),
                plain: true,
                last,
            });
        }
        if to > at && comma && class.has(Class::WEAK) && !class.has(Class::ING) && text.shape(to) == Shape::Lower {
            let end = subject_end.unwrap_or_else(|| trim(text, at, to));
            return (end > at).then_some(After {
                verb: to,
                subject: (at, end),
                plain: to - at < 6,
                last,
            });
        }
        match word {
            "." | ";" | ":" | "!" | "?" => break,
            "," if subject_end.is_none() => {
                // An insertion: `, who plays the king,`, `, 31,`, `, however,`.
                let close = (to + 1..last.min(to + 26)).find(|t| text.word(*t) == ",");
                let who = text.class(to + 1).has(
                    Class::SUBORD
                        .with(Class::DET)
                        .with(Class::ADV)
                        .with(Class::TITLE)
                        .with(Class::PREP),
                ) || text.shape(to + 1) == Shape::Number;
                // `his daughter, Kim Ji Won, told`: the name says who.
                let named = close.filter(|c| (to + 1..*c).all(|t| text.tokens[t].is_capital()) && *c > to + 1);
                match close {
                    Some(close)
                        if named.is_some()
                            && text.shape(to - 1) == Shape::Lower
                            && !list_goes_on(text, to + 1, last) =>
                    {
                        at = to + 1;
                        subject_end = Some(close);
                        to = close + 1;
                        continue;
                    }
                    Some(close) if who => {
                        subject_end = Some(to);
                        to = close + 1;
                        continue;
                    }
                    _ if list_goes_on(text, to + 1, last) => {}
                    _ => break,
                }
            }
            "," => break,
            _ => {}
        }
        if subject_end.is_none() && to > at && text.shape(to) == Shape::Lower && class.has(Class::AUX.with(Class::ADV))
        {
            subject_end = Some(to);
        }
        if class.has(Class::SUBORD) && to > at && !text.is(to, "who") {
            break;
        }
        to += 1;
    }
    any_verb(text, at, last, comma)
}

/// `chief producer Hong said`, `breakout star Kim said`: nouns without an article, then a name.
fn describes(text: &Text, at: usize, last: usize) -> bool {
    const NOUNS: usize = 5;
    let noun = |t: &usize| {
        text.shape(*t) == Shape::Lower
            && !text.class(*t).has(
                Class::PREP
                    .with(Class::CONJ)
                    .with(Class::SUBORD)
                    .with(Class::AUX)
                    .with(Class::ADV)
                    .with(Class::NOMINATIVE),
            )
            && (!text.class(*t).has(Class::SAY) || text.class(*t).has(Class::BASE))
    };
    (at..last.min(at + NOUNS))
        .find(|t| !noun(t))
        .is_some_and(|t| t > at && text.shape(t) == Shape::Capital)
}

/// A subject and a verb of manner behind a comma: `“…,” he grimaced`.
fn any_verb(text: &Text, at: usize, last: usize, comma: bool) -> Option<After> {
    if !comma {
        return None;
    }
    let end = if text.class(at).has(Class::NOMINATIVE) {
        at + 1
    } else {
        (at..last).find(|t| {
            text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET.with(Class::EPITHET).with(Class::TITLE))
        })?
    };
    let mut verb = end;
    while verb < last && text.class(verb).has(Class::ADV) {
        verb += 1;
    }
    let word = text.word(verb);
    let finite = verb < last
        && text.shape(verb) == Shape::Lower
        && (word.ends_with("ed") || word.ends_with('s'))
        && !text.class(verb).has(Class::PREP.with(Class::AUX).with(Class::SUBORD));
    (finite && end > at).then_some(After {
        verb,
        subject: (at, end),
        plain: false,
        last,
    })
}

fn trim(text: &Text, first: usize, mut last: usize) -> usize {
    while last > first
        && (text.shape(last - 1) == Shape::Lower && text.class(last - 1).has(Class::ADV.with(Class::AUX))
            || text.word(last - 1) == ",")
    {
        last -= 1;
    }
    last
}
