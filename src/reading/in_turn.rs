//! Roles and actors that answer each other in turn: `Kim plays R, and Lee his rival S`, `the twins R and S (both played by
//! Kim)`, `the roles of R and S go to Kim and Lee`.

use super::bracket::in_bracket;
use super::lexicon::Class;
use super::names::{Form, Found};
use super::people::Source;
use super::print::words;
use super::role::{Pair, is_modifier, is_persons};
use super::sentence;
use super::text::{Shape, Text};

/// What a name is by the pairs and the names before it.
pub(super) fn in_turn(source: &Source<'_>, found: &[Found], number: usize, pairs: &mut Vec<Pair>) {
    if let Some(pair) = gapped(source, found, number, pairs) {
        pairs.push(pair);
    }
    both(source.text, found, number, pairs);
    given(source, found, number, pairs);
}

/// `Kim plays his wife R and Lee his rival S`: the verb is left out where it comes again.
fn gapped(source: &Source<'_>, found: &[Found], number: usize, pairs: &[Pair]) -> Option<Pair> {
    const NOUNS: usize = 6;
    let text = source.text;
    let (role, actor) = (found[number], found[number.checked_sub(1)?]);
    let nouns = actor.last..role.titles;
    // Most names have more words between them.
    if nouns.len() > NOUNS {
        return None;
    }
    let first = number.checked_sub(2).map(|n| found[n])?;
    let before = pairs.last().filter(|p| p.role == number.checked_sub(2));
    let first_end = match before {
        Some(before) => {
            before.actor.filter(|a| Some(*a) < before.role)?;
            first.last
        }
        // `Kim plays the eldest daughter, Lee her brother-in-law Man Su`.
        None => nameless_end(text, first)?,
    };
    let joined = |from: usize, to: usize| {
        from < to && to - from <= 2 && (from..to).all(|t| text.is(t, ",") || text.is(t, "and") || text.is(t, "while"))
    };
    let told =
        text.class(nouns.start).has(Class::DET.with(Class::HE).with(Class::SHE)) || role.story && nouns.is_empty();
    let only_nouns = || nouns.clone().all(|t| is_modifier(text, t) || text.is(t, ","));
    let named = || text.is_one(role.first.wrapping_sub(1), words!["nicknamed", "named", "called"]);
    let same = || sentence::at(source.sentences, first.first) == sentence::at(source.sentences, role.first);
    (told
        && joined(first_end, actor.titles)
        && same()
        && (actor.form == Form::Korean || actor.form == Form::Single && !actor.story && before.is_some())
        && (is_persons(text, role) || role.form == Form::Single && (role.titles < role.first || named()))
        && only_nouns()
        && !text.is(role.last, "(")
        && !in_bracket(text, role.titles))
    .then(|| Pair {
        role: Some(number),
        actor: Some(number - 1),
        weight: 5.0,
        nouns: nouns
            .clone()
            .filter(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET))
            .collect(),
    })
}

/// `Kim plays the eldest daughter`: one past the noun of somebody who gets no name.
fn nameless_end(text: &Text, actor: Found) -> Option<usize> {
    const NOUNS: usize = 5;
    let verb = actor.last;
    let plays = text.is_one(verb, words!["plays", "portrays", "is"]) && text.class(verb + 1).has(Class::DET);
    if !plays || actor.form != Form::Korean {
        return None;
    }
    let end = (verb + 2..verb + 2 + NOUNS).find(|t| text.shape(*t) != Shape::Lower || !is_modifier(text, *t))?;
    (end > verb + 2).then_some(end)
}

/// `the twin brothers R and S (both played by Kim)`: the bracket serves all that `and` joins in front of it.
fn both(text: &Text, found: &[Found], number: usize, pairs: &mut Vec<Pair>) {
    const MOST: usize = 4;
    let open = found[number].last;
    if !text.is(open, "(") || !text.is_one(open + 1, words!["both", "all"]) {
        return;
    }
    let Some(pair) = pairs.last().filter(|p| p.role == Some(number)).cloned() else {
        return;
    };
    for at in (0..number).rev().take(MOST) {
        let (one, next) = (found[at], found[at + 1]);
        let joined = one.last < next.titles
            && (one.last..next.titles).all(|t| text.is(t, ",") || text.is(t, "and") || text.is(t, "&"));
        if !joined {
            break;
        }
        pairs.push(Pair {
            role: Some(at),
            ..pair.clone()
        });
    }
}

/// `The roles of R and S go to Kim and Lee`: as many roles in front as actors behind.
fn given(source: &Source<'_>, found: &[Found], number: usize, pairs: &mut Vec<Pair>) {
    const MOST: usize = 6;
    let text = source.text;
    let first = found[number];
    let opens = first.titles > 1
        && text.is(first.titles - 1, "of")
        && text.is_one(first.titles - 2, words!["roles", "parts", "characters"]);
    if !opens {
        return;
    }
    let end = source
        .sentences
        .get(sentence::at(source.sentences, first.first))
        .map_or(0, |s| s.last);
    let names = || (number..found.len()).take(MOST).take_while(|n| found[*n].last <= end);
    let given = |t: &usize| {
        text.is_one(*t, words!["go", "went", "fell", "fall"]) && text.is(t + 1, "to")
            || text.is_one(*t, words!["played", "filled", "taken"]) && text.is(t + 1, "by")
    };
    let Some(verb) = (first.last..end).find(given) else {
        return;
    };
    let roles: Vec<usize> = names().filter(|n| found[*n].last <= verb).collect();
    let actors: Vec<usize> = names().filter(|n| found[*n].first > verb).collect();
    let people = actors
        .iter()
        .all(|n| matches!(found[*n].form, Form::Korean | Form::Pair));
    if roles.len() == actors.len() && roles.len() > 1 && people {
        pairs.extend(roles.into_iter().zip(actors).map(|(role, actor)| Pair {
            role: Some(role),
            actor: Some(actor),
            weight: 5.0,
            nouns: Vec::new(),
        }));
    }
}
