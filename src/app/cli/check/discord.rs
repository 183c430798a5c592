//! What Discord says of the token, the application and its intents, and what is in the way where it says nothing.

use super::{
    machine,
    report::{Mark, Report},
};
use crate::{
    app::{StartError, api_may_be_asked, start::invite},
    config::{DISCORD, Settings},
    discord::{Rest, RestError, RestErrorKind, RestSettings},
    http,
};
use std::time::Duration;

/// How long a request may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Lines for all that; the way to ask Discord more, when the token is good.
pub(super) async fn look(settings: &Settings, report: &mut Report) -> Option<Rest> {
    let client = match client(settings) {
        Ok(client) => client,
        Err((what, problem)) => {
            report.line(Mark::Broken, what, &problem);
            return None;
        }
    };
    machine::clock(http::clock(&client, &settings.api).await, report);
    let token = settings.token.as_ref()?;
    let rest = Rest::new(client, &RestSettings::new(token.reveal(), &settings.api));
    match rest.application().await {
        Ok(application) => {
            report.line(Mark::Ok, "token", &format!("{} ({})", application.name, application.id));
            if application.message_content {
                report.line(Mark::Ok, "intents", "`!` commands can be read");
            } else {
                let what = "Message Content is off: `!` commands cannot be read, `/` and mention work. To change it: \
                            developer portal → Bot → Privileged Gateway Intents";
                report.line(Mark::Look, "intents", what);
            }
            report.line(Mark::Ok, "invite", &invite(application.id, false));
            return Some(rest);
        }
        Err(error) if error.kind == RestErrorKind::Unauthorized => {
            report.line(Mark::Broken, "token", &StartError::Token.to_string());
        }
        Err(error) => {
            // What the start waits for by itself is no reason not to start.
            let mark = if error.is_passing() { Mark::Look } else { Mark::Broken };
            report.line(mark, "Discord", &format!("{error}: {}", advice(&error, &settings.api)));
        }
    }
    None
}

/// A client for Discord, or what of the settings is in the way.
fn client(settings: &Settings) -> Result<http::Client, (&'static str, String)> {
    if settings.token.is_none() {
        return Err(("token", StartError::NoToken.to_string()));
    }
    api_may_be_asked(settings).map_err(|problem| ("Discord", problem))?;
    http::api(&settings.http.contact, LIMIT).map_err(|error| ("network", error.to_string()))
}

/// What is to be done where Discord does not say who the bot is.
fn advice(error: &RestError, api: &str) -> String {
    let own = match api {
        DISCORD => String::new(),
        other => format!(", and DISCORD_API ({other})"),
    };
    match error.kind {
        RestErrorKind::NotSent | RestErrorKind::NoAnswer => {
            format!("the bot waits for it by itself; if it stays, look at the machine's network{own}")
        }
        RestErrorKind::Server | RestErrorKind::RateLimited(_) => {
            "the bot waits for it by itself; discordstatus.com tells how it is".to_owned()
        }
        _ => format!("something else may answer in its place: look at proxies and firewalls{own}"),
    }
}
