//! Who works on the set, by a noun in front of the name or behind it (`stunt coordinator Kim`, `Kim, 41, the prop master,`,
//! `The editor, Kim,`), by the team (`Kim of the art team`) and by what they did (`who edited the series`).

use super::super::print::{Words, words};
use super::{Place, call};
use crate::reading::entity::Trade;
use crate::reading::evidence::{Candidate, trade_at};
use crate::reading::lexicon::{Class, asked, trades};
use crate::reading::names::{Form, Found};
use crate::reading::text::{Shape, Text};

/// What those are who look after a part of a drama, behind the word for that part: `camera assistant`, `location manager`.
const CRAFTS: Words = words![
    "artist",
    "trainer",
    "coach",
    "coordinator",
    "co-ordinator",
    "supervisor",
    "instructor",
    "consultant",
    "designer",
    "choreographer",
    "adviser",
    "advisor",
    "stylist",
    "master",
    "operator",
    "engineer",
    "manager",
    "chief",
    "head",
    "assistant",
    "technician",
    "mixer",
    "puller",
    "director",
    "producer",
    "editor",
    "double",
    "dresser",
    "decorator",
    "wrangler",
    "tutor",
    "photographer",
    "scout",
    "specialist",
];

/// Adds that somebody is one of the crew.
pub fn crew(text: &Text, name: Found, candidate: &mut Candidate) {
    if matches!(name.form, Form::Company | Form::Station) {
        return;
    }
    let at = name.titles.saturating_sub(1);
    let place = Place { text, name, at };
    // `He stars as Ha Ru, a stuntman who`: of a role.
    if is_role(text, name.titles) {
        return;
    }
    let noun = in_front(place).filter(|noun| is_craft(text, *noun)).or_else(|| {
        let comma = behind_age(text, name.last);
        let told = text.is(comma, ",").then(|| head(text, comma + 1)).flatten();
        told.filter(|noun| is_craft(text, *noun))
    });
    let (trade, worth) = match (noun, several(place)) {
        (Some(noun), _) => (trade_at(text, noun), 2.0),
        (_, Some(nouns)) => (
            text.word(nouns).to_ascii_lowercase().trim_end_matches('s').to_owned(),
            2.0,
        ),
        _ if works_on(text, name.last) => ("chief".to_owned(), 1.0),
        _ => return,
    };
    candidate.person += worth;
    candidate.trade = Some(Trade::Staff);
    call(candidate, &trade);
}

/// `as the leader of the crew, Sol`, `as Ha Ru, a stuntman`, `plays a stuntman, Ha Ru`: a role is told of.
fn is_role(text: &Text, at: usize) -> bool {
    const REACH: usize = 7;
    let phrase = |t: &usize| !matches!(text.sign(*t), b'.' | b';' | b':') && text.shape(*t) != Shape::Mark;
    (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(phrase)
        .any(|t| text.is(t, "as") || text.is_in(t, asked::PLAYS))
}

/// `, 41,`: one past an age behind a name, or where it ends.
pub(super) fn behind_age(text: &Text, at: usize) -> usize {
    let aged = text.is(at, ",") && text.shape(at + 1) == Shape::Number && text.is(at + 2, ",");
    if aged { at + 2 } else { at }
}

/// The noun right in front of a name, or in front of a comma, an age between them or not: `The editor, 52-year-old Kim,`.
pub(super) fn in_front(place: Place<'_>) -> Option<usize> {
    let Place { text, name, .. } = place;
    let mut at = name.titles.checked_sub(1)?;
    if at > 0 && text.bytes(at).ends_with(b"-year-old") {
        at -= 1;
    }
    // `director of photography Kim`.
    if at > 2 && text.is(at, "photography") && text.is(at - 1, "of") {
        at -= 2;
    }
    if at > 1 && text.is(at, ",") && place.ends_clause() {
        at -= 1;
        // `The chief of the lighting crew, Kim,`, `The editor of the series, Kim,`.
        const PHRASE: usize = 6;
        let of = (at.saturating_sub(PHRASE)..at).rev().take_while(|t| place.is_lower(*t));
        at = of.into_iter().find(|t| text.is(*t, "of")).map_or(at, |of| of - 1);
    }
    place.is_lower(at).then_some(at)
}

/// `Two directors, Kim and Lee,`, `writers Kim, Lee and Han`: the noun that serves all of them.
fn several(place: Place<'_>) -> Option<usize> {
    const NAMES: usize = 14;
    const MAKERS: Words = words![
        "directors",
        "writers",
        "screenwriters",
        "scriptwriters",
        "producers",
        "creators",
        "showrunners",
        "cinematographers",
        "editors",
        "composers",
        "choreographers",
        "designers",
        "pds",
    ];
    let Place { text, name, .. } = place;
    let joint = |t: &usize| text.is_capital(*t) || text.is(*t, ",") || text.is(*t, "and");
    let noun = (name.titles.saturating_sub(NAMES)..name.titles)
        .rev()
        .find(|t| !joint(t))?;
    let another = text.is(name.titles.wrapping_sub(1), "and") && noun + 2 < name.titles;
    (text.is_one(noun, MAKERS) && (another || text.is(name.last, "and") || text.is(name.last, ","))).then_some(noun)
}

/// The last noun of a phrase that opens behind a comma: `the drama’s stunt coordinator, who`; what is done there is none:
/// `, drawing laughter`, `, 70, plays the safecracker`.
pub(super) fn head(text: &Text, first: usize) -> Option<usize> {
    const NOUNS: usize = 8;
    let ends = Class::PREP.with(Class::SUBORD).with(Class::AUX).with(Class::NOMINATIVE);
    let plain = |t: &usize| {
        text.shape(*t) == Shape::Clitic
            || matches!(
                text.shape(*t),
                Shape::Lower | Shape::Number | Shape::Upper | Shape::Capital
            ) && !(text.class(*t).has(ends) || text.is(*t, "who"))
    };
    let last = (first..first + NOUNS).take_while(plain).last()?;
    let verb = text.bytes(first).ends_with(b"ing") || (first + 1..last).any(|t| text.class(t).has(Class::DET));
    (text.shape(last) == Shape::Lower && !verb).then_some(last)
}

/// Whether a noun is one of those who look after a part of a drama.
fn is_craft(text: &Text, noun: usize) -> bool {
    const NEAR: usize = 3;
    const ALONE: Words = words![
        "colorist",
        "colourist",
        "cinematographer",
        "stuntman",
        "stuntwoman",
        "videographer"
    ];
    let before = noun.wrapping_sub(1);
    let craft = text.is_one(noun, CRAFTS);
    let owned = || {
        let works = Class::DRAMA.with(Class::SHOW).with(Class::FILM);
        let owner = |t: usize| text.shape(t) == Shape::Clitic && text.class(t - 1).has(works);
        (noun.saturating_sub(NEAR).max(1)..noun).any(owner)
    };
    // `an editor of the magazine` is of no crew.
    let edits = || {
        let press = Class::OUTLET.with(Class::BOOK).with(Class::SHOW);
        let paper = (noun + 1..noun + 4).any(|t| text.class(t).has(press)) || text.class(before).has(press);
        text.is(noun, "editor") && text.class(before).has(Class::DET) && !paper
    };
    let past = || (noun.saturating_sub(NEAR)..noun).any(|t| text.is_one(t, words!["former", "ex"]));
    let is = text.is_one(noun, ALONE)
        || trades::is_crewman(text.word(noun)) && text.is_capital(behind_comma(text, noun))
        || text.is_one(noun, words!["consultant", "adviser", "advisor"])
            && text.shape(before) == Shape::Lower
            && !text
                .class(before)
                .has(Class::DET.with(Class::PREP).with(Class::HE).with(Class::SHE))
        || craft && (text.is_like(before, asked::CREW) || text.is(before, "historical") || owned())
        || text.is(noun, "director") && text.is(noun + 1, "of") && text.is(noun + 2, "photography")
        || edits()
        || text.is_one(noun, words!["head", "chief", "leader", "member"]) && is_team(text, noun + 1);
    is && !past()
}

/// One past the comma behind a noun, if there is one.
fn behind_comma(text: &Text, noun: usize) -> usize {
    noun + 1 + usize::from(text.is(noun + 1, ","))
}

/// `of the art team`, `of the film’s sound crew`.
fn is_team(text: &Text, of: usize) -> bool {
    const NOUNS: usize = 6;
    let nouns = || (of + 1..of + NOUNS).take_while(|t| matches!(text.shape(*t), Shape::Lower | Shape::Clitic));
    let team = |t: usize| {
        text.is_one(t, words!["team", "crew", "department"]) && (text.is_like(t - 1, asked::CREW) || text.is(t, "crew"))
    };
    text.is(of, "of") && nouns().any(team)
}

/// `Kim of the art team`, `Kim, who edited the series,`, `Kim, who taught the cast to ride,`.
fn works_on(text: &Text, last: usize) -> bool {
    const OBJECT: usize = 5;
    const DOES: Words = words![
        "edited",
        "edits",
        "scored",
        "scores",
        "lensed",
        "composed",
        "composes",
        "choreographed",
        "choreographs",
        "designed",
        "designs",
        "storyboarded",
        "built",
    ];
    const TEACHES: Words = words!["trained", "trains", "taught", "teaches", "coached", "coaches"];
    if is_team(text, last) {
        return true;
    }
    let comma = behind_age(text, last);
    if !text.is(comma, ",") || !text.is(comma + 1, "who") {
        return false;
    }
    let verb = comma + 2 + usize::from(text.class(comma + 2).has(Class::AUX.with(Class::ADV)));
    let mut object = (verb + 1..verb + 1 + OBJECT)
        .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::CONJ)));
    if text.is_just(verb, TEACHES) {
        return object.any(|t| text.is_just(t, words!["cast", "actors", "actresses", "leads", "stars"]));
    }
    let part = |t: usize| {
        let works = Class::DRAMA.with(Class::FILM);
        let parts = words![
            "music",
            "soundtrack",
            "score",
            "costumes",
            "sets",
            "set",
            "fights",
            "dances",
            "episodes"
        ];
        text.class(t).has(works) || text.is_just(t, parts)
    };
    text.is_just(verb, DOES)
        && (text.class(verb + 1).has(Class::DET) && object.any(part) || text.shape(verb + 1) == Shape::Mark)
}
