//! Quotes on request: who said what, in which drama, with which words.
//!
//! The newest come first; which of them is given is for `app` to choose. How words are looked up is for `search`.

use super::{
    Store, StoreError,
    articles::kind_of,
    json,
    search::{Ending, Search},
    server_feeds::open_to,
};
use crate::model::{ArticleId, GuildId, QuoteId, answer::SaidLine};
use sqlx::{Row, sqlite::SqliteRow};
use std::collections::HashSet;

/// The most candidates of an answer.
const CANDIDATES_MOST: u32 = 500;

statements! {
    BY_KEYS = concat!("SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0),
            (SELECT coalesce(sum(t.rows - t.bots + t.base - t.base_bots), 0)
                FROM (SELECT message FROM post WHERE article = a.id ORDER BY message DESC LIMIT 100) p
                    JOIN tally t ON t.message = p.message AND t.emoji IN (SELECT value FROM json_each($3)))
        FROM quote q JOIN article a ON a.id = q.article
        WHERE q.id IN (SELECT quote FROM quote_key WHERE key IN (SELECT value FROM json_each($1)) ORDER BY quote DESC)
            AND ($2 IS NULL OR q.id IN (SELECT quote FROM quote_key WHERE key IN (SELECT value FROM json_each($2))))
            AND ", open_to!("a", "$5"), "
        ORDER BY q.id DESC LIMIT $4");
    ANY = concat!("SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0),
            (SELECT coalesce(sum(t.rows - t.bots + t.base - t.base_bots), 0)
                FROM (SELECT message FROM post WHERE article = a.id ORDER BY message DESC LIMIT 100) p
                    JOIN tally t ON t.message = p.message AND t.emoji IN (SELECT value FROM json_each($1)))
        FROM quote q JOIN article a ON a.id = q.article
        WHERE q.speaker IS NOT NULL AND ", open_to!("a", "$3"), "
        ORDER BY q.id DESC LIMIT $2");
    /// What is found and not to be seen is dropped here, not there: the loop counts what the index gave.
    BY_WORDS = concat!("SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0),
            (SELECT coalesce(sum(t.rows - t.bots + t.base - t.base_bots), 0)
                FROM (SELECT message FROM post WHERE article = a.id ORDER BY message DESC LIMIT 100) p
                    JOIN tally t ON t.message = p.message AND t.emoji IN (SELECT value FROM json_each($2))), ",
            open_to!("a", "$5"), "
        FROM (SELECT rowid AS id FROM quote_fts WHERE quote_fts MATCH $1 AND rowid < $4 ORDER BY rowid DESC LIMIT $3) f
            CROSS JOIN quote q ON q.id = f.id JOIN article a ON a.id = q.article
        ORDER BY q.id DESC");
    /// What the index says of a phrase, to be looked at before anything else of it is read.
    FOUND = "SELECT f.id, q.text
        FROM (SELECT rowid AS id FROM quote_fts WHERE quote_fts MATCH $1 AND rowid < $3 ORDER BY rowid DESC LIMIT $2) f
            CROSS JOIN quote q ON q.id = f.id
        ORDER BY f.id DESC";
    BY_IDS = concat!("SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0),
            (SELECT coalesce(sum(t.rows - t.bots + t.base - t.base_bots), 0)
                FROM (SELECT message FROM post WHERE article = a.id ORDER BY message DESC LIMIT 100) p
                    JOIN tally t ON t.message = p.message AND t.emoji IN (SELECT value FROM json_each($2)))
        FROM json_each($1) f CROSS JOIN quote q ON q.id = f.value JOIN article a ON a.id = q.article
        WHERE ", open_to!("a", "$3"), "
        ORDER BY q.id DESC");
    BY_ID = concat!("SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0), 0
        FROM quote q JOIN article a ON a.id = q.article WHERE q.id = $1 AND ", open_to!("a", "$2"));
    WHERE_SAID = "SELECT q.parts, a.body FROM quote q JOIN article a ON a.id = q.article
        WHERE q.id = $1 AND q.link IS NULL";
    OF_STORY = "SELECT q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at,
            q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0), 0
        FROM quote q JOIN article a ON a.id = q.article WHERE q.article = $1 ORDER BY q.position LIMIT $2";
    WITH_LINES = concat!("SELECT j.value FROM json_each($1) j
        WHERE EXISTS (SELECT 1 FROM quote_key k JOIN quote q ON q.id = k.quote JOIN article a ON a.id = q.article
            WHERE k.key = j.value AND ", open_to!("a", "$2"), ")");
}

/// What is asked for. Empty lists and no text: anything that somebody said.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuoteQuery<'a> {
    /// For which server, which sees what its own feeds tell; none: what everybody may see.
    pub guild: Option<GuildId>,
    /// Keys of a speaker, any of which will do.
    pub speakers: &'a [String],
    /// Keys of a drama, any of which will do.
    pub dramas: &'a [String],
    /// Words in the line, in any order; what stands in double quotes is a phrase. When nothing has the last word,
    /// it may be unfinished.
    pub text: Option<&'a str>,
    /// The last word is being typed: it may be unfinished from the start.
    pub typing: bool,
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
    /// Quotes that fit, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn quotes(&self, query: &QuoteQuery<'_>) -> Result<Vec<QuoteHit>, StoreError> {
        let Some(text) = query.text else {
            return self.by_keys(query).await;
        };
        // Whole words first: their lists are read from the newest end, while those of all words that begin like
        // one have to be merged before.
        for ending in [Ending::Whole, Ending::Open] {
            if query.typing && ending == Ending::Whole {
                continue;
            }
            let Some(search) = Search::of(query, text, ending) else {
                continue;
            };
            let hits = self.by_words(query, &search).await?;
            if !hits.is_empty() {
                return Ok(hits);
            }
        }
        Ok(Vec::new())
    }

    async fn by_words(&self, query: &QuoteQuery<'_>, search: &Search) -> Result<Vec<QuoteHit>, StoreError> {
        let limit = query.limit.min(CANDIDATES_MOST) as usize;
        let (mut before, mut hits) = (i64::MAX, Vec::new());
        loop {
            let (some, next) = if search.has_phrase() {
                self.with_phrase(query, search, before).await?
            } else {
                self.with_words(query, search, before).await?
            };
            let room = limit - hits.len();
            hits.extend(some.into_iter().take(room));
            // Nearly always at once: little of what is found is not to be seen.
            match next.filter(|_| hits.len() < limit) {
                Some(next) => before = next,
                None => return Ok(hits),
            }
        }
    }

    /// The newest that the index finds below a line, as far as they may be seen, and where the next ones begin.
    async fn with_words(
        &self,
        query: &QuoteQuery<'_>,
        search: &Search,
        before: i64,
    ) -> Result<(Vec<QuoteHit>, Option<i64>), StoreError> {
        let limit = query.limit.min(CANDIDATES_MOST);
        let rows = sqlx::query(BY_WORDS)
            .bind(&search.expression)
            .bind(json(query.loved)?)
            .bind(limit)
            .bind(before)
            .bind(query.guild.map(GuildId::to_db))
            .fetch_all(self.read())
            .await?;
        let (mut hits, mut last) = (Vec::new(), None);
        for row in &rows {
            let hit = hit(row)?;
            last = Some(hit.line.quote.0);
            if row.try_get(16)? {
                hits.push(hit);
            }
        }
        Ok((hits, last.filter(|_| rows.len() == limit as usize)))
    }

    /// The same for phrases: the index finds other lines as well, of which nothing but the text is read.
    async fn with_phrase(
        &self,
        query: &QuoteQuery<'_>,
        search: &Search,
        before: i64,
    ) -> Result<(Vec<QuoteHit>, Option<i64>), StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(FOUND)
            .bind(&search.expression)
            .bind(CANDIDATES_MOST)
            .bind(before)
            .fetch_all(self.read())
            .await?;
        let next = rows.last().map(|(id, _)| *id);
        let next = next.filter(|_| rows.len() == CANDIDATES_MOST as usize);
        let fitting = rows.iter().filter(|(_, text)| search.fits(text)).map(|(id, _)| *id);
        let fitting: Vec<i64> = fitting.take(query.limit as usize).collect();
        if fitting.is_empty() {
            return Ok((Vec::new(), next));
        }
        let hits = sqlx::query(BY_IDS)
            .bind(json(&fitting)?)
            .bind(json(query.loved)?)
            .bind(query.guild.map(GuildId::to_db))
            .fetch_all(self.read())
            .await?;
        Ok((hits.iter().map(hit).collect::<Result<_, _>>()?, next))
    }

    async fn by_keys(&self, query: &QuoteQuery<'_>) -> Result<Vec<QuoteHit>, StoreError> {
        let loved = json(query.loved)?;
        let limit = query.limit.min(CANDIDATES_MOST);
        let guild = query.guild.map(GuildId::to_db);
        let (first, second) = match (query.speakers, query.dramas) {
            ([], []) => {
                let bound = sqlx::query(ANY).bind(loved).bind(limit).bind(guild);
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
            .bind(limit)
            .bind(guild);
        bound.fetch_all(self.read()).await?.iter().map(hit).collect()
    }

    /// Where a line stands: the byte ranges of its parts in the body that was read, and that body as long as it is
    /// kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn where_said(&self, id: QuoteId) -> Result<(Vec<[usize; 2]>, Option<String>), StoreError> {
        let row: Option<(String, Option<String>)> = sqlx::query_as(WHERE_SAID)
            .bind(id.0)
            .fetch_optional(self.read())
            .await?;
        let Some((parts, body)) = row else {
            return Ok((Vec::new(), None));
        };
        Ok((serde_json::from_str(&parts)?, body))
    }

    /// The lines of a story, in its order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn quotes_of(&self, article: ArticleId, limit: u32) -> Result<Vec<QuoteHit>, StoreError> {
        let rows = sqlx::query(OF_STORY)
            .bind(article.0)
            .bind(limit)
            .fetch_all(self.read())
            .await?;
        rows.iter().map(hit).collect()
    }

    /// Which of these keys of speakers or dramas have any line that a server may see; none: that everybody may see.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn with_lines(&self, keys: &[String], guild: Option<GuildId>) -> Result<HashSet<String>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(WITH_LINES)
            .bind(json(keys)?)
            .bind(guild.map(GuildId::to_db))
            .fetch_all(self.read())
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// One quote, if a server may see it; none: if everybody may.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn quote(&self, id: QuoteId, guild: Option<GuildId>) -> Result<Option<QuoteHit>, StoreError> {
        let row = sqlx::query(BY_ID)
            .bind(id.0)
            .bind(guild.map(GuildId::to_db))
            .fetch_optional(self.read())
            .await?;
        row.as_ref().map(hit).transpose()
    }
}

fn hit(row: &SqliteRow) -> Result<QuoteHit, StoreError> {
    let kind: String = row.try_get(5)?;
    let loved: i64 = row.try_get(15)?;
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
            same_drama: row.try_get(14)?,
            style: Default::default(),
        },
        loved: u64::try_from(loved).unwrap_or(0),
        key: row.try_get(12)?,
        confidence: row.try_get(11)?,
        article: ArticleId(row.try_get(13)?),
    })
}
