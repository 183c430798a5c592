//! What sentences say of a person beyond what stands right at the name: what they have done, whom they play, who is
//! theirs. `Kim has two sons` makes Kim `the mother of two`, `Lee as the father` somebody's on-screen father.
//!
//! `described` asks here; it weighs what was found. Quotes are no part of it.

use super::described::{BESIDE, Word, stem};
use super::entity::{Entities, Mention, Nature};
use super::lexicon::Class;
use super::sentence::{self, Sentence, Sentences};
use super::text::{Shape, Text};

/// As many tokens of a clause are read.
const CLAUSE: usize = 24;
/// A clause that says `who` tells more than a sentence.
const RELATIVE: u8 = 3;
/// What a role or a possession tells.
const OWNED: u8 = 3;
/// What the sentence says, and the next one by a pronoun.
const TOLD: u8 = 2;
const NEXT: u8 = 1;

/// Reads the clauses around one mention.
pub(super) fn told(text: &Text, entities: &Entities, sentences: &Sentences, mention: &Mention, words: &mut Vec<Word>) {
    let number = sentence::at(sentences, mention.first);
    let Some(sentence) = sentences.get(number).filter(|s| s.last > mention.last) else {
        return;
    };
    let mut say = |range: std::ops::Range<usize>, says: u8| {
        // `asks the idol whether`: somebody who is known, and not the one who asks.
        let another = |t: usize| {
            text.class(t).has(Class::EPITHET.with(Class::TITLE))
                && (t.saturating_sub(3)..t).any(|the| text.is(the, "the") && !text.is(the.wrapping_sub(1), "as"))
        };
        let own = range.filter(|t| {
            let name = entities.covering(*t);
            name.is_none_or(|m| !entities.all[m.entity].is_somebody()) && (says > TOLD || !another(*t))
        });
        words.extend(own.filter_map(|t| Some((stem(text, t)?, mention.entity, says))));
    };
    let end = sentence.last.min(mention.last + CLAUSE);
    if text.shape(mention.last) == Shape::Clitic {
        const NOUNS: usize = 4;
        let noun = |t: &usize| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::AUX));
        let from = mention.last + 1;
        let to = (from..end.min(from + NOUNS))
            .find(|t| !noun(t))
            .unwrap_or(end.min(from + NOUNS));
        say(from..to, OWNED);
        return;
    }
    let mut at = mention.last;
    if text.is(at, "as") || text.is(at, "(") && text.is(at + 1, "as") {
        say(at + 1..clause_end(text, at + 1, end), RELATIVE);
        return;
    }
    // `Kim, 34, who has two sons, plays`.
    for _ in 0..3 {
        if !text.is(at, ",") {
            break;
        }
        let close = (at + 1..end).find(|t| text.is(*t, ",")).unwrap_or(end);
        if text.class(at + 1).has(Class::SUBORD) && (text.is(at + 1, "who") || text.is(at + 1, "whose")) {
            say(at + 2..close, RELATIVE);
        }
        at = close;
    }
    at += usize::from(text.is(at, ","));
    if at >= end || !is_subject(text, sentence, mention) {
        return;
    }
    say(at..predicate_end(text, entities, at, end), TOLD);
    if let Some(next) = sentences.get(number + 1).filter(|n| n.para == sentence.para)
        && text.class(next.first).has(Class::HE.with(Class::SHE))
        && alone(entities, sentence, mention)
    {
        let end = next.last.min(next.first + CLAUSE);
        say(next.first + 1..predicate_end(text, entities, next.first + 1, end), NEXT);
    }
}

/// Nobody else stands in the sentence.
fn alone(entities: &Entities, sentence: &Sentence, mention: &Mention) -> bool {
    entities
        .between(sentence.first, sentence.last)
        .iter()
        .take(CLAUSE)
        .all(|m| m.entity == mention.entity || entities.all[m.entity].nature != Nature::Person)
}

/// The name opens its sentence or clause, titles in front of it included.
fn is_subject(text: &Text, sentence: &Sentence, mention: &Mention) -> bool {
    let mut at = mention.first;
    while at > sentence.first
        && text
            .class(at - 1)
            .has(Class::TITLE.with(Class::DET).with(Class::EPITHET))
    {
        at -= 1;
    }
    at == sentence.first
        || text.is(at - 1, ",")
        || text.shape(at - 1) == Shape::Mark
        || text.class(at - 1).has(Class::CONJ.with(Class::SUBORD)) && !text.is(at - 1, "as")
}

/// Where a clause in commas ends.
fn clause_end(text: &Text, from: usize, end: usize) -> usize {
    (from..end)
        .find(|t| matches!(text.sign(*t), b',' | b';' | b')' | b':') || text.is(*t, "and"))
        .unwrap_or(end)
}

/// Where what is said of a subject ends: at speech, or where somebody else does something.
fn predicate_end(text: &Text, entities: &Entities, from: usize, end: usize) -> usize {
    let somebody = |t: usize| {
        let mention = entities.covering(t);
        mention.is_some_and(|m| entities.all[m.entity].is_somebody() && text.shape(m.last) != Shape::Clitic)
    };
    // `and the actress`, `, she`, `as the Busan native`: somebody else begins to act.
    let another =
        |t: usize| somebody(t) || text.is(t, "the") || text.class(t).has(Class::NOMINATIVE.with(Class::TITLE));
    let opens = |t: usize| text.is(t, ",") || text.class(t).has(Class::CONJ.with(Class::SUBORD));
    (from..end)
        .find(|t| {
            text.shape(*t) == Shape::Mark
                || matches!(text.sign(*t), b';' | b':')
                || opens(*t) && another(*t + 1)
                || text.is(*t, "while")
                || text.is(*t, "whereas")
        })
        .unwrap_or(end)
}

/// What stands right at a name says more than any sentence.
const _: () = assert!(BESIDE > RELATIVE && RELATIVE >= OWNED && OWNED > TOLD && TOLD > NEXT);
