//! The phonetic key: a spelling read as Korean syllables, as a small set of codes.
//!
//! Romanised names follow no one system: 정 is Jung, Jeong, Chung, Joung. So a spelling is parsed into
//! onset, vowel and coda, and every ambiguity yields one more code; two names may be the same when
//! their sets meet. Hangul has one code. There are no sound changes: names are romanised syllable by
//! syllable. The tables follow Revised Romanisation, McCune-Reischauer, and what people do.

use super::code::{Code, syllable};
use super::fold::{is_hangul, words};
use super::hangul::decompose;
use super::roman::{MOST_CODES, MOST_LETTERS, parse};
use super::surname::{self, Class};

/// A surname as it counts in a key: a class, or the sound of a surname that is not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Class(Class),
    Sound(Code),
}

/// Surname and given name, read as sound.
pub(super) type Key = (Family, Code);

/// The keys of a person's name as text, for measurements: two names may be the same person's when
/// their sets meet. Surname first, then the given name; a name of one word has none.
#[must_use]
pub fn person_keys(name: &str) -> Vec<String> {
    surname_first(&words(name))
        .into_iter()
        .map(|(family, given)| match family {
            Family::Class(class) => format!("{class} {given:?}"),
            Family::Sound(code) => format!("{code:?} {given:?}"),
        })
        .collect()
}

/// The keys of words in the Korean order: 안 효섭.
pub(super) fn surname_first(words: &[String]) -> Vec<Key> {
    if let Some(syllables) = hangul_syllables(words) {
        return hangul_keys(&syllables);
    }
    let mut keys = Vec::new();
    if let [surname, given @ ..] = words
        && !given.is_empty()
    {
        push_keys(&families(surname), given, &mut keys);
    }
    // Nam Koong Min, Dok Go Young Jae: a surname of two syllables written apart.
    if let [first, second, given @ ..] = words
        && !given.is_empty()
    {
        let long: Vec<Family> = surname::customary(&format!("{first}{second}"))
            .iter()
            .filter(|class| surname::is_long(**class))
            .map(|class| Family::Class(*class))
            .collect();
        push_keys(&long, given, &mut keys);
    }
    keys
}

/// The keys of words in the Western order: Hyo Seop Ahn.
pub(super) fn surname_last(words: &[String]) -> Vec<Key> {
    let mut keys = Vec::new();
    if let [given @ .., surname] = words
        && !given.is_empty()
        && hangul_syllables(words).is_none()
    {
        push_keys(&families(surname), given, &mut keys);
    }
    keys
}

/// The keys of letters without spaces: each surname that they begin with (or end with, when
/// `reversed`) and the rest as given name. Surnames of one letter are left out: every name begins
/// with some letter.
pub(super) fn joined(letters: &str, reversed: bool) -> Vec<Key> {
    let mut keys = Vec::new();
    if !letters.is_ascii() || letters.len() > MOST_LETTERS {
        return keys;
    }
    for cut in 2..letters.len().saturating_sub(1) {
        let (first, second) = letters.split_at(if reversed { letters.len() - cut } else { cut });
        let (surname, given) = if reversed { (second, first) } else { (first, second) };
        let families: Vec<Family> = surname::customary(surname).iter().map(|c| Family::Class(*c)).collect();
        if !families.is_empty() {
            push_keys(&families, &[given.to_owned()], &mut keys);
        }
    }
    keys
}

fn push_keys(families: &[Family], given: &[String], keys: &mut Vec<Key>) {
    if families.is_empty() {
        return;
    }
    for code in codes(given) {
        keys.extend(families.iter().map(|family| (*family, code)));
    }
}

fn families(word: &str) -> Vec<Family> {
    let classes = surname::classes(word);
    if classes.is_empty() {
        codes_of(word).into_iter().map(Family::Sound).collect()
    } else {
        classes.into_iter().map(Family::Class).collect()
    }
}

/// All the syllables when the words are hangul and nothing else.
fn hangul_syllables(words: &[String]) -> Option<Vec<char>> {
    let syllables: Vec<char> = words.iter().flat_map(|w| w.chars()).collect();
    (!syllables.is_empty() && syllables.iter().all(|c| decompose(*c).is_some())).then_some(syllables)
}

fn hangul_keys(syllables: &[char]) -> Vec<Key> {
    let mut keys = Vec::new();
    for surname_len in [1, 2] {
        if syllables.len() <= surname_len {
            break;
        }
        let surname: String = syllables[..surname_len].iter().collect();
        let given: String = syllables[surname_len..].iter().collect();
        match surname::of_hangul(&surname) {
            Some(class) if surname_len == 1 || surname::is_long(class) => {
                keys.extend(codes_of(&given).into_iter().map(|code| (Family::Class(class), code)));
            }
            None if surname_len == 1 => {
                let sounds = codes_of(&surname);
                for code in codes_of(&given) {
                    keys.extend(sounds.iter().map(|sound| (Family::Sound(*sound), code)));
                }
            }
            _ => {}
        }
    }
    keys
}

/// The codes of several words, syllable breaks between them; empty when a word cannot be read.
pub(super) fn codes(words: &[String]) -> Vec<Code> {
    let mut whole = vec![Code::EMPTY];
    for word in words {
        let parts = codes_of(word);
        if parts.is_empty() {
            return Vec::new();
        }
        let mut longer = Vec::with_capacity(whole.len() * parts.len());
        for before in &whole {
            for part in &parts {
                let mut code = *before;
                code.append(part);
                longer.push(code);
            }
        }
        longer.truncate(MOST_CODES);
        whole = longer;
    }
    if words.is_empty() { Vec::new() } else { whole }
}

/// The codes of one folded word, most plausible first.
pub(super) fn codes_of(word: &str) -> Vec<Code> {
    if word.is_ascii() {
        return parse(word.as_bytes());
    }
    // Runs of hangul and of letters, as in `iu님`.
    let mut runs: Vec<String> = Vec::new();
    let mut hangul = false;
    for c in word.chars() {
        if runs.is_empty() || is_hangul(c) || hangul {
            runs.push(String::new());
        }
        hangul = is_hangul(c);
        if let Some(run) = runs.last_mut() {
            run.push(c);
        }
    }
    let mut whole = vec![Code::EMPTY];
    for run in &runs {
        let parts = if run.is_ascii() {
            parse(run.as_bytes())
        } else {
            run.chars().next().and_then(syllable).into_iter().collect()
        };
        let Some(part) = parts.first() else { return Vec::new() };
        for code in &mut whole {
            code.append(part);
        }
    }
    whole
}
