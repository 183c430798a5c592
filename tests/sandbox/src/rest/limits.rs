//! Rate limits: buckets by rule and major id, and the global one, under a chosen algorithm.

use super::route::Route;
use crate::faults::covers;
use crate::settings::{Algorithm, RateRule, Settings};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Buckets are swept when there are so many.
const SWEEP_AT: usize = 4096;

/// What the headers of a reply say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    pub limit: u32,
    pub remaining: u32,
    /// Until everything is free again.
    pub reset_after: Duration,
    pub bucket: String,
}

/// Whether a request may go on.
pub(crate) enum Verdict {
    Pass(Standing),
    Limited {
        standing: Standing,
        global: bool,
        retry_after: Duration,
    },
}

pub(crate) struct Limits {
    global_algorithm: Algorithm,
    route_algorithm: Algorithm,
    rules: Vec<RateRule>,
    other: RateRule,
    global: RateRule,
    unlimited: bool,
    used: HashMap<String, VecDeque<Instant>>,
    globally: VecDeque<Instant>,
}

impl Limits {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            global_algorithm: settings.global_algorithm,
            route_algorithm: settings.route_algorithm,
            rules: settings.rules.clone(),
            other: RateRule::new("* *", 50, Duration::from_secs(1)),
            global: RateRule::new("* *", settings.global_limit, settings.global_window),
            unlimited: settings.unlimited,
            used: HashMap::new(),
            globally: VecDeque::new(),
        }
    }

    /// Counts a request, unless it is limited.
    pub(crate) fn take(&mut self, method: &str, route: &Route) -> Verdict {
        let now = Instant::now();
        let (rule, name) = self.rule(method, route);
        let bucket = bucket_name(&name);
        self.sweep(now);
        let used = self.used.entry(format!("{name}|{}", route.major())).or_default();
        let free = Window {
            algorithm: self.route_algorithm,
            rule: &rule,
        };
        free.forget(used, now);
        let full = u32::try_from(used.len()).unwrap_or(u32::MAX) >= rule.limit;
        if full && !self.unlimited {
            let retry_after = free.next(used, now);
            let standing = Standing {
                limit: rule.limit,
                remaining: 0,
                reset_after: free.all(used, now),
                bucket,
            };
            return Verdict::Limited {
                standing,
                global: false,
                retry_after,
            };
        }
        if !route.op.is_interaction() {
            let gate = Window {
                algorithm: self.global_algorithm,
                rule: &self.global,
            };
            gate.forget(&mut self.globally, now);
            let full = u32::try_from(self.globally.len()).unwrap_or(u32::MAX) >= self.global.limit;
            if full && !self.unlimited {
                let retry_after = gate.next(&self.globally, now);
                let remaining = rule.limit.saturating_sub(u32::try_from(used.len()).unwrap_or(u32::MAX));
                let standing = Standing {
                    limit: rule.limit,
                    remaining,
                    reset_after: free.all(used, now),
                    bucket,
                };
                return Verdict::Limited {
                    standing,
                    global: true,
                    retry_after,
                };
            }
            self.globally.push_back(now);
        }
        used.push_back(now);
        let remaining = rule.limit.saturating_sub(u32::try_from(used.len()).unwrap_or(u32::MAX));
        Verdict::Pass(Standing {
            limit: rule.limit,
            remaining,
            reset_after: free.all(used, now),
            bucket,
        })
    }

    /// What the headers of an invented 429 say.
    pub(crate) fn exhausted(&self, method: &str, route: &Route, reset_after: Duration) -> Standing {
        let (rule, name) = self.rule(method, route);
        Standing {
            limit: rule.limit,
            remaining: 0,
            reset_after,
            bucket: bucket_name(&name),
        }
    }

    /// The rule of a route, and the name of what shares its count.
    fn rule(&self, method: &str, route: &Route) -> (RateRule, String) {
        match self
            .rules
            .iter()
            .find(|rule| covers(&rule.routes, method, route.template))
        {
            Some(rule) => (rule.clone(), rule.routes.clone()),
            None => (self.other.clone(), format!("{method} {}", route.template)),
        }
    }

    /// Forgets buckets that have rested for an hour.
    fn sweep(&mut self, now: Instant) {
        if self.used.len() > SWEEP_AT {
            let hour = Duration::from_secs(3600);
            self.used
                .retain(|_, used| used.back().is_some_and(|at| now.duration_since(*at) < hour));
        }
    }
}

/// A rule under an algorithm, over the times of the requests that count.
struct Window<'a> {
    algorithm: Algorithm,
    rule: &'a RateRule,
}

impl Window<'_> {
    /// Drops what no longer counts.
    fn forget(&self, used: &mut VecDeque<Instant>, now: Instant) {
        match self.algorithm {
            Algorithm::SlidingLog => {
                while used
                    .front()
                    .is_some_and(|at| now.duration_since(*at) >= self.rule.window)
                {
                    used.pop_front();
                }
            }
            // All requests of a window are forgotten together, when the window of the first has ended.
            Algorithm::FixedWindow | Algorithm::WallSecond => {
                if used.front().is_some_and(|first| now >= self.end(*first)) {
                    used.clear();
                }
            }
        }
    }

    /// When the window that holds `at` ends.
    fn end(&self, at: Instant) -> Instant {
        match self.algorithm {
            Algorithm::FixedWindow | Algorithm::SlidingLog => at + self.rule.window,
            Algorithm::WallSecond => {
                let since = at.elapsed();
                let then = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .unwrap_or_default()
                    .saturating_sub(since);
                let window = self.rule.window.as_nanos().max(1);
                let left = window - then.as_nanos() % window;
                at + Duration::from_nanos(u64::try_from(left).unwrap_or(u64::MAX))
            }
        }
    }

    /// Until one more fits.
    fn next(&self, used: &VecDeque<Instant>, now: Instant) -> Duration {
        used.front()
            .map_or(Duration::ZERO, |first| self.end(*first).saturating_duration_since(now))
    }

    /// Until all is free.
    fn all(&self, used: &VecDeque<Instant>, now: Instant) -> Duration {
        let decisive = if self.algorithm == Algorithm::SlidingLog {
            used.back()
        } else {
            used.front()
        };
        decisive.map_or(self.rule.window, |at| self.end(*at).saturating_duration_since(now))
    }
}

fn bucket_name(rule: &str) -> String {
    Sha256::digest(rule.as_bytes())
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
