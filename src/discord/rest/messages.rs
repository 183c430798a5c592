//! Messages and reactions.

use super::{Allowance, Call, Class, Rest, RestError, RestErrorKind, Route, carrying, json, parse};
use crate::{
    discord::{
        card::{self, channel_id, message_id},
        wire::{self, Snow},
    },
    model::{ChannelId, Emoji, MessageId, Outcome, UserId},
    view::{Attachment, Card},
};
use serde::{Deserialize, de::IgnoredAny};
use serenity::{
    http::{LightMethod, Request, Route as Path},
    model::channel::ReactionType,
};
use std::time::Duration;

const CREATE: Route = Route {
    name: "POST /channels/_/messages",
    exempt: false,
};
const EDIT: Route = Route {
    name: "PATCH /channels/_/messages/_",
    exempt: false,
};
const LIST: Route = Route {
    name: "GET /channels/_/messages",
    exempt: false,
};
const ONE: Route = Route {
    name: "GET /channels/_/messages/_",
    exempt: false,
};
const REACT: Route = Route {
    name: "PUT /channels/_/messages/_/reactions/_/@me",
    exempt: false,
};
const VOTERS: Route = Route {
    name: "GET /channels/_/messages/_/reactions/_",
    exempt: false,
};
const CHANNEL: Route = Route {
    name: "PATCH /channels/_",
    exempt: false,
};

/// Which messages of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The newest.
    Latest,
    /// The newest before this one.
    Before(MessageId),
    /// The oldest after this one.
    After(MessageId),
}

/// A message as Discord keeps it, as far as Daesa looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedMessage {
    /// Which.
    pub id: MessageId,
    /// Whose.
    pub author: UserId,
    /// The address of its first embed.
    pub url: Option<String>,
    /// The text of its first embed.
    pub text: Option<String>,
    /// The nonce it was sent with, if Discord tells.
    pub nonce: Option<String>,
    /// The message that it refers to, if any.
    pub refers_to: Option<MessageId>,
    /// Whether it answers somebody: refers to a message, or came of a command or button.
    pub answers: bool,
    /// Its reactions.
    pub reactions: Vec<ReactionCount>,
}

/// One emoji under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReactionCount {
    /// The emoji as a vote.
    pub emoji: Emoji,
    /// The emoji as requests name it ([`Rest::voters`]): `❤️`, or `name:id`.
    pub name: String,
    /// Normal reactions, the bot's own included.
    pub normal: u64,
    /// Burst reactions.
    pub burst: u64,
    /// Whether one of the normal ones is the bot's.
    pub me: bool,
    /// Whether one of the burst ones is the bot's.
    pub me_burst: bool,
}

#[derive(Deserialize)]
struct Message {
    id: Snow,
    author: wire::User,
    #[serde(default)]
    embeds: Vec<Embed>,
    #[serde(default)]
    nonce: Option<wire::Nonce>,
    #[serde(default)]
    message_reference: Option<Reference>,
    #[serde(default)]
    interaction_metadata: Option<IgnoredAny>,
    #[serde(default)]
    reactions: Vec<Reaction>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(default)]
    message_id: Option<Snow>,
}

#[derive(Deserialize)]
struct Embed {
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    description: Option<String>,
}

#[derive(Deserialize)]
struct Reaction {
    count: u64,
    #[serde(default)]
    count_details: Option<Details>,
    #[serde(default)]
    me: bool,
    #[serde(default)]
    me_burst: bool,
    emoji: wire::Emoji,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    burst: u64,
    #[serde(default)]
    normal: u64,
}

impl Message {
    fn posted(self) -> PostedMessage {
        let (url, text) = match self.embeds.into_iter().next() {
            Some(embed) => (embed.url, embed.description),
            None => (None, None),
        };
        PostedMessage {
            id: MessageId(self.id.0),
            author: UserId(self.author.id.0),
            url,
            text,
            nonce: self.nonce.map(wire::Nonce::into_text),
            answers: self.message_reference.is_some() || self.interaction_metadata.is_some(),
            refers_to: (self.message_reference)
                .and_then(|reference| reference.message_id)
                .map(|id| MessageId(id.0)),
            reactions: self.reactions.into_iter().filter_map(Reaction::count).collect(),
        }
    }
}

impl Reaction {
    fn count(self) -> Option<ReactionCount> {
        let (normal, burst) = self.count_details.map_or((self.count, 0), |d| (d.normal, d.burst));
        let (emoji, name) = (self.emoji.vote()?, self.emoji.in_requests()?);
        Some(ReactionCount {
            emoji,
            name,
            normal,
            burst,
            me: self.me,
            me_burst: self.me_burst,
        })
    }
}

impl Rest {
    /// How many messages Discord lets through in each channel; none: it has not told yet.
    #[must_use]
    pub fn messages_allowed(&self) -> Option<Allowance> {
        self.0.pace.allowed(CREATE)
    }

    /// An earlier process sent so many messages to a channel lately, the last of them so long ago, and was told that
    /// so many are allowed.
    pub fn messages_sent_before(&self, channel: ChannelId, sent: u64, ago: Duration, allowed: Allowance) {
        self.0.pace.used(CREATE, channel.0, sent, ago, allowed);
    }

    /// Sends a card once; what came of it is for the outbox to judge, which also sends again.
    pub async fn post(&self, class: Class, channel: ChannelId, card: &Card, nonce: &str) -> Outcome {
        let message = card::message(card, Some(nonce));
        outcome(self.create(class, channel, &message, card.attachment.as_ref()).await)
    }

    /// Sends a card that is no delivery (a greeting, a word to the owner), once.
    ///
    /// # Errors
    /// When Discord did not accept it, or nobody knows.
    pub async fn tell(&self, class: Class, channel: ChannelId, card: &Card) -> Result<MessageId, RestError> {
        self.create(class, channel, &card::message(card, None), card.attachment.as_ref())
            .await
    }

    pub(super) async fn create<T: serde::Serialize + Sync>(
        &self,
        class: Class,
        channel: ChannelId,
        message: &T,
        file: Option<&Attachment>,
    ) -> Result<MessageId, RestError> {
        let request = Request::new(
            Path::ChannelMessages {
                channel_id: channel_id(channel),
            },
            LightMethod::Post,
        );
        let request = carrying(request, message, file, CREATE)?;
        let body = self
            .send(Call {
                class,
                route: CREATE,
                major: channel.0,
                request,
            })
            .await?;
        parse::<wire::OnlyId>(&body, CREATE).map(|message| MessageId(message.id.0))
    }

    /// Gives a message a new face.
    ///
    /// # Errors
    /// When Discord did not do it.
    pub async fn edit(
        &self,
        class: Class,
        channel: ChannelId,
        message: MessageId,
        card: &Card,
    ) -> Result<(), RestError> {
        let path = Path::ChannelMessage {
            channel_id: channel_id(channel),
            message_id: message_id(message),
        };
        let request = Request::new(path, LightMethod::Patch);
        let request = carrying(request, &card::edit(card), card.attachment.as_ref(), EDIT)?;
        self.send_again(Call {
            class,
            route: EDIT,
            major: channel.0,
            request,
        })
        .await
        .map(drop)
    }

    /// Puts the bot's own reaction under a message: an emoji as the settings write it, or `name:id`.
    /// To do it twice is harmless.
    ///
    /// # Errors
    /// When Discord did not do it; 10014 for an emoji that it does not know.
    pub async fn react(&self, channel: ChannelId, message: MessageId, emoji: &str) -> Result<(), RestError> {
        let data = in_path(emoji).ok_or(RestError::new(RestErrorKind::Impossible, REACT.name))?;
        let (channel_id, message_id) = (channel_id(channel), message_id(message));
        let path = Path::ChannelMessageReactionMe {
            channel_id,
            message_id,
            reaction: &data,
        };
        let request = Request::new(path, LightMethod::Put);
        self.send_again(Call {
            class: Class::Seed,
            route: REACT,
            major: channel.0,
            request,
        })
        .await
        .map(drop)
    }

    /// Messages of a channel, at most a hundred, newest first.
    ///
    /// # Errors
    /// When Discord does not tell; 403 without Read Message History.
    pub async fn messages(
        &self,
        class: Class,
        channel: ChannelId,
        page: Page,
        limit: u8,
    ) -> Result<Vec<PostedMessage>, RestError> {
        let mut params = vec![("limit", limit.clamp(1, 100).to_string())];
        match page {
            Page::Latest => {}
            Page::Before(message) => params.push(("before", message.to_string())),
            Page::After(message) => params.push(("after", message.to_string())),
        }
        let request = Request::new(
            Path::ChannelMessages {
                channel_id: channel_id(channel),
            },
            LightMethod::Get,
        )
        .params(Some(params));
        let found: Vec<Message> = self
            .ask(Call {
                class,
                route: LIST,
                major: channel.0,
                request,
            })
            .await?;
        let mut found: Vec<_> = found.into_iter().map(Message::posted).collect();
        found.sort_by_key(|message| std::cmp::Reverse(message.id));
        Ok(found)
    }

    /// One message.
    ///
    /// # Errors
    /// When Discord does not tell; 404 when it is gone.
    pub async fn message(
        &self,
        class: Class,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<PostedMessage, RestError> {
        let path = Path::ChannelMessage {
            channel_id: channel_id(channel),
            message_id: message_id(message),
        };
        let request = Request::new(path, LightMethod::Get);
        let found: Message = self
            .ask(Call {
                class,
                route: ONE,
                major: channel.0,
                request,
            })
            .await?;
        Ok(found.posted())
    }

    /// Who gave a reaction, with whether it is a bot: at most a hundred, by rising id, after `after`.
    /// `emoji` is [`ReactionCount::name`]; normal and burst reactions are two lists.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn voters(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
        burst: bool,
        after: Option<UserId>,
    ) -> Result<Vec<(UserId, bool)>, RestError> {
        let data = in_path(emoji).ok_or(RestError::new(RestErrorKind::Impossible, VOTERS.name))?;
        let (channel_id, message_id) = (channel_id(channel), message_id(message));
        let path = Path::ChannelMessageReactionEmoji {
            channel_id,
            message_id,
            reaction: &data,
        };
        let mut params = vec![("limit", "100".to_owned()), ("type", u8::from(burst).to_string())];
        if let Some(after) = after {
            params.push(("after", after.to_string()));
        }
        let request = Request::new(path, LightMethod::Get).params(Some(params));
        let found: Vec<wire::User> = self
            .ask(Call {
                class: Class::Tally,
                route: VOTERS,
                major: channel.0,
                request,
            })
            .await?;
        Ok(found.into_iter().map(|user| (UserId(user.id.0), user.bot)).collect())
    }

    /// Opens an archived thread again, so that it takes messages and reactions.
    ///
    /// # Errors
    /// When Discord did not do it.
    pub async fn unarchive(&self, thread: ChannelId) -> Result<(), RestError> {
        let request = Request::new(
            Path::Channel {
                channel_id: channel_id(thread),
            },
            LightMethod::Patch,
        )
        .body(json(&serenity::builder::EditThread::new().archived(false), CHANNEL)?);
        self.send_again(Call {
            class: Class::Post,
            route: CHANNEL,
            major: thread.0,
            request,
        })
        .await
        .map(drop)
    }
}

/// What came of sending a post, for the outbox.
pub(super) fn outcome(result: Result<MessageId, RestError>) -> Outcome {
    let error = match result {
        Ok(message) => return Outcome::Sent(message),
        Err(error) => error,
    };
    match error.kind {
        RestErrorKind::NotSent | RestErrorKind::Impossible => Outcome::NotSent(error.to_string()),
        RestErrorKind::NoAnswer | RestErrorKind::Server | RestErrorKind::Unreadable => {
            Outcome::Unknown(error.to_string())
        }
        RestErrorKind::RateLimited(wait) => {
            Outcome::RateLimited(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1))
        }
        // With a nonce: it was posted by an earlier attempt and deleted since.
        RestErrorKind::NotFound if error.code == 10008 => Outcome::Gone,
        RestErrorKind::NotFound | RestErrorKind::Unauthorized | RestErrorKind::Forbidden | RestErrorKind::Refused => {
            Outcome::Refused {
                status: error.status,
                code: error.code,
            }
        }
    }
}

/// An emoji as part of a path: percent-encoded, or `name:id`; none when it could be something else.
fn in_path(emoji: &str) -> Option<String> {
    if emoji.is_empty() || emoji.len() > 200 {
        return None;
    }
    let custom = emoji
        .trim_start_matches("<a:")
        .trim_start_matches("<:")
        .trim_end_matches('>');
    match custom.rsplit_once(':') {
        Some((name, id)) if id.parse::<u64>().is_ok() => {
            let sound = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            sound.then(|| format!("{name}:{id}"))
        }
        _ => Some(ReactionType::Unicode(emoji.to_owned()).as_data()),
    }
}
