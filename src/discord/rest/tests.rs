//! Requests over a real socket, to a server that answers as told.

use super::*;
use crate::{
    discord::{
        event::{ReplyTo, Ticket},
        servers::Servers,
        tests::peer::{Answer, Http, Seen, ok, refusal},
    },
    model::{ApplicationId, ChannelId, Emoji, GuildId, InteractionId, MessageId, Outcome, UserId, answer::Need},
    view::card::Card,
};
use serde_json::{Value, json};

const CHANNEL: ChannelId = ChannelId(20);
const MESSAGE: MessageId = MessageId(30);

fn card() -> Card {
    Card {
        content: "Hello @everyone".into(),
        ..Card::default()
    }
}

async fn always(answer: impl Fn() -> Option<Answer> + Send + Sync + 'static) -> Http {
    Http::start(move |_, _| answer()).await
}

/// Answers one after the other; the last one stays.
async fn in_turn(answers: Vec<Option<Answer>>) -> Http {
    Http::start(move |number, _| answers[number.min(answers.len() - 1)].clone()).await
}

fn created() -> Option<Answer> {
    Some(ok(&json!({"id": "99", "channel_id": "20"})))
}

fn ticket() -> Ticket {
    Ticket::new(InteractionId(7), ApplicationId(2), "t0p-secret")
}

#[tokio::test]
async fn a_post_carries_its_nonce_and_mentions_nobody() {
    let http = always(created).await;
    let outcome = http.rest().post(Class::Post, CHANNEL, &card(), "d1").await;
    assert_eq!(outcome, Outcome::Sent(MessageId(99)));
    let [seen] = http.seen().try_into().unwrap();
    let Seen {
        line,
        authorization,
        agent,
        body,
    } = seen;
    assert_eq!(line, "POST /api/v10/channels/20/messages");
    assert_eq!(authorization, "Bot t0ken");
    assert!(agent.starts_with("DiscordBot (mailto:mina@example.com, "), "{agent}");
    assert_eq!(body["nonce"], "d1");
    assert_eq!(body["enforce_nonce"], true);
    assert_eq!(body["allowed_mentions"]["parse"], json!([]));
}

#[tokio::test]
async fn each_failure_of_a_post_has_its_outcome() {
    let limited = |global: bool| {
        let headers = vec![("x-ratelimit-bucket", "b".into()), ("x-ratelimit-scope", "user".into())];
        let body = json!({"message": "slow", "retry_after": 0.25, "global": global});
        Some((429, headers, body.to_string()))
    };
    let refused = |status, code| Outcome::Refused { status, code };
    for (answer, outcome) in [
        (limited(false), Outcome::RateLimited(251)),
        (limited(true), Outcome::RateLimited(251)),
        (Some(refusal(403, 50001)), refused(403, 50001)),
        (Some(refusal(401, 0)), refused(401, 0)),
        (Some(refusal(404, 10003)), refused(404, 10003)),
        (Some(refusal(404, 10008)), Outcome::Gone),
        (Some(refusal(400, 50035)), refused(400, 50035)),
        (Some((400, Vec::new(), "<html>".into())), refused(400, 0)),
    ] {
        let http = always(move || answer.clone()).await;
        assert_eq!(http.rest().post(Class::Post, CHANNEL, &card(), "d1").await, outcome);
        assert_eq!(http.seen().len(), 1, "one attempt: the rest is the outbox's");
    }
    for answer in [Some(refusal(502, 0)), None, Some((200, Vec::new(), "?".into()))] {
        let http = always(move || answer.clone()).await;
        let outcome = http.rest().post(Class::Post, CHANNEL, &card(), "d1").await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    }
    let gone = Rest::new(Client::new(), &RestSettings::new("t", "http://127.0.0.1:1"));
    let outcome = gone.post(Class::Post, CHANNEL, &card(), "d1").await;
    assert!(matches!(outcome, Outcome::NotSent(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_slow_answer_is_no_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let settings = RestSettings {
        timeout: Duration::from_millis(200),
        ..RestSettings::new("t", &base)
    };
    let rest = Rest::new(Client::new(), &settings);
    let _held = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    let outcome = rest.post(Class::Post, CHANNEL, &card(), "d1").await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_caller_that_gives_up_leaves_the_pace_in_order() {
    let http = always(created).await;
    let rest = http.rest();
    for _ in 0..5 {
        let post = tokio::spawn({
            let rest = rest.clone();
            async move { rest.post(Class::Post, CHANNEL, &card(), "d1").await }
        });
        tokio::task::yield_now().await;
        post.abort();
    }
    let outcome = tokio::time::timeout(Duration::from_secs(10), rest.post(Class::Post, CHANNEL, &card(), "d2")).await;
    assert_eq!(outcome, Ok(Outcome::Sent(MessageId(99))));
}

#[tokio::test]
async fn an_answer_of_before_is_found_by_what_it_refers_to_or_its_nonce() {
    let message = |author: &str, more: Value| {
        let mut message = json!({"id": "99", "author": {"id": author}, "content": ""});
        message
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        Some(ok(&json!([message])))
    };
    let answers = vec![
        message("5", json!({"message_reference": {"message_id": "30"}})),
        message("5", json!({"nonce": "ru"})),
        message("5", json!({"message_reference": {"message_id": "31"}})),
        message("6", json!({"message_reference": {"message_id": "30"}})),
    ];
    let http = in_turn(answers).await;
    let rest = http.rest();
    for expected in [true, true, false, false] {
        assert_eq!(rest.was_answered(CHANNEL, MESSAGE, UserId(5)).await, Ok(Some(expected)));
    }
    assert!(
        http.seen()[0].line.ends_with("limit=100&after=30"),
        "{}",
        http.seen()[0].line
    );
}

#[tokio::test]
async fn an_answer_is_looked_for_below_everything_that_was_written_meanwhile() {
    // Of a channel that was written into `many` times after the question, the last of them by the bot.
    let channel = |many: u64| {
        move |_: usize, seen: &Seen| {
            let after: u64 = seen.line.rsplit_once("after=")?.1.parse().ok()?;
            let page: Vec<Value> = (after + 1..=30 + many)
                .take(100)
                .map(|id| match id == 30 + many {
                    true => {
                        json!({"id": id.to_string(), "author": {"id": "5"}, "message_reference": {"message_id": "30"}})
                    }
                    false => json!({"id": id.to_string(), "author": {"id": "6"}}),
                })
                .collect();
            Some(ok(&Value::Array(page)))
        }
    };
    for (many, expected, requests) in [
        (100, Some(true), 1),
        (101, Some(true), 2),
        (950, Some(true), 10),
        (1_001, None, 10),
    ] {
        let http = Http::start(channel(many)).await;
        let told = http.rest().was_answered(CHANNEL, MESSAGE, UserId(5)).await;
        assert_eq!((told, http.seen().len()), (Ok(expected), requests), "{many}");
        // Of somebody else it is no answer, however far one looks.
        let other = http.rest().was_answered(CHANNEL, MessageId(29), UserId(5)).await;
        assert_eq!(other, Ok(if many < 999 { Some(false) } else { None }), "{many}");
    }
}

#[tokio::test]
async fn what_can_be_repeated_is_repeated() {
    let slow = (
        429,
        vec![("x-ratelimit-scope", "user".to_owned())],
        json!({"retry_after": 0.01}).to_string(),
    );
    let http = in_turn(vec![
        Some(slow),
        None,
        Some(refusal(500, 0)),
        Some((204, Vec::new(), String::new())),
    ])
    .await;
    http.rest().react(CHANNEL, MESSAGE, "❤️").await.unwrap();
    assert_eq!(http.seen().len(), 4);
    let http = always(|| Some(refusal(403, 50013))).await;
    let error = http.rest().react(CHANNEL, MESSAGE, "❤️").await.unwrap_err();
    assert_eq!((error.kind, error.code), (RestErrorKind::Forbidden, 50013));
    assert_eq!(http.seen().len(), 1, "a refusal is final");
}

#[tokio::test]
async fn emoji_cannot_leave_their_place_in_the_address() {
    let http = always(|| Some((204, Vec::new(), String::new()))).await;
    let rest = http.rest();
    for emoji in ["❤️", "name:123", "<a:name:123>", "../../x?y", "a/b:123", ""] {
        let _ = rest.react(CHANNEL, MESSAGE, emoji).await;
    }
    let own = "PUT /api/v10/channels/20/messages/30/reactions";
    assert_eq!(
        http.lines(),
        [
            format!("{own}/%E2%9D%A4%EF%B8%8F/@me"),
            format!("{own}/name:123/@me"),
            format!("{own}/name:123/@me"),
            format!("{own}/%2E%2E%2F%2E%2E%2Fx%3Fy/@me"),
        ]
    );
}

#[tokio::test]
async fn a_text_reply_refers_to_the_message_and_is_sent_once() {
    let http = in_turn(vec![None, created()]).await;
    let to = ReplyTo::Message {
        channel: CHANNEL,
        message: MESSAGE,
    };
    assert_eq!(http.rest().reply(&to, &card()).await, Ok(Some(MessageId(99))));
    let [first, second] = http.seen().try_into().unwrap();
    assert_eq!(
        first.body["nonce"], second.body["nonce"],
        "so that Discord knows it again"
    );
    assert_eq!(first.body["nonce"], "ru");
    assert_eq!(first.body["message_reference"]["message_id"], "30");
    assert_eq!(first.body["message_reference"]["fail_if_not_exists"], false);
    assert_eq!(first.body["allowed_mentions"]["replied_user"], false);
    // Where the history may not be read, Discord allows no reference.
    let http = in_turn(vec![Some(refusal(400, 160_002)), created()]).await;
    assert_eq!(http.rest().reply(&to, &card()).await, Ok(Some(MessageId(99))));
    assert_eq!(http.seen()[1].body["message_reference"], Value::Null);
}

const CALLBACK: &str = "POST /api/v10/interactions/7/t0p-secret/callback";
const SHOWN: &str = "GET /api/v10/webhooks/2/t0p-secret/messages/@original";
const ORIGINAL: &str = "PATCH /api/v10/webhooks/2/t0p-secret/messages/@original";

#[tokio::test]
async fn an_interaction_is_answered_and_then_edited() {
    let http = Http::start(|_, seen| match seen.line.as_str() {
        CALLBACK => Some((204, Vec::new(), String::new())),
        _ => created(),
    })
    .await;
    let (rest, to) = (http.rest(), ReplyTo::Interaction(ticket()));
    let whisper = Card {
        ephemeral: true,
        ..card()
    };
    assert_eq!(rest.reply(&to, &whisper).await, Ok(None));
    assert_eq!(rest.reply(&to, &card()).await, Ok(Some(MessageId(99))));
    let seen = http.seen();
    assert_eq!((seen[0].line.as_str(), &seen[0].body["type"]), (CALLBACK, &json!(4)));
    assert_eq!(seen[0].body["data"]["flags"], 64);
    assert_eq!(seen[0].body["data"]["allowed_mentions"]["parse"], json!([]));
    assert_eq!(seen[1].line, ORIGINAL);
    assert_eq!(seen[1].body["content"], "Hello @everyone");

    let to = ReplyTo::Interaction(ticket());
    rest.defer(&to, true).await.unwrap();
    rest.defer(&to, true).await.unwrap();
    rest.reply(&to, &card()).await.unwrap();
    let to = ReplyTo::Interaction(ticket());
    rest.update(&to, &card()).await.unwrap();
    let seen: Vec<_> = http
        .seen()
        .into_iter()
        .skip(2)
        .map(|s| (s.line, s.body["type"].clone()))
        .collect();
    let expected = [(CALLBACK, json!(5)), (ORIGINAL, Value::Null), (CALLBACK, json!(7))];
    assert_eq!(seen, expected.map(|(line, kind)| (line.to_owned(), kind)));
}

#[tokio::test]
async fn an_interaction_that_was_answered_before_is_left_alone() {
    // Deferred before the restart, and still waited for.
    for (flags, last, told) in [(128, ORIGINAL, Some(MessageId(99))), (0, SHOWN, None)] {
        let http = Http::start(move |_, seen| match seen.line.as_str() {
            CALLBACK => Some(refusal(400, 40060)),
            _ => Some(ok(&json!({"id": "99", "flags": flags}))),
        })
        .await;
        let to = ReplyTo::Interaction(ticket());
        assert_eq!(http.rest().reply(&to, &card()).await, Ok(told));
        assert_eq!(http.lines().first().map(String::as_str), Some(CALLBACK));
        assert_eq!(http.lines().last().map(String::as_str), Some(last));
    }
    // Only the answer was lost: the first attempt has done it.
    let http = in_turn(vec![None, Some(refusal(400, 40060))]).await;
    let to = ReplyTo::Interaction(ticket());
    assert_eq!(http.rest().reply(&to, &card()).await, Ok(None));
    assert_eq!(http.lines(), [CALLBACK, CALLBACK]);
    let http = always(|| Some(refusal(404, 10062))).await;
    let error = http
        .rest()
        .reply(&ReplyTo::Interaction(ticket()), &card())
        .await
        .unwrap_err();
    assert_eq!(error.code, 10062);
    assert!(!format!("{error} {error:?} {:?}", ticket()).contains("t0p-secret"));
}

#[tokio::test]
async fn suggestions_stay_within_the_limits() {
    let http = always(|| Some((204, Vec::new(), String::new()))).await;
    let mut offers = vec![
        ("가".repeat(150), "kept".to_owned()),
        ("left out".into(), "v".repeat(101)),
    ];
    offers.extend((0..40).map(|n| (format!("name {n}"), format!("{n}"))));
    http.rest().suggest(&ticket(), &offers).await.unwrap();
    let seen = http.seen();
    let choices = seen[0].body["data"]["choices"].as_array().unwrap();
    assert_eq!(choices.len(), 25);
    assert_eq!(choices[0]["name"].as_str().unwrap().chars().count(), 100);
    assert_eq!(choices[1]["name"], "name 0");
}

#[tokio::test]
async fn messages_are_read_newest_first_with_their_reactions() {
    let http = always(|| {
        Some(ok(&json!([
            {"id": "31", "author": {"id": "5"}},
            {"id": "32", "author": {"id": "1", "bot": true}, "nonce": "d7",
             "embeds": [{"url": "https://news.test/a"}, {}],
             "reactions": [
                {"count": 3, "count_details": {"burst": 1, "normal": 2}, "me": true, "me_burst": false,
                 "emoji": {"id": null, "name": "❤️"}, "burst_colors": []},
                {"count": 4, "me": false, "emoji": {"id": "123", "name": null}},
             ]},
        ])))
    })
    .await;
    let found = http
        .rest()
        .messages(Class::Post, CHANNEL, Page::Before(MESSAGE), 200)
        .await
        .unwrap();
    assert_eq!(http.lines(), ["GET /api/v10/channels/20/messages?&limit=100&before=30"]);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].id, found[0].author), (MessageId(32), UserId(1)));
    assert_eq!(found[0].url.as_deref(), Some("https://news.test/a"));
    assert_eq!(found[0].nonce.as_deref(), Some("d7"));
    let [heart, custom] = found[0].reactions.as_slice() else {
        panic!()
    };
    assert_eq!((&heart.emoji, heart.name.as_str()), (&Emoji::Unicode("❤".into()), "❤️"));
    assert_eq!((heart.normal, heart.burst, heart.me), (2, 1, true));
    assert_eq!((custom.name.as_str(), custom.normal), ("_:123", 4));
}

#[tokio::test]
async fn voters_come_with_whether_they_are_bots() {
    let http = always(|| Some(ok(&json!([{"id": "5"}, {"id": "6", "bot": true}])))).await;
    let found = http
        .rest()
        .voters(CHANNEL, MESSAGE, "name:123", true, Some(UserId(4)))
        .await
        .unwrap();
    assert_eq!(found, [(UserId(5), false), (UserId(6), true)]);
    let line = "GET /api/v10/channels/20/messages/30/reactions/name:123?&limit=100&type=1&after=4";
    assert_eq!(http.lines(), [line]);
}

#[tokio::test]
async fn the_account_is_read() {
    let http = Http::start(|_, seen| {
        Some(ok(&match seen.line.as_str() {
            "GET /api/v10/oauth2/applications/@me" => json!({"id": "2", "name": "Daesa", "flags": 1 << 19}),
            "GET /api/v10/users/@me" => json!({"id": "1", "username": "daesa"}),
            "GET /api/v10/gateway/bot" => json!({"url": "wss://gateway.discord.gg", "shards": 2,
                "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}}),
            other => panic!("{other}"),
        }))
    })
    .await;
    let rest = http.rest();
    let application = rest.application().await.unwrap();
    assert_eq!((application.id, application.message_content), (ApplicationId(2), true));
    assert_eq!(rest.me().await, Ok(UserId(1)));
    let info = rest.gateway_info().await.unwrap();
    assert_eq!(
        (info.shards, info.remaining, info.reset_after),
        (2, 999, Duration::from_secs(14_400))
    );
    let http = always(|| Some(refusal(401, 0))).await;
    assert_eq!(
        http.rest().application().await.unwrap_err().kind,
        RestErrorKind::Unauthorized
    );
}

#[tokio::test]
async fn a_server_can_be_learnt() {
    let http = Http::start(|_, seen| {
        Some(ok(&match seen.line.as_str() {
            "GET /api/v10/guilds/10" => json!({"id": "10", "owner_id": "5", "preferred_locale": "ko",
                "system_channel_id": "20",
                "roles": [{"id": "10", "permissions": "1024"}, {"id": "11", "permissions": "2048"}]}),
            "GET /api/v10/guilds/10/channels" => json!([{"id": "20", "type": 0}]),
            "GET /api/v10/guilds/10/members/1" => json!({"user": {"id": "1"}, "roles": ["11"]}),
            other => panic!("{other}"),
        }))
    })
    .await;
    let servers = Servers::new();
    servers.set_bot(UserId(1));
    http.rest().learn_server(&servers, GuildId(10)).await.unwrap();
    assert_eq!(servers.system_channel(GuildId(10)), Some(CHANNEL));
    let missing = servers.missing(CHANNEL).unwrap();
    assert_eq!(missing, [Need::Embed, Need::Attach, Need::History, Need::React]);
}
