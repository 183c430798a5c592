//! How long pictures take, and what they are made of: cards of lines, charts of rankings and moods, and the counts
//! for `/top` and `/mood` over many votes.
//!
//! `cargo bench --bench pictures [-- VOTES]` (default 1,000,000): fills a store in a temporary folder through the same
//! functions as the bot, a thousand stories in eight channels of four servers, and prints the median and the 99th
//! percentile of each kind beside its goal. It measures and fails nothing.

#[path = "timing.rs"]
mod timing;

use daesa::{
    model::{
        About, Answer, Article, ChannelId, Emoji, EntryId, Feeling, Feelings, GuildId, Lang, MessageId, Named, Quote,
        QuoteId, QuoteKind, Reading, Speaker, Step as Outcome, Subject, Terms, UserId, Venue, VoteBatch, VoteKey,
        answer::{Mood, Period, Ranked, Ranking, SaidLine, Span, Step, Style, TopBy},
        reading::Attribution,
    },
    store::{After, NewStory, Store, TopQuery},
    view::Picture,
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const NOW: i64 = 1_800_000_000_000;
const DAY: i64 = 86_400_000;
const STORIES: u64 = 1_000;
const CHANNELS: u64 = 8;
const SERVERS: u64 = 4;
const DRAMAS: u64 = 60;
const PEOPLE: u64 = 300;
const FELT: [(&str, &str); 5] = [
    ("love", "❤️"),
    ("laugh", "😂"),
    ("wow", "😮"),
    ("tears", "😭"),
    ("angry", "😡"),
];
/// Goal for the counts of an answer, milliseconds.
const COUNTS_GOAL: f64 = 50.0;
/// Rounds of each kind.
const ROUNDS: usize = 200;

#[tokio::main]
async fn main() {
    let votes: u64 = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(1_000_000);
    println!("| what | goal | median | p99 | |\n|---|---|---|---|---|");
    draw();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("daesa.db");
    let store = Store::open(&format!("sqlite://{}", file.display()), NOW)
        .await
        .expect("a store");
    fill(&store, votes).await;
    count(&store).await;
    store.close().await.expect("closed");
}

fn feelings() -> Feelings {
    let feeling = |(name, seed): (&str, &str)| Feeling {
        name: name.to_owned(),
        seed: seed.to_owned(),
        emoji: vec![Emoji::unicode(seed)],
    };
    Feelings(FELT.into_iter().map(feeling).collect())
}

/// Cards and charts as answers bring them, in both languages, each drawn to its last pixel.
fn draw() {
    let short = "I cried when I read the last page.";
    let long = "When I first read the script I thought that nobody would believe a man who talks to lanterns, but then \
                I met the people of the village where we filmed, and they all do, so I stopped acting and listened.";
    let hangul = "등불에게 말을 거는 사람을 누가 믿겠나 싶었는데, 촬영한 마을 사람들이 다 그러시더라고요 😭";
    // The first picture of all loads the fonts.
    let began = Instant::now();
    black_box(drawn(&line(short), Lang::En));
    println!(
        "| the first picture of a process, fonts and all | – | {:.1} ms | – | |",
        began.elapsed().as_secs_f64() * 1e3
    );
    for (name, text) in [
        ("a card, a short line", short),
        ("a card, a long line", long),
        ("a card in hangul", hangul),
    ] {
        let answer = line(text);
        time(name, None, || black_box(drawn(&answer, Lang::Ko)));
    }
    for (name, answer) in [
        ("a chart of ten stories", top(TopBy::Story)),
        ("a chart of feelings", top(TopBy::Feeling)),
        ("a mood over twelve weeks", mood(12)),
        ("a mood of one story", mood(0)),
    ] {
        time(name, None, || black_box(drawn(&answer, Lang::En)));
    }
}

fn drawn(answer: &Answer, lang: Lang) -> usize {
    let picture = Picture::of(answer, lang, &feelings()).expect("a picture");
    picture.draw().expect("it is drawn").bytes.len()
}

fn line(text: &str) -> Answer {
    Answer::Said(SaidLine {
        quote: QuoteId(1),
        text: text.to_owned(),
        speaker: Some("Moon Ji Won".into()),
        actor: None,
        role: Some("Do Yun".into()),
        kind: QuoteKind::Cast,
        drama: Some("The Lantern Keeper".into()),
        title: "A headline".into(),
        url: None,
        source: "News".into(),
        at: NOW,
        another: None,
        same_drama: None,
        style: Style::Card,
    })
}

fn ranked(name: String, at: u64) -> Ranked {
    let votes = [41, 17, 5, 13, 3].map(|most| most * (10 - at.min(9)));
    Ranked {
        name,
        url: None,
        feelings: votes.to_vec(),
        other: at,
        note: None,
    }
}

fn top(by: TopBy) -> Answer {
    let name = |at| format!("Moon Ji Won Says Goodbye To “The Lantern Keeper” 등불지기 {at}");
    let rows = if by == TopBy::Feeling { 5 } else { 10 };
    Answer::Top(Ranking {
        period: Period::Week,
        by,
        feeling: None,
        drama: None,
        everywhere: false,
        total: ranked(String::new(), 0),
        rows: (0..rows)
            .map(|at| match by {
                TopBy::Feeling => ranked(FELT[usize::try_from(at).unwrap_or(0)].0.to_owned(), at),
                _ => ranked(name(at), at),
            })
            .collect(),
    })
}

fn mood(weeks: u64) -> Answer {
    let span = |at: u64| Span {
        from: NOW + i64::try_from(at).unwrap_or(0) * 7 * DAY,
        votes: ranked(String::new(), at),
    };
    Answer::Mood(Mood {
        name: Some("The Lantern Keeper".into()),
        everywhere: false,
        total: ranked("The Lantern Keeper".into(), 0),
        over: (0..weeks).map(span).collect(),
        step: Step::Week,
        recent: (0..5).map(|at| ranked(format!("Story {at}"), at)).collect(),
    })
}

/// Stories of the last hundred days, posted to every channel, and votes on the posts.
async fn fill(store: &Store, votes: u64) {
    let began = Instant::now();
    for channel in 0..CHANNELS {
        let place = (GuildId(1 + channel % SERVERS), ChannelId(100 + channel), Venue::Channel);
        let terms = Terms::default();
        let added = store.subscribe(place, &Subject::Everything, "everything", &terms, NOW);
        added.await.expect("followed");
    }
    let mut posts = Vec::new();
    for story in 0..STORIES {
        let at = NOW - 100 * DAY + i64::try_from(story).unwrap_or(0) * DAY / 10;
        tell(store, story, at).await;
        loop {
            let claims = store.claim(at, 60_000, 100).await.expect("claimed");
            if claims.is_empty() {
                break;
            }
            for claim in claims {
                let message = MessageId(1_000_000 + posts.len() as u64);
                let step = Outcome::Sent(Some(message));
                let after = After {
                    seeds: &[],
                    venue: Some(Venue::Channel),
                };
                store.settle(&claim, &step, after, at).await.expect("settled");
                posts.push(message);
            }
        }
    }
    let mut random = fastrand::Rng::with_seed(3);
    let each = votes / posts.len() as u64;
    for some in posts.chunks(80) {
        let mut added = Vec::new();
        for (post, user) in some.iter().flat_map(|post| (0..each).map(move |user| (*post, user))) {
            let emoji = Emoji::unicode(FELT[random.usize(..FELT.len())].1);
            let key = VoteKey {
                message: post,
                emoji,
                user: UserId(10_000 + user),
                way: daesa::model::Way::Reaction,
            };
            added.push((key, false));
        }
        let batch = VoteBatch {
            added,
            ..VoteBatch::default()
        };
        store.apply_votes(&[batch], NOW).await.expect("counted");
    }
    println!(
        "| {} votes on {} posts of {STORIES} stories, filed in {:.0} s | | | | |",
        each * posts.len() as u64,
        posts.len(),
        began.elapsed().as_secs_f64()
    );
}

async fn tell(store: &Store, number: u64, at: i64) {
    let drama = Named {
        name: format!("Drama {}", number % DRAMAS),
        key: format!("drama:d{}", number % DRAMAS),
    };
    let people: Vec<Named> = (0..4)
        .map(|n| (number * 7 + n * 31) % PEOPLE)
        .map(|n| Named {
            name: format!("Person {n}"),
            key: format!("person:p{n}"),
        })
        .collect();
    let body = "A line that somebody said.".to_owned();
    let by = Attribution {
        speaker: Some(people[0].name.clone()),
        actor: None,
        kind: QuoteKind::Cast,
        confidence: 0.9,
    };
    let span = 0..body.len();
    let reading = Reading {
        quotes: vec![Quote::cut(&body, vec![span], by).expect("a line of the body")],
        title: format!("Story {number}"),
        body,
        ..Reading::default()
    };
    let subject = Subject::from_key(&drama.key).expect("a drama's key");
    let about = About {
        speakers: vec![Speaker {
            keys: vec![people[0].key.clone()],
            role: None,
        }],
        dramas: vec![drama],
        people,
        subjects: vec![Subject::Everything, subject],
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
        key_quotes: &[0],
        look_again: None,
        twin: None,
    };
    // No entry of a feed stands behind it.
    store.finish_entry(EntryId(0), &story, at).await.expect("filed");
}

/// What `/top` and `/mood` ask the store for.
async fn count(store: &Store) {
    for (place, guild) in [("a server", Some(GuildId(1))), ("everywhere", None)] {
        for (period, since) in [("week", NOW - 7 * DAY), ("all", 0)] {
            for by in [TopBy::Story, TopBy::Drama, TopBy::Person, TopBy::Quote, TopBy::Feeling] {
                let query = TopQuery {
                    guild,
                    since,
                    by,
                    drama: None,
                    limit: 10,
                };
                let mut times = Vec::new();
                for _ in 0..ROUNDS / 4 {
                    let began = Instant::now();
                    match by {
                        TopBy::Feeling => strongest(store, query).await,
                        _ => drop(store.top(&query).await.expect("a ranking")),
                    }
                    times.push(began.elapsed());
                }
                row(&format!("/top {period} by {by:?}, {place}"), Some(COUNTS_GOAL), times);
            }
        }
        for (of, subject) in [("everything", None), ("a drama", Some("drama:d7"))] {
            let mut times = Vec::new();
            for _ in 0..ROUNDS / 4 {
                let began = Instant::now();
                store.mood(guild, 0, subject, 5).await.expect("a mood");
                let since = NOW - 84 * DAY;
                let spans = store.mood_over(guild, subject, (since, 7 * DAY, 12)).await;
                spans.expect("a mood over time");
                times.push(began.elapsed());
            }
            row(&format!("/mood of {of}, {place}"), Some(COUNTS_GOAL), times);
        }
    }
}

/// As `/top` by feeling asks: all votes, and for each feeling the story that brought most of it.
async fn strongest(store: &Store, query: TopQuery<'_>) {
    let all = store.mood(query.guild, query.since, query.drama, 0).await;
    all.expect("a mood");
    let feelings: Vec<Vec<String>> = FELT.iter().map(|(_, seed)| vec![Emoji::unicode(seed).key()]).collect();
    store.strongest_of(&query, &feelings).await.expect("a ranking");
}

fn time<T>(name: &str, goal: Option<f64>, mut of: impl FnMut() -> T) {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        of();
        times.push(began.elapsed());
    }
    row(name, goal, times);
}

fn row(name: &str, goal: Option<f64>, mut times: Vec<Duration>) {
    if let Some(found) = timing::middle_and_end(&mut times) {
        println!("| {name} | {} |", timing::cells(goal, found));
    }
}
