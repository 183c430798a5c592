//! Nouns in front of words that announce them, and whose they are: `Kim’s answer was short: “…”`, `From Maple Company came
//! the following remark: “…”`; and behind them `it read`.
//!
//! `borne` says whether a noun announces words at all.

use super::attribution::{Rule, Sieves};
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::print::words;
use super::resolve::{Choice, Place};
use super::sentence;
use super::text::Shape;

impl Sieves<'_> {
    /// `prompting a comment from Kim: “…”`, `her only remark on it is, “…”`, `Kim’s guess, “…,” was right`: the noun says
    /// whose words they are, whatever verb stands before it.
    pub(super) fn nominal(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let before = self.judged[number].before();
        let noun = super::borne::noun_of_speech(self.text, before)?;
        if before.verb.is_some_and(|v| v > noun) {
            return None;
        }
        let from = before.first.max(noun.saturating_sub(8));
        let reference = self.came_from(noun).or_else(|| self.answer_of(from, before.last))?;
        let place = place.at(&reference);
        let choice = self.resolver.resolve(&reference, place)?;
        Some((Rule::Before, Some(choice)))
    }

    /// `Kim’s answer was short: “…”`, `Her advice to him: “…”`, `A comment from the actress followed: “…”`: whose it is.
    pub(super) fn answer_of(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 12;
        const OWNED: usize = 4;
        let text = self.text;
        let spoken = |t: &usize| text.class(*t).has(Class::SPOKEN) && text.shape(*t) == Shape::Lower;
        let noun = (first + 1..last.min(first + REACH)).find(spoken)?;
        if let Some(clitic) = (first + 1..noun)
            .rev()
            .take(OWNED)
            .find(|t| text.shape(*t) == Shape::Clitic)
        {
            // `On Monday Kim’s answer`.
            let opens = first + usize::from(text.class(first).has(Class::PREP));
            let from = self.entities.covering(clitic - 1).map_or(opens, |m| m.first.max(first));
            return phrase::read(text, self.entities, from, clitic);
        }
        let owner = (first..noun)
            .rev()
            .take(OWNED)
            .find(|t| text.class(*t).has(Class::HE.with(Class::SHE)) && !text.class(*t).has(Class::NOMINATIVE))
            // `hands him his shoes with the words`: the shoes are his.
            .filter(|t| (t + 1..noun).all(|w| !text.class(w).has(Class::PREP)));
        if let Some(token) = owner {
            let class = text.class(token);
            return Some(Reference::Pronoun { class, token });
        }
        if !text.is_one(noun + 1, words!["from", "of", "by"]) {
            return None;
        }
        let verb = Class::AUX.with(Class::SUBORD).with(Class::PAST).with(Class::CONJ);
        let end = (noun + 2..last)
            .find(|t| text.class(*t).has(verb) || text.is(*t, ",") || text.word(*t).ends_with("ed"))
            .unwrap_or(last);
        phrase::read(text, self.entities, noun + 2, end)
            .filter(|r| matches!(r, Reference::Named { .. } | Reference::Epithet { .. }))
    }

    /// `From Maple Company, home to Kim, came the following remark: “…”`, `Ko, whose judgment was a gentle one: “…”`: whose
    /// the noun is.
    fn came_from(&self, noun: usize) -> Option<Reference> {
        const NEAR: usize = 4;
        let (text, sentences) = (self.text, self.resolver.sentences);
        let first = sentences.get(sentence::at(sentences, noun))?.first;
        if let Some(whose) = (noun.saturating_sub(NEAR).max(first)..noun).find(|t| text.is(*t, "whose")) {
            let named = self.entities.between(first, whose);
            return named
                .last()
                .filter(|m| self.entities.all[m.entity].is_somebody())
                .map(Reference::to);
        }
        let came = (noun.saturating_sub(NEAR).max(first)..noun).find(|t| text.is_one(*t, words!["came", "comes"]))?;
        let end = (first + 1..came).find(|t| text.is(*t, ",")).unwrap_or(came);
        text.is(first, "from")
            .then(|| phrase::read(text, self.entities, first + 1, end))
            .flatten()
    }

    /// `“…,” it read`: the letter told of in front; `it said`: the agency whose sentence that was.
    pub(super) fn writer_of_it(&self, it: usize, verb: usize, place: Place<'_>) -> Option<Choice> {
        let here = sentence::at(self.resolver.sentences, place.quote.0);
        // `A host read out a message from a listener. “…,” it said`: the host only reads.
        if let Some(before) = here.checked_sub(1).map(|n| self.resolver.sentences[n])
            && let Some(writer) = (before.first..before.last).find_map(|t| self.paper_from(t))
        {
            return Some(writer);
        }
        let stranger = place.stranger.filter(|(_, sentence)| sentence + 1 == here);
        match stranger {
            Some((head, _)) => self.resolver.stranger_at(head),
            // `it wrote on X`: no paper writes.
            None if self.text.is_just(verb, words!["wrote", "posted"])
                || self.text.class(verb).has(Class::SAY) && !self.text.is_one(verb, words!["read", "reads"]) =>
            {
                self.body_in_front(place).or_else(|| self.posted_by(place))
            }
            None => self
                .issued(place)
                .or_else(|| self.posted_by(place))
                .or_else(|| self.resolver.letter(it, place)),
        }
    }
}
