//! How sure it is that the likeliest of those who may be meant is meant.

use super::entity::Id;
use super::resolve::{MEMORY, Place, Resolver, Scored, Speaker};

impl Resolver<'_> {
    /// How sure the best candidate is: its lead over the second, and whether anything leaves it open.
    pub(super) fn sureness(
        &self,
        candidates: &[Scored],
        here: usize,
        place: Place<'_>,
        she: Option<bool>,
        scene: bool,
        barred: &[Id],
    ) -> f32 {
        let best = &candidates[0];
        let lead = candidates.get(1).map_or(3.0, |second| best.score - second.score);
        let known = she.is_none() || self.is_she(best.id).is_some();
        let mut sure =
            (0.56 + 0.17 * lead.min(2.0) + if known { 0.04 } else { 0.0 } + 0.02 * best.score.clamp(-4.0, 2.0))
                .clamp(0.2, 0.96);
        // Two of whom nothing tells who is “she”, named in one sentence: not for certain.
        if she.is_some() && !known && self.has_rival(candidates, here) {
            sure = sure.min(0.84);
        }
        // Another who may be meant as well: for certain only who is told of right here, and with a lead.
        const LEAD: f32 = 2.6;
        if self.has_equal(candidates, she) && (lead < LEAD || !self.is_at_hand(best.id, here, place)) {
            sure = sure.min(0.88);
        }
        // Of whom nothing tells who is “she”, and who is not spoken of right here: never for certain.
        if she.is_some() && !known && candidates.len() > 1 {
            sure = sure.min(0.89);
        }
        // `Gyu-sik looks away`: he may be somebody whom the article does not introduce.
        let open = self.is_unknown(here, place) || scene && self.is_far(candidates, here, place, barred);
        if she.is_some() && open { sure.min(0.5) } else { sure }
    }

    /// The sentence in front is about the best, or the best spoke last in this paragraph.
    fn is_at_hand(&self, best: Id, here: usize, place: Place<'_>) -> bool {
        let focus = place
            .focus
            .is_some_and(|(id, sentence)| id == best && sentence + 1 >= here);
        let spoke = place
            .last
            .is_some_and(|(s, para)| *s == Speaker::One(best) && para == place.para);
        let named = self.sentences.get(here).is_some_and(|s| {
            self.entities
                .between(s.first.max(place.quote.0.saturating_sub(40)), place.quote.0)
                .iter()
                .any(|m| m.entity == best && !m.in_speech)
        });
        focus || spoke || named
    }

    /// Another candidate of the same kind could be meant by the same word.
    fn has_equal(&self, candidates: &[Scored], she: Option<bool>) -> bool {
        const IN_SIGHT: f32 = -2.0;
        let nature = self.entities.all[candidates[0].id].nature;
        candidates[1..].iter().any(|c| {
            let gender = she.is_none_or(|she| self.is_she(c.id).or_else(|| self.leans(c.id)) != Some(!she));
            c.score > IN_SIGHT && gender && self.entities.all[c.id].nature == nature
        })
    }

    /// The best was last named long before another who may be meant as well.
    fn is_far(&self, candidates: &[Scored], here: usize, place: Place<'_>, barred: &[Id]) -> bool {
        const FAR: usize = 4;
        let before = |id: Id| {
            self.entities.mentions[..self.entities.mention_from(place.quote.0)]
                .iter()
                .rev()
                .take(MEMORY)
                .find(|m| m.entity == id && !m.in_speech)
                .map_or(0, |m| self.sentence(m.first))
        };
        let best = candidates[0].id;
        let told = before(best);
        place.focus.is_none_or(|(id, _)| id != best)
            && told + FAR <= here
            && candidates[1..].iter().any(|c| {
                !barred.contains(&c.id)
                    && self.entities.all[c.id].nature == self.entities.all[best].nature
                    && self.is_she(c.id).is_none()
                    && before(c.id) > told
            })
    }
}
