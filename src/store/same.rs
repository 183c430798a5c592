//! The same story from several outlets: what was told lately about the same things, and one more telling of it.

use super::{
    Store, StoreError,
    finish::{NewStory, add_retold_quote},
    search::Lines,
};
use crate::model::{ArticleId, Millis, Named};
use sqlx::{Sqlite, Transaction};

/// How many earlier stories are looked at.
const LOOKED_AT: u32 = 200;

statements! {
    /// Of other outlets only: what one outlet tells twice are two stories to it. By names alone, for titles and names are
    /// written differently elsewhere.
    EARLIER = "SELECT n.article, a.network, n.role, n.name, n.key
        FROM article_name n JOIN article a ON a.id = n.article
        WHERE n.role < 2 AND n.article IN (SELECT id FROM article
            WHERE seen_at >= $1 AND source <> $2 AND withdrawn_at IS NULL AND body IS NOT NULL AND confined = 0
            ORDER BY seen_at DESC LIMIT $3)
        ORDER BY n.article DESC, n.role, n.position";
    EARLIER_TEXT = "SELECT title, body, at FROM article WHERE id = $1 AND body IS NOT NULL";
    EARLIER_LINES = "SELECT text FROM quote WHERE article = $1 ORDER BY position";
    RETOLD = "SELECT count(*) FROM quote WHERE article = $1 AND link IS NOT NULL";
    ADD_ECHO = "INSERT INTO echo (article, link, source, title, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (article, link) DO NOTHING";
    MORE_SUBJECTS = "INSERT INTO article_subject (subject, article) SELECT DISTINCT value, $1 FROM json_each($2) WHERE true
        ON CONFLICT DO NOTHING";
    EDIT_POSTS = "UPDATE post SET edit_due = $2, edit_tries = 0 WHERE article = $1 AND deleted_at IS NULL";
}

/// Who and what a story is about that was told lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its row.
    pub article: ArticleId,
    /// Its network.
    pub network: Option<String>,
    /// Its dramas.
    pub dramas: Vec<Named>,
    /// Its people.
    pub people: Vec<Named>,
}

/// How it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierText {
    /// Its headline.
    pub title: String,
    /// What was read.
    pub body: String,
    /// When it was published, or first seen.
    pub at: Millis,
    /// What was said in it.
    pub quotes: Vec<String>,
}

impl Store {
    /// What other outlets have told since a moment, the newest first, 200 stories at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn earlier(&self, outlet: &str, since: Millis) -> Result<Vec<Earlier>, StoreError> {
        let rows: Vec<(i64, Option<String>, i64, String, String)> = sqlx::query_as(EARLIER)
            .bind(since)
            .bind(outlet)
            .bind(LOOKED_AT)
            .fetch_all(self.read())
            .await?;
        let mut found: Vec<Earlier> = Vec::new();
        for (id, network, role, name, key) in rows {
            if found.last().is_none_or(|last| last.article.0 != id) {
                found.push(Earlier {
                    article: ArticleId(id),
                    network,
                    dramas: Vec::new(),
                    people: Vec::new(),
                });
            }
            if let Some(story) = found.last_mut() {
                let list = if role == 0 {
                    &mut story.dramas
                } else {
                    &mut story.people
                };
                list.push(Named { name, key });
            }
        }
        Ok(found)
    }

    /// How a story was told; none: its text is not kept any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn earlier_text(&self, article: ArticleId) -> Result<Option<EarlierText>, StoreError> {
        let row: Option<(String, String, Millis)> = sqlx::query_as(EARLIER_TEXT)
            .bind(article.0)
            .fetch_optional(self.read())
            .await?;
        let Some((title, body, at)) = row else { return Ok(None) };
        let lines = sqlx::query_scalar(EARLIER_LINES).bind(article.0);
        Ok(Some(EarlierText {
            title,
            body,
            at,
            quotes: lines.fetch_all(self.read()).await?,
        }))
    }
}

/// One more telling of a story: its link is shown with the others, its lines that the story has not are kept, and
/// whoever follows what only this one names gets the story as well.
pub(super) async fn join(
    tx: &mut Transaction<'static, Sqlite>,
    article: i64,
    story: &NewStory<'_>,
    subjects: &str,
    now: Millis,
) -> Result<(), StoreError> {
    if let Some(link) = story.article.url.as_ref().or_else(|| story.links.first()) {
        sqlx::query(ADD_ECHO)
            .bind(article)
            .bind(link)
            .bind(story.source)
            .bind(&story.article.title)
            .bind(now)
            .execute(&mut **tx)
            .await?;
        let before: i64 = sqlx::query_scalar(RETOLD).bind(article).fetch_one(&mut **tx).await?;
        let before = usize::try_from(before).unwrap_or(0);
        let mut lines = Lines::default();
        for (nth, index) in story.more_quotes.iter().enumerate() {
            add_retold_quote(tx, &mut lines, article, before + nth, *index, link, story).await?;
        }
        lines.file(tx).await?;
    }
    sqlx::query(MORE_SUBJECTS)
        .bind(article)
        .bind(subjects)
        .execute(&mut **tx)
        .await?;
    sqlx::query(EDIT_POSTS)
        .bind(article)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
