//! Quotes on request: who said what, in which drama, with which words.
//!
//! The full-text index holds a token for each key of a quote beside its words, so that “this person, these
//! words” is answered from the index alone (STORE.md §1d: the join is a trap). The newest come first; which
//! of them is given is for `app` to choose.

use super::{Store, StoreError, articles::kind_of, json};
use crate::model::{ArticleId, QuoteId, answer::SaidLine};
use sha2::{Digest, Sha256};
use sqlx::{Row, sqlite::SqliteRow};

/// The most words of a search that are looked at, and the most candidates of an answer.
const WORDS_MOST: usize = 12;
const CANDIDATES_MOST: u32 = 500;

statements! {
    BY_KEYS = "SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, a.url, a.source, a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT coalesce(sum(t.rows - t.bots + t.base - t.base_bots), 0)
                FROM (SELECT message FROM post WHERE article = a.id ORDER BY message DESC LIMIT 100) p
                    JOIN tally t ON t.message = p.message AND t.emoji IN (SELECT value FROM json_each($3)))
        FROM quote q JOIN article a ON a.id = q.article
        WHERE q.id IN (SELECT quote FROM quote_key WHERE key IN (SELECT value FROM json_each($1)) ORDER BY quote DESC)
            AND ($2 IS NULL OR q.id IN (SELECT quote FROM quote_key WHERE key IN (SELECT value FROM json_each($2))))
            AND q.id IS NOT $4
        ORDER BY q.id DESC LIMIT $5";
    ANY = "SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, a.url, a.source, a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT coalesce(sum(t.rows - t.bots + t.base - t.base_bots), 0)
                FROM (SELECT message FROM post WHERE article = a.id ORDER BY message DESC LIMIT 100) p
                    JOIN tally t ON t.message = p.message AND t.emoji IN (SELECT value FROM json_each($1)))
        FROM quote q JOIN article a ON a.id = q.article
        WHERE q.speaker IS NOT NULL AND q.id IS NOT $2
        ORDER BY q.id DESC LIMIT $3";
    BY_WORDS = "SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, a.url, a.source, a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT coalesce(sum(t.rows - t.bots + t.base - t.base_bots), 0)
                FROM (SELECT message FROM post WHERE article = a.id ORDER BY message DESC LIMIT 100) p
                    JOIN tally t ON t.message = p.message AND t.emoji IN (SELECT value FROM json_each($2)))
        FROM (SELECT rowid AS id FROM quote_fts WHERE quote_fts MATCH $1 AND rowid IS NOT $3
                ORDER BY rowid DESC LIMIT $4) f
            CROSS JOIN quote q ON q.id = f.id JOIN article a ON a.id = q.article
        ORDER BY q.id DESC";
    BY_ID = "SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, a.url, a.source, a.at,
            q.confidence, q.rank IS NOT NULL, a.id, 0
        FROM quote q JOIN article a ON a.id = q.article WHERE q.id = $1";
    EVERY = "SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, a.url, a.source, a.at,
            q.confidence, q.rank IS NOT NULL, a.id, 0
        FROM quote q JOIN article a ON a.id = q.article WHERE q.id > $1 ORDER BY q.id LIMIT $2";
    HAS_ANY = "SELECT EXISTS (SELECT 1 FROM quote)";
}

/// What is asked for. Empty lists and no text: anything that somebody said.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuoteQuery<'a> {
    /// Keys of a speaker, any of which will do.
    pub speakers: &'a [String],
    /// Keys of a drama, any of which will do.
    pub dramas: &'a [String],
    /// Words in the line; the last may be unfinished.
    pub text: Option<&'a str>,
    /// Not this one again, as long as there is another.
    pub not: Option<QuoteId>,
    /// Emoji keys whose votes say that a line is loved.
    pub loved: &'a [String],
    /// The most candidates, at most 500.
    pub limit: u32,
}

/// A quote that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteHit {
    /// The line.
    pub line: SaidLine,
    /// Votes of the loved kind on the newest hundred posts of its story, bots' not counted: a bound, for a story may
    /// have ten thousand.
    pub loved: u64,
    /// Whether it is one of the key quotes of its story.
    pub key: bool,
    /// How sure the speaker is, 0 to 1.
    pub confidence: f64,
    /// Its story.
    pub article: ArticleId,
}

impl Store {
    /// Quotes that fit, newest first. If the one that is not wanted again is the only one, it is given.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn quotes(&self, query: &QuoteQuery<'_>) -> Result<Vec<QuoteHit>, StoreError> {
        let hits = self.matching_quotes(query).await?;
        if hits.is_empty() && query.not.is_some() {
            return self.matching_quotes(&QuoteQuery { not: None, ..*query }).await;
        }
        Ok(hits)
    }

    async fn matching_quotes(&self, query: &QuoteQuery<'_>) -> Result<Vec<QuoteHit>, StoreError> {
        let loved = json(query.loved)?;
        let not = query.not.map(|id| id.0);
        let limit = query.limit.min(CANDIDATES_MOST);
        let rows = if let Some(text) = query.text {
            let Some(expression) = expression(query, text) else {
                return Ok(Vec::new());
            };
            let bound = sqlx::query(BY_WORDS).bind(expression).bind(loved).bind(not).bind(limit);
            bound.fetch_all(self.read()).await?
        } else {
            let (first, second) = match (query.speakers, query.dramas) {
                ([], []) => {
                    let bound = sqlx::query(ANY).bind(loved).bind(not).bind(limit);
                    return bound.fetch_all(self.read()).await?.iter().map(hit).collect();
                }
                (speakers, []) => (speakers, None),
                ([], dramas) => (dramas, None),
                (speakers, dramas) => (speakers, Some(json(dramas)?)),
            };
            let bound = sqlx::query(BY_KEYS)
                .bind(json(first)?)
                .bind(second)
                .bind(loved)
                .bind(not)
                .bind(limit);
            bound.fetch_all(self.read()).await?
        };
        rows.iter().map(hit).collect()
    }

    /// One quote.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn quote(&self, id: QuoteId) -> Result<Option<QuoteHit>, StoreError> {
        let row = sqlx::query(BY_ID).bind(id.0).fetch_optional(self.read()).await?;
        row.as_ref().map(hit).transpose()
    }

    /// Every quote, oldest first, in slices: the next one after the last of a slice.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn every_quote(&self, after: QuoteId, limit: u32) -> Result<Vec<QuoteHit>, StoreError> {
        let rows = sqlx::query(EVERY)
            .bind(after.0)
            .bind(limit)
            .fetch_all(self.read())
            .await?;
        rows.iter().map(hit).collect()
    }

    /// Whether there is any quote at all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has_quotes(&self) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar(HAS_ANY).fetch_one(self.read()).await?)
    }
}

fn hit(row: &SqliteRow) -> Result<QuoteHit, StoreError> {
    let kind: String = row.try_get(5)?;
    let loved: i64 = row.try_get(14)?;
    Ok(QuoteHit {
        line: SaidLine {
            quote: QuoteId(row.try_get(0)?),
            text: row.try_get(1)?,
            speaker: row.try_get(2)?,
            actor: row.try_get(3)?,
            role: row.try_get(4)?,
            kind: kind_of(&kind),
            drama: row.try_get(6)?,
            title: row.try_get(7)?,
            url: row.try_get(8)?,
            source: row.try_get(9)?,
            at: row.try_get(10)?,
            // What “another” may ask for depends on what was asked: the caller fills it in.
            another: None,
            style: Default::default(),
        },
        loved: u64::try_from(loved).unwrap_or(0),
        key: row.try_get(12)?,
        confidence: row.try_get(11)?,
        article: ArticleId(row.try_get(13)?),
    })
}

/// The expression for FTS5; none when there is no word in the text. Words come as quoted strings, so that nothing
/// a person types is syntax. The last word, and every word in hangul (particles follow without a space), may go on.
fn expression(query: &QuoteQuery<'_>, text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(WORDS_MOST)
        .collect();
    let last = words.len().checked_sub(1)?;
    let mut terms = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let goes_on = place == last || word.chars().any(|c| ('가'..='힣').contains(&c));
        terms.push(format!("\"{word}\"{}", if goes_on { "*" } else { "" }));
    }
    let mut expression = format!("text : ({})", terms.join(" AND "));
    for keys in [query.speakers, query.dramas] {
        if !keys.is_empty() {
            let any = keys.iter().map(|key| who_token(key)).collect::<Vec<_>>().join(" OR ");
            expression.push_str(&format!(" AND who : ({any})"));
        }
    }
    Some(expression)
}

/// The token of a key in the index: keys have marks in them, tokens cannot. 64 bits of a hash: among a million keys
/// a collision is a matter of one in 37 million, and would show a line too many, not a wrong speaker.
pub(super) fn who_token(key: &str) -> String {
    let hash = Sha256::digest(key.as_bytes());
    let mut token = String::from("k");
    for byte in hash.iter().take(8) {
        token.push_str(&format!("{byte:02x}"));
    }
    token
}
