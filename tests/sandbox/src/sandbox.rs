//! The sandbox from outside: started, built up, acted in, watched, made to fail, stopped.

use crate::control;
use crate::faults::Fault;
use crate::gateway::{self, state::Order};
use crate::log::{Invalid, Logged};
use crate::news::{Site, Town};
use crate::page;
use crate::rest;
use crate::server;
use crate::settings::Settings;
use crate::shared::{Shared, lock, stopped};
use crate::steps::Step;
use crate::world::{World, keep};
use axum::Router;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{DefaultBodyLimit, Request, State, WebSocketUpgrade};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use serde_json::json;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

/// What goes wrong on the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayFault {
    /// Op 7 on all connections.
    Reconnect,
    /// Op 9 on all connections; `false` ends the sessions.
    Invalid(bool),
    /// All connections are closed, with a code or with a close frame that has none.
    Close(Option<u16>),
    /// All connections are cut without a word.
    Cut,
    /// The next handshakes are never answered.
    HangHandshakes(u32),
    /// The next connections get no HELLO.
    NoHello(u32),
    /// The next IDENTIFYs are accepted in silence: no READY.
    NoReady(u32),
    /// The next IDENTIFYs are closed with this code.
    RefuseIdentify {
        /// How many.
        times: u32,
        /// Close code.
        code: u16,
    },
    /// The next IDENTIFYs are answered with op 9.
    InvalidIdentify(u32),
    /// Heartbeats are (not) acknowledged.
    StopAcks(bool),
    /// The next events are never sent.
    DropEvents(u32),
    /// The next events are sent twice.
    DoubleEvents(u32),
    /// The next events are each told after the one that follows them.
    SwapEvents(u32),
    /// For so long from now no event is sent; then all that were kept back.
    Late(Duration),
}

/// A running sandbox. Dropping it leaves its tasks to the runtime; use [`Sandbox::stop`].
pub struct Sandbox {
    pub(crate) shared: Arc<Shared>,
    site: Site,
    tasks: Vec<JoinHandle<()>>,
    kept: bool,
}

impl Sandbox {
    /// Starts Discord and the news site on 127.0.0.1.
    ///
    /// # Errors
    /// A port that is in use, or a kept state that cannot be read.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let settings = Arc::new(settings);
        let listener = server::bind(settings.port).await?;
        let origin = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
        let mut world = World::new(Arc::clone(&settings), origin.clone());
        let kept = match &settings.keep {
            Some(folder) => keep::load(&mut world, folder)?,
            None => false,
        };
        let shared = Arc::new(Shared::new(Arc::clone(&settings), world, origin));
        let (site, site_task) = Site::start(
            &settings.news_host,
            settings.news_port,
            Arc::clone(&shared.steps),
            Arc::clone(&shared.changed),
            shared.stop.subscribe(),
        )
        .await?;
        let router = router(&shared, &site);
        let task = tokio::spawn(server::serve(listener, router, shared.stop.subscribe()));
        Ok(Self {
            shared,
            site,
            tasks: vec![task, site_task],
            kept,
        })
    }

    /// Stops: connections are closed, and the state is written when a folder was given.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub async fn stop(self) -> io::Result<()> {
        self.shared.stop.send_replace(true);
        for task in self.tasks {
            // A task that panicked has nothing left to stop.
            let _ = task.await;
        }
        match &self.shared.settings.keep {
            Some(folder) => self.shared.quietly(|world| keep::save(world, folder)),
            None => Ok(()),
        }
    }

    /// Whether a kept state was loaded; then there is nothing to build up.
    pub fn was_kept(&self) -> bool {
        self.kept
    }

    /// `http://127.0.0.1:PORT`: what takes the place of `https://discord.com`, and the page's address.
    pub fn base_url(&self) -> &str {
        &self.shared.origin
    }

    /// Address of the gateway as `/gateway` returns it.
    pub fn gateway_url(&self) -> String {
        format!("{}/gateway", self.shared.origin.replacen("http", "ws", 1))
    }

    /// The bot's token, without `Bot `.
    pub fn token(&self) -> &str {
        &self.shared.settings.token
    }

    /// The news site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Starts another news site that writes its links under this host name.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn add_site(&mut self, host: &str) -> io::Result<Site> {
        let (steps, changed) = (Arc::clone(&self.shared.steps), Arc::clone(&self.shared.changed));
        let (site, task) = Site::start(host, 0, steps, changed, self.shared.stop.subscribe()).await?;
        self.tasks.push(task);
        Ok(site)
    }

    /// Starts a site for each of these host names, all at one address.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn add_town(&mut self, hosts: &[String]) -> io::Result<Town> {
        let (steps, changed) = (Arc::clone(&self.shared.steps), Arc::clone(&self.shared.changed));
        let (town, task) = Town::start(hosts, steps, changed, self.shared.stop.subscribe()).await?;
        self.tasks.push(task);
        Ok(town)
    }

    /// Looks at everything at once.
    pub fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        self.shared.quietly(|world| look(world))
    }

    /// Waits until `look` finds something, looking again at every change. `None` when the time is over.
    pub async fn wait_for<T>(&self, mut look: impl FnMut(&World) -> Option<T>, timeout: Duration) -> Option<T> {
        self.wait_until(|| self.shared.quietly(|world| look(world)), timeout)
            .await
    }

    /// The same for anything else that this sandbox or its sites know, such as counts of requests.
    pub async fn wait_until<T>(&self, mut look: impl FnMut() -> Option<T>, timeout: Duration) -> Option<T> {
        let mut changed = self.shared.changed.subscribe();
        let search = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = look() {
                    return Some(found);
                }
                changed.changed().await.ok()?;
            }
        };
        tokio::time::timeout(timeout, search).await.ok().flatten()
    }

    /// Calls `hook` at every step, in the task of the request that is there, which waits for it.
    pub fn on_step(&self, hook: impl Fn(&Step) + Send + Sync + 'static) {
        self.shared.steps.add(Arc::new(hook));
    }

    /// The steps as a stream.
    pub fn steps(&self) -> broadcast::Receiver<Step> {
        self.shared.steps.stream()
    }

    /// The log of REST requests, oldest first.
    pub fn requests(&self) -> Vec<Logged> {
        lock(&self.shared.log).entries.iter().cloned().collect()
    }

    /// Requests that Discord would count as invalid.
    pub fn invalid(&self) -> Invalid {
        lock(&self.shared.log).invalid
    }

    /// How often the gateway was used.
    pub fn gateway_counts(&self) -> gateway::state::GatewayCounts {
        self.shared.quietly(|world| world.gateway.counts)
    }

    /// The next `times` requests of a route go wrong. `route` is `POST /channels/{channel_id}/messages`, with `|`
    /// between methods, `*` for any method, and a `*` at the end of a template for all below it.
    pub fn fail(&self, route: &str, times: u32, fault: Fault) {
        lock(&self.shared.faults).plan(route, times, fault);
    }

    /// No more faults of REST.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Makes the gateway go wrong.
    pub fn fail_gateway(&self, fault: GatewayFault) {
        gateway_fault(&self.shared, fault);
    }
}

pub(crate) fn gateway_fault(shared: &Shared, fault: GatewayFault) {
    shared.change(|world| {
        let gateway = &mut world.gateway;
        match fault {
            GatewayFault::Reconnect => {
                gateway.order(&Order::Send(json!({ "t": null, "s": null, "op": 7, "d": null })));
            }
            GatewayFault::Invalid(resumable) => gateway.order(&Order::Invalid(resumable)),
            GatewayFault::Close(code) => gateway.order(&Order::Close(code)),
            GatewayFault::Cut => gateway.order(&Order::Cut),
            GatewayFault::HangHandshakes(times) => gateway.troubles.hang_handshake = times,
            GatewayFault::NoHello(times) => gateway.troubles.no_hello = times,
            GatewayFault::NoReady(times) => gateway.troubles.no_ready = times,
            GatewayFault::RefuseIdentify { times, code } => {
                gateway.troubles.refuse_identify = times;
                gateway.troubles.refuse_code = code;
            }
            GatewayFault::InvalidIdentify(times) => gateway.troubles.invalid_identify = times,
            GatewayFault::StopAcks(stop) => gateway.troubles.silent = stop,
            GatewayFault::DropEvents(times) => gateway.troubles.drop_events = times,
            GatewayFault::DoubleEvents(times) => gateway.troubles.double_events = times,
            GatewayFault::SwapEvents(times) => gateway.troubles.swap_events = times,
            GatewayFault::Late(span) => gateway.troubles.late_until = Some(Instant::now() + span),
        }
    });
}

fn router(shared: &Arc<Shared>, site: &Site) -> Router {
    let control = Router::new()
        .route("/sandbox/{*path}", any(control::serve))
        .with_state((Arc::clone(shared), site.clone()));
    Router::new()
        .route("/api/{*path}", any(rest::serve))
        .route("/page/{*path}", any(page::serve))
        .route("/attachments/{channel}/{id}/{name}", get(page::attachment))
        .route("/", get(front))
        .route("/gateway", get(open_gateway))
        .route("/gateway/", get(open_gateway))
        .route("/resume", get(open_gateway))
        .route("/resume/", get(open_gateway))
        .fallback(page::file)
        // Bodies are bounded where they are read; the framework's 2 MB are less than Discord takes.
        .layer(DefaultBodyLimit::disable())
        .with_state(Arc::clone(shared))
        .merge(control)
}

/// The page; or the gateway, for clients that drop the path of its address.
async fn front(
    State(shared): State<Arc<Shared>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    match upgrade {
        Ok(upgrade) => enter(shared, upgrade, request.uri().clone()).await,
        Err(_) => page::file(request).await,
    }
}

async fn open_gateway(
    State(shared): State<Arc<Shared>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    match upgrade {
        Ok(upgrade) => enter(shared, upgrade, request.uri().clone()).await,
        Err(_) => (StatusCode::BAD_REQUEST, "This address speaks WebSocket.").into_response(),
    }
}

async fn enter(shared: Arc<Shared>, upgrade: WebSocketUpgrade, uri: Uri) -> Response {
    let hang = shared.quietly(|world| {
        let left = &mut world.gateway.troubles.hang_handshake;
        let any = *left > 0;
        *left = left.saturating_sub(1);
        any
    });
    if hang {
        let mut stop = shared.stop.subscribe();
        // Ends with the sandbox or with the client, never with an answer.
        stopped(&mut stop).await;
        return server::Cut::response();
    }
    let query = rest::route::query(uri.query().unwrap_or_default());
    let asked = |name: &str| {
        query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    let strange_encoding = asked("encoding").is_some_and(|encoding| encoding != "json");
    let refusal = if !matches!(asked("v"), Some("9" | "10")) {
        Some(4012)
    } else if strange_encoding || asked("compress").is_some() {
        Some(4002)
    } else {
        None
    };
    let on_resume_url = uri.path().starts_with("/resume");
    upgrade.on_upgrade(move |socket| async move {
        match refusal {
            Some(code) => gateway::refuse(socket, code).await,
            None => gateway::serve(shared, socket, on_resume_url).await,
        }
    })
}
