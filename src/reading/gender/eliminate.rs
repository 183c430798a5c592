//! Where one of two is known to be “she”, the pronoun of the other kind means the other.

use super::others::is_other;
use super::{share, vote};
use crate::reading::entity::Entities;
use crate::reading::lexicon::Class;
use crate::reading::scan::Spans;
use crate::reading::sentence::Sentence;
use crate::reading::speech::Judged;
use crate::reading::text::Text;

/// `Kim keeps half of her sleeve in his quiver`: where one of two is known to be “she”, the other is “he”.
pub fn eliminate(text: &Text, spans: &Spans, judged: &[Judged], sentences: &[Sentence], entities: &mut Entities) {
    const LONGEST: usize = 60;
    const WEIGHT: f32 = 0.4;
    let mut votes: Vec<(usize, Class)> = Vec::new();
    let mut pair: Option<(usize, usize, usize)> = None;
    for sentence in sentences.iter().filter(|s| s.last - s.first <= LONGEST) {
        let mut named: Vec<usize> = Vec::new();
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
        let alone = !(sentence.first..sentence.last).any(|t| is_other(text, t));
        if let Some(token) = (sentence.first..sentence.last)
            .find(|t| text.class(*t).has(other) && !spoken(*t))
            .filter(|_| alone)
        {
            votes.push((unknown.0, text.class(token)));
        }
    }
    for (id, class) in votes {
        vote(entities, id, class, WEIGHT);
    }
    share(entities);
}
