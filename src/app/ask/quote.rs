//! `/quote`: a line that somebody said.

use super::{Answered, Asker, resolve};
use crate::{
    app::{House, time::now},
    catalogue::{Entity, Scope, fold},
    command::Verb,
    model::{Answer, Millis, QuoteId, Subject, answer::Refusal},
    store::{QuoteHit, QuoteQuery, StoreError},
};

/// Candidates that one is chosen from.
const CANDIDATES: u32 = 100;
/// After this long a line counts half as much: news is what people ask for.
const HALF_LIFE: f64 = 30.0 * 86_400_000.0;

/// Whose lines, of which drama, are wanted.
#[derive(Default)]
struct Wanted {
    speakers: Vec<String>,
    dramas: Vec<String>,
    /// The one that was asked for, for what is said when there is nothing.
    entity: Option<Entity>,
}

/// Answers with a line. Loved and recent ones come more often, and none twice in a row in a channel.
pub async fn quote(
    house: &House,
    asker: &Asker,
    name: Option<String>,
    drama: Option<String>,
    text: Option<String>,
) -> Answered {
    let last = house.store.last_given(asker.place.channel).await?;
    let mut wanted = Wanted::default();
    let mut hits = Vec::new();
    if let Some(name) = &name {
        // A character or anybody else who was heard under exactly this name speaks first.
        let heard = vec![Subject::Words(fold(name)).key()];
        hits = find(house, &heard, &[], text.as_deref(), last).await?;
        if drama.is_some() || hits.is_empty() {
            match resolve::meant(house, asker, name, Scope::All, Verb::Quote, None).await? {
                resolve::Meant::One(entity) => add(house, &mut wanted, entity),
                resolve::Meant::Ask(_) if !hits.is_empty() => wanted.speakers = heard,
                resolve::Meant::Ask(question) => return Ok(*question),
            }
            hits.clear();
        } else {
            wanted.speakers = heard;
        }
    }
    if let Some(drama) = &drama {
        match resolve::meant(house, asker, drama, Scope::Dramas, Verb::Quote, None).await? {
            resolve::Meant::One(entity) => add(house, &mut wanted, entity),
            resolve::Meant::Ask(question) => return Ok(*question),
        }
    }
    if matches!(wanted.entity, Some(Entity::Network(_))) {
        return Ok(Answer::Refused(Refusal::Missing {
            command: Verb::Quote.name(),
            option: "name",
        }));
    }
    if hits.is_empty() {
        hits = find(house, &wanted.speakers, &wanted.dramas, text.as_deref(), last).await?;
    }
    give(house, asker, wanted, hits, text).await
}

/// The keys under which the lines of somebody, or of a drama, are filed.
fn add(house: &House, wanted: &mut Wanted, entity: Entity) {
    let name = resolve::name_of(&house.catalogue(), &entity);
    let keys = [entity.key(), Subject::Words(fold(&name)).key()];
    match entity {
        Entity::Drama(_) => wanted.dramas.extend(keys),
        Entity::Person(_) | Entity::Network(_) => wanted.speakers.extend(keys),
    }
    wanted.entity.get_or_insert(entity);
}

async fn find(
    house: &House,
    speakers: &[String],
    dramas: &[String],
    text: Option<&str>,
    not: Option<QuoteId>,
) -> Result<Vec<QuoteHit>, StoreError> {
    let loved: Vec<String> = house
        .settings
        .feelings
        .0
        .first()
        .map(|f| f.emoji.iter().map(|e| e.key()).collect())
        .unwrap_or_default();
    let query = QuoteQuery {
        speakers,
        dramas,
        text,
        not,
        loved: &loved,
        limit: CANDIDATES,
    };
    house.store.quotes(&query).await
}

async fn give(house: &House, asker: &Asker, wanted: Wanted, hits: Vec<QuoteHit>, text: Option<String>) -> Answered {
    let at = now();
    let several = hits.len() > 1;
    let Some(hit) = choose(hits, at, fastrand::f64()) else {
        return Ok(match wanted.entity {
            Some(entity) => Answer::Silent {
                known: resolve::known(&house.catalogue(), &entity),
                text,
            },
            None => Answer::NoQuotes { text },
        });
    };
    house
        .store
        .remember_given(asker.place.channel, asker.place.guild, hit.line.quote, at)
        .await?;
    let mut line = hit.line;
    // The button can carry a person or a drama, not a search; without either it asks for any line.
    line.another = match (&wanted.entity, text) {
        (Some(entity), None) if several => Some(entity.key()),
        (None, None) if several && wanted.speakers.is_empty() => Some(String::new()),
        _ => None,
    };
    Ok(Answer::Said(line))
}

/// One of the candidates: `random` from 0 to 1 is the place in the sum of their weights.
fn choose(hits: Vec<QuoteHit>, at: Millis, random: f64) -> Option<QuoteHit> {
    let weight = |hit: &QuoteHit| {
        #[expect(clippy::cast_precision_loss, reason = "an age and a count, as weights")]
        let (age, loved) = ((at - hit.line.at).max(0) as f64, hit.loved as f64);
        let whole = if hit.key { 1.5 } else { 1.0 };
        (0.1 + (-age / HALF_LIFE * std::f64::consts::LN_2).exp()) * (1.0 + loved).ln_1p() * whole
    };
    let mut left = hits.iter().map(weight).sum::<f64>() * random;
    let mut hits = hits.into_iter();
    let mut chosen = hits.next()?;
    loop {
        left -= weight(&chosen);
        match hits.next() {
            Some(next) if left > 0.0 => chosen = next,
            _ => return Some(chosen),
        }
    }
}
