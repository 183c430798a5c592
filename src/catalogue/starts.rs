//! The first letters of all titles. Of nearly all words that an article prints they tell that no drama is called so,
//! before the words are folded and looked up.

use std::sync::Arc;

/// So many letters tell nearly all words from titles.
const LETTERS: usize = 4;
const BITS: usize = 1 << 15;

/// A bit for the first letters of every title; copies of a catalogue share what was loaded.
#[derive(Clone, Debug)]
pub(super) struct Starts(Arc<[u64; BITS / 64]>);

impl Default for Starts {
    fn default() -> Self {
        Self(Arc::new([0; BITS / 64]))
    }
}

impl Starts {
    /// Adds a title as `title::normal` writes it: fewer letters, where a season or a digit stands behind them.
    pub(super) fn add(&mut self, normal: &str) {
        let letters = normal.bytes().take(LETTERS).take_while(u8::is_ascii_lowercase);
        let (word, bit) = place(&normal.as_bytes()[..letters.count()]);
        if self.0[word] & bit == 0 {
            Arc::make_mut(&mut self.0)[word] |= bit;
        }
    }

    /// Whether a title may be one of them, however it is printed.
    pub(super) fn may_have(&self, title: &str) -> bool {
        let is_added = |letters: &[u8]| {
            let (word, bit) = place(letters);
            self.0[word] & bit != 0
        };
        first_letters(title).is_none_or(|(letters, count)| (1..=count).any(|n| is_added(&letters[..n])))
    }
}

fn place(letters: &[u8]) -> (usize, u64) {
    let number = letters
        .iter()
        .fold(0, |number, letter| number << 8 | u32::from(*letter));
    let bit = number.wrapping_mul(0x9e37_79b9) as usize >> (u32::BITS - BITS.ilog2());
    (bit / 64, 1 << (bit % 64))
}

/// The first letters of a title as `title::normal` has them, and how many. None where they are not seen at a glance:
/// where other signs stand among them, where an article may be all of the title, and of what is written `dr` and `mr`.
fn first_letters(title: &str) -> Option<([u8; LETTERS], usize)> {
    let (mut letters, mut count) = ([0; LETTERS], 0);
    // Where the word begins that is being read, and whether an article before it was left out.
    let (mut start, mut article) = (0, false);
    let mut signs = title.chars();
    while let Some(sign) = signs.next() {
        match sign {
            sign if sign.is_ascii_alphabetic() => {
                letters[count] = sign.to_ascii_lowercase() as u8;
                count += 1;
                if count == LETTERS {
                    let word = &letters[start..];
                    let is_short = b"doctor".starts_with(word) || b"mister".starts_with(word);
                    // An accent would belong to the letter.
                    let is_plain = signs.next().is_none_or(|next| next.is_ascii());
                    return (is_plain && !is_short).then_some((letters, count));
                }
            }
            '\'' | '`' | '’' | '‘' => {}
            ' ' | ',' | '.' | '!' | '?' | ':' | ';' | '-' | '…' | '–' | '—' | '“' | '”' => {
                if start == 0 && !article && matches!(&letters[..count], b"the" | b"a" | b"an") {
                    (article, count) = (true, 0);
                }
                start = count;
            }
            _ => return None,
        }
    }
    (count > 0 || !article).then_some((letters, count))
}

#[cfg(test)]
mod tests {
    use super::super::title::normal;
    use super::Starts;
    use proptest::prelude::*;

    fn of(titles: &[&str]) -> Starts {
        let mut starts = Starts::default();
        titles.iter().for_each(|title| starts.add(&normal(title)));
        starts
    }

    #[test]
    fn no_title_is_passed_by_however_it_is_printed() {
        let starts = of(&[
            "The Salt Road",
            "Doctor Moon",
            "It",
            "Go Season 2",
            "I Am Mister Han",
            "A",
            "365 Nights",
            "Rosé Garden",
            "달의 길",
        ]);
        for printed in [
            "Salt Road",
            "“The salt-road”",
            "a Salt Road",
            "DR MOON",
            "Dr. Moon",
            "It",
            "Go II",
            "Go 2",
            "I am Mr Han",
            "A",
            "the 365 Nights",
            "Rose Garden",
            "Rose\u{301} Garden",
            "달의 길",
        ] {
            assert!(starts.may_have(printed), "{printed}");
        }
    }

    #[test]
    fn most_words_are_passed_by() {
        let starts = of(&["The Salt Road", "Doctor Moon"]);
        for printed in ["Kim Bo Ra", "I will be there.", "Moon", "Sal", "…", ""] {
            assert!(!starts.may_have(printed), "{printed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_alike_begins_alike(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "the", "A", "an", "Doctor", "dr", "Mister", "mr", "m", "do", "go", "It’s", "Salt", "season", "part",
                    "S2", "2", "II", "v", "&", "and", "é", "e\u{301}", "달",
                ]),
                1..5,
            ),
            gap in prop::sample::select(vec![" ", "-", ": ", "… ", " & "]),
            others in prop::collection::vec(
                prop::sample::select(vec!["the", "A", "an", "doctor", "Dr", "mr", "Go", "its", "salt", "2", "Season 2", "and"]),
                1..4,
            ),
        ) {
            let (one, other) = (words.join(gap), others.join(" "));
            prop_assert!(of(&[&one]).may_have(&one));
            if normal(&one) == normal(&other) {
                prop_assert!(of(&[&one]).may_have(&other), "{one} {other}");
            }
        }
    }
}
