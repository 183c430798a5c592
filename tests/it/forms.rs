//! Every command in every form: as a slash command, with `!`, and by a mention, which come to the same.

use crate::{
    commands::two_stories,
    follow::setting,
    harness::{Play, words},
};
use daesa::command::ENTRIES;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The command, its options as a slash command has them, and the same as text.
type Form<'a> = (&'a str, Vec<(&'a str, Value)>, &'a str);

/// What changes what is followed, in an order in which each has something to do.
fn changing() -> Vec<Form<'static>> {
    let clinic = json!("the tidewater clinic");
    vec![
        (
            "subscribe",
            vec![("drama", clinic.clone()), ("spoiler", json!(true))],
            "subscribe the tidewater clinic spoiler:yes",
        ),
        ("subscriptions", vec![], "subscriptions"),
        ("hours", vec![("quiet", json!("23-7"))], "hours quiet:23-7"),
        ("pause", vec![("what", clinic.clone())], "pause the tidewater clinic"),
        ("resume", vec![], "resume"),
        (
            "unsubscribe",
            vec![("what", clinic)],
            "unsubscribe the tidewater clinic",
        ),
    ]
}

/// What shows something.
fn showing() -> Vec<Form<'static>> {
    vec![
        ("quote", vec![("text", json!("lantern"))], "quote text:lantern"),
        (
            "top",
            vec![("period", json!("all")), ("by", json!("feeling"))],
            "top all feeling",
        ),
        (
            "mood",
            vec![("drama", json!("tidewater clinic"))],
            "mood tidewater clinic",
        ),
        ("drama", vec![("name", json!("paper moon"))], "drama paper moon"),
        ("cast", vec![("name", json!("baek cho ha"))], "cast baek cho ha"),
        (
            "preview",
            vec![("what", json!("tidewater clinic"))],
            "preview tidewater clinic",
        ),
        ("why", vec![("story", json!("run for"))], "why run for"),
        ("check", vec![], "check"),
        ("help", vec![("command", json!("top"))], "help top"),
        ("privacy", vec![], "privacy"),
        ("forget-me", vec![], "forget-me"),
        ("help", vec![], "help"),
    ]
}

/// The command that tells how long the bot has been awake: never twice the same.
const ABOUT: &str = "about";
/// Has parts of its own, and is off unless the operator lets it: `server_feeds` tries it in every form.
const FEED: &str = "feed";

#[test]
fn no_command_is_left_out() {
    let (changing, showing) = (changing(), showing());
    let tried: BTreeSet<&str> = changing
        .iter()
        .chain(&showing)
        .map(|(name, ..)| *name)
        .chain([ABOUT, FEED])
        .collect();
    let all: BTreeSet<&str> = ENTRIES.iter().map(|entry| entry.name()).collect();
    assert_eq!(tried, all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_that_shows_something_answers_alike_in_every_form() {
    let mut play = Play::with(setting()).await;
    let (mina, news, bot) = (play.mina, play.news, play.sandbox.bot());
    let (post, ..) = two_stories(&mut play).await;
    play.sandbox.react(mina, post.id, "😂", false).expect("a vote");
    for (name, options, typed) in &showing() {
        let slash = words(&play.slash(mina, news, name, options).await);
        assert!(slash.trim().len() > 20, "{name}: {slash}");
        for text in [format!("!{typed}"), format!("<@{bot}> {typed}")] {
            assert_eq!(words(&play.ask(mina, news, &text).await), slash, "{text}");
        }
    }
    for text in [format!("!{ABOUT}"), format!("<@{bot}> {ABOUT}")] {
        let about = words(&play.ask(mina, news, &text).await);
        assert!(about.contains(env!("CARGO_PKG_VERSION")), "{about}");
    }
    let about = words(&play.slash(mina, news, ABOUT, &[]).await);
    assert!(about.contains(env!("CARGO_PKG_VERSION")), "{about}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_that_changes_something_does_it_alike_in_every_form() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news, bot) = (play.mina, play.jun, play.news, play.sandbox.bot());
    let mut by_slash = Vec::new();
    for (name, options, _) in &changing() {
        let answer = play.slash(mina, news, name, options).await;
        assert_eq!(answer.only_for, Some(mina), "{name}: settings are nobody else's matter");
        by_slash.push(words(&answer));
    }
    for before in ["!".to_owned(), format!("<@{bot}> ")] {
        for ((.., typed), slash) in changing().iter().zip(&by_slash) {
            let text = format!("{before}{typed}");
            assert_eq!(words(&play.ask(mina, news, &text).await), *slash, "{text}");
        }
    }
    // Who may not, may not in any form.
    for (name, _, typed) in changing().iter().filter(|(name, ..)| *name != "subscriptions") {
        for text in [format!("!{typed}"), format!("<@{bot}> {typed}")] {
            let refused = words(&play.ask(jun, news, &text).await);
            assert!(refused.contains("Manage Channels"), "{name}: {refused}");
        }
    }
    play.end().await;
}
