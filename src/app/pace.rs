//! Commands per person: a bucket that a reader never notices and a flood does.

use crate::{config::Commands, model::UserId};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// People remembered at the same time. Who asked least recently is forgotten first: a full bucket.
const MOST: usize = 10_000;

/// One bucket a person: `burst` commands at once, one more each `refill`.
pub struct Patience {
    burst: u32,
    refill: Duration,
    /// When each person's bucket is full again.
    full_at: Mutex<HashMap<UserId, Instant>>,
}

impl Patience {
    pub fn new(settings: &Commands) -> Self {
        Self {
            burst: settings.burst,
            refill: settings.refill,
            full_at: Mutex::default(),
        }
    }

    /// Takes one command of the person's at `now`.
    ///
    /// # Errors
    /// The wait until the next is allowed. Refused commands cost nothing.
    pub fn take(&self, person: UserId, now: Instant) -> Result<(), Duration> {
        let mut all = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, full| *full > now);
            if all.len() >= MOST {
                all.clear();
            }
        }
        let full = all.entry(person).or_insert(now);
        let after = (*full).max(now) + self.refill;
        let room = self.refill * self.burst;
        if after > now + room {
            return Err(after - now - room);
        }
        *full = after;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_a_flood_waits() {
        let patience = Patience::new(&Commands {
            burst: 3,
            refill: Duration::from_secs(2),
        });
        let start = Instant::now();
        let (ana, ben) = (UserId(1), UserId(2));
        for _ in 0..3 {
            assert_eq!(patience.take(ana, start), Ok(()));
        }
        assert_eq!(patience.take(ana, start), Err(Duration::from_secs(2)));
        assert_eq!(
            patience.take(ben, start),
            Ok(()),
            "another person has a bucket of their own"
        );
        assert_eq!(patience.take(ana, start + Duration::from_secs(2)), Ok(()));
        assert_eq!(
            patience.take(ana, start + Duration::from_secs(2)),
            Err(Duration::from_secs(2))
        );
    }
}
