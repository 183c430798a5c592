//! What an article says of its people besides their names: ages, groups, sports, places of work. `The 29-year-old`,
//! `the Palette leader`, `the former swimmer` are whoever was told to be that.
//!
//! The table is made at the first description that asks for it; most articles never do.

use super::entity::{Entities, Id, Mention, Nature, Trade};
use super::epithet::Noun;
use super::kinship::{self, Kin};
use super::lexicon::{Class, alike, asked};
use super::portrait;
use super::print::{self, words};
use super::resolve::{MANY, Resolver};
use super::sentence::Sentences;
use super::text::{Shape, Text};

/// A word folded to its stem, of whom it is said, and how much that says.
pub(super) type Word = (u64, Id, u8);

/// The words that an article uses for each of its people, folded to stems, in order, and how much each says.
#[derive(Debug, Default)]
pub struct Described {
    words: Vec<(u64, Id, u8)>,
    /// Who is whose relative.
    pub(super) kin: Vec<Kin>,
}

/// Of more mentions than this the later ones are not read for what stands beside them.
const MENTIONS: usize = 256;
/// As many tokens belong to a description.
const LONGEST: usize = 14;
/// So many letters tell a word from others: `judo` and `judoka`, `swimmer` and `swimming`.
const STEM: usize = 5;
/// A difference of ages that makes one a veteran and the other a newcomer.
const GENERATION: u8 = 15;
/// Whoever is younger may be called a teenager.
const ADULT: u8 = 20;
/// What stands right at a name says most, what its sentence tells least.
pub(super) const BESIDE: u8 = 6;

impl Described {
    /// Reads what stands beside the names.
    #[must_use]
    pub fn of(text: &Text, entities: &Entities, sentences: &Sentences) -> Self {
        let mut words = Vec::new();
        let mut kin = Vec::new();
        for mention in entities.mentions.iter().take(MENTIONS) {
            let nature = entities.all[mention.entity].nature;
            if matches!(nature, Nature::Person | Nature::Character) && !mention.in_speech {
                premodifiers(text, mention, &mut words);
                apposition(text, entities, mention, &mut words);
            }
            if nature == Nature::Person && !mention.in_speech {
                portrait::told(text, entities, sentences, mention, &mut words);
            }
            if entities.all[mention.entity].is_somebody() && !mention.in_speech {
                kin.extend(kinship::of(text, entities, mention));
            }
        }
        for (id, entity) in entities.all.iter().enumerate().take(MANY) {
            if entity.is_somebody() {
                let nouns = entity.nouns.iter().filter_map(|noun| alike(noun));
                words.extend(nouns.map(|stem| (stem, id, BESIDE)));
                // `The Bandit Chief` is an outlaw.
                let name = entity.name.split(' ').filter(|_| entity.nature == Nature::Character);
                words.extend(name.filter_map(alike).map(|stem| (stem, id, BESIDE)));
            }
        }
        // The most that a word says of somebody counts, once.
        words.sort_unstable_by_key(|(stem, id, says)| (*stem, *id, std::cmp::Reverse(*says)));
        words.dedup_by_key(|(stem, id, _)| (*stem, *id));
        Self { words, kin }
    }

    fn bearers(&self, stem: u64) -> impl Iterator<Item = (Id, u8)> {
        let from = self.words.partition_point(|(s, _, _)| *s < stem);
        self.words[from..]
            .iter()
            .take_while(move |(s, _, _)| *s == stem)
            .map(|(_, id, says)| (*id, *says))
    }
}

/// `theater actor Kim`, `Former national swimmer Kim`.
fn premodifiers(text: &Text, mention: &Mention, words: &mut Vec<Word>) {
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
        .take_while(|t| text.is_word(*t) && text.after(*t) == ' ' && !text.class(*t).has(stop));
    words.extend(before.filter_map(|t| Some((stem(text, t)?, mention.entity, BESIDE))));
}

/// `Kim, a former national judo athlete,`, `Kim, the leader of Palette,`, `Kim is a rookie of the police`.
fn apposition(text: &Text, entities: &Entities, mention: &Mention, words: &mut Vec<Word>) {
    let be = text.is_one(mention.last, words!["is", "was"]);
    let from = mention.last + 1;
    // `Kim, 34, the leader of Palette,`, `Kim, once the main vocalist of Northline,`.
    let aged = text.shape(from) == Shape::Number && text.is(from + 1, ",");
    let from = if aged { from + 2 } else { from };
    let opens = text.class(from).has(Class::DET.with(Class::ADV).with(Class::TITLE));
    if !(text.is(mention.last, ",") || be) || !opens || text.class(from).has(Class::NOMINATIVE) {
        return;
    }
    let end = (from..text.tokens.len().min(from + LONGEST))
        .find(|t| !text.is_word(*t) && text.shape(*t) != Shape::Clitic)
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
    words.extend(own.filter_map(|t| Some((stem(text, t)?, mention.entity, BESIDE))));
}

/// A number for a word that tells something; the names of professions tell too little.
pub(super) fn stem(text: &Text, token: usize) -> Option<u64> {
    const SHORTEST: usize = 4;
    let class = text.class(token);
    let word = text.word(token);
    if text.is_like(token, asked::ALIKE)
        && let Some(same) = alike(word)
    {
        return Some(same);
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
    let plain = class.has(plain)
        || text.is_one(
            token,
            words![
                "former", "popular", "rising", "beloved", "young", "older", "younger", "elder", "oldest", "youngest"
            ],
        );
    (word.len() >= SHORTEST && word.is_ascii() && !plain && text.shape(token) != Shape::Number).then(|| number(word))
}

fn number(word: &str) -> u64 {
    let small = word.bytes().take(STEM).map(|byte| byte.to_ascii_lowercase());
    small.fold(0, |all, byte| all << 8 | u64::from(byte))
}

/// The number of the meaning that a word shares with others: beyond those of words.
fn alike(word: &str) -> Option<u64> {
    alike::meaning(word).map(|line| u64::MAX - line as u64)
}

impl Resolver<'_> {
    /// What the article says of its people.
    pub(super) fn described_so(&self) -> &Described {
        self.described
            .get_or_init(|| Described::of(self.text, self.entities, self.sentences))
    }

    /// The person whom the words of a noun phrase describe, when they fit nobody else as well, and how sure that is.
    pub(super) fn told_to_be(&self, noun: &Noun) -> Option<(Id, f32)> {
        self.described_as(noun, Nature::Person)
    }

    /// `The physician`, of whom the article says that she is a hematologist: the character whom a noun describes.
    pub(super) fn known_to_be(&self, noun: &Noun) -> Option<Id> {
        const SURE: f32 = 0.9;
        let known = self.described_as(noun, Nature::Character);
        known.filter(|(_, how)| *how >= SURE).map(|(id, _)| id)
    }

    fn described_as(&self, noun: &Noun, nature: Nature) -> Option<(Id, f32)> {
        const SURE: f32 = 0.9;
        const LIKELY: f32 = 0.84;
        if nature == Nature::Person
            && let Some(id) = self.of_age(noun)
        {
            return Some((id, SURE));
        }
        let turned = self.text.word(noun.head).to_ascii_lowercase();
        let past = turned
            .split_once("-turned-")
            .map(|(before, _)| before)
            .or_else(|| turned.strip_prefix("ex-"));
        let stems = (noun.first..=noun.head)
            .chain(self.behind_of(noun))
            .filter_map(|t| stem(self.text, t))
            .chain(past.map(|word| alike(word).unwrap_or_else(|| number(word))));
        // In a story the garden is no gardener: only what means the same tells.
        let stems = stems.filter(|stem| nature == Nature::Person || *stem > u64::MAX - alike::MEANINGS as u64);
        let mut votes: Vec<(Id, u8)> = Vec::new();
        for stem in stems {
            for (id, says) in self.described_so().bearers(stem) {
                let fits =
                    self.entities.all[id].nature == nature && noun.she.is_none_or(|she| self.is_she(id) != Some(!she));
                match votes.iter_mut().find(|(other, _)| *other == id) {
                    _ if !fits => {}
                    Some((_, sum)) => *sum = sum.saturating_add(says),
                    None => votes.push((id, says)),
                }
            }
        }
        votes.sort_by_key(|(_, says)| std::cmp::Reverse(*says));
        let sure = |says: u8| if says >= BESIDE { SURE } else { LIKELY };
        match votes[..] {
            [(one, best)] => Some((one, sure(best))),
            [(one, best), (_, second), ..] if best > second => Some((one, sure(best - second))),
            _ if nature == Nature::Person => self.none_of_those(noun).map(|id| (id, LIKELY)),
            _ => None,
        }
    }

    /// `the leader of Palette`, `the mother of two`: what stands behind the noun describes as well.
    fn behind_of(&self, noun: &Noun) -> std::ops::Range<usize> {
        const REACH: usize = 4;
        let of = noun.head + 1;
        if !self.text.is(of, "of") || self.entities.covering(of + 1).is_some() {
            return of..of;
        }
        let end = (of + 1..of + 1 + REACH)
            .find(|t| !self.text.tokens.get(*t).is_some_and(|w| w.is_word()) || self.text.class(*t).has(Class::SAY))
            .unwrap_or(of + 1 + REACH);
        of + 1..end
    }

    /// `the only non-idol of the three`: the one of the cast of whom that is not said.
    fn none_of_those(&self, noun: &Noun) -> Option<Id> {
        let word = noun.word.strip_prefix("non-")?;
        let all = &self.entities.all;
        let stem = alike(word).unwrap_or_else(|| number(word));
        let those: Vec<Id> = self.described_so().bearers(stem).map(|(id, _)| id).collect();
        let mut others = (0..all.len().min(MANY))
            .filter(|id| all[*id].nature == Nature::Person && all[*id].trade == Trade::Cast && !those.contains(id));
        let one = others.next()?;
        (others.next().is_none() && !those.is_empty()).then_some(one)
    }

    /// `the 29-year-old`, `the younger actor`, `the rookie`: by the ages that the article gives.
    pub(super) fn of_age(&self, noun: &Noun) -> Option<Id> {
        let text = self.text;
        let aged: Vec<(u8, Id)> = (0..self.entities.all.len().min(MANY))
            .filter_map(|id| Some((self.entities.all[id].age?, id)))
            .collect();
        if aged.is_empty() {
            return None;
        }
        // `the student`, `the teenager`: the only one who is that young.
        const YOUNG: &[&str] = &[
            "student",
            "teenager",
            "teen",
            "schoolgirl",
            "schoolboy",
            "high-schooler",
        ];
        if YOUNG.contains(&noun.word.as_str()) {
            let mut teens = aged.iter().filter(|(age, _)| *age < ADULT);
            return teens.next().filter(|_| teens.next().is_none()).map(|(_, id)| *id);
        }
        let said = (noun.first..=noun.head).find_map(|t| text.word(t).strip_suffix("-year-old")?.parse::<u8>().ok());
        if let Some(age) = said {
            let mut same = aged.iter().filter(|(a, _)| *a == age);
            return same.next().filter(|_| same.next().is_none()).map(|(_, id)| *id);
        }
        let (young, old) = (aged.iter().min()?, aged.iter().max()?);
        let says = |words: print::Words| (noun.first..=noun.head).any(|t| text.is_one(t, words));
        let apart = old.0 - young.0;
        // `The youngest cast member`, where the article tells only of a child how old it is.
        if (apart > 0 || young.0 < ADULT) && says(words!["younger", "youngest"])
            || apart >= GENERATION && says(words!["rookie", "newcomer", "youngster"])
        {
            return Some(young.1);
        }
        (apart > 0 && says(words!["older", "oldest", "elder", "eldest"])
            || apart >= GENERATION && says(words!["veteran"]))
        .then_some(old.1)
    }
}
