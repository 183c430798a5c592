//! Several stories in one message: what a channel missed while the bot was away or its hours were quiet, of which it
//! gets a few one by one; and what it wants in digests, which has waited for its time (`hours`). In their order. A
//! digest is the delivery of its first story, which carries the others: it is claimed, sent with its nonce, looked for
//! and recorded like every delivery.

use super::{Store, StoreError, json};
use crate::model::{ArticleId, DeliveryId, Millis, Wait};
use sqlx::{Sqlite, Transaction};

/// A feed that was not read for so long had an outage, and so had a delivery that was not sent for so long.
pub const OUTAGE: Millis = 3_600_000;

statements! {
    /// What came with them is still being read: entries that were not tried yet. One whose page fails is not waited for.
    UNREAD = "SELECT 1 FROM entry WHERE late = 1 AND state = 0 AND attempts = 0 LIMIT 1";
    /// What a blocked channel holds back waits until it may be posted.
    LATE_CHANNELS = "SELECT DISTINCT channel FROM delivery WHERE state = 0 AND late = 1 AND due_at < $1";
    MARK_LATE = "UPDATE delivery SET late = 1, wait = max(wait, 1)
        WHERE state = 0 AND late = 0 AND digest IS NULL AND owner IS NULL AND uncertain = 0
            AND due_at < $3 AND enqueued < $1
            AND channel IN (SELECT e.channel FROM delivery e
                WHERE e.state = 0 AND e.late = 0 AND e.digest IS NULL AND e.owner IS NULL AND e.uncertain = 0
                    AND e.due_at < $3 AND e.enqueued < $1
                GROUP BY e.channel HAVING count(*) > $2)";
    LATE_OF = "SELECT id, wait FROM delivery WHERE channel = $1 AND state = 0 AND late = 1 ORDER BY id";
    LET_GO_LATE = "UPDATE delivery SET late = 0 WHERE channel = $1 AND state = 0 AND late = 1";
    CARRY = "UPDATE delivery SET digest = id WHERE id = $1";
    BUNDLE = "UPDATE delivery SET state = 5, late = 0, digest = $1
        WHERE id IN (SELECT value FROM json_each($2)) AND state = 0";
    BUNDLED = "SELECT article, wait FROM delivery WHERE digest = $1 AND (state = 5 OR id = $1) ORDER BY id";
    IS_DIGEST = "SELECT 1 FROM delivery WHERE id = $1 AND digest = $1";
    CANCELLED_WITH = "UPDATE delivery SET state = 3, reason = $2 WHERE digest = $1 AND state = 5";
    TOLD_OF = "UPDATE delivery SET state = 1, reason = NULL, message = $2, sent_at = $3 WHERE digest = $1 AND state = 5";
}

type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// Deliveries that were not sent within an outage, in channels that have more than `most` of them, are to be
    /// gathered. How many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mark_late(&self, most: usize, now: Millis) -> Result<u64, StoreError> {
        let done = sqlx::query(MARK_LATE)
            .bind(now - OUTAGE)
            .bind(i64::try_from(most).unwrap_or(i64::MAX))
            .bind(super::NEVER)
            .execute(self.write())
            .await?;
        Ok(done.rows_affected())
    }

    /// Once all entries of an outage are read: of what each channel missed the newest `most` go one by one, what came
    /// before them and what it wants in digests in digests of at most `full` stories.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn gather(&self, most: usize, full: usize) -> Result<(), StoreError> {
        let channels: Vec<i64> = sqlx::query_scalar(LATE_CHANNELS)
            .bind(super::NEVER)
            .fetch_all(self.read())
            .await?;
        let unread: Option<i64> = sqlx::query_scalar(UNREAD).fetch_optional(self.read()).await?;
        if unread.is_some() {
            return Ok(());
        }
        for channel in channels {
            let mut tx = self.begin().await?;
            gather_in(&mut tx, channel, most, full).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// The stories of a digest, its own first; none: the delivery is of one story.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn bundled(&self, delivery: DeliveryId) -> Result<Vec<(ArticleId, Wait)>, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(BUNDLED).bind(delivery.0).fetch_all(self.read()).await?;
        let of = |(article, wait)| (ArticleId(article), Wait::from_db(wait));
        Ok(rows.into_iter().map(of).collect())
    }
}

async fn gather_in(tx: &mut Tx, channel: i64, most: usize, full: usize) -> Result<(), StoreError> {
    let late: Vec<(i64, i64)> = sqlx::query_as(LATE_OF).bind(channel).fetch_all(&mut **tx).await?;
    let wanted_so = |wait: i64| Wait::from_db(wait) >= Wait::Hourly;
    let mut singly = most;
    let mut together: Vec<i64> = Vec::with_capacity(late.len());
    for (id, wait) in late.into_iter().rev() {
        if wanted_so(wait) || singly == 0 {
            together.push(id);
        } else {
            singly -= 1;
        }
    }
    together.reverse();
    for bundle in together.chunks(full.max(2)) {
        let [first, others @ ..] = bundle else { continue };
        // A digest of one would say less than its post.
        if others.is_empty() {
            continue;
        }
        sqlx::query(CARRY).bind(first).execute(&mut **tx).await?;
        sqlx::query(BUNDLE)
            .bind(first)
            .bind(json(others)?)
            .execute(&mut **tx)
            .await?;
    }
    sqlx::query(LET_GO_LATE).bind(channel).execute(&mut **tx).await?;
    Ok(())
}

/// A delivery is not wanted any more; nor is what it tells of, if it is a digest.
pub(super) async fn cancelled(tx: &mut Tx, delivery: DeliveryId, reason: &str) -> Result<(), StoreError> {
    sqlx::query(CANCELLED_WITH)
        .bind(delivery.0)
        .bind(reason)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A digest was sent: so was all that it tells of. False: the delivery is of one story.
pub(super) async fn sent(
    tx: &mut Tx,
    delivery: DeliveryId,
    message: Option<i64>,
    now: Millis,
) -> Result<bool, StoreError> {
    let digest: Option<i64> = sqlx::query_scalar(IS_DIGEST)
        .bind(delivery.0)
        .fetch_optional(&mut **tx)
        .await?;
    if digest.is_none() {
        return Ok(false);
    }
    sqlx::query(TOLD_OF)
        .bind(delivery.0)
        .bind(message)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(true)
}
