//! A multimap from hashes to places in a list, small in memory: the index has a key for every letter that may be missing
//! in every name.
//!
//! What is loaded at the start is packed: sorted pairs of eight bytes, found through a directory over the first bits of
//! the hash, and shared by all copies. What comes later is learnt name by name and stands in chains beside it. Of a
//! packed hash 40 bits are kept: one question in some ten million finds what is not its own, as happens with hashes
//! anyway, and whoever needs to be sure looks at the letters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

const NONE: u32 = u32::MAX;
/// Pairs that share a place in the directory, on average.
const CROWD: usize = 4;
/// Bits of a pair that hold the value, less than which there are names; above it are as many of the hash's first bits as
/// fit.
const VALUE_BITS: u32 = 24;
const VALUES: u64 = (1 << VALUE_BITS) - 1;

/// The multimap. The newest value of a key comes first.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    packed: Arc<Packed>,
    /// What was added and is not to be found before it is packed.
    loose: Option<Vec<Pair>>,
    heads: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    links: Vec<(u32, u32)>,
}

impl Chains {
    /// One that is filled and packed before anybody asks it. It is sorted where it stands: tables that are made only to
    /// be packed would leave holes in memory that nothing fits into.
    pub(super) fn loose() -> Self {
        Self {
            loose: Some(Vec::new()),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, key: u64, value: u32) {
        if let Some(loose) = &mut self.loose {
            loose.extend(Pair::new(key, value));
            return;
        }
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
        debug_assert!(self.loose.is_none(), "it is asked when it is packed");
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
        let pairs = self.loose.take().unwrap_or_else(|| {
            let keys = self.heads.keys();
            let pairs = keys.flat_map(|key| self.learnt(*key).filter_map(|value| Pair::new(*key, value)));
            pairs.collect()
        });
        self.packed = Arc::new(Packed::of(pairs));
        self.heads = HashMap::default();
        self.links = Vec::new();
    }
}

/// The first bits of a key, and a value: by key, the newest value of a key first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair(u64);

impl Pair {
    /// None when there are too many values for it.
    fn new(key: u64, value: u32) -> Option<Self> {
        let value = u64::from(value);
        (value <= VALUES).then(|| Self((key & !VALUES) | (VALUES - value)))
    }

    const fn is_of(self, key: u64) -> bool {
        self.0 >> VALUE_BITS == key >> VALUE_BITS
    }

    #[allow(clippy::cast_possible_truncation)] // 24 bits
    const fn value(self) -> u32 {
        (VALUES - (self.0 & VALUES)) as u32
    }
}

#[derive(Debug, Default)]
struct Packed {
    pairs: Box<[Pair]>,
    /// Where the keys with these first bits begin, and a last place behind all.
    starts: Box<[u32]>,
}

impl Packed {
    fn of(mut all: Vec<Pair>) -> Self {
        all.sort_unstable();
        all.dedup();
        let places = (all.len() / CROWD).next_power_of_two().max(2);
        let mut starts = vec![0; places + 1];
        for pair in &all {
            starts[place_of(pair.0, places) + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        Self {
            pairs: all.into(),
            starts: starts.into(),
        }
    }

    fn get(&self, key: u64) -> impl Iterator<Item = u32> {
        let place = place_of(key, self.starts.len().saturating_sub(1));
        let at = |place: usize| self.starts.get(place).map_or(0, |start| *start as usize);
        let crowd = self.pairs.get(at(place)..at(place + 1)).unwrap_or_default();
        let found = crowd.iter().filter(move |pair| pair.is_of(key));
        found.map(|pair| pair.value())
    }
}

/// The first bits of a key; `places` is a power of two.
fn place_of(key: u64, places: usize) -> usize {
    let bits = places.max(2).trailing_zeros();
    usize::try_from(key >> (64 - bits)).unwrap_or(0)
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
            let (mut plain, mut packed, mut loose) = (Chains::default(), Chains::default(), Chains::loose());
            for (value, (n, _)) in (0..).zip(&pairs) {
                if value as usize == packed_after {
                    packed.pack();
                    loose.pack();
                }
                loose.add(key(*n), value);
                // As an entry that has a key by two readings.
                loose.add(key(*n), value);
                plain.add(key(*n), value);
                packed.add(key(*n), value);
            }
            for n in 0..40 {
                let of = |chains: &Chains| chains.get(key(n)).collect::<Vec<_>>();
                prop_assert_eq!(of(&plain), of(&packed));
            }
            packed.pack();
            loose.pack();
            let copy = packed.clone();
            for n in 0..40 {
                let of = |chains: &Chains| chains.get(key(n)).collect::<Vec<_>>();
                prop_assert_eq!(of(&plain), of(&copy));
                prop_assert_eq!(of(&plain), of(&loose));
            }
        }
    }
}
