//! The table of words: a word's letters → the number of its set of classes.
//!
//! Most words of a text are short and plain, and are found by their letters as one number, without a
//! look at each. Which words there are and what they mean is for the lists beside this file.

use super::asked::Asked;
use super::{Class, Set};
use crate::reading::print::Print;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::Hasher;
use std::hint::select_unpredictable;

/// Words by their letters. The keys are the lists' own, so no seed is needed.
pub(super) type Words<T> = HashMap<Letters, T, FixedState>;

/// The longest entry has 20 letters; longer words cannot be in the table.
const LONGEST: usize = 24;

/// A word of the table in lower case: compared as three numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters([u64; 3]);

impl std::hash::Hash for Letters {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for part in self.0 {
            state.write_u64(part);
        }
    }
}

impl Letters {
    /// Packs a word in small letters. `None` for what is too long, or not ASCII.
    pub(super) fn of(word: &[u8]) -> Option<Self> {
        if word.len() > LONGEST {
            return None;
        }
        let (first, rest) = word.split_at(word.len().min(8));
        let (second, third) = rest.split_at(rest.len().min(8));
        let parts = [pack_eight(first), pack_eight(second), pack_eight(third)];
        const BEYOND: u64 = 0x8080_8080_8080_8080;
        ((parts[0] | parts[1] | parts[2]) & BEYOND == 0).then(|| Self(parts.map(small)))
    }
}

/// Up to eight bytes as a number, zeros behind them.
pub fn pack_eight(bytes: &[u8]) -> u64 {
    let four = |at: usize| {
        bytes
            .get(at..at + 4)
            .and_then(|four| <[u8; 4]>::try_from(four).ok())
            .map_or(0, |four| u64::from(u32::from_le_bytes(four)))
    };
    let one = |at: usize| u64::from(bytes[at]) << (8 * at);
    match bytes.len() {
        0 => 0,
        // The first, the middle and the last overlap where they are the same, and so do the two halves.
        length @ 1..4 => one(0) | one(length / 2) | one(length - 1),
        length => four(0) | four(length - 4) << (8 * (length - 4)),
    }
}

/// Eight ASCII bytes in small letters at once.
const fn small(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let from_a = eight + ONES * (0x80 - b'A' as u64);
    let beyond_z = eight + ONES * (0x7f - b'Z' as u64);
    eight | ((from_a & !beyond_z) & (ONES * 0x80)) >> 2
}

/// A word of plain letters, cut from a text: at most [`SHORT`].
#[derive(Clone, Copy, Debug)]
pub struct ShortWord {
    /// Its letters, small ones, the first in the lowest byte; and those behind the first eight.
    letters: (u64, u64),
    /// How many it has.
    pub length: usize,
    /// Which of them are capitals.
    pub capitals: Capitals,
    /// The number of the set of its classes when it is no word of the table.
    otherwise: u16,
}

/// How many letters a short word has at most. The two bytes behind them hold the number of its set, so that one look
/// into memory finds both.
const SHORT: usize = 14;

/// Which letters of a word are capitals: a bit each for the first, for one at least of the others, and for all of the
/// others, of which a word of one letter has none that is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capitals(u8);

impl Capitals {
    /// Of a first letter, and of the others.
    #[must_use]
    #[inline]
    pub const fn new(first: bool, some: bool, all: bool) -> Self {
        Self(first as u8 | (some as u8) << 1 | (all as u8) << 2)
    }

    /// A number below eight.
    #[must_use]
    #[inline]
    pub const fn number(self) -> usize {
        (self.0 & 7) as usize
    }
}

/// The bits in which capitals differ from small letters.
const CASE: u64 = 0x2020_2020_2020_2020;

/// The plain letters at the start of eight bytes: small ones, how many, which were capitals, as the bits of their
/// case, and all bits of the bytes that hold them.
#[inline]
const fn letters_of(bytes: [u8; 8]) -> (u64, usize, u64, u64) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES * 0x80;
    let word = u64::from_le_bytes(bytes);
    let small = word | CASE;
    let low = small & !HIGH;
    // The high bit of each byte tells whether it is a letter.
    let from_a = low + ONES * (0x80 - b'a' as u64);
    let beyond_z = low + ONES * (0x7f - b'z' as u64);
    let other = !(from_a & !beyond_z & !word) & HIGH;
    let length = (other.trailing_zeros() / 8) as usize;
    // The lowest bit of the first byte that is none, less one: all bits below it, and all at all where there is none.
    let these = ((other & other.wrapping_neg()) >> 7).wrapping_sub(1);
    (small & these, length, !word & CASE & these, these)
}

impl ShortWord {
    /// The word at the start of some bytes: all plain letters up to the first other sign. `None` where
    /// there is no letter, too many, or too few bytes to tell.
    #[must_use]
    #[inline]
    pub fn at_start(bytes: &[u8]) -> Option<Self> {
        let (first, length, capitals, these) = letters_of(*bytes.first_chunk()?);
        let (initial, others, all) = (capitals & 0xff != 0, capitals >> 8, (these & CASE) >> 8);
        match length {
            0 => None,
            8.. => {
                let (second, more, behind, those) = letters_of(*bytes[8..].first_chunk()?);
                let all = (others == all) & (behind == those & CASE);
                let last_two = (u128::from(first) | u128::from(second) << 64) >> (8 * (6 + more.min(8)));
                (8 + more <= SHORT).then_some(Self {
                    letters: (first, second),
                    length: 8 + more,
                    capitals: Capitals::new(initial, others | behind != 0, all),
                    otherwise: u16::from(last_two as u16 == LY) * ADVERB,
                })
            }
            _ => {
                // Of a word of one letter a byte is looked at that is none of it: it is too short all the same.
                let last_two = first.wrapping_shr((8 * length as u32).wrapping_sub(16));
                Some(Self {
                    letters: (first, 0),
                    length,
                    capitals: Capitals::new(initial, others != 0, others == all),
                    otherwise: u16::from((last_two as u16 == LY) & (length > 4)) * ADVERB,
                })
            }
        }
    }

    /// Its first eight letters, small ones, the first in the lowest byte.
    #[must_use]
    pub const fn head(&self) -> u64 {
        self.letters.0
    }
}

/// What adverbs end with; what has four letters is none.
const LY: u16 = u16::from_le_bytes(*b"ly");

/// The number of the set that holds adverbs and nothing else.
const ADVERB: u16 = 1;

/// Words of at most [`SHORT`] letters, in places that their letters give; the next place when it is taken.
struct Short {
    /// A word's first eight letters; the others, and the number of its set above them. Empty places hold zeros.
    places: Box<[(u64, u64); PLACES]>,
}

/// Known when the program is built, so that no place is looked for past the end. Three eighths of them stay empty at least:
/// few words stand further than one place on.
const PLACES: usize = 1 << 13;

/// Where the number of a word's set stands above its last letters.
const NUMBER: u32 = 8 * (SHORT as u32 - 8);

/// Above the number: a word of that place stands neither there nor in the next one.
const BEYOND: u64 = 1 << 63;

/// The number of the set of the word in a place.
const fn number(place: (u64, u64)) -> u16 {
    (place.1 >> NUMBER) as u16 & (SETS - 1) as u16
}

impl Short {
    fn pack(words: &[(u64, u64, u16)]) -> Self {
        let mut places = Box::new([(0, 0); PLACES]);
        for (first, second, number) in words {
            let home = Self::place(*first, *second);
            let mut place = home;
            while places[place % PLACES].0 != 0 {
                place += 1;
            }
            places[place % PLACES].0 = *first;
            places[place % PLACES].1 |= second | u64::from(*number) << NUMBER;
            places[home].1 |= if place > home + 1 { BEYOND } else { 0 };
        }
        Self { places }
    }

    /// Both halves are mixed, and the first as for the print of the word, which is needed too.
    #[inline]
    const fn place(first: u64, second: u64) -> usize {
        let mixed = Print::mix(first) ^ second.wrapping_mul(0xd6e8_feb8_6659_fd93);
        (mixed >> (64 - PLACES.ilog2())) as usize
    }

    /// The number of a word's set; 0, that of no class, for what is no word of the table.
    #[inline]
    fn get(&self, first: u64, second: u64) -> u16 {
        let home = Self::place(first, second);
        let (here, behind) = (self.places[home % PLACES], self.places[(home + 1) % PLACES]);
        // Most words stand in their place or the next. Both are looked at without a jump in between, since no guess at
        // which it is would be right often.
        let found = select_unpredictable(is_it(behind, first, second), number(behind), 0);
        let found = select_unpredictable(is_it(here, first, second), number(here), found);
        if here.1 & BEYOND != 0 {
            return self.get_beyond(home, first, second);
        }
        found
    }

    /// The same for places of which a word stands further on.
    #[cold]
    fn get_beyond(&self, home: usize, first: u64, second: u64) -> u16 {
        let places = (home..).map(|place| self.places[place % PLACES]);
        let mut taken = places.take_while(|place| place.0 != 0);
        taken.find(|place| is_it(*place, first, second)).map_or(0, number)
    }
}

/// Whether a word stands in a place: nothing but the number is left of it.
const fn is_it(place: (u64, u64), first: u64, second: u64) -> bool {
    (place.1 ^ second) << (64 - NUMBER) | (place.0 ^ first) == 0
}

/// There are fewer distinct sets of classes and lists than this.
pub const SETS: usize = 1 << 11;

/// Words point into the distinct sets of classes, so that a token needs two bytes for its classes.
pub struct Table {
    short: Short,
    long: Words<u16>,
    sets: Box<[Class; SETS]>,
    asked: Box<[Asked; SETS]>,
    /// What the last word of a compound says, without the lists of that word.
    professions: Vec<(&'static str, u16)>,
}

impl Table {
    /// Packs the words that the lists give.
    pub(super) fn pack(words: Words<Set>) -> Self {
        let mut sets = vec![(Class::NONE, Asked::NONE), (Class::ADV, Asked::NONE)];
        let mut number = |set: Set| {
            let at = sets.iter().position(|s| *s == set).unwrap_or_else(|| {
                sets.push(set);
                sets.len() - 1
            });
            // There are far fewer sets than words, and fewer words than 65,536.
            u16::try_from(at).unwrap_or_default()
        };
        let mut professions = Vec::new();
        for last in PROFESSIONS {
            let found = Letters::of(last.as_bytes()).and_then(|letters| words.get(&letters));
            professions.extend(found.map(|(class, _)| (*last, number((*class, Asked::NONE)))));
        }
        let mut short = Vec::new();
        let mut long = Words::default();
        for (word, set) in words {
            let number = number(set);
            match word.0 {
                // Nothing at all is no word.
                [0, ..] => {}
                [first, second, 0] if second >> NUMBER == 0 => short.push((first, second, number)),
                _ => drop(long.insert(word, number)),
            }
        }
        let mut table = Self {
            short: Short::pack(&short),
            long,
            sets: Box::new([Class::NONE; SETS]),
            asked: Box::new([Asked::NONE; SETS]),
            professions,
        };
        let places = table.sets.iter_mut().zip(table.asked.iter_mut());
        places
            .zip(sets)
            .for_each(|((class, asked), set)| (*class, *asked) = set);
        table
    }

    /// All sets, to index by the numbers that a look-up gives.
    #[must_use]
    pub fn sets(&self) -> &[Class; SETS] {
        &self.sets
    }

    /// The lists of all sets, by the same numbers.
    #[must_use]
    pub fn asked(&self) -> &[Asked; SETS] {
        &self.asked
    }

    /// The number of the set of a short word.
    #[must_use]
    #[inline]
    pub fn look_up_short(&self, word: ShortWord) -> u16 {
        let found = self.short.get(word.letters.0, word.letters.1);
        select_unpredictable(found == 0, word.otherwise, found)
    }

    /// The number of the set of a word. Case and the shape of an apostrophe do not matter.
    #[must_use]
    pub fn look_up(&self, word: &str) -> u16 {
        if let Some(letters) = Letters::of(word.as_bytes()) {
            return self.look_up_letters(letters, word);
        }
        let mut buffer = [0_u8; LONGEST];
        let mut n = 0;
        for c in word.chars() {
            let byte = match c {
                '’' | '‘' => b'\'',
                c if c.is_ascii() => c as u8,
                _ => return 0,
            };
            if n == LONGEST {
                return 0;
            }
            buffer[n] = byte;
            n += 1;
        }
        let word = std::str::from_utf8(&buffer[..n]).unwrap_or_default();
        Letters::of(word.as_bytes()).map_or(0, |letters| self.look_up_letters(letters, word))
    }

    fn find(&self, letters: Letters) -> u16 {
        match letters.0 {
            [first, second, 0] if second >> NUMBER == 0 => self.short.get(first, second),
            _ => self.long.get(&letters).copied().unwrap_or_default(),
        }
    }

    fn look_up_letters(&self, letters: Letters, word: &str) -> u16 {
        let found = self.find(letters);
        if found != 0 {
            return found;
        }
        let bytes = word.as_bytes();
        if matches!(bytes, [_, _, _, .., b'l' | b'L', b'y' | b'Y']) {
            ADVERB
        } else if bytes.contains(&b'-') {
            self.compound(word)
        } else {
            0
        }
    }

    /// `idol-actress`, `comedian-host`: whoever does two things is what the last word says.
    fn compound(&self, word: &str) -> u16 {
        word.rsplit_once('-')
            .filter(|(first, _)| first.len() > 3)
            .and_then(|(_, last)| {
                self.professions
                    .iter()
                    .find(|(word, _)| word.eq_ignore_ascii_case(last))
            })
            .map_or(0, |(_, number)| *number)
    }
}

const PROFESSIONS: &[&str] = &[
    "actor", "actress", "singer", "director", "writer", "host", "model", "producer", "idol",
];

#[cfg(test)]
mod tests {
    use super::super::{Class, classes, set, table};
    use super::{Capitals, PLACES, ShortWord};

    #[test]
    fn short_words_are_cut_where_their_letters_end() {
        let word = |text: &[u8]| {
            let word = ShortWord::at_start(text)?;
            Some((word.length, word.capitals))
        };
        let small = Capitals::new(false, false, false);
        let first = Capitals::new(true, false, false);
        let some = Capitals::new(false, true, false);
        let every = Capitals::new(true, true, true);
        assert_eq!(word(b"said, he"), Some((4, small)));
        assert_eq!(word(b"Kim Bo R"), Some((3, first)));
        assert_eq!(word(b"iQIYI. T"), Some((5, Capitals::new(false, true, true))));
        assert_eq!(word(b"quietly "), Some((7, small)));
        for other in [
            b"actress ",
            b" a      ",
            b"1 actor ",
            b"@`[{    ",
            "é nothin".as_bytes().first_chunk::<8>().unwrap(),
        ] {
            assert_eq!(word(other).is_some(), other == b"actress ", "{other:?}");
        }
        assert_eq!(word(b"abcdefgh"), None);
        assert_eq!(word(b"abcdefgh."), None);
        assert_eq!(word(b"Abcdefgh. And so"), Some((8, first)));
        assert_eq!(word(b"aBcdefghiJ, so on"), Some((10, some)));
        assert_eq!(word(b"abcdefghijklmn, "), Some((14, small)));
        assert_eq!(word(b"abcdefghijklmno "), None);
        assert_eq!(word(b"abcdefghijklmnopq "), None);
        assert_eq!(word(b"JTBC, so"), Some((4, every)));
        assert_eq!(word(b"I did so"), Some((1, Capitals::new(true, false, true))));
        assert_eq!(word(b"ABCDEFGHIJ, so on"), Some((10, every)));
        assert_eq!(word(b"ABCDEFGHiJ, so on"), Some((10, Capitals::new(true, true, false))));
        assert_eq!(
            word(&[b'a', 0xff, b'a', 0x80, b'a', 0xc1, b'a', b' ']),
            Some((1, Capitals::new(false, false, true)))
        );
    }

    #[test]
    fn a_short_word_has_the_classes_of_the_word() {
        for text in [
            "said, he",
            "Actress ",
            "quietly ",
            "Foxly   ",
            "zzz     ",
            "In the  ",
            "Do      ",
            "Friendly to all of us",
            "carefully to all of us",
            "Emphatically to us",
            "production teams and us",
            "co-starring in it",
        ] {
            let text = text.as_bytes();
            let word = ShortWord::at_start(text).expect("a word");
            let printed = std::str::from_utf8(&text[..word.length]).expect("ASCII");
            assert_eq!(set(table().look_up_short(word)), classes(printed), "{printed}");
        }
        assert!(classes("idol-actress").has(Class::FEMALE));
        let taken = table().short.places.iter().filter(|place| place.0 != 0).count();
        assert!(taken > 0 && taken < PLACES / 8 * 5, "{taken} of {PLACES}");
        // The last place is free: all sets have found theirs.
        assert_eq!(table().sets()[super::SETS - 1], Class::NONE);
    }
}
