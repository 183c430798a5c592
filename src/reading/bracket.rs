//! `Role (Actor)`, `Role (played by Actor)`, `Actor (as Role)`, and brackets that hold none of these.
//!
//! Outlets print roles and earlier works in the same brackets: what both strings are decides, not
//! where they stand.

use super::beings::is_somebodys;
use super::entity::is_same;
use super::evidence::is_address;
use super::keyed::KeySet;
use super::lexicon::{Class, names::syllables};
use super::names::{Form, Found};
use super::people::Source;
use super::print::words;
use super::role::{Pair, is_modifier, is_persons};
use super::text::{Shape, Text};
use std::ops::Range;

/// `Role (Actor)`, `Role (played by Actor)`, `Actor (as Role)`; which is which depends on who is known.
pub(super) fn in_brackets(
    source: &Source<'_>,
    found: &[Found],
    number: usize,
    outside_brackets: &KeySet<&str>,
    (known, settled): (bool, bool),
) -> Option<Pair> {
    let text = source.text;
    let outside = found[number];
    // `at AUNT GYE-SOOK’s (Actor)`.
    let mut open = outside.last + usize::from(text.shape(outside.last) == Shape::Clitic);
    // `nicknamed ‘Grandma Alto’ (Actor)`.
    open += usize::from(text.shape(open) == Shape::Mark && text.is(open + 1, "("));
    if text.is(open, ",") && text.class(open + 1).has(Class::DET) {
        open = described_to(text, open + 2);
    }
    if !text.is(open, "(") {
        return None;
    }
    let mut inside = open + 1;
    // `(both played by Actor)`.
    inside += usize::from(text.is_one(inside, words!["both", "all"]));
    let words = plays(text, inside);
    let by = words > 0;
    let with_as = text.is(inside, "as") || text.is(inside, "playing");
    inside += if by { words } else { usize::from(with_as) };
    // `Taeo (real name Kang Tae Oh)` plays nobody there.
    let mut which = number + 1;
    let mut next = found.get(which).filter(|n| !super::nobody::is_real_name(text, **n))?;
    // `Role (GROUP’s Actor)`.
    if next.titles == inside && text.shape(next.last) == Shape::Clitic {
        inside = next.last + 1;
        which += 1;
        next = found.get(which)?;
    }
    // `(as the groom, Role)`, `(played by singer Actor)`.
    const NOUNS: usize = 6;
    // `Role (child actress Actor)`.
    let praised = praise(text, *next) == Some(open);
    let professed = praised
        || text.class(next.first.wrapping_sub(1)).has(Class::TITLE)
            && text.shape(next.first.wrapping_sub(1)) == Shape::Lower;
    if with_as || by || professed {
        while inside < next.titles.min(next.first)
            && inside <= open + NOUNS
            && (text.shape(inside) == Shape::Lower || text.is(inside, ",") || text.shape(inside) == Shape::Clitic)
        {
            inside += 1;
        }
    }
    // `Kim Bo Ra (palace beekeeper So-ok)`: nouns in front of the name inside are a role's.
    let described = !(with_as || by || praised)
        && (inside..next.titles).len() <= NOUNS
        && inside < next.titles
        && (inside..next.titles).all(|t| {
            // `(the youngest, So-ok)`.
            let comma = t + 1 == next.titles && text.is(t, ",") && text.class(inside).has(Class::DET);
            comma || text.shape(t) == Shape::Lower && !text.class(t).has(Class::TITLE.with(Class::PREP))
        });
    let noun_role = described || !(with_as || by) && next.story && outside.form == Form::Korean && !outside.story;
    if next.titles != inside && next.first != inside && !described {
        return None;
    }
    // `Actor (Earlier Drama)`: words that are nobody's name anywhere else.
    let single = next.form == Form::Single
        && (text.shape(next.first) == Shape::Upper
            || text.class(next.first).has(Class::SURNAME)
            || syllables(text.word(next.first).to_ascii_lowercase().replace('-', "")) > 0);
    // `Vlad (Steven Maeng)`.
    let foreign =
        next.form == Form::Words && next.last == next.first + 2 && text.class(next.first + 1).has(Class::SURNAME);
    let name_like = matches!(next.form, Form::Korean | Form::Pair)
        || single
        || foreign && outside.story
        || outside_brackets.contains(text.slice(next.first, next.last))
        || source
            .catalogue
            .named_person(text.slice(next.first, next.last))
            .is_some();
    if !name_like && !by && !with_as {
        return None;
    }
    // `(played by Actor of GROUP)`.
    let closes = text.is(next.last, ")")
        || by && text.is_just(next.last, words![",", "of", "from"])
        || goes_on(text, *next) && !with_as;
    if !closes || matches!(next.form, Form::Company | Form::Station) {
        return None;
    }
    if next.form == Form::Single && text.shape(next.first) == Shape::Upper {
        return None;
    }
    let reversed = with_as
        || is_whom_it_is_about(source, found, number, which) && !by && !settled
        || noun_role
        || !by && !settled && is_turned_round(source, found, (number, which), known);
    let (role, actor) = if reversed { (which, number) } else { (number, which) };
    let mut nouns = nouns_before(text, found[role]);
    // `Role (Actor), a crown prince who`.
    if text.is(next.last, ")") && !reversed {
        const REACH: usize = 10;
        let behind = Found {
            last: next.last + 1,
            ..found[role]
        };
        nouns.extend(super::role::nouns_behind(text, behind, next.last + 1 + REACH));
    }
    Some(Pair {
        role: Some(role),
        actor: Some(actor),
        weight: sureness(source, found[role], found[actor], by || with_as || noun_role),
        nouns,
    })
}

/// `Actor (Role)`: by what is known of both names.
fn is_turned_round(source: &Source<'_>, found: &[Found], (number, which): (usize, usize), known: bool) -> bool {
    let (outside, inside) = (found[number], found[which]);
    !source.scene && answers(source.text, found, number) && !answers(source.text, found, which)
        || !source.scene && is_called_by_surname(source, found, number) && !is_called_by_surname(source, found, which)
        || source.scene
            && is_called_by_given_name(source, found, which)
            && is_whole(source.text, outside)
            && !is_called_by_given_name(source, found, number)
        || (is_actor(source, found, number, known)
            || !is_glossed(source.text, found, number, which) && is_headlined(source, outside))
            && !(is_actor(source, found, which, known) || is_headlined(source, inside))
}

/// `Kim Bo Ra: “I was helping.”`, a paragraph: who answers in an interview is real.
fn answers(text: &Text, found: &[Found], number: usize) -> bool {
    let name = text.slice(found[number].first, found[number].last);
    let heads = |n: &&Found| text.is(n.last, ":") && text.paras[text.para_of(n.first)].first == n.titles;
    let mut labels = found.iter().take(MANY).filter(heads);
    labels.any(|n| text.slice(n.first, n.last) == name)
}

/// `Prosecutor Baek Tae-jun (Kim Bo Ra)`: a title of the story in front of a whole name; an outlet prints all of its roles in
/// front of their actors then, whoever is in the headline.
pub(super) fn roles_stand_outside(text: &Text, found: &[Found]) -> bool {
    const ENOUGH: usize = 24;
    let mut brackets = found
        .windows(2)
        .filter(|p| text.is(p[0].last, "(") && p[1].first == p[0].last + 1)
        .take(ENOUGH);
    let plain = |n: &Found| n.form == Form::Korean && !n.story && n.titles == n.first;
    let offices =
        |n: &Found| (n.titles..n.first).any(|t| text.class(t).has(Class::STORY) && !text.class(t).has(Class::TITLE));
    // `the secret inspector Min Gyeom (Kim Bo Ra)`: what somebody of a story does, and no real person is presented by.
    let trade = |n: &Found| {
        let noun = n.first.saturating_sub(1);
        let class = text.class(noun);
        let real = Class::TITLE.with(Class::HOST).with(Class::STAFF);
        n.titles == n.first
            && matches!(n.form, Form::Korean | Form::Pair)
            && text.shape(noun) == Shape::Lower
            && class.has(Class::STORY)
            && !class.has(real)
    };
    let inside = brackets.clone().any(|p| p[1].story);
    !inside && brackets.any(|p| (p[0].story && offices(&p[0]) || trade(&p[0])) && plain(&p[1]))
}

/// `The teaser of Kim. … Kim (Role) opens a door`: whom the headline and the text name before, beside somebody new, acts.
fn is_whom_it_is_about(source: &Source<'_>, found: &[Found], outside: usize, inside: usize) -> bool {
    let text = source.text;
    let printed = |n: usize| text.slice(found[n].first, found[n].last);
    source.scene
        && is_whole(text, found[outside])
        && is_persons(text, found[inside])
        && source.title.find_words(printed(outside)).is_some()
        && source.title.find_words(printed(inside)).is_none()
        && is_glossed(text, found, inside, outside)
        && !is_called_by_given_name(source, found, outside)
}

/// `Role, a stubborn detective (Actor)`: one past the nouns.
fn described_to(text: &Text, first: usize) -> usize {
    const NOUNS: usize = 5;
    let other = Class::DET
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::PREP)
        .with(Class::TITLE);
    // `, the developer’s lawyer (`.
    let plain =
        |t: &usize| text.shape(*t) == Shape::Clitic || text.shape(*t) == Shape::Lower && !text.class(*t).has(other);
    first + (first..first + NOUNS).take_while(plain).count()
}

/// How sure a bracket makes it that the role is one, whatever else is said of whoever bears that name: a newsreader in a
/// story is called `news anchor`, and a role may be an actor by trade.
fn sureness(source: &Source<'_>, role: Found, actor: Found, said: bool) -> f32 {
    const SURE: f32 = 16.0;
    const LIKELY: f32 = 9.0;
    const OPEN: f32 = 5.0;
    let text = source.text;
    let headlined = |n: Found| source.title.body.contains(text.slice(n.first, n.last));
    let known = |n: Found| source.catalogue.named_person(text.slice(n.first, n.last)).is_some();
    let whole = matches!(actor.form, Form::Korean) && !actor.story;
    let told = said || source.scene && !known(role) || headlined(actor) && !headlined(role);
    if whole && told && (known(actor) || !known(role)) {
        SURE
    } else if text.shape(role.first) == Shape::Upper {
        // Recaps print the roles in capitals.
        LIKELY
    } else {
        OPEN
    }
}

/// `(Kim Bo Ra, magnificent in a veil)`, `(Kim Bo Ra of VIOLA)`, `(Kim Bo Ra in a guest role)`: the bracket says more of whoever
/// it names.
pub(super) fn goes_on(text: &Text, actor: Found) -> bool {
    const REACH: usize = 24;
    // `(Dokgo Rin, giving the performance of the year)`.
    let surnamed = actor.form == Form::Pair && text.class(actor.first).has(Class::SURNAME);
    // `(Rowoo of KITE9)`.
    let member = actor.form == Form::Single && text.is_one(actor.last, words!["of", "from"]) && {
        // `(Dohee of girl group MIRAE:ON)`.
        let group = (actor.last + 1..actor.last + 4).find(|t| text.is_capital(*t));
        let named = |t: usize| (t + 1..t + 4).any(|close| text.is(close, ")"));
        let kind = |t: &usize| text.is_one(*t, words!["girl", "boy", "idol", "group", "band", "the"]);
        group.is_some_and(|t| named(t) && (actor.last + 1..t).all(|t| kind(&t)))
    };
    if actor.form != Form::Korean && !surnamed {
        return member;
    }
    let more = match text.sign(actor.last) {
        b',' => text.shape(actor.last + 1) == Shape::Lower && !text.class(actor.last + 1).has(Class::CONJ),
        _ => text.is_one(actor.last, words!["of", "from", "in"]),
    };
    more && (actor.last + 1..actor.last + REACH)
        .find(|t| matches!(text.sign(*t), b'(' | b')'))
        .is_some_and(|t| text.is(t, ")"))
}

/// `(a scene-stealing Kim Bo Ra)`, `(the ever reliable Kim Bo Ra)`: the bracket in front of what an actor is praised for.
pub(super) fn praise(text: &Text, actor: Found) -> Option<usize> {
    const WORDS: usize = 5;
    const OTHER: Class = Class::PREP.with(Class::SUBORD).with(Class::AUX).with(Class::TITLE);
    let last = actor.titles.checked_sub(1)?;
    let plain = |t: &usize| text.shape(*t) == Shape::Lower && !text.class(*t).has(OTHER);
    let words = (last.saturating_sub(WORDS)..=last).rev().take_while(plain).last()?;
    let open = words.checked_sub(1).filter(|t| text.is(*t, "("))?;
    let praised = text.class(words).has(Class::DET) && words < last && !is_somebodys(text.word(last));
    let surnamed = actor.form == Form::Pair && text.class(actor.first).has(Class::SURNAME);
    let whole = actor.form == Form::Korean || surnamed;
    (whole && !actor.story && praised && text.is(actor.last, ")")).then_some(open)
}

/// One past the brackets at a token that hold an actor, or the token.
pub(super) fn behind(text: &Text, token: usize) -> usize {
    const ACTOR: usize = 8;
    if !text.is(token, "(") {
        return token;
    }
    (token..token + ACTOR)
        .find(|t| text.is(*t, ")"))
        .map_or(token, |t| t + 1)
}

/// `played by`, `special appearance by`, `also`: how many words in a bracket say that a name plays the one in front.
fn plays(text: &Text, inside: usize) -> usize {
    let also = usize::from(text.is(inside, "also"));
    let at = inside + also;
    let appears = text.is_one(at, words!["special", "guest", "surprise"]) && text.is(at + 1, "appearance");
    match () {
        () if is_played_by(text, at) => also + 2,
        () if appears && text.is(at + 2, "by") => also + 3,
        () if text.is(at, "cameo") && text.is(at + 1, "by") => also + 2,
        () => also,
    }
}

/// `played by`, `voiced by`: what stands between a role and who has it.
pub(super) fn is_played_by(text: &Text, token: usize) -> bool {
    text.is_one(token, words!["played", "portrayed", "voiced", "embodied"]) && text.is(token + 1, "by")
}

/// Whether a name is an actor's by what stands elsewhere: the catalogue, a title, a list of the cast.
fn is_actor(source: &Source<'_>, found: &[Found], number: usize, known: bool) -> bool {
    let name = found[number];
    let printed = source.text.slice(name.first, name.last);
    // Who makes dramas plays nobody in brackets: `Director Goo (Actor)`, `film director Role (Actor)`.
    let title = source.text.class(name.titles);
    // `Ms. Bong (Actor)` is somebody of a story as well.
    let acts = title.has(Class::TITLE)
        && !title.has(Class::STAFF.with(Class::HOST))
        && !is_address(source.text.word(name.titles).trim_end_matches('.'));
    // `Principal Do (Actor)`: a title of the story stands in front of no actor, whoever else is called so.
    let real = || source.catalogue.named_person(printed).is_some() && !goes_by_given_name(source, found, number);
    known && !name.story && real()
        || !name.story && name.titles < name.first && acts
        || is_in_cast(source.text, super::people::sentence_of(source, name.first).0, name)
}

/// Whether the headline has a name; recaps and previews put the characters there.
fn is_headlined(source: &Source<'_>, name: Found) -> bool {
    let printed = source.text.slice(name.first, name.last);
    !source.scene && !is_introduced(source.text, name) && source.title.body.contains(printed)
}

/// `Kim and Lee have grown close. The episode began with Role (Kim)`: who was named before tells who the new one is.
fn is_glossed(text: &Text, found: &[Found], outside: usize, inside: usize) -> bool {
    let before = |number: usize| {
        let name = text.slice(found[number].first, found[number].last);
        let mut earlier = found[..outside].iter().take(MANY);
        earlier.any(|n| is_same(text.slice(n.first, n.last), name) && !in_bracket(text, n.titles))
    };
    before(inside) && !before(outside)
}

/// `The cast includes Kim (Role), Lee (Role)`, `starring Kim (Role)`: who is in a cast acts.
fn is_in_cast(text: &Text, first: usize, name: Found) -> bool {
    const REACH: usize = 24;
    let from = first.max(name.titles.saturating_sub(REACH));
    let cast = |t: usize| {
        (text.is(t, "cast") || text.is(t, "lineup"))
            && text.is_one(
                t + 1,
                words![
                    "includes",
                    "including",
                    "features",
                    "featuring",
                    "consists",
                    "comprises"
                ],
            )
    };
    let stars = |t: usize| text.is(t, "starring") && t + 1 == name.titles;
    !in_bracket(text, name.titles) && (from..name.titles).rev().any(|t| cast(t) || stars(t))
}

/// `Choi Tae Joon (…)`, and later `Tae Joon`: the news call characters so, not actors.
fn goes_by_given_name(source: &Source<'_>, found: &[Found], number: usize) -> bool {
    let (text, name) = (source.text, found[number]);
    let given = text.slice(name.first + 1, name.last);
    let alone = |n: &Found| n.last - n.first < name.last - name.first && is_same(text.slice(n.first, n.last), given);
    source.scene && name.form == Form::Korean && found.iter().take(MANY).any(alone)
}

/// A surname and two syllables.
fn is_whole(text: &Text, name: Found) -> bool {
    name.form == Form::Korean && (name.last - name.first > 2 || text.word(name.last - 1).contains('-'))
}

/// `Kim Bo Ra (Baek Mu-yeol)`, and later `Mu-yeol knocks`: recaps call characters so, and not those who play them.
fn is_called_by_given_name(source: &Source<'_>, found: &[Found], number: usize) -> bool {
    let (text, name) = (source.text, found[number]);
    if !is_whole(text, name) {
        return false;
    }
    let given = text.slice(name.first + 1, name.last);
    let alone = |n: &Found| {
        n.titles == n.first
            && n.last - n.first < name.last - name.first
            && is_same(text.slice(n.first, n.last), given)
            && !super::people::in_speech(source, n.first)
    };
    found.iter().skip(number).take(MANY).any(alone)
}

/// `Kim Bo Ra (Baek Mu-yeol)`, and later `Kim laughed`: outlets call actors so, and roles by their first names.
fn is_called_by_surname(source: &Source<'_>, found: &[Found], number: usize) -> bool {
    let (text, name) = (source.text, found[number]);
    if !is_whole(text, name) || text.class(name.first).is_english() {
        return false;
    }
    let surname = text.slice(name.first, name.first + 1);
    let alone = |n: &Found| {
        n.titles == n.first
            && n.last - n.first == 1
            && text.slice(n.first, n.last) == surname
            && !super::people::in_speech(source, n.first)
    };
    let others = found
        .iter()
        .take(MANY)
        .filter(|n| is_whole(text, **n) && text.slice(n.first, n.first + 1) == surname);
    let one = text.slice(name.first, name.last);
    let only = others.into_iter().all(|n| text.slice(n.first, n.last) == one);
    only && found.iter().skip(number).take(MANY).any(alone)
}

/// More names than these are not looked through.
const MANY: usize = 256;

/// `a baker named Sul Ha`: a character comes in.
fn is_introduced(text: &Text, name: Found) -> bool {
    let at = name.titles.wrapping_sub(1);
    text.is(at, "named") || text.is(at, "called")
}

/// Whether the catalogue knows most of the names that have a bracket behind them: a character may bear
/// the name of somebody real, but not all of them do.
pub(super) fn outside_are_known(source: &Source<'_>, found: &[Found]) -> bool {
    const ENOUGH: usize = 24;
    let text = source.text;
    let before = found.iter().filter(|n| text.is(n.last, "(")).take(ENOUGH);
    let (known, all) = before.fold((0, 0), |(known, all), n| {
        let person = source.catalogue.named_person(text.slice(n.first, n.last)).is_some();
        (known + usize::from(person), all + 1)
    });
    known * 2 > all
}

/// Whether an opening bracket stands before a token, and no closing one between.
pub(super) fn in_bracket(text: &Text, token: usize) -> bool {
    const REACH: usize = 14;
    let signs = text.ends_in(token.saturating_sub(REACH), token);
    let brackets = signs.map(|t| text.sign(t)).filter(|sign| matches!(sign, b'(' | b')'));
    brackets.last() == Some(b'(')
}

/// `and a voice analyst, Role (Actor)`, `of the director, Role (Actor)`; not `In the first teaser, Role (Actor)`. Whose daughter
/// she is, is for `kinship`.
fn is_apposed_to_a_noun(text: &Text, role: Found) -> bool {
    const LONGEST: usize = 5;
    let comma = role.titles.wrapping_sub(1);
    let kin = text.class(comma.wrapping_sub(1)).has(Class::FEMALE.with(Class::MALE));
    if kin || !text.is(comma, ",") || !text.is(role.last, "(") {
        return false;
    }
    let article = (comma.saturating_sub(LONGEST)..comma)
        .rev()
        .take_while(|t| text.shape(*t) == Shape::Lower)
        .find(|t| text.class(*t).has(Class::DET));
    article.is_some_and(|t| t > 0 && t + 1 < comma && text.shape(t - 1) == Shape::Lower)
}

/// `antique dealer Seo Jun Il (…)`: nouns before the name.
pub(super) fn nouns_before(text: &Text, role: Found) -> Vec<usize> {
    let end = role.titles - usize::from(is_apposed_to_a_noun(text, role));
    let range: Range<usize> = end.saturating_sub(3)..end;
    range
        .rev()
        .take_while(|t| text.shape(*t) == Shape::Lower && is_modifier(text, *t) || text.word(*t).ends_with("-year-old"))
        .filter(|t| !text.class(*t).has(Class::DET))
        .collect()
}
