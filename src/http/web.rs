//! Fetching feeds and pages.

use super::guard::{Guard, Refusal};
use super::pace::Pace;
use super::{WebSettings, headers};
use reqwest::header::{self, HeaderValue};
use reqwest::{Client, Response, StatusCode, Url};
use std::error::Error as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// The most redirects of one fetch.
const REDIRECTS: usize = 5;
/// How much room is made for a body before it is seen.
const FIRST_ROOM: usize = 64 * 1024;
/// What feeds and pages are asked for as.
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, application/xml;q=0.9, */*;q=0.8";

/// What was fetched before, so that the server need not send it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The `ETag` that came with it.
    pub etag: Option<String>,
    /// The `Last-Modified` that came with it.
    pub last_modified: Option<String>,
}

/// How much is read at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Bytes of the body, after decompression.
    pub bytes: usize,
}

/// For feeds: 15 MB.
pub const FEED_LIMIT: Limit = Limit {
    bytes: 15 * 1024 * 1024,
};
/// For pages: 4 MB.
pub const PAGE_LIMIT: Limit = Limit { bytes: 4 * 1024 * 1024 };

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The status of the last hop: 200, 304, 404, 410, 429, ….
    pub status: u16,
    /// The address that answered.
    pub url: String,
    /// Where it has moved for good: when every redirect on the way said so (301, 308).
    pub moved: Option<String>,
    /// `ETag`, to be given back.
    pub etag: Option<String>,
    /// `Last-Modified`, to be given back.
    pub last_modified: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Cache-Control: max-age`, in seconds.
    pub max_age: Option<u64>,
    /// `Expires`, in unix milliseconds.
    pub expires: Option<i64>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// The body, decompressed. Empty unless the status is a success.
    pub body: Vec<u8>,
}

/// Why nothing was fetched. Names the host, never more of the address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address, or one that it led to, is not fetched.
    #[error("{host}: {why}")]
    Refused {
        /// The host, or what stands in its place.
        host: String,
        /// Why.
        why: Refusal,
    },
    /// No answer in time, or one too slow.
    #[error("{0}: no answer in time")]
    Timeout(String),
    /// No connection: the name is unknown, nobody listens, TLS fails.
    #[error("{0}: no connection")]
    Connect(String),
    /// The body is larger than allowed.
    #[error("{host}: the answer is larger than {bytes} bytes")]
    TooLarge {
        /// The host.
        host: String,
        /// The limit.
        bytes: usize,
    },
    /// Redirects without an end, or to nowhere.
    #[error("{0}: too many redirects")]
    Redirects(String),
    /// An answer that is no proper HTTP, or whose compression is broken.
    #[error("{0}: the answer is broken")]
    Broken(String),
}

impl FetchError {
    /// Whether another try at another time would end the same way.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::TooLarge { .. } | Self::Redirects(_))
    }

    /// The host that it is about.
    #[must_use]
    pub fn host(&self) -> &str {
        match self {
            Self::Refused { host, .. } | Self::TooLarge { host, .. } => host,
            Self::Timeout(host) | Self::Connect(host) | Self::Redirects(host) | Self::Broken(host) => host,
        }
    }
}

/// Fetches feeds and pages. Cheap to clone; all clones share the turns at the hosts.
#[derive(Clone)]
pub struct Web {
    client: Client,
    guard: Guard,
    pace: Pace,
    total: Duration,
}

impl Web {
    /// Builds the client.
    ///
    /// # Errors
    /// When the `User-Agent` is no valid header or the TLS library cannot be set up.
    pub fn new(settings: WebSettings) -> Result<Self, reqwest::Error> {
        let guard = Guard::new(&settings);
        let client = Client::builder()
            .user_agent(settings.user_agent)
            .connect_timeout(settings.connect_timeout)
            .read_timeout(settings.read_timeout)
            // Redirects are followed here, hop by hop, each through the guard.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .dns_resolver(std::sync::Arc::new(guard.clone()))
            // A page follows its feed at once or not at all: of a thousand hosts none is kept waiting for.
            .pool_idle_timeout(Duration::from_secs(10))
            .pool_max_idle_per_host(1)
            .build()?;
        Ok(Self {
            client,
            guard,
            pace: Pace::new(settings.host_interval),
            total: settings.total_timeout,
        })
    }

    /// Fetches an address. Waits for its turn at the host first. Any status is an answer; the body is read
    /// only of a success.
    ///
    /// # Errors
    /// When there is no answer that could be used: see [`FetchError`].
    pub async fn get(&self, address: &str, conditions: &Conditions, limit: Limit) -> Result<Fetched, FetchError> {
        let anywhere = |_| std::future::ready(Ok::<(), std::convert::Infallible>(()));
        match self.get_where(address, conditions, limit, anywhere).await? {
            Ok(fetched) => Ok(fetched),
            Err(never) => match never {},
        }
    }

    /// As [`Self::get`], where every address that it is led on to may be closed to us: `may` is asked, and what it says
    /// against one ends it. Of the first address whoever asks knows already.
    ///
    /// # Errors
    /// When there is no answer that could be used: see [`FetchError`].
    pub async fn get_where<E, Asked: Future<Output = Result<(), E>>>(
        &self,
        address: &str,
        conditions: &Conditions,
        limit: Limit,
        may: impl Fn(String) -> Asked,
    ) -> Result<Result<Fetched, E>, FetchError> {
        let refused = |url: Option<&Url>, why| FetchError::Refused {
            host: host_of(url),
            why,
        };
        let mut url = self
            .guard
            .check(address)
            .map_err(|why| refused(Url::parse(address.trim()).ok().as_ref(), why))?;
        let mut for_good = true;
        let mut left = self.total;
        for hop in 0..=REDIRECTS {
            let turn = self.pace.turn(&lane_of(&url)).await;
            let started = Instant::now();
            let answer = tokio::time::timeout(left, self.hop(&url, conditions, limit)).await;
            left = left.saturating_sub(started.elapsed());
            drop(turn);
            let (response, body) = answer.map_err(|_| FetchError::Timeout(host_of(Some(&url))))??;
            let Some(next) = redirect(&response, &url) else {
                let moved = (hop > 0 && for_good).then(|| url.to_string());
                return Ok(Ok(fetched(&response, &url, moved, body)));
            };
            self.guard.check_url(&next).map_err(|why| refused(Some(&next), why))?;
            for_good &= matches!(
                response.status(),
                StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
            );
            if let Err(closed) = may(next.to_string()).await {
                return Ok(Err(closed));
            }
            url = next;
        }
        Err(FetchError::Redirects(host_of(Some(&url))))
    }

    /// One request, and its body when it is a success.
    async fn hop(&self, url: &Url, conditions: &Conditions, limit: Limit) -> Result<(Response, Vec<u8>), FetchError> {
        let fault = |error: reqwest::Error| fault(&error, url);
        let mut request = self.client.get(url.clone()).header(header::ACCEPT, ACCEPT);
        let validators = [
            (header::IF_NONE_MATCH, &conditions.etag),
            (header::IF_MODIFIED_SINCE, &conditions.last_modified),
        ];
        for (name, value) in validators {
            // What a server once sent is not for that a valid header.
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        let mut response = request.send().await.map_err(fault)?;
        let mut body = Vec::new();
        if !response.status().is_success() {
            return Ok((response, body));
        }
        let too_large = || FetchError::TooLarge {
            host: host_of(Some(url)),
            bytes: limit.bytes,
        };
        let claimed = response
            .content_length()
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or(0);
        if claimed > limit.bytes {
            return Err(too_large());
        }
        body.reserve(claimed.min(FIRST_ROOM));
        // Decompressed bytes count: some hundred kilobytes of gzip hold hundreds of megabytes.
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if chunk.len() > limit.bytes - body.len() {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok((response, body))
    }
}

fn redirect(response: &Response, from: &Url) -> Option<Url> {
    let follows = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let target = headers::text(response.headers(), header::LOCATION).filter(|_| follows)?;
    let mut next = from.join(&target).ok()?;
    next.set_fragment(None);
    Some(next)
}

fn fetched(response: &Response, url: &Url, moved: Option<String>, body: Vec<u8>) -> Fetched {
    let all = response.headers();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|now| i64::try_from(now.as_millis()).ok());
    Fetched {
        status: response.status().as_u16(),
        url: url.to_string(),
        moved,
        etag: headers::text(all, header::ETAG),
        last_modified: headers::text(all, header::LAST_MODIFIED),
        content_type: headers::text(all, header::CONTENT_TYPE),
        max_age: headers::max_age(all),
        expires: headers::expires(all),
        retry_after: headers::retry_after(all, now.unwrap_or(0)),
        body,
    }
}

/// What went wrong, from the client's error and what it carries inside.
fn fault(error: &reqwest::Error, url: &Url) -> FetchError {
    let host = host_of(Some(url));
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(why) = inner.downcast_ref::<Refusal>() {
            return FetchError::Refused { host, why: *why };
        }
        source = inner.source();
    }
    if error.is_timeout() {
        FetchError::Timeout(host)
    } else if error.is_connect() {
        FetchError::Connect(host)
    } else {
        FetchError::Broken(host)
    }
}

fn host_of(url: Option<&Url>) -> String {
    url.and_then(Url::host_str).unwrap_or("the address").to_owned()
}

/// The key of a host's turns: all ports of one host are hosts of their own.
fn lane_of(url: &Url) -> String {
    format!(
        "{}:{}",
        url.host_str().unwrap_or(""),
        url.port_or_known_default().unwrap_or(0)
    )
}
