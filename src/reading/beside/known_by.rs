//! What only somebody is said to be, beside a name that might be anything: `her manager in the drama, Yu Rok,`, `Dal-rae,
//! a nurse who`, `Ruon of WAVE NINE`, `Pi Yeon is making his acting debut`.
//!
//! The noun tells as well what the bearer is called later on.

use super::super::print::words;
use super::{Place, call};
use crate::reading::beings::{is_of_a_scene, is_somebodys};
use crate::reading::entity::Trade;
use crate::reading::evidence::{Candidate, is_given_name};
use crate::reading::lexicon::Class;
use crate::reading::names::{Form, Found};
use crate::reading::text::{Shape, Text};

/// That much speaks for somebody of whom a noun behind or in front of a comma tells.
const TOLD: f32 = 2.6;

/// Adds that the bearer is somebody: in a story one of its characters, elsewhere a person.
pub fn somebody(text: &Text, name: Found, scene: bool, candidate: &mut Candidate) {
    if matches!(name.form, Form::Company | Form::Station) {
        return;
    }
    let at = name.last;
    let place = Place { text, name, at };
    if let Some(noun) = told_behind(place) {
        told(place, noun, scene, candidate);
        // `Tomoe Arisaka, a harpist who`: neither of the cast nor of those who made it.
        let works = candidate.person > candidate.character
            && name.form != Form::Korean
            && !text.class(name.first).has(Class::SURNAME)
            && !text.class(noun).has(Class::FEMALE.with(Class::MALE));
        candidate.trade = candidate.trade.or(works.then_some(Trade::Host));
    } else if let Some(noun) = told_in_front(place) {
        told(place, noun, scene, candidate);
    }
    if name.form == Form::Korean {
        return;
    }
    if of_capitals(place) {
        candidate.person += 2.6;
        call(candidate, "idol");
        call(candidate, "singer");
    }
    candidate.person += if makes_debut(place) { 2.6 } else { 0.0 };
    if on_screen(place) {
        candidate.person += 1.6;
        candidate.acts = true;
        candidate.trade = candidate.trade.filter(|trade| *trade != Trade::Host);
    }
}

/// Somebody is called by that noun.
fn told(place: Place<'_>, noun: usize, scene: bool, candidate: &mut Candidate) {
    let Place { text, name, .. } = place;
    let class = text.class(noun);
    if class.has(Class::FEMALE) {
        candidate.she += 1.5;
    } else if class.has(Class::MALE) {
        candidate.he += 1.5;
    }
    let role = is_role(place, scene, candidate);
    // A whole name needs no more to be somebody's.
    if name.form != Form::Korean {
        let worth = if role {
            &mut candidate.character
        } else {
            &mut candidate.person
        };
        *worth += TOLD;
    }
    if role || name.form != Form::Korean {
        call(candidate, &text.word(noun).to_ascii_lowercase());
    }
}

/// Who is told of so is one of the story: in a scene, by a first name alone, or as whom somebody stars.
fn is_role(place: Place<'_>, scene: bool, candidate: &Candidate) -> bool {
    let Place { text, name, .. } = place;
    let given = match name.form {
        Form::Single => is_given_name(text.word(name.first)),
        Form::Pair => !text.class(name.first).has(Class::SURNAME),
        _ => false,
    };
    // `Mae Hyang, a vendor who rules the alley`: tales are told in the present.
    let who = (name.last + 3..name.last + 8).find(|t| text.is(*t, "who"));
    let rules = name.form == Form::Pair
        && who.is_some_and(|t| {
            let verb = text.word(t + 1);
            text.shape(t + 1) == Shape::Lower && verb.ends_with('s') && !text.class(t + 1).has(Class::AUX)
        });
    let played = text.is_one(name.titles.wrapping_sub(1), words!["as", "plays", "played"]);
    scene || given || played || rules || candidate.character > candidate.person
}

/// A noun of somebody who neither acts nor makes dramas for a living: what real people are called is known elsewhere.
fn is_noun(text: &Text, token: usize) -> bool {
    let class = text.class(token);
    let word = text.word(token);
    text.shape(token) == Shape::Lower
        && !class.has(
            Class::TITLE
                .with(Class::HE)
                .with(Class::SHE)
                .with(Class::PREP)
                .with(Class::ADV),
        )
        && (is_somebodys(word) || is_of_a_scene(word))
}

/// `Soo-kyung, the girl,`, `Dal-rae, a nurse who`: the noun.
fn told_behind(place: Place<'_>) -> Option<usize> {
    const REACH: usize = 6;
    let Place { text, at, .. } = place;
    if !text.is(at, ",") || !text.is_one(at + 1, words!["a", "an", "the"]) {
        return None;
    }
    let ends = Class::PREP.with(Class::SUBORD).with(Class::CONJ);
    let end = (at + 2..at + REACH).find(|t| !place.is_lower(*t) || text.class(*t).has(ends))?;
    let closes = matches!(text.sign(end), b',' | b'.') || text.class(end).has(Class::PREP) || text.is(end, "who");
    (end > at + 2 && closes && is_noun(text, end - 1)).then_some(end - 1)
}

/// `the conductor, Mok-ha,`, `his manager in the drama, Yu Rok,`: the noun.
fn told_in_front(place: Place<'_>) -> Option<usize> {
    const REACH: usize = 7;
    let Place { text, name, at } = place;
    let comma = name.titles.checked_sub(1).filter(|t| text.is(*t, ","))?;
    if !matches!(text.sign(at), b',' | b'(') {
        return None;
    }
    let opens = |t: &usize| {
        let class = text.class(*t);
        text.shape(*t) == Shape::Clitic || text.is(*t, "the") || class.has(Class::HE.with(Class::SHE).with(Class::THEY))
    };
    // Back over `in the drama`: the article of a phrase is none of the noun's.
    let mut end = comma;
    let from = comma.saturating_sub(REACH);
    if let Some(phrase) = (from..comma).rev().take(4).find(|t| text.class(*t).has(Class::PREP)) {
        end = phrase;
    }
    let article = (from..end)
        .rev()
        .take_while(|t| place.is_lower(*t) || text.shape(*t) == Shape::Clitic || opens(t))
        .find(opens)?;
    let noun = end.checked_sub(1).filter(|n| *n > article)?;
    // `told his mother, Kim, that`, `by the conductor, Mok-ha,`.
    is_noun(text, noun).then_some(noun)
}

/// `Ruon of WAVE NINE`, `Sorae, of girl group Citrine,`: one word by which a group calls somebody.
fn of_capitals(place: Place<'_>) -> bool {
    const REACH: usize = 4;
    let Place { text, name, at } = place;
    if name.form != Form::Single || text.class(name.first).is_english() {
        return false;
    }
    let comma = usize::from(text.is(at, ","));
    let of = at + comma;
    if !text.is(of, "of") {
        return false;
    }
    let band = (of + 1..of + REACH)
        .take_while(|t| place.is_lower(*t))
        .any(|t| text.is_one(t, words!["group", "band", "duo", "trio"]));
    let shouted = text.shape(of + 1) == Shape::Upper
        && text.word(of + 1).len() > 1
        && !text.class(of + 1).has(Class::STATION.with(Class::PLACE));
    comma > 0 && band || shouted
}

/// `Pi Yeon is making his acting debut`, `Emi Sohn makes her long-awaited return`.
fn makes_debut(place: Place<'_>) -> bool {
    const REACH: usize = 5;
    let Place { text, at, .. } = place;
    let verb = (at..at + 3)
        .find(|t| !text.class(*t).has(Class::AUX.with(Class::ADV)))
        .unwrap_or(at);
    text.is_just(verb, words!["makes", "making", "made", "marks", "marking", "marked"])
        && text.class(verb + 1).has(Class::HE.with(Class::SHE))
        && (verb + 2..verb + 2 + REACH)
            .take_while(|t| place.is_lower(*t))
            .any(|t| text.is_just(t, words!["debut", "return", "comeback"]))
}

/// `their on-screen mother Emi Sohn`, `his TV brother Ha`.
fn on_screen(place: Place<'_>) -> bool {
    let Place { text, name, .. } = place;
    let Some(noun) = name.titles.checked_sub(1) else {
        return false;
    };
    let class = text.class(noun);
    place.is_lower(noun)
        && class.has(Class::FEMALE.with(Class::MALE))
        && !class.has(Class::HE.with(Class::SHE))
        && text.is_one(
            noun.wrapping_sub(1),
            words!["on-screen", "onscreen", "screen", "tv", "fictional"],
        )
}

/// `Haebi, whose legal name is Kim Bo Ra,`: what it says that a name has another behind it.
pub(super) fn legal_name(place: Place<'_>) -> f32 {
    const SURE: f32 = 3.0;
    let Place { text, at, .. } = place;
    let named =
        text.is(at + 1, "whose") && text.is_one(at + 2, words!["legal", "real", "birth"]) && text.is(at + 3, "name");
    if named { SURE } else { 0.0 }
}
