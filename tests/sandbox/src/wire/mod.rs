//! The state in Discord's JSON, complete as its documentation shows it, so that strict clients can read it.
//! Values in, values out.

pub(crate) mod application;
pub(crate) mod guild;
pub(crate) mod interaction;
pub(crate) mod message;

use crate::world::World;
use crate::world::model::{Emoji, Member, User};
use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

/// Unix ms as Discord writes times.
pub(crate) fn time(millis: i64) -> String {
    let time = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Micros, false)
}

pub(crate) fn id(id: Option<u64>) -> Value {
    id.map_or(Value::Null, |id| json!(id.to_string()))
}

/// A user object.
pub(crate) fn user(user: &User) -> Value {
    let mut value = json!({
        "id": user.id.to_string(),
        "username": user.name,
        "discriminator": "0",
        "global_name": if user.bot { Value::Null } else { json!(user.display) },
        "avatar": null,
        "avatar_decoration_data": null,
        "banner": null,
        "accent_color": null,
        "collectibles": null,
        "primary_guild": null,
        "public_flags": 0,
        "flags": 0,
    });
    if user.bot {
        value["bot"] = json!(true);
    }
    value
}

/// The user with this id, or Discord's stand-in for one that is gone.
pub(crate) fn user_by_id(world: &World, id: u64) -> Value {
    match world.users.get(&id) {
        Some(found) => user(found),
        None => user(&User {
            id,
            name: "deleted-user".to_owned(),
            display: "Deleted User".to_owned(),
            bot: false,
            color: 0,
            locale: "en-US".to_owned(),
        }),
    }
}

/// A member object with its user.
pub(crate) fn member(world: &World, member: &Member) -> Value {
    let mut value = partial_member(member);
    value["user"] = user_by_id(world, member.user);
    value
}

/// A member object without its user, as messages carry it.
pub(crate) fn partial_member(member: &Member) -> Value {
    json!({
        "avatar": null,
        "banner": null,
        "communication_disabled_until": null,
        "deaf": false,
        "flags": 0,
        "joined_at": time(member.joined),
        "mute": false,
        "nick": member.nick,
        "pending": false,
        "premium_since": null,
        "roles": member.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
    })
}

/// An emoji of a reaction.
pub(crate) fn emoji(emoji: &Emoji) -> Value {
    json!({ "id": id(emoji.id), "name": emoji.name })
}
