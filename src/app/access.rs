//! Where the bot could not post: whether it can by now. Asked when a server's permissions change and every hour; the
//! people of the channel are told once, then what waited is posted. And what is held because nobody could look
//! whether it was posted is looked for where the channel can be read now. Where a server was described anew, channels
//! that are not there any more are looked for as well: `vanished`.

use super::{House, deliver::UNREADABLE, digests, time::now, vanished};
use crate::{
    discord::{Class, RestErrorKind},
    model::GuildId,
    store::{Blocked, StoreError},
    view,
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::time::Instant;

/// Between two looks at channels that look open and refuse all the same: each post there is a refusal, and those count
/// towards a ban.
const HOUR: Duration = Duration::from_secs(3600);
/// Pause after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(5);
/// Pause after Discord did not tell whether a channel is there.
const UNTOLD: Duration = Duration::from_secs(30);
/// Deliveries that are held are rare; at most so many of a server are looked for at once.
const HELD: u32 = 100;

/// Looks until the house stops.
pub async fn run(house: Arc<House>) {
    let mut hourly = Instant::now() + HOUR;
    let mut changed = BTreeSet::new();
    while !house.is_stopping() {
        let all = hourly <= Instant::now();
        changed.append(&mut house.take_changed());
        let mut next = hourly;
        match turn(&house, &changed, all).await {
            Ok(all_told) => {
                changed.clear();
                if all {
                    hourly = Instant::now() + HOUR;
                    next = hourly;
                }
                if !all_told {
                    next = next.min(Instant::now() + UNTOLD);
                }
            }
            Err(error) => {
                house.store_is(error.refuses_writes());
                tracing::warn!(%error, "blocked channels could not be looked at; trying again");
                next = Instant::now() + STORE_PAUSE;
            }
        }
        tokio::select! {
            () = house.stopped() => {}
            () = house.bells.access.notified() => {}
            () = tokio::time::sleep_until(next) => {}
        }
    }
}

/// False: Discord did not tell of some channel whether it is there.
async fn turn(house: &House, changed: &BTreeSet<GuildId>, all: bool) -> Result<bool, StoreError> {
    for blocked in house.store.blocked_channels().await? {
        if (all || changed.contains(&blocked.guild)) && is_open(house, &blocked, all).await {
            // The word that it is open is said where nothing is to be said now: the next look does it.
            if !digests::is_quiet(house, blocked.channel, blocked.guild).await? {
                open_again(house, &blocked).await?;
            }
        }
    }
    for guild in changed {
        look_again(house, *guild).await?;
    }
    vanished::look(house).await
}

/// Whether the bot may post there, as far as the permissions tell. A session that was taken up again does not
/// describe its servers: once an hour they are asked for.
async fn is_open(house: &House, blocked: &Blocked, ask: bool) -> bool {
    if ask {
        house.see(blocked.guild, blocked.channel).await;
    }
    house.may_post(blocked.channel) == Some(true)
}

/// Says so in the channel if anything waited, and lets it go. The word is taken before it is said: a crash between
/// leaves it unsaid, which is better than said twice.
async fn open_again(house: &House, blocked: &Blocked) -> Result<(), StoreError> {
    let channel = blocked.channel;
    let waiting = house.store.backlog(Some(channel)).await?.waiting;
    if waiting > 0 && house.store.take_told(channel, now()).await? {
        let card = view::open_again(house.servers.lang(blocked.guild), blocked.since, waiting);
        match house.rest.tell(Class::Post, channel, &card).await {
            Ok(_) => {}
            Err(error) if error.kind == RestErrorKind::Forbidden => {
                // Still closed, whatever the permissions look like.
                return house.store.give_back_told(channel).await;
            }
            Err(error) => tracing::warn!(channel = channel.0, %error, "a channel could not be told that it is open"),
        }
    }
    if let Some(waiting) = house.store.unblock_channel(channel, now()).await? {
        tracing::info!(channel = channel.0, waiting, "posts for a channel flow again");
        house.bells.deliver.notify_one();
    }
    Ok(())
}

/// What is held in a server because its channel could not be read.
async fn look_again(house: &House, guild: GuildId) -> Result<(), StoreError> {
    for (delivery, channel) in house.store.held_in(guild, UNREADABLE, HELD).await? {
        let readable = house.may_post(channel) == Some(true) && house.reads_history(channel) == Some(true);
        if readable && house.store.revive(delivery, now()).await? {
            tracing::info!(
                delivery = delivery.0,
                "a post that was held is looked for in its channel"
            );
            house.bells.deliver.notify_one();
        }
    }
    Ok(())
}
