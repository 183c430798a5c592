//! Who plays a character as a child: `young Ji O (Kim)`, `Kim and Lee play their younger selves`, `Ji O as a child, played by
//! Kim`. The lines of the child are the character's, spoken by that actor.

use super::entity::{Entities, Id, Nature, key_of};
use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::people::{Source, sentence_of};
use super::print::{Words, words};
use super::text::{Shape, Text};
use super::together::told_before;

const YOUNG: Words = words![
    "young",
    "younger",
    "teenage",
    "adolescent",
    "little",
    "child",
    "childhood",
];
const AGES: Words = words!["child", "teenager", "girl", "boy", "student", "teen", "kid"];
const SELVES: Words = words!["self", "selves", "version", "versions", "years", "days"];
/// The story is back where it was.
const NOW: Words = words!["now", "present", "adult", "grown", "today", "later"];

/// Whether a name is that of a child who is somebody grown up elsewhere in the story.
#[must_use]
pub(super) fn is_young(text: &Text, titles: usize, last: usize) -> bool {
    let is_one = |t: usize, words: Words| text.is_one(t, words);
    let before = titles.checked_sub(1).is_some_and(|t| is_one(t, YOUNG)) || is_one(titles, YOUNG) && titles < last;
    let version = titles > 2 && text.is(titles - 1, "of") && is_one(titles - 2, SELVES) && is_one(titles - 3, YOUNG);
    let own = text.shape(last) == Shape::Clitic && is_one(last + 1, YOUNG) && is_one(last + 2, SELVES);
    let aged = text.is(last, "as") && text.is(last + 1, "a") && is_one(last + 2, AGES);
    before || version || own || aged
}

/// `Kim and Lee play their younger selves`: the actors, in the order of those whom the sentence before tells of.
pub(super) fn cast(source: &Source<'_>, found: &[Found], entities: &mut Entities) {
    const NEAR: usize = 3;
    let text = source.text;
    for token in text.all_in(asked::SELVES).filter(|t| *t > 1) {
        let young = text.is_one(token - 1, YOUNG);
        let their = text
            .class(token.saturating_sub(2))
            .has(Class::THEY.with(Class::HE).with(Class::SHE));
        let verb = (token.saturating_sub(NEAR + 1)..token).find(|t| text.is_in(*t, asked::PLAYS));
        // `play the young versions of R (X) and S (Y)`.
        let versions = text.is_one(token, words!["versions", "selves"]) && text.is(token + 1, "of");
        if let Some(verb) = verb.filter(|_| young && versions) {
            of_each(source, found, entities, verb, token);
            continue;
        }
        let Some(verb) = verb.filter(|_| young && their) else {
            continue;
        };
        let (from, _) = sentence_of(source, verb);
        let actors: Vec<Found> = found
            .iter()
            .filter(|n| {
                n.titles >= from && n.last <= verb && matches!(n.form, Form::Korean | Form::Pair | Form::Single)
            })
            .copied()
            .collect();
        let Some(roles) = told_before(source, found, from, actors.len()) else {
            continue;
        };
        for (role, actor) in roles.into_iter().zip(actors) {
            let id = |name: Found| entities.full(&key_of(text, name.first, name.last));
            if let (Some(role), Some(actor)) = (id(found[role]), id(actor))
                && entities.all[role].nature == Nature::Character
                && entities.all[actor].nature == Nature::Person
            {
                entities.all[role].young = Some(actor);
            }
        }
    }
}

/// The children of those who are named behind `versions of`, in the order of the actors in front of the verb.
fn of_each(source: &Source<'_>, found: &[Found], entities: &mut Entities, verb: usize, of: usize) {
    const MOST: usize = 4;
    let text = source.text;
    let (from, to) = sentence_of(source, verb);
    let person = |n: &&Found| matches!(n.form, Form::Korean | Form::Pair | Form::Single);
    let within = |first: usize, last: usize| {
        let named = found.iter().filter(person);
        named.filter(move |n| n.titles >= first && n.last <= last && !super::bracket::in_bracket(text, n.titles))
    };
    let (actors, roles): (Vec<_>, Vec<_>) = (
        within(from, verb).take(MOST).collect(),
        within(of, to).take(MOST).collect(),
    );
    if actors.len() != roles.len() {
        return;
    }
    for (actor, role) in actors.into_iter().zip(roles) {
        let id = |name: &Found| entities.full(&key_of(text, name.first, name.last));
        if let (Some(role), Some(actor)) = (id(role), id(actor))
            && entities.all[role].nature == Nature::Character
            && entities.all[actor].nature == Nature::Person
        {
            entities.all[role].young = Some(actor);
        }
    }
}

/// Whether a character is a child where their words stand, in a paragraph that begins at `first`.
#[must_use]
pub(super) fn speaks(text: &Text, entities: &Entities, who: Id, first: usize, after: usize) -> bool {
    const BEHIND: usize = 12;
    if entities.all[who].young.is_none() {
        return false;
    }
    let mut named = entities
        .between(first, after + BEHIND)
        .iter()
        .filter(|m| m.entity == who && !m.in_speech);
    let young = named.rfind(|m| is_young(text, m.first, m.last));
    young.is_some_and(|m| !(m.last..after).any(|t| text.is_one(t, NOW)))
}

/// The one character whom an actor plays as a child.
#[must_use]
pub(super) fn role_of(entities: &Entities, actor: Id) -> Option<Id> {
    const MOST: usize = 512;
    let of = |id: &Id| entities.all[*id].nature == Nature::Character && entities.all[*id].young == Some(actor);
    let mut roles = (0..entities.all.len().min(MOST)).filter(of);
    let role = roles.next()?;
    roles.next().is_none().then_some(role)
}
