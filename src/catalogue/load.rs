//! Reading tables: the shipped ones and the operator's own.
//!
//! Tab separated, a header line, one entry a line. What cannot be read is left out and told; a file
//! is never refused as a whole.

use super::entity::{Drama, Network, Person, Role};
use super::index::{Form, Index, Owner};
use super::{Catalogue, fold, title};
use crate::model::{DramaId, NetworkId, PersonId, Problem};
use std::collections::HashMap;
use std::hash::Hash;

/// Longest field that is taken for a name, in characters.
const LONGEST_FIELD: usize = 120;
/// Most entries of a file that are read: some times all dramas and actors there have ever been.
const MOST_LINES: usize = 200_000;
/// Most problems that are told of one file.
const MOST_PROBLEMS: usize = 100;

/// A line of a table by its columns; all but the name may be missing.
#[derive(Clone, Copy, Debug, Default)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    hangul: &'a str,
    kind: &'a str,
    aliases: &'a str,
    group: &'a str,
    network: &'a str,
    year: &'a str,
    cast: &'a str,
}

impl Catalogue {
    /// What ships with the program. A call reads all of it, which takes some ten milliseconds; the program calls once.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read_shipped().0
    }

    pub(super) fn read_shipped() -> (Self, Vec<Problem>) {
        let mut catalogue = Self {
            index: Index::loose(),
            ..Self::empty()
        };
        let mut problems = catalogue.add_table(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/catalogue/networks.tsv")),
            "network",
        );
        problems.extend(catalogue.add_table(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/catalogue/people.tsv")),
            "person",
        ));
        problems.extend(catalogue.add_table(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/catalogue/dramas.tsv")),
            "drama",
        ));
        catalogue.index.pack();
        (catalogue, problems)
    }

    /// Adds the lines of a table `name<TAB>hangul<TAB>kind`, kind being person, drama, network,
    /// platform or agency. The header line may name these columns in another order and add
    /// `aliases` (separated by `|`), `group`, `network`, `year` and `cast`
    /// (`Actor=Character|Actor`). A name that is known already gains what the line adds.
    /// What could not be used is left out and told.
    pub fn add_tsv(&mut self, text: &str) -> Vec<Problem> {
        self.add_table(text, "person")
    }

    fn add_table(&mut self, text: &str, default_kind: &str) -> Vec<Problem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut columns = vec!["name", "hangul", "kind"];
        let mut problems = Vec::new();
        let mut untold = 0_usize;
        let lines = text.lines().map(|line| line.trim_end_matches('\r')).enumerate();
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        for (place, (number, line)) in lines.by_ref().take(MOST_LINES).enumerate() {
            if place == 0 && line.split('\t').any(|c| matches!(c.trim(), "name" | "title")) {
                columns = line.split('\t').map(str::trim).collect();
                continue;
            }
            let result = Row::read(line, &columns).and_then(|row| self.add_row(&row, default_kind));
            match result {
                Err(what) if problems.len() < MOST_PROBLEMS => {
                    problems.push(Problem::new(format!("catalogue line {}", number + 1), what));
                }
                result => untold += usize::from(result.is_err()),
            }
        }
        if untold > 0 {
            problems.push(Problem::new(
                "catalogue",
                format!("{untold} more lines with mistakes, left out"),
            ));
        }
        if lines.next().is_some() {
            let what = format!("more than {MOST_LINES} entries; the rest is left out");
            problems.push(Problem::new("catalogue", what));
        }
        problems
    }

    fn add_row(&mut self, row: &Row<'_>, default_kind: &str) -> Result<(), String> {
        match if row.kind.is_empty() { default_kind } else { row.kind } {
            "person" => {
                self.add_person(row);
            }
            "drama" => return self.add_drama(row),
            "network" | "platform" => self.add_network(row),
            "agency" => {
                self.agencies.insert(fold(row.name), row.name.to_owned());
            }
            other => {
                return Err(format!(
                    "the kind {other:?} is none of person, drama, network, platform, agency; left out"
                ));
            }
        }
        Ok(())
    }

    fn add_person(&mut self, row: &Row<'_>) -> u32 {
        let known = if row.id.is_empty() {
            self.same_person(row.name, row.hangul)
        } else {
            None
        };
        let index = known.unwrap_or_else(|| self.new_person(row.id, row.name));
        if !row.hangul.is_empty() {
            self.set_hangul(index, row.hangul);
        }
        for alias in row.aliases.split('|').chain([row.name]) {
            self.add_alias(index, alias);
        }
        if let Some(person) = self.people.get_mut(index as usize).filter(|p| p.group.is_none()) {
            person.group = some(row.group);
        }
        index
    }

    /// The person whom a line of that name and hangul is about: written the same, and no other hangul
    /// known; or other spaces and hyphens, and the same hangul.
    fn same_person(&self, name: &str, hangul: &str) -> Option<u32> {
        let same = |p: &&Person| {
            let hangul_known = p.hangul.as_deref().unwrap_or("");
            let fits = hangul.is_empty() || hangul_known.is_empty() || hangul_known == hangul;
            fits && (p.name == name || (hangul_known == hangul && !hangul.is_empty()))
        };
        let person = self.people_named(name).into_iter().find(same)?;
        self.person_ids.get(&person.id).copied()
    }

    /// Adds a person under the wanted id, or one made of the name.
    pub(super) fn new_person(&mut self, id: &str, name: &str) -> u32 {
        let wanted = if id.is_empty() { slug(name) } else { id.to_owned() };
        let id = PersonId(free(&self.person_ids, &wanted, None, PersonId));
        let index = place(self.people.len());
        let person = Person {
            id: id.clone(),
            name: name.to_owned(),
            hangul: None,
            aliases: Vec::new(),
            group: None,
        };
        self.people.push(person);
        self.person_ids.insert(id, index);
        self.index.add(Owner::Person(index), Form::Name, name);
        index
    }

    /// Gives a person the hangul when none is known; another one becomes an alias.
    pub(super) fn set_hangul(&mut self, index: u32, hangul: &str) {
        let Some(person) = self.people.get_mut(index as usize) else {
            return;
        };
        if person.hangul.is_none() {
            person.hangul = Some(hangul.to_owned());
            self.index.add(Owner::Person(index), Form::Hangul, hangul);
        } else {
            self.add_alias(index, hangul);
        }
    }

    pub(super) fn add_alias(&mut self, index: u32, alias: &str) {
        let alias = alias.trim();
        let Some(person) = self.people.get_mut(index as usize) else {
            return;
        };
        let is_new = alias != person.name
            && person.hangul.as_deref() != Some(alias)
            && !person.aliases.iter().any(|a| a == alias);
        if is_new && !alias.is_empty() {
            person.aliases.push(alias.to_owned());
            self.index.add(Owner::Person(index), Form::Alias, alias);
        }
    }

    fn add_network(&mut self, row: &Row<'_>) {
        let known = self.named_network(row.name).map(|n| n.id.clone());
        let index = match known.and_then(|id| self.network_ids.get(&id)) {
            Some(index) => *index,
            None => {
                let wanted = if row.id.is_empty() {
                    slug(row.name)
                } else {
                    row.id.to_owned()
                };
                let id = NetworkId(free(&self.network_ids, &wanted, None, NetworkId));
                let index = place(self.networks.len());
                self.networks.push(Network {
                    id: id.clone(),
                    name: row.name.to_owned(),
                    aliases: Vec::new(),
                });
                self.network_ids.insert(id, index);
                self.index.add(Owner::Network(index), Form::Name, row.name);
                index
            }
        };
        for alias in row
            .aliases
            .split('|')
            .chain([row.hangul])
            .map(str::trim)
            .filter(|a| !a.is_empty())
        {
            if let Some(network) = self
                .networks
                .get_mut(index as usize)
                .filter(|n| !n.aliases.iter().any(|a| a == alias))
            {
                network.aliases.push(alias.to_owned());
                self.index.add(Owner::Network(index), Form::Alias, alias);
            }
        }
    }

    fn add_drama(&mut self, row: &Row<'_>) -> Result<(), String> {
        let year = match row.year {
            "" => None,
            year => Some(
                year.parse()
                    .map_err(|_| format!("the year {year:?} is no number; the line is left out"))?,
            ),
        };
        let known = if row.id.is_empty() {
            self.same_drama(row.name, row.hangul, year)
        } else {
            None
        };
        let index = known.unwrap_or_else(|| self.new_drama(row.id, row.name, year));
        self.add_titles(index, row.hangul, row.aliases);
        let network = self
            .named_network(row.network)
            .map(|n| n.name.clone())
            .or_else(|| some(row.network));
        if let Some(drama) = self.dramas.get_mut(index as usize) {
            drama.year = drama.year.or(year);
            drama.network = drama.network.take().or(network);
        }
        let mut nameless = false;
        for part in row.cast.split('|').map(str::trim).filter(|p| !p.is_empty()) {
            let (actor, character) = part.split_once('=').map_or((part, None), |(a, c)| (a.trim(), some(c)));
            if fold(actor).is_empty() {
                nameless = true;
                continue;
            }
            let person = self.person_ids.get(&PersonId(actor.to_owned())).copied();
            let person = person.unwrap_or_else(|| {
                self.add_person(&Row {
                    name: actor,
                    ..Row::default()
                })
            });
            self.add_role(index, person, character);
        }
        if nameless {
            return Err("somebody in the cast has no name and is left out".to_owned());
        }
        Ok(())
    }

    fn same_drama(&self, title: &str, hangul: &str, year: Option<u16>) -> Option<u32> {
        let drama = self.named_drama(title)?;
        let fits = |a: Option<&str>, b: Option<&str>| a.is_none() || b.is_none() || a == b;
        let same = fits(drama.hangul.as_deref(), Some(hangul).filter(|h| !h.is_empty()))
            && (drama.year.is_none() || year.is_none() || drama.year == year);
        self.drama_ids.get(&drama.id).copied().filter(|_| same)
    }

    pub(super) fn new_drama(&mut self, id: &str, title: &str, year: Option<u16>) -> u32 {
        let wanted = if id.is_empty() { slug(title) } else { id.to_owned() };
        let id = DramaId(free(&self.drama_ids, &wanted, year, DramaId));
        let index = place(self.dramas.len());
        let drama = Drama {
            id: id.clone(),
            title: title.to_owned(),
            hangul: None,
            aliases: Vec::new(),
            network: None,
            year,
            cast: Vec::new(),
        };
        self.dramas.push(drama);
        self.drama_ids.insert(id, index);
        self.index_title(index, Form::Name, title);
        index
    }

    pub(super) fn add_titles(&mut self, index: u32, hangul: &str, aliases: &str) {
        let Some(drama) = self.dramas.get_mut(index as usize) else {
            return;
        };
        let mut new: Vec<(Form, String)> = Vec::new();
        if drama.hangul.is_none() && !hangul.is_empty() {
            drama.hangul = Some(hangul.to_owned());
            new.push((Form::Hangul, hangul.to_owned()));
        }
        for alias in aliases.split('|').map(str::trim).filter(|a| !a.is_empty()) {
            if alias != drama.title && !drama.aliases.iter().any(|a| a == alias) {
                drama.aliases.push(alias.to_owned());
                new.push((Form::Alias, alias.to_owned()));
            }
        }
        for (form, name) in new {
            self.index_title(index, form, &name);
        }
    }

    fn index_title(&mut self, index: u32, form: Form, name: &str) {
        self.index.add(Owner::Drama(index), form, name);
        if let Some(part) = title::before_colon(name) {
            self.index.add(Owner::Drama(index), Form::Part, part);
        }
    }

    /// Adds a part to a cast, or the character to a part that had none; false when it was known.
    pub(super) fn add_role(&mut self, drama: u32, person: u32, character: Option<String>) -> bool {
        let (Some(d), Some(p)) = (self.dramas.get_mut(drama as usize), self.people.get(person as usize)) else {
            return false;
        };
        let known = d.cast.iter().position(|r| r.actor == p.id);
        let at = match known {
            Some(at) if character.is_some() && d.cast[at].character.is_none() => at,
            Some(_) => return false,
            None => {
                d.cast.push(Role {
                    actor: p.id.clone(),
                    character: None,
                });
                self.roles
                    .entry(person)
                    .or_default()
                    .push((drama, place(d.cast.len() - 1)));
                d.cast.len() - 1
            }
        };
        if let Some(character) = character {
            // Two names of one character, as in `Kang Ji Sung / Louis`.
            for name in character.split('/') {
                self.index.add(Owner::Role(drama, place(at)), Form::Name, name);
            }
            d.cast[at].character = Some(character);
        }
        true
    }
}

impl<'a> Row<'a> {
    fn read(line: &'a str, columns: &[&str]) -> Result<Self, String> {
        let mut row = Self::default();
        for (column, field) in columns.iter().zip(line.split('\t')) {
            let field = field.trim();
            let place = match *column {
                "id" => &mut row.id,
                "name" | "title" => &mut row.name,
                "hangul" => &mut row.hangul,
                "kind" => &mut row.kind,
                "aliases" => &mut row.aliases,
                "group" => &mut row.group,
                "network" => &mut row.network,
                "year" => &mut row.year,
                "cast" => &mut row.cast,
                _ => continue,
            };
            *place = field;
        }
        let too_long = |text: &str| text.chars().count() > LONGEST_FIELD;
        if fold(row.name).is_empty() {
            return Err("there is no name; left out".to_owned());
        }
        if too_long(row.name) || too_long(row.hangul) || row.aliases.split('|').any(too_long) {
            return Err(format!("a name of more than {LONGEST_FIELD} characters; left out"));
        }
        Ok(row)
    }
}

/// A stable id made of a name: folded words with hyphens between, at most 60 characters.
fn slug(name: &str) -> String {
    const LONGEST: usize = 60;
    super::fold::words(name).join("-").chars().take(LONGEST).collect()
}

/// The wanted id, or the first free one with the year, then a number, behind it.
fn free<I: Eq + Hash, V>(taken: &HashMap<I, V>, wanted: &str, year: Option<u16>, make: fn(String) -> I) -> String {
    let with_year = year.map(|y| format!("{wanted}-{y}"));
    std::iter::once(wanted.to_owned())
        .chain(with_year)
        .chain((2_u32..).map(|n| format!("{wanted}-{n}")))
        .find(|id| !taken.contains_key(&make(id.clone())))
        .unwrap_or_default()
}

fn some(text: &str) -> Option<String> {
    Some(text.trim()).filter(|t| !t.is_empty()).map(str::to_owned)
}

/// A place in a list; lists are bounded by what [`MOST_LINES`] allows.
fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
