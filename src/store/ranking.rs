//! What people felt, from what `felt` summed up: rankings and moods of a server, or of all. What a server's own feed told
//! counts in that server, and not over all. A story belongs to the time when it was first posted there.
//!
//! Counts leave out other bots. Which feeling an emoji stands for is for `app` to say; which story brought most of one
//! is asked in `feelings`.

use super::{Store, StoreError, felt::place_of, json};
use crate::model::{ArticleId, Emoji, GuildId, Millis, answer::TopBy};
use std::collections::BTreeMap;

/// Stories that were voted for in a place ($1), posted there since a time ($2), about a drama ($3) or all.
macro_rules! stories {
    // Of all times and dramas, the strongest first. The time is asked for all the same, and is always past.
    (ever) => {
        "felt f INDEXED BY felt_votes WHERE f.place = $1 AND f.votes > 0 AND f.posted >= $2 AND $3 IS NULL"
    };
    (since) => {
        "felt f INDEXED BY felt_posted WHERE f.place = $1 AND f.posted >= $2 AND f.votes > 0 AND $3 IS NULL"
    };
    (about) => {
        "felt_drama f WHERE f.place = $1 AND f.drama = $3 AND f.posted >= $2"
    };
    // The strongest first.
    (best_about) => {
        "felt_drama f INDEXED BY felt_drama_votes WHERE f.place = $1 AND f.drama = $3 AND f.posted >= $2"
    };
}

/// The strongest of them; with $5 only those with a line of their own, which is looked for in the strongest first.
macro_rules! strongest {
    ($which:ident) => {
        concat!(
            "SELECT story FROM (SELECT f.article AS story FROM ",
            stories!($which),
            " ORDER BY f.votes DESC, f.article DESC LIMIT iif($5 = 0, $4, -1))
            WHERE $5 = 0 OR EXISTS (SELECT 1 FROM quote k WHERE k.article = story AND k.rank = 0) LIMIT $4"
        )
    };
}

/// The strongest names ($5 and $6 say in which role and up to which place). With one max() the other columns come from
/// its row (sqlite.org/lang_select.html, bare columns): the name is the one that the newest story gives.
macro_rules! names {
    ($which:ident) => {
        concat!(
            "SELECT n.name, n.key, max(f.article), sum(f.votes) AS votes FROM (SELECT f.article, f.votes FROM ",
            stories!($which),
            ") f CROSS JOIN article_name n ON n.article = f.article AND n.role = $5 AND n.position <= $6
                GROUP BY n.key ORDER BY votes DESC, n.key LIMIT $4"
        )
    };
}

/// What was felt of the names of a list ($4).
macro_rules! name_counts {
    ($which:ident) => {
        concat!(
            "SELECT n.key, e.emoji, sum(e.votes) FROM (SELECT f.article FROM ",
            stories!($which),
            ") f CROSS JOIN article_name n ON n.article = f.article AND n.role = $5 AND n.position <= $6
                    AND n.key IN (SELECT value FROM json_each($4))
                CROSS JOIN felt_emoji e ON e.article = f.article AND e.place = $1
                GROUP BY 1, 2"
        )
    };
}

/// What was felt of each of them.
macro_rules! each {
    ($columns:literal, $which:ident, $end:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM (SELECT f.article FROM ",
            stories!($which),
            ") f CROSS JOIN felt_emoji e ON e.article = f.article AND e.place = $1 ",
            $end
        )
    };
}

/// Stories of a list ($1) in its order, by one of their texts, with whose it is and what was felt of them in a place ($2).
macro_rules! story {
    ($name:literal, $by:literal, $with:literal) => {
        concat!(
            "SELECT ",
            $name,
            ", a.url, CAST(a.id AS TEXT), a.id, ",
            $by,
            ", (SELECT json_group_object(e.emoji, e.votes) FROM felt_emoji e WHERE e.article = a.id AND e.place = $2)
            FROM json_each($1) j CROSS JOIN article a ON a.id = j.value ",
            $with,
            " ORDER BY j.key"
        )
    };
}

/// The strongest names of all times in a place ($1), as many as are asked for ($3), each with what was felt of it and with
/// the newest story that was voted for there and names it so ($2 and $4: in which role and up to which place). The sum
/// is not called as the column, which `HAVING` would mean: the votes of one emoji, which may all have been taken back.
macro_rules! each_name {
    ($key:literal, $sums:literal, $from:literal, $newest:literal) => {
        concat!(
            "SELECT whose, (SELECT json_array(n.name, n.article) FROM ",
            $from,
            " CROSS JOIN felt f ON f.article = n.article AND f.place = $1 AND +f.votes > 0 WHERE ",
            $newest,
            " LIMIT 1), (SELECT json_group_object(emoji, votes) FROM ",
            $sums,
            " AND ",
            $key,
            " = whose) FROM (SELECT ",
            $key,
            " AS whose, sum(votes) AS felt FROM ",
            $sums,
            " GROUP BY 1 HAVING felt > 0 ORDER BY felt DESC, 1 LIMIT $3) ORDER BY felt DESC, whose"
        )
    };
}

pub(super) use {each, stories};

statements! {
    STRONGEST_EVER = strongest!(ever);
    STRONGEST_SINCE = strongest!(since);
    STRONGEST_ABOUT = strongest!(best_about);
    STORIES = story!("a.title", "(SELECT n.name FROM article_name n
            WHERE n.article = a.id AND n.role = 0 AND n.position = 0)", "");
    /// The best line of each story: people vote for posts, so it has the votes of its story.
    LINES = story!("q.text", "q.speaker", "JOIN quote q ON q.article = a.id AND q.rank = 0");
    NAMES_EVER = each_name!(
        "key",
        "felt_name WHERE place = $1 AND kind = $2",
        "article_name n INDEXED BY article_name_key",
        "n.key = whose AND n.role = $2 AND n.position <= $4 ORDER BY n.article DESC"
    );
    NAMES_SINCE = names!(since);
    NAMES_ABOUT = names!(about);
    /// From the newest of the drama's stories on: who is loved for it is in many.
    CAST_EVER = each_name!(
        "person",
        "felt_cast WHERE place = $1 AND drama = $5",
        "article_subject s CROSS JOIN article_name n ON n.article = s.article AND n.role = $2 AND n.key = whose",
        "s.subject = $5 AND n.position <= $4 ORDER BY s.article DESC"
    );
    NAME_COUNTS_SINCE = name_counts!(since);
    NAME_COUNTS_ABOUT = name_counts!(about);
}

/// What is ranked.
#[derive(Clone, Copy, Debug)]
pub struct TopQuery<'a> {
    /// In which server; none: everywhere.
    pub guild: Option<GuildId>,
    /// Stories that were first posted there since this time; 0: ever.
    pub since: Millis,
    /// Stories, dramas (the main one of each story), people (all who are named), lines (the best of each story).
    /// Feelings are no rows of the store: what is asked for then are stories.
    pub by: TopBy,
    /// Only stories about this drama (its key).
    pub drama: Option<&'a str>,
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

/// Name, address, key, story, by, and what was felt.
type TopTuple = (String, Option<String>, String, i64, Option<String>, String);
/// Key, the name and the story that give it, and what was felt.
type NameTuple = (String, Option<String>, String);
/// Key or story, emoji, votes.
type Counts = Vec<(String, String, i64)>;

/// Where stories are looked for.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// All times, all dramas.
    Ever,
    Since,
    About,
}

impl TopQuery<'_> {
    pub(super) fn of(&self) -> Of {
        match (self.drama, self.since) {
            (Some(_), _) => Of::About,
            (None, ..=0) => Of::Ever,
            (None, _) => Of::Since,
        }
    }
}

/// How `felt_name` calls what is counted, and in which role and up to which place it is named: a story counts for its
/// main drama and for everybody in it.
#[derive(Clone, Copy, PartialEq)]
struct Role(i64, i64);

const MAIN_DRAMA: Role = Role(0, 0);
const PERSON: Role = Role(1, i64::MAX);
impl Store {
    /// A ranking, best first. What nobody voted for is not in it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn top(&self, query: &TopQuery<'_>) -> Result<Vec<TopRow>, StoreError> {
        self.counted_up().await?;
        match query.by {
            TopBy::Story | TopBy::Feeling => {
                let best = self.strongest(query, false).await?;
                self.stories_felt(query.guild, &best).await
            }
            TopBy::Quote => {
                let best = self.strongest(query, true).await?;
                self.felt_of_each(LINES, query.guild, &best).await
            }
            TopBy::Drama => self.names(query, MAIN_DRAMA).await,
            TopBy::Person => self.names(query, PERSON).await,
        }
    }

    /// The stories with most votes.
    async fn strongest(&self, query: &TopQuery<'_>, with_lines: bool) -> Result<Vec<i64>, StoreError> {
        let sql = match query.of() {
            Of::Ever => STRONGEST_EVER,
            Of::Since => STRONGEST_SINCE,
            Of::About => STRONGEST_ABOUT,
        };
        let found = sqlx::query_scalar(sql)
            .bind(place_of(query.guild))
            .bind(query.since)
            .bind(query.drama)
            .bind(query.limit)
            .bind(with_lines);
        Ok(found.fetch_all(self.read()).await?)
    }

    async fn names(&self, query: &TopQuery<'_>, role: Role) -> Result<Vec<TopRow>, StoreError> {
        let (names, counts) = match query.of() {
            Of::Ever => return self.names_ever(query, role).await,
            Of::About if query.since <= 0 && role == PERSON => return self.names_ever(query, role).await,
            Of::Since => (NAMES_SINCE, NAME_COUNTS_SINCE),
            Of::About => (NAMES_ABOUT, NAME_COUNTS_ABOUT),
        };
        let found: Vec<(String, String, i64, i64)> = sqlx::query_as(names)
            .bind(place_of(query.guild))
            .bind(query.since)
            .bind(query.drama)
            .bind(query.limit)
            .bind(role.0)
            .bind(role.1)
            .fetch_all(self.read())
            .await?;
        let keys: Vec<&str> = found.iter().map(|(_, key, ..)| key.as_str()).collect();
        let counts: Counts = sqlx::query_as(counts)
            .bind(place_of(query.guild))
            .bind(query.since)
            .bind(query.drama)
            .bind(json(&keys)?)
            .bind(role.0)
            .bind(role.1)
            .fetch_all(self.read())
            .await?;
        let mut by_key: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
        for (key, emoji, votes) in counts {
            by_key.entry(key).or_default().push((emoji, votes));
        }
        let row = |(name, key, article, _)| TopRow {
            votes: counted(by_key.remove(&key).unwrap_or_default()),
            ..of_name(name, key, article)
        };
        Ok(found.into_iter().map(row).collect())
    }

    /// Of all times; of a drama, its people.
    async fn names_ever(&self, query: &TopQuery<'_>, role: Role) -> Result<Vec<TopRow>, StoreError> {
        let asked = sqlx::query_as(if query.drama.is_some() { CAST_EVER } else { NAMES_EVER })
            .bind(place_of(query.guild))
            .bind(role.0)
            .bind(query.limit)
            .bind(role.1);
        let asked = match query.drama {
            Some(drama) => asked.bind(drama),
            None => asked,
        };
        let found: Vec<NameTuple> = asked.fetch_all(self.read()).await?;
        let mut rows = Vec::with_capacity(found.len());
        for (key, newest, felt) in found {
            // Votes without a story would be none.
            let Some(newest) = newest else { continue };
            let (name, article) = serde_json::from_str(&newest)?;
            rows.push(TopRow {
                votes: counted_in(&felt)?,
                ..of_name(name, key, article)
            });
        }
        Ok(rows)
    }

    /// Stories with what was felt of them, in the order in which they are given.
    pub(super) async fn stories_felt(
        &self,
        guild: Option<GuildId>,
        stories: &[i64],
    ) -> Result<Vec<TopRow>, StoreError> {
        self.felt_of_each(STORIES, guild, stories).await
    }

    async fn felt_of_each(
        &self,
        sql: &'static str,
        guild: Option<GuildId>,
        stories: &[i64],
    ) -> Result<Vec<TopRow>, StoreError> {
        if stories.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<TopTuple> = sqlx::query_as(sql)
            .bind(json(stories)?)
            .bind(place_of(guild))
            .fetch_all(self.read())
            .await?;
        let row = |(name, url, key, article, by, felt): TopTuple| {
            Ok(TopRow {
                url,
                by,
                votes: counted_in(&felt)?,
                ..of_name(name, key, article)
            })
        };
        rows.into_iter().map(row).collect()
    }
}

/// A place in a ranking that nobody voted for yet.
fn of_name(name: String, key: String, article: i64) -> TopRow {
    TopRow {
        name,
        url: None,
        by: None,
        key,
        article: ArticleId(article),
        votes: Vec::new(),
    }
}

/// What was felt, from a JSON object.
pub(super) fn counted_in(felt: &str) -> Result<Vec<Counted>, StoreError> {
    let felt: BTreeMap<String, i64> = serde_json::from_str(felt)?;
    Ok(counted(felt))
}

pub(super) fn counted(rows: impl IntoIterator<Item = (String, i64)>) -> Vec<Counted> {
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
