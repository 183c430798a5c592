//! Who may: tokens, client names, permissions by role and overwrite, unknown ids, reactions.

use crate::bot::{BOT_RIGHTS, id, world, world_with};
use daesa_sandbox::{ChannelKind, Settings, bits};
use serde_json::json;

#[tokio::test]
async fn a_wrong_token_or_client_is_turned_away_and_counted() {
    let world = world().await;
    for token in [
        "",
        "sandbox.not-a-real-token.local",
        "Bot wrong",
        "Bearer sandbox.not-a-real-token.local",
    ] {
        let reply = world
            .call_as(token, "DiscordBot (test, 1)", "GET", "/users/@me", None)
            .await;
        assert_eq!(
            (reply.status, reply.body["message"].as_str()),
            (401, Some("401: Unauthorized")),
            "{token}"
        );
    }
    let token = format!("Bot {}", world.sandbox.token());
    let browser = world.call_as(&token, "Mozilla/5.0", "GET", "/users/@me", None).await;
    assert_eq!((browser.status, browser.code()), (403, 40333));
    let invalid = world.sandbox.invalid();
    assert_eq!((invalid.unauthorized, invalid.forbidden, invalid.limited), (4, 1, 0));
    assert_eq!(world.get("/nothing/here").await.status, 404);
    assert_eq!(world.call("DELETE", "/gateway", None).await.status, 405);
    let open = world.call_as("", "DiscordBot (test, 1)", "GET", "/gateway", None).await;
    assert_eq!(open.status, 200, "the gateway's address needs no token");
}

#[tokio::test]
async fn rights_come_from_roles_and_overwrites() {
    let world = world().await;
    let (sandbox, channel, bot) = (&world.sandbox, world.channel, world.sandbox.bot());
    let plain = json!({ "content": "x" });
    assert_eq!(world.send(plain.clone()).await.status, 200);
    sandbox.overwrite_role(channel, world.server, 0, bits::VIEW_CHANNEL);
    let hidden = world.send(plain.clone()).await;
    assert_eq!((hidden.status, hidden.code()), (403, 50001));
    sandbox.overwrite_member(channel, bot, bits::VIEW_CHANNEL, 0);
    assert_eq!(
        world.send(plain.clone()).await.status,
        200,
        "the member's overwrite comes last"
    );
    sandbox.overwrite_member(channel, bot, bits::VIEW_CHANNEL, bits::SEND_MESSAGES);
    let mute = world.send(plain.clone()).await;
    assert_eq!((mute.status, mute.code()), (403, 50013));
    sandbox.overwrite_member(channel, bot, bits::VIEW_CHANNEL, bits::EMBED_LINKS);
    assert_eq!(world.send(plain).await.status, 200);
    assert_eq!(world.send(json!({ "embeds": [{ "title": "x" }] })).await.code(), 50013);
    sandbox.overwrite_member(channel, bot, bits::VIEW_CHANNEL, bits::READ_MESSAGE_HISTORY);
    let history = world.get(&format!("/channels/{channel}/messages")).await;
    assert_eq!((history.status, history.body), (200, json!([])));
}

#[tokio::test]
async fn what_is_not_there_is_unknown() {
    let world = world().await;
    let (channel, message) = (world.channel, world.posted("x").await);
    let heart = "%E2%9D%A4%EF%B8%8F";
    for (method, path, status, code) in [
        ("GET", "/channels/1".to_owned(), 404, 10003),
        ("GET", "/guilds/1".to_owned(), 404, 10004),
        ("GET", format!("/channels/{channel}/messages/1"), 404, 10008),
        ("DELETE", format!("/channels/{channel}/messages/1"), 404, 10008),
        ("GET", format!("/guilds/{}/members/1", world.server), 404, 10007),
        (
            "PUT",
            format!("/channels/{channel}/messages/{message}/reactions/heart/@me"),
            400,
            10014,
        ),
        (
            "PUT",
            format!("/channels/{channel}/messages/1/reactions/{heart}/@me"),
            404,
            10008,
        ),
        ("GET", "/channels/abc".to_owned(), 400, 50035),
    ] {
        let reply = world.call(method, &path, None).await;
        assert_eq!((reply.status, reply.code()), (status, code), "{method} {path}");
    }
}

#[tokio::test]
async fn others_messages_are_not_the_bots() {
    let world = world().await;
    let theirs = world.sandbox.say(world.mina, world.channel, "mine").expect("said");
    let path = format!("/channels/{}/messages/{theirs}", world.channel);
    assert_eq!(
        world.call("PATCH", &path, Some(json!({ "content": "x" }))).await.code(),
        50005
    );
    assert_eq!(world.call("DELETE", &path, None).await.code(), 50013);
    let own = world.posted("own").await;
    let path = format!("/channels/{}/messages/{own}", world.channel);
    let edited = world.call("PATCH", &path, Some(json!({ "content": "new" }))).await;
    assert_eq!(edited.body["content"], "new");
    assert!(edited.body["edited_timestamp"].is_string());
    assert_eq!(
        world.call("PATCH", &path, Some(json!({ "content": "" }))).await.code(),
        50006
    );
    assert_eq!(world.call("DELETE", &path, None).await.status, 204);
}

#[tokio::test]
async fn reactions_count_people_and_both_kinds() {
    let world = world().await;
    let message = world.posted("vote").await;
    let base = format!("/channels/{}/messages/{message}/reactions", world.channel);
    let heart = "%E2%9D%A4%EF%B8%8F";
    assert_eq!(
        world.call("PUT", &format!("{base}/{heart}/@me"), None).await.status,
        204
    );
    // Without the variation selector it is the same emoji.
    world
        .sandbox
        .react(world.mina, message, "\u{2764}", false)
        .expect("reacted");
    world.sandbox.react(world.jun, message, "❤️", true).expect("reacted");
    world
        .sandbox
        .react(world.jun, message, "❤️", true)
        .expect("reacting twice is nothing");
    let shown = world
        .get(&format!("/channels/{}/messages/{message}", world.channel))
        .await
        .body;
    let reaction = &shown["reactions"][0];
    assert_eq!(reaction["count"], 3);
    assert_eq!(reaction["count_details"], json!({ "normal": 2, "burst": 1 }));
    assert_eq!(
        (reaction["me"].as_bool(), reaction["me_burst"].as_bool()),
        (Some(true), Some(false))
    );
    let burst = world.get(&format!("{base}/{heart}?type=1")).await.body;
    assert_eq!(id(&burst[0]["id"]), world.jun);
    let first = world.get(&format!("{base}/{heart}?limit=1")).await.body;
    let second = world
        .get(&format!("{base}/{heart}?limit=1&after={}", id(&first[0]["id"])))
        .await
        .body;
    let mut both = [id(&first[0]["id"]), id(&second[0]["id"])];
    both.sort_unstable();
    let mut expected = [world.mina, world.sandbox.bot()];
    expected.sort_unstable();
    assert_eq!(both, expected);
    assert_eq!(
        world
            .call("DELETE", &format!("{base}/{heart}/{}", world.mina), None)
            .await
            .code(),
        50013
    );
    assert_eq!(world.call("DELETE", &base, None).await.code(), 50013);
    world.sandbox.clear_reactions(message, None).expect("cleared");
    assert_eq!(
        world.sandbox.look(|w| w.message(message).map(|m| m.reactions.len())),
        Some(0)
    );
}

#[tokio::test]
async fn a_message_carries_twenty_emoji() {
    let world = world().await;
    let message = world.posted("x").await;
    for n in 0..20_u32 {
        let emoji = char::from_u32(0x1F600 + n).expect("an emoji").to_string();
        world.sandbox.react(world.mina, message, &emoji, false).expect("room");
    }
    let heart = format!("/channels/{}/messages/{message}/reactions/%E2%9D%A4/@me", world.channel);
    let full = world.call("PUT", &heart, None).await;
    assert_eq!((full.status, full.code()), (400, 30010));
    let grin = format!(
        "/channels/{}/messages/{message}/reactions/%F0%9F%98%80/@me",
        world.channel
    );
    assert_eq!(
        world.call("PUT", &grin, None).await.status,
        204,
        "joining one that is there is no new emoji"
    );
    world
        .sandbox
        .overwrite_member(world.channel, world.sandbox.bot(), 0, bits::ADD_REACTIONS);
    let other = world.sandbox.say(world.mina, world.channel, "y").expect("said");
    let path = format!("/channels/{}/messages/{other}/reactions/%E2%9D%A4/@me", world.channel);
    assert_eq!(world.call("PUT", &path, None).await.code(), 50013);
}

#[tokio::test]
async fn threads_open_archive_and_lock() {
    let world = world().await;
    world
        .sandbox
        .set_role(world.server, world.server, bits::EVERYONE | BOT_RIGHTS);
    let message = world.posted("news").await;
    let path = format!("/channels/{}/messages/{message}/threads", world.channel);
    let thread = world.call("POST", &path, Some(json!({ "name": "talk" }))).await;
    assert_eq!((thread.status, id(&thread.body["id"])), (201, message));
    assert_eq!(
        world.call("POST", &path, Some(json!({ "name": "talk" }))).await.code(),
        160004
    );
    let inside = world.sandbox.say(world.mina, message, "hello").expect("said");
    world.sandbox.archive(message, true, false);
    let reaction = format!("/channels/{message}/messages/{inside}/reactions/%E2%9D%A4/@me");
    assert_eq!(world.call("PUT", &reaction, None).await.code(), 50083);
    let send = format!("/channels/{message}/messages");
    assert_eq!(
        world.call("POST", &send, Some(json!({ "content": "x" }))).await.status,
        200,
        "it opens again"
    );
    assert_eq!(world.call("PUT", &reaction, None).await.status, 204);
    world.sandbox.archive(message, true, true);
    assert_eq!(
        world.call("POST", &send, Some(json!({ "content": "x" }))).await.code(),
        160005
    );
    let forum = world.sandbox.add_channel(world.server, ChannelKind::Forum, "stories");
    let direct = world
        .call(
            "POST",
            &format!("/channels/{forum}/messages"),
            Some(json!({ "content": "x" })),
        )
        .await;
    assert_eq!(direct.code(), 50008);
    let post = json!({ "name": "a story", "message": { "content": "first" } });
    let post = world
        .call("POST", &format!("/channels/{forum}/threads"), Some(post))
        .await;
    assert_eq!(
        (post.status, post.body["message"]["content"].as_str()),
        (201, Some("first")),
        "{}",
        post.body
    );
}

#[tokio::test]
async fn announcements_are_published_once() {
    let world = world().await;
    let news = world
        .sandbox
        .add_channel(world.server, ChannelKind::Announcement, "announcements");
    let sent = world
        .call(
            "POST",
            &format!("/channels/{news}/messages"),
            Some(json!({ "content": "x" })),
        )
        .await;
    let path = format!("/channels/{news}/messages/{}/crosspost", id(&sent.body["id"]));
    assert_eq!(world.call("POST", &path, None).await.body["flags"], 1);
    assert_eq!(world.call("POST", &path, None).await.code(), 40033);
    let plain = world.posted("x").await;
    let path = format!("/channels/{}/messages/{plain}/crosspost", world.channel);
    assert_eq!(world.call("POST", &path, None).await.code(), 50024);
}

#[tokio::test]
async fn without_the_switch_history_is_blank_but_for_what_is_addressed_to_the_bot() {
    let settings = Settings {
        unlimited: true,
        message_content: false,
        ..Settings::default()
    };
    let world = world_with(settings).await;
    let bot = world.sandbox.bot();
    world.sandbox.say(world.mina, world.channel, "secret").expect("said");
    world
        .sandbox
        .say(world.mina, world.channel, &format!("<@{bot}> quote"))
        .expect("said");
    let own = world.posted("own").await;
    world
        .sandbox
        .reply(world.mina, world.channel, own, "thanks")
        .expect("said");
    let history = world.get(&format!("/channels/{}/messages", world.channel)).await.body;
    let texts: Vec<&str> = history
        .as_array()
        .into_iter()
        .flatten()
        .map(|m| m["content"].as_str().unwrap_or("?"))
        .collect();
    assert_eq!(texts, ["thanks", "own", &format!("<@{bot}> quote"), ""]);
}
