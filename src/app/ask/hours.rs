//! `/hours`: when the digests of a channel come and when it is quiet, there or in the whole server.

use super::{Answered, Asker, channel_of};
use crate::{
    app::{House, time::now},
    model::{
        Answer, ChannelId, GuildId, HoursChange, HoursShown, OwnHours, Wait,
        answer::{HoursAnswer, HoursPlace, Refusal},
    },
    outbox::Hours,
    store::{HoursOf, StoreError},
};

/// Whether somebody may manage every channel that a change for the whole server touches: who manages one of them says
/// nothing about the others.
async fn manages_all(house: &House, asker: &Asker, guild: GuildId) -> Result<bool, StoreError> {
    let followed = house.store.followed(guild).await?;
    let mut channels = followed.iter().map(|one| one.subscription.channel);
    Ok(channels.all(|channel| {
        let here = channel == asker.place.channel;
        // A channel that Discord does not show any more is nobody's.
        here || house.servers.may_manage(channel, asker.by, &asker.roles) != Some(false)
    }))
}

/// Shows the hours, changed before if that is wanted.
pub async fn hours(
    house: &House,
    asker: &Asker,
    change: HoursChange,
    server: bool,
    named: Option<ChannelId>,
) -> Answered {
    let Some(guild) = asker.place.guild else {
        return Ok(Answer::Refused(Refusal::ServerOnly));
    };
    let channel = match channel_of(house, asker, named, true) {
        Ok(channel) => channel,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let (place, of) = match server {
        true => (HoursPlace::Server, HoursOf::Server(guild)),
        false => (HoursPlace::Channel(channel), HoursOf::Channel(channel, guild)),
    };
    let mut own = house.store.own_hours(of).await?;
    let changed = !change.is_none();
    if changed && server && !manages_all(house, asker, guild).await? {
        return Ok(Answer::Refused(Refusal::NotAllowed));
    }
    if changed {
        own = change.of(own);
        house.store.set_hours(of, &own, now()).await?;
        tracing::info!(guild = guild.0, channel = channel.0, server, "other hours were set");
        house.bells.deliver.notify_one();
    }
    let behind = match server {
        true => OwnHours::default(),
        false => house.store.own_hours(HoursOf::Server(guild)).await?,
    };
    let hours = Hours::of(&own.clone().or(behind), house.settings.zone);
    Ok(Answer::Hours(Box::new(HoursAnswer {
        place,
        hours: HoursShown {
            zone: hours.zone.name().to_owned(),
            at: hours.at,
            day: hours.day,
            quiet: hours.quiet,
        },
        own,
        changed,
        next: Some(hours.due(Wait::Daily, now())),
        quiet_until: hours.quiet_until(now()),
    })))
}
