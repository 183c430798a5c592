//! A feed as parsed, before anything is decided about it.

use super::Millis;
use std::fmt;

/// A file attached to an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is.
    pub url: String,
    /// Its media type.
    pub kind: Option<String>,
    /// Its length in bytes, as claimed.
    pub length: Option<u64>,
}

/// One entry of a feed. Text fields are plain text, `summary` and `content` are HTML as given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The guid or Atom id, as given.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The article's address, absolute.
    pub link: Option<String>,
    /// The description.
    pub summary: Option<String>,
    /// The full text, when the feed has it.
    pub content: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Categories.
    pub tags: Vec<String>,
    /// When it was published, if the feed's date can be read.
    pub published: Option<Millis>,
    /// When it was changed.
    pub updated: Option<Millis>,
    /// Its picture.
    pub image: Option<String>,
    /// Attached files.
    pub enclosures: Vec<Enclosure>,
}

/// When a feed asks not to be looked at: hours of the day and days of the week, in UTC (RSS 2.0, `skipHours` and
/// `skipDays`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quiet(u32);

impl Quiet {
    const HOUR: Millis = 3_600_000;
    const HOURS: u32 = (1 << 24) - 1;

    /// From what [`Quiet::bits`] gave; bits that mean nothing are dropped.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & 0x7fff_ffff)
    }

    /// As one number: bits 0 to 23 the hours, 24 to 30 the days from Monday on.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// One more hour (0 to 23; 24 is midnight, too). Anything else is not meant.
    pub fn skip_hour(&mut self, hour: &str) {
        if let Some(hour) = hour.trim().parse::<u32>().ok().filter(|hour| *hour <= 24) {
            self.0 |= 1 << (hour % 24);
        }
    }

    /// One more day, by its English name. Anything else is not meant.
    pub fn skip_day(&mut self, day: &str) {
        const DAYS: [&str; 7] = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        if let Some(at) = DAYS.iter().position(|known| known.eq_ignore_ascii_case(day.trim())) {
            self.0 |= 1 << (24 + at);
        }
    }

    /// Whether no moment is left: nobody means that.
    #[must_use]
    pub const fn is_always(self) -> bool {
        self.0 & Self::HOURS == Self::HOURS || self.0 >> 24 == 0x7f
    }

    /// Whether an hour of the week is one of them; 0 is Monday, midnight to one.
    #[must_use]
    pub const fn holds(self, hour: u32) -> bool {
        self.0 & (1 << (hour % 24)) != 0 || self.0 & (1 << (24 + hour / 24 % 7)) != 0
    }

    /// The first moment from `at` on when it may be looked at.
    #[must_use]
    pub fn ends(self, at: Millis) -> Millis {
        if self.0 == 0 || self.is_always() {
            return at;
        }
        let mut hour = at.div_euclid(Self::HOUR);
        let mut moment = at;
        // The first of January 1970 was a Thursday.
        while self.holds(u32::try_from((hour + 72).rem_euclid(168)).unwrap_or(0)) {
            hour += 1;
            moment = hour * Self::HOUR;
        }
        moment
    }
}

/// A feed: what it says of itself, and its entries in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// The site it belongs to.
    pub link: Option<String>,
    /// The shortest interval the publisher asks for (`ttl`, `sy:updatePeriod`), in seconds.
    pub interval: Option<u64>,
    /// When it asks not to be looked at.
    pub quiet: Quiet,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// Something odd in an input that could be read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `entry 3`, `feed`, `catalogue line 12`.
    pub place: String,
    /// What, and what was done about it.
    pub what: String,
}

impl Problem {
    /// A problem at a place. What it cites is from outside and is printed on terminals: without control characters.
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        let what: String = what.into();
        Self {
            place: place.into(),
            what: what.replace(char::is_control, "\u{fffd}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
