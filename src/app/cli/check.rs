//! `daesa check`: is everything in order, and what is to be done where it is not.

mod channels;
mod discord;
mod feeds;
mod machine;
mod report;

use super::Ended;
use crate::{
    app::{
        start::STOPPED_STATE,
        time::{iso, now},
    },
    config::Settings,
    discord::Rest,
    model::{DeliveryState, Millis},
    store::{Store, StoreError},
};
use clap::Args;
use report::{Mark, Report};

/// A heartbeat older than this means that the bot hangs or is gone.
const SILENCE: Millis = 60_000;
/// Posts that are stuck and listed one by one, newest first.
const STUCK: u32 = 20;

/// Looks whether everything is in order: a line each, ok or what to do.
///
/// Exit status 0: all is well; 1: it works, with warnings, or waits by itself for what comes back by itself, such as a
/// Discord that is down; 2: it cannot run before somebody mends something.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  daesa check\n  daesa check --json\n  daesa check --health   # for a process manager"
)]
pub struct Check {
    /// Only whether the running bot is alive, by its heartbeat in the store
    #[arg(long)]
    health: bool,
    /// As JSON: the exit status, and each line with its mark (ok, look, broken)
    #[arg(long, conflicts_with = "health")]
    json: bool,
}

impl Check {
    /// Tells mistakes in the settings, a line each, instead of looking at anything else; not for `--health`, which says
    /// one thing only.
    pub(super) fn tells(&self, mistakes: &str) -> bool {
        if self.health {
            return false;
        }
        let mut report = Report::new(self.json);
        for mistake in mistakes.lines() {
            report.line(Mark::Broken, "settings", mistake);
        }
        report.end();
        true
    }

    pub(super) async fn run(&self, settings: &Settings) -> Ended {
        if self.health {
            return health(settings).await;
        }
        let mut report = Report::new(self.json);
        // Settings with a mistake do not get this far: `tells` has them.
        let what = format!("{} outlets, zone {}", settings.outlets.len(), settings.zone);
        report.line(Mark::Ok, "settings", &what);
        machine::contact(settings, &mut report);
        let rest = discord::look(settings, &mut report).await;
        if let Err(error) = store(settings, rest.as_ref(), &mut report).await {
            report.line(mark_of(&error), "store", &error.to_string());
        }
        match report.end() {
            0 => Ended::Well,
            code => Ended::badly(code, ""),
        }
    }
}

async fn health(settings: &Settings) -> Ended {
    let beat = async { Store::look(&settings.database).await?.heartbeat().await };
    match beat.await.map(lives) {
        Ok(Ok(_)) => Ended::Well,
        Ok(Err(why)) => Ended::badly(1, why),
        Err(error) => Ended::badly(2, error.to_string()),
    }
}

/// The age of a heartbeat in milliseconds, or why the bot is not alive and well.
fn lives(beat: Option<(Millis, String)>) -> Result<Millis, String> {
    let Some((at, state)) = beat else {
        return Err("the bot has not run on this store yet".to_owned());
    };
    let age = now() - at;
    match state.as_str() {
        STOPPED_STATE => Err(format!("{state} at {}", iso(at).unwrap_or_default())),
        _ if age > SILENCE => Err(format!("no heartbeat since {}", iso(at).unwrap_or_default())),
        "ok" => Ok(age),
        _ => Err(state),
    }
}

async fn store(settings: &Settings, rest: Option<&Rest>, report: &mut Report) -> Result<(), StoreError> {
    let store = Store::look(&settings.database).await?;
    let health = store.check().await?;
    let size = health.bytes as f64 / 1_048_576.0;
    let text = format!("{} – version {}, {size:.1} MiB", store.path().display(), health.version);
    let life = lives(store.heartbeat().await?);
    match health.problems.first() {
        Some(problem) => {
            let damaged = StoreError::Damaged(problem.clone());
            report.line(Mark::Broken, "store", &format!("{text}: {damaged}"));
        }
        // A bot that lives writes it, whoever asks here.
        None if life.is_err() && !store.may_be_written() => {
            let shut = StoreError::ReadOnly("this user may not".to_owned());
            report.line(Mark::Broken, "store", &format!("{text}: {shut}"));
        }
        None => {
            let text = format!("{text}; a file copied by hand while the bot runs is no backup");
            report.line(Mark::Ok, "store", &text);
        }
    }
    match life {
        Ok(age) => report.line(Mark::Ok, "bot", &format!("alive {} s ago", age.max(0) / 1_000)),
        Err(why) => report.line(Mark::Look, "bot", &why),
    }
    machine::room(&store, health.bytes, report);
    machine::copies(settings, &store, report);
    feeds::look(&store, report).await?;
    posts(&store, report).await?;
    match rest {
        Some(rest) => channels::look(rest, &store, report).await,
        None => Ok(()),
    }
}

/// A store that the next start makes, or brings to this version, is nothing broken.
const fn mark_of(error: &StoreError) -> Mark {
    match error {
        StoreError::Missing { .. } | StoreError::Older { .. } => Mark::Look,
        _ => Mark::Broken,
    }
}

/// How posting goes, with what is stuck and how it is tried again.
async fn posts(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    let backlog = store.backlog(None).await?;
    let reactions = store.seeds_left().await?;
    let text = format!(
        "{} wait, {} held, {} given up; {reactions} reactions to put",
        backlog.waiting, backlog.held, backlog.dead
    );
    if backlog.held + backlog.dead == 0 {
        report.line(Mark::Ok, "posts", &text);
    } else {
        let what = "; `daesa retry` (with the bot stopped) or the button of /check tries them again";
        report.line(Mark::Look, "posts", &format!("{text}{what}"));
    }
    for stuck in store.stuck(None, STUCK).await? {
        let state = if stuck.state == DeliveryState::Held {
            "held"
        } else {
            "given up"
        };
        let text = format!(
            "delivery {} (story {}) to channel {}: {state}: {}",
            stuck.delivery, stuck.article, stuck.channel, stuck.reason
        );
        report.line(Mark::Look, "post", &text);
    }
    for blocked in store.blocked_channels().await? {
        let (channel, since) = (blocked.channel, iso(blocked.since).unwrap_or_default());
        report.line(
            Mark::Look,
            "channel",
            &format!("{channel}: {} since {since}; give the permissions back", blocked.reason),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_next_start_mends_is_not_broken() {
        let (file, ours) = (18, 19);
        assert!(mark_of(&StoreError::Older { file, ours }) == Mark::Look);
        assert!(mark_of(&StoreError::Newer { file, ours }) == Mark::Broken);
    }

    #[test]
    fn who_was_stopped_or_is_silent_does_not_live() {
        let beat = |ago: Millis, state: &str| lives(Some((now() - ago, state.to_owned())));
        assert!(beat(1_000, "ok").is_ok());
        assert!(beat(1_000, STOPPED_STATE).is_err_and(|why| why.starts_with(STOPPED_STATE)));
        assert!(beat(2 * SILENCE, "ok").is_err_and(|why| why.starts_with("no heartbeat")));
        assert!(beat(1_000, "the disk is full").is_err_and(|why| why == "the disk is full"));
        assert!(lives(None).is_err());
    }
}
