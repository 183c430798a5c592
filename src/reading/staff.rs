//! `The director`, `the showrunner`: which of those who make the drama a noun of their trade means.

use super::entity::{Id, Nature, Trade, is_actors};
use super::epithet::Noun;
use super::resolve::{Choice, MANY, Place, Resolver, Speaker, sure};
use crate::model::QuoteKind;

impl Resolver<'_> {
    /// `the director`, `the 78-year-old scriptwriter`: who makes the drama.
    pub(super) fn staff(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        // An article names fewer of them.
        const FEW: usize = 8;
        let all = &self.entities.all;
        let has = |id: Id, what: &dyn Fn(&str) -> bool| all[id].nouns.iter().any(|n| what(n));
        let called = |id: &Id| {
            let id = *id;
            all[id].trade == Trade::Staff
                && all[id].is_somebody()
                && (has(id, &|n| n == noun.word)
                    || DIRECTS.contains(&noun.word.as_str()) && has(id, &|n| DIRECTS.contains(&n))
                    || is_writer(&noun.word) && has(id, &is_writer)
                    || is_creator(&noun.word) && has(id, &is_creator))
        };
        let exact: Vec<Id> = (0..all.len().min(MANY)).filter(called).take(FEW).collect();
        match exact[..] {
            [one] => return sure(Speaker::One(one), 0.95),
            [] => {}
            _ => return self.pick(noun.head, place, &|id| exact.contains(&id), noun.she, false),
        }
        // `Creator Kim recalled … “…,” the showrunner joked`: who made the drama and has just spoken, by another noun.
        let spoke = match place.last {
            Some((Speaker::One(id), para)) if para + 1 >= place.para => Some(*id),
            _ => None,
        };
        let made = |id: &Id| all[*id].trade == Trade::Staff && all[*id].nature == Nature::Person;
        let told = place
            .focus
            .map(|(id, _)| id)
            .filter(|id| spoke.is_none_or(|s| s == *id));
        if let Some(id) = spoke.or(told).filter(made).filter(|_| self.text.is(noun.first, "the")) {
            let another = has(id, &|n| DIRECTS.contains(&n)) && is_writer(&noun.word)
                || has(id, &is_writer) && DIRECTS.contains(&noun.word.as_str());
            if !another || noun.word.contains('-') {
                return sure(Speaker::One(id), 0.86);
            }
        }
        // `the 78-year-old theater director`: somebody who was named before and is not known to act.
        if noun.aged {
            let outside = |id: Id| all[id].nature == Nature::Person && all[id].trade != Trade::Cast;
            let anywhere = Place {
                focus: None,
                last: None,
                ..place
            };
            return self
                .pick(noun.head, anywhere, &outside, None, false)
                .filter(|c| !c.candidates.is_empty())
                .or_else(|| self.just_named(noun, place));
        }
        // `Seong said … “…,” the filmmaker said`: whom the sentence before was about, unless they act.
        let told = place.focus.filter(|(id, sentence)| {
            let e = &all[*id];
            let acts =
                e.acts || e.nouns.iter().any(|n| is_actors(n)) || all.iter().take(MANY).any(|c| c.actor == Some(*id));
            sentence + 2 >= self.sentence(noun.head) && e.nature == Nature::Person && !acts
        });
        let the = self.text.is(noun.first, "the");
        let more = noun.head > noun.first + 1 && !self.text.is(noun.head + 1, "of");
        if let Some((id, _)) = told.filter(|_| the && more) {
            return sure(Speaker::One(id), 0.84);
        }
        // `the creator of “X”`, where only one person was named before.
        if let Some(only) = self
            .only_person(noun.head)
            .filter(|_| the && self.text.is(noun.head + 1, "of"))
        {
            return sure(Speaker::One(only), 0.84);
        }
        let role = noun.word.clone();
        sure(
            Speaker::Unnamed {
                role,
                kind: QuoteKind::Staff,
            },
            0.88,
        )
    }
}

/// Who writes: `scriptwriter`, `the dramatist`.
fn is_writer(noun: &str) -> bool {
    noun.ends_with("writer") || ["dramatist", "playwright", "scribe"].contains(&noun)
}

/// Who thinks a drama up, and writes it more often than not.
fn is_creator(noun: &str) -> bool {
    is_writer(noun) || ["creator", "author", "showrunner", "writer-director"].contains(&noun)
}

/// Who directs.
const DIRECTS: &[&str] = &[
    "pd",
    "director",
    "filmmaker",
    "film-maker",
    "showrunner",
    "helmer",
    "auteur",
    "director-writer",
    "writer-director",
];

/// `the actress-producer`, `the director-actor`: who acts as well.
pub(super) fn acts_too(noun: &str) -> bool {
    noun.contains('-') && noun.split('-').any(|part| matches!(part, "actor" | "actress"))
}
