//! Out of one store and into another.

use super::*;
use crate::model::{ArticleKind, Manner, OwnHours, QuietHours, QuoteId, Rhythm, RoleId, Transfer, Votes};

async fn exported(store: &Store) -> String {
    let mut out = Vec::new();
    store.export(&mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

fn parsed(text: &str) -> Transfer {
    let transfer: Transfer = serde_json::from_str(text).unwrap();
    transfer.check().unwrap();
    transfer
}

fn terms() -> Terms {
    Terms {
        kinds: vec![ArticleKind::Interview],
        outlets: vec!["News".to_owned()],
        manner: Manner {
            spoiler: true,
            roles: vec![RoleId(1 << 60)],
            votes: Votes::Buttons,
            ..Manner::default()
        },
        rhythm: Rhythm::Weekly,
    }
}

fn seoul() -> OwnHours {
    OwnHours {
        zone: Some("Asia/Seoul".to_owned()),
        quiet: Some(QuietHours::new(23 * 60, 7 * 60)),
        ..OwnHours::default()
    }
}

fn evening() -> OwnHours {
    OwnHours {
        at: Some(18 * 60 + 30),
        day: Some(4),
        quiet: Some(None),
        ..OwnHours::default()
    }
}

/// Two subscriptions, hours of a server and of a channel, three stories (one without a line), a lesson.
async fn full() -> Home {
    let home = home().await;
    home.guild_seen(GUILD, NOW).await.unwrap();
    home.set_hours(HoursOf::Server(GUILD), &seoul(), NOW).await.unwrap();
    home.set_hours(HoursOf::Channel(THERE, GUILD), &evening(), NOW)
        .await
        .unwrap();
    home.follow(HERE, &drama_subject("tide")).await;
    home.follow_as(THERE, &Subject::Words("달빛 항구".into()), &terms())
        .await;
    let told = Told::of("tide")
        .with("Ara")
        .saying(Some("Ara"), "The sea was cold, “she” said.");
    let (article, _) = home.post(1, &told.saying(None, "바다가 차가웠어요."), NOW).await;
    home.publish(2, &Told::of("harbour"), NOW + MINUTE).await;
    home.publish(
        3,
        &Told::of("tide").saying(Some("Ara"), "We laughed."),
        NOW + 2 * MINUTE,
    )
    .await;
    let lesson = LearntRow {
        person: "Ara".to_owned(),
        article: Some(article),
        ..LearntRow::default()
    };
    home.learn(&[lesson], NOW).await.unwrap();
    home
}

#[tokio::test]
async fn out_in_and_out_again_is_the_same_to_the_byte() {
    let text = exported(&full().await.store).await;
    let other = home().await;
    let done = other.import(&parsed(&text), false).await.unwrap();
    let new = |new| Merged {
        new,
        ..Merged::default()
    };
    assert_eq!(
        done,
        Imported {
            servers: new(1),
            channels: new(1),
            subscriptions: new(2),
            stories: new(3),
            quotes: 3,
            learnt: new(1),
            notes: Vec::new(),
        }
    );
    assert_eq!(exported(&other).await, text);
    assert_eq!(other.followed(GUILD).await.unwrap()[1].subscription.terms, terms());
    assert_eq!(other.own_hours(HoursOf::Server(GUILD)).await.unwrap(), seoul());
    let channel = HoursOf::Channel(THERE, GUILD);
    assert_eq!(other.own_hours(channel).await.unwrap(), evening());
    assert_eq!(
        other.learnt().await.unwrap()[0].article,
        other.story_at(&link(1), None).await.unwrap()
    );
    assert!(
        text.contains("\"role\":\"1152921504606846976\""),
        "ids are strings: {text}"
    );
}

#[tokio::test]
async fn what_comes_in_is_found_and_is_not_posted() {
    let text = exported(&full().await.store).await;
    let other = home().await;
    other.import(&parsed(&text), false).await.unwrap();
    assert_eq!(other.backlog(None).await.unwrap(), Backlog::default());
    let query = QuoteQuery {
        speakers: &["person:ara".to_owned()],
        text: Some("cold sea"),
        limit: 5,
        ..QuoteQuery::default()
    };
    let hits = other.candidates(&query).await.unwrap();
    let line = other.line(hits[0].quote, None).await.unwrap().unwrap();
    assert_eq!(line.text, "The sea was cold, “she” said.");
    assert_eq!(other.words_of(line.quote).await, "[]");
    // The feed brings it once more: it is known.
    assert!(matches!(
        other.publish(1, &Told::of("tide"), NOW).await,
        Finished::Known { .. }
    ));
}

impl Home {
    async fn words_of(&self, quote: QuoteId) -> String {
        sqlx::query_scalar("SELECT parts FROM quote WHERE id = $1")
            .bind(quote.0)
            .fetch_one(self.store.read())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn what_is_there_stays_and_is_told() {
    let home = full().await;
    let before = exported(&home).await;
    let again = home.import(&parsed(&before), false).await.unwrap();
    let there = |there| Merged {
        there,
        ..Merged::default()
    };
    assert_eq!(
        (again.servers, again.subscriptions, again.stories, again.learnt),
        (there(1), there(2), there(3), there(1))
    );
    let mut other = parsed(&before);
    other.servers[0].zone = Some("Europe/Paris".to_owned());
    other.channels[0].day = Some(5);
    other.subscriptions[1].spoiler = false;
    other.stories[0].title.push('!');
    let done = home.import(&other, false).await.unwrap();
    let kept = [done.servers, done.channels, done.subscriptions, done.stories].map(|merged| merged.kept);
    assert_eq!(kept, [1; 4]);
    assert_eq!((done.subscriptions.there, done.stories.there), (1, 2));
    assert_eq!(done.notes.len(), 4, "{:?}", done.notes);
    assert_eq!(exported(&home).await, before);
}

#[tokio::test]
async fn a_dry_run_and_a_failure_change_nothing() {
    let text = exported(&full().await.store).await;
    let other = home().await;
    let empty = exported(&other).await;
    let dry = other.import(&parsed(&text), true).await.unwrap();
    assert_eq!(dry.stories.new, 3);
    assert_eq!(exported(&other).await, empty);
    let mut broken = parsed(&text);
    // Too large for the store, whoever wrote it.
    broken.learnt[0].at = i64::MAX;
    broken.stories[2].characters.clear();
    broken.subscriptions[0].guild = "no number".to_owned();
    assert!(other.import(&broken, false).await.is_err());
    assert_eq!(exported(&other).await, empty);
}

#[tokio::test]
async fn a_channel_follows_no_more_than_it_may() {
    let home = home().await;
    for n in 0..SUBSCRIPTIONS_PER_CHANNEL {
        home.follow(HERE, &drama_subject(&format!("drama-{n}"))).await;
    }
    let other = super::home().await;
    other.follow(HERE, &drama_subject("tide")).await;
    let done = home.import(&parsed(&exported(&other).await), false).await.unwrap();
    assert_eq!((done.subscriptions.new, done.subscriptions.kept), (0, 1));
}

const SERVER: &str = r#""servers": [{"id": "7", "joined": 0, "welcomed": null, "zone": null, "digest": 1440}]"#;
const CHANNEL: &str = r#""servers": [], "channels": [{"id": "8", "guild": "7", "zone": null, "digest": null,
    "day": null, "quiet": [420]}]"#;

#[test]
fn a_document_is_checked_before_it_is_taken() {
    let mut text = r#"{"daesa": 1, "servers": [], "subscriptions": [{"guild": "7", "channel": "8", "forum": false,
        "subject": "all", "label": "everything", "created": 0, "paused": false, "kinds": [], "outlets": [],
        "spoiler": false, "role": null, "thread": false, "votes": true}], "stories": [], "learnt": []}"#
        .to_owned();
    parsed(&text);
    for (from, to, says) in [
        ("\"daesa\": 1", "\"daesa\": 3", "form 3"),
        ("\"servers\": []", SERVER, "servers[0]: `digest`"),
        ("\"servers\": []", CHANNEL, "channels[0]: `quiet`"),
        ("\"8\"", "\"-8\"", "subscriptions[0]: `channel`"),
        ("\"8\"", "\"08\"", "subscriptions[0]: `channel`"),
        ("\"all\"", "\"mood:sad\"", "`mood:sad`"),
        ("\"kinds\": []", "\"kinds\": [\"gossip\"]", "`gossip`"),
    ] {
        let transfer: Transfer = serde_json::from_str(&text.replace(from, to)).unwrap();
        let said = transfer.check().unwrap_err();
        assert!(said.contains(says), "{said}");
    }
    text = text.replace("\"forum\"", "\"form\"");
    assert!(
        serde_json::from_str::<Transfer>(&text).is_err(),
        "a key that is not known is a mistake"
    );
}
