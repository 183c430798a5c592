//! Words that stand on what somebody put up or sent: `“I have twins,” it said underneath`, `“…,” read her caption`.
//!
//! Whose they are is told in front: by who posted it, or by whose account or hand it is.

use super::attribution::{Sieves, keep};
use super::entity::Id;
use super::lexicon::Class;
use super::lexicon::asked::{self, Asked};
use super::phrase::Reference;
use super::print::{Words, words};
use super::resolve::{Choice, Place, Speaker};
use super::sentence;
use super::subject;
use super::text::{Shape, Text};
use crate::model::QuoteKind;

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

/// Who may put something up, beside those whose noun tells that they do something.
const PEOPLE: Words = words![
    "architect",
    "resident",
    "local",
    "tourist",
    "student",
    "fan",
    "viewer",
    "visitor",
    "netizen",
    "user",
    "citizen",
    "extra",
    "photographer",
    "employee",
    "professor",
    "historian",
    "birdwatcher",
    "passer-by",
    "bystander"
];

fn keep_unnamed(noun: &str) -> Choice {
    Choice {
        speaker: Speaker::Unnamed {
            role: noun.to_ascii_lowercase(),
            kind: QuoteKind::Other,
        },
        sure: 0.75,
        candidates: Vec::new(),
    }
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
            if let Some(writer) = self.told_of_in_speech(told, place) {
                return writer;
            }
            if told.para + 1 < place.para || !tokens.clone().any(|t| text.is_one(t, POSTS)) {
                continue;
            }
            if let Some(writer) = tokens.clone().find_map(|t| self.paper_from(t)) {
                return Some(writer);
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

    /// `a text message that Kim had sent her`, `the letter his mother left him`, `a note from Kim`: who wrote what a token
    /// names, as told behind it. Of somebody without a name `paper_from` tells.
    fn sender_behind(&self, paper: usize, end: usize) -> Option<Reference> {
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
            let named = self.entities.covering(paper + 2)?;
            let somebody = self.entities.all[named.entity].is_somebody();
            return somebody.then(|| Reference::to(named));
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

    /// `The caption said, “…”`, `The message read, “…”`: of what was put up, or told of in speech, in the sentence in front.
    pub(super) fn words_put_up(&self, (first, last): (usize, usize), place: Place<'_>) -> Option<Option<Choice>> {
        let reads = last == first + 2 && self.text.is_one(last, words!["read", "reads", "said", "says"]);
        if place.scene || !reads || !self.text.is(first, "the") {
            return None;
        }
        let sentences = self.resolver.sentences;
        let before = sentences.get(sentence::at(sentences, place.quote.0).checked_sub(1)?)?;
        if self.text.is(last - 1, "caption") {
            return Some(Some(self.caption((first, last), place)?));
        }
        self.told_of_in_speech(*before, place)
    }

    /// `“I will send it by text message,” Kim said. ¶ “…,” the message read` is Kim's, and of `“He sent me a message,” Kim said` it
    /// is somebody else's, whom the article may not name.
    fn told_of_in_speech(&self, told: super::sentence::Sentence, place: Place<'_>) -> Option<Option<Choice>> {
        const PAPERS: Words = words!["message", "text", "letter", "note", "email"];
        const SENDS: Words = words!["send", "sent", "sends", "wrote", "texted", "write", "left"];
        const NEAR: usize = 4;
        let text = self.text;
        let sent = (told.first..told.last).find(|t| text.is_just(*t, SENDS))?;
        let paper = (sent + 1..told.last).any(|t| text.is_just(t, PAPERS));
        let before = self.spans.outer.partition_point(|s| s.open < sent);
        let spoken = self.spans.outer[..before].last().is_some_and(|s| sent < s.close);
        if !paper || !spoken || told.para + 1 < place.para {
            return None;
        }
        let first = (sent.saturating_sub(NEAR)..sent).any(|t| text.class(t).has(Class::FIRST) && text.is_capital(t));
        let speaker = place.last.filter(|_| first).map(|(speaker, _)| speaker);
        Some(speaker.and_then(|s| keep(s, 0.8)))
    }

    /// `An architect who was there posted photos. “…,” he wrote`: somebody without a name put up what the words stand on.
    fn poster_without_name(&self, (first, last): (usize, usize), verb: usize, place: Place<'_>) -> Option<Choice> {
        const REACH: usize = 60;
        const NOUNS: usize = 4;
        const WRITES: Words = words!["wrote", "posted", "tweeted"];
        const PUTS: Words = words!["posted", "uploaded", "shared"];
        let (text, sentences) = (self.text, self.resolver.sentences);
        let class = text.class(first);
        if last != first + 1
            || place.scene
            || !text.is_just(verb, WRITES)
            || !class.has(Class::NOMINATIVE)
            || !class.has(Class::HE.with(Class::SHE))
        {
            return None;
        }
        let here = sentence::at(sentences, place.quote.0);
        let told = sentences
            .get(here.checked_sub(1)?)
            .filter(|s| s.para + 1 >= place.para)?;
        let tokens = || told.first.max(told.last.saturating_sub(REACH))..told.last;
        let put = tokens().rev().find(|t| text.is_just(*t, PUTS))?;
        // `posted on X by a local birdwatcher`, `an architect visiting the site posted photos`.
        let by = (put..told.last).find(|t| text.is(*t, "by") && text.is_one(t + 1, words!["a", "an"]));
        let opens = match by {
            Some(by) => by + 1,
            None => tokens()
                .take_while(|t| *t < put)
                .filter(|t| text.is_one(*t, words!["a", "an"]))
                .last()?,
        };
        let from = if by.is_some() { put } else { told.first };
        let to = if by.is_some() { opens } else { put };
        let named = self
            .entities
            .between(from, to)
            .iter()
            .any(|m| self.entities.all[m.entity].is_somebody());
        let ends = Class::PREP.with(Class::SUBORD).with(Class::AUX).with(Class::SEND);
        let noun = (opens + 1..opens + 1 + NOUNS)
            .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(ends) && *t != put)
            .filter(|t| super::noun::is_person_noun(text, *t) || text.is_one(*t, PEOPLE))
            .last()?;
        let gender = text.class(noun);
        let other = if class.has(Class::SHE) {
            Class::MALE
        } else {
            Class::FEMALE
        };
        (!named && !gender.has(other)).then(|| keep_unnamed(text.word(noun)))
    }

    /// `read out a text message from a listener`, `a letter by a fan`: who wrote it has no name.
    pub(super) fn paper_from(&self, paper: usize) -> Option<Choice> {
        const PAPERS: Words = words!["message", "letter", "note", "card", "email", "postcard"];
        let text = self.text;
        let from = text.is_just(paper, PAPERS) && text.is_one(paper + 1, words!["from", "by"]);
        let noun = (paper + 3..paper + 6)
            .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::SUBORD)))
            .last()
            .filter(|_| from && text.is_one(paper + 2, words!["a", "an", "one"]))?;
        let person = super::noun::is_person_noun(text, noun) || text.is_one(noun, PEOPLE);
        person.then(|| keep_unnamed(text.word(noun)))
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
        if let Some(poster) = self.poster_without_name((first, last), verb, place) {
            return Some(Some(poster));
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
