//! The shape of the store, version by version.
//!
//! Migrations are numbered, never changed once released, and each runs in one transaction.

use super::StoreError;
use sqlx::{
    AssertSqlSafe, SqlSafeStr, SqlitePool,
    migrate::{Migration, MigrationType, Migrator},
};
use std::path::{Path, PathBuf};

/// Number, name, text. A test holds that every file of the folder is here.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("migrations/0001_first.sql")),
    (2, "terms", include_str!("migrations/0002_terms.sql")),
    (4, "question", include_str!("migrations/0004_question.sql")),
    (5, "edits", include_str!("migrations/0005_edits.sql")),
    (6, "digests", include_str!("migrations/0006_digests.sql")),
    (8, "watching", include_str!("migrations/0008_watching.sql")),
    (9, "echoes", include_str!("migrations/0009_echoes.sql")),
    (10, "buttons", include_str!("migrations/0010_buttons.sql")),
    (11, "hours", include_str!("migrations/0011_hours.sql")),
    (12, "fan_out", include_str!("migrations/0012_fan_out.sql")),
    (13, "retold", include_str!("migrations/0013_retold.sql")),
    (14, "server_feeds", include_str!("migrations/0014_server_feeds.sql")),
    (15, "pairs", include_str!("migrations/0015_pairs.sql")),
    (16, "confined", include_str!("migrations/0016_confined.sql")),
    (17, "million_pairs", include_str!("migrations/0017_million_pairs.sql")),
    (18, "felt", include_str!("migrations/0018_felt.sql")),
    (19, "lists", include_str!("migrations/0019_lists.sql")),
    (20, "felt_cast", include_str!("migrations/0020_felt_cast.sql")),
    (22, "newest_first", include_str!("migrations/0022_newest_first.sql")),
    (23, "brief", include_str!("migrations/0023_brief.sql")),
    (24, "felt_drama", include_str!("migrations/0024_felt_drama.sql")),
    (25, "doubted", include_str!("migrations/0025_doubted.sql")),
    (26, "felt_time", include_str!("migrations/0026_felt_time.sql")),
];

/// 'Daes', as the first migration writes it into the header of the file.
const APPLICATION_ID: i64 = 0x4461_6573;

/// The newest version that this program knows.
pub const VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

statements! {
    TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    HAS_MIGRATIONS = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')";
}
/// Not among the statements above: its table is there only once migrations ran.
const APPLIED: &str = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations";

/// The version of an open file: 0 when it is empty.
pub async fn version(pool: &SqlitePool, path: &Path) -> Result<i64, StoreError> {
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(pool).await?;
    if tables.is_empty() {
        return Ok(0);
    }
    let id: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(pool).await?;
    let ours = id == APPLICATION_ID;
    // The table of versions is made before the first migration runs: a crash between leaves it alone.
    if !ours && tables != ["_sqlx_migrations"] {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    if sqlx::query_scalar::<_, i64>(HAS_MIGRATIONS).fetch_one(pool).await? == 0 {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    Ok(sqlx::query_scalar(APPLIED).fetch_one(pool).await?)
}

/// Brings the store to [`VERSION`]; copies it first when there is something to lose. The copy's path, if one was made.
pub async fn run(pool: &SqlitePool, path: &Path) -> Result<Option<PathBuf>, StoreError> {
    up(pool, path, MIGRATIONS).await
}

async fn up(pool: &SqlitePool, path: &Path, all: &[(i64, &str, &str)]) -> Result<Option<PathBuf>, StoreError> {
    let file = version(pool, path).await?;
    let ours = all.last().map_or(0, |(version, ..)| *version);
    if file > ours {
        return Err(StoreError::Newer { file, ours });
    }
    let copy = if file < ours && has_rows(pool).await? {
        Some(copy_aside(pool, path, file).await?)
    } else {
        None
    };
    migrator(all).run(pool).await?;
    Ok(copy)
}

fn migrator(all: &[(i64, &str, &str)]) -> Migrator {
    let migrations = all.iter().map(|(version, name, sql)| {
        // Owned: tests bring migrations of their own. The texts are constants of this program.
        let sql = AssertSqlSafe((*sql).to_owned()).into_sql_str();
        Migration::new(*version, (*name).to_owned().into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// Whether anything would be lost with the file. `meta` is filled when a store is made and does not count.
async fn has_rows(pool: &SqlitePool) -> Result<bool, StoreError> {
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(pool).await?;
    for table in tables
        .iter()
        .filter(|t| !matches!(t.as_str(), "meta" | "_sqlx_migrations") && !t.contains("_fts"))
    {
        let quoted = table.replace('"', "\"\"");
        // The name comes from the schema and is quoted; there is no other way to bind a table.
        let sql = AssertSqlSafe(format!("SELECT EXISTS (SELECT 1 FROM \"{quoted}\")"));
        if sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await? != 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `daesa.db` of version 3 → `daesa.db.before-4`; an older copy of that name is replaced.
async fn copy_aside(pool: &SqlitePool, path: &Path, file: i64) -> Result<PathBuf, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{}", file + 1));
    let copy = PathBuf::from(name);
    super::backup::vacuum_into(pool, &copy).await?;
    Ok(copy)
}

#[cfg(test)]
#[path = "tests/migrate.rs"]
mod tests;
