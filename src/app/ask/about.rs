//! What is known: of dramas and people, of this bot, of what works here, of what is kept.

use super::{Answered, Asker, channel_of, resolve};
use crate::{
    app::House,
    catalogue::{Decision, Entity, Scope, fold},
    command::{self, Verb},
    config::Backup,
    model::{Answer, Millis, Subject, UserId},
    store::{QuoteQuery, StoreError},
};

/// Stories that `/drama` lists.
const STORIES: u32 = 3;
/// Lines among which the most loved is looked for.
const LINES: u32 = 200;

/// `/drama` and `/cast`.
pub async fn known(house: &House, asker: &Asker, name: &str, verb: Verb) -> Answered {
    // Who is no drama is told of all the same.
    let is_drama = || house.catalogue().search(name, Scope::Dramas, &[]).decision != Decision::None;
    let scope = if verb == Verb::Drama && is_drama() {
        Scope::Dramas
    } else {
        Scope::All
    };
    let entity = match resolve::meant(house, asker, name, scope, Some("name")).await? {
        resolve::Meant::One(entity) => entity,
        resolve::Meant::Ask(question) => return Ok(*question),
    };
    let known = resolve::known(&house.catalogue(), &entity);
    let latest = house
        .store
        .latest(Some(&entity.key()), asker.place.guild, STORIES)
        .await?;
    let watch = match entity {
        Entity::Drama(_) => latest.iter().find_map(|story| story.watch.clone()),
        Entity::Person(_) | Entity::Network(_) => None,
    };
    let loved = loved(house, asker, &entity, &known.name).await?;
    let stories = latest
        .into_iter()
        .map(|story| (story.title, story.url, story.at))
        .collect();
    Ok(Answer::About {
        known,
        stories,
        loved,
        watch,
    })
}

/// The line whose story moved the readers most, if it moved any.
async fn loved(
    house: &House,
    asker: &Asker,
    entity: &Entity,
    name: &str,
) -> Result<Option<crate::model::answer::SaidLine>, StoreError> {
    let keys = [entity.key(), Subject::Words(fold(name)).key()];
    let emoji: Vec<String> = house
        .settings
        .feelings
        .0
        .iter()
        .flat_map(|feeling| feeling.emoji.iter().map(|e| e.key()))
        .collect();
    let none: &[String] = &[];
    let (speakers, dramas) = if matches!(entity, Entity::Drama(_)) {
        (none, &keys[..])
    } else {
        (&keys[..], none)
    };
    let query = QuoteQuery {
        guild: asker.place.guild,
        speakers,
        dramas,
        loved: &emoji,
        limit: LINES,
        ..QuoteQuery::default()
    };
    let hits = house.store.quotes(&query).await?;
    let loved = hits
        .into_iter()
        .filter(|hit| hit.loved > 0)
        .max_by_key(|hit| (hit.loved, hit.key));
    Ok(match loved {
        Some(hit) => Some(super::quote::at_sentence(house, hit.line).await?),
        None => None,
    })
}

/// `/check`.
pub async fn check(house: &House, asker: &Asker, named: Option<crate::model::ChannelId>) -> Answered {
    let channel = match channel_of(house, asker, named, false) {
        Ok(channel) => channel,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let backlog = house.store.backlog(Some(channel)).await?;
    Ok(Answer::Check {
        channel,
        missing: house.servers.missing(channel).unwrap_or_default(),
        subscriptions: house.store.subscriptions(channel).await?.len() as u64,
        backlog: (backlog.waiting, backlog.held, backlog.dead),
        scheduled: backlog.scheduled,
        blocked: house.store.blocked_since(channel).await?,
        may_retry: channel_of(house, asker, named, true).is_ok() && asker.may_manage,
        reads_messages: house.reads_messages(),
    })
}

/// `/help`.
pub fn help(house: &House, asker: &Asker, only: Option<&str>) -> Answer {
    let only = match only {
        Some(word) => match command::entry(word) {
            Some(entry) => Some(entry),
            None => return Answer::Refused(command::no_command(word)),
        },
        None => None,
    };
    Answer::Help {
        manager: asker.may_manage,
        reads_messages: house.reads_messages(),
        in_server: asker.place.guild.is_some(),
        only: only.map(command::Entry::name),
    }
}

/// `/about`.
pub async fn bot(house: &House, at: Millis) -> Answered {
    let feeds = house.store.feeds().await?;
    let oldest = feeds
        .iter()
        .filter(|feed| feed.gone.is_none())
        .filter_map(|feed| feed.last_ok)
        .min();
    Ok(Answer::AboutBot {
        version: env!("CARGO_PKG_VERSION"),
        uptime: at - house.started,
        guilds: house.servers.count() as u64,
        feeds: (feeds.len() as u64, oldest.map(|last| at - last)),
        kept: house.store.kept().await?,
    })
}

/// `/privacy`.
pub fn privacy(house: &House) -> Answer {
    let keep = house.settings.keep;
    Answer::Privacy {
        bodies: keep.bodies,
        voters: keep.voters,
        deliveries: keep.deliveries,
        copies: days_of_copies(&house.settings.backup),
    }
}

/// How long the oldest copy that the bot makes lives, in whole days; none without copies. A copy that is no longer
/// among those that are kept goes when the next one is made.
fn days_of_copies(backup: &Backup) -> Option<u32> {
    const DAY: u64 = 86_400;
    backup.folder.as_ref()?;
    let lives = backup.every.as_secs().saturating_mul(backup.keep as u64);
    u32::try_from(lives.div_ceil(DAY)).ok()
}

/// The person said yes: their votes stay, their name goes.
pub async fn forget(house: &House, person: UserId) -> Answered {
    let votes = house.store.forget(person).await?;
    tracing::info!(votes, "somebody asked to be forgotten");
    Ok(Answer::Forgotten { votes })
}
