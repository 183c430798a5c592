use super::*;
use crate::{
    model::{GuildId, answer::TopBy},
    store::{QuoteQuery, Store, TopQuery},
};
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
        .sync_feeds(&[("https://news.test/feed".into(), "News".into())], 0, NOW)
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
        .sync_feeds(&[("https://news.test/feed".into(), "News".into())], 0, NOW)
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

/// Rows as a store of that version has them: each migration takes along what every earlier version may hold.
const ROWS: &[(i64, &str)] = &[
    (
        1,
        "INSERT INTO feed (id, url, name, next_at, etag) VALUES (1, 'https://news.test/feed', 'News', 5, '\"e\"');
        INSERT INTO fetch (feed, at, status, took, fresh) VALUES (1, 4, 200, 12, 1);
        INSERT INTO article (id, url, title, source, seen_at, at, kind, summary, characters, body)
            VALUES (7, 'https://news.test/1', 'Old news', 'News', 4, 4, 'interview', 'It was cold.', '[]', 'The body');
        INSERT INTO entry (feed, identity, fingerprint, link, state, due_at, article, seen_at)
            VALUES (1, 'guid 1', 'print 1', 'https://news.test/1', 1, 4, 7, 4);
        INSERT INTO article_link VALUES ('https://news.test/1', 7);
        INSERT INTO article_name VALUES (7, 0, 0, 'TIDE', 'drama:tide'), (7, 1, 0, 'Ara', 'person:ara');
        INSERT INTO article_subject VALUES ('all', 7), ('drama:tide', 7);
        INSERT INTO quote (id, article, position, text, parts, speaker, kind, confidence, rank)
            VALUES (3, 7, 0, 'The sea was cold.', '[[0,8]]', 'Ara', 'cast', 0.9, 0);
        INSERT INTO quote_key VALUES ('person:ara', 3);
        INSERT INTO learnt (person, article, at) VALUES ('Ara', 7, 4);
        INSERT INTO guild (id, joined) VALUES (70, 1);
        INSERT INTO channel (id, guild) VALUES (501, 70);
        INSERT INTO subscription (guild, channel, subject, label, created) VALUES (70, 501, 'drama:tide', 'TIDE', 2);
        INSERT INTO delivery (id, article, channel, guild, state, due_at, enqueued, age_from, message, sent_at)
            VALUES (9, 7, 501, 70, 1, 4, 4, 4, 900, 5), (10, 7, 502, 70, 0, 4, 4, 4, NULL, NULL);
        INSERT INTO post (message, article, channel, guild, posted) VALUES (900, 7, 501, 70, 5);
        INSERT INTO seed (message, position, emoji, due_at) VALUES (900, 0, '❤️', 5);
        INSERT INTO vote VALUES (900, '❤', 42, 0, 0);
        INSERT INTO tally (message, emoji, burst, rows) VALUES (900, '❤', 0, 1);
        INSERT INTO forgotten VALUES (900, '😂', 0, 'hash');",
    ),
    (
        2,
        "UPDATE subscription SET kinds = '[\"interview\"]', spoiler = 1;
        INSERT INTO extra (message, kind, channel, due_at, enqueued) VALUES (900, 1, 501, 5, 5);",
    ),
    (4, "INSERT INTO question (command, until) VALUES ('{}', 9);"),
    (5, "UPDATE post SET compared = 6, edit_due = 8;"),
    (6, "UPDATE delivery SET late = 1, digest = 10 WHERE id = 10;"),
    (
        8,
        "UPDATE feed SET quiet = 3; UPDATE fetch SET entries = 2, next_at = 9;",
    ),
    (
        9,
        "INSERT INTO echo VALUES (7, 'https://other.test/1', 'Other', 'Old news', 6);",
    ),
    (
        10,
        "UPDATE post SET votes = 2, counts_since = 7, counts_at = 3;
        INSERT INTO press VALUES (900, 'hash', '😂', NULL, 3);",
    ),
    (
        11,
        "UPDATE subscription SET rhythm = 2; UPDATE delivery SET wait = 1 WHERE id = 10;
        UPDATE channel SET zone = 'Asia/Seoul', digest_at = 540, digest_day = 6, quiet = 1987620;",
    ),
    (
        12,
        "INSERT INTO fan_out (article, subjects, above, upto, late) VALUES (7, '[]', 0, 1, 0);",
    ),
    (
        13,
        "INSERT INTO quote (id, article, position, text, parts, kind, confidence, link, outlet)
            VALUES (4, 7, 1000, 'The boat was late.', '[[0,9]]', 'cast', 0.9, 'https://other.test/1', 'Other');",
    ),
    (
        14,
        "UPDATE feed SET own = 1;
        INSERT INTO server_feed VALUES (70, 'https://asked.test/feed', 'asked.test', 42, 501, 6, NULL);",
    ),
    // It was stopped when all lines were in the index.
    (15, "INSERT INTO meta VALUES ('lines_indexed', '4');"),
    (16, "UPDATE article SET confined = 0;"),
    // It was stopped when half of the lines were in the index.
    (17, "UPDATE meta SET value = '2' WHERE key = 'lines_indexed';"),
    // It was stopped before the last vote was summed up.
    (18, "UPDATE tally SET counted = 0;"),
    // It was stopped when the first line was in the index.
    (19, "UPDATE meta SET value = '3' WHERE key = 'lines_indexed';"),
    // A vote that was taken back leaves a sum of none.
    (20, "INSERT INTO felt_emoji VALUES (7, 70, '😭', 0);"),
    (22, "UPDATE meta SET value = '3' WHERE key = 'lines_indexed';"),
    (23, "UPDATE article SET at = 3;"),
    // Another drama of the same story.
    (24, "INSERT INTO article_subject VALUES ('drama:moon', 7);"),
    (25, "UPDATE post SET dirty = 6, dirty_due = 6;"),
    // Its first post was another than was thought.
    (26, "UPDATE felt SET posted = posted + 1000000;"),
];

/// The first line in the index, as it was before version 19, before version 22, and is since.
const LINE_BEFORE_19: &str = "INSERT INTO quote_fts (rowid, text, who) VALUES (3, 'The sea was cold.', 'k0')";
const LINE_BEFORE_22: &str = "INSERT INTO quote_fts (rowid, words) VALUES (3, 'The sea was cold.')";
const LINE: &str = "INSERT INTO quote_fts (rowid, words) VALUES (34359738364, 'The sea was cold.')";

async fn rows(pool: &SqlitePool) -> Vec<(String, i64)> {
    let mut rows = Vec::new();
    for table in sqlx::query_scalar::<_, String>(TABLES).fetch_all(pool).await.unwrap() {
        if table != "_sqlx_migrations" {
            let sql = AssertSqlSafe(format!("SELECT count(*) FROM \"{table}\""));
            rows.push((table, sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()));
        }
    }
    rows
}

#[tokio::test]
async fn rows_of_every_earlier_version_come_along() {
    for end in 1..=MIGRATIONS.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(&folder);
        let version = MIGRATIONS[end - 1].0;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .foreign_keys(true);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        up(&pool, &path, &MIGRATIONS[..end]).await.unwrap();
        for (_, sql) in ROWS.iter().filter(|(since, _)| *since <= version) {
            sqlx::raw_sql(*sql).execute(&pool).await.unwrap();
        }
        let line = match version {
            ..19 => LINE_BEFORE_19,
            19..22 => LINE_BEFORE_22,
            _ => LINE,
        };
        sqlx::raw_sql(line).execute(&pool).await.unwrap();
        let before = rows(&pool).await;
        pool.close().await;

        let store = reopened(&folder).await.unwrap();
        let after = rows(store.read()).await;
        // The index of lines is made anew.
        for (table, count) in before
            .iter()
            .filter(|(table, _)| table != "meta" && !table.starts_with("quote_fts"))
        {
            assert!(
                after.contains(&(table.clone(), *count)),
                "{table} of version {version}: {after:?}"
            );
        }
        assert_eq!(
            store.copied().is_some(),
            version < VERSION,
            "copied before it was changed"
        );
        assert!(store.check().await.unwrap().problems.is_empty());
        let orphans = sqlx::query("PRAGMA foreign_key_check")
            .fetch_all(store.read())
            .await
            .unwrap();
        assert!(orphans.is_empty(), "version {version}");
        // What it held is what it answers.
        let article = store.story_at("https://news.test/1", None).await.unwrap().unwrap();
        let story = store.story(article).await.unwrap().unwrap();
        assert_eq!(
            (story.drama, story.quotes[0].text.as_str()),
            (vec!["TIDE".to_owned()], "The sea was cold.")
        );
        let cold = QuoteQuery {
            text: Some("cold sea"),
            limit: 5,
            ..QuoteQuery::default()
        };
        assert_eq!(store.candidates(&cold).await.unwrap().len(), 1, "version {version}");
        let all = store.all_subscriptions().await.unwrap();
        assert_eq!(
            (all.len(), all[0].terms.manner.votes),
            (1, crate::model::Votes::Reactions),
            "version {version}"
        );
        assert_eq!(all[0].terms.manner.spoiler, version >= 2);
        assert_eq!(store.backlog(None).await.unwrap().waiting, 1, "version {version}");
        let places = [None, Some(GuildId(70))].into_iter();
        for (guild, drama) in places.flat_map(|place| [(place, None), (place, Some("drama:tide"))]) {
            let top = TopQuery {
                guild,
                since: 0,
                by: TopBy::Person,
                drama,
                limit: 5,
            };
            let top = store.top(&top).await.unwrap();
            assert_eq!((top.len(), top[0].name.as_str()), (1, "Ara"), "version {version}");
            assert_eq!(top[0].votes[0].votes, 1, "version {version}");
            let mood = store.felt(guild, 1, drama).await.unwrap();
            assert_eq!(mood[0].votes, 1, "version {version}");
        }
        store.close().await.unwrap();
    }
    let newest = ROWS.last().map(|(version, _)| *version);
    assert_eq!(
        newest,
        Some(VERSION),
        "a version brings rows, or a change to them, to be tried here"
    );
}
