//! What a channel follows.

use super::{Answered, Asker, channel_of, resolve};
use crate::{
    app::{House, time::now},
    catalogue::{Scope, fold},
    command::Verb,
    discord::ChannelKind,
    model::{
        Answer, ChannelId, GuildId, Subject, Subscription,
        answer::{Need, Refusal},
    },
    store::{Added, SUBSCRIPTIONS_PER_CHANNEL},
};

/// Headlines that show what a new subscription would have brought.
const LATELY: u32 = 3;
/// What posts need. Read Message History is how a post whose answer was lost is found again.
const NEEDS: [Need; 5] = [Need::View, Need::Send, Need::Embed, Need::History, Need::React];

/// `/subscribe`.
pub async fn subscribe(
    house: &House,
    asker: &Asker,
    what: &str,
    everything: bool,
    named: Option<ChannelId>,
) -> Answered {
    let (guild, channel) = match postable(house, asker, named) {
        Ok(place) => place,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let (subject, label) = match subject(house, asker, what, everything, named).await? {
        Ok(found) => found,
        Err(question) => return Ok(question),
    };
    // Followed as words before anybody knew the name: every story of it comes already.
    let words = Subject::Words(fold(&label));
    let followed = house.store.subscriptions(channel).await?;
    if subject != words && followed.iter().any(|known| known.subject == words) {
        return Ok(Answer::AlreadySubscribed { label, channel });
    }
    Ok(
        match house.store.subscribe(guild, channel, &subject, &label, now()).await? {
            Added::Added(_) => {
                tracing::info!(
                    guild = guild.0,
                    channel = channel.0,
                    kind = kind(&subject),
                    "a channel follows"
                );
                house.refresh_followed().await?;
                let lately = house.store.latest(filter(&subject).as_deref(), LATELY).await?;
                Answer::Subscribed {
                    label,
                    channel,
                    known: !matches!(subject, Subject::Words(_)),
                    lately: lately.into_iter().map(|story| (story.title, story.url)).collect(),
                }
            }
            Added::Already(_) => Answer::AlreadySubscribed { label, channel },
            Added::TooMany => Answer::TooMany {
                limit: SUBSCRIPTIONS_PER_CHANNEL,
            },
        },
    )
}

/// The channel, if posts can go there.
fn postable(house: &House, asker: &Asker, named: Option<ChannelId>) -> Result<(GuildId, ChannelId), Refusal> {
    let guild = asker.place.guild.ok_or(Refusal::ServerOnly)?;
    let channel = channel_of(house, asker, named, true)?;
    let kind = house.servers.channel(channel).map(|place| place.kind);
    if !matches!(kind, Some(ChannelKind::Text | ChannelKind::Thread)) {
        return Err(Refusal::BadChannel);
    }
    let missing = house.servers.missing(channel).ok_or(Refusal::BadChannel)?;
    let missing: Vec<Need> = missing.into_iter().filter(|need| NEEDS.contains(need)).collect();
    if missing.is_empty() {
        Ok((guild, channel))
    } else {
        Err(Refusal::BotLacks { channel, missing })
    }
}

/// What is to be followed. A title that nobody knows is followed as words; the inner error is a question back.
async fn subject(
    house: &House,
    asker: &Asker,
    what: &str,
    everything: bool,
    named: Option<ChannelId>,
) -> Result<Result<(Subject, String), Answer>, crate::store::StoreError> {
    if everything {
        return Ok(Ok((Subject::Everything, String::new())));
    }
    let catalogue = house.catalogue();
    if resolve::is_faint(&catalogue, what) && !what.contains(':') {
        let words = fold(what);
        return Ok(if words.is_empty() {
            Err(Answer::Refused(Refusal::Missing {
                command: Verb::Subscribe.name(),
                option: "what",
            }))
        } else {
            Ok((Subject::Words(words), what.to_owned()))
        });
    }
    Ok(
        match resolve::meant(house, asker, what, Scope::All, Verb::Subscribe, named).await? {
            resolve::Meant::One(entity) => Ok((resolve::subject(&entity), resolve::name_of(&catalogue, &entity))),
            resolve::Meant::Ask(question) => Err(*question),
        },
    )
}

/// `/unsubscribe`.
pub async fn unsubscribe(
    house: &House,
    asker: &Asker,
    what: &str,
    everything: bool,
    named: Option<ChannelId>,
) -> Answered {
    let channel = match channel_of(house, asker, named, true) {
        Ok(channel) => channel,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let followed = house.store.subscriptions(channel).await?;
    let Some(meant) = followed_as(house, asker, &followed, what, everything).await? else {
        let followed = followed.into_iter().map(|subscription| subscription.label).collect();
        return Ok(Answer::NotSubscribed {
            asked: what.to_owned(),
            followed,
        });
    };
    house.store.unsubscribe(channel, &meant.subject).await?;
    house.refresh_followed().await?;
    tracing::info!(
        channel = channel.0,
        kind = kind(&meant.subject),
        "a channel no longer follows"
    );
    Ok(Answer::Unsubscribed {
        label: meant.label.clone(),
        channel,
    })
}

/// Which of the followed subjects is meant: by key, by its label, by what the name resolves to.
async fn followed_as<'a>(
    house: &House,
    asker: &Asker,
    followed: &'a [Subscription],
    what: &str,
    everything: bool,
) -> Result<Option<&'a Subscription>, crate::store::StoreError> {
    let with = |subject: &Subject| followed.iter().find(|subscription| subscription.subject == *subject);
    if everything {
        return Ok(with(&Subject::Everything));
    }
    if let Some(found) = Subject::from_key(what).as_ref().and_then(with) {
        return Ok(Some(found));
    }
    let folded = fold(what);
    let labelled = followed
        .iter()
        .find(|subscription| !folded.is_empty() && fold(&subscription.label) == folded);
    if let Some(found) = labelled.or_else(|| with(&Subject::Words(folded))) {
        return Ok(Some(found));
    }
    Ok(
        match resolve::meant(house, asker, what, Scope::All, Verb::Unsubscribe, None).await? {
            resolve::Meant::One(entity) => with(&resolve::subject(&entity)),
            resolve::Meant::Ask(_) => None,
        },
    )
}

/// `/subscriptions`.
pub async fn list(house: &House, asker: &Asker) -> Answered {
    let Some(guild) = asker.place.guild else {
        return Ok(Answer::Refused(Refusal::ServerOnly));
    };
    Ok(Answer::Subscriptions(house.store.followed(guild).await?))
}

/// `/pause` and `/resume`.
pub async fn pause(house: &House, asker: &Asker, named: Option<ChannelId>, paused: bool) -> Answered {
    let channel = match channel_of(house, asker, named, true) {
        Ok(channel) => channel,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let count = house.store.pause(channel, paused).await?;
    Ok(Answer::Paused { channel, paused, count })
}

/// What the log says of a subject: what people typed is not for it.
const fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Drama(_) => "drama",
        Subject::Person(_) => "person",
        Subject::Network(_) => "network",
        Subject::Words(_) => "words",
        Subject::Everything => "everything",
    }
}

/// The key by which the store's lists are narrowed to a subject.
fn filter(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Everything => None,
        other => Some(other.key()),
    }
}
