//! Votes by buttons: who pressed is answered with the counts as they are then, within the three seconds that Discord
//! gives. The vote itself goes to the writer of votes before that.
//!
//! What Discord told the person is what counts, and only Discord knows that: a press may reach the bot late, or a second
//! time after a restart. So each one is counted and answered. Where Discord says that it was answered before, it stands;
//! where its three seconds were over without an answer, the person was told that it failed, and it is taken back. One
//! that had been counted by an earlier life of the bot is left as it is: it was answered then, as far as can be known.
//!
//! Nothing is answered that is not written: a person who was told that it counts can rely on it.
//!
//! An answer that changes the message costs no request more than one that does not, so whoever presses alone sees the
//! vote at once. When many press at a time, whose answer comes last is chance: then the answers change nothing, and
//! `edits` shows the counts a little later, once for all of them.

use super::{House, counted::Told, crew, edits, time::now};
use crate::{
    discord::{Mark, Pressed, ReplyTo, RestError},
    model::{Emoji, MessageId, Millis, Pressing, VoteChange, answer::Refusal},
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
    time::Instant,
};

/// Presses that wait to be answered.
pub const ROOM: usize = 1_024;
/// Presses that are answered at the same time: answers to interactions have no limit of Discord's.
const AT_ONCE: usize = 128;
/// How long an answer waits for the vote to be written: Discord, which waits for three seconds, must hear in time. Then
/// the person is left to be told that it failed.
const WRITTEN: Duration = Duration::from_millis(2_200);
/// How long a press waits for its post to be known. Both together are little more than the three seconds; whoever waited
/// for that long and was not answered was told that it failed, and it is taken back.
const KNOWN: Duration = Duration::from_millis(1_500);
/// “Unknown interaction”: its three seconds were over.
const TOO_LATE: u32 = 10_062;
/// The pause before Discord, in trouble, is asked again whether it takes the answer.
const AGAIN: Duration = Duration::from_millis(500);
/// How long it is asked: far beyond the three seconds, so that by then the person was told that it failed.
const PATIENCE: Duration = Duration::from_secs(10);
const DAY: Millis = 86_400_000;

/// Somebody pressed a button that gives a vote.
pub struct Cast {
    pub pressed: Pressed,
    /// The vote.
    pub vote: Pressing,
    /// What the press is acknowledged with.
    pub mark: Mark,
}

/// The writer of votes was told of a press.
struct Job {
    pressed: Pressed,
    vote: Pressing,
    /// Rings when the vote is written.
    written: oneshot::Receiver<()>,
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
pub fn vote(house: &House, pressed: &Pressed, emoji: &Emoji) -> Option<Pressing> {
    let offered = house
        .settings
        .feelings
        .0
        .iter()
        .any(|feeling| feeling.button() == *emoji);
    let age = now() - pressed.message.created();
    let kept = i64::from(house.settings.keep.voters) * DAY;
    (offered && age < kept).then(|| pressed.vote(emoji.clone()))
}

/// Counts and answers until nobody can press any more.
pub async fn run(house: Arc<House>, votes: mpsc::Sender<Told>, waiting: mpsc::Receiver<Cast>) {
    let (jobs, told) = mpsc::channel(ROOM);
    tokio::join!(
        tell(&house, votes.clone(), waiting, jobs),
        answer_all(Arc::clone(&house), votes, told)
    );
}

/// Tells the writer of votes of presses, in their order: of two by the same person the second undoes the first.
async fn tell(house: &House, votes: mpsc::Sender<Told>, mut waiting: mpsc::Receiver<Cast>, jobs: mpsc::Sender<Job>) {
    while let Some(Cast { pressed, vote, mark }) = waiting.recv().await {
        become_known(house, &pressed).await;
        let changes = vec![VoteChange::Press(vote.clone())];
        drop(votes.send(Told::Changed { changes, mark }).await);
        let (bell, written) = oneshot::channel();
        drop(votes.send(Told::Pass(bell)).await);
        drop(jobs.send(Job { pressed, vote, written }).await);
    }
}

/// Waits for the post if it may be one that the bot has not heard of yet: a vote under what is no post is none.
async fn become_known(house: &House, pressed: &Pressed) {
    let Some(guild) = pressed.scene.place.guild else {
        return;
    };
    // A store that cannot be read says nothing of posts to come either.
    let known = || async { !matches!(house.store.post_of(pressed.message).await, Ok(None)) };
    let _ = tokio::time::timeout(KNOWN, house.opening.wait_until(guild, known)).await;
}

async fn answer_all(house: Arc<House>, votes: mpsc::Sender<Told>, waiting: mpsc::Receiver<Job>) {
    let crowd = Arc::new(Crowd::default());
    crew::each(waiting, AT_ONCE, |job: Job| {
        let message = job.pressed.message;
        crowd.enter(message);
        let (house, crowd, votes) = (Arc::clone(&house), Arc::clone(&crowd), votes.clone());
        async move {
            let press = job.vote.clone();
            let answered = answer(&house, &crowd, job).await;
            crowd.leave(message);
            if answered == Answered::Shown
                && let Err(error) = house.store.counts_shown(message, press.at).await
            {
                tracing::debug!(message = message.0, %error, "the counts of a post are shown once more");
            }
            let stands = answered != Answered::Failed;
            // A writer that has ended takes nothing back either.
            drop(votes.send(Told::Answered { press, stands }).await);
        }
    })
    .await;
}

/// What became of an answer.
#[derive(Clone, Copy, PartialEq)]
enum Answered {
    /// The message shows the counts now.
    Shown,
    /// The person knows that the press was taken.
    Taken,
    /// The person was told that it failed.
    Failed,
}

async fn answer(house: &House, crowd: &Crowd, job: Job) -> Answered {
    let (pressed, began) = (&job.pressed, Instant::now());
    if !matches!(tokio::time::timeout(WRITTEN, job.written).await, Ok(Ok(()))) {
        tracing::debug!(
            message = pressed.message.0,
            "a vote could not be written in time; it is none"
        );
        return Answered::Failed;
    }
    let shown = face(house, pressed, crowd.is_alone(pressed.message)).await;
    let first = match shown {
        Ok(Some(Some(card))) => house.rest.update(&pressed.reply, &card).await.map(|_| Answered::Shown),
        Ok(Some(None)) => accept(house, pressed).await,
        // The button stands under what is no post, as far as is known here.
        Ok(None) => {
            let refused = crate::model::Answer::Refused(Refusal::Expired);
            let card = view::Card {
                ephemeral: true,
                ..view::answer(&refused, pressed.scene.lang, &house.settings.feelings)
            };
            house.rest.reply(&pressed.reply, &card).await.map(|_| Answered::Taken)
        }
        Err(error) => {
            tracing::warn!(message = pressed.message.0, %error, "the counts of a post could not be read");
            accept(house, pressed).await
        }
    };
    insist(house, pressed, first, began).await
}

async fn accept(house: &House, pressed: &Pressed) -> Result<Answered, RestError> {
    house.rest.accept(&pressed.reply).await.map(|()| Answered::Taken)
}

/// Asks until Discord has said whether it takes the answer: that decides whether the vote stands. An answer that it
/// refuses for what is in it is given once more with nothing in it.
async fn insist(house: &House, pressed: &Pressed, mut result: Result<Answered, RestError>, began: Instant) -> Answered {
    let mut is_bare = false;
    loop {
        let error = match result {
            Ok(answered) => return answered,
            Err(_) if has_answer(&pressed.reply) => return Answered::Taken,
            Err(error) => error,
        };
        let again = error.code != TOO_LATE && began.elapsed() < PATIENCE && (error.is_passing() || !is_bare);
        if !again {
            tracing::debug!(message = pressed.message.0, %error, "a press could not be answered; it is no vote");
            return Answered::Failed;
        }
        if error.is_passing() {
            tokio::time::sleep(AGAIN).await;
        }
        is_bare = true;
        result = accept(house, pressed).await;
    }
}

/// Whether Discord has taken a first answer, whatever became of what was to follow it.
fn has_answer(reply: &ReplyTo) -> bool {
    matches!(reply, ReplyTo::Interaction(ticket) if ticket.is_acknowledged())
}

/// The post as it is now, if it is to be shown. The outer none: there is no such post.
async fn face(house: &House, pressed: &Pressed, shown: bool) -> Result<Option<Option<view::Card>>, StoreError> {
    let Some(post) = house.store.post_of(pressed.message).await? else {
        return Ok(None);
    };
    if !shown {
        return Ok(Some(None));
    }
    let face = edits::face(house, post.article, post.follower, (post.message, post.votes)).await?;
    Ok(Some(face.map(|(card, _)| card)))
}
