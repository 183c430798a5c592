//! Whether the bot may do in each channel that follows anything what it is to do there.

use super::report::{Mark, Report};
use crate::{
    discord::{Rest, Servers},
    model::{ChannelId, GuildId, Lang, Subscription, answer::Need},
    store::{Store, StoreError},
    view,
};
use std::collections::{BTreeMap, BTreeSet};

/// Servers that are asked for: each costs three requests, and a check is to end within a minute or so.
const SERVERS: usize = 200;

/// A line for each channel. What Discord says of it comes from a fresh look at its server.
pub(super) async fn look(rest: &Rest, store: &Store, report: &mut Report) -> Result<(), StoreError> {
    let mut by_server: BTreeMap<GuildId, BTreeMap<ChannelId, Vec<Subscription>>> = BTreeMap::new();
    for one in store.all_subscriptions().await? {
        let channels = by_server.entry(one.guild).or_default();
        channels.entry(one.channel).or_default().push(one);
    }
    if store.guilds().await?.is_empty() {
        let text = "the bot is in no server yet: open the invite link above (known once it has run)";
        report.line(Mark::Look, "server", text);
    } else if by_server.is_empty() {
        let text = "none follows anything yet: /subscribe in one";
        report.line(Mark::Ok, "channel", text);
    }
    let bot = match rest.me().await {
        Ok(bot) => bot,
        Err(error) => {
            report.line(Mark::Broken, "Discord", &error.to_string());
            return Ok(());
        }
    };
    for (guild, channels) in by_server.iter().take(SERVERS) {
        let servers = Servers::new();
        servers.set_bot(bot);
        if let Err(error) = rest.learn_server(&servers, *guild).await {
            // What this server met the others would meet, each after some seconds of trying.
            if error.is_passing() {
                let text = format!("{error}; no channel could be looked at: check again later");
                report.line(Mark::Look, "Discord", &text);
                return Ok(());
            }
            let text = format!("{guild}: {error}; if the bot was removed there, nothing is to be done");
            report.line(Mark::Look, "server", &text);
            continue;
        }
        for (channel, subscriptions) in channels {
            one(&servers, *channel, subscriptions, report);
        }
    }
    if let Some(left) = by_server.len().checked_sub(SERVERS).filter(|left| *left > 0) {
        report.line(Mark::Ok, "server", &format!("{left} more servers were not asked for"));
    }
    Ok(())
}

fn one(servers: &Servers, channel: ChannelId, subscriptions: &[Subscription], report: &mut Report) {
    let follows = format!("{channel}: follows {}", subscriptions.len());
    let Some(mut missing) = servers.missing(channel) else {
        let text = format!("{follows}, and is not there or cannot be seen; /unsubscribe, or give View Channel");
        return report.line(Mark::Look, "channel", &text);
    };
    let threads = subscriptions.iter().any(|one| one.terms.manner.thread);
    if threads && servers.may_open_threads(channel) == Some(false) {
        missing.push(Need::OpenThreads);
    }
    let roles: BTreeSet<_> = subscriptions.iter().flat_map(|one| &one.terms.manner.roles).collect();
    let gone = roles
        .iter()
        .filter(|role| servers.is_role_gone(subscriptions[0].guild, ***role))
        .count();
    if missing.is_empty() && gone == 0 {
        return report.line(Mark::Ok, "channel", &follows);
    }
    let mut text = follows;
    if !missing.is_empty() {
        text += &format!("; give it {}", view::needs(Lang::En, &missing));
    }
    if gone > 0 {
        text += &format!("; {gone} roles that it mentions are gone: choose others with /subscriptions");
    }
    report.line(Mark::Look, "channel", &text);
}
