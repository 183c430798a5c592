//! Lists of roles: `who play the sisters A and B`, `A, B, and C star as X, Y, and Z`, `both X and Y`.

use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::people::Source;
use super::print::words;
use super::role::{Pair, is_modifier};
use super::sentence;
use super::text::{Shape, Text};

/// So many words stand between whose brother somebody is and the name.
const KIN: usize = 3;
/// So many pairs back a list may have begun.
const MOST: usize = 12;

/// `who play the sisters A and B`: the role behind one that is known, and the actors in their order.
pub(super) fn listed(source: &Source<'_>, found: &[Found], number: usize, pairs: &mut [Pair]) -> Option<Pair> {
    let text = source.text;
    let (role, mut before) = (found[number], found[number.checked_sub(1)?]);
    // `A and B lead the cast as R and S’s brother T`: whose brother he is, is a part of what tells of him.
    let kin = number > 1 && text.shape(before.last) == Shape::Clitic && role.titles - before.last <= KIN + 1;
    let of = kin.then_some(before);
    let back = 1 + usize::from(kin);
    if kin {
        before = found[number - back];
    }
    // `King Hwon and his twin brother Sol`: nouns that describe the role may stand between, no profession.
    const NOUNS: usize = 8;
    // `and his teacher, known only as Teacher Ok`.
    let known = |t: usize| text.is_one(t, words!["known", "only", "called", "named", "as"]);
    let joint = |t: usize| text.is(t, "and") || matches!(text.sign(t), b',' | b'&');
    let noun = |t: usize| is_modifier(text, t) && !text.class(t).has(Class::TITLE) || text.class(t).has(Class::DET);
    let owned = |t: usize| of.is_some_and(|n| (n.titles..=n.last).contains(&t));
    let joined = before.last < role.titles
        && role.titles - before.last <= NOUNS
        && joint(before.last)
        && (before.last + 1..role.titles).all(|t| joint(t) || noun(t) || known(t) || owned(t));
    // `A and B plays`: a new clause begins with the name.
    let goes_on = text.shape(role.last) == Shape::Lower
        && !text.class(role.last).has(Class::CONJ.with(Class::PREP))
        && !text.is(role.last, "respectively");
    // `as the clerk Woo Chan, DRIFT’s Tae Yul as`: the group's member is an actor.
    let owner = text.shape(role.last) == Shape::Clitic;
    if !joined || goes_on || owner || text.is(role.last, "as") || matches!(role.form, Form::Company | Form::Station) {
        return None;
    }
    // Lists are short: what is looked for stands among the last pairs.
    let recent = pairs.len().saturating_sub(MOST);
    let known = recent + pairs[recent..].iter().rposition(|p| p.role == Some(number - back))?;
    let sentence = source.sentences.get(sentence::at(source.sentences, role.first))?;
    let binds = |t: &usize| {
        text.is_in(*t, asked::PLAYS)
            || text.is_one(*t, words!["as", "into"])
            || text.is(*t, "of")
                && text.is_one(
                    t.wrapping_sub(1),
                    words!["role", "roles", "parts", "characters", "shoes"],
                )
    };
    let verb = (sentence.first..before.titles).rev().take(16).find(binds)?;
    // The roles of the list so far begin right behind the verb.
    let first = (0..number)
        .rev()
        .take_while(|n| found[*n].first > verb)
        // `plays two women in tvN’s “X”: R and S`.
        .filter(|n| !matches!(found[*n].form, Form::Company | Form::Station))
        .last()
        .filter(|n| pairs[recent..].iter().any(|p| p.role == Some(*n)))?;
    let is_role = |n: usize| pairs[recent..].iter().any(|p| p.role == Some(n));
    let actors = actors_before(text, found, first, verb, sentence.first, is_role);
    // `plays both R and S`, `plays the twins R and S`.
    // `takes on both roles as R and S`: also in front of the preposition.
    // `takes on both roles, playing R and S`.
    let back = match text.word(verb) {
        "as" => 2,
        "playing" | "portraying" => 3,
        _ => 0,
    };
    let told = verb.saturating_sub(back).max(sentence.first);
    let both = (told..found[first].titles).any(|t| {
        text.is_one(
            t,
            words![
                "both",
                "two",
                "dual",
                "double",
                "twins",
                "sisters",
                "brothers",
                "siblings",
                "roles",
                "lookalikes"
            ],
        )
    });
    let actor = match actors.len() {
        0 => return None,
        1 if both => actors[0],
        1 => return None,
        _ => *actors.get(number - first - usize::from(kin))?,
    };
    if actors.len() > 1 {
        for pair in pairs[recent..].iter_mut() {
            if let Some(at) = pair.role.filter(|r| (first..number).contains(r)) {
                pair.actor = actors.get(at - first).copied();
            }
        }
    }
    // `the swindler R and the judge S`: each has a noun of its own.
    let own = super::bracket::nouns_before(text, role);
    let nouns = if own.is_empty() {
        pairs[known].nouns.clone()
    } else {
        own
    };
    Some(Pair {
        role: Some(number),
        actor: Some(actor),
        weight: 5.0,
        nouns,
    })
}

/// `Starring A and B, “X” tells the story of R, a detective who …, and S, a prosecutor`: in their order.
pub(super) fn starred(source: &Source<'_>, found: &[Found], number: usize, pairs: &mut Vec<Pair>) {
    const MANY: usize = 4;
    const NAMES: usize = 12;
    let text = source.text;
    let actor = found[number];
    // Right in front of it: most names are passed by without a look at their sentence.
    let Some(starring) = actor.titles.checked_sub(1).filter(|t| text.is(*t, "starring")) else {
        return;
    };
    let sentence = source.sentences.get(sentence::at(source.sentences, actor.first));
    let Some(sentence) = sentence.filter(|s| s.first == starring) else {
        return;
    };
    let names = || {
        found
            .iter()
            .enumerate()
            .skip(number)
            .take(NAMES)
            .take_while(|(_, n)| n.last <= sentence.last)
    };
    let tells = words![
        "tells",
        "follows",
        "depicts",
        "revolves",
        "centers",
        "chronicles",
        "portrays"
    ];
    let about = |t: usize| text.is(t, "about") && text.is(t - 1, "is");
    let told = (actor.last..sentence.last).find(|t| text.is_just(*t, tells) || about(*t));
    let Some(told) = told else { return };
    let somebody = |n: &Found| matches!(n.form, Form::Korean | Form::Pair);
    let actors: Vec<usize> = names()
        .filter(|(_, n)| n.last <= told && somebody(n))
        .map(|(n, _)| n)
        .collect();
    let roles: Vec<usize> = names()
        .filter(|(_, n)| n.titles > told && somebody(n))
        .filter(|(_, n)| text.is(n.last, ",") && text.class(n.last + 1).has(Class::DET) || text.is(n.last, "."))
        .map(|(n, _)| n)
        .collect();
    if actors.len() == roles.len() && actors.len() <= MANY {
        pairs.extend(roles.into_iter().zip(actors).map(|(role, actor)| Pair {
            role: Some(role),
            actor: Some(actor),
            weight: 5.0,
            nouns: super::role::nouns_behind(text, found[role], sentence.last),
        }));
    }
}

/// The names in front of a verb, in their order: `A, B and C, who`; who was given to somebody before is no actor.
fn actors_before(
    text: &Text,
    found: &[Found],
    number: usize,
    verb: usize,
    first: usize,
    is_role: impl Fn(usize) -> bool,
) -> Vec<usize> {
    const VERBAL: usize = 6;
    let plain = |t: usize| {
        text.shape(t) == Shape::Lower
            && !text
                .class(t)
                .has(Class::CONJ.with(Class::SUBORD).with(Class::NOMINATIVE))
    };
    let mut actors = Vec::new();
    let mut end = verb;
    for (n, name) in found[..number].iter().enumerate().rev().take(6) {
        let link = |t: usize| {
            text.is(t, ",")
                || text.shape(t) == Shape::Lower && text.class(t).has(Class::DET.with(Class::DRAMA))
                || text.class(t).has(Class::AUX.with(Class::CONJ))
                || text.is_one(
                    t,
                    words![
                        "who",
                        "star",
                        "starred",
                        "stars",
                        "starring",
                        "appear",
                        "appeared",
                        "cast",
                        "set",
                        "confirmed",
                        "to",
                        "in",
                        "talks",
                        "featured",
                        "lead",
                        "led",
                        "returning"
                    ],
                )
                || text.is(t, "&")
                || text.shape(t) == Shape::Lower && text.class(t).has(Class::TITLE.with(Class::ADV))
        };
        // `Kim and Lee transform into`, `take on the roles of`: nothing but the verb's own words.
        if name.first > verb && matches!(name.form, Form::Company | Form::Station) {
            continue;
        }
        // `Kim will take on both roles, playing`.
        let verbal = actors.is_empty()
            && name.last < end
            && end - name.last <= VERBAL
            && (name.last..end).all(|t| plain(t) || t + 1 == verb && text.is(t, ","));
        if name.first < first || name.last > end || is_role(n) || !(verbal || (name.last..end).all(link)) {
            break;
        }
        actors.push(n);
        end = name.titles;
    }
    actors.reverse();
    actors
}
