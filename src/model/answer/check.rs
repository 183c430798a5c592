//! What works in a channel and what does not.

use super::Need;
use crate::model::{ChannelId, Millis};

/// What a look at a channel found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The channel that was looked at.
    pub channel: ChannelId,
    /// Missing permissions.
    pub missing: Vec<Need>,
    /// How many subscriptions the channel has.
    pub subscriptions: u64,
    /// Deliveries that wait, are held and were given up.
    pub backlog: (u64, u64, u64),
    /// Stories that wait for a digest or the end of quiet hours.
    pub scheduled: u64,
    /// Since when the bot may not post there, as it found out by trying.
    pub blocked: Option<Millis>,
    /// Whether the person may have it try again what is held or was given up.
    pub may_retry: bool,
    /// Whether `!` commands can be read.
    pub reads_messages: bool,
}
