//! Roles that never get a name: `the postmaster (Kim)`, `A monk, played by Kim`, `Kim plays the driver who`.
//!
//! They are called by what they do; the noun is their name, and who plays them is known.

use super::entity::{Entities, Entity, Id, Nature, key_of};
use super::lexicon::Class;
use super::names::{Form, Found};
use super::people::Source;
use super::role::PLAYS;
use super::stranger::does_something;
use super::text::{Shape, Text};

/// A role has no more nouns.
const LONGEST: usize = 4;

/// Adds them to the characters.
pub(super) fn roles(source: &Source<'_>, entities: &mut Entities, found: &[Found]) {
    let text = source.text;
    for actor in found {
        let id = entities
            .full(&key_of(text, actor.first, actor.last))
            .filter(|id| entities.all[*id].nature == Nature::Person);
        let Some(id) = id else { continue };
        let bracketed = text.word(actor.titles.wrapping_sub(1)) == "(" && text.word(actor.last) == ")";
        let before = bracketed
            .then(|| actor.titles - 1)
            .or_else(|| played_noun(text, *actor));
        let role = match before {
            Some(end) => in_front(source, found, *actor, end, bracketed),
            None => behind(source, entities, *actor, id),
        };
        if let Some((first, last)) = role {
            add(text, entities, id, first, last);
        }
    }
}

fn add(text: &Text, entities: &mut Entities, actor: Id, first: usize, last: usize) {
    let name = text.slice(first, last);
    if entities.full(&super::entity::key(name)).is_some() {
        return;
    }
    let class = text.class(last - 1);
    let mut role = Entity::new(name.to_owned(), Nature::Character, first);
    role.actor = Some(actor);
    role.nouns.push(text.word(last - 1).to_ascii_lowercase());
    role.she = if class.has(Class::FEMALE) { 1.5 } else { 0.0 };
    role.he = if class.has(Class::MALE) { 1.5 } else { 0.0 };
    entities.add(role);
}

/// The words of a noun phrase: `debt collector`.
fn is_noun(text: &Text, token: usize) -> bool {
    text.shape(token) == Shape::Lower
        && !text.class(token).has(
            Class::DET
                .with(Class::PREP)
                .with(Class::CONJ)
                .with(Class::AUX)
                .with(Class::SUBORD),
        )
}

/// `the family lawyer (Kim)`, `The Queen Dowager (Kim)`, `Mok Dan’s grandmother (Kim)`.
fn in_front(source: &Source<'_>, found: &[Found], actor: Found, end: usize, bracketed: bool) -> Option<(usize, usize)> {
    let text = source.text;
    let titled = |t: usize| bracketed && text.shape(t) == Shape::Capital && text.class(t).has(Class::STORY) && t > 0;
    let mut first = end;
    while first > 0 && end - first < LONGEST && (is_noun(text, first - 1) || titled(first - 1)) {
        first -= 1;
    }
    let owner = first
        .checked_sub(2)
        .filter(|_| text.shape(first - 1) == Shape::Clitic)
        .and_then(|t| found.binary_search_by_key(&(t + 1), |n| n.last).ok())
        .map(|n| found[n]);
    let opens = owner.is_some() || first > 0 && text.class(first - 1).has(Class::DET);
    let class = text.class(end.checked_sub(1)?);
    let called = class.has(Class::STORY.with(Class::FEMALE).with(Class::MALE).with(Class::EPITHET));
    // Where a scene is told, whatever stands in front of an actor in brackets is whom they play.
    let thing = Class::DRAMA
        .with(Class::SHOW)
        .with(Class::FILM)
        .with(Class::SONG)
        .with(Class::BOOK)
        .with(Class::TEAM)
        .with(Class::TITLE);
    let told = source.scene && bracketed && actor.form == Form::Korean && !class.has(thing);
    let first = owner.map_or(first, |n| n.titles);
    (opens && first < end && (called || told)).then_some((first, end))
}

/// `Kim plays the driver who`, `Kim appears as his nursemaid.`, `Kim as the forensic doctor who`: no name follows.
fn behind(source: &Source<'_>, entities: &Entities, actor: Found, id: Id) -> Option<(usize, usize)> {
    let text = source.text;
    let named = entities.all.iter().any(|e| e.actor == Some(id));
    if !source.scene || named || actor.form != Form::Korean {
        return None;
    }
    let verb = actor.last;
    let appears = ["appears", "stars", "appeared", "starred"]
        .iter()
        .any(|w| text.is(verb, w))
        && text.is(verb + 1, "as");
    let plays = PLAYS.contains(&text.word(verb)) || text.is(verb, "as");
    let article = verb + 1 + usize::from(appears);
    if !(appears || plays) || !text.class(article).has(Class::DET) {
        return None;
    }
    let first = article + 1;
    let last = (first..first + LONGEST).take_while(|t| is_noun(text, *t)).last()? + 1;
    let class = text.class(last - 1);
    let person = class.has(
        Class::STORY
            .with(Class::FEMALE)
            .with(Class::MALE)
            .with(Class::PASSER)
            .with(Class::OFFICE),
    ) || does_something(text.word(last - 1));
    let ends = text.is(last, "who")
        || matches!(text.word(last), "." | "," | ";" | ")")
        || text.class(last).has(Class::CONJ.with(Class::PREP));
    let apposed = text.word(last) == "," && text.tokens.get(last + 1).is_some_and(|t| t.is_capital());
    (person && ends && !apposed).then_some((first, last))
}

/// `A monk, portrayed by veteran Kim`: one past the noun.
fn played_noun(text: &Text, actor: Found) -> Option<usize> {
    let by = (actor.titles.saturating_sub(3)..actor.titles)
        .rev()
        .find(|t| text.is(*t, "by"))?;
    let verb = by.checked_sub(1)?;
    let played = ["played", "portrayed"].iter().any(|w| text.is(verb, w));
    let comma = verb.checked_sub(1).filter(|t| text.word(*t) == ",")?;
    (played && comma > 1).then_some(comma)
}
