//! Discord: events in, messages out. The only room that knows serenity and tokio-tungstenite.
//!
//! ```text
//! gateway ─► connection ─► decode (wire, interactions) ─► event ─► app
//!               │ session, close, budget       └─► servers
//! app ─► rest (card, commands) ─► pace ─► Discord
//! ```
//! - `gateway` keeps one task a shard alive; `connection` is one connection of it; `session` is what
//!   survives a restart; `close` is the table of close codes; `budget` counts identifies; `learn` asks
//!   for what a resumed session does not tell.
//! - `decode` turns dispatches into the one closed enum of `event`, `interactions` the interactions
//!   among them; `wire` has their shapes; `servers` keeps what permissions hang on.
//! - `rest` makes requests with serenity's builders and sends them itself, each through `pace`;
//!   `card` and `commands` render what is sent.
//!
//! It knows no words for people and no store. serenity's client, cache, limiter and gateway are not
//! used (shared/GATEWAY.md and PACING.md measured why).

mod budget;
mod card;
mod close;
mod commands;
mod connection;
mod decode;
mod error;
mod event;
mod gateway;
mod interactions;
mod learn;
mod pace;
mod rest;
mod servers;
mod session;
#[cfg(test)]
mod tests;
mod wire;

pub use commands::commands_hash;
pub use error::{Fatal, RestError, RestErrorKind};
pub use event::{Asked, Complete, Completing, Event, Pressed, Received, ReplyTo, Scene, ServerInfo, Ticket};
pub use gateway::{GatewayHandle, GatewaySettings, Health, Stage, Timing, intents, start};
pub use pace::{Allowance, Class, Counts, Limits, Pace};
pub use rest::{Application, DISCORD, GatewayInfo, OpenThread, Page, PostedMessage, ReactionCount, Rest, RestSettings};
pub use servers::{ChannelKind, ChannelPlace, ForumTag, ForumTags, Servers};
pub use session::{Mark, Session};
