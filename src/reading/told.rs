//! Whom the narrative is about: the subject of a sentence, the one who is asked, the one who replies.
//!
//! Works on whole sentences beside quotes; `subject` reads one clause, `attribution` asks here what a
//! sentence in front of a quote says about its speaker.

use super::attribution::{Sieves, SoFar, Subject, one, token_of};
use super::entity::Nature;
use super::lexicon::Class;
use super::lexicon::asked::{self, Asked};
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::resolve::{Choice, Place, Speaker};
use super::sentence;
use super::subject;
use super::text::Shape;

/// How somebody takes what another has said or done.
const UNMOVED: Words = words![
    "undeterred",
    "unfazed",
    "undaunted",
    "unmoved",
    "unimpressed",
    "unconvinced",
    "unperturbed",
    "unbothered",
    "unruffled",
    "flustered",
    "embarrassed",
    "startled",
    "amused",
    "touched",
    "offended",
];

/// Within so many tokens of its sentence a subject has its noun.
const LEADING: usize = 16;

impl Sieves<'_> {
    pub(super) fn replies(&self, number: usize) -> bool {
        const REPLIES: Words = words![
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
        const BACK: Words = words![
            "agreed",
            "agrees",
            "concurred",
            "concurs",
            "retorted",
            "retorts",
            "objected",
            "objects",
            "interrupted",
            "interrupts",
            "interjected",
            "interjects",
            "corrected",
            "corrects",
            "protested",
            "protests",
            "defends",
            "defended",
            "disagreed",
            "disagrees",
            "demurred",
            "demurs",
            "countered",
            "counters",
            "contradicted",
            "contradicts",
            "rebutted",
            "rebuts",
            "seconded",
            "echoed",
            "echoes",
        ];
        let Some(previous) = self.spoken_before(number) else {
            return false;
        };
        let judged = &self.judged[number];
        let verb = judged.after().map(|a| a.verb).or(judged.before().verb);
        let close = self.spans.outer[previous].para + 1 >= self.spans.outer[number].para;
        // `The actress defends herself by saying`.
        let herself = self
            .text
            .class(verb.map_or(usize::MAX, |v| v.saturating_sub(2)))
            .has(Class::HE.with(Class::SHE))
            .then(|| verb.map(|v| v.saturating_sub(3)))
            .flatten();
        let back = |v: usize| {
            self.text.is_just(v, BACK)
                || self.text.is(v + 1, "back")
                || self.text.is(v + 1, "in")
                    && self
                        .text
                        .is_one(v, words!["cut", "cuts", "butted", "butts", "broke", "breaks"])
        };
        if self.takes_the_word(number) || verb.is_some_and(|v| self.owns_up(number, v)) {
            return true;
        }
        if close && self.is_the_answer(number) {
            return true;
        }
        if close && (verb.is_some_and(back) || herself.is_some_and(back) || self.differs(number)) {
            return true;
        }
        if !verb.is_some_and(|v| self.text.is_just(v, REPLIES)) {
            return false;
        }
        // An interview's answers follow each other; a question in marks is somebody else's.
        let span = &self.spans.outer[previous];
        let asked = close && self.text.is(span.close.saturating_sub(1), "?");
        // In one paragraph, where nobody asks in words of the article: who replies is not who spoke.
        let told = || {
            const ASKS: Words = words![
                "asked",
                "question",
                "questions",
                "asking",
                "when",
                "about",
                "regarding",
                "whether",
            ];
            span.para == self.spans.outer[number].para
                && !(span.after()..self.spans.outer[number].open).any(|t| self.text.is_one(t, ASKS))
        };
        asked || told()
    }

    /// `The actress was not convinced. “…”`, `begged to differ`: the sentence in front is no speaker's own.
    fn differs(&self, number: usize) -> bool {
        const REACH: usize = 14;
        let open = self.spans.outer[number].open;
        let para = self.text.paras[self.spans.outer[number].para];
        if !para.asked.has(asked::DIFFERS) {
            return false;
        }
        let first = para.first.max(open.saturating_sub(REACH));
        let first = self
            .spoken_before(number)
            .map_or(first, |n| first.max(self.spans.outer[n].after()));
        (first..open).any(|t| {
            self.text.is_in(t, asked::DIFFERS)
                && (!self.text.is(t, "convinced") || self.text.is(t.wrapping_sub(1), "not"))
        })
    }

    /// `At this, she covered her face and said`, `She blushed upon hearing this and said`, `To which he replied`.
    pub(super) fn reacts(&self, number: usize) -> bool {
        let open = self.spans.outer[number].open;
        // `“…,” the embarrassed actor protested`: about what was just told.
        let moved = self.judged[number].after().is_some_and(|a| {
            (a.subject.0..a.subject.1).any(|t| self.text.shape(t) == Shape::Lower && self.text.is_one(t, UNMOVED))
        });
        if moved {
            return true;
        }
        let sentences = self.resolver.sentences;
        self.reacts_in(sentences[sentence::at(sentences, open)].first, open)
    }

    /// `Kim asked what he would do. … he answered, “…”`: who asks is not who answers.
    pub(super) fn answers_who_asks(&self, number: usize) -> bool {
        const ASKS: Words = words!["asked", "asks", "wondered", "inquired", "enquired"];
        const ANSWERS: Words = words!["answered", "answers", "replied", "replies", "responded", "responds"];
        let judged = &self.judged[number];
        let verb = judged.after().map(|a| a.verb).or(judged.before().verb);
        if !verb.is_some_and(|v| self.text.is_just(v, ANSWERS)) {
            return false;
        }
        let here = sentence::at(self.resolver.sentences, self.spans.outer[number].open);
        let before = here.checked_sub(1).map(|n| self.resolver.sentences[n]);
        let asks = |t: usize| self.text.is_just(t, ASKS) && !self.text.class(t - 1).has(Class::AUX.with(Class::SUBORD));
        before.is_some_and(|s| {
            // `When Kim asks him if he is all right, Lee laughs`: whom the sentence is about is not who asks.
            let opens = self.text.class(s.first).has(Class::SUBORD);
            let main = (s.first..s.last).take_while(|_| opens).find(|t| self.text.is(*t, ","));
            s.para == self.spans.outer[number].para
                && main.is_none_or(|comma| !(s.first..comma).any(asks))
                && (s.first + 1..s.last.min(s.first + 40)).any(asks)
                && self.asked_one(s.first, s.last).is_none()
        })
    }

    /// What a pronoun or `the actress` tells of the one it was resolved to.
    pub(super) fn learn(&self, reference: &Reference, choice: Option<&Choice>) {
        let she = match reference {
            Reference::Pronoun { class, .. } if !class.has(Class::THEY) => Some(class.has(Class::SHE)),
            Reference::Epithet { head, .. } if self.text.class(*head).has(Class::FEMALE) => Some(true),
            Reference::Epithet { head, first } => self.resolver.agreeing(*head, *first),
            _ => None,
        };
        if let (Some(she), Some(choice)) = (she, choice) {
            self.resolver.hear(choice, she);
        }
        if let Reference::Epithet { head, .. } = reference {
            self.resolver.learn_of_former(*head);
        }
    }

    /// The same for the words of a sentence up to `open`: `Undeterred, the actor straightens his tie.`
    pub(super) fn reacts_in(&self, first: usize, open: usize) -> bool {
        const REACH: usize = 14;
        let unmoved = self.text.is(first + 1, ",") && self.text.is_one(first, UNMOVED) && !self.has_met_with(first)
            || self.text.is(first, "not") && self.text.is(first + 1, "to") && self.text.is(first + 3, "outdone");
        let this = |t: usize| self.text.is_one(t, words!["this", "that", "which", "it"]);
        let hears = |t: usize| self.text.is_one(t, words!["hearing", "heard"]);
        let opens = self.text.is_one(first, words!["at", "to", "with"])
            && this(first + 1)
            && (self.text.is(first, "to") || self.text.is(first + 2, ","))
            || self.text.is(first, "in") && self.text.is(first + 1, "response") && self.text.is(first + 2, ",");
        // `The actress, on the other hand, had a complaint`, `Kim, for his part, said`.
        let contrast = |t: usize| {
            self.text.is(t, "hand") && self.text.is(t.wrapping_sub(1), "other")
                || self.text.is(t, "part") && self.text.is(t.wrapping_sub(2), "for") && !self.text.is(t + 1, "of")
        };
        let contrasts = || (first + 1..open.min(first + REACH)).any(contrast);
        opens
            || self.is_told_of_it(first)
            || unmoved
            || contrasts()
            || (first..open.min(first + REACH)).any(|t| hears(t) && this(t + 1))
    }

    /// The subject of a sentence, by its words, whatever word stands for it.
    pub(super) fn subject_of(&self, number: usize) -> Option<Reference> {
        let sentence = self.resolver.sentences[number];
        let scene = self.scenes.get(sentence.para).copied().unwrap_or_default();
        // What none of its words is need not be looked for.
        let words = self.text.all_of(sentence.first, sentence.last);
        let says = words.0.has(Class::SAY);
        says.then(|| self.asked_one(sentence.first, sentence.last))
            .flatten()
            .or_else(|| {
                let told = says && !scene;
                told.then(|| super::lifted::who_said(self.text, self.entities, sentence.first, sentence.last))?
            })
            .or_else(|| self.subject_among(sentence.first, sentence.last, words))
    }

    /// Who is meant by the subject of a sentence.
    pub(super) fn subject_meant(&self, number: usize, reference: &Reference, so_far: &SoFar) -> Option<Subject> {
        let sentence = self.resolver.sentences[number];
        let scene = self.scenes.get(sentence.para).copied().unwrap_or_default();
        let (last, stranger) = (so_far.last.as_ref(), so_far.stranger);
        let token = token_of(reference).unwrap_or(sentence.first);
        let place = Place {
            token,
            last: last.map(|(s, para, _)| (s, *para)),
            since: self.since(last),
            reply: false,
            para: sentence.para,
            quote: (token, token),
            scene,
            focus: so_far.focus,
            earlier: None,
            reacts: false,
            other: None,
            stranger,
            pair: so_far.pair,
            reported: false,
        };
        let choice = self.resolver.resolve(reference, place)?;
        if matches!(reference, Reference::Epithet { .. }) {
            self.learn(reference, Some(&choice));
        }
        match (&choice.speaker, reference) {
            (Speaker::Unnamed { .. }, Reference::Epithet { head, .. }) => Some(Subject::Stranger(*head)),
            // `An old man waits. He tells Kim that it is all right.`
            (Speaker::Unnamed { .. }, Reference::Pronoun { .. }) => stranger.map(|(head, _)| Subject::Stranger(head)),
            // `According to an official at a company, who asked not to be named, it costs more`.
            (Speaker::Unnamed { .. }, Reference::Agency { token, .. }) => Some(Subject::Stranger(*token)),
            // `An older fan told him`, `A monk peers over her shoulder`.
            (Speaker::Unnamed { role, .. }, Reference::Unnamed { .. }) => {
                let noun = role.rsplit(' ').next().unwrap_or(role);
                let new = |t: usize| {
                    (t.saturating_sub(4)..t).any(|t| self.text.is_one(t, words!["a", "an", "another", "one"]))
                };
                (sentence.first..sentence.last)
                    .take(LEADING)
                    .find(|t| self.text.is_same(*t, noun) && new(*t))
                    .map(Subject::Stranger)
            }
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
        self.subject_among(first, last, self.text.all_of(first, last))
    }

    /// The same of a sentence all of whose classes and lists are known.
    fn subject_among(&self, first: usize, last: usize, (classes, lists): (Class, Asked)) -> Option<Reference> {
        // A sentence of this many tokens is no sentence any more.
        const LONGEST: usize = 80;
        let first = first.max(last.saturating_sub(LONGEST));
        // `According to Kim, it came from her own grandmother`: Kim tells it.
        if self.text.is(first, "according")
            && self.text.is(first + 1, "to")
            && let Some(comma) = (first + 3..last.min(first + 12)).find(|t| self.text.is(*t, ","))
            && let Some(source) = phrase::read(self.text, self.entities, first + 2, comma)
            && match source {
                Reference::Named { id, .. } => self.entities.all[id].is_somebody(),
                Reference::Epithet { head, .. } => {
                    super::noun::is_one_of_two(self.text, head)
                        || self.text.class(head).has(Class::TITLE.with(Class::EPITHET))
                }
                Reference::Agency { owner: None, token } => self.text.class(token).has(Class::SOURCE),
                Reference::Unnamed { .. } => true,
                _ => false,
            }
        {
            return Some(source);
        }
        if let Some(topic) = super::lifted::as_for(self.text, self.entities, first, last) {
            return Some(topic);
        }
        let told = || {
            super::lifted::inserted(self.text, self.entities, first, last)
                .or_else(|| super::lifted::told_at_end(self.text, self.entities, first, last))
        };
        if let Some(teller) = classes.has(Class::SAY).then(told).flatten() {
            return Some(teller);
        }
        // `introduced her as a fairy, to which the actress waved`: who answers is who is told of then.
        let which =
            || (first + 1..last.saturating_sub(1)).find(|t| self.text.is(*t, "to") && self.text.is(*t + 1, "which"));
        if let Some(which) = classes.has(Class::SUBORD).then(which).flatten()
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
        // `Does the director herself believe in ghosts?`
        // `What does the director want people to take away?`
        let what = usize::from(self.text.class(first).has(Class::SUBORD));
        let asks = self.text.class(first + what).has(Class::AUX) && self.text.is(last - 1, "?");
        // `The Best New Actor award went to Kim`: no actor, but a prize.
        let prize = |t: usize| {
            self.text.is_one(
                t,
                words![
                    "award", "prize", "trophy", "honor", "honour", "grand", "daesang", "best", "role", "part"
                ],
            )
        };
        let recipient = || {
            let given = lists.has(asked::AWARDS);
            given.then(|| super::lifted::recipient(self.text, self.entities, first, last))?
        };
        let subject = super::lifted::next_up(self.text, self.entities, first)
            .or_else(|| {
                recipient()
                    .filter(|_| (first..last.min(first + 8)).any(prize) && self.entities.covering(first).is_none())
            })
            .or_else(|| self.met(first, last))
            .or_else(|| self.owner(first, last))
            .or_else(|| match self.is_scene(first) {
                // A relative acts in a scene: `Her mother is waiting.`
                true => super::lifted::moves(self.text, self.entities, first, last)
                    .or_else(|| subject::of_clause(self.text, self.entities, first, last)),
                false => subject::of_sentence(self.text, self.entities, first + if asks { 1 + what } else { 0 }, last),
            })
            .or_else(recipient)
            .or_else(|| classes.has(Class::EPITHET).then(|| self.left_in_tears(first, last))?)
            .or_else(|| self.next_was(first, last))
            .or_else(|| {
                let shown = super::lifted::shown(self.text, self.entities, first, last)?;
                let story =
                    matches!(shown, Reference::Named { id, .. } if self.entities.all[id].nature == Nature::Character);
                (!story || self.is_scene(first)).then_some(shown)
            })
            .or_else(|| super::lifted::moved(self.text, self.entities, first, last))
            .or_else(|| subject::caused(self.text, self.entities, first, last))?;
        let all = || lists.has(asked::EVERYBODY) && (first..last).any(|t| super::lifted::is_everybody(self.text, t));
        if (matches!(subject, Reference::Plural { .. }) || all())
            && let Some(one) = super::lifted::turned_to(self.text, self.entities, first, last)
        {
            return Some(one);
        }
        Some(self.equated(&subject, last).unwrap_or(subject))
    }

    pub(super) fn is_scene(&self, token: usize) -> bool {
        self.scenes.get(self.text.para_of(token)).copied().unwrap_or_default()
    }

    /// `Next to speak was Kim.`: who stands last, behind the verb.
    fn next_was(&self, first: usize, last: usize) -> Option<Reference> {
        let mention = self
            .entities
            .covering(last.checked_sub(2)?)
            .filter(|m| m.first > first && m.last + 1 == last && self.entities.all[m.entity].is_somebody())?;
        let mut verb = mention.first - 1;
        while verb > first && self.text.class(verb).has(Class::TITLE.with(Class::DET)) {
            verb -= 1;
        }
        self.text
            .is_one(verb, words!["was", "is", "came", "comes"])
            .then_some(Reference::to(mention))
    }

    /// `The line left the actress in tears`: a thing does something to the one whom the sentence is about.
    fn left_in_tears(&self, first: usize, last: usize) -> Option<Reference> {
        let text = self.text;
        let real = |t: usize| {
            text.class(t).has(Class::EPITHET)
                && text.class(t).has(Class::TITLE)
                && !text.class(t).has(Class::STORY.with(Class::PLURAL).with(Class::STAFF))
        };
        let head = (first + 2..last).find(|t| {
            real(*t) && text.is(t - 1, "the") && text.shape(*t) == Shape::Lower && text.shape(t + 1) != Shape::Clitic
        })?;
        let alone = self
            .entities
            .between(first, last)
            .iter()
            .all(|m| !self.entities.all[m.entity].is_somebody());
        (alone && text.is(first, "the") && !text.class(head - 2).has(Class::PREP))
            .then_some(Reference::Epithet { head, first: head - 1 })
    }

    /// `Best Actress is 19-year-old Kim`: who is said to be the subject.
    fn equated(&self, subject: &Reference, last: usize) -> Option<Reference> {
        const REACH: usize = 5;
        let Reference::Epithet { head, .. } = subject else {
            return None;
        };
        let be = head + 1;
        let mention = (be + 1..last.min(be + REACH))
            .take_while(|t| self.text.shape(*t) != Shape::Punct)
            .find_map(|t| self.entities.covering(t))?;
        let is = self.text.is_one(be, words!["is", "was"]);
        (is && self.entities.all[mention.entity].is_somebody() && self.text.shape(mention.last) != Shape::Clitic)
            .then_some(Reference::to(mention))
    }

    /// `The prosecutor points a gun at him as she shouts`: she is whom the clause in front is about.
    pub(super) fn main_subject(&self, first: usize, reference: Option<&Reference>) -> Option<Reference> {
        let Some(Reference::Pronoun { class, token }) = reference else {
            return None;
        };
        let text = self.text;
        let opens = token
            .checked_sub(1)
            .filter(|t| *t > first && text.class(*t).has(Class::SUBORD))?;
        let fits = |head: usize| {
            !text.class(head).has(if class.has(Class::SHE) {
                Class::MALE
            } else {
                Class::FEMALE
            })
        };
        subject::of_sentence(text, self.entities, first, opens)
            .filter(|r| matches!(r, Reference::Epithet { head, .. } if fits(*head)) && !class.has(Class::THEY))
    }
}
