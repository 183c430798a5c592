//! The same faults and counts as in the library, as JSON below `/sandbox/`, for programs outside this process.

use crate::faults::Fault;
use crate::news::{Article, Site};
use crate::page::is_ours;
use crate::sandbox::{GatewayFault, gateway_fault};
use crate::shared::{Shared, lock};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

const BODY_MOST: usize = 4 * 1024 * 1024;

/// Serves `/sandbox/{path}`.
pub(crate) async fn serve(
    State((shared, site)): State<(Arc<Shared>, Site)>,
    Path(path): Path<String>,
    request: Request,
) -> Response {
    let result = if !is_ours(&shared, request.headers()) {
        Err("This takes no requests from elsewhere.".to_owned())
    } else if request.method() == Method::GET {
        look(&shared, &site, &path)
    } else {
        let bytes = axum::body::to_bytes(request.into_body(), BODY_MOST)
            .await
            .unwrap_or_default();
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(form) => act(&shared, &site, &path, &form),
            Err(_) => Err("Send JSON.".to_owned()),
        }
    };
    let (status, body) = match result {
        Ok(body) => (StatusCode::OK, body),
        Err(words) => (StatusCode::BAD_REQUEST, json!({ "message": words })),
    };
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert("content-type", HeaderValue::from_static("application/json"));
    response
}

fn look(shared: &Shared, site: &Site, path: &str) -> Result<Value, String> {
    match path {
        "counts" => {
            let invalid = lock(&shared.log).invalid;
            let gateway = shared.quietly(|world| world.gateway.counts);
            let news = site.counts();
            Ok(json!({
                "invalid": {
                    "unauthorized": invalid.unauthorized,
                    "forbidden": invalid.forbidden,
                    "limited": invalid.limited,
                    "injected": invalid.injected,
                },
                "gateway": {
                    "connections": gateway.connections,
                    "identifies": gateway.identifies,
                    "resumed": gateway.resumed,
                    "not_resumed": gateway.not_resumed,
                    "heartbeats": gateway.heartbeats,
                },
                "news": { "feed": news.feed, "not_modified": news.not_modified, "pages": news.pages },
            }))
        }
        "requests" => Ok(lock(&shared.log)
            .entries
            .iter()
            .map(|entry| {
                json!({
                    "number": entry.number,
                    "time": entry.time,
                    "method": entry.method,
                    "path": entry.path,
                    "query": entry.query,
                    "template": entry.template,
                    "request": entry.request,
                    "status": entry.status,
                    "response": entry.response,
                    "injected": entry.injected,
                    "lost": entry.lost,
                })
            })
            .collect()),
        _ => Err("There is nothing here.".to_owned()),
    }
}

fn act(shared: &Shared, site: &Site, path: &str, form: &Value) -> Result<Value, String> {
    let times = u32::try_from(form["times"].as_u64().unwrap_or(1)).unwrap_or(u32::MAX);
    match path {
        "fail" => {
            let route = form["route"]
                .as_str()
                .ok_or("Name the route, such as POST /channels/{channel_id}/messages.")?;
            let fault = fault(form)?;
            lock(&shared.faults).plan(route, times, fault);
        }
        "gateway" => gateway_fault(shared, gateway(form, times)?),
        "publish" => {
            let text = |name: &str| form[name].as_str().unwrap_or_default().to_owned();
            let tags = form["tags"].as_array().into_iter().flatten();
            let article = Article {
                slug: text("slug"),
                title: text("title"),
                html_body: text("html_body"),
                tags: tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
                author: text("author"),
                published: form["published"].as_i64().unwrap_or_else(crate::world::now),
                ..Article::default()
            };
            if article.slug.is_empty() || article.title.is_empty() {
                return Err("An article needs a slug and a title.".to_owned());
            }
            return Ok(json!({ "url": site.publish(article) }));
        }
        _ => return Err("There is nothing here.".to_owned()),
    }
    Ok(json!({}))
}

fn fault(form: &Value) -> Result<Fault, String> {
    let seconds = |name: &str| Duration::try_from_secs_f64(form[name].as_f64().unwrap_or(1.0)).unwrap_or_default();
    let status = u16::try_from(form["status"].as_u64().unwrap_or(500)).unwrap_or(500);
    let retry_after = seconds("retry_after");
    Ok(match form["fault"].as_str().unwrap_or_default() {
        "limited" => Fault::Limited { retry_after },
        "limited_globally" => Fault::LimitedGlobally { retry_after },
        "limited_shared" => Fault::LimitedShared { retry_after },
        "blocked" => Fault::Blocked { retry_after },
        "status" => Fault::Status(status),
        "refused" => {
            let code = u32::try_from(form["code"].as_u64().unwrap_or(0)).unwrap_or(0);
            Fault::Refused { status, code }
        }
        "cut" => Fault::Cut,
        "lost" => Fault::Lost,
        "delayed" => Fault::Delayed(seconds("seconds")),
        "slow" => Fault::Slow(seconds("seconds")),
        "trickled" => Fault::Trickled(seconds("seconds")),
        _ => {
            return Err(
                "fault is one of limited, limited_globally, limited_shared, blocked, status, refused, cut, \
                        lost, delayed, slow, trickled."
                    .to_owned(),
            );
        }
    })
}

fn gateway(form: &Value, times: u32) -> Result<GatewayFault, String> {
    let code = form["code"].as_u64().and_then(|code| u16::try_from(code).ok());
    Ok(match form["fault"].as_str().unwrap_or_default() {
        "reconnect" => GatewayFault::Reconnect,
        "invalid" => GatewayFault::Invalid(form["resumable"] == json!(true)),
        "close" => GatewayFault::Close(code),
        "cut" => GatewayFault::Cut,
        "hang_handshakes" => GatewayFault::HangHandshakes(times),
        "no_hello" => GatewayFault::NoHello(times),
        "no_ready" => GatewayFault::NoReady(times),
        "refuse_identify" => GatewayFault::RefuseIdentify {
            times,
            code: code.unwrap_or(4000),
        },
        "invalid_identify" => GatewayFault::InvalidIdentify(times),
        "stop_acks" => GatewayFault::StopAcks(form["on"] != json!(false)),
        "drop_events" => GatewayFault::DropEvents(times),
        "double_events" => GatewayFault::DoubleEvents(times),
        "swap_events" => GatewayFault::SwapEvents(times),
        "late" => GatewayFault::Late(Duration::from_secs(u64::from(times))),
        _ => return Err("There is no such fault of the gateway; see GatewayFault.".to_owned()),
    })
}
