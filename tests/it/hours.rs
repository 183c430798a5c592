//! Digests on request and quiet hours: together and at their time, nothing lost and nothing twice.

use crate::browser::Page;
use crate::harness::{Play, Setting, button, talk, words};
use chrono::{Timelike, Utc};
use daesa_sandbox::{ChannelKind, Fault};
use serde_json::json;
use std::path::Path;

const FORUM_PERMISSIONS: u64 = 309_237_763_136;
const CROSSPOST: &str = "POST /channels/{channel_id}/messages/{message_id}/crosspost";
const CREATE: &str = "POST /channels/{channel_id}/messages";

fn setting() -> Setting {
    Setting {
        own: "[posts]\nseed = false\ncatch_up = 1\n".to_owned(),
        ..talk()
    }
}

/// Waits until so many stories wait for their time, as `/check` tells.
async fn waiting(play: &mut Play, stories: usize) {
    let (jun, news) = (play.jun, play.news);
    let part = match stories {
        1 => "One story waits".to_owned(),
        _ => format!("{stories} stories wait"),
    };
    let began = std::time::Instant::now();
    loop {
        let check = words(&play.slash(jun, news, "check", &[]).await);
        if check.contains(&part) {
            return;
        }
        assert!(began.elapsed() < crate::harness::PATIENCE, "{part} in {check}");
    }
}

/// The time of everything that waits has come: the bot is stopped over it.
async fn time_passes(play: &mut Play) {
    play.stop_bot().await;
    time_has_passed(play).await;
}

/// The same while it is stopped already.
async fn time_has_passed(play: &Play) {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", play.store_file().display()))
        .await
        .expect("the store");
    let timed = sqlx::query("UPDATE delivery SET due_at = 1 WHERE state = 6")
        .execute(&pool)
        .await
        .expect("a day later");
    assert!(
        timed.rows_affected() > 0,
        "nothing waits for a time\n{}",
        play.log_text()
    );
    pool.close().await;
}

/// What a digest looks like in the page, for whoever wants to see it: `DAESA_PICTURES=FOLDER`.
async fn picture(play: &Play, channel: u64, digest: u64) {
    let Ok(folder) = std::env::var("DAESA_PICTURES") else {
        return;
    };
    let mut page = Page::open(&format!("{}/#{channel}", play.sandbox.base_url()), 1000, 1400).await;
    let shown = format!("article[data-message=\"{digest}\"]");
    page.wait_for(&format!("document.querySelector('{shown}')")).await;
    page.picture_of(&shown, &Path::new(&folder).join("digest.png")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daily_digest_has_all_stories_of_the_day_once() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let answer = words(&play.ask(mina, news, "!subscribe the tidewater clinic when:daily").await);
    assert!(answer.contains("In a daily digest"), "{answer}");
    let hours = words(&play.ask(mina, news, "!hours digest:6:30 zone:europe/madrid").await);
    assert!(hours.contains("06:30") && hours.contains("Europe/Madrid"), "{hours}");

    let addresses = play.publish_many("storm", 1..13);
    waiting(&mut play, 12).await;
    let why = words(&play.slash(jun, news, "why", &[("story", json!(addresses[3]))]).await);
    assert!(why.contains("waits for this channel’s digest"), "{why}");
    time_passes(&mut play).await;
    // Discord has the first of them, and its reply is lost.
    play.sandbox.fail(CREATE, 1, Fault::Lost);
    play.start_bot().await;

    let first = play.notice(news, "Today’s digest: 10 stories").await;
    let rest = play.notice(news, "Today’s digest: 2 stories").await;
    assert!(first.id < rest.id);
    picture(&play, news, first.id).await;
    let both = format!("{}\n{}", words(&first), words(&rest));
    for (number, address) in (1..13).zip(&addresses) {
        for part in [
            format!("[Part {number} Of storm"),
            format!("({address})"),
            format!("part {number} of storm sooner"),
        ] {
            assert_eq!(both.matches(&part).count(), 1, "{part} in {both}");
        }
    }
    let why = words(&play.slash(jun, news, "why", &[("story", json!(addresses[3]))]).await);
    assert!(why.contains("Posted here"), "{why}");
    // The next one waits for the next day.
    play.publish_many("storm", 13..14);
    waiting(&mut play, 1).await;
    time_passes(&mut play).await;
    play.start_bot().await;
    play.notice(news, "Part 13").await;
    play.end().await;
}

/// Quiet hours around now, in UTC.
fn around_now() -> String {
    let hour = Utc::now().hour();
    format!("{}-{}", (hour + 23) % 24, (hour + 2) % 24)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_in_quiet_hours_waits_and_is_no_flood_afterwards() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let loud = play.channel("loud");
    play.ask(mina, news, &format!("!subscribe the tidewater clinic <#{loud}>"))
        .await;
    // Only who manages the channel says when it is quiet.
    let refused = words(&play.ask(jun, news, "!hours quiet:1-2").await);
    assert!(refused.contains("Manage Channels"), "{refused}");
    let quiet = format!("!hours quiet:{} zone:UTC", around_now());
    let answer = words(&play.ask(mina, news, &quiet).await);
    assert!(answer.contains("It is quiet now"), "{answer}");

    let addresses = play.publish_many("storm", 1..4);
    play.posts(loud, &addresses).await;
    waiting(&mut play, 3).await;
    play.kill_bot().await;
    play.start_bot().await;
    waiting(&mut play, 3).await;
    let said = play.sandbox.look(|world| {
        let all = world.bot_messages_in(news).into_iter();
        all.filter(|message| words(message).contains("Of storm")).count()
    });
    assert_eq!(said, 0, "it is quiet");
    // The hours are over, for whatever reason.
    let answer = words(&play.ask(mina, news, "!hours quiet:off").await);
    assert!(answer.contains("Quiet hours: **none**"), "{answer}");
    let digest = play.notice(news, "In the quiet hours: 2 stories").await;
    let last = play.posts(news, &addresses[2..]).await.remove(0);
    assert!(digest.id < last.id, "the older ones first");
    let next = play.publish_many("storm", 4..5);
    play.posts(news, &next).await;
    play.posts(loud, &next).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_has_hours_for_all_its_channels_and_a_channel_its_own() {
    let mut play = Play::with(setting()).await;
    let (mina, news, lobby) = (play.mina, play.news, play.lobby);
    let options = [
        ("quiet", json!("23-7")),
        ("zone", json!("America/Bogota")),
        ("server", json!(true)),
    ];
    let answer = words(&play.slash(mina, news, "hours", &options).await);
    assert!(
        answer.contains("every channel of this server") && answer.contains("America/Bogota"),
        "{answer}"
    );
    let own = [("quiet", json!("off")), ("day", json!("sunday"))];
    let answer = words(&play.slash(mina, news, "hours", &own).await);
    assert!(
        answer.contains("Quiet hours: **none**") && answer.contains("on Sunday"),
        "{answer}"
    );
    assert!(answer.contains("America/Bogota** · as in the server"), "{answer}");
    let elsewhere = words(&play.slash(mina, lobby, "hours", &[]).await);
    assert!(elsewhere.contains("23:00–07:00"), "{elsewhere}");
    let reset = words(&play.slash(mina, news, "hours", &[("quiet", json!("default"))]).await);
    assert!(reset.contains("23:00–07:00"), "{reset}");
    let wrong = words(&play.slash(mina, news, "hours", &[("zone", json!("Mars"))]).await);
    assert!(wrong.contains("Asia/Seoul"), "what is possible: {wrong}");
    let offers = play
        .sandbox
        .autocomplete(mina, news, "hours", &[("zone", json!("seo"))], "zone")
        .await
        .expect("offers");
    assert_eq!(offers[0].name, "Asia/Seoul");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_digest_is_chosen_in_the_dialogue_published_and_a_post_in_a_forum() {
    let mut play = Play::with(setting()).await;
    let (mina, server) = (play.mina, play.server);
    play.sandbox.invite_bot(server, FORUM_PERMISSIONS);
    let forum = play.sandbox.add_channel(server, ChannelKind::Forum, "dramas");
    let loud = play.sandbox.add_channel(server, ChannelKind::Announcement, "loud");
    for place in [forum, loud] {
        let follow = format!("!subscribe the tidewater clinic channel:<#{place}>");
        play.ask(mina, play.news, &follow).await;
    }
    for _ in 0..2 {
        let list = play.slash(mina, play.news, "subscriptions", &[]).await;
        let menu = list.components[0]["components"][0].clone();
        let id = menu["custom_id"].as_str().expect("a menu").to_owned();
        for option in menu["options"].as_array().cloned().unwrap_or_default() {
            let value = option["value"].as_str().unwrap_or_default().to_owned();
            let one = play.choose(mina, list.id, &id, &[&value]).await;
            if words(&one).contains("digest") {
                play.press(mina, one.id, &button(&one, "All subscriptions")).await;
                continue;
            }
            let one = play.press(mina, one.id, &button(&one, "When: each story")).await;
            let one = play.press(mina, one.id, &button(&one, "When: hourly digest")).await;
            assert!(words(&one).contains("In a daily digest"), "{}", words(&one));
            play.press(mina, one.id, &button(&one, "All subscriptions")).await;
        }
    }
    play.publish_many("storm", 1..4);
    let began = std::time::Instant::now();
    loop {
        let text = words(
            &play
                .slash(mina, play.news, "check", &[("channel", json!(loud.to_string()))])
                .await,
        );
        let more = words(
            &play
                .slash(mina, play.news, "check", &[("channel", json!(forum.to_string()))])
                .await,
        );
        if text.contains("3 stories wait") && more.contains("3 stories wait") {
            break;
        }
        assert!(began.elapsed() < crate::harness::PATIENCE, "{text} {more}");
    }
    time_passes(&mut play).await;
    play.start_bot().await;
    play.notice(loud, "Today’s digest: 3 stories").await;
    // Its session went on, so nobody has told the bot what kind of channel that is.
    play.requested(CROSSPOST, 1).await;
    let thread = play
        .wait(
            |world| {
                let mut all = world.channels.values();
                let found = all.find(|channel| channel.parent == Some(forum))?;
                Some((found.id, found.name.clone()))
            },
            "a post in the forum",
        )
        .await;
    assert_eq!(thread.1, "Today’s digest: 3 stories");
    play.notice(thread.0, "Part 3").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_backup_is_put_back_the_stories_of_a_digest_are_not_told_again() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic when:daily").await;
    play.publish_many("storm", 1..4);
    waiting(&mut play, 3).await;
    let copied = play.run(&["backup", "copy.db"]).await;
    assert_eq!(copied.code, Some(0), "{copied:?}");
    // One more is in the digest, which the copy does not know at all.
    let late = play.publish_many("storm", 4..5).remove(0);
    waiting(&mut play, 4).await;
    time_passes(&mut play).await;
    play.start_bot().await;
    let digest = play.notice(news, "Today’s digest: 4 stories").await;

    play.stop_bot().await;
    for file in ["daesa.db-wal", "daesa.db-shm"] {
        let _ = std::fs::remove_file(play.folder().join(file));
    }
    std::fs::rename(play.folder().join("copy.db"), play.store_file()).expect("the copy is put back");
    time_has_passed(&play).await;
    play.start_bot().await;
    let began = std::time::Instant::now();
    loop {
        let why = words(&play.slash(jun, news, "why", &[("story", json!(late))]).await);
        if why.contains("Posted here") {
            break;
        }
        assert!(began.elapsed() < crate::harness::PATIENCE, "{why}\n{}", play.log_text());
    }
    play.sandbox.react(jun, digest.id, "😂", false).expect("a reaction");
    play.publish_many("storm", 5..6);
    waiting(&mut play, 1).await;
    let counted = play.counted("Part 1").await;
    assert_eq!(counted, "", "a digest is nobody's post");
    time_passes(&mut play).await;
    play.start_bot().await;
    play.notice(news, "Part 5").await;
    play.end().await;
}
