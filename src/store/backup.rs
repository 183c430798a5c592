//! Copies, what to do after a copy was put back, and how the file is.

use super::{Store, StoreError, json};
use crate::model::{ChannelId, MessageId, Millis};
use sqlx::{
    Connection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteConnection},
};
use std::path::{Path, PathBuf};

/// Key of the mark that a copy carries: when it was made. Gone in the store that it was made of.
const MARK: &str = "backup";

statements! {
    MARKED = "SELECT value FROM meta WHERE key = 'backup'";
    SET_MARK = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    NEW_TAG = "UPDATE meta SET value = lower(hex(randomblob(4))) WHERE key = 'tag'";
    UNMARK = "DELETE FROM meta WHERE key = 'backup'";
    NO_SESSIONS = "DELETE FROM meta WHERE key LIKE 'session.%'";
    /// Whatever was being sent when the copy was made was sent or not: only the channel can tell.
    TO_ADOPT = "INSERT INTO adopting (channel, since)
        SELECT channel, $1 FROM subscription UNION SELECT channel, $1 FROM delivery WHERE state IN (0, 6)
        UNION SELECT coalesce(forum, channel), $1 FROM post WHERE deleted_at IS NULL
        ON CONFLICT (channel) DO UPDATE SET since = min(since, excluded.since)";
    ADOPTIONS = "SELECT a.channel, a.since, coalesce(c.forum, 0) FROM adopting a LEFT JOIN channel c ON c.id = a.channel
        ORDER BY a.channel";
    ADOPT_KNOWN = "INSERT INTO delivery (article, channel, guild, state, due_at, attempt, enqueued, age_from, message, sent_at)
        SELECT l.article, $2, coalesce((SELECT guild FROM channel WHERE id = $2),
                (SELECT guild FROM subscription WHERE channel = $2), 0),
            1, $3, 1, $3, $3, j.value ->> 0, $3
        FROM json_each($1) j JOIN article_link l ON l.link = j.value ->> 1
        WHERE true
        ON CONFLICT (article, channel) DO UPDATE SET state = 1, owner = NULL,
            message = coalesce(message, excluded.message), sent_at = coalesce(sent_at, excluded.sent_at)";
    /// A digest is nobody's post.
    ADOPT_POSTS = "INSERT INTO post (message, article, channel, guild, posted, dirty, forum)
        SELECT d.message, d.article, iif(c.id IS NULL, d.channel, d.message), d.guild, d.sent_at, $2, c.id
        FROM json_each($3) j JOIN article_link l ON l.link = j.value ->> 1
            JOIN delivery d ON d.article = l.article AND d.channel = $1 AND d.message = j.value ->> 0
            LEFT JOIN channel c ON c.id = d.channel AND c.forum = 1
        WHERE d.state = 1 AND NOT j.value ->> 2
        ON CONFLICT (message) DO NOTHING";
    /// The message of a digest is kept below zero.
    ADOPT_LATER = "INSERT INTO adopted (channel, link, message)
        SELECT $2, j.value ->> 1, iif(j.value ->> 2, -(j.value ->> 0), j.value ->> 0) FROM json_each($1) j
        WHERE NOT EXISTS (SELECT 1 FROM article_link l WHERE l.link = j.value ->> 1)
        ON CONFLICT DO NOTHING";
    ADOPTED = "DELETE FROM adopting WHERE channel = $1";
    VACUUM_INTO = "VACUUM INTO $1";
    COUNTS = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM quote), (SELECT count(*) FROM subscription),
        (SELECT count(*) FROM post), (SELECT count(*) FROM vote)";
}

/// A channel that has to be read before anything is posted there again, after a restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// The channel.
    pub channel: ChannelId,
    /// Read its messages back to this time.
    pub since: Millis,
    /// Whether it is a forum, whose posts are threads.
    pub forum: bool,
}

/// A story that the bot has posted, as it is found in a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// The message.
    pub message: MessageId,
    /// The canonical address of the story.
    pub link: String,
    /// Whether the message is a digest, which tells of others as well.
    pub in_digest: bool,
}

/// How the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Version of its shape.
    pub version: i64,
    /// Bytes of the file and of its log.
    pub bytes: u64,
    /// What SQLite's quick check found; empty when all is well.
    pub problems: Vec<String>,
    /// Stories.
    pub articles: u64,
    /// Quotes.
    pub quotes: u64,
    /// Subscriptions.
    pub subscriptions: u64,
    /// Posts.
    pub posts: u64,
    /// Votes with their voter.
    pub votes: u64,
}

impl Store {
    /// Bytes of the file and of its log, where what was written last may still be.
    ///
    /// # Errors
    /// The file cannot be looked at.
    pub fn bytes(&self) -> std::io::Result<u64> {
        let log = std::fs::metadata(beside(self.path(), "-wal")).map_or(0, |log| log.len());
        Ok(std::fs::metadata(self.path())?.len() + log)
    }

    /// Makes a consistent copy at `target` while the bot runs, marked as a copy: a store that carries the mark knows
    /// that it was restored. A file that is there is replaced, but only by a finished copy, and never the store itself.
    ///
    /// # Errors
    /// [`StoreError`]; an unfinished copy is removed.
    pub async fn backup(&self, target: &Path, now: Millis) -> Result<(), StoreError> {
        self.is_place_for_a_copy(target)?;
        let part = beside(target, ".part");
        let made = self.make_copy(&part, now).await;
        if made.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        made.map_err(|error| match error {
            // The store is only read: it is the copy that nobody may write, or that there is no room for.
            StoreError::ReadOnly(why) => StoreError::no_copy(target, why),
            StoreError::Full => StoreError::no_copy(target, "there is no room for it"),
            error => error,
        })?;
        std::fs::rename(&part, target).map_err(|error| StoreError::io(target, error))
    }

    /// Whether a file can be made there that is not the store itself.
    ///
    /// # Errors
    /// [`StoreError::NoCopy`].
    pub fn is_place_for_a_copy(&self, target: &Path) -> Result<(), StoreError> {
        let own = std::fs::canonicalize(self.path());
        let why = match target.parent() {
            _ if target.is_dir() => "a folder; name a file in it".to_owned(),
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                format!("there is no folder {}; make it first", folder.display())
            }
            _ if std::fs::canonicalize(target).is_ok_and(|there| own.is_ok_and(|own| own == there)) => {
                "the store itself, not a place for its copy".to_owned()
            }
            _ => return Ok(()),
        };
        Err(StoreError::no_copy(target, why))
    }

    async fn make_copy(&self, part: &Path, now: Millis) -> Result<(), StoreError> {
        vacuum_into(self.read(), part).await?;
        let mut copy = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(part)).await?;
        sqlx::query(SET_MARK)
            .bind(MARK)
            .bind(now.to_string())
            .execute(&mut copy)
            .await?;
        let problems: Vec<String> = sqlx::query_scalar("PRAGMA quick_check").fetch_all(&mut copy).await?;
        copy.close().await?;
        if problems == ["ok"] {
            Ok(())
        } else {
            Err(StoreError::Damaged(problems.join("; ")))
        }
    }

    /// The channels still to be read after a restore. Nothing is claimed for them before [`Store::adopt`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn adoptions(&self) -> Result<Vec<Adoption>, StoreError> {
        let rows: Vec<(i64, Millis, bool)> = sqlx::query_as(ADOPTIONS).fetch_all(self.read()).await?;
        Ok(rows
            .into_iter()
            .map(|(channel, since, forum)| Adoption {
                channel: ChannelId::from_db(channel),
                since,
                forum,
            })
            .collect())
    }

    /// Takes over the stories that the bot has posted in a channel, which are all since the copy was made: stories that
    /// are known are sent there, stories that are not will be when they are seen again. The votes of posts are to be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn adopt(&self, channel: ChannelId, posts: &[Adopted], now: Millis) -> Result<(), StoreError> {
        let row = |post: &Adopted| (post.message.to_db(), post.link.clone(), u8::from(post.in_digest));
        let list = json(&posts.iter().map(row).collect::<Vec<_>>())?;
        let mut tx = self.begin().await?;
        sqlx::query(ADOPT_KNOWN)
            .bind(&list)
            .bind(channel.to_db())
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query(ADOPT_LATER)
            .bind(&list)
            .bind(channel.to_db())
            .execute(&mut *tx)
            .await?;
        sqlx::query(ADOPT_POSTS)
            .bind(channel.to_db())
            .bind(now)
            .bind(&list)
            .execute(&mut *tx)
            .await?;
        sqlx::query(ADOPTED).bind(channel.to_db()).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    /// Whether who asks may write the file and beside it, where the log is.
    #[must_use]
    pub fn may_be_written(&self) -> bool {
        let folder = self.path().parent().filter(|folder| !folder.as_os_str().is_empty());
        [self.path(), folder.unwrap_or(Path::new("."))]
            .iter()
            .all(|place| rustix::fs::access(*place, rustix::fs::Access::WRITE_OK).is_ok())
    }

    /// Bytes that are left on the disk of the store for a program without privileges; none where that cannot be told.
    #[must_use]
    pub fn room(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(self.path()).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Version, size, SQLite's own check, and how much there is. Reads the whole file.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn check(&self) -> Result<Health, StoreError> {
        let version = super::migrate::version(self.read(), self.path()).await?;
        let mut problems: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(20)")
            .fetch_all(self.read())
            .await?;
        problems.retain(|line| line != "ok");
        let bytes = self.bytes().map_err(|error| StoreError::io(self.path(), error))?;
        let counts: (i64, i64, i64, i64, i64) = sqlx::query_as(COUNTS).fetch_one(self.read()).await?;
        Ok(Health {
            version,
            bytes,
            problems,
            articles: counts.0.cast_unsigned(),
            quotes: counts.1.cast_unsigned(),
            subscriptions: counts.2.cast_unsigned(),
            posts: counts.3.cast_unsigned(),
            votes: counts.4.cast_unsigned(),
        })
    }
}

/// A store that carries the mark is a copy that was put back: new nonces, no session, and channels to be read first.
pub(super) async fn renew_if_restored(write: &SqlitePool) -> Result<(), StoreError> {
    let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
    let mark: Option<String> = sqlx::query_scalar(MARKED).fetch_optional(&mut *tx).await?;
    let Some(mark) = mark else { return Ok(()) };
    // A mark that cannot be read is as old as can be: everything is looked at.
    let since: Millis = mark.parse().unwrap_or(0);
    sqlx::query(NEW_TAG).execute(&mut *tx).await?;
    sqlx::query(NO_SESSIONS).execute(&mut *tx).await?;
    sqlx::query(TO_ADOPT).bind(since).execute(&mut *tx).await?;
    sqlx::query(UNMARK).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

/// Copies the database into a file that is not there before; one that is there is removed.
pub(super) async fn vacuum_into(pool: &SqlitePool, target: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(target) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::io(target, error)),
        _ => {}
    }
    let Some(name) = target.to_str() else {
        return Err(StoreError::no_copy(target, "its name is not UTF-8"));
    };
    sqlx::query(VACUUM_INTO)
        .bind(name)
        .persistent(false)
        .execute(pool)
        .await?;
    Ok(())
}

fn beside(target: &Path, end: &str) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
