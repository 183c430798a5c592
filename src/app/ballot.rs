//! Votes by buttons: who pressed is answered with the counts as they are then, within the three seconds that Discord
//! gives. The vote itself goes to the writer of votes before that.
//!
//! An answer that changes the message costs no request more than one that does not, so whoever presses alone sees the
//! vote at once. When many press at a time, whose answer comes last is chance: then the answers change nothing, and
//! `edits` shows the counts a little later, once for all of them.

use super::{House, edits, time::now};
use crate::{
    discord::Pressed,
    model::{Emoji, MessageId, Millis, VoteChange, answer::Refusal},
    store::StoreError,
    view,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};

/// Presses that wait to be answered.
pub const ROOM: usize = 1_024;
/// Presses that are answered at the same time: answers to interactions have no limit of Discord's.
const AT_ONCE: usize = 128;
/// How long an answer waits for the vote to be written; then it is given without the counts.
const WRITTEN: Duration = Duration::from_millis(1_500);
const DAY: Millis = 86_400_000;

/// Somebody pressed a button, and the writer of votes was told.
pub struct Job {
    pub pressed: Pressed,
    /// Rings when the vote is written.
    pub written: oneshot::Receiver<()>,
}

/// How many presses of a message are being answered.
#[derive(Default)]
struct Crowd(Mutex<HashMap<MessageId, usize>>);

impl Crowd {
    fn enter(&self, message: MessageId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *all.entry(message).or_default() += 1;
    }

    fn leave(&self, message: MessageId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = all.get(&message).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            all.remove(&message);
        } else {
            all.insert(message, left);
        }
    }

    fn is_alone(&self, message: MessageId) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&message) == Some(&1)
    }
}

/// Who gives a vote with a button of this emoji, if it is one that is offered and the vote can still be taken back
/// later: who voted is not known for ever.
pub fn vote(house: &House, pressed: &Pressed, emoji: &Emoji) -> Option<VoteChange> {
    let offered = house
        .settings
        .feelings
        .0
        .iter()
        .any(|feeling| feeling.button() == *emoji);
    let age = now() - pressed.message.created();
    let kept = i64::from(house.settings.keep.voters) * DAY;
    (offered && age < kept).then(|| VoteChange::Press(pressed.vote(emoji.clone())))
}

/// Answers until nobody can press any more.
pub async fn run(house: Arc<House>, mut waiting: mpsc::Receiver<Job>) {
    let crowd = Arc::new(Crowd::default());
    let mut busy = JoinSet::new();
    loop {
        let next = tokio::select! {
            next = waiting.recv(), if busy.len() < AT_ONCE => next,
            Some(done) = busy.join_next() => {
                if let Err(error) = done {
                    tracing::error!(%error, "answering a vote ended in a panic");
                }
                continue;
            }
        };
        let Some(job) = next else { break };
        let (message, press) = (job.pressed.message, job.pressed.number());
        crowd.enter(message);
        let (house, crowd) = (Arc::clone(&house), Arc::clone(&crowd));
        busy.spawn(async move {
            let shown = answer(&house, &crowd, job).await;
            crowd.leave(message);
            if shown && let Err(error) = house.store.counts_shown(message, press).await {
                tracing::debug!(message = message.0, %error, "the counts of a post are shown once more");
            }
            house.bells.edit.notify_one();
        });
    }
    while busy.join_next().await.is_some() {}
}

/// Whether the message shows the counts now.
async fn answer(house: &House, crowd: &Crowd, job: Job) -> bool {
    let pressed = &job.pressed;
    let written = matches!(tokio::time::timeout(WRITTEN, job.written).await, Ok(Ok(())));
    let shown = if written && crowd.is_alone(pressed.message) {
        face(house, pressed).await
    } else {
        Ok(Some(None))
    };
    let result = match shown {
        Ok(Some(Some(card))) => house.rest.update(&pressed.reply, &card).await.map(|_| true),
        Ok(Some(None)) => house.rest.accept(&pressed.reply).await.map(|()| false),
        // The button stands under what is no post, as far as is known here.
        Ok(None) => {
            let refused = crate::model::Answer::Refused(Refusal::Expired);
            let card = view::Card {
                ephemeral: true,
                ..view::answer(&refused, pressed.lang, &house.settings.feelings)
            };
            house.rest.reply(&pressed.reply, &card).await.map(|_| false)
        }
        Err(error) => {
            tracing::warn!(message = pressed.message.0, %error, "the counts of a post could not be read");
            house.rest.accept(&pressed.reply).await.map(|()| false)
        }
    };
    result.unwrap_or_else(|error| {
        tracing::debug!(message = pressed.message.0, %error, "a press could not be answered; its vote counts");
        false
    })
}

/// The post as it is now. The outer none: there is no such post.
async fn face(house: &House, pressed: &Pressed) -> Result<Option<Option<view::Card>>, StoreError> {
    let Some(post) = house.store.post_of(pressed.message).await? else {
        return Ok(None);
    };
    let face = edits::face(house, post.article, post.follower, (post.message, post.votes)).await?;
    Ok(Some(face.map(|(card, _)| card)))
}
