//! How fast lines are found among many: `/quote` by words, phrases, unfinished words and people, and completions
//! while somebody types.
//!
//! `cargo bench --bench search [-- QUOTES]` (default 1,000,000): fills a store in a temporary folder through the
//! same functions as the bot, stories of fifty lines of 10 to 35 words from 30,000 invented ones (as often as words
//! are in a language: the n-th has a share of 1/n), one story in ten in hangul, and prints the median and the 99th
//! percentile of each kind of question. It measures and fails nothing.

use daesa::{
    catalogue::{Catalogue, Scope},
    model::{About, Article, EntryId, Named, Quote, QuoteKind, Reading, Speaker, Subject, reading::Attribution},
    store::{NewStory, QuoteQuery, Store},
};
use std::time::{Duration, Instant};

const NOW: i64 = 1_800_000_000_000;
const LINES: usize = 50;
const WORDS: usize = 30_000;
const PEOPLE: usize = 2_000;
const DRAMAS: usize = 400;
/// Questions of each kind.
const QUESTIONS: usize = 400;
/// What `/quote` chooses from, and what a completion shows.
const CANDIDATES: u32 = 100;
const OFFERS: u32 = 25;

#[tokio::main]
async fn main() {
    let quotes: usize = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("daesa.db");
    let store = Store::open(&format!("sqlite://{}", file.display()), NOW)
        .await
        .expect("a store");
    let mut tongue = Tongue::new();
    let began = Instant::now();
    for story in 0..quotes / LINES {
        tell(&store, &mut tongue, story).await;
    }
    let size = std::fs::metadata(&file).map_or(0, |file| file.len()) >> 20;
    println!(
        "{quotes} lines filed in {:.0} s, {size} MiB",
        began.elapsed().as_secs_f64()
    );
    println!("| question | median | p99 | with an answer |\n|---|---|---|---|");
    by_words(&store, &mut tongue).await;
    while_typing(&store, &mut tongue).await;
    store.close().await.expect("closed");
}

async fn by_words(store: &Store, tongue: &mut Tongue) {
    let any = |_: &mut Tongue| (Vec::new(), Vec::new());
    let somebody = |tongue: &mut Tongue| (vec![person(tongue.below(PEOPLE))], Vec::new());
    let some_drama = |tongue: &mut Tongue| (Vec::new(), vec![drama(tongue.below(DRAMAS))]);
    let q = CANDIDATES;
    ask(store, tongue, "a rare word", q, any, |t| t.word_between(9_000, WORDS)).await;
    ask(store, tongue, "a middling word", q, any, |t| t.word_between(300, 9_000)).await;
    ask(store, tongue, "a common word", q, any, |t| t.word_between(0, 300)).await;
    ask(store, tongue, "two words", q, any, |t| {
        format!("{} {}", t.word(), t.word())
    })
    .await;
    ask(store, tongue, "three words of a line", q, any, |t| {
        let line = t.line(false);
        let pick = |n: usize| line[n * (line.len() - 1) / 2].clone();
        format!("{} {} {}", pick(2), pick(0), pick(1))
    })
    .await;
    ask(store, tongue, "a phrase of two words", q, any, |t| {
        format!("\"{} {}\"", t.word(), t.word())
    })
    .await;
    ask(store, tongue, "a phrase of three words", q, any, |t| {
        format!("\"{} {} {}\"", t.word(), t.word(), t.word_between(0, 300))
    })
    .await;
    ask(store, tongue, "a word in hangul", q, any, Tongue::hangul).await;
    ask(store, tongue, "a syllable of hangul", q, any, |t| {
        t.hangul().chars().take(1).collect()
    })
    .await;
    ask(store, tongue, "a person's word", q, somebody, Tongue::word).await;
    ask(store, tongue, "a word of a drama", q, some_drama, Tongue::word).await;
    for (kind, letters) in [("three", 3), ("four", 4), ("five", 5)] {
        let name = format!("an unfinished word, {kind} letters");
        ask(store, tongue, &name, q, any, |t| {
            t.word().chars().take(letters).collect()
        })
        .await;
    }
}

async fn while_typing(store: &Store, tongue: &mut Tongue) {
    let any = |_: &mut Tongue| (Vec::new(), Vec::new());
    for letters in 1..=6 {
        let name = format!("completing a line, {letters} letters typed");
        ask(store, tongue, &name, OFFERS, any, |t| {
            t.word().chars().take(letters).collect()
        })
        .await;
    }
    ask(store, tongue, "completing a line, two words typed", OFFERS, any, |t| {
        format!("{} {}", t.word(), t.word().chars().take(4).collect::<String>())
    })
    .await;
    let catalogue = Catalogue::shipped();
    let mut times = Vec::new();
    for typed in [
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
    ] {
        for _ in 0..30 {
            let began = Instant::now();
            let found = catalogue.suggest(typed, Scope::People, 200);
            let keys: Vec<String> = found
                .iter()
                .flat_map(|one| [one.entity.key(), format!("words:{}", one.name.to_lowercase())])
                .collect();
            store.with_lines(&keys).await.expect("an answer");
            times.push(began.elapsed());
        }
    }
    let all = times.len();
    row("completing a name, who has lines first", times, all);
}

/// Asks as `/quote` does; completions ask with the last word open.
async fn ask(
    store: &Store,
    tongue: &mut Tongue,
    kind: &str,
    limit: u32,
    of: impl Fn(&mut Tongue) -> (Vec<String>, Vec<String>),
    text: impl Fn(&mut Tongue) -> String,
) {
    let loved = ["❤".to_owned(), "😍".to_owned()];
    let (mut times, mut found) = (Vec::new(), 0);
    for _ in 0..QUESTIONS {
        let (speakers, dramas) = of(tongue);
        let text = text(tongue);
        let query = QuoteQuery {
            speakers: &speakers,
            dramas: &dramas,
            text: Some(&text),
            typing: limit == OFFERS,
            loved: if limit == OFFERS { &[] } else { &loved },
            limit,
        };
        let began = Instant::now();
        let hits = store.quotes(&query).await.expect("an answer");
        times.push(began.elapsed());
        found += usize::from(!hits.is_empty());
    }
    row(kind, times, found);
}

fn row(kind: &str, mut times: Vec<Duration>, found: usize) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "| {kind} | {:.2} ms | {:.2} ms | {found} of {} |",
        at(50),
        at(99),
        times.len()
    );
}

fn person(n: usize) -> String {
    format!("person:p{n}")
}

fn drama(n: usize) -> String {
    format!("drama:d{n}")
}

async fn tell(store: &Store, tongue: &mut Tongue, number: usize) {
    let hangul = number % 10 == 9;
    let lines: Vec<String> = (0..LINES).map(|_| tongue.line(hangul).join(" ")).collect();
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
    // No entry of a feed stands behind it.
    store.finish_entry(EntryId(0), &story, NOW).await.expect("filed");
}

/// An invented language, always the same.
struct Tongue {
    random: fastrand::Rng,
    words: Vec<String>,
    hangul: Vec<String>,
}

impl Tongue {
    fn new() -> Self {
        let mut random = fastrand::Rng::with_seed(7);
        let syllables = [
            "ba", "co", "de", "fi", "gra", "hu", "in", "ju", "ka", "lo", "me", "na", "or", "pe", "ri", "sta", "to",
            "un", "ve", "wi", "ya", "ze", "th", "er", "ou", "sh", "ing", "ed", "ly", "ment",
        ];
        let mut words = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while words.len() < WORDS {
            // Common words are short.
            let most = 1 + (words.len() + 1).ilog10() as usize;
            let word: String = (0..random.usize(1..=most.max(2)))
                .map(|_| syllables[random.usize(..30)])
                .collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let syllable = |random: &mut fastrand::Rng| char::from_u32(0xAC00 + random.u32(..11_172)).unwrap_or('가');
        let hangul = (0..WORDS)
            .map(|_| (0..random.usize(1..=3)).map(|_| syllable(&mut random)).collect())
            .collect();
        Self { random, words, hangul }
    }

    fn below(&mut self, most: usize) -> usize {
        self.random.usize(..most)
    }

    /// A place among `most`, the first ones more often: log-uniform, which is a share of 1/n.
    fn rank(&mut self, most: usize) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "tens of thousands")]
        let top = (most as f64).ln();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to `most`")]
        let at = (top * self.random.f64()).exp() as usize;
        at.min(most) - 1
    }

    /// A word as often as it is said.
    fn word(&mut self) -> String {
        let at = self.rank(WORDS);
        self.words[at].clone()
    }

    fn word_between(&mut self, from: usize, to: usize) -> String {
        let at = self.random.usize(from..to);
        self.words[at].clone()
    }

    fn hangul(&mut self) -> String {
        let at = self.rank(WORDS);
        self.hangul[at].clone()
    }

    fn line(&mut self, hangul: bool) -> Vec<String> {
        let particles = ["", "은", "가", "를", "에서", "도"];
        (0..self.random.usize(10..=35))
            .map(|_| match hangul {
                true => format!("{}{}", self.hangul(), particles[self.random.usize(..6)]),
                false => self.word(),
            })
            .collect()
    }
}
