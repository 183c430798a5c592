//! Channels and threads: made, changed, deleted.

use super::emit::intent;
use super::model::{Channel, ChannelKind, Overwrite, ThreadState};
use super::{Draft, World, now};
use crate::page::ring::Change;
use crate::wire;
use serde_json::json;

/// A channel with nothing set but what it is.
pub(super) fn bare(id: u64, guild: Option<u64>, kind: ChannelKind, name: &str) -> Channel {
    Channel {
        id,
        guild,
        kind,
        name: name.to_owned(),
        topic: None,
        parent: None,
        position: 0,
        overwrites: Vec::new(),
        recipient: None,
        thread: None,
        tags: Vec::new(),
        tag_required: false,
        last_message: None,
    }
}

impl World {
    /// Makes a channel of a server and tells everybody.
    pub(crate) fn add_channel(&mut self, guild: u64, kind: ChannelKind, name: &str, parent: Option<u64>) -> u64 {
        let id = self.next_id();
        let mut channel = bare(id, Some(guild), kind, name);
        channel.parent = parent;
        let siblings = self
            .channels
            .values()
            .filter(|c| c.guild == Some(guild) && !c.kind.is_thread());
        channel.position = u32::try_from(siblings.count()).unwrap_or(u32::MAX);
        self.channels.insert(id, channel);
        let data = self
            .channels
            .get(&id)
            .map(|channel| wire::guild::channel(self, channel));
        if let Some(data) = data {
            self.tell_guild(guild, intent::GUILDS, "CHANNEL_CREATE", &data);
        }
        self.page_channel(id);
        id
    }

    /// Changes a channel and tells everybody.
    pub(crate) fn change_channel(&mut self, id: u64, change: impl FnOnce(&mut Channel)) {
        if let Some(channel) = self.channels.get_mut(&id) {
            change(channel);
            self.tell_channel_changed(id);
        }
    }

    /// Sets the overwrite of a role or member in a channel; `allow` and `deny` of 0 remove it.
    pub(crate) fn overwrite(&mut self, channel: u64, of: u64, member: bool, allow: u64, deny: u64) {
        self.change_channel(channel, |channel| {
            channel.overwrites.retain(|o| o.id != of);
            if allow | deny != 0 {
                channel.overwrites.push(Overwrite {
                    id: of,
                    member,
                    allow,
                    deny,
                });
            }
        });
    }

    pub(crate) fn tell_channel_changed(&mut self, id: u64) {
        let Some(channel) = self.channels.get(&id) else { return };
        let name = if channel.kind.is_thread() {
            "THREAD_UPDATE"
        } else {
            "CHANNEL_UPDATE"
        };
        let guild = channel.guild;
        let data = wire::guild::channel(self, channel);
        if let Some(guild) = guild {
            self.tell_guild(guild, intent::GUILDS, name, &data);
        }
        self.page_channel(id);
    }

    /// Deletes a channel, its threads and all messages. As with Discord, no message or thread is announced as
    /// deleted with it.
    pub(crate) fn delete_channel(&mut self, id: u64) -> bool {
        let Some(channel) = self.channels.get(&id) else {
            return false;
        };
        let (guild, thread, parent) = (channel.guild, channel.kind.is_thread(), channel.parent);
        let number = channel.kind.number();
        let mut data = wire::guild::channel(self, channel);
        self.channels.remove(&id);
        let below: Vec<u64> = self
            .channels
            .values()
            .filter(|c| c.parent == Some(id) && c.kind.is_thread())
            .map(|c| c.id)
            .collect();
        for gone in below.iter().chain([&id]) {
            self.channels.remove(gone);
            self.messages.remove(gone);
            self.ring.push(Change::ChannelGone { guild, id: *gone });
        }
        for orphan in self.channels.values_mut().filter(|c| c.parent == Some(id)) {
            orphan.parent = None;
        }
        let Some(guild) = guild else { return true };
        for other in self.guilds.values_mut().filter(|g| g.system_channel == Some(id)) {
            other.system_channel = None;
        }
        let name = if thread {
            data = json!({
                "id": id.to_string(),
                "guild_id": guild.to_string(),
                "parent_id": parent.map(|p| p.to_string()),
                "type": number,
            });
            "THREAD_DELETE"
        } else {
            "CHANNEL_DELETE"
        };
        self.tell_guild(guild, intent::GUILDS, name, &data);
        true
    }

    /// Opens a thread: on a message (it takes the message's id), or of its own.
    pub(crate) fn open_thread(&mut self, parent: u64, on: Option<u64>, name: &str, owner: u64, minutes: u32) -> u64 {
        let id = on.unwrap_or_else(|| self.next_id());
        let Some(above) = self.channels.get(&parent) else {
            return id;
        };
        let kind = match above.kind {
            ChannelKind::Announcement => ChannelKind::AnnouncementThread,
            _ => ChannelKind::Thread,
        };
        let (guild, forum) = (above.guild, above.kind == ChannelKind::Forum);
        let mut thread = bare(id, guild, kind, name);
        thread.parent = Some(parent);
        thread.thread = Some(ThreadState {
            owner,
            archived: false,
            locked: false,
            auto_archive: minutes,
            changed: now(),
            tags: Vec::new(),
        });
        self.channels.insert(id, thread);
        let data = self.channels.get(&id).map(|channel| {
            let mut data = wire::guild::channel(self, channel);
            data["newly_created"] = json!(true);
            data
        });
        if let (Some(data), Some(guild)) = (data, guild) {
            self.tell_guild(guild, intent::GUILDS, "THREAD_CREATE", &data);
        }
        self.page_channel(id);
        match on {
            Some(message) => self.edit(parent, message, |message| {
                message.flags |= super::Message::HAS_THREAD;
                message.thread = Some(id);
                false
            }),
            None if !forum => {
                let draft = Draft {
                    content: name.to_owned(),
                    kind: Some(18),
                    ..Draft::default()
                };
                let notice = self.post(parent, owner, draft);
                self.edit(parent, notice, |message| {
                    message.thread = Some(id);
                    false
                });
            }
            None => {}
        }
        id
    }
}

impl World {
    /// Somebody types.
    pub(crate) fn typing(&mut self, channel: u64, user: u64) {
        let mut data = json!({
            "channel_id": channel.to_string(),
            "user_id": user.to_string(),
            "timestamp": now() / 1000,
        });
        self.add_guild(channel, &mut data);
        self.tell_channel(channel, super::emit::About::Typing, "TYPING_START", &data);
        self.ring.push(Change::Typing { channel, user });
    }
}
