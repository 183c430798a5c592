//! Feeds and their entries: what is due, what a look at a feed brought, what becomes of each entry.

use super::{Store, StoreError, finish::remember_link, json};
use crate::model::{Enclosure, Entry, EntryId, FeedId, Millis};
use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};
use std::collections::BTreeSet;

/// A feed's move has to be told this often in a row before its stored address follows.
const MOVES_BELIEVED: i64 = 3;

statements! {
    SYNC_FEED = "INSERT INTO feed (url, name, next_at) VALUES ($1, $2, $3)
        ON CONFLICT (url) DO UPDATE SET name = excluded.name, active = 1";
    ONLY_FEEDS = "UPDATE feed SET active = 0 WHERE active = 1 AND url NOT IN (SELECT value FROM json_each($1))";
    DUE_FEEDS = "UPDATE feed SET leased = 1, next_at = $1 + $2 WHERE id IN (
            SELECT id FROM feed WHERE active = 1 AND gone IS NULL AND next_at <= $1 ORDER BY next_at, id LIMIT $3)
        RETURNING id, url, name, coalesce(address, url), etag, last_modified, failures, first_look IS NULL";
    NEXT_FEED = "SELECT min(next_at) FROM feed WHERE active = 1 AND gone IS NULL";
    FEED_STATES = "SELECT id, url, name, address, gone, next_at, failures, error, last_try, last_ok FROM feed
        WHERE active = 1 ORDER BY id";
    FIRST_LOOK = "SELECT first_look IS NULL FROM feed WHERE id = $1";
    FEED_OK = "UPDATE feed SET leased = 0, next_at = $2, failures = 0, error = NULL, last_try = $3, last_ok = $3
        WHERE id = $1";
    FEED_READ = "UPDATE feed SET etag = $2, last_modified = $3, first_look = coalesce(first_look, $4) WHERE id = $1";
    FEED_FAILED = "UPDATE feed SET leased = 0, next_at = $2, failures = failures + 1, error = $4, last_try = $3
        WHERE id = $1";
    FEED_GONE = "UPDATE feed SET leased = 0, gone = $3, error = $3, last_try = $2 WHERE id = $1";
    FEED_MOVED = "UPDATE feed SET
            moved_seen = CASE WHEN $2 IS NULL THEN 0 WHEN moved_to IS $2 THEN moved_seen + 1 ELSE 1 END,
            moved_to = $2,
            address = CASE WHEN $2 IS NOT NULL AND moved_to IS $2 AND moved_seen + 1 >= $3 THEN $2 ELSE address END
        WHERE id = $1";
    TRACE = "INSERT INTO fetch (feed, at, status, took, fresh, note) VALUES ($1, $2, $3, $4, $5, $6)";
    /// Of a feed's hundred entries two are new: one statement finds them.
    NEWS = "SELECT j.key FROM json_each($2) j LEFT JOIN entry e ON e.feed = $1 AND e.identity = j.value ->> 0
        WHERE e.id IS NULL OR e.fingerprint <> j.value ->> 1";
    KNOWN_ENTRY = "SELECT id, state, fingerprint FROM entry WHERE feed = $1 AND identity = $2";
    SAME_STORY = "SELECT id, article FROM entry
        WHERE feed = $1 AND ((link IS NOT NULL AND link = $2) OR fingerprint = $3) ORDER BY id LIMIT 1";
    NEW_ENTRY = "INSERT INTO entry (feed, identity, fingerprint, link, title, payload, state, due_at, article, seen_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8) RETURNING id";
    REFRESH_ENTRY = "UPDATE entry SET fingerprint = $2, title = $3, payload = $4 WHERE id = $1";
    CHANGED_ENTRY = "UPDATE entry SET fingerprint = $2, changed_at = $3 WHERE id = $1";
    DUE_ENTRIES = "UPDATE entry SET leased = 1, due_at = $1 + $2 WHERE id IN (
            SELECT id FROM entry WHERE state = 0 AND due_at <= $1 ORDER BY due_at, id LIMIT $3)
        RETURNING id, feed, (SELECT name FROM feed f WHERE f.id = feed), link, payload, attempts, seen_at";
    NEXT_ENTRY = "SELECT min(due_at) FROM entry WHERE state = 0";
    RETRY_ENTRY = "UPDATE entry SET leased = 0, due_at = $2, attempts = attempts + 1, reason = $3
        WHERE id = $1 AND state = 0";
    SKIP_ENTRY = "UPDATE entry SET leased = 0, state = 2, payload = NULL, reason = $2 WHERE id = $1 AND state = 0";
}

/// States of an entry, as stored.
pub(super) mod state {
    pub const NEW: i64 = 0;
    pub const FIRST_LOOK: i64 = 3;
    pub const SAME: i64 = 4;
}

/// A feed whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueFeed {
    /// Its row.
    pub id: FeedId,
    /// Its address as in the settings.
    pub url: String,
    /// The outlet's name.
    pub name: String,
    /// Where to fetch it: where it moved to, else `url`.
    pub address: String,
    /// Validators of the last answer.
    pub etag: Option<String>,
    /// Validators of the last answer.
    pub last_modified: Option<String>,
    /// Failures in a row so far.
    pub failures: u32,
    /// Whether it was never read before.
    pub first_look: bool,
}

/// How a feed fares, for `daesa check` and `/about`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedState {
    /// Its row.
    pub id: FeedId,
    /// Its address as in the settings.
    pub url: String,
    /// The outlet's name.
    pub name: String,
    /// Where it moved to.
    pub address: Option<String>,
    /// Why it is not looked at any more.
    pub gone: Option<String>,
    /// When it is looked at next.
    pub next_at: Millis,
    /// Failures in a row.
    pub failures: u32,
    /// The last failure.
    pub error: Option<String>,
    /// The last look.
    pub last_try: Option<Millis>,
    /// The last look that succeeded.
    pub last_ok: Option<Millis>,
}

/// What a look at a feed came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchOutcome {
    /// It was read; the new validators.
    Read {
        /// ETag.
        etag: Option<String>,
        /// Last-Modified.
        last_modified: Option<String>,
    },
    /// Not modified.
    Unchanged,
    /// Failed, and why; it is tried again.
    Failed(String),
    /// Gone for good (410): not looked at again until its row is taken out of the settings and put back.
    Gone(String),
}

/// A look at a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchRecord {
    /// What it came to.
    pub outcome: FetchOutcome,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Where it says it moved for good.
    pub moved: Option<String>,
    /// When to look again.
    pub next: Millis,
    /// How long the look took, milliseconds.
    pub took: Millis,
}

/// An entry of the feed, in the order of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// What tells it from the others of its feed (`feed::identity`).
    pub identity: String,
    /// Of its content (`feed::fingerprint`).
    pub fingerprint: String,
    /// Its canonical address (`feed::canonical_link`).
    pub link: Option<String>,
    /// The entry.
    pub entry: Entry,
}

/// What a look at a feed brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Entries that are to be read, oldest first.
    pub new: Vec<EntryId>,
    /// Entries that were read before and have changed since.
    pub changed: Vec<EntryId>,
    /// How many entries the first look only noted.
    pub noted: usize,
}

/// An entry whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueEntry {
    /// Its row.
    pub id: EntryId,
    /// Its feed.
    pub feed: FeedId,
    /// The outlet's name.
    pub source: String,
    /// Its canonical address.
    pub link: Option<String>,
    /// The entry.
    pub entry: Entry,
    /// Failures so far.
    pub attempts: u32,
    /// When it was first seen.
    pub seen_at: Millis,
}

impl Store {
    /// The feeds of the settings (address, outlet's name): new ones are due at once, others rest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sync_feeds(&self, feeds: &[(String, String)], now: Millis) -> Result<(), StoreError> {
        let urls: Vec<&str> = feeds.iter().map(|(url, _)| url.as_str()).collect();
        let mut tx = self.begin().await?;
        sqlx::query(ONLY_FEEDS).bind(json(&urls)?).execute(&mut *tx).await?;
        for (url, name) in feeds {
            sqlx::query(SYNC_FEED).bind(url).bind(name).bind(now).execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Takes feeds whose time has come, for `lease` milliseconds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_feeds(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<DueFeed>, StoreError> {
        type Row = (i64, String, String, String, Option<String>, Option<String>, u32, bool);
        let rows: Vec<Row> =
            sqlx::query_as(DUE_FEEDS).bind(now).bind(lease).bind(limit).fetch_all(self.write()).await?;
        let feed = |(id, url, name, address, etag, last_modified, failures, first_look): Row| DueFeed {
            id: FeedId(id),
            url,
            name,
            address,
            etag,
            last_modified,
            failures,
            first_look,
        };
        Ok(rows.into_iter().map(feed).collect())
    }

    /// When the next feed is due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_feed_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_FEED).fetch_one(self.read()).await?)
    }

    /// How the feeds of the settings fare.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn feeds(&self) -> Result<Vec<FeedState>, StoreError> {
        type Row = (
            i64,
            String,
            String,
            Option<String>,
            Option<String>,
            Millis,
            u32,
            Option<String>,
            Option<Millis>,
            Option<Millis>,
        );
        let rows: Vec<Row> = sqlx::query_as(FEED_STATES).fetch_all(self.read()).await?;
        let state = |(id, url, name, address, gone, next_at, failures, error, last_try, last_ok): Row| FeedState {
            id: FeedId(id),
            url,
            name,
            address,
            gone,
            next_at,
            failures,
            error,
            last_try,
            last_ok,
        };
        Ok(rows.into_iter().map(state).collect())
    }

    /// Records a look at a feed in one transaction: its validators, and each entry not seen before as a row. Of a
    /// first look only the newest `first_look` entries are to be read; the others are noted, so that they are never
    /// new. An entry with a known address or content is the same story again.
    ///
    /// # Errors
    /// [`StoreError`]; then neither validators nor entries are kept.
    pub async fn record_fetch(
        &self,
        feed: FeedId,
        fetch: &FetchRecord,
        entries: &[NewEntry],
        first_look: usize,
        now: Millis,
    ) -> Result<Recorded, StoreError> {
        let mut tx = self.begin().await?;
        let mut recorded = Recorded::default();
        let note = match &fetch.outcome {
            FetchOutcome::Read { etag, last_modified } => {
                let first: bool = sqlx::query_scalar(FIRST_LOOK).bind(feed.0).fetch_one(&mut *tx).await?;
                let newest = if first { first_look } else { usize::MAX };
                recorded = record_entries(&mut tx, feed, entries, newest, now).await?;
                ok(&mut tx, feed, fetch.next, now).await?;
                let read = sqlx::query(FEED_READ).bind(feed.0).bind(etag).bind(last_modified).bind(now);
                read.execute(&mut *tx).await?;
                None
            }
            FetchOutcome::Unchanged => {
                ok(&mut tx, feed, fetch.next, now).await?;
                None
            }
            FetchOutcome::Failed(why) => {
                let failed = sqlx::query(FEED_FAILED).bind(feed.0).bind(fetch.next).bind(now).bind(why);
                failed.execute(&mut *tx).await?;
                Some(why)
            }
            FetchOutcome::Gone(why) => {
                sqlx::query(FEED_GONE).bind(feed.0).bind(now).bind(why).execute(&mut *tx).await?;
                Some(why)
            }
        };
        if matches!(fetch.outcome, FetchOutcome::Read { .. } | FetchOutcome::Unchanged) {
            let moved = sqlx::query(FEED_MOVED).bind(feed.0).bind(&fetch.moved).bind(MOVES_BELIEVED);
            moved.execute(&mut *tx).await?;
        }
        sqlx::query(TRACE)
            .bind(feed.0)
            .bind(now)
            .bind(fetch.status)
            .bind(fetch.took)
            .bind(i64::try_from(recorded.new.len()).unwrap_or(i64::MAX))
            .bind(note)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(recorded)
    }

    /// Takes entries that are to be read, for `lease` milliseconds, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_entries(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<DueEntry>, StoreError> {
        type Row = (i64, i64, String, Option<String>, Option<String>, u32, Millis);
        let rows: Vec<Row> =
            sqlx::query_as(DUE_ENTRIES).bind(now).bind(lease).bind(limit).fetch_all(self.write()).await?;
        let mut due = Vec::with_capacity(rows.len());
        for (id, feed, source, link, payload, attempts, seen_at) in rows {
            let entry = entry_of(payload.as_deref().unwrap_or("{}"))?;
            due.push(DueEntry { id: EntryId(id), feed: FeedId(feed), source, link, entry, attempts, seen_at });
        }
        // RETURNING promises no order.
        due.sort_by_key(|entry| entry.id);
        Ok(due)
    }

    /// When the next entry is due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_entry_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_ENTRY).fetch_one(self.read()).await?)
    }

    /// An entry could not be read now, and is due again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn retry_entry(&self, entry: EntryId, due: Millis, why: &str) -> Result<(), StoreError> {
        sqlx::query(RETRY_ENTRY).bind(entry.0).bind(due).bind(why).execute(self.write()).await?;
        Ok(())
    }

    /// An entry is not to be read: it stays known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn skip_entry(&self, entry: EntryId, why: &str) -> Result<(), StoreError> {
        sqlx::query(SKIP_ENTRY).bind(entry.0).bind(why).execute(self.write()).await?;
        Ok(())
    }
}

type Tx = Transaction<'static, Sqlite>;

async fn ok(tx: &mut Tx, feed: FeedId, next: Millis, now: Millis) -> Result<(), StoreError> {
    sqlx::query(FEED_OK).bind(feed.0).bind(next).bind(now).execute(&mut **tx).await?;
    Ok(())
}

async fn record_entries(
    tx: &mut Tx,
    feed: FeedId,
    entries: &[NewEntry],
    newest: usize,
    now: Millis,
) -> Result<Recorded, StoreError> {
    let mut recorded = Recorded::default();
    let order = oldest_first(entries);
    let noted = order.len().saturating_sub(newest);
    let list: Vec<(&str, &str)> = order.iter().map(|new| (&*new.identity, &*new.fingerprint)).collect();
    let news: Vec<i64> = sqlx::query_scalar(NEWS).bind(feed.0).bind(json(&list)?).fetch_all(&mut **tx).await?;
    let news: BTreeSet<usize> = news.into_iter().filter_map(|place| usize::try_from(place).ok()).collect();
    for (place, entry) in order.into_iter().enumerate().filter(|(place, _)| news.contains(place)) {
        let known: Option<(i64, i64, String)> =
            sqlx::query_as(KNOWN_ENTRY).bind(feed.0).bind(&entry.identity).fetch_optional(&mut **tx).await?;
        if let Some((id, state, fingerprint)) = known {
            if fingerprint != entry.fingerprint && renew(tx, id, state, entry, now).await? {
                recorded.changed.push(EntryId(id));
            }
            continue;
        }
        let same: Option<(i64, Option<i64>)> = sqlx::query_as(SAME_STORY)
            .bind(feed.0)
            .bind(&entry.link)
            .bind(&entry.fingerprint)
            .fetch_optional(&mut **tx)
            .await?;
        let (state, article) = match same {
            Some((_, article)) => (state::SAME, article),
            None if place < noted => (state::FIRST_LOOK, None),
            None => (state::NEW, None),
        };
        let id = insert(tx, feed, entry, state, article, now).await?;
        match (state, article, &entry.link) {
            (state::NEW, ..) => recorded.new.push(id),
            (state::FIRST_LOOK, ..) => recorded.noted += 1,
            // A story that changed its address is known under both.
            (_, Some(article), Some(link)) => remember_link(tx, link, article).await?,
            _ => {}
        }
    }
    Ok(recorded)
}

/// A known entry with other content: if it waits, it is read as it is now; if it was read, that is an edit.
async fn renew(tx: &mut Tx, id: i64, state: i64, entry: &NewEntry, now: Millis) -> Result<bool, StoreError> {
    if state == state::NEW {
        sqlx::query(REFRESH_ENTRY)
            .bind(id)
            .bind(&entry.fingerprint)
            .bind(&entry.entry.title)
            .bind(payload_of(&entry.entry)?)
            .execute(&mut **tx)
            .await?;
        return Ok(false);
    }
    sqlx::query(CHANGED_ENTRY).bind(id).bind(&entry.fingerprint).bind(now).execute(&mut **tx).await?;
    Ok(true)
}

async fn insert(
    tx: &mut Tx,
    feed: FeedId,
    entry: &NewEntry,
    state: i64,
    article: Option<i64>,
    now: Millis,
) -> Result<EntryId, StoreError> {
    let payload = if state == state::NEW { Some(payload_of(&entry.entry)?) } else { None };
    let id = sqlx::query_scalar(NEW_ENTRY)
        .bind(feed.0)
        .bind(&entry.identity)
        .bind(&entry.fingerprint)
        .bind(&entry.link)
        .bind(&entry.entry.title)
        .bind(payload)
        .bind(state)
        .bind(now)
        .bind(article)
        .fetch_one(&mut **tx)
        .await?;
    Ok(EntryId(id))
}

/// Feeds list the newest first. Dates decide when every entry has one: an outlet that sorts otherwise is rare,
/// an outlet that leaves a date out now and then is not.
fn oldest_first(entries: &[NewEntry]) -> Vec<&NewEntry> {
    let mut order: Vec<&NewEntry> = entries.iter().rev().collect();
    if order.iter().all(|entry| entry.entry.published.is_some()) {
        order.sort_by_key(|entry| entry.entry.published);
    }
    order
}

/// [`Entry`] as the store writes it: its own shape, so that the contracts of the command line stay free of it.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Payload {
    id: Option<String>,
    title: Option<String>,
    link: Option<String>,
    summary: Option<String>,
    content: Option<String>,
    author: Option<String>,
    tags: Vec<String>,
    published: Option<Millis>,
    updated: Option<Millis>,
    image: Option<String>,
    enclosures: Vec<(String, Option<String>, Option<u64>)>,
}

fn payload_of(entry: &Entry) -> Result<String, StoreError> {
    let entry = entry.clone();
    json(&Payload {
        id: entry.id,
        title: entry.title,
        link: entry.link,
        summary: entry.summary,
        content: entry.content,
        author: entry.author,
        tags: entry.tags,
        published: entry.published,
        updated: entry.updated,
        image: entry.image,
        enclosures: entry.enclosures.into_iter().map(|e| (e.url, e.kind, e.length)).collect(),
    })
}

fn entry_of(payload: &str) -> Result<Entry, StoreError> {
    let payload: Payload = serde_json::from_str(payload)?;
    Ok(Entry {
        id: payload.id,
        title: payload.title,
        link: payload.link,
        summary: payload.summary,
        content: payload.content,
        author: payload.author,
        tags: payload.tags,
        published: payload.published,
        updated: payload.updated,
        image: payload.image,
        enclosures: payload
            .enclosures
            .into_iter()
            .map(|(url, kind, length)| Enclosure { url, kind, length })
            .collect(),
    })
}
