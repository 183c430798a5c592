//! What waits for its time: for a digest, or for the end of a channel's quiet hours. And the hours that were set.
//!
//! A row that waits is in state 6. Its time is not known at first (0): that hangs on zones and clocks, which are
//! `outbox`'s. Once it has come, the row is in state 0 like any other, and `digests` gathers what came together.

use super::{
    Store, StoreError,
    digests::OUTAGE,
    servers,
    subscriptions::{kind_fits, outlet_fits},
};
use crate::model::{ChannelId, DAY_MINUTES, DeliveryId, GuildId, Millis, OwnHours, QuietHours, Wait};
use sqlx::{FromRow, Row as _, Sqlite, Transaction, sqlite::SqliteRow};

statements! {
    UNTIMED = "SELECT id, channel, guild, wait, digest IS NOT NULL, age_from FROM delivery
        WHERE state = 6 AND due_at = 0 ORDER BY id LIMIT $1";
    /// Unless other hours were set meanwhile, which count from then on.
    TIME = "UPDATE delivery SET due_at = max(1, $2) WHERE id = $1 AND state = 6 AND due_at = 0 AND age_from = $3";
    /// All that brings it is paused: it is looked at again.
    STILL_PAUSED = concat!("UPDATE delivery SET due_at = $1 + $2
        WHERE state = 6 AND due_at BETWEEN 1 AND $1 AND digest IS NULL AND NOT EXISTS (
            SELECT 1 FROM article_subject s JOIN article a ON a.id = s.article
                JOIN subscription u ON u.subject = s.subject AND u.channel = delivery.channel AND u.paused = 0
            WHERE s.article = delivery.article AND ", kind_fits!(), " AND ", outlet_fits!(), ")");
    /// While it waited it did not age.
    TIME_HAS_COME = "UPDATE delivery SET state = 0, age_from = $1,
            due_at = CASE WHEN EXISTS (SELECT 1 FROM channel c WHERE c.id = delivery.channel AND c.blocked_at IS NOT NULL)
                THEN $2 ELSE $1 END
        WHERE state = 6 AND due_at BETWEEN 1 AND $1";
    NEXT_TIME = "SELECT min(due_at) FROM delivery WHERE state = 6";
    ANY_TIMED = "SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 6 AND due_at BETWEEN 0 AND $1)";
    CHANNEL_HOURS = "SELECT zone, digest_at, digest_day, quiet FROM channel WHERE id = $1";
    GUILD_HOURS = "SELECT zone, digest_at, digest_day, quiet FROM guild WHERE id = $1";
    SET_CHANNEL_HOURS = "UPDATE channel SET zone = $2, digest_at = $3, digest_day = $4, quiet = $5 WHERE id = $1";
    SET_GUILD_HOURS = "UPDATE guild SET zone = $2, digest_at = $3, digest_day = $4, quiet = $5 WHERE id = $1";
    CHANNEL_ANEW = "UPDATE delivery SET due_at = 0, age_from = $2 WHERE state = 6 AND channel = $1";
    GUILD_ANEW = "UPDATE delivery SET due_at = 0, age_from = $2
        WHERE state = 6 AND channel IN (SELECT id FROM channel WHERE guild = $1)";
    CHANNEL_UNTIMED = "UPDATE delivery SET due_at = 0 WHERE state = 6 AND channel = $1";
    GUILD_UNTIMED = "UPDATE delivery SET due_at = 0
        WHERE state = 6 AND channel IN (SELECT id FROM channel WHERE guild = $1)";
}

/// Something that waits, and nobody has said until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untimed {
    /// Its row.
    pub delivery: DeliveryId,
    /// Its channel.
    pub channel: ChannelId,
    /// The server of the channel.
    pub guild: GuildId,
    /// What for. What is gathered already waits for the end of the quiet hours alone.
    pub wait: Wait,
    /// Since when.
    pub from: Millis,
}

/// Whose hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursOf {
    /// A channel's own, in that server.
    Channel(ChannelId, GuildId),
    /// A server's: of all channels that have not set their own.
    Server(GuildId),
}

struct Row(OwnHours);

impl FromRow<'_, SqliteRow> for Row {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let (at, day): (Option<i64>, Option<i64>) = (row.try_get("digest_at")?, row.try_get("digest_day")?);
        let quiet: Option<i64> = row.try_get("quiet")?;
        Ok(Self(OwnHours {
            zone: row.try_get("zone")?,
            at: at.and_then(|at| u16::try_from(at).ok()).filter(|at| *at < DAY_MINUTES),
            day: day.and_then(|day| u8::try_from(day).ok()).filter(|day| *day < 7),
            quiet: quiet.map(quiet_of),
        }))
    }
}

fn quiet_of(number: i64) -> Option<QuietHours> {
    let day = i64::from(DAY_MINUTES);
    let (from, to) = (number.checked_div(day)?, number.checked_rem(day)?);
    QuietHours::new(u16::try_from(from).ok()?, u16::try_from(to).ok()?)
}

fn number_of(quiet: Option<QuietHours>) -> i64 {
    quiet.map_or(-1, |quiet| {
        i64::from(quiet.from) * i64::from(DAY_MINUTES) + i64::from(quiet.to)
    })
}

type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// What waits for a time that nobody has said.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn untimed(&self, limit: u32) -> Result<Vec<Untimed>, StoreError> {
        let rows: Vec<(i64, i64, i64, i64, bool, Millis)> =
            sqlx::query_as(UNTIMED).bind(limit).fetch_all(self.read()).await?;
        let untimed = |(id, channel, guild, wait, gathered, from): (i64, i64, i64, i64, bool, Millis)| Untimed {
            delivery: DeliveryId(id),
            channel: ChannelId::from_db(channel),
            guild: GuildId::from_db(guild),
            wait: if gathered { Wait::Quiet } else { Wait::from_db(wait) },
            from,
        };
        Ok(rows.into_iter().map(untimed).collect())
    }

    /// Says until when they wait, and of each since when: whatever got other hours meanwhile is left for the next time.
    ///
    /// # Errors
    /// [`StoreError`]; then none of them waits for a time.
    pub async fn set_times(&self, times: &[(Untimed, Millis)]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for (one, due) in times {
            sqlx::query(TIME)
                .bind(one.delivery.0)
                .bind(due)
                .bind(one.from)
                .execute(&mut *tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// What has waited until now is to be sent; what is paused goes on waiting. How many are to be sent.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn time_has_come(&self, now: Millis) -> Result<u64, StoreError> {
        // This is asked often, and a read costs less than a write.
        let any: bool = sqlx::query_scalar(ANY_TIMED).bind(now).fetch_one(self.read()).await?;
        if !any {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        sqlx::query(STILL_PAUSED)
            .bind(now)
            .bind(OUTAGE)
            .execute(&mut *tx)
            .await?;
        let come = sqlx::query(TIME_HAS_COME)
            .bind(now)
            .bind(super::NEVER)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(come.rows_affected())
    }

    /// When the next that waits is to be sent; 0: nobody has said so yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_time(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_TIME).fetch_one(self.read()).await?)
    }

    /// What was set for a channel, or for a server.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_hours(&self, of: HoursOf) -> Result<OwnHours, StoreError> {
        let (sql, id) = match of {
            HoursOf::Channel(channel, _) => (CHANNEL_HOURS, channel.to_db()),
            HoursOf::Server(guild) => (GUILD_HOURS, guild.to_db()),
        };
        let row: Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(self.read()).await?;
        Ok(row.map(|row| row.0).unwrap_or_default())
    }

    /// Sets the hours of a channel or a server; what waits there waits for the new ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_hours(&self, of: HoursOf, hours: &OwnHours, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let (set, anew, id) = match of {
            HoursOf::Channel(channel, guild) => {
                servers::keep_channel(&mut tx, channel, guild).await?;
                (SET_CHANNEL_HOURS, CHANNEL_ANEW, channel.to_db())
            }
            HoursOf::Server(guild) => (SET_GUILD_HOURS, GUILD_ANEW, guild.to_db()),
        };
        put(&mut tx, set, id, hours).await?;
        sqlx::query(anew).bind(id).bind(now).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }
}

/// What an import did with hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Added {
    /// Something was set that was not.
    pub(super) some: bool,
    /// Something is set otherwise, and stays.
    pub(super) kept: bool,
}

/// Sets what is not set yet of the hours of a channel or server that has a row; what waits there waits for the new ones.
pub(super) async fn add(tx: &mut Tx, of: HoursOf, hours: &OwnHours) -> Result<Added, StoreError> {
    let (get, set, anew, id) = match of {
        HoursOf::Channel(channel, _) => (CHANNEL_HOURS, SET_CHANNEL_HOURS, CHANNEL_UNTIMED, channel.to_db()),
        HoursOf::Server(guild) => (GUILD_HOURS, SET_GUILD_HOURS, GUILD_UNTIMED, guild.to_db()),
    };
    let row: Option<Row> = sqlx::query_as(get).bind(id).fetch_optional(&mut **tx).await?;
    let here = row.map(|row| row.0).unwrap_or_default();
    let both = here.clone().or(hours.clone());
    let some = both != here;
    if some {
        put(tx, set, id, &both).await?;
        sqlx::query(anew).bind(id).execute(&mut **tx).await?;
    }
    let kept = hours.clone().or(here) != both;
    Ok(Added { some, kept })
}

async fn put(tx: &mut Tx, sql: &'static str, id: i64, hours: &OwnHours) -> Result<(), StoreError> {
    sqlx::query(sql)
        .bind(id)
        .bind(&hours.zone)
        .bind(hours.at.map(i64::from))
        .bind(hours.day.map(i64::from))
        .bind(hours.quiet.map(number_of))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
