//! A multimap from hashes to places in a list, small in memory: the index has a key for every letter that may be missing
//! in every name.
//!
//! What is loaded at the start is packed: sorted pairs of eight bytes, found through a directory over the first bits of
//! the hash, and shared by all copies. What comes later is learnt name by name and stands in chains beside it. Of a
//! packed hash half the bits and those of the directory are kept: one in some thousand million finds what is not its
//! own, as hashes do anyway, and whoever needs to be sure looks at the letters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

const NONE: u32 = u32::MAX;
/// Pairs that share a place in the directory, on average.
const CROWD: usize = 4;

/// The multimap. The newest value of a key comes first.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    packed: Arc<Packed>,
    heads: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    links: Vec<(u32, u32)>,
}

impl Chains {
    pub(super) fn add(&mut self, key: u64, value: u32) {
        let next = self.heads.get(&key).copied().unwrap_or(NONE);
        // One entry often has a key twice, by two readings.
        if self.links.get(next as usize).is_some_and(|(last, _)| *last == value) {
            return;
        }
        let Ok(place) = u32::try_from(self.links.len()) else {
            return;
        };
        self.heads.insert(key, place);
        self.links.push((value, next));
    }

    pub(super) fn get(&self, key: u64) -> impl Iterator<Item = u32> {
        self.learnt(key).chain(self.packed.get(key))
    }

    fn learnt(&self, key: u64) -> impl Iterator<Item = u32> {
        let mut next = self.heads.get(&key).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let (value, after) = *self.links.get(next as usize)?;
            next = after;
            Some(value)
        })
    }

    /// Packs what was added until now. Once: what is packed already stays as it is, with the rest beside it.
    pub(super) fn pack(&mut self) {
        if !self.packed.pairs.is_empty() {
            return;
        }
        let keys = self.heads.keys();
        let pairs = keys.flat_map(|key| self.learnt(*key).map(|value| (*key, value)));
        self.packed = Arc::new(Packed::of(pairs.collect()));
        self.heads = HashMap::default();
        self.links = Vec::new();
    }
}

#[derive(Debug, Default)]
struct Packed {
    /// The low half of a key and a value; by key, the newest value of a key first.
    pairs: Box<[(u32, u32)]>,
    /// Where the keys with these first bits begin, and a last place behind all.
    starts: Box<[u32]>,
}

impl Packed {
    fn of(mut all: Vec<(u64, u32)>) -> Self {
        all.sort_unstable_by_key(|(key, value)| (*key, std::cmp::Reverse(*value)));
        let places = (all.len() / CROWD).next_power_of_two().max(2);
        let mut starts = vec![0; places + 1];
        for (key, _) in &all {
            starts[place_of(*key, places) + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        Self {
            pairs: all.iter().map(|(key, value)| (low(*key), *value)).collect(),
            starts: starts.into(),
        }
    }

    fn get(&self, key: u64) -> impl Iterator<Item = u32> {
        let place = place_of(key, self.starts.len().saturating_sub(1));
        let at = |place: usize| self.starts.get(place).map_or(0, |start| *start as usize);
        let crowd = self.pairs.get(at(place)..at(place + 1)).unwrap_or_default();
        let key = low(key);
        let found = crowd.iter().filter(move |(low, _)| *low == key);
        found.map(|(_, value)| *value)
    }
}

/// The first bits of a key; `places` is a power of two.
fn place_of(key: u64, places: usize) -> usize {
    let bits = places.max(2).trailing_zeros();
    usize::try_from(key >> (64 - bits)).unwrap_or(0)
}

#[allow(clippy::cast_possible_truncation)] // the low half is what is wanted
const fn low(key: u64) -> u32 {
    key as u32
}

/// The keys are hashes already.
#[derive(Clone, Copy, Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Packed or not, before or after: the same values in the same order.
        #[test]
        fn packing_changes_nothing(
            pairs in proptest::collection::vec((0_u64..40, 0_u32..1000), 0..300),
            packed_after in 0_usize..300,
        ) {
            // All over the range, as hashes are.
            let key = |n: u64| (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let (mut plain, mut packed) = (Chains::default(), Chains::default());
            for (value, (n, _)) in (0..).zip(&pairs) {
                if value as usize == packed_after {
                    packed.pack();
                }
                plain.add(key(*n), value);
                packed.add(key(*n), value);
            }
            for n in 0..40 {
                let of = |chains: &Chains| chains.get(key(n)).collect::<Vec<_>>();
                prop_assert_eq!(of(&plain), of(&packed));
            }
            packed.pack();
            let copy = packed.clone();
            for n in 0..40 {
                let of = |chains: &Chains| chains.get(key(n)).collect::<Vec<_>>();
                prop_assert_eq!(of(&plain), of(&copy));
            }
        }
    }
}
