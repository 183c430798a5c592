//! Room for looks at feeds. A look that waits for its server gives its place to another after a while: a feed that
//! hangs delays nobody, however many of them there are.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

/// How long a look keeps its place while it waits …
const PATIENCE: Duration = Duration::from_secs(1);
/// … and where the look before failed: who hangs today hangs tomorrow.
const LITTLE_PATIENCE: Duration = Duration::from_millis(100);
/// Looks at the same time, those that gave their place away included.
const MOST: usize = 512;

/// The places.
pub struct Slots {
    places: usize,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    taken: AtomicUsize,
    freed: Notify,
}

/// A place; given back when it is dropped.
pub struct Slot(Arc<State>);

impl Slots {
    /// So many places.
    pub fn new(places: usize) -> Self {
        Self {
            places,
            state: Arc::default(),
        }
    }

    /// How many more looks may begin while so many are under way.
    pub fn room(&self, under_way: usize) -> usize {
        let free = self.places.saturating_sub(self.state.taken.load(Ordering::Acquire));
        free.min(MOST.saturating_sub(under_way))
    }

    /// Takes a place.
    pub fn take(&self) -> Slot {
        self.state.taken.fetch_add(1, Ordering::AcqRel);
        Slot(Arc::clone(&self.state))
    }

    /// Ends when a place was given back since it was asked last.
    pub async fn freed(&self) {
        self.state.freed.notified().await;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::AcqRel);
        self.0.freed.notify_one();
    }
}

/// Waits for an answer; the place is given away when that takes long, and sooner to who `failed` the last time.
pub async fn waited<T>(slot: Slot, failed: bool, answer: impl Future<Output = T>) -> (T, Option<Slot>) {
    tokio::pin!(answer);
    let patience = if failed { LITTLE_PATIENCE } else { PATIENCE };
    tokio::select! {
        answer = &mut answer => (answer, Some(slot)),
        () = tokio::time::sleep(patience) => {
            drop(slot);
            (answer.await, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_waits_long_makes_room() {
        let slots = Slots::new(2);
        let (first, second) = (slots.take(), slots.take());
        assert_eq!(slots.room(2), 0);
        let (answer, kept) = waited(first, false, async { 1 }).await;
        assert!(answer == 1 && kept.is_some() && slots.room(2) == 0);
        let hanging = tokio::spawn(waited(second, true, std::future::pending::<()>()));
        slots.freed().await;
        assert_eq!((slots.room(2), slots.room(MOST)), (1, 0));
        drop(kept);
        assert_eq!(slots.room(1), 2);
        hanging.abort();
    }
}
