//! From what was found to an order and a decision: who comes first, and whether that one is meant.

use super::compare::WHOLE_WORDS;
use super::entity::{Decision, Tier};
use super::index::Owner;
use super::rank::{PART_OF_TITLE, SAME_SURNAME};
use std::cmp::Reverse;

/// Below this likeness nobody is meant; measured where wrong first candidates outnumber right ones.
const NEAR_ENOUGH: f32 = 0.72;

/// Somebody or something that was found.
pub(super) struct Ranked {
    pub owner: Owner,
    pub tier: Tier,
    pub quality: f32,
    pub favoured: bool,
    pub prominence: u32,
}

impl Ranked {
    /// Tier, then what the channel follows, then likeness, then how recent and how often. Of people whose names
    /// begin with the query the best known comes first, not the shortest.
    pub(super) fn order(&self) -> (Tier, bool, f32, Reverse<u32>, f32, Owner) {
        // Where nothing but edits speaks for somebody, they weigh more than what the channel follows.
        let favoured = self.favoured && self.tier < Tier::Initials;
        (
            self.tier,
            !favoured,
            -self.likeness(),
            Reverse(self.prominence),
            -self.quality,
            self.owner,
        )
    }

    /// How alike they are, as far as that counts: all who have the surname that was asked for are, those first who
    /// spell it so.
    fn likeness(&self) -> f32 {
        match (self.tier, self.owner) {
            (Tier::Prefix, Owner::Person(_)) if self.quality >= WHOLE_WORDS => 1.0,
            (Tier::Prefix, Owner::Person(_)) => f32::from(u8::from(self.quality >= SAME_SURNAME)) / 2.0,
            _ => self.quality,
        }
    }

    pub(super) fn score(&self) -> f32 {
        let (from, to) = match self.tier {
            Tier::Exact => (0.96, 1.0),
            Tier::Key => (0.86, 0.96),
            Tier::Whole => (0.8, 0.86),
            Tier::Reversed => (0.74, 0.8),
            Tier::Character => (0.68, 0.74),
            Tier::Given => (0.62, 0.68),
            Tier::Near => (0.52, 0.62),
            Tier::Prefix => (0.44, 0.52),
            Tier::Part => (0.36, 0.44),
            Tier::Initials => (0.3, 0.36),
            Tier::Fuzzy => (0.0, 0.3),
        };
        (to - from) * self.likeness().clamp(0.0, 1.0) + from
    }
}

/// Whether the first is meant, some are to be offered, or nobody is near.
pub(super) fn decide(ranked: &[Ranked]) -> Decision {
    let Some(first) = ranked.first() else {
        return Decision::None;
    };
    let equals: Vec<&Ranked> = ranked
        .iter()
        .take_while(|r| r.tier == first.tier && same_class(r, first))
        .collect();
    let alone = equals.len() == 1 || equals.iter().filter(|r| r.favoured).count() == 1;
    match first.tier {
        Tier::Fuzzy if first.quality < NEAR_ENOUGH => Decision::None,
        Tier::Fuzzy => Decision::Offer,
        // The given name is somebody's stage name, but the surname was another.
        Tier::Given if first.quality <= 0.0 => Decision::Offer,
        // Initials of people are shared by dozens; of titles they are as good as a name.
        Tier::Initials if matches!(first.owner, Owner::Person(_)) => Decision::Offer,
        // Titles are reused: the newest is the one in the news.
        Tier::Exact if equals.iter().all(|r| matches!(r.owner, Owner::Drama(_))) => newest(&equals),
        Tier::Exact if alone => Decision::Answer,
        // Somebody else is one letter away from what was typed: it may be a slip.
        _ if first.tier < Tier::Near && ranked.iter().any(|r| r.tier == Tier::Near) && !first.favoured => {
            Decision::Offer
        }
        _ if alone => Decision::Answer,
        _ => Decision::Offer,
    }
}

/// A part of a title is no equal of a whole one.
fn same_class(a: &Ranked, b: &Ranked) -> bool {
    a.tier != Tier::Exact || (a.quality > PART_OF_TITLE) == (b.quality > PART_OF_TITLE)
}

fn newest(equals: &[&Ranked]) -> Decision {
    let first = equals.iter().map(|r| r.prominence).max();
    let is_clear = equals.iter().filter(|r| Some(r.prominence) == first).count() == 1
        || equals.iter().filter(|r| r.favoured).count() == 1;
    if is_clear { Decision::Answer } else { Decision::Offer }
}
