//! Whom `they`, `the two` and `all three` mean.

use super::entity::{Id, Nature, Trade};
use super::lexicon::Class;
use super::print::words;
use super::resolve::{Choice, MANY, MEMORY, Place, Resolver, Speaker, sure};
use super::text::Shape;

impl Resolver<'_> {
    /// The last two people that one sentence named together.
    pub(super) fn plural(&self, token: usize, place: Place<'_>) -> Option<Choice> {
        let three = (token.saturating_sub(2)..=token).any(|t| self.text.is(t, "three") || self.text.is(t, "trio"));
        let wanted = if three { 3 } else { 2 };
        let mut sentence = usize::MAX;
        let mut group: Vec<Id> = Vec::new();
        for mention in self.entities.mentions[..self.entities.mention_from(token)]
            .iter()
            .rev()
            .take(if three { 4 * MEMORY } else { MEMORY })
        {
            let entity = &self.entities.all[mention.entity];
            if mention.in_speech
                || entity.trade == Trade::Host
                || !entity.is_somebody()
                || (entity.nature == Nature::Character) != place.scene
            {
                continue;
            }
            let here = self.sentence(mention.first);
            if here != sentence {
                if group.len() == wanted {
                    break;
                }
                group.clear();
                sentence = here;
            }
            if !group.contains(&mention.entity) {
                group.push(mention.entity);
            }
        }
        if group.len() != wanted
            && let Some(two) = (!three).then(|| self.of_one_surname(token)).flatten()
        {
            return sure(Speaker::Several(two), 0.8);
        }
        // `all three leads`: where the article has just as many.
        let leads = three || self.text.is_one(token, words!["leads", "stars", "actors"]);
        if group.len() != wanted && leads && !place.scene {
            group = self.all_who(Trade::Cast, wanted);
        }
        // `the two hosts`: where the article has just as many.
        if self.text.class(token).has(Class::HOST) {
            group = self.all_who(Trade::Host, wanted);
        }
        group.reverse();
        (group.len() == wanted).then_some(Choice {
            speaker: Speaker::Several(group),
            sure: 0.72,
            candidates: Vec::new(),
        })
    }

    /// The people of a trade, the last named first: one more than wanted says that there are too many.
    fn all_who(&self, trade: Trade, wanted: usize) -> Vec<Id> {
        let all = &self.entities.all;
        let mut group: Vec<Id> = (0..all.len().min(MANY))
            .filter(|id| all[*id].nature == Nature::Person && all[*id].trade == trade)
            .take(wanted + 1)
            .collect();
        group.sort_by_key(|id| std::cmp::Reverse(all[*id].first));
        group
    }

    /// `The two Lims were asked what they would do. “…,” they promised`: the people of that surname.
    fn of_one_surname(&self, token: usize) -> Option<Vec<Id>> {
        const REACH: usize = 60;
        let text = self.text;
        let first = text.paras[text.para_of(token)].first.max(token.saturating_sub(REACH));
        let several = |t: &usize| {
            text.is_capital(*t)
                && text.word(*t).ends_with('s')
                && text.is_one(t - 1, words!["two", "both", "the"])
                && text.shape(t - 1) == Shape::Lower
        };
        let name = (first + 1..token).rev().find(several)?;
        let key = super::entity::key(text.word(name).trim_end_matches('s'));
        let mut bearers: Vec<Id> = self.entities.named(&key).iter().map(|(id, _)| *id).collect();
        bearers.retain(|id| self.entities.all[*id].nature == Nature::Person);
        bearers.sort_by_key(|id| self.entities.all[*id].first);
        (bearers.len() == 2).then_some(bearers)
    }
}
