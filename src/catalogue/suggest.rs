//! Completing what is being typed: names that go on like that, the best known first.

use super::entity::{Candidate, Kind, Scope, Tier};
use super::fold::MOST_CHARS;
use super::fuzzy::ratio;
use super::hangul::initial;
use super::index::{Owner, letters};
use super::outline::mask;
use super::{Catalogue, fold, title};
use foldhash::fast::RandomState;
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
    fn begun(&self, prefix: &str, scope: Scope) -> HashMap<Owner, u8, RandomState> {
        let typed = |folded: &str| {
            let letters = letters(folded);
            (mask(&letters), letters)
        };
        let (name, title) = (typed(&fold(prefix)), typed(&title::normal(prefix)));
        let mut best: HashMap<Owner, u8, RandomState> = HashMap::default();
        let mut keep = |owner: Owner, place: u8| {
            let kept = best.entry(owner).or_insert(place);
            *kept = place.min(*kept);
        };
        for (outline, entry) in self.index.outlines.iter().zip(&self.index.entries) {
            let Some(kind) = outline.kind.filter(|kind| scope.holds(*kind)) else {
                continue;
            };
            let (mask, typed) = if kind == Kind::Drama { &title } else { &name };
            if mask & !outline.mask != 0 {
                continue;
            }
            let goes_on = |at: u8| (entry.letters().get(usize::from(at)..)).is_some_and(|l| l.starts_with(typed));
            if outline.may_begin_with(typed) && goes_on(0) {
                keep(entry.owner, u8::from(usize::from(outline.length) > typed.len()));
            } else if entry.starts().iter().any(|at| goes_on(*at)) {
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
