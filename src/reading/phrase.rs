//! Noun phrases as subjects: what kind of speaker the words before or behind a verb point at.
//!
//! Finds where the subject of a verb stands and reads it as a reference; `resolve` turns references
//! that are no names into somebody.

use super::cue;
use super::entity::{Entities, Id, Nature};
use super::lexicon::Class;
use super::text::{Shape, Text};

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
    /// The broadcaster, the platform.
    Broadcaster,
    /// Somebody without a name: the role, and whether they belong to the crew.
    Unnamed { role: String, staff: bool },
}

/// Reads tokens as a noun phrase.
#[must_use]
pub fn read(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let (mut first, mut last) = (first, last);
    while last > first
        && (matches!(text.word(last - 1), "," | "." | ")") && entities.covering(last - 1).is_none()
            || text.class(last - 1).has(Class::ADV) && !text.tokens[last - 1].is_capital())
    {
        last -= 1;
    }
    while last > first && text.class(first).has(Class::ADV) && !text.tokens[first].is_capital() {
        first += 1;
    }
    if first >= last {
        return None;
    }
    let mentions: Vec<_> = entities
        .between(first, last)
        .iter()
        .filter(|m| m.last <= last)
        .collect();
    if let Some(organisation) = organisation(text, entities, first, last) {
        return Some(organisation);
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
            staff: super::lexicon::classes(&word).has(Class::STAFF.with(Class::TEAM)) || word.contains("crew"),
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
            staff: false,
        });
    }
    if class.has(Class::BROADCAST) {
        return Some(Reference::Broadcaster);
    }
    if word == "member" || word == "members" || word == "staffer" {
        let of = text.word(head.saturating_sub(1)).to_ascii_lowercase();
        if head > first && ["crew", "staff", "team", "production"].contains(&of.as_str()) {
            return Some(Reference::Unnamed {
                role: format!("{of} {word}"),
                staff: true,
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
    if unnamed && class.has(Class::STAFF.with(Class::HOST).with(Class::EPITHET)) {
        return Some(Reference::Unnamed {
            role: bare(text, first, end),
            staff: class.has(Class::STAFF),
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
    let team = (first..last).find(|t| text.class(*t).has(Class::TEAM));
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
    if let Some(m) = company_named {
        return Some(Reference::Named {
            id: m.entity,
            full: true,
            ambiguous: false,
            token: m.first,
        });
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
    // `a representative said`: of the agency that was named.
    let voice = text.word(at).to_ascii_lowercase();
    if voice.starts_with("rep") || voice.starts_with("spokes") || voice.starts_with("official") {
        return Some(Reference::Agency { owner: None, token: at });
    }
    Some(Reference::Unnamed {
        role: bare(text, first, end),
        staff: false,
    })
}

/// The subject of a verb that stands before a span; `first` is where its clause may begin.
#[must_use]
pub fn subject(text: &Text, entities: &Entities, first: usize, verb: usize) -> Option<Reference> {
    let mut at = verb;
    let ing = text.class(verb).has(Class::ING);
    while at > first
        && (text.class(at - 1).has(Class::ADV.with(Class::AUX)) && !text.tokens[at - 1].is_capital()
            || text.is(at - 1, "to"))
        && !text.class(at - 1).has(Class::NOMINATIVE)
    {
        at -= 1;
        if text.is(at, "to") {
            // `went on to say`, `paused to add`: the subject stands before the verb in front.
            return clause_subject(text, entities, first, at);
        }
    }
    if at == first {
        return None;
    }
    let word = text.word(at - 1);
    if ing || text.class(at - 1).has(Class::CONJ) || word == "by" {
        return clause_subject(text, entities, first, at);
    }
    if text.is(at - 1, "who") {
        let end = at - 1 - usize::from(at >= 2 && text.word(at - 2) == ",");
        return entities
            .between(first, end)
            .last()
            .filter(|m| m.last == end)
            .map(|m| Reference::Named {
                id: m.entity,
                full: m.full,
                ambiguous: m.ambiguous,
                token: m.first,
            });
    }
    if word == "," {
        // An insertion between subject and verb: `Na, however, answered`; `Kim, who plays the king, said`.
        let open = (first..at - 1).rev().take(26).find(|t| text.word(*t) == ",");
        if let Some(open) = open.filter(|o| *o > first) {
            let inner = text.class(open + 1);
            let inserted = inner.has(
                Class::SUBORD
                    .with(Class::ADV)
                    .with(Class::DET)
                    .with(Class::PREP)
                    .with(Class::TITLE),
            ) || text.shape(open + 1) == Shape::Number;
            if inserted && let Some(reference) = phrase_before(text, entities, first, open) {
                return Some(reference);
            }
        }
        return clause_subject(text, entities, first, at - 1);
    }
    phrase_before(text, entities, first, at).or_else(|| clause_subject(text, entities, first, at))
}

/// The noun phrase that ends at a token.
fn phrase_before(text: &Text, entities: &Entities, first: usize, end: usize) -> Option<Reference> {
    const LONGEST: usize = 22;
    if text.class(end - 1).has(Class::NOMINATIVE) {
        return Some(Reference::Pronoun {
            class: text.class(end - 1),
            token: end - 1,
        });
    }
    let mut at = end;
    while at > first && end - at < LONGEST {
        let token = at - 1;
        let class = text.class(token);
        let word = text.word(token);
        let stop = match text.shape(token) {
            Shape::Mark => true,
            Shape::Punct => {
                !matches!(word, "&" | "(" | ")" | "/" | "." | ",")
                    || word == "," && !in_list(text, entities, first, token, end)
                    || word == "." && text.after(token) == ' '
            }
            Shape::Lower => {
                class.has(Class::SUBORD.with(Class::AUX).with(Class::NOMINATIVE))
                    || class.has(Class::PREP) && !["of", "from", "at", "for"].contains(&word) && !text.is(token.wrapping_sub(1), "close")
                    || class.has(Class::CONJ) && !in_list(text, entities, first, token, end)
                    || class.has(Class::ADV) && !class.has(Class::DET)
                    || class.has(Class::SAY) && !class.has(Class::BASE)
            }
            _ => false,
        };
        if stop {
            break;
        }
        at -= 1;
    }
    if at == end {
        return None;
    }
    let reference = read(text, entities, at, end)?;
    // A phrase that is no subject of speech: look further.
    match &reference {
        Reference::Epithet { head, .. } if *head + 1 != end && !text.class(*head).has(Class::EPITHET) => None,
        _ => Some(reference),
    }
}

/// A comma or `and` between names of a list.
fn in_list(text: &Text, entities: &Entities, first: usize, token: usize, end: usize) -> bool {
    let left = token.checked_sub(1).filter(|t| *t >= first).and_then(|t| {
        entities.covering(t).or_else(|| {
            (text.word(t) == ",")
                .then(|| entities.covering(t.saturating_sub(1)))
                .flatten()
        })
    });
    let right = (token + 1..end.min(token + 4)).find_map(|t| entities.covering(t));
    let and = (token..end).take(14).any(|t| text.is(t, "and"));
    let somebody = |m: Option<&super::entity::Mention>| m.is_some_and(|m| entities.all[m.entity].is_somebody());
    // A comma before `and` belongs to the list as well.
    somebody(left)
        && somebody(right)
        && and
        && (token + 1..end.min(token + 4))
            .all(|t| text.shape(t) != Shape::Lower || text.is(t, "and") || text.class(t).has(Class::TITLE))
}

/// The subject of the main clause in some tokens: of the last one, when there are several.
#[must_use]
pub fn clause_subject(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let mut main: Option<Reference> = None;
    let mut minor: Option<Reference> = None;
    let mut at = first;
    // A clause that opens with a subordinating word goes on to the comma.
    let mut subordinate = false;
    let mut fresh = true;
    while at < last {
        let class = text.class(at);
        let word = text.word(at);
        let shape = text.shape(at);
        if shape == Shape::Mark || matches!(word, "," | ";" | ":" | "—" | "–" | "(" | ")") {
            fresh = true;
            subordinate = subordinate && word != "," && word != ";";
            at += 1;
            continue;
        }
        if shape == Shape::Lower && class.has(Class::CONJ) {
            fresh = true;
            at += 1;
            continue;
        }
        if class.has(Class::SUBORD) && entities.covering(at).is_none() {
            subordinate = true;
            fresh = true;
            at += 1;
            continue;
        }
        if fresh && let Some((reference, end)) = opening_subject(text, entities, at, last) {
            if subordinate {
                minor = Some(reference);
            } else {
                main = Some(reference);
            }
            at = end;
            fresh = false;
            continue;
        }
        if class.has(Class::PREP.with(Class::ADV)) {
            // `With a smile she said`: what follows a preposition is no subject, the next pronoun may be.
            at += 1;
            if class.has(Class::PREP) {
                fresh = false;
            }
            continue;
        }
        if class.has(Class::NOMINATIVE) {
            let reference = Reference::Pronoun { class, token: at };
            if subordinate {
                minor = Some(reference)
            } else {
                main = Some(reference)
            }
        }
        fresh = false;
        at += 1;
    }
    main.or(minor)
}

/// A subject that begins at a token: a name, a pronoun, `the actress`, followed by something like a verb.
fn opening_subject(text: &Text, entities: &Entities, at: usize, last: usize) -> Option<(Reference, usize)> {
    const LONGEST: usize = 16;
    let class = text.class(at);
    if class.has(Class::NOMINATIVE) {
        return Some((Reference::Pronoun { class, token: at }, at + 1));
    }
    let opens = text.tokens[at].is_capital()
        || class.has(Class::DET.with(Class::TITLE).with(Class::EPITHET))
        || text.shape(at) == Shape::Number;
    if !opens || class.has(Class::PREP) || text.class(at).has(Class::ADV) && text.shape(at) == Shape::Lower {
        return None;
    }
    let mut end = at;
    while end < last && end - at < LONGEST {
        let class = text.class(end);
        let word = text.word(end);
        if let Some(mention) = entities.covering(end).filter(|m| m.first >= at) {
            end = mention.last.max(end + 1);
            let list =
                text.is(end, "and") || text.word(end) == "," && (end..last.min(end + 12)).any(|t| text.is(t, "and"));
            let next = (end..last.min(end + 4))
                .find_map(|t| entities.covering(t))
                .filter(|m| entities.all[m.entity].is_somebody());
            if text.shape(end) != Shape::Clitic
                && !(list
                    && next.is_some_and(|m| {
                        (end..m.first).all(|t| {
                            text.shape(t) != Shape::Lower || text.is(t, "and") || text.class(t).has(Class::TITLE)
                        })
                    }))
            {
                break;
            }
            if text.shape(end) != Shape::Clitic {
                end = next.map_or(end, |m| m.first);
            }
            continue;
        }
        let inner = match text.shape(end) {
            Shape::Lower => {
                !class.has(
                    Class::PREP
                        .with(Class::CONJ)
                        .with(Class::SUBORD)
                        .with(Class::AUX)
                        .with(Class::ADV)
                        .with(Class::NOMINATIVE),
                ) && !(end > at && cue::is_speech_verb(text, end, at))
                    && !looks_finite(word, class)
            }
            Shape::Capital | Shape::Upper | Shape::Number | Shape::Clitic => true,
            _ => false,
        };
        // `a source from Saram`, `a representative of his agency`.
        let of = end > at
            && ["of", "from", "at"].contains(&word)
            && text.class(end - 1).has(
                Class::SOURCE
                    .with(Class::AGENCY)
                    .with(Class::TEAM)
                    .with(Class::STAFF)
                    .with(Class::EPITHET),
            );
        if !inner && !of {
            break;
        }
        end += 1;
    }
    if end == at {
        return None;
    }
    let reference = read(text, entities, at, end)?;
    let person = !matches!(&reference, Reference::Epithet { head, .. } if !text.class(*head).has(Class::EPITHET) && !text.word(*head).ends_with("-year-old"));
    person.then_some((reference, end))
}

/// A lower-case word that is likelier a finite verb than a noun.
fn looks_finite(word: &str, class: Class) -> bool {
    word.ends_with("ed") && !class.has(Class::EPITHET) || class.has(Class::SAY) && !class.has(Class::BASE)
}
