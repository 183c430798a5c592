//! A local Discord and a news site for tests and demonstrations: REST, gateway, a web page to act as people, strict
//! where Discord is strict, with faults on demand. It binds 127.0.0.1 only and knows nothing of any particular bot.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use daesa_sandbox::{ChannelKind, Sandbox, Settings};
//! let sandbox = Sandbox::start(Settings::default()).await?;
//! let mina = sandbox.add_person("mina", "Mina");
//! let server = sandbox.add_server("Drama club", mina);
//! let news = sandbox.add_channel(server, ChannelKind::Text, "drama-news");
//! sandbox.invite_bot(server, 117_824);
//! println!("bot: {} with token {}; page: {}/#{news}", sandbox.base_url(), sandbox.token(), sandbox.base_url());
//! sandbox.stop().await
//! # }
//! ```
//!
//! **The house.** `world` is the state and all that changes it; `wire` shows it in Discord's JSON; `rest`, `gateway` and
//! `page` are the three ways in; `people` is what persons may do; `news` is the site; `sandbox` and `acting` are the
//! library's face. A change is made under one lock, queued on the bot's sessions and noted for the page in the same
//! breath, so that order is the same for everybody who looks.

mod acting;
mod control;
mod faults;
mod gateway;
mod log;
mod news;
mod page;
mod people;
mod rest;
mod sandbox;
mod server;
mod settings;
mod shared;
mod steps;
mod wire;
mod world;

pub use acting::{Asking, NotDone};
pub use faults::Fault;
pub use gateway::state::GatewayCounts;
pub use log::{Invalid, Logged};
pub use news::{Article, FeedStyle, Picture, Place, Site, SiteCounts, SiteFault, Town};
pub use sandbox::{GatewayFault, Sandbox};
pub use settings::{Algorithm, RateRule, Settings, default_rules};
pub use steps::Step;
pub use world::model::{
    Attachment, Cause, Channel, ChannelKind, Choice, Emoji, Guild, Interaction, InteractionState, Member, Message,
    Overwrite, Reacted, Reference, Role, ThreadState, User,
};
pub use world::permissions::bits;
pub use world::{Application, World};
