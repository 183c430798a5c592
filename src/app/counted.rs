//! What becomes of the writer's news: events are acknowledged, tallies in doubt are compared, a store that cannot be
//! written is told of. The writing itself is `crate::votes`.

use super::{House, metrics, time::now};
use crate::{
    discord::{GatewayHandle, Mark},
    votes::{self, News},
};
use std::{ops::ControlFlow, sync::Arc};
use tokio::sync::mpsc;

pub use votes::ROOM;

/// What the writer is told: events of the gateway are acknowledged by their marks.
pub type Told = votes::Told<Mark>;

/// Writes until the senders are gone, or the house stops and the store still cannot be written.
pub async fn run(house: Arc<House>, gateway: GatewayHandle, inbox: mpsc::Receiver<Told>) {
    votes::run(&house.store, inbox, now, |news| heed(&house, &gateway, news)).await;
}

fn heed(house: &House, gateway: &GatewayHandle, news: News<Mark>) -> ControlFlow<()> {
    match news {
        News::Written { changes, applied } => {
            house.store_is(false);
            let (added, removed) = (applied.added, applied.removed);
            metrics::voted(added, removed);
            tracing::debug!(changes, added, removed, "votes");
            if applied.doubted > 0 {
                house.bells.reconcile.notify_one();
            }
            if applied.behind {
                house.bells.edit.notify_one();
            }
        }
        News::Committed(marks) => marks.into_iter().for_each(|mark| gateway.committed(mark)),
        News::Failed { changes, error } if house.is_stopping() => {
            // Not acknowledged: the next start's session replays them, or its reconciliation finds them.
            tracing::error!(changes, %error, "votes were not written before the stop");
            return ControlFlow::Break(());
        }
        News::Failed { changes, error } => {
            house.store_is(error.refuses_writes());
            tracing::error!(changes, %error, "votes could not be written; they are tried again");
        }
    }
    ControlFlow::Continue(())
}
