//! Who may do what where: Discord's published algorithm over owner, roles and overwrites.

use super::World;
use super::model::{Channel, Guild};

/// Permission bits that the sandbox checks or names.
pub mod bits {
    #![allow(missing_docs)]
    pub const KICK_MEMBERS: u64 = 1 << 1;
    pub const ADMINISTRATOR: u64 = 1 << 3;
    pub const MANAGE_CHANNELS: u64 = 1 << 4;
    pub const MANAGE_GUILD: u64 = 1 << 5;
    pub const ADD_REACTIONS: u64 = 1 << 6;
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    pub const SEND_MESSAGES: u64 = 1 << 11;
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    pub const EMBED_LINKS: u64 = 1 << 14;
    pub const ATTACH_FILES: u64 = 1 << 15;
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    pub const MENTION_EVERYONE: u64 = 1 << 17;
    pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
    pub const MANAGE_ROLES: u64 = 1 << 28;
    pub const MANAGE_WEBHOOKS: u64 = 1 << 29;
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    pub const MANAGE_THREADS: u64 = 1 << 34;
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    pub const PIN_MESSAGES: u64 = 1 << 51;
    /// Every bit that Discord gives a meaning to today.
    pub const ALL: u64 = (1 << 53) - 1;
    /// What @everyone of a new server may do.
    pub const EVERYONE: u64 = ADD_REACTIONS
        | VIEW_CHANNEL
        | SEND_MESSAGES
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_EXTERNAL_EMOJIS
        | USE_APPLICATION_COMMANDS
        | CREATE_PUBLIC_THREADS
        | SEND_MESSAGES_IN_THREADS;
    /// What a person may do in a direct conversation.
    pub const DIRECT: u64 = ADD_REACTIONS
        | VIEW_CHANNEL
        | SEND_MESSAGES
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_EXTERNAL_EMOJIS
        | USE_APPLICATION_COMMANDS;
}

impl World {
    /// What somebody may do in a server as a whole; 0 for who is not in it.
    pub fn permissions_in_guild(&self, guild: &Guild, user: u64) -> u64 {
        let Some(member) = guild.members.get(&user) else {
            return 0;
        };
        if guild.owner == user {
            return bits::ALL;
        }
        let given = guild
            .roles
            .iter()
            .filter(|role| role.id == guild.id || member.roles.contains(&role.id))
            .fold(0, |all, role| all | role.permissions);
        if given & bits::ADMINISTRATOR != 0 {
            bits::ALL
        } else {
            given
        }
    }

    /// What somebody may do in a channel; threads take their channel's. Without View Channel: 0.
    pub fn permissions(&self, channel: &Channel, user: u64) -> u64 {
        let Some(guild) = channel.guild.and_then(|id| self.guilds.get(&id)) else {
            let inside = channel.recipient == Some(user) || user == self.application.bot;
            return if inside { bits::DIRECT } else { 0 };
        };
        let base = self.permissions_in_guild(guild, user);
        if base & bits::ADMINISTRATOR != 0 {
            return base;
        }
        let holder = match channel.parent {
            Some(parent) if channel.kind.is_thread() => self.channels.get(&parent).unwrap_or(channel),
            _ => channel,
        };
        let result = overwritten(base, guild, holder, user);
        if result & bits::VIEW_CHANNEL == 0 { 0 } else { result }
    }

    /// Whether somebody has all these bits in a channel.
    pub fn may(&self, user: u64, channel: u64, needed: u64) -> bool {
        self.channels
            .get(&channel)
            .is_some_and(|channel| self.permissions(channel, user) & needed == needed)
    }

    /// The bit that sending needs there.
    pub fn sending(channel: &Channel) -> u64 {
        if channel.kind.is_thread() {
            bits::SEND_MESSAGES_IN_THREADS
        } else {
            bits::SEND_MESSAGES
        }
    }
}

/// Overwrites in Discord's order: @everyone, then the roles together, then the member.
fn overwritten(base: u64, guild: &Guild, channel: &Channel, user: u64) -> u64 {
    let Some(member) = guild.members.get(&user) else {
        return 0;
    };
    let mut result = base;
    if let Some(all) = channel.overwrites.iter().find(|o| !o.member && o.id == guild.id) {
        result = result & !all.deny | all.allow;
    }
    let roles = channel
        .overwrites
        .iter()
        .filter(|o| !o.member && member.roles.contains(&o.id));
    let (allow, deny) = roles.fold((0, 0), |(allow, deny), o| (allow | o.allow, deny | o.deny));
    result = result & !deny | allow;
    if let Some(own) = channel.overwrites.iter().find(|o| o.member && o.id == user) {
        result = result & !own.deny | own.allow;
    }
    result
}
