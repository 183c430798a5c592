//! The reactions that the bot itself puts on a post, so that readers only need to click: rows, so that a crash
//! loses none. Putting one twice does no harm.

use super::{Store, StoreError};
use crate::model::{ChannelId, MessageId, Millis};

statements! {
    /// In the order of the settings: the first of a post before its second.
    CLAIM_SEEDS = "UPDATE seed SET leased = 1, due_at = $1 + $2, attempt = attempt + 1 WHERE (message, position) IN (
            SELECT s.message, s.position FROM seed s JOIN post p ON p.message = s.message AND p.deleted_at IS NULL
            WHERE s.state = 0 AND s.due_at <= $1
                AND s.position = (SELECT min(e.position) FROM seed e WHERE e.message = s.message AND e.state = 0)
            ORDER BY s.due_at, s.message LIMIT $3)
        RETURNING message, (SELECT channel FROM post p WHERE p.message = seed.message), position, emoji, attempt";
    SEED_PUT = "DELETE FROM seed WHERE message = $1 AND position = $2 AND state = 0";
    SEED_OFF = "UPDATE seed SET leased = 0, state = 2, reason = $3 WHERE message = $1 AND position = $2 AND state = 0";
    SEED_RETRY = "UPDATE seed SET leased = 0, due_at = $3, attempt = max(0, attempt - $4)
        WHERE message = $1 AND position = $2 AND state = 0";
    SEEDS_OFF = "UPDATE seed SET leased = 0, state = 2, reason = $2 WHERE message = $1 AND state = 0";
    /// The first of each post only: the others cannot be claimed before it.
    NEXT_SEED = "SELECT min(s.due_at) FROM seed s JOIN post p ON p.message = s.message AND p.deleted_at IS NULL
        WHERE s.state = 0
            AND s.position = (SELECT min(e.position) FROM seed e WHERE e.message = s.message AND e.state = 0)";
    SEEDS_LEFT = "SELECT count(*) FROM seed s JOIN post p ON p.message = s.message AND p.deleted_at IS NULL
        WHERE s.state = 0";
}

/// A reaction to be put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// The post.
    pub message: MessageId,
    /// Its channel.
    pub channel: ChannelId,
    /// Its place among the seeds of the post.
    pub position: u32,
    /// The emoji as it is sent.
    pub emoji: String,
    /// How often it was tried, this time included.
    pub attempt: u32,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedStep {
    /// It is there.
    Put,
    /// Tried again.
    RetryAt {
        /// When.
        due: Millis,
        /// Whether the attempt counts.
        count_attempt: bool,
    },
    /// Not this one: the emoji is not known to Discord.
    GiveUp(String),
    /// None on this post: it is gone, or the bot may not react there.
    GiveUpPost(String),
}

impl Store {
    /// Takes reactions that are to be put for `lease` milliseconds: at most one of each post.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_seeds(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<Seed>, StoreError> {
        let rows: Vec<(i64, i64, u32, String, u32)> = sqlx::query_as(CLAIM_SEEDS)
            .bind(now)
            .bind(lease)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let seed = |(message, channel, position, emoji, attempt)| Seed {
            message: MessageId::from_db(message),
            channel: ChannelId::from_db(channel),
            position,
            emoji,
            attempt,
        };
        let mut seeds: Vec<Seed> = rows.into_iter().map(seed).collect();
        seeds.sort_by_key(|seed| (seed.message, seed.position));
        Ok(seeds)
    }

    /// Writes down what came of a reaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settle_seed(&self, seed: &Seed, step: &SeedStep) -> Result<(), StoreError> {
        let (message, position) = (seed.message.to_db(), seed.position);
        let query = match step {
            SeedStep::Put => sqlx::query(SEED_PUT).bind(message).bind(position),
            SeedStep::GiveUp(why) => sqlx::query(SEED_OFF).bind(message).bind(position).bind(why),
            SeedStep::GiveUpPost(why) => sqlx::query(SEEDS_OFF).bind(message).bind(why),
            SeedStep::RetryAt { due, count_attempt } => sqlx::query(SEED_RETRY)
                .bind(message)
                .bind(position)
                .bind(due)
                .bind(i64::from(!count_attempt)),
        };
        query.execute(self.write()).await?;
        Ok(())
    }

    /// When the next reaction is due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_seed_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_SEED).fetch_one(self.read()).await?)
    }

    /// How many reactions are still to be put.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn seeds_left(&self) -> Result<u64, StoreError> {
        let left: i64 = sqlx::query_scalar(SEEDS_LEFT).fetch_one(self.read()).await?;
        Ok(left.cast_unsigned())
    }
}
