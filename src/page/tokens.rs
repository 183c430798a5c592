//! HTML cut into tags and text in one pass, without a tree.
//!
//! Follows the tokenizer of the HTML standard where it matters for articles: comments, raw text
//! (scripts, styles), quoted attributes. Never looks at a byte more than a fixed number of times, so
//! that hostile nesting costs no more than prose. What the tags mean is `walk`'s business.

use super::entity;
use memchr::memchr;
use std::borrow::Cow;

/// The most attributes of one tag that are looked at.
const ATTRIBUTES: usize = 256;

/// Elements whose content is text up to their end tag.
pub(super) const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp",
];

/// One piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text between tags, entities not decoded.
    Text(&'a str),
    /// A start tag: name as written, the text of its attributes, and the raw text that it holds.
    Open {
        name: &'a str,
        attributes: &'a str,
        raw: &'a str,
    },
    /// An end tag: name as written.
    Close(&'a str),
}

/// The tokens of a text.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The bytes of a tag at the end of the text that is never closed.
    unfinished: usize,
    /// Raw elements that have no end tag any more: not searched for again, or many of them would make
    /// the pass quadratic.
    unclosed: [bool; RAW.len()],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self {
            html,
            at: 0,
            unfinished: 0,
            unclosed: [false; RAW.len()],
        }
    }

    /// The byte offset of the next token.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// How long the tag is that the text ends in, if it does: it is no token.
    pub(super) fn unfinished(&self) -> usize {
        self.unfinished
    }

    /// Goes back to an offset that `at` gave.
    pub(super) fn rewind(&mut self, at: usize) {
        self.at = at;
    }

    fn rest(&self) -> &'a str {
        &self.html[self.at..]
    }

    /// Skips a comment, declaration or processing instruction whose `<` is at `self.at`.
    fn skip_declaration(&mut self) {
        let rest = self.rest();
        let length = if rest.starts_with("<!--") {
            // `<!-->` and `<!--->` are complete comments.
            rest[2..].find("-->").map(|end| end + 5)
        } else {
            rest.find('>').map(|end| end + 1)
        };
        self.at += length.unwrap_or(rest.len());
    }

    /// The tag whose name starts `skip` bytes after `self.at`; moves behind it.
    fn tag(&mut self, skip: usize) -> Option<(&'a str, &'a str)> {
        let inner = &self.rest()[skip..];
        let end = tag_end(inner)?;
        self.at += skip + end + 1;
        let inner = &inner[..end];
        let split = inner
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(inner.len());
        Some((&inner[..split], &inner[split..]))
    }

    fn open(&mut self) -> Option<Token<'a>> {
        let Some((name, attributes)) = self.tag(1) else {
            self.give_up();
            return None;
        };
        let raw = if attributes.ends_with('/') {
            ""
        } else {
            self.raw_text(name)
        };
        Some(Token::Open { name, attributes, raw })
    }

    /// A tag begins that has no end.
    fn give_up(&mut self) {
        self.unfinished = self.html.len() - self.at;
        self.at = self.html.len();
    }

    fn raw_text(&mut self, name: &str) -> &'a str {
        let Some(index) = RAW.iter().position(|raw| raw.eq_ignore_ascii_case(name)) else {
            return "";
        };
        if self.unclosed[index] {
            return "";
        }
        let rest = self.rest();
        match find_end_tag(rest, RAW[index]) {
            Some(end) => {
                self.at += end;
                &rest[..end]
            }
            None => {
                self.unclosed[index] = true;
                ""
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.at < self.html.len() {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            if bytes[0] == b'<' {
                match bytes.get(1) {
                    Some(b) if b.is_ascii_alphabetic() => return self.open(),
                    Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                        let Some((name, _)) = self.tag(2) else {
                            self.give_up();
                            return None;
                        };
                        return Some(Token::Close(name));
                    }
                    Some(b'!' | b'?' | b'/') => {
                        self.skip_declaration();
                        continue;
                    }
                    _ => {}
                }
            }
            // A `<` that opens nothing is text.
            let end = memchr(b'<', &bytes[1..]).map_or(rest.len(), |end| end + 1);
            self.at += end;
            return Some(Token::Text(&rest[..end]));
        }
        None
    }
}

/// Where a tag's `>` is. Quotes hide it only around the value of an attribute that has a name: the
/// guard relies on seeing the same tags as the tree builder.
fn tag_end(inner: &str) -> Option<usize> {
    #[derive(PartialEq)]
    enum At {
        Gap,
        Name,
        AfterName,
        BeforeValue,
        Value,
    }
    let bytes = inner.as_bytes();
    // The name of the tag itself takes no value.
    let mut at = bytes
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))?;
    let mut state = At::Gap;
    while at < bytes.len() {
        state = match (bytes[at], state) {
            (b'>', _) => return Some(at),
            (quote @ (b'"' | b'\''), At::BeforeValue) => {
                at += 1 + bytes[at + 1..].iter().position(|&b| b == quote)?;
                At::Gap
            }
            (b'=', At::Name | At::AfterName) => At::BeforeValue,
            (b, At::BeforeValue) if b.is_ascii_whitespace() => At::BeforeValue,
            (b, At::Name | At::AfterName) if b.is_ascii_whitespace() => At::AfterName,
            (b, _) if b.is_ascii_whitespace() => At::Gap,
            (b'/', At::Gap | At::Name | At::AfterName) => At::Gap,
            (_, At::BeforeValue | At::Value) => At::Value,
            _ => At::Name,
        };
        at += 1;
    }
    None
}

/// Where `</name` is, in any case of letters.
fn find_end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = text[from..].find("</") {
        let at = from + found;
        let end = at + 2 + name.len();
        let same = bytes
            .get(at + 2..end)
            .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
        if same && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// The attributes of a tag, names as written, values decoded.
pub(crate) fn attributes(text: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // A name may start with `=`: the standard says so, and it keeps us from standing still.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let end = rest[first..].find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/');
        let (name, after) = rest.split_at(end.map_or(rest.len(), |end| first + end));
        let after_name = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = after_name.strip_prefix('=') else {
            rest = after;
            return Some((name, Cow::Borrowed("")));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, entity::decode(value)))
    })
    .take(ATTRIBUTES)
}

/// The value of one attribute.
pub(crate) fn attribute<'a>(text: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    attributes(text)
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(html: &str) -> Vec<Token<'_>> {
        Tokens::new(html).collect()
    }

    #[test]
    fn a_greater_sign_in_quotes_does_not_end_a_tag() {
        let found = tokens(r#"<a title="1 > 0" href=/x>y</a>"#);
        assert_eq!(found[1..], [Token::Text("y"), Token::Close("a")]);
    }

    #[test]
    fn scripts_are_raw_and_comments_are_nothing() {
        let found = tokens("<script>if (a < b) '<p>'</SCRIPT><!-- <p> -->x < y");
        assert_eq!(
            found[0],
            Token::Open {
                name: "script",
                attributes: "",
                raw: "if (a < b) '<p>'"
            }
        );
        let text: String = found
            .iter()
            .filter_map(|t| if let Token::Text(t) = t { Some(*t) } else { None })
            .collect();
        assert_eq!(text, "x < y");
    }

    #[test]
    fn attributes_come_in_every_notation() {
        let found: Vec<_> = attributes(" a=1 b = '2' c=\"3 &amp; 4\" d /e=5/").collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(n, v)| (*n, v.as_ref())).collect();
        assert_eq!(found, [("a", "1"), ("b", "2"), ("c", "3 & 4"), ("d", ""), ("e", "5/")]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_ends(html in "[<>/a-c !='\"\\-é]{0,80}") {
            for token in Tokens::new(&html) {
                if let Token::Open { attributes: text, .. } = token {
                    let _ = attributes(text).count();
                }
            }
        }
    }
}
