//! What channels follow, and what is kept of servers.

use super::*;
use crate::model::{ArticleKind, Manner, QuoteId, Rhythm, RoleId, Votes};

/// Terms of every kind.
fn some_terms() -> Terms {
    Terms {
        kinds: vec![ArticleKind::Stills, ArticleKind::Interview],
        outlets: vec!["Lantern".into(), "News".into()],
        manner: Manner {
            spoiler: true,
            roles: vec![RoleId(900)],
            thread: true,
            votes: Votes::Buttons,
        },
        rhythm: Rhythm::Weekly,
    }
}

#[tokio::test]
async fn added_once() {
    let home = home().await;
    let subject = drama_subject("tide");
    let place = (GUILD, HERE, Venue::Channel);
    let terms = Terms::default();
    let first = home.subscribe(place, &subject, "Tide", &terms, NOW).await.unwrap();
    let Added::Added(id) = first else { panic!("{first:?}") };
    let again = home
        .subscribe(place, &subject, "Tide again", &terms, NOW)
        .await
        .unwrap();
    assert_eq!(again, Added::Already(id));
    let listed = home.subscriptions(HERE).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].label.as_str(), &listed[0].subject, listed[0].guild),
        ("Tide", &subject, GUILD)
    );
}

#[tokio::test]
async fn not_more_than_a_channel_may() {
    let home = home().await;
    for n in 0..SUBSCRIPTIONS_PER_CHANNEL {
        home.follow(HERE, &Subject::Words(format!("w{n}"))).await;
    }
    let one_more = Subject::Words("one more".into());
    let place = (GUILD, HERE, Venue::Channel);
    let refused = home
        .subscribe(place, &one_more, "x", &Terms::default(), NOW)
        .await
        .unwrap();
    assert_eq!(refused, Added::TooMany);
    home.follow(THERE, &one_more).await;
    let seventh = home.subscribed(HERE, &Subject::Words("w7".into())).await;
    assert_eq!(home.unsubscribe(&[seventh], NOW).await.unwrap(), 1);
    home.follow(HERE, &one_more).await;
}

#[tokio::test]
async fn what_is_no_longer_followed_is_not_sent() {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    home.follow(HERE, &Subject::Person(crate::model::PersonId("ara".into())))
        .await;
    home.publish(1, &Told::of("tide"), NOW).await;
    home.publish(2, &Told::of("tide").with("Ara"), NOW).await;
    let tide = home.subscribed(HERE, &drama_subject("tide")).await;
    assert_eq!(home.unsubscribe(&[tide], NOW).await.unwrap(), 1);
    assert_eq!(home.unsubscribe(&[tide], NOW).await.unwrap(), 0);
    let claims = home.claim(NOW, MINUTE, 10).await.unwrap();
    assert_eq!(claims.iter().map(|c| c.delivery.article.0).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn paused_means_not_at_all() {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    home.follow(HERE, &Subject::Everything).await;
    let both = [
        home.subscribed(HERE, &drama_subject("tide")).await,
        home.subscribed(HERE, &Subject::Everything).await,
    ];
    assert_eq!(home.pause(&both, true, NOW).await.unwrap(), 2);
    assert_eq!(home.pause(&both, true, NOW).await.unwrap(), 0);
    assert!(
        home.followed(GUILD)
            .await
            .unwrap()
            .iter()
            .all(|f| f.subscription.paused)
    );
    assert!(matches!(
        home.publish(1, &Told::of("tide"), NOW).await,
        Finished::New { deliveries: 0, .. }
    ));
    assert_eq!(home.pause(&both[..1], false, NOW).await.unwrap(), 1);
    assert!(matches!(
        home.publish(2, &Told::of("tide"), NOW).await,
        Finished::New { deliveries: 1, .. }
    ));
}

#[tokio::test]
async fn a_subject_from_the_future_is_passed_over() {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    sqlx::query("UPDATE subscription SET subject = 'mood:sad'")
        .execute(home.store.write())
        .await
        .unwrap();
    assert!(home.subscriptions(HERE).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_server_is_welcomed_once() {
    let home = home().await;
    assert_eq!(home.guild_seen(GUILD, NOW).await.unwrap(), Kept::New);
    assert_eq!(home.guild_seen(GUILD, NOW + 1).await.unwrap(), Kept::Known);
    assert!(home.take_welcome(GUILD, NOW).await.unwrap());
    let home = home.crash(NOW).await;
    assert!(!home.take_welcome(GUILD, NOW).await.unwrap());
    home.guild_left(GUILD, NOW).await.unwrap();
    assert_eq!(home.guilds().await.unwrap(), []);
    assert_eq!(home.guild_seen(GUILD, NOW + DAY).await.unwrap(), Kept::Back);
    assert_eq!(home.guilds().await.unwrap(), [GUILD]);
    assert!(!home.take_welcome(GUILD, NOW).await.unwrap(), "never again");
}

#[tokio::test]
async fn who_left_keeps_the_settings_for_a_month() {
    let home = home().await;
    home.guild_seen(GUILD, NOW).await.unwrap();
    let seoul = crate::model::OwnHours {
        zone: Some("Asia/Seoul".into()),
        ..crate::model::OwnHours::default()
    };
    home.set_hours(HoursOf::Server(GUILD), &seoul, NOW).await.unwrap();
    home.follow(HERE, &Subject::Everything).await;
    home.publish(1, &Told::of("tide"), NOW).await;
    home.guild_left(GUILD, NOW).await.unwrap();
    assert!(matches!(
        home.publish(2, &Told::of("tide"), NOW).await,
        Finished::New { deliveries: 0, .. }
    ));
    home.prune(&Keep::default(), NOW + 29 * DAY).await.unwrap();
    assert_eq!(home.followed(GUILD).await.unwrap().len(), 1);
    let pruned = home.prune(&Keep::default(), NOW + 31 * DAY).await.unwrap();
    assert_eq!(pruned.guilds, 1);
    assert!(home.followed(GUILD).await.unwrap().is_empty());
    assert!(home.claim(NOW + 31 * DAY, MINUTE, 10).await.unwrap().is_empty());
    assert_eq!(home.prune(&Keep::default(), NOW + 31 * DAY).await.unwrap().guilds, 0);
    assert_eq!(home.own_hours(HoursOf::Server(GUILD)).await.unwrap(), seoul);
}

#[tokio::test]
async fn a_feed_that_only_a_server_has_which_the_bot_left_is_watched_no_longer() {
    let home = home().await;
    let other = GuildId(71 << 22);
    let (shared, own) = ("https://shared.test/feed", "https://own.test/feed");
    for (guild, url) in [(GUILD, shared), (GUILD, own), (other, shared)] {
        home.guild_seen(guild, NOW).await.unwrap();
        let asker = FeedAsker {
            guild,
            channel: HERE,
            by: crate::model::UserId(9),
        };
        let asked = home.ask_for_feed(asker, (url, "Own"), true, 5, NOW).await.unwrap();
        assert_eq!(asked, Asking::Added);
    }
    let watched = async || {
        let feeds = home.feeds().await.unwrap();
        feeds.into_iter().map(|feed| feed.url).collect::<Vec<_>>()
    };
    home.guild_left(GUILD, NOW).await.unwrap();
    home.prune(&Keep::default(), NOW + 29 * DAY).await.unwrap();
    assert_eq!(watched().await, [shared], "nobody is there for the other");
    assert_eq!(
        home.server_feeds(GUILD).await.unwrap().len(),
        2,
        "who comes back finds it"
    );
    home.prune(&Keep::default(), NOW + 31 * DAY).await.unwrap();
    assert_eq!(watched().await, [shared]);
    assert!(home.server_feeds(GUILD).await.unwrap().is_empty());
    home.guild_left(other, NOW + 31 * DAY).await.unwrap();
    home.prune(&Keep::default(), NOW + 62 * DAY).await.unwrap();
    assert!(watched().await.is_empty());
}

#[tokio::test]
async fn the_last_quote_given_in_a_channel() {
    let home = home().await;
    assert_eq!(home.last_given(HERE).await.unwrap(), None);
    home.remember_given(HERE, None, QuoteId(4), NOW).await.unwrap();
    home.remember_given(HERE, Some(GUILD), QuoteId(5), NOW).await.unwrap();
    assert_eq!(home.last_given(HERE).await.unwrap(), Some(QuoteId(5)));
    assert_eq!(home.last_given(THERE).await.unwrap(), None);
}

#[tokio::test]
async fn terms_are_kept_and_changed() {
    let home = home().await;
    let tide = drama_subject("tide");
    let id = home.follow_as(HERE, &tide, &some_terms()).await;
    assert_eq!(home.subscriptions(HERE).await.unwrap()[0].terms, some_terms());
    assert!(home.set_terms(id, &Terms::default(), NOW).await.unwrap());
    assert_eq!(home.subscription(id).await.unwrap().unwrap().terms, Terms::default());
    home.unsubscribe(&[id], NOW).await.unwrap();
    assert!(!home.set_terms(id, &some_terms(), NOW).await.unwrap(), "it is gone");
}

fn only(kinds: &[ArticleKind], outlets: &[&str]) -> Terms {
    Terms {
        kinds: kinds.to_vec(),
        outlets: outlets.iter().map(|name| (*name).to_owned()).collect(),
        ..Terms::default()
    }
}

#[tokio::test]
async fn what_terms_keep_out_is_not_sent_and_says_why() {
    let home = home().await;
    let (stills, news) = (only(&[ArticleKind::Stills], &[]), only(&[], &["Elsewhere"]));
    home.follow_as(HERE, &drama_subject("tide"), &stills).await;
    home.follow_as(HERE, &Subject::Everything, &news).await;
    home.follow_as(
        THERE,
        &drama_subject("tide"),
        &only(&[ArticleKind::News], &["Somewhere", "News"]),
    )
    .await;
    let Finished::New { article, deliveries } = home.publish(1, &Told::of("tide"), NOW).await else {
        panic!()
    };
    assert_eq!(deliveries, 1, "only there");
    let here = home.matches(article, HERE).await.unwrap();
    let fits: Vec<_> = here
        .iter()
        .map(|one| (one.kind_fits, one.outlet_fits, one.fits()))
        .collect();
    assert_eq!(fits, [(false, true, false), (true, false, false)]);
    assert!(
        home.matches(article, THERE)
            .await
            .unwrap()
            .iter()
            .all(crate::model::Match::fits)
    );
    assert_eq!(home.newest_in(HERE).await.unwrap(), None);
    assert_eq!(home.newest_in(THERE).await.unwrap(), Some(article));
    assert!(
        home.latest_fitting(&drama_subject("tide"), &stills, None, 3)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        home.latest_fitting(&Subject::Everything, &Terms::default(), None, 3)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn what_other_terms_no_longer_want_is_not_sent() {
    let home = home().await;
    let id = home.follow_as(HERE, &drama_subject("tide"), &Terms::default()).await;
    home.publish(1, &Told::of("tide"), NOW).await;
    home.set_terms(id, &only(&[ArticleKind::Recap], &[]), NOW)
        .await
        .unwrap();
    assert!(home.claim(NOW, MINUTE, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_waits_for_a_choice_is_kept_for_a_while() {
    let home = home().await;
    let question = Question {
        asker: Some(crate::model::UserId(7)),
        command: "{}".to_owned(),
        slot: Some("name".to_owned()),
    };
    let open = Question {
        asker: None,
        ..question.clone()
    };
    let first = home.keep_question(&question, NOW + 10, NOW).await.unwrap();
    let second = home.keep_question(&open, NOW + 20, NOW).await.unwrap();
    assert_eq!(home.question(first, NOW + 9).await.unwrap(), Some(question.clone()));
    assert_eq!(home.question(first, NOW + 10).await.unwrap(), None, "its time is over");
    assert_eq!(home.question(second, NOW + 10).await.unwrap(), Some(open));
    home.keep_question(&question, NOW + 90, NOW + 10).await.unwrap();
    assert_eq!(
        home.number("SELECT count(*) FROM question").await,
        2,
        "what is over is gone"
    );
}
