//! For the tests of this room: a small HTTP server that answers as told, and a gateway that the test plays
//! itself, frame by frame. (The whole bot runs against the sandbox, in tests/it.)

use crate::discord::{
    event::{Event, Received},
    gateway::{GatewayHandle, GatewaySettings, Timing, intents, start},
    rest::{GatewayInfo, Rest, RestSettings},
    servers::Servers,
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, accept_async,
    tungstenite::{Message, protocol::CloseFrame},
};

/// Longer than anything here takes; only a failing test waits so long.
const LONG: Duration = Duration::from_secs(20);

/// A request as the HTTP server saw it.
#[derive(Clone, Debug)]
pub(in crate::discord) struct Seen {
    /// Method and path with query.
    pub(in crate::discord) line: String,
    pub(in crate::discord) authorization: String,
    pub(in crate::discord) agent: String,
    pub(in crate::discord) body: Value,
}

/// Status, headers, body.
pub(in crate::discord) type Answer = (u16, Vec<(&'static str, String)>, String);

/// What a 200 with this body is.
pub(in crate::discord) fn ok(body: &Value) -> Answer {
    (200, Vec::new(), body.to_string())
}

/// A refusal in Discord's form.
pub(in crate::discord) fn refusal(status: u16, code: u32) -> Answer {
    (
        status,
        vec![("x-ratelimit-bucket", "b".into())],
        json!({"message": "no", "code": code}).to_string(),
    )
}

/// An HTTP server; every request is recorded and answered by the closure, `None` cuts the connection.
pub(in crate::discord) struct Http {
    pub(in crate::discord) base: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Http {
    pub(in crate::discord) async fn start(
        answer: impl Fn(usize, &Seen) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let (log, answer) = (seen.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, log.clone(), answer.clone()));
            }
        });
        Self { base, seen }
    }

    pub(in crate::discord) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(in crate::discord) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }

    pub(in crate::discord) fn rest(&self) -> Rest {
        let settings = RestSettings {
            timeout: Duration::from_millis(500),
            ..RestSettings::new("t0ken", &self.base)
        };
        Rest::new(
            crate::http::api("mina@example.com", Duration::from_secs(5)).unwrap(),
            &settings,
        )
    }
}

async fn serve(
    mut stream: TcpStream,
    log: Arc<Mutex<Vec<Seen>>>,
    answer: Arc<impl Fn(usize, &Seen) -> Option<Answer> + Send + Sync + 'static>,
) {
    let mut buffer = Vec::new();
    loop {
        let head = loop {
            if let Some(end) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break end;
            }
            if stream.read_buf(&mut buffer).await.unwrap_or(0) == 0 {
                return;
            }
        };
        let text = String::from_utf8_lossy(&buffer[..head]).into_owned();
        let header = |name: &str| {
            text.lines().find_map(|l| {
                l.split_once(": ")
                    .filter(|(n, _)| n.eq_ignore_ascii_case(name))
                    .map(|(_, v)| v.to_owned())
            })
        };
        let length: usize = header("content-length").and_then(|v| v.parse().ok()).unwrap_or(0);
        while buffer.len() < head + 4 + length {
            if stream.read_buf(&mut buffer).await.unwrap_or(0) == 0 {
                return;
            }
        }
        let body = serde_json::from_slice(&buffer[head + 4..head + 4 + length]).unwrap_or(Value::Null);
        buffer.drain(..head + 4 + length);
        let line = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_end_matches(" HTTP/1.1")
            .to_owned();
        let seen = Seen {
            line,
            authorization: header("authorization").unwrap_or_default(),
            agent: header("user-agent").unwrap_or_default(),
            body,
        };
        let number = {
            let mut log = log.lock().unwrap();
            log.push(seen.clone());
            log.len() - 1
        };
        let Some((status, headers, body)) = answer(number, &seen) else {
            return;
        };
        let mut out = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        let _ = stream.write_all(format!("{out}\r\n{body}").as_bytes()).await;
    }
}

/// A gateway whose every word the test says.
pub(in crate::discord) struct Gateway {
    listener: TcpListener,
    pub(in crate::discord) url: String,
}

impl Gateway {
    pub(in crate::discord) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}/gw", listener.local_addr().unwrap());
        Self { listener, url }
    }

    pub(in crate::discord) fn info(&self) -> GatewayInfo {
        GatewayInfo {
            url: self.url.clone(),
            shards: 1,
            total: 1000,
            remaining: 1000,
            reset_after: Duration::from_secs(86_400),
            max_concurrency: 1,
        }
    }

    /// The next connection, without answering its upgrade.
    pub(in crate::discord) async fn tcp(&self) -> TcpStream {
        timeout(LONG, self.listener.accept())
            .await
            .expect("nobody connects")
            .unwrap()
            .0
    }

    /// Whether somebody connects within a moment.
    pub(in crate::discord) async fn is_called(&self) -> bool {
        timeout(Duration::from_millis(300), self.listener.accept())
            .await
            .is_ok()
    }

    /// The next connection that gets as far as being open.
    pub(in crate::discord) async fn accept(&self) -> Line {
        loop {
            if let Ok(socket) = accept_async(self.tcp().await).await {
                return Line {
                    socket,
                    acknowledges: true,
                    beats: 0,
                };
            }
        }
    }

    /// The next connection with HELLO said that asks for something, and what.
    pub(in crate::discord) async fn greet(&self) -> (Line, Value) {
        loop {
            let mut line = self.accept().await;
            line.hello(45_000).await;
            if let Some(Message::Text(text)) = line.next().await {
                return (line, serde_json::from_str(&text).unwrap());
            }
        }
    }

    /// The next connection up to READY (number 1).
    pub(in crate::discord) async fn open(&self) -> Line {
        let (mut line, asked) = self.greet().await;
        assert_eq!(asked["op"], 2, "{asked}");
        line.ready(&self.url, &["10"]).await;
        line
    }
}

/// One connection, seen from Discord's side.
pub(in crate::discord) struct Line {
    pub(in crate::discord) socket: WebSocketStream<TcpStream>,
    pub(in crate::discord) acknowledges: bool,
    pub(in crate::discord) beats: usize,
}

impl Line {
    pub(in crate::discord) async fn say(&mut self, what: Value) {
        self.socket.send(Message::text(what.to_string())).await.unwrap();
    }

    pub(in crate::discord) async fn hello(&mut self, interval: u64) {
        self.say(json!({"op": 10, "d": {"heartbeat_interval": interval}})).await;
    }

    pub(in crate::discord) async fn ready(&mut self, url: &str, guilds: &[&str]) {
        let guilds: Vec<_> = guilds.iter().map(|id| json!({"id": id, "unavailable": true})).collect();
        let d = json!({"v": 10, "user": {"id": "1", "username": "daesa", "bot": true}, "guilds": guilds,
            "session_id": "s1", "resume_gateway_url": url, "application": {"id": "2", "flags": 0}});
        self.dispatch("READY", 1, d).await;
    }

    pub(in crate::discord) async fn dispatch(&mut self, kind: &str, seq: u64, d: Value) {
        self.say(json!({"op": 0, "t": kind, "s": seq, "d": d})).await;
    }

    /// The next frame that is no heartbeat, and none at all when the connection has ended.
    pub(in crate::discord) async fn next(&mut self) -> Option<Message> {
        loop {
            let message = timeout(LONG, self.socket.next())
                .await
                .expect("nothing is said")?
                .ok()?;
            if let Message::Text(text) = &message {
                let value: Value = serde_json::from_str(text).unwrap();
                if value["op"] == 1 {
                    self.beats += 1;
                    if self.acknowledges {
                        self.say(json!({"op": 11})).await;
                    }
                    continue;
                }
            }
            return Some(message);
        }
    }

    /// The next frame that is no heartbeat.
    pub(in crate::discord) async fn op(&mut self) -> Value {
        match self.next().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).unwrap(),
            other => panic!("expected a frame, not {other:?}"),
        }
    }

    /// The code that the other side closes with; none when it just goes.
    pub(in crate::discord) async fn closed(&mut self) -> Option<u16> {
        match self.next().await {
            Some(Message::Close(frame)) => frame.map(|frame| u16::from(frame.code)),
            None => None,
            other => panic!("expected the end, not {other:?}"),
        }
    }

    /// Closes, and sees the connection to its end.
    pub(in crate::discord) async fn close(mut self, code: Option<u16>) {
        let frame = code.map(|code| CloseFrame {
            code: code.into(),
            reason: "".into(),
        });
        let _ = self.socket.close(frame).await;
        while let Ok(Some(Ok(_))) = timeout(LONG, self.socket.next()).await {}
    }
}

/// The room under test, connected to both.
pub(in crate::discord) struct Bot {
    pub(in crate::discord) events: mpsc::Receiver<Received>,
    pub(in crate::discord) handle: GatewayHandle,
    pub(in crate::discord) servers: Servers,
}

/// Limits for tests: no pauses, and no limit that a busy machine could run into by itself. Who tests a
/// limit sets it.
pub(in crate::discord) fn quick() -> Timing {
    let long = Duration::from_secs(30);
    Timing {
        connect: long,
        hello: long,
        ready: long,
        send: long,
        answer: long,
        identify_gap: Duration::from_millis(20),
        pause: Duration::from_millis(10),
        longest_pause: Duration::from_millis(50),
        good: long,
    }
}

impl Bot {
    /// Starts with quick limits; `change` may set others.
    pub(in crate::discord) fn start(gateway: &Gateway, http: &Http, change: impl FnOnce(&mut GatewaySettings)) -> Self {
        let mut settings = GatewaySettings::new("t0ken", gateway.info(), intents::ALL);
        settings.timing = quick();
        change(&mut settings);
        let servers = Servers::new();
        let complete: crate::discord::Complete =
            Arc::new(|_| Box::pin(async { vec![("Offer".to_owned(), "offer".to_owned())] }));
        let (events, handle) = start(settings, &http.rest(), &servers, complete);
        Self {
            events,
            handle,
            servers,
        }
    }

    /// The next event.
    pub(in crate::discord) async fn next(&mut self) -> Received {
        timeout(LONG, self.events.recv())
            .await
            .expect("no event comes")
            .expect("the stream has ended")
    }

    /// The next event, its effect stored at once.
    pub(in crate::discord) async fn done(&mut self) -> Event {
        let received = self.next().await;
        self.handle.committed(received.mark());
        received.event
    }
}
