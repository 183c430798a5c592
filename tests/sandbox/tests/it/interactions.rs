//! Slash commands, buttons and autocomplete: asked, answered, too late, amended.

use crate::bot::{INTENTS, Reply, World, id, world, world_with};
use daesa_sandbox::{InteractionState, Settings, bits};
use serde_json::{Value, json};
use std::time::Duration;

async fn with_commands(world: &World) -> u64 {
    let application = id(&world.get("/applications/@me").await.body["id"]);
    let commands = json!([
        { "name": "quote", "description": "A line", "options": [
            { "name": "name", "description": "Who", "type": 3, "required": true, "autocomplete": true, "max_length": 100 },
            { "name": "where", "description": "Where", "type": 7 },
        ]},
        { "name": "subscribe", "description": "Follow", "default_member_permissions": "16", "contexts": [0] },
    ]);
    let reply = world
        .call("PUT", &format!("/applications/{application}/commands"), Some(commands))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    application
}

async fn callback(world: &World, event: &Value, body: Value) -> Reply {
    let path = format!(
        "/interactions/{}/{}/callback",
        id(&event["id"]),
        event["token"].as_str().unwrap_or_default()
    );
    world
        .call_as("", "DiscordBot (test, 1)", "POST", &path, Some(body))
        .await
}

#[tokio::test]
async fn a_command_is_asked_and_answered() {
    let world = world().await;
    let application = with_commands(&world).await;
    let mut socket = world.online(INTENTS).await;
    let options = [("name", json!("ahn")), ("where", json!(world.channel.to_string()))];
    let asking = world
        .sandbox
        .slash(world.mina, world.channel, "quote", &options)
        .expect("asked");
    let event = socket.dispatch("INTERACTION_CREATE").await;
    assert_eq!(
        (event["type"].as_u64(), id(&event["application_id"])),
        (Some(2), application)
    );
    assert_eq!(
        event["data"]["options"][0],
        json!({ "name": "name", "type": 3, "value": "ahn" })
    );
    assert_eq!(
        id(&event["data"]["resolved"]["channels"][world.channel.to_string()]["id"]),
        world.channel
    );
    assert_eq!(id(&event["member"]["user"]["id"]), world.mina);
    let answer = json!({ "type": 4, "data": { "content": "“Hello.”" } });
    assert_eq!(callback(&world, &event, answer.clone()).await.status, 204);
    assert_eq!(asking.answer().await.map(|m| m.content), Some("“Hello.”".to_owned()));
    let shown = socket.dispatch("MESSAGE_CREATE").await;
    assert_eq!(
        (shown["type"].as_u64(), shown["interaction_metadata"]["name"].as_str()),
        (Some(20), Some("quote"))
    );
    let twice = callback(&world, &event, answer).await;
    assert_eq!((twice.status, twice.code()), (400, 40060));
}

#[tokio::test]
async fn what_discords_client_would_not_send_is_refused() {
    let world = world().await;
    with_commands(&world).await;
    let slash = |person, name: &str, options: &[(&str, Value)]| {
        world
            .sandbox
            .slash(person, world.channel, name, options)
            .err()
            .map(|refused| refused.0)
    };
    assert_eq!(
        slash(world.mina, "nothing", &[]).as_deref(),
        Some("There is no command /nothing here.")
    );
    assert!(slash(world.mina, "quote", &[]).is_some_and(|words| words.contains("required")));
    assert!(slash(world.mina, "quote", &[("other", json!(1))]).is_some());
    assert!(slash(world.mina, "quote", &[("name", json!("x".repeat(101)))]).is_some());
    assert!(slash(world.jun, "subscribe", &[]).is_some_and(|words| words.contains("permission")));
    let editor = world
        .sandbox
        .add_role(world.server, "editors", bits::MANAGE_CHANNELS, 0);
    world.sandbox.set_roles(world.server, world.jun, &[editor]);
    assert_eq!(slash(world.jun, "subscribe", &[]), None);
    let direct = world.sandbox.direct(world.mina);
    assert!(
        world.sandbox.slash(world.mina, direct, "subscribe", &[]).is_err(),
        "only in servers"
    );
}

#[tokio::test]
async fn without_an_answer_in_time_it_fails() {
    let settings = Settings {
        interaction_deadline: Duration::from_millis(30),
        ..Settings::default()
    };
    let world = world_with(settings).await;
    with_commands(&world).await;
    let mut socket = world.online(INTENTS).await;
    let asking = world
        .sandbox
        .slash(world.mina, world.channel, "quote", &[("name", json!("x"))])
        .expect("asked");
    let event = socket.dispatch("INTERACTION_CREATE").await;
    assert_eq!(
        asking.settled().await.map(|found| found.state),
        Some(InteractionState::Failed)
    );
    let late = callback(&world, &event, json!({ "type": 4, "data": { "content": "late" } })).await;
    assert_eq!((late.status, late.code()), (404, 10062));
    assert!(world.sandbox.messages(world.channel).is_empty());
}

#[tokio::test]
async fn a_deferred_answer_follows_and_is_amended() {
    let world = world().await;
    let application = with_commands(&world).await;
    let mut socket = world.online(INTENTS).await;
    let asking = world
        .sandbox
        .slash(world.mina, world.channel, "quote", &[("name", json!("x"))])
        .expect("asked");
    let event = socket.dispatch("INTERACTION_CREATE").await;
    let token = event["token"].as_str().unwrap_or_default().to_owned();
    let hook = format!("/webhooks/{application}/{token}");
    let early = world
        .call(
            "PATCH",
            &format!("{hook}/messages/@original"),
            Some(json!({ "content": "x" })),
        )
        .await;
    assert_eq!(early.code(), 10015, "nothing before the first response");
    let deferred = {
        let path = format!("/interactions/{}/{token}/callback?with_response=true", id(&event["id"]));
        world
            .call_as("", "DiscordBot (test, 1)", "POST", &path, Some(json!({ "type": 5 })))
            .await
    };
    assert_eq!(
        (
            deferred.status,
            &deferred.body["interaction"]["response_message_loading"]
        ),
        (200, &json!(true))
    );
    assert_eq!(
        asking.acknowledged().await.map(|found| found.state),
        Some(InteractionState::Thinking)
    );
    let filled = world
        .call_as(
            "",
            "DiscordBot (test, 1)",
            "PATCH",
            &format!("{hook}/messages/@original"),
            Some(json!({ "content": "here" })),
        )
        .await;
    assert_eq!(
        (filled.status, filled.body["flags"].as_u64()),
        (200, Some(0)),
        "{}",
        filled.body
    );
    assert_eq!(
        asking.answer().await.map(|m| (m.content, m.edited)),
        Some(("here".to_owned(), None))
    );
    let more = world
        .call("POST", &hook, Some(json!({ "content": "only you", "flags": 64 })))
        .await;
    assert_eq!(more.body["flags"], 64);
    let public = world
        .get(&format!(
            "/channels/{}/messages/{}",
            world.channel,
            id(&more.body["id"])
        ))
        .await;
    assert_eq!(public.code(), 10008, "what only one person sees is not in the channel");
    assert_eq!(
        world
            .call("DELETE", &format!("{hook}/messages/@original"), None)
            .await
            .status,
        204
    );
    assert_eq!(
        world
            .call("GET", &format!("{hook}/messages/@original"), None)
            .await
            .code(),
        10008
    );
    assert_eq!(
        world
            .call(
                "POST",
                &format!("/webhooks/{application}/wrong"),
                Some(json!({ "content": "x" }))
            )
            .await
            .code(),
        50027
    );
}

#[tokio::test]
async fn the_token_ends() {
    let settings = Settings {
        interaction_life: Duration::ZERO,
        ..Settings::default()
    };
    let world = world_with(settings).await;
    let application = with_commands(&world).await;
    let mut socket = world.online(INTENTS).await;
    world
        .sandbox
        .slash(world.mina, world.channel, "quote", &[("name", json!("x"))])
        .expect("asked");
    let event = socket.dispatch("INTERACTION_CREATE").await;
    assert_eq!(callback(&world, &event, json!({ "type": 5 })).await.status, 204);
    let path = format!(
        "/webhooks/{application}/{}/messages/@original",
        event["token"].as_str().unwrap_or_default()
    );
    let edit = || world.call("PATCH", &path, Some(json!({ "content": "x" })));
    // A life of nothing is over once the clock has moved on by a millisecond.
    let over = async { while edit().await.status == 200 {} };
    tokio::time::timeout(crate::bot::PATIENCE, over).await.expect("it ends");
    assert_eq!(edit().await.code(), 50027);
}

#[tokio::test]
async fn buttons_update_their_message() {
    let world = world().await;
    let mut socket = world.online(INTENTS).await;
    let button = json!({ "type": 2, "style": 2, "label": "Another", "custom_id": "again" });
    let off = json!({ "type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": true });
    let form = json!({ "content": "one", "components": [{ "type": 1, "components": [button, off] }] });
    let message = id(&world.send(form).await.body["id"]);
    socket.dispatch("MESSAGE_CREATE").await;
    assert!(world.sandbox.press(world.mina, message, "off").is_err());
    assert!(world.sandbox.press(world.mina, message, "missing").is_err());
    let asking = world.sandbox.press(world.mina, message, "again").expect("pressed");
    let event = socket.dispatch("INTERACTION_CREATE").await;
    assert_eq!(
        (event["type"].as_u64(), event["data"]["custom_id"].as_str()),
        (Some(3), Some("again"))
    );
    assert_eq!(id(&event["message"]["id"]), message);
    let long = callback(
        &world,
        &event,
        json!({ "type": 7, "data": { "content": "x".repeat(2001) } }),
    )
    .await;
    assert_eq!(long.field("/data/content"), ["BASE_TYPE_MAX_LENGTH"]);
    assert_eq!(
        callback(&world, &event, json!({ "type": 8, "data": { "choices": [] } }))
            .await
            .field("/type"),
        ["BASE_TYPE_CHOICES"]
    );
    assert_eq!(
        callback(&world, &event, json!({ "type": 7, "data": { "content": "two" } }))
            .await
            .status,
        204
    );
    assert_eq!(
        asking.answer().await.map(|m| (m.id, m.content)),
        Some((message, "two".to_owned()))
    );
    assert_eq!(socket.dispatch("MESSAGE_UPDATE").await["content"], "two");
}

#[tokio::test]
async fn autocomplete_offers_choices() {
    let world = world().await;
    with_commands(&world).await;
    let mut socket = world.online(INTENTS).await;
    let typing = async {
        let typed = [("name", json!("ahn"))];
        world
            .sandbox
            .autocomplete(world.mina, world.channel, "quote", &typed, "name")
            .await
            .expect("asked")
    };
    let offering = async {
        let event = socket.dispatch("INTERACTION_CREATE").await;
        assert_eq!(event["data"]["options"][0]["focused"], true);
        let too_many = json!({ "type": 8, "data": { "choices": vec![json!({ "name": "n", "value": "v" }); 26] } });
        assert_eq!(
            callback(&world, &event, too_many).await.field("/data/choices"),
            ["BASE_TYPE_MAX_LENGTH"]
        );
        let choices = json!([{ "name": "Han Bit-na", "value": "person:han-bit-na" }]);
        callback(&world, &event, json!({ "type": 8, "data": { "choices": choices } }))
            .await
            .status
    };
    let (choices, status) = tokio::join!(typing, offering);
    assert_eq!((choices[0].name.as_str(), status), ("Han Bit-na", 204));
}
