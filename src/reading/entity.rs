//! Who and what an article names: people, characters, companies, with everything they are called.
//!
//! The table that `people` and `role` fill and `resolve` asks. One entity has one name, as the
//! article first gives it in full; spelling variants within an article fold to one key.

use super::aliases::Aliases;
pub use super::spelling::{
    LONG_NAME, begin_alike, begins_with, behind_word, each_letter, holds, is_same, key, key_length, push_key,
};
use super::text::Text;

/// Index of an entity.
pub type Id = usize;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A real person.
    Person,
    /// A character of the drama.
    Character,
    /// An agency or another company.
    Company,
    /// A broadcaster or platform.
    Station,
}

/// What a person does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trade {
    /// Acts, as far as is known.
    #[default]
    Cast,
    /// Works behind the camera.
    Staff,
    /// Hosts, reports, comments.
    Host,
}

/// Somebody or something named.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The name, as the article first gives it in full.
    pub name: String,
    /// What it is.
    pub nature: Nature,
    /// What a person does.
    pub trade: Trade,
    /// Who plays the character.
    pub actor: Option<Id>,
    /// Who plays the character as a child.
    pub young: Option<Id>,
    /// Votes for “she”.
    pub she: f32,
    /// Votes for “he”.
    pub he: f32,
    /// What the first name leans to, where nothing else is known: most who bear it are “she”.
    pub leans: Option<bool>,
    /// Lower-case nouns that the article uses for it: `attorney`, `idol`, `veteran`.
    pub nouns: Vec<String>,
    /// The agency of a person.
    pub agency: Option<Id>,
    /// Token of the first mention in the body; `usize::MAX` when only the headline names it.
    pub first: usize,
    /// How old a person is, when the article says so beside the name.
    pub age: Option<u8>,
    /// Evidence that it is a person at all.
    pub evidence: f32,
    /// The article says that a person acts, or in what.
    pub acts: bool,
    /// A comedian, an athlete, a singer as a guest: neither of the cast nor of those who made it.
    pub guest: bool,
}

impl Entity {
    /// A new entity.
    #[must_use]
    pub fn new(name: String, nature: Nature, first: usize) -> Self {
        Self {
            name,
            nature,
            trade: Trade::Cast,
            actor: None,
            young: None,
            she: 0.0,
            he: 0.0,
            leans: None,
            nouns: Vec::new(),
            agency: None,
            first,
            age: None,
            evidence: 0.0,
            acts: false,
            guest: false,
        }
    }

    /// Notes a noun that the article uses for it: once, or the text would be as many nouns long.
    pub fn call(&mut self, noun: String) {
        if !self.nouns.contains(&noun) {
            self.nouns.push(noun);
        }
    }

    /// Whether it can be “he” or “she”: a person or a character.
    #[must_use]
    pub const fn is_somebody(&self) -> bool {
        matches!(self.nature, Nature::Person | Nature::Character)
    }

    /// Whether “she” fits: `Some` when the article says.
    #[must_use]
    pub fn is_she(&self) -> Option<bool> {
        let (she, he) = (self.she, self.he);
        if she > he + 0.3 {
            Some(true)
        } else if he > she + 0.3 {
            Some(false)
        } else {
            None
        }
    }
}

/// Where an entity is named.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// First token of the name, titles left out.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Who; the likeliest when the name fits several.
    pub entity: Id,
    /// The name fits several entities.
    pub ambiguous: bool,
    /// It stands inside speech.
    pub in_speech: bool,
    /// The whole name, not a part of it.
    pub full: bool,
}

/// All entities of an article.
#[derive(Default, Debug)]
pub struct Entities {
    /// The entities.
    pub all: Vec<Entity>,
    /// Where they are named, in order of tokens.
    pub mentions: Vec<Mention>,
    /// Which tokens stand in a mention: most stand in none.
    places: Vec<Places>,
    aliases: Aliases,
}

/// What 64 tokens are to the mentions.
#[derive(Clone, Copy, Default, Debug)]
struct Places {
    /// Which stand in one, a bit for each.
    covered: u64,
    /// With which one begins: to count those before a token takes no room for every token of a long text.
    begins: u64,
    /// How many mentions begin before these tokens.
    before: usize,
}

impl Entities {
    /// Nobody yet, with room for so many, each of whom has so many names.
    #[must_use]
    pub fn with_room(entities: usize, names: usize) -> Self {
        Self {
            all: Vec::with_capacity(entities),
            aliases: Aliases::with_room(entities * names),
            ..Self::default()
        }
    }

    /// Adds an entity under its full name.
    pub fn add(&mut self, entity: Entity) -> Id {
        let key = key(&entity.name);
        self.add_as(entity, &key)
    }

    /// The same where the key of the name is known.
    pub fn add_as(&mut self, entity: Entity, key: &str) -> Id {
        let id = self.all.len();
        self.all.push(entity);
        self.alias(key, id, true);
        id
    }

    /// Lets `key` (folded) mean `id`.
    pub fn alias(&mut self, key: &str, id: Id, full: bool) {
        if key.len() > 1 {
            self.aliases.add(key.as_bytes(), id, full);
        }
    }

    /// Whether a word may begin a name; `false` is certain.
    #[must_use]
    pub fn may_begin(&self, word: &[u8]) -> bool {
        self.aliases.may_begin(word)
    }

    /// The entities that a folded name can mean, and whether it is their full name.
    #[must_use]
    pub fn named(&self, key: &str) -> &[(Id, bool)] {
        self.aliases.get(key.as_bytes())
    }

    /// The entity with that full name.
    #[must_use]
    pub fn full(&self, key: &str) -> Option<Id> {
        self.named(key).iter().find(|(_, full)| *full).map(|(id, _)| *id)
    }

    /// Whether the article calls somebody by that noun.
    #[must_use]
    pub fn has_noun(&self, noun: &str) -> bool {
        // Later entities of a very long article are not asked.
        const MANY: usize = 64;
        self.all
            .iter()
            .take(MANY)
            .any(|e| e.nouns.iter().any(|n| n.eq_ignore_ascii_case(noun)))
    }

    /// The first mention at or behind a token.
    #[must_use]
    pub fn mention_from(&self, token: usize) -> usize {
        let Some(places) = self.places.get(token / 64) else {
            return self.mentions.len();
        };
        let earlier = places.begins & ((1 << (token % 64)) - 1);
        places.before + earlier.count_ones() as usize
    }

    /// The mention that begins with a token.
    #[must_use]
    pub fn mention_at(&self, token: usize) -> Option<&Mention> {
        let places = self.places.get(token / 64)?;
        let begins = places.begins >> (token % 64) & 1 != 0;
        begins.then(|| &self.mentions[self.mention_from(token)])
    }

    /// The mentions within a range of tokens.
    #[must_use]
    pub fn between(&self, first: usize, last: usize) -> &[Mention] {
        let from = self.mention_from(first);
        let to = self.mention_from(last).max(from);
        &self.mentions[from..to]
    }

    /// Takes all mentions, in order of tokens; no two share one.
    pub fn mention(&mut self, mentions: Vec<Mention>) {
        let size = mentions.last().map_or(0, |m| m.last / 64 + 1);
        self.places = vec![Places::default(); size];
        for mention in &mentions {
            self.places[mention.first / 64].begins |= 1 << (mention.first % 64);
            for token in mention.first..mention.last {
                self.places[token / 64].covered |= 1 << (token % 64);
            }
        }
        let mut before = 0;
        for places in &mut self.places {
            places.before = before;
            before += places.begins.count_ones() as usize;
        }
        self.mentions = mentions;
    }

    /// The mention that covers a token.
    #[must_use]
    pub fn covering(&self, token: usize) -> Option<&Mention> {
        let places = self.places.get(token / 64)?;
        if places.covered >> (token % 64) & 1 == 0 {
            return None;
        }
        // The last that begins at the token or before it.
        let at = self.mention_from(token + 1).checked_sub(1)?;
        self.mentions.get(at)
    }
}

/// Whether a noun is one of those who act: `actress`, `singer-actor`. A search for a string costs more to begin than this.
#[must_use]
pub fn is_actors(noun: &str) -> bool {
    noun.as_bytes().windows(3).any(|part| part == b"act")
}

/// The key of some tokens.
#[must_use]
pub fn key_of(text: &Text, first: usize, last: usize) -> String {
    key(text.slice(first, last))
}

#[cfg(test)]
mod tests {
    use super::{Entities, Mention};

    #[test]
    fn mentions_are_found_by_their_tokens() {
        let mention = |first: usize, length: usize| Mention {
            first,
            last: first + length,
            entity: 0,
            ambiguous: false,
            in_speech: false,
            full: true,
        };
        let all = [(0, 1), (1, 3), (62, 4), (66, 1), (127, 1), (128, 2), (300, 2)];
        let mut entities = Entities::default();
        entities.mention(all.iter().map(|(first, length)| mention(*first, *length)).collect());
        for token in 0..400 {
            let from = all.iter().filter(|(first, _)| *first < token).count();
            assert_eq!(entities.mention_from(token), from, "{token}");
            let here = all
                .iter()
                .find(|(first, length)| (*first..first + length).contains(&token));
            assert_eq!(entities.covering(token).map(|m| m.first), here.map(|m| m.0), "{token}");
            for length in [0, 1, 5, 70, 400] {
                let among = all.iter().filter(|(first, _)| (token..token + length).contains(first));
                assert_eq!(entities.between(token, token + length).len(), among.count(), "{token}");
            }
        }
        assert!(entities.between(70, 60).is_empty());
    }
}
