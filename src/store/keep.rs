//! What is not kept for ever (DESIGN.md, “Running it”), in slices: the writer is never held for long.

use super::{Store, StoreError, json};
use crate::model::{MessageId, Millis};
use sqlx::SqlitePool;

/// Rows of a slice.
const SLICE: u32 = 500;
/// Votes of a slice, but for the last post's.
const VOTES: i64 = 2_000;
/// Pages given back to the file system in one transaction: a mebibyte. Those at the end of the file are written anew.
const PAGES: i64 = 256;
/// Of so many pages one may be free: what comes next takes it.
const ONE_FREE_OF: i64 = 50;
const DAY: Millis = 24 * 3_600_000;
/// Looks at feeds that brought nothing are kept for this long.
const DULL_DAYS: u32 = 1;
/// A server's settings outlive the bot's leaving by this long.
const GUILD_DAYS: u32 = 30;

/// How many keys (`a`, with `b` where two make one) of a slice ($2) were found, and they as one list.
macro_rules! found {
    ($find:literal) => {
        concat!(
            "SELECT count(*), json_group_array(json_array(a, b)) FROM (",
            $find,
            " LIMIT $2)"
        )
    };
}

statements! {
    FREE_PAGES = "SELECT (SELECT freelist_count FROM pragma_freelist_count), (SELECT page_count FROM pragma_page_count)";
    OLD_BODIES = "UPDATE article SET body = NULL
        WHERE id IN (SELECT id FROM article WHERE body IS NOT NULL AND seen_at < $1 LIMIT $2)";
    OLD_TRACES = "DELETE FROM fetch WHERE id IN (SELECT id FROM fetch WHERE at < $1 LIMIT $2)";
    /// Of a thousand feeds looked at each minute a million and a half looks a day bring nothing.
    DULL_TRACES = "DELETE FROM fetch WHERE id IN (SELECT id FROM fetch
        WHERE at < $1 AND fresh = 0 AND changed = 0 AND noted = 0 AND note IS NULL LIMIT $2)";
    OLD_DELIVERIES = "DELETE FROM delivery
        WHERE id IN (SELECT id FROM delivery WHERE state IN (1, 2, 3) AND enqueued < $1 LIMIT $2)";
    /// What a digest told of that was given up, and is not kept itself.
    OLD_BUNDLED = found!("SELECT d.id AS a, NULL AS b FROM delivery d
            WHERE d.digest IS NOT NULL AND d.state = 5 AND d.enqueued < $1
                AND NOT EXISTS (SELECT 1 FROM delivery h WHERE h.id = d.digest)");
    BUNDLED = "DELETE FROM delivery WHERE state = 5 AND id IN (SELECT value ->> 0 FROM json_each($1))";
    OLD_SAMPLES = found!("SELECT id AS a, NULL AS b FROM entry
            WHERE state = 3 AND payload IS NOT NULL AND seen_at < $1");
    SAMPLES = "UPDATE entry SET payload = NULL WHERE state = 3 AND id IN (SELECT value ->> 0 FROM json_each($1))";
    /// The posts with voters from the oldest on: of all tallies, most have none any more. What has a later number ($3) is
    /// not that old.
    OLD_VOTED = "WITH RECURSIVE m (message) AS (
            SELECT min(message) FROM vote
            UNION ALL SELECT (SELECT min(v.message) FROM vote v WHERE v.message > m.message) FROM m WHERE m.message < $3)
        SELECT p.message, (SELECT coalesce(sum(t.rows), 0) FROM tally t WHERE t.message = p.message)
        FROM m CROSS JOIN post p ON p.message = m.message WHERE p.posted < $1 LIMIT $2";
    INTO_BASE = "UPDATE tally SET base = base + rows, base_bots = base_bots + bots, rows = 0, bots = 0
        WHERE message IN (SELECT value FROM json_each($1))";
    OLD_VOTES = "DELETE FROM vote WHERE message IN (SELECT value FROM json_each($1))";
    OLD_HASHES = found!("SELECT DISTINCT f.message AS a, NULL AS b FROM forgotten f JOIN post p ON p.message = f.message
            WHERE p.posted < $1");
    HASHES = "DELETE FROM forgotten WHERE message IN (SELECT value ->> 0 FROM json_each($1))";
    /// From the presses, which are few: of posts there may be millions.
    OLD_PRESSES = found!("SELECT k.message AS a, k.voter AS b FROM press k CROSS JOIN post p ON p.message = k.message
            WHERE p.posted < $1 OR p.deleted_at IS NOT NULL");
    PRESSES = "DELETE FROM press WHERE (message, voter) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))";
    OLD_SEEDS = found!("SELECT s.message AS a, s.position AS b FROM seed s CROSS JOIN post p ON p.message = s.message
            WHERE p.posted < $1 OR (p.deleted_at IS NOT NULL AND s.state = 0)");
    SEEDS = "DELETE FROM seed WHERE (message, position) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))";
    /// What was done with posts, and what is not to be done with them any more. Of a digest there is no post.
    OLD_EXTRAS = found!("SELECT e.message AS a, e.kind AS b FROM extra e LEFT JOIN post p ON p.message = e.message
            WHERE e.enqueued < $1 OR (p.deleted_at IS NOT NULL AND e.state = 0)");
    EXTRAS = "DELETE FROM extra WHERE (message, kind) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))";
    LEFT_GUILDS = "SELECT id FROM guild WHERE left_at < $1
        AND (EXISTS (SELECT 1 FROM subscription s WHERE s.guild = guild.id)
            OR EXISTS (SELECT 1 FROM channel c WHERE c.guild = guild.id)
            OR EXISTS (SELECT 1 FROM server_feed f WHERE f.guild = guild.id)
            OR EXISTS (SELECT 1 FROM post p WHERE p.guild = guild.id AND p.deleted_at IS NULL))
        LIMIT $2";
    LEFT_SUBSCRIPTIONS = "DELETE FROM subscription WHERE guild = $1";
    LEFT_CHANNELS = "DELETE FROM channel WHERE guild = $1";
    LEFT_DELIVERIES = "UPDATE delivery SET state = 3, reason = 'the bot left the server'
        WHERE guild = $1 AND state IN (0, 5, 6)";
    LEFT_FEEDS = "DELETE FROM server_feed WHERE guild = $1";
    /// Feeds that servers asked for, and none has any more.
    UNWATCHED = "UPDATE feed SET active = 0 WHERE own = 0 AND active = 1
        AND NOT EXISTS (SELECT 1 FROM server_feed s WHERE s.url = feed.url AND s.approved_at IS NOT NULL)";
    LEFT_POSTS = "UPDATE post SET deleted_at = $2, dirty = NULL WHERE guild = $1 AND deleted_at IS NULL";
}

/// How long things are kept, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The text of articles.
    pub bodies: u32,
    /// Who voted, counted from the post; the count stays.
    pub voters: u32,
    /// Deliveries that are done, counted from when they were enqueued; message and link stay.
    pub deliveries: u32,
    /// Looks at feeds.
    pub traces: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            bodies: 30,
            voters: 180,
            deliveries: 90,
            traces: 7,
        }
    }
}

/// What was not kept any longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Texts of articles.
    pub bodies: u64,
    /// Votes whose voter is not known any more.
    pub voters: u64,
    /// Deliveries.
    pub deliveries: u64,
    /// Looks at feeds.
    pub traces: u64,
    /// Servers whose settings are gone.
    pub guilds: u64,
}

/// Gives free pages back to the file system, some at a time.
pub(super) async fn give_back(write: &SqlitePool) -> Result<(), StoreError> {
    let mut before = i64::MAX;
    loop {
        let (free, all): (i64, i64) = sqlx::query_as(FREE_PAGES).fetch_one(write).await?;
        let more = PAGES.min(free - all / ONE_FREE_OF);
        // A file that was made elsewhere may keep what it has.
        if more <= 0 || free >= before {
            return Ok(());
        }
        before = free;
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA incremental_vacuum({more})")))
            .fetch_all(write)
            .await?;
    }
}

impl Store {
    /// Removes what is kept no longer and gives some of the room back. To be done once a day.
    ///
    /// # Errors
    /// [`StoreError`]; what was removed before stays removed.
    pub async fn prune(&self, keep: &Keep, now: Millis) -> Result<Pruned, StoreError> {
        let before = |days: u32| now - i64::from(days) * DAY;
        let pruned = Pruned {
            bodies: self.slices(OLD_BODIES, before(keep.bodies)).await?,
            traces: self.slices(OLD_TRACES, before(keep.traces)).await?
                + self.slices(DULL_TRACES, before(keep.traces.min(DULL_DAYS))).await?,
            deliveries: self.slices(OLD_DELIVERIES, before(keep.deliveries)).await?
                + self.found(OLD_BUNDLED, BUNDLED, before(keep.deliveries)).await?,
            voters: self.voters_into_base(before(keep.voters)).await?,
            guilds: self.left_guilds(before(GUILD_DAYS), now).await?,
        };
        for (find, take, days) in [
            (OLD_SEEDS, SEEDS, keep.deliveries),
            (OLD_EXTRAS, EXTRAS, keep.deliveries),
            (OLD_SAMPLES, SAMPLES, keep.traces),
            (OLD_HASHES, HASHES, keep.voters),
            (OLD_PRESSES, PRESSES, keep.voters),
        ] {
            self.found(find, take, before(days)).await?;
        }
        give_back(self.write()).await?;
        sqlx::query("PRAGMA optimize").fetch_all(self.write()).await?;
        Ok(pruned)
    }

    async fn slices(&self, sql: &'static str, before: Millis) -> Result<u64, StoreError> {
        let mut all = 0;
        loop {
            let done = sqlx::query(sql)
                .bind(before)
                .bind(SLICE)
                .execute(self.write())
                .await?
                .rows_affected();
            all += done;
            if done < u64::from(SLICE) {
                return Ok(all);
            }
        }
    }

    /// What no index leads to is looked for by a reader: nobody waits for that.
    async fn found(&self, find: &'static str, take: &'static str, before: Millis) -> Result<u64, StoreError> {
        let mut all = 0;
        loop {
            let found = sqlx::query_as(find).bind(before).bind(SLICE);
            let (count, keys): (i64, String) = found.fetch_one(self.read()).await?;
            if count == 0 {
                return Ok(all);
            }
            let done = sqlx::query(take).bind(keys).execute(self.write()).await?;
            all += done.rows_affected();
            // What is another by now is looked at tomorrow.
            if count < i64::from(SLICE) || done.rows_affected() == 0 {
                return Ok(all);
            }
        }
    }

    async fn voters_into_base(&self, before: Millis) -> Result<u64, StoreError> {
        let mut all = 0;
        loop {
            // By a reader, as above. A post is written down when it is posted, but for what the clocks differ.
            let found: Vec<(i64, i64)> = sqlx::query_as(OLD_VOTED)
                .bind(before)
                .bind(SLICE)
                .bind(MessageId::first_of(before + DAY).to_db())
                .fetch_all(self.read())
                .await?;
            if found.is_empty() {
                return Ok(all);
            }
            let mut room = VOTES;
            let fits = |(_, votes): &(i64, i64)| {
                let fits = room > 0;
                room -= votes;
                fits
            };
            let posts: Vec<i64> = found.into_iter().take_while(fits).map(|(post, _)| post).collect();
            let posts = json(&posts)?;
            let mut tx = self.begin().await?;
            sqlx::query(INTO_BASE).bind(&posts).execute(&mut *tx).await?;
            all += sqlx::query(OLD_VOTES)
                .bind(&posts)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            tx.commit().await?;
        }
    }

    async fn left_guilds(&self, before: Millis, now: Millis) -> Result<u64, StoreError> {
        let mut all = 0;
        loop {
            let guilds: Vec<i64> = sqlx::query_scalar(LEFT_GUILDS)
                .bind(before)
                .bind(SLICE)
                .fetch_all(self.read())
                .await?;
            if guilds.is_empty() {
                return Ok(all);
            }
            for guild in guilds {
                let mut tx = self.begin().await?;
                for sql in [LEFT_SUBSCRIPTIONS, LEFT_CHANNELS, LEFT_FEEDS, LEFT_DELIVERIES] {
                    sqlx::query(sql).bind(guild).execute(&mut *tx).await?;
                }
                sqlx::query(LEFT_POSTS).bind(guild).bind(now).execute(&mut *tx).await?;
                sqlx::query(UNWATCHED).execute(&mut *tx).await?;
                tx.commit().await?;
                all += 1;
            }
        }
    }
}
