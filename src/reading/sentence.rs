//! Sentences: where the narrative may be cut.
//!
//! Own rules over tokens rather than a general splitter, since what a quote is decides where the
//! narrative around it ends: a full stop inside marks ends the sentence only when a capital follows
//! behind the marks, “10 p.m. KST” and “Counter No. 7” hold none, and `…` ends one before a capital.

use super::lexicon::{Class, asked};
use super::names::is_inner_point;
use super::print::{Words, words};
use super::scan::Spans;
use super::text::{Shape, Text};
use std::hint::select_unpredictable;

/// A sentence, as a range of tokens of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Its paragraph.
    pub para: usize,
}

/// The sentences of a text, in order, without gaps within a paragraph.
pub struct Sentences {
    all: Vec<Sentence>,
    /// For every so many tokens the sentence of the first: every rule asks where a token stands.
    near: Vec<u32>,
}

/// Fewer than a sentence has: then the sentence is mostly found without going on to the next, which no guess at a jump
/// would foresee.
const EACH: usize = 8;

impl Sentences {
    /// Room for those of so many tokens.
    fn with_room(tokens: usize) -> Self {
        Self {
            all: Vec::with_capacity(tokens / 16),
            near: Vec::with_capacity(tokens / EACH + 1),
        }
    }

    fn push(&mut self, sentence: Sentence) {
        let number = self.all.len() as u32;
        self.near.resize(sentence.last.div_ceil(EACH), number);
        self.all.push(sentence);
    }
}

impl std::ops::Deref for Sentences {
    type Target = [Sentence];

    fn deref(&self) -> &[Sentence] {
        &self.all
    }
}

/// The inside of a span is never cut.
#[must_use]
pub fn split(text: &Text, spans: &Spans) -> Sentences {
    let mut sentences = Sentences::with_room(text.tokens.len());
    let mut next_span = 0;
    for (number, para) in text.paras.iter().enumerate() {
        let mut first = para.first;
        let mut token = para.first;
        while token < para.last {
            while next_span < spans.outer.len() && spans.outer[next_span].after() <= token {
                next_span += 1;
            }
            // Words that no sentence ends with are passed by.
            let open = spans.outer.get(next_span).map_or(para.last, |s| s.open.max(token));
            let sign = text.next_end(token, open.min(para.last));
            token = sign.unwrap_or(open);
            if token >= para.last {
                break;
            }
            let span = spans.outer.get(next_span).filter(|_| sign.is_none());
            let (mut end, terminal) = match span {
                // Step over the span; what stands last inside the marks may end the sentence.
                Some(span) => (span.after(), span.close > span.first() && ends(text, span.close - 1)),
                None => (token + 1, ends(text, token)),
            };
            if terminal {
                while end < para.last && is_tail(text, end) {
                    end += 1;
                }
            }
            if terminal && end < para.last && starts(text, end) {
                sentences.push(Sentence {
                    first,
                    last: end,
                    para: number,
                });
                first = end;
            }
            token = end.max(token + 1);
        }
        if first < para.last {
            sentences.push(Sentence {
                first,
                last: para.last,
                para: number,
            });
        }
    }
    sentences
}

/// The sentence that holds a token; the last one past the end.
#[must_use]
pub fn at(sentences: &Sentences, token: usize) -> usize {
    let Some(near) = sentences.near.get(token / EACH) else {
        return sentences.len().saturating_sub(1);
    };
    let is_before = |at: usize| sentences.get(at).is_some_and(|s| s.last <= token);
    let near = *near as usize;
    // Whether it is the next one no guess at a jump would foresee; a third one is rare.
    let mut at = select_unpredictable(is_before(near), near + 1, near);
    while is_before(at) {
        at += 1;
    }
    at.min(sentences.len().saturating_sub(1))
}

fn is_tail(text: &Text, token: usize) -> bool {
    text.shape(token) == Shape::Punct
        && text.is_just(token, words![")", "]", ".", "!", "?", "…"])
        && !text.before(token).is_whitespace()
}

fn ends(text: &Text, token: usize) -> bool {
    // “p.m.” bears its own point; no other word ends a sentence.
    if text.is_word(token) {
        return text.is_like(token, asked::POINTED);
    }
    match text.bytes(token) {
        [b'!' | b'?', ..] | [b'.', _, ..] => true,
        [b'.'] => !is_abbreviation(text, token),
        // … and 。
        [0xe2, 0x80, 0xa6, ..] | [0xe3, 0x80, 0x82, ..] => true,
        _ => false,
    }
}

fn is_abbreviation(text: &Text, token: usize) -> bool {
    if token == 0 || text.before(token).is_whitespace() {
        return false;
    }
    // `A. “…”`, the label of an answer: no initial has words in marks behind it.
    if text.is(token - 1, "A") && text.shape(token + 1) == Shape::Mark {
        return false;
    }
    let word = text.word(token - 1);
    // No abbreviation has more letters, and months are for `date`.
    const LONGEST: usize = 4;
    if word.len() > LONGEST && text.shape(token + 1) != Shape::Number {
        return is_inner_point(text, token);
    }
    let initial = word.chars().count() == 1 && text.shape(token - 1) == Shape::Capital && !text.is(token - 1, "I");
    let number = text.is(token - 1, "No") && text.shape(token + 1) == Shape::Number;
    // `Oct. 11`.
    let date = text.shape(token + 1) == Shape::Number && text.class(token - 1).has(Class::MONTH);
    const SHORT: Words = words![
        "Mr", "Mrs", "Ms", "Dr", "St", "vs", "Jr", "Sr", "Prof", "Ep", "Vol", "feat", "ft", "Lt", "Gen", "Capt", "Sgt",
        "Mt",
    ];
    initial || number || date || text.is_one(token - 1, SHORT) || is_inner_point(text, token)
}

fn starts(text: &Text, token: usize) -> bool {
    match text.shape(token) {
        Shape::Number => true,
        // tvN, iQIYI begin small.
        Shape::Capital | Shape::Upper => !text.class(token).has(Class::KST),
        Shape::Mark => text.before(token).is_whitespace(),
        Shape::Punct => text.is_just(token, words!["[", "(", "*", "#", "—", "–", "-", "•"]),
        _ => !text.word(token).is_ascii(),
    }
}

#[cfg(test)]
mod tests {
    use super::{at, split};
    use crate::reading::{scan, text::Text};

    fn cut(line: &str) -> Vec<String> {
        let text = Text::line(line);
        let spans = scan::scan(&text);
        split(&text, &spans)
            .iter()
            .map(|s| text.slice(s.first, s.last).to_owned())
            .collect()
    }

    #[test]
    fn house_rules() {
        assert_eq!(cut("It airs at 10 p.m. KST. Watch it.").len(), 2);
        assert_eq!(cut("It airs at 10 p.m. Then it ends.").len(), 2);
        assert_eq!(
            cut("She works at Counter No. 7 today. He waits…  Nobody came.").len(),
            3
        );
        assert_eq!(
            cut("She likes it (and him.) Then she left."),
            ["She likes it (and him.)", "Then she left."]
        );
        assert_eq!(
            cut("Dr. Han met J. Y. Park. They sang."),
            ["Dr. Han met J. Y. Park.", "They sang."]
        );
    }

    #[test]
    fn every_token_stands_in_its_sentence() {
        let long = "word ".repeat(70);
        let text = Text::line(&format!("A b. C d! {long}e. F. G h? I… J {long}. K"));
        let sentences = split(&text, &scan::scan(&text));
        for token in 0..text.tokens.len() + 40 {
            let expected = sentences.partition_point(|s| s.last <= token).min(sentences.len() - 1);
            assert_eq!(at(&sentences, token), expected, "{token}");
        }
        assert_eq!(at(&split(&Text::line(""), &scan::Spans::default()), 3), 0);
    }

    #[test]
    fn marks_are_not_cut() {
        assert_eq!(
            cut("“I came. I saw,” she said. “I left.” Then he came."),
            ["“I came. I saw,” she said.", "“I left.”", "Then he came."]
        );
        assert_eq!(cut("“Who is it?” asks Kim. “Me.”").len(), 2);
        assert_eq!(
            cut("He is in “Paper Moon.” She is not."),
            ["He is in “Paper Moon.”", "She is not."]
        );
    }
}
