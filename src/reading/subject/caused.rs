//! Whom something that nobody does makes do something: `This made the idol laugh`.

use super::super::print::{Words, words};
use crate::reading::entity::{Entities, Mention};
use crate::reading::gender::is_object;
use crate::reading::lexicon::Class;
use crate::reading::phrase::Reference;
use crate::reading::text::{Shape, Text};

/// `This made the idol put his hands over his face`, `The line sent Kim into fits`: who is made to do something, where nobody
/// does anything in front.
pub fn caused(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const REACH: usize = 12;
    const CAUSES: Words = words![
        "made", "makes", "prompted", "prompts", "caused", "causes", "sent", "sends", "left", "leaves", "forced",
        "forces", "moved", "moves", "inspired", "inspires",
    ];
    let verb = (first + 1..last.min(first + REACH)).find(|t| text.is_just(*t, CAUSES))?;
    let idle = (first..verb).all(|t| !text.class(t).has(Class::NOMINATIVE.with(Class::AUX)));
    let somebody = |m: &&Mention| entities.all[m.entity].is_somebody();
    if !idle || entities.between(first, verb).iter().any(|m| somebody(&m)) {
        return None;
    }
    let at = verb + 1;
    let class = text.class(at);
    if class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE) && is_object(text, at) {
        return Some(Reference::Pronoun { class, token: at });
    }
    let lower = |t: usize| text.shape(t) == Shape::Lower;
    let person = |t: &usize| {
        let real = Class::EPITHET.with(Class::STORY).with(Class::FEMALE).with(Class::MALE);
        text.class(*t).has(real) && !text.class(*t).has(Class::PLURAL.with(Class::HE).with(Class::SHE))
    };
    let head = || (at + 1..at + 3).take_while(|t| lower(*t)).find(person);
    if lower(at)
        && class.has(Class::DET)
        && let Some(head) = head()
    {
        return (text.shape(head + 1) != Shape::Clitic).then_some(Reference::Epithet { head, first: at });
    }
    let mention = entities.between(at, at + 3).iter().find(somebody)?;
    let titles = (at..mention.first).all(|t| text.class(t).has(Class::TITLE.with(Class::STORY)));
    (titles && text.shape(mention.last) != Shape::Clitic).then(|| Reference::to(mention))
}
