//! The real bot as a process that speaks to the sandbox, with a store and a settings file in a folder of its own.

use daesa_sandbox::{RateRule, Sandbox, Settings};
use std::{fs, path::Path, process::Stdio, time::Duration};
use tokio::{
    process::{Child, Command},
    time::timeout,
};

/// A Discord that makes nobody wait: or its limits would be what is measured.
pub fn unlimited() -> Settings {
    Settings {
        rules: vec![RateRule::new("*", 100_000, Duration::from_secs(1))],
        global_limit: 100_000,
        ..Settings::default()
    }
}

/// The bot, to be started. It says nothing, and ends when its handle does.
pub fn bot(folder: &Path, sandbox: &Sandbox) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daesa"));
    command
        .env_clear()
        .current_dir(folder)
        .env("DISCORD_TOKEN", sandbox.token())
        .env("DISCORD_API", sandbox.base_url())
        .env("DATABASE_URL", "sqlite://daesa.db")
        .env("DAESA_CONFIG", "own.toml")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// The same, and what it says is kept in the folder.
pub fn telling(folder: &Path, sandbox: &Sandbox) -> Command {
    let log = fs::File::create(folder.join("log")).expect("a log");
    let mut command = bot(folder, sandbox);
    command.stderr(log);
    command
}

/// What it said.
pub fn said(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap_or_default()
}

/// Ends it, and waits until it is gone.
pub async fn end(mut bot: Child, patience: Duration) {
    if let Some(id) = bot.id() {
        // One that is gone already needs no signal.
        let _ = std::process::Command::new("kill")
            .args(["-TERM", &id.to_string()])
            .status();
    }
    timeout(patience, bot.wait())
        .await
        .expect("the bot ends in time")
        .expect("it ends");
}
