//! What words are told apart by at a glance: their length and one byte made of their letters.
//!
//! Every rule asks tokens whether they are one word or another, and nearly all are not. A token keeps its print, the
//! words of the rules have theirs when the program is built, and letters are compared only where both are the same.

use super::lexicon::pack_eight;

/// The length of a word, and a byte made of its first eight letters, in whatever case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print(u16);

impl Print {
    /// Of the first eight letters, small ones, the first in the lowest byte, and of a length below 256.
    #[must_use]
    #[inline]
    pub const fn of_head(head: u64, length: usize) -> Self {
        let mixed = Self::mix(head) >> 56;
        Self((mixed << 8) as u16 | length as u16 & 0xff)
    }

    /// Both halves are mixed, so that the last letters tell words apart as well as the first: best in the highest bits.
    #[inline(always)]
    pub const fn mix(head: u64) -> u64 {
        (head ^ (head >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// Of the bytes of a token.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_head(small(pack_eight(&bytes[..bytes.len().min(8)])), bytes.len())
    }

    /// Of a word that stands in a rule.
    #[must_use]
    #[inline(always)]
    pub const fn of_literal(word: &str) -> Self {
        Self::of_head(small(head_of(word)), word.len())
    }

    /// One of 64 bits, by the letters.
    #[inline(always)]
    const fn bit(self) -> u64 {
        1 << self.place()
    }

    /// The number of that bit.
    #[inline(always)]
    const fn place(self) -> u16 {
        self.0 >> 8 & 63
    }

    /// Another of 64 bits, by what the first leaves out: the rest of the byte, and the length.
    #[inline(always)]
    const fn other_bit(self) -> u64 {
        1 << (self.0 >> 14 << 4 | self.0 & 15)
    }

    /// How many bytes the word has.
    #[must_use]
    pub const fn length(self) -> u8 {
        self.0 as u8
    }
}

/// The first eight bytes of a word that stands in a rule, the first in the lowest byte, zeros behind them: without a
/// loop, so that the compiler has done with it before the rule runs.
#[must_use]
#[inline(always)]
pub const fn head_of(word: &str) -> u64 {
    let word = word.as_bytes();
    byte(word, 0)
        | byte(word, 1)
        | byte(word, 2)
        | byte(word, 3)
        | byte(word, 4)
        | byte(word, 5)
        | byte(word, 6)
        | byte(word, 7)
}

/// A byte at its place in the head; 0 past the end.
#[inline(always)]
const fn byte(word: &[u8], at: usize) -> u64 {
    if at < word.len() {
        (word[at] as u64) << (8 * at)
    } else {
        0
    }
}

/// All bits of the first bytes of sixteen, by how many they are. A table, since half a dozen steps shift a number that is
/// wider than a register.
pub const FIRST: [u128; 17] = {
    let mut first = [0; 17];
    let mut length = 1;
    while length < first.len() {
        first[length] = u128::MAX >> (8 * (16 - length));
        length += 1;
    }
    first
};

/// Eight bytes with the letters of ASCII among them as small ones.
#[must_use]
#[inline(always)]
pub const fn small(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES * 0x80;
    let low = eight & !HIGH;
    let from_a = low + ONES * (0x80 - b'A' as u64);
    let beyond_z = low + ONES * (0x7f - b'Z' as u64);
    eight | (from_a & !beyond_z & !eight & HIGH) >> 2
}

/// A word of a rule with its print.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// What it is told by at a glance.
    pub(super) print: Print,
    /// Its first eight bytes.
    pub(super) head: u64,
    /// The same in small letters.
    pub(super) small: u64,
    /// The word itself.
    pub text: &'static str,
}

impl Word {
    /// A word of fewer than 256 bytes.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            print: Print::of_literal(text),
            head: head_of(text),
            small: small(head_of(text)),
            text,
        }
    }
}

/// Some words of a rule, and by what a token is told at a glance that is none of them.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// A bit for the byte of every word, of which the lowest six bits count.
    bits: u64,
    /// A bit for the length of every word and the rest of its byte.
    others: u64,
    /// The words, in the order of their bits.
    all: &'static [Word],
}

impl Words {
    /// Some words in the order of their bits.
    #[must_use]
    pub const fn in_order<const N: usize>(mut words: [Word; N]) -> [Word; N] {
        let mut at = 1;
        while at < N {
            let mut to = at;
            while to > 0 && words[to].print.place() < words[to - 1].print.place() {
                words.swap(to, to - 1);
                to -= 1;
            }
            at += 1;
        }
        words
    }

    /// Those of a list that is in order.
    #[must_use]
    pub const fn of(all: &'static [Word]) -> Self {
        let (mut bits, mut others, mut at) = (0, 0, 0);
        while at < all.len() {
            bits |= all[at].print.bit();
            others |= all[at].print.other_bit();
            at += 1;
        }
        Self { bits, others, all }
    }

    /// Whether a word is one of them, as it is printed there.
    #[must_use]
    pub fn has(self, word: &str) -> bool {
        self.all.iter().any(|w| w.text == word)
    }

    /// Whether a token of that print may be one of them: most are not, and are passed by with one question.
    #[must_use]
    #[inline(always)]
    pub(super) const fn may_be(self, print: Print) -> bool {
        self.bits & print.bit() != 0
    }

    /// Whether one that may be one of them is like one in its length as well: asked before the words are gone through,
    /// which is a loop whose end no guess would foresee.
    #[must_use]
    pub(super) const fn is_like(self, print: Print) -> bool {
        self.others & print.other_bit() != 0
    }

    /// Those of them that a token of that print may be. As many stand in front of them as there are lower bits, or a
    /// few more that share one.
    pub(super) fn like(self, print: Print) -> impl Iterator<Item = &'static Word> {
        let lower = self.bits & (print.bit() - 1);
        let all = self.all.get(lower.count_ones() as usize..).unwrap_or_default();
        let near = all.iter().take_while(move |word| word.print.place() <= print.place());
        near.filter(move |word| word.print == print)
    }
}

/// Words that tokens are compared with, made ready when the program is built.
macro_rules! words {
    ($($word:expr),+ $(,)?) => {
        const {
            use $crate::reading::print::{Word, Words};
            const ALL: &[Word] = &Words::in_order([$(Word::new($word)),+]);
            Words::of(ALL)
        }
    };
}
pub(super) use words;

#[cfg(test)]
mod tests {
    use super::{Print, Words};
    use proptest::prelude::*;

    #[test]
    fn a_literal_has_the_print_of_the_token() {
        for word in [
            "I",
            "KST",
            "said",
            "don’t",
            "co-stars",
            "castmates",
            "Ha-neul",
            "한국어",
            "“",
            "@`[{Zz",
        ] {
            assert_eq!(Print::of(word.as_bytes()), Print::of_literal(word), "{word}");
            let small = word.to_ascii_lowercase();
            assert_eq!(Print::of(word.as_bytes()), Print::of(small.as_bytes()), "{word}");
        }
        assert_ne!(Print::of(b"said"), Print::of(b"says"));
    }

    #[test]
    fn a_list_knows_its_words_at_a_glance() {
        let list = words!["said", "SAYS", "don’t"];
        for word in ["said", "Says", "don’t"] {
            let print = Print::of(word.as_bytes());
            assert!(
                list.may_be(print) && list.is_like(print) && list.like(print).count() == 1,
                "{word}"
            );
        }
        assert!(list.has("said") && !list.has("Said"));
        // Words that share a bit stand behind one another, and all are found.
        let word = |number: usize| format!("w{number}").leak();
        let many: [super::Word; 120] = std::array::from_fn(|number| super::Word::new(word(number)));
        let many = Words::of(Words::in_order(many).to_vec().leak());
        for number in 0..120 {
            let print = Print::of(word(number).as_bytes());
            assert!(
                many.may_be(print) && many.is_like(print) && many.like(print).any(|w| w.text == word(number)),
                "{number}"
            );
        }
        // Of words that have nothing to do with it a few pass: a list has a bit of 64 for each of its words.
        let others = ["the", "of", "drama", "actor", "Kim", "and", "to", "role", ".", ","];
        let passes = |word: &&&str| list.may_be(Print::of(word.as_bytes()));
        assert!(others.iter().filter(passes).count() < 3);
    }

    proptest! {
        #[test]
        fn case_makes_no_difference(word in ".{0,20}") {
            let print = Print::of(word.as_bytes());
            prop_assert_eq!(print, Print::of_literal(&word));
            prop_assert_eq!(print, Print::of(word.to_ascii_uppercase().as_bytes()));
            prop_assert_eq!(usize::from(print.length()), word.len());
        }
    }
}
