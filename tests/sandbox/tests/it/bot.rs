//! A bare client for the tests: REST with every header in hand, a gateway connection frame by frame, and a small
//! world to use them in.

use daesa_sandbox::{ChannelKind, Sandbox, Settings, bits};
use futures_util::{SinkExt, StreamExt};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Far beyond what anything here takes; only a failing test waits for it.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// GUILDS, messages, reactions, content; direct messages too.
pub const INTENTS: u64 = 34_305 | 1 << 12 | 1 << 13;
/// View, send, embed, attach, history, react.
pub const BOT_RIGHTS: u64 = 117_824;

pub struct World {
    pub sandbox: Sandbox,
    pub server: u64,
    pub channel: u64,
    pub mina: u64,
    pub jun: u64,
    client: Client,
}

pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or(0)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    /// The codes of the errors of one field, by a JSON pointer below `errors`.
    pub fn field(&self, pointer: &str) -> Vec<String> {
        let list = self.body["errors"].pointer(&format!("{pointer}/_errors"));
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.map(|one| one["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

/// Without limits, unless a test is about them.
pub async fn world() -> World {
    world_with(Settings {
        unlimited: true,
        ..Settings::default()
    })
    .await
}

pub async fn world_with(settings: Settings) -> World {
    let sandbox = Sandbox::start(settings).await.expect("a free port");
    if sandbox.was_kept() {
        let (server, channel, mina, jun) = sandbox.look(|world| {
            let server = *world.guilds.keys().next().expect("the kept server");
            let person = |name: &str| world.users.values().find(|u| u.name == name).expect("a kept person").id;
            (
                server,
                world.channel_named(server, "news").expect("the kept channel").id,
                person("mina"),
                person("jun"),
            )
        });
        return World {
            sandbox,
            server,
            channel,
            mina,
            jun,
            client: Client::new(),
        };
    }
    let mina = sandbox.add_person("mina", "Mina");
    let jun = sandbox.add_person("jun", "Jun");
    let server = sandbox.add_server("Drama club", mina);
    sandbox.add_member(server, jun);
    let channel = sandbox.add_channel(server, ChannelKind::Text, "news");
    // The bot's own role decides what it may do, so that tests can take single rights away.
    sandbox.set_role(server, server, bits::VIEW_CHANNEL | bits::EVERYONE);
    sandbox.invite_bot(server, BOT_RIGHTS);
    World {
        sandbox,
        server,
        channel,
        mina,
        jun,
        client: Client::new(),
    }
}

impl World {
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.call_as(
            &format!("Bot {}", self.sandbox.token()),
            "DiscordBot (test, 1)",
            method,
            path,
            body,
        )
        .await
    }

    pub async fn call_as(&self, token: &str, agent: &str, method: &str, path: &str, body: Option<Value>) -> Reply {
        let request = self
            .request(method, path)
            .header("authorization", token)
            .header("user-agent", agent);
        let request = match body {
            Some(body) => request
                .header("content-type", "application/json")
                .body(body.to_string()),
            None => request,
        };
        read(request).await
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        self.client
            .request(method, format!("{}/api/v10{path}", self.sandbox.base_url()))
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call("GET", path, None).await
    }

    pub async fn send(&self, body: Value) -> Reply {
        self.call("POST", &format!("/channels/{}/messages", self.channel), Some(body))
            .await
    }

    /// A message of the bot's in the channel.
    pub async fn posted(&self, content: &str) -> u64 {
        let reply = self.send(json!({ "content": content })).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        id(&reply.body["id"])
    }

    pub async fn connect(&self) -> Socket {
        Socket::open(&format!("{}/?v=10&encoding=json", self.sandbox.gateway_url())).await
    }

    /// A connection that has identified and got READY and its server.
    pub async fn online(&self, intents: u64) -> Socket {
        let mut socket = self.connect().await;
        socket.hello().await;
        socket.identify(self.sandbox.token(), intents).await;
        socket.dispatch("READY").await;
        socket.dispatch("GUILD_CREATE").await;
        socket
    }
}

pub async fn read(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.expect("a reply");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.expect("a body");
    Reply {
        status,
        headers,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}

pub fn id(value: &Value) -> u64 {
    value.as_str().and_then(|id| id.parse().ok()).unwrap_or(0)
}

pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub session: String,
    pub resume_url: String,
    pub seq: u64,
}

/// What a connection brings.
#[derive(Debug)]
pub enum Got {
    Payload(Value),
    Closed(Option<u16>),
    Cut,
}

impl Socket {
    pub async fn open(url: &str) -> Self {
        let (stream, _) = connect_async(url).await.expect("a WebSocket");
        Self {
            stream,
            session: String::new(),
            resume_url: String::new(),
            seq: 0,
        }
    }

    pub async fn send(&mut self, payload: Value) {
        self.stream
            .send(Frame::text(payload.to_string()))
            .await
            .expect("an open connection");
    }

    pub async fn close(mut self, code: u16) {
        use tokio_tungstenite::tungstenite::protocol::CloseFrame;
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        self.stream
            .send(Frame::Close(Some(frame)))
            .await
            .expect("an open connection");
        while let Got::Payload(_) = self.next().await {}
    }

    pub async fn next(&mut self) -> Got {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.stream.next())
                .await
                .expect("something in time");
            match frame {
                Some(Ok(Frame::Text(text))) => {
                    let payload: Value = serde_json::from_str(text.as_str()).expect("JSON");
                    if let Some(seq) = payload["s"].as_u64() {
                        self.seq = seq;
                    }
                    if payload["t"] == "READY" {
                        self.session = payload["d"]["session_id"].as_str().unwrap_or_default().to_owned();
                        self.resume_url = payload["d"]["resume_gateway_url"]
                            .as_str()
                            .unwrap_or_default()
                            .to_owned();
                    }
                    return Got::Payload(payload);
                }
                Some(Ok(Frame::Close(frame))) => return Got::Closed(frame.map(|frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Got::Cut,
            }
        }
    }

    pub async fn payload(&mut self) -> Value {
        match self.next().await {
            Got::Payload(payload) => payload,
            other => panic!("a payload was expected, not {other:?}"),
        }
    }

    /// The next payload, which must be this event; its data.
    pub async fn dispatch(&mut self, name: &str) -> Value {
        let payload = self.payload().await;
        assert_eq!(payload["t"], name, "{payload}");
        payload["d"].clone()
    }

    pub async fn op(&mut self, op: u64) -> Value {
        let payload = self.payload().await;
        assert_eq!(payload["op"], op, "{payload}");
        payload["d"].clone()
    }

    pub async fn hello(&mut self) {
        assert!(self.op(10).await["heartbeat_interval"].is_u64());
    }

    pub async fn identify(&mut self, token: &str, intents: u64) {
        self.send(identify(token, intents)).await;
    }

    pub async fn resume(url: &str, token: &str, session: &str, seq: u64) -> Self {
        let mut socket = Self::open(&format!("{url}/?v=10&encoding=json")).await;
        socket.hello().await;
        socket
            .send(json!({ "op": 6, "d": { "token": token, "session_id": session, "seq": seq } }))
            .await;
        socket
    }

    pub async fn closed(&mut self) -> Option<u16> {
        loop {
            match self.next().await {
                Got::Closed(code) => return code,
                Got::Payload(_) => {}
                Got::Cut => panic!("a close frame was expected"),
            }
        }
    }
}

pub fn identify(token: &str, intents: u64) -> Value {
    let properties = json!({ "os": "linux", "browser": "test", "device": "test" });
    json!({ "op": 2, "d": { "token": token, "intents": intents, "properties": properties } })
}
