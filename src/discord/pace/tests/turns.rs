//! Turns given up, buckets learnt and renamed, and every kind of refusal.

use super::*;

#[tokio::test(start_paused = true)]
async fn who_gives_up_takes_nobodys_turn() {
    let pace = Pace::start(Limits {
        per_second: 45.0,
        burst: 1,
    });
    let first = pace.acquire(Class::Post, POST, 1).await;
    // Behind it in the lane: one that gives up while waiting, one whose permit is dropped unsent.
    let gave_up = tokio::time::timeout(Duration::from_secs(1), pace.acquire(Class::Post, POST, 1)).await;
    assert!(gave_up.is_err());
    let seen = Headers {
        status: 200,
        bucket: Some("b".into()),
        remaining: Some(1),
        reset_after: Some(Duration::from_secs(600)),
        from_discord: true,
        ..Headers::default()
    };
    first.done(Some(seen.clone()));
    let begin = Instant::now();
    for _ in 0..3 {
        drop(pace.acquire(Class::Post, POST, 1).await);
    }
    // The one that is left in the bucket was never used by those.
    pace.acquire(Class::Post, POST, 1).await.done(Some(Headers {
        remaining: Some(0),
        ..seen
    }));
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    assert_eq!(pace.waiting(), 0);
    let spent = tokio::time::timeout(Duration::from_secs(500), pace.acquire(Class::Post, POST, 1)).await;
    assert!(spent.is_err(), "now the bucket is spent");
}

#[tokio::test(start_paused = true)]
async fn routes_of_one_bucket_go_one_after_the_other() {
    let pace = Pace::start(Limits::default());
    let seen = Headers {
        status: 200,
        bucket: Some("shared".into()),
        from_discord: true,
        ..Headers::default()
    };
    // Both waiting and on its way while the name is learnt.
    let post = pace.acquire(Class::Post, POST, 1).await;
    let edit = pace.acquire(Class::Tally, EDIT, 1).await;
    let waiting = tokio::spawn({
        let pace = pace.clone();
        async move { pace.acquire(Class::Tally, EDIT, 1).await }
    });
    tokio::time::sleep(Duration::from_millis(10)).await;
    post.done(Some(seen.clone()));
    edit.done(Some(seen.clone()));
    let edit = waiting.await.unwrap();
    let blocked = tokio::time::timeout(Duration::from_secs(5), pace.acquire(Class::Post, POST, 1)).await;
    assert!(blocked.is_err(), "its bucket has one on its way");
    // Renamed while on its way: still found again.
    edit.done(Some(Headers {
        bucket: Some("renamed".into()),
        ..seen
    }));
    pace.acquire(Class::Post, POST, 1).await.done(None);
    pace.acquire(Class::Post, EDIT, 1).await.done(None);
}

#[tokio::test(start_paused = true)]
async fn a_global_429_stops_everybody_and_then_slows_down() {
    fastrand::seed(13);
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::SlidingLog));
    discord.0.lock().unwrap().others = 30;
    let took = flood(&pace, &discord, 400, 1).await;
    assert_eq!(discord.accepted().len(), 400, "none is lost");
    // PACING.md: 17 with the own scheduler, 574 with twilight's.
    assert!(discord.refusals() <= 40, "{} in {took:?}", discord.refusals());
}

#[tokio::test(start_paused = true)]
async fn the_gate_before_discord_stops_even_interactions() {
    let pace = Pace::start(Limits::default());
    let refused = Headers {
        status: 429,
        retry_after: Duration::from_secs(30),
        ..Headers::default()
    };
    pace.acquire(Class::Post, POST, 1).await.done(Some(refused));
    let begin = Instant::now();
    drop(pace.acquire(Class::Interaction, CALLBACK, 1).await);
    assert!(begin.elapsed() >= Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn a_429_of_one_channel_holds_that_channel_alone() {
    let pace = Pace::start(Limits::default());
    let refused = Headers {
        status: 429,
        bucket: Some("b".into()),
        retry_after: Duration::from_secs(20),
        from_discord: true,
        ..Headers::default()
    };
    pace.acquire(Class::Post, POST, 1).await.done(Some(refused));
    let begin = Instant::now();
    drop(pace.acquire(Class::Post, POST, 2).await);
    assert!(begin.elapsed() < Duration::from_secs(1));
    drop(pace.acquire(Class::Post, POST, 1).await);
    assert!(begin.elapsed() >= Duration::from_secs(20));
}

#[tokio::test(start_paused = true)]
async fn too_many_refusals_stop_everything_before_discord_does() {
    let pace = Pace::start(Limits::default());
    let begin = Instant::now();
    let seen = |status, shared| Headers {
        status,
        shared,
        from_discord: true,
        ..Headers::default()
    };
    for channel in 0..4_999 {
        pace.acquire(Class::Post, POST, channel)
            .await
            .done(Some(seen(403, false)));
        pace.acquire(Class::Post, EDIT, channel)
            .await
            .done(Some(seen(429, true)));
    }
    assert!(begin.elapsed() < Duration::from_secs(300), "{:?}", begin.elapsed());
    pace.acquire(Class::Post, POST, 1).await.done(Some(seen(403, false)));
    drop(pace.acquire(Class::Interaction, CALLBACK, 1).await);
    assert!(begin.elapsed() >= Duration::from_secs(600), "{:?}", begin.elapsed());
}
