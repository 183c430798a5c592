//! Roles whose phrase opens the sentence, in front of who plays them: `Playing Role is Actor`, `For his role as Role, Actor
//! learned`, `The character Actor plays is Role`; and how far back the words reach that describe a role.

use super::beings::is_somebodys;
use super::cast::is_next;
use super::lexicon::{Class, asked};
use super::names::{Form, Found, is_short_title};
use super::people::{Source, sentence_of};
use super::print::{Words, words};
use super::role::{Pair, is_modifier, is_persons, life};
use super::text::{Shape, Text};

/// Who stands behind a role: `the actor behind Role`.
pub(super) const FACES: Words = words![
    "actor",
    "actress",
    "star",
    "man",
    "woman",
    "face",
    "person",
    "performer"
];

/// `dons the uniform of`, `puts on the badge of`.
pub(super) fn is_worn(text: &Text, noun: usize, first: usize) -> bool {
    const WORN: Words = words![
        "uniform", "badge", "mask", "skin", "mantle", "armor", "cloak", "crown", "apron", "costume", "gown", "hat",
    ];
    const NEAR: usize = 4;
    text.is_one(noun, WORN)
        && (first.max(noun.saturating_sub(NEAR))..noun).any(|t| {
            text.is_one(
                t,
                words![
                    "dons", "donned", "don", "donning", "wears", "wearing", "wore", "puts", "put", "slips", "slipped",
                    "steps", "gets"
                ],
            )
        })
}

/// Where the words begin that describe a role in front of `end`: `the stubborn yet warm detective`, `a man by the name of`; in
/// front of a comma also `the leader of the crew`.
pub(super) fn phrase(text: &Text, end: usize, first: usize, comma: bool) -> usize {
    const MODIFIERS: usize = 9;
    let mut at = end;
    while at > first && end - at < MODIFIERS {
        let token = at - 1;
        let named = at > first + 4
            && text.is(token, "of")
            && text.is(token - 1, "name")
            && text.is(token - 2, "the")
            && text.is(token - 3, "by");
        // `cast as Mr. Pyo’s estranged wife`.
        let point = at < end && text.is(token, ".") && token > first && is_short_title(text.word(token - 1));
        if named {
            at -= 4;
        } else if point {
            at -= 1;
        } else if comma && text.is(token, "role") {
            break;
        } else if is_modifier(text, token) && !life(text, token)
            || at < end && at > first + 1 && (joins(text, token) || comma && links(text, token))
        {
            at -= 1;
        } else {
            break;
        }
    }
    at
}

/// Nouns that say what a role is: `the pawnbroker`, `Ha Jun’s editor`; not `her co-star`.
pub(super) fn is_described(text: &Text, first: usize, last: usize, plays: bool) -> bool {
    let opens = (first..last).any(|t| text.class(t).has(Class::DET) || text.shape(t) == Shape::Clitic);
    let colleague =
        (first..last).any(|t| text.is_just(t, words!["co-star", "colleague", "on-screen", "partner", "opposite"]));
    opens && (plays || !colleague) && first < last
}

/// `She’s Role`: the verb is short.
pub(super) fn is_short_for_is(text: &Text, verb: usize) -> bool {
    text.shape(verb) == Shape::Clitic && text.class(verb.wrapping_sub(1)).has(Class::NOMINATIVE)
}

/// `In the drama she is Role, a widow in her sixties`: who is known already is no other person.
pub(super) fn is_somebody_else(text: &Text, role: Found, verb: usize) -> bool {
    const REACH: usize = 7;
    if !text.class(verb.wrapping_sub(1)).has(Class::NOMINATIVE) || !is_persons(text, role) || !text.is(role.last, ",") {
        return false;
    }
    let noun = role.last + 2;
    let ends = Class::PREP.with(Class::SUBORD).with(Class::CONJ);
    let trades = Class::TITLE.with(Class::STAFF).with(Class::HOST).with(Class::OFFICE);
    // `she is Do-hee, a track athlete`: nobody is called by a first name alone who is told of for the first time.
    let first_name = role.form == Form::Single && text.word(role.first).contains('-');
    text.is_one(role.last + 1, words!["a", "an", "the"])
        && (first_name
            || !(noun..noun + REACH)
                .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(ends))
                .any(|t| text.class(t).has(trades)))
}

/// `stubborn yet warm`, `tough, lonely`: between two words that describe the same.
fn joins(text: &Text, token: usize) -> bool {
    // `as his guard and actress Kim as`: the trade is the next one's.
    let other = Class::DET.with(Class::HE).with(Class::SHE).with(Class::TITLE);
    let word = |t: usize| text.shape(t) == Shape::Lower && is_modifier(text, t) && !text.class(t).has(other);
    (text.is_one(token, words!["and", "yet", "but"]) || text.is(token, ",")) && word(token - 1) && word(token + 1)
}

/// `the leader of the crew`, `his character in the drama`.
fn links(text: &Text, token: usize) -> bool {
    let noun = token - 1;
    text.is_one(token, words!["of", "in", "at", "from", "with"])
        && text.shape(noun) == Shape::Lower
        && (text.is(noun, "character")
            || is_modifier(text, noun) && !text.is_one(noun, words!["role", "part", "roles"]))
}

/// `Playing Role is Actor`, `To play Role, Actor learned`, `Regarding his character Role, a guard, Actor said`, `“I play Role,”
/// said Actor`: who comes behind, where nobody stands before.
pub(super) fn ahead(
    text: &Text,
    found: &[Found],
    number: usize,
    (first, last): (usize, usize),
    trigger: usize,
) -> Option<usize> {
    const OPENS: Words = words![
        "cast",
        "having",
        "regarding",
        "describing",
        "asked",
        "tapped",
        "chosen",
        "picked",
        "dressed",
    ];
    let role = found[number];
    let next = *found.get(number + 1)?;
    let nobody = number.checked_sub(1).is_none_or(|n| found[n].last <= first);
    let person = matches!(next.form, Form::Korean | Form::Pair) && !next.story;
    if !nobody || !person {
        return None;
    }
    let said = || {
        const NEAR: usize = 24;
        let told = (first..trigger).any(|t| text.class(t).has(Class::FIRST.with(Class::NOMINATIVE)) && text.is(t, "i"));
        told && next.titles <= last.saturating_add(NEAR)
            && text.class(next.titles.wrapping_sub(1)).has(Class::SAY)
            && text.shape(next.titles.wrapping_sub(2)) == Shape::Mark
    };
    if said() {
        return Some(number + 1);
    }
    if next.last > last || (first..trigger).any(|t| text.class(t).has(Class::NOMINATIVE)) {
        return None;
    }
    let class = text.class(first);
    let verbal = text.word(first).ends_with("ing") || text.is_one(first, OPENS);
    let behind = text.is(trigger, "behind");
    let opens = verbal || class.has(Class::PREP) || text.is_one(first, words!["to", "for", "as", "about"]);
    let is = role.last < next.titles && next.titles - role.last <= 2 && {
        (role.last..next.titles).all(|t| text.class(t).has(Class::AUX))
    };
    // `The actor behind Role, the heir to an empire, is Actor`.
    const CLAUSE: usize = 18;
    let titles = (role.last + 1..next.titles)
        .rev()
        .find(|t| !is_calling(text, *t))
        .unwrap_or(role.last);
    let inserted = text.is(role.last, ",")
        && titles <= role.last + CLAUSE
        && text.class(titles).has(Class::AUX)
        && text.is(titles - 1, ",")
        && (text.class(role.last + 1).has(Class::DET) || text.is(role.last + 1, "who"))
        && (role.last + 1..titles).all(|t| !text.is_capital(t));
    let comma = text.is(role.last, ",") && is_next(text, role.last, next.titles);
    let is = is || text.class(titles).has(Class::AUX) && titles == role.last;
    (opens && comma || (verbal || behind) && (is || inserted)).then_some(number + 1)
}

/// `veteran`, `the great`: what stands right in front of an actor.
fn is_calling(text: &Text, token: usize) -> bool {
    text.shape(token) == Shape::Lower && text.class(token).has(Class::TITLE.with(Class::EPITHET))
}

/// `The character Actor plays is Role`, `The role played by Actor is called Role`, `The detective that Actor portrays, Role,`,
/// `Played by Actor, Role is`.
pub(super) fn one_played(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let (role, actor) = (found[number], found[number.checked_sub(1)?]);
    let mut at = role.titles;
    at -= usize::from(at > 0 && text.is_one(at - 1, words!["called", "named"]));
    // A verb at most stands between the actor and that.
    let link = at.checked_sub(1).filter(|link| actor.last + 1 >= *link)?;
    let comma = text.is(link, ",");
    let plays = |t: usize| text.is_like(t, asked::PLAYS);
    let by = actor.titles.checked_sub(1).filter(|t| text.is(*t, "by"));
    let passive = actor.last == link && by.is_some_and(|by| by > 0 && plays(by - 1));
    let active = link > 0 && actor.last == link - 1 && plays(link - 1);
    if !(passive || active) || !(comma || text.is_one(link, words!["is", "was"])) {
        return None;
    }
    let (first, _) = sentence_of(source, role.first);
    // The noun in front: `the character that`, `the detective whom`.
    let noun = if passive { actor.titles - 2 } else { actor.titles }.checked_sub(1)?;
    let noun = noun - usize::from(noun > 0 && text.is_one(noun, words!["that", "whom", "who", "which"]));
    let opens = passive && comma && actor.titles == first + 2;
    let called = noun >= first
        && noun < actor.titles
        && (text.is_one(noun, words!["character", "role"]) || is_somebodys(text.word(noun)));
    let person = matches!(actor.form, Form::Korean | Form::Pair) && !actor.story;
    (person && (called || opens) && is_persons(text, role)).then(|| Pair {
        role: Some(number),
        actor: Some(number - 1),
        weight: 6.0,
        nouns: if called && !opens { vec![noun] } else { Vec::new() },
    })
}
