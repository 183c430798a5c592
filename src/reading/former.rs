//! `The former`, `the latter`: which of two who were named together.

use super::entity::{Id, Mention, Nature};
use super::lexicon::Class;
use super::resolve::{Choice, MEMORY, Resolver, Speaker, sure};
use super::text::Shape;

impl Resolver<'_> {
    /// `Kim and Lee play an uncle and a nephew. According to the former`: of the last two that `and` joins.
    pub(super) fn one_of_two(&self, head: usize) -> Option<Choice> {
        let mentions = &self.entities.mentions[..self.entities.mention_from(head)];
        let latter = usize::from(self.text.is(head, "latter"));
        let somebody = |m: &Mention| self.entities.all[m.entity].is_somebody() && !m.in_speech;
        let joined = mentions.windows(2).rev().take(MEMORY).find(|pair| {
            pair.iter().all(somebody) && pair[0].last + 1 == pair[1].first && self.text.is(pair[0].last, "and")
        });
        // `Kim, who plays the grandson, and Lee, who plays a cook, laughed`: the only two in the sentence in front.
        let there = mentions
            .iter()
            .rev()
            .find(|m| somebody(m))
            .map(|m| self.sentence(m.first))?;
        let mut two: Vec<Id> = Vec::new();
        for mention in mentions
            .iter()
            .rev()
            .take(MEMORY)
            .take_while(|m| self.sentence(m.first) == there)
        {
            let real = somebody(mention) && self.entities.all[mention.entity].nature == Nature::Person;
            if real && self.text.shape(mention.last) != Shape::Clitic && !two.contains(&mention.entity) {
                two.insert(0, mention.entity);
            }
        }
        let near = joined.is_some_and(|pair| self.sentence(pair[0].first) == there);
        if let ([one, other], false) = (&two[..], near) {
            return sure(Speaker::One(if latter == 1 { *other } else { *one }), 0.88);
        }
        sure(Speaker::One(joined?[latter].entity), 0.92)
    }

    /// `When the former claimed that she had, the latter replied`: the former is “she”.
    pub(super) fn learn_of_former(&self, latter: usize) {
        const REACH: usize = 24;
        let text = self.text;
        let from = self.sentences[self.sentence(latter)]
            .first
            .max(latter.saturating_sub(REACH));
        let Some(former) = (from + 1..latter).find(|t| text.is(*t, "former") && super::noun::is_one_of_two(text, *t))
        else {
            return;
        };
        let pronoun = (former..latter).find(|t| {
            let class = text.class(*t);
            class.has(Class::NOMINATIVE) && !class.has(Class::THEY)
        });
        if let (Some(token), Some(choice)) = (pronoun, self.one_of_two(former)) {
            self.hear(&choice, text.class(token).has(Class::SHE));
        }
    }
}
