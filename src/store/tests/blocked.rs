//! Channels that may not be posted in, or are gone, a sender that pauses, and what is tried again by hand.

use super::{
    outbox::{following, one_claim, settled},
    *,
};

#[tokio::test]
async fn a_blocked_channel_waits_and_does_not_age() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW + MINUTE).await;
    let pause = Step::PauseChannel {
        reason: "no access".into(),
    };
    assert_eq!(
        settled(&home, &claim, pause.clone(), NOW + MINUTE).await,
        Settled::NewlyBlocked
    );
    assert!(home.take_told(HERE, NOW).await.unwrap());
    assert!(!home.take_told(HERE, NOW).await.unwrap(), "told once");
    home.give_back_told(HERE).await.unwrap();
    assert!(home.take_told(HERE, NOW).await.unwrap(), "it was not said");
    let later = NOW + 2 * DAY;
    home.publish(2, &Told::of("tide"), later).await;
    let home = home.crash(later).await;
    assert!(home.claim(later, MINUTE, 10).await.unwrap().is_empty());
    assert_eq!(home.next_delivery_due().await.unwrap(), None);
    assert_eq!(home.backlog(Some(HERE)).await.unwrap().waiting, 2);
    let blocked = home.blocked_channels().await.unwrap();
    let expected = Blocked {
        channel: HERE,
        guild: GUILD,
        reason: "no access".to_owned(),
        since: NOW + MINUTE,
    };
    assert_eq!(blocked, [expected]);
    assert_eq!(home.blocked_since(HERE).await.unwrap(), Some(NOW + MINUTE));
    assert_eq!(home.followed(GUILD).await.unwrap()[0].blocked, Some(NOW + MINUTE));

    let free = later + MINUTE;
    assert_eq!(home.unblock_channel(HERE, free).await.unwrap(), Some(2));
    assert_eq!(home.unblock_channel(HERE, free).await.unwrap(), None);
    assert!(home.claim(free, MINUTE, 10).await.unwrap().is_empty(), "gathered first");
    home.gather(5, 20).await.unwrap();
    let first = one_claim(&home, free).await;
    assert_eq!(
        free - first.delivery.enqueued,
        MINUTE,
        "a minute old, as when it was blocked"
    );
    assert_eq!(first.delivery.attempt, 1);
    settled(&home, &first, Step::Sent(Some(MessageId(1))), free).await;
    assert_eq!(one_claim(&home, free).await.delivery.enqueued, free);
    assert_eq!(settled(&home, &first, pause, free).await, Settled::NotOurs);
}

#[tokio::test]
async fn a_channel_that_is_gone_follows_nothing() {
    let home = following().await;
    home.follow(THERE, &drama_subject("tide")).await;
    let (_, posted) = home.post(1, &Told::of("tide"), NOW).await;
    home.publish(2, &Told::of("tide"), NOW).await;
    home.publish(3, &Told::of("tide"), NOW).await;
    let claims = home.claim(NOW, MINUTE, 10).await.unwrap();
    let here = claims.iter().find(|c| c.delivery.channel == HERE).unwrap();
    assert_eq!(settled(&home, here, Step::CancelChannel, NOW).await, Settled::Done);
    assert!(home.subscriptions(HERE).await.unwrap().is_empty());
    assert_eq!(home.backlog(Some(HERE)).await.unwrap(), Backlog::default());
    assert_eq!(home.backlog(Some(THERE)).await.unwrap().waiting, 2);
    let post = home.post_of(posted[0]).await.unwrap().unwrap();
    assert_eq!((post.channel, post.deleted_at), (HERE, Some(NOW)));
    home.channel_gone(THERE, NOW).await.unwrap();
    let post = home.post_of(posted[1]).await.unwrap().unwrap();
    assert_eq!((post.channel, post.deleted_at), (THERE, Some(NOW)));
}

#[tokio::test]
async fn a_refused_token_is_no_attempt() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    for _ in 0..2 {
        let claim = one_claim(&home, NOW).await;
        assert_eq!(claim.delivery.attempt, 1);
        assert_eq!(settled(&home, &claim, Step::StopSender, NOW).await, Settled::Done);
    }
    let claim = one_claim(&home, NOW).await;
    settled(&home, &claim, Step::Unarchive { due: NOW + 10 }, NOW).await;
    assert_eq!(one_claim(&home, NOW + 10).await.delivery.attempt, 2);
}

#[tokio::test]
async fn by_hand_it_is_tried_again_after_a_look() {
    let home = following().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = one_claim(&home, NOW).await;
    assert!(!home.revive(claim.delivery.id, NOW).await.unwrap());
    settled(&home, &claim, Step::Dead("refused".into()), NOW).await;
    assert!(home.revive(claim.delivery.id, NOW + DAY).await.unwrap());
    let again = one_claim(&home, NOW + DAY).await.delivery;
    assert!(
        again.uncertain && again.first_try == NOW,
        "so the channel is searched first, from then on"
    );
    assert_eq!((again.enqueued, again.attempt), (NOW + DAY, 1));
}
