//! A span with what it was found to be and what stands beside it, in half of the room that the parts take.
//!
//! A long text has a span for a hundred bytes, and all of them stay until the reading is done. Judging is
//! for `speech`.

use super::behind::After;
use super::cue::{Before, Joint};

/// What a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Said by somebody.
    Speech,
    /// A few words of somebody's inside a sentence of the narrative.
    Partial,
    /// The title of a work.
    Title,
    /// A nickname, a scare quote, a term.
    Label,
    /// Words on a poster or a screen.
    Caption,
    /// Too little to be a quote.
    Short,
}

/// A span, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What it is.
    pub verdict: Verdict,
    /// Why, for people.
    pub why: &'static str,
    joint: Joint,
    /// The attribution has a plain verb of speech.
    plain: bool,
    /// First and last token of the narrative before it, and its verb.
    before: [u32; 3],
    /// Verb, first and last token of the subject, and last token of the attribution behind it.
    after: [u32; 4],
}

/// No token: a text is shorter.
const NONE: u32 = u32::MAX;

impl Judged {
    /// A span with the narrative before it and the attribution behind it.
    #[must_use]
    pub fn new(verdict: Verdict, why: &'static str, before: Before, after: Option<After>) -> Self {
        let narrow = |token: usize| u32::try_from(token).unwrap_or(NONE);
        Self {
            verdict,
            why,
            joint: before.joint,
            plain: after.is_some_and(|a| a.plain),
            before: [before.first, before.last, before.verb.unwrap_or(usize::MAX)].map(narrow),
            after: after.map_or([NONE; 4], |a| [a.verb, a.subject.0, a.subject.1, a.last].map(narrow)),
        }
    }

    /// Whether it is a quote.
    #[must_use]
    pub fn is_speech(&self) -> bool {
        matches!(self.verdict, Verdict::Speech | Verdict::Partial)
    }

    /// The narrative before it.
    #[must_use]
    pub fn before(&self) -> Before {
        let [first, last, verb] = self.before;
        Before {
            first: first as usize,
            last: last as usize,
            joint: self.joint,
            verb: (verb != NONE).then_some(verb as usize),
        }
    }

    /// The attribution behind it.
    #[must_use]
    pub fn after(&self) -> Option<After> {
        let [verb, first, end, last] = self.after;
        (verb != NONE).then_some(After {
            verb: verb as usize,
            subject: (first as usize, end as usize),
            plain: self.plain,
            last: last as usize,
        })
    }
}
