//! The bot was away for long: no flood when it is back.

use crate::harness::{Play, Setting, talk, words};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_an_outage_the_newest_are_posted_and_the_others_are_one_digest() {
    let mut play = Play::with(Setting {
        own: "[posts]\nseed = false\ncatch_up = 2\n".to_owned(),
        ..talk()
    })
    .await;
    let (jun, news) = (play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let first = play.publish_many("storm", 1..2);
    play.posts(news, &first).await;
    play.stop_bot().await;
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", play.store_file().display()))
        .await
        .expect("the store");
    sqlx::query("UPDATE feed SET last_ok = last_ok - 7200000")
        .execute(&pool)
        .await
        .expect("two hours ago");
    pool.close().await;
    let missed = play.publish_many("storm", 2..8);
    play.start_bot().await;

    let digest = play.notice(news, "While I was away: 4 stories").await;
    let text = words(&digest);
    for number in 2..6 {
        assert!(text.contains(&format!("Part {number} Of storm")), "{number} in {text}");
    }
    let posts = play.posts(news, &missed[4..]).await;
    assert!(digest.id < posts[0].id, "the older ones first");
    let why = words(&play.slash(jun, news, "why", &[("story", json!(missed[1]))]).await);
    assert!(why.contains("Posted here"), "{why}");
    // And from then on as ever.
    let next = play.publish_many("storm", 8..9);
    play.posts(news, &next).await;
    play.end().await;
}
