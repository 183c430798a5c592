//! Servers: made, joined, left, down.

use super::emit::intent;
use super::model::{Guild, Member, Role};
use super::permissions::bits;
use super::{World, color_of, now};
use crate::page::ring::Change;
use crate::wire;
use serde_json::json;
use std::collections::BTreeMap;

impl World {
    /// In how many servers the bot is.
    pub fn servers_of_bot(&self) -> usize {
        let guilds = self.guilds.values();
        guilds
            .filter(|guild| guild.members.contains_key(&self.application.bot))
            .count()
    }

    /// Makes a server that `owner` owns.
    pub(crate) fn add_guild_named(&mut self, name: &str, owner: u64) -> u64 {
        let id = self.next_id();
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: bits::EVERYONE,
            position: 0,
            color: 0,
            managed: false,
            mentionable: false,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            color: color_of(name),
            locale: "en-US".to_owned(),
            system_channel: None,
            roles: vec![everyone],
            members: BTreeMap::new(),
            unavailable: false,
        };
        self.guilds.insert(id, guild);
        self.join(id, owner);
        id
    }

    /// A person enters a server; the bot enters with its own role and hears GUILD_CREATE.
    pub(crate) fn join(&mut self, guild: u64, user: u64) {
        self.enter(guild, user, 0);
    }

    /// The bot enters a server with these permissions in its own role.
    pub(crate) fn invite(&mut self, guild: u64, permissions: u64) {
        self.enter(guild, self.application.bot, permissions);
    }

    fn enter(&mut self, guild: u64, user: u64, permissions: u64) {
        let role = self.next_id();
        let is_bot = user == self.application.bot;
        let name = self.application.name.clone();
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        if found.members.contains_key(&user) {
            return;
        }
        let mut roles = Vec::new();
        if is_bot {
            let position = u32::try_from(found.roles.len()).unwrap_or(u32::MAX);
            found.roles.push(Role {
                id: role,
                name,
                permissions,
                position,
                color: 0,
                managed: true,
                mentionable: false,
            });
            roles.push(role);
        }
        found.members.insert(
            user,
            Member {
                user,
                nick: None,
                roles,
                joined: now(),
            },
        );
        if is_bot {
            let data = self.guilds.get(&guild).map(|found| wire::guild::created(self, found));
            if let Some(data) = data {
                self.tell_guild(guild, intent::GUILDS, "GUILD_CREATE", &data);
            }
        } else {
            self.tell_member(guild, user);
        }
        self.page_server(guild);
    }

    fn tell_member(&mut self, guild: u64, user: u64) {
        let member = self.guilds.get(&guild).and_then(|g| g.members.get(&user));
        if let Some(member) = member {
            let mut data = wire::member(self, member);
            data["guild_id"] = json!(guild.to_string());
            self.tell_guild(guild, intent::GUILD_MEMBERS, "GUILD_MEMBER_ADD", &data);
        }
    }

    /// Somebody leaves or is thrown out. When it is the bot, it hears GUILD_DELETE and nothing afterwards.
    pub(crate) fn leave(&mut self, guild: u64, user: u64) -> bool {
        let bot = self.application.bot;
        let own_roles: Vec<u64> = self
            .guilds
            .get(&guild)
            .map(|g| g.roles.iter().filter(|role| role.managed).map(|role| role.id).collect())
            .unwrap_or_default();
        let Some(found) = self.guilds.get_mut(&guild) else {
            return false;
        };
        if found.members.remove(&user).is_none() {
            return false;
        }
        if user == bot {
            found.roles.retain(|role| !own_roles.contains(&role.id));
            self.application.guild_commands.remove(&guild);
            let data = json!({ "id": guild.to_string() });
            self.gateway
                .send(Some(guild), intent::GUILDS, "GUILD_DELETE", |_| data.clone());
        } else {
            let person = self.users.get(&user).map(wire::user);
            let data = json!({ "guild_id": guild.to_string(), "user": person });
            self.tell_guild(guild, intent::GUILD_MEMBERS, "GUILD_MEMBER_REMOVE", &data);
        }
        self.page_server(guild);
        true
    }

    /// An outage of a server begins or ends.
    pub(crate) fn set_unavailable(&mut self, guild: u64, down: bool) {
        let bot = self.application.bot;
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        if found.unavailable == down || !found.members.contains_key(&bot) {
            found.unavailable = down;
            return;
        }
        found.unavailable = down;
        if down {
            let data = json!({ "id": guild.to_string(), "unavailable": true });
            self.gateway
                .send(Some(guild), intent::GUILDS, "GUILD_DELETE", |_| data.clone());
        } else if let Some(data) = self.guilds.get(&guild).map(|found| wire::guild::created(self, found)) {
            self.tell_guild(guild, intent::GUILDS, "GUILD_CREATE", &data);
        }
    }

    /// Changes a server's own fields and tells everybody.
    pub(crate) fn change_guild(&mut self, id: u64, change: impl FnOnce(&mut Guild)) {
        let Some(guild) = self.guilds.get_mut(&id) else { return };
        change(guild);
        if let Some(data) = self.guilds.get(&id).map(wire::guild::guild) {
            self.tell_guild(id, intent::GUILDS, "GUILD_UPDATE", &data);
        }
        self.page_server(id);
    }

    /// Makes a role.
    pub(crate) fn add_role(&mut self, guild: u64, name: &str, permissions: u64, color: u32) -> u64 {
        let id = self.next_id();
        let Some(found) = self.guilds.get_mut(&guild) else {
            return id;
        };
        let position = u32::try_from(found.roles.len()).unwrap_or(u32::MAX);
        let role = Role {
            id,
            name: name.to_owned(),
            permissions,
            position,
            color,
            managed: false,
            mentionable: false,
        };
        let data = json!({ "guild_id": guild.to_string(), "role": wire::guild::role(&role) });
        found.roles.push(role);
        self.tell_guild(guild, intent::GUILDS, "GUILD_ROLE_CREATE", &data);
        self.page_server(guild);
        id
    }

    /// Sets a role's permissions.
    pub(crate) fn set_role(&mut self, guild: u64, role: u64, permissions: u64) {
        self.change_role(guild, role, |role| role.permissions = permissions);
    }

    /// Lets everybody mention a role, or not.
    pub(crate) fn set_mentionable(&mut self, guild: u64, role: u64, mentionable: bool) {
        self.change_role(guild, role, |role| role.mentionable = mentionable);
    }

    fn change_role(&mut self, guild: u64, role: u64, change: impl FnOnce(&mut Role)) {
        let Some(found) = self
            .guilds
            .get_mut(&guild)
            .and_then(|g| g.roles.iter_mut().find(|r| r.id == role))
        else {
            return;
        };
        change(found);
        let data = json!({ "guild_id": guild.to_string(), "role": wire::guild::role(found) });
        self.tell_guild(guild, intent::GUILDS, "GUILD_ROLE_UPDATE", &data);
        self.page_server(guild);
    }

    /// Deletes a role everywhere.
    pub(crate) fn delete_role(&mut self, guild: u64, role: u64) {
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        found.roles.retain(|r| r.id != role);
        for member in found.members.values_mut() {
            member.roles.retain(|r| *r != role);
        }
        for channel in self.channels.values_mut().filter(|c| c.guild == Some(guild)) {
            channel.overwrites.retain(|o| o.id != role);
        }
        let data = json!({ "guild_id": guild.to_string(), "role_id": role.to_string() });
        self.tell_guild(guild, intent::GUILDS, "GUILD_ROLE_DELETE", &data);
        self.page_server(guild);
    }

    /// Sets the roles of a member. The bot hears of itself whatever its intents.
    pub(crate) fn set_member_roles(&mut self, guild: u64, user: u64, roles: Vec<u64>) {
        let bot = self.application.bot;
        let Some(member) = self.guilds.get_mut(&guild).and_then(|g| g.members.get_mut(&user)) else {
            return;
        };
        member.roles = roles;
        let data = self
            .guilds
            .get(&guild)
            .and_then(|g| g.members.get(&user))
            .map(|member| {
                let mut data = wire::member(self, member);
                data["guild_id"] = json!(guild.to_string());
                data
            });
        if let Some(data) = data {
            let needed = if user == bot { 0 } else { intent::GUILD_MEMBERS };
            self.tell_guild(guild, needed, "GUILD_MEMBER_UPDATE", &data);
        }
        self.page_server(guild);
    }

    /// Deletes a server for everybody.
    pub(crate) fn delete_guild(&mut self, id: u64) {
        let bot = self.application.bot;
        let Some(guild) = self.guilds.remove(&id) else { return };
        let channels: Vec<u64> = self
            .channels
            .values()
            .filter(|c| c.guild == Some(id))
            .map(|c| c.id)
            .collect();
        for channel in channels {
            self.channels.remove(&channel);
            self.messages.remove(&channel);
        }
        self.application.guild_commands.remove(&id);
        if guild.members.contains_key(&bot) {
            let data = json!({ "id": id.to_string() });
            self.gateway
                .send(Some(id), intent::GUILDS, "GUILD_DELETE", |_| data.clone());
        }
        self.ring.push(Change::ServerGone(id));
    }
}
