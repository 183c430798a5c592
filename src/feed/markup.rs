//! Markup within a feed made to stand alone: inline XHTML without its frame and prefixes, addresses absolute.

use super::names::Names;
use super::xml::{Event, Events};
use crate::page::{entity, tokens::attribute};
use std::borrow::Cow;
use url::Url;

/// By how many bytes the addresses of a text may make it longer: a base is long, and what is written may be one letter.
const GROWTH: usize = 256 * 1024;

/// Inline markup as HTML.
pub(super) struct Inline<'a> {
    pub html: Cow<'a, str>,
    /// The `xml:base` of the frame that was taken off.
    pub base: Option<String>,
}

/// Makes HTML of inline markup. RFC 4287, 3.1.1.3: of XHTML the one `div` around it is no part. `framed` says that
/// such a frame is to be taken off.
pub(super) fn inline<'a>(source: &'a str, framed: bool, names: &Names) -> Inline<'a> {
    let html = unprefixed(source.trim(), names);
    let Some((start, end, base)) = frame(&html).filter(|_| framed) else {
        return Inline { html, base: None };
    };
    let html = match html {
        Cow::Borrowed(html) => Cow::Borrowed(html[start..end].trim()),
        Cow::Owned(html) => Cow::Owned(html[start..end].trim().to_owned()),
    };
    Inline { html, base }
}

/// Where the inside of the one `div` around everything is, and its `xml:base`.
fn frame(html: &str) -> Option<(usize, usize, Option<String>)> {
    let is_div = |name: &str| name.eq_ignore_ascii_case("div");
    let mut events = Events::new(html);
    let (start, base) = match events.next()? {
        Event::Start {
            name,
            attributes,
            empty: false,
        } if is_div(name) && html.starts_with('<') => {
            (events.at(), attribute(attributes, "xml:base").map(Cow::into_owned))
        }
        _ => return None,
    };
    let mut depth = 1_usize;
    loop {
        let at = events.at();
        match events.next()? {
            Event::Start { name, empty: false, .. } if is_div(name) => depth += 1,
            Event::End(name) if is_div(name) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (events.at() == html.len()).then_some((start, at, base));
        }
    }
}

/// Without the prefix of XHTML at its tags.
fn unprefixed<'a>(source: &'a str, names: &Names) -> Cow<'a, str> {
    let mut out = String::new();
    let mut kept = 0;
    for (at, _) in source.match_indices('<') {
        let from = at + 1 + usize::from(source[at + 1..].starts_with('/'));
        let rest = &source[from..];
        let length = rest.bytes().take(64).take_while(u8::is_ascii_alphanumeric).count();
        if length > 0 && rest.as_bytes().get(length) == Some(&b':') && names.is_xhtml(&rest[..length]) {
            out.push_str(&source[kept..from]);
            kept = from + length + 1;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(source);
    }
    out.push_str(&source[kept..]);
    Cow::Owned(out)
}

/// The text of the first element of a name within a piece of markup.
pub(super) fn inner(source: &str, wanted: &str, names: &Names) -> String {
    let (mut is_open, mut text) = (false, String::new());
    for event in Events::new(source) {
        match event {
            Event::Start { name, .. } => is_open = names.canonical(name) == wanted,
            Event::End(_) if is_open => break,
            Event::Text(part) if is_open => text.push_str(&part),
            _ => {}
        }
    }
    text
}

/// HTML whose addresses are made absolute. What is absolute, or cannot be made so, stays as it is written; so does what
/// follows when all of them together would make the text much longer.
pub(super) fn absolute(html: String, base: &Url) -> String {
    let mut out = String::new();
    let mut kept = 0;
    let mut room = GROWTH;
    let mut at = 0;
    'tags: while let Some(open) = html[at..].find('<').map(|open| at + open) {
        at = open + 1;
        if !html.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let end = tag_end(&html, at);
        for (from, to) in addresses(&html[at..end]) {
            let (from, to) = (at + from, at + to);
            if let Some(whole) = joined(&html[from..to], base) {
                let Some(left) = room.checked_sub(whole.len().saturating_sub(to - from)) else {
                    break 'tags;
                };
                room = left;
                out.push_str(&html[kept..from]);
                out.push_str(&whole);
                kept = to;
            }
        }
        at = end;
    }
    if kept == 0 {
        return html;
    }
    out.push_str(&html[kept..]);
    out
}

/// Where the tag that is open at `at` ends; quotes hide its `>`.
fn tag_end(html: &str, at: usize) -> usize {
    let bytes = html.as_bytes();
    let mut place = at;
    while let Some(&byte) = bytes.get(place) {
        match byte {
            b'>' => return place,
            quote @ (b'"' | b'\'') if bytes[place - 1] == b'=' => match html[place + 1..].find(char::from(quote)) {
                Some(end) => place += 1 + end,
                None => return bytes.len(),
            },
            _ => {}
        }
        place += 1;
    }
    bytes.len()
}

/// Where the values of the attributes that hold an address are within a tag.
fn addresses(tag: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    // Most tags have no attribute at all.
    if !tag.contains('=') {
        return found;
    }
    let name = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let bytes = tag.as_bytes();
    let mut at = name;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
            at += 1;
            continue;
        }
        let from = at;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && bytes[at] != b'=' {
            at += 1;
        }
        let attribute = &bytes[from..at];
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        at += 1;
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let (start, end, next) = value(bytes, at);
        if is_address(attribute, &tag[..name]) {
            found.push((start, end));
        }
        at = next;
    }
    found
}

/// A value at `at`: where it starts and ends, and where the next attribute may start.
fn value(bytes: &[u8], at: usize) -> (usize, usize, usize) {
    let until = |from: usize, ends: &dyn Fn(u8) -> bool| {
        bytes[from..]
            .iter()
            .position(|&byte| ends(byte))
            .map_or(bytes.len(), |end| from + end)
    };
    match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => {
            let end = until(at + 1, &|byte| byte == quote);
            (at + 1, end, (end + 1).min(bytes.len()))
        }
        _ => {
            let end = until(at.min(bytes.len()), &|byte| byte.is_ascii_whitespace());
            (at.min(bytes.len()), end, end)
        }
    }
}

/// HTML's attributes whose value is an address.
fn is_address(attribute: &[u8], tag: &str) -> bool {
    const ALWAYS: [&[u8]; 8] = [
        b"href",
        b"src",
        b"cite",
        b"action",
        b"poster",
        b"background",
        b"longdesc",
        b"codebase",
    ];
    ALWAYS.iter().any(|known| known.eq_ignore_ascii_case(attribute))
        || (attribute.eq_ignore_ascii_case(b"data") && tag.eq_ignore_ascii_case("object"))
}

/// An address made absolute, as it stands in an attribute; none when it is to stay as it is.
fn joined(written: &str, base: &Url) -> Option<String> {
    let address = written.trim();
    let scheme = address.split(['/', '?', '#', '&']).next().unwrap_or("");
    // A colon before the first slash is a scheme's: absolute already.
    if address.is_empty() || address.len() > 4096 || scheme.contains(':') {
        return None;
    }
    let whole = base.join(&entity::decode(address)).ok()?;
    Some(whole.as_str().replace('&', "&amp;").replace('\'', "&#39;"))
}
