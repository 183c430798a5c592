//! What was found out of sites, for a while: bounded in number, so that no list of strangers' addresses fills the memory.

use super::time::now;
use crate::model::Millis;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Sites remembered at the same time. When there are more, all are asked anew.
const MOST: usize = 2_000;

/// What is known of sites, by their addresses, each with when it ends.
pub struct Sites<T>(Mutex<HashMap<String, (Millis, T)>>);

impl<T> Default for Sites<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Sites<T> {
    // Nothing panics while holding the lock, so a poisoned one still holds whole values.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, (Millis, T)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a site.
    pub fn get(&self, site: &str) -> Option<T> {
        let known = self.lock();
        let (until, what) = known.get(site)?;
        (*until > now()).then(|| what.clone())
    }

    /// Remembers it for so long, in milliseconds.
    pub fn put(&self, site: String, what: T, holds: Millis) {
        let mut known = self.lock();
        if known.len() >= MOST {
            known.retain(|_, (until, _)| *until > now());
            if known.len() >= MOST {
                known.clear();
            }
        }
        known.insert(site, (now() + holds, what));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_ends_and_is_bounded() {
        let sites = Sites::default();
        sites.put("https://a.test".to_owned(), 1, 60_000);
        sites.put("https://b.test".to_owned(), 2, 0);
        assert_eq!(
            (sites.get("https://a.test"), sites.get("https://b.test")),
            (Some(1), None)
        );
        for n in 0..2 * MOST {
            sites.put(format!("https://{n}.test"), 3, 60_000);
            assert!(sites.lock().len() <= MOST);
        }
        assert_eq!(sites.get(&format!("https://{}.test", 2 * MOST - 1)), Some(3));
    }
}
