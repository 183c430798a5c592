//! Where one of two is known to be “she”, the pronoun of the other kind means the other.

use super::others::{is_object, is_other};
use super::{share, vote};
use crate::reading::entity::{Entities, Nature};
use crate::reading::lexicon::Class;
use crate::reading::scan::Spans;
use crate::reading::sentence::Sentences;
use crate::reading::speech::Judged;
use crate::reading::text::Text;

/// `Kim keeps half of her sleeve in his quiver`: where one of two is known to be “she”, the other is “he”.
pub fn eliminate(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    scenes: &[bool],
    entities: &mut Entities,
) {
    const LONGEST: usize = 60;
    const WEIGHT: f32 = 0.4;
    let mut votes: Vec<(usize, Class)> = Vec::new();
    let mut pair: Option<(usize, usize, usize)> = None;
    let mut named: Vec<usize> = Vec::new();
    for sentence in sentences
        .iter()
        .filter(|s| s.last - s.first <= LONGEST && !scenes[s.para])
    {
        named.clear();
        for mention in entities
            .between(sentence.first, sentence.last)
            .iter()
            .filter(|m| !m.in_speech)
        {
            let id = mention.entity;
            let same = |other: &usize| {
                *other == id || entities.all[*other].actor == Some(id) || entities.all[id].actor == Some(*other)
            };
            if entities.all[id].is_somebody() && !named.iter().any(same) && named.len() < 3 {
                named.push(id);
            }
        }
        // A sentence that names nobody goes on with the two of the one before.
        pair = match (&named[..], pair) {
            ([one, two], _) => Some((*one, *two, sentence.para)),
            ([], Some((one, two, para))) if para == sentence.para => Some((one, two, para)),
            _ => None,
        };
        let Some((one, two, _)) = pair else { continue };
        const SURE: f32 = 0.6;
        let said = |id: usize| {
            let e = &entities.all[id];
            e.is_she().filter(|_| (e.she - e.he).abs() >= SURE)
        };
        let open = |id: usize| (entities.all[id].she - entities.all[id].he).abs() < 0.15;
        let unknown = match (said(one), said(two)) {
            (Some(she), None) if open(two) => (two, she),
            (None, Some(she)) if open(one) => (one, she),
            _ => continue,
        };
        let other = if unknown.1 { Class::HE } else { Class::SHE };
        let next = spans.outer.partition_point(|s| s.after() <= sentence.first);
        let spoken = |t: usize| {
            spans.outer[next..]
                .iter()
                .zip(&judged[next..])
                .take_while(|(s, _)| s.open < sentence.last)
                .any(|(s, j)| s.open <= t && t < s.after() && j.is_speech())
        };
        // Nobody else is told of by a noun.
        let alone = || !(sentence.first..sentence.last).any(|t| is_other(text, t));
        if let Some(token) = (sentence.first..sentence.last)
            .find(|t| text.class(*t).has(other) && !spoken(*t))
            .filter(|_| alone())
        {
            votes.push((unknown.0, text.class(token)));
        }
    }
    for (id, class) in votes {
        vote(entities, id, class, WEIGHT);
    }
    if let Some((id, class)) = last_one(text, spans, judged, sentences, entities) {
        vote(entities, id, class, WEIGHT);
    }
    share(entities);
}

/// Of all whom the article names one is not known, the others are “she”, and it says “he” of somebody.
fn last_one(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    entities: &Entities,
) -> Option<(usize, Class)> {
    const EARLY: usize = 24;
    const LONG: usize = 200;
    let (one, she) = unknown(entities)?;
    let (other, noun) = if she {
        (Class::HE, Class::MALE)
    } else {
        (Class::SHE, Class::FEMALE)
    };
    let spoken = |t: usize| {
        let at = spans.outer.partition_point(|s| s.after() <= t);
        let span = spans.outer.get(at);
        span.is_some_and(|s| s.open <= t && judged[at].is_speech())
    };
    // `taught him` may be said of anybody.
    let is_somebody = |t: usize| text.class(t).has(other) && !is_object(text, t) && !spoken(t);
    let sentence = sentences
        .iter()
        .take(EARLY)
        .find(|s| (s.first..s.last).any(is_somebody))?;
    let token = (sentence.first..sentence.last).find(|t| is_somebody(*t))?;
    // A man without a name may be “he” as well, and so may `the old gardener`.
    let man = |t: usize| {
        let class = text.class(t);
        let worker = class.has(Class::DET) && (t + 1..t + 3).any(|n| super::super::noun::is_new_person(text, t, n));
        worker || class.has(noun) && (is_other(text, t) || !class.has(other.with(Class::TITLE)))
    };
    let para = text.paras.get(sentence.para)?;
    let alone = !(para.first..sentence.last.min(para.first + LONG)).any(man);
    alone.then_some((one, text.class(token)))
}

/// The only person of whom nothing tells whether “she” fits, where it fits all others, or none.
fn unknown(entities: &Entities) -> Option<(usize, bool)> {
    const MANY: usize = 6;
    let people: Vec<_> = (0..entities.all.len())
        .filter(|id| entities.all[*id].nature == Nature::Person)
        .take(MANY + 1)
        .map(|id| (id, entities.all[id].is_she()))
        .collect();
    let mut open = people.iter().filter(|(_, she)| she.is_none());
    let (one, _) = *open.next()?;
    let mut known = people.iter().filter_map(|(_, she)| *she);
    let she = known.next()?;
    let alike = open.next().is_none() && people.len() <= MANY && known.all(|other| other == she);
    alike.then_some((one, she))
}
