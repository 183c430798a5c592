//! Quotes without a cue within their paragraph: the sentence in front, the question, whom the paragraph was about.

use super::attribution::{Claim, Rule, Sieves, keep, token_of};
use super::cue::Joint;
use super::entity::{Id, Nature};
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::print::words;
use super::resolve::{Choice, Place, Speaker};
use super::sentence::{self, Sentence};
use super::text::Shape;
use crate::model::QuoteKind;

/// How sure it is that who is said to have said something goes on in words.
const REPORTED: f32 = 0.7;

impl Sieves<'_> {
    pub(super) fn floating(
        &self,
        number: usize,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> (Rule, Option<Choice>) {
        let span = &self.spans.outer[number];
        let para = self.text.paras[span.para];
        let sentences = self.resolver.sentences;
        let here = sentence::at(sentences, span.open);
        // `A. “…”`: the answer of whom the interview is with.
        if self.is_answer(span.open, para.first)
            && let Some(main) = self.resolver.main
        {
            return (Rule::Answer, keep(&Speaker::One(main), 0.9));
        }
        if let Some(choice) = self.asked_of(sentences[here].first.max(para.first), span.open, place) {
            return (Rule::Answer, Some(choice));
        }
        // The sentence in front of it, in its paragraph.
        if span.open > para.first {
            let before = here
                .checked_sub(1)
                .map(|n| sentences[n])
                .filter(|s| s.para == span.para);
            if let Some(before) = before {
                if let Some(choice) = self.asked_of(before.first, before.last, place) {
                    return (Rule::Answer, Some(choice));
                }
                let spoken = self.speech_ends_in(before.first, before.last)
                    || last.is_some_and(|(_, _, n)| self.attributes(*n, before.first, before.last));
                if !spoken
                    && place.scene
                    && let Some(choice) = self.turn(before.first, before.last, place)
                {
                    return choice;
                }
                if let Some(choice) = self.acts_after(before.first, before.last, place) {
                    return (Rule::Sentence, Some(choice));
                }
                if let (Some((_, _, before)), Some(other), true) = (last, place.other, spoken && place.scene)
                    && self.is_turn(*before, number)
                {
                    return (Rule::Answer, keep(&Speaker::One(other), 0.82));
                }
                if let (Some((speaker, _, before)), true) = (last, spoken) {
                    return self
                        .hands_over(*before, number, speaker, place)
                        .unwrap_or_else(|| (Rule::Continuity, keep(speaker, 0.86)));
                }
                let subject = self
                    .relative_speaks(before.first, before.last, place)
                    .or_else(|| self.hears_voice(before.first, before.last))
                    .or_else(|| self.belongs(before.first, before.last))
                    .or_else(|| self.sentence_subject(before.first, before.last));
                if let Some(choice) = self.answers_heading(before.first, subject.as_ref(), number) {
                    return (Rule::Answer, Some(choice));
                }
                if let Some(choice) = self.asked_about(before.first, before.last, subject.as_ref(), place) {
                    return (Rule::Answer, Some(choice));
                }
                if let Some(claim) = self.behind_the_crowd(subject.as_ref(), number, place, last) {
                    return claim;
                }
                let subject = subject
                    .or_else(|| self.acts_last(before.first, before.last))
                    .or_else(|| self.only_named(&before, place));
                if let Some(reference) = subject {
                    let choice = self.resolver.resolve(&reference, self.at(&reference, place));
                    self.learn(&reference, choice.as_ref());
                    let choice = choice.map(|choice| self.who_plays(choice, place));
                    if let Some(asked) = self.answers_as(&reference, choice.as_ref(), place) {
                        return (Rule::Answer, keep(&Speaker::One(asked), 0.84));
                    }
                    if let Some(mut choice) = choice {
                        // `The crown prince pushes the bowl away.`: in a scene nobody else acts there.
                        let acts = place.scene && matches!(choice.speaker, Speaker::Unnamed { .. });
                        choice.sure = if place.scene && self.reports(before.first, before.last) {
                            REPORTED
                        } else if acts {
                            choice.sure
                        } else {
                            (choice.sure - 0.08).min(0.88)
                        };
                        return (Rule::Sentence, Some(choice));
                    }
                    // `Her host fills up her glass. “…”`: the other one of the scene.
                    if let Some(claim) = self.acts_unnamed(&reference, place) {
                        return claim;
                    }
                    // Somebody acts there of whom nothing is known.
                    if matches!(reference, Reference::Epithet { .. }) && !place.scene {
                        return (Rule::Sentence, None);
                    }
                }
                if let Some(claim) = self.behind_a_thing(&before, number, place) {
                    return claim;
                }
            }
        }
        if let Some(told) = self.told_in_paragraph(number, place) {
            return (Rule::Sentence, keep(&Speaker::One(told), 0.7));
        }
        self.across_paragraphs(number, place, last)
    }

    /// A noun that nobody was called by acts in front of the words of a scene: the other one of two, by the gender of the
    /// noun, or nobody who is known.
    fn acts_unnamed(&self, reference: &Reference, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let Reference::Epithet { head, first } = reference else {
            return None;
        };
        let owner = self.text.class(*first);
        let owned = owner.has(Class::HE.with(Class::SHE)) && !owner.has(Class::NOMINATIVE);
        if !place.scene || !owned {
            return None;
        }
        let class = self.text.class(*head);
        let she = match (class.has(Class::FEMALE), class.has(Class::MALE)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let spoke = place.last.and_then(|(speaker, _)| super::attribution::single(speaker));
        let owns = |id: Id| self.resolver.is_she(id) == Some(owner.has(Class::SHE));
        let other = place.other.filter(|id| {
            spoke.is_some_and(|s| s != *id && owns(s)) && she.is_none_or(|she| self.resolver.is_she(*id) != Some(!she))
        });
        Some((Rule::Sentence, other.and_then(|id| keep(&Speaker::One(id), 0.76))))
    }

    /// `Kim spent two months in training. Did it hurt? “…”`: whom the paragraph was about, since it last had somebody.
    fn told_in_paragraph(&self, number: usize, place: Place<'_>) -> Option<Id> {
        let (id, sentence) = place.focus.filter(|_| !place.scene)?;
        let told = &self.resolver.sentences[sentence];
        let spoken = place.since > told.first;
        let person = self.entities.all[id].nature == Nature::Person;
        (told.para == self.spans.outer[number].para && person && !spoken).then_some(id)
    }

    /// `It was left to Kim to close the event. “…”`: where nobody is the subject, the only one who is named.
    fn only_named(&self, sentence: &Sentence, place: Place<'_>) -> Option<Reference> {
        let named = self.entities.between(sentence.first, sentence.last);
        let mut named = named
            .iter()
            .filter(|m| !m.in_speech && self.entities.all[m.entity].is_somebody());
        let one = named.next().filter(|_| !place.scene)?;
        let alone = named.all(|m| m.entity == one.entity);
        let person = self.entities.all[one.entity].nature == Nature::Person;
        (alone && person && self.text.shape(one.last) != Shape::Clitic).then(|| Reference::to(one))
    }

    /// `The host asked Kim what she remembered. The child’s answer left them speechless. “…”`: a noun that nobody was
    /// called by is whoever was asked.
    fn answers_as(&self, reference: &Reference, choice: Option<&Choice>, place: Place<'_>) -> Option<Id> {
        let Reference::Epithet { head, .. } = reference else {
            return None;
        };
        let answer = self.text.shape(head + 1) == Shape::Clitic
            && self.text.is_one(head + 2, words!["answer", "reply", "response"]);
        let nobody = choice.is_none_or(|c| matches!(c.speaker, Speaker::Unnamed { .. }));
        let (id, sentence) = place.focus.filter(|_| answer && nobody)?;
        let told = &self.resolver.sentences[sentence];
        (told.para == place.para && self.asked_one(told.first, told.last).is_some()).then_some(id)
    }

    /// Words alone behind words alone of which nobody knows whose they are.
    pub(super) fn follows_the_unknown(&self, number: usize, claims: &[Option<Box<Claim>>]) -> bool {
        let before = number.checked_sub(1);
        let near = before.filter(|n| self.spans.outer[*n].para + 1 == self.spans.outer[number].para);
        near.is_some_and(|n| {
            let unknown = claims
                .get(n)
                .and_then(Option::as_ref)
                .is_some_and(|c| c.choice.is_none());
            unknown && self.stands_alone(n) && self.stands_alone(number)
        })
    }

    /// The words are a paragraph, and nothing else is in it.
    pub(super) fn stands_alone(&self, number: usize) -> bool {
        let span = &self.spans.outer[number];
        let para = self.text.paras.get(span.para);
        para.is_some_and(|p| p.first == span.open && p.last <= span.after())
    }

    /// Who acts last in front, or is asked there, where no word says who speaks.
    fn turn(&self, first: usize, last: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let (rule, reference) = match self.asked_one(first, last) {
            Some(asked) => (Rule::Answer, asked),
            None => (Rule::Sentence, self.acts_last(first, last)?),
        };
        let choice = self.resolver.resolve(&reference, self.at(&reference, place))?;
        // `She points at Kim, who comes up the hill. “She is fine as long as …”`: Kim is spoken of.
        let opens = self.text.class(place.quote.0 + 1);
        let spoken_of = opens.has(Class::NOMINATIVE) && opens.has(Class::HE.with(Class::SHE));
        let she = super::attribution::one(&choice).and_then(|id| self.resolver.is_she(id));
        if rule == Rule::Sentence && spoken_of && she == Some(opens.has(Class::SHE)) {
            return None;
        }
        let sure = (choice.sure - 0.08).min(0.88);
        Some((rule, Some(Choice { sure, ..choice })))
    }

    /// The place of a reference in the sentence in front: in its own paragraph, not in the quote's.
    pub(super) fn at<'p>(&self, reference: &Reference, place: Place<'p>) -> Place<'p> {
        let Some(token) = token_of(reference) else { return place };
        let sentence = self.resolver.sentences[sentence::at(self.resolver.sentences, token)];
        Place {
            token,
            para: self.text.para_of(token),
            reacts: place.reacts || self.reacts_in(sentence.first, sentence.last),
            ..place
        }
    }

    /// `Kim asks, “Why?” and he thinks for a long time. “…”`: who acts behind the words is who speaks next.
    /// `A form in Kim’s handwriting. “…”` is Kim's.
    fn acts_after(&self, first: usize, last: usize, place: Place<'_>) -> Option<Choice> {
        // A sentence holds fewer spans.
        const MANY: usize = 16;
        let text = self.text;
        let hand = text.is_one(last.wrapping_sub(2), words!["handwriting", "voice", "hand"]);
        if hand
            && let Some(owner) = self
                .entities
                .covering(last.saturating_sub(4))
                .filter(|m| m.last + 2 == last || m.last + 3 == last)
        {
            return keep(&Speaker::One(owner.entity), 0.85);
        }
        let from = self.spans.outer.partition_point(|s| s.open < last);
        let number = (0..from)
            .rev()
            .take(MANY)
            .take_while(|n| self.spans.outer[*n].open >= first)
            .find(|n| self.judged[*n].is_speech())?;
        let (span, judged) = (&self.spans.outer[number], &self.judged[number]);
        let joint = span.after();
        // `When the MC pressed her, asking, “…?” the director smiled. “…”`: the words have their own cue in front.
        let cued = judged.before().verb.is_some() && judged.before().joint == Joint::Comma;
        let smiles = judged.after().filter(|a| cued && a.subject.0 == joint);
        if let Some(reference) = smiles.and_then(|a| phrase::read(text, self.entities, a.subject.0, a.subject.1)) {
            let token = joint;
            return self.resolver.resolve(
                &reference,
                Place {
                    token,
                    reply: true,
                    ..place
                },
            );
        }
        self.reactor(number, last, place)
    }

    /// `His agency declined to say more. “…,” it said`: the body whose sentence stands in front, or that has just spoken.
    pub(super) fn body_in_front(&self, place: Place<'_>) -> Option<Choice> {
        let is_body = |speaker: &Speaker| match speaker {
            Speaker::One(id) => !self.entities.all[*id].is_somebody(),
            Speaker::Team | Speaker::AgencyOf(_) => true,
            Speaker::Unnamed { kind, .. } => *kind == QuoteKind::Agency,
            _ => false,
        };
        let here = sentence::at(self.resolver.sentences, place.quote.0);
        let told = here.checked_sub(1).map(|n| self.resolver.sentences[n]);
        let subject = told.and_then(|told| self.sentence_subject(told.first, told.last));
        subject
            .and_then(|reference| self.resolver.resolve(&reference, self.at(&reference, place)))
            .filter(|choice| is_body(&choice.speaker))
            .or_else(|| {
                let (speaker, para) = place.last?;
                (is_body(speaker) && para + 1 >= place.para).then(|| keep(speaker, 0.88))?
            })
    }

    /// `“Hello, this is Kim. I am writing to you …`: a letter that says whose it is.
    pub(super) fn introduces_itself(&self, number: usize) -> Option<Choice> {
        const REACH: usize = 5;
        let text = self.text;
        let span = &self.spans.outer[number];
        let is = (span.first()..span.close.min(span.first() + REACH))
            .find(|t| text.is(*t, "this") && text.is(t + 1, "is") || text.is(*t, "I") && text.is(t + 1, "am"))?;
        let mention = self.entities.covering(is + 2).filter(|m| m.first == is + 2 && m.full)?;
        matches!(text.sign(mention.last), b'.' | b',' | b'!').then(|| keep(&Speaker::One(mention.entity), 0.92))?
    }

    /// `“…?” Kim asks him.`: the sentence is nothing but the attribution of a span.
    pub(super) fn attributes(&self, number: usize, first: usize, last: usize) -> bool {
        let judged = &self.judged[number];
        // `Kim asks, “…?” Lee groans into the cushion.`: the words have a speaker in front.
        let told = judged.before().verb.is_some() && judged.before().joint != Joint::Bare;
        let after = judged.after().filter(|a| a.plain && !told);
        after.is_some_and(|a| a.verb >= first && a.verb < last && self.spans.outer[number].after() == first)
    }

    /// Speech stands in these tokens, and no narrative of a sentence's own behind it.
    pub(super) fn speech_ends_in(&self, first: usize, last: usize) -> bool {
        let from = self.spans.outer.partition_point(|s| s.after() <= first);
        self.spans.outer[from..]
            .iter()
            .zip(&self.judged[from..])
            .take_while(|(s, _)| s.open < last)
            .any(|(_, j)| j.is_speech())
    }
}
