//! A story that changed after it was filed, or was taken down: the article and its quotes as they are now, and the
//! posts that show it otherwise as rows to be edited, in one transaction.

use super::{
    DueEntry, NewStory, Store, StoreError, entries,
    fan_out::{self, Due},
    finish, json,
    search::Lines,
};
use crate::model::{ArticleId, ChannelId, MessageId, Millis, Subject, Votes};
use sqlx::{Sqlite, Transaction};

statements! {
    /// Everything of a story that a post shows: an edit that changes none of it edits no post.
    SHOWN = "SELECT json_array(a.title, a.url, a.summary, a.network, a.image, a.watch, a.clip, a.kind,
            a.withdrawn_at IS NOT NULL,
            (SELECT json_group_array(json_array(q.text, q.speaker, q.role, q.actor, q.kind, q.outlet) ORDER BY q.rank)
                FROM quote q WHERE q.article = a.id AND q.rank IS NOT NULL),
            (SELECT json_group_array(n.name || n.key ORDER BY n.position)
                FROM article_name n WHERE n.article = a.id AND n.role = 0))
        FROM article a WHERE a.id = $1";
    EDIT = concat!("UPDATE article SET (", finish::columns!(), ", withdrawn_at)
        = ($1, coalesce($2, author), $3, $4, $5, $6, $7, $8, $9, $10, NULL) WHERE id = $11");
    SUBJECTS = "SELECT subject FROM article_subject WHERE article = $1";
    KIND = "SELECT kind FROM article WHERE id = $1";
    WITHDRAW = "UPDATE article SET withdrawn_at = coalesce(withdrawn_at, $2) WHERE id = $1";
    DROP_NAMES = "DELETE FROM article_name WHERE article = $1";
    DROP_SUBJECTS = "DELETE FROM article_subject WHERE article = $1";
    /// Places below zero are those of before: a quote that is still said keeps its row.
    SET_ASIDE = "UPDATE quote SET position = -1 - position WHERE article = $1 AND link IS NULL";
    LEFT_OVER = "SELECT id FROM quote WHERE article = $1 AND position < 0";
    EDITED = "UPDATE article SET edited_at = $2 WHERE id = $1";
    POSTS = "UPDATE post SET edit_due = $2, edit_tries = 0 WHERE article = $1 AND deleted_at IS NULL";
    /// Its buttons show what is counted when it is edited.
    CLAIM_EDITS = "UPDATE post SET edit_due = $1 + $2, counts_since = NULL, edit_tries = edit_tries + 1 WHERE message IN (
            SELECT message FROM post WHERE edit_due <= $1 AND deleted_at IS NULL ORDER BY edit_due, message LIMIT $3)
        RETURNING message, article, channel, coalesce(forum, channel), edit_due, edit_tries, votes";
    EDIT_AGAIN = "UPDATE post SET edit_due = $3 WHERE message = $1 AND edit_due = $2";
    NEXT_EDIT = "SELECT min(edit_due) FROM post WHERE edit_due IS NOT NULL AND deleted_at IS NULL";
}

/// A post that shows its story as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The message.
    pub message: MessageId,
    /// The story.
    pub article: ArticleId,
    /// Where the message is.
    pub channel: ChannelId,
    /// The channel that follows: the forum of a post that is a thread, else the same.
    pub follower: ChannelId,
    /// How readers vote on it.
    pub votes: Votes,
    /// How often it was tried, this time included.
    pub attempt: u32,
    lease: Millis,
}

/// What a change of a story came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// Whether anything that posts show changed.
    pub shown: bool,
    /// How many channels wait for the story now.
    pub new_followers: u64,
}

type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// The story of an entry was read again: it is now as given. Its posts are due to be edited if they show anything
    /// that changed; whoever follows what it was not about before gets it now, once. `next`: when the entry is to be
    /// read once more.
    ///
    /// # Errors
    /// [`StoreError`]; then the entry is due again.
    pub async fn edit_story(
        &self,
        entry: &DueEntry,
        story: &NewStory<'_>,
        next: Option<Millis>,
        now: Millis,
    ) -> Result<Edited, StoreError> {
        let Some(again) = entry.again else {
            return Ok(Edited::default());
        };
        self.fan_out_all(now).await?;
        let (added, other_kind) = newly_due(&self.was(again.article).await?, again.article, story)?;
        let ranges = self.ranges(&added.subjects).await?;
        let mut tx = self.begin().await?;
        let before = shown(&mut tx, again.article).await?;
        let mut edited = Edited::default();
        if before.is_some() {
            rewrite(&mut tx, again.article, story).await?;
            fan_out::begin(&mut tx, &added, entry.id, &ranges, now).await?;
            if let Some(due) = other_kind {
                fan_out::begin(&mut tx, &due, entry.id, &[(i64::MIN, i64::MAX)], now).await?;
            }
        }
        edited.shown = mark(&mut tx, again.article, before, now).await?;
        entries::read_again(&mut tx, entry.id, again, next).await?;
        tx.commit().await?;
        self.fan_out_all(now).await?;
        edited.new_followers = self.waiting(again.article).await?;
        Ok(edited)
    }

    async fn was(&self, article: ArticleId) -> Result<Was, StoreError> {
        Ok(Was {
            subjects: sqlx::query_scalar(SUBJECTS)
                .bind(article.0)
                .fetch_all(self.read())
                .await?,
            kind: sqlx::query_scalar(KIND)
                .bind(article.0)
                .fetch_optional(self.read())
                .await?,
        })
    }

    /// The page of an entry's story is gone: its posts are to say so. Whether that is new.
    ///
    /// # Errors
    /// [`StoreError`]; then the entry is due again.
    pub async fn withdraw_story(
        &self,
        entry: &DueEntry,
        next: Option<Millis>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let Some(again) = entry.again else { return Ok(false) };
        let mut tx = self.begin().await?;
        let before = shown(&mut tx, again.article).await?;
        sqlx::query(WITHDRAW)
            .bind(again.article.0)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        let changed = mark(&mut tx, again.article, before, now).await?;
        entries::read_again(&mut tx, entry.id, again, next).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Takes posts that are to be edited, for `lease` milliseconds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_edits(&self, now: Millis, lease: Millis, limit: u32) -> Result<Vec<Edit>, StoreError> {
        let rows: Vec<(i64, i64, i64, i64, Millis, u32, i64)> = sqlx::query_as(CLAIM_EDITS)
            .bind(now)
            .bind(lease)
            .bind(limit)
            .fetch_all(self.write())
            .await?;
        let edit = |(message, article, channel, follower, lease, attempt, votes)| Edit {
            message: MessageId::from_db(message),
            article: ArticleId(article),
            channel: ChannelId::from_db(channel),
            follower: ChannelId::from_db(follower),
            votes: Votes::from_db(votes),
            attempt,
            lease,
        };
        Ok(rows.into_iter().map(edit).collect())
    }

    /// The post shows its story as it was when it was claimed (none), or is tried again. A change that came meanwhile
    /// stays due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settle_edit(&self, edit: &Edit, again: Option<Millis>) -> Result<(), StoreError> {
        sqlx::query(EDIT_AGAIN)
            .bind(edit.message.to_db())
            .bind(edit.lease)
            .bind(again)
            .execute(self.write())
            .await?;
        Ok(())
    }

    /// When the next post is to be edited.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_edit_due(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_EDIT).fetch_one(self.read()).await?)
    }
}

async fn shown(tx: &mut Tx, article: ArticleId) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar(SHOWN)
        .bind(article.0)
        .fetch_optional(&mut **tx)
        .await?)
}

/// What decided until now who gets the story.
struct Was {
    subjects: Vec<String>,
    kind: Option<String>,
}

/// Where a story that changed is due that was not before: what it is about now and was not; and what it was about
/// already, where it became another kind of news.
fn newly_due(was: &Was, article: ArticleId, story: &NewStory<'_>) -> Result<(Due, Option<Due>), StoreError> {
    let now = story.about.subjects.iter().map(Subject::key);
    let (kept, added): (Vec<String>, Vec<String>) = now.partition(|subject| was.subjects.contains(subject));
    let due = |subjects: &[String], kind_before: Option<String>| {
        Ok::<_, StoreError>(Due {
            article: article.0,
            subjects: json(&subjects)?,
            kind_before,
        })
    };
    let other = was.kind.clone().filter(|kind| kind != story.reading.kind.name());
    let other = other.map(|kind| due(&kept, Some(kind))).transpose()?;
    Ok((due(&added, None)?, other))
}

/// Makes the posts of a story due if it is shown otherwise than before.
async fn mark(tx: &mut Tx, article: ArticleId, before: Option<String>, now: Millis) -> Result<bool, StoreError> {
    if before == shown(tx, article).await? {
        return Ok(false);
    }
    for sql in [EDITED, POSTS] {
        sqlx::query(sql).bind(article.0).bind(now).execute(&mut **tx).await?;
    }
    Ok(true)
}

async fn rewrite(tx: &mut Tx, id: ArticleId, story: &NewStory<'_>) -> Result<(), StoreError> {
    finish::with_columns(EDIT, story)?.bind(id.0).execute(&mut **tx).await?;
    for sql in [DROP_NAMES, DROP_SUBJECTS, SET_ASIDE] {
        sqlx::query(sql).bind(id.0).execute(&mut **tx).await?;
    }
    finish::add_about(tx, id.0, story.about).await?;
    let mut lines = Lines::default();
    for (position, quote) in story.reading.quotes.iter().enumerate() {
        finish::put_quote(tx, &mut lines, id.0, position, quote, story).await?;
    }
    lines.file(tx).await?;
    let gone: Vec<i64> = sqlx::query_scalar(LEFT_OVER).bind(id.0).fetch_all(&mut **tx).await?;
    for quote in gone {
        finish::drop_quote(tx, quote).await?;
    }
    Ok(())
}
