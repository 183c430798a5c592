//! The speech test: which spans in marks are words that somebody said.
//!
//! Titles, nicknames, scare quotes, captions and one-word answers are not. Decided by the shape of
//! the words inside, the marks' last sign, and the cue beside them; never by who is named.

use super::behind::{self, After};
use super::cue::{self, Before, Joint};
pub use super::judged::{Judged, Verdict};
use super::lexicon::Class;
use super::look::{Look, Terminal, look};
use super::print::words;
use super::repeat::Repeated;
use super::scan::{Span, Spans};
use super::sentence::{self, Sentences};
use super::text::{Shape, Text};

/// Why words that something bears are none.
const CAPTION: &str = "words on a poster or a screen";
/// Why a line of the drama is speech.
pub(super) const PERFORMED: &str = "a line that is performed";

/// Judges all outer spans, in order. `titles` holds folded titles that are known already.
#[must_use]
pub fn judge(text: &Text, spans: &Spans, sentences: &Sentences, known: &Known<'_>) -> Vec<Judged> {
    let repeated = Repeated::of(text, spans, TITLE);
    let mut judged: Vec<Judged> = Vec::with_capacity(spans.outer.len());
    for (number, span) in spans.outer.iter().enumerate() {
        let sentence = sentences.get(sentence::at(sentences, span.open)).copied();
        let start = sentence.map_or(span.open, |s| s.first);
        // The narrative before it begins behind the last speech of its sentence.
        let from = (0..number)
            .rev()
            .take(6)
            .take_while(|n| spans.outer[*n].open >= start)
            .find(|n| judged[*n].is_speech())
            .map_or(start, |n| {
                own_clause(text, judged[n].after(), spans.outer[n].after(), span.open)
            });
        let before = cue::before(text, span, from);
        let end = text.paras[span.para].last;
        let after = behind::after(text, span, end);
        let continued = span.continues && number > 0 && judged[number - 1].is_speech();
        let look = look(text, span.first(), span.close);
        let facts = Facts {
            text,
            span,
            look,
            before,
            after,
            // A span that opens a paragraph or stands alone between sentences.
            free: before.joint == Joint::Start || span.open == text.paras[span.para].first,
            known: is_known(text, span, look, known, &repeated),
            own: look.is_title() && is_of_article(text, span, known, &repeated),
            told: known.told,
            goes_on: goes_on(text, spans, sentences, number),
        };
        let listed = number > 0
            && judged[number - 1].is_speech()
            && spans.outer[number - 1].para == span.para
            && only_joined(text, spans.outer[number - 1].after(), span.open)
            && facts.look.words > 1
            && !facts.look.is_title();
        let follows = number > 0
            && judged[number - 1].is_speech()
            && judged[number - 1].after().is_some_and(|a| a.plain)
            && spans.outer[number - 1].para == span.para
            && facts.free
            && !facts.known
            && facts.look.terminal != Terminal::None
            && judged[number - 1]
                .after()
                // `“…?” Kim asks. “Every one.”`: the attribution may be a sentence by itself.
                .is_some_and(|a| sentence::at(sentences, a.verb) + 1 == sentence::at(sentences, span.open));
        // `“A,” said Kim, looking at him while he hid, “and b.”`: a sentence broken off at a comma goes on.
        let spoken = (number.saturating_sub(3)..number)
            .rev()
            .find(|n| judged[*n].is_speech())
            .unwrap_or(number);
        let resumes = spoken < number
            && judged[spoken].verdict == Verdict::Speech
            && (judged[spoken].after().is_some_and(|a| a.plain)
                || judged[spoken].before().joint == Joint::Comma && judged[spoken].before().verb.is_some())
            && spans.outer[spoken].para == span.para
            && text.is(spans.outer[spoken].close.saturating_sub(1), ",")
            && before.joint == Joint::Comma
            && text.shape(span.first()) == Shape::Lower
            && facts.look.words > 2
            && facts.look.terminal != Terminal::None
            && sentence::at(sentences, spans.outer[spoken].open) == sentence::at(sentences, span.open);
        let (verdict, why) = if resumes {
            (Verdict::Speech, "goes on behind its attribution")
        } else if follows
            && facts.look.words > 0
            && (!facts.look.is_title()
                || facts.look.verb
                || facts.look.terminal != Terminal::Comma && text.shape(span.after()) != Shape::Lower)
        {
            (Verdict::Speech, "follows its own attribution")
        } else if listed {
            (Verdict::Speech, "stands in a list of quotes")
        } else if continued {
            (Verdict::Speech, "goes on from the paragraph before")
        } else {
            facts.verdict()
        };
        judged.push(Judged::new(verdict, why, before, after));
    }
    judged
}

/// `“For the clerk,” Kim said, “I borrowed …”`, and a paragraph whose marks do not close: what follows belongs to it.
fn goes_on(text: &Text, spans: &Spans, sentences: &Sentences, number: usize) -> bool {
    let (span, Some(next)) = (&spans.outer[number], spans.outer.get(number + 1)) else {
        return false;
    };
    if !span.closed {
        return next.continues;
    }
    let broken = text.is(span.close.saturating_sub(1), ",") && text.is(next.open.saturating_sub(1), ",");
    let next_comma = broken && next.para == span.para && !text.class(next.first()).has(Class::DET);
    next_comma
        && (text.shape(next.first()) == Shape::Lower || text.class(next.first()).has(Class::FIRST))
        && sentence::at(sentences, span.open) == sentence::at(sentences, next.open)
}

/// `“A,” said Kim, and Lee joked, “B”`: the words before B begin with the clause of its own.
fn own_clause(text: &Text, after: Option<After>, from: usize, open: usize) -> usize {
    let Some(after) = after.filter(|a| a.plain) else {
        return from;
    };
    let begin = after.verb.max(after.subject.1.saturating_sub(1)) + 1;
    let joint = |t: &usize| {
        text.is_one(*t, words!["and", "but", "while"])
            && (text.is_capital(t + 1) || text.class(t + 1).has(Class::NOMINATIVE.with(Class::DET)))
            && (t + 2..open).any(|v| cue::is_speech_verb(text, v, *t))
    };
    // The list of who said the first part is no clause.
    (begin..open.saturating_sub(2)).find(joint).map_or(from, |t| t + 1)
}

/// Nothing but commas and `and` between two spans.
#[must_use]
pub fn only_joined(text: &Text, first: usize, last: usize) -> bool {
    last.saturating_sub(first) <= 3
        && (first..last).all(|t| text.is_just(t, words![",", "and", "or", "as", "well", ";"]))
}

/// The longest title, in tokens.
const TITLE: usize = 14;

/// What is known of titles before the article is read.
pub struct Known<'a> {
    /// The catalogue has a drama of that name.
    pub drama: &'a dyn Fn(&str) -> bool,
    /// The headline bears these words in marks.
    pub headline: &'a dyn Fn(&str) -> bool,
    /// The article tells the story of an episode or a teaser.
    pub told: bool,
}

fn is_known(text: &Text, span: &Span, look: Look, known: &Known<'_>, repeated: &Repeated) -> bool {
    if span.close - span.first() > TITLE {
        return false;
    }
    let words = text.slice(span.first(), span.close);
    look.is_title() && is_of_article(text, span, known, repeated)
        || (known.drama)(words) && !(known.told && look.words > 2 && look.terminal == Terminal::Cry && !look.is_title())
}

/// The article has the words again, or its headline has them.
fn is_of_article(text: &Text, span: &Span, known: &Known<'_>, repeated: &Repeated) -> bool {
    let words = text.slice(span.first(), span.close);
    repeated.has(words) || (known.headline)(words)
}

/// Letters and digits in lower case: what two printings of a title share.
#[must_use]
pub fn fold(words: &str) -> String {
    super::entity::key(words)
}

/// What is looked at of one span.
pub(super) struct Facts<'a> {
    pub(super) text: &'a Text,
    pub(super) span: &'a Span,
    pub(super) look: Look,
    pub(super) before: Before,
    pub(super) after: Option<After>,
    pub(super) free: bool,
    pub(super) known: bool,
    /// Such a title of the article’s own.
    pub(super) own: bool,
    pub(super) told: bool,
    /// The next span belongs to its sentence or its paragraphs.
    pub(super) goes_on: bool,
}

impl Facts<'_> {
    fn verdict(&self) -> (Verdict, &'static str) {
        let look = self.look;
        let pre = self.before.verb.is_some() && self.before.joint != Joint::Bare
            || look.words > 2 && (look.starts_capital || look.words > 5) && self.is_nominal();
        let post = self.after.is_some_and(|a| a.plain || look.terminal == Terminal::Comma);
        if look.words == 0 {
            return (Verdict::Short, "no words");
        }
        let broken_off =
            self.goes_on && self.free && look.words > 1 && (!self.span.closed || self.after.is_some_and(|a| a.plain));
        if broken_off {
            return (Verdict::Speech, "goes on behind its attribution");
        }
        // `“Sleep,” said Kim.`: nothing but an attribution stands behind it.
        let attributed = self.free
            && look.starts_capital
            && matches!(look.terminal, Terminal::Comma | Terminal::Cry)
            && self.after.is_some_and(|a| a.plain && self.names_speaker(&a));
        // `“Mother,” says the detective. “I knew.”`: a drama of that name is another.
        let called = attributed && look.words == 1 && !self.own;
        if self.known && !called && !(post && !self.before_is_small() && look.terminal == Terminal::Cry) {
            return (Verdict::Title, "a known or repeated title");
        }
        // `“Yes, Your Majesty,” Kim gulps`: an answer and whom it is given to.
        let calls = || {
            look.terminal == Terminal::Comma
                && (self.span.first() + 1..self.span.close - 1).any(|t| self.text.is(t, ","))
        };
        // `“Since Tuesday,” he admits.`: the sentence is nothing else.
        let whole = || {
            self.after.is_some_and(|a| {
                let end = a.subject.1.max(a.verb + 1);
                look.terminal == Terminal::Comma && self.text.is(end, ".") && !self.before_is_small()
            })
        };
        if attributed && (look.words == 1 || look.verb || self.contracted() || calls() || whole()) {
            return (Verdict::Speech, "an attribution behind it");
        }
        if look.words == 1 {
            return (
                if look.is_title() {
                    Verdict::Title
                } else {
                    Verdict::Short
                },
                "one word",
            );
        }
        // `In the second verse she sings, “…”`.
        // `by reading the line, “…”`, `With the line, “…,” the actor made them laugh`: it is spoken.
        let put = look.starts_capital && look.words > 3 && self.before.joint == Joint::Bare;
        if (self.is_whole() || put) && self.is_sent() {
            return (Verdict::Speech, "words that somebody sends");
        }
        if self.is_performed() {
            return (Verdict::Speech, PERFORMED);
        }
        if self.is_toned() {
            return (Verdict::Speech, super::toned::TONED);
        }
        if self.is_printed_there() {
            return (Verdict::Caption, CAPTION);
        }
        // `His line “…” has become a meme`.
        if self.is_cited() {
            return (Verdict::Speech, super::cited::CITED);
        }
        let sung = self
            .before
            .verb
            .is_some_and(|v| self.text.is_one(v, words!["sings", "sang", "sing", "singing"]));
        if sung {
            return (Verdict::Caption, "words of a song");
        }
        if self.is_caption() {
            return (Verdict::Caption, CAPTION);
        }
        if look.is_title() {
            return self.title(pre, post);
        }
        let words = self
            .text
            .is_one(self.before.last.wrapping_sub(1), words!["word", "words"]);
        let last_word = words && self.before.joint == Joint::Colon && self.is_whole();
        if last_word {
            return (Verdict::Speech, "the last word");
        }
        if look.words >= 5 && look.first_person && self.is_called() {
            return (Verdict::Partial, "what somebody calls it");
        }
        if self.is_label() && !(pre && look.terminal != Terminal::None && look.words > 3) {
            return (Verdict::Label, "named, not said");
        }
        if pre || post && (look.starts_capital || look.words > 3) {
            return match look {
                Look {
                    words: 2,
                    terminal: Terminal::None,
                    ..
                } => (Verdict::Label, "two words without an end"),
                _ => (Verdict::Speech, if pre { "a cue before it" } else { "a cue behind it" }),
            };
        }
        self.without_cue()
    }

    /// `It’s Kim Ji Won,`: the verb hangs on the pronoun in front.
    pub(super) fn contracted(&self) -> bool {
        let word = self.text.word(self.span.first());
        word.contains(['’', '\'']) || self.text.shape(self.span.first() + 1) == Shape::Clitic
    }

    /// Nothing but a verb, adverbs and who speaks, up to the end of the clause.
    fn names_speaker(&self, after: &After) -> bool {
        let (first, last) = after.subject;
        let end = last.max(after.verb + 1);
        first < last
            && end - first.min(after.verb) <= 8
            && !self.bears(first, last)
            // `says main rapper Kim`.
            && (self.text.is_capital(first)
                || last > first + 1 && self.text.is_capital(last - 1)
                || self
                    .text
                    .class(first)
                    .has(Class::NOMINATIVE.with(Class::DET).with(Class::TITLE)))
    }

    fn title(&self, pre: bool, post: bool) -> (Verdict, &'static str) {
        let look = self.look;
        let full = matches!(look.terminal, Terminal::Cry | Terminal::Stop);
        let said =
            pre && self.before.verb.is_some_and(|v| self.before.last - v <= 6) && (full || look.words > 3 && look.verb);
        let echoed = post
            && !self.before_is_small()
            && self.free
            && (look.terminal == Terminal::Cry || look.words > 2 && look.verb);
        if (said || echoed) && look.words > 1 && !self.is_label() {
            return (Verdict::Speech, "capitals throughout, but a cue beside it");
        }
        (Verdict::Title, "capitals throughout")
    }

    /// A preposition, an article or a possessive right before it.
    pub(super) fn before_is_small(&self) -> bool {
        let Before { first, last, joint, .. } = self.before;
        joint == Joint::Bare
            && last > first
            && (self.text.class(last - 1).has(Class::PREP.with(Class::DET))
                || self.text.shape(last - 1) == Shape::Clitic)
    }

    /// `he’s` right before it.
    pub(super) fn is_contracted(&self) -> bool {
        let last = self.before.last;
        last > self.before.first + 1
            && self.text.shape(last - 1) == Shape::Clitic
            && (self.text.class(last - 2).has(Class::NOMINATIVE) || self.text.is_one(last - 2, words!["it", "that"]))
    }

    /// `told the press that “…”`: what is told begins.
    fn is_that(&self) -> bool {
        const NEAR: usize = 8;
        let Before { first, last, .. } = self.before;
        last > first + 1
            && self.text.is(last - 1, "that")
            && (first..last - 1)
                .rev()
                .take(NEAR)
                .any(|t| cue::is_speech_verb(self.text, t, first))
    }

    /// A verb of speech somewhere before it in its sentence.
    pub(super) fn reports(&self) -> bool {
        let Before { first, last, .. } = self.before;
        (first..last)
            .rev()
            .take(14)
            .any(|t| cue::is_speech_verb(self.text, t, first))
    }

    fn is_label(&self) -> bool {
        let Before { first, last, joint, .. } = self.before;
        if last == first {
            return false;
        }
        let close = (first..last)
            .rev()
            .take(3)
            .find(|t| self.text.class(*t).has(Class::LABEL) && !self.is_written_by(*t) && !self.calls_out(*t))
            .is_some_and(|t| {
                (t + 1..last).all(|t| {
                    self.text
                        .class(t)
                        .has(Class::DET.with(Class::PREP).with(Class::ADV).with(Class::AUX))
                })
            });
        let word = self.text.class(last - 1);
        // `has told the press that he’s “…”`: a verb.
        let contracted = self.is_contracted() && self.reports();
        let article = joint == Joint::Bare
            && !contracted
            && !self.is_that()
            && (word.has(Class::DET) || self.text.shape(last - 1) == Shape::Clitic)
            && self.look.words < 9;
        // `a real-life “egg romance”`: an adjective stands before it, and nothing speaks.
        let adjective = joint == Joint::Bare
            && self.before.verb.is_none()
            && self.look.terminal != Terminal::Cry
            && self.look.words < 4;
        close && !(joint != Joint::Bare && self.before.verb.is_some() && self.look.words > 4 && !self.names())
            || article
            || adjective
    }

    /// `called out, “Next patient, please!”`: who calls there calls nobody anything.
    fn calls_out(&self, token: usize) -> bool {
        let where_to = words!["out", "back", "after", "over", "across", "down", "through"];
        self.text.is_one(token, words!["called", "calls", "calling"]) && self.text.is_one(token + 1, where_to)
    }

    /// `titled`, `dubbed` and the like right before it.
    fn names(&self) -> bool {
        let last = self.before.last;
        last > self.before.first && self.text.class(last - 1).has(Class::LABEL)
    }
}
