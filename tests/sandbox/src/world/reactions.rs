//! Reactions: added, taken back, cleared. Who may is checked by the callers.

use super::World;
use super::emit::About;
use super::model::{Emoji, Reacted};
use crate::wire;
use serde_json::{Value, json};

/// Distinct emoji that a message can carry.
pub(crate) const MOST_EMOJI: usize = 20;

impl World {
    /// Adds a reaction; nothing happens when it is there already. False when the message is full or gone.
    pub(crate) fn react(&mut self, channel: u64, id: u64, user: u64, emoji: &Emoji, burst: bool) -> bool {
        let Some(message) = self.message_mut(channel, id) else {
            return false;
        };
        let author = message.author;
        let place = match message.reactions.iter().position(|reacted| reacted.emoji.same(emoji)) {
            Some(place) => place,
            None if message.reactions.len() >= MOST_EMOJI => return false,
            None => {
                message.reactions.push(Reacted {
                    emoji: emoji.clone(),
                    normal: Vec::new(),
                    burst: Vec::new(),
                });
                message.reactions.len() - 1
            }
        };
        let Some(reacted) = message.reactions.get_mut(place) else {
            return false;
        };
        // A person may hold a normal and a super reaction of one emoji at once.
        let list = if burst { &mut reacted.burst } else { &mut reacted.normal };
        if list.contains(&user) {
            return true;
        }
        list.push(user);
        let emoji = reacted.emoji.clone();
        let mut data = self.reaction_event(channel, id, user, &emoji, burst);
        data["message_author_id"] = json!(author.to_string());
        if burst {
            data["burst_colors"] = json!(["#f2545b"]);
        }
        if let Some(guild) = self
            .channels
            .get(&channel)
            .and_then(|c| c.guild)
            .and_then(|g| self.guilds.get(&g))
            && let Some(member) = guild.members.get(&user)
        {
            data["member"] = wire::member(self, member);
        }
        self.tell_channel(channel, About::Reactions, "MESSAGE_REACTION_ADD", &data);
        self.page_message(channel, id);
        true
    }

    /// Takes a reaction back. False when there was none.
    pub(crate) fn unreact(&mut self, channel: u64, id: u64, user: u64, emoji: &Emoji, burst: bool) -> bool {
        let Some(message) = self.message_mut(channel, id) else {
            return false;
        };
        let Some(place) = message.reactions.iter().position(|reacted| reacted.emoji.same(emoji)) else {
            return false;
        };
        let Some(reacted) = message.reactions.get_mut(place) else {
            return false;
        };
        let list = if burst { &mut reacted.burst } else { &mut reacted.normal };
        let before = list.len();
        list.retain(|one| *one != user);
        if list.len() == before {
            return false;
        }
        let emoji = reacted.emoji.clone();
        if reacted.count() == 0 {
            message.reactions.remove(place);
        }
        let data = self.reaction_event(channel, id, user, &emoji, burst);
        self.tell_channel(channel, About::Reactions, "MESSAGE_REACTION_REMOVE", &data);
        self.page_message(channel, id);
        true
    }

    /// Clears all reactions of a message, or those of one emoji.
    pub(crate) fn clear_reactions(&mut self, channel: u64, id: u64, emoji: Option<&Emoji>) {
        let Some(message) = self.message_mut(channel, id) else {
            return;
        };
        match emoji {
            Some(emoji) => message.reactions.retain(|reacted| !reacted.emoji.same(emoji)),
            None => message.reactions.clear(),
        }
        let mut data = json!({ "channel_id": channel.to_string(), "message_id": id.to_string() });
        self.add_guild(channel, &mut data);
        let name = match emoji {
            Some(emoji) => {
                data["emoji"] = wire::emoji(emoji);
                "MESSAGE_REACTION_REMOVE_EMOJI"
            }
            None => "MESSAGE_REACTION_REMOVE_ALL",
        };
        self.tell_channel(channel, About::Reactions, name, &data);
        self.page_message(channel, id);
    }

    fn reaction_event(&self, channel: u64, id: u64, user: u64, emoji: &Emoji, burst: bool) -> Value {
        let mut data = json!({
            "user_id": user.to_string(),
            "channel_id": channel.to_string(),
            "message_id": id.to_string(),
            "emoji": wire::emoji(emoji),
            "burst": burst,
            "type": u8::from(burst),
        });
        self.add_guild(channel, &mut data);
        data
    }

    pub(crate) fn add_guild(&self, channel: u64, data: &mut Value) {
        if let Some(guild) = self.channels.get(&channel).and_then(|c| c.guild) {
            data["guild_id"] = json!(guild.to_string());
        }
    }
}
