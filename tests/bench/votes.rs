//! Votes at the inbox of their one writer, tally included: a steady stream, bursts, and as many as it can take, beside
//! the raw limit of the same disk: prepared upserts in transactions of 1,000, and nothing else.

use daesa::{
    model::{Emoji, MessageId, UserId, VoteChange, VoteKey, Way},
    store::Store,
    votes::{self, News, ROOM, Told},
};
use std::{
    ops::ControlFlow,
    path::Path,
    time::{Duration, Instant},
};
use tokio::sync::{mpsc, oneshot};

const NOW: i64 = 1_800_000_000_000;
/// Posts that are voted on, feelings, people: keys as scattered as they get.
const POSTS: u64 = 10_000;
const FEELINGS: [&str; 5] = ["❤", "😂", "😮", "😭", "😡"];
const PEOPLE: u64 = 1_000_000;
/// Votes a second of the steady stream.
const STEADY: u64 = 2_000;
/// One in so many is looked at for how long it took.
const SAMPLE: u64 = 20;
const BURST: u64 = 50_000;
const BURSTS: u64 = 3;
/// Votes of the two races.
const RACE: u64 = 200_000;
/// Votes that are there when the second race begins: far more pages than the writer keeps in memory, so that nearly
/// every vote reads one and writes one.
const LARGE: u64 = 1_500_000;
/// What is wanted of the raw limit.
const HALF: f64 = 0.5;
/// How often each is run, in turns: the disk has good and bad moments.
const ROUNDS: u32 = 3;

/// A vote by its number: each a different one.
fn key(number: u64) -> VoteKey {
    // An odd multiplier scatters the numbers over all keys without a repetition.
    let scattered = number.wrapping_mul(2_654_435_761) % (POSTS * 5 * PEOPLE);
    VoteKey {
        message: MessageId(1 + scattered % POSTS),
        emoji: Emoji::unicode(FEELINGS[usize::try_from(scattered / POSTS % 5).unwrap_or(0)]),
        user: UserId(1 + scattered / POSTS / 5),
        way: Way::Reaction,
    }
}

/// Sends votes to the writer, numbered on.
struct Source {
    inbox: mpsc::Sender<Told<u64>>,
    next: u64,
}

impl Source {
    async fn vote(&mut self) {
        let change = VoteChange::Add {
            key: key(self.next),
            bot: false,
        };
        self.next += 1;
        let told = Told::Changed {
            changes: vec![change],
            mark: self.next,
        };
        self.inbox.send(told).await.expect("the writer lives");
    }

    /// Rings when everything before is committed.
    async fn bell(&self) -> oneshot::Receiver<()> {
        let (bell, rung) = oneshot::channel();
        self.inbox.send(Told::Pass(bell)).await.expect("the writer lives");
        rung
    }

    async fn race(&mut self, votes: u64) -> f64 {
        let began = Instant::now();
        for _ in 0..votes {
            self.vote().await;
        }
        self.bell().await.await.expect("committed");
        rate(votes, began)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark")]
fn rate(count: u64, began: Instant) -> f64 {
    count as f64 / began.elapsed().as_secs_f64()
}

/// Measures and prints.
pub async fn run(steady: Duration) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (store, mut source, writer) = begin(folder.path()).await;
    println!("votes at the writer's inbox, each a row and its part of a tally, committed and acknowledged:");
    stream(&mut source, steady).await;
    for _ in 0..BURSTS {
        let per_second = source.race(BURST).await;
        println!(
            "a burst of {BURST}: all committed after {:.2} s",
            f64::from(50_000) / per_second
        );
    }
    side_by_side(&mut source, folder.path()).await;
    let filled = Instant::now();
    let missing = LARGE.saturating_sub(source.next);
    source.race(missing).await;
    println!("{missing} votes more, {:.0}/s", rate(missing, filled));
    side_by_side(&mut source, folder.path()).await;
    let sent = source.next;
    drop(source);
    writer.await.expect("the writer ends");
    let mut counted = 0;
    for post in 1..=POSTS {
        counted += store
            .tally(MessageId(post))
            .await
            .expect("a tally")
            .iter()
            .map(|t| t.votes)
            .sum::<u64>();
    }
    println!("{sent} votes given, {counted} counted");
    assert_eq!(sent, counted, "nothing is lost");
    store.close().await.expect("closed");
}

/// As many votes as the writer takes, beside the raw limit: the same votes into a table that holds the same already.
async fn side_by_side(source: &mut Source, folder: &Path) {
    let (mut ours, mut raw) = (0.0_f64, 0.0_f64);
    for _ in 0..ROUNDS {
        let before = source.next;
        let theirs = upserts(&folder.join("raw.db"), before, RACE);
        let own = source.race(RACE).await;
        println!("with {before} votes there: {own:.0}/s beside raw {theirs:.0}/s");
        (ours, raw) = (ours.max(own), raw.max(theirs));
    }
    let ratio = ours / raw;
    println!(
        "as many as it takes: {ours:.0}/s; raw prepared upserts, 1,000 a transaction: {raw:.0}/s; ratio {ratio:.2}{}",
        if ratio < HALF {
            " (less than half: is the machine busy?)"
        } else {
            ""
        }
    );
}

/// A steady stream: how long from when a vote is due until it is committed.
async fn stream(source: &mut Source, length: Duration) {
    let (lags, mut told) = mpsc::unbounded_channel();
    let began = tokio::time::Instant::now();
    let total = length.as_secs() * STEADY;
    for number in 0..total {
        let due = began + Duration::from_micros(number * 1_000_000 / STEADY);
        tokio::time::sleep_until(due).await;
        source.vote().await;
        if number % SAMPLE == 0 {
            let (rung, lags) = (source.bell().await, lags.clone());
            tokio::spawn(async move {
                if rung.await.is_ok() {
                    let _ = lags.send(due.elapsed());
                }
            });
        }
    }
    drop(lags);
    let mut all = Vec::new();
    while let Some(lag) = told.recv().await {
        all.push(lag);
    }
    all.sort_unstable();
    let at = |thousandths: usize| all[(all.len() * thousandths / 1000).min(all.len() - 1)].as_secs_f64() * 1000.0;
    println!(
        "{STEADY}/s for {length:?}: lag p50 {:.1} ms, p99 {:.1} ms, p99.9 {:.1} ms, most {:.1} ms (of {} looked at)",
        at(500),
        at(990),
        at(999),
        at(1000),
        all.len()
    );
    assert!(at(990) < 250.0, "p99 below 250 ms");
}

/// The writer, on a store of its own.
async fn begin(folder: &Path) -> (Store, Source, tokio::task::JoinHandle<()>) {
    let address = format!("sqlite://{}", folder.join("daesa.db").display());
    let store = Store::open(&address, NOW).await.expect("a store");
    posts(&address).await;
    let (inbox, told) = mpsc::channel(ROOM);
    let writing = store.clone();
    let heed = |news| match news {
        News::Failed { error, .. } => panic!("not written: {error}"),
        News::Written { .. } | News::Committed(_) => ControlFlow::Continue(()),
    };
    let writer = tokio::spawn(async move { votes::run(&writing, told, || NOW, heed).await });
    (store, Source { inbox, next: 0 }, writer)
}

/// Posts that are there to be voted on.
async fn posts(address: &str) {
    let pool = sqlx::SqlitePool::connect(address).await.expect("the store");
    for sql in [
        "INSERT INTO article (url, title, source, seen_at, at, kind, summary, characters, body)
            VALUES ('https://lantern.test/1', 'One', 'Lantern', 0, 0, 'news', '', '{}', '')",
        "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 10000)
            INSERT INTO post (message, article, channel, guild, posted) SELECT n, 1, 1 + n % 50, 1, 0 FROM n",
    ] {
        sqlx::query(sql).execute(&pool).await.expect(sql);
    }
    pool.close().await;
}

/// The raw limit: votes from this number on into the same table, prepared, a thousand a transaction, with the store's
/// settings. What is there `before` is put in first, in the order of the keys and unmeasured.
fn upserts(file: &Path, before: u64, count: u64) -> f64 {
    let mut raw = rusqlite::Connection::open(file).expect("a file");
    raw.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;
        PRAGMA wal_autocheckpoint = 4000;
        CREATE TABLE vote (message INTEGER NOT NULL, emoji TEXT NOT NULL, user INTEGER NOT NULL, burst INTEGER NOT NULL,
            bot INTEGER NOT NULL, PRIMARY KEY (message, emoji, burst, user)) STRICT, WITHOUT ROWID;",
    )
    .expect("a table");
    let mut there: Vec<VoteKey> = (0..before).map(key).collect();
    there.sort_unstable();
    put(&mut raw, there.into_iter());
    let began = Instant::now();
    for first in (before..before + count).step_by(1000) {
        put(&mut raw, (first..first + 1000).map(key));
    }
    let rate = rate(count, began);
    drop(raw);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
    }
    rate
}

/// Upserts in one transaction.
fn put(raw: &mut rusqlite::Connection, keys: impl Iterator<Item = VoteKey>) {
    let tx = raw.transaction().expect("begun");
    {
        let sql =
            "INSERT INTO vote (message, emoji, burst, user, bot) VALUES (?1, ?2, 0, ?3, 0) ON CONFLICT DO NOTHING";
        let mut put = tx.prepare(sql).expect("prepared");
        for key in keys {
            let row = (key.message.0.cast_signed(), key.emoji.key(), key.user.0.cast_signed());
            put.execute(row).expect("put");
        }
    }
    tx.commit().expect("committed");
}
