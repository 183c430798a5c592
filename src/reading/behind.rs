//! The attribution behind a span: `“…,” says the Busan native`, `“…,” Lee, who plays the king, said`, `“…” — Kim`.
//!
//! Works on words alone, as `cue` does for what stands before a span.

use super::cue::{REACH, is_heard, is_speech_verb};
use super::lexicon::Class;
use super::nominal::{equated, following, noun_of_speech, relative, source};
use super::phrase;
use super::print::words;
use super::scan::Span;
use super::signed::{in_brackets, signed};
use super::text::{Shape, Text};

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

/// Reads the narrative behind `span` up to `end`.
#[must_use]
pub fn after(text: &Text, span: &Span, end: usize) -> Option<After> {
    let first = span.after();
    // Behind a full stop the brackets are a sentence of their own.
    if text.is(first, "(")
        && let Some(signed) = in_brackets(text, span, first)
    {
        return Some(signed);
    }
    let end = end.min(first + REACH);
    if !span.closed || first >= end || span.first() >= span.close {
        return None;
    }
    let mut inner = span.close - 1;
    while inner > span.first() && text.shape(inner) == Shape::Mark {
        inner -= 1;
    }
    let terminal = text.word(inner);
    let comma = matches!(terminal, "," | "—" | "–" | "-") || text.is(first, ",");
    // `“Is it all right?” someone called`: the sentence goes on.
    let comma = comma || matches!(terminal, "?" | "!") && text.shape(first) == Shape::Lower;
    let mut at = first;
    if text.is_just(at, words![",", "—", "–", "-"]) {
        at += 1;
    }
    if at == first
        && text.is_capital(at)
        && let Some(found) = following(text, at, end)
    {
        return Some(found);
    }
    if let Some(signed) = signed(text, first, at, end) {
        return Some(signed);
    }
    if terminal == "." && at == first && !matches!(text.shape(at), Shape::Lower) {
        return None;
    }
    let last = narrative(text, at, end);
    if let Some(found) = equated(text, at, last)
        .or_else(|| noun_of_speech(text, at, last))
        // `“…?” According to Kim, nobody knew.` is another sentence.
        .or_else(|| source(text, at, last).filter(|_| comma || !text.is_capital(at)))
        .or_else(|| relative(text, at, last).filter(|_| text.is_capital(span.first())))
    {
        return Some(found);
    }
    while at < last && text.class(at).has(Class::ADV) && !text.class(at).has(Class::SAY) {
        at += 1;
    }
    // `“I do not!” He shrugs, “You do.”`: a sentence of its own that brings in what follows.
    let opens = text.tokens.get(first).is_some_and(|t| t.is_capital())
        && (text.class(first).has(Class::NOMINATIVE.with(Class::DET).with(Class::CONJ))
            // `“…?” Kim, who was laughing, managed to say, “…”`; not `“…!” Kim cried, and Lee said, “…”`.
            || !text.class(first).is_english() && !has_two_clauses(text, first, last))
        && text.shape(last) == Shape::Mark
        && matches!(text.sign(last - 1), b',' | b':')
        // `“…?” Kim asks. Lee’s reply is short: “…”` are two sentences.
        && !(first..last).any(|t| text.is(t, ".") && text.after(t) == ' ' && text.shape(t - 1) == Shape::Lower);
    if opens && !comma {
        return None;
    }
    let found = inverted(text, at, last, comma).or_else(|| straight(text, at, last, comma));
    found.filter(|found| comma || !reports(text, found.verb))
}

/// `Kim cried, and Lee said`: two verbs of speech, and somebody else in front of the second.
fn has_two_clauses(text: &Text, first: usize, last: usize) -> bool {
    let mut verbs = (first..last).filter(|t| is_speech_verb(text, *t, first) && !text.class(*t).has(Class::ING));
    let (Some(one), Some(two)) = (verbs.next(), verbs.next()) else {
        return false;
    };
    (one..two).any(|t| {
        let next = text.class(t + 1);
        text.class(t).has(Class::CONJ.with(Class::SUBORD))
            && (text.is_capital(t + 1) || next.has(Class::NOMINATIVE.with(Class::DET).with(Class::HE).with(Class::SHE)))
    })
}

/// `“…?” Kim asks him whether he knew.`: a sentence of its own that reports other words.
fn reports(text: &Text, verb: usize) -> bool {
    let object = text.class(verb + 1).has(Class::HE.with(Class::SHE).with(Class::THEY)) || text.is_capital(verb + 1);
    text.is_one(
        verb + 1 + usize::from(object),
        words!["whether", "if", "that", "why", "how", "what", "where"],
    )
}

/// Where the narrative behind a span ends: at the next mark that opens something.
pub(super) fn narrative(text: &Text, at: usize, end: usize) -> usize {
    let mut token = at;
    while token < end {
        // `the creator of Widows’ Row`: a mark that hangs on a word opens nothing.
        let hangs = || text.is_just(token, words!["’", "'"]) && text.before(token).is_alphanumeric();
        if text.shape(token) == Shape::Mark && !hangs() {
            // `says the “Night Ferry” star`.
            let described = token > at && text.class(token - 1).has(Class::DET);
            match phrase::behind_title(text, token).filter(|t| described && *t < end) {
                Some(behind) => token = behind,
                None => return token,
            }
        }
        token += 1;
    }
    end
}

/// `says the Busan native`, `laughs Seok Hae Rim`.
fn inverted(text: &Text, at: usize, last: usize, comma: bool) -> Option<After> {
    let class = text.class(at);
    let verb = class.has(Class::SAY) || class.has(Class::WEAK) && comma || comma && is_inverted(text, at, last);
    if !verb || class.has(Class::ING) || text.shape(at) != Shape::Lower {
        return None;
    }
    let mut subject = at + 1;
    // `chimed in Kim`, `added quietly the actor`, `went on Kim`.
    while subject < last
        && (text.class(subject).has(Class::ADV) && !text.is_capital(subject)
            || text.is_just(subject, words!["in", "on", "out", "up"])
                && (text.is_capital(subject + 1)
                    || text.class(subject + 1).has(Class::TITLE) && describes(text, subject + 1, last)
                    || text.is(subject + 1, "the")
                        && (subject + 2..subject + 5).any(|t| text.class(t).has(Class::EPITHET.with(Class::STAFF)))))
    {
        subject += 1;
    }
    let class = text.class(subject);
    let noun = text.shape(subject) != Shape::Punct
        && subject < last
        && (text.is_capital(subject)
            || describes(text, subject, last)
            || class.has(
                Class::DET
                    .with(Class::NOMINATIVE)
                    .with(Class::EPITHET)
                    .with(Class::SOURCE)
                    .with(Class::TEAM)
                    .with(Class::PUBLIC)
                    .with(Class::TITLE),
            ))
        && (!class.has(Class::THEY) || class.has(Class::NOMINATIVE) || text.is(subject, "their"));
    let end = if noun { phrase_end(text, subject, last) } else { subject };
    // `said the maknae, Haru, looking up`: the name says who.
    if noun && text.class(subject).has(Class::DET) && text.is(end, ",") {
        let title = |t: &usize| text.class(*t).has(Class::TITLE) || text.shape(*t) == Shape::Number;
        let from = (end + 1..last.min(end + 4)).find(|t| !title(t)).unwrap_or(last);
        let close = (from..last.min(from + 5))
            .find(|t| !text.is_capital(*t))
            .unwrap_or(last);
        let ends = close >= last || matches!(text.sign(close), b',' | b'.');
        if close > from && ends && !text.class(from).is_english() {
            return Some(After {
                verb: at,
                subject: (from, close),
                plain: true,
                last,
            });
        }
    }
    Some(After {
        verb: at,
        subject: (subject, end),
        plain: true,
        last,
    })
}

/// `“…,” amended Kim Ji Won.`: any verb, when nothing but a name stands behind it in the sentence.
fn is_inverted(text: &Text, at: usize, last: usize) -> bool {
    const LONGEST: usize = 4;
    let word = text.word(at);
    let end = (at + 1..last.min(at + 2 + LONGEST))
        .find(|t| !text.is_capital(*t))
        .unwrap_or(last);
    (word.ends_with("ed") || word.ends_with('s'))
        && !text
            .class(at)
            .has(Class::PREP.with(Class::AUX).with(Class::SUBORD).with(Class::ADV))
        && end > at + 1
        && matches!(text.sign(end), b'.' | b',')
        && !text.class(at + 1).is_english()
}

/// Where a noun phrase that begins at `from` ends.
pub(super) fn phrase_end(text: &Text, from: usize, last: usize) -> usize {
    let mut at = from;
    while at < last {
        let class = text.class(at);
        let word = text.word(at);
        let shape = text.shape(at);
        let part = match shape {
            Shape::Capital | Shape::Upper | Shape::Number | Shape::Clitic => true,
            Shape::Lower if at == from => true,
            // `answers a smiling Kim`.
            Shape::Lower if at == from + 1 && text.is_capital(at + 1) && text.class(from).has(Class::DET) => true,
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
            Shape::Mark => match phrase::behind_title(text, at).filter(|t| at > from && *t < last) {
                Some(behind) => {
                    at = behind;
                    true
                }
                None => false,
            },
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
        && (from..last.min(from + 5)).all(|t| text.is_capital(t) || text.is(t, "and") || text.is(t, ","))
}

/// `she jokes`, `the 41-year-old recalled`, `Lee, who plays the king, said`.
fn straight(text: &Text, from: usize, last: usize, comma: bool) -> Option<After> {
    const LONGEST: usize = 40;
    if from >= last || !opens_subject(text, from, last, comma) {
        return None;
    }
    // Where the subject begins, where it ends once that is known, and how far the words are read.
    let (mut at, mut end, mut to) = (from, None, from);
    while to < last && to - at < LONGEST {
        if let Some(found) = verb_at(text, (at, end), to, comma, last) {
            return found;
        }
        match text.word(to) {
            // `her agency Lamp & Co. said`.
            "." if text.class(to - 1).has(Class::ORG) && text.shape(to + 1) == Shape::Lower => {}
            // `her agency J,Wide`.
            "," if text.after(to).is_uppercase() => {}
            "." | ";" | ":" | "!" | "?" => break,
            "," if end.is_none() => match insertion(text, to, last) {
                Insertion::Name(close) => {
                    (at, end, to) = (to + 1, Some(close), close + 1);
                    continue;
                }
                Insertion::Clause(close) => {
                    (end, to) = (Some(to), close + 1);
                    continue;
                }
                Insertion::List => {}
                Insertion::None => break,
            },
            "," => break,
            _ => {}
        }
        let class = text.class(to);
        // `she kept asking`.
        let keeps = text.is_one(to, words!["kept", "keeps", "started", "starts"]) && text.class(to + 1).has(Class::ING);
        if end.is_none()
            && to > at
            && text.shape(to) == Shape::Lower
            && (keeps || class.has(Class::AUX.with(Class::ADV)))
        {
            end = Some(to);
        }
        // `Kim was quoted as saying`.
        let quoted = text.is(to, "as") && text.is(to + 1, "saying");
        if class.has(Class::SUBORD) && to > at && !text.is(to, "who") && !quoted {
            break;
        }
        to += 1;
    }
    any_verb(text, at, last, comma)
}

/// Whether a noun phrase that may speak begins here.
fn opens_subject(text: &Text, at: usize, last: usize, comma: bool) -> bool {
    text.is_capital(at)
        || text.shape(at) == Shape::Number
        || text.is(at, "it") && it_says(text, at + 1)
        || text.is(at, "someone")
        || text.is(at, "somebody")
        || text.class(at).has(
            Class::DET
                .with(Class::NOMINATIVE)
                .with(Class::PUBLIC)
                .with(Class::SOURCE)
                .with(Class::TEAM)
                .with(Class::EPITHET)
                .with(Class::TITLE)
                .with(Class::PLURAL),
        )
        || comma && describes(text, at, last)
}

/// `“…,” it read`: of a letter; `it said`, `it further explained`: of an agency or a network.
fn it_says(text: &Text, at: usize) -> bool {
    let verb = at + usize::from(text.class(at).has(Class::ADV));
    text.is_one(verb, words!["read", "reads", "began", "went", "goes", "ran", "runs"])
        || text.class(verb).has(Class::SAY.with(Class::SEND)) && !text.class(verb).has(Class::ING)
}

/// The attribution, when the verb of the subject that begins at `at` stands at `to`; `None` inside when nothing is left
/// of the subject.
fn verb_at(
    text: &Text,
    (at, end): (usize, Option<usize>),
    to: usize,
    comma: bool,
    last: usize,
) -> Option<Option<After>> {
    // Behind a comma a verb that mostly means something else is close to its subject.
    const NEAR: usize = 6;
    const SHORT: usize = 3;
    let class = text.class(to);
    let says = is_speech_verb(text, to, at) && !(class.has(Class::ING) && end.is_none());
    // `“Who is there?” Kim barks.`: what is heard brings in words without a comma as well.
    let sounds = || text.is_capital(at) && to <= at + SHORT && is_heard(text, to);
    let weak =
        class.has(Class::WEAK) && !class.has(Class::ING) && text.shape(to) == Shape::Lower && (comma || sounds());
    // `“…?” He lies; she knows it`: a sentence of its own.
    if to <= at || !says && !weak || !comma && text.is(to + 1, ";") {
        return None;
    }
    // `the former figure skater`: one who does something `figures`.
    let before = text.word(to - 1);
    let noun = class.has(Class::BASE)
        && text.class(at).has(Class::DET)
        && text.shape(to - 1) == Shape::Lower
        && !before.ends_with('s')
        && !text
            .class(to - 1)
            .has(Class::PLURAL.with(Class::ADV).with(Class::AUX).with(Class::NOMINATIVE))
        && !text.is_just(to, words!["cut", "put", "read", "burst", "spit"]);
    // `his caption read`.
    let owner = text.class(to - 1);
    let owned = class.has(Class::BASE) && owner.has(Class::HE.with(Class::SHE)) && !owner.has(Class::NOMINATIVE);
    if noun && end.is_none() || owned {
        return None;
    }
    // `she used to tell him`: a pronoun is a subject by itself.
    let pronoun = text.class(at).has(Class::NOMINATIVE).then_some(at + 1);
    let subject = end.or(pronoun).unwrap_or_else(|| trim(text, at, to));
    Some((subject > at).then_some(After {
        verb: to,
        subject: (at, subject),
        plain: says || to - at < NEAR,
        last,
    }))
}

/// What a comma behind a subject opens.
enum Insertion {
    /// `his daughter, Kim Ji Won, told`: the name says who, up to that comma.
    Name(usize),
    /// `, who plays the king,`, `, 31,`, `, however,`.
    Clause(usize),
    /// Another name.
    List,
    None,
}

fn insertion(text: &Text, comma: usize, last: usize) -> Insertion {
    const LONGEST: usize = 26;
    let close = (comma + 1..last.min(comma + LONGEST)).find(|t| text.is(*t, ","));
    let clause = text.class(comma + 1).has(
        Class::SUBORD
            .with(Class::DET)
            .with(Class::ADV)
            .with(Class::TITLE)
            .with(Class::PREP),
    ) || text.shape(comma + 1) == Shape::Number
        // `Daniel Eom, Wavelet’s chief executive, told`.
        || text.is_capital(comma + 1)
            && (comma + 2..comma + 5).any(|t| text.shape(t) == Shape::Clitic && text.shape(t + 1) == Shape::Lower);
    let list = list_goes_on(text, comma + 1, last);
    match close {
        Some(close)
            if close > comma + 1
                && (comma + 1..close).all(|t| text.is_capital(t))
                && text.shape(comma - 1) == Shape::Lower
                && !list =>
        {
            Insertion::Name(close)
        }
        Some(close) if clause => Insertion::Clause(close),
        _ if list => Insertion::List,
        _ => Insertion::None,
    }
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
    const NOUNS: usize = 5;
    if !comma {
        return None;
    }
    let finite = |t: usize| {
        let word = text.word(t);
        t < last
            && text.shape(t) == Shape::Lower
            && (word.ends_with("ed") || word.ends_with('s'))
            && !text.class(t).has(Class::PREP.with(Class::AUX).with(Class::SUBORD))
    };
    let ends = |t: &usize| {
        let joins = Class::PREP.with(Class::ADV).with(Class::CONJ).with(Class::SUBORD);
        finite(*t) && (t + 1 >= last || matches!(text.sign(t + 1), b'.' | b',' | b';') || text.class(t + 1).has(joins))
    };
    let noun = |t: &usize| {
        let small = Class::PREP.with(Class::AUX).with(Class::SUBORD).with(Class::CONJ);
        text.shape(*t) == Shape::Lower && !text.class(*t).has(small.with(Class::NOMINATIVE))
    };
    let plain = |t: &usize| {
        text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET.with(Class::EPITHET).with(Class::TITLE))
    };
    // `our boy worries.`, `the agency allowed.`
    let described = || {
        let nouns = (at + 1..last.min(at + 1 + NOUNS)).take_while(noun);
        nouns.skip(1).find(ends).filter(|_| text.class(at).has(Class::DET))
    };
    let end = match text.class(at).has(Class::NOMINATIVE) {
        true => at + 1,
        false => described().or_else(|| (at..last).find(plain))?,
    };
    let verb = (end..last).find(|t| !text.class(*t).has(Class::ADV)).unwrap_or(last);
    (finite(verb) && end > at).then_some(After {
        verb,
        subject: (at, end),
        plain: false,
        last,
    })
}

pub(super) fn trim(text: &Text, first: usize, mut last: usize) -> usize {
    while last > first
        && (text.shape(last - 1) == Shape::Lower && text.class(last - 1).has(Class::ADV.with(Class::AUX))
            || text.is(last - 1, ","))
    {
        last -= 1;
    }
    last
}
