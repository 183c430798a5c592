//! Entries of feeds: which are news, which wait to be read, which could not be.

use super::{Store, StoreError, finish::remember_link, json};
use crate::model::{ArticleId, Enclosure, Entry, EntryId, FeedId, Millis};
use serde::{Deserialize, Serialize};
use sqlx::{Row, Sqlite, Transaction, sqlite::SqliteRow};
use std::collections::BTreeSet;

statements! {
    /// Of a feed's hundred entries two are new: one statement finds them.
    NEWS = "SELECT j.key FROM json_each($2) j LEFT JOIN entry e ON e.feed = $1 AND e.identity = j.value ->> 0
        WHERE e.id IS NULL OR e.fingerprint <> j.value ->> 1";
    KNOWN_ENTRY = "SELECT id, state, fingerprint FROM entry WHERE feed = $1 AND identity = $2";
    SAME_STORY = "SELECT id, article FROM entry
        WHERE feed = $1 AND ((link IS NOT NULL AND link = $2) OR fingerprint = $3) ORDER BY id LIMIT 1";
    NEW_ENTRY = "INSERT INTO entry (feed, identity, fingerprint, link, title, payload, state, due_at, article, seen_at,
            late)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8,
            (SELECT coalesce(f.last_ok < $8 - $10, 0) FROM feed f WHERE f.id = $1)) RETURNING id";
    REFRESH_ENTRY = "UPDATE entry SET fingerprint = $2, title = $3, payload = $4 WHERE id = $1";
    /// The entry of a story is to be read again: at once as far as the store goes, `app` waits for more changes.
    CHANGED_ENTRY = "UPDATE entry SET fingerprint = $2, changed_at = $3,
            payload = CASE WHEN article IS NULL THEN payload ELSE $4 END,
            again_due = CASE WHEN article IS NOT NULL THEN min(coalesce(again_due, $3), $3) END, again_tries = 0
        WHERE id = $1";
    DUE_AGAIN = "UPDATE entry SET leased = 1, again_due = $1 + $2 WHERE id IN (
            SELECT id FROM entry WHERE again_due <= $3 AND article IS NOT NULL ORDER BY again_due, id LIMIT $4)
        RETURNING id, feed, (SELECT name FROM feed f WHERE f.id = feed) AS source, link, payload,
            again_tries AS attempts, seen_at, article, again_due AS lease";
    NEXT_AGAIN = "SELECT min(again_due) FROM entry WHERE again_due IS NOT NULL AND article IS NOT NULL";
    AGAIN_LATER = "UPDATE entry SET leased = 0, again_due = $3, again_tries = again_tries + 1
        WHERE id = $1 AND again_due = $2";
    READ_AGAIN = "UPDATE entry SET leased = 0, again_due = $3, again_tries = 0,
            payload = CASE WHEN $3 IS NOT NULL THEN payload END
        WHERE id = $1 AND again_due = $2";
    /// Not of a feed that is being read: what came later would overtake what is still on its way. (Their ids are
    /// all above zero: said so that the index of what is leased is used.)
    DUE_ENTRIES = "UPDATE entry SET leased = 1, due_at = $1 + $2 WHERE id IN (
            SELECT id FROM entry WHERE state = 0 AND due_at <= $1 AND feed NOT IN (
                SELECT b.feed FROM entry b WHERE b.id > 0 AND b.leased = 1 AND b.state = 0 AND b.due_at > $1)
            ORDER BY due_at, id LIMIT $3)
        RETURNING id, feed, (SELECT name FROM feed f WHERE f.id = feed) AS source, link, payload, attempts, seen_at";
    /// Of a feed that is being read the end of the lease counts.
    NEXT_ENTRY = "SELECT min(due_at) FROM entry WHERE state = 0 AND (leased = 1 OR feed NOT IN (
            SELECT b.feed FROM entry b WHERE b.id > 0 AND b.leased = 1 AND b.state = 0))";
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
    /// It was read before, and is to be read once more.
    pub again: Option<Again>,
}

/// What an entry that is read again came to before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// Its story.
    pub article: ArticleId,
    lease: Millis,
}

impl Store {
    /// Takes entries that are to be read, for `lease` milliseconds, oldest first; none of a feed of which some are
    /// taken already.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_entries(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<DueEntry>, StoreError> {
        let rows = sqlx::query(DUE_ENTRIES)
            .bind(now)
            .bind(lease)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let mut due = rows.iter().map(unread).collect::<Result<Vec<_>, _>>()?;
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

    /// Takes entries of stories that are to be read again since `before`, for `lease` milliseconds, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_again(
        &self,
        now: Millis,
        lease: Millis,
        before: Millis,
        limit: u32,
    ) -> Result<Vec<DueEntry>, StoreError> {
        let rows = sqlx::query(DUE_AGAIN)
            .bind(now)
            .bind(lease)
            .bind(before)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let read_before = |row: &SqliteRow| -> Result<DueEntry, StoreError> {
            let again = Again {
                article: ArticleId(row.try_get("article")?),
                lease: row.try_get("lease")?,
            };
            let again = Some(again);
            Ok(DueEntry { again, ..unread(row)? })
        };
        let mut due = rows.iter().map(read_before).collect::<Result<Vec<_>, _>>()?;
        due.sort_by_key(|entry| entry.id);
        Ok(due)
    }

    /// When the next entry is to be read again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_again_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_AGAIN).fetch_one(self.read()).await?)
    }

    /// An entry could not be read again now: another time, which counts as a failure; or (`done`) it was read, came
    /// to nothing new, and this is the next look, if any.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn again_later(&self, entry: &DueEntry, due: Option<Millis>, done: bool) -> Result<(), StoreError> {
        let Some(again) = entry.again else { return Ok(()) };
        sqlx::query(if done { READ_AGAIN } else { AGAIN_LATER })
            .bind(entry.id.0)
            .bind(again.lease)
            .bind(due)
            .execute(self.write())
            .await?;
        Ok(())
    }

    /// An entry could not be read now, and is due again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn retry_entry(&self, entry: EntryId, due: Millis, why: &str) -> Result<(), StoreError> {
        sqlx::query(RETRY_ENTRY)
            .bind(entry.0)
            .bind(due)
            .bind(why)
            .execute(self.write())
            .await?;
        Ok(())
    }

    /// An entry is not to be read: it stays known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn skip_entry(&self, entry: EntryId, why: &str) -> Result<(), StoreError> {
        sqlx::query(SKIP_ENTRY)
            .bind(entry.0)
            .bind(why)
            .execute(self.write())
            .await?;
        Ok(())
    }
}

type Tx = Transaction<'static, Sqlite>;

/// An entry that was not read yet, of a row with id, feed, source (the outlet's name), link, payload, attempts, seen_at.
pub(super) fn unread(row: &SqliteRow) -> Result<DueEntry, StoreError> {
    let payload: Option<String> = row.try_get("payload")?;
    Ok(DueEntry {
        id: EntryId(row.try_get("id")?),
        feed: FeedId(row.try_get("feed")?),
        source: row.try_get("source")?,
        link: row.try_get("link")?,
        entry: entry_of(payload.as_deref().unwrap_or("{}"))?,
        attempts: row.try_get("attempts")?,
        seen_at: row.try_get("seen_at")?,
        again: None,
    })
}

/// An entry was read again; a change that came meanwhile stays due.
pub(super) async fn read_again(
    tx: &mut Tx,
    entry: EntryId,
    again: Again,
    next: Option<Millis>,
) -> Result<(), StoreError> {
    sqlx::query(READ_AGAIN)
        .bind(entry.0)
        .bind(again.lease)
        .bind(next)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Of what the first look only notes so many of the newest are kept whole, for whoever wants to see a sample.
const SAMPLES: usize = 3;

/// Writes the entries of a look down: the news among them, oldest first; all but the `newest` are only noted.
pub(super) async fn record_entries(
    tx: &mut Tx,
    feed: FeedId,
    entries: &[NewEntry],
    newest: usize,
    now: Millis,
) -> Result<Recorded, StoreError> {
    let mut recorded = Recorded::default();
    let order = oldest_first(entries);
    let all = order.len();
    let noted = all.saturating_sub(newest);
    let list: Vec<(&str, &str)> = order.iter().map(|new| (&*new.identity, &*new.fingerprint)).collect();
    let news: Vec<i64> = sqlx::query_scalar(NEWS)
        .bind(feed.0)
        .bind(json(&list)?)
        .fetch_all(&mut **tx)
        .await?;
    let news: BTreeSet<usize> = news
        .into_iter()
        .filter_map(|place| usize::try_from(place).ok())
        .collect();
    for (place, entry) in order.into_iter().enumerate().filter(|(place, _)| news.contains(place)) {
        let known: Option<(i64, i64, String)> = sqlx::query_as(KNOWN_ENTRY)
            .bind(feed.0)
            .bind(&entry.identity)
            .fetch_optional(&mut **tx)
            .await?;
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
        let is_kept = state == state::NEW || (state == state::FIRST_LOOK && place + SAMPLES >= all);
        let id = insert(tx, feed, (entry, is_kept), state, article, now).await?;
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
    sqlx::query(CHANGED_ENTRY)
        .bind(id)
        .bind(&entry.fingerprint)
        .bind(now)
        .bind(payload_of(&entry.entry)?)
        .execute(&mut **tx)
        .await?;
    Ok(true)
}

async fn insert(
    tx: &mut Tx,
    feed: FeedId,
    (entry, is_kept): (&NewEntry, bool),
    state: i64,
    article: Option<i64>,
    now: Millis,
) -> Result<EntryId, StoreError> {
    let payload = is_kept.then(|| payload_of(&entry.entry)).transpose()?;
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
        .bind(super::digests::OUTAGE)
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
        enclosures: entry
            .enclosures
            .into_iter()
            .map(|e| (e.url, e.kind, e.length))
            .collect(),
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
