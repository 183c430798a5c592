//! Steps: named points on the way of a request or an event, for tests that stop a client exactly there. A hook runs
//! in the request's own task, outside all locks, so that the reply waits for it.

use crate::shared::lock;
use std::sync::{Arc, Mutex};
use tokio::sync::broadcast;

/// A point that was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The news site got a request for its feed and has not answered.
    FeedAsked,
    /// The news site got a request for an article's page and has not answered.
    PageAsked {
        /// The article.
        slug: String,
    },
    /// A message was received and checked, and is not stored.
    MessageReceived {
        /// Where it is to go.
        channel: u64,
    },
    /// A message is stored and its events are queued; the reply is not sent.
    MessageStored {
        /// Where it went.
        channel: u64,
        /// Its id; an older one's when `enforce_nonce` found it.
        message: u64,
    },
    /// A reaction was put; the reply is not sent.
    Reacted {
        /// Channel.
        channel: u64,
        /// Message.
        message: u64,
        /// The character, or `name:id`.
        emoji: String,
    },
    /// Any request is done with and its reply is about to leave.
    Answered {
        /// Method and template, as in the log.
        route: String,
        /// Status of the reply.
        status: u16,
    },
}

type Hook = Arc<dyn Fn(&Step) + Send + Sync>;

/// Whoever wants to know of steps.
pub(crate) struct Steps {
    hooks: Mutex<Vec<Hook>>,
    stream: broadcast::Sender<Step>,
}

impl Default for Steps {
    fn default() -> Self {
        Self {
            hooks: Mutex::default(),
            stream: broadcast::channel(4096).0,
        }
    }
}

impl Steps {
    pub(crate) fn add(&self, hook: Hook) {
        lock(&self.hooks).push(hook);
    }

    pub(crate) fn stream(&self) -> broadcast::Receiver<Step> {
        self.stream.subscribe()
    }

    pub(crate) fn reach(&self, step: Step) {
        let hooks = lock(&self.hooks).clone();
        hooks.iter().for_each(|hook| hook(&step));
        // No receiver is no error: the stream is for whoever subscribed.
        let _ = self.stream.send(step);
    }
}
