//! What the names of an article mean: folded name → who bears it.
//!
//! All names stand one behind another in one piece of memory, since a piece for each costs more than all else that is
//! done with so few: the table holds their numbers alone.

use super::entity::Id;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// All names, each with those who bear it.
#[derive(Default, Debug)]
pub struct Aliases {
    /// The letters of all names.
    letters: Vec<u8>,
    /// The names, in the order in which they came.
    names: Vec<Name>,
    /// Their numbers, by the hash of their letters.
    numbers: HashTable<u32>,
    hasher: RandomState,
    /// Which pairs of letters names begin with, as bits: most capitals of a text begin none.
    heads: [u32; 26],
    /// How long names are, as bits: most runs of words are as long as none.
    lengths: u64,
}

/// A name, and the entities that it can mean.
#[derive(Debug)]
struct Name {
    /// Where its letters stand.
    first: u32,
    last: u32,
    hash: u64,
    bearers: Bearers,
}

/// The entities of one name, and whether it is their full one. More bearers than four make a name as
/// ambiguous as two do.
#[derive(Clone, Copy, Default, Debug)]
struct Bearers {
    known: [(Id, bool); 4],
    count: usize,
}

impl Bearers {
    fn all(&self) -> &[(Id, bool)] {
        &self.known[..self.count]
    }

    fn add(&mut self, id: Id, full: bool) {
        if self.count < self.known.len() && !self.all().iter().any(|(other, _)| *other == id) {
            self.known[self.count] = (id, full);
            self.count += 1;
        }
    }
}

impl Aliases {
    /// No names yet, with room for so many.
    pub fn with_room(names: usize) -> Self {
        // English names have about so many letters; a part of one has fewer.
        const LETTERS: usize = 10;
        Self {
            letters: Vec::with_capacity(names * LETTERS),
            names: Vec::with_capacity(names),
            numbers: HashTable::with_capacity(names),
            ..Self::default()
        }
    }

    /// Lets a name mean somebody.
    pub fn add(&mut self, name: &[u8], id: Id, full: bool) {
        let hash = self.hasher.hash_one(name);
        if let Some(known) = self.find(name, hash) {
            self.names[known].bearers.add(id, full);
            return;
        }
        if let Some((row, bit)) = head(name) {
            self.heads[row] |= bit;
        }
        self.lengths |= length_bit(name);
        let first = self.letters.len();
        self.letters.extend_from_slice(name);
        let mut bearers = Bearers::default();
        bearers.add(id, full);
        self.names.push(Name {
            first: first as u32,
            last: self.letters.len() as u32,
            hash,
            bearers,
        });
        let names = &self.names;
        self.numbers
            .insert_unique(hash, names.len() as u32 - 1, |number| names[*number as usize].hash);
    }

    /// The number of a name.
    fn find(&self, name: &[u8], hash: u64) -> Option<usize> {
        let is = |number: &u32| {
            let known = &self.names[*number as usize];
            self.letters[known.first as usize..known.last as usize] == *name
        };
        let number = self.numbers.find(hash, is)?;
        Some(*number as usize)
    }

    /// The entities that a name can mean, and whether it is their full name.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> &[(Id, bool)] {
        if self.lengths & length_bit(name) == 0 {
            return &[];
        }
        let known = self.find(name, self.hasher.hash_one(name));
        known.map_or(&[], |number| self.names[number].bearers.all())
    }

    /// Whether a word may begin a name; `false` is certain.
    #[must_use]
    pub fn may_begin(&self, word: &[u8]) -> bool {
        head(word).is_none_or(|(row, bit)| self.heads[row] & bit != 0)
    }
}

/// The row and bit of the first two letters, when they are plain ones.
fn head(word: &[u8]) -> Option<(usize, u32)> {
    match word {
        [a, b, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some((
            usize::from(a.to_ascii_lowercase() - b'a'),
            1 << (b.to_ascii_lowercase() - b'a'),
        )),
        _ => None,
    }
}

/// One bit for the length of a name; all long ones share the last.
fn length_bit(name: &[u8]) -> u64 {
    1 << name.len().min(63)
}

#[cfg(test)]
mod tests {
    use super::Aliases;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn a_name_means_those_who_were_given_it(names in proptest::collection::vec(("[ab]{2,4}", 0_usize..9, any::<bool>()), 0..60)) {
            let mut aliases = Aliases::with_room(names.len() / 8);
            let mut expected: HashMap<&str, Vec<(usize, bool)>> = HashMap::new();
            for (name, id, full) in &names {
                aliases.add(name.as_bytes(), *id, *full);
                let bearers = expected.entry(name).or_default();
                if bearers.len() < 4 && !bearers.iter().any(|(other, _)| other == id) {
                    bearers.push((*id, *full));
                }
            }
            for (name, bearers) in &expected {
                prop_assert!(aliases.may_begin(name.as_bytes()));
                prop_assert_eq!(aliases.get(name.as_bytes()), &bearers[..]);
            }
            prop_assert!(aliases.get(b"abc d").is_empty());
        }
    }
}
