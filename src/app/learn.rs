//! What a story teaches the catalogue: dramas, roles, and people who were heard. Remembered in the store
//! with the article that said so, and taken in again at the next start; without what the operator wants forgotten, also
//! while the bot runs.

use super::{House, time::now};
use crate::{
    catalogue::{Catalogue, Learnt},
    model::{ArticleId, QuoteKind, Reading},
    store::{LearntRow, StoreError},
};

/// How sure a speaker has to be to be learnt as a person.
const SURE: f32 = 0.9;

/// Takes in what the reading says. What cannot be stored is not learnt: a restart would forget it.
pub async fn from(house: &House, reading: &Reading, article: ArticleId) {
    let known = house.catalogue();
    let lessons: Vec<Learnt> = lessons(reading, article)
        .into_iter()
        .filter(|lesson| !says_nothing_new(&known, lesson))
        .collect();
    // Most stories teach nothing, and a catalogue is large to copy.
    if lessons.is_empty() {
        return;
    }
    drop(known);
    // What is learnt is known in every server; what one server's own feed tells is for that server.
    match house.store.is_confined(article).await {
        Ok(false) => {}
        Ok(true) => return,
        Err(error) => return tracing::warn!(article = article.0, %error, "a story could not be learnt from"),
    }
    // A story that is read again, because it was edited, would teach again what it is not to.
    match house.store.is_untaught(article).await {
        Ok(false) => {}
        Ok(true) => return,
        Err(error) => return tracing::warn!(article = article.0, %error, "a story could not be learnt from"),
    }
    let _alone = house.learning().await;
    let mut catalogue = Catalogue::clone(&house.catalogue());
    let new: Vec<LearntRow> = lessons
        .into_iter()
        .filter(|lesson| !catalogue.learn(lesson).is_empty())
        .map(row)
        .collect();
    if new.is_empty() {
        return;
    }
    match house.store.learn(&new, now()).await {
        Ok(count) => {
            tracing::debug!(article = article.0, count, "learnt from a story");
            house.set_catalogue(catalogue);
        }
        Err(error) => tracing::warn!(article = article.0, %error, "what a story teaches could not be kept"),
    }
}

/// Whether everything in a lesson is known for certain already.
fn says_nothing_new(catalogue: &Catalogue, lesson: &Learnt) -> bool {
    let person = lesson.person.as_deref().map(|name| catalogue.named_person(name));
    let drama = lesson.drama.as_deref().map(|title| catalogue.named_drama(title));
    match (person, drama) {
        (Some(Some(person)), Some(Some(drama))) => match &lesson.character {
            Some(character) => {
                (drama.cast.iter()).any(|role| role.actor == person.id && role.character.as_ref() == Some(character))
            }
            None => drama.cast.iter().any(|role| role.actor == person.id),
        },
        (Some(person), None) => person.is_some(),
        (None, Some(Some(drama))) => lesson.network.is_none() || drama.network.is_some(),
        _ => false,
    }
}

/// Begins anew with what is left, when the operator has had something forgotten.
pub async fn anew(house: &House) -> Result<(), StoreError> {
    if !house.store.has_unlearnt().await? {
        return Ok(());
    }
    let _alone = house.learning().await;
    let mut catalogue = match super::catalogue(&house.settings) {
        Ok(catalogue) => catalogue,
        Err(why) => {
            tracing::warn!(%why, "what is to be forgotten is known until the next start");
            return Ok(());
        }
    };
    again(&mut catalogue, house.store.learnt().await?);
    house.set_catalogue(catalogue);
    tracing::info!("something learnt was forgotten, as the operator wanted");
    Ok(())
}

/// Teaches a catalogue what the store remembers.
pub fn again(catalogue: &mut Catalogue, rows: Vec<LearntRow>) {
    for row in rows {
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        catalogue.learn(&Learnt {
            article: row.article,
            drama: said(row.drama),
            network: said(row.network),
            person: said(row.person),
            hangul: said(row.hangul),
            character: said(row.character),
        });
    }
}

fn lessons(reading: &Reading, article: ArticleId) -> Vec<Learnt> {
    let drama = reading.drama.first().cloned();
    let mut lessons = Vec::new();
    if drama.is_some() {
        let network = reading.network.clone();
        lessons.push(Learnt {
            article: Some(article),
            drama: drama.clone(),
            network,
            ..Learnt::default()
        });
    }
    // An article about several dramas does not say which of them a role is of.
    let only = drama.filter(|_| reading.drama.len() == 1);
    for (character, actor) in &reading.characters {
        lessons.push(Learnt {
            article: Some(article),
            drama: only.clone(),
            person: Some(actor.clone()),
            character: only.as_ref().map(|_| character.clone()),
            ..Learnt::default()
        });
    }
    for quote in &reading.quotes {
        let by = quote.by();
        let named = matches!(by.kind, QuoteKind::Cast) && by.confidence >= SURE;
        if named && let Some(speaker) = by.speaker.as_ref().filter(|name| reading.people.contains(name)) {
            lessons.push(Learnt {
                article: Some(article),
                person: Some(speaker.clone()),
                ..Learnt::default()
            });
        }
    }
    lessons
}

fn row(lesson: Learnt) -> LearntRow {
    LearntRow {
        person: lesson.person.unwrap_or_default(),
        drama: lesson.drama.unwrap_or_default(),
        character: lesson.character.unwrap_or_default(),
        hangul: lesson.hangul.unwrap_or_default(),
        network: lesson.network.unwrap_or_default(),
        article: lesson.article,
    }
}
