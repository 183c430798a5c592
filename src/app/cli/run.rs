//! `daesa run` and `daesa backup`.

use super::Ended;
use crate::{
    app::{Daesa, time::now},
    config::Settings,
    store::Store,
};
use std::{path::Path, process};
use tokio::signal::unix::{SignalKind, signal};

/// Runs the bot until a signal or a final word of Discord's.
pub async fn run(settings: Settings) -> Ended {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return Ended::badly(1, "signals cannot be listened to");
    };
    let started = tokio::select! {
        started = Daesa::start(settings) => started,
        _ = terminate.recv() => return Ended::Well,
        _ = interrupt.recv() => return Ended::Well,
    };
    let mut daesa = match started {
        Ok(daesa) => daesa,
        Err(error) => return Ended::badly(2, error.to_string()),
    };
    let ended = tokio::select! {
        line = daesa.ended() => Some(line),
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
    };
    // Who presses Ctrl-C twice means it. What was committed is safe, and the rest is due again.
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        process::exit(130);
    });
    daesa.stop(ended.is_none()).await;
    match ended {
        None => Ended::Well,
        Some(line) => Ended::badly(2, line),
    }
}

/// Writes a consistent copy, also beside a running bot.
pub async fn backup(settings: &Settings, file: &Path) -> Ended {
    let copied = async {
        let store = Store::look(&settings.database).await?;
        store.backup(file, now()).await
    };
    match copied.await {
        Ok(()) => {
            eprintln!("daesa: the store is copied to {}", file.display());
            Ended::Well
        }
        Err(error) => Ended::badly(1, error.to_string()),
    }
}
