//! A connection that goes wrong in every way while stories come in and people click, and what Discord says is final.

use super::{Stage, Verdict};
use crate::harness::{Play, Setting};
use daesa_sandbox::{GatewayCounts, GatewayFault, Settings, World};
use std::time::{Duration, Instant};

/// One thing that goes wrong.
pub struct Trouble {
    pub name: &'static str,
    /// What is done, in this order; people click between.
    faults: Vec<GatewayFault>,
    /// Whether Discord ends the session: then a new one is opened.
    anew: bool,
}

fn again(name: &'static str, faults: Vec<GatewayFault>) -> Trouble {
    Trouble {
        name,
        faults,
        anew: false,
    }
}

fn anew(name: &'static str, faults: Vec<GatewayFault>) -> Trouble {
    Trouble {
        name,
        faults,
        anew: true,
    }
}

/// All of them, in groups that can go on side by side: sessions are opened five seconds apart, and some troubles are
/// long silences.
pub fn groups() -> Vec<Vec<Trouble>> {
    use GatewayFault::{Close, Cut, DoubleEvents, DropEvents, HangHandshakes, Invalid, NoHello, NoReady, Reconnect};
    use GatewayFault::{StopAcks, SwapEvents};
    vec![
        vec![
            again("op 7", vec![Reconnect]),
            again("cut", vec![Cut]),
            again("closed without a code", vec![Close(None)]),
            again("closed with 4000", vec![Close(Some(4000))]),
            again("closed with 4001", vec![Close(Some(4001))]),
            again("closed with 4002", vec![Close(Some(4002))]),
            again("closed with 4008", vec![Close(Some(4008))]),
            again("closed with a code that nobody knows", vec![Close(Some(4242))]),
            again("op 9, to be resumed", vec![Invalid(true)]),
            again("events doubled, then op 7", vec![DoubleEvents(20), Reconnect]),
            again("closed with 4000 five times", vec![Close(Some(4000)); 5]),
            anew("op 9", vec![Invalid(false)]),
        ],
        vec![
            anew(
                "events dropped, then op 9",
                vec![DropEvents(4), DropEvents(0), Invalid(false)],
            ),
            anew("closed with 1000", vec![Close(Some(1000))]),
            anew("closed with 4003", vec![Close(Some(4003))]),
        ],
        vec![
            anew(
                "events disordered, then 4007",
                vec![SwapEvents(6), SwapEvents(0), Close(Some(4007))],
            ),
            anew("closed with 4009", vec![Close(Some(4009))]),
            anew(
                "closed with 4005, which ends the session unsaid",
                vec![Close(Some(4005))],
            ),
        ],
        vec![
            again("no upgrade on the way back", vec![HangHandshakes(1), Cut]),
            again("no HELLO on the way back", vec![NoHello(1), Cut]),
            anew("closed with 1001", vec![Close(Some(1001))]),
        ],
        vec![anew("identified and no READY", vec![NoReady(1), Invalid(false)])],
        vec![again("heartbeats not acknowledged", vec![StopAcks(true)])],
    ]
}

/// What the short silences need: heartbeats every second, as often as the bot believes.
pub fn lively(settings: Settings) -> Settings {
    Settings {
        heartbeat: Duration::from_secs(1),
        heartbeats_missed: 30,
        ..settings
    }
}

/// What one trouble came to.
pub struct Recovered {
    pub name: &'static str,
    pub after: Duration,
}

/// Lets a group of troubles happen, and judges what is left.
///
/// # Panics
/// When the bot does not come back, or opens more sessions than were ended.
pub async fn run(
    setting: Setting,
    troubles: Vec<Trouble>,
    channels: usize,
    seed: u64,
) -> (Stage, Verdict, Vec<Recovered>) {
    let mut stage = Stage::build(setting, channels, 5, seed).await;
    let mut recovered = Vec::new();
    stage.publish(1);
    stage.posted().await;
    for Trouble { name, faults, anew } in troubles {
        stage.publish(1);
        stage.click(4);
        let before = stage.play.sandbox.gateway_counts();
        let began = Instant::now();
        let silence = faults.contains(&GatewayFault::StopAcks(true));
        for fault in faults {
            stage.play.sandbox.fail_gateway(fault);
            stage.click(4);
        }
        stage.back(before, name).await;
        if silence {
            stage.play.sandbox.fail_gateway(GatewayFault::StopAcks(false));
        }
        recovered.push(Recovered {
            name,
            after: began.elapsed(),
        });
        stage.click(4);
        let after = stage.play.sandbox.gateway_counts();
        let opened = after.identifies - before.identifies;
        // The identify that gets no READY is one as well.
        assert!(
            opened <= 2 * u64::from(anew),
            "{name}: {opened} sessions opened\n{}",
            stage.play.log_text()
        );
    }
    let verdict = stage.verdict().await;
    (stage, verdict, recovered)
}

fn entered(counts: GatewayCounts) -> u64 {
    counts.identifies + counts.resumed
}

impl Stage {
    /// Waits until the bot is connected again; people click meanwhile.
    async fn back(&mut self, before: GatewayCounts, what: &str) {
        self.click(4);
        let sandbox = &self.play.sandbox;
        let back = sandbox.wait_until(
            || (entered(sandbox.gateway_counts()) > entered(before) && sandbox.look(World::bot_online)).then_some(()),
            self.patience,
        );
        assert!(back.await.is_some(), "not back after: {what}\n{}", self.play.log_text());
    }
}

/// What the bot did after Discord's last word.
pub struct LastWord {
    pub code: Option<i32>,
    /// What it says itself, without the log.
    pub lines: Vec<String>,
    /// Sessions that were asked for with it.
    pub identifies: u64,
}

/// Discord closes the connection with a final code; at each further IDENTIFY it would again.
pub async fn final_word(setting: Setting, code: u16) -> LastWord {
    let mut play = Play::with(setting).await;
    let before = play.sandbox.gateway_counts();
    play.sandbox
        .fail_gateway(GatewayFault::RefuseIdentify { times: 100, code });
    play.sandbox.fail_gateway(GatewayFault::Close(Some(code)));
    let status = play.ended().await;
    let log = play.log_text();
    let own = log.lines().filter_map(|line| line.strip_prefix("daesa: "));
    let last = LastWord {
        code: status.code(),
        lines: own.map(str::to_owned).collect(),
        identifies: play.sandbox.gateway_counts().identifies - before.identifies,
    };
    // Everything that it logs as an error belongs to this.
    play.expect_error("");
    play.end().await;
    last
}

/// Discord closes the connection for the intent that is not allowed: how often a session was asked for after it.
pub async fn without_the_intent(setting: Setting) -> u64 {
    let mut play = Play::with(setting).await;
    let before = play.sandbox.gateway_counts();
    play.sandbox.fail_gateway(GatewayFault::Close(Some(4014)));
    play.gateway(|now| now.identifies > before.identifies, "a session without the intent")
        .await;
    play.logged("going on without it").await;
    let (jun, news) = (play.jun, play.news);
    // Bare `!` commands cannot be read; a mention and a slash command can.
    let mention = format!("<@{}> about", play.sandbox.bot());
    play.ask(jun, news, &mention).await;
    play.slash(jun, news, "about", &[]).await;
    let opened = play.sandbox.gateway_counts().identifies - before.identifies;
    play.end().await;
    opened
}

/// Discord refuses session after session, and only so many are allowed: how many were asked for until the bot waits.
pub async fn until_spent(setting: Setting, left: u32) -> u64 {
    // One in a hundred is kept back, and the first session is one of them.
    let sandbox = Settings {
        identify_total: 1000,
        identify_remaining: left + 11,
        ..setting.sandbox
    };
    let mut play = Play::with(Setting { sandbox, ..setting }).await;
    let before = play.sandbox.gateway_counts();
    play.sandbox.fail_gateway(GatewayFault::InvalidIdentify(1000));
    play.sandbox.fail_gateway(GatewayFault::Invalid(false));
    play.expect_error("no sessions left");
    play.logged("no sessions left").await;
    let opened = play.sandbox.gateway_counts().identifies - before.identifies;
    play.end().await;
    opened
}
