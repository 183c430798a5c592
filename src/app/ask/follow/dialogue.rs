//! The dialogue of `/subscriptions`: pages, and one that is chosen there is changed or removed. Ids of components can
//! be forged, so that each press is asked anew who it is, what they may, and whether the subscription is theirs.

use super::{Answered, Asker, place};
use crate::{
    app::{House, time::now},
    command::{Edit, Press},
    discord::ChannelKind,
    model::{
        Answer, ArticleKind, Change, GuildId, MessageId, Millis, RoleId, Subscription, SubscriptionId, Venue,
        answer::{Changeable, Followed, FollowedPage, Refusal},
    },
    store::StoreError,
};

/// As long as Discord lets an interaction be answered.
const LASTS: Millis = 15 * 60_000;

/// A component of the dialogue was used, on a message of ours.
pub async fn pressed(house: &House, asker: &Asker, press: Press, on: MessageId, values: &[String]) -> Answered {
    let (Press::List { asker: whose, .. } | Press::Pick { asker: whose, .. } | Press::Edit { asker: whose, .. }) =
        press
    else {
        return Ok(Answer::Refused(Refusal::Expired));
    };
    if whose != asker.by {
        return Ok(Answer::Refused(Refusal::NotYours));
    }
    if now() - on.created() >= LASTS {
        return Ok(Answer::Refused(Refusal::Expired));
    }
    let Some(guild) = asker.place.guild else {
        return Ok(Answer::Refused(Refusal::ServerOnly));
    };
    match press {
        Press::Pick { page, .. } => {
            let id = values.first().and_then(|value| value.parse().ok()).map(SubscriptionId);
            match chosen(house, asker, guild, id).await? {
                Ok(one) => shown(house, asker, guild, one.id, page).await,
                Err(refusal) => Ok(Answer::Refused(refusal)),
            }
        }
        Press::Edit {
            what,
            subscription,
            page,
            ..
        } => match chosen(house, asker, guild, Some(subscription)).await? {
            Ok(one) => edit(house, asker, (guild, page), one, what, values).await,
            Err(refusal) => Ok(Answer::Refused(refusal)),
        },
        Press::List { page, .. } => list(house, asker, page, None).await,
        _ => Ok(Answer::Refused(Refusal::Expired)),
    }
}

/// `/subscriptions`, at a page.
pub async fn list(house: &House, asker: &Asker, page: u32, ended: Option<String>) -> Answered {
    let Some(guild) = asker.place.guild else {
        return Ok(Answer::Refused(Refusal::ServerOnly));
    };
    Ok(Answer::Subscriptions(FollowedPage {
        rows: house.store.followed(guild).await?,
        page,
        asker: asker.by,
        may_manage: asker.may_manage,
        ended,
    }))
}

/// The subscription, if it is of this server and the person may manage its channel.
async fn chosen(
    house: &House,
    asker: &Asker,
    guild: GuildId,
    id: Option<SubscriptionId>,
) -> Result<Result<Subscription, Refusal>, StoreError> {
    let Some(id) = id else { return Ok(Err(Refusal::Expired)) };
    let Some(one) = house.store.subscription(id).await?.filter(|one| one.guild == guild) else {
        return Ok(Err(Refusal::Expired));
    };
    let may = if one.channel == asker.place.channel {
        asker.may_manage
    } else {
        let there = house.servers.may_manage(one.channel, asker.by, &asker.roles);
        // Of a channel that Discord has not shown, who may manage here can at least let go.
        there.unwrap_or(asker.may_manage)
    };
    Ok(if may { Ok(one) } else { Err(Refusal::NotAllowed) })
}

async fn shown(house: &House, asker: &Asker, guild: GuildId, id: SubscriptionId, page: u32) -> Answered {
    let rows = house.store.followed(guild).await?;
    let Some(one) = rows.into_iter().find(|row| row.subscription.id == id) else {
        return Ok(Answer::Refused(Refusal::Expired));
    };
    Ok(Answer::Changeable(Box::new(changeable(house, asker, one, page))))
}

fn changeable(house: &House, asker: &Asker, one: Followed, page: u32) -> Changeable {
    let channel = one.subscription.channel;
    let kind = house.servers.channel(channel).map(|place| place.kind);
    Changeable {
        one,
        page,
        asker: asker.by,
        venue: house.venue(channel).unwrap_or_default(),
        outlets: house
            .settings
            .outlets
            .iter()
            .map(|outlet| outlet.name.clone())
            .collect(),
        threads: matches!(kind, Some(ChannelKind::Text | ChannelKind::Announcement)),
    }
}

async fn edit(
    house: &House,
    asker: &Asker,
    (guild, page): (GuildId, u32),
    one: Subscription,
    what: Edit,
    values: &[String],
) -> Answered {
    match what {
        Edit::Remove => {
            house.store.unsubscribe(&[one.id], now()).await?;
            house.refresh_followed().await?;
            tracing::info!(channel = one.channel.0, "a channel no longer follows");
            return list(house, asker, page, Some(one.label)).await;
        }
        Edit::Paused(paused) => {
            house.store.pause(&[one.id], paused, now()).await?;
        }
        edit => {
            let change = match checked(house, asker, &one, wanted(edit, values)) {
                Ok(change) => change,
                Err(refusal) => return Ok(Answer::Refused(refusal)),
            };
            house.store.set_terms(one.id, &change.of(&one.terms), now()).await?;
        }
    }
    house.refresh_followed().await?;
    // What waits for a digest may be due now.
    house.bells.deliver.notify_one();
    shown(house, asker, guild, one.id, page).await
}

/// What a menu or a button wants of the terms.
fn wanted(edit: Edit, values: &[String]) -> Change {
    let mut change = Change::default();
    match edit {
        Edit::Kinds => {
            let kinds: Vec<ArticleKind> = values
                .iter()
                .filter_map(|value| ArticleKind::from_name(value))
                .collect();
            change.kinds = Some(if kinds.len() == ArticleKind::ALL.len() {
                Vec::new()
            } else {
                kinds
            });
        }
        Edit::Outlets => change.outlets = Some(values.to_vec()),
        Edit::Role => {
            change.role = values
                .first()
                .and_then(|value| value.parse().ok())
                .map(|role| Some(RoleId(role)))
        }
        Edit::NoRole => change.role = Some(None),
        Edit::Spoiler(on) => change.spoiler = Some(on),
        Edit::Thread(on) => change.thread = Some(on),
        Edit::Votes(votes) => change.votes = Some(votes),
        Edit::Rhythm(rhythm) => change.rhythm = Some(rhythm),
        Edit::Paused(_) | Edit::Remove => {}
    }
    change
}

/// The same checks as of the command: whether the person may want it and the bot can do it there.
fn checked(house: &House, asker: &Asker, one: &Subscription, change: Change) -> Result<Change, Refusal> {
    let kind = house
        .servers
        .channel(one.channel)
        .map(|place| place.kind)
        .ok_or(Refusal::BadChannel)?;
    let place = place::Place {
        guild: one.guild,
        channel: one.channel,
        venue: kind.venue().unwrap_or(Venue::Channel),
    };
    place::checked(house, asker, &place, kind, change)
}
