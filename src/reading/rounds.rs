//! Reads who said what in several articles side by side: a quote of each, and every step of it for all articles before the
//! next step.
//!
//! What comes before a quote decides who speaks it, so the quotes of one article are read one after another. The rules that
//! each of them goes through are more code than a processor keeps at hand; in rounds it is fetched once for all articles.

use super::attribution::{Claims, Sieves, SoFar, Subject, single};
use super::entity::Id;
use super::phrase::Reference;
use super::sentence;

/// This many sentences before a quote are read for their subjects.
const FOCUS: usize = 12;

/// Who says what, as far as it is read.
struct Reader<'a> {
    sieves: &'a Sieves<'a>,
    claims: Claims,
    so_far: SoFar,
    /// Whom the sentences in front of the next quote are about, by their words alone.
    told: Vec<(usize, Told)>,
}

/// Whom a sentence is about.
enum Told {
    /// Somebody who is known without reading it: who speaks in it, or has a card of their own.
    Known(Id),
    /// Whoever that is.
    By(Reference),
}

/// The claims of all outer spans of each article.
#[must_use]
pub fn claims(all: &[Sieves<'_>]) -> Vec<Claims> {
    let mut readers: Vec<Reader<'_>> = all.iter().map(Reader::new).collect();
    // Articles that have another quote, with its number: fewer and fewer.
    let mut round: Vec<(usize, usize)> = Vec::with_capacity(all.len());
    loop {
        round.clear();
        let next = |(at, reader): (usize, &mut Reader<'_>)| Some((at, reader.next()?));
        round.extend(readers.iter_mut().enumerate().filter_map(next));
        if round.is_empty() {
            return readers.into_iter().map(|reader| reader.claims).collect();
        }
        for (at, number) in &round {
            readers[*at].come_to(*number);
        }
        for (at, _) in &round {
            readers[*at].read_on();
        }
        for (at, number) in &round {
            readers[*at].claim(*number);
        }
        for (at, number) in &round {
            readers[*at].settle(*number);
        }
    }
}

impl<'a> Reader<'a> {
    fn new(sieves: &'a Sieves<'a>) -> Self {
        Self {
            sieves,
            claims: Vec::with_capacity(sieves.judged.len()),
            so_far: SoFar::default(),
            told: Vec::new(),
        }
    }

    /// The next span that is speech; those before it have no claims.
    fn next(&mut self) -> Option<usize> {
        let judged = self.sieves.judged.get(self.claims.len()..)?;
        let titles = judged.iter().position(|judged| judged.is_speech());
        let number = self.claims.len() + titles.unwrap_or(judged.len());
        self.claims.resize_with(number, || None);
        titles.map(|_| number)
    }

    /// Reads the words of the sentences before a quote for whom they are about.
    fn come_to(&mut self, number: usize) {
        let (sieves, so_far) = (self.sieves, &mut self.so_far);
        let last = so_far.last.as_ref().map(|(_, _, n)| *n);
        if let Some(told) = sieves.opens_section(number, last) {
            *so_far = SoFar {
                told: told.max(so_far.told),
                ..SoFar::default()
            };
        }
        let of = |span: usize| sentence::at(sieves.resolver.sentences, sieves.spans.outer[span].open);
        let here = of(number);
        // Where somebody speaks, the sentence is about the speaker.
        let speaker = so_far
            .last
            .as_ref()
            .and_then(|(speaker, _, n)| Some((of(*n), single(speaker)?)));
        let speaker = speaker.filter(|(_, id)| sieves.entities.all[*id].is_somebody());
        let sentences = so_far.told.max(here.saturating_sub(FOCUS))..here;
        so_far.told = here.max(so_far.told);
        self.told.clear();
        self.told.extend(sentences.filter_map(|sentence| {
            let speaker = speaker.filter(|(spoken, _)| *spoken == sentence).map(|(_, id)| id);
            let known = speaker.or_else(|| sieves.card_of(&sieves.resolver.sentences[sentence]));
            let told = known
                .map(Told::Known)
                .or_else(|| sieves.subject_of(sentence).map(Told::By))?;
            Some((sentence, told))
        }));
    }

    /// Finds out who is meant by the words of those sentences.
    fn read_on(&mut self) {
        let (sieves, so_far) = (self.sieves, &mut self.so_far);
        for (sentence, told) in self.told.drain(..) {
            let subject = match told {
                Told::Known(id) => Some(Subject::Known(id)),
                Told::By(reference) => sieves.subject_meant(sentence, &reference, so_far),
            };
            match subject {
                Some(Subject::Known(id)) => {
                    so_far.earlier = so_far.focus;
                    so_far.focus = Some((id, sentence));
                    sieves.pair_up(id, sieves.resolver.sentences[sentence].first, &mut so_far.pair);
                }
                Some(Subject::Stranger(head)) => so_far.stranger = Some((head, sentence)),
                None => {}
            }
        }
    }

    fn claim(&mut self, number: usize) {
        let claim = self.sieves.claim(number, &self.claims, &self.so_far);
        self.claims.push(Some(Box::new(claim)));
    }

    /// Whose words they are in the end, and what follows from that for the next.
    fn settle(&mut self, number: usize) {
        let (sieves, so_far) = (self.sieves, &mut self.so_far);
        let Some(claim) = self.claims.last_mut().and_then(Option::as_deref_mut) else {
            return;
        };
        sieves.in_character(number, claim);
        sieves.out_of_character(number, claim);
        sieves.as_comment(number, claim);
        let together = sieves.in_unison(number, claim);
        if let Some(choice) = &claim.choice {
            sieves.hear_of(number, choice);
            sieves.remember(number, choice, so_far);
        }
        so_far.last = so_far.last.take().filter(|_| !together);
    }
}
