//! How SQLite answers what the store asks: by an index, and by the same one whatever it was told of the tables.

use super::{Home, home};
use crate::{model::answer::Cause, store};

/// Every statement of the store, with its name.
const ALL: [&[(&str, &str)]; 38] = [
    store::STATEMENTS,
    store::articles::STATEMENTS,
    store::backup::STATEMENTS,
    store::clock::STATEMENTS,
    store::deliveries::STATEMENTS,
    store::digests::STATEMENTS,
    store::edit::STATEMENTS,
    store::entries::STATEMENTS,
    store::extras::STATEMENTS,
    store::fan_out::STATEMENTS,
    store::feeds::STATEMENTS,
    store::feelings::STATEMENTS,
    store::felt::STATEMENTS,
    store::finish::STATEMENTS,
    store::hours::STATEMENTS,
    store::keep::STATEMENTS,
    store::learnt::STATEMENTS,
    store::meta::STATEMENTS,
    store::migrate::STATEMENTS,
    store::mood::STATEMENTS,
    store::posts::STATEMENTS,
    store::press::STATEMENTS,
    store::questions::STATEMENTS,
    store::quotes::STATEMENTS,
    store::ranking::STATEMENTS,
    store::reconcile::STATEMENTS,
    store::related::STATEMENTS,
    store::same::STATEMENTS,
    store::search::STATEMENTS,
    store::seeds::STATEMENTS,
    store::server_feeds::STATEMENTS,
    store::servers::STATEMENTS,
    store::settle::STATEMENTS,
    store::subscriptions::STATEMENTS,
    store::traces::STATEMENTS,
    store::transfer::STATEMENTS,
    store::votes::STATEMENTS,
    store::votes::rows::STATEMENTS,
];

#[tokio::test]
async fn every_statement_is_one() {
    let home = home().await;
    for (name, sql) in ALL.into_iter().flatten() {
        let prepared = sqlx::Executor::prepare(home.store.write(), sqlx::SqlStr::from_static(sql)).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}

#[test]
fn what_a_statement_gives_as_a_reason_is_told_in_peoples_language() {
    let all = ALL.into_iter().flatten();
    let reasons = all.flat_map(|(name, sql)| sql.split("reason = '").skip(1).map(move |rest| (name, rest)));
    for (name, rest) in reasons {
        let reason = rest.split('\'').next().unwrap_or_default();
        assert!(!matches!(Cause::of(reason), Cause::Other(_)), "{name}: {reason}");
    }
}

/// What may look through a whole table: it is small, or it is asked once at a start, a day, or by the operator.
const MAY_SCAN: [&str; 65] = [
    "EARLIER_FEEDS",
    "OLD_PRESSES",
    "OLD_BUNDLED",
    "OLD_SAMPLES",
    "MARK_LATE",
    "LATE_CHANNELS",
    "FREE_FEEDS",
    "FREE_ENTRIES",
    "FREE_DELIVERIES",
    "FREE_SEEDS",
    "FREE_EXTRAS",
    "FREE_DIRTY",
    "LATEST",
    "BY_TITLE",
    "FATE_TITLED",
    "NOTED",
    "FEED_AT",
    "KEPT",
    "TO_ADOPT",
    "ADOPTIONS",
    "ADOPT_POSTS",
    "COUNTS",
    "ONLY_FEEDS",
    "FEED_STATES",
    "OLD_HASHES",
    "OLD_SEEDS",
    "OLD_EXTRAS",
    "UNWATCHED",
    "OLD_VOTED",
    "LEFT_GUILDS",
    "LEFT_DELIVERIES",
    "ANY",
    "SEEDS_LEFT",
    "GUILDS",
    "BLOCKED",
    "ALL",
    "ANY_FORGOTTEN",
    "VOTES_OF",
    "BY_KEYS",
    "BY_WORDS",
    "BY_PHRASE",
    "LINES",
    "HOW_FAR",
    "INIT",
    "INITED",
    "BACKLOG",
    "LEARNT",
    "LESSONS",
    "FORGET_NAMED",
    "TABLES",
    "HAS_MIGRATIONS",
    "NO_SESSIONS",
    "STORY_THERE",
    // Its own list of at most fifty stories a name.
    "RELATED",
    "HAS_RELATED",
    // As small as a server's list of feeds, or asked by the operator.
    "ASKED",
    "OF_SETTINGS",
    "WAITING_FEEDS",
    "WATCH_ALL",
    "OPEN_FEEDS",
    // The index of what is not summed up yet, and what was found by it.
    "BEHIND",
    "UP_TO",
    "COUNT",
    "COUNTED",
    // Its own lists.
    "MOST_EVER",
];

/// The steps of how SQLite would answer each question, with the question's name and text.
async fn plans(home: &Home) -> Vec<(&'static str, &'static str, Vec<String>)> {
    let mut plans = Vec::new();
    for (name, sql) in ALL.into_iter().flatten().filter(|(name, _)| *name != "VACUUM_INTO") {
        plans.push((*name, *sql, home.plan(sql).await));
    }
    plans
}

#[tokio::test]
async fn nothing_that_is_asked_often_looks_through_a_table() {
    let home = home().await;
    for (name, _, steps) in plans(&home).await {
        for step in steps {
            assert!(
                MAY_SCAN.contains(&name)
                    || !step.starts_with("SCAN")
                    || step.contains("VIRTUAL TABLE")
                    || step.contains("CONSTANT ROW")
                    || step.contains("(subquery"),
                "{name}: {step}"
            );
        }
    }
    assert!(
        MAY_SCAN
            .iter()
            .all(|name| ALL.into_iter().flatten().any(|(known, _)| known == name))
    );
}

/// Of a large store: 60,000 stories, 300,000 lines, two million posts.
const LARGE: [&str; 9] = [
    "ANALYZE",
    "DELETE FROM sqlite_stat1",
    "INSERT INTO sqlite_stat1 VALUES ('article', NULL, '60000')",
    "INSERT INTO sqlite_stat1 VALUES ('quote', NULL, '300000')",
    "INSERT INTO sqlite_stat1 VALUES ('post', NULL, '2000000')",
    "INSERT INTO sqlite_stat1 VALUES ('entry', NULL, '60000')",
    "INSERT INTO sqlite_stat1 SELECT tbl_name, name, '300000 100' FROM sqlite_schema
        WHERE type = 'index' AND tbl_name IN ('article_subject', 'article_name', 'quote_key')",
    "INSERT INTO sqlite_stat1 SELECT tbl_name, name, '300000 5' FROM sqlite_schema
        WHERE type = 'index' AND tbl_name = 'quote'",
    "ANALYZE sqlite_schema",
];

#[tokio::test]
async fn no_question_makes_a_filter_of_all_stories_first() {
    let home = home().await;
    for sql in LARGE {
        sqlx::query(sql).execute(home.store.write()).await.unwrap();
    }
    for (name, _, steps) in plans(&home).await {
        for step in steps {
            assert!(!step.contains("BLOOM FILTER ON a "), "{name}: {step}");
        }
    }
}

/// What SQLite was told when nobody had voted yet, and believes until it is told otherwise: these indexes are empty.
const UNVOTED: [&str; 7] = [
    "ANALYZE",
    "DELETE FROM sqlite_stat1",
    "INSERT INTO sqlite_stat1 VALUES ('felt', 'felt', '300000 5 1'), ('felt', 'felt_posted', '0 0 0'),
        ('felt', 'felt_votes', '0 0 0')",
    "INSERT INTO sqlite_stat1 VALUES ('felt_emoji', 'felt_emoji', '1000000 20 5 1'),
        ('felt_emoji', 'felt_emoji_votes', '0 0 0 0')",
    "INSERT INTO sqlite_stat1 VALUES ('felt_drama', 'felt_drama', '300000 60000 100 1 1'),
        ('felt_drama', 'felt_drama_votes', '0 0 0 0 0')",
    "INSERT INTO sqlite_stat1 VALUES ('article_subject', 'article_subject', '300000 100 1')",
    "ANALYZE sqlite_schema",
];

/// Of a drama with 8,000 stories each was looked for among all 60,000: a minute.
#[tokio::test]
async fn sums_are_found_by_their_story_unless_it_is_said_how() {
    let home = home().await;
    for sql in UNVOTED {
        sqlx::query(sql).execute(home.store.write()).await.unwrap();
    }
    for (name, sql, steps) in plans(&home).await {
        for index in ["felt_posted", "felt_votes", "felt_emoji_votes", "felt_drama_votes"] {
            let asked = sql.contains(&format!("INDEXED BY {index}"));
            let taken = steps.iter().any(|step| step.contains(&format!("INDEX {index} ")));
            assert!(asked || !taken, "{name}: {steps:#?}");
        }
    }
}

/// Of a hundred candidates the stories were read, each with its body.
#[tokio::test]
async fn what_a_line_is_chosen_for_is_read_from_an_index() {
    let home = home().await;
    for (name, _, steps) in plans(&home).await {
        if ["ANY", "BY_KEYS", "BY_WORDS", "BY_PHRASE"].contains(&name) {
            let told = steps.iter().filter(|step| step.starts_with("SEARCH a "));
            assert_eq!(
                told.collect::<Vec<_>>(),
                ["SEARCH a USING COVERING INDEX article_brief (id=?)"],
                "{name}: {steps:#?}"
            );
            assert!(
                steps
                    .iter()
                    .any(|step| step.starts_with("SEARCH q USING INTEGER PRIMARY KEY") || step == "SCAN q"),
                "{name}: {steps:#?}"
            );
        }
    }
}
