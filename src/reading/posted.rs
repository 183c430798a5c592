//! Words that stand on what somebody put up or sent: `“I have twins,” it said underneath`, `“…,” read her caption`.
//!
//! Whose they are is told in front: by who posted it, or by whose account or hand it is.

use super::attribution::{Sieves, keep};
use super::entity::Id;
use super::lexicon::Class;
use super::lexicon::asked::{self, Asked};
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::resolve::{Choice, Place, Speaker};
use super::sentence;
use super::subject;
use super::text::{Shape, Text};

/// What is put up, and where.
const POSTS: Words = words![
    "sentence",
    "photo",
    "photos",
    "picture",
    "pictures",
    "selfie",
    "snapshot",
    "image",
    "post",
    "message",
    "letter",
    "note",
    "story",
    "statement",
    "comment",
    "card",
    "text",
    "update",
    "instagram",
    "weverse",
    "threads",
    "x",
    "twitter",
    "account",
    "handwriting",
];
/// What is somebody's, where words are found.
const HANDS: Words = words!["account", "handwriting", "hand", "page", "feed", "profile"];
/// The words themselves.
const CAPTIONS: Words = words![
    "caption", "captions", "text", "post", "line", "words", "note", "message", "card"
];

/// A verb of who sends, writes or leaves something to read, or another of some verbs.
pub(super) fn sends(text: &Text, token: usize, others: Asked) -> bool {
    text.is_in(token, others) || text.class(token).has(Class::SEND) && text.shape(token) == Shape::Lower
}

impl Sieves<'_> {
    /// Who put up what the words of a place stand on, or in whose hand they are.
    pub(super) fn posted_by(&self, place: Place<'_>) -> Option<Choice> {
        const FRONT: usize = 2;
        const LONGEST: usize = 60;
        let (text, sentences) = (self.text, self.resolver.sentences);
        let here = sentence::at(sentences, place.quote.0);
        for number in (here.saturating_sub(FRONT)..here).rev() {
            let told = sentences[number];
            let tokens = told.first.max(told.last.saturating_sub(LONGEST))..told.last;
            if told.para + 1 < place.para || !tokens.clone().any(|t| text.is_one(t, POSTS)) {
                continue;
            }
            if let Some(owner) = tokens.clone().find_map(|t| self.hand_at(t, told.first)) {
                return keep(&Speaker::One(owner), 0.88);
            }
            if let Some(sender) = tokens.clone().find_map(|t| self.sender_behind(t, told.last)) {
                return self.resolver.resolve(&sender, self.at(&sender, place));
            }
            if tokens.clone().any(|t| sends(text, t, asked::PUTS_UP)) {
                let reference = self.sentence_subject(told.first, told.last)?;
                return self.resolver.resolve(&reference, self.at(&reference, place));
            }
        }
        None
    }

    /// `a text message that Kim had sent her`, `the letter his mother left him`, `a letter from a fan in Busan`: who wrote
    /// what a token names, as told behind it.
    pub(super) fn sender_behind(&self, paper: usize, end: usize) -> Option<Reference> {
        const NEAR: usize = 9;
        const WRITERS: Class = Class::EPITHET
            .with(Class::PUBLIC)
            .with(Class::STORY)
            .with(Class::FEMALE)
            .with(Class::MALE);
        let text = self.text;
        if !text.is_in(paper, asked::PAPERS) && !text.is_one(paper, CAPTIONS) {
            return None;
        }
        let noun = |t: &usize| text.shape(*t) == Shape::Lower && text.class(*t).has(WRITERS);
        let last = end.min(paper + NEAR);
        if text.is_one(paper + 1, words!["from", "by"]) {
            if let Some(named) = self.entities.covering(paper + 2) {
                return self.entities.all[named.entity]
                    .is_somebody()
                    .then(|| Reference::to(named));
            }
            let owned = text.class(paper + 2).has(Class::DET.with(Class::HE).with(Class::SHE));
            let head = (paper + 3..last).find(noun).filter(|_| owned)?;
            return phrase::read(text, self.entities, paper + 2, head + 1);
        }
        let first = paper + 1 + usize::from(text.is_one(paper + 1, words!["that", "which"]));
        let named = self
            .entities
            .covering(first)
            .is_some_and(|m| m.first >= first.saturating_sub(1));
        let titled = text
            .class(first)
            .has(Class::TITLE.with(Class::STAFF).with(Class::NOMINATIVE));
        let owned = text.class(first).has(Class::DET.with(Class::HE).with(Class::SHE))
            && (first + 1..last).take(3).any(|t| noun(&t));
        let verb = (first + 1..last)
            .find(|t| sends(text, *t, asked::HIDES))
            .filter(|_| named || titled || owned)?;
        subject::of_verb(text, self.entities, first, verb)
    }

    /// `in Kim’s own handwriting`, `on Kim’s account`.
    fn hand_at(&self, token: usize, first: usize) -> Option<Id> {
        const NEAR: usize = 3;
        let text = self.text;
        if !text.is_just(token, HANDS) {
            return None;
        }
        let clitic = (first.max(token.saturating_sub(NEAR))..token).find(|t| text.shape(*t) == Shape::Clitic)?;
        let owner = self.entities.covering(clitic.checked_sub(1)?)?;
        (owner.last == clitic && self.entities.all[owner.entity].is_somebody()).then_some(owner.entity)
    }

    /// `“…,” reads the first of the letters`, `“…,” it read`: who wrote what speaks, if that is paper.
    pub(super) fn paper_speaks(
        &self,
        (first, last): (usize, usize),
        verb: usize,
        place: Place<'_>,
    ) -> Option<Option<Choice>> {
        if self.resolver.is_one_of_the_letters(first, last, verb) {
            return Some(self.resolver.letter(first, place));
        }
        (last == first + 1 && self.text.is(first, "it")).then(|| self.writer_of_it(first, verb, place))
    }

    /// `“…,” her caption read`, `“…,” the text next to it said`: the subject is the words themselves.
    pub(super) fn caption(&self, (first, last): (usize, usize), place: Place<'_>) -> Option<Choice> {
        let text = self.text;
        let class = text.class(first);
        let caption = (first + 1..last).find(|t| text.is_just(*t, CAPTIONS) && text.shape(*t) == Shape::Lower)?;
        if !self.entities.between(first, caption).is_empty() {
            return None;
        }
        if class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE) {
            let reference = Reference::Pronoun { class, token: first };
            return self.resolver.resolve(&reference, place);
        }
        text.is(first, "the").then(|| self.posted_by(place)).flatten()
    }
}
