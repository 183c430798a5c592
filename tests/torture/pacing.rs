//! Stories to many channels at Discord's limits: how long until the last text is accepted, and nobody is refused.

use super::Stage;
use crate::harness::Setting;
use daesa_sandbox::{Algorithm, RateRule, Settings};
use std::{collections::BTreeSet, time::Duration};

/// The three ways in which Discord may count over all routes; its buckets are windows that begin with the first request,
/// as its headers say and PACING.md measured.
pub const ALGORITHMS: [Algorithm; 3] = [Algorithm::FixedWindow, Algorithm::WallSecond, Algorithm::SlidingLog];

/// Discord's limits with all windows of channels so many times as short, and the network with them. The global limit
/// holds in the long form only: a machine that stands still for a moment brings requests together that left apart,
/// and `discord::pace` is held to it on a clock of its own.
pub fn limits(algorithm: Algorithm, shorter: u32) -> Settings {
    let second = Duration::from_secs(1);
    let rule = |routes: &str, limit, window: Duration| RateRule::new(routes, limit, window / shorter);
    Settings {
        global_algorithm: algorithm,
        rules: vec![
            rule("POST /channels/{channel_id}/messages", 5, second * 5),
            rule("PATCH /channels/{channel_id}/messages/{message_id}", 5, second * 5),
            rule(
                "PUT|DELETE /channels/{channel_id}/messages/{message_id}/reactions*",
                1,
                second / 4,
            ),
            RateRule::new("*", 50, second),
        ],
        global_limit: if shorter == 1 { 50 } else { 1000 },
        round_trip: (second * 8 / 100 / shorter, second * 12 / 100 / shorter),
        ..Settings::default()
    }
}

/// What a flood came to.
pub struct Flood {
    /// From the first text's being sent to the last one's being accepted.
    pub took: Duration,
    /// Texts accepted.
    pub texts: usize,
    /// Requests refused for a limit.
    pub refused: usize,
}

/// So many stories at once to every channel.
pub async fn flood(setting: Setting, channels: usize, stories: usize, seed: u64) -> (Stage, Flood) {
    let setting = Setting { full: true, ..setting };
    let way = setting.sandbox.round_trip.0 / 2;
    let mut stage = Stage::build(setting, channels, 1, seed).await;
    stage.play.sandbox.site().style(|style| style.most = 100);
    let before = stage.play.sandbox.requests().len();
    stage.publish(stories);
    let addresses: BTreeSet<String> = stage.stories.iter().cloned().collect();
    let expected = channels * stories;
    let all = &stage.channels;
    let there = stage.play.sandbox.wait_for(
        |world| {
            let posts = all.iter().flat_map(|channel| world.bot_messages_in(*channel));
            let texts = posts.filter(|m| {
                m.embeds
                    .iter()
                    .any(|e| e["url"].as_str().is_some_and(|a| addresses.contains(a)))
            });
            (texts.count() >= expected).then_some(())
        },
        stage.patience,
    );
    assert!(
        there.await.is_some(),
        "not all texts were accepted\n{}",
        stage.play.log_text()
    );
    // The log has the last one when its answer leaves.
    let sandbox = &stage.play.sandbox;
    let answered = || {
        let log = sandbox.requests();
        let sent = log
            .iter()
            .skip(before)
            .filter(|r| r.method == "POST" && r.status == 200);
        (sent.count() >= expected).then_some(())
    };
    assert!(
        sandbox.wait_until(answered, stage.patience).await.is_some(),
        "all are answered"
    );
    let requests = stage.play.sandbox.requests();
    let since = requests.get(before..).unwrap_or_default();
    let texts: Vec<i64> = (since.iter())
        .filter(|r| r.method == "POST" && r.status == 200)
        .filter(|r| {
            r.request
                .as_ref()
                .is_some_and(|b| b["embeds"][0]["url"].as_str().is_some_and(|a| addresses.contains(a)))
        })
        .map(|r| r.time)
        .collect();
    let (first, last) = (
        texts.iter().min().copied().unwrap_or(0),
        texts.iter().max().copied().unwrap_or(0),
    );
    let flood = Flood {
        took: Duration::from_millis(u64::try_from(last - first).unwrap_or(0)) + way,
        texts: texts.len(),
        refused: since.iter().filter(|r| r.status == 429).count(),
    };
    (stage, flood)
}
