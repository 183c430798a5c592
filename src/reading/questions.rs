//! Questions of an interview and of the narrative, and who answers them.

use super::attribution::{Rule, Sieves, keep};
use super::entity::{Id, Nature, Trade};
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::resolve::{Choice, Place, Speaker};
use super::scan::Spans;
use super::text::{Para, Shape, Text};
use crate::model::{ParagraphKind, QuoteKind};

impl Sieves<'_> {
    /// The paragraph before asks, or names a topic: who is addressed answers, or whom the interview is with.
    pub(super) fn answers_paragraph(
        &self,
        number: usize,
        previous: &Para,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> Option<(Rule, Option<Choice>)> {
        if self.is_question(previous.first, previous.last) {
            // `Ji-ho, fans call you …?`: the one who is addressed answers.
            let opening = self.entities.between(previous.first, previous.first + 5);
            let addressed = opening.iter().find(|m| {
                // `Kim, who played your mother, told us`: Kim is told of.
                let told = self.text.class(m.last + 1).has(Class::SUBORD.with(Class::DET));
                self.text.is(m.last, ",") && !told && self.entities.all[m.entity].is_somebody()
            });
            if let Some(mention) = addressed {
                return Some((Rule::Answer, keep(&Speaker::One(mention.entity), 0.92)));
            }
            if let Some(told) = self.told_and_asked(previous, place) {
                return Some((Rule::Answer, keep(&Speaker::One(told), 0.86)));
            }
            if let Some(main) = self.answerer(last) {
                return Some((Rule::Answer, keep(&main, 0.93)));
            }
        }
        // `3. On her members`, and the words as a paragraph of their own.
        let span = &self.spans.outer[number];
        let para = self.text.paras[span.para];
        let heading = previous.kind == ParagraphKind::Heading || self.is_topic(previous.first, previous.last);
        let whole = span.open == para.first && span.after() >= para.last;
        let main = self
            .resolver
            .main
            .filter(|_| heading && whole && self.resolver.headlined)?;
        Some((Rule::Answer, keep(&Speaker::One(main), 0.84)))
    }

    /// `Kim folds her hands. Will there be a sequel?`: whom the narrative in front of the question is about.
    fn told_and_asked(&self, previous: &Para, place: Place<'_>) -> Option<Id> {
        let (id, sentence) = place.focus.filter(|_| !self.interview)?;
        let told = self.resolver.sentences.get(sentence)?;
        let real = self.entities.all[id].nature == Nature::Person;
        (real && told.first >= previous.first && told.last < previous.last).then_some(id)
    }

    /// `And what did the bride say?`: whom the narrative asks for.
    pub(super) fn asked_of(&self, first: usize, last: usize, place: Place<'_>) -> Option<Choice> {
        let text = self.text;
        let opens = (first..last).take(3).any(|t| text.is(t, "what") || text.is(t, "how"));
        if !opens || last <= first || !text.is(last - 1, "?") {
            return None;
        }
        let aux = (first..last)
            .take(4)
            .find(|t| text.is_one(*t, words!["did", "does", "do"]))?;
        let verb = (aux + 2..last.min(aux + 10))
            .find(|t| text.class(*t).has(Class::SAY) || text.is_one(*t, words!["think", "thought"]))?;
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
                1 + usize::from(self.text.is(first + 1, "."))
            } else {
                0
            };
        last > first
            && last - first <= LONGEST
            && self.text.is(from, "on")
            && !matches!(self.text.sign(last - 1), b'.' | b'!' | b'?' | b':')
    }

    /// The paragraph is one question outside marks, as interviews print them.
    pub(super) fn is_question(&self, first: usize, last: usize) -> bool {
        last > first
            && (asks(self.text, first, last)
                || is_labelled(self.text, first)
                || self.interview && self.is_prompt(first, last))
            && !self
                .spans
                .outer
                .iter()
                .zip(self.judged)
                .skip(self.spans.outer.partition_point(|s| s.open < first))
                .take_while(|(s, _)| s.open < last)
                .any(|(s, j)| j.is_speech() && s.after() >= last)
    }

    /// `A. “…”`: the label of an answer in front of words, at the beginning of a paragraph or behind the question in it.
    pub(super) fn is_answer(&self, open: usize, first: usize) -> bool {
        let text = self.text;
        let Some(label) = open.checked_sub(2).filter(|t| *t >= first) else {
            return false;
        };
        let sign = matches!(text.sign(label + 1), b'.' | b':' | b')');
        let behind = || is_labelled(text, first) && matches!(text.sign(label - 1), b'?' | b'.' | b'!');
        text.is_one(label, words!["a", "answer"]) && sign && (label == first || behind())
    }

    /// `Viewers were moved by the scene in which you carry a piano.`: nothing but what is put to the one who answers.
    fn is_prompt(&self, first: usize, last: usize) -> bool {
        const LONGEST: usize = 80;
        let text = self.text;
        let end = last.min(first + LONGEST);
        // A title in marks is nobody's words.
        let spoken = self.speech_ends_in(first, end);
        const YOU: Words = words![
            "you", "your", "you’re", "you’ve", "you’d", "you’ll", "you're", "you've", "you'd", "you'll"
        ];
        let to = |t: usize| text.initial(t) == b'y' && text.is_one(t, YOU) && !text.is_capital(t);
        !spoken && (first..end).any(|t| to(t) || t == first && text.is_one(t, YOU))
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
}

/// `Did you know from the start?`, `Were they improvised? (Tilde, Sweden)`: the paragraph ends with a question, or with
/// who sent it in behind one.
fn asks(text: &Text, first: usize, last: usize) -> bool {
    const SENDER: usize = 8;
    let bracket = || {
        (first..last - 1)
            .rev()
            .take(SENDER)
            .find(|t| text.is(*t, "("))
            .is_some_and(|t| t > first && text.is(t - 1, "?"))
    };
    text.is(last - 1, "?") || text.is(last - 1, ")") && bracket()
}

/// `Q. Before that came “Dust Choir,” which no one saw.`
fn is_labelled(text: &Text, first: usize) -> bool {
    text.is(first, "q") && matches!(text.sign(first + 1), b'.' | b':' | b')')
}

/// Whether an article is laid out as an interview, whatever its headline calls it: paragraphs that ask, each with one
/// behind it that is nothing but words.
pub(super) fn are_laid_out(text: &Text, spans: &Spans) -> bool {
    const FEW: usize = 3;
    let mut outer = spans.outer.iter().peekable();
    let mut asked = false;
    let mut answers = 0;
    for para in &text.paras {
        while outer.next_if(|s| s.open < para.first).is_some() {}
        let here = outer.peek().filter(|s| s.open < para.last);
        let words = here.is_some_and(|s| s.open == para.first && (s.after() >= para.last || !s.closed));
        answers += usize::from(asked && words);
        asked = here.is_none()
            && para.last > para.first
            && (asks(text, para.first, para.last) || is_labelled(text, para.first));
    }
    answers >= FEW
}
