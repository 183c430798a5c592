//! What an article says of its people besides their names: ages, groups, sports, places of work. `The 29-year-old`,
//! `the Palette leader`, `the former swimmer` are whoever was told to be that.
//!
//! The table is made at the first description that asks for it; most articles never do.

use super::entity::{Entities, Id, Mention, Nature};
use super::epithet::Noun;
use super::lexicon::Class;
use super::resolve::{MANY, Resolver};
use super::text::{Shape, Text};

/// The words that an article uses for each of its people, folded to stems, in order.
#[derive(Debug, Default)]
pub struct Described(Vec<(u64, Id)>);

/// Of more mentions than this the later ones are not read for what stands beside them.
const MENTIONS: usize = 256;
/// As many tokens belong to a description.
const LONGEST: usize = 14;
/// So many letters tell a word from others: `judo` and `judoka`, `swimmer` and `swimming`.
const STEM: usize = 5;
/// A difference of ages that makes one a veteran and the other a newcomer.
const GENERATION: u8 = 15;

/// Words of one trade count as one.
const TRADES: &[&[&str]] = &[
    &[
        "singer",
        "idol",
        "vocalist",
        "rapper",
        "soloist",
        "maknae",
        "balladeer",
        "group",
        "band",
        "songwriter",
    ],
    &[
        "olympian",
        "athlete",
        "medalist",
        "swimmer",
        "judo",
        "judoka",
        "boxer",
        "skater",
        "gymnast",
        "footballer",
        "fencer",
        "archer",
        "sportsman",
        "olympic",
    ],
];

impl Described {
    /// Reads what stands beside the names.
    #[must_use]
    pub fn of(text: &Text, entities: &Entities) -> Self {
        let mut words = Vec::new();
        for mention in entities.mentions.iter().take(MENTIONS) {
            let somebody = entities.all[mention.entity].nature == Nature::Person && !mention.in_speech;
            if somebody {
                premodifiers(text, mention, &mut words);
                apposition(text, entities, mention, &mut words);
            }
        }
        for (id, entity) in entities.all.iter().enumerate().take(MANY) {
            if entity.nature == Nature::Person {
                words.extend(entity.nouns.iter().filter_map(|noun| Some((trade(noun)?, id))));
            }
        }
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    fn bearers(&self, stem: u64) -> impl Iterator<Item = Id> {
        let from = self.0.partition_point(|(s, _)| *s < stem);
        self.0[from..]
            .iter()
            .take_while(move |(s, _)| *s == stem)
            .map(|(_, id)| *id)
    }
}

/// `theater actor Kim`, `Former national swimmer Kim`.
fn premodifiers(text: &Text, mention: &Mention, words: &mut Vec<(u64, Id)>) {
    const NOUNS: usize = 6;
    let stop = Class::PREP
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::DET)
        .with(Class::SAY)
        .with(Class::PAST);
    let before = (mention.first.saturating_sub(NOUNS)..mention.first)
        .rev()
        .take_while(|t| text.tokens[*t].is_word() && text.after(*t) == ' ' && !text.class(*t).has(stop));
    words.extend(before.filter_map(|t| Some((stem(text, t)?, mention.entity))));
}

/// `Kim, a former national judo athlete,`, `Kim, the leader of Palette,`, `Kim is a rookie of the police`.
fn apposition(text: &Text, entities: &Entities, mention: &Mention, words: &mut Vec<(u64, Id)>) {
    let be = ["is", "was"].iter().any(|w| text.is(mention.last, w));
    let from = mention.last + 1;
    let opens = text.class(from).has(Class::DET.with(Class::ADV).with(Class::TITLE));
    if !(text.word(mention.last) == "," || be) || !opens || text.class(from).has(Class::NOMINATIVE) {
        return;
    }
    let end = (from..text.tokens.len().min(from + LONGEST))
        .find(|t| !text.tokens[*t].is_word() && text.shape(*t) != Shape::Clitic)
        .unwrap_or((from + LONGEST).min(text.tokens.len()));
    // `Of Kim, the Busan native said`: a verb makes it another clause.
    let relative = (from..end).find(|t| text.class(*t).has(Class::SUBORD)).unwrap_or(end);
    let acts = (from + 1..relative).any(|t| {
        let class = text.class(t);
        text.shape(t) == Shape::Lower
            && (class.has(Class::PAST.with(Class::AUX)) || class.has(Class::SAY) && !class.has(Class::BASE))
    });
    if acts && !be {
        return;
    }
    let own = (from..end).filter(|t| {
        entities
            .covering(*t)
            .is_none_or(|m| !entities.all[m.entity].is_somebody())
    });
    words.extend(own.filter_map(|t| Some((stem(text, t)?, mention.entity))));
}

/// A number for a word that tells something; the names of professions tell too little.
fn stem(text: &Text, token: usize) -> Option<u64> {
    const SHORTEST: usize = 4;
    let class = text.class(token);
    let word = text.word(token).to_ascii_lowercase();
    if let Some(trade) = trade(&word) {
        return Some(trade);
    }
    let plain = Class::DET
        .with(Class::PREP)
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::ADV)
        .with(Class::DRAMA)
        .with(Class::EPITHET)
        .with(Class::TITLE);
    let plain =
        class.has(plain) || ["former", "popular", "rising", "seasoned", "beloved", "young"].contains(&word.as_str());
    (word.len() >= SHORTEST && word.is_ascii() && !plain && text.shape(token) != Shape::Number).then(|| number(&word))
}

fn number(word: &str) -> u64 {
    word.bytes().take(STEM).fold(0, |all, byte| all << 8 | u64::from(byte))
}

/// The number of the trade that a word names: beyond those of words.
fn trade(word: &str) -> Option<u64> {
    let at = TRADES.iter().position(|words| words.contains(&word))?;
    Some(u64::MAX - at as u64)
}

impl Resolver<'_> {
    /// The one whom the words of a noun phrase describe, when they fit nobody else as well.
    pub(super) fn told_to_be(&self, noun: &Noun) -> Option<Id> {
        if let Some(id) = self.of_age(noun) {
            return Some(id);
        }
        let all = &self.entities.all;
        let mut votes: Vec<(Id, u32)> = Vec::new();
        let described = self.described.get_or_init(|| Described::of(self.text, self.entities));
        let turned = self.text.word(noun.head).to_ascii_lowercase();
        let past = turned
            .split_once("-turned-")
            .map(|(before, _)| before)
            .or_else(|| turned.strip_prefix("ex-"));
        let stems = (noun.first..=noun.head)
            .filter_map(|t| stem(self.text, t))
            .chain(past.map(|word| trade(word).unwrap_or_else(|| number(word))));
        for stem in stems {
            for id in described.bearers(stem) {
                let fits = noun.she.is_none_or(|she| self.is_she(id) != Some(!she)) && all[id].nature == Nature::Person;
                match votes.iter_mut().find(|(other, _)| *other == id) {
                    _ if !fits => {}
                    Some((_, count)) => *count += 1,
                    None => votes.push((id, 1)),
                }
            }
        }
        votes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        match votes[..] {
            [(one, _)] => Some(one),
            [(one, best), (_, second), ..] if best > second => Some(one),
            _ => None,
        }
    }

    /// `the 29-year-old`, `the younger actor`, `the rookie`: by the ages that the article gives.
    fn of_age(&self, noun: &Noun) -> Option<Id> {
        let text = self.text;
        let aged: Vec<(u8, Id)> = (0..self.entities.all.len().min(MANY))
            .filter_map(|id| Some((self.entities.all[id].age?, id)))
            .collect();
        if aged.is_empty() {
            return None;
        }
        let said = (noun.first..=noun.head).find_map(|t| text.word(t).strip_suffix("-year-old")?.parse::<u8>().ok());
        if let Some(age) = said {
            let mut same = aged.iter().filter(|(a, _)| *a == age);
            return same.next().filter(|_| same.next().is_none()).map(|(_, id)| *id);
        }
        let (young, old) = (aged.iter().min()?, aged.iter().max()?);
        let says = |words: &[&str]| (noun.first..=noun.head).any(|t| words.iter().any(|w| text.is(t, w)));
        let apart = old.0 - young.0;
        if apart > 0 && says(&["younger", "youngest"])
            || apart >= GENERATION && says(&["rookie", "newcomer", "youngster"])
        {
            return Some(young.1);
        }
        (apart > 0 && says(&["older", "oldest", "elder"]) || apart >= GENERATION && says(&["veteran"])).then_some(old.1)
    }
}
