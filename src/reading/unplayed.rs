//! Characters whom the article binds to nobody: who goes by a first name in a story that is told, and the leads who are
//! left for them.
//!
//! Recaps name the cast once, or nobody at all. `role` reads what is said; here is what follows from what is not.

use super::entity::{Entities, Entity, Id, Mention, Nature, Trade};
use super::lexicon::{Class, asked};
use super::nameless;
use super::print::words;
use super::text::{Shape, Text};

/// Of more entities than this the later ones are no leads.
const MANY: usize = 64;
/// More mentions are not looked through.
const MENTIONS: usize = 512;

/// `Won-hyuk returns home`: the news call real people by their whole names; who acts by a first name is of the story.
pub fn promote(text: &Text, entities: &mut Entities, recap: bool) {
    // A clip of a show has nobody who is somebody else.
    if !recap && entities.all.iter().take(MANY).all(|e| e.nature != Nature::Character) {
        return;
    }
    let mut told: Vec<Id> = Vec::new();
    for mention in entities.mentions.iter().take(MENTIONS) {
        let entity = &entities.all[mention.entity];
        let real = entity.nature != Nature::Person || entity.acts || is_cast(entities, mention.entity);
        let first_name = is_first_name(text, entity, mention) && acts_now(text, mention.last);
        let given = || is_given_alone(text, entity, mention) && acts_now(text, mention.last);
        if !real && (first_name || given() || has_relative(text, entities, mention)) {
            told.push(mention.entity);
        }
    }
    for id in told {
        let entity = &mut entities.all[id];
        entity.nature = Nature::Character;
        entity.trade = Trade::Cast;
        entity.guest = false;
    }
    promote_titled(text, entities);
}

/// `Director Goo picks up the phone`: the news call those who make a drama by their whole names.
fn promote_titled(text: &Text, entities: &mut Entities) {
    let told = entities.mentions.iter().take(MENTIONS).find(|mention| {
        let entity = &entities.all[mention.entity];
        let made = entity.nature == Nature::Person && entity.trade == Trade::Staff && !entity.name.contains(' ');
        let title = mention.first.wrapping_sub(1);
        made && !mention.in_speech
            && text.shape(title) == Shape::Capital
            && text.class(title).has(Class::STAFF)
            && acts_now(text, mention.last)
    });
    let Some((id, first, last)) = told.map(|m| (m.entity, m.first, m.last)) else {
        return;
    };
    let noun = text.word(first - 1).to_ascii_lowercase();
    let entity = &mut entities.all[id];
    entity.nature = Nature::Character;
    entity.trade = Trade::Cast;
    text.slice(first - 1, last).clone_into(&mut entity.name);
    entity.call(noun);
}

/// `Da-som` of Ryu Da-som, outside of speech.
fn is_first_name(text: &Text, entity: &Entity, mention: &Mention) -> bool {
    let name = text.slice(mention.first, mention.last);
    let (surname, first) = entity.name.split_once(' ').unwrap_or(("", ""));
    !mention.in_speech && !mention.full && !surname.is_empty() && first.eq_ignore_ascii_case(name)
}

/// `“…,” Da Jung smiles`, who has no surname anywhere: the news call nobody real so but those who go by one word.
fn is_given_alone(text: &Text, entity: &Entity, mention: &Mention) -> bool {
    let short = |t: usize| text.shape(t) == Shape::Capital && text.word(t).len() <= 5 && !text.class(t).is_english();
    let (first, last) = (mention.first, mention.last);
    mention.full
        && !mention.in_speech
        && last == first + 2
        && entity.name.split(' ').count() == 2
        && entity.trade == Trade::Cast
        && short(first)
        && short(first + 1)
        && !text.class(first).has(Class::SURNAME)
}

/// `Role’s mother, Kang Pil Soon (Kim)`: who is of the family of somebody in the story is of the story.
fn has_relative(text: &Text, entities: &Entities, mention: &Mention) -> bool {
    const NOUNS: usize = 3;
    if mention.in_speech || !mention.full || text.shape(mention.last) != Shape::Clitic {
        return false;
    }
    let from = mention.last + 1;
    let noun = (from..from + NOUNS)
        .take_while(|t| text.shape(*t) == Shape::Lower)
        .find(|t| text.is_in(*t, asked::RELATIVES));
    noun.map(|t| t + 1 + usize::from(text.is(t + 1, ",")))
        .and_then(|t| entities.covering(t).filter(|m| m.first == t))
        .is_some_and(|m| entities.all[m.entity].nature == Nature::Character)
}

/// A verb in the present stands behind a name.
pub(super) fn acts_now(text: &Text, token: usize) -> bool {
    let at = token + usize::from(text.class(token).has(Class::ADV));
    nameless::is_verb(text, at) && (!text.class(at).has(Class::AUX) || text.is_one(at, words!["is", "has"]))
}

/// `Unit 7`, `Reaper No. 77`: whoever never goes without a number has it in the name.
pub fn number(text: &Text, entities: &mut Entities) {
    let behind = |token: usize| {
        let at = token + usize::from(text.is(token, ".") && text.is(token.wrapping_sub(1), "no"));
        let number = text.shape(at) == Shape::Number && text.before(at) == ' ';
        number.then(|| text.slice(token, at + 1))
    };
    for id in 0..entities.all.len().min(MANY) {
        if entities.all[id].nature != Nature::Character {
            continue;
        }
        let mut named = entities
            .mentions
            .iter()
            .take(MENTIONS)
            .filter(|m| m.entity == id && m.full);
        let Some(first) = named.next().and_then(|m| behind(m.last)) else {
            continue;
        };
        if named.all(|m| behind(m.last) == Some(first)) {
            let space = if first.starts_with('.') { "" } else { " " };
            let name = format!("{}{space}{first}", entities.all[id].name);
            entities.all[id].name = name;
        }
    }
}

fn is_cast(entities: &Entities, id: Id) -> bool {
    entities.all.iter().take(MANY).any(|e| e.actor == Some(id))
}

/// The first paragraphs of an article name the leads.
const LEAD: usize = 1;

/// Gives the actors who have no role to the characters who have no actor, where there is but one way to.
pub fn cast_the_rest(text: &Text, entities: &mut Entities) {
    let all = || 0..entities.all.len().min(MANY);
    let unplayed: Vec<Id> = all()
        .filter(|id| {
            let e = &entities.all[*id];
            e.nature == Nature::Character && e.actor.is_none() && !e.name.starts_with(char::is_lowercase)
        })
        .collect();
    // Where all who act stand in brackets, whoever comes in later without one is no actor.
    let bracketed = |id: Id| text.is(entities.all[id].first.wrapping_sub(1), "(");
    let mut cast = entities.all.iter().take(MANY).filter_map(|e| e.actor).peekable();
    let in_brackets = cast.peek().is_some() && cast.all(bracketed);
    let late = |e: &Entity| e.first < text.tokens.len() && text.para_of(e.first) > LEAD;
    let free = |id: &Id| {
        let e = &entities.all[*id];
        let acts = e.nature == Nature::Person && e.trade == Trade::Cast && !e.guest && !is_cast(entities, *id);
        acts && !(in_brackets && late(e) && !bracketed(*id))
    };
    let starring = starred(text, entities);
    let leads: Vec<Id> = all().filter(|id| free(id) && starring.contains(id)).collect();
    let left: Vec<Id> = all().filter(free).collect();
    let others = entities.all.iter().take(MANY).any(|e| e.actor.is_some());
    let pairs = match (&unplayed[..], &leads[..], &left[..]) {
        ([role], [actor], _) | ([role], [], [actor]) if others || !leads.is_empty() => {
            alike(entities, *role, *actor).then(|| vec![(*role, *actor)])
        }
        ([a, b], [x, y], _) => {
            let fit = |one: Id, two: Id| same(entities, *a, one) && same(entities, *b, two);
            match (fit(*x, *y), fit(*y, *x)) {
                (true, false) => Some(vec![(*a, *x), (*b, *y)]),
                (false, true) => Some(vec![(*a, *y), (*b, *x)]),
                _ => None,
            }
        }
        _ => None,
    };
    for (role, actor) in pairs.into_iter().flatten() {
        entities.all[role].actor = Some(actor);
        entities.all[actor].acts = true;
    }
}

/// An interview with an actor of whom no role is told, and one character, told of more than once, whom nobody is told to play:
/// theirs.
pub fn cast_the_asked(entities: &mut Entities, main: Option<Id>) {
    const OFTEN: usize = 2;
    let all = || 0..entities.all.len().min(MANY);
    let Some(main) = main.filter(|id| {
        let e = &entities.all[*id];
        e.nature == Nature::Person && e.trade == Trade::Cast && !e.guest && !is_cast(entities, *id)
    }) else {
        return;
    };
    let unplayed = |id: &Id| {
        let e = &entities.all[*id];
        e.nature == Nature::Character && e.actor.is_none() && !e.name.starts_with(char::is_lowercase)
    };
    let mut left = all().filter(unplayed);
    let (Some(role), None) = (left.next(), left.next()) else {
        return;
    };
    let mentions = entities.mentions.iter().take(MENTIONS).filter(|m| m.entity == role);
    if mentions.take(OFTEN).count() == OFTEN && alike(entities, role, main) {
        entities.all[role].actor = Some(main);
        entities.all[main].acts = true;
    }
}

/// `starring Kim and Lee`, `led by Kim and Lee`: the names behind such a word.
fn starred(text: &Text, entities: &Entities) -> Vec<Id> {
    const PARAGRAPHS: usize = 4;
    const MOST: usize = 4;
    let end = text.paras.get(PARAGRAPHS).map_or(text.tokens.len(), |p| p.first);
    let stars = |t: &usize| {
        text.is(*t, "starring")
            || text.is(*t, "by") && text.is_one(t.wrapping_sub(1), words!["led", "headlined", "fronted"])
    };
    let mut found = Vec::new();
    for token in (0..end).filter(stars) {
        let mut at = token + 1;
        while found.len() < MOST
            && let Some(mention) = entities
                .between(at, at + 2)
                .first()
                .filter(|m| (at..m.first).all(|t| text.class(t).has(Class::TITLE)))
        {
            found.push(mention.entity);
            at = mention.last;
            while text.is(at, ",") || text.is(at, "and") {
                at += 1;
            }
        }
    }
    found
}

/// What is known of two says that they are both “she”, or both “he”.
fn same(entities: &Entities, one: Id, other: Id) -> bool {
    let (a, b) = (she(&entities.all[one]), she(&entities.all[other]));
    a.is_some() && a == b
}

/// Nothing says that one is “she” and the other “he”.
fn alike(entities: &Entities, one: Id, other: Id) -> bool {
    let (a, b) = (she(&entities.all[one]), she(&entities.all[other]));
    a.is_none() || b.is_none() || a == b
}

fn she(entity: &Entity) -> Option<bool> {
    entity.is_she().or(entity.leans)
}
