//! What Daesa keeps: one SQLite file.
//!
//! SQL is text here and nowhere else; one function answers one question, one transaction keeps one promise.
//! Times are arguments. What to do with an answer is for others: `app` decides, `outbox` and `tally` compute.
//!
//! Writes go through one connection, reads through a few that may only read. Everything that must be done
//! once is a row with a due time; claiming it pushes the time ahead (the lease), so what a crash leaves
//! behind is simply due again. [`Store::open`] frees the leases at once: a lock file sees to it that no
//! other process runs on the store.

/// Constants with SQL, and a list of them all for the test that prepares each.
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$meta])* const $name: &str = $sql;)+
        #[cfg(test)]
        pub(in crate::store) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

mod address;
mod articles;
mod backup;
mod clock;
mod deliveries;
mod digests;
mod edit;
mod entries;
mod error;
mod extras;
mod fan_out;
mod feeds;
mod feelings;
mod felt;
mod finish;
mod hours;
mod keep;
mod learnt;
mod lock;
mod meta;
mod migrate;
mod mood;
mod posts;
mod press;
mod questions;
mod quotes;
mod ranking;
mod reconcile;
mod related;
mod same;
mod search;
mod seeds;
mod server_feeds;
mod servers;
mod settle;
mod subscriptions;
#[cfg(test)]
mod tests;
mod traces;
mod transfer;
mod votes;

pub use address::BadAddress;
pub use articles::Headline;
pub use backup::{Adopted, Adoption, Health};
pub use deliveries::{Backlog, Claim, SentLately, Stuck};
pub use edit::{Edit, Edited};
pub use entries::{Again, DueEntry, NewEntry, Recorded};
pub use error::StoreError;
pub use extras::{Extra, ExtraKind, ExtraStep};
pub use feeds::{DueFeed, FeedState, FetchOutcome, FetchRecord, Look};
pub use finish::{Finished, NewStory};
pub use hours::{HoursOf, Untimed};
pub use keep::{Keep, Pruned};
pub use learnt::LearntRow;
pub use meta::SESSION;
pub use migrate::VERSION;
pub use mood::MoodRows;
pub use posts::Post;
pub use questions::Question;
pub use quotes::{Candidate, QuoteQuery};
pub use ranking::{Counted, TopQuery, TopRow};
pub use reconcile::{DirtyChannel, DirtyPost, Voter};
pub use same::{Earlier, EarlierText};
pub use seeds::{Seed, SeedStep};
pub use server_feeds::{Asking, FeedAsker, WaitingFeed};
pub use servers::{Blocked, Kept};
pub use settle::{After, Settled};
pub use subscriptions::{Added, SUBSCRIPTIONS_PER_CHANNEL};
pub use traces::{Fate, Trace, Watched};
pub use transfer::{Imported, Merged};
pub use votes::AppliedVotes;

use crate::model::Millis;
use lock::Lock;
use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    io::Read,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// How long a statement waits for somebody else's lock on the file.
const BUSY: Duration = Duration::from_secs(5);
/// How long a caller waits for a connection. Longer than [`BUSY`], so that the reason is told, not the queue.
const ACQUIRE: Duration = Duration::from_secs(30);
/// Connections that read.
const READERS: u32 = 3;
/// A due time that never comes: rows of a channel where the bot may not post.
const NEVER: Millis = i64::MAX;

statements! {
    FREE_FEEDS = "UPDATE feed SET leased = 0, next_at = min(next_at, $1) WHERE leased = 1";
    FREE_ENTRIES = "UPDATE entry SET leased = 0, due_at = min(due_at, $1), again_due = min(again_due, $1)
        WHERE leased = 1";
    FREE_EDITS = "UPDATE post SET edit_due = min(edit_due, $1) WHERE edit_due IS NOT NULL";
    FREE_DELIVERIES = "UPDATE delivery SET owner = NULL, uncertain = 1,
            due_at = CASE WHEN state = 0 THEN min(due_at, $1) ELSE due_at END
        WHERE owner IS NOT NULL";
    FREE_SEEDS = "UPDATE seed SET leased = 0, due_at = min(due_at, $1) WHERE leased = 1 AND state = 0";
    FREE_EXTRAS = "UPDATE extra SET leased = 0, due_at = min(due_at, $1) WHERE leased = 1 AND state = 0";
    FREE_DIRTY = "UPDATE post SET dirty_due = min(dirty_due, $1) WHERE dirty IS NOT NULL";
    INIT = "INSERT INTO meta (key, value)
        VALUES ('created', $1), ('tag', lower(hex(randomblob(4)))), ('vote_key', lower(hex(randomblob(32))))
        ON CONFLICT (key) DO NOTHING";
    INITED = "SELECT (SELECT value FROM meta WHERE key = 'tag'), (SELECT value FROM meta WHERE key = 'vote_key')";
}

/// The store. Cheap to clone; all clones share the connections and the lock.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    write: SqlitePool,
    read: SqlitePool,
    path: PathBuf,
    tag: String,
    vote_key: Vec<u8>,
    copied: Option<PathBuf>,
    claims: AtomicI64,
    marked: Mutex<reconcile::Marked>,
    strangers: Mutex<votes::Strangers>,
    lock: Mutex<Option<Lock>>,
}

impl Store {
    /// Opens the store that `DATABASE_URL` names and makes it when there is none: takes the lock, brings the file
    /// to this version (after copying it aside, if it holds anything), frees what a crash left leased.
    ///
    /// # Errors
    /// Everything of [`StoreError`] except `Missing` and `Older`.
    pub async fn open(address: &str, now: Millis) -> Result<Self, StoreError> {
        let path = address::file_of(address)?;
        is_place_for_a_file(&path)?;
        let lock = Lock::take(&path)?;
        head_is_sqlite(&path)?;
        let options = connect(&path)
            .create_if_missing(true)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", "-4096")
            .pragma("wal_autocheckpoint", "4000")
            // What a burst of votes grew the log to is given back at the next checkpoint.
            .pragma("journal_size_limit", "16777216");
        let write = pool(1).connect_with(options).await?;
        let copied = migrate::run(&write, &path).await?;
        sqlx::query(INIT).bind(now.to_string()).execute(&write).await?;
        search::fill(&write).await?;
        backup::renew_if_restored(&write).await?;
        free_leases(&write, now).await?;
        let read = pool(READERS).connect_with(readers(&path)).await?;
        Self::with(path, write, read, copied, Some(lock)).await
    }

    /// Opens a store for looking, beside the bot that runs on it: `daesa check`, `backup`, `export`. Takes no lock,
    /// makes and changes nothing; every function that writes returns `ReadOnly`.
    ///
    /// # Errors
    /// `Missing`, `Older`, `Newer` and what reading a file can bring.
    pub async fn look(address: &str) -> Result<Self, StoreError> {
        let path = address::file_of(address)?;
        is_place_for_a_file(&path)?;
        if !path.exists() {
            return Err(StoreError::Missing { path });
        }
        head_is_sqlite(&path)?;
        let read = pool(READERS).connect_with(readers(&path)).await?;
        let file = migrate::version(&read, &path).await?;
        match file.cmp(&VERSION) {
            std::cmp::Ordering::Less => return Err(StoreError::Older { file, ours: VERSION }),
            std::cmp::Ordering::Greater => return Err(StoreError::Newer { file, ours: VERSION }),
            std::cmp::Ordering::Equal => {}
        }
        Self::with(path, read.clone(), read, None, None).await
    }

    /// Opens a store to write a word of the operator's into it, beside the bot that may run on it: takes no lock, frees
    /// no lease and changes no shape. What is written so is found by the bot when it looks next; nothing that it keeps
    /// in memory may be written so.
    ///
    /// # Errors
    /// As [`Store::look`].
    pub async fn beside(address: &str) -> Result<Self, StoreError> {
        let looking = Self::look(address).await?;
        let path = looking.path().to_owned();
        looking.close().await?;
        let options = connect(&path).synchronous(SqliteSynchronous::Full);
        let write = pool(1).connect_with(options).await?;
        Self::with(path, write.clone(), write, None, None).await
    }

    async fn with(
        path: PathBuf,
        write: SqlitePool,
        read: SqlitePool,
        copied: Option<PathBuf>,
        lock: Option<Lock>,
    ) -> Result<Self, StoreError> {
        let (tag, key): (Option<String>, Option<String>) = sqlx::query_as(INITED).fetch_one(&read).await?;
        let (Some(tag), Some(key)) = (tag, key) else {
            return Err(StoreError::Damaged("it has no tag and no key".to_owned()));
        };
        // A claim is told from every earlier one, of this process or another, by a number that starts at random.
        let claims = AtomicI64::new(fastrand::i64(1..i64::MAX / 2));
        let vote_key = key.into_bytes();
        Ok(Self {
            inner: Arc::new(Inner {
                write,
                read,
                path,
                tag,
                vote_key,
                copied,
                claims,
                marked: Mutex::default(),
                strangers: Mutex::default(),
                lock: Mutex::new(lock),
            }),
        })
    }

    /// Checkpoints and closes; the file is whole without its log then. Lets go of the lock.
    ///
    /// # Errors
    /// When the checkpoint fails; the store is closed all the same, and nothing that was committed is lost.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.inner.read.close().await;
        let holds_lock = self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        let checkpoint = if holds_lock && !self.inner.write.is_closed() {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(&self.inner.write)
                .await
                .map(drop)
        } else {
            Ok(())
        };
        self.inner.write.close().await;
        self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(checkpoint?)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// The tag of this store in nonces: eight hexadecimal digits, another one after a restore.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.inner.tag
    }

    /// The copy that was made before the file was brought to this version, to be named in the log.
    #[must_use]
    pub fn copied(&self) -> Option<&Path> {
        self.inner.copied.as_deref()
    }

    fn read(&self) -> &SqlitePool {
        &self.inner.read
    }

    fn write(&self) -> &SqlitePool {
        &self.inner.write
    }

    /// A transaction that holds the write lock from its first moment.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        match self.inner.write.begin_with("BEGIN IMMEDIATE").await {
            // A commit that failed on a full disk was rolled back by SQLite, and sqlx does not know: this connection
            // would refuse every transaction from now on. The pool opens another.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                tracing::warn!("the store's connection is renewed after a commit that failed");
                let spent = self.inner.write.acquire().await?;
                if let Err(error) = spent.close().await {
                    tracing::debug!(%error, "the old connection was not closed cleanly");
                }
                Ok(self.inner.write.begin_with("BEGIN IMMEDIATE").await?)
            }
            begun => Ok(begun?),
        }
    }

    /// A number that no other claim has.
    fn next_claim(&self) -> i64 {
        self.inner.claims.fetch_add(1, Ordering::Relaxed)
    }
}

fn connect(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .statement_cache_capacity(256)
}

/// Whether a file is at a path, or can be. A name without a folder is one in the current folder.
fn is_place_for_a_file(path: &Path) -> Result<(), StoreError> {
    if path.is_dir() {
        return Err(StoreError::IsFolder { path: path.to_owned() });
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => Err(StoreError::NoFolder {
            folder: folder.to_owned(),
        }),
        _ => Ok(()),
    }
}

fn readers(path: &Path) -> SqliteConnectOptions {
    connect(path).read_only(true).pragma("cache_size", "-2048")
}

/// Connections stay: opening one costs more than keeping it.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Refuses a file that is something else, before SQLite touches it.
fn head_is_sqlite(path: &Path) -> Result<(), StoreError> {
    let mut head = Vec::new();
    match std::fs::File::open(path) {
        Ok(file) => file
            .take(16)
            .read_to_end(&mut head)
            .map_err(|error| StoreError::io(path, error))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::io(path, error)),
    };
    // sqlite.org/fileformat.html: the header string. An empty file is a database without pages.
    if head.is_empty() || head == b"SQLite format 3\0" {
        Ok(())
    } else {
        Err(StoreError::NotADatabase { path: path.to_owned() })
    }
}

/// What was claimed by a process that is gone is due at once, and what it was sending may have been sent.
async fn free_leases(write: &SqlitePool, now: Millis) -> Result<(), StoreError> {
    let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
    for sql in [
        FREE_FEEDS,
        FREE_ENTRIES,
        FREE_DELIVERIES,
        FREE_SEEDS,
        FREE_EXTRAS,
        FREE_DIRTY,
        FREE_EDITS,
    ] {
        sqlx::query(sql).bind(now).execute(&mut *tx).await?;
    }
    Ok(tx.commit().await?)
}

/// A list for a statement: a JSON array, read there by `json_each`.
fn json<T: serde::Serialize + ?Sized>(values: &T) -> Result<String, StoreError> {
    Ok(serde_json::to_string(values)?)
}
