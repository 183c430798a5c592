//! The table of words: a word's letters → the number of its set of classes.
//!
//! Most words of a text are short and plain, and are found by their letters as one number, without a
//! look at each. Which words there are and what they mean is for the lists beside this file.

use super::asked::Asked;
use super::{Class, Set};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::Hasher;

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
    match bytes {
        [] => 0,
        [a] => u64::from(*a),
        [a, b] => u64::from(*a) | u64::from(*b) << 8,
        [a, b, c] => u64::from(*a) | u64::from(*b) << 8 | u64::from(*c) << 16,
        // The two halves overlap where they hold the same bytes.
        _ => four(0) | four(bytes.len() - 4) << (8 * (bytes.len() - 4)),
    }
}

/// Eight ASCII bytes in small letters at once.
const fn small(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let from_a = eight + ONES * (0x80 - b'A' as u64);
    let beyond_z = eight + ONES * (0x7f - b'Z' as u64);
    eight | ((from_a & !beyond_z) & (ONES * 0x80)) >> 2
}

/// A word of plain letters, cut from a text: at most fifteen.
#[derive(Clone, Copy, Debug)]
pub struct ShortWord {
    /// Its letters, small ones, the first in the lowest byte; and those behind the first eight.
    letters: (u64, u64),
    /// How many it has.
    pub length: usize,
    /// The first letter is a capital.
    pub capital: bool,
    /// How many of the others are capitals.
    pub capitals: usize,
}

/// The plain letters at the start of eight bytes: small ones, how many, and which were capitals, as the bits of
/// their case.
#[inline]
const fn letters_of(bytes: [u8; 8]) -> (u64, usize, u64) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES * 0x80;
    const CASE: u64 = ONES * 0x20;
    let word = u64::from_le_bytes(bytes);
    let small = word | CASE;
    let low = small & !HIGH;
    // The high bit of each byte tells whether it is a letter.
    let from_a = low + ONES * (0x80 - b'a' as u64);
    let beyond_z = low + ONES * (0x7f - b'z' as u64);
    let other = !(from_a & !beyond_z & !word) & HIGH;
    let length = (other.trailing_zeros() / 8) as usize;
    let these = match length {
        8.. => u64::MAX,
        _ => (1 << (length * 8)) - 1,
    };
    (small & these, length, !word & CASE & these)
}

/// How many bytes have the bit of their case, and none another: one multiplication adds them up.
#[inline]
const fn count(case: u64) -> usize {
    ((case >> 5).wrapping_mul(0x0101_0101_0101_0101) >> 56) as usize
}

impl ShortWord {
    /// The word at the start of some bytes: all plain letters up to the first other sign. `None` where
    /// there is no letter, too many, or too few bytes to tell.
    #[must_use]
    #[inline]
    pub fn at_start(bytes: &[u8]) -> Option<Self> {
        let (first, length, capitals) = letters_of(*bytes.first_chunk()?);
        match length {
            0 => None,
            8.. => {
                let (second, more, others) = letters_of(*bytes[8..].first_chunk()?);
                (more < 8).then_some(Self {
                    letters: (first, second),
                    length: 8 + more,
                    capital: capitals & 0xff != 0,
                    capitals: count(capitals >> 8) + count(others),
                })
            }
            _ => Some(Self {
                letters: (first, 0),
                length,
                capital: capitals & 0xff != 0,
                capitals: count(capitals >> 8),
            }),
        }
    }

    /// Its first eight letters, small ones, the first in the lowest byte.
    #[must_use]
    pub const fn head(&self) -> u64 {
        self.letters.0
    }

    /// Whether it ends in `ly` and is long enough for an adverb.
    #[inline]
    const fn is_adverb(&self) -> bool {
        const LY: u16 = u16::from_le_bytes(*b"ly");
        let (first, second) = self.letters;
        let letters = first as u128 | (second as u128) << 64;
        // A word of one letter has nothing in front of it, and is too short all the same.
        let last_two = letters >> (8 * self.length.saturating_sub(2));
        (last_two as u16 == LY) & (self.length > 4)
    }
}

/// The number of the set that holds adverbs and nothing else.
const ADVERB: u16 = 1;

/// Words of at most sixteen letters, in places that their letters give; the next place when it is taken.
struct Short {
    /// A word and the number of its set beside each other: one look into memory finds both. Empty places hold zeros.
    places: Vec<(u64, u64, u16)>,
    /// All but the bits that number the places.
    shift: u32,
}

impl Short {
    /// Half of the places stay empty, at least.
    fn pack(words: &[(u64, u64, u16)]) -> Self {
        let places = (words.len() * 2).next_power_of_two().max(2);
        let mut table = Self {
            places: vec![(0, 0, 0); places],
            shift: 64 - places.ilog2(),
        };
        for word in words {
            let mut place = table.place(word.0, word.1);
            while table.places[place].0 != 0 {
                place = (place + 1) & (places - 1);
            }
            table.places[place] = *word;
        }
        table
    }

    #[inline]
    fn place(&self, first: u64, second: u64) -> usize {
        // Only letters on the last bytes would not reach the upper bits: both halves are mixed.
        let letters = first ^ second.rotate_left(23);
        ((letters ^ (letters >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// The number of a word's set; 0, that of no class, for what is no word of the table.
    #[inline]
    fn get(&self, first: u64, second: u64) -> u16 {
        let home = self.place(first, second);
        let last = self.places.len() - 1;
        let (here, behind) = (&self.places[home & last], &self.places[(home + 1) & last]);
        let is_it = |place: &(u64, u64, u16)| (place.0 == first) & (place.1 == second);
        let (is_here, is_behind) = (is_it(here), is_it(behind));
        // Most words stand in their place or the next, and what is no word finds one of the two empty. Both are looked
        // at without a jump in between, since no guess at which it is would be right often.
        if is_here | is_behind | (here.0 == 0) | (behind.0 == 0) {
            return u16::from(is_here) * here.2 + u16::from(is_behind) * behind.2;
        }
        self.get_beyond(home + 2, first, second)
    }

    /// The same for the few whose first places are taken by others.
    #[cold]
    fn get_beyond(&self, mut place: usize, first: u64, second: u64) -> u16 {
        loop {
            let (one, two, number) = self.places[place & (self.places.len() - 1)];
            if one == 0 {
                return 0;
            }
            if (one == first) & (two == second) {
                return number;
            }
            place += 1;
        }
    }
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
                [first, second, 0] => short.push((first, second, number)),
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
        let adverb = if word.is_adverb() { ADVERB } else { 0 };
        if found == 0 { adverb } else { found }
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
            [first, second, 0] => self.short.get(first, second),
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
    use super::ShortWord;

    #[test]
    fn short_words_are_cut_where_their_letters_end() {
        let word = |text: &[u8]| ShortWord::at_start(text).map(|w| (w.length, w.capital, w.capitals));
        assert_eq!(word(b"said, he"), Some((4, false, 0)));
        assert_eq!(word(b"Kim Bo R"), Some((3, true, 0)));
        assert_eq!(word(b"iQIYI. T"), Some((5, false, 4)));
        assert_eq!(word(b"quietly "), Some((7, false, 0)));
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
        assert_eq!(word(b"Abcdefgh. And so"), Some((8, true, 0)));
        assert_eq!(word(b"aBcdefghiJ, so on"), Some((10, false, 2)));
        assert_eq!(word(b"abcdefghijklmno "), Some((15, false, 0)));
        assert_eq!(word(b"abcdefghijklmnopq "), None);
        assert_eq!(
            word(&[b'a', 0xff, b'a', 0x80, b'a', 0xc1, b'a', b' ']),
            Some((1, false, 0))
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
        // The last place is free: all sets have found theirs.
        assert_eq!(table().sets()[super::SETS - 1], Class::NONE);
    }
}
