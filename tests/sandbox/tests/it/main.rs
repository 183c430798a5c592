//! The sandbox from outside, over sockets, with a bare client: is it as strict as Discord, and does it keep its word?

mod bot;
mod forms;
mod gateway;
mod interactions;
mod keep;
mod limits;
mod news;
mod page;
mod rights;
