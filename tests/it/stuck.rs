//! What could not be posted is shown, with its reason, and can be tried again.

use crate::harness::{Play, buttons, talk, words};
use daesa_sandbox::Fault;
use serde_json::json;

const POST: &str = "POST /channels/{channel_id}/messages";

/// AutoMod blocks the next post.
fn blocked(play: &Play) {
    let refused = Fault::Refused {
        status: 400,
        code: 200_000,
    };
    play.sandbox.fail(POST, 1, refused);
}

async fn given_up(play: &mut Play, numbers: std::ops::Range<u32>) -> String {
    play.expect_error("not posted");
    blocked(play);
    let address = play.publish_many("storm", numbers).remove(0);
    play.logged("blocked by AutoMod").await;
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_is_tried_again_by_those_who_manage_the_channel() {
    let mut play = Play::with(talk()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let address = given_up(&mut play, 1..2).await;

    let check = play.run(&["check"]).await;
    assert_eq!(check.code, Some(1), "{check:?}");
    assert!(
        check.out.contains("1 given up") && check.out.contains("AutoMod"),
        "{}",
        check.out
    );
    let retry = play.run(&["retry", "--all"]).await;
    assert_eq!(retry.code, Some(2), "{retry:?}");
    assert!(retry.err.contains("in use by process"), "{}", retry.err);

    let asked = play.slash(jun, news, "why", &[("story", json!(address))]).await;
    assert!(words(&asked).contains("Given up") && words(&asked).contains("AutoMod"));
    assert!(buttons(&asked).is_empty(), "not for everybody");
    let check = play.slash(mina, news, "check", &[]).await;
    let again = crate::harness::button(&check, "Try again");
    let answer = words(&play.press(mina, check.id, &again).await);
    assert!(answer.contains("one story again"), "{answer}");
    play.posts(news, &[address]).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_by_hand_while_the_bot_is_stopped() {
    let mut play = Play::with(talk()).await;
    play.follow("the tidewater clinic").await;
    let first = given_up(&mut play, 1..2).await;
    let second = play.publish_many("storm", 2..3).remove(0);
    let news = play.news;
    play.post(news, &second).await;
    play.stop_bot().await;
    let nothing = play.run(&["retry", "99"]).await;
    assert_eq!(nothing.code, Some(1), "{nothing:?}");
    let retry = play.run(&["retry", "1"]).await;
    assert_eq!(retry.code, Some(0), "{retry:?}");
    play.start_bot().await;
    play.post(news, &first).await;
    play.end().await;
}
