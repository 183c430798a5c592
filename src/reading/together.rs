//! Several roles and their actors in one breath: `They will be played by Kim and Lee`, `Kim and Lee play the couple`, `R and S,
//! played by Kim and Lee`, `R and S (Kim and Lee)`, `Kim and Lee star as her parents, R and S`, `In a dual role, Kim plays R and
//! his double S`.
//!
//! Roles answer actors in their order, as many as there are of these; where the numbers differ, nobody is given to anybody.

use super::ahead;
use super::bracket::{in_bracket, is_played_by};
use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::people::{Source, in_speech};
use super::print::{Words, words};
use super::role::{Pair, is_modifier, is_persons};
use super::seen_as::is_as;
use super::sentence;
use super::text::{Shape, Text};
use std::ops::Range;

/// A list of names is no longer.
const MOST: usize = 5;
/// Between two names of a list stand no more words: `King Hwon and his double, the beggar Sol`.
const BETWEEN: usize = 7;

/// What stands before the people of a story.
const TOLD: Words = words![
    "follows", "about", "story", "revolves", "centers", "depicts", "portrays", "tells", "between", "features",
    "around",
];
/// Whom the sentence before was about.
const BOTH: Words = words![
    "couple",
    "pair",
    "duo",
    "two",
    "leads",
    "lovers",
    "roles",
    "siblings",
    "sisters",
    "brothers",
    "twins",
    "trio",
    "three",
    "friends",
    "characters",
    "rivals",
    "exes",
    "spouses",
    "partners",
    "protagonists",
    "newlyweds",
    "them",
    "four",
    "parts",
];
/// The same for one.
const ONE: Words = words!["lead", "role", "heroine", "hero", "protagonist", "character", "part"];
/// Who is played besides is somebody else at another time.
const SELVES: Words = words![
    "younger",
    "young",
    "childhood",
    "child",
    "teenage",
    "older",
    "selves",
    "self",
    "past",
];

/// Adds the roles of the actors whose list begins with a name, or of whom a pronoun tells.
pub(super) fn together(source: &Source<'_>, found: &[Found], number: usize, pairs: &mut Vec<Pair>) {
    let text = source.text;
    let first = found[number];
    let begins = !number.checked_sub(1).is_some_and(|n| is_joined(text, found[n], first));
    if begins && let Some(cast) = by_pronoun(source, found, number) {
        for (role, actor) in cast {
            give(text, found, pairs, role, actor);
        }
        return;
    }
    if !begins || !is_actors(first) {
        return;
    }
    let actors = list(text, found, number, is_actors, |text, from, to| {
        link(text, from, to, false)
    });
    let last = found[actors.end - 1];
    let (from, to) = super::people::sentence_of(source, first.first);
    if let Some(half) = fronted(text, found, &actors, from) {
        for at in 0..half - actors.start {
            give(text, found, pairs, actors.start + at, half + at);
        }
        return;
    }
    let by = first.titles >= from + 2 && is_played_by(text, first.titles - 2);
    let roles = if by {
        in_front(source, found, &actors, first.titles - 2, from)
    } else if text.is(first.titles.wrapping_sub(1), "(") && actors.len() > 1 && text.is(last.last, ")") {
        right_before(source, found, first.titles - 1, from, actors.len())
    } else {
        behind(source, found, &actors, to)
    };
    let Some(roles) = roles.filter(|_| !in_speech(source, first.first)) else {
        return;
    };
    let one = actors.len() == 1;
    // `Kim plays the guard R, Lee plays S, and Ma plays T`: who has a role is none, and who is one has none.
    let is_role = |n: usize| {
        pairs
            .iter()
            .any(|p| p.role == Some(n) && p.actor.is_some() && p.actor != Some(n))
    };
    let acts = |n: usize| pairs.iter().any(|p| p.actor == Some(n));
    if !one && (actors.clone().any(is_role) || roles.iter().any(|n| acts(*n))) {
        return;
    }
    if !one && roles.len() != actors.len() {
        return;
    }
    for (at, role) in roles.into_iter().enumerate() {
        give(text, found, pairs, role, actors.start + if one { 0 } else { at });
    }
}

fn give(text: &Text, found: &[Found], pairs: &mut Vec<Pair>, role: usize, actor: usize) {
    pairs.retain(|p| p.role != Some(role));
    pairs.push(Pair {
        role: Some(role),
        actor: Some(actor),
        weight: 5.0,
        nouns: super::bracket::nouns_before(text, found[role]),
    });
}

/// `Kim and Lee met on set. They play R and S, siblings who`, `she’s both R, a coroner, and S`: those whom the sentence in front
/// names.
fn by_pronoun(source: &Source<'_>, found: &[Found], number: usize) -> Option<Vec<(usize, usize)>> {
    const NEAR: usize = 3;
    let text = source.text;
    let role = found[number];
    let (from, to) = super::people::sentence_of(source, role.first);
    let at = ahead::phrase(text, role.titles, from, false);
    // Both is no modifier of the role.
    let both = (at..=role.titles)
        .rev()
        .map(|t| t.wrapping_sub(1))
        .find(|t| text.is(*t, "both"));
    let verb = both.unwrap_or(at).checked_sub(1).filter(|t| *t > from)?;
    let is = text.is(verb, "is") || text.shape(verb) == Shape::Clitic;
    if !(text.is_in(verb, asked::PLAYS) || both.is_some() && is) || !is_role(text, role) {
        return None;
    }
    let subject = (from.max(verb.saturating_sub(NEAR))..verb)
        .rev()
        // `The romance has them playing R and S`.
        .find(|t| text.class(*t).has(Class::NOMINATIVE) || text.is(*t, "them") && text.is(verb, "playing"))?;
    if number
        .checked_sub(1)
        .is_some_and(|n| found[n].first > from && found[n].form == Form::Korean)
    {
        return None;
    }
    if !text.class(subject).has(Class::THEY) {
        both?;
        let actor = super::who_plays::last_told_of(text, found, number, from)?;
        let roles = doubles(source, found, number, verb, to)?;
        return Some(roles.into_iter().map(|role| (role, actor)).collect());
    }
    let roles = roles(text, found, number);
    let here = sentence::at(source.sentences, from);
    let before = source.sentences.get(here.checked_sub(1)?)?;
    let actors: Vec<usize> = (0..number)
        .rev()
        .take_while(|n| found[*n].first >= before.first)
        .filter(|n| found[*n].form == Form::Korean && !found[*n].story && text.shape(found[*n].last) != Shape::Clitic)
        .collect();
    let fits = roles.len() > 1 && actors.len() == roles.len();
    fits.then(|| roles.zip(actors.into_iter().rev()).collect())
}

fn is_actors(name: Found) -> bool {
    matches!(name.form, Form::Korean | Form::Pair | Form::Single | Form::Words) && !name.story
}

/// What a role may be called by: a name, or a title with one.
fn is_role(text: &Text, name: Found) -> bool {
    is_persons(text, name)
        || name.form == Form::Single && (name.titles < name.first || text.class(name.first).has(Class::SURNAME))
        || name.form == Form::Words
}

/// Whether nothing but commas and `and` stands between two names.
fn is_joined(text: &Text, one: Found, next: Found) -> bool {
    link(text, one.last, next.titles, false)
}

/// Tokens between two names of a list: `, and`, with words for the second where `described`.
fn link(text: &Text, from: usize, to: usize, described: bool) -> bool {
    let joint = |t: usize| matches!(text.sign(t), b',' | b'&') || text.is(t, "and");
    let noun = |t: usize| {
        described && (is_modifier(text, t) || text.class(t).has(Class::DET.with(Class::HE).with(Class::SHE)))
    };
    from < to
        && to - from <= BETWEEN
        && joint(from)
        && (from..to).all(|t| joint(t) || noun(t))
        && (from..to).any(|t| !described || text.is(t, "and") || text.is(t, "&"))
}

/// The names of a list that begins with one.
fn list(
    text: &Text,
    found: &[Found],
    number: usize,
    is: impl Fn(Found) -> bool,
    linked: impl Fn(&Text, usize, usize) -> bool,
) -> Range<usize> {
    let mut end = number + 1;
    while end < found.len()
        && end - number < MOST
        && is(found[end])
        && linked(text, found[end - 1].last, found[end].titles)
    {
        end += 1;
    }
    number..end
}

/// The roles of a list that begins with one, with or without words for each.
fn roles(text: &Text, found: &[Found], number: usize) -> Range<usize> {
    let described = |text: &Text, from, to| link(text, from, to, true);
    list(text, found, number, |n| is_role(text, n), described)
}

/// `R and S, played by`, `They will be played by`, `The twins R and S are both played by`.
fn in_front(
    source: &Source<'_>,
    found: &[Found],
    actors: &Range<usize>,
    verb: usize,
    from: usize,
) -> Option<Vec<usize>> {
    let text = source.text;
    let several = |t: &usize| text.class(*t).has(Class::THEY) || text.is_one(*t, BOTH) || text.is(*t, "both");
    let before = actors.start.checked_sub(1).filter(|n| found[*n].first >= from);
    let Some(before) = before else {
        // `Played by Kim and Lee respectively, the two exes`.
        if verb == from && actors.len() > 1 {
            return told_before(source, found, from, actors.len());
        }
        let subject = (from..verb).find(several)?;
        return (verb - subject <= BETWEEN)
            .then(|| told_before(source, found, from, actors.len()))
            .flatten();
    };
    let end = found[before].last;
    let small = |t: usize| {
        text.is(t, ",")
            || text.class(t).has(Class::AUX.with(Class::ADV).with(Class::DET))
            || text.is(t, "who")
            || several(&t)
    };
    if verb < end || verb - end > BETWEEN || !(end..verb).all(small) {
        return None;
    }
    if actors.len() > 1 {
        return right_before(source, found, verb, from, actors.len());
    }
    // `the twins R and S are both played by Kim`.
    let twins = (from..verb).any(|t| text.is_one(t, words!["both", "twins", "siblings"]));
    twins.then(|| right_before(source, found, verb, from, 2)).flatten()
}

/// `As R and S, A and B share`, `In the roles of R and S, A and B share`: the first half of the names opens the sentence.
fn fronted(text: &Text, found: &[Found], names: &Range<usize>, from: usize) -> Option<usize> {
    let half = names.start + names.len() / 2;
    let opens = found[names.start].titles.checked_sub(1)?;
    let parts = || opens == from + 3 && text.is(from, "in") && text.is_one(opens - 1, words!["roles", "parts"]);
    let front = text.is(opens, "as") && opens == from || text.is(opens, "of") && parts();
    let halves = names.len() > 2 && names.len().is_multiple_of(2) && text.is(found[half].titles - 1, ",");
    (front && halves).then_some(half)
}

/// So many names of a list right before a token.
fn right_before(source: &Source<'_>, found: &[Found], token: usize, from: usize, many: usize) -> Option<Vec<usize>> {
    let text = source.text;
    let last = found.partition_point(|n| n.last <= token).checked_sub(1)?;
    let first = (last + 1).checked_sub(many)?;
    let roles: Vec<usize> = (first..=last).collect();
    let linked = roles
        .windows(2)
        .all(|w| link(text, found[w[0]].last, found[w[1]].titles, true));
    let all = roles
        .iter()
        .all(|n| found[*n].titles >= from && is_role(text, found[*n]));
    // A longer list is not cut.
    let whole = first
        .checked_sub(1)
        .is_none_or(|n| found[n].first < from || !is_joined(text, found[n], found[first]));
    (linked && all && whole).then_some(roles)
}

/// `play the couple`, `star as her parents, R and S`, `plays two roles, the king R and the beggar S`.
fn behind(source: &Source<'_>, found: &[Found], actors: &Range<usize>, to: usize) -> Option<Vec<usize>> {
    const VERB: usize = 8;
    const NOUNS: usize = 8;
    let text = source.text;
    let end = found[actors.end - 1].last;
    let next = found.get(actors.end).filter(|n| n.titles < to);
    let stop = next.map_or(to, |n| n.titles);
    if actors.len() == 1
        && let Some(told) = starring_twice(source, found[actors.start], to)
    {
        return doubles(source, found, actors.end, told, to);
    }
    let verb = (end..stop.min(end + VERB)).find(|t| is_casting(text, *t))?;
    // `will star alongside him as`.
    let preposition = (verb + 1..verb + 4).find(|t| is_as(text, *t) || text.is(*t, "on"));
    let object = preposition.filter(|_| !text.is_in(verb, asked::PLAYS)).unwrap_or(verb) + 1;
    let nouns = object..stop.min(object + NOUNS);
    let of = |words: Words| nouns.clone().any(|t| text.is_one(t, words));
    if of(SELVES) {
        return None;
    }
    let many = actors.len();
    // `Kim and Lee play the couple.`: nobody is named.
    let ends = |t: usize| {
        matches!(text.sign(t), b'.' | b',' | b';' | b'!')
            || t >= to
            || text.class(t).has(Class::PREP.with(Class::SUBORD))
    };
    let noun = nouns.clone().take_while(|t| !ends(*t)).last().unwrap_or(object);
    let definite = text.class(object).has(Class::DET) && !text.is(object, "a") && !text.is(object, "an")
        || text.class(object).has(Class::THEY);
    let called = |words: Words| text.is_one(noun, words);
    if definite
        && (many > 1 && called(BOTH) || many == 1 && called(ONE) && noun <= object + 2)
        && ends(noun + 1)
        && !text.is(noun + 1, "of")
    {
        return told_before(source, found, super::people::sentence_of(source, end - 1).0, many);
    }
    let dual = of(words!["dual", "double"])
        || of(words!["roles", "characters", "parts"]) && of(words!["two"])
        || text.is(object, "both")
        || is_dual(source, found[actors.start]);
    if many == 1 && dual {
        return doubles(source, found, actors.end, verb, to);
    }
    let first = skip_owner(text, found, actors.end)?;
    let plain = (object..found[first].titles).len() <= BETWEEN + 4
        && (object..found[first].titles).all(|t| {
            is_modifier(text, t)
                || text.class(t).has(Class::DET)
                || matches!(text.sign(t), b',' | b':')
                || text.is(t, "of")
                || text.is(t, "those")
                || text.is_capital(t)
        });
    let roles = roles(text, found, first);
    let fits = plain && found[first].titles < to && is_role(text, found[first]);
    (fits && many > 1 && roles.len() == many).then(|| roles.collect())
}

/// `two roles, those of surgeon R, who has been missing, and her twin S`: the only two names of the story behind the verb.
fn doubles(source: &Source<'_>, found: &[Found], from: usize, verb: usize, to: usize) -> Option<Vec<usize>> {
    let text = source.text;
    let mut roles: Vec<usize> = Vec::new();
    let names = found.iter().enumerate().skip(from).take(MOST + 3);
    for (number, name) in names.take_while(|(_, n)| n.last <= to) {
        let known = roles.iter().any(|r| {
            let (one, two) = (
                text.slice(found[*r].first, found[*r].last),
                text.slice(name.first, name.last),
            );
            one.contains(two) || two.contains(one)
        });
        if name.first > verb && is_role(text, *name) && text.shape(name.last) != Shape::Clitic && !known {
            roles.push(number);
        }
    }
    (roles.len() == 2).then_some(roles)
}

/// The name that is no owner: `Na Rae’s parents, R and S`.
fn skip_owner(text: &Text, found: &[Found], number: usize) -> Option<usize> {
    (number..found.len().min(number + 2)).find(|n| text.shape(found[*n].last) != Shape::Clitic)
}

/// A verb with which somebody has a role.
fn is_casting(text: &Text, token: usize) -> bool {
    // One look tells nearly all words from these verbs.
    text.is_like(token, asked::PLAYS.with(asked::STARS))
        && (text.is_in(token, asked::PLAYS)
            || text.is_like(token, asked::STARS)
                && ((token + 1..token + 4).any(|t| is_as(text, t))
                    || text.is(token + 1, "on")
                    || text.is(token, "are")))
}

/// `In a dual role, Kim portrays`: somewhere in front of the name.
fn is_dual(source: &Source<'_>, name: Found) -> bool {
    let text = source.text;
    let (from, to) = super::people::sentence_of(source, name.first);
    (from..to.min(from + 40)).any(|t| {
        text.initial(t) == b'd'
            && (text.is(t, "dual") || text.is(t, "double"))
            && (text.is(t + 1, "role") || text.is(t + 1, "roles"))
    })
}

/// `Starring Kim in a dual role, “X” follows R`: the verb of the story.
fn starring_twice(source: &Source<'_>, actor: Found, to: usize) -> Option<usize> {
    const REACH: usize = 24;
    let text = source.text;
    let stars = text.is_one(
        actor.titles.wrapping_sub(1),
        words!["starring", "featuring", "stars", "features"],
    );
    let dual = stars && text.is(actor.last, "in") && is_dual(source, actor);
    dual.then(|| (actor.last..to.min(actor.last + REACH)).find(|t| text.is_one(*t, TOLD)))?
}

/// The people of a story whom the sentence before tells of, if they are so many.
pub(super) fn told_before(source: &Source<'_>, found: &[Found], from: usize, many: usize) -> Option<Vec<usize>> {
    let text = source.text;
    let here = sentence::at(source.sentences, from);
    let before = source.sentences.get(here.checked_sub(1)?)?;
    let told = (before.first..before.last)
        .find(|t| text.is_one(*t, TOLD))
        .unwrap_or(before.first);
    let names = found.iter().enumerate().skip(found.partition_point(|n| n.first < told));
    // `Kim, a singer from Busan, plays a nurse`: neither Kim nor the town is played.
    let acts = |number: usize, name: &Found| {
        let stop = found.get(number + 1).map_or(before.last, |n| n.titles.min(before.last));
        (name.last..stop).any(|t| text.is_in(t, asked::PLAYS) && !text.is(t + 1, "by"))
    };
    let town = |name: &Found| text.is_one(name.titles.wrapping_sub(1), words!["from", "in", "at", "near"]);
    let mut roles: Vec<usize> = Vec::new();
    for (number, name) in names.take_while(|(_, n)| n.last <= before.last) {
        let owner = text.shape(name.last) == Shape::Clitic;
        let other = !is_role(text, *name) || in_bracket(text, name.titles) || owner || acts(number, name) || town(name);
        let again = roles
            .iter()
            .any(|r| text.slice(found[*r].first, found[*r].last) == text.slice(name.first, name.last));
        if !other && !again {
            roles.push(number);
        }
    }
    (roles.len() == many).then_some(roles)
}
