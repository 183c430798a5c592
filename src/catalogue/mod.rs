//! Dramas, people and networks by any name that people type for them.
//!
//! The shipped data (`config/catalogue/*.tsv`) is compiled in; the operator's own file and what was
//! learnt from articles are added at run time. Everything is in memory and computed once; no clock,
//! no I/O. Which of the words of an article are names is the business of `reading`.
//!
//! A query goes through these rooms: `fold` (letters), `key` (sound: a small set of codes for each
//! spelling, with `surname` and `hangul`), `title` (articles, seasons, acronyms), `index` (hash
//! tables over all of that), `rank` and `decide` (tiers, then the decision), and, when nothing has the sound,
//! `compare` and `fuzzy` (parts and edits), with an `outline` of each name before it; `bare` takes off what is around a
//! name, and `starts` passes by words that no drama is called. `suggest` completes what is being typed; `learn` adds
//! what articles teach.

mod bare;
mod chains;
mod code;
mod compare;
mod decide;
mod entity;
mod fold;
mod fuzzy;
mod hangul;
mod index;
mod key;
mod learn;
mod load;
mod outline;
mod rank;
mod roman;
#[cfg(test)]
mod shipped;
mod starts;
mod suggest;
mod surname;
#[cfg(test)]
mod tests;
mod title;

pub use entity::{Candidate, Decision, Drama, Entity, Found, Kind, Network, Person, Role, Scope, Tier};
pub use fold::fold;
use fold::with_fold;
pub use key::person_keys;
pub use learn::{Learnt, News};

use crate::model::{DramaId, NetworkId, PersonId};
use foldhash::fast::RandomState;
use index::{Index, Owner};
use std::collections::{BTreeSet, HashMap};

/// Whether a word is a Korean surname by one of the spellings in use (`Kim`, `Lee`, `Namgoong`, 김).
#[must_use]
pub fn is_surname(word: &str) -> bool {
    let word = fold(word);
    !surname::customary(&word).is_empty() || surname::of_hangul(&word).is_some()
}

/// Everything that is known, ready to be searched. Cheap enough to clone when something is learnt;
/// share it in an `Arc`.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    people: Vec<Person>,
    dramas: Vec<Drama>,
    networks: Vec<Network>,
    agencies: HashMap<String, String>,
    person_ids: HashMap<PersonId, u32>,
    drama_ids: HashMap<DramaId, u32>,
    network_ids: HashMap<NetworkId, u32>,
    /// Roles of each person, by their index: (drama, place in its cast).
    roles: HashMap<u32, Vec<(u32, u32)>, RandomState>,
    index: Index,
    /// Statements of articles that taught something.
    lessons: usize,
}

impl Catalogue {
    /// A catalogue of nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The person with that id.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.person_ids.get(id).and_then(|i| self.people.get(*i as usize))
    }

    /// The drama with that id.
    #[must_use]
    pub fn drama(&self, id: &DramaId) -> Option<&Drama> {
        self.drama_ids.get(id).and_then(|i| self.dramas.get(*i as usize))
    }

    /// The network with that id.
    #[must_use]
    pub fn network(&self, id: &NetworkId) -> Option<&Network> {
        self.network_ids.get(id).and_then(|i| self.networks.get(*i as usize))
    }

    /// All people, in the order in which they were added.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// All dramas, in the order in which they were added.
    #[must_use]
    pub fn dramas(&self) -> &[Drama] {
        &self.dramas
    }

    /// All networks and platforms, in the order in which they were added.
    #[must_use]
    pub fn networks(&self) -> &[Network] {
        &self.networks
    }

    /// The person with exactly that name, hangul or alias, whatever the case, hyphens and spaces.
    /// Of several, the one whose own name it is, then the best known.
    #[must_use]
    pub fn named_person(&self, name: &str) -> Option<&Person> {
        match with_fold(name, |name| self.named(name, Kind::Person))? {
            Owner::Person(i) => self.people.get(i as usize),
            _ => None,
        }
    }

    /// The drama with exactly that title, hangul or alias; leading articles, `&` for `and`, and the
    /// way a season is written do not matter. Of several, the newest.
    #[must_use]
    pub fn named_drama(&self, title: &str) -> Option<&Drama> {
        if !self.index.may_be_drama(title) {
            return None;
        }
        match self.named(&title::normal(title), Kind::Drama)? {
            Owner::Drama(i) => self.dramas.get(i as usize),
            _ => None,
        }
    }

    /// The network with exactly that name or alias.
    #[must_use]
    pub fn named_network(&self, name: &str) -> Option<&Network> {
        match with_fold(name, |name| self.named(name, Kind::Network))? {
            Owner::Network(i) => self.networks.get(i as usize),
            _ => None,
        }
    }

    /// Whether it has any agencies; most catalogues have none.
    #[must_use]
    pub fn has_agencies(&self) -> bool {
        !self.agencies.is_empty()
    }

    /// The agency with exactly that name, as the catalogue writes it.
    #[must_use]
    pub fn named_agency(&self, name: &str) -> Option<&str> {
        self.agencies.get(&fold(name)).map(String::as_str)
    }

    /// Every person with exactly that name, hangul or alias: two people may share one.
    #[must_use]
    pub fn people_named(&self, name: &str) -> Vec<&Person> {
        self.each_person(self.index.exact(&fold(name), Kind::Person).map(|entry| entry.owner))
    }

    /// The people among the owners of names, each once.
    fn each_person(&self, owners: impl Iterator<Item = Owner>) -> Vec<&Person> {
        let people = owners.filter_map(|owner| match owner {
            Owner::Person(i) => Some(i),
            _ => None,
        });
        let once: BTreeSet<u32> = people.collect();
        once.into_iter().filter_map(|i| self.people.get(i as usize)).collect()
    }

    /// Everybody whose name has the same sound as `name`, surname first (or its letters joined): the
    /// phonetic key alone, without ranking.
    #[must_use]
    pub fn sounding_like(&self, name: &str) -> Vec<&Person> {
        let words = fold::words(name);
        let mut keys = key::surname_first(&words);
        if let [word] = words.as_slice() {
            keys.extend(key::joined(word, false));
        }
        let ids = keys.iter().flat_map(|key| self.index.with_key(key));
        self.each_person(ids.filter_map(|id| self.index.entries.get(id as usize).map(|entry| entry.owner)))
    }

    /// Who plays a character of that name: exact letters first, else the same sound.
    #[must_use]
    pub fn character(&self, name: &str) -> Vec<(DramaId, PersonId)> {
        self.index
            .characters(name)
            .into_iter()
            .filter_map(|(drama, place)| {
                let drama = self.dramas.get(drama as usize)?;
                Some((drama.id.clone(), drama.cast.get(place as usize)?.actor.clone()))
            })
            .collect()
    }

    /// What that person plays, newest drama first.
    #[must_use]
    pub fn roles_of(&self, id: &PersonId) -> Vec<(DramaId, Option<String>)> {
        let Some(roles) = self.person_ids.get(id).and_then(|i| self.roles.get(i)) else {
            return Vec::new();
        };
        let mut known: Vec<(&Drama, Option<String>)> = roles
            .iter()
            .filter_map(|(drama, place)| {
                let drama = self.dramas.get(*drama as usize)?;
                Some((drama, drama.cast.get(*place as usize)?.character.clone()))
            })
            .collect();
        known.sort_by_key(|(drama, _)| std::cmp::Reverse(drama.year));
        known
            .into_iter()
            .map(|(drama, character)| (drama.id.clone(), character))
            .collect()
    }

    /// The best owner of an exact name: own name before alias, then the best known.
    fn named(&self, folded: &str, kind: Kind) -> Option<Owner> {
        self.index
            .exact(folded, kind)
            .min_by_key(|entry| (entry.form, std::cmp::Reverse(self.prominence(entry.owner))))
            .map(|entry| entry.owner)
    }

    /// How recent, then how often: what breaks ties. Year of the newest drama × 1000 + number of roles.
    fn prominence(&self, owner: Owner) -> u32 {
        let year = |drama: u32| {
            self.dramas
                .get(drama as usize)
                .and_then(|d| d.year)
                .map_or(0, u32::from)
        };
        match owner {
            Owner::Drama(i) | Owner::Role(i, _) => year(i) * 1000,
            Owner::Network(_) => 0,
            Owner::Person(i) => self.roles.get(&i).map_or(0, |roles| {
                let newest = roles.iter().map(|(drama, _)| year(*drama)).max().unwrap_or(0);
                newest * 1000 + u32::try_from(roles.len()).unwrap_or(999).min(999)
            }),
        }
    }
}
