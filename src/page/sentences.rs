//! Just enough of sentences and headlines for the house filter; reading them is `reading`'s business.

use memchr::{memrchr, memrchr3};

/// Where the last sentence starts: after a full stop, its closing marks and a space. Looks at no more
/// than the last 300 bytes: calls are short.
pub(super) fn last_sentence(text: &str) -> usize {
    let mut floor = text.len().saturating_sub(300);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let tail = &text.as_bytes()[floor..];
    // From the end to the front: a sign that ends a sentence, closing marks, a space. The last bytes of `…`, `”` and
    // `’` belong to other characters as well: `ends` looks at the whole.
    let closing = |byte: &u8| matches!(byte, 0x9d | 0x99 | 0xe2 | 0x80 | b'"' | b'\'' | b')' | b']');
    let mut end = tail.len();
    while let Some(sign) = last_sign(&tail[..end]) {
        let space = tail[sign + 1..].iter().position(|byte| !closing(byte));
        if let Some(space) = space.map(|at| sign + 1 + at).filter(|at| tail[*at] == b' ')
            && ends(&text[floor..floor + space])
        {
            return floor + space + 1;
        }
        end = sign;
    }
    0
}

/// Where the last byte of a sign stands that may end a sentence: that of `…` is part of other characters as well.
fn last_sign(text: &[u8]) -> Option<usize> {
    const DOTS: u8 = 0xa6;
    let sign = memrchr3(b'.', b'!', b'?', text);
    let behind = sign.map_or(0, |sign| sign + 1);
    memrchr(DOTS, &text[behind..]).map(|dots| behind + dots).or(sign)
}

/// Whether a text ends as a sentence does: with its sign, and closing marks behind it.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '"', '\'', ')', ']'])
        .ends_with(['.', '!', '?', '…'])
}

/// Whether no quotation is open at the end of a text.
pub(super) fn balanced(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('“') <= count('”') && count('"') % 2 == 0
}

/// What stands in quotation marks.
pub(super) fn titles(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (at, open) = rest.char_indices().find(|(_, c)| matches!(c, '“' | '"'))?;
        let inner = &rest[at + open.len_utf8()..];
        let close = if open == '“' { '”' } else { '"' };
        let end = inner.find(close)?;
        rest = &inner[end + close.len_utf8()..];
        Some(inner[..end].trim_end_matches([',', '.']))
    })
    .filter(|title| !title.trim().is_empty())
}

/// Ends as a sentence does, and is long enough to be one.
pub(super) fn is_sentence(text: &str) -> bool {
    ends(text) && super::text::word_count(text) >= 10
}

/// A headline rather than a sentence: no full stop, most words capitalised or the line short.
pub(super) fn is_headline_like(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    if text.ends_with(['.', ':']) || words.len() > 30 {
        return false;
    }
    let capital = |word: &&&str| {
        word.chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| !c.is_lowercase())
    };
    let capitals = words.iter().filter(capital).count();
    capitals * 10 >= words.len() * 6
}
