//! What looks at feeds came to, and what became of entries that are no story: for whoever asks why.

use super::{DueEntry, Store, StoreError, entries::unread};
use crate::model::{FeedId, GuildId, Millis};

/// How far back a headline is searched for.
const SEARCHED: u32 = 5_000;

/// Whether a feed is for all, or a server's own.
macro_rules! had_by {
    ($guild:literal) => {
        concat!(
            "(f.own = 1 OR EXISTS (SELECT 1 FROM server_feed s
                WHERE s.url = f.url AND s.approved_at IS NOT NULL AND s.guild = ",
            $guild,
            "))"
        )
    };
}

statements! {
    FEED_AT = "SELECT id, name, next_at FROM feed WHERE url = $1 OR address = $1 ORDER BY active DESC LIMIT 1";
    TRACES = "SELECT at, status, took, entries, fresh, changed, noted, note, next_at FROM fetch
        WHERE feed = $1 ORDER BY at DESC, id DESC LIMIT $2";
    SKIPPED = "SELECT coalesce(title, link, identity), reason, seen_at FROM entry
        WHERE feed = $1 AND state = 2 ORDER BY id DESC LIMIT $2";
    FATE = concat!("SELECT e.state, e.title, e.reason, e.due_at, e.seen_at FROM entry e JOIN feed f ON f.id = e.feed
        WHERE e.link = $1 AND e.state <> 1 AND ", had_by!("$2"), " ORDER BY e.id DESC LIMIT 1");
    FATE_TITLED = concat!("SELECT e.state, e.title, e.reason, e.due_at, e.seen_at
        FROM (SELECT * FROM entry ORDER BY id DESC LIMIT $3) e JOIN feed f ON f.id = e.feed
        WHERE e.state <> 1 AND e.title LIKE $1 ESCAPE '\\' AND ", had_by!("$2"), " ORDER BY e.id DESC LIMIT 1");
    NOTED = concat!("SELECT e.id, e.feed, f.name AS source, e.link, e.payload, e.attempts, e.seen_at
        FROM (SELECT * FROM entry ORDER BY id DESC LIMIT $2) e JOIN feed f ON f.id = e.feed
        WHERE e.state = 3 AND e.payload IS NOT NULL AND ", had_by!("$1"), " ORDER BY e.id DESC LIMIT $3");
}

/// What a look at a feed came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// When.
    pub at: Millis,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub took: Millis,
    /// How many entries came.
    pub entries: u32,
    /// How many of them were new.
    pub fresh: u32,
    /// How many say something else than before.
    pub changed: u32,
    /// How many the first look only noted.
    pub noted: u32,
    /// What was wrong or odd.
    pub note: Option<String>,
    /// When it was to be looked at again.
    pub next: Option<Millis>,
}

/// A feed that is watched, and its last looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its row.
    pub id: FeedId,
    /// The outlet's name.
    pub name: String,
    /// When it is looked at next.
    pub next_at: Millis,
    /// What the looks came to, the last first.
    pub traces: Vec<Trace>,
    /// Entries that came to nothing: headline, why, when; the last first.
    pub skipped: Vec<(String, Option<String>, Millis)>,
}

/// What became of an entry that is no story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It waits to be read; why it could not be before, and when it is tried.
    Waiting {
        /// Its headline.
        title: String,
        /// The last failure.
        why: Option<String>,
        /// When it is tried next.
        due: Millis,
    },
    /// It was left out, and why.
    Skipped {
        /// Its headline.
        title: String,
        /// Why.
        why: String,
    },
    /// The first look at its feed only noted it.
    Noted {
        /// Its headline.
        title: String,
    },
    /// It is a story that was known already.
    Same {
        /// Its headline.
        title: String,
    },
}

impl Store {
    /// A feed of the settings by its address, with its last `limit` looks and as many entries that were left out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watched(&self, address: &str, limit: u32) -> Result<Option<Watched>, StoreError> {
        let row: Option<(i64, String, Millis)> = sqlx::query_as(FEED_AT)
            .bind(address)
            .fetch_optional(self.read())
            .await?;
        let Some((id, name, next_at)) = row else {
            return Ok(None);
        };
        let skipped = sqlx::query_as(SKIPPED)
            .bind(id)
            .bind(limit)
            .fetch_all(self.read())
            .await?;
        Ok(Some(Watched {
            id: FeedId(id),
            name,
            next_at,
            traces: self.traces(FeedId(id), limit).await?,
            skipped,
        }))
    }

    /// The last looks at a feed, the last first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn traces(&self, feed: FeedId, limit: u32) -> Result<Vec<Trace>, StoreError> {
        type Row = (
            Millis,
            Option<u16>,
            Millis,
            u32,
            u32,
            u32,
            u32,
            Option<String>,
            Option<Millis>,
        );
        let rows: Vec<Row> = sqlx::query_as(TRACES)
            .bind(feed.0)
            .bind(limit)
            .fetch_all(self.read())
            .await?;
        let trace = |(at, status, took, entries, fresh, changed, noted, note, next): Row| Trace {
            at,
            status,
            took,
            entries,
            fresh,
            changed,
            noted,
            note,
            next,
        };
        Ok(rows.into_iter().map(trace).collect())
    }

    /// The newest entries that a first look only noted, as far as they are kept whole and their feed is for this server.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn noted(&self, guild: Option<GuildId>, limit: u32) -> Result<Vec<DueEntry>, StoreError> {
        let rows = sqlx::query(NOTED)
            .bind(guild.map(GuildId::to_db))
            .bind(SEARCHED)
            .bind(limit)
            .fetch_all(self.read())
            .await?;
        rows.iter().map(unread).collect()
    }

    /// What became of an entry that is no story, by canonical address or words of its headline: of a feed for all, or
    /// of a server's own.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn fate(
        &self,
        link: Option<&str>,
        words: &str,
        guild: Option<GuildId>,
    ) -> Result<Option<Fate>, StoreError> {
        let guild = guild.map(GuildId::to_db);
        type Row = (i64, Option<String>, Option<String>, Millis, Millis);
        let mut row: Option<Row> = None;
        if let Some(link) = link {
            let at = sqlx::query_as(FATE).bind(link).bind(guild);
            row = at.fetch_optional(self.read()).await?;
        }
        if row.is_none() {
            let titled = sqlx::query_as(FATE_TITLED)
                .bind(super::articles::like(words))
                .bind(guild)
                .bind(SEARCHED);
            row = titled.fetch_optional(self.read()).await?;
        }
        Ok(row.map(|(state, title, why, due, _)| {
            let title = title.unwrap_or_else(|| link.unwrap_or(words).to_owned());
            match state {
                0 => Fate::Waiting { title, why, due },
                2 => Fate::Skipped {
                    title,
                    why: why.unwrap_or_default(),
                },
                4 => Fate::Same { title },
                _ => Fate::Noted { title },
            }
        }))
    }
}
