//! `daesa feeds`: the operator's word on feeds that servers asked for, also while the bot runs.

use super::Ended;
use crate::{
    app::time::{iso, now},
    config::{Settings, UserFeeds},
    store::{Store, StoreError},
};
use std::io::Write;

/// Lists what waits, or decides on one.
pub async fn run(settings: &Settings, approve: Option<&str>, refuse: Option<&str>) -> Ended {
    let done = match (approve, refuse) {
        (Some(url), _) => decide(settings, url, true).await,
        (None, Some(url)) => decide(settings, url, false).await,
        (None, None) => list(settings).await,
    };
    match done {
        Ok(ended) => ended,
        Err(error) => Ended::badly(2, error.to_string()),
    }
}

async fn list(settings: &Settings) -> Result<Ended, StoreError> {
    let waiting = Store::look(&settings.database).await?.waiting_feeds().await?;
    let mut out = std::io::stdout().lock();
    for feed in &waiting {
        let at = iso(feed.at).unwrap_or_default();
        // Whoever closed the pipe has seen enough.
        let _ = writeln!(out, "{}  server {}, asked by {} at {at}", feed.url, feed.guild, feed.by);
    }
    if waiting.is_empty() {
        eprintln!("daesa: no server waits for a feed");
    }
    Ok(Ended::Well)
}

async fn decide(settings: &Settings, url: &str, approved: bool) -> Result<Ended, StoreError> {
    if approved && settings.feeds.user_feeds == UserFeeds::Off {
        return Ok(Ended::badly(
            2,
            "servers have no feeds of their own here: set `feeds.user_feeds` to \"approve\" first",
        ));
    }
    // The bot may be running on it: it finds the feed when it looks next for what is due.
    let store = Store::beside(&settings.database).await?;
    let servers = store.decide_feed(url, approved, now()).await?;
    store.close().await?;
    if servers == 0 {
        return Ok(Ended::badly(
            1,
            "no server waits for that feed: `daesa feeds` lists those that do",
        ));
    }
    let what = if approved {
        "is watched from now on"
    } else {
        "is refused"
    };
    eprintln!("daesa: it {what}, for {servers} server(s)");
    Ok(Ended::Well)
}
