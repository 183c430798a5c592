//! What articles taught the catalogue, as rows; and the operator's word that something of it is to be forgotten, which
//! a bot that runs meanwhile finds when it looks.

use super::{Store, StoreError};
use crate::model::{ArticleId, Millis};
use sqlx::{FromRow, Row, sqlite::SqliteRow};

/// Key in `meta` of the operator's word: until the bot has heard it.
const ANEW: &str = "learn_anew";
/// Keys in `meta` of stories that are not learnt from again begin with it.
const UNTAUGHT: &str = "untaught.";

statements! {
    LEARN = "INSERT INTO learnt (person, drama, character, hangul, network, article, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    LEARNT = "SELECT person, drama, character, hangul, network, article FROM learnt ORDER BY id";
    LESSONS = "SELECT l.person, l.drama, l.character, l.hangul, l.network, l.article,
            coalesce(a.url, (SELECT min(link) FROM article_link WHERE article = l.article)) AS url
        FROM learnt l LEFT JOIN article a ON a.id = l.article ORDER BY l.id DESC";
    TEACHER = "SELECT article FROM article_link WHERE link = $1";
    FORGET_FROM = "DELETE FROM learnt WHERE article = $1";
    FORGET_NAMED = "DELETE FROM learnt WHERE person = $1 OR drama = $1";
    NO_MORE = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
    HEARD = "DELETE FROM meta WHERE key = $1";
    IS_UNTAUGHT = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = $1)";
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

impl FromRow<'_, SqliteRow> for LearntRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            person: row.try_get("person")?,
            drama: row.try_get("drama")?,
            character: row.try_get("character")?,
            hangul: row.try_get("hangul")?,
            network: row.try_get("network")?,
            article: row.try_get::<Option<i64>, _>("article")?.map(ArticleId),
        })
    }
}

impl Store {
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
        Ok(sqlx::query_as(LEARNT).fetch_all(self.read()).await?)
    }

    /// All that was learnt with the address of the story that taught it, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lessons(&self) -> Result<Vec<(LearntRow, Option<String>)>, StoreError> {
        let rows = sqlx::query(LESSONS).fetch_all(self.read()).await?;
        let lesson = |row: &SqliteRow| Ok((LearntRow::from_row(row)?, row.try_get("url")?));
        rows.iter().map(lesson).collect()
    }

    /// Forgets what the story with that canonical link taught, and learns from it no more. How many lessons that were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unlearn_story(&self, link: &str, now: Millis) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let story: Option<i64> = sqlx::query_scalar(TEACHER).bind(link).fetch_optional(&mut *tx).await?;
        let Some(story) = story else { return Ok(0) };
        let done = sqlx::query(FORGET_FROM).bind(story).execute(&mut *tx).await?;
        for key in [untaught(ArticleId(story)), ANEW.to_owned()] {
            sqlx::query(NO_MORE)
                .bind(key)
                .bind(now.to_string())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    /// Forgets what was learnt of a person or drama of exactly that name. How many lessons that were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unlearn_name(&self, name: &str, now: Millis) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let done = sqlx::query(FORGET_NAMED).bind(name).execute(&mut *tx).await?;
        if done.rows_affected() > 0 {
            let row = sqlx::query(NO_MORE).bind(ANEW).bind(now.to_string());
            row.execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    /// Whether a story is one that nothing is to be learnt from.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_untaught(&self, story: ArticleId) -> Result<bool, StoreError> {
        let key = untaught(story);
        Ok(sqlx::query_scalar(IS_UNTAUGHT).bind(key).fetch_one(self.read()).await?)
    }

    /// Whether something was forgotten since this was last asked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has_unlearnt(&self) -> Result<bool, StoreError> {
        if self.meta(ANEW).await?.is_none() {
            return Ok(false);
        }
        let done = sqlx::query(HEARD).bind(ANEW).execute(self.write()).await?;
        Ok(done.rows_affected() > 0)
    }
}

fn untaught(story: ArticleId) -> String {
    format!("{UNTAUGHT}{story}")
}
