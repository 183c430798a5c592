//! The subject of a clause, read from its first token on.

use super::super::print::{Words, words};
use super::opening::opening_subject;
use crate::reading::bracket;
use crate::reading::entity::Entities;
use crate::reading::lexicon::Class;
use crate::reading::lifted::{behind_verb, cleft, inverted, is_apposed};
use crate::reading::nameless::is_verb;
use crate::reading::noun::behind_time;
use crate::reading::phrase::Reference;
use crate::reading::text::{Shape, Text};

/// The subject of the main clause in some tokens: of the last one, when there are several.
#[must_use]
pub fn of_clause(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let kin = true;
    Clause::new(text, entities, first, last, kin).subject()
}

/// The subject of the clause that a verb behind “and” goes on with: `Kim is about to speak when Lee walks in and says`.
#[must_use]
pub fn of_nearest(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let kin = true;
    let mut clause = Clause::new(text, entities, first, last, kin);
    clause.read();
    let then = clause
        .opened
        .filter(|t| *t > first && clause.minor_behind.is_some() && clause.main.is_some());
    match then {
        Some(_) if clause.subordinate && clause.is_then() => clause.minor,
        _ => clause.chosen(),
    }
}

/// Whom a sentence is about: the subject of its main clause; `his daughter` in it is not.
#[must_use]
pub fn of_sentence(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let kin = false;
    Clause::new(text, entities, first, last, kin).subject()
}

/// Behind them “but” joins nothing.
const NOBODY: Words = words![
    "one",
    "nobody",
    "nothing",
    "none",
    "anyone",
    "everyone",
    "everybody",
    "all"
];

/// Words behind which something happens: `Kim is about to speak when`.
const THEN: Words = words!["when", "until", "before", "where", "moment", "instant"];

struct Clause<'a> {
    text: &'a Text,
    entities: &'a Entities,
    first: usize,
    last: usize,
    /// Relatives may be its subject: `his daughter`.
    kin: bool,
    /// The subject of the last main clause.
    main: Option<Reference>,
    /// The subject of the last clause that a subordinating word opened, and that word.
    minor: Option<Reference>,
    minor_behind: Option<usize>,
    /// In a clause that opened with a subordinating word: it goes on to the comma.
    subordinate: bool,
    /// The word that opened it.
    opened: Option<usize>,
    /// One past its subject, and whether what is inserted behind that is being read.
    ends: Option<usize>,
    inserted: bool,
    /// A subject may begin here.
    fresh: bool,
    /// In what somebody says in words of others, up to the comma.
    reporting: bool,
}

impl<'a> Clause<'a> {
    const fn new(text: &'a Text, entities: &'a Entities, first: usize, last: usize, kin: bool) -> Self {
        Self {
            text,
            entities,
            first,
            last,
            kin,
            main: None,
            minor: None,
            minor_behind: None,
            subordinate: false,
            opened: None,
            ends: None,
            inserted: false,
            fresh: true,
            reporting: false,
        }
    }

    fn subject(mut self) -> Option<Reference> {
        self.read();
        self.chosen()
    }

    fn read(&mut self) {
        // `The next day Kim turns up`: when is not who.
        let mut at = behind_time(self.text, self.first)
            .filter(|t| *t < self.last)
            .unwrap_or(self.first);
        // `Of course the king sees it`.
        if self.text.is(at, "of") && self.text.is(at + 1, "course") && at + 2 < self.last {
            at += 2 + usize::from(self.text.is(at + 2, ","));
        }
        while at < self.last {
            // Whatever a step makes of a token, the token is passed.
            at = match self.passes_by(at) {
                true => at + 1,
                false => self.step(at).max(at + 1),
            };
        }
    }

    fn chosen(mut self) -> Option<Reference> {
        let (first, last) = (self.first, self.last);
        cleft(self.text, self.entities, first, last)
            .or_else(|| inverted(self.text, self.entities, first, last))
            .or_else(|| self.main.take())
            .or_else(|| self.minor.take())
            .or_else(|| self.topic())
            .or_else(|| behind_verb(self.text, self.entities, first, last))
    }

    /// Reads what begins at a token, and tells where to go on.
    fn step(&mut self, at: usize) -> usize {
        let text = self.text;
        let class = text.class(at);
        if let Some(close) = self.title(at) {
            self.fresh = text.is(close - 1, ",");
            self.subordinate &= !self.fresh;
            return close + 1;
        }
        // `Kim (as the bathhouse’s owner): “…”`: what the brackets say of somebody is no clause.
        if text.is(at, "(") && text.is(at + 1, "as") && (self.main.is_some() || self.minor.is_some()) {
            return bracket::behind(text, at);
        }
        // `the landlord Mr. Seo (a terrific Kim) counts out the notes`: who plays somebody does nothing there.
        let found = self.main.is_some() || self.minor.is_some();
        if found && text.is(at, "(") && bracket::behind(text, at) > at {
            return bracket::behind(text, at);
        }
        if self.opens_anew(at) {
            self.fresh = true;
            return at + 1;
        }
        if self.fresh
            && let Some((reference, end)) = opening_subject(text, self.entities, at, self.last, self.kin)
        {
            // `as he knelt before his sleeping son and whispered`: no clause, where nobody does anything.
            let beside = self.opened.is_some_and(|t| t + 1 == at)
                && text.is_one(at - 1, words!["before", "after", "until", "since"])
                && (is_idle(text, end) || text.class(end).has(Class::CONJ));
            let reference = self.whose_character(at).unwrap_or(reference);
            // What is apposed says who was named in front of it, and does nothing.
            let known = self.main.is_some() || self.minor.is_some();
            // `stands before her brother, the Crown Prince (Kim), with his hands tied`: who does nothing there.
            let idle = matches!(self.main, Some(Reference::Named { .. } | Reference::Pronoun { .. }))
                && text.is(at.wrapping_sub(1), ",")
                && matches!(
                    reference,
                    Reference::Named { .. } | Reference::Epithet { .. } | Reference::Unnamed { .. }
                )
                && is_idle(text, end);
            // `reads it to her husband, a retired driver who may not comment`: said of the husband.
            let told = self.main.is_some()
                && at > self.first + 1
                && text.is(at - 1, ",")
                && text.shape(at - 2) == Shape::Lower
                && text.is_one(at, words!["a", "an"])
                && text.is_one(end, words!["who", "whose"])
                && matches!(reference, Reference::Unnamed { .. } | Reference::Epithet { .. });
            let idle = idle || told;
            // `wrote about the horses and the catering team, and closed with`: the last of a list does nothing.
            let listed = self.main.is_some() && text.is(end, ",") && text.class(end + 1).has(Class::CONJ);
            // `the other MC, Kim, wiped away tears and asked`: the name says who.
            let names = matches!(self.main, Some(Reference::Epithet { head, .. }) if head + 2 == at)
                && matches!(reference, Reference::Named { .. })
                && text.is(bracket::behind(text, end), ",")
                && text.shape(end - 1) != Shape::Clitic;
            // `It was hosted by Kim and actor Lee.`: neither does anything.
            let beside = beside || self.is_behind_a_name(at) && is_idle(text, end);
            let reported = self.is_reported(at);
            self.reporting |= reported;
            if names {
                self.main = Some(reference);
            } else if !(listed || idle || beside || reported || known && is_apposed(text, self.entities, at, end)) {
                self.found(reference);
                self.ends = Some(end);
            }
            self.fresh = false;
            return end;
        }
        if class.has(Class::PREP.with(Class::ADV)) {
            // `With a smile she said`: what follows a preposition is no subject, the next pronoun may be.
            self.fresh &= !class.has(Class::PREP);
            return at + 1;
        }
        if self.follows_a_phrase(at) {
            self.main = Some(Reference::Epithet {
                head: at + 1,
                first: at,
            });
            return at + 2;
        }
        if let Some(named) = self.named_behind_a_phrase(at) {
            self.found(named);
            return at + 1;
        }
        // `The actress said she had tried`: the clause behind the verb tells nothing new of whom it is about.
        // `Kim, 28, said he and his co-star did not meet`: both of them stand in it.
        if class.has(Class::NOMINATIVE) {
            let said = self.main.is_some() && at > self.first && text.class(at - 1).has(Class::SAY);
            if said || self.is_reported(at) {
                self.reporting = true;
            } else {
                self.found(Reference::Pronoun { class, token: at });
            }
        }
        self.fresh = false;
        at + 1
    }

    /// Most words stand behind a subject and open nothing: no other rule has anything for them.
    fn passes_by(&self, at: usize) -> bool {
        const OPENS: Class = Class::CONJ.with(Class::SUBORD).with(Class::NOMINATIVE);
        let class = self.text.class(at);
        !self.fresh
            && !matches!(self.text.shape(at), Shape::Mark | Shape::Punct)
            && !class.has(OPENS)
            && !self.is_the_moment(at)
            // Where nobody is told of, `the actor` or a name may still be.
            && (self.main.is_some() || !class.has(Class::DET) && !self.text.is_capital(at))
    }

    /// The closing mark of a title that opens at a token: its words are nobody's subject.
    fn title(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 12;
        let text = self.text;
        if text.shape(at) != Shape::Mark || text.shape(at + 1) == Shape::Mark || text.before(at) != ' ' {
            return None;
        }
        let close = (at + 2..self.last.min(at + LONGEST)).find(|t| text.shape(*t) == Shape::Mark)?;
        let small = Class::PREP.with(Class::DET).with(Class::CONJ);
        let capital = |t: usize| text.shape(t) != Shape::Lower || text.class(t).has(small);
        // `the “Night Ferry” star` is somebody.
        let star = text.class(close + 1).has(Class::EPITHET.with(Class::TITLE)) && text.after(close) == ' ';
        (text.is_capital(at + 1) && (at + 1..close).all(capital) && !star && text.after(close - 1) != ' ')
            .then_some(close)
    }

    /// The subject of the clause behind a `when`, `where` or `in which` was found.
    fn is_then(&self) -> bool {
        let text = self.text;
        self.minor_behind.is_some_and(|t| {
            text.is_one(t, THEN) || text.is(t, "which") && t > self.first && text.is_one(t - 1, words!["in", "during"])
        })
    }

    /// `in which Kim, alone in the corridor, finally says`: what is inserted behind the subject ends no clause.
    fn is_insertion(&mut self, comma: usize) -> bool {
        const LONGEST: usize = 10;
        if self.inserted {
            self.inserted = false;
            return true;
        }
        let begins = self.ends == Some(comma) && !self.text.class(comma + 1).has(Class::CONJ.with(Class::NOMINATIVE));
        self.inserted = begins && (comma + 1..self.last.min(comma + LONGEST)).any(|t| self.text.is(t, ","));
        self.inserted
    }

    fn found(&mut self, reference: Reference) {
        // `where Kim hands it to a girl who does not know that she`: those are clauses inside of it.
        let inside = self.subordinate && self.opened != self.minor_behind && self.is_then();
        if self.subordinate {
            if inside {
                return;
            }
            self.minor = Some(reference);
            self.minor_behind = self.opened;
        } else {
            self.main = Some(reference);
        }
    }

    /// A mark, a conjunction or a subordinating word, behind which a subject may begin.
    fn opens_anew(&mut self, at: usize) -> bool {
        let text = self.text;
        let (shape, class) = (text.shape(at), text.class(at));
        match shape {
            Shape::Mark => return true,
            Shape::Punct => {
                let word = text.word(at);
                if word == "," && self.subordinate && self.is_then() && self.is_insertion(at) {
                    return false;
                }
                self.subordinate &= word != "," && word != ";";
                self.reporting &= word != "," && word != ";";
                if !self.subordinate {
                    self.minor_behind = None;
                }
                return matches!(word, "," | ";" | ":" | "—" | "–" | "(" | ")");
            }
            // `She told no one but the director, who`.
            Shape::Lower if text.is(at, "but") && at > self.first && text.is_one(at - 1, NOBODY) => return false,
            Shape::Lower if class.has(Class::CONJ) => return !self.reporting,
            // `But the queen would not.`
            Shape::Capital if at == self.first && class.has(Class::CONJ) => return true,
            _ => {}
        }
        let subordinates = class.has(Class::SUBORD) && self.entities.covering(at).is_none() || self.is_the_moment(at);
        self.subordinate |= subordinates;
        if subordinates {
            self.opened = Some(at);
        }
        subordinates
    }

    /// `at the moment Kim threw the ledger`: when somebody did something.
    fn is_the_moment(&self, at: usize) -> bool {
        let text = self.text;
        text.is_one(at, words!["moment", "instant"])
            && at > self.first
            && text.is(at - 1, "the")
            && (text.class(at + 1).has(Class::NOMINATIVE)
                || self.entities.covering(at + 1).is_some_and(|m| m.first == at + 1))
    }

    /// `Her character, Kim, can only be heard`: said of the one who plays her.
    fn whose_character(&self, at: usize) -> Option<Reference> {
        let (text, owner) = (self.text, at.checked_sub(3)?);
        let class = text.class(owner);
        let own = class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE);
        (own && text.is(owner + 1, "character")).then_some(Reference::Pronoun { class, token: owner })
    }

    /// `Kim told Lee that it was he who`: behind “that” stands what is said, not who says it.
    fn is_reported(&self, at: usize) -> bool {
        const NEAR: usize = 5;
        let text = self.text;
        let told = self.main.is_some() || self.minor.is_some();
        let from = self.first.max(at.saturating_sub(NEAR));
        let Some(that) = (from + 1..at).rev().find(|t| text.is(*t, "that")).filter(|_| told) else {
            return false;
        };
        (that.saturating_sub(NEAR).max(self.first)..that)
            .rev()
            .take_while(|t| !text.is(*t, ","))
            .any(|t| text.class(t).has(Class::SAY) && text.shape(t) == Shape::Lower)
    }

    /// `For the final song the actor turned his back`: no comma behind the phrase in front.
    fn follows_a_phrase(&self, at: usize) -> bool {
        const DOES: Class = Class::AUX.with(Class::ADV).with(Class::SAY);
        let text = self.text;
        let lower = |t: usize| text.shape(t) == Shape::Lower;
        !self.fresh
            && self.main.is_none()
            && lower(at)
            && text.is(at, "the")
            && text.class(at + 1).has(Class::EPITHET)
            && lower(at + 1)
            && lower(at - 1)
            && !text.class(at - 1).has(Class::PREP.with(Class::SAY).with(Class::AUX))
            && text.class(self.first).has(Class::PREP)
            && (text.word(at + 2).ends_with("ed") || text.class(at + 2).has(DOES))
    }

    /// `by Kim and Lee`: joined to a name that is no subject.
    fn is_behind_a_name(&self, at: usize) -> bool {
        let and = at.saturating_sub(1);
        let named = || self.entities.covering(and.saturating_sub(1)).filter(|m| m.last == and);
        self.main.is_none() && and > self.first && self.text.is(and, "and") && named().is_some()
    }

    /// `Out of her sleeve Kim pulled a list`: a name there, and a verb behind it.
    fn named_behind_a_phrase(&self, at: usize) -> Option<Reference> {
        const DOES: Class = Class::AUX.with(Class::SAY).with(Class::PAST);
        const LONGEST: usize = 10;
        const ENDS: Class = Class::PREP
            .with(Class::SAY)
            .with(Class::AUX)
            .with(Class::TITLE)
            .with(Class::CONJ);
        let text = self.text;
        let opens = !self.fresh && self.main.is_none() && at > self.first + 2 && text.is_capital(at);
        let fronted = || text.class(self.first).has(Class::PREP) || text.is(self.first, "out");
        if !opens || at > self.first + LONGEST || !fronted() || (self.first..at).any(|t| text.is(t, ",")) {
            return None;
        }
        let mention = self.entities.covering(at).filter(|m| m.first == at)?;
        let ends = text.shape(at - 1) == Shape::Lower && !text.class(at - 1).has(ENDS);
        let verb = mention.last + usize::from(text.class(mention.last).has(Class::ADV));
        let acts = text.shape(verb) == Shape::Lower
            && (text.class(verb).has(DOES) || text.word(verb).ends_with("ed") || is_verb(text, verb));
        (ends && acts && self.entities.all[mention.entity].is_somebody()).then(|| Reference::to(mention))
    }

    /// `For the director, manners are a serious matter`: what is said is said of the director.
    fn topic(&self) -> Option<Reference> {
        let fronted = self.text.is_one(self.first, words!["for", "to"]);
        if !fronted || self.first + 1 >= self.last || self.main.is_some() || self.minor.is_some() {
            return None;
        }
        opening_subject(self.text, self.entities, self.first + 1, self.last, self.kin)
            .map(|(reference, _)| reference)
            .filter(|r| matches!(r, Reference::Named { .. } | Reference::Epithet { .. }))
    }
}

/// Behind a name, and the brackets that belong to it, no verb follows.
fn is_idle(text: &Text, end: usize) -> bool {
    let behind = bracket::behind(text, end);
    matches!(text.sign(behind), b',' | b'.' | b';')
        && !(text.is(behind, ",") && (text.is(behind + 1, "who") || text.class(behind + 1).has(Class::DET)))
        || text.class(behind).has(Class::PREP) && text.shape(behind) == Shape::Lower
}
