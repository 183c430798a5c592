//! Dispatches → events: by name, into the shapes of `wire`, and what they change in [`Servers`].
//!
//! What cannot be read is an event too, with its name, number and what was wrong, never its content.

use super::{
    event::{Asked, Completing, Event, ReplyTo, Scene, ServerInfo, Ticket},
    interactions::{self, Interaction},
    servers::Servers,
    wire::{self, Of},
};
use crate::{
    command,
    model::{
        ApplicationId, ChannelId, Emoji, GuildId, Lang, MessageId, RoleId, UserId, VoteChange, VoteKey, Way,
        answer::Place,
    },
};
use serde::de::DeserializeOwned;
use std::collections::HashSet;

/// What a dispatch came to.
pub(super) enum Decoded {
    /// For the stream.
    Event(Box<Event>),
    /// To be answered at once, outside the stream.
    Completing(Completing, Ticket),
    /// A session has begun.
    Ready(Box<Opened>),
    /// The session goes on.
    Resumed,
    /// Nobody's business.
    Nothing,
}

/// What READY tells.
pub(super) struct Opened {
    pub(super) session: String,
    pub(super) url: Option<String>,
    pub(super) bot: UserId,
    pub(super) application: ApplicationId,
    pub(super) guilds: Vec<GuildId>,
}

/// Reads the events of one shard.
pub(super) struct Decoder {
    servers: Servers,
    bot: Option<UserId>,
    /// The servers of which the session said that they would come; others are newly joined.
    announced: HashSet<GuildId>,
    /// Those that were there, or were to come, and cannot be reached for a while.
    away: HashSet<GuildId>,
}

/// Why a dispatch could not be read.
struct Unread(String);

impl From<&'static str> for Unread {
    fn from(reason: &'static str) -> Self {
        Self(reason.to_owned())
    }
}

type Read = Result<Decoded, Unread>;

impl Decoder {
    pub(super) fn new(servers: Servers) -> Self {
        Self {
            servers,
            bot: None,
            announced: HashSet::new(),
            away: HashSet::new(),
        }
    }

    /// Says who the bot is, when a stored session is taken up.
    pub(super) fn known_bot(&mut self, bot: UserId) {
        self.bot = Some(bot);
        self.servers.set_bot(bot);
    }

    /// Reads the dispatch `kind` in the whole frame `text`.
    pub(super) fn dispatch(&mut self, kind: &str, seq: u64, text: &str) -> Decoded {
        match self.read(kind, text) {
            Ok(decoded) => decoded,
            Err(Unread(reason)) => Decoded::Event(Box::new(Event::Unreadable {
                kind: kind.chars().take(64).collect(),
                seq,
                reason,
            })),
        }
    }

    fn read(&mut self, kind: &str, text: &str) -> Read {
        match kind {
            "MESSAGE_CREATE" => data(text).map(|m| self.message(m)),
            "MESSAGE_REACTION_ADD" => self.reaction(text, true),
            "MESSAGE_REACTION_REMOVE" => self.reaction(text, false),
            "MESSAGE_REACTION_REMOVE_ALL" | "MESSAGE_REACTION_REMOVE_EMOJI" => cleared(kind, text),
            "MESSAGE_DELETE" => data(text).map(|m: wire::DeletedMessage| deleted(m.channel_id, &[m.id])),
            "MESSAGE_DELETE_BULK" => data(text).map(|m: wire::DeletedMessages| deleted(m.channel_id, &m.ids)),
            "INTERACTION_CREATE" => self.interaction(text),
            "READY" => data(text).map(|ready| self.ready(ready)),
            "RESUMED" => Ok(Decoded::Resumed),
            _ => self.place(kind, text),
        }
    }

    /// Events about servers, channels and roles.
    fn place(&mut self, kind: &str, text: &str) -> Read {
        match kind {
            "GUILD_CREATE" => data(text).map(|guild| self.guild(&guild)),
            "GUILD_UPDATE" => data(text).map(|guild: wire::Guild| {
                self.servers.describe(&guild);
                changed(guild.id)
            }),
            "GUILD_DELETE" => data(text).map(|guild: wire::Guild| self.guild_gone(&guild)),
            "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "THREAD_CREATE" | "THREAD_UPDATE" => self.channel(kind, text),
            "CHANNEL_DELETE" | "THREAD_DELETE" => data(text).map(|channel: wire::GoneChannel| {
                let channel_id = ChannelId(channel.id.0);
                let known = self.servers.remove_channel(channel_id);
                event(Event::ChannelGone {
                    guild: channel.guild_id.map(|g| GuildId(g.0)).or(known),
                    channel: channel_id,
                })
            }),
            "THREAD_LIST_SYNC" => data(text).map(|list: wire::ThreadList| {
                for thread in &list.threads {
                    self.servers.put_channel(GuildId(list.guild_id.0), thread);
                }
                Decoded::Nothing
            }),
            "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" | "GUILD_ROLE_DELETE" => data(text).map(|role| self.role(&role)),
            "GUILD_MEMBER_UPDATE" => data(text).map(|member| self.member(&member)),
            _ => Ok(Decoded::Nothing),
        }
    }

    fn ready(&mut self, ready: wire::Ready) -> Decoded {
        let bot = UserId(ready.user.id.0);
        self.known_bot(bot);
        let guilds: Vec<_> = ready.guilds.iter().map(|guild| GuildId(guild.id.0)).collect();
        self.announced = guilds.iter().copied().collect();
        self.away.clear();
        Decoded::Ready(Box::new(Opened {
            session: ready.session_id,
            url: ready.resume_gateway_url,
            bot,
            application: ApplicationId(ready.application.id.0),
            guilds,
        }))
    }

    fn message(&self, message: wire::Message) -> Decoded {
        let (channel, id) = (ChannelId(message.channel_id.0), MessageId(message.id.0));
        let by = UserId(message.author.id.0);
        let Some(bot) = self.bot else { return Decoded::Nothing };
        if by == bot {
            let nonce = message.nonce.map(wire::Nonce::into_text);
            return event(Event::Echo {
                channel,
                message: id,
                nonce,
            });
        }
        if message.author.bot || message.webhook_id.is_some() {
            return Decoded::Nothing;
        }
        let Some(parsed) = command::from_message(&message.content, bot) else {
            return Decoded::Nothing;
        };
        let guild = message.guild_id.map(|guild| GuildId(guild.0));
        let roles: Vec<_> = message
            .member
            .iter()
            .flat_map(|m| &m.roles)
            .map(|role| RoleId(role.0))
            .collect();
        let server_lang = guild.map_or_else(Lang::default, |guild| self.servers.lang(guild));
        let scene = Scene {
            place: Place { guild, channel },
            by,
            may_manage: guild.is_some() && self.servers.may_manage(channel, by, &roles).unwrap_or(false),
            roles,
            lang: if has_hangul_word(&message.content) {
                Lang::Ko
            } else {
                server_lang
            },
            server_lang,
            brought: false,
        };
        event(Event::Asked(Asked {
            parsed,
            scene,
            reply: ReplyTo::Message { channel, message: id },
        }))
    }

    fn reaction(&self, text: &str, added: bool) -> Read {
        let reaction: wire::Reaction = data(text)?;
        let user = UserId(reaction.user_id.0);
        if Some(user) == self.bot {
            // The bot's own seeds are no votes.
            return Ok(Decoded::Nothing);
        }
        let emoji = reaction.emoji.vote().ok_or("an emoji without id and name")?;
        let burst = reaction.burst.unwrap_or(reaction.kind == Some(1));
        let key = VoteKey {
            message: MessageId(reaction.message_id.0),
            emoji,
            user,
            way: Way::reaction(burst),
        };
        let bot = reaction
            .member
            .and_then(|member| member.user)
            .is_some_and(|user| user.bot);
        Ok(event(Event::Vote(if added {
            VoteChange::Add { key, bot }
        } else {
            VoteChange::Remove(key)
        })))
    }

    fn interaction(&self, text: &str) -> Read {
        Ok(match interactions::read(data(text)?, &self.servers)? {
            Interaction::Asked(asked) => event(Event::Asked(asked)),
            Interaction::Pressed(pressed) => event(Event::Pressed(pressed)),
            Interaction::Completing(what, ticket) => Decoded::Completing(what, ticket),
            Interaction::Other => Decoded::Nothing,
        })
    }

    fn guild(&mut self, guild: &wire::Guild) -> Decoded {
        let id = GuildId(guild.id.0);
        if guild.unavailable == Some(true) {
            self.announced.insert(id);
            self.away.insert(id);
            return event(Event::ServerUnavailable(id));
        }
        let was_away = self.away.remove(&id);
        let unheard = self.announced.insert(id) || was_away;
        self.servers.put(guild);
        event(Event::Server(ServerInfo {
            id,
            name: guild.name.clone(),
            lang: self.servers.lang(id),
            system_channel: self.servers.system_channel(id),
            unheard,
        }))
    }

    fn guild_gone(&mut self, guild: &wire::Guild) -> Decoded {
        let id = GuildId(guild.id.0);
        // Discord's rule: the field is there for an outage, whatever it says, and not there on leaving.
        if guild.unavailable.is_some() {
            self.away.insert(id);
            return event(Event::ServerUnavailable(id));
        }
        self.announced.remove(&id);
        self.away.remove(&id);
        self.servers.remove(id);
        event(Event::ServerLeft(id))
    }

    fn channel(&self, kind: &str, text: &str) -> Read {
        let channel: wire::Channel = data(text)?;
        let Some(guild) = channel.guild_id else {
            return Ok(Decoded::Nothing);
        };
        let turned = self.servers.put_channel(GuildId(guild.0), &channel);
        // Nothing happens in an archived thread until it is opened, which is told, and a fresh session tells of none.
        // One that is locked as well is known for what it is: asking there would be refused again and again.
        if kind == "THREAD_UPDATE"
            && channel
                .thread_metadata
                .as_ref()
                .is_some_and(|t| t.archived && !t.locked)
        {
            self.servers.remove_channel(ChannelId(channel.id.0));
        }
        Ok(if kind == "CHANNEL_UPDATE" || kind == "THREAD_UPDATE" && turned {
            changed(guild)
        } else {
            Decoded::Nothing
        })
    }

    fn role(&self, change: &wire::RoleChange) -> Decoded {
        let guild = GuildId(change.guild_id.0);
        match (&change.role, change.role_id) {
            (Some(role), _) => self.servers.put_role(guild, role),
            (None, Some(role)) => self.servers.remove_role(guild, RoleId(role.0)),
            (None, None) => return Decoded::Nothing,
        }
        changed(change.guild_id)
    }

    fn member(&self, member: &wire::MemberChange) -> Decoded {
        if Some(UserId(member.user.id.0)) != self.bot {
            return Decoded::Nothing;
        }
        let differs = self.servers.set_own_roles(GuildId(member.guild_id.0), &member.roles);
        if differs {
            changed(member.guild_id)
        } else {
            Decoded::Nothing
        }
    }
}

impl wire::Emoji {
    /// The emoji as a vote.
    pub(super) fn vote(&self) -> Option<Emoji> {
        match (self.id, self.name.as_deref()) {
            (Some(id), _) => Some(Emoji::Custom(id.0)),
            (None, Some(name)) if !name.is_empty() && name.len() <= 128 => Some(Emoji::unicode(name)),
            (None, _) => None,
        }
    }

    /// The emoji as requests name it.
    pub(super) fn in_requests(&self) -> Option<String> {
        match (self.id, self.name.as_deref()) {
            // The name of a deleted emoji is null; Discord goes by the id.
            (Some(id), name) => Some(format!("{}:{}", name.filter(|n| !n.is_empty()).unwrap_or("_"), id.0)),
            (None, name) => name.map(str::to_owned),
        }
    }
}

fn event(event: Event) -> Decoded {
    Decoded::Event(Box::new(event))
}

fn changed(guild: wire::Snow) -> Decoded {
    event(Event::ServerChanged(GuildId(guild.0)))
}

fn deleted(channel: wire::Snow, messages: &[wire::Snow]) -> Decoded {
    let messages = messages.iter().map(|message| MessageId(message.0)).collect();
    event(Event::MessagesDeleted {
        channel: ChannelId(channel.0),
        messages,
    })
}

fn cleared(kind: &str, text: &str) -> Read {
    let cleared: wire::ClearedReactions = data(text)?;
    let message = MessageId(cleared.message_id.0);
    if kind == "MESSAGE_REACTION_REMOVE_ALL" {
        return Ok(event(Event::Vote(VoteChange::Clear(message))));
    }
    let emoji = cleared
        .emoji
        .and_then(|emoji| emoji.vote())
        .ok_or("an emoji without id and name")?;
    Ok(event(Event::Vote(VoteChange::ClearEmoji(message, emoji))))
}

/// Whether the command itself is written in hangul: then so is the answer.
fn has_hangul_word(content: &str) -> bool {
    let word = content
        .split_whitespace()
        .find(|word| !word.starts_with("<@"))
        .unwrap_or_default();
    let word = word.trim_start_matches(['!', '！']);
    word.chars()
        .next()
        .is_some_and(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c))
}

fn data<T: DeserializeOwned>(text: &str) -> Result<T, Unread> {
    serde_json::from_str::<Of<T>>(text)
        .map(|of| of.d)
        .map_err(|error| Unread(reason(&error)))
}

/// serde's reason without the value that it quotes: `missing field `burst``, `expected a boolean`.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(before, _)| before);
    match text.rsplit_once(", expected ") {
        Some((_, expected)) => format!("wrong value, expected {expected}"),
        None if text.starts_with("missing field") || text.starts_with("an id") => text.to_owned(),
        None if text.starts_with("duplicate field") => text.to_owned(),
        None => "not as documented".to_owned(),
    }
}

#[cfg(test)]
mod tests;
