//! What was typed → whom or what it means: the answer, or the question back.

use super::Asker;
use crate::{
    app::{House, time::now},
    catalogue::{Candidate, Catalogue, Decision, Entity, Scope, Tier},
    model::{
        Answer, Millis, QuestionId, Subject,
        answer::{Choice, Known, KnownAs, Refusal},
    },
    store::{Question, StoreError},
};

/// How many nearest names a reply holds when nobody is meant.
const NEAREST: usize = 3;
/// Roles of a person, or parts of a drama, that a reply shows.
const ROLES: usize = 8;

/// What a name came to.
pub enum Meant {
    /// This one.
    One(Entity),
    /// Not clear, or nobody: what to tell the person.
    Ask(Box<Answer>),
}

/// How long one can choose: as long as Discord keeps an interaction open.
const CHOOSING: Millis = 15 * 60_000;

/// Whom or what the name means that was given for an option of the command: the slot that a choice fills. None: there
/// is nothing to choose, or whoever asks keeps the question.
pub async fn meant(
    house: &House,
    asker: &Asker,
    asked: &str,
    scope: Scope,
    slot: Option<&'static str>,
) -> Result<Meant, StoreError> {
    let catalogue = house.catalogue();
    if let Some(entity) = Entity::from_key(asked) {
        return Ok(if exists(&catalogue, &entity) {
            Meant::One(entity)
        } else {
            nobody(asked, &[], &catalogue)
        });
    }
    let favour = favoured(house, asker, &catalogue).await?;
    let found = catalogue.search(asked, scope, &favour);
    Ok(match found.decision {
        Decision::Answer => match found.candidates.into_iter().next() {
            Some(best) => Meant::One(best.entity),
            None => nobody(asked, &[], &catalogue),
        },
        Decision::Offer => Meant::Ask(Box::new(Answer::Which {
            asked: asked.to_owned(),
            choices: found
                .offers()
                .iter()
                .map(|candidate| choice(&catalogue, candidate))
                .collect(),
            question: match slot {
                Some(slot) => question(house, asker, slot).await?,
                None => None,
            },
        })),
        Decision::None => match known_otherwise(&catalogue, asked, scope) {
            Some(name) => Meant::Ask(Box::new(Answer::Refused(Refusal::NotADrama { name }))),
            None => nobody(asked, &found.candidates, &catalogue),
        },
    })
}

/// Whose name it is where a drama is asked for: somebody's, or a network's.
fn known_otherwise(catalogue: &Catalogue, asked: &str, scope: Scope) -> Option<String> {
    if scope != Scope::Dramas {
        return None;
    }
    let found = catalogue.search(asked, Scope::All, &[]);
    let best = found.candidates.into_iter().next()?;
    (found.decision == Decision::Answer).then_some(best.name)
}

/// Keeps the command with all its options until the asker has chosen. Where nothing can be written the answer comes
/// without buttons: a name can still be asked for.
pub async fn question(house: &House, asker: &Asker, slot: &str) -> Result<Option<QuestionId>, StoreError> {
    let question = Question {
        asker: Some(asker.by),
        command: serde_json::to_string(&asker.command)?,
        slot: Some(slot.to_owned()),
    };
    let at = now();
    match house.store.keep_question(&question, at + CHOOSING, at).await {
        Ok(id) => Ok(Some(id)),
        Err(error) if error.refuses_writes() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the best that a search found is little more than a resemblance.
pub fn is_faint(catalogue: &Catalogue, asked: &str) -> bool {
    let found = catalogue.search(asked, Scope::All, &[]);
    found.decision != Decision::Answer
        && found
            .candidates
            .first()
            .is_none_or(|best| matches!(best.tier, Tier::Part | Tier::Initials | Tier::Fuzzy))
}

fn nobody(asked: &str, candidates: &[Candidate], catalogue: &Catalogue) -> Meant {
    let nearest = candidates
        .iter()
        .take(NEAREST)
        .map(|candidate| choice(catalogue, candidate))
        .collect();
    let asked = if Entity::from_key(asked).is_some() {
        asked.split(':').next_back().unwrap_or(asked)
    } else {
        asked
    };
    Meant::Ask(Box::new(Answer::Nobody {
        asked: asked.to_owned(),
        nearest,
    }))
}

fn exists(catalogue: &Catalogue, entity: &Entity) -> bool {
    match entity {
        Entity::Person(id) => catalogue.person(id).is_some(),
        Entity::Drama(id) => catalogue.drama(id).is_some(),
        Entity::Network(id) => catalogue.network(id).is_some(),
    }
}

/// The dramas that the channel follows, with their casts: who is asked for there is most likely among them.
async fn favoured(house: &House, asker: &Asker, catalogue: &Catalogue) -> Result<Vec<Entity>, StoreError> {
    let mut favour = Vec::new();
    for subscription in house.store.subscriptions(asker.place.channel).await? {
        match subscription.subject {
            Subject::Drama(id) => {
                if let Some(drama) = catalogue.drama(&id) {
                    favour.extend(drama.cast.iter().map(|role| Entity::Person(role.actor.clone())));
                }
                favour.push(Entity::Drama(id));
            }
            Subject::Person(id) => favour.push(Entity::Person(id)),
            Subject::Network(_) | Subject::Words(_) | Subject::Everything => {}
        }
    }
    Ok(favour)
}

fn choice(catalogue: &Catalogue, candidate: &Candidate) -> Choice {
    let known = known(catalogue, &candidate.entity);
    let hint = match &candidate.entity {
        Entity::Drama(_) => {
            let year = known.year.map(|year| year.to_string());
            let parts: Vec<String> = known.network.into_iter().chain(year).collect();
            Some(parts.join(", ")).filter(|hint| !hint.is_empty())
        }
        Entity::Person(_) => known
            .group
            .or_else(|| known.roles.into_iter().next().map(|(drama, _, _)| drama)),
        Entity::Network(_) => None,
    };
    Choice {
        key: candidate.entity.key(),
        name: candidate.name.clone(),
        hangul: candidate.hangul.clone(),
        hint,
    }
}

/// The name of an entity, as replies show it.
pub fn name_of(catalogue: &Catalogue, entity: &Entity) -> String {
    known(catalogue, entity).name
}

/// What the catalogue knows of an entity.
pub fn known(catalogue: &Catalogue, entity: &Entity) -> Known {
    match entity {
        Entity::Person(id) => catalogue.person(id).map(|person| {
            let part = |(drama, character)| {
                let drama = catalogue.drama(&drama)?;
                Some((drama.title.clone(), character, drama.year))
            };
            Known {
                name: person.name.clone(),
                hangul: person.hangul.clone(),
                group: person.group.clone(),
                roles: catalogue
                    .roles_of(id)
                    .into_iter()
                    .filter_map(part)
                    .take(ROLES)
                    .collect(),
                ..Known::default()
            }
        }),
        Entity::Drama(id) => catalogue.drama(id).map(|drama| Known {
            name: drama.title.clone(),
            hangul: drama.hangul.clone(),
            is: KnownAs::Drama,
            network: drama.network.clone(),
            year: drama.year,
            group: None,
            roles: drama
                .cast
                .iter()
                .filter_map(|role| {
                    Some((
                        catalogue.person(&role.actor)?.name.clone(),
                        role.character.clone(),
                        None,
                    ))
                })
                .take(ROLES)
                .collect(),
        }),
        Entity::Network(id) => catalogue.network(id).map(|network| Known {
            name: network.name.clone(),
            is: KnownAs::Network,
            ..Known::default()
        }),
    }
    .unwrap_or_default()
}

/// What a subscription to that entity is called in the store.
pub fn subject(entity: &Entity) -> Subject {
    match entity {
        Entity::Person(id) => Subject::Person(id.clone()),
        Entity::Drama(id) => Subject::Drama(id.clone()),
        Entity::Network(id) => Subject::Network(id.clone()),
    }
}
