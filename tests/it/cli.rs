//! The command line as people and scripts rely on it: what goes in, what comes out, and how it ends.

use daesa_sandbox::{Article, Sandbox, Settings};
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Output, Stdio},
};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use crate::{harness::PATIENCE, story::CLINIC};

/// A folder to work in, with names that no catalogue knows.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let names = "name\thangul\tkind\nThe Tidewater Clinic\t물때 의원\tdrama\nRyu Da On\t류다온\tperson\n";
    fs::write(folder.path().join("names.tsv"), names).expect("names");
    fs::write(folder.path().join("clinic.html"), CLINIC).expect("an article");
    folder
}

/// The binary with a cleared environment; nothing that it could reach is a real Discord.
fn daesa(folder: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_daesa"));
    command
        .env_clear()
        .env("DISCORD_API", "http://127.0.0.1:9")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut child = daesa(folder).args(args).spawn().expect("daesa runs");
    // Whoever does not read its input to the end has closed it, and says so in its own words.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What it prints, when it ends well and has nothing to complain of.
fn printed(folder: &Path, args: &[&str], input: &str) -> String {
    let output = run(folder, args, input);
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "{args:?}: words about the work");
    text(&output.stdout)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

const READING: [&str; 11] = [
    "body",
    "characters",
    "drama",
    "id",
    "kind",
    "network",
    "people",
    "quotes",
    "summary",
    "title",
    "url",
];

#[test]
fn a_reading_has_the_keys_of_its_contract() {
    let folder = folder();
    let title = "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”";
    let reading = parsed(&printed(
        folder.path(),
        &["read", "clinic.html", "--title", title, "--json"],
        "",
    ));
    assert_eq!(keys(&reading), READING);
    assert_eq!(reading["title"], title);
    assert_eq!(reading["kind"], "making-of");
    assert_eq!(reading["drama"], json!(["The Tidewater Clinic"]));
    assert_eq!(reading["network"], "SBS");
    assert!(reading["characters"].is_object() && reading["id"].is_null() && reading["url"].is_null());
    let quote = &reading["quotes"][0];
    assert_eq!(keys(quote), ["actor", "confidence", "kind", "parts", "speaker", "text"]);
    assert_eq!(
        (quote["speaker"].as_str(), quote["kind"].as_str()),
        (Some("Ryu Da On"), Some("cast"))
    );
    let at = |end: usize| {
        quote["parts"][0][end]
            .as_u64()
            .and_then(|at| usize::try_from(at).ok())
            .expect("an offset")
    };
    assert_eq!(&reading["body"].as_str().expect("a body")[at(0)..at(1)], quote["text"]);

    let from_input = parsed(&printed(folder.path(), &["read", "--title", title, "--json"], CLINIC));
    assert_eq!(from_input, reading, "a file and standard input are the same");
    let dashed = parsed(&printed(
        folder.path(),
        &["read", "-", "--title", title, "--json"],
        CLINIC,
    ));
    assert_eq!(dashed, reading, "`-` is standard input");
}

#[test]
fn names_of_ones_own_are_known_beside_the_built_in_ones_or_alone() {
    let folder = folder();
    let ask = |more: &[&str], name: &str| {
        let args = [&["names", "--json"], more, &[name]].concat();
        parsed(&printed(folder.path(), &args, ""))
    };
    let own = ["--catalogue", "names.tsv"];
    assert_eq!(ask(&own, "류다온")["candidates"][0]["name"], "Ryu Da On");
    assert_eq!(ask(&own, "안효섭")["candidates"][0]["name"], "Ahn Hyo Seop");
    let alone = ask(&["--catalogue", "names.tsv", "--only"], "안효섭");
    assert_eq!(
        (&alone["decision"], alone["candidates"].as_array().map(Vec::len)),
        (&json!("none"), Some(0))
    );
}

#[test]
fn names_answer_as_their_contract_says() {
    let folder = folder();
    let found = parsed(&printed(folder.path(), &["names", "ahn", "hyo", "seop", "--json"], ""));
    assert_eq!(keys(&found), ["candidates", "decision", "query"]);
    assert_eq!(
        (&found["query"], &found["decision"]),
        (&json!("ahn hyo seop"), &json!("answer"))
    );
    let first = &found["candidates"][0];
    assert_eq!(keys(first), ["hangul", "kind", "name", "score", "tier"]);
    assert_eq!(
        (&first["name"], &first["hangul"], &first["kind"]),
        (&json!("Ahn Hyo Seop"), &json!("안효섭"), &json!("person"))
    );
    assert!(first["score"].is_number() && first["tier"].is_string());

    let queries = ["ahn hyo sup", "안효섭", "", "lovers of the red sky", "zzzz qqqq"];
    let input: String = queries
        .iter()
        .map(|query| json!({"query": query}).to_string() + "\n")
        .collect();
    // An empty line, as files end with one, is no question.
    let lines = printed(folder.path(), &["names", "--jsonl"], &(input + "\n"));
    let answers: Vec<Value> = lines.lines().map(parsed).collect();
    let echoed: Vec<&str> = answers.iter().filter_map(|answer| answer["query"].as_str()).collect();
    assert_eq!(echoed, queries, "a line out for each line in, in order");
    for answer in &answers {
        let all = answer["candidates"].as_array().expect("candidates");
        let scores: Vec<f64> = all.iter().filter_map(|candidate| candidate["score"].as_f64()).collect();
        assert!(
            scores.len() == all.len() && all.len() <= 10 && scores.is_sorted_by(|a, b| a >= b),
            "best first: {answer}"
        );
        assert!(
            ["answer", "offer", "none"]
                .iter()
                .any(|known| answer["decision"] == *known),
            "{answer}"
        );
    }
    assert_eq!(answers[4]["decision"], "none");
}

#[tokio::test]
async fn readings_come_line_by_line_while_the_input_is_still_open() {
    let folder = folder();
    let mut child = tokio::process::Command::from(daesa(folder.path()))
        .args(["read", "--jsonl"])
        .kill_on_drop(true)
        .spawn()
        .expect("daesa runs");
    let mut input = child.stdin.take().expect("piped");
    let mut output = BufReader::new(child.stdout.take().expect("piped")).lines();
    for (id, html) in [("first", CLINIC), ("empty", ""), ("third", "Nothing in marks at all.")] {
        let line = json!({"id": id, "title": "A headline", "html": html}).to_string() + "\n";
        input.write_all(line.as_bytes()).await.expect("written");
        input.flush().await.expect("written");
        let line = tokio::time::timeout(PATIENCE, output.next_line())
            .await
            .expect("an answer before the next line");
        let reading = parsed(&line.expect("read").expect("a line"));
        assert_eq!(keys(&reading), READING);
        assert_eq!(
            (reading["id"].as_str(), reading["title"].as_str()),
            (Some(id), Some("A headline"))
        );
    }
    drop(input);
    assert!(child.wait().await.expect("it ends").success());
    assert_eq!(
        output.next_line().await.expect("read"),
        None,
        "nothing after the last reading"
    );
}

#[test]
fn a_line_that_is_no_article_is_named() {
    let folder = folder();
    let good = json!({"id": "1", "title": "T", "html": "<p>x</p>"});
    let output = run(folder.path(), &["read", "--jsonl"], &format!("{good}\nnot json\n"));
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("line 2"), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout).lines().count(), 1, "what came before is read");
}

#[test]
fn an_extracted_article_has_the_keys_of_its_contract() {
    let folder = folder();
    let page = format!(
        "<!doctype html><html><head><title>Rubber Boots | Lantern</title>\
         <meta property=\"og:title\" content=\"Rubber Boots\">\
         <meta property=\"article:published_time\" content=\"2024-03-01T09:30:00+09:00\"></head>\
         <body><nav>Home</nav><article><h1>Rubber Boots</h1>{CLINIC}</article></body></html>"
    );
    let article = parsed(&printed(folder.path(), &["read", "--article"], &page));
    let all = [
        "author",
        "clip",
        "image",
        "paragraphs",
        "published",
        "title",
        "url",
        "watch",
    ];
    assert_eq!(keys(&article), all, "what is missing is null");
    assert_eq!(
        (&article["title"], &article["published"]),
        (&json!("Rubber Boots"), &json!("2024-03-01T00:30:00Z"))
    );
    assert!(article["author"].is_null() && article["watch"].is_null());
    let paragraphs = article["paragraphs"].as_array().expect("paragraphs");
    assert!(
        paragraphs.iter().all(|paragraph| keys(paragraph) == ["kind", "text"]),
        "{article}"
    );
    assert!(paragraphs.iter().any(|paragraph| {
        paragraph["text"]
            .as_str()
            .is_some_and(|text| text.contains("rubber boots"))
    }));
    assert!(!article.to_string().contains("Home"), "nothing of the page around");
}

#[test]
fn a_card_has_no_colour_in_a_pipe_and_explains_itself_when_asked() {
    let folder = folder();
    let card = printed(folder.path(), &["read", "clinic.html"], "");
    assert!(!card.contains('\u{1b}'), "escapes in a pipe: {card:?}");
    for part in [
        "The Tidewater Clinic",
        "SBS",
        "Ryu Da On",
        "The patient weighs more than both of us together.",
    ] {
        assert!(card.contains(part), "no {part} in\n{card}");
    }
    let why = printed(folder.path(), &["read", "clinic.html", "--explain"], "");
    assert!(
        why.contains("The Tidewater Clinic") && why.contains("rubber boots") && !why.contains('\u{1b}'),
        "{why}"
    );
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = folder();
    let mut child = daesa(folder.path())
        .args(["read", "--jsonl"])
        .spawn()
        .expect("daesa runs");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("piped");
    let line = json!({"id": "1", "title": "T", "html": CLINIC}).to_string() + "\n";
    // It may end before all is written.
    for _ in 0..50 {
        if input.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(text(&output.stderr), "");
}

const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Lantern</title><link>https://lantern.test/</link>
<item><title>Rain &amp; Shine</title><link>/rain</link><guid>rain-1</guid><pubDate>Fri, 01 Mar 2024 09:30:00 +0900</pubDate>
<category>TV</category><description>Short.</description>
<enclosure url="https://lantern.test/rain.jpg" type="image/jpeg" length="1234"/></item>
<item><title>No more</title></item></channel></rss>"#;

#[test]
fn a_feed_is_printed_as_its_contract_says() {
    let folder = folder();
    fs::write(folder.path().join("feed.xml"), FEED).expect("a feed");
    let feed = parsed(&printed(
        folder.path(),
        &["feed", "feed.xml", "--base", "https://lantern.test/feed", "--json"],
        "",
    ));
    assert_eq!(keys(&feed), ["entries", "link", "problems", "title"]);
    assert_eq!(
        (&feed["title"], &feed["link"]),
        (&json!("Lantern"), &json!("https://lantern.test/"))
    );
    let entries = feed["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), 2, "{feed:#}");
    let all = [
        "author",
        "content",
        "enclosures",
        "id",
        "image",
        "link",
        "published",
        "summary",
        "tags",
        "title",
        "updated",
    ];
    assert!(
        entries.iter().all(|entry| keys(entry) == all),
        "what is missing is null: {feed:#}"
    );
    let rain = &entries[0];
    assert_eq!(
        (&rain["id"], &rain["title"]),
        (&json!("rain-1"), &json!("Rain & Shine"))
    );
    assert_eq!(
        (&rain["link"], &rain["published"]),
        (&json!("https://lantern.test/rain"), &json!("2024-03-01T00:30:00Z"))
    );
    assert_eq!((&rain["tags"], &rain["summary"]), (&json!(["TV"]), &json!("Short.")));
    assert!(
        rain["content"].is_null() && rain["author"].is_null() && rain["updated"].is_null(),
        "{rain:#}"
    );
    let file = json!({"url": "https://lantern.test/rain.jpg", "type": "image/jpeg", "length": 1234});
    assert_eq!(rain["enclosures"], json!([file]));
    assert!(
        entries[1]["published"].is_null() && entries[1]["tags"] == json!([]),
        "{feed:#}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_is_fetched_as_the_watcher_would() {
    let folder = folder();
    let sandbox = Sandbox::start(Settings::default()).await.expect("a news site");
    let url = sandbox.site().publish(Article {
        slug: "boots".to_owned(),
        title: "Rubber “Boots”".to_owned(),
        html_body: CLINIC.to_owned(),
        author: "Nam Soon Byul".to_owned(),
        published: 1_709_253_000_000,
        ..Article::default()
    });
    fs::write(folder.path().join("own.toml"), "[http]\nallow_loopback = true\n").expect("settings");
    let fetch = |config: &str| {
        let mut command = daesa(folder.path());
        command
            .env("DAESA_CONFIG", config)
            .args(["feed", "--json", &sandbox.site().feed_url()]);
        tokio::process::Command::from(command).output()
    };
    let output = fetch("own.toml").await.expect("daesa runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let feed = parsed(&text(&output.stdout));
    let entry = &feed["entries"][0];
    assert_eq!(
        (&entry["link"], &entry["title"]),
        (&json!(url), &json!("Rubber “Boots”"))
    );
    assert_eq!(
        (&entry["author"], &entry["published"]),
        (&json!("Nam Soon Byul"), &json!("2024-03-01T00:30:00Z"))
    );

    fs::write(folder.path().join("strict.toml"), "").expect("settings");
    let refused = fetch("strict.toml").await.expect("daesa runs");
    assert_eq!(
        refused.status.code(),
        Some(1),
        "this machine's own addresses are not asked"
    );
    assert_eq!(text(&refused.stdout), "");
    assert!(!text(&refused.stderr).is_empty());
    sandbox.stop().await.expect("the sandbox stops");
}

#[test]
fn every_subcommand_helps_with_an_example() {
    let folder = folder();
    for command in ["run", "read", "names", "feed", "check", "backup", "export", "import"] {
        let help = printed(folder.path(), &[command, "--help"], "");
        assert!(
            help.contains("Example") && help.contains(&format!("daesa {command}")),
            "{command}:\n{help}"
        );
    }
    assert!(printed(folder.path(), &["--help"], "").contains("Example: daesa "));
    assert!(printed(folder.path(), &["--version"], "").starts_with("daesa "));
}

#[test]
fn what_cannot_be_tried_is_said_in_a_line_and_ends_with_2() {
    let folder = folder();
    fs::create_dir(folder.path().join("a-folder")).expect("a folder");
    for (args, word) in [
        (&["read", "nowhere.html"][..], "nowhere.html"),
        (&["read", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl"),
        (&["read", "a-folder"], "a-folder"),
        (&["feed", "nowhere.xml"], "nowhere.xml"),
        (&["names"], "names"),
        (&["names", "x", "--catalogue", "nowhere.tsv"], "nowhere.tsv"),
        (&["raed"], "raed"),
        (&["read", "--jsno"], "--jsno"),
    ] {
        let output = run(folder.path(), args, "");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(word) && !said.contains("panicked"), "{args:?}: {said}");
        assert_eq!(text(&output.stdout), "", "{args:?}: results");
    }
    let noise = run(folder.path(), &["feed", "-"], "neither a feed nor a page");
    assert_eq!(noise.status.code(), Some(1), "{}", text(&noise.stderr));
}
