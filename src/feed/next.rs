//! When to look at a feed again.

use crate::model::{Feed, Millis};

/// Never longer than this between two looks, in seconds: a day.
const LONGEST: u64 = 24 * 3600;
/// How much the time of a look is spread, either way.
const SPREAD: f64 = 0.1;

/// What the server said about how long its answer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheHints {
    /// `Cache-Control: max-age`, in seconds.
    pub max_age: Option<u64>,
    /// `Expires`.
    pub expires: Option<Millis>,
    /// `Retry-After`, in seconds from now.
    pub retry_after: Option<u64>,
}

/// When to look again: after the longest of the configured interval and what feed and server ask for, at most a day,
/// and outside of the hours and days that the feed asks to be left alone. After `failures` failed looks in a row the
/// interval doubles each time, and is not shorter than what the feed asked for when it could be read. `jitter` (0 to 1)
/// moves the time by up to a tenth either way, but never before `Retry-After`.
///
/// A day is the most but for quiet days: a weekend that a feed wants for itself is longer.
#[must_use]
pub fn next_look(
    now: Millis,
    configured_secs: u64,
    feed: Option<&Feed>,
    hints: &CacheHints,
    failures: u32,
    jitter: f64,
) -> Millis {
    let configured = configured_secs.max(1);
    let expires = hints
        .expires
        .and_then(|at| u64::try_from(at.saturating_sub(now) / 1000).ok());
    let of_feed = feed.and_then(|feed| feed.interval).unwrap_or(0);
    let interval = if failures > 0 {
        // How long an error page may be kept says nothing about the feed.
        configured.saturating_mul(1_u64 << failures.min(20)).max(of_feed)
    } else {
        let of_server = hints.max_age.max(expires).unwrap_or(0);
        configured.max(of_feed).max(of_server)
    };
    let seconds = interval.min(LONGEST.max(configured));
    let jitter = if jitter.is_finite() {
        jitter.clamp(0.0, 1.0)
    } else {
        0.5
    };
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // at most some days in milliseconds
    let spread = (seconds as f64 * 1000.0 * (1.0 + SPREAD * (2.0 * jitter - 1.0))) as Millis;
    let earliest = hints.retry_after.unwrap_or(0).min(LONGEST);
    let earliest = Millis::try_from(earliest).unwrap_or(0) * 1000;
    let next = now.saturating_add(spread.max(earliest));
    feed.map_or(next, |feed| feed.quiet.ends(next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quiet;

    const NOW: Millis = 1_800_000_000_000;

    fn seconds(configured: u64, feed: Option<u64>, hints: CacheHints, failures: u32, jitter: f64) -> i64 {
        let feed = Feed {
            interval: feed,
            ..Feed::default()
        };
        (next_look(NOW, configured, Some(&feed), &hints, failures, jitter) - NOW) / 1000
    }

    #[test]
    fn the_longest_wish_wins() {
        let none = CacheHints::default();
        assert_eq!(seconds(60, None, none, 0, 0.5), 60);
        assert_eq!(seconds(60, Some(3600), none, 0, 0.5), 3600);
        assert_eq!(
            seconds(
                60,
                None,
                CacheHints {
                    max_age: Some(300),
                    ..none
                },
                0,
                0.5
            ),
            300
        );
        assert_eq!(
            seconds(
                60,
                None,
                CacheHints {
                    expires: Some(NOW + 900_000),
                    ..none
                },
                0,
                0.5
            ),
            900
        );
        assert_eq!(
            seconds(
                60,
                None,
                CacheHints {
                    expires: Some(NOW - 900_000),
                    ..none
                },
                0,
                0.5
            ),
            60
        );
        assert_eq!(seconds(60, Some(u64::MAX), none, 0, 0.5), 24 * 3600);
    }

    #[test]
    fn failures_double_up_to_a_day() {
        let none = CacheHints::default();
        assert_eq!(seconds(60, None, none, 1, 0.5), 120);
        assert_eq!(seconds(60, None, none, 3, 0.5), 480);
        assert_eq!(
            seconds(60, Some(3600), none, 1, 0.5),
            3600,
            "who asks for an hour gets it in trouble, too"
        );
        let error_page = CacheHints {
            max_age: Some(86_400),
            ..none
        };
        assert_eq!(seconds(60, None, error_page, 1, 0.5), 120);
        assert_eq!(seconds(60, None, none, u32::MAX, 0.5), 24 * 3600);
    }

    #[test]
    fn jitter_stays_within_a_tenth_and_behind_retry_after() {
        let none = CacheHints::default();
        assert_eq!(seconds(100, None, none, 0, 0.0), 90);
        assert_eq!(seconds(100, None, none, 0, 1.0), 110);
        assert_eq!(seconds(100, None, none, 0, f64::NAN), 100);
        assert_eq!(
            seconds(
                60,
                None,
                CacheHints {
                    retry_after: Some(120),
                    ..none
                },
                0,
                0.0
            ),
            120
        );
    }

    #[test]
    fn quiet_hours_and_days_are_waited_for() {
        let mut quiet = Quiet::default();
        // 2027-01-15 08:00:00 UTC, a Friday.
        let hour = (NOW / 3_600_000).rem_euclid(24);
        assert_eq!(hour, 8);
        quiet.skip_hour("8");
        quiet.skip_hour("9");
        let look = |quiet| {
            let feed = Feed {
                quiet,
                ..Feed::default()
            };
            next_look(NOW, 60, Some(&feed), &CacheHints::default(), 0, 0.5) - NOW
        };
        assert_eq!(look(quiet), 2 * 3_600_000);
        let mut weekend = Quiet::default();
        for day in ["Friday", "Saturday", "sunday"] {
            weekend.skip_day(day);
        }
        assert_eq!(look(weekend), (16 + 48) * 3_600_000);
        let mut always = Quiet::default();
        (0..24).for_each(|hour| always.skip_hour(&hour.to_string()));
        assert_eq!(look(always), 60_000, "nobody means that");
        assert_eq!(Quiet::from_bits(quiet.bits()), quiet);
    }
}
