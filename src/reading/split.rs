//! Split quotes: “A,” he said, “B.” and “A,” he said. “B.” are one quote in two parts.

use super::attribution::{Claim, Rule, Sieves, one};
use super::behind::After;
use super::cue::Joint;
use super::lexicon::{Class, asked};
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::sentence;
use super::speech::Verdict;
use super::text::Shape;

impl Sieves<'_> {
    /// `“A,” “B,” and “C”`: one cue in front serves all.
    pub(super) fn one_cue(&self, number: usize, claims: &[Option<Box<Claim>>], scene: bool) -> Option<Claim> {
        let (span, before) = (&self.spans.outer[number], number.checked_sub(1)?);
        let claim = claims.get(before)?.as_ref()?;
        let choice = claim.choice.as_ref()?;
        let turn = self.is_turn(before, number) && (scene || one(choice).is_some());
        let cued = self.judged[number].after().is_some_and(|a| a.plain);
        let beside = self.judged[before].is_speech()
            && self.spans.outer[before].para == span.para
            && super::speech::only_joined(self.text, self.spans.outer[before].after(), span.open);
        (!turn && !cued && beside).then(|| Claim {
            rule: Rule::Continuity,
            choice: Some(choice.clone()),
            scene,
        })
    }

    /// “A,” he said, “B.”: the words between belong to the first part.
    pub(super) fn split(&self, number: usize, claims: &[Option<Box<Claim>>], scene: bool) -> Option<Claim> {
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
        if a.para != b.para || one.verdict != Verdict::Speech || !two.is_speech() || a.after() >= b.open {
            return false;
        }
        let between = a.after()..b.open;
        let sentences = self.resolver.sentences;
        let (sa, sb) = (sentence::at(sentences, a.open), sentence::at(sentences, b.open));
        // A few words go on only where the first part breaks off with a comma.
        let broken = self.text.is(a.close.saturating_sub(1), ",") && self.text.shape(b.first()) == Shape::Lower;
        if two.verdict == Verdict::Partial && (sa != sb || !broken || two.before().joint != Joint::Comma) {
            return false;
        }
        let own_before =
            one.before().verb.is_some() && one.before().joint != Joint::Bare || one.before().joint == Joint::Colon;
        // `“When I was nine,” Kim said, “I wrote a will,” and here she counted, “and left everything to the dog.”`
        if one.after().is_none_or(|a| !a.plain) && sa == sb && broken && own_before && self.joins_before(first) {
            return true;
        }
        let Some(after) = one.after() else {
            // `She said, “A,” adding, “B.”`
            let verb = two.before().verb.filter(|v| *v >= a.after());
            return own_before
                && sa == sb
                && between.len() <= 5
                && (verb.is_some_and(|v| between.len() <= 4 && self.text.class(v).has(Class::ING))
                    || one.before().verb.is_some() && self.and_says(first, second))
                && (a.after()..b.open).all(|t| !self.text.is_capital(t));
        };
        // `The idea: “A,” said Kim. “B.”`: a colon without a verb says nothing where somebody does behind the words.
        let announced = one.before().verb.is_none() && after.plain && self.text.is(a.close.saturating_sub(1), ",");
        if own_before && !announced && one.before().last > one.before().first || self.ends_a_clause(first) {
            return false;
        }
        if self.colon_of_another(after.verb, second) || self.calls_first(first, second) {
            return false;
        }
        if sa == sb {
            // The same verb serves both, or a participle follows it.
            let verb = two.before().verb;
            let clause = two.before().first > after.verb;
            // `“…,” she sighed as she read out the card, “…”`: what is done beside it says nothing anew.
            let beside = |v: usize| {
                let opens = |t: usize| self.text.is(t, "as") && self.text.class(t + 1).has(Class::NOMINATIVE);
                v + 1 < two.before().last && (after.verb + 1..v).any(|t| opens(t) && t + 2 == v)
            };
            let other = verb.filter(|v| !beside(*v)).is_some_and(|v| {
                clause && self.opens_with_somebody(two.before().first)
                    // `she whispers, and a voice in the dark answers`.
                    || self.is_nobodys_voice(after.verb + 1, v)
                    || v != after.verb
                        && !self.text.class(v).has(Class::ING)
                        && self.has_other_subject(after.verb + 1, v)
            });
            // `“…,” Kim managed, and the MC wiped her eyes: “…”`.
            // `offers the actress, and Tae Sang Ho outbids her with, “…”`.
            let whole = !self.text.is(a.close.saturating_sub(1), ",") || self.text.shape(b.first()) != Shape::Lower;
            let joint = two.before().joint;
            let acts = (joint == Joint::Colon || whole && joint == Joint::Comma && verb.is_none())
                && self.acts_behind(after.verb + 1, b.open);
            return !other && !acts;
        }
        // `“A,” he said. “B.”`: one sentence, and the second opens the next one.
        // `“A!” Kim cries. “B.”`: the attribution may be a sentence by itself.
        let sa = sentence::at(sentences, after.verb);
        let next = sb == sa + 1 && sentences[sb].first == b.open;
        next && !self.own_speaker(second)
            && !self.says_anew(second)
            && !self.other_noun(first, second)
            && !self.answers(first, second)
            && !self.hands_the_turn(first, second)
            && !self.two_nouns(first, second)
            && !self.other_pronoun(first, second)
            && (!self.acts_behind(after.verb + 1, b.open) || self.acts_too(after, b.open))
    }

    /// `She said, “A,” and explained, “B.”`: nothing but `and` and adverbs stands in front of the second verb.
    pub(super) fn and_says(&self, first: usize, second: usize) -> bool {
        let text = self.text;
        let from = self.spans.outer[first].after();
        let verb = self.judged[second]
            .before()
            .verb
            .filter(|v| from < *v && *v < self.spans.outer[second].open);
        let little = |t: usize| text.is(t, "and") || text.is(t, ",") || text.class(t).has(Class::ADV);
        verb.is_some_and(|verb| (from..verb).all(little) && (from..verb).any(|t| text.is(t, "and")))
    }

    /// `“A,” Kim answers, and she sits down. “B.”`: who does something beside speaking is who spoke.
    fn acts_too(&self, after: After, end: usize) -> bool {
        let text = self.text;
        let behind = after.verb.max(after.subject.1.saturating_sub(1)) + 1;
        let joins = |t: &usize| text.is(*t, "and") && text.class(t + 1).has(Class::NOMINATIVE);
        let Some(and) = (behind..end).find(joins) else {
            return false;
        };
        let class = text.class(and + 1);
        let same = match phrase::read(text, self.entities, after.subject.0, after.subject.1) {
            Some(Reference::Pronoun { class: who, .. }) => who.has(Class::SHE) == class.has(Class::SHE),
            Some(Reference::Named { id, .. }) => self.entities.all[id].is_she() == Some(class.has(Class::SHE)),
            Some(Reference::Epithet { head, .. }) => {
                let gender = if class.has(Class::SHE) {
                    Class::FEMALE
                } else {
                    Class::MALE
                };
                text.class(head).has(gender)
            }
            _ => false,
        };
        // `“…,” Kim asks him, and he cannot lift his head`: somebody else is there.
        let gender = Class::HE.with(Class::SHE).with(Class::THEY);
        let other = |t: usize| text.class(t).has(gender) && super::gender::is_object(text, t);
        let named = |m: &super::entity::Mention| self.entities.all[m.entity].is_somebody();
        same && !class.has(Class::THEY)
            && !(behind..and).any(other)
            && !self.entities.between(behind, end).iter().any(named)
            && !(and + 2..end).any(|t| joins(&t) || self.is_joined_by_another(t))
    }

    /// `and the king`, `and Kim` behind what somebody does.
    fn is_joined_by_another(&self, token: usize) -> bool {
        self.text.is(token, "and") && self.text.class(token + 1).has(Class::DET) && {
            let class = self.text.class(token + 2);
            class.has(Class::EPITHET.with(Class::HOST).with(Class::STORY))
        }
    }

    /// `“A,” says Kim. “B,” he says.`: who goes on is not told again, unless as one who adds something.
    pub(super) fn says_anew(&self, second: usize) -> bool {
        const ADDS: Words = words![
            "added",
            "adds",
            "continued",
            "continues",
            "went",
            "goes",
            "concluded",
            "concludes",
            "repeated",
            "repeats",
            "finished",
            "finishes",
            "ended",
            "ends",
        ];
        self.judged[second]
            .after()
            .is_some_and(|a| a.plain && !self.text.is_just(a.verb, ADDS))
    }

    /// The second of two spans, between which stands nothing but the attribution of the first, has its own: it is not of
    /// who spoke first.
    pub(super) fn takes_the_word(&self, number: usize) -> bool {
        let Some(before) = self.spoken_before(number) else {
            return false;
        };
        let (a, b) = (&self.spans.outer[before], &self.spans.outer[number]);
        let Some(after) = self.judged[before].after().filter(|after| after.plain) else {
            return false;
        };
        let sentences = self.resolver.sentences;
        let sa = sentence::at(sentences, after.verb);
        let own = self.judged[before].before();
        a.para == b.para
            && sentence::at(sentences, b.open) == sa + 1
            && sentences[sa + 1].first == b.open
            && (own.verb.is_none() || own.joint == Joint::Bare)
            && !self.acts_behind(after.verb + 1, b.open)
            && self.says_anew(number)
    }

    /// `The latter teases the former, “You ate two.” He admits it, “They were melting.”`: who is told “you” owns up.
    pub(super) fn owns_up(&self, number: usize, verb: usize) -> bool {
        const OWNS: Words = words![
            "admits",
            "admitted",
            "concedes",
            "conceded",
            "confesses",
            "confessed",
            "apologizes",
            "apologized",
            "insists",
            "insisted",
            "pleads",
            "pleaded",
            "defends",
            "defended",
        ];
        const REACH: usize = 40;
        let Some(before) = self.spoken_before(number).filter(|_| self.text.is_just(verb, OWNS)) else {
            return false;
        };
        let (a, b) = (&self.spans.outer[before], &self.spans.outer[number]);
        let sentences = self.resolver.sentences;
        let close = sentence::at(sentences, a.open) + 1 == sentence::at(sentences, b.open) && a.para == b.para;
        let you = |t: usize| self.text.is_one(t, words!["you", "your", "you’re", "you've"]);
        close && self.judged[before].before().verb.is_some() && (a.first()..a.close.min(a.first() + REACH)).any(you)
    }

    /// A span goes on from the one before it.
    fn joins_before(&self, number: usize) -> bool {
        self.spoken_before(number).is_some_and(|n| {
            let attributed = self.judged[n].after().is_some_and(|a| a.plain);
            attributed && self.spans.outer[n].para == self.spans.outer[number].para && self.joins(n, number)
        })
    }

    /// `Kim begs, but it is Lee’s voice that answers: “…”`: a clause of its own brings the second in.
    fn colon_of_another(&self, verb: usize, second: usize) -> bool {
        let before = self.judged[second].before();
        let begins = (verb + 1..before.last).find(|t| {
            self.text.class(*t).has(Class::CONJ) && self.text.shape(*t) == Shape::Lower && !self.text.is(*t, "or")
        });
        before.joint == Joint::Colon
            && begins.is_some_and(|t| {
                (t + 1..before.last).any(|t| self.text.class(t).has(Class::NOMINATIVE))
                    || !self.entities.between(t, before.last).is_empty()
                    || self.text.class(t + 1).has(Class::DET)
            })
    }

    /// `“…,” says Kim. “Kim, …”`: nobody calls themselves.
    fn calls_first(&self, first: usize, second: usize) -> bool {
        let speaker = self.judged[first]
            .after()
            .and_then(|a| phrase::read(self.text, self.entities, a.subject.0, a.subject.1));
        let called = self.called(&self.spans.outer[second]);
        matches!(speaker, Some(Reference::Named { id, .. }) if called == Some(id))
    }

    /// In a scene two sentences with a noun each have two speakers: `says the concubine. “…,” says the physician.`
    fn two_nouns(&self, first: usize, second: usize) -> bool {
        let read = |n: usize| {
            let after = self.judged[n].after().filter(|a| a.plain)?;
            phrase::read(self.text, self.entities, after.subject.0, after.subject.1)
        };
        let scene = self
            .scenes
            .get(self.spans.outer[first].para)
            .copied()
            .unwrap_or_default();
        let (Some(one), Some(Reference::Epithet { head, .. })) = (read(first), read(second)) else {
            return false;
        };
        let noun = self.text.word(head);
        scene
            && match one {
                Reference::Named { id, .. } => {
                    !self.entities.all[id].nouns.iter().any(|n| n.eq_ignore_ascii_case(noun))
                }
                Reference::Epithet { head: other, .. } => !self.text.word(other).eq_ignore_ascii_case(noun),
                // `“…?” he asks. “…,” says the gardener.`
                Reference::Pronoun { .. } => self.text.is(self.spans.outer[first].close.saturating_sub(1), "?"),
                _ => false,
            }
    }

    fn opens_with_somebody(&self, first: usize) -> bool {
        self.text.class(first).has(Class::NOMINATIVE)
            // `he shouts, while the crew cheers, “…”`.
            || self.text.class(first).has(Class::DET)
                && (first + 1..first + 4).any(|t| {
                    let known = Class::TEAM.with(Class::STAFF).with(Class::EPITHET).with(Class::PASSER);
                    self.text.class(t).has(known) || super::noun::is_new_person(self.text, first, t)
                })
            || self
                .entities
                .covering(first)
                .is_some_and(|m| self.entities.all[m.entity].is_somebody())
    }

    fn has_other_subject(&self, first: usize, verb: usize) -> bool {
        // `she said, before the veteran cut in`.
        let noun = |t: usize| {
            let opens = Class::SUBORD.with(Class::CONJ);
            // `one fan wrote, while another added`.
            if self.text.class(t).has(opens) && self.text.is_one(t + 1, words!["another", "others"]) {
                return true;
            }
            // `grumbled Kim, to which Lee, the youngest, replied`, `he sniffles, and when a crew member wonders`.
            let which = self.text.is_one(t, words!["which", "whom"]) && self.text.is(t.wrapping_sub(1), "to");
            if (which || self.text.class(t).has(opens)) && self.opens_with_somebody(t + 1) {
                return true;
            }
            // `to which the younger, Lee, answers`, `he tells Lee (Kim), who, a spade in her hand, replies`.
            if which && self.text.class(t + 1).has(Class::DET) || self.text.is(t, "who") && self.text.is(t - 1, ",") {
                return !self.text.class(verb).has(Class::ING);
            }
            let owned = self.text.class(t + 1).has(Class::HE.with(Class::SHE))
                && !self.text.class(t + 1).has(Class::NOMINATIVE);
            self.text.class(t).has(opens)
                && (self.text.is(t + 1, "the") || owned)
                && (t + 2..t + 5).any(|t| {
                    let class = self.text.class(t);
                    let one = super::noun::is_one_of_two(self.text, t) || owned && self.text.is_in(t, asked::PARTNERS);
                    t < verb && (one || class.has(Class::EPITHET.with(Class::STORY).with(Class::TITLE)))
                })
        };
        // `“…,” which Kim says in the last episode, the actor said, “…”`.
        let known = Class::EPITHET.with(Class::HOST).with(Class::STAFF);
        let told = verb > first + 2
            && self.text.class(verb - 1).has(known)
            && self.text.is(verb - 2, "the")
            && self.text.is(verb - 3, ",");
        told || (first..verb).any(|t| self.text.class(t).has(Class::NOMINATIVE) || noun(t))
            || self
                .entities
                .between(first, verb)
                .iter()
                .any(|m| m.last >= verb.saturating_sub(2))
    }

    /// `“…!” the host exclaimed. “…,” the actor shot back`: nouns for two people.
    fn other_noun(&self, first: usize, second: usize) -> bool {
        let host = |n: usize| {
            let after = self.judged[n].after().filter(|a| a.plain)?;
            match phrase::read(self.text, self.entities, after.subject.0, after.subject.1)? {
                Reference::Epithet { head, .. } => Some(self.text.class(head).has(Class::HOST.with(Class::PASSER))),
                Reference::Named { id, .. } => Some(self.entities.all[id].trade == super::entity::Trade::Host),
                _ => None,
            }
        };
        matches!((host(first), host(second)), (Some(a), Some(b)) if a != b)
    }

    /// `he said` behind the first span, `she replied` behind the second.
    fn other_pronoun(&self, first: usize, second: usize) -> bool {
        matches!((self.subject_is_she(first), self.subject_is_she(second)), (Some(a), Some(b)) if a != b)
    }

    /// `“…?” asked Kim. “…,” he answered.`
    fn answers(&self, first: usize, second: usize) -> bool {
        const ANSWERS: Words = words![
            "answered",
            "answers",
            "replied",
            "replies",
            "responded",
            "responds",
            "retorts",
            "retorted",
            "counters",
            "countered",
            "corrects",
            "corrected",
            "snaps",
            "shoots",
        ];
        let span = &self.spans.outer[first];
        let asked = self.text.is(span.close.saturating_sub(1), "?");
        let scene = self.scenes.get(span.para).copied().unwrap_or_default();
        let answers = |n: usize| {
            self.judged[n]
                .after()
                .is_some_and(|a| self.text.is_just(a.verb, ANSWERS))
        };
        // Who has answered does not answer again.
        (asked || scene && !answers(first)) && answers(second)
    }

    /// `While Kim described the shoot as “…,” Lee said`: the words belong to the clause in front.
    pub(super) fn ends_a_clause(&self, number: usize) -> bool {
        let before = self.judged[number].before();
        self.text
            .is_one(before.first, words!["while", "whereas", "although", "though"])
            && before.joint == Joint::Bare
            && (before.first + 1..before.last).any(|t| super::cue::is_speech_verb(self.text, t, before.first))
    }

    /// `and she opened her eyes`: somebody acts behind the attribution.
    fn acts_behind(&self, first: usize, last: usize) -> bool {
        (first..last).any(|t| {
            // `“A,” jokes Kim, while his co-star settles for something quieter: “B”`.
            let partner = self.text.is(t, "while")
                && self.text.class(t + 1).has(Class::HE.with(Class::SHE))
                && self.text.is_in(t + 2, asked::PARTNERS);
            partner
                || self.text.is(t, "and")
                    && (self.text.class(t + 1).has(Class::NOMINATIVE)
                        || self.text.is(t + 1, "the") && self.text.class(t + 2).has(Class::EPITHET.with(Class::HOST))
                        || self.entities.covering(t + 1).is_some_and(|m| {
                            self.entities.all[m.entity].is_somebody() && self.text.shape(m.last) == Shape::Lower
                        }))
        })
    }

    /// The second span has an attribution of its own that names somebody.
    fn own_speaker(&self, number: usize) -> bool {
        let Some(after) = self.judged[number].after().filter(|a| a.plain) else {
            return false;
        };
        let (first, last) = after.subject;
        !matches!(
            phrase::read(self.text, self.entities, first, last),
            None | Some(Reference::Pronoun { .. } | Reference::Epithet { .. })
        )
    }
}
