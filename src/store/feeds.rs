//! Feeds: which are due, and what a look at one brought. What becomes of their entries is `entries`.

use super::{NewEntry, Recorded, Store, StoreError, entries::record_entries, json};
use crate::model::{FeedId, Millis, Quiet};
use sqlx::{Sqlite, Transaction};

/// A feed's move has to be told this often in a row before its stored address follows.
const MOVES_BELIEVED: i64 = 3;

statements! {
    SYNC_FEED = "INSERT INTO feed (url, name, next_at) VALUES ($1, $2, $3)
        ON CONFLICT (url) DO UPDATE SET name = excluded.name, active = 1, own = 1";
    /// What a server's own feed told is for all once the settings have the feed.
    OPEN_FEEDS = "UPDATE article SET confined = 0 WHERE confined = 1
        AND EXISTS (SELECT 1 FROM entry e JOIN feed f ON f.id = e.feed WHERE e.article = article.id AND f.own = 1)";
    ONLY_FEEDS = "UPDATE feed SET active = 0, gone = NULL WHERE active = 1 AND url NOT IN (SELECT value FROM json_each($1))";
    DUE_FEEDS = "UPDATE feed SET leased = 1, next_at = $1 + $2 WHERE id IN (
            SELECT id FROM feed WHERE active = 1 AND gone IS NULL AND next_at <= $1 ORDER BY next_at, id LIMIT $3)
        RETURNING id, url, name, coalesce(address, url), etag, last_modified, failures, first_look IS NULL,
            interval, quiet, (SELECT t.next_at FROM fetch t WHERE t.feed = feed.id ORDER BY t.at DESC LIMIT 1)";
    NEXT_FEED = "SELECT min(next_at) FROM feed WHERE active = 1 AND gone IS NULL";
    FEED_STATES = "SELECT id, url, name, address, gone, next_at, failures, error, last_try, last_ok FROM feed
        WHERE active = 1 ORDER BY id";
    NEWEST_OF_FEED = "SELECT max(seen_at) FROM entry WHERE feed = $1";
    FIRST_LOOK = "SELECT first_look IS NULL FROM feed WHERE id = $1";
    /// A move is believed when it was told often enough in a row.
    FEED_OK = "UPDATE feed SET leased = 0, next_at = $2, failures = 0, error = NULL, last_try = $3, last_ok = $3,
            moved_seen = CASE WHEN $4 IS NULL THEN 0 WHEN moved_to IS $4 THEN moved_seen + 1 ELSE 1 END,
            moved_to = $4,
            address = CASE WHEN $4 IS NOT NULL AND moved_to IS $4 AND moved_seen + 1 >= $5 THEN $4 ELSE address END
        WHERE id = $1";
    FEED_READ = "UPDATE feed SET etag = $2, last_modified = $3, first_look = coalesce(first_look, $4), interval = $5,
            quiet = $6
        WHERE id = $1";
    FEED_FAILED = "UPDATE feed SET leased = 0, next_at = $2, failures = failures + 1, error = $4, last_try = $3
        WHERE id = $1";
    FEED_GONE = "UPDATE feed SET leased = 0, gone = $3, error = $3, last_try = $2 WHERE id = $1";
    TRACE = "INSERT INTO fetch (feed, at, status, took, fresh, note, entries, changed, noted, next_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
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
    /// Seconds between two looks that the feed asked for when it was last read.
    pub interval: Option<u64>,
    /// When it asked not to be looked at, when it was last read.
    pub quiet: Quiet,
    /// When it was to be looked at; none at the first look.
    pub due: Option<Millis>,
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
        /// Seconds between two looks that it asks for: it says so again only when it is read again.
        interval: Option<u64>,
        /// When it asks not to be looked at.
        quiet: Quiet,
        /// The first oddity of what was read, and how many there are.
        oddities: Option<(String, usize)>,
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
    /// When the look began.
    pub began: Millis,
    /// How long the look took, milliseconds.
    pub took: Millis,
}

/// A look at a feed, with the entries that it brought, in the feed's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The feed.
    pub feed: FeedId,
    /// What it came to.
    pub record: FetchRecord,
    /// What was in the feed.
    pub entries: Vec<NewEntry>,
}

impl Store {
    /// The feeds of the settings (address, outlet's name): new ones are due at once, or that many milliseconds `apart`
    /// from each other; those that are not among them rest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sync_feeds(&self, feeds: &[(String, String)], apart: Millis, now: Millis) -> Result<(), StoreError> {
        let urls: Vec<&str> = feeds.iter().map(|(url, _)| url.as_str()).collect();
        let mut tx = self.begin().await?;
        sqlx::query(ONLY_FEEDS).bind(json(&urls)?).execute(&mut *tx).await?;
        for ((url, name), place) in feeds.iter().zip(0..) {
            sqlx::query(SYNC_FEED)
                .bind(url)
                .bind(name)
                .bind(now + place * apart)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query(OPEN_FEEDS).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    /// Takes feeds whose time has come, for `lease` milliseconds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_feeds(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<DueFeed>, StoreError> {
        type Row = (
            i64,
            String,
            String,
            String,
            Option<String>,
            Option<String>,
            u32,
            bool,
            Option<i64>,
            u32,
            Option<Millis>,
        );
        let rows: Vec<Row> = sqlx::query_as(DUE_FEEDS)
            .bind(now)
            .bind(lease)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let feed =
            |(id, url, name, address, etag, last_modified, failures, first_look, interval, quiet, due): Row| DueFeed {
                due,
                id: FeedId(id),
                url,
                name,
                address,
                etag,
                last_modified,
                failures,
                first_look,
                interval: interval.and_then(|seconds| u64::try_from(seconds).ok()),
                quiet: Quiet::from_bits(quiet),
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

    /// When the newest entry of a feed was first seen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn newest_of(&self, feed: FeedId) -> Result<Option<Millis>, StoreError> {
        let newest = sqlx::query_scalar(NEWEST_OF_FEED).bind(feed.0);
        Ok(newest.fetch_one(self.read()).await?)
    }

    /// Records looks at feeds, all in one transaction: the validators, and each entry not seen before as a row. Of a
    /// first look only the newest `first_look` entries are to be read; the others are noted, so that they are never
    /// new. An entry with a known address or content is the same story again. What each brought, in the same order.
    ///
    /// # Errors
    /// [`StoreError`]; then of none of them validators or entries are kept.
    pub async fn record_looks(
        &self,
        looks: &[Look],
        first_look: usize,
        now: Millis,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut tx = self.begin().await?;
        let mut all = Vec::with_capacity(looks.len());
        for look in looks {
            all.push(record(&mut tx, look, first_look, now).await?);
        }
        tx.commit().await?;
        Ok(all)
    }
}

async fn record(tx: &mut Tx, look: &Look, first_look: usize, now: Millis) -> Result<Recorded, StoreError> {
    let Look { feed, record, entries } = look;
    let (recorded, note) = match &record.outcome {
        FetchOutcome::Read { oddities, .. } => {
            let first: bool = sqlx::query_scalar(FIRST_LOOK).bind(feed.0).fetch_one(&mut **tx).await?;
            let newest = if first { first_look } else { usize::MAX };
            let recorded = record_entries(tx, *feed, entries, newest, now).await?;
            read(tx, *feed, record, now).await?;
            let note = oddities.as_ref().map(|(first, all)| match all {
                0 | 1 => first.clone(),
                more => format!("{first} (and {} more)", more - 1),
            });
            (recorded, note)
        }
        FetchOutcome::Unchanged => (Recorded::default(), None),
        FetchOutcome::Failed(why) => {
            let failed = sqlx::query(FEED_FAILED).bind(feed.0).bind(record.next).bind(now);
            failed.bind(why).execute(&mut **tx).await?;
            (Recorded::default(), Some(why.clone()))
        }
        FetchOutcome::Gone(why) => {
            let gone = sqlx::query(FEED_GONE).bind(feed.0).bind(now).bind(why);
            gone.execute(&mut **tx).await?;
            (Recorded::default(), Some(why.clone()))
        }
    };
    if matches!(record.outcome, FetchOutcome::Read { .. } | FetchOutcome::Unchanged) {
        sqlx::query(FEED_OK)
            .bind(feed.0)
            .bind(record.next)
            .bind(now)
            .bind(&record.moved)
            .bind(MOVES_BELIEVED)
            .execute(&mut **tx)
            .await?;
    }
    sqlx::query(TRACE)
        .bind(feed.0)
        .bind(record.began)
        .bind(record.status)
        .bind(record.took)
        .bind(count(recorded.new.len()))
        .bind(note)
        .bind(count(entries.len()))
        .bind(count(recorded.changed.len()))
        .bind(count(recorded.noted))
        .bind(record.next)
        .execute(&mut **tx)
        .await?;
    Ok(recorded)
}

/// What a feed that was read said of itself.
async fn read(tx: &mut Tx, feed: FeedId, record: &FetchRecord, now: Millis) -> Result<(), StoreError> {
    let FetchOutcome::Read {
        etag,
        last_modified,
        interval,
        quiet,
        ..
    } = &record.outcome
    else {
        return Ok(());
    };
    sqlx::query(FEED_READ)
        .bind(feed.0)
        .bind(etag)
        .bind(last_modified)
        .bind(now)
        .bind(interval.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX)))
        .bind(quiet.bits())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn count(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

type Tx = Transaction<'static, Sqlite>;
