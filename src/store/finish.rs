//! An entry was read: article, names, quotes, deliveries and “entry done” in one transaction.

use super::{
    Store, StoreError,
    fan_out::{self, Due},
    json,
    search::{self, Lines},
    server_feeds::is_confined,
};
use crate::model::{About, Article, ArticleId, EntryId, Millis, Quote, Reading, Subject};
use sqlx::{Row as _, Sqlite, Transaction, query::Query, sqlite::SqliteArguments};

/// What of a story is one column each, in the order of [`with_columns`].
macro_rules! columns {
    () => {
        "title, author, image, watch, clip, kind, summary, network, characters, body"
    };
}
pub(super) use columns;

statements! {
    KNOWN_STORY = "SELECT article FROM article_link WHERE link IN (SELECT value FROM json_each($1))
        ORDER BY article LIMIT 1";
    /// What only servers' own feeds tell is theirs; once an outlet for all tells it, it is for all.
    CONFINE = "UPDATE article SET confined = 1 WHERE id = $1
        AND EXISTS (SELECT 1 FROM entry e JOIN feed f ON f.id = e.feed WHERE e.id = $2 AND f.own = 0)";
    OPEN = "UPDATE article SET confined = 0 WHERE id = $1 AND confined = 1
        AND EXISTS (SELECT 1 FROM entry e JOIN feed f ON f.id = e.feed WHERE e.id = $2 AND f.own = 1)";
    ENTRY_ARTICLE = "SELECT article FROM entry WHERE id = $1 AND state <> 0";
    /// What is looked at again keeps what the feed said of it.
    ENTRY_DONE = "UPDATE entry SET state = $3, leased = 0, payload = CASE WHEN $4 IS NOT NULL THEN payload END,
            reason = NULL, article = $2, again_due = $4
        WHERE id = $1";
    ADD_LINK = "INSERT INTO article_link (link, article) VALUES ($1, $2) ON CONFLICT (link) DO NOTHING";
    ADD_ARTICLE = concat!("INSERT INTO article (", columns!(), ", url, source, published, seen_at, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, min(coalesce($13, $14), $14)) RETURNING id");
    ADD_NAMES = "INSERT INTO article_name (article, role, position, name, key)
        SELECT $1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each($2)";
    ADD_SUBJECTS = "INSERT INTO article_subject (subject, article) SELECT DISTINCT value, $1 FROM json_each($2)";
    ADD_QUOTE = "INSERT INTO quote (article, position, text, parts, speaker, actor, role, kind, confidence, drama, rank,
            id, link, outlet)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id";
    KNOWN_QUOTE = "SELECT id FROM quote WHERE article = $1 AND text = $2 AND position < 0 ORDER BY id LIMIT 1";
    DROP_QUOTE = "DELETE FROM quote WHERE id = $1";
    ADD_QUOTE_KEYS = "INSERT INTO quote_key (key, quote) SELECT DISTINCT value, $1 FROM json_each($2)";
}

/// A story as it was read.
#[derive(Clone, Copy, Debug)]
pub struct NewStory<'a> {
    /// The article.
    pub article: &'a Article,
    /// The canonical addresses under which it is known, its own first; none when it has none. A story with one of
    /// them is this story, whatever feed brings it.
    pub links: &'a [String],
    /// The outlet's name.
    pub source: &'a str,
    /// What was understood.
    pub reading: &'a Reading,
    /// What it is about.
    pub about: &'a About,
    /// The key quotes, best first: indices into the reading's quotes.
    pub key_quotes: &'a [usize],
    /// When its page is to be looked at again, if the story is new.
    pub look_again: Option<Millis>,
    /// The story that another outlet has told before, when this is another telling of it.
    pub twin: Option<ArticleId>,
    /// What that one does not have: indices into the reading's quotes, best first.
    pub more_quotes: &'a [usize],
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    /// A new story.
    New {
        /// Its row.
        article: ArticleId,
        /// To how many channels it goes.
        deliveries: u64,
    },
    /// Another telling of a story that another outlet told before: its posts get one more link.
    Joined {
        /// The story's row.
        article: ArticleId,
        /// How many channels still wait for it.
        deliveries: u64,
    },
    /// A story that is known already, under one of its addresses: nothing goes out.
    Known {
        /// Its row.
        article: ArticleId,
    },
}

type Tx = Transaction<'static, Sqlite>;

impl Finished {
    fn with(mut self, waiting: u64) -> Self {
        if let Self::New { deliveries, .. } | Self::Joined { deliveries, .. } = &mut self {
            *deliveries = waiting;
        }
        self
    }
}

impl Store {
    /// Files a story in one transaction, with a delivery for each channel that follows anything it is about, and
    /// marks the entry as done. Done twice, it changes nothing. Where very many channels follow, the others are rows
    /// in the same transaction and become deliveries in the next ones.
    ///
    /// # Errors
    /// [`StoreError`]; then the entry is due again.
    pub async fn finish_entry(
        &self,
        entry: EntryId,
        story: &NewStory<'_>,
        now: Millis,
    ) -> Result<Finished, StoreError> {
        // What another story left over goes first: a channel gets them in their order.
        self.fan_out_all(now).await?;
        let ranges = self.ranges(&subjects(story.about)?).await?;
        let mut tx = self.begin().await?;
        let known = known_as(&mut tx, entry, story).await?;
        let joined = story.twin.filter(|_| known.is_none()).map(|twin| twin.0);
        let before = known.or(joined);
        let article = match before {
            Some(article) => article,
            None => add_article(&mut tx, story, now).await?,
        };
        for link in story.links {
            remember_link(&mut tx, link, article).await?;
        }
        entry_is_done(&mut tx, entry, article, story.look_again, before.is_some()).await?;
        // Until now only a server's own feed told it; now it is for all.
        let whose = sqlx::query(if before.is_some() { OPEN } else { CONFINE })
            .bind(article)
            .bind(entry.0);
        let opened = whose.execute(&mut *tx).await?.rows_affected() > 0;
        // One more server's own feed tells it: it goes to that server as well.
        let confined = is_confined(&mut *tx, article).await?;
        let (article_id, deliveries) = (ArticleId(article), 0);
        let finished = match (known, before) {
            (Some(_), _) if !opened && !confined => Finished::Known { article: article_id },
            (_, Some(_)) => Finished::Joined {
                article: article_id,
                deliveries,
            },
            (_, None) => Finished::New {
                article: article_id,
                deliveries,
            },
        };
        if !matches!(finished, Finished::Known { .. }) {
            let subjects = subjects(story.about)?;
            if joined.is_some() {
                super::same::join(&mut tx, article, story, &subjects, now).await?;
            }
            let due = Due {
                article,
                subjects,
                kind_before: None,
            };
            fan_out::begin(&mut tx, &due, entry, &ranges, now).await?;
        }
        tx.commit().await?;
        // Whoever sends goes on with it should this not come to its end.
        if let Err(error) = self.fan_out_all(now).await {
            tracing::warn!(article, %error, "a story is not yet due in all its channels");
        }
        let waiting = self.waiting(article_id).await?;
        Ok(finished.with(waiting))
    }
}

/// The story that an entry is already: under one of its addresses, or by what it came to before.
async fn known_as(tx: &mut Tx, entry: EntryId, story: &NewStory<'_>) -> Result<Option<i64>, StoreError> {
    let by_link = sqlx::query_scalar(KNOWN_STORY).bind(json(story.links)?);
    if let Some(known) = by_link.fetch_optional(&mut **tx).await? {
        return Ok(Some(known));
    }
    let before: Option<Option<i64>> = sqlx::query_scalar(ENTRY_ARTICLE)
        .bind(entry.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(before.flatten())
}

/// An entry came to a story; the page of one that is new is looked at again.
async fn entry_is_done(
    tx: &mut Tx,
    entry: EntryId,
    article: i64,
    look_again: Option<Millis>,
    is_old: bool,
) -> Result<(), StoreError> {
    let state = if is_old { super::entries::state::SAME } else { 1 };
    sqlx::query(ENTRY_DONE)
        .bind(entry.0)
        .bind(article)
        .bind(state)
        .bind(look_again.filter(|_| !is_old))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// One more address under which a story is known.
pub(super) async fn remember_link(tx: &mut Tx, link: &str, article: i64) -> Result<(), StoreError> {
    sqlx::query(ADD_LINK)
        .bind(link)
        .bind(article)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn add_article(tx: &mut Tx, story: &NewStory<'_>, now: Millis) -> Result<i64, StoreError> {
    let article = story.article;
    let row = with_columns(ADD_ARTICLE, story)?
        .bind(article.url.as_ref().or_else(|| story.links.first()))
        .bind(story.source)
        .bind(article.published)
        .bind(now)
        .fetch_one(&mut **tx)
        .await?;
    let id: i64 = row.try_get("id")?;
    add_about(tx, id, story.about).await?;
    let mut lines = Lines::default();
    for (position, quote) in story.reading.quotes.iter().enumerate() {
        add_quote(tx, &mut lines, None, (id, position), quote, story).await?;
    }
    lines.file(tx).await?;
    Ok(id)
}

type Asked<'q> = Query<'q, Sqlite, SqliteArguments>;

/// A statement whose first ten values are the story's [`columns`].
pub(super) fn with_columns<'q>(sql: &'static str, story: &'q NewStory<'_>) -> Result<Asked<'q>, StoreError> {
    let NewStory { article, reading, .. } = story;
    let kind = serde_json::to_value(reading.kind)?;
    Ok(sqlx::query(sql)
        .bind(&article.title)
        .bind(&article.author)
        .bind(&article.image)
        .bind(&article.watch)
        .bind(&article.clip)
        .bind(kind.as_str().unwrap_or("news").to_owned())
        .bind(&reading.summary)
        .bind(&reading.network)
        .bind(json(&reading.characters)?)
        .bind(&reading.body))
}

/// Who and what a story is about, for those who follow it.
pub(super) async fn add_about(tx: &mut Tx, id: i64, about: &About) -> Result<(), StoreError> {
    let mut names: Vec<(i64, usize, &str, &str)> = Vec::new();
    for (role, list) in [
        (0, about.dramas.as_slice()),
        (1, &about.people),
        (2, about.network.as_slice()),
    ] {
        names.extend(
            list.iter()
                .enumerate()
                .map(|(place, named)| (role, place, &*named.name, &*named.key)),
        );
    }
    sqlx::query(ADD_NAMES)
        .bind(id)
        .bind(json(&names)?)
        .execute(&mut **tx)
        .await?;
    sqlx::query(ADD_SUBJECTS)
        .bind(id)
        .bind(subjects(about)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A quote of a story that is read again: one that is still said keeps its number, which others may know.
pub(super) async fn put_quote(
    tx: &mut Tx,
    lines: &mut Lines,
    article: i64,
    position: usize,
    quote: &Quote,
    story: &NewStory<'_>,
) -> Result<(), StoreError> {
    let known: Option<i64> = sqlx::query_scalar(KNOWN_QUOTE)
        .bind(article)
        .bind(quote.text())
        .fetch_optional(&mut **tx)
        .await?;
    if let Some(id) = known {
        drop_quote(tx, id).await?;
    }
    add_quote(tx, lines, known, (article, position), quote, story).await
}

/// A quote that is not said any more, with all by which it is found.
pub(super) async fn drop_quote(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    search::drop_line(tx, id).await?;
    sqlx::query(DROP_QUOTE).bind(id).execute(&mut **tx).await?;
    Ok(())
}

pub(super) fn subjects(about: &About) -> Result<String, StoreError> {
    json(&about.subjects.iter().map(Subject::key).collect::<Vec<_>>())
}

async fn add_quote(
    tx: &mut Tx,
    lines: &mut Lines,
    id: Option<i64>,
    (article, position): (i64, usize),
    quote: &Quote,
    story: &NewStory<'_>,
) -> Result<(), StoreError> {
    let place = Place {
        article,
        position,
        rank: story.key_quotes.iter().position(|&key| key == position),
        link: None,
    };
    insert_quote(tx, lines, id, &place, (position, quote), story).await
}

/// Behind the quotes of a story stand those that another outlet's telling has.
const RETOLD: usize = 1_000;

/// One more line of a story, from another outlet's telling of it: `nth` of those.
pub(super) async fn add_retold_quote(
    tx: &mut Tx,
    lines: &mut Lines,
    article: i64,
    nth: usize,
    index: usize,
    link: &str,
    story: &NewStory<'_>,
) -> Result<(), StoreError> {
    let Some(quote) = story.reading.quotes.get(index) else {
        return Ok(());
    };
    let place = Place {
        article,
        position: RETOLD + nth,
        rank: story.key_quotes.contains(&index).then_some(RETOLD + nth),
        link: Some(link),
    };
    insert_quote(tx, lines, None, &place, (index, quote), story).await
}

/// Where a quote stands.
struct Place<'a> {
    article: i64,
    position: usize,
    /// Among the key quotes.
    rank: Option<usize>,
    /// The address of another outlet's telling.
    link: Option<&'a str>,
}

async fn insert_quote(
    tx: &mut Tx,
    lines: &mut Lines,
    id: Option<i64>,
    place: &Place<'_>,
    (index, quote): (usize, &Quote),
    story: &NewStory<'_>,
) -> Result<(), StoreError> {
    let speaker = story.about.speakers.get(index);
    let parts: Vec<[usize; 2]> = quote.parts().iter().map(|part| [part.start, part.end]).collect();
    let drama = story.about.dramas.first();
    let id: i64 = sqlx::query_scalar(ADD_QUOTE)
        .bind(place.article)
        .bind(count(place.position))
        .bind(quote.text())
        .bind(json(&parts)?)
        .bind(&quote.by().speaker)
        .bind(&quote.by().actor)
        .bind(speaker.and_then(|s| s.role.as_ref()))
        .bind(quote.by().kind.name())
        .bind(f64::from(quote.by().confidence))
        .bind(drama.map(|named| &named.name))
        .bind(place.rank.map(count))
        .bind(id)
        .bind(place.link)
        .bind(place.link.map(|_| story.source))
        .fetch_one(&mut **tx)
        .await?;
    let mut keys: Vec<&str> = speaker
        .map(|s| s.keys.iter().map(String::as_str).collect())
        .unwrap_or_default();
    keys.extend(story.about.dramas.iter().map(|named| named.key.as_str()));
    index_quote(tx, lines, id, quote.text(), &keys).await
}

/// How a quote is found: by the keys of its speaker and its dramas, and by its words.
pub(super) async fn index_quote(
    tx: &mut Tx,
    lines: &mut Lines,
    id: i64,
    text: &str,
    keys: &[&str],
) -> Result<(), StoreError> {
    sqlx::query(ADD_QUOTE_KEYS)
        .bind(id)
        .bind(json(keys)?)
        .execute(&mut **tx)
        .await?;
    lines.add(tx, id, text, keys).await
}

fn count(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
