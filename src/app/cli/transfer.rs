//! `daesa export` and `daesa import`: subscriptions, settings of servers, quotes and learnt names as JSON.

use super::{Ended, Problem, bytes_of};
use crate::{
    app::time::now,
    config::Settings,
    model::Transfer,
    store::{Imported, Merged, Store, StoreError},
};
use clap::Args;
use std::{
    fs::File,
    io::{BufWriter, Write, stdout},
    path::{Path, PathBuf},
};

/// Writes subscriptions, servers' settings, stories with their quotes and learnt names as JSON, also while the bot runs.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  daesa export daesa.json\n  daesa export | jq '.subscriptions[].label'")]
pub struct Export {
    /// The file to write, replaced when it is finished; without it, standard output
    file: Option<PathBuf>,
}

/// Adds what an export has and the store has not. What is there already stays as it is; the bot must not be running.
///
/// Nothing that comes in is posted. A file with a mistake changes nothing.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  daesa import --dry-run daesa.json\n  daesa import daesa.json")]
pub struct Import {
    /// What `daesa export` wrote; - for standard input
    file: String,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
}

impl Export {
    pub(super) async fn run(&self, settings: &Settings) -> Ended {
        let written = async {
            let store = Store::look(&settings.database).await?;
            match &self.file {
                None => store.export(&mut BufWriter::new(stdout())).await,
                Some(file) => into_file(&store, file).await,
            }
        };
        match written.await {
            Ok(()) => Ended::Well,
            // Whoever closed the pipe has seen enough.
            Err(error) if error.to_string().contains("Broken pipe") => Ended::Well,
            Err(error) => Ended::badly(1, error.to_string()),
        }
    }
}

/// An export that fails leaves the file that is there.
async fn into_file(store: &Store, file: &Path) -> Result<(), StoreError> {
    store.is_place_for_a_copy(file)?;
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let io = |source| StoreError::Io {
        path: file.to_owned(),
        source,
    };
    let mut out = BufWriter::new(File::create(&part).map_err(io)?);
    let written = store.export(&mut out).await;
    if written.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    written?;
    out.get_ref().sync_all().map_err(io)?;
    std::fs::rename(&part, file).map_err(io)
}

impl Import {
    pub(super) async fn run(&self, settings: &Settings) -> Ended {
        let transfer = match self.read() {
            Ok(transfer) => transfer,
            Err(Problem { code, line }) => return Ended::badly(code, line),
        };
        let imported = if self.dry_run {
            would(&settings.database, &transfer).await
        } else {
            into_store(&settings.database, &transfer, false).await
        };
        match imported {
            Ok(imported) => {
                // Whoever closed the pipe has seen enough.
                let _ = say(&mut stdout().lock(), &imported, self.dry_run);
                Ended::Well
            }
            Err(error @ StoreError::InUse { .. }) => {
                Ended::badly(2, format!("{error}; stop it, import, and start it again"))
            }
            Err(error) => Ended::badly(1, error.to_string()),
        }
    }

    fn read(&self) -> Result<Transfer, Problem> {
        let bytes = bytes_of(&self.file, usize::MAX)?;
        let broken = |what: String| Problem::tried(format!("{}: {what}; nothing was changed", self.file));
        let transfer: Transfer = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
        transfer.check().map_err(broken)?;
        Ok(transfer)
    }
}

async fn into_store(address: &str, transfer: &Transfer, dry: bool) -> Result<Imported, StoreError> {
    let store = Store::open(address, now()).await?;
    let imported = store.import(transfer, dry).await;
    store.close().await?;
    imported
}

/// What an import would do. A store of an earlier version is not brought to this one for it, and where there is none
/// it is tried with a new one that is gone again afterwards.
async fn would(address: &str, transfer: &Transfer) -> Result<Imported, StoreError> {
    match Store::look(address).await {
        Ok(store) => {
            store.close().await?;
            into_store(address, transfer, true).await
        }
        Err(StoreError::Missing { .. }) => {
            let place = std::env::temp_dir().join(format!("daesa-dry-run-{}", std::process::id()));
            let io = |source| StoreError::Io {
                path: place.clone(),
                source,
            };
            std::fs::create_dir(&place).map_err(io)?;
            let file = place.join("daesa.db");
            let imported = into_store(&format!("sqlite://{}", file.display()), transfer, true).await;
            std::fs::remove_dir_all(&place).map_err(io)?;
            imported
        }
        Err(error) => Err(error),
    }
}

fn say(out: &mut impl Write, imported: &Imported, dry: bool) -> std::io::Result<()> {
    writeln!(
        out,
        "{:<14}{:>8}{:>14}{:>16}",
        "", "new", "here already", "left as it was"
    )?;
    for (what, Merged { new, there, kept }) in [
        ("servers", imported.servers),
        ("channels", imported.channels),
        ("subscriptions", imported.subscriptions),
        ("stories", imported.stories),
        ("learnt", imported.learnt),
    ] {
        writeln!(out, "{what:<14}{new:>8}{there:>14}{kept:>16}")?;
    }
    writeln!(out, "{:<14}{:>8}", "quotes", imported.quotes)?;
    for note in &imported.notes {
        writeln!(out, "{note}")?;
    }
    if dry {
        writeln!(out, "nothing was changed: this was a dry run")?;
    }
    Ok(())
}
