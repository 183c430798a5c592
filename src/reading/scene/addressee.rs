//! To whom a line of a scene is said who has no name: `she remarks to her eunuch, “…” “…,” he replies`.

use super::super::attribution::{Sieves, single};
use super::super::beings;
use super::super::lexicon::Class;
use super::super::phrase::Reference;
use super::super::print::words;
use super::super::resolve::{Choice, Place, Resolver, Speaker};
use super::super::subject;
use super::super::text::Shape;

impl Resolver<'_> {
    /// `When she brought this up with her boss, he warned her`: he is the one whom the clause in front calls by a noun.
    pub(in super::super) fn whom_a_clause_names(&self, token: usize, class: Class, place: Place<'_>) -> Option<Choice> {
        const REACH: usize = 24;
        const NOUNS: usize = 3;
        let text = self.text;
        if !place.scene
            || !class.has(Class::NOMINATIVE)
            || class.has(Class::THEY)
            || !text.is(token.wrapping_sub(1), ",")
        {
            return None;
        }
        let first = self.sentences.get(self.sentence(token))?.first;
        let opens = text.is_one(first, words!["when", "as", "after", "once"]);
        if !opens || token - first > REACH {
            return None;
        }
        let she = class.has(Class::SHE);
        let (other, gender) = if she {
            (Class::HE, Class::MALE)
        } else {
            (Class::SHE, Class::FEMALE)
        };
        let said = |t: usize| text.class(t).has(Class::NOMINATIVE) && text.class(t).has(other);
        let named = self.entities.between(first, token);
        let fits = |m: &super::super::entity::Mention| self.is_she(m.entity) != Some(!she);
        let subject = said(first + 1) || named.first().is_some_and(|m| m.first == first + 1 && !fits(m));
        if !subject || named.iter().any(|m| !m.in_speech && fits(m)) {
            return None;
        }
        let opens = |t: &usize| {
            let class = text.class(*t);
            class.has(Class::DET.with(Class::HE).with(Class::SHE)) && !class.has(Class::NOMINATIVE)
        };
        let being = |t: &usize| {
            let noun = text.word(*t);
            let somebody = beings::is_somebodys(noun) || beings::is_of_a_scene(noun);
            somebody && !text.class(*t).has(gender.with(Class::PLURAL)) && text.shape(t + 1) != Shape::Clitic
        };
        let noun = |t: usize| {
            (t + 1..t + 1 + NOUNS)
                .take_while(|t| text.shape(*t) == Shape::Lower)
                .find(being)
        };
        // `that she is not a merger`: what somebody is comes in as nobody else.
        let is = |t: &usize| {
            text.class(t - 1).has(Class::AUX) || text.is(t - 1, "not") || text.shape(t - 1) == Shape::Clitic
        };
        let mut articles = (first + 2..token).filter(opens).filter(|t| !is(t));
        let article = articles.find(|t| noun(*t).is_some())?;
        let head = noun(article)?;
        // `When she asks him what happened to the last perfumer, he`: who is asked about is not who is asked.
        if (first + 2..article).any(|t| text.class(t).has(Class::SUBORD) || text.is_one(t, words!["what", "who"])) {
            return None;
        }
        let choice = self.epithet(head, article, place)?;
        if matches!(choice.speaker, Speaker::One(id) if self.is_she(id) == Some(!she)) {
            return None;
        }
        // Whose husband that is may be of the story by another name.
        let family = super::super::kinship::is_relation(text.word(head));
        (!family || matches!(choice.speaker, Speaker::One(_))).then_some(choice)
    }
}

impl Sieves<'_> {
    /// `“Did you know that?” she asks her eunuch. “Never, Your Majesty,” he replies`: whom the line before was said to, by
    /// the other pronoun or by words alone that answer it.
    pub(in super::super) fn addressee_answers(&self, number: usize, place: Place<'_>) -> Option<Choice> {
        let (speaker, para) = place.last.filter(|_| place.scene)?;
        let before = self.spoken_before(number).filter(|_| para + 1 >= place.para)?;
        let head = self.said_to_nobody_named(before)?;
        let named = self.entities.between(self.spans.outer[before].after(), place.quote.0);
        if named.iter().any(|m| !m.in_speech && m.first > head) {
            return None;
        }
        let (one, two) = (&self.spans.outer[before], &self.spans.outer[number]);
        let asked = self.text.is(one.close.saturating_sub(1), "?");
        match self.pronoun_beside(number) {
            Some(class) => {
                let speaks = self.resolver.is_she(single(speaker)?)?;
                let she = class.has(Class::SHE);
                let noun = self.text.class(head);
                let fits = !noun.has(if she { Class::MALE } else { Class::FEMALE });
                (speaks != she && fits)
                    .then(|| self.resolver.stranger_at(head))
                    .flatten()
            }
            None => {
                let plain = self.judged[number].after().is_none() && self.judged[number].before().verb.is_none();
                let alone = self.stands_alone(number) && one.para + 1 == two.para || self.is_turn(before, number);
                (asked && plain && alone)
                    .then(|| self.resolver.stranger_at(head))
                    .flatten()
            }
        }
    }

    /// `“…,” he replies`, `He replies, “…”`: the pronoun that is said to speak.
    fn pronoun_beside(&self, number: usize) -> Option<Class> {
        let judged = &self.judged[number];
        let pronoun = |class: Class| {
            let one = class.has(Class::NOMINATIVE) && !class.has(Class::THEY);
            one.then_some(class)
        };
        if let Some(after) = judged.after().filter(|a| a.plain) {
            return pronoun(self.text.class(after.subject.0));
        }
        let before = judged.before();
        let verb = before.verb?;
        match subject::of_verb(self.text, self.entities, before.first, verb)? {
            Reference::Pronoun { class, .. } => pronoun(class),
            _ => None,
        }
    }

    /// `tells the guard`, `says to her lady-in-waiting`: the noun, where nobody with a name is called by it.
    fn said_to_nobody_named(&self, number: usize) -> Option<usize> {
        const NOUNS: usize = 3;
        let text = self.text;
        let judged = &self.judged[number];
        let verb = match judged.after() {
            Some(after) => after.verb.max(after.subject.1.saturating_sub(1)),
            None => judged.before().verb?,
        };
        let at = verb + 1 + usize::from(text.is_one(verb + 1, words!["to", "at"]));
        if !text.class(at).has(Class::DET.with(Class::HE).with(Class::SHE)) || text.class(at).has(Class::NOMINATIVE) {
            return None;
        }
        let head = (at + 1..at + 1 + NOUNS)
            .take_while(|t| text.shape(*t) == Shape::Lower && self.entities.covering(*t).is_none())
            .find(|t| {
                let noun = text.word(*t);
                beings::is_somebodys(noun) || beings::is_of_a_scene(noun)
            })?;
        let owns = text.shape(head + 1) == Shape::Clitic;
        let called = self.entities.has_noun(text.word(head));
        (!owns && !called).then_some(head)
    }
}
