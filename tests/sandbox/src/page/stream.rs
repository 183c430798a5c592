//! The page's stream: server-sent events, continued by number.

use super::ring::Change;
use super::view;
use crate::shared::{Shared, stopped};
use crate::world::World;
use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::response::Response;
use futures_util::stream;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// A comment goes out after so much silence, so that dead connections are noticed.
const SILENCE: Duration = Duration::from_secs(15);

struct Viewer {
    shared: Arc<Shared>,
    person: u64,
    /// Number of the last change that was sent.
    seen: u64,
    changed: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
    greeted: bool,
}

/// Streams what changes to a person, from after `since`.
pub(crate) fn open(shared: Arc<Shared>, person: u64, since: u64) -> Response {
    let (changed, stop) = (shared.changed.subscribe(), shared.stop.subscribe());
    let viewer = Viewer {
        shared,
        person,
        seen: since,
        changed,
        stop,
        greeted: false,
    };
    let events = stream::unfold(viewer, |mut viewer| async move {
        let text = viewer.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), viewer))
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static("text/event-stream"));
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    response
}

impl Viewer {
    /// The next piece of the stream; none when the sandbox stops.
    async fn next(&mut self) -> Option<String> {
        if !self.greeted {
            // Something at once, so that the browser knows the stream is open.
            self.greeted = true;
            return Some("retry: 1000\n: hello\n\n".to_owned());
        }
        loop {
            if *self.stop.borrow() {
                return None;
            }
            self.changed.borrow_and_update();
            let text = self.news();
            if !text.is_empty() {
                return Some(text);
            }
            tokio::select! {
                () = stopped(&mut self.stop) => return None,
                changed = self.changed.changed() => changed.ok()?,
                () = tokio::time::sleep(SILENCE) => return Some(": still here\n\n".to_owned()),
            }
        }
    }

    fn news(&mut self) -> String {
        let (person, seen) = (self.person, self.seen);
        let (last, text) = self.shared.quietly(|world| {
            let last = world.ring.last();
            let Some(mut changes) = world.ring.after(seen) else {
                return (last, event(last, "reset", &json!({})));
            };
            // Only the last picture of what changed several times is worth sending.
            let last_of: HashMap<Change, u64> = changes.iter().map(|(number, change)| (*change, *number)).collect();
            changes.retain(|(number, change)| last_of.get(change) == Some(number));
            let texts = changes.iter().filter_map(|(number, change)| {
                let (name, data) = render(world, person, *change)?;
                Some(event(*number, name, &data))
            });
            (last, texts.collect::<String>())
        });
        self.seen = last;
        text
    }
}

fn event(number: u64, name: &str, data: &Value) -> String {
    format!("id: {number}\nevent: {name}\ndata: {data}\n\n")
}

/// A change as this person sees it, if they do.
fn render(world: &World, person: u64, change: Change) -> Option<(&'static str, Value)> {
    match change {
        Change::Message { channel, id } => {
            let message = world
                .message_in(channel, id)
                .filter(|m| view::sees_message(world, person, m))?;
            Some(("message", view::message(world, person, message)))
        }
        Change::MessageGone { channel, id, only_for } => {
            let seen = only_for.is_none_or(|one| one == person) && view::sees(world, person, channel);
            seen.then(|| {
                (
                    "message_gone",
                    json!({ "channel_id": channel.to_string(), "id": id.to_string() }),
                )
            })
        }
        Change::Channel(id) => {
            let channel = world.channels.get(&id)?;
            match view::sees(world, person, id) {
                true => Some(("channel", view::channel(world, person, channel))),
                // It may have been visible until now.
                false => Some(gone(channel.guild, id)),
            }
        }
        Change::ChannelGone { guild, id } => Some(gone(guild, id)),
        Change::Server(id) => {
            let guild = world.guilds.get(&id)?;
            match guild.members.contains_key(&person) {
                true => Some(("server", view::server(world, person, guild))),
                false => Some(("server_gone", json!({ "id": id.to_string() }))),
            }
        }
        Change::ServerGone(id) => Some(("server_gone", json!({ "id": id.to_string() }))),
        Change::User(id) => world.users.get(&id).map(|user| ("user", view::user(user))),
        Change::Commands => Some((
            "commands",
            json!({ "commands": view::commands(world), "menus": view::menus(world) }),
        )),
        Change::Bot => Some(("bot", json!({ "online": world.bot_online() }))),
        Change::Interaction(id) => {
            let found = world
                .interactions
                .get(&id)
                .filter(|one| one.user == person && one.kind != 4)?;
            Some(("interaction", view::interaction(found)))
        }
        Change::Typing { channel, user } => {
            let data = json!({ "channel_id": channel.to_string(), "user_id": user.to_string() });
            view::sees(world, person, channel).then_some(("typing", data))
        }
    }
}

fn gone(guild: Option<u64>, id: u64) -> (&'static str, Value) {
    (
        "channel_gone",
        json!({ "server_id": guild.map(|id| id.to_string()), "id": id.to_string() }),
    )
}
