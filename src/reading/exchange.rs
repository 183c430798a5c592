//! Whose turn it is where words stand alone: who goes on, and who answers.
//!
//! A new paragraph of words without a cue is the last speaker's, unless the words are an answer, call the last speaker
//! by name, or speak of them. `floating` asks here.

use super::attribution::{Rule, Sieves, keep};
use super::cue::Joint;
use super::entity::{Id, Nature};
use super::lexicon::{self, Class, asked};
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::resolve::{Choice, Place, Speaker};
use super::sentence;
use super::text::Shape;

/// How an answer begins, where it is short.
const REPLIES: Words = words![
    "yes", "no", "exactly", "then", "yeah", "never", "sure", "deal", "same", "agreed", "really",
];

/// What a crowd does that says nothing.
const CHEERS: Words = words![
    "roared",
    "roars",
    "laughed",
    "laughs",
    "cheered",
    "cheers",
    "applauded",
    "applauds",
    "clapped",
    "claps",
    "erupted",
    "erupts",
    "gasped",
    "gasps",
    "burst",
    "bursts",
    "howled",
    "howls",
    "giggled",
    "giggles",
];

impl Sieves<'_> {
    /// `Her answer comes with a smile: “…”`: not of who spoke before.
    pub(super) fn is_the_answer(&self, number: usize) -> bool {
        const NEAR: usize = 4;
        const COMES: Words = words!["comes", "came", "follows", "followed", "arrives", "arrived"];
        const ANSWERS: Words = words!["answer", "reply", "response", "retort", "comeback", "rejoinder"];
        let (text, before) = (self.text, self.judged[number].before());
        before.joint == Joint::Colon
            && (before.first + 1..before.last.min(before.first + NEAR)).any(|t| {
                let owner = text.class(t - 1);
                let own = owner.has(Class::HE.with(Class::SHE)) && !owner.has(Class::NOMINATIVE);
                // `Her answer earned her a complaint` tells of one that was given before.
                let comes = text.class(t + 1).has(Class::AUX) || text.is_just(t + 1, COMES);
                own && comes && text.is_just(t, ANSWERS)
            })
    }

    /// The words in a paragraph of their own answer a question, or begin as an answer does: not of who spoke last.
    pub(super) fn other_party(&self, before: usize, number: usize, speaker: &Speaker, place: Place<'_>) -> Option<Id> {
        const SHORT: usize = 10;
        let text = self.text;
        let Speaker::One(last) = speaker else { return None };
        let other = place.other.or_else(|| self.other_of_two(*last)).filter(|id| {
            let (one, two) = (&self.entities.all[*id], &self.entities.all[*last]);
            id != last && one.nature == two.nature
        })?;
        let (asked, span) = (&self.spans.outer[before], &self.spans.outer[number]);
        let question = text.is(asked.close.saturating_sub(1), "?");
        let first = span.first();
        // `“Then he gave me his hand warmers.”`: a tale goes on.
        let tells_on = |t: usize| text.class(t).has(Class::NOMINATIVE) || text.is(t, "we");
        let answers = span.close - first <= SHORT
            && (text.is(first, "that") && (text.shape(first + 1) == Shape::Clitic || text.is(first + 1, "is"))
                || text.is_one(first, REPLIES) && !(text.is(first, "then") && tells_on(first + 1)));
        // `“She writes 200 messages a day,” complained Kim. ¶ “It was a nice door!”`
        let pronoun = (asked.first()..asked.close).take(6).any(|t| {
            text.class(t).has(Class::NOMINATIVE)
                && !text.class(t).has(Class::THEY)
                && self
                    .resolver
                    .is_she(other)
                    .is_none_or(|she| she == text.class(t).has(Class::SHE))
        });
        let retorts = span.close - first <= SHORT && text.is(span.close.saturating_sub(1), "!") && pronoun;
        // In a scene a new paragraph of words alone is somebody else’s: who goes on would not close the marks.
        let para = self.text.paras[span.para];
        // `“You’ll have to ask the girl.” ¶ “Which girl?”`
        let asks = span.close - first <= SHORT && text.is(span.close.saturating_sub(1), "?");
        let ends = self.text.paras.get(asked.para).is_some_and(|p| asked.after() >= p.last);
        let alone = place.scene
            && span.open == para.first
            && asked.closed
            && (span.after() >= para.last || ends && asks && self.judged[number].after().is_none());
        if place.scene && !question && self.tells_more(before, number, other) {
            return None;
        }
        (question
            || answers
            || self.speaks_of_last(number, speaker)
            || self.addresses(number, place.scene)
            || retorts
            || alone
            || self.is_answered_by(number, *last)
            || !place.scene && self.means_last(before, number, *last, other)
            || self.alternates(before, number))
        .then_some(other)
    }

    /// `“My line means nothing,” Kim shared. ¶ “He gained four kilos”`: he is Kim, of whom she speaks.
    fn means_last(&self, before: usize, number: usize, last: Id, other: Id) -> bool {
        let (one, two) = (&self.spans.outer[before], &self.spans.outer[number]);
        let text = self.text;
        let opens = text.class(two.first());
        if !opens.has(Class::NOMINATIVE) || opens.has(Class::THEY) {
            return false;
        }
        let she = opens.has(Class::SHE);
        // Whom the one before spoke of may be meant as well.
        let third = (one.first()..one.close).any(|t| {
            let class = text.class(t);
            class.has(Class::NOMINATIVE) && !class.has(Class::THEY) && class.has(Class::SHE) == she
        });
        let is = |id: Id| self.resolver.is_she(id);
        is(last) == Some(she)
            && is(other) == Some(!she)
            && !third
            && self.entities.between(one.first(), one.close).is_empty()
    }

    /// Three short paragraphs of words alone: two people talk in turns.
    fn alternates(&self, before: usize, number: usize) -> bool {
        const SHORT: usize = 16;
        let Some(first) = self.spoken_before(before) else {
            return false;
        };
        let line = |n: usize| {
            let span = &self.spans.outer[n];
            let para = self.text.paras[span.para];
            span.open == para.first && span.after() - span.open <= SHORT && para.last - para.first <= 2 * SHORT
        };
        let span = &self.spans.outer[number];
        let alone = span.after() >= self.text.paras[span.para].last;
        let beside = |a: usize, b: usize| self.spans.outer[a].para + 1 == self.spans.outer[b].para;
        alone && beside(first, before) && beside(before, number) && [first, before, number].into_iter().all(line)
    }

    /// `At this, Kim said` behind the words: Kim did not say them.
    fn is_answered_by(&self, number: usize, last: Id) -> bool {
        let span = &self.spans.outer[number];
        let text = self.text;
        let first = match text.paras.get(span.para) {
            Some(para) if span.after() < para.last => span.after(),
            Some(para) => para.last,
            None => return false,
        };
        text.is(first, "at")
            && text.is(first + 1, "this")
            && self
                .entities
                .between(first, first + 8)
                .first()
                .is_some_and(|m| m.entity == last)
    }

    /// `The host wanted to know whether she would catch it. “…”`: whom the question is about answers it.
    pub(super) fn asked_about(
        &self,
        first: usize,
        last: usize,
        asker: Option<&Reference>,
        place: Place<'_>,
    ) -> Option<Choice> {
        const ASKS: Words = words!["asked", "asks", "wondered", "wonders", "inquired", "know", "curious"];
        const WHAT: Words = words!["whether", "if", "how", "why", "what", "when", "where", "which"];
        const NEAR: usize = 6;
        let text = self.text;
        let asks = |t: &usize| {
            let passive = text.class(t - 1).has(Class::AUX.with(Class::SUBORD)) && !text.is(*t, "curious");
            text.is_just(*t, ASKS) && !passive && (!text.is(*t, "know") || text.is(t - 1, "to"))
        };
        let verb = (first + 1..last).find(asks)?;
        let what = (verb + 1..last.min(verb + NEAR)).find(|t| text.is_just(*t, WHAT))?;
        if place.scene {
            // `When she asked why he would, he replied that`: he goes on.
            let fronted = text.class(first).has(Class::SUBORD) && (verb..last).any(|t| text.is(t, ","));
            return (!fronted && !(self.asker_goes_on(what, last)))
                .then(|| self.answered_in_scene(verb, what, asker, place))
                .flatten();
        }
        let token = (what + 1..last.min(what + NEAR)).find(|t| {
            let class = text.class(*t);
            class.has(Class::NOMINATIVE) && !class.has(Class::THEY)
        })?;
        // `asked if he could sit down`: for himself.
        let modal = text.is_one(token + 1, words!["could", "may", "might", "should"]);
        if modal {
            return None;
        }
        // `When one reporter asked which of them she liked, she laughed`: the subject is who was asked.
        if text.class(first).has(Class::SUBORD) {
            return None;
        }
        let asker = asker.and_then(|r| super::attribution::one(&self.resolver.resolve(r, place)?));
        let she = text.class(token).has(Class::SHE);
        let fits = |id: Id| Some(id) != asker && self.resolver.is_she(id).is_none_or(|s| s == she);
        let mut choice = self
            .resolver
            .pick(token, Place { token, ..place }, &fits, Some(she), false)?;
        super::attribution::one(&choice).filter(|id| fits(*id))?;
        choice.sure = (choice.sure - 0.06).min(0.88);
        Some(choice)
    }

    /// `He asks her where the forger is. “…”`, `She asks how many there are. “…”`: in a scene somebody else answers.
    fn answered_in_scene(
        &self,
        verb: usize,
        what: usize,
        asker: Option<&Reference>,
        place: Place<'_>,
    ) -> Option<Choice> {
        const NEAR: usize = 6;
        let text = self.text;
        let asker = super::attribution::one(&self.resolver.resolve(asker?, place)?)?;
        let gender = |t: &usize| text.class(*t).has(Class::HE.with(Class::SHE));
        let object = (verb + 1..what).find(gender);
        // `asks if she is going to run away`, where who asks is a man.
        let asked = (what + 1..what + NEAR)
            .find(|t| gender(t) && text.class(*t).has(Class::NOMINATIVE))
            .filter(|t| self.resolver.is_she(asker) == Some(!text.class(*t).has(Class::SHE)));
        let she = object.or(asked).map(|t| text.class(t).has(Class::SHE));
        let fits = |id: Id| {
            let entity = &self.entities.all[id];
            id != asker
                && entity.nature == Nature::Character
                && she.is_none_or(|she| self.resolver.is_she(id) != Some(!she))
        };
        let before = Place { token: verb, ..place };
        let mut choice = self.resolver.pick(verb, before, &fits, she, true)?;
        super::attribution::one(&choice).filter(|id| fits(*id))?;
        choice.sure = (choice.sure - 0.06).min(0.86);
        Some(choice)
    }

    /// `How is Kim as a partner?` as a paragraph, and behind it `She brightens. “…”`: she is whom the interview is with.
    pub(super) fn answers_heading(&self, first: usize, subject: Option<&Reference>, number: usize) -> Option<Choice> {
        let para = self.spans.outer[number].para;
        let asked = para.checked_sub(1).map(|p| self.text.paras[p])?;
        let Some(Reference::Pronoun { class, .. }) = subject else {
            return None;
        };
        let main = self
            .resolver
            .main
            .filter(|m| self.resolver.headlined && self.resolver.gender_fits(*m, *class))?;
        // `He looks out of the window. When he turns back, he has an answer. “…”`: nobody else has come in.
        let begins = self.text.paras[para].first;
        let mut named = self.entities.between(begins, first).iter();
        let opens = named.all(|m| m.entity == main || !self.entities.all[m.entity].is_somebody())
            && !self.speech_ends_in(begins, first);
        let fits = opens && !class.has(Class::THEY) && self.interview && self.is_question(asked.first, asked.last);
        fits.then(|| keep(&Speaker::One(main), 0.88)).flatten()
    }

    /// Where people talk about a drama, what its characters do is told by who plays them.
    pub(super) fn who_plays(&self, choice: Choice, place: Place<'_>) -> Choice {
        let character = match choice.speaker {
            Speaker::One(id) if self.resolver.talks && !place.scene => &self.entities.all[id],
            _ => return choice,
        };
        match character.actor {
            Some(actor) if character.nature == Nature::Character => Choice {
                speaker: Speaker::One(actor),
                sure: choice.sure.min(0.8),
                ..choice
            },
            _ => choice,
        }
    }

    /// `He whispers that it cannot go on like this. “…”`: he goes on, or the other answers.
    pub(super) fn reports(&self, first: usize, last: usize) -> bool {
        const NEAR: usize = 4;
        let text = self.text;
        let says = |t: &usize| text.class(*t).has(Class::SAY) && text.shape(*t) == Shape::Lower;
        let that = |t: usize| text.is(t, "that") || text.is(t, "apology");
        (first + 1..last)
            .filter(says)
            .any(|verb| (verb + 1..last.min(verb + 1 + NEAR)).any(that))
    }

    /// The other of the only two people whom the article names.
    fn other_of_two(&self, last: Id) -> Option<Id> {
        const MANY: usize = 64;
        let all = &self.entities.all;
        let mut others = (0..all.len().min(MANY)).filter(|id| *id != last && all[*id].is_somebody());
        let other = others.next()?;
        (others.next().is_none() && all[other].nature == Nature::Person).then_some(other)
    }

    /// `“You’ve got that right!”` in a paragraph of its own: said to who spoke last.
    fn addresses(&self, number: usize, scene: bool) -> bool {
        const SHORT: usize = 16;
        const OPENS: usize = 3;
        let (text, span) = (self.text, &self.spans.outer[number]);
        let para = text.paras[span.para];
        let first = span.first();
        let you = |t: usize| text.is(t, "you") || text.word(t).to_ascii_lowercase().starts_with("you’");
        // Outside of a scene `“If you turn up the sound, you can hear me”` is for whoever listens.
        let cries = matches!(text.sign(span.close.saturating_sub(1)), b'!' | b'?');
        span.open == para.first
            && span.after() >= para.last
            && span.close - first <= SHORT
            && (scene || cries)
            && (first..first + OPENS).any(you)
    }

    /// The other one of a talk, by the sentence of a quote or the one in front: `Kim laughed, while Lee said of him, “…”`,
    /// `Lee leaned over to the host. “…,” he said`.
    pub(super) fn turned_to(&self, number: usize, choice: &Choice) -> Option<Id> {
        let sentences = self.resolver.sentences;
        let span = &self.spans.outer[number];
        if self.scenes.get(span.para).copied().unwrap_or_default() {
            return None;
        }
        let here = sentence::at(sentences, span.open);
        let speaker = super::attribution::one(choice)?;
        let real = |id: Id| self.entities.all[id].nature == Nature::Person && id != speaker;
        let before = here
            .checked_sub(1)
            .map(|n| sentences[n])
            .filter(|s| s.para == span.para && self.text.paras[s.para].asked.has(asked::TURNS));
        let toward = before.and_then(|s| {
            let verb = (s.first..s.last).find(|t| self.text.is_in(*t, asked::TURNS))?;
            let to = (verb + 1..s.last.min(verb + 4)).find(|t| self.text.is_one(*t, words!["to", "at", "toward"]))?;
            let reference = phrase::read(self.text, self.entities, to + 1, s.last)?;
            let place = Place {
                token: to + 1,
                last: None,
                since: 0,
                para: span.para,
                quote: (to + 1, to + 1),
                scene: false,
                reply: false,
                focus: None,
                earlier: None,
                reacts: false,
                other: None,
                stranger: None,
                pair: [None; 2],
                reported: false,
            };
            super::attribution::one(&self.resolver.resolve(&reference, place)?).filter(|id| real(*id))
        });
        let mut named = self
            .entities
            .between(sentences[here].first, sentences[here].last)
            .iter();
        let beside = || {
            let first = named.find(|m| !m.in_speech && real(m.entity))?.entity;
            named
                .all(|m| m.in_speech || !real(m.entity) || m.entity == first)
                .then_some(first)
        };
        toward.or_else(beside)
    }

    /// The words name who spoke last: nobody speaks of themselves by name, unless to say who they are.
    pub(super) fn speaks_of_last(&self, number: usize, last: &Speaker) -> bool {
        const REACH: usize = 80;
        let (text, span) = (self.text, &self.spans.outer[number]);
        let Speaker::One(last) = last else { return false };
        let end = span.close.min(span.first() + REACH);
        let named = self.entities.between(span.first(), end).iter();
        named.filter(|m| m.entity == *last && !m.ambiguous).any(|m| {
            let before = m.first.wrapping_sub(1);
            // `I am Kim`, `‘Kim, come here’`: words of another inside.
            let presents = text.class(before).has(Class::FIRST.with(Class::AUX)) || text.shape(before) == Shape::Clitic;
            let nested = text.shape(before) == Shape::Mark && before > span.open;
            self.entities.all[*last].is_somebody() && !presents && !nested
        })
    }

    /// `Kim says, “A.” “B!”`: marks that follow each other with nothing between are two people's.
    pub(super) fn hands_over(
        &self,
        before: usize,
        number: usize,
        speaker: &Speaker,
        place: Place<'_>,
    ) -> Option<(Rule, Option<Choice>)> {
        let (one, two) = (&self.spans.outer[before], &self.spans.outer[number]);
        let closed = matches!(self.text.sign(one.close.saturating_sub(1)), b'.' | b'!' | b'?');
        let adjacent = one.after() == two.open && closed && self.judged[before].before().verb.is_some();
        if !adjacent && !self.speaks_of_last(number, speaker) {
            return None;
        }
        let other = place.other.filter(|id| *speaker != Speaker::One(*id));
        Some(match other {
            Some(other) => (Rule::Answer, keep(&Speaker::One(other), 0.8)),
            None => (Rule::Nobody, None),
        })
    }

    /// `The audience roared. “…”`: a crowd that laughs takes nobody's turn.
    pub(super) fn behind_the_crowd(
        &self,
        subject: Option<&Reference>,
        number: usize,
        place: Place<'_>,
        last: Option<&(Speaker, usize, usize)>,
    ) -> Option<(Rule, Option<Choice>)> {
        let Some(Reference::Unnamed { role, .. }) = subject else {
            return None;
        };
        let (speaker, _, before) = last?;
        let (from, to) = (self.spans.outer[*before].after(), self.spans.outer[number].open);
        let cheers = (from..to).any(|t| self.text.is_just(t, CHEERS));
        if !cheers || !lexicon::classes(role).has(Class::PUBLIC) {
            return None;
        }
        let first = self.spans.outer[number].first();
        let replies = self.text.is_one(first, REPLIES);
        let other = place.other.filter(|id| replies && *speaker != Speaker::One(*id));
        Some(match other {
            Some(other) => (Rule::Answer, keep(&Speaker::One(other), 0.72)),
            None if replies => (Rule::Nobody, None),
            None => (Rule::Continuity, keep(speaker, 0.76)),
        })
    }

    /// A verb of speech with a noun as its subject stands beside the words, which nothing could read: whoever spoke
    /// last did not say them.
    pub(super) fn says_who(&self, number: usize) -> bool {
        let judged = &self.judged[number];
        let noun = |first: usize, last: usize| {
            first < last
                && (self.text.is_capital(first) && !self.text.class(first).is_english()
                    || self.text.class(first).has(Class::DET.with(Class::HE).with(Class::SHE)))
        };
        let behind = judged
            .after()
            .is_some_and(|a| a.plain && noun(a.subject.0, a.subject.1));
        let before = judged.before();
        let name = |t: usize| {
            self.text.is_capital(t) && !self.text.class(t).is_english() && self.entities.covering(t).is_none()
        };
        // `At the gate a maid drops the cup and wails`.
        let new = |t: usize| {
            self.text.is_one(t, words!["a", "an"])
                && (t + 1..t + 3).any(|n| super::beings::is_somebodys(&self.text.word(n).to_ascii_lowercase()))
        };
        let scene = self
            .scenes
            .get(self.spans.outer[number].para)
            .copied()
            .unwrap_or_default();
        if scene && before.joint == Joint::Comma && before.verb.is_some_and(|v| (before.first..v).any(new)) {
            return true;
        }
        behind
            || before.joint != Joint::Bare
                && before
                    .verb
                    .is_some_and(|v| noun(before.first, v) || (before.first..v).any(name))
    }
}
