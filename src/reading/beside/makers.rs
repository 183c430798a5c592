//! Who made the drama, by what stands further off: a prize for directors, `written for him by`, `the new series from`,
//! `the team is led by`.

use super::super::print::{Words, words};
use super::{Place, call};
use crate::reading::entity::Trade;
use crate::reading::evidence::Candidate;
use crate::reading::lexicon::{Class, asked};
use crate::reading::text::{Shape, Text};

/// Adds what the clause around a name says of its bearer's part in the making.
pub fn made(place: Place<'_>, candidate: &mut Candidate) {
    // Who made something stands behind one of these, but for what prizes tell.
    let joined = place.text.is_one(place.at, words!["by", "from", "and"]);
    let by = || {
        written_for(place)
            .or_else(|| script_by(place))
            .or_else(|| work_of(place))
    };
    let noun = joined
        .then(by)
        .flatten()
        .or_else(|| titled_behind(place))
        .or_else(|| at_the_helm(place))
        .or_else(|| prize(place));
    let Some(noun) = noun.or_else(|| joined.then(|| leads_the_team(place)).flatten()) else {
        return;
    };
    candidate.person += 1.0;
    candidate.trade = Some(Trade::Staff);
    call(candidate, noun);
}

/// `Kim Bo Ra PD`: the title stands behind the name; `Kim, the pen behind “X”`, `the mind behind the series`.
fn titled_behind(place: Place<'_>) -> Option<&'static str> {
    let Place { text, name, .. } = place;
    let at = name.last;
    if text.is_just(at, words!["PD", "CP"]) {
        return Some("pd");
    }
    let part = text.is(at, ",") && text.class(at + 1).has(Class::DET) && text.is(at + 3, "behind");
    let noun = part && text.is_one(at + 2, words!["pen", "mind", "brain", "brains", "creator", "eye"]);
    noun.then(|| if text.is(at + 2, "pen") { "writer" } else { "creator" })
}

/// `was written for him by Kim`, `directed in turns by Kim and Lee`: a phrase stands before the agent.
fn written_for(place: Place<'_>) -> Option<&'static str> {
    const REACH: usize = 5;
    let Place { text, at, .. } = place;
    // `by Kim and Lee`: both did.
    let at = match text.is(at, "and") {
        true => (at.saturating_sub(REACH)..at)
            .rev()
            .take_while(|t| place.is_capital(*t) || text.is(*t, "by"))
            .find(|t| text.is(*t, "by"))?,
        false => at,
    };
    let by = at.checked_sub(1).filter(|_| text.is(at, "by"))?;
    let writes = |t: usize| text.is_one(t, words!["written", "penned", "scripted"]);
    let directs = |t: usize| text.is_one(t, words!["directed", "helmed"]);
    let verb = (at.saturating_sub(REACH)..by)
        .rev()
        .find(|t| writes(*t) || directs(*t))?;
    let noun = if writes(verb) { "writer" } else { "director" };
    let phrase = text.class(verb + 1).has(Class::PREP) && !text.is(verb + 1, "by");
    let plain = (verb + 1..at).all(|t| text.is_word(t));
    (phrase && plain && text.class(verb - 1).has(Class::AUX)).then_some(noun)
}

/// `is directing from a script by Kim`, `The script comes from Kim`.
fn script_by(place: Place<'_>) -> Option<&'static str> {
    let Place { text, at, .. } = place;
    // `The script comes from Kim`.
    let comes = usize::from(at > 1 && text.is_one(at - 1, words!["comes", "came", "is", "was"]));
    let script = || text.is_one(at - 1 - comes, words!["script", "scripts", "screenplay", "teleplay"]);
    (at > 0 && text.is_one(at, words!["by", "from"]) && script()).then_some("writer")
}

/// `Kim is at the helm`, `Kim will take the helm`, `At the helm is Kim`, `In the director’s chair is Kim`.
fn at_the_helm(place: Place<'_>) -> Option<&'static str> {
    const REACH: usize = 5;
    let Place { text, name, at } = place;
    // Most articles have neither word.
    if !text.lists.has(asked::HELM) {
        return None;
    }
    let helm = |t: usize| {
        text.is(t, "helm") && text.is(t - 1, "the") || text.is(t, "chair") && text.is(t.wrapping_sub(2), "director")
    };
    let plain = |t: &usize| text.shape(*t) == Shape::Lower || text.shape(*t) == Shape::Clitic;
    let behind = (name.last..name.last + REACH + 1)
        .take_while(plain)
        .any(|t| t > name.last + 1 && helm(t));
    let before = text.is_one(at, words!["is", "was", "sits", "stands"]) && at > 2 && helm(at - 1);
    (behind || before).then_some("director")
}

/// `the spy series from Kim`, `a new drama by Kim`: the work is theirs.
fn work_of(place: Place<'_>) -> Option<&'static str> {
    let Place { text, name, at } = place;
    let from = text.is_one(at, words!["from", "by"]);
    let work = at
        .checked_sub(1)
        .filter(|t| text.class(*t).has(Class::DRAMA) && place.is_lower(*t));
    let ends = matches!(text.sign(name.last), b'.' | b',') || text.is(name.last, "and");
    (from && work.is_some() && ends).then_some("creator")
}

/// What a prize is for, where its name says so: `Best Director`, `the screenplay award`, `the director’s prize`.
fn honours(text: &Text, token: usize) -> Option<&'static str> {
    const WRITING: Words = words![
        "script",
        "screenplay",
        "writing",
        "writer",
        "screenwriter",
        "scriptwriter",
    ];
    const DIRECTING: Words = words!["director", "directing", "direction"];
    let writes = text.is_one(token, WRITING);
    if !writes && !text.is_one(token, DIRECTING) {
        return None;
    }
    let prize = |t: usize| text.is_one(t, words!["award", "awards", "prize", "trophy", "honor", "honors"]);
    let best = text.is(token.wrapping_sub(1), "best");
    (best || prize(token + 1) || prize(token + 2)).then_some(if writes { "writer" } else { "director" })
}

/// `Best Director went to Kim`, `won best director for Kim`, `Kim took the prize for Best Script`, `Kim said while
/// accepting the director’s award`.
fn prize(place: Place<'_>) -> Option<&'static str> {
    const BEFORE: usize = 7;
    const BEHIND: usize = 9;
    const TAKES: Words = words!["took", "won", "received", "accepted", "accepting", "earned", "picked"];
    let Place { text, name, at } = place;
    // Most articles tell of none.
    if !text.lists.has(asked::PRIZES) {
        return None;
    }
    let clause = |t: &usize| text.shape(*t) != Shape::Punct || !matches!(text.sign(*t), b'.' | b';' | b':');
    if text.is_one(at, words!["to", "for"]) {
        // `won best director for Kim`: right in front; `Best Director went to Kim`, `was given to Kim`: a verb between.
        let to = text.is(at, "to");
        let gives = |t: usize| text.is_one(t, words!["went", "goes", "given", "awarded", "presented"]);
        let from = at.saturating_sub(if to { BEFORE } else { 2 });
        return (from..at)
            .rev()
            .take_while(clause)
            .find_map(|t| honours(text, t))
            .filter(|_| !to || gives(at - 1));
    }
    // `Accepting the award for Best Screenplay, Kim thanked her mother`.
    const ACCEPTS: Words = words!["accepting", "receiving", "winning", "taking", "collecting"];
    let opens = |t: &usize| text.is_one(*t, ACCEPTS) && text.is_capital(*t);
    let opening = text
        .is(at, ",")
        .then(|| (at.saturating_sub(BEHIND + 2)..at).rev().take_while(clause).find(opens));
    if let Some(opening) = opening.flatten() {
        return (opening..at).find_map(|t| honours(text, t));
    }
    let behind = name.last
        + if text.is(name.last, ",") && text.is(name.last + 1, "who") {
            2
        } else {
            0
        };
    let takes = (behind..behind + BEHIND)
        .take_while(|t| clause(t) && !text.is(*t, ","))
        .find(|t| text.is_just(*t, TAKES))?;
    (takes..takes + BEHIND)
        .take_while(|t| clause(t) && !text.is(*t, ","))
        .find_map(|t| honours(text, t))
}

/// `The team behind “X” is led by Kim`, `the stunt crew headed by Kim`.
fn leads_the_team(place: Place<'_>) -> Option<&'static str> {
    const REACH: usize = 16;
    let Place { text, at, .. } = place;
    let led = text.is(at, "by") && text.is_one(at.wrapping_sub(1), words!["led", "headed", "overseen"]);
    let team = || {
        (at.saturating_sub(REACH)..at)
            .rev()
            .any(|t| text.is_one(t, words!["team", "crew"]) && place.is_lower(t))
    };
    (led && team()).then_some("chief")
}

/// `who wrote the script`, `who wrote and directed`, `who directed`: not `who writes an app out of spite`.
pub(in crate::reading) fn is_of_a_work(text: &Text, verb: usize) -> bool {
    const REACH: usize = 7;
    let other = asked::WRITES.with(asked::DEVELOPS).with(asked::PRODUCES);
    let ends = !text.is_word(verb + 1) || text.is_one(verb + 1, words!["and", "it", "both", "for", "all"]);
    let object = (verb + 1..verb + REACH).take_while(|t| !matches!(text.sign(*t), b'.' | b',' | b';'));
    ends || !text.is_in(verb, other) || object.into_iter().any(|t| is_work(text, t))
}

/// What dramas and their parts are called.
fn is_work(text: &Text, token: usize) -> bool {
    let works = Class::DRAMA.with(Class::FILM).with(Class::SHOW);
    text.class(token).has(works)
        || text.shape(token) == Shape::Mark
        || text.is_one(
            token,
            words![
                "script",
                "scripts",
                "screenplay",
                "episodes",
                "thing",
                "original",
                "episode",
                "teleplay",
                "dramas",
                "hit",
                "hits"
            ],
        )
}
