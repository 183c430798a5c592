//! The same story from several outlets: what was told lately about the same things, and one more telling of it.

use super::{Store, StoreError, finish::NewStory, json};
use crate::model::{ArticleId, Millis};
use sqlx::{Sqlite, Transaction};

/// How many earlier stories are compared.
const COMPARED: u32 = 20;

statements! {
    /// Of other outlets only: what one outlet tells twice are two stories to it.
    EARLIER = "SELECT DISTINCT a.id, a.title, a.body, a.kind
        FROM json_each($1) j JOIN article_subject s ON s.subject = j.value JOIN article a ON a.id = s.article
        WHERE a.seen_at >= $2 AND a.source <> $3 AND a.withdrawn_at IS NULL AND a.body IS NOT NULL
        ORDER BY a.id DESC LIMIT $4";
    EARLIER_NAMES = "SELECT role, name, key FROM article_name WHERE article = $1 AND role < 2 ORDER BY role, position";
    EARLIER_LINES = "SELECT text FROM quote WHERE article = $1 ORDER BY position";
    ADD_ECHO = "INSERT INTO echo (article, link, source, title, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (article, link) DO NOTHING";
    MORE_SUBJECTS = "INSERT INTO article_subject (subject, article) SELECT DISTINCT value, $1 FROM json_each($2) WHERE true
        ON CONFLICT DO NOTHING";
    EDIT_POSTS = "UPDATE post SET edit_due = $2, edit_tries = 0 WHERE article = $1 AND deleted_at IS NULL";
}

/// A story that was told lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its row.
    pub article: ArticleId,
    /// Its headline.
    pub title: String,
    /// What was read.
    pub body: String,
    /// The kind of news, by its name.
    pub kind: String,
    /// The keys of its dramas.
    pub dramas: Vec<String>,
    /// The keys of its people.
    pub people: Vec<String>,
    /// The names of both.
    pub names: Vec<String>,
    /// What was said in it.
    pub quotes: Vec<String>,
}

impl Store {
    /// What other outlets have told since a moment about any of these subjects (their keys), the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn earlier(&self, subjects: &[&str], outlet: &str, since: Millis) -> Result<Vec<Earlier>, StoreError> {
        let rows: Vec<(i64, String, String, String)> = sqlx::query_as(EARLIER)
            .bind(json(&subjects)?)
            .bind(since)
            .bind(outlet)
            .bind(COMPARED)
            .fetch_all(self.read())
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for (id, title, body, kind) in rows {
            let mut earlier = Earlier {
                article: ArticleId(id),
                title,
                body,
                kind,
                dramas: Vec::new(),
                people: Vec::new(),
                names: Vec::new(),
                quotes: Vec::new(),
            };
            let named: Vec<(i64, String, String)> =
                sqlx::query_as(EARLIER_NAMES).bind(id).fetch_all(self.read()).await?;
            for (role, name, key) in named {
                earlier.names.push(name);
                if role == 0 {
                    earlier.dramas.push(key);
                } else {
                    earlier.people.push(key);
                }
            }
            earlier.quotes = sqlx::query_scalar(EARLIER_LINES)
                .bind(id)
                .fetch_all(self.read())
                .await?;
            found.push(earlier);
        }
        Ok(found)
    }
}

/// One more telling of a story: its link is shown with the others, and whoever follows what only this one names gets
/// the story as well.
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
