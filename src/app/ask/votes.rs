//! `/top` and `/mood`: what moved the readers, from the tallies alone.

use super::{Answered, Asker, resolve};
use crate::{
    app::{
        House,
        time::{began, now},
    },
    catalogue::Scope,
    command::Verb,
    model::{
        Answer,
        answer::{Period, Ranked, TopBy},
    },
    store::{Counted, StoreError, TopQuery, TopRow},
};

/// Places in a ranking.
const PLACES: u32 = 10;
/// Stories that a mood shows one by one.
const RECENT: u32 = 5;

/// The ranking of a server; in direct messages, of everywhere.
pub async fn top(house: &House, asker: &Asker, period: Period, by: TopBy, drama: Option<&str>) -> Answered {
    let (subject, name) = match narrowed(house, asker, drama, Verb::Top).await? {
        Ok(found) => found,
        Err(question) => return Ok(question),
    };
    let query = TopQuery {
        guild: asker.place.guild,
        since: began(period, now(), zone(house, asker).await?),
        by,
        subject: subject.as_deref(),
        emoji: &[],
        limit: PLACES,
    };
    let rows = house
        .store
        .top(&query)
        .await?
        .into_iter()
        .map(|row| ranked(house, row))
        .collect();
    Ok(Answer::Top {
        period,
        by,
        drama: name,
        rows,
    })
}

/// How the readers felt about a drama, or about everything.
pub async fn mood(house: &House, asker: &Asker, drama: Option<&str>) -> Answered {
    let (subject, name) = match narrowed(house, asker, drama, Verb::Mood).await? {
        Ok(found) => found,
        Err(question) => return Ok(question),
    };
    let mood = house
        .store
        .mood(asker.place.guild, 0, subject.as_deref(), RECENT)
        .await?;
    let (feelings, other) = felt(house, &mood.total);
    let total = Ranked {
        name: name.clone().unwrap_or_default(),
        url: None,
        feelings,
        other,
    };
    let recent = mood.recent.into_iter().map(|row| ranked(house, row)).collect();
    Ok(Answer::Mood { name, total, recent })
}

/// The key and the name of the drama that was asked for; the inner error is a question back.
async fn narrowed(
    house: &House,
    asker: &Asker,
    drama: Option<&str>,
    verb: Verb,
) -> Result<Result<(Option<String>, Option<String>), Answer>, StoreError> {
    let Some(drama) = drama else {
        return Ok(Ok((None, None)));
    };
    Ok(
        match resolve::meant(house, asker, drama, Scope::Dramas, verb, None).await? {
            resolve::Meant::One(entity) => {
                Ok((Some(entity.key()), Some(resolve::name_of(&house.catalogue(), &entity))))
            }
            resolve::Meant::Ask(question) => Err(*question),
        },
    )
}

/// The zone in which the server's weeks begin.
async fn zone(house: &House, asker: &Asker) -> Result<chrono_tz::Tz, StoreError> {
    let own = match asker.place.guild {
        Some(guild) => house.store.zone(guild).await?,
        None => None,
    };
    Ok(own.and_then(|name| name.parse().ok()).unwrap_or(house.settings.zone))
}

fn ranked(house: &House, row: TopRow) -> Ranked {
    let (feelings, other) = felt(house, &row.votes);
    Ranked {
        name: row.name,
        url: row.url,
        feelings,
        other,
    }
}

/// Votes of emoji as votes of feelings, in the order of the settings; what stands for none is other.
fn felt(house: &House, votes: &[Counted]) -> (Vec<u64>, u64) {
    let feelings = &house.settings.feelings.0;
    let mut felt = vec![0; feelings.len()];
    let mut other = 0;
    for counted in votes {
        match feelings
            .iter()
            .position(|feeling| feeling.emoji.contains(&counted.emoji))
        {
            Some(at) => felt[at] += counted.votes,
            None => other += counted.votes,
        }
    }
    (felt, other)
}
