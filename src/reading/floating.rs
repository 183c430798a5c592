//! Quotes without a cue: the sentence in front, the question, or whoever spoke last.

use super::attribution::{Claim, Rule, Sieves, keep, token_of};
use super::cue::Joint;
use super::entity::{Id, Nature, Trade};
use super::lexicon::Class;
use super::phrase::Reference;
use super::print::words;
use super::resolve::{Choice, Place, Speaker};
use super::sentence::{self, Sentence};
use super::subject;
use super::text::{Para, Shape};
use crate::model::ParagraphKind;

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
                    // Somebody acts there of whom nothing is known.
                    if matches!(reference, Reference::Epithet { .. }) && !place.scene {
                        return (Rule::Sentence, None);
                    }
                }
            }
        }
        if let Some(told) = self.told_in_paragraph(number, place) {
            return (Rule::Sentence, keep(&Speaker::One(told), 0.7));
        }
        self.across_paragraphs(number, place, last)
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

    /// `Both of them hide under the sink. ¶ “What are you doing there?” ¶ “Admiring the plumbing.”`: nobody knows which.
    fn tells_of_both(&self, number: usize, first: usize, last: usize) -> bool {
        let text = self.text;
        let opens = || subject::of_sentence(text, self.entities, first, last);
        let them = |r: &Reference| match r {
            Reference::Plural { .. } | Reference::List(_) => true,
            Reference::Pronoun { class, .. } => class.has(Class::THEY),
            _ => false,
        };
        self.stands_alone(number) && !self.speech_ends_in(first, last) && opens().is_some_and(|r| them(&r))
    }

    /// A line as a heading, and below it `Kim says this without looking up`.
    fn told_below(&self, number: usize, place: Place<'_>) -> Option<Choice> {
        const REACH: usize = 60;
        let text = self.text;
        let para = self.spans.outer[number].para + 1;
        let below = text.paras.get(para)?;
        let says = |t: &usize| text.class(*t).has(Class::SAY) && text.shape(*t) == Shape::Lower;
        let verb =
            (below.first + 1..below.last.min(below.first + REACH)).find(|t| says(t) && text.is(t + 1, "this"))?;
        let first = self.resolver.sentences[sentence::at(self.resolver.sentences, verb)].first;
        let reference = subject::of_verb(text, self.entities, first, verb)?;
        let place = Place {
            token: verb,
            para,
            ..place
        };
        self.resolver.resolve(&reference, place)
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
    fn at<'p>(&self, reference: &Reference, place: Place<'p>) -> Place<'p> {
        let Some(token) = token_of(reference) else { return place };
        let sentence = self.resolver.sentences[sentence::at(self.resolver.sentences, token)];
        Place {
            token,
            para: self.text.para_of(token),
            reacts: place.reacts || self.reacts_in(sentence.first, sentence.last),
            ..place
        }
    }

    /// Nothing stands in front of the words in their paragraph: the one before it tells, or whoever spoke last goes on.
    fn across_paragraphs(
        &self,
        number: usize,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> (Rule, Option<Choice>) {
        let span = &self.spans.outer[number];
        let Some(previous) = span.para.checked_sub(1).map(|p| self.text.paras[p]) else {
            return (Rule::Nobody, None);
        };
        // A line as a heading begins something new.
        if self.text.paras[span.para].kind == ParagraphKind::Heading {
            return match self.told_below(number, place) {
                Some(choice) => (Rule::Behind, Some(choice)),
                None => (Rule::Nobody, None),
            };
        }
        if let Some(choice) = self.listed_comment(number) {
            return (Rule::Sentence, Some(choice));
        }
        let sentences = self.resolver.sentences;
        let ending = sentences[sentence::at(sentences, previous.last.saturating_sub(1).max(previous.first))];
        // What a heading asks the readers is answered by nobody of the story.
        let asked = || self.answers_paragraph(number, &previous, place, last);
        (!place.scene || self.interview)
            .then(asked)
            .flatten()
            .or_else(|| self.behind_colon(&previous, &ending, place))
            .or_else(|| self.goes_on(number, &ending, place, last))
            .or_else(|| self.told_before(number, &previous, &ending, place))
            .or_else(|| self.stranger_before(number, place))
            .unwrap_or_else(|| self.left_over(number, place, last))
    }

    /// `The actress said:` and the words as a paragraph of their own.
    fn behind_colon(&self, previous: &Para, ending: &Sentence, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        if !self.text.is(previous.last.saturating_sub(1), ":") {
            return None;
        }
        let first = ending.first.max(previous.last.saturating_sub(60));
        let verb = (first..previous.last)
            .rev()
            .take(24)
            .find(|t| super::cue::is_speech_verb(self.text, *t, first));
        let reference = verb
            .and_then(|v| subject::of_verb(self.text, self.entities, first, v))
            .or_else(|| subject::of_clause(self.text, self.entities, first, previous.last));
        let Some(reference) = reference else {
            // `Baram Stories has issued the following statement:`, where nothing else tells what that is.
            let end = (first..previous.last).find(|t| !self.text.is_capital(*t))?;
            let agency = self.unknown_agency(first, end);
            let unknown = agency.is_some() || subject::is_unknown(self.text, self.entities, first, end);
            return unknown.then_some((Rule::Colon, agency));
        };
        // Whoever it is, it is not who spoke before.
        let choice = self.resolver.resolve(&reference, self.at(&reference, place));
        (choice.is_some() || matches!(reference, Reference::Epithet { .. })).then_some((Rule::Colon, choice))
    }

    /// The paragraph before ends with speech: whoever spoke there goes on, or another answers.
    fn goes_on(
        &self,
        number: usize,
        ending: &Sentence,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> Option<(Rule, Option<Choice>)> {
        let (speaker, para, before) = last?;
        let adjoins = *para + 1 == self.spans.outer[number].para
            && (self.speech_ends_in(ending.first, ending.last)
                // `“Will you?” Kim asked, pouring two glasses.`
                || place.scene
                    && self.judged[*before].after().is_some()
                    && ending.first <= self.spans.outer[*before].after()
                || self.attributes(*before, ending.first, ending.last));
        if !adjoins {
            return None;
        }
        Some(if let Some(other) = self.other_party(*before, number, speaker, place) {
            (Rule::Answer, keep(&Speaker::One(other), 0.8))
        } else if self.speaks_of_last(number, speaker) {
            (Rule::Nobody, None)
        } else {
            (Rule::Continuity, keep(speaker, 0.89))
        })
    }

    /// Of whom the last sentence of the paragraph before tells.
    fn told_before(
        &self,
        number: usize,
        previous: &Para,
        ending: &Sentence,
        place: Place<'_>,
    ) -> Option<(Rule, Option<Choice>)> {
        if place.scene && self.tells_of_both(number, ending.first, ending.last) {
            return Some((Rule::Nobody, None));
        }
        if let Some(reference) = self.sentence_subject(ending.first, ending.last)
            && let Some(mut choice) = self.resolver.resolve(&reference, self.at(&reference, place))
        {
            if let Some(told) = self.done_to(&choice, ending, place) {
                return Some((Rule::Sentence, keep(&Speaker::One(told), 0.8)));
            }
            choice.sure = (choice.sure - 0.12).min(0.82);
            return Some(match self.speaks_of(&choice, ending.first, number) {
                Some(main) => (Rule::Answer, keep(&Speaker::One(main), 0.78)),
                None => (Rule::Sentence, Some(choice)),
            });
        }
        let only = self
            .only_one_of(previous.first, previous.last)
            .filter(|_| place.scene)?;
        Some((Rule::Sentence, keep(&Speaker::One(only), 0.72)))
    }

    /// `The engineer asks for silence. Forty people stop chewing. “…”`: another has come in since.
    fn stranger_before(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let span = &self.spans.outer[number];
        let begins = self.text.paras[span.para].first;
        let (head, _) = place
            .stranger
            .filter(|(head, _)| *head >= begins && *head < span.open)?;
        let named = self
            .entities
            .between(begins, span.open)
            .iter()
            .any(|m| self.entities.all[m.entity].is_somebody());
        let choice = || self.resolver.stranger_at(head).map(|c| Choice { sure: 0.55, ..c });
        (!named).then(|| (Rule::Sentence, choice()))
    }

    /// Whoever spoke last, not long ago. `The actor confessed that he gets seasick. Very seasick. ¶ “…”`: whom that
    /// paragraph is about.
    fn left_over(
        &self,
        number: usize,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> (Rule, Option<Choice>) {
        let span = &self.spans.outer[number];
        let para = self.text.paras[span.para];
        let alone = span.open == para.first && span.after() >= para.last;
        let told = place.focus.filter(|(id, sentence)| {
            let e = &self.entities.all[*id];
            alone
                && !place.scene
                && self.resolver.sentences[*sentence].para + 1 == span.para
                && e.nature == Nature::Person
                && e.trade == Trade::Cast
        });
        let near = last.filter(|(_, para, _)| span.para - para <= 2);
        // Between the one who spoke last and these words a paragraph tells of somebody else.
        let since = near.is_none_or(|(_, para, _)| para + 1 < span.para);
        match (told.filter(|_| since), near) {
            (Some((id, _)), _) => (Rule::Sentence, keep(&Speaker::One(id), 0.7)),
            (None, Some((speaker, _, _))) => (Rule::Continuity, keep(speaker, 0.74)),
            // The first answer, behind what is no question: `Congratulations on the ratings.`
            (None, None) => {
                let main = self.resolver.main.filter(|_| self.interview && self.resolver.headlined);
                match main.filter(|_| alone && !place.scene && last.is_none()) {
                    Some(main) => (Rule::Answer, keep(&Speaker::One(main), 0.84)),
                    None => (Rule::Nobody, None),
                }
            }
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
        let span = self.spans.outer[..from]
            .iter()
            .zip(&self.judged[..from])
            .rev()
            .take(MANY)
            .take_while(|(s, _)| s.open >= first)
            .find(|(_, j)| j.is_speech())
            .map(|(s, _)| s)?;
        let joint = span.after();
        // `“…,” she said, and Bang nodded. “…”`.
        let joined = (joint + 2..last.saturating_sub(2))
            .rev()
            .find(|t| text.is(*t, "and") && text.is(t - 1, ","));
        let named = joined.and_then(|t| {
            self.entities
                .covering(t + 1)
                .filter(|m| m.first == t + 1 && m.last + 2 >= last)
        });
        if let Some(named) = named.filter(|m| {
            !place.scene && self.entities.all[m.entity].nature == Nature::Person && text.shape(m.last) == Shape::Lower
        }) {
            return keep(&Speaker::One(named.entity), 0.76);
        }
        let pronoun = text.class(joint + 1);
        let acts = text.is(joint, "and") && pronoun.has(Class::NOMINATIVE) && !pronoun.has(Class::THEY);
        let reference = acts.then_some(Reference::Pronoun {
            class: pronoun,
            token: joint + 1,
        })?;
        self.resolver.resolve(
            &reference,
            Place {
                token: joint + 1,
                reply: true,
                ..place
            },
        )
    }

    /// `Writer Nah had left the page blank. ¶ “I asked her what I should say”`: she is who was told of, and the one
    /// whom the article is about speaks.
    fn speaks_of(&self, choice: &Choice, first: usize, number: usize) -> Option<Id> {
        const REACH: usize = 9;
        let text = self.text;
        let Speaker::One(subject) = choice.speaker else {
            return None;
        };
        let main = self
            .resolver
            .main
            .filter(|m| *m != subject && self.resolver.headlined)?;
        let span = &self.spans.outer[number];
        let words = span.first()..span.close.min(span.first() + REACH);
        let gender = |t: usize| text.class(t).has(Class::HE.with(Class::SHE));
        let fits = |t: usize| {
            let she = self.resolver.is_she(subject).or(self.entities.all[subject].leans);
            gender(t) && she == Some(text.class(t).has(Class::SHE))
        };
        let own = words.clone().any(|t| text.class(t).has(Class::FIRST));
        // Nobody else in the sentence can be “her”.
        let alone = !(first..span.open).any(gender)
            && self
                .entities
                .between(first, span.open)
                .iter()
                .all(|m| m.entity == subject || !self.entities.all[m.entity].is_somebody());
        (own && alone && words.into_iter().any(fits)).then_some(main)
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
    fn attributes(&self, number: usize, first: usize, last: usize) -> bool {
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
