//! Candidates whom no name near a reference brings in: whom the sentence in front is about, and who spoke last.

use super::entity::{Id, Nature};
use super::lexicon::Class;
use super::resolve::{Place, Resolver, Scored, Speaker};

impl Resolver<'_> {
    /// `“She makes me repeat it”`: the only one who is known to be “she” is spoken of, and does not speak.
    pub(super) fn weigh_opening(&self, candidates: &mut [Scored], place: Place<'_>, speaker: Option<bool>) {
        const SPOKEN_OF: f32 = 2.0;
        let class = self.text.class(place.quote.0 + 1);
        if place.quote.1 <= place.quote.0 + 1 || !class.has(Class::NOMINATIVE) || class.has(Class::THEY) {
            return;
        }
        let she = Some(class.has(Class::SHE));
        // `“She writes well,” she said`: which of them, their order tells.
        if speaker == she {
            return;
        }
        let real = |id: Id| self.entities.all[id].nature == Nature::Person;
        let others = candidates.iter().any(|c| real(c.id) && self.is_she(c.id) != she);
        let mut same = candidates.iter_mut().filter(|c| real(c.id) && self.is_she(c.id) == she);
        if let (Some(one), None, true) = (same.next(), same.next(), others) {
            one.score -= SPOKEN_OF;
        }
    }

    /// The subject of the sentence in front counts as named there, even where it was “she”.
    pub(super) fn add_focus(
        &self,
        candidates: &mut Vec<Scored>,
        place: Place<'_>,
        fits: &dyn Fn(Id) -> bool,
        here: usize,
        she: Option<bool>,
    ) {
        let Some((id, there)) = place.focus else { return };
        let press = self.entities.all[id].nature == Nature::Character
            && !place.scene
            && (place.reported && she.is_some() || self.speaks_to_press(place.quote.1));
        if there >= here || self.has_had_its_say(id, here, place) || !fits(id) || press {
            return;
        }
        let entity = &self.entities.all[id];
        let mut score = 4.2 - 0.8 * (here - there).min(8) as f32
            + if there + 1 == here && self.sentences[there].para == place.para {
                0.8
            } else {
                0.0
            };
        score += if self.sentences[there].para == place.para {
            0.6
        } else {
            0.0
        };
        score += match (she, self.is_she(id)) {
            (Some(wanted), Some(known)) if wanted == known => 1.0,
            (Some(_), Some(_)) => -2.2,
            (Some(wanted), None) => match self.leans(id) {
                Some(leaning) if wanted == leaning => 0.4,
                Some(_) => -0.6,
                None => 0.0,
            },
            _ => 0.0,
        };
        score -= match (place.scene, entity.nature) {
            (false, Nature::Character) => 2.2,
            (true, Nature::Person) => 1.2,
            _ => 0.0,
        };
        match candidates.iter_mut().find(|c| c.id == id) {
            Some(candidate) => candidate.score = candidate.score.max(score),
            None => candidates.push(Scored { id, score }),
        }
    }

    /// `“It was blank,” he said` opens a paragraph of an interview: he is whom it is with, unless the words are of another “he”.
    pub(super) fn weigh_portrayed(&self, candidates: &mut [Scored], place: Place<'_>, with: Option<Id>) {
        const WITH: f32 = 2.0;
        let opens = place.quote.0 == self.text.paras[place.para].first;
        let told = self.text.class(place.quote.0 + 1);
        let of_another = told.has(Class::NOMINATIVE) && told.has(Class::HE.with(Class::SHE));
        let Some(id) = with.filter(|_| opens && !of_another) else {
            return;
        };
        if let Some(one) = candidates.iter_mut().find(|c| c.id == id) {
            one.score += WITH;
        }
    }

    /// Who spoke last goes on speaking, unless something speaks against it.
    pub(super) fn add_last(&self, candidates: &mut Vec<Scored>, place: Place<'_>, fits: &dyn Fn(Id) -> bool) {
        let Some((Speaker::One(id), para)) = place.last else {
            return;
        };
        if place.reply || !fits(*id) || !self.entities.all[*id].is_somebody() || place.para.saturating_sub(para) > 2 {
            return;
        }
        // A sentence about somebody else stands between.
        let over = place
            .focus
            .is_some_and(|(other, sentence)| other != *id && sentence > self.sentence(place.since));
        // `“I recognized you,” said Kim. “Why did you tip me so little?” cries the actress`.
        let asks = place.quote.1 > place.quote.0 + 2
            && self.text.is(place.quote.1.saturating_sub(2), "?")
            && (place.quote.0..place.quote.1).take(24).any(|t| self.text.is(t, "you"))
            && self.sentence(place.since) + 2 >= self.sentence(place.quote.0);
        let bonus = match (over, para == place.para) {
            _ if asks && !place.scene => -1.0,
            (true, _) => 0.2,
            (false, true) => 1.0,
            (false, false) => 0.8,
        };
        match candidates.iter_mut().find(|c| c.id == *id) {
            Some(candidate) => candidate.score += bonus,
            None => candidates.push(Scored {
                id: *id,
                score: 1.0 + bonus,
            }),
        }
    }
}
