//! From a reference to somebody: pronouns, epithets, surnames, “the agency”.
//!
//! Candidates are the people mentioned last; recency, subject position, gender, number and the
//! nature of the scene decide, and the lead over the second says how sure it is.

use super::entity::{Entities, Id, Mention, Nature, Trade};
use super::lexicon::Class;
use super::phrase::Reference;
use super::sentence::{self, Sentence};
use super::text::{Shape, Text};

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub enum Speaker {
    /// One, by name.
    One(Id),
    /// Several, by name.
    Several(Vec<Id>),
    /// The production team.
    Team,
    /// Somebody without a name.
    Unnamed {
        /// The role without an article.
        role: String,
        /// They belong to the crew.
        staff: bool,
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
    pub sentences: &'a [Sentence],
    /// The network of the drama, when the article names it.
    pub station: Option<Id>,
    /// Whom the article is about.
    pub main: Option<Id>,
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
    /// The subject of the last sentence that had one, by whatever word, and the number of the sentence.
    pub focus: Option<(Id, usize)>,
}

/// This many mentions before a reference are looked at.
const MEMORY: usize = 24;

fn sure(speaker: Speaker, sure: f32) -> Option<Choice> {
    Some(Choice {
        speaker,
        sure,
        candidates: Vec::new(),
    })
}

impl Resolver<'_> {
    /// Resolves a reference.
    #[must_use]
    pub fn resolve(&self, reference: &Reference, place: Place<'_>) -> Option<Choice> {
        match reference {
            Reference::Named {
                id,
                full,
                ambiguous,
                token,
            } => self.named(*id, *full, *ambiguous, *token, place),
            Reference::List(ids) => sure(Speaker::Several(ids.clone()), 0.95),
            Reference::Team => sure(Speaker::Team, 0.96),
            Reference::Unnamed { role, staff } => sure(
                Speaker::Unnamed {
                    role: role.clone(),
                    staff: *staff,
                },
                0.9,
            ),
            Reference::Broadcaster => sure(Speaker::One(self.station?), 0.85),
            Reference::Agency { owner, token } => self.agency(*owner, *token, place),
            Reference::Pronoun { class, token } if class.has(Class::THEY) => self.they(*token, place),
            Reference::Pronoun { class, token } => self.pick(
                *token,
                place,
                &|e| gender_fits(self.entities, e, *class),
                class.has(Class::SHE).then_some(true).or(Some(false)),
                place.scene,
            ),
            Reference::Plural { token } => self.plural(*token, place),
            Reference::Epithet { head, first } => self.epithet(*head, *first, place),
        }
    }

    fn named(&self, id: Id, full: bool, ambiguous: bool, token: usize, place: Place<'_>) -> Option<Choice> {
        if !ambiguous {
            return sure(Speaker::One(id), if full { 0.97 } else { 0.95 });
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
        match seen[..] {
            [one] => sure(Speaker::One(one), 0.6),
            _ => None,
        }
    }

    /// The mentions before a place, latest first, each entity once.
    fn recent(&self, token: usize) -> Vec<&Mention> {
        let end = self.entities.mention_from(token);
        let mut seen: Vec<&Mention> = Vec::new();
        for mention in self.entities.mentions[..end].iter().rev().take(MEMORY) {
            if mention.in_speech {
                continue;
            }
            match seen.iter_mut().find(|m| m.entity == mention.entity) {
                None => seen.push(mention),
                // Of two mentions in one sentence the one in subject position counts.
                Some(kept)
                    if self.sentence(kept.first) == self.sentence(mention.first)
                        && self.is_subject(mention)
                        && !self.is_subject(kept) =>
                {
                    *kept = mention
                }
                Some(_) => {}
            }
        }
        seen
    }

    fn sentence(&self, token: usize) -> usize {
        sentence::at(self.sentences, token)
    }

    /// The first name of its clause, with no preposition before it and no possession behind it.
    fn is_subject(&self, mention: &Mention) -> bool {
        let text = self.text;
        if text.shape(mention.last) == Shape::Clitic {
            return false;
        }
        let mut at = mention.first;
        while at > 0
            && (text.class(at - 1).has(Class::TITLE.with(Class::STORY).with(Class::DET))
                || text.shape(at - 1) == Shape::Clitic
                || text.shape(at - 1) == Shape::Capital)
            && text.before(at) == ' '
            && text.word(at - 1) != ","
        {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1) else { return true };
        if self
            .sentences
            .get(self.sentence(mention.first))
            .is_some_and(|s| s.first == at)
        {
            return true;
        }
        let class = text.class(before);
        if text.is(before, "as") && text.shape(mention.last) != Shape::Lower {
            return false;
        }
        class.has(Class::SUBORD.with(Class::CONJ)) || matches!(text.word(before), "," | ";" | ":" | "—" | "”" | "\"")
    }

    /// Scores the candidates that `fits` admits and picks the best.
    fn pick(
        &self,
        token: usize,
        place: Place<'_>,
        fits: &dyn Fn(Id) -> bool,
        she: Option<bool>,
        scene: bool,
    ) -> Option<Choice> {
        let here = self.sentence(token.min(place.quote.0));
        let quoted: Vec<Id> = self
            .entities
            .between(place.quote.0, place.quote.1)
            .iter()
            .take(MEMORY)
            .map(|m| m.entity)
            .collect();
        let mut candidates: Vec<Scored> = Vec::new();
        for mention in self.recent(token.min(self.text.tokens.len())) {
            let id = mention.entity;
            if !self.entities.all[id].is_somebody() || !fits(id) {
                continue;
            }
            let main = if self.main == Some(id) && !scene { 0.8 } else { 0.0 };
            let score =
                main + self.score(mention, here, place, she, scene) - if quoted.contains(&id) { 1.6 } else { 0.0 };
            candidates.push(Scored { id, score });
        }
        self.add_focus(&mut candidates, place, fits, here, she);
        self.add_last(&mut candidates, place, fits);
        if candidates.is_empty()
            && let Some(main) = self.main.filter(|m| fits(*m))
        {
            candidates.push(Scored { id: main, score: 0.6 });
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        candidates.truncate(6);
        // `Without glancing at him, she replies`: he is whoever was spoken of, and not she.
        if let Some(she) = she
            && self.has_opposite(here, place, she)
            && candidates.len() > 1
            && self.entities.all[candidates[0].id].is_she().is_none()
        {
            candidates[0].score -= 6.0;
            candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        }
        let best = candidates.first()?.clone();
        let lead = candidates.get(1).map_or(3.0, |second| best.score - second.score);
        let known = she.is_none() || self.entities.all[best.id].is_she().is_some();
        let sure = (0.62 + 0.16 * lead.min(2.0) + if known { 0.04 } else { 0.0 } + 0.02 * best.score.clamp(-4.0, 2.0))
            .clamp(0.2, 0.96);
        Some(Choice {
            speaker: Speaker::One(best.id),
            sure,
            candidates,
        })
    }

    /// A pronoun of the other gender stands in the narrative of a sentence before the quote.
    fn has_opposite(&self, sentence: usize, place: Place<'_>, she: bool) -> bool {
        let Some(sentence) = self.sentences.get(sentence) else {
            return false;
        };
        let other = if she { Class::HE } else { Class::SHE };
        let first = sentence.first.max(place.quote.0.saturating_sub(40));
        let named = self
            .entities
            .between(first, place.quote.0)
            .iter()
            .any(|m| self.entities.all[m.entity].is_somebody());
        !named && (first..place.quote.0).any(|t| self.text.class(t).has(other))
    }

    fn score(&self, mention: &Mention, here: usize, place: Place<'_>, she: Option<bool>, scene: bool) -> f32 {
        let entity = &self.entities.all[mention.entity];
        let there = self.sentence(mention.first);
        let distance = here.saturating_sub(there).min(8) as f32;
        let mut score = 3.0 - 0.8 * distance;
        score += match (self.is_subject(mention), distance == 0.0) {
            (true, true) => 2.2,
            (true, false) => 1.2,
            _ => 0.0,
        };
        score -= if self.text.shape(mention.last) == Shape::Clitic {
            0.5
        } else {
            0.0
        };
        score += if self.text.para_of(mention.first) == place.para {
            0.6
        } else {
            0.0
        };
        if let (Some(wanted), Some(known)) = (she, entity.is_she()) {
            score += if wanted == known { 1.0 } else { -1.2 };
        }
        // Characters do not speak where an interview is told, nor actors in a scene.
        match (scene, entity.nature) {
            (false, Nature::Character) => score -= 2.2,
            (true, Nature::Person) => score -= 1.2,
            _ => {}
        }
        // `Turning to Kim, she said`: what a phrase in front names is not who speaks.
        if distance == 0.0 && !self.is_subject(mention) && self.text.shape(mention.last) != Shape::Clitic {
            score -= 1.5;
        }
        if entity.trade == Trade::Host {
            score -= 0.6;
        }
        score
    }

    /// The subject of the sentence in front counts as named there, even where it was “she”.
    fn add_focus(
        &self,
        candidates: &mut Vec<Scored>,
        place: Place<'_>,
        fits: &dyn Fn(Id) -> bool,
        here: usize,
        she: Option<bool>,
    ) {
        let Some((id, there)) = place.focus else { return };
        if there >= here || !fits(id) {
            return;
        }
        let entity = &self.entities.all[id];
        let mut score = 4.2 - 0.8 * (here - there).min(8) as f32
            + if there + 1 == here && self.sentences[there].para == place.para {
                0.8
            } else {
                0.0
            };
        score += if self.sentences[there].para == place.para {
            0.6
        } else {
            0.0
        };
        score += if she.is_some() && entity.is_she() == she {
            1.0
        } else {
            0.0
        };
        score -= match (place.scene, entity.nature) {
            (false, Nature::Character) => 2.2,
            (true, Nature::Person) => 1.2,
            _ => 0.0,
        };
        match candidates.iter_mut().find(|c| c.id == id) {
            Some(candidate) => candidate.score = candidate.score.max(score),
            None => candidates.push(Scored { id, score }),
        }
    }

    /// Who spoke last goes on speaking, unless something speaks against it.
    fn add_last(&self, candidates: &mut Vec<Scored>, place: Place<'_>, fits: &dyn Fn(Id) -> bool) {
        let Some((Speaker::One(id), para)) = place.last else {
            return;
        };
        if !fits(*id) || !self.entities.all[*id].is_somebody() || place.para.saturating_sub(para) > 2 {
            return;
        }
        // A sentence about somebody else stands between.
        let over = place.focus.is_some_and(|(other, sentence)| other != *id && sentence > self.sentence(place.since));
        let bonus = match (over, para == place.para) {
            (true, _) => 0.2,
            (false, true) => 1.0,
            (false, false) => 0.8,
        };
        match candidates.iter_mut().find(|c| c.id == *id) {
            Some(candidate) => candidate.score += bonus,
            None => candidates.push(Scored {
                id: *id,
                score: 1.0 + bonus,
            }),
        }
    }

    fn they(&self, token: usize, place: Place<'_>) -> Option<Choice> {
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

    /// The last two people that one sentence named together.
    fn plural(&self, token: usize, place: Place<'_>) -> Option<Choice> {
        let three = self.text.is(token, "three") || self.text.is(token, "trio");
        let wanted = if three { 3 } else { 2 };
        let mut sentence = usize::MAX;
        let mut group: Vec<Id> = Vec::new();
        for mention in self.entities.mentions[..self.entities.mention_from(token)]
            .iter()
            .rev()
            .take(MEMORY)
        {
            let entity = &self.entities.all[mention.entity];
            if mention.in_speech || !entity.is_somebody() || (entity.nature == Nature::Character) != place.scene {
                continue;
            }
            let here = self.sentence(mention.first);
            if here != sentence {
                if group.len() == wanted {
                    break;
                }
                group.clear();
                sentence = here;
            }
            if !group.contains(&mention.entity) {
                group.push(mention.entity);
            }
        }
        group.reverse();
        (group.len() == wanted).then_some(Choice {
            speaker: Speaker::Several(group),
            sure: 0.72,
            candidates: Vec::new(),
        })
    }

    fn agency(&self, owner: Option<Id>, token: usize, place: Place<'_>) -> Option<Choice> {
        if let Some(owner) = owner {
            return match self.entities.all[owner].agency {
                Some(agency) => sure(Speaker::One(agency), 0.95),
                None => sure(Speaker::AgencyOf(owner), 0.9),
            };
        }
        let possessive = self.text.class(token.wrapping_sub(1)).has(Class::HE.with(Class::SHE));
        if possessive {
            let class = self.text.class(token - 1);
            let whose = self.pick(
                token,
                place,
                &|e| gender_fits(self.entities, e, class),
                class.has(Class::SHE).then_some(true).or(Some(false)),
                false,
            )?;
            let Speaker::One(owner) = whose.speaker else {
                return None;
            };
            return match self.entities.all[owner].agency {
                Some(agency) => sure(Speaker::One(agency), 0.92),
                None => Some(Choice {
                    speaker: Speaker::AgencyOf(owner),
                    sure: whose.sure.min(0.85),
                    candidates: whose.candidates,
                }),
            };
        }
        let company = self
            .recent(token)
            .into_iter()
            .find(|m| self.entities.all[m.entity].nature == Nature::Company);
        if let Some(company) = company {
            return sure(Speaker::One(company.entity), 0.92);
        }
        if !self.text.class(token).has(Class::AGENCY) {
            let role = self.text.word(token).to_ascii_lowercase();
            return sure(Speaker::Unnamed { role, staff: false }, 0.75);
        }
        let whose = self
            .recent(token)
            .into_iter()
            .find(|m| self.entities.all[m.entity].nature == Nature::Person)
            .map(|m| m.entity)
            .or(self.main)?;
        sure(Speaker::AgencyOf(whose), 0.85)
    }

    fn epithet(&self, head: usize, first: usize, place: Place<'_>) -> Option<Choice> {
        let text = self.text;
        let class = text.class(head);
        let noun = text.word(head).to_ascii_lowercase();
        let she = if class.has(Class::FEMALE) {
            Some(true)
        } else {
            // Outlets call women actors too, but men far more often.
            class.has(Class::MALE).then_some(false)
        };
        let entities = self.entities;
        // `his manager`, `her mother`: somebody of theirs, without a name.
        let owned = text.class(first).has(Class::HE.with(Class::SHE)) || text.shape(first + 1) == Shape::Clitic;
        let calls = |id: Id| entities.all[id].nouns.iter().any(|n| *n == noun);
        if class.has(Class::STAFF) {
            let staff: Vec<Id> = (0..entities.all.len())
                .filter(|id| entities.all[*id].trade == Trade::Staff && entities.all[*id].is_somebody())
                .take(8)
                .collect();
            let exact: Vec<Id> = staff
                .iter()
                .copied()
                .filter(|id| {
                    calls(*id)
                        || (noun == "pd" || noun == "director")
                            && (entities.all[*id].nouns.iter().any(|n| n == "pd" || n == "director"))
                        || noun.ends_with("writer") && entities.all[*id].nouns.iter().any(|n| n.ends_with("writer"))
                })
                .collect();
            return match exact[..] {
                [one] => sure(Speaker::One(one), 0.95),
                [] => sure(
                    Speaker::Unnamed {
                        role: noun,
                        staff: true,
                    },
                    0.88,
                ),
                _ => self.pick(head, place, &|id| exact.contains(&id), None, false),
            };
        }
        let surely_real =
            class.has(Class::TITLE.with(Class::EPITHET)) && !class.has(Class::STORY) || noun.ends_with("-year-old");
        if surely_real && !owned {
            let host = class.has(Class::HOST);
            let fits = |id: Id| {
                let e = &entities.all[id];
                e.nature == Nature::Person
                    && (e.trade == Trade::Host) == host
                    && e.trade != Trade::Staff
                    && (noun == "actor" || she.is_none_or(|s| e.is_she() != Some(!s)))
            };
            let called = |id: Id| fits(id) && calls(id);
            let tight = matches!(
                noun.as_str(),
                "idol"
                    | "singer"
                    | "rapper"
                    | "singer-actor"
                    | "idol-actor"
                    | "rookie"
                    | "newcomer"
                    | "veteran"
                    | "comedian"
                    | "host"
                    | "mc"
                    | "announcer"
            );
            let any = (0..entities.all.len()).take(64).any(called);
            if host && !any {
                return sure(
                    Speaker::Unnamed {
                        role: noun,
                        staff: false,
                    },
                    0.85,
                );
            }
            return if tight && any {
                self.pick(head, place, &called, she, false)
            } else {
                self.pick(head, place, &fits, she, false)
            };
        }
        // A word of the story: `the crown prince`, `the attorney`.
        let words: Vec<String> = (first..=head)
            .filter(|t| text.is_word(*t))
            .map(|t| text.word(t).to_ascii_lowercase())
            .collect();
        let told = |id: Id| {
            let e = &entities.all[id];
            let called =
                e.nouns.iter().any(|n| *n == noun) || e.name.split_whitespace().any(|w| w.eq_ignore_ascii_case(&noun));
            called && (e.nature == Nature::Character || !place.scene && e.nature == Nature::Person) && !owned
        };
        let known: Vec<Id> = (0..entities.all.len()).take(256).filter(|id| told(*id)).collect();
        match known[..] {
            [] => (owned || words.len() > 1)
                .then(|| self.stranger(&words, place, class))
                .flatten(),
            [one] => sure(Speaker::One(one), 0.9),
            _ => self.pick(head, place, &told, she, place.scene),
        }
    }

    /// Somebody who never gets a name, such as `photographer`.
    fn stranger(&self, words: &[String], place: Place<'_>, class: Class) -> Option<Choice> {
        if place.scene
            || !class.has(
                Class::EPITHET
                    .with(Class::TITLE)
                    .with(Class::FEMALE)
                    .with(Class::MALE)
                    .with(Class::STORY),
            )
        {
            return None;
        }
        let role = words.last()?.clone();
        sure(Speaker::Unnamed { role, staff: false }, 0.6)
    }
}

fn gender_fits(entities: &Entities, id: Id, class: Class) -> bool {
    match entities.all[id].is_she() {
        Some(she) => she == class.has(Class::SHE),
        None => true,
    }
}

impl Text {
    fn is_word(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is_word()) && !self.class(token).has(Class::DET)
    }
}
