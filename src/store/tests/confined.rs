//! What a server's own feed tells is for that server, until an outlet for all tells it.

use super::*;
use crate::model::{Millis, UserId};

const OTHER: GuildId = GuildId(71 << 22);
const OWN: &str = "https://own.test/feed";

/// A server asks for a feed, which is watched at once.
async fn asks(home: &Home, guild: GuildId, url: &str) {
    let asker = FeedAsker {
        guild,
        channel: HERE,
        by: UserId(9),
    };
    let asked = home.ask_for_feed(asker, (url, "Own"), true, 5, NOW).await.unwrap();
    assert_eq!(asked, Asking::Added);
}

/// An entry of a feed is read and filed as this story.
async fn tells(home: &Home, url: &str, n: u32, told: &Told, now: Millis) -> Finished {
    let all = home.feeds().await.unwrap();
    let feed = all.iter().find(|feed| feed.url == url).unwrap().id;
    home.record_fetch(feed, &read(now), &[], 0, now).await.unwrap();
    let recorded = home.record_fetch(feed, &read(now), &[entry(n)], 0, now).await.unwrap();
    let links = [link(n)];
    home.finish_entry(recorded.new[0], &told.story(&links), now)
        .await
        .unwrap()
}

/// How many lines somebody sees.
async fn lines(home: &Home, guild: Option<GuildId>) -> usize {
    let query = QuoteQuery {
        guild,
        text: Some("sea"),
        limit: 10,
        ..QuoteQuery::default()
    };
    let by_words = home.candidates(&query).await.unwrap().len();
    let any = QuoteQuery { text: None, ..query };
    assert_eq!(home.candidates(&any).await.unwrap().len(), by_words);
    let keys = ["person:ara".to_owned()];
    let speakers = QuoteQuery { speakers: &keys, ..any };
    assert_eq!(home.candidates(&speakers).await.unwrap().len(), by_words);
    assert_eq!(home.with_lines(&keys, guild).await.unwrap().len(), by_words.min(1));
    assert_eq!(home.story_at(&link(1), guild).await.unwrap().is_some(), by_words > 0);
    assert_eq!(home.latest(None, guild, 5).await.unwrap().len(), by_words);
    by_words
}

#[tokio::test]
async fn others_do_not_see_it_until_an_outlet_for_all_tells_it() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    home.sync_feeds(&[("https://news.test/feed".to_owned(), "News".to_owned())], 0, NOW)
        .await
        .unwrap();
    asks(&home, GUILD, OWN).await;
    let told = Told::of("tide").saying(Some("Ara"), "The sea is cold.");
    let finished = tells(&home, OWN, 1, &told, NOW).await;
    let Finished::New { article, deliveries: 1 } = finished else {
        panic!("{finished:?}")
    };
    assert!(home.is_confined(article).await.unwrap());
    assert_eq!(lines(&home, Some(GUILD)).await, 1);
    for guild in [Some(OTHER), None] {
        assert_eq!(lines(&home, guild).await, 0, "{guild:?}");
    }
    // Another server asks for the same feed: it sees what comes from there.
    asks(&home, OTHER, OWN).await;
    assert_eq!(lines(&home, Some(OTHER)).await, 1);
    assert!(home.drop_server_feed(OTHER, OWN).await.unwrap());
    assert_eq!(lines(&home, Some(OTHER)).await, 0);

    tells(&home, "https://news.test/feed", 1, &told, NOW).await;
    assert!(!home.is_confined(article).await.unwrap());
    for guild in [Some(GUILD), Some(OTHER), None] {
        assert_eq!(lines(&home, guild).await, 1, "{guild:?}");
    }
}

#[tokio::test]
async fn a_feed_that_the_settings_take_in_is_for_all_and_one_they_drop_is_not() {
    let home = home().await;
    asks(&home, GUILD, OWN).await;
    let told = Told::of("tide").saying(Some("Ara"), "The sea is cold.");
    tells(&home, OWN, 1, &told, NOW).await;
    assert_eq!(lines(&home, None).await, 0);
    home.sync_feeds(&[(OWN.to_owned(), "Own".to_owned())], 0, NOW)
        .await
        .unwrap();
    assert_eq!(lines(&home, None).await, 1);
    // Out of the settings again, and asked for by a server: what it tells from now on is that server's.
    home.sync_feeds(&[], 0, NOW).await.unwrap();
    assert!(home.drop_server_feed(GUILD, OWN).await.unwrap());
    asks(&home, OTHER, OWN).await;
    let told = Told::of("moon").saying(Some("Ara"), "The sea is warm.");
    let Finished::New { article, .. } = tells(&home, OWN, 2, &told, NOW).await else {
        panic!("it is new")
    };
    assert!(home.is_confined(article).await.unwrap());
}

#[tokio::test]
async fn the_operators_word_is_written_beside_the_bot() {
    let home = home().await;
    let asker = FeedAsker {
        guild: GUILD,
        channel: HERE,
        by: UserId(9),
    };
    home.ask_for_feed(asker, (OWN, "Own"), false, 5, NOW).await.unwrap();
    assert_eq!(home.next_feed_due().await.unwrap(), None);
    let beside = Store::beside(&url(&home.folder)).await.unwrap();
    assert_eq!(beside.decide_feed(OWN, true, NOW).await.unwrap(), 1);
    beside.close().await.unwrap();
    assert_eq!(home.next_feed_due().await.unwrap(), Some(NOW));
    let nowhere = tempfile::tempdir().unwrap();
    assert!(matches!(
        Store::beside(&url(&nowhere)).await,
        Err(StoreError::Missing { .. })
    ));
}

#[tokio::test]
async fn the_feed_of_a_server_that_left_rests_until_it_is_back() {
    let home = home().await;
    for guild in [GUILD, OTHER] {
        home.guild_seen(guild, NOW).await.unwrap();
        asks(&home, guild, OWN).await;
    }
    let told = Told::of("tide").saying(Some("Ara"), "The sea is cold.");
    tells(&home, OWN, 1, &told, NOW).await;
    home.guild_left(GUILD, NOW).await.unwrap();
    assert_eq!(home.feeds().await.unwrap().len(), 1, "another server has it");
    home.guild_left(OTHER, NOW).await.unwrap();
    assert_eq!(home.feeds().await.unwrap(), []);
    home.sync_feeds(&[], 0, NOW).await.unwrap();
    home.watch_server_feeds().await.unwrap();
    assert_eq!(home.feeds().await.unwrap(), [], "nor after a start");
    assert_eq!(lines(&home, Some(GUILD)).await, 1, "what it told stays");

    assert_eq!(home.guild_seen(GUILD, NOW + DAY).await.unwrap(), Kept::Back);
    home.watch_feeds_of(GUILD, NOW + DAY).await.unwrap();
    let due = home.due_feeds(NOW + DAY, MINUTE, 9).await.unwrap();
    assert!(
        due.len() == 1 && due[0].first_look,
        "what came meanwhile is no news: {due:?}"
    );
    let recorded = home
        .record_fetch(due[0].id, &read(NOW + DAY), &[entry(1), entry(2)], 0, NOW + DAY)
        .await
        .unwrap();
    assert_eq!(recorded.new, []);
    let recorded = home
        .record_fetch(due[0].id, &read(NOW + DAY), &[entry(3)], 0, NOW + DAY)
        .await
        .unwrap();
    assert_eq!(recorded.new.len(), 1);
}
