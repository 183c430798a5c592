//! How an article brings in somebody whose name might be anything: `A student named Wulan, who`, `Daerin: “…”`,
//! `Lola Auring, as she is known`, `Apple, a member of LILTING`, `is paired with Raka Wiradana`.
//!
//! Names from elsewhere and stage names have no shape of their own; that somebody is there, the words around them say.

use super::super::print::words;
use super::{Place, call};
use crate::reading::entity::Trade;
use crate::reading::evidence::Candidate;
use crate::reading::lexicon::{Class, asked};
use crate::reading::names::{Form, Found, is_member_told};
use crate::reading::noun::is_person_noun;
use crate::reading::text::{Shape, Text};

/// What is enough for a name of one word.
const SURE: f32 = 2.6;
/// What is enough for one of several, or beside another clue.
const HALF: f32 = 1.6;

/// Adds what a name is brought in with.
pub fn brought_in(text: &Text, name: Found, scene: bool, candidate: &mut Candidate) {
    if matches!(name.form, Form::Company | Form::Station) || name.story {
        return;
    }
    let place = Place {
        text,
        name,
        at: name.last,
    };
    // However many labels there are, one name is no surer by them than by two.
    candidate.person += if candidate.person < SURE {
        labels(place, scene)
    } else {
        0.0
    };
    if name.form == Form::Korean || scene {
        return;
    }
    let told = named(place);
    // Whom a drama tells of is named so, too.
    candidate.character -= 2.0 * told;
    let clues = known_as(place, candidate)
        + belongs(place, candidate)
        + aged(place, candidate)
        + plays(place, candidate)
        + alongside(place, candidate);
    candidate.person += told + clues + if contacted(place) { SURE } else { 0.0 };
}

/// `Soh Byul: I respect a cat’s schedule.`, `Daerin: “The waiting.”`: a label at the head of a paragraph that does not ask.
fn labels(place: Place<'_>, scene: bool) -> f32 {
    let Place { text, name, at } = place;
    let para = &text.paras[text.para_of(name.first)];
    let surname = name.form == Form::Single && text.class(name.first).has(Class::SURNAME);
    if para.first != name.first || !text.is(at, ":") || surname {
        return 0.0;
    }
    match name.form {
        Form::Pair => HALF,
        // `Soompi: Which scene?` asks; initials are those of somebody named elsewhere.
        Form::Single | Form::Words
            if !scene
                && !is_initials(text.word(name.first))
                && text.shape(at + 1) == Shape::Mark
                && !text.is(para.last - 1, "?") =>
        {
            HALF
        }
        _ => 0.0,
    }
}

/// `KBR:`.
fn is_initials(word: &str) -> bool {
    const LETTERS: usize = 4;
    word.len() <= LETTERS && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// `, as she is known in the market,`, `, as he likes to be called,`.
fn known_as(place: Place<'_>, candidate: &mut Candidate) -> f32 {
    let Place { text, at, .. } = place;
    let who = text.class(at + 2);
    let known = text.is(at, ",")
        && text.is(at + 1, "as")
        && who.has(Class::NOMINATIVE)
        && (at + 3..at + 8).any(|t| text.is_one(t, words!["known", "called", "billed", "nicknamed"]));
    if !known {
        return 0.0;
    }
    if who.has(Class::SHE) {
        candidate.she += 2.0;
    } else if who.has(Class::HE) {
        candidate.he += 2.0;
    }
    // Nobody says so of whoever is on every screen.
    candidate.trade = candidate
        .trade
        .or((place.name.form == Form::Words).then_some(Trade::Host));
    SURE
}

/// `Dita Arum, a 25-year-old from Cebu, plays a nurse`: the verb stands behind what tells of somebody.
fn plays(place: Place<'_>, candidate: &mut Candidate) -> f32 {
    const REACH: usize = 14;
    let Place { text, at, .. } = place;
    let told = text.is(at, ",") && text.class(at + 1).has(Class::DET);
    let ends = |t: &usize| text.is(*t, ",") || matches!(text.sign(*t), b'.' | b';') || text.shape(*t) == Shape::Mark;
    let Some(comma) = told.then(|| (at + 1..at + REACH).find(ends)).flatten() else {
        return 0.0;
    };
    let plays = text.is(comma, ",") && text.is_in(comma + 1, asked::PLAYS) && text.class(comma + 2).has(Class::DET);
    if !plays {
        return 0.0;
    }
    candidate.acts = true;
    HALF
}

/// `A student named Wulan, who`, `One fan called Dita`: at the head of a sentence; `plays a nurse named Dita` is told elsewhere.
fn named(place: Place<'_>) -> f32 {
    const NOUNS: usize = 5;
    let Place { text, name, .. } = place;
    let Some(verb) = name
        .titles
        .checked_sub(1)
        .filter(|t| text.is_one(*t, words!["named", "called"]))
    else {
        return 0.0;
    };
    let noun = verb.wrapping_sub(1);
    let article = (verb.saturating_sub(NOUNS)..verb)
        .rev()
        .take_while(|t| text.shape(*t) != Shape::Punct && text.shape(*t) != Shape::Mark)
        .find(|t| text.is_one(*t, words!["a", "an", "one", "another"]));
    // Capital letters open sentences.
    let opens = article.is_some_and(|t| text.is_capital(t));
    let somebody = is_person_noun(text, noun)
        || text
            .class(noun)
            .has(Class::PASSER.with(Class::STORY).with(Class::PUBLIC));
    if opens && somebody { SURE + SURE } else { 0.0 }
}

/// `Apple, a member of LILTING,`: whoever belongs to a group sings.
fn belongs(place: Place<'_>, candidate: &mut Candidate) -> f32 {
    let word = place.text.class(place.name.first).is_english();
    if place.name.form != Form::Single || !word || !is_member_told(place.text, place.at) {
        return 0.0;
    }
    call(candidate, "idol");
    call(candidate, "singer");
    SURE
}

/// `So Jin, the 11-year-old who won`, `Dita, a 30-year-old from Bandung,`.
fn aged(place: Place<'_>, candidate: &mut Candidate) -> f32 {
    const NOUNS: usize = 4;
    let Place { text, at, .. } = place;
    let old = text.is(at, ",") && text.is_one(at + 1, words!["a", "an", "the"]);
    let age = (at + 2..at + 2 + NOUNS)
        .take_while(|t| text.is_word(*t))
        .find(|t| old && text.bytes(*t).ends_with(b"-year-old"));
    let Some(age) = age else { return 0.0 };
    candidate.age = candidate
        .age
        .or_else(|| text.word(age).split('-').next().and_then(|n| n.parse().ok()));
    HALF
}

/// `is paired with Raka Wiradana`, `opposite Raka`, `joined by`: beside a person stands a person.
fn alongside(place: Place<'_>, candidate: &mut Candidate) -> f32 {
    let Place { text, name, .. } = place;
    let at = name.titles.wrapping_sub(1);
    let verb = at.wrapping_sub(1);
    const WITH: &[&str] = &[
        "paired",
        "reunites",
        "reunited",
        "reuniting",
        "starring",
        "acted",
        "acting",
        "starred",
        "filmed",
        "working",
        "worked",
        "chatted",
        "spoke",
    ];
    let with = text.is(at, "with") && WITH.contains(&text.word(verb));
    let by = text.is(at, "by")
        && text.is_one(
            verb,
            words!["joined", "accompanied", "interviewed", "moderated", "emceed"],
        );
    let beside = text.is_one(at, words!["opposite", "alongside"]);
    let loose = matches!(name.form, Form::Words | Form::Pair);
    let acts = beside || text.is_one(verb, words!["paired", "starring", "starred", "acted", "acting"]);
    if !loose || !(with || by || beside) {
        return 0.0;
    }
    candidate.acts |= acts && !by;
    HALF
}

/// `Contacted separately, Raka confirmed the story`, `Reached by phone, Dita`: whom the outlet asked.
fn contacted(place: Place<'_>) -> bool {
    const REACH: usize = 6;
    let Place { text, name, .. } = place;
    let comma = name.titles.wrapping_sub(1);
    text.is(comma, ",")
        && (comma.saturating_sub(REACH)..comma).rev().any(|t| {
            text.is_one(t, words!["contacted", "reached", "asked", "interviewed", "approached"]) && text.is_capital(t)
        })
}
