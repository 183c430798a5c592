//! What changes between a question and its answer: a dialogue whose time is over, a channel that is gone, a right
//! that was taken away, a message that is deleted. Each with a friendly word in the person's language, and nothing
//! lost.

use crate::{
    follow::setting,
    harness::{PATIENCE, Play, Setting, button, buttons, short_lived, words},
};
use daesa_sandbox::{ChannelKind, Fault, Message, bits};
use serde_json::json;
use sqlx::Connection;
use std::time::Instant;

/// The first button of a choice.
fn first_choice(message: &Message) -> String {
    buttons(message).into_iter().next().expect("a choice").1
}

/// As if all that the bot has asked had been a week ago.
async fn a_week_passes(play: &Play) {
    let store = format!("sqlite://{}", play.store_file().display());
    let pool = sqlx::SqlitePool::connect(&store).await.expect("the store");
    let change = "UPDATE question SET until = until - 7 * 86400000";
    sqlx::query(change).execute(&pool).await.expect("changed");
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dialogue_whose_time_is_over_is_told_in_the_persons_language() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.sandbox.set_locale(mina, "ko");
    let which = play
        .slash(mina, news, "subscribe", &[("person", json!("mo hae"))])
        .await;
    let open = play.ask(jun, news, "!quote mo hae").await;
    a_week_passes(&play).await;

    let told = play.press(mina, which.id, &first_choice(&which)).await;
    assert!(words(&told).contains("오래된 버튼이에요"), "{}", words(&told));
    assert_eq!(told.only_for, Some(mina));
    let told = play.press(jun, open.id, &first_choice(&open)).await;
    assert!(words(&told).contains("too old"), "{}", words(&told));
    assert_eq!(told.only_for, Some(jun), "an error is nobody else's matter");
    let list = words(&play.slash(jun, news, "subscriptions", &[]).await);
    assert!(list.contains("Nothing followed yet"), "{list}");

    // Asked again, it works.
    let which = play
        .slash(mina, news, "subscribe", &[("person", json!("mo hae"))])
        .await;
    let told = play.press(mina, which.id, &first_choice(&which)).await;
    assert!(words(&told).contains("구독했어요"), "{}", words(&told));
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_is_deleted_in_between_is_told_and_nothing_is_followed() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let lost = play.sandbox.add_channel(play.server, ChannelKind::Text, "lost");
    let options = [("person", json!("mo hae")), ("channel", json!(lost.to_string()))];
    let which = play.slash(mina, news, "subscribe", &options).await;
    let kept = [
        ("drama", json!("the tidewater clinic")),
        ("channel", json!(lost.to_string())),
    ];
    play.slash(mina, news, "subscribe", &kept).await;
    let list = play.slash(mina, news, "subscriptions", &[]).await;
    let menu = list.components[0]["components"][0].clone();
    let (id, value) = (menu["custom_id"].as_str(), menu["options"][0]["value"].as_str());
    let (id, value) = (id.expect("a menu").to_owned(), value.expect("an option").to_owned());
    play.sandbox.delete_channel(lost);

    let told = play.press(mina, which.id, &first_choice(&which)).await;
    assert!(words(&told).contains("cannot use that channel"), "{}", words(&told));
    assert_eq!(told.only_for, Some(mina));
    let one = play.choose(mina, list.id, &id, &[&value]).await;
    assert!(words(&one).contains("too old"), "{}", words(&one));
    let list = words(&play.slash(mina, news, "subscriptions", &[]).await);
    assert!(list.contains("Nothing followed yet"), "{list}");
    for (name, options) in [
        ("pause", vec![("channel", json!(news.to_string()))]),
        ("unsubscribe", vec![("what", json!("the tidewater clinic"))]),
    ] {
        let told = play.slash(mina, news, name, &options).await;
        assert!(!words(&told).contains("failed"), "{name}: {}", words(&told));
        assert_eq!(told.only_for, Some(mina));
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_that_is_taken_away_in_between_is_missing_to_the_dialogue() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news, server) = (play.mina, play.jun, play.news, play.server);
    let helpers = play.sandbox.add_role(server, "Helpers", bits::MANAGE_CHANNELS, 0);
    play.sandbox.set_roles(server, jun, &[helpers]);
    // Elsewhere: where the clinic is followed, it is clear who is meant by half a name.
    let elsewhere = json!(play.lobby.to_string());
    let drama = [("drama", json!("the tidewater clinic")), ("channel", elsewhere)];
    play.slash(jun, news, "subscribe", &drama).await;
    let list = play.slash(jun, news, "subscriptions", &[]).await;
    let menu = list.components[0]["components"][0].clone();
    let (id, value) = (menu["custom_id"].as_str(), menu["options"][0]["value"].as_str());
    let one = play
        .choose(jun, list.id, id.expect("a menu"), &[value.expect("an option")])
        .await;
    let which = play.slash(jun, news, "subscribe", &[("person", json!("mo hae"))]).await;
    play.sandbox.set_roles(server, jun, &[]);
    play.sandbox.set_locale(jun, "ko");

    let gone = button(&one, "Unsubscribe");
    for (message, id) in [(one.id, gone), (which.id, first_choice(&which))] {
        let told = play.press(jun, message, &id).await;
        assert!(words(&told).contains("채널 관리"), "{id}: {}", words(&told));
        assert_eq!(told.only_for, Some(jun));
    }
    let told = words(&play.slash(mina, news, "subscriptions", &[]).await);
    assert!(told.contains("1 subscription"), "it is followed as it was: {told}");

    // The bot's own right, taken away before the choice.
    let which = play
        .slash(mina, news, "subscribe", &[("person", json!("mo hae"))])
        .await;
    play.deny_bot(news, bits::EMBED_LINKS);
    let told = play.press(mina, which.id, &first_choice(&which)).await;
    assert!(words(&told).contains("Embed Links"), "{}", words(&told));
    play.deny_bot(news, 0);
    let told = play.press(mina, which.id, &first_choice(&which)).await;
    assert!(words(&told).contains("Following"), "once it is back: {}", words(&told));
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_or_a_post_that_is_deleted_in_between_breaks_nothing() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let (clinic, ..) = crate::commands::two_stories(&mut play).await;
    // The question is gone before it is answered: the answer comes all the same, or none, and the bot goes on.
    let line = play.ask(jun, news, "!quote ryu da on").await;
    let another = button(&line, "Same drama");
    let lines = play.apps(jun, clinic.id, "Quotes from this post").await;
    assert_eq!(lines.only_for, Some(jun));
    assert_eq!(play.sandbox.delete_messages(news, &[clinic.id]), 1);
    let told = play.press(mina, line.id, &another).await;
    assert!(words(&told).contains("Tidewater"), "{}", words(&told));
    let told = play.slash(jun, news, "why", &[("story", json!("run for"))]).await;
    assert!(words(&told).contains("Posted here"), "{}", words(&told));
    play.end().await;
}

const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";
const EDIT: &str = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";

/// Somebody else writes to the store, as long as the value lives: what the bot wants to write waits.
async fn occupied(play: &Play) -> sqlx::SqliteConnection {
    let store = format!("sqlite://{}", play.store_file().display());
    let mut other = sqlx::SqliteConnection::connect(&store).await.expect("the store");
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("begun");
    other
}

/// Whether the bot itself warns. (The store's own crate does when it is kept waiting.)
fn warns(line: &str) -> bool {
    line.contains("WARN") && line.contains("\"daesa")
}

/// What is asked again is answered by what it did the first time, and the log has one line more.
async fn done_and_told_when_asked_again(play: &mut Play, drama: &str, code: &str, lines: usize) {
    let (mina, news) = (play.mina, play.news);
    play.logged(code).await;
    let again = play.slash(mina, news, "subscribe", &[("drama", json!(drama))]).await;
    assert!(words(&again).contains("Already following"), "{}", words(&again));
    let log = play.log_text();
    let warnings: Vec<&str> = log.lines().filter(|line| warns(line)).collect();
    assert_eq!(warnings.len(), lines, "{warnings:#?}");
    let line = warnings[lines - 1];
    assert!(
        line.contains("an answer could not be given") && line.contains(code),
        "{line}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interaction_that_discord_takes_no_more_loses_nothing_and_is_one_line_in_the_log() {
    let mut play = Play::with(setting()).await;
    let before = play.log_text().lines().filter(|line| warns(line)).count();
    let ask = |play: &Play, drama: &str| {
        let asked = play
            .sandbox
            .slash(play.mina, play.news, "subscribe", &[("drama", json!(drama))]);
        asked.expect("the command is there")
    };
    let refused = |code| Fault::Refused { status: 404, code };

    // Too late for the first answer.
    play.sandbox.fail(CALLBACK, 1, refused(10062));
    let asking = ask(&play, "The Tidewater Clinic");
    assert!(asking.answer().await.is_none(), "the person is told that it failed");
    done_and_told_when_asked_again(&mut play, "The Tidewater Clinic", "10062", before + 1).await;

    // A slow answer was announced, and its place is gone when it comes.
    let other = occupied(&play).await;
    let asking = ask(&play, "Paper Moon Detectives");
    let thinking = asking.acknowledged().await.expect("announced");
    play.take(thinking.answer.expect("a message that is thinking"));
    play.sandbox.fail(EDIT, 1, refused(10015));
    other.close().await.expect("let go");
    done_and_told_when_asked_again(&mut play, "Paper Moon Detectives", "10015", before + 2).await;

    // Too late for the announcement already; the answer that is tried all the same is the one line.
    let other = occupied(&play).await;
    play.sandbox.fail(CALLBACK, 1, refused(10062));
    let over = Fault::Refused {
        status: 401,
        code: 50027,
    };
    play.sandbox.fail(CALLBACK, 1, over);
    let asking = ask(&play, "Lanterns at Noon");
    assert!(asking.answer().await.is_none(), "the person is told that it failed");
    other.close().await.expect("let go");
    done_and_told_when_asked_again(&mut play, "Lanterns at Noon", "50027", before + 3).await;
    play.end().await;
}

/// The list of what the server follows, once these channels are in it and the others are not.
async fn followed_in(play: &mut Play, there: &[u64], gone: u64) {
    let began = Instant::now();
    loop {
        let list = words(&play.slash(play.jun, play.news, "subscriptions", &[]).await);
        for channel in there {
            assert!(list.contains(&format!("<#{channel}>")), "{channel} in {list}");
        }
        if !list.contains(&gone.to_string()) {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "{gone} in {list}\n{}", play.log_text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_was_deleted_while_the_bot_was_away_follows_nothing() {
    let mut play = Play::with(Setting {
        // Each start begins a new session, which tells of nothing that was.
        sandbox: short_lived(),
        ..setting()
    })
    .await;
    let (mina, news) = (play.mina, play.news);
    let (lost, hidden, later) = (play.channel("lost"), play.channel("hidden"), play.channel("later"));
    let thread = play.sandbox.add_thread(news, None, "Paper moon", mina);
    for channel in [news, lost, hidden, later, thread] {
        let asked = format!("!subscribe the tidewater clinic <#{channel}>");
        let followed = words(&play.ask(mina, news, &asked).await);
        assert!(followed.contains("Following"), "{followed}");
    }
    play.stop_bot().await;
    play.sandbox.delete_channel(lost);
    play.deny_bot(hidden, bits::VIEW_CHANNEL);
    play.sandbox.archive(thread, true, false);
    // The first question fails; it is asked again when the server's permissions change.
    play.sandbox.fail("GET /channels/{channel_id}", 2, Fault::Status(502));
    play.start_bot().await;
    play.requested("GET /channels/{channel_id}", 2).await;
    let list = words(&play.slash(mina, news, "subscriptions", &[]).await);
    assert!(list.contains(&lost.to_string()), "nothing is known of it: {list}");
    play.deny_bot(news, bits::ADD_REACTIONS);
    // What is hidden is there, and so is a thread that no list has.
    followed_in(&mut play, &[news, hidden, later, thread], lost).await;

    // A server that is away has lost nothing; when it is back, what was deleted meanwhile is gone.
    play.sandbox.set_unavailable(play.server, true);
    play.logged("a server is away for a while").await;
    play.sandbox.delete_channel(later);
    play.stop_bot().await;
    play.start_bot().await;
    play.logged("connected to Discord").await;
    let store = format!("sqlite://{}", play.store_file().display());
    let pool = sqlx::SqlitePool::connect(&store).await.expect("the store");
    let kept: i64 = sqlx::query_scalar("SELECT count(DISTINCT channel) FROM subscription")
        .fetch_one(&pool)
        .await
        .expect("a number");
    pool.close().await;
    assert_eq!(kept, 4);
    play.sandbox.set_unavailable(play.server, false);
    followed_in(&mut play, &[news, hidden, thread], later).await;
    play.end().await;
}
