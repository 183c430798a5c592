//! The one writer of votes: batches of what Discord told, each in one transaction, acknowledged after it.
//!
//! While a post's voters are being asked of Discord, what is told of that post waits here and is applied
//! after the snapshot: a live vote is never undone by an older list.

use super::{House, metrics, time::now};
use crate::{
    discord::{GatewayHandle, Mark},
    model::{MessageId, VoteChange},
    tally,
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::{mpsc, oneshot};

/// Changes that may wait. When they are full the gateway is read no further, and Discord keeps the rest.
pub const ROOM: usize = 4_096;
/// The most events of one batch (STORE.md §1: group commit).
const BATCH: usize = 1_024;
/// Pause after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// What the writer is told.
pub enum Told {
    /// An event of the gateway changed votes, in this order.
    Changed {
        /// The changes.
        changes: Vec<VoteChange>,
        /// The event.
        mark: Mark,
    },
    /// Rings when all that was told before is written.
    Pass(oneshot::Sender<()>),
    /// A snapshot of this post begins: once the sender rings, all that was told before is written.
    Hold(MessageId, oneshot::Sender<()>),
    /// The snapshot is in the store.
    Release(MessageId),
}

/// What waits for the end of snapshots: by post, the changes and their events.
#[derive(Default)]
struct Held(HashMap<MessageId, Vec<(VoteChange, Mark)>>);

impl Held {
    /// Keeps back the changes of posts whose snapshot is being taken; the others are given back.
    fn sift(&mut self, changes: Vec<VoteChange>, mark: Mark) -> Vec<VoteChange> {
        let mut free = Vec::with_capacity(changes.len());
        for change in changes {
            match post_of(&change).and_then(|post| self.0.get_mut(&post)) {
                Some(waiting) => waiting.push((change, mark)),
                None => free.push(change),
            }
        }
        free
    }
}

/// The post that a change is about; a deleted post or channel ends snapshots by itself.
fn post_of(change: &VoteChange) -> Option<MessageId> {
    match change {
        VoteChange::Add { key, .. } | VoteChange::Remove(key) => Some(key.message),
        VoteChange::ClearEmoji(message, _) | VoteChange::Clear(message) => Some(*message),
        // Snapshots are of reactions.
        VoteChange::Press(_) | VoteChange::Deleted(_) | VoteChange::ChannelDeleted(_) => None,
    }
}

/// Writes until the senders are gone.
pub async fn run(house: Arc<House>, gateway: GatewayHandle, mut inbox: mpsc::Receiver<Told>) {
    let mut held = Held::default();
    let mut batch = Vec::with_capacity(BATCH);
    while inbox.recv_many(&mut batch, BATCH).await > 0 {
        let mut changes = Vec::new();
        let mut marks = Vec::new();
        let mut bells = Vec::new();
        for told in batch.drain(..) {
            match told {
                Told::Changed { changes: all, mark } => {
                    let most = all.len();
                    let free = held.sift(all, mark);
                    // An event with a part that waits is acknowledged with that part.
                    if free.len() == most {
                        marks.push(mark);
                    }
                    changes.extend(free);
                }
                Told::Pass(bell) => bells.push(bell),
                Told::Hold(message, bell) => {
                    held.0.entry(message).or_default();
                    bells.push(bell);
                }
                Told::Release(message) => {
                    for (change, mark) in held.0.remove(&message).unwrap_or_default() {
                        changes.push(change);
                        marks.push(mark);
                    }
                }
            }
        }
        if !write(&house, &changes).await {
            return;
        }
        marks.into_iter().for_each(|mark| gateway.committed(mark));
        for bell in bells {
            // Who is gone needs no bell.
            let _ = bell.send(());
        }
    }
}

/// Votes are never dropped: while the disk is full they wait here, then in the channel, then at Discord.
/// False: the house stops and the store still cannot be written.
async fn write(house: &House, changes: &[VoteChange]) -> bool {
    if changes.is_empty() {
        return true;
    }
    let batches = tally::coalesce(changes);
    loop {
        match house.store.apply_votes(&batches, now()).await {
            Ok(applied) => {
                house.store_is(false);
                let (added, removed) = (applied.added, applied.removed);
                metrics::voted(added, removed);
                tracing::debug!(changes = changes.len(), added, removed, "votes");
                if applied.doubted > 0 {
                    house.bells.reconcile.notify_one();
                }
                return true;
            }
            Err(error) if house.is_stopping() => {
                // Not acknowledged: the next start's session replays them, or its reconciliation finds them.
                tracing::error!(changes = changes.len(), %error, "votes were not written before the stop");
                return false;
            }
            Err(error) => {
                house.store_is(error.refuses_writes());
                tracing::error!(changes = changes.len(), %error, "votes could not be written; they are tried again");
                tokio::time::sleep(STORE_PAUSE).await;
            }
        }
    }
}
