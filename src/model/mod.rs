//! The values that the rooms of the house hand to each other.
//!
//! Plain data: no I/O, no clock, no knowledge of the crates at the edges. A value that can be built
//! at all is valid; what needs checking is checked where it is built.

pub mod about;
pub mod answer;
pub mod article;
pub mod delivery;
pub mod english;
pub mod feed;
pub mod hours;
pub mod ids;
pub mod reading;
pub mod spoken;
pub mod subscription;
pub mod transfer;
pub mod vote;

pub use about::{About, Named, Speaker};
pub use answer::Answer;
pub use article::{Article, Emphasis, Paragraph, ParagraphKind};
pub use delivery::{Delivery, DeliveryState, Outcome, Step, Venue, Wait};
pub use feed::{Enclosure, Entry, Feed, Problem, Quiet};
pub use hours::{DAY_MINUTES, HoursChange, HoursShown, OwnHours, QuietHours};
pub use ids::*;
pub use reading::{ArticleKind, Quote, QuoteKind, Reading};
pub use subscription::{Change, Manner, Match, Rhythm, Subject, Subscription, Terms, Votes};
pub use transfer::{
    ChannelRecord, EchoRecord, FORMAT, LearntRecord, NameRecord, QuoteRecord, ServerRecord, StoryRecord,
    SubscriptionRecord, Transfer,
};
pub use vote::{
    Emoji, Feeling, Feelings, Heard, Pressing, Restored, Shown, Tallied, VoteBatch, VoteChange, VoteKey, Way,
};

/// A point in time: milliseconds since the Unix epoch, UTC.
pub type Millis = i64;

/// The language of a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English, also for every language that Daesa does not speak.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The language for a Discord locale (`ko`, `en-US`, …).
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        if locale == "ko" || locale.starts_with("ko-") {
            Self::Ko
        } else {
            Self::En
        }
    }
}
