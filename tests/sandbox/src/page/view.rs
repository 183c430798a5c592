//! The state as the page shows it to one person.

use crate::wire::{self, time};
use crate::world::World;
use crate::world::model::{Channel, ChannelKind, Guild, Interaction, InteractionState, Member, Message, User};
use crate::world::permissions::bits;
use serde_json::{Value, json};

/// Messages of a channel in the first picture.
const FIRST_MESSAGES: usize = 50;
/// Characters of a message that an answer quotes.
const QUOTED: usize = 100;
/// Interactions older than this are not shown any more, ms.
const INTERACTION_SHOWN: i64 = 60_000;

impl World {
    pub(crate) fn page_bot(&mut self) {
        self.ring.push(super::ring::Change::Bot);
    }
}

fn text(id: u64) -> Value {
    json!(id.to_string())
}

fn color(color: u32) -> String {
    format!("#{color:06X}")
}

fn initials(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let firsts: String = words.filter_map(|word| word.chars().next()).take(2).collect();
    let short = if firsts.chars().count() == 2 {
        firsts
    } else {
        name.chars().take(2).collect()
    };
    short.to_uppercase()
}

/// Whether a person sees a channel.
pub(crate) fn sees(world: &World, person: u64, channel: u64) -> bool {
    world.may(person, channel, bits::VIEW_CHANNEL)
}

/// Whether a person sees a message.
pub(crate) fn sees_message(world: &World, person: u64, message: &Message) -> bool {
    message.only_for.is_none_or(|one| one == person) && sees(world, person, message.channel)
}

/// The whole picture.
pub(crate) fn state(world: &World, person: u64) -> Value {
    let people: Vec<Value> = world
        .users
        .values()
        .filter(|user| !user.bot)
        .map(|user| text(user.id))
        .collect();
    let users: serde_json::Map<String, Value> = world
        .users
        .values()
        .map(|one| (one.id.to_string(), user(one)))
        .collect();
    let servers: Vec<Value> = world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&person))
        .map(|guild| server(world, person, guild))
        .collect();
    let direct = world
        .channels
        .values()
        .filter(|c| c.kind == ChannelKind::Direct && c.recipient == Some(person));
    let seen = world.channels.values().filter(|c| sees(world, person, c.id));
    let messages: serde_json::Map<String, Value> = seen
        .map(|channel| {
            (
                channel.id.to_string(),
                page(world, person, channel.id, None, FIRST_MESSAGES).0,
            )
        })
        .filter(|(_, list)| list.as_array().is_some_and(|list| !list.is_empty()))
        .collect();
    let now = crate::world::now();
    let interactions = world
        .interactions
        .values()
        .rev()
        .take_while(|one| now - one.time < INTERACTION_SHOWN);
    let open: Vec<Value> = interactions
        .filter(|one| one.user == person && one.kind != 4 && one.state != InteractionState::Done)
        .map(interaction)
        .collect();
    json!({
        "as": text(person),
        "seq": world.ring.last(),
        "application": application(world),
        "people": people,
        "users": users,
        "servers": servers,
        "direct": direct.map(|channel| self::channel(world, person, channel)).collect::<Vec<_>>(),
        "messages": messages,
        "commands": commands(world),
        "menus": menus(world),
        "interactions": open,
    })
}

fn application(world: &World) -> Value {
    json!({
        "id": text(world.application.id),
        "user_id": text(world.application.bot),
        "name": world.application.name,
        "online": world.bot_online(),
    })
}

pub(crate) fn user(user: &User) -> Value {
    json!({
        "id": text(user.id),
        "name": user.name,
        "display_name": user.display,
        "bot": user.bot,
        "color": color(user.color),
        "initials": initials(&user.display),
    })
}

pub(crate) fn server(world: &World, person: u64, guild: &Guild) -> Value {
    let mut channels: Vec<&Channel> = world
        .channels
        .values()
        .filter(|c| c.guild == Some(guild.id) && sees(world, person, c.id))
        .collect();
    let place = |channel: &Channel| {
        let parent = channel.parent.and_then(|id| world.channels.get(&id));
        let group = match channel.kind {
            ChannelKind::Category => channel.position,
            _ => parent.map_or(0, |parent| parent.position),
        };
        (
            group,
            channel.kind != ChannelKind::Category,
            channel.position,
            channel.id,
        )
    };
    channels.sort_by_key(|channel| place(channel));
    json!({
        "id": text(guild.id),
        "name": guild.name,
        "color": color(guild.color),
        "initials": initials(&guild.name),
        "owner_id": text(guild.owner),
        "roles": guild.roles.iter().map(|role| json!({
            "id": text(role.id),
            "name": role.name,
            "color": if role.color == 0 { Value::Null } else { json!(color(role.color)) },
            "position": role.position,
        })).collect::<Vec<_>>(),
        "channels": channels.iter().map(|one| channel(world, person, one)).collect::<Vec<_>>(),
        "members": guild.members.values().map(|one| member(world, guild, one)).collect::<Vec<_>>(),
    })
}

fn member(world: &World, guild: &Guild, member: &Member) -> Value {
    let rights = world.permissions_in_guild(guild, member.user);
    json!({
        "user_id": text(member.user),
        "nick": member.nick,
        "roles": member.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
        "moderator": rights & bits::MANAGE_MESSAGES != 0,
    })
}

pub(crate) fn channel(world: &World, person: u64, channel: &Channel) -> Value {
    let kind = match channel.kind {
        ChannelKind::Text | ChannelKind::Voice => "text",
        ChannelKind::Announcement => "announcement",
        ChannelKind::Forum => "forum",
        ChannelKind::Thread | ChannelKind::AnnouncementThread => "thread",
        ChannelKind::Category => "category",
        ChannelKind::Direct => "direct",
    };
    let rights = world.permissions(channel, person);
    let archived = channel.thread.as_ref().is_some_and(|thread| thread.archived);
    let locked = channel.thread.as_ref().is_some_and(|thread| thread.locked);
    let sends = channel.kind.takes_messages() && rights & World::sending(channel) != 0 && !locked;
    let name = match channel.kind {
        ChannelKind::Direct => world.application.name.clone(),
        _ => channel.name.clone(),
    };
    json!({
        "id": text(channel.id),
        "server_id": channel.guild.map(text),
        "kind": kind,
        "name": name,
        "topic": channel.topic,
        "parent_id": channel.parent.map(text),
        "position": channel.position,
        "can_send": sends,
        "can_react": rights & bits::ADD_REACTIONS != 0 && !archived,
        "archived": archived,
        "tags": tags(world, channel),
    })
}

/// The names of the tags that a forum's post carries.
fn tags(world: &World, post: &Channel) -> Vec<String> {
    let forum = post.parent.and_then(|id| world.channels.get(&id));
    let all = forum.map_or(&[][..], |forum| forum.tags.as_slice());
    let carried = post.thread.iter().flat_map(|thread| &thread.tags);
    carried
        .filter_map(|id| all.iter().find(|tag| tag.id == *id))
        .map(|tag| tag.name.clone())
        .collect()
}

/// Some messages of a channel before an id (or the latest), oldest first, and whether there are older ones.
pub(crate) fn page(world: &World, person: u64, channel: u64, before: Option<u64>, limit: usize) -> (Value, bool) {
    let all = world
        .messages
        .get(&channel)
        .into_iter()
        .flat_map(|all| all.values().rev());
    let mut older = all
        .filter(|m| before.is_none_or(|before| m.id < before))
        .filter(|m| m.only_for.is_none_or(|one| one == person));
    let mut list: Vec<Value> = older.by_ref().take(limit).map(|m| message(world, person, m)).collect();
    list.reverse();
    (Value::Array(list), older.next().is_some())
}

pub(crate) fn message(world: &World, person: u64, message: &Message) -> Value {
    let loading = message.flags & Message::LOADING != 0;
    json!({
        "id": text(message.id),
        "channel_id": text(message.channel),
        "author_id": text(message.author),
        "kind": match message.kind { 0 => "default", 19 => "reply", 20 => "command", _ => "system" },
        "content": message.content,
        "time": time(message.time),
        "edited": message.edited.map(time),
        "pinned": message.pinned,
        "ephemeral": message.only_for.is_some(),
        "thinking": loading,
        "command": message.cause.as_ref().and_then(|cause| {
            let name = cause.name.as_ref()?;
            Some(json!({ "name": name, "user_id": text(cause.user) }))
        }),
        "reply_to": message.reference.as_ref().map(|reference| {
            let found = world.message_in(reference.channel, reference.message);
            json!({
                "id": text(reference.message),
                "author_id": found.map(|m| text(m.author)),
                "content": found.map(|m| m.content.chars().take(QUOTED).collect::<String>()),
            })
        }),
        "embeds": wire::message::embeds(world, message),
        "components": message.components,
        "attachments": message.attachments.iter().map(|file| json!({
            "name": file.name,
            "url": wire::message::address("", message, file),
            "size": file.size,
            "type": file.content_type,
            "description": file.description,
        })).collect::<Vec<_>>(),
        "suppress_embeds": message.flags & Message::SUPPRESS_EMBEDS != 0,
        "thread": message.thread.and_then(|id| world.channels.get(&id)).map(|thread| json!({
            "id": text(thread.id),
            "name": thread.name,
            "messages": world.messages_in(thread.id).len(),
        })),
        "reactions": message.reactions.iter().map(|reacted| {
            let users = || reacted.normal.iter().chain(&reacted.burst);
            json!({
                "emoji": reacted.emoji.key(),
                "name": reacted.emoji.name,
                "id": reacted.emoji.id.map(text),
                "count": reacted.count(),
                "burst": reacted.burst.len(),
                "me": users().any(|one| *one == person),
                "users": users().map(u64::to_string).collect::<Vec<_>>(),
            })
        }).collect::<Vec<_>>(),
    })
}

/// The names of the commands in a message's context menu.
pub(crate) fn menus(world: &World) -> Value {
    let own = world.application.guild_commands.values().flatten();
    let all = world.application.commands.iter().chain(own);
    all.filter(|one| one["type"] == json!(3))
        .map(|one| one["name"].clone())
        .collect()
}

/// All slash commands, those of everywhere and of any server.
pub(crate) fn commands(world: &World) -> Value {
    let own = world.application.guild_commands.values().flatten();
    let all = world
        .application
        .commands
        .iter()
        .chain(own)
        .filter(|one| one["type"] == json!(1));
    all.map(|one| {
        json!({
            "id": one["id"],
            "server_id": one["guild_id"],
            "name": one["name"],
            "description": one["description"],
            "localized": localized(one),
            "options": options(&one["options"]),
        })
    })
    .collect()
}

fn localized(of: &Value) -> Value {
    let mut all = serde_json::Map::new();
    for (field, name) in [
        ("name_localizations", "name"),
        ("description_localizations", "description"),
    ] {
        for (locale, words) in of[field].as_object().into_iter().flatten() {
            let entry = all.entry(locale.clone()).or_insert_with(|| json!({}));
            entry[name] = words.clone();
        }
    }
    Value::Object(all)
}

fn options(list: &Value) -> Value {
    let kind = |number: Option<u64>| match number {
        Some(1 | 2) => "subcommand",
        Some(4) => "integer",
        Some(5) => "boolean",
        Some(6 | 9) => "user",
        Some(7) => "channel",
        Some(8) => "role",
        Some(10) => "number",
        _ => "text",
    };
    let list = list.as_array().into_iter().flatten();
    list.map(|option| {
        let mut shown = json!({
            "name": option["name"],
            "description": option["description"],
            "kind": kind(option["type"].as_u64()),
            "required": option["required"].as_bool().unwrap_or(false),
            "autocomplete": option["autocomplete"].as_bool().unwrap_or(false),
            "choices": option["choices"].as_array().cloned().unwrap_or_default(),
        });
        for field in ["min_length", "max_length", "min_value", "max_value"] {
            if let Some(value) = option.get(field) {
                shown[field] = value.clone();
            }
        }
        if option["options"].is_array() {
            shown["options"] = options(&option["options"]);
        }
        shown
    })
    .collect()
}

pub(crate) fn interaction(interaction: &Interaction) -> Value {
    json!({
        "id": text(interaction.id),
        "kind": if interaction.kind == 3 { "button" } else { "command" },
        "user_id": text(interaction.user),
        "channel_id": text(interaction.channel),
        "message_id": interaction.message.map(text),
        "custom_id": interaction.custom_id,
        "command": interaction.command,
        "options": interaction.options,
        "state": match interaction.state {
            InteractionState::Waiting => "waiting",
            InteractionState::Thinking => "thinking",
            InteractionState::Done => "done",
            InteractionState::Failed => "failed",
        },
        "answer_id": interaction.answer.map(text),
        "time": time(interaction.time),
    })
}
