//! Whom the narrative is about: the subject of a sentence, the one who is asked, the one who replies.
//!
//! Works on whole sentences beside quotes; `subject` reads one clause, `attribution` asks here what a
//! sentence in front of a quote says about its speaker.

use super::attribution::{Sieves, Subject, one, token_of};
use super::entity::Id;
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::resolve::{Place, Speaker};
use super::sentence;
use super::subject;

impl Sieves<'_> {
    pub(super) fn replies(&self, number: usize) -> bool {
        const REPLIES: &[&str] = &[
            "replied",
            "replies",
            "answered",
            "answers",
            "responded",
            "responds",
            "retorted",
            "retorts",
            "countered",
            "counters",
        ];
        // Who agrees or talks back is not the one who spoke last, asked or not.
        const BACK: &[&str] = &[
            "agreed",
            "agrees",
            "concurred",
            "concurs",
            "retorted",
            "retorts",
            "objected",
            "objects",
        ];
        let judged = &self.judged[number];
        let verb = judged.after().map(|a| a.verb).or(judged.before().verb);
        let close = self
            .spoken_before(number)
            .is_some_and(|n| self.spans.outer[n].para + 1 >= self.spans.outer[number].para);
        if close && verb.is_some_and(|v| BACK.contains(&self.text.word(v)) || self.text.is(v + 1, "back")) {
            return true;
        }
        // An interview's answers follow each other; a question in marks is somebody else's.
        let asked = self.spoken_before(number).is_some_and(|n| {
            let span = &self.spans.outer[n];
            self.text.is(span.close.saturating_sub(1), "?") && span.para + 1 >= self.spans.outer[number].para
        });
        let replies = verb.is_some_and(|v| REPLIES.contains(&self.text.word(v)));
        // In one paragraph, where nobody asks in words of the article: who replies is not who spoke.
        let spoken = self
            .spoken_before(number)
            .filter(|n| self.spans.outer[*n].para == self.spans.outer[number].para);
        let told = spoken.is_some_and(|n| {
            const ASKS: &[&str] = &[
                "asked",
                "question",
                "questions",
                "asking",
                "when",
                "about",
                "regarding",
                "whether",
            ];
            !(self.spans.outer[n].after()..self.spans.outer[number].open)
                .any(|t| ASKS.iter().any(|w| self.text.is(t, w)))
        });
        replies && (asked || told)
    }

    /// `The director asks the idol whether he would`: the answer is to come from whom somebody asks.
    pub(super) fn asked_one(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 30;
        let asks = |t: &usize| {
            ["asks", "asked"].contains(&self.text.word(*t)) && !self.text.class(t.wrapping_sub(1)).has(Class::AUX)
        };
        let verb = (first + 1..last.min(first + REACH)).find(asks)?;
        let end = (verb + 1..last.min(verb + 8)).find(|t| {
            ["whether", "if", "how", "why", "what", "when", "where", "about"]
                .iter()
                .any(|w| self.text.is(*t, w))
        })?;
        let reference = phrase::read(self.text, self.entities, verb + 1, end)?;
        matches!(reference, Reference::Named { .. } | Reference::Epithet { .. }).then_some(reference)
    }

    /// The subject of a sentence, whatever word stands for it.
    pub(super) fn subject_of(
        &self,
        number: usize,
        last: Option<&(Speaker, usize, usize)>,
        focus: Option<(Id, usize)>,
    ) -> Option<Subject> {
        let sentence = self.resolver.sentences[number];
        let reference = self
            .asked_one(sentence.first, sentence.last)
            .or_else(|| self.sentence_subject(sentence.first, sentence.last))?;
        let scene = self.scenes.get(sentence.para).copied().unwrap_or_default();
        let token = token_of(&reference).unwrap_or(sentence.first);
        let place = Place {
            token,
            last: last.map(|(s, para, _)| (s, *para)),
            since: self.since(last),
            reply: false,
            para: sentence.para,
            quote: (token, token),
            scene,
            focus,
            stranger: None,
        };
        let choice = self.resolver.resolve(&reference, place)?;
        match (&choice.speaker, &reference) {
            (Speaker::Unnamed { .. }, Reference::Epithet { head, .. }) => Some(Subject::Stranger(*head)),
            _ => one(&choice)
                .filter(|id| self.entities.all[*id].is_somebody())
                .map(Subject::Known),
        }
    }

    /// A clause without a subject of its own goes on from the sentence before: `Adding, “…”`.
    pub(super) fn after_previous(&self, first: usize) -> Option<Reference> {
        let sentences = self.resolver.sentences;
        let here = sentence::at(sentences, first);
        let before = here.checked_sub(1).map(|n| sentences[n])?;
        let class = self.text.class(first);
        let subjectless = class.has(
            Class::ING
                .with(Class::SAY)
                .with(Class::CONJ)
                .with(Class::ADV)
                .with(Class::PREP),
        ) || self.text.word(first).ends_with("ing");
        if sentences[here].first != first || before.para != sentences[here].para || !subjectless {
            return None;
        }
        self.sentence_subject(before.first, before.last)
    }

    pub(super) fn sentence_subject(&self, first: usize, last: usize) -> Option<Reference> {
        // A sentence of this many tokens is no sentence any more.
        const LONGEST: usize = 80;
        let first = first.max(last.saturating_sub(LONGEST));
        // `According to Kim, it came from her own grandmother`: Kim tells it.
        if self.text.is(first, "according")
            && self.text.is(first + 1, "to")
            && let Some(source) = self
                .entities
                .covering(first + 2)
                .filter(|m| self.text.word(m.last) == "," && self.entities.all[m.entity].is_somebody())
            && subject::of_sentence(self.text, self.entities, source.last, last).is_none()
        {
            return Some(Reference::Named {
                id: source.entity,
                full: source.full,
                ambiguous: source.ambiguous,
                token: source.first,
            });
        }
        // `introduced her as a fairy, to which the actress waved`: who answers is who is told of then.
        let which =
            (first + 1..last.saturating_sub(1)).find(|t| self.text.is(*t, "to") && self.text.is(*t + 1, "which"));
        if let Some(which) = which
            && let Some(subject) = subject::of_sentence(self.text, self.entities, which + 2, last)
        {
            return Some(subject);
        }
        // What is said in marks has subjects of its own.
        let outer = &self.spans.outer;
        let next = outer.partition_point(|s| s.after() <= first);
        let spoken = outer
            .get(next)
            .filter(|s| s.open < last && self.judged[next].is_speech());
        if let Some(span) = spoken {
            let before = subject::of_sentence(self.text, self.entities, first, span.open.max(first));
            let behind = || subject::of_sentence(self.text, self.entities, span.after().min(last), last);
            return before.or_else(behind);
        }
        let subject = subject::of_sentence(self.text, self.entities, first, last)?;
        Some(self.equated(&subject, last).unwrap_or(subject))
    }

    /// `Best Actress is 19-year-old Kim`: who is said to be the subject.
    fn equated(&self, subject: &Reference, last: usize) -> Option<Reference> {
        const REACH: usize = 5;
        let Reference::Epithet { head, .. } = subject else {
            return None;
        };
        let be = head + 1;
        let mention = (be + 1..last.min(be + REACH))
            .take_while(|t| self.text.shape(*t) != super::text::Shape::Punct)
            .find_map(|t| self.entities.covering(t))?;
        let is = ["is", "was"].iter().any(|w| self.text.is(be, w));
        (is && self.entities.all[mention.entity].is_somebody()
            && self.text.shape(mention.last) != super::text::Shape::Clitic)
            .then_some(Reference::Named {
                id: mention.entity,
                full: mention.full,
                ambiguous: mention.ambiguous,
                token: mention.first,
            })
    }
}
