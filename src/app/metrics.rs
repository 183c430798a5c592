//! Figures for whoever watches the bot from outside: an endpoint for Prometheus, off unless `[metrics] listen` is set.
//!
//! Owns the crates of the metrics family. What is counted is a function here, so that the names and their help stand in
//! one place; without an endpoint each is a few instructions. Nothing counted names a server, a channel or a person.

use crate::{
    discord::{Counts, GatewayHandle, Stage},
    model::{Millis, Step},
    store::{Backlog, Store, StoreError},
};
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::PrometheusBuilder;
use std::{net::SocketAddr, time::Duration};

const LAG: &str = "daesa_publish_to_post_seconds";
const SENDING: &str = "daesa_enqueued_to_post_seconds";
const STEPS: &str = "daesa_delivery_steps_total";
const DELIVERIES: &str = "daesa_deliveries";
const LOOKS: &str = "daesa_feed_looks_total";
const LATENESS: &str = "daesa_feed_lateness_seconds";
const READING: &str = "daesa_reading_seconds";
const VOTES: &str = "daesa_votes_total";
const COMPARED: &str = "daesa_tallies_compared_total";
const CONNECTED: &str = "daesa_gateway_connected";
const SESSIONS: &str = "daesa_gateway_sessions_total";
const SESSIONS_LEFT: &str = "daesa_gateway_sessions_left";
const SENT: &str = "daesa_discord_requests_total";
const WAITED: &str = "daesa_discord_wait_milliseconds_total";
const LIMITED: &str = "daesa_discord_rate_limited_total";
const INVALID: &str = "daesa_discord_invalid_requests_total";
const MEMORY: &str = "daesa_memory_bytes";
const STORE: &str = "daesa_store_bytes";

/// What an attempt to post can come to.
const OUTCOMES: [&str; 4] = ["sent", "held", "given up", "later"];

/// From a feed's refresh to a day of outage.
const SECONDS: [f64; 14] = [
    0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0, 60.0, 300.0, 1_800.0, 3_600.0, 86_400.0,
];
/// Reading an article takes a fraction of a millisecond.
const FINE: [f64; 8] = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.005, 0.025, 0.1, 1.0];

/// Opens the endpoint.
///
/// # Errors
/// A line for the operator: the address cannot be listened at.
pub fn serve(listen: SocketAddr) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| format!("`metrics.listen` ({listen}): {error}");
    let builder = PrometheusBuilder::new().with_http_listener(listen);
    let matcher = |name: &str| metrics_exporter_prometheus::Matcher::Full(name.to_owned());
    builder
        .set_buckets(&SECONDS)
        .and_then(|builder| builder.set_buckets_for_metric(matcher(READING), &FINE))
        .and_then(PrometheusBuilder::install)
        .map_err(|error| failed(&error))?;
    describe_histogram!(LAG, Unit::Seconds, "from a story's own date to its post");
    describe_histogram!(SENDING, Unit::Seconds, "from a story's filing to its post");
    describe_counter!(STEPS, "what became of attempts to post, by outcome");
    describe_gauge!(DELIVERIES, "posts that are not there yet, by state");
    describe_counter!(LOOKS, "looks at feeds, by status");
    describe_histogram!(
        LATENESS,
        Unit::Seconds,
        "from when a look at a feed was due to its beginning"
    );
    describe_histogram!(READING, Unit::Seconds, "the reading of an article");
    describe_counter!(VOTES, "votes added and removed");
    describe_counter!(COMPARED, "tallies compared with Discord's, by outcome");
    describe_gauge!(CONNECTED, "shards that are connected");
    describe_counter!(
        SESSIONS,
        "sessions opened and taken up again: each after the first is a reconnect"
    );
    describe_gauge!(
        SESSIONS_LEFT,
        "sessions that may still be opened today; at 0 Discord resets the token"
    );
    describe_counter!(SENT, "requests to Discord");
    describe_counter!(
        WAITED,
        Unit::Milliseconds,
        "how long requests to Discord waited for their turn and its limits, all together"
    );
    describe_counter!(LIMITED, "answers with 429 from Discord");
    describe_counter!(
        INVALID,
        "requests that Discord counts as invalid (10,000 in ten minutes are a ban)"
    );
    describe_gauge!(MEMORY, Unit::Bytes, "memory in use");
    describe_gauge!(STORE, Unit::Bytes, "size of the store's file and its log");
    // What may not happen for days is there from the first look on, so that its growth can be seen.
    for right in [true, false] {
        compared(right, 0);
    }
    for outcome in OUTCOMES {
        counter!(STEPS, "outcome" => outcome).increment(0);
    }
    voted(0, 0);
    Ok(())
}

/// An attempt to post came to this; `published` and `enqueued` are the story's.
pub fn stepped(step: &Step, published: Millis, enqueued: Millis, now: Millis) {
    let [sent, held, given_up, later] = OUTCOMES;
    let outcome = match step {
        Step::Sent(_) => sent,
        Step::Hold(_) => held,
        Step::Dead(_) => given_up,
        _ => later,
    };
    counter!(STEPS, "outcome" => outcome).increment(1);
    if matches!(step, Step::Sent(_)) {
        histogram!(LAG).record(seconds(now - published));
        histogram!(SENDING).record(seconds(now - enqueued));
    }
}

/// A feed was looked at: the HTTP status, if there was a reply, and how late it was begun.
pub fn looked(status: Option<u16>, late: Millis) {
    let status = status.map_or_else(|| "none".to_owned(), |status| status.to_string());
    counter!(LOOKS, "status" => status).increment(1);
    histogram!(LATENESS).record(seconds(late));
}

/// An article was read.
pub fn read(took: Duration) {
    histogram!(READING).record(took.as_secs_f64());
}

/// Votes were committed.
pub fn voted(added: u64, removed: u64) {
    counter!(VOTES, "way" => "added").increment(added);
    counter!(VOTES, "way" => "removed").increment(removed);
}

/// Tallies were compared with Discord's counts, and so many were right, or had to be put right.
pub fn compared(right: bool, tallies: usize) {
    counter!(COMPARED, "outcome" => if right { "equal" } else { "put right" }).increment(tallies as u64);
}

/// What is looked up now and then rather than counted as it happens.
pub async fn sample(store: &Store, gateway: &GatewayHandle, requests: Counts) -> Result<(), StoreError> {
    let Backlog {
        waiting,
        scheduled,
        held,
        dead,
    } = store.backlog(None).await?;
    let states = [
        ("waiting", waiting),
        ("for a digest", scheduled),
        ("held", held),
        ("given up", dead),
    ];
    for (state, count) in states {
        gauge!(DELIVERIES, "state" => state).set(float(count));
    }
    let health = gateway.health();
    let connected = health.iter().filter(|shard| shard.stage == Stage::Ready).count();
    gauge!(CONNECTED).set(float(connected as u64));
    let sum = |count: fn(&crate::discord::Health) -> u32| health.iter().map(|shard| u64::from(count(shard))).sum();
    counter!(SESSIONS, "kind" => "opened").absolute(sum(|shard| shard.identifies));
    counter!(SESSIONS, "kind" => "taken up").absolute(sum(|shard| shard.resumes));
    gauge!(SESSIONS_LEFT).set(float(u64::from(gateway.sessions_left())));
    counter!(SENT).absolute(requests.sent);
    counter!(WAITED).absolute(u64::try_from(requests.waited.as_millis()).unwrap_or(u64::MAX));
    counter!(LIMITED).absolute(requests.limited);
    counter!(INVALID).absolute(requests.invalid);
    if let Some(bytes) = memory() {
        gauge!(MEMORY).set(float(bytes));
    }
    if let Ok(bytes) = store.bytes() {
        gauge!(STORE).set(float(bytes));
    }
    Ok(())
}

/// Resident memory, where the system tells (proc(5), `/proc/self/status`).
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

fn seconds(millis: Millis) -> f64 {
    millis.max(0) as f64 / 1000.0
}

/// Counts here are far below 2^53.
fn float(count: u64) -> f64 {
    count as f64
}
