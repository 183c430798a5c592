//! How each feed of the settings fares: its last look and what came of it, its newest story, when it is looked at next.

use super::report::{Mark, Report};
use crate::{
    app::{
        cli::feed::told,
        time::{iso, now},
    },
    model::Millis,
    store::{FeedState, Store, StoreError},
};

/// A feed that was not read for this long deserves a look.
const STALE: Millis = 6 * 3_600_000;

pub(super) async fn look(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    for feed in store.feeds().await? {
        let seen = seen(store, &feed).await?;
        let (mark, text) = match (&feed.gone, &feed.error) {
            (Some(why), _) => (Mark::Look, format!("gone ({why}); take it out of the settings")),
            (None, Some(error)) if feed.failures > 0 => (Mark::Look, format!("{error}; {seen}")),
            _ if feed.last_ok.is_none_or(|last| now() - last > STALE) => (Mark::Look, seen),
            _ => (Mark::Ok, seen),
        };
        report.line(mark, "feed", &format!("{}: {text}", feed.name));
    }
    Ok(())
}

/// When it was read, what the last look brought, when its newest story was seen, and when it is looked at again.
async fn seen(store: &Store, feed: &FeedState) -> Result<String, StoreError> {
    let read = feed.last_ok.and_then(iso).unwrap_or_else(|| "never".to_owned());
    let mut parts = vec![format!("last read {read}")];
    if let Some(look) = store.traces(feed.id, 1).await?.first() {
        parts.push(format!("last look {}", told(look)));
    }
    parts.push(match store.newest_of(feed.id).await? {
        Some(newest) => format!("newest story seen {} ago", age(now() - newest)),
        None => "no story yet".to_owned(),
    });
    if let Some(next) = iso(feed.next_at).filter(|_| feed.gone.is_none()) {
        parts.push(format!("next look {next}"));
    }
    Ok(parts.join("; "))
}

/// An age in the largest unit of which there are at least two.
fn age(of: Millis) -> String {
    const UNITS: [(Millis, &str); 3] = [(86_400_000, "days"), (3_600_000, "h"), (60_000, "min")];
    let of = of.max(0);
    let unit = UNITS.iter().find(|(unit, _)| of >= 2 * unit);
    unit.map_or_else(
        || format!("{} s", of / 1_000),
        |(unit, name)| format!("{} {name}", of / unit),
    )
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn ages_are_told_in_one_unit() {
        let minute = 60_000;
        for (of, told) in [
            (-5, "0 s"),
            (119_000, "119 s"),
            (2 * minute, "2 min"),
            (119 * minute, "119 min"),
            (5 * 60 * minute, "5 h"),
            (49 * 60 * minute, "2 days"),
        ] {
            assert_eq!(age(of), told);
        }
    }
}
