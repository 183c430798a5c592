//! Sessions over restarts, what is refused, what is learnt, and several shards.

use super::*;

#[tokio::test]
async fn sessions_are_not_opened_beyond_what_discord_allows() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    // One in a hundred is kept back.
    let bot = Bot::start(&gateway, &http, |s| (s.info.total, s.info.remaining) = (100, 3));
    for left in [2, 1] {
        let (line, asked) = gateway.greet().await;
        assert_eq!(asked["op"], 2);
        assert_eq!(bot.handle.sessions_left(), left);
        line.close(Some(4009)).await;
    }
    assert!(!gateway.is_called().await);
    tokio::time::timeout(Duration::from_secs(1), bot.handle.stop(true))
        .await
        .expect("it can be stopped while waiting");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_without_its_content() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let mut line = gateway.open().await;
    bot.done().await;
    line.dispatch("MESSAGE_REACTION_ADD", 2, json!({"user_id": "5", "secret": "words"}))
        .await;
    line.dispatch("MESSAGE_CREATE", 3, json!({"id": "secret words", "channel_id": "1"}))
        .await;
    line.socket.send("secret words, no frame".into()).await.unwrap();
    line.dispatch("SOMETHING_NEW", 4, json!("secret words")).await;
    line.dispatch("MESSAGE_REACTION_ADD", 5, vote(100)).await;
    let mut told = Vec::new();
    for _ in 0..3 {
        let event = bot.done().await;
        assert!(!format!("{event:?}").contains("secret"), "{event:?}");
        let Event::Unreadable { kind, seq, reason } = event else {
            panic!("{event:?}")
        };
        told.push(format!("{kind} {seq}: {reason}"));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    MESSAGE_REACTION_ADD 2: missing field `message_id`
    MESSAGE_CREATE 3: an id that is no number
    frame 3: not as documented
    ");
    assert_eq!(voter(&bot.done().await), 100);
}

#[tokio::test]
async fn a_stopped_session_is_resumed_at_what_was_committed() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let mut line = gateway.open().await;
    for n in 2..=5 {
        line.dispatch("MESSAGE_REACTION_ADD", n, vote(n)).await;
    }
    bot.done().await;
    bot.done().await;
    // Number 3 is taken and never stored, 4 is stored, 5 stays in the channel.
    bot.next().await;
    bot.done().await;
    let stop = tokio::spawn({
        let handle = bot.handle.clone();
        async move { handle.stop(true).await }
    });
    assert_eq!(line.closed().await, Some(4900));
    drop(line);
    stop.await.unwrap();
    let sessions: Vec<_> = bot.handle.session(0).into_iter().collect();
    assert_eq!(sessions[0].seq, 2);
    let stored: Vec<_> = sessions
        .iter()
        .filter_map(|s| Session::from_json(&s.to_json()))
        .collect();

    let mut bot = Bot::start(&gateway, &http, |s| s.sessions = stored);
    let (mut line, asked) = gateway.greet().await;
    assert_eq!((&asked["op"], &asked["d"]["seq"]), (&json!(6), &json!(2)));
    line.dispatch("MESSAGE_REACTION_ADD", 3, vote(3)).await;
    line.dispatch("MESSAGE_REACTION_ADD", 4, vote(1)).await;
    line.dispatch("RESUMED", 6, json!({})).await;
    assert_eq!(voter(&bot.done().await), 3);
    assert!(
        matches!(bot.done().await, Event::Resumed),
        "the bot's own reaction is known without a READY"
    );
    let stop = tokio::spawn({
        let handle = bot.handle.clone();
        async move { handle.stop(false).await }
    });
    assert_eq!(line.closed().await, Some(1000));
    drop(line);
    stop.await.unwrap();
    assert_eq!(bot.handle.session(0), None);
}

#[tokio::test]
async fn a_server_that_a_resumed_session_does_not_describe_is_asked_for() {
    let gateway = Gateway::start().await;
    let http = Http::start(|_, seen| {
        Some(ok(&match seen.line.as_str() {
            "GET /api/v10/guilds/10" => json!({"id": "10", "owner_id": "5", "preferred_locale": "ko",
                "roles": [{"id": "10", "permissions": "1024"}]}),
            "GET /api/v10/guilds/10/channels" => json!([{"id": "20", "type": 0, "guild_id": "10"}]),
            "GET /api/v10/guilds/10/members/1" => json!({"roles": []}),
            "GET /api/v10/channels/21" => json!({"id": "21", "type": 11, "guild_id": "10", "parent_id": "20"}),
            other => panic!("{other}"),
        }))
    })
    .await;
    let session = Session {
        shard: 0,
        shards: 1,
        id: "s1".into(),
        url: gateway.url.clone(),
        seq: 7,
        bot: UserId(1),
        application: crate::model::ApplicationId(2),
        intents: intents::ALL,
    };
    let mut bot = Bot::start(&gateway, &http, |s| s.sessions = vec![session]);
    let (mut line, _) = gateway.greet().await;
    line.dispatch("RESUMED", 8, json!({})).await;
    for (seq, channel, author) in [(9, "20", "5"), (10, "21", "6")] {
        let d = json!({"id": seq.to_string(), "channel_id": channel, "guild_id": "10", "content": "!help",
            "author": {"id": author}, "member": {"roles": []}});
        line.dispatch("MESSAGE_CREATE", seq, d).await;
    }
    line.dispatch("MESSAGE_REACTION_ADD", 11, vote(100)).await;
    assert!(matches!(bot.done().await, Event::Resumed));
    let Event::Asked(owner) = bot.done().await else {
        panic!()
    };
    assert!(owner.scene.may_manage, "the owner may");
    assert_eq!(owner.scene.server_lang, crate::model::Lang::Ko);
    let Event::Asked(guest) = bot.done().await else {
        panic!()
    };
    assert!(!guest.scene.may_manage);
    assert_eq!(voter(&bot.done().await), 100, "in order all the same");
    assert_eq!(bot.servers.guild_of(ChannelId(21)), Some(GuildId(10)));
    assert_eq!(http.lines().len(), 4, "asked once: {:?}", http.lines());
}

#[tokio::test]
async fn completions_are_answered_beside_the_stream() {
    let gateway = Gateway::start().await;
    let http = Http::start(|_, _| Some((204, Vec::new(), String::new()))).await;
    let _bot = Bot::start(&gateway, &http, |s| s.room = 1);
    let mut line = gateway.open().await;
    let d = json!({"id": "77", "application_id": "2", "type": 4, "token": "tok", "channel_id": "20",
        "user": {"id": "5"}, "locale": "en-US", "data": {"name": "quote",
        "options": [{"name": "name", "type": 3, "value": "ahn", "focused": true}]}});
    line.dispatch("INTERACTION_CREATE", 2, d).await;
    for _ in 0..200 {
        if let [seen] = http.seen().as_slice() {
            assert_eq!(seen.line, "POST /api/v10/interactions/77/tok/callback");
            assert_eq!(seen.body["type"], 8);
            assert_eq!(seen.body["data"]["choices"][0]["value"], "offer");
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not answered");
}

#[tokio::test]
async fn only_the_host_of_the_base_address_is_dialled() {
    for (base, gateway, allowed) in [
        ("https://discord.com", "wss://gateway.discord.gg", true),
        ("https://discord.com", "wss://gateway-us-east1-b.discord.gg/x", true),
        ("https://discord.com", "ws://gateway.discord.gg", false),
        ("https://discord.com", "wss://gateway.discord.gg.evil.test", false),
        ("https://discord.com", "wss://evildiscord.gg", false),
        ("https://discord.com", "ws://127.0.0.1:1", false),
        ("http://127.0.0.1:7000", "ws://127.0.0.1:7001/gw", true),
        ("http://127.0.0.1:7000", "ws://localhost:7001", true),
        ("http://127.0.0.1:7000", "wss://gateway.discord.gg", false),
        ("https://proxy.test", "wss://proxy.test:8443", true),
        ("https://proxy.test", "ws://proxy.test", false),
        ("https://proxy.test", "wss://gateway.discord.gg", false),
        ("http://proxy.test", "http://proxy.test", false),
    ] {
        assert_eq!(
            may_dial(base, &url::Url::parse(gateway).unwrap()),
            allowed,
            "{base} {gateway}"
        );
    }
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |s| s.info.url = "wss://gateway.discord.gg".into());
    assert!(matches!(bot.done().await, Event::Fatal(Fatal::Address)));
    // And an address to resume at that is somebody else's is not kept.
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let (mut line, _) = gateway.greet().await;
    line.ready("wss://evil.test", &[]).await;
    bot.done().await;
    assert_eq!(bot.handle.session(0).unwrap().url, gateway.url);
}

#[tokio::test]
async fn each_shard_opens_its_own_session() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |s| s.shards = 2);
    let mut shards = Vec::new();
    let mut lines = Vec::new();
    for _ in 0..2 {
        let (mut line, asked) = gateway.greet().await;
        shards.push(asked["d"]["shard"].to_string());
        line.ready(&gateway.url, &[]).await;
        lines.push(line);
    }
    shards.sort();
    assert_eq!(shards, ["[0,2]", "[1,2]"]);
    let mut ready = vec![bot.next().await.shard, bot.next().await.shard];
    ready.sort_unstable();
    assert_eq!(ready, [0, 1]);
    assert_eq!(shard_of(GuildId(5 << 22), 2), 1);
}

#[tokio::test]
async fn an_event_that_comes_twice_is_told_once() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let mut line = gateway.open().await;
    bot.done().await;
    for seq in [2, 3, 2, 5, 4, 3, 6] {
        line.dispatch("MESSAGE_REACTION_ADD", seq, vote(seq)).await;
    }
    for expected in [2, 3, 5, 4, 6] {
        assert_eq!(voter(&bot.done().await), expected);
    }
    // Also under another number, where an answer is wanted.
    let help = json!({"id": "40", "channel_id": "77", "author": {"id": "5"}, "content": "!help"});
    line.dispatch("MESSAGE_CREATE", 7, help.clone()).await;
    line.dispatch("MESSAGE_CREATE", 8, help).await;
    line.dispatch("MESSAGE_REACTION_ADD", 9, vote(9)).await;
    assert!(matches!(bot.done().await, Event::Asked(_)));
    assert_eq!(voter(&bot.done().await), 9);
}

#[tokio::test]
async fn a_vote_is_read_whole() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let mut line = gateway.open().await;
    bot.done().await;
    line.dispatch("MESSAGE_REACTION_ADD", 2, vote(5)).await;
    let Event::Vote(VoteChange::Add { key, bot: false }) = bot.done().await else {
        panic!()
    };
    let emoji = Emoji::Unicode("❤".into());
    assert_eq!(
        key,
        VoteKey {
            message: MessageId(30),
            emoji,
            user: UserId(5),
            way: crate::model::Way::Reaction
        }
    );
}
