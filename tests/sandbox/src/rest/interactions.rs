//! Answers to interactions: the first one within the deadline, then edits and further ones while the token lives.

use super::form;
use super::refusal::{Form, Refusal};
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::wire;
use crate::world::model::{Choice, Interaction, InteractionState, Message};
use crate::world::{Draft, Pings, World, now};
use serde_json::{Value, json};

const SETTABLE: u32 =
    Message::SUPPRESS_EMBEDS | Message::EPHEMERAL | Message::SUPPRESS_NOTIFICATIONS | Message::COMPONENTS_V2;
const CHOICES_MOST: usize = 25;
const CHOICE_MOST: usize = 100;

/// Answers ping only users unless the form says otherwise.
fn default_pings() -> Pings {
    Pings {
        everyone: false,
        users: None,
        roles: Some(Vec::new()),
        replied: false,
    }
}

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    if call.route.op == Op::Callback {
        return callback(world, call);
    }
    let id = by_webhook(world, call)?;
    match call.route.op {
        Op::FollowUp => follow_up(world, call, id),
        Op::Original | Op::FollowUpMessage => {
            let message = target(world, call, id)?;
            Ok(Reply::json(wire::message::message(world, message)))
        }
        Op::EditOriginal | Op::EditFollowUp => {
            let message = target(world, call, id)?;
            let (message, version_2) = (message.id, message.flags & Message::COMPONENTS_V2 != 0);
            amend(world, call, id, message, version_2)
        }
        _ => {
            let message = target(world, call, id)?;
            let (channel, message, only_for) = (message.channel, message.id, message.only_for);
            match only_for {
                Some(user) => {
                    world.dismiss(user, message);
                }
                None => {
                    world.delete_messages(channel, &[message]);
                }
            }
            Ok(Reply::empty())
        }
    }
}

fn callback(world: &mut World, call: &Call) -> Answer {
    let id = call.route.id("interaction_id");
    let found = world
        .interactions
        .get(&id)
        .filter(|found| found.token == call.route.text("interaction_token"));
    let found = found.ok_or_else(|| Refusal::code(10062))?.clone();
    if found.response.is_some() {
        return Err(Refusal::code(40060));
    }
    let age = u128::try_from(now() - found.time).unwrap_or(0);
    if found.state == InteractionState::Failed || age > world.settings.interaction_deadline.as_millis() {
        return Err(Refusal::code(10062));
    }
    let form = call.body.form();
    let number = form["type"]
        .as_u64()
        .and_then(|number| u8::try_from(number).ok())
        .unwrap_or(0);
    let fits = match number {
        4 | 5 | 9 => found.kind != 4,
        6 | 7 => found.kind == 3,
        8 => found.kind == 4,
        _ => false,
    };
    if !fits {
        let words = "Value is not a type that this interaction can be answered with.";
        return Err(Refusal::field(&["type"], "BASE_TYPE_CHOICES", words));
    }
    let made = respond(world, call, &found, number, &form["data"])?;
    if call.asked("with_response") != Some("true") {
        return Ok(Reply::empty());
    }
    let found = world.interactions.get(&id).ok_or_else(|| Refusal::code(10062))?;
    let made = made.and_then(|message| world.message_in(found.channel, message));
    Ok(Reply::json(wire::interaction::callback(world, found, number, made)))
}

/// Does what a first response asks for; the message it made or changed.
fn respond(
    world: &mut World,
    call: &Call,
    found: &Interaction,
    number: u8,
    data: &Value,
) -> Result<Option<u64>, Refusal> {
    let id = found.id;
    match number {
        4 => {
            let sent = read(call, data, false)?;
            if sent.is_empty() {
                return Err(Refusal::code(50006));
            }
            let draft = sent.draft(world, None, default_pings());
            Ok(world.answer(id, draft, number))
        }
        5 => {
            let ephemeral = u32::try_from(data["flags"].as_u64().unwrap_or(0)).unwrap_or(0) & Message::EPHEMERAL;
            let draft = Draft {
                flags: Message::LOADING | ephemeral,
                pings: default_pings(),
                ..Draft::default()
            };
            Ok(world.answer(id, draft, number))
        }
        7 => {
            let message = found
                .message
                .and_then(|message| world.message_in(found.channel, message));
            let message = message.ok_or_else(|| Refusal::code(10008))?;
            let (message, version_2) = (message.id, message.flags & Message::COMPONENTS_V2 != 0);
            let sent = read(call, data, version_2)?;
            world.acknowledge(id, number, Vec::new(), None);
            let files = sent.attached(world);
            let content = sent.content.clone();
            let pings = sent.pings.clone().unwrap_or_else(default_pings);
            world.amend(id, message, content.as_deref(), &pings, |message| {
                sent.apply(files, message)
            });
            Ok(Some(message))
        }
        8 => {
            let choices = choices(data)?;
            world.acknowledge(id, number, choices, None);
            Ok(None)
        }
        9 => {
            world.acknowledge(id, number, Vec::new(), Some(data.clone()));
            Ok(None)
        }
        _ => {
            world.acknowledge(id, number, Vec::new(), None);
            Ok(None)
        }
    }
}

/// The message's form inside a callback; files come beside it.
fn read(call: &Call, data: &Value, version_2: bool) -> Result<form::Sent, Refusal> {
    let body = super::body::Body {
        json: Some(data.clone()),
        files: call.body.files.clone(),
    };
    let inner = |mut refusal: Refusal| {
        // The fields are wrong below `data`.
        if let Some(errors) = refusal.body.get_mut("errors") {
            *errors = json!({ "data": errors.take() });
        }
        refusal
    };
    form::read(&body, SETTABLE, version_2).map_err(inner)
}

fn choices(data: &Value) -> Result<Vec<Choice>, Refusal> {
    let list = data["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut form = Form::default();
    if list.len() > CHOICES_MOST {
        form.length(&["data", "choices"], 0, CHOICES_MOST);
    }
    let mut choices = Vec::new();
    for (at, choice) in list.iter().enumerate() {
        let at = at.to_string();
        let name = choice["name"].as_str().unwrap_or_default();
        if !(1..=CHOICE_MOST).contains(&name.chars().count()) {
            form.length(&["data", "choices", &at, "name"], 1, CHOICE_MOST);
        }
        let value = &choice["value"];
        let too_long = value
            .as_str()
            .is_some_and(|text| !(1..=CHOICE_MOST).contains(&text.chars().count()));
        if too_long || !(value.is_string() || value.is_number()) {
            form.length(&["data", "choices", &at, "value"], 1, CHOICE_MOST);
        }
        choices.push(Choice {
            name: name.to_owned(),
            value: value.clone(),
        });
    }
    form.done()?;
    Ok(choices)
}

/// The interaction behind a webhook's path.
fn by_webhook(world: &World, call: &Call) -> Result<u64, Refusal> {
    if call.route.id("webhook_id") != world.application.id {
        return Err(Refusal::code(10015));
    }
    let token = call.route.text("webhook_token");
    let found = world.interactions.values().rev().find(|found| found.token == token);
    let found = found.ok_or_else(|| Refusal::code(50027))?;
    let age = u128::try_from(now() - found.time).unwrap_or(0);
    if age > world.settings.interaction_life.as_millis() {
        return Err(Refusal::code(50027));
    }
    if found.response.is_none() {
        return Err(Refusal::code(10015));
    }
    Ok(found.id)
}

/// The message that a webhook's path means; only messages of this interaction.
fn target<'a>(world: &'a World, call: &Call, id: u64) -> Result<&'a Message, Refusal> {
    let unknown = || Refusal::code(10008);
    let found = world.interactions.get(&id).ok_or_else(unknown)?;
    let message = match call.route.op {
        Op::Original | Op::EditOriginal | Op::DeleteOriginal => found.answer,
        _ => Some(call.route.id("message_id")).filter(|id| found.followups.contains(id) || found.answer == Some(*id)),
    };
    world
        .message_in(found.channel, message.ok_or_else(unknown)?)
        .ok_or_else(unknown)
}

fn follow_up(world: &mut World, call: &Call, id: u64) -> Answer {
    let loading = world.interactions.get(&id).and_then(|found| {
        let message = world.message_in(found.channel, found.answer?)?;
        (message.flags & Message::LOADING != 0).then_some(message.id)
    });
    // The first further message of a deferred answer takes its place.
    if let Some(message) = loading {
        return amend(world, call, id, message, false);
    }
    let sent = form::read(&call.body, SETTABLE, false)?;
    if sent.is_empty() {
        return Err(Refusal::code(50006));
    }
    let draft = sent.draft(world, None, default_pings());
    let message = world.follow_up(id, draft);
    let channel = world.interactions.get(&id).map_or(0, |found| found.channel);
    let message = message.and_then(|message| world.message_in(channel, message));
    let message = message.ok_or_else(|| Refusal::code(10008))?;
    Ok(Reply::json(wire::message::fresh(world, message)))
}

fn amend(world: &mut World, call: &Call, id: u64, message: u64, version_2: bool) -> Answer {
    let sent = form::read(&call.body, SETTABLE & !Message::EPHEMERAL, version_2)?;
    let channel = world.interactions.get(&id).map_or(0, |found| found.channel);
    let mut after = world
        .message_in(channel, message)
        .ok_or_else(|| Refusal::code(10008))?
        .clone();
    let content = sent.content.clone();
    let pings = sent.pings.clone().unwrap_or_else(default_pings);
    let files = sent.attached(world);
    sent.apply(files, &mut after);
    if after.is_empty() {
        return Err(Refusal::code(50006));
    }
    world.amend(id, message, content.as_deref(), &pings, |message| {
        message.content = after.content;
        message.embeds = after.embeds;
        message.components = after.components;
        message.attachments = after.attachments;
        message.flags = after.flags & !Message::LOADING;
    });
    let message = world.message_in(channel, message).ok_or_else(|| Refusal::code(10008))?;
    Ok(Reply::json(wire::message::message(world, message)))
}
