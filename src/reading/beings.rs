//! Which nouns are somebody's: by what they are known for, by how they end, or as creatures of a tale.

use super::lexicon::{self, Class, asked};

/// `the postmistress`, `a nursemaid`, `the intern`, `the ghost`: a noun that can act and speak.
#[must_use]
pub fn is_somebodys(noun: &str) -> bool {
    let person = Class::STORY
        .with(Class::FEMALE)
        .with(Class::MALE)
        .with(Class::PASSER)
        .with(Class::OFFICE);
    lexicon::classes(noun).has(person) || does_something(noun) || is_of_a_tale(noun)
}

/// Whoever there is in tales alone, or is no real person's work.
#[must_use]
pub fn is_of_a_tale(noun: &str) -> bool {
    lexicon::lists(noun).has(asked::TALES)
}

/// Whether a noun is one of those who do something: `operator`, `stylist`, `trainer`, `postmistress`.
#[must_use]
pub fn does_something(noun: &str) -> bool {
    const ENDS: &[&str] = &[
        "ist", "man", "ian", "mate", "maid", "mistress", "countant", "sultant", "tendant", "sistant",
    ];
    let ends = match noun.as_bytes() {
        [.., b'e' | b'o', b'r'] => true,
        // Most words end in none of the others' last letters.
        [.., b's' | b'n', b't'] | [.., b'a', b'n'] | [.., b't', b'e'] | [.., b'i', b'd'] | [.., b's', b's'] => {
            ENDS.iter().any(|e| noun.ends_with(e))
        }
        _ => false,
    };
    ends && noun.len() > 4 && !lexicon::lists(noun).has(asked::THINGS)
}

/// `stern`, `mysterious`: how somebody is, which is no part of what they are called.
#[must_use]
pub fn is_manner(word: &str) -> bool {
    const MANNERS: &[&str] = &[
        "old", "young", "aged", "stern", "strict", "kind", "kindly", "strange", "cold", "gruff", "grumpy", "nosy",
        "timid", "friendly", "drunk", "drunken", "angry", "new", "same", "other", "late", "loyal", "taciturn", "cruel",
        "lonely", "clever", "poor", "little", "dear", "sweet", "smiling", "weary", "chatty", "shy", "elegant",
        "arrogant", "elderly",
    ];
    MANNERS.contains(&word) || word.len() > 5 && ["ous", "ful", "less"].iter().any(|end| word.ends_with(end))
}

/// Who is somebody of a story, whatever the noun ends with: `the cook`, `the bailiff`.
#[must_use]
pub fn is_of_a_scene(noun: &str) -> bool {
    lexicon::lists(noun).has(asked::WORKERS)
}
