//! Where posts are to go, and whether they can: the channel, its kind, what the bot and the person may there.

use super::{Asker, channel_of};
use crate::{
    app::House,
    catalogue::fold,
    discord::ChannelKind,
    model::{
        Change, ChannelId, GuildId, RoleId, Venue, Votes,
        answer::{Need, Refusal},
    },
};

/// What posts need everywhere. Read Message History is how a post whose answer was lost is found again.
const NEEDS: [Need; 6] = [
    Need::View,
    Need::Send,
    Need::SendInThreads,
    Need::Unlocked,
    Need::Embed,
    Need::History,
];

/// Where posts go.
pub struct Place {
    pub guild: GuildId,
    pub channel: ChannelId,
    pub venue: Venue,
}

/// The channel, if posts can go there in the way that is wanted, and that way as it is kept.
pub fn wanted(
    house: &House,
    asker: &Asker,
    named: Option<ChannelId>,
    change: Change,
) -> Result<(Place, Change), Refusal> {
    let guild = asker.place.guild.ok_or(Refusal::ServerOnly)?;
    let channel = channel_of(house, asker, named, true)?;
    let kind = house.servers.channel(channel).map(|place| place.kind);
    let kind = kind.ok_or(Refusal::BadChannel)?;
    let venue = kind.venue().ok_or(Refusal::BadChannel)?;
    let place = Place { guild, channel, venue };
    let change = checked(house, asker, &place, kind, change)?;
    Ok((place, change))
}

/// What is wanted of a channel's posts, if the person may want it and the bot can do it there.
pub fn checked(
    house: &House,
    asker: &Asker,
    place: &Place,
    kind: ChannelKind,
    mut change: Change,
) -> Result<Change, Refusal> {
    if change.thread == Some(true) && matches!(kind, ChannelKind::Thread | ChannelKind::Voice) {
        return Err(Refusal::BadValue {
            option: "thread",
            given: "yes".to_owned(),
            possible: &["no"],
        });
    }
    if let Some(given) = change.outlets.take() {
        change.outlets = Some(outlets(house, &given)?);
    }
    let mut missing = missing(house, place.channel, &change)?;
    if let Some(Some(role)) = change.role {
        may_be_mentioned(house, asker, place, role)?;
        let everybody = house.servers.is_mentionable(place.guild, role) == Some(true);
        if !everybody && house.servers.may_mention_all(place.channel) != Some(true) {
            missing.push(Need::Mention);
        }
    }
    if missing.is_empty() {
        Ok(change)
    } else {
        Err(Refusal::BotLacks {
            channel: place.channel,
            missing,
        })
    }
}

/// What the bot lacks in a channel for posts of that kind.
fn missing(house: &House, channel: ChannelId, change: &Change) -> Result<Vec<Need>, Refusal> {
    let votes = change.votes.unwrap_or_default() == Votes::Reactions;
    let mut missing = house.servers.missing(channel).ok_or(Refusal::BadChannel)?;
    missing.retain(|need| NEEDS.contains(need) || (votes && *need == Need::React));
    let forum = house
        .servers
        .channel(channel)
        .is_some_and(|place| place.kind == ChannelKind::Forum);
    if change.thread == Some(true) && !forum && house.servers.may_open_threads(channel) != Some(true) {
        missing.push(Need::OpenThreads);
    }
    Ok(missing)
}

/// A role of the server that the person may mention: one that everybody may, or any with Mention Everyone.
fn may_be_mentioned(house: &House, asker: &Asker, place: &Place, role: RoleId) -> Result<(), Refusal> {
    // The role that everybody has bears the server's id; it is not mentioned as a role.
    if role.0 == place.guild.0 {
        return Err(Refusal::BadRole);
    }
    let everybody = house
        .servers
        .is_mentionable(place.guild, role)
        .ok_or(Refusal::BadRole)?;
    let may = everybody || house.servers.may_mention(place.channel, asker.by, &asker.roles) == Some(true);
    if may { Ok(()) } else { Err(Refusal::RoleNotYours(role)) }
}

/// The outlets of the settings that are meant by what a person typed: by the whole name, or by a part that only one has.
fn outlets(house: &House, given: &[String]) -> Result<Vec<String>, Refusal> {
    let watched = || house.settings.outlets.iter().map(|outlet| outlet.name.clone());
    let mut outlets: Vec<String> = Vec::new();
    for name in given {
        let folded = fold(name);
        let Some(outlet) = outlet_called(watched, &folded) else {
            return Err(Refusal::NoOutlet {
                given: name.clone(),
                watched: watched().collect(),
            });
        };
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    // All of them is no filter.
    if outlets.len() == house.settings.outlets.len() {
        outlets.clear();
    }
    Ok(outlets)
}

/// The outlet with that folded name, or the only one whose name has it in it.
fn outlet_called<I: Iterator<Item = String>>(watched: impl Fn() -> I, folded: &str) -> Option<String> {
    let whole = watched().find(|outlet| fold(outlet) == folded);
    whole.or_else(|| {
        let mut having = watched().filter(|outlet| !folded.is_empty() && fold(outlet).contains(folded));
        having.next().filter(|_| having.next().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_known_by_a_part_that_only_it_has() {
        let watched = || {
            ["The Drama Lantern", "Drama Daily", "Lantern Street"]
                .map(String::from)
                .into_iter()
        };
        let called = |name: &str| outlet_called(watched, &fold(name));
        assert_eq!(called("drama lantern").as_deref(), Some("The Drama Lantern"));
        assert_eq!(called("DAILY").as_deref(), Some("Drama Daily"));
        assert_eq!(called("drama-daily").as_deref(), Some("Drama Daily"));
        for nobody in ["drama", "lantern", "soompi", "!", ""] {
            assert_eq!(called(nobody), None, "{nobody}");
        }
    }
}
