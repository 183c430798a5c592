//! Threads that the bot opens: on a message, of their own, or as a post in a forum.

use super::body::Body;
use super::form;
use super::messages::{limit, need, visible};
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::wire;
use crate::world::model::{ChannelKind, Message};
use crate::world::permissions::bits;
use crate::world::{Pings, World};
use serde_json::Value;

const MINUTES: [u64; 4] = [60, 1440, 4320, 10_080];

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    let channel = call.route.id("channel_id");
    let form = call.body.form();
    let kind = need(world, channel, 0)?.kind;
    if !matches!(kind, ChannelKind::Text | ChannelKind::Announcement | ChannelKind::Forum) {
        return Err(Refusal::code(50024));
    }
    let (name, minutes) = checked(&form)?;
    let bot = world.bot();
    if call.route.op == Op::ThreadOnMessage {
        need(world, channel, bits::CREATE_PUBLIC_THREADS)?;
        let id = call.route.id("message_id");
        let message = visible(world, channel, id)?;
        if message.thread.is_some() || world.channels.contains_key(&id) {
            return Err(Refusal::code(160004));
        }
        world.open_thread(channel, Some(id), &name, bot, minutes);
        return made(world, id, None);
    }
    if kind != ChannelKind::Forum {
        need(world, channel, bits::CREATE_PUBLIC_THREADS)?;
        let id = world.open_thread(channel, None, &name, bot, minutes);
        return made(world, id, None);
    }
    // In a forum Send Messages is the right to open posts.
    need(world, channel, bits::SEND_MESSAGES)?;
    let body = Body {
        json: Some(form["message"].clone()),
        files: call.body.files.clone(),
    };
    let settable = Message::SUPPRESS_EMBEDS | Message::SUPPRESS_NOTIFICATIONS | Message::COMPONENTS_V2;
    let sent = match &body.json {
        Some(Value::Object(_)) => form::read(&body, settable, false)?,
        _ => {
            return Err(Refusal::field(
                &["message"],
                "BASE_TYPE_REQUIRED",
                "This field is required",
            ));
        }
    };
    if sent.is_empty() {
        return Err(Refusal::code(50006));
    }
    let tags = tags(world, channel, &form)?;
    let id = world.open_thread(channel, None, &name, bot, minutes);
    world.change_channel(id, |thread| {
        if let Some(state) = &mut thread.thread {
            state.tags = tags;
        }
    });
    // A forum post's first message has the id of its thread.
    let draft = sent.draft(world, None, Pings::default());
    world.post_as(id, id, bot, draft);
    made(world, id, Some(id))
}

/// The tags of a post: known ones, five at most, one at least where the forum wants it.
fn tags(world: &World, forum: u64, form: &Value) -> Result<Vec<u64>, Refusal> {
    let found = need(world, forum, 0)?;
    let given = form["applied_tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    if given.len() > 5 {
        let words = "Must be 5 or fewer in length.";
        return Err(Refusal::field(&["applied_tags"], "BASE_TYPE_MAX_LENGTH", words));
    }
    let mut tags = Vec::new();
    for id in given {
        let id = id.as_str().and_then(|id| id.parse::<u64>().ok());
        let tag = found
            .tags
            .iter()
            .find(|tag| Some(tag.id) == id)
            .ok_or_else(|| Refusal::code(10087))?;
        if tag.moderated {
            need(world, forum, bits::MANAGE_THREADS)?;
        }
        tags.push(tag.id);
    }
    if tags.is_empty() && found.tag_required {
        return Err(Refusal::code(40067));
    }
    Ok(tags)
}

/// The public threads of a channel that are archived, the last archived first.
pub(super) fn archived(world: &World, call: &Call) -> Answer {
    let channel = call.route.id("channel_id");
    need(world, channel, bits::READ_MESSAGE_HISTORY)?;
    let limit = limit(call, 50)?;
    let mut threads: Vec<_> = world
        .channels
        .values()
        .filter(|c| c.parent == Some(channel))
        .filter_map(|c| Some((c.thread.as_ref().filter(|thread| thread.archived)?.changed, c)))
        .collect();
    threads.sort_by_key(|(changed, _)| std::cmp::Reverse(*changed));
    let more = threads.len() > limit;
    let shown: Vec<_> = threads
        .iter()
        .take(limit)
        .map(|(_, c)| wire::guild::channel(world, c))
        .collect();
    Ok(Reply::json(
        serde_json::json!({ "threads": shown, "members": [], "has_more": more }),
    ))
}

fn checked(form: &Value) -> Result<(String, u32), Refusal> {
    let name = form["name"].as_str().unwrap_or_default().trim();
    if !(1..=100).contains(&name.chars().count()) {
        let words = "Must be between 1 and 100 in length.";
        return Err(Refusal::field(&["name"], "BASE_TYPE_BAD_LENGTH", words));
    }
    let minutes = form["auto_archive_duration"].as_u64().unwrap_or(1440);
    if !MINUTES.contains(&minutes) {
        let words = "Value must be one of (60, 1440, 4320, 10080).";
        return Err(Refusal::field(&["auto_archive_duration"], "BASE_TYPE_CHOICES", words));
    }
    Ok((name.to_owned(), u32::try_from(minutes).unwrap_or(1440)))
}

fn made(world: &World, thread: u64, first: Option<u64>) -> Answer {
    let found = world.channels.get(&thread).ok_or_else(|| Refusal::code(10003))?;
    let mut value = wire::guild::channel(world, found);
    if let Some(message) = first.and_then(|id| world.message_in(thread, id)) {
        value["message"] = wire::message::fresh(world, message);
    }
    Ok(Reply::created(value))
}
