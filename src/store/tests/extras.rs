//! What is done with a post once it is there, by the kind of its channel; and that no crash loses it.

use super::*;
use crate::model::{Manner, answer::Why};

/// A post in a channel of that kind, wanted with a thread: what is to be done with it.
async fn extras_of(venue: Venue) -> (Home, Vec<(ExtraKind, ChannelId)>) {
    let home = home().await;
    let terms = Terms {
        manner: Manner {
            thread: true,
            votes: crate::model::Votes::Off,
            ..Manner::default()
        },
        ..Terms::default()
    };
    let place = (GUILD, HERE, venue);
    home.subscribe(place, &Subject::Everything, "", &terms, NOW)
        .await
        .unwrap();
    home.publish(1, &Told::of("tide"), NOW).await;
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    assert_eq!(claim.delivery.forum, venue == Venue::Forum);
    let seeds = ["❤️".to_owned()];
    let after = After {
        seeds: &seeds,
        venue: Some(venue),
    };
    home.settle(&claim, &Step::Sent(Some(MessageId(9))), after, NOW)
        .await
        .unwrap();
    assert_eq!(home.seeds_left().await.unwrap(), 0, "without votes");
    let claimed = home.claim_extras(NOW, MINUTE, 10).await.unwrap();
    let extras = claimed.iter().map(|extra| (extra.kind, extra.channel)).collect();
    (home, extras)
}

#[tokio::test]
async fn what_follows_a_post_depends_on_its_channel() {
    let (home, extras) = extras_of(Venue::Channel).await;
    assert_eq!(extras, [(ExtraKind::Thread, HERE)]);
    // A crash before it was done: it is to be done again.
    let home = home.crash(NOW).await;
    let again = home.claim_extras(NOW, MINUTE, 10).await.unwrap().remove(0);
    assert_eq!(again.attempt, 2);
    home.settle_extra(&again, &ExtraStep::Done, NOW).await.unwrap();
    assert_eq!(home.next_extra_due().await.unwrap(), None);
    // That it was done is kept as long as the record of the post, no longer.
    home.prune(&Keep::default(), NOW + 89 * DAY).await.unwrap();
    assert_eq!(home.number("SELECT count(*) FROM extra").await, 1);
    home.prune(&Keep::default(), NOW + 91 * DAY).await.unwrap();
    assert_eq!(home.number("SELECT count(*) FROM extra").await, 0);

    let (_, extras) = extras_of(Venue::Announcement).await;
    assert_eq!(extras, [(ExtraKind::Thread, HERE), (ExtraKind::Publish, HERE)]);

    let (home, extras) = extras_of(Venue::Forum).await;
    assert_eq!(extras, []);
    let post = home.post_of(MessageId(9)).await.unwrap().unwrap();
    assert_eq!(post.channel, ChannelId(9), "the thread has its first message's id");
    assert!(matches!(
        home.why(post.article, HERE).await.unwrap(),
        Why::Posted { message: Some(_), .. }
    ));
    home.channel_gone(HERE, NOW).await.unwrap();
    let gone = home.post_of(MessageId(9)).await.unwrap().unwrap();
    assert_eq!(gone.deleted_at, Some(NOW), "with its forum");
}

#[tokio::test]
async fn ten_are_published_in_an_hour_and_in_their_order() {
    let home = home().await;
    let place = (GUILD, HERE, Venue::Announcement);
    home.subscribe(place, &Subject::Everything, "", &Terms::default(), NOW)
        .await
        .unwrap();
    let after = After {
        seeds: &[],
        venue: Some(Venue::Announcement),
    };
    for n in 1..=11 {
        home.publish(n, &Told::of("tide"), NOW).await;
        let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
        let sent = Step::Sent(Some(MessageId(u64::from(n))));
        home.settle(&claim, &sent, after, NOW).await.unwrap();
    }
    for n in 1..=10 {
        assert_eq!(home.published_out(HERE, NOW).await.unwrap(), None);
        let claimed = home.claim_extras(NOW, MINUTE, 10).await.unwrap();
        assert_eq!(
            claimed.iter().map(|extra| extra.message.0).collect::<Vec<_>>(),
            [n],
            "one at a time"
        );
        home.settle_extra(&claimed[0], &ExtraStep::Done, NOW + i64::try_from(n).unwrap())
            .await
            .unwrap();
    }
    let hour = 60 * MINUTE;
    assert_eq!(
        home.published_out(HERE, NOW + MINUTE).await.unwrap(),
        Some(NOW + 1 + hour)
    );
    assert_eq!(home.published_out(HERE, NOW + 1 + hour).await.unwrap(), None);
    assert_eq!(home.published_out(THERE, NOW).await.unwrap(), None);
}

#[tokio::test]
async fn a_forums_posts_are_taken_in_after_a_restore() {
    let home = home().await;
    let place = (GUILD, HERE, Venue::Forum);
    home.subscribe(place, &Subject::Everything, "", &Terms::default(), NOW)
        .await
        .unwrap();
    let Finished::New { article, .. } = home.publish(1, &Told::of("tide"), NOW).await else {
        panic!("known")
    };
    let other = home.folder.path().join("other.db");
    home.backup(&other, NOW).await.unwrap();
    let restored = Store::open(&format!("sqlite://{}", other.display()), NOW + DAY)
        .await
        .unwrap();
    let adoptions = restored.adoptions().await.unwrap();
    assert_eq!(
        adoptions.iter().map(|a| (a.channel, a.forum)).collect::<Vec<_>>(),
        [(HERE, true)]
    );
    // One story that the copy knows, one that it does not yet.
    let found = [adopted(MessageId(9), link(1)), adopted(MessageId(11), link(2))];
    restored.adopt(HERE, &found, NOW + DAY).await.unwrap();
    let post = restored.post_of(MessageId(9)).await.unwrap().unwrap();
    assert_eq!((post.article, post.channel), (article, ChannelId(9)));
    assert!(
        restored.claim(NOW + DAY, MINUTE, 10).await.unwrap().is_empty(),
        "posted before"
    );
}

#[tokio::test]
async fn a_channel_that_is_not_shown_is_what_it_was_until_it_is_told_otherwise() {
    let home = home().await;
    let place = (GUILD, HERE, Venue::Announcement);
    home.subscribe(place, &Subject::Everything, "", &Terms::default(), NOW)
        .await
        .unwrap();
    let told = [
        (None, 1),
        (Some(Venue::Channel), 0),
        (None, 0),
        (Some(Venue::Announcement), 1),
    ];
    for (n, (venue, published)) in (1..).zip(told) {
        home.publish(n, &Told::of("tide"), NOW).await;
        let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
        let sent = Step::Sent(Some(MessageId(u64::from(n))));
        home.settle(&claim, &sent, After { seeds: &[], venue }, NOW)
            .await
            .unwrap();
        let extras = home.claim_extras(NOW, MINUTE, 10).await.unwrap();
        assert_eq!(extras.len(), published, "post {n}, told {venue:?}");
        for extra in &extras {
            home.settle_extra(extra, &ExtraStep::Done, NOW).await.unwrap();
        }
    }
}
