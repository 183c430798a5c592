//! Whom a clause behind “who” is about: `is found by Kim, who hands him a box and tells him`.

use super::{before_title, phrase_before};
use crate::reading::entity::Entities;
use crate::reading::lexicon::Class;
use crate::reading::phrase::Reference;
use crate::reading::print::words;
use crate::reading::text::{Shape, Text};

/// `is found by Kim, who hands him a box and tells him`: the clause behind “who” goes on to the verb.
pub(super) fn who_also(text: &Text, entities: &Entities, first: usize, and: usize) -> Option<Reference> {
    const REACH: usize = 24;
    let who = (first + 2..and.saturating_sub(1))
        .rev()
        .take(REACH)
        .find(|t| text.is(*t, "who") && text.is(t - 1, ","))?;
    let goes_on = (who + 1..and).all(|t| {
        text.shape(t) != Shape::Punct
            && text.shape(t) != Shape::Mark
            && !text.class(t).has(Class::NOMINATIVE.with(Class::SUBORD))
    });
    goes_on.then(|| of_relative(text, entities, first, who)).flatten()
}

/// `Kim, who in the preview hisses`, `Kim, who, a scene later, says`: what stands between only says where or when.
pub(super) fn who_somewhere(text: &Text, first: usize, at: usize) -> Option<usize> {
    const LONGEST: usize = 9;
    const ENDS: Class = Class::NOMINATIVE
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::CONJ)
        .with(Class::SAY);
    let inserted = text.is(at - 1, ",");
    let end = at - usize::from(inserted);
    let who = (first + 1..end).rev().take(LONGEST).find(|t| text.is(*t, "who"))?;
    let opens = who + 1 + usize::from(inserted);
    let where_or_when = text.class(opens).has(Class::PREP) || inserted && text.is_one(opens, words!["a", "one", "two"]);
    let commas = !inserted || text.is(who + 1, ",");
    let plain = |t: usize| {
        !matches!(text.shape(t), Shape::Punct | Shape::Mark) && !text.class(t).has(ENDS) || text.is(t, "that")
    };
    (end > opens + 1 && where_or_when && commas && (opens..end).all(plain)).then_some(who)
}

/// `Kim, who added`, `according to an SBS official, who added`.
pub(super) fn of_relative(text: &Text, entities: &Entities, first: usize, who: usize) -> Option<Reference> {
    // `Kim, who was locked in once herself and who told the room`: the same one.
    let before = (first + 1..who).rev().find(|t| text.is(*t, "who"));
    if let Some(earlier) = before.filter(|_| text.is(who - 1, "and")) {
        return of_relative(text, entities, first, earlier);
    }
    let comma = who > first && text.is(who - 1, ",");
    let end = before_title(text, first, who - usize::from(comma));
    // `a visit to Dr. Wang (Kim), who tells her`: the name in front of the brackets.
    if end > first && text.is(end - 1, ")") {
        let open = (first.max(end.saturating_sub(9))..end).rev().find(|t| text.is(*t, "("));
        let named = open.and_then(|open| entities.between(first, open).last().filter(|m| m.last == open));
        if let Some(named) = named.filter(|m| entities.all[m.entity].is_somebody()) {
            return Some(Reference::to(named));
        }
    }
    match entities.between(first, end).last().filter(|m| m.last == end) {
        Some(named) => Some(Reference::to(named)),
        None if end > first => phrase_before(text, entities, first, end),
        None => None,
    }
}
