//! The web, as far as Daesa touches it: feeds and pages through [`Web`], Discord through [`api`].
//!
//! Owns reqwest. [`Web`] fetches what strangers' addresses lead to, so it trusts nothing: private
//! addresses are refused wherever they could come in (`guard`), bodies are counted while they stream,
//! every wait has an end, and no host is asked more often than is polite (`pace`). [`api`] is a plain
//! client for one host that the operator chose.
//!
//! Nothing here logs. Errors name the host and the kind of fault, never an address, a header or a body:
//! paths and queries can hold tokens. Parsing is left to `feed` and `page`.

mod guard;
mod headers;
mod pace;
#[cfg(test)]
mod tests;
mod web;

pub use guard::{Refusal, is_private};
pub use reqwest::{Body, Client, Error, Method, RequestBuilder, Response, StatusCode, Url, header};
pub use web::{Conditions, FEED_LIMIT, FetchError, Fetched, Limit, PAGE_LIMIT, Web};

use crate::model::Millis;
use std::net::SocketAddr;
use std::time::Duration;

/// What [`Web`] is told by the settings.
#[derive(Clone, Debug)]
pub struct WebSettings {
    /// The `User-Agent`: name, version, contact.
    pub user_agent: String,
    /// Opens 127.0.0.0/8 and ::1, on any port. For the demo and the tests.
    pub allow_loopback: bool,
    /// Hosts (`name.test`, or `*.test` for every name under it) that are found at an address instead of
    /// by DNS. The port counts where the URL names none. The operator vouches for these addresses: they
    /// are not refused.
    pub resolve: Vec<(String, SocketAddr)>,
    /// The longest wait for a connection.
    pub connect_timeout: Duration,
    /// The longest silence while reading.
    pub read_timeout: Duration,
    /// The longest fetch, redirects included, waiting for one's turn at the host not.
    pub total_timeout: Duration,
    /// The shortest time between two requests to one host and port.
    pub host_interval: Duration,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            user_agent: user_agent(""),
            allow_loopback: false,
            resolve: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(15),
            total_timeout: Duration::from_secs(30),
            host_interval: Duration::from_secs(1),
        }
    }
}

/// The `User-Agent` for feeds and pages: `Daesa/0.1 (+contact)`.
#[must_use]
pub fn user_agent(contact: &str) -> String {
    let version = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
    match sound(contact).as_str() {
        "" => format!("Daesa/{version}"),
        contact => format!("Daesa/{version} (+{contact})"),
    }
}

/// The `User-Agent` that Discord asks for (“User Agent” of its reference): `DiscordBot (address, version)`. The address
/// is the owner's, where there is one to write to; else that of the library which the requests are built with.
#[must_use]
pub fn api_agent(contact: &str) -> String {
    const BUILT_WITH: &str = "https://github.com/serenity-rs/serenity";
    let contact = sound(contact);
    let address = match contact.as_str() {
        "" => BUILT_WITH.to_owned(),
        mail if mail.contains('@') && !mail.contains(':') => format!("mailto:{mail}"),
        address => address.to_owned(),
    };
    format!("DiscordBot ({address}, {})", env!("CARGO_PKG_VERSION"))
}

/// A contact as it can stand in a header: visible ASCII, and nothing that ends a comment in it.
fn sound(contact: &str) -> String {
    let fits = |c: &char| (c.is_ascii_graphic() || *c == ' ') && !"()".contains(*c);
    contact.chars().filter(fits).collect::<String>().trim().to_owned()
}

/// A client for Discord's API, which is told of `contact` ([`api_agent`]): `timeout` for a whole request, no redirects,
/// no proxy from the environment. Check the base address with [`is_api_base`] first.
///
/// # Errors
/// When the TLS library cannot be set up.
pub fn api(contact: &str, timeout: Duration) -> Result<Client, Error> {
    Client::builder()
        .user_agent(api_agent(contact))
        .connect_timeout(timeout.min(Duration::from_secs(10)))
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
}

/// What time a server has, in unix milliseconds and whole seconds, by the `Date` of its reply (RFC 9110, 6.6.1); none
/// when it does not answer or does not say.
pub async fn clock(client: &Client, base: &str) -> Option<Millis> {
    let reply = client.head(base).send().await.ok()?;
    headers::date(&headers::text(reply.headers(), header::DATE)?)
}

/// Whether a token may be sent to a base address: https anywhere, http on this machine only; no
/// credentials in it.
#[must_use]
pub fn is_api_base(base: &str) -> bool {
    let Ok(url) = Url::parse(base) else { return false };
    let local = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => return false,
    };
    let secure = url.scheme() == "https" || (url.scheme() == "http" && local);
    secure && url.username().is_empty() && url.password().is_none()
}
