//! INTERACTION_CREATE, and what its answer returns.

use super::{guild, member, message, user_by_id};
use crate::world::World;
use crate::world::model::{Interaction, Message};
use serde_json::{Value, json};

/// The event. `data` is the part that depends on the kind.
pub(crate) fn event(world: &World, interaction: &Interaction, data: Value) -> Value {
    let channel = world.channels.get(&interaction.channel);
    let user = world.users.get(&interaction.user);
    let bot_rights = channel.map_or(0, |channel| world.permissions(channel, world.application.bot));
    let mut event = json!({
        "id": interaction.id.to_string(),
        "application_id": world.application.id.to_string(),
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "channel_id": interaction.channel.to_string(),
        "channel": channel.map(|channel| guild::partial_channel(world, channel)),
        "locale": user.map_or("en-US", |user| user.locale.as_str()),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "app_permissions": bot_rights.to_string(),
        "attachment_size_limit": 10_485_760,
        "context": u8::from(interaction.guild.is_none()),
        "authorizing_integration_owners": world.owners(interaction.guild, interaction.user),
        "data": data,
    });
    match interaction.guild.and_then(|id| world.guilds.get(&id)) {
        Some(found) => {
            event["guild_id"] = json!(found.id.to_string());
            event["guild_locale"] = json!(found.locale);
            event["guild"] = json!({ "id": found.id.to_string(), "locale": found.locale, "features": [] });
            if let Some(who) = found.members.get(&interaction.user) {
                event["member"] = member(world, who);
                let rights = channel.map_or(0, |channel| world.permissions(channel, interaction.user));
                event["member"]["permissions"] = json!(rights.to_string());
            }
        }
        None => event["user"] = user_by_id(world, interaction.user),
    }
    if let Some(found) = interaction
        .message
        .and_then(|id| world.message_in(interaction.channel, id))
    {
        event["message"] = message::message(world, found);
    }
    event
}

/// What a callback returns when it was asked `with_response`.
pub(crate) fn callback(world: &World, interaction: &Interaction, response: u8, made: Option<&Message>) -> Value {
    let mut told = json!({ "id": interaction.id.to_string(), "type": interaction.kind });
    if let Some(made) = made {
        told["response_message_id"] = json!(made.id.to_string());
        told["response_message_loading"] = json!(made.flags & Message::LOADING != 0);
        told["response_message_ephemeral"] = json!(made.only_for.is_some());
    }
    let mut value = json!({ "interaction": told });
    // Discord documents the message for these two kinds only.
    if let Some(made) = made.filter(|_| matches!(response, 4 | 7)) {
        value["resource"] = json!({ "type": response, "message": message::message(world, made) });
    }
    value
}
