//! Messages of a channel: sent, read, edited, deleted, published.

use super::form::{self, Sent};
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::shared::Shared;
use crate::steps::Step;
use crate::wire;
use crate::world::emit_blank;
use crate::world::model::{Channel, ChannelKind, Message, Reference};
use crate::world::permissions::bits;
use crate::world::{Pings, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

const SETTABLE: u32 = Message::SUPPRESS_EMBEDS | Message::SUPPRESS_NOTIFICATIONS | Message::COMPONENTS_V2;

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    let channel = call.route.id("channel_id");
    let message = call.route.id("message_id");
    match call.route.op {
        Op::Messages => list(world, call, channel),
        Op::Message => {
            need(world, channel, bits::READ_MESSAGE_HISTORY)?;
            let found = visible(world, channel, message)?;
            Ok(Reply::json(shown(world, found)))
        }
        Op::EditMessage => edit(world, call, channel, message),
        Op::DeleteMessage => delete(world, channel, message),
        Op::DeleteMessages => delete_many(world, call, channel),
        Op::Crosspost => crosspost(world, channel, message),
        _ => Err(Refusal::new(404, 0, "404: Not Found")),
    }
}

/// The channel, when the bot sees it and has these rights there.
pub(super) fn need(world: &World, channel: u64, rights: u64) -> Result<&Channel, Refusal> {
    let found = world.channels.get(&channel).ok_or_else(|| Refusal::code(10003))?;
    let has = world.permissions(found, world.bot());
    if has & bits::VIEW_CHANNEL == 0 {
        return Err(Refusal::code(50001));
    }
    if has & rights == rights {
        Ok(found)
    } else {
        Err(Refusal::code(50013))
    }
}

/// A message that is not for one person only.
pub(super) fn visible(world: &World, channel: u64, message: u64) -> Result<&Message, Refusal> {
    world
        .message_in(channel, message)
        .filter(|m| m.only_for.is_none())
        .ok_or_else(|| Refusal::code(10008))
}

/// A message as it is read back: without nonce, and without content where the intent is missing.
pub(super) fn shown(world: &World, message: &Message) -> Value {
    let settings = &world.settings;
    let mut value = match settings.nonce_in_history {
        true => wire::message::fresh(world, message),
        false => wire::message::message(world, message),
    };
    let direct = world.channels.get(&message.channel).is_some_and(|c| c.guild.is_none());
    if !settings.message_content && !direct && !world.content_is_free(message) {
        emit_blank(&mut value);
    }
    value
}

/// Sends a message. Apart from the others, since tests stop the bot before and after the commit.
pub(super) fn send(shared: &Arc<Shared>, call: &Call) -> Answer {
    let channel = call.route.id("channel_id");
    let checked = shared.quietly(|world| check(world, call, channel))?;
    shared.steps.reach(Step::MessageReceived { channel });
    // Checked again under the lock that also commits: a hook may have changed the world.
    let (id, value) = shared.change(|world| {
        let reference = check(world, call, channel)?.1;
        commit(world, channel, checked.0, reference)
    })?;
    shared.steps.reach(Step::MessageStored { channel, message: id });
    Ok(Reply::json(value))
}

fn check(world: &mut World, call: &Call, channel: u64) -> Result<(Sent, Option<Reference>), Refusal> {
    let found = need(world, channel, 0)?;
    if !found.kind.takes_messages() {
        return Err(Refusal::code(50008));
    }
    if found
        .thread
        .as_ref()
        .is_some_and(|thread| thread.archived && thread.locked)
    {
        return Err(Refusal::code(160005));
    }
    need(world, channel, World::sending(found))?;
    let sent = form::read(&call.body, SETTABLE, false)?;
    if sent.is_empty() {
        return Err(Refusal::code(50006));
    }
    if sent.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        need(world, channel, bits::EMBED_LINKS)?;
    }
    if !sent.files.is_empty() {
        need(world, channel, bits::ATTACH_FILES)?;
    }
    let reference = answered(world, channel, &sent)?;
    Ok((sent, reference))
}

fn answered(world: &World, channel: u64, sent: &Sent) -> Result<Option<Reference>, Refusal> {
    let Some(asked) = &sent.reference else { return Ok(None) };
    if !world.may(world.bot(), channel, bits::READ_MESSAGE_HISTORY) {
        return Err(Refusal::code(160002));
    }
    let exists = visible(world, channel, asked.message).is_ok() && asked.channel.is_none_or(|c| c == channel);
    match (exists, asked.must_exist) {
        (true, _) => Ok(Some(Reference {
            message: asked.message,
            channel,
        })),
        (false, false) => Ok(None),
        (false, true) => {
            let words = "Unknown message";
            Err(Refusal::field(&["message_reference"], "REPLIES_UNKNOWN_MESSAGE", words))
        }
    }
}

fn commit(world: &mut World, channel: u64, sent: Sent, reference: Option<Reference>) -> Result<(u64, Value), Refusal> {
    let bot = world.bot();
    if sent.enforce_nonce
        && let Some(nonce) = &sent.nonce
        && let Some(old) = world.nonce_used(channel, bot, nonce)
    {
        // Discord answers with the older message, or with 10008 when that was deleted meanwhile.
        let message = world.message_in(channel, old).ok_or_else(|| Refusal::code(10008))?;
        return Ok((old, wire::message::fresh(world, message)));
    }
    let nonce = sent.nonce.clone();
    let draft = sent.draft(world, reference, Pings::default());
    let id = world.post(channel, bot, draft);
    if let Some(nonce) = nonce {
        world.remember_nonce(channel, bot, nonce, id);
    }
    let message = world.message_in(channel, id).ok_or_else(|| Refusal::code(10008))?;
    Ok((id, wire::message::fresh(world, message)))
}

fn list(world: &mut World, call: &Call, channel: u64) -> Answer {
    let found = need(world, channel, 0)?;
    let readable = world.permissions(found, world.bot()) & bits::READ_MESSAGE_HISTORY != 0;
    let limit = limit(call, 50)?;
    let id = |name: &str| call.asked(name).and_then(|id| id.parse::<u64>().ok());
    // Without the right to read the history Discord returns nothing, and says so with 200.
    if !readable {
        return Ok(Reply::json(json!([])));
    }
    let none = BTreeMap::new();
    let all = world.messages.get(&channel).unwrap_or(&none);
    let public = |message: &Message| message.only_for.is_none();
    let before = |id: u64, limit: usize| all.range(..id).rev().filter(|(_, m)| public(m)).take(limit);
    let from = |id: u64, limit: usize| all.range(id..).filter(|(_, m)| public(m)).take(limit);
    let page: Vec<&Message> = match (id("around"), id("before"), id("after")) {
        (Some(around), _, _) => {
            let later: Vec<&Message> = from(around, limit - limit / 2).map(|(_, m)| m).collect();
            let older = before(around, limit - later.len()).map(|(_, m)| m);
            later.into_iter().rev().chain(older).collect()
        }
        (_, Some(id), _) => before(id, limit).map(|(_, m)| m).collect(),
        (_, _, Some(id)) => {
            let mut page: Vec<&Message> = from(id.saturating_add(1), limit).map(|(_, m)| m).collect();
            page.reverse();
            page
        }
        _ => before(u64::MAX, limit).map(|(_, m)| m).collect(),
    };
    Ok(Reply::json(page.iter().map(|message| shown(world, message)).collect()))
}

/// `limit`, 1 to 100.
pub(super) fn limit(call: &Call, default: usize) -> Result<usize, Refusal> {
    let Some(text) = call.asked("limit") else {
        return Ok(default);
    };
    match text.parse::<usize>() {
        Ok(limit @ 1..=100) => Ok(limit),
        Ok(0) => Err(Refusal::field(
            &["limit"],
            "NUMBER_TYPE_MIN",
            "int value should be greater than or equal to 1.",
        )),
        Ok(_) => Err(Refusal::field(
            &["limit"],
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to 100.",
        )),
        Err(_) => Err(Refusal::field(
            &["limit"],
            "NUMBER_TYPE_COERCE",
            &format!("Value \"{text}\" is not int."),
        )),
    }
}

fn edit(world: &mut World, call: &Call, channel: u64, id: u64) -> Answer {
    need(world, channel, 0)?;
    let message = visible(world, channel, id)?;
    let own = message.author == world.bot();
    let version_2 = message.flags & Message::COMPONENTS_V2 != 0;
    let sent = form::read(&call.body, SETTABLE, version_2)?;
    if !own {
        let only_flags = sent.content.is_none() && sent.embeds.is_none() && sent.components.is_none();
        if !only_flags || sent.flags.is_none() {
            return Err(Refusal::code(50005));
        }
        need(world, channel, bits::MANAGE_MESSAGES)?;
    }
    if sent.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        need(world, channel, bits::EMBED_LINKS)?;
    }
    let files = sent.attached(world);
    amend(world, channel, id, sent, files)?;
    let message = visible(world, channel, id)?;
    Ok(Reply::json(wire::message::message(world, message)))
}

/// Refuses an edit that would leave nothing, and makes it otherwise.
fn amend(
    world: &mut World,
    channel: u64,
    id: u64,
    sent: Sent,
    files: Vec<crate::world::model::Attachment>,
) -> Result<(), Refusal> {
    let mut after = visible(world, channel, id)?.clone();
    let (content, pings) = (sent.content.clone(), sent.pings.clone().unwrap_or_default());
    let counts = sent.content.is_some() || sent.embeds.is_some();
    sent.apply(files, &mut after);
    if after.is_empty() {
        return Err(Refusal::code(50006));
    }
    if let Some(content) = content {
        world.mention_anew(channel, id, &content, &pings);
    }
    world.edit(channel, id, |message| {
        message.content = after.content;
        message.embeds = after.embeds;
        message.components = after.components;
        message.attachments = after.attachments;
        message.flags = after.flags;
        counts
    });
    Ok(())
}

fn delete(world: &mut World, channel: u64, id: u64) -> Answer {
    need(world, channel, 0)?;
    let message = visible(world, channel, id)?;
    if message.author != world.bot() {
        need(world, channel, bits::MANAGE_MESSAGES)?;
    }
    world.delete_messages(channel, &[id]);
    Ok(Reply::empty())
}

fn delete_many(world: &mut World, call: &Call, channel: u64) -> Answer {
    need(world, channel, bits::MANAGE_MESSAGES)?;
    let form = call.body.form();
    let ids: Vec<u64> = form["messages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_str().and_then(|id| id.parse().ok()))
        .collect();
    if !(2..=100).contains(&ids.len()) {
        return Err(Refusal::code(50016));
    }
    world.delete_messages(channel, &ids);
    Ok(Reply::empty())
}

fn crosspost(world: &mut World, channel: u64, id: u64) -> Answer {
    let found = need(world, channel, World::sending(need(world, channel, 0)?))?;
    if found.kind != ChannelKind::Announcement {
        return Err(Refusal::code(50024));
    }
    let message = visible(world, channel, id)?;
    if message.author != world.bot() {
        need(world, channel, bits::MANAGE_MESSAGES)?;
    }
    if message.kind != 0 {
        return Err(Refusal::code(50068));
    }
    if message.flags & Message::CROSSPOSTED != 0 {
        return Err(Refusal::code(40033));
    }
    world.edit(channel, id, |message| {
        message.flags |= Message::CROSSPOSTED;
        false
    });
    let message = visible(world, channel, id)?;
    Ok(Reply::json(wire::message::message(world, message)))
}
