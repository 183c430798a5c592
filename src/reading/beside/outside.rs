//! Who has no part in a drama: a visitor, a fan, the owner of a shop, whoever drew what it was made from.
//!
//! The noun alone does not decide, since an actor may be a fan too: `guests` asks what else the article says of them.

use super::super::print::{Words, words};
use super::crew::{behind_age, head, in_front};
use super::{Place, call};
use crate::reading::beings::does_something;
use crate::reading::entity::Trade;
use crate::reading::evidence::Candidate;
use crate::reading::lexicon::trades::{KIN, OUTSIDER};
use crate::reading::lexicon::{Class, asked};
use crate::reading::names::{Form, Found};
use crate::reading::text::{Shape, Text};

/// Adds that somebody is called what nobody is who acts or makes dramas.
pub fn outside(text: &Text, name: Found, candidate: &mut Candidate) {
    if matches!(name.form, Form::Company | Form::Station) || name.story {
        return;
    }
    const NEAR: usize = 5;
    let at = name.titles.saturating_sub(1);
    let place = Place { text, name, at };
    let comma = behind_age(text, name.last);
    let behind = || text.is(comma, ",").then(|| head(text, comma + 1)).flatten();
    let drawn = |noun: usize| noun > 0 && text.class(noun - 1).has(Class::BOOK);
    if in_front(place).is_some_and(|noun| (noun < at || drawn(noun)) && draws(text, noun))
        || behind().is_some_and(|n| draws(text, n))
    {
        candidate.trade = candidate.trade.or(Some(Trade::Host));
        call(candidate, "author");
        return;
    }
    if text.is(comma, ",")
        && text.is(comma + 1, "who")
        && text.is_just(comma + 2, words!["drew", "draws", "illustrated"])
        && (comma + 3..comma + 3 + NEAR).any(|t| text.class(t).has(Class::BOOK))
    {
        candidate.trade = candidate.trade.or(Some(Trade::Host));
        call(candidate, "author");
        return;
    }
    // `Lee, who sang the theme of “X”`.
    let song = |t: usize| text.class(t).has(Class::SONG) || text.is(t, "theme");
    let sang = || text.is_just(comma + 2, words!["sang", "sings", "recorded", "performed", "performs"]);
    if text.is(comma, ",") && text.is(comma + 1, "who") && sang() && (comma + 3..comma + 3 + NEAR).any(song) {
        call(candidate, OUTSIDER);
        return;
    }
    if plays(text, comma) || is_of_story(text, comma) || is_cast_as(text, name) {
        candidate.acts = true;
        candidate.trade = candidate.trade.filter(|trade| *trade != Trade::Host);
        return;
    }
    // `the visitor, Kim,` names somebody as much as `Kim, the visitor,`.
    let apposed =
        in_front(place).filter(|noun| noun + 1 < name.titles && text.class(noun.wrapping_sub(1)).has(Class::DET));
    if apposed.or_else(behind).is_some_and(|noun| is_outsiders(text, noun)) && !is_cast_told(text, name.titles) {
        call(candidate, OUTSIDER);
    }
}

/// `Kim plays a singer; Lee, the engineer who tells her so`: the clause before tells of a role.
fn is_cast_told(text: &Text, at: usize) -> bool {
    const REACH: usize = 32;
    let sentence = |t: &usize| text.sign(*t) != b'.' && text.shape(*t) != Shape::Mark;
    let mut before = (at.saturating_sub(REACH)..at).rev().take_while(sentence);
    before.any(|t| text.is_in(t, asked::PLAYS))
}

/// `, the 78-year-old playing the head of the village,`, `, cast as a captain,`, `, starring as`: whatever stands behind it.
fn plays(text: &Text, comma: usize) -> bool {
    const NOUNS: usize = 6;
    const CAST: Words = words!["cast", "starring", "seen", "featured", "appearing"];
    let plain = |t: &usize| {
        matches!(text.shape(*t), Shape::Lower | Shape::Upper | Shape::Number)
            && (text.is(*t, "who") || !text.class(*t).has(Class::PREP.with(Class::SUBORD)))
    };
    let mut nouns = (comma + 1..comma + 1 + NOUNS).take_while(plain);
    text.is(comma, ",")
        && nouns.any(|t| {
            text.is(t, "playing") && (text.class(t + 1).has(Class::DET) || text.is_capital(t + 1))
                || text.is_just(t, CAST) && text.is(t + 1, "as")
                || text.is(t, "who") && t > comma + 2 && text.is_just(t + 1, words!["plays", "played", "portrays"])
                // `who now acts`, `who makes her acting debut`.
                || text.is(t, "who") && (t + 2..t + 5).any(|t| text.is_one(t, words!["acts", "acting"]))
        })
}

/// `Kim, the traitor of the piece,`, `Kim, the drama’s resident villain,`: whom they play.
fn is_of_story(text: &Text, comma: usize) -> bool {
    const LONGEST: usize = 6;
    const STORY: Words = words!["piece", "story", "drama", "series", "show"];
    let noun = |t: usize| text.shape(t) == Shape::Lower && does_something(text.word(t));
    let told = |t: usize| {
        text.class(t).has(Class::STORY) || text.is_in(t, asked::TALES.with(asked::WORKERS)) || text.is(t, "traitor")
    };
    if !text.is(comma, ",") || !text.class(comma + 1).has(Class::DET) {
        return false;
    }
    // `the intern of the drama`, and not `the translator of the drama`.
    let of = (comma + 2..comma + 2 + LONGEST).find(|t| text.is(*t, "of"));
    if let Some(of) = of
        && text.is(of + 1, "the")
        && text.is_just(of + 2, STORY)
    {
        return told(of - 1) || text.is_one(of + 2, words!["piece", "story"]) && noun(of - 1);
    }
    text.is_just(comma + 2, STORY)
        && text.shape(comma + 3) == Shape::Clitic
        && head(text, comma + 1).is_some_and(|t| told(t) && !text.class(t).has(Class::STAFF.with(Class::HOST)))
}

/// `to cast Kim, a comedian, as the head nurse`.
fn is_cast_as(text: &Text, name: Found) -> bool {
    const NEAR: usize = 8;
    let before = name.titles.wrapping_sub(1);
    let casts = text.is_one(before, words!["cast", "casting", "casts"])
        || text.shape(before) == Shape::Lower
            && text.is_one(before.wrapping_sub(1), words!["cast", "casting", "casts"]);
    casts && (name.last..name.last + NEAR).any(|t| text.is(t, "as") && text.class(t + 1).has(Class::DET))
}

/// `the webtoon’s artist`, `the original illustrator`: what the drama was made from is theirs.
fn draws(text: &Text, noun: usize) -> bool {
    const NEAR: usize = 3;
    let owner = |t: usize| text.class(t).has(Class::BOOK) || text.is(t, "original");
    text.is_one(noun, words!["artist", "illustrator", "cartoonist", "creator"])
        && (noun.saturating_sub(NEAR)..noun).any(owner)
}

/// A noun of somebody who does something, which is neither how they are nor what they were.
fn is_outsiders(text: &Text, noun: usize) -> bool {
    const NEAR: usize = 4;
    const MANNERS: Words = words![
        "perfectionist",
        "optimist",
        "pessimist",
        "realist",
        "fatalist",
        "feminist",
        "romanticist",
        "worrier",
        "loner",
        "learner",
        "smoker",
        "drinker",
        "eater",
        "sleeper",
        "reader",
        "lover",
        "believer",
        "beginner",
        "latecomer",
        "newcomer",
        "youngster",
        "teenager",
        "performer",
        "survivor",
        "outsider",
        "insider",
        "bloomer",
        "talker",
        "listener",
        "speaker",
        "fighter",
        "crier",
        "follower",
        "starter",
        "charmer",
        "joker",
        "dreamer",
        "dweller",
        "riser",
        "snorer",
        "planner",
        "overthinker",
        "worrywart",
        "gamer",
        "camper",
        "hiker",
        "giver",
        "taker",
        "doer",
        "goer",
        "leaver",
        "hoarder",
        "looker",
        "boaster",
        "whiner",
        "stickler",
        "traveler",
        "traveller",
        "holder",
        "partner",
        "admirer",
        "scene-stealer",
        "trailblazer",
        "mainstay",
        "foreigner",
        "breadwinner",
        "headliner",
        "trainee",
        "winner",
        "finalist",
        "medalist",
        "thinker",
        "protagonist",
        "antagonist",
        "presenter",
    ];
    let class = text.class(noun);
    // `the family’s grandfather` is whom somebody plays.
    if text.is_in(noun, asked::RELATIVES) {
        return false;
    }
    let trades = Class::TITLE.with(Class::STAFF).with(Class::EPITHET).with(Class::TEAM);
    let does = does_something(text.word(noun)) && !text.is_one(noun, MANNERS)
        || class.has(Class::OFFICE)
        || text.is(noun, "chef") && text.is(noun.wrapping_sub(1), "a")
        || text.is_one(noun, words!["fan", "viewer", "tourist", "volunteer", "passer-by"]) && !text.is(noun + 1, "of")
        || text.is_one(
            noun,
            words![
                "student",
                "employee",
                "retiree",
                "homemaker",
                "housewife",
                "merchant",
                "nurse",
                "neighbor"
            ],
        );
    let past = || {
        (noun.saturating_sub(NEAR)..noun)
            .any(|t| text.is_one(t, words!["former", "ex", "once", "self-confessed", "real-life"]))
    };
    text.shape(noun) == Shape::Lower && !class.has(trades) && does && !past()
}

/// `wrote her younger brother Kim`, `Kim’s mother Lee`: a relative of somebody, with no comma in between.
pub(super) fn is_kin_of_somebody(place: Place<'_>, noun: usize) -> bool {
    const REACH: usize = 4;
    let Place { text, name, .. } = place;
    // `starring his older sister Kim`, `His older sister Kim, known for “X”,`: who acts too.
    let acts = (noun.saturating_sub(REACH)..noun)
        .any(|t| text.is_one(t, words!["starring", "featuring", "actor", "actress", "plays"]))
        || text.is(name.last, ",") && text.is_one(name.last + 1, words!["known", "best", "who"]);
    if acts {
        return false;
    }
    let how = words![
        "younger",
        "older",
        "elder",
        "little",
        "big",
        "twin",
        "real-life",
        "late",
        "eldest",
        "youngest",
        "own"
    ];
    let owner = noun.wrapping_sub(1 + usize::from(text.is_one(noun.wrapping_sub(1), how)));
    let class = text.class(owner);
    let owned = class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE)
        || text.shape(owner) == Shape::Clitic && text.is_capital(owner.wrapping_sub(1));
    owned && KIN.contains(&text.word(noun))
}

/// `Executive Director of Content`, `chief operating officer`: what the word in front makes an office.
pub(in crate::reading) fn is_chief(text: &Text, noun: usize) -> bool {
    const RANKS: Words = words![
        "executive",
        "managing",
        "regional",
        "operating",
        "financial",
        "creative",
        "content"
    ];
    let officer = text.is(noun, "officer") && text.is(noun.saturating_sub(2), "chief");
    (officer || text.is(noun, "director") && !text.is_one(noun - 1, words!["creative", "content"]))
        && text.is_one(noun - 1, RANKS)
}
