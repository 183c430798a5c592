//! Feeds that a server asks for.

use crate::model::Millis;
use serde::{Deserialize, Serialize};

/// What is to be done with a server's feeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FeedAction {
    /// One more.
    Add,
    /// Which there are.
    #[default]
    List,
    /// One less.
    Remove,
}

/// A feed that a server asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedFeed {
    /// Its address.
    pub url: String,
    /// The name that its stories are shown under.
    pub name: String,
    /// Whether the operator has not agreed yet.
    pub waiting: bool,
    /// When it was last read.
    pub last_ok: Option<Millis>,
    /// Why it could not be read the last time.
    pub error: Option<String>,
}

/// Why a feed was not added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedFault {
    /// The operator does not let servers ask.
    Off,
    /// The address is none that is fetched: private, with credentials, no web address.
    Address,
    /// Nobody answered.
    NoAnswer,
    /// The server's status.
    Status(u16),
    /// What is there is no feed, and names none.
    NotAFeed,
    /// The settings have it for every server.
    Watched,
    /// The server has it, or has asked for it.
    Known,
    /// The server has as many as it may: the limit.
    TooMany(usize),
    /// The server has no such feed.
    Unknown,
}
