//! What people are and do beside acting: the nouns and verbs that tell whether somebody belongs to a drama.

/// Who is of no drama unless the article says what they play.
pub const ALWAYS: &[&str] = &[
    "comedian",
    "comedienne",
    "gagman",
    "gagwoman",
    "youtuber",
    "chef",
    "athlete",
    "entertainer",
    "broadcaster",
];

/// The family of somebody.
pub const KIN: &[&str] = &[
    "daughter", "son", "mother", "father", "wife", "husband", "widow", "sister", "brother",
];

/// Who sings.
pub const SINGS: &[&str] = &[
    "singer",
    "rapper",
    "vocalist",
    "soloist",
    "musician",
    "singer-songwriter",
    "songwriter",
];

/// Who sings and belongs to no group that acts, whatever the article is about.
pub const WRITES_SONGS: &[&str] = &["singer-songwriter", "songwriter", "musician", "balladeer"];

/// Who is in the same group as the person told of.
pub const BAND: &[&str] = &["bandmate", "groupmate", "leader", "maknae"];

/// Verbs of those who make a drama, what they are, and whether the verb alone says so: whoever directs, directs a drama;
/// what somebody wrote may be a letter.
const MAKERS: &[(&str, &str, bool)] = &[
    ("direct", "director", true),
    ("directed", "director", true),
    ("directs", "director", true),
    ("directing", "director", true),
    ("co-directed", "director", true),
    ("helm", "director", true),
    ("helmed", "director", true),
    ("helms", "director", true),
    ("helming", "director", true),
    ("created", "creator", true),
    ("creates", "creator", true),
    ("penned", "writer", true),
    ("co-wrote", "writer", true),
    ("write", "writer", false),
    ("wrote", "writer", false),
    ("writes", "writer", false),
    ("written", "writer", false),
    ("scripted", "writer", false),
    ("developed", "creator", false),
    ("produced", "producer", false),
    ("produces", "producer", false),
];

/// What somebody is who does that to a drama.
pub fn maker(verb: &str) -> Option<&'static str> {
    MAKERS.iter().find(|(v, _, _)| *v == verb).map(|(_, noun, _)| *noun)
}

/// Whether a verb by itself makes somebody one of those who make dramas.
pub fn makes(verb: &str) -> bool {
    MAKERS.iter().any(|(v, _, sure)| *v == verb && *sure)
}

/// Whether somebody does that who writes.
pub fn writes(verb: &str) -> bool {
    MAKERS
        .iter()
        .any(|(v, noun, sure)| *v == verb && *noun == "writer" && !sure)
}

/// What somebody is called who heads an agency, and speaks for it.
pub const AGENCY_HEAD: &str = "head of an agency";

/// What the crew of a drama looks after: `the lighting technician`, `a makeup artist`.
pub fn is_crew(word: &str) -> bool {
    const CREW: &[&str] = &[
        "camera",
        "sound",
        "lighting",
        "art",
        "stunt",
        "makeup",
        "costume",
        "casting",
        "music",
        "assistant",
        "prop",
        "props",
        "wardrobe",
        "set",
        "boom",
        "martial-arts",
        "intimacy",
    ];
    CREW.contains(&word)
}

/// Who works behind the camera, by one noun.
pub fn is_crewman(word: &str) -> bool {
    [
        "engineer",
        "technician",
        "gaffer",
        "cameraman",
        "camerawoman",
        "grip",
        "stagehand",
    ]
    .contains(&word)
}

/// Verbs of those who lead an office.
pub const LEADS: &[&str] = &[
    "leads",
    "led",
    "heads",
    "headed",
    "runs",
    "ran",
    "oversees",
    "oversaw",
    "manages",
    "selected",
    "commissioned",
    "teaches",
    "founded",
];
