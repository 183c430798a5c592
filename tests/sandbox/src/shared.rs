//! What all parts of the sandbox hold together: the state behind its lock, the news that it changed, the faults,
//! the limits, the log.

use crate::faults::Faults;
use crate::log::Log;
use crate::rest::limits::Limits;
use crate::settings::Settings;
use crate::steps::Steps;
use crate::world::World;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

pub(crate) struct Shared {
    pub settings: Arc<Settings>,
    world: Mutex<World>,
    pub changed: Arc<watch::Sender<u64>>,
    pub stop: watch::Sender<bool>,
    pub faults: Mutex<Faults>,
    pub limits: Mutex<Limits>,
    pub log: Mutex<Log>,
    pub steps: Arc<Steps>,
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
}

impl Shared {
    pub(crate) fn new(settings: Arc<Settings>, world: World, origin: String) -> Self {
        Self {
            limits: Mutex::new(Limits::new(&settings)),
            log: Mutex::new(Log::new(settings.log_most)),
            world: Mutex::new(world),
            changed: Arc::new(watch::channel(0).0),
            stop: watch::channel(false).0,
            faults: Mutex::default(),
            steps: Arc::default(),
            settings,
            origin,
        }
    }

    /// Changes the state and wakes whoever waits for a change.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let result = act(&mut lock(&self.world));
        self.wake();
        result
    }

    /// Looks at the state, or takes from a queue in it, and wakes nobody.
    pub(crate) fn quietly<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut lock(&self.world))
    }

    pub(crate) fn wake(&self) {
        self.changed.send_modify(|version| *version = version.wrapping_add(1));
    }
}

/// Locks, also after a panic elsewhere: the data is a test double's, and every change of it is short.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends when the sandbox stops.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the sandbox is gone altogether.
    let _ = stop.wait_for(|stop| *stop).await;
}
