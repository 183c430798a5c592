//! The web page and its interface: files, state, stream, and acting as a person. What the page may send is checked
//! here; what it does is done by `people`.

pub(crate) mod ring;
mod stream;
mod view;

use crate::people;
use crate::rest::route::query;
use crate::shared::Shared;
use crate::world::model::InteractionState;
use crate::world::{Asked, Typed};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

/// Longest body of the page, bytes.
const BODY_MOST: usize = 256 * 1024;
const MESSAGES_MOST: usize = 100;
const POLICY: &str = "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A failure for people: status and words.
type Failure = (u16, String);

fn refused(words: impl Into<String>) -> Failure {
    (400, words.into())
}

/// The page's own files: path, type, text. A test holds the list against the folder.
const FILES: &[(&str, &str, &str)] = &[
    (
        "/composer.css",
        "text/css; charset=utf-8",
        include_str!("../../page/composer.css"),
    ),
    (
        "/composer.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/composer.js"),
    ),
    (
        "/dom.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/dom.js"),
    ),
    (
        "/embed.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/embed.js"),
    ),
    (
        "/emoji.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/emoji.js"),
    ),
    (
        "/index.html",
        "text/html; charset=utf-8",
        include_str!("../../page/index.html"),
    ),
    (
        "/markdown.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/markdown.js"),
    ),
    (
        "/message.css",
        "text/css; charset=utf-8",
        include_str!("../../page/message.css"),
    ),
    (
        "/message.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/message.js"),
    ),
    (
        "/page.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/page.js"),
    ),
    (
        "/places.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/places.js"),
    ),
    (
        "/posts.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/posts.js"),
    ),
    (
        "/slash.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/slash.js"),
    ),
    (
        "/state.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/state.js"),
    ),
    (
        "/style.css",
        "text/css; charset=utf-8",
        include_str!("../../page/style.css"),
    ),
    (
        "/time.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/time.js"),
    ),
    (
        "/timeline.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/timeline.js"),
    ),
    (
        "/wire.js",
        "text/javascript; charset=utf-8",
        include_str!("../../page/wire.js"),
    ),
];

/// The page's own files; `/` is `/index.html`.
pub(crate) async fn file(request: Request) -> Response {
    let path = if request.uri().path() == "/" {
        "/index.html"
    } else {
        request.uri().path()
    };
    let Some((_, kind, text)) = FILES.iter().find(|(known, _, _)| *known == path) else {
        return answer(Err((404, "There is nothing here.".to_owned())));
    };
    let mut response = Response::new(Body::from(*text));
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static(kind));
    headers.insert("content-security-policy", HeaderValue::from_static(POLICY));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("cache-control", HeaderValue::from_static("no-cache"));
    response
}

/// Serves `/attachments/{channel}/{id}/{name}`. Only pictures keep their type: nothing that a bot attached may run.
pub(crate) async fn attachment(
    State(shared): State<Arc<Shared>>,
    Path((_, id, name)): Path<(u64, u64, String)>,
) -> Response {
    let Some(bytes) = shared.quietly(|world| world.files.get(&id).cloned()) else {
        return answer(Err((404, "There is no such file.".to_owned())));
    };
    let kind = match name.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static(kind));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert(
        "content-security-policy",
        HeaderValue::from_static("sandbox; default-src 'none'"),
    );
    response
}

fn answer(result: Result<Value, Failure>) -> Response {
    let (status, body) = match result {
        Ok(body) => (200, body),
        Err((status, words)) => (status, json!({ "message": words })),
    };
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    response
}

/// Whether a request comes from this page: a page elsewhere must not act here, nor a name that was pointed here.
pub(crate) fn is_ours(shared: &Shared, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let port = shared.origin.rsplit(':').next().unwrap_or_default();
    let known = |host: &str| host == format!("127.0.0.1:{port}") || host == format!("localhost:{port}");
    let host = text("host").is_some_and(known);
    let origin = text("origin").is_none_or(|origin| origin.strip_prefix("http://").is_some_and(known));
    host && origin
}

/// Everything below `/page/`.
pub(crate) async fn serve(State(shared): State<Arc<Shared>>, Path(path): Path<String>, request: Request) -> Response {
    if !is_ours(&shared, request.headers()) {
        return answer(Err((403, "This page only takes requests of its own.".to_owned())));
    }
    let asked = query(request.uri().query().unwrap_or_default());
    let asked = |name: &str| {
        asked
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    if request.method() == Method::GET {
        let id = |name: &str| asked(name).and_then(|id| id.parse::<u64>().ok());
        let person = match person(&shared, id("as")) {
            Ok(person) => person,
            Err(failure) => return answer(Err(failure)),
        };
        if path == "events" {
            let header = request
                .headers()
                .get("last-event-id")
                .and_then(|value| value.to_str().ok());
            let since = header.and_then(|id| id.parse().ok()).or(id("since"));
            let since = since.unwrap_or_else(|| shared.quietly(|world| world.ring.last()));
            return stream::open(shared, person, since);
        }
        let limit = asked("limit")
            .and_then(|limit| limit.parse::<usize>().ok())
            .unwrap_or(50)
            .clamp(1, MESSAGES_MOST);
        return answer(look(&shared, &path, person, id("before"), limit));
    }
    let json = request
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if request.method() != Method::POST || !json {
        return answer(Err((405, "Send JSON with POST.".to_owned())));
    }
    let bytes = match axum::body::to_bytes(request.into_body(), BODY_MOST).await {
        Ok(bytes) => bytes,
        Err(_) => return answer(Err((413, "That is too much.".to_owned()))),
    };
    match serde_json::from_slice::<Value>(&bytes) {
        Ok(form) => answer(act(&shared, &path, &form).await),
        Err(_) => answer(Err(refused("That is no JSON."))),
    }
}

/// The person one acts as: the one named, or the first there is.
fn person(shared: &Shared, id: Option<u64>) -> Result<u64, Failure> {
    shared.quietly(|world| {
        let mut people = world.users.values().filter(|user| !user.bot);
        let found = match id {
            Some(id) => people.find(|user| user.id == id),
            None => people.next(),
        };
        found
            .map(|user| user.id)
            .ok_or_else(|| refused("There is no such person."))
    })
}

fn look(shared: &Shared, path: &str, person: u64, before: Option<u64>, limit: usize) -> Result<Value, Failure> {
    let channel = path
        .strip_prefix("channels/")
        .and_then(|rest| rest.strip_suffix("/messages"));
    shared.quietly(|world| match (path, channel) {
        ("state", _) => Ok(view::state(world, person)),
        ("commands", _) => Ok(view::commands(world)),
        (_, Some(channel)) => {
            let channel = channel.parse().unwrap_or(0);
            if !view::sees(world, person, channel) {
                return Err((404, "There is no such channel.".to_owned()));
            }
            let (messages, more) = view::page(world, person, channel, before, limit);
            Ok(json!({ "messages": messages, "more": more }))
        }
        _ => Err((404, "There is nothing here.".to_owned())),
    })
}

async fn act(shared: &Arc<Shared>, path: &str, form: &Value) -> Result<Value, Failure> {
    let id = |name: &str| form[name].as_str().and_then(|id| id.parse::<u64>().ok());
    let words = |name: &str| form[name].as_str().unwrap_or_default().to_owned();
    let person = person(shared, Some(id("as").unwrap_or(0)))?;
    let (channel, message) = (id("channel_id").unwrap_or(0), id("message_id").unwrap_or(0));
    let emoji = form["emoji"].as_str();
    match path {
        "say" => {
            let made = shared
                .change(|world| people::say(world, person, channel, &words("content"), id("reply_to")))
                .map_err(refused)?;
            Ok(json!({ "message": shown(shared, person, channel, made) }))
        }
        "edit" => {
            shared
                .change(|world| people::edit(world, person, channel, message, &words("content")))
                .map_err(refused)?;
            Ok(json!({ "message": shown(shared, person, channel, message) }))
        }
        "react" => {
            let emoji = emoji.ok_or_else(|| refused("Choose an emoji."))?;
            let burst = form["burst"] == json!(true);
            let on = form["on"] != json!(false);
            shared
                .change(|world| people::react(world, person, (channel, message), emoji, burst, on))
                .map_err(refused)?;
            Ok(json!({}))
        }
        "delete" => done(shared.change(|world| people::delete(world, person, channel, message))),
        "clear" => done(shared.change(|world| people::clear(world, person, channel, message, emoji))),
        "dismiss" => match shared.change(|world| world.dismiss(person, message)) {
            true => Ok(json!({})),
            false => Err((404, "There is no such message.".to_owned())),
        },
        "press" => {
            let values = form["values"].as_array().into_iter().flatten();
            let values = values.filter_map(|value| value.as_str().map(str::to_owned)).collect();
            let custom_id = words("custom_id");
            ask(
                shared,
                person,
                channel,
                Asked::Component {
                    message,
                    custom_id,
                    values,
                },
            )
        }
        "apps" => ask(
            shared,
            person,
            channel,
            Asked::Menu {
                name: words("command"),
                message,
            },
        ),
        "slash" => {
            let (name, sub, options) = command(form);
            ask(shared, person, channel, Asked::Command { name, sub, options })
        }
        "autocomplete" => {
            let (name, sub, options) = command(form);
            let asked = Asked::Autocomplete {
                name,
                sub,
                options,
                focused: words("focused"),
            };
            let id = people::ask(shared, person, channel, asked).map_err(refused)?;
            let choices = people::settled(shared, id, |found| found.state != InteractionState::Waiting).await;
            Ok(json!({ "choices": choices.map(|found| found.choices).unwrap_or_default() }))
        }
        _ => Err((404, "There is nothing here.".to_owned())),
    }
}

fn done(result: Result<(), String>) -> Result<Value, Failure> {
    result.map(|()| json!({})).map_err(refused)
}

fn command(form: &Value) -> (String, Option<String>, Typed) {
    let name = form["command"]
        .as_str()
        .unwrap_or_default()
        .trim_start_matches('/')
        .to_owned();
    (
        name,
        form["sub"].as_str().map(str::to_owned),
        form["options"].as_object().cloned().unwrap_or_default(),
    )
}

fn ask(shared: &Arc<Shared>, person: u64, channel: u64, asked: Asked) -> Result<Value, Failure> {
    let id = people::ask(shared, person, channel, asked).map_err(refused)?;
    let shown = shared.quietly(|world| world.interactions.get(&id).map(view::interaction));
    Ok(json!({ "interaction": shown }))
}

fn shown(shared: &Shared, person: u64, channel: u64, message: u64) -> Value {
    shared.quietly(|world| {
        world
            .message_in(channel, message)
            .map_or(Value::Null, |found| view::message(world, person, found))
    })
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::path::Path;

    #[test]
    fn every_file_of_the_page_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .expect("the page's folder is beside the sources")
            .map(|entry| format!("/{}", entry.expect("a readable entry").file_name().to_string_lossy()))
            .collect();
        let mut served: Vec<String> = FILES.iter().map(|(path, _, _)| (*path).to_owned()).collect();
        there.sort();
        served.sort();
        assert_eq!(served, there);
    }
}
