//! How fast articles are read, that the cost grows with the text and no faster, and the memory it takes.
//!
//! `cargo bench --bench reading`: prints a table with the target beside each figure. It measures and
//! fails nothing; the tests hold what must hold. Times are the best of several rounds on one core.
//! Memory is the peak of a process of its own that reads one input, less that of one that reads nothing.

#[allow(dead_code, reason = "other benchmarks ask it as well")]
#[path = "machine.rs"]
mod machine;

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

/// The same as pages, and what only markup can be.
const PAGES: [Input; 12] = [
    ("prose", markup),
    ("tags", |size| "<p><b>a</b>".repeat(size / 11)),
    ("nesting", |size| "<div>".repeat(size / 5)),
    ("open tags", |size| "<a href='x' ".repeat(size / 12)),
    ("comments", |size| "<!>".repeat(size / 3)),
    ("zero bytes", |size| {
        format!("<p>{}", "\0".repeat(1_000)).repeat(size / 1_003)
    }),
    ("references", |size| "&amp;&#8220;&quot".repeat(size / 17)),
    ("quote marks", |size| body(&"“a” ".repeat(size / 8))),
    ("names", |size| body(&names(size))),
    ("one sentence", |size| {
        body(&"and then Kim Bo Ra said that ".repeat(size / 29))
    }),
    ("links", |size| {
        body(&"<p><a href=/x>One more story</a></p>".repeat(size / 36))
    }),
    ("set off", |size| {
        let names = (0..size / 90).map(|n| {
            format!(
                "<p>The <b>Kim {}</b> of <i>{} in {}</i> met <a href=/x>Oh {}</a>.",
                word(n),
                word(n + 1),
                word(n + 2),
                word(n + 3)
            )
        });
        body(&names.collect::<String>())
    }),
];

/// A word with a capital; each number up to 10,000 has its own.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "dre", "xu", "mo", "kli", "tor", "ven", "sha", "gru", "pel"];
    let mut word = String::from("B");
    let mut rest = number;
    for _ in 0..4 {
        word += SYLLABLES[rest % 10];
        rest /= 10;
    }
    word
}

fn body(inner: &str) -> String {
    format!("<html><body><p>{inner}")
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|a| a == CHILD) {
        return child(arguments.get(at + 1).map_or("", String::as_str));
    }
    println!("| figure | measured | target |\n|---|---|---|");
    let catalogue = Catalogue::shipped();
    speed(&catalogue);
    general(&catalogue);
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
    let page = |(title, html): &(String, String)| page::from_fragment(html, title, None);
    let extract = || articles.iter().map(page).collect::<Vec<_>>();
    let pages = best(ROUNDS, extract);
    let together = best(ROUNDS, || reading::read_all(&extract(), catalogue));
    let alone = best(ROUNDS, || {
        for article in &articles {
            black_box(reading::read(&page(article), catalogue));
        }
    });
    let row = |what: &str, time: Duration, target: &str| {
        let second = time.as_secs_f64();
        let (rate, mb) = (articles.len() as f64 / second, bytes as f64 / MB / second);
        println!("| {what} | {rate:.0} articles/s, {mb:.1} MB/s | {target} |");
    };
    row("HTML in, reading out, one core", together, "8000 articles/s");
    row("… one article after another", alone, "");
    row("… the pages without the reading", pages, "");
}

/// How fast whole pages are taken apart that no rule of an outlet knows: the tree, the scores, the walk.
fn general(catalogue: &Catalogue) {
    const PAGES: usize = 24;
    let pages: Vec<String> = articles()
        .iter()
        .take(PAGES)
        .enumerate()
        .map(|(n, a)| blog(n, a))
        .collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let row = |what: &str, time: Duration, target: &str| {
        let (rate, mb) = (
            pages.len() as f64 / time.as_secs_f64(),
            bytes as f64 / MB / time.as_secs_f64(),
        );
        let each = bytes / pages.len().max(1) / 1_000;
        println!("| {what}, {each} kB each | {rate:.0} pages/s, {mb:.1} MB/s | {target} |");
    };
    let took = best(10, || {
        pages.iter().map(|html| page::from_page(html, None)).collect::<Vec<_>>()
    });
    row("general pages, the article found", took, "300 pages/s");
    let took = best(5, || {
        for html in &pages {
            black_box(reading::read(&page::from_page(html, None), catalogue));
        }
    });
    row("general pages, reading out", took, "");
}

/// An article in a page as blogs have it: nothing marks the text, and most of the page is something else.
fn blog(number: usize, (title, html): &(String, String)) -> String {
    let links: String = (0..120)
        .map(|n| format!("<li class=\"item-{n}\"><a href=\"/story/{number}/{n}\"><img src=\"/t/{n}.jpg\"><span>Story {n} of the day</span></a></li>"))
        .collect();
    let script = format!(
        "<script>var data = {{{}}};</script>",
        "\"key\": \"value\", ".repeat(1_500)
    );
    let replies: String = (0..60)
        .map(|n| format!("<div class=\"u{n}\"><b>reader{n}</b><span>I liked this one, number {n}.</span></div>"))
        .collect();
    format!(
        "<!DOCTYPE html><html><head><title>{title} - Some Blog</title><style>{}</style>{script}</head><body>\
         <div id=\"top\"><ul>{links}</ul></div><div class=\"wrap\"><div class=\"left\"><h1>{title}</h1>{html}</div>\
         <div class=\"right\"><ul>{links}</ul></div><div class=\"below\">{replies}</div></div>{script}</body></html>",
        ".a { color: red } ".repeat(300)
    )
}

/// Ten times the text, how many times the time.
fn linear(catalogue: &Catalogue) {
    const SMALL: usize = 100_000;
    for (what, write) in TEXTS {
        let (one, ten) = (write(SMALL), write(SMALL * 10));
        let read = |text: &str| reading::read(&page::from_text(text, Some("A headline")), catalogue);
        let (one, ten) = in_turn(|| read(&one), || read(&ten));
        grown(&format!("{what}: text of 0.1 → 1 MB"), one, ten);
    }
    for (what, write) in PAGES {
        let (one, ten) = (write(400_000), write(4_000_000));
        let read = |html: &str| reading::read(&page::from_page(html, None), catalogue);
        let (one, ten) = in_turn(|| read(&one), || read(&ten));
        grown(&format!("{what}: page of 0.4 → 4 MB"), one, ten);
    }
    let (one, ten) = (prose(1_000_000), prose(10_000_000));
    let read = |text: &str| reading::read(&page::from_text(text, None), catalogue);
    let (one, ten) = in_turn(|| read(&one), || read(&ten));
    grown("prose: text of 1 → 10 MB", one, ten);
}

/// The best times of the small and of the large input, measured in turn, so that a busy hour of the
/// machine meets both.
fn in_turn<T>(small: impl Fn() -> T, large: impl Fn() -> T) -> (Duration, Duration) {
    const ROUNDS: usize = 3;
    let mut times = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        times.0 = times.0.min(best(5, &small));
        times.1 = times.1.min(best(1, &large));
    }
    times
}

fn grown(what: &str, one: Duration, ten: Duration) {
    let times = ten.as_secs_f64() / one.as_secs_f64().max(1e-9);
    println!("| {what} | {times:.1} times the time ({one:.1?} → {ten:.1?}) | 10 |");
}

fn memory() {
    const PROSE: &str = "≤ 8 × the input";
    const PAGE: &str = "≤ 128 MB";
    let row = |what: &str, input: &str, size: f64, target: &str| {
        // Whoever reads an input holds it: what writing it took is no part of the figure, the input is.
        let (Some(written), Some(peak)) = (peak("nothing"), peak(input)) else {
            println!("| memory: {what} | SKIPPED: no /proc here | |");
            return;
        };
        let more = peak.saturating_sub(written) as f64 / MB;
        println!(
            "| memory: {what} | {more:.1} MB, {:.1} × the input | {target} |",
            more / size
        );
    };
    for megabytes in [1, 4, 10] {
        let input = format!("text prose {megabytes}");
        row(
            &format!("text, {megabytes} MB of prose"),
            &input,
            f64::from(megabytes),
            PROSE,
        );
    }
    for (what, _) in PAGES {
        row(&format!("page of 4 MB, {what}"), &format!("page {what} 4"), 4.0, PAGE);
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
    let mut words = name.splitn(2, ' ');
    let (form, rest) = (words.next(), words.next().and_then(|rest| rest.rsplit_once(' ')));
    if let Some((what, megabytes)) = rest {
        let size = megabytes.parse::<usize>().unwrap_or_default() * 1_000_000;
        let inputs: &[Input] = if form == Some("page") { &PAGES } else { &TEXTS };
        if let Some((_, write)) = inputs.iter().find(|(name, _)| *name == what) {
            let input = write(size);
            let article = match form {
                Some("page") => page::from_page(&input, None),
                _ => page::from_text(&input, None),
            };
            black_box(reading::read(&article, &catalogue));
        }
    }
    let most = machine::memory("self", "VmHWM:");
    if most > 0 {
        println!("{most}");
    }
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
    // No more than the text itself is ever held, or the measure of memory would measure this.
    let mut text = String::with_capacity(size);
    while text.len() < size {
        let mut end = stories.len().min(size - text.len());
        while !stories.is_char_boundary(end) {
            end += 1;
        }
        text.push_str(&stories[..end]);
    }
    text
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
