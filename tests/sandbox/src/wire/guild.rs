//! Servers, channels and roles as Discord writes them.

use super::{id, member, time, user_by_id};
use crate::world::model::{Channel, ChannelKind, Guild, Overwrite, Role, Tag};
use crate::world::permissions::bits;
use crate::world::{World, time_of};
use serde_json::{Value, json};

/// A server as REST returns it.
pub(crate) fn guild(guild: &Guild) -> Value {
    json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "icon": null,
        "description": null,
        "home_header": null,
        "splash": null,
        "discovery_splash": null,
        "features": ["COMMUNITY", "NEWS"],
        "banner": null,
        "owner_id": guild.owner.to_string(),
        "application_id": null,
        "region": "us-west",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "system_channel_id": id(guild.system_channel),
        "system_channel_flags": 0,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 1,
        "roles": guild.roles.iter().map(role).collect::<Vec<_>>(),
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 2,
        "max_presences": null,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "rules_channel_id": null,
        "safety_alerts_channel_id": null,
        "public_updates_channel_id": null,
        "premium_progress_bar_enabled": false,
        "nsfw": false,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": null,
    })
}

/// A server as GUILD_CREATE carries it.
pub(crate) fn created(world: &World, found: &Guild) -> Value {
    let mut value = guild(found);
    let bot = world.application.bot;
    let joined = found.members.get(&bot).map_or(0, |member| member.joined);
    let of_guild = || {
        world
            .channels
            .values()
            .filter(|channel| channel.guild == Some(found.id))
    };
    let threads = of_guild().filter(|c| c.kind.is_thread() && c.thread.as_ref().is_some_and(|t| !t.archived));
    value["joined_at"] = json!(time(joined));
    value["large"] = json!(false);
    value["unavailable"] = json!(false);
    value["member_count"] = json!(found.members.len());
    value["voice_states"] = json!([]);
    // Without the members intent Discord sends the bot itself and hardly anybody else.
    value["members"] = found
        .members
        .get(&bot)
        .map(|one| member(world, one))
        .into_iter()
        .collect();
    value["channels"] = of_guild()
        .filter(|c| !c.kind.is_thread())
        .map(|c| channel(world, c))
        .collect();
    value["threads"] = threads
        .filter(|c| world.permissions(c, bot) & bits::VIEW_CHANNEL != 0)
        .map(|c| channel(world, c))
        .collect();
    for empty in [
        "presences",
        "stage_instances",
        "guild_scheduled_events",
        "soundboard_sounds",
    ] {
        value[empty] = json!([]);
    }
    value
}

/// A role.
pub(crate) fn role(role: &Role) -> Value {
    let mut value = json!({
        "id": role.id.to_string(),
        "name": role.name,
        "color": role.color,
        "colors": { "primary_color": role.color, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": role.position,
        "permissions": role.permissions.to_string(),
        "managed": role.managed,
        "mentionable": role.mentionable,
        "flags": 0,
    });
    if role.managed {
        value["tags"] = json!({});
    }
    value
}

/// A channel of any kind.
pub(crate) fn channel(world: &World, channel: &Channel) -> Value {
    if channel.kind == ChannelKind::Direct {
        return direct(world, channel);
    }
    let mut value = json!({
        "id": channel.id.to_string(),
        "type": channel.kind.number(),
        "guild_id": id(channel.guild),
        "name": channel.name,
        "parent_id": id(channel.parent),
        "flags": 0,
        "last_message_id": id(channel.last_message),
        "rate_limit_per_user": 0,
    });
    if channel.kind.is_thread() {
        add_thread(world, channel, &mut value);
        return value;
    }
    value["topic"] = json!(channel.topic);
    value["position"] = json!(channel.position);
    value["nsfw"] = json!(false);
    value["permission_overwrites"] = channel.overwrites.iter().map(overwrite).collect();
    if channel.kind == ChannelKind::Forum {
        // 1 << 4 is REQUIRE_TAG.
        value["flags"] = json!(u32::from(channel.tag_required) << 4);
        value["available_tags"] = channel.tags.iter().map(tag).collect();
        value["default_reaction_emoji"] = Value::Null;
        value["default_sort_order"] = Value::Null;
        value["default_forum_layout"] = json!(0);
    }
    value
}

fn tag(tag: &Tag) -> Value {
    json!({
        "id": tag.id.to_string(),
        "name": tag.name,
        "moderated": tag.moderated,
        "emoji_id": null,
        "emoji_name": null,
    })
}

fn add_thread(world: &World, channel: &Channel, value: &mut Value) {
    let Some(thread) = &channel.thread else { return };
    let count = world.messages_in(channel.id).len();
    value["owner_id"] = json!(thread.owner.to_string());
    value["message_count"] = json!(count);
    value["total_message_sent"] = json!(count);
    value["member_count"] = json!(1);
    value["thread_metadata"] = json!({
        "archived": thread.archived,
        "archive_timestamp": time(thread.changed),
        "auto_archive_duration": thread.auto_archive,
        "locked": thread.locked,
        "create_timestamp": time(time_of(channel.id)),
    });
    if !thread.tags.is_empty() {
        value["applied_tags"] = thread.tags.iter().map(u64::to_string).collect();
    }
}

fn direct(world: &World, channel: &Channel) -> Value {
    json!({
        "id": channel.id.to_string(),
        "type": 1,
        "flags": 0,
        "last_message_id": id(channel.last_message),
        "recipients": channel.recipient.map(|id| user_by_id(world, id)).into_iter().collect::<Vec<_>>(),
    })
}

fn overwrite(overwrite: &Overwrite) -> Value {
    json!({
        "id": overwrite.id.to_string(),
        "type": u8::from(overwrite.member),
        "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string(),
    })
}

/// A channel as interactions resolve it, with the bot's own permissions.
pub(crate) fn partial_channel(world: &World, found: &Channel) -> Value {
    let mut value = channel(world, found);
    value["permissions"] = json!(world.permissions(found, world.application.bot).to_string());
    value
}
