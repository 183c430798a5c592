//! Broadcasters and platforms named in an article.
//!
//! A short table of the names that the trade prints; the catalogue adds its own. Which of them shows
//! the drama is for `drama`.

use super::lexicon::Class;
use super::text::{Shape, Text};
use crate::catalogue::Catalogue;
use std::sync::LazyLock;

/// A network where it is named.
#[derive(Clone, Copy, Debug)]
pub struct Station {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
}

/// Names in one or more words, folded, with the words they need. Longer ones are tried first.
pub const NAMES: &[&str] = &[
    "amazon prime video",
    "seoul broadcasting system",
    "korean broadcasting system",
    "munhwa broadcasting corporation",
    "studio x+u",
    "bbc iplayer",
    "channel 4",
    "u+ mobile tv",
    "prime video",
    "apple tv+",
    "apple tv",
    "amazon prime",
    "coupang play",
    "tv chosun",
    "channel a",
    "genie tv",
    "kbs 2tv",
    "kbs 1tv",
    "kbs2 tv",
    "kbs joy",
    "kbs n",
    "mbc every1",
    "mbc every 1",
    "sbs plus",
    "sbs tv",
    "mbc tv",
    "jtbc2 tv",
    "sbs fune",
    "disney plus",
    "disney +",
    "ena play",
    "paramount+",
    "paramount plus",
    "hbo max",
    "rakuten viki",
    "kakao tv",
    "kakaotv",
    "naver tv",
    "naver now",
    "cine de chef",
    "lifetime korea",
    "e channel",
    "tv n",
    "kbs 2",
    "kbs 1",
    "sbs",
    "mbc",
    "kbs2tv",
    "kbs1tv",
    "kbs2",
    "kbs1",
    "kbs",
    "tvn",
    "jtbc",
    "jtbc2",
    "ocn",
    "ena",
    "mbn",
    "ebs",
    "mnet",
    "tving",
    "netflix",
    "disney+",
    "wavve",
    "watcha",
    "viki",
    "viu",
    "kocowa",
    "iqiyi",
    "wetv",
    "olive",
    "xtvn",
    "kakaotv",
    "hulu",
    "lifetime",
    "skytv",
    "dramax",
    "cgntv",
    "o'live",
    "chching",
    "channela",
    "fujitv",
    "tbs",
    "nhk",
    "seezn",
    "naver tv",
    "tvchosun",
    "bilibili",
    "u-next",
    "hbo",
    "peacock",
    "crunchyroll",
    "viutv",
    "ytn",
    "itvx",
    "cjtvn",
    "genietv",
];

/// The names by their first byte, in the same order.
static BY_INITIAL: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let mut table = vec![Vec::new(); 256];
    for name in NAMES {
        table[usize::from(name.bytes().next().unwrap_or_default())].push(*name);
    }
    table
});

/// The networks named, in order.
#[must_use]
pub fn find(text: &Text, catalogue: &Catalogue) -> Vec<Station> {
    let mut stations = Vec::new();
    let mut token = 0;
    while let Some(first) = text.next_capital(token, text.tokens.len()) {
        token = match at(text, first, catalogue) {
            Some(last) => {
                stations.push(Station { first, last });
                last
            }
            None => first + 1,
        };
    }
    stations
}

/// Whether a word has a capital or a plus behind its first letter; most have small letters only.
fn is_mixed(text: &Text, token: usize) -> bool {
    !text.tokens[token].is_plain() && text.word(token).chars().skip(1).any(|c| c.is_uppercase() || c == '+')
}

fn begins_small(text: &Text, token: usize) -> bool {
    match text.bytes(token) {
        // Most letters are plain ones.
        [first, ..] if first.is_ascii() => first.is_ascii_lowercase(),
        _ => text.word(token).starts_with(char::is_lowercase),
    }
}

/// Where the network's name that begins at `token` ends.
fn at(text: &Text, token: usize, catalogue: &Catalogue) -> Option<usize> {
    let first = text.bytes(token);
    let known = first
        .first()
        .filter(|_| text.class(token).has(Class::STATION))
        .map(|initial| BY_INITIAL[usize::from(initial.to_ascii_lowercase())].as_slice());
    let found = known.unwrap_or_default().iter().find_map(|name| {
        let (word, rest) = name.split_at_checked(first.len())?;
        if !first.eq_ignore_ascii_case(word.as_bytes()) {
            return None;
        }
        if rest.is_empty() {
            return Some(token + 1);
        }
        let mut end = token + 1;
        for word in rest.strip_prefix(' ')?.split(' ') {
            if !text.is_same(end, word) {
                return None;
            }
            end += 1;
        }
        Some(end)
    });
    let end = found.or_else(|| {
        // A station of the user's own file.
        let two = token + 2;
        // Two words only where one of them looks like a station's: most capitals are names.
        let names = |t: usize| !text.tokens[t].is_plain() && (text.shape(t) != Shape::Capital || begins_small(text, t));
        let second = text
            .tokens
            .get(token + 1)
            .is_some_and(|t| t.is_capital() | (t.shape() == Shape::Number));
        if second && (names(token) || names(token + 1)) && catalogue.named_network(text.slice(token, two)).is_some() {
            return Some(two);
        }
        // Aliases like “Star” or “Apple” are words; a station's own name has capitals inside.
        (is_mixed(text, token) && catalogue.named_network(text.word(token)).is_some()).then_some(token + 1)
    })?;
    // “Viu” is a station; “Lifetime” before a small word may be a word.
    let printed = text.word(token);
    let word = matches!(printed, "Lifetime" | "Olive" | "Peacock");
    (!word || text.shape(end) == Shape::Clitic).then_some(end)
}
