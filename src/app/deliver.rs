//! The outbox: what is due is sent, and what came of it is written down. Texts before reactions.
//!
//! One delivery of a channel at a time, which keeps the order; many channels at once, which the pace of
//! `discord` holds to Discord's limits. `outbox` decides what an outcome means.

use super::{House, adopt, digests, forum, metrics, spent, time::now};
use crate::{
    discord::{Class, Page, PostedMessage, RestError, RestErrorKind},
    feed::canonical_link,
    model::{
        Delivery, Manner, Millis, Outcome, Venue, Votes,
        answer::{Cause, Story},
    },
    outbox::{self, Step},
    store::{Claim, Seed, SeedStep, Settled, StoreError},
    view,
};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;

/// How long a delivery is taken for. A lease ends only for a task that died: a restart frees them all.
const LEASE: Millis = 600_000;
/// Deliveries and reactions on their way at the same time.
const AT_ONCE: usize = 64;
/// The longest sleep: somebody may have changed the clock.
const NAP: Duration = Duration::from_secs(30);
/// Pause after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(1);
/// A post may be a little older than the store's clock says: clocks differ.
pub(super) const CLOCKS: Millis = 120_000;
/// The first pause before a channel is searched whose server has not been shown; it doubles.
const UNSEEN_PAUSE: Millis = 250;
/// How far a channel's history is read, in hundreds of messages.
const PAGES: usize = 20;
/// “Thread is locked.”
const LOCKED: u32 = 160_005;
/// Why a delivery is held that `access` looks for again once the channel can be read.
pub const UNREADABLE: &str = "it may have been posted, and the channel cannot be read";
/// Pauses of a reaction that could not be put, and how often it is tried.
const SEED_PAUSE: Millis = 5_000;
const SEED_TRIES: u32 = 6;

/// Sends until the house stops; then what is on its way is waited for.
pub async fn run(house: Arc<House>) {
    let adopting = tokio::spawn(take_in(Arc::clone(&house)));
    gather_late(&house).await;
    let mut allowed = spent::recall(&house).await.unwrap_or_else(|error| {
        tracing::debug!(%error, "what was sent lately is not known");
        None
    });
    let mut texts = JoinSet::new();
    let mut seeds = JoinSet::new();
    while !house.is_stopping() && !house.token_refused() {
        let pause = match begin(&house, &mut texts, &mut seeds).await {
            Ok(pause) => pause,
            Err(error) => {
                house.store_is(true);
                tracing::error!(%error, "the store could not be asked for deliveries: nothing is posted");
                STORE_PAUSE
            }
        };
        spent::remember(&house, &mut allowed).await;
        tokio::select! {
            () = house.stopped() => {}
            () = house.bells.deliver.notified() => {}
            () = house.bells.seed.notified() => {}
            Some(done) = texts.join_next() => report(done),
            Some(done) = seeds.join_next() => report(done),
            () = tokio::time::sleep(pause) => {}
        }
    }
    adopting.abort();
    seeds.shutdown().await;
    // Posts in flight are finished and recorded; the house gives this loop five seconds.
    while let Some(done) = texts.join_next().await {
        report(done);
    }
    // Without a token that Discord accepts the others go on answering as far as they can.
    house.stopped().await;
}

/// A store that was put back from a copy first learns what was posted since; others have nothing to learn.
async fn take_in(house: Arc<House>) {
    while let Err(error) = adopt::run(&house).await {
        tracing::error!(%error, "posts of after the backup could not be taken in: those channels wait");
        tokio::time::sleep(STORE_PAUSE).await;
    }
    house.bells.deliver.notify_one();
}

/// What was not sent before an outage is gathered before anything is sent.
async fn gather_late(house: &House) {
    while let Err(error) = house.store.mark_late(house.settings.posts.catch_up, now()).await
        && !house.is_stopping()
    {
        house.store_is(true);
        tracing::error!(%error, "the store could not be asked for what is late: nothing is posted");
        tokio::time::sleep(STORE_PAUSE).await;
    }
}

fn report(done: Result<(), tokio::task::JoinError>) {
    if let Err(error) = done
        && error.is_panic()
    {
        tracing::error!(%error, "a delivery ended in a panic; it is tried again when its lease ends");
    }
}

async fn begin(house: &Arc<House>, texts: &mut JoinSet<()>, seeds: &mut JoinSet<()>) -> Result<Duration, StoreError> {
    let room = |busy: usize| u32::try_from(AT_ONCE.saturating_sub(busy)).unwrap_or(0);
    // What was filed for very many channels and is not due in all of them yet.
    while house.store.fan_out(now()).await? {}
    let next_time = digests::gather(house).await?;
    if room(texts.len()) > 0 {
        for claim in house.store.claim(now(), LEASE, room(texts.len())).await? {
            texts.spawn(deliver(Arc::clone(house), claim));
        }
    }
    let next_text = house.store.next_delivery_due().await?;
    let text_waits = !texts.is_empty() || next_text.is_some_and(|due| due <= now());
    if !text_waits && room(seeds.len()) > 0 {
        for seed in house.store.claim_seeds(now(), LEASE, room(seeds.len())).await? {
            seeds.spawn(put_seed(Arc::clone(house), seed));
        }
    }
    let next_seed = if text_waits {
        None
    } else {
        house.store.next_seed_due().await?
    };
    // Where there is no room, one of those on their way has to end, which wakes this loop.
    let next_text = next_text.filter(|_| room(texts.len()) > 0);
    let next_seed = next_seed.filter(|_| room(seeds.len()) > 0);
    let next = next_text.into_iter().chain(next_seed).chain(next_time).min();
    let wait = next.map_or(NAP, |due| {
        Duration::from_millis(u64::try_from(due.saturating_sub(now())).unwrap_or(0))
    });
    Ok(wait.clamp(Duration::from_millis(20), NAP))
}

async fn deliver(house: Arc<House>, claim: Claim) {
    let delivery = &claim.delivery;
    let _opening = is_forum(&house, delivery).then(|| house.opening.enter(delivery.guild));
    let step = match decide(&house, delivery).await {
        Ok(Step::Unarchive { due }) => open_again(&house, delivery, due).await,
        Ok(step) => step,
        Err(error) => {
            tracing::error!(delivery = delivery.id.0, %error, "a delivery could not be prepared");
            house.store_is(error.refuses_writes());
            Step::RetryAt {
                due: now() + 5_000,
                uncertain: delivery.uncertain,
                count_attempt: true,
            }
        }
    };
    log(delivery, &step);
    if step == Step::StopSender {
        house.refuse_token();
    }
    record(&house, &claim, &step).await;
}

/// A thread is archived: it is opened for the next attempt, if the bot may. To ask for what is refused again and again
/// would count towards a ban.
async fn open_again(house: &House, delivery: &Delivery, due: Millis) -> Step {
    match house.rest.unarchive(delivery.channel).await {
        Err(error) if error.kind == RestErrorKind::Forbidden => Step::PauseChannel {
            reason: "the thread is archived, and the bot may not open it".to_owned(),
        },
        Err(error) => {
            tracing::warn!(delivery = delivery.id.0, %error, "a thread could not be opened again");
            Step::Unarchive { due }
        }
        Ok(()) => Step::Unarchive { due },
    }
}

/// Sends, unless it turns out that there is nothing to send or nowhere to send it to.
async fn decide(house: &House, delivery: &Delivery) -> Result<Step, StoreError> {
    let Some(mut story) = house.store.story(delivery.article).await? else {
        return Ok(Step::Dead(Cause::NOT_KEPT.to_owned()));
    };
    story.quotes.truncate(house.settings.posts.quotes);
    if house.may_post(delivery.channel) == Some(false) {
        // Asking anyway would be a 403, and those count towards a ban (DISCORD.md §1).
        return Ok(Step::PauseChannel {
            reason: "the bot may not post in the channel".to_owned(),
        });
    }
    if digests::is_quiet(house, delivery.channel, delivery.guild).await? {
        return Ok(Step::Wait);
    }
    let nonce = outbox::nonce(house.store.tag(), delivery.id);
    let forum = is_forum(house, delivery);
    let searched = outbox::must_scan(delivery, now()) || (forum && delivery.uncertain);
    if searched {
        let found = if forum {
            forum::scan(house, delivery, &story).await
        } else {
            scan(house, delivery, &story, &nonce).await
        };
        if let Some(step) = found {
            return Ok(step);
        }
    }
    let manner = house.manner(delivery.article, delivery.channel).await?;
    let bundled = house.store.bundled(delivery.id).await?;
    let (card, name) = if bundled.is_empty() {
        let lang = house.servers.lang(delivery.guild);
        (
            new_post(house, delivery, &story, &manner),
            view::thread_name(lang, &story),
        )
    } else {
        digests::card(house, delivery, &bundled).await?
    };
    let outcome = if forum {
        forum::post(house, delivery, (&story, &name), &card).await
    } else {
        post(house, delivery, &card, &nonce, searched).await
    };
    if matches!(outcome, Outcome::Refused { code: LOCKED, .. }) {
        house.servers.is_locked(delivery.channel);
    }
    let step = outbox::next(delivery, &outcome, now(), fastrand::f64());
    metrics::stepped(&step, story.at, delivery.enqueued, now());
    Ok(step)
}

/// Sends to a channel. If it may be there already and nobody has looked, its turn may come when Discord has forgotten
/// the nonce: then the channel is searched first after all.
async fn post(house: &House, delivery: &Delivery, card: &view::Card, nonce: &str, searched: bool) -> Outcome {
    let post = house.rest.post(Class::Post, delivery.channel, card, nonce);
    if !delivery.uncertain || searched {
        return post.await;
    }
    let left = (delivery.first_try + outbox::NONCE_WINDOW - now()).max(0);
    let late = |_| Outcome::Unknown("its turn did not come in time".to_owned());
    let left = Duration::from_millis(left.unsigned_abs());
    tokio::time::timeout(left, post).await.unwrap_or_else(late)
}

/// Whether the post is a thread of its own.
fn is_forum(house: &House, delivery: &Delivery) -> bool {
    delivery.forum || house.venue(delivery.channel) == Some(Venue::Forum)
}

/// A story as it is posted; what Discord did not take as a card goes as plain text.
fn new_post(house: &House, delivery: &Delivery, story: &Story, manner: &Manner) -> view::Card {
    let (feelings, lang) = (&house.settings.feelings, house.servers.lang(delivery.guild));
    if delivery.plain {
        return view::plain_post(lang, story, manner);
    }
    let card = view::post(lang, story, feelings, manner);
    match manner.votes {
        Votes::Buttons => view::with_buttons(card, feelings, &[]),
        Votes::Reactions | Votes::Off => card,
    }
}

/// Looks in the channel whether an earlier attempt arrived; none: it did not, and it can be sent again.
async fn scan(house: &House, delivery: &Delivery, story: &Story, nonce: &str) -> Option<Step> {
    match house.may_read_history(delivery.guild, delivery.channel).await {
        Some(true) => {}
        Some(false) => return Some(Step::Hold(UNREADABLE.to_owned())),
        // Discord has not shown the server yet, and its answer could not be trusted.
        None => {
            let due = now() + (UNSEEN_PAUSE << delivery.attempt.min(7));
            return Some(Step::RetryAt {
                due,
                uncertain: true,
                count_attempt: true,
            });
        }
    }
    let since = delivery.first_try.min(delivery.enqueued) - CLOCKS;
    let mut page = Page::Latest;
    let mut told_nonces = false;
    // Discord may write an address in another way than it was given.
    let link = story.url.as_deref().map(canonical_link);
    for _ in 0..PAGES {
        let messages = match house.rest.messages(Class::Post, delivery.channel, page, 100).await {
            Ok(messages) => messages,
            Err(error) if error.kind == RestErrorKind::Forbidden => {
                return Some(Step::Hold(UNREADABLE.to_owned()));
            }
            Err(error) => return Some(outbox::next(delivery, &not_told(error), now(), fastrand::f64())),
        };
        // An answer to somebody (`/preview`) has the same link, and is not the post.
        let own = |message: &&PostedMessage| message.author == house.bot() && !message.answers;
        told_nonces |= messages.iter().filter(own).any(|message| message.nonce.is_some());
        let same = |message: &PostedMessage| {
            message.nonce.as_deref() == Some(nonce)
                || (link.is_some() && link == message.url.as_deref().map(canonical_link))
        };
        if let Some(found) = messages.iter().filter(own).find(|message| same(message)) {
            return Some(Step::Sent(Some(found.id)));
        }
        match messages.last() {
            Some(oldest) if messages.len() == 100 && oldest.id.created() > since => page = Page::Before(oldest.id),
            // Without an address on its card and without nonces nothing can be recognised.
            _ if (link.is_none() || delivery.plain) && !told_nonces => break,
            _ => return None,
        }
    }
    Some(Step::Hold(
        "it may have been posted, and cannot be recognised in the channel".to_owned(),
    ))
}

/// The channel did not tell: then whether the post is there stays open, unless the channel itself is gone.
pub(super) fn not_told(error: RestError) -> Outcome {
    match error.kind {
        RestErrorKind::NotFound | RestErrorKind::Unauthorized => Outcome::Refused {
            status: error.status,
            code: error.code,
        },
        _ => Outcome::Unknown(error.to_string()),
    }
}

/// Writes down what is done. A store that cannot be written stops the sending, so this waits for it: to
/// forget what was posted would be to post it again.
async fn record(house: &House, claim: &Claim, step: &Step) {
    let seeds = house.seeds();
    loop {
        let after = house.after(claim.delivery.channel, is_forum(house, &claim.delivery), &seeds);
        match house.store.settle(claim, step, after, now()).await {
            Ok(settled) => {
                house.store_is(false);
                house.bells.extra.notify_one();
                if settled == Settled::Doubted {
                    house.bells.reconcile.notify_one();
                }
                if settled == Settled::NewlyBlocked {
                    let (delivery, channel) = (claim.delivery.id.0, claim.delivery.channel.0);
                    tracing::warn!(
                        delivery,
                        channel,
                        "posts for a channel wait until the bot may post there"
                    );
                }
                return;
            }
            Err(error) if error.refuses_writes() && !house.is_stopping() => {
                house.store_is(true);
                tokio::time::sleep(STORE_PAUSE).await;
            }
            Err(error) => {
                tracing::error!(delivery = claim.delivery.id.0, %error, "a delivery could not be recorded");
                return;
            }
        }
    }
}

fn log(delivery: &Delivery, step: &Step) {
    let (id, channel, attempt) = (delivery.id.0, delivery.channel.0, delivery.attempt);
    match step {
        Step::Sent(message) => {
            let message = message.map(|message| message.0);
            tracing::info!(delivery = id, channel, message, attempt, "posted");
        }
        Step::Hold(why) | Step::Dead(why) => tracing::error!(delivery = id, channel, attempt, why, "not posted"),
        Step::StopSender => {
            tracing::error!(
                delivery = id,
                "Discord does not accept the token: nothing is posted any more"
            );
        }
        Step::CancelChannel => tracing::warn!(delivery = id, channel, "the channel is gone: it follows nothing now"),
        _ => tracing::debug!(delivery = id, channel, attempt, ?step, "not posted yet"),
    }
}

async fn put_seed(house: Arc<House>, seed: Seed) {
    let step = match house.rest.react(seed.channel, seed.message, &seed.emoji).await {
        Ok(()) => SeedStep::Put,
        // 10014: Discord does not know the emoji. 30010: twenty different ones are there already.
        Err(error) if error.code == 10_014 => SeedStep::GiveUp(error.to_string()),
        Err(error) if error.is_passing() && seed.attempt < SEED_TRIES => {
            let wait = match error.kind {
                RestErrorKind::RateLimited(wait) => Millis::try_from(wait.as_millis()).unwrap_or(SEED_PAUSE),
                _ => SEED_PAUSE << seed.attempt.min(8),
            };
            let count_attempt = !matches!(error.kind, RestErrorKind::RateLimited(_));
            SeedStep::RetryAt {
                due: now() + wait,
                count_attempt,
            }
        }
        Err(error) => SeedStep::GiveUpPost(error.to_string()),
    };
    if let SeedStep::GiveUp(why) | SeedStep::GiveUpPost(why) = &step {
        tracing::warn!(message = seed.message.0, why, "a reaction was not put");
    }
    if let Err(error) = house.store.settle_seed(&seed, &step).await {
        house.store_is(error.refuses_writes());
        tracing::error!(message = seed.message.0, %error, "a reaction could not be recorded");
    }
}
