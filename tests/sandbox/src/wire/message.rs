//! Messages as Discord writes them: in answers, and with server and member in events.

use super::{emoji, id, partial_member, time, user_by_id};
use crate::world::World;
use crate::world::model::{Attachment, Message, Reacted};
use serde_json::{Value, json};

/// A message as REST returns it. The nonce is left to the callers that may show it.
pub(crate) fn message(world: &World, message: &Message) -> Value {
    let mut value = basic(world, message);
    if let Some(reference) = &message.reference {
        let found = world.message_in(reference.channel, reference.message);
        value["referenced_message"] = found.map_or(Value::Null, |found| basic(world, found));
    }
    value
}

/// The same with its nonce: the answer to sending, and the event.
pub(crate) fn fresh(world: &World, message: &Message) -> Value {
    let mut value = self::message(world, message);
    if let Some(nonce) = &message.nonce {
        value["nonce"] = nonce.clone();
    }
    value
}

/// A message as an event carries it.
pub(crate) fn event(world: &World, message: &Message) -> Value {
    let mut value = fresh(world, message);
    if let Some(channel) = world.channels.get(&message.channel) {
        value["channel_type"] = json!(channel.kind.number());
        if let Some(guild) = channel.guild.and_then(|id| world.guilds.get(&id)) {
            value["guild_id"] = json!(guild.id.to_string());
            if let Some(member) = guild.members.get(&message.author) {
                value["member"] = partial_member(member);
            }
        }
    }
    value
}

fn basic(world: &World, message: &Message) -> Value {
    let mentions: Vec<Value> = message.mentions.iter().map(|id| user_by_id(world, *id)).collect();
    let mut value = json!({
        "id": message.id.to_string(),
        "channel_id": message.channel.to_string(),
        "type": message.kind,
        "author": user_by_id(world, message.author),
        "content": message.content,
        "timestamp": time(message.time),
        "edited_timestamp": message.edited.map(time),
        "tts": message.tts,
        "pinned": message.pinned,
        "flags": message.flags,
        "mention_everyone": message.mention_everyone,
        "mentions": mentions,
        "mention_roles": message.mention_roles.iter().map(u64::to_string).collect::<Vec<_>>(),
        "attachments": message.attachments.iter().map(|a| attachment(world, message, a)).collect::<Vec<_>>(),
        "embeds": if message.flags & Message::SUPPRESS_EMBEDS == 0 { embeds(world, message) } else { json!([]) },
        "components": message.components,
    });
    if !message.reactions.is_empty() {
        let bot = world.application.bot;
        value["reactions"] = message.reactions.iter().map(|reacted| reaction(reacted, bot)).collect();
    }
    if let Some(reference) = &message.reference {
        let guild = world.channels.get(&reference.channel).and_then(|c| c.guild);
        let mut shown = json!({
            "type": 0,
            "message_id": reference.message.to_string(),
            "channel_id": reference.channel.to_string(),
        });
        if let Some(guild) = guild {
            shown["guild_id"] = json!(guild.to_string());
        }
        value["message_reference"] = shown;
    }
    if let Some(thread) = message.thread.and_then(|id| world.channels.get(&id)) {
        value["thread"] = super::guild::channel(world, thread);
    }
    add_cause(world, message, &mut value);
    value
}

fn add_cause(world: &World, message: &Message, value: &mut Value) {
    if message.cause.is_some() {
        value["application_id"] = json!(world.application.id.to_string());
        value["webhook_id"] = json!(world.application.id.to_string());
    }
    let Some(cause) = &message.cause else { return };
    let user = user_by_id(world, cause.user);
    let guild = world.channels.get(&message.channel).and_then(|c| c.guild);
    let owners = world.owners(guild, cause.user);
    let mut metadata = json!({
        "id": cause.id.to_string(),
        "type": cause.kind,
        "user": user,
        "authorizing_integration_owners": owners,
    });
    if let Some(name) = &cause.name {
        metadata["name"] = json!(name);
        metadata["command_type"] = json!(1);
        value["interaction"] = json!({ "id": cause.id.to_string(), "type": cause.kind, "name": name, "user": user });
    }
    if let Some(pressed) = cause.pressed {
        metadata["interacted_message_id"] = json!(pressed.to_string());
    }
    value["interaction_metadata"] = metadata;
}

fn reaction(reacted: &Reacted, bot: u64) -> Value {
    json!({
        "emoji": emoji(&reacted.emoji),
        "count": reacted.count(),
        "count_details": { "normal": reacted.normal.len(), "burst": reacted.burst.len() },
        "burst_colors": if reacted.burst.is_empty() { json!([]) } else { json!(["#f2545b"]) },
        "me": reacted.normal.contains(&bot),
        "me_burst": reacted.burst.contains(&bot),
    })
}

/// Embeds, with pictures that are attached under their address.
pub(crate) fn embeds(world: &World, message: &Message) -> Value {
    let mut embeds = message.embeds.clone();
    for embed in &mut embeds {
        for field in [
            "/image/url",
            "/image/proxy_url",
            "/thumbnail/url",
            "/thumbnail/proxy_url",
            "/author/icon_url",
            "/footer/icon_url",
        ] {
            let Some(url) = embed.pointer_mut(field) else { continue };
            let name = url.as_str().and_then(|url| url.strip_prefix("attachment://"));
            let file = name.and_then(|name| message.attachments.iter().find(|file| file.name == name));
            if let Some(file) = file {
                *url = json!(address(&world.origin, message, file));
            }
        }
    }
    Value::Array(embeds)
}

/// Where an attachment is served.
pub(crate) fn address(origin: &str, message: &Message, file: &Attachment) -> String {
    format!("{origin}/attachments/{}/{}/{}", message.channel, file.id, file.name)
}

fn attachment(world: &World, message: &Message, attachment: &Attachment) -> Value {
    let url = address(&world.origin, message, attachment);
    let mut value = json!({
        "id": id(Some(attachment.id)),
        "filename": attachment.name,
        "size": attachment.size,
        "url": url,
        "proxy_url": url,
    });
    if let Some(kind) = &attachment.content_type {
        value["content_type"] = json!(kind);
    }
    if let Some(words) = &attachment.description {
        value["description"] = json!(words);
    }
    value
}

/// The component with this custom id, however deep.
pub(crate) fn component<'a>(components: &'a [Value], custom_id: &str) -> Option<&'a Value> {
    components.iter().find_map(|one| {
        if one["custom_id"].as_str() == Some(custom_id) {
            return Some(one);
        }
        let inner = one["components"]
            .as_array()
            .and_then(|inner| component(inner, custom_id));
        inner.or_else(|| Some(&one["accessory"]).filter(|a| a["custom_id"].as_str() == Some(custom_id)))
    })
}
