//! The outbox: which delivery is next, and how the others stand. What came of it is `settle`.

use super::{Store, StoreError};
use crate::model::{ArticleId, ChannelId, Delivery, DeliveryId, DeliveryState, GuildId, Millis};

statements! {
    /// Only the oldest waiting delivery of a channel may be claimed: that keeps the order. The scalar subquery is
    /// deliberate (STORE.md §2, “Claim statement trap”). A row that still has an owner was claimed and never
    /// settled: what it came to is not known.
    CLAIM = "UPDATE delivery SET due_at = $1 + $2, owner = $3, attempt = attempt + 1,
            first_try = coalesce(first_try, $1), uncertain = max(uncertain, owner IS NOT NULL)
        WHERE id IN (SELECT d.id FROM delivery d WHERE d.state = 0 AND d.due_at <= $1 AND d.late = 0
                AND d.id = (SELECT min(e.id) FROM delivery e WHERE e.channel = d.channel AND e.state = 0)
                AND NOT EXISTS (SELECT 1 FROM adopting a WHERE a.channel = d.channel)
            ORDER BY d.due_at, d.id LIMIT $4)
        RETURNING id, channel, guild, article, attempt, age_from, first_try, uncertain, plain,
            coalesce((SELECT forum FROM channel c WHERE c.id = delivery.channel), 0)";
    /// Heads only: the others of their channels cannot be claimed before them.
    NEXT = "SELECT min(d.due_at) FROM delivery d WHERE d.state = 0 AND d.due_at < $1 AND d.late = 0
        AND d.id = (SELECT min(e.id) FROM delivery e WHERE e.channel = d.channel AND e.state = 0)
        AND NOT EXISTS (SELECT 1 FROM adopting a WHERE a.channel = d.channel)";
    /// One state at a time: each has an index of its own, and a channel or all are a range of it.
    BACKLOG = "SELECT (SELECT count(*) FROM delivery WHERE state = 0 AND channel BETWEEN $1 AND $2),
        (SELECT count(*) FROM delivery WHERE state IN (2, 4) AND state = 4 AND channel BETWEEN $1 AND $2),
        (SELECT count(*) FROM delivery WHERE state IN (2, 4) AND state = 2 AND channel BETWEEN $1 AND $2),
        (SELECT count(*) FROM delivery WHERE state = 6 AND channel BETWEEN $1 AND $2)";
    STUCK = "SELECT id, article, channel, state, reason FROM delivery
        WHERE state IN (2, 4) AND channel BETWEEN $1 AND $2 ORDER BY id DESC LIMIT $3";
    /// What a digest tells of is stuck when that is.
    IS_STUCK = "SELECT 1 FROM delivery d LEFT JOIN delivery h ON h.id = d.digest AND d.state = 5
        WHERE d.article = $1 AND d.channel = $2 AND coalesce(h.state, d.state) IN (2, 4)";
    /// A message that is a post, and one whose fate is not known, took as many requests as there were attempts.
    SENT_SINCE = "SELECT channel, sum(attempt), max(at) FROM (
            SELECT d.channel, max(1, d.attempt) AS attempt, p.posted AS at
            FROM post p JOIN delivery d ON d.article = p.article AND d.channel = p.channel WHERE p.posted >= $1
            UNION ALL SELECT channel, attempt, first_try FROM delivery
            WHERE state = 0 AND uncertain = 1 AND due_at < $2 AND first_try >= $1)
        GROUP BY channel";
    /// Of a server, with one reason: what a change of its permissions may decide.
    HELD_OF = "SELECT id, channel FROM delivery
        WHERE state IN (2, 4) AND channel >= $4 AND state = 4 AND guild = $1 AND reason = $2 ORDER BY +id LIMIT $3";
    REVIVE_ALL = "UPDATE delivery SET state = 0, due_at = $3, owner = NULL, attempt = 0, uncertain = 1,
            first_try = coalesce(first_try, enqueued), age_from = $3, reason = NULL
        WHERE state IN (2, 4) AND channel BETWEEN $1 AND $2";
    /// By hand: in doubt, so that it is looked for in the channel first, from its first try on.
    REVIVE = "UPDATE delivery SET state = 0, due_at = $2, owner = NULL, attempt = 0, uncertain = 1,
            first_try = coalesce(first_try, enqueued), age_from = $2, reason = NULL
        WHERE id = $1 AND state IN (2, 4)";
}

/// A delivery that is the sender's until its lease ends; a second sender would use the same nonce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What.
    pub delivery: Delivery,
    pub(super) owner: i64,
}

/// What was sent to a channel since a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentLately {
    /// The channel.
    pub channel: ChannelId,
    /// How many requests that took at most.
    pub attempts: u64,
    /// When the last of them was.
    pub last: Millis,
}

/// How many deliveries are not done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// To be sent.
    pub waiting: u64,
    /// Held: not known whether they were posted.
    pub held: u64,
    /// Given up.
    pub dead: u64,
    /// For a digest, or the end of quiet hours.
    pub scheduled: u64,
}

/// A delivery that is held or was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Its row.
    pub delivery: DeliveryId,
    /// What.
    pub article: ArticleId,
    /// Where to.
    pub channel: ChannelId,
    /// [`DeliveryState::Held`] or [`DeliveryState::Dead`].
    pub state: DeliveryState,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Takes deliveries that are due for `lease` milliseconds: at most one of each channel, its oldest. Take no more
    /// than can be sent in half the lease.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<Claim>, StoreError> {
        type Row = (i64, i64, i64, i64, u32, Millis, Millis, bool, bool, bool);
        let owner = self.next_claim();
        let rows: Vec<Row> = sqlx::query_as(CLAIM)
            .bind(now)
            .bind(lease)
            .bind(owner)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let claim = |(id, channel, guild, article, attempt, enqueued, first_try, uncertain, plain, forum): Row| Claim {
            delivery: Delivery {
                id: DeliveryId(id),
                channel: ChannelId::from_db(channel),
                guild: GuildId::from_db(guild),
                article: ArticleId(article),
                attempt,
                enqueued,
                first_try,
                uncertain,
                plain,
                forum,
            },
            owner,
        };
        let mut claims: Vec<Claim> = rows.into_iter().map(claim).collect();
        // RETURNING promises no order.
        claims.sort_by_key(|claim| claim.delivery.id);
        Ok(claims)
    }

    /// When the next delivery can be claimed; none: nothing waits but what a blocked channel holds back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_delivery_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT)
            .bind(super::NEVER)
            .fetch_one(self.read())
            .await?)
    }

    /// What was sent since a time, or may have been, by channel. For the start: to be asked when nothing is on its way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sent_since(&self, since: Millis) -> Result<Vec<SentLately>, StoreError> {
        let rows: Vec<(i64, i64, Millis)> = sqlx::query_as(SENT_SINCE)
            .bind(since)
            .bind(super::NEVER)
            .fetch_all(self.read())
            .await?;
        let sent = |(channel, attempts, last): (i64, i64, Millis)| SentLately {
            channel: ChannelId::from_db(channel),
            attempts: attempts.max(0).unsigned_abs(),
            last,
        };
        Ok(rows.into_iter().map(sent).collect())
    }

    /// What is not done, in a channel or everywhere.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn backlog(&self, channel: Option<ChannelId>) -> Result<Backlog, StoreError> {
        let (first, last) = channels(channel);
        let (waiting, held, dead, scheduled): (i64, i64, i64, i64) = sqlx::query_as(BACKLOG)
            .bind(first)
            .bind(last)
            .fetch_one(self.read())
            .await?;
        Ok(Backlog {
            waiting: waiting.cast_unsigned(),
            held: held.cast_unsigned(),
            dead: dead.cast_unsigned(),
            scheduled: scheduled.cast_unsigned(),
        })
    }

    /// What is held or was given up, newest first, in a channel or everywhere.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stuck(&self, channel: Option<ChannelId>, limit: u32) -> Result<Vec<Stuck>, StoreError> {
        let (first, last) = channels(channel);
        let rows: Vec<(i64, i64, i64, i64, Option<String>)> = sqlx::query_as(STUCK)
            .bind(first)
            .bind(last)
            .bind(limit)
            .fetch_all(self.read())
            .await?;
        let stuck = |(id, article, channel, state, reason): (i64, i64, i64, i64, Option<String>)| Stuck {
            delivery: DeliveryId(id),
            article: ArticleId(article),
            channel: ChannelId::from_db(channel),
            state: if state == DeliveryState::Held as i64 {
                DeliveryState::Held
            } else {
                DeliveryState::Dead
            },
            reason: reason.unwrap_or_default(),
        };
        Ok(rows.into_iter().map(stuck).collect())
    }

    /// Whether a story is held or was given up in a channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_stuck(&self, article: ArticleId, channel: ChannelId) -> Result<bool, StoreError> {
        let row: Option<i64> = sqlx::query_scalar(IS_STUCK)
            .bind(article.0)
            .bind(channel.to_db())
            .fetch_optional(self.read())
            .await?;
        Ok(row.is_some())
    }

    /// What is held in a server for this reason, oldest first: at most `limit`, with their channels.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn held_in(
        &self,
        guild: GuildId,
        reason: &str,
        limit: u32,
    ) -> Result<Vec<(DeliveryId, ChannelId)>, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(HELD_OF)
            .bind(guild.to_db())
            .bind(reason)
            .bind(limit)
            .bind(channels(None).0)
            .fetch_all(self.read())
            .await?;
        Ok(rows
            .into_iter()
            .map(|(id, channel)| (DeliveryId(id), ChannelId::from_db(channel)))
            .collect())
    }

    /// Sends everything again that is held or was given up, in a channel or everywhere, each after a look at its
    /// channel. How many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revive_all(&self, channel: Option<ChannelId>, now: Millis) -> Result<u64, StoreError> {
        let (first, last) = channels(channel);
        let done = sqlx::query(REVIVE_ALL)
            .bind(first)
            .bind(last)
            .bind(now)
            .execute(self.write())
            .await?;
        Ok(done.rows_affected())
    }

    /// Sends a held or given-up delivery again, after a look at the channel. False: it is neither.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revive(&self, delivery: DeliveryId, now: Millis) -> Result<bool, StoreError> {
        let done = sqlx::query(REVIVE)
            .bind(delivery.0)
            .bind(now)
            .execute(self.write())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

/// One channel, or all, as a range of an index.
fn channels(channel: Option<ChannelId>) -> (i64, i64) {
    channel.map_or((i64::MIN, i64::MAX), |channel| (channel.to_db(), channel.to_db()))
}
