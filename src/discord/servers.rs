//! What permissions hang on: owners, roles, channels and their overwrites. Nothing else of what
//! Discord knows is kept.
//!
//! The shards write it in the order of their events; everybody may read. What is not in it is unknown,
//! not forbidden: a resumed session does not tell again what it told before the restart.

mod place;

pub use place::{ChannelKind, ChannelPlace, ForumTag, ForumTags};

use super::wire::{Channel as WireChannel, Guild as WireGuild, Overwrite, Role as WireRole, Snow};
use crate::model::{ChannelId, GuildId, Lang, RoleId, UserId, answer::Need};
use place::{kind, tags};
use serenity::model::Permissions;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

#[derive(Debug)]
struct Channel {
    guild: GuildId,
    kind: ChannelKind,
    parent: Option<ChannelId>,
    overwrites: Box<[Overwrite]>,
    locked: bool,
    tags: Option<Box<ForumTags>>,
}

#[derive(Clone, Copy, Debug)]
struct Role {
    permissions: Permissions,
    mentionable: bool,
}

#[derive(Debug, Default)]
struct Server {
    owner: Option<UserId>,
    lang: Lang,
    system_channel: Option<ChannelId>,
    roles: HashMap<RoleId, Role>,
    own_roles: Vec<RoleId>,
    channels: HashSet<ChannelId>,
    /// Those that the bot could not see at some moment since somebody asked.
    unseen: HashSet<ChannelId>,
}

#[derive(Debug, Default)]
struct Known {
    bot: Option<UserId>,
    servers: HashMap<GuildId, Server>,
    channels: HashMap<ChannelId, Channel>,
}

/// The cache. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Servers(Arc<RwLock<Known>>);

impl Servers {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    // Nothing panics while holding the lock, so a poisoned one still holds whole values.
    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Who the bot is, once a session has said so.
    #[must_use]
    pub fn bot(&self) -> Option<UserId> {
        self.read().bot
    }

    /// The servers that are known now, in no order.
    #[must_use]
    pub fn guilds(&self) -> Vec<GuildId> {
        self.read().servers.keys().copied().collect()
    }

    /// How many servers are known now.
    #[must_use]
    pub fn count(&self) -> usize {
        self.read().servers.len()
    }

    /// The server of a channel or thread.
    #[must_use]
    pub fn guild_of(&self, channel: ChannelId) -> Option<GuildId> {
        self.read().channels.get(&channel).map(|c| c.guild)
    }

    /// What is known of a channel or thread.
    #[must_use]
    pub fn channel(&self, channel: ChannelId) -> Option<ChannelPlace> {
        self.read().channels.get(&channel).map(|c| ChannelPlace {
            guild: c.guild,
            kind: c.kind,
            parent: c.parent,
        })
    }

    /// A server's language; English when it is unknown.
    #[must_use]
    pub fn lang(&self, guild: GuildId) -> Lang {
        self.read().servers.get(&guild).map_or_else(Lang::default, |s| s.lang)
    }

    /// The language of a channel's server; English when it is unknown.
    #[must_use]
    pub fn lang_in(&self, channel: ChannelId) -> Lang {
        let guild = self.guild_of(channel);
        guild.map_or_else(Lang::default, |guild| self.lang(guild))
    }

    /// Where a server wants greetings.
    #[must_use]
    pub fn system_channel(&self, guild: GuildId) -> Option<ChannelId> {
        self.read().servers.get(&guild)?.system_channel
    }

    /// Which of the permissions for posting the bot lacks in a channel; none if the channel is unknown.
    #[must_use]
    pub fn missing(&self, channel: ChannelId) -> Option<Vec<Need>> {
        let known = self.read();
        let bot = known.bot?;
        let server = known.servers.get(&known.channels.get(&channel)?.guild)?;
        let granted = known.permissions(channel, bot, &server.own_roles)?;
        let kind = known.channels.get(&channel)?.kind;
        let thread = kind == ChannelKind::Thread;
        let send = if thread {
            (Need::SendInThreads, Permissions::SEND_MESSAGES_IN_THREADS)
        } else {
            (Need::Send, Permissions::SEND_MESSAGES)
        };
        let needs = [
            (Need::View, Permissions::VIEW_CHANNEL),
            send,
            (Need::Embed, Permissions::EMBED_LINKS),
            (Need::Attach, Permissions::ATTACH_FILES),
            (Need::History, Permissions::READ_MESSAGE_HISTORY),
            (Need::React, Permissions::ADD_REACTIONS),
        ];
        let mut missing: Vec<Need> = needs
            .into_iter()
            .filter(|(_, bit)| !granted.contains(*bit))
            .map(|(need, _)| need)
            .collect();
        if known.channels.get(&channel)?.locked && !granted.contains(Permissions::MANAGE_THREADS) {
            missing.push(Need::Unlocked);
        }
        Some(missing)
    }

    /// Whether the bot may open threads on messages of a channel; none if the channel is unknown.
    #[must_use]
    pub fn may_open_threads(&self, channel: ChannelId) -> Option<bool> {
        self.bot_has(channel, Permissions::CREATE_PUBLIC_THREADS)
    }

    /// Whether the bot may mention any role in a channel; none if the channel is unknown.
    #[must_use]
    pub fn may_mention_all(&self, channel: ChannelId) -> Option<bool> {
        self.bot_has(channel, Permissions::MENTION_EVERYONE)
    }

    fn bot_has(&self, channel: ChannelId, needed: Permissions) -> Option<bool> {
        let known = self.read();
        let server = known.servers.get(&known.channels.get(&channel)?.guild)?;
        Some(
            known
                .permissions(channel, known.bot?, &server.own_roles)?
                .contains(needed),
        )
    }

    /// Whether everybody may mention a role; none: there is no such role (in a server that is known).
    #[must_use]
    pub fn is_mentionable(&self, guild: GuildId, role: RoleId) -> Option<bool> {
        Some(self.read().servers.get(&guild)?.roles.get(&role)?.mentionable)
    }

    /// Whether a role is gone. What is not known is not gone.
    #[must_use]
    pub fn is_role_gone(&self, guild: GuildId, role: RoleId) -> bool {
        let known = self.read();
        let server = known.servers.get(&guild);
        server.is_some_and(|server| !server.roles.is_empty() && !server.roles.contains_key(&role))
    }

    /// The tags of a forum that the bot may give.
    #[must_use]
    pub fn tags(&self, forum: ChannelId) -> ForumTags {
        let known = self.read();
        let tags = known.channels.get(&forum).and_then(|channel| channel.tags.as_deref());
        tags.cloned().unwrap_or_default()
    }

    /// Whether somebody with these roles may mention any role in a channel; none if that is unknown.
    #[must_use]
    pub fn may_mention(&self, channel: ChannelId, user: UserId, roles: &[RoleId]) -> Option<bool> {
        Some(
            self.read()
                .permissions(channel, user, roles)?
                .contains(Permissions::MENTION_EVERYONE),
        )
    }

    /// Whether somebody with these roles can see a channel; none if that is unknown.
    #[must_use]
    pub fn may_view(&self, channel: ChannelId, user: UserId, roles: &[RoleId]) -> Option<bool> {
        let permissions = self.read().permissions(channel, user, roles)?;
        Some(permissions.contains(Permissions::VIEW_CHANNEL))
    }

    /// Whether somebody with these roles has Manage Channels in a channel; none if that is unknown.
    #[must_use]
    pub fn may_manage(&self, channel: ChannelId, user: UserId, roles: &[RoleId]) -> Option<bool> {
        Some(
            self.read()
                .permissions(channel, user, roles)?
                .contains(Permissions::MANAGE_CHANNELS),
        )
    }

    /// Says who the bot is: what it may do is asked about nobody else.
    pub fn set_bot(&self, bot: UserId) {
        self.write().bot = Some(bot);
    }

    /// Forgets what a fresh session will tell again; `keep` says which servers are another shard's.
    pub(super) fn forget(&self, keep: impl Fn(GuildId) -> bool) {
        let mut known = self.write();
        let gone: Vec<_> = known.servers.keys().copied().filter(|guild| !keep(*guild)).collect();
        for guild in gone {
            known.remove(guild);
        }
    }

    /// Whether the bot is in a server. People who installed it for themselves use it in others too.
    #[must_use]
    pub fn knows(&self, guild: GuildId) -> bool {
        self.read().servers.contains_key(&guild)
    }

    pub(super) fn put(&self, guild: &WireGuild) {
        let mut known = self.write();
        let id = GuildId(guild.id.0);
        known.remove(id);
        let bot = known.bot;
        let own = guild
            .members
            .iter()
            .find(|m| m.user.as_ref().is_some_and(|u| Some(UserId(u.id.0)) == bot));
        let server = Server {
            own_roles: own.map(|m| roles(&m.roles)).unwrap_or_default(),
            ..Server::default()
        };
        known.servers.insert(id, server);
        known.describe(id, guild);
        for channel in guild.channels.iter().chain(&guild.threads) {
            known.put_channel(id, channel);
        }
        known.note_unseen(id);
    }

    /// A server's own fields changed; its channels are not told with it.
    pub(super) fn describe(&self, guild: &WireGuild) {
        let (mut known, id) = (self.write(), GuildId(guild.id.0));
        known.describe(id, guild);
        known.note_unseen(id);
    }

    /// The channels of a server that the bot could not see at some moment since this was asked last: nothing was told
    /// of what happened there. Events are settled later than they change what is known here, so what is true now is not
    /// enough.
    #[must_use]
    pub fn take_unseen(&self, guild: GuildId) -> Vec<ChannelId> {
        let mut known = self.write();
        let server = known.servers.get_mut(&guild);
        server.map_or_else(Vec::new, |server| server.unseen.drain().collect())
    }

    pub(super) fn remove(&self, guild: GuildId) {
        self.write().remove(guild);
    }

    /// Takes a channel or thread as it is now; whether it was not known, or was locked and is no longer, or the other
    /// way round.
    pub(super) fn put_channel(&self, guild: GuildId, channel: &WireChannel) -> bool {
        let mut known = self.write();
        let locked = |known: &Known| known.channels.get(&ChannelId(channel.id.0)).map(|c| c.locked);
        let before = locked(&known);
        known.put_channel(guild, channel);
        known.note_unseen(guild);
        before != locked(&known)
    }

    /// Discord has refused a message for a thread because it is locked, which nobody had told.
    pub fn is_locked(&self, thread: ChannelId) {
        if let Some(found) = self.write().channels.get_mut(&thread) {
            found.locked = true;
        }
    }

    pub(super) fn remove_channel(&self, channel: ChannelId) -> Option<GuildId> {
        self.write().remove_channel(channel)
    }

    pub(super) fn put_role(&self, guild: GuildId, role: &WireRole) {
        let mut known = self.write();
        if let Some(server) = known.servers.get_mut(&guild) {
            server.roles.insert(RoleId(role.id.0), cached(role));
        }
        known.note_unseen(guild);
    }

    pub(super) fn remove_role(&self, guild: GuildId, role: RoleId) {
        let mut known = self.write();
        if let Some(server) = known.servers.get_mut(&guild) {
            server.roles.remove(&role);
            server.own_roles.retain(|own| *own != role);
        }
        known.note_unseen(guild);
    }

    /// Tells the bot's own roles; whether anything changed.
    pub(super) fn set_own_roles(&self, guild: GuildId, own: &[Snow]) -> bool {
        let own = roles(own);
        let mut known = self.write();
        match known.servers.get_mut(&guild) {
            Some(server) if server.own_roles != own => server.own_roles = own,
            _ => return false,
        }
        known.note_unseen(guild);
        true
    }
}

fn roles(ids: &[Snow]) -> Vec<RoleId> {
    ids.iter().map(|id| RoleId(id.0)).collect()
}

impl Known {
    fn describe(&mut self, id: GuildId, guild: &WireGuild) {
        let Some(server) = self.servers.get_mut(&id) else {
            return;
        };
        server.owner = guild.owner_id.map(|owner| UserId(owner.0)).or(server.owner);
        server.lang = guild.preferred_locale.as_deref().map_or(server.lang, Lang::from_locale);
        server.system_channel = guild.system_channel_id.map(|channel| ChannelId(channel.0));
        if !guild.roles.is_empty() {
            server.roles = guild
                .roles
                .iter()
                .map(|role| (RoleId(role.id.0), cached(role)))
                .collect();
        }
    }

    fn note_unseen(&mut self, guild: GuildId) {
        let (Some(bot), Some(server)) = (self.bot, self.servers.get(&guild)) else {
            return;
        };
        let sees = |channel: &ChannelId| {
            let granted = self.permissions(*channel, bot, &server.own_roles);
            granted.is_none_or(|granted| granted.contains(Permissions::VIEW_CHANNEL))
        };
        let hidden: Vec<ChannelId> = server.channels.iter().filter(|id| !sees(id)).copied().collect();
        if let Some(server) = self.servers.get_mut(&guild) {
            server.unseen.extend(hidden);
        }
    }

    fn remove(&mut self, guild: GuildId) {
        if let Some(server) = self.servers.remove(&guild) {
            for channel in server.channels {
                self.channels.remove(&channel);
            }
        }
    }

    fn put_channel(&mut self, guild: GuildId, channel: &WireChannel) {
        let Some(server) = self.servers.get_mut(&guild) else {
            return;
        };
        let id = ChannelId(channel.id.0);
        server.channels.insert(id);
        let entry = Channel {
            guild,
            kind: kind(channel.kind),
            parent: channel.parent_id.map(|parent| ChannelId(parent.0)),
            overwrites: channel.permission_overwrites.clone().into_boxed_slice(),
            locked: channel.thread_metadata.as_ref().is_some_and(|thread| thread.locked),
            tags: (kind(channel.kind) == ChannelKind::Forum).then(|| Box::new(tags(channel))),
        };
        self.channels.insert(id, entry);
    }

    fn remove_channel(&mut self, channel: ChannelId) -> Option<GuildId> {
        let guild = self.channels.remove(&channel)?.guild;
        if let Some(server) = self.servers.get_mut(&guild) {
            server.channels.remove(&channel);
            // Its threads go with it; a category's channels do not, they only lose their parent.
            let threads: Vec<_> = (server.channels.iter().copied())
                .filter(|id| {
                    self.channels
                        .get(id)
                        .is_some_and(|c| c.kind == ChannelKind::Thread && c.parent == Some(channel))
                })
                .collect();
            for thread in threads {
                server.channels.remove(&thread);
                self.channels.remove(&thread);
            }
        }
        Some(guild)
    }

    /// Discord's order (its “Permissions” page): owner, roles, administrator, overwrites for everyone,
    /// for the roles together, for the member. A thread has its channel's.
    fn permissions(&self, channel: ChannelId, user: UserId, roles: &[RoleId]) -> Option<Permissions> {
        let here = self.channels.get(&channel)?;
        let server = self.servers.get(&here.guild)?;
        if server.owner == Some(user) {
            return Some(Permissions::all());
        }
        let everyone = RoleId(here.guild.0);
        let role_of = |role: RoleId| {
            server
                .roles
                .get(&role)
                .map_or(Permissions::empty(), |role| role.permissions)
        };
        let base = roles.iter().fold(role_of(everyone), |all, role| all | role_of(*role));
        if base.contains(Permissions::ADMINISTRATOR) {
            return Some(Permissions::all());
        }
        let ruled_by = match here.kind {
            ChannelKind::Thread => self.channels.get(&here.parent?)?,
            _ => here,
        };
        let granted = overwritten(base, &ruled_by.overwrites, everyone, user, roles);
        // Who cannot see a channel can do nothing there.
        Some(if granted.contains(Permissions::VIEW_CHANNEL) {
            granted
        } else {
            Permissions::empty()
        })
    }
}

fn overwritten(
    base: Permissions,
    overwrites: &[Overwrite],
    everyone: RoleId,
    user: UserId,
    roles: &[RoleId],
) -> Permissions {
    let mut granted = base;
    let for_everyone = overwrites.iter().filter(|o| !o.is_member && o.id.0 == everyone.0);
    let for_user = overwrites.iter().filter(|o| o.is_member && o.id.0 == user.0);
    let for_roles = overwrites
        .iter()
        .filter(|o| !o.is_member && o.id.0 != everyone.0 && roles.contains(&RoleId(o.id.0)))
        .fold((Permissions::empty(), Permissions::empty()), |(allow, deny), o| {
            (allow | o.allow, deny | o.deny)
        });
    for overwrite in for_everyone {
        granted = (granted - overwrite.deny) | overwrite.allow;
    }
    granted = (granted - for_roles.1) | for_roles.0;
    for overwrite in for_user {
        granted = (granted - overwrite.deny) | overwrite.allow;
    }
    granted
}

const fn cached(role: &WireRole) -> Role {
    Role {
        permissions: role.permissions,
        mentionable: role.mentionable,
    }
}

#[cfg(test)]
mod tests;
