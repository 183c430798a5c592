//! Where the subject of a verb stands: the noun phrase before it, or the subject of its clause.
//!
//! Works on the tokens of one narrative; what the phrase points at is read by `phrase`.

use super::cue;
use super::entity::{Entities, Mention, Nature};
use super::lexicon::{Class, trades};
use super::lifted::{behind_verb, cleft, is_apposed};
use super::noun::{is_adjective, is_one_of_two, is_told, is_trade, looks_finite};
use super::phrase::{self, Reference, read};
use super::text::{Shape, Text};

/// The subject of a verb that stands before a span; `first` is where its clause may begin.
#[must_use]
pub fn of_verb(text: &Text, entities: &Entities, first: usize, verb: usize) -> Option<Reference> {
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
            return of_clause(text, entities, first, at);
        }
    }
    if at == first {
        return None;
    }
    let word = text.word(at - 1);
    // `with Kim whispering`.
    if ing
        && let Some(mention) = entities
            .covering(at - 1)
            .filter(|m| m.last == at && entities.all[m.entity].is_somebody())
    {
        return Some(Reference::Named {
            id: mention.entity,
            full: mention.full,
            ambiguous: mention.ambiguous,
            token: mention.first,
        });
    }
    if ing && let Some(mention) = doing(text, entities, first, at) {
        return Some(Reference::Named {
            id: mention.entity,
            full: mention.full,
            ambiguous: mention.ambiguous,
            token: mention.first,
        });
    }
    if ing && let Some(new) = new_one(text, entities, first, at) {
        return Some(new);
    }
    if ing || text.class(at - 1).has(Class::CONJ) || word == "by" {
        return of_clause(text, entities, first, at);
    }
    if text.is(at - 1, "who") {
        let end = before_title(text, first, at - 1 - usize::from(at >= 2 && text.word(at - 2) == ","));
        let named = entities.between(first, end).last().filter(|m| m.last == end);
        return match named {
            Some(m) => Some(Reference::Named {
                id: m.entity,
                full: m.full,
                ambiguous: m.ambiguous,
                token: m.first,
            }),
            // `according to an SBS official, who added`.
            None if end > first => phrase_before(text, entities, first, end),
            None => None,
        };
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
            // `his agency, Barley Field, said`.
            let company = entities
                .between(open, at)
                .iter()
                .find(|m| m.first == open + 1 && entities.all[m.entity].nature == Nature::Company);
            if let Some(company) = company {
                return Some(Reference::Named {
                    id: company.entity,
                    full: true,
                    ambiguous: false,
                    token: company.first,
                });
            }
            if inserted && let Some(reference) = phrase_before(text, entities, first, open) {
                return Some(reference);
            }
        }
        return of_clause(text, entities, first, at - 1);
    }
    phrase_before(text, entities, first, at).or_else(|| of_clause(text, entities, first, at))
}

/// `given to Kim of “The Page Turner,” who`: one past the name.
fn before_title(text: &Text, first: usize, end: usize) -> usize {
    const LONGEST: usize = 12;
    if end <= first + 2 || text.shape(end - 1) != Shape::Mark {
        return end;
    }
    let open = (end.saturating_sub(LONGEST).max(first)..end - 1)
        .rev()
        .find(|t| text.shape(*t) == Shape::Mark);
    match open.filter(|o| *o > first + 1) {
        Some(open) => open - usize::from(text.class(open - 1).has(Class::PREP)),
        None => end,
    }
}

/// `It begins with a radio announcer telling drivers`.
fn new_one(text: &Text, entities: &Entities, first: usize, at: usize) -> Option<Reference> {
    const LONGEST: usize = 5;
    let article = (first.max(at.saturating_sub(LONGEST))..at)
        .rev()
        .find(|t| ["a", "an", "the"].iter().any(|w| text.is(*t, w)))?;
    let opens = article > first && ["with", "sees", "shows", "as"].iter().any(|w| text.is(article - 1, w));
    let plain = article + 1 < at && (article + 1..at).all(|t| text.shape(t) == Shape::Lower);
    (opens && plain).then(|| read(text, entities, article, at)).flatten()
}

/// `ends with Kim tearing the card in two and declaring`: who does both.
fn doing<'a>(text: &Text, entities: &'a Entities, first: usize, at: usize) -> Option<&'a Mention> {
    const REACH: usize = 12;
    let joined = text.is(at - 1, "and") && at > first + 2;
    let mention = joined
        .then(|| {
            let named = entities.between(first.max(at.saturating_sub(REACH)), at).iter();
            named.rev().find(|m| text.word(m.first.wrapping_sub(1)) != "(")
        })
        .flatten()?;
    // `Role (Actor) laying out his cards and warning`.
    let behind = match text.word(mention.last) {
        "(" => (mention.last..at)
            .find(|t| text.word(*t) == ")")
            .map_or(mention.last, |t| t + 1),
        _ => mention.last,
    };
    let acts = |t: usize| text.word(t).ends_with("ing") && text.shape(t) == Shape::Lower;
    let does = acts(behind);
    // `opens with Kim in a palanquin, clutching her badge and muttering`.
    let clause = (behind..at - 1).any(|t| text.word(t) == "," && acts(t + 1));
    let with = mention.first > first
        && ["with", "as", "sees", "shows", "of"]
            .iter()
            .any(|w| text.is(mention.first - 1, w));
    let same = (mention.last..at).all(|t| !text.class(t).has(Class::NOMINATIVE) && (clause || text.word(t) != ","));
    ((does || clause) && with && same && entities.all[mention.entity].is_somebody()).then_some(mention)
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
            Shape::Mark => !text.owns_plural(token),
            Shape::Punct => {
                !matches!(word, "&" | "(" | ")" | "/" | "." | ",")
                    || word == "," && !in_list(text, entities, first, token, end)
                    || word == "." && text.after(token) == ' '
            }
            Shape::Lower => {
                class.has(Class::SUBORD.with(Class::AUX).with(Class::NOMINATIVE))
                    || class.has(Class::PREP)
                        && !["of", "from", "at", "for"].contains(&word)
                        && !text.is(token.wrapping_sub(1), "close")
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
    // `sent a message, which Kim read aloud`: the message speaks for who sent it.
    // `opens the letter, in which Kim has written`: Kim wrote it.
    let within = at > first + 1 && text.class(at - 2).has(Class::PREP);
    if at > first && text.is(at - 1, "which") && !within {
        return of_clause(text, entities, first, at - 1);
    }
    let reference = read(text, entities, at, end)?;
    // A phrase that is no subject of speech: look further.
    match &reference {
        Reference::Epithet { head, .. }
            if *head + 1 != end && !text.class(*head).has(Class::EPITHET) && !entities.has_noun(text.word(*head)) =>
        {
            None
        }
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
    let somebody = |m: Option<&Mention>| m.is_some_and(|m| entities.all[m.entity].is_somebody());
    // A comma before `and` belongs to the list as well.
    somebody(left)
        && somebody(right)
        && and
        && (token + 1..end.min(token + 4))
            .all(|t| text.shape(t) != Shape::Lower || text.is(t, "and") || text.class(t).has(Class::TITLE))
}

/// The subject of the main clause in some tokens: of the last one, when there are several.
#[must_use]
pub fn of_clause(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    clause(text, entities, first, last, true)
}

/// Whom a sentence is about: the subject of its main clause; `his daughter` in it is not.
#[must_use]
pub fn of_sentence(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    clause(text, entities, first, last, false)
}

fn clause(text: &Text, entities: &Entities, first: usize, last: usize, kin: bool) -> Option<Reference> {
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
        if fresh && let Some((reference, end)) = opening_subject(text, entities, at, last, kin) {
            if is_apposed(text, entities, at, end) && (main.is_some() || minor.is_some()) {
                // It says who was named in front of it, and does nothing.
            } else if subordinate {
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
        // `For the final song the actor turned his back`: no comma behind the phrase in front.
        let follows = !fresh
            && shape == Shape::Lower
            && text.is(at, "the")
            && text.class(at + 1).has(Class::EPITHET)
            && text.shape(at + 1) == Shape::Lower
            && text.shape(at - 1) == Shape::Lower
            && !text.class(at - 1).has(Class::PREP.with(Class::SAY).with(Class::AUX))
            && text.class(first).has(Class::PREP)
            && main.is_none()
            && (text.word(at + 2).ends_with("ed")
                || text.class(at + 2).has(Class::AUX.with(Class::ADV).with(Class::SAY)));
        if follows {
            main = Some(Reference::Epithet {
                head: at + 1,
                first: at,
            });
            at += 2;
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
    if let Some(cleft) = cleft(text, entities, first, last) {
        return Some(cleft);
    }
    // `For the director, manners are a serious matter`: what is said is said of the director.
    let topic = || {
        let fronted = ["for", "to"].iter().any(|w| text.is(first, w)) && first + 1 < last;
        fronted
            .then(|| opening_subject(text, entities, first + 1, last, kin))
            .flatten()
            .map(|(reference, _)| reference)
            .filter(|r| matches!(r, Reference::Named { .. } | Reference::Epithet { .. }))
    };
    main.or(minor)
        .or_else(topic)
        .or_else(|| behind_verb(text, entities, first, last))
}

/// Whether a clause has a subject that nothing tells of: `Haru took to Weverse to say`, `The union responded`.
#[must_use]
pub fn is_unknown(text: &Text, entities: &Entities, first: usize, verb: usize) -> bool {
    let class = text.class(first);
    let name = text.tokens.get(first).is_some_and(|t| t.is_capital())
        && !class.is_english()
        && entities.covering(first).is_none();
    let noun = class.has(Class::DET) && !class.has(Class::NOMINATIVE) && text.shape(first + 1) != Shape::Punct;
    first < verb && (name || noun) && (first..verb).all(|t| !matches!(text.word(t), "," | ";" | ":"))
}

/// Nouns for companies, teams and crowds: what stands before them only tells whose they are.
const SPEAKS: Class = Class::TEAM
    .with(Class::SOURCE)
    .with(Class::AGENCY)
    .with(Class::BROADCAST)
    .with(Class::PUBLIC);
/// Numbers that stand behind an article.
const NUMBERS: &[&str] = &["two", "three", "four", "five"];

/// A subject that begins at a token: a name, a pronoun, `the actress`, followed by something like a verb.
fn opening_subject(
    text: &Text,
    entities: &Entities,
    at: usize,
    last: usize,
    relatives: bool,
) -> Option<(Reference, usize)> {
    const LONGEST: usize = 16;
    let class = text.class(at);
    if class.has(Class::NOMINATIVE) {
        return Some((Reference::Pronoun { class, token: at }, at + 1));
    }
    let opens = text.tokens[at].is_capital()
        || class.has(Class::DET.with(Class::TITLE).with(Class::EPITHET).with(Class::PUBLIC))
        || text.shape(at) == Shape::Number
        || is_trade(text, entities, at);
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
                ) && (end == at || !cue::is_speech_verb(text, end, at))
                    // `the seasoned actress`: behind an article it describes.
                    && (!looks_finite(word, class) || end == at + 1 && is_adjective(text, at, end))
            }
            Shape::Capital | Shape::Upper | Shape::Number | Shape::Clitic => true,
            // `the “Night Ferry” star`.
            Shape::Mark => {
                if let Some(close) = phrase::behind_title(text, end).filter(|_| end > at) {
                    end = close;
                    continue;
                }
                text.owns_plural(end)
            }
            Shape::Punct => false,
        };
        // A noun phrase has one article; the next one belongs to an object. `The two` is one.
        let article =
            class.has(Class::DET) && !text.class(end.wrapping_sub(1)).has(Class::PREP) && !NUMBERS.contains(&word);
        if end > at && text.shape(end) == Shape::Lower && article {
            break;
        }
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
    // `the physician lowers`: the verb behind the noun is no part of it.
    let noun = |t: usize| {
        text.class(t).has(Class::EPITHET)
            || entities.has_noun(text.word(t))
            || is_told(text, at, t, relatives)
            || is_one_of_two(text, t)
    };
    // `His co-star kept hers`: what stands behind the last noun that is somebody's is no part of it.
    let lower = |t: usize| text.shape(t) == Shape::Lower;
    if let Some(last) = (at + 1..end.saturating_sub(1)).rev().find(|t| noun(*t))
        && entities.between(at, end).is_empty()
        && (last + 1..end).all(|t| lower(t) && !noun(t) && !text.class(t).has(Class::PLURAL.with(SPEAKS)))
    {
        end = last + 1;
    }
    if end == at {
        return None;
    }
    // `His father passed away. “…,” he said`: whose father it is speaks on.
    let kin = end == at + 2 && trades::KIN.contains(&text.word(at + 1)) && class.has(Class::HE.with(Class::SHE));
    if !relatives && kin {
        return None;
    }
    let reference = read(text, entities, at, end)?;
    // `the video`, `the scene` are no persons; `the physician` is, when somebody is called so.
    let person = !matches!(&reference, Reference::Epithet { head, .. } if !is_one_of_two(text, *head) && !text.class(*head).has(Class::EPITHET) && !text.word(*head).ends_with("-year-old") && !entities.has_noun(text.word(*head)) && !is_told(text, at, *head, relatives));
    person.then_some((reference, end))
}
