//! What a channel follows.

use super::{ChannelId, DramaId, GuildId, Millis, NetworkId, PersonId, SubscriptionId};

/// What a subscription is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// Every story.
    Everything,
    /// A drama of the catalogue.
    Drama(DramaId),
    /// A person of the catalogue.
    Person(PersonId),
    /// A network or platform of the catalogue.
    Network(NetworkId),
    /// A name or title that nobody knows yet, folded as `catalogue::fold` does. A story about a
    /// drama or person with that folded name matches, so it is bound as soon as it is heard of.
    Words(String),
}

impl Subject {
    /// The key in the store's index: `all`, `drama:…`, `person:…`, `network:…`, `words:…`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Everything => "all".to_owned(),
            Self::Drama(id) => format!("drama:{id}"),
            Self::Person(id) => format!("person:{id}"),
            Self::Network(id) => format!("network:{id}"),
            Self::Words(words) => format!("words:{words}"),
        }
    }

    /// The subject with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let (kind, rest) = key.split_once(':').unwrap_or((key, ""));
        Some(match (kind, rest) {
            ("all", "") => Self::Everything,
            (_, "") => return None,
            ("drama", id) => Self::Drama(DramaId(id.to_owned())),
            ("person", id) => Self::Person(PersonId(id.to_owned())),
            ("network", id) => Self::Network(NetworkId(id.to_owned())),
            ("words", words) => Self::Words(words.to_owned()),
            _ => return None,
        })
    }
}

/// A channel that follows something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its row.
    pub id: SubscriptionId,
    /// The server.
    pub guild: GuildId,
    /// The channel that posts go to.
    pub channel: ChannelId,
    /// What it follows.
    pub subject: Subject,
    /// The name shown to people, as known when it was made.
    pub label: String,
    /// When it was made.
    pub created: Millis,
    /// Whether it is paused by hand.
    pub paused: bool,
}
