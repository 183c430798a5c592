//! What can go wrong with the store, in kinds that the caller treats differently.

use super::address::BadAddress;
use std::{io, path::PathBuf};

/// Why the store could not do what was asked. Nothing was changed by the call that returned it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `DATABASE_URL` does not name a file.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// Another Daesa runs on this store.
    #[error("the store is in use by {who}; one Daesa at a time may run on it")]
    InUse {
        /// Process and host, as it wrote them into the lock file.
        who: String,
    },
    /// The file was written by a newer Daesa.
    #[error("the store is of version {file}, and this Daesa knows versions up to {ours}: update Daesa")]
    Newer {
        /// The file's version.
        file: i64,
        /// The newest that this program knows.
        ours: i64,
    },
    /// The file is of an older version and was opened for looking only.
    #[error("the store is of version {file} and waits for Daesa to start and bring it to version {ours}")]
    Older {
        /// The file's version.
        file: i64,
        /// The version that this program needs.
        ours: i64,
    },
    /// There is no such file (only when it was opened for looking).
    #[error("there is no store at {}: it is made when Daesa first runs", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// There is no such folder.
    #[error("there is no folder {}: make it, or name another file in DATABASE_URL", .folder.display())]
    NoFolder {
        /// Where the store was to be.
        folder: PathBuf,
    },
    /// There is a folder where the file is to be.
    #[error("{} is a folder: name a file in it, such as {}", .path.display(), .path.join("daesa.db").display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The file is no SQLite database.
    #[error("{} is not a database: move it away or name another file in DATABASE_URL", .path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is a database, but somebody else's.
    #[error("{} is a database of another program: name another file in DATABASE_URL", .path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error(
        "the store is damaged ({0}): stop Daesa and put a copy in its place, the newest of the folder `[backup] folder`"
    )]
    Damaged(String),
    /// Another program holds a lock on the file for longer than we wait.
    #[error("the store is locked by another program")]
    Locked,
    /// The file or its folder may not be written.
    #[error("the store cannot be written ({0}): give its file and its folder to the user that runs Daesa")]
    ReadOnly(String),
    /// No room on the disk.
    #[error("the disk of the store is full")]
    Full,
    /// A copy or an export cannot be made there, and why: the store itself is well.
    #[error("{}: {why}", .path.display())]
    NoCopy {
        /// Where it was to be.
        path: PathBuf,
        /// What is in the way.
        why: String,
    },
    /// The file system failed.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// How.
        source: io::Error,
    },
    /// Anything else; a bug here more likely than not.
    #[error("the store failed: {0}")]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    /// Whether only writing is impossible, for now: commands that read still work.
    #[must_use]
    pub const fn refuses_writes(&self) -> bool {
        matches!(self, Self::Full | Self::ReadOnly(_) | Self::Locked)
    }

    /// An error of the file system at a path.
    pub(super) fn io(path: &std::path::Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(format!("{}: {source}", path.display()))
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io {
                path: path.to_owned(),
                source,
            },
        }
    }

    /// A copy cannot be made there.
    pub(super) fn no_copy(path: &std::path::Path, why: impl Into<String>) -> Self {
        Self::NoCopy {
            path: path.to_owned(),
            why: why.into(),
        }
    }

    /// Anything that is not the database's own.
    pub(super) fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Other(error.into())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        /// `SQLITE_IOERR_WRITE` and `SQLITE_IOERR_FSYNC`.
        const IO_OF_A_FULL_DISK: [i32; 2] = [778, 1034];
        // SQLite's result codes (sqlite.org/rescode.html): the low byte is the primary code.
        let Some(database) = error.as_database_error() else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Locked,
                error => Self::other(error),
            };
        };
        let code: i32 = database.code().and_then(|code| code.parse().ok()).unwrap_or(1);
        match code & 0xff {
            5 | 6 => Self::Locked,
            8 | 14 => Self::ReadOnly(database.message().to_owned()),
            // A full disk shows as a failed write on some file systems; it heals with room as well.
            _ if IO_OF_A_FULL_DISK.contains(&code) => Self::Full,
            13 => Self::Full,
            11 | 26 => Self::Damaged(database.message().to_owned()),
            _ => Self::other(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            sqlx::migrate::MigrateError::ExecuteMigration(error, _) => error.into(),
            error => Self::other(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::other(error)
    }
}
