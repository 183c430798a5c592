//! How often sessions may be opened: counted here, where op 2 is sent, against what Discord allows.
//!
//! Whoever spends the allowance loses every session and the token, so Daesa stops before that and waits
//! for the next day.

use super::rest::{GatewayInfo, Rest};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::{
    sync::{Mutex as AsyncMutex, OwnedMutexGuard},
    time::Instant,
};

/// After how long Discord is asked again how many are left: other processes may use the same token.
const STALE: Duration = Duration::from_secs(60);
/// How long that question may take; without an answer the own count stands.
const ASKING: Duration = Duration::from_secs(10);

#[derive(Debug)]
struct Left {
    total: u32,
    remaining: u32,
    resets: Instant,
    told: Instant,
    concurrency: u32,
    url: String,
}

/// The allowance that all shards share.
#[derive(Debug)]
pub(super) struct Budget {
    left: Mutex<Left>,
    /// The last identify of each of Discord's rate-limit keys (`shard_id % max_concurrency`).
    slots: Mutex<HashMap<u32, Arc<AsyncMutex<Option<Instant>>>>>,
    gap: Duration,
}

/// The right to send one op 2.
pub(super) struct Slot<'a> {
    budget: &'a Budget,
    last: OwnedMutexGuard<Option<Instant>>,
}

impl Slot<'_> {
    /// It was sent.
    pub(super) fn used(mut self) {
        *self.last = Some(Instant::now());
        let mut left = self.budget.left();
        left.remaining = left.remaining.saturating_sub(1);
    }
}

impl Budget {
    pub(super) fn new(info: &GatewayInfo, gap: Duration) -> Self {
        let now = Instant::now();
        let left = Left {
            total: info.total,
            remaining: info.remaining,
            resets: now + info.reset_after,
            told: now,
            concurrency: info.max_concurrency.max(1),
            url: info.url.clone(),
        };
        Self {
            left: Mutex::new(left),
            slots: Mutex::default(),
            gap,
        }
    }

    // Nothing panics while holding the lock, so a poisoned one still holds whole values.
    fn left(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// How many sessions may still be opened.
    pub(super) fn remaining(&self) -> u32 {
        self.left().remaining
    }

    /// The gateway's address as last told.
    pub(super) fn url(&self) -> String {
        self.left().url.clone()
    }

    /// Asks for address and allowance again, unless that was done just now.
    pub(super) async fn refresh(&self, rest: &Rest) {
        let stale = self.left().told.elapsed() > STALE;
        if stale {
            self.ask(rest).await;
        }
    }

    /// Waits until a shard may open a session.
    pub(super) async fn slot(&self, shard: u32, rest: &Rest) -> Slot<'_> {
        let key = shard % self.left().concurrency;
        let lock = {
            let mut slots = self.slots.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            slots.entry(key).or_default().clone()
        };
        let last = lock.lock_owned().await;
        if let Some(at) = *last {
            tokio::time::sleep_until(at + self.gap).await;
        }
        self.wait_for_allowance(rest).await;
        Slot { budget: self, last }
    }

    async fn wait_for_allowance(&self, rest: &Rest) {
        self.refresh(rest).await;
        loop {
            let (spent, resets) = {
                let mut left = self.left();
                if Instant::now() >= left.resets {
                    left.remaining = left.total;
                    left.resets = Instant::now() + Duration::from_secs(24 * 3600);
                }
                // One in a hundred is left for whoever has to look after the bot by hand.
                (left.remaining <= left.total / 100, left.resets)
            };
            if !spent {
                return;
            }
            tracing::error!(
                minutes = resets.saturating_duration_since(Instant::now()).as_secs() / 60 + 1,
                "no sessions left: Discord allows only so many a day. Waiting until there are new ones; more would cost the token"
            );
            tokio::time::sleep_until(resets).await;
            self.ask(rest).await;
        }
    }

    async fn ask(&self, rest: &Rest) {
        let Ok(Ok(info)) = tokio::time::timeout(ASKING, rest.gateway_info()).await else {
            return;
        };
        let mut left = self.left();
        let now = Instant::now();
        left.total = info.total;
        left.remaining = info.remaining;
        left.resets = now + info.reset_after;
        left.told = now;
        left.url = info.url;
    }
}
