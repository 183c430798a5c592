//! Rate limits: headers, buckets, 429s of both kinds, and the faults of REST.

use crate::bot::{PATIENCE, World, read, world, world_with};
use daesa_sandbox::{Algorithm, Fault, RateRule, Settings, Step};
use serde_json::json;
use std::time::Duration;

/// Windows so long that no test sees one end.
fn settings(algorithm: Algorithm) -> Settings {
    let hour = Duration::from_secs(3600);
    Settings {
        global_algorithm: algorithm,
        route_algorithm: algorithm,
        rules: vec![
            RateRule::new("POST /channels/{channel_id}/messages", 2, hour),
            RateRule::new(
                "PUT|DELETE /channels/{channel_id}/messages/{message_id}/reactions*",
                1,
                hour,
            ),
        ],
        ..Settings::default()
    }
}

fn seconds(text: &str) -> f64 {
    text.parse().unwrap_or(-1.0)
}

#[tokio::test]
async fn a_bucket_says_how_it_stands_and_then_limits() {
    for algorithm in [Algorithm::FixedWindow, Algorithm::WallSecond, Algorithm::SlidingLog] {
        let world = world_with(settings(algorithm)).await;
        let first = world.send(json!({ "content": "1" })).await;
        assert_eq!(
            (first.header("x-ratelimit-limit"), first.header("x-ratelimit-remaining")),
            ("2", "1")
        );
        let after = seconds(first.header("x-ratelimit-reset-after"));
        assert!((0.0..=3600.0).contains(&after), "{algorithm:?}: {after}");
        assert!(seconds(first.header("x-ratelimit-reset")) > 1_700_000_000.0);
        assert_eq!(
            world
                .send(json!({ "content": "2" }))
                .await
                .header("x-ratelimit-remaining"),
            "0"
        );
        let third = world.send(json!({ "content": "3" })).await;
        assert_eq!((third.status, third.header("x-ratelimit-scope")), (429, "user"));
        assert_eq!(third.header("x-ratelimit-bucket"), first.header("x-ratelimit-bucket"));
        assert_eq!(third.body["global"], false);
        let wait = third.body["retry_after"].as_f64().unwrap_or(-1.0);
        assert!((0.0..=3600.0).contains(&wait) && seconds(third.header("retry-after")) >= wait);
        assert_eq!(world.sandbox.messages(world.channel).len(), 2);
        assert_eq!(world.sandbox.invalid().limited, 1);
        let other = world
            .sandbox
            .add_channel(world.server, daesa_sandbox::ChannelKind::Text, "other");
        let elsewhere = world
            .call(
                "POST",
                &format!("/channels/{other}/messages"),
                Some(json!({ "content": "x" })),
            )
            .await;
        assert_eq!(elsewhere.status, 200, "another channel has a count of its own");
    }
}

#[tokio::test]
async fn putting_and_taking_reactions_share_a_bucket() {
    let world = world_with(settings(Algorithm::FixedWindow)).await;
    let message = world.posted("x").await;
    let path = format!("/channels/{}/messages/{message}/reactions/%E2%9D%A4/@me", world.channel);
    let put = world.call("PUT", &path, None).await;
    let delete = world.call("DELETE", &path, None).await;
    assert_eq!((put.status, delete.status), (204, 429));
    assert_eq!(put.header("x-ratelimit-bucket"), delete.header("x-ratelimit-bucket"));
}

#[tokio::test]
async fn the_global_limit_spares_interactions() {
    let hour = Duration::from_secs(3600);
    let world = world_with(Settings {
        global_limit: 3,
        global_window: hour,
        ..Settings::default()
    })
    .await;
    for _ in 0..3 {
        assert_eq!(world.get("/users/@me").await.status, 200);
    }
    let over = world.get(&format!("/channels/{}", world.channel)).await;
    assert_eq!((over.status, over.header("x-ratelimit-scope")), (429, "global"));
    assert_eq!(
        (over.header("x-ratelimit-global"), &over.body["global"]),
        ("true", &json!(true))
    );
    let callback = world
        .call("POST", "/interactions/1/token/callback", Some(json!({ "type": 5 })))
        .await;
    assert_eq!(callback.code(), 10062, "unknown, not limited");
}

#[tokio::test]
async fn buckets_open_again() {
    let mut settings = settings(Algorithm::SlidingLog);
    settings.rules = vec![RateRule::new(
        "GET /channels/{channel_id}",
        1,
        Duration::from_millis(20),
    )];
    let world = world_with(settings).await;
    let path = format!("/channels/{}", world.channel);
    let again = async {
        while world.get(&path).await.status == 429 {
            tokio::task::yield_now().await;
        }
    };
    assert_eq!(world.get(&path).await.status, 200);
    tokio::time::timeout(PATIENCE, again).await.expect("the window ends");
}

async fn post(world: &World) -> reqwest::Result<reqwest::Response> {
    let request = world.request("POST", &format!("/channels/{}/messages", world.channel));
    let request = request.header("authorization", format!("Bot {}", world.sandbox.token()));
    let request = request
        .header("user-agent", "DiscordBot (test, 1)")
        .header("content-type", "application/json");
    request
        .body(json!({ "content": "x", "nonce": "n", "enforce_nonce": true }).to_string())
        .send()
        .await
}

#[tokio::test]
async fn faults_come_as_planned_and_only_so_often() {
    const SEND: &str = "POST /channels/{channel_id}/messages";
    let world = world().await;
    let wait = Duration::from_millis(1500);
    world.sandbox.fail(SEND, 1, Fault::Limited { retry_after: wait });
    world
        .sandbox
        .fail(SEND, 1, Fault::LimitedGlobally { retry_after: wait });
    world.sandbox.fail(SEND, 1, Fault::LimitedShared { retry_after: wait });
    world.sandbox.fail(SEND, 1, Fault::Blocked { retry_after: wait });
    world.sandbox.fail(SEND, 1, Fault::Status(502));
    world.sandbox.fail(
        SEND,
        1,
        Fault::Refused {
            status: 403,
            code: 50013,
        },
    );
    let form = json!({ "content": "x" });
    let limited = world.send(form.clone()).await;
    assert_eq!(
        (
            limited.status,
            limited.header("retry-after"),
            limited.header("x-ratelimit-scope")
        ),
        (429, "2", "user")
    );
    assert_eq!(
        (
            limited.body["retry_after"].as_f64(),
            limited.header("x-ratelimit-remaining")
        ),
        (Some(1.5), "0")
    );
    assert_eq!(world.send(form.clone()).await.header("x-ratelimit-scope"), "global");
    assert_eq!(world.send(form.clone()).await.header("x-ratelimit-scope"), "shared");
    let blocked = world.send(form.clone()).await;
    assert_eq!(
        (
            blocked.status,
            blocked.header("x-ratelimit-bucket"),
            blocked.header("content-type")
        ),
        (429, "", "text/html")
    );
    let broken = world.send(form.clone()).await;
    assert_eq!((broken.status, broken.body.is_null()), (502, true));
    assert_eq!(world.send(form.clone()).await.code(), 50013);
    assert_eq!(world.send(form).await.status, 200);
    assert_eq!(world.sandbox.messages(world.channel).len(), 1);
    let invalid = world.sandbox.invalid();
    assert_eq!(
        (invalid.unasked(), invalid.injected),
        (0, 4),
        "shared limits do not count"
    );
}

#[tokio::test]
async fn a_lost_reply_is_lost_after_the_commit() {
    let world = world().await;
    world
        .sandbox
        .fail("POST /channels/{channel_id}/messages", 1, Fault::Cut);
    assert!(post(&world).await.is_err());
    assert_eq!(world.sandbox.messages(world.channel).len(), 0);
    world.sandbox.fail("POST *", 1, Fault::Lost);
    assert!(post(&world).await.is_err());
    assert_eq!(world.sandbox.messages(world.channel).len(), 1);
    let again = post(&world).await.expect("a reply").text().await.expect("a body");
    assert!(again.contains("\"nonce\":\"n\""));
    assert_eq!(world.sandbox.messages(world.channel).len(), 1, "the nonce found it");
    let log = world.sandbox.requests();
    let lost: Vec<(u16, bool, bool)> = log
        .iter()
        .map(|entry| (entry.status, entry.lost, entry.injected))
        .collect();
    assert_eq!(lost, [(0, true, true), (200, true, true), (200, false, false)]);
    assert_eq!(log[1].template, "/channels/{channel_id}/messages");
    assert_eq!(
        log[1].request.as_ref().map(|body| body["content"].clone()),
        Some(json!("x"))
    );
    assert!(log[1].response.as_ref().is_some_and(|body| body["id"].is_string()));
}

#[tokio::test]
async fn a_client_can_be_stopped_at_every_step() {
    let world = world().await;
    let mut steps = world.sandbox.steps();
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let hook = std::sync::Arc::clone(&seen);
    world
        .sandbox
        .on_step(move |step| hook.lock().expect("no panic").push(step.clone()));
    let message = world.posted("x").await;
    let channel = world.channel;
    assert_eq!(steps.recv().await, Ok(Step::MessageReceived { channel }));
    assert_eq!(steps.recv().await, Ok(Step::MessageStored { channel, message }));
    let route = "POST /channels/{channel_id}/messages".to_owned();
    assert_eq!(steps.recv().await, Ok(Step::Answered { route, status: 200 }));
    assert_eq!(seen.lock().expect("no panic").len(), 3);
}

#[tokio::test]
async fn the_same_is_there_for_programs_outside() {
    let world = world().await;
    let client = reqwest::Client::new();
    let url = |path: &str| format!("{}/sandbox/{path}", world.sandbox.base_url());
    let fault = json!({ "route": "GET /users/@me", "fault": "status", "status": 503 }).to_string();
    assert_eq!(read(client.post(url("fail")).body(fault)).await.status, 200);
    assert_eq!(world.get("/users/@me").await.status, 503);
    let counts = read(client.get(url("counts"))).await.body;
    assert_eq!(counts["invalid"]["forbidden"], 0);
    assert_eq!(read(client.get(url("requests"))).await.body[0]["status"], 503);
    let foreign = client
        .post(url("fail"))
        .header("origin", "http://elsewhere.test")
        .body("{}");
    assert_eq!(read(foreign).await.status, 400);
}
