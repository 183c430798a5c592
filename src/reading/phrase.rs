//! Noun phrases as subjects: what kind of speaker the words before or behind a verb point at.
//!
//! `subject` finds where the subject of a verb stands; here it is read as a reference; `resolve` turns references
//! that are no names into somebody.

use super::entity::{Entities, Id, Mention, Nature};
use super::lexicon::Class;
use super::text::{Shape, Text};
use crate::model::QuoteKind;

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

/// Reads tokens as a noun phrase.
#[must_use]
pub fn read(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let (mut first, mut last) = (first, last);
    while last > first
        && (matches!(text.word(last - 1), "," | "." | ")") && entities.covering(last - 1).is_none()
            || text.class(last - 1).has(Class::ADV) && !text.tokens[last - 1].is_capital()
            // `the actress herself`.
            || last > first + 1 && ["himself", "herself", "themselves", "itself"].contains(&text.word(last - 1)))
    {
        last -= 1;
    }
    while last > first && text.class(first).has(Class::ADV) && !text.tokens[first].is_capital() {
        first += 1;
    }
    if first >= last {
        return None;
    }
    if let Some(head) = star_of_title(text, first, last) {
        return Some(Reference::Epithet { head, first });
    }
    if let Some(of) = told_of(text, entities, first, last) {
        last = of;
    }
    let mentions: Vec<_> = entities
        .between(first, last)
        .iter()
        .filter(|m| m.last <= last)
        .collect();
    if let Some(organisation) = organisation(text, entities, first, last) {
        return Some(organisation);
    }
    if let Some(voice) = voiced(text, &mentions, first, last) {
        return Some(voice);
    }
    // The names that are no owners of something else, and stand outside brackets.
    let heads: Vec<_> = mentions
        .iter()
        .filter(|m| text.shape(m.last) != Shape::Clitic || m.last >= last)
        .filter(|m| text.word(m.first.wrapping_sub(1)) != "(")
        .collect();
    if let Some(head) = heads.last() {
        let somebody: Vec<Id> = heads
            .iter()
            .filter(|m| entities.all[m.entity].is_somebody())
            .map(|m| m.entity)
            .collect();
        let joined = (first..last).any(|t| text.is(t, "and") || text.word(t) == "&");
        if somebody.len() > 1 && joined {
            let mut ids = somebody;
            ids.dedup();
            return Some(Reference::List(ids));
        }
        // `Kim of the group` stands first, `actress Kim` last: a name is the head wherever it is.
        let head = heads
            .iter()
            .find(|m| entities.all[m.entity].is_somebody())
            .unwrap_or(head);
        let behind = (head.last..last).find(|t| text.shape(*t) == Shape::Lower);
        let noun = behind.is_some_and(|t| text.class(t).has(Class::SOURCE.with(Class::TEAM)));
        if !noun {
            return Some(Reference::Named {
                id: head.entity,
                full: head.full,
                ambiguous: head.ambiguous,
                token: head.first,
            });
        }
    }
    nameless(text, first, last)
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
        && text.tokens[open + 1].is_capital())
    .then_some(close + 1)
}

/// `the “Night Ferry” star`: the noun behind the title.
fn star_of_title(text: &Text, first: usize, last: usize) -> Option<usize> {
    let open = (first + 1..last.min(first + 3)).find(|t| text.shape(*t) == Shape::Mark)?;
    let from = behind_title(text, open).filter(|t| *t < last)?;
    let noun = |t: &usize| text.shape(*t) == Shape::Lower && text.class(*t).has(Class::EPITHET.with(Class::TITLE));
    (from..last).take_while(noun).last()
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
fn voiced(text: &Text, mentions: &[&Mention], first: usize, last: usize) -> Option<Reference> {
    let bears = |t: usize| text.class(t).has(Class::VOICE.with(Class::SPOKEN));
    let named = |m: &Mention| Reference::Named {
        id: m.entity,
        full: m.full,
        ambiguous: m.ambiguous,
        token: m.first,
    };
    if let Some(owner) = mentions
        .last()
        .filter(|m| m.last + 2 == last && text.shape(m.last) == Shape::Clitic && bears(last - 1))
    {
        return Some(named(owner));
    }
    let of = (first..last.saturating_sub(2)).find(|t| text.is(*t, "voice") && text.is(*t + 1, "of"));
    if let Some(of) = of {
        let end = (of + 2..last)
            .find(|t| text.word(*t) == "," || text.class(*t).has(Class::SUBORD))
            .unwrap_or(last);
        return match mentions.iter().rev().find(|m| m.first >= of && m.last == end) {
            Some(mention) => Some(named(mention)),
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

fn nameless(text: &Text, first: usize, last: usize) -> Option<Reference> {
    // `one of the photographers` is a photographer.
    let mut first = first;
    let among = text.is(first, "one") && text.is(first + 1, "of") && first + 3 < last;
    first += if among { 2 } else { 0 };
    let end = (first + 1..last)
        .find(|t| text.class(*t).has(Class::PREP.with(Class::SUBORD)) || text.word(*t) == ",")
        .unwrap_or(last);
    if end - first == 1 && text.class(first).has(Class::NOMINATIVE) {
        return Some(Reference::Pronoun {
            class: text.class(first),
            token: first,
        });
    }
    let head = end - 1;
    let class = text.class(head);
    let mut word = text.word(head).to_ascii_lowercase();
    if among {
        word.truncate(word.strip_suffix('s').map_or(word.len(), str::len));
        return Some(Reference::Unnamed {
            kind: staff_or_other(
                super::lexicon::classes(&word).has(Class::STAFF.with(Class::TEAM)) || word.contains("crew"),
            ),
            role: word,
        });
    }
    if text.shape(head) == Shape::Mark || text.shape(head) == Shape::Punct {
        return None;
    }
    let unnamed = (first..head).any(|t| ["a", "an", "one", "another"].iter().any(|w| text.is(t, w)) && t == first);
    if class.has(Class::PUBLIC) {
        return Some(Reference::Unnamed {
            role: word,
            kind: QuoteKind::Other,
        });
    }
    if class.has(Class::BROADCAST) {
        return Some(Reference::Broadcaster);
    }
    // `the union for background actors`, `the police`.
    if class.has(Class::BODY) && text.shape(head) == Shape::Lower {
        return Some(Reference::Unnamed {
            role: word,
            kind: QuoteKind::Other,
        });
    }
    // `the writer of the post`.
    if text.is(end, "of") && (end..last).any(|t| ["post", "comment", "thread"].contains(&text.word(t))) {
        return Some(Reference::Unnamed {
            role: word,
            kind: QuoteKind::Other,
        });
    }
    if word == "member" || word == "members" || word == "staffer" {
        let of = text.word(head.saturating_sub(1)).to_ascii_lowercase();
        if head > first && ["crew", "staff", "team", "production"].contains(&of.as_str()) {
            return Some(Reference::Unnamed {
                role: format!("{of} {word}"),
                kind: QuoteKind::Staff,
            });
        }
    }
    if class.has(Class::PLURAL)
        && !class.has(Class::NOMINATIVE)
        && (word.ends_with('s')
            || [
                "cast", "both", "two", "three", "four", "pair", "couple", "duo", "trio", "everyone", "all",
            ]
            .contains(&word.as_str()))
    {
        return Some(Reference::Plural { token: head });
    }
    let aged = word.ends_with("-year-old");
    let passes = class.has(Class::STORY.with(Class::PASSER));
    if unnamed && (passes || class.has(Class::STAFF.with(Class::HOST).with(Class::EPITHET))) {
        return Some(Reference::Unnamed {
            role: bare(text, first, end),
            kind: staff_or_other(class.has(Class::STAFF)),
        });
    }
    if aged
        || class.has(
            Class::EPITHET
                .with(Class::TITLE)
                .with(Class::STORY)
                .with(Class::FEMALE)
                .with(Class::MALE),
        )
        || text.class(first).has(Class::DET) && !class.has(Class::ADV)
    {
        return Some(Reference::Epithet { head, first });
    }
    None
}

const fn staff_or_other(staff: bool) -> QuoteKind {
    if staff { QuoteKind::Staff } else { QuoteKind::Other }
}

/// The words without the article.
fn bare(text: &Text, first: usize, last: usize) -> String {
    let from = first + usize::from(text.class(first).has(Class::DET) && last - first > 1);
    text.slice(from, last).to_lowercase()
}

/// Agencies, broadcasters, sources, the production team.
fn organisation(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let has = |class: Class| (first..last).find(|t| text.shape(*t) == Shape::Lower && text.class(*t).has(class));
    let company = entities
        .between(first, last)
        .iter()
        .rfind(|m| matches!(entities.all[m.entity].nature, Nature::Company | Nature::Station));
    let source = has(Class::SOURCE).or_else(|| (first..last).find(|t| text.class(*t).has(Class::SOURCE)));
    let agency = has(Class::AGENCY);
    // `the Korea Broadcast Staff Union` is no staff.
    let named = |t: usize| {
        let beside = |t: usize| text.tokens.get(t).is_some_and(|t| t.is_capital());
        text.tokens[t].is_capital() && (beside(t + 1) || t > first && beside(t - 1))
    };
    let team = (first..last).find(|t| text.class(*t).has(Class::TEAM) && (!named(*t) || text.is(*t, "team")));
    let company_named = company.filter(|m| {
        source.is_some()
            || agency.is_some_and(|a| a < m.first)
            || m.last == last
            || text.class(m.last).has(Class::SOURCE)
    });
    if let (Some(t), None) = (team, agency) {
        let person = text.class(t + 1).has(Class::TITLE.with(Class::EPITHET)) || text.word(t + 1).starts_with("member");
        let named = entities
            .between(t, last)
            .iter()
            .any(|m| entities.all[m.entity].is_somebody());
        if !person && !named {
            return Some(Reference::Team);
        }
    }
    // `the founder and CEO of Studio Haru`: somebody, whom the article may name.
    let office = company_named.filter(|m| {
        let of = m.first.wrapping_sub(1);
        let noun = text.class(of.wrapping_sub(1));
        m.last == last
            && of > first
            && ["of", "at"].iter().any(|w| text.is(of, w))
            && noun.has(Class::TITLE.with(Class::HOST).with(Class::EPITHET))
            && !noun.has(Class::SOURCE.with(Class::TEAM).with(Class::AGENCY))
    });
    if let Some(m) = office {
        return Some(Reference::Epithet {
            head: m.first - 2,
            first,
        });
    }
    if let Some(m) = company_named {
        return Some(Reference::Named {
            id: m.entity,
            full: true,
            ambiguous: false,
            token: m.first,
        });
    }
    // `the production company`: it makes the drama, and is nobody's agency.
    if let Some(at) = agency.filter(|a| *a > first && text.is(*a - 1, "production")) {
        return Some(Reference::Unnamed {
            role: text.slice(at - 1, at + 1).to_lowercase(),
            kind: QuoteKind::Staff,
        });
    }
    // `the two actors’ agencies`: whichever the article names.
    if let Some(at) = agency.filter(|a| text.word(*a).ends_with('s')) {
        return Some(Reference::Agencies { token: at });
    }
    if let Some(at) = agency {
        let somebody = entities
            .between(at, last)
            .iter()
            .any(|m| entities.all[m.entity].is_somebody());
        if somebody {
            return None;
        }
        let owner = entities
            .between(first, at)
            .iter()
            .rfind(|m| entities.all[m.entity].is_somebody())
            .map(|m| m.entity);
        return Some(Reference::Agency { owner, token: at });
    }
    let at = source?;
    // `a source from the drama`.
    let made = (at + 1..last).any(|t| text.class(t).has(Class::DRAMA) && text.shape(t) == Shape::Lower);
    if made && ["from", "of", "at"].iter().any(|w| text.is(at + 1, w)) {
        return Some(Reference::Team);
    }
    if (first..last).any(|t| text.class(t).has(Class::BROADCAST)) {
        return Some(Reference::Broadcaster);
    }
    let owner = entities
        .between(first, last)
        .iter()
        .find(|m| entities.all[m.entity].is_somebody() && text.shape(m.last) == Shape::Clitic);
    if let Some(owner) = owner {
        return Some(Reference::Agency {
            owner: Some(owner.entity),
            token: at,
        });
    }
    if text.class(first).has(Class::HE.with(Class::SHE)) {
        return Some(Reference::Agency { owner: None, token: at });
    }
    let end = at + 1;
    // `a representative of Nine Bells`: a company that nothing else tells of.
    let of = ["of", "from", "at"].iter().any(|w| text.is(end, w));
    let mut stop = end + 1;
    while of && stop < last && text.tokens[stop].is_capital() {
        stop += 1;
    }
    if of && stop > end + 1 && entities.between(end + 1, stop).is_empty() {
        return Some(Reference::Unnamed {
            role: text.slice(end + 1, stop).to_owned(),
            kind: QuoteKind::Agency,
        });
    }
    // `a representative said`: of the agency that was named.
    let voice = text.word(at).to_ascii_lowercase();
    let known = voice == "source" && text.is(first, "the");
    if voice.starts_with("rep") || voice.starts_with("spokes") || voice.starts_with("official") || known {
        return Some(Reference::Agency { owner: None, token: at });
    }
    Some(Reference::Unnamed {
        role: bare(text, first, end),
        kind: QuoteKind::Other,
    })
}
