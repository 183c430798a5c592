//! What is added to the sentences of a summary: the drama in front where they do not name it, and the line that closes a
//! one that has room: who speaks in the article, when the drama begins, and who plays in it.
//!
//! A short item tells what happened in one sentence and lets people speak in the others; their names are news too, and
//! stand nowhere but beside their words, which a summary leaves out.

use super::Told;
use super::living::Living;
use super::pool::bit_of;
use super::premiere::Premiere;
use crate::reading::entity::{Entities, Entity, Id, Nature, Trade};
use crate::reading::quote::LINE;
use crate::reading::resolve::Speaker;
use crate::reading::text::Text;

/// What it is worth to name somebody of the cast who speaks, and somebody else, a company that does.
const VOICE: f32 = 1.5;
const OTHER: f32 = 1.4;
const COMPANY: f32 = 0.5;
/// What it is worth to name one of the cast with the role, and to say what the role does for a living.
const CAST: f32 = 1.0;
const TRADE: f32 = 0.65;
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
    /// People and companies, and what it is worth to name each.
    pub speakers: Vec<(Id, f32)>,
    /// Roles and their actors: those that speak, those of whom the article tells most, the others.
    cast: Vec<Part>,
    /// The same actors, and others of whom the article tells.
    actors: Vec<Id>,
    /// All of them, as bits.
    all: u64,
    /// How many characters the names have of those who speak: every choice of sentences asks.
    lengths: Vec<usize>,
    /// The same of the actors.
    actor_lengths: Vec<usize>,
}

/// Who plays whom.
#[derive(Debug)]
struct Part {
    role: Id,
    actor: Id,
    /// What the role does for a living.
    trade: Option<Living>,
    /// How many characters it takes to say it, without the trade and with it.
    lengths: (usize, usize),
}

/// What is said of one of the cast: the number, and whether the trade is told.
type Play = (usize, bool);

/// What some lines are worth, whom they name, and how long they are.
struct Worth {
    worth: f32,
    names: u64,
    length: usize,
}

impl Voices {
    /// Everybody who speaks for certain, and who acts in the drama.
    pub fn of(text: &Text, told: &Told<'_>) -> Self {
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
        // The cast is news before those who have made it or only comment on it.
        voices.speakers.sort_by(|a, b| b.1.total_cmp(&a.1));
        if !told.list {
            voices.add_cast(told);
        }
        voices.measure(text, entities);
        voices
    }

    fn add(&mut self, entities: &Entities, id: Id) {
        let entity = &entities.all[id];
        let known = self.speakers.iter().any(|(known, _)| *known == id);
        match entity.nature {
            Nature::Person | Nature::Company if !known => {
                let worth = match entity.nature {
                    Nature::Company => COMPANY,
                    _ if is_of_cast(entity) => VOICE,
                    _ => OTHER,
                };
                self.speakers.push((id, worth));
            }
            Nature::Character if is_named_role(entity) => {
                if let Some(actor) = entity.actor {
                    self.act(id, actor);
                }
            }
            _ => {}
        }
    }

    /// Notes one of the cast, once. No summary has room for more of them, and each is looked for in the whole text.
    fn act(&mut self, role: Id, actor: Id) {
        if self.cast.len() < WEIGHED && !self.cast.iter().any(|part| part.actor == actor) {
            self.cast.push(Part {
                role,
                actor,
                trade: None,
                lengths: (0, 0),
            });
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
        self.cast.truncate(WEIGHED);
        self.actors = self.cast.iter().map(|part| part.actor).collect();
        for person in told.people.iter().filter(|p| is_of_cast(&all[**p]) && all[**p].acts) {
            if !self.actors.contains(person) {
                self.actors.push(*person);
            }
        }
    }

    fn measure(&mut self, text: &Text, entities: &Entities) {
        const PLAYS: usize = 7;
        let length = |id: Id| entities.all[id].name.chars().count();
        self.lengths = self.speakers.iter().map(|(id, _)| length(*id)).collect();
        for part in &mut self.cast {
            part.trade = Living::of(text, entities, part.role);
            let plays = length(part.actor) + length(part.role) + PLAYS;
            part.lengths = (plays, plays + part.trade.as_ref().map_or(0, |t| t.length(text)));
        }
        self.actor_lengths = self.actors.iter().map(|id| length(*id)).collect();
        let all = self.speakers.iter().map(|(id, _)| id).chain(&self.actors);
        let roles = self
            .cast
            .iter()
            .filter(|part| part.trade.is_some())
            .map(|part| &part.role);
        self.all = all.chain(roles).fold(0, |all, id| all | bit_of(*id));
    }

    /// The first of those who speak, and what it is worth to name each.
    pub fn each(&self) -> impl Iterator<Item = (Id, f32)> {
        self.speakers.iter().take(WEIGHED).copied()
    }

    /// No lines are worth more.
    pub fn most(&self, premiere: Option<&Premiere>) -> f32 {
        let voices: f32 = self.speakers.iter().take(MOST).map(|(_, worth)| worth).sum();
        let cast = self.cast.iter().take(MOST).map(|p| worth_of(true, p.trade.is_some()));
        let also = self.actors.len().min(MOST) as f32 * ALSO;
        voices + cast.sum::<f32>().max(also) + premiere.map_or(0.0, Premiere::worth)
    }

    /// What the closing lines are worth behind a summary that names some (as bits), does not tell of a premiere and leaves
    /// so much room for so many of them.
    pub fn worth(&self, names: u64, premiere: Option<&Premiere>, room: usize, lines: usize) -> f32 {
        if lines == 0 || self.all & !names == 0 && premiere.is_none() {
            return 0.0;
        }
        let told = self.speakers_worth(names, room, premiere.filter(|p| p.length <= room));
        if lines > 1 || told.length == 0 {
            return told.worth + self.cast_worth(told.names, room.saturating_sub(told.length + 1));
        }
        told.worth.max(self.cast_worth(names, room))
    }

    /// The same of the line that names those who speak, or tells of the premiere: that an agency speaks is no news.
    fn speakers_worth(&self, names: u64, room: usize, premiere: Option<&Premiere>) -> Worth {
        // ` and`, `speak about it.`, and what stands between.
        const OWN: usize = 24;
        let mut told = Worth {
            worth: premiere.map_or(0.0, Premiere::worth),
            names,
            length: premiere.map_or(0, |p| p.length),
        };
        let left = room - told.length;
        let mut length = OWN;
        let mut count = 0;
        for ((id, worth), name) in self.speakers.iter().zip(&self.lengths) {
            if told.names & bit_of(*id) == 0 && length + name + 2 <= left && count < MOST {
                length += name + 2;
                count += 1;
                told.worth += worth;
                told.names |= bit_of(*id);
            }
        }
        told.length += if count > 0 { length } else { 0 };
        told
    }

    /// The same of the line that names the cast, with their roles or without.
    fn cast_worth(&self, names: u64, room: usize) -> f32 {
        let named = |id: Id| names & bit_of(id) != 0;
        self.played(&named, room, |_| {}).max(self.also_worth(&named, room))
    }

    /// What it is worth to name those of the cast who are not, without their roles.
    fn also_worth(&self, named: &dyn Fn(Id) -> bool, room: usize) -> f32 {
        const ALSO_STAR: usize = 15;
        let mut left = room.saturating_sub(ALSO_STAR);
        let fits = |(actor, length): &(&Id, &usize)| {
            let fits = !named(**actor) && **length + 2 <= left;
            left -= if fits { **length + 2 } else { 0 };
            fits
        };
        let actors = self.actors.iter().zip(&self.actor_lengths);
        ALSO * actors.filter(fits).take(MOST).count() as f32
    }

    /// Who plays whom of those who are not named, or of whose roles it is not said what they do, as much as there is room
    /// for, and what it is worth.
    fn played(&self, named: &dyn Fn(Id) -> bool, room: usize, mut play: impl FnMut(Play)) -> f32 {
        const OWN: usize = 8;
        let mut left = room.saturating_sub(OWN);
        let (mut worth, mut count) = (0.0, 0);
        for (number, part) in self.cast.iter().enumerate() {
            let (plain, full) = part.lengths;
            let is_new = !named(part.actor);
            let does = part.trade.is_some() && !named(part.role);
            let (told, length) = match does && full + 6 <= left {
                true => (true, full + 6),
                false => (false, plain + 2),
            };
            if !(told || is_new) || length > left || count == MOST {
                continue;
            }
            left -= length;
            count += 1;
            worth += worth_of(is_new, told);
            play((number, told));
        }
        worth
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
        let new: Vec<(Id, f32)> = self.speakers.iter().copied().filter(|(id, _)| !named(*id)).collect();
        let ids: Vec<Id> = new.iter().map(|(id, _)| *id).collect();
        let counts = (0..=MOST.min(new.len())).rev();
        let fits = |line: &String, room: usize| line.chars().count() <= room;
        let speak = |count: usize, premiere: Option<&Premiere>| match (count, premiere) {
            (0, None) => None,
            (0, Some(premiere)) => Some(premiere.line(text)),
            (_, None) => Some(spoken(entities, &ids[..count])),
            (_, Some(premiere)) => Some(premiere.ahead(text, &spoken(entities, &ids[..count]))),
        };
        let ahead = counts.clone().map(|count| (count, premiere));
        let alone = counts.map(|count| (count, None));
        let line = ahead.chain(alone).find_map(|(count, premiere)| {
            Some((count, premiere, speak(count, premiere).filter(|line| fits(line, room))?))
        });
        let mut spoke: &[Id] = &[];
        if let Some((count, premiere, line)) = line {
            let worth =
                new[..count].iter().map(|(_, worth)| worth).sum::<f32>() + premiere.map_or(0.0, Premiere::worth);
            let better = lines == 1
                && self
                    .cast_line(text, entities, named, room)
                    .is_some_and(|(cast, _)| cast > worth);
            if !better {
                room = room.saturating_sub(line.chars().count() + 1);
                spoke = &ids[..count];
                told.push(line);
            }
        }
        if told.len() < lines {
            let named = |id: Id| named(id) || spoke.contains(&id);
            told.extend(self.cast_line(text, entities, &named, room).map(|(_, line)| line));
        }
        told
    }

    /// The line that names the cast, with their roles or without, and what it is worth.
    fn cast_line(
        &self,
        text: &Text,
        entities: &Entities,
        named: &dyn Fn(Id) -> bool,
        room: usize,
    ) -> Option<(f32, String)> {
        let mut plays: Vec<Play> = Vec::new();
        let worth = self.played(named, room, |play| plays.push(play));
        let also_worth = self.also_worth(named, room);
        let fits = |line: &String| line.chars().count() <= room;
        if also_worth > worth || plays.is_empty() {
            let actors: Vec<Id> = self.actors.iter().copied().filter(|id| !named(*id)).collect();
            let counts = (1..=MOST.min(actors.len())).rev();
            let line = counts.map(|count| also(entities, &actors[..count])).find(fits)?;
            return Some((also_worth, line));
        }
        let line = self.plays(text, entities, &plays);
        fits(&line).then_some((worth, line))
    }

    /// `Eun Gi Bong plays Mu Hyeok and Ra Chan Sol plays Ji On.`, `Eun Gi Bong plays Mu Hyeok, a baker, and …`
    fn plays(&self, text: &Text, entities: &Entities, plays: &[Play]) -> String {
        let name = |id: Id| entities.all[id].name.as_str();
        let told = plays.iter().map(|(number, is_told)| {
            let part = &self.cast[*number];
            let trade = part.trade.as_ref().filter(|_| *is_told);
            let role = match trade {
                Some(trade) => trade.of_role(text, name(part.role)),
                None => name(part.role).to_owned(),
            };
            (format!("{} plays {role}", name(part.actor)), role.contains(','))
        });
        let (told, commas): (Vec<String>, Vec<bool>) = told.unzip();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let is_parted = commas.len() > 1 && commas.contains(&true);
        ended(match (told.as_slice(), is_parted) {
            ([first @ .., last], true) => format!("{}, and {last}", first.join(", ")),
            _ => joined(&told),
        })
    }
}

/// What it is worth to say of one of the cast whom they play.
fn worth_of(is_new: bool, is_told: bool) -> f32 {
    f32::from(u8::from(is_new)) * CAST + f32::from(u8::from(is_told)) * TRADE
}

fn is_of_cast(entity: &Entity) -> bool {
    entity.nature == Nature::Person && entity.trade == Trade::Cast && !entity.guest
}

/// A role with a name: nobody plays `father`.
fn is_named_role(entity: &Entity) -> bool {
    entity.nature == Nature::Character && entity.name.starts_with(char::is_uppercase)
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
