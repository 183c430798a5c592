//! Roles that stand beside their actors' names: `Role, played by Actor`, `Actor’s Role`, `In Actor’s poster, Role looks`,
//! `As the granddaughter, Role, Actor has`, `the role of Role went to Actor`.

use super::bracket::{is_played_by, nouns_before};
use super::lexicon::Class;
use super::names::{Form, Found};
use super::people::Source;
use super::role::{Pair, is_persons};
use super::text::{Shape, Text};

/// `Hwa Da Som’s Min Yeo Reum`: an actor's own, when both are names of people.
pub(super) fn owned(text: &Text, found: &[Found], number: usize) -> Option<Pair> {
    let role = found[number];
    let owner = found[number.checked_sub(1)?];
    let adjacent = text.shape(owner.last) == Shape::Clitic && owner.last + 1 == role.titles;
    (adjacent
        && is_persons(text, role)
        && owner.form == Form::Korean
        && !owner.story
        && text.shape(role.last) != Shape::Clitic)
        .then(|| Pair {
            role: Some(number),
            actor: Some(number - 1),
            weight: 6.0,
            nouns: Vec::new(),
        })
}

/// `In Cheon Bo Mi’s poster, Hong Jin Ju looks`: who is seen there is whom she plays.
pub(super) fn pictured(text: &Text, found: &[Found], number: usize) -> Option<Pair> {
    const NEAR: usize = 6;
    let role = found[number];
    let owner = found[number.checked_sub(1)?];
    let between = owner.last + 1..role.titles;
    let adjacent = between.start < between.end
        && between.len() <= NEAR
        && text.shape(owner.last) == Shape::Clitic
        && text.word(role.titles - 1) == ",";
    let picture = adjacent
        && between.clone().any(|t| {
            ["poster", "posters", "still", "stills", "teaser"].contains(&text.word(t)) && text.word(t + 1) == ","
        });
    let opens = ["in", "on"].iter().any(|w| text.is(owner.titles.wrapping_sub(1), w));
    (picture && opens && is_persons(text, role) && is_persons(text, owner) && !owner.story).then(|| Pair {
        role: Some(number),
        actor: Some(number - 1),
        weight: 5.0,
        nouns: Vec::new(),
    })
}

/// `As the granddaughter, Yoon, Jang Woo-ri has the harder job`.
pub(super) fn fronted(text: &Text, found: &[Found], number: usize) -> Option<Pair> {
    const NEAR: usize = 6;
    let role = found[number];
    let actor = found.get(number + 1)?;
    let first = (role.titles.saturating_sub(NEAR)..role.titles)
        .rev()
        .find(|t| text.is(*t, "as"))?;
    let nouns: Vec<usize> = (first + 1..role.titles)
        .filter(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET))
        .collect();
    // `As Commander Dok, Kim has`: a title of the story says enough.
    let titled = role.story && role.titles == first + 1;
    // `As Yoon Bi, Kim opens`: two names of people.
    let named = role.titles == first + 1 && matches!(role.form, Form::Korean | Form::Pair);
    let described = titled
        || named
        || text.class(first + 1).has(Class::DET)
            && !nouns.is_empty()
            && (first + 1..role.titles).all(|t| text.shape(t) == Shape::Lower || text.word(t) == ",");
    let opens = first == 0
        || matches!(text.word(first - 1), "." | "!" | "?" | "”" | "\"")
        || text.para_of(first) != text.para_of(first - 1);
    let beside = text.word(role.last) == "," && actor.titles == role.last + 1 && actor.form == Form::Korean;
    (described && opens && beside).then_some(Pair {
        role: Some(number),
        actor: Some(number + 1),
        weight: 5.0,
        nouns,
    })
}

/// `Role, played by Actor`, `Role is played by Actor`.
pub(super) fn played_by(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    let verb = (role.last..role.last + 6).find(|t| is_played_by(text, *t))?;
    // `Mina, a young trainee played by Actor`.
    let described = text.word(role.last) == ","
        && text.class(role.last + 1).has(Class::DET)
        && (role.last + 2..verb)
            .all(|t| text.shape(t) == Shape::Lower && !text.class(t).has(Class::PREP.with(Class::CONJ)));
    let between = described
        || (role.last..verb).all(|t| {
            text.word(t) == ","
                || text.class(t).has(Class::AUX.with(Class::DET))
                || ["who", "as", "role", "character"].iter().any(|w| text.is(t, w))
        });
    const NOUNS: usize = 3;
    // `played by rising actress Actor`.
    let behind = |n: &&Found| {
        n.titles >= verb + 2
            && n.titles <= verb + 2 + NOUNS
            && (verb + 2..n.titles)
                .all(|t| text.shape(t) == Shape::Lower && !text.class(t).has(Class::PREP.with(Class::CONJ)))
    };
    let next = found.get(number + 1).filter(behind)?;
    // `played by LUNEAR’s Haeon`.
    let owned =
        text.shape(next.last) == Shape::Clitic && found.get(number + 2).is_some_and(|n| n.titles == next.last + 1);
    let which = number + 1 + usize::from(owned);
    let actor = found.get(which)?;
    (between && !matches!(actor.form, Form::Company | Form::Station)).then(|| Pair {
        role: Some(number),
        actor: Some(which),
        weight: 5.0,
        nouns: nouns_before(text, role),
    })
}

/// `The role of Chairman Gil went to Actor`.
pub(super) fn given_to(text: &Text, found: &[Found], number: usize) -> Option<usize> {
    const NEAR: usize = 7;
    let next = found.get(number + 1)?;
    let role = found[number];
    let to = (role.last..next.titles).rev().take(NEAR).find(|t| text.is(*t, "to"))?;
    let given = ["went", "goes", "go", "given", "offered", "fell"]
        .iter()
        .any(|w| text.is(to.wrapping_sub(1), w));
    (given && to - role.last <= NEAR && !matches!(next.form, Form::Company | Form::Station)).then_some(number + 1)
}
