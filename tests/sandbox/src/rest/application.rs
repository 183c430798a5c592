//! The gateway's address, the application, and the bot itself.

use super::refusal::Refusal;
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::wire;
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    match call.route.op {
        Op::Gateway => Ok(Reply::json(json!({ "url": gateway_url(world) }))),
        Op::GatewayBot => {
            let settings = std::sync::Arc::clone(&world.settings);
            let limit = world.gateway.start_limit(&settings);
            let url = gateway_url(world);
            Ok(Reply::json(
                json!({ "url": url, "shards": settings.shards, "session_start_limit": limit }),
            ))
        }
        Op::EditApplication => {
            let form = call.body.form();
            if let Some(words) = form["description"].as_str() {
                if words.chars().count() > 400 {
                    return Err(Refusal::field(
                        &["description"],
                        "BASE_TYPE_MAX_LENGTH",
                        "Must be 400 or fewer in length.",
                    ));
                }
                world.application.description = words.to_owned();
            }
            Ok(Reply::json(wire::application::application(world)))
        }
        Op::Me => Ok(Reply::json(wire::application::me(world))),
        _ => Ok(Reply::json(wire::application::application(world))),
    }
}

fn gateway_url(world: &World) -> String {
    format!("{}/gateway", world.origin.replacen("http", "ws", 1))
}

pub(super) fn around_me(world: &mut World, call: &Call) -> Answer {
    let bot = world.bot();
    match call.route.op {
        Op::MyGuilds => {
            let mine = world.guilds.values().filter(|guild| guild.members.contains_key(&bot));
            Ok(Reply::json(mine.map(|guild| brief(world, guild.id)).collect()))
        }
        Op::LeaveGuild => match world.leave(call.route.id("guild_id"), bot) {
            true => Ok(Reply::empty()),
            false => Err(Refusal::code(10004)),
        },
        Op::OpenDirect => {
            let form = call.body.form();
            let person = form["recipient_id"].as_str().and_then(|id| id.parse::<u64>().ok());
            let Some(person) = person.filter(|id| world.users.get(id).is_some_and(|user| !user.bot)) else {
                return Err(Refusal::code(50033));
            };
            let channel = world.direct(person);
            let found = world.channels.get(&channel).ok_or_else(|| Refusal::code(10003))?;
            Ok(Reply::json(wire::guild::channel(world, found)))
        }
        _ => {
            let user = world
                .users
                .get(&call.route.id("user_id"))
                .ok_or_else(|| Refusal::code(10013))?;
            Ok(Reply::json(wire::user(user)))
        }
    }
}

fn brief(world: &World, id: u64) -> Value {
    let Some(guild) = world.guilds.get(&id) else {
        return Value::Null;
    };
    json!({
        "id": id.to_string(),
        "name": guild.name,
        "icon": null,
        "banner": null,
        "owner": guild.owner == world.bot(),
        "permissions": world.permissions_in_guild(guild, world.bot()).to_string(),
        "features": ["COMMUNITY", "NEWS"],
    })
}
