//! The words of a telling, and how much each says about which event it is.

use std::collections::{BTreeMap, BTreeSet};

/// Words that say nothing.
const EMPTY: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "being", "both", "but", "by", "can", "did", "do", "does", "each", "for", "from", "had", "has", "have", "he", "her",
    "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "many", "me", "more",
    "most", "much", "my", "no", "not", "now", "of", "on", "one", "only", "or", "other", "our", "out", "over", "own",
    "s", "said", "say", "she", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "to", "too", "two", "up", "very", "was", "we", "were", "what", "when",
    "where", "which", "while", "who", "will", "with", "would", "you", "your", "been", "during", "between", "because",
    "since", "until", "upon",
];

/// What a concept weighs beside a word.
const CONCEPT: f64 = 1.0;

/// Words of the trade, which stand in every second story.
const COMMON: &[&str] = &[
    "actor",
    "actress",
    "air",
    "announc",
    "audienc",
    "broadcast",
    "cast",
    "charact",
    "director",
    "drama",
    "episod",
    "fan",
    "film",
    "first",
    "forward",
    "korean",
    "lead",
    "look",
    "new",
    "news",
    "offici",
    "play",
    "pleas",
    "premier",
    "produc",
    "product",
    "releas",
    "reveal",
    "role",
    "scen",
    "seri",
    "shar",
    "show",
    "star",
    "stori",
    "team",
    "upcom",
    "viewer",
    "watch",
    "writer",
    "week",
    "day",
    "year",
    "month",
    "report",
    "accord",
    "tell",
    "told",
    "tvn",
    "sbs",
    "kbs",
    "mbc",
    "jtbc",
    "netflix",
    "tving",
    "disney",
    "ena",
    "channel",
    "network",
    "agency",
    "hour",
    "ahead",
    "take",
    "make",
    "com",
];

/// Words that tell the same kind of event: two outlets seldom take the same one. Stems, the concept first.
const CONCEPTS: &[&[&str]] = &[
    &[
        "*casting",
        "cast",
        "join",
        "star",
        "lead",
        "headlin",
        "confirm",
        "land",
        "lineup",
        "protagonist",
    ],
    &[
        "*talks", "offer", "consider", "review", "mull", "eye", "discuss", "talk", "negotiat", "court", "approach",
    ],
    &[
        "*declines",
        "declin",
        "reject",
        "pass",
        "deny",
        "deni",
        "withdraw",
        "withdrew",
        "depart",
        "exit",
        "leav",
        "quit",
    ],
    &[
        "*moving-picture",
        "teaser",
        "trailer",
        "clip",
        "video",
        "footag",
        "preview",
        "highlight",
        "reel",
    ],
    &[
        "*still-picture",
        "still",
        "photo",
        "pictur",
        "imag",
        "shot",
        "snap",
        "snapshot",
        "cut",
    ],
    &["*poster", "poster", "visual"],
    &[
        "*ratings",
        "rating",
        "viewership",
        "percent",
        "nielsen",
        "viewing",
        "peak",
        "record",
        "climb",
        "soar",
        "ros",
        "ris",
        "jump",
        "surg",
    ],
    &[
        "*behind",
        "behind",
        "making-of",
        "making",
        "backstag",
        "outtak",
        "bloop",
    ],
    &["*script", "script", "tabl", "read"],
    &[
        "*injury", "injur", "hurt", "sprain", "fractur", "hospital", "accident", "surgery", "wound",
    ],
    &[
        "*illness",
        "ill",
        "sick",
        "health",
        "diagnos",
        "hospitaliz",
        "treatment",
    ],
    &[
        "*later",
        "postpon",
        "delay",
        "push",
        "reschedul",
        "mov",
        "cancel",
        "halt",
        "suspend",
        "paus",
        "preempt",
    ],
    &[
        "*begin", "premier", "debut", "kick", "begin", "began", "launch", "open", "start",
    ],
    &[
        "*end", "final", "finale", "end", "conclud", "wrap", "close", "last", "goodby", "farewell", "bid",
    ],
    &[
        "*award", "award", "win", "won", "priz", "trophy", "honor", "daesang", "crown", "nam",
    ],
    &["*sorry", "apolog", "apologiz", "sorry", "regret"],
    &["*law", "sue", "lawsuit", "legal", "court", "defam", "rumor", "malici"],
    &[
        "*love",
        "dat",
        "relationship",
        "coupl",
        "marry",
        "marri",
        "marriag",
        "wed",
        "wedding",
        "engag",
    ],
    &["*army", "enlist", "military", "discharg", "army", "serv"],
    &["*contract", "sign", "contract", "renew", "agency"],
    &["*season", "season", "sequel", "second", "renew", "return"],
    &["*special", "cameo", "guest", "appear", "special"],
    &["*interview", "interview", "sat", "chat", "open"],
    &["*music", "ost", "soundtrack", "song", "sing", "sang", "ballad", "track"],
    &["*kiss", "kiss", "romanc", "romantic", "lov"],
    &["*set", "set", "film", "shoot", "shot", "camera", "production", "crew"],
];

/// The concepts that are a step in a story that goes on.
pub(super) const STEPS: [&str; 4] = ["*talks", "*declines", "*later", "*sorry"];

/// The concept of a stem, or the stem itself.
fn concept(stem: &str) -> &str {
    CONCEPTS
        .iter()
        .find(|words| words[1..].contains(&stem))
        .map_or(stem, |words| words[0])
}

/// Lower case words, without endings that only grammar needs.
pub(super) fn fold_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        // “12.3” and “1,000” are numbers; “it’s” is one word.
        let joins = matches!(c, '.' | ',') && word.ends_with(|last: char| last.is_ascii_digit());
        if c.is_alphanumeric() || joins {
            word.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') && !word.is_empty() {
            words.push(stem(word.trim_end_matches(['.', ','])).to_owned());
            word.clear();
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Cuts the endings of English that make one word of many; the stem need not be a word.
fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 12] = [
        "ations", "ation", "ments", "ment", "ings", "ing", "ers", "ied", "ies", "ed", "es", "ly",
    ];
    if !word.is_ascii() || word.len() < 5 || is_number(word) {
        return word;
    }
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
        {
            return stem;
        }
    }
    let word = word
        .strip_suffix('s')
        .filter(|stem| !stem.ends_with('s'))
        .unwrap_or(word);
    word.strip_suffix('e').unwrap_or(word)
}

/// Whether a word has a digit: a rating, an episode, a date.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Words and how much they weigh.
pub(super) struct Words<'a> {
    names: &'a BTreeSet<String>,
    weights: BTreeMap<String, f64>,
}

impl<'a> Words<'a> {
    /// `names`: words of the drama's title and the cast, which all its stories share.
    pub(super) fn new(names: &'a BTreeSet<String>) -> Self {
        Self {
            names,
            weights: BTreeMap::new(),
        }
    }

    /// Takes words in; the heaviest place counts.
    pub(super) fn add(&mut self, words: &[String], place: f64) {
        for word in words {
            if EMPTY.contains(&word.as_str()) || self.names.contains(word) {
                continue;
            }
            let word = concept(word);
            let rarity = if word.starts_with('*') {
                CONCEPT
            } else if COMMON.iter().any(|common| stem(common) == word || *common == word) {
                0.25
            } else if is_number(word) {
                1.5
            } else {
                1.0
            };
            let weight = self.weights.entry(word.to_owned()).or_default();
            *weight = weight.max(rarity * place);
        }
    }

    /// The words with their weights.
    pub(super) fn weights(self) -> BTreeMap<String, f64> {
        self.weights
    }
}
