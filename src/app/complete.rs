//! Completions while a slash command is being typed: from memory, within a few milliseconds.

use super::House;
use crate::{
    catalogue::{Scope, fold},
    command::{self, Complete as What, KIND_PICKS, OptionKind},
    discord::{Complete, Completing},
};
use std::sync::{Arc, Weak};

/// Discord shows 25 at most.
const MOST: usize = 25;

/// The closure that `discord` asks. It does not keep the house alive.
pub fn with(house: &Arc<House>) -> Complete {
    let house = Arc::downgrade(house);
    Arc::new(move |typing| offers(&house, &typing))
}

fn offers(house: &Weak<House>, typing: &Completing) -> Vec<(String, String)> {
    let Some(house) = house.upgrade() else {
        return Vec::new();
    };
    let option = command::entry(&typing.command).and_then(|entry| entry.option(&typing.option));
    let Some(OptionKind::Text {
        complete: Some(what), ..
    }) = option.map(|option| option.kind)
    else {
        return Vec::new();
    };
    let scope = match what {
        What::Followed => return followed(&house, typing),
        What::Kinds => return kinds(typing),
        What::Outlets => return outlets(&house, typing),
        What::Any | What::DramasAndPeople => Scope::All,
        What::Dramas => Scope::Dramas,
        What::People => Scope::People,
        What::Networks => Scope::Networks,
    };
    let catalogue = house.catalogue();
    let offers = catalogue.suggest(&typing.typed, scope, MOST);
    offers
        .into_iter()
        .map(|candidate| {
            (
                shown(&candidate.name, candidate.hangul.as_deref()),
                candidate.entity.key(),
            )
        })
        .collect()
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
