//! Who belongs neither to the cast nor to those who made the drama: comedians, executives, relatives, bandmates, fans,
//! the regulars of a show that has the people of a drama as its guests.

use super::drama::Work;
use super::entity::{Entities, Entity, Id, Nature, Trade, is_actors};
use super::lexicon::names::syllables;
use super::lexicon::trades::{ALWAYS, BAND, JUROR, KIN, OUTSIDER, SINGS, WRITES_SONGS};
use super::lexicon::{Class, classes};
use super::print::{Words, words};
use super::sentence::{self, Sentence, Sentences};
use super::text::{Shape, Text};

/// Tells the guests from the cast: `comedian Kim` who plays nothing, in a variety show a singer too, and whoever has a
/// name from elsewhere and no part.
pub(super) fn tell_guests(title: &Text, entities: &mut Entities, variety: bool, main: Option<Id>) {
    let song = |t: usize| title.class(t).has(Class::SONG) || title.is_one(t, words!["theme", "sings", "singing"]);
    let of_a_song = (0..title.tokens.len()).any(song);
    for (id, person) in entities.all.iter_mut().enumerate() {
        // `Presenter Kim, who played his granddaughter`, `Actor Kim, a presenter for the evening`, `His wife, actress Kim`.
        let called = |list: &[&str]| person.nouns.iter().any(|n| list.contains(&n.as_str()));
        let actor = person.acts || called(&["actor", "actress"]);
        if person.trade == Trade::Host && actor && (called(&["presenter"]) || called(KIN)) {
            person.trade = Trade::Cast;
        }
        if person.nature != Nature::Person || person.acts {
            continue;
        }
        if called(&[JUROR]) {
            person.trade = Trade::Host;
        }
        let is = |list: &[&str]| person.nouns.iter().any(|n| list.contains(&n.as_str()));
        let office = person.nouns.iter().any(|n| classes(n).has(Class::OFFICE));
        let band = Some(id) != main && is(BAND);
        let sings = (of_a_song || Some(id) != main) && is(WRITES_SONGS) || variety && is(SINGS);
        // `Narim of girl group VIOLA` is of the show, unless the article is about her.
        let idol = variety && Some(id) != main && person.nouns.iter().any(|n| n == "idol");
        // `her co-star Kim, a singer-songwriter`.
        let partner = is(&["co-star", "costar", "castmate"]);
        let acts = partner || is_actor(person) && (!idol || person.nouns.iter().any(|n| is_actors(n)));
        let elsewhere = is(&[OUTSIDER]) || Some(id) != main && is_from_elsewhere(person);
        let outside = || elsewhere && !title.body.contains(person.name.as_str());
        person.guest = !acts && (is(ALWAYS) || office || is(KIN) || band || sings || outside());
    }
}

/// `Emma Halloran`, `Benjo Carandang`: of two words, and neither of them Korean. Who bears such a name buys the drama,
/// translates it or watches it, unless the article says who they play.
fn is_from_elsewhere(person: &Entity) -> bool {
    let korean = |word: &str| word.split('-').all(|part| syllables(part.to_ascii_lowercase()) > 0);
    let from_here = |word: &str| classes(word).has(Class::SURNAME) || classes(word).is_english() || korean(word);
    let mut words = person.name.split(' ');
    let first = words.next().is_some_and(|w| !classes(w).has(Class::SURNAME));
    let last = words.next_back();
    first && words.next().is_none() && last.is_some_and(|w| w.is_ascii() && !from_here(w))
}

fn is_actor(person: &Entity) -> bool {
    person.nouns.iter().any(|n| is_actors(n) || n == "idol")
}

/// In a show that has the people of a drama as its guests, everybody else is of the show.
pub(super) fn tell_regulars(
    text: &Text,
    title: &Text,
    sentences: &Sentences,
    entities: &mut Entities,
    drama: Option<&Work>,
) {
    let Some(drama) = drama.filter(|d| d.visiting) else {
        return;
    };
    let mut invited = vec![false; entities.all.len()];
    for place in drama.places.iter().take(3) {
        let Some(sentence) = sentences.get(sentence::at(sentences, place.open)) else {
            continue;
        };
        for mention in entities.between(sentence.first, sentence.last) {
            invited[mention.entity] |= goes_with(text, mention.first, mention.last, place.open, place.after);
        }
    }
    for sentence in sentences.iter().take(6) {
        invite(text, sentence, entities, &mut invited);
    }
    let guest = |e: &Entity| {
        let noun = |n: &String| ["guest", "star", "co-star", "costar"].contains(&n.as_str());
        e.acts || is_actor(e) || e.nouns.iter().any(noun)
    };
    let known = (0..invited.len()).any(|id| invited[id] || guest(&entities.all[id]));
    // `The lead actors of “X” appeared as guests`: those of the headline.
    if !known && !guests_without_names(text, sentences, drama) {
        return;
    }
    // `A, B, And Guest C Go Head-To-Head`: the headline names those of the show too.
    let hosted = (0..title.tokens.len()).any(|t| title.is(t, "guest") || title.is(t, "guests"));
    for (id, person) in entities.all.iter_mut().enumerate() {
        let kept = invited[id] || guest(person) || !hosted && title.body.contains(person.name.as_str());
        if person.nature == Nature::Person && person.trade == Trade::Cast && !kept {
            person.guest = true;
        }
    }
}

/// `Kim and Lee joined the cast for a mission`, `Kim dropped by`: who comes is a guest.
fn invite(text: &Text, sentence: &Sentence, entities: &Entities, invited: &mut [bool]) {
    const COMES: Words = words![
        "joined",
        "visited",
        "appeared",
        "guested",
        "dropped",
        "featured",
        "guest-starred",
        "paid",
        "stopped",
        "swung",
        "came",
    ];
    let Some(verb) = (sentence.first..sentence.last).find(|t| text.is_just(*t, COMES)) else {
        return;
    };
    // `A, B, and Groupie’s C dropped by`: all of them.
    let mut next = verb;
    for mention in entities.between(sentence.first, verb).iter().rev() {
        if mention.last + 3 > next || text.is(mention.last, "and") || listed(text, mention.last, next) {
            invited[mention.entity] = true;
            next = mention.first;
        }
    }
}

/// Nothing but `and`, a comma and whose group it is stands between two of a list.
fn listed(text: &Text, from: usize, to: usize) -> bool {
    const LONGEST: usize = 5;
    to > from
        && to - from <= LONGEST
        && text.is(from, ",")
        && (from + 1..to)
            .all(|t| text.is(t, "and") || text.is(t, ",") || text.is_capital(t) || text.shape(t) == Shape::Clitic)
}

/// The sentence that names the drama has its people as guests, by no name.
fn guests_without_names(text: &Text, sentences: &Sentences, drama: &Work) -> bool {
    let told = |open: usize| {
        sentences
            .get(sentence::at(sentences, open))
            .is_some_and(|s| (s.first..s.last).any(|t| text.is_one(t, words!["guests", "guest", "guested"])))
    };
    drama.places.iter().take(3).any(|place| told(place.open))
}

/// Whether a name stands beside the drama's title as one of its people: before it, or right behind its marks.
fn goes_with(text: &Text, first: usize, last: usize, open: usize, after: usize) -> bool {
    const NEAR: usize = 9;
    let held = |t: usize| text.is_one(t, words!["joined", "with", "host", "hosts", "visited", "mc", "mcs"]);
    if last <= open {
        return open - last <= 2 * NEAR && !(first.saturating_sub(3)..first).any(held) && !(last..open).any(held);
    }
    first - after.min(first) <= NEAR && !(after..first).any(held)
}
