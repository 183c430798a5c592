//! Opening, closing, looking, copying, putting a copy back.

use super::*;

#[tokio::test]
async fn the_file_is_as_the_recipe_says() {
    let home = home().await;
    let pragma = async |sql: &'static str| {
        sqlx::query_scalar::<_, i64>(sql)
            .fetch_one(home.store.write())
            .await
            .unwrap()
    };
    assert_eq!(
        pragma("PRAGMA auto_vacuum").await,
        2,
        "incremental, from the first table on"
    );
    assert_eq!(pragma("PRAGMA synchronous").await, 2, "full");
    assert_eq!(pragma("PRAGMA foreign_keys").await, 1);
    assert_eq!(pragma("PRAGMA journal_size_limit").await, 16_777_216);
    assert_eq!(pragma("PRAGMA busy_timeout").await, 5_000);
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(home.store.write())
        .await
        .unwrap();
    assert_eq!(mode, "wal");
    let loose = home.number(
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
            AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
    );
    assert_eq!(loose.await, 0, "every table is strict");
}

#[tokio::test]
async fn one_process_a_store() {
    let home = home().await;
    let second = Store::open(&url(&home.folder), NOW).await.unwrap_err();
    assert!(
        matches!(&second, StoreError::InUse { who } if who.contains("process")),
        "{second}"
    );
    home.close().await.unwrap();
    Store::open(&url(&home.folder), NOW).await.expect("free after closing");
}

#[tokio::test]
async fn a_closed_store_is_one_file() {
    let home = home().await;
    home.set_meta("a", Some("b")).await.unwrap();
    home.close().await.unwrap();
    home.close().await.unwrap();
    let wal = std::fs::metadata(home.folder.path().join("daesa.db-wal")).map_or(0, |file| file.len());
    assert_eq!(wal, 0);
    assert!(home.set_meta("a", None).await.is_err());
}

#[tokio::test]
async fn looking_reads_and_never_writes() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Store::look(&url(&folder)).await.unwrap_err();
    assert!(matches!(missing, StoreError::Missing { .. }), "{missing}");
    let store = Store::open(&url(&folder), NOW).await.unwrap();
    store.set_meta("colour", Some("plum")).await.unwrap();
    let look = Store::look(&url(&folder)).await.unwrap();
    assert_eq!(look.meta("colour").await.unwrap().as_deref(), Some("plum"));
    assert_eq!(look.tag(), store.tag());
    let refused = look.set_meta("colour", None).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::ReadOnly(_)) && refused.refuses_writes(),
        "{refused}"
    );
    look.close().await.unwrap();
    assert_eq!(store.meta("colour").await.unwrap().as_deref(), Some("plum"));
    // Also when the bot is not running.
    store.close().await.unwrap();
    let look = Store::look(&url(&folder)).await.unwrap();
    assert_eq!(look.meta("colour").await.unwrap().as_deref(), Some("plum"));
}

#[tokio::test]
async fn places_where_no_store_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("{}/no/folder/daesa.db", folder.path().display());
    for refused in [Store::open(&nowhere, NOW).await, Store::look(&nowhere).await] {
        assert!(matches!(refused.unwrap_err(), StoreError::NoFolder { folder } if folder.ends_with("no/folder")));
    }
    assert!(matches!(
        Store::open("postgres://x/y", NOW).await.unwrap_err(),
        StoreError::Address(_)
    ));
    std::fs::create_dir(folder.path().join("dir.db")).unwrap();
    let dir = format!("{}/dir.db", folder.path().display());
    for refused in [Store::open(&dir, NOW).await, Store::look(&dir).await] {
        let refused = refused.unwrap_err();
        assert!(matches!(refused, StoreError::IsFolder { .. }), "{refused}");
    }
}

#[tokio::test]
async fn half_a_store_is_a_damaged_one() {
    let home = home().await;
    home.store.close().await.unwrap();
    let whole = std::fs::read(home.store.path()).unwrap();
    std::fs::write(home.store.path(), &whole[..whole.len() / 2]).unwrap();
    for refused in [
        Store::open(&url(&home.folder), NOW).await,
        Store::look(&url(&home.folder)).await,
    ] {
        // A copy has to be put back; the file is not somebody else's, to be moved out of the way.
        let refused = refused.unwrap_err();
        assert!(matches!(refused, StoreError::Damaged(_)), "{refused}");
    }
}

#[tokio::test]
async fn a_lock_of_another_program_is_told_as_one() {
    let home = home().await;
    sqlx::query("PRAGMA busy_timeout = 1")
        .execute(home.store.write())
        .await
        .unwrap();
    let options = connect(home.path());
    let mut other = <sqlx::sqlite::SqliteConnection as sqlx::Connection>::connect_with(&options)
        .await
        .unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let refused = home.set_meta("a", Some("b")).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::Locked) && refused.refuses_writes(),
        "{refused}"
    );
    assert_eq!(home.meta("a").await.unwrap(), None, "reading goes on");
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    home.set_meta("a", Some("b"))
        .await
        .expect("and writing, when the lock is gone");
}

#[tokio::test]
async fn a_full_disk_is_told_as_one_and_heals() {
    let home = home().await;
    let pages = home.number("PRAGMA page_count").await;
    let limit = async |pages: i64| {
        let sql = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
        sqlx::query(sql).fetch_all(home.store.write()).await.unwrap();
    };
    limit(pages).await;
    let much = "x".repeat(100_000);
    let refused = home.set_meta("much", Some(&much)).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::Full) && refused.refuses_writes(),
        "{refused}"
    );
    assert_eq!(home.meta("much").await.unwrap(), None);
    limit(1_000_000).await;
    home.set_meta("much", Some(&much)).await.unwrap();
}

#[tokio::test]
async fn heartbeats_and_lessons() {
    let home = home().await;
    assert_eq!(home.heartbeat().await.unwrap(), None);
    home.beat("ready 3 servers", NOW).await.unwrap();
    assert_eq!(
        home.heartbeat().await.unwrap(),
        Some((NOW, "ready 3 servers".to_owned()))
    );

    let lesson = LearntRow {
        person: "Go Da On".into(),
        hangul: "고다온".into(),
        ..LearntRow::default()
    };
    assert_eq!(home.learn(&[lesson.clone(), lesson.clone()], NOW).await.unwrap(), 1);
    assert_eq!(home.learn(std::slice::from_ref(&lesson), NOW).await.unwrap(), 0);
    assert_eq!(home.learnt().await.unwrap(), [lesson]);
}

#[tokio::test]
async fn what_was_learnt_is_forgotten_by_story_or_by_name() {
    let home = home().await;
    let (story, _) = home.post(1, &Told::of("tide").saying(Some("Ara"), "Yes."), NOW).await;
    let lesson = |person: &str, article| LearntRow {
        person: person.to_owned(),
        article,
        ..LearntRow::default()
    };
    let all = [
        lesson("Ara", Some(story)),
        lesson("Bomi", Some(story)),
        lesson("Chan", None),
    ];
    home.learn(&all, NOW).await.unwrap();
    let told: Vec<_> = home.lessons().await.unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|(row, url)| (row.person.as_str(), url.clone()))
        .collect();
    let from = Some(link(1));
    assert_eq!(told, [("Chan", None), ("Bomi", from.clone()), ("Ara", from)]);
    assert!(!home.has_unlearnt().await.unwrap());

    assert_eq!(home.unlearn_story(&link(2), NOW).await.unwrap(), 0);
    assert_eq!(home.unlearn_name("ara", NOW).await.unwrap(), 0);
    assert!(!home.has_unlearnt().await.unwrap(), "nothing was forgotten");
    assert_eq!(home.unlearn_story(&link(1), NOW).await.unwrap(), 2);
    assert_eq!(home.unlearn_name("Chan", NOW).await.unwrap(), 1);
    assert_eq!(home.learnt().await.unwrap(), []);
    assert!(home.is_untaught(story).await.unwrap());
    assert!(home.has_unlearnt().await.unwrap());
    assert!(!home.has_unlearnt().await.unwrap(), "it is heard once");
}

#[tokio::test]
async fn a_copy_is_whole_and_knows_that_it_is_one() {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    let (_, posted) = home.post(1, &Told::of("tide"), NOW).await;
    let Finished::New { article: waiting, .. } = home.publish(2, &Told::of("tide"), NOW).await else {
        panic!()
    };
    let session = format!("{SESSION}0");
    home.set_meta(&session, Some("a session")).await.unwrap();

    let other = tempfile::tempdir().unwrap();
    let target = other.path().join("daesa.db");
    std::fs::write(&target, "an older copy").unwrap();
    home.backup(&target, NOW).await.unwrap();
    let own = home.backup(home.path(), NOW).await;
    assert!(own.is_err_and(|error| error.to_string().contains("the store itself, not a place")));
    assert_eq!(
        std::fs::read_dir(other.path()).unwrap().count(),
        1,
        "nothing unfinished is left"
    );
    let tag = home.tag().to_owned();
    assert!(home.adoptions().await.unwrap().is_empty());
    let home = home.crash(NOW).await;
    assert_eq!(home.tag(), tag, "the store itself is no copy");

    let restored = Store::open(&url(&other), NOW + DAY).await.unwrap();
    assert_ne!(restored.tag(), tag);
    assert_eq!(restored.meta(&session).await.unwrap(), None);
    assert_eq!(
        restored.adoptions().await.unwrap(),
        [Adoption {
            channel: HERE,
            since: NOW,
            forum: false
        }]
    );
    assert!(
        restored.claim(NOW + DAY, MINUTE, 10).await.unwrap().is_empty(),
        "nothing before the channel was read"
    );
    assert_eq!(restored.next_delivery_due().await.unwrap(), None);

    // Since the copy, story 2 was posted, and story 3, which the copy does not know; and story 4 is in a digest.
    let seen = [
        adopted(posted[0], link(1)),
        adopted(MessageId(9002), link(2)),
        adopted(MessageId(9003), link(3)),
        Adopted {
            in_digest: true,
            ..adopted(MessageId(9004), link(4))
        },
    ];
    restored.adopt(HERE, &seen, NOW + DAY).await.unwrap();
    assert!(restored.adoptions().await.unwrap().is_empty());
    assert!(restored.claim(NOW + DAY, MINUTE, 10).await.unwrap().is_empty());
    assert_eq!(
        restored.post_of(MessageId(9002)).await.unwrap().unwrap().article,
        waiting
    );
    let restored = Home {
        store: restored,
        folder: other,
    };
    let third = restored.publish(3, &Told::of("tide"), NOW + DAY).await;
    let Finished::New { article, deliveries: 0 } = third else {
        panic!("{third:?}")
    };
    assert_eq!(
        restored.post_of(MessageId(9003)).await.unwrap().unwrap().article,
        article
    );
    let fourth = restored.publish(4, &Told::of("tide"), NOW + DAY).await;
    assert!(matches!(fourth, Finished::New { deliveries: 0, .. }), "{fourth:?}");
    assert_eq!(restored.post_of(MessageId(9004)).await.unwrap(), None, "a digest");
    let fifth = restored.publish(5, &Told::of("tide"), NOW + DAY).await;
    assert!(matches!(fifth, Finished::New { deliveries: 1, .. }), "{fifth:?}");
    let dirty = restored.claim_dirty(NOW + DAY, MINUTE, 10).await.unwrap();
    assert_eq!(dirty.len(), 1, "the votes of adopted posts are to be read");
    assert!(dirty[0].posts.len() >= 2);
}

#[tokio::test]
async fn a_copy_can_be_made_beside_the_running_bot() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    let look = Store::look(&url(&home.folder)).await.unwrap();
    let target = home.folder.path().join("it's a copy.db");
    look.backup(&target, NOW).await.unwrap();
    let copy = Store::look(target.to_str().unwrap()).await.unwrap();
    assert_eq!(copy.all_subscriptions().await.unwrap().len(), 1);
    for (place, why) in [
        ("no/such/folder.db", "make it first"),
        ("", "a folder; name"),
        ("daesa.db", "the store itself"),
    ] {
        let refused = look.backup(&home.folder.path().join(place), NOW).await.unwrap_err();
        let told = matches!(refused, StoreError::NoCopy { .. }) && refused.to_string().contains(why);
        assert!(told && !refused.refuses_writes(), "{refused}");
    }
}

#[tokio::test]
async fn health() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    home.post(1, &Told::of("tide").saying(Some("Ara"), "Yes."), NOW).await;
    let health = home.check().await.unwrap();
    assert_eq!(health.version, VERSION);
    assert_eq!(
        (health.articles, health.quotes, health.subscriptions, health.posts),
        (1, 1, 1, 1)
    );
    assert!(health.problems.is_empty() && health.bytes > 0);
}
