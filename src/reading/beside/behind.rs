//! The words behind a name: `’s agency`, `plays`, `, who directed`, `(34)`.

use super::super::print::{Words, words};
use super::known_by::legal_name;
use super::makers::is_of_a_work;
use super::{Place, call, says_on_screen};
use crate::reading::beings::{does_something, is_somebodys};
use crate::reading::emphasised::is_mononym;
use crate::reading::entity::Trade;
use crate::reading::evidence::{Candidate, profession};
use crate::reading::lexicon::Class;
use crate::reading::lexicon::trades::{KIN, maker};
use crate::reading::names::{Form, Found};
use crate::reading::text::{Shape, Text};

/// Adds what the words behind a name say.
pub fn behind(text: &Text, name: Found, candidate: &mut Candidate) {
    let at = name.last;
    let place = Place { text, name, at };
    if text.shape(at) == Shape::Clitic {
        owns(place, candidate);
        return;
    }
    // `Kim, 34,`, `Kim (34)`.
    if matches!(text.sign(at), b',' | b'(') && matches!(text.sign(at + 2), b',' | b')' | b'.') {
        let age: Option<u8> = text.word(at + 1).parse().ok();
        candidate.person += if age.is_some_and(|age| (5..100).contains(&age)) {
            2.0
        } else {
            0.0
        };
        candidate.age = candidate.age.or(age);
    }
    // `Kim, only 16 years old,`, `Kim, who is only 15,`.
    if text.is(at, ",") && candidate.age.is_none() {
        let number = (at + 1..at + 5).find(|t| text.shape(*t) == Shape::Number);
        let aged = number.filter(|n| {
            text.is(n + 1, "years") && text.is(n + 2, "old")
                || text.is(n - 1, "only") && matches!(text.sign(n + 1), b',' | b'.')
        });
        candidate.age = aged.and_then(|n| text.word(n).parse().ok());
    }
    if text.is(at, "-") {
        leads(place, candidate);
    }
    let mut verb = at;
    while text.class(verb).has(Class::ADV.with(Class::AUX)) && verb < at + 4 {
        verb += 1;
    }
    makes(place, verb, candidate);
    plays(place, verb, candidate);
    // `with Kim as the mother and Lee as the only son`.
    if text.is(at, "as") && text.class(at + 1).has(Class::DET) {
        as_played(text, at + 1, candidate);
    }
    if text.is(at, "of") {
        member(place, candidate);
    }
    if text.is(at, ",") && is_on_screen(text, at + 1) {
        candidate.acts = true;
        candidate.person += 1.0;
    } else if text.is(at, ",") {
        relative(place, candidate);
        of_a_group(place, candidate);
        bare_trade(place, candidate);
        trade_with_article(place, candidate);
        described(place, candidate);
        office(place, candidate);
        candidate.person += legal_name(place);
        if text.is(at + 1, "who") {
            // `Kim, who turned 60 this year,`.
            if text.is_one(at + 2, words!["turned", "turns", "is", "was"]) && text.shape(at + 3) == Shape::Number {
                candidate.age = candidate.age.or_else(|| text.word(at + 3).parse().ok());
            }
            who(place, candidate);
        }
    }
    if text.class(at).has(Class::ORG) && text.is_capital(at) {
        candidate.person -= 4.0;
    }
}

/// `Kim, the owner of the alley’s stall in the drama,`, `Kim, who leads the tours on screen,`: what somebody is there is a
/// part.
fn is_on_screen(text: &Text, from: usize) -> bool {
    const REACH: usize = 12;
    let described = text.is(from, "who") || text.class(from).has(Class::DET);
    described
        && (from..from + REACH)
            .take_while(|t| !matches!(text.sign(*t), b',' | b'.' | b':') && text.shape(*t) != Shape::Mark)
            .any(|t| says_on_screen(text, t))
}

/// `Kim Bo Ra-starrer`, `Kim Bo Ra-helmed`: whose the drama is.
fn leads(place: Place<'_>, candidate: &mut Candidate) {
    const ACTS: Words = words!["starrer", "starring", "led", "fronted", "headlined"];
    let Place { text, at, .. } = place;
    let made = [
        (words!["directed", "helmed"], "director"),
        (words!["penned", "written", "scripted"], "writer"),
    ];
    if text.is_just(at + 1, ACTS) {
        candidate.person += 2.5;
        candidate.acts = true;
    } else if let Some((_, trade)) = made.iter().find(|(words, _)| text.is_just(at + 1, *words)) {
        candidate.person += 2.5;
        candidate.trade = candidate.trade.or(Some(Trade::Staff));
        call(candidate, trade);
    }
}

/// `LUNEAR’s Haeon`: the owner is a group. `Kim’s agency`: somebody.
fn owns(place: Place<'_>, candidate: &mut Candidate) {
    const OWNED: [&str; 10] = [
        "agency",
        "label",
        "character",
        "management",
        "co-star",
        "side",
        "acting",
        "role",
        "wife",
        "husband",
    ];
    let Place { text, name, at } = place;
    if place.is_capital(at + 1) && text.shape(name.first) == Shape::Upper {
        candidate.person -= 4.0;
    }
    if OWNED.contains(&text.word(at + 1)) {
        candidate.person += 2.0;
    }
}

/// `plays her estranged husband`: who plays a man is one.
fn as_played(text: &Text, from: usize, candidate: &mut Candidate) {
    const REACH: usize = 6;
    let noun = (from..from + REACH)
        .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::SUBORD)))
        .last()
        .filter(|t| text.shape(t + 1) != Shape::Clitic && !text.class(*t).has(Class::HE.with(Class::SHE)));
    let class = noun.map_or(Class::NONE, |t| text.class(t));
    if class.has(Class::FEMALE) {
        candidate.she += 1.2;
    } else if class.has(Class::MALE) {
        candidate.he += 1.2;
    }
}

/// `Yang directs.`, `Seong writes and directs the 10-parter`.
fn makes(place: Place<'_>, verb: usize, candidate: &mut Candidate) {
    const REACH: usize = 7;
    let Place { text, name, .. } = place;
    let Some(made) = maker(text.asked(verb)) else { return };
    let next = text.class(verb + 1);
    let object = next.has(Class::DET.with(Class::CONJ));
    let ends = matches!(text.sign(verb + 1), b'.' | b',') || text.shape(verb + 1) == Shape::Mark;
    if name.story || !place.is_lower(verb) || !(object || ends) || text.is(verb, "written") {
        return;
    }
    let directs = made == "director";
    if !directs && !object {
        return;
    }
    let pair = text.is(verb + 1, "and").then(|| maker(text.asked(verb + 2))).flatten();
    let drama = |t: usize| {
        text.class(t).has(Class::DRAMA) || text.is_just(t, words!["script", "scripts", "episodes", "epic", "dramas"])
    };
    if pair.is_some() || directs || (verb + 1..verb + REACH).any(drama) {
        candidate.person += 1.0;
        candidate.trade = candidate.trade.or(Some(Trade::Staff));
        call(candidate, made);
        if let Some(pair) = pair {
            call(candidate, pair);
        }
    }
}

/// `Kim plays a nurse`, `Kim takes on the role`, `Kim joins the cast`.
fn plays(place: Place<'_>, verb: usize, candidate: &mut Candidate) {
    const PLAYS: Words = words![
        "plays",
        "play",
        "played",
        "stars",
        "starred",
        "star",
        "starring",
        "portrays",
        "portrayed",
        "portray",
        "takes",
        "joined",
        "joins",
    ];
    // `Bae Rin has been confirmed for the role`, `Bae Rin welcomed her co-star`.
    const DEALS: Words = words![
        "confirmed",
        "offered",
        "tapped",
        "considering",
        "welcomed",
        "congratulated",
        "praised",
        "thanked",
        "waves",
        "bowed",
    ];
    let Place { text, name, .. } = place;
    let word = text.word(verb);
    if text.is_just(verb, DEALS) && matches!(name.form, Form::Pair | Form::Korean) {
        candidate.person += 1.0;
    }
    // `where Ae Rin is playing the lonely accordionist`; the piano is another thing to play.
    if word == "playing" && verb > name.last && is_part(text, verb + 1) {
        candidate.acts = true;
        candidate.person += 2.5;
    }
    // `Ha Rang is played by Kim`: whoever is played is somebody else's role.
    let passive =
        || (name.last..verb).any(|t| text.is_one(t, words!["is", "are", "was", "were", "be", "being", "been"]));
    let played = || word.ends_with("ed") && !word.starts_with("join") && passive();
    if text.is_just(verb, PLAYS) && (word != "takes" || text.is(verb + 1, "on")) && !played() {
        candidate.acts |= !word.starts_with("join");
        as_played(text, verb + 1 + usize::from(text.is(verb + 1, "as")), candidate);
        candidate.person += 2.5;
    }
}

/// `the lonely accordionist who`, `a spy`: somebody, whom somebody plays.
fn is_part(text: &Text, article: usize) -> bool {
    const NOUNS: usize = 5;
    let noun = |t: &usize| {
        text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::SUBORD).with(Class::CONJ))
    };
    let last = (article + 1..article + NOUNS).take_while(noun).last();
    text.class(article).has(Class::DET) && last.is_some_and(|t| is_somebodys(text.word(t)))
}

/// `Kim, the mother of lead actor Lee,`.
fn relative(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 6;
    let Place { text, at, .. } = place;
    let of = (at + 2..at + REACH).find(|t| text.is(*t, "of"));
    let noun = of.map(|t| t - 1).filter(|t| KIN.contains(&text.word(*t)));
    if let Some(noun) = noun.filter(|_| text.class(at + 1).has(Class::DET)) {
        call(candidate, text.word(noun));
        if text.class(noun).has(Class::FEMALE) {
            candidate.she += 1.5;
        } else {
            candidate.he += 1.5;
        }
    }
}

/// `Haon, once the main vocalist of Northline,`: one word by which a group calls somebody.
fn of_a_group(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 6;
    let Place { text, name, at } = place;
    let called = at + 1 + usize::from(text.class(at + 1).has(Class::ADV));
    let sings = (called + 1..called + REACH)
        .take_while(|t| place.is_lower(*t) || matches!(text.shape(*t), Shape::Upper | Shape::Clitic))
        .any(|t| text.class(t).has(Class::TITLE) && (text.is_one(t + 1, words!["of", "who"]) || text.is(t + 1, ",")));
    let single = name.form == Form::Single && !text.class(name.first).is_english();
    if single && sings && text.class(called).has(Class::DET) {
        candidate.person += 2.6;
    }
}

/// `Narim of girl group VIOLA`, `Junel of the band HALO9`.
fn member(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 5;
    let Place { text, name, at } = place;
    let group = (at + 1..at + REACH)
        .take_while(|t| place.is_lower(*t))
        .any(|t| text.is_one(t, words!["group", "band", "duo", "trio"]));
    // `Raon of MY SUNDAY`.
    let shouted = (at + 1..at + REACH)
        .take_while(|t| text.shape(*t) == Shape::Upper)
        .last();
    let shouted = name.form == Form::Single
        && shouted.is_some_and(|t| text.word(t).len() > 2 && !text.class(t).has(Class::STATION));
    if group || shouted {
        candidate.person += 3.0;
        call(candidate, "idol");
        call(candidate, "singer");
    }
    // `Ha of Daesung Securities`: who works there has no part in a drama.
    let house = (at + 1..at + REACH).take_while(|t| place.is_capital(*t)).last();
    if house.is_some_and(|t| t > at + 1 && text.is_just(t, HOUSES)) {
        candidate.person += 1.0;
        call(candidate, "analyst");
    }
}

/// Where analysts and scholars work: the last word of its name.
const HOUSES: Words = words![
    "Securities",
    "University",
    "Institute",
    "Research",
    "Bank",
    "Capital",
    "Investment",
    "Hospital",
    "College",
    "Foundation",
    "Association",
    "Center",
    "Centre",
];

/// `said Lim, executive producer at CJ`, `Park, then a producer at a small company,`.
fn bare_trade(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 5;
    let Place { text, at, .. } = place;
    let ends = Class::DET.with(Class::PREP).with(Class::SUBORD);
    let noun = (at + 1..at + REACH)
        .take_while(|t| (place.is_lower(*t) || text.is(*t, "pd")) && !text.class(*t).has(ends))
        .last()
        .filter(|t| text.class(*t).has(Class::TITLE))
        .filter(|t| text.class(t + 1).has(Class::PREP) || matches!(text.sign(t + 1), b',' | b'.'));
    if let Some(noun) = noun {
        candidate.person += 1.0;
        profession(text, noun, candidate);
    }
}

/// A verb stands here, behind adverbs: what is in front of it is its subject.
fn acts(text: &Text, at: usize) -> bool {
    let verb = (at..at + 3).find(|t| !text.class(*t).has(Class::ADV)).unwrap_or(at);
    let class = text.class(verb);
    text.shape(verb) == Shape::Lower
        && (class.has(Class::SAY.with(Class::AUX)) && !class.has(Class::ING) || text.word(verb).ends_with("ed"))
        && !class.has(Class::PREP)
}

/// `Kim, the director of “X”,`; but `As for Kim, the director praised him`, and
/// `Directed by Kim, the drama stars actress Lee`, where a verb stands between.
fn trade_with_article(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 6;
    const VERBS: [&str; 6] = ["stars", "follows", "tells", "features", "depicts", "of"];
    let Place { text, at, .. } = place;
    if !text.class(at + 1).has(Class::DET) {
        return;
    }
    let noun = (at + 2..at + REACH)
        .take_while(|t| matches!(text.shape(*t), Shape::Lower | Shape::Number | Shape::Clitic) || place.is_capital(*t))
        .take_while(|t| !VERBS.contains(&text.word(*t)))
        .find(|t| text.shape(*t) != Shape::Capital && text.class(*t).has(Class::TITLE))
        .filter(|t| !acts(text, t + 1));
    if let Some(noun) = noun {
        candidate.person += 1.0;
        profession(text, noun, candidate);
    }
}

/// `Park, then a producer,`, `Kim, a former national swimmer,`.
fn described(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 7;
    let Place { text, at, .. } = place;
    let then = (text.class(at + 1).has(Class::ADV) || text.is(at + 1, "then")) && text.is(at + 2, "a");
    if then && text.class(at + 3).has(Class::TITLE) {
        profession(text, at + 3, candidate);
    }
    if !text.is_one(at + 1, words!["a", "an", "the"]) {
        return;
    }
    let ends = Class::PREP.with(Class::SUBORD);
    let old = usize::from(text.shape(at + 2) == Shape::Number);
    let end = (at + 2 + old..at + REACH).find(|t| !place.is_lower(*t) || text.class(*t).has(ends));
    let Some(noun) = end.map(|e| e - 1).filter(|n| *n > at + 1) else {
        return;
    };
    // `Kim, a member of the stunt crew,`.
    let crew = text.is(noun, "member") && text.is(end.unwrap_or(noun), "of") && {
        let last = (noun + 2..noun + REACH).take_while(|t| place.is_lower(*t)).last();
        last.is_some_and(|t| text.is_just(t, words!["crew", "staff"]))
    };
    if crew {
        candidate.person += 1.0;
        candidate.trade = candidate.trade.or(Some(Trade::Staff));
        return;
    }
    let class = text.class(noun);
    if (does_something(text.word(noun)) || class.has(Class::OFFICE))
        && !class.has(Class::TITLE)
        && candidate.nouns.len() < 12
    {
        candidate.person += 0.9;
        call(candidate, text.word(noun));
    }
}

/// `said Kim, president of television at Lantern`, `Pamela Yi, Head of Korean Originals`,
/// `Heo, the company’s chief executive,`.
fn office(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 8;
    let Place { text, at, .. } = place;
    let noun = (at + 1..at + REACH)
        .take_while(|t| matches!(text.shape(*t), Shape::Lower | Shape::Clitic) || place.is_capital(*t))
        // `with Kim, as a laundromat owner, and Lee`: whom he plays.
        .take_while(|t| !text.is(*t, "as"))
        .find(|t| {
            (text.is_just(t + 1, words!["of", "at", "for", "officer"])
                || text.is(t + 1, ",") && text.shape(*t) != Shape::Clitic)
                && text.class(*t).has(Class::OFFICE)
        });
    if let Some(noun) = noun.filter(|_| candidate.nouns.len() < 12) {
        candidate.person += 0.9;
        call(candidate, &text.word(noun).to_ascii_lowercase());
    }
}

/// What those do who neither act nor make the drama.
const OUTSIDE: &[&str] = &[
    "oversees",
    "heads",
    "runs",
    "manages",
    "supervises",
    "managed",
    "trained",
    "taught",
    "coached",
    "tutored",
    "raised",
    "represents",
    "represented",
    "owns",
    "owned",
    "operates",
    "teaches",
    "lectures",
    "studies",
    "reviews",
];

/// Two words with capitals that are no words of the language.
fn is_foreign(text: &Text, name: Found) -> bool {
    let odd = |t: usize| text.shape(t) == Shape::Capital && !text.class(t).is_english();
    name.last == name.first + 2 && (name.first..name.last).all(odd)
}

/// `Kim, who plays …`, `Kim, who created and directed the series`: nothing but somebody is “who”.
fn who(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, name, at } = place;
    // A word of the language may be a group's name.
    let class = text.class(name.first);
    // `Yoon Ja’s daughter Han Bit, who dreams`: as real as Yoon Ja is.
    let kin = text
        .class(name.titles.wrapping_sub(1))
        .has(Class::FEMALE.with(Class::MALE).with(Class::STORY));
    let sure = name.form == Form::Single && !class.is_english() && !class.has(Class::SURNAME)
        || name.form == Form::Pair && !kin;
    candidate.person += match sure {
        // `Dowon, who`; what the novel is called may stand in front of “who” too.
        true if is_mononym(text, name.first) => 2.4,
        true => 2.0,
        // `Ria Guanzon, who teaches at a university`.
        false if name.form == Form::Words && is_foreign(text, name) => 1.5,
        false => 0.5,
    };
    candidate.character += if sure && candidate.character > 0.0 { 1.5 } else { 0.0 };
    let verb = at + 2 + usize::from(text.class(at + 2).has(Class::AUX.with(Class::ADV)));
    let word = text.word(verb);
    let mut makes = false;
    // `Kim, who was written to die`: Kim wrote nothing.
    let passive = text.is_one(verb - 1, words!["was", "were", "is", "are", "been"]);
    for token in (verb..verb + 3).filter(|t| !passive && (*t == verb || text.is(t - 1, "and"))) {
        if let Some(made) = maker(text.asked(token)).filter(|_| is_of_a_work(text, token)) {
            call(candidate, made);
            makes = true;
        }
    }
    if makes {
        candidate.trade = Some(Trade::Staff);
        candidate.person += 2.0;
    } else if ["plays", "play", "played", "portrays", "portrayed"].contains(&word) && !text.is(verb + 1, "by") {
        candidate.acts = true;
        as_played(text, verb + 1, candidate);
        candidate.person += 2.5;
    } else if OUTSIDE.contains(&word) && !(verb + 1..verb + 4).any(|t| text.is(t, "cast")) {
        call(candidate, "executive");
    } else if [
        "hosts",
        "hosted",
        "co-hosts",
        "co-hosted",
        "moderated",
        "moderates",
        "emceed",
    ]
    .contains(&word)
    {
        candidate.trade = candidate.trade.or(Some(Trade::Host));
        candidate.person += 2.0;
    }
}
