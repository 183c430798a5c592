//! After a gap in the events: tallies are compared with what Discord shows, and what differs is put right.
//!
//! One request looks at up to a hundred messages of a channel; only where the counts differ are voters
//! asked for, page by page, below everything else that leaves for Discord.

use super::{House, metrics, time::now, votes::Told};
use crate::{
    discord::{Class, Page, PostedMessage, ReactionCount, RestError, RestErrorKind},
    model::{ChannelId, GuildId, Millis, Shown, Tallied},
    store::{DirtyChannel, DirtyPost, StoreError, Voter},
    tally::{self, Difference},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::{mpsc, oneshot};

/// How long posts are taken for.
const LEASE: Millis = 120_000;
/// Channels that are taken at once; they are worked on one after the other.
const CHANNELS: u32 = 8;
/// A difference larger than this is taken over as Discord's count at once.
const LARGE: u64 = 2_000;
const DAY: Millis = 86_400_000;
/// The longest sleep.
const NAP: Duration = Duration::from_secs(60);
/// Pause after a failure, and before Discord's count that was taken over is looked at again.
const LATER: Millis = 60_000;
/// Pause where the bot may not look: each question is a refusal, and those count towards a ban.
const CLOSED: Millis = 3_600_000;

/// After a gap, the tallies of posts up to this age are compared with Discord's counts; older ones when somebody asks
/// for them.
pub const DOUBTED: Millis = 7 * DAY;
/// Old posts that one question has compared.
const ASKED: u32 = 200;

/// Somebody looks at the counts of a server since a time: old posts that nobody compared since the last gap are to be.
/// The answer is given with what is counted; the next one knows more.
pub async fn looked_at(house: &House, guild: Option<GuildId>, since: Millis) {
    match house.store.mark_old_dirty(guild, since, DOUBTED, ASKED, now()).await {
        Ok(0) => {}
        Ok(_) => house.bells.reconcile.notify_one(),
        // A store that cannot be written answers questions all the same.
        Err(error) => tracing::debug!(%error, "old tallies could not be marked for comparing"),
    }
}

/// Compares until the house stops.
pub async fn run(house: Arc<House>, writer: mpsc::WeakSender<Told>) {
    while !house.is_stopping() {
        let pause = match turn(&house, &writer).await {
            Ok(pause) => pause,
            Err(error) => {
                house.store_is(error.refuses_writes());
                tracing::error!(%error, "tallies could not be compared; they are tried again");
                Duration::from_secs(5)
            }
        };
        tokio::select! {
            () = house.stopped() => {}
            () = house.bells.reconcile.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn turn(house: &House, writer: &mpsc::WeakSender<Told>) -> Result<Duration, StoreError> {
    for channel in house.store.claim_dirty(now(), LEASE, CHANNELS).await? {
        if house.is_stopping() {
            return Ok(Duration::ZERO);
        }
        compare(house, writer, channel).await?;
    }
    let next = house.store.next_dirty_due().await?;
    let wait = next.map_or(NAP, |due| {
        Duration::from_millis(u64::try_from(due - now()).unwrap_or(0))
    });
    Ok(wait.clamp(Duration::from_millis(50), NAP))
}

/// The posts of one channel. Where they are dense one request shows many, where they are sparse one each.
async fn compare(house: &House, writer: &mpsc::WeakSender<Told>, dirty: DirtyChannel) -> Result<(), StoreError> {
    if house.reads_history(dirty.channel) == Some(false) {
        // Each question would be a refusal, and those count towards a ban.
        return house.store.dirty_later(&dirty.posts, now() + LATER).await;
    }
    for post in &dirty.posts {
        if house.store.recount_buttons(post.message, now()).await? {
            tracing::warn!(
                message = post.message.0,
                "the votes by the buttons of a post were counted anew"
            );
            house.bells.edit.notify_one();
        }
    }
    let mut shown: HashMap<_, PostedMessage> = HashMap::new();
    if dirty.posts.len() > 1 {
        match house
            .rest
            .messages(Class::Tally, dirty.channel, Page::Latest, 100)
            .await
        {
            Ok(messages) => shown.extend(messages.into_iter().map(|message| (message.id, message))),
            Err(error) => return put_off(house, &dirty.posts, dirty.channel, error).await,
        }
    }
    // At once, while what was shown is fresh: to put one post right takes its time, and live votes go on.
    let mut open = Vec::new();
    for post in dirty.posts {
        match shown.remove(&post.message) {
            Some(message) if agrees(house, &message).await? => {
                metrics::compared(true);
                house.store.clean(post).await?;
            }
            message => open.push((post, message)),
        }
    }
    let mut open = open.into_iter();
    while let Some((post, message)) = open.next() {
        if house.is_stopping() {
            return Ok(());
        }
        let message = match message {
            Some(message) => message,
            None => match house.rest.message(Class::Tally, dirty.channel, post.message).await {
                Ok(message) => message,
                // Deleted while nobody looked: its tally stays as it stands.
                Err(error) if error.kind == RestErrorKind::NotFound => {
                    house.store.clean(post).await?;
                    continue;
                }
                // What this one met the others would meet: they are put off with it, in one write.
                Err(error) => {
                    let posts: Vec<DirtyPost> = std::iter::once(post).chain(open.map(|(post, _)| post)).collect();
                    return put_off(house, &posts, dirty.channel, error).await;
                }
            },
        };
        put_right(house, writer, dirty.channel, post, message).await?;
    }
    Ok(())
}

/// Whether a post is counted as Discord shows it.
async fn agrees(house: &House, message: &PostedMessage) -> Result<bool, StoreError> {
    Ok(differences(&house.store.tally(message.id).await?, &message.reactions).is_empty())
}

async fn put_off(house: &House, posts: &[DirtyPost], channel: ChannelId, error: RestError) -> Result<(), StoreError> {
    tracing::warn!(channel = channel.0, %error, "tallies could not be compared with Discord's counts");
    let closed = matches!(error.kind, RestErrorKind::Forbidden | RestErrorKind::NotFound);
    let due = now() + if closed { CLOSED } else { LATER };
    house.store.dirty_later(posts, due).await
}

fn differences(counted: &[Tallied], reactions: &[ReactionCount]) -> Vec<Difference> {
    let shown = |reaction: &ReactionCount| Shown {
        emoji: reaction.emoji.clone(),
        normal: reaction.normal,
        burst: reaction.burst,
        me: reaction.me,
        me_burst: reaction.me_burst,
    };
    let shown: Vec<Shown> = reactions.iter().map(shown).collect();
    tally::differences(counted, &shown)
}

/// One post: equal counts are believed, what differs is asked for while live events of the post wait.
async fn put_right(
    house: &House,
    writer: &mpsc::WeakSender<Told>,
    channel: ChannelId,
    post: DirtyPost,
    message: PostedMessage,
) -> Result<(), StoreError> {
    if agrees(house, &message).await? {
        metrics::compared(true);
        return house.store.clean(post).await;
    }
    let Some(writer) = writer.upgrade() else {
        return Ok(());
    };
    let (bell, rung) = oneshot::channel();
    if writer.send(Told::Hold(post.message, bell)).await.is_err() || rung.await.is_err() {
        return Ok(());
    }
    let result = snapshot(house, channel, post).await;
    // Whatever came of it, what waited is applied now.
    drop(writer.send(Told::Release(post.message)).await);
    match result? {
        Ok(whole) => {
            metrics::compared(false);
            tracing::info!(message = post.message.0, "a tally was put right");
            if whole {
                return house.store.clean(post).await;
            }
            house.store.dirty_later(&[post], now() + LATER).await
        }
        Err(error) => put_off(house, &[post], channel, error).await,
    }
}

/// Counts and voters as Discord has them now; false: of some only the count, and a vote told meanwhile may be in it
/// twice, so that the post is to be looked at once more. The inner error is Discord's.
async fn snapshot(house: &House, channel: ChannelId, post: DirtyPost) -> Result<Result<bool, RestError>, StoreError> {
    let message = match house.rest.message(Class::Tally, channel, post.message).await {
        Ok(message) => message,
        Err(error) => return Ok(Err(error)),
    };
    let counted = house.store.tally(post.message).await?;
    // Who voted on an old post is kept no longer, and is not to come back by this door.
    let old = now() - post.message.created() >= i64::from(house.settings.keep.voters) * DAY;
    let mut whole = true;
    for difference in differences(&counted, &message.reactions) {
        let (emoji, burst) = (&difference.emoji, difference.burst);
        if old || difference.shown.abs_diff(difference.counted) > LARGE {
            house
                .store
                .set_count(post.message, emoji, burst, difference.shown)
                .await?;
            whole = false;
            continue;
        }
        let name = message
            .reactions
            .iter()
            .find(|reaction| reaction.emoji == *emoji)
            .map(|r| r.name.as_str());
        let voters = match name {
            Some(name) => match voters(house, channel, post, name, burst).await {
                Ok(voters) => voters,
                Err(error) => return Ok(Err(error)),
            },
            None => Vec::new(),
        };
        house.store.replace_voters(post.message, emoji, burst, &voters).await?;
    }
    Ok(Ok(whole))
}

async fn voters(
    house: &House,
    channel: ChannelId,
    post: DirtyPost,
    emoji: &str,
    burst: bool,
) -> Result<Vec<Voter>, RestError> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = house.rest.voters(channel, post.message, emoji, burst, after).await?;
        let full = page.len() == 100;
        let last = page.last().map(|(user, _)| *user);
        all.extend(
            page.into_iter()
                .filter(|(user, _)| *user != house.bot())
                .map(|(user, bot)| Voter { user, bot }),
        );
        if !full || last == after {
            return Ok(all);
        }
        after = last;
    }
}
