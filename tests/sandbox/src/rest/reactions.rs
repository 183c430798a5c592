//! Reactions of the bot, and who reacted.

use super::messages::{limit, need, visible};
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::shared::Shared;
use crate::steps::Step;
use crate::wire;
use crate::world::World;
use crate::world::model::Emoji;
use crate::world::permissions::bits;
use std::sync::Arc;

/// Puts the bot's own reaction. Apart from the others, since tests stop the bot after it.
pub(super) fn react(shared: &Arc<Shared>, call: &Call) -> Answer {
    let (channel, id) = (call.route.id("channel_id"), call.route.id("message_id"));
    let emoji = read(call)?;
    shared.change(|world| put(world, channel, id, &emoji))?;
    shared.steps.reach(Step::Reacted {
        channel,
        message: id,
        emoji: emoji.key(),
    });
    Ok(Reply::empty())
}

fn put(world: &mut World, channel: u64, id: u64, emoji: &Emoji) -> Result<(), Refusal> {
    open(world, channel)?;
    need(world, channel, bits::READ_MESSAGE_HISTORY)?;
    let message = visible(world, channel, id)?;
    if !message.reactions.iter().any(|reacted| reacted.emoji.same(emoji)) {
        need(world, channel, bits::ADD_REACTIONS)?;
    }
    let bot = world.bot();
    if world.react(channel, id, bot, emoji, false) {
        Ok(())
    } else {
        Err(Refusal::code(30010))
    }
}

/// Archived threads take no reactions.
fn open(world: &World, channel: u64) -> Result<(), Refusal> {
    let found = need(world, channel, 0)?;
    if found.thread.as_ref().is_some_and(|thread| thread.archived) {
        Err(Refusal::code(50083))
    } else {
        Ok(())
    }
}

/// The emoji of the path. A bare name that is no emoji is unknown.
fn read(call: &Call) -> Result<Emoji, Refusal> {
    let emoji = Emoji::read(call.route.text("emoji_name"));
    let good = emoji.id.is_some() || is_unicode_emoji(&emoji.name);
    if good { Ok(emoji) } else { Err(Refusal::code(10014)) }
}

/// Roughly: no letters, short, and something beyond ASCII, or a keycap.
pub(crate) fn is_unicode_emoji(name: &str) -> bool {
    let keycap = name.contains('\u{20e3}');
    let count = name.chars().count();
    let pictorial = name.chars().any(|c| u32::from(c) >= 0xA9 && !c.is_alphanumeric());
    (1..=16).contains(&count) && (keycap || pictorial && !name.chars().any(|c| c.is_alphanumeric()))
}

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = (call.route.id("channel_id"), call.route.id("message_id"));
    match call.route.op {
        Op::Reactors => return reactors(world, call, channel, id),
        Op::Unreact => {
            open(world, channel)?;
            visible(world, channel, id)?;
            let bot = world.bot();
            world.unreact(channel, id, bot, &read(call)?, false);
        }
        Op::RemoveReaction => {
            open(world, channel)?;
            visible(world, channel, id)?;
            let user = call.route.id("user_id");
            if user != world.bot() {
                need(world, channel, bits::MANAGE_MESSAGES)?;
            }
            let emoji = read(call)?;
            world.unreact(channel, id, user, &emoji, false);
            world.unreact(channel, id, user, &emoji, true);
        }
        Op::ClearReactions => {
            need(world, channel, bits::MANAGE_MESSAGES)?;
            visible(world, channel, id)?;
            world.clear_reactions(channel, id, None);
        }
        _ => {
            need(world, channel, bits::MANAGE_MESSAGES)?;
            visible(world, channel, id)?;
            world.clear_reactions(channel, id, Some(&read(call)?));
        }
    }
    Ok(Reply::empty())
}

fn reactors(world: &World, call: &Call, channel: u64, id: u64) -> Answer {
    need(world, channel, bits::READ_MESSAGE_HISTORY)?;
    let message = visible(world, channel, id)?;
    let emoji = read(call)?;
    let limit = limit(call, 25)?;
    let after = call.asked("after").and_then(|id| id.parse::<u64>().ok()).unwrap_or(0);
    let burst = match call.asked("type") {
        None | Some("0") => false,
        Some("1") => true,
        Some(_) => {
            return Err(Refusal::field(
                &["type"],
                "ENUM_TYPE_COERCE",
                "Value must be one of (0, 1).",
            ));
        }
    };
    let reacted = message.reactions.iter().find(|reacted| reacted.emoji.same(&emoji));
    let mut users: Vec<u64> = reacted.map_or_else(Vec::new, |r| if burst { r.burst.clone() } else { r.normal.clone() });
    users.sort_unstable();
    users.dedup();
    let page = users.into_iter().filter(|user| *user > after).take(limit);
    Ok(Reply::json(page.map(|user| wire::user_by_id(world, user)).collect()))
}
