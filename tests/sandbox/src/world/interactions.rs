//! Interactions: asked by a person, answered by the bot within three seconds, amended for fifteen minutes.
//! Leaves the shape of requests to `rest::interactions` and the deadline's timer to `people`.

use super::messages::Pings;
use super::model::{Cause, ChannelKind, Choice, Interaction, InteractionState, Message};
use super::permissions::bits;
use super::{Draft, World, now};
use crate::page::ring::Change;
use crate::wire;
use serde_json::{Map, Value, json};

/// Older interactions are forgotten; their tokens are long over.
const INTERACTIONS_KEPT: usize = 10_000;

/// Options as a person typed them: name and value.
pub(crate) type Typed = Map<String, Value>;

/// What a person asks of the bot.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// A command; `sub` is the subcommand's name.
    Command {
        name: String,
        sub: Option<String>,
        options: Typed,
    },
    /// A command of a message's context menu.
    Menu { name: String, message: u64 },
    /// A component of a message, with the values of a select.
    Component {
        message: u64,
        custom_id: String,
        values: Vec<String>,
    },
    /// Suggestions for the option in `focused`.
    Autocomplete {
        name: String,
        sub: Option<String>,
        options: Typed,
        focused: String,
    },
}

impl Asked {
    fn kind(&self) -> u8 {
        match self {
            Self::Command { .. } | Self::Menu { .. } => 2,
            Self::Component { .. } => 3,
            Self::Autocomplete { .. } => 4,
        }
    }
}

impl World {
    /// Sends an interaction to the bot. The reason, for people, when that is not possible.
    pub(crate) fn ask(&mut self, user: u64, channel: u64, asked: Asked) -> Result<u64, String> {
        let place = self.channels.get(&channel).ok_or("There is no such channel.")?;
        let rights = self.permissions(place, user);
        if rights & bits::VIEW_CHANNEL == 0 {
            return Err("You cannot see this channel.".to_owned());
        }
        let guild = place.guild;
        if !self.has_bot(guild) && !self.application.installed_by.contains(&user) {
            return Err("The application is not in this server.".to_owned());
        }
        let id = self.next_id();
        let token = secret();
        let data = match &asked {
            Asked::Component {
                message,
                custom_id,
                values,
            } => self.component_data(user, channel, *message, custom_id, values)?,
            Asked::Command { name, sub, options } => {
                self.command_data(guild, rights, (name, sub.as_deref()), options, None)?
            }
            Asked::Menu { name, message } => self.menu_data(user, channel, (guild, rights), name, *message)?,
            Asked::Autocomplete {
                name,
                sub,
                options,
                focused,
            } => self.command_data(guild, rights, (name, sub.as_deref()), options, Some(focused))?,
        };
        let mut interaction = Interaction {
            id,
            kind: asked.kind(),
            token,
            user,
            channel,
            guild,
            time: now(),
            command: None,
            options: Value::Null,
            message: None,
            custom_id: None,
            state: InteractionState::Waiting,
            response: None,
            answer: None,
            followups: Vec::new(),
            choices: Vec::new(),
            modal: None,
        };
        match asked {
            Asked::Component { message, custom_id, .. } => {
                interaction.message = Some(message);
                interaction.custom_id = Some(custom_id);
            }
            Asked::Menu { name, .. } => interaction.command = Some(name),
            Asked::Command { name, options, .. } | Asked::Autocomplete { name, options, .. } => {
                interaction.command = Some(name);
                interaction.options = Value::Object(options);
            }
        }
        let event = wire::interaction::event(self, &interaction, data);
        self.interactions.insert(id, interaction);
        while self.interactions.len() > INTERACTIONS_KEPT {
            self.interactions.pop_first();
        }
        self.tell_shard(guild, "INTERACTION_CREATE", &event);
        self.page_interaction(id);
        Ok(id)
    }

    /// Marks an interaction that got no answer in time.
    pub(crate) fn expire(&mut self, id: u64) {
        if let Some(found) = self.interactions.get_mut(&id)
            && found.state == InteractionState::Waiting
        {
            found.state = InteractionState::Failed;
            self.page_interaction(id);
        }
    }

    /// Answers an interaction with a new message, which may still be empty and loading.
    pub(crate) fn answer(&mut self, id: u64, draft: Draft, response: u8) -> Option<u64> {
        let found = self.interactions.get(&id)?;
        let (channel, user) = (found.channel, found.user);
        let message = self.post_for(id, channel, user, draft);
        let found = self.interactions.get_mut(&id)?;
        found.response = Some(response);
        found.answer = Some(message);
        found.state = if response == 5 {
            InteractionState::Thinking
        } else {
            InteractionState::Done
        };
        self.page_interaction(id);
        Some(message)
    }

    /// A further message of an interaction.
    pub(crate) fn follow_up(&mut self, id: u64, draft: Draft) -> Option<u64> {
        let found = self.interactions.get(&id)?;
        let (channel, user) = (found.channel, found.user);
        let message = self.post_for(id, channel, user, draft);
        let found = self.interactions.get_mut(&id)?;
        found.followups.push(message);
        found.state = InteractionState::Done;
        self.page_interaction(id);
        Some(message)
    }

    fn post_for(&mut self, id: u64, channel: u64, user: u64, mut draft: Draft) -> u64 {
        if draft.flags & Message::EPHEMERAL != 0 {
            draft.only_for = Some(user);
        }
        draft.cause = self.interactions.get(&id).map(|found| Cause {
            id,
            kind: found.kind,
            user,
            name: found.command.clone(),
            pressed: found.message,
        });
        self.post(channel, self.application.bot, draft)
    }

    /// Records the first response of a kind that makes no message: 6, 7, 8 or 9.
    pub(crate) fn acknowledge(&mut self, id: u64, response: u8, choices: Vec<Choice>, modal: Option<Value>) {
        let Some(found) = self.interactions.get_mut(&id) else {
            return;
        };
        found.response = Some(response);
        found.choices = choices;
        found.modal = modal;
        found.answer = if matches!(response, 6 | 7) { found.message } else { None };
        found.state = if response == 6 {
            InteractionState::Thinking
        } else {
            InteractionState::Done
        };
        self.page_interaction(id);
    }

    /// Fills a loading message, or edits an answered one.
    pub(crate) fn amend(
        &mut self,
        id: u64,
        message: u64,
        content: Option<&str>,
        pings: &Pings,
        change: impl FnOnce(&mut Message),
    ) {
        let Some(found) = self.interactions.get_mut(&id) else {
            return;
        };
        let channel = found.channel;
        found.state = InteractionState::Done;
        if let Some(content) = content {
            self.mention_anew(channel, message, content, pings);
        }
        self.edit(channel, message, |message| {
            let loading = message.flags & Message::LOADING != 0;
            message.flags &= !Message::LOADING;
            change(message);
            !loading
        });
        self.page_interaction(id);
    }

    /// The person dismisses a message that only they see.
    pub(crate) fn dismiss(&mut self, user: u64, id: u64) -> bool {
        let Some(channel) = self.message(id).filter(|m| m.only_for == Some(user)).map(|m| m.channel) else {
            return false;
        };
        if let Some(all) = self.messages.get_mut(&channel) {
            all.remove(&id);
        }
        self.ring.push(Change::MessageGone {
            channel,
            id,
            only_for: Some(user),
        });
        true
    }

    fn component_data(
        &self,
        user: u64,
        channel: u64,
        message: u64,
        custom_id: &str,
        values: &[String],
    ) -> Result<Value, String> {
        let found = self
            .message_in(channel, message)
            .filter(|m| m.only_for.is_none_or(|one| one == user))
            .ok_or("There is no such message.")?;
        if found.author != self.application.bot {
            return Err("That message is not the application's.".to_owned());
        }
        let component =
            wire::message::component(&found.components, custom_id).ok_or("There is no such button on the message.")?;
        if component["disabled"] == json!(true) {
            return Err("This button is switched off.".to_owned());
        }
        let number = component["type"].as_u64().unwrap_or(2);
        let mut data = json!({ "custom_id": custom_id, "component_type": number, "id": component["id"] });
        if number != 2 {
            data["values"] = json!(values);
            self.check_values(channel, component, values, &mut data)?;
        }
        Ok(data)
    }

    /// What a client lets a person choose: as many as the menu wants, of what it offers.
    fn check_values(&self, channel: u64, menu: &Value, values: &[String], data: &mut Value) -> Result<(), String> {
        let count = |name: &str| menu[name].as_u64().unwrap_or(1);
        let given = u64::try_from(values.len()).unwrap_or(u64::MAX);
        if !(count("min_values")..=count("max_values")).contains(&given) {
            return Err("That is not as many as can be chosen.".to_owned());
        }
        if menu["type"] == json!(3) {
            let offered = |value: &String| {
                let options = menu["options"].as_array().into_iter().flatten();
                options.into_iter().any(|option| option["value"] == json!(value))
            };
            return if values.iter().all(offered) {
                Ok(())
            } else {
                Err("That is not offered.".to_owned())
            };
        }
        if menu["type"] == json!(6) {
            let guild = self
                .channels
                .get(&channel)
                .and_then(|c| c.guild)
                .and_then(|id| self.guilds.get(&id));
            for value in values {
                let role = guild.and_then(|guild| guild.roles.iter().find(|role| role.id.to_string() == *value));
                let role = role.ok_or("There is no such role.")?;
                data["resolved"]["roles"][value.as_str()] = wire::guild::role(role);
            }
        }
        Ok(())
    }

    fn command_data(
        &self,
        guild: Option<u64>,
        rights: u64,
        (name, sub): (&str, Option<&str>),
        typed: &Typed,
        focused: Option<&str>,
    ) -> Result<Value, String> {
        let command = self.usable(guild, rights, name, 1)?;
        let definitions = command["options"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut resolved = Map::new();
        let options = match sub {
            None => self.fill(definitions, typed, focused, &mut resolved)?,
            Some(sub) => {
                let found = definitions
                    .iter()
                    .find(|option| option["name"] == json!(sub) && option["type"] == json!(1))
                    .ok_or_else(|| format!("/{name} has no subcommand {sub}."))?;
                let inner = found["options"].as_array().map(Vec::as_slice).unwrap_or_default();
                vec![json!({ "name": sub, "type": 1, "options": self.fill(inner, typed, focused, &mut resolved)? })]
            }
        };
        let mut data = json!({ "id": command["id"], "name": name, "type": 1, "options": options });
        if let Some(id) = command.get("guild_id") {
            data["guild_id"] = id.clone();
        }
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        Ok(data)
    }

    /// Puts what was typed into the order and types of the command's options, as Discord's client does.
    fn fill(
        &self,
        definitions: &[Value],
        typed: &Typed,
        focused: Option<&str>,
        resolved: &mut Map<String, Value>,
    ) -> Result<Vec<Value>, String> {
        if let Some(stranger) = typed
            .keys()
            .find(|name| !definitions.iter().any(|d| d["name"] == json!(name)))
        {
            return Err(format!("There is no option “{stranger}”."));
        }
        let mut options = Vec::new();
        for definition in definitions {
            let name = definition["name"].as_str().unwrap_or_default();
            let number = definition["type"].as_u64().unwrap_or(3);
            let is_focused = focused == Some(name);
            match typed.get(name).filter(|value| !value.is_null()) {
                None if is_focused => {
                    options.push(json!({ "name": name, "type": number, "value": "", "focused": true }))
                }
                None if definition["required"] == json!(true) && focused.is_none() => {
                    return Err(format!("The option “{name}” is required."));
                }
                None => {}
                Some(value) if is_focused => {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    options.push(json!({ "name": name, "type": number, "value": text, "focused": true }));
                }
                Some(value) => {
                    let value = self.checked(definition, value, focused.is_some(), resolved)?;
                    options.push(json!({ "name": name, "type": number, "value": value }));
                }
            }
        }
        Ok(options)
    }

    fn checked(
        &self,
        definition: &Value,
        value: &Value,
        unfinished: bool,
        resolved: &mut Map<String, Value>,
    ) -> Result<Value, String> {
        let name = definition["name"].as_str().unwrap_or_default();
        let wrong = |what: &str| Err(format!("The option “{name}” needs {what}."));
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match definition["type"].as_u64().unwrap_or(3) {
            3 => {
                let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
                let most = definition["max_length"].as_u64().unwrap_or(6000);
                let least = definition["min_length"].as_u64().unwrap_or(0);
                if !unfinished && (length > most || length < least) {
                    return wrong(&format!("{least} to {most} characters"));
                }
                self.choice(definition, json!(text))
            }
            4 => match text.parse::<i64>() {
                Ok(number) => self.choice(definition, json!(number)),
                Err(_) => wrong("a whole number"),
            },
            10 => match text.parse::<f64>() {
                Ok(number) => self.choice(definition, json!(number)),
                Err(_) => wrong("a number"),
            },
            5 => match text.as_str() {
                "true" => Ok(json!(true)),
                "false" => Ok(json!(false)),
                _ => wrong("true or false"),
            },
            6 => match text.parse::<u64>().ok().and_then(|id| self.users.get(&id)) {
                Some(user) => {
                    remember(resolved, "users", user.id, wire::user(user));
                    Ok(json!(text))
                }
                None => wrong("a user"),
            },
            7 => match text.parse::<u64>().ok().and_then(|id| self.channels.get(&id)) {
                Some(channel) if channel.kind != ChannelKind::Direct => {
                    remember(
                        resolved,
                        "channels",
                        channel.id,
                        wire::guild::partial_channel(self, channel),
                    );
                    Ok(json!(text))
                }
                _ => wrong("a channel"),
            },
            8 => {
                let id = text.parse::<u64>().ok();
                let role = self
                    .guilds
                    .values()
                    .flat_map(|guild| &guild.roles)
                    .find(|role| Some(role.id) == id);
                match role {
                    Some(role) => {
                        remember(resolved, "roles", role.id, wire::guild::role(role));
                        Ok(json!(text))
                    }
                    None => wrong("a role"),
                }
            }
            _ => wrong("a kind of value that this sandbox does not offer"),
        }
    }

    fn choice(&self, definition: &Value, value: Value) -> Result<Value, String> {
        let choices = definition["choices"].as_array().filter(|choices| !choices.is_empty());
        if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == value)) {
            return Err(format!(
                "Choose one of the values offered for “{}”.",
                definition["name"].as_str().unwrap_or("")
            ));
        }
        Ok(value)
    }
}

fn remember(resolved: &mut Map<String, Value>, kind: &str, id: u64, value: Value) {
    let of_kind = resolved.entry(kind).or_insert_with(|| json!({}));
    of_kind[id.to_string()] = value;
}

/// A secret as long as those of Discord's interactions.
fn secret() -> String {
    (0..64).map(|_| fastrand::alphanumeric()).collect()
}
