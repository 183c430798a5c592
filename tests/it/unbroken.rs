//! The short form of `tests/torture`: a tenth of the volume, windows and waits a tenth as long. It asserts counts,
//! order, limits and tallies, and never a duration; `cargo bench --bench torture` is the long form.

use crate::{
    harness::{PATIENCE, Setting, quick, talk},
    torture::{gateway, kills, pacing, storm},
};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Plays of this file that go on at the same time: each is a bot of its own, which waits more than it works.
static STAGES: Semaphore = Semaphore::const_new(6);

async fn a_stage() -> SemaphorePermit<'static> {
    STAGES.acquire().await.expect("never closed")
}

/// Without reactions under posts.
fn bare() -> Setting {
    Setting {
        sandbox: quick(),
        ..talk()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_each_step_and_at_random_moments_every_story_is_posted_once_and_every_vote_counted() {
    // Side by side: each is waiting for a process most of the time.
    let mut plays = tokio::task::JoinSet::new();
    for seed in [7, 8] {
        plays.spawn(async move {
            let _stage = a_stage().await;
            let scale = kills::Scale {
                channels: 4,
                each: 1,
                random: 10,
                story_in: 2,
            };
            let (stage, verdict) = kills::run(quick().into(), &scale, seed, PATIENCE * 2).await;
            assert_eq!(verdict.posts, stage.stories.len() * stage.channels.len());
            assert!(verdict.votes > 0, "people have clicked");
            verdict.holds();
            stage.play.end().await;
        });
    }
    plays.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_storm_of_errors_every_story_is_posted_once_and_nobody_is_hasty() {
    let scale = storm::Scale {
        channels: 4,
        stories: 6,
        faults: 8,
        moment: Duration::from_millis(150),
    };
    let _stage = a_stage().await;
    let (mut stage, verdict, hasty) = storm::run(quick().into(), &scale, 11).await;
    verdict.holds();
    assert_eq!(verdict.invalid, 0, "{verdict:?}");
    assert!(hasty.is_empty(), "asked while told to wait: {hasty:?}");
    stage.play.expect_error("");
    stage.play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_goes_wrong_in_every_way_comes_back_with_true_tallies() {
    let mut plays = tokio::task::JoinSet::new();
    for (seed, troubles) in (1..).zip(gateway::groups()) {
        let setting = Setting {
            sandbox: gateway::lively(quick()),
            ..bare()
        };
        plays.spawn(async move {
            let _stage = a_stage().await;
            let (stage, verdict, recovered) = gateway::run(setting, troubles, 2, seed).await;
            let names: Vec<&str> = recovered.iter().map(|trouble| trouble.name).collect();
            assert!(verdict.votes > 0, "people have clicked: {names:?}");
            verdict.holds();
            assert_eq!(verdict.invalid, 0, "{names:?}");
            stage.play.end().await;
        });
    }
    plays.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_discord_says_is_final_ends_the_bot_with_one_line() {
    let mut plays = tokio::task::JoinSet::new();
    for code in [4004, 4010, 4011, 4012, 4013] {
        plays.spawn(async move {
            let _stage = a_stage().await;
            let last = gateway::final_word(bare(), code).await;
            assert_eq!(last.code, Some(2), "{code}");
            assert_eq!(last.lines.len(), 1, "{code}: {:?}", last.lines);
            assert!(last.lines[0].contains(&code.to_string()), "{:?}", last.lines);
            // A token that is refused is tried in its other form once.
            assert_eq!(
                last.identifies,
                u64::from(code == 4004),
                "{code} asks for no new session"
            );
        });
    }
    plays.spawn(async {
        let _stage = a_stage().await;
        assert_eq!(gateway::without_the_intent(bare()).await, 1);
    });
    plays.spawn(async {
        let _stage = a_stage().await;
        assert_eq!(gateway::until_spent(bare(), 2).await, 2, "and the token is not lost");
    });
    plays.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_stories_meets_no_limit_however_discord_counts() {
    let mut plays = tokio::task::JoinSet::new();
    for algorithm in pacing::ALGORITHMS {
        let sandbox = pacing::limits(algorithm, 10);
        let setting = Setting {
            sandbox,
            ..Setting::default()
        };
        plays.spawn(async move {
            let _stage = a_stage().await;
            let (mut stage, flood) = pacing::flood(setting, 8, 5, 3).await;
            assert_eq!((flood.texts, flood.refused), (40, 0), "{algorithm:?}");
            let verdict = stage.verdict().await;
            verdict.holds();
            assert_eq!(verdict.invalid, 0, "{algorithm:?}");
            stage.play.end().await;
        });
    }
    plays.join_all().await;
}
