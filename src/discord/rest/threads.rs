//! Threads: posts of a forum, threads on messages, and what of a forum is there; and publishing.

use super::{Call, Class, Rest, RestError, Route, json, messages::outcome, parse};
use crate::{
    discord::{
        card::{self, channel_id, message_id},
        wire::Snow,
    },
    model::{ChannelId, GuildId, MessageId, Outcome, UserId},
    view::card::Card,
};
use serde::Deserialize;
use serenity::{
    builder::CreateThread,
    http::{LightMethod, Request, Route as Path},
    model::id,
};

const OPEN: Route = Route {
    name: "POST /channels/_/threads",
    exempt: false,
};
const ON_MESSAGE: Route = Route {
    name: "POST /channels/_/messages/_/threads",
    exempt: false,
};
const PUBLISH: Route = Route {
    name: "POST /channels/_/messages/_/crosspost",
    exempt: false,
};
const ACTIVE: Route = Route {
    name: "GET /guilds/_/threads/active",
    exempt: false,
};
const ARCHIVED: Route = Route {
    name: "GET /channels/_/threads/archived/public",
    exempt: false,
};

/// A thread as Discord lists it, as far as Daesa looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenThread {
    /// Which. In a forum its first message has the same id.
    pub id: ChannelId,
    /// The channel that it is in.
    pub parent: Option<ChannelId>,
    /// Who opened it.
    pub owner: Option<UserId>,
}

#[derive(Deserialize)]
struct Thread {
    id: Snow,
    #[serde(default)]
    parent_id: Option<Snow>,
    #[serde(default)]
    owner_id: Option<Snow>,
}

#[derive(Deserialize)]
struct Threads {
    #[serde(default)]
    threads: Vec<Thread>,
}

impl Threads {
    fn open(self) -> Vec<OpenThread> {
        let open = |thread: Thread| OpenThread {
            id: ChannelId(thread.id.0),
            parent: thread.parent_id.map(|parent| ChannelId(parent.0)),
            owner: thread.owner_id.map(|owner| UserId(owner.0)),
        };
        self.threads.into_iter().map(open).collect()
    }
}

impl Rest {
    /// Posts a card in a forum, once: a thread with the card as its first message, whose id is the thread's. There
    /// is no nonce for this request, so that whoever sends it again has to look first.
    pub async fn open_post(&self, forum: ChannelId, name: &str, tags: &[u64], card: &Card) -> Outcome {
        outcome(self.try_open_post(forum, name, tags, card).await)
    }

    async fn try_open_post(
        &self,
        forum: ChannelId,
        name: &str,
        tags: &[u64],
        card: &Card,
    ) -> Result<MessageId, RestError> {
        let path = Path::ChannelForumPosts {
            channel_id: channel_id(forum),
        };
        let request = Request::new(path, LightMethod::Post).body(json(&card::forum_post(card, name, tags), OPEN)?);
        let body = self
            .send(Call {
                class: Class::Post,
                route: OPEN,
                major: forum.0,
                request,
            })
            .await?;
        parse::<Thread>(&body, OPEN).map(|thread| MessageId(thread.id.0))
    }

    /// Opens a thread on a message.
    ///
    /// # Errors
    /// When Discord did not do it; 160004 when there is one already.
    pub async fn open_thread(&self, channel: ChannelId, message: MessageId, name: &str) -> Result<(), RestError> {
        let path = Path::ChannelMessageThreads {
            channel_id: channel_id(channel),
            message_id: message_id(message),
        };
        let request = Request::new(path, LightMethod::Post).body(json(&CreateThread::new(name), ON_MESSAGE)?);
        self.send(Call {
            class: Class::Seed,
            route: ON_MESSAGE,
            major: channel.0,
            request,
        })
        .await
        .map(drop)
    }

    /// Publishes a message of an announcement channel to the channels that follow it.
    ///
    /// # Errors
    /// When Discord did not do it; 40033 when it is published already.
    pub async fn publish(&self, channel: ChannelId, message: MessageId) -> Result<(), RestError> {
        let path = Path::ChannelMessageCrosspost {
            channel_id: channel_id(channel),
            message_id: message_id(message),
        };
        self.send(Call {
            class: Class::Seed,
            route: PUBLISH,
            major: channel.0,
            request: Request::new(path, LightMethod::Post),
        })
        .await
        .map(drop)
    }

    /// The threads of a server that are not archived.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn active_threads(&self, class: Class, guild: GuildId) -> Result<Vec<OpenThread>, RestError> {
        let path = Path::GuildThreadsActive {
            guild_id: id::GuildId::new(guild.0.max(1)),
        };
        let found: Threads = self
            .ask(Call {
                class,
                route: ACTIVE,
                major: guild.0,
                request: Request::new(path, LightMethod::Get),
            })
            .await?;
        Ok(found.open())
    }

    /// The archived threads of a channel that were archived last, at most a hundred.
    ///
    /// # Errors
    /// When Discord does not tell; 403 without Read Message History.
    pub async fn archived_threads(&self, class: Class, channel: ChannelId) -> Result<Vec<OpenThread>, RestError> {
        let path = Path::ChannelArchivedPublicThreads {
            channel_id: channel_id(channel),
        };
        let request = Request::new(path, LightMethod::Get).params(Some(vec![("limit", "100".to_owned())]));
        let found: Threads = self
            .ask(Call {
                class,
                route: ARCHIVED,
                major: channel.0,
                request,
            })
            .await?;
        Ok(found.open())
    }
}
