//! From settings to a running bot, and back down again in order.

use super::{
    House, access, api_may_be_asked, backup, catalogue, complete, counted, deliver, edits, events, extras, keep, learn,
    metrics, reconcile, time::now, watch, web,
};
use crate::{
    catalogue::Catalogue,
    command::ENTRIES,
    config::{Settings, UserFeeds},
    discord::{
        self, Application, Fatal, GatewayHandle, GatewayInfo, GatewaySettings, Rest, RestError, RestErrorKind,
        RestSettings, Servers, Session, commands_hash, intents,
    },
    http,
    model::{ApplicationId, Millis},
    store::{Store, StoreError},
};
use std::{
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
    time::Duration,
};
use tokio::{
    sync::mpsc,
    task::{JoinError, JoinHandle},
    time::{Instant, timeout, timeout_at},
};

/// How long a request to Discord may take, waiting for its turn not counted.
const API_TIMEOUT: Duration = Duration::from_secs(15);
/// Events that may wait between the gateway and the match.
const EVENTS: usize = 1_024;
/// What is in flight when the bot stops is waited for that long, all of it together …
const FLIGHT: Duration = Duration::from_secs(5);
/// … events that were received are dealt with for that long after the gateway has closed …
const DRAIN: Duration = Duration::from_secs(1);
/// … and this is when the store is let go, closed or not: nine seconds, less what the runtime takes to end.
const STOPPED: Duration = Duration::from_millis(8_300);
/// What `daesa check` says of a bot that does not run because somebody stopped it.
pub const STOPPED_STATE: &str = "the bot was stopped";
/// Pauses while Discord cannot be reached at the start.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// What the invite link asks for: the bit in Discord's “Permissions” page, the name, and what it is for.
pub const PERMISSIONS: [(u64, &str, &str); 6] = [
    (1 << 10, "View Channels", "to see the channels it is to post in"),
    (1 << 11, "Send Messages", "to post stories and answers"),
    (1 << 14, "Embed Links", "stories are embeds"),
    (1 << 15, "Attach Files", "for charts and quote cards"),
    (
        1 << 16,
        "Read Message History",
        "to find a post whose answer was lost, and to recount votes",
    ),
    (1 << 6, "Add Reactions", "to put the feelings under a post"),
];

/// Why the bot could not start. One line each, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no token.
    #[error(
        "DISCORD_TOKEN is missing: put it into .env (from https://discord.com/developers/applications → your application \
         → Bot → Reset Token); `cargo demo` needs none"
    )]
    NoToken,
    /// Discord does not know the token.
    #[error(
        "Discord does not accept the token: copy it again from https://discord.com/developers/applications → your \
         application → Bot → Reset Token"
    )]
    Token,
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A setting names something that is not there.
    #[error("{0}")]
    Setting(String),
    /// Discord refused a request that the start needs.
    #[error("the start failed: {0}")]
    Discord(#[from] RestError),
}

/// A running bot.
pub struct Daesa {
    house: Arc<House>,
    gateway: GatewayHandle,
    events: JoinHandle<Option<Fatal>>,
    votes: JoinHandle<()>,
    loops: Vec<(&'static str, JoinHandle<()>)>,
}

impl Daesa {
    /// Opens the store, asks Discord who the bot is, registers the commands, and starts the loops. While
    /// Discord cannot be reached it tries again: an outage at the wrong moment is no reason to end. None: it was
    /// `stopped` before.
    ///
    /// # Errors
    /// [`StartError`]: what trying again would not mend.
    pub async fn start(settings: Settings, stopped: impl Future<Output = ()>) -> Result<Option<Self>, StartError> {
        let mut stopped = pin!(stopped);
        if settings.token.is_none() {
            return Err(StartError::NoToken);
        }
        api_may_be_asked(&settings).map_err(StartError::Setting)?;
        let started = now();
        let names = catalogue(&settings).map_err(StartError::Setting)?;
        let web = web(&settings).map_err(StartError::Setting)?;
        let store = tokio::select! {
            store = Store::open(&settings.database, started) => store?,
            () = &mut stopped => return Ok(None),
        };
        let begun = tokio::select! {
            begun = Self::begin(settings, store.clone(), (names, web), started) => begun.map(Some),
            () = &mut stopped => Ok(None),
        };
        if !matches!(begun, Ok(Some(_))) {
            // Whoever moves the file now does not leave half of it in its log.
            close(&store).await;
        }
        begun
    }

    async fn begin(
        settings: Settings,
        store: Store,
        (mut names, web): (Catalogue, http::Web),
        started: Millis,
    ) -> Result<Self, StartError> {
        let token = settings.token.clone().ok_or(StartError::NoToken)?;
        if let Some(listen) = settings.metrics {
            metrics::serve(listen).map_err(StartError::Setting)?;
        }
        if let Some(copy) = store.copied() {
            tracing::info!(copy = %copy.display(), "the store was brought to this version; the copy is of before");
        }
        let feeds: Vec<_> = settings
            .outlets
            .iter()
            .map(|outlet| (outlet.url.clone(), outlet.name.clone()))
            .collect();
        store
            .sync_feeds(&feeds, watch::apart(feeds.len(), &settings.feeds), started)
            .await?;
        if settings.feeds.user_feeds != UserFeeds::Off {
            store.watch_server_feeds().await?;
        }
        learn::again(&mut names, store.learnt().await?);

        let client =
            http::api(&settings.http.contact, API_TIMEOUT).map_err(|error| StartError::Setting(error.to_string()))?;
        let rest = Rest::new(client, &RestSettings::new(token.reveal(), &settings.api));
        let (application, bot, info) =
            patiently(async || Ok((rest.application().await?, rest.me().await?, rest.gateway_info().await?))).await?;
        register(&rest, &store, application.id).await?;
        greet(&settings, &application, &info, store.guilds().await?.len());

        let sessions = sessions(&store, info.shards).await?;
        let servers = Servers::new();
        let house = Arc::new(House::new(
            settings,
            store,
            rest.clone(),
            web,
            servers.clone(),
            names,
            started,
        ));
        house.refresh_followed().await?;
        // Before the first delivery: whoever looks for the bot's own posts has to know whose they are.
        house.set_bot(bot, application.message_content);
        let gateway = GatewaySettings {
            sessions,
            room: EVENTS,
            ..GatewaySettings::new(token.reveal(), info, intents::wanted(application.message_content))
        };
        let (received, gateway) = discord::start(gateway, &rest, &servers, complete::with(&house));
        Ok(Self::run(house, gateway, received))
    }

    fn run(house: Arc<House>, gateway: GatewayHandle, received: mpsc::Receiver<discord::Received>) -> Self {
        let (told, inbox) = mpsc::channel(counted::ROOM);
        let shared = || Arc::clone(&house);
        // Weak: the writer ends when the events do, whatever reconciliation is doing.
        let snapshots = told.downgrade();
        Self {
            events: tokio::spawn(events::run(shared(), gateway.clone(), received, told)),
            votes: tokio::spawn(counted::run(shared(), gateway.clone(), inbox)),
            loops: vec![
                ("watch", tokio::spawn(watch::run(shared()))),
                ("deliver", tokio::spawn(deliver::run(shared()))),
                ("edits", tokio::spawn(edits::run(shared()))),
                ("access", tokio::spawn(access::run(shared()))),
                ("extras", tokio::spawn(extras::run(shared()))),
                ("reconcile", tokio::spawn(reconcile::run(shared(), snapshots))),
                ("keep", tokio::spawn(keep::run(shared(), gateway.clone()))),
                ("backup", tokio::spawn(backup::run(shared()))),
            ],
            house,
            gateway,
        }
    }

    /// Waits until the bot ends by itself: the line to say why. A loop that ended is a reason, too.
    pub async fn ended(&mut self) -> String {
        let others = self.loops.iter_mut().map(|(name, task)| (*name, task));
        let dead = first_of(others.chain([("votes", &mut self.votes)]).collect());
        let events = tokio::select! {
            biased;
            events = &mut self.events => Ok(events),
            dead = dead => Err(dead),
        };
        let (events, dead) = match events {
            Ok(events) => (events, None),
            // The writer of votes ends with the events; then their end has more to say.
            Err(dead) => match timeout(PAUSE, &mut self.events).await {
                Ok(events) => (events, None),
                Err(_) => (Ok(None), Some(dead)),
            },
        };
        match (events, dead) {
            (_, Some((name, Err(error)))) => format!("the loop `{name}` has died: {error}"),
            (_, Some((name, Ok(())))) => format!("the loop `{name}` has ended"),
            (Ok(Some(fatal)), None) => fatal.to_string(),
            (Ok(None), None) => "the connection to Discord has ended".to_owned(),
            (Err(error), None) => format!("the task that deals with events has died: {error}"),
        }
    }

    /// Whether every loop is alive; names the first that is not.
    ///
    /// # Errors
    /// The name of a loop that ended before the bot was stopped.
    pub fn alive(&self) -> Result<(), &'static str> {
        if self.events.is_finished() {
            return Err("events");
        }
        if self.votes.is_finished() {
            return Err("votes");
        }
        self.loops
            .iter()
            .find(|(_, task)| task.is_finished())
            .map_or(Ok(()), |(name, _)| Err(name))
    }

    /// Stops in order: no new feeds and posts, what is in flight is finished and recorded, the gateway is
    /// closed (its session kept for the next start, or ended), votes are committed, the store is closed.
    /// Takes nine seconds at most.
    pub async fn stop(self, keep_session: bool) {
        let Self {
            house,
            gateway,
            events,
            votes,
            loops,
        } = self;
        let began = Instant::now();
        house.stop();
        for (name, task) in loops {
            end_by(name, task, began + FLIGHT).await;
        }
        gateway.stop(keep_session).await;
        // With the gateway ended both drain what they have and end. What is left is replayed at the next start.
        let drained = Instant::now() + DRAIN;
        end_by("events", events, drained).await;
        end_by("votes", votes, drained).await;
        let closed = async {
            if let Err(error) = keep::sessions(&house, &gateway).await {
                tracing::warn!(%error, "the session could not be kept");
            }
            if let Err(error) = house.store.beat(STOPPED_STATE, now()).await {
                tracing::warn!(%error, "that the bot was stopped could not be written down");
            }
            close(&house.store).await;
        };
        if timeout_at(began + STOPPED, closed).await.is_err() {
            tracing::error!("the store was not closed in time; nothing that was committed is lost");
        }
        tracing::info!("stopped");
    }
}

async fn close(store: &Store) {
    if let Err(error) = store.close().await {
        tracing::error!(%error, "the store was not closed cleanly; nothing that was committed is lost");
    }
}

/// Waits for a task until the deadline, then ends it. One that has ended already may have given its result away,
/// and must not be asked for it again.
async fn end_by<T>(name: &str, mut task: JoinHandle<T>, deadline: Instant) {
    if !task.is_finished() && timeout_at(deadline, &mut task).await.is_err() {
        tracing::warn!(name, "a loop did not end in time; what it was doing is due again");
        task.abort();
    }
}

/// The first of the loops that ends, and how.
async fn first_of(mut loops: Vec<(&'static str, &mut JoinHandle<()>)>) -> (&'static str, Result<(), JoinError>) {
    std::future::poll_fn(move |context| {
        for (name, task) in &mut loops {
            if let Poll::Ready(ended) = Pin::new(&mut **task).poll(context) {
                return Poll::Ready((*name, ended));
            }
        }
        Poll::Pending
    })
    .await
}

/// Asks Discord for what the start needs, until it answers.
async fn patiently<T>(ask: impl AsyncFn() -> Result<T, RestError>) -> Result<T, StartError> {
    let mut pause = PAUSE;
    loop {
        match ask().await {
            Ok(found) => return Ok(found),
            Err(error) if error.kind == RestErrorKind::Unauthorized => return Err(StartError::Token),
            Err(error) if error.is_passing() => {
                tracing::warn!(%error, wait = ?pause, "Discord cannot be reached; trying again");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Registers the commands when they are others than those that were registered last.
async fn register(rest: &Rest, store: &Store, application: ApplicationId) -> Result<(), StartError> {
    const KEY: &str = "commands";
    let hash = format!("{application} {}", commands_hash(ENTRIES));
    if store.meta(KEY).await?.as_deref() == Some(hash.as_str()) {
        return Ok(());
    }
    patiently(async || rest.register(application, ENTRIES).await).await?;
    store.set_meta(KEY, Some(&hash)).await?;
    tracing::info!(commands = ENTRIES.len(), "commands registered");
    Ok(())
}

/// The one line of a start, and how to invite the bot. `servers` as the store knows them: Discord tells them later.
fn greet(settings: &Settings, application: &Application, info: &GatewayInfo, servers: usize) {
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        application = application.id.0,
        servers,
        feeds = settings.outlets.len(),
        intents = intents::wanted(application.message_content),
        message_content = application.message_content,
        shards = info.shards,
        "Daesa starts"
    );
    tracing::info!("invite: {}", invite(application.id, false));
    tracing::info!("invite, if threads are wanted: {}", invite(application.id, true));
    for (_, name, why) in PERMISSIONS {
        tracing::info!("the invite asks for {name}: {why}");
    }
}

/// Send Messages in Threads and Create Public Threads: for posts into threads, and a thread on each story.
const THREADS: u64 = (1 << 38) | (1 << 35);

/// The link by which an owner brings the bot to a server, with or without the permissions for threads.
pub fn invite(application: ApplicationId, threads: bool) -> String {
    let base: u64 = PERMISSIONS.iter().map(|(bit, ..)| bit).sum();
    let permissions = if threads { base | THREADS } else { base };
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={permissions}"
    )
}

/// The sessions of the last run, as far as they fit.
async fn sessions(store: &Store, shards: u32) -> Result<Vec<Session>, StoreError> {
    let mut sessions = Vec::new();
    for shard in 0..shards.max(1) {
        let kept = store.meta(&keep::session_key(shard)).await?;
        sessions.extend(
            kept.as_deref()
                .and_then(Session::from_json)
                .filter(|s| s.shards == shards.max(1)),
        );
    }
    Ok(sessions)
}
