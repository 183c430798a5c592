//! Quotes without a cue that begin their paragraph: the one before tells whose they are, or whoever spoke last goes on.
//!
//! `floating` looks within the paragraph first.

use super::attribution::{Rule, Sieves, keep};
use super::entity::{Id, Nature, Trade};
use super::lexicon::Class;
use super::nominal::SAID_BY;
use super::phrase::Reference;
use super::print::words;
use super::resolve::{Choice, Place, Speaker};
use super::sentence::{self, Sentence};
use super::subject;
use super::text::{Para, Shape};
use crate::model::ParagraphKind;

impl Sieves<'_> {
    /// Words of several paragraphs, and behind the last of them `Kim said`.
    pub(super) fn told_at_its_end(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        const LONGEST: usize = 24;
        let outer = &self.spans.outer;
        let continues = |n: &usize| outer.get(*n).is_some_and(|s| s.continues);
        let last = (number + 1..number + LONGEST).take_while(continues).last()?;
        let plain = self.judged[last].after().is_some_and(|a| a.plain);
        plain.then(|| self.verb_behind(last, place)).flatten()
    }

    /// A line as a heading, and below it `Kim says this without looking up`.
    fn told_below(&self, number: usize, place: Place<'_>) -> Option<Choice> {
        const REACH: usize = 60;
        let text = self.text;
        let para = self.spans.outer[number].para + 1;
        let below = text.paras.get(para)?;
        let says = |t: &usize| text.class(*t).has(Class::SAY) && text.shape(*t) == Shape::Lower;
        let mut tokens = below.first + 1..below.last.min(below.first + REACH);
        let Some(verb) = tokens.find(|t| says(t) && text.is(t + 1, "this")) else {
            return self.names_one_below(para, place);
        };
        let first = self.resolver.sentences[sentence::at(self.resolver.sentences, verb)].first;
        let reference = subject::of_verb(text, self.entities, first, verb)?;
        let place = Place {
            token: verb,
            para,
            ..place
        };
        self.resolver.resolve(&reference, place)
    }

    /// `Spoken by Kim at the grave.`, `When Kim finds his brother, this is the first thing he says.`: below a line the one whom the
    /// first sentence names by the verb or as its subject.
    fn names_one_below(&self, para: usize, place: Place<'_>) -> Option<Choice> {
        const LONG: usize = 60;
        let text = self.text;
        let below = text.paras.get(para)?;
        let sentence = self
            .resolver
            .sentences
            .get(sentence::at(self.resolver.sentences, below.first))?;
        let first = sentence.first.max(below.first);
        let by = text.is_one(first, SAID_BY) && text.is(first + 1, "by");
        let reference = if by {
            let named = self.entities.between(first + 2, sentence.last).first();
            named.filter(|m| !m.in_speech).map(Reference::to)
        } else {
            // `This is her answer`: of the other one.
            let other = (first..below.last.min(first + LONG)).any(|t| {
                text.is_one(t, words!["this", "that"])
                    && text.is(t + 1, "is")
                    && text.class(t + 2).has(Class::HE.with(Class::SHE))
            });
            let named = |r: &Reference| matches!(r, Reference::Named { .. });
            let subject = self.sentence_subject(first, sentence.last).filter(named);
            // `When Kim finds his brother, this is the first thing he says.`
            subject
                .or_else(|| self.only_role_of(first, sentence.last))
                .filter(|_| !other)
        }?;
        let place = Place {
            token: first,
            para,
            ..place
        };
        let choice = self.resolver.resolve(&reference, place)?;
        let story = super::attribution::one(&choice).map(|id| &self.entities.all[id]);
        story.is_some_and(|e| e.nature == Nature::Character).then_some(choice)
    }

    /// The one character whom a sentence names.
    fn only_role_of(&self, first: usize, last: usize) -> Option<Reference> {
        let story =
            |m: &&super::entity::Mention| !m.in_speech && self.entities.all[m.entity].nature == Nature::Character;
        let mut named = self.entities.between(first, last).iter().filter(story);
        let one = named.next()?;
        named.all(|m| m.entity == one.entity).then(|| Reference::to(one))
    }

    /// `3. “…”`: a numbered paragraph that is nothing but a line.
    fn is_numbered(&self, number: usize) -> bool {
        let (text, span) = (self.text, &self.spans.outer[number]);
        let para = text.paras[span.para];
        text.shape(para.first) == Shape::Number && span.open <= para.first + 2 && span.after() >= para.last
    }

    /// Nothing stands in front of the words in their paragraph: the one before it tells, or whoever spoke last goes on.
    pub(super) fn across_paragraphs(
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
        if self.text.paras[span.para].kind == ParagraphKind::Heading || self.is_numbered(number) {
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
            .or_else(|| self.acts_in_a_beat(number, place, last))
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

    /// `“I was laughing so that I would not run.” She drops the letter`: in a scene who acts behind the words that open a
    /// paragraph says them, where another spoke before.
    fn acts_in_a_beat(
        &self,
        number: usize,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> Option<(Rule, Option<Choice>)> {
        if !place.scene {
            return None;
        }
        let span = &self.spans.outer[number];
        let own = self.text.paras[span.para];
        // Whom nobody has spoken to in the paragraph before nobody answers: all of this one is theirs.
        let more = (span.after()..own.last).any(|t| self.text.shape(t) == Shape::Mark);
        let before = match last.filter(|(_, para, _)| para + 1 >= span.para) {
            Some((Speaker::One(before), para, _)) if *para + 1 == span.para => Some(*before),
            None => None,
            _ => return None,
        };
        let here = sentence::at(self.resolver.sentences, span.after());
        let behind = self.resolver.sentences.get(here).filter(|s| s.para == span.para)?;
        let first = behind.first.max(span.after());
        if first >= own.last.min(behind.last) || self.judged[number].after().is_some() {
            return None;
        }
        // `“Do not touch it!” But Kim says, “…”`: Kim says what follows.
        let cued = (first..behind.last).any(|t| self.text.shape(t) == Shape::Mark);
        if cued || self.text.is(first, "but") {
            return None;
        }
        let reference = self.sentence_subject(first, behind.last)?;
        let choice = self.resolver.resolve(&reference, self.at(&reference, place))?;
        let one = super::attribution::one(&choice)?;
        let story = self.entities.all[one].nature == Nature::Character;
        // `“Where to, son?” The student hugs the cello. “How far does this go?”`: the other one of two.
        if before.is_none() && more {
            let other = self.other_role(Some(one))?;
            return Some((Rule::Answer, keep(&Speaker::One(other), 0.7)));
        }
        (story && Some(one) != before).then(|| (Rule::Sentence, keep(&Speaker::One(one), 0.78)))
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
        // `Kim demands, “Did she suffer?” ¶ “Until the very end.”`: whoever answers, it is not Kim.
        let nobody =
            place.other.is_none() && place.scene && self.stands_alone(number) && !self.goes_on_with_and(number);
        Some(if let Some(other) = self.other_party(*before, number, speaker, place) {
            (Rule::Answer, keep(&Speaker::One(other), 0.8))
        } else if nobody || self.speaks_of_last(number, speaker) {
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
            // `Netflix had questions. ¶ “I had a long call with them”`: no house says “I”.
            if self.is_of_one(number) && !self.is_somebodys(&choice) {
                return None;
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

    /// `“I had a very polite call”`: one person's words.
    fn is_of_one(&self, number: usize) -> bool {
        const REACH: usize = 24;
        let (text, span) = (self.text, &self.spans.outer[number]);
        (span.first()..span.close.min(span.first() + REACH)).any(|t| {
            text.class(t).has(Class::FIRST)
                && text.is_one(
                    t,
                    words![
                        "I", "I’m", "I’d", "I’ve", "I’ll", "I'm", "I'd", "I've", "I'll", "my", "me"
                    ],
                )
        })
    }

    /// Whether a choice is a person, by name or by a noun.
    fn is_somebodys(&self, choice: &Choice) -> bool {
        match &choice.speaker {
            Speaker::One(id) => self.entities.all[*id].is_somebody(),
            Speaker::Team | Speaker::AgencyOf(_) => false,
            _ => true,
        }
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

    /// `Writer Nah had left the page blank. ¶ “I asked her what I should say”`, `He is known to be a prankster. ¶ “He hid my
    /// ring”`: she or he is who was told of, and the one whom the article is about speaks.
    fn speaks_of(&self, choice: &Choice, first: usize, number: usize) -> Option<Id> {
        const REACH: usize = 9;
        const ASIDE: usize = 4;
        let text = self.text;
        let Speaker::One(subject) = choice.speaker else {
            return None;
        };
        let main = self
            .resolver
            .main
            .filter(|m| *m != subject && self.resolver.headlined)?;
        let span = &self.spans.outer[number];
        // `Kim said that he liked the flaws of his role. ¶ “He can’t unpack”`: goes on with what he said.
        if self.reports(first, span.open) {
            return None;
        }
        let words = span.first()..span.close.min(span.first() + REACH);
        let gender = |t: usize| text.class(t).has(Class::HE.with(Class::SHE));
        let she = self.resolver.is_she(subject).or(self.entities.all[subject].leans)?;
        let fits = |t: usize| gender(t) && she == text.class(t).has(Class::SHE);
        let own = words.clone().any(|t| text.class(t).has(Class::FIRST));
        // `“[Laughs] He hid my ring.”`
        let aside = (span.first()..span.close.min(span.first() + ASIDE)).find(|t| text.sign(*t) == b']');
        let begins = aside
            .filter(|_| text.sign(span.first()) == b'[')
            .map_or(span.first(), |t| t + 1);
        let opens = fits(begins) && text.class(begins).has(Class::NOMINATIVE);
        // Nobody else in the sentence can be “her”; where the words open with her, what opens the sentence is who is told of,
        // and the other is no woman.
        let other = || opens && self.resolver.is_she(main) == Some(!she);
        let alone = (other() || !(first + usize::from(opens)..span.open).any(gender))
            && self
                .entities
                .between(first, span.open)
                .iter()
                .all(|m| m.entity == subject || m.entity == main || !self.entities.all[m.entity].is_somebody());
        ((own || opens) && alone && words.into_iter().any(fits)).then_some(main)
    }
}
