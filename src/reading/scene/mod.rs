//! Scenes of the drama: where an article tells one, and what it tells of those who are in it.
//!
//! `turns` tells whose turn it is where no cue tells, `beat` behind what nobody does, `goes_on` who says more, `pair` who “he” and “she” go on to be,
//! `apposed` what somebody is called beside the name, `vocative` whom a line calls, `addressee` who answers without a name, `shown` whom a picture shows, `somebody` whom `the woman` means. Who of them is “he” and who “she” is for `gender`, who speaks for `attribution` and `resolve`.

mod addressee;
mod apposed;
mod beat;
mod goes_on;
pub(super) mod nouns;
pub(super) mod pair;
mod shown;
mod somebody;
mod turns;
mod vocative;

use super::beings;
use super::entity::{Entities, Id, Mention, Nature};
use super::lexicon::{Class, asked};
use super::print::{Words, words};
use super::showing::is_talk;
use super::text::{Shape, Text};
use crate::model::ArticleKind;

/// For every paragraph: whether it tells a scene of the drama rather than the making of it.
pub fn told(text: &Text, entities: &Entities, shows: bool, kind: ArticleKind) -> Vec<bool> {
    // Where people talk about a drama, a sentence about a character tells no scene.
    let talk = is_talk(kind);
    // Where nobody has a role, the actors stand for those whom they play.
    let unnamed = shows && kind != ArticleKind::List && entities.all.iter().all(|e| e.nature != Nature::Character);
    // What the last paragraph that named anybody told.
    let mut within = false;
    // The last paragraph that named anybody said who plays whom.
    let mut casts = false;
    // Below `Kim as Dong`.
    let mut carded = false;
    let mut told: Vec<bool> = text
        .paras
        .iter()
        .map(|para| {
            let (mut characters, mut people) = (0, 0);
            for mention in entities.between(para.first, para.last).iter().filter(|m| !m.in_speech) {
                match entities.all[mention.entity].nature {
                    Nature::Character if is_role_told(text, mention) => {}
                    Nature::Character => characters += 1,
                    Nature::Person if unnamed => characters += 1,
                    // `Kim as Dong`, a heading: what stands below is told of Dong.
                    Nature::Person if is_card(text, entities, mention, para) => {}
                    // `Kim provides comic relief as the youngest, Dong.`: the role stands beside.
                    Nature::Person if shows && is_seen_as(text, entities, mention, para.last) => {}
                    Nature::Person if !is_beside_role(text, mention.first) => people += 1,
                    _ => {}
                }
            }
            let head = para.first..para.last.min(para.first + 200);
            let made = para.asked.has(asked::TAKES.with(asked::ON_SET)) && head.clone().any(|t| is_making(text, t));
            // `Without looking up, he mutters`: who names nobody goes on with what was told.
            let named = characters + people > 0;
            carded = characters > 0 && people == 0 && para.last - para.first <= CARD || carded && !named;
            let crew = || text.classes(head.start, head.end).has(Class::TEAM.with(Class::STAFF));
            let plays = shows && says_who_plays(entities, para);
            casts = plays || casts && !named;
            let favorite = para.asked.has(asked::FAVORITE.with(asked::DESCRIBES))
                && head
                    .clone()
                    .any(|t| is_favorite(text, t) || is_described(text, entities, t));
            if favorite || named || made || crew() {
                within = !favorite && characters > people && (shows || !made) && !talk;
                within
                    || !favorite
                        && characters > people
                        && (is_placed(text, para) || opens_with_cast(text, entities, para))
            } else {
                // `Kim stars as Dong, Lee as Bo. ¶ She pushes the envelope across the table. “…”`.
                within |= casts && !plays && !talk && opens_with_a_beat(text, entities, para);
                within
                    && (shows
                        || !talk
                            && (carded
                                || opens_with_role(text, entities, para)
                                || speaks_now(text, para.first, para.last)))
            }
        })
        .collect();
    if !talk && !shows {
        between_scenes(text, entities, &mut told);
    }
    told
}

/// `“…,” he said, gripping the table.` as a paragraph between two that tell a scene: it goes on with it.
fn between_scenes(text: &Text, entities: &Entities, told: &mut [bool]) {
    for at in 1..told.len().saturating_sub(1) {
        let para = &text.paras[at];
        let spoken = text.shape(para.first) == Shape::Mark;
        let named = || entities.between(para.first, para.last).iter().any(|m| !m.in_speech);
        if spoken && !told[at] && told[at - 1] && told[at + 1] && !named() {
            told[at] = true;
        }
    }
}

/// `She plays Dong, a clerk who`, `Her character, Dong, digs`, `at her best as Dong, a clerk`: somebody is cast, and nothing
/// has happened yet.
pub(super) fn is_role_told(text: &Text, role: &Mention) -> bool {
    let before = role.first.wrapping_sub(1);
    let described = || text.is(role.last, ",") && text.is_one(role.last + 1, words!["a", "an", "the"]);
    let noun = before.wrapping_sub(usize::from(text.is(before, ",")));
    text.is_in(before, asked::PLAYS) || text.is(before, "as") && described() || text.is_in(noun, asked::ROLE)
}

/// The heading of a card of the cast has no more tokens.
const CARD: usize = 10;

/// Whether a paragraph is no sentence, and as short as the heading of a card.
pub(super) fn is_short(text: &Text, para: &super::text::Para) -> bool {
    para.last > para.first
        && para.last - para.first <= CARD
        && !matches!(text.sign(para.last - 1), b'.' | b'!' | b'?' | b',')
}

/// `Kim as Seo Woo`, `Seo Woo (Kim)`: the role and the actor, and no sentence.
fn is_card(text: &Text, entities: &Entities, actor: &Mention, para: &super::text::Para) -> bool {
    let mut named = entities.between(para.first, para.last).iter();
    is_short(text, para) && named.any(|m| entities.all[m.entity].actor == Some(actor.entity))
}

/// `Kim is adorable as Seo Woo, who`: the role stands behind its actor, and nobody says that it was played.
fn is_seen_as(text: &Text, entities: &Entities, actor: &Mention, last: usize) -> bool {
    const NEAR: usize = 10;
    let end = (actor.last + NEAR).min(last);
    let role = entities
        .between(actor.last, end)
        .iter()
        .find(|m| entities.all[m.entity].actor == Some(actor.entity));
    role.is_some_and(|role| {
        let between = || actor.last..role.first;
        between().any(|t| text.is(t, "as"))
            && !between().any(|t| text.is(t, "who") || text.is(t, "as") && text.word(t - 1).starts_with("appear"))
    })
}

/// `The assassin caught him as he fell.`: a character’s noun opens the paragraph.
fn opens_with_role(text: &Text, entities: &Entities, para: &super::text::Para) -> bool {
    const NOUNS: usize = 3;
    let real = Class::TITLE.with(Class::TEAM).with(Class::STAFF).with(Class::PUBLIC);
    let noun = |t: usize| {
        text.shape(t) == Shape::Lower
            && !text.class(t).has(real)
            && beings::is_somebodys(text.word(t))
            && entities.has_noun(text.word(t))
    };
    text.is(para.first, "the") && (para.first + 1..para.last.min(para.first + 1 + NOUNS)).any(noun)
}

/// Whoever is named there plays somebody of the story, of whom it names one at least.
fn says_who_plays(entities: &Entities, para: &super::text::Para) -> bool {
    const MANY: usize = 64;
    let named = || entities.between(para.first, para.last).iter().filter(|m| !m.in_speech);
    let nature = |m: &Mention| entities.all[m.entity].nature;
    let plays = |id: Id| entities.all.iter().take(MANY).any(|e| e.actor == Some(id));
    let mut real = named().filter(|m| nature(m) == Nature::Person).peekable();
    real.peek().is_some() && named().any(|m| nature(m) == Nature::Character) && real.all(|m| plays(m.entity))
}

/// `She pushes the envelope across the table. “…”`, `“…” The gravedigger leans on his shovel.`: words beside which somebody
/// of a story does something now.
fn opens_with_a_beat(text: &Text, entities: &Entities, para: &super::text::Para) -> bool {
    const SPOKEN: usize = 60;
    const NOUNS: usize = 3;
    let mark = |t: &usize| text.shape(*t) == Shape::Mark;
    let near = para.last.min(para.first + SPOKEN);
    let Some(first_mark) = (para.first..near).find(mark) else {
        return false;
    };
    let begins = match first_mark == para.first {
        true => (para.first + 1..near).find(mark).map(|t| t + 1),
        false => Some(para.first),
    };
    let Some(at) = begins.filter(|t| *t + 2 < para.last) else {
        return false;
    };
    if is_asked_by_a_role(text, entities, first_mark, near) {
        return true;
    }
    let class = text.class(at);
    let real = Class::TITLE
        .with(Class::TEAM)
        .with(Class::STAFF)
        .with(Class::PUBLIC)
        .with(Class::HOST);
    let noun = |t: &usize| {
        let word = text.word(*t);
        let being = beings::is_somebodys(word) || beings::is_of_a_scene(word) || entities.has_noun(word);
        text.shape(*t) == Shape::Lower && being && !text.class(*t).has(real)
    };
    let two = text.is(at, "the") && text.is_one(at + 1, words!["two", "pair", "couple"]);
    let verb = match () {
        () if class.has(Class::NOMINATIVE) && !class.has(Class::THEY) => Some(at + 1),
        () if two => Some(at + 2),
        () if text.is_one(at, words!["the", "her", "his", "a", "an"]) => {
            (at + 1..at + 1 + NOUNS).rev().find(noun).map(|t| t + 1)
        }
        () => None,
    };
    let Some(verb) = verb.map(|t| t + usize::from(text.class(t).has(Class::ADV))) else {
        return false;
    };
    // `“Where did you learn that?” the master asks`: who speaks is called as somebody of the story is.
    let called = !two && text.class(verb).has(Class::SAY) && entities.has_noun(text.word(verb - 1));
    let word = text.word(verb);
    let none = Class::AUX.with(Class::PREP).with(Class::CONJ).with(Class::DET);
    let now = text.shape(verb) == Shape::Lower
        && !text.class(verb).has(if called { none } else { none.with(Class::SAY) })
        && !text.is_in(verb, asked::PLAYS.with(asked::STARS))
        && (two && !word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss"));
    now || text.is(verb, "has") && text.word(verb + 1).ends_with("ed")
}

/// `“Who are you working for?” asks the hit woman`: who speaks now is called as somebody of the story is.
fn is_asked_by_a_role(text: &Text, entities: &Entities, first: usize, last: usize) -> bool {
    const NOUNS: usize = 3;
    let says = |t: usize| {
        let now = text.word(t).ends_with('s') && text.shape(t) == Shape::Lower;
        now && text.class(t).has(Class::SAY) && text.shape(t - 1) == Shape::Mark && text.is(t + 1, "the")
    };
    let role = |t: usize| {
        let nouns = (t + 2..t + 2 + NOUNS).take_while(|n| text.shape(*n) == Shape::Lower);
        let mut own = nouns.filter(|n| !text.class(*n).has(Class::TITLE.with(Class::STAFF)));
        own.any(|n| entities.has_noun(text.word(n)))
    };
    (first + 1..last).any(|t| says(t) && role(t))
}

/// `In the scene, Kim slides her phone across and says`: where people talk about a drama, a paragraph that says where in it
/// something happens, and tells it in the present.
fn is_placed(text: &Text, para: &super::text::Para) -> bool {
    const REACH: usize = 6;
    const SCENES: Words = words![
        "scene", "episode", "finale", "minutes", "minute", "moments", "seconds", "shot", "sequence", "preview",
        "teaser"
    ];
    let opens = text.is_one(para.first, words!["in", "by", "during"]);
    opens
        && (para.first + 1..para.last.min(para.first + REACH)).any(|t| text.is_one(t, SCENES))
        && speaks_now(text, para.first, para.last)
}

/// `Mo Ran (Kim) confronts her stepsister in the chapel. “…,” she says`: a role with its actor opens the paragraph and acts in
/// the present.
fn opens_with_cast(text: &Text, entities: &Entities, para: &super::text::Para) -> bool {
    let role = entities.mention_at(para.first);
    role.is_some_and(|m| {
        let behind = super::bracket::behind(text, m.last);
        entities.all[m.entity].nature == Nature::Character
            && behind > m.last
            && text.shape(behind) == Shape::Lower
            && text.word(behind).ends_with('s')
            && !text.class(behind).has(Class::AUX)
            && speaks_now(text, behind, para.last)
    })
}

/// `The old man dips his fingers in it and says`: somebody speaks in the present.
fn speaks_now(text: &Text, first: usize, last: usize) -> bool {
    const LONGEST: usize = 80;
    (first..last.min(first + LONGEST))
        .any(|t| text.class(t).has(Class::SAY) && text.shape(t) == Shape::Lower && text.word(t).ends_with('s'))
}

/// A word for the making of a drama, not for what happens in it.
fn is_making(text: &Text, token: usize) -> bool {
    // `the third take`, not `she takes the chair`.
    let counted =
        |t: usize| text.class(t).has(Class::DET) || text.shape(t) == Shape::Number || is_ordinal(text.word(t));
    text.is_in(token, asked::TAKES) && counted(token.wrapping_sub(1)) || text.is_in(token, asked::ON_SET)
}

/// `her favorite line`, `the most memorable scene`: somebody talks about the drama.
fn is_favorite(text: &Text, token: usize) -> bool {
    text.is_like(token, asked::FAVORITE)
        && (token + 1..token + 3).any(|t| {
            text.is_one(
                t,
                words!["line", "lines", "scene", "scenes", "moment", "moments", "episode"],
            )
        })
}

/// `He described Dong as a man who`: an actor speaks of a role.
fn is_described(text: &Text, entities: &Entities, token: usize) -> bool {
    let role = |m: &Mention| m.first == token + 1 && entities.all[m.entity].nature == Nature::Character;
    text.is_in(token, asked::DESCRIBES) && entities.covering(token + 1).is_some_and(role)
}

fn is_ordinal(word: &str) -> bool {
    matches!(
        word,
        "first" | "second" | "third" | "last" | "final" | "next" | "several" | "many" | "two" | "three"
    )
}

/// The headline is about the making of a drama, or about people as themselves.
#[must_use]
pub fn is_made(title: &Text) -> bool {
    (0..title.tokens.len()).any(|t| title.is_like(t, asked::MADE))
}

fn is_profession(text: &Text, token: usize) -> bool {
    text.class(token).has(Class::TITLE)
        || text.is_one(token, words!["child", "veteran", "rookie", "musical", "special"])
}

/// `Role (Kim)`, `Role (portrayed by Kim)`, `Role, played by Kim,`: who is named only as the actor of somebody.
#[must_use]
pub fn is_beside_role(text: &Text, first: usize) -> bool {
    const TITLES: usize = 3;
    let mut at = first;
    // `Ro (child actor Byeol)`.
    while at > 0 && first - at < TITLES && text.shape(at - 1) == Shape::Lower && is_profession(text, at - 1) {
        at -= 1;
    }
    let by = at > 1 && super::bracket::is_played_by(text, at - 2);
    // `Role (SUGAR’s Do Re)`.
    let group = at > 2 && text.shape(at - 1) == Shape::Clitic && text.is_capital(at - 2) && text.is(at - 3, "(");
    text.is(at.wrapping_sub(1), "(") || group || by || is_praised(text, first)
}

/// `Role (a wonderfully weary Kim)`, `Role (the great Kim)`: words of praise stand in front of the actor.
fn is_praised(text: &Text, first: usize) -> bool {
    const WORDS: usize = 5;
    let opens = (first.saturating_sub(WORDS)..first)
        .rev()
        .find(|t| text.shape(*t) != Shape::Lower);
    opens.is_some_and(|t| text.is(t, "(") && text.class(t + 1).has(Class::DET))
}
