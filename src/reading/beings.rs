//! Which nouns are somebody's: by what they are known for, by how they end, or as creatures of a tale.

use super::lexicon::{self, Class};

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
    const TALES: &[&str] = &[
        "ghost",
        "devil",
        "demon",
        "god",
        "goddess",
        "dragon",
        "reaper",
        "vampire",
        "angel",
        "spirit",
        "robot",
        "android",
        "fox",
        "gumiho",
        "goblin",
        "dokkaebi",
        "wizard",
        "witch",
        "fairy",
        "mermaid",
        "immortal",
        "zombie",
        "monster",
        "tortoise",
        "cat",
        "dog",
        "villain",
        "villainess",
        "hero",
        "heroine",
        "spy",
        "thief",
        "outlaw",
        "bandit",
        "assassin",
        "gangster",
        "king",
        "queen",
        "prince",
        "princess",
        "stowaway",
        "widow",
        "intern",
        "detective",
        "prosecutor",
        "killer",
    ];
    TALES.contains(&noun)
}

/// Whether a noun is one of those who do something: `operator`, `stylist`, `trainer`, `postmistress`.
#[must_use]
pub fn does_something(noun: &str) -> bool {
    const THINGS: &[&str] = &[
        "poster",
        "teaser",
        "trailer",
        "letter",
        "chapter",
        "banner",
        "answer",
        "number",
        "water",
        "center",
        "order",
        "paper",
        "power",
        "offer",
        "character",
        "newsletter",
        "computer",
        "monitor",
        "mirror",
        "door",
        "floor",
        "color",
        "humor",
        "rumor",
        "summer",
        "winter",
        "dinner",
        "sticker",
        "corner",
        "error",
        "matter",
        "weather",
        "other",
        "another",
        "former",
        "latter",
        "daughter",
        "supper",
        "theater",
        "drawer",
        "counter",
        "thriller",
        "finger",
        "shoulder",
        "older",
        "younger",
        "elder",
        "better",
        "longer",
        "later",
        "never",
        "ever",
        "whatever",
        "whenever",
        "however",
        "together",
        "rather",
        "either",
        "neither",
        "super",
        "tower",
        "river",
        "flower",
        "shower",
        "feather",
        "leather",
        "ladder",
        "hammer",
        "bitter",
        "silver",
        "copper",
        "paper",
        "quarter",
        "december",
        "september",
        "october",
        "november",
        "proper",
    ];
    const ENDS: &[&str] = &[
        "er", "or", "ist", "man", "woman", "ian", "mate", "maid", "mistress", "eer", "countant", "sultant", "tendant",
        "sistant",
    ];
    noun.len() > 4 && ENDS.iter().any(|e| noun.ends_with(e)) && !THINGS.contains(&noun)
}

/// `stern`, `mysterious`: how somebody is, which is no part of what they are called.
#[must_use]
pub fn is_manner(word: &str) -> bool {
    const MANNERS: &[&str] = &[
        "old", "young", "aged", "stern", "strict", "kind", "kindly", "strange", "cold", "gruff", "grumpy", "nosy",
        "timid", "friendly", "drunk", "drunken", "angry", "new", "same", "other", "late", "loyal", "taciturn", "cruel",
        "lonely", "clever", "smiling", "weary", "chatty", "shy", "elegant", "arrogant", "elderly",
    ];
    MANNERS.contains(&word) || word.len() > 5 && ["ous", "ful", "less"].iter().any(|end| word.ends_with(end))
}

/// Who is somebody of a story, whatever the noun ends with: `the cook`, `the bailiff`.
#[must_use]
pub fn is_of_a_scene(noun: &str) -> bool {
    const WORKERS: &[&str] = &[
        "principal",
        "ceo",
        "chef",
        "cook",
        "guard",
        "captain",
        "coach",
        "pastor",
        "mayor",
        "bailiff",
        "recruit",
        "cop",
        "criminal",
        "suspect",
        "witness",
        "victim",
        "culprit",
        "hostage",
        "merchant",
        "envoy",
        "nanny",
        "tenant",
        "aide",
        "servant",
        "midwife",
        "apprentice",
        "deputy",
        "clerk",
        "nurse",
        "judge",
        "guest",
        "heir",
        "poet",
        "officiant",
        "defendant",
        "client",
        "student",
        "pupil",
        "bassist",
        "thief",
        "agent",
        "orphan",
        "boss",
        "groom",
        "monk",
        "priest",
    ];
    WORKERS.contains(&noun)
}
