//! Who said each quote: the sieves, in the order of how far they can be trusted.
//!
//! A verb right before the mark, a subject and verb behind it, a colon, the sentence in front, the
//! speaker who goes on. Each sieve gives a reference; `resolve` says who that is.

use super::as_role::speaks_of_trade;
use super::cue::Joint;
use super::entity::{Entities, Id};
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::print::words;
pub(super) use super::resolve::keep;
use super::resolve::{Choice, Place, Resolver, Speaker, nobody_known};
use super::scan::Spans;
use super::scene::pair::Pair;
use super::sentence;
use super::speech::{Judged, Verdict};
use super::subject;
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

/// The claims of all outer spans of an article; spans that are no speech have none, which costs them no space.
pub type Claims = Vec<Option<Box<Claim>>>;

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

/// Whom a sentence is about.
pub(super) enum Subject {
    /// By name, or resolved to one.
    Known(Id),
    /// The token of a noun: `the officer`.
    Stranger(usize),
}

/// What the article has told before a quote.
#[derive(Default)]
pub(super) struct SoFar {
    /// Who spoke last, in which paragraph and span: nobody behind a chorus.
    pub(super) last: Option<(Speaker, usize, usize)>,
    /// Whom the last sentence with a subject was about, and the sentence.
    pub(super) focus: Option<(Id, usize)>,
    /// Whom a sentence before that one was about.
    pub(super) earlier: Option<(Id, usize)>,
    /// The same for somebody without a name: the token of the noun.
    pub(super) stranger: Option<(usize, usize)>,
    /// Who was told of last as “he” and as “she”.
    pub(super) pair: Pair,
    /// Whom the talk is with.
    pub(super) other: Option<Id>,
    /// The sentences before this one are read.
    pub(super) told: usize,
}

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
    /// The article is an interview.
    pub interview: bool,
    /// The article shows the drama itself: a teaser, an episode.
    pub shows: bool,
}

impl Sieves<'_> {
    /// Whoever speaks is the last to have spoken; whom it was about before is the other.
    pub(super) fn remember(&self, number: usize, choice: &Choice, so_far: &mut SoFar) {
        let before = so_far.last.as_ref().and_then(|(speaker, _, _)| single(speaker));
        let (speaker, who) = self.of_the_scene(number, &choice.speaker);
        let apart = |id: &Id| self.may_talk_with(*id, who);
        let told = || {
            let told = self.told_to(number).or_else(|| self.called(&self.spans.outer[number]));
            told.filter(apart).or_else(|| self.turned_to(number, choice))
        };
        so_far.other = told()
            .filter(apart)
            .or(so_far.focus.map(|(id, _)| id).filter(apart))
            .or(before.filter(apart))
            .or_else(|| self.beside(number, who).filter(apart))
            .or(so_far.other.filter(apart))
            .or_else(|| self.other_role(who));
        // `“…,” he was told`: he goes on, and not who told him.
        let heard = self.hears(number).and(so_far.last.take());
        so_far.last = heard.or_else(|| Some((speaker, self.spans.outer[number].para, number)));
        if let Some(id) = one(choice) {
            self.pair_up(id, self.spans.outer[number].after(), &mut so_far.pair);
        }
    }

    pub(super) fn since(&self, last: Option<&(Speaker, usize, usize)>) -> usize {
        last.map_or(0, |(_, _, number)| self.spans.outer[*number].open)
    }

    pub(super) fn claim(&self, number: usize, claims: &[Option<Box<Claim>>], so_far: &SoFar) -> Claim {
        let last = so_far.last.as_ref();
        let span = &self.spans.outer[number];
        let judged = &self.judged[number];
        // Who tells the press something is in no scene.
        let told = judged.before().verb;
        let press = || {
            self.resolver.speaks_to_press(span.after()) || told.is_some_and(|told| self.resolver.is_told_to_press(told))
        };
        let scene =
            self.scenes.get(span.para).copied().unwrap_or_default() && !speaks_of_trade(self.text, span) && !press();
        // Whom the sentence in front is about may have asked there.
        let here = sentence::at(self.resolver.sentences, span.open);
        let asker = so_far.focus.is_some_and(|(_, sentence)| sentence + 1 == here);
        let place = Place {
            token: span.open,
            last: last.map(|(s, para, _)| (s, *para)),
            since: self.since(last),
            reply: self.replies(number) || self.nods(number),
            reacts: self.reacts(number) || asker && self.answers_who_asks(number),
            other: so_far.other,
            para: span.para,
            quote: (span.open, span.after()),
            scene,
            focus: so_far.focus,
            earlier: so_far.earlier,
            stranger: so_far.stranger,
            pair: so_far.pair,
            reported: !scene && self.is_reported(number),
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
        let followed = self
            .one_cue(number, claims, scene)
            .or_else(|| self.participle(number, claims, scene))
            .or_else(|| self.and_said(number, claims, scene));
        if let Some(claim) = followed {
            return claim;
        }
        if let Some(choice) = self.answers_from(number, place) {
            let rule = Rule::Answer;
            return Claim { rule, choice, scene };
        }
        let cited = self.cited(number, place);
        let scene = scene || cited.is_some();
        let labelled = || {
            self.introduces_itself(number)
                .map(|choice| (Rule::Labelled, Some(choice)))
        };
        let found = cited
            .or_else(labelled)
            .or_else(|| self.in_hand(number).map(|choice| (Rule::Colon, Some(choice))))
            .or_else(|| self.told_behind(number).map(|choice| (Rule::Behind, Some(choice))))
            .or_else(|| self.told_by(number, place))
            .or_else(|| self.was_told(number, place))
            .or_else(|| self.one_of_the_public(number))
            .or_else(|| self.written(number, place))
            .or_else(|| self.nominal(number, place))
            .or_else(|| self.in_a_tone(number, place))
            .or_else(|| self.verb_before(number, place))
            .or_else(|| self.verb_behind(number, place))
            .or_else(|| self.colon(number, place))
            .or_else(|| self.reported(number, place));
        if let Some((rule, choice)) = found {
            return Claim { rule, choice, scene };
        }
        if self.says_who(number) || scene && self.follows_the_unknown(number, claims) {
            let (rule, choice) = (Rule::Nobody, None);
            return Claim { rule, choice, scene };
        }
        if let Some((rule, choice)) = self.told_at_its_end(number, place) {
            return Claim { rule, choice, scene };
        }
        let (mut rule, mut choice) = self.floating(number, place, last);
        if scene
            && choice.is_none()
            && let Some(other) = self.calls_the_other(span)
        {
            (rule, choice) = (Rule::Answer, Some(other));
        }
        // `His last words were about laces: “…”`: of the story, whoever tells it.
        let choice = match scene {
            true => self.not_called(span, choice, place),
            false if judged.before().joint == Joint::Colon => choice,
            false => choice.map(|choice| self.as_themself(choice)),
        };
        debug_assert!(judged.is_speech());
        Claim { rule, choice, scene }
    }

    fn verb_before(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let judged = &self.judged[number];
        let before = judged.before();
        let verb = before.verb.filter(|_| !self.is_told_behind_which(number))?;
        if before.joint == Joint::Bare && judged.verdict == Verdict::Speech && judged.after().is_some_and(|a| a.plain) {
            return None;
        }
        // `someone off screen warns`.
        const NEAR: usize = 5;
        let somebody = (before.first.max(verb.saturating_sub(NEAR))..verb)
            .rev()
            .take_while(|t| {
                !self.text.class(*t).has(Class::NOMINATIVE.with(Class::CONJ)) && self.entities.covering(*t).is_none()
            })
            .any(|t| self.text.is_one(t, words!["someone", "somebody"]));
        if somebody {
            return Some((Rule::Before, nobody_known()));
        }
        if self.is_nobodys_voice(before.first, verb) {
            return Some((Rule::Before, None));
        }
        let again = || {
            (before.first..verb)
                .rev()
                .take(14)
                .find(|t| super::cue::is_speech_verb(self.text, *t, before.first))
                .and_then(|v| subject::of_verb(self.text, self.entities, before.first, v))
        };
        let told = (before.joint == Joint::Colon)
            .then(|| self.tells_of(before.first, before.last))
            .flatten();
        let reference = told
            .or_else(|| subject::of_verb(self.text, self.entities, before.first, verb))
            .or_else(again);
        // `Kim asked the idol whether he had, and he replied`: whom Kim asked.
        let asked = || {
            let pronoun = matches!(reference, Some(Reference::Pronoun { class, .. }) if !class.has(Class::THEY));
            pronoun.then(|| self.asked_one(before.first, verb)).flatten()
        };
        // `The message read, “…”`.
        let named = matches!(reference, Some(Reference::Named { .. }));
        if let Some(writer) = self.words_put_up((before.first, verb), place).filter(|_| !named) {
            return Some((Rule::Before, writer));
        }
        let reference = asked()
            .or_else(|| self.main_subject(before.first, reference.as_ref()))
            .or(reference);
        // `was captioned`, `with the words`: a subject that is no speaker leaves it to the other sieves.
        let reference = match reference.or_else(|| self.after_previous(before.first)) {
            Some(reference) => reference,
            // Somebody speaks, and it is nobody who was named.
            None => {
                if let Some(choice) = self.unknown_agency(before.first, verb) {
                    return Some((Rule::Before, Some(choice)));
                }
                return subject::is_unknown(self.text, self.entities, before.first, verb)
                    .then_some((Rule::Before, None));
            }
        };
        let choice = self.resolver.resolve(&reference, place.at(&reference));
        self.learn(&reference, choice.as_ref());
        Some((Rule::Before, choice.or_else(|| self.unknown_agency(before.first, verb))))
    }

    pub(super) fn verb_behind(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let after = self.judged[number].after().filter(|_| !self.ends_a_clause(number))?;
        let (first, last) = after.subject;
        // `“…,” So Yi Rang responded`: a surname that is a word is a part of the name.
        let name = self.entities.covering(first).map_or(first, |m| m.first);
        let first = name.max(place.quote.1);
        let performed = self.judged[number].why == super::speech::PERFORMED;
        let main = || {
            let end = self.resolver.sentences[sentence::at(self.resolver.sentences, place.quote.0)].last;
            performed
                .then(|| subject::of_sentence(self.text, self.entities, place.quote.1, end))
                .flatten()
        };
        if let Some(writer) = self.paper_speaks((first, last), after.verb, place) {
            return Some((Rule::Behind, writer));
        }
        // `someone called from the back`: nobody knows who.
        if last == first + 1 && self.text.is_one(first, words!["someone", "somebody"]) {
            return Some((Rule::Behind, nobody_known()));
        }
        // `“…” (Kim, at her own party)`.
        let read = match self.text.is(after.verb, "(") {
            true => (first..last).find_map(|t| self.entities.covering(t)).map(Reference::to),
            false => self
                .named_and_where(first, last)
                .or_else(|| phrase::read(self.text, self.entities, first, last)),
        };
        // `Kim delivered the line, “…,” so coldly that the room gasped.`
        let before = self.judged[number].before();
        let delivered = (performed && before.last > before.first)
            .then(|| subject::of_clause(self.text, self.entities, before.first, before.last))
            .flatten();
        let reference = delivered.or_else(main).or(read);
        // `“…,” the text next to it said`.
        if !place.scene
            && !matches!(reference, Some(Reference::Named { .. }))
            && let Some(poster) = self.caption((first, last), place)
        {
            return Some((Rule::Behind, Some(poster)));
        }
        let Some(reference) = reference else {
            // `replied Tae Oh`, of whom nothing else tells.
            let name = first < last && self.text.is_capital(first) && !self.text.class(first).is_english();
            return (name && after.plain).then_some((Rule::Behind, None));
        };
        let token = place.quote.0;
        let mut choice = self.resolver.resolve(&reference, Place { token, ..place });
        self.learn(&reference, choice.as_ref());
        if !after.plain
            && let Some(choice) = &mut choice
        {
            choice.sure = (choice.sure - 0.1).max(0.3);
        }
        Some((Rule::Behind, choice))
    }

    fn colon(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let before = self.judged[number].before();
        if before.joint != Joint::Colon {
            return None;
        }
        // `A familiar voice comes over the intercom: “…”`.
        if self.is_nobodys_voice(before.first, before.last) {
            return Some((Rule::Colon, None));
        }
        // `Kim Ji Won: “…”`: the label is the whole phrase.
        if let Some(reference) = phrase::read(self.text, self.entities, before.first, before.last)
            && before.last - before.first <= 6
            && !self.does(before.first, before.last)
            && !(before.first..before.last)
                .any(|t| self.text.class(t).has(Class::AUX.with(Class::PAST)) && !self.text.is_capital(t))
            && let Some(choice) = self.resolver.resolve(&reference, place)
        {
            return Some((Rule::Colon, Some(choice)));
        }
        if let Some(voice) = self.voice_on_it(before.first, before.last, place) {
            return Some((Rule::Colon, voice));
        }
        if let Some(reference) = self.belongs(before.first, before.last)
            && let Some(choice) = self.resolver.resolve(&reference, place)
        {
            return Some((Rule::Colon, Some(choice)));
        }
        let heard = self
            .is_heard(before.first, before.last)
            .or_else(|| self.heard(before.first, before.last));
        if let Some(choice) = heard.as_ref().and_then(|r| self.sender_without_name(r, place)) {
            return Some((Rule::Colon, Some(choice)));
        }
        let reference = heard
            .or_else(|| self.answer_of(before.first, before.last))
            .or_else(|| self.tells_of(before.first, before.last))
            .or_else(|| super::lifted::with_doing(self.text, self.entities, before.first, before.last))
            .or_else(|| subject::of_nearest(self.text, self.entities, before.first, before.last))?;
        let mut choice = self.resolver.resolve(&reference, place.at(&reference))?;
        choice.sure -= 0.04;
        Some((Rule::Colon, Some(choice)))
    }
}

pub(super) fn token_of(reference: &Reference) -> Option<usize> {
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
    single(&choice.speaker)
}

pub(super) const fn single(speaker: &Speaker) -> Option<Id> {
    match speaker {
        Speaker::One(id) => Some(*id),
        _ => None,
    }
}
