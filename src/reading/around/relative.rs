//! Who speaks, described: `“I hit every wall,” said Bae Mi-ru, who plays the courier.` tells that Bae Mi-ru plays the
//! courier.

use super::super::print::words;
use super::{Piece, Telling};
use crate::reading::entity::{Entities, Nature};
use crate::reading::lexicon::Class;
use crate::reading::text::{Shape, Text};

/// Words from the speech to the one who is described, and of what is told of them.
const REACH: usize = 14;
const LONGEST: usize = 40;
const LEAST: usize = 2;

/// `said Bae Mi-ru, who plays the courier in the drama, in Seoul`.
pub(super) fn behind(text: &Text, entities: &Entities, after: usize, end: usize) -> Option<Telling> {
    let (name, verb) = described(text, entities, after, end.min(after + REACH))?;
    let mut last = stop(text, verb, end)?;
    // `, a smuggler with two passports, in Seoul`: who it is belongs to it, where it was said does not.
    while text.is(last, ",") && text.class(last + 1).has(Class::DET) {
        last = stop(text, last + 1, end)?;
    }
    told(name, verb, last)
}

/// `Bae Mi-ru, who plays the courier, said, “`.
pub(super) fn before(text: &Text, entities: &Entities, first: usize, open: usize) -> Option<Telling> {
    let (name, verb) = described(text, entities, first, open)?;
    let last = stop(text, verb, open)?;
    // The clause is over where the cue comes.
    let cue = (last + 1..(last + 4).min(open)).any(|t| text.class(t).has(Class::SAY));
    if cue { told(name, verb, last) } else { None }
}

/// The name before `, who`, as its first token and the one past its last, and the verb behind.
fn described(text: &Text, entities: &Entities, from: usize, to: usize) -> Option<((usize, usize), usize)> {
    let who = (from..to).find(|t| text.is(*t, "who") && text.is(t.wrapping_sub(1), ","))?;
    let mention = entities.between(from, who).last().filter(|m| m.last + 1 == who)?;
    let person = entities.all[mention.entity].nature == Nature::Person && !mention.ambiguous;
    // `Kim and Bae, who play the couple`: it is told of both.
    let alone = !text.is_one(mention.first.wrapping_sub(1), words!["and", "or", "&"]);
    let verb = who + 1;
    let says = text
        .class(verb)
        .has(Class::SAY.with(Class::NOMINATIVE).with(Class::DET).with(Class::PREP));
    (person && alone && text.shape(verb) == Shape::Lower && !says).then_some(((mention.first, mention.last), verb))
}

/// The first comma or full stop behind a token, or what joins a second thing that somebody did.
fn stop(text: &Text, from: usize, end: usize) -> Option<usize> {
    (from + 1..end.min(from + LONGEST)).find(|t| {
        text.is_just(*t, words![",", ".", ":", ";", "—", "–"])
            || text.is(*t, "and")
                && (text.is(t + 1, "who") || text.class(t + 1).has(Class::SAY.with(Class::NOMINATIVE)))
    })
}

fn told(name: (usize, usize), verb: usize, last: usize) -> Option<Telling> {
    (last >= verb + LEAST).then(|| Telling::of(&[Piece::Words(name.0, name.1), Piece::Words(verb, last)]))
}
