//! The seed, a real article in every form it comes in: read to the letter, posted once, quoted.

use crate::{
    harness::{Play, words},
    skip,
};
use serde_json::Value;
use std::{fs, path::PathBuf};

const EVERYBODY: &str = "!subscribe lovers of the red sky";
/// A line of Ahn Hyo Seop's ends in one of these.
const HIS: [&str; 2] = [
    "You really ran while holding the peach!",
    "from the cold winter to the hot weather.",
];

fn seed(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/seed")
        .join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(seed(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn is_here(test: &str) -> bool {
    let here = seed("reading.json").exists();
    if !here {
        skip::without("shared", test);
    }
    here
}

/// The reading as the seed has it: without what it does not say.
fn wanted() -> Value {
    let mut wanted: Value = serde_json::from_str(&text("reading.json")).expect("JSON");
    for key in ["id", "title", "not_quotes"] {
        wanted.as_object_mut().expect("an object").shift_remove(key);
    }
    sorted(wanted)
}

/// In which order people are named is not said.
fn sorted(mut reading: Value) -> Value {
    let mut people: Vec<String> = serde_json::from_value(reading["people"].take()).expect("names");
    people.sort();
    reading["people"] = people.into();
    reading
}

/// Of a whole reading what the seed speaks of.
fn told(reading: &Value) -> Value {
    let quote =
        |quote: &Value| serde_json::json!({"text": quote["text"], "speaker": quote["speaker"], "kind": quote["kind"]});
    let quotes: Vec<Value> = reading["quotes"]
        .as_array()
        .expect("quotes")
        .iter()
        .map(quote)
        .collect();
    sorted(serde_json::json!({
        "drama": reading["drama"],
        "network": reading["network"],
        "people": reading["people"],
        "quotes": quotes,
    }))
}

#[test]
fn the_seed_is_read_to_the_letter_in_every_form() {
    if !is_here("the seed is read to the letter") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["page.html", "article.html", "article.txt"] {
        let read = std::process::Command::new(env!("CARGO_BIN_EXE_daesa"))
            .env_clear()
            .current_dir(folder.path())
            .args(["read", "--json"])
            .arg(fs::canonicalize(seed(name)).expect("a path"))
            .output()
            .expect("daesa runs");
        assert!(
            read.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&read.stderr)
        );
        let reading: Value = serde_json::from_slice(&read.stdout).expect("JSON");
        let (want, got) = (format!("{:#}", wanted()), format!("{:#}", told(&reading)));
        assert_eq!(want, got, "{name}");
        assert!(
            !reading["summary"].as_str().unwrap_or_default().is_empty(),
            "{name}: no summary"
        );
        is_verbatim(&reading, name);
    }
}

/// Every quote is its parts of the body, joined by one space.
fn is_verbatim(reading: &Value, name: &str) {
    let body = reading["body"].as_str().expect("a body");
    for quote in reading["quotes"].as_array().expect("quotes") {
        let end = |part: &Value, at: usize| {
            part[at]
                .as_u64()
                .and_then(|end| usize::try_from(end).ok())
                .expect("an offset")
        };
        let parts = quote["parts"].as_array().expect("parts").iter();
        let cut: Vec<&str> = parts.map(|part| &body[end(part, 0)..end(part, 1)]).collect();
        assert_eq!(quote["text"], cut.join(" "), "{name}");
    }
}

/// The seed's feed on the sandbox's site, followed, posted, quoted; `pages` is how often its page is fetched.
async fn played(feed: &str, page: Option<&str>, pages: u64) {
    let mut play = Play::begin().await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, EVERYBODY).await;
    play.sandbox.site().play(feed, page);
    let post = play
        .wait(
            |world| {
                let mut said = world.bot_messages_in(news).into_iter();
                said.find(|message| words(message).contains("Final Kiss Scene"))
                    .cloned()
            },
            "a post of the seed",
        )
        .await;
    play.take(post.id);
    for part in ["SBS", "Ahn Hyo Seop", "Kim Yoo Jung", "Kwak Si Yang", "Gong Myung"] {
        assert!(words(&post).contains(part), "no {part} in {}", words(&post));
    }
    let address = post.embeds[0]["url"].as_str().expect("a link").to_owned();
    play.seeded(post.id).await;
    for asked in ["!quote ahn hyo seop", "!quote Ahn Hyo-seop", "!quote 안효섭"] {
        let line = words(&play.ask(jun, news, asked).await);
        assert!(HIS.iter().any(|his| line.contains(his)), "{asked}: {line}");
        for part in ["Ahn Hyo Seop", "Lovers of the Red Sky", address.as_str()] {
            assert!(line.contains(part), "{asked}: no {part} in {line}");
        }
    }
    play.sandbox.react(jun, post.id, "😭", false).expect("a vote");
    let top = words(&play.ask(jun, news, "!top").await);
    assert!(top.contains("Final Kiss Scene") && top.contains("😭"), "{top}");
    assert_eq!(
        play.sandbox.site().counts().pages,
        pages,
        "how often the page was fetched"
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_seeds_feed_is_posted_once_and_quoted() {
    if is_here("the seed's feed is posted and quoted") {
        played(&text("feed.xml"), None, 0).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_is_fetched_when_the_feed_has_an_excerpt() {
    if is_here("the seed's page is fetched for its excerpt") {
        played(&text("feed-excerpt.xml"), Some(&text("page.html")), 1).await;
    }
}
