//! Quotes on request: who said what, in which drama, with which words.
//!
//! The newest come first; which of them is given is for `app` to choose. How words are looked up is for `search`.

use super::{
    Store, StoreError,
    articles::kind_of,
    json,
    search::{Ending, Search, far, found},
    server_feeds::open_to,
};
use crate::model::{ArticleId, GuildId, QuoteId, answer::SaidLine};
use serde::{Deserialize, de::DeserializeOwned};
use std::{cmp::Reverse, collections::HashSet};

/// The most candidates of an answer.
const CANDIDATES_MOST: u32 = 500;

/// A line as one value, for [`Row`]: a row of its own costs a message between threads, and an answer has a hundred.
macro_rules! line {
    ($loved:expr, $open:expr) => {
        concat!(
            "json_array(q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at, q.confidence, q.rank IS NOT NULL, a.id,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0), ",
            $loved,
            ", ",
            $open,
            ")"
        )
    };
}

/// Votes of the loved kind, whose emoji are a JSON list, on the posts of a story: everywhere, or those of the server that
/// it is for (`felt` sums them up).
macro_rules! votes {
    ($emoji:literal, $guild:literal) => {
        concat!(
            "(SELECT coalesce(sum(e.votes), 0) FROM felt_emoji e
                WHERE e.article = a.id AND e.place = iif(a.confined, ",
            $guild,
            ", -1) AND e.emoji IN (SELECT value FROM json_each(",
            $emoji,
            ")))"
        )
    };
}

/// All values of a query's column `line` as one list; null when there is none.
macro_rules! together {
    ($($query:expr),+) => {
        concat!("SELECT '[' || group_concat(line) || ']' FROM (", $($query),+, ")")
    };
}

statements! {
    /// Of each key's lines only the newest are read, from their end: somebody who is always in the news has thousands.
    /// What is found and not to be seen is dropped here, not there, as below.
    BY_KEYS = together!("SELECT ", line!(votes!("$2", "$4"), open_to!("a", "$4")), " AS line
        FROM (SELECT DISTINCT n.value AS id FROM json_each($1) j, json_each((
                SELECT json_group_array(quote) FROM (SELECT k.quote FROM quote_key k
                    WHERE k.key = j.value AND k.quote < $5
                    ORDER BY k.quote DESC LIMIT $3))) n
                ORDER BY id DESC LIMIT $3) f
            CROSS JOIN quote q ON q.id = f.id JOIN article a ON a.id = q.article
        ORDER BY q.id DESC");
    ANY = together!("SELECT ", line!(votes!("$1", "$3"), "1"), " AS line
        FROM quote q JOIN article a ON a.id = q.article
        WHERE q.speaker IS NOT NULL AND ", open_to!("a", "$3", "q.id"), "
        ORDER BY q.id DESC LIMIT $2");
    /// What is found and not to be seen is dropped here, not there: the loop counts what the index gave.
    BY_WORDS = together!("SELECT ", line!(votes!("$2", "$5"), open_to!("a", "$5")), " AS line
        FROM ", found!("$1", "$4", "$3"), " f
            CROSS JOIN quote q ON q.id = f.id JOIN article a ON a.id = q.article
        ORDER BY q.id DESC");
    /// What the index says of a phrase, to be looked at before anything else of it is read.
    FOUND = together!("SELECT json_array(f.id, q.text) AS line
        FROM ", found!("$1", "$3", "$2"), " f
            CROSS JOIN quote q ON q.id = f.id
        ORDER BY f.id DESC");
    BY_IDS = together!("SELECT ", line!(votes!("$2", "$3"), "1"), " AS line
        FROM json_each($1) f CROSS JOIN quote q ON q.id = f.value JOIN article a ON a.id = q.article
        WHERE ", open_to!("a", "$3", "q.id"), "
        ORDER BY q.id DESC");
    BY_ID = together!("SELECT ", line!("0", "1"), " AS line
        FROM quote q JOIN article a ON a.id = q.article WHERE q.id = $1 AND ", open_to!("a", "$2"));
    WHERE_SAID = "SELECT q.parts, a.body FROM quote q JOIN article a ON a.id = q.article
        WHERE q.id = $1 AND q.link IS NULL";
    OF_STORY = together!("SELECT ", line!("0", "1"), " AS line
        FROM quote q JOIN article a ON a.id = q.article WHERE q.article = $1 ORDER BY q.position LIMIT $2");
    WITH_LINES = concat!("SELECT j.value FROM json_each($1) j
        WHERE EXISTS (SELECT 1 FROM quote_key k JOIN quote q ON q.id = k.quote JOIN article a ON a.id = q.article
            WHERE k.key = j.value AND ", open_to!("a", "$2", "q.id"), ")");
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
    /// Votes of the loved kind on the posts of its story, bots' not counted, as they were last counted
    /// ([`Store::count_up`]): they give a line its weight, and need not be of this second.
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
            let by = if search.has_phrase() {
                By::Phrase(&search)
            } else {
                By::Words(&search)
            };
            let hits = self.newest(query, by).await?;
            if !hits.is_empty() {
                return Ok(hits);
            }
        }
        Ok(Vec::new())
    }

    async fn by_keys(&self, query: &QuoteQuery<'_>) -> Result<Vec<QuoteHit>, StoreError> {
        let keys = match (query.speakers, query.dramas) {
            ([], []) => {
                let bound = sqlx::query_scalar(ANY)
                    .bind(json(query.loved)?)
                    .bind(query.limit.min(CANDIDATES_MOST))
                    .bind(query.guild.map(GuildId::to_db));
                return hits(bound.fetch_one(self.read()).await?);
            }
            (keys, []) | ([], keys) => json(keys)?,
            // Two who are always in the news, and have nothing in common, have tens of thousands of lines: the index
            // goes through its lists of both, not through rows.
            _ => return self.newest(query, By::Words(&Search::of_keys(query))).await,
        };
        self.newest(query, By::Keys(keys)).await
    }

    /// As many as are asked for, a page after the other.
    async fn newest(&self, query: &QuoteQuery<'_>, by: By<'_>) -> Result<Vec<QuoteHit>, StoreError> {
        let limit = query.limit.min(CANDIDATES_MOST) as usize;
        let (mut before, mut hits) = (i64::MAX, Vec::new());
        // Of a phrase that is often said the first lines will do; of one whose words stand apart, many are looked at.
        let mut looked_at = query.limit.min(CANDIDATES_MOST);
        loop {
            let (some, next) = match &by {
                By::Keys(keys) => self.with_keys(query, keys, before).await?,
                By::Words(search) => self.with_words(query, search, before).await?,
                By::Phrase(search) => self.with_phrase(query, search, (before, looked_at)).await?,
            };
            let room = limit - hits.len();
            hits.extend(some.into_iter().take(room));
            // Nearly always at once: little of what is found is not to be seen.
            match next.filter(|_| hits.len() < limit) {
                Some(next) => (before, looked_at) = (next, (looked_at * 2).clamp(1, CANDIDATES_MOST)),
                None => return Ok(hits),
            }
        }
    }

    /// The newest below a line that have one of the keys, as far as they may be seen, and where the next ones begin.
    async fn with_keys(&self, query: &QuoteQuery<'_>, keys: &str, before: i64) -> Result<Page, StoreError> {
        let limit = query.limit.min(CANDIDATES_MOST);
        let bound = sqlx::query_scalar(BY_KEYS)
            .bind(keys)
            .bind(json(query.loved)?)
            .bind(limit)
            .bind(query.guild.map(GuildId::to_db))
            .bind(before);
        page(bound.fetch_one(self.read()).await?, limit)
    }

    /// The newest that the index finds below a line, as far as they may be seen, and where the next ones begin.
    async fn with_words(&self, query: &QuoteQuery<'_>, search: &Search, before: i64) -> Result<Page, StoreError> {
        let limit = query.limit.min(CANDIDATES_MOST);
        let bound = sqlx::query_scalar(BY_WORDS)
            .bind(&search.expression)
            .bind(json(query.loved)?)
            .bind(limit)
            .bind(before)
            .bind(query.guild.map(GuildId::to_db));
        page(bound.fetch_one(self.read()).await?, limit)
    }

    /// The same for phrases: the index finds other lines as well, of which nothing but the text is read.
    async fn with_phrase(
        &self,
        query: &QuoteQuery<'_>,
        search: &Search,
        (before, looked_at): (i64, u32),
    ) -> Result<Page, StoreError> {
        let bound = sqlx::query_scalar(FOUND)
            .bind(&search.expression)
            .bind(looked_at)
            .bind(before);
        let rows: Vec<(i64, String)> = newest_first(bound.fetch_one(self.read()).await?, |row: &(i64, String)| row.0)?;
        let next = rows.last().map(|(id, _)| *id);
        let next = next.filter(|_| rows.len() == looked_at as usize);
        let fitting = rows.iter().filter(|(_, text)| search.fits(text)).map(|(id, _)| *id);
        let fitting: Vec<i64> = fitting.take(query.limit as usize).collect();
        if fitting.is_empty() {
            return Ok((Vec::new(), next));
        }
        let bound = sqlx::query_scalar(BY_IDS)
            .bind(json(&fitting)?)
            .bind(json(query.loved)?)
            .bind(query.guild.map(GuildId::to_db));
        Ok((hits(bound.fetch_one(self.read()).await?)?, next))
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
        let bound = sqlx::query_scalar(OF_STORY).bind(article.0).bind(limit);
        let rows: Vec<Row> = rows(bound.fetch_one(self.read()).await?)?;
        Ok(rows.into_iter().map(hit).collect())
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
        let bound = sqlx::query_scalar(BY_ID).bind(id.0).bind(guild.map(GuildId::to_db));
        Ok(hits(bound.fetch_one(self.read()).await?)?.pop())
    }
}

/// By what lines are found.
enum By<'a> {
    /// Keys of which a line has one, as a JSON list.
    Keys(String),
    /// Words, keys of both kinds, or all of these.
    Words(&'a Search),
    Phrase(&'a Search),
}

/// Some of what is found, newest first, and below which line the next ones are.
type Page = (Vec<QuoteHit>, Option<i64>);

/// What [`together!`] gave, up to `limit`, without what may not be seen.
fn page(list: Option<String>, limit: u32) -> Result<Page, StoreError> {
    let rows = newest_first(list, |row: &Row| row.id)?;
    let next = rows.last().map(|row| row.id).filter(|_| rows.len() == limit as usize);
    Ok((rows.into_iter().filter(|row| row.open != 0).map(hit).collect(), next))
}

/// A line as [`line!`] gives it, in its order.
#[derive(Deserialize)]
struct Row {
    id: i64,
    text: String,
    speaker: Option<String>,
    actor: Option<String>,
    role: Option<String>,
    kind: String,
    drama: Option<String>,
    title: String,
    url: Option<String>,
    source: String,
    at: i64,
    confidence: f64,
    key: u8,
    article: i64,
    same_drama: Option<String>,
    loved: i64,
    open: u8,
}

/// What [`together!`] gave.
fn rows<T: DeserializeOwned>(list: Option<String>) -> Result<Vec<T>, StoreError> {
    list.map_or_else(|| Ok(Vec::new()), |list| Ok(serde_json::from_str(&list)?))
}

/// The same, the newest line first: SQLite does not promise to put them together as they come.
fn newest_first<T: DeserializeOwned>(list: Option<String>, id: impl Fn(&T) -> i64) -> Result<Vec<T>, StoreError> {
    let mut rows: Vec<T> = rows(list)?;
    rows.sort_by_key(|row| Reverse(id(row)));
    Ok(rows)
}

fn hits(list: Option<String>) -> Result<Vec<QuoteHit>, StoreError> {
    let rows = newest_first(list, |row: &Row| row.id)?;
    Ok(rows.into_iter().map(hit).collect())
}

fn hit(row: Row) -> QuoteHit {
    QuoteHit {
        line: SaidLine {
            quote: QuoteId(row.id),
            text: row.text,
            speaker: row.speaker,
            actor: row.actor,
            role: row.role,
            kind: kind_of(&row.kind),
            drama: row.drama,
            title: row.title,
            url: row.url,
            source: row.source,
            at: row.at,
            // What “another” may ask for depends on what was asked: the caller fills it in.
            another: None,
            same_drama: row.same_drama,
            style: Default::default(),
        },
        loved: u64::try_from(row.loved).unwrap_or(0),
        key: row.key != 0,
        confidence: row.confidence,
        article: ArticleId(row.article),
    }
}
