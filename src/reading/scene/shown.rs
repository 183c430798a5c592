//! Who a picture of a scene shows: the picture does nothing, so who is in it is who acts.

use super::super::entity::{Mention, Nature};
use super::super::lexicon::Class;
use super::super::print::{Words, words};
use super::super::resolve::Resolver;
use super::super::text::Shape;

/// What pictures do with those who are in them.
const SHOWS: Words = words![
    "shows",
    "show",
    "showed",
    "captures",
    "capture",
    "captured",
    "features",
    "depicts",
    "depict",
    "sees",
    "follows",
    "introduces",
    "finds",
    "catches",
];

impl Resolver<'_> {
    /// `The last shot shows Kim at a stall, where he`: no picture acts, who is in it does.
    pub(in super::super) fn is_shown(&self, mention: &Mention, at: usize, verb: usize) -> bool {
        let text = self.text;
        if !text.is_one(verb, SHOWS) || text.shape(verb.wrapping_sub(1)) != Shape::Lower {
            return false;
        }
        let sentence = self.sentences.get(self.sentence(at));
        sentence.is_some_and(|s| {
            let noun = text.class(s.first).has(Class::DET) && !text.class(s.first).has(Class::NOMINATIVE);
            noun && verb - s.first <= 6
                && self.entities.between(s.first, verb).is_empty()
                && self.entities.all[mention.entity].nature == Nature::Character
        })
    }
}
