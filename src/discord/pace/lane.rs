//! Lanes: what waits for a bucket, and what is known of the bucket.

use super::{Class, Permit, Route, rate::Gates};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::{sync::oneshot, time::Instant};

/// Added to every wait: Discord rounds, clocks drift, packets take their time.
pub(super) const SLACK: Duration = Duration::from_millis(25);
/// A bucket that rested this long is forgotten.
const RESTS: Duration = Duration::from_secs(600);
/// How often that is looked at.
const SWEEP: Duration = Duration::from_secs(60);

/// What an answer says of the limits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Headers {
    /// HTTP status.
    pub(in super::super) status: u16,
    /// `X-RateLimit-Bucket`.
    pub(in super::super) bucket: Option<String>,
    /// `X-RateLimit-Limit`.
    pub(in super::super) limit: Option<u64>,
    /// `X-RateLimit-Remaining`.
    pub(in super::super) remaining: Option<u64>,
    /// `X-RateLimit-Reset-After`.
    pub(in super::super) reset_after: Option<Duration>,
    /// Of a 429: how long to wait.
    pub(in super::super) retry_after: Duration,
    /// Of a 429: whether it is the limit over all routes.
    pub(in super::super) global: bool,
    /// Of a 429: whether it is shared with others, and so not counted against us.
    pub(in super::super) shared: bool,
    /// Of a 429: whether Discord itself said so, in its own form; else it was the gate before it.
    pub(in super::super) from_discord: bool,
}

impl Headers {
    /// Whether Discord counts the request as invalid.
    pub(super) const fn is_invalid(&self) -> bool {
        matches!(self.status, 401 | 403) || self.status == 429 && !self.shared
    }
}

pub(super) struct Waiter {
    pub(super) class: Class,
    pub(super) since: Instant,
    pub(super) grant: oneshot::Sender<Permit>,
}

/// How much Discord lets through of a route in each channel, as it has told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// So many requests …
    pub requests: u64,
    /// … in this time: the longest that it said to be left until all are free again.
    pub window: Duration,
}

/// A bucket's name, or the route's while Discord has not told it.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Bucket {
    Route(&'static str),
    Named(Arc<str>),
}

type Key = (Bucket, u64);

struct Lane {
    exempt: bool,
    /// By class; each in the order of coming.
    queues: [VecDeque<(Route, Waiter)>; Class::COUNT],
    in_flight: u32,
    /// How many more may go before `resets`; none: not known.
    remaining: Option<u64>,
    resets: Option<Instant>,
    /// Nothing goes before this: Discord has refused a request. What it says of others that were on their way does not
    /// lift that, as when two routes turn out to share the bucket.
    refused_until: Option<Instant>,
    used: Instant,
}

impl Lane {
    fn new(exempt: bool, now: Instant) -> Self {
        Self {
            exempt,
            queues: Default::default(),
            in_flight: 0,
            remaining: None,
            resets: None,
            refused_until: None,
            used: now,
        }
    }

    fn waiting(&self) -> usize {
        self.queues.iter().map(VecDeque::len).sum()
    }

    /// When the bucket lets the next one through; none: not before the one on its way is back.
    fn opens(&self, now: Instant) -> Option<Instant> {
        // Several answers to one interaction are rare, and their limit is told by a 429.
        if !self.exempt && self.in_flight > 0 {
            return None;
        }
        let full = self.resets.filter(|_| self.remaining == Some(0));
        Some(full.max(self.refused_until).map_or(now, |until| until.max(now)))
    }

    /// The rank of the best head and its class; heads whose caller has gone are thrown away.
    fn head(&mut self, now: Instant) -> Option<(f64, Instant, usize)> {
        let mut best: Option<(f64, Instant, usize)> = None;
        for (index, queue) in self.queues.iter_mut().enumerate() {
            while queue.front().is_some_and(|(_, waiter)| waiter.grant.is_closed()) {
                queue.pop_front();
            }
            let Some((_, waiter)) = queue.front() else { continue };
            let rank = waiter.class.rank(now.saturating_duration_since(waiter.since));
            if best.is_none_or(|(other, since, _)| (rank, waiter.since) < (other, since)) {
                best = Some((rank, waiter.since, index));
            }
        }
        best
    }

    fn take(&mut self, class: usize, now: Instant) -> Option<(Route, Waiter)> {
        let taken = self.queues[class].pop_front()?;
        self.in_flight += 1;
        self.used = now;
        if self.resets.is_some_and(|resets| resets <= now) {
            // A new window; its answer will tell how large it is.
            self.resets = None;
            self.remaining = None;
        }
        self.remaining = self.remaining.map(|left| left.saturating_sub(1));
        Some(taken)
    }

    fn learn(&mut self, seen: &Headers, now: Instant) {
        if seen.status == 429 {
            if !seen.global && seen.from_discord {
                self.refused_until = self.refused_until.max(Some(now + seen.retry_after + SLACK));
                (self.remaining, self.resets) = (None, None);
            }
        } else if let Some(remaining) = seen.remaining {
            self.remaining = Some(remaining);
            self.resets = seen.reset_after.map(|after| now + after + SLACK);
        }
    }

    fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.queues.iter_mut().zip(other.queues) {
            mine.extend(theirs);
            // Both were in order; together they are by time of coming.
            mine.make_contiguous().sort_by_key(|(_, waiter)| waiter.since);
        }
        self.in_flight += other.in_flight;
        self.used = self.used.max(other.used);
        self.refused_until = self.refused_until.max(other.refused_until);
        if self.remaining.is_none() || (other.remaining.is_some() && other.remaining < self.remaining) {
            (self.remaining, self.resets) = (other.remaining, other.resets);
        }
    }
}

/// What [`Lanes::best`] found.
#[derive(Default)]
pub(super) struct Found {
    /// The one to let go.
    pub(super) waiter: Option<(Route, u64, Waiter)>,
    /// When the first closed lane with somebody in it opens.
    pub(super) later: Option<Instant>,
    /// When the global rate lets the first of those go that are ready but for it.
    pub(super) held: Option<Instant>,
}

#[derive(Default)]
pub(super) struct Lanes {
    /// Those with somebody in them: few, and gone through for every grant.
    busy: HashMap<Key, Lane>,
    /// Those without, which may be many.
    resting: HashMap<Key, Lane>,
    named: HashMap<&'static str, Arc<str>>,
    allowed: HashMap<&'static str, Allowance>,
    swept: Option<Instant>,
}

impl Lanes {
    fn key(&self, route: Route, major: u64) -> Key {
        let bucket = self
            .named
            .get(route.name)
            .cloned()
            .map_or(Bucket::Route(route.name), Bucket::Named);
        (bucket, major)
    }

    fn lane(&mut self, key: &Key) -> Option<&mut Lane> {
        match self.busy.get_mut(key) {
            Some(lane) => Some(lane),
            None => self.resting.get_mut(key),
        }
    }

    pub(super) fn push(&mut self, route: Route, major: u64, waiter: Waiter) {
        let key = self.key(route, major);
        let since = waiter.since;
        let rested = self.resting.remove(&key);
        let lane = (self.busy.entry(key)).or_insert_with(|| rested.unwrap_or_else(|| Lane::new(route.exempt, since)));
        lane.queues[waiter.class as usize].push_back((route, waiter));
    }

    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.busy.values().map(Lane::waiting).sum()
    }

    /// The most urgent head whose lane is open and whom the global rate lets through. What is counted in the background
    /// goes in the even flow, until it has waited for long: what may go at once is for people.
    pub(super) fn best(&mut self, now: Instant, gates: Gates) -> Found {
        let mut found = Found::default();
        let mut best: Option<((f64, Instant), &Key, usize)> = None;
        let mut empty = Vec::new();
        for (key, lane) in &mut self.busy {
            let Some((rank, since, class)) = lane.head(now) else {
                empty.push(key.clone());
                continue;
            };
            let gate = if rank > Class::Tally.rank(Class::AGES) {
                gates.even
            } else {
                gates.burst
            };
            match lane.opens(now) {
                None => {}
                Some(at) if at > now => found.later = Some(found.later.map_or(at, |l| l.min(at))),
                Some(_) if gate > now && !lane.exempt => found.held = Some(found.held.map_or(gate, |h| h.min(gate))),
                Some(_) if best.is_none_or(|(other, ..)| (rank, since) < other) => {
                    best = Some(((rank, since), key, class));
                }
                Some(_) => {}
            }
        }
        let best = best.map(|(_, key, class)| (key.clone(), class));
        found.waiter = best.and_then(|(key, class)| {
            let (route, waiter) = self.busy.get_mut(&key)?.take(class, now)?;
            Some((route, key.1, waiter))
        });
        for key in empty {
            if let Some(lane) = self.busy.remove(&key) {
                self.resting.insert(key, lane);
            }
        }
        found
    }

    /// A request is back (or nobody knows, without headers).
    pub(super) fn finished(&mut self, route: Route, major: u64, seen: Option<&Headers>, now: Instant) {
        if let Some(name) = seen.and_then(|seen| seen.bucket.as_deref()) {
            self.name(route, name);
        }
        if let Some(seen) = seen.filter(|seen| seen.status != 429) {
            self.allow(route, seen);
        }
        let key = self.key(route, major);
        let Some(lane) = self.lane(&key) else { return };
        lane.in_flight = lane.in_flight.saturating_sub(1);
        lane.used = now;
        if let Some(seen) = seen {
            lane.learn(seen, now);
        }
        if lane.exempt && lane.in_flight == 0 && lane.waiting() == 0 {
            // Each interaction has its own; they never come again.
            self.busy.remove(&key);
            self.resting.remove(&key);
        }
    }

    fn allow(&mut self, route: Route, seen: &Headers) {
        let (Some(requests), Some(left)) = (seen.limit, seen.reset_after) else {
            return;
        };
        let known = self.allowed.get(route.name);
        let window = match known.filter(|known| known.requests == requests) {
            Some(known) => known.window.max(left),
            None => left,
        };
        self.allowed.insert(route.name, Allowance { requests, window });
    }

    pub(super) fn allowed(&self, route: Route) -> Option<Allowance> {
        self.allowed.get(route.name).copied()
    }

    /// Somebody else used the bucket: so many are left until then.
    pub(super) fn used(&mut self, route: Route, major: u64, left: u64, resets: Instant, now: Instant) {
        let key = self.key(route, major);
        if self.lane(&key).is_none() {
            self.resting.insert(key.clone(), Lane::new(route.exempt, now));
        }
        // What Discord itself has told is better.
        if let Some(lane) = self.lane(&key).filter(|lane| lane.remaining.is_none()) {
            (lane.remaining, lane.resets) = (Some(left), Some(resets));
        }
    }

    pub(super) fn never_sent(&mut self, route: Route, major: u64) {
        let key = self.key(route, major);
        if let Some(lane) = self.lane(&key) {
            lane.in_flight = lane.in_flight.saturating_sub(1);
            lane.remaining = lane.remaining.map(|left| left.saturating_add(1));
        }
    }

    /// Discord told the name of a route's bucket: what waits by the route moves to it.
    fn name(&mut self, route: Route, name: &str) {
        if route.exempt || self.named.get(route.name).is_some_and(|known| **known == *name) {
            return;
        }
        let old = self.key(route, 0).0;
        let name: Arc<str> = name.into();
        if let Bucket::Named(old) = &old {
            // Renamed: every route of the old name goes along, so that what is on its way is found again.
            for known in self.named.values_mut().filter(|known| *known == old) {
                *known = name.clone();
            }
        }
        self.named.insert(route.name, name.clone());
        let of_old = |(bucket, _): &Key| *bucket == old;
        let busy: Vec<_> = self.busy.extract_if(|key, _| of_old(key)).collect();
        let resting: Vec<_> = self.resting.extract_if(|key, _| of_old(key)).collect();
        for ((_, major), mut lane) in busy.into_iter().chain(resting) {
            let key = (Bucket::Named(name.clone()), major);
            for known in [self.busy.remove(&key), self.resting.remove(&key)]
                .into_iter()
                .flatten()
            {
                lane.merge(known);
            }
            // Whoever has nobody in it is found out at the next grant.
            self.busy.insert(key, lane);
        }
    }

    /// Forgets lanes that have rested.
    pub(super) fn sweep(&mut self, now: Instant) {
        if self
            .swept
            .is_some_and(|last| now.saturating_duration_since(last) < SWEEP)
        {
            return;
        }
        self.swept = Some(now);
        self.resting.retain(|_, lane| {
            lane.in_flight > 0
                || lane.resets.max(lane.refused_until).is_some_and(|until| until > now)
                || now.saturating_duration_since(lane.used) < RESTS
        });
    }
}
