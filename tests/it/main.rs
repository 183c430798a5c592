//! The integration tests: the real bot against the sandbox over real sockets, and the house held
//! against its own map.

mod browser;
mod cli;
mod commands;
mod demo;
mod follow;
mod golden;
mod harness;
mod honest;
mod layering;
mod openapi;
mod page;
mod pictures;
mod seed;
mod skip;
mod story;
