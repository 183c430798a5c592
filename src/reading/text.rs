//! The text that is read: body, paragraphs, words.
//!
//! One pass cuts the body into tokens of eight bytes; every later step works on token numbers and
//! goes back to bytes only to cut quotes and names.

use super::furniture;
use super::lexicon::{self, Class};
use crate::model::{Article, ParagraphKind};

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word in lower case.
    Lower,
    /// A word with a capital first.
    Capital,
    /// A word in capitals.
    Upper,
    /// Digits first.
    Number,
    /// The `’s` of a possessive or of “is”.
    Clitic,
    /// A quotation mark.
    Mark,
    /// Anything else.
    Punct,
}

/// A word, a mark or a sign. Longer ones than [`LONGEST`] bytes are cut in pieces.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the body.
    pub start: u32,
    class: u16,
    length: u8,
    /// Its look.
    pub shape: Shape,
}

/// With a sign or two behind it, still a length of one byte.
const LONGEST: usize = 240;

impl Token {
    /// One past the last byte in the body.
    #[must_use]
    pub fn end(self) -> u32 {
        self.start + u32::from(self.length)
    }

    /// Whether it begins like a name.
    #[must_use]
    pub fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    /// Whether it is a word or a number.
    #[must_use]
    pub fn is_word(self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Capital | Shape::Upper | Shape::Number)
    }
}

/// A paragraph of the body.
#[derive(Clone, Copy, Debug)]
pub struct Para {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it was in the page.
    pub kind: ParagraphKind,
}

/// The text that is read.
pub struct Text {
    /// Paragraphs separated by a blank line.
    pub body: String,
    /// The paragraphs.
    pub paras: Vec<Para>,
    /// The tokens of all paragraphs.
    pub tokens: Vec<Token>,
    sets: &'static [Class],
}

impl Text {
    /// The article without its furniture, cut into tokens.
    #[must_use]
    pub fn new(article: &Article) -> Self {
        let keep = furniture::keep(&article.paragraphs);
        let size = article.paragraphs.iter().map(|p| p.text.len() + 2).sum();
        let mut text = Self::empty(size);
        for (paragraph, keep) in article.paragraphs.iter().zip(keep) {
            // Offsets are 32 bits wide; pages are capped far below that.
            if keep && text.body.len() + paragraph.text.len() < u32::MAX as usize / 2 {
                text.push(&paragraph.text, paragraph.kind);
            }
        }
        text
    }

    /// One line, such as a headline; what is longer than any headline is not looked at.
    #[must_use]
    pub fn line(line: &str) -> Self {
        const LONGEST: usize = 1_000;
        let mut end = line.len().min(LONGEST);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        let mut text = Self::empty(end);
        text.push(&line[..end], ParagraphKind::Heading);
        text
    }

    fn empty(size: usize) -> Self {
        Self {
            body: String::with_capacity(size),
            paras: Vec::new(),
            // English prose has a token for 4.6 bytes.
            tokens: Vec::with_capacity(size / 4),
            sets: lexicon::sets(),
        }
    }

    fn push(&mut self, paragraph: &str, kind: ParagraphKind) {
        if !self.body.is_empty() {
            self.body.push_str("\n\n");
        }
        let (start, first) = (self.body.len(), self.tokens.len());
        self.body.push_str(paragraph);
        tokenize(&self.body, start, &mut self.tokens);
        let para = Para {
            first,
            last: self.tokens.len(),
            start,
            end: self.body.len(),
            kind,
        };
        self.paras.push(para);
    }

    /// The classes of a token; none past the end.
    #[must_use]
    pub fn class(&self, token: usize) -> Class {
        self.tokens
            .get(token)
            .map_or(Class::NONE, |t| self.sets[usize::from(t.class)])
    }

    /// The words of a token.
    #[must_use]
    pub fn word(&self, token: usize) -> &str {
        self.tokens
            .get(token)
            .map_or("", |t| &self.body[t.start as usize..t.end() as usize])
    }

    /// The text from one token to before another.
    #[must_use]
    pub fn slice(&self, first: usize, last: usize) -> &str {
        if first >= last || last > self.tokens.len() {
            return "";
        }
        &self.body[self.tokens[first].start as usize..self.tokens[last - 1].end() as usize]
    }

    /// Whether a token reads as `word`, in any case.
    #[must_use]
    pub fn is(&self, token: usize, word: &str) -> bool {
        self.tokens.get(token).map_or(word.is_empty(), |t| {
            usize::from(t.length) == word.len()
                && self.body.as_bytes()[t.start as usize..t.end() as usize].eq_ignore_ascii_case(word.as_bytes())
        })
    }

    /// The look of a token; a sign past the end.
    #[must_use]
    pub fn shape(&self, token: usize) -> Shape {
        self.tokens.get(token).map_or(Shape::Punct, |t| t.shape)
    }

    /// The character before a token, a space at the start of the body.
    #[must_use]
    pub fn before(&self, token: usize) -> char {
        let at = self.tokens.get(token).map_or(self.body.len(), |t| t.start as usize);
        self.body[..at].chars().next_back().unwrap_or(' ')
    }

    /// The character after a token, a space at the end of the body.
    #[must_use]
    pub fn after(&self, token: usize) -> char {
        let at = self.tokens.get(token).map_or(self.body.len(), |t| t.end() as usize);
        self.body[at..].chars().next().unwrap_or(' ')
    }

    /// The apostrophe of a plural owner: `the two actors’ agencies`.
    #[must_use]
    pub fn owns_plural(&self, token: usize) -> bool {
        self.shape(token) == Shape::Mark
            && matches!(self.word(token), "’" | "'")
            && self.before(token) == 's'
            && self.after(token) == ' '
            && self.shape(token + 1) == Shape::Lower
    }

    /// The paragraph that holds a token.
    #[must_use]
    pub fn para_of(&self, token: usize) -> usize {
        self.paras.partition_point(|p| p.last <= token)
    }
}

const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '"'
            | '‘'
            | '’'
            | '\''
            | '„'
            | '‟'
            | '«'
            | '»'
            | '＂'
            | '「'
            | '」'
            | '『'
            | '』'
            | '`'
            | '´'
            | '‛'
    )
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '\'' | '´' | '`' | '‘')
}

fn tokenize(body: &str, from: usize, tokens: &mut Vec<Token>) {
    let mut at = from;
    let bytes = body.as_bytes();
    while let Some(byte) = bytes.get(at) {
        if *byte == b' ' {
            at += 1;
            continue;
        }
        if let Some((end, shape)) = plain_word(body, at) {
            tokens.push(Token {
                start: at as u32,
                length: (end - at) as u8,
                class: lexicon::look_up(&body[at..end]),
                shape,
            });
            at = end;
            continue;
        }
        let Some(c) = body[at..].chars().next() else { break };
        let width = c.len_utf8();
        // Quotation marks and dashes are common, and neither.
        let sign = c.is_ascii_punctuation() || matches!(c, '\u{2010}'..='\u{2027}');
        if !sign && (c.is_whitespace() || is_blank(c)) {
            at += width;
            continue;
        }
        let (end, shape) = if !sign && c.is_alphanumeric() {
            word(body, at)
        } else if is_apostrophe(c) && is_possessive(body, from, at, width) {
            (at + width + 1, Shape::Clitic)
        } else if c == '.' && body[at..].starts_with("..") {
            (
                at + body[at..].bytes().take_while(|b| *b == b'.').take(64).count(),
                Shape::Punct,
            )
        } else if is_mark(c) {
            // Two straight single marks stand for a double one.
            let pair = (c == '\'' || c == '`') && body[at + width..].starts_with(['\'', '`']);
            (at + width + usize::from(pair), Shape::Mark)
        } else {
            (at + width, Shape::Punct)
        };
        let class = if shape == Shape::Punct || shape == Shape::Mark {
            0
        } else {
            lexicon::look_up(&body[at..end])
        };
        tokens.push(Token {
            start: at as u32,
            length: (end - at) as u8,
            class,
            shape,
        });
        at = end;
    }
}

/// A word of ASCII letters that ends at a space or a comma: most words are, and need no more care.
fn plain_word(body: &str, at: usize) -> Option<(usize, Shape)> {
    let bytes = body.as_bytes();
    let first = *bytes.get(at)?;
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let mut end = at + 1;
    let mut upper = 0;
    // What is longer is cut, and not looked at to its end for every piece.
    while end < bytes.len() && end - at <= LONGEST && bytes[end].is_ascii_alphabetic() {
        upper += usize::from(bytes[end].is_ascii_uppercase());
        end += 1;
    }
    let closed = bytes
        .get(end)
        .is_none_or(|b| matches!(b, b' ' | b',' | b'!' | b'?' | b';' | b')' | b'"' | b'\n'))
        || closes(&bytes[end..]);
    if !closed || end - at > LONGEST {
        return None;
    }
    let shape = match (first.is_ascii_uppercase(), upper) {
        (true, n) if n > 0 && n == end - at - 1 => Shape::Upper,
        (true, _) => Shape::Capital,
        (false, 0) => Shape::Lower,
        (false, _) => Shape::Capital,
    };
    Some((end, shape))
}

/// A point at the end of a sentence, or a closing double mark.
fn closes(rest: &[u8]) -> bool {
    matches!(rest, [b'.'] | [b'.', b' ' | b'\n', ..] | [0xe2, 0x80, 0x9d, ..])
}

/// Invisible characters that are no words: zero-width ones, direction marks, the byte order mark.
const fn is_blank(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// An apostrophe with an `s` after a letter, and no letter behind it.
fn is_possessive(body: &str, from: usize, at: usize, width: usize) -> bool {
    let rest = &body[at + width..];
    at > from
        && body[from..at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '.' | '!' | '?' | ')'))
        && rest.starts_with(['s', 'S'])
        && !rest[1..].chars().next().is_some_and(char::is_alphanumeric)
}

/// A word from `at`: letters and digits, with apostrophes, hyphens and the points of abbreviations inside.
fn word(body: &str, at: usize) -> (usize, Shape) {
    let mut end = at;
    let (mut upper, mut lower, mut letters) = (0_u32, 0_u32, 0_u32);
    let mut first = ' ';
    let mut chars = body[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if offset > LONGEST {
            break;
        }
        if c.is_alphanumeric() || is_joining(c) {
            if offset == 0 {
                first = c;
            }
            letters += 1;
            upper += u32::from(c.is_uppercase());
            lower += u32::from(c.is_lowercase());
            end = at + offset + c.len_utf8();
            continue;
        }
        let next = chars.peek().map(|(_, c)| *c);
        let inner = next.is_some_and(char::is_alphanumeric);
        let keep = match c {
            '-' | '‐' | '‑' | '_' => inner,
            c if is_apostrophe(c) => {
                inner && c != '‘' && c != '`' && !is_possessive(body, at, at + offset, c.len_utf8())
            }
            // p.m., U.S., 12.4, J.Y.
            '.' => inner && (letters == 1 || first.is_numeric() || body[at..at + offset].contains('.')),
            ',' => first.is_numeric() && next.is_some_and(|c| c.is_ascii_digit()),
            ':' => first.is_numeric() && next.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        if !keep {
            // The last point of “p.m.” and of a single initial belongs to the word; so does the plus of “Disney+”.
            let dotted = c == '.' && body[at..at + offset].contains('.') && !first.is_numeric();
            let plus = c == '+' && !inner;
            if dotted || plus {
                end = at + offset + 1;
            }
            break;
        }
    }
    let shape = if first.is_numeric() {
        Shape::Number
    } else if upper > 1 && lower == 0 {
        Shape::Upper
    } else if first.is_uppercase() || upper > lower || (upper > 0 && first.is_lowercase()) {
        // tvN and iQIYI are names too.
        Shape::Capital
    } else {
        Shape::Lower
    };
    (end, shape)
}

/// Combining marks belong to the letter before.
const fn is_joining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::{Shape, Text};

    fn words(line: &str) -> Vec<String> {
        let text = Text::line(line);
        (0..text.tokens.len()).map(|t| text.word(t).to_owned()).collect()
    }

    #[test]
    fn words_keep_their_inner_signs() {
        assert_eq!(
            words("Ha-neul’s don’t 8:50 p.m. KST, Disney+ 12.4 U.S."),
            [
                "Ha-neul", "’s", "don’t", "8:50", "p.m.", "KST", ",", "Disney+", "12.4", "U.S."
            ]
        );
        assert_eq!(
            words("‘Lovers of the Sky.'” he"),
            ["‘", "Lovers", "of", "the", "Sky", ".", "'", "”", "he"]
        );
        assert_eq!(
            words("I... “No…” 'Foxes'"),
            ["I", "...", "“", "No", "…", "”", "'", "Foxes", "'"]
        );
        assert_eq!(words("the actors’ room"), ["the", "actors", "’", "room"]);
    }

    #[test]
    fn shapes_tell_names_from_words() {
        let text = Text::line("tvN MBC Kim said 2TV ’s");
        let shapes: Vec<Shape> = text.tokens.iter().map(|t| t.shape).collect();
        assert_eq!(
            shapes[..5],
            [
                Shape::Capital,
                Shape::Upper,
                Shape::Capital,
                Shape::Lower,
                Shape::Number
            ]
        );
    }

    #[test]
    fn no_text_breaks_the_cutting() {
        for line in [
            "",
            "’",
            "’s",
            "é́’s",
            "\u{200b}\u{feff}",
            "a’",
            "안녕’하세요",
            "1.",
            "…...",
            "''",
            "`'",
            "𝒳’s",
        ] {
            let text = Text::line(line);
            for token in 0..text.tokens.len() {
                assert!(!text.word(token).is_empty());
            }
        }
    }
}
