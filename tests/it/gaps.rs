//! Votes that the bot was not told of, and votes that it is told of at the wrong moment: in the end the tallies are what
//! Discord shows.

use crate::harness::{PATIENCE, PERMISSIONS, Play, Setting, quick, talk};
use daesa_sandbox::{Fault, GatewayFault, bits};
use std::time::{Duration, Instant};

const LOOK: &str = "GET /channels/{channel_id}/messages/{message_id}";

/// A conversation of which the bot is put out now and then.
fn broken() -> Setting {
    Setting {
        sandbox: quick(),
        ..talk()
    }
}

/// A post with one vote, which is counted.
async fn voted(play: &mut Play) -> u64 {
    play.follow("the tidewater clinic").await;
    let address = play.publish_many("storm", 1..2);
    let post = play.posts(play.news, &address).await.remove(0).id;
    play.sandbox.react(play.mina, post, "❤️", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 1");
    post
}

/// Waits until a number that the store gives is as expected.
async fn store_says(play: &Play, sql: &'static str, expected: i64) {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", play.store_file().display()))
        .await
        .expect("the store");
    let began = Instant::now();
    loop {
        let number: i64 = sqlx::query_scalar(sql).fetch_one(&pool).await.expect("a number");
        if number == expected {
            break;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "{number} for {expected}: {sql}\n{}",
            play.log_text()
        );
        // Nothing tells of a file that changes.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    pool.close().await;
}

/// One vote is lost, and another, which Discord shows already, is on its way while the counts are compared: two wrongs
/// that look right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vote_on_its_way_makes_no_wrong_count_right() {
    let mut play = Play::with(broken()).await;
    let post = voted(&mut play).await;
    let (mina, jun) = (play.mina, play.jun);
    play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
    play.sandbox
        .unreact(mina, post, "❤️", false)
        .expect("a vote taken back");
    play.sandbox.fail(LOOK, 1, Fault::Delayed(Duration::from_secs(1)));
    let before = play.sandbox.gateway_counts();
    play.sandbox.fail_gateway(GatewayFault::Invalid(false));
    play.gateway(|now| now.identifies > before.identifies, "a new session")
        .await;
    play.wait(|world| world.bot_online().then_some(()), "the connection")
        .await;
    play.sandbox
        .fail_gateway(GatewayFault::Late(Duration::from_millis(1_800)));
    play.sandbox.react(jun, post, "❤️", false).expect("a vote");
    // The late one is there, beside the one that was taken back …
    store_says(&play, "SELECT count(*) FROM vote WHERE user IS NOT NULL", 2).await;
    // … which is found out.
    store_says(&play, "SELECT count(*) FROM vote WHERE user IS NOT NULL", 1).await;
    play.counts_become("Part 1", "❤️ 1").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn votes_while_the_bot_was_out_of_the_server_are_found() {
    let mut play = Play::with(broken()).await;
    let post = voted(&mut play).await;
    let (jun, server) = (play.jun, play.server);
    play.sandbox.kick_bot(server);
    play.logged("left a server").await;
    play.sandbox.react(jun, post, "❤️", false).expect("a vote");
    play.sandbox.react(jun, post, "😂", false).expect("a vote");
    play.sandbox.invite_bot(server, PERMISSIONS);
    play.counts_become("Part 1", "❤️ 2 · 😂 1").await;

    // The same where the server was away for Discord itself.
    play.sandbox.fail_gateway(GatewayFault::DropEvents(0));
    play.sandbox.set_unavailable(server, true);
    play.logged("a server is away for a while").await;
    // It is long: what was in doubt at its beginning is compared before anything is lost.
    store_says(&play, "SELECT count(*) FROM post WHERE dirty IS NOT NULL", 0).await;
    play.sandbox.react(jun, post, "😮", false).expect("a vote");
    play.sandbox.set_unavailable(server, false);
    play.counts_become("Part 1", "❤️ 2 · 😂 1 · 😮 1").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn votes_in_a_channel_that_could_not_be_seen_are_found() {
    let mut play = Play::with(broken()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let stage = play.channel("stage");
    play.ask(mina, news, &format!("!subscribe the tidewater clinic <#{stage}>"))
        .await;
    let address = play.publish_many("storm", 1..2);
    let post = play.posts(stage, &address).await.remove(0).id;
    play.sandbox.react(mina, post, "❤️", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 1");
    play.deny_bot(stage, bits::VIEW_CHANNEL);
    play.sandbox.react(jun, post, "❤️", false).expect("a vote");
    play.sandbox.react(jun, post, "😭", false).expect("a vote");
    play.deny_bot(stage, 0);
    play.counts_become("Part 1", "❤️ 2 · 😭 1").await;
    play.end().await;
}

/// More votes than are asked for one by one: their number is right at once, and who voted is known later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn very_many_votes_in_a_gap_are_counted_at_once_and_known_later() {
    let mut play = Play::with(broken()).await;
    let post = voted(&mut play).await;
    let crowd: Vec<u64> = (0..2_100).map(|n| play.member(&format!("Fan{n}"))).collect();
    play.sandbox.fail_gateway(GatewayFault::DropEvents(2_100));
    for fan in &crowd {
        play.sandbox.react(*fan, post, "😂", false).expect("a vote");
    }
    play.sandbox.fail_gateway(GatewayFault::DropEvents(0));
    let before = play.sandbox.gateway_counts();
    play.sandbox.fail_gateway(GatewayFault::Invalid(false));
    play.gateway(|now| now.identifies > before.identifies, "a new session")
        .await;
    play.counts_become("Part 1", "❤️ 1 · 😂 2,100").await;
    store_says(&play, "SELECT count(*) FROM vote WHERE emoji = '😂'", 2_100).await;
    play.sandbox
        .unreact(crowd[7], post, "😂", false)
        .expect("a vote taken back");
    play.counts_become("Part 1", "❤️ 1 · 😂 2,099").await;
    play.end().await;
}

/// An emoji that Discord shows with and without a variation selector is one vote's emoji; skin tones are emoji of
/// their own, which count as no feeling.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn variants_of_an_emoji_are_found_as_they_are() {
    let mut play = Play::with(broken()).await;
    let post = voted(&mut play).await;
    let (mina, jun) = (play.mina, play.jun);
    let before = play.sandbox.gateway_counts();
    play.sandbox.fail_gateway(GatewayFault::DropEvents(4));
    play.sandbox.react(jun, post, "❤", false).expect("a vote");
    play.sandbox.react(jun, post, "👍🏽", false).expect("a reaction");
    play.sandbox.react(mina, post, "👍🏿", false).expect("a reaction");
    play.sandbox.react(mina, post, "👍", true).expect("a reaction");
    play.sandbox.fail_gateway(GatewayFault::DropEvents(0));
    play.sandbox.fail_gateway(GatewayFault::Invalid(false));
    play.gateway(|now| now.identifies > before.identifies, "a new session")
        .await;
    store_says(&play, "SELECT sum(rows) FROM tally WHERE burst = 0 OR emoji = '👍'", 5).await;
    for emoji in ["👍🏽", "👍🏿", "👍"] {
        let kept = play.sandbox.look(|world| {
            let message = world.message(post)?;
            message
                .reactions
                .iter()
                .find(|reacted| reacted.emoji.name == emoji)
                .map(|_| ())
        });
        assert!(kept.is_some(), "{emoji} is an emoji of its own");
    }
    store_says(&play, "SELECT count(DISTINCT emoji) FROM tally WHERE rows > 0", 4).await;
    play.end().await;
}
