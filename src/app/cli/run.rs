//! `daesa run`, `daesa retry` and `daesa backup`.

use super::Ended;
use crate::{
    app::{Daesa, backup, time::now},
    config::Settings,
    model::DeliveryId,
    store::{Store, StoreError},
};
use std::{path::Path, process};
use tokio::signal::unix::{SignalKind, signal};

/// Runs the bot until a signal or a final word of Discord's.
pub async fn run(settings: Settings) -> Ended {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return Ended::badly(1, "signals cannot be listened to");
    };
    let stopped = async {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    };
    let mut daesa = match Daesa::start(settings, stopped).await {
        Ok(Some(daesa)) => daesa,
        Ok(None) => return Ended::Well,
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

/// Makes deliveries due again that are held or were given up; none named: all of them. The next start posts them, each
/// after a look whether it is in its channel already.
pub async fn retry(settings: &Settings, deliveries: &[i64]) -> Ended {
    let revived = async {
        // Opening would make a store where there is none.
        Store::look(&settings.database).await?.close().await?;
        let store = Store::open(&settings.database, now()).await?;
        let mut revived = 0;
        if deliveries.is_empty() {
            revived = store.revive_all(None, now()).await?;
        }
        for delivery in deliveries {
            revived += u64::from(store.revive(DeliveryId(*delivery), now()).await?);
        }
        store.close().await?;
        Ok::<u64, StoreError>(revived)
    };
    match revived.await {
        Ok(0) => Ended::badly(
            1,
            "nothing of that is held or was given up: `daesa check` lists what is",
        ),
        Ok(revived) => {
            eprintln!("daesa: {revived} are tried again when the bot starts");
            Ended::Well
        }
        Err(error @ StoreError::InUse { .. }) => Ended::badly(
            2,
            format!("{error}; while it runs, the button of /check tries them again"),
        ),
        Err(error) => Ended::badly(2, error.to_string()),
    }
}

/// Writes a consistent copy, also beside a running bot: to the file, or to a new one of those that are kept.
pub async fn backup(settings: &Settings, file: Option<&Path>) -> Ended {
    let copied = async {
        let store = Store::look(&settings.database).await?;
        match (file, backup::folder(settings, &store)) {
            (Some(file), _) => store.backup(file, now()).await.map(|()| Some(file.to_owned())),
            (None, Some(folder)) => {
                let copy = backup::make(&store, &folder, settings.backup.keep, now()).await;
                copy.map(Some)
            }
            (None, None) => Ok(None),
        }
    };
    match copied.await {
        Ok(Some(copy)) => {
            eprintln!("daesa: the store is copied to {}", copy.display());
            Ended::Well
        }
        Ok(None) => Ended::badly(2, "`[backup] folder` is empty: say which file is to be written"),
        Err(error) => Ended::badly(1, error.to_string()),
    }
}
