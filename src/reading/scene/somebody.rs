//! `The woman`, `the old man`, `the girl` in a scene: the one of those told of here whom the noun fits and the sentence
//! leaves.

use super::super::beings;
use super::super::entity::{Id, Mention, Nature};
use super::super::epithet::Noun;
use super::super::lexicon::Class;
use super::super::print::words;
use super::super::resolve::{Choice, MANY, Place, Resolver, Speaker, sure};
use super::super::text::Shape;

/// Nouns that fit everybody of an age and a sex.
const ANYBODY: &[&str] = &[
    "woman",
    "man",
    "girl",
    "boy",
    "lady",
    "gentleman",
    "child",
    "kid",
    "guy",
    "teenager",
    "teen",
    "youth",
];
/// Who is old by what they are called.
const ELDERS: &[&str] = &[
    "grandmother",
    "grandfather",
    "grandma",
    "grandpa",
    "granny",
    "chairman",
    "chairwoman",
    "dowager",
    "king",
    "madam",
    "president",
    "minister",
    "elder",
    "retired",
    "oldest",
    "elderly",
    "old",
    "father",
    "mother",
    "mother-in-law",
    "father-in-law",
    "uncle",
    "aunt",
    "auntie",
];
/// This many mentions are looked at.
const MEMORY: usize = 12;

/// What children are called, by their age too.
fn is_childs(noun: &str) -> bool {
    const AGES: &[&str] = &[
        "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    const CHILDREN: &[&str] = &["girl", "boy", "child", "kid", "daughter", "son", "toddler", "pupil"];
    let age = noun.strip_suffix("-year-old");
    CHILDREN.contains(&noun) || age.is_some_and(|a| AGES.contains(&a) || a.parse().is_ok_and(|n: u8| n < 14))
}

impl Resolver<'_> {
    /// Whom such a noun means, when there is one only.
    pub(in super::super) fn somebody_here(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        let anybody = ANYBODY.contains(&noun.word.as_str()) && self.text.is(noun.first, "the") && !noun.owned;
        if !place.scene || !anybody || self.was_new(noun) {
            return None;
        }
        let here = self.sentence(noun.head);
        // `As he raises his sword, the old man whispers`: not he.
        let begins = self.sentences.get(here).map_or(noun.first, |s| s.first);
        let same = |t: usize| {
            let class = self.text.class(t);
            let gender = class.has(Class::HE.with(Class::SHE)) && noun.she == Some(class.has(Class::SHE));
            gender && class.has(Class::NOMINATIVE)
        };
        let opens = self.text.class(begins).has(Class::SUBORD);
        if opens && noun.first > begins && (begins..noun.first).any(same) {
            return None;
        }
        let from = self.text.paras[place.para.saturating_sub(1)].first;
        let mentions = self.entities.between(from, noun.head);
        let near = || mentions.iter().rev().take(MEMORY);
        // `When Kim asks who she is, the woman smiles`: whom the sentence names is another.
        let named = |id: Id| near().any(|m| m.entity == id && self.sentence(m.first) == here);
        let mut fits: Vec<Id> = Vec::new();
        let mut here_fits = 0;
        // Where nobody near fits, whoever was told of shortly before.
        let early = self.text.paras[place.para.saturating_sub(3)].first;
        let before = self.entities.between(early, from);
        let any = |m: &&Mention| self.may_be(noun, m, place);
        let near_fits = near().any(|m| any(&m));
        let more = before.iter().rev().take(if near_fits { 0 } else { MEMORY });
        for mention in near().chain(more) {
            let id = mention.entity;
            if self.may_be(noun, mention, place) && !named(id) && !fits.contains(&id) {
                fits.push(id);
                here_fits += usize::from(self.text.para_of(mention.first) == place.para);
            }
        }
        // Who is told of in this paragraph is nearer than who was in the one before.
        if here_fits > 0 {
            fits.truncate(here_fits);
        }
        let old = ["old", "older", "elderly"]
            .iter()
            .any(|w| (noun.first..noun.head).any(|t| self.text.is(t, w)));
        let elder = |id: &Id| {
            self.is_kin(*id, ELDERS)
                || self.entities.all[*id]
                    .nouns
                    .iter()
                    .any(|n| ELDERS.contains(&n.as_str()))
        };
        if fits.len() > 1 && old {
            fits.retain(elder);
        }
        // `“Three years,” says Oh Gang. The woman nods`: who is known to be one.
        let known = |id: &Id| noun.she.is_some() && self.is_she(*id) == noun.she;
        if fits.len() > 1 && fits.iter().filter(|id| known(id)).count() == 1 {
            fits.retain(known);
        }
        // `Seven-year-old Kim … the girl`, not the woman who minds her.
        let child = |id: &Id| {
            let called = self.entities.all[*id].nouns.iter().any(|n| is_childs(n));
            called || self.is_kin(*id, &["daughter", "son", "granddaughter", "grandson"])
        };
        if is_childs(&noun.word) && !(fits.len() == 1 && child(&fits[0])) {
            let all = 0..self.entities.all.len().min(MANY);
            let agrees = |id: &Id| noun.she.is_none_or(|she| self.is_she(*id) != Some(!she));
            let known = |id: &Id| self.entities.all[*id].nature == Nature::Character && child(id) && agrees(id);
            let mut children = all.filter(|id| known(id) && !named(*id));
            if let (Some(one), None) = (children.next(), children.next()) {
                fits = vec![one];
            }
        }
        // `the man in the hat told him`: not the one of whom the sentence in front was.
        let told = self.text.is_one(noun.head + 1, words!["in", "with", "at", "behind"]);
        if told && fits.len() == 1 && place.focus.is_some_and(|(id, s)| id == fits[0] && s + 1 == here) {
            return None;
        }
        match fits[..] {
            [one] => sure(Speaker::One(self.whose_turn(one, noun, place)), 0.84),
            _ => None,
        }
    }

    /// `“…,” says the regent. ¶ The boy pulls his foot away.`: who has just spoken would be “he”, and the other one of the
    /// talk is not.
    fn whose_turn(&self, one: Id, noun: &Noun, place: Place<'_>) -> Id {
        let spoke = place
            .last
            .is_some_and(|(s, para)| *s == Speaker::One(one) && para + 1 == place.para);
        let other = place.other.filter(|id| {
            let role = self.entities.all[*id].nature == Nature::Character;
            role && *id != one && noun.she.is_none_or(|she| self.is_she(*id) != Some(!she))
        });
        other.filter(|_| spoke && noun.head > place.since).unwrap_or(one)
    }

    /// `Madam Bu has put them at one table. “…,” the innkeeper lies`: behind a line, a calling that nobody else came in by is
    /// that of whom the narrative in front of it tells.
    pub(in super::super) fn by_calling(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        const REACH: usize = 3;
        let text = self.text;
        let behind = noun.first >= place.quote.1 && place.quote.1 > place.quote.0;
        let calling = beings::is_somebodys(&noun.word) || beings::is_of_a_scene(&noun.word);
        let begins = text.paras[place.para].first;
        if !place.scene
            || !behind
            || !calling
            || noun.owned
            || !text.is(noun.first, "the")
            || noun.class.has(Class::PLURAL.with(Class::SOURCE).with(Class::PUBLIC))
            || place.quote.0 <= begins
            || self.was_new(noun)
        {
            return None;
        }
        let before = self.sentence(place.quote.0 - 1);
        let told = self.sentences.get(before).filter(|s| s.para == place.para)?;
        // `Kim knocks. “Go away,” says the landlord`: another, unless who has just come in may be one.
        let passer = noun.class.has(Class::PASSER);
        if passer && !self.comes_in_last(told.first, told.last) {
            return None;
        }
        // `the landlady warns him`: he is who was told of.
        let to = (noun.head + 1..noun.head + 1 + REACH)
            .find(|t| super::super::gender::is_object(text, *t) && text.class(*t).has(Class::HE.with(Class::SHE)))
            .map(|t| text.class(t).has(Class::SHE));
        let agrees = |she: Option<bool>, id: Id| she.is_none_or(|she| self.is_she(id) != Some(!she));
        let mut named: Vec<Id> = Vec::new();
        for mention in self.entities.between(told.first, place.quote.0) {
            let entity = &self.entities.all[mention.entity];
            let role = entity.nature == Nature::Character && !entity.name.starts_with(char::is_lowercase);
            if role && !mention.in_speech && agrees(noun.she, mention.entity) && !named.contains(&mention.entity) {
                named.push(mention.entity);
            }
        }
        let spoken_to = |id: Id| to.is_some_and(|she| self.is_she(id).is_none_or(|is| is == she));
        let fits = |id: Id| named.contains(&id) && !self.is_addressed(id, place);
        let choice = self.pick(noun.head, place, &fits, noun.she, true)?;
        let one = super::super::attribution::one(&choice).filter(|id| fits(*id))?;
        // `the grandmother tells her`: of two women either may speak.
        let of_two = || {
            let others = [
                place.other,
                place.last.and_then(|(s, _)| super::super::attribution::single(s)),
            ];
            noun.she == to && others.iter().flatten().any(|id| *id != one && self.is_she(*id) == to)
        };
        let alone = named.len() == 1;
        (!(alone && spoken_to(one)) || of_two()).then(|| sure(Speaker::One(one), 0.72))?
    }

    /// `He is greeted by Madam Bu (Kim), who slides a key across`: the last one of a sentence has come in there, and acts.
    fn comes_in_last(&self, first: usize, last: usize) -> bool {
        let named = self.entities.between(first, last).iter().rev();
        let mut roles = named.filter(|m| self.entities.all[m.entity].nature == Nature::Character && !m.in_speech);
        roles
            .next()
            .is_some_and(|m| self.comes_in(m) && self.goes_on_with_who(m))
    }

    /// `A woman opens the door. The woman says`: who came in without a name has none.
    pub(super) fn was_new(&self, noun: &Noun) -> bool {
        const REACH: usize = 200;
        const NOUNS: usize = 3;
        let text = self.text;
        (noun.head.saturating_sub(REACH)..noun.first).any(|t| {
            (text.is(t, "a") || text.is(t, "an"))
                && (t + 1..t + 1 + NOUNS).any(|n| text.is_same(n, &noun.word) && text.shape(n + 1) != Shape::Clitic)
                && !self.is_introduced(t, &noun.word)
        })
    }

    /// `a woman named Min Chae Won`, `Kim, a girl who`: the noun is somebody's with a name.
    fn is_introduced(&self, article: usize, word: &str) -> bool {
        const NEAR: usize = 6;
        let text = self.text;
        let apposed = text.is(article.wrapping_sub(1), ",");
        let named = (article + 1..article + NEAR)
            .skip_while(|t| !text.is_same(*t, word))
            .any(|t| text.is_one(t, words!["named", "called"]) || text.is(t, "("));
        apposed || named
    }

    /// Somebody of the story of that sex, to whom the words are not said.
    fn may_be(&self, noun: &Noun, mention: &Mention, place: Place<'_>) -> bool {
        let id = mention.entity;
        let entity = &self.entities.all[id];
        let agrees = noun.she.is_none_or(|she| match self.is_she(id) {
            Some(is) => is == she,
            None => self.leans(id).is_none_or(|leans| leans == she),
        });
        entity.nature == Nature::Character
            && !mention.in_speech
            && (!entity.name.starts_with(char::is_lowercase) || entity.actor.is_some())
            && agrees
            && !self.is_addressed(id, place)
            && !self
                .entities
                .between(place.quote.0, place.quote.1)
                .iter()
                .any(|m| m.entity == id)
    }
}
