//! People who are each other's family: `Jo, the wife of the drama’s director, Dam`. `His wife`, `Dam’s wife`, `the
//! director’s wife` is then Jo, and `her husband` is Dam.
//!
//! Relatives in the story of whom the article says no more than a noun are for `stranger`, as is who never gets a name.

use super::attribution::Sieves;
use super::bracket;
use super::entity::{Entities, Id, Mention};
use super::epithet::Noun;
use super::lexicon::{Class, asked};
use super::phrase::Reference;
use super::print::words;
use super::resolve::{Place, Resolver, Speaker};
use super::text::{Shape, Text};

/// One relation: `who` is the `noun` of `of`; of whom, not every article says.
#[derive(Clone, Debug)]
pub(super) struct Kin {
    who: Id,
    noun: &'static Relation,
    of: Option<Id>,
}

/// What somebody is to another, and what the other is in turn, as a woman and as a man.
#[derive(Debug)]
struct Relation {
    names: &'static [&'static str],
    back: [&'static str; 2],
}

const RELATIONS: &[Relation] = &[
    relation(&["wife"], ["wife", "husband"]),
    relation(&["husband"], ["wife", "husband"]),
    relation(&["mother", "mom", "mum"], ["daughter", "son"]),
    relation(&["father", "dad"], ["daughter", "son"]),
    relation(&["mother-in-law"], ["daughter-in-law", "son-in-law"]),
    relation(&["father-in-law"], ["daughter-in-law", "son-in-law"]),
    relation(&["daughter-in-law"], ["mother-in-law", "father-in-law"]),
    relation(&["son-in-law"], ["mother-in-law", "father-in-law"]),
    relation(&["daughter"], ["mother", "father"]),
    relation(&["son"], ["mother", "father"]),
    relation(&["sister"], ["sister", "brother"]),
    relation(&["brother"], ["sister", "brother"]),
    relation(&["grandmother", "grandma", "granny"], ["granddaughter", "grandson"]),
    relation(&["grandfather", "grandpa"], ["granddaughter", "grandson"]),
    relation(&["granddaughter"], ["grandmother", "grandfather"]),
    relation(&["grandson"], ["grandmother", "grandfather"]),
    relation(&["aunt"], ["niece", "nephew"]),
    relation(&["uncle"], ["niece", "nephew"]),
    relation(&["twin"], ["twin", "twin"]),
    relation(&["cousin"], ["cousin", "cousin"]),
    relation(&["stepmother"], ["stepdaughter", "stepson"]),
    relation(&["stepfather"], ["stepdaughter", "stepson"]),
    relation(&["niece"], ["aunt", "uncle"]),
    relation(&["nephew"], ["aunt", "uncle"]),
];

const fn relation(names: &'static [&'static str], back: [&'static str; 2]) -> Relation {
    Relation { names, back }
}

/// `her twin`: a noun for somebody of a family.
pub(super) fn is_relation(noun: &str) -> bool {
    named(noun).is_some()
}

/// `the grandson`, and `his grandmother`: whether somebody who is called by one of those nouns has such a relative.
pub(super) fn is_counterpart(noun: &str, nouns: &[String]) -> bool {
    named(noun).is_some_and(|r| r.back.iter().any(|back| nouns.iter().any(|n| n == back)))
}

fn named(word: &str) -> Option<&'static Relation> {
    RELATIONS.iter().find(|r| r.names.contains(&word))
}

/// `Kim, the wife of director Lee`, `Lee’s wife, Kim`, `his wife Kim`: what stands at one name.
pub(super) fn of(text: &Text, entities: &Entities, mention: &Mention) -> Option<Kin> {
    behind(text, entities, mention)
        .or_else(|| before(text, entities, mention))
        .or_else(|| couple(text, entities, mention))
}

/// `Kim and wife Lee`, `actor couple Kim and Lee`: the second is married to the first.
fn couple(text: &Text, entities: &Entities, mention: &Mention) -> Option<Kin> {
    let wed = |t: usize| text.is_one(t, words!["wife", "husband"]) && text.shape(t) == Shape::Lower;
    let noun = mention.first.checked_sub(1)?;
    let and = noun - usize::from(wed(noun) && noun > 0);
    if !text.is(and, "and") {
        return None;
    }
    let other = somebody(entities, and.checked_sub(1)?).filter(|m| m.last == and && m.entity != mention.entity)?;
    let named = if wed(noun) {
        text.word(noun)
    } else if text.is(other.first.wrapping_sub(1), "couple") {
        match entities.all[other.entity].is_she() {
            Some(true) => "husband",
            _ => "wife",
        }
    } else {
        return None;
    };
    Some(Kin {
        who: mention.entity,
        noun: self::named(named)?,
        of: Some(other.entity),
    })
}

/// `Kim, the younger sister of …`.
fn behind(text: &Text, entities: &Entities, mention: &Mention) -> Option<Kin> {
    const NEAR: usize = 6;
    const REACH: usize = 10;
    let from = mention.last + 1;
    if let Some(kin) = owned_behind(text, entities, mention) {
        return Some(kin);
    }
    let opens = text.is(mention.last, ",") && text.class(from).has(Class::DET);
    let of = (from + 1..from + NEAR).find(|t| text.is(*t, "of")).filter(|_| opens)?;
    let noun = named(text.word(of - 1)).filter(|_| text.shape(of - 1) == Shape::Lower)?;
    let owner = (of + 1..of + REACH)
        .take_while(|t| !matches!(text.sign(*t), b'.' | b';'))
        .find_map(|t| {
            somebody(entities, t).filter(|m| m.entity != mention.entity && text.shape(m.last) != Shape::Clitic)
        });
    Some(Kin {
        who: mention.entity,
        noun,
        of: owner.map(|m| m.entity),
    })
}

/// `Kim, Lee’s mother`, `Role (Kim), Lee’s younger sister,`.
fn owned_behind(text: &Text, entities: &Entities, mention: &Mention) -> Option<Kin> {
    const NEAR: usize = 3;
    let comma = bracket::behind(text, mention.last);
    let owner = text
        .is(comma, ",")
        .then(|| somebody(entities, comma + 1))?
        .filter(|m| m.first == comma + 1 && text.shape(m.last) == Shape::Clitic && m.entity != mention.entity)?;
    let noun = (owner.last + 1..owner.last + 1 + NEAR)
        .take_while(|t| text.shape(*t) == Shape::Lower)
        .find_map(|t| named(text.word(t)))?;
    Some(Kin {
        who: mention.entity,
        noun,
        of: Some(owner.entity),
    })
}

/// `Lee’s wife, Kim`, `her younger sister, Kim`, `his wife Kim`.
fn before(text: &Text, entities: &Entities, mention: &Mention) -> Option<Kin> {
    const NEAR: usize = 3;
    let comma = text.is(mention.first.wrapping_sub(1), ",");
    let noun_at = mention.first.checked_sub(1 + usize::from(comma))?;
    let noun = named(text.word(noun_at)).filter(|_| text.shape(noun_at) == Shape::Lower)?;
    let owner = (noun_at.saturating_sub(NEAR)..noun_at)
        .rev()
        .find(|t| text.shape(*t) == Shape::Clitic || text.class(*t).has(Class::HE.with(Class::SHE)))?;
    let of = match text.shape(owner) {
        Shape::Clitic => somebody(entities, owner.wrapping_sub(1)).map(|m| m.entity),
        _ => meant(text, entities, owner, mention.entity),
    };
    Some(Kin {
        who: mention.entity,
        noun,
        of,
    })
}

/// Whose `her sister, Kim` is: the last one named not long in front, who may be “she” and is as much of the story.
fn meant(text: &Text, entities: &Entities, owner: usize, who: Id) -> Option<Id> {
    let all = &entities.all;
    let she = text.class(owner).has(Class::SHE);
    const BACK: usize = 2;
    let para = text.paras.get(text.para_of(owner).saturating_sub(BACK))?.first;
    let fits = |m: &&Mention| {
        let one = &all[m.entity];
        !m.in_speech && m.entity != who && one.nature == all[who].nature && one.is_she().is_none_or(|is| is == she)
    };
    entities.between(para, owner).iter().rev().find(fits).map(|m| m.entity)
}

fn somebody(entities: &Entities, token: usize) -> Option<&Mention> {
    entities
        .covering(token)
        .filter(|m| entities.all[m.entity].is_somebody())
}

impl Resolver<'_> {
    /// `his wife`, `Sin’s mother`, `the director’s wife`: whom the article names as that.
    pub(super) fn relative(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        let kin = &self.described_so().kin;
        let wanted = named(&noun.word)?;
        let owner = self.owner_of(noun, place);
        let owner = owner.map(|id| if place.scene { self.in_the_story(id) } else { id });
        let she = match (noun.class.has(Class::FEMALE), noun.class.has(Class::MALE)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let nature = |id: Id| self.entities.all[id].nature;
        // Who is of the story has no relatives outside of it.
        let family = |id: Id| owner.is_none_or(|o| id != o && nature(id) == nature(o));
        let fits = |id: Id| family(id) && she.is_none_or(|she| self.is_she(id) != Some(!she));
        let ask = |k: &&Kin| std::ptr::eq(k.noun, wanted) && fits(k.who);
        let back =
            |k: &&Kin| named(k.noun.back[usize::from(she == Some(false))]).is_some_and(|r| std::ptr::eq(r, wanted));
        let whose = |id: Option<Id>| owner.is_none() || id.is_none() || id == owner;
        // `her twin`, whom the same actor plays.
        if noun.word == "twin"
            && let Some(owner) = owner
            && let Some(actor) = self.entities.all[owner].actor
        {
            let mut played = (0..self.entities.all.len().min(super::resolve::MANY))
                .filter(|id| *id != owner && self.entities.all[*id].actor == Some(actor));
            return played.next();
        }
        let direct = kin.iter().filter(ask).find(|k| whose(k.of)).map(|k| k.who);
        // `her son` of whom it was said that she is his mother.
        let turned = || {
            let mut found = kin.iter().filter(back).filter(|k| whose(Some(k.who)));
            found.find_map(|k| k.of.filter(|id| fits(*id)))
        };
        direct.or_else(turned)
    }

    /// Whether the article says of somebody that they are one of these to anybody: a mother, an uncle.
    pub(super) fn is_kin(&self, id: Id, nouns: &[&str]) -> bool {
        let kin = &self.described_so().kin;
        kin.iter().any(|k| k.who == id && nouns.contains(&k.noun.names[0]))
    }

    /// Whose relative it is: by name, by what they do, or the one whom the sentence in front was about.
    fn owner_of(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        let text = self.text;
        let clitic = (noun.first + 1..noun.head).find(|t| text.shape(*t) == Shape::Clitic);
        match clitic {
            Some(clitic) => {
                let named = self.entities.covering(clitic - 1).map(|m| m.entity);
                named.or_else(|| {
                    let choice = self.epithet(clitic - 1, noun.first, place)?;
                    super::attribution::one(&choice)
                })
            }
            None => {
                let class = text.class(noun.first);
                let fits = |id: &Id| self.is_she(*id).is_none_or(|she| she == class.has(Class::SHE));
                // `When Kim asks her for the secret, his mother-in-law growls`.
                let named = || {
                    let sentence = self.sentences.get(self.sentence(noun.head))?;
                    let all = self.entities.between(sentence.first, noun.first).iter();
                    let who = |m: &&Mention| {
                        !m.in_speech
                            && self.entities.all[m.entity].is_somebody()
                            && self.is_subject(m)
                            && fits(&m.entity)
                    };
                    all.rev().find(who).map(|m| m.entity)
                };
                let spoke = self.spoke_in(noun.head, place).filter(fits);
                spoke
                    .or_else(named)
                    .or_else(|| place.focus.map(|(id, _)| id).filter(fits))
            }
        }
    }

    /// `“…,” answered Kim, and his wife chimed in`: who has just spoken in the sentence of a token.
    pub(super) fn spoke_in(&self, token: usize, place: Place<'_>) -> Option<Id> {
        let (speaker, _) = place
            .last
            .filter(|_| self.sentence(place.since) == self.sentence(token))?;
        match speaker {
            Speaker::One(id) => Some(*id).filter(|id| self.entities.all[*id].is_somebody()),
            _ => None,
        }
    }
}

impl Sieves<'_> {
    /// `Her mother, who sells fish, has a different complaint. “…”`, `His father called and said only one thing. “…”`: a
    /// relative whom the sentence is about, and behind which nobody else acts.
    pub(super) fn relative_speaks(&self, first: usize, last: usize, place: Place<'_>) -> Option<Reference> {
        const REACH: usize = 24;
        let text = self.text;
        if place.scene {
            return None;
        }
        let kin = |t: &usize| {
            text.is_in(*t, asked::RELATIVES) && text.shape(*t) == Shape::Lower && text.shape(t + 1) != Shape::Clitic
        };
        let head = (first + 1..last).take(REACH).find(kin)?;
        let mut from = head - 1;
        // `Her late father`, `Kim’s mother`.
        while from > first
            && text.shape(from) == Shape::Lower
            && !text.class(from).has(Class::HE.with(Class::SHE).with(Class::PREP))
        {
            from -= 1;
        }
        let named = text.shape(from) == Shape::Clitic;
        let owner = text.class(from);
        let owned = owner.has(Class::HE.with(Class::SHE)) && !owner.has(Class::NOMINATIVE);
        let opens = match named {
            true => self.entities.covering(from - 1).filter(|m| m.last == from)?.first,
            false => from,
        };
        let begins = opens == first || text.is(opens.wrapping_sub(1), ",");
        // `Her mother told her that she`, `His father, Kim, is`.
        let behind = head + 1;
        let other = (behind..last).any(|t| {
            text.class(t).has(Class::NOMINATIVE)
                || self
                    .entities
                    .covering(t)
                    .is_some_and(|m| self.entities.all[m.entity].is_somebody())
        });
        let acts = text.shape(behind) == Shape::Lower || text.is(behind, ",") && text.is(behind + 1, "who");
        (begins && (named || owned) && !other && acts && !text.class(behind).has(Class::PREP.with(Class::CONJ)))
            .then_some(Reference::Epithet { head, first: opens })
    }
}
