//! The figures for Prometheus: there when they are asked for, and what was done stands in them.

use crate::harness::{PATIENCE, Play, Setting, talk};
use crate::story::CLINIC;
use daesa_sandbox::Fault;
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A port that is free now.
async fn port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    listener.local_addr().expect("an address").port()
}

async fn figures(port: u16) -> String {
    let mut line = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("the endpoint is there");
    let request = "GET /metrics HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n";
    line.write_all(request.as_bytes()).await.expect("asked");
    let mut reply = String::new();
    line.read_to_string(&mut reply).await.expect("a reply");
    reply
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_is_counted() {
    let port = port().await;
    let own = format!("[posts]\nseed = false\n[metrics]\nlisten = \"{port}\"\n");
    let mut play = Play::with(Setting { own, ..talk() }).await;
    let (jun, news) = (play.jun, play.news);
    let text = figures(port).await;
    for line in [
        "daesa_votes_total{way=\"removed\"} 0",
        "daesa_delivery_steps_total{outcome=\"given up\"} 0",
        "daesa_tallies_compared_total{outcome=\"put right\"} 0",
    ] {
        assert!(text.contains(line), "there before it happens: {line} in\n{text}");
    }
    play.follow("the tidewater clinic").await;
    let limited = Fault::Limited {
        retry_after: Duration::from_millis(50),
    };
    play.sandbox.fail("POST /channels/{channel_id}/messages", 1, limited);
    let address = play.publish("ride", "Ryu Da On Rides For “The Tidewater Clinic”", CLINIC);
    let post = play.post(news, &address).await;
    play.sandbox.react(jun, post.id, "😂", false).expect("a vote");
    play.counts_become("Rides For", "😂 1").await;
    let wanted = [
        "daesa_publish_to_post_seconds_count 1",
        "daesa_enqueued_to_post_seconds_count 1",
        "daesa_delivery_steps_total{outcome=\"sent\"} 1",
        "daesa_reading_seconds_count 1",
        "daesa_votes_total{way=\"added\"} 1",
        "daesa_deliveries{state=\"waiting\"} 0",
        "daesa_gateway_connected 1",
        "daesa_feed_looks_total{status=\"200\"}",
        "daesa_feed_lateness_seconds_bucket",
        "daesa_gateway_sessions_total{kind=\"opened\"} 1",
        "daesa_gateway_sessions_left ",
        "daesa_discord_requests_total ",
        "daesa_discord_wait_milliseconds_total ",
        "daesa_discord_rate_limited_total 1",
        "daesa_discord_invalid_requests_total 1",
        "daesa_memory_bytes ",
        "# HELP daesa_publish_to_post_seconds ",
    ];
    // What is looked up now and then comes with the next heartbeat.
    let began = Instant::now();
    loop {
        let text = figures(port).await;
        let missing: Vec<_> = wanted.iter().filter(|line| !text.contains(**line)).collect();
        if missing.is_empty() {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "{missing:?} in\n{text}");
        tokio::task::yield_now().await;
    }
    let second = play.run(&["run"]).await;
    assert_eq!(second.code, Some(2), "the store is looked at first: {second:?}");
    play.end().await;
}
