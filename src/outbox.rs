//! What an attempt to send came to → what is done next (STORE.md §4, the fault table).
//!
//! Pure: the store keeps the rows, `app` sends. The two rules behind everything here: what may have reached
//! Discord is repeated with the same nonce while Discord surely remembers it and looked for in the channel
//! after that, and what cannot be decided is held, never guessed.

mod hours;

pub use crate::model::Step;
use crate::model::{Delivery, DeliveryId, Millis, Outcome, answer::Cause, base36};
pub use hours::Hours;

/// How long a repeated nonce surely returns the first message. Discord says “the past few minutes”.
pub const NONCE_WINDOW: Millis = 60_000;
/// A delivery that could not be sent for this long is given up. Counted from when it was enqueued, less the time
/// its channel was blocked.
pub const GIVE_UP_AFTER: Millis = 24 * 3_600_000;
/// The back-off starts here and doubles …
const BACKOFF: Millis = 2_000;
/// … up to here.
const BACKOFF_MOST: Millis = 15 * 60_000;
/// The longest wait that is believed when Discord asks for one.
const WAIT_MOST: Millis = 3_600_000;
/// The least wait before a retry, so that a broken clock or a wait of zero is no busy loop.
const WAIT_LEAST: Millis = 250;
/// The token is not accepted.
const UNAUTHORIZED: u16 = 401;

/// What is done after an attempt. `random` is from 0 to 1: the place within the back-off.
#[must_use]
pub fn next(delivery: &Delivery, outcome: &Outcome, now: Millis, random: f64) -> Step {
    let again = |uncertain: bool| {
        if now.saturating_sub(delivery.enqueued) >= GIVE_UP_AFTER {
            return too_old(delivery, uncertain, outcome);
        }
        Step::RetryAt {
            due: now + backoff(delivery.attempt, random),
            uncertain,
            count_attempt: true,
        }
    };
    match outcome {
        Outcome::Sent(message) => Step::Sent(Some(*message)),
        Outcome::Gone => Step::Sent(None),
        Outcome::RateLimited(wait) => Step::RetryAt {
            due: now + asked(*wait),
            uncertain: false,
            count_attempt: false,
        },
        Outcome::Unknown(_) => again(true),
        Outcome::NotSent(_) => again(false),
        Outcome::Refused { status, code } => refused(delivery, *status, *code, now, again),
    }
}

fn refused(delivery: &Delivery, status: u16, code: u32, now: Millis, again: impl Fn(bool) -> Step) -> Step {
    match (status, code) {
        (UNAUTHORIZED, _) => Step::StopSender,
        // Create answers “Unknown Message” when the nonce's message was deleted since.
        (_, 10_008) => Step::Sent(None),
        (_, 10_003) => Step::CancelChannel,
        (_, 50_001) => Step::PauseChannel {
            reason: "the bot cannot see the channel".to_owned(),
        },
        (_, 50_013) => Step::PauseChannel {
            reason: "the bot may not post in the channel".to_owned(),
        },
        // As long as anything is tried again.
        (_, 50_083) => match again(false) {
            Step::RetryAt { due, .. } => Step::Unarchive { due },
            given_up => given_up,
        },
        (_, 160_005) => Step::PauseChannel {
            reason: "the thread is locked".to_owned(),
        },
        // Plain text would need one as well.
        (_, 40_067) => Step::PauseChannel {
            reason: "each post of the forum needs a tag, and there is none that the bot may give".to_owned(),
        },
        // Slow mode, the write limit of a channel, an overloaded resource: waits, nothing wrong with the message.
        (_, 20_016 | 20_028 | 130_000) => Step::RetryAt {
            due: now + BACKOFF * 5,
            uncertain: false,
            count_attempt: false,
        },
        (_, 200_000 | 200_001) => Step::Dead(format!("{} ({code})", Cause::AUTO_MOD)),
        (400, _) if delivery.plain => Step::Dead(format!("{} (400, code {code})", Cause::REFUSED)),
        (400, _) => Step::Plain { due: now },
        (403, _) => Step::PauseChannel {
            reason: format!("Discord refuses posts in the channel (403, code {code})"),
        },
        (408, _) | (500.., _) => again(true),
        // A proxy on the way may not know the path for a moment: nothing was posted.
        _ => again(false),
    }
}

/// Given up, unless it may have been posted: then only a look at the channel can tell, and that was not possible.
fn too_old(delivery: &Delivery, uncertain: bool, outcome: &Outcome) -> Step {
    let last = match outcome {
        Outcome::Unknown(why) | Outcome::NotSent(why) => why.clone(),
        Outcome::Refused { status, code } => format!("status {status}, code {code}"),
        _ => String::new(),
    };
    if uncertain || delivery.uncertain {
        Step::Hold(format!("not sure whether it was posted within a day: {last}"))
    } else {
        Step::Dead(format!("{}: {last}", Cause::LATE))
    }
}

/// Full jitter: anything from nothing to the doubled wait, so that many do not come back together.
fn backoff(attempt: u32, random: f64) -> Millis {
    let most = BACKOFF.saturating_mul(1_i64 << attempt.min(20)).min(BACKOFF_MOST);
    let random = if random.is_finite() {
        random.clamp(0.0, 1.0)
    } else {
        1.0
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "at most 900,000"
    )]
    let wait = (most as f64 * random) as Millis;
    wait.max(WAIT_LEAST)
}

fn asked(wait: u64) -> Millis {
    Millis::try_from(wait).unwrap_or(WAIT_MOST).clamp(WAIT_LEAST, WAIT_MOST)
}

/// The nonce of a delivery: at most 25 characters, the same for every attempt, another one for every store.
#[must_use]
pub fn nonce(tag: &str, delivery: DeliveryId) -> String {
    let tag: String = tag
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(NONCE_TAG)
        .collect();
    format!("{tag}.{}", base36(delivery.0.cast_unsigned()))
}

/// Longest tag in a nonce; a delivery's id needs at most 13 characters.
const NONCE_TAG: usize = 11;

/// The delivery of a nonce that this store gave.
#[must_use]
pub fn delivery_of(tag: &str, nonce: &str) -> Option<DeliveryId> {
    let digits = nonce.rsplit_once('.')?.1;
    let id = u64::from_str_radix(digits, 36).ok()?.cast_signed();
    (self::nonce(tag, DeliveryId(id)) == nonce).then_some(DeliveryId(id))
}

/// Whether the channel has to be searched for the post before it is sent again: an earlier attempt may have
/// reached Discord, and Discord may have forgotten its nonce. A clock that went back tells nothing: then too.
#[must_use]
pub fn must_scan(delivery: &Delivery, now: Millis) -> bool {
    delivery.uncertain && !(0..NONCE_WINDOW).contains(&now.saturating_sub(delivery.first_try))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, ChannelId, GuildId, MessageId};
    use proptest::prelude::*;

    const NOW: Millis = 1_800_000_000_000;

    fn delivery() -> Delivery {
        Delivery {
            id: DeliveryId(7),
            channel: ChannelId(1),
            guild: GuildId(2),
            article: ArticleId(3),
            attempt: 1,
            enqueued: NOW - 1000,
            first_try: NOW - 500,
            uncertain: false,
            plain: false,
            forum: false,
        }
    }

    fn refusal(status: u16, code: u32) -> Step {
        next(&delivery(), &Outcome::Refused { status, code }, NOW, 0.5)
    }

    #[test]
    fn the_fault_table() {
        let step = |outcome| next(&delivery(), &outcome, NOW, 0.5);
        assert_eq!(step(Outcome::Sent(MessageId(9))), Step::Sent(Some(MessageId(9))));
        assert_eq!(step(Outcome::Gone), Step::Sent(None));
        let wait = Step::RetryAt {
            due: NOW + 1500,
            uncertain: false,
            count_attempt: false,
        };
        assert_eq!(step(Outcome::RateLimited(1500)), wait);
        let retry = |uncertain| Step::RetryAt {
            due: NOW + 2000,
            uncertain,
            count_attempt: true,
        };
        assert_eq!(step(Outcome::Unknown("timeout".into())), retry(true));
        assert_eq!(step(Outcome::NotSent("refused".into())), retry(false));
        assert_eq!(refusal(502, 0), retry(true));
        assert_eq!(refusal(404, 0), retry(false));
        assert_eq!(refusal(401, 0), Step::StopSender);
        assert!(matches!(refusal(403, 50_001), Step::PauseChannel { .. }));
        assert!(matches!(refusal(403, 50_013), Step::PauseChannel { .. }));
        assert!(matches!(refusal(403, 0), Step::PauseChannel { .. }));
        assert_eq!(refusal(404, 10_003), Step::CancelChannel);
        assert_eq!(refusal(404, 10_008), Step::Sent(None));
        assert_eq!(refusal(400, 50_035), Step::Plain { due: NOW });
        assert!(matches!(refusal(400, 200_000), Step::Dead(why) if why.contains("AutoMod")));
        assert_eq!(refusal(400, 50_083), Step::Unarchive { due: NOW + 2000 });
        assert!(matches!(refusal(400, 160_005), Step::PauseChannel { .. }), "not poison");
        assert!(matches!(refusal(400, 40_067), Step::PauseChannel { .. }), "not poison");
        for code in [20_016, 20_028, 130_000] {
            assert!(
                matches!(
                    refusal(400, code),
                    Step::RetryAt {
                        uncertain: false,
                        count_attempt: false,
                        ..
                    }
                ),
                "{code}"
            );
        }
    }

    #[test]
    fn a_refused_plain_text_is_given_up() {
        let plain = Delivery {
            plain: true,
            ..delivery()
        };
        let step = next(
            &plain,
            &Outcome::Refused {
                status: 400,
                code: 50_035,
            },
            NOW,
            0.5,
        );
        assert!(matches!(step, Step::Dead(why) if why.contains("50035")));
    }

    #[test]
    fn after_a_day_given_up_or_held() {
        let old = Delivery {
            enqueued: NOW - GIVE_UP_AFTER,
            ..delivery()
        };
        assert!(matches!(
            next(&old, &Outcome::NotSent("x".into()), NOW, 0.5),
            Step::Dead(_)
        ));
        assert!(matches!(
            next(&old, &Outcome::Unknown("x".into()), NOW, 0.5),
            Step::Hold(_)
        ));
        let uncertain = Delivery {
            uncertain: true,
            ..old.clone()
        };
        assert!(matches!(
            next(&uncertain, &Outcome::NotSent("x".into()), NOW, 0.5),
            Step::Hold(_)
        ));
        let archived = Outcome::Refused {
            status: 400,
            code: 50_083,
        };
        assert!(matches!(next(&old, &archived, NOW, 0.5), Step::Dead(_)));
        let wait = next(&old, &Outcome::RateLimited(10), NOW, 0.5);
        assert!(
            matches!(wait, Step::RetryAt { .. }),
            "a wait that Discord asks for is no failure"
        );
    }

    #[test]
    fn the_channel_is_searched_when_the_nonce_may_be_forgotten() {
        let at = |uncertain, ago| {
            must_scan(
                &Delivery {
                    uncertain,
                    first_try: NOW - ago,
                    ..delivery()
                },
                NOW,
            )
        };
        assert!(!at(true, 59_999));
        assert!(at(true, 60_000));
        assert!(at(true, -1), "the clock went back");
        assert!(!at(false, 3_600_000), "nothing can have been posted");
    }

    proptest! {
        #[test]
        fn nonces_are_short_and_come_back(id in 0..=i64::MAX, tag in "[0-9a-f]{8}") {
            let nonce = nonce(&tag, DeliveryId(id));
            prop_assert!(nonce.len() <= 25 && nonce.is_ascii());
            prop_assert_eq!(delivery_of(&tag, &nonce), Some(DeliveryId(id)));
            prop_assert_eq!(delivery_of("other", &nonce), None);
        }

        #[test]
        fn any_nonce_is_read_without_harm(nonce in ".{0,40}") {
            let _ = delivery_of("abcd1234", &nonce);
        }

        #[test]
        fn a_retry_lies_ahead_and_not_too_far(attempt: u32, random: f64, wait: u64) {
            let tried = Delivery { attempt, ..delivery() };
            for outcome in [Outcome::Unknown(String::new()), Outcome::RateLimited(wait)] {
                let Step::RetryAt { due, .. } = next(&tried, &outcome, NOW, random) else { panic!() };
                prop_assert!((NOW + WAIT_LEAST..=NOW + WAIT_MOST).contains(&due));
            }
        }
    }
}
