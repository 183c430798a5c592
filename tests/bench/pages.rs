//! How much of an article is found in a page that no rule knows, and how much else with it.
//!
//! `cargo bench --bench pages [-- FOLDER]` reads every `NAME.html` of a folder that has the article's
//! text beside it as `NAME.txt`, and compares by runs of four words, as the public benchmarks of
//! extraction do: precision and recall of each page, their means, and F1 of the means. Without a folder
//! it takes the pages written for it, `tests/pages`. It ends with the pages a second on one core and the
//! worst pages.

use daesa::page;
use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Words in a run.
const RUN: usize = 4;
const WORST: usize = 5;

struct Page {
    name: String,
    html: String,
    /// The article's own text.
    expected: String,
}

fn main() {
    let given = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let folder = given.map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"),
        PathBuf::from,
    );
    let pages = pages(&folder);
    if pages.is_empty() {
        println!("no NAME.html with a NAME.txt beside it in {}", folder.display());
        return;
    }
    let mut scored: Vec<(f64, f64, &str)> = pages
        .iter()
        .map(|page| {
            let (precision, recall) = score(&found(&page.html), &page.expected);
            (precision, recall, page.name.as_str())
        })
        .collect();
    let count = pages.len() as f64;
    let mean = |part: fn(&(f64, f64, &str)) -> f64| scored.iter().map(part).sum::<f64>() / count;
    let (precision, recall) = (mean(|s| s.0), mean(|s| s.1));
    println!("| figure | measured | target |\n|---|---|---|");
    println!("| pages | {} | at least 25 |", pages.len());
    println!("| precision | {precision:.3} | |\n| recall | {recall:.3} | |");
    println!("| F1 | {:.3} | .955, better .964 |", f1(precision, recall));
    let bytes: usize = pages.iter().map(|p| p.html.len()).sum();
    let second = took(&pages).as_secs_f64();
    println!(
        "| one core | {:.0} pages/s, {:.1} MB/s | 300 pages/s |",
        count / second,
        bytes as f64 / 1e6 / second
    );
    scored.sort_by(|a, b| f1(a.0, a.1).total_cmp(&f1(b.0, b.1)));
    for (precision, recall, name) in scored.iter().take(WORST).filter(|s| f1(s.0, s.1) < 0.995) {
        println!("| … {name} | precision {precision:.3}, recall {recall:.3} | |");
    }
}

/// The pages of a folder, by name.
fn pages(folder: &Path) -> Vec<Page> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "html"))
        .collect();
    files.sort();
    let page = |path: PathBuf| {
        Some(Page {
            name: path.file_stem()?.to_string_lossy().into_owned(),
            html: page::decode(&fs::read(&path).ok()?, None),
            expected: fs::read_to_string(path.with_extension("txt")).ok()?,
        })
    };
    files.into_iter().filter_map(page).collect()
}

/// The text that is found in a page.
fn found(html: &str) -> String {
    page::from_page(html, None).body()
}

/// Precision and recall by runs of words.
fn score(found: &str, expected: &str) -> (f64, f64) {
    let (found, expected) = (runs(found), runs(expected));
    let all = |runs: &HashMap<Vec<String>, usize>| runs.values().sum::<usize>() as f64;
    let shared: usize = found
        .iter()
        .map(|(run, count)| expected.get(run).map_or(0, |wanted| *count.min(wanted)))
        .sum();
    let share = |of: f64| if of > 0.0 { shared as f64 / of } else { 1.0 };
    (share(all(&found)), share(all(&expected)))
}

/// How often each run of words stands in a text; what is shorter than a run is one.
fn runs(text: &str) -> HashMap<Vec<String>, usize> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let mut runs = HashMap::new();
    for run in words.windows(RUN.min(words.len().max(1))) {
        *runs.entry(run.to_vec()).or_insert(0) += 1;
    }
    runs
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    }
}

/// The shortest time of some rounds over all pages: what others do on the machine only makes it longer.
fn took(pages: &[Page]) -> Duration {
    const ROUNDS: usize = 5;
    let time = || {
        let began = Instant::now();
        for page in pages {
            black_box(page::from_page(&page.html, None));
        }
        began.elapsed()
    };
    (0..ROUNDS).map(|_| time()).min().unwrap_or_default()
}
