//! `daesa check`: is everything in order, and what is to be done where it is not.

use super::Ended;
use crate::{
    app::{
        api_may_be_asked,
        start::invite,
        time::{iso, now},
    },
    config::Settings,
    discord::{Rest, RestErrorKind, RestSettings},
    http,
    model::{DeliveryState, Millis},
    store::{Store, StoreError},
};
use clap::Args;
use std::{
    io::{IsTerminal, Write},
    time::Duration,
};

/// A heartbeat older than this means that the bot hangs or is gone.
const SILENCE: Millis = 60_000;
/// A feed that was not read for this long deserves a look.
const STALE: Millis = 6 * 3_600_000;
/// Posts that are stuck and listed one by one, newest first.
const STUCK: u32 = 20;

/// Looks whether everything is in order: a line each, ok or what to do.
///
/// Exit status 0: all is well; 1: it works, with warnings; 2: it cannot run.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  daesa check\n  daesa check --health   # for a process manager")]
pub struct Check {
    /// Only whether the running bot is alive, by its heartbeat in the store
    #[arg(long)]
    health: bool,
}

/// How a line of the check came out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Ok,
    Warning,
    Broken,
}

/// Lines as they come, and the worst of them.
struct Report {
    colour: bool,
    worst: Mark,
}

impl Report {
    fn line(&mut self, mark: Mark, what: &str, text: &str) {
        let (word, code) = match mark {
            Mark::Ok => ("ok", "32"),
            Mark::Warning => ("look", "33"),
            Mark::Broken => ("broken", "31"),
        };
        self.worst = self.worst.max(mark);
        let word = if self.colour {
            format!("\x1b[{code}m{word:<6}\x1b[0m")
        } else {
            format!("{word:<6}")
        };
        // Whoever closed the pipe has seen enough.
        let _ = writeln!(std::io::stdout(), "{word} {what:<9} {text}");
    }
}

impl Check {
    pub(super) async fn run(&self, settings: &Settings) -> Ended {
        if self.health {
            return health(settings).await;
        }
        let mut report = Report {
            colour: std::io::stdout().is_terminal(),
            worst: Mark::Ok,
        };
        // Settings with a mistake do not get this far: the program says all of them and ends.
        report.line(
            Mark::Ok,
            "settings",
            &format!("{} outlets, zone {}", settings.outlets.len(), settings.zone),
        );
        discord(settings, &mut report).await;
        if let Err(error) = store(settings, &mut report).await {
            let mark = if matches!(error, StoreError::Missing { .. }) {
                Mark::Warning
            } else {
                Mark::Broken
            };
            report.line(mark, "store", &error.to_string());
        }
        match report.worst {
            Mark::Ok => Ended::Well,
            Mark::Warning => Ended::badly(1, ""),
            Mark::Broken => Ended::badly(2, ""),
        }
    }
}

async fn health(settings: &Settings) -> Ended {
    let beat = async { Store::look(&settings.database).await?.heartbeat().await };
    match beat.await {
        Ok(Some((at, state))) if now() - at <= SILENCE && state == "ok" => Ended::Well,
        Ok(Some((at, _))) if now() - at > SILENCE => {
            Ended::badly(1, format!("no heartbeat since {}", iso(at).unwrap_or_default()))
        }
        Ok(Some((_, state))) => Ended::badly(1, state),
        Ok(None) => Ended::badly(1, "the bot has not run on this store yet"),
        Err(error) => Ended::badly(2, error.to_string()),
    }
}

async fn discord(settings: &Settings, report: &mut Report) {
    let Some(token) = &settings.token else {
        return report.line(Mark::Broken, "token", &crate::app::StartError::NoToken.to_string());
    };
    if let Err(problem) = api_may_be_asked(settings) {
        return report.line(Mark::Broken, "Discord", &problem);
    }
    let client = match http::api(Duration::from_secs(10)) {
        Ok(client) => client,
        Err(error) => return report.line(Mark::Broken, "network", &error.to_string()),
    };
    let rest = Rest::new(client, &RestSettings::new(token.reveal(), &settings.api));
    match rest.application().await {
        Ok(application) => {
            report.line(Mark::Ok, "token", &format!("{} ({})", application.name, application.id));
            if application.message_content {
                report.line(Mark::Ok, "intents", "`!` commands can be read");
            } else {
                let what = "Message Content is off: `!` commands cannot be read, `/` and mention work. To change it: \
                            developer portal → Bot → Privileged Gateway Intents";
                report.line(Mark::Warning, "intents", what);
            }
            report.line(Mark::Ok, "invite", &invite(application.id, false));
        }
        Err(error) if error.kind == RestErrorKind::Unauthorized => {
            report.line(Mark::Broken, "token", &crate::app::StartError::Token.to_string());
        }
        Err(error) => report.line(Mark::Broken, "Discord", &error.to_string()),
    }
}

async fn store(settings: &Settings, report: &mut Report) -> Result<(), StoreError> {
    let store = Store::look(&settings.database).await?;
    let health = store.check().await?;
    let size = health.bytes as f64 / 1_048_576.0;
    let text = format!("{} – version {}, {size:.1} MiB", store.path().display(), health.version);
    match health.problems.first() {
        None => report.line(
            Mark::Ok,
            "store",
            &format!("{text}; a file copied by hand while the bot runs is no backup"),
        ),
        Some(problem) => report.line(
            Mark::Broken,
            "store",
            &format!("{text}: {problem}; put a backup in its place"),
        ),
    }
    let at = now();
    for feed in store.feeds().await? {
        let age = feed.last_ok.map(|last| at - last);
        let seen = feed.last_ok.and_then(iso).unwrap_or_else(|| "never".to_owned());
        match (&feed.gone, &feed.error) {
            (Some(why), _) => {
                report.line(
                    Mark::Warning,
                    "feed",
                    &format!("{}: gone ({why}); take it out of the settings", feed.name),
                );
            }
            (None, Some(error)) if feed.failures > 0 => {
                report.line(
                    Mark::Warning,
                    "feed",
                    &format!("{}: {error}; last read {seen}", feed.name),
                );
            }
            _ if age.is_none_or(|age| age > STALE) => {
                report.line(Mark::Warning, "feed", &format!("{}: last read {seen}", feed.name));
            }
            _ => report.line(Mark::Ok, "feed", &format!("{}: last read {seen}", feed.name)),
        }
    }
    posts(&store, report).await
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
        report.line(Mark::Warning, "posts", &format!("{text}{what}"));
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
        report.line(Mark::Warning, "post", &text);
    }
    for blocked in store.blocked_channels().await? {
        let (channel, since) = (blocked.channel, iso(blocked.since).unwrap_or_default());
        report.line(
            Mark::Warning,
            "channel",
            &format!("{channel}: {} since {since}; give the permissions back", blocked.reason),
        );
    }
    Ok(())
}
