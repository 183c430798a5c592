use super::*;
use crate::store::Store;
use sqlx::{Connection, sqlite::SqliteConnectOptions, sqlite::SqliteConnection};
use tempfile::TempDir;

const NOW: i64 = 1_800_000_000_000;

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("daesa.db")
}

async fn raw(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    SqliteConnection::connect_with(&options).await.unwrap()
}

async fn made() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(file(&folder).to_str().unwrap(), NOW).await.unwrap();
    assert_eq!(store.copied(), None, "nothing to lose, nothing to copy");
    store.close().await.unwrap();
    folder
}

async fn reopened(folder: &TempDir) -> Result<Store, StoreError> {
    Store::open(file(folder).to_str().unwrap(), NOW).await
}

#[test]
fn every_file_is_listed_in_order() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let listed: Vec<String> = MIGRATIONS
        .iter()
        .map(|(version, name, _)| format!("{version:04}_{name}.sql"))
        .collect();
    assert_eq!(files, listed);
    for ((.., sql), file) in MIGRATIONS.iter().zip(&files) {
        assert_eq!(*sql, std::fs::read_to_string(folder.join(file)).unwrap(), "{file}");
    }
    assert!(
        MIGRATIONS.windows(2).all(|two| two[0].0 < two[1].0),
        "in the order in which they run"
    );
}

#[tokio::test]
async fn a_newer_store_is_refused_and_left_alone() {
    let folder = made().await;
    let mut newer = raw(&file(&folder)).await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES (99, 'later', 1, x'00', 0)",
    )
    .execute(&mut newer)
    .await
    .unwrap();
    newer.close().await.unwrap();
    let refused = reopened(&folder).await.unwrap_err();
    assert!(
        matches!(
            refused,
            StoreError::Newer {
                file: 99,
                ours: VERSION
            }
        ),
        "{refused}"
    );
    assert!(refused.to_string().contains("99") && refused.to_string().contains(&VERSION.to_string()));
    let looked = Store::look(file(&folder).to_str().unwrap()).await.unwrap_err();
    assert!(matches!(looked, StoreError::Newer { file: 99, .. }), "{looked}");
}

#[tokio::test]
async fn somebody_elses_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut theirs = raw(&file(&folder)).await;
    sqlx::query("CREATE TABLE recipe (name TEXT)")
        .execute(&mut theirs)
        .await
        .unwrap();
    theirs.close().await.unwrap();
    let refused = reopened(&folder).await.unwrap_err();
    assert!(matches!(refused, StoreError::NotOurs { .. }), "{refused}");
    let mut theirs = raw(&file(&folder)).await;
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut theirs).await.unwrap();
    assert_eq!(tables, ["recipe"]);
}

#[tokio::test]
async fn no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(file(&folder), "This is a letter, not a database.").unwrap();
    for refused in [
        reopened(&folder).await.unwrap_err(),
        Store::look(file(&folder).to_str().unwrap()).await.unwrap_err(),
    ] {
        assert!(matches!(refused, StoreError::NotADatabase { .. }), "{refused}");
    }
    assert!(
        std::fs::read_to_string(file(&folder))
            .unwrap()
            .starts_with("This is a letter")
    );
    // The head of one alone is none either.
    let mut half = b"SQLite format 3\0".to_vec();
    half.extend([7; 5000]);
    std::fs::write(file(&folder), half).unwrap();
    let refused = reopened(&folder).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::NotADatabase { .. } | StoreError::Damaged(_)),
        "{refused}"
    );
}

#[tokio::test]
async fn a_store_with_rows_is_copied_before_it_is_changed() {
    let folder = made().await;
    let store = reopened(&folder).await.unwrap();
    store
        .sync_feeds(&[("https://news.test/feed".into(), "News".into())], NOW)
        .await
        .unwrap();
    let next = VERSION + 1;
    let later = (
        next,
        "later",
        "ALTER TABLE feed ADD COLUMN note TEXT; UPDATE feed SET note = name;",
    );
    let mut all = MIGRATIONS.to_vec();
    all.push(later);
    let copy = up(store.write(), store.path(), &all).await.unwrap().expect("a copy");
    assert!(copy.to_str().unwrap().ends_with(&format!("daesa.db.before-{next}")));
    let note: String = sqlx::query_scalar("SELECT note FROM feed")
        .fetch_one(store.write())
        .await
        .unwrap();
    assert_eq!(note, "News", "the rows went along");
    let mut before = raw(&copy).await;
    let name: String = sqlx::query_scalar("SELECT name FROM feed")
        .fetch_one(&mut before)
        .await
        .unwrap();
    assert_eq!(name, "News");
    assert!(
        sqlx::query("SELECT note FROM feed")
            .fetch_one(&mut before)
            .await
            .is_err(),
        "the copy is as it was"
    );
    assert_eq!(up(store.write(), store.path(), &all).await.unwrap(), None, "done once");
}

#[tokio::test]
async fn a_migration_that_fails_changes_nothing() {
    let folder = made().await;
    let store = reopened(&folder).await.unwrap();
    store
        .sync_feeds(&[("https://news.test/feed".into(), "News".into())], NOW)
        .await
        .unwrap();
    let mut all = MIGRATIONS.to_vec();
    all.push((
        VERSION + 1,
        "broken",
        "DELETE FROM feed; ALTER TABLE nowhere ADD COLUMN x TEXT;",
    ));
    assert!(up(store.write(), store.path(), &all).await.is_err());
    assert_eq!(store.feeds().await.unwrap().len(), 1);
    assert_eq!(version(store.write(), store.path()).await.unwrap(), VERSION);
}

#[tokio::test]
async fn an_older_store_is_not_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    raw(&file(&folder)).await.close().await.unwrap();
    std::fs::write(file(&folder), "").unwrap();
    let looked = Store::look(file(&folder).to_str().unwrap()).await.unwrap_err();
    assert!(
        matches!(looked, StoreError::Older { file: 0, ours: VERSION }),
        "{looked}"
    );
}
