//! Where somebody said something: `“I was late,” he said at the press conference for “Tin Roof”`, `At the wrap party, Bae
//! joked, “`.

use super::super::print::{Words, words};
use super::{Piece, Telling};
use crate::reading::entity::{Entities, Nature};
use crate::reading::lexicon::Class;
use crate::reading::text::{Shape, Text};

/// What is written, or tells how something was said: nobody speaks there.
const NO_OCCASION: Words = words![
    "statement",
    "letter",
    "post",
    "message",
    "comment",
    "caption",
    "email",
    "note",
    "instagram",
    "weverse",
    "twitter",
    "social",
    "phone",
    "voice",
    "tone",
    "accent",
    "smile",
    "laugh",
    "language",
    "end",
];
/// What is done in writing.
const WRITTEN: Words = words![
    "wrote",
    "writes",
    "posted",
    "posts",
    "tweeted",
    "tweets",
    "texted",
    "texts",
    "typed",
    "captioned",
];
/// Cues that tell something without the words.
const TELLING: Words = words![
    "commented",
    "comments",
    "responded",
    "responds",
    "replied",
    "replies",
    "answered",
    "answers",
    "joked",
    "jokes",
    "laughed",
    "laughs",
    "spoke",
    "speaks",
];
/// Words of who spoke at most, and tokens of an occasion at least.
const WHO: usize = 8;
const LEAST: usize = 5;
/// The same for who is told of at length: `a source from Bae Mi-ru’s agency Salt House`.
const LONG_WHO: usize = 14;

/// Whether the last verb before a token is one of writing: `He wrote on his fan cafe:`.
pub(super) fn writes(text: &Text, first: usize, end: usize) -> bool {
    (first.max(end.saturating_sub(WHO))..end).any(|t| text.is_one(t, WRITTEN))
}

/// The occasion behind a speech, in a sentence that ends at `end`: `he said on Monday at a cafe in Seoul`, `Bae told
/// reporters at a press conference`, `said director Gil during an interview with The Daily`.
pub(super) fn behind(text: &Text, entities: &Entities, after: usize, end: usize) -> Option<Telling> {
    let said = (after..end.min(after + WHO)).find(|t| text.class(*t).has(Class::SAY))?;
    let spoken = !text.is_one(said, WRITTEN);
    let last = bare_end(text, said + 1, end)?;
    if said == after {
        return introduced(text, entities, said, last).filter(|_| spoken);
    }
    let place = (said + 1..last.min(said + WHO)).find(|t| opens(text, *t))?;
    let who = after..said;
    let object = place > said + 1;
    // Who is spoken to is told of `told` alone.
    let addressed = !object || text.is(said, "told");
    let marks = (after..place).any(|t| text.shape(t) == Shape::Mark);
    let fits = is_named(text, who) && addressed && spoken && !marks && is_occasion(text, place, last, LEAST);
    let verb = Piece::Own(spoke(text, said, object));
    let place = Piece::Words(said + 1, last);
    fits.then(|| Telling::of(&[Piece::Words(after, said), verb, place]))
}

/// `said Ok Chang-gyu, director of the drama “Left Sock,” in Seoul on Thursday`.
fn introduced(text: &Text, entities: &Entities, said: usize, last: usize) -> Option<Telling> {
    const LONGEST: usize = 40;
    if last > said + LONGEST {
        return None;
    }
    let verb = Piece::Own(spoke(text, said, false));
    let place = (said + 1..last.min(said + WHO)).find(|t| opens(text, *t));
    let plain = |to: usize| (said + 1..to).all(|t| text.shape(t) != Shape::Mark);
    if let Some(place) = place.filter(|p| plain(*p) && is_named(text, said + 1..*p))
        && is_occasion(text, place, last, LEAST)
    {
        return Some(Telling::of(&[
            Piece::Words(said + 1, place),
            verb,
            Piece::Words(place, last),
        ]));
    }
    // A title tells more than the place: who speaks is introduced with it.
    let person = entities
        .between(said + 1, said + 1 + WHO)
        .iter()
        .any(|m| entities.all[m.entity].nature == Nature::Person && m.full);
    let close = (said + 1..last).rev().find(|t| text.shape(*t) == Shape::Mark)?;
    if !person || text.shape(close - 1) == Shape::Mark {
        return None;
    }
    let inside = text.word(close - 1);
    let behind = (close + 1..last)
        .find(|t| opens(text, *t))
        .filter(|p| *p == close + 1 || text.is(p - 1, ","));
    match behind {
        Some(place) if inside == "," && is_occasion(text, place, last, 2) => Some(Telling::of(&[
            Piece::Words(said + 1, place),
            verb,
            Piece::Words(place, last),
        ])),
        _ => None,
    }
}

/// The occasion before a speech: `At the wrap party for “Tin Roof,” Bae joked, “`, `Bae said at a fan meeting, “`, `Asked
/// about the rain, Bae said, “`.
pub(super) fn before(text: &Text, entities: &Entities, first: usize, open: usize) -> Option<Telling> {
    let mark = open
        .checked_sub(1)
        .filter(|m| *m > first && matches!(text.sign(*m), b',' | b':'))?;
    let said = (mark.saturating_sub(WHO + LEAST).max(first + 1)..mark)
        .rev()
        .find(|t| text.class(*t).has(Class::SAY))?;
    if text.class(said).has(Class::ING) || text.class(said - 1).has(Class::AUX.with(Class::CONJ)) {
        return None;
    }
    let who = entities.between(said.saturating_sub(WHO).max(first), said).last()?;
    let beside = who.last == said || text.class(said - 1).has(Class::ADV) || text.is(said - 1, ",");
    if !beside || !entities.all[who.entity].is_somebody() && entities.all[who.entity].nature != Nature::Company {
        return None;
    }
    let written = text.is_one(said, WRITTEN);
    let behind = said + 1 < mark;
    let place = opens(text, said + 1);
    let occasion = place && (written || is_occasion(text, said + 1, mark, 3));
    let opening = opening(text, first, who.first);
    if behind && !occasion || !behind && !opening {
        return None;
    }
    let verb = if written || text.is_one(said, TELLING) {
        Piece::Words(said, said + 1)
    } else if text.is(first, "asked") || text.is(first, "when") {
        Piece::Own("answered")
    } else {
        Piece::Own(spoke(text, said, false))
    };
    let own = [Piece::Words(first, said), verb];
    // `a source from the agency confirmed, “`: what the article reports.
    if !behind && text.is_one(said, words!["confirmed", "denied", "confirms", "denies"]) {
        return Some(Telling::of(&[Piece::Words(first, said + 1), Piece::Own("it")]));
    }
    if behind {
        Some(Telling::of(&[own[0], own[1], Piece::Words(said + 1, mark)]))
    } else {
        Some(Telling::of(&own))
    }
}

/// Whether a sentence begins with a phrase that tells where or when, before who speaks: `At the wrap party for “X,”`.
fn opening(text: &Text, first: usize, who: usize) -> bool {
    let opens = text.class(first).has(Class::PREP) || text.is(first, "asked");
    let comma = (first + LEAST..who).rev().find(|t| text.is(*t, ","));
    let told = (first + 1..who).any(|t| text.is_capital(t) || text.class(t).has(Class::KIND.with(Class::DAY)));
    opens && told && comma.is_some_and(|c| who - c <= LONG_WHO)
}

/// A word that opens where or when: no speech about how something was done.
fn opens(text: &Text, token: usize) -> bool {
    text.is_one(token, words!["at", "during", "in", "on"])
        || text.is_one(token, words!["after", "before", "ahead"]) && !text.word(token + 1).ends_with("ing")
        || text.class(token).has(Class::DAY)
}

/// Whether the tokens tell a place or a thing that has a name.
fn is_occasion(text: &Text, place: usize, last: usize, least: usize) -> bool {
    last >= place + least
        && (place..last).any(|t| text.is_capital(t) || text.class(t).has(Class::KIND.with(Class::DAY)))
        && !(place..last).any(|t| text.is_one(t, NO_OCCASION))
}

/// Whether somebody is named or stood for by a noun or a pronoun.
fn is_named(text: &Text, who: std::ops::Range<usize>) -> bool {
    !who.is_empty()
        && (text.is(who.start, "the")
            || who
                .clone()
                .any(|t| text.is_capital(t) || text.class(t).has(Class::NOMINATIVE.with(Class::EPITHET))))
}

/// One past the last token that is no cue of the next speech: `…, and he added`.
fn bare_end(text: &Text, from: usize, end: usize) -> Option<usize> {
    let cue = Class::SAY.with(Class::CONJ).with(Class::NOMINATIVE).with(Class::ADV);
    let next = |t: usize| matches!(text.sign(t), b'.' | b',' | b':') || text.class(t).has(cue);
    Some((from..end).rev().find(|t| !next(*t))? + 1)
}

/// The verb without the words, in the time of the cue.
fn spoke(text: &Text, said: usize, to: bool) -> &'static str {
    match (text.word(said).ends_with('s'), to) {
        (true, true) => "speaks to",
        (true, false) => "speaks",
        (false, true) => "spoke to",
        (false, false) => "spoke",
    }
}
