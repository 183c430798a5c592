//! What a role does for a living, in the words that stand beside its name: `Madam Rose, a singer`, `night-shift guard Pyo`.

use crate::reading::entity::{Entities, Id, Mention};
use crate::reading::lexicon::Class;
use crate::reading::print::{Words, words};
use crate::reading::text::{Shape, Text};

/// The longest of them, in words.
const LONGEST: usize = 7;
/// Who tells nothing by themself.
const EMPTY: Words = words![
    "man",
    "woman",
    "person",
    "boy",
    "girl",
    "one",
    "character",
    "role",
    "member",
    "part",
    "young",
    "old",
    "couple",
    "friend",
    "figure"
];
/// What stands before a role.
const BEFORE: Words = words![
    "plays",
    "play",
    "playing",
    "played",
    "as",
    "portrays",
    "portraying",
    "by"
];

/// What is said of a role, as tokens of the article.
#[derive(Clone, Debug)]
pub(super) enum Living {
    /// `a singer`, behind the name.
    Behind(usize, usize),
    /// `night-shift guard`, in front of it.
    Before(usize, usize),
}

impl Living {
    /// What the first sentence that does says of it.
    pub fn of(text: &Text, entities: &Entities, role: Id) -> Option<Self> {
        let mut mentions = entities.mentions.iter().filter(|m| m.entity == role && !m.in_speech);
        mentions.find_map(|m| behind(text, m).or_else(|| before(text, m)))
    }

    /// How many characters it adds to the role.
    pub fn length(&self, text: &Text) -> usize {
        match self {
            Self::Behind(first, last) => text.slice(*first, *last).chars().count() + 2,
            Self::Before(first, last) => text.slice(*first, *last).chars().count() + 1,
        }
    }

    /// The role with it.
    pub fn of_role(&self, text: &Text, role: &str) -> String {
        match self {
            Self::Behind(first, last) => format!("{role}, {}", text.slice(*first, *last)),
            Self::Before(first, last) => format!("{} {role}", text.slice(*first, *last)),
        }
    }
}

/// `Madam Rose, a singer who`, `Mu Gyeol (played by Sa Gong Chan), a magistrate`, `Rose is a singer`.
fn behind(text: &Text, mention: &Mention) -> Option<Living> {
    const BRACKET: usize = 9;
    let mut at = mention.last;
    if text.sign(at) == b'(' {
        at = (at + 1..at + BRACKET).find(|t| text.sign(*t) == b')')? + 1;
    }
    if !(text.sign(at) == b',' || text.is_one(at, words!["is", "was"])) || !text.is_one(at + 1, words!["a", "an"]) {
        return None;
    }
    let first = at + 1;
    let is_part = |t: usize| {
        text.is_word(t)
            && !text.is_one(
                t,
                words![
                    "who", "whose", "that", "which", "with", "from", "in", "at", "on", "and", "but", "for", "by", "to",
                    "known", "hired", "where", "when", "while", "as", "trying", "living", "working", "raised", "born",
                    "sent", "forced"
                ],
            )
            || matches!(text.sign(t), b'-')
    };
    let last = (first + 1..first + 2 + LONGEST).find(|t| !is_part(*t))?;
    let noun = last - 1;
    // `a cold, ambitious lawyer`: the noun is still to come.
    let goes_on = text.sign(last) == b','
        && text.shape(last + 1) == Shape::Lower
        && !text.is_one(last + 1, words!["who", "whose", "and", "which"])
        || text.is(last, "and") && !text.class(last + 1).has(Class::DET) && last - first < 3;
    let is_empty = noun == first || text.is_one(noun, EMPTY) && noun < first + 2;
    (!goes_on && !is_empty && text.shape(noun) == Shape::Lower && !text.class(noun).has(Class::PREP))
        .then_some(Living::Behind(first, last))
}

/// `plays night-shift guard Pyo Dal Su`, `as rookie nurse Kim`.
fn before(text: &Text, mention: &Mention) -> Option<Living> {
    const WORDS: usize = 5;
    let end = mention.first;
    let is_part = |t: usize| {
        matches!(text.shape(t), Shape::Lower | Shape::Clitic)
            && !text.is_one(t, BEFORE)
            && !text
                .class(t)
                .has(Class::DET.with(Class::PREP).with(Class::CONJ).with(Class::AUX))
    };
    let first = (end.saturating_sub(WORDS)..end)
        .rev()
        .take_while(|t| is_part(*t))
        .last()?;
    let plays = text.is_one(first.wrapping_sub(1), BEFORE);
    let noun = end - 1;
    (plays
        && text.shape(noun) == Shape::Lower
        && text.length(noun) > 3
        && !text
            .class(noun)
            .has(Class::ADV.with(Class::HE).with(Class::SHE).with(Class::THEY))
        && !text.is_one(
            noun,
            words![
                "named",
                "called",
                "character",
                "characters",
                "role",
                "protagonist",
                "heroine",
                "hero",
                "lead"
            ],
        ))
    .then_some(Living::Before(first, end))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::{page, reading};

    #[test]
    fn a_role_is_told_with_what_it_does_for_a_living() {
        let cases = [
            (
                "Pi Na Ri will play Madam Rose, a singer who complains about the noise of the clinic every night.",
                "Pi Na Ri plays Madam Rose, a singer.",
            ),
            (
                "Pi Na Ri stars as night-shift guard Oh Dal Su, and the two of them will meet on the roof of the clinic.",
                "Pi Na Ri plays night-shift guard Oh Dal Su.",
            ),
        ];
        for (role, told) in cases {
            let text = format!(
                "“Salt Lamp” has unveiled its second teaser!\n\nThe clip begins in a narrow street of the harbor, where \
                 the rain has been falling for nine days and every door is closed to the stranger who has come to town \
                 with nothing but a lamp.\n\n{role} “Nobody sleeps here,” she says.\n\n“Salt Lamp” is a drama about a \
                 retired surgeon who opens a clinic above a bar.\n\nPi Na Ri was seen in “Paper Moon” last year."
            );
            let article = page::from_text(&text, Some("“Salt Lamp” Unveils Second Teaser"));
            let summary = reading::read(&article, &Catalogue::empty()).summary;
            assert!(summary.contains(told), "{summary}");
        }
    }
}
