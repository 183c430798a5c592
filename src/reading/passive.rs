//! Who tells in the passive: `he was told by Kim, “…”`, `Told by Kim that`, `learns from Kim that`; and whether somebody is
//! said to have spoken at all.

use super::attribution::{Rule, Sieves, token_of};
use super::cue::Joint;
use super::lexicon::Class;
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::resolve::{Choice, Place};
use super::sentence;
use super::text::Shape;

/// Verbs of speech in the past that do not end as such.
const PAST: Words = words![
    "said", "told", "wrote", "went", "put", "spoke", "swore", "began", "shot", "broke", "read",
];

impl Sieves<'_> {
    /// `Kim is met by a cake. Touched, he wipes his eyes`: who reacts is whom the sentence before is about.
    pub(super) fn has_met_with(&self, first: usize) -> bool {
        let sentences = self.resolver.sentences;
        let Some(before) = sentence::at(sentences, first).checked_sub(1).map(|n| sentences[n]) else {
            return false;
        };
        (before.first + 2..before.last).any(|t| {
            let done = self.text.word(t).ends_with("ed") || self.text.is_one(t, words!["met", "given", "shown"]);
            done && self.text.class(t - 1).has(Class::AUX) && self.text.is_one(t + 1, words!["by", "with"])
        })
    }

    /// `he was told by an old villager, “…”`: who tells stands right before the words.
    pub(super) fn passive_agent(&self, first: usize, last: usize) -> Option<Reference> {
        const LONGEST: usize = 8;
        const TOLD: Words = words![
            "told",
            "asked",
            "reminded",
            "warned",
            "informed",
            "advised",
            "quizzed",
            "teased",
            "introduced",
            "greeted",
            "welcomed",
            "praised",
            "scolded",
            "congratulated",
            "thanked",
            "interrupted",
            "corrected",
        ];
        let text = self.text;
        const LEARNS: Words = words!["learns", "learned", "hears", "heard"];
        const MANNER: usize = 4;
        let how = |t: usize| {
            text.is_one(
                t,
                words![
                    "point",
                    "blank",
                    "point-blank",
                    "directly",
                    "in",
                    "unison",
                    "live",
                    "on",
                    "air"
                ],
            )
        };
        // `Told by Kim (Lee) that,`.
        let mut last = last;
        while last > first + 2 && (text.is(last - 1, ",") || text.is(last - 1, "that")) {
            last -= 1;
        }
        let by = (first + 1..last).rev().take(LONGEST + 8).find(|t| {
            // `was asked point blank by the host`, `was reminded again by Kim`.
            let mut verb = t - 1;
            while verb > first && t - verb <= MANNER && (how(verb) || text.class(verb).has(Class::ADV)) {
                verb -= 1;
            }
            text.is(*t, "by") && text.is_one(verb, TOLD)
                || text.is(*t, "from") && text.is_just(t - 1, LEARNS) && self.entities.covering(*t + 1).is_some()
        })?;
        // `is told by him in a low voice`.
        let class = text.class(by + 1);
        if class.has(Class::HE.with(Class::SHE)) && super::gender::is_object(text, by + 1) {
            return Some(Reference::Pronoun { class, token: by + 1 });
        }
        // `was introduced by Kim with the words`.
        let last = (by + 2..last).find(|t| text.is(*t, "with")).unwrap_or(last);
        // `is told by his father, Kim (Lee)`: by whom the name tells.
        let apposed = (by + 2..last)
            .find(|t| text.is(*t, ","))
            .and_then(|comma| self.entities.between(comma, last).first())
            .filter(|m| super::bracket::behind(text, m.last) >= last && self.entities.all[m.entity].is_somebody());
        if let Some(named) = apposed {
            return Some(Reference::to(named));
        }
        let plain = (by + 1..last).all(|t| !text.is(t, ",") && !text.class(t).has(Class::SUBORD.with(Class::AUX)));
        plain.then(|| phrase::read(text, self.entities, by + 1, last)).flatten()
    }

    /// `Told by Kim that, “…,” Lee hands over the keys`: Kim tells it, whoever acts behind it.
    pub(super) fn told_by(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let before = self.judged[number].before();
        // `Kim is asked by the host, “…?” He shakes his head`: the words have their cue in front.
        let in_front = before.joint == Joint::Comma && before.verb.is_none();
        if !(in_front || self.text.is(before.first, "told")) || before.last <= before.first + 2 {
            return None;
        }
        let reference = self.passive_agent(before.first, before.last)?;
        let token = token_of(&reference).unwrap_or(place.token);
        Some((
            Rule::Before,
            self.resolver.resolve(&reference, Place { token, ..place }),
        ))
    }

    /// `“…,” he was told`: the verb.
    pub(super) fn hears(&self, number: usize) -> Option<usize> {
        const NEAR: usize = 4;
        const TOLD: Words = words!["told", "asked", "warned", "informed", "advised", "reminded"];
        let (text, at) = (self.text, self.spans.outer[number].after());
        if !text.class(at).has(Class::NOMINATIVE) || text.class(at).has(Class::THEY) {
            return None;
        }
        let verb = (at + 2..at + NEAR).find(|t| text.is_just(*t, TOLD))?;
        let passive = text.is_one(verb - 1, words!["was", "is", "been"]);
        (passive && (matches!(text.sign(verb + 1), b'.' | b',') || text.is(verb + 1, "by"))).then_some(verb)
    }

    /// `Director Kim pulled him aside. “…,” he was told`: whoever else the sentence in front names; `he was told by Kim`: Kim.
    pub(super) fn was_told(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        const LONGEST: usize = 8;
        let verb = self.hears(number)?;
        let (text, span) = (self.text, &self.spans.outer[number]);
        if text.is(verb + 1, "by") {
            let end = (verb + 2..verb + 2 + LONGEST).find(|t| text.shape(*t) == Shape::Punct)?;
            let reference = phrase::read(text, self.entities, verb + 2, end)?;
            return Some((Rule::Behind, self.resolver.resolve(&reference, place)));
        }
        let sentences = self.resolver.sentences;
        let before = sentences.get(sentence::at(sentences, span.open).checked_sub(1)?)?;
        // `Director Kim pulled him aside`: Kim is not who was told.
        let him = (before.first..before.last).any(|t| text.class(t).has(Class::HE.with(Class::SHE)));
        let hears = place.focus.map(|(id, _)| id).filter(|_| !him);
        let mut others = self
            .entities
            .between(before.first, before.last)
            .iter()
            .filter(|m| !m.in_speech && self.entities.all[m.entity].is_somebody() && Some(m.entity) != hears);
        let one = others.next().filter(|_| before.para + 1 >= place.para);
        let choice = match (one, others.next()) {
            (Some(one), None) => super::attribution::keep(&super::resolve::Speaker::One(one.entity), 0.75),
            _ => None,
        };
        Some((Rule::Behind, choice))
    }

    /// `Kim waits, while an announcer (Lee) is heard on the radio: “…”`: who is heard.
    pub(super) fn is_heard(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 12;
        let text = self.text;
        let be = |t: usize| text.is_one(t, words!["is", "are", "was", "be"]);
        let heard = (first + 2..last)
            .rev()
            .take(REACH)
            .find(|t| text.is(*t, "heard") && be(t - 1))?;
        // Of voices and thoughts it is told whose they are.
        let of_somebody = (first..heard).any(|t| text.is_one(t, words!["voice", "thoughts", "sound"]));
        if of_somebody {
            return None;
        }
        super::subject::of_verb(text, self.entities, first, heard)
    }

    /// `On it is the voice of her mother: “…”`.
    pub(super) fn voice_on_it(&self, first: usize, last: usize, place: Place<'_>) -> Option<Option<Choice>> {
        const REACH: usize = 16;
        let voice = (first..last.saturating_sub(2))
            .rev()
            .take(REACH)
            .find(|t| self.text.is_one(*t, super::toned::SOUNDS) && self.text.is(*t + 1, "of"))?;
        let from = voice + 2 * usize::from(!self.text.is(voice, "voice"));
        let reference = phrase::read(self.text, self.entities, from, last)?;
        Some(self.resolver.resolve(&reference, place))
    }

    /// `digs up the phone and hears Kim’s voice on the other end. “…”`: whose voice is heard speaks.
    pub(super) fn hears_voice(&self, first: usize, last: usize) -> Option<Reference> {
        const NEAR: usize = 8;
        const HEARS: Words = words![
            "hear",
            "hears",
            "heard",
            "hearing",
            "recognizes",
            "recognized",
            "recognises",
            "recognised"
        ];
        let text = self.text;
        let Some(hears) = (first + 1..last).find(|t| text.is_one(*t, HEARS)) else {
            return self.voice_fills(first, last);
        };
        let voice = (hears + 1..last.min(hears + NEAR)).find(|t| text.is(*t, "voice"))?;
        let clitic = (hears + 2..voice).find(|t| text.shape(*t) == Shape::Clitic);
        let owner = match clitic {
            Some(clitic) => self.entities.covering(clitic - 1).filter(|m| m.last == clitic),
            None if text.is(voice + 1, "of") => {
                (voice + 2..last.min(voice + 2 + 3)).find_map(|t| self.entities.covering(t))
            }
            None => None,
        };
        owner
            .filter(|m| self.entities.all[m.entity].is_somebody())
            .map(Reference::to)
    }

    /// `Then the phone rings, and Kim’s voice fills the room. “…”`: whose voice does something there.
    fn voice_fills(&self, first: usize, last: usize) -> Option<Reference> {
        let text = self.text;
        let voice = (first + 2..last.saturating_sub(1)).find(|t| text.is(*t, "voice"))?;
        let owner = (first + 1..voice)
            .rev()
            .take(3)
            .find(|t| text.shape(*t) == Shape::Clitic)
            .and_then(|clitic| self.entities.covering(clitic - 1).filter(|m| m.last == clitic))?;
        let opens = owner.first == first
            || text.class(owner.first - 1).has(Class::CONJ.with(Class::SUBORD))
            || text.is(owner.first - 1, ",");
        let acts = text.shape(voice + 1) == Shape::Lower && text.word(voice + 1).ends_with(['s', 'd']);
        (opens && acts && self.entities.all[owner.entity].is_somebody()).then(|| Reference::to(owner))
    }

    /// The verb beside the words is in the past.
    pub(super) fn is_reported(&self, number: usize) -> bool {
        let judged = &self.judged[number];
        let verb = judged
            .after()
            .filter(|a| a.plain)
            .map(|a| a.verb)
            .or(judged.before().verb);
        verb.is_some_and(|v| self.text.word(v).ends_with("ed") || self.text.is_just(v, PAST))
    }
}
