//! # Daesa: the map of the house
//!
//! *Daesa* (대사) is a line spoken in a drama. The program watches K-drama news, reads each article,
//! posts a short summary with what the cast said to the channels that follow the drama or the person,
//! and counts what the readers felt.
//!
//! ## The way of the data
//! ```text
//! feed bytes ─► entries ─► article ─► reading ─► channels ─► outbox ─► Discord ─► reactions ─► votes ─► tally
//!            feed       page       reading    matching     store     discord               tally     command, view
//! ```
//! 1. `app::watch` looks at the feeds that are due: conditional GET, parse, entries not seen before,
//!    full text (the feed's, or the page's), an [`model::Article`].
//! 2. [`reading::read`] makes a [`model::Reading`] of it: summary, drama, network, people, quotes. It
//!    cannot fail; an empty reading is a reading.
//! 3. [`matching::subjects`] says whose followers get it.
//! 4. One transaction of the [`store`] writes every new entry of a response together with the feed's
//!    validators, before any page is fetched; then one transaction per entry writes article, quotes,
//!    deliveries and “entry done”. A crash loses nothing.
//! 5. `app::deliver` takes a due delivery, makes a card ([`view`]), sends it with a nonce made of its
//!    id ([`discord`]) and records what came of it ([`outbox`] decides).
//!    What is wanted in a digest, or comes in quiet hours, waits for its time first: `app::digests`.
//!    In a forum a post is a thread, and what follows a post (a thread on it, publishing) is a row as well: `app::extras`.
//!    A story that changed, or was taken down, is read again, and `app::edits` gives its posts their present face.
//! 6. The gateway's events arrive in the order of the shard as one closed [`discord::Event`]; one
//!    `match` in `app::events` hands each to its room.
//! 7. Reactions and pressed buttons (`app::ballot` answers them) become vote rows, and the tally is kept in the same
//!    transaction from the rows that really changed.
//! 8. `!quote …`, `@Daesa quote …` and `/quote …` become one [`command::Command`], and that a
//!    [`model::Answer`], and that the same words.
//!
//! ## The rooms, and who may use whom
//! | room | what it is for | may use |
//! |---|---|---|
//! | [`model`] | the values that the rooms hand to each other | – |
//! | [`config`] | settings as written → settings as meant | model |
//! | [`feed`] | bytes → entries; when to look again | model, page (decoding, the text of markup) |
//! | [`page`] | HTML → article | model |
//! | [`catalogue`] | people, dramas, networks; names as people type them | model |
//! | [`reading`] | article → who said what about which drama | model, catalogue |
//! | [`matching`] | reading → whose followers get it; whether two outlets tell the same story | model, catalogue |
//! | [`outbox`] | attempt + outcome + now → what next; when digests are due and quiet hours end | model |
//! | [`tally`] | reaction changes → vote changes | model |
//! | [`command`] | one table of commands; text and options → command | model, catalogue |
//! | [`view`] | answers and stories → cards; every word a person sees | model, command |
//! | [`http`] | reqwest: feeds and pages, Discord's API | model |
//! | [`store`] | sqlx: SQL as text, one function a question | model |
//! | [`votes`] | the one writer of votes: in batches, acknowledged after they are in the store | model, tally, store |
//! | [`discord`] | serenity's models and builders; gateway in, requests out | model, command, view, http's types |
//! | [`app`] | builds the edges, starts the loops, stops in order; the subcommands | all |
//!
//! The rooms down to `view` and `config` are pure: no async, no clock, no files, no network; time is an
//! argument. `tests/it/layering.rs` holds all this.
//!
//! ## The invariants
//! - **Verbatim.** A [`model::Quote`] is cut from spans of the body that was read; nothing else makes one.
//! - **Once.** What is promised is a row before it is an await. A delivery is unique by article and
//!   channel; its nonce is made of its id; what cannot be decided is held and reported, never guessed.
//! - **True counts.** The tally changes in the transaction of the vote rows, by what really changed, and
//!   is compared with Discord's counts after every gap.
//! - **No mention** leaves the house but that of a role that a subscription names, and only where its story is
//!   posted: allowed mentions are empty or exactly that, and [`view::escape`] takes the meaning
//!   out of every text from outside.
//! - **One post for all.** A story that several subscriptions of a channel bring is posted once, as they are when
//!   it is sent ([`model::Manner::of_all`]): every role is mentioned, the plot hidden if one wants it hidden, a thread
//!   and votes there if one wants them.
//! - **No secret** is printed: [`config::Secret`] cannot be, and no error carries a token, a body or a
//!   message's text.

pub mod app;
pub mod catalogue;
pub mod command;
pub mod config;
pub mod discord;
pub mod feed;
pub mod http;
pub mod matching;
pub mod model;
pub mod outbox;
pub mod page;
pub mod reading;
pub mod store;
pub mod tally;
pub mod view;
pub mod votes;
