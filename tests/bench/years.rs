//! Three years in minutes: 60,000 stories with 300,000 lines, two million deliveries and ten million votes go through
//! a store, a day at a time, with each day's clearing. Then the real bot, in the profile it is shipped in, starts on it
//! and is asked everything that can be asked, against the sandbox over sockets.
//!
//! `cargo bench --bench years [-- PERCENT [FILE]]` (default 100: of stories, deliveries and votes a day; the store is kept
//! in FILE, and taken from there if it is there: it may be of an earlier version) prints how large the
//! file is beside what its live rows need (a copy that `VACUUM INTO` writes: goal 1.3), how large the log of the store
//! grew (goal: two times what it is cut back to), how long a day's clearing and a start take (goal two seconds), and the
//! 99th percentile of each command (goal 50 ms, from the sandbox's sending to the answer's arrival, pictures drawn).
//!
//! Everything goes through the functions that the bot uses, each story and each batch of votes in a transaction of its own,
//! but the sending: a statement a day does what `Store::settle` does a row at a time. And what was felt is summed up once a
//! day, not each second. Where the system has a folder in memory (`/dev/shm`) the years are lived there, since a disk would
//! be waited for 100,000 times, which in three years nobody notices; what is measured of them then is what the store does,
//! not the disk. The bot is asked on the disk. It measures and fails nothing.

#[path = "years/ask.rs"]
mod ask;
#[allow(dead_code, reason = "other benchmarks need it as well")]
#[path = "bot.rs"]
mod bot;
#[path = "years/life.rs"]
mod life;
#[path = "timing.rs"]
mod timing;
#[allow(dead_code, reason = "other benchmarks speak it as well")]
#[path = "tongue.rs"]
mod tongue;

use ask::Stand;
use daesa::store::Store;
use life::{DAY, Life};
use std::{
    path::Path,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

const DAYS: i64 = 3 * 365;
/// A folder that is no disk, where a system has one.
const MEMORY: &str = "/dev/shm";
/// Goals: the file by what is live, the log in bytes, the clearing of a day and a start in milliseconds.
const SIZE_GOAL: f64 = 1.3;
const LOG_GOAL: u64 = 32 << 20;
const START_GOAL: f64 = 2_000.0;

#[tokio::main]
async fn main() {
    let percent: u64 = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(100);
    // cargo bench hands `--bench` on.
    let kept = std::env::args()
        .skip(1)
        .find(|word| word.parse::<u64>().is_err() && !word.starts_with('-'));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("daesa.db");
    let stand = Stand::build(folder.path()).await;
    println!("| what | goal | median | p99 | |\n|---|---|---|---|---|");
    match kept.as_deref().map(Path::new) {
        Some(kept) if kept.exists() => moved(kept, &file, &stand).await,
        kept => live(kept, &file, &stand, percent).await,
    }
    starts(&stand).await;
    stand.ask_everything().await;
    stand.end().await;
}

/// Three years.
async fn live(kept: Option<&Path>, file: &Path, stand: &Stand, percent: u64) {
    let now = unix_ms();
    let memory = tempfile::tempdir_in(MEMORY).or_else(|_| tempfile::tempdir());
    let memory = memory.expect("a folder");
    let lived = memory.path().join("daesa.db");
    let mut life = Life::begin(&lived, &stand.channels, now - DAYS * DAY, percent).await;
    let began = Instant::now();
    let mut clearing = Vec::new();
    for day in 0..DAYS {
        clearing.push(life.day(now - (DAYS - day) * DAY).await);
        if (day + 1) % 73 == 0 {
            let size = size_of(&lived) >> 20;
            let (took, parts) = (began.elapsed().as_secs_f64(), life.parts());
            eprintln!("day {}: {size} MiB, {took:.0} s; since the last line: {parts}", day + 1);
        }
    }
    let (took, counts, log) = (began.elapsed(), life.counts(), life.largest_log());
    life.end().await;
    println!("| {counts} in {:.0} s | | | | |", took.as_secs_f64());
    if let Some(found) = timing::middle_and_end(&mut clearing) {
        println!("| a day's clearing | {} |", timing::cells(None, found));
    }
    if let Some(kept) = kept {
        std::fs::copy(&lived, kept).expect("kept");
    }
    std::fs::copy(&lived, file).expect("on the disk");
    sizes(file, Some(log)).await;
}

/// The store of an earlier run, brought to this version, among the servers of this one.
async fn moved(kept: &Path, file: &Path, stand: &Stand) {
    std::fs::copy(kept, file).expect("a copy");
    life::move_to(file, &stand.channels).await;
    let (began, before) = (Instant::now(), size_of(file));
    let store = Store::open(&format!("sqlite://{}", file.display()), unix_ms()).await;
    let store = store.expect("brought to this version");
    println!(
        "| {} MiB brought to this version in {:.1} s | | | | |",
        before >> 20,
        began.elapsed().as_secs_f64()
    );
    // As its votes came: what no bot ever ran on has never been summed up.
    store.count_up().await.expect("summed up");
    store.close().await.expect("closed");
    sizes(file, None).await;
}

/// What the file needs, and what it takes.
async fn sizes(file: &Path, log: Option<u64>) {
    let compact = life::compact(file).await;
    let (whole, live) = (size_of(file), size_of(&compact));
    #[expect(clippy::cast_precision_loss, reason = "gigabytes")]
    let ratio = whole as f64 / live as f64;
    let word = |held: bool| if held { "held" } else { "MISSED" };
    println!(
        "| the file, {} MiB, by what its live rows need, {} MiB | {SIZE_GOAL} | {ratio:.2} | | {} |",
        whole >> 20,
        live >> 20,
        word(ratio <= SIZE_GOAL)
    );
    if let Some(log) = log {
        println!(
            "| the largest log beside it | {} MiB | {} MiB | | {} |",
            LOG_GOAL >> 20,
            log >> 20,
            word(log <= LOG_GOAL)
        );
    }
    std::fs::remove_file(compact).expect("the copy is removed");
    // What was written to make it is on the disk before anybody is timed.
    std::fs::File::open(file)
        .and_then(|file| file.sync_all())
        .expect("written");
}

/// From the process's first moment until Discord shows it as online; the last of them goes on.
async fn starts(stand: &Stand) {
    let mut times: Vec<Duration> = Vec::new();
    for round in 0..5 {
        if round > 0 {
            stand.stop().await;
        }
        times.push(stand.start().await);
    }
    if let Some(found) = timing::middle_and_end(&mut times) {
        println!("| a start | {} |", timing::cells(Some(START_GOAL), found));
    }
}

fn size_of(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |file| file.len())
}

fn unix_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0)
}
