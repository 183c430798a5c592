//! What time it is at Discord, whatever this machine's clock says.
//!
//! Every answer carries a `Date`. From it on a clock runs that nobody can set (it stands still while the machine sleeps),
//! so what is known is the earliest that it can be: never too late, and seldom more than a second too early.

use crate::model::Millis;
use std::sync::{Mutex, PoisonError};
use tokio::time::Instant;

/// How much faster than Discord's this machine's clock may run, as a divisor: Linux slews a clock by 1 in 2,000 at most.
const SLEW: i64 = 2_000;

/// The earliest that it can be at Discord.
#[derive(Debug, Default)]
pub(super) struct Clock(Mutex<Option<(Millis, Instant)>>);

impl Clock {
    /// Discord said that it was `at` or later, and that was heard at `heard`.
    pub(super) fn heard(&self, at: Millis, heard: Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = known.is_none_or(|known| later(known, heard) < at);
        if is_news {
            *known = Some((at, heard));
        }
    }

    /// The earliest that it can be at Discord at that moment; none before its first answer.
    pub(super) fn earliest(&self, moment: Instant) -> Option<Millis> {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.map(|known| later(known, moment))
    }
}

fn later((at, heard): (Millis, Instant), moment: Instant) -> Millis {
    let passed = moment.saturating_duration_since(heard).as_millis();
    let passed = Millis::try_from(passed).unwrap_or(Millis::MAX);
    at.saturating_add(passed - passed / SLEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn it_runs_on_and_takes_only_news() {
        let (clock, begin) = (Clock::default(), Instant::now());
        let after = |seconds| begin + Duration::from_secs(seconds);
        assert_eq!(clock.earliest(begin), None);
        clock.heard(50_000, begin);
        assert_eq!(
            clock.earliest(after(10)),
            Some(59_995),
            "a clock may run too fast by 1 in 2,000"
        );
        // A Date is cut to its second: the same one, heard later, says less than is known.
        clock.heard(50_000, after(1));
        assert_eq!(clock.earliest(after(10)), Some(59_995));
        clock.heard(60_000, after(10));
        assert_eq!(clock.earliest(after(10)), Some(60_000));
        // What left before the last news arrived.
        assert_eq!(clock.earliest(begin), Some(60_000));
    }
}
