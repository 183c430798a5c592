//! Who hears of a change: the bot's sessions, by shard, intent and permission, and the web page.

use super::World;
use super::model::Message;
use super::permissions::bits;
use crate::page::ring::Change;
use crate::wire;
use serde_json::{Value, json};

/// Gateway intents, as far as the sandbox sends events for them.
pub(crate) mod intent {
    pub const GUILDS: u64 = 1;
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    pub const GUILD_REACTIONS: u64 = 1 << 10;
    pub const GUILD_TYPING: u64 = 1 << 11;
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    pub const DIRECT_REACTIONS: u64 = 1 << 13;
    pub const DIRECT_TYPING: u64 = 1 << 14;
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Every bit that has a meaning: 0-16, 20, 21, 24, 25.
    pub const KNOWN: u64 = 0x1_FFFF | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
}

/// What a channel event is about; decides the intent.
#[derive(Clone, Copy)]
pub(crate) enum About {
    Messages,
    Reactions,
    Typing,
}

impl About {
    fn intent(self, direct: bool) -> u64 {
        match (self, direct) {
            (Self::Messages, false) => intent::GUILD_MESSAGES,
            (Self::Messages, true) => intent::DIRECT_MESSAGES,
            (Self::Reactions, false) => intent::GUILD_REACTIONS,
            (Self::Reactions, true) => intent::DIRECT_REACTIONS,
            (Self::Typing, false) => intent::GUILD_TYPING,
            (Self::Typing, true) => intent::DIRECT_TYPING,
        }
    }
}

impl World {
    /// Sends an event about a server to the sessions that asked for it.
    pub(crate) fn tell_guild(&mut self, guild: u64, needed: u64, name: &'static str, data: &Value) {
        let bot = self.application.bot;
        if self
            .guilds
            .get(&guild)
            .is_some_and(|g| g.members.contains_key(&bot) && !g.unavailable)
        {
            self.gateway.send(Some(guild), needed, name, |_| data.clone());
        }
    }

    /// Sends an event about what happens in a channel, when the bot can see the channel.
    pub(crate) fn tell_channel(&mut self, channel: u64, about: About, name: &'static str, data: &Value) {
        let Some(guild) = self.audience(channel) else { return };
        self.gateway
            .send(guild, about.intent(guild.is_none()), name, |_| data.clone());
    }

    /// Sends an event to the shard of a server (or of direct conversations) whatever its intents.
    pub(crate) fn tell_shard(&mut self, guild: Option<u64>, name: &'static str, data: &Value) {
        self.gateway.send(guild, 0, name, |_| data.clone());
    }

    /// Sends MESSAGE_CREATE or MESSAGE_UPDATE, with the content left out where the intent is missing.
    pub(crate) fn tell_message(&mut self, channel: u64, id: u64, name: &'static str) {
        let Some(guild) = self.audience(channel) else { return };
        let Some(message) = self.message_in(channel, id).filter(|m| m.only_for.is_none()) else {
            return;
        };
        let full = wire::message::event(self, message);
        let needs_intent = guild.is_some() && !self.content_is_free(message);
        let needed = About::Messages.intent(guild.is_none());
        self.gateway.send(guild, needed, name, |intents| {
            let mut data = full.clone();
            if needs_intent && intents & intent::MESSAGE_CONTENT == 0 {
                blank(&mut data);
            }
            data
        });
    }

    /// Whether the bot may read a message of a server without the intent: its own, or one that pings it.
    pub(crate) fn content_is_free(&self, message: &Message) -> bool {
        message.author == self.application.bot || message.mentions.contains(&self.application.bot)
    }

    /// `Some(guild)` when the bot may hear of what happens in a channel.
    fn audience(&self, channel: u64) -> Option<Option<u64>> {
        let channel = self.channels.get(&channel)?;
        let there = channel
            .guild
            .is_none_or(|id| self.guilds.get(&id).is_some_and(|g| !g.unavailable));
        let sees = self.permissions(channel, self.application.bot) & bits::VIEW_CHANNEL != 0;
        (there && sees).then_some(channel.guild)
    }

    pub(crate) fn page_message(&mut self, channel: u64, id: u64) {
        self.ring.push(Change::Message { channel, id });
    }

    pub(crate) fn page_channel(&mut self, id: u64) {
        self.ring.push(Change::Channel(id));
    }

    pub(crate) fn page_server(&mut self, id: u64) {
        self.ring.push(Change::Server(id));
    }

    pub(crate) fn page_user(&mut self, id: u64) {
        self.ring.push(Change::User(id));
    }

    pub(crate) fn page_interaction(&mut self, id: u64) {
        self.ring.push(Change::Interaction(id));
    }
}

/// What Discord leaves out of a message without the intent.
pub(crate) fn blank(message: &mut Value) {
    message["content"] = json!("");
    for field in ["embeds", "attachments", "components"] {
        message[field] = json!([]);
    }
    if let Some(fields) = message.as_object_mut() {
        fields.remove("poll");
    }
    if message.get("referenced_message").is_some_and(Value::is_object) {
        let inner = &mut message["referenced_message"];
        inner["content"] = json!("");
        for field in ["embeds", "attachments", "components"] {
            inner[field] = json!([]);
        }
    }
}
