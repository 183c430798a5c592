//! Quotes on request: who said what, in which drama, with which words.
//!
//! The newest come first, and of each no more is read than what it is chosen for; which of them is given is for `app` to
//! choose, and then that line is read. How words are looked up is for `search`.

use super::{
    Store, StoreError,
    articles::kind_of,
    json,
    search::{Ending, Search, far, found},
    server_feeds::open_to,
};
use crate::model::{ArticleId, GuildId, Millis, QuoteId, answer::SaidLine};
use serde::{Deserialize, de::DeserializeOwned};
use sqlx::SqlitePool;
use std::{cmp::Reverse, collections::HashSet};

/// The most candidates of an answer.
const CANDIDATES_MOST: u32 = 500;

/// What a line is chosen for, as one value, for [`Weighed`]: a row of its own costs a message between threads, and there
/// are a hundred.
macro_rules! weighed {
    ($text:expr, $loved:expr, $open:expr) => {
        concat!(
            "json_array(q.id, ",
            $text,
            ", a.at, q.rank IS NOT NULL, ",
            $loved,
            ", ",
            $open,
            ")"
        )
    };
}

/// The lines of numbers `f`, newest first, with their stories: of those nothing but the index is read, for a story's row
/// is long, and its columns stand behind its body.
macro_rules! with_story {
    () => {
        " CROSS JOIN quote q ON q.id = f.id CROSS JOIN article a INDEXED BY article_brief ON a.id = q.article"
    };
}

/// A line as one value, for [`Row`].
macro_rules! line {
    () => {
        "json_array(q.id, q.text, q.speaker, q.actor, q.role, q.kind, q.drama, a.title, coalesce(q.link, a.url),
            coalesce(q.outlet, a.source), a.at,
            (SELECT key FROM article_name WHERE article = a.id AND role = 0 AND position = 0))"
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
    /// What is found and not to be seen is dropped here, not there: the loop counts what was found.
    BY_KEYS = together!("SELECT ", weighed!("NULL", votes!("$2", "$5"), open_to!("a", "$5")), " AS line
        FROM (SELECT DISTINCT n.value AS id FROM json_each($1) j, json_each((
                SELECT json_group_array(quote) FROM (SELECT k.quote FROM quote_key k
                    WHERE k.key = j.value AND k.quote < $4
                    ORDER BY k.quote DESC LIMIT $3))) n
                ORDER BY id DESC LIMIT $3) f", with_story!());
    ANY = together!("SELECT ", weighed!("NULL", votes!("$1", "$3"), "1"), " AS line
        FROM quote q CROSS JOIN article a INDEXED BY article_brief ON a.id = q.article
        WHERE q.speaker IS NOT NULL AND ", open_to!("a", "$3", "q.id"), "
        ORDER BY q.id DESC LIMIT $2");
    BY_WORDS = together!("SELECT ", weighed!("NULL", votes!("$2", "$5"), open_to!("a", "$5")), " AS line
        FROM ", found!("$1", "$4", "$3"), " f", with_story!());
    /// What the index says of a phrase, whose words are to be looked at.
    BY_PHRASE = together!("SELECT ", weighed!("q.text", votes!("$2", "$5"), open_to!("a", "$5")), " AS line
        FROM ", found!("$1", "$4", "$3"), " f", with_story!());
    LINES = together!("SELECT ", line!(), " AS line
        FROM json_each($1) f CROSS JOIN quote q ON q.id = f.value JOIN article a ON a.id = q.article
        WHERE ", open_to!("a", "$2", "q.id"));
    WHERE_SAID = "SELECT q.parts, a.body FROM quote q JOIN article a ON a.id = q.article
        WHERE q.id = $1 AND q.link IS NULL";
    OF_STORY = together!("SELECT ", line!(), " AS line
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

/// A line that fits, and what it is chosen for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The line.
    pub quote: QuoteId,
    /// When its story was told, unix milliseconds.
    pub at: Millis,
    /// Votes of the loved kind on the posts of its story, bots' not counted, as they were last counted
    /// ([`Store::count_up`]): they give a line its weight, and need not be of this second.
    pub loved: u64,
    /// Whether it is one of the key quotes of its story.
    pub key: bool,
}

impl Store {
    /// Quotes that fit, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn candidates(&self, query: &QuoteQuery<'_>) -> Result<Vec<Candidate>, StoreError> {
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
            let hits = self.newest(query, &By::words(search, self.read()).await?).await?;
            if !hits.is_empty() {
                return Ok(hits);
            }
        }
        Ok(Vec::new())
    }

    async fn by_keys(&self, query: &QuoteQuery<'_>) -> Result<Vec<Candidate>, StoreError> {
        let by = match (query.speakers, query.dramas) {
            ([], []) => {
                let bound = sqlx::query_scalar(ANY)
                    .bind(json(query.loved)?)
                    .bind(query.limit.min(CANDIDATES_MOST))
                    .bind(query.guild.map(GuildId::to_db));
                let rows = newest_first(bound.fetch_one(self.read()).await?, |row: &Weighed| row.id)?;
                return Ok(rows.iter().map(Weighed::candidate).collect());
            }
            (keys, []) | ([], keys) => By::Keys(json(keys)?),
            // Two who are always in the news, and have nothing in common, have tens of thousands of lines: the index
            // goes through its lists of both, not through rows.
            _ => By::words(Search::of_keys(query), self.read()).await?,
        };
        self.newest(query, &by).await
    }

    /// As many as are asked for, a page after the other.
    async fn newest(&self, query: &QuoteQuery<'_>, by: &By) -> Result<Vec<Candidate>, StoreError> {
        let limit = query.limit.min(CANDIDATES_MOST) as usize;
        let (mut before, mut hits) = (i64::MAX, Vec::new());
        // Of a phrase that is often said the first lines will do; of one whose words stand apart, many are looked at.
        let mut looked_at = query.limit.min(CANDIDATES_MOST);
        loop {
            let bound = sqlx::query_scalar(by.statement())
                .bind(by.asked())
                .bind(json(query.loved)?)
                .bind(looked_at)
                .bind(before)
                .bind(query.guild.map(GuildId::to_db));
            let found = newest_first(bound.fetch_one(self.read()).await?, |row: &Weighed| row.id)?;
            let room = limit - hits.len();
            let fitting = found.iter().filter(|row| row.open != 0 && by.fits(row));
            hits.extend(fitting.take(room).map(Weighed::candidate));
            // Nearly always at once: little of what is found is not to be seen.
            match found
                .last()
                .filter(|_| found.len() == looked_at as usize && hits.len() < limit)
            {
                Some(last) => (before, looked_at) = (last.id, (looked_at * 2).clamp(1, CANDIDATES_MOST)),
                None => return Ok(hits),
            }
        }
    }

    /// The lines with these numbers, as far as a server may see them, newest first; none: as everybody may.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lines(&self, quotes: &[QuoteId], guild: Option<GuildId>) -> Result<Vec<SaidLine>, StoreError> {
        if quotes.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<i64> = quotes.iter().map(|quote| quote.0).collect();
        let bound = sqlx::query_scalar(LINES)
            .bind(json(&ids)?)
            .bind(guild.map(GuildId::to_db));
        let rows = newest_first(bound.fetch_one(self.read()).await?, |row: &Row| row.id)?;
        Ok(rows.into_iter().map(said).collect())
    }

    /// One line, if a server may see it; none: if everybody may.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn line(&self, quote: QuoteId, guild: Option<GuildId>) -> Result<Option<SaidLine>, StoreError> {
        Ok(self.lines(&[quote], guild).await?.pop())
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
    pub async fn quotes_of(&self, article: ArticleId, limit: u32) -> Result<Vec<SaidLine>, StoreError> {
        let bound = sqlx::query_scalar(OF_STORY).bind(article.0).bind(limit);
        let rows: Vec<Row> = rows(bound.fetch_one(self.read()).await?)?;
        Ok(rows.into_iter().map(said).collect())
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
}

/// By what lines are found.
enum By {
    /// Keys of which a line has one, as a JSON list.
    Keys(String),
    /// Words, keys of both kinds, or all of these, as the index is asked for them.
    Words(Search, String),
}

impl By {
    async fn words(search: Search, read: &SqlitePool) -> Result<Self, StoreError> {
        let expression = search.expression(read).await?;
        Ok(Self::Words(search, expression))
    }

    fn statement(&self) -> &'static str {
        match self {
            Self::Keys(_) => BY_KEYS,
            Self::Words(search, _) if search.has_phrase() => BY_PHRASE,
            Self::Words(..) => BY_WORDS,
        }
    }

    fn asked(&self) -> &str {
        let (Self::Keys(asked) | Self::Words(_, asked)) = self;
        asked
    }

    /// Whether what was found is what was looked for.
    fn fits(&self, found: &Weighed) -> bool {
        match (self, &found.text) {
            (Self::Words(search, _), Some(text)) => search.fits(text),
            _ => true,
        }
    }
}

/// A line as [`weighed!`] gives it, in its order.
#[derive(Deserialize)]
struct Weighed {
    id: i64,
    text: Option<String>,
    at: i64,
    key: u8,
    loved: i64,
    open: u8,
}

impl Weighed {
    fn candidate(&self) -> Candidate {
        Candidate {
            quote: QuoteId(self.id),
            at: self.at,
            loved: u64::try_from(self.loved).unwrap_or(0),
            key: self.key != 0,
        }
    }
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
    same_drama: Option<String>,
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

fn said(row: Row) -> SaidLine {
    SaidLine {
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
    }
}
