//! What an earlier life of the bot used of Discord's limits. A process that was killed tells nobody how many messages it
//! had just sent to a channel, and the next one would learn it by a refusal, which counts towards a ban. So what Discord
//! allows is remembered, and what was sent lately is in the outbox.

use super::{House, time::now};
use crate::{discord::Allowance, model::Millis, store::StoreError};
use std::time::Duration;

/// Key of what is allowed: how many messages, and in how many milliseconds.
const KEY: &str = "messages allowed";
/// The longest time that is believed.
const LONGEST: Millis = 60_000;
/// What Discord says of it differs by some milliseconds each time.
const STEP: Millis = 100;

/// Tells the pace what was sent before this process began. What was allowed then.
///
/// # Errors
/// [`StoreError`].
pub async fn recall(house: &House) -> Result<Option<Allowance>, StoreError> {
    let Some(allowed) = house.store.meta(KEY).await?.as_deref().and_then(read) else {
        return Ok(None);
    };
    let window = Millis::try_from(allowed.window.as_millis()).unwrap_or(LONGEST);
    for sent in house.store.sent_since(now() - window).await? {
        let ago = Duration::from_millis(u64::try_from(now() - sent.last).unwrap_or(0));
        house
            .rest
            .messages_sent_before(sent.channel, sent.attempts, ago, allowed);
    }
    Ok(Some(allowed))
}

/// Remembers what Discord allows, when that is news.
pub async fn remember(house: &House, known: &mut Option<Allowance>) {
    let Some(told) = house.rest.messages_allowed().map(rounded) else {
        return;
    };
    let is_news = known.is_none_or(|known| known.requests != told.requests || known.window < told.window);
    if !is_news {
        return;
    }
    let text = format!("{} {}", told.requests, told.window.as_millis());
    match house.store.set_meta(KEY, Some(&text)).await {
        Ok(()) => *known = Some(told),
        // It is told again with the next message.
        Err(error) => house.store_is(error.refuses_writes()),
    }
}

fn rounded(allowed: Allowance) -> Allowance {
    let window = Millis::try_from(allowed.window.as_millis()).unwrap_or(LONGEST);
    let window = ((window.saturating_add(STEP - 1)) / STEP * STEP).min(LONGEST);
    Allowance {
        window: Duration::from_millis(window.unsigned_abs()),
        ..allowed
    }
}

fn read(text: &str) -> Option<Allowance> {
    let (requests, window) = text.split_once(' ')?;
    let window: Millis = window.parse().ok()?;
    Some(Allowance {
        requests: requests.parse().ok()?,
        window: Duration::from_millis(window.clamp(0, LONGEST).unsigned_abs()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_is_read_as_it_was_written() {
        let allowed = |requests, millis| Allowance {
            requests,
            window: Duration::from_millis(millis),
        };
        assert_eq!(rounded(allowed(5, 4_987)), allowed(5, 5_000));
        assert_eq!(rounded(allowed(5, 5_000)), allowed(5, 5_000));
        assert_eq!(rounded(allowed(5, u64::MAX)), allowed(5, 60_000));
        assert_eq!(read("5 5000"), Some(allowed(5, 5_000)));
        for odd in ["", "5", "5 x", "x 5", "-1 5"] {
            assert_eq!(read(odd), None, "{odd}");
        }
        assert_eq!(read("5 -7"), Some(allowed(5, 0)));
    }
}
