//! The application as its own routes show it.

use super::{user, user_by_id};
use crate::world::World;
use serde_json::{Value, json};

const PRESENCE_LIMITED: u64 = 1 << 13;
const MEMBERS_LIMITED: u64 = 1 << 15;
const CONTENT_LIMITED: u64 = 1 << 19;

/// The flags that show which privileged intents are switched on.
pub(crate) fn flags(world: &World) -> u64 {
    let settings = &world.settings;
    let switches = [
        (settings.presences, PRESENCE_LIMITED),
        (settings.guild_members, MEMBERS_LIMITED),
        (settings.message_content, CONTENT_LIMITED),
    ];
    switches
        .iter()
        .filter(|(on, _)| *on)
        .fold(0, |flags, (_, bit)| flags | bit)
}

/// The application as it sees itself.
pub(crate) fn application(world: &World) -> Value {
    let flags = flags(world);
    let bot = world.application.bot;
    let servers = world.servers_of_bot();
    json!({
        "id": world.application.id.to_string(),
        "name": world.application.name,
        "icon": null,
        "description": world.application.description,
        "type": null,
        "bot": user_by_id(world, bot),
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "flags": flags,
        "flags_new": flags.to_string(),
        "redirect_uris": [],
        "rpc_origins": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "owner": user_by_id(world, world.application.owner),
        "approximate_guild_count": servers,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": null,
        "eligible_oauth2_scopes": ["applications.commands", "bot"],
        "integration_types_config": { "0": {} },
    })
}

/// The bot's own user.
pub(crate) fn me(world: &World) -> Value {
    let Some(bot) = world.users.get(&world.application.bot) else {
        return Value::Null;
    };
    let mut value = user(bot);
    value["mfa_enabled"] = json!(true);
    value["locale"] = json!("en-US");
    value["premium_type"] = json!(0);
    value["verified"] = json!(true);
    value["email"] = Value::Null;
    value
}
