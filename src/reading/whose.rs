//! Sentences whose subject is a thing of somebody's: `The actor’s next project`, `Kim’s memory of it`, and whom a reporter met.

use super::attribution::Sieves;
use super::lexicon::Class;
use super::phrase::Reference;
use super::print::{Words, words};
use super::text::Shape;

impl Sieves<'_> {
    /// `says Grandpa Gyeong from the other side of the glass`: where somebody stands is no part of the name.
    pub(super) fn named_and_where(&self, first: usize, last: usize) -> Option<Reference> {
        let mention = self
            .entities
            .covering(first)
            .filter(|m| m.first == first && m.last < last)?;
        let place = self.text.is_one(mention.last, words!["from", "at"]) && !self.text.is_capital(mention.last + 1);
        (place && self.entities.all[mention.entity].is_somebody()).then(|| Reference::to(mention))
    }

    /// `The veteran actor clicks his tongue`: a verb with its object is no label.
    pub(super) fn does(&self, first: usize, last: usize) -> bool {
        let object = Class::DET.with(Class::HE).with(Class::SHE);
        (first + 2..last.saturating_sub(1)).any(|t| {
            let verb =
                self.text.shape(t - 1) == Shape::Lower && !self.text.class(t - 1).has(Class::PREP.with(Class::CONJ));
            verb && self.text.shape(t) == Shape::Lower && self.text.class(t).has(object)
        })
    }

    /// `The actor’s next project is a film`, `What changed his mind was a call`: whose it is, is whom it is about.
    pub(super) fn owner(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 5;
        let text = self.text;
        if text.is(first, "what") {
            let end = (first + 1..last).find(|t| text.is(*t, "was") || text.is(*t, "is"))?;
            let token = (first + 1..end).find(|t| text.class(*t).has(Class::HE.with(Class::SHE)))?;
            return Some(Reference::Pronoun {
                class: text.class(token),
                token,
            });
        }
        if let Some(owner) = self.tells_it(first, last) {
            return Some(owner);
        }
        let clitic = (first + 2..last.min(first + REACH)).find(|t| text.shape(*t) == Shape::Clitic)?;
        let head = clitic - 1;
        // `The teenager’s answer left the others speechless.`
        let answers = text.class(clitic + 1).has(Class::SPOKEN) && text.shape(clitic + 1) == Shape::Lower;
        // `The director’s “Cut!” brings out a cake`: who called it is not who is told of.
        (text.is(first, "the")
            && text.shape(clitic + 1) != Shape::Mark
            && text.shape(head) == Shape::Lower
            && (text.class(head).has(Class::EPITHET) || answers)
            && !text.class(head).has(Class::PLURAL))
        .then_some(Reference::Epithet { head, first })
    }

    /// `Kim’s own memory of that day is modest.`, `Each time her answer was the same.`: whose words follow.
    fn tells_it(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 8;
        const OWNED: usize = 4;
        const ACCOUNTS: Words = words![
            "memory",
            "version",
            "recollection",
            "verdict",
            "theory",
            "explanation",
            "assessment",
            "account",
            "defense",
            "defence",
            "side",
        ];
        let text = self.text;
        let owns = |t: &usize| {
            let class = text.class(*t);
            text.shape(*t) == Shape::Clitic || class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE)
        };
        // Most sentences do not begin with what is somebody's.
        let near = first..last.min(first + REACH);
        if !near.clone().any(|t| owns(&t)) || self.is_scene(first) {
            return None;
        }
        let told = |t: &usize| {
            text.shape(*t) == Shape::Lower && (text.class(*t).has(Class::SPOKEN) || text.is_just(*t, ACCOUNTS))
        };
        let noun = near.skip(1).find(told)?;
        let owner = (first..noun).rev().take(OWNED).find(owns)?;
        let is = (noun + 1..last).take(OWNED).any(|t| text.class(t).has(Class::AUX)) || text.is(noun + 1, "of");
        let named = self.entities.between(first, owner);
        if text.shape(owner) == Shape::Clitic {
            let mention = self
                .entities
                .covering(owner.checked_sub(1)?)
                .filter(|m| m.last == owner)?;
            let only = named.len() == 1 && self.entities.all[mention.entity].is_somebody();
            return (is && only).then(|| Reference::to(mention));
        }
        let alone = named.is_empty() && !(first..owner).any(|t| text.class(t).has(Class::NOMINATIVE));
        (is && alone).then(|| Reference::Pronoun {
            class: text.class(owner),
            token: owner,
        })
    }

    /// `We called Kim to hear her side`, `I ask Kim about the bees`: whom the reporter talks to.
    pub(super) fn met(&self, first: usize, last: usize) -> Option<Reference> {
        const NEAR: usize = 6;
        const MEETS: Words = words![
            "called",
            "call",
            "phoned",
            "asked",
            "ask",
            "reached",
            "contacted",
            "visited",
            "visit",
            "met",
            "meet",
            "caught",
            "spoke",
            "sat",
        ];
        let text = self.text;
        let reporter = text.is_one(first, words!["we", "i"]) && text.is_just(first + 1, MEETS);
        if !reporter {
            return None;
        }
        let end = last.min(first + 2 + NEAR);
        let named = self.entities.between(first + 2, end.max(first + 2)).first()?;
        (text.shape(named.last) != Shape::Clitic && self.entities.all[named.entity].is_somebody())
            .then(|| Reference::to(named))
    }
}
