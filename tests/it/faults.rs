//! What Discord does wrong: refusals, lost replies, cut connections, sessions that end. After it each channel has
//! each story once and in order, and the votes are counted as Discord shows them.

use crate::harness::{PATIENCE, Play, Setting, roomy, talk, words};
use crate::story::CLINIC;
use daesa_sandbox::{Fault, GatewayFault, bits};
use serde_json::json;
use std::time::Duration;

const POST: &str = "POST /channels/{channel_id}/messages";
const SEED: &str = "PUT /channels/{channel_id}/messages/{message_id}/reactions*";
const MOMENT: Duration = Duration::from_millis(200);

/// Everything that can come of a request, as long as trying again can help.
fn passing() -> Vec<Fault> {
    vec![
        Fault::Lost,
        Fault::Limited { retry_after: MOMENT },
        Fault::Status(502),
        Fault::Cut,
        Fault::LimitedShared { retry_after: MOMENT },
        Fault::Lost,
        Fault::Slow(MOMENT),
        Fault::Status(500),
        Fault::LimitedGlobally { retry_after: MOMENT },
        Fault::Blocked {
            retry_after: Duration::from_secs(1),
        },
        Fault::Delayed(MOMENT),
        Fault::Status(503),
        Fault::Lost,
        Fault::Cut,
        Fault::Status(504),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_channel_gets_each_story_once_and_in_order_whatever_becomes_of_requests() {
    let mut play = Play::with(talk()).await;
    let (mina, news) = (play.mina, play.news);
    let mut channels = vec![news];
    play.follow("the tidewater clinic").await;
    for n in 0..7 {
        let channel = play.channel(&format!("stage-{n}"));
        let options = [
            ("drama", json!("the tidewater clinic")),
            ("channel", json!(channel.to_string())),
        ];
        play.slash(mina, news, "subscribe", &options).await;
        channels.push(channel);
    }
    let asked = play.sandbox.requests().len();
    for fault in passing() {
        play.sandbox.fail(POST, 1, fault);
    }
    let stories = play.publish_many("storm", 0..3);
    // A feed has the newest first; a channel has them in the order in which they came.
    for channel in channels {
        let posts = play.posts(channel, &stories).await;
        assert!(posts.is_sorted_by_key(|post| post.id));
    }
    let requests = play.sandbox.requests();
    let injected = requests.iter().skip(asked).filter(|request| request.injected).count();
    assert_eq!(injected, passing().len(), "every fault was met");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_that_is_lost_with_its_echo_is_no_second_post() {
    let mut play = Play::with(talk()).await;
    play.follow("the tidewater clinic").await;
    play.sandbox.fail(POST, 1, Fault::Lost);
    play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
    let address = play.publish(
        "stretcher",
        "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”",
        CLINIC,
    );
    let post = play.post(play.news, &address).await;
    // The first try, and the second that tells: the same message.
    let told = || {
        let all = play.sandbox.requests();
        let tries: Vec<_> = all
            .into_iter()
            .filter(|r| r.request.as_ref().is_some_and(|b| b["embeds"][0]["url"] == *address))
            .collect();
        (tries.len() >= 2).then_some(tries)
    };
    let tries = play
        .sandbox
        .wait_until(told, PATIENCE)
        .await
        .expect("it is tried until it is known");
    let nonce = |n: usize| tries[n].request.as_ref().map(|body| body["nonce"].clone());
    assert!(nonce(0).is_some() && nonce(0) == nonce(1), "one delivery, one nonce");
    assert_eq!(
        tries[1].response.as_ref().map(|reply| reply["id"].clone()),
        Some(json!(post.id.to_string()))
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_discord_refuses_is_posted_plainly_or_waits_for_the_permission() {
    let mut play = Play::with(talk()).await;
    let (mina, news) = (play.mina, play.news);
    let stage = play.channel("stage");
    play.follow("the tidewater clinic").await;

    // A card that Discord does not like: the headline and the link go out as plain text.
    play.sandbox.fail(
        POST,
        1,
        Fault::Refused {
            status: 400,
            code: 50_035,
        },
    );
    let address = play.publish_many("plain", 1..2).remove(0);
    let plain = play
        .wait(
            |world| {
                world
                    .bot_messages_in(news)
                    .into_iter()
                    .find(|m| m.content.contains(&address))
                    .cloned()
            },
            "a plain post",
        )
        .await;
    assert!(
        plain.embeds.is_empty() && plain.content.contains("Part 1"),
        "{}",
        plain.content
    );
    play.take(plain.id);

    // The permission is taken after the channel began to follow: its stories wait, others' do not.
    play.ask(mina, news, &format!("!subscribe the tidewater clinic <#{stage}>"))
        .await;
    play.deny_bot(stage, bits::SEND_MESSAGES);
    let stories = play.publish_many("storm", 2..4);
    play.posts(news, &stories).await;
    let list = words(&play.slash(mina, news, "subscriptions", &[]).await);
    assert!(list.contains("waiting for a permission"), "{list}");
    let check = words(
        &play
            .slash(mina, news, "check", &[("channel", json!(stage.to_string()))])
            .await,
    );
    assert!(
        check.contains("Send Messages") && check.contains("2 waiting"),
        "{check}"
    );
    let why = words(&play.slash(mina, stage, "why", &[("story", json!(stories[0]))]).await);
    assert!(why.contains("Waiting for a permission"), "{why}");
    // The people of the channel are told once, before what waited.
    play.deny_bot(stage, 0);
    let posts = play.posts(stage, &stories).await;
    let told = play.notice(stage, "I can post here again").await;
    assert!(words(&told).contains("2 stories have waited"), "{}", words(&told));
    assert!(told.id < posts[0].id, "told first");
    let list = words(&play.slash(mina, news, "subscriptions", &[]).await);
    assert!(!list.contains("waiting for a permission"), "{list}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn feelings_that_cannot_be_put_are_tried_again_or_left() {
    let mut play = Play::with(Setting {
        sandbox: roomy(),
        ..Setting::default()
    })
    .await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    for fault in [Fault::Limited { retry_after: MOMENT }, Fault::Status(502), Fault::Lost] {
        play.sandbox.fail(SEED, 1, fault);
    }
    let address = play.publish_many("storm", 1..2);
    let post = play.posts(news, &address).await.remove(0);
    play.seeded(post.id).await;

    // One emoji that Discord does not know is left out; the others are put.
    play.sandbox.fail(
        SEED,
        1,
        Fault::Refused {
            status: 400,
            code: 10_014,
        },
    );
    let address = play.publish_many("storm", 2..3);
    let post = play.posts(news, &address).await.remove(0);
    let put = |count: usize| {
        move |world: &daesa_sandbox::World| (world.message(post.id)?.reactions.len() == count).then_some(())
    };
    play.wait(put(4), "four feelings").await;

    // Where reactions are refused they are not tried again, and people's votes count all the same.
    play.sandbox.fail(
        SEED,
        5,
        Fault::Refused {
            status: 403,
            code: 50_013,
        },
    );
    let address = play.publish_many("storm", 3..4);
    let bare = play.posts(news, &address).await.remove(0);
    play.sandbox.react(play.jun, bare.id, "😮", false).expect("a vote");
    assert_eq!(play.counted("Part 3").await, "😮 1");
    let tries = |play: &Play| {
        play.sandbox
            .requests()
            .iter()
            .filter(|r| r.path.contains(&bare.id.to_string()))
            .count()
    };
    let refused = play
        .sandbox
        .wait_until(|| (tries(&play) > 0).then_some(()), PATIENCE)
        .await;
    assert!(refused.is_some(), "it was tried");
    play.sandbox.clear_faults();
    let address = play.publish_many("storm", 4..5);
    let next = play.posts(news, &address).await.remove(0);
    play.seeded(next.id).await;
    assert!(tries(&play) <= 5, "once for each emoji at most: {}", tries(&play));
    play.end().await;
}

/// Posts a story and gives it a vote, which is counted.
async fn a_voted_story(play: &mut Play) -> u64 {
    play.follow("the tidewater clinic").await;
    let address = play.publish_many("storm", 1..2);
    let post = play.posts(play.news, &address).await.remove(0);
    play.sandbox.react(play.mina, post.id, "❤️", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 1");
    post.id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn votes_that_come_while_the_connection_is_lost_are_counted_by_the_same_session() {
    let mut play = Play::with(talk()).await;
    let post = a_voted_story(&mut play).await;
    let faults = [
        GatewayFault::Reconnect,
        GatewayFault::Cut,
        GatewayFault::Close(None),
        GatewayFault::Close(Some(4000)),
        GatewayFault::Invalid(true),
    ];
    let mut votes = 1;
    for fault in faults {
        let before = play.sandbox.gateway_counts();
        let voters: Vec<u64> = (0..4).map(|n| play.member(&format!("Voter{votes}{n}"))).collect();
        for (n, voter) in voters.iter().enumerate() {
            if n == 2 {
                play.sandbox.fail_gateway(fault.clone());
            }
            play.sandbox.react(*voter, post, "❤️", false).expect("a vote");
        }
        play.gateway(|now| now.resumed > before.resumed, "the session taken up again")
            .await;
        play.sandbox
            .unreact(voters[0], post, "❤️", false)
            .expect("a vote taken back");
        votes += 3;
        assert_eq!(play.counted("Part 1").await, format!("❤️ {votes}"), "after {fault:?}");
        assert_eq!(
            play.sandbox.gateway_counts().identifies,
            before.identifies,
            "{fault:?} ends no session"
        );
    }
    // A story that came meanwhile is posted once, and commands are answered once.
    play.sandbox.fail_gateway(GatewayFault::Cut);
    let address = play.publish_many("storm", 2..3);
    play.posts(play.news, &address).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_ended_loses_no_vote() {
    // Sessions are begun five seconds apart, so the two plays go on side by side.
    tokio::join!(
        ended_by(GatewayFault::Invalid(false)),
        ended_by(GatewayFault::Close(Some(4009)))
    );
}

async fn ended_by(fault: GatewayFault) {
    let mut play = Play::with(talk()).await;
    let post = a_voted_story(&mut play).await;
    let before = play.sandbox.gateway_counts();
    // Three votes that Discord never tells of, before the session ends, and one while it does.
    play.sandbox.fail_gateway(GatewayFault::DropEvents(3));
    for n in 0..4 {
        let voter = play.member(&format!("Voter{n}"));
        if n == 3 {
            play.sandbox.fail_gateway(fault.clone());
        }
        play.sandbox.react(voter, post, "❤️", false).expect("a vote");
    }
    play.gateway(|now| now.identifies > before.identifies, "a new session")
        .await;
    play.counts_become("Part 1", "❤️ 5").await;
    play.sandbox
        .unreact(play.mina, post, "❤️", false)
        .expect("a vote taken back");
    play.counts_become("Part 1", "❤️ 4").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_twice_counts_once() {
    let mut play = Play::with(talk()).await;
    let (jun, news) = (play.jun, play.news);
    let post = a_voted_story(&mut play).await;
    play.sandbox.fail_gateway(GatewayFault::DoubleEvents(2));
    play.sandbox.react(jun, post, "😂", false).expect("a vote");
    play.sandbox
        .unreact(play.mina, post, "❤️", false)
        .expect("a vote taken back");
    assert_eq!(play.counted("Part 1").await, "😂 1");
    // A question that is told twice is answered once: the harness finds a second answer.
    play.sandbox.fail_gateway(GatewayFault::DoubleEvents(1));
    play.ask(jun, news, "!quote ryu da on").await;
    play.sandbox.fail_gateway(GatewayFault::DoubleEvents(1));
    play.slash(jun, news, "quote", &[("name", json!("ryu da on"))]).await;
    // So is the echo of a post.
    play.sandbox.fail_gateway(GatewayFault::DoubleEvents(1));
    let address = play.publish_many("storm", 2..3);
    play.posts(news, &address).await;
    play.ask(jun, news, "!about").await;
    play.end().await;
}
