//! Points in time for people: the beginning of a period in a zone, ISO 8601 for machines.

use crate::model::{Millis, answer::Period};
use chrono::{DateTime, Datelike, Days, NaiveDate, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use std::sync::atomic::{AtomicI64, Ordering};

/// The latest that it ever was: what is due is so many milliseconds after some `now`.
static LATEST: AtomicI64 = AtomicI64::new(Millis::MIN);

/// Now.
pub fn now() -> Millis {
    let now = Utc::now().timestamp_millis();
    LATEST.fetch_max(now, Ordering::Relaxed);
    now
}

/// How much later it was at some time in this process, or at `then` in an earlier one, than it is now.
pub fn set_back(then: Millis) -> Millis {
    LATEST.load(Ordering::Relaxed).max(then).saturating_sub(now()).max(0)
}

/// What was due follows the clock that was set back: from here on it is as late as it is.
pub fn follow() {
    LATEST.store(Utc::now().timestamp_millis(), Ordering::Relaxed);
}

/// ISO 8601 in UTC with whole seconds; none for what is outside the calendar.
pub fn iso(at: Millis) -> Option<String> {
    DateTime::<Utc>::from_timestamp_millis(at).map(|t| t.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// When the period began that `now` lies in: Monday or the first of the month at midnight in `zone`.
pub fn began(period: Period, now: Millis, zone: Tz) -> Millis {
    let today = DateTime::<Utc>::from_timestamp_millis(now)
        .unwrap_or_default()
        .with_timezone(&zone)
        .date_naive();
    let first = match period {
        Period::All => return 0,
        Period::Week => today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday()))),
        Period::Month => today.with_day(1),
    };
    first.and_then(|day| midnight(day, zone)).unwrap_or(0)
}

/// Midnight, or the first moment of a day whose midnight a change of the clock left out.
fn midnight(day: NaiveDate, zone: Tz) -> Option<Millis> {
    (0..4)
        .filter_map(|hour| day.and_hms_opt(hour, 0, 0))
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map(|t| t.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEOUL: Tz = chrono_tz::Asia::Seoul;

    fn at(text: &str) -> Millis {
        DateTime::parse_from_rfc3339(text).expect("a date").timestamp_millis()
    }

    #[test]
    fn a_week_begins_on_monday_in_the_zone() {
        // Sunday evening in UTC is Monday morning in Seoul.
        assert_eq!(
            began(Period::Week, at("2026-11-22T20:00:00Z"), SEOUL),
            at("2026-11-23T00:00:00+09:00")
        );
        assert_eq!(
            began(Period::Week, at("2026-11-22T14:00:00Z"), SEOUL),
            at("2026-11-16T00:00:00+09:00")
        );
    }

    #[test]
    fn a_month_begins_on_the_first_in_the_zone() {
        assert_eq!(
            began(Period::Month, at("2026-11-25T12:00:00Z"), SEOUL),
            at("2026-11-01T00:00:00+09:00")
        );
    }

    #[test]
    fn a_day_without_midnight_begins_when_its_clock_does() {
        // In Beirut the clock went from 23:59 to 01:00 on 2021-03-28.
        let zone = chrono_tz::Asia::Beirut;
        let day = NaiveDate::from_ymd_opt(2021, 3, 28).expect("a day");
        assert_eq!(midnight(day, zone), Some(at("2021-03-28T01:00:00+03:00")));
    }

    #[test]
    fn dates_are_iso() {
        assert_eq!(iso(1_635_297_129_000).as_deref(), Some("2021-10-27T01:12:09Z"));
        assert_eq!(iso(i64::MAX), None);
    }
}
