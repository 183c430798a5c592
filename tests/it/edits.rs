//! A story that changes after it was posted, or is taken down.

use crate::harness::{Play, Setting, talk, words};
use crate::story::CLINIC;
use daesa_sandbox::{Fault, GatewayFault};

const PATCH: &str = "PATCH /channels/{channel_id}/messages/{message_id}";

/// Waits until a message has these words in it.
pub async fn shows(play: &Play, message: u64, part: &str) -> String {
    play.wait(
        |world| {
            let text = words(world.message(message)?);
            text.contains(part).then_some(text)
        },
        part,
    )
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_that_changes_is_edited_in_place_and_keeps_its_votes() {
    let mut play = Play::with(talk()).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let address = play.publish("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”", CLINIC);
    let post = play.post(news, &address).await;
    play.sandbox.react(jun, post.id, "😂", false).expect("a vote");

    // Discord does not take the edit at first, and the bot is killed over it.
    play.sandbox.fail(PATCH, 40, Fault::Status(500));
    let changed = play.sandbox.site().edit("boots", |article| {
        article.title = "Mo Hae Rin Runs Twice For “The Tidewater Clinic”".to_owned();
        article.html_body = article.html_body.replace("in rubber boots", "in silver sandals");
    });
    assert!(changed);
    play.requested(PATCH, 1).await;
    play.kill_bot().await;
    play.sandbox.clear_faults();
    play.start_bot().await;

    let text = shows(&play, post.id, "silver sandals").await;
    assert!(text.contains("Runs Twice"), "{text}");
    assert!(
        !text.contains("rubber boots"),
        "a quote that is not there any more: {text}"
    );
    assert!(text.contains("weighs more than both of us"), "{text}");
    play.counts_become("Runs Twice", "😂 1").await;
    let said = words(&play.ask(jun, news, "!quote mo hae rin").await);
    assert!(
        said.contains("silver sandals") && !said.contains("rubber boots"),
        "{said}"
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_that_is_taken_down_is_marked_and_stays() {
    let mut play = Play::with(Setting {
        feeds: "look_again = [2]\n".to_owned(),
        ..talk()
    })
    .await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    let address = play.publish("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”", CLINIC);
    let post = play.post(news, &address).await;
    assert!(play.sandbox.site().withdraw("boots"));
    let text = shows(&play, post.id, "taken this story down").await;
    assert!(text.contains("rubber boots"), "{text}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_follows_what_only_the_change_is_about_gets_the_story_once() {
    let mut play = Play::with(talk()).await;
    let (mina, news) = (play.mina, play.news);
    play.follow("the tidewater clinic").await;
    let stage = play.channel("stage");
    play.ask(mina, news, &format!("!subscribe paper moon detectives <#{stage}>"))
        .await;
    let address = play.publish("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”", CLINIC);
    let post = play.post(news, &address).await;
    let changed = play.sandbox.site().edit("boots", |article| {
        article.title = "Mo Hae Rin Runs For “The Tidewater Clinic” And “Paper Moon Detectives”".to_owned();
        article.html_body += "<p>She is also in KBS’s “Paper Moon Detectives,” which begins in June.</p>";
    });
    assert!(changed);
    play.post(stage, &address).await;
    shows(&play, post.id, "Paper Moon Detectives").await;
    // Another change brings it nobody twice: the harness finds what nobody waits for.
    play.sandbox.site().edit("boots", |article| {
        article.title = article.title.replace("Runs", "Runs Again");
    });
    shows(&play, post.id, "Runs Again").await;
    let next = play.publish_many("storm", 1..2);
    play.posts(news, &next).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_that_is_deleted_while_it_is_edited_is_left_alone() {
    let mut play = Play::with(talk()).await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    let address = play.publish("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”", CLINIC);
    let post = play.post(news, &address).await;
    play.sandbox.fail(PATCH, 1, Fault::Status(503));
    play.sandbox.site().edit("boots", |article| {
        article.title = article.title.replace("Runs", "Runs Twice");
    });
    play.requested(PATCH, 1).await;
    // Nobody tells the bot that it is gone.
    play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
    play.sandbox.delete_messages(news, &[post.id]);
    play.requested(PATCH, 2).await;
    let next = play.publish_many("storm", 1..2);
    play.posts(news, &next).await;
    play.sandbox.site().edit("boots", |article| {
        article.title = article.title.replace("Twice", "Thrice");
    });
    let more = play.publish_many("storm", 2..3);
    play.posts(news, &more).await;
    play.end().await;
}
