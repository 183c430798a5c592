//! How each feed of the settings fares: its last look and what came of it, its newest story, when it is looked at next.

use super::report::{Mark, Report};
use crate::{
    app::{
        cli::feed::told,
        time::{iso, now},
    },
    model::Millis,
    store::{FeedState, Store, StoreError, Trace},
};

/// A feed that was not read for this long deserves a look …
const STALE: Millis = 6 * 3_600_000;
/// … and so does one that had nothing new for this long.
const SILENT: Millis = 30 * 86_400_000;

pub(super) async fn look(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    for feed in store.feeds().await? {
        let last = store.traces(feed.id, 1).await?.pop();
        let newest = store.newest_of(feed.id).await?;
        let (mark, text) = state(&feed, last.as_ref(), newest, now());
        report.line(mark, "feed", &format!("{}: {text}", feed.name));
    }
    Ok(())
}

/// How a feed fares, and what is to be done; `newest`: when its newest story was seen.
fn state(feed: &FeedState, last: Option<&Trace>, newest: Option<Millis>, at: Millis) -> (Mark, String) {
    let is_past = |then: Option<Millis>, span| then.is_none_or(|then| at - then > span);
    if let Some(why) = &feed.gone {
        return (Mark::Look, format!("gone ({why}); take it out of the settings"));
    }
    if let Some(error) = feed.error.as_ref().filter(|_| feed.failures > 0) {
        let (times, advice) = (feed.failures, advice(last.and_then(|look| look.status)));
        let seen = seen(feed, None, newest, at);
        return (Mark::Look, format!("{error}, {times} in a row: {advice}; {seen}"));
    }
    let seen = seen(feed, last, newest, at);
    if is_past(feed.last_ok, STALE) {
        (Mark::Look, format!("{seen}; does the bot run?"))
    } else if newest.is_some() && is_past(newest, SILENT) {
        (Mark::Look, format!("{seen}; does it still write there?"))
    } else {
        (Mark::Ok, seen)
    }
}

/// What is to be done about a feed that cannot be read, by what its server said last.
const fn advice(status: Option<u16>) -> &'static str {
    match status {
        None => "can this machine reach it, and is its address right?",
        Some(401 | 403) => "it refuses the bot; write to the outlet, which knows you by `[http] contact`",
        Some(429) => "it wants to be asked less often, which it is by itself",
        Some(500..) => "nothing, unless it lasts",
        Some(_) => "is its address right? `daesa feed` with the site's front page finds its feeds",
    }
}

/// When it was read, what the last look brought, when its newest story was seen, and when it is looked at again.
fn seen(feed: &FeedState, last: Option<&Trace>, newest: Option<Millis>, at: Millis) -> String {
    let read = feed.last_ok.and_then(iso).unwrap_or_else(|| "never".to_owned());
    let mut parts = vec![format!("last read {read}")];
    parts.extend(last.map(|look| format!("last look {}", told(look))));
    parts.push(newest.map_or_else(
        || "no story yet".to_owned(),
        |newest| format!("newest story seen {} ago", age(at - newest)),
    ));
    parts.extend(iso(feed.next_at).map(|next| format!("next look {next}")));
    parts.join("; ")
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
    use super::*;
    use crate::model::FeedId;

    const AT: Millis = 1_800_000_000_000;
    const HOUR: Millis = 3_600_000;

    fn feed() -> FeedState {
        FeedState {
            id: FeedId(1),
            url: "https://news.test/feed".into(),
            name: "News".into(),
            address: None,
            gone: None,
            next_at: AT + 60_000,
            failures: 0,
            error: None,
            last_try: Some(AT),
            last_ok: Some(AT - HOUR),
        }
    }

    #[test]
    fn each_state_of_a_feed_has_its_mark_and_its_advice() {
        let failing = |error: &str| FeedState {
            failures: 3,
            error: Some(error.into()),
            ..feed()
        };
        let look = |status| Trace {
            at: AT,
            status,
            took: 12,
            entries: 0,
            fresh: 0,
            changed: 0,
            noted: 0,
            note: None,
            next: None,
        };
        let told = |feed: &FeedState, status, newest| state(feed, Some(&look(status)), newest, AT);
        let ok = Some(200);
        let young = Some(AT - 2 * HOUR);
        let unread = FeedState {
            last_ok: Some(AT - 7 * HOUR),
            ..feed()
        };
        let gone = FeedState {
            gone: Some("410 Gone".into()),
            ..feed()
        };
        for ((mark, text), expected, part) in [
            (told(&feed(), ok, young), Mark::Ok, "newest story seen 2 h ago"),
            (told(&feed(), ok, None), Mark::Ok, "no story yet"),
            (
                told(&feed(), ok, Some(AT - 31 * 24 * HOUR)),
                Mark::Look,
                "31 days ago; next look 2027-01-15T08:01:00Z; does it still write",
            ),
            (told(&unread, ok, young), Mark::Look, "does the bot run?"),
            (told(&gone, Some(410), young), Mark::Look, "take it out of the settings"),
            (
                told(&failing("status 404"), Some(404), young),
                Mark::Look,
                "status 404, 3 in a row: is its address right?",
            ),
            (told(&failing("a page"), ok, young), Mark::Look, "finds its feeds"),
            (
                told(&failing("status 403"), Some(403), young),
                Mark::Look,
                "`[http] contact`",
            ),
            (told(&failing("status 429"), Some(429), young), Mark::Look, "less often"),
            (
                told(&failing("status 503"), Some(503), young),
                Mark::Look,
                "nothing, unless it lasts",
            ),
            (
                told(&failing("no connection"), None, young),
                Mark::Look,
                "can this machine reach it",
            ),
        ] {
            assert!(mark == expected && text.contains(part), "{text}");
        }
    }

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
