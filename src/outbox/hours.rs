//! When something that waits is posted: the next time of a digest, the end of the quiet hours. In the channel's own
//! time: a clock that is put forward or back neither skips a digest nor brings one twice.

use crate::model::{Millis, OwnHours, QuietHours, Wait};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

/// When digests come where nobody has said so: nine in the morning, on Mondays.
const AT: u16 = 9 * 60;
const DAY: u8 = 0;
const HOUR: Millis = 3_600_000;
/// A clock is put forward by two hours at most (by a day where the date line was moved: that day has no such time).
const GAP_MINUTES: i64 = 150;

/// The hours of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Whose time.
    pub zone: Tz,
    /// The minute of the day at which digests come.
    pub at: u16,
    /// The day of a weekly digest: 0 Monday to 6 Sunday.
    pub day: u8,
    /// When nothing is posted.
    pub quiet: Option<QuietHours>,
}

impl Hours {
    /// What was set, and the defaults for the rest.
    #[must_use]
    pub fn of(set: &OwnHours, zone: Tz) -> Self {
        Self {
            zone: set.zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(zone),
            at: set.at.unwrap_or(AT),
            day: set.day.unwrap_or(DAY),
            quiet: set.quiet.flatten(),
        }
    }

    /// When something that has waited since `from` is due: after that, and not in the quiet hours.
    #[must_use]
    pub fn due(&self, wait: Wait, from: Millis) -> Millis {
        let due = match wait {
            Wait::None | Wait::Outage | Wait::Quiet => from,
            Wait::Hourly => self.next_hour(from),
            Wait::Daily => self.next(from, self.at, None),
            Wait::Weekly => self.next(from, self.at, Some(self.day)),
        };
        self.quiet_until(due).unwrap_or(due)
    }

    /// When the quiet hours end; none: it is not quiet.
    #[must_use]
    pub fn quiet_until(&self, now: Millis) -> Option<Millis> {
        let quiet = self.quiet?;
        let local = self.local(now);
        let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(0);
        quiet.has(minute).then(|| self.next(now, quiet.to, None))
    }

    fn local(&self, at: Millis) -> DateTime<Tz> {
        let at = DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default();
        at.with_timezone(&self.zone)
    }

    /// The next full hour on the channel's clock.
    fn next_hour(&self, from: Millis) -> Millis {
        let local = self.local(from);
        let past = Millis::from(local.minute() * 60 + local.second()) * 1000 + from.rem_euclid(1000);
        from + HOUR - past
    }

    /// The next time after `from` that the channel's clock shows that minute of the day, on that day of the week.
    fn next(&self, from: Millis, minute: u16, weekday: Option<u8>) -> Millis {
        let today = self.local(from).date_naive();
        (0..=15_u64)
            .filter_map(|days| today.checked_add_days(Days::new(days)))
            .filter(|day| weekday.is_none_or(|wanted| day.weekday().num_days_from_monday() == u32::from(wanted)))
            .flat_map(|day| self.moments(day, minute))
            .find(|moment| *moment > from)
            // Outside the calendar.
            .unwrap_or(from.saturating_add(24 * HOUR))
    }

    /// The moments at which a day's clock shows a minute: two when it is put back over it; when it is put forward over
    /// it, the first one after.
    fn moments(&self, day: NaiveDate, minute: u16) -> Vec<Millis> {
        let Some(local) = day.and_hms_opt(u32::from(minute) / 60, u32::from(minute) % 60, 0) else {
            return Vec::new();
        };
        (0..=GAP_MINUTES)
            .find_map(|late| {
                let shown = self.zone.from_local_datetime(&(local + Duration::minutes(late)));
                let first = shown.earliest()?;
                Some((first, shown.latest()?))
            })
            .map(|(first, last)| vec![first.timestamp_millis(), last.timestamp_millis()])
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Millis {
        DateTime::parse_from_rfc3339(text).expect("a date").timestamp_millis()
    }

    fn hours(zone: Tz, minute: u16, quiet: Option<(u16, u16)>) -> Hours {
        Hours {
            zone,
            at: minute,
            day: 0,
            quiet: quiet.and_then(|(from, to)| QuietHours::new(from * 60, to * 60)),
        }
    }

    const SEOUL: Tz = chrono_tz::Asia::Seoul;
    const BERLIN: Tz = chrono_tz::Europe::Berlin;

    #[test]
    fn digests_come_at_the_channels_hour() {
        let seoul = hours(SEOUL, 9 * 60, None);
        // A Wednesday.
        let noon = at("2026-11-25T12:34:56+09:00");
        assert_eq!(seoul.due(Wait::Hourly, noon), at("2026-11-25T13:00:00+09:00"));
        assert_eq!(seoul.due(Wait::Daily, noon), at("2026-11-26T09:00:00+09:00"));
        assert_eq!(seoul.due(Wait::Weekly, noon), at("2026-11-30T09:00:00+09:00"));
        assert_eq!(seoul.due(Wait::Quiet, noon), noon);
        let early = at("2026-11-30T08:59:59+09:00");
        assert_eq!(seoul.due(Wait::Weekly, early), at("2026-11-30T09:00:00+09:00"));
        let sharp = at("2026-11-30T09:00:00+09:00");
        assert_eq!(
            seoul.due(Wait::Weekly, sharp),
            at("2026-12-07T09:00:00+09:00"),
            "after it"
        );
        // Half an hour beside the others.
        let kolkata = hours(chrono_tz::Asia::Kolkata, 0, None);
        assert_eq!(
            kolkata.due(Wait::Hourly, at("2026-11-25T12:10:00Z")),
            at("2026-11-25T12:30:00Z")
        );
    }

    #[test]
    fn quiet_hours_put_everything_off_to_their_end() {
        let night = hours(SEOUL, 6 * 60, Some((23, 7)));
        let late = at("2026-11-25T23:30:00+09:00");
        let end = at("2026-11-26T07:00:00+09:00");
        assert_eq!(night.quiet_until(late), Some(end));
        for wait in [Wait::None, Wait::Outage, Wait::Quiet, Wait::Hourly, Wait::Daily] {
            assert_eq!(night.due(wait, late), end, "{wait:?}");
        }
        assert_eq!(night.quiet_until(end), None);
        assert_eq!(night.quiet_until(end - 1), Some(end));
    }

    #[test]
    fn a_clock_that_is_put_forward_skips_no_digest() {
        // On 29 March 2026 Berlin's clock goes from 2:00 to 3:00.
        let berlin = hours(BERLIN, 2 * 60 + 30, None);
        let day = berlin.due(Wait::Daily, at("2026-03-28T12:00:00+01:00"));
        assert_eq!(day, at("2026-03-29T03:00:00+02:00"));
        assert_eq!(berlin.due(Wait::Daily, day), at("2026-03-30T02:30:00+02:00"));
        assert_eq!(
            berlin.due(Wait::Hourly, at("2026-03-29T01:20:00+01:00")),
            at("2026-03-29T03:00:00+02:00")
        );
        let quiet = hours(BERLIN, 0, Some((1, 2)));
        assert_eq!(
            quiet.quiet_until(at("2026-03-29T01:30:00+01:00")),
            Some(at("2026-03-29T03:00:00+02:00"))
        );
    }

    #[test]
    fn a_clock_that_is_put_back_keeps_nobody_waiting_for_a_day() {
        // On 25 October 2026 Berlin's clock goes from 3:00 back to 2:00: the quiet hours come to their end twice.
        let quiet = Hours {
            quiet: QuietHours::new(23 * 60, 150),
            ..hours(BERLIN, 0, None)
        };
        assert_eq!(
            quiet.quiet_until(at("2026-10-25T01:00:00+02:00")),
            Some(at("2026-10-25T02:30:00+02:00"))
        );
        assert_eq!(
            quiet.quiet_until(at("2026-10-25T02:10:00+01:00")),
            Some(at("2026-10-25T02:30:00+01:00"))
        );
    }

    #[test]
    fn a_day_that_was_left_out_has_no_digest_and_the_next_has() {
        // Samoa had no 30 December 2011.
        let apia = hours(chrono_tz::Pacific::Apia, 9 * 60, None);
        assert_eq!(
            apia.due(Wait::Daily, at("2011-12-29T12:00:00-10:00")),
            at("2011-12-31T09:00:00+14:00")
        );
    }

    proptest! {
        #[test]
        fn what_waits_is_due_in_the_future_and_never_in_quiet_hours(
            from in -2_000_000_000_000_i64..8_000_000_000_000, minute in 0_u16..1440, day in 0_u8..7,
            quiet in (0_u16..1440, 0_u16..1440), zone in 0_usize..chrono_tz::TZ_VARIANTS.len(),
        ) {
            let hours = Hours {
                zone: chrono_tz::TZ_VARIANTS[zone],
                at: minute,
                day,
                quiet: QuietHours::new(quiet.0, quiet.1),
            };
            let longest = 16 * 24 * HOUR;
            for wait in [Wait::Hourly, Wait::Daily, Wait::Weekly] {
                let due = hours.due(wait, from);
                prop_assert!(due > from && due - from <= longest, "{wait:?} {from} {due}");
            }
            let end = hours.due(Wait::Quiet, from);
            prop_assert!(end >= from && end - from <= 50 * HOUR);
            // A gap of the clock may end within hours that a strange server calls quiet, but not twice.
            prop_assert!(hours.quiet_until(end).is_none_or(|again| again > end));
        }

        #[test]
        fn whatever_was_kept_there_are_hours(zone in ".{0,20}", at: u16, day: u8, now: i64) {
            let set = OwnHours { zone: Some(zone), at: Some(at), day: Some(day), quiet: None };
            let hours = Hours::of(&set, SEOUL);
            for wait in [Wait::Hourly, Wait::Daily, Wait::Weekly] {
                let now = now.clamp(i64::MIN / 2, i64::MAX / 2);
                prop_assert!(hours.due(wait, now) > now);
            }
        }
    }
}
