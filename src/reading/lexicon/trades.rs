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

/// Verbs of those who make a drama, in every form that stands behind a name.
pub const MAKES: &[&str] = &[
    "direct",
    "directed",
    "directs",
    "directing",
    "helm",
    "helmed",
    "helms",
    "helming",
    "created",
    "creates",
    "co-wrote",
    "co-directed",
    "penned",
];

/// Verbs that make somebody a writer where what was written is a drama.
pub const WRITES: &[&str] = &["wrote", "written", "writes", "write"];

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
