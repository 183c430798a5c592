//! Who and which drama two stories are about, where each outlet translates the title and writes the names in its own way.

use super::{
    of_smaller,
    words::{self, stem, tokens},
};
use crate::{
    catalogue::{fold, person_keys},
    model::Named,
};
use std::collections::BTreeSet;

/// Share of a title's words that two translations of it have in common.
const TRANSLATED: f64 = 0.5;
/// Words from which on a title cannot be another drama's by chance.
const WORDS: usize = 2;
/// The likeness of the people where those of one are not known.
const UNKNOWN: f64 = 0.4;
/// Words by which titles are addressed or owned, which translations change.
const OF_TITLES: &[&str] = &["my", "mr", "mrs", "madam", "lady"];

/// The dramas and people of a story.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    dramas: BTreeSet<String>,
    /// The words of the titles that nobody knows yet.
    titles: Vec<BTreeSet<String>>,
    /// Whether a title is among them that the catalogue does not know.
    has_unknown: bool,
    /// By sound: 윤 is Yoon and Yun.
    people: Vec<BTreeSet<String>>,
    network: Option<String>,
}

impl Cast {
    /// Of a story's names.
    #[must_use]
    pub fn of(dramas: &[Named], people: &[Named], network: Option<&str>) -> Self {
        Self {
            dramas: dramas.iter().map(|drama| drama.key.clone()).collect(),
            titles: dramas.iter().map(|drama| title_words(&drama.name)).collect(),
            has_unknown: dramas.iter().any(|drama| drama.key.starts_with("words:")),
            people: people.iter().map(sounds).collect(),
            network: network.map(fold),
        }
    }

    /// Whether both may tell the same story: of one drama, or of the same people where the drama of one is not known.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        if self.dramas.is_empty() || other.dramas.is_empty() {
            return self.in_common(other) > 0;
        }
        !self.dramas.is_disjoint(&other.dramas) || self.may_be_translated(other)
    }

    /// One title in two translations: half its words and somebody who is in both, or all its words (“Lamp District”,
    /// “The District of Lamps”); and no other network. What the catalogue knows by two names are two dramas.
    fn may_be_translated(&self, other: &Self) -> bool {
        let networks = self.network.as_ref().zip(other.network.as_ref());
        let any = |is_one: fn(&BTreeSet<String>, &BTreeSet<String>) -> bool| {
            (self.titles.iter()).any(|a| other.titles.iter().any(|b| is_one(a, b)))
        };
        (self.has_unknown || other.has_unknown)
            && networks.is_none_or(|(one, two)| one == two || one.contains(two) || two.contains(one))
            && ((self.in_common(other) > 0 && any(|a, b| super::share(a, b) >= TRANSLATED))
                || any(|a, b| a == b && a.len() >= WORDS))
    }

    /// Whether a drama is known.
    pub(super) fn has_dramas(&self) -> bool {
        !self.dramas.is_empty()
    }

    /// Whether somebody is in the story.
    pub(super) fn has(&self, person: &BTreeSet<String>) -> bool {
        self.people.iter().any(|theirs| !theirs.is_disjoint(person))
    }

    fn in_common(&self, other: &Self) -> usize {
        self.people.iter().filter(|person| other.has(person)).count()
    }

    /// The share of the people of the story with fewer that are in both.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        if self.people.is_empty() || other.people.is_empty() {
            return UNKNOWN;
        }
        // Two names of one story may sound like one of the other's: the smaller count is taken, so that it is the same
        // from both sides.
        let common = self.in_common(other).min(other.in_common(self));
        of_smaller(common, self.people.len(), other.people.len())
    }
}

/// What a person's name sounds like, in every romanisation.
pub(super) fn sounds(person: &Named) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = person_keys(&person.name).into_iter().collect();
    keys.insert(person.key.clone());
    keys
}

/// “Eleven Steps Down” and “11 Steps Down” have the same words.
fn title_words(title: &str) -> BTreeSet<String> {
    let words = tokens(title).into_iter();
    words
        .filter(|word| !words::is_empty(word) && !OF_TITLES.contains(&word.as_str()))
        .map(|word| words::number(&word).map_or_else(|| stem(&word).to_owned(), |number| number.to_string()))
        .collect()
}
