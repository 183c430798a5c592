//! Roles that are introduced by who plays them, in other words than a verb and its object: `Role, the role of Actor,`, `Her name
//! is Role, and Actor plays her`, `“Role is stubborn,” Actor said of her character`.

use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::people::{Source, sentence_of};
use super::print::words;
use super::role::{Pair, is_persons};
use super::text::{Shape, Text};

/// A role and the actor who is named next.
pub(super) fn introduced(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let (role, actor) = (found[number], *found.get(number + 1)?);
    let acts = matches!(actor.form, Form::Korean | Form::Pair) && !actor.story;
    if !acts || !is_persons(text, role) && role.titles == role.first {
        return None;
    }
    let bound = is_role_of(text, role, actor) || plays_them(source, role, actor) || is_said_of_role(text, role, actor);
    bound.then(|| Pair {
        role: Some(number),
        actor: Some(number + 1),
        weight: 6.0,
        nouns: Vec::new(),
    })
}

/// `Detective Role, the role of Actor, crawls`, `Role, a part played to perfection by Actor`.
fn is_role_of(text: &Text, role: Found, actor: Found) -> bool {
    const PHRASE: usize = 6;
    let first = role.last + 1;
    let noun = first + 1;
    text.is(role.last, ",")
        && text.is_one(first, words!["the", "a"])
        && text.is_one(noun, words!["role", "part", "character"])
        && actor.titles <= noun + PHRASE
        && text.is_one(actor.titles - 1, words!["of", "by"])
        && (noun + 1..actor.titles).all(|t| text.shape(t) == Shape::Lower)
}

/// `Her name is Role, and Actor plays her`.
fn plays_them(source: &Source<'_>, role: Found, actor: Found) -> bool {
    const NEAR: usize = 16;
    let text = source.text;
    let them = actor.last + 1;
    text.is_in(actor.last, asked::PLAYS)
        && text.is_one(them, words!["her", "him"])
        // `plays her runaway fiancé` is of somebody else.
        && (!text.is_word(them + 1) || text.is_one(them + 1, words!["with", "without", "to", "like"]))
        && actor.titles.saturating_sub(role.last) <= NEAR
        && sentence_of(source, role.first).0 == sentence_of(source, actor.first).0
}

/// `“Role is stubborn,” Actor said of her character`, `“Role never gives up,” said Actor about his role`.
fn is_said_of_role(text: &Text, role: Found, actor: Found) -> bool {
    const WORDS: usize = 48;
    const NEAR: usize = 8;
    let joint = |t: usize| text.shape(t) == Shape::Mark;
    let before = actor.titles.wrapping_sub(1);
    let said = text.class(before).has(Class::SAY) && joint(before.wrapping_sub(1));
    if !(joint(before) || said) || actor.titles.saturating_sub(role.last) > WORDS {
        return false;
    }
    let part = |t: &usize| {
        text.is_one(*t, words!["character", "role", "part"])
            && text.class(t - 1).has(Class::HE.with(Class::SHE))
            && text.is_one(t - 2, words!["of", "about", "describing", "explaining", "introducing"])
    };
    let told = said
        || (actor.last..actor.last + NEAR).any(|t| {
            text.class(t).has(Class::SAY) || text.is_one(t, words!["describing", "explaining", "introducing"])
        });
    told && (actor.last + 2..actor.last + NEAR).any(|t| part(&t))
}
