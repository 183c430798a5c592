//! A story becomes due in the channels that follow what it is about: at once, or in slices where they are very many, so
//! that votes and answers never wait long for the writer. What is left is rows, which a crash does not lose.

use super::{
    Store, StoreError,
    server_feeds::open_to,
    subscriptions::{kind_fits, outlet_fits},
};
use crate::model::{ArticleId, EntryId, Millis};
use sqlx::{Sqlite, Transaction};

/// Channels of one transaction: some milliseconds of the writer's time (STORE.md §6).
const SLICE: usize = 5_000;

statements! {
    /// The index is the matching: no subscription is looked at that is not about the story. A channel where the bot
    /// may not post keeps its rows, which are due when it may again. Where all that bring it want it in a digest, it
    /// waits for the earliest (model::Rhythm, model::Wait). Of a story that became another kind of news ($8: what it
    /// was) only those whose terms it did not fit before. What only a server's own feed tells is for that server.
    ENQUEUE = concat!("INSERT INTO delivery (article, channel, guild, state, due_at, enqueued, age_from, late, wait)
        SELECT a.id, u.channel, u.guild, CASE WHEN min(u.rhythm) = 0 THEN 0 ELSE 6 END,
            CASE WHEN min(u.rhythm) > 0 THEN 0 WHEN c.blocked_at IS NULL THEN $3 ELSE $4 END, $3, $3,
            CASE WHEN min(u.rhythm) > 0 THEN 1 ELSE $5 END,
            CASE WHEN min(u.rhythm) > 0 THEN 2 + min(u.rhythm) ELSE $5 END
        FROM json_each($2) j
            JOIN subscription u ON u.subject = j.value AND u.paused = 0 AND u.channel > $6 AND u.channel <= $7
            JOIN article a ON a.id = $1
            LEFT JOIN channel c ON c.id = u.channel
        WHERE NOT EXISTS (SELECT 1 FROM guild g WHERE g.id = u.guild AND g.left_at IS NOT NULL)
            AND ", open_to!("a", "u.guild"), "
            AND ", kind_fits!(), " AND ", outlet_fits!(), "
            AND ($8 IS NULL OR (u.kinds IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM json_each(u.kinds) WHERE value = $8)))
            AND NOT EXISTS (SELECT 1 FROM post p WHERE p.article = a.id AND coalesce(p.forum, p.channel) = u.channel)
        GROUP BY u.channel
        ORDER BY u.channel
        ON CONFLICT (article, channel) DO NOTHING");
    /// After a restore: the story was posted there before it was known here.
    SENT_BEFORE = "UPDATE delivery SET state = 1, attempt = 1, sent_at = $2, message = abs(a.message)
        FROM adopted a
        WHERE delivery.article = $1 AND delivery.state IN (0, 6) AND a.channel = delivery.channel
            AND a.link IN (SELECT l.link FROM article_link l WHERE l.article = $1)";
    /// A digest is nobody's post.
    POSTED_BEFORE = "INSERT INTO post (message, article, channel, guild, posted, dirty, forum)
        SELECT d.message, d.article, iif(c.id IS NULL, d.channel, d.message), d.guild, d.sent_at, $2, c.id
        FROM delivery d LEFT JOIN channel c ON c.id = d.channel AND c.forum = 1
        WHERE d.article = $1 AND d.state = 1 AND d.message IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM adopted a WHERE a.channel = d.channel AND a.message = -d.message)
        ON CONFLICT (message) DO NOTHING";
    WAITING = "SELECT count(*) FROM delivery WHERE article = $1 AND state IN (0, 6)";
    LATE = "SELECT late FROM entry WHERE id = $1";
    FOLLOWERS = "SELECT count(DISTINCT u.channel) FROM json_each($1) j JOIN subscription u ON u.subject = j.value";
    FOLLOWING = "SELECT DISTINCT u.channel FROM json_each($1) j JOIN subscription u ON u.subject = j.value
        ORDER BY u.channel";
    LEAVE = "INSERT INTO fan_out (article, subjects, above, upto, late) VALUES ($1, $2, $3, $4, $5)";
    ANY_LEFT = "SELECT id FROM fan_out WHERE id > 0 LIMIT 1";
    TAKE = "DELETE FROM fan_out WHERE id = (SELECT min(id) FROM fan_out) RETURNING article, subjects, above, upto, late";
}

type Tx = Transaction<'static, Sqlite>;
/// Channels above the first and up to the second.
type Range = (i64, i64);

/// What is to be due.
pub(super) struct Due {
    pub article: i64,
    /// The keys of what it is about, as JSON.
    pub subjects: String,
    /// What kind of news it was, if that alone is why it is due now.
    pub kind_before: Option<String>,
}

impl Store {
    /// The ranges of channels that a story about these subjects is filed in, one transaction each.
    pub(super) async fn ranges(&self, subjects: &str) -> Result<Vec<Range>, StoreError> {
        let followers: i64 = sqlx::query_scalar(FOLLOWERS)
            .bind(subjects)
            .fetch_one(self.read())
            .await?;
        if usize::try_from(followers).is_ok_and(|count| count <= SLICE) {
            return Ok(vec![(i64::MIN, i64::MAX)]);
        }
        let channels: Vec<i64> = sqlx::query_scalar(FOLLOWING)
            .bind(subjects)
            .fetch_all(self.read())
            .await?;
        let mut ends: Vec<i64> = channels
            .chunks(SLICE)
            .filter_map(|slice| slice.last().copied())
            .collect();
        // Who begins to follow meanwhile is in the last one.
        if let Some(last) = ends.last_mut() {
            *last = i64::MAX;
        }
        let begins = std::iter::once(i64::MIN).chain(ends.clone());
        Ok(begins.zip(ends).collect())
    }

    /// Makes the next slice of a story due that was left over, if there is one.
    ///
    /// # Errors
    /// [`StoreError`]; then it is still left.
    pub async fn fan_out(&self, now: Millis) -> Result<bool, StoreError> {
        let left: Option<i64> = sqlx::query_scalar(ANY_LEFT).fetch_optional(self.read()).await?;
        if left.is_none() {
            return Ok(false);
        }
        let mut tx = self.begin().await?;
        let slice: Option<(i64, String, i64, i64, bool)> = sqlx::query_as(TAKE).fetch_optional(&mut *tx).await?;
        if let Some((article, subjects, above, upto, late)) = slice {
            let due = Due {
                article,
                subjects,
                kind_before: None,
            };
            enqueue(&mut tx, &due, (above, upto), late, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// All of them, one transaction each: others get their turn with the writer between them.
    pub(super) async fn fan_out_all(&self, now: Millis) -> Result<(), StoreError> {
        while self.fan_out(now).await? {}
        Ok(())
    }

    /// In how many channels a story waits.
    pub(super) async fn waiting(&self, article: ArticleId) -> Result<u64, StoreError> {
        let waiting: i64 = sqlx::query_scalar(WAITING)
            .bind(article.0)
            .fetch_one(self.read())
            .await?;
        Ok(waiting.cast_unsigned())
    }
}

/// Makes a story due in the first of the ranges and leaves the others as rows.
pub(super) async fn begin(
    tx: &mut Tx,
    due: &Due,
    entry: EntryId,
    ranges: &[Range],
    now: Millis,
) -> Result<(), StoreError> {
    let late: Option<bool> = sqlx::query_scalar(LATE).bind(entry.0).fetch_optional(&mut **tx).await?;
    let late = late.unwrap_or(false);
    let Some((first, others)) = ranges.split_first() else {
        return Ok(());
    };
    enqueue(tx, due, *first, late, now).await?;
    for (above, upto) in others {
        sqlx::query(LEAVE)
            .bind(due.article)
            .bind(&due.subjects)
            .bind(above)
            .bind(upto)
            .bind(late)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn enqueue(tx: &mut Tx, due: &Due, (above, upto): Range, late: bool, now: Millis) -> Result<(), StoreError> {
    sqlx::query(ENQUEUE)
        .bind(due.article)
        .bind(&due.subjects)
        .bind(now)
        .bind(super::NEVER)
        .bind(late)
        .bind(above)
        .bind(upto)
        .bind(&due.kind_before)
        .execute(&mut **tx)
        .await?;
    let before = sqlx::query(SENT_BEFORE)
        .bind(due.article)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    if before.rows_affected() > 0 {
        sqlx::query(POSTED_BEFORE)
            .bind(due.article)
            .bind(now)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
