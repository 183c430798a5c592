//! Whose words a letter speaks: `the letter begins`, `it read`: of who is told to have written, sent or left it.

use super::entity::{Id, Mention, Nature};
use super::lexicon::{Class, asked};
use super::phrase::Reference;
use super::posted::sends;
use super::print::{Words, words};
use super::resolve::{Choice, Place, Resolver, Speaker, sure};
use super::subject;
use super::text::Shape;

/// So far in front of the words a letter comes in.
const REACH: usize = 90;
impl Resolver<'_> {
    /// Who wrote what speaks at a token.
    pub(super) fn letter(&self, head: usize, place: Place<'_>) -> Option<Choice> {
        // `“Seol, if the roof leaks”`: who is called did not write it.
        let called = |id: &Id| {
            let named = self.entities.between(place.quote.0, place.quote.0 + 3).iter();
            named.clone().any(|m| m.entity == self.in_the_story_of(*id, place))
        };
        if let Some(company) = self.company_in_front(head) {
            return sure(Speaker::One(company), 0.88);
        }
        // `the agency said. The statement went on`: of who has just spoken for somebody.
        if self.text.is(head, "statement")
            && let Some((speaker, para)) = place.last
            && para + 1 >= place.para
            && match speaker {
                Speaker::One(id) => !self.entities.all[*id].is_somebody(),
                speaker => !matches!(speaker, Speaker::Unnamed { .. }),
            }
        {
            return sure(speaker.clone(), 0.9);
        }
        if self.is_anonymous(head) {
            return None;
        }
        if let Some(sender) = self.sender(head).filter(|id| !called(id)) {
            return sure(Speaker::One(self.in_the_story_of(sender, place)), 0.85);
        }
        let headlined = self.main.filter(|_| self.headlined);
        let focus = place.focus.map(|(id, _)| id);
        // `Kim reads out her note. “…,” it went`: who was told of in front.
        let (first, second) = if self.text.is(head, "it") {
            (focus, headlined)
        } else {
            (headlined, focus)
        };
        let writer = first
            .or(second)
            .or(self.main)
            .filter(|id| self.entities.all[*id].nature == Nature::Person && !place.scene)?;
        sure(Speaker::One(writer), 0.82)
    }

    /// `In a message to the press, Maple Company expressed its thanks. “…,” the message read`: whose sentence the one in
    /// front is.
    fn company_in_front(&self, head: usize) -> Option<Id> {
        let sentence = self.sentence(head).checked_sub(1).map(|n| self.sentences[n])?;
        const STATEMENTS: Words = words!["statement", "announcement", "notice", "release", "clarification"];
        const SOURCE: usize = 6;
        let text = self.text;
        let paper =
            text.is_one(head, STATEMENTS) || (sentence.first..sentence.last).any(|t| text.is_in(t, asked::PAPERS));
        // `According to his agency, Maple Company, it is not so. “…,” the statement read`.
        let source = text.is(sentence.first, "according") && text.is(sentence.first + 1, "to");
        let mut named = self.entities.between(sentence.first, sentence.last).iter();
        let company = named.find(|m| self.is_subject(m) || source && m.first < sentence.first + SOURCE)?;
        (paper && self.entities.all[company.entity].nature == Nature::Company).then_some(company.entity)
    }

    /// `Kim left a letter for each of them. “…,” reads the first.`
    pub(super) fn is_one_of_the_letters(&self, first: usize, last: usize, verb: usize) -> bool {
        const WHICH: Words = words!["first", "second", "third", "last", "other"];
        let is = |t: usize, words: Words| self.text.is_one(t, words);
        matches!(last.saturating_sub(first), 1 | 2)
            && self.text.is(first, "the")
            && is(first + 1, WHICH)
            && is(verb, words!["reads", "read", "begins"])
    }

    /// `a post by a person claiming to be a classmate appeared. “…,” the post alleged`: nobody knows whose it is.
    fn is_anonymous(&self, head: usize) -> bool {
        let text = self.text;
        let word = text.word(head);
        let told = (head.saturating_sub(REACH)..head)
            .rev()
            .find(|t| text.is_same(*t, word));
        let by = |t: usize| text.is(t, "by") || text.is(t, "from");
        told.is_some_and(|t| by(t + 1) && text.is_one(t + 2, words!["a", "an", "someone", "somebody", "another"]))
    }

    fn in_the_story_of(&self, id: Id, place: Place<'_>) -> Id {
        if place.scene { self.in_the_story(id) } else { id }
    }

    /// `Kim’s letter`, `an envelope from Kim`, `a letter that Kim left`: the nearest that the article tells of.
    fn sender(&self, head: usize) -> Option<Id> {
        let text = self.text;
        let from = head.saturating_sub(REACH);
        let paper = |t: &usize| text.is_in(*t, asked::PAPERS);
        let told = (from..head).rev().filter(paper).find_map(|t| self.sender_of(t));
        told.or_else(|| {
            let verb = (from..head).rev().find(|t| text.class(*t).has(Class::SEND))?;
            let first = self.sentences[self.sentence(verb)].first;
            self.subject_of(first, verb)
        })
    }

    /// Who is told beside the word for it to have written one.
    fn sender_of(&self, paper: usize) -> Option<Id> {
        const NEAR: usize = 14;
        let text = self.text;
        let somebody = |m: &&Mention| self.entities.all[m.entity].is_somebody() && !m.ambiguous && !m.in_speech;
        let owner = paper.checked_sub(2).filter(|t| text.shape(t + 1) == Shape::Clitic);
        if let Some(owner) = owner.and_then(|t| self.entities.covering(t)).filter(somebody) {
            return Some(owner.entity);
        }
        let sentence = self.sentences[self.sentence(paper)];
        if text.is(paper + 1, "from") || text.is(paper + 1, "by") {
            let end = sentence.last.min(paper + NEAR);
            let named = self.entities.between(paper + 1, end).iter();
            return named
                .filter(|m| text.shape(m.last) != Shape::Clitic)
                .find(somebody)
                .map(|m| m.entity);
        }
        const BESIDE: usize = 5;
        let near = paper.saturating_sub(BESIDE).max(sentence.first)..sentence.last.min(paper + BESIDE);
        let verb = near.into_iter().find(|t| sends(text, *t, asked::HIDES))?;
        self.subject_of(sentence.first, verb)
    }

    fn subject_of(&self, first: usize, verb: usize) -> Option<Id> {
        match subject::of_verb(self.text, self.entities, first, verb)? {
            Reference::Named { id, .. } if self.entities.all[id].is_somebody() => Some(id),
            _ => None,
        }
    }
}
