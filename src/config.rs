//! Settings as written (TOML and environment) → settings as meant.
//!
//! `config/daesa.toml` is compiled in and holds every key with its default; a user's file is laid over
//! it. A key that is not there is refused by name, with the nearest one that is, and all mistakes are
//! reported at once. Secrets come from the environment alone and are a type that cannot be printed.
//! Reading files and the environment is left to the caller: this module maps values to values.

mod place;
mod reader;

use crate::model::Feelings;
use place::Place;
use reader::Reader;
use std::{collections::HashMap, fmt, net::SocketAddr, path::PathBuf, time::Duration};
use toml::{Table, Value};

const DEFAULTS: &str = include_str!("../config/daesa.toml");

/// The address of Discord's API when `DISCORD_API` is not set.
pub const DISCORD: &str = "https://discord.com";

/// A secret: cannot be printed, compared or serialised; [`Secret::reveal`] is where it is used.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The secret itself, for the request that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// An outlet whose feed is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// The name shown in posts.
    pub name: String,
    /// The feed's address.
    pub url: String,
    /// Post headline and link only.
    pub headline_only: bool,
}

/// How to look at feeds.
#[derive(Clone, Debug)]
pub struct Feeds {
    /// Time between two looks.
    pub interval: Duration,
    /// Newest entries of a new feed that are posted.
    pub first_look: usize,
    /// How long a changed article is left alone before it is read again.
    pub edit_after: Duration,
    /// After how long a story's page is looked at again, rising.
    pub look_again: Vec<Duration>,
    /// Fetches at the same time.
    pub lookups: usize,
    /// Whether the managers of servers may ask for feeds.
    pub user_feeds: UserFeeds,
    /// Feeds that a server may have of its own.
    pub server_feeds: usize,
}

/// Whether the managers of servers may ask for feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserFeeds {
    /// No.
    Off,
    /// They may ask, and the operator decides.
    Approve,
    /// What they ask for is watched at once.
    On,
}

/// How to fetch.
#[derive(Clone, Debug)]
pub struct Http {
    /// Where an outlet can complain.
    pub contact: String,
    /// Limit for a connection.
    pub connect_timeout: Duration,
    /// Limit without a byte.
    pub read_timeout: Duration,
    /// Limit for everything.
    pub total_timeout: Duration,
    /// Between two requests to one host.
    pub host_interval: Duration,
    /// Whether feeds and pages may be on this machine.
    pub allow_loopback: bool,
    /// Host or `*.suffix` → address.
    pub resolve: Vec<(String, SocketAddr)>,
}

/// How posts look.
#[derive(Clone, Debug)]
pub struct Posts {
    /// Quotes in a post.
    pub quotes: usize,
    /// Posts that a channel gets one by one after an outage; what came before them is a digest.
    pub catch_up: usize,
    /// Whether the feelings are put under a post.
    pub seed: bool,
    /// How long the counts on buttons may be behind.
    pub counts_after: Duration,
}

/// Limits on commands.
#[derive(Clone, Debug)]
pub struct Commands {
    /// Commands at once.
    pub burst: u32,
    /// Time until one more.
    pub refill: Duration,
}

/// How long things are kept, in days.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// Texts of articles.
    pub bodies: u32,
    /// Who voted.
    pub voters: u32,
    /// Records of sent posts.
    pub deliveries: u32,
    /// Records of looks at feeds.
    pub traces: u32,
}

/// Copies of the store.
#[derive(Clone, Debug)]
pub struct Backup {
    /// Where they are made, from the folder of the store's file on; none: no copies are made.
    pub folder: Option<PathBuf>,
    /// Time between two.
    pub every: Duration,
    /// How many are kept.
    pub keep: usize,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Human on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Human,
    /// For machines.
    Json,
}

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: Option<Secret>,
    /// The store: `sqlite://path` or a path.
    pub database: String,
    /// The base address of Discord's API, without a slash at the end.
    pub api: String,
    /// What is watched.
    pub outlets: Vec<Outlet>,
    /// How feeds are watched.
    pub feeds: Feeds,
    /// How things are fetched.
    pub http: Http,
    /// How posts look.
    pub posts: Posts,
    /// What readers can feel.
    pub feelings: Feelings,
    /// Limits on commands.
    pub commands: Commands,
    /// A catalogue file of the user's own.
    pub catalogue_extra: Option<String>,
    /// The zone in which days begin.
    pub zone: chrono_tz::Tz,
    /// Retention.
    pub keep: Keep,
    /// Copies of the store.
    pub backup: Backup,
    /// Where figures for Prometheus are served.
    pub metrics: Option<SocketAddr>,
    /// Look of the log.
    pub log_format: LogFormat,
    /// tracing's filter.
    pub log_filter: String,
}

/// All that is wrong with the settings, one line each.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<String>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Mistakes {}

impl Settings {
    /// The settings from the user's TOML, given as its name and its text (none: all defaults), and the environment.
    ///
    /// # Errors
    /// Every mistake at once, with file and line: unknown keys, wrong types, values out of range, a malformed token.
    pub fn read(file: Option<(&str, &str)>, env: &HashMap<String, String>) -> Result<Self, Mistakes> {
        let (name, text) = file.unwrap_or(("config/daesa.toml", DEFAULTS));
        let mut read = Reader {
            mistakes: Vec::new(),
            place: Place::new(name, text),
        };
        // The compiled-in file is ours; a test parses it.
        let mut table: Table = DEFAULTS
            .parse()
            .map_err(|e| Mistakes(vec![format!("config/daesa.toml: {e}")]))?;
        if file.is_some() {
            match text.parse::<Table>() {
                Ok(own) => lay_over(&mut table, own, "", &mut read),
                Err(error) => {
                    let line = error.span().map_or(1, |span| place::line(text, span.start));
                    let what = one_line(error.message());
                    read.mistakes.push(format!("{name}:{line}: {what}"));
                }
            }
        }
        let settings = read.settings(&table, env);
        if read.mistakes.is_empty() {
            Ok(settings)
        } else {
            // As they stand in the file; what stands elsewhere, or nowhere, comes last.
            read.mistakes
                .sort_by_key(|mistake| place::line_of(mistake, name).unwrap_or(usize::MAX));
            Err(Mistakes(read.mistakes))
        }
    }
}

/// TOML's messages may have several lines; one line is what a log wants.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tables whose keys are the user's own.
const FREE_TABLES: [&str; 1] = ["http.resolve"];

fn lay_over(base: &mut Table, own: Table, path: &str, read: &mut Reader) {
    for (key, value) in own {
        let full = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        let Some(slot) = base.get_mut(&key) else {
            if let Some(variable) = elsewhere(&key) {
                let what = format_args!("there is no key `{full}`: that is {variable} in .env or the environment");
                read.wrong(&full, what);
                continue;
            }
            let near = nearest(base, &key);
            let near = if path.is_empty() {
                near
            } else {
                format!("{path}.{near}")
            };
            read.wrong(&full, format_args!("there is no key `{full}`; the nearest is `{near}`"));
            continue;
        };
        match (slot, value) {
            (Value::Table(inner), Value::Table(own)) if !FREE_TABLES.contains(&full.as_str()) => {
                lay_over(inner, own, &full, read);
            }
            (Value::Array(inner), Value::Array(own)) if inner.first().is_some_and(Value::is_table) => {
                check_rows(inner, &own, &full, read);
                *inner = own;
            }
            (slot, value) if slot.same_type(&value) => *slot = value,
            (slot, value) => read.wrong(
                &full,
                format_args!("`{full}` is to be {}, not {}", kind_of(slot), kind_of(&value)),
            ),
        }
    }
}

/// The rows of `[[outlet]]` and `[[feeling]]` have the keys of the first default row.
fn check_rows(defaults: &[Value], own: &[Value], path: &str, read: &mut Reader) {
    let Some(known) = defaults.first().and_then(Value::as_table) else {
        return;
    };
    for (at, row) in own.iter().enumerate() {
        let place = format!("{path}.{}", at + 1);
        let Some(row) = row.as_table() else {
            read.wrong(&place, format_args!("`{path}` {} is to be a table", at + 1));
            continue;
        };
        for key in row.keys().filter(|key| !known.contains_key(*key)) {
            let near = nearest(known, key);
            read.wrong(
                &format!("{place}.{key}"),
                format_args!(
                    "there is no key `{key}` in `{path}` {}; the nearest is `{near}`",
                    at + 1
                ),
            );
        }
    }
}

/// The variable of the environment that a key stands for which is looked for in the settings, as secrets and places are.
fn elsewhere(key: &str) -> Option<&'static str> {
    let bare = key.to_ascii_lowercase().replace(['_', '-'], "");
    let variables = [
        ("token", "DISCORD_TOKEN"),
        ("database", "DATABASE_URL"),
        ("discordapi", "DISCORD_API"),
    ];
    let found = variables.iter().find(|(part, _)| bare.contains(part));
    found.map(|(_, variable)| *variable)
}

/// The key of a table that is most like another.
fn nearest(table: &Table, key: &str) -> String {
    let near = table.keys().min_by_key(|known| distance(known, key));
    near.cloned().unwrap_or_default()
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}

/// Letters that differ (Levenshtein), for “the nearest is”.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (before + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            before = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests;
