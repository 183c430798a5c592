//! Feeds that are due → entries → articles → stories with their deliveries.
//!
//! Every step is a row before it is an await: an entry that was seen is due until its story is filed,
//! whatever happens to the page, the process or the disk in between.

use super::{
    House, file,
    ledger::Ledger,
    metrics,
    slots::{self, Slot, Slots},
    time::now,
};
use crate::{
    config,
    feed::{self, CacheHints, NotAFeed},
    http::{Conditions, FEED_LIMIT, FetchError, Fetched},
    model::{FeedId, Millis, answer::Cause},
    store::{DueEntry, DueFeed, FetchOutcome, FetchRecord, Look, NewEntry, StoreError},
};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::task::JoinSet;

/// How long a feed is taken for: longer than a fetch with its queueing may last.
const LEASE: Millis = 180_000;
/// How long entries are taken for: longer than all pages of a task may take, one after the other. A lease ends only
/// for a task that died: a restart frees them all.
const READ_LEASE: Millis = 3_600_000;
/// The longest sleep: somebody may have changed the clock.
const NAP: Duration = Duration::from_secs(30);
/// The shortest time between two questions to the store.
const BREATH: Duration = Duration::from_millis(5);
/// New feeds are looked at that far apart at most, in milliseconds.
const APART: Millis = 50;
/// Pause after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(5);
/// Entries that one task reads one after the other, so that a channel gets them in the feed's order.
const ENTRIES: u32 = 50;

/// How far apart so many new feeds are looked at for the first time: within an interval, so that they do not all come
/// at the same moment ever after.
pub fn apart(feeds: usize, settings: &config::Feeds) -> Millis {
    let (interval, feeds) = (settings.interval.as_millis(), feeds.max(1) as u128);
    Millis::try_from(interval / feeds).map_or(APART, |share| share.min(APART))
}

/// Looks at feeds until the house stops; what was begun is finished or left due.
pub async fn run(house: Arc<House>) {
    let slots = Slots::new(house.settings.feeds.lookups);
    let (ledger, writer) = Ledger::open(Arc::clone(&house));
    let mut looks = JoinSet::new();
    let mut reads = JoinSet::new();
    while !house.is_stopping() {
        let pause = match begin(&house, &ledger, &slots, &mut looks, &mut reads).await {
            // To find nothing due writes nothing, so it does not say that the store can be written.
            Ok(pause) => pause,
            Err(error) => {
                house.store_is(error.refuses_writes());
                tracing::error!(%error, "the watcher could not ask the store what is due");
                STORE_PAUSE
            }
        };
        tokio::select! {
            () = house.stopped() => {}
            () = slots.freed() => {}
            () = house.bells.watch.notified() => {}
            Some(done) = looks.join_next() => report(done),
            Some(done) = reads.join_next() => report(done),
            () = tokio::time::sleep(pause) => {}
        }
        // Of many feeds several end at the same moment: the store is asked once for all of them.
        tokio::time::sleep(BREATH).await;
        while let Some(done) = looks.try_join_next().or_else(|| reads.try_join_next()) {
            report(done);
        }
    }
    // Fetches are dropped where they are: their rows are due again at the next start.
    looks.shutdown().await;
    reads.shutdown().await;
    drop(ledger);
    report(writer.await);
}

fn report(done: Result<(), tokio::task::JoinError>) {
    if let Err(error) = done
        && error.is_panic()
    {
        tracing::error!(%error, "a look at a feed ended in a panic; it is due again");
    }
}

/// Starts what is due, as far as there is room, and says how long nothing will be.
async fn begin(
    house: &Arc<House>,
    ledger: &Ledger,
    slots: &Slots,
    looks: &mut JoinSet<()>,
    reads: &mut JoinSet<()>,
) -> Result<Duration, StoreError> {
    let room = |busy: usize| u32::try_from(house.settings.feeds.lookups.saturating_sub(busy)).unwrap_or(0);
    let at = now();
    let free = slots.room(looks.len());
    if free > 0 {
        let most = u32::try_from(free).unwrap_or(u32::MAX);
        for due in house.store.due_feeds(at, LEASE, most).await? {
            looks.spawn(look(Arc::clone(house), ledger.clone(), slots.take(), due));
        }
    }
    if room(reads.len()) > 0 {
        let mut by_feed: BTreeMap<_, Vec<DueEntry>> = BTreeMap::new();
        for entry in house.store.due_entries(at, READ_LEASE, ENTRIES).await? {
            by_feed.entry(entry.feed).or_default().push(entry);
        }
        // What changes often is read when it has rested.
        if (house.store.next_again_due().await?).is_some_and(|due| due <= at - rest(house)) {
            for entry in (house.store)
                .due_again(at, READ_LEASE, at - rest(house), ENTRIES)
                .await?
            {
                by_feed.entry(entry.feed).or_default().push(entry);
            }
        }
        for entries in by_feed.into_values() {
            reads.spawn(read_in_order(Arc::clone(house), entries));
        }
    }
    let next_feed = if slots.room(looks.len()) > 0 {
        house.store.next_feed_due().await?
    } else {
        None
    };
    let (next_entry, next_again) = if room(reads.len()) > 0 {
        let again = house.store.next_again_due().await?;
        (house.store.next_entry_due().await?, again.map(|due| due + rest(house)))
    } else {
        (None, None)
    };
    let wait = next_feed
        .into_iter()
        .chain(next_entry)
        .chain(next_again)
        .min()
        .map_or(NAP, |due| {
            Duration::from_millis(u64::try_from(due.saturating_sub(now())).unwrap_or(0))
        });
    Ok(wait.clamp(Duration::from_millis(5), NAP))
}

/// How long an article that changed is left alone.
fn rest(house: &House) -> Millis {
    Millis::try_from(house.settings.feeds.edit_after.as_millis()).unwrap_or(0)
}

/// One look at one feed.
async fn look(house: Arc<House>, ledger: Ledger, slot: Slot, due: DueFeed) {
    let began = now();
    let conditions = Conditions {
        etag: due.etag.clone(),
        last_modified: due.last_modified.clone(),
    };
    let (answer, _place) = slots::waited(
        slot,
        due.failures > 0,
        house.web.get(&due.address, &conditions, FEED_LIMIT),
    )
    .await;
    let (answer, parsed) = match answer {
        Ok(fetched) if fetched.status == 200 => {
            let (fetched, parsed) = parse(due.id, fetched).await;
            (Ok(fetched), parsed)
        }
        answer => (answer, None),
    };
    let (record, entries) = judge(&house, &due, answer, parsed, began);
    metrics::looked(record.status, due.due.map_or(0, |due| began - due));
    if let FetchOutcome::Failed(why) | FetchOutcome::Gone(why) = &record.outcome {
        tracing::warn!(
            feed = due.id.0,
            outlet = due.name,
            failures = due.failures + 1,
            why,
            "a look at a feed failed"
        );
    }
    let look = Look {
        feed: due.id,
        record,
        entries,
    };
    if let Some(recorded) = ledger.put(look).await
        && (!recorded.new.is_empty() || recorded.noted > 0)
    {
        let (new, noted) = (recorded.new.len(), recorded.noted);
        tracing::info!(feed = due.id.0, outlet = due.name, new, noted, "entries");
    }
}

/// A feed that was read.
struct Parsed {
    feed: crate::model::Feed,
    problems: Vec<crate::model::Problem>,
    /// Its entries with what tells them apart; the feed's own list is empty for that.
    entries: Vec<NewEntry>,
}

/// Parses an answer where it keeps nobody waiting: a feed of megabytes takes a while. None: it ended in a panic.
async fn parse(feed: FeedId, mut fetched: Fetched) -> (Fetched, Option<Result<Parsed, NotAFeed>>) {
    let (body, kind, url) = (
        std::mem::take(&mut fetched.body),
        fetched.content_type.clone(),
        fetched.url.clone(),
    );
    let parsed = tokio::task::spawn_blocking(move || {
        let (mut feed, problems) = feed::parse(&body, kind.as_deref(), Some(&url))?;
        let entries = std::mem::take(&mut feed.entries);
        let entries = feed::identified(entries).into_iter().map(new_entry).collect();
        Ok(Parsed {
            feed,
            problems,
            entries,
        })
    });
    match parsed.await {
        Ok(parsed) => (fetched, Some(parsed)),
        Err(error) => {
            tracing::error!(feed = feed.0, %error, "parsing a feed ended in a panic");
            (fetched, None)
        }
    }
}

/// What a look came to, what it brought, and when to look again.
fn judge(
    house: &House,
    due: &DueFeed,
    answer: Result<Fetched, FetchError>,
    parsed: Option<Result<Parsed, NotAFeed>>,
    began: Millis,
) -> (FetchRecord, Vec<NewEntry>) {
    // What the feed asked for when it was read still holds.
    let asked = crate::model::Feed {
        interval: due.interval,
        quiet: due.quiet,
        ..crate::model::Feed::default()
    };
    let mut verdict = Verdict {
        ended: now(),
        began,
        interval: house.settings.feeds.interval.as_secs(),
        failures: due.failures + 1,
        hints: CacheHints::default(),
        status: None,
        moved: None,
    };
    let fetched = match answer {
        Ok(fetched) => fetched,
        Err(error) => return (verdict.failed(error.to_string(), &asked), Vec::new()),
    };
    verdict.hints = CacheHints {
        max_age: fetched.max_age,
        expires: fetched.expires,
        retry_after: fetched.retry_after,
    };
    verdict.status = Some(fetched.status);
    verdict.moved.clone_from(&fetched.moved);
    let failed = |verdict: Verdict, why| (verdict.failed(why, &asked), Vec::new());
    match (fetched.status, parsed) {
        (200, Some(Ok(parsed))) => {
            for problem in &parsed.problems {
                tracing::debug!(feed = due.id.0, %problem, "an oddity of a feed");
            }
            (
                verdict.well(outcome_of(&fetched, &parsed), &parsed.feed),
                parsed.entries,
            )
        }
        (200, Some(Err(error))) => failed(verdict, error.to_string()),
        (200, None) => failed(verdict, "parsing it failed".to_owned()),
        (304, _) => (verdict.well(FetchOutcome::Unchanged, &asked), Vec::new()),
        (410, _) => (verdict.gone("410 Gone".to_owned()), Vec::new()),
        (status, _) => failed(verdict, format!("status {status}")),
    }
}

/// What is known of a look before it is known what it came to.
struct Verdict {
    ended: Millis,
    began: Millis,
    /// The house's interval, in seconds.
    interval: u64,
    /// Failures in a row, if this is one.
    failures: u32,
    hints: CacheHints,
    status: Option<u16>,
    moved: Option<String>,
}

impl Verdict {
    fn well(self, outcome: FetchOutcome, feed: &crate::model::Feed) -> FetchRecord {
        let next = self.next(feed, 0);
        self.record(outcome, next)
    }

    /// A failure is no reason to believe that a feed moved.
    fn failed(self, why: String, asked: &crate::model::Feed) -> FetchRecord {
        let next = self.next(asked, self.failures);
        let stays = Self { moved: None, ..self };
        stays.record(FetchOutcome::Failed(why), next)
    }

    fn gone(self, why: String) -> FetchRecord {
        let ended = self.ended;
        self.record(FetchOutcome::Gone(why), ended)
    }

    fn next(&self, feed: &crate::model::Feed, failures: u32) -> Millis {
        let hints = &self.hints;
        feed::next_look(self.ended, self.interval, Some(feed), hints, failures, fastrand::f64())
    }

    fn record(self, outcome: FetchOutcome, next: Millis) -> FetchRecord {
        FetchRecord {
            outcome,
            status: self.status,
            moved: self.moved,
            next,
            began: self.began,
            took: self.ended - self.began,
        }
    }
}

/// What is to be remembered of a feed that was read.
fn outcome_of(fetched: &Fetched, parsed: &Parsed) -> FetchOutcome {
    let problems = &parsed.problems;
    FetchOutcome::Read {
        etag: fetched.etag.clone(),
        last_modified: fetched.last_modified.clone(),
        interval: parsed.feed.interval,
        quiet: parsed.feed.quiet,
        oddities: problems.first().map(|first| (first.to_string(), problems.len())),
    }
}

fn new_entry((identity, entry): (String, crate::model::Entry)) -> NewEntry {
    NewEntry {
        identity,
        fingerprint: feed::fingerprint(&entry),
        link: entry.link.as_deref().map(feed::canonical_link),
        entry,
    }
}

/// Each in a task of its own, so that one that ends in a panic does not take those behind it along.
async fn read_in_order(house: Arc<House>, entries: Vec<DueEntry>) {
    for entry in entries {
        let (id, shared) = (entry.id, Arc::clone(&house));
        let mut reading = JoinSet::new();
        reading.spawn(async move { file::entry(&shared, entry).await });
        if let Some(Err(error)) = reading.join_next().await {
            tracing::error!(entry = id.0, %error, "reading an entry ended in a panic");
            // Only what was not read yet is left out by this; what was read before stays as it is.
            file::skip(&house, id, Cause::UNREADABLE).await;
        }
    }
}
