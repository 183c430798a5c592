//! A gateway session: what is kept of it over a restart, and how far its events have been dealt with.
//!
//! The number that a later RESUME gives must be that of the last event whose effect is committed,
//! never of one that was only received. Events are committed out of order (votes in batches, commands
//! one by one), so the open ones are remembered, and the number is the one before the first of them.

use crate::model::{ApplicationId, UserId};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashSet, VecDeque},
    fmt,
};

/// A session as the store keeps it, as JSON ([`Session::to_json`]).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Which shard.
    pub shard: u32,
    /// Of how many.
    pub shards: u32,
    /// Discord's name for it; as good as a password, so not in `Debug`.
    pub id: String,
    /// Where to resume it.
    pub url: String,
    /// The number of the last event whose effect is committed.
    pub seq: u64,
    /// The bot itself: a resumed session does not say it again.
    pub bot: UserId,
    /// Its application.
    pub application: ApplicationId,
    /// The intents that it was opened with.
    pub intents: u64,
}

impl Session {
    /// For the store.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A struct of numbers and strings cannot fail to serialise; were it to, there is no session to keep.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From the store; what cannot be read is no session.
    #[must_use]
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("shard", &self.shard)
            .field("shards", &self.shards)
            .field("seq", &self.seq)
            .finish_non_exhaustive()
    }
}

/// Which event: given back to say that its effect is in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mark {
    /// The shard.
    pub shard: u32,
    /// The how manieth session of this process it came in: numbers start anew with each.
    pub epoch: u32,
    /// Its number in the session.
    pub seq: u64,
}

/// How far a session's events have come.
#[derive(Debug, Default)]
pub(super) struct Progress {
    epoch: u32,
    received: u64,
    open: BTreeSet<u64>,
}

impl Progress {
    /// A new session begins, or one is taken up at `seq`.
    pub(super) fn begin(&mut self, seq: u64) -> u32 {
        self.epoch = self.epoch.wrapping_add(1);
        self.received = seq;
        self.open.clear();
        self.epoch
    }

    /// An event came. `open`: somebody has to deal with it.
    pub(super) fn received(&mut self, seq: u64, open: bool) {
        self.received = self.received.max(seq);
        if open {
            self.open.insert(seq);
        }
    }

    /// An event's effect is in the store. Marks of earlier sessions mean nothing any more.
    pub(super) fn committed(&mut self, epoch: u32, seq: u64) {
        if epoch == self.epoch {
            self.open.remove(&seq);
        }
    }

    /// The last number before which nothing is open.
    pub(super) fn safe(&self) -> u64 {
        self.open.first().map_or(self.received, |first| first.saturating_sub(1))
    }
}

/// How many numbers are remembered against events that come twice.
const RECENT: usize = 4096;

/// The numbers of the last events. Discord may send an event twice; a vote given, taken and told of again
/// would count.
#[derive(Debug, Default)]
pub(super) struct Recent {
    order: VecDeque<u64>,
    known: HashSet<u64>,
}

impl Recent {
    /// Whether the number is new; it is remembered.
    pub(super) fn is_new(&mut self, seq: u64) -> bool {
        if !self.known.insert(seq) {
            return false;
        }
        self.order.push_back(seq);
        if self.order.len() > RECENT {
            self.order.pop_front().map(|oldest| self.known.remove(&oldest));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_resumes_before_the_first_event_that_is_not_committed() {
        let mut progress = Progress::default();
        let epoch = progress.begin(0);
        progress.received(1, true);
        progress.received(2, true);
        progress.received(3, false);
        progress.received(4, true);
        assert_eq!(progress.safe(), 0);
        progress.committed(epoch, 2);
        assert_eq!(progress.safe(), 0, "2 is done, 1 is not");
        progress.committed(epoch, 1);
        assert_eq!(progress.safe(), 3, "3 was nobody's business");
        progress.committed(epoch, 4);
        progress.received(9, false);
        assert_eq!(progress.safe(), 9);
    }

    #[test]
    fn marks_of_an_earlier_session_do_not_count() {
        let mut progress = Progress::default();
        let old = progress.begin(0);
        progress.received(5, true);
        progress.begin(0);
        progress.received(5, true);
        progress.committed(old, 5);
        assert_eq!(progress.safe(), 4);
    }

    #[test]
    fn a_number_is_new_once() {
        let mut recent = Recent::default();
        assert!(recent.is_new(5));
        assert!(recent.is_new(4), "late is not twice");
        assert!(!recent.is_new(5));
        for seq in 10..10 + RECENT as u64 {
            assert!(recent.is_new(seq));
        }
        assert!(recent.is_new(5), "only so many are remembered");
        assert_eq!(recent.known.len(), RECENT);
    }

    #[test]
    fn the_session_id_is_not_shown() {
        let session = Session {
            shard: 0,
            shards: 1,
            id: "very-secret".into(),
            url: "wss://gateway.test".into(),
            seq: 7,
            bot: UserId(1),
            application: ApplicationId(2),
            intents: 0,
        };
        assert!(!format!("{session:?}").contains("very-secret"));
        assert_eq!(Session::from_json(&session.to_json()), Some(session));
        assert_eq!(Session::from_json("{}"), None);
    }
}
