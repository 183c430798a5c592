//! Lines of the drama that people know by heart: `his line “…” has become a meme`, `a line of Yi-an’s that everyone
//! quotes: “…”`. They are the character's, whoever the article is about.

use super::attribution::{Rule, Sieves, keep, one};
use super::cue::{Before, Joint};
use super::entity::{Id, Mention, Nature};
use super::lexicon::Class;
use super::look::{Look, Terminal};
use super::print::{Words, words};
use super::resolve::{Choice, Place, Speaker};
use super::speech::Facts;
use super::text::{Shape, Text};

/// Why such a span is speech.
pub(super) const CITED: &str = "a line of the drama that is known";

/// So far in front of the marks the noun may stand.
const REACH: usize = 10;

/// The noun: `his line “`, `the line, “`, `a line of hers that everyone quotes: “`.
fn noun(text: &Text, before: &Before) -> Option<usize> {
    let Before { first, last, joint, .. } = *before;
    let is = |t: usize| text.is(t, "line") && !text.class(t.wrapping_sub(1)).has(Class::PREP);
    // `became a meme thanks to his line, “…”`.
    let owned = |t: usize| text.class(t.wrapping_sub(1)).has(Class::HE.with(Class::SHE));
    let beside = last
        .checked_sub(1)
        .filter(|t| *t >= first && (joint == Joint::Bare || joint == Joint::Comma && owned(*t)) && is(*t))
        .or_else(|| {
            last.checked_sub(2)
                .filter(|t| *t >= first && joint == Joint::Comma && owned(*t) && is(*t))
        });
    let known = || {
        let line = (first..last).rev().take(REACH).find(|t| is(*t))?;
        let relative = (line + 1..last).any(|t| text.is_one(t, words!["that", "which", "everyone", "everybody"]));
        (relative && joint == Joint::Colon).then_some(line)
    };
    beside.or_else(known)
}

impl Facts<'_> {
    /// A whole sentence behind such a noun, of which nothing says that it is printed.
    pub(super) fn is_cited(&self) -> bool {
        const PRINTED: Words = words![
            "poster", "posters", "caption", "screen", "text", "tagline", "copy", "bears", "reads", "read", "written",
            "appears", "appear", "placard", "banner", "opening",
        ];
        let Look {
            words,
            starts_capital,
            terminal,
            ..
        } = self.look;
        let whole =
            words >= 5 && starts_capital && (self.look.verb || self.look.first_person || terminal != Terminal::None);
        let plain = |from: usize, to: usize| (from..to).all(|t| !self.text.is_just(t, PRINTED));
        let behind = self.span.after();
        whole
            && !self.look.is_title()
            && noun(self.text, &self.before).is_some()
            && plain(self.before.first, self.before.last)
            && plain(behind, (behind + REACH).min(self.text.tokens.len()))
    }
}

impl Sieves<'_> {
    /// Whose line it is: of whom it is said, or the role of the one whom the article lets talk.
    pub(super) fn cited(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        if self.judged[number].why != CITED {
            return None;
        }
        let line = noun(self.text, &self.judged[number].before())?;
        let owner = self
            .owner_of_line(line, place)
            .or_else(|| self.resolver.main.filter(|_| self.resolver.headlined));
        let choice = owner
            .and_then(|id| {
                let near = || super::lines::role_of(self.entities, id, self.spans.outer[number].open);
                self.in_the_role(id).or_else(near)
            })
            .and_then(|id| keep(&Speaker::One(id), 0.86));
        // `slides the contract across the desk with a line that gave us chills: “…”`: whoever acts there says it.
        let acts = || {
            let before = self.judged[number].before();
            let subject = self.sentence_subject(before.first, line).filter(|_| place.scene)?;
            self.resolver.resolve(&subject, self.at(&subject, place))
        };
        Some((Rule::Before, choice.or_else(acts)))
    }

    fn owner_of_line(&self, line: usize, place: Place<'_>) -> Option<Id> {
        const NOUNS: usize = 4;
        let text = self.text;
        let near = line.saturating_sub(NOUNS)..line;
        let ends =
            |end: usize| -> Option<&Mention> { self.entities.covering(end.checked_sub(1)?).filter(|m| m.last == end) };
        let named = near
            .clone()
            .rev()
            .find(|t| text.shape(*t) == Shape::Clitic)
            .and_then(ends);
        let of = text
            .is(line + 1, "of")
            .then(|| self.entities.covering(line + 2))
            .flatten();
        // `The longest line Kim utters`.
        let utters = || self.entities.covering(line + 1).filter(|m| m.first == line + 1);
        if let Some(mention) = named.or(of).or_else(utters) {
            return Some(mention.entity);
        }
        let token = near.rev().find(|t| text.class(*t).has(Class::HE.with(Class::SHE)))?;
        let she = text.class(token).has(Class::SHE);
        let fits = |id: Id| self.resolver.is_she(id).is_none_or(|is| is == she);
        let picked = self
            .resolver
            .pick(token, Place { token, ..place }, &fits, Some(she), false)?;
        one(&picked).filter(|_| picked.sure >= super::quote::LINE)
    }

    /// The character, or the one role of a person.
    fn in_the_role(&self, id: Id) -> Option<Id> {
        let role = self.resolver.in_the_story(id);
        (self.entities.all[role].nature == Nature::Character).then_some(role)
    }
}
