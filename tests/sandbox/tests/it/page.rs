//! The page's interface: what a person sees and may do, and the stream.

use crate::bot::{INTENTS, PATIENCE, Reply, World, id, read, world};
use daesa_sandbox::bits;
use serde_json::{Value, json};

async fn act(world: &World, what: &str, form: Value) -> Reply {
    let url = format!("{}/page/{what}", world.sandbox.base_url());
    let request = reqwest::Client::new()
        .post(url)
        .header("content-type", "application/json");
    read(request.body(form.to_string())).await
}

async fn state(world: &World, person: u64) -> Value {
    let url = format!("{}/page/state?as={person}", world.sandbox.base_url());
    read(reqwest::Client::new().get(url)).await.body
}

#[tokio::test]
async fn the_page_and_its_files_are_served() {
    let world = world().await;
    for (path, kind) in [
        ("/", "text/html"),
        ("/page.js", "text/javascript"),
        ("/style.css", "text/css"),
    ] {
        let reply = reqwest::get(format!("{}{path}", world.sandbox.base_url()))
            .await
            .expect("a reply");
        let header = |name: &str| reply.headers()[name].to_str().unwrap_or_default().to_owned();
        assert!(header("content-type").starts_with(kind));
        assert!(header("content-security-policy").contains("default-src 'self'"));
    }
    let missing = reqwest::get(format!("{}/nothing", world.sandbox.base_url()))
        .await
        .expect("a reply");
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn foreign_pages_cannot_act() {
    let world = world().await;
    let form = json!({ "as": world.mina.to_string(), "channel_id": world.channel.to_string(), "content": "x" });
    let url = format!("{}/page/say", world.sandbox.base_url());
    let request = || {
        let request = reqwest::Client::new()
            .post(&url)
            .header("content-type", "application/json");
        request.body(form.to_string())
    };
    assert_eq!(
        read(request().header("origin", "http://elsewhere.test")).await.status,
        403
    );
    assert_eq!(read(request().header("host", "elsewhere.test")).await.status, 403);
    let simple = reqwest::Client::new()
        .post(&url)
        .header("content-type", "text/plain")
        .body(form.to_string());
    assert_eq!(read(simple).await.status, 405, "what a form elsewhere could send");
    assert_eq!(
        read(request().header("origin", world.sandbox.base_url())).await.status,
        200
    );
}

#[tokio::test]
async fn a_person_sees_what_they_may_and_acts() {
    let world = world().await;
    let (mina, jun, channel) = (world.mina, world.jun, world.channel);
    let hidden = world
        .sandbox
        .add_channel(world.server, daesa_sandbox::ChannelKind::Text, "owner-only");
    world
        .sandbox
        .overwrite_role(hidden, world.server, 0, bits::VIEW_CHANNEL);
    let place = |form: Value| {
        let mut form = form;
        form["channel_id"] = json!(channel.to_string());
        form
    };
    let said = act(
        &world,
        "say",
        place(json!({ "as": jun.to_string(), "content": " hello " })),
    )
    .await;
    let message = id(&said.body["message"]["id"]);
    assert_eq!(said.body["message"]["content"], "hello");
    let reply = json!({ "as": mina.to_string(), "content": "yes", "reply_to": message.to_string() });
    assert_eq!(
        act(&world, "say", place(reply)).await.body["message"]["reply_to"]["content"],
        "hello"
    );
    let react = json!({ "as": mina.to_string(), "message_id": message.to_string(), "emoji": "❤️", "on": true });
    assert_eq!(act(&world, "react", place(react)).await.status, 200);
    let picture = state(&world, mina).await;
    let channels = |picture: &Value| picture["servers"][0]["channels"].as_array().map_or(0, Vec::len);
    assert_eq!((channels(&picture), channels(&state(&world, jun).await)), (2, 1));
    let shown = &picture["messages"][channel.to_string()][0];
    assert_eq!(shown["reactions"][0]["me"], true);
    assert_eq!(
        state(&world, jun).await["messages"][channel.to_string()][0]["reactions"][0]["me"],
        false
    );
    let foreign = place(json!({ "as": jun.to_string(), "message_id": message.to_string(), "emoji": null }));
    assert_eq!(act(&world, "clear", foreign).await.status, 400, "no moderator");
    let clear = place(json!({ "as": mina.to_string(), "message_id": message.to_string(), "emoji": null }));
    assert_eq!(act(&world, "clear", clear).await.status, 200);
    let edit = place(json!({ "as": mina.to_string(), "message_id": message.to_string(), "content": "x" }));
    assert_eq!(act(&world, "edit", edit).await.status, 400, "not hers");
    let delete = place(json!({ "as": mina.to_string(), "message_id": message.to_string() }));
    assert_eq!(act(&world, "delete", delete).await.status, 200);
    let bot = place(json!({ "as": world.sandbox.bot().to_string(), "content": "x" }));
    assert_eq!(act(&world, "say", bot).await.status, 400, "nobody acts as the bot");
}

/// Reads events of the stream until one of this name.
async fn event(stream: &mut reqwest::Response, rest: &mut String, name: &str) -> Value {
    loop {
        while let Some((one, after)) = rest.split_once("\n\n") {
            let (one, after) = (one.to_owned(), after.to_owned());
            *rest = after;
            let field = |field: &str| one.lines().find_map(|line| line.strip_prefix(field).map(str::to_owned));
            if field("event: ").as_deref() == Some(name) {
                return serde_json::from_str(&field("data: ").unwrap_or_default()).expect("JSON");
            }
        }
        let chunk = tokio::time::timeout(PATIENCE, stream.chunk())
            .await
            .expect("in time")
            .expect("a stream");
        rest.push_str(std::str::from_utf8(&chunk.expect("not the end")).expect("UTF-8"));
    }
}

#[tokio::test]
async fn the_stream_brings_changes_and_failures() {
    let world = world().await;
    let seq = state(&world, world.mina).await["seq"].as_u64().expect("a number");
    world
        .sandbox
        .say(world.jun, world.channel, "before the stream")
        .expect("said");
    let url = format!("{}/page/events?as={}&since={seq}", world.sandbox.base_url(), world.mina);
    let mut stream = reqwest::get(url).await.expect("a stream");
    let mut rest = String::new();
    let first = event(&mut stream, &mut rest, "message").await;
    assert_eq!(first["content"], "before the stream");
    world
        .sandbox
        .react(world.jun, id(&first["id"]), "😂", false)
        .expect("reacted");
    let reacted = event(&mut stream, &mut rest, "message").await;
    assert_eq!(reacted["reactions"][0]["users"], json!([world.jun.to_string()]));
    let _bot = world.online(INTENTS).await;
    assert_eq!(event(&mut stream, &mut rest, "bot").await["online"], true);
    world.sandbox.delete_messages(world.channel, &[id(&first["id"])]);
    assert_eq!(event(&mut stream, &mut rest, "message_gone").await["id"], first["id"]);
    let far = format!(
        "{}/page/events?as={}&since=999999",
        world.sandbox.base_url(),
        world.mina
    );
    let mut lost = reqwest::get(far).await.expect("a stream");
    event(&mut lost, &mut String::new(), "reset").await;
}

#[tokio::test]
async fn commands_show_and_run_from_the_page() {
    let world = world().await;
    let application = id(&world.get("/applications/@me").await.body["id"]);
    let option = json!({ "name": "name", "description": "Who", "type": 3, "required": true, "autocomplete": true });
    let commands = json!([{ "name": "quote", "description": "A line", "options": [option] }]);
    world
        .call("PUT", &format!("/applications/{application}/commands"), Some(commands))
        .await;
    let mut socket = world.online(INTENTS).await;
    let picture = state(&world, world.mina).await;
    assert_eq!(picture["commands"][0]["options"][0]["kind"], "text");
    let form = json!({
        "as": world.mina.to_string(), "channel_id": world.channel.to_string(), "command": "quote",
        "options": { "name": "han" },
    });
    let asked = act(&world, "slash", form).await;
    assert_eq!(asked.body["interaction"]["state"], "waiting", "{}", asked.body);
    let event = socket.dispatch("INTERACTION_CREATE").await;
    let path = format!(
        "/interactions/{}/{}/callback",
        id(&event["id"]),
        event["token"].as_str().unwrap_or_default()
    );
    let secret = json!({ "type": 4, "data": { "content": "only you", "flags": 64 } });
    assert_eq!(world.call("POST", &path, Some(secret)).await.status, 204);
    let list = |picture: Value| {
        picture["messages"][world.channel.to_string()]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    let mine = list(state(&world, world.mina).await);
    assert_eq!(
        (mine[0]["ephemeral"].as_bool(), mine[0]["command"]["name"].as_str()),
        (Some(true), Some("quote"))
    );
    assert!(list(state(&world, world.jun).await).is_empty());
    let dismiss = json!({ "as": world.mina.to_string(), "message_id": mine[0]["id"] });
    assert_eq!(act(&world, "dismiss", dismiss).await.status, 200);
    assert!(list(state(&world, world.mina).await).is_empty());
}
