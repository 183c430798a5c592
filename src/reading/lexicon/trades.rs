//! What people are and do beside acting: the nouns and verbs that tell whether somebody belongs to a drama.

use super::asked::{self, Asked};

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

/// Verbs that by themselves make somebody one of those who make dramas: whoever directs, directs a drama; what somebody
/// wrote may be a letter.
pub const MAKES: Asked = asked::DIRECTS.with(asked::CREATES).with(asked::PENS);

/// What somebody is who does that to a drama, by the lists of the verb.
pub fn maker(verb: Asked) -> Option<&'static str> {
    if verb.has(asked::DIRECTS) {
        Some("director")
    } else if verb.has(asked::CREATES.with(asked::DEVELOPS)) {
        Some("creator")
    } else if verb.has(asked::PENS.with(asked::WRITES)) {
        Some("writer")
    } else {
        verb.has(asked::PRODUCES).then_some("producer")
    }
}

/// What somebody is called who heads an agency, and speaks for it.
pub const AGENCY_HEAD: &str = "head of an agency";

/// What a company is called that makes the drama: nobody's agency, though it speaks as one.
pub const MAKER: &str = "production company";

/// What somebody is called whom a noun tells of that neither the cast nor those who make dramas go by.
pub const OUTSIDER: &str = "outsider";

/// What somebody is called who judges dramas.
pub const JUROR: &str = "juror";

/// What the crew of a drama looks after: `the lighting technician`, `a makeup artist`.
pub fn is_crew(word: &str) -> bool {
    super::lists(word).has(asked::CREW)
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
