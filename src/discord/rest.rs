//! Requests to Discord: built by serenity, paced by [`Pace`], sent and read here.
//!
//! serenity's `Http` is not used: it hides the headers of refusals, ignores the base address while its
//! own limiter is on, and logs what must not be logged. What is asked is in the files of this folder:
//! `messages`, `threads`, `replies`, `account`.

mod account;
mod messages;
mod replies;
#[cfg(test)]
mod tests;
mod threads;

pub use account::{Application, GatewayInfo};
pub use messages::{Page, PostedMessage, ReactionCount};
pub use threads::OpenThread;

use super::{
    card,
    error::{RestError, RestErrorKind},
    pace::{Allowance, Class, Counts, Headers, Limits, Pace, Permit, Route},
};
use crate::{
    http::{Client, Response, header},
    view::Attachment,
};
use serde::{Deserialize, de::DeserializeOwned};
use serenity::http::{Multipart, MultipartUpload, Request};
use std::{fmt, sync::Arc, time::Duration};
use tokio::time::Instant;

/// Where Discord is.
pub const DISCORD: &str = "https://discord.com";

/// The largest answer that is read, in bytes. A hundred messages with ten embeds each stay below it.
const LARGEST: usize = 8 << 20;
/// How often a request that can be repeated is sent before its failure is told.
const TRIES: u32 = 4;
/// The first pause between two of them; it doubles, and a random part of it is taken.
const PAUSE: Duration = Duration::from_millis(500);
/// The wait after a 429 that does not say how long.
const UNTOLD: Duration = Duration::from_secs(5);
/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_secs(3600);

/// How requests are made.
#[derive(Clone)]
pub struct RestSettings {
    /// The token, with or without `Bot `.
    pub token: String,
    /// The base address: [`DISCORD`], a sandbox or a proxy.
    pub base: String,
    /// How long one request may take, not counting the wait for its turn.
    pub timeout: Duration,
    /// The global pace.
    pub limits: Limits,
}

impl RestSettings {
    /// With 15 s a request and the default pace.
    #[must_use]
    pub fn new(token: &str, base: &str) -> Self {
        Self {
            token: token.to_owned(),
            base: base.to_owned(),
            timeout: Duration::from_secs(15),
            limits: Limits::default(),
        }
    }
}

impl fmt::Debug for RestSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestSettings")
            .field("base", &self.base)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

struct Inner {
    client: Client,
    /// With `Bot `, as the header wants it.
    token: String,
    base: String,
    timeout: Duration,
    pace: Pace,
}

/// Discord's REST interface for one token. Clones share pace and connections.
#[derive(Clone)]
pub struct Rest(Arc<Inner>);

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest")
            .field("base", &self.0.base)
            .finish_non_exhaustive()
    }
}

/// A request and how it is to be sent.
struct Call<'a> {
    class: Class,
    route: Route,
    /// The id of the channel, server, or interaction that its bucket belongs to; 0 without one.
    major: u64,
    request: Request<'a>,
}

impl Rest {
    /// Starts the pace; must be called within a tokio runtime.
    #[must_use]
    pub fn new(client: Client, settings: &RestSettings) -> Self {
        let token = settings.token.trim();
        let bare = token.strip_prefix("Bot ").unwrap_or(token).trim();
        Self(Arc::new(Inner {
            client,
            token: format!("Bot {bare}"),
            base: settings.base.trim_end_matches('/').to_owned(),
            timeout: settings.timeout,
            pace: Pace::start(settings.limits),
        }))
    }

    /// The base address.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.0.base
    }

    /// What was sent so far, and what it waited for.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.0.pace.counts()
    }

    /// Sends once. The task that sends outlives a caller that gives up: what was asked may happen all
    /// the same, and the pace must learn of it.
    async fn send(&self, call: Call<'_>) -> Result<Vec<u8>, RestError> {
        let name = call.route.name;
        let inner = &self.0;
        let impossible = || RestError::new(RestErrorKind::Impossible, name);
        let built = call.request.build(&inner.client, &inner.token, Some(&inner.base));
        let built = built.map_err(|_| impossible())?.timeout(inner.timeout);
        let mut request = built.build().map_err(|_| impossible())?;
        // serenity names itself; who asks is told by the client.
        request.headers_mut().remove(header::USER_AGENT);
        let permit = inner.pace.acquire(call.class, call.route, call.major).await;
        let rest = self.clone();
        let sent = tokio::spawn(async move {
            match rest.0.client.execute(request).await {
                Ok(response) => read(response, permit, name).await,
                Err(error) if error.is_connect() || error.is_builder() => {
                    drop(permit);
                    Err(RestError::new(RestErrorKind::NotSent, name))
                }
                Err(_) => {
                    permit.done(None);
                    Err(RestError::new(RestErrorKind::NoAnswer, name))
                }
            }
        });
        sent.await.unwrap_or(Err(RestError::new(RestErrorKind::NoAnswer, name)))
    }

    /// Sends what may be sent twice without harm, again after passing failures.
    async fn send_again(&self, call: Call<'_>) -> Result<Vec<u8>, RestError> {
        let mut tries = 1;
        loop {
            let again = Call {
                class: call.class,
                route: call.route,
                major: call.major,
                request: call.request.clone(),
            };
            match self.send(again).await {
                Err(error) if error.is_passing() && tries < TRIES => {
                    // After a 429 the pace does the waiting.
                    if !matches!(error.kind, RestErrorKind::RateLimited(_)) {
                        let most = PAUSE * 2u32.pow(tries - 1);
                        tokio::time::sleep(most.mul_f64(0.5 + fastrand::f64() / 2.0)).await;
                    }
                    tries += 1;
                }
                other => return other,
            }
        }
    }

    async fn ask<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, RestError> {
        let route = call.route;
        let body = self.send_again(call).await?;
        parse(&body, route)
    }
}

fn parse<T: DeserializeOwned>(body: &[u8], route: Route) -> Result<T, RestError> {
    serde_json::from_slice(body).map_err(|_| RestError::new(RestErrorKind::Unreadable, route.name))
}

/// A request that carries a form, and beside it the card's file if it has one (“Uploading Files” of Discord's
/// reference).
fn carrying<'a, T: serde::Serialize>(
    request: Request<'a>,
    form: &T,
    file: Option<&Attachment>,
    route: Route,
) -> Result<Request<'a>, RestError> {
    let Some(file) = file else {
        return Ok(request.body(json(form, route)?));
    };
    let form = serde_json::to_string(form).map_err(|_| RestError::new(RestErrorKind::Impossible, route.name))?;
    Ok(request.multipart(Some(Multipart {
        upload: MultipartUpload::Attachments(vec![card::file(file)]),
        fields: Vec::new(),
        payload_json: Some(form),
    })))
}

fn json<T: serde::Serialize>(value: &T, route: Route) -> Result<Option<Vec<u8>>, RestError> {
    serde_json::to_vec(value)
        .map(Some)
        .map_err(|_| RestError::new(RestErrorKind::Impossible, route.name))
}

/// What Discord says when it refuses, as far as it is looked at.
#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    code: Option<u32>,
    #[serde(default)]
    retry_after: Option<f64>,
    #[serde(default)]
    global: Option<bool>,
}

/// Reads an answer, tells the pace what it says of the limits, and sorts success from refusal.
async fn read(mut response: Response, permit: Permit, route: &'static str) -> Result<Vec<u8>, RestError> {
    let status = response.status().as_u16();
    let mut headers = limits(&response);
    let arrived = Instant::now();
    let body = whole(&mut response).await;
    if (200..300).contains(&status) {
        // The time since the headers came belongs to the wait that they tell of.
        headers.reset_after = headers.reset_after.map(|after| after.saturating_sub(arrived.elapsed()));
        permit.done(Some(headers));
        return body.ok_or(RestError {
            status,
            ..RestError::new(RestErrorKind::NoAnswer, route)
        });
    }
    let refusal: Option<Refusal> = body.and_then(|body| serde_json::from_slice(&body).ok());
    headers.from_discord = headers.from_discord && refusal.is_some();
    let refusal = refusal.unwrap_or_default();
    headers.global |= refusal.global == Some(true);
    if let Some(told) = refusal.retry_after.and_then(seconds) {
        headers.retry_after = told;
    }
    let error = RestError::from_status(status, refusal.code.unwrap_or(0), headers.retry_after, route);
    permit.done(Some(headers));
    Err(error)
}

/// The body, unless it breaks off or is larger than anything Discord sends.
async fn whole(response: &mut Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > LARGEST {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

fn limits(response: &Response) -> Headers {
    let text = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let number = |name: &str| text(name).and_then(|value| value.trim().parse::<f64>().ok());
    let scope = text("x-ratelimit-scope");
    let bucket = text("x-ratelimit-bucket");
    Headers {
        status: response.status().as_u16(),
        bucket: bucket.filter(|name| name.len() <= 100).map(str::to_owned),
        limit: text("x-ratelimit-limit").and_then(|value| value.trim().parse().ok()),
        remaining: text("x-ratelimit-remaining").and_then(|value| value.trim().parse().ok()),
        reset_after: number("x-ratelimit-reset-after").and_then(seconds),
        retry_after: number("retry-after").and_then(seconds).unwrap_or(UNTOLD),
        global: text("x-ratelimit-global").is_some_and(|v| v.eq_ignore_ascii_case("true")) || scope == Some("global"),
        shared: scope == Some("shared"),
        from_discord: scope.is_some() || bucket.is_some() || text("x-ratelimit-global").is_some(),
    }
}

/// A wait as Discord writes it; what is no sensible wait is none.
fn seconds(value: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(value).ok().map(|wait| wait.min(LONGEST))
}
