//! GATEWAY.md's table: what happens to a connection, and what comes of its events. The test is Discord.

use super::*;
use crate::{
    discord::tests::peer::{Bot, Gateway, Http, ok},
    model::{ChannelId, Emoji, MessageId, UserId, VoteChange, VoteKey},
};
use futures_util::SinkExt;
use serde_json::{Value, json};

mod sessions;

fn vote(user: u64) -> Value {
    json!({"user_id": user.to_string(), "channel_id": "20", "message_id": "30", "guild_id": "10",
        "emoji": {"id": null, "name": "❤️"}, "burst": false, "type": 0})
}

fn voter(event: &Event) -> u64 {
    match event {
        Event::Vote(VoteChange::Add { key, .. }) => key.user.0,
        other => panic!("expected a vote, not {other:?}"),
    }
}

async fn nobody() -> Http {
    Http::start(|_, _| None).await
}

#[tokio::test]
async fn everything_comes_in_order_from_the_first_flush_on() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |s| s.room = 4);
    let (mut line, asked) = gateway.greet().await;
    assert_eq!(asked["op"], 2);
    assert_eq!(asked["d"]["token"], "t0ken", "bare, as Discord's pages show it");
    assert_eq!(asked["d"]["intents"], 38401);
    assert_eq!(asked["d"]["shard"], json!([0, 1]));
    line.ready(&gateway.url, &["10"]).await;
    line.dispatch(
        "GUILD_CREATE",
        2,
        json!({"id": "10", "name": "A", "preferred_locale": "ko"}),
    )
    .await;
    for n in 0..500 {
        line.dispatch("MESSAGE_REACTION_ADD", 3 + n, vote(100 + n)).await;
    }
    assert!(matches!(
        bot.done().await,
        Event::Ready {
            bot: UserId(1),
            reads_messages: true,
            ..
        }
    ));
    assert!(matches!(bot.done().await, Event::Server(info) if !info.unheard && info.lang == crate::model::Lang::Ko));
    for n in 0..500 {
        assert_eq!(voter(&bot.done().await), 100 + n);
    }
}

#[tokio::test]
async fn what_was_missed_is_replayed_once_also_to_a_slow_reader() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |s| s.room = 1);
    let mut line = gateway.open().await;
    for n in 0..20 {
        line.dispatch("MESSAGE_REACTION_ADD", 2 + n, vote(100 + n)).await;
    }
    // Nobody takes events, so at most three have been read: one in the channel, one that waits.
    line.say(json!({"op": 7})).await;
    drop(line);
    assert!(matches!(bot.next().await.event, Event::Ready { .. }));
    let mut seen: Vec<u64> = Vec::new();
    // The rest of the first connection may or may not arrive before it is found to be cut.
    let (mut line, asked) = {
        let greet = gateway.greet();
        tokio::pin!(greet);
        loop {
            tokio::select! {
                greeted = &mut greet => break greeted,
                received = bot.events.recv() => seen.push(voter(&received.unwrap().event)),
            }
        }
    };
    assert_eq!(asked["op"], 6, "{asked}");
    let from = asked["d"]["seq"].as_u64().unwrap();
    for n in (from - 1)..500 {
        line.dispatch("MESSAGE_REACTION_ADD", 2 + n, vote(100 + n)).await;
    }
    line.dispatch("RESUMED", 502, json!({})).await;
    while seen.len() < 500 {
        seen.push(voter(&bot.next().await.event));
    }
    assert_eq!(seen, (100..600).collect::<Vec<_>>());
    assert!(matches!(bot.next().await.event, Event::Resumed));
}

#[tokio::test]
async fn a_cut_is_resumed_at_the_last_number() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let mut line = gateway.open().await;
    line.dispatch("MESSAGE_REACTION_ADD", 2, vote(100)).await;
    line.dispatch("TYPING_START", 3, json!({})).await;
    bot.done().await;
    bot.done().await;
    drop(line);
    let (mut line, asked) = gateway.greet().await;
    assert_eq!(
        asked,
        json!({"op": 6, "d": {"token": "t0ken", "session_id": "s1", "seq": 3}})
    );
    line.dispatch("RESUMED", 4, json!({})).await;
    assert!(matches!(bot.done().await, Event::Resumed));
    assert_eq!(bot.handle.health()[0].resumes, 1);
}

/// Opens a session, ends the connection with `code`, and says what the next one asks for (0: none comes).
async fn after_close(code: Option<u16>) -> (u64, Bot) {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let line = gateway.open().await;
    bot.done().await;
    line.close(code).await;
    let last = async {
        loop {
            if let Event::Fatal(_) = bot.done().await {
                return;
            }
        }
    };
    let op = tokio::select! {
        (_, asked) = gateway.greet() => asked["op"].as_u64().unwrap(),
        () = last => 0,
    };
    (op, bot)
}

#[tokio::test]
async fn close_codes_resume_identify_or_end() {
    let again = [None, Some(4000), Some(4002), Some(4008), Some(4242)].map(|code| (code, 6));
    let anew = [1000, 1001, 4003, 4007, 4009].map(|code| (Some(code), 2));
    let never = [4010, 4011, 4012, 4013].map(|code| (Some(code), 0));
    // All at once, each with a gateway of its own.
    let mut cases = tokio::task::JoinSet::new();
    for (code, expected) in again.into_iter().chain(anew).chain(never) {
        cases.spawn(async move {
            let (op, mut bot) = after_close(code).await;
            assert_eq!(op, expected, "{code:?}");
            if op == 0 {
                assert!(bot.events.recv().await.is_none(), "the stream ends");
                assert_eq!(bot.handle.health()[0].stage, Stage::Stopped);
                assert_eq!(bot.handle.session(0), None);
            }
        });
    }
    cases.join_all().await;
}

#[tokio::test]
async fn without_the_intent_it_goes_on_once() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let (line, asked) = gateway.greet().await;
    assert_eq!(asked["d"]["intents"], intents::ALL);
    line.close(Some(4014)).await;
    let (mut line, asked) = gateway.greet().await;
    assert_eq!(asked["d"]["intents"], intents::wanted(false));
    line.ready(&gateway.url, &[]).await;
    assert!(matches!(
        bot.done().await,
        Event::Ready {
            reads_messages: false,
            ..
        }
    ));
    assert!(!bot.handle.health()[0].reads_messages);
    line.close(Some(4014)).await;
    assert!(matches!(bot.done().await, Event::Fatal(Fatal::Intents(4014))));
}

#[tokio::test]
async fn a_refused_token_is_tried_in_its_other_form_once() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let (line, asked) = gateway.greet().await;
    assert_eq!(asked["d"]["token"], "t0ken");
    line.close(Some(4004)).await;
    let (line, asked) = gateway.greet().await;
    assert_eq!(asked["d"]["token"], "Bot t0ken");
    line.close(Some(4004)).await;
    let Event::Fatal(fatal) = bot.done().await else {
        panic!()
    };
    assert_eq!(fatal, Fatal::Token);
    assert!(!gateway.is_called().await);
}

#[tokio::test]
async fn invalid_sessions_say_whether_they_can_be_resumed() {
    for (resumable, op) in [(true, 6), (false, 2)] {
        let (gateway, http) = (Gateway::start().await, nobody().await);
        let mut bot = Bot::start(&gateway, &http, |_| ());
        let mut line = gateway.open().await;
        line.say(json!({"op": 9, "d": resumable})).await;
        assert_eq!(line.closed().await, Some(4900), "a code that leaves the session alive");
        let (mut line, asked) = gateway.greet().await;
        assert_eq!(asked["op"], op);
        assert!(matches!(bot.done().await, Event::Ready { .. }));
        if !resumable {
            line.ready(&gateway.url, &["10"]).await;
            assert!(
                matches!(bot.done().await, Event::Ready { .. }),
                "the second READY is told as well"
            );
        }
    }
}

#[tokio::test]
async fn after_three_resumes_that_fail_a_new_session_is_opened() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let _bot = Bot::start(&gateway, &http, |_| ());
    gateway.open().await.close(None).await;
    for _ in 0..3 {
        let (line, asked) = gateway.greet().await;
        assert_eq!(asked["op"], 6);
        line.close(Some(4000)).await;
    }
    assert_eq!(gateway.greet().await.1["op"], 2);
}

/// Short enough to run into, and still long for a machine that is busy.
const SHORT: Duration = Duration::from_millis(700);

#[tokio::test]
async fn a_connection_that_is_never_upgraded_is_left() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let _bot = Bot::start(&gateway, &http, |s| s.timing.connect = SHORT);
    let _never = gateway.tcp().await;
    drop(gateway.open().await);
    let _never = gateway.tcp().await;
    assert_eq!(gateway.greet().await.1["op"], 6, "the session is kept");
}

#[tokio::test]
async fn an_upgrade_that_comes_too_late_opens_no_second_session() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |s| s.timing.connect = SHORT);
    let late = gateway.tcp().await;
    let mut line = gateway.open().await;
    bot.done().await;
    // The first connection was given up: what answers it now speaks to nobody.
    if let Ok(mut socket) = tokio_tungstenite::accept_async(late).await {
        let hello = r#"{"op":10,"d":{"heartbeat_interval":45000}}"#;
        // Nobody may be there to take it.
        let _ = socket.send(tokio_tungstenite::tungstenite::Message::text(hello)).await;
        let next = futures_util::StreamExt::next(&mut socket).await;
        assert!(!matches!(next, Some(Ok(ref frame)) if frame.is_text()), "{next:?}");
    }
    assert_eq!(bot.handle.health()[0].identifies, 1);
    line.dispatch("MESSAGE_REACTION_ADD", 2, vote(100)).await;
    assert_eq!(voter(&bot.done().await), 100, "the one session goes on");
}

#[test]
fn pauses_double_up_to_the_longest() {
    let timing = Timing::default();
    assert_eq!(pause(&timing, 1, true), BREATH, "a good session is taken up at once");
    for (failures, whole) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (60, 30)] {
        for at_once in [false, failures > 1] {
            let found = pause(&timing, failures, at_once);
            let whole = Duration::from_secs(whole);
            assert!(found <= whole && found >= whole.mul_f64(0.75), "{failures}: {found:?}");
        }
    }
}

#[tokio::test]
async fn a_connection_without_hello_is_left() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let _bot = Bot::start(&gateway, &http, |s| s.timing.hello = SHORT);
    let _never = gateway.accept().await;
    drop(gateway.open().await);
    let _never = gateway.accept().await;
    assert_eq!(gateway.greet().await.1["op"], 6, "the session is kept");
}

#[tokio::test]
async fn a_connection_without_ready_is_left() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let _bot = Bot::start(&gateway, &http, |s| s.timing.ready = SHORT);
    let _never = gateway.greet().await;
    drop(gateway.open().await);
    let _never = gateway.greet().await;
    assert_eq!(gateway.greet().await.1["op"], 6, "the session is kept");
}

#[tokio::test]
async fn silence_after_a_heartbeat_is_a_cut() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let mut line = gateway.accept().await;
    line.hello(500).await;
    line.op().await;
    line.ready(&gateway.url, &[]).await;
    bot.done().await;
    line.acknowledges = false;
    assert_eq!(line.closed().await, Some(4900));
    assert!(line.beats > 0);
    assert_eq!(gateway.greet().await.1["op"], 6);
}

#[tokio::test]
async fn any_frame_counts_as_life_and_a_zero_interval_does_no_harm() {
    let (gateway, http) = (Gateway::start().await, nobody().await);
    let mut bot = Bot::start(&gateway, &http, |_| ());
    let mut line = gateway.accept().await;
    line.hello(0).await;
    line.op().await;
    line.ready(&gateway.url, &[]).await;
    bot.done().await;
    line.acknowledges = false;
    // Beats come at the shortest interval that is believed; each is answered by an event only.
    let mut seq = 2;
    while line.beats < 5 {
        let frame = tokio::time::timeout(Duration::from_millis(20), line.next()).await;
        assert!(frame.is_err(), "{frame:?}");
        line.dispatch("MESSAGE_REACTION_ADD", seq, vote(seq)).await;
        bot.done().await;
        seq += 1;
    }
    line.say(json!({"op": 1, "d": null})).await;
    let beats = line.beats;
    while line.beats <= beats {
        let _ = tokio::time::timeout(Duration::from_millis(20), line.next()).await;
    }
}
