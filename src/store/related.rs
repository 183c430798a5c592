//! Earlier stories about the same drama and people.

use super::{Store, StoreError, server_feeds::open_to};
use crate::model::{
    ArticleId, ChannelId, GuildId, MessageId, Millis,
    answer::{Place, RelatedStory},
};

/// How much a drama in common counts beside a person.
const DRAMA: u32 = 3;
/// Stories of one drama or person that are looked at, the newest first: some have thousands.
const LOOKED_AT: u32 = 50;

statements! {
    RELATED = concat!("SELECT a.title, a.url, a.source, a.at,
            (SELECT p.message FROM post p WHERE p.article = a.id AND p.deleted_at IS NULL
                AND (p.channel = $2 OR p.forum = (SELECT forum FROM post WHERE article = $1 AND channel = $2))
                ORDER BY p.message DESC LIMIT 1) AS message,
            (SELECT p.channel FROM post p WHERE p.article = a.id AND p.deleted_at IS NULL
                AND (p.channel = $2 OR p.forum = (SELECT forum FROM post WHERE article = $1 AND channel = $2))
                ORDER BY p.message DESC LIMIT 1) AS channel
        FROM (SELECT s.article AS id, sum(iif(n.role = 0, $3, 1)) AS weight
            FROM article_name n JOIN article_subject s ON s.subject = n.key
                AND s.article IN (SELECT article FROM article_subject
                    WHERE subject = n.key AND article < $1 ORDER BY article DESC LIMIT $4)
            WHERE n.article = $1 AND n.role < 2 GROUP BY s.article) r
        JOIN article a ON a.id = r.id
        WHERE a.withdrawn_at IS NULL AND ", open_to!("a", "$6"), "
        ORDER BY message IS NULL, r.weight DESC, a.id DESC LIMIT $5");
    /// A post is the same in every server, so what only one may see does not count.
    HAS_RELATED = concat!("SELECT EXISTS (SELECT 1 FROM article_name n JOIN article_subject s ON s.subject = n.key
            JOIN article a ON a.id = s.article AND ", open_to!("a", "NULL", "s.article"), "
        WHERE n.article = $1 AND n.role < 2 AND s.article < $1)");
}

impl Store {
    /// Stories before this one with its drama or its people: those that were posted in the channel that asks first,
    /// those with most in common first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn related(&self, article: ArticleId, place: Place, limit: u32) -> Result<Vec<RelatedStory>, StoreError> {
        type Row = (String, Option<String>, String, Millis, Option<i64>, Option<i64>);
        let rows: Vec<Row> = sqlx::query_as(RELATED)
            .bind(article.0)
            .bind(place.channel.to_db())
            .bind(DRAMA)
            .bind(LOOKED_AT)
            .bind(limit)
            .bind(place.guild.map(GuildId::to_db))
            .fetch_all(self.read())
            .await?;
        let story = |(title, url, source, at, message, channel): Row| RelatedStory {
            title,
            url,
            source,
            at,
            post: channel
                .zip(message)
                .map(|(channel, message)| (ChannelId::from_db(channel), MessageId::from_db(message))),
        };
        Ok(rows.into_iter().map(story).collect())
    }

    /// Whether there are any.
    pub(super) async fn has_related(&self, article: ArticleId) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar(HAS_RELATED)
            .bind(article.0)
            .fetch_one(self.read())
            .await?)
    }
}
