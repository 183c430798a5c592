//! The shards: one task each, which keeps its connection alive until it is told to stop.
//!
//! One connection is `connection`'s. Here is what happens between connections: resume or identify, the
//! pauses, the count of sessions, what is final.

mod dial;

use super::{
    budget::Budget,
    close::Verdict,
    connection::{End, Shard, told},
    error::Fatal,
    event::{Complete, Event, Received},
    rest::{GatewayInfo, Rest},
    servers::Servers,
    session::{Mark, Progress, Session},
};
use crate::model::GuildId;
pub(super) use dial::may_dial;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::{
    sync::{mpsc, watch},
    task::{JoinHandle, JoinSet},
    time::Instant,
};

/// The intents that Daesa uses.
pub mod intents {
    /// Servers, channels, roles.
    pub const GUILDS: u64 = 1 << 0;
    /// That messages are written.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Reactions.
    pub const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
    /// Messages written to the bot itself.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// What messages say: privileged, for `!` commands.
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// All of them.
    pub const ALL: u64 = GUILDS | GUILD_MESSAGES | GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGES | MESSAGE_CONTENT;

    /// What to ask for: without Message Content when the portal does not allow it.
    #[must_use]
    pub const fn wanted(message_content: bool) -> u64 {
        if message_content { ALL } else { ALL & !MESSAGE_CONTENT }
    }
}

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// TCP, TLS and the upgrade.
    pub connect: Duration,
    /// The gateway's first word.
    pub hello: Duration,
    /// READY or RESUMED, or a further event before it.
    pub ready: Duration,
    /// One frame of ours.
    pub send: Duration,
    /// Any frame after a heartbeat.
    pub answer: Duration,
    /// Between two sessions opened.
    pub identify_gap: Duration,
    /// The first pause after a failure; it doubles.
    pub pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// A connection that lasted this long was good: the pauses start anew.
    pub good: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            hello: Duration::from_secs(5),
            ready: Duration::from_secs(20),
            send: Duration::from_secs(5),
            answer: Duration::from_secs(10),
            // Discord's five seconds, and what the way there may take longer the second time.
            identify_gap: Duration::from_millis(5_250),
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(30),
            good: Duration::from_secs(10),
        }
    }
}

/// How to connect.
#[derive(Clone)]
pub struct GatewaySettings {
    /// The token, with or without `Bot `.
    pub token: String,
    /// What `/gateway/bot` said.
    pub info: GatewayInfo,
    /// What to ask for ([`intents::wanted`]).
    pub intents: u64,
    /// How many shards; 0: as many as Discord recommends.
    pub shards: u32,
    /// Sessions of the last run, to be taken up again.
    pub sessions: Vec<Session>,
    /// How many events may wait to be taken.
    pub room: usize,
    /// Limits.
    pub timing: Timing,
}

impl GatewaySettings {
    /// With default limits and no session to take up.
    #[must_use]
    pub fn new(token: &str, info: GatewayInfo, intents: u64) -> Self {
        Self {
            token: token.to_owned(),
            info,
            intents,
            shards: 0,
            sessions: Vec::new(),
            room: 1024,
            timing: Timing::default(),
        }
    }
}

impl fmt::Debug for GatewaySettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewaySettings")
            .field("info", &self.info)
            .field("intents", &self.intents)
            .field("shards", &self.shards)
            .finish_non_exhaustive()
    }
}

/// How a shard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// On its way in.
    Connecting,
    /// In, events come.
    Ready,
    /// Between connections.
    Waiting,
    /// Ended for good.
    Stopped,
}

/// What is known of a shard's health.
#[derive(Clone, Copy, Debug)]
pub struct Health {
    /// Which.
    pub shard: u32,
    /// How it is.
    pub stage: Stage,
    /// How long ago Discord was heard.
    pub heard: Option<Duration>,
    /// How long Discord took to answer the last heartbeat.
    pub latency: Option<Duration>,
    /// Sessions opened since the start.
    pub identifies: u32,
    /// Sessions taken up again since the start.
    pub resumes: u32,
    /// Whether texts of messages are asked for.
    pub reads_messages: bool,
}

/// What a shard's task and the handle share.
pub(super) struct Shared {
    pub(super) progress: Progress,
    pub(super) session: Option<Session>,
    pub(super) health: Health,
    pub(super) heard_at: Option<Instant>,
}

pub(super) type Slate = Arc<Mutex<Shared>>;

pub(super) fn open(slate: &Slate) -> MutexGuard<'_, Shared> {
    // Nothing panics while holding the lock, so a poisoned one still holds whole values.
    slate.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

struct Inner {
    slates: Vec<Slate>,
    stop: watch::Sender<Option<bool>>,
    tasks: tokio::sync::Mutex<Vec<JoinHandle<()>>>,
    budget: Arc<Budget>,
}

/// The shards from outside. Clones share them; when the last is dropped, the shards stop and keep their
/// sessions.
#[derive(Clone)]
pub struct GatewayHandle(Arc<Inner>);

impl fmt::Debug for GatewayHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayHandle")
            .field("shards", &self.0.slates.len())
            .finish()
    }
}

impl GatewayHandle {
    /// The event's effect is in the store (or it has none). To be said of every event, in any order:
    /// the session to be stored reaches up to the first of which it was not said.
    pub fn committed(&self, mark: Mark) {
        let slate = usize::try_from(mark.shard)
            .ok()
            .and_then(|shard| self.0.slates.get(shard));
        if let Some(slate) = slate {
            open(slate).progress.committed(mark.epoch, mark.seq);
        }
    }

    /// The session of a shard as it is to be stored now.
    #[must_use]
    pub fn session(&self, shard: u32) -> Option<Session> {
        let shared = open(self.0.slates.get(usize::try_from(shard).ok()?)?);
        let seq = shared.progress.safe();
        shared.session.clone().map(|session| Session { seq, ..session })
    }

    /// How many shards there are.
    #[must_use]
    pub fn shards(&self) -> u32 {
        u32::try_from(self.0.slates.len()).unwrap_or(u32::MAX)
    }

    /// How the shards are.
    #[must_use]
    pub fn health(&self) -> Vec<Health> {
        let health = |slate: &Slate| {
            let shared = open(slate);
            Health {
                heard: shared.heard_at.map(|at| at.elapsed()),
                ..shared.health
            }
        };
        self.0.slates.iter().map(health).collect()
    }

    /// How many sessions may still be opened today.
    #[must_use]
    pub fn sessions_left(&self) -> u32 {
        self.0.budget.remaining()
    }

    /// Ends all connections: with the sessions kept for the next start, or ended. Events that were
    /// received and not yet taken stay in the channel to be dealt with; store [`Self::session`] after
    /// that. Takes two seconds at most.
    pub async fn stop(&self, keep_session: bool) {
        self.0.stop.send_replace(Some(keep_session));
        let deadline = Instant::now() + Duration::from_secs(2);
        let mut tasks = self.0.tasks.lock().await;
        for mut task in tasks.drain(..) {
            if tokio::time::timeout_at(deadline, &mut task).await.is_err() {
                task.abort();
            }
        }
        if !keep_session {
            self.0.slates.iter().for_each(|slate| open(slate).session = None);
        }
    }
}

/// Starts the shards. The channel ends when all of them have; before it ends for another reason than
/// [`GatewayHandle::stop`], [`Event::Fatal`] says why. Must be called within a tokio runtime.
#[must_use]
pub fn start(
    settings: GatewaySettings,
    rest: &Rest,
    servers: &Servers,
    complete: Complete,
) -> (mpsc::Receiver<Received>, GatewayHandle) {
    let shards = if settings.shards == 0 {
        settings.info.shards.max(1)
    } else {
        settings.shards
    };
    let (events, receiver) = mpsc::channel(settings.room.max(1));
    let (stop, stopping) = watch::channel(None);
    let budget = Arc::new(Budget::new(&settings.info, settings.timing.identify_gap));
    let settings = Arc::new(settings);
    let mut slates = Vec::new();
    let mut tasks = Vec::new();
    for number in 0..shards {
        let slate = slate(number, settings.intents);
        slates.push(slate.clone());
        let mut shard = Shard::new(
            (number, shards),
            settings.clone(),
            (rest.clone(), servers.clone(), complete.clone()),
            (events.clone(), stopping.clone(), slate, budget.clone()),
        );
        // Here and not in its task: whoever asks for the session to store it must not find none yet.
        shard.take_up_stored();
        tasks.push(tokio::spawn(watched(number, shard, events.clone())));
    }
    let inner = Inner {
        slates,
        stop,
        tasks: tokio::sync::Mutex::new(tasks),
        budget,
    };
    (receiver, GatewayHandle(Arc::new(inner)))
}

fn slate(shard: u32, wanted: u64) -> Slate {
    let health = Health {
        shard,
        stage: Stage::Connecting,
        heard: None,
        latency: None,
        identifies: 0,
        resumes: 0,
        reads_messages: wanted & intents::MESSAGE_CONTENT != 0,
    };
    Arc::new(Mutex::new(Shared {
        progress: Progress::default(),
        session: None,
        health,
        heard_at: None,
    }))
}

/// Runs a shard; one that ends in a panic is told of like one that Discord ended, so that nobody waits for a deaf one.
async fn watched(number: u32, shard: Shard, events: mpsc::Sender<Received>) {
    // Dropped with this task, it ends the shard.
    let mut alone = JoinSet::new();
    alone.spawn(run(shard));
    if let Some(Err(error)) = alone.join_next().await
        && error.is_panic()
    {
        tracing::error!(shard = number, %error, "a shard ended in a panic");
        let event = Event::Fatal(Fatal::Died(number));
        let last = Received {
            shard: number,
            epoch: 0,
            seq: 0,
            event,
        };
        let _ = events.send(last).await;
    }
}

/// The shard that a server's events come through.
pub(super) const fn shard_of(guild: GuildId, shards: u32) -> u32 {
    let shards = if shards == 0 { 1 } else { shards };
    // Below `shards`, which is a u32.
    #[allow(clippy::cast_possible_truncation)]
    let shard = ((guild.0 >> 22) % shards as u64) as u32;
    shard
}

/// How often a session is tried to be taken up before a new one is opened.
const RESUMES: u32 = 3;
/// The pause after a connection that was good or is to be resumed at once, so that no server can make us
/// spin.
const BREATH: Duration = Duration::from_millis(250);

/// Connection after connection.
async fn run(mut shard: Shard) {
    let mut failures = 0_u32;
    loop {
        shard.stage(Stage::Connecting);
        let Some(end) = shard.connect_once().await else { break };
        if end.was_good(&shard.settings.timing) {
            failures = 0;
        }
        shard.count_resume(&end);
        let verdict = match judge(&mut shard, &end) {
            Ok(verdict) => verdict,
            Err(fatal) => {
                shard.give_up(fatal).await;
                break;
            }
        };
        if verdict == Verdict::Identify || shard.failed_resumes >= RESUMES {
            shard.drop_session();
        }
        tracing::info!(shard = shard.number, why = %end.why, resume = shard.session.is_some(), "connection ended");
        failures += 1;
        shard.stage(Stage::Waiting);
        if shard
            .pause(pause(&shard.settings.timing, failures, end.may_come_back_at_once()))
            .await
            .is_err()
        {
            break;
        }
    }
    shard.stage(Stage::Stopped);
}

/// What to do now; what is final has its one second chance taken here.
fn judge(shard: &mut Shard, end: &End) -> Result<Verdict, Fatal> {
    match end.verdict {
        Verdict::Final(Fatal::Intents(4014)) if shard.intents & intents::MESSAGE_CONTENT != 0 => {
            tracing::warn!(
                "the intent Message Content is not allowed in the developer portal: going on without it. `!` commands cannot be read; slash commands and mentions work"
            );
            shard.intents &= !intents::MESSAGE_CONTENT;
            open(&shard.slate).health.reads_messages = false;
            Ok(Verdict::Identify)
        }
        Verdict::Final(Fatal::Token) if !shard.other_form => {
            // Discord's pages show the token bare, its clients have sent it with `Bot `: the other form, once.
            shard.other_form = true;
            Ok(if shard.session.is_some() {
                Verdict::Resume
            } else {
                Verdict::Identify
            })
        }
        Verdict::Final(fatal) => Err(fatal),
        verdict => Ok(verdict),
    }
}

/// How long to wait after so many failures in a row; the first end of a good connection costs a breath only.
fn pause(timing: &Timing, failures: u32, at_once: bool) -> Duration {
    if at_once && failures <= 1 {
        return BREATH;
    }
    let doubled = timing
        .pause
        .saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1).min(16)));
    // Between three quarters and the whole, so that shards do not come back in step.
    doubled
        .min(timing.longest_pause)
        .mul_f64(0.75 + fastrand::f64() / 4.0)
        .max(BREATH)
}

impl Shard {
    async fn give_up(&mut self, fatal: Fatal) {
        tracing::error!(shard = self.number, code = fatal.code(), "{fatal}");
        self.drop_session();
        let last = Received {
            shard: self.number,
            epoch: 0,
            seq: 0,
            event: Event::Fatal(fatal),
        };
        let mut stop = self.stop.clone();
        tokio::select! {
            _ = self.events.send(last) => {}
            () = told(&mut stop) => {}
        }
    }

    /// Waits between connections; an error when it is time to stop.
    async fn pause(&mut self, length: Duration) -> Result<(), ()> {
        tokio::select! {
            biased;
            () = told(&mut self.stop) => Err(()),
            () = tokio::time::sleep(length) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
