//! One request in flight per host, and a pause between two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// From this many hosts on, those that nobody waits for any more are forgotten.
const HOSTS: usize = 2048;

/// When a host may be asked again.
type Lane = Arc<tokio::sync::Mutex<Option<Instant>>>;

/// The turns at all hosts.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    interval: Duration,
    lanes: Arc<Mutex<HashMap<String, Lane>>>,
}

/// A turn at a host; ends when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    lane: OwnedMutexGuard<Option<Instant>>,
    interval: Duration,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.lane = Some(Instant::now() + self.interval);
    }
}

impl Pace {
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            lanes: Arc::default(),
        }
    }

    /// Waits for one's turn at a host, first come first served.
    pub(super) async fn turn(&self, host: &str) -> Turn {
        let lane = self.lane(host).lock_owned().await;
        if let Some(free) = *lane {
            tokio::time::sleep_until(free).await;
        }
        Turn {
            lane,
            interval: self.interval,
        }
    }

    fn lane(&self, host: &str) -> Lane {
        // The map is never left half-changed: a poisoned lock is as good as another.
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if lanes.len() >= HOSTS && !lanes.contains_key(host) {
            let now = Instant::now();
            let idle = |lane: &Lane| {
                Arc::strong_count(lane) == 1 && lane.try_lock().is_ok_and(|free| free.is_none_or(|free| free <= now))
            };
            lanes.retain(|_, lane| !idle(lane));
        }
        Arc::clone(lanes.entry(host.to_owned()).or_default())
    }
}
