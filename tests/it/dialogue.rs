//! The dialogue of `/subscriptions`: pages, and one that is chosen there is changed and removed.

use crate::follow::setting;
use crate::harness::{Play, button, words};
use daesa_sandbox::Message;
use serde_json::json;

/// The id of a menu of a message, by the beginning of it.
fn menu(message: &Message, begins: &str) -> String {
    let menus = message.components.iter().map(|row| &row["components"][0]);
    let ids: Vec<&str> = menus.filter_map(|menu| menu["custom_id"].as_str()).collect();
    match ids.iter().find(|id| id.starts_with(begins)) {
        Some(id) => (*id).to_owned(),
        None => panic!("no menu {begins} among {ids:?}"),
    }
}

/// What a menu offers first.
fn offers(message: &Message, begins: &str) -> Vec<String> {
    let id = menu(message, begins);
    let menus = message.components.iter().map(|row| &row["components"][0]);
    let found = menus.into_iter().find(|menu| menu["custom_id"] == *id);
    let options = found
        .and_then(|menu| menu["options"].as_array().cloned())
        .unwrap_or_default();
    options
        .iter()
        .filter_map(|option| option["value"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscription_is_changed_and_removed_in_a_dialogue() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news, server) = (play.mina, play.jun, play.news, play.server);
    let several = "the tidewater clinic, paper moon detectives, ryu da on";
    play.slash(mina, news, "subscribe", &[("drama", json!(several))]).await;
    // Who may not change it sees the list without a menu.
    let list = play.slash(jun, news, "subscriptions", &[]).await;
    assert!(
        words(&list).contains("3 subscriptions") && list.components.is_empty(),
        "{:?}",
        list.components
    );

    let list = play.ask(mina, news, "!subscriptions").await;
    let first = offers(&list, "pick").remove(0);
    // Everybody sees this one; it is not theirs.
    let refused = play.choose(jun, list.id, &menu(&list, "pick"), &[&first]).await;
    assert!(
        words(&refused).contains("not yours") && refused.only_for == Some(jun),
        "{}",
        words(&refused)
    );

    let list = play.slash(mina, news, "subscriptions", &[]).await;
    let one = play.choose(mina, list.id, &menu(&list, "pick"), &[&first]).await;
    assert_eq!(one.id, list.id, "the dialogue goes on in its message");
    assert!(
        words(&one).contains("The Tidewater Clinic") && words(&one).contains("Every kind"),
        "{}",
        words(&one)
    );
    let one = play
        .choose(mina, one.id, &menu(&one, "edit|kinds"), &["interview", "recap"])
        .await;
    assert!(words(&one).contains("Only interviews, recaps"), "{}", words(&one));
    let one = play.press(mina, one.id, &button(&one, "Hide spoilers")).await;
    let one = play.press(mina, one.id, &button(&one, "Votes: reactions")).await;
    assert!(words(&one).contains("Votes by buttons"), "{}", words(&one));
    let one = play.press(mina, one.id, &button(&one, "Votes: buttons")).await;
    let one = play.press(mina, one.id, &button(&one, "Open threads")).await;
    for part in [
        "interviews, recaps",
        "is hidden",
        "Without votes",
        "A thread on each story",
    ] {
        assert!(words(&one).contains(part), "{part} in {}", words(&one));
    }
    // The same rules as in the command: a role that the bot may not mention.
    let fans = play.sandbox.add_role(server, "Clinic fans", 0, 0);
    let refused = play
        .choose(mina, one.id, &menu(&one, "edit|role"), &[&fans.to_string()])
        .await;
    assert!(words(&refused).contains("All Roles"), "{}", words(&refused));
    play.sandbox.set_mentionable(server, fans, true);
    let one = play
        .choose(mina, one.id, &menu(&one, "edit|role"), &[&fans.to_string()])
        .await;
    assert!(words(&one).contains(&format!("<@&{fans}>")), "{}", words(&one));
    let one = play.press(mina, one.id, &button(&one, "Mention nobody")).await;
    assert!(!words(&one).contains("<@&"), "{}", words(&one));
    let one = play.press(mina, one.id, &button(&one, "Pause")).await;
    assert!(words(&one).contains("Paused"), "{}", words(&one));
    let list = play.press(mina, one.id, &button(&one, "All subscriptions")).await;
    assert!(
        words(&list).contains("🗂️🙈🧵🤐") && words(&list).contains("paused"),
        "{}",
        words(&list)
    );

    let one = play.choose(mina, list.id, &menu(&list, "pick"), &[&first]).await;
    let gone = play.press(mina, one.id, &button(&one, "Unsubscribe")).await;
    let text = words(&gone);
    assert!(
        text.contains("no longer followed") && text.contains("2 subscriptions"),
        "{text}"
    );
    let listed = words(&play.slash(jun, news, "subscriptions", &[]).await);
    assert!(!listed.contains("Tidewater"), "{listed}");

    // Long lists have pages.
    let names: Vec<String> = (0..14).map(|n| format!("zwqx {}vk", char::from(b'a' + n))).collect();
    for some in names.chunks(7) {
        play.slash(mina, news, "subscribe", &[("drama", json!(some.join(", ")))])
            .await;
    }
    let list = play.slash(mina, news, "subscriptions", &[]).await;
    assert!(words(&list).contains("page 1 of 2"), "{}", words(&list));
    let next = play.press(mina, list.id, &button(&list, "Next")).await;
    assert!(
        words(&next).contains("page 2 of 2") && words(&next).contains("zwqx nvk"),
        "{}",
        words(&next)
    );
    play.end().await;
}
