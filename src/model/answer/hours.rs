//! The hours of a channel or a server, as replies tell them.

use crate::model::{ChannelId, HoursShown, Millis, OwnHours};

/// Whose hours are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursPlace {
    /// Those that hold for a channel.
    Channel(ChannelId),
    /// Those of the server.
    Server,
}

/// When digests come and when it is quiet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursAnswer {
    /// Whose hours.
    pub place: HoursPlace,
    /// As they hold.
    pub hours: HoursShown,
    /// What of them was set there; the rest is the server's or the settings'.
    pub own: OwnHours,
    /// Whether they were just changed.
    pub changed: bool,
    /// When the next daily digest would come.
    pub next: Option<Millis>,
    /// Until when it is quiet, if it is now.
    pub quiet_until: Option<Millis>,
}
