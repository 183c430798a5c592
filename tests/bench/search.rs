//! How fast lines are found among many: `/quote` by words, phrases, unfinished words and people, and completions
//! while somebody types.
//!
//! `cargo bench --bench search [-- QUOTES [FILE]]` (default 1,000,000): fills a store in a temporary folder, or in the
//! file, which is taken as it is when it is there already, through the same functions as the bot: stories of fifty lines of
//! 10 to 35 words from 30,000 invented ones (as often as words are in a language: the n-th has a share of 1/n), one story
//! in ten in hangul. It prints the median and the 99th percentile of each kind of question beside its goal, and how many
//! times longer it takes than the bare look-up in the full-text index of the same words: the numbers of the newest lines,
//! of which nothing is read. It measures and fails nothing.

#[path = "timing.rs"]
mod timing;
#[allow(dead_code, reason = "other benchmarks speak it as well")]
#[path = "tongue.rs"]
mod tongue;

use daesa::{
    catalogue::{Catalogue, Scope},
    model::{
        About, Article, EntryId, Named, Quote, QuoteId, QuoteKind, Reading, Speaker, Subject, reading::Attribution,
    },
    store::{NewStory, QuoteQuery, Store},
};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tongue::{Tongue, WORDS};

const NOW: i64 = 1_800_000_000_000;
const LINES: usize = 50;
const PEOPLE: usize = 2_000;
const DRAMAS: usize = 400;
/// Questions of each kind.
const QUESTIONS: usize = 400;
/// Goals for the 99th percentile, milliseconds: of words and phrases, and of words of three letters or more that
/// are still being typed.
const WORDS_GOAL: f64 = 5.0;
const PREFIX_GOAL: f64 = 30.0;
/// What `/quote` chooses from, and what a completion shows.
const CANDIDATES: u32 = 100;
const OFFERS: u32 = 25;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let quotes: usize = arguments
        .next()
        .map_or(1_000_000, |n| n.parse().expect("a number of lines"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = arguments
        .next()
        .map_or_else(|| folder.path().join("daesa.db"), PathBuf::from);
    let filed = file.exists();
    let store = Store::open(&format!("sqlite://{}", file.display()), NOW)
        .await
        .expect("a store");
    let mut tongue = Tongue::new();
    let began = Instant::now();
    for story in 0..quotes / LINES {
        tell(&store, &mut tongue, story, filed).await;
    }
    let size = std::fs::metadata(&file).map_or(0, |file| file.len()) >> 20;
    println!(
        "{quotes} lines filed in {:.0} s, {size} MiB",
        began.elapsed().as_secs_f64()
    );
    println!(
        "| question | goal | median | p99 | | bare median | bare p99 | times as long (p99) | with an answer |\n\
         |---|---|---|---|---|---|---|---|---|"
    );
    let mut bench = Bench {
        bare: bare(&file).await,
        store,
        tongue,
    };
    bench.words().await;
    bench.phrases().await;
    bench.unfinished().await;
    bench.typing().await;
    bench.names().await;
    bench.store.close().await.expect("closed");
}

/// The file as SQLite alone sees it, with as much memory for pages as a reader of the store.
async fn bare(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    SqliteConnection::connect_with(&options.pragma("cache_size", "-2048"))
        .await
        .expect("the file")
}

struct Bench {
    store: Store,
    bare: SqliteConnection,
    tongue: Tongue,
}

/// A kind of question: what it is called, its goal, the most lines, and whether the last word is still being typed.
#[derive(Clone, Copy)]
struct Kind<'a> {
    name: &'a str,
    goal: Option<f64>,
    limit: u32,
    open: bool,
}

impl<'a> Kind<'a> {
    fn whole(name: &'a str) -> Self {
        Self {
            name,
            goal: Some(WORDS_GOAL),
            limit: CANDIDATES,
            open: false,
        }
    }

    fn open(name: &'a str, limit: u32, letters: usize) -> Self {
        Self {
            name,
            goal: (letters >= 3).then_some(PREFIX_GOAL),
            limit,
            open: true,
        }
    }
}

impl Bench {
    async fn words(&mut self) {
        self.ask(Kind::whole("a rare word"), |t| t.word_between(9_000, WORDS))
            .await;
        self.ask(Kind::whole("a middling word"), |t| t.word_between(300, 9_000))
            .await;
        self.ask(Kind::whole("a common word"), |t| t.word_between(0, 300)).await;
        self.ask(Kind::whole("two words"), |t| format!("{} {}", t.word(), t.word()))
            .await;
        self.ask(Kind::whole("three words of a line"), |t| {
            let line = t.line_said();
            let pick = |n: usize| line[n * (line.len() - 1) / 2].clone();
            format!("{} {} {}", pick(2), pick(0), pick(1))
        })
        .await;
        self.ask(Kind::whole("a word in hangul"), Tongue::hangul).await;
        self.ask(Kind::whole("a syllable of hangul"), |t| {
            t.hangul().chars().take(1).collect()
        })
        .await;
        let person = |t: &mut Tongue| (vec![person(t.below(PEOPLE))], Vec::new());
        let drama = |t: &mut Tongue| (Vec::new(), vec![drama(t.below(DRAMAS))]);
        self.ask_of(Kind::whole("a person's word"), person, Tongue::word).await;
        self.ask_of(Kind::whole("a word of a drama"), drama, Tongue::word).await;
    }

    async fn phrases(&mut self) {
        for words in [2, 3, 4] {
            let name = format!("a phrase of {words} words of a line");
            self.ask(Kind::whole(&name), |t| {
                let line = t.line_said();
                let at = t.below(line.len() - words + 1);
                format!("\"{}\"", line[at..at + words].join(" "))
            })
            .await;
        }
        self.ask(Kind::whole("a phrase of two words, said or not"), |t| {
            format!("\"{} {}\"", t.word(), t.word())
        })
        .await;
        self.ask(Kind::whole("a phrase of three words, said or not"), |t| {
            format!("\"{} {} {}\"", t.word(), t.word(), t.word_between(0, 300))
        })
        .await;
    }

    async fn unfinished(&mut self) {
        for letters in [3, 4, 5, 6] {
            let name = format!("an unfinished word, {letters} letters");
            self.ask(Kind::open(&name, CANDIDATES, letters), |t| t.beginning(letters))
                .await;
        }
    }

    async fn typing(&mut self) {
        for letters in 1..=6 {
            let name = format!("completing a line, {letters} letters typed");
            self.ask(Kind::open(&name, OFFERS, letters), |t| t.beginning(letters))
                .await;
        }
        self.ask(Kind::open("completing a line, two words typed", OFFERS, 4), |t| {
            format!("{} {}", t.word(), t.beginning(4))
        })
        .await;
    }

    async fn names(&mut self) {
        let catalogue = Catalogue::shipped();
        let typed = [
            "",
            "k",
            "ki",
            "kim",
            "kim s",
            "ahn hyo",
            "park eun",
            "이",
            "김지",
            "ㅇㅎㅅ",
            "hyo seop",
            "jun h",
        ];
        let mut times = Vec::new();
        for typed in typed.iter().cycle().take(QUESTIONS) {
            let began = Instant::now();
            let found = catalogue.suggest(typed, Scope::People, 200);
            let keys: Vec<String> = found
                .iter()
                .flat_map(|one| [one.entity.key(), format!("words:{}", one.name.to_lowercase())])
                .collect();
            self.store.with_lines(&keys, None).await.expect("an answer");
            times.push(began.elapsed());
        }
        let kind = Kind {
            goal: Some(WORDS_GOAL),
            ..Kind::open("completing a name, who has lines first", OFFERS, 0)
        };
        row(kind, times, Vec::new(), QUESTIONS);
    }

    async fn ask(&mut self, kind: Kind<'_>, text: impl Fn(&mut Tongue) -> String) {
        self.ask_of(kind, |_| (Vec::new(), Vec::new()), text).await;
    }

    /// Asks as `/quote` does, and then for the same words as nobody would who wants to read a line.
    async fn ask_of(
        &mut self,
        kind: Kind<'_>,
        of: impl Fn(&mut Tongue) -> (Vec<String>, Vec<String>),
        text: impl Fn(&mut Tongue) -> String,
    ) {
        let loved = ["❤".to_owned(), "😍".to_owned()];
        let (mut times, mut found, mut asked) = (Vec::new(), 0, Vec::new());
        for _ in 0..QUESTIONS {
            let (speakers, dramas) = of(&mut self.tongue);
            let text = text(&mut self.tongue);
            let query = QuoteQuery {
                guild: None,
                speakers: &speakers,
                dramas: &dramas,
                text: Some(&text),
                typing: kind.open,
                loved: if kind.limit == OFFERS { &[] } else { &loved },
                limit: kind.limit,
            };
            let began = Instant::now();
            found += usize::from(self.answer(&query).await > 0);
            times.push(began.elapsed());
            if speakers.is_empty() && dramas.is_empty() {
                asked.push(text);
            }
        }
        let mut bare = Vec::new();
        // What is too short to be looked for has no answer, and takes the index a tenth of a second.
        for text in asked.into_iter().filter(|_| kind.goal.is_some()) {
            bare.push(self.look_up(&text, kind).await);
        }
        row(kind, times, bare, found);
    }

    /// What `/quote` reads: what all candidates are chosen for, and one of them; of a completion all are shown.
    async fn answer(&mut self, query: &QuoteQuery<'_>) -> usize {
        let candidates = self.store.candidates(query).await.expect("candidates");
        let mut read: Vec<QuoteId> = candidates.iter().map(|one| one.quote).collect();
        if query.limit == CANDIDATES && !read.is_empty() {
            read = vec![read[self.tongue.below(read.len())]];
        }
        let lines = self.store.lines(&read, None).await.expect("lines");
        assert_eq!(lines.len(), read.len(), "lines that were found are there");
        lines.len()
    }

    async fn look_up(&mut self, text: &str, kind: Kind<'_>) -> Duration {
        // The index does not know where words stand: of a phrase, its words.
        let words: Vec<String> = text
            .trim_matches('"')
            .split(' ')
            .map(|word| format!("\"{word}\""))
            .collect();
        let goes_on = kind.open || text.chars().all(|c| ('가'..='힣').contains(&c));
        let expression = format!("{}{}", words.join(" AND "), if goes_on { " *" } else { "" });
        let began = Instant::now();
        let found = sqlx::query_scalar::<_, i64>(
            "SELECT rowid FROM quote_fts WHERE quote_fts MATCH $1 ORDER BY rowid LIMIT $2",
        )
        .bind(expression)
        .bind(kind.limit)
        .fetch_all(&mut self.bare)
        .await;
        found.expect("an answer");
        began.elapsed()
    }
}

fn row(kind: Kind<'_>, mut times: Vec<Duration>, mut bare: Vec<Duration>, found: usize) {
    let all = times.len();
    let Some((median, end)) = timing::middle_and_end(&mut times) else {
        return;
    };
    let cells = timing::cells(kind.goal, (median, end));
    let (bare_median, bare_end, ratio) = match timing::middle_and_end(&mut bare) {
        Some((m, e)) => (format!("{m:.2} ms"), format!("{e:.2} ms"), format!("{:.1}", end / e)),
        None => ("–".to_owned(), "–".to_owned(), "–".to_owned()),
    };
    println!(
        "| {} | {cells} | {bare_median} | {bare_end} | {ratio} | {found} of {all} |",
        kind.name
    );
}

fn person(n: usize) -> String {
    format!("person:p{n}")
}

fn drama(n: usize) -> String {
    format!("drama:d{n}")
}

/// Files a story; where that was done before, only what was said is remembered.
async fn tell(store: &Store, tongue: &mut Tongue, number: usize, filed: bool) {
    let hangul = number % 10 == 9;
    let mut lines = Vec::new();
    for _ in 0..LINES {
        let line = tongue.line(hangul);
        lines.push(line.join(" "));
        if !hangul && tongue.below(50) == 0 {
            tongue.said.push(line);
        }
    }
    let body = lines.join("\n\n");
    let title = Named {
        name: format!("Drama {}", number % DRAMAS),
        key: drama(number % DRAMAS),
    };
    let mut reading = Reading {
        title: format!("Story {number}"),
        ..Reading::default()
    };
    let mut speakers = Vec::new();
    let mut at = 0;
    for line in &lines {
        // Few people say much and many say little.
        let who = tongue.rank(PEOPLE);
        let by = Attribution {
            speaker: Some(format!("Person {who}")),
            actor: None,
            kind: QuoteKind::Cast,
            confidence: 0.9,
        };
        let span = at..at + line.len();
        reading
            .quotes
            .push(Quote::cut(&body, vec![span], by).expect("a line of the body"));
        speakers.push(Speaker {
            keys: vec![person(who)],
            role: None,
        });
        at += line.len() + 2;
    }
    reading.body = body;
    let about = About {
        dramas: vec![title],
        speakers,
        subjects: vec![Subject::Everything],
        ..About::default()
    };
    let article = Article {
        title: reading.title.clone(),
        ..Article::default()
    };
    let links = [format!("https://news.example/{number}")];
    let story = NewStory {
        more_quotes: &[],
        article: &article,
        links: &links,
        source: "News",
        reading: &reading,
        about: &about,
        key_quotes: &[0, 1, 2, 3],
        look_again: None,
        twin: None,
    };
    if filed {
        return;
    }
    // No entry of a feed stands behind it.
    store.finish_entry(EntryId(0), &story, NOW).await.expect("filed");
}
