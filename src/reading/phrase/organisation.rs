//! Subjects that are companies or speak for one: agencies, broadcasters, sources, the production team.

use super::super::print::{Words, words};
use super::{Reference, bare, unnamed};
use crate::model::QuoteKind;
use crate::reading::entity::{Entities, Entity, Id, Mention, Nature};
use crate::reading::lexicon::Class;
use crate::reading::text::{Shape, Text};
use std::ops::Range;

/// Reads tokens, and who is named in them, as an agency, a broadcaster, a source or the production team.
pub fn organisation(
    text: &Text,
    entities: &Entities,
    named: &[Mention],
    first: usize,
    last: usize,
) -> Option<Reference> {
    let phrase = Phrase {
        text,
        entities,
        named,
        first,
        last,
    };
    // Most phrases have no word of these classes, and need not be gone through for each.
    let classes = text.classes(first, last);
    let one = |class: Class| classes.has(class).then_some(class);
    let agency = one(Class::AGENCY).and_then(|class| phrase.lower(class));
    let source = one(Class::SOURCE).and_then(|class| phrase.lower(class).or_else(|| phrase.find(class)));
    // `Beacon Row chief executive Katrin Boll`: the name says who.
    let behind = |at: usize| {
        // `executive producer Kim`.
        let nouns = |m: &Mention| m.first > at && (at + 1..m.first).all(|t| text.class(t).has(Class::TITLE));
        let mention = named.iter().find(|m| m.last == last && nouns(m));
        mention.filter(|m| phrase.is_somebody(m)).map(Reference::to)
    };
    if let Some(named) = source.and_then(behind) {
        return Some(named);
    }
    if let Some(one) = phrase.of_a_house() {
        return Some(Reference::to(one));
    }
    if agency.is_none()
        && classes.has(Class::TEAM)
        && let Some(team) = phrase.team()
    {
        return Some(team);
    }
    if let Some(company) = phrase.company(agency, source) {
        return Some(phrase.office(company).unwrap_or(Reference::Named {
            id: company.entity,
            full: true,
            ambiguous: false,
            token: company.first,
        }));
    }
    // `the studio said`, where a studio is named.
    if text.is(first, "the") && first + 2 == last && text.is_one(first + 1, words!["studio", "outfit"]) {
        let token = first + 1;
        let house = |e: &Entity| e.nature == Nature::Company && (text.is(token, "outfit") || e.name.contains("Studio"));
        return entities
            .all
            .iter()
            .any(house)
            .then_some(Reference::Agency { owner: None, token });
    }
    match (agency, source) {
        // `an official at a streaming company`.
        (Some(company), Some(at)) if at < company && phrase.is_of(at + 1) && text.is_one(at + 2, words!["a", "an"]) => {
            Some(phrase.source(at))
        }
        (Some(at), _) => phrase.agency(at),
        (None, Some(at)) => Some(phrase.source(at)),
        (None, None) => None,
    }
}

#[derive(Clone, Copy)]
struct Phrase<'a> {
    text: &'a Text,
    entities: &'a Entities,
    /// Who is named in it.
    named: &'a [Mention],
    first: usize,
    last: usize,
}

impl<'a> Phrase<'a> {
    fn find(&self, class: Class) -> Option<usize> {
        (self.first..self.last).find(|t| self.text.class(*t).has(class))
    }

    /// The first word of a class that is no part of a name.
    fn lower(&self, class: Class) -> Option<usize> {
        (self.first..self.last).find(|t| self.text.shape(*t) == Shape::Lower && self.text.class(*t).has(class))
    }

    fn is_somebody(&self, mention: &Mention) -> bool {
        self.entities.all[mention.entity].is_somebody()
    }

    fn names_somebody(&self, first: usize, last: usize) -> bool {
        self.entities.between(first, last).iter().any(|m| self.is_somebody(m))
    }

    fn is_of(&self, token: usize) -> bool {
        self.text.is_one(token, words!["of", "from", "at"])
    }

    /// `Professor Kim of Hanbit University`, `attorney Lee of the law firm Seon`: who is of a house speaks, not the house.
    fn of_a_house(&self) -> Option<&'a Mention> {
        let text = self.text;
        let [one, .., house] = self.named else { return None };
        let titles =
            || (self.first..one.first).all(|t| text.class(t).has(Class::TITLE.with(Class::STORY).with(Class::OFFICE)));
        (self.is_somebody(one) && !self.is_somebody(house) && self.is_of(one.last) && titles()).then_some(one)
    }

    /// `the production team`; `the team member Kim` is no team, and the Korea Broadcast Staff Union no staff.
    fn team(&self) -> Option<Reference> {
        let text = self.text;
        let capital = |t: usize| text.tokens.get(t).is_some_and(|t| t.is_capital());
        let named = |t: usize| capital(t) && (capital(t + 1) || t > self.first && capital(t - 1));
        let at =
            (self.first..self.last).find(|t| text.class(*t).has(Class::TEAM) && (!named(*t) || text.is(*t, "team")))?;
        // `a source close to the production`.
        if (self.first..at).any(|t| text.is(t, "close") && text.is(t + 1, "to")) {
            return None;
        }
        let person =
            text.class(at + 1).has(Class::TITLE.with(Class::EPITHET)) || text.word(at + 1).starts_with("member");
        // `a member of the art team`: one of them.
        let member = (self.first..at).find(|t| text.is(*t, "member") && text.is(t + 1, "of"));
        if let Some(member) = member {
            let end = (at + 1).min(self.last);
            return Some(unnamed(text.slice(member, end).to_lowercase(), QuoteKind::Staff));
        }
        // `The team behind the drama, which is directed by Kim,`: what tells of the drama tells of no speaker.
        let end = (at..self.last)
            .find(|t| text.is(*t, ",") && text.is(t + 1, "which"))
            .unwrap_or(self.last);
        (!person && !self.names_somebody(at, end)).then_some(Reference::Team)
    }

    /// The company that is named and speaks.
    fn company(&self, agency: Option<usize>, source: Option<usize>) -> Option<&'a Mention> {
        let nature = |m: &&Mention| matches!(self.entities.all[m.entity].nature, Nature::Company | Nature::Station);
        self.named.iter().rfind(nature).filter(|m| {
            source.is_some()
                || agency.is_some_and(|a| a < m.first)
                || m.last == self.last
                || self.text.class(m.last).has(Class::SOURCE)
        })
    }

    /// `the founder and CEO of Studio Haru`: somebody, whom the article may name.
    fn office(&self, company: &Mention) -> Option<Reference> {
        let text = self.text;
        let of = company.first.wrapping_sub(1);
        let noun = text.class(of.wrapping_sub(1));
        let office = company.last == self.last
            && of > self.first
            && text.is_one(of, words!["of", "at"])
            && noun.has(Class::TITLE.with(Class::HOST).with(Class::EPITHET))
            && !noun.has(Class::SOURCE.with(Class::TEAM).with(Class::AGENCY));
        office.then(|| Reference::Epithet {
            head: company.first - 2,
            first: self.first,
        })
    }

    /// `his agency`, `the two actors’ agencies`, whose name may stand elsewhere.
    fn agency(&self, at: usize) -> Option<Reference> {
        let text = self.text;
        // `the production company`: it makes the drama, and is nobody's agency.
        if at > self.first && text.is(at - 1, "production") {
            return Some(Reference::Agency { owner: None, token: at });
        }
        if text.word(at).ends_with('s') {
            return Some(Reference::Agencies { token: at });
        }
        if self.names_somebody(at, self.last) {
            return None;
        }
        let owner = self
            .entities
            .between(self.first, at)
            .iter()
            .rfind(|m| self.is_somebody(m));
        Some(Reference::Agency {
            owner: owner.map(|m| m.entity),
            token: at,
        })
    }

    /// `a source from the drama`, `Kim’s representative`, `a representative of Nine Bells`, `an official`.
    fn source(&self, at: usize) -> Reference {
        let text = self.text;
        // `a ministry official`: of a body that is named by what it is.
        let body = at > self.first + 1 && text.class(at - 1).has(Class::BODY) && text.shape(at - 1) == Shape::Lower;
        // `a source close to the production`, `to the actor`: who is close to somebody speaks for nobody.
        let close = text.is(at + 1, "close") && text.is(at + 2, "to");
        if body || close {
            let end = if close { self.last } else { at + 1 };
            return unnamed(bare(text, self.first, end), QuoteKind::Other);
        }
        let made = (at + 1..self.last).any(|t| text.class(t).has(Class::DRAMA) && text.shape(t) == Shape::Lower);
        if made && self.is_of(at + 1) {
            return Reference::Team;
        }
        if self.find(Class::BROADCAST).is_some() {
            return Reference::Broadcaster;
        }
        let of_somebody = self
            .named
            .iter()
            .find(|m| self.is_somebody(m) && text.shape(m.last) == Shape::Clitic);
        if of_somebody.is_some() || text.class(self.first).has(Class::HE.with(Class::SHE)) {
            return Reference::Agency {
                owner: of_somebody.map(|m| m.entity),
                token: at,
            };
        }
        // `a representative of the actress`, `an official from Kim’s side`.
        if let Some(owner) = self.represents(at + 1) {
            return Reference::Agency { owner, token: at };
        }
        // `a representative of the civic group Forest Keepers`.
        if let Some(name) = self.named_body(at + 1) {
            return unnamed(name, QuoteKind::Other);
        }
        // `an official of the actors’ union`: of a body without a name of its own, for which they speak.
        if let Some(body) = body_behind(text, at + 1, self.last).filter(|body| body.end == self.last) {
            return unnamed(text.slice(body.start, body.end).to_lowercase(), QuoteKind::Other);
        }
        if let Some(name) = self.unknown_company(at + 1) {
            return unnamed(name, QuoteKind::Agency);
        }
        // `an official at one of the networks`, `a source at a rival studio`: of nobody who was named.
        let elsewhere = self.is_of(at + 1) && text.is_one(at + 2, words!["a", "an", "one", "another"]);
        if elsewhere {
            return unnamed(bare(text, self.first, at + 1), QuoteKind::Other);
        }
        // `a representative said`: of the agency that was named.
        let voice = text.word(at).to_ascii_lowercase();
        let known = voice == "source" && text.is(self.first, "the");
        if known || ["rep", "spokes", "official"].iter().any(|w| voice.starts_with(w)) {
            return Reference::Agency { owner: None, token: at };
        }
        unnamed(bare(text, self.first, at + 1), QuoteKind::Other)
    }

    /// `of Kim`, `for the actress`: whom somebody speaks for; by a noun alone, that is whom the article tells of.
    fn represents(&self, of: usize) -> Option<Option<Id>> {
        let text = self.text;
        if !(self.is_of(of) || text.is(of, "for")) {
            return None;
        }
        let titles =
            (of + 1..self.last).take_while(|t| text.class(*t).has(Class::TITLE) && text.shape(*t) == Shape::Lower);
        let named = self.entities.covering(of + 1 + titles.count());
        if let Some(mention) = named.filter(|m| self.is_somebody(m) && m.last == self.last) {
            return Some(Some(mention.entity));
        }
        let star = text.is(of + 1, "the")
            && of + 3 == self.last
            && text.is_one(
                of + 2,
                words!["actor", "actress", "star", "singer", "idol", "two", "couple", "pair"],
            );
        star.then_some(None)
    }

    /// `of the civic group Forest Keepers`: its name, where it ends the phrase.
    fn named_body(&self, of: usize) -> Option<String> {
        const BODIES: Words = words![
            "group",
            "organization",
            "organisation",
            "foundation",
            "association",
            "union",
            "council",
        ];
        let text = self.text;
        let opens = self.is_of(of) && text.is(of + 1, "the");
        let noun = (of + 2..self.last)
            .find(|t| text.is_just(*t, BODIES))
            .filter(|_| opens)?;
        let name = noun + 1;
        let capitals = name < self.last && (name..self.last).all(|t| text.is_capital(t));
        capitals.then(|| text.slice(name, self.last).to_owned())
    }

    /// `of Nine Bells`: a company that nothing else tells of.
    fn unknown_company(&self, of: usize) -> Option<String> {
        if !self.is_of(of) {
            return None;
        }
        let name = of + 1;
        let length = (name..self.last).take_while(|t| self.text.is_capital(*t)).count();
        let stop = name + length;
        (stop > name && self.entities.between(name, stop).is_empty()).then(|| self.text.slice(name, stop).to_owned())
    }
}

/// `of the actors’ union`, `at the broadcasting commission`, `of the provincial heritage office`: a body by what it is, and
/// neither agency nor station.
pub fn body_behind(text: &Text, of: usize, stop: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 6;
    const BODIES: Words = words![
        "union",
        "association",
        "guild",
        "council",
        "commission",
        "ministry",
        "academy",
        "federation",
        "society",
        "committee",
        "police",
        "court",
        "foundation",
        "institute",
        "center",
        "museum",
        "city",
        "office",
        "department",
        "administration",
        "station",
        "government",
    ];
    if !text.is_one(of, words!["of", "from", "at"]) || !text.is(of + 1, "the") {
        return None;
    }
    let first = of + 2;
    let small = |t: &usize| matches!(text.shape(*t), Shape::Lower | Shape::Clitic) || text.owns_plural(*t);
    let inner = (first..stop.min(first + LONGEST)).take_while(small);
    let noun = inner.filter(|t| text.is_just(*t, BODIES)).last()?;
    Some(first..noun + 1)
}
