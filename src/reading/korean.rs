//! The shape of Korean names: a surname of one word or two, and a first name of two syllables, hyphenated or not.

use super::lexicon::{Class, names};
use super::names::{Finder, Form, PLACES, is_participle};
use super::print::words;
use super::text::{Shape, Text};

/// Words that open a sentence in front of a name more often than they are a surname.
const FUNCTION: Class = Class::PREP
    .with(Class::SUBORD)
    .with(Class::CONJ)
    .with(Class::AUX)
    .with(Class::ADV)
    .with(Class::DET)
    .with(Class::NOMINATIVE);

impl Finder<'_> {
    pub(super) fn count(&mut self, token: usize) -> usize {
        const LONGEST: usize = 14;
        let word = self.text.bytes(token);
        if word.len() > LONGEST {
            return 0;
        }
        let letters = self.text.first_sixteen(token);
        let place = ((letters ^ letters >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - PLACES.ilog2());
        let place = place as usize;
        if self.counted[place] == letters {
            return usize::from(self.syllables[place]);
        }
        let mut bytes = letters.to_le_bytes();
        bytes.make_ascii_lowercase();
        let n = bytes[..word.len()]
            .split(|b| *b == b'-')
            .map(names::syllables)
            .try_fold(0, |all, n| (n > 0).then_some(all + n))
            .unwrap_or(0);
        self.counted[place] = letters;
        self.syllables[place] = u8::try_from(n).unwrap_or(u8::MAX);
        n
    }

    pub(super) fn korean(&mut self, at: usize, end: usize) -> Option<(usize, Form)> {
        let text = self.text;
        // Recaps print a name in capitals where its actor stands behind it, or those of the actors in brackets.
        let shouted = text.shape(at) == Shape::Upper
            && text.class(at).has(Class::SURNAME)
            && (at + 1..end.min(at + 4)).all(|t| text.shape(t) == Shape::Upper)
            && (text.is(end, "(") || opens_bracket(text, at) || stands_out(text, at, end));
        if at + 1 >= end || text.shape(at) != Shape::Capital && !shouted {
            return None;
        }
        // `Sun Woo Jung`, `Dok Go Jin`: a surname of two words.
        if is_double_surname(text.bytes(at), text.bytes(at + 1)) {
            let (one, two) = (at + 3, at + 4);
            let syllable = |me: &mut Self, t: usize| t < end && text.shape(t) == Shape::Capital && me.count(t) == 1;
            if syllable(self, at + 2) {
                let last = if syllable(self, at + 3) { two } else { one };
                return Some((last, Form::Korean));
            }
            if at + 2 < end && self.count(at + 2) == 2 {
                return Some((one, Form::Korean));
            }
            // `Commissioner Dok Go`: the surname alone, behind a title or in front of who plays its bearer.
            if at + 2 == end && (self.has_actor_behind(end) || at > 0 && is_titled(text, at)) {
                return Some((end, Form::Pair));
            }
        }
        let class = text.class(at);
        let surname = class.has(Class::SURNAME);
        // `Handing Hae Won the key`: what opens the sentence is no surname.
        let opens = || at == 0 || !text.is_word(at - 1) || text.para_of(at) != text.para_of(at - 1);
        if !surname && is_participle(text.bytes(at)) && opens() {
            return None;
        }
        let english = class.is_english();
        // `In Cheon Bo Mi’s poster`: the small word in front is no surname where a whole name follows.
        if surname
            && class.has(Class::PREP.with(Class::SUBORD).with(Class::CONJ))
            && at + 3 < end
            && self.korean(at + 1, end).is_some_and(|(_, form)| form == Form::Korean)
        {
            return None;
        }
        // `Baker Noh Tae-rim`: no name either.
        if !surname
            && at + 2 < end
            && text.class(at + 1).has(Class::SURNAME)
            && self.korean(at + 1, end).is_some_and(|(_, form)| form == Form::Korean)
        {
            return None;
        }
        if english && !surname {
            // `his wife Sun Ah`: a word that begins given names more often than sentences.
            let given = text.is_just(at, words!["Sun", "Soon", "Won", "Gun"]);
            // `Sun Gi Tae`.
            let whole = at + 2 < end && self.count(at + 1) == 1 && self.count(at + 2) == 1;
            let free = |t: usize| !text.class(t).is_english() || is_syllable_too(text.word(t));
            if given && whole && free(at + 1) && free(at + 2) {
                return Some((at + 3, Form::Korean));
            }
            // `Sun Woo-taek`, `Sun WooTaek`.
            if given && is_compound(text.word(at + 1)) && self.count(at + 1) == 2 {
                return Some((at + 2, Form::Korean));
            }
            let next = text.class(at + 1);
            let plain = !next.is_english() && !next.has(Class::SURNAME)
                || is_syllable_too(text.word(at + 1)) && !next.has(Class::PREP);
            return (given && plain && self.count(at + 1) == 1).then_some((at + 2, Form::Pair));
        }
        // A surname has two syllables at most, which need no counting; behind a hyphen any word may stand.
        let first = match surname && !text.bytes(at).contains(&b'-') {
            true => 1,
            false => self.count(at),
        };
        if !surname && first == 0 {
            return None;
        }
        let given = at + 1;
        let known = text.class(given);
        if is_compound(text.word(given)) {
            let n = self.count(given);
            // `Kim Bo-ra-mi`, `Noh Bit-garam`: three syllables behind a surname that leaves no doubt.
            let long = n == 3 && surname && !english;
            return (long || n == 2 && (surname || first <= 2)).then_some((given + 1, Form::Korean));
        }
        // `Jeong A switches`: no article stands between a surname and a verb.
        if surname && !english && text.word(given) == "A" && text.shape(given + 1) != Shape::Capital {
            return Some((given + 1, Form::Pair));
        }
        let n = self.count(given);
        let second = given + 1;
        let syllable = second < end && (shouted || text.shape(second) == Shape::Capital) && self.count(second) == 1;
        // Three words: the last must not be an English word unless the first two leave no doubt.
        if n == 1 && syllable && first <= 2 {
            // `Lee Do A star in`: no article stands in front of a verb.
            let vowel = text.word(second) == "A" && text.shape(second + 1) != Shape::Capital;
            let odd = text.class(second).is_english() && !is_syllable_too(text.word(second)) && !vowel;
            let free = !known.is_english() || is_syllable_too(text.word(given));
            if !odd && (free || surname && !english) {
                // `Kim Bo Ra Mi`: a third syllable that ends the run belongs to the name.
                let third = second + 1;
                let more = surname
                    && third + 1 == end
                    && text.shape(third) == Shape::Capital
                    && (!text.class(third).is_english() || is_only_syllable(text.word(third)))
                    && self.count(third) == 1
                    && text.before(third) == ' ';
                return Some((third + usize::from(more), Form::Korean));
            }
        }
        let bracketed = at > 0 && text.is(at - 1, "(") && text.is(given + 1, ")");
        let spoken = english
            && !bracketed
            && !is_told_behind(text, given + 1)
            && !(text.is_just(at, words!["Do", "An", "Go", "Ma", "Song", "Moon", "Sung", "Min", "Gun"])
                || text.is(at, "so") && n == 2
                || n > 1 && !class.has(FUNCTION) && !known.is_english());
        if known.is_english() && !known.has(Class::SURNAME) && !is_syllable_too(text.word(given)) || spoken {
            return None;
        }
        // `Shin Bora Mi`.
        let third = n == 2 && surname && !english && syllable && second + 1 == end && !text.class(second).is_english();
        if third && !text.class(given).is_english() {
            return Some((second + 1, Form::Korean));
        }
        // `Han Bit Garam`.
        let whole = n == 1 && surname && !english && second + 1 == end && text.shape(second) == Shape::Capital;
        if whole && !text.word(second).ends_with("-led") && !text.class(second).is_english() && self.count(second) == 2
        {
            return Some((second + 1, Form::Korean));
        }
        match n {
            // `Gong Bitnara`.
            3 if surname && !known.is_english() => Some((given + 1, Form::Pair)),
            2 if surname => Some((given + 1, Form::Pair)),
            1 if first <= 2 => Some((given + 1, Form::Pair)),
            _ => None,
        }
    }
}

/// `Bo-ra`, `BoRa`: syllables of a given name that some outlets join by a hyphen, others by a capital within the word.
pub(super) fn is_compound(word: &str) -> bool {
    const PARTS: usize = 3;
    let hyphens = word.bytes().filter(|b| *b == b'-').count();
    let capitals = || {
        let inner = word.as_bytes().windows(2);
        let joints = inner.filter(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
        joints.count()
    };
    (1..PARTS).contains(&hyphens) || hyphens == 0 && (1..PARTS).contains(&capitals())
}

/// `playing KIM BO-RA, a manager`: capitals among small letters.
fn stands_out(text: &Text, at: usize, end: usize) -> bool {
    let small = |t: usize| text.shape(t) == Shape::Lower;
    let ends = small(end) || matches!(text.sign(end), b',' | b'.' | b';') || text.shape(end) == Shape::Clitic;
    at > 0 && small(at - 1) && end <= at + 3 && !text.class(at).is_english() && ends
}

/// `(KIM BO-RA`, `(played by KIM BO-RA`: nothing but small words stands between the bracket and the name.
fn opens_bracket(text: &Text, at: usize) -> bool {
    const WORDS: usize = 4;
    (at.saturating_sub(WORDS)..at)
        .rev()
        .find(|t| text.shape(*t) != Shape::Lower)
        .is_some_and(|t| text.is(t, "("))
}

/// `So Jin, the 11-year-old who`, `Do Rim, 34,`: what stands behind a comma tells of somebody.
fn is_told_behind(text: &Text, comma: usize) -> bool {
    const REACH: usize = 4;
    text.is(comma, ",")
        && (text.shape(comma + 1) == Shape::Number && text.is(comma + 2, ",")
            || text.is(comma + 1, "who")
            || text.is_one(comma + 1, words!["a", "an", "the"])
                && (comma + 2..comma + 2 + REACH)
                    .take_while(|t| text.shape(*t) == Shape::Lower || text.shape(*t) == Shape::Number)
                    .any(|t| {
                        text.class(t).has(Class::TITLE.with(Class::EPITHET)) || text.bytes(t).ends_with(b"-year-old")
                    }))
}

/// A title of a story stands right in front.
fn is_titled(text: &Text, at: usize) -> bool {
    text.is_capital(at - 1) && text.class(at - 1).has(Class::STORY.with(Class::TITLE))
}

/// Korean surnames of two syllables, printed as two words.
pub(super) fn is_double_surname(first: &[u8], second: &[u8]) -> bool {
    match first {
        b"Sun" => matches!(second, b"Woo" | b"U"),
        b"Seon" => matches!(second, b"Woo" | b"U" | b"Oo"),
        b"Nam" => matches!(second, b"Goong" | b"Gung" | b"Koong" | b"Kung"),
        b"Dok" => matches!(second, b"Go" | b"Ko"),
        b"Je" | b"Jae" => second == b"Gal",
        b"Hwang" => matches!(second, b"Bo" | b"Po"),
        b"Sa" => matches!(second, b"Gong" | b"Kong"),
        b"Seo" => matches!(second, b"Moon" | b"Mun"),
        b"Dong" => second == b"Bang",
        _ => false,
    }
}

/// The same, where no headline has them as a word: `Nam Gyu Ri An`, but not `Nam Gyu Ri On Her Role`.
fn is_only_syllable(word: &str) -> bool {
    matches!(
        word,
        "An" | "Ah" | "Oh" | "Ran" | "Dan" | "Bin" | "Been" | "Jin" | "Yi" | "Mi" | "Na" | "Won" | "Han" | "Ho"
    )
}

/// English words that are everyday syllables of given names.
pub(super) fn is_syllable_too(word: &str) -> bool {
    matches!(
        word,
        "Young"
            | "Sun"
            | "So"
            | "Do"
            | "In"
            | "Go"
            | "Moon"
            | "Song"
            | "Sang"
            | "Won"
            | "Soon"
            | "Gun"
            | "Ran"
            | "See"
            | "Yeon"
            | "You"
            | "He"
            | "Min"
            | "Yi"
            | "Na"
            | "Mi"
            | "An"
            | "On"
            | "No"
            | "Oh"
            | "Ah"
            | "Ho"
            | "Han"
            | "Jin"
            | "Wi"
            | "Me"
            | "Dan"
            | "Sing"
            | "Bin"
            | "Been"
            | "Hong"
            | "Sa"
            | "San"
            | "Ye"
            | "Yes"
            | "Jun"
            | "Mae"
            | "Chef"
            | "June"
            | "Sung"
            | "Hung"
            | "Bo"
            | "Bi"
            | "Da"
            | "Ra"
            | "Ok"
            | "Man"
    )
}
