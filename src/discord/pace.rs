//! One pace for everything that leaves for Discord (shared/PACING.md has the measurements).
//!
//! Requests wait in lanes: one for each bucket that Discord has named, or for each route as long as it
//! has not, and each channel, server or webhook. One request of a lane is on its way at a time, and
//! none when its bucket is spent. A single dispatcher picks the next among the heads of all lanes, by
//! class and by how long it has waited, as fast as the global rate allows. Answers to interactions do
//! not count against that rate and are let through at once.
//!
//! What a request is, and what came of it, is `rest`'s.

mod lane;
mod rate;
#[cfg(test)]
mod tests;

pub use lane::Allowance;
pub(super) use lane::Headers;

use lane::{Lanes, Waiter};
use rate::Rate;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, Weak},
    time::Duration,
};
use tokio::{
    sync::{Notify, oneshot},
    time::Instant,
};

/// How urgent a request is, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Answers to interactions: Discord wants them within three seconds and does not count them.
    Interaction,
    /// Answers to people.
    Reply,
    /// Stories.
    Post,
    /// Reactions under stories, for people to click.
    Seed,
    /// Counting, edits, looking after things.
    Tally,
}

impl Class {
    const COUNT: usize = 5;

    /// How long a request of this class waits until it ranks with fresh ones of the class above:
    /// long enough that no reaction goes before a story in any burst that a bot of one process posts.
    const AGES: Duration = Duration::from_secs(60);

    /// Lower goes first.
    fn rank(self, waited: Duration) -> f64 {
        f64::from(self as u8) - waited.as_secs_f64() / Self::AGES.as_secs_f64()
    }
}

/// Discord bans an address after 10,000 invalid requests (401, 403, 429) within ten minutes. Others may
/// share the address, so the bot stops at half of that.
const INVALID: (usize, Duration) = (5_000, Duration::from_secs(600));

/// A route without its ids: `("POST", "/channels/_/messages")`. The method belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Route {
    /// Method and path, as errors name it.
    pub(super) name: &'static str,
    /// Whether Discord exempts it from the global rate.
    pub(super) exempt: bool,
}

/// The numbers of the pace.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Requests a second, all routes together. Discord allows 50.
    pub per_second: f64,
    /// How many may go at once after a rest.
    pub burst: u32,
}

impl Default for Limits {
    /// 45 a second with a burst of 4: the most that met no 429 under any of the three ways in which a
    /// server can count (PACING.md).
    fn default() -> Self {
        Self {
            per_second: 45.0,
            burst: 4,
        }
    }
}

/// What the pace has counted since it was started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that were sent.
    pub sent: u64,
    /// How long they waited for their turn, all together: behind each other and for Discord's limits.
    pub waited: Duration,
    /// Answers with 429.
    pub limited: u64,
    /// Requests that Discord counts as invalid (401, 403, 429 that is not shared).
    pub invalid: u64,
}

struct State {
    lanes: Lanes,
    rate: Rate,
    /// Nothing at all goes before this, exempt or not: Discord's own gate (Cloudflare) refused us, or is
    /// about to.
    shut_until: Option<Instant>,
    /// When requests were invalid, oldest first.
    invalid: VecDeque<Instant>,
    counts: Counts,
}

struct Shared {
    state: Mutex<State>,
    wake: Notify,
}

impl Shared {
    // Nothing panics while holding the lock, so a poisoned one still holds whole values.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The scheduler of one token. Clones share it.
#[derive(Clone)]
pub struct Pace(Arc<Shared>);

impl Pace {
    /// Starts the dispatcher, which ends with the last clone. Must be called within a tokio runtime.
    #[must_use]
    pub fn start(limits: Limits) -> Self {
        let state = State {
            lanes: Lanes::default(),
            rate: Rate::new(limits, Instant::now()),
            shut_until: None,
            invalid: VecDeque::new(),
            counts: Counts::default(),
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            wake: Notify::new(),
        });
        tokio::spawn(dispatch(Arc::downgrade(&shared)));
        Self(shared)
    }

    /// Waits for its turn. Dropping the future gives the turn up; nothing is lost by it.
    pub(super) async fn acquire(&self, class: Class, route: Route, major: u64) -> Permit {
        let (grant, granted) = oneshot::channel();
        {
            let mut state = self.0.lock();
            state.lanes.push(
                route,
                major,
                Waiter {
                    class,
                    since: Instant::now(),
                    grant,
                },
            );
        }
        self.0.wake.notify_one();
        match granted.await {
            Ok(permit) => permit,
            // The dispatcher holds every waiter until it grants, and lives as long as a `Pace` does.
            Err(_) => std::future::pending().await,
        }
    }

    /// What Discord has told of a route.
    pub(super) fn allowed(&self, route: Route) -> Option<Allowance> {
        self.0.lock().lanes.allowed(route)
    }

    /// An earlier process used so much of a bucket, the last of it so long ago.
    pub(super) fn used(&self, route: Route, major: u64, used: u64, ago: Duration, allowed: Allowance) {
        let (now, left) = (Instant::now(), allowed.requests.saturating_sub(used));
        let resets = now + allowed.window.saturating_sub(ago) + lane::SLACK;
        self.0.lock().lanes.used(route, major, left, resets, now);
    }

    /// What was counted so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.0.lock().counts
    }

    /// How many requests wait for their turn.
    #[cfg(test)]
    fn waiting(&self) -> usize {
        self.0.lock().lanes.waiting()
    }
}

/// One request's turn. Dropped without [`Permit::done`], the request was never sent.
pub(super) struct Permit {
    shared: Weak<Shared>,
    route: Route,
    major: u64,
    finished: bool,
}

impl Permit {
    /// The request was sent; `seen` is what its answer says of the limits, none without an answer.
    pub(super) fn done(mut self, seen: Option<Headers>) {
        self.finished = true;
        let Some(shared) = self.shared.upgrade() else { return };
        let now = Instant::now();
        {
            let mut state = shared.lock();
            state.counts.sent += 1;
            if seen.as_ref().is_some_and(Headers::is_invalid) {
                state.invalid(now);
            }
            match &seen {
                Some(headers) if headers.status == 429 => state.refused(self.route, headers, now),
                Some(_) => state.rate.accepted(now),
                None => {}
            }
            state.lanes.finished(self.route, self.major, seen.as_ref(), now);
        }
        shared.wake.notify_one();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        if let Some(shared) = self.shared.upgrade() {
            shared.lock().lanes.never_sent(self.route, self.major);
            shared.wake.notify_one();
        }
    }
}

impl State {
    fn invalid(&mut self, now: Instant) {
        let (most, window) = INVALID;
        self.counts.invalid += 1;
        self.invalid.push_back(now);
        while self.invalid.front().is_some_and(|at| now.duration_since(*at) >= window) {
            self.invalid.pop_front();
        }
        if self.invalid.len() >= most
            && let Some(oldest) = self.invalid.pop_front()
        {
            tracing::error!("too many refused requests: nothing is sent until Discord has forgotten some of them");
            self.shut_until = self.shut_until.max(Some(oldest + window));
        }
    }

    fn refused(&mut self, route: Route, headers: &Headers, now: Instant) {
        self.counts.limited += 1;
        let until = now + headers.retry_after + lane::SLACK;
        if !headers.from_discord {
            tracing::warn!(
                seconds = headers.retry_after.as_secs_f64(),
                "Discord's gate refuses us: everything waits"
            );
            self.shut_until = self.shut_until.max(Some(until));
            self.rate.refused(until, now);
        } else if headers.global {
            tracing::warn!(
                seconds = headers.retry_after.as_secs_f64(),
                "global rate limit: slowing down"
            );
            self.rate.refused(until, now);
        } else {
            tracing::warn!(
                route = route.name,
                seconds = headers.retry_after.as_secs_f64(),
                "rate limit"
            );
        }
    }

    /// Grants what may go now; when to look again, if only time is missing.
    fn grant(&mut self, shared: &Arc<Shared>, now: Instant) -> Option<Instant> {
        if let Some(until) = self.shut_until {
            if now < until {
                return Some(until);
            }
            self.shut_until = None;
        }
        let wake = loop {
            let found = self.lanes.best(now, self.rate.next(now));
            let Some((route, major, waiter)) = found.waiter else {
                break found.later.into_iter().chain(found.held).min();
            };
            if !route.exempt {
                self.rate.take(now);
            }
            let permit = Permit {
                shared: Arc::downgrade(shared),
                route,
                major,
                finished: false,
            };
            self.counts.waited += now.saturating_duration_since(waiter.since);
            if let Err(mut permit) = waiter.grant.send(permit) {
                // Its caller has gone in this very moment. Not by `Drop`: the lock is held here.
                permit.finished = true;
                self.lanes.never_sent(route, major);
            }
        };
        self.lanes.sweep(now);
        wake
    }
}

async fn dispatch(shared: Weak<Shared>) {
    loop {
        // The notifier lives in the shared part, so a strong handle is held while waiting; the loop
        // looks every so often whether it is the last one.
        let Some(strong) = shared.upgrade() else { return };
        let wake = strong.lock().grant(&strong, Instant::now());
        let idle = Instant::now() + Duration::from_secs(30);
        tokio::select! {
            () = strong.wake.notified() => {}
            () = tokio::time::sleep_until(wake.map_or(idle, |w| w.min(idle))) => {}
        }
        if Arc::strong_count(&strong) == 1 {
            return;
        }
    }
}
