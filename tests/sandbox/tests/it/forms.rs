//! What may be sent: limits, error codes, nonces, and what is stored of it.

use crate::bot::{id, read, world, world_with};
use daesa_sandbox::Settings;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn content_is_2000_characters_at_most_and_never_nothing() {
    let world = world().await;
    let fits = world.send(json!({ "content": "대".repeat(2000) })).await;
    assert_eq!(fits.status, 200);
    let long = world.send(json!({ "content": "대".repeat(2001) })).await;
    assert_eq!((long.status, long.code()), (400, 50035));
    assert_eq!(long.field("/content"), ["BASE_TYPE_MAX_LENGTH"]);
    for nothing in [
        json!({}),
        json!({ "content": "  \n " }),
        json!({ "embeds": [] }),
        json!({ "embeds": [{}] }),
    ] {
        let reply = world.send(nothing.clone()).await;
        assert_eq!((reply.status, reply.code()), (400, 50006), "{nothing}");
    }
    let broken = world.request("POST", &format!("/channels/{}/messages", world.channel));
    let token = format!("Bot {}", world.sandbox.token());
    let broken = broken
        .header("authorization", token)
        .header("user-agent", "DiscordBot (test, 1)");
    let broken = read(broken.header("content-type", "application/json").body("{\"content\":")).await;
    assert_eq!((broken.status, broken.code()), (400, 50109));
}

#[tokio::test]
async fn embeds_are_trimmed_measured_and_returned_whole() {
    let world = world().await;
    let padded = format!(" {} ", "a".repeat(256));
    let embed = json!({
        "title": padded, "url": "https://news.test/a", "color": 0x5B2A6F, "timestamp": "2026-11-25T10:00:00Z",
        "author": { "name": "Drama Lantern" }, "footer": { "text": "f" }, "image": { "url": "https://news.test/a.png" },
        "fields": [{ "name": "n", "value": "v" }],
    });
    let reply = world.send(json!({ "embeds": [embed] })).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let kept = &reply.body["embeds"][0];
    assert_eq!(kept["type"], "rich");
    assert_eq!(kept["title"], "a".repeat(256));
    assert_eq!(kept["fields"][0]["inline"], false);
    assert_eq!(kept["timestamp"], "2026-11-25T10:00:00.000000+00:00");
    let wrong = |embeds: Value| world.send(json!({ "content": "x", "embeds": embeds }));
    let cases = [
        (
            json!([{ "title": "a".repeat(257) }]),
            "/embeds/0/title",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([{ "description": "a".repeat(4097) }]),
            "/embeds/0/description",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([{ "footer": { "text": "a".repeat(2049) } }]),
            "/embeds/0/footer/text",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([{ "author": { "name": "a".repeat(257) } }]),
            "/embeds/0/author/name",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([{ "title": "a", "url": "ftp://x.test" }]),
            "/embeds/0/url",
            "URL_TYPE_INVALID_SCHEME",
        ),
        (
            json!([{ "title": "a", "url": "no url" }]),
            "/embeds/0/url",
            "URL_TYPE_INVALID_URL",
        ),
        (
            json!([{ "title": "a", "color": 0x100_0000 }]),
            "/embeds/0/color",
            "NUMBER_TYPE_MAX",
        ),
        (
            json!([{ "fields": [{ "name": " ", "value": "v" }] }]),
            "/embeds/0/fields/0/name",
            "BASE_TYPE_REQUIRED",
        ),
        (
            json!([{ "fields": [{ "name": "n", "value": "v".repeat(1025) }] }]),
            "/embeds/0/fields/0/value",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!(vec![json!({ "title": "a" }); 11]),
            "/embeds",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!(vec![json!({ "description": "a".repeat(3001) }); 2]),
            "/embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
        ),
    ];
    for (embeds, pointer, code) in cases {
        let reply = wrong(embeds).await;
        assert_eq!((reply.status, reply.code()), (400, 50035), "{pointer}");
        assert_eq!(reply.field(pointer), [code], "{}", reply.body);
    }
}

#[tokio::test]
async fn components_have_their_limits_and_get_ids() {
    let world = world().await;
    let button = |custom_id: &str| json!({ "type": 2, "style": 1, "label": "Another", "custom_id": custom_id });
    let row = |buttons: Vec<Value>| json!([{ "type": 1, "components": buttons }]);
    let fine = world
        .send(json!({ "content": "x", "components": row(vec![button("a"), button("b")]) }))
        .await;
    assert_eq!(fine.status, 200, "{}", fine.body);
    assert!(fine.body["components"][0]["components"][0]["id"].is_u64());
    let ids = "/components/0/components/1/custom_id";
    let cases = [
        (
            row(vec![button("a"), button("a")]),
            ids,
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            row(vec![button("b"), button(&"a".repeat(101))]),
            ids,
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            row(vec![
                button("1"),
                button("2"),
                button("3"),
                button("4"),
                button("5"),
                button("6"),
            ]),
            "/components/0/components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            row(vec![json!({ "type": 2, "style": 5, "label": "x" })]),
            "/components/0/components/0/url",
            "BASE_TYPE_REQUIRED",
        ),
        (
            json!([{ "type": 10, "content": "x" }]),
            "/components/0/type",
            "BASE_TYPE_CHOICES",
        ),
    ];
    for (components, pointer, code) in cases {
        let reply = world.send(json!({ "content": "x", "components": components })).await;
        assert_eq!(reply.field(pointer), [code], "{}", reply.body);
    }
    let text = json!([{ "type": 10, "content": "only text" }]);
    let second = world.send(json!({ "flags": 32768, "components": text })).await;
    assert_eq!(second.status, 200, "{}", second.body);
    let mixed = world
        .send(json!({ "flags": 32768, "components": text, "content": "x" }))
        .await;
    assert_eq!(
        mixed.field("/content"),
        ["MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]
    );
    let heavy = json!([{ "type": 10, "content": "대".repeat(3500) }]);
    let heavy = world.send(json!({ "flags": 32768, "components": heavy })).await;
    assert_eq!(heavy.status, 500, "texts of more than about 10 KB break Discord");
    let path = format!(
        "/channels/{}/messages/{}",
        world.channel,
        second.body["id"].as_str().unwrap_or_default()
    );
    let back = world.call("PATCH", &path, Some(json!({ "content": "x" }))).await;
    assert_eq!(back.status, 400, "the flag stays");
}

#[tokio::test]
async fn mentions_are_silent_unless_allowed() {
    let world = world().await;
    let text = format!("<@{}> <@{}> @everyone", world.mina, world.jun);
    let all = world.send(json!({ "content": text })).await;
    assert_eq!(all.body["mentions"].as_array().map(Vec::len), Some(2));
    assert_eq!(all.body["mention_everyone"], false, "the bot may not call everyone");
    let none = world
        .send(json!({ "content": text, "allowed_mentions": { "parse": [] } }))
        .await;
    assert_eq!(none.body["mentions"], json!([]));
    let one = json!({ "parse": [], "users": [world.jun.to_string()] });
    let one = world.send(json!({ "content": text, "allowed_mentions": one })).await;
    assert_eq!(id(&one.body["mentions"][0]["id"]), world.jun);
    let crowd: Vec<String> = (1..=101).map(|id| id.to_string()).collect();
    let many = world
        .send(json!({ "content": text, "allowed_mentions": { "users": crowd } }))
        .await;
    assert_eq!(many.field("/allowed_mentions/users"), ["BASE_TYPE_MAX_LENGTH"]);
}

#[tokio::test]
async fn an_enforced_nonce_makes_one_message() {
    let world = world().await;
    let form = json!({ "content": "x", "nonce": "daesa-1", "enforce_nonce": true });
    let (first, again) = (world.send(form.clone()).await, world.send(form.clone()).await);
    assert_eq!(first.body["nonce"], "daesa-1");
    assert_eq!(first.body["id"], again.body["id"]);
    assert_eq!(world.sandbox.messages(world.channel).len(), 1);
    let free = json!({ "content": "x", "nonce": "daesa-1" });
    assert_ne!(
        world.send(free).await.body["id"],
        first.body["id"],
        "without the word nothing is enforced"
    );
    let history = world.get(&format!("/channels/{}/messages", world.channel)).await;
    assert_eq!(history.body[0]["nonce"], Value::Null, "history does not show it");
    let long = world.send(json!({ "content": "x", "nonce": "n".repeat(26) })).await;
    assert_eq!(long.field("/nonce"), ["BASE_TYPE_MAX_LENGTH"]);
    let form = json!({ "content": "x", "nonce": "daesa-2", "enforce_nonce": true });
    let second = world.send(form.clone()).await;
    world.sandbox.delete_messages(world.channel, &[id(&second.body["id"])]);
    let after = world.send(form).await;
    assert_eq!(
        (after.status, after.code()),
        (404, 10008),
        "its message is gone and is not made anew"
    );
}

#[tokio::test]
async fn a_nonce_is_forgotten_after_its_window() {
    let settings = Settings {
        unlimited: true,
        nonce_window: Duration::ZERO,
        ..Settings::default()
    };
    let world = world_with(settings).await;
    let form = json!({ "content": "x", "nonce": 7, "enforce_nonce": true });
    let first = world.send(form.clone()).await;
    assert_ne!(world.send(form).await.body["id"], first.body["id"]);
}

#[tokio::test]
async fn files_come_as_multipart() {
    let world = world().await;
    let payload = json!({
        "embeds": [{ "image": { "url": "attachment://chart.png" } }],
        "attachments": [{ "id": 0, "description": "A chart" }],
    });
    let form = Form::new().text("payload_json", payload.to_string()).part(
        "files[0]",
        Part::bytes(vec![7_u8; 3 * 1024 * 1024]).file_name("chart.png"),
    );
    let request = world
        .request("POST", &format!("/channels/{}/messages", world.channel))
        .multipart(form);
    let token = format!("Bot {}", world.sandbox.token());
    let reply = read(
        request
            .header("authorization", token)
            .header("user-agent", "DiscordBot (test, 1)"),
    )
    .await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.body["attachments"][0]["filename"], "chart.png");
    assert_eq!(reply.body["attachments"][0]["description"], "A chart");
    let url = reply.body["attachments"][0]["url"].as_str().unwrap_or_default();
    assert_eq!(reply.body["embeds"][0]["image"]["url"], url);
    let file = reqwest::get(url).await.expect("a reply");
    assert_eq!(file.headers()["content-type"], "image/png");
    assert_eq!(file.bytes().await.expect("a body").len(), 3 * 1024 * 1024);
    assert_eq!(reply.body["attachments"][0]["size"], 3 * 1024 * 1024);
}

#[tokio::test]
async fn history_is_paged_newest_first() {
    let world = world().await;
    let ids: Vec<u64> = (0..5)
        .map(|n| {
            world
                .sandbox
                .say(world.mina, world.channel, &n.to_string())
                .expect("said")
        })
        .collect();
    let path = |query: String| format!("/channels/{}/messages?{query}", world.channel);
    let list = |reply: crate::bot::Reply| -> Vec<u64> {
        reply
            .body
            .as_array()
            .into_iter()
            .flatten()
            .map(|m| id(&m["id"]))
            .collect()
    };
    assert_eq!(list(world.get(&path("limit=2".to_owned())).await), [ids[4], ids[3]]);
    assert_eq!(
        list(world.get(&path(format!("before={}&limit=2", ids[3]))).await),
        [ids[2], ids[1]]
    );
    assert_eq!(
        list(world.get(&path(format!("after={}&limit=2", ids[1]))).await),
        [ids[3], ids[2]]
    );
    assert_eq!(
        list(world.get(&path(format!("around={}&limit=3", ids[2]))).await),
        [ids[3], ids[2], ids[1]]
    );
    for (limit, code) in [
        ("0", "NUMBER_TYPE_MIN"),
        ("101", "NUMBER_TYPE_MAX"),
        ("x", "NUMBER_TYPE_COERCE"),
    ] {
        assert_eq!(world.get(&path(format!("limit={limit}"))).await.field("/limit"), [code]);
    }
}

#[tokio::test]
async fn commands_are_checked_and_keep_their_ids() {
    let world = world().await;
    let application = id(&world.get("/applications/@me").await.body["id"]);
    let path = format!("/applications/{application}/commands");
    let put = |commands: Value| world.call("PUT", &path, Some(commands));
    let option = json!({ "name": "name", "description": "Who", "type": 3, "required": true, "autocomplete": true });
    let quote = json!({
        "name": "quote", "description": "A line", "options": [option], "default_member_permissions": "16",
        "name_localizations": { "ko": "대사" }, "contexts": [0],
    });
    let first = put(json!([quote])).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(put(json!([quote])).await.body[0]["id"], first.body[0]["id"]);
    let cases = [
        (json!([quote, quote]), "/1/name", "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        (
            json!([{ "name": "Quote", "description": "x" }]),
            "/0/name",
            "APPLICATION_COMMAND_INVALID_NAME",
        ),
        (
            json!([{ "name": "q", "description": "x".repeat(101) }]),
            "/0/description",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!([{ "name": "q", "description": "x", "name_localizations": { "xx": "q" } }]),
            "/0/name_localizations/xx",
            "ENUM_TYPE_COERCE",
        ),
    ];
    for (commands, pointer, code) in cases {
        let reply = put(commands).await;
        assert_eq!(reply.field(pointer), [code], "{}", reply.body);
    }
    let shown = world.get(&path).await.body;
    assert_eq!(shown[0]["name_localizations"], Value::Null, "only on request");
    assert_eq!(put(json!(vec![quote; 101])).await.code(), 30032);
}
