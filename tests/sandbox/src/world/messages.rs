//! Messages: written, edited, deleted, pinned.

use super::emit::About;
use super::model::{Attachment, Cause, Message, Reference};
use super::permissions::bits;
use super::{World, now};
use crate::page::ring::Change;
use serde_json::{Value, json};

/// What a sender gives for a new message, already checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Attachment>,
    pub flags: u32,
    pub tts: bool,
    pub nonce: Option<Value>,
    pub reference: Option<Reference>,
    pub cause: Option<Cause>,
    pub only_for: Option<u64>,
    pub kind: Option<u8>,
    /// Who may be pinged.
    pub pings: Pings,
}

/// Discord's `allowed_mentions`, resolved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pings {
    pub everyone: bool,
    /// `None`: all users that are mentioned.
    pub users: Option<Vec<u64>>,
    /// `None`: all roles that are mentioned.
    pub roles: Option<Vec<u64>>,
    pub replied: bool,
}

impl Default for Pings {
    fn default() -> Self {
        Self {
            everyone: true,
            users: None,
            roles: None,
            replied: false,
        }
    }
}

/// A nonce that was used.
pub(crate) struct Nonce {
    channel: u64,
    author: u64,
    nonce: Value,
    message: u64,
    time: i64,
}

struct Pinged {
    users: Vec<u64>,
    roles: Vec<u64>,
    everyone: bool,
}

impl World {
    /// Writes a message and tells everybody. Rights and limits were checked before.
    pub(crate) fn post(&mut self, channel: u64, author: u64, draft: Draft) -> u64 {
        let id = self.next_id();
        self.post_as(id, channel, author, draft)
    }

    /// The same under an id that is taken already: the first message of a forum's post.
    pub(crate) fn post_as(&mut self, id: u64, channel: u64, author: u64, draft: Draft) -> u64 {
        let pinged = self.pinged(channel, author, &draft);
        let kind = draft.kind.unwrap_or(match (&draft.cause, &draft.reference) {
            (Some(cause), _) if cause.kind == 2 => 20,
            (_, Some(_)) => 19,
            _ => 0,
        });
        let message = Message {
            id,
            channel,
            author,
            kind,
            content: draft.content,
            time: now(),
            edited: None,
            flags: draft.flags,
            tts: draft.tts,
            pinned: false,
            mentions: pinged.users,
            mention_roles: pinged.roles,
            mention_everyone: pinged.everyone,
            embeds: draft.embeds,
            components: draft.components,
            attachments: draft.attachments,
            reactions: Vec::new(),
            nonce: draft.nonce,
            reference: draft.reference,
            cause: draft.cause,
            only_for: draft.only_for,
            thread: None,
        };
        let visible = message.only_for.is_none();
        self.messages.entry(channel).or_default().insert(id, message);
        if visible {
            self.note_activity(channel, id);
            self.tell_message(channel, id, "MESSAGE_CREATE");
        }
        self.page_message(channel, id);
        id
    }

    /// Changes a message in place and tells everybody; `change` returns whether it counts as an edit of the
    /// author's.
    pub(crate) fn edit(&mut self, channel: u64, id: u64, change: impl FnOnce(&mut Message) -> bool) {
        let Some(message) = self.message_mut(channel, id) else {
            return;
        };
        if change(message) {
            message.edited = Some(now());
        }
        self.tell_message(channel, id, "MESSAGE_UPDATE");
        self.page_message(channel, id);
    }

    /// Deletes messages of a channel; several at once are one event. Returns how many there were.
    pub(crate) fn delete_messages(&mut self, channel: u64, ids: &[u64]) -> usize {
        let Some(all) = self.messages.get_mut(&channel) else {
            return 0;
        };
        let gone: Vec<Message> = ids.iter().filter_map(|id| all.remove(id)).collect();
        let guild = self.channels.get(&channel).and_then(|c| c.guild);
        for message in &gone {
            message
                .attachments
                .iter()
                .for_each(|file| drop(self.files.remove(&file.id)));
            self.ring.push(Change::MessageGone {
                channel,
                id: message.id,
                only_for: message.only_for,
            });
        }
        let seen: Vec<String> = gone
            .iter()
            .filter(|m| m.only_for.is_none())
            .map(|m| m.id.to_string())
            .collect();
        let (name, mut data) = match seen.as_slice() {
            [] => return gone.len(),
            [one] => (
                "MESSAGE_DELETE",
                json!({ "id": one, "channel_id": channel.to_string() }),
            ),
            many => (
                "MESSAGE_DELETE_BULK",
                json!({ "ids": many, "channel_id": channel.to_string() }),
            ),
        };
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild.to_string());
        }
        self.tell_channel(channel, About::Messages, name, &data);
        gone.len()
    }

    /// The message that this author sent into this channel with this nonce within the window; it may have been
    /// deleted since.
    pub(crate) fn nonce_used(&mut self, channel: u64, author: u64, nonce: &Value) -> Option<u64> {
        let window = i64::try_from(self.settings.nonce_window.as_millis()).unwrap_or(i64::MAX);
        let oldest = now().saturating_sub(window);
        while self.nonces.front().is_some_and(|used| used.time <= oldest) {
            self.nonces.pop_front();
        }
        let same = |used: &&Nonce| used.channel == channel && used.author == author && used.nonce == *nonce;
        self.nonces.iter().rev().find(same).map(|used| used.message)
    }

    /// Finds the nonces of kept messages again.
    pub(crate) fn recall_nonces(&mut self) {
        let sent = self.messages.values().flat_map(|all| all.values());
        let mut found: Vec<Nonce> = sent
            .filter_map(|m| {
                let nonce = m.nonce.clone()?;
                Some(Nonce {
                    channel: m.channel,
                    author: m.author,
                    nonce,
                    message: m.id,
                    time: m.time,
                })
            })
            .collect();
        found.sort_by_key(|used| used.time);
        self.nonces = found.into();
    }

    pub(crate) fn remember_nonce(&mut self, channel: u64, author: u64, nonce: Value, message: u64) {
        self.nonces.push_back(Nonce {
            channel,
            author,
            nonce,
            message,
            time: now(),
        });
    }

    fn note_activity(&mut self, channel: u64, id: u64) {
        let Some(found) = self.channels.get_mut(&channel) else {
            return;
        };
        found.last_message = Some(id);
        let reopened = match &mut found.thread {
            Some(thread) if thread.archived && !thread.locked => {
                thread.archived = false;
                thread.changed = now();
                true
            }
            _ => false,
        };
        if reopened {
            self.tell_channel_changed(channel);
        }
    }

    /// Works out anew whom a message pings, after its content changed.
    pub(crate) fn mention_anew(&mut self, channel: u64, id: u64, content: &str, pings: &Pings) {
        let Some(message) = self.message_in(channel, id) else {
            return;
        };
        let draft = Draft {
            content: content.to_owned(),
            pings: pings.clone(),
            reference: message.reference.clone(),
            ..Draft::default()
        };
        let pinged = self.pinged(channel, message.author, &draft);
        if let Some(message) = self.message_mut(channel, id) {
            message.mentions = pinged.users;
            message.mention_roles = pinged.roles;
            message.mention_everyone = pinged.everyone;
        }
    }

    fn pinged(&self, channel: u64, author: u64, draft: &Draft) -> Pinged {
        let guild = self
            .channels
            .get(&channel)
            .and_then(|c| c.guild)
            .and_then(|id| self.guilds.get(&id));
        let allowed = |list: &Option<Vec<u64>>, id: &u64| list.as_ref().is_none_or(|ids| ids.contains(id));
        let mut users = mentioned(&draft.content, "<@");
        users.retain(|id| self.users.contains_key(id) && allowed(&draft.pings.users, id));
        if draft.pings.replied
            && let Some(answered) = draft
                .reference
                .as_ref()
                .and_then(|r| self.message_in(r.channel, r.message))
        {
            users.push(answered.author);
        }
        let mut roles = mentioned(&draft.content, "<@&");
        let any = self.may(author, channel, bits::MENTION_EVERYONE);
        roles.retain(|id| {
            let role = guild.and_then(|g| g.roles.iter().find(|role| role.id == *id));
            role.is_some_and(|role| role.mentionable || any) && allowed(&draft.pings.roles, id)
        });
        let calls = draft.content.contains("@everyone") || draft.content.contains("@here");
        let everyone = calls && draft.pings.everyone && self.may(author, channel, bits::MENTION_EVERYONE);
        Pinged {
            users: unique(users),
            roles: unique(roles),
            everyone,
        }
    }
}

/// The ids that follow `opening` (with an optional `!`) and are closed by `>`.
fn mentioned(content: &str, opening: &str) -> Vec<u64> {
    let parts = content.split(opening).skip(1);
    parts
        .filter_map(|rest| rest.trim_start_matches('!').split('>').next()?.parse().ok())
        .collect()
}

fn unique(ids: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut seen = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen
}
