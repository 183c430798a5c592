//! Beats of a scene: who speaks behind a sentence in which nobody acts whom the article names.
//!
//! A thing that moves is somebody's: `The spoon falls from her grandmother’s hand. “…”`, `Lord Cha’s goblet hits the wall.
//! “…”`. Where it is nobody's, a new paragraph is the turn of the other one: `“…,” she says. ¶ The knife stops. “…”`. And
//! of two who talk, a calling that nobody came in by is the one who did not just speak: `The widow folds her hands`.

use super::super::attribution::{Rule, Sieves, keep, single};
use super::super::beings;
use super::super::entity::{Id, Nature};
use super::super::epithet::Noun;
use super::super::lexicon::{Class, asked};
use super::super::phrase::Reference;
use super::super::print::{Words, words};
use super::super::resolve::{Choice, MANY, Place, Resolver, Speaker, sure};
use super::super::sentence::Sentence;
use super::super::text::Shape;

/// A beat of more tokens tells a story of its own.
const LONGEST: usize = 40;
/// As many tokens of a noun phrase are looked through.
const PHRASE: usize = 4;

/// Who may be there without having been told of: `The guard clears his throat`.
const EXTRAS: Words = words![
    "soldier",
    "guard",
    "waiter",
    "waitress",
    "bartender",
    "officiant",
    "cashier",
    "servant",
    "maid",
    "crowd",
    "narrator",
    "caller",
    "attendant",
    "bodyguard",
    "driver",
    "nurse",
    "doctor",
    "officer",
    "stranger",
    "announcer",
    "host",
    "judge",
    "bailiff",
    "clerk",
    "messenger",
    "reporter",
    "other",
    "audience",
];

impl Sieves<'_> {
    /// Who speaks behind a sentence that nobody could be read from.
    pub(in super::super) fn behind_a_thing(
        &self,
        before: &Sentence,
        number: usize,
        place: Place<'_>,
    ) -> Option<(Rule, Option<Choice>)> {
        if !place.scene || before.last - before.first > LONGEST {
            return None;
        }
        if let Some(calling) = self.calling_acts(before) {
            let resolved = self.resolver.resolve(&calling, self.at(&calling, place));
            // `The dealer coughs.`: somebody else, of whom nothing is known.
            let choice = resolved.or_else(|| self.stranger_acts(&calling))?;
            let sure = (choice.sure - 0.06).min(0.84);
            return Some((Rule::Sentence, Some(Choice { sure, ..choice })));
        }
        if self.somebody_acts(before) {
            return None;
        }
        if let Some(owner) = self.whose_thing(before) {
            let choice = self.resolver.resolve(&owner, self.at(&owner, place))?;
            let sure = (choice.sure - 0.06).min(0.84);
            return Some((Rule::Sentence, Some(Choice { sure, ..choice })));
        }
        let (speaker, para) = place.last?;
        let own = self.spans.outer[number].para;
        let opens = before.first == self.text.paras[own].first;
        let last = single(speaker)?;
        let other = place.other.filter(|id| *id != last)?;
        (opens && para + 1 == own).then(|| (Rule::Answer, keep(&Speaker::One(other), 0.76)))
    }

    /// A pronoun or a name of somebody is the subject of anything there.
    fn somebody_acts(&self, sentence: &Sentence) -> bool {
        let text = self.text;
        let pronoun = (sentence.first..sentence.last).any(|t| text.class(t).has(Class::NOMINATIVE));
        let acts = |m: &super::super::entity::Mention| {
            let owns = text.shape(m.last) == Shape::Clitic;
            !m.in_speech
                && !owns
                && self.entities.all[m.entity].is_somebody()
                && !text.class(m.first.wrapping_sub(1)).has(Class::PREP)
        };
        // `A guard coughs.`
        let new = text.is_one(
            sentence.first,
            words!["a", "an", "another", "one", "the", "his", "her", "our"],
        );
        let noun = new && self.being_in(sentence.first + 1, sentence.last).is_some();
        pronoun || noun || self.entities.between(sentence.first, sentence.last).iter().any(acts)
    }

    /// `Her twin holds out her wrists.`, `The widow folds her hands.`: who opens the sentence by a calling.
    fn calling_acts(&self, sentence: &Sentence) -> Option<Reference> {
        let first = sentence.first;
        let opens = self.text.is_one(first, words!["the", "his", "her", "our"]);
        let head = self.being_in(first + 1, sentence.last).filter(|_| opens)?;
        let verb = head + 1 + usize::from(self.text.class(head + 1).has(Class::ADV));
        // `The dealer from next door coughs.`, not `The owner of the boat`.
        let goes_on = !self.text.class(verb).has(Class::CONJ) && !self.text.is(verb, "of");
        let acts = self.text.shape(verb) == Shape::Lower && goes_on;
        acts.then_some(Reference::Epithet { head, first })
    }

    fn stranger_acts(&self, calling: &Reference) -> Option<Choice> {
        match calling {
            Reference::Epithet { head, first } if self.text.is(*first, "the") => self.resolver.stranger_at(*head),
            _ => None,
        }
    }

    /// The noun of somebody within the first words, that owns nothing.
    fn being_in(&self, first: usize, last: usize) -> Option<usize> {
        let text = self.text;
        let near = first..last.min(first + PHRASE);
        near.take_while(|t| text.shape(*t) == Shape::Lower)
            .find(|t| self.is_being(*t))
            .filter(|t| text.shape(t + 1) != Shape::Clitic)
    }

    fn is_being(&self, token: usize) -> bool {
        let noun = self.text.word(token);
        beings::is_somebodys(noun) || beings::is_of_a_scene(noun) || self.entities.has_noun(noun)
    }

    /// `from her grandmother’s hand`, `Lord Cha’s goblet`, `down her wrist`: whose the thing is.
    fn whose_thing(&self, sentence: &Sentence) -> Option<Reference> {
        let text = self.text;
        let owners = || (sentence.first + 1..sentence.last - 1).filter(|t| text.shape(*t) == Shape::Clitic);
        // `The rain’s getting heavier`, `Tonight’s guests are`: nobody's.
        for clitic in owners() {
            if let Some(named) = self.entities.covering(clitic - 1).filter(|m| m.last == clitic) {
                return self.entities.all[named.entity]
                    .is_somebody()
                    .then(|| Reference::to(named));
            }
            let somebodys = self.is_being(clitic - 1);
            let article = (sentence.first.max(clitic.saturating_sub(PHRASE + 1))..clitic - 1)
                .rev()
                .find(|t| text.class(*t).has(Class::DET.with(Class::HE).with(Class::SHE)));
            if let Some(first) = article.filter(|_| somebodys && text.shape(clitic - 1) == Shape::Lower) {
                return Some(Reference::Epithet {
                    head: clitic - 1,
                    first,
                });
            }
        }
        // `The look on the face of Kim, who stands behind the screen, is priceless.`
        let of = (sentence.first + 1..sentence.last - 1)
            .filter(|t| text.is(*t, "of") && (text.is_in(t - 1, asked::BODY) || text.is(t - 1, "face")))
            .find_map(|t| self.entities.covering(t + 1).filter(|m| m.first == t + 1));
        if let Some(named) = of.filter(|m| self.entities.all[m.entity].is_somebody()) {
            return Some(Reference::to(named));
        }
        let owns = |t: &usize| {
            let class = text.class(*t);
            class.has(Class::HE.with(Class::SHE))
                && !class.has(Class::NOMINATIVE)
                && text.shape(t + 1) == Shape::Lower
                && !super::super::gender::is_object(text, *t)
        };
        let mut owned = (sentence.first..sentence.last - 1).filter(owns);
        let token = owned.next()?;
        let class = text.class(token);
        let alone = owned.all(|t| text.class(t).has(Class::SHE) == class.has(Class::SHE));
        alone.then_some(Reference::Pronoun { class, token })
    }

    /// Who speaks in a scene is of the story, by whatever name: the speaker, and who that is when it is one.
    pub(in super::super) fn of_the_scene(&self, number: usize, speaker: &Speaker) -> (Speaker, Option<Id>) {
        let scene = self
            .scenes
            .get(self.spans.outer[number].para)
            .copied()
            .unwrap_or_default();
        let speaker = match speaker {
            Speaker::One(id) if scene => Speaker::One(self.resolver.in_the_story(*id)),
            _ => speaker.clone(),
        };
        let who = single(&speaker);
        (speaker, who)
    }

    /// With whom somebody of the story talks, that is of it too, and with somebody else anybody.
    pub(in super::super) fn may_talk_with(&self, id: Id, who: Option<Id>) -> bool {
        let all = &self.entities.all;
        let story = who.is_some_and(|who| all[who].nature == Nature::Character);
        Some(id) != who && all[id].is_somebody() && (!story || all[id].nature == Nature::Character)
    }

    /// The other one of the only two of the story whom the article names.
    pub(in super::super) fn other_role(&self, who: Option<Id>) -> Option<Id> {
        let all = &self.entities.all;
        let who = who.filter(|id| all[*id].nature == Nature::Character)?;
        let named = |id: &Id| all[*id].nature == Nature::Character && !all[*id].name.starts_with(char::is_lowercase);
        let mut others = (0..all.len().min(MANY)).filter(|id| *id != who && named(id));
        let other = others.next()?;
        (others.next().is_none() && all[other].actor.is_some()).then_some(other)
    }
}

impl Resolver<'_> {
    /// `“…,” he says. ¶ The widow folds her hands. “…”`: of two who talk, a calling that nobody else came in by is the one
    /// who did not just speak.
    pub(in super::super) fn by_elimination(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        const PARAGRAPHS: usize = 2;
        const THIRD: usize = 1;
        let (text, all) = (self.text, &self.entities.all);
        let (Some((Speaker::One(last), para)), Some(other)) = (place.last, place.other) else {
            return None;
        };
        // `Her landlord’s reply is no less romantic: “…”`, where she spoke.
        let class = text.class(noun.first);
        let theirs = || {
            let family = super::super::kinship::is_relation(&noun.word);
            let known = || super::super::kinship::is_counterpart(&noun.word, &all[*last].nouns);
            class.has(Class::HE.with(Class::SHE))
                && (!family || known())
                && self.is_she(*last) == Some(class.has(Class::SHE))
        };
        let opens = text.is(noun.first, "the") && !noun.owned || noun.owned && theirs();
        let calling = opens && text.shape(noun.head) == Shape::Lower;
        let being = beings::is_somebodys(&noun.word) || beings::is_of_a_scene(&noun.word);
        if !place.scene
            || !calling
            || !being
            || para + 1 < place.para
            || *last == other
            || text.is_one(noun.head, EXTRAS)
            || text.is(noun.head + 1, "of")
            || noun.class.has(Class::PLURAL)
            || self.was_new(noun)
        {
            return None;
        }
        let role = |id: Id| all[id].nature == Nature::Character && !all[id].name.starts_with(char::is_lowercase);
        let fits = |id: Id| noun.she.is_none_or(|she| self.is_she(id) != Some(!she));
        // Who is called so is nobody else.
        let called = all[*last].nouns.contains(&noun.word);
        let from = text.paras[place.para.saturating_sub(PARAGRAPHS)].first;
        let near = text.paras[place.para.saturating_sub(THIRD)].first;
        let third = self
            .entities
            .between(near, noun.head)
            .iter()
            .any(|m| !m.in_speech && role(m.entity) && m.entity != *last && m.entity != other);
        // `The gambler stares at the cards. … The dealer coughs.`: who goes by a noun already is another.
        let by_noun = |m: &super::super::entity::Mention| {
            m.entity == other
                && !m.in_speech
                && text.shape(m.first) == Shape::Lower
                && !text.is_same(m.first, &noun.word)
        };
        // Who is not told of here is not there, unless there are but two.
        let named = |m: &super::super::entity::Mention| m.entity == other && !m.in_speech;
        let two = || {
            let mut roles = (0..all.len().min(MANY)).filter(|id| role(*id));
            roles.by_ref().take(2).count() == 2 && roles.next().is_none()
        };
        if !self.entities.between(from, noun.first).iter().any(named) && !two() {
            return None;
        }
        // `Kim slams the clock onto the counter. The owner does not look up.`: Kim has just acted.
        let here = self.sentence(noun.head);
        let acted = place.focus.is_some_and(|(id, s)| {
            id == other
                && s + 1 == here
                && self.sentences[s].para == place.para
                && self.sentences[s].first > place.since
        });
        let third = third || acted || self.entities.between(from, noun.first).iter().any(by_noun);
        (role(*last) && role(other) && fits(other) && !called && !third)
            .then(|| sure(Speaker::One(other), 0.74))
            .flatten()
    }
}
