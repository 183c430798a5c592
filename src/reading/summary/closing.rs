//! What is added to the sentences of a summary: the drama in front where they do not name it, and the line that closes a
//! one that has room: who speaks in the article, when the drama begins, and who plays in it.
//!
//! A short item tells what happened in one sentence and lets people speak in the others; their names are news too, and
//! stand nowhere but beside their words, which a summary leaves out.

use super::Told;
use super::pool::bit_of;
use super::premiere::Premiere;
use crate::reading::entity::{Entities, Entity, Id, Nature, Trade};
use crate::reading::quote::LINE;
use crate::reading::resolve::Speaker;
use crate::reading::text::Text;

/// What it is worth to name somebody who speaks, a company that does, and one of the cast.
const VOICE: f32 = 1.5;
const COMPANY: f32 = 0.5;
const CAST: f32 = 1.0;
/// What it is worth to name one of the cast without the role.
const ALSO: f32 = 0.3;
/// Of so many it is weighed which sentence names them.
const WEIGHED: usize = 5;
/// So many are named at most in a line.
const MOST: usize = 4;
/// A summary has so many sentences at most with the lines that close it, and so many lines.
const SENTENCES: usize = 4;
const LINES: usize = 2;

/// How many lines may close a summary of so many sentences.
pub(super) const fn lines_behind(sentences: usize) -> usize {
    let left = SENTENCES.saturating_sub(sentences);
    if left < LINES { left } else { LINES }
}

/// Those who speak, in order, and the cast.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// People and companies.
    pub speakers: Vec<Id>,
    /// Roles and their actors: those that speak, those of whom the article tells most, the others.
    cast: Vec<(Id, Id)>,
    /// The same actors, and others of whom the article tells.
    actors: Vec<Id>,
    /// All of them, as bits.
    all: u64,
    /// How many characters the names have of those who speak, and what is said of the cast: every choice of sentences asks.
    lengths: (Vec<usize>, Vec<usize>),
    /// The same of the actors.
    actor_lengths: Vec<usize>,
}

/// What some lines are worth, whom they name, and how long they are.
struct Worth {
    worth: f32,
    names: u64,
    length: usize,
}

impl Voices {
    /// Everybody who speaks for certain, and who acts in the drama.
    pub fn of(told: &Told<'_>) -> Self {
        let mut voices = Self::default();
        let entities = told.entities;
        for draft in told.drafts {
            let Some(choice) = draft.claim.choice.as_ref().filter(|c| c.sure >= LINE) else {
                continue;
            };
            // Who has a line in the drama does not speak about it.
            let acted = |id: Id| draft.claim.scene && entities.all[id].nature == Nature::Person;
            if matches!(choice.speaker, Speaker::One(id) if acted(id)) {
                continue;
            }
            match &choice.speaker {
                Speaker::One(id) => voices.add(entities, *id),
                Speaker::Several(ids) => ids.iter().for_each(|id| voices.add(entities, *id)),
                _ => {}
            }
        }
        if !told.list {
            voices.add_cast(told);
        }
        voices.measure(entities);
        voices
    }

    fn add(&mut self, entities: &Entities, id: Id) {
        let entity = &entities.all[id];
        match entity.nature {
            Nature::Person | Nature::Company if !self.speakers.contains(&id) => self.speakers.push(id),
            Nature::Character if is_named_role(entity) => {
                if let Some(actor) = entity.actor {
                    self.act(id, actor);
                }
            }
            _ => {}
        }
    }

    /// Notes one of the cast, once.
    fn act(&mut self, role: Id, actor: Id) {
        if !self.cast.iter().any(|(_, known)| *known == actor) {
            self.cast.push((role, actor));
        }
    }

    /// Of several dramas nobody says which one a role is of.
    fn add_cast(&mut self, told: &Told<'_>) {
        let all = &told.entities.all;
        let mut roles: Vec<(Id, Id)> = Vec::new();
        for (id, entity) in all.iter().enumerate().filter(|(_, e)| is_named_role(e)) {
            roles.extend(entity.actor.map(|actor| (id, actor)));
        }
        for person in told.people {
            if let Some((role, actor)) = roles.iter().find(|(_, actor)| actor == person) {
                self.act(*role, *actor);
            }
        }
        if told.dramas.len() < 2 {
            roles.into_iter().for_each(|(role, actor)| self.act(role, actor));
        }
        let of_cast = |id: &Id| {
            let entity = &all[*id];
            entity.nature == Nature::Person && entity.trade == Trade::Cast && !entity.guest && entity.acts
        };
        self.cast.truncate(WEIGHED);
        self.actors = self.cast.iter().map(|(_, actor)| *actor).collect();
        for person in told.people.iter().filter(|p| of_cast(p)) {
            if !self.actors.contains(person) {
                self.actors.push(*person);
            }
        }
    }

    fn measure(&mut self, entities: &Entities) {
        const PLAYS: usize = 7;
        let length = |id: Id| entities.all[id].name.chars().count();
        self.lengths = (
            self.speakers.iter().map(|id| length(*id)).collect(),
            self.cast
                .iter()
                .map(|(role, actor)| length(*actor) + length(*role) + PLAYS)
                .collect(),
        );
        self.actor_lengths = self.actors.iter().map(|id| length(*id)).collect();
        let actors = self.actors.iter();
        self.all = self.speakers.iter().chain(actors).fold(0, |all, id| all | bit_of(*id));
    }

    /// The first of those who speak, and what it is worth to name each.
    pub fn each(&self, entities: &Entities) -> impl Iterator<Item = (Id, f32)> {
        self.speakers.iter().take(WEIGHED).map(|id| (*id, worth(entities, *id)))
    }

    /// No lines are worth more.
    pub fn most(&self, premiere: Option<&Premiere>) -> f32 {
        let voices = self.speakers.len().min(MOST) as f32 * VOICE;
        let cast = self.cast.len().min(MOST) as f32 * CAST;
        let also = self.actors.len().min(MOST) as f32 * ALSO;
        voices + cast.max(also) + premiere.map_or(0.0, |_| Premiere::worth())
    }

    /// What the closing lines are worth behind a summary that names some (as bits), does not tell of a premiere and leaves
    /// so much room for so many of them.
    pub fn worth(
        &self,
        entities: &Entities,
        names: u64,
        premiere: Option<&Premiere>,
        room: usize,
        lines: usize,
    ) -> f32 {
        if lines == 0 || self.all & !names == 0 && premiere.is_none() {
            return 0.0;
        }
        let mut told = self.speakers_worth(entities, names, room, premiere.filter(|p| p.length <= room));
        if lines > 1 || told.length == 0 {
            told.worth += self.cast_worth(told.names, room.saturating_sub(told.length + 1));
        }
        told.worth
    }

    /// The same of the line that names those who speak, or tells of the premiere: that an agency speaks is no news.
    fn speakers_worth(&self, entities: &Entities, names: u64, room: usize, premiere: Option<&Premiere>) -> Worth {
        // ` and`, `speak about it.`, and what stands between.
        const OWN: usize = 24;
        let mut told = Worth {
            worth: premiere.map_or(0.0, |_| Premiere::worth()),
            names,
            length: premiere.map_or(0, |p| p.length),
        };
        let left = room - told.length;
        let mut length = OWN;
        let mut count = 0;
        for (id, name) in self.speakers.iter().zip(&self.lengths.0) {
            if told.names & bit_of(*id) == 0 && length + name + 2 <= left && count < MOST {
                length += name + 2;
                count += 1;
                told.worth += worth(entities, *id);
                told.names |= bit_of(*id);
            }
        }
        told.length += if count > 0 { length } else { 0 };
        told
    }

    /// The same of the line that names the cast, with their roles or without.
    fn cast_worth(&self, names: u64, room: usize) -> f32 {
        const ALSO_STAR: usize = 15;
        let mut left = room.saturating_sub(ALSO_STAR);
        let fits = |(actor, length): &(&Id, &usize)| {
            let fits = names & bit_of(**actor) == 0 && **length + 2 <= left;
            left -= if fits { **length + 2 } else { 0 };
            fits
        };
        let also = self
            .actors
            .iter()
            .zip(&self.actor_lengths)
            .filter(fits)
            .take(MOST)
            .count();
        self.played_worth(names, room).max(ALSO * also as f32)
    }

    fn played_worth(&self, names: u64, room: usize) -> f32 {
        const OWN: usize = 8;
        let mut left = room.saturating_sub(OWN);
        let fits = |((_, actor), length): &(&(Id, Id), &usize)| {
            let fits = names & bit_of(*actor) == 0 && **length + 2 <= left;
            left -= if fits { **length + 2 } else { 0 };
            fits
        };
        CAST * self.cast.iter().zip(&self.lengths.1).filter(fits).take(MOST).count() as f32
    }

    /// The lines for those whom the summary does not name yet, and for the premiere, in at most `room` characters.
    pub fn lines(
        &self,
        text: &Text,
        entities: &Entities,
        named: &dyn Fn(Id) -> bool,
        premiere: Option<&Premiere>,
        (mut room, lines): (usize, usize),
    ) -> Vec<String> {
        let mut told = Vec::new();
        if lines == 0 {
            return told;
        }
        let new: Vec<Id> = self.speakers.iter().copied().filter(|id| !named(*id)).collect();
        let counts = (0..=MOST.min(new.len())).rev();
        let fits = |line: &String, room: usize| line.chars().count() <= room;
        let speak = |count: usize, premiere: Option<&Premiere>| match (count, premiere) {
            (0, None) => None,
            (0, Some(premiere)) => Some(premiere.line(text)),
            (_, None) => Some(spoken(entities, &new[..count])),
            (_, Some(premiere)) => Some(premiere.ahead(text, &spoken(entities, &new[..count]))),
        };
        let ahead = counts.clone().map(|count| (count, speak(count, premiere)));
        let alone = counts.map(|count| (count, speak(count, None)));
        let line = ahead
            .chain(alone)
            .find_map(|(count, line)| Some((count, line.filter(|line| fits(line, room))?)));
        let mut spoke: &[Id] = &[];
        if let Some((count, line)) = line {
            room = room.saturating_sub(line.chars().count() + 1);
            spoke = &new[..count];
            told.push(line);
        }
        if told.len() < lines {
            let is_new = |(_, actor): &&(Id, Id)| !named(*actor) && !spoke.contains(actor);
            let cast: Vec<(Id, Id)> = self.cast.iter().filter(is_new).copied().collect();
            let counts = (1..=MOST.min(cast.len())).rev();
            let mut lines = counts.map(|count| (count as f32 * CAST, played(entities, &cast[..count])));
            let line = lines.find(|(_, line)| fits(line, room));
            let actors: Vec<Id> = self
                .actors
                .iter()
                .copied()
                .filter(|id| !named(*id) && !spoke.contains(id))
                .collect();
            let counts = (1..=MOST.min(actors.len())).rev();
            let mut lines = counts.map(|count| (count as f32 * ALSO, also(entities, &actors[..count])));
            let better = lines.find(|(_, line)| fits(line, room));
            let least = line.as_ref().map_or(0.0, |(worth, _)| *worth);
            told.extend(
                better
                    .filter(|(worth, _)| *worth > least)
                    .or(line)
                    .map(|(_, line)| line),
            );
        }
        told
    }
}

/// A role with a name: nobody plays `father`.
fn is_named_role(entity: &Entity) -> bool {
    entity.nature == Nature::Character && entity.name.starts_with(char::is_uppercase)
}

fn worth(entities: &Entities, id: Id) -> f32 {
    if entities.all[id].nature == Nature::Company {
        COMPANY
    } else {
        VOICE
    }
}

/// `Gi Hyun Wook and Shim Bo Ra speak about it.`
fn spoken(entities: &Entities, ids: &[Id]) -> String {
    let names: Vec<&str> = ids.iter().map(|id| entities.all[*id].name.as_str()).collect();
    let companies = ids.iter().all(|id| entities.all[*id].nature == Nature::Company);
    let verb = match (companies, ids.len() > 1) {
        (true, true) => "comment on it.",
        (true, false) => "comments on it.",
        (false, true) => "speak about it.",
        (false, false) => "speaks about it.",
    };
    format!("{} {verb}", joined(&names))
}

/// `Eun Gi Bong plays Mu Hyeok and Ra Chan Sol plays Ji On.`
fn played(entities: &Entities, roles: &[(Id, Id)]) -> String {
    let name = |id: Id| entities.all[id].name.as_str();
    let told: Vec<String> = roles
        .iter()
        .map(|(role, actor)| format!("{} plays {}", name(*actor), name(*role)))
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    ended(joined(&told))
}

/// `Eun Gi Bong and Ra Chan Sol also star.`
fn also(entities: &Entities, actors: &[Id]) -> String {
    let names: Vec<&str> = actors.iter().map(|id| entities.all[*id].name.as_str()).collect();
    format!(
        "{} also {}.",
        joined(&names),
        if names.len() > 1 { "star" } else { "stars" }
    )
}

/// `ENA` and `Yuna B.` end alike.
pub(super) fn ended(line: String) -> String {
    if line.ends_with('.') { line } else { line + "." }
}

/// `Among them: “Paper Moon” and “Salt Lamp”.`: the dramas of a list, as many as there is room for.
pub(super) fn dramas(names: &[&str], room: usize) -> Option<String> {
    listed(("Among them", "Among them"), names, room)
}

/// `Other dramas: “Paper Moon” and “Salt Lamp”.`: whose ratings are told beside those of the first.
pub(super) fn rivals(names: &[&str], room: usize) -> Option<String> {
    listed(("Another drama", "Other dramas"), names, room)
}

fn listed((one, several): (&str, &str), names: &[&str], room: usize) -> Option<String> {
    (1..=MOST.min(names.len()))
        .rev()
        .map(|count| {
            let marked: Vec<String> = names[..count].iter().map(|n| format!("“{n}”")).collect();
            let marked: Vec<&str> = marked.iter().map(String::as_str).collect();
            format!("{}: {}.", if count > 1 { several } else { one }, joined(&marked))
        })
        .find(|line| line.chars().count() <= room)
}

fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
