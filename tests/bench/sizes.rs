//! How large the program is, on the disk and in memory: alone, with a hundred and with a thousand feeds, and with a
//! thousand servers of fifty channels each. The real binary, in the profile it is shipped in, against the sandbox.
//!
//! `cargo bench --bench sizes [-- SECONDS]`: prints one table. Memory is looked at SECONDS (default 70: more than a look
//! at every feed) after the bot has seen every server and every feed. Fails above a goal.

#[allow(dead_code, reason = "other benchmarks need it as well")]
#[path = "bot.rs"]
mod bot;
#[allow(dead_code, reason = "other benchmarks ask it as well")]
#[path = "machine.rs"]
mod machine;

use daesa_sandbox::{Article, ChannelKind, Sandbox, Settings, Town};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tokio::{process::Child, time::sleep};

/// Channels of a server.
const CHANNELS: usize = 50;
/// How long the bot is waited for.
const PATIENCE: Duration = Duration::from_secs(240);

/// Feeds, servers, and the most resident memory in MB.
const CASES: [(usize, usize, f64); 5] = [
    (1, 1, 25.0),
    (100, 1, 60.0),
    (1_000, 1, 60.0),
    (1, 1_000, 60.0),
    (1_000, 1_000, 60.0),
];

#[tokio::main]
async fn main() {
    // cargo bench hands `--bench` on.
    let seconds = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let rest = Duration::from_secs(seconds.unwrap_or(70));
    let binary = fs::metadata(env!("CARGO_BIN_EXE_daesa")).expect("it is built").len();
    println!("| feeds, servers of {CHANNELS} channels | memory | heap and stacks | of the file | peak | goal |");
    println!("|---|---|---|---|---|---|");
    let mut over = Vec::new();
    for (feeds, servers, goal) in CASES {
        let held = measured(feeds, servers, rest).await;
        let [all, own, file, peak] = held;
        println!("| {feeds}, {servers} | {all:.1} MB | {own:.1} | {file:.1} | {peak:.1} | {goal} MB |");
        if all > goal {
            over.push(format!("{feeds} feeds, {servers} servers: {all:.1} MB of {goal}"));
        }
    }
    println!("\nThe binary, with fonts and catalogue in it: {binary} bytes.");
    assert!(over.is_empty(), "{}", over.join("\n"));
}

/// Megabytes in memory: all, heap and stacks, of the file, at the peak.
async fn measured(feeds: usize, servers: usize, rest: Duration) -> [f64; 4] {
    let mut sandbox = Sandbox::start(Settings::default()).await.expect("the sandbox starts");
    let owner = sandbox.add_person("mina", "Mina");
    for n in 0..servers {
        let server = sandbox.add_server(&format!("Club {n}"), owner);
        for channel in 0..CHANNELS {
            sandbox.add_channel(server, ChannelKind::Text, &format!("channel-{channel}"));
        }
        sandbox.invite_bot(server, 117_824);
    }
    let hosts: Vec<String> = (0..feeds).map(|n| format!("site-{n}.test")).collect();
    let town = sandbox.add_town(&hosts).await.expect("a free port");
    for (n, host) in hosts.iter().enumerate() {
        let site = town.site(host).expect("a site");
        for old in 0..10 {
            site.publish(story(n, old));
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("own.toml"), settings(&hosts, &town)).expect("settings");
    let mut bot = start(folder.path(), &sandbox);
    let began = Instant::now();
    let online = |world: &daesa_sandbox::World| world.bot_online().then_some(());
    sandbox.wait_for(online, PATIENCE).await.expect("the bot is there");
    while hosts
        .iter()
        .any(|host| town.site(host).is_some_and(|site| site.counts().feed < 1))
    {
        assert!(began.elapsed() < PATIENCE, "a feed was not looked at");
        sleep(Duration::from_millis(100)).await;
    }
    sleep(rest).await;
    let id = bot.id().unwrap_or(0).to_string();
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let held = ["VmRSS:", "RssAnon:", "RssFile:", "VmHWM:"].map(|line| machine::memory(&id, line) as f64 / 1e6);
    bot.kill().await.expect("killed");
    held
}

fn settings(hosts: &[String], town: &Town) -> String {
    let outlets: String = (hosts.iter())
        .map(|host| format!("[[outlet]]\nname = \"{host}\"\nurl = \"http://{host}/feed\"\n"))
        .collect();
    format!(
        "{outlets}[http]\nallow_loopback = true\nresolve = {{ \"*.test\" = \"{}\" }}\n",
        town.address()
    )
}

fn start(folder: &Path, sandbox: &Sandbox) -> Child {
    let mut bot = bot::bot(folder, sandbox);
    // One heap, as the files in config/deploy have it.
    bot.env("MALLOC_ARENA_MAX", "1").env("RUST_LOG", "error");
    bot.spawn().expect("the bot starts")
}

fn story(site: usize, old: usize) -> Article {
    Article {
        slug: format!("old-{old}"),
        title: format!("News {old} Of “The Lamps Of Street {site}”"),
        html_body: format!("<p>“The Lamps of Street {site}” was seen by {old}.5 percent.</p>").repeat(20),
        author: "Staff".to_owned(),
        published: 1_790_000_000_000,
        ..Article::default()
    }
}
