//! Feeds' markup cut into events, however broken it is.
//!
//! Not a validating parser: bare `&`, HTML entities, windows-1252 numbers, undeclared prefixes, end
//! tags that match nothing, an open CDATA, text before the first `<`: all of it is read as meant. A
//! DOCTYPE is skipped; of its entities only those are known that are a short text without references
//! of their own, and all of them together make a feed longer by a little only. One pass, nothing nests,
//! so no input can make it recurse.

use crate::page::entity;
use std::borrow::Cow;

/// The most entities that a feed may declare, and the most bytes of one.
const DECLARED: (usize, usize) = (64, 256);
/// By how many bytes the entities of its own may make a feed longer.
const EXPANSION: usize = 64 * 1024;

/// One piece of a feed's markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// A start tag: name and attributes as written; `empty` when it ends itself.
    Start {
        name: &'a str,
        attributes: &'a str,
        empty: bool,
    },
    /// An end tag: name as written.
    End(&'a str),
    /// Text, references decoded once.
    Text(Cow<'a, str>),
}

/// The events of a feed.
pub(super) struct Events<'a> {
    xml: &'a str,
    at: usize,
    /// Whether a section without its end was met.
    pub unclosed: bool,
    /// Whether no CDATA section ends any more: not searched for again, or many of them would make the pass quadratic.
    is_endless: bool,
    /// Whether the DOCTYPE was met: a document has one.
    has_doctype: bool,
    /// The entities that the feed declares: name, text.
    declared: Vec<(&'a str, String)>,
    /// How many bytes they may still bring.
    expansion: usize,
}

impl<'a> Events<'a> {
    pub(super) fn new(xml: &'a str) -> Self {
        Self {
            xml,
            at: xml.find('<').unwrap_or(xml.len()),
            unclosed: false,
            is_endless: false,
            has_doctype: false,
            declared: Vec::new(),
            expansion: EXPANSION,
        }
    }

    /// The byte offset of the next event.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn skip_to(&mut self, mark: &str) {
        match self.xml[self.at..].find(mark) {
            Some(end) => self.at += end + mark.len(),
            None => {
                self.unclosed = true;
                self.at = self.xml.len();
            }
        }
    }

    /// A DOCTYPE ends at its `>`, behind what stands in brackets.
    fn skip_doctype(&mut self) {
        let rest = &self.xml[self.at..];
        let close = rest.find('>').unwrap_or(rest.len());
        if !self.has_doctype && rest[..close].contains('[') {
            self.has_doctype = true;
            let Some(end) = rest.find("]>").map(|end| end + 2).or_else(|| spaced_end(rest)) else {
                return self.skip_to(">");
            };
            self.declared = declared(&rest[..end]);
            self.at += end;
        } else {
            self.skip_to(">");
        }
    }

    /// Decodes references, the feed's own among them.
    fn decode(&mut self, text: &'a str) -> Cow<'a, str> {
        if self.declared.is_empty() || !text.contains('&') {
            return entity::decode(text);
        }
        let mut out = text.to_owned();
        for (name, value) in &self.declared {
            let reference = format!("&{name};");
            let times = out.matches(&reference).count();
            let more = times.saturating_mul(value.len());
            if times > 0 && more <= self.expansion {
                self.expansion -= more;
                out = out.replace(&reference, value);
            }
        }
        Cow::Owned(entity::decode(&out).into_owned())
    }

    /// The text of a CDATA section; one that never ends closes before the end tag of its item.
    fn cdata(&mut self) -> Event<'a> {
        let from = self.at + "<![CDATA[".len();
        let rest = &self.xml[from..];
        let (length, mark) = match (!self.is_endless).then(|| rest.find("]]>")).flatten() {
            Some(end) => (end, "]]>".len()),
            None => {
                (self.unclosed, self.is_endless) = (true, true);
                (end_of_item(rest).unwrap_or(rest.len()), 0)
            }
        };
        self.at = from + length + mark;
        Event::Text(Cow::Borrowed(&rest[..length]))
    }

    /// The inside of the tag whose name starts `skip` bytes on; moves behind the tag.
    fn tag(&mut self, skip: usize) -> Option<&'a str> {
        let inner = &self.xml[self.at + skip..];
        let Some(end) = tag_end(inner) else {
            self.unclosed = true;
            self.at = self.xml.len();
            return None;
        };
        self.at += skip + end + 1;
        Some(&inner[..end])
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        while self.at < self.xml.len() {
            let rest = &self.xml[self.at..];
            let second = rest.as_bytes().get(1).copied().unwrap_or(0);
            if !rest.starts_with('<') || !(second.is_ascii_alphabetic() || matches!(second, b'/' | b'!' | b'?' | b'_'))
            {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let end = rest[first..].find('<').map_or(rest.len(), |end| end + first);
                self.at += end;
                return Some(Event::Text(self.decode(&rest[..end])));
            }
            match second {
                b'?' => self.skip_to(">"),
                b'!' if rest.starts_with("<!--") => self.skip_to("-->"),
                b'!' if rest.starts_with("<![CDATA[") => return Some(self.cdata()),
                b'!' if rest
                    .get(..9)
                    .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) =>
                {
                    self.skip_doctype()
                }
                b'!' => self.skip_to(">"),
                b'/' => {
                    let name = self.tag(2)?.trim();
                    return Some(Event::End(name.split_ascii_whitespace().next().unwrap_or("")));
                }
                _ => {
                    let inner = self.tag(1)?;
                    let (inner, empty) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
                    let split = inner
                        .find(|c: char| c.is_ascii_whitespace() || c == '/')
                        .unwrap_or(inner.len());
                    return Some(Event::Start {
                        name: &inner[..split],
                        attributes: &inner[split..],
                        empty,
                    });
                }
            }
        }
        None
    }
}

/// The entities of a DOCTYPE that are a text: `<!ENTITY club "The Club">`.
fn declared(doctype: &str) -> Vec<(&str, String)> {
    let declarations = doctype.split("<!ENTITY").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let name = rest.split_ascii_whitespace().next()?;
        let after = rest[name.len()..].trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = after[1..].split(quote).next()?;
        let plain = entity::decode(value);
        let fits = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && value.len() <= DECLARED.1
            && !plain.contains(['&', '<']);
        fits.then(|| (name, plain.into_owned()))
    });
    declarations.take(DECLARED.0).collect()
}

/// Where the next end tag is that closes an entry, or all of them.
fn end_of_item(text: &str) -> Option<usize> {
    const TAGS: [&str; 4] = ["</item>", "</entry>", "</channel>", "</rss>"];
    let mut ends = text.match_indices("</").map(|(at, _)| at);
    ends.find(|at| TAGS.iter().any(|tag| text[*at..].starts_with(tag)))
}

/// The end of a DOCTYPE whose `]` and `>` stand apart.
fn spaced_end(rest: &str) -> Option<usize> {
    let close = rest.find(']')?;
    rest[close..].find('>').map(|end| close + end + 1)
}

/// Where a tag's `>` is; quotes hide it. A quote that never closes hides nothing.
fn tag_end(inner: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') if at > 0 && matches!(bytes[at - 1], b'=' | b' ' | b'\t' | b'\n' | b'\r') => {
                match bytes[at + 1..].iter().position(|&b| b == quote) {
                    Some(end) => at += 1 + end,
                    None => return inner.find('>'),
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}
