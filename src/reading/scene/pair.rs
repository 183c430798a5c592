//! A scene is mostly of two: who was “she” last, and who “he”, stays so until somebody else comes in.
//!
//! What `score` weighs by distance is told here by what a scene is: who was told of last by the pronoun goes on, the only one
//! whom the sentence in front names is meant, and `the two` are the leads.

use super::super::attribution::Sieves;
use super::super::entity::{Id, Mention, Nature};
use super::super::lexicon::Class;
use super::super::print::{Words, words};
use super::super::resolve::{MANY, Place, Resolver, Scored, Speaker};
use super::super::sentence;
use super::super::text::{Shape, Text};
use crate::model::ParagraphKind;

/// Who was told of last as “he” and as “she”.
pub(in super::super) type Pair = [Option<Told>; 2];

/// Whom a pronoun of a scene meant last.
#[derive(Clone, Copy)]
pub(in super::super) struct Told {
    id: Id,
    /// Behind which token.
    at: usize,
    /// Where another of the same sex was told of before.
    rival: Option<usize>,
}

/// So far ahead of the others is who goes on.
const LEAD: f32 = 1.2;
/// So far back nobody is in mind any more, in tokens.
const LONG: usize = 160;

impl Resolver<'_> {
    /// Weighs who may be meant by “he” or “she” in a scene.
    pub(in super::super) fn weigh_pair(
        &self,
        candidates: &mut Vec<Scored>,
        token: usize,
        place: Place<'_>,
        she: Option<bool>,
        (fits, barred): (&dyn Fn(Id) -> bool, &[Id]),
    ) {
        let pronoun = self.text.class(token).has(Class::NOMINATIVE);
        let Some(she) = she.filter(|_| place.scene) else {
            return;
        };
        let before = token.min(place.quote.0);
        if !pronoun {
            // `Her fingers hover over the keys.`
            if self.text.class(token).has(Class::HE.with(Class::SHE)) {
                self.weigh_unknown(candidates, before, place, she);
            }
            return;
        }
        let quoted = |id: Id| {
            let line = self.entities.between(place.quote.0, place.quote.1);
            line.iter().any(|m| m.entity == id)
        };
        let may = |id: &Id| {
            fits(*id)
                && !barred.contains(id)
                && !quoted(*id)
                && !self.has_had_its_say(*id, self.sentence(before), place)
        };
        let goes_on = (self.who_enters(before, place, she)).or_else(|| self.goes_on_as(before, place, she));
        let lead = || self.lead_of_two(before, place, she);
        if let Some(id) = goes_on.filter(may).or_else(|| lead().filter(may)) {
            raise(candidates, id);
        } else if let Some(id) = self.only_one_in_front(before, place, she).filter(may)
            && let Some(one) = candidates.iter_mut().find(|c| c.id == id)
        {
            one.score += LEAD;
        }
        self.weigh_unknown(candidates, before, place, she);
    }

    /// `“It’s from our first meal,” he says. ¶ She reads it. “…”`: she is who was “she” before, as nobody else was named.
    fn goes_on_as(&self, before: usize, place: Place<'_>, she: bool) -> Option<Id> {
        let Told { id, at, rival } =
            place.pair[usize::from(she)].filter(|told| told.at <= before && before - told.at <= LONG)?;
        // Both were told of in one paragraph: which of them goes on, the pronoun does not tell.
        let moved = self.text.para_of(at) != self.text.para_of(before);
        if moved && rival.is_some_and(|rival| self.text.para_of(rival) == self.text.para_of(at)) {
            return None;
        }
        let other = place.pair[usize::from(!she)].map(|told| told.id);
        // Whom nobody is known to play, and who plays nobody, may be somebody of the story too.
        let another = |m: &Mention| {
            let who = self.in_the_story(m.entity);
            !m.in_speech
                && who != id
                && Some(who) != other
                && self.entities.all[who].is_somebody()
                && self.is_she(who) != Some(!she)
        };
        let class = if she { Class::MALE } else { Class::FEMALE };
        let stranger = place
            .stranger
            .is_some_and(|(head, _)| head >= at && !self.text.class(head).has(class));
        let new = self.entities.between(at, before).iter().any(another);
        (!new && !stranger).then_some(id)
    }

    /// `The door is kicked in by Kim, played by Lee. “Sing for me,” he purrs`, `In walks Kim. “…,” he says`: who comes in at the
    /// end of the sentence in front.
    fn who_enters(&self, before: usize, place: Place<'_>, she: bool) -> Option<Id> {
        const TITLES: usize = 3;
        let text = self.text;
        let here = self.sentence(before);
        let front = self
            .sentences
            .get(here.checked_sub(1)?)
            .filter(|s| s.para == place.para)?;
        let role = |m: &&Mention| !m.in_speech && self.entities.all[m.entity].nature == Nature::Character;
        let named = self.entities.between(front.first, front.last);
        let one = named.iter().rev().find(role)?;
        // `Elsewhere, her first love Kim adds fuel to the fire. He tells them`.
        let alone = named.iter().filter(role).all(|m| m.entity == one.entity);
        let acts = alone && text.shape(one.last) != Shape::Clitic && self.is_her_own(one, front.first);
        let mut at = one.last;
        if text.is(at, "(") {
            at = (at..front.last).find(|t| text.is(*t, ")"))? + 1;
        } else if text.is(at, ",") && text.is_one(at + 1, words!["played", "portrayed"]) {
            at = front.last.checked_sub(1)?;
        }
        let closes = at + 1 >= front.last;
        let title = |t: &usize| text.class(*t).has(Class::TITLE.with(Class::STORY).with(Class::DET));
        let opens = (one.first.saturating_sub(TITLES)..one.first)
            .rev()
            .find(|t| !title(t))?;
        let enters = text.is(opens, "by")
            || text.is_one(
                opens,
                words![
                    "walks", "steps", "enters", "comes", "strides", "bursts", "stands", "sits", "appears"
                ],
            );
        let fits = self.is_she(one.entity) != Some(!she);
        ((closes && enters || acts) && self.comes_in(one) && fits).then_some(one.entity)
    }

    /// `Elsewhere, her first love Kim (Lee) adds`: nothing but a place and nouns stands in front of the name of a subject.
    fn is_her_own(&self, mention: &Mention, first: usize) -> bool {
        const NOUNS: usize = 6;
        let text = self.text;
        let none = Class::PREP
            .with(Class::AUX)
            .with(Class::CONJ)
            .with(Class::SUBORD)
            .with(Class::NOMINATIVE);
        let behind = super::super::bracket::behind(text, mention.last);
        let verb = text.shape(behind) == Shape::Lower && text.word(behind).ends_with('s');
        let from = if text.is(first + 1, ",") { first + 2 } else { first };
        let nouns = mention.first.checked_sub(from).is_some_and(|n| n <= NOUNS);
        let plain = |t: usize| text.shape(t) != Shape::Punct && !text.class(t).has(none);
        verb && nouns && (from..mention.first).all(plain)
    }

    /// `That night the king sought out Kim. She had made tea`: whom alone the sentence in front names, and who is not its
    /// subject’s equal.
    fn only_one_in_front(&self, before: usize, place: Place<'_>, she: bool) -> Option<Id> {
        let here = self.sentence(before);
        let front = self.sentences.get(here.checked_sub(1)?)?;
        let own = self.sentences.get(here)?;
        if front.para != own.para {
            return None;
        }
        let class = if she { Class::SHE } else { Class::HE };
        let same = |t: usize| self.text.class(t).has(class) && self.text.class(t).has(Class::NOMINATIVE);
        if (front.first..front.last.min(front.first + LONG)).any(same) {
            return None;
        }
        let mut fits = self.entities.between(front.first, front.last).iter().filter(|m| {
            !m.in_speech
                && self.entities.all[m.entity].nature == Nature::Character
                && self.is_she(m.entity) != Some(!she)
        });
        let one = fits.next()?;
        let alone = fits.all(|m| m.entity == one.entity);
        // `Confronted by Kim, the lawyer breaks down`: who acts is another.
        let agent = self
            .text
            .is_one(one.first.wrapping_sub(1), words!["by", "with", "of", "about", "from"]);
        let owner = agent || self.text.shape(one.last) == Shape::Clitic;
        let rival = place
            .focus
            .is_some_and(|(id, s)| s + 1 == here && id != one.entity && self.is_she(id) != Some(!she));
        // `Elsewhere, Kim adds fuel to the fire. He tells them`: whoever the sentence is about, if nothing tells otherwise.
        let fits = self.is_she(one.entity) == Some(she) || self.comes_in(one) && self.is_subject(one);
        (alone && !owner && !rival && fits).then_some(one.entity)
    }

    /// `Finally Kim remarks, “…” ¶ “I had a brother,” she says`: who spoke last, of whom nothing tells whether it is “she”, is
    /// not she where the other one of the scene is.
    fn weigh_unknown(&self, candidates: &mut [Scored], before: usize, place: Place<'_>, she: bool) {
        const UNKNOWN: f32 = 6.0;
        let Some((Speaker::One(last), para)) = place.last else {
            return;
        };
        let spoke = self.sentence(place.since);
        if self.is_she(*last).is_some() || self.sentence(before) <= spoke {
            return;
        }
        let again = self
            .entities
            .between(place.since, before)
            .iter()
            .any(|m| m.entity == *last && !m.in_speech && self.sentence(m.first) > spoke + 1);
        let pair = place.pair[usize::from(she)].map(|told| told.id);
        let is = |c: &Scored| {
            let role = self.entities.all[c.id].nature == Nature::Character;
            role && c.id != *last && self.is_she(c.id) == Some(she)
        };
        // `“Play something,” says the smuggler. ¶ Her fingers hover over the keys.`: of two of whom nothing tells which is
        // “she”, a new paragraph is the other’s.
        let opens = self.text.paras[place.para].first;
        let turn = para + 1 == place.para && self.sentences[self.sentence(before)].first == opens;
        let either = |c: &Scored| {
            let role = self.entities.all[c.id].nature == Nature::Character;
            role && turn && place.other == Some(c.id) && self.is_she(c.id).is_none()
        };
        // The only one who is known to be “she” need not have been told of lately.
        let alone = candidates.iter().filter(|c| is(c)).count() == 1;
        let known = |c: &Scored| is(c) && (alone || place.other == Some(c.id) || pair == Some(c.id)) || either(c);
        if !again
            && candidates.iter().any(known)
            && let Some(one) = candidates.iter_mut().find(|c| c.id == *last)
        {
            one.score -= UNKNOWN;
        }
    }

    /// `The two are hiding in a chest. “…,” she whispers`, `4. The bus stop ¶ He has a job waiting; she has a ticket`: nobody is
    /// named, and everybody knows whom it is about.
    fn lead_of_two(&self, before: usize, place: Place<'_>, she: bool) -> Option<Id> {
        const REACH: usize = 60;
        const TWO: Words = words!["two", "couple", "pair", "duo", "leads", "lovers", "exes"];
        const SECTION: usize = 2;
        let text = self.text;
        let para = text.paras[place.para].first;
        let from = para.max(before.saturating_sub(REACH));
        let two = (from + 1..before)
            .rev()
            .find(|t| text.is_one(*t, TWO) && text.is_one(t - 1, words!["the", "our"]));
        let section = || {
            let heading = (place.para.saturating_sub(SECTION)..place.para)
                .rev()
                .find(|p| is_heading(text, *p))?;
            Some(text.paras[heading].first)
        };
        let from = two.or_else(section)?;
        let somebody = |m: &Mention| !m.in_speech && self.entities.all[m.entity].is_somebody();
        let person = Class::STORY
            .with(Class::TITLE)
            .with(Class::EPITHET)
            .with(Class::FEMALE)
            .with(Class::MALE);
        let noun = |t: usize| text.class(t).has(person) && !text.class(t).has(Class::HE.with(Class::SHE));
        let told = self.entities.between(from, before).iter().any(somebody) || (from + 1..before).any(noun);
        if told { None } else { self.lead(she) }
    }

    /// The character of that sex of whom the article tells most.
    fn lead(&self, she: bool) -> Option<Id> {
        const MENTIONS: usize = 256;
        let mut told = [0_u16; MANY];
        for mention in self.entities.mentions.iter().take(MENTIONS) {
            if let Some(count) = told.get_mut(mention.entity) {
                *count += 1;
            }
        }
        let all = &self.entities.all;
        let is =
            |id: &Id| all[*id].nature == Nature::Character && all[*id].actor.is_some() && self.is_she(*id) == Some(she);
        let mut leads: Vec<Id> = (0..all.len().min(MANY)).filter(is).collect();
        leads.sort_by_key(|id| std::cmp::Reverse(told[*id]));
        match leads[..] {
            [one] => Some(one),
            [one, two, ..] if told[one] > told[two] => Some(one),
            _ => None,
        }
    }
}

/// A paragraph that is a heading, by its kind or by its look.
pub(in super::super) fn is_heading(text: &Text, para: usize) -> bool {
    text.paras.get(para).is_some_and(|p| {
        let marked = || (p.first..p.last).any(|t| text.shape(t) == Shape::Mark);
        p.kind == ParagraphKind::Heading || super::is_short(text, p) && !marked()
    })
}

fn raise(candidates: &mut Vec<Scored>, id: Id) {
    let others = candidates.iter().filter(|c| c.id != id).map(|c| c.score);
    let floor = others.fold(0.0, f32::max) + LEAD;
    match candidates.iter_mut().find(|c| c.id == id) {
        Some(one) => one.score = one.score.max(floor),
        None => candidates.push(Scored { id, score: floor }),
    }
}

impl Sieves<'_> {
    /// Who speaks or is told of in a scene is its “he” or its “she” from there on.
    pub(in super::super) fn pair_up(&self, id: Id, token: usize, pair: &mut Pair) {
        let para = self.text.para_of(token);
        let scene = self.scenes.get(para).copied().unwrap_or_default();
        let story = scene && self.entities.all[id].nature == Nature::Character;
        if let Some(she) = self.resolver.is_she(id).filter(|_| story) {
            let before = pair[usize::from(she)];
            let rival = before.and_then(|told| if told.id == id { told.rival } else { Some(told.at) });
            pair[usize::from(she)] = Some(Told { id, at: token, rival });
        }
    }

    /// The sentence at which a new section of a retelling begins, between the last quote and this one.
    pub(in super::super) fn opens_section(&self, number: usize, last: Option<usize>) -> Option<usize> {
        let para = self.spans.outer[number].para;
        if !self.scenes.get(para).copied().unwrap_or_default() {
            return None;
        }
        let from = last.map_or(0, |n| self.spans.outer[n].para + 1);
        let heading = (from..para).rev().find(|p| is_heading(self.text, *p))?;
        Some(sentence::at(self.resolver.sentences, self.text.paras[heading].first))
    }
}
