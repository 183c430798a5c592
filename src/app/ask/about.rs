//! What is known: of dramas and people, of this bot, of what works here, of what is kept.

use super::{Answered, Asker, channel_of, resolve};
use crate::{
    app::House,
    catalogue::{Decision, Drama, Entity, Scope, fold},
    command::{self, Verb},
    config::Backup,
    model::{
        Answer, Millis, Subject, UserId,
        answer::{Checked, SaidLine},
    },
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
        Entity::Drama(ref id) => {
            let catalogue = house.catalogue();
            let names = catalogue.drama(id).map(names_of).unwrap_or_default();
            let mut links = latest.iter().filter_map(|story| story.watch.as_ref());
            links.find(|link| !names_another(link, &names)).cloned()
        }
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

/// Words in the addresses of places to watch that are no titles.
const PLACES: &[&str] = &[
    "browse", "content", "contents", "detail", "drama", "dramas", "episode", "episodes", "movies", "play", "program",
    "series", "season", "show", "shows", "title", "titles", "video", "videos", "view", "watch",
];

/// All that a drama is called, folded.
fn names_of(drama: &Drama) -> Vec<String> {
    let names = drama.aliases.iter().chain(&drama.hangul).chain([&drama.title]);
    let bare = |name: &String| fold(name.strip_prefix("The ").unwrap_or(name));
    names.map(bare).filter(|name| !name.is_empty()).collect()
}

/// Whether an address has words, and none of the drama's names: a story often ends with where another drama of its cast
/// can be watched. An address of numbers alone may be of any.
fn names_another(link: &str, names: &[String]) -> bool {
    let path = link.split_once("//").map_or(link, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let folded = fold(path);
    let is_word =
        |word: &str| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase()) && !PLACES.contains(&word);
    !names.iter().any(|name| folded.contains(name.as_str())) && path.split(|c: char| !c.is_alphanumeric()).any(is_word)
}

/// The line whose story moved the readers most, if it moved any.
async fn loved(house: &House, asker: &Asker, entity: &Entity, name: &str) -> Result<Option<SaidLine>, StoreError> {
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
    let found = house.store.candidates(&query).await?;
    let loved = found
        .into_iter()
        .filter(|one| one.loved > 0)
        .max_by_key(|one| (one.loved, one.key));
    let Some(loved) = loved else { return Ok(None) };
    Ok(match house.store.line(loved.quote, asker.place.guild).await? {
        Some(line) => Some(super::quote::at_sentence(house, line).await?),
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
    Ok(Answer::Check(Checked {
        channel,
        missing: house.servers.missing(channel).unwrap_or_default(),
        subscriptions: house.store.subscriptions(channel).await?.len() as u64,
        backlog: (backlog.waiting, backlog.held, backlog.dead),
        scheduled: backlog.scheduled,
        blocked: house.store.blocked_since(channel).await?,
        may_retry: channel_of(house, asker, named, true).is_ok() && asker.may_manage,
        reads_messages: house.reads_messages(),
    }))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_another_drama_is_not_where_this_one_is_watched() {
        let drama = Drama {
            id: crate::model::DramaId("paper-moon-detectives".to_owned()),
            title: "The Paper Moon Detectives".to_owned(),
            hangul: Some("종이달 탐정단".to_owned()),
            aliases: vec!["Moon Squad".to_owned()],
            network: None,
            year: None,
            cast: Vec::new(),
        };
        for (link, another) in [
            ("https://tv.test/tv/38151c-paper-moon-detectives", false),
            ("https://tv.test/watch/The_Paper_Moon_Detectives?ep=2", false),
            ("https://tv.test/shows/moonsquad", false),
            ("https://tv.test/title/81234567", false),
            ("https://tv.test", false),
            ("https://paper.test/watch/department-of-lost-umbrellas", true),
            ("https://tv.test/tv/38151c-umbrellas", true),
        ] {
            assert_eq!(names_another(link, &names_of(&drama)), another, "{link}");
        }
    }
}
