//! The bot ends, well or badly, at any point, and begins again: nothing is lost and nothing is there twice.

use crate::harness::{PATIENCE, Play, Setting, forgetful, quick, talk, words};
use crate::story::CLINIC;
use daesa::store::Store;
use daesa_sandbox::{ChannelKind, GatewayFault, Settings, Step, World, bits};
use serde_json::json;
use std::{
    fs,
    time::{Duration, Instant},
};

const POST: &str = "POST /channels/{channel_id}/messages";
const COMMANDS: &str = "PUT /applications/{application_id}/commands";

fn count(play: &Play, route: &str) -> usize {
    let all = play.sandbox.requests();
    all.iter()
        .filter(|request| format!("{} {}", request.method, request.template) == route)
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_was_stopped_goes_on_where_it_was() {
    let mut play = Play::with(talk()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let first = play.publish_many("storm", 1..2);
    let post = play.posts(news, &first).await.remove(0);
    play.sandbox.react(mina, post.id, "❤️", false).expect("a vote");
    assert_eq!(play.counted("Part 1").await, "❤️ 1");
    assert_eq!(count(&play, COMMANDS), 1);

    play.stop_bot().await;
    let before = play.sandbox.gateway_counts();
    play.sandbox
        .unreact(mina, post.id, "❤️", false)
        .expect("a vote taken back");
    play.sandbox.react(jun, post.id, "😂", false).expect("a vote");
    play.sandbox.react(mina, post.id, "😭", false).expect("a vote");
    let second = play.publish_many("storm", 2..4);
    let question = play.sandbox.say(jun, news, "!quote ryu da on").expect("it may be said");
    let club = play.sandbox.add_server("Second club", mina);
    let hall = play.sandbox.add_channel(club, ChannelKind::Text, "hall");
    play.sandbox.set_system_channel(club, Some(hall));
    play.sandbox.invite_bot(club, crate::harness::PERMISSIONS);
    play.start_bot().await;

    play.posts(news, &second).await;
    play.counts_become("Part 1", "😂 1 · 😭 1").await;
    let after = play.sandbox.gateway_counts();
    assert_eq!(
        (after.resumed, after.identifies),
        (before.resumed + 1, before.identifies),
        "the session goes on"
    );
    assert_eq!(count(&play, COMMANDS), 1, "the same commands are not registered again");
    let hello = play
        .wait(
            |world| world.bot_messages_in(hall).first().map(|m| m.id),
            "a greeting for the new server",
        )
        .await;
    play.take(hello);
    // The session's replay has the question in it.
    play.answered(news, question, "what was asked meanwhile").await;
    // And no second greeting of anybody, or the harness would find it.
    play.stop_bot().await;
    play.start_bot().await;
    play.ask(jun, news, "!about").await;
    play.end().await;
}

/// Channels that follow everything, stories, and people who vote on the first.
const HALLS: usize = 12;
const STORIES: u32 = 15;
const FANS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_among_hundreds_of_posts_and_votes_it_ends_in_time_and_goes_on() {
    let setting = Setting {
        sandbox: quick(),
        ..talk()
    };
    let mut play = Play::with(setting).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let halls: Vec<u64> = (0..HALLS).map(|n| play.channel(&format!("hall-{n}"))).collect();
    for hall in &halls {
        play.ask(mina, *hall, "!subscribe everything").await;
    }
    let fans: Vec<u64> = (0..FANS).map(|n| play.member(&format!("Fan{n}"))).collect();
    let stories = play.publish_many("storm", 10..10 + STORIES);
    let posts = |world: &World, story: &str| -> Vec<u64> {
        let said = halls.iter().flat_map(|hall| world.bot_messages_in(*hall));
        let told = said.filter(|message| message.embeds.iter().any(|embed| embed["url"] == *story));
        told.map(|message| message.id).collect()
    };
    let first = play
        .wait(
            |world| Some(posts(world, &stories[0])).filter(|first| first.len() == HALLS),
            "the first story in every channel",
        )
        .await;
    for (post, fan) in first.iter().flat_map(|post| fans.iter().map(move |fan| (post, fan))) {
        play.sandbox.react(*fan, *post, "❤️", false).expect("a vote");
    }
    let questions: Vec<u64> = (0..10)
        .map(|_| play.sandbox.say(jun, news, "!quote ryu da on").expect("it may be said"))
        .collect();
    play.stop_bot().await;
    let done = |world: &World| stories.iter().map(|story| posts(world, story).len()).sum::<usize>();
    let before = play.sandbox.look(done);
    assert!(before < HALLS * stories.len(), "it was stopped among them");

    play.start_bot().await;
    for hall in &halls {
        play.posts(*hall, &stories).await;
    }
    for question in questions {
        play.answered(news, question, "a question").await;
    }
    play.counts_become("Part 10 Of", &format!("❤️ {}", HALLS * FANS)).await;
    // A second post or answer of anything would be left over.
    play.end().await;
}

type Fits = fn(&Step) -> bool;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_between_the_feed_and_the_last_feeling_a_story_is_posted_once() {
    let mut play = Play::with(Setting {
        full: false,
        ..quick().into()
    })
    .await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    play.requested(POST, 2).await;
    let steps: [(&str, Fits); 5] = [
        ("the feed is asked", |step| *step == Step::FeedAsked),
        ("the page is asked", |step| matches!(step, Step::PageAsked { .. })),
        ("the message is received", |step| {
            matches!(step, Step::MessageReceived { .. })
        }),
        ("the message is stored", |step| {
            matches!(step, Step::MessageStored { .. })
        }),
        (
            "a feeling is put",
            |step| matches!(step, Step::Reacted { emoji, .. } if emoji.starts_with('😮')),
        ),
    ];
    for (n, (when, step)) in (0..).zip(steps) {
        play.kill_at(step);
        let address = play.publish_many("storm", n..n + 1);
        assert!(!play.ended().await.success(), "killed when {when}");
        play.start_bot().await;
        let post = play.posts(news, &address).await.remove(0);
        play.seeded(post.id).await;
        play.sandbox.react(play.jun, post.id, "😮", false).expect("a vote");
        play.counts_become(&format!("Part {n} "), "😮 1").await;
    }
    assert_eq!(count(&play, COMMANDS), 1);
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_answers_a_question_is_answered_once() {
    answered_once(quick()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_once_when_discord_has_forgotten_the_answers_nonce() {
    answered_once(Settings {
        // The question is older than the nonce is surely known.
        clock_behind: Duration::from_secs(90),
        ..forgetful()
    })
    .await;
}

async fn answered_once(sandbox: Settings) {
    let mut play = Play::with(Setting { sandbox, ..talk() }).await;
    let (jun, news) = (play.jun, play.news);
    play.requested(POST, 1).await;
    play.kill_at(|step| matches!(step, Step::MessageStored { .. }));
    let question = play
        .sandbox
        .say(jun, news, "!cast lovers of the red sky")
        .expect("it may be said");
    play.ended().await;
    play.start_bot().await;
    let other = words(&play.ask(jun, news, "!about").await);
    assert!(other.contains("Version"), "{other}");
    let answers = play
        .sandbox
        .messages(news)
        .into_iter()
        .filter(|m| m.reference.as_ref().is_some_and(|r| r.message == question));
    let answers: Vec<u64> = answers.map(|answer| answer.id).collect();
    assert_eq!(answers.len(), 1);
    play.take(answers[0]);
    play.end().await;
}

/// Makes the store believe that its deliveries were first tried two minutes earlier than they were.
async fn age(play: &Play) {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", play.store_file().display()))
        .await
        .expect("the store");
    let changed =
        sqlx::query("UPDATE delivery SET first_try = first_try - 120000 WHERE state = 0 AND first_try IS NOT NULL")
            .execute(&pool)
            .await
            .expect("changed");
    assert_eq!(changed.rows_affected(), 1, "one delivery was on its way");
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_discord_has_forgotten_the_nonce_the_post_is_found_in_the_channel() {
    let mut play = Play::with(forgetful().into()).await;
    let (mina, news) = (play.mina, play.news);
    play.slash(mina, news, "subscribe", &[("drama", json!("the tidewater clinic"))])
        .await;
    // The greeting is quite done with: the next message is the post.
    play.requested(POST, 1).await;
    play.kill_at(|step| matches!(step, Step::MessageStored { .. }));
    // Nor is its echo in the session's replay.
    play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
    let address = play.publish_many("storm", 1..2);
    play.ended().await;
    age(&play).await;
    let sent = count(&play, POST);
    play.start_bot().await;
    let post = play.posts(news, &address).await.remove(0);
    play.seeded(post.id).await;
    assert_eq!(count(&play, POST), sent, "found, not sent again");
    let why = words(&play.slash(play.jun, news, "why", &[]).await);
    assert!(why.contains("Posted here"), "{why}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_decided_is_held_until_the_channel_can_be_read() {
    let mut play = Play::with(Setting {
        sandbox: forgetful(),
        ..talk()
    })
    .await;
    let (mina, news) = (play.mina, play.news);
    play.slash(mina, news, "subscribe", &[("drama", json!("the tidewater clinic"))])
        .await;
    play.requested(POST, 1).await;
    play.kill_at(|step| matches!(step, Step::MessageStored { .. }));
    play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
    let address = play.publish_many("storm", 1..2);
    play.ended().await;
    age(&play).await;
    play.deny_bot(news, bits::READ_MESSAGE_HISTORY);
    play.expect_error("cannot be read");
    let sent = count(&play, POST);
    play.start_bot().await;
    let (began, title) = (Instant::now(), json!(address[0]));
    loop {
        let why = words(&play.slash(mina, news, "why", &[("story", title.clone())]).await);
        if why.contains("Held") {
            assert!(why.contains("Read Message History"), "{why}");
            break;
        }
        assert!(began.elapsed() < PATIENCE, "{why}\n{}", play.log_text());
    }
    play.deny_bot(news, 0);
    loop {
        let why = words(&play.slash(mina, news, "why", &[("story", title.clone())]).await);
        if why.contains("Posted here") {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "{why}\n{}", play.log_text());
    }
    play.posts(news, &address).await;
    assert_eq!(count(&play, POST), sent, "found, not sent again");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_on_the_store_is_told_who_has_it() {
    let mut play = Play::with(talk()).await;
    let second = play.run(&["run"]).await;
    assert_eq!(second.code, Some(2), "{second:?}");
    assert!(second.err.contains("in use by process"), "{}", second.err);
    // Reading beside it is fine.
    let health = play.run(&["check", "--health"]).await;
    assert_eq!(health.code, Some(0), "{health:?}");
    play.wait_for_feed().await;
    let check = play.run(&["check"]).await;
    assert_eq!(check.code, Some(0), "{check:?}");
    for line in [
        "ok     settings",
        "ok     token",
        "ok     intents",
        "ok     invite",
        "ok     store",
        "ok     feed",
        "ok     posts",
    ] {
        assert!(check.out.contains(line), "{line} in {}", check.out);
    }
    assert!(
        check.out.contains("permissions=117824") && check.out.contains("no backup"),
        "{}",
        check.out
    );
    play.kill_bot().await;
    play.start_bot().await;
    play.ask(play.jun, play.news, "!about").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_is_put_back_posts_nothing_again() {
    let mut play = Play::with(quick().into()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let first = play.publish_many("storm", 1..2);
    play.posts(news, &first).await;
    let copied = play.run(&["backup", "copy.db"]).await;
    assert_eq!(copied.code, Some(0), "{copied:?}");
    let again = play.run(&["backup", "copy.db"]).await;
    assert_eq!(again.code, Some(0), "an older copy is replaced: {again:?}");
    let copy = play.folder().join("copy.db");
    let store = Store::look(&copy.display().to_string())
        .await
        .expect("the copy is a store");
    store.close().await.expect("closed");

    // Posted and voted on after the copy was made.
    let since = play.publish_many("storm", 2..4);
    let posts = play.posts(news, &since).await;
    play.sandbox.react(jun, posts[0].id, "😂", false).expect("a vote");
    assert_eq!(play.counted("Part 2").await, "😂 1");
    play.stop_bot().await;
    for file in ["daesa.db-wal", "daesa.db-shm"] {
        let _ = fs::remove_file(play.folder().join(file));
    }
    fs::rename(&copy, play.store_file()).expect("the copy is put back");
    play.sandbox.react(mina, posts[0].id, "😭", false).expect("a vote");
    play.start_bot().await;

    let new = play.publish_many("storm", 4..5);
    play.posts(news, &new).await;
    play.counts_become("Part 2", "😂 1 · 😭 1").await;
    let why = words(&play.slash(jun, news, "why", &[("story", json!(since[1]))]).await);
    assert!(why.contains("Posted here"), "{why}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_in_a_feed_before_it_was_first_read_is_not_posted() {
    let mut play = Play::with(talk()).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("everything").await;
    play.stop_bot().await;
    let other = play.sandbox.add_site("127.0.0.1").await.expect("another outlet");
    let article = |slug: &str, title: &str| daesa_sandbox::Article {
        slug: slug.to_owned(),
        title: title.to_owned(),
        html_body: CLINIC.to_owned(),
        published: crate::harness::now(),
        ..daesa_sandbox::Article::default()
    };
    other.style(|style| style.full = true);
    let old = other.publish(article("old", "An Old Story Of “The Tidewater Clinic”"));
    let file = play.folder().join("own.toml");
    let own = fs::read_to_string(&file)
        .expect("settings")
        .replace("first_look = 500", "first_look = 0");
    let outlet = format!("[[outlet]]\nname = \"Old Lamp\"\nurl = {}\n", json!(other.feed_url()));
    fs::write(&file, format!("{own}{outlet}")).expect("settings");
    play.start_bot().await;
    let read = play
        .sandbox
        .wait_until(|| (other.counts().not_modified > 0).then_some(()), PATIENCE)
        .await;
    assert!(
        read.is_some(),
        "the new feed is read, and then asked whether it changed"
    );
    let why = words(&play.slash(jun, news, "why", &[("story", json!(old))]).await);
    assert!(
        why.contains("Not posted here") && why.contains("first looked at its feed"),
        "{why}"
    );
    let shown = words(
        &play
            .slash(jun, news, "preview", &[("what", json!("the tidewater clinic"))])
            .await,
    );
    assert!(
        shown.contains("An Old Story"),
        "it can be looked at all the same: {shown}"
    );
    let new = other.publish(article("new", "A New Story Of “The Tidewater Clinic”"));
    let post = play.post(news, &new).await;
    assert!(words(&post).contains("Old Lamp"), "{}", words(&post));
    play.end().await;
}
