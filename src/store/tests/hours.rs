//! What waits for its time: digests that are wanted and quiet hours. Nothing lost, nothing twice.

use super::*;
use crate::model::{HoursChange, OwnHours, QuietHours, Rhythm, Wait, answer::Why};

const HOUR: Millis = 60 * MINUTE;

fn in_digests(rhythm: Rhythm) -> Terms {
    Terms {
        rhythm,
        ..Terms::default()
    }
}

async fn following(rhythm: Rhythm) -> (Home, SubscriptionId) {
    let home = home().await;
    let id = home.follow_as(HERE, &drama_subject("tide"), &in_digests(rhythm)).await;
    (home, id)
}

/// Gives everything that waits this time, as `app` does with `outbox`.
async fn timed(home: &Home, due: Millis) -> Vec<Wait> {
    let untimed = home.untimed(100).await.unwrap();
    let times: Vec<_> = untimed.iter().map(|one| (*one, due)).collect();
    home.set_times(&times).await.unwrap();
    untimed.into_iter().map(|one| one.wait).collect()
}

/// Sends all that is due: stories of each message.
async fn all_sent(home: &Home, most: usize, now: Millis) -> Vec<usize> {
    home.time_has_come(now).await.unwrap();
    home.gather(most, 3).await.unwrap();
    let mut sent = Vec::new();
    for message in 100.. {
        let Some(claim) = home.claim(now, MINUTE, 1).await.unwrap().pop() else {
            return sent;
        };
        sent.push(home.bundled(claim.delivery.id).await.unwrap().len().max(1));
        let step = Step::Sent(Some(MessageId(message + claim.delivery.id.0.cast_unsigned() * 1000)));
        home.settle(&claim, &step, After::default(), now).await.unwrap();
    }
    sent
}

#[tokio::test]
async fn stories_of_a_digest_wait_for_its_time_and_go_out_together() {
    let (home, _) = following(Rhythm::Daily).await;
    for n in 1..=5 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    assert!(home.claim(NOW, MINUTE, 10).await.unwrap().is_empty());
    assert_eq!(home.next_time().await.unwrap(), Some(0), "nobody has said when");
    assert_eq!(timed(&home, NOW + HOUR).await, [Wait::Daily; 5]);
    assert_eq!(home.next_time().await.unwrap(), Some(NOW + HOUR));
    let why = home.why(ArticleId(2), HERE).await.unwrap();
    assert_eq!(why, Why::Scheduled { due: NOW + HOUR });
    assert_eq!(home.backlog(Some(HERE)).await.unwrap().scheduled, 5);

    // Killed before its time and in the middle of it.
    let home = home.crash(NOW + HOUR - 1).await;
    assert_eq!(all_sent(&home, 9, NOW + HOUR - 1).await, Vec::<usize>::new());
    assert_eq!(home.time_has_come(NOW + HOUR).await.unwrap(), 5);
    let home = home.crash(NOW + HOUR).await;
    assert_eq!(home.time_has_come(NOW + HOUR).await.unwrap(), 0, "once");
    assert_eq!(all_sent(&home, 9, NOW + HOUR).await, [3, 2]);
    assert_eq!(home.number("SELECT count(*) FROM delivery WHERE state = 1").await, 5);
    assert_eq!(all_sent(&home, 9, NOW + 48 * HOUR).await, Vec::<usize>::new());
}

#[tokio::test]
async fn a_digest_of_one_is_its_post_and_hurries_nothing_else() {
    let (home, _) = following(Rhythm::Weekly).await;
    home.follow(HERE, &drama_subject("moon")).await;
    home.publish(1, &Told::of("tide"), NOW).await;
    home.publish(2, &Told::of("moon"), NOW).await;
    timed(&home, NOW + DAY).await;
    assert_eq!(all_sent(&home, 9, NOW).await, [1], "the other subscription goes on");
    assert_eq!(home.number("SELECT article FROM post").await, 2);
    assert_eq!(all_sent(&home, 9, NOW + DAY).await, [1]);
    assert_eq!(home.number("SELECT count(*) FROM post").await, 2, "a post with votes");
}

#[tokio::test]
async fn a_story_that_somebody_wants_at_once_is_posted_at_once() {
    let (home, _) = following(Rhythm::Daily).await;
    home.follow(HERE, &Subject::Everything).await;
    home.publish(1, &Told::of("tide"), NOW).await;
    assert_eq!(all_sent(&home, 9, NOW).await, [1]);
}

#[tokio::test]
async fn other_terms_let_what_waits_wait_anew() {
    let (home, id) = following(Rhythm::Weekly).await;
    for n in 1..=2 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    timed(&home, NOW + DAY).await;
    home.set_terms(id, &in_digests(Rhythm::Hourly), NOW + 1).await.unwrap();
    assert_eq!(timed(&home, NOW + HOUR).await, [Wait::Hourly; 2]);
    assert_eq!(home.untimed(9).await.unwrap(), []);
    home.set_terms(id, &in_digests(Rhythm::Each), NOW + 2).await.unwrap();
    let untimed = home.untimed(9).await.unwrap();
    assert_eq!(
        (untimed[0].wait, untimed[0].from),
        (Wait::Quiet, NOW + 2),
        "as after quiet hours"
    );
    timed(&home, NOW + 2).await;
    assert_eq!(all_sent(&home, 9, NOW + 2).await, [1, 1]);
}

#[tokio::test]
async fn what_is_followed_no_longer_leaves_the_digest_even_when_it_is_gathered() {
    let (home, _) = following(Rhythm::Daily).await;
    let moon = home
        .follow_as(HERE, &drama_subject("moon"), &in_digests(Rhythm::Daily))
        .await;
    for (n, drama) in [(1, "moon"), (2, "tide"), (3, "moon"), (4, "tide")] {
        home.publish(n, &Told::of(drama), NOW).await;
    }
    timed(&home, NOW).await;
    home.time_has_come(NOW).await.unwrap();
    home.gather(0, 9).await.unwrap();
    // The story that carries the others is of the one that ends.
    home.unsubscribe(&[moon], NOW).await.unwrap();
    assert_eq!(all_sent(&home, 0, NOW).await, [2]);
    assert_eq!(home.number("SELECT count(*) FROM delivery WHERE state = 3").await, 2);
    assert_eq!(
        home.number("SELECT count(*) FROM delivery WHERE state NOT IN (1, 3)")
            .await,
        0
    );
}

#[tokio::test]
async fn with_its_channel_goes_all_that_waits_in_it() {
    let (home, _) = following(Rhythm::Daily).await;
    for n in 1..=3 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    timed(&home, NOW).await;
    home.time_has_come(NOW).await.unwrap();
    home.gather(0, 9).await.unwrap();
    home.publish(4, &Told::of("tide"), NOW).await;
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    home.settle(&claim, &Step::CancelChannel, After::default(), NOW)
        .await
        .unwrap();
    assert_eq!(
        home.number("SELECT count(*) FROM delivery WHERE state = 3").await,
        4,
        "none is left behind"
    );
}

#[tokio::test]
async fn a_digest_that_was_given_up_is_tried_again_with_all_its_stories() {
    let (home, _) = following(Rhythm::Daily).await;
    for n in 1..=3 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    timed(&home, NOW).await;
    home.time_has_come(NOW).await.unwrap();
    home.gather(0, 9).await.unwrap();
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    let step = Step::Dead("blocked by AutoMod".into());
    home.settle(&claim, &step, After::default(), NOW).await.unwrap();
    for article in 1..=3 {
        assert!(home.is_stuck(ArticleId(article), HERE).await.unwrap(), "{article}");
    }
    home.revive_all(Some(HERE), NOW).await.unwrap();
    let home = home.crash(NOW).await;
    assert_eq!(all_sent(&home, 0, NOW).await, [3]);
    // Given up for good, it is kept as long as others, and nothing of it longer.
    let (home, _) = following(Rhythm::Daily).await;
    for n in 1..=3 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    timed(&home, NOW).await;
    home.time_has_come(NOW).await.unwrap();
    home.gather(0, 9).await.unwrap();
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    home.settle(&claim, &step, After::default(), NOW).await.unwrap();
    home.prune(&Keep::default(), NOW + 100 * DAY).await.unwrap();
    assert_eq!(home.number("SELECT count(*) FROM delivery").await, 0);
}

#[tokio::test]
async fn what_comes_in_quiet_hours_waits_for_their_end() {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    for n in 1..=5 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    // The sender sees that it is quiet, one story after the other.
    while let Some(claim) = home.claim(NOW, MINUTE, 1).await.unwrap().pop() {
        assert_eq!(claim.delivery.attempt, 1);
        home.settle(&claim, &Step::Wait, After::default(), NOW).await.unwrap();
    }
    assert_eq!(home.backlog(None).await.unwrap().scheduled, 5);
    let home = home.crash(NOW + 1).await;
    assert_eq!(timed(&home, NOW + HOUR).await, [Wait::Quiet; 5]);
    assert_eq!(
        all_sent(&home, 2, NOW + HOUR).await,
        [3, 1, 1],
        "two of them one by one"
    );
}

#[tokio::test]
async fn a_doubt_goes_through_quiet_hours_and_a_digest_stays_one() {
    let (home, _) = following(Rhythm::Daily).await;
    for n in 1..=2 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    timed(&home, NOW).await;
    home.time_has_come(NOW).await.unwrap();
    home.gather(0, 9).await.unwrap();
    home.claim(NOW, MINUTE, 1).await.unwrap();
    let home = home.crash(NOW).await;
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    assert!(claim.delivery.uncertain);
    home.settle(&claim, &Step::Wait, After::default(), NOW).await.unwrap();
    assert_eq!(timed(&home, NOW + HOUR).await, [Wait::Quiet]);
    home.time_has_come(NOW + HOUR).await.unwrap();
    home.gather(0, 9).await.unwrap();
    let claim = home.claim(NOW + HOUR, MINUTE, 1).await.unwrap().remove(0);
    assert!(
        claim.delivery.uncertain && claim.delivery.first_try == NOW,
        "it is looked for first"
    );
    assert_eq!(home.bundled(claim.delivery.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_paused_goes_on_waiting_and_a_closed_channel_keeps_its_digest() {
    let (home, id) = following(Rhythm::Daily).await;
    for n in 1..=2 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    home.pause(&[id], true, NOW).await.unwrap();
    timed(&home, NOW + HOUR).await;
    assert_eq!(all_sent(&home, 0, NOW + HOUR).await, Vec::<usize>::new());
    assert!(
        home.next_time().await.unwrap().unwrap() > NOW + HOUR,
        "looked at again, not at once"
    );
    home.pause(&[id], false, NOW + 2 * HOUR).await.unwrap();
    assert_eq!(timed(&home, NOW + 3 * HOUR).await, [Wait::Daily; 2]);
    // Meanwhile the bot may not post there.
    home.publish(3, &Told::of("tide"), NOW + 2 * HOUR).await;
    timed(&home, NOW + 3 * HOUR).await;
    let reason = "the bot may not post in the channel".to_owned();
    home.follow(HERE, &drama_subject("moon")).await;
    home.publish(4, &Told::of("moon"), NOW + 2 * HOUR).await;
    let claim = home.claim(NOW + 2 * HOUR, MINUTE, 1).await.unwrap().remove(0);
    home.settle(&claim, &Step::PauseChannel { reason }, After::default(), NOW + 2 * HOUR)
        .await
        .unwrap();
    assert_eq!(all_sent(&home, 9, NOW + 3 * HOUR).await, Vec::<usize>::new());
    assert!(home.unblock_channel(HERE, NOW + 4 * HOUR).await.unwrap().is_some());
    assert_eq!(all_sent(&home, 9, NOW + 4 * HOUR).await, [3, 1]);
}

#[tokio::test]
async fn hours_are_kept_for_channels_and_servers() {
    let home = home().await;
    home.guild_seen(GUILD, NOW).await.unwrap();
    let (of, server) = (HoursOf::Channel(HERE, GUILD), HoursOf::Server(GUILD));
    assert_eq!(home.own_hours(of).await.unwrap(), OwnHours::default());
    let night = HoursChange {
        zone: Some(Some("Asia/Seoul".into())),
        at: Some(Some(1_439)),
        day: Some(Some(6)),
        quiet: Some(Some(QuietHours::new(1_380, 0))),
    };
    let set = night.of(OwnHours::default());
    for of in [of, server] {
        home.set_hours(of, &set, NOW).await.unwrap();
        assert_eq!(home.own_hours(of).await.unwrap(), set);
    }
    let loud = OwnHours {
        quiet: Some(None),
        ..OwnHours::default()
    };
    home.set_hours(of, &loud, NOW).await.unwrap();
    assert_eq!(home.own_hours(of).await.unwrap(), loud);
    // What a hand wrote and means nothing is not set.
    sqlx::query("UPDATE channel SET digest_at = 5000, digest_day = -2, quiet = 99999999")
        .execute(home.store.write())
        .await
        .unwrap();
    assert_eq!(home.own_hours(of).await.unwrap().quiet, Some(None));
    assert_eq!(home.own_hours(of).await.unwrap().at, None);
    // What waits there waits for the new hours.
    home.follow_as(HERE, &Subject::Everything, &in_digests(Rhythm::Daily))
        .await;
    home.publish(1, &Told::of("tide"), NOW).await;
    for of in [of, server] {
        timed(&home, NOW + HOUR).await;
        home.set_hours(of, &set, NOW + 5).await.unwrap();
        assert_eq!(home.untimed(9).await.unwrap()[0].from, NOW + 5);
    }
}
