//! Words that something bears: on a poster or a screen nobody says them; a line that is performed, a note that is left and
//! a message that is sent are somebody's.

use super::cue::{Before, Joint};
use super::lexicon::Class;
use super::look::Terminal;
use super::print::{Words, words};
use super::speech::Facts;
use super::text::{Shape, Text};

/// The noun before a span that announces it: an answer, a plea. Nobody acts between it and the marks.
pub(super) fn noun_of_speech(text: &Text, before: Before) -> Option<usize> {
    const NEAR: usize = 9;
    let Before { first, last, joint, .. } = before;
    if !matches!(joint, Joint::Comma | Joint::Colon) {
        return None;
    }
    let spoken = |t: &usize| text.class(*t).has(Class::SPOKEN) && text.shape(*t) == Shape::Lower;
    let noun = (first + 1..last).rev().take(NEAR).find(spoken)?;
    let own = Class::DET.with(Class::TITLE).with(Class::EPITHET);
    let described = |t: usize| {
        text.class(t).has(own.with(Class::HE).with(Class::SHE))
            || text.is(t, "whose")
            || text.shape(t) == Shape::Clitic
            || text.word(t).ends_with("ed")
    };
    // `answers, “…”` is a verb; a noun has an article, an owner or an adjective before it.
    let noun_like =
        described(noun - 1) || noun >= first + 2 && text.shape(noun - 1) == Shape::Lower && described(noun - 2);
    let acts = Class::NOMINATIVE.with(Class::SUBORD);
    let quiet = (noun + 1..last).all(|t| !text.class(t).has(acts) || text.is(t, "that") || text.is(t, "who"));
    (noun_like && quiet).then_some(noun)
}

impl Facts<'_> {
    /// The subject before it bears words: `the caption above her head reads, “…”`, `next to the words “…”`.
    pub(super) fn is_caption(&self) -> bool {
        let Before { first, last, .. } = self.before;
        if last == first {
            return self.after.is_some_and(|a| {
                self.text.class(a.verb).has(Class::DISPLAY)
                    && self.bears(a.subject.0, a.subject.1)
                    && self.text.is(a.verb, "read")
                    && !self.is_posted(a.subject.0)
                    && !self.is_own_paper(a.subject)
            });
        }
        // `Her voice crackles over the line: “…”`.
        if (first..last).any(|t| self.text.is(t, "voice")) {
            return false;
        }
        // `In Kim’s words, “…”`, `Kim closed with the words, “…”`.
        if self.is_in_words() || self.is_closing() || self.is_sent() {
            return false;
        }
        // `agreed with her husband of the screen: “…”`, `has the last word: “…”`: behind a colon somebody speaks.
        if self.before.joint == Joint::Colon && self.before.verb.is_some() && self.is_whole() {
            return false;
        }
        // `someone off screen warns`: heard, not read.
        let off = |t: usize| self.text.is(t, "off") && self.text.is_one(t + 1, words!["screen", "camera"]);
        if (first..last).rev().take(4).any(off) {
            return false;
        }
        let near = (first..last)
            .rev()
            .take(2)
            .find(|t| self.text.class(*t).has(Class::CAPTION))
            // `a customer in line asks`: who asks bears nothing.
            .filter(|t| {
                let verb = self.text.class(t + 1);
                t + 1 >= last || !verb.has(Class::SAY) || verb.has(Class::DISPLAY)
            });
        if near.is_some_and(|t| !self.is_written_by(t)) {
            return true;
        }
        let Some(verb) = (first..last)
            .rev()
            .take(4)
            .find(|t| self.text.class(*t).has(Class::DISPLAY))
        else {
            return false;
        };
        let reads = self.text.is_one(verb, words!["reads", "read", "reading"]);
        let from = (first..verb)
            .rev()
            .take(14)
            .find(|t| self.text.is(*t, ","))
            .map_or(first.max(verb.saturating_sub(14)), |t| t + 1);
        let bearer = (from..verb)
            .find(|t| self.text.class(*t).has(Class::CAPTION) && !self.text.class(*t).has(Class::NOMINATIVE))
            // `sings two lines and then says`: another verb's object.
            .filter(|t| !(t + 1..verb).any(|c| self.text.class(c).has(Class::CONJ)));
        bearer.is_some_and(|t| !self.is_written_by(t))
            && (reads
                || !(from..verb)
                    .any(|t| self.text.class(t).has(Class::NOMINATIVE) || self.text.is_capital(t) && t + 1 == verb))
    }

    /// `Kim responded on Instagram with a photo. “…,” read the caption.`: what somebody posts, they say.
    fn is_posted(&self, noun: usize) -> bool {
        const REACH: usize = 40;
        const POSTS: Words = words![
            "Instagram",
            "Weverse",
            "posted",
            "uploaded",
            "selfie",
            "social",
            "Threads",
        ];
        let open = self.span.open;
        let shown = |t: usize| self.text.is_one(t, words!["poster", "teaser", "still", "screen"]);
        let from = open.saturating_sub(REACH);
        (noun..noun + 2).any(|t| self.text.is(t, "caption"))
            && (from..open).any(|t| self.text.is_just(t, POSTS))
            && !(from..open).any(shown)
    }

    /// `sent a coffee truck bearing the message “…”`, `welcomed her with the words “…”`: the words of who sent or greeted.
    pub(super) fn is_sent(&self) -> bool {
        const REACH: usize = 12;
        const THINGS: Words = words![
            "truck", "trucks", "cart", "wreath", "bouquet", "cake", "flowers", "basket",
        ];
        let Before { first, last, .. } = self.before;
        let from = first.max(last.saturating_sub(REACH));
        let noun = last.wrapping_sub(1);
        // `Kim welcomed her co-star on social media with the words “…”`.
        const GREETS: Words = words![
            "welcomed",
            "congratulated",
            "thanked",
            "teased",
            "replied",
            "responded",
            "answered",
            "apologized",
            "reacted",
        ];
        let greets = || (from..noun).any(|t| self.text.is_just(t, GREETS));
        if self.text.is(noun, "words") && self.text.is(noun.wrapping_sub(2), "with") && greets() {
            return true;
        }
        self.text
            .is_one(noun, words!["message", "words", "banner", "note", "card"])
            && (from..last).any(|t| self.text.is_just(t, THINGS))
            && (from..last).any(|t| self.text.class(t).has(Class::SEND) || self.text.is(t, "gifted"))
    }

    /// A sentence with a beginning and an end.
    pub(super) fn is_whole(&self) -> bool {
        let look = self.look;
        look.starts_capital
            && look.words > 3
            && look.lower > 1
            && matches!(look.terminal, Terminal::Stop | Terminal::Cry)
    }

    /// `Kim ended the speech with the words, “…”`.
    fn is_closing(&self) -> bool {
        const REACH: usize = 8;
        const VERBS: Words = words![
            "closed",
            "closes",
            "ended",
            "ends",
            "concluded",
            "concludes",
            "began",
            "begins",
            "opened",
            "opens",
            "finished",
            "signed",
            "closing",
            "ending",
            "greeted",
            "wrapped",
        ];
        let Before { first, last, .. } = self.before;
        let words = last > first + 3
            && self.text.is(last - 1, "words")
            && self.text.is(last - 2, "the")
            && self.text.is(last - 3, "with");
        // `The teaser ends with the words “…”`: nobody closes it but the screen.
        let shown = || (first..last - 3).any(|t| self.text.is_in(t, super::lexicon::asked::SHOWN));
        let closes = || (first.max(last.saturating_sub(REACH))..last - 3).any(|t| self.text.is_just(t, VERBS));
        // `Kim tears up the page with the words, “…”`: somebody acts, and speaks.
        let acts = || {
            let somebody = |t: usize| self.text.is_capital(t) || self.text.class(t).has(Class::NOMINATIVE);
            self.before.joint == Joint::Comma && self.is_whole() && (first..last - 3).any(somebody)
        };
        words && (closes() || acts()) && !shown()
    }

    /// `In Kim’s own words, “…”`.
    pub(super) fn is_in_words(&self) -> bool {
        const LONGEST: usize = 10;
        let Before { first, last, .. } = self.before;
        self.text.is(first, "in")
            && last > first + 2
            && last - first <= LONGEST
            && self.text.is(last - 1, "words")
            && (first + 1..last - 1)
                .any(|t| self.text.shape(t) == Shape::Clitic || self.text.class(t).has(Class::HE.with(Class::SHE)))
    }

    /// `with a counter-request, “…”`, `Kim’s guess, “…,” was right`.
    pub(super) fn is_nominal(&self) -> bool {
        noun_of_speech(self.text, self.before).is_some()
    }

    /// Words that somebody speaks as `the line`, or leaves in a note.
    pub(super) fn is_performed(&self) -> bool {
        const SPEAKS: Words = words![
            "reading",
            "reads",
            "read",
            "delivering",
            "delivers",
            "delivered",
            "reciting",
            "recited",
            "uttering",
            "uttered",
            "utters",
        ];
        const LEAVES: Words = words!["leaves", "left", "sends", "sent", "hands", "handed", "slips", "slipped"];
        let Before { first, last, .. } = self.before;
        let noun = |words: Words| (first..last).rev().take(4).find(|t| self.text.is_just(*t, words));
        let whole =
            matches!(self.look.terminal, Terminal::Cry | Terminal::Stop | Terminal::Comma) && self.look.words > 3;
        let any = |to: usize, words: Words| (first..to).rev().take(16).any(|t| self.text.is_just(t, words));
        let line = noun(words!["line", "lines"]).is_some_and(|t| {
            any(t, SPEAKS) || self.text.is(first, "with") && t <= first + 4 && self.look.terminal != Terminal::None
        });
        let note = noun(words!["note", "letter"]).is_some_and(|t| any(t, LEAVES));
        whole && (line || note)
    }

    pub(super) fn bears(&self, first: usize, last: usize) -> bool {
        (first..last).any(|t| self.text.class(t).has(Class::CAPTION))
    }

    /// `“…,” read his last note`: who wrote it says it.
    fn is_own_paper(&self, (first, last): (usize, usize)) -> bool {
        const PAPERS: Words = words![
            "note", "message", "line", "letter", "text", "reply", "memo", "card", "postcard", "email", "caption"
        ];
        let text = self.text;
        let class = text.class(first);
        let own = class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE);
        let named = (first + 1..last).any(|t| text.shape(t) == Shape::Clitic && text.is_capital(t - 1));
        // `In a message to fans, Kim thanked them. “…,” the message read`.
        const FRONT: usize = 32;
        let open = self.span.open;
        let sent = |paper: usize| {
            let front = open.saturating_sub(FRONT).max(text.paras[self.span.para].first)..open;
            front
                .skip(1)
                .any(|t| text.is_same(t, text.word(paper)) && text.is_one(t - 1, words!["a", "an", "their"]))
        };
        (first + 1..last).any(|t| text.is_just(t, PAPERS) && (own || named || text.is(first, "the") && sent(t)))
    }

    /// A message or a line that somebody wrote or spoke: `his message read`, `wrote in the caption`.
    pub(super) fn is_written_by(&self, bearer: usize) -> bool {
        let owned = bearer > self.before.first
            && ((1..=3).any(|back| {
                // `Kim’s line`, `Kim Bo Ra’s chilling final line`.
                let clitic = bearer.saturating_sub(back);
                self.text.shape(clitic) == Shape::Clitic && self.text.is_capital(clitic.saturating_sub(1))
            }) || (1..=3).any(|back| {
                let own = words!["his", "her", "their", "my"];
                self.text.is_one(bearer.saturating_sub(back), own)
            }));
        let own = self.text.is_one(
            bearer,
            words![
                "message",
                "caption",
                "note",
                "post",
                "letter",
                "line",
                "lines",
                "words",
                "catchphrase"
            ],
        );
        let wrote = (self.before.first..bearer).rev().take(28).any(|t| {
            self.text.is_just(
                t,
                words![
                    "wrote",
                    "writes",
                    "writing",
                    "posted",
                    "uploaded",
                    "shared",
                    "sharing",
                    "left",
                    "delivers",
                    "delivered",
                    "delivering",
                    "utters",
                    "says",
                    "said",
                    "recites",
                    "credited",
                    "introduced",
                    "introduces"
                ],
            ) || self.text.class(t).has(Class::SEND)
        });
        own && (owned || wrote)
    }
}
