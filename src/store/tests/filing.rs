//! From an entry that is due to a story that is filed.

use super::*;
use crate::model::{Enclosure, EntryId};

#[tokio::test]
async fn an_entry_comes_back_as_it_was() {
    let home = home().await;
    let feed = home.watched_feed().await;
    let mut new = entry(1);
    new.entry = Entry {
        id: Some("guid".into()),
        title: Some("“별” & <b>".into()),
        link: Some("https://news.test/1?utm=x".into()),
        summary: Some("<p>s</p>".into()),
        content: Some("<p>c</p>".into()),
        author: Some("A. Author".into()),
        tags: vec!["drama".into(), String::new()],
        published: Some(-5),
        updated: Some(NOW),
        image: Some("https://news.test/i.jpg".into()),
        enclosures: vec![Enclosure {
            url: "u".into(),
            kind: Some("image/png".into()),
            length: Some(u64::MAX),
        }],
    };
    home.record_fetch(feed, &read(NOW), std::slice::from_ref(&new), 0, NOW)
        .await
        .unwrap();
    let due = home.due_entries(NOW, MINUTE, 10).await.unwrap().remove(0);
    assert_eq!(due.entry, new.entry);
    assert_eq!(
        (due.source.as_str(), due.link, due.attempts, due.seen_at),
        ("News", Some(link(1)), 0, NOW)
    );
}

#[tokio::test]
async fn an_entry_that_failed_is_due_again() {
    let home = home().await;
    let feed = home.watched_feed().await;
    let id = home
        .record_fetch(feed, &read(NOW), &[entry(1), entry(2)], 0, NOW)
        .await
        .unwrap()
        .new;
    home.due_entries(NOW, MINUTE, 10).await.unwrap();
    home.retry_entry(id[0], NOW + 5 * MINUTE, "503").await.unwrap();
    home.skip_entry(id[1], "no text").await.unwrap();
    assert_eq!(home.next_entry_due().await.unwrap(), Some(NOW + 5 * MINUTE));
    assert!(home.due_entries(NOW + MINUTE, MINUTE, 10).await.unwrap().is_empty());
    let due = home.due_entries(NOW + 5 * MINUTE, MINUTE, 10).await.unwrap();
    assert_eq!(due.iter().map(|d| (d.id, d.attempts)).collect::<Vec<_>>(), [(id[0], 1)]);
    let recorded = home.record_fetch(feed, &read(NOW), &[entry(2)], 0, NOW).await.unwrap();
    assert!(recorded.new.is_empty(), "what was skipped stays known");
}

#[tokio::test]
async fn the_same_story_under_another_name() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let feed = home.feed().await;
    let new_guid = NewEntry {
        identity: "other".into(),
        fingerprint: "other".into(),
        ..entry(1)
    };
    let new_link = NewEntry {
        identity: "third".into(),
        link: Some("https://news.test/moved".into()),
        ..entry(1)
    };
    let recorded = home
        .record_fetch(feed, &read(NOW), &[new_guid, new_link], 0, NOW)
        .await
        .unwrap();
    assert_eq!(recorded, Recorded::default());
    assert!(
        home.story_at("https://news.test/moved", None).await.unwrap().is_some(),
        "known under both addresses"
    );
}

#[tokio::test]
async fn a_changed_entry_is_an_edit_not_a_story() {
    let home = home().await;
    let feed = home.watched_feed().await;
    let id = home
        .record_fetch(feed, &read(NOW), &[entry(1)], 0, NOW)
        .await
        .unwrap()
        .new[0];
    let mut edited = NewEntry {
        fingerprint: "second".into(),
        ..entry(1)
    };
    edited.entry.title = Some("Second thoughts".into());
    let waiting = home
        .record_fetch(feed, &read(NOW), std::slice::from_ref(&edited), 0, NOW)
        .await
        .unwrap();
    assert_eq!(waiting, Recorded::default());
    assert_eq!(
        titles(&home, NOW).await,
        ["Second thoughts"],
        "what waits is read as it is now"
    );
    home.finish_entry(id, &Told::of("tide").story(&[link(1)]), NOW)
        .await
        .unwrap();
    edited.fingerprint = "third".into();
    let read_already = home
        .record_fetch(feed, &read(NOW), std::slice::from_ref(&edited), 0, NOW)
        .await
        .unwrap();
    assert_eq!((read_already.new.len(), read_already.changed), (0, vec![id]));
    let same = home.record_fetch(feed, &read(NOW), &[edited], 0, NOW).await.unwrap();
    assert_eq!(same, Recorded::default(), "told once");
}

#[tokio::test]
async fn one_story_of_two_feeds() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    let Finished::New { article, deliveries: 1 } = home.publish(1, &Told::of("tide"), NOW).await else {
        panic!()
    };
    home.sync_feeds(&[("https://other.test/feed".into(), "Other".into())], 0, NOW)
        .await
        .unwrap();
    let other = home.feeds().await.unwrap()[0].id;
    home.record_fetch(other, &read(NOW), &[], 0, NOW).await.unwrap();
    let id = home
        .record_fetch(other, &read(NOW), &[entry(1)], 0, NOW)
        .await
        .unwrap()
        .new[0];
    let links = [link(1), "https://other.test/1".to_owned()];
    let told = Told::of("tide");
    for _ in 0..2 {
        let finished = home.finish_entry(id, &told.story(&links), NOW).await.unwrap();
        assert_eq!(finished, Finished::Known { article });
    }
    assert_eq!(home.kept().await.unwrap().0, 1);
    assert_eq!(home.backlog(None).await.unwrap().waiting, 1);
    assert_eq!(
        home.story_at("https://other.test/1", None).await.unwrap(),
        Some(article)
    );
}

#[tokio::test]
async fn finished_twice_is_finished_once() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    let feed = home.watched_feed().await;
    let id = home
        .record_fetch(feed, &read(NOW), &[entry(1)], 0, NOW)
        .await
        .unwrap()
        .new[0];
    let told = Told::of("tide").saying(Some("Ara"), "Yes.");
    // Also for a story without any address.
    let first = home.finish_entry(id, &told.story(&[]), NOW).await.unwrap();
    let Finished::New { article, deliveries: 1 } = first else {
        panic!("{first:?}")
    };
    let home = home.crash(NOW).await;
    assert_eq!(
        home.finish_entry(id, &told.story(&[]), NOW).await.unwrap(),
        Finished::Known { article }
    );
    assert_eq!(home.kept().await.unwrap(), (1, 1));
    assert!(home.due_entries(NOW + DAY, MINUTE, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_story_is_shown_as_it_was_read() {
    let home = home().await;
    let mut told = Told::of("tide")
        .with("Ara")
        .saying(Some("Ara"), "First.")
        .saying(None, "Second.");
    told.key_quotes = vec![1, 0];
    told.article.published = Some(NOW + DAY);
    told.article.url = Some(link(1));
    told.article.watch = Some("https://watch.test".into());
    told.reading.summary = "It was so.".into();
    told.reading.network = Some("Starwave".into());
    let Finished::New { article, .. } = home.publish(1, &told, NOW).await else {
        panic!()
    };
    let story = home.story(article).await.unwrap().unwrap();
    assert_eq!((story.title.as_str(), story.source.as_str()), ("News of tide", "News"));
    assert_eq!(story.at, NOW, "never from the future");
    assert_eq!(
        story.quotes.iter().map(|q| q.text.as_str()).collect::<Vec<_>>(),
        ["Second.", "First."]
    );
    assert_eq!(story.quotes[1].speaker.as_deref(), Some("Ara"));
    assert_eq!(story.quotes[1].kind, QuoteKind::Cast);
    assert_eq!(
        (story.drama, story.drama_key.as_deref()),
        (vec!["TIDE".to_owned()], Some("drama:tide"))
    );
    assert_eq!(story.watch.as_deref(), Some("https://watch.test"));
    assert_eq!(home.body(article).await.unwrap().as_deref(), Some("First.Second."));
    assert_eq!(home.story(ArticleId(99)).await.unwrap(), None);
    let latest = home.latest(Some("drama:tide"), None, 5).await.unwrap();
    assert_eq!((latest.len(), latest[0].article), (1, article));
    assert_eq!(home.latest(Some("drama:none"), None, 5).await.unwrap(), []);
    assert_eq!(home.latest(None, None, 5).await.unwrap(), latest);
    assert_eq!(home.story_titled("NEWS of", None).await.unwrap(), Some(article));
    assert_eq!(home.story_titled("100%_\\", None).await.unwrap(), None);
    home.retry_entry(EntryId(99), NOW, "nothing there").await.unwrap();
}

#[tokio::test]
async fn another_outlets_telling_joins_the_story() {
    let home = home().await;
    let feed = home.watched_feed().await;
    home.follow(ChannelId(71), &drama_subject("tide")).await;
    let told = Told::of("tide");
    let Finished::New { article, deliveries: 1 } = home.publish(1, &told, NOW).await else {
        panic!("it is new");
    };
    assert!(home.earlier("News", NOW).await.unwrap().is_empty(), "the same outlet's");
    assert!(
        home.earlier("Harbour", NOW + 1).await.unwrap().is_empty(),
        "too long ago"
    );
    let earlier = home.earlier("Harbour", NOW).await.unwrap();
    assert_eq!(earlier.iter().map(|one| one.article).collect::<Vec<_>>(), [article]);
    assert_eq!(earlier[0].dramas, told.about.dramas);
    let text = home.earlier_text(article).await.unwrap().expect("it is kept");
    assert_eq!((text.title, text.at), (told.article.title.clone(), NOW));

    home.record_fetch(feed, &read(NOW), &[entry(2)], 0, NOW).await.unwrap();
    let due = home.due_entries(NOW, MINUTE, 1).await.unwrap().remove(0);
    let other = Told::of("tide").with("Ara").saying(Some("Ara"), "Only here.");
    let ara = Subject::Person(crate::model::PersonId("ara".to_owned()));
    home.follow(ChannelId(72), &ara).await;
    let links = [link(2)];
    let story = NewStory {
        source: "Harbour",
        twin: Some(article),
        more_quotes: &[0],
        ..other.story(&links)
    };
    let joined = home.finish_entry(due.id, &story, NOW).await.unwrap();
    // Who follows only what the second telling names gets the story, too: two channels wait for it now.
    assert_eq!(joined, Finished::Joined { article, deliveries: 2 });
    assert_eq!(
        home.story_at(&link(2), None).await.unwrap(),
        Some(article),
        "known by both addresses"
    );
    let shown = home.story(article).await.unwrap().expect("it is there");
    assert_eq!(
        shown.also.iter().map(|(outlet, _)| outlet.as_str()).collect::<Vec<_>>(),
        ["Harbour"]
    );
    let again = home.finish_entry(due.id, &story, NOW).await.unwrap();
    assert_eq!(again, Finished::Known { article });
}

#[tokio::test]
async fn a_line_of_the_cast_takes_the_place_of_one_that_nobody_says() {
    let home = home().await;
    let told = Told {
        key_quotes: vec![0, 1, 2, 3],
        ..Told::of("tide")
            .saying(Some("Ara"), "The sea was cold.")
            .saying(None, "It is true.")
            .saying(Some("Bora"), "I swam.")
            .saying(None, "There is no date.")
    };
    let Finished::New { article, .. } = home.publish(1, &told, NOW).await else {
        panic!("it is new")
    };
    let other = Told {
        key_quotes: vec![0],
        ..Told::of("tide").saying(Some("Chan"), "We laughed on the boat.")
    };
    let feed = home.feed().await;
    let recorded = home.record_fetch(feed, &read(NOW), &[entry(2)], 0, NOW).await.unwrap();
    let links = ["https://other.test/2".to_owned()];
    let story = NewStory {
        twin: Some(article),
        more_quotes: &[0],
        source: "Other",
        ..other.story(&links)
    };
    home.finish_entry(recorded.new[0], &story, NOW).await.unwrap();
    let shown = home.story(article).await.unwrap().unwrap().quotes;
    let lines: Vec<&str> = shown.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        lines,
        ["The sea was cold.", "It is true.", "I swam.", "We laughed on the boat."]
    );
}
