//! What looks at feeds came to, written down: those that end at the same time in one transaction. A thousand feeds
//! would otherwise wait for the disk one after the other. What is lost with the process is looked at again when its
//! lease ends.

use super::{House, time::now};
use crate::store::{Look, Recorded};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// Looks in one transaction: the writer is not held for long.
const MOST: usize = 64;
/// Pause after the store could not be written.
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// Where looks are written down. Clones share the writer, which ends with the last of them.
#[derive(Clone)]
pub struct Ledger(mpsc::Sender<Line>);

struct Line {
    look: Look,
    done: oneshot::Sender<Recorded>,
}

impl Ledger {
    /// Starts the writer.
    pub fn open(house: Arc<House>) -> (Self, JoinHandle<()>) {
        let (sender, lines) = mpsc::channel(MOST);
        (Self(sender), tokio::spawn(write(house, lines)))
    }

    /// Writes a look down. None: it could not be; that was logged, and the feed is looked at again.
    pub async fn put(&self, look: Look) -> Option<Recorded> {
        let (done, recorded) = oneshot::channel();
        self.0.send(Line { look, done }).await.ok()?;
        recorded.await.ok()
    }
}

async fn write(house: Arc<House>, mut inbox: mpsc::Receiver<Line>) {
    let mut lines = Vec::new();
    while inbox.recv_many(&mut lines, MOST).await > 0 {
        let (looks, done): (Vec<Look>, Vec<_>) = lines.drain(..).map(|line| (line.look, line.done)).unzip();
        // Nobody waits for a look of a loop that has ended.
        for (recorded, done) in record(&house, &looks).await.into_iter().zip(done) {
            let _ = recorded.map(|recorded| done.send(recorded));
        }
    }
}

/// All of them, or each alone when one of them cannot be written.
async fn record(house: &House, looks: &[Look]) -> Vec<Option<Recorded>> {
    match together(house, looks).await {
        Some(all) => all.into_iter().map(Some).collect(),
        None if looks.len() > 1 => {
            let mut all = Vec::with_capacity(looks.len());
            for look in looks {
                let alone = together(house, std::slice::from_ref(look)).await;
                all.push(alone.and_then(|recorded| recorded.into_iter().next()));
            }
            all
        }
        None => vec![None],
    }
}

/// What was read is kept while the disk is full: to wait for the end of the lease would be minutes.
async fn together(house: &House, looks: &[Look]) -> Option<Vec<Recorded>> {
    loop {
        let first_look = house.settings.feeds.first_look;
        match house.store.record_looks(looks, first_look, now()).await {
            Ok(recorded) => return Some(recorded),
            Err(error) if error.refuses_writes() && !house.is_stopping() => {
                house.store_is(true);
                tokio::select! {
                    () = house.stopped() => {}
                    () = tokio::time::sleep(STORE_PAUSE) => {}
                }
            }
            Err(error) => {
                house.store_is(error.refuses_writes());
                let feeds: Vec<i64> = looks.iter().map(|look| look.feed.0).collect();
                tracing::error!(?feeds, %error, "looks at feeds could not be recorded");
                return None;
            }
        }
    }
}
