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

/// A feed: what it says of itself, and its entries in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// The site it belongs to.
    pub link: Option<String>,
    /// The shortest interval the publisher asks for (`ttl`, `sy:updatePeriod`), in seconds.
    pub interval: Option<u64>,
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
    /// A problem at a place.
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
