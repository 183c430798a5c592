//! Whose turn it is in a scene: who acts last in the sentence in front, whose card it is, who is called by name, to whom
//! somebody speaks.
//!
//! A scene is mostly of two. What a sentence ends with is what the next words come from: `Kim is stopped by Lee`, `Kim
//! goes to see Lee, who does not look up`, `until Lee walks in`. Who is called in a line does not say it.

use super::super::attribution::{Sieves, keep, one, single};
use super::super::behind::After;
use super::super::bracket;
use super::super::cue::Joint;
use super::super::entity::{Id, Mention, Nature};
use super::super::lexicon::Class;
use super::super::phrase::{self, Reference};
use super::super::print::{Words, words};
use super::super::resolve::{Choice, Place, Speaker};
use super::super::scan::Span;
use super::super::sentence::Sentence;
use super::super::text::Shape;

/// A sentence of more tokens is not looked through.
const LONGEST: usize = 60;

fn named(mention: &Mention) -> Reference {
    Reference::Named {
        id: mention.entity,
        full: mention.full,
        ambiguous: mention.ambiguous,
        token: mention.first,
    }
}

impl Sieves<'_> {
    /// `Kim as Seo Dong`, and below it `A rookie firefighter who is afraid of heights.`: Seo Dong.
    pub(in super::super) fn card_of(&self, sentence: &Sentence) -> Option<Id> {
        let text = self.text;
        let para = text.paras.get(sentence.para).filter(|p| p.first == sentence.first)?;
        let card = text.paras.get(sentence.para.checked_sub(1)?)?;
        let scene = self.scenes.get(sentence.para).copied().unwrap_or_default();
        let class = text.class(para.first);
        if !scene || !super::is_short(text, card) || !class.has(Class::DET.with(Class::HE).with(Class::SHE)) {
            return None;
        }
        let mut roles = self.entities.between(card.first, card.last).iter().filter(|m| {
            let entity = &self.entities.all[m.entity];
            entity.nature == Nature::Character && entity.actor.is_some()
        });
        let one = roles.next()?.entity;
        roles.all(|m| m.entity == one).then_some(one)
    }

    /// Who acts last in a sentence whose subject is somebody else.
    pub(in super::super) fn acts_last(&self, first: usize, last: usize) -> Option<Reference> {
        let first = first.max(last.saturating_sub(LONGEST));
        self.relative(first, last)
            .or_else(|| self.agent(first, last))
            .or_else(|| self.comes_in_last(first, last))
            .map(|m| named(&m))
    }

    /// `Kim goes to see Lee, who does not even look up.`
    fn relative(&self, first: usize, last: usize) -> Option<Mention> {
        let text = self.text;
        let who = (first + 1..last.saturating_sub(1)).rev().find(|t| text.is(*t, "who"))?;
        let end = self.before_bracket(who - usize::from(text.is(who - 1, ",")));
        let mention = self.somebody_before(end, first)?;
        let closes = (who..last).all(|t| !text.is(t, ","));
        let acts = text.shape(who + 1) == Shape::Lower && !text.class(who + 1).has(Class::NOMINATIVE.with(Class::DET));
        (closes && acts && self.is_behind_subject(mention.first, first)).then_some(mention)
    }

    /// `Kim is stopped at the gate by Lee.`
    fn agent(&self, first: usize, last: usize) -> Option<Mention> {
        let text = self.text;
        let end = self.before_bracket(last.checked_sub(1).filter(|t| *t > first)?);
        let mention = self.somebody_before(end, first)?;
        let mut at = mention.first;
        while at > first
            && text
                .class(at - 1)
                .has(Class::DET.with(Class::TITLE).with(Class::STORY).with(Class::EPITHET))
        {
            at -= 1;
        }
        let by = at.checked_sub(1).filter(|t| *t > first && text.is(*t, "by"))?;
        let be = |t: usize| text.is_one(t, words!["is", "was", "are", "were", "gets", "got", "being"]);
        let passive = (first..by).any(|t| {
            be(t) && (t + 1..by.min(t + 4)).any(|v| text.word(v).ends_with("ed") || text.class(v).has(Class::PAST))
        });
        (passive && self.is_behind_subject(mention.first, first)).then_some(mention)
    }

    /// `They argue until Lee walks in.`: nobody has told of Lee in this scene before.
    fn comes_in_last(&self, first: usize, last: usize) -> Option<Mention> {
        let text = self.text;
        let mention = *self
            .entities
            .between(first, last)
            .iter()
            .rev()
            .find(|m| self.entities.all[m.entity].is_somebody() && !text.is(m.first.wrapping_sub(1), "("))?;
        let mut at = mention.first;
        while at > first && text.class(at - 1).has(Class::DET.with(Class::TITLE).with(Class::STORY)) {
            at -= 1;
        }
        let opens = at
            .checked_sub(1)
            .filter(|t| *t > first && text.is_one(*t, words!["until", "when", "before"]))?;
        let behind = bracket::behind(text, mention.last);
        let acts = behind + 1 < last
            && text.shape(behind) == Shape::Lower
            && !text.class(behind).has(Class::AUX.with(Class::PREP).with(Class::CONJ));
        (acts && !text.is(opens - 1, ",") && self.resolver.comes_in(&mention) && self.is_behind_subject(opens, first))
            .then_some(mention)
    }

    /// One before the bracket that closes before a token, or the token.
    fn before_bracket(&self, end: usize) -> usize {
        const ACTOR: usize = 8;
        if !self.text.is(end.wrapping_sub(1), ")") {
            return end;
        }
        (end.saturating_sub(ACTOR)..end)
            .rev()
            .find(|t| self.text.is(*t, "("))
            .unwrap_or(end)
    }

    fn somebody_before(&self, end: usize, first: usize) -> Option<Mention> {
        self.entities
            .covering(end.checked_sub(1)?)
            .filter(|m| m.last == end && m.first > first && self.entities.all[m.entity].is_somebody())
            .copied()
    }

    /// Somebody else stands in front in the sentence, by name, by a pronoun or by a noun with an article.
    fn is_behind_subject(&self, token: usize, first: usize) -> bool {
        (first..token.saturating_sub(1)).any(|t| {
            let class = self.text.class(t);
            class.has(Class::NOMINATIVE)
                || self.entities.covering(t).is_some_and(|m| m.last < token)
                || t == first && class.has(Class::DET)
        })
    }

    /// Whom a line calls by name: `“Wait, Lee!”`, `“Lee, wait!”`.
    pub(in super::super) fn called(&self, span: &Span) -> Option<Id> {
        const INSIDE: usize = 240;
        let text = self.text;
        let (first, last) = (span.first(), span.close.min(span.first() + INSIDE));
        let opens = |m: &Mention| {
            (m.first == first || m.first == first + 1 || m.first == first + 2 && text.is(first + 1, ","))
                && text.is_just(m.last, words![",", "!", "?", ".", "…", "..."])
        };
        let closes =
            |m: &Mention| text.is(m.first - 1, ",") && text.is_just(m.last, words![".", "!", "?", ",", "…", "..."]);
        self.entities
            .between(first, last)
            .iter()
            .find(|m| m.first > 0 && self.entities.all[m.entity].is_somebody() && (opens(m) || closes(m)))
            .map(|m| m.entity)
    }

    /// `Kim and Lee meet at the well. ¶ “Give it back, Lee.”`: of the two of whom the paragraph in front tells, the one who is
    /// not called.
    pub(in super::super) fn calls_the_other(&self, span: &Span) -> Option<Choice> {
        let called = self.called(span)?;
        let from = self.text.paras[span.para.saturating_sub(1)].first;
        let mut others = self
            .entities
            .between(from, span.open)
            .iter()
            .filter(|m| !m.in_speech && self.entities.all[m.entity].nature == Nature::Character)
            .map(|m| m.entity)
            .filter(|id| *id != called);
        let one = others.next()?;
        let story = self.entities.all[called].nature == Nature::Character;
        (story && others.all(|id| id == one))
            .then(|| keep(&Speaker::One(one), 0.78))
            .flatten()
    }

    /// `“Where were you?” “At home.”`: two whole lines that stand side by side are of two people.
    pub(in super::super) fn is_turn(&self, first: usize, second: usize) -> bool {
        let (a, b) = (&self.spans.outer[first], &self.spans.outer[second]);
        a.para == b.para && a.closed && a.after() == b.open && matches!(self.text.sign(a.close - 1), b'.' | b'!' | b'?')
    }

    /// `a letter in Kim’s handwriting: “…”`, `Kim’s voice: “…”`.
    pub(in super::super) fn in_hand(&self, number: usize) -> Option<Choice> {
        let before = self.judged[number].before();
        let last = before.last.checked_sub(1)?;
        // `The most quoted line is Kim’s: “…”`.
        if before.joint == Joint::Colon
            && self.text.shape(last) == Shape::Clitic
            && let Some(owner) = self.entities.covering(last - 1).filter(|m| m.last == last)
            && self
                .text
                .is_one(owner.first.wrapping_sub(1), words!["is", "was", "are", "were"])
        {
            return keep(&Speaker::One(owner.entity), 0.88);
        }
        let hand = self.text.is_one(last, words!["handwriting", "voice", "hand"]);
        let owner = self.entities.covering(last.checked_sub(2)?)?;
        (hand && before.joint == Joint::Colon && owner.last + 1 == last && self.text.shape(owner.last) == Shape::Clitic)
            .then(|| keep(&Speaker::One(owner.entity), 0.86))?
    }

    /// `The trailer starts with Kim grabbing a microphone.`: the only one whom a paragraph names, where nobody speaks.
    pub(in super::super) fn only_one_of(&self, first: usize, last: usize) -> Option<Id> {
        let named = self.entities.between(first, last);
        let one = named.first()?.entity;
        let only = named.iter().all(|m| m.entity == one && !m.in_speech);
        let story = self.entities.all[one].nature == Nature::Character;
        let speaks = (first..last).any(|t| self.text.shape(t) == Shape::Mark);
        (only && story && !speaks).then_some(one)
    }

    /// `The last word belongs to the president: “…”`.
    pub(in super::super) fn belongs(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 14;
        let text = self.text;
        // `The trailer’s most quoted line is Kim’s: “…”`.
        if let Some(owner) = last
            .checked_sub(2)
            .filter(|t| *t > first + 1 && text.shape(t + 1) == Shape::Clitic)
            && let Some(mention) = self.entities.covering(owner)
            && mention.first > first + 1
            && text.is_one(mention.first - 1, words!["is", "was"])
            && text.class(mention.first - 2).has(Class::SPOKEN)
        {
            return Some(Reference::to(mention));
        }
        let to = (first + 1..last).rev().take(REACH).find(|t| text.is(*t, "to"))?;
        let verb = text.is_one(to - 1, words!["belongs", "belonged", "goes", "went", "falls", "fell"]);
        // `belongs to the young Bang, on his knees in the ash: `.
        let end = (to + 1..last)
            .find(|t| matches!(text.sign(*t), b',' | b'.'))
            .unwrap_or(last);
        let named = || {
            self.entities
                .between(to, end)
                .iter()
                .find(|m| m.last == end)
                .map(Reference::to)
        };
        // `belongs to his supervisor, Chief Baek (Kim): `.
        let apposed = || {
            let mut behind = self.entities.between(end, last).iter();
            let next = behind.find(|m| m.first <= end + 2 && (m.last == last || text.is(m.last, "(")));
            next.map(Reference::to)
        };
        verb.then(|| {
            named()
                .or_else(apposed)
                .or_else(|| phrase::read(text, self.entities, to + 1, end))
        })
        .flatten()
    }

    /// `A voice answers, “…” It is Kim’s, of course.`: the next sentence tells whose it was.
    pub(in super::super) fn told_behind(&self, number: usize) -> Option<Choice> {
        const NEAR: usize = 32;
        const NOUNS: usize = 6;
        const NONE: Class = Class::PREP
            .with(Class::SUBORD)
            .with(Class::NOMINATIVE)
            .with(Class::CONJ);
        let text = self.text;
        let (judged, span) = (&self.judged[number], &self.spans.outer[number]);
        let before = judged.before();
        let is = (span.after()..span.after() + NEAR).find(|t| {
            let opens = text.is_capital(*t) && text.is_one(*t, words!["it", "that", "this"]);
            let belongs = text.is_one(t + 1, words!["belongs", "belonged"]) && text.is(t + 2, "to");
            opens && (belongs || text.is_one(t + 1, words!["is", "was"]) || text.shape(t + 1) == Shape::Clitic)
        })?;
        let is = is + usize::from(text.is(is + 2, "to"));
        let at = |t: usize| self.entities.covering(t).filter(|m| m.first == t);
        // `It is her husband, Kim.`
        let noun = |t: &usize| (text.shape(*t) == Shape::Lower || text.is(*t, ",")) && !text.class(*t).has(NONE);
        let behind = || (is + 2..is + 2 + NOUNS).take_while(noun).last();
        let mention = at(is + 2).or_else(|| at(behind()? + 1))?;
        let voice = |from: usize, to: usize| (from..to).any(|t| text.is(t, "voice"));
        // `says a woman in a red blazer.`
        let new = |a: &After| text.is_one(a.subject.0, words!["a", "an"]);
        let heard = || {
            voice(before.first, before.last)
                || judged
                    .after()
                    .is_some_and(|a| voice(a.subject.0, a.subject.1) || new(&a))
        };
        let somebody = self.entities.all[mention.entity].is_somebody() && heard();
        somebody.then(|| keep(&Speaker::One(mention.entity), 0.84)).flatten()
    }

    /// The other one of a scene: the last to be named before a line besides its speaker.
    pub(in super::super) fn beside(&self, number: usize, who: Option<Id>) -> Option<Id> {
        let span = &self.spans.outer[number];
        if !self.scenes.get(span.para).copied().unwrap_or_default() {
            return None;
        }
        let from = self.text.paras[span.para.saturating_sub(1)].first;
        self.entities
            .between(from, span.open)
            .iter()
            .rev()
            .find(|m| self.entities.all[m.entity].nature == Nature::Character && !m.in_speech && Some(m.entity) != who)
            .map(|m| m.entity)
    }

    /// To whom a line is said, by the words beside it: `Kim tells Lee, “…”`, `“…,” Kim asks Lee`.
    pub(in super::super) fn told_to(&self, number: usize) -> Option<Id> {
        const NEAR: usize = 4;
        let judged = &self.judged[number];
        let verb = judged.after().map(|a| a.verb).or(judged.before().verb)?;
        let text = self.text;
        // `Kim is told by Lee, “…”`: to Kim.
        if text.is(verb + 1, "by") && text.class(verb.wrapping_sub(1)).has(Class::AUX) {
            let subject = crate::reading::subject::of_clause(text, self.entities, judged.before().first, verb - 1);
            // `At the hut Kim is told by Lee`.
            let beside = || self.entities.covering(verb.checked_sub(2)?).map(|m| m.entity);
            return match subject {
                Some(Reference::Named { id, .. }) => Some(id),
                Some(_) => None,
                None => beside(),
            };
        }
        let mut at = verb + 1;
        while at < verb + NEAR
            && (text.is_one(at, words!["to", "at"])
                || text
                    .class(at)
                    .has(Class::TITLE.with(Class::STORY).with(Class::DET).with(Class::ADV)))
            && self.entities.covering(at).is_none()
        {
            at += 1;
        }
        let mention = self.entities.covering(at).filter(|m| m.first == at)?;
        (self.entities.all[mention.entity].is_somebody() && text.shape(mention.last) != Shape::Clitic)
            .then_some(mention.entity)
    }

    /// The speaker that a rule without a cue found is called in the line: another of the scene says it.
    pub(in super::super) fn not_called(&self, span: &Span, choice: Option<Choice>, place: Place<'_>) -> Option<Choice> {
        let choice = choice?;
        let by_title = || {
            let word = self.resolver.vocative((span.open, span.after()))?;
            one(&choice).filter(|id| self.resolver.is_called(*id, word))
        };
        let called = self.called(span).or_else(by_title);
        if called.is_none() || one(&choice) != called {
            return Some(choice);
        }
        let nature = called.map(|id| self.entities.all[id].nature);
        let other = |id: Id| Some(id) != called && Some(self.entities.all[id].nature) == nature;
        let anybody = Place { focus: None, ..place };
        self.resolver
            .pick(place.token, anybody, &other, None, place.scene)
            .filter(|c| one(c).is_some_and(other))
    }

    /// `as a distorted voice can be heard saying`: nobody knows whose it is.
    pub(in super::super) fn is_nobodys_voice(&self, first: usize, verb: usize) -> bool {
        const REACH: usize = 8;
        const NOUNS: usize = 4;
        let text = self.text;
        let Some(voice) = (first.max(verb.saturating_sub(REACH))..verb)
            .rev()
            .find(|t| text.is(*t, "voice"))
        else {
            return false;
        };
        let article = (voice.saturating_sub(NOUNS).max(first)..voice)
            .rev()
            // `a child’s voice counts`.
            .find(|t| {
                !matches!(text.shape(*t), Shape::Lower | Shape::Clitic)
                    || text.class(*t).has(Class::DET.with(Class::PREP))
            });
        let new = article.is_some_and(|t| text.is_one(t, words!["a", "an", "another"]));
        // `says in a low voice`, `a voice from the past, Kim, says`.
        let within = article.is_some_and(|t| t > first && text.class(t - 1).has(Class::PREP));
        let alone = (voice + 1..verb).all(|t| {
            !text.class(t).has(Class::NOMINATIVE)
                && text.shape(t) != Shape::Clitic
                && self.entities.covering(t).is_none()
        });
        new && !within && alone && !text.is(voice + 1, "of")
    }

    /// `Kim wanted to know whether it was cold. “…,” came the reply`: of two who talk, the one who did not ask.
    fn answers_whoever_asked(&self, place: Place<'_>) -> Option<Id> {
        const FEW: usize = 6;
        let told = place.focus.filter(|(_, sentence)| {
            let told = &self.resolver.sentences[*sentence];
            told.para == place.para && told.first >= place.since
        });
        let spoke = place.last.and_then(|(speaker, _)| single(speaker));
        let asker = told.map(|(id, _)| id).or(spoke)?;
        let somebody = |id: &Id| self.entities.all[*id].nature == Nature::Person && *id != asker;
        let recent = self.resolver.recent(place.quote.0);
        let mut others = recent.iter().take(FEW).map(|m| m.entity).filter(somebody);
        let main = self.resolver.main.filter(somebody);
        main.filter(|main| others.clone().any(|id| id == *main))
            .or_else(|| others.next())
    }

    /// `“…,” comes the answer from under the desk`, `A bored voice comes on. “…,” it says`, `says the voice, which belongs to
    /// Kim`: whoever the talk is with, whom it belongs to, or nobody.
    pub(in super::super) fn answers_from(&self, number: usize, place: Place<'_>) -> Option<Option<Choice>> {
        if let Some(choice) = self.addressee_answers(number, place) {
            return Some(Some(choice));
        }
        const NEAR: usize = 5;
        const HEARD: Words = words!["answer", "reply", "voice", "response", "retort", "shout", "comeback"];
        let text = self.text;
        let after = self.spans.outer[number].after();
        let comes = text.is_one(after, words!["comes", "came", "was", "is"]);
        let verb = comes || text.class(after).has(Class::SAY);
        let noun = (after + 1..after + NEAR).find(|t| text.is_one(*t, HEARD));
        let article = text.class(after + 1).has(Class::DET) && !text.class(after + 1).has(Class::HE.with(Class::SHE));
        if let Some(noun) = noun.filter(|t| verb && article && text.shape(t + 1) != Shape::Clitic)
            && (text.is(noun, "voice") || comes)
            && !(after + 1..noun).any(|t| text.shape(t) == Shape::Clitic)
        {
            // `the voice of her late son`, `the reply from Kim`.
            let named = text.is(noun + 1, "from") && text.tokens.get(noun + 2).is_some_and(|t| t.is_capital());
            if named || text.is(noun + 1, "of") {
                return None;
            }
            let end = self.text.paras[self.spans.outer[number].para].last.min(noun + 16);
            if let Some(reference) = self.belongs(noun, end) {
                return Some(self.resolver.resolve(&reference, place));
            }
            let other = place
                .other
                .filter(|id| place.last.is_none_or(|(s, _)| *s != Speaker::One(*id)));
            let the = text.is(after + 1, "the");
            if let Some(told) = self
                .replies_to_the_narrative(place)
                .filter(|_| the && !text.is(noun, "voice"))
            {
                return Some(keep(&Speaker::One(told), 0.82));
            }
            let answers = || self.answers_whoever_asked(place).filter(|_| !place.scene);
            let other = other.or_else(answers).filter(|_| the);
            return Some(other.and_then(|id| keep(&Speaker::One(id), 0.78)));
        }
        // `A bored voice comes on. “…,” it tells her.`
        let it = self.judged[number]
            .after()
            .filter(|a| text.is(a.subject.0, "it") && a.subject.1 == a.subject.0 + 1)?;
        let here = crate::reading::sentence::at(self.resolver.sentences, place.quote.0);
        let before = here.checked_sub(1).map(|n| self.resolver.sentences[n])?;
        let last = before.last.min(before.first + LONGEST);
        let voice = (before.first..last).find(|t| text.is(*t, "voice") && text.shape(t - 1) != Shape::Clitic)?;
        let new = (voice.saturating_sub(4)..voice).any(|t| text.is(t, "a") || text.is(t, "an"));
        (new && it.plain).then_some(None)
    }

    /// `What is next? She hides her face. “…,” comes the reply`, `Kim would like to know the price. “…,” comes the answer`:
    /// whoever is told of behind a question of the narrative, whom a portrait is of, or whoever spoke to the one who asks.
    fn replies_to_the_narrative(&self, place: Place<'_>) -> Option<Id> {
        const ASKS: Words = words!["asks", "asked", "wonders", "wondered", "know", "demands", "demanded"];
        const LOOK: usize = 3;
        let (text, sentences) = (self.text, self.resolver.sentences);
        let here = crate::reading::sentence::at(sentences, place.quote.0);
        let front = here
            .checked_sub(1)
            .map(|n| sentences[n])
            .filter(|s| s.para == place.para)?;
        let focus = place
            .focus
            .filter(|(_, sentence)| sentence + 1 == here)
            .map(|(id, _)| id);
        let asks = (front.first..front.last.min(front.first + LONGEST)).any(|t| text.is_just(t, ASKS));
        if place.scene {
            return match (place.last, focus) {
                (Some((Speaker::One(last), _)), Some(asker)) if asks && *last != asker => Some(*last),
                _ => None,
            };
        }
        let asked = (here.saturating_sub(LOOK)..here)
            .map(|n| sentences[n])
            .any(|s| s.para == place.para && text.is(s.last - 1, "?"));
        let main = || {
            self.resolver
                .main
                .filter(|_| self.resolver.portrait && self.resolver.headlined)
        };
        asked.then(|| focus.filter(|_| !asks).or_else(main)).flatten()
    }
}
