//! The gateway: identifying, close codes, events by intent, resuming, troubles.

use crate::bot::{Got, INTENTS, PATIENCE, Socket, id, identify, world, world_with};
use daesa_sandbox::{GatewayFault, Settings, bits};
use serde_json::{Value, json};
use std::time::Duration;

const CONTENT: u64 = 1 << 15;

#[tokio::test]
async fn ready_comes_before_the_servers_and_is_complete() {
    let world = world().await;
    let mut socket = world.connect().await;
    socket.hello().await;
    socket
        .identify(&format!("Bot {}", world.sandbox.token()), INTENTS)
        .await;
    let ready = socket.dispatch("READY").await;
    assert_eq!(id(&ready["user"]["id"]), world.sandbox.bot());
    assert_eq!(
        ready["guilds"],
        json!([{ "id": world.server.to_string(), "unavailable": true }])
    );
    assert!(
        ready["application"]["flags"]
            .as_u64()
            .is_some_and(|flags| flags & (1 << 19) != 0)
    );
    assert_ne!(ready["resume_gateway_url"], world.sandbox.gateway_url());
    let server = socket.dispatch("GUILD_CREATE").await;
    assert_eq!(id(&server["channels"][0]["id"]), world.channel);
    assert_eq!(id(&server["members"][0]["user"]["id"]), world.sandbox.bot());
    assert_eq!(server["member_count"], 3);
    assert!(world.sandbox.look(|w| w.bot_online()));
}

#[tokio::test]
async fn what_is_wrong_closes_with_its_code() {
    let world = world_with(Settings {
        guild_members: false,
        ..Settings::default()
    })
    .await;
    let token = world.sandbox.token().to_owned();
    let good = identify(&token, INTENTS);
    let with = |field: &str, value: Value| {
        let mut payload = good.clone();
        payload["d"][field] = value;
        payload
    };
    let cases = [
        (json!({ "op": 99 }), 4001),
        (json!({ "op": 2, "d": {} }), 4002),
        (json!({ "op": 1, "d": "x".repeat(4096) }), 4002),
        (json!({ "op": 3, "d": {} }), 4003),
        (with("token", json!("wrong")), 4004),
        (with("shard", json!([1, 1])), 4010),
        (with("intents", json!(1_u64 << 40)), 4013),
        (with("intents", json!(INTENTS | 1 << 1)), 4014),
    ];
    for (payload, code) in cases {
        let mut socket = world.connect().await;
        socket.hello().await;
        socket.send(payload.clone()).await;
        assert_eq!(socket.closed().await, Some(code), "{code}");
    }
    let mut twice = world.online(INTENTS).await;
    twice.send(good).await;
    assert_eq!(twice.closed().await, Some(4005));
    let mut old = Socket::open(&format!("{}/?v=6", world.sandbox.gateway_url())).await;
    assert_eq!(old.closed().await, Some(4012));
    let quiet = world_with(Settings {
        message_content: false,
        ..Settings::default()
    })
    .await;
    let mut curious = quiet.connect().await;
    curious.hello().await;
    curious.identify(&token, INTENTS).await;
    assert_eq!(curious.closed().await, Some(4014));
}

#[tokio::test]
async fn identifying_is_counted_spaced_and_spent() {
    let world = world_with(Settings {
        identify_remaining: 3,
        ..Settings::default()
    })
    .await;
    let limit = |body: &Value| body["session_start_limit"]["remaining"].as_u64();
    assert_eq!(limit(&world.get("/gateway/bot").await.body), Some(3));
    let _first = world.online(INTENTS).await;
    let mut soon = world.connect().await;
    soon.hello().await;
    soon.identify(world.sandbox.token(), INTENTS).await;
    assert_eq!(soon.op(9).await, json!(false), "two within five seconds");
    assert_eq!(limit(&world.get("/gateway/bot").await.body), Some(1));
    soon.identify(world.sandbox.token(), INTENTS).await;
    assert_eq!(soon.op(9).await, json!(false));
    soon.identify(world.sandbox.token(), INTENTS).await;
    assert_eq!(soon.closed().await, Some(4004));
    assert_eq!(world.get("/users/@me").await.status, 401, "the token was reset");
}

#[tokio::test]
async fn heartbeats_are_acknowledged_and_too_many_payloads_close() {
    let world = world_with(Settings {
        gateway_sends: 5,
        ..Settings::default()
    })
    .await;
    let mut socket = world.online(INTENTS).await;
    for _ in 0..4 {
        socket.send(json!({ "op": 1, "d": socket.seq })).await;
        socket.op(11).await;
    }
    socket.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(socket.closed().await, Some(4008));
    let impatient = Settings {
        heartbeat: Duration::from_millis(20),
        heartbeats_missed: 1,
        ..Settings::default()
    };
    let world = world_with(impatient).await;
    let mut silent = world.connect().await;
    assert_eq!(
        silent.closed().await,
        Some(4000),
        "a client without a heartbeat is dead"
    );
}

#[tokio::test]
async fn messages_arrive_by_intent_with_or_without_content() {
    let settings = Settings {
        max_concurrency: 1,
        identify_window: Duration::ZERO,
        ..Settings::default()
    };
    let world = world_with(settings).await;
    let mut seeing = world.online(INTENTS).await;
    let mut blind = world.online(INTENTS & !CONTENT).await;
    let mut deaf = world.online(1).await;
    let (sandbox, channel, bot) = (&world.sandbox, world.channel, world.sandbox.bot());
    sandbox.say(world.mina, channel, "!quote").expect("said");
    let seen = seeing.dispatch("MESSAGE_CREATE").await;
    assert_eq!(
        (seen["content"].as_str(), id(&seen["guild_id"])),
        (Some("!quote"), world.server)
    );
    assert!(seen["member"]["joined_at"].is_string());
    assert_eq!(blind.dispatch("MESSAGE_CREATE").await["content"], "");
    sandbox
        .say(world.mina, channel, &format!("<@{bot}> quote"))
        .expect("said");
    assert_eq!(
        blind.dispatch("MESSAGE_CREATE").await["content"],
        format!("<@{bot}> quote")
    );
    let own = world.posted("own").await;
    let echo = blind.dispatch("MESSAGE_CREATE").await;
    assert_eq!((echo["content"].as_str(), id(&echo["id"])), (Some("own"), own));
    let direct = sandbox.direct(world.mina);
    sandbox.say(world.mina, direct, "psst").expect("said");
    let letter = blind.dispatch("MESSAGE_CREATE").await;
    assert_eq!(
        (letter["content"].as_str(), &letter["guild_id"]),
        (Some("psst"), &Value::Null)
    );
    let role = sandbox.add_role(world.server, "fans", 0, 0);
    assert_eq!(
        id(&deaf.dispatch("GUILD_ROLE_CREATE").await["role"]["id"]),
        role,
        "and nothing before"
    );
}

#[tokio::test]
async fn reactions_and_moderation_are_told_in_order() {
    let world = world().await;
    let mut socket = world.online(INTENTS).await;
    let (sandbox, mina) = (&world.sandbox, world.mina);
    let message = world.posted("vote").await;
    socket.dispatch("MESSAGE_CREATE").await;
    sandbox.react(mina, message, "❤️", false).expect("reacted");
    sandbox.react(mina, message, "❤️", true).expect("reacted");
    sandbox.unreact(mina, message, "❤️", false).expect("taken back");
    sandbox.react(world.jun, message, "😂", false).expect("reacted");
    sandbox.clear_reactions(message, Some("😂")).expect("cleared");
    sandbox.clear_reactions(message, None).expect("cleared");
    let add = socket.dispatch("MESSAGE_REACTION_ADD").await;
    assert_eq!(
        (add["burst"].as_bool(), add["type"].as_u64(), id(&add["user_id"])),
        (Some(false), Some(0), mina)
    );
    assert_eq!(
        (add["emoji"]["id"].is_null(), add["emoji"]["name"].as_str()),
        (true, Some("❤️"))
    );
    assert_eq!(id(&add["member"]["user"]["id"]), mina);
    let burst = socket.dispatch("MESSAGE_REACTION_ADD").await;
    assert_eq!(
        (burst["burst"].as_bool(), burst["type"].as_u64()),
        (Some(true), Some(1))
    );
    let remove = socket.dispatch("MESSAGE_REACTION_REMOVE").await;
    assert_eq!(
        (remove["burst"].as_bool(), remove["member"].is_null()),
        (Some(false), true)
    );
    socket.dispatch("MESSAGE_REACTION_ADD").await;
    assert_eq!(
        socket.dispatch("MESSAGE_REACTION_REMOVE_EMOJI").await["emoji"]["name"],
        "😂"
    );
    assert_eq!(
        id(&socket.dispatch("MESSAGE_REACTION_REMOVE_ALL").await["message_id"]),
        message
    );
    let more: Vec<u64> = (0..2)
        .map(|n| sandbox.say(mina, world.channel, &n.to_string()).expect("said"))
        .collect();
    sandbox.edit(mina, more[0], "edited").expect("edited");
    sandbox.delete_messages(world.channel, &more);
    sandbox.delete_messages(world.channel, &[message]);
    for _ in 0..2 {
        socket.dispatch("MESSAGE_CREATE").await;
    }
    assert_eq!(socket.dispatch("MESSAGE_UPDATE").await["content"], "edited");
    assert_eq!(
        socket.dispatch("MESSAGE_DELETE_BULK").await["ids"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    assert_eq!(id(&socket.dispatch("MESSAGE_DELETE").await["id"]), message);
    sandbox.delete_channel(world.channel);
    socket.dispatch("CHANNEL_DELETE").await;
    sandbox.set_unavailable(world.server, true);
    assert_eq!(socket.dispatch("GUILD_DELETE").await["unavailable"], true);
    sandbox.set_unavailable(world.server, false);
    socket.dispatch("GUILD_CREATE").await;
    sandbox.kick_bot(world.server);
    assert_eq!(socket.dispatch("GUILD_DELETE").await["unavailable"], Value::Null);
}

#[tokio::test]
async fn what_the_bot_cannot_see_it_does_not_hear() {
    let world = world().await;
    let mut socket = world.online(INTENTS).await;
    let (sandbox, channel) = (&world.sandbox, world.channel);
    sandbox.overwrite_member(channel, sandbox.bot(), 0, bits::VIEW_CHANNEL);
    socket.dispatch("CHANNEL_UPDATE").await;
    sandbox.say(world.mina, channel, "hidden").expect("said");
    sandbox.overwrite_member(channel, sandbox.bot(), 0, 0);
    socket.dispatch("CHANNEL_UPDATE").await;
    sandbox.say(world.mina, channel, "open").expect("said");
    assert_eq!(socket.dispatch("MESSAGE_CREATE").await["content"], "open");
}

#[tokio::test]
async fn a_resume_replays_what_was_missed_and_only_that() {
    let world = world().await;
    let mut socket = world.online(INTENTS).await;
    let say = |text: &str| world.sandbox.say(world.mina, world.channel, text).expect("said");
    say("one");
    socket.dispatch("MESSAGE_CREATE").await;
    let (session, url, seq) = (socket.session.clone(), socket.resume_url.clone(), socket.seq);
    world.sandbox.fail_gateway(GatewayFault::Cut);
    assert!(matches!(socket.next().await, Got::Cut));
    say("two");
    say("three");
    let token = world.sandbox.token().to_owned();
    let mut back = Socket::resume(&url, &token, &session, seq).await;
    for text in ["two", "three"] {
        assert_eq!(back.dispatch("MESSAGE_CREATE").await["content"], text);
    }
    back.dispatch("RESUMED").await;
    say("four");
    assert_eq!(back.dispatch("MESSAGE_CREATE").await["content"], "four");
    let counts = world.sandbox.gateway_counts();
    assert_eq!((counts.identifies, counts.resumed, counts.to_resume_url), (1, 1, 1));
    let seq = back.seq;
    back.close(4000).await;
    let mut ahead = Socket::resume(&url, &token, &session, seq + 100).await;
    assert_eq!(ahead.closed().await, Some(4007));
    let still = Socket::resume(&url, &token, &session, seq).await;
    still.close(1000).await;
    let mut over = Socket::resume(&url, &token, &session, seq).await;
    assert_eq!(over.op(9).await, json!(false), "1000 gives the session up");
}

#[tokio::test]
async fn a_replay_that_is_no_longer_kept_is_refused() {
    let world = world_with(Settings {
        session_buffer: 3,
        ..Settings::default()
    })
    .await;
    let mut socket = world.online(INTENTS).await;
    let (session, url, seq) = (socket.session.clone(), socket.resume_url.clone(), socket.seq);
    world.sandbox.fail_gateway(GatewayFault::Cut);
    assert!(matches!(socket.next().await, Got::Cut));
    for n in 0..4 {
        world
            .sandbox
            .say(world.mina, world.channel, &n.to_string())
            .expect("said");
    }
    let mut back = Socket::resume(&url, world.sandbox.token(), &session, seq).await;
    assert_eq!(back.op(9).await, json!(false));
}

#[tokio::test]
async fn troubles_come_on_demand() {
    let settings = Settings {
        identify_window: Duration::ZERO,
        ..Settings::default()
    };
    let world = world_with(settings).await;
    let sandbox = &world.sandbox;
    let mut socket = world.online(INTENTS).await;
    sandbox.fail_gateway(GatewayFault::Reconnect);
    assert_eq!(socket.op(7).await, Value::Null);
    sandbox.fail_gateway(GatewayFault::StopAcks(true));
    socket.send(json!({ "op": 1, "d": 1 })).await;
    sandbox.fail_gateway(GatewayFault::DropEvents(1));
    sandbox.fail_gateway(GatewayFault::DoubleEvents(1));
    for text in ["dropped", "doubled", "after"] {
        sandbox.say(world.mina, world.channel, text).expect("said");
    }
    for text in ["doubled", "doubled", "after"] {
        assert_eq!(
            socket.dispatch("MESSAGE_CREATE").await["content"],
            text,
            "and no acknowledgement before"
        );
    }
    let heard = sandbox.wait_until(|| (sandbox.gateway_counts().heartbeats == 1).then_some(()), PATIENCE);
    heard.await.expect("a heartbeat");
    sandbox.fail_gateway(GatewayFault::StopAcks(false));
    sandbox.fail_gateway(GatewayFault::Invalid(true));
    assert_eq!(socket.op(9).await, json!(true));
    sandbox.fail_gateway(GatewayFault::Close(None));
    assert_eq!(socket.closed().await, None);
    sandbox.fail_gateway(GatewayFault::NoReady(1));
    let mut waiting = world.connect().await;
    waiting.hello().await;
    waiting.identify(sandbox.token(), INTENTS).await;
    waiting.send(json!({ "op": 1, "d": null })).await;
    waiting.op(11).await;
    sandbox.fail_gateway(GatewayFault::RefuseIdentify { times: 1, code: 4009 });
    let mut refused = world.connect().await;
    refused.hello().await;
    refused.identify(sandbox.token(), INTENTS).await;
    assert_eq!(refused.closed().await, Some(4009));
    sandbox.fail_gateway(GatewayFault::NoHello(1));
    let mut mute = world.connect().await;
    mute.send(json!({ "op": 1, "d": null })).await;
    mute.op(11).await;
    sandbox.fail_gateway(GatewayFault::HangHandshakes(1));
    let url = format!("{}/?v=10", sandbox.gateway_url());
    let hung = tokio::time::timeout(Duration::from_millis(100), tokio_tungstenite::connect_async(&url)).await;
    assert!(hung.is_err());
    world.online(INTENTS).await;
}

#[tokio::test]
async fn shards_hear_only_their_servers() {
    let settings = Settings {
        identify_window: Duration::ZERO,
        ..Settings::default()
    };
    let world = world_with(settings).await;
    let shard = (world.server >> 22) % 2;
    for number in 0..2_u64 {
        let mut socket = world.connect().await;
        socket.hello().await;
        let mut payload = identify(world.sandbox.token(), INTENTS);
        payload["d"]["shard"] = json!([number, 2]);
        socket.send(payload).await;
        let ready = socket.dispatch("READY").await;
        assert_eq!(
            ready["guilds"].as_array().map(Vec::len),
            Some(usize::from(number == shard))
        );
    }
}

#[tokio::test]
async fn stopping_waits_for_no_connection() {
    let world = world().await;
    let mut socket = world.online(INTENTS).await;
    let page = format!("{}/page/events", world.sandbox.base_url());
    let mut stream = reqwest::get(page).await.expect("a stream");
    let stop = tokio::spawn(world.sandbox.stop());
    assert_eq!(socket.closed().await, Some(1001));
    while let Ok(Some(_)) = stream.chunk().await {}
    tokio::time::timeout(crate::bot::PATIENCE, stop)
        .await
        .expect("in time")
        .expect("no panic")
        .expect("stopped");
}
