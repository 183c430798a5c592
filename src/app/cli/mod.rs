//! The subcommands of the binary. Results go to standard output, words about the work to standard error.

mod check;
mod feed;
mod feeds;
mod learnt;
mod names;
mod read;
mod run;
mod screen;
mod transfer;

pub use screen::colours;

use crate::{catalogue::Catalogue, config::Settings};
use clap::{Args, Parser, Subcommand};
use std::{io::Read, path::PathBuf};

/// A Discord bot for people who love K-dramas.
///
/// Reads the drama news, posts what the cast said to the channels that follow it, and counts what the
/// readers felt. Without a command it runs the bot. Nothing is needed to try it: `cargo demo`.
#[derive(Debug, Parser)]
#[command(name = "daesa", version, after_help = "Example: daesa read article.html --explain")]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot (also without a command).
    #[command(after_help = "Example: DISCORD_TOKEN=… daesa run")]
    Run,
    /// Read an article: who said what, about which drama.
    Read(read::Read),
    /// Find the person or drama that is meant.
    Names(names::Names),
    /// Fetch and parse one feed, as the watcher would.
    Feed(feed::FeedArgs),
    /// Feeds that servers asked for and that wait for your word (`[feeds] user_feeds = "approve"`).
    #[command(
        after_help = "Examples:\n  daesa feeds   # which wait\n  daesa feeds --approve https://news.example/feed   # the bot may be running"
    )]
    Feeds {
        /// The feed at this address is watched for the servers that asked for it
        #[arg(long, value_name = "URL", conflicts_with = "refuse")]
        approve: Option<String>,
        /// It is not
        #[arg(long, value_name = "URL")]
        refuse: Option<String>,
    },
    /// What articles taught of names and roles, each with its story.
    #[command(
        after_help = "Examples:\n  daesa learnt ryu da on   # what is known of her from articles\n  daesa learnt --forget https://news.example/story   # the bot may be running"
    )]
    Learnt {
        /// Only what has these words in it
        words: Vec<String>,
        /// Forget what this story taught, and learn nothing from it; or what was learnt of exactly this name
        #[arg(long, value_name = "URL|NAME", conflicts_with = "words")]
        forget: Option<String>,
    },
    /// Look whether everything is in order.
    Check(check::Check),
    /// Post again what is held or was given up, after a look at each channel. The bot must not be running.
    #[command(
        after_help = "Examples:\n  daesa retry 17 23   # deliveries, as `daesa check` lists them\n  daesa retry --all"
    )]
    Retry {
        /// Deliveries, as `daesa check` lists them
        #[arg(required_unless_present = "all")]
        deliveries: Vec<i64>,
        /// Everything that is held or was given up
        #[arg(long, conflicts_with = "deliveries")]
        all: bool,
    },
    /// Write a consistent copy of the store, also while the bot runs.
    #[command(after_help = "Examples:\n  daesa backup\n  daesa backup daesa-2026-11-25.db")]
    Backup {
        /// The file to write; one that is there is replaced by the finished copy. Without it, a new file in the folder
        /// `[backup] folder`, of which the newest `[backup] keep` are kept
        file: Option<PathBuf>,
    },
    /// Write what channels follow, servers' settings, quotes and learnt names as JSON, also while the bot runs.
    Export(transfer::Export),
    /// Add what an export has and the store has not. The bot must not be running.
    Import(transfer::Import),
}

/// How the program ends.
#[derive(Debug)]
pub enum Ended {
    /// Exit status 0.
    Well,
    /// Another exit status, and a line for standard error.
    Badly {
        /// 1: it did not work; 2: it could not be tried.
        code: u8,
        /// What to say; nothing when it was said already.
        line: String,
    },
}

impl Ended {
    fn badly(code: u8, line: impl Into<String>) -> Self {
        Self::Badly {
            code,
            line: line.into(),
        }
    }
}

impl Cli {
    /// Whether mistakes in the settings are told by what was asked for: `daesa check` has a line for each, also as JSON.
    #[must_use]
    pub fn tells(&self, mistakes: &str) -> bool {
        matches!(&self.command, Some(Command::Check(check)) if check.tells(mistakes))
    }

    /// Does what was asked for.
    pub async fn run(self, settings: Settings) -> Ended {
        match self.command.unwrap_or(Command::Run) {
            Command::Run => run::run(settings).await,
            Command::Read(args) => or_say(args.run(&settings)),
            Command::Names(args) => or_say(args.run(&settings)),
            Command::Feed(args) => args.run(&settings).await,
            Command::Feeds { approve, refuse } => feeds::run(&settings, approve.as_deref(), refuse.as_deref()).await,
            Command::Learnt { words, forget } => learnt::run(&settings, &words, forget.as_deref()).await,
            Command::Check(args) => args.run(&settings).await,
            Command::Retry { deliveries, .. } => run::retry(&settings, &deliveries).await,
            Command::Backup { file } => run::backup(&settings, file.as_deref()).await,
            Command::Export(args) => args.run(&settings).await,
            Command::Import(args) => args.run(&settings).await,
        }
    }
}

/// Which names are known.
#[derive(Args, Debug)]
struct CatalogueArgs {
    /// More names: a file with name, hangul and kind, separated by tabs
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// Leave the built-in names out
    #[arg(long)]
    only: bool,
}

impl CatalogueArgs {
    fn load(&self, settings: &Settings) -> Result<Catalogue, Problem> {
        let mut catalogue = if self.only {
            Catalogue::empty()
        } else {
            super::catalogue(settings)?
        };
        if let Some(path) = &self.catalogue {
            let text = std::fs::read_to_string(path).map_err(|e| Problem::tried(format!("{}: {e}", path.display())))?;
            for problem in catalogue.add_tsv(&text) {
                eprintln!("daesa: {}: {problem}", path.display());
            }
        }
        Ok(catalogue)
    }
}

/// Why a subcommand could not do its work.
struct Problem {
    code: u8,
    line: String,
}

impl Problem {
    /// It could not be tried: a file that is not there, an argument that cannot be.
    fn tried(line: impl Into<String>) -> Self {
        Self {
            code: 2,
            line: line.into(),
        }
    }
}

impl From<String> for Problem {
    fn from(line: String) -> Self {
        Self::tried(line)
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self {
            code: 1,
            line: error.to_string(),
        }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self {
            code: 1,
            line: error.to_string(),
        }
    }
}

/// A reader that closes early (`daesa read … | head`) is no failure.
fn or_say(result: Result<(), Problem>) -> Ended {
    match result {
        Ok(()) => Ended::Well,
        Err(Problem { line, .. }) if line.contains("Broken pipe") => Ended::Well,
        Err(Problem { code, line }) => Ended::Badly { code, line },
    }
}

/// The bytes of a file, or of standard input for `-`: no more than one above `most`, by which whoever reads them sees
/// that there are too many.
fn bytes_of(path: &str, most: usize) -> Result<Vec<u8>, Problem> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        let read = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
        read.map_err(|error| Problem::tried(format!("{path}: {error}")))?;
    }
    Ok(bytes)
}
