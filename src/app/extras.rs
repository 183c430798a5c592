//! What is done with a post once it is there: a thread is opened on it, it is published to the channel's followers.
//! Below texts in the pace; the rows of the store say what is left.

use super::{House, time::now};
use crate::{
    discord::{RestError, RestErrorKind},
    model::Millis,
    store::{Extra, ExtraKind, ExtraStep, StoreError},
    view,
};
use std::{sync::Arc, time::Duration};

/// How long one is taken for.
const LEASE: Millis = 120_000;
/// How many are taken at once; they are done one after the other.
const AT_ONCE: u32 = 16;
/// The longest sleep.
const NAP: Duration = Duration::from_secs(30);
/// The first pause after a failure; it doubles. How often it is tried.
const PAUSE: Millis = 2_000;
const TRIES: u32 = 8;
/// A story is news for a day: what could not be published by then is not.
const PUBLISHED_WITHIN: Millis = 24 * 3_600_000;
/// “A thread has already been created for this message.” “This message has already been crossposted.”
const DONE_ALREADY: [u32; 2] = [160_004, 40_033];

/// Works until the house stops.
pub async fn run(house: Arc<House>) {
    while !house.is_stopping() {
        let pause = match turn(&house).await {
            Ok(pause) => pause,
            Err(error) => {
                house.store_is(error.refuses_writes());
                tracing::error!(%error, "threads and publications wait: the store could not be asked");
                Duration::from_secs(5)
            }
        };
        tokio::select! {
            () = house.stopped() => {}
            () = house.bells.extra.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn turn(house: &House) -> Result<Duration, StoreError> {
    for extra in house.store.claim_extras(now(), LEASE, AT_ONCE).await? {
        if house.is_stopping() {
            return Ok(Duration::ZERO);
        }
        let step = tokio::select! {
            step = work(house, &extra) => step?,
            // Its lease ends with this process; to do it twice does no harm.
            () = house.stopped() => return Ok(Duration::ZERO),
        };
        if let ExtraStep::GiveUp(why) = &step {
            tracing::warn!(message = extra.message.0, kind = ?extra.kind, why, "not done with a post");
        }
        house.store.settle_extra(&extra, &step, now()).await?;
    }
    let next = house.store.next_extra_due().await?;
    let wait = next.map_or(NAP, |due| {
        Duration::from_millis(u64::try_from(due.saturating_sub(now())).unwrap_or(0))
    });
    Ok(wait.clamp(Duration::from_millis(20), NAP))
}

async fn work(house: &House, extra: &Extra) -> Result<ExtraStep, StoreError> {
    let done = match extra.kind {
        ExtraKind::Thread => {
            if house.servers.may_open_threads(extra.channel) == Some(false) {
                return Ok(ExtraStep::GiveUp("the bot may not open threads there".to_owned()));
            }
            let Some(story) = house.store.story(extra.article).await? else {
                return Ok(ExtraStep::GiveUp("the story is no longer kept".to_owned()));
            };
            let name = view::thread_name(house.servers.lang_in(extra.channel), &story);
            house.rest.open_thread(extra.channel, extra.message, &name).await
        }
        ExtraKind::Publish => {
            if now() - extra.enqueued >= PUBLISHED_WITHIN {
                return Ok(ExtraStep::GiveUp(
                    "its turn to be published did not come within a day".to_owned(),
                ));
            }
            // Asking anyway would be a 429.
            if let Some(due) = house.store.published_out(extra.channel, now()).await? {
                return Ok(ExtraStep::RetryAt {
                    due,
                    count_attempt: false,
                });
            }
            house.rest.publish(extra.channel, extra.message).await
        }
    };
    Ok(done.map_or_else(|error| after(extra, &error), |()| ExtraStep::Done))
}

fn after(extra: &Extra, error: &RestError) -> ExtraStep {
    match error.kind {
        _ if DONE_ALREADY.contains(&error.code) => ExtraStep::Done,
        RestErrorKind::RateLimited(wait) => ExtraStep::RetryAt {
            due: now() + Millis::try_from(wait.as_millis()).unwrap_or(PAUSE).max(1),
            count_attempt: false,
        },
        _ if error.is_passing() && extra.attempt < TRIES => ExtraStep::RetryAt {
            due: now() + (PAUSE << extra.attempt.min(10)),
            count_attempt: true,
        },
        _ => ExtraStep::GiveUp(error.to_string()),
    }
}
