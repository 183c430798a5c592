//! Servers and channels: who is there, where the bot may not post, what is forgotten when they are gone.

use super::{Store, StoreError, server_feeds};
use crate::model::{ChannelId, GuildId, Millis, QuoteId, Venue};
use sqlx::{Sqlite, Transaction};

statements! {
    GUILD_SEEN = "INSERT INTO guild (id, joined) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET left_at = NULL
        RETURNING joined = $2 AND left_at IS NULL AND welcomed_at IS NULL";
    KNOWN_GUILD = "SELECT 1 FROM guild WHERE id = $1 AND left_at IS NULL";
    GUILD_LEFT = "UPDATE guild SET left_at = $2 WHERE id = $1 AND left_at IS NULL";
    GUILDS = "SELECT id FROM guild WHERE left_at IS NULL ORDER BY id";
    WELCOME = "UPDATE guild SET welcomed_at = $2 WHERE id = $1 AND welcomed_at IS NULL";
    KEEP_CHANNEL = "INSERT INTO channel (id, guild) VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE SET guild = excluded.guild";
    KEEP_FORUM = "UPDATE channel SET forum = 1 WHERE id = $1 AND forum = 0";
    KEEP_CHANNEL_ONLY = "UPDATE channel SET announcement = 0 WHERE id = $1 AND announcement = 1";
    KEEP_ANNOUNCEMENT = "UPDATE channel SET announcement = 1 WHERE id = $1 AND announcement = 0";
    ANNOUNCES = "SELECT announcement FROM channel WHERE id = $1";
    BLOCK = "UPDATE channel SET blocked_at = $2, blocked_reason = $3 WHERE id = $1 AND blocked_at IS NULL";
    HOLD_BACK = "UPDATE delivery SET due_at = $2 WHERE channel = $1 AND state = 0 AND owner IS NULL";
    BLOCKED_SINCE = "SELECT blocked_at FROM channel WHERE id = $1 AND blocked_at IS NOT NULL";
    UNBLOCK = "UPDATE channel SET blocked_at = NULL, blocked_reason = NULL, told_at = NULL WHERE id = $1";
    /// What waited does not age: a story enqueued meanwhile starts at zero, an older one goes on where it was.
    LET_GO = "UPDATE delivery SET due_at = $3, age_from = min($3, age_from + ($3 - max($2, age_from))),
            late = CASE WHEN uncertain = 0 AND digest IS NULL THEN 1 ELSE late END, wait = max(wait, 1)
        WHERE channel = $1 AND state = 0 AND owner IS NULL";
    TOLD = "UPDATE channel SET told_at = $2 WHERE id = $1 AND told_at IS NULL";
    UNTOLD = "UPDATE channel SET told_at = NULL WHERE id = $1";
    BLOCKED = "SELECT id, guild, blocked_reason, blocked_at FROM channel WHERE blocked_at IS NOT NULL ORDER BY id";
    /// What digests tell of, then what waits and what is due: each state has an index of its own.
    CANCEL_BUNDLED = "UPDATE delivery SET state = 3, reason = 'the channel is gone'
        WHERE state = 5 AND digest IN (
            SELECT h.id FROM delivery h WHERE h.channel = $1 AND h.state = 0 AND h.digest = h.id AND h.owner IS NULL
            UNION ALL SELECT h.id FROM delivery h WHERE h.channel = $1 AND h.state = 6 AND h.digest = h.id)";
    CANCEL_WAITING = "UPDATE delivery SET state = 3, reason = 'the channel is gone' WHERE channel = $1 AND state = 6";
    CANCEL_CHANNEL = "UPDATE delivery SET state = 3, reason = 'the channel is gone'
        WHERE channel = $1 AND state = 0 AND owner IS NULL";
    UNFOLLOW_CHANNEL = "DELETE FROM subscription WHERE channel = $1";
    FREEZE_CHANNEL = "UPDATE post SET deleted_at = $2, dirty = NULL WHERE (channel = $1 OR forum = $1) AND deleted_at IS NULL";
    DROP_CHANNEL = "DELETE FROM channel WHERE id = $1";
    DROP_ADOPTING = "DELETE FROM adopting WHERE channel = $1";
    GIVEN = "SELECT given FROM channel WHERE id = $1";
    GIVE = "INSERT INTO channel (id, guild, given, given_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET given = excluded.given, given_at = excluded.given_at";
}

/// What is kept of a server or channel when the bot comes back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was not known.
    New,
    /// It was known, with its settings.
    Known,
    /// The bot had left it; its settings are still there.
    Back,
}

/// A channel where the bot may not post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The channel.
    pub channel: ChannelId,
    /// Its server.
    pub guild: GuildId,
    /// Why, for the operator.
    pub reason: String,
    /// Since when.
    pub since: Millis,
}

type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// The bot is in a server. Whether it was known; one that comes back within 30 days has kept its settings.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn guild_seen(&self, guild: GuildId, now: Millis) -> Result<Kept, StoreError> {
        // Servers are told of at every start: a read costs less than a write.
        let known: Option<i64> = sqlx::query_scalar(KNOWN_GUILD)
            .bind(guild.to_db())
            .fetch_optional(self.read())
            .await?;
        if known.is_some() {
            return Ok(Kept::Known);
        }
        let new: bool = sqlx::query_scalar(GUILD_SEEN)
            .bind(guild.to_db())
            .bind(now)
            .fetch_one(self.write())
            .await?;
        Ok(if new { Kept::New } else { Kept::Back })
    }

    /// The bot was removed from a server: its settings are kept for a while, nothing is enqueued for it, and the feeds
    /// that it alone has are not looked at. An outage is none of this.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn guild_left(&self, guild: GuildId, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let left = sqlx::query(GUILD_LEFT).bind(guild.to_db()).bind(now);
        left.execute(&mut *tx).await?;
        server_feeds::rest_feeds_of(&mut tx, guild).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The servers that the bot is in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn guilds(&self) -> Result<Vec<GuildId>, StoreError> {
        let rows: Vec<i64> = sqlx::query_scalar(GUILDS).fetch_all(self.read()).await?;
        Ok(rows.into_iter().map(GuildId::from_db).collect())
    }

    /// Takes the one welcome of a server: true once, ever. Take it before sending.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_welcome(&self, guild: GuildId, now: Millis) -> Result<bool, StoreError> {
        let done = sqlx::query(WELCOME)
            .bind(guild.to_db())
            .bind(now)
            .execute(self.write())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The bot may post there again: what waited is due, and did not age. How many deliveries; none when the channel
    /// was not blocked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unblock_channel(&self, channel: ChannelId, now: Millis) -> Result<Option<u64>, StoreError> {
        if self.blocked_since(channel).await?.is_none() {
            return Ok(None);
        }
        let mut tx = self.begin().await?;
        let since: Option<Millis> = sqlx::query_scalar(BLOCKED_SINCE)
            .bind(channel.to_db())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(since) = since else { return Ok(None) };
        let freed = sqlx::query(LET_GO)
            .bind(channel.to_db())
            .bind(since)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query(UNBLOCK).bind(channel.to_db()).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(Some(freed.rows_affected()))
    }

    /// Takes the one word to the people of a blocked channel: true once for each time it is blocked. Take it before
    /// it is said.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_told(&self, channel: ChannelId, now: Millis) -> Result<bool, StoreError> {
        let done = sqlx::query(TOLD)
            .bind(channel.to_db())
            .bind(now)
            .execute(self.write())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The word that was taken was certainly not said.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn give_back_told(&self, channel: ChannelId) -> Result<(), StoreError> {
        sqlx::query(UNTOLD).bind(channel.to_db()).execute(self.write()).await?;
        Ok(())
    }

    /// The channels where the bot may not post.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn blocked_channels(&self) -> Result<Vec<Blocked>, StoreError> {
        let rows: Vec<(i64, i64, Option<String>, Millis)> = sqlx::query_as(BLOCKED).fetch_all(self.read()).await?;
        let row = |(id, guild, reason, since): (i64, i64, Option<String>, Millis)| Blocked {
            channel: ChannelId::from_db(id),
            guild: GuildId::from_db(guild),
            reason: reason.unwrap_or_default(),
            since,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Since when the bot may not post in a channel; none: it may, as far as it knows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn blocked_since(&self, channel: ChannelId) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(BLOCKED_SINCE)
            .bind(channel.to_db())
            .fetch_optional(self.read())
            .await?)
    }

    /// A channel is gone: it follows nothing, what waited is cancelled, the tallies of its posts are frozen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn channel_gone(&self, channel: ChannelId, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        forget_channel(&mut tx, channel, now).await?;
        Ok(tx.commit().await?)
    }

    /// The quote that was given last in a channel on request.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_given(&self, channel: ChannelId) -> Result<Option<QuoteId>, StoreError> {
        let given: Option<Option<i64>> = sqlx::query_scalar(GIVEN)
            .bind(channel.to_db())
            .fetch_optional(self.read())
            .await?;
        Ok(given.flatten().map(QuoteId))
    }

    /// Remembers which quote was given last in a channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remember_given(
        &self,
        channel: ChannelId,
        guild: Option<GuildId>,
        quote: QuoteId,
        now: Millis,
    ) -> Result<(), StoreError> {
        let guild = guild.map_or(0, GuildId::to_db);
        sqlx::query(GIVE)
            .bind(channel.to_db())
            .bind(guild)
            .bind(quote.0)
            .bind(now)
            .execute(self.write())
            .await?;
        Ok(())
    }
}

/// Blocks a channel within a transaction. True when it was not blocked before.
pub(super) async fn block(
    tx: &mut Tx,
    channel: ChannelId,
    guild: GuildId,
    reason: &str,
    now: Millis,
) -> Result<bool, StoreError> {
    keep_channel(tx, channel, guild).await?;
    let done = sqlx::query(BLOCK)
        .bind(channel.to_db())
        .bind(now)
        .bind(reason)
        .execute(&mut **tx)
        .await?;
    sqlx::query(HOLD_BACK)
        .bind(channel.to_db())
        .bind(super::NEVER)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Makes the row of a channel.
pub(super) async fn keep_channel(tx: &mut Tx, channel: ChannelId, guild: GuildId) -> Result<(), StoreError> {
    sqlx::query(KEEP_CHANNEL)
        .bind(channel.to_db())
        .bind(guild.to_db())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What a channel does with posts: as it is told, or as it was told before when nothing is known of it now.
pub(super) async fn known_venue(tx: &mut Tx, channel: ChannelId, venue: Option<Venue>) -> Result<Venue, StoreError> {
    if let Some(venue) = venue {
        return Ok(venue);
    }
    let announces: Option<bool> = sqlx::query_scalar(ANNOUNCES)
        .bind(channel.to_db())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(if announces == Some(true) {
        Venue::Announcement
    } else {
        Venue::Channel
    })
}

/// Remembers that a channel with a row is a forum, or whether it is published to its followers. A forum stays one.
pub(super) async fn keep_venue(tx: &mut Tx, channel: ChannelId, venue: Venue) -> Result<(), StoreError> {
    let sql = match venue {
        Venue::Channel => KEEP_CHANNEL_ONLY,
        Venue::Forum => KEEP_FORUM,
        Venue::Announcement => KEEP_ANNOUNCEMENT,
    };
    sqlx::query(sql).bind(channel.to_db()).execute(&mut **tx).await?;
    Ok(())
}

/// Everything that ends with a channel. What is being sent at this moment settles itself.
pub(super) async fn forget_channel(tx: &mut Tx, channel: ChannelId, now: Millis) -> Result<(), StoreError> {
    sqlx::query(FREEZE_CHANNEL)
        .bind(channel.to_db())
        .bind(now)
        .execute(&mut **tx)
        .await?;
    for sql in [
        CANCEL_BUNDLED,
        CANCEL_WAITING,
        CANCEL_CHANNEL,
        UNFOLLOW_CHANNEL,
        DROP_CHANNEL,
        DROP_ADOPTING,
    ] {
        sqlx::query(sql).bind(channel.to_db()).execute(&mut **tx).await?;
    }
    Ok(())
}
