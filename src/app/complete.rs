//! Completions while a slash command is being typed: names from memory, lines from the index, within a few
//! milliseconds.

use super::{House, ask::quote_keys, time::now};
use crate::{
    catalogue::{Candidate, Decision, Entity, Scope, fold},
    command::{self, Complete as What, KIND_PICKS, OptionKind, OptionValue, Verb},
    discord::{Complete, Completing},
    model::{QuoteId, answer::SaidLine},
    store::{QuoteQuery, StoreError},
};
use std::sync::{Arc, Weak};

/// Discord shows 25 at most.
const MOST: usize = 25;
/// So many names are looked at for those who have said something.
const LOOKED_AT: usize = 200;
/// Characters of a line in a completion, which has room for a hundred with the speaker's name.
const LINE: usize = 70;

/// The closure that `discord` asks. It does not keep the house alive.
pub fn with(house: &Arc<House>) -> Complete {
    let house = Arc::downgrade(house);
    Arc::new(move |typing| {
        let house = Weak::clone(&house);
        Box::pin(async move {
            let Some(house) = house.upgrade() else {
                return Vec::new();
            };
            let since = now();
            let offers = offers(&house, &typing).await;
            tracing::debug!(option = typing.option, took = now() - since, "completed");
            offers.unwrap_or_else(|error| {
                tracing::warn!(%error, "nothing could be completed");
                Vec::new()
            })
        })
    })
}

async fn offers(house: &House, typing: &Completing) -> Result<Vec<(String, String)>, StoreError> {
    let entry = command::entry(&typing.command);
    let option = entry.and_then(|entry| entry.option(&typing.option));
    let Some(OptionKind::Text {
        complete: Some(what), ..
    }) = option.map(|option| option.kind)
    else {
        return Ok(Vec::new());
    };
    let scope = match what {
        What::Followed => return Ok(followed(house, typing)),
        What::Kinds => return Ok(kinds(typing)),
        What::Outlets => return Ok(outlets(house, typing)),
        What::Lines => return lines(house, typing).await,
        What::Zones => return Ok(zones(&typing.typed)),
        What::Any | What::DramasAndPeople => Scope::All,
        What::Dramas => Scope::Dramas,
        What::People => Scope::People,
        What::Networks => Scope::Networks,
    };
    if entry.is_some_and(|entry| entry.verb == Verb::Subscribe) {
        return Ok(several(house, &typing.typed, scope));
    }
    let quotes = entry.is_some_and(|entry| entry.verb == Verb::Quote);
    let found = house
        .catalogue()
        .suggest(&typing.typed, scope, if quotes { LOOKED_AT } else { MOST });
    let mut found = if quotes {
        heard_first(house, typing, found).await?
    } else {
        found
    };
    found.truncate(MOST);
    let offer = |one: Candidate| (shown(&one.name, one.hangul.as_deref()), one.entity.key());
    Ok(found.into_iter().map(offer).collect())
}

/// Those first of whom there is a line; otherwise as they were.
async fn heard_first(house: &House, typing: &Completing, found: Vec<Candidate>) -> Result<Vec<Candidate>, StoreError> {
    let keys: Vec<[String; 2]> = found.iter().map(|one| quote_keys(house, &one.entity)).collect();
    let with_lines = house.store.with_lines(&keys.concat(), typing.place.guild).await?;
    let mut found: Vec<(bool, Candidate)> = keys
        .iter()
        .map(|keys| !keys.iter().any(|key| with_lines.contains(key)))
        .zip(found)
        .collect();
    found.sort_by_key(|(silent, _)| *silent);
    Ok(found.into_iter().map(|(_, one)| one).collect())
}

/// Lines with the words that are being typed, of the person and the drama that stand beside them.
async fn lines(house: &House, typing: &Completing) -> Result<Vec<(String, String)>, StoreError> {
    let other = |name: &str| {
        typing.others.iter().find_map(|(option, value)| match value {
            OptionValue::Text(text) if option == name && !text.trim().is_empty() => Some(text.as_str()),
            _ => None,
        })
    };
    let (speakers, dramas) = (
        meant(house, other("name"), Scope::All),
        meant(house, other("drama"), Scope::Dramas),
    );
    let text = command::clean(&typing.typed);
    let query = QuoteQuery {
        guild: typing.place.guild,
        speakers: &speakers,
        dramas: &dramas,
        text: Some(text.as_str()).filter(|text| !text.is_empty()),
        typing: true,
        loved: &[],
        limit: 25,
    };
    let found = house.store.candidates(&query).await?;
    let found: Vec<QuoteId> = found.into_iter().map(|one| one.quote).collect();
    let lines = house.store.lines(&found, typing.place.guild).await?;
    Ok(lines.into_iter().map(offered).collect())
}

fn offered(line: SaidLine) -> (String, String) {
    let text: String = match line.text.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", line.text[..end].trim_end()),
        None => line.text,
    };
    let name = match line.speaker {
        Some(speaker) => format!("“{text}” — {speaker}"),
        None => format!("“{text}”"),
    };
    (name, super::ask::line_key(line.quote))
}

/// The keys of the one who is meant by what stands in another option; none: nobody in particular, or not clear.
fn meant(house: &House, asked: Option<&str>, scope: Scope) -> Vec<String> {
    let Some(asked) = asked else { return Vec::new() };
    let entity = Entity::from_key(asked).or_else(|| {
        let found = house.catalogue().search(asked, scope, &[]);
        let best = found.candidates.into_iter().next();
        best.filter(|_| found.decision == Decision::Answer)
            .map(|best| best.entity)
    });
    entity
        .map(|entity| quote_keys(house, &entity).to_vec())
        .unwrap_or_default()
}

/// Of several names the last one is being typed; but titles have commas as well.
fn several(house: &House, typed: &str, scope: Scope) -> Vec<(String, String)> {
    let catalogue = house.catalogue();
    let offers = |before: &str, typed: &str| -> Vec<(String, String)> {
        let offer = |one: Candidate| {
            let name = shown(&one.name, one.hangul.as_deref());
            (format!("{before}{name}"), format!("{before}{}", one.entity.key()))
        };
        catalogue.suggest(typed, scope, MOST).into_iter().map(offer).collect()
    };
    let whole = offers("", typed);
    match typed.rsplit_once(',') {
        Some((before, last)) if !before.trim().is_empty() => {
            let mut listed = offers(&format!("{}, ", before.trim()), last.trim());
            listed.extend(whole);
            listed.truncate(MOST);
            listed
        }
        _ => whole,
    }
}

/// Time zones with what was typed in their names.
fn zones(typed: &str) -> Vec<(String, String)> {
    let found = command::zones(typed).into_iter().take(MOST);
    found.map(|zone| (zone.to_owned(), zone.to_owned())).collect()
}

/// Kinds of article, after those that stand there already.
fn kinds(typing: &Completing) -> Vec<(String, String)> {
    let names = KIND_PICKS.iter().map(|pick| pick.names.get(typing.lang).to_owned());
    listed(&typing.typed, names)
}

/// Outlets, after those that stand there already.
fn outlets(house: &House, typing: &Completing) -> Vec<(String, String)> {
    listed(
        &typing.typed,
        house.settings.outlets.iter().map(|outlet| outlet.name.clone()),
    )
}

/// What was typed of a list with its last piece completed by each of the names that it can become.
fn listed(typed: &str, names: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let (before, last) = typed
        .rsplit_once(',')
        .map_or(("", typed), |(before, last)| (before, last));
    let (chosen, last) = (fold(before), fold(last));
    let offer = |name: String| {
        let whole = if before.trim().is_empty() {
            name
        } else {
            format!("{}, {name}", before.trim())
        };
        (whole.clone(), whole)
    };
    names
        .filter(|name| fold(name).contains(&last) && !chosen.contains(&fold(name)))
        .take(MOST)
        .map(offer)
        .collect()
}

/// What the server's channels follow, by a part of its name.
fn followed(house: &House, typing: &Completing) -> Vec<(String, String)> {
    let typed = fold(&typing.typed);
    let mut offers: Vec<(String, String)> = Vec::new();
    for subscription in house.followed().iter().filter(|s| Some(s.guild) == typing.place.guild) {
        let offer = (subscription.label.clone(), subscription.subject.key());
        if !offer.0.is_empty() && fold(&offer.0).contains(&typed) && !offers.contains(&offer) && offers.len() < MOST {
            offers.push(offer);
        }
    }
    offers
}

fn shown(name: &str, hangul: Option<&str>) -> String {
    hangul.map_or_else(|| name.to_owned(), |hangul| format!("{name} · {hangul}"))
}
