//! Who goes on in a scene where another might answer: who asks and then acts, who tells more of somebody else, who adds with
//! “and”.

use super::super::attribution::Sieves;
use super::super::entity::Id;
use super::super::lexicon::Class;
use super::super::print::{Words, words};
use super::super::text::Shape;

/// Who is told “you” is spoken to, and so is who is asked.
const TO_YOU: Words = words!["you", "your", "what", "who", "how", "if", "then", "yours"];

impl Sieves<'_> {
    /// `asks whether she has eaten, and then slides a ticket across`, `asked what it was, and when she shrugged, he laughed`: who
    /// asked acts again.
    pub(in super::super) fn asker_goes_on(&self, what: usize, last: usize) -> bool {
        let text = self.text;
        let joined = (what + 1..last.saturating_sub(2))
            .rev()
            .find(|t| text.is(*t, "and") && text.is(*t - 1, ","));
        joined.is_some_and(|and| {
            let verb = and + 1 + usize::from(text.is_one(and + 1, words!["then", "finally", "only"]));
            let word = text.word(verb);
            let acts = text.shape(verb) == Shape::Lower
                && (word.ends_with("es") || word.ends_with('s') && !word.ends_with("ss") || word.ends_with("ed"))
                && !text
                    .class(verb)
                    .has(Class::NOMINATIVE.with(Class::DET).with(Class::PREP).with(Class::SUBORD));
            let when = text.is_one(and + 1, words!["when", "before", "after"]);
            acts || when && (and + 2..last).any(|t| text.is(t, ",") && text.class(t + 1).has(Class::NOMINATIVE))
        })
    }

    /// `“And write it big.”`, not `“And you had six years to tell me.”`.
    pub(in super::super) fn goes_on_with_and(&self, number: usize) -> bool {
        let (text, span) = (self.text, &self.spans.outer[number]);
        let first = span.first();
        let asks = text.is(span.close.saturating_sub(1), "?");
        text.is(first, "and") && !text.is_one(first + 1, TO_YOU) && !asks
    }

    /// `“He has stayed too long.” ¶ “Every night that he is here, it comes closer”`, `“Write this down.” ¶ “And write it big”`: who
    /// spoke goes on, of the other or with “and”.
    pub(in super::super) fn tells_more(&self, before: usize, number: usize, other: Id) -> bool {
        const REACH: usize = 40;
        let text = self.text;
        let and = self.goes_on_with_and(number);
        let Some(she) = self.resolver.is_she(other) else {
            return and;
        };
        let of_other = |n: usize| {
            let span = &self.spans.outer[n];
            let words = || span.first()..span.close.min(span.first() + REACH);
            let told = |t: &usize| text.class(*t).has(Class::NOMINATIVE) && !text.class(*t).has(Class::THEY);
            // `“She has four minutes. He has ten.”` tells of two.
            let first = words().find(told);
            first.is_some_and(|t| text.class(t).has(Class::SHE) == she) && !words().any(|t| text.is_one(t, TO_YOU))
        };
        let asks = text.is(self.spans.outer[number].close.saturating_sub(1), "?");
        and || !asks && of_other(before) && of_other(number)
    }
}
