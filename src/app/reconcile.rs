//! After a gap in the events: tallies are compared with what Discord shows, and what differs is put right.
//!
//! One request looks at up to a hundred messages of a channel; only where the counts differ are voters
//! asked for, page by page, below everything else that leaves for Discord.
//!
//! A count is believed only of a post that rests: a vote that Discord shows already and has not told yet can make
//! two wrongs equal (one vote lost in the gap, another on its way). So posts are watched from before the look until a
//! little after it, and those of which anything was told meanwhile are looked at once more.

use super::{House, counted::Told, metrics, time::now};
use crate::{
    discord::{Class, Page, PostedMessage, ReactionCount, RestError, RestErrorKind},
    model::{ChannelId, Emoji, GuildId, MessageId, Millis, Shown, Tallied},
    store::{DirtyChannel, DirtyPost, StoreError, Voter},
    tally::{self, Difference},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// How long posts are taken for.
const LEASE: Millis = 120_000;
/// Channels that are taken at once; they are worked on one after the other.
const CHANNELS: u32 = 8;
/// A difference larger than this is taken over as Discord's count at once; who voted is asked for when nothing else is
/// left to compare …
const LARGE: u64 = 2_000;
/// … unless there are more of them than this, a hundred a request: then only their number is known.
const PAGED: u64 = 20_000;
const DAY: Millis = 86_400_000;
/// The longest sleep.
const NAP: Duration = Duration::from_secs(60);
/// How long a post has to rest after a look. Discord tells of a vote long before.
const RESTS: Duration = Duration::from_secs(2);
/// The first pause before a post that does not rest is looked at again; it doubles up to ten minutes.
const RESTLESS: Millis = 5_000;
const DOUBLINGS: u32 = 7;
/// Pause after a failure, and before Discord's count that was taken over is looked at again.
const LATER: Millis = 60_000;
/// Pause where the bot may not look: each question is a refusal, and those count towards a ban. That it may again is
/// told to [`regained`].
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

/// What the bot may see of a server has changed. Of votes in a channel that it cannot see nothing is told: those posts
/// are in doubt, and compared once they can be.
///
/// # Errors
/// [`StoreError`].
pub async fn regained(house: &House, guild: GuildId) -> Result<(), StoreError> {
    let unseen = house.servers.take_unseen(guild);
    // Mostly none, and none of them with posts.
    let hidden = match unseen.is_empty() {
        true => unseen,
        false => {
            let mut posted_in = house.store.post_channels(guild, now() - DOUBTED).await?;
            // A thread that is not known may have been opened while its channel was not seen.
            posted_in.retain(|channel| unseen.contains(channel) || house.servers.channel(*channel).is_none());
            posted_in
        }
    };
    house.store.doubt_channels(guild, Some(&hidden), DOUBTED, now()).await?;
    house.bells.reconcile.notify_one();
    Ok(())
}

/// Nothing is told of a server for a while, or was: all its posts are in doubt.
///
/// # Errors
/// [`StoreError`].
pub async fn unheard(house: &House, guild: GuildId) -> Result<(), StoreError> {
    house.store.doubt_channels(guild, None, DOUBTED, now()).await?;
    house.bells.reconcile.notify_one();
    Ok(())
}

/// Compares until the house stops.
pub async fn run(house: Arc<House>, writer: mpsc::WeakSender<Told>) {
    let mut comparing = Comparing {
        house: &house,
        writer,
        resting: VecDeque::new(),
        restless: HashMap::new(),
        large: VecDeque::new(),
    };
    while !house.is_stopping() {
        let pause = match comparing.turn().await {
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

struct Comparing<'a> {
    house: &'a House,
    writer: mpsc::WeakSender<Told>,
    /// Posts that are in step, if nothing is told of them until then.
    resting: VecDeque<(Instant, DirtyPost)>,
    /// How often something was told of a post while it was looked at.
    restless: HashMap<MessageId, u32>,
    /// Posts whose counts were taken over, and whose voters are to be asked for.
    large: VecDeque<(ChannelId, DirtyPost)>,
}

/// What became of a look at a post.
enum Looked {
    /// It is counted as Discord shows it.
    InStep,
    /// It is looked at again, or never; that is written down.
    Settled,
    /// Discord did not tell.
    Unanswered(RestError),
}

impl Comparing<'_> {
    async fn turn(&mut self) -> Result<Duration, StoreError> {
        let channels = self.house.store.claim_dirty(now(), LEASE, CHANNELS).await?;
        if channels.is_empty()
            && let Some((channel, post)) = self.large.pop_front()
        {
            self.ask_voters(channel, post).await?;
        }
        for channel in channels {
            if self.house.is_stopping() {
                return Ok(Duration::ZERO);
            }
            self.compare(channel).await?;
            self.rest().await?;
        }
        self.rest().await?;
        if !self.large.is_empty() {
            return Ok(Duration::from_millis(50));
        }
        let next = self.house.store.next_dirty_due().await?;
        let wait = next.map_or(NAP, |due| {
            Duration::from_millis(u64::try_from(due - now()).unwrap_or(0))
        });
        let rested = self
            .resting
            .front()
            .map(|(at, _)| at.saturating_duration_since(Instant::now()));
        Ok(wait.min(rested.unwrap_or(NAP)).clamp(Duration::from_millis(50), NAP))
    }

    /// Compares the posts of one channel, which are watched from now on.
    async fn compare(&mut self, dirty: DirtyChannel) -> Result<(), StoreError> {
        if self.house.reads_history(dirty.channel) == Some(false) {
            return self.house.store.dirty_later(&dirty.posts, now() + CLOSED).await;
        }
        let posts: Vec<MessageId> = dirty.posts.iter().map(|post| post.message).collect();
        let Some(writer) = self.writer.upgrade() else {
            return Ok(());
        };
        if writer.send(Told::Watch(posts.clone())).await.is_err() {
            return Ok(());
        }
        drop(writer);
        let mut in_step = Vec::new();
        let result = self.look(dirty, &mut in_step).await;
        let others = posts
            .into_iter()
            .filter(|post| in_step.iter().all(|one: &DirtyPost| one.message != *post));
        self.restless_of(others.collect()).await;
        let rested = Instant::now() + RESTS;
        self.resting.extend(in_step.into_iter().map(|post| (rested, post)));
        result
    }

    /// Where posts are dense one request shows many, where they are sparse one each.
    async fn look(&mut self, dirty: DirtyChannel, in_step: &mut Vec<DirtyPost>) -> Result<(), StoreError> {
        let house = self.house;
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
            let latest = house.rest.messages(Class::Tally, dirty.channel, Page::Latest, 100);
            match latest.await {
                Ok(messages) => shown.extend(messages.into_iter().map(|message| (message.id, message))),
                Err(error) => return put_off(house, &dirty.posts, dirty.channel, error).await,
            }
        }
        // At once, while what was shown is fresh: to put one post right takes its time, and live votes go on.
        let mut open = Vec::new();
        for post in dirty.posts {
            match shown.remove(&post.message) {
                Some(message) if agrees(house, &message).await? => in_step.push(post),
                message => open.push((post, message)),
            }
        }
        metrics::compared(true, in_step.len());
        let mut open = open.into_iter();
        while let Some((post, message)) = open.next() {
            if house.is_stopping() {
                return Ok(());
            }
            match self.look_at(dirty.channel, post, message).await? {
                Looked::InStep => in_step.push(post),
                Looked::Settled => {}
                // What this one met the others would meet: they are put off with it, in one write.
                Looked::Unanswered(error) => {
                    let posts: Vec<DirtyPost> = std::iter::once(post).chain(open.map(|(post, _)| post)).collect();
                    return put_off(house, &posts, dirty.channel, error).await;
                }
            }
        }
        Ok(())
    }

    /// One post, as it was shown with others or as it is asked for alone.
    async fn look_at(
        &mut self,
        channel: ChannelId,
        post: DirtyPost,
        shown: Option<PostedMessage>,
    ) -> Result<Looked, StoreError> {
        let house = self.house;
        let message = match shown {
            Some(message) => message,
            None => match house.rest.message(Class::Tally, channel, post.message).await {
                Ok(message) => message,
                // Deleted while nobody looked: its tally stays as it stands.
                Err(error) if error.kind == RestErrorKind::NotFound => {
                    house.store.clean(post).await?;
                    return Ok(Looked::Settled);
                }
                Err(error) => return Ok(Looked::Unanswered(error)),
            },
        };
        if agrees(house, &message).await? {
            metrics::compared(true, 1);
            return Ok(Looked::InStep);
        }
        let Some(result) = self.held(post.message, snapshot(house, channel, post)).await else {
            return Ok(Looked::Settled);
        };
        match result? {
            Ok(known) => {
                metrics::compared(false, 1);
                tracing::info!(message = post.message.0, "a tally was put right");
                if known == Known::Voters {
                    return Ok(Looked::InStep);
                }
                if known == Known::Counts {
                    self.large.push_back((channel, post));
                }
                house.store.dirty_later(&[post], now() + LATER).await?;
                Ok(Looked::Settled)
            }
            Err(error) => Ok(Looked::Unanswered(error)),
        }
    }

    /// Who voted, where only the counts were taken over.
    async fn ask_voters(&self, channel: ChannelId, post: DirtyPost) -> Result<(), StoreError> {
        let asked = missing_voters(self.house, channel, post);
        let Some(result) = self.held(post.message, asked).await else {
            return Ok(());
        };
        match result? {
            Ok(()) => tracing::info!(message = post.message.0, "the voters of a post are known again"),
            Err(error) => tracing::warn!(message = post.message.0, %error, "the voters of a post stay unknown"),
        }
        Ok(())
    }

    /// Does something while what is told of a post waits. None: nobody writes votes any more.
    async fn held<T>(&self, post: MessageId, work: impl Future<Output = T>) -> Option<T> {
        let writer = self.writer.upgrade()?;
        let (bell, rung) = oneshot::channel();
        if writer.send(Told::Hold(post, bell)).await.is_err() || rung.await.is_err() {
            return None;
        }
        let done = work.await;
        // Whatever came of it, what waited is applied now.
        drop(writer.send(Told::Release(post)).await);
        Some(done)
    }

    /// Posts that have rested after their look are in step again; the others are looked at once more.
    async fn rest(&mut self) -> Result<(), StoreError> {
        let rested = self.resting.partition_point(|(at, _)| *at <= Instant::now());
        let posts: Vec<DirtyPost> = self.resting.drain(..rested).map(|(_, post)| post).collect();
        let restless = self.restless_of(posts.iter().map(|post| post.message).collect()).await;
        for post in posts {
            if !restless.contains(&post.message) {
                self.restless.remove(&post.message);
                self.house.store.clean(post).await?;
                continue;
            }
            let times = self.restless.entry(post.message).or_default();
            let pause = RESTLESS << (*times).min(DOUBLINGS);
            *times += 1;
            self.house.store.dirty_later(&[post], now() + pause).await?;
        }
        Ok(())
    }

    /// Ends the watch over these posts; gives those of which something was told.
    async fn restless_of(&self, posts: Vec<MessageId>) -> Vec<MessageId> {
        if posts.is_empty() {
            return posts;
        }
        let (bell, rung) = oneshot::channel();
        if let Some(writer) = self.writer.upgrade() {
            drop(writer.send(Told::Restless(posts.clone(), bell)).await);
        }
        // Without a writer nothing is known: they stay as they are.
        rung.await.unwrap_or(posts)
    }
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

/// What of a post is as Discord has it after a snapshot.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// Who voted.
    Voters,
    /// Of some only the count: a vote told meanwhile may be in it twice, so that the post is to be looked at once more.
    /// Their voters can be asked for.
    Counts,
    /// The same, and who voted on an old post is kept no longer.
    OldCounts,
}

/// Counts and voters as Discord has them now. The inner error is Discord's.
async fn snapshot(house: &House, channel: ChannelId, post: DirtyPost) -> Result<Result<Known, RestError>, StoreError> {
    let message = match house.rest.message(Class::Tally, channel, post.message).await {
        Ok(message) => message,
        Err(error) => return Ok(Err(error)),
    };
    let counted = house.store.tally(post.message).await?;
    // Who voted on an old post is not to come back by this door.
    let old = now() - post.message.created() >= i64::from(house.settings.keep.voters) * DAY;
    let mut known = Known::Voters;
    for Difference {
        emoji,
        burst,
        shown,
        counted,
        ..
    } in differences(&counted, &message.reactions)
    {
        if old || shown.abs_diff(counted) > LARGE {
            house.store.set_count(post.message, &emoji, burst, shown).await?;
            known = if old { Known::OldCounts } else { Known::Counts };
            continue;
        }
        match voters(house, channel, &message, &emoji, burst).await {
            Ok(voters) => house.store.replace_voters(post.message, &emoji, burst, &voters).await?,
            Err(error) => return Ok(Err(error)),
        };
    }
    Ok(Ok(known))
}

/// Asks for the voters of emojis of which only a count is known, as long as they are not too many. The inner error is
/// Discord's.
async fn missing_voters(
    house: &House,
    channel: ChannelId,
    post: DirtyPost,
) -> Result<Result<(), RestError>, StoreError> {
    let message = match house.rest.message(Class::Tally, channel, post.message).await {
        Ok(message) => message,
        Err(error) => return Ok(Err(error)),
    };
    for Tallied {
        emoji,
        way,
        base,
        votes,
        ..
    } in house.store.tally(post.message).await?
    {
        let Some(burst) = way.burst() else { continue };
        if base == 0 || votes > PAGED {
            continue;
        }
        match voters(house, channel, &message, &emoji, burst).await {
            Ok(voters) => house.store.replace_voters(post.message, &emoji, burst, &voters).await?,
            Err(error) => return Ok(Err(error)),
        };
    }
    Ok(Ok(()))
}

/// Everybody whom Discord lists under an emoji of a message, without the bot. It may show one emoji in two ways, with
/// and without a variation selector.
async fn voters(
    house: &House,
    channel: ChannelId,
    message: &PostedMessage,
    emoji: &Emoji,
    burst: bool,
) -> Result<Vec<Voter>, RestError> {
    let mut all = Vec::new();
    for reaction in message.reactions.iter().filter(|reaction| reaction.emoji == *emoji) {
        let mut after = None;
        loop {
            let asked = house.rest.voters(channel, message.id, &reaction.name, burst, after);
            let page = asked.await?;
            let full = page.len() == 100;
            let last = page.last().map(|(user, _)| *user);
            let others = page.into_iter().filter(|(user, _)| *user != house.bot());
            all.extend(others.map(|(user, bot)| Voter { user, bot }));
            if !full || last == after {
                break;
            }
            after = last;
        }
    }
    Ok(all)
}
