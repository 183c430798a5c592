//! The integration tests: the real bot against the sandbox over real sockets, and the house held
//! against its own map.

mod between;
mod browser;
mod buttons;
mod carry;
mod check;
mod cli;
mod clock;
mod commands;
mod corpus;
mod demo;
mod dialogue;
mod digest;
mod disk;
mod drawn;
mod edits;
mod faults;
mod feeds;
mod floors;
mod follow;
mod forms;
mod gaps;
mod golden;
mod harness;
mod honest;
mod hostile;
mod hours;
mod layering;
mod learnt;
mod logs;
mod manners;
mod metrics;
mod openapi;
mod page;
mod pictures;
mod places;
mod polite;
mod quotes;
mod restart;
mod retold;
mod same;
mod seed;
mod server_feeds;
mod skip;
mod start;
mod story;
mod stuck;
mod tallies;
#[expect(dead_code, reason = "what only the long form (tests/bench/torture.rs) prints")]
#[path = "../torture/mod.rs"]
mod torture;
mod town;
mod unanswered;
mod unbroken;
mod votes;
mod wordpress;
