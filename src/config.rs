//! Settings as written (TOML and environment) → settings as meant.
//!
//! `config/daesa.toml` is compiled in and holds every key with its default; a user's file is laid over
//! it. A key that is not there is refused by name, with the nearest one that is, and all mistakes are
//! reported at once. Secrets come from the environment alone and are a type that cannot be printed.
//! Reading files and the environment is left to the caller: this module maps values to values.

use crate::model::{Emoji, Feeling, Feelings};
use std::{collections::HashMap, fmt, net::SocketAddr, time::Duration};
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
    /// Fetches at the same time.
    pub lookups: usize,
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
    /// Whether the feelings are put under a post.
    pub seed: bool,
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
    /// The settings from the user's TOML (none: all defaults) and the environment.
    ///
    /// # Errors
    /// Every mistake at once: unknown keys, wrong types, values out of range, a malformed token.
    pub fn read(file: Option<&str>, env: &HashMap<String, String>) -> Result<Self, Mistakes> {
        let mut read = Reader {
            mistakes: Vec::new(),
            place: "config/daesa.toml",
        };
        // The compiled-in file is ours; a test parses it.
        let mut table: Table = DEFAULTS
            .parse()
            .map_err(|e| Mistakes(vec![format!("config/daesa.toml: {e}")]))?;
        if let Some(text) = file {
            read.place = "settings";
            match text.parse::<Table>() {
                Ok(own) => lay_over(&mut table, own, "", &mut read.mistakes),
                Err(error) => read
                    .mistakes
                    .push(format!("settings: {}", one_line(&error.to_string()))),
            }
        }
        let settings = read.settings(&table, env);
        if read.mistakes.is_empty() {
            Ok(settings)
        } else {
            Err(Mistakes(read.mistakes))
        }
    }
}

/// TOML's messages are pictures of the place over several lines; one line is what a log wants.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tables whose keys are the user's own.
const FREE_TABLES: [&str; 1] = ["http.resolve"];

fn lay_over(base: &mut Table, own: Table, path: &str, mistakes: &mut Vec<String>) {
    for (key, value) in own {
        let full = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        let Some(slot) = base.get_mut(&key) else {
            let near = base
                .keys()
                .min_by_key(|known| distance(known, &key))
                .cloned()
                .unwrap_or_default();
            let near = if path.is_empty() {
                near
            } else {
                format!("{path}.{near}")
            };
            mistakes.push(format!("settings: there is no key `{full}`; the nearest is `{near}`"));
            continue;
        };
        match (slot, value) {
            (Value::Table(inner), Value::Table(own)) if !FREE_TABLES.contains(&full.as_str()) => {
                lay_over(inner, own, &full, mistakes);
            }
            (Value::Array(inner), Value::Array(own)) if inner.first().is_some_and(Value::is_table) => {
                check_rows(inner, &own, &full, mistakes);
                *inner = own;
            }
            (slot, value) if slot.same_type(&value) => *slot = value,
            (slot, value) => mistakes.push(format!(
                "settings: `{full}` is to be {}, not {}",
                kind_of(slot),
                kind_of(&value)
            )),
        }
    }
}

/// The rows of `[[outlet]]` and `[[feeling]]` have the keys of the first default row.
fn check_rows(defaults: &[Value], own: &[Value], path: &str, mistakes: &mut Vec<String>) {
    let Some(known) = defaults.first().and_then(Value::as_table) else {
        return;
    };
    for (at, row) in own.iter().enumerate() {
        let Some(row) = row.as_table() else {
            mistakes.push(format!("settings: `{path}` {} is to be a table", at + 1));
            continue;
        };
        for key in row.keys().filter(|key| !known.contains_key(*key)) {
            mistakes.push(format!("settings: there is no key `{key}` in `{path}` {}", at + 1));
        }
    }
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

struct Reader {
    mistakes: Vec<String>,
    place: &'static str,
}

impl Reader {
    fn settings(&mut self, table: &Table, env: &HashMap<String, String>) -> Settings {
        let seconds = |read: &mut Self, key, range| Duration::from_secs(read.number(table, key, range));
        let var = |name: &str| env.get(name).map(|v| v.trim()).filter(|v| !v.is_empty());
        Settings {
            token: var("DISCORD_TOKEN").and_then(|token| self.token(token)),
            database: var("DATABASE_URL").unwrap_or("sqlite://daesa.db").to_owned(),
            api: self.address("DISCORD_API", var("DISCORD_API").unwrap_or(DISCORD)),
            outlets: self.outlets(table),
            feeds: Feeds {
                interval: seconds(self, "feeds.interval", 1..=86_400),
                first_look: self.number(table, "feeds.first_look", 0..=500) as usize,
                lookups: self.number(table, "feeds.lookups", 1..=64) as usize,
            },
            http: Http {
                contact: self.text(table, "http.contact"),
                connect_timeout: seconds(self, "http.connect_timeout", 1..=300),
                read_timeout: seconds(self, "http.read_timeout", 1..=300),
                total_timeout: seconds(self, "http.total_timeout", 1..=600),
                host_interval: Duration::from_millis(self.number(table, "http.host_interval", 0..=60_000)),
                allow_loopback: self.flag(table, "http.allow_loopback"),
                resolve: self.resolve(table),
            },
            posts: Posts {
                quotes: self.number(table, "posts.quotes", 0..=4) as usize,
                seed: self.flag(table, "posts.seed"),
            },
            feelings: self.feelings(table),
            commands: Commands {
                burst: self.number(table, "commands.burst", 1..=1000) as u32,
                refill: seconds(self, "commands.refill", 1..=600),
            },
            catalogue_extra: Some(self.text(table, "catalogue.extra")).filter(|path| !path.is_empty()),
            zone: self.zone(table),
            keep: Keep {
                bodies: self.number(table, "keep.bodies", 1..=36_500) as u32,
                voters: self.number(table, "keep.voters", 1..=36_500) as u32,
                deliveries: self.number(table, "keep.deliveries", 1..=36_500) as u32,
                traces: self.number(table, "keep.traces", 1..=365) as u32,
            },
            log_format: self.log_format(table),
            log_filter: self.text(table, "log.filter"),
        }
    }

    fn wrong(&mut self, what: impl fmt::Display) {
        self.mistakes.push(format!("{}: {what}", self.place));
    }

    /// Type errors were reported when the files were laid over each other: what is missing here has
    /// been said there, so a stand-in serves until the mistakes are printed.
    fn value<'a>(table: &'a Table, path: &str) -> Option<&'a Value> {
        let (section, key) = path.split_once('.')?;
        table.get(section)?.as_table()?.get(key)
    }

    fn number(&mut self, table: &Table, path: &str, range: std::ops::RangeInclusive<u64>) -> u64 {
        let given = Self::value(table, path).and_then(Value::as_integer).unwrap_or_default();
        match u64::try_from(given) {
            Ok(number) if range.contains(&number) => number,
            _ => {
                self.wrong(format_args!(
                    "`{path}` is {given}, but can be {} to {}",
                    range.start(),
                    range.end()
                ));
                *range.start()
            }
        }
    }

    fn text(&mut self, table: &Table, path: &str) -> String {
        Self::value(table, path)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    fn flag(&mut self, table: &Table, path: &str) -> bool {
        Self::value(table, path).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A token has three parts (Discord's reference, “Authentication”, shows one): enough to notice
    /// that something else was pasted, too little to refuse a form that Discord may take up.
    fn token(&mut self, token: &str) -> Option<Secret> {
        let plain = token.strip_prefix("Bot ").unwrap_or(token);
        let parts: Vec<&str> = plain.split('.').collect();
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_=".contains(c);
        if parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.chars().all(fits)) {
            return Some(Secret::new(plain));
        }
        self.mistakes.push(
            "DISCORD_TOKEN does not look like a bot token (three parts with dots between): copy it again from \
             https://discord.com/developers/applications → Bot → Reset Token"
                .to_owned(),
        );
        None
    }

    fn address(&mut self, name: &str, given: &str) -> String {
        match url::Url::parse(given) {
            Ok(url)
                if matches!(url.scheme(), "http" | "https")
                    && url.has_host()
                    && url.username().is_empty()
                    && url.password().is_none() => {}
            _ => self.mistakes.push(format!("{name} is not an address like {DISCORD}")),
        }
        given.trim_end_matches('/').to_owned()
    }

    fn outlets(&mut self, table: &Table) -> Vec<Outlet> {
        let rows = table
            .get("outlet")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        if rows.is_empty() {
            self.wrong("the list of outlets is empty: name at least one [[outlet]] with name and url");
        }
        let mut outlets: Vec<Outlet> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let text = |key: &str| {
                row.get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            };
            let outlet = Outlet {
                name: text("name"),
                url: text("url"),
                headline_only: row.get("headline_only").and_then(Value::as_bool).unwrap_or(false),
            };
            if outlet.name.is_empty() || outlet.name.chars().count() > 80 {
                self.wrong(format_args!(
                    "outlet {}: `name` is to be a text of 1 to 80 characters",
                    at + 1
                ));
            }
            let before = self.mistakes.len();
            let _ = self.address("x", &outlet.url);
            if self.mistakes.len() > before {
                self.mistakes.truncate(before);
                self.wrong(format_args!(
                    "outlet {}: `url` is to be an http(s) address without a password",
                    at + 1
                ));
            }
            if outlets.iter().any(|known| known.url == outlet.url) {
                self.wrong(format_args!("outlet {}: its `url` is there twice", at + 1));
            }
            outlets.push(outlet);
        }
        outlets
    }

    fn resolve(&mut self, table: &Table) -> Vec<(String, SocketAddr)> {
        let rows = Self::value(table, "http.resolve")
            .and_then(Value::as_table)
            .cloned()
            .unwrap_or_default();
        let mut all = Vec::new();
        for (host, value) in rows {
            match value.as_str().map(str::parse) {
                Some(Ok(address)) => all.push((host.to_ascii_lowercase(), address)),
                _ => self.wrong(format_args!(
                    "`http.resolve`: `{host}` is to be an address like \"127.0.0.1:8080\""
                )),
            }
        }
        all
    }

    fn feelings(&mut self, table: &Table) -> Feelings {
        let rows = table
            .get("feeling")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let mut feelings: Vec<Feeling> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let name = row
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .trim()
                .to_owned();
            let list = row.get("emoji").and_then(Value::as_array).cloned().unwrap_or_default();
            let written: Vec<&str> = list.iter().filter_map(Value::as_str).map(str::trim).collect();
            let fits = |text: &&str| !text.is_empty() && text.chars().count() <= 32 && !text.is_ascii();
            if name.is_empty() || written.is_empty() || written.len() != list.len() || !written.iter().all(fits) {
                self.wrong(format_args!("feeling {}: needs a `name` and a list of `emoji`", at + 1));
                continue;
            }
            let emoji: Vec<Emoji> = written.iter().map(|text| Emoji::unicode(text)).collect();
            if let Some(twice) = emoji
                .iter()
                .find(|e| feelings.iter().any(|known| known.emoji.contains(e)))
            {
                self.wrong(format_args!(
                    "feeling `{name}`: {} belongs to another feeling already",
                    twice.key()
                ));
            }
            feelings.push(Feeling {
                name,
                seed: written[0].to_owned(),
                emoji,
            });
        }
        if !(1..=10).contains(&rows.len()) {
            self.wrong("there are to be 1 to 10 [[feeling]]s");
        }
        Feelings(feelings)
    }

    fn zone(&mut self, table: &Table) -> chrono_tz::Tz {
        let name = self.text(table, "time.zone");
        name.parse().unwrap_or_else(|_| {
            self.wrong(format_args!(
                "`time.zone`: there is no zone `{name}`; write one like Asia/Seoul"
            ));
            chrono_tz::UTC
        })
    }

    fn log_format(&mut self, table: &Table) -> LogFormat {
        match self.text(table, "log.format").as_str() {
            "auto" => LogFormat::Auto,
            "human" => LogFormat::Human,
            "json" => LogFormat::Json,
            other => {
                self.wrong(format_args!(
                    "`log.format` is `{other}`, but can be auto, human or json"
                ));
                LogFormat::Auto
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn mistakes(file: &str) -> Vec<String> {
        Settings::read(Some(file), &env(&[])).expect_err("mistakes").0
    }

    #[test]
    fn the_defaults_are_valid_and_need_no_token() {
        let settings = Settings::read(None, &env(&[])).expect("the compiled-in file is valid");
        assert!(settings.token.is_none());
        assert_eq!(settings.api, DISCORD);
        assert_eq!(settings.feelings.0.len(), 5);
        assert_eq!(settings.feeds.interval, Duration::from_secs(60));
        assert_eq!(settings.zone, chrono_tz::Asia::Seoul);
    }

    #[test]
    fn all_mistakes_are_reported_at_once_and_name_the_key() {
        let all = mistakes(
            "[feeds]\nintervall = 3\nfirst_look = 900\n[posts]\nseed = 1\n[time]\nzone = \"Mars\"\n\
             [[outlet]]\nname = \"A\"\nurl = \"ftp://a\"\ncolour = 1\n",
        );
        let text = all.join("\n");
        assert_eq!(all.len(), 6, "{text}");
        for part in [
            "`feeds.intervall`",
            "`feeds.interval`",
            "first_look",
            "posts.seed",
            "Mars",
            "outlet 1",
            "`colour`",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn an_empty_list_of_outlets_says_so() {
        assert!(
            mistakes("outlet = []")
                .join("\n")
                .contains("the list of outlets is empty")
        );
    }

    #[test]
    fn broken_toml_is_one_line() {
        let all = mistakes("[feeds\nx");
        assert_eq!(all.len(), 1);
        assert!(!all[0].contains('\n'));
    }

    #[test]
    fn a_secret_cannot_be_printed() {
        let settings = Settings::read(None, &env(&[("DISCORD_TOKEN", "Bot aaa.bbb.ccc")])).expect("valid");
        assert_eq!(settings.token.as_ref().map(Secret::reveal), Some("aaa.bbb.ccc"));
        assert!(!format!("{settings:?}").contains("aaa.bbb"));
    }

    #[test]
    fn a_malformed_token_is_not_repeated() {
        let error = Settings::read(None, &env(&[("DISCORD_TOKEN", "hunter2")])).expect_err("malformed");
        assert!(error.to_string().contains("DISCORD_TOKEN"));
        assert!(!error.to_string().contains("hunter2"));
    }

    #[test]
    fn an_own_host_table_is_free() {
        let settings =
            Settings::read(Some("[http]\nresolve = { \"*.test\" = \"127.0.0.1:80\" }"), &env(&[])).expect("valid");
        assert_eq!(
            settings.http.resolve,
            [("*.test".to_owned(), "127.0.0.1:80".parse().expect("an address"))]
        );
    }
}
