//! What articles teach: people, dramas, roles, hangul, other spellings.
//!
//! Conservative: nothing that is known is ever changed, and names are taken for the same only with
//! equal letters, or with an equal key within one drama. Every lesson says which article it comes
//! from; it is undone by teaching the others again to a catalogue that knows none.

use super::entity::{Drama, Entity, Person};
use super::fold::{fold, is_hangul};
use super::hangul::is_syllables;
use super::{Catalogue, title};
use crate::model::{ArticleId, DramaId, PersonId};
use std::collections::HashSet;

/// Longest name and title that is learnt, in characters.
const LONGEST_NAME: usize = 40;
const LONGEST_TITLE: usize = 80;
/// Most statements that are kept: decades of news. A feed that invents names stops here.
const MOST_LEARNT: usize = 50_000;

/// One statement of an article: “Role (Actor)”, “starring A as B”, a name with its hangul.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learnt {
    /// The article that says so.
    pub article: Option<ArticleId>,
    /// The drama it is about, as titled there.
    pub drama: Option<String>,
    /// The drama's network.
    pub network: Option<String>,
    /// The person, as named there.
    pub person: Option<String>,
    /// The person's name in hangul; without a person: the drama's title in hangul.
    pub hangul: Option<String>,
    /// The character that the person plays in the drama.
    pub character: Option<String>,
}

/// What was new in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A person nobody knew.
    Person(PersonId),
    /// A drama nobody knew.
    Drama(DramaId),
    /// The hangul of somebody or something known.
    Hangul(Entity, String),
    /// Another spelling of a known person.
    Alias(PersonId, String),
    /// A part in a drama.
    Role(DramaId, PersonId, Option<String>),
}

impl Catalogue {
    /// Takes in what an article says and returns what was new: empty when all of it was known, does
    /// not look like a name, or leaves open who is meant. Store the statement when it is not empty
    /// and give it again, in the same order, after a restart.
    pub fn learn(&mut self, lesson: &Learnt) -> Vec<News> {
        if self.lessons >= MOST_LEARNT {
            return Vec::new();
        }
        let news = self.take_in(lesson);
        self.lessons += usize::from(!news.is_empty());
        news
    }

    fn take_in(&mut self, lesson: &Learnt) -> Vec<News> {
        let mut news = Vec::new();
        let hangul = lesson.hangul.as_deref().map(str::trim).filter(|h| is_hangul_name(h));
        let drama = lesson
            .drama
            .as_deref()
            .map(str::trim)
            .and_then(|title| self.learn_drama(title, lesson, &mut news));
        let Some(name) = lesson.person.as_deref().map(str::trim) else {
            if let (Some(drama), Some(hangul)) = (drama, hangul) {
                self.learn_title(drama, hangul, &mut news);
            }
            return news;
        };
        let Some(person) = self.learn_person(name, hangul, drama, &mut news) else {
            return news;
        };
        if let Some(drama) = drama {
            let character = lesson
                .character
                .as_deref()
                .map(str::trim)
                .filter(|c| is_character(c))
                .map(str::to_owned);
            if self.add_role(drama, person, character.clone())
                && let (Some(d), Some(p)) = (self.dramas.get(drama as usize), self.people.get(person as usize))
            {
                news.push(News::Role(d.id.clone(), p.id.clone(), character));
            }
        }
        news
    }

    fn learn_drama(&mut self, title: &str, lesson: &Learnt, news: &mut Vec<News>) -> Option<u32> {
        if let Some(known) = self.named_drama(title) {
            return self.drama_ids.get(&known.id).copied();
        }
        let letters = title.chars().filter(|c| c.is_alphanumeric()).count();
        let is_title = letters >= 2 && title.chars().count() <= LONGEST_TITLE && !title.chars().any(char::is_control);
        if !is_title || self.named_network(title).is_some() || title::normal(title).is_empty() {
            return None;
        }
        let drama = self.new_drama("", title, None);
        let network = lesson
            .network
            .as_deref()
            .and_then(|n| self.named_network(n))
            .map(|n| n.name.clone());
        let added = self.dramas.get_mut(drama as usize)?;
        added.network = network;
        news.push(News::Drama(added.id.clone()));
        Some(drama)
    }

    fn learn_title(&mut self, drama: u32, hangul: &str, news: &mut Vec<News>) {
        let known = self.dramas.get(drama as usize).is_none_or(|d| d.hangul.is_some());
        if known || self.named_drama(hangul).is_some() {
            return;
        }
        self.add_titles(drama, hangul, "");
        if let Some(d) = self.dramas.get(drama as usize) {
            news.push(News::Hangul(Entity::Drama(d.id.clone()), hangul.to_owned()));
        }
    }

    /// Who is meant by a name in an article, added when nobody has it; `None` when it is no name or
    /// leaves open which of several people is meant.
    fn learn_person(
        &mut self,
        name: &str,
        hangul: Option<&str>,
        drama: Option<u32>,
        news: &mut Vec<News>,
    ) -> Option<u32> {
        let cast: HashSet<PersonId> = drama
            .and_then(|d| self.dramas.get(d as usize))
            .map(|d: &Drama| d.cast.iter().map(|r| r.actor.clone()).collect())
            .unwrap_or_default();
        let same_hangul = |p: &&Person| hangul.is_none() || p.hangul.is_none() || p.hangul.as_deref() == hangul;
        let known: Vec<PersonId> = self
            .people_named(name)
            .into_iter()
            .filter(same_hangul)
            .map(|p| p.id.clone())
            .collect();
        let known = match known.as_slice() {
            [] => self.same_sound_in(name, &cast),
            [one] => Some(one.clone()),
            several => Some(several.iter().find(|p| cast.contains(p))?.clone()),
        };
        if let Some(id) = known {
            let person = self.person_ids.get(&id).copied()?;
            self.learn_names(person, &id, name, hangul, news);
            return Some(person);
        }
        if !is_name(name) || self.named_network(name).is_some() || self.named_drama(name).is_some() {
            return None;
        }
        let person = self.new_person("", name);
        if let Some(hangul) = hangul {
            self.set_hangul(person, hangul);
        }
        news.push(News::Person(self.people.get(person as usize)?.id.clone()));
        Some(person)
    }

    /// The one member of a cast whose name has the same sound.
    fn same_sound_in(&self, name: &str, cast: &HashSet<PersonId>) -> Option<PersonId> {
        let mut same = self.sounding_like(name).into_iter().filter(|p| cast.contains(&p.id));
        let only = same.next()?;
        same.next().is_none().then(|| only.id.clone())
    }

    fn learn_names(&mut self, person: u32, id: &PersonId, name: &str, hangul: Option<&str>, news: &mut Vec<News>) {
        let Some(known) = self.people.get(person as usize) else {
            return;
        };
        let (has_hangul, is_known) = (
            known.hangul.is_some(),
            self.people_named(name).iter().any(|p| p.id == *id),
        );
        if !is_known && is_name(name) {
            self.add_alias(person, name);
            news.push(News::Alias(id.clone(), name.to_owned()));
        }
        if let Some(hangul) = hangul.filter(|_| !has_hangul) {
            self.set_hangul(person, hangul);
            news.push(News::Hangul(Entity::Person(id.clone()), hangul.to_owned()));
        }
    }
}

/// One to four capitalised words of letters, or two to four syllables of hangul.
fn is_name(name: &str) -> bool {
    if name.chars().any(is_hangul) {
        return is_hangul_name(name);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |w: &&str| {
        w.chars().next().is_some_and(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || "-.'’".contains(c))
    };
    (1..=4).contains(&words.len())
        && name.chars().count() <= LONGEST_NAME
        && fold(name).len() >= 2
        && words.iter().all(is_word)
}

fn is_hangul_name(name: &str) -> bool {
    let joined = fold(name);
    let syllables = joined.chars().count();
    is_syllables(&joined) && (2..=LONGEST_NAME).contains(&syllables)
}

fn is_character(name: &str) -> bool {
    let letters = fold(name);
    !letters.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(|c| c.is_control() || "\"“”|=\t".contains(c))
}
