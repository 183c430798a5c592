//! Copies of the store: made while the bot runs, and the newest few kept.
//!
//! A copy is whole and checked before it gets its name ([`Store::backup`]); only files of that name are ever removed.

use super::{House, time::now};
use crate::{
    config::Settings,
    model::Millis,
    store::{Store, StoreError},
};
use chrono::{DateTime, Utc};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// Between two looks at the clock: a clock that jumps, or a machine that slept, is noticed within it.
const LOOK: Duration = Duration::from_secs(60);
/// After a copy that failed.
const AGAIN: Duration = Duration::from_secs(3_600);
/// No copy takes longer, in milliseconds: what is unfinished and older was left behind.
const AT_WORK: Millis = 3_600_000;
/// Key of the time of the last copy, or of the first start.
const COPIED: &str = "copied";
/// `20261125T220500123Z`
const STAMP: &str = "%Y%m%dT%H%M%S%3fZ";
const END: &str = ".db";
const UNFINISHED: &str = ".db.part";

/// Makes copies when they are due, until the house stops.
pub async fn run(house: Arc<House>) {
    let Some(folder) = folder(&house.settings, &house.store) else {
        return house.stopped().await;
    };
    let mut wait = LOOK;
    loop {
        tokio::select! {
            () = house.stopped() => return,
            () = tokio::time::sleep(wait) => {}
        }
        wait = match turn(&house, &folder).await {
            Ok(()) => LOOK,
            Err(error) => {
                tracing::warn!(folder = %folder.display(), %error, "no copy of the store could be made; it is tried again in an hour");
                AGAIN
            }
        };
    }
}

async fn turn(house: &House, folder: &Path) -> Result<(), StoreError> {
    let (at, set) = (now(), &house.settings.backup);
    let every = Millis::try_from(set.every.as_millis()).unwrap_or(Millis::MAX);
    let last = house
        .store
        .meta(COPIED)
        .await?
        .and_then(|text| text.parse::<Millis>().ok());
    match last {
        // There is hardly anything in it yet.
        None => house.store.set_meta(COPIED, Some(&at.to_string())).await,
        Some(last) if at - last < every && at >= last => Ok(()),
        Some(_) => {
            let copy = make(&house.store, folder, set.keep, at).await?;
            tracing::info!(copy = %copy.display(), "the store is copied");
            house.store.set_meta(COPIED, Some(&at.to_string())).await
        }
    }
}

/// The folder for copies: from the folder of the store's file on; none when none are wanted.
pub fn folder(settings: &Settings, store: &Store) -> Option<PathBuf> {
    let beside = store.path().parent().unwrap_or(Path::new(""));
    settings.backup.folder.as_ref().map(|folder| beside.join(folder))
}

/// Makes a copy in the folder and removes what is more than `keep` of them, and what an earlier one left unfinished.
///
/// # Errors
/// [`StoreError`]; then every earlier copy is there still.
pub async fn make(store: &Store, folder: &Path, keep: usize, at: Millis) -> Result<PathBuf, StoreError> {
    let failed = |source| StoreError::Io {
        path: folder.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let stamp = DateTime::<Utc>::from_timestamp_millis(at)
        .unwrap_or_default()
        .format(STAMP);
    let copy = folder.join(format!("{}{stamp}{END}", beginning(store)));
    store.backup(&copy, at).await?;
    let abandoned = |file: &PathBuf| stamped(store, file, UNFINISHED).is_none_or(|began| at - began > AT_WORK);
    for unfinished in named(store, folder, UNFINISHED).map_err(failed)? {
        // A younger one may be another process's, at this moment: the bot's or `daesa backup`'s.
        if abandoned(&unfinished) {
            fs::remove_file(unfinished).map_err(failed)?;
        }
    }
    let mut copies = named(store, folder, END).map_err(failed)?;
    copies.truncate(copies.len().saturating_sub(keep));
    for old in copies {
        fs::remove_file(old).map_err(failed)?;
    }
    Ok(copy)
}

/// The newest copy in the folder, and when it was made.
pub fn newest(store: &Store, folder: &Path) -> Option<(PathBuf, Millis)> {
    let copy = named(store, folder, END).ok()?.pop()?;
    let at = stamped(store, &copy, END)?;
    Some((copy, at))
}

/// What the names of copies of this store begin with: `daesa-` for `daesa.db`.
fn beginning(store: &Store) -> String {
    let stem = store.path().file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}-")
}

/// The files of the folder with a name of ours, oldest first.
fn named(store: &Store, folder: &Path, end: &str) -> io::Result<Vec<PathBuf>> {
    let beginning = beginning(store);
    let mut files = Vec::new();
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file
            .file_name()
            .to_str()
            .is_some_and(|name| stamp(name, &beginning, end).is_some())
        {
            files.push(file.path());
        }
    }
    // The stamps are of one length and sort as their times do.
    files.sort();
    Ok(files)
}

/// When a copy was begun, by its name.
fn stamped(store: &Store, file: &Path, end: &str) -> Option<Millis> {
    stamp(file.file_name()?.to_str()?, &beginning(store), end)
}

fn stamp(name: &str, beginning: &str, end: &str) -> Option<Millis> {
    let stamp = name.strip_prefix(beginning)?.strip_suffix(end)?;
    let at = chrono::NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
    (at.format(STAMP).to_string() == stamp).then(|| at.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const AT: Millis = 1_800_000_000_000;

    async fn home() -> (TempDir, Store, PathBuf) {
        let home = tempfile::tempdir().expect("a folder");
        let store = Store::open(&home.path().join("daesa.db").display().to_string(), AT)
            .await
            .expect("a store");
        let folder = home.path().join("deep/copies");
        (home, store, folder)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|file| file.expect("a file").file_name().into_string().expect("UTF-8"))
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn the_newest_are_kept_and_nothing_else_is_touched() {
        let (_home, store, folder) = home().await;
        fs::create_dir_all(&folder).expect("a folder");
        let others = [
            "daesa-2026.db",
            "daesa-before.db",
            "other-20270115T080000000Z.db",
            "notes.txt",
        ];
        for other in others {
            fs::write(folder.join(other), "mine").expect("a file");
        }
        fs::write(folder.join("daesa-20260115T080000000Z.db.part"), "half").expect("a file");
        let at_work = "daesa-20270115T075900000Z.db.part";
        fs::write(folder.join(at_work), "another process writes it").expect("a file");
        for n in 0..4 {
            make(&store, &folder, 2, AT + n).await.expect("a copy");
        }
        let mut left = others.map(str::to_owned).to_vec();
        left.extend([
            at_work.to_owned(),
            "daesa-20270115T080000002Z.db".to_owned(),
            "daesa-20270115T080000003Z.db".to_owned(),
        ]);
        left.sort();
        assert_eq!(names(&folder), left);
        let (copy, at) = newest(&store, &folder).expect("a copy");
        assert_eq!(at, AT + 3);
        let copy = Store::look(&copy.display().to_string())
            .await
            .expect("the copy is a store");
        assert!(copy.check().await.expect("checked").problems.is_empty());
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_is_said_and_costs_no_copy() {
        let (home, store, folder) = home().await;
        make(&store, &folder, 1, AT).await.expect("a copy");
        fs::write(home.path().join("file"), "").expect("a file");
        let failed = make(&store, &home.path().join("file"), 1, AT + 1)
            .await
            .expect_err("no folder");
        assert!(failed.to_string().contains("file"), "{failed}");
        assert_eq!(names(&folder), ["daesa-20270115T080000000Z.db"]);
        assert_eq!(newest(&store, &home.path().join("nowhere")), None);
    }
}
