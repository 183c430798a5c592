//! Back after an outage: few posts, the others in digests, each story once.

use super::*;
use crate::model::answer::Why;

const HOUR: Millis = 60 * MINUTE;

async fn waiting(stories: u32) -> Home {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    for n in 1..=stories {
        home.publish(n, &Told::of("tide"), NOW).await;
    }
    home
}

async fn claimed(home: &Home, now: Millis) -> Option<Claim> {
    home.claim(now, MINUTE, 10).await.unwrap().pop()
}

/// Sends whatever is next as this message; its stories, and how many there are in it.
async fn sent(home: &Home, message: u64, now: Millis) -> Option<(i64, usize)> {
    let claim = claimed(home, now).await?;
    let bundled = home.bundled(claim.delivery.id).await.unwrap().len();
    let step = Step::Sent(Some(MessageId(message)));
    home.settle(&claim, &step, After::default(), now).await.unwrap();
    Some((claim.delivery.article.0, bundled))
}

#[tokio::test]
async fn what_waited_through_an_outage_goes_out_as_digests_and_a_few_posts() {
    let home = waiting(8).await;
    let later = NOW + 2 * HOUR;
    assert_eq!(home.mark_late(2, later).await.unwrap(), 8);
    assert_eq!(
        claimed(&home, later).await,
        None,
        "nothing is sent before it is gathered"
    );
    home.gather(2, 4).await.unwrap();
    assert_eq!(home.mark_late(2, later).await.unwrap(), 0, "once");
    assert!(matches!(
        home.why(ArticleId(3), HERE).await.unwrap(),
        Why::Waiting { .. }
    ));

    // Killed while the first digest is sent: it is claimed again, with all its stories.
    claimed(&home, later).await.unwrap();
    let home = home.crash(later).await;
    let claim = claimed(&home, later).await.unwrap();
    assert!(claim.delivery.uncertain);
    let step = Step::RetryAt {
        due: later,
        uncertain: true,
        count_attempt: true,
    };
    home.settle(&claim, &step, After::default(), later).await.unwrap();
    let mut order = Vec::new();
    for message in 11.. {
        let Some(one) = sent(&home, message, later).await else {
            break;
        };
        order.push(one);
    }
    assert_eq!(order, [(1, 4), (5, 2), (7, 0), (8, 0)]);
    assert_eq!(home.number("SELECT count(*) FROM delivery WHERE state = 1").await, 8);
    assert_eq!(
        home.number("SELECT count(*) FROM post").await,
        2,
        "a digest is no post to vote on"
    );
    let why = home.why(ArticleId(3), HERE).await.unwrap();
    assert!(
        matches!(
            why,
            Why::Posted {
                message: Some(MessageId(11)),
                ..
            }
        ),
        "{why:?}"
    );
}

#[tokio::test]
async fn few_stories_or_fresh_ones_are_posts_like_others() {
    let home = waiting(3).await;
    assert_eq!(home.mark_late(2, NOW + MINUTE).await.unwrap(), 0, "fresh");
    assert_eq!(home.mark_late(3, NOW + 2 * HOUR).await.unwrap(), 0, "few");
    home.gather(3, 20).await.unwrap();
    assert_eq!(sent(&home, 11, NOW).await, Some((1, 0)));
}

#[tokio::test]
async fn one_story_more_than_goes_singly_is_no_digest() {
    let home = waiting(3).await;
    home.mark_late(2, NOW + 2 * HOUR).await.unwrap();
    home.gather(2, 20).await.unwrap();
    assert_eq!(sent(&home, 11, NOW + 2 * HOUR).await, Some((1, 0)));
}

#[tokio::test]
async fn what_a_feed_brings_after_an_outage_waits_for_all_of_it() {
    let home = waiting(4).await;
    // As if its feed had not been read for long: three are read, the fourth still waits for its page.
    for sql in [
        "UPDATE delivery SET late = 1",
        "UPDATE entry SET late = 1",
        "UPDATE entry SET state = 0 WHERE id = 4",
    ] {
        sqlx::query(sql).execute(home.store.write()).await.unwrap();
    }
    home.gather(1, 20).await.unwrap();
    assert_eq!(claimed(&home, NOW).await, None);
    // A page that fails is not waited for.
    sqlx::query("UPDATE entry SET attempts = 1 WHERE id = 4")
        .execute(home.store.write())
        .await
        .unwrap();
    home.gather(1, 20).await.unwrap();
    assert_eq!(sent(&home, 11, NOW).await, Some((1, 3)));
    assert_eq!(sent(&home, 12, NOW).await, Some((4, 0)));
}
