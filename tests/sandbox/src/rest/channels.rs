//! A channel itself: read, changed, typing, pins.

use super::messages::{need, shown, visible};
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::wire;
use crate::world::model::{Channel, Message};
use crate::world::permissions::bits;
use crate::world::{World, now};
use serde_json::{Value, json};

const PINS_MOST: usize = 250;

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    let channel = call.route.id("channel_id");
    match call.route.op {
        Op::EditChannel => edit(world, call, channel),
        Op::Typing => {
            need(world, channel, World::sending(need(world, channel, 0)?))?;
            world.typing(channel, world.bot());
            Ok(Reply::empty())
        }
        Op::Pins | Op::OldPins => pins(world, call, channel),
        Op::Pin | Op::Unpin => {
            need(world, channel, bits::PIN_MESSAGES)?;
            let id = call.route.id("message_id");
            visible(world, channel, id)?;
            let pin = call.route.op == Op::Pin;
            if pin && world.messages_in(channel).iter().filter(|m| m.pinned).count() >= PINS_MOST {
                return Err(Refusal::code(30003));
            }
            world.edit(channel, id, |message| {
                message.pinned = pin;
                false
            });
            Ok(Reply::empty())
        }
        _ => {
            let found = need(world, channel, 0)?;
            Ok(Reply::json(wire::guild::channel(world, found)))
        }
    }
}

fn pins(world: &World, call: &Call, channel: u64) -> Answer {
    need(world, channel, bits::READ_MESSAGE_HISTORY)?;
    let pinned: Vec<&Message> = world
        .messages_in(channel)
        .into_iter()
        .rev()
        .filter(|m| m.pinned)
        .collect();
    if call.route.op == Op::OldPins {
        return Ok(Reply::json(
            pinned.iter().map(|message| shown(world, message)).collect(),
        ));
    }
    let items: Vec<Value> = pinned
        .iter()
        .map(|m| json!({ "pinned_at": wire::time(m.edited.unwrap_or(m.time)), "message": shown(world, m) }))
        .collect();
    Ok(Reply::json(json!({ "items": items, "has_more": false })))
}

fn edit(world: &mut World, call: &Call, id: u64) -> Answer {
    let found = need(world, id, 0)?;
    let form = call.body.form();
    let rights = world.permissions(found, world.bot());
    match &found.thread {
        Some(thread) => {
            let only_opens = form.as_object().is_some_and(|f| f.len() == 1) && form["archived"] == json!(false);
            let may_open = only_opens && !thread.locked && rights & World::sending(found) != 0;
            let own = thread.owner == world.bot() && form.get("locked").is_none();
            if !may_open && !own {
                need(world, id, bits::MANAGE_THREADS)?;
            }
        }
        None if found.guild.is_none() => return Err(Refusal::code(50003)),
        None => {
            need(world, id, bits::MANAGE_CHANNELS)?;
        }
    }
    if let Some(name) = form["name"].as_str()
        && !(1..=100).contains(&name.chars().count())
    {
        let words = "Must be between 1 and 100 in length.";
        return Err(Refusal::field(&["name"], "BASE_TYPE_BAD_LENGTH", words));
    }
    world.change_channel(id, |channel| apply(channel, &form));
    let found = need(world, id, 0)?;
    Ok(Reply::json(wire::guild::channel(world, found)))
}

fn apply(channel: &mut Channel, form: &Value) {
    if let Some(name) = form["name"].as_str() {
        channel.name = name.to_owned();
    }
    if let Some(topic) = form.get("topic") {
        channel.topic = topic.as_str().map(str::to_owned);
    }
    if let Some(thread) = &mut channel.thread {
        if let Some(archived) = form["archived"]
            .as_bool()
            .filter(|archived| *archived != thread.archived)
        {
            thread.archived = archived;
            thread.changed = now();
        }
        if let Some(locked) = form["locked"].as_bool() {
            thread.locked = locked;
        }
    }
}
