//! From a reference to somebody: pronouns, epithets, surnames, “the agency”.
//!
//! Candidates are the people mentioned last; recency, subject position, gender, number and the
//! nature of the scene decide, and the lead over the second says how sure it is.

use super::described::Described;
use super::entity::{Entities, Id, Nature, Trade};
use super::keyed::Keyed;
use super::lexicon::Class;
use super::phrase::Reference;
use super::print::{Words, words};
use super::scene::pair::Pair;
use super::sentence::Sentences;
use super::text::Text;
use crate::model::QuoteKind;
use std::cell::{Cell, OnceCell, RefCell};

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub enum Speaker {
    /// One, by name.
    One(Id),
    /// Whoever it is whom an actor plays: an article that calls characters by their actors.
    Played(Id),
    /// A character as a child, whom another actor plays.
    Younger(Id),
    /// Several, by name.
    Several(Vec<Id>),
    /// The production team.
    Team,
    /// Somebody without a name.
    Unnamed {
        /// The role without an article.
        role: String,
        /// What they are, outside of a scene.
        kind: QuoteKind,
    },
    /// The unnamed agency of somebody.
    AgencyOf(Id),
}

/// A candidate and what speaks for it.
#[derive(Clone, Debug)]
pub struct Scored {
    /// Who.
    pub id: Id,
    /// The higher the likelier.
    pub score: f32,
}

/// A speaker with the sureness of the choice, 0 to 1, and the candidates there were.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Who speaks.
    pub speaker: Speaker,
    /// How sure, 0 to 1.
    pub sure: f32,
    /// The candidates, best first.
    pub candidates: Vec<Scored>,
}

/// What a resolver looks at.
pub struct Resolver<'a> {
    /// The body.
    pub text: &'a Text,
    /// Everybody.
    pub entities: &'a Entities,
    /// Sentences.
    pub sentences: &'a Sentences,
    /// The network of the drama, when the article names it.
    pub station: Option<Id>,
    /// Whom the article is about.
    pub main: Option<Id>,
    /// The headline names them.
    pub headlined: bool,
    /// Who turned out to be “she” or “he” while reading.
    pub heard: RefCell<Keyed<Id, bool>>,
    /// Who spoke last as “she” or “he”, however sure that was: the other pronoun is somebody else.
    pub voiced: Cell<Option<(Id, bool)>>,
    /// What the article says of its people, once a description asks for it.
    pub described: OnceCell<Described>,
    /// It calls somebody an actress, once a noun asks for it.
    pub actresses: OnceCell<bool>,
    /// People talk about the drama in the article, and nobody speaks in it but they.
    pub talks: bool,
    /// The article is an interview with whom it is about, or tells of nobody else as much.
    pub portrait: bool,
}

/// Where a reference stands and what came before it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Only mentions before this token count.
    pub token: usize,
    /// Who spoke last, and in which paragraph.
    pub last: Option<(&'a Speaker, usize)>,
    /// The token where the last quote opened.
    pub since: usize,
    /// The paragraph of the quote.
    pub para: usize,
    /// The tokens of the quote: whom it names does not speak it.
    pub quote: (usize, usize),
    /// A scene of the drama is told here.
    pub scene: bool,
    /// The verb answers somebody: not the one who spoke last.
    pub reply: bool,
    /// The subject of the last sentence that had one, by whatever word, and the number of the sentence.
    pub focus: Option<(Id, usize)>,
    /// The same of a sentence before that one: for a reference that stands in it.
    pub earlier: Option<(Id, usize)>,
    /// The verb answers what was just told: `At this, she said`. Not the one the sentence before was about.
    pub reacts: bool,
    /// Whom the talk is with: who spoke or acted before the last speaker.
    pub other: Option<Id>,
    /// `The officer`: the noun's token where the subject of a sentence is somebody without a name, and the sentence.
    pub stranger: Option<(usize, usize)>,
    /// Who was told of last as “he” and as “she” in a scene.
    pub pair: Pair,
    /// Outside of scenes, somebody is said to have spoken: `she said`. Nobody of the story did.
    pub reported: bool,
}

/// Of more entities than this the later ones are not asked for by what they are called.
pub(super) const MANY: usize = 256;
/// This many mentions before a reference are looked at.
pub(super) const MEMORY: usize = 24;
/// As many tokens of a paragraph are looked through for a word.
pub(super) const LOOK: usize = 160;

/// Below the line: the kind of speaker is known, not who it is.
pub(super) const UNSURE: f32 = 0.45;

pub(super) fn sure(speaker: Speaker, sure: f32) -> Option<Choice> {
    Some(Choice {
        speaker,
        sure,
        candidates: Vec::new(),
    })
}

/// Somebody of whom nothing is known but that they are not of the drama.
pub(super) fn nobody_known() -> Option<Choice> {
    const UNSURE: f32 = 0.3;
    let somebody = Speaker::Unnamed {
        role: "somebody".to_owned(),
        kind: QuoteKind::Other,
    };
    sure(somebody, UNSURE)
}

impl Place<'_> {
    /// The same place, looked at from where the words of the reference stand.
    pub(super) fn at(self, reference: &Reference) -> Self {
        let token = super::attribution::token_of(reference).unwrap_or(self.token);
        Self { token, ..self }
    }
}

/// A speaker who is known that surely, with nobody else in question.
pub(super) fn keep(speaker: &Speaker, sure: f32) -> Option<Choice> {
    Some(Choice {
        speaker: speaker.clone(),
        sure,
        candidates: Vec::new(),
    })
}

impl Resolver<'_> {
    /// Whether “she” fits: by the article, or by what was resolved so far.
    #[must_use]
    pub fn is_she(&self, id: Id) -> Option<bool> {
        self.entities.all[id]
            .is_she()
            .or_else(|| self.heard.borrow().get(&id).copied())
            .or_else(|| self.voiced.get().filter(|(who, _)| *who == id).map(|(_, she)| she))
    }

    /// Remembers that somebody was “she” or “he”.
    pub fn hear(&self, choice: &Choice, she: bool) {
        const SURE: f32 = 0.85;
        if let Speaker::One(id) = choice.speaker {
            self.voiced.set(Some((id, she)));
        }
        if let Speaker::One(id) = choice.speaker
            && choice.sure >= SURE
        {
            self.heard.borrow_mut().entry(id).or_insert(she);
        }
    }

    pub(super) fn gender_fits(&self, id: Id, class: Class) -> bool {
        self.is_she(id).is_none_or(|she| she == class.has(Class::SHE))
    }

    /// Resolves a reference.
    #[must_use]
    pub fn resolve(&self, reference: &Reference, place: Place<'_>) -> Option<Choice> {
        let place = match super::attribution::token_of(reference) {
            // `His co-star shook her head. “…”`: whom that sentence is about is what is asked for.
            Some(token) if place.focus.is_some_and(|(_, s)| s >= self.sentence(token)) => Place {
                focus: place.earlier.filter(|(_, s)| *s < self.sentence(token)),
                ..place
            },
            _ => place,
        };
        match reference {
            Reference::Named {
                id,
                full,
                ambiguous,
                token,
            } => self.named(*id, *full, *ambiguous, *token, place),
            // `The official goes on stamping papers`: of the story, where somebody of it is called so.
            Reference::Agency { owner: None, token } if self.is_of_the_story(*token, place) => {
                sure(Speaker::One(self.called_alone(*token)?), 0.84)
            }
            Reference::List(ids) => sure(Speaker::Several(ids.clone()), 0.95),
            Reference::Team => sure(Speaker::Team, 0.96),
            Reference::Unnamed { role, kind } => sure(
                Speaker::Unnamed {
                    role: role.clone(),
                    kind: *kind,
                },
                0.9,
            ),
            Reference::Broadcaster => match self.station_told_of(place).or(self.station) {
                Some(station) => sure(Speaker::One(station), 0.85),
                // One that the article does not name.
                None => sure(
                    Speaker::Unnamed {
                        role: "broadcaster".to_owned(),
                        kind: QuoteKind::Other,
                    },
                    0.7,
                ),
            },
            Reference::Agencies { token } => self.agencies(*token),
            Reference::Agency { owner, token } => self.agency(*owner, *token, place),
            Reference::Pronoun { class, token } if class.has(Class::THEY) => self.they(*token, place),
            Reference::Pronoun { token, .. } if self.is_stranger(*token, place) => {
                let (head, _) = place.stranger?;
                self.stranger_at(head)
            }
            Reference::Pronoun { class, token } => (self.kin_nearby(*token, *class, place))
                .or_else(|| self.whom_a_clause_names(*token, *class, place))
                .or_else(|| self.whom_a_noun_names(*token, *class, place))
                .or_else(|| {
                    self.pick(
                        *token,
                        place,
                        &|e| self.gender_fits(e, *class),
                        class.has(Class::SHE).then_some(true).or(Some(false)),
                        place.scene,
                    )
                }),
            Reference::Plural { token } => self.plural(*token, place),
            Reference::Epithet { head, first } => self.epithet(*head, *first, place),
        }
    }

    fn named(&self, id: Id, full: bool, ambiguous: bool, token: usize, place: Place<'_>) -> Option<Choice> {
        if !ambiguous {
            return sure(Speaker::One(id), if full { 0.97 } else { 0.95 });
        }
        // `the younger Kim`: which one, their ages tell.
        let before = self.text.word(token.wrapping_sub(1));
        let young = ["younger", "youngest"].contains(&before);
        if young || ["elder", "older", "eldest", "oldest"].contains(&before) {
            let key = super::entity::key(self.text.word(token));
            let aged = self.entities.named(&key).iter();
            let mut aged: Vec<(u8, Id)> = aged
                .filter_map(|(id, _)| Some((self.entities.all[*id].age?, *id)))
                .collect();
            aged.sort_unstable();
            let told = if young { aged.first() } else { aged.last() };
            return sure(Speaker::One(told.filter(|_| aged.len() > 1)?.1), 0.86);
        }
        // A surname that several bear: a title before it or the one whose turn it is may tell.
        let key = super::entity::key(self.text.word(token));
        let bearers: Vec<Id> = self.entities.named(&key).iter().map(|(id, _)| *id).collect();
        let title = self.text.class(token.wrapping_sub(1));
        let staff: Vec<Id> = bearers
            .iter()
            .copied()
            .filter(|id| self.entities.all[*id].trade == Trade::Staff)
            .collect();
        if title.has(Class::STAFF) && staff.len() == 1 {
            return sure(Speaker::One(staff[0]), 0.9);
        }
        let seen: Vec<Id> = bearers
            .iter()
            .copied()
            .filter(|id| {
                self.entities
                    .between(self.text.paras[place.para.saturating_sub(1)].first, token)
                    .iter()
                    .any(|m| m.entity == *id && m.full)
            })
            .collect();
        // Of several Parks the one of the headline, where the others were not told of lately.
        let lead = || {
            self.main
                .filter(|m| self.headlined && bearers.contains(m) && seen.is_empty())
        };
        match seen[..] {
            [one] => sure(Speaker::One(one), 0.7),
            _ => sure(Speaker::One(lead()?), 0.7),
        }
    }

    fn is_of_the_story(&self, token: usize, place: Place<'_>) -> bool {
        place.scene && self.called_alone(token).is_some()
    }

    /// The one of the story whom the article calls by the noun of a token.
    fn called_alone(&self, token: usize) -> Option<Id> {
        let all = &self.entities.all;
        let called = |id: &Id| {
            let entity = &all[*id];
            let calls = |n: &String| self.text.is_same(token, n);
            entity.nature == super::entity::Nature::Character && entity.nouns.iter().any(calls)
        };
        let mut found = (0..all.len().min(MANY)).filter(called);
        let one = found.next()?;
        found.next().is_none().then_some(one)
    }

    /// The sentence right before a pronoun is about somebody without a name, and names nobody.
    fn is_stranger(&self, token: usize, place: Place<'_>) -> bool {
        let here = self.sentence(token);
        let she = self.text.class(token).has(Class::SHE);
        place.stranger.is_some_and(|(head, sentence)| {
            let class = self.text.class(head);
            let fits = !class.has(if she { Class::MALE } else { Class::FEMALE });
            // `A technician remembered Kim’s help. “…,” he said`: the subject goes on.
            let named = self.entities.between(self.sentences[sentence].first, token);
            let owner = |m: &super::entity::Mention| self.text.shape(m.last) == super::text::Shape::Clitic;
            // Who is new is what the sentence is about, whoever else stands in it.
            let new = (head.saturating_sub(3)..head).any(|t| self.text.is_one(t, words!["a", "an"]));
            // `Kim’s mother`: whose she is does nothing.
            let opens = self.sentences[sentence].first;
            let owns = |m: &super::entity::Mention| m.first == opens && m.last + 1 == head && owner(m);
            let behind = named.iter().all(|m| {
                owns(m)
                    || m.first > head
                        && self.sentence(m.first) == sentence
                        && (owner(m) || (new || place.scene) && !self.is_subject(m))
            });
            let told = place.focus.is_none_or(|(_, s)| s < sentence);
            // Who has asked something there does not answer.
            let since = self.sentence(place.since);
            let another = place
                .last
                .is_some_and(|(speaker, _)| matches!(speaker, Speaker::One(_)));
            let spoke = place.last.is_some() && since == sentence || another && since > sentence;
            // `The director calls, and both of them run`.
            let several =
                (head..token.min(place.quote.0).max(head)).any(|t| self.text.is_one(t, words!["both", "two", "they"]));
            // `A listener said that she had seen him. “…,” he insisted`: he is whom she saw.
            let (same, other) = if she {
                (Class::SHE, Class::HE)
            } else {
                (Class::HE, Class::SHE)
            };
            // `A doctor praises him, and our heroine cannot take it. “…,” she blurts out`.
            let noun = if she { Class::FEMALE } else { Class::MALE };
            let joined = (head + 2..self.sentences[sentence].last).any(|t| {
                let opens = t
                    - 1
                    - usize::from(self.text.class(t - 1).has(Class::DET.with(same)) || self.text.is(t - 1, "our"));
                self.text.class(t).has(noun)
                    && self.text.shape(t) == super::text::Shape::Lower
                    && opens + 1 < t
                    && self.text.class(opens).has(Class::CONJ.with(Class::SUBORD))
            });
            let theirs = |class: Class, object: bool| {
                (head..self.sentences[sentence].last).any(|t| {
                    let c = self.text.class(t);
                    c.has(class)
                        && c.has(Class::NOMINATIVE) != object
                        && (!object || super::gender::is_object(self.text, t))
                })
            };
            let another = theirs(other, false) && theirs(same, true);
            // `The prop master gave her the ladle. “…,” she says`: she is who was given it.
            // So is, in a scene, whom somebody does something to whose noun tells no gender: `The officer offers her a pen`.
            let plain = !place.scene || place.reacts || !class.has(Class::MALE.with(Class::FEMALE));
            let object = plain && theirs(same, true);
            // `A listener wanted to know if she had hit him. “Once,” she admitted`: who asks does not answer.
            const ASKS: Words = words![
                "asked", "asks", "ask", "wondered", "wonders", "wonder", "inquired", "inquires", "know", "curious"
            ];
            const WHAT: Words = words![
                "whether", "if", "why", "how", "what", "when", "where", "who", "whom", "about"
            ];
            let asks = (head + 1..self.sentences[sentence].last)
                .any(|t| self.text.is_one(t, ASKS) && (t + 1..t + 4).any(|w| self.text.is_one(w, WHAT)));
            fits && !another
                && !asks
                && !object
                && !joined
                && !spoke
                && !several
                // `Kim’s mother drops the plate. It was the good one. “…,” she says`.
                && (sentence + 1 == here || place.scene && sentence + 2 == here && named.iter().all(owns))
                && self.text.para_of(head) == place.para
                && behind
                && told
        })
    }

    fn they(&self, token: usize, place: Place<'_>) -> Option<Choice> {
        // `The team of “X” has clarified the report.` and a paragraph later `they said`.
        let here = self.text.paras[place.para].first;
        let team = |first: usize, last: usize| {
            (first..last).rev().take(LOOK).find(|t| {
                let whole = self.text.is_just(*t, words!["team", "producers", "makers"]);
                // `the production crew`; the crew of a set alone may be anybody who stands there.
                let crew = || self.text.is_just(*t, words!["crew", "staff"]) && self.text.is(t - 1, "production");
                self.text.class(*t).has(Class::TEAM) && (whole || crew())
            })
        };
        let before = self.text.paras[place.para.saturating_sub(1)];
        let nobody = |from: usize| {
            let named = self.entities.between(from, token).iter();
            let mut told = named.filter(|m| !m.in_speech);
            told.all(|m| self.entities.all[m.entity].nature == Nature::Station)
        };
        if team(here, token).is_some() || team(before.first, before.last).is_some_and(|t| nobody(t) && nobody(here)) {
            return sure(Speaker::Team, 0.9);
        }
        // `Soon after, his agency responded to the news. They shared`.
        let agency = (here..token)
            .rev()
            .take(LOOK)
            .find(|t| self.text.class(*t).has(Class::AGENCY) && self.text.shape(*t) == super::text::Shape::Lower)
            .filter(|t| self.text.class(t - 1).has(Class::HE.with(Class::SHE)) && !self.text.word(*t).ends_with('s'));
        let company = |m: &super::entity::Mention| self.entities.all[m.entity].nature == Nature::Company;
        if let Some(agency) = agency.filter(|t| !self.entities.between(*t, token).iter().any(company)) {
            return self.agency(None, agency, Place { token: agency, ..place });
        }
        // `A representative of Mono TV said that it would go on. “…,” they added`.
        if let Some(house) = self.spoken_for(here, token, place) {
            return sure(Speaker::One(house), 0.9);
        }
        // `Kim’s representative called the claims baseless. “…,” they added`.
        let voice = (here..token).rev().take(LOOK).find(|t| {
            let owner = self.text.class(t.wrapping_sub(1)).has(Class::HE.with(Class::SHE))
                || self.text.shape(t.wrapping_sub(1)) == super::text::Shape::Clitic;
            self.text.class(*t).has(Class::SOURCE) && self.text.shape(*t) == super::text::Shape::Lower && owner
        });
        if let Some(voice) =
            voice.filter(|t| *t > here && self.sentence(*t) + 1 == self.sentence(token.min(place.quote.0)))
        {
            // `The drama’s side said the same`.
            if self.text.class(voice.wrapping_sub(2)).has(Class::DRAMA) {
                return sure(Speaker::Team, 0.85);
            }
            let owner = self
                .entities
                .covering(voice.wrapping_sub(2))
                .filter(|m| m.last + 1 == voice)
                .map(|m| m.entity);
            return self.agency(
                owner.filter(|id| self.entities.all[*id].is_somebody()),
                voice,
                Place { token: voice, ..place },
            );
        }
        // The plural speaker before, or the company named last.
        if let Some((speaker, para)) = place.last
            && place.para.saturating_sub(para) <= 2
        {
            let plural = match speaker {
                Speaker::One(id) => !self.entities.all[*id].is_somebody(),
                _ => true,
            };
            let named_since = self
                .entities
                .between(self.text.paras[place.para].first, token)
                .iter()
                .any(|m| !self.entities.all[m.entity].is_somebody());
            if plural && !named_since {
                return sure(speaker.clone(), 0.92);
            }
        }
        let company = self
            .recent(token)
            .into_iter()
            .find(|m| self.entities.all[m.entity].nature == Nature::Company);
        if let Some(company) = company
            && self.text.para_of(company.first) + 1 >= place.para
        {
            return sure(Speaker::One(company.entity), 0.92);
        }
        self.plural(token, place)
    }
}
