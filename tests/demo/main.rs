//! `cargo demo`: the real bot, a small Discord in the browser, and a news site, in one process and
//! without an account. Everything is on 127.0.0.1; nothing leaves the machine unless `--feed` says so.

mod news;
mod smoke;
mod stage;

use clap::Parser;
use daesa::{app::Daesa, config::Settings};
use serde_json::json;
use stage::Stage;
use std::{
    collections::HashMap,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};
use tokio::signal;

/// Try Daesa without an account: the real bot, a small Discord in the browser, and a news site.
#[derive(Debug, Parser)]
#[command(
    name = "cargo demo --",
    after_help = "Example: cargo demo -- --drama \"Lovers of the Red Sky\""
)]
struct Args {
    /// Read this feed (an address, or a file) instead of the built-in news
    #[arg(long, value_name = "FILE_OR_URL")]
    feed: Option<String>,
    /// Have a channel of its own follow this drama
    #[arg(long, value_name = "TITLE")]
    drama: Option<String>,
    /// Keep bot, Discord and news in this folder, and find them there again
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// The page's port; without it a free one
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Say what the bot does
    #[arg(long)]
    verbose: bool,
    /// Play through it and end: fails unless a story was posted, voted on and quoted
    #[arg(long)]
    smoke: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let level = if args.verbose {
        "daesa=info,warn,serenity=off"
    } else {
        "error,daesa=warn,serenity=off"
    };
    tracing_subscriber::fmt()
        .with_env_filter(level)
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("demo: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), String> {
    // Without --keep everything is in a folder that ends with this value.
    let scratch = tempfile::tempdir().map_err(|error| format!("no folder to work in: {error}"))?;
    let folder = args.keep.clone().unwrap_or_else(|| scratch.path().to_owned());
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let stage = Stage::set(&folder, args.keep.is_some(), args.port).await?;
    // What the channels follow is settled while there are no news yet: then the first look at the feed is
    // posted to them all. Another feed is taken up by a restart, which the bot does not mind.
    let own_feed = stage.sandbox.site().feed_url();
    let mut daesa = start(&stage, &folder, &own_feed).await?;
    stage.wait_for_bot().await?;
    stage.follow(args.drama.as_deref()).await?;
    match &args.feed {
        None => {}
        Some(address) if address.starts_with("http://") || address.starts_with("https://") => {
            daesa.stop(true).await;
            daesa = start(&stage, &folder, address).await?;
        }
        Some(file) => news::play(stage.sandbox.site(), file)?,
    }
    say(&stage, &args);

    let played = tokio::select! {
        // The news comes as long as anybody looks.
        () = news::publish(&stage, &folder, args.feed.is_none()) => Ok(()),
        line = daesa.ended() => Err(line),
        result = smoke::play(&stage), if args.smoke => result,
        _ = signal::ctrl_c() => Ok(()),
        () = terminated() => Ok(()),
    };
    let alive = daesa.alive().map_err(|name| format!("the loop `{name}` has died"));
    if !args.smoke {
        eprintln!("\nStopping …");
    }
    // A second Ctrl-C means it.
    tokio::spawn(async {
        if signal::ctrl_c().await.is_ok() {
            std::process::exit(130);
        }
    });
    daesa.stop(args.keep.is_some()).await;
    stage
        .sandbox
        .stop()
        .await
        .map_err(|error| format!("the small Discord could not be kept: {error}"))?;
    played.and(alive)
}

async fn start(stage: &Stage, folder: &Path, feed: &str) -> Result<Daesa, String> {
    Daesa::start(settings(stage, folder, feed)?, std::future::pending())
        .await
        .map_err(|error| error.to_string())?
        .ok_or_else(|| "it was stopped".to_owned())
}

async fn terminated() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => drop(terminate.recv().await),
        // Then only Ctrl-C ends the demo.
        Err(_) => std::future::pending().await,
    }
}

fn settings(stage: &Stage, folder: &Path, feed: &str) -> Result<Settings, String> {
    let names = folder.join("names.tsv");
    std::fs::write(&names, include_str!("catalogue.tsv")).map_err(|error| format!("{}: {error}", names.display()))?;
    let outlet = if feed.starts_with(stage.sandbox.site().url()) {
        "The Drama Lantern"
    } else {
        "Your feed"
    };
    // A string of JSON is one of TOML as well.
    let (names, outlet, feed) = (json!(names.display().to_string()), json!(outlet), json!(feed));
    let own = format!(
        "[feeds]\ninterval = 1\nfirst_look = 500\n[http]\nallow_loopback = true\nhost_interval = 0\n\
         [commands]\nburst = 30\n[catalogue]\nextra = {names}\n[[outlet]]\nname = {outlet}\nurl = {feed}\n"
    );
    let environment = HashMap::from([
        ("DISCORD_TOKEN".to_owned(), stage.sandbox.token().to_owned()),
        ("DISCORD_API".to_owned(), stage.sandbox.base_url().to_owned()),
        ("DATABASE_URL".to_owned(), folder.join("daesa.db").display().to_string()),
    ]);
    Settings::read(Some(("the demo's settings", &own)), &environment).map_err(|mistakes| mistakes.to_string())
}

fn say(stage: &Stage, args: &Args) {
    let mut out = std::io::stdout().lock();
    let page = format!("{}/#{}", stage.sandbox.base_url(), stage.news);
    let who = if args.feed.is_some() {
        "ahn hyo seop"
    } else {
        "ok yi dam"
    };
    // A closed pipe is no reason to end: the page is what counts.
    let _ = writeln!(
        out,
        "\n  대사  Daesa is here:  {page}\n\n  \
         Open it in a browser. Stories arrive by themselves; click a feeling to vote, and try\n  \
         !quote {who}   !top   /quote   !subscribe …   (at the lower left you can be somebody else)\n\n  \
         Ctrl-C ends it.\n"
    );
    let _ = out.flush();
}
