//! What a sentence tells around its speech: `She handed out snacks and said, “Eat.”` tells of the snacks, and `“I was
//! late,” he said at the press conference for “Tin Roof”` of the press conference.
//!
//! Names, roles and the occasion often stand only in sentences with speech, which a summary leaves out. Where a whole
//! clause comes first, it can stand alone; where somebody said something somewhere, they spoke there.

use super::lexicon::Class;
use super::text::{Shape, Text};

/// What is written, or tells how something was said: nobody speaks there.
const NO_OCCASION: &[&str] = &[
    "statement",
    "letter",
    "post",
    "message",
    "comment",
    "caption",
    "email",
    "note",
    "instagram",
    "weverse",
    "twitter",
    "social",
    "phone",
    "voice",
    "tone",
    "accent",
    "smile",
    "laugh",
    "language",
    "end",
];
/// What is done in writing.
const WRITTEN: &[&str] = &[
    "wrote",
    "writes",
    "posted",
    "posts",
    "tweeted",
    "tweets",
    "texted",
    "texts",
    "typed",
    "captioned",
];
/// How far before the mark a cue may stand: `and told the reporters with a bright smile, “`.
const REACH: usize = 9;

/// Who spoke where, behind a speech: the tokens from `first` to `last`, with `said` among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// First token of who spoke, or of the cue where that comes first.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The cue.
    pub said: usize,
    /// First token of the occasion.
    pub place: usize,
}

impl Occasion {
    /// `The 74-year-old spoke at a press conference`.
    #[must_use]
    pub fn told(&self, text: &Text) -> String {
        let who = if self.said == self.first {
            text.slice(self.said + 1, self.place)
        } else {
            text.slice(self.first, self.said)
        };
        let to = if self.said > self.first && self.place > self.said + 1 {
            format!("to {} ", text.slice(self.said + 1, self.place))
        } else {
            String::new()
        };
        let mut told = format!("{who} spoke {to}{}", text.slice(self.place, self.last));
        if let Some(initial) = told.get(..1) {
            let capital = initial.to_uppercase();
            told.replace_range(..1, &capital);
        }
        told
    }
}

/// The occasion that is told behind a speech, in a sentence that ends at `end`: `he said on Monday at a cafe in Seoul`,
/// `Bae told reporters at a press conference`, `said director Gil during an interview with The Daily`.
#[must_use]
pub fn occasion(text: &Text, after: usize, end: usize) -> Option<Occasion> {
    // Words of who spoke, and of the occasion at least: a place that is named, a thing with a name.
    const WHO: usize = 8;
    const LEAST: usize = 5;
    let said = (after..end.min(after + WHO)).find(|t| text.class(*t).has(Class::SAY))?;
    let opens = |t: usize| {
        ["at", "during", "in", "on"].iter().any(|w| text.is(t, w))
            || ["after", "before", "ahead"].iter().any(|w| text.is(t, w)) && !text.word(t + 1).ends_with("ing")
            || text.class(t).has(Class::DAY)
    };
    let spoken = !WRITTEN.iter().any(|w| text.is(said, w));
    let plain = |from: usize, to: usize| (from..to).all(|t| text.shape(t) != Shape::Mark);
    let place = (said + 1..end.min(said + WHO)).find(|t| opens(*t))?;
    let inverted = said == after;
    let who = if inverted { said + 1..place } else { after..said };
    let named = who
        .clone()
        .any(|t| text.tokens[t].is_capital() || text.class(t).has(Class::NOMINATIVE.with(Class::EPITHET)))
        || text.is(who.start, "the");
    let object = !inverted && place > said + 1;
    // Who is spoken to is told of `told` alone.
    let addressed = !object || text.is(said, "told");
    // `…, and he added`: the cue of the next speech.
    let cue = Class::SAY.with(Class::CONJ).with(Class::NOMINATIVE).with(Class::ADV);
    let next = |t: usize| matches!(text.word(t), "." | "," | ":") || text.class(t).has(cue);
    let last = (place..end).rev().find(|t| !next(*t))? + 1;
    let told = (place..last).any(|t| text.tokens[t].is_capital() || text.class(t).has(Class::KIND.with(Class::DAY)))
        && !(place..last).any(|t| NO_OCCASION.iter().any(|w| text.is(t, w)));
    let fits = !who.is_empty() && named && addressed && spoken && plain(after, place) && told && last >= place + LEAST;
    fits.then_some(Occasion {
        first: after,
        last,
        said,
        place,
    })
}

/// One past the last token of the clause that stands before the mark at `open`, in a sentence that begins at `first`.
/// None where what comes before is but the cue: `Kim said, “`, `The caption read: “`.
#[must_use]
pub fn end(text: &Text, first: usize, open: usize) -> Option<usize> {
    let mark = open.checked_sub(1).filter(|t| *t > first)?;
    // `He thanked the staff: “`
    let colon = text.word(mark) == ":" && !bears_words(text, mark - 1);
    let end = if colon { mark } else { before_cue(text, first, open)? };
    // Before a colon, a relative clause has come to its end.
    let whole = is_whole(text, first, end) && (colon || !in_relative(text, first, end));
    whole.then_some(end)
}

/// `brought the letter and begged, “`; `thanked the staff, saying, “`.
fn before_cue(text: &Text, first: usize, open: usize) -> Option<usize> {
    let from = open.saturating_sub(REACH).max(first + 2);
    let cue = (from..open).rev().find(|t| text.class(*t).has(Class::SAY))?;
    // Nothing that tells more stands between the cue and the words.
    if (cue + 1..open - 1).any(|t| matches!(text.shape(t), Shape::Mark | Shape::Punct)) {
        return None;
    }
    if text.class(cue).has(Class::ING) {
        let comma = text.word(cue - 1) == ",";
        return comma.then_some(cue - 1);
    }
    let mut at = cue;
    while at > from && (text.class(at - 1).has(Class::ADV) || text.word(at - 1).ends_with("ly")) {
        at -= 1;
    }
    if text.class(at - 1).has(Class::NOMINATIVE) {
        at -= 1;
    }
    if text.is(at - 1, "then") {
        at -= 1;
    }
    let joined = ["and", "but", "then"].iter().any(|w| text.is(at - 1, w));
    if !joined {
        return None;
    }
    let end = at - 1;
    Some(if text.word(end - 1) == "," { end - 1 } else { end })
}

/// A verb or a noun that wants the words behind it.
fn bears_words(text: &Text, token: usize) -> bool {
    text.class(token).has(
        Class::SAY
            .with(Class::WEAK)
            .with(Class::CAPTION)
            .with(Class::VOICE)
            .with(Class::AUX),
    ) || ["follows", "this", "these", "like", "words", "as"]
        .iter()
        .any(|w| text.is(token, w))
}

/// Whether the tokens can be a sentence: no subordinate clause alone, nothing left open at their end.
fn is_whole(text: &Text, first: usize, end: usize) -> bool {
    const LEAST: usize = 6;
    const OPEN: Class = Class::PREP.with(Class::DET).with(Class::AUX).with(Class::CONJ);
    let subordinate = text.class(first).has(Class::SUBORD.with(Class::CONJ));
    end >= first + LEAST
        && (!subordinate || (first..end).any(|t| text.word(t) == ","))
        // `her` owns what follows, or is herself meant.
        && (!text.class(end - 1).has(OPEN) || text.class(end - 1).has(Class::SHE))
}

/// Whether a relative clause is left open at the end: `Wi, who folded lanterns`.
fn in_relative(text: &Text, first: usize, end: usize) -> bool {
    const PRONOUNS: [&str; 5] = ["who", "whom", "whose", "which", "where"];
    let relative = (first..end).rev().find(|t| PRONOUNS.iter().any(|w| text.is(*t, w)));
    relative.is_some_and(|from| !(from..end).any(|t| text.word(t) == ","))
}
