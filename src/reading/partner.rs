//! `His co-star`, `her on-screen husband`, `his co-host`: another of those who act or host together.
//!
//! Whether a noun is one of these, `noun` says; who is meant by other nouns is for `epithet`.

use super::entity::{Id, Mention, Nature, Trade};
use super::epithet::Noun;
use super::lexicon::{self, Class, asked};
use super::print::words;
use super::resolve::{Choice, MANY, Place, Resolver, Speaker, sure};

/// Leads are named together in the first paragraphs.
const FEW: usize = 64;

impl Resolver<'_> {
    /// `his co-star`, `Kim’s co-star`: of the cast, and not whose co-star it is.
    pub(super) fn co_star(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        let class = self.text.class(noun.first);
        let owner = if class.has(Class::HE.with(Class::SHE)) {
            let she = class.has(Class::SHE);
            let cast = |id: Id| self.is_cast(id) && self.is_she(id).is_none_or(|s| s == she);
            // `“…,” Kim argued. “…!” objected his co-star`: who answers is not whose co-star that is.
            let owned = Place {
                reply: false,
                reacts: false,
                ..place
            };
            self.pick(noun.first, owned, &cast, Some(she), false)
                .and_then(|c| super::attribution::one(&c))
        } else {
            self.entities.covering(noun.first).map(|m| m.entity)
        };
        let she = noun.she.or_else(|| self.agreeing(noun.head, noun.first));
        let other =
            |id: Id| self.is_cast(id) && Some(id) != owner && she.is_none_or(|she| self.is_she(id) != Some(!she));
        // `Kim’s grandson in the drama`: who was told to play him.
        if !lexicon::lists(&noun.word).has(asked::PARTNERS)
            && let Some((id, _)) = self
                .told_to_be(noun)
                .filter(|(id, _)| other(*id) && !self.entities.all[*id].guest)
        {
            return sure(Speaker::One(id), 0.86);
        }
        if let Some(id) = owner.and_then(|owner| self.other_lead(owner)).filter(|id| other(*id)) {
            return sure(Speaker::One(id), 0.8);
        }
        let picked = self
            .pick(noun.head, place, &other, None, false)
            .filter(|c| super::attribution::one(c).is_some_and(other));
        picked.or_else(|| self.only_other(&other))
    }

    /// Whoever leads the drama beside one of its leads: of the cast, whom the article names with them first, or the two who are
    /// named first of all.
    fn other_lead(&self, owner: Id) -> Option<Id> {
        let all = &self.entities.all;
        let joined = |pair: &&[Mention]| {
            let (one, next) = (&pair[0], &pair[1]);
            let and = self.text.is(one.last, "and") || self.text.is(one.last, "&");
            and && next.first <= one.last + 2 && (one.entity == owner || next.entity == owner) && !one.in_speech
        };
        let mut pairs = self.entities.mentions.windows(2).take(FEW).filter(joined);
        let with = pairs.find_map(|pair| {
            let other = if pair[0].entity == owner {
                pair[1].entity
            } else {
                pair[0].entity
            };
            (other != owner && self.is_cast(other)).then_some(other)
        });
        if with.is_some() {
            return with;
        }
        let before = |than: usize| {
            let cast = (0..all.len().min(MANY)).filter(|id| self.is_cast(*id) && *id != owner);
            cast.filter(move |id| all[*id].first < than)
        };
        let other = before(usize::MAX).min_by_key(|id| all[*id].first)?;
        // Whom two others are named before leads nothing.
        (before(all[owner].first).count() < 2).then_some(other)
    }

    /// `“Kim did not get up until the evening.” The actor himself revealed`: of whom the words before have told.
    pub(super) fn one_himself(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        const REACH: usize = 60;
        let text = self.text;
        let himself = text.is_one(noun.head + 1, words!["himself", "herself"]);
        if !himself || place.scene || noun.class.has(Class::STAFF) {
            return None;
        }
        let from = place.since.max(noun.head.saturating_sub(REACH));
        let mut named = self.entities.between(from, noun.head).iter().rev();
        let told = named.find(|m| {
            let e = &self.entities.all[m.entity];
            m.in_speech && e.nature == Nature::Person && place.last.is_none_or(|(s, _)| *s != Speaker::One(m.entity))
        })?;
        noun.she
            .is_none_or(|she| self.is_she(told.entity) != Some(!she))
            .then_some(told.entity)
    }

    /// `The director turned to his lead, who said`: the one of the cast whom the headline or the article names first.
    pub(super) fn lead_of(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        let text = self.text;
        let lead = noun.word == "lead"
            || matches!(noun.word.as_str(), "man" | "lady") && text.is(noun.head.wrapping_sub(1), "leading");
        if !lead || !noun.owned && !text.is(noun.first, "the") || place.scene {
            return None;
        }
        // `the male lead`.
        let is = |word: &'static str| (noun.first..noun.head).any(|t| text.is(t, word));
        let she = if is("female") {
            Some(true)
        } else if is("male") {
            Some(false)
        } else {
            noun.she
        };
        let all = &self.entities.all;
        let cast = |id: &Id| self.is_cast(*id) && she.is_none_or(|she| self.is_she(*id) != Some(!she));
        let main = self.main.filter(|m| self.headlined && cast(m));
        // Who is known to be of that gender comes before who may be.
        let unsure = |id: Id| she.is_some() && self.is_she(id).is_none();
        main.or_else(|| {
            (0..all.len().min(MANY))
                .filter(cast)
                .min_by_key(|id| (unsure(*id), all[*id].first))
        })
    }

    /// `The heroine’s voice is heard`, of whom nobody is called so: the character of that gender who is told of first.
    pub(super) fn lead_role(&self, noun: &Noun) -> Option<Id> {
        let she = match noun.word.as_str() {
            "heroine" => true,
            "hero" => false,
            // `our girl`, `our boy`: whom a recap is fond of.
            "girl" | "gal" | "lady" | "woman" if self.text.is(noun.first, "our") => true,
            "boy" | "guy" | "man" | "lad" if self.text.is(noun.first, "our") => false,
            _ => return None,
        };
        let all = &self.entities.all;
        let role = |id: &Id| all[*id].nature == Nature::Character && self.is_she(*id) == Some(she);
        let roles = (0..all.len().min(MANY)).filter(role);
        roles.min_by_key(|id| {
            all[*id]
                .actor
                .map_or(all[*id].first, |actor| all[actor].first.min(all[*id].first))
        })
    }

    /// `His co-host took over`: the only other one who hosts.
    pub(super) fn co_host(&self, place: Place<'_>) -> Option<Choice> {
        let spoke = place.last.map(|(speaker, _)| speaker);
        let hosts = |id: &Id| {
            let e = &self.entities.all[*id];
            e.nature == Nature::Person && e.trade == Trade::Host && spoke != Some(&Speaker::One(*id))
        };
        let mut others = (0..self.entities.all.len().min(MANY)).filter(hosts);
        let one = others.next()?;
        others.next().is_none().then(|| sure(Speaker::One(one), 0.86))?
    }

    /// The only one of the cast whom the article names anywhere, in the headline too.
    fn only_other(&self, fits: &dyn Fn(Id) -> bool) -> Option<Choice> {
        let mut others = (0..self.entities.all.len().min(MANY)).filter(|id| fits(*id));
        match (others.next(), others.next()) {
            (Some(one), None) => sure(Speaker::One(one), 0.8),
            _ => None,
        }
    }
}
