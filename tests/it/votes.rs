//! Votes: what Discord shows under a post less the bot's own is what is counted, whoever reacts, how, and when.

use crate::harness::{Play, Setting, roomy, short_lived, talk, words};
use daesa_sandbox::{Fault, bits};
use std::time::Duration;

const SEED: &str = "PUT /channels/{channel_id}/messages/{message_id}/reactions*";

async fn stories(play: &mut Play, numbers: std::ops::Range<u32>) -> Vec<u64> {
    let addresses = play.publish_many("storm", numbers);
    play.posts(play.news, &addresses)
        .await
        .into_iter()
        .map(|post| post.id)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_vote_counts_as_what_it_is() {
    let mut play = Play::with(talk()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let post = stories(&mut play, 1..2).await[0];
    let voters: Vec<u64> = (0..6).map(|n| play.member(&format!("Voter{n}"))).collect();
    for voter in &voters {
        play.sandbox.react(*voter, post, "😂", false).expect("a vote");
    }
    assert_eq!(play.counted("Part 1").await, "😂 6");
    // A super reaction beside the normal one, another emoji of the same feeling, both forms of the heart.
    play.sandbox.react(jun, post, "😂", true).expect("a burst");
    play.sandbox.react(jun, post, "😂", false).expect("a vote");
    play.sandbox.react(jun, post, "🤣", false).expect("a vote");
    play.sandbox.react(mina, post, "❤️", false).expect("a vote");
    play.sandbox.react(jun, post, "❤", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 2 · 😂 9");
    // A server's own emoji and one that stands for no feeling.
    play.sandbox
        .react(mina, post, "dancing:1123456789012345678", false)
        .expect("a vote");
    play.sandbox.react(jun, post, "🍜", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 2 · 😂 9 · ➕ 2");
    // Another bot's is seen and is no feeling.
    let robot = play.sandbox.add_other_bot("robot");
    play.sandbox.add_member(play.server, robot);
    play.sandbox.react(robot, post, "😭", false).expect("a bot's reaction");
    assert_eq!(play.counted("Part 1").await, "❤️ 2 · 😂 9 · ➕ 2");

    // Taken back by one, a burst by itself, cleared by a moderator, all cleared.
    play.sandbox
        .unreact(voters[0], post, "😂", false)
        .expect("a vote taken back");
    play.sandbox.unreact(jun, post, "😂", true).expect("a burst taken back");
    assert_eq!(play.counted("Part 1").await, "❤️ 2 · 😂 7 · ➕ 2");
    play.sandbox.clear_reactions(post, Some("❤️")).expect("cleared");
    assert_eq!(play.counted("Part 1").await, "😂 7 · ➕ 2");
    play.sandbox.clear_reactions(post, None).expect("cleared");
    assert_eq!(play.counted("Part 1").await, "");
    play.sandbox.react(jun, post, "😮", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "😮 1");
    // What is no post of a story has no votes.
    let said = play.sandbox.say(mina, news, "Wait for it").expect("it may be said");
    play.sandbox.react(jun, said, "😂", false).expect("a reaction");
    assert_eq!(play.counted("Part 1").await, "😮 1");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_votes_of_a_deleted_post_stay_as_they_were() {
    let mut play = Play::with(talk()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let stage = play.channel("stage");
    play.follow("the tidewater clinic").await;
    play.ask(mina, news, &format!("!subscribe the tidewater clinic <#{stage}>"))
        .await;
    let addresses = play.publish_many("storm", 1..4);
    let posts = play.posts(news, &addresses).await;
    let on_stage = play.posts(stage, &addresses).await;
    for post in posts.iter().chain(&on_stage) {
        play.sandbox.react(jun, post.id, "😂", false).expect("a vote");
    }
    assert_eq!(play.counted("Part 1").await, "😂 2");
    // One post, then two at once, then a channel with all that is in it.
    play.sandbox.delete_messages(news, &[posts[0].id]);
    play.sandbox.delete_messages(news, &[posts[1].id, posts[2].id]);
    assert!(play.sandbox.delete_channel(stage));
    for part in ["Part 1", "Part 2", "Part 3"] {
        assert_eq!(play.counted(part).await, "😂 2", "{part}");
    }
    let why = words(
        &play
            .slash(jun, news, "why", &[("story", addresses[0].clone().into())])
            .await,
    );
    assert!(why.contains("Posted here") && why.contains("deleted since"), "{why}");
    // What a channel followed that is gone is forgotten with it.
    let list = words(&play.slash(mina, news, "subscriptions", &[]).await);
    assert!(
        list.contains("1 channel") && !list.contains(&stage.to_string()),
        "{list}"
    );
    let more = play.publish_many("storm", 4..5);
    play.posts(news, &more).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn votes_that_come_before_the_bots_own_reactions_are_peoples() {
    let mut play = Play::with(Setting {
        sandbox: roomy(),
        ..Setting::default()
    })
    .await;
    let (mina, jun) = (play.mina, play.jun);
    play.follow("the tidewater clinic").await;
    play.sandbox.fail(SEED, 5, Fault::Delayed(Duration::from_millis(300)));
    let post = stories(&mut play, 1..2).await[0];
    for emoji in ["❤️", "😂", "😮", "😭", "😡"] {
        play.sandbox.react(jun, post, emoji, false).expect("a vote");
    }
    play.sandbox.react(mina, post, "😡", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 1 · 😂 1 · 😮 1 · 😭 1 · 😡 2");
    play.seeded(post).await;
    assert_eq!(
        play.counted("Part 1").await,
        "❤️ 1 · 😂 1 · 😮 1 · 😭 1 · 😡 2",
        "the bot's own are none"
    );
    // A moderator takes all away, the bot's own as well.
    play.sandbox.clear_reactions(post, Some("😡")).expect("cleared");
    assert_eq!(play.counted("Part 1").await, "❤️ 1 · 😂 1 · 😮 1 · 😭 1");
    play.sandbox.react(mina, post, "😡", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 1 · 😂 1 · 😮 1 · 😭 1 · 😡 1");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_while_the_bot_was_away_for_long_is_found_in_discords_counts() {
    let mut play = Play::with(short_lived().into()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let stage = play.channel("stage");
    play.ask(mina, news, &format!("!subscribe the tidewater clinic <#{stage}>"))
        .await;
    let addresses = play.publish_many("storm", 1..5);
    let posts: Vec<u64> = play.posts(news, &addresses).await.iter().map(|post| post.id).collect();
    let hidden = play.posts(stage, &addresses).await;
    for post in posts.iter().chain(hidden.iter().map(|post| &post.id)) {
        play.seeded(*post).await;
    }
    for post in &posts {
        play.sandbox.react(jun, *post, "😂", false).expect("a vote");
        play.sandbox.react(mina, *post, "😂", true).expect("a burst");
    }
    assert_eq!(play.counted("Part 4").await, "😂 2");
    play.stop_bot().await;

    let voter = play.member("Voter");
    let robot = play.sandbox.add_other_bot("robot");
    play.sandbox.add_member(play.server, robot);
    play.sandbox
        .unreact(jun, posts[0], "😂", false)
        .expect("a vote taken back");
    play.sandbox.react(voter, posts[0], "😭", false).expect("a vote");
    play.sandbox
        .react(robot, posts[0], "😭", false)
        .expect("a bot's reaction");
    // As many as before, and others: the counts alone do not tell.
    play.sandbox
        .unreact(jun, posts[1], "😂", false)
        .expect("a vote taken back");
    play.sandbox.react(voter, posts[1], "😂", false).expect("a vote");
    play.sandbox.clear_reactions(posts[2], None).expect("cleared");
    play.sandbox.delete_messages(news, &[posts[3]]);
    // Where its history may not be read any more nothing is asked, and so nothing is refused.
    play.deny_bot(stage, bits::READ_MESSAGE_HISTORY);
    play.sandbox.react(voter, hidden[0].id, "😡", false).expect("a vote");
    play.start_bot().await;

    play.counts_become("Part 1", "😂 1 · 😭 1").await;
    play.counts_become("Part 3", "").await;
    assert_eq!(play.counted("Part 2").await, "😂 2");
    assert_eq!(play.counted("Part 4").await, "😂 2", "frozen");
    // The live votes go on from there.
    play.sandbox
        .unreact(mina, posts[0], "😂", true)
        .expect("a burst taken back");
    play.sandbox
        .unreact(voter, posts[1], "😂", false)
        .expect("a vote taken back");
    play.counts_become("Part 1", "😭 1").await;
    play.counts_become("Part 2", "😂 1").await;
    play.end().await;
}
