//! One process a store: a lock file beside it, held for the life of the process.
//!
//! The operating system lets go of the lock when the process ends, however it ends; the text in the file
//! only says who holds it. The file itself is never removed: removing it while another process waits for it
//! would give two processes a lock each, on two files of one name.

use super::StoreError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The lock; let go of when dropped.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "kept open: closing it lets go of the lock")] File);

impl Lock {
    /// Takes the lock of the store at `store`, or says who has it.
    pub fn take(store: &Path) -> Result<Self, StoreError> {
        let path = lock_path(store);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|error| StoreError::io(&path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { who: holder(&mut file) }),
            Err(TryLockError::Error(error)) => return Err(StoreError::io(&path, error)),
        }
        // On a full disk the name cannot be written; the lock holds all the same.
        let _ = sign(&mut file);
        Ok(Self(file))
    }
}

/// Where the lock file of a store is.
fn lock_path(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    writeln!(file, "process {} on {}", std::process::id(), host())
}

/// What the holder wrote, at most a line of 200 characters: the file is anybody's to write.
fn holder(file: &mut File) -> String {
    let mut text = Vec::new();
    let _ = file.take(800).read_to_end(&mut text);
    let text = String::from_utf8_lossy(&text);
    let line: String = text
        .lines()
        .next()
        .unwrap_or("")
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    if line.is_empty() {
        "another process".to_owned()
    } else {
        line
    }
}

fn host() -> String {
    let named = ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .find_map(|p| std::fs::read_to_string(p).ok());
    let named = named.or_else(|| std::env::var("COMPUTERNAME").ok()).unwrap_or_default();
    let named = named.trim();
    if named.is_empty() {
        "this machine".to_owned()
    } else {
        named.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_learns_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("daesa.db");
        let first = Lock::take(&store).unwrap();
        let Err(StoreError::InUse { who }) = Lock::take(&store) else {
            panic!("taken twice")
        };
        assert!(who.contains(&format!("process {}", std::process::id())), "{who}");
        drop(first);
        Lock::take(&store).unwrap();
    }

    #[test]
    fn a_lock_file_full_of_rubbish_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("daesa.db");
        let mut rubbish = vec![0xff_u8; 5000];
        rubbish[3] = b'\n';
        std::fs::write(lock_path(&store), &rubbish).unwrap();
        let _first = Lock::take(&store).unwrap();
        std::fs::write(lock_path(&store), &rubbish).unwrap();
        assert!(matches!(Lock::take(&store), Err(StoreError::InUse { who }) if who.chars().count() <= 200));
    }

    #[test]
    fn no_folder_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(&folder.path().join("nowhere/daesa.db"));
        assert!(matches!(lock, Err(StoreError::Io { .. })), "{lock:?}");
    }
}
