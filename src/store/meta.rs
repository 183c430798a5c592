//! Small things the bot remembers of itself: keys and values, the heartbeat, what was learnt.

use super::{Store, StoreError};
use crate::model::{ArticleId, Millis};

statements! {
    GET = "SELECT value FROM meta WHERE key = $1";
    SET = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    UNSET = "DELETE FROM meta WHERE key = $1";
    LEARN = "INSERT INTO learnt (person, drama, character, hangul, network, article, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    LEARNT = "SELECT person, drama, character, hangul, network, article FROM learnt ORDER BY id";
}

/// Something learnt from an article, as the catalogue takes it back at the next start. Empty means not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LearntRow {
    /// A person's name.
    pub person: String,
    /// A drama's title.
    pub drama: String,
    /// The character that the person plays in it.
    pub character: String,
    /// The hangul of the person, or of the drama when there is no person.
    pub hangul: String,
    /// The drama's network.
    pub network: String,
    /// Where it was read.
    pub article: Option<ArticleId>,
}

/// What the keys of gateway sessions begin with: a store that was put back from a copy forgets them.
pub const SESSION: &str = "session.";

/// Key of [`Store::beat`].
const HEARTBEAT: &str = "heartbeat";

impl Store {
    /// A remembered value.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar(GET).bind(key).fetch_optional(self.read()).await?)
    }

    /// Remembers a value, or forgets it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_meta(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        match value {
            Some(value) => sqlx::query(SET).bind(key).bind(value).execute(self.write()).await?,
            None => sqlx::query(UNSET).bind(key).execute(self.write()).await?,
        };
        Ok(())
    }

    /// Says that the bot is alive, and in what state, for `daesa check --health`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn beat(&self, state: &str, now: Millis) -> Result<(), StoreError> {
        self.set_meta(HEARTBEAT, Some(&format!("{now} {state}"))).await
    }

    /// The last heartbeat: when, and the state.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn heartbeat(&self) -> Result<Option<(Millis, String)>, StoreError> {
        let text = self.meta(HEARTBEAT).await?;
        Ok(text.and_then(|text| {
            let (at, state) = text.split_once(' ')?;
            Some((at.parse().ok()?, state.to_owned()))
        }))
    }

    /// Keeps what was learnt; what is known already is left as it is. How many were new.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn learn(&self, rows: &[LearntRow], now: Millis) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let mut new = 0;
        for row in rows {
            let done = sqlx::query(LEARN)
                .bind(&row.person)
                .bind(&row.drama)
                .bind(&row.character)
                .bind(&row.hangul)
                .bind(&row.network)
                .bind(row.article.map(|id| id.0))
                .bind(now)
                .execute(&mut *tx)
                .await?;
            new += done.rows_affected();
        }
        tx.commit().await?;
        Ok(new)
    }

    /// All that was learnt, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn learnt(&self) -> Result<Vec<LearntRow>, StoreError> {
        type Row = (String, String, String, String, String, Option<i64>);
        let rows: Vec<Row> = sqlx::query_as(LEARNT).fetch_all(self.read()).await?;
        let learnt = |(person, drama, character, hangul, network, article): Row| LearntRow {
            person,
            drama,
            character,
            hangul,
            network,
            article: article.map(ArticleId),
        };
        Ok(rows.into_iter().map(learnt).collect())
    }
}
