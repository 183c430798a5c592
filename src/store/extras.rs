//! What is done with a post once it is there: a thread is opened on it, it is published to the channel's followers.
//! Rows, so that a crash loses none. Doing one twice does no harm: Discord says that it is done already.

use super::{Store, StoreError};
use crate::model::{ChannelId, MessageId, Millis, Venue};
use sqlx::{Sqlite, Transaction};

/// Discord publishes this many messages of a channel within [`PUBLISH_SPAN`].
const PUBLISH_MOST: u32 = 10;
/// An hour.
const PUBLISH_SPAN: Millis = 3_600_000;

statements! {
    ADD = "INSERT INTO extra (message, kind, channel, due_at, enqueued) VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (message, kind) DO NOTHING";
    /// A digest is published like a post, and is none. Of what is to be published in a channel only the oldest: that keeps the order and the count.
    CLAIM = "UPDATE extra SET leased = 1, due_at = $1 + $2, attempt = attempt + 1 WHERE (message, kind) IN (
            SELECT e.message, e.kind FROM extra e LEFT JOIN post p ON p.message = e.message
            WHERE e.state = 0 AND e.due_at <= $1 AND p.deleted_at IS NULL
                AND (e.kind <> 2 OR e.message = (SELECT min(o.message) FROM extra o
                    LEFT JOIN post q ON q.message = o.message
                    WHERE o.channel = e.channel AND o.kind = 2 AND o.state = 0 AND q.deleted_at IS NULL))
            ORDER BY e.due_at, e.message LIMIT $3)
        RETURNING message, kind, channel, enqueued, attempt,
            coalesce((SELECT article FROM post p WHERE p.message = extra.message), 0)";
    /// When the channel may publish again: an hour after the tenth last.
    FULL_UNTIL = "SELECT done_at + $3 FROM extra WHERE channel = $1 AND kind = 2 AND state = 1
        ORDER BY done_at DESC LIMIT 1 OFFSET $2";
    DONE = "UPDATE extra SET leased = 0, state = 1, done_at = $3 WHERE message = $1 AND kind = $2 AND state = 0";
    OFF = "UPDATE extra SET leased = 0, state = 2, reason = $3 WHERE message = $1 AND kind = $2 AND state = 0";
    RETRY = "UPDATE extra SET leased = 0, due_at = $3, attempt = max(0, attempt - $4)
        WHERE message = $1 AND kind = $2 AND state = 0";
    NEXT = "SELECT min(e.due_at) FROM extra e LEFT JOIN post p ON p.message = e.message
        WHERE e.state = 0 AND p.deleted_at IS NULL
            AND (e.kind <> 2 OR e.message = (SELECT min(o.message) FROM extra o
                LEFT JOIN post q ON q.message = o.message
                WHERE o.channel = e.channel AND o.kind = 2 AND o.state = 0 AND q.deleted_at IS NULL))";
}

/// What is to be done with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExtraKind {
    /// A thread is opened on it.
    Thread = 1,
    /// It is published to the channels that follow its channel.
    Publish = 2,
}

/// Something to be done with a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The post.
    pub message: MessageId,
    /// What.
    pub kind: ExtraKind,
    /// Its channel.
    pub channel: ChannelId,
    /// Its story; number 0 for a digest, which is of many.
    pub article: crate::model::ArticleId,
    /// Since when it is to be done.
    pub enqueued: Millis,
    /// How often it was tried, this time included.
    pub attempt: u32,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtraStep {
    /// It is done.
    Done,
    /// Tried again.
    RetryAt {
        /// When.
        due: Millis,
        /// Whether the attempt counts.
        count_attempt: bool,
    },
    /// Not done: kept with the reason.
    GiveUp(String),
}

type Tx = Transaction<'static, Sqlite>;

/// Keeps what is to be done with a post in a channel of that kind, where `thread` says whether one is wanted. In a
/// forum each post is a thread already.
pub(super) async fn add(
    tx: &mut Tx,
    message: MessageId,
    channel: ChannelId,
    (venue, thread): (Venue, bool),
    now: Millis,
) -> Result<(), StoreError> {
    let thread = (thread && venue != Venue::Forum).then_some(ExtraKind::Thread);
    let publish = (venue == Venue::Announcement).then_some(ExtraKind::Publish);
    for kind in thread.into_iter().chain(publish) {
        sqlx::query(ADD)
            .bind(message.to_db())
            .bind(kind as i64)
            .bind(channel.to_db())
            .bind(now)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

impl Store {
    /// Takes what is to be done with posts for `lease` milliseconds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_extras(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<Extra>, StoreError> {
        let rows: Vec<(i64, i64, i64, Millis, u32, i64)> = sqlx::query_as(CLAIM)
            .bind(now)
            .bind(lease)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let extra = |(message, kind, channel, enqueued, attempt, article)| Extra {
            message: MessageId::from_db(message),
            kind: if kind == ExtraKind::Publish as i64 {
                ExtraKind::Publish
            } else {
                ExtraKind::Thread
            },
            channel: ChannelId::from_db(channel),
            article: crate::model::ArticleId(article),
            enqueued,
            attempt,
        };
        Ok(rows.into_iter().map(extra).collect())
    }

    /// Until when nothing more may be published in a channel, as far as is known here; none: at once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn published_out(&self, channel: ChannelId, now: Millis) -> Result<Option<Millis>, StoreError> {
        let until: Option<Millis> = sqlx::query_scalar(FULL_UNTIL)
            .bind(channel.to_db())
            .bind(PUBLISH_MOST - 1)
            .bind(PUBLISH_SPAN)
            .fetch_optional(self.read())
            .await?;
        Ok(until.filter(|until| *until > now))
    }

    /// Writes down what came of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settle_extra(&self, extra: &Extra, step: &ExtraStep, now: Millis) -> Result<(), StoreError> {
        let (message, kind) = (extra.message.to_db(), extra.kind as i64);
        let query = match step {
            ExtraStep::Done => sqlx::query(DONE).bind(message).bind(kind).bind(now),
            ExtraStep::GiveUp(why) => sqlx::query(OFF).bind(message).bind(kind).bind(why),
            ExtraStep::RetryAt { due, count_attempt } => sqlx::query(RETRY)
                .bind(message)
                .bind(kind)
                .bind(due)
                .bind(i64::from(!count_attempt)),
        };
        query.execute(self.write()).await?;
        Ok(())
    }

    /// When something is next to be done with a post.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_extra_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT).fetch_one(self.read()).await?)
    }
}
