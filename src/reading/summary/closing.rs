//! What is added to the sentences of a summary: the drama in front where they do not name it, and the line that closes a
//! short one: who speaks in the article, or who plays those who speak in a scene of it.
//!
//! A short item tells what happened in one sentence and lets people speak in the others; their names are news too, and
//! stand nowhere but beside their words, which a summary leaves out.

use super::pool::bit_of;
use super::premiere::Premiere;
use crate::reading::entity::{Entities, Id, Nature};
use crate::reading::quote::{Draft, LINE};
use crate::reading::resolve::Speaker;
use crate::reading::text::Text;

/// What it is worth to name somebody who speaks, and a company that does.
const VOICE: f32 = 1.5;
const COMPANY: f32 = 0.5;
/// Of so many it is weighed which sentence names them.
const WEIGHED: usize = 5;
/// So many are named at most.
const MOST: usize = 3;

/// No line is worth more.
pub(super) const fn most() -> f32 {
    MOST as f32 * VOICE + Premiere::worth()
}

/// Those who speak, in order.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// People and companies.
    pub speakers: Vec<Id>,
    /// Characters whose actor is known, and the actor.
    pub roles: Vec<(Id, Id)>,
    /// How many characters the names have of those who speak, and of the actors: every choice of sentences asks.
    lengths: (Vec<usize>, Vec<usize>),
}

impl Voices {
    /// Everybody who speaks for certain.
    pub fn of(drafts: &[Draft], entities: &Entities) -> Self {
        let mut voices = Self::default();
        for draft in drafts {
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
        let length = |id: Id| entities.all[id].name.chars().count();
        voices.lengths = (
            voices.speakers.iter().map(|id| length(*id)).collect(),
            voices.roles.iter().map(|(_, actor)| length(*actor)).collect(),
        );
        voices
    }

    fn add(&mut self, entities: &Entities, id: Id) {
        let entity = &entities.all[id];
        match entity.nature {
            Nature::Person | Nature::Company if !self.speakers.contains(&id) => self.speakers.push(id),
            Nature::Character => {
                if let Some(actor) = entity.actor.filter(|_| !self.roles.iter().any(|(r, _)| *r == id)) {
                    self.roles.push((id, actor));
                }
            }
            _ => {}
        }
    }

    /// The first of those who speak, and what it is worth to name each.
    pub fn each(&self, entities: &Entities) -> impl Iterator<Item = (Id, f32)> {
        self.speakers.iter().take(WEIGHED).map(|id| (*id, worth(entities, *id)))
    }

    /// What the closing line is worth behind a summary that names some (as bits), does not tell of a premiere and leaves
    /// so much room.
    pub fn worth(&self, entities: &Entities, names: u64, premiere: Option<&Premiere>, room: usize) -> f32 {
        let told = |room: usize| self.worth_of_names(entities, names, room);
        let Some(premiere) = premiere.filter(|p| p.length <= room) else {
            return told(room);
        };
        let speak = self.speakers.iter().any(|id| names & bit_of(*id) == 0);
        let beside = if speak { told(room - premiere.length) } else { 0.0 };
        told(room).max(Premiere::worth() + beside)
    }

    /// The same of the names alone: that an agency speaks is no news.
    fn worth_of_names(&self, entities: &Entities, names: u64, room: usize) -> f32 {
        // ` and`, `speak about it.`, and what stands between.
        const OWN: usize = 24;
        let mut room = room.saturating_sub(OWN);
        let mut fits = |id: Id, length: usize| {
            let length = length + 2;
            let fits = names & bit_of(id) == 0 && length <= room;
            room -= if fits { length } else { 0 };
            fits
        };
        let speakers = self.speakers.iter().zip(&self.lengths.0);
        let mut told = speakers
            .filter(|(id, length)| fits(**id, **length))
            .take(MOST)
            .peekable();
        if told.peek().is_some() {
            return told.map(|(id, _)| worth(entities, *id)).sum();
        }
        let roles = self.roles.iter().zip(&self.lengths.1);
        VOICE
            * roles
                .filter(|((_, actor), length)| fits(*actor, **length))
                .take(MOST)
                .count() as f32
    }

    /// The line for those whom the summary does not name yet, and for the premiere, in at most `room` characters.
    pub fn line(
        &self,
        text: &Text,
        entities: &Entities,
        named: &dyn Fn(Id) -> bool,
        premiere: Option<&Premiere>,
        room: usize,
    ) -> Option<String> {
        let new: Vec<Id> = self.speakers.iter().copied().filter(|id| !named(*id)).collect();
        let roles: Vec<(Id, Id)> = self.roles.iter().copied().filter(|(_, actor)| !named(*actor)).collect();
        let fits = |line: &String| line.chars().count() <= room;
        let speak = || {
            (1..=MOST.min(new.len()))
                .rev()
                .map(|count| spoken(entities, &new[..count]))
        };
        if let Some(premiere) = premiere {
            let mut ahead = speak().map(|line| premiere.ahead(text, &line));
            let line = ahead.find(fits).or_else(|| Some(premiere.line(text)).filter(fits));
            if line.is_some() {
                return line;
            }
        }
        speak()
            .chain(
                (1..=MOST.min(roles.len()))
                    .rev()
                    .map(|count| played(entities, &roles[..count])),
            )
            .find(fits)
    }
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
    format!("{}.", joined(&told))
}

/// `Among them: “Paper Moon” and “Salt Lamp”.`: the dramas of a list, as many as there is room for.
pub(super) fn dramas(names: &[&str], room: usize) -> Option<String> {
    (1..=MOST.min(names.len()))
        .rev()
        .map(|count| {
            let marked: Vec<String> = names[..count].iter().map(|n| format!("“{n}”")).collect();
            let marked: Vec<&str> = marked.iter().map(String::as_str).collect();
            format!("Among them: {}.", joined(&marked))
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
