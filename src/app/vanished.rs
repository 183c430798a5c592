//! Channels that were deleted while nobody told the bot: a new session describes each server, and what is followed there
//! and is not among its channels is asked for.
//!
//! Only Discord's word that there is no such channel makes it one that is gone. A thread may be archived, or may be one
//! that the bot does not see, and a server may be away in the middle of it.

use super::House;
use crate::{
    model::{ChannelId, GuildId},
    store::StoreError,
};
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Servers that were described anew, and are there, and were not looked through yet.
#[derive(Default)]
pub struct Arrived(Mutex<BTreeSet<GuildId>>);

impl Arrived {
    /// A server was described.
    pub fn insert(&self, guild: GuildId) {
        self.guilds().insert(guild);
    }

    /// A server is away, or was left, or was looked through.
    pub fn remove(&self, guild: GuildId) {
        self.guilds().remove(&guild);
    }

    fn contains(&self, guild: GuildId) -> bool {
        self.guilds().contains(&guild)
    }

    fn all(&self) -> BTreeSet<GuildId> {
        self.guilds().clone()
    }

    fn guilds(&self) -> MutexGuard<'_, BTreeSet<GuildId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks through the servers that have arrived. False: of some channel Discord did not tell, and its server is to be
/// looked through once more.
///
/// # Errors
/// [`StoreError`]; the server is looked through again.
pub async fn look(house: &House) -> Result<bool, StoreError> {
    let mut all_told = true;
    for guild in house.arrived.all() {
        if look_through(house, guild).await? {
            house.arrived.remove(guild);
        } else {
            all_told = false;
        }
    }
    Ok(all_told)
}

async fn look_through(house: &House, guild: GuildId) -> Result<bool, StoreError> {
    let mut all_told = true;
    for channel in missed(house, guild) {
        let asked = house.rest.learn_channel(&house.servers, channel).await;
        // What was said of a server that is away is not to be believed.
        if house.is_stopping() || !house.arrived.contains(guild) {
            return Ok(true);
        }
        match asked {
            // An archived thread, say: it is known now.
            Ok(()) => {}
            Err(error) if error.is_unknown_channel() => {
                tracing::info!(channel = channel.0, "a channel was deleted while the bot was away");
                house.channel_gone(channel).await?;
            }
            Err(error) if error.is_passing() => all_told = false,
            Err(error) => tracing::debug!(%channel, %error, "a channel that is followed was not told of"),
        }
    }
    Ok(all_told)
}

/// Channels of a server in which something is followed and of which it did not tell.
fn missed(house: &House, guild: GuildId) -> BTreeSet<ChannelId> {
    let followed = house.followed();
    let there = followed.iter().filter(|one| one.guild == guild).map(|one| one.channel);
    there
        .filter(|channel| house.servers.channel(*channel).is_none())
        .collect()
}
