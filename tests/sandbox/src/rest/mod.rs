//! REST under `/api/v10`: every request goes the same way — route, body, token, fault, limit, operation, log.
//! The operations are in the files beside, by what they are about.

mod application;
pub(crate) mod body;
mod channels;
mod commands;
mod components;
mod embeds;
mod form;
mod guilds;
mod interactions;
pub(crate) mod limits;
mod messages;
mod reactions;
pub(crate) mod refusal;
mod reply;
pub(crate) mod route;
mod threads;

use crate::faults::Fault;
use crate::log::Logged;
use crate::server::Cut;
use crate::shared::{Shared, lock};
use crate::steps::Step;
use crate::world::now;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use body::Body;
use limits::{Standing, Verdict};
pub(crate) use reactions::is_unicode_emoji;
use refusal::Refusal;
use reply::Reply;
use route::{Found, Op, Route};
use std::sync::Arc;

/// What an operation needs to know of its request.
pub(crate) struct Call {
    pub route: Route,
    pub query: Vec<(String, String)>,
    pub body: Body,
}

impl Call {
    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

pub(crate) type Answer = Result<Reply, Refusal>;

/// Serves a request below `/api`.
pub(crate) async fn serve(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let method = request.method().as_str().to_owned();
    let path = request.uri().path().trim_start_matches("/api").to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    travel(&shared).await;
    let mut entry = Logged {
        number: 0,
        time: now(),
        method: method.clone(),
        path: path.trim_start_matches("/v10").to_owned(),
        query: query.clone(),
        template: String::new(),
        request: None,
        files: Vec::new(),
        status: 0,
        response: None,
        injected: false,
        lost: false,
        scope: None,
        retry_after: None,
    };
    let mut reply = handle(&shared, request, &mut entry).await;
    entry.status = reply.status;
    entry.response = reply.body.clone();
    entry.scope = reply.scope;
    entry.retry_after = reply.retry_after;
    entry.lost = reply.lost;
    let route = format!("{method} {}", entry.template);
    lock(&shared.log).add(entry);
    shared.wake();
    shared.steps.reach(Step::Answered {
        route,
        status: reply.status,
    });
    travel(&shared).await;
    if reply.lost {
        return Cut::response();
    }
    if let Some(pause) = reply.pause.take() {
        tokio::time::sleep(pause).await;
    }
    let mut response = reply.into_response();
    let date = HeaderValue::from_str(&shared.settings.date());
    response.headers_mut().extend(date.map(|date| (header::DATE, date)));
    response
}

/// One way through the network.
async fn travel(shared: &Shared) {
    let way = shared.settings.one_way();
    // Even a sleep of nothing takes a millisecond.
    if !way.is_zero() {
        tokio::time::sleep(way).await;
    }
}

async fn handle(shared: &Arc<Shared>, request: Request, entry: &mut Logged) -> Reply {
    let Some(path) = request.uri().path().strip_prefix("/api/v10").map(str::to_owned) else {
        return Refusal::code(50041).into();
    };
    let route = match route::find(&entry.method, &path) {
        Found::Route(route) => route,
        Found::OtherMethod => return Refusal::new(405, 0, "405: Method Not Allowed").into(),
        Found::Nothing => return Refusal::new(404, 0, "404: Not Found").into(),
    };
    entry.template = route.template.to_owned();
    let admitted = admit(shared, &request, &route);
    let body = match body::read(request).await {
        Ok(body) => body,
        Err(refusal) => return refusal.into(),
    };
    entry.request = body.json.clone();
    entry.files = body.files.iter().map(|file| file.name.clone()).collect();
    let fault = lock(&shared.faults).next(&entry.method, route.template);
    entry.injected = fault.is_some();
    let mut fault = match fault {
        Some(fault) => match before(fault).await {
            Ok(fault) => fault,
            Err(mut reply) => {
                if let (Some(_), Some(wait)) = (reply.scope, reply.retry_after) {
                    reply.standing = Some(lock(&shared.limits).exhausted(&entry.method, &route, wait));
                }
                return *reply;
            }
        },
        None => None,
    };
    if let Err(refusal) = admitted {
        return refusal.into();
    }
    let standing = match lock(&shared.limits).take(&entry.method, &route) {
        Verdict::Pass(standing) => standing,
        Verdict::Limited {
            standing,
            global,
            retry_after,
        } => return Reply::limited(standing, global, retry_after),
    };
    let call = Call {
        route,
        query: route::query(&entry.query),
        body,
    };
    let mut reply = operate(shared, &call, standing);
    match fault.take() {
        Some(Fault::Lost) => reply.lost = true,
        Some(Fault::Slow(pause)) => reply.pause = Some(pause),
        Some(Fault::Trickled(pause)) => reply.trickle = Some(pause),
        _ => {}
    }
    reply
}

/// Token and client's name, and whether the path's ids can be ids.
fn admit(shared: &Shared, request: &Request, route: &Route) -> Result<(), Refusal> {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    };
    if !header("user-agent").starts_with("DiscordBot (") {
        return Err(Refusal::code(40333));
    }
    if !route.op.is_interaction() && route.op != Op::Gateway {
        let token = header("authorization").strip_prefix("Bot ");
        let good = token == Some(shared.settings.token.as_str());
        if !good || shared.quietly(|world| world.gateway.token_reset) {
            return Err(Refusal::new(401, 0, "401: Unauthorized"));
        }
    }
    match route.malformed() {
        Some((name, value)) => {
            let words = format!("Value \"{value}\" is not snowflake.");
            Err(Refusal::field(&[name], "NUMBER_TYPE_COERCE", &words))
        }
        None => Ok(()),
    }
}

/// A fault that acts before the operation makes its reply here; one that acts later is handed on.
async fn before(fault: Fault) -> Result<Option<Fault>, Box<Reply>> {
    match fault {
        Fault::Limited { retry_after } => Err(Box::new(Reply::made_up_limit("user", retry_after))),
        Fault::LimitedGlobally { retry_after } => Err(Box::new(Reply::made_up_limit("global", retry_after))),
        Fault::LimitedShared { retry_after } => Err(Box::new(Reply::made_up_limit("shared", retry_after))),
        Fault::Blocked { retry_after } => Err(Box::new(Reply::blocked(retry_after))),
        Fault::Status(status) => Err(Box::new(Reply::broken(status))),
        Fault::Refused { status, code } => {
            let words = Refusal::code(code).body["message"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            Err(Box::new(Refusal::new(status, code, &words).into()))
        }
        Fault::Cut => Err(Box::new(Reply::cut())),
        Fault::Delayed(pause) => {
            tokio::time::sleep(pause).await;
            Ok(None)
        }
        later @ (Fault::Lost | Fault::Slow(_) | Fault::Trickled(_)) => Ok(Some(later)),
    }
}

fn operate(shared: &Arc<Shared>, call: &Call, standing: Standing) -> Reply {
    let answer = match call.route.op {
        Op::Send => messages::send(shared, call),
        Op::React => reactions::react(shared, call),
        _ => shared.change(|world| match call.route.op {
            op if op.is_interaction() => interactions::run(world, call),
            Op::Gateway | Op::GatewayBot | Op::Application | Op::EditApplication | Op::Me => {
                application::run(world, call)
            }
            Op::MyGuilds | Op::LeaveGuild | Op::OpenDirect | Op::User => application::around_me(world, call),
            Op::Commands | Op::SetCommands | Op::GuildCommands | Op::SetGuildCommands => commands::run(world, call),
            Op::Guild | Op::GuildChannels | Op::GuildRoles | Op::GuildThreads | Op::Member | Op::Members => {
                guilds::run(world, call)
            }
            Op::Channel | Op::EditChannel | Op::Typing | Op::Pins | Op::OldPins | Op::Pin | Op::Unpin => {
                channels::run(world, call)
            }
            Op::Thread | Op::ThreadOnMessage => threads::run(world, call),
            Op::ArchivedThreads => threads::archived(world, call),
            Op::Unreact | Op::RemoveReaction | Op::ClearReactions | Op::ClearEmoji | Op::Reactors => {
                reactions::run(world, call)
            }
            _ => messages::run(world, call),
        }),
    };
    let mut reply = answer.unwrap_or_else(Reply::from);
    reply.standing = Some(standing);
    reply
}
