//! What one of two says of the other: `“She taught me everything,” Kim said` makes the one whom the article tells of
//! beside Kim “she”.

use super::attribution::{Sieves, one};
use super::entity::{Id, Nature};
use super::lexicon::{Class, asked};
use super::resolve::Choice;

impl Sieves<'_> {
    /// Learns from the words of somebody known who the only other one told of is.
    pub(super) fn hear_of(&self, number: usize, choice: &Choice) {
        const SURE: f32 = 0.85;
        const REACH: usize = 30;
        let span = &self.spans.outer[number];
        let Some(speaker) = one(choice).filter(|_| choice.sure >= SURE) else {
            return;
        };
        let words = span.first()..span.close.min(span.first() + REACH);
        let pronoun = words.clone().find(|t| {
            let class = self.text.class(*t);
            class.has(Class::HE.with(Class::SHE))
        });
        let Some(pronoun) = pronoun else { return };
        // Whoever else the words tell of may be meant.
        let person = Class::FEMALE
            .with(Class::MALE)
            .with(Class::EPITHET)
            .with(Class::STORY)
            .with(Class::TITLE)
            .with(Class::STAFF);
        let others = (words.start..pronoun).any(|t| {
            let class = self.text.class(t);
            class.has(person) && !class.has(Class::HE.with(Class::SHE)) || self.text.word(t).ends_with("body")
        });
        let named = self.entities.between(words.start, pronoun);
        // `Kim elaborated on her character, explaining, “She bought a village”`: who is played.
        let para = self.text.paras[span.para];
        let of_role = || {
            para.asked.has(asked::ROLE)
                && (para.first..para.last.min(para.first + 120)).any(|t| self.text.is_like(t, asked::ROLE))
        };
        if others || named.iter().any(|m| self.entities.all[m.entity].is_somebody()) || of_role() {
            return;
        }
        if let Some(other) = self.only_other(span.para, speaker).or_else(|| self.one_of_two(speaker))
            && self.resolver.is_she(other).is_none()
        {
            let she = self.text.class(pronoun).has(Class::SHE);
            self.resolver.heard.borrow_mut().entry(other).or_insert(she);
        }
    }

    /// The other of the only two whom the article names.
    fn one_of_two(&self, speaker: Id) -> Option<Id> {
        const MANY: usize = 64;
        let all = &self.entities.all;
        let mut others = (0..all.len().min(MANY)).filter(|id| *id != speaker && all[*id].is_somebody());
        let other = others.next()?;
        (others.next().is_none() && all[other].nature == Nature::Person).then_some(other)
    }

    /// The only real person besides the speaker of whom this paragraph and the one before tell.
    fn only_other(&self, para: usize, speaker: Id) -> Option<Id> {
        const MANY: usize = 24;
        let text = self.text;
        let (first, last) = (text.paras[para.saturating_sub(1)].first, text.paras[para].last);
        let mut other = None;
        for mention in self
            .entities
            .between(first, last)
            .iter()
            .take(MANY)
            .filter(|m| !m.in_speech)
        {
            let id = mention.entity;
            let entity = &self.entities.all[id];
            match entity.nature {
                Nature::Person if id != speaker && other.is_none_or(|o| o == id) => other = Some(id),
                Nature::Person if id == speaker => {}
                Nature::Person | Nature::Character => return None,
                _ => {}
            }
        }
        other
    }
}
