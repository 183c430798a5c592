//! The words of a telling: taken apart, cut to their stems, and which of them say something.

use crate::model::english::{self, MONTHS};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that say nothing, and those of time, which every story has.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "again",
    "ahead",
    "all",
    "also",
    "an",
    "and",
    "any",
    "april",
    "are",
    "as",
    "at",
    "august",
    "back",
    "be",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "by",
    "can",
    "come",
    "currently",
    "day",
    "december",
    "did",
    "do",
    "does",
    "down",
    "during",
    "each",
    "february",
    "first",
    "for",
    "friday",
    "from",
    "get",
    "give",
    "go",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "him",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "january",
    "july",
    "june",
    "just",
    "know",
    "last",
    "late",
    "later",
    "latest",
    "like",
    "make",
    "many",
    "march",
    "may",
    "me",
    "monday",
    "month",
    "more",
    "morning",
    "most",
    "mr",
    "ms",
    "much",
    "my",
    "new",
    "next",
    "night",
    "no",
    "not",
    "november",
    "now",
    "october",
    "of",
    "off",
    "on",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "put",
    "recent",
    "recently",
    "report",
    "reported",
    "reporter",
    "reporters",
    "reports",
    "s",
    "said",
    "saturday",
    "say",
    "see",
    "september",
    "set",
    "she",
    "show",
    "since",
    "so",
    "some",
    "still",
    "such",
    "sunday",
    "t",
    "take",
    "tell",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "thursday",
    "time",
    "to",
    "today",
    "told",
    "tonight",
    "too",
    "tuesday",
    "two",
    "until",
    "up",
    "upon",
    "very",
    "was",
    "way",
    "we",
    "wednesday",
    "week",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "will",
    "with",
    "would",
    "year",
    "yesterday",
    "you",
    "your",
];

/// Words of the trade, which stand in every second story.
const COMMON: &[&str] = &[
    "actor",
    "actress",
    "agency",
    "air",
    "announce",
    "appear",
    "audience",
    "average",
    "broadcast",
    "cast",
    "channel",
    "character",
    "company",
    "confirm",
    "coupang",
    "director",
    "disney",
    "drama",
    "ena",
    "entertainment",
    "episode",
    "expect",
    "fan",
    "feature",
    "forward",
    "held",
    "hit",
    "hold",
    "hour",
    "jtbc",
    "kbs",
    "kind",
    "korea",
    "korean",
    "kst",
    "lead",
    "leading",
    "look",
    "mbc",
    "media",
    "nationwide",
    "netflix",
    "network",
    "nielsen",
    "official",
    "outlet",
    "pd",
    "percent",
    "play",
    "please",
    "post",
    "posted",
    "produce",
    "product",
    "production",
    "project",
    "release",
    "reveal",
    "role",
    "sbs",
    "scene",
    "screen",
    "series",
    "share",
    "spokesperson",
    "star",
    "statement",
    "story",
    "team",
    "television",
    "tv",
    "tving",
    "tvn",
    "unveil",
    "upcoming",
    "upload",
    "viewer",
    "watch",
    "wavve",
    "work",
    "writer",
];

const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// The words that are dull, and their stems.
static DULL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let all = EMPTY.iter().chain(COMMON);
    all.flat_map(|word| [*word, stem(word)]).collect()
});
static NOTHING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| EMPTY.iter().copied().collect());

/// Lower case words; “12.3” and “1,000” are one, “it’s” is “it”, “don’t” is “do” and “not”, “3%” is “3” and “percent”, “②” is “2”.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_next = |fits: fn(&char) -> bool, rest: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            rest.peek().is_some_and(fits)
        };
        let in_number = word.ends_with(|last: char| last.is_ascii_digit());
        if ('①'..='⑳').contains(&c) {
            take(&mut words, &mut word);
            words.push((u32::from(c) - u32::from('①') + 1).to_string());
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if matches!(c, '.' | ',') && in_number && is_next(char::is_ascii_digit, &mut rest) {
            word.push(c);
        } else {
            let apostrophe = matches!(c, '\'' | '’' | '‘');
            let negation = apostrophe && word.ends_with('n') && word.len() > 1 && rest.peek() == Some(&'t');
            if negation {
                word.pop();
            }
            take(&mut words, &mut word);
            if c == '%' {
                words.push("percent".to_owned());
            } else if negation {
                rest.next();
                words.push("not".to_owned());
            } else if apostrophe && is_next(|next| matches!(next, 's' | 'S'), &mut rest) {
                word.extend(rest.next());
                // Of “it’s” the s goes, of “‘so’” it stays.
                if !rest.peek().is_some_and(|next| next.is_alphanumeric()) {
                    word.clear();
                }
            }
        }
    }
    take(&mut words, &mut word);
    words
}

fn take(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word).to_lowercase());
    }
}

/// Cuts the endings of English that make one word of many; the stem need not be a word.
pub(super) fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 14] = [
        "ations", "ation", "ments", "ment", "ings", "ing", "ers", "ied", "ies", "ed", "es", "ly", "er", "al",
    ];
    if !word.is_ascii() || word.len() < 5 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word;
    }
    let cut = ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 3));
    let stem = cut.unwrap_or_else(|| {
        let one = word
            .strip_suffix('s')
            .filter(|stem| !stem.ends_with('s'))
            .unwrap_or(word);
        one.strip_suffix(['e', 'y']).unwrap_or(one)
    });
    // “stopp” is “stop”.
    match stem.as_bytes() {
        [.., a, b] if a == b && stem.len() > 3 => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// Whether a word, or what has its stem, says nothing about a story: it is empty, or of the trade.
pub(super) fn is_dull(word: &str) -> bool {
    DULL.contains(word)
}

/// Whether a word says nothing.
pub(super) fn is_empty(word: &str) -> bool {
    NOTHING.contains(word)
}

/// The stems of the words that say something.
pub(super) fn folded(words: &[String]) -> impl Iterator<Item = String> {
    words
        .iter()
        .filter(|word| !is_empty(word))
        .map(|word| stem(word).to_owned())
}

/// A number in figures or as a word: 12.3, 1,000, 3rd, third, eleven. One is no number: it is everywhere.
pub(super) fn number(word: &str) -> Option<f64> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &word[digits.len()..];
        let fits = matches!(ending, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 15;
        return digits.replace(',', "").parse().ok().filter(|_| fits);
    }
    let ordinal = || {
        ORDINALS
            .iter()
            .position(|one| *one == word)
            .and_then(|place| u8::try_from(place).ok())
    };
    english::number(word)
        .filter(|number| *number != 1)
        .or_else(ordinal)
        .map(f64::from)
}

/// Whether a word names a month, in full or by three letters.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS
        .iter()
        .any(|month| *month == word || (word.len() == 3 && month.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_apart() {
        assert_eq!(
            tokens("It’s 12.3% – don't stop, “Mina’s” 1,000. ‘so’"),
            ["it", "12.3", "percent", "do", "not", "stop", "mina", "1,000", "so"]
        );
        assert!(tokens("…—!").is_empty());
        assert_eq!(tokens("안효섭이 3화"), ["안효섭이", "3화"]);
        assert_eq!(tokens("Interview② ⑳"), ["interview", "2", "20"]);
    }

    #[test]
    fn one_word_of_many() {
        for (words, expected) in [
            (["postpones", "postponed", "postponing"].as_slice(), "postpon"),
            (&["injured", "injures", "injury"], "injur"),
            (&["stopping", "stopped"], "stop"),
        ] {
            for word in words {
                assert_eq!(stem(word), expected, "{word}");
            }
        }
        assert_eq!((stem("kiss"), stem("드라마"), stem("14.2")), ("kiss", "드라마", "14.2"));
    }

    #[test]
    fn numbers_in_every_form() {
        for (word, value) in [
            ("14.2", 14.2),
            ("1,000", 1000.0),
            ("3rd", 3.0),
            ("third", 3.0),
            ("eleven", 11.0),
        ] {
            assert_eq!(number(word), Some(value), "{word}");
        }
        for word in ["one", "3화", "b2", "", "9999999999999999999999"] {
            assert_eq!(number(word), None, "{word}");
        }
    }
}
