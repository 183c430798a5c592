//! Requests that go wrong in every way while stories come in and people click: replies lost after the commit, errors,
//! limits, slow bodies, cut connections.

use super::{POST, Stage, Verdict};
use crate::harness::Setting;
use daesa_sandbox::{Fault, GatewayFault, Logged};
use std::{collections::HashMap, time::Duration};

const SEED: &str = "PUT /channels/{channel_id}/messages/{message_id}/reactions*";
const READ: &str = "GET /channels/{channel_id}/messages*";

/// How much.
pub struct Scale {
    /// Channels that get each story.
    pub channels: usize,
    /// Stories, one after the other.
    pub stories: usize,
    /// Faults while each of them is posted.
    pub faults: usize,
    /// What limits say to wait, and how long slow things take.
    pub moment: Duration,
}

/// Blows, and judges what is left: the verdict, and the requests that came while they were told to wait.
pub async fn run(setting: Setting, scale: &Scale, seed: u64) -> (Stage, Verdict, Vec<String>) {
    let mut stage = Stage::build(setting, scale.channels, 5, seed).await;
    let sandbox_faults = |stage: &mut Stage| {
        for _ in 0..scale.faults {
            let route = [POST, POST, SEED][stage.random.usize(..3)];
            let fault = fault(&mut stage.random, scale.moment);
            stage.play.sandbox.fail(route, 1, fault);
        }
    };
    for story in 0..scale.stories {
        sandbox_faults(&mut stage);
        stage.publish(1);
        stage.posted().await;
        if story == scale.stories / 2 {
            // What is counted again is asked for through the storm as well.
            for fault in [
                Fault::Lost,
                Fault::Status(502),
                Fault::Limited {
                    retry_after: scale.moment,
                },
            ] {
                stage.play.sandbox.fail(READ, 1, fault);
            }
            stage.play.sandbox.fail_gateway(GatewayFault::DropEvents(3));
            stage.click(6);
            stage.play.sandbox.fail_gateway(GatewayFault::DropEvents(0));
            stage.play.sandbox.fail_gateway(GatewayFault::Invalid(false));
        }
    }
    // Nothing more goes wrong from here on: a storm that never ends posts nothing.
    stage.play.sandbox.clear_faults();
    let verdict = stage.verdict().await;
    let hasty = hasty(&stage.play.sandbox.requests());
    (stage, verdict, hasty)
}

/// Everything that can come of a request, as long as trying again can help.
fn fault(random: &mut fastrand::Rng, moment: Duration) -> Fault {
    let moment = moment.mul_f64(0.5 + random.f64());
    match random.u8(..14) {
        0..=2 => Fault::Lost,
        3 => Fault::Cut,
        4..=6 => Fault::Status([500, 502, 503, 504][random.usize(..4)]),
        7 | 8 => Fault::Limited { retry_after: moment },
        9 => Fault::LimitedShared { retry_after: moment },
        10 => Fault::LimitedGlobally { retry_after: moment },
        11 => Fault::Blocked {
            retry_after: Duration::from_secs(1),
        },
        12 => Fault::Trickled(moment),
        _ => Fault::Slow(moment),
    }
}

impl Stage {
    /// Waits until the newest story is in every channel; people click whenever the bot does something.
    pub(super) async fn posted(&mut self) {
        let mut steps = self.play.sandbox.steps();
        let newest = self.stories.last().expect("a story").clone();
        let late = tokio::time::Instant::now() + self.patience;
        loop {
            let channels = &self.channels;
            let missing = self.play.sandbox.look(|world| {
                let has = |channel: &&u64| {
                    let posts = world.bot_messages_in(**channel);
                    !posts
                        .iter()
                        .any(|post| post.embeds.iter().any(|embed| embed["url"] == *newest))
                };
                channels.iter().filter(has).count()
            });
            if missing == 0 {
                return;
            }
            match tokio::time::timeout_at(late, steps.recv()).await {
                Ok(_) => self.click(1),
                Err(_) => panic!("{missing} channels wait for {newest}\n{}", self.play.log_text()),
            }
        }
    }
}

/// Requests into a bucket whose Retry-After was running: told when the reply to an earlier one had left, so that a
/// slow machine can only make fewer of them. Where a limit holds for all routes others may have been on their way when
/// it was told: only its second half counts.
pub fn hasty(requests: &[Logged]) -> Vec<String> {
    let mut shut: HashMap<String, i64> = HashMap::new();
    let mut all_shut = (0, 0);
    let mut hasty = Vec::new();
    for request in requests {
        let interaction = request.path.starts_with("/interactions") || request.path.starts_with("/webhooks");
        let bucket = bucket(request);
        let closed = shut.get(&bucket).is_some_and(|until| request.time < *until);
        let globally = !interaction && (all_shut.0..all_shut.1).contains(&request.time);
        if closed || globally {
            hasty.push(format!("{} {} at {}", request.method, request.path, request.time));
        }
        let Some(wait) = request.retry_after.filter(|_| request.status == 429) else {
            continue;
        };
        let wait = i64::try_from(wait.as_millis()).expect("short");
        let until = request.time + wait;
        match request.scope {
            Some("user" | "shared") => {
                shut.insert(bucket, until);
            }
            _ if until > all_shut.1 => all_shut = (request.time + wait / 2, until),
            _ => {}
        }
    }
    hasty
}

fn bucket(request: &Logged) -> String {
    let channel = request.path.split('/').nth(2).unwrap_or_default();
    let template = request.template.split("/reactions").next().unwrap_or_default();
    let kind = if request.template.contains("/reactions") {
        "reactions"
    } else {
        &request.method
    };
    format!("{kind} {template} {channel}")
}
