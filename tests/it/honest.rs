//! One long journey over all that the bot asks of Discord, so that every operation stands before the
//! description that `Play::end` holds them against: with the replies that go well, and with those that do not.

use crate::{
    harness::{PATIENCE, Play, button, words},
    story::CLINIC,
};
use daesa_sandbox::{Fault, GatewayFault, Logged};
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};

/// What the bot is known to ask of Discord, by the description's templates.
const OPERATIONS: [&str; 9] = [
    "GET /oauth2/applications/@me",
    "GET /gateway/bot",
    "PUT /applications/{application_id}/commands",
    "POST /channels/{channel_id}/messages",
    "GET /channels/{channel_id}/messages",
    "GET /channels/{channel_id}/messages/{message_id}",
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
    "GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
    "POST /interactions/{interaction_id}/{interaction_token}/callback",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_is_asked_of_discord_is_as_discord_describes_it() {
    let mut play = Play::begin().await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.slash(mina, news, "subscribe", &[("drama", json!("the tidewater clinic"))])
        .await;
    let title = "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”";
    // A story whose sends go wrong in every way that Discord has words for, or is silent.
    play.sandbox.fail(
        "POST /channels/{channel_id}/messages",
        1,
        Fault::Limited {
            retry_after: Duration::from_millis(20),
        },
    );
    play.sandbox
        .fail("POST /channels/{channel_id}/messages", 1, Fault::Status(502));
    play.sandbox
        .fail("POST /channels/{channel_id}/messages", 1, Fault::Lost);
    let first = play.publish("first", title, CLINIC);
    let first = play.post(news, &first).await;
    play.sandbox.fail(
        "PUT *",
        1,
        Fault::LimitedGlobally {
            retry_after: Duration::from_millis(20),
        },
    );
    play.seeded(first.id).await;
    let second = play.publish(
        "second",
        "Mo Hae Rin Talks About “The Tidewater Clinic”",
        &CLINIC.replace("rubber", "yellow"),
    );
    let second = play.post(news, &second).await;
    play.seeded(second.id).await;

    everybody_asks(&mut play).await;
    votes_in_a_gap(&mut play, [first.id, second.id]).await;
    assert!(words(&play.ask(jun, news, "!top").await).contains("😭"));

    let asked: BTreeSet<String> = play
        .sandbox
        .requests()
        .iter()
        .map(|logged| format!("{} {}", logged.method, logged.template))
        .collect();
    for operation in OPERATIONS {
        assert!(asked.contains(operation), "never asked: {operation}; but {asked:#?}");
    }
    play.end().await;
}

/// Every kind of command in every way of asking.
async fn everybody_asks(play: &mut Play) {
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let typed = [("name", json!("ryu da"))];
    let offered = play
        .sandbox
        .autocomplete(jun, news, "quote", &typed, "name")
        .await
        .expect("suggestions");
    assert!(
        offered.iter().any(|choice| choice.name.contains("Ryu Da On")),
        "{offered:?}"
    );
    let none = play
        .sandbox
        .autocomplete(jun, news, "drama", &[("name", json!("qqqq zzzz"))], "name")
        .await;
    assert_eq!(none.expect("no suggestions").len(), 0);
    let line = play.slash(jun, news, "quote", &[("name", json!("mo hae rin"))]).await;
    let another = play.press(jun, line.id, &button(&line, "Another")).await;
    for said in [&line, &another] {
        assert!(words(said).contains("I have never run so far in"), "{}", words(said));
    }
    assert_ne!(words(&line), words(&another), "another is another");
    for (name, options) in [
        ("help", &[][..]),
        ("help", &[("command", json!("quote"))]),
        ("top", &[("period", json!("week"))]),
        ("mood", &[]),
        ("drama", &[("name", json!("the tidewater clinic"))]),
        ("cast", &[("name", json!("ryu da on"))]),
        ("quote", &[("name", json!("nobody that anybody knows"))]),
        ("about", &[]),
        ("privacy", &[]),
        ("forget-me", &[]),
    ] {
        play.slash(jun, news, name, options).await;
    }
    for (name, options) in [
        ("subscriptions", &[][..]),
        ("preview", &[]),
        ("why", &[]),
        ("check", &[]),
        ("pause", &[]),
        ("resume", &[]),
    ] {
        play.slash(mina, news, name, options).await;
    }
    let mention = format!("<@{}> quote ryu da on", play.sandbox.bot());
    for text in [
        "!help",
        "!quote 류다온",
        "!drama tidewater clinic",
        "!quote qqqq",
        mention.as_str(),
    ] {
        play.ask(jun, news, text).await;
    }
}

/// People vote and a post is deleted while no event reaches the bot; afterwards it asks Discord what it missed.
async fn votes_in_a_gap(play: &mut Play, [kept, deleted]: [u64; 2]) {
    let (jun, news) = (play.jun, play.news);
    play.sandbox.fail_gateway(GatewayFault::DropEvents(3));
    for burst in [false, true] {
        play.sandbox.react(jun, kept, "😭", burst).expect("a vote");
    }
    assert_eq!(play.sandbox.delete_messages(news, &[deleted]), 1);
    // The session is gone, so what came meanwhile is never replayed.
    play.sandbox.fail_gateway(GatewayFault::Invalid(false));
    let asked = || {
        let requests = play.sandbox.requests();
        let of = |end: &str, status| {
            let fits = |one: &&Logged| one.method == "GET" && one.status == status && one.template.ends_with(end);
            requests.iter().filter(fits).count()
        };
        (of("/reactions/{emoji_name}", 200) >= 2 && of("/messages/{message_id}", 404) >= 1).then_some(())
    };
    let asked = play.sandbox.wait_until(asked, PATIENCE).await;
    assert!(
        asked.is_some(),
        "what was missed was never asked for\n{}",
        play.log_text()
    );
}
