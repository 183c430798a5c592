//! Lines whose speaker is told by a name or a pronoun that is the actor's, in words that tell of the role: `In the opening
//! scene, she shouts into a valley`, `Kim, as the timid Min Jun, has to read out the list`, `Jo (Kim) sweeps the dock. “…,” the
//! old man says`.

use super::bracket::in_bracket;
use super::entity::{Entities, Id, Mention};
use super::lexicon::{Class, asked};
use super::print::{Words, words};
use super::scan::Span;
use super::scene::is_role_told;
use super::sentence::{self, Sentences};
use super::text::{Shape, Text};

/// Where a line stands.
pub(super) struct Place<'a> {
    pub text: &'a Text,
    pub entities: &'a Entities,
    pub sentences: &'a Sentences,
    pub span: &'a Span,
    /// First token of its sentence.
    pub first: usize,
    /// People talk about the drama in the article.
    pub talk: bool,
    /// It is about the making.
    pub made: bool,
    /// It is a review or a recap.
    pub review: bool,
}

/// `“I read it and put the script in a drawer,” she says`: an actor's words, not a line.
pub(super) fn speaks_of_trade(text: &Text, span: &Span) -> bool {
    text.paras.get(span.para).is_some_and(|p| p.asked.has(asked::TRADE))
        && (span.first()..span.close).any(|t| text.is_in(t, asked::TRADE))
}

impl Place<'_> {
    /// Whether who speaks in the present as an actor is the role.
    pub fn is_of_role(&self, actor: Id, role: Id) -> bool {
        !self.is_remark()
            && !speaks_of_trade(self.text, self.span)
            && (self.is_located(actor) || self.is_said_as(actor, role) || self.is_only_role(actor, role))
    }

    /// Whether who spoke, as an actor, is the role: `Last week’s episode closed with Role finding feathers. “…?” he asked`.
    pub fn was_of_role(&self, actor: Id, role: Id) -> bool {
        !self.is_remark()
            && !speaks_of_trade(self.text, self.span)
            && (self.review && self.is_only_role(actor, role)
                || self.is_in_episode(role)
                || self.is_in_last_episode(actor))
    }

    /// `In last week’s episode he smiled at the heroine and said`: the sentence itself says where; not `In the latest episode of X`.
    fn is_in_last_episode(&self, actor: Id) -> bool {
        const HEAD: usize = 6;
        let (text, first) = (self.text, self.first);
        if self.talk || !text.is_one(first, words!["in", "during"]) {
            return false;
        }
        let episode = (first + 1..first + HEAD).find(|t| text.is_one(*t, words!["episode", "finale", "premiere"]));
        let Some(behind) = episode.map(|t| t + 1) else {
            return false;
        };
        let behind = behind + usize::from(text.shape(behind) == Shape::Number);
        let pronoun = behind + usize::from(text.is(behind, ","));
        let one = text.class(pronoun).has(Class::NOMINATIVE) && !text.class(pronoun).has(Class::THEY);
        one && self.named(first, self.span.open).all(|m| m.entity != actor)
    }

    /// A sentence in front, in the paragraph, says how an episode went on, and the role does something in it.
    fn is_in_episode(&self, role: Id) -> bool {
        const SENTENCES: usize = 3;
        const HEAD: usize = 8;
        const GOES: Words = words![
            "closed", "closes", "opened", "opens", "ended", "ends", "began", "begins", "saw", "sees", "finds", "found",
        ];
        let text = self.text;
        let (para, _) = self.para();
        let mut first = self.first;
        for _ in 0..SENTENCES {
            if first <= para {
                return false;
            }
            let before = sentence::at(self.sentences, first - 1);
            let Some(told) = self.sentences.get(before) else {
                return false;
            };
            let (from, end) = (told.first.max(para), first);
            let episode = (from..end.min(from + HEAD))
                .find(|t| text.is_one(*t, words!["episode", "finale", "premiere", "teaser", "trailer"]));
            let goes = episode.is_some_and(|t| (t + 1..end.min(t + HEAD)).any(|v| text.is_one(v, GOES)));
            if goes {
                // Whoever of the story it names, the lines behind it are of the story.
                let told = |m: &Mention| self.entities.all[m.entity].nature == super::entity::Nature::Character;
                return self.named(from, end).any(|m| m.entity == role || told(m));
            }
            first = from;
        }
        false
    }

    fn para(&self) -> (usize, usize) {
        let para = &self.text.paras[self.span.para];
        (para.first, para.last)
    }

    /// The names outside of speech between two tokens, but for those in brackets.
    fn named(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = &Mention> {
        // `Role (a scene-stealing Kim)`.
        let bracket = |m: &&Mention| !m.in_speech && !in_bracket(self.text, m.first);
        self.entities.between(from, to).iter().filter(bracket)
    }

    /// `she says of her role`, `he jokes to the crew`: somebody speaks about the drama, or on its set.
    fn is_remark(&self) -> bool {
        const REACH: usize = 12;
        let (_, last) = self.para();
        let after = self.span.after();
        let remark = asked::REMARKS.with(asked::COMMENTS).with(asked::ON_SET);
        if !self.text.paras[self.span.para].asked.has(remark) {
            return false;
        }
        // `In the scene that has been shared most, he says`: nobody comments.
        let near = |t: usize| self.text.is_in(t, remark) && !self.text.is(t.wrapping_sub(1), "been");
        let behind = (after..last.min(after + REACH)).take_while(|t| !self.text.is(*t, "."));
        (self.first..self.span.open).any(near) || behind.into_iter().any(near)
    }

    /// `In the opening scene, she shouts into a valley. “…,” she notes`; where people talk, in the same sentence alone.
    fn is_located(&self, actor: Id) -> bool {
        const SENTENCES: usize = 3;
        // An interview says in its headline that people speak as themselves, and quotes the role all the same.
        if self.made && !self.talk {
            return false;
        }
        let (para, _) = self.para();
        let mut first = self.first;
        for _ in 0..if self.talk { 1 } else { SENTENCES } {
            if self.names_place(first) {
                return self.named(first, self.span.open).all(|m| m.entity != actor);
            }
            if first <= para {
                return false;
            }
            let before = sentence::at(self.sentences, first - 1);
            first = self.sentences.get(before).map_or(para, |s| s.first).max(para);
        }
        false
    }

    /// `In the opening scene`, `By the last episode`, `In the scene that has been shared most`, `In Episode 8`, `There’s a moment in
    /// which`: where in the story.
    fn names_place(&self, first: usize) -> bool {
        const REACH: usize = 6;
        const SCENES: Words = words![
            "scene", "episode", "finale", "minutes", "minute", "moment", "moments", "seconds", "shot", "sequence",
        ];
        const WHICH: Words = words![
            "opening",
            "last",
            "first",
            "final",
            "closing",
            "second",
            "third",
            "fourth",
            "fifth",
            "penultimate",
            "premiere",
        ];
        const WHERE: Words = words!["where", "when", "that", "which", "of"];
        let text = self.text;
        let there = text.is(first, "there") && (text.is(first + 1, "is") || text.shape(first + 1) == Shape::Clitic);
        let opens = text.is_one(first, words!["in", "by", "at", "during"])
            || text.is(first, "only") && text.is(first + 1, "in")
            || there;
        if !opens {
            return false;
        }
        let scene = (first + 1..first + REACH).find(|t| text.is_one(*t, SCENES));
        scene.is_some_and(|scene| {
            let which = (first + 1..scene).any(|t| text.is_one(t, WHICH));
            let behind = scene + 1 + usize::from(text.is_one(scene + 1, words!["in", "at"]));
            // `In the scene, he`, `In one scene, he`.
            let bare = text.is(scene + 1, ",") && text.is_one(scene, words!["scene", "finale"]);
            let numbered = text.is(scene, "episode") && text.shape(scene + 1) == Shape::Number;
            which && !there || bare || numbered || text.is_one(behind, WHERE)
        })
    }

    /// `Kim, as the timid Min Jun, has to read out the list. “…,” he stammers`.
    fn is_said_as(&self, actor: Id, role: Id) -> bool {
        const NOUNS: usize = 8;
        let text = self.text;
        let (para, _) = self.para();
        let Some(own) = self.named(para, self.span.open).rfind(|m| m.entity == actor) else {
            return false;
        };
        let as_role = text.is(own.last, ",") && text.is(own.last + 1, "as");
        let named = self.named(own.last, self.span.open.min(own.last + NOUNS)).next();
        as_role && named.is_some_and(|m| m.entity == role && text.is(m.last, ","))
    }

    /// `runs into Jo (Kim), who sweeps the dock. “…,” the old man says`: the role alone is named in the paragraph.
    fn is_only_role(&self, actor: Id, role: Id) -> bool {
        const REACH: usize = 12;
        if self.talk {
            return false;
        }
        let (para, last) = self.para();
        let end = last.min(self.span.after() + REACH);
        let owns = |m: &Mention| self.text.shape(m.last) == Shape::Clitic;
        let done = |m: &Mention| m.entity == role && !owns(m) && !is_role_told(self.text, m);
        // `Role, the landowner Kim plays in X, never raises his voice`: who plays is told in passing.
        let passing =
            |m: &Mention| self.text.is_in(m.last, asked::PLAYS) && self.named(para, m.first).any(|r| r.entity == role);
        self.named(para, end).all(|m| m.entity != actor || passing(m)) && self.named(para, self.span.open).any(done)
    }
}

/// `We then see Kim’s character, a former engineer, unrolling a map. “…,” he tells the crew`, `Kim, as the driver, is not impressed:
/// “…”`: in front of the words, in their paragraph, an actor stands for the role.
pub(super) fn is_own_character(text: &Text, entities: &Entities, actor: Id, span: &Span) -> bool {
    const NEAR: usize = 40;
    let Some(para) = text.paras.get(span.para) else {
        return false;
    };
    let mut named = entities
        .between(para.first.max(span.open.saturating_sub(NEAR)), span.open)
        .iter();
    let own = named.rfind(|m| m.entity == actor && !m.in_speech);
    own.is_some_and(|m| {
        let character = text.shape(m.last) == Shape::Clitic && text.is(m.last + 1, "character");
        let does = text.class(m.last + 2).has(Class::DET) || !text.is_one(m.last + 2, words!["in", "is", "was", "who"]);
        let guise = text.is(m.last, ",")
            && text.is(m.last + 1, "as")
            && text.class(m.last + 2).has(Class::DET)
            && text.shape(m.last + 3) == Shape::Lower;
        character && does || guise
    }) && !speaks_of_trade(text, span)
}

/// `As the heiress Role in “X,” she cried`: of several roles of one actor the one that the sentence opens with.
pub(super) fn opening(text: &Text, entities: &Entities, role: Id, first: usize, open: usize) -> Option<Id> {
    const NEAR: usize = 6;
    let actor = entities.all[role].actor.filter(|_| text.is(first, "as"))?;
    let named = entities.between(first, open.min(first + NEAR)).first()?;
    (named.entity != role && entities.all[named.entity].actor == Some(actor)).then_some(named.entity)
}
