//! Who takes the turn where the attribution of somebody else's words ends.
//!
//! `“You kept my chair,” he tells his sister, who does not look up. “I kept the dust on it.”` and `“Let me see it,” he says,
//! but Kim hides the letter behind her back. “Not until you apologize.”`: the clause at the end brings in the other one,
//! and the words behind it are theirs. `“A,” he went on, as Kim nodded. “B.”` goes on: what is done beside it takes no turn.

use super::attribution::{Sieves, one};
use super::beings;
use super::entity::Nature;
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::print::words;
use super::resolve::{Choice, Place};
use super::text::Shape;

/// A clause behind an attribution is no longer.
const LONGEST: usize = 28;
/// A noun phrase in it is no longer.
const PHRASE: usize = 5;

impl Sieves<'_> {
    /// Whoever reacts between the words of a span and a token, in the last clause behind the attribution.
    pub(super) fn reacts_behind(&self, number: usize, end: usize) -> Option<Reference> {
        let span = &self.spans.outer[number];
        let judged = &self.judged[number];
        let after = judged.after().filter(|a| a.plain);
        let from = match after {
            Some(after) => after.verb.max(after.subject.1.saturating_sub(1)) + 1,
            None => judged.before().verb.map(|_| span.after())?,
        };
        let last = end.min(from + LONGEST);
        let told = after.filter(|_| self.scenes.get(span.para).copied().unwrap_or_default());
        (from..last).rev().find_map(|t| match () {
            () if self.text.is(t, "who") => told.and_then(|a| self.told_who(a.verb, from, t)),
            () if self.opens_a_reaction(t) => self.acts_from(t + 1, end),
            () => None,
        })
    }

    /// Whether the words of the second span are of somebody who reacts behind those of the first.
    pub(super) fn hands_the_turn(&self, first: usize, second: usize) -> bool {
        if self.judged[second].after().is_some() {
            return false;
        }
        let spoke = || self.subject_behind(first);
        match self.reacts_behind(first, self.spans.outer[second].open) {
            // `she says, but she hides it`.
            Some(Reference::Pronoun { class, .. }) => self
                .subject_is_she(first)
                .is_some_and(|she| she != class.has(Class::SHE)),
            Some(Reference::Named { id, .. }) => {
                !matches!(spoke(), Some(Reference::Named { id: other, .. }) if other == id)
            }
            Some(_) => true,
            None => false,
        }
    }

    /// The subject of the attribution behind a span.
    fn subject_behind(&self, number: usize) -> Option<Reference> {
        let after = self.judged[number].after().filter(|a| a.plain)?;
        phrase::read(self.text, self.entities, after.subject.0, after.subject.1)
    }

    /// Whether a woman speaks by the attribution behind a span.
    pub(super) fn subject_is_she(&self, number: usize) -> Option<bool> {
        match self.subject_behind(number)? {
            Reference::Pronoun { class, .. } if !class.has(Class::THEY) => Some(class.has(Class::SHE)),
            Reference::Named { id, .. } => self.entities.all[id].is_she(),
            _ => None,
        }
    }

    /// The words behind a reaction: of whoever reacted, unless that is who spoke before.
    pub(super) fn reactor(&self, number: usize, end: usize, place: Place<'_>) -> Option<Choice> {
        let reference = self.reacts_behind(number, end)?;
        let place = Place {
            reply: true,
            ..self.at(&reference, place)
        };
        let choice = self.resolver.resolve(&reference, place)?;
        let spoke = place.last.and_then(|(speaker, _)| super::attribution::single(speaker));
        let real = one(&choice).is_some_and(|id| self.entities.all[id].nature == Nature::Person);
        let sure = choice.sure.min(if real { 0.76 } else { 0.84 });
        (spoke.is_none() || one(&choice) != spoke).then_some(Choice { sure, ..choice })
    }

    /// `and Kim raised his hand`, `but she hides it`, `to which the judge only smiles`.
    fn opens_a_reaction(&self, token: usize) -> bool {
        let text = self.text;
        text.is_one(token, words!["and", "but", "so", "yet"])
            || text.is(token, "which") && text.is_one(token.wrapping_sub(1), words!["to", "at"])
    }

    /// Who acts in a clause that begins at a token: somebody who does something there.
    fn acts_from(&self, first: usize, end: usize) -> Option<Reference> {
        let text = self.text;
        let class = text.class(first);
        if class.has(Class::NOMINATIVE) {
            let one = class.has(Class::HE.with(Class::SHE));
            return one.then_some(Reference::Pronoun { class, token: first });
        }
        if let Some(named) = self.entities.covering(first).filter(|m| m.first == first) {
            let acts = self.entities.all[named.entity].is_somebody() && text.shape(named.last) == Shape::Lower;
            return (acts && named.last < end).then(|| Reference::to(named));
        }
        let owned = class.has(Class::HE.with(Class::SHE));
        if !class.has(Class::DET) && !owned {
            return None;
        }
        let head = (first + 1..end.min(first + PHRASE)).find(|t| self.is_a_person(*t))?;
        let acts = text.shape(head + 1) == Shape::Lower && !text.class(head + 1).has(Class::PREP);
        acts.then(|| phrase::read(text, self.entities, first, head + 1))
            .flatten()
    }

    /// `tells his sister, who does not look up`, `says to Detective Oh (Bae), who sighs`: who is told.
    fn told_who(&self, verb: usize, from: usize, who: usize) -> Option<Reference> {
        let text = self.text;
        let end = who - usize::from(text.is(who - 1, ","));
        let first = from + usize::from(text.is_one(from, words!["to", "at", "toward", "towards"]));
        let does =
            text.shape(who + 1) == Shape::Lower && !text.is_one(who + 1, words!["plays", "played", "had", "has"]);
        if !does || verb >= first || first >= end || end - first > 2 * PHRASE {
            return None;
        }
        let named = self.entities.covering(first).filter(|m| m.first == first);
        let opens = text.class(first).has(Class::DET.with(Class::HE).with(Class::SHE)) || named.is_some();
        let reference = named
            .map(Reference::to)
            .or_else(|| phrase::read(text, self.entities, first, end))?;
        opens.then_some(reference)
    }

    /// The noun of somebody.
    fn is_a_person(&self, token: usize) -> bool {
        let text = self.text;
        text.shape(token) == Shape::Lower
            && (text
                .class(token)
                .has(Class::EPITHET.with(Class::HOST).with(Class::STORY))
                || beings::is_somebodys(text.word(token)))
    }
}
