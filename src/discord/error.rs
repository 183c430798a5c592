//! What can go wrong between Daesa and Discord, without anything that must not be seen in a log.
//!
//! An error here carries a status, Discord's own code and the shape of the route, never a body, a
//! token or an id of an interaction: Discord's errors can quote message texts back, and the address
//! of an interaction contains its token.

use std::{fmt, time::Duration};

/// What kind of failure it was, as far as the one who asked has to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RestErrorKind {
    /// No connection could be made: Discord has certainly not seen the request.
    NotSent,
    /// The answer never came, or not whole: Discord may have done what was asked.
    NoAnswer,
    /// Too many requests, for that long.
    RateLimited(Duration),
    /// 401: the token is not valid.
    Unauthorized,
    /// 403: the bot may not do that.
    Forbidden,
    /// 404: what it is about does not exist (any more).
    NotFound,
    /// Another 4xx: the request is wrong.
    Refused,
    /// 5xx: Discord is in trouble.
    Server,
    /// The answer came and could not be understood.
    Unreadable,
    /// The request could not be built, or the program is stopping.
    Impossible,
}

/// A request that came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestError {
    /// What kind of failure.
    pub kind: RestErrorKind,
    /// HTTP status, 0 without an answer.
    pub status: u16,
    /// Discord's JSON error code, 0 when there is none.
    pub code: u32,
    /// Method and shape of the route: `POST /channels/_/messages`.
    pub route: &'static str,
}

/// “Invalid Webhook Token.”
const INTERACTION_OVER: u32 = 50_027;

impl RestError {
    pub(super) const fn new(kind: RestErrorKind, route: &'static str) -> Self {
        Self {
            kind,
            status: 0,
            code: 0,
            route,
        }
    }

    /// From an answer's status; `wait` is Discord's when the status is 429.
    pub(super) const fn from_status(status: u16, code: u32, wait: Duration, route: &'static str) -> Self {
        let kind = match status {
            // The token of an interaction, whose fifteen minutes are over.
            401 if code == INTERACTION_OVER => RestErrorKind::Refused,
            401 => RestErrorKind::Unauthorized,
            403 => RestErrorKind::Forbidden,
            404 => RestErrorKind::NotFound,
            429 => RestErrorKind::RateLimited(wait),
            500.. => RestErrorKind::Server,
            _ => RestErrorKind::Refused,
        };
        Self {
            kind,
            status,
            code,
            route,
        }
    }

    /// Whether Discord says that there is no such channel (any more); one that the bot may not see is forbidden.
    #[must_use]
    pub const fn is_unknown_channel(&self) -> bool {
        const UNKNOWN_CHANNEL: u32 = 10_003;
        self.code == UNKNOWN_CHANNEL
    }

    /// Whether asking again later may help without anybody doing anything.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(
            self.kind,
            RestErrorKind::NotSent | RestErrorKind::NoAnswer | RestErrorKind::RateLimited(_) | RestErrorKind::Server
        )
    }
}

impl fmt::Display for RestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let route = self.route;
        match self.kind {
            RestErrorKind::NotSent => write!(f, "Discord could not be reached ({route})"),
            RestErrorKind::NoAnswer => write!(f, "Discord did not answer ({route})"),
            RestErrorKind::RateLimited(wait) => {
                write!(f, "Discord asks to wait {:.1} s ({route})", wait.as_secs_f64())
            }
            RestErrorKind::Unauthorized => write!(f, "Discord does not accept the token ({route})"),
            RestErrorKind::Unreadable => write!(f, "Discord's answer could not be read ({route})"),
            RestErrorKind::Impossible => write!(f, "the request could not be made ({route})"),
            RestErrorKind::Server => write!(f, "Discord is in trouble: {} ({route})", self.status),
            RestErrorKind::Forbidden | RestErrorKind::NotFound | RestErrorKind::Refused => {
                write!(f, "Discord refused: {}, code {} ({route})", self.status, self.code)
            }
        }
    }
}

impl std::error::Error for RestError {}

/// Why the gateway will not come back by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fatal {
    /// 4004: the token is not valid.
    Token,
    /// 4010, 4011: the shards do not fit the number of servers.
    Shards(u16),
    /// 4012: this version of Discord's gateway is gone.
    Version,
    /// 4013, or 4014 without Message Content: intents that Discord does not know or allow.
    Intents(u16),
    /// The gateway's address is not one that may be dialled.
    Address,
    /// The task of this shard ended in a panic.
    Died(u32),
}

impl Fatal {
    /// The close code, 0 when it was none.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Token => 4004,
            Self::Shards(code) | Self::Intents(code) => code,
            Self::Version => 4012,
            Self::Address | Self::Died(_) => 0,
        }
    }
}

impl fmt::Display for Fatal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token => f.write_str(
                "Discord does not accept the token (4004): copy it again from the developer portal, Bot, Reset Token",
            ),
            Self::Shards(code) => write!(f, "Discord does not accept this number of shards ({code})"),
            Self::Version => f.write_str("Discord no longer speaks this version of its gateway (4012): update Daesa"),
            Self::Intents(code) => write!(
                f,
                "Discord does not allow the intents asked for ({code}): see the developer portal, Bot, Privileged Gateway Intents"
            ),
            Self::Died(shard) => write!(f, "the task of shard {shard} has died; the bot is to be started again"),
            Self::Address => {
                f.write_str("the gateway's address is not on the host that DISCORD_API names: not dialled")
            }
        }
    }
}

impl std::error::Error for Fatal {}
