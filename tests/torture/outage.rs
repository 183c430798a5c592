//! A message was stored and its answer lost, and the outage that follows is longer than Discord remembers the nonce:
//! what prevents the double is the look into the channel.

use super::{POST, Stage, Verdict};
use crate::harness::Setting;
use daesa_sandbox::{GatewayFault, Settings, Step};
use std::time::Duration;

/// The bot is killed when a story's first message is stored, its echo is lost, and it stays away for so long.
/// Gives the verdict, and how many messages were created again.
pub async fn run(setting: Setting, away: Duration, channels: usize, seed: u64) -> (Stage, Verdict, usize) {
    let sandbox = Settings {
        nonce_window: away / 2,
        ..setting.sandbox
    };
    let mut stage = Stage::build(Setting { sandbox, ..setting }, channels, 3, seed).await;
    stage.play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
    stage.play.kill_at(|step| matches!(step, Step::MessageStored { .. }));
    stage.publish(1);
    stage.play.ended().await;
    let created = |stage: &Stage| {
        let all = stage.play.sandbox.requests();
        let sent = all
            .iter()
            .filter(|r| format!("{} {}", r.method, r.template) == POST && r.status == 200);
        let stories = sent.filter(|r| {
            r.request
                .as_ref()
                .is_some_and(|body| body["embeds"][0]["url"].is_string())
        });
        stories.count()
    };
    // The outage itself.
    tokio::time::sleep(away).await;
    stage.play.start_bot().await;
    let verdict = stage.verdict().await;
    let again = created(&stage).saturating_sub(channels);
    (stage, verdict, again)
}
