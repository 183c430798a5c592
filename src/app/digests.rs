//! What waits for its time, and what goes out together: digests that are wanted, what comes in quiet hours, what was
//! missed in an outage. The rows are the store's, the times `outbox`'s, the words `view`'s.

use super::{House, time::now};
use crate::{
    model::{ArticleId, ChannelId, Delivery, GuildId, Manner, Millis, Wait},
    outbox::Hours,
    store::{HoursOf, StoreError},
    view,
};
use std::collections::HashMap;

/// Most stories of a digest: their headlines fit into one message, mostly with a line of each.
const FULL: usize = 10;
/// Rows that are given a time in one transaction.
const SLICE: u32 = 500;

/// Says until when what is new waits, and gathers what need not wait any longer. When the next need not.
pub async fn gather(house: &House) -> Result<Option<Millis>, StoreError> {
    loop {
        let untimed = house.store.untimed(SLICE).await?;
        let mut known: HashMap<ChannelId, Hours> = HashMap::new();
        let mut times = Vec::with_capacity(untimed.len());
        for one in &untimed {
            let hours = match known.get(&one.channel) {
                Some(hours) => *hours,
                None => hours(house, one.channel, one.guild).await?,
            };
            known.insert(one.channel, hours);
            times.push((*one, hours.due(one.wait, one.from)));
        }
        if !times.is_empty() {
            house.store.set_times(&times).await?;
        }
        if untimed.len() < SLICE as usize {
            break;
        }
    }
    let come = house.store.time_has_come(now()).await?;
    if come > 0 {
        tracing::debug!(stories = come, "what waited for its time is due");
    }
    house.store.gather(house.settings.posts.catch_up, FULL).await?;
    house.store.next_time().await
}

/// The hours that hold for a channel: its own, else its server's, else the settings'.
pub async fn hours(house: &House, channel: ChannelId, guild: GuildId) -> Result<Hours, StoreError> {
    let own = house.store.own_hours(HoursOf::Channel(channel, guild)).await?;
    let servers = house.store.own_hours(HoursOf::Server(guild)).await?;
    Ok(Hours::of(&own.or(servers), house.settings.zone))
}

/// Whether nothing is to be posted in a channel now.
pub async fn is_quiet(house: &House, channel: ChannelId, guild: GuildId) -> Result<bool, StoreError> {
    let hours = hours(house, channel, guild).await?;
    Ok(hours.quiet_until(now()).is_some())
}

/// Several stories in one message, and what it is called.
pub async fn card(
    house: &House,
    delivery: &Delivery,
    bundled: &[(ArticleId, Wait)],
) -> Result<(view::Card, String), StoreError> {
    let mut stories = Vec::with_capacity(bundled.len());
    let mut manners = Vec::with_capacity(bundled.len());
    for (article, _) in bundled {
        let Some(story) = house.store.story(*article).await? else {
            continue;
        };
        let manner = house.manner(*article, delivery.channel).await?;
        stories.push((story, manner.spoiler));
        manners.push(manner);
    }
    let digest = view::Digest {
        lang: house.servers.lang(delivery.guild),
        wait: common(bundled),
        stories: &stories,
        roles: &Manner::of_all(&manners).roles,
    };
    let card = if delivery.plain { digest.plain() } else { digest.card() };
    Ok((card, digest.title()))
}

/// Why all of them waited; none, when that differs.
fn common(bundled: &[(ArticleId, Wait)]) -> Wait {
    let first = bundled.first().map(|(_, wait)| *wait).unwrap_or_default();
    if bundled.iter().all(|(_, wait)| *wait == first) {
        first
    } else {
        Wait::None
    }
}
