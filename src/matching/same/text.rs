//! What of a text tells the event, and what everybody knows who knows the drama: its premise, who plays whom, when it
//! airs. And which of its words are names.

use super::words::tokens;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Phrases of sentences that explain a drama, outside of what is quoted. Every second story ends in some.
const EXPLAINING: &str = "is a, is an, is the, tell, tells, follow, follows, depict, depicts, revolve, revolves, center, centers, portray, portrays, story of, about a, about an, about the, play, plays, star as, stars as, premiere, premieres, premiered, air, airs, worked with, worked together, below, first episode, first broadcast";
/// Words of a name that stands before brackets.
const NAME: usize = 4;

static PHRASES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| EXPLAINING.split(", ").map(tokens).collect());

/// The sentences of a text. A break too many does no harm here.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut start = 0;
        for (at, mark) in paragraph.match_indices(['.', '!', '?', '…']) {
            let rest = &paragraph[at + mark.len()..];
            let rest = rest.strip_prefix(['"', '”', '’', '\'']).unwrap_or(rest);
            let next = rest.trim_start();
            let begins = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘');
            if next.len() < rest.len() && next.starts_with(begins) {
                all.push(&paragraph[start..paragraph.len() - rest.len()]);
                start = paragraph.len() - next.len();
            }
        }
        all.push(&paragraph[start..]);
    }
    all.retain(|sentence| !sentence.trim().is_empty());
    all
}

/// Whether a sentence explains the drama.
pub(super) fn is_background(sentence: &str) -> bool {
    let words = tokens(&unquoted(sentence));
    let begins = |at: usize| PHRASES.iter().any(|phrase| words[at..].starts_with(phrase));
    (0..words.len()).any(begins)
}

/// A sentence without what stands in quotation marks.
pub(super) fn unquoted(sentence: &str) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some(open) = rest.find(['"', '“']) {
        let inside = open + rest[open..].chars().next().map_or(0, char::len_utf8);
        let Some(close) = rest[inside..].find(['"', '”']) else {
            break;
        };
        out.push_str(&rest[..open]);
        out.push(' ');
        rest = rest[inside + close..].trim_start_matches(['"', '”']);
    }
    out + rest
}

/// Words that are always written with a capital, also within a sentence.
pub(super) fn names(sentences: &[&str]) -> BTreeSet<String> {
    let mut always: BTreeMap<String, bool> = BTreeMap::new();
    for sentence in sentences {
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '-');
        let words = sentence.split(|c| !in_word(c)).filter(|word| !word.is_empty());
        for (place, word) in words.enumerate() {
            let is_high = word.starts_with(char::is_uppercase);
            // The first word of a sentence says nothing.
            if is_high && place == 0 {
                continue;
            }
            for token in tokens(word) {
                always
                    .entry(token)
                    .and_modify(|always| *always &= is_high)
                    .or_insert(is_high);
            }
        }
    }
    let names = always.into_iter().filter(|(_, always)| *always);
    names.map(|(name, _)| name).collect()
}

/// The words of a character's name, behind which the actor's stands in brackets: “Seol Ah Jin (Gu Hye Rim)”.
pub(super) fn before_brackets(sentence: &str) -> impl Iterator<Item = String> {
    let brackets = sentence.match_indices(" (");
    brackets.flat_map(|(at, _)| {
        let words = sentence[..at].split_whitespace().rev().take(NAME);
        let name = words.take_while(|word| word.starts_with(char::is_uppercase));
        name.flat_map(tokens).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_the_next_begins() {
        let text = "“It is over.” She left at 9.30 p.m. that day… Nobody saw it!\n\nHere.";
        assert_eq!(
            sentences(text),
            [
                "“It is over.”",
                "She left at 9.30 p.m. that day…",
                "Nobody saw it!",
                "Here."
            ]
        );
        assert!(sentences(" \n\n").is_empty());
    }

    #[test]
    fn what_explains_the_drama_is_no_news() {
        for sentence in [
            "“Paper Moon” tells of a baker.",
            "It is a romance about bread.",
            "Gu Hye Rim plays a nurse.",
            "The drama premieres on May 1.",
        ] {
            assert!(is_background(sentence), "{sentence}");
        }
        for sentence in [
            "She said, “It is a shame.”",
            "The set burnt down.",
            "“Open: “It is the end",
            "",
        ] {
            assert_eq!(is_background(sentence), sentence.starts_with("“Open"), "{sentence}");
        }
    }

    #[test]
    fn names_are_always_high() {
        let found = names(&["Rain fell on Mokpo as Rain fell on Seoul.", "The rain went on."]);
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), ["mokpo", "seoul"]);
        let before: Vec<String> = before_brackets("here Seol A-jin (Gu Hye Rim) and the vet (Nam) met").collect();
        assert_eq!(before, ["a", "jin", "seol"]);
    }
}
