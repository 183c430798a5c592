//! The outbox: once, in order, whatever crashes when.

use super::*;
use crate::model::{DeliveryId, answer::Why};

pub(super) fn retry(due: Millis, uncertain: bool, count_attempt: bool) -> Step {
    Step::RetryAt {
        due,
        uncertain,
        count_attempt,
    }
}

pub(super) async fn following() -> Home {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    home
}

pub(super) async fn one_claim(home: &Home, now: Millis) -> Claim {
    let mut claims = home.claim(now, MINUTE, 10).await.unwrap();
    assert_eq!(claims.len(), 1, "{claims:?}");
    claims.remove(0)
}

pub(super) async fn settled(home: &Home, claim: &Claim, step: Step, now: Millis) -> Settled {
    home.settle(claim, &step, After::default(), now).await.unwrap()
}

#[tokio::test]
async fn each_channel_once_whatever_it_follows() {
    let home = following().await;
    home.follow(HERE, &Subject::Everything).await;
    home.follow(HERE, &Subject::Words("tide".into())).await;
    home.follow(THERE, &Subject::Person(crate::model::PersonId("ara".into())))
        .await;
    home.follow(ChannelId(503), &drama_subject("other")).await;
    let finished = home.publish(1, &Told::of("tide").with("Ara"), NOW).await;
    assert!(matches!(finished, Finished::New { deliveries: 2, .. }), "{finished:?}");
    let claims = home.claim(NOW, MINUTE, 10).await.unwrap();
    assert_eq!(
        claims.iter().map(|c| c.delivery.channel).collect::<Vec<_>>(),
        [HERE, THERE]
    );
    assert!(home.claim(NOW, MINUTE, 10).await.unwrap().is_empty());
}

/// So many channels follow a drama, each in a server of its own.
async fn followed_by(channels: u32) -> Home {
    let home = home().await;
    sqlx::query(
        "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < $1)
        INSERT INTO subscription (guild, channel, subject, label, created) SELECT n, 1000 + n, $2, 'tide', $3 FROM n",
    )
    .bind(channels)
    .bind(drama_subject("tide").key())
    .bind(NOW)
    .execute(home.store.write())
    .await
    .unwrap();
    home
}

#[tokio::test]
async fn a_story_for_very_many_channels_is_due_in_each_once() {
    let home = followed_by(12_001).await;
    let finished = home.publish(1, &Told::of("tide"), NOW).await;
    assert!(
        matches!(finished, Finished::New { deliveries: 12_001, .. }),
        "{finished:?}"
    );
    assert_eq!(home.number("SELECT count(*) FROM fan_out").await, 0);
    assert_eq!(
        home.number("SELECT count(DISTINCT channel) FROM delivery WHERE state = 0")
            .await,
        12_001
    );
}

#[tokio::test]
async fn what_a_crash_left_of_it_comes_before_the_next_story() {
    let home = followed_by(12_001).await;
    let finished = home.publish(1, &Told::of("tide"), NOW).await;
    let Finished::New { article, .. } = finished else {
        panic!("{finished:?}")
    };
    // As after the first of the three transactions.
    for sql in [
        "DELETE FROM delivery WHERE channel > 6000",
        "INSERT INTO fan_out (article, subjects, above, upto, late)
            SELECT a.article, json_group_array(a.subject), 6000, 11000, 0 FROM article_subject a",
        "INSERT INTO fan_out (article, subjects, above, upto, late)
            SELECT a.article, json_group_array(a.subject), 11000, 9223372036854775807, 0 FROM article_subject a",
    ] {
        sqlx::query(sql).execute(home.store.write()).await.unwrap();
    }
    let home = home.crash(NOW + 1).await;
    assert!(home.fan_out(NOW + 1).await.unwrap(), "whoever sends goes on with it");
    let there = home.number("SELECT count(*) FROM delivery").await;
    assert_eq!(there, 10_000, "a slice at a time");
    home.publish(2, &Told::of("tide"), NOW + 2).await;
    assert_eq!(home.number("SELECT count(*) FROM delivery").await, 24_002);
    let heads = home.claim(NOW + 2, MINUTE, 20_000).await.unwrap();
    assert_eq!(heads.len(), 12_001);
    assert!(
        heads.iter().all(|claim| claim.delivery.article == article),
        "in their order"
    );
    assert!(!home.fan_out(NOW + 3).await.unwrap());
}

#[tokio::test]
async fn only_the_oldest_of_a_channel() {
    let home = following().await;
    home.follow(THERE, &drama_subject("tide")).await;
    for n in 1..=3 {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    let mut order = Vec::new();
    for round in 0..3 {
        let claims = home.claim(NOW + round, MINUTE, 10).await.unwrap();
        assert_eq!(claims.len(), 2, "one of each channel");
        for claim in claims {
            order.push((claim.delivery.channel.0, claim.delivery.article.0));
            settled(
                &home,
                &claim,
                Step::Sent(Some(MessageId(100 + order.len() as u64))),
                NOW,
            )
            .await;
        }
    }
    assert_eq!(order, [(501, 1), (502, 1), (501, 2), (502, 2), (501, 3), (502, 3)]);
}

#[tokio::test]
async fn a_head_that_waits_keeps_the_others_waiting_and_a_dead_one_does_not() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    home.publish(2, &Told::of("tide"), NOW).await;
    let first = one_claim(&home, NOW).await;
    settled(&home, &first, retry(NOW + 5 * MINUTE, false, true), NOW).await;
    assert!(home.claim(NOW + MINUTE, MINUTE, 10).await.unwrap().is_empty());
    assert_eq!(home.next_delivery_due().await.unwrap(), Some(NOW + 5 * MINUTE));
    let again = one_claim(&home, NOW + 5 * MINUTE).await;
    assert_eq!((again.delivery.id, again.delivery.attempt), (first.delivery.id, 2));
    settled(&home, &again, Step::Dead("refused".into()), NOW).await;
    let second = one_claim(&home, NOW + 5 * MINUTE).await;
    assert_ne!(second.delivery.id, first.delivery.id);
    settled(&home, &second, Step::Hold("not sure".into()), NOW).await;
    assert_eq!(
        home.backlog(Some(HERE)).await.unwrap(),
        Backlog {
            waiting: 0,
            held: 1,
            dead: 1,
            scheduled: 0
        }
    );
    assert_eq!(home.backlog(Some(THERE)).await.unwrap(), Backlog::default());
    let stuck = home.stuck(None, 10).await.unwrap();
    assert_eq!(
        stuck.iter().map(|s| s.reason.as_str()).collect::<Vec<_>>(),
        ["not sure", "refused"]
    );
}

#[tokio::test]
async fn a_crash_between_claim_and_record_leaves_doubt() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let first = one_claim(&home, NOW).await;
    assert!(!first.delivery.uncertain);
    assert_eq!((first.delivery.attempt, first.delivery.first_try), (1, NOW));
    let home = home.crash(NOW + 1_000).await;
    let second = one_claim(&home, NOW + 1_000).await;
    assert_eq!(second.delivery.id, first.delivery.id, "the same nonce");
    assert!(second.delivery.uncertain);
    assert_eq!((second.delivery.attempt, second.delivery.first_try), (2, NOW));
    settled(&home, &second, retry(NOW + 2_000, false, true), NOW).await;
    let third = one_claim(&home, NOW + 2_000).await;
    assert!(third.delivery.uncertain, "what the first came to is still not known");
    assert_eq!(third.delivery.first_try, NOW);
}

#[tokio::test]
async fn a_lease_that_ran_out_leaves_doubt_too() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let slow = one_claim(&home, NOW).await;
    assert!(home.claim(NOW + MINUTE - 1, MINUTE, 10).await.unwrap().is_empty());
    let quick = one_claim(&home, NOW + MINUTE).await;
    assert!(quick.delivery.uncertain);
    assert_eq!(
        settled(&home, &slow, retry(NOW, false, true), NOW).await,
        Settled::NotOurs
    );
    assert_eq!(
        settled(&home, &slow, Step::Dead("late".into()), NOW).await,
        Settled::NotOurs
    );
    assert_eq!(
        settled(&home, &quick, Step::Sent(Some(MessageId(9))), NOW).await,
        Settled::Doubted
    );
    // Both sent the same nonce, both were told the same message.
    assert_eq!(
        settled(&home, &slow, Step::Sent(Some(MessageId(9))), NOW).await,
        Settled::NotOurs
    );
    assert_eq!(home.number("SELECT count(*) FROM post").await, 1);
}

#[tokio::test]
async fn a_certain_refusal_leaves_none() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW).await;
    settled(&home, &claim, retry(NOW + 500, false, false), NOW).await;
    let claim = one_claim(&home, NOW + 500).await;
    assert_eq!(
        (claim.delivery.attempt, claim.delivery.first_try),
        (1, NOW + 500),
        "a wait is no attempt"
    );
    assert!(!claim.delivery.uncertain);
    settled(&home, &claim, retry(NOW + 900, true, true), NOW).await;
    let claim = one_claim(&home, NOW + 900).await;
    assert_eq!((claim.delivery.attempt, claim.delivery.first_try), (2, NOW + 500));
    assert!(claim.delivery.uncertain && !claim.delivery.plain);
    settled(&home, &claim, Step::Plain { due: NOW + 900 }, NOW).await;
    assert!(one_claim(&home, NOW + 900).await.delivery.plain);
}

#[tokio::test]
async fn a_post_that_became_known_late_is_compared() {
    let home = following().await;
    let dirty = async |now| home.claim_dirty(now, MINUTE, 10).await.unwrap().len();
    // Its answer was lost: people may have voted before the second try told of it.
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW).await;
    settled(&home, &claim, retry(NOW + 1, true, true), NOW).await;
    let claim = one_claim(&home, NOW + 1).await;
    let sent = |message| Step::Sent(Some(MessageId(message)));
    assert_eq!(settled(&home, &claim, sent(9), NOW + 2).await, Settled::Doubted);
    assert_eq!(dirty(NOW + 2).await, 1);
    // Its channel was not heard of while it was on its way.
    home.publish(2, &Told::of("tide"), NOW + 3).await;
    let claim = one_claim(&home, NOW + 3).await;
    home.mark_dirty(DAY, (1, 2), NOW + 4).await.unwrap();
    assert_eq!(settled(&home, &claim, sent(10), NOW + 5).await, Settled::Doubted);
    assert_eq!(dirty(NOW + 5).await, 1);
    // Others are known before anybody can vote, or by their echo, which comes before any vote.
    home.publish(3, &Told::of("tide"), NOW + 6).await;
    let claim = one_claim(&home, NOW + 6).await;
    assert_eq!(settled(&home, &claim, sent(11), NOW + 7).await, Settled::Done);
    home.publish(4, &Told::of("tide"), NOW + 8).await;
    let claim = one_claim(&home, NOW + 8).await;
    settled(&home, &claim, retry(NOW + 9, true, true), NOW + 8).await;
    let after = After::default();
    let told = home.echo(claim.delivery.id, HERE, MessageId(12), after, NOW + 9);
    assert_eq!(told.await.unwrap(), Settled::Done);
    assert_eq!(dirty(NOW + 9).await, 0);
    // Unless it is known that somebody voted: the echo was late, as the disk was full.
    for (number, message) in [(5, MessageId(13)), (6, MessageId(14))] {
        home.publish(number, &Told::of("tide"), NOW + 10).await;
        let claim = one_claim(&home, NOW + 10).await;
        let vote = super::votes::add(super::votes::key(message, "❤️", 5, false), false);
        home.apply_votes(&[vote], NOW + 10).await.unwrap();
        let known = if number == 5 {
            settled(&home, &claim, Step::Sent(Some(message)), NOW + 11).await
        } else {
            home.echo(claim.delivery.id, HERE, message, after, NOW + 11)
                .await
                .unwrap()
        };
        assert_eq!(known, Settled::Doubted);
        assert_eq!(dirty(NOW + 11).await, 1);
    }
}

#[tokio::test]
async fn the_echo_is_an_acknowledgement() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW).await;
    let id = claim.delivery.id;
    let seeds = ["❤️".to_owned(), "😂".to_owned()];
    let echo = async |delivery, channel| {
        let told = home.echo(delivery, channel, MessageId(9), seeded(&seeds), NOW);
        told.await.unwrap()
    };
    assert_eq!(echo(id, THERE).await, Settled::NotOurs, "another channel's nonce");
    assert_eq!(echo(DeliveryId(99), HERE).await, Settled::NotOurs);
    assert_eq!(echo(id, HERE).await, Settled::Done);
    assert_eq!(echo(id, HERE).await, Settled::NotOurs, "told twice");
    let late = home
        .settle(&claim, &retry(NOW, true, true), seeded(&seeds), NOW)
        .await
        .unwrap();
    assert_eq!(late, Settled::NotOurs, "the lost reply changes nothing any more");
    let late = home
        .settle(&claim, &Step::Sent(Some(MessageId(9))), seeded(&seeds), NOW)
        .await
        .unwrap();
    assert_eq!(late, Settled::NotOurs);
    assert_eq!(home.post_of(MessageId(9)).await.unwrap().unwrap().channel, HERE);
    assert_eq!(home.seeds_left().await.unwrap(), 2);
    let home = home.crash(NOW).await;
    assert!(home.claim(NOW + DAY, MINUTE, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_message_is_a_fact_whatever_was_decided() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW).await;
    settled(&home, &claim, Step::Hold("not sure".into()), NOW).await;
    let told = home.echo(claim.delivery.id, HERE, MessageId(9), After::default(), NOW);
    assert_eq!(told.await.unwrap(), Settled::Done);
    assert_eq!(home.backlog(None).await.unwrap(), Backlog::default());
}

#[tokio::test]
async fn sent_and_deleted_since_is_sent() {
    let home = following().await;
    let Finished::New { article, .. } = home.publish(1, &Told::of("tide"), NOW).await else {
        panic!()
    };
    let claim = one_claim(&home, NOW).await;
    assert_eq!(settled(&home, &claim, Step::Sent(None), NOW).await, Settled::Done);
    assert_eq!(home.backlog(None).await.unwrap(), Backlog::default());
    let why = home.why(article, HERE).await.unwrap();
    assert_eq!(
        why,
        Why::Posted {
            message: None,
            because: vec!["label".into()]
        }
    );
    assert_eq!(home.number("SELECT count(*) FROM post").await, 0);
}

#[tokio::test]
async fn why() {
    let home = following().await;
    home.follow(THERE, &drama_subject("other")).await;
    let Finished::New { article, .. } = home.publish(1, &Told::of("tide").with("Ara"), NOW).await else {
        panic!()
    };
    assert_eq!(home.why(article, HERE).await.unwrap(), Why::Waiting { due: NOW });
    let about = vec!["TIDE".to_owned(), "Ara".to_owned()];
    assert_eq!(home.why(article, THERE).await.unwrap(), Why::NotFollowed { about });
    let claim = one_claim(&home, NOW).await;
    settled(&home, &claim, Step::Sent(Some(MessageId(9))), NOW).await;
    let posted = Why::Posted {
        message: Some(MessageId(9)),
        because: vec!["label".into()],
    };
    assert_eq!(home.why(article, HERE).await.unwrap(), posted);
    home.prune(
        &Keep {
            deliveries: 1,
            ..Keep::default()
        },
        NOW + 2 * DAY,
    )
    .await
    .unwrap();
    assert_eq!(
        home.why(article, HERE).await.unwrap(),
        posted,
        "also when the delivery is not kept any more"
    );
    let Finished::New { article, .. } = home.publish(2, &Told::of("tide"), NOW).await else {
        panic!()
    };
    let claim = one_claim(&home, NOW).await;
    settled(&home, &claim, Step::Hold("lost".into()), NOW).await;
    assert_eq!(home.why(article, HERE).await.unwrap(), Why::Held);
}

#[tokio::test]
async fn seeds_are_rows() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW).await;
    let seeds = ["❤️", "😂", "😮"].map(str::to_owned);
    home.settle(&claim, &Step::Sent(Some(MessageId(9))), seeded(&seeds), NOW)
        .await
        .unwrap();
    let next = async |home: &Home, now| home.claim_seeds(now, MINUTE, 10).await.unwrap();
    let first = next(&home, NOW).await;
    assert_eq!(
        first.iter().map(|s| (s.emoji.as_str(), s.channel)).collect::<Vec<_>>(),
        [("❤️", HERE)]
    );
    assert!(next(&home, NOW).await.is_empty(), "one after the other");
    let home = home.crash(NOW + 1).await;
    let again = next(&home, NOW + 1).await;
    assert_eq!((again[0].emoji.as_str(), again[0].attempt), ("❤️", 2));
    home.settle_seed(&again[0], &SeedStep::Put).await.unwrap();
    let second = next(&home, NOW + 1).await;
    home.settle_seed(
        &second[0],
        &SeedStep::RetryAt {
            due: NOW + 5,
            count_attempt: false,
        },
    )
    .await
    .unwrap();
    assert_eq!(home.next_seed_due().await.unwrap(), Some(NOW + 5));
    assert!(next(&home, NOW + 4).await.is_empty());
    let second = next(&home, NOW + 5).await;
    assert_eq!((second[0].emoji.as_str(), second[0].attempt), ("😂", 1));
    home.settle_seed(&second[0], &SeedStep::GiveUp("unknown emoji".into()))
        .await
        .unwrap();
    assert_eq!(next(&home, NOW + 5).await[0].emoji, "😮");
    home.settle_seed(&second[0], &SeedStep::GiveUpPost("gone".into()))
        .await
        .unwrap();
    assert_eq!(
        (home.seeds_left().await.unwrap(), home.next_seed_due().await.unwrap()),
        (0, None)
    );
}

#[tokio::test]
async fn posts_are_known_by_their_messages() {
    let home = following().await;
    home.follow(THERE, &drama_subject("tide")).await;
    let (first, earlier) = home.post(1, &Told::of("tide"), NOW).await;
    let (second, messages) = home.post(2, &Told::of("tide"), NOW + DAY).await;
    assert_eq!(home.post_of(messages[0]).await.unwrap().unwrap().article, second);
    assert_eq!(home.post_of(MessageId(1)).await.unwrap(), None);
    assert_eq!(earlier.len(), 2);
    for message in earlier {
        assert_eq!(home.post_of(message).await.unwrap().unwrap().article, first);
    }
}

#[tokio::test]
async fn what_was_sent_lately_is_known_at_the_next_start() {
    let home = following().await;
    let sent = async |home: &Home, since| {
        let all = home.sent_since(since).await.unwrap();
        all.iter()
            .map(|one| (one.channel, one.attempts, one.last))
            .collect::<Vec<_>>()
    };
    home.post(1, &Told::of("tide"), NOW).await;
    home.post(2, &Told::of("tide"), NOW + 9).await;
    // On its way when the process is killed.
    home.publish(3, &Told::of("tide"), NOW + 10).await;
    one_claim(&home, NOW + 11).await;
    let home = home.crash(NOW + 12).await;
    assert_eq!(sent(&home, NOW).await, [(HERE, 3, NOW + 11)]);
    assert_eq!(sent(&home, NOW + 5).await, [(HERE, 2, NOW + 11)]);
    assert_eq!(sent(&home, NOW + 12).await, []);
}

#[tokio::test]
async fn what_is_due_follows_a_clock_that_is_set_back() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW).await;
    settled(&home, &claim, retry(NOW + 5_000, true, true), NOW).await;
    let hour = 60 * MINUTE;
    home.clock_set_back(hour, NOW - hour).await.unwrap();
    assert_eq!(home.next_delivery_due().await.unwrap(), Some(NOW - hour + 5_000));
    // What is blocked stays so, and what is due stays due.
    home.publish(2, &Told::of("tide"), NOW - hour).await;
    let claim = one_claim(&home, NOW - hour + 5_000).await;
    let step = Step::PauseChannel { reason: "x".into() };
    settled(&home, &claim, step, NOW - hour).await;
    home.clock_set_back(hour, NOW - 2 * hour).await.unwrap();
    assert_eq!(home.next_delivery_due().await.unwrap(), None);
}
