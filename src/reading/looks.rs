//! What the tokens of a text look like, as bits: a rule that asks for capitals, marks or ends of sentences goes from one to
//! the next, and not through all words.

use super::lexicon::SETS;
use super::lexicon::asked::{self, Asked};
use super::text::Token;

/// What all tokens look like, 64 together.
pub struct Looks(Vec<Look>);

/// Which of 64 tokens look how, a bit for each.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// They begin like names.
    pub capitals: u64,
    /// They are quotation marks.
    pub marks: u64,
    /// A sentence may end with them: signs, and `p.m.`
    pub ends: u64,
}

/// The numbers from one up to another for which something holds, in order: asked of 64 together, with a bit for each, and
/// then from one bit to the next. Where a few tokens of many are meant, no guess at a single one would be right often.
pub fn picked(first: usize, last: usize, is: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
    let (mut from, mut next, mut bits) = (first, first, 0_u64);
    std::iter::from_fn(move || {
        while bits == 0 {
            if next >= last {
                return None;
            }
            from = next;
            next = last.min(from + u64::BITS as usize);
            bits = (from..next).rev().fold(0, |bits, n| bits << 1 | u64::from(is(n)));
        }
        let number = from + bits.trailing_zeros() as usize;
        bits &= bits - 1;
        Some(number)
    })
}

impl Looks {
    /// Room for so many tokens.
    #[must_use]
    pub fn with_room(tokens: usize) -> Self {
        Self(Vec::with_capacity(tokens / 64 + 1))
    }

    /// Notes the tokens from one on, and tells of which lists their words are.
    pub fn note(&mut self, tokens: &[Token], first: usize, lists: &[Asked; SETS]) -> Asked {
        self.0.resize(tokens.len().div_ceil(64), Look::default());
        let mut asked = Asked::NONE;
        let mut number = first;
        while number < tokens.len() {
            let (place, from) = (number / 64, number % 64);
            let these = &tokens[number..tokens.len().min((place + 1) * 64)];
            let mut new = Look::default();
            let mut own = Asked::NONE;
            // From the last on: each takes its bit by pushing those behind it up.
            for token in these.iter().rev() {
                own = own.with(lists[token.class()]);
                new.capitals = new.capitals << 1 | u64::from(token.is_capital());
                new.marks = new.marks << 1 | u64::from(token.is_mark());
                new.ends = new.ends << 1 | u64::from(token.is_sign());
            }
            // Words with a point of their own are few: most tokens are not asked.
            if own.has(asked::POINTED) {
                for (at, token) in these.iter().enumerate() {
                    new.ends |= u64::from(lists[token.class()].has(asked::POINTED)) << at;
                }
            }
            asked = asked.with(own);
            let look = &mut self.0[place];
            look.capitals |= new.capitals << from;
            look.marks |= new.marks << from;
            look.ends |= new.ends << from;
            number += these.len();
        }
        asked
    }

    /// How many tokens have a look.
    #[must_use]
    pub fn count(&self, has: impl Fn(&Look) -> u64) -> usize {
        self.0.iter().map(|look| has(look).count_ones() as usize).sum()
    }

    /// The first token from one on that has a look, before another.
    #[must_use]
    #[inline]
    pub fn next(&self, from: usize, end: usize, has: impl Fn(&Look) -> u64) -> Option<usize> {
        let mut bits = has(self.0.get(from / 64)?) & (u64::MAX << (from % 64));
        let mut place = from / 64;
        while bits == 0 {
            place += 1;
            bits = has(self.0.get(place).filter(|_| place * 64 < end)?);
        }
        let token = place * 64 + bits.trailing_zeros() as usize;
        (token < end).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::picked;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn picked_are_those_that_a_filter_leaves(first in 0_usize..200, length in 0_usize..300, every in 1_usize..90) {
            let is = |n: usize| n.is_multiple_of(every) || n % 67 == 3;
            let left: Vec<usize> = (first..first + length).filter(|n| is(*n)).collect();
            prop_assert_eq!(picked(first, first + length, is).collect::<Vec<_>>(), left);
        }
    }
}
