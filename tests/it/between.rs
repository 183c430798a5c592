//! What changes between a question and its answer: a dialogue whose time is over, a channel that is gone, a right
//! that was taken away, a message that is deleted. Each with a friendly word in the person's language, and nothing
//! lost.

use crate::{
    follow::setting,
    harness::{Play, button, buttons, words},
};
use daesa_sandbox::{ChannelKind, Message, bits};
use serde_json::json;

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
    assert!(words(&told).contains("cannot post there"), "{}", words(&told));
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
