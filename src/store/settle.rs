//! What a delivery came to, written down: the step that `outbox` decided, or the echo of the post.

use super::{Claim, Store, StoreError, json, servers};
use crate::model::{ChannelId, DeliveryId, MessageId, Millis, Step};
use sqlx::{Sqlite, Transaction};

statements! {
    /// A message is a fact, whoever reports it, whatever was decided meanwhile.
    SENT = "UPDATE delivery SET state = 1, owner = NULL, reason = NULL, message = coalesce($2, message), sent_at = $3
        WHERE id = $1 AND (state <> 1 OR message IS NULL)";
    POSTED = "INSERT INTO post (message, article, channel, guild, posted)
        SELECT $2, article, channel, guild, $3 FROM delivery WHERE id = $1
        ON CONFLICT (message) DO NOTHING";
    SEED = "INSERT INTO seed (message, position, emoji, due_at)
        SELECT $1, key, value, $3 FROM json_each($2) WHERE true ON CONFLICT (message, position) DO NOTHING";
    /// After a certain refusal nothing can have been posted by this attempt: only older doubts remain.
    RETRY = "UPDATE delivery SET owner = NULL, due_at = $3, attempt = max(0, attempt - $4),
            uncertain = max(uncertain, $5),
            first_try = CASE WHEN max(uncertain, $5) THEN first_try END, plain = max(plain, $6)
        WHERE id = $1 AND owner = $2 AND state = 0";
    END = "UPDATE delivery SET owner = NULL, state = $3, reason = $4 WHERE id = $1 AND owner = $2 AND state = 0";
    OF_CHANNEL = "SELECT 1 FROM delivery WHERE id = $1 AND channel = $2";
}

/// Whether a step took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Written down.
    Done,
    /// The delivery was settled or claimed by another meanwhile; nothing was changed.
    NotOurs,
    /// The channel is newly blocked: its people are to be told, once.
    NewlyBlocked,
}

type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// Writes down what is done after an attempt. With a message, the post is known from then on, and `seeds` are
    /// the reactions to be put on it.
    ///
    /// # Errors
    /// [`StoreError`]; then the claim runs out, and the delivery counts as uncertain.
    pub async fn settle(
        &self,
        claim: &Claim,
        step: &Step,
        seeds: &[String],
        now: Millis,
    ) -> Result<Settled, StoreError> {
        let delivery = &claim.delivery;
        let mut tx = self.begin().await?;
        let mut settled = Settled::Done;
        let ours = match step {
            Step::Sent(message) => sent(&mut tx, delivery.id, *message, seeds, now).await?,
            Step::RetryAt {
                due,
                uncertain,
                count_attempt,
            } => retry(&mut tx, claim, *due, !count_attempt, *uncertain, false).await?,
            Step::Plain { due } => retry(&mut tx, claim, *due, true, false, true).await?,
            Step::Unarchive { due } => retry(&mut tx, claim, *due, false, false, false).await?,
            Step::PauseSender { until } => retry(&mut tx, claim, *until, true, false, false).await?,
            Step::StopSender => retry(&mut tx, claim, now, true, false, false).await?,
            Step::Hold(reason) => end(&mut tx, claim, 4, reason).await?,
            Step::Dead(reason) => end(&mut tx, claim, 2, reason).await?,
            Step::PauseChannel { reason } => {
                let ours = retry(&mut tx, claim, now, true, false, false).await?;
                if servers::block(&mut tx, delivery.channel, delivery.guild, reason, now).await? {
                    settled = Settled::NewlyBlocked;
                }
                ours
            }
            Step::CancelChannel => {
                let ours = end(&mut tx, claim, 3, "the channel is gone").await?;
                servers::forget_channel(&mut tx, delivery.channel, now).await?;
                ours
            }
        };
        tx.commit().await?;
        Ok(if ours { settled } else { Settled::NotOurs })
    }

    /// The bot's own message was seen with the nonce of a delivery: it is sent, whatever the sender knows. False:
    /// that was known, or the nonce is not of that channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn echo(
        &self,
        delivery: DeliveryId,
        channel: ChannelId,
        message: MessageId,
        seeds: &[String],
        now: Millis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        // A nonce is the bot's own, but a restored store counts from an earlier number.
        let fits: Option<i64> = sqlx::query_scalar(OF_CHANNEL)
            .bind(delivery.0)
            .bind(channel.to_db())
            .fetch_optional(&mut *tx)
            .await?;
        if fits.is_none() {
            return Ok(false);
        }
        let new = sent(&mut tx, delivery, Some(message), seeds, now).await?;
        tx.commit().await?;
        Ok(new)
    }
}

async fn sent(
    tx: &mut Tx,
    delivery: DeliveryId,
    message: Option<MessageId>,
    seeds: &[String],
    now: Millis,
) -> Result<bool, StoreError> {
    let message = message.map(MessageId::to_db);
    let done = sqlx::query(SENT)
        .bind(delivery.0)
        .bind(message)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(message) = message {
        sqlx::query(POSTED)
            .bind(delivery.0)
            .bind(message)
            .bind(now)
            .execute(&mut **tx)
            .await?;
        sqlx::query(SEED)
            .bind(message)
            .bind(json(seeds)?)
            .bind(now)
            .execute(&mut **tx)
            .await?;
    }
    Ok(true)
}

async fn retry(
    tx: &mut Tx,
    claim: &Claim,
    due: Millis,
    uncounted: bool,
    uncertain: bool,
    plain: bool,
) -> Result<bool, StoreError> {
    let done = sqlx::query(RETRY)
        .bind(claim.delivery.id.0)
        .bind(claim.owner)
        .bind(due)
        .bind(i64::from(uncounted))
        .bind(i64::from(uncertain))
        .bind(i64::from(plain))
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

async fn end(tx: &mut Tx, claim: &Claim, state: i64, reason: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(END)
        .bind(claim.delivery.id.0)
        .bind(claim.owner)
        .bind(state)
        .bind(reason)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}
