//! Folding: what makes two spellings of the same letters one key.
//!
//! Every exact look-up goes through [`fold`]; sound is the business of `key`, titles of `title`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, decompose_compatible, is_combining_mark};

/// Longest input that is looked at, in characters. Names and titles are far shorter; what is longer
/// is not a name, and cutting it bounds the work on hostile input.
pub(super) const MOST_CHARS: usize = 200;

/// Letters and digits only, lower case, accents off: the key of exact look-ups and of
/// `Subject::Words`. `Ahn Hyo-seop`, `AHN HYOSEOP` and `ahn hyo seop` fold alike; hangul stays.
/// Empty when the text has no letter or digit. Text beyond 200 characters is ignored.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len().min(MOST_CHARS * 4));
    if text.is_ascii() {
        let letters = text.bytes().take(MOST_CHARS).filter(u8::is_ascii_alphanumeric);
        folded.extend(letters.map(|b| char::from(b.to_ascii_lowercase())));
        return folded;
    }
    for c in text.chars().take(MOST_CHARS).nfc() {
        fold_char(c, &mut folded);
    }
    folded
}

/// Asks something of a folded text: of a short one of ASCII, as nearly all names are, nothing is made for it.
pub(super) fn with_fold<T>(text: &str, ask: impl FnOnce(&str) -> T) -> T {
    const SHORT: usize = 64;
    if text.len() > SHORT || !text.is_ascii() {
        return ask(&fold(text));
    }
    let mut letters = [0; SHORT];
    let mut count = 0;
    for letter in text.bytes().filter(u8::is_ascii_alphanumeric) {
        letters[count] = letter.to_ascii_lowercase();
        count += 1;
    }
    ask(std::str::from_utf8(&letters[..count]).unwrap_or_default())
}

/// The folded words of a text: split at white space, hyphens, dots and other punctuation, but not
/// at apostrophes, which are dropped.
pub(super) fn words(text: &str) -> Vec<String> {
    if text.is_ascii() {
        return split_words(text.chars().take(MOST_CHARS));
    }
    split_words(text.chars().take(MOST_CHARS).nfc())
}

fn split_words(text: impl Iterator<Item = char>) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text {
        let before = word.len();
        fold_char(c, &mut word);
        if word.len() == before && !is_joiner(c) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Characters without letters that do not end a word: apostrophes, accents, invisible characters.
fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '`' | 'ʼ' | '´' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    ) || is_combining_mark(c)
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        }
        return;
    }
    if is_hangul(c) {
        out.push(c);
        return;
    }
    for lower in c.to_lowercase() {
        match lower {
            // McCune-Reischauer's ŏ and ŭ are eo and eu, not o and u.
            'ŏ' => out.push_str("eo"),
            'ŭ' => out.push_str("eu"),
            _ => push_bare(lower, out),
        }
    }
}

/// A letter without its accents. Full-width forms count as their plain letters.
fn push_bare(c: char, out: &mut String) {
    let mut push = |part: char| {
        if part.is_alphanumeric() && !is_combining_mark(part) {
            out.extend(
                part.to_lowercase()
                    .filter(|l| l.is_alphanumeric() && !is_combining_mark(*l)),
            );
        }
    };
    if ('\u{ff01}'..='\u{ff5e}').contains(&c) {
        decompose_compatible(c, &mut push)
    } else {
        decompose_canonical(c, &mut push)
    }
}

/// Whole syllables and single jamo as keyboards send them.
pub(super) const fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | 'ㄱ'..='ㅣ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_names_fold_in_place_as_all_do() {
        let long = "ahn hyo seop ".repeat(8);
        for text in ["Ahn Hyo-seop", "O'Hara & Sons, 2nd", "", "안효섭", "Zoë", long.as_str()] {
            assert_eq!(with_fold(text, str::to_owned), fold(text), "{text}");
        }
    }

    #[test]
    fn spellings_of_the_same_letters_fold_alike() {
        for text in [
            "Ahn Hyo-seop",
            "AHN  HYOSEOP",
            "ahn.hyo’seop",
            "Ａhn Hyo Seop",
            "a\u{200b}hn hyo seop",
        ] {
            assert_eq!(fold(text), "ahnhyoseop", "{text}");
        }
        assert_eq!(fold("Chŏng Sŭng-hwan"), "cheongseunghwan");
        assert_eq!(fold("Beyoncé"), "beyonce");
        assert_eq!(fold("안효섭"), fold("안 효 섭"));
        // Decomposed hangul, as some file systems and keyboards send it.
        assert_eq!(fold("\u{110b}\u{1161}\u{11ab}"), "안");
        assert_eq!(fold("…!?"), "");
    }

    #[test]
    fn words_split_at_punctuation_but_not_at_apostrophes() {
        assert_eq!(words("Ahn Hyo-seop"), ["ahn", "hyo", "seop"]);
        assert_eq!(words("It’s Okay, That's Love"), ["its", "okay", "thats", "love"]);
        assert_eq!(words(" - "), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert_eq!(words(&text).concat(), once);
        }
    }
}
