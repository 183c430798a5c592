//! Whom `they`, `the two` and `all three` mean, and who speaks in unison.

use super::entity::{Id, Nature, Trade};
use super::lexicon::Class;
use super::print::words;
use super::resolve::{Choice, MANY, MEMORY, Place, Resolver, Speaker, sure};
use super::text::Shape;

impl Resolver<'_> {
    /// The last two people that one sentence named together.
    pub(super) fn plural(&self, token: usize, place: Place<'_>) -> Option<Choice> {
        let near = (token.saturating_sub(2)..=token).any(|t| self.text.is(t, "three") || self.text.is(t, "trio"));
        let together = self.in_unison(token);
        let three = near || together && self.tells_of_three(place);
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
        let leads = three || together || self.text.is_one(token, words!["leads", "stars", "actors"]);
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

    /// `they promised in unison`, `the cast shouts at the same time`, `they answered together`.
    fn in_unison(&self, token: usize) -> bool {
        const REACH: usize = 12;
        let text = self.text;
        let end = self.sentences.get(self.sentence(token)).map_or(token, |s| s.last);
        (token + 1..end.min(token + REACH)).any(|t| match text.initial(t) {
            b'i' => text.is(t, "in") && text.is_one(t + 1, words!["unison", "chorus", "sync"]),
            b'a' => text.is(t, "as") && text.is(t + 1, "one") || text.is(t, "at") && text.is(t + 2, "same"),
            b't' => text.is(t, "together") && matches!(text.sign(t + 1), b',' | b'.' | b':'),
            b's' => text.is(t, "simultaneously"),
            _ => false,
        })
    }

    /// `All three have new plans.`, in the paragraph or the one before it.
    fn tells_of_three(&self, place: Place<'_>) -> bool {
        const REACH: usize = 120;
        let text = self.text;
        let first = text.paras[place.para.saturating_sub(1)].first;
        let from = first.max(place.token.saturating_sub(REACH));
        (from..place.token).any(|t| text.is_one(t, words!["three", "trio", "threesome"]))
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
