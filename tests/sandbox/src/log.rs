//! The log of all REST requests and replies, for tests that count them or hold them against Discord's OpenAPI
//! description.

use serde_json::Value;
use std::collections::VecDeque;
use std::time::Duration;

/// A request and its reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// Number, from 1.
    pub number: u64,
    /// Unix ms when it came.
    pub time: i64,
    /// `GET`, `POST` and so on.
    pub method: String,
    /// Path below `/api/v10`, without the query. Interaction tokens are shown as they are.
    pub path: String,
    /// What comes after the `?`.
    pub query: String,
    /// The path's template as Discord's OpenAPI description writes it; empty when there is none.
    pub template: String,
    /// The body as JSON: of a multipart request its `payload_json`.
    pub request: Option<Value>,
    /// Names of the files of a multipart request.
    pub files: Vec<String>,
    /// Status of the reply; of a lost reply the one that it would have had.
    pub status: u16,
    /// The reply as JSON.
    pub response: Option<Value>,
    /// Whether a fault made this reply, or lost it.
    pub injected: bool,
    /// Whether the reply never left.
    pub lost: bool,
    /// Scope of a 429: `user`, `global` or `shared`.
    pub scope: Option<&'static str>,
    /// Of a 429: what it said to wait.
    pub retry_after: Option<Duration>,
}

impl Logged {
    /// Whether Discord counts the request as invalid, and no fault made it so.
    pub fn is_unasked(&self) -> bool {
        self.is_invalid() && !self.injected
    }

    fn is_invalid(&self) -> bool {
        let refused = matches!(self.status, 401 | 403) || self.status == 429 && self.scope != Some("shared");
        refused && !self.lost
    }
}

/// Requests that count towards Discord's 10,000 in 10 minutes, by status. Those that a fault made are apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invalid {
    /// 401.
    pub unauthorized: u64,
    /// 403.
    pub forbidden: u64,
    /// 429, but for those of scope `shared`.
    pub limited: u64,
    /// Any of these that a fault made.
    pub injected: u64,
}

impl Invalid {
    /// Those that nobody asked for.
    pub fn unasked(&self) -> u64 {
        self.unauthorized + self.forbidden + self.limited
    }
}

pub(crate) struct Log {
    most: usize,
    count: u64,
    pub entries: VecDeque<Logged>,
    pub invalid: Invalid,
}

impl Log {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            count: 0,
            entries: VecDeque::new(),
            invalid: Invalid::default(),
        }
    }

    pub(crate) fn add(&mut self, mut entry: Logged) {
        self.count += 1;
        entry.number = self.count;
        if entry.is_invalid() {
            match entry.status {
                _ if entry.injected => self.invalid.injected += 1,
                401 => self.invalid.unauthorized += 1,
                403 => self.invalid.forbidden += 1,
                _ => self.invalid.limited += 1,
            }
        }
        self.entries.push_back(entry);
        while self.entries.len() > self.most {
            self.entries.pop_front();
        }
    }
}
