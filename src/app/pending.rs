//! What a person's command said beside a name that had to be asked back, kept until they choose. In memory: what a
//! restart forgets is an expired button, and the person asks again.

use crate::model::{Change, Millis, UserId};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// Most that are kept; the oldest goes first.
const MOST: usize = 512;
/// As long as Discord lets an interaction be answered.
const KEPT: Millis = 15 * 60_000;

struct Kept {
    token: u32,
    by: UserId,
    change: Change,
    at: Millis,
}

/// Wishes that wait for a choice.
pub struct Pending {
    next: Mutex<u32>,
    kept: Mutex<VecDeque<Kept>>,
}

impl Pending {
    /// Begins at a random number: buttons of an earlier run find nothing here.
    pub fn new() -> Self {
        Self {
            next: Mutex::new(fastrand::u32(1..=u32::MAX)),
            kept: Mutex::default(),
        }
    }

    /// Keeps a wish under a number; none when there is nothing to keep.
    pub fn keep(&self, by: UserId, change: &Change, at: Millis) -> Option<u32> {
        if change.is_none() {
            return None;
        }
        let token = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            *next = next.wrapping_add(1).max(1);
            *next
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| at - one.at < KEPT);
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back(Kept {
            token,
            by,
            change: change.clone(),
            at,
        });
        Some(token)
    }

    /// The wish of a person; none when it is too old, or somebody else's.
    pub fn of(&self, token: u32, by: UserId, at: Millis) -> Option<Change> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let one = kept.iter().find(|one| one.token == token && one.by == by)?;
        (at - one.at < KEPT).then(|| one.change.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_its_owners_and_grows_old() {
        let pending = Pending::new();
        let change = Change {
            spoiler: Some(true),
            ..Change::default()
        };
        assert_eq!(pending.keep(UserId(1), &Change::default(), 0), None);
        let token = pending.keep(UserId(1), &change, 0).unwrap();
        assert_eq!(pending.of(token, UserId(1), KEPT - 1), Some(change.clone()));
        assert_eq!(pending.of(token, UserId(2), 0), None);
        assert_eq!(pending.of(token + 1, UserId(1), 0), None);
        assert_eq!(pending.of(token, UserId(1), KEPT), None);
        for _ in 0..MOST {
            pending.keep(UserId(3), &change, 1);
        }
        assert_eq!(pending.of(token, UserId(1), 1), None, "bounded");
    }
}
