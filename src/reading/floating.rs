//! Quotes without a cue: the sentence in front, the question, or whoever spoke last.

use super::attribution::{Rule, Sieves, keep, token_of};
use super::entity::{Nature, Trade};
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::resolve::{Choice, Place, Speaker};
use super::sentence;
use super::subject;
use super::text::Shape;
use crate::model::{ParagraphKind, QuoteKind};

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
        let label = span.open == para.first + 2
            && ["a", "answer"].iter().any(|w| self.text.is(para.first, w))
            && matches!(self.text.word(para.first + 1), "." | ":" | ")");
        if label && let Some(main) = self.resolver.main {
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
                let spoken = self.speech_ends_in(before.first, before.last);
                if let (Some((speaker, _, _)), true) = (last, spoken) {
                    return (Rule::Continuity, keep(speaker, 0.86));
                }
                if let Some(reference) = self.sentence_subject(before.first, before.last)
                    && let Some(mut choice) = self.resolver.resolve(
                        &reference,
                        Place {
                            token: token_of(&reference).unwrap_or(place.token),
                            ..place
                        },
                    )
                {
                    choice.sure = (choice.sure - 0.08).min(0.88);
                    return (Rule::Sentence, Some(choice));
                }
            }
        }
        self.across_paragraphs(number, place, last)
    }

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
            return (Rule::Nobody, None);
        }
        let sentences = self.resolver.sentences;
        let question = self.is_question(previous.first, previous.last);
        // `Ji-ho, fans call you …?`: the one who is addressed answers.
        let addressed = self
            .entities
            .between(previous.first, previous.first + 5)
            .iter()
            .find(|m| self.text.word(m.last) == "," && self.entities.all[m.entity].is_somebody());
        if question && let Some(mention) = addressed {
            return (Rule::Answer, keep(&Speaker::One(mention.entity), 0.92));
        }
        if question && let Some(main) = self.answerer(last) {
            return (Rule::Answer, keep(&main, 0.93));
        }
        // `3. On her members`, and the words as a paragraph of their own.
        let heading = previous.kind == ParagraphKind::Heading || self.is_topic(previous.first, previous.last);
        if heading
            && self.resolver.headlined
            && span.open == self.text.paras[span.para].first
            && span.after() >= self.text.paras[span.para].last
            && let Some(main) = self.resolver.main
        {
            return (Rule::Answer, keep(&Speaker::One(main), 0.84));
        }
        let ending = sentences[sentence::at(sentences, previous.last.saturating_sub(1).max(previous.first))];
        // `The actress said:` and the words as a paragraph of their own.
        if self.text.is(previous.last.saturating_sub(1), ":") {
            let first = ending.first.max(previous.last.saturating_sub(60));
            let verb = (first..previous.last)
                .rev()
                .take(24)
                .find(|t| super::cue::is_speech_verb(self.text, *t, first));
            let reference = verb
                .and_then(|v| subject::of_verb(self.text, self.entities, first, v))
                .or_else(|| subject::of_clause(self.text, self.entities, first, previous.last));
            if let Some(reference) = reference
                && let Some(choice) = self.resolver.resolve(
                    &reference,
                    Place {
                        token: token_of(&reference).unwrap_or(place.token),
                        ..place
                    },
                )
            {
                return (Rule::Colon, Some(choice));
            }
        }
        if let Some((speaker, para, _)) = last
            && *para + 1 == span.para
            && self.speech_ends_in(ending.first, ending.last)
        {
            return (Rule::Continuity, keep(speaker, 0.89));
        }
        if let Some(reference) = self.sentence_subject(ending.first, ending.last)
            && let Some(mut choice) = self.resolver.resolve(
                &reference,
                Place {
                    token: token_of(&reference).unwrap_or(place.token),
                    ..place
                },
            )
        {
            choice.sure = (choice.sure - 0.12).min(0.82);
            return (Rule::Sentence, Some(choice));
        }
        match last {
            Some((speaker, para, _)) if span.para - para <= 2 => (Rule::Continuity, keep(speaker, 0.74)),
            _ => (Rule::Nobody, None),
        }
    }

    /// `And what did the bride say?`: whom the narrative asks for.
    fn asked_of(&self, first: usize, last: usize, place: Place<'_>) -> Option<Choice> {
        let text = self.text;
        let opens = (first..last).take(3).any(|t| text.is(t, "what") || text.is(t, "how"));
        if !opens || last <= first || !text.is(last - 1, "?") {
            return None;
        }
        let aux = (first..last)
            .take(4)
            .find(|t| ["did", "does", "do"].iter().any(|w| text.is(*t, w)))?;
        let verb = (aux + 2..last.min(aux + 10))
            .find(|t| text.class(*t).has(Class::SAY) || ["think", "thought"].iter().any(|w| text.is(*t, w)))?;
        let reference = phrase::read(text, self.entities, aux + 1, verb)?;
        let choice = self.resolver.resolve(&reference, place);
        if let (None, Reference::Epithet { head, first }) = (&choice, &reference) {
            let from = first + usize::from(text.class(*first).has(Class::DET) && first < head);
            let role = text.slice(from, head + 1).to_lowercase();
            return Some(Choice {
                speaker: Speaker::Unnamed {
                    role,
                    kind: QuoteKind::Other,
                },
                sure: 0.7,
                candidates: Vec::new(),
            });
        }
        choice
    }

    /// `On her co-star`, `3. On the dialect`: a short paragraph without an end that names a topic.
    fn is_topic(&self, first: usize, last: usize) -> bool {
        const LONGEST: usize = 12;
        let numbered = self.text.shape(first) == Shape::Number;
        let from = first
            + if numbered {
                1 + usize::from(self.text.word(first + 1) == ".")
            } else {
                0
            };
        last > first
            && last - first <= LONGEST
            && self.text.is(from, "on")
            && !matches!(self.text.word(last - 1), "." | "!" | "?" | ":")
    }

    /// The paragraph is one question outside marks, as interviews print them.
    fn is_question(&self, first: usize, last: usize) -> bool {
        last > first
            && self.text.is(last - 1, "?")
            && !self
                .spans
                .outer
                .iter()
                .zip(self.judged)
                .skip(self.spans.outer.partition_point(|s| s.open < first))
                .take_while(|(s, _)| s.open < last)
                .any(|(s, j)| j.is_speech() && s.after() >= last)
    }

    fn answerer(&self, last: Option<&(Speaker, usize, usize)>) -> Option<Speaker> {
        let main = self.resolver.main.map(Speaker::One);
        if self.resolver.headlined && self.interview {
            return main;
        }
        match last {
            Some((Speaker::One(id), _, _))
                if self.entities.all[*id].nature == Nature::Person && self.entities.all[*id].trade != Trade::Host =>
            {
                Some(Speaker::One(*id))
            }
            _ => main,
        }
    }

    /// Speech stands in these tokens, and no narrative of a sentence's own behind it.
    fn speech_ends_in(&self, first: usize, last: usize) -> bool {
        let from = self.spans.outer.partition_point(|s| s.after() <= first);
        self.spans.outer[from..]
            .iter()
            .zip(&self.judged[from..])
            .take_while(|(s, _)| s.open < last)
            .any(|(_, j)| j.is_speech())
    }
}
