//! What channels follow.

use super::{Store, StoreError, json, servers};
use crate::model::{
    ArticleId, ArticleKind, ChannelId, GuildId, Manner, Match, Millis, Rhythm, RoleId, Subject, Subscription,
    SubscriptionId, Terms, Venue, Votes, answer::Followed,
};
use sqlx::{
    FromRow, Row as _, Sqlite, Transaction,
    query::QueryScalar,
    sqlite::{SqliteArguments, SqliteRow},
};
use std::collections::BTreeSet;

/// The most that one channel may follow.
pub const SUBSCRIPTIONS_PER_CHANNEL: u32 = 50;

/// Whether the terms of a subscription `u` let a story `a` through by its kind …
macro_rules! kind_fits {
    () => {
        kind_fits!("u.kinds")
    };
    ($kinds:literal) => {
        concat!(
            "(",
            $kinds,
            " IS NULL OR EXISTS (SELECT 1 FROM json_each(",
            $kinds,
            ") WHERE value = a.kind))"
        )
    };
}
/// … and by its outlet.
macro_rules! outlet_fits {
    () => {
        outlet_fits!("u.outlets")
    };
    ($outlets:literal) => {
        concat!(
            "(",
            $outlets,
            " IS NULL OR EXISTS (SELECT 1 FROM json_each(",
            $outlets,
            ") WHERE value = a.source))"
        )
    };
}
pub(super) use {kind_fits, outlet_fits};

/// The columns of [`Row`].
macro_rules! columns {
    () => {
        "u.id, u.guild, u.channel, u.subject, u.label, u.created, u.paused,
            u.kinds, u.outlets, u.spoiler, u.role, u.thread, u.votes, u.rhythm"
    };
}

/// What a channel wants no longer, in one state: each has an index of its own.
macro_rules! unwanted {
    ($state:literal) => {
        concat!(
            "UPDATE delivery SET state = 3, reason = 'no longer followed'
        WHERE channel = $1 AND state = ",
            $state,
            " AND owner IS NULL AND digest IS NULL AND NOT EXISTS (
            SELECT 1 FROM article_subject s JOIN article a ON a.id = s.article
                JOIN subscription u ON u.subject = s.subject AND u.channel = $1
            WHERE s.article = delivery.article AND ",
            kind_fits!(),
            " AND ",
            outlet_fits!(),
            ")"
        )
    };
}

statements! {
    FIND = "SELECT id FROM subscription WHERE subject = $1 AND channel = $2";
    COUNT = "SELECT count(*) FROM subscription WHERE channel = $1";
    ADD = "INSERT INTO subscription
            (guild, channel, subject, label, created, kinds, outlets, spoiler, role, thread, votes, rhythm)
        VALUES ($8, $9, $10, $11, $12, $1, $2, $3, $4, $5, $6, $7) RETURNING id";
    SET_TERMS = "UPDATE subscription SET kinds = $1, outlets = $2, spoiler = $3, role = $4, thread = $5, votes = $6,
            rhythm = $7
        WHERE id = $8 RETURNING channel";
    REMOVE = "DELETE FROM subscription WHERE id = $1 RETURNING channel";
    /// A digest that nobody has tried to send is taken apart, and gathered anew from what is wanted then.
    TAKE_APART = "UPDATE delivery SET state = 0, digest = NULL, late = 1, reason = NULL
        WHERE state IN (0, 5, 6) AND digest IN (
            SELECT h.id FROM delivery h
                WHERE h.channel = $1 AND h.state = 0 AND h.digest = h.id AND h.owner IS NULL AND h.first_try IS NULL
            UNION ALL SELECT h.id FROM delivery h
                WHERE h.channel = $1 AND h.state = 6 AND h.digest = h.id AND h.first_try IS NULL)";
    /// What nothing in the channel asks for any more is not sent; what is being sent at this moment is.
    UNWANTED = unwanted!(0);
    UNWANTED_LATER = unwanted!(6);
    /// What waits for a digest waits for the earliest that brings it now (model::Rhythm, model::Wait); what is wanted
    /// at once is as after quiet hours.
    WAIT_ANEW = concat!("UPDATE delivery SET due_at = 0, age_from = $2, wait = CASE WHEN wait < 3 THEN wait ELSE 2 + coalesce((
            SELECT min(u.rhythm) FROM article_subject s JOIN article a ON a.id = s.article
                JOIN subscription u ON u.subject = s.subject AND u.channel = $1
            WHERE s.article = delivery.article AND ", kind_fits!(), " AND ", outlet_fits!(), "), wait - 2) END
        WHERE channel = $1 AND state = 6 AND digest IS NULL");
    PAUSE = "UPDATE subscription SET paused = $2 WHERE paused <> $2 AND id IN (SELECT value FROM json_each($1))
        RETURNING channel";
    OF_GUILD = concat!("SELECT ", columns!(), ", c.blocked_at
        FROM subscription u LEFT JOIN channel c ON c.id = u.channel
        WHERE u.guild = $1 ORDER BY u.channel, u.id");
    OF_CHANNEL = concat!("SELECT ", columns!(), " FROM subscription u WHERE u.channel = $1 ORDER BY u.id");
    ONE = concat!("SELECT ", columns!(), " FROM subscription u WHERE u.id = $1");
    ALL = concat!("SELECT ", columns!(), " FROM subscription u ORDER BY u.id");
    MATCHES = concat!("SELECT ", columns!(), ", ", kind_fits!(), " AS kind_fits, ", outlet_fits!(), " AS outlet_fits
        FROM article_subject s JOIN article a ON a.id = s.article
            JOIN subscription u ON u.subject = s.subject AND u.channel = $2
        WHERE s.article = $1 ORDER BY u.id");
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

struct Row {
    id: i64,
    guild: i64,
    channel: i64,
    subject: String,
    label: String,
    created: Millis,
    paused: bool,
    kinds: Option<String>,
    outlets: Option<String>,
    spoiler: bool,
    role: Option<i64>,
    thread: bool,
    votes: i64,
    rhythm: i64,
}

impl FromRow<'_, SqliteRow> for Row {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            guild: row.try_get("guild")?,
            channel: row.try_get("channel")?,
            subject: row.try_get("subject")?,
            label: row.try_get("label")?,
            created: row.try_get("created")?,
            paused: row.try_get("paused")?,
            kinds: row.try_get("kinds")?,
            outlets: row.try_get("outlets")?,
            spoiler: row.try_get("spoiler")?,
            role: row.try_get("role")?,
            thread: row.try_get("thread")?,
            votes: row.try_get("votes")?,
            rhythm: row.try_get("rhythm")?,
        })
    }
}

/// A subscription with columns beside it.
struct With<T>(Row, T);

impl<'r, T: FromRow<'r, SqliteRow>> FromRow<'r, SqliteRow> for With<T> {
    fn from_row(row: &'r SqliteRow) -> sqlx::Result<Self> {
        Ok(Self(Row::from_row(row)?, T::from_row(row)?))
    }
}

struct Blocked(Option<Millis>);

impl FromRow<'_, SqliteRow> for Blocked {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        row.try_get("blocked_at").map(Self)
    }
}

struct Fits {
    kind: bool,
    outlet: bool,
}

impl FromRow<'_, SqliteRow> for Fits {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            kind: row.try_get("kind_fits")?,
            outlet: row.try_get("outlet_fits")?,
        })
    }
}

impl Row {
    /// A subject that this program cannot read is left out: a newer version may have written it. So are kinds of
    /// article that it does not know.
    fn subscription(self) -> Option<Subscription> {
        let list = |text: Option<String>| -> Vec<String> {
            text.and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or_default()
        };
        let kinds = list(self.kinds);
        Some(Subscription {
            id: SubscriptionId(self.id),
            guild: GuildId::from_db(self.guild),
            channel: ChannelId::from_db(self.channel),
            subject: Subject::from_key(&self.subject)?,
            label: self.label,
            created: self.created,
            paused: self.paused,
            terms: Terms {
                kinds: kinds.iter().filter_map(|kind| ArticleKind::from_name(kind)).collect(),
                outlets: list(self.outlets),
                rhythm: Rhythm::from_db(self.rhythm),
                manner: Manner {
                    spoiler: self.spoiler,
                    roles: self.role.map(RoleId::from_db).into_iter().collect(),
                    thread: self.thread,
                    votes: Votes::from_db(self.votes),
                },
            },
        })
    }
}

/// A list as it is kept: none when it is empty, which means all.
pub(super) fn kept(list: &[impl serde::Serialize]) -> Result<Option<String>, StoreError> {
    if list.is_empty() {
        Ok(None)
    } else {
        json(list).map(Some)
    }
}

type Tx = Transaction<'static, Sqlite>;

/// A statement that gives a number, with a subscription's terms as its first parameters.
fn with_terms<'q>(
    sql: &'static str,
    terms: &Terms,
) -> Result<QueryScalar<'q, Sqlite, i64, SqliteArguments>, StoreError> {
    let Terms {
        kinds,
        outlets,
        rhythm,
        manner,
    } = terms;
    Ok(sqlx::query_scalar(sql)
        .bind(kept(kinds)?)
        .bind(kept(outlets)?)
        .bind(manner.spoiler)
        .bind(manner.roles.first().map(|role| role.to_db()))
        .bind(manner.thread)
        .bind(manner.votes as i64)
        .bind(*rhythm as i64))
}

/// A channel follows something no longer, or in another way: what waits for it is what it wants now.
async fn want_anew(tx: &mut Tx, channel: i64, now: Millis) -> Result<(), StoreError> {
    for sql in [TAKE_APART, UNWANTED, UNWANTED_LATER] {
        sqlx::query(sql).bind(channel).execute(&mut **tx).await?;
    }
    sqlx::query(WAIT_ANEW)
        .bind(channel)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

impl Store {
    /// The channel (and what it is) is to follow the subject; `label` is shown to people.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscribe(
        &self,
        (guild, channel, venue): (GuildId, ChannelId, Venue),
        subject: &Subject,
        label: &str,
        terms: &Terms,
        now: Millis,
    ) -> Result<Added, StoreError> {
        let mut tx = self.begin().await?;
        let found: Option<i64> = sqlx::query_scalar(FIND)
            .bind(subject.key())
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
        servers::keep_venue(&mut tx, channel, venue).await?;
        let id: i64 = with_terms(ADD, terms)?
            .bind(guild.to_db())
            .bind(channel.to_db())
            .bind(subject.key())
            .bind(label)
            .bind(now)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Added::Added(SubscriptionId(id)))
    }

    /// Gives a subscription other terms; what waited only because of the earlier ones is cancelled, and what waits for
    /// a digest waits for the one that it is in now. False: there is no such subscription any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_terms(&self, id: SubscriptionId, terms: &Terms, now: Millis) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let channel: Option<i64> = with_terms(SET_TERMS, terms)?
            .bind(id.0)
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(channel) = channel {
            want_anew(&mut tx, channel, now).await?;
        }
        tx.commit().await?;
        Ok(channel.is_some())
    }

    /// Ends subscriptions; what waited for them alone is cancelled. How many there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unsubscribe(&self, ids: &[SubscriptionId], now: Millis) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let mut ended = 0;
        for id in ids {
            let channel: Option<i64> = sqlx::query_scalar(REMOVE).bind(id.0).fetch_optional(&mut *tx).await?;
            if let Some(channel) = channel {
                want_anew(&mut tx, channel, now).await?;
                ended += 1;
            }
        }
        tx.commit().await?;
        Ok(ended)
    }

    /// Pauses or resumes subscriptions: stories that come in meanwhile are not posted for them, now or later; what
    /// waits for their digests goes on waiting. How many that touched.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pause(&self, ids: &[SubscriptionId], paused: bool, now: Millis) -> Result<u64, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut tx = self.begin().await?;
        let channels: Vec<i64> = sqlx::query_scalar(PAUSE)
            .bind(json(&ids)?)
            .bind(i64::from(paused))
            .fetch_all(&mut *tx)
            .await?;
        for channel in channels.iter().collect::<BTreeSet<_>>() {
            sqlx::query(WAIT_ANEW).bind(channel).bind(now).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(channels.len() as u64)
    }

    /// What the channels of a server follow, by channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn followed(&self, guild: GuildId) -> Result<Vec<Followed>, StoreError> {
        let rows: Vec<With<Blocked>> = sqlx::query_as(OF_GUILD)
            .bind(guild.to_db())
            .fetch_all(self.read())
            .await?;
        let followed = |With(row, Blocked(blocked)): With<Blocked>| {
            Some(Followed {
                subscription: row.subscription()?,
                blocked,
            })
        };
        Ok(rows.into_iter().filter_map(followed).collect())
    }

    /// A subscription.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscription(&self, id: SubscriptionId) -> Result<Option<Subscription>, StoreError> {
        let row: Option<Row> = sqlx::query_as(ONE).bind(id.0).fetch_optional(self.read()).await?;
        Ok(row.and_then(Row::subscription))
    }

    /// The subscriptions of a channel whose subject is in a story, oldest first, each with whether its terms let the
    /// story through; as everything stands now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matches(&self, article: ArticleId, channel: ChannelId) -> Result<Vec<Match>, StoreError> {
        let rows: Vec<With<Fits>> = sqlx::query_as(MATCHES)
            .bind(article.0)
            .bind(channel.to_db())
            .fetch_all(self.read())
            .await?;
        let matched = |With(row, fits): With<Fits>| {
            Some(Match {
                subscription: row.subscription()?,
                kind_fits: fits.kind,
                outlet_fits: fits.outlet,
            })
        };
        Ok(rows.into_iter().filter_map(matched).collect())
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
        Ok(rows.into_iter().filter_map(Row::subscription).collect())
    }

    /// Every subscription, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn all_subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(ALL).fetch_all(self.read()).await?;
        Ok(rows.into_iter().filter_map(Row::subscription).collect())
    }
}
