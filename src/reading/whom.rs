//! Roles whose actor stands in another clause, or for whom a pronoun stands: `Role, the landowner Actor plays in X`, `As Role,
//! he has`.

use super::ahead::ahead;
use super::beings::{is_of_a_tale, is_somebodys};
use super::bracket::in_bracket;
use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::people::{Source, sentence_of};
use super::print::words;
use super::role::{Pair, is_persons};
use super::seen_as::is_cast_too;
use super::text::{Shape, Text};
use super::who_plays::last_told_of;

/// `Role, the landowner Actor plays in X,`, `Role, whom Actor plays`, `Role, the pawnshop clerk he played in X`: the verb has no
/// object behind it.
pub(super) fn in_a_clause(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    const NOUNS: usize = 8;
    let text = source.text;
    let role = found[number];
    let first = role.last + 1;
    let told = || text.class(first).has(Class::DET) || text.is_one(first, words!["whom", "who"]);
    if !text.is(role.last, ",") || !told() || !is_persons(text, role) && role.titles == role.first {
        return None;
    }
    let (from, to) = sentence_of(source, role.first);
    let plays = |t: usize| {
        text.is_one(
            t,
            words!["plays", "played", "portrays", "portrayed", "voices", "voiced"],
        )
    };
    let verb = (first + 1..to.min(first + NOUNS + 4)).find(|t| plays(*t))?;
    let has_object = !matches!(text.sign(verb + 1), b',' | b'.' | b';' | b')')
        && !text.is_one(verb + 1, words!["opposite", "alongside", "as"])
        && !text.class(verb + 1).has(Class::PREP.with(Class::ADV));
    let words_between = |end: usize| {
        end > first
            && end - first <= NOUNS
            && (first..end).all(|t| {
                text.shape(t) == Shape::Lower
                    && !text.class(t).has(Class::AUX.with(Class::CONJ).with(Class::NOMINATIVE))
            })
    };
    if has_object {
        return None;
    }
    let actor = if text.class(verb - 1).has(Class::NOMINATIVE.with(Class::FIRST)) && !text.is(verb - 1, "they") {
        words_between(verb - 1).then(|| {
            // `Regarding Role, the guard he plays, Actor said`, `Actor chose it because of Role, the guard he plays`.
            let own = |n: &usize| {
                let name = found[*n];
                name.first >= from && name.form == Form::Korean && !name.story && text.shape(name.last) != Shape::Clitic
            };
            ahead(text, found, number, (from, to), role.titles)
                .or_else(|| number.checked_sub(1).filter(own))
                .or_else(|| last_told_of(text, found, number, from))
        })??
    } else {
        let next = found.get(number + 1).filter(|n| n.last == verb && !n.story)?;
        let person = matches!(next.form, Form::Korean | Form::Pair | Form::Single);
        (person && words_between(next.titles)).then_some(number + 1)?
    };
    let nouns = (first + 1..verb).filter(|t| text.shape(*t) == Shape::Lower && text.class(*t).has(NOUN));
    Some(Pair {
        role: Some(number),
        actor: Some(actor),
        weight: 6.0,
        nouns: nouns.collect(),
    })
}

const NOUN: Class = Class::STORY
    .with(Class::PASSER)
    .with(Class::FEMALE)
    .with(Class::MALE)
    .with(Class::OFFICE);

/// `Her detective, Wol Sun, is a woman of few words`: whose detective she is was told before.
pub(super) fn own_one(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    const NOUNS: usize = 4;
    let text = source.text;
    let role = found[number];
    let comma = role.titles.checked_sub(1).filter(|t| text.is(*t, ","))?;
    let (from, _) = sentence_of(source, role.first);
    let own = text.class(from).has(Class::HE.with(Class::SHE)) && comma > from + 1 && comma <= from + NOUNS;
    let plain = || (from + 1..comma).all(|t| text.shape(t) == Shape::Lower);
    // `His widow, Kim,` is of the family.
    let class = text.class(comma - 1);
    let kin = class.has(Class::FEMALE.with(Class::MALE)) && !class.has(Class::STORY);
    let played = own && plain() && !kin && is_of_a_tale(text.word(comma - 1));
    if !played || !text.is(role.last, ",") || !is_persons(text, role) {
        return None;
    }
    Some(Pair {
        role: Some(number),
        actor: Some(last_told_of(text, found, number, from)?),
        weight: 5.0,
        nouns: vec![comma - 1],
    })
}

/// `Her Role is a swindler`: nobody but an actor has somebody of that name.
pub(super) fn own_name(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    let own = role.titles.checked_sub(1)?;
    let class = text.class(own);
    let owned = class.has(Class::HE.with(Class::SHE)) && text.is_one(own, words!["her", "his"]);
    let is = text.is_one(role.last, words!["is", "was", "has", "may", "can"]) || text.shape(role.last) == Shape::Lower;
    // `Thanks to her Kim Bo Ra is famous`: what stands in front of the pronoun would be its verb.
    let opens = own == 0 || !text.is_word(own - 1) || text.class(own - 1).has(Class::CONJ);
    if !(owned && is && opens && matches!(role.form, Form::Korean | Form::Pair)) {
        return None;
    }
    let (from, _) = sentence_of(source, role.first);
    Some(Pair {
        role: Some(number),
        actor: Some(last_told_of(text, found, number, from)?),
        weight: 8.0,
        nouns: Vec::new(),
    })
}

/// `she talked about Role, the cook who has loved the same man`: whom an actor's interview is about.
pub(super) fn talked_of(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    const NEAR: usize = 4;
    const NOUNS: usize = 8;
    let text = source.text;
    let role = found[number];
    let about = role
        .titles
        .checked_sub(1)
        .filter(|t| text.is_one(*t, words!["about", "on", "of"]))?;
    let talks = |t: usize| {
        text.is_just(
            t,
            words![
                "talked",
                "talks",
                "spoke",
                "speaks",
                "reflected",
                "opened",
                "talk",
                "speak",
                "chatted"
            ],
        )
    };
    let told = text.is(role.last, ",") && text.class(role.last + 1).has(Class::DET) && is_persons(text, role);
    if !told || role.form == Form::Single || !(about.saturating_sub(NEAR)..about).any(talks) {
        return None;
    }
    let who = (role.last + 2..role.last + NOUNS).find(|t| text.is_one(*t, words!["who", "whose"]))?;
    let class = text.class(who - 1);
    let real = Class::TITLE.with(Class::STAFF).with(Class::HOST);
    let noun = is_somebodys(text.word(who - 1)) && !class.has(real) && !text.is_in(who - 1, asked::PARTNERS);
    // Whom an interview is with is named early.
    const MANY: usize = 64;
    let headlined = |n: &Found| {
        n.form == Form::Korean && !n.story && source.title.find_words(text.slice(n.first, n.last)).is_some()
    };
    let new = source.title.find_words(text.slice(role.first, role.last)).is_none();
    let actor = found.iter().take(MANY).position(headlined).filter(|_| noun && new)?;
    Some(Pair {
        role: Some(number),
        actor: Some(actor),
        weight: 6.0,
        nouns: vec![who - 1],
    })
}

/// `As Commander Dok, he has cut the lines`, `As Dok in tvN’s “X,” he cuts them`: whoever was told of.
pub(super) fn fronted_of_one(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    // Right in front of it: most names are passed by without a look at their sentence.
    // `As prosecutor Role in X, she`: what the role is may stand between.
    const NOUNS: usize = 4;
    let other = Class::PREP
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::TITLE);
    let noun = |t: &usize| text.shape(*t) == Shape::Lower && !text.class(*t).has(other);
    let nouns = (role.titles.saturating_sub(NOUNS)..role.titles)
        .rev()
        .take_while(noun)
        .count();
    let from = (role.titles - nouns).checked_sub(1).filter(|t| text.is(*t, "as"))?;
    let opens = sentence_of(source, role.first).0 == from;
    // `As Role in ENA’s “X,” he forgets`: the comma may stand inside the marks of the title.
    const TITLE: usize = 14;
    // `As Role, a merchant who has cornered the market, he bellows`.
    let clause = text.is(role.last, ",") && text.class(role.last + 1).has(Class::DET);
    let behind = match text.is_one(role.last, words!["in", "on"]) || clause {
        true => (role.last + 1..role.last + TITLE).find(|t| text.is(*t, ","))?,
        false => role.last,
    };
    let marked = usize::from(text.shape(behind + 1) == Shape::Mark);
    let pronoun = text.class(behind + 1 + marked);
    let one = pronoun.has(Class::NOMINATIVE) && !pronoun.has(Class::THEY);
    let named = is_persons(text, role) || role.titles < role.first;
    if !(opens && text.is(behind, ",") && one && named) || in_bracket(text, role.titles) {
        return None;
    }
    Some(Pair {
        role: Some(number),
        actor: Some(last_told_of(text, found, number, from)?),
        weight: 5.0,
        nouns: Vec::new(),
    })
}

/// `Your character, Role, is older than you`, `What drew you to Role when you first played Role?`: whom the interview is with.
pub(super) fn asked_of_one(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    let before = role.titles.checked_sub(1)?;
    let noun = before - usize::from(text.is(before, ",") && before > 0);
    let owned = text.is_one(noun, words!["character", "role"]) && text.is(noun.wrapping_sub(1), "your");
    let played = text.is_in(before, asked::PLAYS) && text.is(before.wrapping_sub(1), "you");
    if !(owned || played) || !is_persons(text, role) {
        return None;
    }
    // Whom an interview is with is named early.
    const MANY: usize = 64;
    let headlined = |n: &Found| {
        n.form == Form::Korean && !n.story && source.title.find_words(text.slice(n.first, n.last)).is_some()
    };
    Some(Pair {
        role: Some(number),
        actor: Some(found[..number].iter().take(MANY).position(headlined)?),
        weight: 5.0,
        nouns: Vec::new(),
    })
}

/// `Blame Kim Bo Ra, who makes it look like fun. She’s Role, a failed novelist who`: the one whom the sentence in front names.
pub(super) fn is_the_role(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    let (from, _) = sentence_of(source, role.first);
    let pronoun = text.class(from);
    let is = text.shape(from + 1) == Shape::Clitic || text.is(from + 1, "is");
    let opens = pronoun.has(Class::NOMINATIVE) && !pronoun.has(Class::THEY) && is && role.first == from + 2;
    let told = text.is(role.last, ",") && (text.class(role.last + 1).has(Class::DET) || text.is(role.last + 1, "who"));
    if !opens || !told || !is_persons(text, role) {
        return None;
    }
    let before = from.checked_sub(1).map(|t| sentence_of(source, t).0)?;
    let named = |n: &usize| found[*n].first >= before && found[*n].form == Form::Korean && !found[*n].story;
    let mut actors = (0..number).rev().take(4).filter(named);
    let actor = actors.next().filter(|_| actors.next().is_none())?;
    Some(Pair {
        role: Some(number),
        actor: Some(actor),
        weight: 5.0,
        nouns: Vec::new(),
    })
}

/// `Role is the worst husband on television. Actor, the man behind the role, recently`: whoever was told of is the role.
pub(super) fn behind_the_role(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let actor = found[number];
    let behind = actor.last + 3;
    let named = text.is(actor.last, ",")
        && text.is(behind, "behind")
        && text.is_one(behind - 1, super::ahead::FACES)
        && text.is_one(behind + 2, words!["role", "character", "part"]);
    if !named || actor.form != Form::Korean || actor.story {
        return None;
    }
    let (from, _) = sentence_of(source, actor.first);
    let role = last_told_of(text, found, number, from)?;
    Some(Pair {
        role: Some(role),
        actor: Some(number),
        weight: 6.0,
        nouns: Vec::new(),
    })
}

/// `The catchphrase of Role has gone viral. Actor, who plays him, was greeted with it`: whoever was told of is the role.
pub(super) fn plays_whom(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let actor = found[number];
    let verb = actor.last + 2;
    let who = text.is(actor.last, ",") && text.is(actor.last + 1, "who") && text.is_in(verb, asked::PLAYS);
    let object = text.is_one(verb + 1, words!["him", "her"]) && matches!(text.sign(verb + 2), b',' | b'.' | b')')
        || text.is(verb + 1, "the") && text.is_one(verb + 2, words!["character", "role", "part"]);
    // `Actor, who had never held a knife before, takes on the role.`
    let (from, to) = sentence_of(source, actor.first);
    let takes = |t: usize| {
        let on = t + 1 + usize::from(text.is(t + 1, "on"));
        text.is_one(t, words!["takes", "took", "plays", "landed"])
            && text.is(on, "the")
            && text.is_one(on + 1, words!["role", "part", "character"])
            && matches!(text.sign(on + 2), b'.' | b',' | b';')
    };
    let given = || actor.titles == from && from > 0 && (actor.last..to).any(takes);
    // `Role is nobody to be kept waiting. Played by Actor, the florist throws a cactus`.
    let fronted = super::bracket::is_played_by(text, from) && actor.titles == from + 2 && text.is(actor.last, ",");
    if !(who && object || fronted || given()) || actor.form != Form::Korean || actor.story {
        return None;
    }
    // `In Episode 2, Role opens a door to Actor, who plays him`: nobody else is named in the sentence.
    let role = found[..number].iter().rposition(|n| is_persons(text, *n) || n.story)?;
    // `Role is a kitchen maid who`: nobody real is presented so.
    let told = text.is_one(found[role].last, words!["is", "was"]) && text.class(found[role].last + 1).has(Class::DET);
    let opens = || sentence_of(source, found[role].first).0 == found[role].titles;
    if !(object && who || told || fronted && opens()) {
        return None;
    }
    let near = || text.para_of(found[role].first) + 1 >= text.para_of(from);
    near().then_some(Pair {
        role: Some(role),
        actor: Some(number),
        weight: 6.0,
        nouns: Vec::new(),
    })
}

/// `“X,” in which he plays Role`: whoever was told of.
pub(super) fn by_pronoun(text: &Text, found: &[Found], number: usize, verb: usize, first: usize) -> Option<usize> {
    let pronoun = text.class(verb.wrapping_sub(1));
    let does = text.is_in(verb, asked::PLAYS) || text.is(verb, "is");
    // `in which his character, the guard Role, forgets`.
    let owned = text.is_one(verb, words!["character", "role"]) && pronoun.has(Class::HE.with(Class::SHE));
    let one = pronoun.has(Class::NOMINATIVE) && !pronoun.has(Class::THEY) && does || owned;
    one.then(|| last_told_of(text, found, number, first)).flatten()
}

/// `The thriller casts her as Role`, `X casts him as Role, the last undertaker, and her as Role`: whoever was told of; of two the
/// one and the other in their order.
pub(super) fn by_object(text: &Text, found: &[Found], number: usize, trigger: usize, first: usize) -> Option<usize> {
    if !is_cast_too(text, trigger, first) {
        return None;
    }
    let one = |t: usize| text.is(t, "as") && text.is_one(t.wrapping_sub(1), words!["him", "her", "he", "she"]);
    let pronoun = |t: usize| text.class(t - 1).has(Class::SHE);
    let end = text.paras.get(text.para_of(first)).map_or(trigger, |p| p.last);
    let other = |t: &usize| one(*t) && pronoun(*t) != pronoun(trigger);
    let before = (first + 1..trigger).any(|t| other(&t));
    let behind = (trigger + 1..end).take_while(|t| !text.is(*t, ".")).any(|t| other(&t));
    let last = last_told_of(text, found, number, first)?;
    // The other of the two is named in front of the last one.
    let earlier = || {
        found[..last]
            .iter()
            .rposition(|n| n.form == Form::Korean && !n.story && n.last != found[last].last)
    };
    match (before, behind) {
        (false, true) => earlier()
            .filter(|n| text.para_of(found[*n].first) == text.para_of(first))
            .or(Some(last)),
        _ => Some(last),
    }
}
