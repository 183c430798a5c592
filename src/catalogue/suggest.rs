//! Completing what is being typed: names that go on like that, the best known first.

use super::entity::{Candidate, Kind, Scope, Tier};
use super::fold::MOST_CHARS;
use super::fuzzy::ratio;
use super::hangul::initial;
use super::index::{Owner, letters};
use super::{Catalogue, fold, title};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Shortest input that is also looked for by sound and with mistakes, in letters.
const SHORTEST_SEARCH: usize = 3;

impl Catalogue {
    /// What `prefix` may become, best first, at most `limit`: names that begin like it, names of
    /// which a word begins like it, initial consonants (ㅇㅎㅅ), then what a search finds. An empty
    /// prefix gives the newest and best known.
    #[must_use]
    pub fn suggest(&self, prefix: &str, scope: Scope, limit: usize) -> Vec<Candidate> {
        let prefix: String = prefix.chars().take(MOST_CHARS).collect();
        let mut ranked: Vec<(u8, Reverse<u32>, Owner)> = if fold(&prefix).is_empty() {
            self.owners(scope)
                .map(|owner| (0, Reverse(self.prominence(owner)), owner))
                .collect()
        } else {
            let begun = self.begun(&prefix, scope);
            begun
                .into_iter()
                .map(|(owner, place)| (place, Reverse(self.prominence(owner)), owner))
                .collect()
        };
        if ranked.len() > limit {
            ranked.select_nth_unstable(limit);
            ranked.truncate(limit);
        }
        ranked.sort_unstable();
        let mut suggested: Vec<Candidate> = (0..)
            .zip(&ranked)
            .filter_map(|(place, (_, _, owner))| self.candidate(*owner, Tier::Prefix, 1.0 - ratio(place, limit + 1)))
            .collect();
        if suggested.len() < limit && fold(&prefix).chars().count() >= SHORTEST_SEARCH {
            for candidate in self.search(&prefix, scope, &[]).candidates {
                if suggested.len() < limit && !suggested.iter().any(|s| s.entity == candidate.entity) {
                    suggested.push(candidate);
                }
            }
        }
        suggested
    }

    fn owners(&self, scope: Scope) -> impl Iterator<Item = Owner> {
        let all = |n: usize, kind: Kind| {
            0..if scope.holds(kind) {
                u32::try_from(n).unwrap_or(0)
            } else {
                0
            }
        };
        all(self.dramas.len(), Kind::Drama)
            .map(Owner::Drama)
            .chain(all(self.people.len(), Kind::Person).map(Owner::Person))
            .chain(all(self.networks.len(), Kind::Network).map(Owner::Network))
    }

    /// Owners of a name that goes on like the prefix: 0 the same, 1 from the start, 2 from a later word.
    fn begun(&self, prefix: &str, scope: Scope) -> HashMap<Owner, u8> {
        let typed = letters(&fold(prefix));
        let typed_title = letters(&title::normal(prefix));
        let mut best: HashMap<Owner, u8> = HashMap::new();
        let mut keep = |owner: Owner, place: u8| {
            let kept = best.entry(owner).or_insert(place);
            *kept = place.min(*kept);
        };
        for entry in &self.index.entries {
            if !entry.owner.kind().is_some_and(|kind| scope.holds(kind)) {
                continue;
            }
            let typed = if matches!(entry.owner, Owner::Drama(_)) {
                &typed_title
            } else {
                &typed
            };
            if entry.letters.starts_with(typed) {
                keep(entry.owner, u8::from(entry.letters.len() > typed.len()));
            } else if entry.starts.iter().any(|at| {
                entry
                    .letters
                    .get(usize::from(*at)..)
                    .is_some_and(|l| l.starts_with(typed))
            }) {
                keep(entry.owner, 2);
            }
        }
        let consonants: String = prefix.chars().filter(|c| !c.is_whitespace()).collect();
        if consonants.chars().all(|c| matches!(c, 'ㄱ'..='ㅎ')) {
            for (owner, hangul) in self.owners(scope).filter_map(|o| Some((o, self.hangul_of(o)?))) {
                let theirs: String = hangul.chars().filter_map(initial).collect();
                if theirs.starts_with(&consonants) {
                    keep(owner, u8::from(theirs.len() > consonants.len()));
                }
            }
        }
        best
    }

    fn hangul_of(&self, owner: Owner) -> Option<&str> {
        match owner {
            Owner::Person(i) => self.people.get(i as usize)?.hangul.as_deref(),
            Owner::Drama(i) => self.dramas.get(i as usize)?.hangul.as_deref(),
            Owner::Network(_) | Owner::Role(..) => None,
        }
    }
}
