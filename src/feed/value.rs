//! The text of an element → plain text or HTML.

use crate::page::{self, entity, text::fold_space};

/// The most bytes of one field.
pub(super) const FIELD: usize = 1024 * 1024;
/// The most bytes of a title, a name or a tag.
const LINE: usize = 4096;

/// How an element's text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Nothing is said (RSS): HTML when it looks like it.
    Unsaid,
    /// Text: a `<` is a `<`.
    Text,
    /// HTML or XHTML.
    Markup,
}

impl Type {
    /// The meaning of Atom's `type`, and of the media types that older feeds write there.
    pub(super) fn of(kind: Option<&str>, atom: bool) -> Self {
        match kind.map(str::trim) {
            Some(kind) if kind.eq_ignore_ascii_case("text") || kind.eq_ignore_ascii_case("text/plain") => Self::Text,
            Some(kind) if kind.contains("html") || kind.contains("xml") => Self::Markup,
            _ if atom => Self::Text,
            _ => Self::Unsaid,
        }
    }
}

/// A title, a name, a tag: plain text in one line. References that were escaped twice are decoded.
pub(super) fn line(value: &str, kind: Type) -> Option<String> {
    let value = cut(value, LINE);
    let mut text = match kind {
        Type::Markup => page::text_of(value),
        Type::Unsaid if has_markup(value) => page::text_of(value),
        _ => fold_space(value),
    };
    for _ in 0..2 {
        if !entity::holds_reference(&text) {
            break;
        }
        text = fold_space(&entity::decode(&text));
    }
    (!text.is_empty()).then_some(text)
}

/// A summary or a content: HTML.
pub(super) fn markup(value: &str, kind: Type) -> Option<String> {
    let value = cut(value, FIELD).trim();
    if value.is_empty() {
        return None;
    }
    // Feeds that put HTML where they promise text are many; text with tags in it is rare.
    if kind == Type::Text && !has_markup(value) {
        return Some(escape(value));
    }
    Some(value.to_owned())
}

/// Whether a text holds tags that HTML knows.
fn has_markup(text: &str) -> bool {
    const TAGS: [&str; 30] = [
        "p",
        "br",
        "b",
        "i",
        "a",
        "em",
        "strong",
        "span",
        "div",
        "img",
        "u",
        "s",
        "sub",
        "sup",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "font",
        "code",
        "pre",
        "blockquote",
        "table",
        "iframe",
        "small",
        "del",
        "tt",
    ];
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let length = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let after = rest.as_bytes().get(length);
        matches!(after, Some(b'>' | b' ' | b'/' | b'\n' | b'\t'))
            && TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(&rest[..length]))
    })
}

fn escape(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Cuts a text to a number of bytes.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Base64, as Atom 0.3 allows it for content. None when it is none.
pub(super) fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap_or(0));
        }
    }
    String::from_utf8(bytes).ok()
}
