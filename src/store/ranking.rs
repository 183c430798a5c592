//! What people felt, from the tallies alone: rankings and moods of a server, or of all. What a server's own feed told
//! counts in that server, and not over all.
//!
//! Counts leave out other bots. Which feeling an emoji stands for is for `app` to say.

use super::{Store, StoreError, json};
use crate::model::{ArticleId, Emoji, GuildId, Millis, answer::TopBy};
use std::collections::BTreeMap;

/// Posts of one server, or of all ($1 to $2); over all of them only those of stories that are for all.
macro_rules! counted {
    () => {
        "p.guild BETWEEN $1 AND $2
            AND ($1 = $2 OR NOT EXISTS (SELECT 1 FROM article c1 WHERE c1.id = p.article AND c1.confined = 1))"
    };
}

statements! {
    TOP_STORIES = concat!("SELECT a.title, a.url, CAST(a.id AS TEXT), a.id,
            (SELECT n.name FROM article_name n WHERE n.article = a.id AND n.role = 0 AND n.position = 0),
            sum(t.rows - t.bots + t.base - t.base_bots) AS votes
        FROM post p JOIN tally t ON t.message = p.message JOIN article a ON a.id = p.article
        WHERE ", counted!(), " AND p.posted >= $3
            AND ($4 IS NULL OR EXISTS (SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = a.id))
            AND ($5 IS NULL OR t.emoji IN (SELECT value FROM json_each($5)))
        GROUP BY a.id HAVING votes > 0 ORDER BY votes DESC, a.id DESC LIMIT $6");
    /// The best line of each story, with the votes of the story: people vote for posts.
    TOP_QUOTES = concat!("SELECT q.text, a.url, CAST(a.id AS TEXT), a.id, q.speaker, v.votes
        FROM (SELECT p.article, sum(t.rows - t.bots + t.base - t.base_bots) AS votes
                FROM post p JOIN tally t ON t.message = p.message
                WHERE ", counted!(), " AND p.posted >= $3
                    AND ($4 IS NULL OR EXISTS (
                        SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = p.article))
                    AND ($5 IS NULL OR t.emoji IN (SELECT value FROM json_each($5)))
                    AND EXISTS (SELECT 1 FROM quote k WHERE k.article = p.article AND k.rank = 0)
                GROUP BY p.article HAVING votes > 0 ORDER BY votes DESC, p.article DESC LIMIT $6) v
            JOIN article a ON a.id = v.article JOIN quote q ON q.article = a.id AND q.rank = 0
        ORDER BY v.votes DESC, a.id DESC");
    /// With one max() the other columns come from its row (sqlite.org/lang_select.html, bare columns): the name is
    /// the one that the newest story gives.
    TOP_NAMES = concat!("SELECT n.name, NULL, n.key, max(p.article), NULL,
            sum(t.rows - t.bots + t.base - t.base_bots) AS votes
        FROM post p JOIN tally t ON t.message = p.message
            JOIN article_name n ON n.article = p.article AND n.role = $7 AND n.position <= $8
        WHERE ", counted!(), " AND p.posted >= $3
            AND ($4 IS NULL OR EXISTS (SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = p.article))
            AND ($5 IS NULL OR t.emoji IN (SELECT value FROM json_each($5)))
        GROUP BY n.key HAVING votes > 0 ORDER BY votes DESC, n.key LIMIT $6");
    STORY_COUNTS = concat!("SELECT CAST(p.article AS TEXT), t.emoji, sum(t.rows - t.bots + t.base - t.base_bots)
        FROM json_each($5) j JOIN post p ON p.article = CAST(j.value AS INTEGER) JOIN tally t ON t.message = p.message
        WHERE ", counted!(), " AND p.posted >= $3
            AND ($4 IS NULL OR EXISTS (SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = p.article))
        GROUP BY 1, 2");
    NAME_COUNTS = concat!("SELECT n.key, t.emoji, sum(t.rows - t.bots + t.base - t.base_bots)
        FROM post p JOIN tally t ON t.message = p.message
            JOIN article_name n ON n.article = p.article AND n.role = $6 AND n.position <= $7
        WHERE ", counted!(), " AND p.posted >= $3
            AND ($4 IS NULL OR EXISTS (SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = p.article))
            AND n.key IN (SELECT value FROM json_each($5))
        GROUP BY 1, 2");
    MOOD = concat!("SELECT t.emoji, sum(t.rows - t.bots + t.base - t.base_bots)
        FROM post p JOIN tally t ON t.message = p.message
        WHERE ", counted!(), " AND p.posted >= $3
            AND ($4 IS NULL OR EXISTS (SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = p.article))
        GROUP BY t.emoji");
    STORY_MOOD = "SELECT t.emoji, sum(t.rows - t.bots + t.base - t.base_bots)
        FROM post p JOIN tally t ON t.message = p.message
        WHERE p.article = $1 AND p.guild BETWEEN $2 AND $3
        GROUP BY t.emoji";
    /// Stretches of $6 milliseconds from $3 on, numbered from 0.
    SPANS = concat!("SELECT (p.posted - $3) / $6, t.emoji, sum(t.rows - t.bots + t.base - t.base_bots)
        FROM post p JOIN tally t ON t.message = p.message
        WHERE ", counted!(), " AND p.posted >= $3 AND p.posted < $5
            AND ($4 IS NULL OR EXISTS (SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = p.article))
        GROUP BY 1, 2");
    RECENT = concat!("SELECT a.title, a.url, CAST(a.id AS TEXT), a.id, NULL, 0
        FROM article a WHERE a.id IN (SELECT p.article FROM post p
            WHERE ", counted!(), " AND p.posted >= $3
                AND ($4 IS NULL OR EXISTS (
                    SELECT 1 FROM article_subject s WHERE s.subject = $4 AND s.article = p.article)))
        ORDER BY a.id DESC LIMIT $5");
}

/// What is ranked.
#[derive(Clone, Copy, Debug)]
pub struct TopQuery<'a> {
    /// In which server; none: everywhere.
    pub guild: Option<GuildId>,
    /// Posts since this time.
    pub since: Millis,
    /// Stories, dramas (the main one of each story), people (all who are named), lines (the best of each story).
    /// Feelings are no rows of the store: what is asked for then are stories.
    pub by: TopBy,
    /// Only stories about this subject (its key).
    pub subject: Option<&'a str>,
    /// Only votes of these emoji keys decide; empty: all do.
    pub emoji: &'a [String],
    /// How many.
    pub limit: u32,
}

/// Votes of an emoji, normal and burst together, other bots' left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The emoji.
    pub emoji: Emoji,
    /// How many.
    pub votes: u64,
}

/// A place in a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopRow {
    /// A headline, a drama, a person, a line.
    pub name: String,
    /// A story's address.
    pub url: Option<String>,
    /// Who said the line; of a story in a ranking, its main drama.
    pub by: Option<String>,
    /// The key of a drama or person, the number of a story.
    pub key: String,
    /// The story, or the newest one.
    pub article: ArticleId,
    /// The votes, most first.
    pub votes: Vec<Counted>,
}

/// The mood of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoodRows {
    /// All votes, most first.
    pub total: Vec<Counted>,
    /// The newest stories with their votes, newest first.
    pub recent: Vec<TopRow>,
}

type TopTuple = (String, Option<String>, String, i64, Option<String>, i64);

impl Store {
    /// A ranking, best first. What nobody voted for is not in it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn top(&self, query: &TopQuery<'_>) -> Result<Vec<TopRow>, StoreError> {
        let (first, last) = guilds(query.guild);
        let emoji = if query.emoji.is_empty() {
            None
        } else {
            Some(json(query.emoji)?)
        };
        // A story counts for its main drama and for everybody in it.
        let names = match query.by {
            TopBy::Story | TopBy::Quote | TopBy::Feeling => None,
            TopBy::Drama => Some((0, 0)),
            TopBy::Person => Some((1, i64::MAX)),
        };
        let sql = match query.by {
            TopBy::Drama | TopBy::Person => TOP_NAMES,
            TopBy::Quote => TOP_QUOTES,
            TopBy::Story | TopBy::Feeling => TOP_STORIES,
        };
        let mut top = sqlx::query_as(sql)
            .bind(first)
            .bind(last)
            .bind(query.since)
            .bind(query.subject)
            .bind(emoji)
            .bind(query.limit);
        if let Some((role, position)) = names {
            top = top.bind(role).bind(position);
        }
        let rows: Vec<TopTuple> = top.fetch_all(self.read()).await?;
        self.with_votes(rows, query, names).await
    }

    /// How the people of a server felt about what was posted since a time, about a subject (its key) or all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mood(
        &self,
        guild: Option<GuildId>,
        since: Millis,
        subject: Option<&str>,
        recent: u32,
    ) -> Result<MoodRows, StoreError> {
        let (first, last) = guilds(guild);
        let total: Vec<(String, i64)> = sqlx::query_as(MOOD)
            .bind(first)
            .bind(last)
            .bind(since)
            .bind(subject)
            .fetch_all(self.read())
            .await?;
        let rows: Vec<TopTuple> = sqlx::query_as(RECENT)
            .bind(first)
            .bind(last)
            .bind(since)
            .bind(subject)
            .bind(recent)
            .fetch_all(self.read())
            .await?;
        let query = TopQuery {
            guild,
            since,
            by: TopBy::Story,
            subject,
            emoji: &[],
            limit: recent,
        };
        Ok(MoodRows {
            total: counted(total),
            recent: self.with_votes(rows, &query, None).await?,
        })
    }

    /// How people felt about one story.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn story_mood(&self, guild: Option<GuildId>, article: ArticleId) -> Result<Vec<Counted>, StoreError> {
        let (first, last) = guilds(guild);
        let rows = sqlx::query_as(STORY_MOOD).bind(article.0).bind(first).bind(last);
        Ok(counted(rows.fetch_all(self.read()).await?))
    }

    /// How people felt about what was posted in each of `count` stretches of `step` milliseconds from `from` on,
    /// oldest first. None is left out, also when nobody voted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mood_over(
        &self,
        guild: Option<GuildId>,
        subject: Option<&str>,
        (from, step, count): (Millis, Millis, u32),
    ) -> Result<Vec<Vec<Counted>>, StoreError> {
        let (first, last) = guilds(guild);
        let rows: Vec<(i64, String, i64)> = sqlx::query_as(SPANS)
            .bind(first)
            .bind(last)
            .bind(from)
            .bind(subject)
            .bind(from + step * i64::from(count))
            .bind(step)
            .fetch_all(self.read())
            .await?;
        let mut spans: Vec<Vec<(String, i64)>> = vec![Vec::new(); count as usize];
        for (at, emoji, votes) in rows {
            if let Some(span) = usize::try_from(at).ok().and_then(|at| spans.get_mut(at)) {
                span.push((emoji, votes));
            }
        }
        Ok(spans.into_iter().map(counted).collect())
    }

    async fn with_votes(
        &self,
        rows: Vec<TopTuple>,
        query: &TopQuery<'_>,
        names: Option<(i64, i64)>,
    ) -> Result<Vec<TopRow>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let (first, last) = guilds(query.guild);
        let keys: Vec<&str> = rows.iter().map(|(_, _, key, ..)| key.as_str()).collect();
        let mut counts = sqlx::query_as(if names.is_some() { NAME_COUNTS } else { STORY_COUNTS })
            .bind(first)
            .bind(last)
            .bind(query.since)
            .bind(query.subject)
            .bind(json(&keys)?);
        if let Some((role, position)) = names {
            counts = counts.bind(role).bind(position);
        }
        let mut by_key: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
        let counts: Vec<(String, String, i64)> = counts.fetch_all(self.read()).await?;
        for (key, emoji, votes) in counts {
            by_key.entry(key).or_default().push((emoji, votes));
        }
        let row = |(name, url, key, article, by, _): TopTuple| {
            let votes = counted(by_key.remove(&key).unwrap_or_default());
            TopRow {
                name,
                url,
                by,
                key,
                article: ArticleId(article),
                votes,
            }
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

/// One server, or all: an index serves both as a range.
pub(super) fn guilds(guild: Option<GuildId>) -> (i64, i64) {
    guild.map_or((i64::MIN, i64::MAX), |guild| (guild.to_db(), guild.to_db()))
}

fn counted(rows: Vec<(String, i64)>) -> Vec<Counted> {
    let mut counted: Vec<Counted> = rows
        .into_iter()
        .filter(|(_, votes)| *votes > 0)
        .map(|(emoji, votes)| Counted {
            emoji: Emoji::from_key(&emoji),
            votes: votes.unsigned_abs(),
        })
        .collect();
    counted.sort_by(|a, b| b.votes.cmp(&a.votes).then_with(|| a.emoji.cmp(&b.emoji)));
    counted
}
