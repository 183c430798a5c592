//! All words that people see: stories and answers → cards within Discord's limits, in English and
//! Korean; and the card that `daesa read` prints.
//!
//! Values in, [`Card`]s out. What is sent where is `discord`'s and `app`'s. Everything from outside
//! goes through `escape` and `link`; lengths are kept by `cut`, and once more by `limits`. Help is
//! written from the table of `command`, and buttons carry its [`crate::command::Press`].

pub mod card;

mod answer;
mod bars;
mod behind;
mod color;
mod cut;
mod digest;
mod escape;
mod fragment;
mod limits;
mod link;
mod notice;
mod picture;
mod post;
mod spoiler;
mod terminal;
#[cfg(test)]
mod tests;
mod welcome;
mod words;

pub use answer::{answer, is_private, needs, pictured};
pub use card::{Attachment, Button, Card, Embed, Menu, Offer, Offers};
pub use color::{HONEY, INK, JADE, PAPER, PERSIMMON, PLUM, color_of};
pub use cut::{cut, length};
pub use digest::{Digest, listed};
pub use escape::escape;
pub use fragment::at_sentence;
pub use limits::breaches;
pub use notice::open_again;
pub use picture::Picture;
pub use post::{plain_post, post, thread_name, with_buttons};
pub use spoiler::gives_away;
pub use terminal::{Screen, beginnings, terminal};
pub use welcome::welcome;
pub use words::feeling_name;
