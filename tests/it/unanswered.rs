//! What the store does not know is found in the channel: a post whose answer was lost.

use crate::harness::{Play, forgetful};
use daesa_sandbox::{GatewayFault, Step};

const POST: &str = "POST /channels/{channel_id}/messages";

/// The answer to a post is lost, Discord has forgotten the nonce, and no session of the last run is kept: the
/// post is found before the gateway has said who the bot is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_post_is_found_before_the_gateway_is_ready() {
    let mut play = Play::with(forgetful().into()).await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    play.requested(POST, 1).await;
    play.kill_at(|step| matches!(step, Step::MessageStored { .. }));
    play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
    let address = play.publish_many("storm", 1..2);
    play.ended().await;

    let store = format!("sqlite://{}", play.store_file().display());
    let pool = sqlx::SqlitePool::connect(&store).await.expect("the store");
    for change in [
        "UPDATE delivery SET first_try = first_try - 120000 WHERE state = 0",
        "DELETE FROM meta WHERE key LIKE 'session.%'",
    ] {
        sqlx::query(change).execute(&pool).await.expect(change);
    }
    pool.close().await;
    play.start_bot().await;
    let post = play.posts(news, &address).await.remove(0);
    play.seeded(post.id).await;
    play.end().await;
}
