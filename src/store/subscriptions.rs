//! What channels follow.

use super::{Store, StoreError, servers};
use crate::model::{ChannelId, GuildId, Millis, Subject, Subscription, SubscriptionId, answer::Followed};

/// The most that one channel may follow.
pub const SUBSCRIPTIONS_PER_CHANNEL: u32 = 50;

statements! {
    FIND = "SELECT id FROM subscription WHERE subject = $1 AND channel = $2";
    COUNT = "SELECT count(*) FROM subscription WHERE channel = $1";
    ADD = "INSERT INTO subscription (guild, channel, subject, label, created) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    REMOVE = "DELETE FROM subscription WHERE subject = $1 AND channel = $2";
    /// What nothing else in the channel asks for is not sent; what is being sent at this moment is.
    UNWANTED = "UPDATE delivery SET state = 3, reason = 'no longer followed'
        WHERE channel = $1 AND state = 0 AND owner IS NULL AND NOT EXISTS (
            SELECT 1 FROM article_subject s JOIN subscription u ON u.subject = s.subject AND u.channel = $1
            WHERE s.article = delivery.article)";
    PAUSE = "UPDATE subscription SET paused = $2 WHERE channel = $1 AND paused <> $2";
    OF_GUILD = "SELECT s.id, s.channel, s.subject, s.label, s.paused, c.blocked_at
        FROM subscription s LEFT JOIN channel c ON c.id = s.channel
        WHERE s.guild = $1 ORDER BY s.channel, s.id";
    OF_CHANNEL = "SELECT id, guild, channel, subject, label, created, paused FROM subscription
        WHERE channel = $1 ORDER BY id";
    ALL = "SELECT id, guild, channel, subject, label, created, paused FROM subscription ORDER BY id";
    RESTORE = "INSERT INTO subscription (guild, channel, subject, label, created, paused)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (subject, channel) DO NOTHING";
    CHANNELS = "SELECT DISTINCT channel, guild FROM subscription ORDER BY channel";
}

/// What came of following.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The channel follows it now.
    Added(SubscriptionId),
    /// It did already.
    Already(SubscriptionId),
    /// It follows [`SUBSCRIPTIONS_PER_CHANNEL`] already.
    TooMany,
}

type Row = (i64, i64, i64, String, String, Millis, bool);

/// A subject that this program cannot read is left out: a newer version may have written it.
fn subscription((id, guild, channel, subject, label, created, paused): Row) -> Option<Subscription> {
    Some(Subscription {
        id: SubscriptionId(id),
        guild: GuildId::from_db(guild),
        channel: ChannelId::from_db(channel),
        subject: Subject::from_key(&subject)?,
        label,
        created,
        paused,
    })
}

impl Store {
    /// The channel is to follow the subject; `label` is shown to people.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscribe(
        &self,
        guild: GuildId,
        channel: ChannelId,
        subject: &Subject,
        label: &str,
        now: Millis,
    ) -> Result<Added, StoreError> {
        let key = subject.key();
        let mut tx = self.begin().await?;
        let found: Option<i64> = sqlx::query_scalar(FIND)
            .bind(&key)
            .bind(channel.to_db())
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(id) = found {
            return Ok(Added::Already(SubscriptionId(id)));
        }
        let count: i64 = sqlx::query_scalar(COUNT)
            .bind(channel.to_db())
            .fetch_one(&mut *tx)
            .await?;
        if count >= i64::from(SUBSCRIPTIONS_PER_CHANNEL) {
            return Ok(Added::TooMany);
        }
        servers::keep_channel(&mut tx, channel, guild).await?;
        let id = sqlx::query_scalar(ADD)
            .bind(guild.to_db())
            .bind(channel.to_db())
            .bind(&key)
            .bind(label)
            .bind(now)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Added::Added(SubscriptionId(id)))
    }

    /// The channel no longer follows the subject; what waited for it alone is cancelled. False: it did not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unsubscribe(&self, channel: ChannelId, subject: &Subject) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let done = sqlx::query(REMOVE)
            .bind(subject.key())
            .bind(channel.to_db())
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() > 0 {
            sqlx::query(UNWANTED).bind(channel.to_db()).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Pauses or resumes all that the channel follows: stories that come in meanwhile are not posted there, now or
    /// later. How many subscriptions that touched.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pause(&self, channel: ChannelId, paused: bool) -> Result<u64, StoreError> {
        let done = sqlx::query(PAUSE)
            .bind(channel.to_db())
            .bind(i64::from(paused))
            .execute(self.write())
            .await?;
        Ok(done.rows_affected())
    }

    /// What the channels of a server follow, by channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn followed(&self, guild: GuildId) -> Result<Vec<Followed>, StoreError> {
        type Row = (i64, i64, String, String, bool, Option<Millis>);
        let rows: Vec<Row> = sqlx::query_as(OF_GUILD)
            .bind(guild.to_db())
            .fetch_all(self.read())
            .await?;
        let followed = |(id, channel, subject, label, paused, blocked): Row| {
            Some(Followed {
                id: SubscriptionId(id),
                channel: ChannelId::from_db(channel),
                subject: Subject::from_key(&subject)?,
                label,
                paused,
                blocked,
            })
        };
        Ok(rows.into_iter().filter_map(followed).collect())
    }

    /// What a channel follows, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions(&self, channel: ChannelId) -> Result<Vec<Subscription>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(OF_CHANNEL)
            .bind(channel.to_db())
            .fetch_all(self.read())
            .await?;
        Ok(rows.into_iter().filter_map(subscription).collect())
    }

    /// Every subscription, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn all_subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(ALL).fetch_all(self.read()).await?;
        Ok(rows.into_iter().filter_map(subscription).collect())
    }

    /// Puts exported subscriptions back, without their ids; those that are there stay. How many were new.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn import_subscriptions(&self, list: &[Subscription]) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let mut new = 0;
        for one in list {
            servers::keep_channel(&mut tx, one.channel, one.guild).await?;
            let done = sqlx::query(RESTORE)
                .bind(one.guild.to_db())
                .bind(one.channel.to_db())
                .bind(one.subject.key())
                .bind(&one.label)
                .bind(one.created)
                .bind(one.paused)
                .execute(&mut *tx)
                .await?;
            new += done.rows_affected();
        }
        tx.commit().await?;
        Ok(new)
    }

    /// The channels that follow anything, with their servers.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn following_channels(&self) -> Result<Vec<(ChannelId, GuildId)>, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(CHANNELS).fetch_all(self.read()).await?;
        Ok(rows
            .into_iter()
            .map(|(c, g)| (ChannelId::from_db(c), GuildId::from_db(g)))
            .collect())
    }
}
