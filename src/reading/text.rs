//! The text that is read: body, paragraphs, words.
//!
//! One pass cuts the body into tokens of eight bytes; every later step works on token numbers and
//! goes back to bytes only to cut quotes and names.

use super::furniture;
use super::lexicon::asked::Asked;
use super::lexicon::{self, Class, SETS, pack_eight};
use super::looks::Looks;
use super::print::{FIRST, Print, Words, head_of, small};
use super::token::tokenize;
pub use super::token::{Shape, Token};
use crate::model::{Article, Emphasis, ParagraphKind};

/// A paragraph of the body.
#[derive(Clone, Copy, Debug)]
pub struct Para {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// What it was in the page.
    pub kind: ParagraphKind,
    /// All lists of which it has a word.
    pub asked: Asked,
}

/// The text that is read.
pub struct Text {
    /// Paragraphs separated by a blank line.
    pub body: String,
    /// The paragraphs.
    pub paras: Vec<Para>,
    /// The tokens of all paragraphs.
    pub tokens: Vec<Token>,
    /// All lists of which it has a word: what a rule looks for stands in few articles.
    pub lists: Asked,
    sets: &'static [Class; SETS],
    asked: &'static [Asked; SETS],
    /// What the tokens look like.
    looks: Looks,
    /// Capitals that the page sets off within a sentence, in their order: the first token, one past the last.
    pub emphasised: Vec<(usize, usize)>,
    /// The same for italics, and for bold letters that hold small words as well: titles, or a stress.
    pub titled: Vec<(usize, usize)>,
}

impl Text {
    /// The article without its furniture, cut into tokens.
    #[must_use]
    pub fn new(article: &Article) -> Self {
        let keep = furniture::keep(&article.paragraphs);
        let size = article.paragraphs.iter().map(|p| p.text.len() + 2).sum();
        let mut text = Self::empty(size);
        text.paras.reserve(article.paragraphs.len());
        let mut parts = article.emphasised.iter().peekable();
        for (number, (paragraph, keep)) in article.paragraphs.iter().zip(keep).enumerate() {
            // Offsets are 32 bits wide; pages are capped far below that.
            let keep = keep && text.body.len() + paragraph.text.len() < u32::MAX as usize / 2;
            if keep {
                text.push(&paragraph.text, paragraph.kind);
            }
            while let Some(part) = parts.next_if(|part| part.paragraph <= number) {
                if keep {
                    text.emphasise(part, paragraph.text.len());
                }
            }
        }
        // A long text takes no more room than it needs: what else is noted of it comes while the tokens are held.
        if text.tokens.capacity() > 1 << 16 {
            text.tokens.shrink_to_fit();
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
            lists: Asked::NONE,
            sets: lexicon::table().sets(),
            asked: lexicon::table().asked(),
            looks: Looks::with_room(size / 4),
            emphasised: Vec::new(),
            titled: Vec::new(),
        }
    }

    /// Notes a part of the last paragraph, which has so many bytes, when it is made of capitals.
    fn emphasise(&mut self, part: &Emphasis, length: usize) {
        let start = self.body.len() - length;
        let first = self.tokens.partition_point(|t| (t.start as usize) < start + part.start);
        let last = first + self.tokens[first..].partition_point(|t| (t.end() as usize) <= start + part.end);
        // More than an article sets off: names and titles are told by then, and each costs a look at all names.
        const MOST: usize = 512;
        if first >= last || self.emphasised.len() + self.titled.len() >= MOST {
            return;
        }
        match part.italic || (first..last).any(|t| !self.is_capital(t)) {
            true => self.titled.push((first, last)),
            false => self.emphasised.push((first, last)),
        }
    }

    fn push(&mut self, paragraph: &str, kind: ParagraphKind) {
        if !self.body.is_empty() {
            self.body.push_str("\n\n");
        }
        let (start, first) = (self.body.len(), self.tokens.len());
        self.body.push_str(paragraph);
        tokenize(&self.body, start, &mut self.tokens);
        let asked = self.looks.note(&self.tokens, first, self.asked);
        self.lists = self.lists.with(asked);
        let para = Para {
            first,
            last: self.tokens.len(),
            kind,
            asked,
        };
        self.paras.push(para);
    }

    /// The first token from one on that begins like a name, before another.
    #[must_use]
    pub fn next_capital(&self, from: usize, end: usize) -> Option<usize> {
        self.looks.next(from, end, |look| look.capitals)
    }

    /// The first quotation mark from a token on, before another.
    #[must_use]
    pub fn next_mark(&self, from: usize, end: usize) -> Option<usize> {
        self.looks.next(from, end, |look| look.marks)
    }

    /// How many quotation marks there are.
    #[must_use]
    pub fn marks(&self) -> usize {
        self.looks.count(|look| look.marks)
    }

    /// The first token from one on that a sentence may end with, before another.
    #[must_use]
    pub fn next_end(&self, from: usize, end: usize) -> Option<usize> {
        self.looks.next(from, end, |look| look.ends)
    }

    /// The tokens among some that a sentence may end with: all signs.
    pub fn ends_in(&self, first: usize, last: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.next_end(first, last), move |end| self.next_end(end + 1, last))
    }

    /// The classes of a token; none past the end.
    #[must_use]
    pub fn class(&self, token: usize) -> Class {
        self.tokens.get(token).map_or(Class::NONE, |t| self.sets[t.class()])
    }

    /// All classes of the words of some tokens: what none of them has need not be looked for.
    #[must_use]
    pub fn classes(&self, first: usize, last: usize) -> Class {
        self.all_of(first, last).0
    }

    /// All classes of the words of some tokens, and all lists.
    #[must_use]
    pub fn all_of(&self, first: usize, last: usize) -> (Class, Asked) {
        let tokens = self.tokens.get(first..last).unwrap_or_default();
        tokens.iter().fold((Class::NONE, Asked::NONE), |(classes, lists), t| {
            let set = t.class();
            (classes.with(self.sets[set]), lists.with(self.asked[set]))
        })
    }

    /// The words of a token.
    #[must_use]
    pub fn word(&self, token: usize) -> &str {
        self.tokens
            .get(token)
            .and_then(|t| self.body.get(t.start as usize..t.end() as usize))
            .unwrap_or_default()
    }

    /// The bytes of a token's words.
    #[must_use]
    pub fn bytes(&self, token: usize) -> &[u8] {
        self.tokens
            .get(token)
            .map_or(&[], |t| &self.body.as_bytes()[t.start as usize..t.end() as usize])
    }

    /// How many bytes a token has; none past the end.
    #[must_use]
    pub fn length(&self, token: usize) -> usize {
        self.tokens.get(token).map_or(0, |t| usize::from(t.print.length()))
    }

    /// The first byte of a token, a small letter where it is a letter: seen before words are compared. 0 past the end.
    #[must_use]
    pub fn initial(&self, token: usize) -> u8 {
        self.tokens
            .get(token)
            .map_or(0, |t| self.body.as_bytes()[t.start as usize].to_ascii_lowercase())
    }

    /// Some tokens with their first bytes, small letters where they are letters.
    pub fn initials(&self, first: usize, last: usize) -> impl Iterator<Item = (usize, u8)> {
        let tokens = self.tokens.get(first..last).unwrap_or_default();
        let bytes = self.body.as_bytes();
        let initial = |t: &Token| bytes[t.start as usize].to_ascii_lowercase();
        (first..).zip(tokens.iter().map(initial))
    }

    /// The text from one token to before another.
    #[must_use]
    pub fn slice(&self, first: usize, last: usize) -> &str {
        if first >= last || last > self.tokens.len() {
            return "";
        }
        &self.body[self.tokens[first].start as usize..self.tokens[last - 1].end() as usize]
    }

    /// The first sixteen bytes of a token, the first in the lowest byte, zeros behind them; none past the end.
    #[must_use]
    pub fn first_sixteen(&self, token: usize) -> u128 {
        let Some(token) = self.tokens.get(token) else { return 0 };
        let from = &self.body.as_bytes()[token.start as usize..];
        let copied = || {
            let mut bytes = [0; 16];
            from.iter().zip(&mut bytes).for_each(|(from, to)| *to = *from);
            bytes
        };
        let sixteen = u128::from_le_bytes(from.first_chunk().copied().unwrap_or_else(copied));
        sixteen & FIRST[usize::from(token.print.length().min(16))]
    }

    /// Whether a token reads as a word that stands in the rule, in any case. Of a literal the print is known when the
    /// rule is compiled, so that nearly all tokens are passed by with one comparison.
    #[must_use]
    #[inline(always)]
    pub fn is(&self, token: usize, word: &'static str) -> bool {
        let print = Print::of_literal(word);
        let head = small(head_of(word));
        let alike = self.tokens.get(token).filter(|t| t.print == print);
        alike.is_some_and(|t| self.begins(*t, head) && (word.len() <= 8 || self.reads(*t, word)))
    }

    /// Whether a token reads as one of some words, in any case.
    #[must_use]
    #[inline(always)]
    pub fn is_one(&self, token: usize, words: Words) -> bool {
        let token = self.tokens.get(token).filter(|t| words.may_be(t.print));
        token.is_some_and(|t| self.reads_one(*t, words))
    }

    #[inline(never)]
    fn reads_one(&self, token: Token, words: Words) -> bool {
        // Most have no more than a bit in common with one of them, and their letters are not looked at.
        if !words.is_like(token.print) {
            return false;
        }
        let head = small(self.head(token));
        words
            .like(token.print)
            .any(|word| word.small == head && (word.text.len() <= 8 || self.reads(token, word.text)))
    }

    /// Whether a token is one of some words as they are printed there.
    #[must_use]
    #[inline(always)]
    pub fn is_just(&self, token: usize, words: Words) -> bool {
        let token = self.tokens.get(token).filter(|t| words.may_be(t.print));
        token.is_some_and(|t| self.is_printed(*t, words))
    }

    #[inline(never)]
    fn is_printed(&self, token: Token, words: Words) -> bool {
        if !words.is_like(token.print) {
            return false;
        }
        let head = self.head(token);
        let is_all = |word: &str| self.body.as_bytes()[token.start as usize..token.end() as usize] == *word.as_bytes();
        words
            .like(token.print)
            .any(|word| word.head == head && (word.text.len() <= 8 || is_all(word.text)))
    }

    /// Whether a token reads as a word that is found while the article is read, in any case.
    #[must_use]
    pub fn is_same(&self, token: usize, word: &str) -> bool {
        self.tokens
            .get(token)
            .is_some_and(|t| usize::from(t.print.length()) == word.len() && self.reads(*t, word))
    }

    /// The first eight bytes of a token, zeros behind them.
    #[inline]
    fn head(&self, token: Token) -> u64 {
        let from = &self.body.as_bytes()[token.start as usize..];
        let eight = from
            .first_chunk()
            .map_or_else(|| pack_eight(from), |eight| u64::from_le_bytes(*eight));
        eight & u64::MAX >> (8 * (8 - token.print.length().clamp(1, 8)))
    }

    #[inline(never)]
    fn begins(&self, token: Token, head: u64) -> bool {
        small(self.head(token)) == head
    }

    #[inline(never)]
    fn reads(&self, token: Token, word: &str) -> bool {
        self.body.as_bytes()[token.start as usize..token.end() as usize].eq_ignore_ascii_case(word.as_bytes())
    }

    /// A token of one byte; 0 for what is longer, and past the end.
    #[must_use]
    #[inline]
    pub fn sign(&self, token: usize) -> u8 {
        let single = self.tokens.get(token).filter(|t| t.print.length() == 1);
        single.map_or(0, |t| self.body.as_bytes()[t.start as usize])
    }

    /// The lists that a token stands in, when it is printed in small letters.
    #[must_use]
    pub fn asked(&self, token: usize) -> Asked {
        self.tokens
            .get(token)
            .map_or(Asked::NONE, |t| self.asked[t.class()].only_if(t.is_small()))
    }

    /// Whether a token is a word of a list, in small letters.
    #[must_use]
    #[inline]
    pub fn is_in(&self, token: usize, list: Asked) -> bool {
        self.asked(token).has(list)
    }

    /// Whether a token is a word of a list, in any case.
    #[must_use]
    #[inline]
    pub fn is_like(&self, token: usize, list: Asked) -> bool {
        self.tokens.get(token).is_some_and(|t| self.asked[t.class()].has(list))
    }

    /// The tokens that are a word of a list, in small letters, in order.
    pub fn all_in(&self, list: Asked) -> impl Iterator<Item = usize> {
        let paras = self.paras.iter().filter(move |p| p.asked.has(list));
        paras.flat_map(move |p| (p.first..p.last).filter(move |t| self.is_in(*t, list)))
    }

    /// Where some words stand in the body from the beginning of a token, first, in bytes.
    #[must_use]
    pub fn find_words(&self, words: &str) -> Option<usize> {
        let (body, words) = (self.body.as_bytes(), words.as_bytes());
        let initial = words.first()?;
        // Most tokens begin with another letter.
        let is_there = |at: &usize| body[*at] == *initial && body[*at..].starts_with(words);
        let start = |t: &Token| t.start as usize;
        if initial.is_ascii_uppercase() {
            // Names: of a text few words have a capital.
            let mut starts = self.capitals().map(|t| start(&self.tokens[t]));
            return starts.find(is_there);
        }
        self.tokens.iter().map(start).find(is_there)
    }

    /// All tokens that begin like names.
    pub fn capitals(&self) -> impl Iterator<Item = usize> {
        let end = self.tokens.len();
        std::iter::successors(self.next_capital(0, end), move |t| self.next_capital(t + 1, end))
    }

    /// The look of a token; a sign past the end.
    #[must_use]
    pub fn shape(&self, token: usize) -> Shape {
        self.tokens.get(token).map_or(Shape::Punct, |t| t.shape())
    }

    /// Whether a token begins like a name; none does past the end.
    #[must_use]
    pub fn is_capital(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is_capital())
    }

    /// Whether a token is a word; none is past the end.
    #[must_use]
    pub fn is_word(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is_word())
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
            words("Kim Bo-ra-led, Ga-led-ger"),
            ["Kim", "Bo-ra", "-", "led", ",", "Ga-led-ger"]
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
        use Shape::{Capital, Lower, Number, Upper};
        let text = Text::line("tvN MBC Kim said 2TV ’s");
        let shapes: Vec<Shape> = text.tokens.iter().map(|t| t.shape()).collect();
        assert_eq!(shapes[..5], [Capital, Upper, Capital, Lower, Number]);
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
