//! Which verb an `as` belongs to: `stars Actor as Role`, `stars in X as Role`, `Actor shows a smile as Role`.

use super::bracket;
use super::lexicon::Class;
use super::names::{Form, Found};
use super::people::Source;
use super::print::{Words, words};
use super::role::is_persons;
use super::text::{Shape, Text};

/// An `as` that may stand in front of a role; `as well as` joins one more to a list.
pub(super) fn is_as(text: &Text, token: usize) -> bool {
    text.is(token, "as") && !text.is(token + 1, "well") && !text.is(token.wrapping_sub(1), "well")
}

/// The verb that an `as` belongs to: `stars Actor as Role`, `stars in X as Role`, `appearance as Role`.
pub(super) fn as_what(
    source: &Source<'_>,
    found: &[Found],
    number: usize,
    trigger: usize,
    first: usize,
) -> Option<usize> {
    const REACH: usize = 24;
    let text = source.text;
    // `follows Actor (Earlier Work) as a clerk named Role`.
    const NAMES: usize = 3;
    let direct = found[number.saturating_sub(NAMES)..number]
        .iter()
        .rev()
        .any(|n| bracket::behind(text, n.last) == trigger && !matches!(n.form, Form::Company | Form::Station));
    const ACTS: Words = words![
        "stars",
        "star",
        "starred",
        "starring",
        "appearance",
        "appear",
        "appears",
        "appeared",
        "appearing",
        "plays",
        "play",
        "played",
        "role",
        "roles",
        "cast",
        "acting",
        "playing",
        "act",
        "acted",
        "returns",
        "return",
        "returned",
        "returning",
        "casts",
        "turn",
        "features",
        "featuring",
        "joined",
        "joins",
        "join",
        "joining",
        "cameo",
        "debut",
        "led",
        "headlined",
        "headlines",
        "headline",
        "headlining",
        "leads",
        "leading",
        "reprises",
        "reprise",
        "reprising",
        "reunite",
        "reunites",
        "debuts",
        "lead",
        "feature",
        "performance",
        "transformation",
        "takes",
        "steps",
        "stills",
        "hearts",
        "character",
        "signed",
        "chosen",
        "tapped",
        "seen",
        "back",
    ];
    let verb = (first..trigger).rev().take(REACH).find(|t| text.is_one(*t, ACTS));
    let verb = verb.or_else(|| is_cast_too(text, trigger, first).then_some(trigger));
    verb.or_else(|| (direct || is_seen_as(text, found, number, trigger, first)).then_some(trigger))
}

/// `casts him as Role, …, and her as Role`: the pronoun is who is cast.
pub(super) fn is_cast_too(text: &Text, trigger: usize, first: usize) -> bool {
    const REACH: usize = 40;
    const CASTS: Words = words![
        "casts",
        "cast",
        "casting",
        "sees",
        "finds",
        "has",
        "gives",
        "features",
        "stars",
        "presents",
        "introduces",
        "reintroduces",
        "lead",
        "leads",
        "star",
        "puts",
    ];
    let pronoun = trigger.wrapping_sub(1);
    let before = pronoun.wrapping_sub(1);
    // `stars opposite him as`: somebody else does.
    let object = text.is_one(pronoun, words!["him", "her"])
        && (text.is_one(before, CASTS) || text.class(before).has(Class::CONJ) || !text.is_word(before));
    let subject = text.is_one(pronoun, words!["he", "she"]) && !text.is_word(before);
    text.is(trigger, "as") && (object || subject) && (first..pronoun).rev().take(REACH).any(|t| text.is_one(t, CASTS))
}

/// `Heo provided some comic relief as Kkeut Dong, the youngest firefighter`, `Heo is adorable as Kkeut Dong, who`, `Heo,
/// as the baker Kkeut Dong, had`: somebody opens the sentence, and is somebody else.
fn is_seen_as(text: &Text, found: &[Found], number: usize, trigger: usize, first: usize) -> bool {
    const NOT_ROLES: Words = words![
        "known",
        "such",
        "well",
        "same",
        "far",
        "introduced",
        "soon",
        "long",
        "much",
        "named",
        "described",
    ];
    let role = found[number];
    // `shows a dangerous smile as Do Kyung’s fiancée Seol Hwa`: whose fiancée she is stands between.
    let owner = |n: &&Found| n.first > trigger && text.shape(n.last) == Shape::Clitic;
    let Some(actor) = found[..number].iter().rev().find(|n| !owner(n)).copied() else {
        return false;
    };
    let surnamed = found[..number]
        .iter()
        .rposition(|n| !owner(&n))
        .is_some_and(|n| is_surname_of(text, found, n));
    // `Kim, who as the postmistress Gil Rye greeted`.
    let relative = text.is(trigger - 1, "who") && actor.last + 2 == trigger && text.is(actor.last, ",");
    let apart = text.is(trigger - 1, ",") && actor.last + 1 == trigger || relative;
    // `Veteran actress Kim silenced everyone as Grandma Sal.`
    let called = (first..actor.titles).len() <= 3
        && (first..actor.titles).all(|t| text.class(t).has(Class::TITLE.with(Class::EPITHET)));
    // `After years of kind nurses, Kim surprised viewers as Mo Yeon`.
    let calling = (first..actor.titles)
        .rev()
        .take_while(|t| text.shape(*t) == Shape::Lower && text.class(*t).has(Class::TITLE.with(Class::EPITHET)))
        .count();
    let phrase = text.class(first).has(Class::PREP.with(Class::SUBORD))
        && text.is(actor.titles.wrapping_sub(1 + calling), ",")
        && (actor.form == Form::Korean || text.class(actor.first).has(Class::SURNAME));
    let opens = actor.first == first || actor.titles == first || apart || called || phrase;
    let titled = role.form == Form::Single && role.titles < role.first || role.story;
    let somebody = (is_persons(text, role) || titled)
        && (matches!(actor.form, Form::Korean | Form::Pair | Form::Words) || surnamed)
        && text.shape(actor.last) != Shape::Clitic;
    let ends = text.is_just(role.last, words![",", ".", "(", "—", ";"])
        || text.is_one(role.last, words!["who", "in", "on", "for"])
        || apart && text.is(role.last, "and")
        || relative && text.shape(role.last) == Shape::Lower;
    opens && somebody && ends && !text.is_just(trigger - 1, NOT_ROLES)
}

/// A surname alone, of somebody whom the article names in full before.
pub(super) fn is_surname_of(text: &Text, found: &[Found], number: usize) -> bool {
    const MANY: usize = 64;
    let name = found[number];
    let whole = |n: &Found| n.form == Form::Korean && !n.story && text.is_same(n.first, text.word(name.first));
    name.form == Form::Single
        && text.class(name.first).has(Class::SURNAME)
        && found[..number].iter().take(MANY).any(whole)
}

/// `Kim is`, `Kim, no relation, is`: the verb of a name, an insertion between them or not.
pub(super) fn is_right_before(text: &Text, name: Found, verb: usize) -> bool {
    const INSERTED: usize = 6;
    let inserted = name.last + 1..verb.wrapping_sub(1);
    name.last == verb
        || text.is(name.last, ",")
            && text.is(verb.wrapping_sub(1), ",")
            && (1..=INSERTED).contains(&inserted.len())
            && inserted.into_iter().all(|t| text.shape(t) == Shape::Lower)
}
