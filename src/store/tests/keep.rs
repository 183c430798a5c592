//! What is not kept for ever.

use super::votes::{add, key, posts, remove, tally};
use super::*;
use crate::model::{Emoji, UserId, VoteBatch, VoteKey};

fn keep() -> Keep {
    Keep {
        bodies: 10,
        voters: 20,
        deliveries: 30,
        traces: 1,
    }
}

#[tokio::test]
async fn the_defaults_are_those_of_the_design() {
    assert_eq!(
        Keep::default(),
        Keep {
            bodies: 30,
            voters: 180,
            deliveries: 90,
            traces: 7
        }
    );
}

#[tokio::test]
async fn bodies_go_and_stories_stay() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    let (article, messages) = home.post(1, &Told::of("tide").saying(Some("Ara"), "Yes."), NOW).await;
    let pruned = home.prune(&keep(), NOW + 9 * DAY).await.unwrap();
    assert_eq!((pruned.bodies, pruned.traces, pruned.deliveries), (0, 2, 0));
    let pruned = home.prune(&keep(), NOW + 11 * DAY).await.unwrap();
    assert_eq!((pruned.bodies, pruned.traces), (1, 0));
    assert_eq!(home.body(article).await.unwrap(), None);
    assert_eq!(home.kept().await.unwrap(), (1, 1));
    let pruned = home.prune(&keep(), NOW + 31 * DAY).await.unwrap();
    assert_eq!(pruned.deliveries, 1);
    assert_eq!(
        home.post_of(messages[0]).await.unwrap().unwrap().article,
        article,
        "message and story stay"
    );
    assert_eq!(
        home.story_at(&link(1), None).await.unwrap(),
        Some(article),
        "and so the story is never new again"
    );
}

#[tokio::test]
async fn what_is_not_done_is_kept() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    home.settle(&claim, &Step::Hold("not sure".into()), After::default(), NOW)
        .await
        .unwrap();
    home.publish(2, &Told::of("tide"), NOW).await;
    assert_eq!(home.prune(&keep(), NOW + 90 * DAY).await.unwrap().deliveries, 0);
    assert_eq!(
        home.backlog(None).await.unwrap(),
        Backlog {
            waiting: 1,
            held: 1,
            dead: 0,
            scheduled: 0
        }
    );
}

#[tokio::test]
async fn voters_go_and_votes_stay() {
    let (old, new) = (MessageId(1), MessageId(2));
    let home = posts(&[old, new]).await;
    sqlx::query("UPDATE post SET posted = $1 WHERE message = 2")
        .bind(NOW + 15 * DAY)
        .execute(home.store.write())
        .await
        .unwrap();
    for message in [old, new] {
        for user in [1, 2, 9] {
            home.apply_votes(&[add(key(message, "❤️", user, false), user == 9)], NOW)
                .await
                .unwrap();
        }
    }
    home.forget(UserId(1)).await.unwrap();
    let now = NOW + 21 * DAY;
    assert_eq!(home.prune(&keep(), now).await.unwrap().voters, 2);
    assert_eq!(tally(&home, old).await, [("❤".to_owned(), false, 3, 1, 3)]);
    assert_eq!(tally(&home, new).await, [("❤".to_owned(), false, 3, 1, 1)]);
    assert_eq!(home.number("SELECT count(*) FROM vote").await, 2);
    assert_eq!(home.number("SELECT count(*) FROM forgotten").await, 1);
    assert_eq!(home.prune(&keep(), now).await.unwrap().voters, 0);
    // A vote taken back that is not known any more: Discord is asked, and its count is taken.
    home.apply_votes(&[remove(key(old, "❤️", 2, false))], now)
        .await
        .unwrap();
    assert_eq!(home.next_dirty_due().await.unwrap(), Some(now));
    home.set_count(old, &Emoji::unicode("❤️"), false, 2).await.unwrap();
    assert_eq!(tally(&home, old).await, [("❤".to_owned(), false, 2, 1, 2)]);
}

#[tokio::test]
async fn of_many_posts_the_voters_of_the_old_ones_go() {
    // A post each quarter of an hour, every third without a vote.
    const POSTS: i64 = 1_300;
    let quarter = 15 * MINUTE;
    let home = home().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let first = MessageId::first_of(NOW).to_db();
    assert_eq!(MessageId::from_db(first).created(), NOW);
    for sql in [
        "WITH n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < $1 - 1)
            INSERT INTO post (message, article, channel, guild, posted)
            SELECT $2 + ((n * $4) << 22) + n, 1, 5, 70, $3 + n * $4 + 900 FROM n",
        "INSERT INTO vote SELECT message, '❤', 9, 0, 0 FROM post WHERE message % 3 <> 0 AND $1 + $2 + $3 + $4 > 0",
        "INSERT INTO tally (message, emoji, burst, rows) SELECT message, emoji, burst, 1 FROM vote
            WHERE $1 + $2 + $3 + $4 > 0",
    ] {
        let sql = sqlx::query(sql).bind(POSTS).bind(first).bind(NOW).bind(quarter);
        sql.execute(home.store.write()).await.unwrap();
    }
    let all = home.number("SELECT count(*) FROM vote").await;
    let mut gone = 0;
    for old in [0, 1, POSTS / 2, 700, POSTS] {
        let now = NOW + 20 * DAY + old * quarter + 900;
        gone += home.prune(&keep(), now).await.unwrap().voters;
        let expected = sqlx::query_scalar("SELECT count(*) FROM post WHERE message % 3 <> 0 AND posted < $1");
        let expected: i64 = expected
            .bind(now - 20 * DAY)
            .fetch_one(home.store.read())
            .await
            .unwrap();
        assert_eq!(gone, expected.unsigned_abs(), "{old}");
        assert_eq!(home.number("SELECT count(*) FROM vote").await, all - expected);
    }
    assert_eq!(gone, all.unsigned_abs());
    assert_eq!(home.number("SELECT sum(base) FROM tally").await, all);
}

#[tokio::test]
async fn the_file_shrinks_again() {
    let home = posts(&[MessageId(1)]).await;
    let votes = |users: std::ops::Range<u64>| -> Vec<VoteKey> {
        users.map(|user| key(MessageId(1), "❤️", user, false)).collect()
    };
    let added = votes(0..20_000).into_iter().map(|key| (key, false)).collect();
    home.apply_votes(
        &[VoteBatch {
            added,
            ..VoteBatch::default()
        }],
        NOW,
    )
    .await
    .unwrap();
    let full = home.number("PRAGMA page_count").await;
    assert_eq!(home.prune(&keep(), NOW + 21 * DAY).await.unwrap().voters, 20_000);
    let after = home.number("PRAGMA page_count").await;
    assert!(after < full - 50, "{after} of {full} pages");
    assert_eq!(tally(&home, MessageId(1)).await[0].2, 20_000);
}

#[tokio::test]
async fn seeds_of_posts_that_are_gone_go() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    let seeds = ["❤️".to_owned()];
    home.settle(&claim, &Step::Sent(Some(MessageId(1))), seeded(&seeds), NOW)
        .await
        .unwrap();
    home.apply_votes(
        &[VoteBatch {
            deleted: vec![MessageId(1)],
            ..VoteBatch::default()
        }],
        NOW,
    )
    .await
    .unwrap();
    assert_eq!(home.seeds_left().await.unwrap(), 0);
    assert!(home.claim_seeds(NOW, MINUTE, 10).await.unwrap().is_empty());
    home.prune(&keep(), NOW).await.unwrap();
    assert_eq!(home.number("SELECT count(*) FROM seed").await, 0);
}

#[tokio::test]
async fn however_much_is_found_by_no_index_all_of_it_goes() {
    let home = home().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    for sql in [
        "WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1203)
            INSERT INTO post (message, article, channel, guild, posted) SELECT n, 1, 5, 70, $1 FROM n",
        "INSERT INTO seed (message, position, emoji, due_at) SELECT message, 0, '❤️', $1 FROM post",
    ] {
        sqlx::query(sql).bind(NOW).execute(home.store.write()).await.unwrap();
    }
    for (days, left) in [(29, 1_203), (31, 0)] {
        home.prune(&keep(), NOW + days * DAY).await.unwrap();
        assert_eq!(
            home.number("SELECT count(*) FROM seed").await,
            left,
            "after {days} days"
        );
    }
}

#[tokio::test]
async fn of_what_the_first_look_noted_the_newest_can_be_seen_for_a_while() {
    let home = home().await;
    let feed = home.feed().await;
    let listed: Vec<_> = (1..=5).rev().map(entry).collect();
    home.record_fetch(feed, &read(NOW), &listed, 0, NOW).await.unwrap();
    let noted = async || {
        let entries = home.noted(None, 10).await.unwrap().into_iter();
        entries.filter_map(|due| due.entry.title).collect::<Vec<_>>()
    };
    assert_eq!(noted().await, ["Story 5", "Story 4", "Story 3"], "whole, newest first");
    assert!(
        home.due_entries(NOW, MINUTE, 10).await.unwrap().is_empty(),
        "but not to be read"
    );
    home.prune(&keep(), NOW + 11 * DAY).await.unwrap();
    assert!(noted().await.is_empty());
    let again = home.record_fetch(feed, &read(NOW), &listed, 0, NOW).await.unwrap();
    assert_eq!(again, Recorded::default(), "and known all the same");
}

#[tokio::test]
async fn what_was_cleared_is_given_back_but_for_what_the_next_days_take() {
    let home = home().await;
    let fill = "CREATE TABLE filling AS
        WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 9000) SELECT zeroblob(4000) FROM n";
    sqlx::raw_sql(fill).execute(home.store.write()).await.unwrap();
    sqlx::raw_sql("DROP TABLE filling")
        .execute(home.store.write())
        .await
        .unwrap();
    let pages = async || {
        (
            home.number("SELECT freelist_count FROM pragma_freelist_count").await,
            home.number("SELECT page_count FROM pragma_page_count").await,
        )
    };
    assert!(pages().await.0 > 8_000, "more than is given back at once");
    home.prune(&keep(), NOW).await.unwrap();
    let (free, all) = pages().await;
    assert!(free <= all / 50 && all < 1_000, "{free} of {all}");
}
