//! Commands as a person may use them, and what comes with those of a message's context menu.

use super::World;
use super::permissions::bits;
use crate::wire;
use serde_json::{Map, Value, json};

impl World {
    /// What comes with a command of a message's context menu: the message, as the bot may see it.
    pub(super) fn menu_data(
        &self,
        user: u64,
        channel: u64,
        (guild, rights): (Option<u64>, u64),
        name: &str,
        message: u64,
    ) -> Result<Value, String> {
        let command = self.usable(guild, rights, name, 3)?;
        let found = self
            .message_in(channel, message)
            .filter(|m| m.only_for.is_none_or(|one| one == user))
            .ok_or("There is no such message.")?;
        let id = message.to_string();
        Ok(json!({
            "id": command["id"], "name": name, "type": 3, "target_id": id,
            "resolved": { "messages": { id.clone(): wire::message::message(self, found) } },
        }))
    }

    /// Whether the bot is a member of that server; it is in every direct conversation.
    pub(crate) fn has_bot(&self, guild: Option<u64>) -> bool {
        let bot = self.application.bot;
        guild.is_none_or(|id| {
            self.guilds
                .get(&id)
                .is_some_and(|guild| guild.members.contains_key(&bot))
        })
    }

    /// For whom the application was installed that somebody uses: 0 a server (0 for direct messages with the bot), 1
    /// that person.
    pub(crate) fn owners(&self, guild: Option<u64>, user: u64) -> Value {
        let mut owners = Map::new();
        if self.has_bot(guild) {
            owners.insert("0".to_owned(), json!(guild.unwrap_or(0).to_string()));
        }
        if self.application.installed_by.contains(&user) {
            owners.insert("1".to_owned(), json!(user.to_string()));
        }
        Value::Object(owners)
    }

    /// The command of that name and kind, if it may be used there by somebody with those rights.
    pub(super) fn usable(&self, guild: Option<u64>, rights: u64, name: &str, kind: u8) -> Result<Value, String> {
        let commands = self.commands(guild);
        let command = commands
            .iter()
            .find(|command| command["name"] == json!(name) && command["type"] == json!(kind))
            .ok_or_else(|| format!("There is no command /{name} here."))?;
        let needed = command["default_member_permissions"]
            .as_str()
            .and_then(|bits| bits.parse::<u64>().ok());
        let usable = rights & bits::USE_APPLICATION_COMMANDS != 0;
        if guild.is_some() && (!usable || needed.is_some_and(|bits| rights & bits != bits)) {
            return Err("You do not have permission to use this command here.".to_owned());
        }
        let lacks = |list: &str, value: u8| {
            let all = command[list].as_array();
            all.is_some_and(|all| !all.contains(&json!(value)))
        };
        if lacks("contexts", u8::from(guild.is_none())) || !self.has_bot(guild) && lacks("integration_types", 1) {
            return Err("This command cannot be used here.".to_owned());
        }
        Ok((*command).clone())
    }
}
