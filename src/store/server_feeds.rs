//! Feeds that servers asked for: each is watched while a server has it and the operator lets it, for that server alone.
//! What they tell is confined: other servers, direct messages and what is counted over all do not show it.

use super::{Store, StoreError};
use crate::model::{ArticleId, ChannelId, FeedId, GuildId, Millis, UserId, answer::AskedFeed};
use sqlx::{Sqlite, SqliteExecutor, Transaction};

/// Whether a server may see a story: it is for all, or a feed of the server's own told it, or it was posted there. With
/// NULL for the server, as in direct messages: only what is for all.
///
/// Where the story is joined to rows of another table, a third argument names a column of those that is never below
/// nought. It changes no answer, but ties the condition to both tables: of a condition on the story alone SQLite makes a
/// Bloom filter of all stories before it looks at the first row, some ten milliseconds with three years of them.
macro_rules! open_to {
    ($article:literal, $guild:literal, $joined:literal) => {
        concat!("(", open_to!($article, $guild), " OR ", $joined, " < 0)")
    };
    ($article:literal, $guild:literal) => {
        concat!(
            "(",
            $article,
            ".confined = 0
                OR EXISTS (SELECT 1 FROM entry e1 JOIN feed f1 ON f1.id = e1.feed
                    JOIN server_feed s1 ON s1.url = f1.url AND s1.approved_at IS NOT NULL
                    WHERE e1.article = ",
            $article,
            ".id AND s1.guild = ",
            $guild,
            ")
                OR EXISTS (SELECT 1 FROM post p1 WHERE p1.article = ",
            $article,
            ".id AND p1.guild = ",
            $guild,
            "))"
        )
    };
}
pub(super) use open_to;

statements! {
    OF_SETTINGS = "SELECT EXISTS (SELECT 1 FROM feed WHERE (url = $1 OR address = $1) AND own = 1 AND active = 1)";
    ASKED = "SELECT EXISTS (SELECT 1 FROM server_feed WHERE guild = $1 AND url = $2)";
    HOW_MANY = "SELECT count(*) FROM server_feed WHERE guild = $1";
    ASK = "INSERT INTO server_feed (guild, url, name, asked_by, channel, asked_at, approved_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// One that the settings had once is the servers' alone from now on. What came while nobody watched it is no news.
    WATCH = "INSERT INTO feed (url, name, next_at, own) VALUES ($1, $2, $3, 0)
        ON CONFLICT (url) DO UPDATE SET own = iif(active = 1, own, 0), active = 1, gone = NULL,
            first_look = iif(active = 1, first_look, NULL), etag = iif(active = 1, etag, NULL),
            last_modified = iif(active = 1, last_modified, NULL)
        WHERE active = 0 OR gone IS NOT NULL";
    /// Feeds that only this server has of those that the bot is in.
    REST_LEFT = "UPDATE feed SET active = 0 WHERE own = 0 AND active = 1
        AND url IN (SELECT url FROM server_feed WHERE guild = $1 AND approved_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM server_feed s WHERE s.url = feed.url AND s.approved_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM guild g WHERE g.id = s.guild AND g.left_at IS NOT NULL))";
    ITS_FEEDS = "SELECT url, name FROM server_feed WHERE guild = $1 AND approved_at IS NOT NULL";
    LIST = "SELECT s.url, s.name, s.approved_at IS NULL, f.last_ok, f.error
        FROM server_feed s LEFT JOIN feed f ON f.url = s.url WHERE s.guild = $1 ORDER BY s.asked_at, s.url";
    FORGET = "DELETE FROM server_feed WHERE guild = $1 AND url = $2";
    FORGET_ALL = "DELETE FROM server_feed WHERE url = $1 AND approved_at IS NULL";
    REST = "UPDATE feed SET active = 0 WHERE url = $1 AND own = 0
        AND NOT EXISTS (SELECT 1 FROM server_feed s WHERE s.url = feed.url AND s.approved_at IS NOT NULL)";
    WAITING_FEEDS = "SELECT url, name, guild, asked_by, asked_at FROM server_feed WHERE approved_at IS NULL
        ORDER BY asked_at, url";
    APPROVE = "UPDATE server_feed SET approved_at = $2 WHERE url = $1 AND approved_at IS NULL RETURNING name";
    /// At a start: what the settings let servers have is watched, the rest is not, nor what nobody is there for.
    WATCH_ALL = "UPDATE feed SET active = 1 WHERE own = 0 AND active = 0
        AND url IN (SELECT url FROM server_feed WHERE approved_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM guild g WHERE g.id = server_feed.guild AND g.left_at IS NOT NULL))";
    IS_CONFINED = "SELECT confined FROM article WHERE id = $1";
    IS_OWN = "SELECT own FROM feed WHERE id = $1";
}

/// What became of asking for a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// It is watched, or waits for the operator's word.
    Added,
    /// The settings have it for every server.
    Watched,
    /// The server has it, or has asked for it.
    Known,
    /// The server has as many as a server may.
    TooMany,
}

/// Who asks for a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedAsker {
    /// The server.
    pub guild: GuildId,
    /// Where.
    pub channel: ChannelId,
    /// Who.
    pub by: UserId,
}

/// A feed that waits for the operator's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingFeed {
    /// Its address.
    pub url: String,
    /// The outlet's name.
    pub name: String,
    /// Which server asks.
    pub guild: GuildId,
    /// Who asked.
    pub by: UserId,
    /// When.
    pub at: Millis,
}

impl Store {
    /// A server asks for a feed; with `approved` it is watched at once. `most`: how many feeds a server may have.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ask_for_feed(
        &self,
        asker: FeedAsker,
        (url, name): (&str, &str),
        approved: bool,
        most: usize,
        now: Millis,
    ) -> Result<Asking, StoreError> {
        let mut tx = self.begin().await?;
        let guild = asker.guild.to_db();
        if sqlx::query_scalar(OF_SETTINGS).bind(url).fetch_one(&mut *tx).await? {
            return Ok(Asking::Watched);
        }
        if sqlx::query_scalar(ASKED)
            .bind(guild)
            .bind(url)
            .fetch_one(&mut *tx)
            .await?
        {
            return Ok(Asking::Known);
        }
        let has: i64 = sqlx::query_scalar(HOW_MANY).bind(guild).fetch_one(&mut *tx).await?;
        if usize::try_from(has).unwrap_or(usize::MAX) >= most {
            return Ok(Asking::TooMany);
        }
        sqlx::query(ASK)
            .bind(guild)
            .bind(url)
            .bind(name)
            .bind(asker.by.to_db())
            .bind(asker.channel.to_db())
            .bind(now)
            .bind(approved.then_some(now))
            .execute(&mut *tx)
            .await?;
        if approved {
            watch(&mut tx, url, name, now).await?;
        }
        tx.commit().await?;
        Ok(Asking::Added)
    }

    /// The feeds that a server asked for, in the order in which it did.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn server_feeds(&self, guild: GuildId) -> Result<Vec<AskedFeed>, StoreError> {
        type Row = (String, String, bool, Option<Millis>, Option<String>);
        let rows: Vec<Row> = sqlx::query_as(LIST).bind(guild.to_db()).fetch_all(self.read()).await?;
        let feed = |(url, name, waiting, last_ok, error): Row| AskedFeed {
            url,
            name,
            waiting,
            last_ok,
            error,
        };
        Ok(rows.into_iter().map(feed).collect())
    }

    /// A server wants a feed no longer. Whether it had it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn drop_server_feed(&self, guild: GuildId, url: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let had = sqlx::query(FORGET)
            .bind(guild.to_db())
            .bind(url)
            .execute(&mut *tx)
            .await?;
        sqlx::query(REST).bind(url).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(had.rows_affected() > 0)
    }

    /// The feeds that wait for the operator's word, the longest waiting first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn waiting_feeds(&self) -> Result<Vec<WaitingFeed>, StoreError> {
        let rows: Vec<(String, String, i64, i64, Millis)> =
            sqlx::query_as(WAITING_FEEDS).fetch_all(self.read()).await?;
        let feed = |(url, name, guild, by, at)| WaitingFeed {
            url,
            name,
            guild: GuildId::from_db(guild),
            by: UserId::from_db(by),
            at,
        };
        Ok(rows.into_iter().map(feed).collect())
    }

    /// The operator's word on a feed: for how many servers.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn decide_feed(&self, url: &str, approved: bool, now: Millis) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let servers = if approved {
            let names: Vec<String> = sqlx::query_scalar(APPROVE)
                .bind(url)
                .bind(now)
                .fetch_all(&mut *tx)
                .await?;
            if let Some(name) = names.first() {
                watch(&mut tx, url, name, now).await?;
            }
            names.len() as u64
        } else {
            sqlx::query(FORGET_ALL)
                .bind(url)
                .execute(&mut *tx)
                .await?
                .rows_affected()
        };
        tx.commit().await?;
        Ok(servers)
    }

    /// The settings let servers have feeds of their own: those that they have are watched (again).
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watch_server_feeds(&self) -> Result<(), StoreError> {
        sqlx::query(WATCH_ALL).execute(self.write()).await?;
        Ok(())
    }

    /// The bot is back in a server, whose feeds are watched again: what they told meanwhile is no news.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watch_feeds_of(&self, guild: GuildId, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let its: Vec<(String, String)> = sqlx::query_as(ITS_FEEDS)
            .bind(guild.to_db())
            .fetch_all(&mut *tx)
            .await?;
        for (url, name) in its {
            watch(&mut tx, &url, &name, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Whether only servers' own feeds have told a story, so that it is for those servers.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_confined(&self, article: ArticleId) -> Result<bool, StoreError> {
        is_confined(self.read(), article.0).await
    }

    /// Whether a feed is one of the settings, and so for every server.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_own_feed(&self, feed: FeedId) -> Result<bool, StoreError> {
        let own: Option<bool> = sqlx::query_scalar(IS_OWN)
            .bind(feed.0)
            .fetch_optional(self.read())
            .await?;
        Ok(own.unwrap_or(true))
    }
}

/// Whether only servers' own feeds have told a story.
pub(super) async fn is_confined(store: impl SqliteExecutor<'_>, article: i64) -> Result<bool, StoreError> {
    let confined: Option<bool> = sqlx::query_scalar(IS_CONFINED)
        .bind(article)
        .fetch_optional(store)
        .await?;
    Ok(confined.unwrap_or(false))
}

/// The bot is not in a server any more: what nobody else wants is not watched for it.
pub(super) async fn rest_feeds_of(tx: &mut Transaction<'static, Sqlite>, guild: GuildId) -> Result<(), StoreError> {
    sqlx::query(REST_LEFT).bind(guild.to_db()).execute(&mut **tx).await?;
    Ok(())
}

async fn watch(tx: &mut Transaction<'static, Sqlite>, url: &str, name: &str, now: Millis) -> Result<(), StoreError> {
    sqlx::query(WATCH)
        .bind(url)
        .bind(name)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
