//! A store lives: a day's stories are read, sent, voted on, and what is old is cleared.

use crate::tongue::Tongue;
use daesa::{
    catalogue::{Catalogue, Scope},
    model::{
        About, Article, ChannelId, Emoji, Entry, FeedId, GuildId, MessageId, Named, Quote, QuoteKind, Reading, Speaker,
        Subject, Terms, UserId, Venue, VoteBatch, VoteKey, Way, reading::Attribution,
    },
    store::{FetchOutcome, FetchRecord, Keep, Look, NewEntry, NewStory, Store},
};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

pub const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;
const FEEDS: usize = 10;
/// A day's share of 60,000 stories and ten million votes.
const STORIES: u64 = 55;
const VOTES: u64 = 9_140;
const LINES: usize = 5;
const READERS: u64 = 20_000;
/// Votes that the writer takes at once, and one in so many that is taken back.
const BATCH: usize = 2_000;
const TAKEN_BACK: usize = 33;
/// Of the catalogue's people and dramas, as many are in the news.
pub const PEOPLE: usize = 500;
pub const DRAMAS: usize = 200;
const FELT: [&str; 5] = ["❤️", "😂", "😮", "😭", "😡"];
/// The first millisecond of Discord's ids.
const EPOCH: i64 = 1_420_070_400_000;
/// What `Store::settle` does for each delivery that was sent.
const SENT: &str = "UPDATE delivery SET state = 1, attempt = 1, first_try = due_at, sent_at = due_at,
        message = ((due_at - $2) << 22) | (id & 4194303)
    WHERE id > $1 AND state = 0";
const POSTED: &str = "INSERT INTO post (message, article, channel, guild, posted)
    SELECT message, article, channel, guild, sent_at FROM delivery WHERE id > $1 AND state = 1 RETURNING message";

/// The names that the news are about, with their keys, best known first.
pub fn in_the_news(scope: Scope, most: usize) -> Vec<Named> {
    let found = Catalogue::shipped().suggest("", scope, most);
    let named = |one: daesa::catalogue::Candidate| Named {
        key: one.entity.key(),
        name: one.name,
    };
    found.into_iter().map(named).collect()
}

/// A copy of what is live in the file, without anything else.
pub async fn compact(file: &Path) -> PathBuf {
    let copy = file.with_extension("compact");
    let mut whole = open(file).await;
    let into = format!("VACUUM INTO '{}'", copy.display());
    sqlx::query(sqlx::AssertSqlSafe(into))
        .execute(&mut whole)
        .await
        .expect("copied");
    whole.close().await.expect("closed");
    copy
}

/// Channels and servers of another sandbox, in the order in which they began to follow, become these.
pub async fn move_to(file: &Path, channels: &[(u64, u64)]) {
    let mut whole = open(file).await;
    let old: Vec<(i64, i64)> = sqlx::query_as("SELECT channel, guild FROM subscription ORDER BY id")
        .fetch_all(&mut whole)
        .await
        .expect("channels");
    let new = channels
        .iter()
        .map(|(guild, channel)| [channel.cast_signed(), guild.cast_signed()]);
    let pairs: Vec<[i64; 4]> = old
        .iter()
        .zip(new)
        .map(|(old, new)| [old.0, old.1, new[0], new[1]])
        .collect();
    let pairs = serde_json::to_string(&pairs).expect("numbers");
    let moved = "CREATE TEMP TABLE moved (channel INTEGER PRIMARY KEY, guild, to_channel, to_guild)";
    let fill = "INSERT INTO moved SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each($1)";
    sqlx::query(moved).execute(&mut whole).await.expect("a table");
    sqlx::query(fill).bind(pairs).execute(&mut whole).await.expect("a list");
    let felt: Vec<String> = sqlx::query_scalar(
        "SELECT s.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c
        WHERE s.type = 'table' AND c.name = 'place'",
    )
    .fetch_all(&mut whole)
    .await
    .expect("an answer");
    let here = "(SELECT to_channel, to_guild FROM moved m WHERE m.channel =";
    let mut all: Vec<String> = ["subscription", "delivery", "post"]
        .map(|table| format!("UPDATE {table} SET (channel, guild) = {here} {table}.channel)"))
        .to_vec();
    all.push("DELETE FROM channel".to_owned());
    all.push("DELETE FROM guild".to_owned());
    for table in felt {
        all.push(format!(
            "UPDATE {table} SET place = (SELECT to_guild FROM moved m WHERE m.guild = {table}.place) WHERE place <> -1"
        ));
    }
    for sql in all {
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&mut whole)
            .await
            .expect("moved");
    }
    whole.close().await.expect("closed");
}

async fn open(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file);
    // As the store's own writer: or this one would let the log grow.
    let options = options
        .pragma("wal_autocheckpoint", "4000")
        .pragma("journal_size_limit", "16777216");
    SqliteConnection::connect_with(&options).await.expect("the file")
}

/// What a day is made of.
const PARTS: [&str; 5] = ["news", "posts", "votes", "sums", "clearing"];

#[derive(Clone, Copy)]
enum Part {
    News,
    Posts,
    Votes,
    Sums,
    Clearing,
}

pub struct Life {
    store: Store,
    bulk: SqliteConnection,
    log: PathBuf,
    largest_log: u64,
    parts: [Duration; PARTS.len()],
    tongue: Tongue,
    random: fastrand::Rng,
    feeds: Vec<FeedId>,
    people: Vec<Named>,
    dramas: Vec<Named>,
    /// The last delivery that was sent.
    sent: i64,
    stories: u64,
    votes: u64,
    a_day: (u64, u64),
}

impl Life {
    /// A new store, whose channels follow everything.
    pub async fn begin(file: &Path, channels: &[(u64, u64)], start: i64, percent: u64) -> Self {
        let store = Store::open(&format!("sqlite://{}", file.display()), start)
            .await
            .expect("a store");
        for (server, channel) in channels {
            let place = (GuildId(*server), ChannelId(*channel), Venue::Channel);
            let terms = Terms::default();
            let added = store.subscribe(place, &Subject::Everything, "everything", &terms, start);
            added.await.expect("followed");
        }
        let outlets: Vec<(String, String)> = (0..FEEDS)
            .map(|n| (format!("https://news-{n}.example/feed"), format!("Outlet {n}")))
            .collect();
        store.sync_feeds(&outlets, 0, start).await.expect("feeds");
        let feeds: Vec<FeedId> = store.feeds().await.expect("feeds").iter().map(|feed| feed.id).collect();
        let first: Vec<Look> = feeds
            .iter()
            .map(|feed| look(*feed, start, read(), Vec::new()))
            .collect();
        store.record_looks(&first, 0, start).await.expect("first looks");
        Self {
            store,
            bulk: open(file).await,
            log: file.with_extension("db-wal"),
            largest_log: 0,
            parts: Default::default(),
            tongue: Tongue::new(),
            random: fastrand::Rng::with_seed(11),
            feeds,
            people: in_the_news(Scope::People, PEOPLE),
            dramas: in_the_news(Scope::Dramas, DRAMAS),
            sent: 0,
            stories: 0,
            votes: 0,
            a_day: (STORIES * percent / 100, VOTES * percent / 100),
        }
    }

    /// A day from its first moment on; how long its clearing took.
    pub async fn day(&mut self, at: i64) -> Duration {
        let mut began = Instant::now();
        self.news(at).await;
        self.done(Part::News, &mut began);
        let posts = self.send().await;
        self.done(Part::Posts, &mut began);
        self.vote(&posts, at + DAY - HOUR).await;
        self.done(Part::Votes, &mut began);
        // The writer of votes does it each second.
        self.store.count_up().await.expect("summed up");
        self.done(Part::Sums, &mut began);
        self.store
            .prune(&Keep::default(), at + DAY)
            .await
            .expect("the day is cleared");
        self.done(Part::Clearing, &mut began)
    }

    /// Where the time went since this was asked last.
    pub fn parts(&mut self) -> String {
        let parts = std::mem::take(&mut self.parts);
        let part = |(name, took): (&str, Duration)| format!("{name} {:.0} s", took.as_secs_f64());
        PARTS
            .iter()
            .copied()
            .zip(parts)
            .map(part)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// A part of a day is over; how long it took.
    fn done(&mut self, part: Part, began: &mut Instant) -> Duration {
        let took = began.elapsed();
        self.parts[part as usize] += took;
        let size = std::fs::metadata(&self.log).map_or(0, |file| file.len());
        self.largest_log = self.largest_log.max(size);
        *began = Instant::now();
        took
    }

    /// What went through the store.
    pub fn counts(&self) -> String {
        let (stories, lines) = (self.stories, self.stories * LINES as u64);
        format!(
            "{stories} stories, {lines} lines, {} deliveries, {} votes",
            self.sent, self.votes
        )
    }

    /// Bytes.
    pub fn largest_log(&self) -> u64 {
        self.largest_log
    }

    pub async fn end(self) {
        self.bulk.close().await.expect("closed");
        self.store.close().await.expect("closed");
    }

    /// Each feed is looked at each hour, and at one of them has news.
    async fn news(&mut self, at: i64) {
        let mut looks = Vec::new();
        for hour in 0..24 {
            let time = at + hour * HOUR;
            for (place, feed) in self.feeds.iter().enumerate() {
                let fresh = match hour {
                    8 => (0..self.a_day.0)
                        .filter(|story| story % FEEDS as u64 == place as u64)
                        .map(|story| entry(self.stories + story))
                        .collect(),
                    _ => Vec::new(),
                };
                let outcome = if fresh.is_empty() {
                    FetchOutcome::Unchanged
                } else {
                    read()
                };
                looks.push(look(*feed, time, outcome, fresh));
            }
        }
        self.store.record_looks(&looks, 0, at + 8 * HOUR).await.expect("looked");
        let mut time = at + 8 * HOUR;
        loop {
            let due = self.store.due_entries(time, HOUR, 1_000).await.expect("entries");
            if due.is_empty() {
                return;
            }
            // A few in an hour, until late in the evening.
            let apart = (14 * HOUR) / i64::try_from(due.len()).unwrap_or(1);
            for entry in due {
                time += apart;
                self.tell(&entry, time).await;
            }
        }
    }

    async fn tell(&mut self, entry: &daesa::store::DueEntry, now: i64) {
        let drama = self.dramas[self.tongue.rank(self.dramas.len())].clone();
        let cast: Vec<Named> = (0..3)
            .map(|_| self.people[self.tongue.rank(self.people.len())].clone())
            .collect();
        let hangul = self.stories % 10 == 9;
        let (mut body, mut quotes, mut speakers) = (String::new(), Vec::new(), Vec::new());
        for number in 0..LINES {
            // What is told between two lines.
            body.push_str(&self.tongue.line(hangul).join(" "));
            body.push_str(".\n\n");
            let line = self.tongue.line(hangul).join(" ");
            let span = body.len()..body.len() + line.len();
            body.push_str(&line);
            body.push_str("\n\n");
            let who = &cast[number % cast.len()];
            quotes.push((span, who.name.clone()));
            speakers.push(Speaker {
                keys: vec![who.key.clone()],
                role: None,
            });
        }
        let cut = |(span, who): (std::ops::Range<usize>, String)| {
            let by = Attribution {
                speaker: Some(who),
                actor: None,
                kind: QuoteKind::Cast,
                confidence: 0.9,
            };
            Quote::cut(&body, vec![span], by).expect("a line of the body")
        };
        let quotes = quotes.into_iter().map(cut).collect();
        let title = entry.entry.title.clone().unwrap_or_default();
        let reading = Reading {
            title: title.clone(),
            summary: self.tongue.line(hangul).join(" "),
            quotes,
            body,
            ..Reading::default()
        };
        let mut subjects = vec![Subject::Everything];
        subjects.extend(
            cast.iter()
                .chain([&drama])
                .filter_map(|one| Subject::from_key(&one.key)),
        );
        let about = About {
            dramas: vec![drama],
            people: cast,
            speakers,
            subjects,
            ..About::default()
        };
        let article = Article {
            title,
            url: entry.link.clone(),
            image: Some(format!("https://img.example/{}.jpg", entry.id.0)),
            published: Some(now),
            ..Article::default()
        };
        let links: Vec<String> = entry.link.clone().into_iter().collect();
        let story = NewStory {
            article: &article,
            links: &links,
            source: &entry.source,
            reading: &reading,
            about: &about,
            key_quotes: &[0, 1, 2, 3],
            look_again: None,
            twin: None,
            more_quotes: &[],
        };
        self.store.finish_entry(entry.id, &story, now).await.expect("filed");
        self.stories += 1;
    }

    /// What is due is sent; the new posts.
    async fn send(&mut self) -> Vec<i64> {
        let mut tx = self.bulk.begin().await.expect("begun");
        sqlx::query(SENT)
            .bind(self.sent)
            .bind(EPOCH)
            .execute(&mut *tx)
            .await
            .expect("sent");
        let posts: Vec<i64> = sqlx::query_scalar(POSTED)
            .bind(self.sent)
            .fetch_all(&mut *tx)
            .await
            .expect("posted");
        self.sent = sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM delivery")
            .fetch_one(&mut *tx)
            .await
            .expect("a number");
        tx.commit().await.expect("committed");
        posts
    }

    /// Some posts are loved and most are passed by; some votes are taken back.
    async fn vote(&mut self, posts: &[i64], now: i64) {
        if posts.is_empty() {
            return;
        }
        let mut given = HashSet::new();
        while given.len() < usize::try_from(self.a_day.1).unwrap_or(0) {
            let post = posts[self.tongue.rank(posts.len())];
            let felt = FELT[self.tongue.rank(FELT.len())];
            given.insert((post, felt, self.random.u64(..READERS)));
        }
        let key = |(message, felt, user): (i64, &str, u64)| VoteKey {
            message: MessageId(message.unsigned_abs()),
            emoji: Emoji::unicode(felt),
            user: UserId(1 << 60 | user),
            way: Way::Reaction,
        };
        let given: Vec<VoteKey> = given.into_iter().map(key).collect();
        for some in given.chunks(BATCH) {
            let added = VoteBatch {
                added: some.iter().map(|vote| (vote.clone(), false)).collect(),
                ..VoteBatch::default()
            };
            let back = VoteBatch {
                removed: some.iter().step_by(TAKEN_BACK).cloned().collect(),
                ..VoteBatch::default()
            };
            self.store.apply_votes(&[added, back], now).await.expect("counted");
        }
        self.votes += given.len() as u64;
    }
}

fn read() -> FetchOutcome {
    FetchOutcome::Read {
        etag: None,
        last_modified: None,
        interval: None,
        quiet: daesa::model::Quiet::default(),
        oddities: None,
    }
}

fn look(feed: FeedId, began: i64, outcome: FetchOutcome, entries: Vec<NewEntry>) -> Look {
    let status = if outcome == FetchOutcome::Unchanged { 304 } else { 200 };
    let record = FetchRecord {
        outcome,
        status: Some(status),
        moved: None,
        next: began + HOUR,
        began,
        took: 80,
    };
    Look { feed, record, entries }
}

fn entry(number: u64) -> NewEntry {
    let link = format!("https://news.example/story-{number}");
    NewEntry {
        identity: format!("story-{number}"),
        fingerprint: format!("{number:032x}"),
        link: Some(link.clone()),
        entry: Entry {
            id: Some(link.clone()),
            title: Some(format!(
                "Story {number} of what the cast said on the last day of shooting"
            )),
            link: Some(link),
            ..Entry::default()
        },
    }
}
