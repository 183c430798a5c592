//! What changed, for the page's stream. Entries only name what changed; each viewer gets it rendered as it is when it
//! is sent, so a burst of changes costs one picture.

use std::collections::VecDeque;

/// Entries that a stream can be continued over.
const KEPT: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    Message {
        channel: u64,
        id: u64,
    },
    MessageGone {
        channel: u64,
        id: u64,
        only_for: Option<u64>,
    },
    Channel(u64),
    ChannelGone {
        guild: Option<u64>,
        id: u64,
    },
    Server(u64),
    ServerGone(u64),
    User(u64),
    Commands,
    Bot,
    Interaction(u64),
    Typing {
        channel: u64,
        user: u64,
    },
}

#[derive(Default)]
pub(crate) struct Ring {
    last: u64,
    changes: VecDeque<(u64, Change)>,
}

impl Ring {
    pub(crate) fn push(&mut self, change: Change) {
        self.last += 1;
        self.changes.push_back((self.last, change));
        if self.changes.len() > KEPT {
            self.changes.pop_front();
        }
    }

    /// Number of the last change.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// The changes after a number, or nothing when they are no longer all there.
    pub(crate) fn after(&self, seq: u64) -> Option<Vec<(u64, Change)>> {
        let oldest = self.changes.front().map_or(self.last + 1, |(number, _)| *number);
        if seq > self.last || seq + 1 < oldest {
            return None;
        }
        let from = self.changes.partition_point(|(number, _)| *number <= seq);
        Some(self.changes.iter().skip(from).copied().collect())
    }
}
