//! The integration tests: the real bot against the sandbox over real sockets, and the house held
//! against its own map.

mod browser;
mod harness;
mod layering;
mod openapi;
mod skip;
mod story;
