//! Discord's errors: status, code, words, and for a bad form the fields that are wrong.

use serde_json::{Map, Value, json};

/// A reply that says no.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub status: u16,
    pub body: Value,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: u32, message: &str) -> Self {
        Self {
            status,
            body: json!({ "message": message, "code": code }),
        }
    }

    /// An error by its code alone, with Discord's words and usual status.
    pub(crate) fn code(code: u32) -> Self {
        let (status, words) = known(code);
        Self::new(status, code, words)
    }

    /// One wrong field.
    pub(crate) fn field(path: &[&str], code: &str, message: &str) -> Self {
        let mut form = Form::default();
        form.wrong(path, code, message);
        form.refusal()
    }
}

fn known(code: u32) -> (u16, &'static str) {
    match code {
        10002 => (404, "Unknown Application"),
        10003 => (404, "Unknown Channel"),
        10004 => (404, "Unknown Guild"),
        10007 => (404, "Unknown Member"),
        10008 => (404, "Unknown Message"),
        10013 => (404, "Unknown User"),
        10014 => (400, "Unknown Emoji"),
        10015 => (404, "Unknown Webhook"),
        10062 => (404, "Unknown interaction"),
        30003 => (400, "Maximum number of pins reached for the channel (250)"),
        30010 => (400, "Maximum number of reactions reached (20)"),
        30032 => (400, "Maximum number of application commands reached (100)."),
        40001 => (401, "Unauthorized"),
        40005 => (413, "Request entity too large"),
        40033 => (400, "This message has already been crossposted."),
        40060 => (400, "Interaction has already been acknowledged."),
        40333 => (403, "internal network error"),
        50001 => (403, "Missing Access"),
        50003 => (403, "Cannot execute action on a DM channel"),
        50005 => (403, "Cannot edit a message authored by another user"),
        50006 => (400, "Cannot send an empty message"),
        50007 => (403, "Cannot send messages to this user"),
        50008 => (400, "Cannot send messages in a non-text channel"),
        50013 => (403, "Missing Permissions"),
        10087 => (404, "Unknown Tag"),
        40067 => (400, "A tag is required to create a forum post in this channel"),
        50016 => (
            400,
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.",
        ),
        50021 => (403, "Cannot execute action on a system message"),
        50024 => (403, "Cannot execute action on this channel type"),
        50027 => (401, "Invalid Webhook Token"),
        50033 => (400, "Invalid Recipient(s)"),
        50041 => (400, "Invalid API version"),
        50068 => (400, "Invalid message type"),
        50083 => (400, "Thread is archived"),
        50109 => (400, "The request body contains invalid JSON."),
        160002 => (403, "Cannot reply without permission to read message history"),
        160004 => (400, "A thread has already been created for this message"),
        160005 => (400, "Thread is locked"),
        _ => (400, "Invalid request"),
    }
}

/// The wrong fields of a form.
#[derive(Default)]
pub(crate) struct Form {
    errors: Map<String, Value>,
}

impl Form {
    /// Notes that a field is wrong; `path` leads to it, indices as texts.
    pub(crate) fn wrong(&mut self, path: &[&str], code: &str, message: &str) {
        let mut place = &mut self.errors;
        for step in path {
            let inner = place.entry((*step).to_owned()).or_insert_with(|| json!({}));
            if !inner.is_object() {
                *inner = json!({});
            }
            let Some(inner) = inner.as_object_mut() else { return };
            place = inner;
        }
        let list = place.entry("_errors").or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(json!({ "code": code, "message": message }));
        }
    }

    /// A text that is too long or too short.
    pub(crate) fn length(&mut self, path: &[&str], least: usize, most: usize) {
        match least {
            0 => self.wrong(
                path,
                "BASE_TYPE_MAX_LENGTH",
                &format!("Must be {most} or fewer in length."),
            ),
            _ => self.wrong(
                path,
                "BASE_TYPE_BAD_LENGTH",
                &format!("Must be between {least} and {most} in length."),
            ),
        }
    }

    /// A field that is missing.
    pub(crate) fn missing(&mut self, path: &[&str]) {
        self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub(crate) fn is_fine(&self) -> bool {
        self.errors.is_empty()
    }

    pub(crate) fn refusal(self) -> Refusal {
        let body = json!({ "message": "Invalid Form Body", "code": 50035, "errors": self.errors });
        Refusal { status: 400, body }
    }

    pub(crate) fn done(self) -> Result<(), Refusal> {
        if self.is_fine() { Ok(()) } else { Err(self.refusal()) }
    }
}
