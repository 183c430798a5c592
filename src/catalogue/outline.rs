//! The outline of a name: a few bytes that stand side by side for all names and say which of them may be like a query.
//!
//! A search that no table answers looks at every name. What takes long is not the comparing but the fetching of letters
//! from all over memory, so an outline is asked first: how many letters of the query the name lacks bounds from below
//! how many edits there are between the two, and from above how alike they can be. What `compare` would say of a name
//! is never better than that; so nothing is lost when names are compared from the most hopeful one on, and no more of
//! them than are wanted.

use super::entity::Kind;
use super::fuzzy::ratio;
use super::surname::Class;

/// Letters are counted in so many places. Two letters that share one make a name look more like the query, never less.
const PLACES: usize = 32;
/// Letters that Jaro-Winkler is kind to.
const HEAD: usize = 4;

/// What is known of a name without its letters.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    /// What it is a name of; none: of a character.
    pub(super) kind: Option<Kind>,
    /// The class of its surname.
    pub(super) class: Option<Class>,
    /// How many letters it has, at most 64.
    pub(super) length: u8,
    /// How many sounds its whole code has; 0 when it cannot be read.
    pub(super) sounds: u8,
    /// Which sounds occur in that code.
    pub(super) sound_mask: u32,
    /// Which letters occur.
    pub(super) mask: u32,
    head: [u8; HEAD],
    counts: [u8; PLACES],
}

impl Outline {
    /// Of at most 64 letters, and the flat code of the whole name.
    pub(super) fn new(letters: &[u8], whole: &[u8]) -> Self {
        let mut counts = [0; PLACES];
        for letter in letters {
            counts[place(*letter)] += 1;
        }
        let mut head = [0; HEAD];
        head.iter_mut().zip(letters).for_each(|(here, letter)| *here = *letter);
        let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        Self {
            kind: None,
            class: None,
            length: small(letters.len()),
            sounds: small(whole.len()),
            sound_mask: mask(whole),
            mask: mask(letters),
            head,
            counts,
        }
    }

    /// How many letters of the other this name has not, each as often as it occurs.
    pub(super) fn lacks(&self, other: &Self) -> usize {
        let pairs = self.counts.iter().zip(&other.counts);
        pairs
            .map(|(mine, theirs)| usize::from(theirs.saturating_sub(*mine)))
            .sum()
    }

    /// The fewest edits to the other, of whose letters this one lacks so many: each edit puts one right at most, of
    /// those that are missing here and of those that are missing there.
    pub(super) fn fewest_edits(&self, other: &Self, lacks: usize) -> usize {
        let has_too_many = (lacks + usize::from(self.length)).saturating_sub(usize::from(other.length));
        lacks.max(has_too_many)
    }

    /// The most that Jaro-Winkler can give with the other, of whose letters this one lacks so many: all that they have
    /// in common in its place, and the same beginning.
    pub(super) fn most_alike(&self, other: &Self, lacks: usize) -> f32 {
        let common = usize::from(other.length).saturating_sub(lacks);
        if common == 0 {
            return 0.0;
        }
        let share = |length: u8| ratio(common, usize::from(length).max(1));
        let jaro = (share(self.length) + share(other.length) + 1.0) / 3.0;
        let begins = self.head.iter().zip(other.head).take_while(|(a, b)| **a == *b).count();
        ratio(begins, 10).mul_add(1.0 - jaro, jaro)
    }

    /// Whether the name begins with these letters, as far as the outline tells.
    pub(super) fn may_begin_with(&self, letters: &[u8]) -> bool {
        usize::from(self.length) >= letters.len() && self.head.iter().zip(letters).all(|(a, b)| a == b)
    }
}

/// One bit for each letter that occurs.
pub(super) fn mask(letters: &[u8]) -> u32 {
    letters.iter().fold(0, |mask, letter| mask | 1 << place(*letter))
}

fn place(letter: u8) -> usize {
    usize::from(letter) % PLACES
}

#[cfg(test)]
mod tests {
    use super::super::fuzzy::{Pattern, jaro_winkler};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The outline never promises less than the letters keep.
        #[test]
        fn an_outline_is_a_bound(a in "[a-f]{0,12}|[a-z0-9]{0,64}", b in "[a-f]{0,12}|[a-z0-9]{0,64}") {
            let (mine, theirs) = (Outline::new(a.as_bytes(), &[]), Outline::new(b.as_bytes(), &[]));
            let lacks = mine.lacks(&theirs);
            prop_assert!(mine.fewest_edits(&theirs, lacks) <= Pattern::new(b.as_bytes()).edits(a.as_bytes()));
            prop_assert!(mine.most_alike(&theirs, lacks) + 1e-5 >= jaro_winkler(b.as_bytes(), a.as_bytes()));
            prop_assert!(mine.may_begin_with(b.as_bytes()) || !a.starts_with(&b));
            prop_assert!(lacks == 0 || !a.contains(&b));
        }
    }
}
