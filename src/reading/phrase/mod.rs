//! Noun phrases as subjects: what kind of speaker the words before or behind a verb point at.
//!
//! `subject` finds where the subject of a verb stands; here it is read as a reference; `resolve` turns references
//! that are no names into somebody.

mod nameless;
mod organisation;

use super::entity::{Entities, Id, Mention};
use super::lexicon::Class;
use super::print::words;
use super::text::{Shape, Text};
use crate::model::QuoteKind;
use nameless::nameless;
pub(in crate::reading) use organisation::body_behind;
use organisation::organisation;

/// What a subject points at.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// Somebody or something by name.
    Named {
        id: Id,
        full: bool,
        ambiguous: bool,
        token: usize,
    },
    /// Several by name.
    List(Vec<Id>),
    /// he, she, they.
    Pronoun { class: Class, token: usize },
    /// `the actress`, `the 41-year-old`: the head noun's token.
    Epithet { head: usize, first: usize },
    /// `the two`, `the leads`.
    Plural { token: usize },
    /// The production team.
    Team,
    /// An agency: its owner, when it is not named.
    Agency { owner: Option<Id>, token: usize },
    /// The agencies of several.
    Agencies { token: usize },
    /// The broadcaster, the platform.
    Broadcaster,
    /// Somebody without a name: the role, and what they are.
    Unnamed { role: String, kind: QuoteKind },
}

impl Reference {
    /// Somebody or something that is mentioned.
    #[must_use]
    pub fn to(mention: &Mention) -> Self {
        Self::Named {
            id: mention.entity,
            full: mention.full,
            ambiguous: mention.ambiguous,
            token: mention.first,
        }
    }
}

/// Reads tokens as a noun phrase.
#[must_use]
pub fn read(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    if let Some(name) = name_alone(text, entities, first, last) {
        return Some(Reference::to(name));
    }
    let (mut first, mut last) = (first, last);
    // `The general (voiced by Kim)`.
    if last > first + 3 && text.is(last - 1, ")") {
        let open = (first + 1..last).rev().take(9).find(|t| text.is(*t, "("));
        last = open
            .filter(|t| crate::reading::bracket::is_played_by(text, t + 1))
            .unwrap_or(last);
    }
    while last > first
        && (matches!(text.sign(last - 1), b',' | b'.' | b')') && entities.covering(last - 1).is_none()
            || text.class(last - 1).has(Class::ADV) && !text.is_capital(last - 1)
            // `the actress herself`.
            || last > first + 1 && text.is_just(last - 1, words!["himself", "herself", "themselves", "itself"]))
    {
        last -= 1;
    }
    while last > first && text.class(first).has(Class::ADV) && !text.is_capital(first) {
        first += 1;
    }
    if first >= last {
        return None;
    }
    let titled = || star_of_plain_title(text, entities, first, last);
    if let Some(head) = star_of_title(text, first, last).or_else(titled) {
        return Some(Reference::Epithet { head, first });
    }
    if let Some(of) = told_of(text, entities, first, last) {
        last = of;
    }
    let named = entities.between(first, last);
    if let Some(organisation) = organisation(text, entities, named, first, last) {
        return Some(organisation);
    }
    let mentions = match named {
        [all @ .., beyond] if beyond.last > last => all,
        all => all,
    };
    if let Some(voice) = voiced(text, mentions, first, last) {
        return Some(voice);
    }
    // The names that are no owners of something else, and stand outside brackets.
    let heads = mentions
        .iter()
        .filter(|m| text.shape(m.last) != Shape::Clitic || m.last >= last)
        .filter(|m| !text.is(m.first.wrapping_sub(1), "("))
        // `Kim (as the owner, Lee)`.
        .filter(|m| !(first..m.first).any(|t| text.is(t, "(") && text.is(t + 1, "as")));
    if let Some(head) = heads.clone().next_back() {
        let mut somebody = heads.filter(|m| entities.all[m.entity].is_somebody());
        let joined = || (first..last).any(|t| text.is(t, "and") || text.is(t, "&"));
        if somebody.clone().nth(1).is_some() && joined() {
            let mut ids: Vec<Id> = somebody.map(|m| m.entity).collect();
            ids.dedup();
            return Some(Reference::List(ids));
        }
        // `Kim of the group` stands first, `actress Kim` last: a name is the head wherever it is.
        let head = somebody.next().unwrap_or(head);
        let behind = (head.last..last).find(|t| text.shape(*t) == Shape::Lower);
        let noun = behind.is_some_and(|t| text.class(t).has(Class::SOURCE.with(Class::TEAM)));
        if !noun {
            return Some(Reference::to(head));
        }
    }
    nameless(text, first, last)
}

/// The name of somebody that tokens are made of, as most subjects are: nothing else is to be read there.
#[must_use]
pub fn name_alone<'a>(text: &Text, entities: &'a Entities, first: usize, last: usize) -> Option<&'a Mention> {
    // `Side` and `Voice` may be parts of a name, and mean something else where that is not known.
    const OTHER: Class = Class::AGENCY
        .with(Class::SOURCE)
        .with(Class::TEAM)
        .with(Class::VOICE)
        .with(Class::SPOKEN)
        .with(Class::PREP);
    let name = entities
        .covering(first)
        .filter(|m| m.first == first && m.last == last && entities.all[m.entity].is_somebody())?;
    let words = (first..last).all(|t| text.is_capital(t) && !text.class(t).has(OTHER));
    (words && !text.is(first.wrapping_sub(1), "(")).then_some(name)
}

/// One past the closing mark of a title that opens at a token in front of a noun: `the “Night Ferry” star`.
#[must_use]
pub fn behind_title(text: &Text, open: usize) -> Option<usize> {
    const LONGEST: usize = 10;
    if text.shape(open) != Shape::Mark || text.shape(open + 1) == Shape::Mark || text.before(open) != ' ' {
        return None;
    }
    let close = (open + 2..open + LONGEST).find(|t| text.shape(*t) == Shape::Mark)?;
    let noun = text.class(close + 1);
    (text.shape(close + 1) == Shape::Lower
        && noun.has(Class::EPITHET.with(Class::TITLE))
        && text.after(close) == ' '
        && text.is_capital(open + 1))
    .then_some(close + 1)
}

/// `the “Night Ferry” star`: the noun behind the title.
fn star_of_title(text: &Text, first: usize, last: usize) -> Option<usize> {
    let open = (first + 1..last.min(first + 3)).find(|t| text.shape(*t) == Shape::Mark)?;
    let from = behind_title(text, open).filter(|t| *t < last)?;
    let noun = |t: &usize| text.shape(*t) == Shape::Lower && text.class(*t).has(Class::EPITHET.with(Class::TITLE));
    (from..last).take_while(noun).last()
}

/// `the Two Widows and a Boat alum`, `the ORCHARD singer`: the noun behind a title that nothing marks, or a group.
fn star_of_plain_title(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<usize> {
    const LONGEST: usize = 10;
    let head = last.checked_sub(1).filter(|head| *head < first + LONGEST)?;
    let noun = text.shape(head) == Shape::Lower && text.class(head).has(Class::EPITHET);
    let small = Class::PREP.with(Class::CONJ).with(Class::DET);
    let word = |t: usize| text.is_capital(t) || text.class(t).has(small) || text.shape(t) == Shape::Clitic;
    let title = noun && text.is(first, "the") && text.is_capital(first + 1) && text.is_capital(head - 1);
    (title && (first + 1..head).all(word) && entities.between(first, last).is_empty()).then_some(head)
}

/// `said the Incheon native of Kim`: what stands behind `of` is whom the words are about, not whose they are.
fn told_of(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<usize> {
    let of = (first + 1..last.saturating_sub(1)).find(|t| text.is(*t, "of"))?;
    let head = text.class(of - 1);
    let person = head.has(Class::EPITHET)
        && !super::lexicon::trades::KIN.contains(&text.word(of - 1))
        && !head.has(Class::SOURCE.with(Class::TEAM).with(Class::AGENCY))
        || text.word(of - 1).ends_with("-year-old")
        || super::noun::is_one_of_two(text, of - 1)
        || of == first + 1 && head.has(Class::NOMINATIVE);
    let opens = text.class(first).has(Class::DET.with(Class::NOMINATIVE));
    let somebody = entities
        .covering(of + 1 + usize::from(text.class(of + 1).has(Class::TITLE)))
        .is_some_and(|m| entities.all[m.entity].is_somebody());
    (person
        && opens
        && somebody
        && entities
            .between(first, of)
            .iter()
            .all(|m| !entities.all[m.entity].is_somebody()))
    .then_some(of)
}

/// `Ha Jun’s voice`, `her letter`, `the voice of her late mother`: what speaks is somebody's.
fn voiced(text: &Text, mentions: &[Mention], first: usize, last: usize) -> Option<Reference> {
    let bears = |t: usize| text.class(t).has(Class::VOICE.with(Class::SPOKEN));
    if let Some(owner) = mentions
        .last()
        .filter(|m| m.last + 2 == last && text.shape(m.last) == Shape::Clitic && bears(last - 1))
    {
        return Some(Reference::to(owner));
    }
    let of = (first..last.saturating_sub(2)).find(|t| text.is(*t, "voice") && text.is(*t + 1, "of"));
    if let Some(of) = of {
        let end = (of + 2..last)
            .find(|t| text.is(*t, ",") || text.class(*t).has(Class::SUBORD))
            .unwrap_or(last);
        return match mentions.iter().rev().find(|m| m.first >= of && m.last == end) {
            Some(mention) => Some(Reference::to(mention)),
            None => somebody(text, of + 2, end),
        };
    }
    if !mentions.is_empty() {
        return None;
    }
    // `the former’s answer`, `the veteran actress’s short reply`.
    if bears(last - 1)
        && let Some(clitic) = (first + 2..last - 1).find(|t| text.shape(*t) == Shape::Clitic)
        && text.class(first).has(Class::DET)
    {
        return nameless(text, first, clitic);
    }
    // `an older woman’s voice`.
    if last > first + 3 && text.shape(last - 2) == Shape::Clitic && text.is(last - 1, "voice") {
        return somebody(text, first, last - 2);
    }
    // `His letter reads`, `her narration`.
    let owned = text.class(first).has(Class::HE.with(Class::SHE)) && !text.class(first).has(Class::NOMINATIVE);
    (owned && (first + 1..last).any(bears)).then(|| Reference::Pronoun {
        class: text.class(first),
        token: first,
    })
}

/// Somebody whom only a noun tells of, when the noun is a person's.
fn somebody(text: &Text, first: usize, last: usize) -> Option<Reference> {
    let class = text.class(last.checked_sub(1)?);
    let person = Class::FEMALE.with(Class::MALE).with(Class::STORY).with(Class::EPITHET);
    (first < last && text.shape(last - 1) == Shape::Lower && class.has(person)).then(|| Reference::Unnamed {
        role: bare(text, first, last),
        kind: QuoteKind::Other,
    })
}

/// Who speaks is known by a noun alone.
const fn unnamed(role: String, kind: QuoteKind) -> Reference {
    Reference::Unnamed { role, kind }
}

const fn staff_or_other(staff: bool) -> QuoteKind {
    if staff { QuoteKind::Staff } else { QuoteKind::Other }
}

/// The words without the article.
fn bare(text: &Text, first: usize, last: usize) -> String {
    let from = first + usize::from(text.class(first).has(Class::DET) && last - first > 1);
    text.slice(from, last).to_lowercase()
}
