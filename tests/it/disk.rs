//! The disk is full for a while: nothing is posted that could not be recorded, and everything once there is room.

use crate::{
    harness::{Play, talk, words},
    skip,
};
use daesa::store::Store;
use std::{fs, process::Command as Tool};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_disk_is_full_nothing_is_posted_and_questions_are_answered() {
    let mut play = Play::with(talk()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
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
    play.logged("the store cannot be written: nothing is posted").await;
    let before = play.sandbox.messages(news).len();
    let about = words(&play.ask(jun, news, "!about").await);
    assert!(about.contains("Version"), "{about}");
    let refused = words(&play.ask(mina, news, "!subscribe everything").await);
    assert!(refused.contains("cannot be written"), "{refused}");
    let said = play.sandbox.messages(news).len() - before;
    assert_eq!(said, 4, "two questions, two answers and nothing else");

    assert!(limit(&play, "unlimited"));
    play.logged("the store can be written again").await;
    play.posts(news, &second).await;
    play.stop_bot().await;
    let store = Store::look(&play.store_file().display().to_string())
        .await
        .expect("a store");
    assert_eq!(store.check().await.expect("checked").problems, Vec::<String>::new());
    store.close().await.expect("closed");
    play.end().await;
}
