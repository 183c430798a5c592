//! Listening: accepts connections, hands requests to a router, cuts connections where a fault asks for it, and stops
//! without waiting for streams that never end.

use crate::shared::stopped;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long connections may take to end by themselves once the sandbox stops.
const GRACE: Duration = Duration::from_millis(300);

/// Marks a response that must not be sent: the connection is cut instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut;

impl Cut {
    pub(crate) fn response() -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(Self);
        response
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the connection is cut")
    }
}

impl std::error::Error for Cut {}

/// Binds a port of 127.0.0.1; 0 takes a free one.
pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

/// Serves until `stop` says so, then ends all connections.
pub(crate) async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, router.clone(), stop.clone()));
                }
                // Too many open files, for one: others may end meanwhile.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
            () = stopped(&mut stop) => break,
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        connections.shutdown().await;
    }
}

async fn connection(stream: TcpStream, router: Router, mut stop: watch::Receiver<bool>) {
    // Small replies must not wait for the acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let routes = TowerToHyperService::new(router);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let routes = routes.clone();
        async move {
            let request: Request = request.map(axum::body::Body::new);
            let response = match routes.call(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            if response.extensions().get::<Cut>().is_some() {
                Err(Cut)
            } else {
                Ok(response)
            }
        }
    });
    let http = hyper::server::conn::http1::Builder::new();
    let mut serving = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    tokio::select! {
        // An error here is a client that left or a connection that was cut on purpose.
        _ = serving.as_mut() => return,
        () = stopped(&mut stop) => serving.as_mut().graceful_shutdown(),
    }
    // Answers what was asked, and does not wait for more.
    let _ = serving.await;
}
