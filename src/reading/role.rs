//! Who plays whom: the patterns that bind a character to an actor.
//!
//! `Role (Actor)`, `Role, played by Actor`, `Actor plays Role`, `stars Actor as Role`, `takes on the
//! role of Role`, `Actor’s character Role`. What both are in the end is for `people` to decide.

use super::ahead::{self, ahead};
use super::bracket::{in_bracket, in_brackets, outside_are_known, roles_stand_outside};
use super::cast::{apposed, fronted, gapped, given_to, in_list, owned, owned_behind, pictured, played_by};
use super::in_turn::in_turn;
use super::introduced::introduced;
use super::keyed::KeySet;
use super::lexicon::{Class, asked, names::syllables};
use super::listed::{listed, starred};
use super::names::{Form, Found};
use super::people::Source;
use super::print::{Words, words};
use super::seen_as::{as_what, is_as, is_right_before, is_surname_of};
use super::sentence;
use super::text::{Shape, Text};
use super::together::together;
use super::who_plays::subject;
use super::whom::{
    asked_of_one, behind_the_role, by_object, by_pronoun, fronted_of_one, in_a_clause, is_the_role, own_name, own_one,
    plays_whom, talked_of,
};
use std::ops::Range;

/// A role and who plays it, as numbers of names found.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The role's name.
    pub role: Option<usize>,
    /// The actor's name.
    pub actor: Option<usize>,
    /// How sure the pattern makes it that the role is one.
    pub weight: f32,
    /// Tokens of nouns that describe the role: `an attorney who`, `the villain`.
    pub nouns: Vec<usize>,
}

/// All pairs, in the order of the text.
#[must_use]
pub fn pairs(source: &Source<'_>, found: &[Found]) -> Vec<Pair> {
    let text = source.text;
    // Names that stand outside brackets too are no titles of earlier works.
    let brackets = found.iter().any(|n| text.is(n.last, "("));
    let outside: KeySet<&str> = found
        .iter()
        .filter(|n| brackets && !in_bracket(text, n.titles))
        .map(|n| text.slice(n.first, n.last))
        .collect();
    let known = brackets && outside_are_known(source, found);
    let settled = brackets && roles_stand_outside(text, found);
    let mut pairs: Vec<Pair> = Vec::new();
    for (number, name) in found.iter().enumerate() {
        if matches!(name.form, Form::Company | Form::Station) {
            continue;
        }
        if let Some(pair) = in_brackets(source, found, number, &outside, (known, settled))
            .or_else(|| played_by(source, found, number))
            .or_else(|| gapped(source, found, number, &pairs))
            .or_else(|| introduced(source, found, number))
            .or_else(|| fronted(text, found, number))
            .or_else(|| fronted_of_one(source, found, number))
            .or_else(|| own_one(source, found, number))
            .or_else(|| own_name(source, found, number))
            .or_else(|| talked_of(source, found, number))
            .or_else(|| asked_of_one(source, found, number))
            .or_else(|| is_the_role(source, found, number))
            .or_else(|| behind_the_role(source, found, number))
            .or_else(|| plays_whom(source, found, number))
            .or_else(|| ahead::one_played(source, found, number))
            .or_else(|| played(source, found, number))
            .or_else(|| owned(source, found, number))
            .or_else(|| owned_behind(text, found, number))
            .or_else(|| pictured(text, found, number))
            .or_else(|| apposed(text, found, number))
            .or_else(|| in_a_clause(source, found, number))
            .or_else(|| in_list(source, found, number))
            // `Playing Role is Actor`: who plays is not played by the role.
            .filter(|pair| {
                !pairs
                    .last()
                    .is_some_and(|p| p.actor.is_some() && p.role == pair.actor && p.actor == pair.role)
            })
        {
            pairs.push(pair);
        }
        in_turn(source, found, number, &mut pairs);
        starred(source, found, number, &mut pairs);
        if let Some(pair) = listed(source, found, number, &mut pairs) {
            pairs.push(pair);
        }
    }
    for number in 0..found.len() {
        together(source, found, number, &mut pairs);
    }
    no_role_acts(text, found, &mut pairs);
    pairs
}

/// Whoever is played plays nobody: where a role was taken for an actor, its own actor was meant.
fn no_role_acts(text: &Text, found: &[Found], pairs: &mut [Pair]) {
    const MANY: usize = 64;
    let name = |n: usize| text.slice(found[n].first, found[n].last);
    let of = |pair: &Pair| Some((name(pair.role?), pair.actor?));
    let cast: Vec<(&str, usize)> = pairs.iter().take(MANY).filter_map(of).collect();
    for pair in pairs.iter_mut().take(MANY) {
        let Some((role, actor)) = of(pair) else { continue };
        let acts = cast.iter().filter(|(_, a)| name(*a) == name(actor)).count();
        let played = cast.iter().find(|(r, a)| *r == name(actor) && name(*a) != role);
        // What another pattern says of the same role goes before.
        let told = cast.iter().filter(|(r, _)| *r == role).count();
        if let (1, 1, Some((_, real))) = (told, acts, played) {
            pair.actor = Some(*real);
        }
    }
}

/// What stands before the `into` of a role.
const TURNS: Words = words![
    "transforms",
    "transform",
    "transformed",
    "transforming",
    "turns",
    "turned",
    "transformation",
    "morphs",
    "morphed",
    "disappears",
    "disappeared",
    "slips",
    "slipped",
    "melts",
    "melted",
    "steps",
    "stepped",
    "immersed",
    "immerses",
    "turning",
    "slipping",
    "stepping",
    "morphing",
];
/// What stands before the `of` of a role.
const PARTS: Words = words![
    "role",
    "character",
    "part",
    "that",
    "shoes",
    "heels",
    "robes",
    "place",
    "life",
    "portrayal",
    "boots",
    "guise",
    "persona",
    "depiction",
    "portrait",
    "voice",
];

/// The verb of `breathes new life into`.
fn giving(text: &Text, life: usize, first: usize) -> Option<usize> {
    const WORDS: usize = 4;
    (first..life).rev().take(WORDS).find(|t| text.is_in(*t, asked::GIVES))
}

/// Whether a name can only be somebody’s.
pub(super) fn is_persons(text: &Text, name: Found) -> bool {
    match name.form {
        Form::Korean | Form::Pair => true,
        Form::Single => name.story || text.word(name.first).contains('-') || is_korean(text, name.first),
        _ => false,
    }
}

/// `Sol`, `Byeol`: a word that is none of the language and no place, and sounds Korean.
fn is_korean(text: &Text, token: usize) -> bool {
    let class = text.class(token);
    text.shape(token) == Shape::Capital
        && !class.is_english()
        && !class.has(Class::PLACE.with(Class::STATION).with(Class::ORG))
        && syllables(text.word(token).to_ascii_lowercase()) > 0
}

/// `plays [the villain] Role`, `as Role`, `the role of Role`, `transforms into Role`, `’s character Role`.
fn played(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    // `steps into Role’s shoes`; what else a name owns says nothing of it.
    if text.shape(role.last) == Shape::Clitic && !text.is(role.last + 1, "shoes") {
        return None;
    }
    let sentence = source.sentences.get(sentence::at(source.sentences, role.first))?;
    let mut at = role.titles;
    // `plays the pawnbroker, Role`, `as Ha Jun’s editor, Role`.
    let behind_comma = at > sentence.first
        && text.is(at - 1, ",")
        && (text.is_just(role.last, words![",", ".", ")", ";", "—"]) || text.is(role.last, "who"));
    at -= usize::from(behind_comma);
    let mut nouns_end = at;
    at = ahead::phrase(text, at, sentence.first, behind_comma);
    // `plays her ex-husband, the fire chief Role.`
    let behind_comma = behind_comma || {
        let again = is_apposed_again(text, role, at, sentence.first);
        if again {
            nouns_end = at - 1;
            at = ahead::phrase(text, nouns_end, sentence.first, true);
        }
        again
    };
    let character = behind_comma && at > sentence.first && text.is_one(at - 1, words!["character", "role"]);
    let trigger = at.checked_sub(1).filter(|t| *t >= sentence.first)?;
    // `plays his partner, Role`; with his partner, somebody else, he is seen.
    let described = || ahead::is_described(text, at, nouns_end, text.is_like(trigger, asked::PLAYS));
    if behind_comma && !character && !described() {
        return None;
    }
    let before = trigger.saturating_sub(1).max(sentence.first);
    let nouns = at..nouns_end;
    // `The character Kim plays`: Kim does.
    if text.is(trigger, "character") && text.is_in(role.last, asked::PLAYS) {
        return None;
    }
    let verb = binding(source, found, number, (before, trigger), nouns, sentence.first)?;
    let clause = (opening(text, trigger, sentence.first), sentence.last);
    let actor = by_object(text, found, number, trigger, sentence.first)
        .or_else(|| given_to(text, found, number))
        .or_else(|| ahead(text, found, number, clause, trigger))
        .or_else(|| subject(text, found, number, verb, sentence.first, trigger))
        .or_else(|| by_pronoun(text, found, number, verb, sentence.first));
    // `In her new role, Kim, who`: without an owner it is nobody's name.
    if character && text.is(trigger, "role") && actor.is_none_or(|n| found[n].first < sentence.first) {
        return None;
    }
    let nouns = (at..role.titles).filter(|t| is_noun(text, *t));
    Some(Pair {
        role: Some(number),
        actor,
        weight: weight(text, role, trigger, at),
        nouns: nouns.chain(nouns_behind(text, role, sentence.last)).collect(),
    })
}

/// Where the clause of a participle begins: `Playing R is A, and playing S is B`.
fn opening(text: &Text, trigger: usize, first: usize) -> usize {
    let joined = trigger > first + 1 && text.is(trigger - 1, "and") && text.is(trigger - 2, ",");
    if joined && text.bytes(trigger).ends_with(b"ing") {
        trigger
    } else {
        first
    }
}

/// How sure the words in front make it that somebody is a role. `plays the unknown actress Role`: of the story, though a real
/// person may be called so.
fn weight(text: &Text, role: Found, trigger: usize, from: usize) -> f32 {
    let trade = || (from..role.first).any(|t| text.shape(t) == Shape::Lower && text.class(t).has(Class::TITLE));
    match () {
        () if text.is_in(trigger, asked::PLAYS) && trade() => 8.0,
        () if text.is(trigger, "of") && trade() => 8.0,
        () if text.is(trigger, "as") => 4.0,
        () => 5.0,
    }
}

/// `, the fire chief Role`: a comma, an article and nouns, and the name ends the clause.
fn is_apposed_again(text: &Text, role: Found, at: usize, first: usize) -> bool {
    let ends = matches!(text.sign(role.last), b',' | b'.' | b')' | b';') || text.is(role.last, "who");
    at > first + 1
        && at < role.titles
        && ends
        && text.is(at - 1, ",")
        && text.is_one(at, words!["the", "a", "an"])
        && text.shape(at - 2) == Shape::Lower
}

/// `brings to life the village head, Role`.
pub(super) fn life(text: &Text, token: usize) -> bool {
    text.is(token, "life") && text.is(token.wrapping_sub(1), "to")
}

fn is_noun(text: &Text, token: usize) -> bool {
    text.shape(token) == Shape::Lower && !text.class(token).has(Class::DET)
}

/// The verb that binds a role to its actor, where the word in front of the role's nouns is one, or belongs to one.
fn binding(
    source: &Source<'_>,
    found: &[Found],
    number: usize,
    (before, trigger): (usize, usize),
    nouns: Range<usize>,
    first: usize,
) -> Option<usize> {
    let (text, role) = (source.text, found[number]);
    let behind = |words: Words| trigger > before && text.is_one(before, words);
    let character = || (nouns.start..role.titles).find(|t| is_noun(text, *t));
    // `the play’s director` is no verb.
    if text.is_like(trigger, asked::PLAYS) && text.shape(trigger + 1) != Shape::Clitic {
        return Some(trigger);
    }
    // `plays two women in X: the timid librarian Role and the boss Role`.
    if text.is(trigger, ":") {
        let verb = (first..trigger).find(|t| text.is_like(*t, asked::PLAYS))?;
        let several = words!["two", "both", "dual", "double", "three"];
        return (verb + 1..trigger).any(|t| text.is_one(t, several)).then_some(verb);
    }
    if is_as(text, trigger) {
        return as_what(source, found, number, trigger, first);
    }
    let into = text.is(trigger, "into");
    if into && (behind(TURNS) || text.is(role.last + 1, "shoes")) {
        return Some(before);
    }
    // `breathes life into Role`, `breathed new life into Role`, `lends her voice to Role`.
    let to = text.is(trigger, "to");
    if (into || to) && behind(words!["life"]) || to && behind(words!["voice", "face"]) {
        return giving(text, before, first);
    }
    // `the actor behind Role`, `dons the uniform of Role`.
    if text.is(trigger, "behind") && behind(ahead::FACES) && !text.is(nouns.end, ",")
        || text.is(trigger, "of") && ahead::is_worn(text, before, first)
    {
        return Some(before);
    }
    // `makes for a winning Role`, `makes a winning Role`.
    let winning = nouns.len() > 1 && text.is_one(nouns.start, words!["a", "an"]);
    let makes = words!["makes", "made", "make"];
    if winning && (text.is(trigger, "for") && behind(makes) || text.is_one(trigger, makes)) && is_persons(text, role) {
        return Some(trigger);
    }
    // `takes on Role`: what is taken on has a name of its own.
    if text.is(trigger, "of") && behind(PARTS)
        || text.is(trigger, "on") && behind(words!["takes", "take", "took", "taking"]) && is_persons(text, role)
    {
        return Some(before);
    }
    if life(text, trigger) && trigger > first + 1 && text.is_in(before - 1, asked::GIVES) {
        return Some(before);
    }
    // `brings Role to life`.
    let gives = text.is_like(trigger, asked::GIVES) && text.is(role.last, "to") && text.is(role.last + 1, "life");
    // `villain role, Role`; what is no part of the comma’s phrase is no name’s.
    let role_noun = text.is(trigger, "role") && text.is(nouns.end, ",");
    // `his character, a detective named Role`, `his character, radio producer Role,`.
    let apposed = || nouns.len() > 1 && text.is(role.last, ",") && text.shape(nouns.start) == Shape::Lower;
    let of_part = text.is(trigger, ",") && behind(words!["character", "role"]);
    if of_part && (text.class(nouns.start).has(Class::DET) || apposed()) {
        return Some(before);
    }
    if gives || role_noun || text.is(trigger, "character") || character().is_some_and(|t| text.is(t, "character")) {
        return Some(trigger);
    }
    let is = text.is(trigger, "is") || ahead::is_short_for_is(text, trigger);
    if !is && !text.is(trigger, "was") {
        return None;
    }
    let actor = || number.checked_sub(1).map(|n| found[n]);
    // `Kim Bo Ra (Earlier Work) is Role, who has never lied`; `Kim is her best friend Role`; `Kim Bo Ra is Hye-won, and
    // Ko Yu-geon is Tae-oh.`
    let equal = is
        && (is_equated(text, found, number, trigger)
            || ahead::is_somebody_else(text, role, trigger)
            || owned_noun(text, nouns.start, nouns.end)
                && actor().is_some_and(|n| n.form == Form::Korean && is_right_before(text, n, trigger))
            || is_named_so(text, found, number, trigger));
    // `Sa’s character is Role`.
    let owned = || behind(words!["character", "role"]).then_some(before);
    if equal { Some(trigger) } else { owned() }
}

/// A person's name, with a bracket or none, right before the verb, and a clause about the other name behind it.
fn is_equated(text: &Text, found: &[Found], number: usize, verb: usize) -> bool {
    let role = found[number];
    let tells = text.is(role.last, ",") && (text.is(role.last + 1, "who") || text.class(role.last + 1).has(Class::DET));
    let bracket = text.is(verb.wrapping_sub(1), ")");
    let person = found[..number].iter().rev().take(3).find(|n| n.form == Form::Korean);
    tells
        && !role.story
        && person.is_some_and(|n| {
            n.last == verb || bracket && text.is(n.last, "(") && (n.last..verb - 1).all(|t| !text.is(t, ")"))
        })
}

/// `Kim Bo Ra is Hye-won,`: who is somebody else plays them.
fn is_named_so(text: &Text, found: &[Found], number: usize, verb: usize) -> bool {
    let role = found[number];
    let ends = matches!(text.sign(role.last), b',' | b'.' | b')' | b';') || text.class(role.last).has(Class::CONJ);
    let actor = number.checked_sub(1).map(|n| found[n]);
    let whole = |n: Found| n.form == Form::Korean || is_surname_of(text, found, number - 1);
    ends && is_persons(text, role)
        && text.shape(role.titles.saturating_sub(1)) == Shape::Lower
        && actor.is_some_and(|n| n.last == verb && !n.story && whole(n))
}

/// `her best friend`: a noun with its owner.
fn owned_noun(text: &Text, first: usize, last: usize) -> bool {
    last > first + 1 && text.class(first).has(Class::HE.with(Class::SHE)) && text.shape(last - 1) == Shape::Lower
}

pub(super) fn is_modifier(text: &Text, token: usize) -> bool {
    let class = text.class(token);
    match text.shape(token) {
        Shape::Lower => {
            const NONE: Class = Class::PREP
                .with(Class::CONJ)
                .with(Class::SUBORD)
                .with(Class::AUX)
                .with(Class::NOMINATIVE);
            !class.has(NONE)
                && !text.is_in(token, asked::PLAYS.with(asked::GIVES))
                && !text.is_just(token, words!["as", "into", "of", "character"])
        }
        Shape::Clitic | Shape::Number => true,
        // `as NIS agent Kim`.
        Shape::Upper => text.shape(token + 1) == Shape::Lower && text.word(token).len() <= 4,
        // `as Ha-yoon’s brother Jung Ha-min`, `Ha Jun’s editor`.
        Shape::Capital => {
            // `as Joseon scholar Yi Rok`, `as North Korean miner Yi Rok`.
            let people = |t: usize| text.class(t).has(Class::COMMON);
            class.has(Class::PLACE)
                || people(token) && (text.shape(token + 1) == Shape::Lower || people(token + 1))
                || text.shape(token + 1) == Shape::Clitic
                || text.tokens.get(token + 1).is_some_and(|t| t.is_capital()) && text.shape(token + 2) == Shape::Clitic
        }
        _ => false,
    }
}

/// `an attorney who`, `the brewery’s bookkeeper`: nouns behind the name, and no further than the clause.
pub(super) fn nouns_behind(text: &Text, role: Found, last: usize) -> Vec<usize> {
    // Whoever asks may look beyond the end of the text.
    let last = last.min(text.tokens.len());
    // `Role (Kim) is a dispatcher who`.
    let is_one = text.is_one(role.last, words!["is", "was"]) && text.is_one(role.last + 1, words!["a", "an", "the"]);
    if !is_one && !text.is(role.last, ",") {
        return Vec::new();
    }
    // `Role, who works as a dispatcher`.
    let works = text.is(role.last + 1, "who")
        && text.is_one(role.last + 2, words!["works", "worked", "serves", "served"])
        && text.is(role.last + 3, "as")
        && text.class(role.last + 4).has(Class::DET);
    if works {
        let role = Found {
            last: role.last + 3,
            ..role
        };
        return noun_phrase(text, role, last);
    }
    let opens = text.class(role.last + 1).has(Class::DET);
    if opens {
        noun_phrase(text, role, last)
    } else {
        Vec::new()
    }
}

/// The nouns of the phrase that begins behind the token behind a name.
fn noun_phrase(text: &Text, role: Found, last: usize) -> Vec<usize> {
    // `Role (Kim), the royal physician Ahn Gyeom`: the nouns are the next one's.
    // `a grave digger’s daughter who`: an owner ends nothing.
    let ends = |t: &usize| {
        matches!(text.sign(*t), b',' | b';')
            || text.shape(*t) != Shape::Clitic && text.class(*t).has(Class::SUBORD.with(Class::PREP).with(Class::AUX))
    };
    let end = (role.last + 1..last.min(role.last + 9)).find(ends).unwrap_or(last);
    // `the CEO who`: a noun, though in capitals.
    let is_office = |t: usize| text.shape(t) == Shape::Upper && text.class(t).has(Class::STORY);
    if (role.last + 2..end.min(role.last + 7))
        .any(|t| text.is_capital(t) && text.shape(t + 1) != Shape::Clitic && !is_office(t))
    {
        return Vec::new();
    }
    (role.last + 1..last.min(role.last + 9))
        .take_while(|t| !ends(t))
        .filter(|t| (text.shape(*t) == Shape::Lower || is_office(*t)) && !text.class(*t).has(Class::DET))
        .collect()
}
