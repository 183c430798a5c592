//! The first minutes: what the program says when something is missing, malformed or in the way, one line each that
//! tells what to do; and that it waits where waiting helps.

use crate::harness::{PATIENCE, Ran, finish, signal};
use daesa_sandbox::{Sandbox, Settings};
use serde_json::json;
use sqlx::Connection;
use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Stdio};
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    process::{Child, Command},
};

/// Well formed, and nobody's.
const TOKEN: &str = "sandbox.not-a-real-token.local";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The binary with nothing of the machine's environment. Nobody listens where Discord would be.
fn daesa(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daesa"));
    command
        .env_clear()
        .current_dir(folder)
        .env("DISCORD_API", "http://127.0.0.1:9")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

async fn with(folder: &Path, environment: &[(&str, &str)]) -> Ran {
    let mut command = daesa(folder);
    command.envs(environment.iter().copied());
    finish(command).await
}

/// Refused to start: exit status 2, nothing on standard output, and these words.
fn refused(ran: &Ran, words: &[&str]) {
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.out.is_empty(), "{ran:?}");
    for part in words {
        assert!(ran.err.contains(part), "{part} in {}", ran.err);
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

/// What the program itself says, without the log.
fn said(ran: &Ran) -> Vec<&str> {
    ran.err.lines().filter(|line| line.starts_with("daesa: ")).collect()
}

#[tokio::test]
async fn without_a_token_one_line_says_where_to_get_one_and_how_to_try_it() {
    let folder = folder();
    for environment in [&[][..], &[("DISCORD_TOKEN", "")], &[("DISCORD_TOKEN", "  ")]] {
        let ran = with(folder.path(), environment).await;
        refused(
            &ran,
            &[
                "DISCORD_TOKEN",
                ".env",
                "https://discord.com/developers/applications",
                "cargo demo",
            ],
        );
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    assert!(!folder.path().join("daesa.db").exists(), "nothing was begun");
}

#[tokio::test]
async fn a_malformed_token_is_named_and_never_shown() {
    let folder = folder();
    for token in ["hunter2", "aaa.bbb", "a.b.c.d", "geheim nis.b.c", "..", "Bot hunter2"] {
        let ran = with(folder.path(), &[("DISCORD_TOKEN", token)]).await;
        refused(&ran, &["DISCORD_TOKEN", "Reset Token"]);
        assert!(token.len() < 4 || !ran.err.contains(token), "{}", ran.err);
    }
    // Nor when it stands in a file that cannot be read.
    fs::write(folder.path().join(".env"), "DISCORD_TOKEN hunter2\n").expect("a file");
    let ran = with(folder.path(), &[]).await;
    refused(&ran, &[".env", "KEY=value"]);
    assert!(!ran.err.contains("hunter2"), "{}", ran.err);
    fs::write(folder.path().join(".env"), [b'A', b'=', 0xff, 0xfe, b'\n']).expect("a file");
    refused(&with(folder.path(), &[]).await, &[".env"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_discord_does_not_know_is_final() {
    let sandbox = Sandbox::start(Settings::default()).await.expect("the sandbox starts");
    let folder = folder();
    let token = "other.not-a-real-token.either";
    // From the file, which the environment would go before.
    fs::write(folder.path().join(".env"), format!("DISCORD_TOKEN={token}\n")).expect("a file");
    let ran = with(folder.path(), &[("DISCORD_API", sandbox.base_url())]).await;
    refused(&ran, &["does not accept the token", "Reset Token"]);
    assert!(!ran.err.contains(token), "{}", ran.err);
    assert_eq!(sandbox.invalid().unauthorized, 1, "asked once");
    assert_eq!(sandbox.gateway_counts().connections, 0);
    let check = {
        let mut command = daesa(folder.path());
        command.arg("check").env("DISCORD_API", sandbox.base_url());
        finish(command).await
    };
    assert_eq!(check.code, Some(2), "{check:?}");
    assert!(
        check.out.contains("broken token") && !check.out.contains(token),
        "{}",
        check.out
    );
    sandbox.stop().await.expect("stopped");
}

#[tokio::test]
async fn all_mistakes_in_the_settings_are_told_at_once() {
    let folder = folder();
    let settings = "[feeds]\nintervall = 3\nfirst_look = 900\n[posts]\nseed = \"yes\"\n[time]\nzone = \"Mars/Olympus\"\n\
        [[outlet]]\nname = \"\"\nurl = \"ftp://lantern.example\"\n";
    fs::write(folder.path().join("own.toml"), settings).expect("settings");
    let environment = [
        ("DAESA_CONFIG", "own.toml"),
        ("DISCORD_TOKEN", "hunter2"),
        ("DISCORD_API", "ftp://nowhere"),
    ];
    let ran = with(folder.path(), &environment).await;
    let all = [
        "`feeds.intervall`",
        "`feeds.interval`",
        "first_look",
        "posts.seed",
        "Mars/Olympus",
        "`name`",
        "`url`",
    ];
    refused(&ran, &all);
    refused(&ran, &["DISCORD_TOKEN", "DISCORD_API"]);
    assert_eq!(said(&ran).len(), 8, "a line each: {}", ran.err);
    assert!(!ran.err.contains("hunter2"), "{}", ran.err);
}

#[tokio::test]
async fn settings_that_are_not_there_empty_or_broken() {
    let folder = folder();
    let token = ("DISCORD_TOKEN", TOKEN);
    let ran = with(folder.path(), &[token, ("DAESA_CONFIG", "nowhere.toml")]).await;
    refused(&ran, &["DAESA_CONFIG", "nowhere.toml"]);
    for (text, words) in [
        ("outlet = []\n", "list of outlets is empty"),
        ("[feeds\ninterval = 3\n", "own.toml:1:"),
        ("colour = 3\n", "`colour`"),
        ("[log]\nfilter = \"daesa=loud\"\n", "log.filter"),
        ("[catalogue]\nextra = \"no-names.tsv\"\n", "no-names.tsv"),
    ] {
        fs::write(folder.path().join("own.toml"), text).expect("settings");
        let ran = with(folder.path(), &[token, ("DAESA_CONFIG", "own.toml")]).await;
        refused(&ran, &[words]);
        assert_eq!(said(&ran).len(), 1, "{}", ran.err);
    }
    fs::write(folder.path().join("own.toml"), [b'#', 0xff, 0xfe]).expect("settings");
    refused(
        &with(folder.path(), &[token, ("DAESA_CONFIG", "own.toml")]).await,
        &["own.toml"],
    );
    for api in [
        "discord.com",
        "ftp://discord.com",
        "http://user:secret@discord.com",
        "https://",
    ] {
        let ran = with(folder.path(), &[token, ("DISCORD_API", api)]).await;
        refused(&ran, &["DISCORD_API"]);
        assert!(!ran.err.contains("secret"), "{}", ran.err);
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_used_says_why() {
    let folder = folder();
    let token = ("DISCORD_TOKEN", TOKEN);
    let path = |name: &str| folder.path().join(name);
    let database = |name: &str| format!("sqlite://{name}");
    for (url, words) in [
        ("postgres://localhost/daesa".to_owned(), "DATABASE_URL"),
        (database("nowhere/daesa.db"), "nowhere"),
        (database("."), "."),
    ] {
        refused(&with(folder.path(), &[token, ("DATABASE_URL", &url)]).await, &[words]);
    }
    fs::write(
        path("letter.db"),
        "Dear reader, this is a letter and no database, although it is quite long.".repeat(40),
    )
    .expect("a file");
    let ran = with(folder.path(), &[token, ("DATABASE_URL", &database("letter.db"))]).await;
    refused(&ran, &["letter.db", "is not a database"]);
    assert!(
        fs::read_to_string(path("letter.db"))
            .expect("still there")
            .starts_with("Dear reader"),
        "left as it was"
    );

    let other = sqlx::SqlitePool::connect(&format!("sqlite://{}?mode=rwc", path("other.db").display()))
        .await
        .expect("a file");
    sqlx::query("CREATE TABLE recipe (name TEXT)")
        .execute(&other)
        .await
        .expect("a table");
    other.close().await;
    let ran = with(folder.path(), &[token, ("DATABASE_URL", &database("other.db"))]).await;
    refused(&ran, &["other.db", "another program"]);

    // A store of our own, from a version that is still to come.
    let (mut bot, _discord) = waiting(folder.path()).await;
    bot.kill().await.expect("killed");
    let own = sqlx::SqlitePool::connect(&format!("sqlite://{}", path("daesa.db").display()))
        .await
        .expect("the store");
    let next = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
        VALUES (9999, 'later', datetime(), 1, x'00', 1)";
    sqlx::query(next).execute(&own).await.expect("a row");
    own.close().await;
    let ran = with(folder.path(), &[token]).await;
    refused(&ran, &["version 9999", "update Daesa"]);
}

/// A bot that has opened its store and waits for a Discord that takes connections and says nothing.
async fn waiting(folder: &Path) -> (Child, TcpListener) {
    let discord = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let api = format!("http://{}", discord.local_addr().expect("an address"));
    let mut command = daesa(folder);
    command
        .env("DISCORD_TOKEN", TOKEN)
        .env("DISCORD_API", api)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let bot = command.spawn().expect("it runs");
    tokio::time::timeout(PATIENCE, discord.accept())
        .await
        .expect("it asks Discord")
        .expect("a connection");
    (bot, discord)
}

async fn ends_well(bot: &mut Child, name: &str) {
    signal(bot.id().expect("it runs"), name);
    let ended = tokio::time::timeout(PATIENCE, bot.wait())
        .await
        .expect("it ends")
        .expect("a status");
    assert!(ended.success(), "{ended}");
}

#[tokio::test]
async fn a_store_that_may_not_be_written_says_so() {
    let folder = folder();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).expect("a folder");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("closed");
    if fs::write(closed.join("probe"), "").is_ok() {
        crate::skip::without("a user that permissions bind", "a store in a folder that is closed");
        return;
    }
    let ran = with(
        folder.path(),
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite://closed/daesa.db")],
    )
    .await;
    refused(&ran, &["cannot be written"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("opened");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discord_that_cannot_be_reached_is_waited_for() {
    let folder = folder();
    // A port that nobody answers on: taken, and let go of once the bot has tried.
    // None of those that the system gives to whoever asks for any: another play would have it in between.
    let (listener, port) = loop {
        let port = fastrand::u16(20_000..32_000);
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await {
            break (listener, port);
        }
    };
    let api = format!("http://127.0.0.1:{port}");
    let own = format!(
        "[http]\nallow_loopback = true\n[[outlet]]\nname = \"Lantern\"\nurl = {}\n",
        json!(format!("{api}/feed"))
    );
    fs::write(folder.path().join("own.toml"), own).expect("settings");
    let mut command = daesa(folder.path());
    command
        .env("DISCORD_TOKEN", TOKEN)
        .env("DISCORD_API", &api)
        .env("DAESA_CONFIG", "own.toml");
    let log = fs::File::create(folder.path().join("log")).expect("a log");
    let mut bot = command.stdout(Stdio::null()).stderr(log).spawn().expect("it runs");
    // It tries, and says so.
    let log_text = || fs::read_to_string(folder.path().join("log")).expect("the log");
    while !log_text().contains("cannot be reached; trying again") {
        let tries = tokio::time::timeout(PATIENCE, listener.accept()).await;
        drop(tries.expect("it tries").expect("a connection"));
    }
    drop(listener);
    let sandbox = Sandbox::start(Settings {
        port,
        ..Settings::default()
    })
    .await
    .expect("the port is free again");
    let online = sandbox
        .wait_for(|world| world.bot_online().then_some(()), PATIENCE)
        .await;
    assert!(online.is_some(), "{}", log_text());
    ends_well(&mut bot, "TERM").await;
    sandbox.stop().await.expect("stopped");
}

#[tokio::test]
async fn a_bot_that_waits_for_discord_ends_when_it_is_told_to() {
    let folder = folder();
    let (mut bot, _discord) = waiting(folder.path()).await;
    // Beside it, the store is in use.
    refused(
        &with(folder.path(), &[("DISCORD_TOKEN", TOKEN)]).await,
        &["in use by process"],
    );
    ends_well(&mut bot, "INT").await;
    assert!(!folder.path().join("daesa.db-wal").exists(), "the file is whole");
}

#[tokio::test]
async fn health_without_a_bot_is_bad() {
    let folder = folder();
    let mut command = daesa(folder.path());
    command.args(["check", "--health"]);
    let ran = finish(command).await;
    refused(&ran, &["there is no store"]);
    let mut command = daesa(folder.path());
    command.args(["backup", "copy.db"]);
    let ran = finish(command).await;
    assert!(ran.code != Some(0) && ran.err.contains("there is no store"), "{ran:?}");
    assert!(!folder.path().join("copy.db").exists());
}

#[tokio::test]
async fn a_store_that_another_program_holds_is_locked() {
    let folder = folder();
    let (mut bot, _discord) = waiting(folder.path()).await;
    bot.kill().await.expect("killed");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("daesa.db"));
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.expect("the store");
    sqlx::query("BEGIN EXCLUSIVE")
        .execute(&mut other)
        .await
        .expect("all to itself");
    let ran = with(folder.path(), &[("DISCORD_TOKEN", TOKEN)]).await;
    refused(&ran, &["locked by another program"]);
    assert_eq!(said(&ran).len(), 1, "{}", ran.err);
    other.close().await.expect("closed");
}
