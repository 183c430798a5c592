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
        self.push(&entity::decode(text));
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str) {
        if self.text.is_empty() {
            self.text.reserve(text.len());
        }
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
    while let Some(&byte) = bytes.get(at) {
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

/// The start of what [`plain`] gives, and whether that is all of it: enough for the first words.
pub(super) fn plain_head(text: &str) -> (String, bool) {
    const HEAD: usize = 64;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (plain(&text[..end]), end == text.len())
}

/// Whether [`plain`] has surely more than `count` words: seen without making it.
pub(super) fn has_more_words(text: &str, count: usize) -> bool {
    let begins = |pair: &&[u8]| pair[0] == b' ' && pair[1].is_ascii_alphanumeric();
    text.as_bytes().windows(2).filter(begins).count() > count
}

/// How many words a line has, separated by single spaces; one for an empty line.
pub(super) fn word_count(text: &str) -> usize {
    text.bytes().filter(|b| *b == b' ').count() + 1
}

/// An address made absolute; only http and https. One that is absolute already stays as it is written.
pub(crate) fn absolute(address: &str, base: Option<&str>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    let is_web = |url: &url::Url| matches!(url.scheme(), "http" | "https") && url.host().is_some();
    match url::Url::parse(address) {
        Ok(parsed) if is_web(&parsed) => {
            let plain = address.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && address.contains("://");
            Some(if plain { address.to_owned() } else { parsed.to_string() })
        }
        Ok(_) => None,
        Err(_) => url::Url::parse(base?)
            .ok()?
            .join(address)
            .ok()
            .filter(is_web)
            .map(|joined| joined.to_string()),
    }
}
