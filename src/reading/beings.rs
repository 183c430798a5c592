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
    (ends && noun.len() > 4 || noun == "maid") && !lexicon::lists(noun).has(asked::THINGS)
}

/// `stern`, `mysterious`: how somebody is, which is no part of what they are called.
#[must_use]
pub fn is_manner(word: &str) -> bool {
    // As bytes: told apart by how many there are and then one by one, which no list of strings is.
    match word.as_bytes() {
        b"old" | b"young" | b"aged" | b"elderly" | b"stern" | b"strict" | b"kind" | b"kindly" | b"strange"
        | b"cold" | b"gruff" | b"grumpy" | b"nosy" | b"timid" | b"friendly" | b"drunk" | b"drunken" | b"angry"
        | b"new" | b"same" | b"other" | b"late" | b"loyal" | b"taciturn" | b"cruel" | b"lonely" | b"clever"
        | b"poor" | b"little" | b"dear" | b"sweet" | b"smiling" | b"weary" | b"chatty" | b"shy" | b"elegant"
        | b"arrogant" => true,
        [.., b'o', b'u', b's'] | [.., b'f', b'u', b'l'] | [.., b'l', b'e', b's', b's'] => word.len() > 5,
        _ => false,
    }
}

/// Who is somebody of a story, whatever the noun ends with: `the cook`, `the bailiff`.
#[must_use]
pub fn is_of_a_scene(noun: &str) -> bool {
    lexicon::lists(noun).has(asked::WORKERS)
}
