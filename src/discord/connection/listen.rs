//! The loop of a connection, and what its frames come to.
//!
//! In this order of urgency: a stop, a heartbeat that is due, a limit that has passed, room for the event
//! that waits, the next frame. While an event waits no frame is read, so nothing piles up here; heartbeats
//! go on, and the limits that only frames can meet rest.

use super::{Line, Pending, Shard, Stop, identify, resume, say, told};
use crate::discord::{
    close,
    decode::{Decoded, Opened, reason},
    event::{Completing, Event, Received, Ticket},
    gateway::{Stage, intents, may_dial, open, shard_of},
    session::{Recent, Session},
    wire::{Frame, Of},
};
use futures_util::StreamExt;
use serde_json::json;
use std::time::Duration;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};
use tokio_tungstenite::tungstenite::Message;

impl Shard {
    /// Listens until something ends the connection.
    pub(super) async fn listen(&mut self, line: &mut Line) -> Stop {
        let mut stop = self.stop.clone();
        let events = self.events.clone();
        loop {
            let waits = self.pending.is_some();
            let limit = if waits {
                None
            } else {
                earliest(line.answer_by, line.ready_by)
            };
            let result = tokio::select! {
                biased;
                () = told(&mut stop) => return Stop::Told,
                () = sleep_until(line.beat_at) => self.beat(line).await,
                () = sleep_until(limit.unwrap_or(line.beat_at)), if limit.is_some() => Err(late(line)),
                room = hand_over(&mut self.pending, &events), if waits => self.handed(line, room),
                frame = line.socket.next(), if !waits => self.frame(line, frame).await,
            };
            if let Err(stop) = result {
                return stop;
            }
        }
    }

    async fn beat(&mut self, line: &mut Line) -> Result<(), Stop> {
        let now = Instant::now();
        line.beat_at = now + line.interval;
        self.send_beat(line, now).await
    }

    async fn send_beat(&mut self, line: &mut Line, now: Instant) -> Result<(), Stop> {
        let seq = self.session.as_ref().map(|session| session.seq);
        say(&mut line.socket, self.settings.timing.send, &json!({"op": 1, "d": seq})).await?;
        line.beat_sent = Some(now);
        line.answer_by.get_or_insert(now + self.patience(line));
        Ok(())
    }

    /// How long after a heartbeat any frame must have come: two intervals at most, and on Discord, whose
    /// two intervals are 82 s, much less.
    fn patience(&self, line: &Line) -> Duration {
        self.settings.timing.answer.min(line.interval * 2)
    }

    /// The waiting event has gone, or its server is known now.
    fn handed(&mut self, line: &mut Line, room: Result<Handed, ()>) -> Result<(), Stop> {
        match room {
            // Nobody takes events any more: the session can be taken up by the next start.
            Err(()) => return Err(Stop::Told),
            Ok(Handed::Gone) => {}
            Ok(Handed::Learnt { kind, seq, text }) => {
                if let Decoded::Event(event) = self.decoder.dispatch(&kind, seq, &text) {
                    self.keep(Some(seq), *event);
                }
            }
        }
        // Not a frame was read meanwhile, so the limits begin anew.
        let now = Instant::now();
        line.answer_by = line.answer_by.map(|_| now + self.patience(line));
        line.ready_by = line.ready_by.map(|_| now + self.settings.timing.ready);
        Ok(())
    }

    async fn frame(&mut self, line: &mut Line, frame: Option<Result<Message, impl Sized>>) -> Result<(), Stop> {
        let text = match frame {
            None | Some(Err(_)) => return Err(resume("the connection was cut")),
            Some(Ok(Message::Close(frame))) => {
                let code = frame.map(|frame| u16::from(frame.code));
                return Err(Stop::Cut(
                    close::verdict(code),
                    format!("closed with {}", code.unwrap_or(0)),
                ));
            }
            Some(Ok(Message::Text(text))) => text,
            // Compression is not asked for, so nothing binary is Discord's; pings are answered by the socket.
            Some(Ok(_)) => {
                self.heard(line);
                return Ok(());
            }
        };
        self.heard(line);
        match serde_json::from_str::<Frame>(&text) {
            Ok(frame) => self.op(line, frame, &text).await,
            Err(error) => {
                let (kind, reason) = ("frame".to_owned(), reason(&error));
                let seq = self.last_seq();
                self.keep(None, Event::Unreadable { kind, seq, reason });
                Ok(())
            }
        }
    }

    fn heard(&self, line: &mut Line) {
        line.answer_by = None;
        open(&self.slate).heard_at = Some(Instant::now());
    }

    async fn op(&mut self, line: &mut Line, frame: Frame, text: &str) -> Result<(), Stop> {
        match frame.op {
            0 => {
                self.dispatch(line, frame, text);
                Ok(())
            }
            1 => self.send_beat(line, Instant::now()).await,
            7 => Err(resume("asked to reconnect")),
            9 if serde_json::from_str::<Of<bool>>(text).is_ok_and(|of| of.d) => Err(resume("invalid session, for now")),
            9 => Err(identify("invalid session")),
            11 => {
                open(&self.slate).health.latency = line.beat_sent.map(|at| at.elapsed());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn dispatch(&mut self, line: &mut Line, frame: Frame, text: &str) {
        let kind = frame.t.unwrap_or_default();
        line.ready_by = line.ready_by.map(|_| Instant::now() + self.settings.timing.ready);
        if kind == "READY" {
            self.seen = Recent::default();
        }
        // These two belong to the connection; they are never stale, whatever number they carry.
        let greets = matches!(kind.as_str(), "READY" | "RESUMED");
        let fresh = frame.s.filter(|seq| self.seen.is_new(*seq));
        if frame.s.is_some() && fresh.is_none() && !greets {
            tracing::debug!(shard = self.number, kind, seq = frame.s, "an event came twice");
            return;
        }
        let seq = frame.s.unwrap_or_else(|| self.last_seq());
        match self.decoder.dispatch(&kind, seq, text) {
            Decoded::Ready(opened) => self.ready(line, seq, *opened),
            // An event may come again under another number; nobody wants to be answered twice.
            Decoded::Event(event) if event.reply().is_some_and(|reply| !self.asked.is_new(reply.id())) => {
                self.advance(fresh, false);
            }
            Decoded::Event(event) => {
                self.advance(fresh, true);
                match self.learner.begin(&event) {
                    Some(task) => {
                        let text = text.to_owned();
                        self.pending = Some(Pending::Learning { kind, seq, text, task });
                    }
                    None => self.keep(fresh, *event),
                }
            }
            Decoded::Resumed => {
                line.ready_by = None;
                line.resumed = true;
                self.stage(Stage::Ready);
                tracing::info!(shard = self.number, "session taken up again");
                self.advance(fresh, true);
                self.keep(fresh, Event::Resumed);
            }
            Decoded::Completing(what, ticket) => {
                self.advance(fresh, false);
                self.answer(what, ticket);
            }
            Decoded::Nothing => self.advance(fresh, false),
        }
    }

    fn last_seq(&self) -> u64 {
        self.session.as_ref().map_or(0, |session| session.seq)
    }

    fn ready(&mut self, line: &mut Line, seq: u64, opened: Opened) {
        line.ready_by = None;
        let own = |url: &String| url::Url::parse(url).is_ok_and(|url| may_dial(self.rest.base(), &url));
        let url = opened.url.filter(own).unwrap_or_else(|| self.budget.url());
        let session = Session {
            shard: self.number,
            shards: self.shards,
            id: opened.session,
            url,
            seq,
            bot: opened.bot,
            application: opened.application,
            intents: self.intents,
        };
        let (number, shards) = (self.number, self.shards);
        self.servers.forget(|guild| shard_of(guild, shards) != number);
        let reads_messages = self.intents & intents::MESSAGE_CONTENT != 0;
        {
            let mut shared = open(&self.slate);
            self.epoch = shared.progress.begin(0);
            shared.session = Some(session.clone());
            shared.health.stage = Stage::Ready;
        }
        tracing::info!(
            shard = self.number,
            servers = opened.guilds.len(),
            reads_messages,
            "session opened"
        );
        self.session = Some(session);
        self.advance(Some(seq), true);
        let (bot, application, guilds) = (opened.bot, opened.application, opened.guilds);
        self.keep(
            Some(seq),
            Event::Ready {
                bot,
                application,
                guilds,
                reads_messages,
            },
        );
    }

    /// The number advances on receipt. `open`: an event comes of it.
    fn advance(&mut self, seq: Option<u64>, open_event: bool) {
        let Some(seq) = seq else { return };
        if let Some(session) = &mut self.session {
            session.seq = session.seq.max(seq);
        }
        open(&self.slate).progress.received(seq, open_event);
    }

    /// Puts an event before the channel. What has no number of its own must not settle another's: it
    /// belongs to no session.
    fn keep(&mut self, seq: Option<u64>, event: Event) {
        self.pending = Some(Pending::Event(Received {
            shard: self.number,
            epoch: if seq.is_some() { self.epoch } else { 0 },
            seq: seq.unwrap_or_else(|| self.last_seq()),
            event,
        }));
    }

    /// Answers a completion outside the stream. Nothing is promised by it: one that is not answered in
    /// time shows no suggestions.
    fn answer(&self, what: Completing, ticket: Ticket) {
        let Ok(permit) = self.completions.clone().try_acquire_owned() else {
            return;
        };
        let (rest, complete) = (self.rest.clone(), self.complete.clone());
        tokio::spawn(async move {
            let offers = complete(what).await;
            if let Err(error) = rest.suggest(&ticket, &offers).await {
                tracing::debug!(%error, "no suggestions given");
            }
            drop(permit);
        });
    }
}

enum Handed {
    Gone,
    Learnt { kind: String, seq: u64, text: String },
}

/// Waits for room and hands the event over, or for its server to be learnt. Cancel-safe: the event
/// leaves `pending` only when it goes.
async fn hand_over(pending: &mut Option<Pending>, events: &mpsc::Sender<Received>) -> Result<Handed, ()> {
    if let Some(Pending::Learning { task, .. }) = pending {
        // A task that failed has learnt nothing, which the second reading copes with.
        let _ = task.await;
        return match pending.take() {
            Some(Pending::Learning { kind, seq, text, .. }) => Ok(Handed::Learnt { kind, seq, text }),
            other => {
                *pending = other;
                Ok(Handed::Gone)
            }
        };
    }
    let room = events.reserve().await.map_err(|_| ())?;
    if let Some(Pending::Event(received)) = pending.take() {
        room.send(received);
    }
    Ok(Handed::Gone)
}

fn earliest(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn late(line: &Line) -> Stop {
    let silent = line.answer_by.is_some_and(|by| by <= Instant::now());
    resume(if silent {
        "no answer to a heartbeat"
    } else {
        "neither READY nor RESUMED in time"
    })
}
