//! What the readers felt, summed up beside the tallies (migration 18): the votes of a story in a server and everywhere,
//! by emoji, and those of dramas and people. So a ranking of three years reads some rows, not two million tallies.
//!
//! Whoever changes votes changes tallies alone. A tally says how much of it is counted here; [`Store::count_up`] adds
//! what has come since, many votes at once, and whoever asks `ranking` has it done first. What follows from that (a
//! story's sum, its names, a tally taken away, a story read again) is for the migration's triggers. So the sums are
//! what the tallies are after every count, whatever came in whatever order, and a crash between leaves them behind, not
//! wrong.

use super::{Store, StoreError};
use crate::model::GuildId;

/// The place that is no server: all of them.
const EVERYWHERE: i64 = -1;
/// Tallies that are counted in one transaction: each is a sum of its story, of its dramas and people, in its server and
/// everywhere, and writers wait for some ten milliseconds.
const SLICE: u32 = 500;

/// The tallies whose index is `tally_uncounted`.
macro_rules! uncounted {
    () => {
        "tally t INDEXED BY tally_uncounted"
    };
    (those) => {
        "t.rows - t.bots + t.base - t.base_bots <> t.counted"
    };
}

statements! {
    BEHIND = concat!("SELECT EXISTS (SELECT 1 FROM ", uncounted!(), " WHERE ", uncounted!(those), ")");
    /// The message up to which a slice goes; none: it takes all.
    UP_TO = concat!("SELECT t.message FROM ", uncounted!(), " WHERE ", uncounted!(those), "
        ORDER BY t.message LIMIT 1 OFFSET $1");
    COUNT = concat!("WITH fresh (article, guild, confined, emoji, votes) AS MATERIALIZED (
            SELECT p.article, p.guild, a.confined, t.emoji, sum(t.rows - t.bots + t.base - t.base_bots - t.counted)
            FROM ", uncounted!(), " CROSS JOIN post p ON p.message = t.message CROSS JOIN article a ON a.id = p.article
            WHERE ", uncounted!(those), " AND t.message <= $1
            GROUP BY 1, 2, 4)
        INSERT INTO felt_emoji (article, place, emoji, votes)
        SELECT article, place, emoji, votes FROM (
            SELECT article, guild AS place, emoji, votes FROM fresh
            UNION ALL
            SELECT article, -1, emoji, sum(votes) FROM fresh WHERE confined = 0 GROUP BY article, emoji)
        WHERE true
        ON CONFLICT (article, place, emoji) DO UPDATE SET votes = votes + excluded.votes");
    /// By the same index: by its key the table would be gone through up to the newest post, seconds after three years.
    COUNTED = "UPDATE tally INDEXED BY tally_uncounted SET counted = rows - bots + base - base_bots
        WHERE rows - bots + base - base_bots <> counted AND message <= $1";
}

/// Where votes are counted, as the rows have it; none: everywhere.
pub(super) fn place_of(guild: Option<GuildId>) -> i64 {
    guild.map_or(EVERYWHERE, GuildId::to_db)
}

impl Store {
    /// [`Store::count_up`] for whoever asks for sums. Where nothing can be written for now the answer is as of the last count.
    pub(super) async fn counted_up(&self) -> Result<(), StoreError> {
        match self.count_up().await {
            Err(error) if error.refuses_writes() => {
                tracing::debug!(%error, "sums are as they were last counted");
                Ok(())
            }
            counted => counted,
        }
    }

    /// Counts all that tallies have come to since it was last done. Nothing is written when nothing has.
    ///
    /// # Errors
    /// [`StoreError`]; what was counted before stays counted.
    pub async fn count_up(&self) -> Result<(), StoreError> {
        while self.count_some().await? {}
        Ok(())
    }

    /// Counts some of it, for who has something else to do meanwhile. False: nothing was left.
    ///
    /// # Errors
    /// [`StoreError`]; what was counted before stays counted.
    pub async fn count_some(&self) -> Result<bool, StoreError> {
        if !sqlx::query_scalar::<_, bool>(BEHIND).fetch_one(self.read()).await? {
            return Ok(false);
        }
        let mut tx = self.begin().await?;
        let last: Option<i64> = sqlx::query_scalar(UP_TO).bind(SLICE).fetch_optional(&mut *tx).await?;
        let last = last.unwrap_or(i64::MAX);
        for sql in [COUNT, COUNTED] {
            sqlx::query(sql).bind(last).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
