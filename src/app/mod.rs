//! The shell: builds the edges, starts the loops, stops them in order; and the subcommands.
//!
//! ```text
//! watch ─► file ─► store ◄─ deliver, extras ─► Discord
//!                    ▲  ▲
//!          events ───┘  └─── votes (one writer)
//!            └─► ask (commands, buttons)      edits, reconcile, access, keep, backup
//! ```
//! Each loop is one task; they wake each other by the bells of `House` and never share anything that
//! is not in the store. What is promised is a row before it is an await.

pub mod cli;

mod access;
mod adopt;
mod ask;
mod backup;
mod ballot;
mod complete;
mod counted;
mod crew;
mod deliver;
mod digests;
mod edits;
mod events;
mod extras;
mod file;
mod forum;
mod house;
mod keep;
mod learn;
mod ledger;
mod merge;
mod metrics;
mod noted;
mod opening;
mod pace;
mod reconcile;
mod robots;
mod sites;
mod slots;
mod spent;
mod start;
mod time;
mod vanished;
mod watch;
mod wordpress;

use crate::{
    catalogue::Catalogue,
    config::Settings,
    http::{Web, WebSettings, is_api_base, user_agent},
};
use house::House;

pub use start::{Daesa, StartError};

/// The names that are known before anything was learnt: the built-in ones and the user's own file.
fn catalogue(settings: &Settings) -> Result<Catalogue, String> {
    let mut catalogue = Catalogue::shipped();
    if let Some(path) = &settings.catalogue_extra {
        let text = std::fs::read_to_string(path).map_err(|error| format!("`catalogue.extra` ({path}): {error}"))?;
        for problem in catalogue.add_tsv(&text) {
            tracing::warn!(%problem, "an oddity of the extra catalogue");
        }
    }
    Ok(catalogue)
}

/// Whether the token may be sent to where `DISCORD_API` points.
fn api_may_be_asked(settings: &Settings) -> Result<(), String> {
    if is_api_base(&settings.api) {
        return Ok(());
    }
    Err("DISCORD_API is to be an https address, or an http one on this machine: the token is sent there".to_owned())
}

/// The client for feeds and pages, as set.
fn web(settings: &Settings) -> Result<Web, String> {
    let http = &settings.http;
    Web::new(WebSettings {
        user_agent: user_agent(&http.contact),
        connect_timeout: http.connect_timeout,
        read_timeout: http.read_timeout,
        total_timeout: http.total_timeout,
        host_interval: http.host_interval,
        allow_loopback: http.allow_loopback,
        resolve: http.resolve.clone(),
    })
    .map_err(|error| error.to_string())
}
