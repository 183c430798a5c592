//! Posts whose story changed, or was taken down, are given its present face: in place, so that their votes stay.
//!
//! Rows, like everything that is promised: an edit that a crash cut off is due again, and done twice it does no harm.

use super::{House, time::now};
use crate::{
    discord::{Class, RestError, RestErrorKind},
    model::{ArticleId, ChannelId, MessageId, Millis, Votes},
    store::{Edit, StoreError},
    view,
};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;

/// How long an edit is taken for. A restart frees them all.
const LEASE: Millis = 600_000;
/// Edits on their way at the same time; they leave below everything that people wait for.
const AT_ONCE: usize = 8;
/// The longest sleep: also how late an edit is at most when nobody rang.
const NAP: Duration = Duration::from_secs(30);
/// Pause after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(1);
/// The first pause after a failure; it doubles, up to the second.
const PAUSE: Millis = 5_000;
const LONGEST_PAUSE: Millis = 900_000;
/// Pause where the bot may not look or write: each question is a refusal, and those count towards a ban.
const CLOSED: Millis = 3_600_000;
/// After so many tries the post stays as it is; that is at least four hours of failures.
const TRIES: u32 = 24;
/// “Thread is archived.”
const ARCHIVED: u32 = 50_083;

/// Edits until the house stops.
pub async fn run(house: Arc<House>) {
    let mut busy = JoinSet::new();
    while !house.is_stopping() && !house.token_refused() {
        let pause = match begin(&house, &mut busy).await {
            Ok(pause) => pause,
            Err(error) => {
                house.store_is(error.refuses_writes());
                tracing::warn!(%error, "the store could not be asked for edits; it is asked again");
                STORE_PAUSE
            }
        };
        tokio::select! {
            () = house.stopped() => {}
            () = house.bells.edit.notified() => {}
            Some(done) = busy.join_next() => {
                if let Err(error) = done && error.is_panic() {
                    tracing::error!(%error, "an edit ended in a panic; it is tried again when its lease ends");
                }
            }
            () = tokio::time::sleep(pause) => {}
        }
    }
    // What is on its way is due again at the next start: to edit twice does no harm.
    busy.shutdown().await;
    house.stopped().await;
}

async fn begin(house: &Arc<House>, busy: &mut JoinSet<()>) -> Result<Duration, StoreError> {
    let room = u32::try_from(AT_ONCE.saturating_sub(busy.len())).unwrap_or(0);
    if room == 0 {
        return Ok(NAP);
    }
    let counts = counts(house).await?;
    let Some(due) = house.store.next_edit_due().await? else {
        return Ok(counts.unwrap_or(NAP));
    };
    if due <= now() {
        for one in house.store.claim_edits(now(), LEASE, room).await? {
            busy.spawn(edit(Arc::clone(house), one));
        }
    }
    let wait = Duration::from_millis(u64::try_from(due - now()).unwrap_or(0));
    Ok(wait.clamp(Duration::from_millis(100), NAP).min(counts.unwrap_or(NAP)))
}

/// Posts whose buttons have been behind for a while are edited, once for all the votes that came meanwhile. How long
/// the next have to be.
async fn counts(house: &House) -> Result<Option<Duration>, StoreError> {
    let after = Millis::try_from(house.settings.posts.counts_after.as_millis()).unwrap_or(Millis::MAX);
    let Some(since) = house.store.counts_behind().await? else {
        return Ok(None);
    };
    let left = since.saturating_add(after) - now();
    if left <= 0 {
        house.store.show_counts(now() - after, now()).await?;
        return Ok(None);
    }
    Ok(Some(
        Duration::from_millis(left.unsigned_abs()).clamp(Duration::from_millis(50), NAP),
    ))
}

async fn edit(house: Arc<House>, edit: Edit) {
    let again = match show(&house, &edit).await {
        Ok(Ok(())) => {
            tracing::info!(message = edit.message.0, article = edit.article.0, "a post was edited");
            None
        }
        Ok(Err(error)) => after(&house, &edit, &error).await,
        Err(error) => {
            tracing::error!(message = edit.message.0, %error, "an edit could not be prepared");
            Some(now() + PAUSE)
        }
    };
    if let Err(error) = house.store.settle_edit(&edit, again).await {
        house.store_is(error.refuses_writes());
        tracing::error!(message = edit.message.0, %error, "an edit could not be recorded; it is repeated");
    }
}

/// A post as it is to look now, and the same as plain text. None: there is nothing to show.
pub async fn face(
    house: &House,
    article: ArticleId,
    follower: ChannelId,
    (message, votes): (MessageId, Votes),
) -> Result<Option<(view::Card, view::Card)>, StoreError> {
    let Some(mut story) = house.store.story(article).await? else {
        return Ok(None);
    };
    story.quotes.truncate(house.settings.posts.quotes);
    let mut manner = house.manner(article, follower).await?;
    // Readers go on voting as they began, whatever is wanted of new posts.
    manner.votes = match (votes, manner.votes) {
        (Votes::Buttons, _) => Votes::Buttons,
        (_, Votes::Off) => Votes::Off,
        (votes, _) => votes,
    };
    let feelings = &house.settings.feelings;
    let lang = house.servers.lang_in(follower);
    let mut card = view::post(lang, &story, feelings, &manner);
    if votes == Votes::Buttons {
        card = view::with_buttons(card, feelings, &house.store.button_counts(message).await?);
    }
    Ok(Some((card, view::plain_post(lang, &story, &manner))))
}

/// Shows the story as it is now. The inner error is Discord's.
async fn show(house: &House, edit: &Edit) -> Result<Result<(), RestError>, StoreError> {
    let of = (edit.message, edit.votes);
    let Some((card, plain)) = face(house, edit.article, edit.follower, of).await? else {
        return Ok(Ok(()));
    };
    match house.rest.edit(Class::Tally, edit.channel, edit.message, &card).await {
        // As when it is posted: what Discord does not take as a card goes as plain text.
        Err(error) if error.status == 400 && error.code != ARCHIVED => {
            Ok(house.rest.edit(Class::Tally, edit.channel, edit.message, &plain).await)
        }
        result => Ok(result),
    }
}

/// When an edit that failed is tried again; none: not at all.
async fn after(house: &House, edit: &Edit, error: &RestError) -> Option<Millis> {
    let message = edit.message.0;
    if error.code == ARCHIVED
        && let Err(error) = house.rest.unarchive(edit.channel).await
    {
        tracing::debug!(message, %error, "a thread could not be opened again");
    }
    let pause = match error.kind {
        // Deleted: its story is told elsewhere, or nowhere.
        RestErrorKind::NotFound => return None,
        RestErrorKind::RateLimited(wait) => Millis::try_from(wait.as_millis()).unwrap_or(PAUSE),
        RestErrorKind::Forbidden => CLOSED,
        _ if error.is_passing() || error.code == ARCHIVED => (PAUSE << edit.attempt.min(10)).min(LONGEST_PAUSE),
        _ => {
            tracing::warn!(message, %error, "a post keeps its old face");
            return None;
        }
    };
    if edit.attempt >= TRIES {
        tracing::warn!(message, %error, "a post keeps its old face");
        return None;
    }
    Some(now() + pause)
}
