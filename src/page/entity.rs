//! Character references: `&amp;`, `&#8217;`, `&#x2019;`, and the ways they go wrong in the wild.
//!
//! Numbers from windows-1252 mean what browsers take them for. A name without its semicolon counts
//! only when it is one of those that HTML has always allowed so. What is no reference stays as it is.

use memchr::memchr;
use std::borrow::Cow;

/// The longest name in the table, `CounterClockwiseContourIntegral`.
const LONGEST_NAME: usize = 31;

/// Names that stand without a semicolon as well.
const BARE: [&str; 12] = [
    "amp", "lt", "gt", "quot", "nbsp", "copy", "reg", "hellip", "ldquo", "rdquo", "lsquo", "rsquo",
];

/// What 0x80 to 0x9f mean in windows-1252; zero where it has nothing.
const WINDOWS: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
    0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/// Decodes every reference once.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    each(text, |part| out.push_str(part));
    Cow::Owned(out)
}

/// Decodes every reference once, and hands out the text in parts.
pub(crate) fn each(text: &str, mut part: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        part(&rest[..at]);
        rest = &rest[at..];
        let length = match reference(rest) {
            Some((Meaning::Sign(sign), length)) => {
                part(sign.encode_utf8(&mut [0; 4]));
                length
            }
            Some((Meaning::Name(decoded), length)) => {
                part(decoded);
                length
            }
            None => {
                part("&");
                1
            }
        };
        rest = &rest[length..];
    }
    part(rest);
}

/// What a reference stands for.
enum Meaning {
    /// What a number means.
    Sign(char),
    /// What a name means: one sign or two.
    Name(&'static str),
}

/// Whether a text still holds something that reads as a reference with its semicolon.
pub(crate) fn holds_reference(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text[at..];
        reference(rest).is_some_and(|(_, length)| rest[..length].ends_with(';'))
    })
}

/// The reference at the start of a text: what it stands for, and its length in bytes.
fn reference(text: &str) -> Option<(Meaning, usize)> {
    let inner = text.strip_prefix('&')?;
    if let Some(number) = inner.strip_prefix('#') {
        return numeric(number).map(|(c, length)| (Meaning::Sign(c), length + 2));
    }
    let length = inner
        .bytes()
        .take(LONGEST_NAME + 1)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let name = &inner[..length];
    if inner.as_bytes().get(length) == Some(&b';') {
        return named(name).map(|text| (Meaning::Name(text), length + 2));
    }
    let name = BARE
        .iter()
        .find(|bare| name.eq_ignore_ascii_case(bare) || (**bare == "nbsp" && name.starts_with(**bare)))?;
    // `&copy=1` in an address is a parameter, no sign.
    if matches!(inner.as_bytes().get(name.len()), Some(b'=')) {
        return None;
    }
    named(name).map(|text| (Meaning::Name(text), name.len() + 1))
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, skip) = match text.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits
        .bytes()
        .take(9)
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    let code = u32::from_str_radix(&digits[..length], radix).ok()?;
    let end = skip + length + usize::from(digits.as_bytes().get(length) == Some(&b';'));
    let code = match code {
        0x80..=0x9f => match WINDOWS[(code - 0x80) as usize] {
            0 => return None,
            mapped => u32::from(mapped),
        },
        0 => 0xfffd,
        code => code,
    };
    Some((char::from_u32(code).unwrap_or('\u{fffd}'), end))
}

fn named(name: &str) -> Option<&'static str> {
    let table = &html_escape::NAMED_ENTITIES;
    let found = |name: &[u8]| {
        table
            .binary_search_by(|(key, _)| (*key).cmp(name))
            .ok()
            .map(|index| table[index].1)
    };
    // Shouting (`&NBSP;`) and unknown capitals happen; names whose capitals matter are found first.
    found(name.as_bytes()).or_else(|| found(name.to_ascii_lowercase().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_as_the_search_needs_it() {
        assert!(
            html_escape::NAMED_ENTITIES
                .windows(2)
                .all(|pair| pair[0].0 <= pair[1].0)
        );
    }

    #[test]
    fn references_of_every_form() {
        for (given, expected) in [
            ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"),
            ("&#8217;&#x2019;&#X2019;", "’’’"),
            ("&#146;&#147;", "’“"),
            ("&eacute;&Eacute;", "éÉ"),
            ("R&B and Q&A &c. AT&T; &unknown;", "R&B and Q&A &c. AT&T; &unknown;"),
            ("?a=1&copy=2", "?a=1&copy=2"),
            ("a&nbsp b", "a\u{a0} b"),
            ("&#0;&#xd800;&#99999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&", "&"),
            ("&#;", "&#;"),
            ("&amp;#8217;", "&#8217;"),
        ] {
            assert_eq!(decode(given), expected, "{given}");
        }
    }
}
