//! A sequence of sounds, and the sounds of hangul.

use super::hangul::decompose;
use std::fmt;

/// Between syllables in a code.
pub(super) const BREAK: u8 = b'.';
const MOST_SOUNDS: usize = 46;

/// A sequence of sounds, one byte each; without allocation, because a look-up makes a dozen of them.
/// What is longer than 46 sounds is cut: such titles are told apart by their letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Code {
    sounds: [u8; MOST_SOUNDS],
    len: u8,
}

impl Code {
    pub(super) const EMPTY: Self = Self {
        sounds: [0; MOST_SOUNDS],
        len: 0,
    };

    pub(super) fn bytes(&self) -> &[u8] {
        &self.sounds[..usize::from(self.len)]
    }

    pub(super) fn push(&mut self, sound: u8) {
        if let Some(place) = self.sounds.get_mut(usize::from(self.len)) {
            *place = sound;
            self.len += 1;
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        if self.len > 0 && other.len > 0 {
            self.push(BREAK);
        }
        for sound in other.bytes() {
            self.push(*sound);
        }
    }

    /// Without the syllable breaks: what a joined spelling and a whole title are compared by.
    pub(super) fn flat(&self) -> Self {
        let mut flat = Self::EMPTY;
        for sound in self.bytes().iter().filter(|s| **s != BREAK) {
            flat.push(*sound);
        }
        flat
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.bytes()))
    }
}

/// The code of a hangul syllable.
pub(super) fn syllable(c: char) -> Option<Code> {
    let (onset, vowel, coda) = decompose(c)?;
    let mut code = Code::EMPTY;
    for sound in [ONSETS[onset], VOWELS[vowel], CODAS[coda]].concat() {
        code.push(sound);
    }
    Some(code)
}

/// What each onset sounds like, by its place. ㄱ and ㅋ, ㅂ and ㅍ are spelled alike; ㄷ and ㅌ, ㅈ and ㅊ
/// are not: Tae and Dae are different people.
const ONSETS: [&[u8]; 19] = [
    b"K", b"K", b"N", b"D", b"D", b"L", b"M", b"P", b"P", b"S", b"S", b"", b"J", b"J", b"C", b"K", b"T", b"P", b"H",
];
/// What each vowel sounds like, by its place; the codes are explained at `roman::spellings`.
const VOWELS: [&[u8]; 21] = [
    b"a", b"e", b"1", b"2", b"v", b"e", b"3", b"2", b"o", b"6", b"7", b"7", b"4", b"u", b"8", b"7", b"9", b"5", b"x",
    b"i", b"i",
];
/// What each coda sounds like, by its place.
const CODAS: [&[u8]; 28] = [
    b"", b"K", b"K", b"K", b"N", b"N", b"N", b"T", b"L", b"K", b"M", b"L", b"L", b"L", b"P", b"L", b"M", b"P", b"P",
    b"T", b"T", b"G", b"T", b"T", b"K", b"T", b"P", b"T",
];

/// The flat code of hangul as it is spoken across syllables: a coda before a silent onset is its
/// onset. Anything that is not a syllable is left out.
pub(super) fn liaison(text: &str) -> Code {
    /// The place of the silent onset.
    const SILENT: usize = 11;
    /// What each coda sounds like before a silent onset.
    const CARRIED: [&[u8]; 28] = [
        b"", b"K", b"K", b"KS", b"N", b"NJ", b"N", b"D", b"L", b"LK", b"LM", b"LP", b"LS", b"LT", b"LP", b"L", b"M",
        b"P", b"PS", b"S", b"S", b"G", b"J", b"C", b"K", b"T", b"P", b"",
    ];
    let syllables: Vec<(usize, usize, usize)> = text.chars().filter_map(decompose).collect();
    let mut spoken = Code::EMPTY;
    for (i, (onset, vowel, coda)) in syllables.iter().enumerate() {
        let before_silent = syllables.get(i + 1).is_some_and(|(next, _, _)| *next == SILENT);
        let coda: &[u8] = if before_silent { CARRIED[*coda] } else { CODAS[*coda] };
        for sound in ONSETS[*onset].iter().chain(VOWELS[*vowel].iter()).chain(coda) {
            spoken.push(*sound);
        }
    }
    spoken
}
