//! Words that something bears: on a poster or a screen nobody says them; a line that is performed, a note that is left and
//! a message that is sent are somebody's.

use super::cue::{Before, Joint};
use super::lexicon::{Class, asked};
use super::look::Terminal;
use super::print::{Words, words};
use super::rehearsed::{is_famed, says_a_line};
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

/// The verb of what bears words.
const READS: Words = words!["read", "reads"];

/// What shows words that nobody posts.
const SHOWN: Words = words!["poster", "teaser", "still", "screen"];

impl Facts<'_> {
    /// The subject before it bears words: `the caption above her head reads, “…”`, `next to the words “…”`.
    pub(super) fn is_caption(&self) -> bool {
        let Before { first, last, .. } = self.before;
        if last == first {
            return self.after.is_some_and(|a| {
                let (from, to) = a.subject;
                let borne = match self.text.is_one(a.verb, READS) {
                    true => self.bears(from, to),
                    // `“…,” the screen warns`.
                    false => {
                        self.text.class(a.verb).has(Class::SAY)
                            && self
                                .bearer(from, to, a.verb)
                                .is_some_and(|t| !self.is_letter(t) || self.is_shown())
                    }
                };
                borne && !self.is_posted(from) && !self.is_own_paper(a.subject)
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
        // `explained the title by saying, “…”`.
        if last > first + 1 && self.text.is(last - 2, "by") && self.text.class(last - 1).has(Class::SAY) {
            return false;
        }
        if self.is_read() {
            return true;
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

    /// `with “…” written beside his mask`, `stands alone above the line “…”`: where the words are to be read.
    pub(super) fn is_printed_there(&self) -> bool {
        const PRINTED: Words = words![
            "written",
            "printed",
            "scrawled",
            "emblazoned",
            "etched",
            "stamped",
            "inscribed",
            "painted",
            "splashed",
        ];
        const WORDS: Words = words![
            "line", "lines", "words", "phrase", "slogan", "text", "copy", "tagline", "sentence"
        ];
        const BESIDE: Words = words![
            "above",
            "below",
            "beneath",
            "under",
            "underneath",
            "beside",
            "over",
            "next",
            "to",
            "behind"
        ];
        let text = self.text;
        let last = self.before.last;
        if last < self.before.first + 1 {
            return false;
        }
        let with = text.is(last - 1, "with") && text.is_one(self.span.after(), PRINTED);
        let line = last > self.before.first + 2
            && text.is_one(last - 1, WORDS)
            && text.is(last - 2, "the")
            && text.is_one(last - 3, BESIDE)
            // `crackles over the line: “…”`: what is heard there is said.
            && !(text.is(last - 3, "over") && text.is(last - 1, "line"))
            && (!text.is(last - 3, "to") || text.is(last - 4, "next"));
        with || line
    }

    /// What bears words is the subject: `The copy above it asks, “…”`, `a line flashes on the screen: “…”`, `The jar at her
    /// feet reads, “…”`, `a stone, which reads “…”`, `a board on which is written, “…”`.
    fn is_read(&self) -> bool {
        const NEAR: usize = 5;
        const CLAUSE: usize = 24;
        let Before { first, last, .. } = self.before;
        let text = self.text;
        let last = last - usize::from(text.is(last - 1, "that") && last > first + 1);
        // `on which is written`.
        let be = |t: usize| text.is_one(t, words!["is", "was", "are", "were"]);
        if text.is(last - 1, "written") && last > first + 2 && be(last - 2) {
            return !(first.max(last.saturating_sub(CLAUSE))..last).any(|t| self.is_letter(t));
        }
        let shows = |t: &usize| {
            let class = text.class(*t);
            class.has(Class::DISPLAY) || t + 1 == last && class.has(Class::SAY)
        };
        let Some(verb) = (first + 1..last).rev().take(NEAR).find(shows) else {
            return false;
        };
        let clause = |t: &usize| text.class(*t).has(Class::CONJ.with(Class::SUBORD)) || text.is(*t, ",");
        let opens = (first..verb).rev().take(CLAUSE).find(clause);
        let from = opens.map_or(first.max(verb.saturating_sub(CLAUSE)), |t| t + 1);
        if let Some(bearer) = self.bearer(from, verb, verb) {
            return !self.is_written_by(bearer) || text.is(bearer, "caption") && self.is_shown();
        }
        text.is_one(verb, words!["reads", "reading"]) && self.is_thing(from, verb)
    }

    /// The noun of a subject that bears words, when it is the head of the subject: `the text on screen`, `a title card`.
    fn bearer(&self, from: usize, to: usize, verb: usize) -> Option<usize> {
        let text = self.text;
        let bearer = (from..to).find(|t| text.class(*t).has(Class::CAPTION))?;
        let plain = |t: usize| text.shape(t) != Shape::Punct && !text.class(t).has(Class::NOMINATIVE.with(Class::PREP));
        let end = bearer + 1 + usize::from(text.is_one(bearer + 1, words!["card", "cards", "board", "screen"]));
        let head = end >= verb.max(to) || text.class(end).has(Class::PREP.with(Class::ADV));
        (head && (from..bearer).all(plain)).then_some(bearer)
    }

    /// The subject of `reads` is a thing, and no letter of anybody's: `A strip of paper at her feet`, `a stone, which`.
    fn is_thing(&self, from: usize, verb: usize) -> bool {
        const BACK: usize = 40;
        const NOUNS: usize = 2;
        let text = self.text;
        let para = text.paras[self.span.para].first;
        // What `it` stands for is told before.
        if text.is(from, "it") {
            let told = |t: &usize| text.class(*t).has(Class::CAPTION) || self.is_letter(*t);
            let bearer = (para.max(from.saturating_sub(BACK))..from).rev().find(told);
            return bearer.is_some_and(|t| !self.is_letter(t));
        }
        let which = (from.saturating_sub(1)..=from).find(|t| text.is_one(*t, words!["which", "that"]));
        let (first, head) = match which {
            Some(which) => {
                let head = which - 1 - usize::from(text.is(which - 1, ","));
                (head.saturating_sub(NOUNS), head)
            }
            None => {
                let head = (from..verb).find(|t| text.class(*t).has(Class::PREP)).unwrap_or(verb) - 1;
                (from, head)
            }
        };
        let opens = which.is_some() || text.class(from).has(Class::DET) && head > from;
        let somebody = Class::NOMINATIVE
            .with(Class::TITLE)
            .with(Class::STAFF)
            .with(Class::EPITHET);
        let several = Class::HOST
            .with(Class::PLURAL)
            .with(Class::TEAM)
            .with(Class::SOURCE)
            .with(Class::PUBLIC);
        let other =
            |t: usize| text.class(t).has(somebody.with(several)) || self.is_letter(t) || text.shape(t) == Shape::Punct;
        opens
            && text.shape(head) == Shape::Lower
            && !(first..which.unwrap_or(verb).min(verb)).any(|t| other(t) && !text.is(t, ","))
            && !super::beings::is_somebodys(text.word(head))
    }

    /// What somebody writes to somebody, and what they answer.
    fn is_letter(&self, token: usize) -> bool {
        self.text
            .class(token)
            .has(Class::VOICE.with(Class::SPOKEN).with(Class::SEND))
            || self.text.is_in(token, asked::PAPERS)
            || self.text.is_one(token, words!["comments", "posts", "tweet"])
    }

    /// A poster or a teaser is shown not far in front.
    fn is_shown(&self) -> bool {
        const REACH: usize = 40;
        let open = self.span.open;
        (open.saturating_sub(REACH)..open).any(|t| self.text.is_one(t, SHOWN))
    }

    /// `Kim responded on Instagram with a photo. “…,” read the caption.`: what somebody posts, they say.
    fn is_posted(&self, noun: usize) -> bool {
        const REACH: usize = 40;
        const POSTS: Words = words![
            "Instagram",
            "Weverse",
            "posted",
            "posting",
            "uploaded",
            "uploading",
            "selfie",
            "social",
            "Threads",
        ];
        let open = self.span.open;
        let from = open.saturating_sub(REACH);
        (noun..noun + 2).any(|t| self.text.is(t, "caption"))
            && (from..open).any(|t| self.text.is_just(t, POSTS))
            && !self.is_shown()
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
        // `posted a photo of the two, together with the words “…”`.
        const POSTS: Words = words!["posted", "uploaded", "shared", "posts", "uploads", "shares"];
        let before = |n: usize, word: &'static str| self.text.is(noun.wrapping_sub(n), word);
        let with = self.bears(noun, last) && before(1, "the") && before(2, "with");
        if with && (first..noun).rev().take(3 * REACH).any(|t| self.text.is_just(t, POSTS)) {
            return !self.is_shown();
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
        let shown = || (first..last - 3).any(|t| self.text.is_in(t, asked::SHOWN));
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
            any(t, SPEAKS)
                || says_a_line(self.text, first, t)
                || self.text.is(first, "with") && t <= first + 4 && self.look.terminal != Terminal::None
        });
        let note = noun(words!["note", "letter"]).is_some_and(|t| any(t, LEAVES));
        let famed = || self.look.starts_capital && is_famed(self.text, first, last);
        whole && (line || note || famed())
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
        let sent = |paper: usize| text.is(first, "the") && self.is_told_of(paper);
        (first + 1..last).any(|t| text.is_just(t, PAPERS) && (own || named || sent(t)))
    }

    /// `In a message to fans, Kim thanked them. “…,” the message read`, `sent her a text message. The message read, “…”`.
    fn is_told_of(&self, paper: usize) -> bool {
        const FRONT: usize = 32;
        let text = self.text;
        let open = self.span.open;
        // `He answered by text message. ¶ “…,” the message read`: or in the paragraph before.
        let para = text.paras[self.span.para.saturating_sub(1)].first;
        let front = open.saturating_sub(FRONT).max(para)..open;
        let article = |t: usize| text.is_one(t, words!["a", "an", "their"]) || text.class(t).has(Class::CAPTION);
        front
            .skip(1)
            .any(|t| t != paper && text.is_same(t, text.word(paper)) && article(t - 1))
    }

    /// A message or a line that somebody wrote or spoke: `his message read`, `wrote in the caption`.
    pub(super) fn is_written_by(&self, bearer: usize) -> bool {
        // `Kim’s line`, `Kim Bo Ra’s chilling final line`, `her message`.
        let owned = (self.before.first.max(bearer.saturating_sub(3))..bearer).any(|t| {
            let own = words!["his", "her", "their", "my"];
            let clitic = self.text.shape(t) == Shape::Clitic && self.text.is_capital(t.saturating_sub(1));
            clitic || self.text.is_one(t, own)
        });
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
                    "posting",
                    "uploaded",
                    "uploading",
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
        let sent = || self.text.is_one(bearer, words!["message", "note", "letter"]) && self.is_told_of(bearer);
        let posted = || self.text.is(bearer, "caption") && self.is_posted(bearer);
        own && (owned || wrote || sent() || posted())
    }
}
