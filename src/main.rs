//! The program: command line, `.env`, logging, signals. What it does is in [`daesa::app`].

use clap::Parser;
use daesa::{
    app::cli::{Cli, Ended},
    config::Settings,
};
use std::{collections::HashMap, io::IsTerminal, process::ExitCode};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let settings = match prepared() {
        Ok(settings) => settings,
        Err(problem) if cli.tells(&problem) => return ExitCode::from(2),
        Err(problem) => return fail(&problem),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("no threads to work with: {error}")),
    };
    let ended = runtime.block_on(cli.run(settings));
    // A blocking task that hangs (a resolver, a page in the extractor) must not keep the process.
    runtime.shutdown_timeout(std::time::Duration::from_millis(500));
    match ended {
        Ended::Well => ExitCode::SUCCESS,
        Ended::Badly { code, line } => {
            if !line.is_empty() {
                eprintln!("daesa: {line}");
            }
            ExitCode::from(code)
        }
    }
}

/// The settings, with the log begun as they want it.
fn prepared() -> Result<Settings, String> {
    let environment = environment()?;
    let settings = settings(&environment)?;
    start_log(&settings, environment.get("RUST_LOG").map(String::as_str))?;
    Ok(settings)
}

fn fail(problem: &str) -> ExitCode {
    for line in problem.lines() {
        eprintln!("daesa: {line}");
    }
    ExitCode::from(2)
}

/// The process's environment over the file `.env` of the current folder. dotenvy's usual way walks up
/// the parent folders and writes into the process's environment, which is unsound beside threads.
fn environment() -> Result<HashMap<String, String>, String> {
    let mut all = HashMap::new();
    if std::path::Path::new(".env").exists() {
        let text = std::fs::read_to_string(".env").map_err(|error| format!(".env cannot be read: {error}"))?;
        for pair in dotenvy::from_read_iter(text.as_bytes()) {
            let (key, value) = pair.map_err(|_| format!(".env:{}: this is not KEY=value", odd_line(&text)))?;
            all.insert(key, value);
        }
    }
    all.extend(std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))));
    Ok(all)
}

/// The first line of a file that alone is no KEY=value, from 1 on. dotenvy's own message has no number, but repeats the
/// line, which may hold the token.
fn odd_line(text: &str) -> usize {
    let is_odd = |line: &str| dotenvy::from_read_iter(line.as_bytes()).any(|pair| pair.is_err());
    text.lines().position(is_odd).unwrap_or(0) + 1
}

fn settings(environment: &HashMap<String, String>) -> Result<Settings, String> {
    let path = environment.get("DAESA_CONFIG").filter(|path| !path.is_empty());
    let text = path
        .map(|path| std::fs::read_to_string(path).map_err(|error| format!("DAESA_CONFIG ({path}): {error}")))
        .transpose()?;
    let file = path.map(String::as_str).zip(text.as_deref());
    Settings::read(file, environment).map_err(|mistakes| mistakes.to_string())
}

/// serenity prints message texts and interaction tokens, so nothing can raise it above silence.
fn start_log(settings: &Settings, rust_log: Option<&str>) -> Result<(), String> {
    let wanted = rust_log
        .filter(|filter| !filter.is_empty())
        .unwrap_or(&settings.log_filter);
    let ours = wanted.split(',').filter(|directive| !directive.contains("serenity"));
    let filter = ours.chain(["serenity=off"]).collect::<Vec<_>>().join(",");
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("`log.filter` or RUST_LOG: {error}"))?;
    let terminal = std::io::stderr().is_terminal();
    let json = match settings.log_format {
        daesa::config::LogFormat::Auto => !terminal,
        daesa::config::LogFormat::Human => false,
        daesa::config::LogFormat::Json => true,
    };
    let registry = tracing_subscriber::registry().with(filter);
    if json {
        registry.with(fmt::layer().json().with_writer(std::io::stderr)).init();
    } else {
        registry
            .with(
                fmt::layer()
                    .with_ansi(daesa::app::cli::colours(&std::io::stderr()))
                    .with_target(false)
                    .with_writer(std::io::stderr),
            )
            .init();
    }
    Ok(())
}
