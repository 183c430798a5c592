//! Posts: which story a message of ours is, and which messages votes are counted of.

use super::{Store, StoreError};
use crate::model::{ArticleId, ChannelId, GuildId, MessageId, Millis, Votes};

statements! {
    POST = "SELECT message, article, channel, guild, posted, deleted_at, votes, coalesce(forum, channel) FROM post WHERE message = $1";
    TRACKED = "SELECT message FROM post WHERE deleted_at IS NULL AND posted >= $1 ORDER BY message DESC LIMIT $2";
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The message.
    pub message: MessageId,
    /// The story.
    pub article: ArticleId,
    /// Where.
    pub channel: ChannelId,
    /// In which server.
    pub guild: GuildId,
    /// When it was posted.
    pub posted: Millis,
    /// When it was deleted in Discord.
    pub deleted_at: Option<Millis>,
    /// How readers vote on it: as it was posted, whatever its subscriptions say now.
    pub votes: Votes,
    /// The channel that follows: the forum of a post that is a thread, else the same.
    pub follower: ChannelId,
}

type Row = (i64, i64, i64, i64, Millis, Option<Millis>, i64, i64);

fn post((message, article, channel, guild, posted, deleted_at, votes, follower): Row) -> Post {
    Post {
        message: MessageId::from_db(message),
        article: ArticleId(article),
        channel: ChannelId::from_db(channel),
        guild: GuildId::from_db(guild),
        posted,
        deleted_at,
        votes: Votes::from_db(votes),
        follower: ChannelId::from_db(follower),
    }
}

impl Store {
    /// The post that a message is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn post_of(&self, message: MessageId) -> Result<Option<Post>, StoreError> {
        let row: Option<Row> = sqlx::query_as(POST)
            .bind(message.to_db())
            .fetch_optional(self.read())
            .await?;
        Ok(row.map(post))
    }

    /// Messages of posts since a time, newest first: what votes are looked up in first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tracked(&self, since: Millis, limit: u32) -> Result<Vec<MessageId>, StoreError> {
        let rows: Vec<i64> = sqlx::query_scalar(TRACKED)
            .bind(since)
            .bind(limit)
            .fetch_all(self.read())
            .await?;
        Ok(rows.into_iter().map(MessageId::from_db).collect())
    }
}
