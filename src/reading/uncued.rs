//! Spans beside which no cue stands: by their own shape, or by what the sentence does to them.

use super::cue::{Before, Joint};
use super::lexicon::Class;
use super::look::Terminal;
use super::print::{Words, words};
use super::speech::{Facts, Verdict};
use super::text::Shape;

/// What a clause of two words opens with: `She knew.`, `This expired.`, `Not yet.`
const OPENS: Class = Class::NOMINATIVE.with(Class::FIRST).with(Class::ADV).with(Class::DET);

impl Facts<'_> {
    pub(super) fn without_cue(&self) -> (Verdict, &'static str) {
        let look = self.look;
        let full = matches!(look.terminal, Terminal::Cry | Terminal::Stop) && look.starts_capital;
        if self.is_called() && look.words >= 5 && !look.is_title() {
            return (Verdict::Partial, "what somebody calls it");
        }
        let near_verb = self.before.verb.is_some() || self.reports();
        let short = full && look.words == 2 && self.is_said_shortly();
        if self.free && (full && (look.words >= 3 || short) || look.words >= 6) || self.span.continues {
            return (Verdict::Speech, "a sentence that stands by itself");
        }
        // `“Mother, I don’t snore,” came a voice`: a clause of its own that breaks off has its attribution behind it.
        let clause = look.verb || look.first_person || self.contracted() || self.is_about_to();
        let broken_off = self.free && look.terminal == Terminal::Comma && look.starts_capital && look.words >= 3;
        if broken_off && clause && look.lower > 0 {
            return (Verdict::Speech, "a clause that breaks off");
        }
        // `According to Kim, “the ferry is the real lead”`.
        let source = (self.text.is(self.before.first, "according") || self.is_in_words())
            && self.before.joint == Joint::Comma
            && self.before.last - self.before.first <= if look.words > 4 { 24 } else { 10 };
        if source && look.words >= 4 {
            return (Verdict::Partial, "the words of a source");
        }
        // `with comments such as, “A” and “B”`.
        let Before { first, last, .. } = self.before;
        let comments = (first..last)
            .rev()
            .take(4)
            .any(|t| self.text.is_just(t, words!["comments", "reactions", "remarks"]) && (t + 1 < last));
        // `Netizens reacted with, “…”`.
        let reacted = last > first + 1
            && self.text.is(last - 1, "with")
            && self
                .text
                .is_one(last - 2, words!["reacted", "react", "responded", "commented"]);
        if (comments || reacted) && look.words >= 4 && !look.is_title() {
            return (Verdict::Speech, "one of several comments");
        }
        // `is heard saying “It was time.”`
        let said = self.before.joint == Joint::Bare && self.before.verb.is_some_and(|v| v + 1 == self.before.last);
        if said && full && look.words >= 3 && look.lower > 0 {
            return (Verdict::Speech, "a sentence behind its verb");
        }
        // `who keeps muttering “Left foot first, you fool” in his ear`.
        let mutters = || self.before.verb.is_some_and(|v| self.text.class(v).has(Class::ING));
        if said && self.told && look.starts_capital && look.words >= 4 && look.lower > 1 && mutters() {
            return (Verdict::Speech, "a sentence behind its verb");
        }
        if self.before.joint == Joint::Colon && full && look.words >= 3 {
            return (Verdict::Speech, "a sentence behind a colon");
        }
        if self.before.joint == Joint::Comma && full && look.words >= 5 {
            return (Verdict::Speech, "a sentence behind a comma");
        }
        // `All she can get out is, “…”`.
        let gets_out = self.before.joint == Joint::Comma
            && self
                .text
                .is_one(self.before.last.saturating_sub(1), words!["is", "was"]);
        if gets_out && look.starts_capital && look.words >= 4 && look.terminal != Terminal::None {
            return (Verdict::Speech, "all that somebody gets out");
        }
        let article =
            self.before_is_small() && !self.is_contracted() && !self.text.class(self.before.last - 1).has(Class::PREP);
        let subject = self.before.joint == Joint::Bare && self.before.last > self.before.first && {
            let last = self.before.last - 1;
            self.text.class(last).has(Class::NOMINATIVE)
                || self.text.is(last, "who")
                || self.text.is(last, "it")
                || self.text.is(last, "that")
                || self.text.class(last).has(Class::AUX)
                || self.is_contracted()
        };
        if near_verb && subject && look.words >= 4 {
            return (Verdict::Partial, "the rest of a clause inside a report");
        }
        if near_verb
            && look.words >= 5
            && (!article || look.words >= 9)
            && (look.verb || look.first_person || look.words >= 7)
        {
            return (Verdict::Partial, "words inside a report");
        }
        if look.words >= 8 && look.first_person && !article {
            return (Verdict::Partial, "a long phrase in the first person");
        }
        if full && look.starts_capital && look.words >= 8 && !article {
            return (Verdict::Speech, "a long sentence");
        }
        (Verdict::Label, "a phrase without a cue")
    }

    /// Two words that are said: `Kim closes his notebook. “How many?”`, `“This expired.”`, `“Understood, sunbae.”`.
    fn is_said_shortly(&self) -> bool {
        let (text, first) = (self.text, self.span.first());
        let called = text.is(first + 1, ",") && text.shape(first + 2) == Shape::Lower;
        // `“Eat first.”`, not `“The building.”`.
        let noun = text.is_one(first, words!["the", "a", "an"]);
        let clause = || self.look.first_person || self.contracted() || text.class(first).has(OPENS) && !noun;
        let small = || self.look.lower > 0 && !noun;
        called || self.told && (self.look.terminal == Terminal::Cry || clause() || small())
    }

    /// `calls it “a stove in a cold room”`, `described the shoot as “…”`: somebody’s words for something.
    pub(super) fn is_called(&self) -> bool {
        const CALLS: Words = words!["call", "calls", "called", "calling"];
        const NEAR: usize = 7;
        let Before { first, last, joint, .. } = self.before;
        let verb = (first + 1..last)
            .rev()
            .take(NEAR)
            .find(|t| self.text.is_just(*t, CALLS));
        joint == Joint::Bare
            && verb.is_some_and(|v| {
                let who = (first..v)
                    .rev()
                    .find(|t| !self.text.class(*t).has(Class::ADV))
                    .unwrap_or(first);
                let named = self.text.class(who).has(Class::NOMINATIVE)
                    || self.text.is(who, ",")
                    || self.text.is_capital(who)
                    || self.text.word(v) == "calling";
                named
                    && v + 1 < last
                    && (v..last).all(|t| !self.text.is(t, ",") && !self.text.class(t).has(Class::NOMINATIVE))
            })
    }

    /// `The soup’s getting cold,`: the verb hangs on the noun in front, which owns nothing.
    fn is_about_to(&self) -> bool {
        const NEAR: usize = 4;
        let (text, first) = (self.text, self.span.first());
        let verb = |t: usize| {
            text.class(t)
                .has(Class::AUX.with(Class::ADV).with(Class::DET).with(Class::PREP))
                || text.word(t).ends_with("ing") && text.shape(t) == Shape::Lower
        };
        (first + 1..self.span.close.min(first + NEAR)).any(|t| text.shape(t) == Shape::Clitic && verb(t + 1))
    }
}
