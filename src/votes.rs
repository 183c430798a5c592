//! The one writer of votes: batches of what Discord told, each in one transaction, acknowledged after it.
//!
//! While a post's voters are being asked of Discord, what is told of that post waits here and is applied
//! after the snapshot: a live vote is never undone by an older list. A press of a button that failed for who pressed is
//! taken back here as well, since only who writes them in their order knows what the vote was before.
//!
//! Leaves to `app` where changes come from, and what is done with the news: acknowledging events, waking others, saying
//! that the store cannot be written.

use crate::{
    model::{MessageId, Millis, Pressing, VoteChange},
    store::{AppliedVotes, Store, StoreError},
    tally::{self, Undecided},
};
use std::{collections::HashMap, ops::ControlFlow, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// Changes that may wait. When they are full the gateway is read no further, and Discord keeps the rest.
pub const ROOM: usize = 16_384;
/// The most events of one batch (STORE.md §1: group commit). Only under load are there so many: the more there are, the
/// more of them share a page of the file, which is written once.
const BATCH: usize = 8_192;
/// What was written is summed up (`store::felt`) when so much time has passed and nothing waits; under load more seldom,
/// since a thousand votes of a story are one sum. Whoever asks for sums has the rest counted first. A part is summed up
/// at a time, and under load with pauses: answers wait here for the votes that were told before.
const COUNT_EVERY: Duration = Duration::from_secs(1);
const COUNT_AT_LEAST: Duration = Duration::from_secs(10);
const COUNT_PAUSE: Duration = Duration::from_millis(100);
/// Pause after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// What the writer is told. `M` is what an event is acknowledged with.
pub enum Told<M> {
    /// An event of the gateway changed votes, in this order.
    Changed {
        /// The changes.
        changes: Vec<VoteChange>,
        /// The event.
        mark: M,
    },
    /// What a press came to, once it was told as a change: who pressed knows that it counts, or was told that it failed.
    Answered {
        /// The press.
        press: Pressing,
        /// Whether it stands.
        stands: bool,
    },
    /// Rings when all that was told before is written.
    Pass(oneshot::Sender<()>),
    /// A snapshot of this post begins: once the sender rings, all that was told before is written.
    Hold(MessageId, oneshot::Sender<()>),
    /// The snapshot is in the store.
    Release(MessageId),
    /// From now on it is remembered whether anything is told of these posts.
    Watch(Vec<MessageId>),
    /// It no longer is. Rings with those of the posts of which something was told, or of which that is not known.
    Restless(Vec<MessageId>, oneshot::Sender<Vec<MessageId>>),
}

/// What the writer tells.
pub enum News<M> {
    /// Changes are in the store, and what they came to.
    Written {
        /// How many changes.
        changes: usize,
        /// What came of them.
        applied: AppliedVotes,
    },
    /// All of these events is in the store.
    Committed(Vec<M>),
    /// Changes could not be written. They are tried again after a second, unless the answer is to break off: then the
    /// writer ends, and they are not acknowledged.
    Failed {
        /// How many changes.
        changes: usize,
        /// Why.
        error: StoreError,
    },
}

/// What waits for the end of snapshots: by post, the changes and their events.
struct Held<M>(HashMap<MessageId, Vec<(VoteChange, M)>>);

impl<M: Copy> Held<M> {
    /// Keeps back the changes of posts whose snapshot is being taken; the others are given to `free`. How many were
    /// kept back.
    fn sift(&mut self, changes: Vec<VoteChange>, mark: M, free: &mut Vec<VoteChange>) -> usize {
        let mut kept = 0;
        for change in changes {
            match post_of(&change).and_then(|post| self.0.get_mut(&post)) {
                Some(waiting) => {
                    waiting.push((change, mark));
                    kept += 1;
                }
                None => free.push(change),
            }
        }
        kept
    }
}

/// Posts that are being compared with what Discord shows, and whether anything was told of them since that began.
#[derive(Default)]
struct Watched(HashMap<MessageId, bool>);

impl Watched {
    fn begin(&mut self, posts: &[MessageId]) {
        for post in posts {
            self.0.entry(*post).or_insert(false);
        }
    }

    fn see(&mut self, changes: &[VoteChange]) {
        if self.0.is_empty() {
            return;
        }
        for post in changes.iter().filter_map(post_of) {
            if let Some(told) = self.0.get_mut(&post) {
                *told = true;
            }
        }
    }

    fn end(&mut self, mut posts: Vec<MessageId>) -> Vec<MessageId> {
        posts.retain(|post| self.0.remove(post).unwrap_or(true));
        posts
    }
}

/// The post that a change is about; a deleted post or channel ends snapshots by itself.
fn post_of(change: &VoteChange) -> Option<MessageId> {
    match change {
        VoteChange::Add { key, .. } | VoteChange::Remove(key) => Some(key.message),
        VoteChange::ClearEmoji(message, _) | VoteChange::Clear(message) => Some(*message),
        // Snapshots are of reactions.
        VoteChange::Press(_) | VoteChange::Restore(_) | VoteChange::Deleted(_) | VoteChange::ChannelDeleted(_) => None,
    }
}

/// Writes until the senders are gone, or the news of a failure are answered with a break. `now` is the clock.
pub async fn run<M: Copy>(
    store: &Store,
    mut inbox: mpsc::Receiver<Told<M>>,
    now: impl Fn() -> Millis,
    news: impl FnMut(News<M>) -> ControlFlow<()>,
) {
    let mut writer = Writer {
        store,
        now,
        news,
        held: Held(HashMap::new()),
        watched: Watched::default(),
        undecided: Undecided::default(),
        changes: Vec::new(),
    };
    let mut batch = Vec::with_capacity(BATCH);
    // When votes were last summed up, and whether some were left then.
    let (mut counted, mut left) = (Instant::now(), false);
    loop {
        let idle = inbox.is_empty() && !inbox.is_closed();
        if !(left && idle) {
            if inbox.recv_many(&mut batch, BATCH).await == 0 {
                return;
            }
            if writer.take(&mut batch).await.is_break() {
                return;
            }
        }
        let pause = match (inbox.is_empty(), left) {
            (true, true) => Duration::ZERO,
            (false, true) => COUNT_PAUSE,
            (true, false) => COUNT_EVERY,
            (false, false) => COUNT_AT_LEAST,
        };
        if counted.elapsed() >= pause {
            left = store.count_some().await.unwrap_or_else(|error| {
                // It is left to the next time: what cannot be written is told of with the next vote.
                tracing::debug!(%error, "votes are written and not summed up");
                false
            });
            counted = Instant::now();
        }
    }
}

struct Writer<'a, M, C, N> {
    store: &'a Store,
    now: C,
    news: N,
    held: Held<M>,
    watched: Watched,
    undecided: Undecided,
    /// What is to be written next.
    changes: Vec<VoteChange>,
}

impl<M: Copy, C: Fn() -> Millis, N: FnMut(News<M>) -> ControlFlow<()>> Writer<'_, M, C, N> {
    async fn take(&mut self, batch: &mut Vec<Told<M>>) -> ControlFlow<()> {
        let mut marks = Vec::with_capacity(batch.len());
        let (mut bells, mut standing) = (Vec::new(), Vec::new());
        for told in batch.drain(..) {
            match told {
                Told::Changed { changes, mark } => {
                    self.watched.see(&changes);
                    // An event with a part that waits is acknowledged with that part.
                    if self.held.sift(changes, mark, &mut self.changes) == 0 {
                        marks.push(mark);
                    }
                }
                Told::Answered { press, stands: true } => standing.push(press),
                Told::Answered { press, stands: false } => self.take_back(&press).await?,
                Told::Pass(bell) => bells.push(bell),
                Told::Hold(message, bell) => {
                    self.held.0.entry(message).or_default();
                    bells.push(bell);
                }
                Told::Release(message) => {
                    for (change, mark) in self.held.0.remove(&message).unwrap_or_default() {
                        self.changes.push(change);
                        marks.push(mark);
                    }
                }
                Told::Watch(posts) => self.watched.begin(&posts),
                Told::Restless(posts, bell) => {
                    // Who is gone needs no answer.
                    let _ = bell.send(self.watched.end(posts));
                }
            }
        }
        self.write().await?;
        for press in standing {
            self.undecided.stands(&press);
        }
        (self.news)(News::Committed(marks))?;
        for bell in bells {
            // Who is gone needs no bell.
            let _ = bell.send(());
        }
        ControlFlow::Continue(())
    }

    /// What the vote is without a press depends on what was told before: that is written first.
    async fn take_back(&mut self, press: &Pressing) -> ControlFlow<()> {
        self.write().await?;
        let restored = self.undecided.failed(press);
        self.changes.extend(restored.map(VoteChange::Restore));
        ControlFlow::Continue(())
    }

    /// Votes are never dropped: while the disk is full they wait here, then in the channel, then at Discord.
    async fn write(&mut self) -> ControlFlow<()> {
        if self.changes.is_empty() {
            return ControlFlow::Continue(());
        }
        let batches = tally::coalesce(&self.changes);
        let changes = self.changes.len();
        loop {
            match self.store.apply_votes(&batches, (self.now)()).await {
                Ok(mut applied) => {
                    self.changes.clear();
                    for heard in std::mem::take(&mut applied.heard) {
                        self.undecided.heard(heard);
                    }
                    return (self.news)(News::Written { changes, applied });
                }
                Err(error) => (self.news)(News::Failed { changes, error })?,
            }
            tokio::time::sleep(STORE_PAUSE).await;
        }
    }
}
