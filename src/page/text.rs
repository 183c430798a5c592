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
            // Most text is words of plain letters: they are taken whole.
            let run = rest.bytes().take_while(u8::is_ascii_graphic).count();
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

/// Letters and digits in lower case, everything else one space: for comparing lines.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut rest = text;
    while let Some(&byte) = rest.as_bytes().first() {
        // Runs of plain letters are taken whole, and made small in the end.
        let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let c = match run {
            0 if byte.is_ascii() => {
                gap |= byte != b'\'';
                rest = &rest[1..];
                continue;
            }
            0 => rest.chars().next().unwrap_or_default(),
            _ => char::from(byte),
        };
        // Quotation marks, dashes and their kin are no letters, and common.
        let letter = run > 0 || !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphanumeric();
        if letter {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
        }
        if run > 0 {
            out.push_str(&rest[..run]);
            rest = &rest[run..];
            continue;
        }
        if letter {
            out.extend(c.to_lowercase());
        } else if !matches!(c, '’' | '‘') {
            gap = true;
        }
        rest = &rest[c.len_utf8()..];
    }
    out.make_ascii_lowercase();
    out
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
