//! The long form of `tests/torture`, at Discord's own limits: `cargo bench --bench torture [-- PART …]`, where a part is
//! `pacing`, `kills`, `storm`, `gateway`, `outage` or `votes` (default: all), and `kills=50` or `votes=60` makes that one
//! as large or as long (kills: how often, default 500; votes: seconds, default 600).
//!
//! It fails where something is lost, doubled, out of order, counted wrong or refused; times and rates are printed, as
//! ratios to a limit that was measured in the same run or to the scheduler of PACING.md.

#[expect(dead_code, unused_imports, reason = "what only the plays of tests/it need")]
#[path = "../it/harness/mod.rs"]
mod harness;
#[allow(dead_code, reason = "other benchmarks ask it as well")]
#[path = "machine.rs"]
mod machine;
#[path = "../it/openapi.rs"]
mod openapi;
#[path = "../it/skip.rs"]
mod skip;
#[path = "../torture/mod.rs"]
mod torture;
mod votes;

use daesa_sandbox::Settings;
use harness::Setting;
use std::time::{Duration, Instant};
use torture::{Verdict, gateway, kills, outage, pacing, storm};

/// Channels, stories for each, seconds of PACING.md's own scheduler.
const FLOODS: [(usize, usize, f64); 3] = [(400, 1, 9.0), (40, 10, 9.7), (1, 40, 36.4)];
/// How far from them is still as good.
const WITHIN: f64 = 1.05;
/// Longer than the bot trusts Discord to remember a nonce.
const AWAY: Duration = Duration::from_secs(65);
const PATIENCE: Duration = Duration::from_secs(900);

#[tokio::main]
async fn main() {
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|one| one.split('=').next() == Some(part));
    let number = |part: &str, default: u64| {
        let given = asked
            .iter()
            .find_map(|one| one.strip_prefix(part)?.strip_prefix('=')?.parse().ok());
        given.unwrap_or(default)
    };
    println!("{}", machine::as_it_is());
    if wanted("pacing") {
        floods().await;
    }
    if wanted("kills") {
        killed(usize::try_from(number("kills", 500)).unwrap_or(500)).await;
    }
    if wanted("storm") {
        stormed().await;
    }
    if wanted("gateway") {
        disconnected().await;
        last_words().await;
    }
    if wanted("outage") {
        away().await;
    }
    if wanted("votes") {
        votes::run(Duration::from_secs(number("votes", 600))).await;
    }
}

/// Discord as it is.
fn real() -> Setting {
    Setting {
        sandbox: Settings {
            log_most: 1_000_000,
            ..Settings::default()
        },
        ..Setting::default()
    }
}

fn show(what: &str, verdict: &Verdict, began: Instant) {
    let Verdict {
        posts,
        lost,
        doubled,
        disordered,
        votes,
        untrue,
        invalid,
    } = verdict;
    println!(
        "{what}: {posts} posts, {lost} lost, {doubled} doubled, {disordered} out of order; {votes} votes shown, {untrue} \
         tallies untrue; {invalid} invalid requests of the bot's own; {:.0} s",
        began.elapsed().as_secs_f64()
    );
    verdict.holds();
}

async fn floods() {
    println!("| channels × stories | Discord counts by | last text accepted | scheduler of PACING.md | ratio | 429s |");
    println!("|---|---|---|---|---|---|");
    for (channels, stories, expected) in FLOODS {
        for algorithm in pacing::ALGORITHMS {
            let setting = Setting {
                sandbox: pacing::limits(algorithm, 1),
                ..real()
            };
            let (stage, flood) = pacing::flood(setting, channels, stories, 3).await;
            let took = flood.took.as_secs_f64();
            println!(
                "| {channels} × {stories} | {algorithm:?} | {took:.2} s | {expected} s | {:.3} | {} |",
                took / expected,
                flood.refused
            );
            assert_eq!((flood.texts, flood.refused), (channels * stories, 0));
            if took > expected * WITHIN {
                println!("(slower than a twentieth more: is the machine busy?)");
            }
            // The reactions that are still to come are another topic.
            drop(stage);
        }
    }
}

async fn killed(times: usize) {
    let began = Instant::now();
    let each = times / 10;
    let scale = kills::Scale {
        channels: 6,
        each: each / 2,
        random: times - each / 2 * kills::STEPS.len(),
        story_in: 4,
    };
    let (mut stage, verdict) = kills::run(real(), &scale, 7, PATIENCE).await;
    show(&format!("killed {times} times"), &verdict, began);
    stage.play.expect_error("");
    stage.play.end().await;
}

async fn stormed() {
    let began = Instant::now();
    let scale = storm::Scale {
        channels: 10,
        stories: 30,
        faults: 15,
        moment: Duration::from_secs(1),
    };
    let (mut stage, verdict, hasty) = storm::run(real(), &scale, 11).await;
    show(&format!("{} faults", scale.stories * scale.faults), &verdict, began);
    println!("requests while told to wait: {}", hasty.len());
    assert!(hasty.is_empty(), "{hasty:?}");
    stage.play.expect_error("");
    stage.play.end().await;
}

async fn disconnected() {
    let began = Instant::now();
    let mut plays = tokio::task::JoinSet::new();
    for (seed, troubles) in (1..).zip(gateway::groups()) {
        let setting = Setting {
            sandbox: gateway::lively(real().sandbox),
            ..real()
        };
        plays.spawn(gateway::run(setting, troubles, 4, seed));
    }
    println!("| trouble | connected again after |\n|---|---|");
    for (stage, verdict, recovered) in plays.join_all().await {
        for trouble in recovered {
            println!("| {} | {:.1} s |", trouble.name, trouble.after.as_secs_f64());
            assert!(trouble.after < Duration::from_secs(60), "within a minute");
        }
        show("meanwhile", &verdict, began);
        stage.play.end().await;
    }
}

/// What Discord says is final, and what comes of refusal after refusal.
async fn last_words() {
    println!("| last word | exit status | its line | sessions asked for after it |\n|---|---|---|---|");
    for code in [4004, 4010, 4011, 4012, 4013] {
        let last = gateway::final_word(real(), code).await;
        println!(
            "| {code} | {:?} | {} | {} |",
            last.code,
            last.lines.join(" / "),
            last.identifies
        );
        assert_eq!(last.lines.len(), 1);
    }
    println!(
        "4014: sessions asked for until it goes on without the intent: {}",
        gateway::without_the_intent(real()).await
    );
    println!(
        "each session refused, 3 allowed: {} asked for",
        gateway::until_spent(real(), 3).await
    );
}

async fn away() {
    let began = Instant::now();
    let (stage, verdict, again) = outage::run(real(), AWAY, 4, 5).await;
    show(&format!("away for {AWAY:?}, the nonce forgotten"), &verdict, began);
    println!("messages created again: {again}");
    assert_eq!(again, 0);
    stage.play.end().await;
}
