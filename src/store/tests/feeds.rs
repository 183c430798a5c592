//! Looks at feeds: when, what is kept of them, what is new in them.

use super::*;

fn dated(n: u32, published: Option<Millis>) -> NewEntry {
    let mut new = entry(n);
    new.entry.published = published;
    new
}

/// The headlines of what is to be read; it is done with then.
async fn titles_read(home: &Home, now: Millis) -> Vec<String> {
    let mut titles = Vec::new();
    for due in home.due_entries(now, MINUTE, 100).await.unwrap() {
        home.skip_entry(due.id, "read").await.unwrap();
        titles.push(due.entry.title.unwrap());
    }
    titles
}

#[tokio::test]
async fn feeds_come_and_go_with_the_settings() {
    let home = home().await;
    let list = |urls: &[&str]| {
        urls.iter()
            .map(|u| ((*u).to_owned(), format!("Name of {u}")))
            .collect::<Vec<_>>()
    };
    home.sync_feeds(&list(&["a", "b"]), 0, NOW).await.unwrap();
    let due = home.due_feeds(NOW, MINUTE, 10).await.unwrap();
    assert_eq!(
        due.iter().map(|f| (f.url.as_str(), f.first_look)).collect::<Vec<_>>(),
        [("a", true), ("b", true)]
    );
    assert!(home.due_feeds(NOW, MINUTE, 10).await.unwrap().is_empty(), "taken");
    assert_eq!(home.next_feed_due().await.unwrap(), Some(NOW + MINUTE));
    home.sync_feeds(&list(&["b", "c"]), 0, NOW).await.unwrap();
    let urls = async || {
        home.feeds()
            .await
            .unwrap()
            .into_iter()
            .map(|f| f.url)
            .collect::<Vec<_>>()
    };
    assert_eq!(urls().await, ["b", "c"]);
    home.sync_feeds(&list(&["a"]), 0, NOW).await.unwrap();
    assert_eq!(urls().await, ["a"]);
    assert_eq!(home.feeds().await.unwrap()[0].id, due[0].id, "the same feed as before");
    home.sync_feeds(&[], 0, NOW).await.unwrap();
    assert!(urls().await.is_empty());
}

#[tokio::test]
async fn while_a_feed_is_being_read_nothing_of_it_overtakes() {
    let home = home().await;
    let feed = home.watched_feed().await;
    home.record_fetch(feed, &read(NOW), &[entry(1)], 0, NOW).await.unwrap();
    let first = home.due_entries(NOW, DAY, 10).await.unwrap().remove(0);
    home.record_fetch(feed, &read(NOW), &[entry(2)], 0, NOW).await.unwrap();
    assert!(titles(&home, NOW + 1).await.is_empty(), "the first is still being read");
    assert_eq!(
        home.next_entry_due().await.unwrap(),
        Some(NOW + DAY),
        "nothing to wake up for"
    );
    // One whose page cannot be had for now holds up nobody.
    home.retry_entry(first.id, NOW + MINUTE, "no page").await.unwrap();
    assert_eq!(titles(&home, NOW + 1).await, ["Story 2"]);
}

#[tokio::test]
async fn what_a_crash_left_leased_is_due_at_once() {
    let home = home().await;
    let feed = home.watched_feed().await;
    home.record_fetch(feed, &read(NOW), &[entry(1)], 0, NOW).await.unwrap();
    assert_eq!(home.due_feeds(NOW + MINUTE, DAY, 10).await.unwrap().len(), 1);
    assert_eq!(titles(&home, NOW + MINUTE).await, ["Story 1"]);
    assert!(titles(&home, NOW + MINUTE).await.is_empty());
    let home = home.crash(NOW + MINUTE + 1).await;
    assert_eq!(home.due_feeds(NOW + MINUTE + 1, MINUTE, 10).await.unwrap().len(), 1);
    assert_eq!(titles(&home, NOW + MINUTE + 1).await, ["Story 1"]);
}

#[tokio::test]
async fn the_first_look_notes_what_is_there() {
    let home = home().await;
    let feed = home.feed().await;
    let listed: Vec<_> = (1..=5).rev().map(entry).collect();
    let recorded = home.record_fetch(feed, &read(NOW), &listed, 2, NOW).await.unwrap();
    assert_eq!((recorded.new.len(), recorded.noted), (2, 3));
    assert_eq!(
        titles(&home, NOW).await,
        ["Story 4", "Story 5"],
        "the newest, oldest first"
    );
    let again = home.record_fetch(feed, &read(NOW), &listed, 2, NOW).await.unwrap();
    assert_eq!(again, Recorded::default());
    let noted = async |link: Option<&str>, words: &str| match home.fate(link, words, None).await.unwrap() {
        Some(Fate::Noted { title }) => Some(title),
        _ => None,
    };
    assert_eq!(noted(Some(&link(1)), "").await.as_deref(), Some("Story 1"));
    assert_eq!(noted(None, "story 2").await.as_deref(), Some("Story 2"));
    assert_eq!(noted(Some(&link(5)), "no such words").await, None);
    assert_eq!(noted(None, "100%").await, None);
}

#[tokio::test]
async fn a_failed_first_look_is_none() {
    let home = home().await;
    let feed = home.feed().await;
    let failed = FetchRecord {
        outcome: FetchOutcome::Failed("timeout".into()),
        status: None,
        ..read(NOW)
    };
    home.record_fetch(feed, &failed, &[], 0, NOW).await.unwrap();
    let state = home.feeds().await.unwrap().remove(0);
    assert_eq!(
        (state.failures, state.error.as_deref(), state.last_ok),
        (1, Some("timeout"), None)
    );
    let recorded = home.record_fetch(feed, &read(NOW), &[entry(1)], 0, NOW).await.unwrap();
    assert_eq!(recorded.noted, 1);
    let state = home.feeds().await.unwrap().remove(0);
    assert_eq!((state.failures, state.error, state.last_ok), (0, None, Some(NOW)));
}

#[tokio::test]
async fn dates_decide_the_order_when_all_have_one() {
    let home = home().await;
    let feed = home.watched_feed().await;
    let listed = [dated(1, Some(30)), dated(2, Some(10)), dated(3, Some(20))];
    home.record_fetch(feed, &read(NOW), &listed, 0, NOW).await.unwrap();
    assert_eq!(titles_read(&home, NOW).await, ["Story 2", "Story 3", "Story 1"]);
    let listed = [dated(4, Some(10)), dated(5, None), dated(6, Some(30))];
    home.record_fetch(feed, &read(NOW), &listed, 0, NOW).await.unwrap();
    assert_eq!(
        titles(&home, NOW).await,
        ["Story 6", "Story 5", "Story 4"],
        "else the feed's"
    );
}

#[tokio::test]
async fn validators_and_entries_are_kept_together() {
    let home = home().await;
    let feed = home.watched_feed().await;
    // A row that cannot be written: the same identity twice is fine, a feed that is not there is not.
    let lost = home
        .record_fetch(crate::model::FeedId(999), &read(NOW), &[entry(1)], 0, NOW)
        .await;
    assert!(lost.is_err());
    let fresh = FetchRecord {
        outcome: FetchOutcome::Read {
            etag: Some("\"2\"".into()),
            last_modified: Some("Mon".into()),
            interval: Some(3_600),
            quiet: crate::model::Quiet::default(),
            oddities: None,
        },
        ..read(NOW)
    };
    let recorded = home
        .record_fetch(feed, &fresh, &[entry(1), entry(1)], 0, NOW)
        .await
        .unwrap();
    assert_eq!(recorded.new.len(), 1);
    let unchanged = FetchRecord {
        outcome: FetchOutcome::Unchanged,
        status: Some(304),
        ..read(NOW)
    };
    home.record_fetch(feed, &unchanged, &[], 0, NOW).await.unwrap();
    let due = home.due_feeds(NOW + MINUTE, MINUTE, 10).await.unwrap().remove(0);
    assert_eq!(
        (due.etag.as_deref(), due.last_modified.as_deref()),
        (Some("\"2\""), Some("Mon"))
    );
    assert_eq!(
        due.interval,
        Some(3_600),
        "what the feed asked for holds while nothing changes"
    );
    assert!(!due.first_look);
    assert_eq!(home.number("SELECT count(*) FROM fetch").await, 3);
}

#[tokio::test]
async fn a_feed_that_is_gone_rests() {
    let home = home().await;
    let feed = home.feed().await;
    let gone = FetchRecord {
        outcome: FetchOutcome::Gone("410".into()),
        status: Some(410),
        ..read(NOW)
    };
    home.record_fetch(feed, &gone, &[], 0, NOW).await.unwrap();
    assert!(home.due_feeds(NOW + DAY, MINUTE, 10).await.unwrap().is_empty());
    assert_eq!(home.next_feed_due().await.unwrap(), None);
    let state = home.feeds().await.unwrap().remove(0);
    assert_eq!(state.gone.as_deref(), Some("410"));

    let there = [(state.url, state.name)];
    home.sync_feeds(&there, 0, NOW + DAY).await.unwrap();
    assert!(
        home.due_feeds(NOW + DAY, MINUTE, 10).await.unwrap().is_empty(),
        "a restart changes nothing"
    );
    home.sync_feeds(&[], 0, NOW + DAY).await.unwrap();
    home.sync_feeds(&there, 0, NOW + DAY).await.unwrap();
    assert_eq!(
        home.due_feeds(NOW + DAY, MINUTE, 10).await.unwrap().len(),
        1,
        "taken out of the settings and put back, it is looked at again"
    );
}

#[tokio::test]
async fn a_move_is_believed_the_third_time() {
    let home = home().await;
    let feed = home.feed().await;
    let mut address = Vec::new();
    for moved in [Some("x"), Some("y"), None, Some("x"), Some("x"), Some("x"), None] {
        let record = FetchRecord {
            moved: moved.map(str::to_owned),
            ..read(NOW)
        };
        home.record_fetch(feed, &record, &[], 0, NOW).await.unwrap();
        address.push(home.feeds().await.unwrap()[0].address.clone());
    }
    let x = Some("x".to_owned());
    assert_eq!(address, [None, None, None, None, None, x.clone(), x]);
    assert_eq!(home.due_feeds(NOW + DAY, MINUTE, 1).await.unwrap()[0].address, "x");
}

#[tokio::test]
async fn every_look_leaves_a_trace_and_so_does_what_is_left_out() {
    let home = home().await;
    let feed = home.watched_feed().await;
    let looked = |outcome| FetchRecord { outcome, ..read(NOW) };
    home.record_fetch(feed, &read(NOW), &[entry(1), entry(2)], 0, NOW + 1)
        .await
        .unwrap();
    let odd = FetchOutcome::Read {
        etag: None,
        last_modified: None,
        interval: None,
        quiet: crate::model::Quiet::from_bits(1),
        oddities: Some(("entry 1: has no link".to_owned(), 3)),
    };
    home.record_fetch(feed, &looked(odd), &[entry(3)], 0, NOW + 2)
        .await
        .unwrap();
    let failed = FetchOutcome::Failed("status 503".to_owned());
    home.record_fetch(feed, &looked(failed), &[], 0, NOW + 3).await.unwrap();
    let (url, name) = {
        let state = home.feeds().await.unwrap().remove(0);
        (state.url, state.name)
    };
    let watched = home.watched(&url, 3).await.unwrap().expect("it is watched");
    assert_eq!((watched.id, watched.name), (feed, name));
    let told: Vec<_> = watched
        .traces
        .iter()
        .map(|look| (look.at, look.entries, look.fresh, look.note.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (NOW + 3, 0, 0, Some("status 503")),
            (NOW + 2, 1, 1, Some("entry 1: has no link (and 2 more)")),
            (NOW + 1, 2, 2, None)
        ]
    );
    assert!(home.watched("https://nobody.test/", 3).await.unwrap().is_none());
    let due = home.due_entries(NOW + 2, MINUTE, 10).await.unwrap();
    let row = |n: u32| due.iter().find(|due| due.link == Some(link(n))).expect("it is due").id;
    home.retry_entry(row(1), NOW + DAY, "status 429").await.unwrap();
    home.skip_entry(row(2), "no headline").await.unwrap();
    let fate = async |n: u32| home.fate(Some(&link(n)), "", None).await.unwrap();
    assert!(
        matches!(fate(1).await, Some(Fate::Waiting { why: Some(why), due, .. }) if why == "status 429" && due == NOW + DAY)
    );
    assert!(matches!(fate(2).await, Some(Fate::Skipped { why, .. }) if why == "no headline"));
    let watched = home.watched(&url, 3).await.unwrap().expect("it is watched");
    assert_eq!(watched.skipped.len(), 1);
}

#[tokio::test]
async fn quiet_hours_hold_while_the_feed_does_not_change() {
    let home = home().await;
    let feed = home.watched_feed().await;
    let mut quiet = crate::model::Quiet::default();
    quiet.skip_hour("3");
    let read = FetchRecord {
        outcome: FetchOutcome::Read {
            etag: None,
            last_modified: None,
            interval: None,
            quiet,
            oddities: None,
        },
        ..read(NOW)
    };
    home.record_fetch(feed, &read, &[], 0, NOW).await.unwrap();
    let due = home.due_feeds(read.next, MINUTE, 1).await.unwrap();
    assert_eq!(due[0].quiet, quiet);
}
