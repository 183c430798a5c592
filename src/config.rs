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
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn mistakes(file: &str) -> Vec<String> {
        Settings::read(Some(("own.toml", file)), &env(&[]))
            .expect_err("mistakes")
            .0
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
    fn the_file_tells_the_range_of_every_number() {
        let (mut section, mut numbers) = (String::new(), 0);
        for line in DEFAULTS.lines() {
            if line.starts_with('[') {
                section = line.trim_end().to_owned();
            }
            let Some((key, value)) = line.split_once(" = ") else {
                continue;
            };
            let (value, comment) = value.split_once('#').unwrap_or((value, ""));
            if value.trim().parse::<u64>().is_err() {
                continue;
            }
            let said = comment.rsplit("; ").next().and_then(|range| range.split_once(" to "));
            let bound = |text: &str| {
                text.trim()
                    .parse::<u64>()
                    .unwrap_or_else(|_| panic!("no range: {line}"))
            };
            let (least, most) = said.map_or_else(|| panic!("no range: {line}"), |(a, b)| (bound(a), bound(b)));
            let takes = |number: u64| {
                Settings::read(Some(("own.toml", &format!("{section}\n{key} = {number}\n"))), &env(&[])).is_ok()
            };
            assert!(takes(least) && takes(most) && !takes(most + 1), "{line}");
            assert!(least == 0 || !takes(least - 1), "{line}");
            numbers += 1;
        }
        assert!(numbers > 15, "{numbers}");
    }

    #[test]
    fn the_example_of_the_environment_shows_the_defaults() {
        let example = include_str!("../.env.example");
        let shown = env(&example
            .lines()
            .filter_map(|line| line.trim_start_matches('#').split_once('='))
            .filter(|(key, _)| key.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
            .collect::<Vec<_>>());
        let mut names: Vec<&str> = shown.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["DAESA_CONFIG", "DATABASE_URL", "DISCORD_API", "DISCORD_TOKEN"]);
        let bare = Settings::read(None, &env(&[])).expect("valid");
        let same = Settings::read(None, &shown).expect("valid");
        assert_eq!(
            (same.database, same.api, same.token.is_none()),
            (bare.database, bare.api, true)
        );
    }

    #[test]
    fn a_servers_own_emoji_can_be_a_feeling() {
        let feelings = |emoji: &str| {
            let file = format!("[[feeling]]\nname = \"love\"\nemoji = [{emoji}]");
            Settings::read(Some(("own.toml", &file)), &HashMap::new()).map(|settings| settings.feelings)
        };
        let forms = feelings(r#""bori:123", "<a:bori_runs:124>", "<:bori_sits:125>", "🐴""#).expect("all of them");
        let love = &forms.0[0];
        assert_eq!(love.seed, "<:bori:123>", "as it is drawn in texts");
        let expected = [123, 124, 125].map(crate::model::Emoji::Custom);
        assert_eq!(love.emoji[..3], expected);
        for wrong in [
            r#""bori""#,
            r#""bori:0""#,
            r#""bori:x""#,
            r#""b o:1""#,
            r#""<bori:1>""#,
            r#""<:bori:01>""#,
        ] {
            assert!(feelings(wrong).is_err(), "{wrong}");
        }
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
            "own.toml:2: there is no key `feeds.intervall`; the nearest is `feeds.interval`",
            "own.toml:3: `feeds.first_look`",
            "own.toml:5: `posts.seed`",
            "own.toml:7: `time.zone`: there is no zone `Mars`",
            "own.toml:10: outlet 1: `url`",
            "own.toml:11: there is no key `colour`",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_secret_in_the_settings_is_shown_its_place_and_not_repeated() {
        let all = mistakes("token = \"aaa.bbb.ccc\"\n[discord]\nx = 1\n[log]\nDatabase_URL = \"sqlite://x.db\"\n");
        let text = all.join("\n");
        for part in [
            "own.toml:1: there is no key `token`: that is DISCORD_TOKEN in .env or the environment",
            "own.toml:5: there is no key `log.Database_URL`: that is DATABASE_URL in .env",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let broken = mistakes("token = aaa.bbb.ccc\n");
        assert!(!format!("{text}{broken:?}").contains("aaa"), "{text}{broken:?}");
    }

    #[test]
    fn a_switch_of_an_outlet_is_no_text() {
        let all = mistakes("[[outlet]]\nname = \"A\"\nurl = \"https://a.test\"\nheadline_only = \"true\"\n");
        assert!(
            all.join("\n").contains("`headline_only` is to be true or false"),
            "{all:?}"
        );
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
        assert!(all[0].starts_with("own.toml:1: ") && !all[0].contains('\n'), "{all:?}");
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
        let settings = Settings::read(
            Some(("own.toml", "[http]\nresolve = { \"*.test\" = \"127.0.0.1:80\" }")),
            &env(&[]),
        )
        .expect("valid");
        assert_eq!(
            settings.http.resolve,
            [("*.test".to_owned(), "127.0.0.1:80".parse().expect("an address"))]
        );
    }
}
