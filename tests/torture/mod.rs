//! Things broken on purpose while stories come in and people click, and the judge of what is left. One piece of code
//! for two forms: `tests/it` runs it small, where it asserts counts, order and tallies and never a duration;
//! `cargo bench --bench torture` runs it at Discord's own limits and prints times and rates.
//!
//! The sandbox is the judge: it knows what was posted and in which order, and who clicked what. What the bot counts is
//! read from its store. Nothing in `src/` knows of any of this.
//!
//! - `stage`: channels that follow a drama, stories for them, people who click, and the verdict
//! - `kills`: the bot's process is killed at steps that the sandbox sees, and at random moments
//! - `storm`: requests that go wrong in every way
//! - `gateway`: a connection that goes wrong in every way, and what Discord says is final
//! - `pacing`: stories to many channels at Discord's limits
//! - `outage`: an outage that is longer than Discord remembers a nonce

pub mod gateway;
pub mod kills;
pub mod outage;
pub mod pacing;
pub mod stage;
pub mod storm;

pub use stage::{Stage, Verdict};

/// Creating a message, as the sandbox names routes.
pub const POST: &str = "POST /channels/{channel_id}/messages";
