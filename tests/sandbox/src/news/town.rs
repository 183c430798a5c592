//! Many small sites at one address, told apart by the name in the Host header, as a large host of blogs has them.

use super::{Site, serve};
use crate::server;
use crate::steps::Steps;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::watch;

/// Running sites, each under a host name of its own. Clones are the same town.
#[derive(Clone)]
pub struct Town {
    address: SocketAddr,
    sites: Arc<HashMap<String, Site>>,
}

impl Town {
    pub(crate) async fn start(
        hosts: &[String],
        steps: Arc<Steps>,
        changed: Arc<watch::Sender<u64>>,
        stop: watch::Receiver<bool>,
    ) -> io::Result<(Self, tokio::task::JoinHandle<()>)> {
        let listener = server::bind(0).await?;
        let site = |host: &String| {
            let (steps, changed) = (Arc::clone(&steps), Arc::clone(&changed));
            let site = Site::new(format!("http://{host}"), steps, changed, stop.clone());
            (host.clone(), site)
        };
        let town = Self {
            address: listener.local_addr()?,
            sites: Arc::new(hosts.iter().map(site).collect()),
        };
        let router = Router::new().fallback(at_its_door).with_state(town.clone());
        let task = tokio::spawn(server::serve(listener, router, stop));
        Ok((town, task))
    }

    /// Where all of them are: what their names have to be resolved to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The site of a host name.
    pub fn site(&self, host: &str) -> Option<&Site> {
        self.sites.get(host)
    }
}

async fn at_its_door(State(town): State<Town>, request: Request) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let name = host.map_or("", |host| host.split(':').next().unwrap_or_default());
    match town.site(name).cloned() {
        Some(site) => serve::serve(State(site), request).await,
        None => (StatusCode::MISDIRECTED_REQUEST, "No site of this name is here.").into_response(),
    }
}
