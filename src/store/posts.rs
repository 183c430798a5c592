//! Posts: which story a message of ours is.

use super::{Store, StoreError};
use crate::model::{ArticleId, ChannelId, GuildId, MessageId, Millis, Votes};

statements! {
    POST = "SELECT message, article, channel, guild, posted, deleted_at, votes, coalesce(forum, channel) FROM post WHERE message = $1";
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
}
