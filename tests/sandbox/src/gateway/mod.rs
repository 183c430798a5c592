//! The gateway: a WebSocket a connection, with HELLO, IDENTIFY, RESUME, heartbeats and Discord's close codes.
//! What is owed to a session lives in `state`; this file only moves it.

mod identify;
pub(crate) mod state;

use crate::shared::{Shared, stopped};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use state::Order;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longest payload a client may send, bytes.
const PAYLOAD_MOST: usize = 4096;
/// How long to wait for the other side's close frame after our own.
const CLOSE_WAIT: Duration = Duration::from_secs(1);

/// How a connection ends.
pub(crate) enum End {
    /// We close, with a code or without; the session stays if it was not ended before.
    Close(Option<u16>),
    /// We drop the connection.
    Cut,
    /// The client left. With 1000 or 1001 it gives the session up.
    Left(Option<u16>),
}

/// One connection.
pub(crate) struct Connection {
    shared: Arc<Shared>,
    socket: WebSocket,
    number: u64,
    session: Option<String>,
    /// Number of the last event that was sent here.
    sent: u64,
    received: VecDeque<Instant>,
    last_beat: Instant,
}

/// Serves a connection until it ends.
pub(crate) async fn serve(shared: Arc<Shared>, socket: WebSocket, on_resume_url: bool) {
    let (number, no_hello) = shared.change(|world| {
        let gateway = &mut world.gateway;
        gateway.counts.connections += 1;
        gateway.counts.to_resume_url += u64::from(on_resume_url);
        (gateway.open_connection(), take(&mut gateway.troubles.no_hello))
    });
    let last_beat = Instant::now();
    let received = VecDeque::new();
    let mut connection = Connection {
        shared,
        socket,
        number,
        session: None,
        sent: 0,
        received,
        last_beat,
    };
    let end = connection.run(no_hello).await;
    connection.finish(end).await;
}

/// Takes one from a counter of troubles.
fn take(left: &mut u32) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

impl Connection {
    async fn run(&mut self, no_hello: bool) -> End {
        let mut changed = self.shared.changed.subscribe();
        let mut stop = self.shared.stop.subscribe();
        if !no_hello {
            let interval = u64::try_from(self.shared.settings.heartbeat.as_millis()).unwrap_or(u64::MAX);
            let hello =
                json!({ "t": null, "s": null, "op": 10, "d": { "heartbeat_interval": interval, "_trace": [] } });
            if let Err(end) = self.send(&hello.to_string()).await {
                return end;
            }
        }
        loop {
            changed.borrow_and_update();
            if let Err(end) = self.flush().await {
                return end;
            }
            let late = self.late_until();
            let patience = self.shared.settings.heartbeat * self.shared.settings.heartbeats_missed.max(1);
            let beat_due = tokio::time::Instant::from_std(self.last_beat + patience);
            let step = tokio::select! {
                frame = self.socket.recv() => self.receive(frame).await,
                _ = changed.changed() => Ok(()),
                () = stopped(&mut stop) => Err(End::Close(Some(1001))),
                () = tokio::time::sleep_until(late.unwrap_or(beat_due)), if late.is_some() => Ok(()),
                () = tokio::time::sleep_until(beat_due) => Err(End::Close(Some(4000))),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    /// Does what tests ordered, then sends what the session is owed.
    async fn flush(&mut self) -> Result<(), End> {
        loop {
            let order = self
                .shared
                .quietly(|world| world.gateway.orders.get_mut(&self.number)?.pop_front());
            match order {
                None => break,
                Some(Order::Send(payload)) => self.send(&payload.to_string()).await?,
                Some(Order::Invalid(resumable)) => self.invalidate(resumable).await?,
                Some(Order::Close(code)) => return Err(End::Close(code)),
                Some(Order::Cut) => return Err(End::Cut),
            }
        }
        let Some(id) = self.session.clone() else { return Ok(()) };
        if self.late_until().is_some() {
            return Ok(());
        }
        loop {
            let (ours, owed) = self.shared.quietly(|world| match world.gateway.sessions.get(&id) {
                Some(session) if session.connection == Some(self.number) => {
                    let from = session.events.partition_point(|(number, _)| *number <= self.sent);
                    (true, session.events.get(from).cloned())
                }
                _ => (false, None),
            });
            if !ours {
                return Err(End::Close(Some(4000)));
            }
            let Some((number, text)) = owed else { return Ok(()) };
            self.send(&text).await?;
            self.sent = number;
        }
    }

    /// Until when events are kept back, if they are.
    fn late_until(&self) -> Option<tokio::time::Instant> {
        let until = self.shared.quietly(|world| world.gateway.troubles.late_until);
        until
            .filter(|until| *until > Instant::now())
            .map(tokio::time::Instant::from_std)
    }

    /// Sends a text; gives up when the sandbox stops or the connection is ordered to be cut.
    async fn send(&mut self, text: &str) -> Result<(), End> {
        let mut stop = self.shared.stop.subscribe();
        let mut changed = self.shared.changed.subscribe();
        let (shared, number) = (Arc::clone(&self.shared), self.number);
        let cut = async move {
            while !shared.quietly(|world| ordered_to_end(world.gateway.orders.get(&number))) {
                if changed.changed().await.is_err() {
                    return;
                }
            }
        };
        // Biased: what can be sent at once is sent, an order only frees a connection that is stuck.
        tokio::select! {
            biased;
            sent = self.socket.send(Message::Text(text.into())) => sent.map_err(|_| End::Left(None)),
            () = stopped(&mut stop) => Err(End::Cut),
            () = cut => Err(End::Cut),
        }
    }

    async fn receive(&mut self, frame: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let text = match frame {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Close(frame))) => return Err(End::Left(frame.map(|frame| frame.code))),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Binary(_))) => return Err(End::Close(Some(4002))),
            Some(Err(_)) | None => return Err(End::Left(None)),
        };
        if text.len() > PAYLOAD_MOST {
            return Err(End::Close(Some(4002)));
        }
        if self.too_many() {
            return Err(End::Close(Some(4008)));
        }
        let payload: Value = serde_json::from_str(&text).map_err(|_| End::Close(Some(4002)))?;
        match payload["op"].as_u64() {
            Some(1) => self.heartbeat().await,
            Some(2) => self.identify(&payload["d"]).await,
            Some(6) => self.resume(&payload["d"]).await,
            Some(3 | 4 | 8 | 31) if self.session.is_some() => Ok(()),
            Some(3 | 4 | 8 | 31) => Err(End::Close(Some(4003))),
            _ => Err(End::Close(Some(4001))),
        }
    }

    fn too_many(&mut self) -> bool {
        let minute = Duration::from_secs(60);
        self.received.push_back(Instant::now());
        while self.received.front().is_some_and(|at| at.elapsed() >= minute) {
            self.received.pop_front();
        }
        self.received.len() > usize::try_from(self.shared.settings.gateway_sends).unwrap_or(usize::MAX)
    }

    async fn heartbeat(&mut self) -> Result<(), End> {
        self.last_beat = Instant::now();
        let silent = self.shared.change(|world| {
            world.gateway.counts.heartbeats += 1;
            world.gateway.troubles.silent
        });
        if silent {
            Ok(())
        } else {
            self.send(r#"{"t":null,"s":null,"op":11,"d":null}"#).await
        }
    }

    /// Op 9. When the session cannot be resumed it ends here; the client may identify again.
    async fn invalidate(&mut self, resumable: bool) -> Result<(), End> {
        if let Some(id) = self.session.take() {
            self.shared.change(|world| match resumable {
                true => self.detach(&id, &mut world.gateway),
                false => {
                    world.gateway.sessions.remove(&id);
                }
            });
        }
        self.send(&json!({ "t": null, "s": null, "op": 9, "d": resumable }).to_string())
            .await
    }

    fn detach(&self, id: &str, gateway: &mut state::Gateway) {
        if let Some(session) = gateway
            .sessions
            .get_mut(id)
            .filter(|s| s.connection == Some(self.number))
        {
            session.connection = None;
            session.left = Instant::now();
        }
    }

    async fn finish(mut self, end: End) {
        let ends_session = matches!(
            end,
            End::Left(Some(1000 | 1001)) | End::Close(Some(4003 | 4004 | 4005 | 4007 | 4009 | 4010..=4014))
        );
        self.shared.change(|world| {
            let gateway = &mut world.gateway;
            gateway.orders.remove(&self.number);
            if let Some(id) = &self.session {
                let ours = gateway
                    .sessions
                    .get(id)
                    .is_some_and(|s| s.connection == Some(self.number));
                if ends_session && ours {
                    gateway.sessions.remove(id);
                } else {
                    self.detach(id, gateway);
                }
            }
            world.page_bot();
        });
        if let End::Close(code) = end {
            let frame = code.map(|code| CloseFrame {
                code,
                reason: reason(code).into(),
            });
            let close = async {
                if self.socket.send(Message::Close(frame)).await.is_ok() {
                    while let Some(Ok(_)) = self.socket.recv().await {}
                }
            };
            // A client that does not answer the close is left all the same.
            let _ = tokio::time::timeout(CLOSE_WAIT, close).await;
        }
    }
}

fn ordered_to_end(orders: Option<&VecDeque<Order>>) -> bool {
    orders.is_some_and(|orders| orders.iter().any(|order| matches!(order, Order::Cut | Order::Close(_))))
}

/// Discord's words for a close code.
fn reason(code: u16) -> &'static str {
    match code {
        4000 => "Unknown error.",
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid sequence.",
        4008 => "You are being rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "",
    }
}

/// Closes a connection that asks for what there is not.
pub(crate) async fn refuse(mut socket: WebSocket, code: u16) {
    let frame = CloseFrame {
        code,
        reason: reason(code).into(),
    };
    let close = async {
        if socket.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    // As above: nobody waits for ever.
    let _ = tokio::time::timeout(CLOSE_WAIT, close).await;
}
