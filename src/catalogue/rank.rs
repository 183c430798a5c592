//! From a query to the best ten candidates; in which order, and whether the first is meant, is for `decide`.
//!
//! The tables are asked tier by tier, best first. Only when nothing has the letters or the sound of
//! the query are all names looked through (prefix, parts, edits).

use super::code::Code;
use super::compare::{Asked, Look, SHORTEST_PART, SHORTEST_PREFIX, WHOLE_WORDS, edited};
use super::decide::{Ranked, decide};
use super::entity::{Candidate, Entity, Found, Kind, Scope, Tier};
use super::fold::{MOST_CHARS, words};
use super::fuzzy::{Pattern, jaro_winkler, likeness, ratio};
use super::hangul::{from_latin_keys, romanised, to_latin_keys};
use super::index::{Entry, Form, Owner, kind_tag, letters, word_starts};
use super::key::{self, Family, Key};
use super::{Catalogue, bare, fold, surname, title};
use foldhash::fast::RandomState;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// Most candidates of a search.
const MOST_CANDIDATES: usize = 10;
/// Shortest name and shortest title that a slip of one letter is looked for in, in letters: short
/// words are all neighbours (Love, Live, Life).
const SHORTEST_NEAR_NAME: usize = 5;
const SHORTEST_NEAR_TITLE: usize = 6;
/// Shortest part of a character's name that is known by its sound alone, in letters.
const SHORTEST_HEARD: usize = 5;
/// Shortest query of which a distant name may be meant, in letters.
const SHORTEST_FUZZY: usize = 3;
/// What the part of a title before a colon counts for, where a whole name counts for 1.
pub(super) const PART_OF_TITLE: f32 = 0.5;
/// What a surname that is spelled otherwise counts for: less than a beginning with whole words.
pub(super) const SAME_SURNAME: f32 = 0.49;
/// Most words of a query that titles are looked for by.
const MOST_WORDS: usize = 20;

impl Catalogue {
    /// Who or what is meant by `query`: letters in any romanisation, hangul, part of a name, typos.
    /// `favour` are the dramas and people that the asking channel follows: they and their casts
    /// decide between equals. Text beyond 200 characters is ignored.
    #[must_use]
    pub fn search(&self, query: &str, scope: Scope, favour: &[Entity]) -> Found {
        let query: String = query.chars().take(MOST_CHARS).collect();
        let favoured = self.favoured(favour);
        let mut search = Search::of(self, scope);
        search.look_up(&query);
        if search.best_tier().is_none_or(|tier| tier > Tier::Given) {
            // Somebody's name with something around it, rather than a name that is like all of it.
            for form in bare::forms(&query) {
                let mut bare = Search::of(self, scope);
                bare.look_up(&form);
                if bare
                    .best_tier()
                    .is_some_and(|tier| tier <= Tier::Given && tier != Tier::Reversed)
                {
                    return bare.conclude(&favoured);
                }
            }
        }
        if search.best_tier().is_none_or(|tier| tier > Tier::Character) {
            search.look_through(&Asked::new(&query));
        }
        search.conclude(&favoured)
    }

    /// The owners that the channel's subscriptions make likely: what it follows, and the casts.
    fn favoured(&self, favour: &[Entity]) -> HashSet<Owner> {
        let mut owners = HashSet::new();
        for entity in favour {
            match entity {
                Entity::Person(id) => owners.extend(self.person_ids.get(id).map(|i| Owner::Person(*i))),
                Entity::Network(id) => owners.extend(self.network_ids.get(id).map(|i| Owner::Network(*i))),
                Entity::Drama(id) => {
                    owners.extend(self.drama_ids.get(id).map(|i| Owner::Drama(*i)));
                    let cast = self.drama(id).map_or(&[][..], |d| &d.cast);
                    owners.extend(
                        cast.iter()
                            .filter_map(|r| self.person_ids.get(&r.actor).map(|i| Owner::Person(*i))),
                    );
                }
            }
        }
        owners
    }

    pub(super) fn candidate(&self, owner: Owner, tier: Tier, score: f32) -> Option<Candidate> {
        let (entity, name, hangul, kind) = match owner {
            Owner::Person(i) => {
                let p = self.people.get(i as usize)?;
                (Entity::Person(p.id.clone()), &p.name, p.hangul.clone(), Kind::Person)
            }
            Owner::Drama(i) => {
                let d = self.dramas.get(i as usize)?;
                (Entity::Drama(d.id.clone()), &d.title, d.hangul.clone(), Kind::Drama)
            }
            Owner::Network(i) => {
                let n = self.networks.get(i as usize)?;
                (Entity::Network(n.id.clone()), &n.name, None, Kind::Network)
            }
            Owner::Role(..) => return None,
        };
        Some(Candidate {
            entity,
            name: name.clone(),
            hangul,
            kind,
            tier,
            score,
        })
    }
}

struct Search<'a> {
    catalogue: &'a Catalogue,
    scope: Scope,
    best: HashMap<Owner, (Tier, f32), RandomState>,
}

impl<'a> Search<'a> {
    fn of(catalogue: &'a Catalogue, scope: Scope) -> Self {
        Self {
            catalogue,
            scope,
            best: HashMap::default(),
        }
    }

    fn best_tier(&self) -> Option<Tier> {
        self.best.values().map(|(tier, _)| *tier).min()
    }

    fn entry(&self, id: u32) -> Option<&Entry> {
        self.catalogue.index.entries.get(id as usize)
    }

    /// Keeps a hit when it is the best for its owner. A character counts as who plays it.
    fn hit(&mut self, owner: Owner, tier: Tier, quality: f32) {
        let (owner, tier) = match owner {
            // A character is asked for as the drama calls it, or by a part of that, never the other way round.
            Owner::Role(drama, place) if tier < Tier::Reversed || tier == Tier::Part => {
                let actor = self
                    .catalogue
                    .dramas
                    .get(drama as usize)
                    .and_then(|d| d.cast.get(place as usize));
                match actor.and_then(|role| self.catalogue.person_ids.get(&role.actor)) {
                    Some(person) => (Owner::Person(*person), tier.max(Tier::Character)),
                    None => return,
                }
            }
            Owner::Role(..) => return,
            other => (other, tier),
        };
        if !owner.kind().is_some_and(|kind| self.scope.holds(kind)) {
            return;
        }
        let best = self.best.entry(owner).or_insert((tier, quality));
        if (tier, -quality) < (best.0, -best.1) {
            *best = (tier, quality);
        }
    }

    /// Hits of names, by how alike their letters and the query as it was read are.
    fn hit_all(&mut self, ids: impl IntoIterator<Item = u32>, tier: Tier, read_as: &[u8]) {
        for id in ids {
            let Some(entry) = self.entry(id) else { continue };
            let (owner, quality) = (entry.owner, likeness(read_as, entry.letters()));
            self.hit(owner, tier, quality);
        }
    }

    /// Everything that the tables know about the query.
    fn look_up(&mut self, query: &str) {
        self.look_up_letters(query, Tier::Exact);
        if let [rest @ .., last] = words(query).as_slice()
            && !rest.is_empty()
        {
            self.look_up_letters(&format!("{last} {}", rest.join(" ")), Tier::Reversed);
        }
        self.look_up_sound(query);
        if self.best.is_empty() {
            for meant in [from_latin_keys(query), to_latin_keys(query)].into_iter().flatten() {
                self.look_up_letters(&meant, Tier::Key);
                self.look_up_sound(&meant);
            }
        }
        if self.best_tier() != Some(Tier::Exact) {
            self.look_up_neighbours(query);
        }
    }

    fn look_up_letters(&mut self, query: &str, tier: Tier) {
        let index = &self.catalogue.index;
        let (folded, starts) = (fold(query), word_starts(&words(query)));
        let mut ids: Vec<u32> = [Some(Kind::Person), Some(Kind::Network), None]
            .into_iter()
            .flat_map(|kind| index.exact_ids(&folded, kind_tag(kind)))
            .collect();
        ids.extend(index.exact_ids(&title::normal(query), kind_tag(Some(Kind::Drama))));
        for id in ids {
            let Some(entry) = self.entry(id) else { continue };
            let quality = match entry.form {
                Form::Name | Form::Hangul => 1.0,
                Form::Alias => 0.9,
                Form::Part => PART_OF_TITLE,
            };
            // Oh Yoo Na and Oh Yoon A have the same letters: the one written as asked comes first.
            let as_written = *entry.starts() == *starts;
            self.hit(entry.owner, tier, if as_written { quality } else { quality - 0.02 });
        }
    }

    fn look_up_sound(&mut self, query: &str) {
        let words = words(query);
        let folded = words.concat();
        // Hangul is compared with romanised names as most would write it.
        let spelled = romanised(&folded).unwrap_or_else(|| folded.clone());
        let as_asked = letters(&spelled);
        let index = &self.catalogue.index;
        let mut keys = key::surname_first(&words);
        let is_joined = words.len() == 1;
        if is_joined {
            keys.extend(key::joined(&folded, false));
        }
        self.hit_all(keys.iter().flat_map(|k| index.with_key(k)), Tier::Key, &as_asked);
        let mut whole = title::sounds(query);
        whole.extend(key::codes(&words));
        for code in whole {
            self.hit_all(index.with_whole(&code), Tier::Whole, &as_asked);
        }
        let turned = turned(&words);
        for key in key::surname_last(&words) {
            self.hit_all(index.with_key(&key), Tier::Reversed, &turned);
        }
        if is_joined {
            for key in key::joined(&folded, true) {
                self.hit_all(index.with_key(&key), Tier::Reversed, &as_asked);
            }
        }
        let is_surname = is_joined && self.hit_surnamed(&folded);
        let is_hangul = spelled != folded;
        for code in key::codes(&words) {
            self.hit_given(&code, &as_asked, (is_surname, is_hangul));
        }
        self.look_up_stage_names(&keys);
    }

    /// People who go by their given name alone (Ji Soo), asked for by their full name. Only after a
    /// known surname: otherwise every slip in a surname would find somebody.
    fn look_up_stage_names(&mut self, keys: &[Key]) {
        let index = &self.catalogue.index;
        let after_surname = keys.iter().filter(|(family, _)| matches!(family, Family::Class(_)));
        let ids: Vec<u32> = after_surname.flat_map(|(_, given)| index.with_whole(given)).collect();
        for id in ids {
            let Some(entry) = self.entry(id) else { continue };
            if matches!(entry.owner, Owner::Person(_)) {
                // Below every given name that was asked for as such.
                self.hit(entry.owner, Tier::Given, 0.0);
            }
        }
    }

    /// Everybody with that surname, those first who spell it so: it begins many names. False: it is nobody's.
    fn hit_surnamed(&mut self, word: &str) -> bool {
        let catalogue = self.catalogue;
        let index = &catalogue.index;
        let (classes, typed) = (surname::written(word), letters(word));
        if classes.is_empty() {
            return false;
        }
        let mut found: Vec<(Owner, bool)> = Vec::new();
        for (outline, entry) in index.outlines.iter().zip(&index.entries) {
            if outline.kind == Some(Kind::Person) && outline.class.is_some_and(|class| classes.contains(&class)) {
                let first = entry.starts().first().map_or(0, |at| usize::from(*at));
                let is_so = !word.is_ascii() || entry.letters().get(..first) == Some(&typed);
                found.push((entry.owner, is_so));
            }
        }
        // Two letters are a small word of English as well (in, so): then it takes several who write themselves so.
        if word.is_ascii() && word.len() < SHORTEST_PREFIX {
            found.retain(|(_, is_so)| *is_so);
            let several = found.iter().zip(found.iter().skip(1)).any(|(a, b)| a.0 != b.0);
            found.truncate(if several { found.len() } else { 0 });
        }
        for (owner, is_so) in &found {
            self.hit(*owner, Tier::Prefix, if *is_so { 1.0 } else { SAME_SURNAME });
        }
        !found.is_empty()
    }

    /// A given name alone is compared with the end of the whole name. Of a character it is a part, behind a title
    /// (Inspector Dalbit, Doctor Pyo) or a surname.
    fn hit_given(&mut self, code: &Code, given: &[u8], (is_surname, is_hangul): (bool, bool)) {
        for id in self.catalogue.index.with_given(code) {
            let Some(entry) = self.entry(id) else { continue };
            if matches!(entry.owner, Owner::Role(..)) {
                // Small words of English sound like somebody's last syllable (the, in, they).
                let is_written_so = given.len() >= SHORTEST_HEARD || entry.letters().ends_with(given);
                if !is_hangul && (given.len() < SHORTEST_FUZZY || !is_written_so) {
                    continue;
                }
                let (owner, quality) = (entry.owner, likeness(given, entry.letters()));
                self.hit(owner, Tier::Part, quality);
                continue;
            }
            let end = &entry.letters()[entry.letters().len().saturating_sub(given.len())..];
            let (owner, quality) = (entry.owner, likeness(given, end));
            if is_surname {
                // Behind those whose surname it is: which of the two was meant nobody can tell.
                self.hit(owner, Tier::Prefix, quality * WHOLE_WORDS * 0.5);
            } else {
                self.hit(owner, Tier::Given, quality);
            }
        }
    }

    fn look_up_neighbours(&mut self, query: &str) {
        for asked in [letters(&fold(query)), letters(&title::normal(query))] {
            let pattern = Pattern::new(&asked);
            for id in self.catalogue.index.maybe_near(&asked) {
                let Some(entry) = self.entry(id) else { continue };
                let is_drama = matches!(entry.owner, Owner::Drama(_));
                let shortest = if is_drama {
                    SHORTEST_NEAR_TITLE
                } else {
                    SHORTEST_NEAR_NAME
                };
                let length = asked.len().max(entry.letters().len());
                if length >= shortest && pattern.edits(entry.letters()) <= 1 {
                    let (owner, quality) = (entry.owner, jaro_winkler(&asked, entry.letters()));
                    self.hit(owner, Tier::Near, quality);
                }
            }
        }
    }

    /// Looks at every name: beginnings, parts, initials, edits.
    fn look_through(&mut self, asked: &Asked) {
        let catalogue = self.catalogue;
        let index = &catalogue.index;
        let may_be_edited = asked.name.letters.len() >= SHORTEST_FUZZY;
        let mut hopes: Vec<(u32, u32)> = Vec::new();
        for (id, (outline, entry)) in (0..).zip(index.outlines.iter().zip(&index.entries)) {
            if !outline.kind.is_some_and(|kind| self.scope.holds(kind)) {
                continue;
            }
            match asked.look(outline, entry) {
                Look::Part(tier, quality) => self.hit(entry.owner, tier, quality),
                Look::Hope(most) if may_be_edited => hopes.push((most.to_bits(), id)),
                Look::Hope(_) | Look::Nothing => {}
            }
        }
        for (quality, owner) in self.most_alike(asked, hopes) {
            self.hit(owner, Tier::Fuzzy, quality);
        }
        let initials = asked.words.concat();
        // Written apart, only single letters are initials: `a h s`, but not `lee honey`.
        if asked.words.len() == 1 || asked.words.iter().all(|w| w.chars().count() == 1) {
            for id in catalogue.index.with_initials(&initials) {
                if let Some(entry) = self.entry(id) {
                    self.hit(entry.owner, Tier::Initials, 1.0);
                }
            }
        }
        self.look_up_words(asked);
    }

    /// The names that are most like the query by edits, a few of each of the best ten at most, out of those that may be
    /// (the bits of a positive number are in its order). The most hopeful ones are compared first, and none when it
    /// cannot be better than what was found.
    fn most_alike(&self, asked: &Asked, hopes: Vec<(u32, u32)>) -> impl Iterator<Item = (f32, Owner)> + use<> {
        const MOST: usize = 8 * MOST_CANDIDATES;
        /// What rounding may take from a bound, in units of the last place.
        const ROUNDING: u32 = 64;
        let mut hopes = BinaryHeap::from(hopes);
        let mut best: BinaryHeap<Reverse<(u32, Owner)>> = BinaryHeap::with_capacity(MOST + 1);
        while let Some((most, id)) = hopes.pop() {
            let least = best.peek().map_or(0, |Reverse((bits, _))| *bits);
            if best.len() >= MOST && most + ROUNDING < least {
                break;
            }
            let Some(entry) = self.entry(id) else { continue };
            if let Some(quality) = edited(asked, entry) {
                best.push(Reverse((quality.to_bits(), entry.owner)));
                if best.len() > MOST {
                    best.pop();
                }
            }
        }
        best.into_iter()
            .map(|Reverse((bits, owner))| (f32::from_bits(bits), owner))
    }

    /// Titles by the words that they share with the query; a word counts the more the rarer it is.
    fn look_up_words(&mut self, asked: &Asked) {
        let index = &self.catalogue.index;
        let titles = ratio(self.catalogue.dramas.len().min(usize::from(u16::MAX)), 1);
        let mut shared: HashMap<u32, f32> = HashMap::new();
        let mut all = 0.0;
        for word in asked.title_words.iter().take(MOST_WORDS) {
            let with_word: Vec<u32> = index.with_word(title::stem(word)).collect();
            let weight = (1.0 + titles / ratio(with_word.len().max(1), 1)).ln();
            all += weight;
            for id in with_word {
                *shared.entry(id).or_default() += weight;
            }
        }
        for (id, weight) in shared {
            let Some(entry) = self.entry(id) else { continue };
            let share = weight / all;
            let (owner, likeness) = (entry.owner, likeness(&asked.title.letters, entry.letters()));
            if share > 0.99 && asked.name.letters.len() >= SHORTEST_PART {
                self.hit(owner, Tier::Part, likeness);
            } else if share > 0.5 && asked.name.letters.len() >= SHORTEST_PART {
                self.hit(owner, Tier::Fuzzy, share.midpoint(likeness));
            }
        }
    }

    fn conclude(self, favoured: &HashSet<Owner>) -> Found {
        let catalogue = self.catalogue;
        let mut ranked: Vec<Ranked> = self
            .best
            .into_iter()
            .map(|(owner, (tier, quality))| Ranked {
                owner,
                tier,
                quality,
                favoured: favoured.contains(&owner),
                prominence: catalogue.prominence(owner),
            })
            .collect();
        ranked.sort_by(|a, b| a.order().partial_cmp(&b.order()).unwrap_or(std::cmp::Ordering::Equal));
        let decision = decide(&ranked);
        ranked.truncate(MOST_CANDIDATES);
        let candidates = ranked
            .iter()
            .filter_map(|r| catalogue.candidate(r.owner, r.tier, r.score()))
            .collect();
        Found { decision, candidates }
    }
}

/// The letters with the last word first.
fn turned(words: &[String]) -> Vec<u8> {
    match words {
        [rest @ .., last] => letters(&format!("{last}{}", rest.concat())),
        [] => Vec::new(),
    }
}
