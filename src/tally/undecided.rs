//! Presses that are counted while Discord has not said yet whether the person was told of it in time.
//!
//! A press that failed for who pressed is no vote: they see “This interaction failed” and press again. What the vote is
//! without it depends on the presses of the same person before and after, so these are kept until all are decided.

use crate::model::{Emoji, Heard, MessageId, Pressing, Restored, UserId};
use std::collections::HashMap;

/// By post and person, the presses since the first that is not decided.
#[derive(Debug, Default)]
pub struct Undecided(HashMap<(MessageId, UserId), Row>);

#[derive(Debug)]
struct Row {
    /// The vote before them.
    before: Option<Emoji>,
    /// Each with whether it stands.
    presses: Vec<(Pressing, bool)>,
    /// The last that was counted, whatever became of it.
    last: u64,
}

impl Row {
    fn vote(&self) -> Option<Emoji> {
        let presses = self.presses.iter();
        presses.fold(self.before.clone(), |held, (press, _)| press.turns(held.as_ref()))
    }

    /// What stands and has nothing undecided before it is how things were before the rest.
    fn settle(&mut self) {
        let settled = self.presses.iter().take_while(|(_, stands)| *stands).count();
        for (press, _) in self.presses.drain(..settled) {
            self.before = press.turns(self.before.as_ref());
        }
    }
}

impl Undecided {
    /// A press was counted. To be told in their order.
    pub fn heard(&mut self, heard: Heard) {
        let Heard { press, before } = heard;
        let row = self.0.entry((press.message, press.user)).or_insert(Row {
            before,
            presses: Vec::new(),
            last: 0,
        });
        row.last = press.at;
        row.presses.push((press, false));
    }

    /// A press came to something: who pressed knows. One that was not counted is of no interest.
    pub fn stands(&mut self, press: &Pressing) {
        self.decide(press, |row, place| {
            if let Some((_, stands)) = row.presses.get_mut(place) {
                *stands = true;
            }
        });
    }

    /// A press failed for who pressed. What their vote is without it; none if it was not counted, or not now.
    pub fn failed(&mut self, press: &Pressing) -> Option<Restored> {
        self.decide(press, |row, place| {
            row.presses.remove(place);
            Restored {
                message: press.message,
                user: press.user,
                emoji: row.vote(),
                at: row.last,
            }
        })
    }

    fn decide<T>(&mut self, press: &Pressing, how: impl FnOnce(&mut Row, usize) -> T) -> Option<T> {
        let place = (press.message, press.user);
        let row = self.0.get_mut(&place)?;
        let at = row.presses.iter().position(|(one, _)| one.at == press.at)?;
        let done = how(row, at);
        row.settle();
        if row.presses.is_empty() {
            self.0.remove(&place);
        }
        Some(done)
    }

    /// Whether nothing is undecided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn press(at: u64, emoji: &str) -> Pressing {
        Pressing {
            message: MessageId(1),
            emoji: Emoji::unicode(emoji),
            user: UserId(5),
            at,
        }
    }

    #[test]
    fn what_was_never_counted_changes_nothing() {
        let mut undecided = Undecided::default();
        assert_eq!(undecided.failed(&press(1, "😂")), None);
        let (one, before) = (press(2, "😂"), Some(Emoji::unicode("😭")));
        undecided.heard(Heard {
            press: one.clone(),
            before,
        });
        assert_eq!(undecided.failed(&press(1, "😂")), None);
        let restored = undecided.failed(&one).map(|restored| (restored.emoji, restored.at));
        assert_eq!(restored, Some((Some(Emoji::unicode("😭")), 2)));
        assert_eq!(undecided.failed(&one), None, "told twice");
        assert!(undecided.is_empty());
    }

    proptest! {
        /// Presses that are decided in any order, some while later ones come: the vote is that of those that stand.
        #[test]
        fn the_vote_is_that_of_the_presses_that_stand(
            presses in prop::collection::vec((prop::sample::select(vec!["😂", "😭", "😮"]), any::<bool>(), 0..8_usize), 1..8),
        ) {
            let mut undecided = Undecided::default();
            let mut counted = None;
            // When each is decided: after so many more were counted.
            let mut due: Vec<(usize, Pressing, bool)> = Vec::new();
            for (number, (emoji, stands, later)) in presses.iter().enumerate() {
                let one = press(number as u64 + 1, emoji);
                undecided.heard(Heard { press: one.clone(), before: counted.clone() });
                counted = one.turns(counted.as_ref());
                let at = one.at;
                due.push((number + later, one, *stands));
                let is_last = number + 1 == presses.len();
                let (now, rest) = due.into_iter().partition(|(when, ..)| is_last || *when <= number);
                due = rest;
                let now: Vec<(usize, Pressing, bool)> = now;
                for (_, one, stands) in now {
                    if stands {
                        undecided.stands(&one);
                    } else if let Some(restored) = undecided.failed(&one) {
                        prop_assert_eq!(restored.at, at);
                        counted = restored.emoji;
                    }
                }
            }
            let standing = presses.iter().enumerate().filter(|(_, (_, stands, _))| *stands);
            let expected = standing.fold(None, |held, (number, (emoji, ..))| {
                press(number as u64 + 1, emoji).turns(held.as_ref())
            });
            prop_assert_eq!(counted, expected);
            prop_assert!(undecided.is_empty());
        }
    }
}
