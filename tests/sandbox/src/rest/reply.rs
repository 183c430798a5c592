//! Replies: status, JSON, and the headers of the rate limits.

use super::limits::Standing;
use super::refusal::Refusal;
use crate::server::Cut;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub status: u16,
    pub body: Option<Value>,
    pub standing: Option<Standing>,
    /// Of a 429.
    pub scope: Option<&'static str>,
    pub retry_after: Option<Duration>,
    /// Not JSON: what a proxy in front of Discord sends.
    html: bool,
    /// The connection is cut instead.
    pub lost: bool,
    /// Waits before it leaves.
    pub pause: Option<Duration>,
    /// Waits between the halves of the body.
    pub trickle: Option<Duration>,
}

impl Reply {
    fn bare(status: u16, body: Option<Value>) -> Self {
        let (standing, scope, retry_after, pause) = (None, None, None, None);
        Self {
            status,
            body,
            standing,
            scope,
            retry_after,
            html: false,
            lost: false,
            pause,
            trickle: None,
        }
    }

    /// 200 with JSON.
    pub(crate) fn json(body: Value) -> Self {
        Self::bare(200, Some(body))
    }

    /// 201 with JSON.
    pub(crate) fn created(body: Value) -> Self {
        Self::bare(201, Some(body))
    }

    /// 204.
    pub(crate) fn empty() -> Self {
        Self::bare(204, None)
    }

    /// A 429 that the client earned.
    pub(crate) fn limited(standing: Standing, global: bool, retry_after: Duration) -> Self {
        let scope = if global { "global" } else { "user" };
        Self {
            standing: Some(standing),
            ..Self::made_up_limit(scope, retry_after)
        }
    }

    /// A 429.
    pub(crate) fn made_up_limit(scope: &'static str, retry_after: Duration) -> Self {
        let body = json!({
            "message": "You are being rate limited.",
            "retry_after": (retry_after.as_secs_f64() * 1000.0).ceil() / 1000.0,
            "global": scope == "global",
        });
        Self {
            scope: Some(scope),
            retry_after: Some(retry_after),
            ..Self::bare(429, Some(body))
        }
    }

    /// A 429 without anything of Discord's in it.
    pub(crate) fn blocked(retry_after: Duration) -> Self {
        Self {
            retry_after: Some(retry_after),
            html: true,
            ..Self::bare(429, None)
        }
    }

    /// An error of a proxy in front of Discord.
    pub(crate) fn broken(status: u16) -> Self {
        Self {
            html: true,
            ..Self::bare(status, None)
        }
    }

    /// The connection is cut.
    pub(crate) fn cut() -> Self {
        Self {
            lost: true,
            ..Self::bare(0, None)
        }
    }

    pub(crate) fn into_response(self) -> Response {
        if self.lost {
            return Cut::response();
        }
        let (text, kind) = match (&self.body, self.html) {
            (Some(body), _) => (body.to_string(), "application/json"),
            (None, true) => (
                format!("<html><body><h1>{}</h1></body></html>", self.status),
                "text/html",
            ),
            (None, false) => (String::new(), ""),
        };
        let mut response = Response::new(whole(text, self.trickle));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.write_headers(response.headers_mut(), kind);
        response
    }

    fn write_headers(&self, headers: &mut HeaderMap, kind: &'static str) {
        let mut set = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        };
        if !kind.is_empty() {
            set("content-type", kind.to_owned());
        }
        if let Some(standing) = &self.standing {
            let reset = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + standing.reset_after;
            set("x-ratelimit-limit", standing.limit.to_string());
            set("x-ratelimit-remaining", standing.remaining.to_string());
            set("x-ratelimit-reset", seconds(reset));
            set("x-ratelimit-reset-after", seconds(standing.reset_after));
            set("x-ratelimit-bucket", standing.bucket.clone());
        }
        if let Some(wait) = self.retry_after {
            set("retry-after", wait.as_secs_f64().ceil().max(1.0).to_string());
        }
        if let Some(scope) = self.scope {
            set("x-ratelimit-scope", scope.to_owned());
            if scope == "global" {
                set("x-ratelimit-global", "true".to_owned());
            }
        }
    }
}

/// The body, at once or in two halves with a pause between them.
fn whole(text: String, trickle: Option<Duration>) -> Body {
    let Some(pause) = trickle else { return Body::from(text) };
    let mut first = text.into_bytes();
    let second = first.split_off(first.len() / 2);
    let halves = stream::iter([first, second])
        .enumerate()
        .then(move |(half, bytes)| async move {
            if half > 0 {
                tokio::time::sleep(pause).await;
            }
            Ok::<_, Infallible>(bytes)
        });
    Body::from_stream(halves)
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self::bare(refusal.status, Some(refusal.body))
    }
}

/// Seconds with three decimals, rounded up so that nobody comes too early.
fn seconds(duration: Duration) -> String {
    format!("{:.3}", (duration.as_secs_f64() * 1000.0).ceil() / 1000.0)
}
