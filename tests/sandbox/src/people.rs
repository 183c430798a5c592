//! What persons do: write, react, press, run commands, moderate. With the checks that Discord's own client is under;
//! failures are words for people.

use crate::shared::{Shared, stopped};
use crate::world::model::{Emoji, Interaction, InteractionState, Reference};
use crate::world::permissions::bits;
use crate::world::{Asked, Draft, Pings, World};
use std::sync::Arc;

const CONTENT_MOST: usize = 2000;

fn need(world: &World, person: u64, channel: u64, rights: u64) -> Result<(), String> {
    match world
        .channels
        .get(&channel)
        .map(|found| world.permissions(found, person))
    {
        None | Some(0) => Err("There is no such channel.".to_owned()),
        Some(has) if has & rights == rights => Ok(()),
        Some(_) => Err("You do not have permission to do that here.".to_owned()),
    }
}

/// Writes a message.
pub(crate) fn say(
    world: &mut World,
    person: u64,
    channel: u64,
    content: &str,
    reply_to: Option<u64>,
) -> Result<u64, String> {
    let found = world.channels.get(&channel).ok_or("There is no such channel.")?;
    if !found.kind.takes_messages() {
        return Err("Messages cannot be sent there.".to_owned());
    }
    if found
        .thread
        .as_ref()
        .is_some_and(|thread| thread.archived && thread.locked)
    {
        return Err("This thread is locked.".to_owned());
    }
    need(world, person, channel, World::sending(found))?;
    let content = checked(content)?;
    let reference = match reply_to {
        Some(message) if world.message_in(channel, message).is_none() => {
            return Err("The message you answer is gone.".to_owned());
        }
        answered => answered.map(|message| Reference { message, channel }),
    };
    let pings = Pings {
        replied: true,
        ..Pings::default()
    };
    Ok(world.post(
        channel,
        person,
        Draft {
            content,
            reference,
            pings,
            ..Draft::default()
        },
    ))
}

fn checked(content: &str) -> Result<String, String> {
    let content = content.trim();
    match content.chars().count() {
        0 => Err("Write something first.".to_owned()),
        count if count > CONTENT_MOST => Err(format!("That is {count} characters; {CONTENT_MOST} fit.")),
        _ => Ok(content.to_owned()),
    }
}

/// Edits an own message.
pub(crate) fn edit(world: &mut World, person: u64, channel: u64, id: u64, content: &str) -> Result<(), String> {
    let own = world
        .message_in(channel, id)
        .is_some_and(|message| message.author == person);
    if !own {
        return Err("Only own messages can be edited.".to_owned());
    }
    let content = checked(content)?;
    world.mention_anew(
        channel,
        id,
        &content,
        &Pings {
            replied: true,
            ..Pings::default()
        },
    );
    world.edit(channel, id, |message| {
        message.content = content;
        true
    });
    Ok(())
}

/// Adds a reaction or takes it back.
pub(crate) fn react(
    world: &mut World,
    person: u64,
    (channel, id): (u64, u64),
    emoji: &str,
    burst: bool,
    on: bool,
) -> Result<(), String> {
    need(world, person, channel, bits::VIEW_CHANNEL)?;
    if world
        .channels
        .get(&channel)
        .and_then(|c| c.thread.as_ref())
        .is_some_and(|thread| thread.archived)
    {
        return Err("This thread is archived.".to_owned());
    }
    let message = world
        .message_in(channel, id)
        .filter(|m| m.only_for.is_none())
        .ok_or("There is no such message.")?;
    let emoji = Emoji::read(emoji);
    if emoji.id.is_none() && !crate::rest::is_unicode_emoji(&emoji.name) {
        return Err("That is no emoji.".to_owned());
    }
    if !on {
        world.unreact(channel, id, person, &emoji, burst);
        return Ok(());
    }
    if !message.reactions.iter().any(|reacted| reacted.emoji.same(&emoji)) {
        need(world, person, channel, bits::ADD_REACTIONS)?;
    }
    match world.react(channel, id, person, &emoji, burst) {
        true => Ok(()),
        false => Err("A message carries 20 different emoji at most.".to_owned()),
    }
}

/// Deletes an own message, or anybody's as a moderator.
pub(crate) fn delete(world: &mut World, person: u64, channel: u64, id: u64) -> Result<(), String> {
    let message = world.message_in(channel, id).ok_or("There is no such message.")?;
    if message.only_for.is_some() {
        return if world.dismiss(person, id) {
            Ok(())
        } else {
            Err("There is no such message.".to_owned())
        };
    }
    if message.author != person {
        need(world, person, channel, bits::MANAGE_MESSAGES)?;
    }
    world.delete_messages(channel, &[id]);
    Ok(())
}

/// Clears reactions as a moderator: all, or those of one emoji.
pub(crate) fn clear(world: &mut World, person: u64, channel: u64, id: u64, emoji: Option<&str>) -> Result<(), String> {
    need(world, person, channel, bits::MANAGE_MESSAGES)?;
    if world.message_in(channel, id).is_none() {
        return Err("There is no such message.".to_owned());
    }
    world.clear_reactions(channel, id, emoji.map(Emoji::read).as_ref());
    Ok(())
}

/// Sends an interaction, and marks it failed when nothing comes within the deadline.
pub(crate) fn ask(shared: &Arc<Shared>, person: u64, channel: u64, asked: Asked) -> Result<u64, String> {
    let id = shared.change(|world| world.ask(person, channel, asked))?;
    let shared = Arc::clone(shared);
    let mut stop = shared.stop.subscribe();
    tokio::spawn(async move {
        let deadline = tokio::time::sleep(shared.settings.interaction_deadline);
        tokio::select! {
            () = deadline => shared.change(|world| world.expire(id)),
            () = stopped(&mut stop) => {}
        }
    });
    Ok(id)
}

/// Waits until an interaction is as `enough` wants it, or failed; `None` when the sandbox stops or the token's life
/// is over.
pub(crate) async fn settled(
    shared: &Arc<Shared>,
    id: u64,
    enough: impl Fn(&Interaction) -> bool,
) -> Option<Interaction> {
    let mut changed = shared.changed.subscribe();
    let mut stop = shared.stop.subscribe();
    let end = tokio::time::sleep(shared.settings.interaction_life);
    tokio::pin!(end);
    loop {
        changed.borrow_and_update();
        let found = shared.quietly(|world| world.interactions.get(&id).cloned())?;
        if found.state == InteractionState::Failed || enough(&found) {
            return Some(found);
        }
        tokio::select! {
            changed = changed.changed() => changed.ok()?,
            () = stopped(&mut stop) => return None,
            () = &mut end => return None,
        }
    }
}
