//! The bot's own account, its commands, and servers that a resumed session does not describe again.

use super::{Call, Class, Rest, RestError, Route, json};
use crate::{
    command::Entry,
    discord::{card::channel_id, commands, servers::Servers, wire},
    model::{ApplicationId, ChannelId, GuildId, UserId},
};
use serde::Deserialize;
use serenity::{
    http::{LightMethod, Request, Route as Path},
    model::id,
};
use std::time::Duration;

const APPLICATION: Route = Route {
    name: "GET /oauth2/applications/@me",
    exempt: false,
};
const ME: Route = Route {
    name: "GET /users/@me",
    exempt: false,
};
const GATEWAY: Route = Route {
    name: "GET /gateway/bot",
    exempt: false,
};
const COMMANDS: Route = Route {
    name: "PUT /applications/_/commands",
    exempt: false,
};
const GUILD: Route = Route {
    name: "GET /guilds/_",
    exempt: false,
};
const CHANNELS: Route = Route {
    name: "GET /guilds/_/channels",
    exempt: false,
};
const MEMBER: Route = Route {
    name: "GET /guilds/_/members/_",
    exempt: false,
};
const CHANNEL: Route = Route {
    name: "GET /channels/_",
    exempt: false,
};

/// The flags that say that Message Content may be asked for: in full, and for bots in few servers.
const CONTENT: u64 = 1 << 18 | 1 << 19;

/// What Discord says of the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its id, which the invite link wants.
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// Whether the portal allows the intent Message Content, without which `!` commands cannot be read.
    pub message_content: bool,
}

/// What Discord says of its gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayInfo {
    /// Its address.
    pub url: String,
    /// How many shards Discord recommends.
    pub shards: u32,
    /// How many sessions may be opened a day.
    pub total: u32,
    /// How many of them are left.
    pub remaining: u32,
    /// After how long there are `total` again.
    pub reset_after: Duration,
    /// How many sessions may be opened within five seconds.
    pub max_concurrency: u32,
}

#[derive(Deserialize)]
struct WireApplication {
    id: wire::Snow,
    #[serde(default)]
    name: String,
    #[serde(default)]
    flags: u64,
}

#[derive(Deserialize)]
struct WireGateway {
    url: String,
    #[serde(default = "one")]
    shards: u32,
    session_start_limit: StartLimit,
}

#[derive(Deserialize)]
struct StartLimit {
    total: u32,
    remaining: u32,
    /// Milliseconds.
    reset_after: u64,
    #[serde(default = "one")]
    max_concurrency: u32,
}

const fn one() -> u32 {
    1
}

impl Rest {
    /// The application that the token belongs to.
    ///
    /// # Errors
    /// When Discord does not tell; 401 for a token that is not valid.
    pub async fn application(&self) -> Result<Application, RestError> {
        let request = Request::new(Path::Oauth2ApplicationCurrent, LightMethod::Get);
        let told: WireApplication = self
            .ask(Call {
                class: Class::Reply,
                route: APPLICATION,
                major: 0,
                request,
            })
            .await?;
        Ok(Application {
            id: ApplicationId(told.id.0),
            name: told.name,
            message_content: told.flags & CONTENT != 0,
        })
    }

    /// The bot's own user.
    ///
    /// # Errors
    /// When Discord does not tell; 401 for a token that is not valid.
    pub async fn me(&self) -> Result<UserId, RestError> {
        let request = Request::new(Path::UserMe, LightMethod::Get);
        let told: wire::OnlyId = self
            .ask(Call {
                class: Class::Reply,
                route: ME,
                major: 0,
                request,
            })
            .await?;
        Ok(UserId(told.id.0))
    }

    /// Where the gateway is and how often it may be entered.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn gateway_info(&self) -> Result<GatewayInfo, RestError> {
        let request = Request::new(Path::GatewayBot, LightMethod::Get);
        let told: WireGateway = self
            .ask(Call {
                class: Class::Reply,
                route: GATEWAY,
                major: 0,
                request,
            })
            .await?;
        let limit = told.session_start_limit;
        Ok(GatewayInfo {
            url: told.url,
            shards: told.shards.max(1),
            total: limit.total,
            remaining: limit.remaining,
            reset_after: Duration::from_millis(limit.reset_after),
            max_concurrency: limit.max_concurrency.max(1),
        })
    }

    /// Registers the commands for every server at once, in place of all earlier ones.
    ///
    /// # Errors
    /// When Discord did not accept them.
    pub async fn register(&self, application: ApplicationId, entries: &[Entry]) -> Result<(), RestError> {
        let body = json(&commands::commands(entries), COMMANDS)?;
        let path = Path::Commands {
            application_id: id::ApplicationId::new(application.0.max(1)),
        };
        let request = Request::new(path, LightMethod::Put).body(body);
        self.send_again(Call {
            class: Class::Reply,
            route: COMMANDS,
            major: 0,
            request,
        })
        .await
        .map(drop)
    }

    /// Learns a server by asking for it: a session that was taken up again does not tell of it.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn learn_server(&self, servers: &Servers, guild: GuildId) -> Result<(), RestError> {
        let id = id::GuildId::new(guild.0.max(1));
        let get = |path, route| {
            let request = Request::new(path, LightMethod::Get);
            Call {
                class: Class::Reply,
                route,
                major: guild.0,
                request,
            }
        };
        let mut told: wire::Guild = self.ask(get(Path::Guild { guild_id: id }, GUILD)).await?;
        told.channels = self.ask(get(Path::GuildChannels { guild_id: id }, CHANNELS)).await?;
        if let Some(bot) = servers.bot() {
            let path = Path::GuildMember {
                guild_id: id,
                user_id: id::UserId::new(bot.0.max(1)),
            };
            let mut member: wire::Member = self.ask(get(path, MEMBER)).await?;
            member.user.get_or_insert(wire::User {
                id: wire::Snow(bot.0),
                bot: true,
            });
            told.members = vec![member];
        }
        servers.put(&told);
        Ok(())
    }

    /// Learns a channel or thread that its server did not tell of.
    ///
    /// # Errors
    /// When Discord does not tell; 404 when there is none.
    pub async fn learn_channel(&self, servers: &Servers, channel: ChannelId) -> Result<(), RestError> {
        let request = Request::new(
            Path::Channel {
                channel_id: channel_id(channel),
            },
            LightMethod::Get,
        );
        let told: wire::Channel = self
            .ask(Call {
                class: Class::Reply,
                route: CHANNEL,
                major: channel.0,
                request,
            })
            .await?;
        if let Some(guild) = told.guild_id {
            servers.put_channel(GuildId(guild.0), &told);
        }
        Ok(())
    }
}
