//! One table of settings and the environment → [`Settings`]: types, ranges, and what each mistake is called.

use super::{
    Backup, Commands, DISCORD, Feeds, Http, Keep, LogFormat, Outlet, Posts, Secret, Settings, UserFeeds, place::Place,
};
use crate::model::{Emoji, Feeling, Feelings};
use std::{collections::HashMap, fmt, net::SocketAddr, time::Duration};
use toml::{Table, Value};

/// Reads values and collects what is wrong with them.
pub(super) struct Reader {
    pub(super) mistakes: Vec<String>,
    /// What mistakes are blamed on.
    pub(super) place: Place,
}

impl Reader {
    pub(super) fn settings(&mut self, table: &Table, env: &HashMap<String, String>) -> Settings {
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
                edit_after: seconds(self, "feeds.edit_after", 0..=86_400),
                look_again: self.looks(table),
                lookups: self.number(table, "feeds.lookups", 1..=64) as usize,
                user_feeds: self.user_feeds(table),
                server_feeds: self.number(table, "feeds.server_feeds", 1..=50) as usize,
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
                catch_up: self.number(table, "posts.catch_up", 0..=50) as usize,
                seed: self.flag(table, "posts.seed"),
                counts_after: seconds(self, "posts.counts_after", 1..=3_600),
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
            backup: Backup {
                folder: Some(self.text(table, "backup.folder"))
                    .filter(|folder| !folder.is_empty())
                    .map(Into::into),
                every: 3600 * seconds(self, "backup.every", 1..=8760),
                keep: self.number(table, "backup.keep", 1..=1000) as usize,
            },
            metrics: self.listen(table),
            log_format: self.log_format(table),
            log_filter: self.text(table, "log.filter"),
        }
    }

    /// Blames a key, in words that name it.
    pub(super) fn wrong(&mut self, key: &str, what: impl fmt::Display) {
        self.mistakes.push(format!("{}: {what}", self.place.of(key)));
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
                self.wrong(
                    path,
                    format_args!("`{path}` is {given}, but can be {} to {}", range.start(), range.end()),
                );
                *range.start()
            }
        }
    }

    /// Seconds after a story came in, sorted.
    fn looks(&mut self, table: &Table) -> Vec<Duration> {
        let list = Self::value(table, "feeds.look_again")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let seconds = |value: &Value| value.as_integer().and_then(|n| u64::try_from(n).ok());
        let mut looks: Vec<u64> = list
            .iter()
            .filter_map(seconds)
            .filter(|n| (1..=86_400).contains(n))
            .collect();
        if looks.len() != list.len() || looks.len() > 8 {
            self.wrong(
                "feeds.look_again",
                "`feeds.look_again` is to be a list of at most 8 numbers of 1 to 86400",
            );
        }
        looks.sort_unstable();
        looks.into_iter().map(Duration::from_secs).collect()
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
            self.wrong(
                "outlet",
                "the list of outlets is empty: name at least one [[outlet]] with name and url",
            );
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
            let headline_only = row.get("headline_only").map(Value::as_bool);
            let outlet = Outlet {
                name: text("name"),
                url: text("url"),
                headline_only: headline_only.flatten().unwrap_or(false),
            };
            if headline_only == Some(None) {
                self.wrong(
                    &format!("outlet.{}.headline_only", at + 1),
                    format_args!("outlet {}: `headline_only` is to be true or false", at + 1),
                );
            }
            if outlet.name.is_empty() || outlet.name.chars().count() > 80 {
                self.wrong(
                    &format!("outlet.{}.name", at + 1),
                    format_args!("outlet {}: `name` is to be a text of 1 to 80 characters", at + 1),
                );
            }
            let before = self.mistakes.len();
            let _ = self.address("x", &outlet.url);
            if self.mistakes.len() > before {
                self.mistakes.truncate(before);
                self.wrong(
                    &format!("outlet.{}.url", at + 1),
                    format_args!(
                        "outlet {}: `url` is to be an http(s) address without a password",
                        at + 1
                    ),
                );
            }
            if outlets.iter().any(|known| known.url == outlet.url) {
                self.wrong(
                    &format!("outlet.{}.url", at + 1),
                    format_args!("outlet {}: its `url` is there twice", at + 1),
                );
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
                _ => self.wrong(
                    &format!("http.resolve.{host}"),
                    format_args!("`http.resolve`: `{host}` is to be an address like \"127.0.0.1:8080\""),
                ),
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
            let fits = |text: &&str| custom(text).is_some() || is_unicode(text);
            if name.is_empty() || written.is_empty() || written.len() != list.len() || !written.iter().all(fits) {
                self.wrong(
                    &format!("feeling.{}", at + 1),
                    format_args!("feeling {}: needs a `name` and a list of `emoji`", at + 1),
                );
                continue;
            }
            let vote = |text: &&str| custom(text).map_or_else(|| Emoji::unicode(text), |(_, id)| Emoji::Custom(id));
            let emoji: Vec<Emoji> = written.iter().map(vote).collect();
            if let Some(twice) = emoji
                .iter()
                .find(|e| feelings.iter().any(|known| known.emoji.contains(e)))
            {
                self.wrong(
                    &format!("feeling.{}.emoji", at + 1),
                    format_args!("feeling `{name}`: {} belongs to another feeling already", twice.key()),
                );
            }
            feelings.push(Feeling {
                name,
                seed: custom(written[0]).map_or_else(|| written[0].to_owned(), |(form, _)| form),
                emoji,
            });
        }
        if !(1..=10).contains(&rows.len()) {
            self.wrong("feeling", "there are to be 1 to 10 [[feeling]]s");
        }
        Feelings(feelings)
    }

    fn zone(&mut self, table: &Table) -> chrono_tz::Tz {
        let name = self.text(table, "time.zone");
        name.parse().unwrap_or_else(|_| {
            self.wrong(
                "time.zone",
                format_args!("`time.zone`: there is no zone `{name}`; write one like Asia/Seoul"),
            );
            chrono_tz::UTC
        })
    }

    fn user_feeds(&mut self, table: &Table) -> UserFeeds {
        match self.text(table, "feeds.user_feeds").as_str() {
            "off" => UserFeeds::Off,
            "approve" => UserFeeds::Approve,
            "on" => UserFeeds::On,
            other => {
                self.wrong(
                    "feeds.user_feeds",
                    format_args!("`feeds.user_feeds` is `{other}`, but can be off, approve or on"),
                );
                UserFeeds::Off
            }
        }
    }

    fn listen(&mut self, table: &Table) -> Option<SocketAddr> {
        let given = self.text(table, "metrics.listen");
        if given.is_empty() {
            return None;
        }
        let port = given.parse().map(|port: u16| SocketAddr::from(([127, 0, 0, 1], port)));
        let address = port.or_else(|_| given.parse());
        if address.is_err() {
            let what =
                format!("`metrics.listen` is `{given}`, but can be an address like \"127.0.0.1:9187\" or a port");
            self.wrong("metrics.listen", what);
        }
        address.ok()
    }

    fn log_format(&mut self, table: &Table) -> LogFormat {
        match self.text(table, "log.format").as_str() {
            "auto" => LogFormat::Auto,
            "human" => LogFormat::Human,
            "json" => LogFormat::Json,
            other => {
                self.wrong(
                    "log.format",
                    format_args!("`log.format` is `{other}`, but can be auto, human or json"),
                );
                LogFormat::Auto
            }
        }
    }
}

/// An emoji of Unicode, as far as that can be told without a table of them.
fn is_unicode(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 32 && !text.is_ascii()
}

/// A server's own emoji, written as `name:id` or as Discord copies it (`<:name:id>`, `<a:name:id>`): the latter form,
/// which is how it is drawn in texts, and its id.
fn custom(text: &str) -> Option<(String, u64)> {
    let (moves, bare) = match text.strip_prefix('<') {
        Some(form) => {
            let form = form.strip_suffix('>')?;
            match form.strip_prefix("a:") {
                Some(bare) => ("a:", bare),
                None => (":", form.strip_prefix(':')?),
            }
        }
        None => (":", text),
    };
    let (name, id) = bare.split_once(':')?;
    let sound = (2..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let number = id
        .parse::<u64>()
        .ok()
        .filter(|number| *number > 0 && number.to_string() == id)?;
    sound.then(|| (format!("<{moves}{name}:{id}>"), number))
}
