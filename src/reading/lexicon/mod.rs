//! Words and what they are: one look-up a word gives all classes the rules ask for.
//!
//! The table is built once, at the first reading. It knows English words only; names of people and
//! titles of dramas are found by `entity` and `drama`.

pub mod given;
pub mod names;
mod verbs;
mod words;

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr),+ $(,)?) => {
        impl Class { $( $(#[$doc])* pub const $name: Class = Class(1 << $bit); )+ }
    };
}

classes! {
    /// A verb that reports words, any form.
    SAY = 0,
    /// Its form in -ing.
    ING = 1,
    /// A verb that reports words only right beside them.
    WEAK = 2,
    /// he, him, his.
    HE = 3,
    /// she, her.
    SHE = 4,
    /// they, them, their.
    THEY = 5,
    /// I, we and their forms.
    FIRST = 6,
    /// he, she, they as subjects.
    NOMINATIVE = 7,
    /// Articles, possessives, small numbers.
    DET = 8,
    /// Prepositions.
    PREP = 9,
    /// and, but, or.
    CONJ = 10,
    /// Words that open a subordinate clause.
    SUBORD = 11,
    /// Auxiliary verbs.
    AUX = 12,
    /// Adverbs that may stand between subject and verb.
    ADV = 13,
    /// Months.
    MONTH = 14,
    /// Days of the week.
    DAY = 15,
    /// Professions that stand before a name.
    TITLE = 16,
    /// Professions behind the camera.
    STAFF = 17,
    /// Hosts, announcers, reporters.
    HOST = 18,
    /// Words for women.
    FEMALE = 19,
    /// Words for men.
    MALE = 20,
    /// Titles of characters in a story.
    STORY = 21,
    /// Nouns that stand for a person named before.
    EPITHET = 22,
    /// Nouns for several people.
    PLURAL = 23,
    /// The production team.
    TEAM = 24,
    /// Unnamed voices of a company.
    SOURCE = 25,
    /// agency, label.
    AGENCY = 26,
    /// Last words of company names.
    ORG = 27,
    /// broadcaster, platform.
    BROADCAST = 28,
    /// netizens, viewers.
    PUBLIC = 29,
    /// Words before a name in marks that is no speech.
    LABEL = 30,
    /// Things that bear words.
    CAPTION = 31,
    /// drama, series.
    DRAMA = 32,
    /// show, program.
    SHOW = 33,
    /// song, album.
    SONG = 34,
    /// film.
    FILM = 35,
    /// novel, webtoon.
    BOOK = 36,
    /// Places.
    PLACE = 37,
    /// KST, p.m.
    KST = 38,
    /// English words that start sentences and headlines with a capital.
    COMMON = 39,
    /// Surnames.
    SURNAME = 40,
    /// Verbs of a caption.
    DISPLAY = 41,
    /// A verb in its base form.
    BASE = 42,
    /// First words of the names of broadcasters and platforms.
    STATION = 43,
    /// First words of the phrases that tell the kind of an article.
    KIND = 44,
}

impl Class {
    /// No class.
    pub const NONE: Class = Class(0);

    /// Whether it shares a class with `other`.
    #[must_use]
    pub const fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// Whether the word is known for anything but a surname.
    #[must_use]
    pub const fn is_english(self) -> bool {
        self.0 & !(Class::SURNAME.0 | Class::KIND.0) != 0
    }
}

/// A fast hash for the fixed table. Tables whose keys an article chooses keep the standard hasher.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0_u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

type Words<T> = HashMap<Letters, T, BuildHasherDefault<WordHasher>>;

/// The longest entry has 20 letters; longer words cannot be in the table.
const LONGEST: usize = 24;

/// A word of the table in lower case: compared as three numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Letters([u64; 3]);

impl std::hash::Hash for Letters {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [first, second, third] = self.0;
        state.write_u64(first);
        // Most words end here.
        if second != 0 {
            state.write_u64(second);
            state.write_u64(third);
        }
    }
}

impl Letters {
    /// Packs a word in small letters. `None` for what is too long, or not ASCII.
    fn of(word: &[u8]) -> Option<Self> {
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
fn pack_eight(bytes: &[u8]) -> u64 {
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

/// Words point into the distinct sets of classes, so that a token needs two bytes for its classes.
struct Table {
    words: Words<u16>,
    sets: Vec<Class>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| pack(build()));

const ADVERB: u16 = 1;

fn pack(words: Words<Class>) -> Table {
    let mut sets = vec![Class::NONE, Class::ADV];
    let words = words
        .into_iter()
        .map(|(word, class)| {
            let at = sets.iter().position(|set| *set == class).unwrap_or_else(|| {
                sets.push(class);
                sets.len() - 1
            });
            // There are far fewer sets than words, and fewer words than 65,536.
            (word, u16::try_from(at).unwrap_or_default())
        })
        .collect();
    Table { words, sets }
}

fn build() -> Words<Class> {
    let mut table = Words::default();
    let mut put = |word: &str, class: Class| {
        let Some(letters) = Letters::of(word.as_bytes()) else {
            return;
        };
        let slot: &mut Class = table.entry(letters).or_default();
        *slot = slot.with(class);
    };
    let irregular: HashSet<&str> = verbs::IRREGULAR.iter().map(|(_, base)| *base).collect();
    for (list, class) in [(verbs::SPEECH, Class::SAY), (verbs::WEAK, Class::WEAK)] {
        for base in list.split_whitespace() {
            put(base, class.with(Class::BASE));
            let [third, past, ing] = verbs::inflect(base);
            put(&third, class);
            if !irregular.contains(base) {
                put(&past, class);
            }
            put(&ing, class.with(Class::ING));
            if let Some([_, past, ing]) = verbs::doubled(base) {
                put(&past, class);
                put(&ing, class.with(Class::ING));
            }
        }
    }
    for (form, base) in verbs::IRREGULAR {
        let class = if verbs::SPEECH.split_whitespace().any(|b| b == *base) {
            Class::SAY
        } else {
            Class::WEAK
        };
        put(
            form,
            if form.ends_with("ing") {
                class.with(Class::ING)
            } else {
                class
            },
        );
    }
    for word in verbs::DISPLAY {
        put(word, Class::DISPLAY);
    }
    for (class, list) in words::CLASSES {
        for word in list.split_whitespace() {
            put(word, *class);
        }
    }
    for name in super::network::NAMES {
        put(name.split(' ').next().unwrap_or(name), Class::STATION);
    }
    for phrase in super::kind::phrases() {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        put(first, Class::KIND);
        put(&format!("{first}s"), Class::KIND);
    }
    for surname in names::SURNAMES.split_whitespace() {
        put(surname, Class::SURNAME);
    }
    table
}

/// The classes of a word as printed: case and the shape of an apostrophe do not matter.
#[must_use]
pub fn classes(word: &str) -> Class {
    set(look_up(word))
}

/// The set of classes with that number.
#[must_use]
pub fn set(number: u16) -> Class {
    TABLE.sets.get(usize::from(number)).copied().unwrap_or_default()
}

/// All sets, to index by the numbers that [`look_up`] gives.
#[must_use]
pub fn sets() -> &'static [Class] {
    &TABLE.sets
}

/// The number of the set of classes of a word.
#[must_use]
pub fn look_up(word: &str) -> u16 {
    if let Some(letters) = Letters::of(word.as_bytes()) {
        return look_up_letters(letters, word);
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
    Letters::of(word.as_bytes()).map_or(0, |letters| look_up_letters(letters, word))
}

fn look_up_letters(letters: Letters, word: &str) -> u16 {
    if let Some(found) = TABLE.words.get(&letters) {
        return *found;
    }
    let bytes = word.as_bytes();
    if matches!(bytes, [_, _, _, .., b'l' | b'L', b'y' | b'Y']) {
        ADVERB
    } else if bytes.contains(&b'-') {
        compound(&word.to_ascii_lowercase())
    } else {
        0
    }
}

/// `idol-actress`, `comedian-host`: whoever does two things is what the last word says.
fn compound(word: &str) -> u16 {
    word.rsplit_once('-')
        .filter(|(first, last)| first.len() > 3 && PROFESSIONS.contains(last))
        .and_then(|(_, last)| TABLE.words.get(&Letters::of(last.as_bytes())?).copied())
        .unwrap_or_default()
}

const PROFESSIONS: &[&str] = &[
    "actor", "actress", "singer", "director", "writer", "host", "model", "producer", "idol",
];

#[cfg(test)]
mod tests {
    use super::{Class, classes};

    #[test]
    fn verbs_of_the_trade_are_known_in_every_form() {
        for word in [
            "said",
            "Shares",
            "joking",
            "chimed",
            "quipped",
            "commented",
            "continues",
            "replying",
            "gushed",
            "confessed",
        ] {
            assert!(classes(word).has(Class::SAY), "{word}");
        }
        assert!(classes("remarking").has(Class::ING));
        assert!(!classes("table").has(Class::SAY));
    }

    #[test]
    fn words_have_several_classes() {
        let actress = classes("actress");
        assert!(actress.has(Class::FEMALE) && actress.has(Class::TITLE) && actress.has(Class::EPITHET));
        assert!(classes("Do").has(Class::SURNAME) && classes("Do").is_english());
        assert!(classes("안효섭") == Class::NONE);
        assert!(classes("quietly").has(Class::ADV));
    }
}
