//! What a delivery came to, written down: the step that `outbox` decided, or the echo of the post.

use super::{
    Claim, Store, StoreError, digests, extras, json, servers,
    subscriptions::{kind_fits, outlet_fits},
};
use crate::model::{ChannelId, DeliveryId, MessageId, Millis, Step, Venue, Votes, answer::Cause};
use sqlx::{Sqlite, Transaction};

statements! {
    /// A message is a fact, whoever reports it, whatever was decided meanwhile.
    SENT = "UPDATE delivery SET state = 1, owner = NULL, reason = NULL, message = coalesce($2, message), sent_at = $3
        WHERE id = $1 AND (state <> 1 OR message IS NULL)";
    /// A post in a forum is a thread of its own, which has the id of its first message.
    /// A story that changed while it was on its way may show what it was. And votes that were told before the post was
    /// known are nobody's: one that they are known of ($7), whose answer was lost, or whose channel was not heard of
    /// meanwhile, is compared.
    POSTED = "INSERT INTO post (message, article, channel, guild, posted, forum, edit_due, dirty, votes)
        SELECT $2, d.article, iif($4, $2, d.channel), d.guild, $3, iif($4, d.channel, NULL),
            CASE WHEN a.edited_at >= d.first_try THEN $3 END,
            CASE WHEN $7 OR ($5 AND (d.uncertain = 1 OR d.attempt > 1 OR d.first_try < (
                SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'gap'))) THEN $3 END, $6
        FROM delivery d JOIN article a ON a.id = d.article WHERE d.id = $1
        ON CONFLICT (message) DO NOTHING RETURNING dirty IS NOT NULL";
    /// How the channel wants the story, as its subscriptions are now: readers vote unless all that bring it say no.
    WANTED = concat!("SELECT coalesce(max(u.votes), 1), coalesce(max(u.thread), 0)
        FROM delivery d JOIN article a ON a.id = d.article JOIN article_subject s ON s.article = a.id
            JOIN subscription u ON u.subject = s.subject AND u.channel = d.channel
        WHERE d.id = $1 AND ", kind_fits!(), " AND ", outlet_fits!());
    SEED = "INSERT INTO seed (message, position, emoji, due_at)
        SELECT $1, key, value, $3 FROM json_each($2) WHERE true ON CONFLICT (message, position) DO NOTHING";
    /// After a certain refusal nothing can have been posted by this attempt: only older doubts remain.
    RETRY = "UPDATE delivery SET owner = NULL, due_at = $3, attempt = max(0, attempt - $4),
            uncertain = max(uncertain, $5),
            first_try = CASE WHEN max(uncertain, $5) THEN first_try END, plain = max(plain, $6)
        WHERE id = $1 AND owner = $2 AND state = 0";
    /// Its attempt was none. A doubt stays, and what it was gathered into.
    WAIT = "UPDATE delivery SET owner = NULL, state = 6, due_at = 0, attempt = max(0, attempt - 1),
            first_try = CASE WHEN uncertain THEN first_try END, wait = max(wait, 2),
            late = uncertain = 0 AND digest IS NULL
        WHERE id = $1 AND owner = $2 AND state = 0";
    END = "UPDATE delivery SET owner = NULL, state = $3, reason = $4 WHERE id = $1 AND owner = $2 AND state = 0";
    OF_CHANNEL = "SELECT 1 FROM delivery WHERE id = $1 AND channel = $2";
}

/// What a post is followed by: kept in the transaction that knows of the post, so that a crash loses none of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct After<'a> {
    /// The reactions to be put on it, if its readers can vote.
    pub seeds: &'a [String],
    /// What its channel does with posts; none: nothing is known of it now, since its server has not been shown (yet).
    pub venue: Option<Venue>,
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
    /// Written down; votes that were given before that may be missing, and are to be compared.
    Doubted,
}

type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// Writes down what is done after an attempt. With a message, the post is known from then on, and `after`
    /// says what follows.
    ///
    /// # Errors
    /// [`StoreError`]; then the claim runs out, and the delivery counts as uncertain.
    pub async fn settle(
        &self,
        claim: &Claim,
        step: &Step,
        after: After<'_>,
        now: Millis,
    ) -> Result<Settled, StoreError> {
        let delivery = &claim.delivery;
        let mut tx = self.begin().await?;
        let mut settled = Settled::Done;
        let ours = match step {
            Step::Sent(message) => {
                let place = (delivery.id, delivery.channel);
                settled = self.sent(&mut tx, place, *message, after, (now, true)).await?;
                settled != Settled::NotOurs
            }
            Step::RetryAt {
                due,
                uncertain,
                count_attempt,
            } => retry(&mut tx, claim, *due, !count_attempt, *uncertain, false).await?,
            Step::Plain { due } => retry(&mut tx, claim, *due, true, false, true).await?,
            Step::Unarchive { due } => retry(&mut tx, claim, *due, false, false, false).await?,
            Step::StopSender => retry(&mut tx, claim, now, true, false, false).await?,
            Step::Wait => wait(&mut tx, claim).await?,
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
                let gone = Cause::CHANNEL_GONE;
                let ours = end(&mut tx, claim, 3, gone).await?;
                digests::cancelled(&mut tx, delivery.id, gone).await?;
                servers::forget_channel(&mut tx, delivery.channel, now).await?;
                ours
            }
        };
        tx.commit().await?;
        Ok(if ours { settled } else { Settled::NotOurs })
    }

    /// The bot's own message was seen with the nonce of a delivery: it is sent, whatever the sender knows. `NotOurs`:
    /// that was known, or the nonce is not of that channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn echo(
        &self,
        delivery: DeliveryId,
        channel: ChannelId,
        message: MessageId,
        after: After<'_>,
        now: Millis,
    ) -> Result<Settled, StoreError> {
        let mut tx = self.begin().await?;
        // A nonce is the bot's own, but a restored store counts from an earlier number.
        let fits: Option<i64> = sqlx::query_scalar(OF_CHANNEL)
            .bind(delivery.0)
            .bind(channel.to_db())
            .fetch_optional(&mut *tx)
            .await?;
        if fits.is_none() {
            return Ok(Settled::NotOurs);
        }
        // Mostly, whatever is told of the post comes after this.
        let place = (delivery, channel);
        let settled = self.sent(&mut tx, place, Some(message), after, (now, false)).await?;
        tx.commit().await?;
        Ok(settled)
    }

    async fn sent(
        &self,
        tx: &mut Tx,
        (delivery, channel): (DeliveryId, ChannelId),
        message: Option<MessageId>,
        After { seeds, venue }: After<'_>,
        (now, may_be_late): (Millis, bool),
    ) -> Result<Settled, StoreError> {
        let id = message.map(MessageId::to_db);
        let done = sqlx::query(SENT)
            .bind(delivery.0)
            .bind(id)
            .bind(now)
            .execute(&mut **tx)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(Settled::NotOurs);
        }
        let digest = digests::sent(tx, delivery, id, now).await?;
        let Some(message) = message else {
            return Ok(Settled::Done);
        };
        let venue = servers::known_venue(tx, channel, venue).await?;
        if digest {
            // A digest is nobody's post: it has neither votes nor a thread of its own.
            extras::add(tx, message, channel, (venue, false), now).await?;
            return Ok(Settled::Done);
        }
        let (votes, thread): (i64, bool) = sqlx::query_as(WANTED).bind(delivery.0).fetch_one(&mut **tx).await?;
        let votes = Votes::from_db(votes);
        let voted = self.strangers().knows(message.to_db());
        let doubted: Option<bool> = sqlx::query_scalar(POSTED)
            .bind(delivery.0)
            .bind(id)
            .bind(now)
            .bind(venue == Venue::Forum)
            .bind(may_be_late)
            .bind(votes as i64)
            .bind(voted)
            .fetch_optional(&mut **tx)
            .await?;
        servers::keep_venue(tx, channel, venue).await?;
        if votes == Votes::Reactions {
            sqlx::query(SEED)
                .bind(id)
                .bind(json(seeds)?)
                .bind(now)
                .execute(&mut **tx)
                .await?;
        }
        extras::add(tx, message, channel, (venue, thread), now).await?;
        Ok(if doubted == Some(true) {
            Settled::Doubted
        } else {
            Settled::Done
        })
    }
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

async fn wait(tx: &mut Tx, claim: &Claim) -> Result<bool, StoreError> {
    let done = sqlx::query(WAIT)
        .bind(claim.delivery.id.0)
        .bind(claim.owner)
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
