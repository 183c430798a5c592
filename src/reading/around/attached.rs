//! What a sentence can do without: a clause, a phrase or an apposition that is set off by commas and tells no more of the
//! news than its own part of it.
//!
//! `Bae Mi-ru, who is known for “Tin Roof,” will lead the series.`, `The makers released a clip, which shows the two on a
//! roof.` Left alone is what changes the rest: a condition, a denial, a `but`, whose words they are.

use super::super::print::{Words, words};
use crate::reading::lexicon::Class;
use crate::reading::text::{Shape, Text};
use std::ops::Range;

/// So many commas of a sentence are looked at.
const COMMAS: usize = 8;
/// What is left has so many tokens at least, and what is left out.
const LEFT: usize = 6;
const LEAST: usize = 4;

/// What another clause begins with.
const JOINS: Words = words!["while", "as", "whereas", "and", "but"];

/// A comma: one past what stands before it, and the first token behind it and the mark that it stands in.
#[derive(Clone, Copy)]
struct Comma {
    end: usize,
    next: usize,
    /// It stands inside a mark, and belongs to what is in front of it.
    inside: bool,
}

/// The longest part of a sentence that is attached to the rest of it.
#[must_use]
pub fn attached(text: &Text, first: usize, last: usize) -> Option<Range<usize>> {
    let stop = last.checked_sub(1).filter(|s| *s > first + LEFT + LEAST)?;
    // Where the sentence ends with a mark, what is attached may end inside of it.
    if !text.is(stop, ".") {
        return None;
    }
    let commas = commas(text, first, stop);
    // Where the clause begins that a comma stands in, if it is not the first one.
    let clause = |number: usize| {
        let before = commas[..number].iter().flatten().rev();
        before.map(|c| c.next).find(|t| text.is_one(*t, JOINS)).unwrap_or(first)
    };
    let found = |number: usize, longest: usize| -> Option<Range<usize>> {
        let comma = commas[number]?;
        let following = commas.get(number + 1).copied().flatten();
        let part = match following {
            None => trailing(text, (first, clause(number)), comma, stop, true),
            Some(close) => inserted(text, comma, close)
                // `Bae, who wrote “Tin Roof,” a hit of the spring, came`: the clause in front is not over yet.
                .filter(|_| number == 0 || !commas[number - 1].is_some_and(|c| opens_clause(text, c.next)))
                .or_else(|| trailing(text, (first, clause(number)), comma, stop, false)),
        }?;
        let left = (stop - first).saturating_sub(part.len());
        let fits = part.len() > longest && left >= LEFT;
        (fits && !matters(text, part.clone())).then_some(part)
    };
    (0..COMMAS).fold(None, |longest: Option<Range<usize>>, number| {
        found(number, longest.as_ref().map_or(LEAST - 1, Range::len)).or(longest)
    })
}

/// The commas outside of brackets and titles.
fn commas(text: &Text, first: usize, stop: usize) -> [Option<Comma>; COMMAS] {
    let mut commas = [None; COMMAS];
    let mut count = 0;
    let mut depth = 0_usize;
    for token in text.ends_in(first, stop) {
        match text.sign(token) {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 && count < COMMAS => {
                let mut next = token + 1;
                while text.shape(next) == Shape::Mark && text.before(next) != ' ' && next < stop {
                    next += 1;
                }
                let inside = next > token + 1;
                let end = if inside { next } else { token };
                commas[count] = Some(Comma { end, next, inside });
                count += 1;
            }
            _ => {}
        }
    }
    commas
}

/// What is attached at the end of the sentence, of which the last clause begins at `clause`: from the comma to the full stop.
fn trailing(
    text: &Text,
    (first, clause): (usize, usize),
    comma: Comma,
    stop: usize,
    is_last: bool,
) -> Option<Range<usize>> {
    let opens = opens_clause(text, comma.next) || is_last && (follows(text, comma.next) || is_joined(text, comma.next));
    let told = |from: usize| (from..comma.end).any(|t| is_verb(text, t));
    // Behind a clause that other commas follow, the sentence may go on: its verb has to stand before. So it has in a clause
    // of its own: `…, while SBS’s “Tin Roof,” starring Bae, came second.`
    let told = (is_last && !opens_clause(text, first) || told(first)) && (clause == first || told(clause));
    (opens && told).then_some(comma.end..stop + 1)
}

/// What stands between two commas, in front of the verb: `Bae, who plays the courier, will`.
fn inserted(text: &Text, comma: Comma, close: Comma) -> Option<Range<usize>> {
    let at = comma.next;
    let apposed = text.class(at).has(Class::DET)
        && text.is_one(at, words!["a", "an", "the"])
        && text
            .tokens
            .get(comma.end.wrapping_sub(1))
            .is_some_and(|t| t.is_capital());
    let goes_on = is_verb(text, close.next) && text.shape(close.next) == Shape::Lower;
    (!comma.inside && goes_on && (opens_clause(text, at) || apposed)).then_some(comma.end..close.next)
}

/// A clause about what stands before it: `who`, `which`, `in which`, `starring`, `based on`.
fn opens_clause(text: &Text, at: usize) -> bool {
    const RELATIVE: Words = words!["who", "whom", "whose", "which", "where"];
    const MADE: Words = words![
        "written",
        "directed",
        "penned",
        "helmed",
        "produced",
        "created",
        "based",
        "adapted",
        "known",
        "led",
        "headlined",
        "fronted",
        "dubbed",
        "starring",
        "featuring",
        "joined",
    ];
    text.is_just(at, RELATIVE)
        || text.class(at).has(Class::PREP) && text.is_just(at + 1, words!["which", "whom", "whose"])
        || text.is_just(at, MADE)
}

/// What comes with it or behind it: `marking her return`, `while others wait`, `as the two look on`.
fn follows(text: &Text, at: usize) -> bool {
    let doing = text.shape(at) == Shape::Lower && text.word(at).len() > 5 && text.word(at).ends_with("ing");
    doing
        && !text.class(at).has(Class::SAY)
        && !text.is_one(
            at,
            words!["during", "including", "according", "concerning", "excluding", "saying"],
        )
        || text.is_just(at, words!["while", "as", "whereas"])
}

/// `, and it has made me hungry`: another sentence.
fn is_joined(text: &Text, at: usize) -> bool {
    const REACH: usize = 3;
    text.is(at, "and")
        && (text.class(at + 1).has(Class::NOMINATIVE) || text.is_just(at + 1, words!["it", "we"]))
        && (at + 2..at + 2 + REACH).any(|t| is_verb(text, t))
}

/// A finite verb for certain.
fn is_verb(text: &Text, at: usize) -> bool {
    let class = text.class(at);
    text.shape(at) == Shape::Lower
        && class.has(Class::AUX.with(Class::SAY).with(Class::WEAK).with(Class::PAST))
        && !class.has(Class::ING)
        || matches!(text.shape(at), Shape::Lower)
            && text.word(at).ends_with("ed")
            && text.class(at.wrapping_sub(1)).has(Class::AUX.with(Class::NOMINATIVE))
}

/// Whether the rest says something else without it: a denial, a doubt.
fn matters(text: &Text, part: Range<usize>) -> bool {
    const TURNS: Words = words![
        "not",
        "never",
        "no",
        "nor",
        "without",
        "if",
        "unless",
        "highest",
        "best",
        "but",
        "although",
        "though",
        "denied",
        "denies",
        "declined",
        "false",
        "untrue",
        "reportedly",
        "allegedly",
    ];
    let mut tokens = part;
    let is_not =
        |t: usize| text.class(t).has(Class::AUX) && text.word(t).ends_with("t") && text.word(t).contains(['’', '\'']);
    tokens.any(|t| text.is_one(t, TURNS) || is_not(t))
}

#[cfg(test)]
mod tests {
    use super::attached;
    use crate::reading::text::Text;

    fn left(sentence: &str) -> Option<String> {
        let text = Text::line(sentence);
        let last = text.tokens.len();
        let gap = attached(&text, 0, last)?;
        let rest = [text.slice(0, gap.start), text.slice(gap.end.min(last), last)];
        Some(rest.join(" ").trim().to_owned())
    }

    #[test]
    fn what_is_set_off_is_left_out() {
        let cases = [
            (
                "Bae Mi-ru, who is known for the thriller of last spring, will lead the new series on cable.",
                "Bae Mi-ru will lead the new series on cable.",
            ),
            (
                "The makers released a clip of the third scene on Monday, which shows the two leads on a roof.",
                "The makers released a clip of the third scene on Monday",
            ),
            (
                "The finale scored a rating of 9.1 percent in the capital, setting a new record for the slot.",
                "The finale scored a rating of 9.1 percent in the capital",
            ),
            (
                "Mok Se-ra, a former swimmer from the coast of Goseong, has joined the cast of the drama.",
                "Mok Se-ra has joined the cast of the drama.",
            ),
        ];
        for (sentence, rest) in cases {
            assert_eq!(left(sentence).as_deref(), Some(rest), "{sentence}");
        }
    }

    #[test]
    fn what_changes_the_rest_stays() {
        let whole = [
            "The actor received an offer for the series last week, but he has not read any of it yet.",
            "The agency spoke of a role in the drama, which the actor has never agreed to play at all.",
            "Bae Mi-ru, Mok Se-ra, and the director of the drama met the press in the city on Monday.",
            "Go Jun, who wrote and directed the ghost story, a romance of sixteen parts, came to the defense of it.",
            "The drama rose to 5.9 percent in the slot, while “Tin Roof,” starring Bae, followed close behind on cable.",
            "The drama follows a baker who, on the morning of her wedding, decides to leave the town.",
        ];
        for sentence in whole {
            assert_eq!(left(sentence), None, "{sentence}");
        }
    }
}
