//! Several at a time: who works on what people wait for, where nothing may wait behind one that takes long.

use tokio::{sync::mpsc, task::JoinSet};

/// Works on what comes, `most` at a time, until nothing more can come and all is done.
pub async fn each<T, F>(mut waiting: mpsc::Receiver<T>, most: usize, mut work: impl FnMut(T) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut busy = JoinSet::new();
    loop {
        let next = tokio::select! {
            next = waiting.recv(), if busy.len() < most => next,
            Some(done) = busy.join_next() => {
                if let Err(error) = done {
                    tracing::error!(%error, "answering somebody ended in a panic");
                }
                continue;
            }
        };
        let Some(next) = next else { break };
        busy.spawn(work(next));
    }
    while busy.join_next().await.is_some() {}
}
