//! Mutated articles, read for a given time: no bytes and no nesting may stop the reading.
//!
//! `cargo bench --bench fuzz -- SECONDS [SEED]` takes the corpus and the golden articles, cuts,
//! repeats, swaps and fills them with marks, tags and broken bytes, and reads them by every door. It
//! ends with the count of inputs, or with the input that panicked, took too long, or gave a quote that
//! the text does not hold, written to a file.

use daesa::catalogue::Catalogue;
use daesa::model::Reading;
use daesa::{page, reading};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

const CORPUS: &str = include_str!("../articles/corpus/dev.jsonl");
/// An input of at most [`LONGEST`] bytes that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST: usize = 200_000;

/// What is put in: marks, tags, references, joiners, signs of other scripts.
const SPICE: [&str; 48] = [
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "«",
    "»",
    "「",
    "』",
    "’s",
    "'s ",
    "…",
    "...",
    ". ",
    ", ",
    ": ",
    " — ",
    "(",
    ")",
    "[",
    "]",
    "\n",
    "\n\n",
    "<p>",
    "</p>",
    "<br>",
    "<blockquote>",
    "</blockquote>",
    "<li>",
    "<ul>",
    "<b>",
    "<table><td>",
    "<!--",
    "-->",
    "<script>",
    "&#8220;",
    "&amp;",
    "&#x110000;",
    "\u{200b}",
    "\u{301}",
    "\u{202e}",
    " said, ",
    " (played by ",
    "김보라",
    "𝒳İß",
];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let seconds: u64 = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(10);
    let seed: u64 = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(1);
    let seeds = articles();
    let catalogue = Catalogue::shipped();
    // The tree builder's own panics are caught where it is called, and need no word here.
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.location().is_none_or(|at| !at.file().contains("dom_smoothie")) {
            tell(panic);
        }
    }));
    let mut random = fastrand::Rng::with_seed(seed);
    let (began, mut inputs, mut bytes, mut slowest) = (Instant::now(), 0_u64, 0_u64, Duration::ZERO);
    while began.elapsed() < Duration::from_secs(seconds) {
        let input = mutate(&seeds, &mut random);
        let door = random.u8(0..4);
        let started = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| through(door, &input, &catalogue)));
        let took = started.elapsed();
        let trouble = match read {
            Err(_) => Some("panicked".to_owned()),
            Ok(reading) if took > PATIENCE => Some(format!("took {took:?} for {} words", reading.body.len())),
            Ok(reading) => unfaithful(&reading),
        };
        if let Some(trouble) = trouble {
            let file = std::env::temp_dir().join(format!("daesa-fuzz-{seed}-{inputs}"));
            let kept = fs::write(&file, &input).is_ok();
            println!(
                "input {inputs} of seed {seed} by door {door}: {trouble}; kept: {kept}, {}",
                file.display()
            );
            std::process::exit(1);
        }
        inputs += 1;
        bytes += input.len() as u64;
        slowest = slowest.max(took);
    }
    let mb = bytes as f64 / 1e6;
    println!(
        "{inputs} mutated articles ({mb:.0} MB, seed {seed}) in {seconds} s: all read; the slowest in {slowest:.1?}"
    );
}

/// Reads an input as one of the kinds of input that there are.
fn through(door: u8, input: &[u8], catalogue: &Catalogue) -> Reading {
    let text = String::from_utf8_lossy(input);
    let (title, rest) = text.split_once('\n').unwrap_or(("", &text));
    let article = match door {
        0 => page::from_fragment(rest, title, None),
        1 => page::from_page(&text, Some("https://example.test/a")),
        2 => page::from_text(rest, Some(title)),
        _ => page::read_any(&text, None, None),
    };
    let (reading, trace) = reading::explain(&article, catalogue);
    std::hint::black_box((trace.to_string(), reading::key_quotes(&reading, 3)));
    reading
}

/// What a reading promises whatever was read: quotes are the text's own words, and the summary is short.
fn unfaithful(reading: &Reading) -> Option<String> {
    let foreign = reading
        .quotes
        .iter()
        .flat_map(|quote| quote.parts())
        .find(|part| reading.body.get((*part).clone()).is_none());
    if foreign.is_some() {
        return Some("a quote that the text does not hold".to_owned());
    }
    (reading.summary.chars().count() > 400).then(|| "a summary of more than 400 characters".to_owned())
}

fn articles() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = CORPUS
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .map(|a| {
            let field = |name: &str| a[name].as_str().unwrap_or_default().to_owned();
            format!("{}\n{}", field("title"), field("html")).into_bytes()
        })
        .collect();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut folders: Vec<_> = fs::read_dir(golden)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    for name in ["article.html", "article.txt"] {
        all.extend(folders.iter().filter_map(|folder| fs::read(folder.join(name)).ok()));
    }
    all
}

fn mutate(seeds: &[Vec<u8>], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut input = seeds[random.usize(0..seeds.len())].clone();
    for _ in 0..random.usize(1..24) {
        let (a, b) = (random.usize(0..=input.len()), random.usize(0..=input.len()));
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 2_000));
        match random.u8(0..10) {
            0 => drop(input.drain(from..to)),
            1 => {
                let part = input[from..to].to_vec();
                splice(&mut input, from, &part.repeat(random.usize(1..30)));
            }
            2 => {
                let other = &seeds[random.usize(0..seeds.len())];
                let at = random.usize(0..=other.len());
                splice(&mut input, from, &other[at..other.len().min(at + 3_000)]);
            }
            3 => input.truncate(from.max(16)),
            4 => splice(&mut input, from, &[random.u8(..), random.u8(..)]),
            5 => {
                if let Some(byte) = input.get_mut(from) {
                    *byte = random.u8(..);
                }
            }
            6 => {
                let spice = SPICE[random.usize(0..SPICE.len())];
                splice(&mut input, from, spice.repeat(random.usize(1..400)).as_bytes());
            }
            _ => splice(&mut input, from, SPICE[random.usize(0..SPICE.len())].as_bytes()),
        }
    }
    input
}

fn splice(input: &mut Vec<u8>, at: usize, part: &[u8]) {
    if input.len() + part.len() <= LONGEST {
        input.splice(at..at, part.iter().copied());
    }
}
