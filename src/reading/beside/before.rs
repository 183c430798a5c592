//! The words before a name: `actress`, `member`, `co-star`, `directed by`, a group's possessive.

use super::super::print::{Words, words};
use super::outside::is_kin_of_somebody;
use super::{Place, call, makers, says_on_screen};
use crate::model::english;
use crate::reading::beings::is_somebodys;
use crate::reading::entity::Trade;
use crate::reading::evidence::{Candidate, profession};
use crate::reading::lexicon::Class;
use crate::reading::lexicon::trades::{self, JUROR};
use crate::reading::names::{Form, Found};
use crate::reading::nobody::{is_earlier_work, is_outlet, is_real_name};
use crate::reading::noun::is_person_noun;
use crate::reading::text::{Shape, Text};

/// Adds what the words before a name say.
pub fn before(text: &Text, name: Found, candidate: &mut Candidate) {
    let Some(at) = name.titles.checked_sub(1) else { return };
    let place = Place { text, name, at };
    is_somebody_else(place, candidate);
    // `At 70, Kim has her first lead`.
    if at > 1 && text.is(at, ",") && text.is(at - 2, "at") && text.shape(at - 1) == Shape::Number {
        candidate.age = candidate.age.or_else(|| text.word(at - 1).parse().ok());
    }
    aged(place, candidate);
    candidate.character += if is_told_of(text, name) { 4.6 } else { 0.0 };
    is_a_title(place, candidate);
    pen_name(place, candidate);
    lost_marks(place, candidate);
    trade_in_front(place, candidate);
    channel_of(place, candidate);
    apposition(place, candidate);
    kin(place, candidate);
    juror(place, candidate);
    made_by(place, candidate);
    makers::made(place, candidate);
    cast_or_character(place, candidate);
    honoured(place, candidate);
    group(place, candidate);
}

/// `the 16-year-old actor Kim`, `seventeen-year-old newcomer Kim`.
fn aged(place: Place<'_>, candidate: &mut Candidate) {
    const NEAR: usize = 4;
    let Place { text, at, .. } = place;
    let old = (at.saturating_sub(NEAR)..=at)
        .rev()
        .find(|t| text.bytes(*t).ends_with(b"-year-old"))
        .filter(|old| (*old..=at).all(|t| text.shape(t) != Shape::Mark && !matches!(text.sign(t), b'.' | b',')))
        .and_then(|t| text.word(t).strip_suffix("-year-old"));
    let number = |word: &str| english::number(word).or_else(|| word.parse().ok());
    candidate.age = candidate.age.or_else(|| old.and_then(number));
}

/// `ROWEL (real name Tong Ji An)`: another name of the same person; an outlet that is cited.
fn is_somebody_else(place: Place<'_>, candidate: &mut Candidate) {
    if is_real_name(place.text, place.name) {
        candidate.person -= 20.0;
    }
    if is_outlet(place.text, place.name) {
        candidate.person -= 6.0;
    }
}

/// `a thriller about Cho Hee`, `follows the clerk Na Ri`, `a baker named Sul Ha`: of whom the drama tells.
fn is_told_of(text: &Text, name: Found) -> bool {
    const NOUNS: usize = 5;
    let mut at = name.titles;
    while at > 0
        && name.titles - at < NOUNS
        && (text.shape(at - 1) == Shape::Lower || text.shape(at - 1) == Shape::Number)
        && !text
            .class(at - 1)
            .has(Class::PREP.with(Class::CONJ).with(Class::SUBORD).with(Class::AUX))
        && !text.is(at - 1, "follows")
    {
        // `the actor Kim`, `the idol Kim` are real.
        if text.class(at - 1).has(Class::TITLE) && !text.is_one(at - 1, words!["named", "called"]) {
            return false;
        }
        at -= 1;
    }
    let Some(word) = at.checked_sub(1) else { return false };
    let before = |words: Words| word > 0 && text.is_one(word - 1, words);
    let story = word > 0 && text.class(word - 1).has(Class::DRAMA) || before(words!["story", "tale", "journey"]);
    // `a baker called Sul Ha`; `I called Ha` is another call.
    let called = || text.is(name.titles - 1, "called") && at + 1 < name.titles && text.class(at).has(Class::DET);
    let named = at < name.titles && (text.is(name.titles - 1, "named") || called());
    // `told a story about his partner Kim`: of somebody real.
    let real = |t: usize| text.is_one(t, words!["partner", "co-star", "costar", "colleague", "castmate"]);
    if at < name.titles && real(name.titles - 1) {
        return named;
    }
    named
        || text.is(word, "follows")
        || (text.is(word, "about") || text.is(word, "of")) && story && !text.class(word - 1).has(Class::PREP)
        || text.is(word, "around") && before(words!["revolves", "revolving", "revolved", "centers", "centered", "centres", "centred", "built"])
        || text.is(word, "on") && before(words!["centers", "centering", "centered", "centres", "centring", "centred", "focuses", "focusing"])
        // `The rom-com is about Sul Ha`, `“Two Moons” is about Sul Ha`.
        || text.is(word, "about") && before(words!["is", "was"]) && word > 1
            && (text.class(word - 2).has(Class::DRAMA)
                || text.is_capital(word - 2)
                || matches!(text.shape(word - 2), Shape::Mark | Shape::Number)
                || text.is(word - 2, "it") && text.shape(name.last) != Shape::Clitic)
        // `The melodrama, about Sul Ha, a woman who`.
        || text.is(word, "about") && before(words![","]) && word > 1 && text.class(word - 2).has(Class::DRAMA)
        || is_between(text, word)
        || is_told_of_too(text, word, name.last)
        || text.is(word, "for") && before(words!["calls"]) && word > 1 && text.is(word - 2, "script")
}

/// `follows Sul Ha, a baker, and Gi Rok, a captain who`, `the tale of Sul Ha, who weds with Gi Rok, a captain`: another of whom the
/// sentence says who they are in the story.
fn is_told_of_too(text: &Text, word: usize, behind: usize) -> bool {
    const REACH: usize = 36;
    const STORY: Words = words!["story", "tale", "journey", "life", "lives"];
    let said = text.is(behind, ",") && (text.is_one(behind + 1, words!["a", "an", "the", "who", "whose"]));
    if !said || !text.is_one(word, words!["and", "with"]) {
        return false;
    }
    (word.saturating_sub(REACH)..word)
        .rev()
        .take_while(|t| !matches!(text.sign(*t), b'.' | b';' | b'!' | b'?') && text.shape(*t) != Shape::Mark)
        .any(|t| {
            text.is(t, "follows")
                || t > 1 && text.is(t, "of") && text.is_one(t - 1, STORY) && text.is_one(t - 2, words!["the", "a"])
                || t > 1 && text.is(t, "about") && text.is_one(t - 1, words!["is", "was"])
        })
}

/// `a romance between Sul Ha, a baker, and Gi Rok, a captain`, `the love story of`: both are of the story.
fn is_between(text: &Text, word: usize) -> bool {
    const NEAR: usize = 3;
    const REACH: usize = 26;
    let story = |between: usize| {
        (between.saturating_sub(NEAR)..between).any(|t| {
            text.class(t).has(Class::DRAMA) || text.is_one(t, words!["story", "relationship", "bond", "marriage"])
        })
    };
    if text.is(word, "between") {
        return story(word);
    }
    let clause = |t: &usize| !matches!(text.sign(*t), b'.' | b';' | b':') && text.shape(*t) != Shape::Mark;
    let first = || {
        (word.saturating_sub(REACH)..word)
            .rev()
            .take_while(clause)
            .find(|t| text.is(*t, "between"))
    };
    text.is(word, "and") && first().is_some_and(story)
}

/// `known for Winter Tax`, `the star of The Quiet Ferry`, `the web talk show Late Tea`: a title whose marks were lost.
fn is_a_title(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, name, at } = place;
    if text.is(at, "for") && text.is(at.wrapping_sub(1), "known") && place.is_loose() {
        candidate.person -= 4.0;
    }
    // Nobody is called “The”.
    if text.is_just(at, words!["The", "A", "An"]) && place.is_loose() {
        candidate.person -= 4.0;
    }
    if is_earlier_work(text, name) {
        candidate.person -= 6.0;
        candidate.character -= 6.0;
    }
    let works = Class::SHOW
        .with(Class::DRAMA)
        .with(Class::FILM)
        .with(Class::SONG)
        .with(Class::BOOK);
    if name.form != Form::Korean && place.is_lower(at) && text.class(at).has(works) && !text.is(at, "play") {
        candidate.person -= 4.0;
    }
}

/// `who goes by the pen name Dang Geun`.
fn pen_name(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, at, .. } = place;
    let kind = at.wrapping_sub(1);
    if text.is(at, "name") && text.is_one(kind, words!["pen", "stage"]) {
        candidate.person += 3.0;
        if text.is(kind, "pen") {
            call(candidate, "author");
        }
    }
}

/// `the Velvet Alibi star`: a title, whose marks were lost, in front of who was in it.
fn lost_marks(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, name, at } = place;
    if place.is_lower(at)
        && text.class(at).has(Class::DET)
        && name.form != Form::Korean
        && place.is_lower(name.last)
        && text.class(name.last).has(Class::TITLE)
        && !text.class(name.last + 1).has(Class::PREP)
    {
        candidate.character -= 4.0;
        candidate.person -= 4.0;
    }
}

/// `broadcaster Kim Bo Ra`, `rookie actress Kim`, `Disney’s content boss Priya Ramanathan`.
fn trade_in_front(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, at, .. } = place;
    // `does he miss Kim?`: no title in small letters.
    if !place.is_lower(at) || text.is(at, "miss") {
        return;
    }
    let class = text.class(at);
    if text.is(at, "broadcaster") {
        candidate.person += 2.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
    if class.has(Class::TITLE) {
        candidate.person += 3.0;
        profession(text, at, candidate);
        // `rookie actress`, `veteran actor`.
        profession(text, at.saturating_sub(1), candidate);
    } else if class.has(Class::OFFICE) {
        candidate.person += 1.5;
        call(candidate, text.word(at));
    }
}

/// `the YouTube channel of comedian Kim`.
fn channel_of(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, at, .. } = place;
    let of =
        |t: usize| text.is(t, "of") && t > 0 && text.is_just(t - 1, words!["channel", "show", "podcast", "program"]);
    if (at.saturating_sub(2)..=at).any(of) {
        candidate.person += 1.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
}

/// `the director of Paper Moon, Kim,`, `the drama’s director, Kim`.
fn apposition(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 8;
    let Place { text, name, at } = place;
    if at < 2 || !text.is(at, ",") || !place.ends_clause() {
        return;
    }
    let titled = |t: usize| place.is_lower(t) && text.class(t).has(Class::TITLE);
    // `The young writer in question, Kim,`.
    let at = match text.is(at - 1, "question") && text.is(at - 2, "in") {
        true => at - 2,
        false => at,
    };
    let of = |t: &usize| text.is(*t, "of") || text.is(*t, "behind");
    if let Some(of) = (at.saturating_sub(REACH)..at).rev().find(of)
        && of > 1
        && titled(of - 1)
        && text.class(of - 2).has(Class::DET)
    {
        candidate.person += 2.0;
        profession(text, of - 1, candidate);
    }
    if at > 1 && titled(at - 1) {
        // `the group’s leader, Haru,`: one word needs more than a whole name.
        let alone = name.form == Form::Single && !text.class(name.first).is_english();
        candidate.person += if alone { 2.6 } else { 2.0 };
        profession(text, at - 1, candidate);
    }
}

/// Who is called by them is real, and neither acts nor makes dramas.
const OUTSIDERS: Words = words![
    "lawyer",
    "attorney",
    "manager",
    "mother",
    "father",
    "husband",
    "wife",
    "professor",
    "politician",
    "mayor",
    "minister",
    "economist",
    "commentator",
    "fan",
    "psychologist",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "lawmaker",
    "reporter",
    "teacher",
    "trainer",
    "classmate",
    "coordinator",
    "architect",
    "historian",
    "sociologist",
    "promoter",
    "publicist",
];

/// `his daughter, Kim,`: the noun tells of Kim. `her lawyer, Kim`: an outsider.
fn kin(place: Place<'_>, candidate: &mut Candidate) {
    const OF: usize = 3;
    const REACH: usize = 4;
    let Place { text, at, .. } = place;
    let mut noun = at - usize::from(text.is(at, ",") && at > 0);
    if noun < at && !place.ends_clause() {
        return;
    }
    // `Her on-screen husband, Kim,`, `His manager in the drama, Kim,`.
    if noun < at && (noun.saturating_sub(REACH)..noun).any(|t| says_on_screen(text, t)) {
        candidate.acts = true;
        candidate.person += 1.0;
        return;
    }
    // `Her manager of nine years, Kim,`.
    let of = || (noun.saturating_sub(OF)..noun).rev().find(|t| text.is(*t, "of"));
    if noun < at
        && let Some(of) = of().filter(|of| text.is_just(of.wrapping_sub(1), OUTSIDERS))
    {
        noun = of - 1;
    }
    // `Kim’s wife, illustrator Lee`.
    let comma = (noun.saturating_sub(2)..noun).rev().find(|t| text.sign(*t) == b',');
    let works =
        |t: usize| is_person_noun(text, t) || text.class(t).has(Class::TITLE.with(Class::STORY).with(Class::OFFICE));
    let trade = || noun == at && place.is_lower(at) && works(at) && !text.class(at).has(Class::SAY);
    let owned = |c: usize| text.shape(c - 2) == Shape::Clitic || text.class(c - 2).has(Class::HE.with(Class::SHE));
    if let Some(comma) = comma.filter(|c| *c > 1 && owned(*c) && trades::KIN.contains(&text.word(c - 1)) && trade()) {
        noun = comma - 1;
        call(candidate, text.word(noun));
    }
    if !place.is_lower(noun) {
        return;
    }
    let class = text.class(noun);
    if class.has(Class::FEMALE) && !class.has(Class::TITLE) {
        candidate.she += 1.5;
    } else if class.has(Class::MALE) && !class.has(Class::TITLE) {
        candidate.he += 1.5;
    }
    if noun < at && class.has(Class::FEMALE.with(Class::MALE)) || noun == at && is_kin_of_somebody(place, noun) {
        call(candidate, text.word(noun));
    }
    if text.is_just(noun, OUTSIDERS) {
        candidate.person += 1.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
        call(candidate, text.word(noun));
    }
    // `The novel’s English translator, Kim,`, `His publicist, Kim,`.
    // `Its chief executive, Kim,`.
    let rank = usize::from(text.is_one(noun.wrapping_sub(1), words!["chief", "vice", "senior", "deputy"]) && noun > 2);
    let owner = || {
        text.shape(noun.saturating_sub(2)) == Shape::Clitic
            || text.class(noun - 1 - rank).has(Class::HE.with(Class::SHE))
            || text.is(noun - 1 - rank, "its")
            || noun > 2 && text.shape(noun - 3) == Shape::Clitic
    };
    if noun < at && place.is_lower(noun) && class.has(Class::OFFICE) && noun > 1 && owner() {
        call(candidate, text.word(noun));
    }
}

/// `The jury, headed by French producer Kim,`, `Jury president Kim`: not of the drama, whatever Kim makes elsewhere.
fn juror(place: Place<'_>, candidate: &mut Candidate) {
    const REACH: usize = 6;
    let Place { text, name, .. } = place;
    let clause = |t: &usize| !matches!(text.sign(*t), b'.' | b';' | b':') && text.shape(*t) != Shape::Mark;
    let jury = (name.first.saturating_sub(REACH)..name.first)
        .rev()
        .find(|t| text.is_one(*t, words!["jury", "juror", "jurors"]));
    if jury.is_some_and(|jury| (jury..name.first).all(|t| clause(&t))) {
        call(candidate, JUROR);
    }
}

/// `directed by Kim`, `played by Kim`, `hosted by Kim`.
fn made_by(place: Place<'_>, candidate: &mut Candidate) {
    const MADE: [&str; 9] = [
        "directed",
        "written",
        "penned",
        "helmed",
        "created",
        "produced",
        "co-directed",
        "co-written",
        "scripted",
    ];
    let Place { text, at, .. } = place;
    if !text.is(at, "by") || at == 0 {
        return;
    }
    let verb = text.word(at - 1);
    let is = |word: &str| verb.eq_ignore_ascii_case(word);
    if MADE.into_iter().any(is) {
        candidate.person += 3.0;
        candidate.trade = Some(Trade::Staff);
        let directs = ["directed", "co-directed", "helmed"].into_iter().any(is);
        call(candidate, if directs { "director" } else { "writer" });
    } else if ["played", "portrayed"].into_iter().any(is) {
        candidate.person += 3.0;
    } else if is("hosted") {
        candidate.person += 3.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
}

/// `starring Kim`, `the character Na Ri`, `in Busan`.
fn cast_or_character(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, name, at } = place;
    let is = |words: Words| text.is_one(at, words);
    if is(words!["starring", "stars", "featuring"]) {
        candidate.person += 2.5;
        candidate.acts |= !is(words!["featuring"]);
    }
    if is(words!["character", "characters"]) {
        candidate.character += 3.0;
    }
    // `the queen dowager (Ga Wol)`: who plays her.
    let noun = at.wrapping_sub(1);
    if text.is(at, "(") && text.is(name.last, ")") && place.name.form == Form::Pair && place.is_lower(noun) {
        let somebody = is_somebodys(text.word(noun)) && !text.class(noun).has(Class::TITLE);
        candidate.person += if somebody { 1.5 } else { 0.0 };
    }
    if place.is_loose() && is(words!["in", "at"]) {
        candidate.person -= 1.0;
    }
}

/// `Best New Actress for Marlo`, `Rookie Award: Marlo`: who has a prize is somebody.
fn honoured(place: Place<'_>, candidate: &mut Candidate) {
    const PRIZES: Words = words![
        "Actor", "Actress", "Award", "Prize", "Newcomer", "Rookie", "Daesang", "Couple",
    ];
    let Place { text, name, at } = place;
    // `The Rookie Award went to Marlo`.
    let gives = text.is(at, "to") && text.is_one(at.wrapping_sub(1), words!["went", "goes", "awarded", "given"]);
    let prize = (at - usize::from(gives))
        .wrapping_sub(1 + usize::from(gives && text.class(at.wrapping_sub(2)).has(Class::AUX)));
    let theirs = text.shape(name.last) != Shape::Clitic && !place.is_capital(name.last);
    if (text.is(at, "for") || text.is(at, ":") || text.is(at, "to")) && text.is_just(prize, PRIZES) && theirs {
        candidate.person += 2.6;
        candidate.acts |= text.is_just(prize, words!["Actor", "Actress"]);
    }
}

/// A group's possessive: `LUNEAR’s Haeon`, `BTS’s Jin`. `Narim of girl group VIOLA`: a group is nobody.
fn group(place: Place<'_>, candidate: &mut Candidate) {
    let Place { text, name, at } = place;
    // `HALO:N’s Kim`: the first half of what a group calls itself.
    let last = name.last;
    let half = text.shape(name.first) == Shape::Upper
        && text.is(last, ":")
        && text.before(last + 1) != ' '
        && place.is_capital(last + 1);
    let band = place.is_lower(at) && text.is_one(at, words!["group", "band", "duo", "trio"]);
    if place.is_loose() && (half || band) {
        candidate.person -= 6.0;
    }
    if text.shape(at) != Shape::Clitic || at == 0 || text.class(at - 1).has(Class::STATION) {
        return;
    }
    // `HALO:N’s Pi Yeon`, `ARCADIA 9’s Jiwol`: the sign or the number belongs to the group.
    let upper = |t: usize| text.shape(t) == Shape::Upper;
    let short = matches!(text.sign(at.wrapping_sub(2)), b':' | b'.' | b'&') && at > 2 && upper(at - 3)
        || text.shape(at - 1) == Shape::Number && at > 1 && upper(at - 2);
    let digits = || place.is_capital(at - 1) && text.word(at - 1).chars().any(|c| c.is_ascii_digit());
    let group = upper(at - 1) || short || digits();
    if group && text.shape(name.last) != Shape::Clitic {
        call(candidate, "idol");
        call(candidate, "singer");
    }
    if group && (place.is_loose() || name.form == Form::Pair) {
        candidate.person += 3.0;
    }
}
