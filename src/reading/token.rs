//! Cuts text into tokens: words, marks and signs, eight bytes each.
//!
//! Apostrophes, hyphens and points stay inside the words that they belong to; the possessive `’s` is a
//! token of its own. What the tokens mean is not asked here, but for the classes of a word.

use super::lexicon::{self, Capitals, ShortWord};
use super::print::Print;

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
    /// What it is told from other words by, before letters are compared.
    pub(super) print: Print,
    /// The number of the set of its classes, and its shape in the highest three bits.
    sets: u16,
}

/// With a sign or two behind it, still a length of one byte.
const LONGEST: usize = 240;

impl Token {
    /// The shapes by the number that stands in a token.
    const SHAPES: [Shape; 8] = {
        use Shape::{Capital, Clitic, Lower, Mark, Number, Punct, Upper};
        [Lower, Capital, Upper, Number, Clitic, Mark, Punct, Punct]
    };
    /// The bits that number the sets; three above them are the shape's.
    const SETS: u16 = (lexicon::SETS - 1) as u16;
    /// The bit between them: letters of ASCII alone, of which none but the first is a capital.
    const PLAIN: u16 = 1 << 12;

    fn new(start: usize, print: Print, class: u16, shape: Shape) -> Self {
        Self::looking(start, print, class, (shape as u16) << 13)
    }

    /// Of which the shape stands in its place, and whether it is plain.
    fn looking(start: usize, print: Print, class: u16, look: u16) -> Self {
        Self {
            start: start as u32,
            print,
            sets: class & Self::SETS | look,
        }
    }

    /// Whether it is a short word of plain letters, of which none but the first is a capital.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self.sets & Self::PLAIN != 0
    }

    /// One past the last byte in the body.
    #[must_use]
    pub fn end(self) -> u32 {
        self.start + u32::from(self.print.length())
    }

    /// The number of the set of its classes.
    #[must_use]
    pub(super) fn class(self) -> usize {
        usize::from(self.sets & Self::SETS)
    }

    /// Its look.
    #[must_use]
    pub fn shape(self) -> Shape {
        Self::SHAPES[usize::from(self.sets >> 13)]
    }

    /// Whether it begins like a name.
    #[must_use]
    pub fn is_capital(self) -> bool {
        const CAPITALS: u16 = 1 << Shape::Capital as u16 | 1 << Shape::Upper as u16;
        CAPITALS >> (self.sets >> 13) & 1 != 0
    }

    /// Whether it is a word in small letters.
    #[must_use]
    pub fn is_small(self) -> bool {
        self.sets >> 13 == Shape::Lower as u16
    }

    /// Whether it is a quotation mark.
    #[must_use]
    pub fn is_mark(self) -> bool {
        self.sets >> 13 == Shape::Mark as u16
    }

    /// Whether it is a sign, and no quotation mark.
    #[must_use]
    pub fn is_sign(self) -> bool {
        self.sets >> 13 == Shape::Punct as u16
    }

    /// Whether it is a word or a number.
    #[must_use]
    pub fn is_word(self) -> bool {
        const WORDS: u16 = 1 << Shape::Lower as u16
            | 1 << Shape::Capital as u16
            | 1 << Shape::Upper as u16
            | 1 << Shape::Number as u16;
        WORDS >> (self.sets >> 13) & 1 != 0
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

/// Cuts the body from a byte on.
pub(super) fn tokenize(body: &str, from: usize, tokens: &mut Vec<Token>) {
    let table = lexicon::table();
    let mut at = from;
    let bytes = body.as_bytes();
    let before = tokens.len();
    while let Some(byte) = bytes.get(at) {
        if *byte == b' ' {
            at += 1;
            continue;
        }
        if let Some(word) = short_word(bytes, at) {
            tokens.push(Token::looking(
                at,
                Print::of_head(word.head(), word.length),
                table.look_up_short(word),
                LOOKS[word.capitals.number()],
            ));
            // The space behind it is no token.
            at += word.length;
            at += usize::from(bytes.get(at) == Some(&b' '));
            continue;
        }
        if let Some((print, shape)) = plain_sign(&bytes[at..]) {
            tokens.push(Token::new(at, print, 0, shape));
            at += usize::from(print.length());
            continue;
        }
        let (end, shape) = any(body, from, at, tokens.len() == before);
        if let Some(shape) = shape {
            let class = match shape {
                Shape::Punct | Shape::Mark => 0,
                Shape::Lower if body[at..].starts_with(is_apostrophe) => lexicon::look_up("is"),
                _ => lexicon::look_up(&body[at..end]),
            };
            tokens.push(Token::new(at, Print::of(&bytes[at..end]), class, shape));
        }
        at = end;
    }
}

/// Where a word, a mark or a sign ends that is none of the plain ones, and what it looks like: nothing, when it is no
/// token. Kept apart, so that the plain ones have the registers to themselves.
#[inline(never)]
fn any(body: &str, from: usize, at: usize, is_first: bool) -> (usize, Option<Shape>) {
    if let Some((end, shape)) = plain_word(body, at) {
        return (end, Some(shape));
    }
    let Some(c) = body[at..].chars().next() else {
        return (body.len(), None);
    };
    let width = c.len_utf8();
    // Quotation marks and dashes are common, and neither.
    let sign = c.is_ascii_punctuation() || matches!(c, '\u{2010}'..='\u{2027}');
    let bullet = || is_first && is_bullet(c) && body[at + width..].trim_start().starts_with(is_letter);
    if !sign && (c.is_whitespace() || is_blank(c) || bullet()) {
        return (at + width, None);
    }
    let (end, shape) = if !sign && c.is_alphanumeric() {
        word(body, at)
    } else if is_apostrophe(c) && is_possessive(body, from, at, width) {
        let end = at + width + 1;
        let shape = if is_verb(&body[end..]) {
            Shape::Lower
        } else {
            Shape::Clitic
        };
        (end, shape)
    } else if c == '.' && body[at..].starts_with("..") {
        let points = body[at..].bytes().take_while(|b| *b == b'.').take(64).count();
        (at + points, Shape::Punct)
    } else if is_mark(c) {
        // Two straight single marks stand for a double one.
        let pair = (c == '\'' || c == '`') && body[at + width..].starts_with(['\'', '`']);
        (at + width + usize::from(pair), Shape::Mark)
    } else {
        (at + width, Shape::Punct)
    };
    (end, Some(shape))
}

/// The commonest signs: they are tokens of their own whatever stands beside them, but for points in a row.
fn plain_sign(rest: &[u8]) -> Option<(Print, Shape)> {
    let sign = |sign: u8| Print::of_head(u64::from(sign), 1);
    match rest {
        [b'.', b'.', ..] => None,
        [c @ (b'.' | b',' | b'!' | b'?' | b':' | b';' | b'(' | b')'), ..] => Some((sign(*c), Shape::Punct)),
        [b'"', ..] => Some((sign(b'"'), Shape::Mark)),
        [0xe2, 0x80, 0x9c, ..] => Some((Print::of_literal("“"), Shape::Mark)),
        [0xe2, 0x80, 0x9d, ..] => Some((Print::of_literal("”"), Shape::Mark)),
        _ => None,
    }
}

/// A word of ASCII letters, looked at so many at once: most words are.
fn short_word(bytes: &[u8], at: usize) -> Option<ShortWord> {
    let word = ShortWord::at_start(&bytes[at..])?;
    is_closed(bytes, at + word.length).then_some(word)
}

/// Whether a word of letters alone ends there, and no sign behind it could be its own.
fn is_closed(bytes: &[u8], end: usize) -> bool {
    bytes
        .get(end)
        .is_none_or(|b| matches!(b, b' ' | b',' | b'!' | b'?' | b':' | b';' | b'(' | b')' | b'"' | b'\n'))
        || closes(&bytes[end..])
}

/// The shapes of words of ASCII letters, by the number of their capitals: the first, one of the others, both; and the
/// same when all others are capitals. A table, since capitals come as they like, and no guess at a jump would be right
/// often.
const SHAPES: [Shape; 8] = {
    use Shape::{Capital, Lower, Upper};
    [Lower, Capital, Capital, Capital, Lower, Capital, Capital, Upper]
};

/// The same as they stand in a token, and the bit of those that are plain.
const LOOKS: [u16; 8] = {
    let mut looks = [0; 8];
    let mut number = 0;
    while number < looks.len() {
        let plain = if number & 2 == 0 { Token::PLAIN } else { 0 };
        looks[number] = (SHAPES[number] as u16) << 13 | plain;
        number += 1;
    }
    looks
};

/// A word of ASCII letters that ends at a space or a comma.
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
    if !is_closed(bytes, end) || end - at > LONGEST {
        return None;
    }
    let capitals = Capitals::new(first.is_ascii_uppercase(), upper > 0, upper + 1 == end - at);
    Some((end, SHAPES[capitals.number()]))
}

/// A point at the end of a sentence, a closing double mark, or a possessive `’s`.
fn closes(rest: &[u8]) -> bool {
    match rest {
        [b'.'] | [b'.', b' ' | b'\n', ..] | [0xe2, 0x80, 0x9d, ..] => true,
        [0xe2, 0x80, 0x99, b's', next, ..] => next.is_ascii() && !next.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Invisible characters that are no words: zero-width ones, direction marks, the byte order mark.
const fn is_blank(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// `▲ Kim Bo Ra: “…”`: what marks a paragraph as one of a list is no word of it.
const fn is_bullet(c: char) -> bool {
    matches!(c, '\u{25a0}'..='\u{25ff}' | '★' | '☆')
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
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

/// What stands behind an `’s` that is a verb: `Kim’s a wreck`, `Kim’s been`, `Kim’s in the car`, `Kim’s still running`.
fn is_verb(behind: &str) -> bool {
    const SURE: &[&str] = &["a", "an", "the", "been", "not", "gone", "got", "in", "on", "at"];
    const ADVERBS: &[&str] = &[
        "still", "just", "already", "always", "never", "also", "now", "finally", "only", "too", "so", "even", "about",
    ];
    let mut words = behind.split(' ').skip(1);
    let (Some(next), true) = (words.next(), behind.starts_with(' ')) else {
        return false;
    };
    SURE.contains(&next)
        || ADVERBS.contains(&next)
            && words
                .next()
                .is_some_and(|w| SURE.contains(&w) || w.trim_end_matches([',', '.']).ends_with("ing"))
}

/// A word from `at`: letters and digits, with apostrophes, hyphens and the points of abbreviations inside.
fn word(body: &str, at: usize) -> (usize, Shape) {
    let mut end = at;
    let (mut upper, mut lower, mut letters) = (0_u32, 0_u32, 0_u32);
    let mut first = ' ';
    let mut here = at;
    while here - at <= LONGEST {
        // Most letters are of ASCII, and no character is put together for them.
        let run = &body.as_bytes()[here..body.len().min(at + LONGEST + 1)];
        for byte in run.iter().take_while(|b| b.is_ascii_alphanumeric()) {
            first = if here == at { char::from(*byte) } else { first };
            letters += 1;
            upper += u32::from(byte.is_ascii_uppercase());
            lower += u32::from(byte.is_ascii_lowercase());
            here += 1;
            end = here;
        }
        if here - at > LONGEST {
            break;
        }
        let mut rest = body[here..].chars();
        let Some(c) = rest.next() else { break };
        let sign = matches!(c, '\u{2010}'..='\u{2027}');
        let offset = here - at;
        here += c.len_utf8();
        if !sign && (c.is_alphanumeric() || is_joining(c)) {
            first = if offset == 0 { c } else { first };
            letters += 1;
            upper += u32::from(c.is_uppercase());
            lower += u32::from(c.is_lowercase());
            end = here;
            continue;
        }
        let next = rest.next();
        let inner = next.is_some_and(char::is_alphanumeric);
        let keep = match c {
            '-' | '‐' | '‑' if first.is_uppercase() && is_joined(&body[here..]) => false,
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

/// `the Kim Bo Ra-led comedy`, `a Kim Bo Ra-starrer`: what is joined to a name to tell whose work something is. No part
/// of a name, and no word of its own in English; outlets that save words have one in every other story.
fn is_joined(rest: &str) -> bool {
    const JOINED: [&str; 12] = [
        "led",
        "starring",
        "starrer",
        "starrers",
        "fronted",
        "headlined",
        "helmed",
        "directed",
        "penned",
        "written",
        "produced",
        "hosted",
    ];
    let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
    !rest[end..].starts_with('-') && JOINED.contains(&&rest[..end])
}

/// Combining marks belong to the letter before.
const fn is_joining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
