//! Where a scene calls its characters by what they are: `the captain` is Captain Ma, as long as nobody else is called so.
//!
//! Names alone would leave them out of mind: `Kim drags the reaper into the light. He shields his eyes.`

use super::super::beings;
use super::super::entity::{Entities, Id, Mention, Nature};
use super::super::lexicon::{Class, asked};
use super::super::print::words;
use super::super::scan::Spans;
use super::super::speech::Judged;
use super::super::text::{Shape, Text};
use super::apposed;

/// Of more entities than this the later ones are called by their names alone.
const MANY: usize = 64;
/// An article tells of fewer.
const MOST: usize = 256;

/// Adds those places to the mentions of the paragraphs that tell scenes.
pub fn mention(text: &Text, spans: &Spans, judged: &[Judged], scenes: &[bool], entities: &mut Entities) {
    told_to_be(text, scenes, entities);
    if !scenes.contains(&true) {
        return;
    }
    let called = called(entities);
    if called.is_empty() {
        return;
    }
    let mut found: Vec<Mention> = Vec::new();
    for (number, para) in text.paras.iter().enumerate() {
        if !scenes.get(number).copied().unwrap_or_default() || found.len() > MOST {
            continue;
        }
        let mut span = spans.outer.partition_point(|s| s.after() <= para.first);
        let mut token = para.first + 1;
        while token < para.last {
            while spans.outer.get(span).is_some_and(|s| s.after() <= token) {
                span += 1;
            }
            if let Some(s) = spans
                .outer
                .get(span)
                .filter(|s| s.open <= token && judged[span].is_speech())
            {
                token = s.after().max(token + 1);
                continue;
            }
            if let Some(id) = stands_for(text, &called, token)
                && entities.covering(token).is_none()
            {
                found.push(Mention {
                    first: token,
                    last: token + 1,
                    entity: id,
                    ambiguous: false,
                    in_speech: false,
                    full: false,
                });
            }
            token += 1;
        }
    }
    found.extend(introduced(text, scenes, entities));
    if found.is_empty() {
        return;
    }
    let mut mentions = std::mem::take(&mut entities.mentions);
    mentions.extend(found);
    mentions.sort_by_key(|m| m.first);
    mentions.dedup_by_key(|m| m.first);
    entities.mention(mentions);
}

/// `A young scholar gets to the front. That would be Im Yool, who died yesterday`: the scholar has a name.
fn told_to_be(text: &Text, scenes: &[bool], entities: &mut Entities) {
    const REACH: usize = 48;
    const NOUNS: usize = 5;
    let mut calls: Vec<(Id, String)> = Vec::new();
    for mention in entities.mentions.iter().filter(|m| !m.in_speech).take(MOST) {
        if entities.all[mention.entity].nature != Nature::Character {
            continue;
        }
        if let Some(noun) = apposed::noun_of(text, mention) {
            calls.push((mention.entity, text.word(noun).to_ascii_lowercase()));
        }
        if let Some(parent) = apposed::who_raised(text, mention) {
            calls.push((mention.entity, parent.to_owned()));
        }
        if let Some(noun) = apposed::is_the_one(text, mention.first) {
            calls.push((mention.entity, text.word(noun).to_ascii_lowercase()));
            continue;
        }
        if !scenes.get(text.para_of(mention.first)).copied().unwrap_or_default() {
            continue;
        }
        let Some(from) = identified(text, mention.first) else {
            continue;
        };
        let article = (from.saturating_sub(REACH)..from)
            .rev()
            .find(|t| text.is_one(*t, words!["a", "an"]) && noun_behind(text, *t, NOUNS).is_some());
        let noun = article.and_then(|t| noun_behind(text, t, NOUNS));
        calls.extend(noun.map(|noun| (mention.entity, text.word(noun).to_ascii_lowercase())));
    }
    for (id, noun) in calls {
        entities.all[id].call(noun);
    }
}

/// `That would be Kim`, `It’s Kim`, `This is Kim`: where a sentence opens that says who it was.
fn identified(text: &Text, name: usize) -> Option<usize> {
    let verb = name.checked_sub(1)?;
    let is = text.is_one(verb, words!["is", "was"]) || text.shape(verb) == Shape::Clitic;
    let pronoun = match () {
        () if is => verb.checked_sub(1)?,
        () if text.is(verb, "be") => verb.checked_sub(2)?,
        () => return None,
    };
    (text.is_capital(pronoun) && text.is_one(pronoun, words!["that", "it", "this"])).then_some(pronoun)
}

/// `a wild-eyed man`: the noun behind an article, which nobody is named by.
fn noun_behind(text: &Text, article: usize, most: usize) -> Option<usize> {
    let plain = |t: &usize| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::CONJ));
    let noun = (article + 1..article + 1 + most)
        .take_while(plain)
        .filter(|t| !beings::is_manner(text.word(*t)))
        .find(|t| beings::is_somebodys(text.word(*t)) || beings::is_of_a_scene(text.word(*t)))?;
    let named = text.is_one(noun + 1, words!["named", "called"]) || text.is(noun + 1, "(");
    (!named).then_some(noun)
}

/// `a court lady, played by Kim`, `her grandmother (Kim)`: where somebody without a name comes in.
fn introduced(text: &Text, scenes: &[bool], entities: &Entities) -> Vec<Mention> {
    const WORDS: usize = 6;
    let noun_of = |name: &str| {
        let noun = name.rsplit(' ').next()?;
        noun.starts_with(char::is_lowercase).then(|| noun.to_owned())
    };
    let characters = entities.all.iter().enumerate().take(MANY);
    characters
        .filter(|(_, e)| e.nature == Nature::Character && e.first < text.tokens.len())
        .filter_map(|(id, e)| {
            let noun = noun_of(&e.name)?;
            let head = (e.first..e.first + WORDS).find(|t| text.is_same(*t, &noun))?;
            let told = scenes.get(text.para_of(head)).copied().unwrap_or_default();
            (told && entities.covering(head).is_none()).then_some(Mention {
                first: head,
                last: head + 1,
                entity: id,
                ambiguous: false,
                in_speech: false,
                full: true,
            })
        })
        .collect()
}

/// Nouns that one character alone is called by.
fn called(entities: &Entities) -> Vec<(String, Id)> {
    let mut called: Vec<(String, Option<Id>)> = Vec::new();
    for (id, entity) in entities.all.iter().enumerate().take(MANY) {
        if entity.nature != Nature::Character {
            continue;
        }
        // `Queen Dowager` is a dowager, `Queen Yoon` a queen.
        let words: Vec<String> = entity.name.split_whitespace().map(str::to_ascii_lowercase).collect();
        let titles = (0..words.len())
            .filter(|n| words.get(n + 1).is_none_or(|next| !beings::is_somebodys(next)))
            .map(|n| words[n].clone());
        let mut own: Vec<String> = Vec::new();
        for noun in entity.nouns.iter().cloned().chain(titles) {
            if (beings::is_somebodys(&noun) || beings::is_of_a_scene(&noun)) && !own.contains(&noun) {
                own.push(noun);
            }
        }
        for noun in own {
            match called.iter_mut().find(|(n, _)| *n == noun) {
                Some((_, who)) => *who = None,
                None => called.push((noun, Some(id))),
            }
        }
    }
    called.into_iter().filter_map(|(noun, id)| Some((noun, id?))).collect()
}

/// `the captain`, `the sleeping captain`, with no name behind it.
fn stands_for(text: &Text, called: &[(String, Id)], token: usize) -> Option<Id> {
    // `the King`, in capitals too.
    let title = text.shape(token) == Shape::Capital && text.is(token.wrapping_sub(1), "the");
    if text.shape(token) != Shape::Lower && !title {
        return None;
    }
    let word = text.word(token);
    let (_, id) = called.iter().find(|(noun, _)| noun.eq_ignore_ascii_case(word))?;
    const BETWEEN: usize = 2;
    // `the sleeping chairman`, `the store clerk`.
    const NONE: Class = Class::DET
        .with(Class::PREP)
        .with(Class::CONJ)
        .with(Class::AUX)
        .with(Class::SUBORD);
    let article = (token.saturating_sub(BETWEEN + 1)..token)
        .rev()
        .find(|t| text.shape(*t) != Shape::Lower || text.class(*t).has(NONE));
    // `his daughter`, where one is the daughter.
    let relative = || text.is_in(token, asked::RELATIVES) && !text.is(token + 1, ",");
    let owned = |t: usize| text.is_one(t, words!["his", "her"]) && t + 1 == token && relative();
    let opens = article.is_some_and(|t| text.is(t, "the") || owned(t));
    if !opens || text.tokens.get(token + 1).is_some_and(|t| t.is_capital()) || text.is(token + 1, "(") {
        return None;
    }
    let compound = text.shape(token + 1) == Shape::Lower
        && beings::is_somebodys(text.word(token + 1))
        && !text.class(token + 1).has(Class::SAY);
    (!compound).then_some(*id)
}
