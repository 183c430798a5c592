//! Roles that stand beside their actors' names: `Role, played by Actor`, `Actor’s Role`, `In Actor’s poster, Role looks`,
//! `As the granddaughter, Role, Actor has`, `the role of Role went to Actor`.

use super::bracket::nouns_before;
use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::people::Source;
use super::print::{Words, words};
use super::role::{Pair, is_modifier, is_persons, nouns_behind};
use super::seen_as::is_as;
use super::text::{Shape, Text};

/// `Hwa Da Som’s Min Yeo Reum`: an actor's own, when both are names of people.
pub(super) fn owned(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let (text, role) = (source.text, found[number]);
    let owner = found[number.checked_sub(1)?];
    // `Kim, whose Park Geum-ja delivers the line`.
    let whose = text.is(owner.last, ",") && text.is(owner.last + 1, "whose") && owner.last + 2 == role.titles;
    let adjacent = whose || text.shape(owner.last) == Shape::Clitic && owner.last + 1 == role.titles;
    (adjacent
        && is_persons(text, role)
        && (owner.form == Form::Korean
            || owner.form == Form::Pair
                && (is_beside_lead(text, owner) || role.story && text.class(owner.first).has(Class::SURNAME)))
        && !owner.story
        && text.shape(role.last) != Shape::Clitic)
        .then(|| Pair {
            role: Some(number),
            actor: Some(number - 1),
            weight: 6.0,
            nouns: nouns_behind(text, role, super::people::sentence_of(source, role.first).1),
        })
}

/// `Min Yeo Reum, Hwa Da Som’s character,`: the owner stands behind.
pub(super) fn owned_behind(text: &Text, found: &[Found], number: usize) -> Option<Pair> {
    let (role, owner) = (found[number], *found.get(number + 1)?);
    // Nothing but a comma stands between them.
    if owner.titles != role.last + 1 {
        return None;
    }
    let noun = owner.last + 1;
    let noun = noun + usize::from(text.is_one(noun, words!["onscreen", "on-screen", "latest", "new"]));
    let character = text.is(role.last, ",")
        && text.shape(owner.last) == Shape::Clitic
        && text.is_one(noun, words!["character", "role"]);
    let person = matches!(owner.form, Form::Korean | Form::Pair) && !owner.story;
    (character && person && is_persons(text, role)).then(|| Pair {
        role: Some(number),
        actor: Some(number + 1),
        weight: 6.0,
        nouns: Vec::new(),
    })
}

/// `opposite Cha Ik’s Song Woo Bin`: a surname and one syllable, where an actor is named beside another.
fn is_beside_lead(text: &Text, owner: Found) -> bool {
    text.class(owner.first).has(Class::SURNAME)
        && text.is_one(
            owner.titles.wrapping_sub(1),
            words!["opposite", "alongside", "with", "between"],
        )
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
        && text.is(role.titles - 1, ",");
    let picture = adjacent
        && between
            .clone()
            .any(|t| text.is_just(t, words!["poster", "posters", "still", "stills", "teaser"]) && text.is(t + 1, ","));
    let opens = text.is_one(owner.titles.wrapping_sub(1), words!["in", "on"]);
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
    let beside = text.is(role.last, ",") && actor.form == Form::Korean && is_next(text, role.last, actor.titles);
    if !beside {
        return None;
    }
    let first = (role.titles.saturating_sub(NEAR)..role.titles)
        .rev()
        .find(|t| is_as(text, *t) || is_in_the_role(text, *t))?;
    let nouns: Vec<usize> = (first + 1..role.titles)
        .filter(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET))
        .collect();
    // `As Commander Dok, Kim has`: a title of the story says enough.
    let titled = role.story && role.titles == first + 1;
    // `As Yoon Bi, Kim opens`: two names of people.
    let named = role.titles == first + 1 && is_persons(text, role);
    let described = titled
        || named
        || text.class(first + 1).has(Class::DET)
            && !nouns.is_empty()
            && (first + 1..role.titles).all(|t| text.shape(t) == Shape::Lower || text.is(t, ","));
    // `In the role of the arsonist Role, Actor sets`: the sentence opens with `In`.
    let first = if text.is(first, "of") { first - 3 } else { first };
    let opens = first == 0
        || text.is_just(first - 1, words![".", "!", "?", "”", "\""])
        || text.para_of(first) != text.para_of(first - 1);
    (described && opens).then_some(Pair {
        role: Some(number),
        actor: Some(number + 1),
        weight: 5.0,
        nouns,
    })
}

/// `In the role of`.
fn is_in_the_role(text: &Text, of: usize) -> bool {
    text.is(of, "of")
        && of > 2
        && text.is_one(of - 1, words!["role", "part"])
        && text.is(of - 2, "the")
        && text.is(of - 3, "in")
}

/// Nothing but a comma, or a clause between two, stands between a role and the actor: `As Private Seok, a deserter who puts on
/// a uniform, Kim has`.
pub(super) fn is_next(text: &Text, comma: usize, actor: usize) -> bool {
    const CLAUSE: usize = 16;
    let clause = text.class(comma + 1).has(Class::DET.with(Class::SUBORD)) || text.is(comma + 1, "who");
    actor == comma + 1
        || actor <= comma + CLAUSE
            && clause
            && text.is(actor - 1, ",")
            && (comma + 1..actor - 1).all(|t| !text.is_capital(t) && !text.is(t, "."))
}

/// `played by`, `played with relish by`, `brought to life by`: the verb and the `by`, not far behind a role.
fn played_behind(text: &Text, end: usize) -> Option<(usize, usize)> {
    // Where nobody plays anybody, as in many articles, no verb is looked for.
    if end == 0 || !text.lists.has(asked::PLAYS.with(asked::GIVES)) {
        return None;
    }
    const REACH: usize = 6;
    const CLAUSE: usize = 14;
    const MANNER: usize = 4;
    let manner = |t: usize| text.shape(t) == Shape::Lower && !text.class(t).has(Class::CONJ.with(Class::SUBORD));
    let by = |verb: usize| {
        let life = text.is(verb, "brought") && text.is(verb + 1, "to") && text.is(verb + 2, "life");
        let played = life || text.is_one(verb, words!["played", "portrayed", "voiced", "embodied"]);
        played
            .then(|| {
                (verb + 1..verb + 1 + MANNER)
                    .take_while(|t| manner(*t))
                    .find(|t| text.is(*t, "by"))
            })
            .flatten()
    };
    let reach = if text.is(end, ",") { CLAUSE } else { REACH };
    (end..end + reach)
        .take_while(|t| !matches!(text.sign(*t), b'.' | b'(' | b';'))
        .filter(|t| text.is_like(*t, asked::PLAYS.with(asked::GIVES)))
        .find_map(|verb| by(verb).map(|by| (verb, by)))
}

/// `Pil Soon (302)`, a line of its own, and below it `Played by Actor`.
fn played_below(text: &Text, role: Found) -> Option<(usize, usize)> {
    const HEADING: usize = 8;
    if !text.lists.has(asked::PLAYS) {
        return None;
    }
    let number = text.para_of(role.first);
    let (para, next) = (text.paras[number], text.paras.get(number + 1)?);
    let heading = role.titles == para.first && para.last <= role.last + HEADING;
    let at = next.first;
    let sign = usize::from(matches!(text.sign(at + 2), b':'));
    if heading && super::bracket::is_played_by(text, at) {
        return Some((at, at + 1 + sign));
    }
    // `1) Madam Ko in Rent Day`, and below it `Topping the list is the loan shark from Rent Day, played by Actor.`
    const REACH: usize = 24;
    let numbered = para.last <= role.last + HEADING
        && role.titles <= para.first + 2
        && text.shape(para.first) == Shape::Number
        && text.is_one(role.last, words!["in", "from", "of"]);
    let sentence = (at..next.last.min(at + REACH)).take_while(|t| !text.is(*t, "."));
    let verb = sentence
        .into_iter()
        .find(|t| super::bracket::is_played_by(text, *t) && (text.is(t - 1, ",") || text.is(t - 2, ",")))?;
    numbered.then_some((verb, verb + 1))
}

/// `Luca, the alien who sent it, is played by`, `Luca, by contrast, is played by`: a clause, with a comma on either side.
fn is_clause(text: &Text, end: usize, verb: usize) -> bool {
    let is = verb.checked_sub(1).filter(|t| text.class(*t).has(Class::AUX));
    // `Luca, an alien who never sleeps, played by`.
    let comma = match is {
        Some(is) => (end + 1..is).rev().take(3).find(|t| text.is(*t, ",")),
        None => verb.checked_sub(1).filter(|t| text.is(*t, ",")),
    };
    text.is(end, ",")
        && text.class(end + 1).has(Class::DET.with(Class::PREP).with(Class::ADV))
        && comma.is_some_and(|comma| (end + 1..comma).all(|t| text.shape(t) == Shape::Lower))
}

/// `Kim, the stern Court Lady Hong, left a message`: a title of the story behind an actor.
pub(super) fn apposed(text: &Text, found: &[Found], number: usize) -> Option<Pair> {
    const NOUNS: usize = 3;
    let role = found[number];
    let actor = found[number.checked_sub(1)?];
    let between = actor.last + 1..role.titles;
    let plain = text.is(actor.last, ",")
        && !between.is_empty()
        && between.len() <= NOUNS
        && text.is(between.start, "the")
        && between
            .clone()
            .all(|t| text.shape(t) == Shape::Lower && is_modifier(text, t) && !text.class(t).has(Class::TITLE));
    (role.story && plain && actor.form == Form::Korean && !actor.story && text.is(role.last, ",")).then(|| Pair {
        role: Some(number),
        actor: Some(number - 1),
        weight: 5.0,
        nouns: Vec::new(),
    })
}

/// `Role, played by Actor`, `Role is played by Actor`.
pub(super) fn played_by(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    // Whoever plays them is named next.
    found.get(number + 1)?;
    let below = played_below(text, role);
    let (verb, by) = below.or_else(|| played_behind(text, role.last))?;
    // `Mina, a young trainee played by Actor`.
    let described = text.is(role.last, ",")
        && text.class(role.last + 1).has(Class::DET)
        && (role.last + 2..verb).all(|t| {
            // `the tiny but terrifying drill instructor`; what follows with an article is somebody else.
            let another = text.class(t).has(Class::CONJ) && text.class(t + 1).has(Class::DET);
            text.shape(t) == Shape::Lower && !another && !text.class(t).has(Class::PREP)
        });
    let between = described
        || below.is_some()
        || (role.last..verb).all(|t| {
            matches!(text.word(t), "," | "—" | "–")
                || text.class(t).has(Class::AUX.with(Class::DET).with(Class::ADV))
                || text.is_one(
                    t,
                    words!["who", "as", "role", "character", "himself", "herself", "itself"],
                )
        })
        || is_clause(text, role.last, verb);
    const NOUNS: usize = 5;
    // `played by rising actress Actor`, `played by child actress turned rising star Actor`.
    let behind = |n: &&Found| {
        n.titles > by
            && n.titles <= by + 1 + NOUNS
            && (by + 1..n.titles)
                .all(|t| text.shape(t) == Shape::Lower && !text.class(t).has(Class::PREP.with(Class::CONJ)))
    };
    // Other names may stand between a heading and what is told below it.
    let between_them = |n: &&Found| below.is_some() && n.titles <= by;
    let at = number + 1 + found[number + 1..].iter().take(6).take_while(between_them).count();
    let next = found.get(at).filter(behind)?;
    // `played by LUNEAR’s Haeon`.
    let owned = text.shape(next.last) == Shape::Clitic && found.get(at + 1).is_some_and(|n| n.titles == next.last + 1);
    let which = at + usize::from(owned);
    let actor = found.get(which)?;
    // `Kim, an unemployed magician played by Lee`.
    let tells = |t: &usize| described && text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET);
    (between && !matches!(actor.form, Form::Company | Form::Station)).then(|| Pair {
        role: Some(number),
        actor: Some(which),
        weight: 6.0,
        nouns: nouns_before(text, role)
            .into_iter()
            .chain((role.last + 1..verb).filter(tells))
            .collect(),
    })
}

/// `Role is played by Actor, her son Role by Actor, and the youngest, Role, by Actor`: the verb is said once.
pub(super) fn gapped(source: &Source<'_>, found: &[Found], number: usize, pairs: &[Pair]) -> Option<Pair> {
    const NOUNS: usize = 4;
    let text = source.text;
    let role = found[number];
    let by = role.last + usize::from(text.is(role.last, ","));
    if !text.is(by, "by") || !is_persons(text, role) {
        return None;
    }
    let actor = *found.get(number + 1)?;
    let titles = (by + 1..actor.titles)
        .all(|t| text.shape(t) == Shape::Lower && text.class(t).has(Class::TITLE) || is_profession(text, t));
    let last = pairs.last()?;
    let before = found[last.actor?];
    let (from, _) = super::people::sentence_of(source, role.first);
    let played = |t: usize| text.is_one(t, words!["played", "portrayed", "voiced"]) && text.is(t + 1, "by");
    // The one before it in the list was played, too, and nothing but commas and nouns stands between.
    let goes_on = last.actor == number.checked_sub(1)
        && before.first >= from
        && matches!(text.sign(before.last), b',' | b';')
        && (from..before.titles).any(played);
    let person = matches!(actor.form, Form::Korean | Form::Pair) && !actor.story;
    (goes_on && person && titles && actor.titles <= by + 1 + NOUNS).then(|| Pair {
        role: Some(number),
        actor: Some(number + 1),
        weight: 6.0,
        nouns: nouns_before(text, role),
    })
}

fn is_profession(text: &Text, token: usize) -> bool {
    text.is_one(token, words!["child", "veteran", "rookie", "musical", "idol"])
}

/// `Actor – Role`, a line of a list of the cast; the name that the headline has is the actor's.
pub(super) fn in_list(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let (one, other) = (found[number.checked_sub(1)?], found[number]);
    // Nothing but a sign stands between them.
    if one.last + 1 != other.titles {
        return None;
    }
    // `Actor … Role`.
    let dash = matches!(text.word(one.last), "–" | "—" | "-" | "…" | "...");
    let para = text.paras[text.para_of(one.first)];
    // `Role: Actor` and nothing else.
    // `Actor: Role, a clerk`.
    let told = text.is(other.last, ",")
        && text.class(other.last + 1).has(Class::DET)
        && !matches!(text.sign(para.last - 1), b'.' | b'!' | b'?');
    let alone = one.titles == para.first
        && (other.last >= para.last || told)
        && matches!(text.word(one.last), ":" | "/" | "|")
        && is_persons(text, one)
        && is_persons(text, other);
    if !dash && !alone {
        return None;
    }
    // `2. Role – Actor`.
    let counted = one.titles == para.first + 2 && text.is(para.first + 1, ".") || one.titles == para.first + 1;
    let opens = one.titles == para.first
        || counted && text.bytes(para.first).first().is_some_and(u8::is_ascii_digit)
        || matches!(text.word(one.titles - 1), ":" | "," | ";" | "•");
    let ends = other.last >= para.last || told || matches!(text.word(other.last), "," | ";");
    let people = |n: Found| matches!(n.form, Form::Korean | Form::Pair) && !n.story;
    let known = |n: Found| source.title.body.contains(text.slice(n.first, n.last));
    let acts = |n: Found| is_told_by_first_name(text, n);
    let reversed =
        !people(one) || known(other) && !known(one) || known(one) == known(other) && acts(one) && !acts(other);
    let (actor, role) = if reversed {
        (number, number - 1)
    } else {
        (number - 1, number)
    };
    (opens && ends && people(found[actor])).then_some(Pair {
        role: Some(role),
        actor: Some(actor),
        weight: 5.0,
        nouns: Vec::new(),
    })
}

/// The text goes on with the first name alone, as it does for those of a story.
fn is_told_by_first_name(text: &Text, name: Found) -> bool {
    const LENGTH: usize = 2;
    const REACH: usize = 400;
    let given = name.last - LENGTH.min(name.last - name.first - 1);
    if name.last - name.first != LENGTH + 1 {
        return false;
    }
    let again = |t: usize| {
        text.is_same(t, text.word(given))
            && text.is_same(t + 1, text.word(given + 1))
            && !text.is_same(t.wrapping_sub(1), text.word(name.first))
    };
    (name.last..text.tokens.len().min(name.last + REACH)).any(again)
}

/// `The role of Chairman Gil went to Actor`, `is filled by Actor`.
pub(super) fn given_to(text: &Text, found: &[Found], number: usize) -> Option<usize> {
    const NEAR: usize = 7;
    let next = found.get(number + 1)?;
    let role = found[number];
    let to = (role.last..next.titles)
        .rev()
        .take(NEAR)
        .find(|t| text.is(*t, "to") || text.is(*t, "by"))?;
    let verbs: Words = if text.is(to, "to") {
        words!["went", "goes", "go", "given", "offered", "fell"]
    } else {
        words!["filled", "taken"]
    };
    // `and that of the heir, Role, to Actor`: the verb is said once; `bring the role of Role to life, while Actor` gives nobody
    // anything.
    const NOUNS: usize = 6;
    let end = to - usize::from(text.is(to.wrapping_sub(1), ","));
    let whom = (to + 1, next.titles);
    let is_one = whom.0 == whom.1 || text.class(whom.0).has(Class::DET);
    let beside = |t: usize| text.is_word(t) && !text.class(t).has(Class::PREP.with(Class::CONJ).with(Class::SUBORD));
    let gapped = || {
        text.is(to, "to")
            && end == role.last
            && is_one
            && (whom.0..whom.1).all(beside)
            && (role.titles.saturating_sub(NOUNS)..role.titles)
                .any(|t| text.is_one(t, words!["that", "part", "role"]) && text.is(t + 1, "of"))
    };
    let given = text.is_one(to.wrapping_sub(1), verbs) || gapped();
    (given && to - role.last <= NEAR && !matches!(next.form, Form::Company | Form::Station)).then_some(number + 1)
}
