//! Hangul by arithmetic: syllables into jamo, and the two mistakes of keyboard layout.

/// Initial consonants, in Unicode's order.
const ONSETS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];
/// Vowels, in Unicode's order.
const VOWELS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ', 'ㅟ', 'ㅠ', 'ㅡ',
    'ㅢ', 'ㅣ',
];
/// Final consonants, in Unicode's order; the first is none.
const CODAS: [char; 28] = [
    ' ', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ', 'ㅂ', 'ㅄ',
    'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];
/// Two jamo that one key press after the other joins.
const JOINED: [(char, char, char); 18] = [
    ('ㅗ', 'ㅏ', 'ㅘ'),
    ('ㅗ', 'ㅐ', 'ㅙ'),
    ('ㅗ', 'ㅣ', 'ㅚ'),
    ('ㅜ', 'ㅓ', 'ㅝ'),
    ('ㅜ', 'ㅔ', 'ㅞ'),
    ('ㅜ', 'ㅣ', 'ㅟ'),
    ('ㅡ', 'ㅣ', 'ㅢ'),
    ('ㄱ', 'ㅅ', 'ㄳ'),
    ('ㄴ', 'ㅈ', 'ㄵ'),
    ('ㄴ', 'ㅎ', 'ㄶ'),
    ('ㄹ', 'ㄱ', 'ㄺ'),
    ('ㄹ', 'ㅁ', 'ㄻ'),
    ('ㄹ', 'ㅂ', 'ㄼ'),
    ('ㄹ', 'ㅅ', 'ㄽ'),
    ('ㄹ', 'ㅌ', 'ㄾ'),
    ('ㄹ', 'ㅍ', 'ㄿ'),
    ('ㄹ', 'ㅎ', 'ㅀ'),
    ('ㅂ', 'ㅅ', 'ㅄ'),
];
/// The Korean keyboard (dubeolsik) by the letters printed on the same keys.
const KEYS: [(char, char); 33] = [
    ('q', 'ㅂ'),
    ('w', 'ㅈ'),
    ('e', 'ㄷ'),
    ('r', 'ㄱ'),
    ('t', 'ㅅ'),
    ('y', 'ㅛ'),
    ('u', 'ㅕ'),
    ('i', 'ㅑ'),
    ('o', 'ㅐ'),
    ('p', 'ㅔ'),
    ('a', 'ㅁ'),
    ('s', 'ㄴ'),
    ('d', 'ㅇ'),
    ('f', 'ㄹ'),
    ('g', 'ㅎ'),
    ('h', 'ㅗ'),
    ('j', 'ㅓ'),
    ('k', 'ㅏ'),
    ('l', 'ㅣ'),
    ('z', 'ㅋ'),
    ('x', 'ㅌ'),
    ('c', 'ㅊ'),
    ('v', 'ㅍ'),
    ('b', 'ㅠ'),
    ('n', 'ㅜ'),
    ('m', 'ㅡ'),
    ('Q', 'ㅃ'),
    ('W', 'ㅉ'),
    ('E', 'ㄸ'),
    ('R', 'ㄲ'),
    ('T', 'ㅆ'),
    ('O', 'ㅒ'),
    ('P', 'ㅖ'),
];

const FIRST: u32 = 0xAC00;
const LAST: u32 = 0xD7A3;

/// A syllable as indices into onset (19), vowel (21) and coda (28, 0 is none).
pub(super) fn decompose(c: char) -> Option<(usize, usize, usize)> {
    let code = c as u32;
    (FIRST..=LAST).contains(&code).then(|| {
        let n = (code - FIRST) as usize;
        (n / 588, n % 588 / 28, n % 28)
    })
}

/// Whether every character is a whole syllable.
pub(super) fn is_syllables(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| decompose(c).is_some())
}

/// The jamo of a syllable one after the other; anything else is `None`.
pub(super) fn jamo(c: char) -> Option<impl Iterator<Item = char>> {
    let (onset, vowel, coda) = decompose(c)?;
    Some(
        [ONSETS[onset], VOWELS[vowel], CODAS[coda]]
            .into_iter()
            .filter(|j| *j != ' '),
    )
}

/// The initial consonant of a syllable: what `ㅇㅎㅅ` abbreviates.
pub(super) fn initial(c: char) -> Option<char> {
    decompose(c).map(|(onset, _, _)| ONSETS[onset])
}

/// What letters typed with the Korean layout switched off by mistake would have been: `dksgytjq` is
/// 안효섭. `None` unless they come to two or more whole syllables and nothing else.
pub(super) fn from_latin_keys(text: &str) -> Option<String> {
    // With caps lock on, shift means nothing.
    typed_hangul(text).or_else(|| typed_hangul(&text.to_ascii_lowercase()))
}

fn typed_hangul(text: &str) -> Option<String> {
    let typed: Option<Vec<char>> = text.chars().filter(|c| *c != ' ').map(key_to_jamo).collect();
    let composed = compose(&typed?);
    (composed.chars().count() >= 2 && is_syllables(&composed)).then_some(composed)
}

/// What hangul typed with the Korean layout left on by mistake would have been: `ㅑㅕ` is `iu`.
/// `None` when there is anything else than hangul and spaces in it.
pub(super) fn to_latin_keys(text: &str) -> Option<String> {
    let mut typed = String::new();
    for c in text.chars() {
        if c == ' ' {
            typed.push(c);
            continue;
        }
        match jamo(c) {
            Some(parts) => {
                for part in parts {
                    push_keys(part, &mut typed)?;
                }
            }
            None => push_keys(c, &mut typed)?,
        }
    }
    (!typed.is_empty()).then_some(typed)
}

/// Hangul as most Korean names are romanised, to compare spellings of the same sound; `None` unless
/// every character is a syllable.
pub(super) fn romanised(text: &str) -> Option<String> {
    const ONSETS: [&str; 19] = [
        "g", "k", "n", "d", "d", "r", "m", "b", "b", "s", "s", "", "j", "j", "ch", "k", "t", "p", "h",
    ];
    const VOWELS: [&str; 21] = [
        "a", "ae", "ya", "ye", "eo", "e", "yeo", "ye", "o", "wa", "we", "oi", "yo", "oo", "wo", "we", "wi", "yoo",
        "eu", "ee", "i",
    ];
    const CODAS: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
        "t", "t", "k", "t", "p", "t",
    ];
    let mut spelled = String::new();
    for c in text.chars() {
        let (onset, vowel, coda) = decompose(c)?;
        for part in [ONSETS[onset], VOWELS[vowel], CODAS[coda]] {
            spelled.push_str(part);
        }
    }
    (!spelled.is_empty()).then_some(spelled)
}

fn key_to_jamo(key: char) -> Option<char> {
    let find = |key: char| KEYS.iter().find(|(latin, _)| *latin == key).map(|(_, jamo)| *jamo);
    find(key).or_else(|| find(key.to_ascii_lowercase()))
}

fn push_keys(jamo: char, typed: &mut String) -> Option<()> {
    let find = |jamo: char| {
        KEYS.iter()
            .find(|(_, j)| *j == jamo)
            .map(|(latin, _)| latin.to_ascii_lowercase())
    };
    if let Some(key) = find(jamo) {
        typed.push(key);
        return Some(());
    }
    let (first, second, _) = JOINED.iter().find(|(_, _, joined)| *joined == jamo)?;
    typed.push(find(*first)?);
    typed.push(find(*second)?);
    Some(())
}

/// Jamo in the order of typing into syllables, as an input method does it.
fn compose(typed: &[char]) -> String {
    let vowel_at = |i: usize| typed.get(i).is_some_and(|j| VOWELS.contains(j));
    let mut text = String::new();
    let mut i = 0;
    while let Some(&jamo) = typed.get(i) {
        let onset = ONSETS.iter().position(|o| *o == jamo);
        let (Some(onset), true) = (onset, vowel_at(i + 1)) else {
            text.push(jamo);
            i += 1;
            continue;
        };
        i += 1;
        let mut vowel = typed[i];
        i += 1;
        if let Some(joined) = typed
            .get(i)
            .and_then(|next| join(vowel, *next))
            .filter(|j| VOWELS.contains(j))
        {
            vowel = joined;
            i += 1;
        }
        let coda = take_coda(typed, &mut i, &vowel_at);
        push_syllable(onset, vowel, coda, &mut text);
    }
    text
}

/// A consonant is a coda only when no vowel follows it, which would take it as onset.
fn take_coda(typed: &[char], i: &mut usize, vowel_at: &impl Fn(usize) -> bool) -> char {
    let Some(&first) = typed.get(*i).filter(|j| CODAS.contains(j)) else {
        return ' ';
    };
    if vowel_at(*i + 1) {
        return ' ';
    }
    *i += 1;
    let joined = typed
        .get(*i)
        .and_then(|next| join(first, *next))
        .filter(|j| CODAS.contains(j));
    match joined {
        Some(both) if !vowel_at(*i + 1) => {
            *i += 1;
            both
        }
        _ => first,
    }
}

fn join(first: char, second: char) -> Option<char> {
    JOINED
        .iter()
        .find(|(a, b, _)| *a == first && *b == second)
        .map(|(_, _, joined)| *joined)
}

fn push_syllable(onset: usize, vowel: char, coda: char, text: &mut String) {
    let vowel = VOWELS.iter().position(|v| *v == vowel).unwrap_or(0);
    let coda = CODAS.iter().position(|c| *c == coda).unwrap_or(0);
    // The three indices are within 19, 21 and 28, so the sum is a syllable.
    let code = FIRST + u32::try_from(onset * 588 + vowel * 28 + coda).unwrap_or(0);
    text.extend(char::from_u32(code));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_forgotten_layout_switch_is_undone() {
        assert_eq!(from_latin_keys("dksgytjq").as_deref(), Some("안효섭"));
        assert_eq!(from_latin_keys("rladbwjd").as_deref(), Some("김유정"));
        assert_eq!(from_latin_keys("DKSGYTJQ").as_deref(), Some("안효섭"));
        assert_eq!(from_latin_keys("ghkdwjdals").as_deref(), Some("황정민"));
        assert_eq!(from_latin_keys("ahn hyo seop"), None);
        assert_eq!(from_latin_keys("kim"), None);
        assert_eq!(to_latin_keys("ㅑㅕ").as_deref(), Some("iu"));
        assert_eq!(to_latin_keys("ㅏㅑㅡ").as_deref(), Some("kim"));
        assert_eq!(to_latin_keys("iu"), None);
    }

    proptest! {
        #[test]
        fn typing_a_syllable_gives_it_back(text in "[가-힣]{2,8}") {
            if let Some(keys) = to_latin_keys(&text) {
                // Tense consonants need the shift key, which the way back does not tell.
                let plain = !text.chars().any(|c| jamo(c).is_some_and(|mut j| j.any(|j| "ㄲㄸㅃㅆㅉㅒㅖ".contains(j))));
                if plain {
                    prop_assert_eq!(from_latin_keys(&keys), Some(text));
                }
            }
        }

        #[test]
        fn any_text_is_harmless(text in "\\PC{0,40}") {
            let _ = from_latin_keys(&text);
            let _ = to_latin_keys(&text);
        }
    }
}
