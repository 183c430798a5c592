//! Lines of the drama that an actor says aloud where the article tells of actors: at a script reading, at a rehearsal,
//! before a running camera.
//!
//! What tells them from what the same actor says about the drama are the verb (`she read`), the scene named for it (`In the
//! scene where`), the role (`replied as Choi Gun`), and the line that they answer. Whose lines they are is for `lines`.

use super::entity::{Entities, Id};
use super::lexicon::Class;
use super::print::{Words, words};
use super::rehearsed::{READS, is_performed, is_rolling, must_say, reads_aloud};
use super::scan::{Span, Spans};
use super::sentence::{self, Sentences};
use super::text::{Shape, Text};

/// Verbs that no actor says anything about a drama with.
const ACTS: Words = words![
    "growled",
    "barked",
    "roared",
    "thundered",
    "snarled",
    "hissed",
    "bellowed",
    "sobbed",
    "wailed",
    "spat",
    "begged",
    "commanded",
    "ordered",
    "declared",
    "pleaded",
    "cried",
    "shouted",
    "screamed",
    "whispered",
    "muttered",
    "snapped",
    "roaring",
    "barking",
    "whispering",
    "shouting",
    "sobbing",
    "growling",
    "wailing",
    "murmured",
    "sighed",
    "demanded",
    "announced",
    "intoned",
    "proclaimed",
    "began",
    "whimpered",
    "gasped",
    "shrieked",
    "yelled",
    "boomed",
    "drawled",
    "purred",
    "croaked",
    "hollered",
    "stammered",
    "sneered",
    "taunted",
    "scoffed",
    "howled",
    "whined",
    "groaned",
    "grumbled",
];
/// Verbs of answers: to a line they are a line.
const ANSWERS: Words = words![
    "replied",
    "answered",
    "retorted",
    "countered",
    "shot",
    "fired",
    "responded",
    "returned",
    "snapped",
    "asked",
    "continued",
    "hit",
    "threw",
    "came",
];
/// What somebody says of a drama has such a word; a line has none.
pub(super) const OF_DRAMA: Words = words![
    "drama",
    "script",
    "scripts",
    "scene",
    "scenes",
    "reading",
    "role",
    "viewers",
    "director",
    "writer",
    "filming",
    "set",
    "sunbae",
    "actor",
    "actors",
    "actress",
    "lines",
    "broadcast",
    "premiere",
    "crew",
    "cast",
    "character",
    "audition",
    "page",
    "pages",
];
/// What a line is called.
const WORDS: Words = words![
    "line",
    "lines",
    "reply",
    "answer",
    "retort",
    "response",
    "monologue",
    "narration",
    "confession",
    "letter",
];
/// What goes wrong at a reading: whoever does so mutters as themself.
const SLIPS: Words = words![
    "mispronounced",
    "mispronounces",
    "stumbled",
    "stumbles",
    "stammered",
    "forgot",
    "forgets",
    "misread",
    "misreads",
    "skipped",
    "apologized",
    "choked",
];
/// Words of a scene that is read.
const SCENE: Words = words!["scene", "monologue", "confrontation"];
/// Behind these the actors speak as themselves.
const PAUSE: Words = words![
    "after",
    "following",
    "during",
    "at",
    "before",
    "ahead",
    "outside",
    "between",
];
/// What the pause is in, or behind.
const OF_READING: Words = words![
    "reading",
    "break",
    "session",
    "read",
    "breaks",
    "pages",
    "greeting",
    "greetings",
];

/// What has been read aloud so far.
pub(super) struct Table<'a> {
    pub(super) text: &'a Text,
    pub(super) spans: &'a Spans,
    pub(super) sentences: &'a Sentences,
    pub(super) entities: &'a Entities,
    /// The article tells of a script reading.
    reading: bool,
    /// It is about the making.
    made: bool,
    /// The line read last, as the number of its span.
    last: Option<usize>,
    /// The sentence behind which the actors speak as themselves.
    paused: Option<usize>,
    /// Sentences looked at for a pause.
    looked: usize,
}

impl<'a> Table<'a> {
    /// Nothing was read yet.
    pub(super) fn new(
        text: &'a Text,
        spans: &'a Spans,
        sentences: &'a Sentences,
        entities: &'a Entities,
        (reading, made): (bool, bool),
    ) -> Self {
        Self {
            text,
            spans,
            sentences,
            entities,
            reading,
            made,
            last: None,
            paused: None,
            looked: 0,
        }
    }

    /// Whether an actor says the words of a span as a line; its sentence begins at `first`.
    pub(super) fn is_read(&mut self, number: usize, actor: Id, first: usize) -> bool {
        let Some(span) = self.spans.outer.get(number) else {
            return false;
        };
        let performed = is_performed(self.text, first, span.open)
            || self.is_filmed(number, span, first, actor)
            || self.is_said_as(span, first, actor)
            || self.is_requested(number, span, first);
        // `Before the reading began, Kim greeted everybody`: with the first line it has.
        if performed {
            self.paused = None;
        }
        let read = performed
            || must_say(self.text, first, span.open, self.made)
            || self.reading && self.is_read_here(number, span, actor, first);
        if read {
            self.last = Some(number);
        }
        read
    }

    /// The words of a span are a character's.
    pub(super) const fn heard(&mut self, number: usize) {
        self.last = Some(number);
    }

    /// `When cameras finally rolled, Kim turned to the men behind him. “…,” he shouted.`: before the camera.
    fn is_filmed(&self, number: usize, span: &Span, first: usize, actor: Id) -> bool {
        const SENTENCES: usize = 3;
        let text = self.text;
        let here = sentence::at(self.sentences, span.open);
        let end = self
            .sentences
            .get(here)
            .map_or(span.after(), |s| s.last)
            .max(span.after());
        let after = self.clause(span.after()..end);
        // `Kim asks` names whoever is on the set.
        let named = || {
            self.entities
                .between(first, span.open)
                .iter()
                .any(|m| m.entity == actor)
        };
        // `“…,” she says to her suspect` right behind the sentence that tells of the cameras.
        let behind = || {
            let says = |t: &usize| text.class(*t).has(Class::SAY) && text.word(*t).ends_with('s');
            text.class(after.start).has(Class::NOMINATIVE) && after.clone().take(3).any(|t| says(&t))
        };
        let own = || first == span.open && behind() && !(span.first()..span.close).any(|t| is_one(text, t, OF_DRAMA));
        let now = || (says_now(text, first, span.open) || own()) && !named();
        // `“…,” she says with a straight face as the cameras roll.`
        if (after.clone()).any(|t| text.is_one(t, words!["as", "while", "once"]) && is_rolling(text, t, after.end)) {
            return true;
        }
        let acts = (first..span.open).chain(after.clone()).any(|t| is_one(text, t, ACTS)) || now();
        let from = number.checked_sub(1).map_or(0, |n| self.spans.outer[n].after());
        acts && (here.saturating_sub(SENTENCES)..here).any(|n| {
            self.sentences
                .get(n)
                .is_some_and(|s| s.para == span.para && s.first >= from && is_rolling(text, s.first, s.last))
        })
    }

    fn is_read_here(&mut self, number: usize, span: &Span, actor: Id, first: usize) -> bool {
        let text = self.text;
        let here = sentence::at(self.sentences, span.open);
        self.read_on(here);
        let end = self.sentences.get(here).map_or(span.after(), |s| s.last);
        let behind = span.after()..end.max(span.after());
        let (before, after) = (first..span.open, self.clause(behind.clone()));
        let any = |range: std::ops::Range<usize>, words: Words| range.clone().find(|t| is_one(text, *t, words));
        let says = |words: Words| {
            any(before.clone(), words)
                .or_else(|| any(after.clone(), words))
                .is_some()
        };
        let opens = is_one(text, first, words!["reading", "reciting", "performing"]);
        let remark = says(REMARKS) || says(words!["said", "added"]) && !opens;
        // `“…,” she read in a low voice`, `“…,” began Kim, reading the first scene`.
        let behind = after.clone().take(8).any(|t| is_one(text, t, READS));
        // `He clasped his hands and read, “…”`.
        let front = span.open.checked_sub(2).filter(|verb| *verb >= first);
        // Not `Kim confided after the reading, “…”`.
        let front = front.filter(|verb| !text.class(verb.wrapping_sub(1)).has(Class::DET));
        let front = front.is_some_and(|verb| is_one(text, verb, READS) && matches!(text.sign(verb + 1), b',' | b':'))
            || reads_aloud(text, first, span.open);
        // `read the answer that comes twenty years later, “…”`.
        let noun = before
            .clone()
            .rev()
            .find(|t| is_one(text, *t, WORDS) && text.class(t.wrapping_sub(1)).has(Class::DET));
        let noun = noun.is_some_and(|t| t > first + 1 && (t - 2..t).any(|v| is_one(text, v, READS)));
        // `turned to her on-screen son and said`.
        let screen = before.clone().any(|t| {
            text.is_one(t, words!["on-screen", "onscreen"])
                && text.is_one(
                    t.wrapping_sub(2),
                    words!["to", "at", "toward", "towards", "facing", "toward"],
                )
        });
        if (behind || front || noun || screen) && !says(REMARKS) && !(behind && remark) {
            return true;
        }
        let paused = self.paused.is_some();
        let about = (span.first()..span.close).any(|t| is_one(text, t, OF_DRAMA));
        if remark || about || paused && self.last.is_none_or(|last| last + 1 < number) {
            return false;
        }
        let around = || before.clone().chain(after.clone());
        let role = self.is_as_role(first, span.open, actor) || self.is_as_role(after.start, after.end, actor);
        // `Kim gaveled the table as Judge Pyo. “…”`.
        let role = role
            || first == span.open
                && here
                    .checked_sub(1)
                    .and_then(|n| self.sentences.get(n))
                    .is_some_and(|s| {
                        s.para == span.para && s.last - s.first < 40 && self.is_as_role(s.first, s.last, actor)
                    });
        let scene = opens || before.clone().any(|t| is_scene(text, t));
        let slipped = || {
            let front = here.checked_sub(1).and_then(|n| self.sentences.get(n));
            let from = front
                .filter(|s| s.para == span.para)
                .map_or(first, |s| s.first.max(first.saturating_sub(40)));
            (from..first).any(|t| is_one(text, t, SLIPS))
        };
        let acts = around().any(|t| is_one(text, t, ACTS)) && !slipped();
        let named = span.open.checked_sub(3).is_some_and(|from| {
            (from.max(first)..span.open).any(|t| is_one(text, t, WORDS))
                && text
                    .class(from.max(first))
                    .has(Class::HE.with(Class::SHE).with(Class::PREP))
        });
        // `he answered without lifting his eyes from the page`.
        let page = around().any(|t| text.is_one(t, words!["page", "script"]) && text.is(t.wrapping_sub(2), "from"));
        // `Kim’s reply, “…,” had the table laughing`, `Kim needed only four words: “…”`.
        let owned = || {
            let near = span.open.saturating_sub(3).max(first)..span.open;
            let whose = |t: usize| self.entities.covering(t).is_some_and(|m| m.entity == actor);
            let reply = |t: usize| is_one(text, t, WORDS) && text.shape(t - 1) == Shape::Clitic && whose(t - 2);
            let words = before.clone().any(|t| text.is(t, "words") || is_one(text, t, WORDS));
            near.into_iter().any(|t| t > first + 1 && reply(t)) && self.answers(number, here)
                || text.is(span.open - 1, ":") && words
        };
        let named = named || span.open > first && owned();
        let own = text.is(span.open.wrapping_sub(2), "own") && matches!(text.sign(span.open - 1), b':' | b',');
        let told = before
            .clone()
            .any(|t| text.is(t, "as") && text.class(t + 1).has(Class::DET))
            && says_now(text, first, span.open);
        let answers =
            self.answers(number, here) && (around().any(|t| is_one(text, t, ANSWERS)) || self.answered_before(here));
        !paused && (role || scene || acts || named || own || told || page || self.introduced(here, span)) || answers
    }

    /// Reads on to a sentence: whether the reading is over by then.
    fn read_on(&mut self, here: usize) {
        let text = self.text;
        for number in self.looked..=here {
            let Some(sentence) = self.sentences.get(number) else {
                break;
            };
            let head = sentence.first..sentence.last.min(sentence.first + 4);
            let over = head.clone().any(|t| is_one(text, t, PAUSE))
                && (sentence.first..sentence.last.min(sentence.first + 8)).any(|t| is_one(text, t, OF_READING));
            // `At the break`, not `At the reading`.
            let at = head.clone().any(|t| text.is(t, "at"));
            let rest = head.clone().any(|t| text.is(t, "break") || text.is(t + 1, "break"));
            if over && (rest || !at) {
                self.paused = Some(number);
            }
            let scene = (sentence.first..sentence.last.min(sentence.first + 24)).any(|t| is_scene(text, t));
            if scene && !over {
                self.paused = None;
            }
        }
        self.looked = here + 1;
    }

    /// The tokens behind a quote up to the next mark of its sentence.
    pub(super) fn clause(&self, behind: std::ops::Range<usize>) -> std::ops::Range<usize> {
        const REACH: usize = 24;
        let end = behind
            .clone()
            .take(REACH)
            .find(|t| self.text.is_just(*t, words!["“", "\"", "”"]))
            .unwrap_or(behind.end.min(behind.start + REACH));
        behind.start..end
    }

    /// `replied as Choi Gun`, `the biggest laugh of the day as the publisher President Wang`.
    fn is_as_role(&self, first: usize, last: usize, actor: Id) -> bool {
        const NEAR: usize = 8;
        (first..last).filter(|t| self.text.is(*t, "as")).any(|at| {
            let near = self.entities.between(at, (at + NEAR).min(last));
            near.iter().any(|m| self.entities.all[m.entity].actor == Some(actor))
        })
    }

    /// The words answer a line that stands right before them.
    fn answers(&self, number: usize, here: usize) -> bool {
        self.last.is_some_and(|last| {
            let (before, here_in) = (self.spans.outer[last].para, self.spans.outer[number].para);
            // A line that closes its paragraph is answered in the next one.
            last + 1 == number
                && before <= here_in
                && before + 1 >= here_in
                && sentence::at(self.sentences, self.spans.outer[last].open) + 3 > here
        })
    }

    /// `Kim answered without missing a beat. “…”`.
    fn answered_before(&self, here: usize) -> bool {
        let before = here.checked_sub(1).and_then(|n| self.sentences.get(n));
        before.is_some_and(|s| (s.first..s.last).rev().take(10).any(|t| is_one(self.text, t, ANSWERS)))
    }

    /// `Kim silenced everyone with a single line as Grandma Sal. “…,” she murmured`: the sentence before speaks of a line.
    fn introduced(&self, here: usize, span: &Span) -> bool {
        let before = here.checked_sub(1).and_then(|n| self.sentences.get(n));
        let opens = self.sentences.get(here).is_some_and(|s| s.first == span.open);
        before.is_some_and(|s| {
            let line = |t| is_one(self.text, t, words!["line", "lines"]) || is_scene(self.text, t);
            opens && s.para == span.para && (s.first..s.last).any(line)
        })
    }
}

/// Verbs of those who speak about a drama.
pub(super) const REMARKS: Words = words![
    "shared",
    "commented",
    "remarked",
    "explained",
    "stated",
    "expressed",
    "revealed",
    "joked",
    "quipped",
    "laughed",
    "admitted",
    "confessed",
    "recalled",
    "praised",
    "thanked",
    "greeted",
    "teased",
];

fn is_one(text: &Text, token: usize, words: Words) -> bool {
    text.is_one(token, words)
}

/// `Reading the scene in which`, `In a tearful phone scene with his brother`, `In the scene where`.
fn is_scene(text: &Text, token: usize) -> bool {
    is_one(text, token, SCENE)
        && (text.is_one(token + 1, words!["in", "where", "when", "with", "of"]))
        && (token.saturating_sub(5)..token)
            .any(|t| text.is_one(t, words!["in", "reading", "for", "rehearsing", "to", "of"]))
}

/// `as the foreman counts the men and says under his breath`: the story is told in the present.
fn says_now(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 8;
    (first.max(open.saturating_sub(REACH))..open)
        .any(|t| text.class(t).has(Class::SAY) && text.shape(t) == Shape::Lower && text.word(t).ends_with('s'))
}
