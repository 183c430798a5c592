//! The global rate: an even flow with a small burst (GCRA), slower after a refusal, recovering slowly.

use super::Limits;
use std::time::Duration;
use tokio::time::Instant;

/// The slowest that refusals can make it, requests a second.
const SLOWEST: f64 = 5.0;
/// What a refusal leaves of the rate.
const BACKS_OFF: f64 = 0.7;
/// What a second without refusal adds to the rate, requests a second.
const RECOVERS: f64 = 0.5;
/// Refusals this close together are one: the requests were on their way already.
const SAME_REFUSAL: Duration = Duration::from_millis(500);

/// When requests may go: at once after a rest, and in the even flow alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gates {
    pub(super) burst: Instant,
    pub(super) even: Instant,
}

#[derive(Debug)]
pub(super) struct Rate {
    limits: Limits,
    per_second: f64,
    /// When the flow would be even again (“theoretical arrival time”).
    even_at: Instant,
    frozen_until: Instant,
    adjusted: Instant,
    refused: Option<Instant>,
}

impl Rate {
    pub(super) fn new(limits: Limits, now: Instant) -> Self {
        let limits = Limits {
            per_second: limits.per_second.max(SLOWEST),
            burst: limits.burst.max(1),
        };
        let per_second = limits.per_second;
        Self {
            limits,
            per_second,
            even_at: now,
            frozen_until: now,
            adjusted: now,
            refused: None,
        }
    }

    fn interval(&self) -> Duration {
        Duration::from_secs_f64(1.0 / self.per_second)
    }

    fn tolerance(&self) -> Duration {
        // No burst while slowed down: somebody else is using the same allowance.
        if self.per_second < self.limits.per_second {
            Duration::ZERO
        } else {
            self.interval() * (self.limits.burst - 1)
        }
    }

    /// When the next request may go.
    pub(super) fn next(&self, now: Instant) -> Gates {
        let earliest = self.even_at.checked_sub(self.tolerance()).unwrap_or(now);
        Gates {
            burst: earliest.max(self.frozen_until),
            even: self.even_at.max(self.frozen_until),
        }
    }

    /// One goes.
    pub(super) fn take(&mut self, now: Instant) {
        self.recover(now);
        self.even_at = self.even_at.max(now) + self.interval();
    }

    /// One was answered without a refusal.
    pub(super) fn accepted(&mut self, now: Instant) {
        self.recover(now);
    }

    /// The global limit was hit: nothing until then, and slower afterwards.
    pub(super) fn refused(&mut self, until: Instant, now: Instant) {
        self.frozen_until = self.frozen_until.max(until);
        // After the thaw they go evenly, not as the burst that the wait would have earned.
        self.even_at = self
            .even_at
            .max(self.frozen_until + self.interval() * self.limits.burst);
        if self.refused.is_none_or(|last| now.duration_since(last) > SAME_REFUSAL) {
            self.per_second = (self.per_second * BACKS_OFF).max(SLOWEST);
        }
        self.refused = Some(now);
        self.adjusted = self.frozen_until;
    }

    fn recover(&mut self, now: Instant) {
        if self.per_second < self.limits.per_second {
            let seconds = now.saturating_duration_since(self.adjusted).as_secs_f64();
            self.per_second = (self.per_second + seconds * RECOVERS).min(self.limits.per_second);
        }
        self.adjusted = self.adjusted.max(now);
    }
}
