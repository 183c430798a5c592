//! How fast articles are read, that the cost grows with the text and no faster, and the memory it takes.
//!
//! `cargo bench --bench reading`: prints a table with the target beside each figure. It measures and
//! fails nothing; the tests hold what must hold. Times are the best of several rounds on one core.
//! Memory is the peak of a process of its own that reads one input, less that of one that reads nothing.

use daesa::catalogue::Catalogue;
use daesa::{page, reading};
use std::fmt::Write;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

const CORPUS: &str = include_str!("../articles/corpus/dev.jsonl");
/// Marks the child process that reads one input.
const CHILD: &str = "--reads";
const MB: f64 = 1e6;

/// What stands in an input, and how it is written for a size in bytes.
type Input = (&'static str, fn(usize) -> String);

/// Plain text, and texts that hostile hands would write.
const TEXTS: [Input; 7] = [
    ("prose", prose),
    ("quote marks", |size| "“a” \"b\" ‘c’ ".repeat(size / 22)),
    ("open marks", |size| "“ ‘ \" ' ".repeat(size / 12)),
    ("one sentence", |size| "and then Kim Bo Ra said that ".repeat(size / 29)),
    ("names", names),
    ("a word", |size| "a".repeat(size)),
    ("attributions", |size| {
        "“Yes, I do,” she said. He replied, “No.” ".repeat(size / 49)
    }),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|a| a == CHILD) {
        return child(arguments.get(at + 1).map_or("", String::as_str));
    }
    println!("| figure | measured | target |\n|---|---|---|");
    let catalogue = Catalogue::shipped();
    speed(&catalogue);
    linear(&catalogue);
    memory();
}

fn articles() -> Vec<(String, String)> {
    let field = |article: &serde_json::Value, name: &str| article[name].as_str().unwrap_or_default().to_owned();
    CORPUS
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .map(|article| (field(&article, "title"), field(&article, "html")))
        .collect()
}

fn speed(catalogue: &Catalogue) {
    const ROUNDS: usize = 200;
    let articles = articles();
    let bytes: usize = articles.iter().map(|(_, html)| html.len()).sum();
    let extract = || -> Vec<_> {
        let read = articles
            .iter()
            .map(|(title, html)| page::from_fragment(html, title, None));
        read.collect()
    };
    let pages = extract();
    let page = best(ROUNDS, extract);
    let read = best(ROUNDS, || {
        for article in &pages {
            black_box(reading::read(article, catalogue));
        }
    });
    let row = |what: &str, time: Duration, target: &str| {
        let second = time.as_secs_f64();
        let (rate, mb) = (articles.len() as f64 / second, bytes as f64 / MB / second);
        println!("| {what} | {rate:.0} articles/s, {mb:.1} MB/s | {target} |");
    };
    row("HTML in, reading out, one core", page + read, "8000 articles/s");
    row("… the page alone", page, "");
    row("… the reading alone", read, "");
}

/// Ten times the text, how many times the time.
fn linear(catalogue: &Catalogue) {
    const SMALL: usize = 100_000;
    for (what, write) in TEXTS {
        let time = |size: usize| {
            let text = write(size);
            best(3, || {
                reading::read(&page::from_text(&text, Some("A headline")), catalogue)
            })
        };
        let (one, ten) = (time(SMALL), time(SMALL * 10));
        grown(&format!("{what}: text of 0.1 → 1 MB"), one, ten);
    }
    let time = |size: usize| {
        let html = markup(size);
        best(2, || reading::read(&page::from_page(&html, None), catalogue))
    };
    grown("page of 0.4 → 4 MB", time(400_000), time(4_000_000));
    let time = |size: usize| {
        let text = prose(size);
        best(2, || reading::read(&page::from_text(&text, None), catalogue))
    };
    grown("prose: text of 0.4 → 4 MB", time(400_000), time(4_000_000));
    let text = prose(10_000_000);
    let took = best(1, || reading::read(&page::from_text(&text, None), catalogue));
    println!("| text of 10 MB (cut off at 4 MiB) | {took:.0?} | ends |");
}

fn grown(what: &str, one: Duration, ten: Duration) {
    let times = ten.as_secs_f64() / one.as_secs_f64().max(1e-9);
    println!("| {what} | {times:.1} times the time ({one:.1?} → {ten:.1?}) | 10 |");
}

fn memory() {
    let Some(idle) = peak("nothing") else {
        println!("| memory | SKIPPED: no /proc here | |");
        return;
    };
    for (what, name, size, target) in [
        ("1 MB of prose", "prose-1", 1.0, "≤ 8 × the input"),
        ("4 MB of prose", "prose-4", 4.0, "≤ 8 × the input"),
        ("page of 4 MB", "page-4", 4.0, "≤ 128 MB"),
        ("page of 4 MB, nothing but tags", "tags-4", 4.0, "≤ 128 MB"),
        ("page of 4 MB, nothing but marks", "marks-4", 4.0, "≤ 128 MB"),
        ("page of 4 MB, nothing but names", "names-4", 4.0, "≤ 128 MB"),
    ] {
        if let Some(peak) = peak(name) {
            let more = peak.saturating_sub(idle) as f64 / MB;
            // The input itself is held by whoever reads it.
            println!(
                "| memory: {what} | {more:.1} MB, {:.1} × the input | {target} |",
                more / size
            );
        }
    }
}

/// The most memory that a process took for one input, in bytes.
fn peak(input: &str) -> Option<u64> {
    let own = std::env::current_exe().ok()?;
    let output = Command::new(own).args([CHILD, input]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn child(name: &str) {
    let catalogue = Catalogue::shipped();
    // The tables are built at the first reading.
    black_box(reading::read(
        &page::from_text("Kim said, “Yes, I will.”", None),
        &catalogue,
    ));
    match name {
        "prose-1" => text(&prose(1_000_000), &catalogue),
        "prose-4" => text(&prose(4_000_000), &catalogue),
        "page-4" => whole(&markup(4_000_000), &catalogue),
        "tags-4" => whole(&"<p><b>a</b>".repeat(363_000), &catalogue),
        "marks-4" => whole(&format!("<html><body><p>{}", "“a” ".repeat(500_000)), &catalogue),
        "names-4" => whole(&format!("<html><body><p>{}", names(4_000_000)), &catalogue),
        _ => {}
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = most.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    if let Some(kib) = kib {
        println!("{}", kib * 1024);
    }
}

fn text(text: &str, catalogue: &Catalogue) {
    black_box(reading::read(&page::from_text(text, None), catalogue));
}

fn whole(html: &str, catalogue: &Catalogue) {
    black_box(reading::read(&page::from_page(html, None), catalogue));
}

/// The corpus's text again and again, as plain text of about so many bytes.
fn prose(size: usize) -> String {
    let mut stories = String::new();
    for (title, html) in articles() {
        for paragraph in page::from_fragment(&html, &title, None).paragraphs {
            stories.push_str(&paragraph.text);
            stories.push_str("\n\n");
        }
    }
    stories.repeat(size / stories.len().max(1) + 1)[..]
        .chars()
        .take(size)
        .collect()
}

/// The corpus's text as one page of about so many bytes: without the lines that end an article.
fn markup(size: usize) -> String {
    let stories: String = articles()
        .into_iter()
        .flat_map(|(title, html)| page::from_fragment(&html, &title, None).paragraphs)
        .map(|paragraph| format!("<p>{}</p>\n", paragraph.text))
        .collect();
    let times = size / stories.len().max(1);
    format!(
        "<html><head><title>Long</title></head><body><article>{}</article></body></html>",
        stories.repeat(times)
    )
}

/// A thousand different names, each said something, over and over.
fn names(size: usize) -> String {
    const SURNAMES: [&str; 10] = [
        "Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Yoon", "Seo", "Han", "Moon",
    ];
    const SYLLABLES: [&str; 10] = ["Bo", "Ra", "Ji", "Won", "Ha", "Neul", "Seok", "Min", "Jae", "Yi"];
    let mut text = String::with_capacity(size + 64);
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        let part = |place: usize| number / 10_usize.pow(place as u32) % 10;
        let (surname, first, second) = (SURNAMES[part(0)], SYLLABLES[part(1)], SYLLABLES[part(2)]);
        // Writing to a string cannot fail.
        let _ = write!(text, "{surname} {first} {second} said, “I saw {surname} there.” ");
    }
    text
}

/// The shortest of several runs: what others do on the machine only makes it longer.
fn best<T>(rounds: usize, run: impl Fn() -> T) -> Duration {
    let time = || {
        let began = Instant::now();
        black_box(run());
        began.elapsed()
    };
    (0..rounds).map(|_| time()).min().unwrap_or_default()
}
