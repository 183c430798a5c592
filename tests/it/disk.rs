//! The store cannot be written for a while: the disk is full, the file may not be changed, or another program holds
//! it. Nothing is posted that could not be recorded, questions are answered, and everything goes on by itself.

use crate::{
    harness::{PATIENCE, Play, talk, words},
    skip,
};
use daesa::store::Store;
use sqlx::Connection;
use std::{fs, process::Command as Tool, time::Instant};

/// No file of the bot may grow beyond so many bytes (`unlimited`: any). False: the tool is not here.
fn limit(play: &Play, bytes: &str) -> bool {
    let process = play.bot_process().to_string();
    // Only the soft limit: it can be taken back.
    let limit = format!("--fsize={bytes}:");
    Tool::new("prlimit")
        .args(["--pid", &process, &limit])
        .status()
        .is_ok_and(|status| status.success())
}

/// A shell that has the bot told of a file that is too large by an error, not by a signal.
fn by_shell(play: &Play) -> tokio::process::Command {
    let bot = play.daesa();
    let mut shell = tokio::process::Command::new("/bin/sh");
    shell
        .args(["-c", "trap '' XFSZ; exec \"$0\""])
        .arg(bot.as_std().get_program())
        .env_clear()
        .envs(bot.as_std().get_envs().filter_map(|(key, value)| Some((key, value?))))
        .current_dir(play.folder())
        .stdin(std::process::Stdio::null())
        .kill_on_drop(true);
    shell
}

/// While nothing can be written: it says so once, answers what only reads, refuses what writes, and posts nothing of
/// `waiting`.
async fn holds_back(play: &mut Play, waiting: &[String]) {
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.logged("the store cannot be written: nothing is posted").await;
    let before = play.sandbox.messages(news).len();
    let about = words(&play.ask(jun, news, "!about").await);
    assert!(about.contains("Version"), "{about}");
    let refused = words(&play.ask(mina, news, "!subscribe everything").await);
    assert!(refused.contains("cannot be written"), "{refused}");
    let said = play.sandbox.messages(news);
    assert_eq!(said.len() - before, 4, "two questions, two answers and nothing else");
    let early = said
        .iter()
        .any(|m| m.embeds.iter().any(|e| waiting.iter().any(|a| e["url"] == **a)));
    assert!(!early, "posted and not recorded");
}

/// It can be written again: everything that waited is posted once, and the file is sound.
async fn goes_on(mut play: Play, waiting: &[String]) {
    play.logged("the store can be written again").await;
    let news = play.news;
    play.posts(news, waiting).await;
    play.stop_bot().await;
    let store = Store::look(&play.store_file().display().to_string())
        .await
        .expect("a store");
    assert_eq!(store.check().await.expect("checked").problems, Vec::<String>::new());
    store.close().await.expect("closed");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_disk_is_full_nothing_is_posted_and_questions_are_answered() {
    let mut play = Play::with(talk()).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let first = play.publish_many("storm", 1..2);
    play.posts(news, &first).await;
    play.stop_bot().await;
    play.start_as(by_shell(&play)).await;
    play.wait_for_feed().await;
    play.ask(jun, news, "!about").await;

    // What is there stays writable; nothing may be added.
    let log = play.folder().join("daesa.db-wal");
    let size = fs::metadata(&log).expect("the log of the store").len();
    if !limit(&play, &size.to_string()) {
        skip::without("prlimit", "the disk is full");
        play.end().await;
        return;
    }
    // Whatever it says while it cannot write, it says as an error.
    play.expect_error("");
    let second = play.publish_many("storm", 2..5);
    holds_back(&mut play, &second).await;
    assert!(limit(&play, "unlimited"));
    goes_on(play, &second).await;
}

/// The store's files, which nobody may change as long as this is there.
struct Immutable(Vec<std::path::PathBuf>);

impl Immutable {
    /// None: the tool, the right or the file system is not here.
    fn make(play: &Play) -> Option<Self> {
        let files = ["daesa.db", "daesa.db-wal"].map(|name| play.folder().join(name));
        let made = Self(files.to_vec());
        made.change("+i").then_some(made)
    }

    fn change(&self, how: &str) -> bool {
        let mut tool = Tool::new("chattr");
        let status = tool.arg(how).args(&self.0).stderr(std::process::Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for Immutable {
    fn drop(&mut self) {
        self.change("-i");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_store_is_read_only_nothing_is_posted_and_questions_are_answered() {
    let mut play = Play::with(talk()).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let first = play.publish_many("storm", 1..2);
    play.posts(news, &first).await;
    play.wait_for_feed().await;
    play.ask(jun, news, "!about").await;
    let Some(immutable) = Immutable::make(&play) else {
        skip::without("chattr", "the store is read-only");
        play.end().await;
        return;
    };
    play.expect_error("");
    let second = play.publish_many("storm", 2..5);
    holds_back(&mut play, &second).await;
    drop(immutable);
    goes_on(play, &second).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_may_not_be_written_is_told_before_the_start() {
    let mut play = Play::with(talk()).await;
    play.wait_for_feed().await;
    play.stop_bot().await;
    let file = Immutable(vec![play.store_file()]);
    if !file.change("+i") {
        skip::without("chattr", "the store may not be written");
        play.end().await;
        return;
    }
    let told = play.run(&["check"]).await;
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(
        told.out.contains("give its file and its folder to the user"),
        "{told:?}"
    );
    drop(file);
    play.start_bot().await;
    // It tells of its life a moment after it is connected.
    let began = Instant::now();
    loop {
        let well = play.run(&["check"]).await;
        if well.code == Some(0) {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "{well:?}");
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_another_program_holds_the_store_nothing_is_posted_and_questions_are_answered() {
    let mut play = Play::with(talk()).await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    let first = play.publish_many("storm", 1..2);
    play.posts(news, &first).await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(play.store_file());
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.expect("the store");
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .expect("nobody else writes");
    play.expect_error("");
    let second = play.publish_many("storm", 2..5);
    holds_back(&mut play, &second).await;
    sqlx::query("ROLLBACK").execute(&mut other).await.expect("let go of");
    other.close().await.expect("closed");
    goes_on(play, &second).await;
}
