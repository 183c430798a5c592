//! Who said each quote: the sieves, in the order of how far they can be trusted.
//!
//! A verb right before the mark, a subject and verb behind it, a colon, the sentence in front, the
//! speaker who goes on. Each sieve gives a reference; `resolve` says who that is.

use super::cue::Joint;
use super::entity::{Entities, Id, Nature};
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::resolve::{Choice, Place, Resolver, Speaker};
use super::scan::Spans;
use super::sentence;
use super::speech::{Judged, Verdict};
use super::text::Text;

/// The rule that found a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A verb with its subject before the quote.
    Before,
    /// A subject with its verb behind the quote.
    Behind,
    /// A colon before it.
    Colon,
    /// The second part of a split quote.
    Split,
    /// It goes on from the paragraph before.
    Continued,
    /// The subject of the sentence in front.
    Sentence,
    /// Whoever spoke last goes on.
    Continuity,
    /// The answer to a question.
    Answer,
    /// A label in front: `Kim Ji Won: …`.
    Labelled,
    /// A statement that its lead-in announces.
    Statement,
    /// Nothing fits.
    Nobody,
}

/// A quote's speaker as far as it was found.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The rule.
    pub rule: Rule,
    /// Who, how sure, among whom.
    pub choice: Option<Choice>,
    /// The words of the drama are told here.
    pub scene: bool,
}

/// This many sentences before a quote are read for their subjects.
const FOCUS: usize = 12;

/// What all sieves look at.
pub struct Sieves<'a> {
    /// The body.
    pub text: &'a Text,
    /// The spans.
    pub spans: &'a Spans,
    /// What they are.
    pub judged: &'a [Judged],
    /// Everybody.
    pub entities: &'a Entities,
    /// For what is no name.
    pub resolver: Resolver<'a>,
    /// Whether each paragraph tells a scene of the drama.
    pub scenes: &'a [bool],
}

impl Sieves<'_> {
    /// The claims of all outer spans; spans that are no speech have none.
    #[must_use]
    pub fn claims(&self) -> Vec<Option<Claim>> {
        let mut claims: Vec<Option<Claim>> = Vec::with_capacity(self.judged.len());
        let mut last: Option<(Speaker, usize, usize)> = None;
        let mut focus: Option<(Id, usize)> = None;
        let mut told = 0;
        for number in 0..self.judged.len() {
            if !self.judged[number].is_speech() {
                claims.push(None);
                continue;
            }
            let here = sentence::at(self.resolver.sentences, self.spans.outer[number].open);
            for sentence in told.max(here.saturating_sub(FOCUS))..here {
                focus = self
                    .subject_of(sentence, last.as_ref(), focus)
                    .map(|id| (id, sentence))
                    .or(focus);
            }
            told = here.max(told);
            let claim = self.claim(number, &claims, last.as_ref(), focus);
            if let Some(choice) = &claim.choice {
                last = Some((choice.speaker.clone(), self.spans.outer[number].para, number));
            }
            claims.push(Some(claim));
        }
        claims
    }

    fn since(&self, last: Option<&(Speaker, usize, usize)>) -> usize {
        last.map_or(0, |(_, _, number)| self.spans.outer[*number].open)
    }

    /// The subject of a sentence, whatever word stands for it.
    fn subject_of(
        &self,
        number: usize,
        last: Option<&(Speaker, usize, usize)>,
        focus: Option<(Id, usize)>,
    ) -> Option<Id> {
        let sentence = self.resolver.sentences[number];
        let reference = self.sentence_subject(sentence.first, sentence.last)?;
        let scene = self.scenes.get(sentence.para).copied().unwrap_or_default();
        let token = token_of(&reference).unwrap_or(sentence.first);
        let place = Place {
            token,
            last: last.map(|(s, para, _)| (s, *para)),
            since: self.since(last),
            para: sentence.para,
            quote: (token, token),
            scene,
            focus,
        };
        one(&self.resolver.resolve(&reference, place)?).filter(|id| self.entities.all[*id].is_somebody())
    }

    fn claim(
        &self,
        number: usize,
        claims: &[Option<Claim>],
        last: Option<&(Speaker, usize, usize)>,
        focus: Option<(Id, usize)>,
    ) -> Claim {
        let span = &self.spans.outer[number];
        let judged = &self.judged[number];
        let scene = self.scenes.get(span.para).copied().unwrap_or_default();
        let place = Place {
            token: span.open,
            last: last.map(|(s, para, _)| (s, *para)),
            since: self.since(last),
            para: span.para,
            quote: (span.open, span.after()),
            scene,
            focus,
        };
        if span.continues
            && let Some(Some(before)) = number.checked_sub(1).and_then(|n| claims.get(n))
        {
            return Claim {
                rule: Rule::Continued,
                choice: before.choice.clone(),
                scene,
            };
        }
        if let Some(claim) = self.split(number, claims, scene) {
            return claim;
        }
        // “A,” “B,” and “C”: one cue in front serves all.
        if let Some(before) = number.checked_sub(1)
            && self.judged[before].is_speech()
            && judged.after.is_none_or(|a| !a.plain)
            && self.spans.outer[before].para == span.para
            && super::speech::only_joined(self.text, self.spans.outer[before].after(), span.open)
            && let Some(Some(claim)) = claims.get(before)
            && claim.choice.is_some()
        {
            return Claim {
                rule: Rule::Continuity,
                choice: claim.choice.clone(),
                scene,
            };
        }
        let found = self
            .verb_before(number, place)
            .or_else(|| self.verb_behind(number, place))
            .or_else(|| self.colon(number, place))
            .or_else(|| self.reported(number, place));
        if let Some((rule, choice)) = found {
            return Claim { rule, choice, scene };
        }
        let (rule, choice) = self.floating(number, place, last);
        debug_assert!(judged.is_speech());
        Claim { rule, choice, scene }
    }

    /// “A,” he said, “B.”: the words between belong to the first part.
    fn split(&self, number: usize, claims: &[Option<Claim>], scene: bool) -> Option<Claim> {
        let previous = self.spoken_before(number)?;
        if !self.joins(previous, number) {
            return None;
        }
        let claim = claims.get(previous)?.as_ref()?;
        Some(Claim {
            rule: Rule::Split,
            choice: claim.choice.clone(),
            scene,
        })
    }

    /// The span of speech before a span, over a few titles.
    #[must_use]
    pub fn spoken_before(&self, number: usize) -> Option<usize> {
        (0..number).rev().take(4).find(|n| self.judged[*n].is_speech())
    }

    /// Whether nothing but the attribution of the first stands between two spans.
    #[must_use]
    pub fn joins(&self, first: usize, second: usize) -> bool {
        let (a, b) = (&self.spans.outer[first], &self.spans.outer[second]);
        let (one, two) = (&self.judged[first], &self.judged[second]);
        if a.para != b.para || one.verdict != Verdict::Speech || two.verdict != Verdict::Speech || a.after() >= b.open {
            return false;
        }
        let between = a.after()..b.open;
        let sentences = self.resolver.sentences;
        let (sa, sb) = (sentence::at(sentences, a.open), sentence::at(sentences, b.open));
        let own_before =
            one.before.verb.is_some() && one.before.joint != Joint::Bare || one.before.joint == Joint::Colon;
        let Some(after) = one.after else {
            // `She said, “A,” adding, “B.”`
            let verb = two.before.verb;
            return own_before
                && sa == sb
                && between.len() <= 4
                && verb.is_some_and(|v| v >= a.after() && self.text.class(v).has(Class::ING))
                && (a.after()..b.open).all(|t| !self.text.tokens[t].is_capital());
        };
        if own_before && one.before.last > one.before.first {
            return false;
        }
        if sa == sb {
            // The same verb serves both, or a participle follows it.
            let verb = two.before.verb;
            let other = verb.is_some_and(|v| {
                v != after.verb && !self.text.class(v).has(Class::ING) && self.has_other_subject(after.verb + 1, v)
            });
            return !other;
        }
        // `“A,” he said. “B.”`: one sentence, and the second opens the next one.
        sb == sa + 1 && sentences[sb].first == b.open && !self.own_speaker(second)
    }

    fn has_other_subject(&self, first: usize, verb: usize) -> bool {
        (first..verb).any(|t| self.text.class(t).has(Class::NOMINATIVE))
            || self
                .entities
                .between(first, verb)
                .iter()
                .any(|m| m.last >= verb.saturating_sub(2))
    }

    /// The second span has an attribution of its own that names somebody.
    fn own_speaker(&self, number: usize) -> bool {
        let Some(after) = self.judged[number].after.filter(|a| a.plain) else {
            return false;
        };
        let (first, last) = after.subject;
        !matches!(
            phrase::read(self.text, self.entities, first, last),
            None | Some(Reference::Pronoun { .. } | Reference::Epithet { .. })
        )
    }

    fn verb_before(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let judged = &self.judged[number];
        let before = judged.before;
        let verb = before.verb?;
        if before.joint == Joint::Bare && judged.verdict == Verdict::Speech && judged.after.is_some_and(|a| a.plain) {
            return None;
        }
        let reference = phrase::subject(self.text, self.entities, before.first, verb);
        // `was captioned`, `with the words`: a subject that is no speaker leaves it to the other sieves.
        let reference = reference.or_else(|| self.after_previous(before.first))?;
        let choice = self.resolver.resolve(
            &reference,
            Place {
                token: token_of(&reference).unwrap_or(place.token),
                ..place
            },
        );
        Some((Rule::Before, choice))
    }

    /// A clause without a subject of its own goes on from the sentence before: `Adding, “…”`.
    fn after_previous(&self, first: usize) -> Option<Reference> {
        let sentences = self.resolver.sentences;
        let here = sentence::at(sentences, first);
        let before = here.checked_sub(1).map(|n| sentences[n])?;
        if sentences[here].first != first || before.para != sentences[here].para {
            return None;
        }
        self.sentence_subject(before.first, before.last)
    }

    fn verb_behind(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let after = self.judged[number].after?;
        let (first, last) = after.subject;
        let reference = phrase::read(self.text, self.entities, first, last)?;
        let token = place.quote.0;
        let mut choice = self.resolver.resolve(&reference, Place { token, ..place });
        if !after.plain
            && let Some(choice) = &mut choice
        {
            choice.sure = (choice.sure - 0.1).max(0.3);
        }
        Some((Rule::Behind, choice))
    }

    fn colon(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let before = self.judged[number].before;
        if before.joint != Joint::Colon {
            return None;
        }
        // `Kim Ji Won: “…”`: the label is the whole phrase.
        if let Some(reference) = phrase::read(self.text, self.entities, before.first, before.last)
            && before.last - before.first <= 6
        {
            return Some((Rule::Colon, self.resolver.resolve(&reference, place)));
        }
        let reference = phrase::clause_subject(self.text, self.entities, before.first, before.last)?;
        let mut choice = self.resolver.resolve(
            &reference,
            Place {
                token: token_of(&reference).unwrap_or(place.token),
                ..place
            },
        )?;
        choice.sure -= 0.04;
        Some((Rule::Colon, Some(choice)))
    }

    /// A few words inside a report: the subject of the report.
    fn reported(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let judged = &self.judged[number];
        let before = judged.before;
        if before.joint == Joint::Start {
            return None;
        }
        let verb = (before.first..before.last)
            .rev()
            .take(30)
            .find(|t| super::cue::is_speech_verb(self.text, *t, before.first));
        let reference = match verb {
            Some(verb) => phrase::subject(self.text, self.entities, before.first, verb),
            None => None,
        }
        .or_else(|| phrase::clause_subject(self.text, self.entities, before.first, before.last))?;
        let mut choice = self.resolver.resolve(
            &reference,
            Place {
                token: token_of(&reference).unwrap_or(place.token),
                ..place
            },
        )?;
        choice.sure -= 0.12;
        Some((Rule::Before, Some(choice)))
    }

    fn floating(
        &self,
        number: usize,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> (Rule, Option<Choice>) {
        let span = &self.spans.outer[number];
        let para = self.text.paras[span.para];
        let sentences = self.resolver.sentences;
        let here = sentence::at(sentences, span.open);
        // The sentence in front of it, in its paragraph.
        if span.open > para.first {
            let before = here
                .checked_sub(1)
                .map(|n| sentences[n])
                .filter(|s| s.para == span.para);
            if let Some(before) = before {
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
        let sentences = self.resolver.sentences;
        let question = self.is_question(previous.first, previous.last);
        if question && let Some(main) = self.answerer(last) {
            return (Rule::Answer, keep(&main, 0.93));
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
                .and_then(|v| phrase::subject(self.text, self.entities, first, v))
                .or_else(|| phrase::clause_subject(self.text, self.entities, first, previous.last));
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
            return (Rule::Continuity, keep(speaker, 0.91));
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
            Some((speaker, para, _)) if span.para - para <= 2 => (Rule::Continuity, keep(speaker, 0.68)),
            _ => (Rule::Nobody, None),
        }
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
        match last {
            Some((Speaker::One(id), _, _))
                if self.entities.all[*id].nature == Nature::Person
                    && self.entities.all[*id].trade != super::entity::Trade::Host =>
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

    fn sentence_subject(&self, first: usize, last: usize) -> Option<Reference> {
        // A sentence of this many tokens is no sentence any more.
        const LONGEST: usize = 80;
        let first = first.max(last.saturating_sub(LONGEST));
        phrase::clause_subject(self.text, self.entities, first, last)
    }
}

fn keep(speaker: &Speaker, sure: f32) -> Option<Choice> {
    Some(Choice {
        speaker: speaker.clone(),
        sure,
        candidates: Vec::new(),
    })
}

fn token_of(reference: &Reference) -> Option<usize> {
    match reference {
        Reference::Pronoun { token, .. } | Reference::Plural { token } | Reference::Agency { token, .. } => {
            Some(*token)
        }
        Reference::Epithet { first, .. } => Some(*first),
        _ => None,
    }
}

/// The id of a single speaker.
#[must_use]
pub fn one(choice: &Choice) -> Option<Id> {
    match choice.speaker {
        Speaker::One(id) => Some(id),
        _ => None,
    }
}
