//! When a channel's digests come and when it is quiet, in whose time.

use serde::{Deserialize, Serialize};

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 1440;

/// Hours in which nothing is posted, in minutes of the day: from the one to the other, over midnight if that is
/// earlier. The two differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuietHours {
    /// The first minute.
    pub from: u16,
    /// The minute in which posts flow again.
    pub to: u16,
}

impl QuietHours {
    /// Quiet hours, if these are minutes of a day and not the same.
    #[must_use]
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < DAY_MINUTES && to < DAY_MINUTES && from != to).then_some(Self { from, to })
    }

    /// Whether a minute of the day is among them.
    #[must_use]
    pub const fn has(self, minute: u16) -> bool {
        if self.from < self.to {
            self.from <= minute && minute < self.to
        } else {
            self.from <= minute || minute < self.to
        }
    }
}

/// What was set for a channel or a server; what is none is taken from the next: the server, the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHours {
    /// The time zone, by its IANA name.
    pub zone: Option<String>,
    /// The minute of the day at which digests come.
    pub at: Option<u16>,
    /// The day of a weekly digest: 0 Monday to 6 Sunday.
    pub day: Option<u8>,
    /// The quiet hours; the inner none: there are none, whatever the server says.
    pub quiet: Option<Option<QuietHours>>,
}

impl OwnHours {
    /// Whether nothing was set.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// These, and where nothing was set, the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            zone: self.zone.or(others.zone),
            at: self.at.or(others.at),
            day: self.day.or(others.day),
            quiet: self.quiet.or(others.quiet),
        }
    }
}

/// What is to be different about the hours of a channel or a server; what is none stays, an inner none is no longer
/// set: then the server's or the settings' hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursChange {
    /// The time zone, by its IANA name.
    pub zone: Option<Option<String>>,
    /// The minute of the day at which digests come.
    pub at: Option<Option<u16>>,
    /// The day of a weekly digest: 0 Monday to 6 Sunday.
    pub day: Option<Option<u8>>,
    /// The quiet hours; the innermost none: there are none.
    pub quiet: Option<Option<Option<QuietHours>>>,
}

impl HoursChange {
    /// Whether nothing is to be different.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The hours with what is to be different.
    #[must_use]
    pub fn of(self, own: OwnHours) -> OwnHours {
        OwnHours {
            zone: self.zone.unwrap_or(own.zone),
            at: self.at.unwrap_or(own.at),
            day: self.day.unwrap_or(own.day),
            quiet: self.quiet.unwrap_or(own.quiet),
        }
    }
}

/// The hours that hold for a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursShown {
    /// The time zone, by its IANA name.
    pub zone: String,
    /// The minute of the day at which digests come.
    pub at: u16,
    /// The day of a weekly digest: 0 Monday to 6 Sunday.
    pub day: u8,
    /// The quiet hours.
    pub quiet: Option<QuietHours>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channels_hours_are_its_own_then_its_servers() {
        let night = QuietHours::new(1380, 420);
        let server = OwnHours {
            zone: Some("Asia/Seoul".into()),
            at: Some(600),
            day: None,
            quiet: Some(night),
        };
        let loud = HoursChange {
            quiet: Some(Some(None)),
            day: Some(Some(4)),
            ..HoursChange::default()
        };
        let own = loud.of(OwnHours::default());
        let all = own.clone().or(server.clone());
        assert_eq!((all.at, all.day, all.quiet), (Some(600), Some(4), Some(None)));
        let reset = HoursChange {
            quiet: Some(None),
            ..HoursChange::default()
        };
        assert_eq!(reset.of(own).or(server).quiet, Some(night));
        assert!(OwnHours::default().is_none() && HoursChange::default().is_none());
    }

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        let night = QuietHours::new(23 * 60, 7 * 60).expect("hours");
        let has: Vec<bool> = [22 * 60 + 59, 23 * 60, 0, 6 * 60 + 59, 7 * 60]
            .map(|minute| night.has(minute))
            .to_vec();
        assert_eq!(has, [false, true, true, true, false]);
        let noon = QuietHours::new(12 * 60, 13 * 60).expect("hours");
        assert!(noon.has(750) && !noon.has(780) && !noon.has(0));
        assert!(QuietHours::new(60, 60).is_none() && QuietHours::new(0, 1440).is_none());
    }
}
