//! What the words right before and right behind a name say about it: clues for [`super::evidence`], each a function
//! that knows one habit of the trade and adds to the candidate what it is worth.

mod acts;
mod before;
mod behind;
mod brought_in;
mod crew;
mod known_by;
mod makers;
mod outside;

pub(super) use acts::{Tense, acts, speaks};
pub(super) use before::before;
pub(super) use behind::behind;
pub(super) use brought_in::brought_in;
pub(super) use crew::crew;
pub(super) use known_by::somebody;
pub(super) use makers::is_of_a_work;
pub(super) use outside::is_chief;
pub(super) use outside::outside;

use super::evidence::Candidate;
use super::names::{Form, Found};
use super::print::words;
use super::text::{Shape, Text};

/// A name where it stands, and the token beside it that the clues look from.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a Text,
    name: Found,
    at: usize,
}

impl Place<'_> {
    /// The name is made of words of the language, or of one word: it might be anything.
    fn is_loose(&self) -> bool {
        matches!(self.name.form, Form::Words | Form::Single)
    }

    /// The name ends a clause: what stands before it may be its apposition.
    fn ends_clause(&self) -> bool {
        matches!(self.text.sign(self.name.last), b',' | b'.')
    }

    fn is_lower(&self, token: usize) -> bool {
        self.text.shape(token) == Shape::Lower
    }

    fn is_capital(&self, token: usize) -> bool {
        self.text.tokens.get(token).is_some_and(|t| t.is_capital())
    }
}

/// `in the drama`, `on screen`, `on-screen`: what is said of somebody is said of a part.
fn says_on_screen(text: &Text, token: usize) -> bool {
    text.is_one(token, words!["on-screen", "onscreen"])
        || text.is(token, "on") && text.is(token + 1, "screen")
        || text.is(token, "in") && text.is(token + 1, "the") && text.is_one(token + 2, words!["drama", "series"])
}

/// Notes what a candidate was called; more nouns than this say nothing new.
fn call(candidate: &mut Candidate, noun: &str) {
    const NOUNS: usize = 12;
    if candidate.nouns.len() < NOUNS {
        candidate.nouns.push(noun.to_owned());
    }
}
