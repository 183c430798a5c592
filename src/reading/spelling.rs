//! Names by their letters: the key that all spellings of a name share, whatever their case, signs and spaces, and what can
//! be said of two spellings without making it.

/// Letters and digits of a name in lower case: `Ahn Hyo-seop`, `Ahn Hyo Seop` and `Ahn Hyoseop` are one key.
#[must_use]
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    push_key(name, &mut key);
    key
}

/// What a byte of ASCII is in a key: its small letter or digit, or nothing.
const PLAIN: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Few names have more letters: room for the key of one after the other.
pub const LONG_NAME: usize = 64;

/// Adds the key of a part of a name.
pub fn push_key(name: &str, key: &mut String) {
    key.reserve(name.len());
    each_letter(name, |letter| key.push(letter));
}

/// Hands out the letters of a name as they stand in its key.
#[inline]
pub fn each_letter(name: &str, mut letter: impl FnMut(char)) {
    let bytes = name.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match PLAIN.get(usize::from(byte)) {
            Some(0) => at += 1,
            // Most letters are one byte, which is all that the mask says.
            Some(&plain) => {
                letter(char::from(plain & 0x7f));
                at += 1;
            }
            None if is_mark(&bytes[at..]) => at += MARK,
            None => {
                let Some(c) = name[at..].chars().next() else { break };
                if is_letter(c) {
                    c.to_lowercase().for_each(&mut letter);
                }
                at += c.len_utf8();
            }
        }
    }
}

/// Whether general punctuation stands at the start of some bytes, of which no sign is a letter: quotation marks and dashes
/// are the commonest signs beyond ASCII.
const fn is_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, ..] | [0xe2, 0x81, 0x80..=0xaf, ..])
}
/// So many bytes it has.
const MARK: usize = 3;

/// Whether words have the key of a name in theirs: no key is made of them.
#[must_use]
pub fn holds(words: &str, key: &str) -> bool {
    let Some(initial) = key.bytes().next() else { return true };
    let mut begins = words.bytes().enumerate();
    begins.any(|(at, byte)| {
        (byte.to_ascii_lowercase() == initial || !byte.is_ascii())
            && words.get(at..).is_some_and(|rest| begins_with(rest, key))
    })
}

/// Whether a sign stands in a key: general punctuation does not, whatever its category.
fn is_letter(c: char) -> bool {
    !c.is_ascii_punctuation() && !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

/// The letters of a name as they stand in its key.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| is_letter(*c)).flat_map(char::to_lowercase)
}

/// The letters of a name of ASCII alone, as they stand in its key.
fn plain_letters(name: &str) -> impl Iterator<Item = u8> {
    let letters = name.bytes().filter_map(|b| PLAIN.get(usize::from(b)).copied());
    letters.filter(|letter| *letter != 0)
}

/// How many bytes the key of a name has.
#[must_use]
pub fn key_length(name: &str) -> usize {
    if name.is_ascii() {
        return plain_letters(name).count();
    }
    letters(name).map(char::len_utf8).sum()
}

/// Whether words begin with the key of a name. Most differ in the first letters: no key is made of them.
#[must_use]
pub fn begins_with(words: &str, key: &str) -> bool {
    let bytes = words.as_bytes();
    let mut at = 0;
    for wanted in key.bytes() {
        // To the next letter.
        let letter = loop {
            let Some(byte) = bytes.get(at) else { return false };
            match PLAIN.get(usize::from(*byte)) {
                Some(0) => at += 1,
                Some(letter) => break *letter,
                None if is_mark(&bytes[at..]) => at += MARK,
                None => {
                    let mut letters = letters(words);
                    return key.chars().all(|c| letters.next() == Some(c));
                }
            }
        };
        if letter != wanted {
            return false;
        }
        at += 1;
    }
    true
}

/// What of a key stands behind the letters of a word; nothing where it does not begin with them.
#[must_use]
pub fn behind_word<'a>(key: &'a str, word: &str) -> Option<&'a str> {
    if !word.is_ascii() {
        let mut rest = key.chars();
        return letters(word).all(|c| rest.next() == Some(c)).then_some(rest.as_str());
    }
    let mut rest = key.bytes();
    let same = plain_letters(word).all(|letter| rest.next() == Some(letter));
    let behind = key.len() - rest.len();
    same.then(|| key.get(behind..)).flatten()
}

/// Whether two names begin with different plain letters, as most do.
fn differ_at_once(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.bytes().next().and_then(|b| PLAIN.get(usize::from(b)).copied());
    match (plain(one), plain(other)) {
        (Some(0) | None, _) | (_, Some(0) | None) => false,
        (one, other) => one != other,
    }
}

/// Whether the key of one name begins with that of the other.
#[must_use]
pub fn begin_alike(one: &str, other: &str) -> bool {
    if differ_at_once(one, other) {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return plain_letters(one).zip(plain_letters(other)).all(|(a, b)| a == b);
    }
    letters(one).zip(letters(other)).all(|(a, b)| a == b)
}

/// Whether two names have one key.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    if differ_at_once(one, other) {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return plain_letters(one).eq(plain_letters(other));
    }
    letters(one).eq(letters(other))
}

#[cfg(test)]
mod tests {
    use super::{begins_with, behind_word, holds, key};

    #[test]
    fn a_key_goes_on_behind_its_words() {
        for (name, word, rest) in [
            ("ahnhyoseop", "Ahn", Some("hyoseop")),
            ("ahnhyoseop", "Ahn-hyo", Some("seop")),
            ("ahn", "Ahn", Some("")),
            ("ahn", "Ahns", None),
            ("élan", "Él", Some("an")),
            ("élan", "El", None),
            ("ahn", "’", Some("ahn")),
        ] {
            assert_eq!(behind_word(name, word), rest, "{word} of {name}");
        }
    }

    #[test]
    fn words_hold_a_name_however_it_is_printed() {
        for (words, name) in [
            ("See Ahn Hyo-seop’s role", "Ahn Hyo Seop"),
            ("in ‘Foxes’ Day’", "Foxes’ Day"),
            ("안효섭 is back", "안효섭"),
            ("Élan", "élan"),
            ("so they say", "Soothe"),
        ] {
            let held = key(words).contains(&key(name));
            assert_eq!(holds(words, &key(name)), held, "{name} in {words}");
            assert_eq!(held, name != "Soothe", "{name} in {words}");
        }
        assert!(holds("", "") && !holds("", "a"));
    }

    #[test]
    fn marks_and_dashes_are_no_letters() {
        for (words, name, begins) in [
            ("“Foxes’ — Day”", "foxesday", true),
            ("‘Foxes’ Den’", "foxesday", false),
            ("⁷ Foxes", "foxes", false),
            ("— “…", "f", false),
        ] {
            assert_eq!(begins_with(words, name), begins, "{words}");
            assert_eq!(key(words).starts_with(name), begins, "{words}");
        }
    }
}
