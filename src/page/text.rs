//! White space and words: the small rules that every kind of input shares.

use super::entity;

/// Text whose white space is folded while it grows: runs, also of no-break spaces, become one space.
#[derive(Default)]
pub(super) struct Folded {
    text: String,
    space: bool,
}

impl Folded {
    /// Adds text with character references.
    pub(super) fn push_html(&mut self, text: &str) {
        // White space between blocks needs no room.
        if self.text.is_empty() && !text.trim_ascii_start().is_empty() {
            self.text.reserve(text.len());
        }
        entity::each(text, |part| self.push(part));
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some(&byte) = rest.as_bytes().first() {
            // Most text has nothing to fold: it is taken in runs of many words.
            let run = folded(rest.as_bytes());
            if run > 0 {
                self.end_gap();
                self.text.push_str(&rest[..run]);
                rest = &rest[run..];
            } else if byte == b' ' {
                self.space = true;
                rest = &rest[1..];
            } else {
                let Some(c) = rest.chars().next() else { break };
                if is_space(c) {
                    self.space = true;
                } else if !is_nothing(c) {
                    self.end_gap();
                    self.text.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }

    /// Before a word: the space that waits for it.
    fn end_gap(&mut self) {
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
    }

    /// Adds a space.
    pub(super) fn push_space(&mut self) {
        self.space = true;
    }

    /// The bytes so far, a space that waits for its word included.
    pub(super) fn len(&self) -> usize {
        self.text.len() + usize::from(self.space && !self.text.is_empty())
    }

    /// The text; starts afresh.
    pub(super) fn take(&mut self) -> String {
        self.space = false;
        std::mem::take(&mut self.text)
    }
}

/// Folds white space.
pub(crate) fn fold_space(text: &str) -> String {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        space: false,
    };
    folded.push(text);
    folded.take()
}

/// How many bytes at the start of a text stay as they are: signs, and single spaces between them. Ends at
/// the boundary of a character.
fn folded(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        if let Some(eight) = bytes[at..].first_chunk() {
            let plain = plain_signs(*eight, at > 0);
            at += plain;
            if plain == 8 {
                continue;
            }
        }
        // What stands there is no plain sign, or a space of which the eight do not tell what follows it.
        let Some(&byte) = bytes.get(at) else { break };
        at += match byte {
            b'!'..=b'~' => 1,
            b' ' if at > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) => 2,
            // The quotation marks, dashes and dots of U+2010 to U+2027.
            0xe2 if bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x90..=0xa7)) => 3,
            // Hangul.
            0xea..=0xed if bytes.len() >= at + 3 => 3,
            _ => break,
        };
    }
    at
}

/// How many of eight bytes are to stay: those up to the first that is no plain sign or single space, and none of the
/// spaces right in front of it or at the end.
const fn plain_signs(eight: [u8; 8], spaced: bool) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES * 0x80;
    let word = u64::from_le_bytes(eight);
    let low = word & !HIGH;
    // The high bit of each byte tells what it is, and no sum carries over.
    let from_space = low + ONES * (0x80 - b' ' as u64);
    let delete = low + ONES;
    let spaces = !((low ^ (ONES * b' ' as u64)) + ONES * 0x7f) & !word & HIGH;
    let opens = if spaced { 0 } else { spaces & 0x80 };
    let others = (word | !from_space | delete | spaces & (spaces << 8) | opens) & HIGH;
    let stay = others.trailing_zeros() / 8;
    // A space in front of something else is folded with it.
    let ends_with_space = stay > 0 && spaces >> (8 * stay - 1) & 1 != 0;
    stay as usize - ends_with_space as usize
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Signs without a shape and without a meaning: they break names in two when searched for. The joiner
/// of emoji and the marks of direction stay.
fn is_nothing(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// The words of a `class`.
pub(super) fn class_words(value: &str) -> impl Iterator<Item = &str> {
    value.split_ascii_whitespace().take(64)
}

/// What an ASCII byte is in [`plain`]: its small letter or digit, a gap, or nothing (an apostrophe).
const PLAIN: [u8; 128] = {
    let mut table = [GAP; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table[b'\'' as usize] = 0;
    table
};
const GAP: u8 = b' ';

/// Letters and digits in lower case, everything else one space: for comparing lines.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(&small) = PLAIN.get(usize::from(byte)) {
            at += 1;
            match small {
                0 => {}
                GAP => gap = true,
                _ => {
                    end_gap(&mut out, &mut gap);
                    out.push(char::from(small));
                }
            }
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        // Quotation marks, dashes and their kin are no letters, and common.
        if !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphanumeric() {
            end_gap(&mut out, &mut gap);
            out.extend(c.to_lowercase());
        } else if !matches!(c, '’' | '‘') {
            gap = true;
        }
    }
    out
}

/// Before a letter: the space that waits for it.
fn end_gap(out: &mut String, gap: &mut bool) {
    if *gap && !out.is_empty() {
        out.push(' ');
    }
    *gap = false;
}

/// What [`plain`] prints, byte by byte and only as far as it is asked for: for the set phrases that a line
/// may begin with. A letter that no phrase has is [`OTHER`].
#[derive(Clone)]
pub(super) struct Start<'a> {
    /// The first letter or digit.
    initial: u8,
    /// What stands behind it.
    rest: &'a str,
}

const OTHER: u8 = 0xff;

/// The first two letters of some phrases, small ones: for each first letter the second ones, as bits.
pub(super) struct Pairs([u32; 26]);

impl Pairs {
    /// Those of some lists of phrases, each of which begins with two letters.
    pub(super) const fn of(lists: &[&[&str]]) -> Self {
        let (mut pairs, mut list) = ([0; 26], 0);
        while list < lists.len() {
            let mut at = 0;
            while at < lists[list].len() {
                let phrase = lists[list][at].as_bytes();
                pairs[(phrase[0] - b'a') as usize] |= 1 << (phrase[1] - b'a');
                at += 1;
            }
            list += 1;
        }
        Self(pairs)
    }

    fn has(&self, first: u8, second: u8) -> bool {
        let seconds = self.0.get(usize::from(first.wrapping_sub(b'a')));
        seconds.is_some_and(|seconds| second.is_ascii_lowercase() && seconds >> (second - b'a') & 1 != 0)
    }
}

impl<'a> Start<'a> {
    /// The start of a text.
    pub(super) fn of(text: &'a str) -> Self {
        let mut start = Self { initial: 0, rest: text };
        start.initial = start.sign().map_or(0, |(sign, _)| sign);
        start
    }

    /// The next letter or digit, and whether there is a gap in front of it.
    fn sign(&mut self) -> Option<(u8, bool)> {
        let mut gap = false;
        loop {
            let byte = *self.rest.as_bytes().first()?;
            let (small, width) = match PLAIN.get(usize::from(byte)) {
                Some(small) => (*small, 1),
                None => {
                    let c = self.rest.chars().next()?;
                    let small = match c {
                        '’' | '‘' => 0,
                        '\u{2000}'..='\u{206f}' => GAP,
                        c if c.is_alphanumeric() => OTHER,
                        _ => GAP,
                    };
                    (small, c.len_utf8())
                }
            };
            self.rest = &self.rest[width..];
            match small {
                0 => {}
                GAP => gap = true,
                small => return Some((small, gap)),
            }
        }
    }

    /// Whether it may begin with one of some phrases, by their first letters.
    pub(super) fn may_begin(&self, pairs: &Pairs) -> bool {
        let second = self.clone().sign().filter(|(_, gap)| !gap);
        second.is_some_and(|(second, _)| pairs.has(self.initial, second))
    }

    /// The first letter or digit; none where there is none or no phrase has it.
    pub(super) fn initial(&self) -> Option<u8> {
        Some(self.initial).filter(u8::is_ascii_alphanumeric)
    }

    /// Whether the text begins with a phrase as [`plain`] would print it.
    pub(super) fn begins(&self, phrase: &str) -> bool {
        self.behind(phrase).is_some()
    }

    /// Whether it begins with the whole words of a phrase.
    pub(super) fn begins_with_words(&self, phrase: &str) -> bool {
        let next = |mut start: Self| start.sign().is_none_or(|(_, gap)| gap);
        self.behind(phrase).is_some_and(next)
    }

    /// What stands behind a phrase.
    fn behind(&self, phrase: &str) -> Option<Self> {
        let (first, letters) = phrase.as_bytes().split_first()?;
        // Most begin with another letter, which is seen at once.
        if *first != self.initial {
            return None;
        }
        let mut here = self.clone();
        let mut wanted = false;
        for letter in letters {
            if *letter == GAP {
                wanted = true;
            } else if here.sign() != Some((*letter, wanted)) {
                return None;
            } else {
                wanted = false;
            }
        }
        Some(here)
    }
}

/// Whether [`plain`] has surely more than `count` words: seen without making it.
pub(super) fn has_more_words(text: &str, count: usize) -> bool {
    const PART: usize = 64;
    let mut words = 0;
    let mut rest = text.as_bytes();
    while rest.len() > 1 && words <= count {
        let (part, behind) = (&rest[..PART.min(rest.len() - 1)], &rest[1..]);
        let begins = |(space, letter): (&u8, &u8)| u8::from(*space == b' ') & u8::from(letter.is_ascii_alphanumeric());
        words += usize::from(part.iter().zip(behind).map(begins).sum::<u8>());
        rest = &rest[part.len()..];
    }
    words > count
}

/// How many words a line has, separated by single spaces; one for an empty line.
pub(super) fn word_count(text: &str) -> usize {
    text.bytes().filter(|b| *b == b' ').count() + 1
}

/// An address made absolute; only http and https. One that is absolute already stays as it is written.
pub(crate) fn absolute(address: &str, base: Option<&str>) -> Option<String> {
    let address = address.trim();
    match web(address, None) {
        Some(url) => {
            let plain = address.contains("://") && address.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
            Some(if plain { address.to_owned() } else { url.into() })
        }
        None => web(address, Some(base?)).map(String::from),
    }
}

/// Where an address leads; only http and https.
pub(super) fn web(address: &str, base: Option<&str>) -> Option<url::Url> {
    let url = match (url::Url::parse(address), base) {
        (Ok(url), _) => url,
        (Err(_), Some(base)) if !address.is_empty() => url::Url::parse(base).ok()?.join(address).ok()?,
        _ => return None,
    };
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    is_web.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::{Start, fold_space, has_more_words, plain};

    #[test]
    fn the_start_of_a_line_is_that_of_its_plain_words() {
        for (line, phrase, begins, whole) in [
            ("Watch Now!", "watch", true, true),
            ("  … “Watch” it", "watch", true, true),
            ("Watching it", "watch", true, false),
            ("Don’t miss", "dont miss", true, true),
            ("check, out: it", "check out", true, true),
            ("checkout", "check out", false, false),
            ("check o ut", "check out", false, false),
            ("Watché it", "watch", true, false),
            ("", "watch", false, false),
            ("…", "watch", false, false),
        ] {
            let start = Start::of(line);
            assert_eq!(start.begins(phrase), begins, "{line}");
            assert_eq!(start.begins(phrase), plain(line).starts_with(phrase), "{line}");
            assert_eq!(start.begins_with_words(phrase), whole, "{line}");
        }
    }

    #[test]
    fn white_space_is_folded_wherever_it_stands() {
        for (text, folded) in [
            ("one two three four five", "one two three four five"),
            (" one  two three ", "one two three"),
            ("a b c d e f g h i j k l  m", "a b c d e f g h i j k l m"),
            ("sevenns eight\u{a0}nine\tten", "sevenns eight nine ten"),
            ("abcdefgh ijklmnop  qrstuvw", "abcdefgh ijklmnop qrstuvw"),
            ("delete\u{7f}d and more of it", "deleted and more of it"),
            (
                "“Night Ferry” 밤의 나룻배 and so on",
                "“Night Ferry” 밤의 나룻배 and so on",
            ),
        ] {
            for before in 0..9 {
                let start = "x".repeat(before);
                assert_eq!(
                    fold_space(&format!("{start}{text}")),
                    format!(
                        "{start}{}",
                        if before > 0 && text.starts_with(' ') {
                            format!(" {folded}")
                        } else {
                            folded.to_owned()
                        }
                    )
                );
            }
        }
    }

    #[test]
    fn words_are_counted_no_further_than_asked() {
        let line = "word ".repeat(40);
        assert!(has_more_words(&line, 30) && has_more_words(&line, 38));
        assert!(!has_more_words(&line, 39) && !has_more_words("", 0));
        assert!(!has_more_words(&" ".repeat(400), 0));
    }
}
