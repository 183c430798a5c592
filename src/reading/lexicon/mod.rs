//! Words and what they are: one look-up a word gives all classes the rules ask for.
//!
//! The table is built once, at the first reading. It knows English words only; names of people and
//! titles of dramas are found by `entity` and `drama`.

pub mod alike;
pub mod asked;
pub mod given;
pub mod names;
mod table;
pub mod trades;
mod verbs;
mod words;

pub use table::{Capitals, SETS, ShortWord, Table, pack_eight};

use asked::Asked;
use std::collections::HashSet;
use std::sync::LazyLock;
use table::{Letters, Words};

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
    /// What people do who neither act in dramas nor make them.
    OFFICE = 45,
    /// What speaks for somebody: a voice, a letter.
    VOICE = 46,
    /// Verbs of who sends or leaves a letter.
    SEND = 47,
    /// What a newspaper or a site is called.
    OUTLET = 48,
    /// Who comes by in a story without a name.
    PASSER = 49,
    /// Bodies that speak and have nothing to do with the making of a drama.
    BODY = 50,
    /// Nouns for what somebody says: an answer, a confession.
    SPOKEN = 51,
    /// Past forms of verbs that do not end in -ed.
    PAST = 52,
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
        self.0 & !(Class::SURNAME.0 | Class::KIND.0 | Class::SPOKEN.0 | Class::PAST.0) != 0
    }
}

/// What the table knows of a word: its classes, and the lists that it stands in.
type Set = (Class, Asked);

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::pack(build()));

fn build() -> Words<Set> {
    let mut table: Words<Set> = Words::default();
    let mut add = |word: &str, class: Class, asked: Asked| {
        if let Some(letters) = Letters::of(word.as_bytes()) {
            let slot = table.entry(letters).or_default();
            *slot = (slot.0.with(class), slot.1.with(asked));
        }
    };
    for (word, asked) in asked::words() {
        add(word, Class::NONE, asked);
    }
    let mut put = |word: &str, class: Class| add(word, class, Asked::NONE);
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

/// The lists that a word stands in, as printed in any case.
#[must_use]
pub fn lists(word: &str) -> Asked {
    let found = TABLE.asked().get(usize::from(look_up(word)));
    found.copied().unwrap_or_default()
}

/// The set of classes with that number.
#[must_use]
pub fn set(number: u16) -> Class {
    TABLE.sets().get(usize::from(number)).copied().unwrap_or_default()
}

/// The table of all words.
#[must_use]
pub fn table() -> &'static Table {
    &TABLE
}

/// The number of the set of classes of a word.
#[must_use]
pub fn look_up(word: &str) -> u16 {
    TABLE.look_up(word)
}

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
