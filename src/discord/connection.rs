//! One connection to the gateway: from the dial to whatever ends it.
//!
//! Here is what it takes to get in and out, and what a [`Shard`] carries from one connection to the next;
//! the loop between the two is `listen`'s. An event that waits for room in the channel belongs to the
//! shard, not to the connection: a cut neither loses nor repeats it.

mod listen;

use super::{
    budget::{Budget, Slot},
    close::{self, Verdict},
    decode::Decoder,
    error::Fatal,
    event::{Complete, Received},
    gateway::{GatewaySettings, Slate, Stage, Timing, may_dial, open},
    learn::Learner,
    rest::Rest,
    servers::Servers,
    session::{Recent, Session},
    wire::{Frame, Hello, Of},
};
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, mpsc, watch},
    task::JoinHandle,
    time::{Instant, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{
        Message,
        protocol::{CloseFrame, WebSocketConfig, frame::coding::CloseCode},
    },
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The largest frame that is read, in bytes: a server with all its channels stays well below.
const LARGEST: usize = 32 << 20;
/// Heartbeat intervals outside this range are not believed: a zero would spin, and more than 120 frames a
/// minute end the connection.
const INTERVALS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(120));
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_millis(500);
/// Completions that may be on their way at once; more are left unanswered.
const COMPLETIONS: usize = 64;
/// After so many failed dials of the session's own address, the general one is tried.
const DIALS: u32 = 2;

/// How a connection ended.
pub(super) struct End {
    pub(super) verdict: Verdict,
    pub(super) why: String,
    /// READY or RESUMED had come.
    pub(super) was_ready: bool,
    resumed: bool,
    asked_to_resume: bool,
    lasted: Duration,
}

impl End {
    /// Whether the pauses start anew: a session was taken up, which costs nothing, or lasted.
    pub(super) fn was_good(&self, timing: &Timing) -> bool {
        self.resumed || (self.was_ready && self.lasted >= timing.good)
    }

    /// Whether a session that was going on is to be taken up: that costs Discord nothing.
    pub(super) fn may_come_back_at_once(&self) -> bool {
        self.verdict == Verdict::Resume && self.was_ready
    }
}

/// What ends a connection from inside.
enum Stop {
    /// We are told to stop.
    Told,
    /// Something that the verdict says what to do about.
    Cut(Verdict, String),
}

fn resume(why: &str) -> Stop {
    Stop::Cut(Verdict::Resume, why.to_owned())
}

fn identify(why: &str) -> Stop {
    Stop::Cut(Verdict::Identify, why.to_owned())
}

/// An event on its way to the channel.
enum Pending {
    Event(Received),
    /// Its server is being asked for; then the frame is read again.
    Learning {
        kind: String,
        seq: u64,
        text: String,
        task: JoinHandle<()>,
    },
}

/// A shard: what lives longer than a connection.
pub(super) struct Shard {
    pub(super) number: u32,
    shards: u32,
    pub(super) settings: Arc<GatewaySettings>,
    rest: Rest,
    servers: Servers,
    complete: Complete,
    pub(super) events: mpsc::Sender<Received>,
    pub(super) stop: watch::Receiver<Option<bool>>,
    pub(super) slate: Slate,
    budget: Arc<Budget>,
    pub(super) intents: u64,
    /// Whether the token is tried in its other form.
    pub(super) other_form: bool,
    /// The session with the last number received.
    pub(super) session: Option<Session>,
    epoch: u32,
    pub(super) failed_resumes: u32,
    failed_dials: u32,
    seen: Recent,
    asked: Recent,
    decoder: Decoder,
    learner: Learner,
    pending: Option<Pending>,
    completions: Arc<Semaphore>,
}

/// What belongs to one connection only.
struct Line {
    socket: Socket,
    interval: Duration,
    beat_at: Instant,
    beat_sent: Option<Instant>,
    /// Any frame must have come by then.
    answer_by: Option<Instant>,
    /// READY or RESUMED must have come by then; none: it has.
    ready_by: Option<Instant>,
    resumed: bool,
}

impl Shard {
    pub(super) fn new(
        (number, shards): (u32, u32),
        settings: Arc<GatewaySettings>,
        (rest, servers, complete): (Rest, Servers, Complete),
        (events, stop, slate, budget): (
            mpsc::Sender<Received>,
            watch::Receiver<Option<bool>>,
            Slate,
            Arc<Budget>,
        ),
    ) -> Self {
        Self {
            number,
            shards,
            intents: settings.intents,
            decoder: Decoder::new(servers.clone()),
            learner: Learner::new(rest.clone(), servers.clone()),
            settings,
            rest,
            servers,
            complete,
            events,
            stop,
            slate,
            budget,
            other_form: false,
            session: None,
            epoch: 0,
            failed_resumes: 0,
            failed_dials: 0,
            seen: Recent::default(),
            asked: Recent::default(),
            pending: None,
            completions: Arc::new(Semaphore::new(COMPLETIONS)),
        }
    }

    /// Takes up the session of the last run, if it fits.
    pub(super) fn take_up_stored(&mut self) {
        let fits = |s: &&Session| s.shard == self.number && s.shards == self.shards && s.intents == self.intents;
        let Some(session) = self.settings.sessions.iter().find(fits).cloned() else {
            return;
        };
        self.decoder.known_bot(session.bot);
        self.epoch = open(&self.slate).progress.begin(session.seq);
        open(&self.slate).session = Some(session.clone());
        self.session = Some(session);
    }

    pub(super) fn drop_session(&mut self) {
        self.session = None;
        self.seen = Recent::default();
        self.failed_resumes = 0;
        open(&self.slate).session = None;
    }

    pub(super) fn stage(&self, stage: Stage) {
        open(&self.slate).health.stage = stage;
    }

    pub(super) fn count_resume(&mut self, end: &End) {
        if end.was_ready {
            self.failed_resumes = 0;
        } else if end.asked_to_resume {
            self.failed_resumes += 1;
        }
    }

    /// One connection, from the dial to its end; none when we are told to stop.
    pub(super) async fn connect_once(&mut self) -> Option<End> {
        let budget = self.budget.clone();
        let slot = if self.session.is_some() {
            None
        } else {
            let mut stop = self.stop.clone();
            tokio::select! {
                biased;
                () = told(&mut stop) => return None,
                slot = budget.slot(self.number, &self.rest) => Some(slot),
            }
        };
        let asks = self.session.is_some();
        let mut line = match self.enter(slot).await {
            Ok(line) => line,
            Err((Stop::Told, _)) => return None,
            Err((Stop::Cut(verdict, why), asked)) => {
                let (was_ready, resumed, lasted) = (false, false, Duration::ZERO);
                return Some(End {
                    verdict,
                    why,
                    was_ready,
                    resumed,
                    asked_to_resume: asks && asked,
                    lasted,
                });
            }
        };
        let since = Instant::now();
        let stop = self.listen(&mut line).await;
        let (was_ready, resumed) = (line.ready_by.is_none(), line.resumed);
        let ends = *self.stop.borrow() == Some(false);
        let keep = !(ends && matches!(stop, Stop::Told));
        goodbye(&mut line.socket, keep).await;
        match stop {
            Stop::Told => None,
            Stop::Cut(verdict, why) => Some(End {
                verdict,
                why,
                was_ready,
                resumed,
                asked_to_resume: asks,
                lasted: since.elapsed(),
            }),
        }
    }

    /// Dials, waits for HELLO, and asks to come in. The error says whether it had asked.
    async fn enter(&mut self, slot: Option<Slot<'_>>) -> Result<Line, (Stop, bool)> {
        let mut stop = self.stop.clone();
        let enter = async {
            let timing = self.settings.timing;
            if self.failed_dials >= DIALS {
                self.budget.refresh(&self.rest).await;
            }
            let mut socket = self.dial().await.map_err(|stop| (stop, false))?;
            self.failed_dials = 0;
            let interval = match timeout(timing.hello, hello(&mut socket)).await {
                Ok(result) => result.map_err(|stop| (stop, false))?,
                Err(_) => return Err((resume("no HELLO"), false)),
            };
            let request = self.request();
            say(&mut socket, timing.send, &request)
                .await
                .map_err(|stop| (stop, false))?;
            let mut shared = open(&self.slate);
            match slot {
                Some(slot) => {
                    slot.used();
                    shared.health.identifies += 1;
                }
                None => shared.health.resumes += 1,
            }
            let now = Instant::now();
            shared.heard_at = Some(now);
            Ok(Line {
                socket,
                interval,
                // Discord's rule: the first beat at a random part of the interval, so that not all come at once.
                beat_at: now + interval.mul_f64(fastrand::f64()),
                beat_sent: None,
                answer_by: None,
                ready_by: Some(now + timing.ready),
                resumed: false,
            })
        };
        tokio::select! {
            biased;
            () = told(&mut stop) => Err((Stop::Told, false)),
            entered = enter => entered,
        }
    }

    async fn dial(&mut self) -> Result<Socket, Stop> {
        let own = self
            .session
            .as_ref()
            .filter(|_| self.failed_dials < DIALS)
            .map(|session| session.url.clone());
        let address = own.unwrap_or_else(|| self.budget.url());
        let mut url = url::Url::parse(&address).map_err(|_| Stop::Cut(Verdict::Final(Fatal::Address), address))?;
        if !may_dial(self.rest.base(), &url) {
            let why = "an address of another host".to_owned();
            return Err(Stop::Cut(Verdict::Final(Fatal::Address), why));
        }
        url.query_pairs_mut()
            .clear()
            .append_pair("v", "10")
            .append_pair("encoding", "json");
        let config = WebSocketConfig::default()
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST));
        let dialled = tokio_tungstenite::connect_async_with_config(url.as_str(), Some(config), true);
        self.failed_dials += 1;
        match timeout(self.settings.timing.connect, dialled).await {
            Ok(Ok((socket, _))) => Ok(socket),
            Ok(Err(_)) => Err(resume("could not connect")),
            Err(_) => Err(resume("no connection in time")),
        }
    }

    /// Op 6 with a session, op 2 without.
    fn request(&self) -> serde_json::Value {
        let token = self.settings.token.trim();
        let bare = token.strip_prefix("Bot ").unwrap_or(token).trim();
        let token = if self.other_form {
            format!("Bot {bare}")
        } else {
            bare.to_owned()
        };
        match &self.session {
            Some(session) => {
                json!({"op": 6, "d": {"token": token, "session_id": session.id, "seq": session.seq}})
            }
            None => json!({"op": 2, "d": {
                "token": token,
                "intents": self.intents,
                "properties": {"os": std::env::consts::OS, "browser": "daesa", "device": "daesa"},
                "large_threshold": 50,
                "shard": [self.number, self.shards],
            }}),
        }
    }
}

/// Waits until we are told to stop.
pub(super) async fn told(stop: &mut watch::Receiver<Option<bool>>) {
    // The handle is gone: nobody can tell us any more, and nobody wants us.
    let _ = stop.wait_for(Option::is_some).await;
}

async fn hello(socket: &mut Socket) -> Result<Duration, Stop> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                let hello = serde_json::from_str::<Frame>(&text).is_ok_and(|frame| frame.op == 10);
                if !hello {
                    continue;
                }
                let told = serde_json::from_str::<Of<Hello>>(&text).map_or(0.0, |of| of.d.heartbeat_interval);
                let told = Duration::try_from_secs_f64(told / 1000.0).unwrap_or(INTERVALS.0);
                return Ok(told.clamp(INTERVALS.0, INTERVALS.1));
            }
            Some(Ok(Message::Close(frame))) => {
                let code = frame.map(|frame| u16::from(frame.code));
                return Err(Stop::Cut(
                    close::verdict(code),
                    format!("closed with {}", code.unwrap_or(0)),
                ));
            }
            Some(Ok(_)) => {}
            None | Some(Err(_)) => return Err(resume("cut before HELLO")),
        }
    }
}

async fn say(socket: &mut Socket, limit: Duration, what: &serde_json::Value) -> Result<(), Stop> {
    match timeout(limit, socket.send(Message::text(what.to_string()))).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(resume("could not send")),
        Err(_) => Err(resume("could not send in time")),
    }
}

async fn goodbye(socket: &mut Socket, keep: bool) {
    let code = CloseCode::from(if keep { close::KEEP } else { close::END });
    let frame = CloseFrame {
        code,
        reason: "".into(),
    };
    // The other side may be gone; then there is nobody to tell.
    let _ = timeout(GOODBYE, async {
        let _ = socket.close(Some(frame)).await;
        // Until it has answered, so that our word is not lost with the connection.
        while let Some(Ok(_)) = socket.next().await {}
    })
    .await;
}
