//! Votes that may be out of step with Discord: which posts, and how they are put right (STORE.md §5).
//!
//! `tally::differences` finds what differs, `app` asks Discord and holds back live events of a post until its
//! snapshot is in; they are applied after it.

use super::{Store, StoreError, json};
use crate::model::{ChannelId, Emoji, GuildId, MessageId, Millis, UserId, Way};
use sqlx::{Sqlite, sqlite::SqliteArguments};
use std::{
    collections::HashMap,
    sync::{MutexGuard, PoisonError},
};

/// Older than what every gap marks, and not compared since the last one; by an index that has the newest at its end.
macro_rules! mark_old {
    ($index:literal, $there:literal) => {
        concat!(
            "UPDATE post SET dirty = $4, dirty_due = $4 WHERE message IN (
                SELECT p.message FROM (SELECT CAST(value AS INTEGER) AS at FROM meta WHERE key = 'gap') gap
                    CROSS JOIN post p INDEXED BY ",
            $index,
            " WHERE ",
            $there,
            " AND p.posted >= $2 AND p.posted < min(gap.at - $5, $3)
                    AND p.deleted_at IS NULL AND p.dirty IS NULL AND coalesce(p.compared, 0) < gap.at
                ORDER BY p.posted DESC LIMIT $6) RETURNING posted"
        )
    };
}

statements! {
    /// Posts of a shard below one of them, the newest first.
    OF_SHARD = "SELECT posted, message FROM post
        WHERE posted >= $3 AND (posted, message) < ($1, $2) AND deleted_at IS NULL AND ((guild >> 22) % $5) = $4
        ORDER BY posted DESC, message DESC LIMIT $6";
    /// The same of a server, in all its channels or some.
    OF_GUILD = "SELECT posted, message FROM post
        WHERE guild = $4 AND posted >= $3 AND (posted, message) < ($1, $2) AND deleted_at IS NULL
            AND ($5 IS NULL OR channel IN (SELECT value FROM json_each($5)))
        ORDER BY posted DESC, message DESC LIMIT $6";
    DOUBT = "UPDATE post SET dirty = $2, dirty_due = $2
        WHERE message IN (SELECT value FROM json_each($1)) AND deleted_at IS NULL";
    GAP = "INSERT INTO meta (key, value) VALUES ('gap', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    MARK_OLD = mark_old!("post_posted", "$1 IS NULL");
    MARK_OLD_THERE = mark_old!("post_guild", "p.guild = $1");
    POST_CHANNELS = "SELECT DISTINCT channel FROM post WHERE guild = $1 AND posted >= $2 AND deleted_at IS NULL";
    ANY_PUT_OFF = "SELECT EXISTS (SELECT 1 FROM post
        WHERE guild = $1 AND posted >= $2 AND dirty IS NOT NULL AND dirty_due > $3)";
    SOON = "UPDATE post SET dirty_due = $3 WHERE message IN (SELECT message FROM post
        WHERE guild = $1 AND posted >= $2 AND dirty IS NOT NULL AND dirty_due > $3 LIMIT $4)";
    /// Of the channel with the post that has waited longest.
    CLAIM_DIRTY = "UPDATE post SET dirty_due = $1 + $2 WHERE message IN (
            SELECT p.message FROM post p INDEXED BY post_doubted
            WHERE p.dirty IS NOT NULL AND p.dirty_due <= $1
                AND p.channel = (SELECT channel FROM post WHERE dirty IS NOT NULL AND dirty_due <= $1
                    ORDER BY dirty_due, message LIMIT 1)
            ORDER BY p.message DESC LIMIT $3)
        RETURNING message, channel, guild, dirty";
    NEXT_DIRTY = "SELECT min(dirty_due) FROM post WHERE dirty IS NOT NULL";
    CLEAN = "UPDATE post SET dirty = NULL, compared = $2 WHERE message = $1 AND dirty = $2";
    LATER = "UPDATE post SET dirty_due = $2
        WHERE message IN (SELECT value FROM json_each($1)) AND dirty IS NOT NULL";
    STILL_THERE = "SELECT 1 FROM post WHERE message = $1 AND deleted_at IS NULL";
    SET_BASE = "INSERT INTO tally (message, emoji, burst, base) VALUES ($1, $2, $3, $4)
        ON CONFLICT (message, emoji, burst) DO UPDATE SET base = excluded.base - rows,
            base_bots = min(base_bots, max(0, excluded.base - rows))";
    KNOWN_HASHES = "SELECT hash FROM forgotten WHERE message = $1 AND emoji = $2 AND burst = $3";
    DROP_HASHES = "DELETE FROM forgotten WHERE message = $1 AND emoji = $2 AND burst = $3
        AND hash NOT IN (SELECT value FROM json_each($4))";
    DROP_OTHERS = "DELETE FROM vote WHERE message = $1 AND emoji = $2 AND burst = $3
        AND user NOT IN (SELECT value ->> 0 FROM json_each($4))";
    PUT_VOTERS = "INSERT INTO vote (message, emoji, burst, user, bot)
        SELECT $1, $2, $3, value ->> 0, value ->> 1 FROM json_each($4) WHERE true
        ON CONFLICT (message, emoji, burst, user) DO UPDATE SET bot = excluded.bot";
    COUNT_AGAIN = "INSERT INTO tally (message, emoji, burst, rows, bots, base)
        SELECT $1, $2, $3, count(*), coalesce(sum(bot), 0), $4 FROM vote WHERE message = $1 AND emoji = $2 AND burst = $3
        ON CONFLICT (message, emoji, burst) DO UPDATE
            SET rows = excluded.rows, bots = excluded.bots, base = excluded.base, base_bots = 0";
}

/// Posts that are marked or taken in one write: after a gap it is all posts of a week, and commands write as well.
const SLICE: u32 = 500;

/// A post whose votes may be out of step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirtyPost {
    /// The message.
    pub message: MessageId,
    /// Since when; named when it is clean, so that a newer doubt is not cleared.
    pub since: Millis,
}

/// A channel with posts whose votes may be out of step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirtyChannel {
    /// The channel.
    pub channel: ChannelId,
    /// Its server.
    pub guild: GuildId,
    /// The posts, newest first.
    pub posts: Vec<DirtyPost>,
}

/// Somebody whom Discord lists under an emoji.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voter {
    /// Who.
    pub user: UserId,
    /// Whether it is a bot (another one: the bot's own reaction is no vote).
    pub bot: bool,
}

/// Down to which time of posting the posts of a server (none: of all) were marked since the last gap: of two million
/// posts nobody looks for the next ones among those that are on their way.
#[derive(Debug, Default)]
pub(super) struct Marked {
    gaps: u64,
    down_to: HashMap<Option<GuildId>, Millis>,
}

/// When a post was posted, and its message.
type Place = (Millis, i64);
type PlacesAfter = sqlx::query::QueryAs<'static, Sqlite, Place, SqliteArguments>;

impl Store {
    /// Events of this shard (its number, of how many) were lost: the votes of posts that are not older than `age` may
    /// be out of step; older ones are compared when somebody asks ([`Store::mark_old_dirty`]). How many posts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mark_dirty(&self, age: Millis, shard: (u32, u32), now: Millis) -> Result<u64, StoreError> {
        let (shard, shards) = (shard.0, shard.1.max(1));
        sqlx::query(GAP).bind(now.to_string()).execute(self.write()).await?;
        {
            let mut marked = self.marked();
            marked.gaps += 1;
            marked.down_to.clear();
        }
        self.doubt_each(now, |last: Place| {
            let posts = sqlx::query_as(OF_SHARD).bind(last.0).bind(last.1).bind(now - age);
            posts.bind(shard).bind(shards).bind(SLICE)
        })
        .await
    }

    /// Doubts the posts of a question, a slice after the other: `after` asks for those below a place. How many.
    async fn doubt_each(&self, now: Millis, after: impl Fn(Place) -> PlacesAfter) -> Result<u64, StoreError> {
        let (mut last, mut all) = ((Millis::MAX, i64::MAX), 0);
        loop {
            let places = after(last).fetch_all(self.read()).await?;
            let Some(lowest) = places.last() else { return Ok(all) };
            last = *lowest;
            let messages: Vec<i64> = places.iter().map(|(_, message)| *message).collect();
            let done = sqlx::query(DOUBT).bind(json(&messages)?).bind(now);
            all += done.execute(self.write()).await?.rows_affected();
            if places.len() < SLICE as usize {
                return Ok(all);
            }
        }
    }

    fn marked(&self) -> MutexGuard<'_, Marked> {
        self.inner.marked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody looks at the counts of a server (none: of all) since a time: posts older than `age` at the last gap
    /// that were not compared after it are to be, the newest first, at most `limit` at once. How many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mark_old_dirty(
        &self,
        guild: Option<GuildId>,
        since: Millis,
        age: Millis,
        limit: u32,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let (gaps, before) = {
            let marked = self.marked();
            (marked.gaps, marked.down_to.get(&guild).copied().unwrap_or(Millis::MAX))
        };
        if before <= since {
            return Ok(0);
        }
        let sql = if guild.is_some() { MARK_OLD_THERE } else { MARK_OLD };
        let posted: Vec<Millis> = sqlx::query_scalar(sql)
            .bind(guild.map(GuildId::to_db))
            .bind(since)
            .bind(before)
            .bind(now)
            .bind(age)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let mut marked = self.marked();
        if marked.gaps == gaps {
            // Others of the same moment may be left.
            let last = posted.iter().min().filter(|_| posted.len() >= limit as usize);
            marked.down_to.insert(guild, last.map_or(since, |last| last + 1));
        }
        Ok(posted.len() as u64)
    }

    /// The channels of a server's posts since a time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn post_channels(&self, guild: GuildId, since: Millis) -> Result<Vec<ChannelId>, StoreError> {
        let channels: Vec<i64> = sqlx::query_scalar(POST_CHANNELS)
            .bind(guild.to_db())
            .bind(since)
            .fetch_all(self.read())
            .await?;
        Ok(channels.into_iter().map(ChannelId::from_db).collect())
    }

    /// Nothing is told of votes in these channels of a server, or was for a while (`None`: in all of them): those on
    /// posts that are not older than `age` may be out of step. And what could not be looked at there is due again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn doubt_channels(
        &self,
        guild: GuildId,
        channels: Option<&[ChannelId]>,
        age: Millis,
        now: Millis,
    ) -> Result<(), StoreError> {
        let (guild, since) = (guild.to_db(), now - age);
        if channels.is_none_or(|some| !some.is_empty()) {
            let some = channels.map(|some| some.iter().map(|channel| channel.to_db()).collect::<Vec<_>>());
            let some = some.map(|some| json(&some)).transpose()?;
            self.doubt_each(now, |last: Place| {
                let posts = sqlx::query_as(OF_GUILD).bind(last.0).bind(last.1).bind(since);
                posts.bind(guild).bind(some.clone()).bind(SLICE)
            })
            .await?;
        }
        // Servers are told of at every start: a read costs less than a write.
        let any = sqlx::query_scalar(ANY_PUT_OFF).bind(guild).bind(since).bind(now);
        if any.fetch_one(self.read()).await? {
            loop {
                let soon = sqlx::query(SOON).bind(guild).bind(since).bind(now).bind(SLICE);
                if soon.execute(self.write()).await?.rows_affected() < u64::from(SLICE) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Takes the dirty posts of some channels for `lease` milliseconds, the newest of each; of a channel with very many
    /// the others are left for later, or come as another one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_dirty(
        &self,
        now: Millis,
        lease: Millis,
        channels: u32,
    ) -> Result<Vec<DirtyChannel>, StoreError> {
        let mut dirty: Vec<DirtyChannel> = Vec::new();
        for _ in 0..channels {
            let mut rows: Vec<(i64, i64, i64, Millis)> = sqlx::query_as(CLAIM_DIRTY)
                .bind(now)
                .bind(lease)
                .bind(SLICE)
                .fetch_all(self.write())
                .await?;
            rows.sort_by_key(|(message, ..)| std::cmp::Reverse(*message));
            let Some((_, channel, guild, _)) = rows.first() else {
                break;
            };
            let post = |(message, _, _, since): &(i64, i64, i64, Millis)| DirtyPost {
                message: MessageId::from_db(*message),
                since: *since,
            };
            dirty.push(DirtyChannel {
                channel: ChannelId::from_db(*channel),
                guild: GuildId::from_db(*guild),
                posts: rows.iter().map(post).collect(),
            });
        }
        Ok(dirty)
    }

    /// When the next dirty post is due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_dirty_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_DIRTY).fetch_one(self.read()).await?)
    }

    /// A post is in step again, unless a newer doubt came up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn clean(&self, post: DirtyPost) -> Result<(), StoreError> {
        sqlx::query(CLEAN)
            .bind(post.message.to_db())
            .bind(post.since)
            .execute(self.write())
            .await?;
        Ok(())
    }

    /// Dirty posts could not be looked at, and are due again; together, since while Discord is down it is many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn dirty_later(&self, posts: &[DirtyPost], due: Millis) -> Result<(), StoreError> {
        let messages: Vec<i64> = posts.iter().map(|post| post.message.to_db()).collect();
        sqlx::query(LATER)
            .bind(json(&messages)?)
            .bind(due)
            .execute(self.write())
            .await?;
        Ok(())
    }

    /// Takes over Discord's count of an emoji at once, less the bot's own reaction: who voted is repaired later, or
    /// never when voters are no longer kept. False: the post is gone, and its tally stays.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_count(
        &self,
        message: MessageId,
        emoji: &Emoji,
        burst: bool,
        votes: u64,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let there: Option<i64> = sqlx::query_scalar(STILL_THERE)
            .bind(message.to_db())
            .fetch_optional(&mut *tx)
            .await?;
        if there.is_none() {
            return Ok(false);
        }
        let votes = i64::try_from(votes).unwrap_or(i64::MAX);
        let set = sqlx::query(SET_BASE)
            .bind(message.to_db())
            .bind(emoji.key())
            .bind(burst)
            .bind(votes);
        set.execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Makes the voters of one emoji those whom Discord lists (all pages, without the bot itself). People who asked
    /// to be forgotten are counted and not brought back. False: the post is gone, and its tally stays.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn replace_voters(
        &self,
        message: MessageId,
        emoji: &Emoji,
        burst: bool,
        voters: &[Voter],
    ) -> Result<bool, StoreError> {
        let (id, key) = (message.to_db(), emoji.key());
        let mut tx = self.begin().await?;
        let there: Option<i64> = sqlx::query_scalar(STILL_THERE)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        if there.is_none() {
            return Ok(false);
        }
        let known: Vec<String> = sqlx::query_scalar(KNOWN_HASHES)
            .bind(id)
            .bind(&key)
            .bind(burst)
            .fetch_all(&mut *tx)
            .await?;
        let mut rows: Vec<(i64, u8)> = Vec::with_capacity(voters.len());
        let mut hidden: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
        for voter in voters {
            let hash = if known.is_empty() {
                None
            } else {
                Some(self.voter_hash(id, &key, Way::reaction(burst), voter.user)?)
            };
            match hash.filter(|hash| known.contains(hash)) {
                Some(hash) => drop(hidden.insert(hash)),
                None => rows.push((voter.user.to_db(), u8::from(voter.bot))),
            }
        }
        let (list, hashes) = (json(&rows)?, json(&hidden)?);
        for (sql, values) in [(DROP_HASHES, &hashes), (DROP_OTHERS, &list), (PUT_VOTERS, &list)] {
            sqlx::query(sql)
                .bind(id)
                .bind(&key)
                .bind(burst)
                .bind(values)
                .execute(&mut *tx)
                .await?;
        }
        let base = i64::try_from(hidden.len()).unwrap_or(i64::MAX);
        sqlx::query(COUNT_AGAIN)
            .bind(id)
            .bind(&key)
            .bind(burst)
            .bind(base)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }
}
