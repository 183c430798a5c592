//! Servers as the bot reads them.

use super::messages::limit;
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::wire;
use crate::world::World;
use crate::world::permissions::bits;
use serde_json::json;

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    let bot = world.bot();
    let guild = world
        .guilds
        .get(&call.route.id("guild_id"))
        .ok_or_else(|| Refusal::code(10004))?;
    if !guild.members.contains_key(&bot) {
        return Err(Refusal::code(10004));
    }
    let channels = || {
        world
            .channels
            .values()
            .filter(|channel| channel.guild == Some(guild.id))
    };
    let reply = match call.route.op {
        Op::GuildChannels => channels()
            .filter(|c| !c.kind.is_thread())
            .map(|c| wire::guild::channel(world, c))
            .collect(),
        Op::GuildThreads => {
            let open = channels().filter(|c| c.thread.as_ref().is_some_and(|thread| !thread.archived));
            let seen = open.filter(|c| world.permissions(c, bot) & bits::VIEW_CHANNEL != 0);
            let threads: Vec<_> = seen.map(|c| wire::guild::channel(world, c)).collect();
            json!({ "threads": threads, "members": [], "has_more": false })
        }
        Op::GuildRoles => guild.roles.iter().map(wire::guild::role).collect(),
        Op::Member => {
            let member = guild
                .members
                .get(&call.route.id("user_id"))
                .ok_or_else(|| Refusal::code(10007))?;
            wire::member(world, member)
        }
        Op::Members => {
            if !world.settings.guild_members {
                return Err(Refusal::code(50001));
            }
            let after = call.asked("after").and_then(|id| id.parse::<u64>().ok()).unwrap_or(0);
            let members = guild.members.values().filter(|member| member.user > after);
            members
                .take(limit(call, 1)?)
                .map(|member| wire::member(world, member))
                .collect()
        }
        _ => {
            let mut value = wire::guild::guild(guild);
            if call.asked("with_counts") == Some("true") {
                value["approximate_member_count"] = json!(guild.members.len());
                value["approximate_presence_count"] = json!(guild.members.len());
            }
            value
        }
    };
    Ok(Reply::json(reply))
}
