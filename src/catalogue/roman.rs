//! Romanised Korean read as sound: one word into a small set of codes.

use super::code::{BREAK, Code};

/// Most codes that one spelling may have. Real names have 1.6 on average.
pub(super) const MOST_CODES: usize = 12;
/// Longest word that is parsed, in letters: three times the longest surname and given name joined.
pub(super) const MOST_LETTERS: usize = 40;

#[derive(Clone, Copy)]
struct Partial {
    code: Code,
    /// Syllables so far, less those that a vowel pair may just as well be split into.
    cost: u8,
}

/// Reads a romanised word. Among the ways to cut it into syllables those with the fewest count, so
/// `seon` is 선 and not 세온, while `daeun` is 대은's 대운 as well as 다은.
pub(super) fn parse(word: &[u8]) -> Vec<Code> {
    if word.is_empty() || word.len() > MOST_LETTERS {
        return Vec::new();
    }
    let word = &wh_as_hw(word);
    let mut reached: Vec<Vec<Partial>> = vec![Vec::new(); word.len() + 1];
    reached[0].push(Partial {
        code: Code::EMPTY,
        cost: 0,
    });
    for at in 0..word.len() {
        let mut here = std::mem::take(&mut reached[at]);
        if here.is_empty() {
            continue;
        }
        // One syllable more may still win further on: `jung` + `i` against `jun` + `gi`.
        keep_best(&mut here, 1);
        for (onset_len, onset) in onsets(&word[at..]) {
            let vowel_at = at + onset_len;
            for (vowel_len, spelling) in vowels(word, vowel_at, at, onset) {
                let end = vowel_at + vowel_len;
                for (coda_len, coda) in codas(&word[end..]) {
                    let step = Step { onset, spelling, coda };
                    let cost = u8::from(!may_split(&word[vowel_at..], vowel_len, coda_len));
                    step.extend(&here, cost, &mut reached[end + coda_len]);
                }
            }
        }
    }
    let mut whole = std::mem::take(&mut reached[word.len()]);
    keep_best(&mut whole, 0);
    whole.truncate(MOST_CODES);
    whole.into_iter().map(|p| p.code).collect()
}

/// `whan` is how some write 환.
fn wh_as_hw(word: &[u8]) -> Vec<u8> {
    let mut word = word.to_vec();
    for i in 1..word.len() {
        if word[i - 1] == b'w' && word[i] == b'h' {
            word.swap(i - 1, i);
        }
    }
    word
}

/// Those with the fewest syllables, or up to `slack` more, each code once, the cheapest first.
fn keep_best(partials: &mut Vec<Partial>, slack: u8) {
    const BEAM: usize = 24;
    let Some(least) = partials.iter().map(|p| p.cost).min() else {
        return;
    };
    partials.retain(|p| p.cost <= least.saturating_add(slack));
    partials.sort_by_key(|p| p.cost);
    let mut kept: Vec<Partial> = Vec::with_capacity(partials.len().min(BEAM));
    for partial in partials.iter() {
        if kept.len() < BEAM && !kept.iter().any(|k| k.code == partial.code) {
            kept.push(*partial);
        }
    }
    *partials = kept;
}

struct Step {
    onset: u8,
    spelling: &'static Spelling,
    coda: u8,
}

impl Step {
    fn extend(&self, from: &[Partial], cost: u8, to: &mut Vec<Partial>) {
        let vowels = if self.coda == 0 {
            self.spelling.open
        } else {
            self.spelling.closed
        };
        for partial in from {
            for vowel in vowels {
                let mut code = partial.code;
                if !code.bytes().is_empty() {
                    code.push(BREAK);
                }
                for sound in [self.onset, *vowel, self.coda] {
                    if sound != 0 {
                        code.push(sound);
                    }
                }
                to.push(Partial {
                    code,
                    cost: partial.cost.saturating_add(cost),
                });
            }
        }
    }
}

/// Vowels that are as often two syllables when names are joined (So-in, Su-in, Bo-a, Seo-un).
fn may_split(from_vowel: &[u8], vowel_len: usize, coda_len: usize) -> bool {
    let pair = from_vowel.get(vowel_len - 1..=vowel_len);
    match vowel_len {
        1 => coda_len == 0 && matches!(pair, Some(b"oa" | b"oi" | b"ui" | b"ai")),
        2 => coda_len == 0 && from_vowel.starts_with(b"eo") && matches!(pair, Some(b"ou")),
        _ => false,
    }
}

/// Onset spellings that the letters begin with, as (length, code); 0 is none.
fn onsets(letters: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let spellings: &[(&[u8], u8)] = match letters.first() {
        Some(b'k') => &[(b"kk", b'K'), (b"kh", b'K'), (b"k", b'K')],
        Some(b'g') => &[(b"gg", b'K'), (b"g", b'K')],
        Some(b'q') => &[(b"q", b'K')],
        Some(b'n') => &[(b"n", b'N')],
        Some(b'd') => &[(b"dd", b'D'), (b"d", b'D')],
        Some(b't') => &[(b"tt", b'D'), (b"th", b'T'), (b"t", b'T')],
        Some(b'r' | b'l') => &[(b"r", b'L'), (b"l", b'L')],
        Some(b'm') => &[(b"m", b'M')],
        Some(b'b') => &[(b"bb", b'P'), (b"b", b'P')],
        Some(b'p') => &[(b"pp", b'P'), (b"ph", b'P'), (b"p", b'P')],
        Some(b'f' | b'v') => &[(b"f", b'P'), (b"v", b'P')],
        Some(b's') => &[(b"ss", b'S'), (b"sh", b'S'), (b"s", b'S')],
        Some(b'j') => &[(b"jj", b'J'), (b"j", b'J')],
        Some(b'z') => &[(b"z", b'J')],
        Some(b'c') => &[(b"ch", b'C')],
        Some(b'h') => &[(b"h", b'H')],
        _ => &[],
    };
    std::iter::once((0, 0)).chain(spelled(spellings, letters))
}

/// Coda spellings that the letters begin with, as (length, code); none comes last, so that closed
/// syllables, which are more frequent where both are possible, are the more plausible.
fn codas(letters: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let spellings: &[(&[u8], u8)] = match letters.first() {
        Some(b'n') => &[(b"ng", b'G'), (b"nn", b'N'), (b"n", b'N')],
        Some(b'k') => &[(b"kk", b'K'), (b"k", b'K')],
        Some(b'c') => &[(b"ck", b'K'), (b"c", b'K')],
        Some(b'g' | b'q') => &[(b"g", b'K'), (b"q", b'K')],
        Some(b'l') => &[(b"ll", b'L'), (b"l", b'L')],
        Some(b'r') => &[(b"r", b'L')],
        Some(b'm') => &[(b"mm", b'M'), (b"m", b'M')],
        Some(b'p' | b'b') => &[(b"p", b'P'), (b"b", b'P')],
        Some(b'f' | b'v') => &[(b"f", b'P'), (b"v", b'P')],
        Some(b't') => &[(b"tt", b'T'), (b"t", b'T')],
        Some(b'd' | b's') => &[(b"d", b'T'), (b"s", b'T')],
        _ => &[],
    };
    spelled(spellings, letters).chain(std::iter::once((0, 0)))
}

fn spelled(spellings: &'static [(&'static [u8], u8)], letters: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    spellings
        .iter()
        .filter(move |(s, _)| letters.starts_with(s))
        .map(|(s, code)| (s.len(), *code))
}

/// A spelling of vowels, and what it may stand for with and without a coda.
struct Spelling {
    letters: &'static [u8],
    open: &'static [u8],
    closed: &'static [u8],
}

const fn same(letters: &'static [u8], sounds: &'static [u8]) -> Spelling {
    Spelling {
        letters,
        open: sounds,
        closed: sounds,
    }
}

/// The spellings of vowels by their first letter, longest first where it matters.
///
/// Codes: a e v(ㅓ) o u x(ㅡ) i, 1 ㅑ, 2 ㅖ, 3 ㅕ, 4 ㅛ, 5 ㅠ, 6 ㅘ, 7 ㅚ, 8 ㅝ, 9 ㅟ. ㅢ counts as ㅣ, ㅐ as ㅔ.
const fn spellings(first: u8) -> &'static [Spelling] {
    match first {
        b'y' => {
            const {
                &[
                    same(b"yeou", b"3"),
                    same(b"yeo", b"3"),
                    same(b"yuh", b"3"),
                    same(b"yoo", b"5"),
                    same(b"you", b"35"),
                    same(b"yae", b"2"),
                    same(b"yea", b"2"),
                    same(b"yee", b"i"),
                    same(b"yah", b"1"),
                    same(b"ya", b"1"),
                    same(b"ye", b"2"),
                    same(b"yoh", b"4"),
                    same(b"yo", b"4"),
                    Spelling {
                        letters: b"yu",
                        open: b"5",
                        closed: b"35",
                    },
                    same(b"yi", b"i"),
                    same(b"y", b"i"),
                ]
            }
        }
        b'w' => {
            const {
                &[
                    same(b"woo", b"u"),
                    same(b"wuh", b"8"),
                    same(b"weo", b"8"),
                    same(b"wae", b"7"),
                    same(b"wai", b"7"),
                    same(b"wee", b"9"),
                    same(b"wah", b"6"),
                    same(b"wa", b"6"),
                    same(b"we", b"7"),
                    same(b"wi", b"9"),
                    same(b"wo", b"8"),
                    same(b"wu", b"u"),
                ]
            }
        }
        b'e' => {
            const {
                &[
                    same(b"eui", b"i"),
                    same(b"eou", b"v"),
                    same(b"eo", b"v"),
                    same(b"eu", b"x"),
                    same(b"ee", b"i"),
                    same(b"ea", b"e"),
                    same(b"eh", b"e"),
                    same(b"e", b"e"),
                ]
            }
        }
        b'a' => {
            const {
                &[
                    same(b"ae", b"e"),
                    same(b"ai", b"e"),
                    same(b"ay", b"e"),
                    same(b"ah", b"a"),
                    same(b"a", b"a"),
                ]
            }
        }
        b'o' => {
            const {
                &[
                    same(b"oo", b"u"),
                    same(b"ou", b"uv"),
                    same(b"oi", b"7"),
                    same(b"oe", b"7"),
                    same(b"oa", b"6"),
                    same(b"oh", b"o"),
                    same(b"o", b"o"),
                ]
            }
        }
        b'u' => {
            const {
                &[
                    same(b"uh", b"v"),
                    same(b"ui", b"i9"),
                    same(b"ue", b"5"),
                    Spelling {
                        letters: b"u",
                        open: b"u",
                        closed: b"uvx",
                    },
                ]
            }
        }
        b'i' => const { &[same(b"i", b"i")] },
        _ => &[],
    }
}

/// The vowel spellings at a place, longest first.
fn vowels(word: &[u8], at: usize, onset_at: usize, onset: u8) -> impl Iterator<Item = (usize, &'static Spelling)> {
    let letters = &word[at.min(word.len())..];
    let fits = move |s: &&Spelling| {
        let Some(rest) = letters.strip_prefix(s.letters) else {
            return false;
        };
        let next_is_vowel = rest.first().is_some_and(|c| b"aeiouyw".contains(c));
        // A silent h ends the word or comes before a consonant; a bare y is a vowel only before no other.
        if (s.letters.len() > 1 && s.letters.ends_with(b"h") || s.letters == b"y") && next_is_vowel {
            return false;
        }
        // Within a word only g, k and h take a w-vowel: Eun-woo is not Eu-nwoo.
        !(s.letters.starts_with(b"w") && onset != 0 && onset_at > 0 && !b"KH".contains(&onset))
    };
    let all = letters.first().map_or(&[][..], |first| spellings(*first));
    all.iter().filter(fits).map(|s| (s.letters.len(), s))
}
