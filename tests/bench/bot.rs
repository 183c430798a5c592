//! The real bot as a process that speaks to the sandbox, with a store and a settings file in a folder of its own.

use daesa_sandbox::Sandbox;
use std::{path::Path, process::Stdio};
use tokio::process::Command;

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
