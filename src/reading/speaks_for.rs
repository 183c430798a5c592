//! Who speaks for a company: `the agency`, `his label`, `the actress’s agency`, `both agencies`, `the production company`,
//! `the official`.

use super::entity::{Id, Mention, Nature, Trade};
use super::lexicon::Class;
use super::lexicon::trades::MAKER;
use super::phrase::body_behind;
use super::print::words;
use super::resolve::{Choice, LOOK, MANY, Place, Resolver, Speaker, UNSURE, sure};
use super::text::Shape;
use crate::model::QuoteKind;

impl Resolver<'_> {
    /// `An MBC official said …` and then `the official`.
    fn official_of(&self, token: usize) -> Option<Id> {
        const STEM: usize = 3;
        let stem = self.text.word(token).get(..STEM)?;
        let before = (token.saturating_sub(LOOK)..token)
            .rev()
            .find(|t| *t > 0 && self.text.class(*t).has(Class::SOURCE) && self.text.word(*t).starts_with(stem))?;
        // `a representative from ENA`.
        let of = self.text.is_one(before + 1, words!["of", "from", "at"]);
        let owner = self.entities.covering(if of { before + 2 } else { before - 1 })?.entity;
        matches!(self.entities.all[owner].nature, Nature::Company | Nature::Station).then_some(owner)
    }

    /// `According to an industry official, …` and then `the official`: of no company that the article names.
    fn official_of_nobody(&self, token: usize) -> Option<String> {
        const NEAR: usize = 3;
        let text = self.text;
        let before = (token.saturating_sub(LOOK)..token)
            .rev()
            .find(|t| text.class(*t).has(Class::SOURCE) && text.word(*t) == text.word(token))?;
        if let Some(body) = body_behind(text, before + 1, token) {
            return Some(text.slice(body.start, body.end).to_lowercase());
        }
        let article = (before.saturating_sub(NEAR)..before)
            .rev()
            .find(|t| text.is(*t, "a") || text.is(*t, "an"))?;
        let lower = (article..before).all(|t| text.shape(t) == Shape::Lower);
        let industry = text.is_one(
            before - 1,
            words!["industry", "broadcasting", "television", "entertainment"],
        );
        (lower && industry).then(|| text.slice(article + 1, before + 1).to_lowercase())
    }

    /// All agencies of the article, where they are few: `both agencies`.
    pub(super) fn agencies(&self, token: usize) -> Option<Choice> {
        const FEW: usize = 3;
        let all = &self.entities.all;
        let named: Vec<Id> = (0..all.len().min(MANY))
            .filter(|id| all[*id].nature == Nature::Company && all[*id].trade == Trade::Cast)
            .take(FEW + 1)
            .collect();
        if (2..=FEW).contains(&named.len()) {
            return sure(Speaker::Several(named), 0.88);
        }
        let role = self.text.word(token).to_ascii_lowercase();
        sure(
            Speaker::Unnamed {
                role,
                kind: QuoteKind::Agency,
            },
            UNSURE,
        )
    }

    pub(super) fn agency(&self, owner: Option<Id>, token: usize, place: Place<'_>) -> Option<Choice> {
        if let Some(owner) = owner {
            return match self.entities.all[owner].agency {
                Some(agency) => sure(Speaker::One(agency), 0.95),
                None => sure(Speaker::AgencyOf(owner), 0.9),
            };
        }
        if self.text.is(token.wrapping_sub(1), "production") {
            return self.production_company(token);
        }
        if let Some(owner) = self.epithet_in_front(token, place) {
            return match self.entities.all[owner].agency {
                Some(agency) => sure(Speaker::One(agency), 0.92),
                None => sure(Speaker::AgencyOf(owner), 0.85),
            };
        }
        let possessive = self.text.class(token.wrapping_sub(1)).has(Class::HE.with(Class::SHE));
        if possessive {
            let class = self.text.class(token - 1);
            let whose = self.pick(
                token,
                place,
                &|e| self.gender_fits(e, class),
                class.has(Class::SHE).then_some(true).or(Some(false)),
                false,
            )?;
            let Speaker::One(owner) = whose.speaker else {
                return None;
            };
            return match self.entities.all[owner].agency {
                Some(agency) => sure(Speaker::One(agency), 0.92),
                None => Some(Choice {
                    speaker: Speaker::AgencyOf(owner),
                    sure: whose.sure.min(0.85),
                    candidates: whose.candidates,
                }),
            };
        }
        let voice = !self.text.class(token).has(Class::AGENCY);
        if let Some(owner) = self.represented(token, place) {
            return match self.entities.all[owner].agency {
                Some(agency) => sure(Speaker::One(agency), 0.92),
                None => sure(Speaker::AgencyOf(owner), 0.85),
            };
        }
        if let Some(role) = self.official_of_nobody(token).filter(|_| voice) {
            let kind = QuoteKind::Other;
            return sure(Speaker::Unnamed { role, kind }, 0.8);
        }
        if let Some(id) = self.official_of(token).filter(|_| voice) {
            return sure(Speaker::One(id), 0.9);
        }
        // `told the outlet News K`: an outlet has no agency's voice.
        let outlet = |m: &super::entity::Mention| {
            let noun = m.first.wrapping_sub(1);
            self.text.class(noun).has(Class::OUTLET) && self.text.shape(noun) == Shape::Lower
        };
        let company = self
            .recent(token)
            .into_iter()
            .find(|m| self.entities.all[m.entity].nature == Nature::Company && !outlet(m));
        // `The broadcaster, ENA, is looking into it. “…,” an official said`: the one that the paragraph tells of.
        let here = self.text.paras[self.text.para_of(token)].first;
        let bodies = self.entities.between(here, token).iter().rev();
        let mut bodies = bodies.filter(|m| !m.in_speech && !outlet(m) && !self.entities.all[m.entity].is_somebody());
        let station = bodies
            .next()
            .filter(|m| self.entities.all[m.entity].nature == Nature::Station);
        if let Some(station) = station.filter(|_| voice) {
            return sure(Speaker::One(station.entity), 0.88);
        }
        if let Some(company) = company {
            return sure(Speaker::One(company.entity), 0.92);
        }
        if voice {
            let role = self.text.word(token).to_ascii_lowercase();
            let kind = if role.starts_with("rep") || role.starts_with("spokes") {
                QuoteKind::Agency
            } else {
                QuoteKind::Other
            };
            return sure(Speaker::Unnamed { role, kind }, 0.75);
        }
        let whose = self
            .recent(token)
            .into_iter()
            .find(|m| self.entities.all[m.entity].nature == Nature::Person)
            .map(|m| m.entity)
            .or(self.main)?;
        sure(Speaker::AgencyOf(whose), 0.85)
    }

    /// `a representative of the actress`: for whom they speak.
    fn represented(&self, token: usize, place: Place<'_>) -> Option<Id> {
        let text = self.text;
        let noun = token + 3;
        let of = text.is(token + 1, "of") || text.is(token + 1, "for");
        if !of
            || !text.is(token + 2, "the")
            || !text.class(noun).has(Class::EPITHET)
            || text.class(noun).has(Class::PLURAL)
        {
            return None;
        }
        let choice = self.epithet(noun, token + 2, place)?;
        super::attribution::one(&choice).filter(|id| self.entities.all[*id].nature == Nature::Person)
    }

    /// `At tvN, the mood is calmer. “…,” a spokesperson for the channel said`: the one that its paragraph names.
    pub(super) fn station_told_of(&self, place: Place<'_>) -> Option<Id> {
        let first = self.text.paras.get(place.para)?.first;
        let named = self.entities.between(first, place.quote.0.max(first)).iter().rev();
        named
            .map(|m| m.entity)
            .find(|id| self.entities.all[*id].nature == Nature::Station)
    }

    /// `A representative of Mono TV`, `an SBS official`, in the sentence in front: the house for which they spoke.
    pub(super) fn spoken_for(&self, from: usize, token: usize, place: Place<'_>) -> Option<Id> {
        const REACH: usize = 48;
        let text = self.text;
        let sentence = self.sentence(token.min(place.quote.0)).checked_sub(1)?;
        let first = self.sentences.get(sentence)?.first.max(from);
        let source = |t: &usize| text.class(*t).has(Class::SOURCE) && text.shape(*t) == Shape::Lower;
        let source = (first..token.min(first + REACH)).find(source)?;
        let house = |m: &&Mention| !m.in_speech && !self.entities.all[m.entity].is_somebody();
        let before = || {
            self.entities
                .covering(source.checked_sub(1)?)
                .filter(|m| m.last == source)
        };
        let behind = || {
            let of = text.is_one(source + 1, words!["of", "from", "at", "for"]);
            self.entities
                .covering(source + 2)
                .filter(|m| of && m.first == source + 2)
        };
        before().or_else(behind).filter(house).map(|m| m.entity)
    }

    /// `the actress’s agency`: whose agency it is, where a noun says so.
    fn epithet_in_front(&self, token: usize, place: Place<'_>) -> Option<Id> {
        const LONGEST: usize = 4;
        let clitic = token.checked_sub(1).filter(|t| self.text.shape(*t) == Shape::Clitic)?;
        let head = clitic.checked_sub(1)?;
        let first = (head.saturating_sub(LONGEST)..head)
            .rev()
            .find(|t| self.text.is(*t, "the"))?;
        let choice = self.epithet(head, first, place)?;
        super::attribution::one(&choice).filter(|id| self.entities.all[*id].is_somebody())
    }

    /// `the production company said`: the one that is named as such, or one without a name.
    fn production_company(&self, token: usize) -> Option<Choice> {
        let all = &self.entities.all;
        let maker = |id: Id| all[id].nature == Nature::Company && all[id].trade == Trade::Host;
        let named = self.recent(token).into_iter().find(|m| maker(m.entity));
        match named {
            Some(mention) => sure(Speaker::One(mention.entity), 0.9),
            None => sure(
                Speaker::Unnamed {
                    role: MAKER.to_owned(),
                    kind: QuoteKind::Agency,
                },
                0.85,
            ),
        }
    }
}
