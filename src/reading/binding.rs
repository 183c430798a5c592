//! Whom a pronoun cannot be, and whom it likelier is, by the sentence in front: grammar rather than distance.
//!
//! The object of a clause is not its subject, an owner is not what they own, who was asked answers, and
//! who has just come in is spoken of. `score` weighs what is found here.

use super::entity::{Id, Mention};
use super::lexicon::Class;
use super::resolve::{MEMORY, Place, Resolver, Scored};
use super::text::Shape;

/// Further than this from a name its sentence is not looked at.
const LONG: usize = 40;

impl Resolver<'_> {
    /// `Kim had worked with him`: he is not Kim, of whom nothing else tells whether he is a man.
    pub(super) fn is_barred(&self, mention: &Mention, id: Id, here: usize, she: Option<bool>) -> bool {
        let there = self.sentence(mention.first);
        she.is_some_and(|she| {
            there < here
                && there + 2 >= here
                && (self.is_she(id).is_none() || self.is_listed(mention, &|_| true))
                && ((self.is_subject(mention) || self.text.word(mention.first.wrapping_sub(1)) == "(")
                    && self.has_object(mention, she)
                    || self.is_owned(mention, she))
        })
    }

    /// `His co-star Kim`: he is not Kim.
    fn is_owned(&self, mention: &Mention, she: bool) -> bool {
        let text = self.text;
        let class = if she { Class::SHE } else { Class::HE };
        (mention.first.saturating_sub(5)..mention.first)
            .rev()
            .take_while(|t| {
                (text.shape(*t) == Shape::Lower || text.class(*t).has(class))
                    && !text.class(*t).has(Class::PREP.with(Class::AUX))
            })
            .any(|t| text.class(t).has(class) && t + 1 < mention.first && !super::gender::is_object(text, t))
    }

    /// The only somebody whom its sentence names.
    pub(super) fn is_sole(&self, mention: &Mention) -> bool {
        self.sentences.get(self.sentence(mention.first)).is_some_and(|s| {
            self.entities
                .between(
                    s.first.max(mention.first.saturating_sub(LONG)),
                    s.last.min(mention.last + LONG),
                )
                .iter()
                .all(|m| m.entity == mention.entity || !self.entities.all[m.entity].is_somebody())
        })
    }

    /// One of several names that `and` joins.
    pub(super) fn is_listed(&self, mention: &Mention, fits: &dyn Fn(Id) -> bool) -> bool {
        let text = self.text;
        let somebody = |token: usize| {
            self.entities.covering(token).is_some_and(|m| {
                m.entity != mention.entity && self.entities.all[m.entity].is_somebody() && fits(m.entity)
            })
        };
        text.is(mention.last, "and") && somebody(mention.last + 1)
            || mention.first > 1 && text.is(mention.first - 1, "and") && somebody(mention.first - 2)
    }

    /// Behind a subject, in its clause, a pronoun of that gender that cannot be the subject.
    fn has_object(&self, mention: &Mention, she: bool) -> bool {
        let text = self.text;
        let class = if she { Class::SHE } else { Class::HE };
        let end = self
            .sentences
            .get(self.sentence(mention.first))
            .map_or(mention.last, |s| s.last.min(mention.last + LONG));
        // `, who had worked with him,` says as much as the clause around it.
        let relative = text.word(mention.last) == "," && text.is(mention.last + 1, "who");
        let skip = if relative { mention.last + 2 } else { mention.last };
        (skip..end)
            .take_while(|t| {
                text.shape(*t) != Shape::Mark
                    && text.word(*t) != ";"
                    && !(text
                        .class(*t)
                        .has(Class::CONJ.with(Class::SUBORD).with(Class::NOMINATIVE)))
                    && self.entities.covering(*t).is_none()
            })
            .any(|t| text.class(t).has(class) && super::gender::is_object(text, t))
    }

    /// Neither its paragraph nor the one in front has named it before.
    pub(super) fn comes_in(&self, mention: &Mention) -> bool {
        let para = self.text.para_of(mention.first);
        let from = self.text.paras[para.saturating_sub(1)].first;
        !self
            .entities
            .between(from, mention.first)
            .iter()
            .rev()
            .take(MEMORY)
            .any(|m| m.entity == mention.entity)
    }

    /// `Kim asked Lee what he had cooked`: the next to speak is Lee, not Kim.
    pub(super) fn asked(&self, mention: &Mention, here: usize) -> f32 {
        let text = self.text;
        let there = self.sentence(mention.first);
        let ask = |t: usize| {
            ["asked", "asks", "questioned", "questions", "quizzed"]
                .iter()
                .any(|w| text.is(t, w))
        };
        // `Kim asked, “…”` is for the quotes to tell.
        let reported = |from: usize| {
            self.sentences
                .get(there)
                .is_some_and(|s| (from..s.last.min(from + LONG)).all(|t| text.shape(t) != Shape::Mark))
        };
        if there + 1 != here {
            return 0.0;
        }
        let verb = mention.last + usize::from(text.class(mention.last).has(Class::ADV.with(Class::AUX)));
        if ask(verb) && self.is_subject(mention) && reported(verb) {
            return -2.0;
        }
        if mention.first > 0 && ask(mention.first - 1) && reported(mention.last) {
            return 1.2;
        }
        0.0
    }

    /// `Asked about Kim, … “She fell,”`: the one of whom a quote tells first is whom the words before it named last.
    pub(super) fn is_told_of(&self, mention: &Mention, here: usize, place: Place<'_>) -> bool {
        let text = self.text;
        let opens =
            text.class(place.quote.0 + 1).has(Class::NOMINATIVE) && !text.class(place.quote.0 + 1).has(Class::THEY);
        let there = self.sentence(mention.first);
        opens
            && place.quote.1 > place.quote.0 + 1
            && there + 2 >= here
            && (!self.is_subject(mention) || self.text.para_of(mention.first) != place.para)
            && self.entities.mentions[..self.entities.mention_from(place.quote.0)]
                .last()
                .is_some_and(|m| m.entity == mention.entity)
    }

    /// The sentence in front names the best and another who may be meant as well.
    pub(super) fn has_rival(&self, candidates: &[Scored], here: usize) -> bool {
        const NEAR: f32 = 3.0;
        let Some(sentence) = here.checked_sub(1).map(|n| self.sentences[n]) else {
            return false;
        };
        let from = sentence.first.max(sentence.last.saturating_sub(LONG));
        let named = |id: Id| {
            self.entities
                .between(from, sentence.last)
                .iter()
                .any(|m| m.entity == id && !m.in_speech)
        };
        named(candidates[0].id)
            && candidates[1..]
                .iter()
                .any(|c| c.score > candidates[0].score - NEAR && named(c.id) && self.is_she(c.id).is_none())
    }

    /// The sentence in front opens with a name that nobody bears.
    pub(super) fn is_unknown(&self, here: usize, place: Place<'_>) -> bool {
        let text = self.text;
        here.checked_sub(1)
            .map(|n| self.sentences[n])
            .filter(|s| s.para == place.para)
            .is_some_and(|s| {
                let word = text.word(s.first);
                word.split_once('-').is_some_and(|(first, last)| {
                    last.starts_with(char::is_lowercase)
                        && !text.class(s.first).is_english()
                        && super::lexicon::names::syllables(&first.to_ascii_lowercase()) > 0
                        && super::lexicon::names::syllables(last) > 0
                }) && text.tokens[s.first].is_capital()
                    && self.entities.covering(s.first).is_none()
                    && text.shape(s.first + 1) == Shape::Lower
            })
    }

    /// `“Then keep them, Captain”`: a role without a name is called by its noun.
    pub(super) fn is_addressed(&self, id: Id, place: Place<'_>) -> bool {
        let name = &self.entities.all[id].name;
        let noun = name.rsplit(' ').next().unwrap_or(name);
        name.starts_with(char::is_lowercase)
            && (place.quote.0 + 2..place.quote.1)
                .take(LONG)
                .any(|t| self.text.tokens[t].is_capital() && self.text.is(t, noun))
    }
}
