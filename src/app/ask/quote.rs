//! `/quote`: a line that somebody said.

use super::{Answered, Asker, resolve};
use crate::{
    app::{House, time::now},
    catalogue::{Entity, Scope, fold},
    command::{PICTURE, Verb},
    model::{
        Answer, Millis, Subject,
        answer::{Refusal, Style},
    },
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
    /// The key of a name that is nobody's we know, under which lines were heard.
    heard: Option<String>,
}

/// Answers with a line. Loved and recent ones come more often, and none twice in a row in a channel.
pub async fn quote(
    house: &House,
    asker: &Asker,
    asked: (Option<String>, Option<String>, Option<String>),
    style: Style,
) -> Answered {
    let mut answer = line(house, asker, asked).await?;
    match &mut answer {
        Answer::Said(line) => line.style = style,
        // Whoever is chosen is heard in the same style.
        Answer::Which { verb, .. } if style == Style::Card => *verb = PICTURE,
        _ => {}
    }
    Ok(answer)
}

async fn line(
    house: &House,
    asker: &Asker,
    (name, drama, text): (Option<String>, Option<String>, Option<String>),
) -> Answered {
    let mut wanted = Wanted::default();
    let mut hits = Vec::new();
    if let Some(name) = &name {
        let heard = heard_as(name);
        hits = find(house, std::slice::from_ref(&heard), &[], text.as_deref()).await?;
        match resolve::meant(house, asker, name, Scope::All, Verb::Quote, None).await? {
            // The whole person: what was heard in other spellings as well.
            resolve::Meant::One(entity) if hits.is_empty() || is_called(house, &entity, name) => {
                add(house, &mut wanted, entity);
                hits.clear();
            }
            resolve::Meant::Ask(question) if hits.is_empty() => return Ok(*question),
            // A character or anybody else who was heard under exactly this name speaks first.
            _ => {
                wanted.speakers.push(heard.clone());
                wanted.heard = Some(heard);
            }
        }
        if drama.is_some() {
            hits.clear();
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
        hits = find(house, &wanted.speakers, &wanted.dramas, text.as_deref()).await?;
    }
    give(house, asker, wanted, hits, text).await
}

/// The key of what was heard under exactly this name; a button carries it as it is.
fn heard_as(name: &str) -> String {
    match Subject::from_key(name) {
        Some(words @ Subject::Words(_)) => words.key(),
        _ => Subject::Words(fold(name)).key(),
    }
}

/// Whether the name is the entity's own, not a character's or a likeness.
fn is_called(house: &House, entity: &Entity, name: &str) -> bool {
    fold(&resolve::name_of(&house.catalogue(), entity)) == fold(name)
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
        not: None,
        loved: &loved,
        limit: CANDIDATES,
    };
    house.store.quotes(&query).await
}

async fn give(house: &House, asker: &Asker, wanted: Wanted, hits: Vec<QuoteHit>, text: Option<String>) -> Answered {
    let at = now();
    let last = house.store.last_given(asker.place.channel).await?;
    let several = hits.len() > 1;
    let mut hits = hits;
    if several {
        hits.retain(|hit| Some(hit.line.quote) != last);
    }
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
    line.another = match (wanted.entity.map(|entity| entity.key()).or(wanted.heard), text) {
        (key, None) if several => Some(key.unwrap_or_default()),
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
