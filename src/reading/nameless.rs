//! Roles that never get a name: `the postmaster (Kim)`, `A monk, played by Kim`, `Kim plays the driver who`, `Kim’s devil`.
//!
//! They are called by what they do; the noun is their name, and who plays them is known.

use super::beings;
use super::bracket::{goes_on, is_played_by, praise};
use super::entity::{Entities, Entity, Id, LONG_NAME, Nature, push_key};
use super::lexicon::{Class, asked};
use super::names::{Form, Found, is_rank};
use super::people::Source;
use super::print::{Words, words};
use super::text::{Shape, Text};

/// A role has no more nouns.
const LONGEST: usize = 4;

/// Adds them to the characters. `names` tells which of the names were found as one.
pub(super) fn roles(source: &Source<'_>, entities: &mut Entities, found: &[Found], names: &[usize]) {
    let text = source.text;
    let mut key = String::with_capacity(LONG_NAME);
    // Who bears each name; most are found more than once.
    let mut bearers: Vec<Option<Option<Id>>> = vec![None; names.iter().max().map_or(0, |last| last + 1)];
    for (actor, name) in found.iter().zip(names) {
        let bearer = *bearers[*name].get_or_insert_with(|| {
            key.clear();
            push_key(text.slice(actor.first, actor.last), &mut key);
            entities.full(&key)
        });
        let Some(id) = bearer.filter(|id| entities.all[*id].nature == Nature::Person) else {
            continue;
        };
        let bracketed =
            text.is(actor.titles.wrapping_sub(1), "(") && (text.is(actor.last, ")") || goes_on(text, *actor));
        let before = bracketed
            .then(|| actor.titles - 1)
            .or_else(|| praise(text, *actor))
            .or_else(|| played_noun(text, *actor))
            .or_else(|| led_to(source, *actor));
        let role = match before {
            Some(end) => in_front(source, found, *actor, end, bracketed),
            None => behind(source, found, entities, *actor, id).or_else(|| owned_role(source, *actor)),
        };
        // `Pil Seon, the stubborn accountant played by Kim`: the noun is hers.
        let named = || !bracketed && before.is_some() && entities.all.iter().any(|e| e.actor == Some(id));
        if let Some((first, last)) = role.filter(|_| !named()) {
            add(text, entities, id, first, last);
        }
    }
}

fn add(text: &Text, entities: &mut Entities, actor: Id, first: usize, last: usize) {
    let name = text.slice(first, last);
    if entities.full(&super::entity::key(name)).is_some() {
        return;
    }
    // `Eunuch Pyo`, and behind it `The eunuch, portrayed by Kim`.
    if let Some(known) = titled(text, entities, text.word(last - 1)) {
        entities.all[known].actor = Some(actor);
        return;
    }
    let class = text.class(last - 1);
    let mut role = Entity::new(name.to_owned(), Nature::Character, first);
    role.actor = Some(actor);
    role.nouns.push(text.word(last - 1).to_ascii_lowercase());
    role.she = if class.has(Class::FEMALE) { 1.5 } else { 0.0 };
    role.he = if class.has(Class::MALE) { 1.5 } else { 0.0 };
    let id = entities.add(role);
    for called in at_home(text.word(last - 1)) {
        entities.alias(called, id, false);
    }
}

/// What a relative is called like a name: `but Mom blocks the stairs`.
pub(super) fn at_home(noun: &str) -> &'static [&'static str] {
    match noun {
        "mother" | "mom" => &["mom", "mother"],
        "father" | "dad" => &["dad", "father"],
        "grandmother" | "grandma" | "granny" => &["grandma", "grandmother", "granny"],
        "grandfather" | "grandpa" => &["grandpa", "grandfather"],
        "aunt" | "auntie" => &["auntie", "aunt"],
        "uncle" => &["uncle"],
        _ => &[],
    }
}

/// The one character who bears that noun as a title, or behind whose noun the name stands at first (`the harbor master Gu
/// Tae Sik`), and whom nobody is told to play.
fn titled(text: &Text, entities: &Entities, noun: &str) -> Option<Id> {
    const MANY: usize = 64;
    let bears = |e: &Entity| {
        let called = || {
            e.name
                .split(' ')
                .rev()
                .skip(1)
                .any(|title| title.eq_ignore_ascii_case(noun))
        };
        let behind = || e.first > 0 && text.is_same(e.first - 1, noun);
        e.nature == Nature::Character && e.actor.is_none() && (called() || behind())
    };
    let mut known = (0..entities.all.len().min(MANY)).filter(|id| bears(&entities.all[*id]));
    let one = known.next()?;
    known.next().is_none().then_some(one)
}

/// The words of a noun phrase: `debt collector`.
fn is_noun(text: &Text, token: usize) -> bool {
    text.shape(token) == Shape::Lower
        && !text.class(token).has(
            Class::DET
                .with(Class::PREP)
                .with(Class::CONJ)
                .with(Class::AUX)
                .with(Class::SUBORD),
        )
}

/// `the family lawyer (Kim)`, `The Queen Dowager (Kim)`, `Mok Dan’s grandmother (Kim)`.
fn in_front(source: &Source<'_>, found: &[Found], actor: Found, end: usize, bracketed: bool) -> Option<(usize, usize)> {
    let text = source.text;
    let bracketed = bracketed || text.is(end, "(");
    // `a woman in a fur coat (Kim)`.
    let end = with_clothes(text, end).unwrap_or(end);
    // `the Left State Councillor`, `the Queen Dowager`.
    let titled = |t: usize| {
        let creature = || beings::is_of_a_tale(text.word(t)) || text.class(t).has(Class::PASSER.with(Class::FEMALE));
        let title = text.class(t).has(Class::STORY) || creature() || t + 1 < end && is_rank(text.word(t));
        bracketed && text.shape(t) == Shape::Capital && title && t > 0
    };
    let mut first = end;
    while first > 0 && end - first < LONGEST && (is_noun(text, first - 1) || titled(first - 1)) {
        first -= 1;
    }
    // `the director’s wife (Kim)`.
    let owned = owner_noun(text, first);
    let owner = first
        .checked_sub(2)
        .filter(|_| text.shape(first - 1) == Shape::Clitic)
        .and_then(|t| found.binary_search_by_key(&(t + 1), |n| n.last).ok())
        .map(|n| found[n]);
    let mut first = owned.unwrap_or(first);
    let opens = owner.is_some() || first > 0 && text.class(first - 1).has(Class::DET);
    while owner.is_none() && first + 1 < end && beings::is_manner(text.word(first)) {
        first += 1;
    }
    let class = text.class(end.checked_sub(1)?);
    let called = class.has(Class::STORY.with(Class::FEMALE).with(Class::MALE).with(Class::EPITHET));
    // Where a scene is told, whatever stands in front of an actor in brackets is whom they play.
    let thing = Class::DRAMA
        .with(Class::SHOW)
        .with(Class::FILM)
        .with(Class::SONG)
        .with(Class::BOOK)
        .with(Class::TEAM)
        .with(Class::TITLE);
    let somebody = beings::is_somebodys(text.word(end - 1)) || beings::is_of_a_scene(text.word(end - 1));
    let does = somebody && !class.has(Class::OFFICE.with(Class::STAFF));
    // `a lighthouse keeper, played by Kim`: said outright.
    let played = !bracketed && beings::is_somebodys(text.word(end - 1)) && !class.has(Class::STAFF);
    // `says the officiant (Pyeon Hyeok)`: a surname and one syllable.
    let surnamed = bracketed && actor.form == Form::Pair && text.class(actor.first).has(Class::SURNAME);
    let whole = actor.form == Form::Korean || surnamed && beings::is_of_a_scene(text.word(end - 1));
    let told = ((source.scene || does) && bracketed || played) && whole && !class.has(thing);
    let first = owner.map_or(first, |n| n.titles);
    (opens && first < end && (called || told)).then_some((first, end))
}

/// The first token of the noun that owns the one at `first`: `the director’s wife`.
fn owner_noun(text: &Text, first: usize) -> Option<usize> {
    let noun = first.checked_sub(2)?;
    let owner = text.shape(first - 1) == Shape::Clitic && is_noun(text, noun);
    (owner && text.class(noun.checked_sub(1)?).has(Class::DET)).then_some(noun)
}

/// One past the noun of `a woman in a fur coat`, of which `end` is one past the coat.
fn with_clothes(text: &Text, end: usize) -> Option<usize> {
    const NOUNS: usize = 5;
    let prep = (end.saturating_sub(NOUNS)..end)
        .rev()
        .find(|t| text.class(*t).has(Class::PREP))?;
    let with = text.is_one(prep, words!["in", "with", "from", "on", "at"]);
    // `the passenger in seat 14C`.
    let plain = (prep + 1..end).all(|t| {
        text.shape(t) == Shape::Lower
            || t + 1 == end && !text.word(t).is_empty() && text.word(t).as_bytes()[0].is_ascii_digit()
    });
    let noun = prep.checked_sub(1)?;
    (with && plain && is_noun(text, noun) && beings::is_somebodys(text.word(noun))).then_some(prep)
}

/// `Kim’s devil sits at the bar`: the noun behind an actor's name, and a verb behind it.
fn owned_role(source: &Source<'_>, actor: Found) -> Option<(usize, usize)> {
    let text = source.text;
    let first = actor.last + 1;
    let last = (first..first + LONGEST)
        .take_while(|t| is_noun(text, *t) && !is_verb(text, *t))
        .last()?
        + 1;
    let class = text.class(last - 1);
    let kin = class.has(Class::FEMALE.with(Class::MALE).with(Class::TITLE).with(Class::OFFICE));
    let own = text.shape(actor.last) == Shape::Clitic && actor.form == Form::Korean;
    (source.scene && own && beings::is_of_a_tale(text.word(last - 1)) && !kin && is_verb(text, last))
        .then_some((first, last))
}

/// A verb in the present, behind a noun or a name.
pub(super) fn is_verb(text: &Text, token: usize) -> bool {
    let class = text.class(token);
    text.shape(token) == Shape::Lower
        && text.word(token).ends_with('s')
        && !text.word(token).ends_with("ss")
        && !class.has(
            Class::DET
                .with(Class::PREP)
                .with(Class::CONJ)
                .with(Class::SUBORD)
                .with(Class::ADV),
        )
}

/// `Kim plays the driver who`, `Kim appears as his nursemaid.`, `Kim as the forensic doctor who`: no name follows.
fn behind(source: &Source<'_>, found: &[Found], entities: &Entities, actor: Found, id: Id) -> Option<(usize, usize)> {
    let text = source.text;
    let named = entities.all.iter().any(|e| e.actor == Some(id));
    if named || actor.form != Form::Korean {
        return None;
    }
    let (turn, end) = list_of(text, found, actor)?;
    let article = part_of(text, end)?;
    let is = text.is(article - 1, "is");
    // Outside of recaps only who was there before: `plays the temple’s kitchen maid`, not `plays a surgeon`.
    let known = text.is(article, "the") || text.class(article).has(Class::HE.with(Class::SHE));
    // `Kim is the vice principal. ¶ “…,” the vice principal asks`.
    let acts_later = || {
        let last = (article + 1..article + 1 + LONGEST)
            .take_while(|t| is_noun(text, *t))
            .last();
        last.is_some_and(|t| text.is(t + 1, ".") && does_something_later(text, t + 1))
    };
    if !source.scene && (is && !acts_later() || !known) {
        return None;
    }
    if let Some(titled) = office(text, article) {
        return Some(titled);
    }
    let (mut first, last) = in_turn(text, turn, article)?;
    while first + 1 < last && beings::is_manner(text.word(first)) {
        first += 1;
    }
    let class = text.class(last - 1);
    let person = beings::is_somebodys(text.word(last - 1)) && !(is && class.has(Class::EPITHET.with(Class::TITLE)));
    // `“…,” laughed Kim, who played the guard`: Kim did.
    let named_later = || titled(text, entities, text.word(last - 1)).is_some();
    if (!source.scene || text.is(end, ",")) && !named_later() && !does_something_later(text, last) {
        return None;
    }
    let ends = text.is(last, "who")
        || matches!(text.sign(last), b'.' | b',' | b';' | b')')
        || text.class(last).has(Class::CONJ.with(Class::PREP));
    let apposed = text.is(last, ",") && text.tokens.get(last + 1).is_some_and(|t| t.is_capital());
    (person && ends && !apposed).then_some((first, last))
}

/// `plays the`, `, who plays the`, `leads the cast as the`, `takes on the role of the`, `is the`: where the article of a role
/// stands behind an actor.
fn part_of(text: &Text, end: usize) -> Option<usize> {
    const REACH: usize = 9;
    let from = end + 2 * usize::from(text.is(end, ",") && text.is(end + 1, "who"));
    // `Kim, as the monk, opens`.
    if text.is(end, ",") && text.is(end + 1, "as") && text.class(end + 2).has(Class::DET) {
        return Some(end + 2);
    }
    let article = |t: usize| text.class(t).has(Class::DET).then_some(t);
    // `Kim (the conductor)`.
    if text.is(end, "(") {
        return article(end + 1).filter(|t| text.is(*t, "the"));
    }
    if text.is(from, "is") && text.is(from + 1, "the") {
        return Some(from + 1);
    }
    let acts = |t: usize| text.is_one(t, JOINS);
    let plain = |t: &usize| {
        let other = Class::NOMINATIVE.with(Class::SUBORD);
        text.shape(*t) == Shape::Lower && (text.is(*t, "as") || !text.class(*t).has(other))
    };
    (from..from + REACH)
        .take_while(plain)
        .find(|t| {
            let role = text.is(*t, "of") && text.is_one(t - 1, words!["role", "part"])
                || text.is(*t, "into")
                    && *t > from
                    && text.is_one(t - 1, words!["transforms", "turns", "transformed", "turned"]);
            text.is_in(*t, asked::PLAYS) || role || text.is(*t, "as") && (*t == from || (from..*t).any(acts))
        })
        .and_then(|t| article(t + 1))
}

/// `the role of the Queen Dowager, who`: titles of a story, and no name.
fn office(text: &Text, article: usize) -> Option<(usize, usize)> {
    let titled = |t: &usize| {
        let class = text.class(*t);
        text.shape(*t) == Shape::Capital && (class.has(Class::STORY.with(Class::FEMALE)) || is_rank(text.word(*t)))
    };
    let last = (article + 1..article + 1 + LONGEST).take_while(titled).last()? + 1;
    let ends = matches!(text.sign(last), b',' | b'.' | b';' | b')')
        || text.class(last).has(Class::PREP)
        || text.shape(last) == Shape::Lower;
    let the = text.is(article, "the") && last > article + 2 && text.shape(last) != Shape::Clitic;
    (the && ends).then_some((article + 1, last))
}

/// `The kitchen maid throws salt and says`: somebody of that noun acts further on.
fn does_something_later(text: &Text, last: usize) -> bool {
    const REACH: usize = 600;
    const NOUNS: usize = 3;
    let noun = text.word(last - 1).to_ascii_lowercase();
    let acts = |t: usize| is_verb(text, t + 1) || text.class(t + 1).has(Class::SAY.with(Class::PAST));
    (last..text.tokens.len().min(last + REACH))
        .any(|t| text.is_same(t, &noun) && acts(t) && (t.saturating_sub(NOUNS)..t).any(|the| text.is(the, "the")))
}

/// Verbs of those who are in a cast.
const JOINS: Words = words![
    "appears",
    "appear",
    "appeared",
    "stars",
    "star",
    "starred",
    "joins",
    "joined",
    "leads",
    "led",
    "returns",
    "cast",
    "features",
    "featured",
    "rounds",
    "completes",
    "shines",
    "makes",
    "made",
    "cameo",
    "appearance",
    "guest",
];

/// `Kim and Lee played`: which of how many an actor is, and the token behind the last of them.
fn list_of(text: &Text, found: &[Found], actor: Found) -> Option<((usize, usize), usize)> {
    const MOST: usize = 3;
    let at = found.binary_search_by_key(&actor.first, |n| n.first).ok()?;
    let joined = |n: &usize| {
        let (one, next) = (found[*n], found.get(n + 1));
        next.is_some_and(|next| {
            one.form == Form::Korean
                && next.form == Form::Korean
                && one.last + 1 == next.titles
                && text.is(one.last, "and")
        })
    };
    let before = (0..at).rev().take(MOST).take_while(joined).count();
    let behind = (at..found.len()).take(MOST).take_while(joined).count();
    Some(((before, before + behind + 1), found[at + behind].last))
}

/// `played the conductor and the stowaway`: the noun whose turn it is. Without as many nouns as actors it is nobody's.
fn in_turn(text: &Text, turn: (usize, usize), article: usize) -> Option<(usize, usize)> {
    let (which, all) = turn;
    let mut nouns = Vec::with_capacity(all);
    let mut at = article + 1;
    loop {
        let mut last = (at..at + LONGEST).take_while(|t| is_noun(text, *t)).last()? + 1;
        // `the temple’s kitchen maid`.
        if text.shape(last) == Shape::Clitic {
            at = last + 1;
            last = (at..at + LONGEST).take_while(|t| is_noun(text, *t)).last()? + 1;
        }
        nouns.push((at, last));
        if !text.is(last, "and") || !text.class(last + 1).has(Class::DET) || nouns.len() > all {
            break;
        }
        at = last + 2;
    }
    nouns.get(which).copied().filter(|_| nouns.len() == all)
}

/// `A monk, portrayed by veteran Kim`, `The monk is played by Kim`, `a monk, a guest role by Kim`: one past the noun.
fn played_noun(text: &Text, actor: Found) -> Option<usize> {
    const NOUNS: usize = 4;
    let by = (actor.titles.saturating_sub(3)..actor.titles)
        .rev()
        .find(|t| text.is(*t, "by"))?;
    let verb = by.checked_sub(1)?;
    if is_played_by(text, verb) {
        let before = verb.checked_sub(1)?;
        let apart = matches!(text.sign(before), b',' | b'(') || text.is_one(before, words!["is", "was"]);
        return (verb > 2).then_some(if apart { before } else { verb });
    }
    let role = text.is_one(verb, words!["role", "appearance", "cameo", "turn"]);
    let comma = (verb.saturating_sub(NOUNS)..verb)
        .rev()
        .find(|t| matches!(text.sign(*t), b',' | b'('))?;
    // `her ex-husband (special appearance by Kim)`.
    let bracket = text.is(comma, "(") && text.is_one(comma + 1, words!["special", "guest", "cameo", "surprise"]);
    (role && comma > 1 && (bracket || text.class(comma + 1).has(Class::DET))).then_some(comma)
}

/// `As the monk, Kim`, `In the role of the monk, Kim`, `The role of the monk went to Kim`, `Playing the monk is Kim`: one past
/// the noun of a phrase that leads to who plays it.
fn led_to(source: &Source<'_>, actor: Found) -> Option<usize> {
    let text = source.text;
    let at = actor.titles.checked_sub(1)?;
    let went = text.is(at, "to") && text.is_one(at.wrapping_sub(1), words!["went", "goes"]);
    let end = at - usize::from(went);
    let linked = went || text.is(end, ",") || source.scene && text.is_one(end, words!["is", "was"]);
    if !linked {
        return None;
    }
    let nouns = (end.saturating_sub(LONGEST)..end)
        .rev()
        .take_while(|t| is_noun(text, *t))
        .last()?;
    let article = nouns.checked_sub(1).filter(|t| text.class(*t).has(Class::DET))?;
    let first = super::people::sentence_of(source, actor.first).0;
    let led = article.checked_sub(1).filter(|t| *t >= first);
    let opens = |t: usize, words: Words| t == first && text.is_one(t, words);
    let role = |of: usize| {
        text.is(of, "of") && of > first + 1 && text.is_one(of - 1, words!["role", "part"]) && of <= first + 3
    };
    let called = led.is_some_and(|t| {
        if text.is(end, ",") {
            opens(t, words!["as", "playing", "portraying"]) || role(t) && text.is(first, "in")
        } else {
            role(t) || opens(t, words!["playing", "portraying"])
        }
    });
    called.then_some(end)
}
