//! Building the sandbox's world up and acting in it as people and moderators, from tests and the demo.

use crate::people;
use crate::sandbox::Sandbox;
use crate::shared::Shared;
use crate::world::model::{ChannelKind, Choice, Interaction, InteractionState, Message, Tag};
use crate::world::{Asked, Typed};
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// Why a person could not do something, in words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDone(pub String);

impl fmt::Display for NotDone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for NotDone {}

/// An interaction that was sent.
pub struct Asking {
    shared: Arc<Shared>,
    /// Its id.
    pub id: u64,
}

impl Asking {
    /// Waits for the final answer: not for “thinking”. `None` when there was none in time, or none with a message.
    pub async fn answer(&self) -> Option<Message> {
        let found = self.settled().await?;
        let (channel, message) = (found.channel, found.answer?);
        match found.state {
            InteractionState::Done => self.shared.quietly(|world| world.message_in(channel, message).cloned()),
            _ => None,
        }
    }

    /// Waits until it is answered or failed. `None` when the sandbox stopped first.
    pub async fn settled(&self) -> Option<Interaction> {
        people::settled(&self.shared, self.id, |found| found.state == InteractionState::Done).await
    }

    /// Waits for the first response of any kind, “thinking” included.
    pub async fn acknowledged(&self) -> Option<Interaction> {
        people::settled(&self.shared, self.id, |found| found.response.is_some()).await
    }
}

impl Sandbox {
    /// Adds a person.
    pub fn add_person(&self, name: &str, display: &str) -> u64 {
        self.shared.change(|world| {
            let id = world.add_user(name, display, false);
            if world.application.owner == 0 {
                world.application.owner = id;
            }
            id
        })
    }

    /// Sets the language of a person's client, such as `ko`.
    pub fn set_locale(&self, person: u64, locale: &str) {
        self.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&person) {
                locale.clone_into(&mut user.locale);
            }
        });
    }

    /// Adds another application's bot, which tests may have react.
    pub fn add_other_bot(&self, name: &str) -> u64 {
        self.shared.change(|world| world.add_user(name, name, true))
    }

    /// The bot's user.
    pub fn bot(&self) -> u64 {
        self.look(|world| world.application.bot)
    }

    /// Adds a server that a person owns. The bot is not in it yet.
    pub fn add_server(&self, name: &str, owner: u64) -> u64 {
        self.shared.change(|world| world.add_guild_named(name, owner))
    }

    /// A person, or another bot, enters a server.
    pub fn add_member(&self, server: u64, user: u64) {
        self.shared.change(|world| world.join(server, user));
    }

    /// The bot enters a server with these permissions in its own role.
    pub fn invite_bot(&self, server: u64, permissions: u64) {
        self.shared.change(|world| world.invite(server, permissions));
    }

    /// The bot is thrown out.
    pub fn kick_bot(&self, server: u64) {
        self.shared.change(|world| {
            let bot = world.application.bot;
            world.leave(server, bot)
        });
    }

    /// Adds a channel.
    pub fn add_channel(&self, server: u64, kind: ChannelKind, name: &str) -> u64 {
        self.shared.change(|world| world.add_channel(server, kind, name, None))
    }

    /// Adds a channel under a category.
    pub fn add_channel_under(&self, server: u64, kind: ChannelKind, name: &str, category: u64) -> u64 {
        self.shared
            .change(|world| world.add_channel(server, kind, name, Some(category)))
    }

    /// Adds a tag to a forum; `moderated` ones only moderators give.
    pub fn add_tag(&self, forum: u64, name: &str, moderated: bool) -> u64 {
        self.shared.change(|world| {
            let id = world.next_id();
            let tag = Tag {
                id,
                name: name.to_owned(),
                moderated,
            };
            world.change_channel(forum, |channel| channel.tags.push(tag));
            id
        })
    }

    /// Whether a forum's posts need a tag.
    pub fn require_tag(&self, forum: u64, required: bool) {
        self.shared
            .change(|world| world.change_channel(forum, |channel| channel.tag_required = required));
    }

    /// Whether everybody may mention a role.
    pub fn set_mentionable(&self, server: u64, role: u64, mentionable: bool) {
        self.shared
            .change(|world| world.set_mentionable(server, role, mentionable));
    }

    /// Opens a thread as a person, on a message or of its own.
    pub fn add_thread(&self, channel: u64, on: Option<u64>, name: &str, person: u64) -> u64 {
        self.shared
            .change(|world| world.open_thread(channel, on, name, person, 1440))
    }

    /// Archives a thread, or opens it again; `locked` threads only moderators open.
    pub fn archive(&self, thread: u64, archived: bool, locked: bool) {
        self.shared.change(|world| {
            world.change_channel(thread, |channel| {
                if let Some(state) = &mut channel.thread {
                    state.archived = archived;
                    state.locked = locked;
                }
            });
        });
    }

    /// Says what a channel is for.
    pub fn set_topic(&self, channel: u64, topic: &str) {
        self.shared
            .change(|world| world.change_channel(channel, |channel| channel.topic = Some(topic.to_owned())));
    }

    /// Sets a server's system channel.
    pub fn set_system_channel(&self, server: u64, channel: Option<u64>) {
        self.shared
            .change(|world| world.change_guild(server, |guild| guild.system_channel = channel));
    }

    /// Sets a server's language.
    pub fn set_server_locale(&self, server: u64, locale: &str) {
        self.shared
            .change(|world| world.change_guild(server, |guild| locale.clone_into(&mut guild.locale)));
    }

    /// An outage of a server begins (`true`) or ends.
    pub fn set_unavailable(&self, server: u64, down: bool) {
        self.shared.change(|world| world.set_unavailable(server, down));
    }

    /// Adds a role.
    pub fn add_role(&self, server: u64, name: &str, permissions: u64, color: u32) -> u64 {
        self.shared
            .change(|world| world.add_role(server, name, permissions, color))
    }

    /// Sets a role's permissions; the role with the server's id is @everyone.
    pub fn set_role(&self, server: u64, role: u64, permissions: u64) {
        self.shared.change(|world| world.set_role(server, role, permissions));
    }

    /// Deletes a role.
    pub fn delete_role(&self, server: u64, role: u64) {
        self.shared.change(|world| world.delete_role(server, role));
    }

    /// Gives somebody exactly these roles.
    pub fn set_roles(&self, server: u64, user: u64, roles: &[u64]) {
        self.shared
            .change(|world| world.set_member_roles(server, user, roles.to_vec()));
    }

    /// Sets what a role may do in a channel beyond or below its permissions; twice 0 takes the exception away.
    pub fn overwrite_role(&self, channel: u64, role: u64, allow: u64, deny: u64) {
        self.shared
            .change(|world| world.overwrite(channel, role, false, allow, deny));
    }

    /// The same for one member.
    pub fn overwrite_member(&self, channel: u64, user: u64, allow: u64, deny: u64) {
        self.shared
            .change(|world| world.overwrite(channel, user, true, allow, deny));
    }

    /// Deletes a channel with all that is in it.
    pub fn delete_channel(&self, channel: u64) -> bool {
        self.shared.change(|world| world.delete_channel(channel))
    }

    /// Deletes a server.
    pub fn delete_server(&self, server: u64) {
        self.shared.change(|world| world.delete_guild(server));
    }

    /// Somebody installs the application for themselves, and takes it along wherever they go.
    pub fn install_for(&self, person: u64) {
        self.shared
            .change(|world| world.application.installed_by.insert(person));
    }

    /// The direct conversation of a person with the bot.
    pub fn direct(&self, person: u64) -> u64 {
        self.shared.change(|world| world.direct(person))
    }

    /// Somebody writes.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub fn say(&self, person: u64, channel: u64, text: &str) -> Result<u64, NotDone> {
        self.shared
            .change(|world| people::say(world, person, channel, text, None))
            .map_err(NotDone)
    }

    /// Somebody answers a message.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub fn reply(&self, person: u64, channel: u64, to: u64, text: &str) -> Result<u64, NotDone> {
        self.shared
            .change(|world| people::say(world, person, channel, text, Some(to)))
            .map_err(NotDone)
    }

    /// Somebody edits an own message.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub fn edit(&self, person: u64, message: u64, text: &str) -> Result<(), NotDone> {
        let channel = self.channel_of(message)?;
        self.shared
            .change(|world| people::edit(world, person, channel, message, text))
            .map_err(NotDone)
    }

    /// Somebody reacts; `burst` makes it a super reaction.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub fn react(&self, person: u64, message: u64, emoji: &str, burst: bool) -> Result<(), NotDone> {
        let place = (self.channel_of(message)?, message);
        self.shared
            .change(|world| people::react(world, person, place, emoji, burst, true))
            .map_err(NotDone)
    }

    /// Somebody takes a reaction back.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub fn unreact(&self, person: u64, message: u64, emoji: &str, burst: bool) -> Result<(), NotDone> {
        let place = (self.channel_of(message)?, message);
        self.shared
            .change(|world| people::react(world, person, place, emoji, burst, false))
            .map_err(NotDone)
    }

    /// Somebody runs a slash command. Options by name: texts, numbers, booleans, ids as texts.
    ///
    /// # Errors
    /// What Discord's client would refuse: no such command, no permission, a required option missing.
    pub fn slash(&self, person: u64, channel: u64, name: &str, options: &[(&str, Value)]) -> Result<Asking, NotDone> {
        let asked = Asked::Command {
            name: name.to_owned(),
            sub: None,
            options: typed(options),
        };
        self.ask(person, channel, asked)
    }

    /// Somebody runs a subcommand.
    ///
    /// # Errors
    /// As [`Sandbox::slash`].
    pub fn slash_sub(
        &self,
        person: u64,
        channel: u64,
        (name, sub): (&str, &str),
        options: &[(&str, Value)],
    ) -> Result<Asking, NotDone> {
        let asked = Asked::Command {
            name: name.to_owned(),
            sub: Some(sub.to_owned()),
            options: typed(options),
        };
        self.ask(person, channel, asked)
    }

    /// Somebody runs a command of a message's context menu (“Apps”).
    ///
    /// # Errors
    /// What Discord's client would refuse: no such command, no permission, no such message.
    pub fn apps(&self, person: u64, message: u64, name: &str) -> Result<Asking, NotDone> {
        let channel = self.channel_of(message)?;
        let name = name.to_owned();
        self.ask(person, channel, Asked::Menu { name, message })
    }

    /// Somebody presses a button.
    ///
    /// # Errors
    /// When there is no such button, or it is switched off.
    pub fn press(&self, person: u64, message: u64, custom_id: &str) -> Result<Asking, NotDone> {
        self.choose(person, message, custom_id, &[])
    }

    /// Somebody chooses from a select.
    ///
    /// # Errors
    /// When there is no such select, or it is switched off.
    pub fn choose(&self, person: u64, message: u64, custom_id: &str, values: &[&str]) -> Result<Asking, NotDone> {
        let channel = self.channel_of(message)?;
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.ask(
            person,
            channel,
            Asked::Component {
                message,
                custom_id: custom_id.to_owned(),
                values,
            },
        )
    }

    /// What the bot suggests while somebody types an option; empty when it does not answer.
    ///
    /// # Errors
    /// As [`Sandbox::slash`].
    pub async fn autocomplete(
        &self,
        person: u64,
        channel: u64,
        name: &str,
        options: &[(&str, Value)],
        focused: &str,
    ) -> Result<Vec<Choice>, NotDone> {
        let options = typed(options);
        let asked = Asked::Autocomplete {
            name: name.to_owned(),
            sub: None,
            options,
            focused: focused.to_owned(),
        };
        let asking = self.ask(person, channel, asked)?;
        Ok(asking.settled().await.map(|found| found.choices).unwrap_or_default())
    }

    fn ask(&self, person: u64, channel: u64, asked: Asked) -> Result<Asking, NotDone> {
        let id = people::ask(&self.shared, person, channel, asked).map_err(NotDone)?;
        Ok(Asking {
            shared: Arc::clone(&self.shared),
            id,
        })
    }

    /// A moderator deletes messages; several at once are one event. Returns how many there were.
    pub fn delete_messages(&self, channel: u64, messages: &[u64]) -> usize {
        self.shared.change(|world| world.delete_messages(channel, messages))
    }

    /// A moderator clears all reactions of a message, or those of one emoji.
    ///
    /// # Errors
    /// When there is no such message.
    pub fn clear_reactions(&self, message: u64, emoji: Option<&str>) -> Result<(), NotDone> {
        let channel = self.channel_of(message)?;
        self.shared.change(|world| {
            let emoji = emoji.map(crate::world::model::Emoji::read);
            world.clear_reactions(channel, message, emoji.as_ref());
        });
        Ok(())
    }

    /// The messages of a channel that everybody in it sees, oldest first.
    pub fn messages(&self, channel: u64) -> Vec<Message> {
        self.look(|world| world.messages_in(channel).into_iter().cloned().collect())
    }

    fn channel_of(&self, message: u64) -> Result<u64, NotDone> {
        let found = self.look(|world| world.message(message).map(|found| found.channel));
        found.ok_or_else(|| NotDone("There is no such message.".to_owned()))
    }
}

fn typed(options: &[(&str, Value)]) -> Typed {
    options
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}
