//! What a span looks like by itself: its words, capitals, verbs and how it ends.
//!
//! Whether it is speech is for `speech` to say.

use super::lexicon::Class;
use super::print::words;
use super::text::{Shape, Text};

/// How the words of a span look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Words in it.
    pub(super) words: usize,
    /// Words that begin with a capital.
    pub(super) capitals: usize,
    /// Words that bear a meaning and begin with a small letter.
    pub(super) lower: usize,
    /// I, we and their forms.
    pub(super) first_person: bool,
    /// An auxiliary verb.
    pub(super) verb: bool,
    /// How it ends.
    pub(super) terminal: Terminal,
    /// The first word begins with a capital.
    pub(super) starts_capital: bool,
    /// The last word does.
    pub(super) ends_capital: bool,
}

/// The last sign inside the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Terminal {
    #[default]
    None,
    Comma,
    Stop,
    Cry,
}

impl Look {
    /// Every word that carries meaning has a capital.
    pub(super) const fn is_title(self) -> bool {
        self.lower == 0 && self.capitals > 0 && self.ends_capital
    }
}

/// A capital, a number, or letters that have no capitals.
fn begins_like_a_title(text: &Text, token: usize) -> bool {
    text.is_capital(token) || text.shape(token) == Shape::Number || !text.word(token).is_ascii()
}

/// Looks at the words from `first` up to `last`.
pub(super) fn look(text: &Text, first: usize, last: usize) -> Look {
    let mut look = Look::default();
    let mut depth = 0_u32;
    let mut last_word = None;
    // `[Kim] counts the lids,`: what the brackets gloss opens the words.
    let gloss = text.sign(first) == b'[' && text.is_capital(first + 1);
    // A title is short; of a long speech the first words tell enough.
    for token in first..last.min(first + 48) {
        let class = text.class(token);
        if !text.is_word(token) {
            match text.sign(token) {
                b'[' | b'(' => depth += 1,
                b']' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            continue;
        }
        if depth > 0 {
            continue;
        }
        look.words += 1;
        if look.words == 1 {
            look.starts_capital = gloss || begins_like_a_title(text, token);
        }
        last_word = Some(token);
        let first_person = class.has(Class::FIRST);
        look.first_person |= first_person;
        look.verb |= class.has(Class::AUX);
        // Counted without a jump: capitals and little words come as they like.
        let is_own = first_person && (look.words == 1 || text.word(token).starts_with('I'));
        look.capitals += usize::from(text.is_capital(token) & !is_own);
        let little = class.has(Class::PREP.with(Class::CONJ).with(Class::DET));
        let small = little | (look.words > 1 && text.is(token, "or"));
        look.lower += usize::from((text.shape(token) == Shape::Lower) & !small);
    }
    look.ends_capital = last_word.is_some_and(|token| begins_like_a_title(text, token));
    if last > first + 48 {
        look.words = look.words.max(32);
    }
    let mut end = last;
    // What stands before the closing marks of what is nested.
    while end > first + 1 && text.shape(end - 1) == Shape::Mark {
        end -= 1;
    }
    look.terminal = match end.checked_sub(1).filter(|t| *t >= first).map(|t| text.word(t)) {
        Some("," | "—" | "–") => Terminal::Comma,
        Some("!" | "?" | "…") => Terminal::Cry,
        Some(w) if w.starts_with('.') && w.len() > 1 => Terminal::Cry,
        // `It was 4:10 a.m.`: the last word bears its own point.
        Some(w) if w.ends_with('.') && w.len() > 1 => Terminal::Stop,
        Some(".") => Terminal::Stop,
        Some(")" | "]") if end >= first + 2 && text.is_just(end - 2, words![".", "!", "?", "…"]) => Terminal::Stop,
        _ => Terminal::None,
    };
    look
}
