//! Stories as they are shown: to be posted, to be listed, to be explained.

use super::{
    Store, StoreError,
    server_feeds::open_to,
    subscriptions::{kept, kind_fits, outlet_fits},
};
use crate::model::answer::{Cause, Story, StoryQuote, Why};
use crate::model::{
    ArticleId, ArticleKind, ChannelId, DeliveryState, GuildId, MessageId, Millis, QuoteKind, Subject, Terms, spoken,
};

/// Quotes of a post.
const QUOTES_SHOWN: u32 = 4;
/// Other outlets of a post.
const ALSO_SHOWN: u32 = 4;
/// How far back a headline is searched for: a look through this many rows takes a few milliseconds.
const SEARCHED: u32 = 5_000;

statements! {
    STORY = "SELECT id, title, url, source, at, summary, network, image, watch, clip, kind, withdrawn_at IS NOT NULL
        FROM article WHERE id = $1";
    STORY_DRAMAS = "SELECT name, key FROM article_name WHERE article = $1 AND role = 0 ORDER BY position";
    /// A line of the cast that another outlet's telling adds comes before the story's own lines that nobody of the cast or the drama
    /// says; what is shown keeps its order.
    STORY_QUOTES = "SELECT text, speaker, coalesce(role, actor), kind, outlet, parts
        FROM (SELECT * FROM quote WHERE article = $1 AND rank IS NOT NULL
            ORDER BY CASE WHEN link IS NOT NULL THEN 1 WHEN speaker IS NULL OR kind NOT IN ('cast', 'character') THEN 2 ELSE 0 END, rank
            LIMIT $2)
        ORDER BY rank";
    STORY_ALSO = "SELECT source, link FROM echo WHERE article = $1 ORDER BY at, link LIMIT $2";
    BODY = "SELECT body FROM article WHERE id = $1";
    LATEST_OF = concat!("SELECT a.id, a.title, a.url, a.source, a.at, a.watch, a.kind
        FROM article_subject s JOIN article a ON a.id = s.article
        WHERE s.subject = $1 AND ", open_to!("a", "$3", "s.article"), " ORDER BY s.article DESC LIMIT $2");
    LATEST = concat!("SELECT id, title, url, source, at, watch, kind FROM article a
        WHERE ", open_to!("a", "$2"), " ORDER BY id DESC LIMIT $1");
    LATEST_FITTING = concat!("SELECT a.id, a.title, a.url, a.source, a.at, a.watch, a.kind
        FROM article_subject s JOIN article a ON a.id = s.article
        WHERE s.subject = $1 AND ", kind_fits!("$2"), " AND ", outlet_fits!("$3"), "
            AND ", open_to!("a", "$5", "s.article"), "
        ORDER BY s.article DESC LIMIT $4");
    /// The newest of each subscription, and of those the newest.
    NEWEST_IN = concat!("SELECT max((SELECT s.article FROM article_subject s JOIN article a ON a.id = s.article
            WHERE s.subject = u.subject AND ", kind_fits!(), " AND ", outlet_fits!(), "
                AND ", open_to!("a", "u.guild", "s.article"), "
            ORDER BY s.article DESC LIMIT 1))
        FROM subscription u WHERE u.channel = $1");
    BY_LINK = concat!("SELECT l.article FROM article_link l JOIN article a ON a.id = l.article
        WHERE l.link = $1 AND ", open_to!("a", "$2"));
    BY_TITLE = concat!("SELECT id FROM (SELECT id, title, confined FROM article ORDER BY id DESC LIMIT $2) a
        WHERE title LIKE $1 ESCAPE '\\' AND ", open_to!("a", "$3"), " ORDER BY id DESC LIMIT 1");
    /// What is told of in a digest stands as that does.
    DELIVERY_OF = "SELECT coalesce(h.state, d.state), coalesce(h.due_at, d.due_at), c.blocked_at,
            coalesce(h.reason, d.reason)
        FROM delivery d LEFT JOIN channel c ON c.id = d.channel
            LEFT JOIN delivery h ON h.id = d.digest AND d.state = 5
        WHERE d.article = $1 AND d.channel = $2";
    POST_OF = "SELECT message, gone FROM (
            SELECT message, deleted_at IS NOT NULL AS gone FROM post
                WHERE article = $1 AND (channel = $2 OR forum = $2)
            UNION ALL SELECT message, 0 FROM delivery
                WHERE article = $1 AND channel = $2 AND digest IS NOT NULL AND message IS NOT NULL)
        ORDER BY message DESC LIMIT 1";
    BECAUSE = "SELECT u.label FROM article_subject s JOIN subscription u ON u.subject = s.subject AND u.channel = $2
        WHERE s.article = $1 ORDER BY u.id";
    NAMES = "SELECT name FROM article_name WHERE article = $1 AND role < 2 ORDER BY role, position";
    /// No story is ever deleted, so the last one's number is how many there are; to count them would read them all.
    KEPT = "SELECT (SELECT coalesce(max(id), 0) FROM article), (SELECT count(*) FROM quote)";
}

/// A story in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Its row.
    pub article: ArticleId,
    /// Its headline.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// The outlet's name.
    pub source: String,
    /// When it was published, or first seen.
    pub at: Millis,
    /// Where the drama can be watched.
    pub watch: Option<String>,
    /// What kind of news it is.
    pub kind: ArticleKind,
}

type HeadlineRow = (i64, String, Option<String>, String, Millis, Option<String>, String);

fn headline((id, title, url, source, at, watch, kind): HeadlineRow) -> Headline {
    Headline {
        article: ArticleId(id),
        title,
        url,
        source,
        at,
        watch,
        kind: ArticleKind::from_name(&kind).unwrap_or_default(),
    }
}

impl Store {
    /// A story as it is posted: its four best key quotes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn story(&self, article: ArticleId) -> Result<Option<Story>, StoreError> {
        type Row = (
            i64,
            String,
            Option<String>,
            String,
            Millis,
            String,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
            String,
            bool,
        );
        let row: Option<Row> = sqlx::query_as(STORY)
            .bind(article.0)
            .fetch_optional(self.read())
            .await?;
        let Some((id, title, url, source, at, summary, network, image, watch, clip, kind, withdrawn)) = row else {
            return Ok(None);
        };
        let dramas: Vec<(String, String)> = sqlx::query_as(STORY_DRAMAS)
            .bind(article.0)
            .fetch_all(self.read())
            .await?;
        type Line = (String, Option<String>, Option<String>, String, Option<String>, String);
        let quotes: Vec<Line> = sqlx::query_as(STORY_QUOTES)
            .bind(article.0)
            .bind(QUOTES_SHOWN)
            .fetch_all(self.read())
            .await?;
        let related = self.has_related(article).await?;
        let also = sqlx::query_as(STORY_ALSO)
            .bind(article.0)
            .bind(ALSO_SHOWN)
            .fetch_all(self.read())
            .await?;
        let quote = |(text, speaker, role, kind, outlet, parts): Line| {
            Ok(StoryQuote {
                text: spoken::shown(&text, &serde_json::from_str::<Vec<[usize; 2]>>(&parts)?),
                speaker,
                role,
                kind: kind_of(&kind),
                outlet,
            })
        };
        Ok(Some(Story {
            article: ArticleId(id),
            title,
            url,
            source,
            at,
            kind: ArticleKind::from_name(&kind).unwrap_or_default(),
            withdrawn,
            summary,
            drama_key: dramas.first().map(|(_, key)| key.clone()),
            drama: dramas.into_iter().map(|(name, _)| name).collect(),
            network,
            quotes: quotes.into_iter().map(quote).collect::<Result<_, StoreError>>()?,
            also,
            related,
            image,
            watch,
            clip,
        }))
    }

    /// The text that was read, while it is kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn body(&self, article: ArticleId) -> Result<Option<String>, StoreError> {
        let body: Option<Option<String>> = sqlx::query_scalar(BODY)
            .bind(article.0)
            .fetch_optional(self.read())
            .await?;
        Ok(body.flatten())
    }

    /// The newest stories about a subject (its key), or of all, that a server may see; none: that everybody may.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn latest(
        &self,
        subject: Option<&str>,
        guild: Option<GuildId>,
        limit: u32,
    ) -> Result<Vec<Headline>, StoreError> {
        let guild = guild.map(GuildId::to_db);
        let rows: Vec<HeadlineRow> = match subject {
            Some(key) => {
                sqlx::query_as(LATEST_OF)
                    .bind(key)
                    .bind(limit)
                    .bind(guild)
                    .fetch_all(self.read())
                    .await?
            }
            None => {
                sqlx::query_as(LATEST)
                    .bind(limit)
                    .bind(guild)
                    .fetch_all(self.read())
                    .await?
            }
        };
        Ok(rows.into_iter().map(headline).collect())
    }

    /// The newest stories about a subject that terms let through and a server may see.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn latest_fitting(
        &self,
        subject: &Subject,
        terms: &Terms,
        guild: Option<GuildId>,
        limit: u32,
    ) -> Result<Vec<Headline>, StoreError> {
        let rows: Vec<HeadlineRow> = sqlx::query_as(LATEST_FITTING)
            .bind(subject.key())
            .bind(kept(&terms.kinds)?)
            .bind(kept(&terms.outlets)?)
            .bind(limit)
            .bind(guild.map(GuildId::to_db))
            .fetch_all(self.read())
            .await?;
        Ok(rows.into_iter().map(headline).collect())
    }

    /// The newest story that the subscriptions of a channel, as they are now, would bring.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn newest_in(&self, channel: ChannelId) -> Result<Option<ArticleId>, StoreError> {
        let newest: Option<i64> = sqlx::query_scalar(NEWEST_IN)
            .bind(channel.to_db())
            .fetch_one(self.read())
            .await?;
        Ok(newest.map(ArticleId))
    }

    /// The story at a canonical address, if a server may see it; none: if everybody may.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn story_at(&self, link: &str, guild: Option<GuildId>) -> Result<Option<ArticleId>, StoreError> {
        let article: Option<i64> = sqlx::query_scalar(BY_LINK)
            .bind(link)
            .bind(guild.map(GuildId::to_db))
            .fetch_optional(self.read())
            .await?;
        Ok(article.map(ArticleId))
    }

    /// The newest story that a server may see (none: that everybody may) whose headline has these words in it, case
    /// aside for ASCII letters.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn story_titled(&self, words: &str, guild: Option<GuildId>) -> Result<Option<ArticleId>, StoreError> {
        let article: Option<i64> = sqlx::query_scalar(BY_TITLE)
            .bind(like(words))
            .bind(SEARCHED)
            .bind(guild.map(GuildId::to_db))
            .fetch_optional(self.read())
            .await?;
        Ok(article.map(ArticleId))
    }

    /// Why a known story was or was not posted in a channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn why(&self, article: ArticleId, channel: ChannelId) -> Result<Why, StoreError> {
        type Row = (i64, Millis, Option<i64>, Option<String>);
        let bound = |sql| sqlx::query_as::<_, Row>(sql).bind(article.0).bind(channel.to_db());
        let row = bound(DELIVERY_OF).fetch_optional(self.read()).await?;
        let reason = |reason: Option<String>| reason.map_or(Cause::NotFollowed, |reason| Cause::of(&reason));
        Ok(match row {
            Some((state, _, Some(since), _)) if state == DeliveryState::Pending as i64 => Why::Blocked { since },
            Some((state, due, ..)) if state == DeliveryState::Pending as i64 => Why::Waiting { due },
            Some((state, due, ..)) if state == DeliveryState::Scheduled as i64 => Why::Scheduled { due },
            Some((state, .., why)) if state == DeliveryState::Dead as i64 => Why::GivenUp(reason(why)),
            Some((state, ..)) if state == DeliveryState::Held as i64 => Why::Held,
            Some((state, .., why)) if state == DeliveryState::Cancelled as i64 => Why::GivenUp(reason(why)),
            Some(_) => self.posted(article, channel).await?,
            // The delivery is not kept for ever, the post is.
            None => match self.posted(article, channel).await? {
                posted @ Why::Posted { message: Some(_), .. } => posted,
                _ => {
                    let about = sqlx::query_scalar(NAMES).bind(article.0).fetch_all(self.read()).await?;
                    Why::NotFollowed { about }
                }
            },
        })
    }

    async fn posted(&self, article: ArticleId, channel: ChannelId) -> Result<Why, StoreError> {
        let post: Option<(i64, bool)> = sqlx::query_as(POST_OF)
            .bind(article.0)
            .bind(channel.to_db())
            .fetch_optional(self.read())
            .await?;
        let because = sqlx::query_scalar(BECAUSE)
            .bind(article.0)
            .bind(channel.to_db())
            .fetch_all(self.read())
            .await?;
        let message = post
            .filter(|(_, deleted)| !deleted)
            .map(|(message, _)| MessageId::from_db(message));
        Ok(Why::Posted { message, because })
    }

    /// How many stories and quotes are kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn kept(&self) -> Result<(u64, u64), StoreError> {
        let (articles, quotes): (i64, i64) = sqlx::query_as(KEPT).fetch_one(self.read()).await?;
        Ok((articles.cast_unsigned(), quotes.cast_unsigned()))
    }
}

/// What the store wrote is one of the names; what a hand wrote may not be.
pub(super) fn kind_of(name: &str) -> QuoteKind {
    QuoteKind::from_name(name).unwrap_or(QuoteKind::Other)
}

/// A pattern that finds the words anywhere, whatever characters they have.
pub(super) fn like(words: &str) -> String {
    let mut pattern = String::from("%");
    for character in words.trim().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
