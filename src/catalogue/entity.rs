//! What the catalogue holds: people, dramas and networks, and how a search names them.

use crate::model::{DramaId, NetworkId, PersonId};
use serde::{Serialize, Serializer};
use std::fmt;

/// Somebody or something of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    /// A person.
    Person(PersonId),
    /// A drama; each season is one of its own.
    Drama(DramaId),
    /// A network or platform.
    Network(NetworkId),
}

impl Entity {
    /// The key that buttons, subscriptions and the store carry: `person:ahn-hyo-seop`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Drama(id) => format!("drama:{id}"),
            Self::Network(id) => format!("network:{id}"),
        }
    }

    /// The entity with that key; it need not exist in any catalogue.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key.split_once(':')? {
            (_, "") => None,
            ("person", id) => Some(Self::Person(PersonId(id.to_owned()))),
            ("drama", id) => Some(Self::Drama(DramaId(id.to_owned()))),
            ("network", id) => Some(Self::Network(NetworkId(id.to_owned()))),
            _ => None,
        }
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Person(_) => Kind::Person,
            Self::Drama(_) => Kind::Drama,
            Self::Network(_) => Kind::Network,
        }
    }
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A person.
    Person,
    /// A drama.
    Drama,
    /// A network or platform.
    Network,
}

impl Kind {
    /// `person`, `drama` or `network`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Drama => "drama",
            Self::Network => "network",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An actor or anybody else who is in the news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The stable slug.
    pub id: PersonId,
    /// The name as Soompi spells it.
    pub name: String,
    /// The name in hangul, if known.
    pub hangul: Option<String>,
    /// Stage names, birth names and other spellings.
    pub aliases: Vec<String>,
    /// The idol group, if any.
    pub group: Option<String>,
}

/// A part in a drama.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Who plays it; always a person of the same catalogue.
    pub actor: PersonId,
    /// The character, if known.
    pub character: Option<String>,
}

/// A drama, or one season of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drama {
    /// The stable slug.
    pub id: DramaId,
    /// The English title.
    pub title: String,
    /// The title in hangul, if known.
    pub hangul: Option<String>,
    /// Other English titles, romanised titles, abbreviations that are not mere initials.
    pub aliases: Vec<String>,
    /// The network that aired it first, by its canonical name.
    pub network: Option<String>,
    /// The year it began.
    pub year: Option<u16>,
    /// Its cast, leads first.
    pub cast: Vec<Role>,
}

/// A network or platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The stable slug.
    pub id: NetworkId,
    /// The canonical name.
    pub name: String,
    /// Other names, hangul among them.
    pub aliases: Vec<String>,
}

/// Where a search looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// People, also by the characters that they play.
    People,
    /// Dramas.
    Dramas,
    /// Networks and platforms.
    Networks,
    /// Everything.
    #[default]
    All,
}

impl Scope {
    /// Whether things of that kind are looked at.
    #[must_use]
    pub const fn holds(self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Self::All, _)
                | (Self::People, Kind::Person)
                | (Self::Dramas, Kind::Drama)
                | (Self::Networks, Kind::Network)
        )
    }
}

/// How a candidate was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// The same letters, of the name, the hangul or an alias.
    Exact,
    /// The same sound: surname and given name.
    Key,
    /// The same sound as a whole: stage names, romanised titles.
    Whole,
    /// The same sound with the surname last.
    Reversed,
    /// The name of a character that the person plays.
    Character,
    /// The given name alone.
    Given,
    /// One letter away.
    Near,
    /// Begins like that (three letters or more), or has that surname.
    Prefix,
    /// Has these words, or this string of four letters or more, in it.
    Part,
    /// The initials.
    Initials,
    /// Several letters or sounds away.
    Fuzzy,
}

impl Tier {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Key => "key",
            Self::Whole => "whole",
            Self::Reversed => "reversed",
            Self::Character => "character",
            Self::Given => "given",
            Self::Near => "near",
            Self::Prefix => "prefix",
            Self::Part => "substring",
            Self::Initials => "initials",
            Self::Fuzzy => "fuzzy",
        }
    }
}

impl Serialize for Tier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What to do with the candidates of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// The first candidate is meant.
    Answer,
    /// One of the first few is meant: ask which (five at most).
    Offer,
    /// Nobody known is meant; the candidates, if any, are merely the nearest.
    #[default]
    None,
}

impl Decision {
    /// `answer`, `offer` or `none`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Offer => "offer",
            Self::None => "none",
        }
    }
}

/// Somebody or something that may be meant. Serialises as the contract of `daesa names --json` has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Who or what; not part of the JSON.
    #[serde(skip)]
    pub entity: Entity,
    /// The canonical name.
    pub name: String,
    /// The hangul, if known.
    pub hangul: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// How it was found.
    pub tier: Tier,
    /// 1 for the very name, falling with the tier and with the distance; never below 0.
    #[serde(serialize_with = "three_digits")]
    pub score: f32,
}

/// An `f32` printed in full pretends to a precision that it has not.
fn three_digits<S: Serializer>(score: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*score) * 1000.0).round() / 1000.0)
}

/// The outcome of a search. Serialises to `decision` and `candidates`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// What to do with it.
    pub decision: Decision,
    /// The best ten at most, best first, whatever the decision.
    pub candidates: Vec<Candidate>,
}

impl Found {
    /// The one that is meant, when that is clear.
    #[must_use]
    pub fn answer(&self) -> Option<&Candidate> {
        self.candidates.first().filter(|_| self.decision == Decision::Answer)
    }

    /// What to offer: the first five at most when asked to choose, none otherwise.
    #[must_use]
    pub fn offers(&self) -> &[Candidate] {
        const MOST_OFFERS: usize = 5;
        if self.decision == Decision::Offer {
            &self.candidates[..self.candidates.len().min(MOST_OFFERS)]
        } else {
            &[]
        }
    }
}
