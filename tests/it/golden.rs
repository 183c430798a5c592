//! Golden articles: `tests/articles/<phenomenon>/` holds a short article of our own and what a
//! reader makes of it.
//!
//! `article.html` is a fragment, `article.txt` plain text. `expected.txt` has a line a fact:
//! ```text
//! title: the headline
//! kind: making-of
//! drama: the main one | another one
//! network: tvN            (- for none)
//! people: A; B            (- for nobody; in any order)
//! role: Character = Actor
//! quote: Speaker | kind | the words, with ⋯ for a part that is left out
//! quote: Character (Actor) | character | …      (? for a speaker that may be found or not, - for none)
//! not: words in marks that nobody said
//! summary has: …
//! summary lacks: …
//! ```
//! The quotes are complete and in order. A line that is missing is not checked.

use daesa::catalogue::Catalogue;
use daesa::model::{Quote, Reading};
use daesa::{page, reading};
use std::fs;
use std::path::Path;

/// Everything that is not as expected, in all folders below `root`.
pub fn failures(root: &Path) -> Vec<String> {
    let mut folders: Vec<_> = fs::read_dir(root)
        .expect("the folder of golden articles")
        .filter_map(Result::ok)
        .map(|e| e.path())
        .collect();
    folders.sort();
    let catalogue = Catalogue::empty();
    let mut failures = Vec::new();
    for folder in folders.iter().filter(|f| f.is_dir() && !f.ends_with("corpus")) {
        let name = folder
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let expected =
            fs::read_to_string(folder.join("expected.txt")).unwrap_or_else(|e| panic!("{name}/expected.txt: {e}"));
        let title = value(&expected, "title").unwrap_or_default();
        let article = match fs::read_to_string(folder.join("article.html")) {
            Ok(html) => page::from_fragment(&html, title, None),
            Err(_) => {
                let text = fs::read_to_string(folder.join("article.txt"))
                    .unwrap_or_else(|e| panic!("{name}/article.txt: {e}"));
                page::from_text(&text, Some(title))
            }
        };
        let reading = reading::read(&article, &catalogue);
        failures.extend(compare(&expected, &reading).into_iter().map(|f| format!("{name}: {f}")));
    }
    failures
}

fn value<'a>(expected: &'a str, key: &str) -> Option<&'a str> {
    values(expected, key).next()
}

fn values<'a>(expected: &'a str, key: &str) -> impl Iterator<Item = &'a str> {
    expected
        .lines()
        .filter_map(move |line| line.strip_prefix(key)?.strip_prefix(':').map(str::trim))
}

fn list(value: &str, sign: char) -> Vec<String> {
    value
        .split(sign)
        .map(|v| v.trim().to_owned())
        .filter(|v| !v.is_empty() && v != "-")
        .collect()
}

fn compare(expected: &str, reading: &Reading) -> Vec<String> {
    let mut failures = Vec::new();
    let mut check = |what: &str, want: String, got: String| {
        if want != got {
            failures.push(format!("{what}: {got} for {want}"));
        }
    };
    if let Some(kind) = value(expected, "kind") {
        let got = serde_json::to_value(reading.kind).expect("kinds are names");
        check("kind", kind.to_owned(), got.as_str().unwrap_or_default().to_owned());
    }
    if let Some(drama) = value(expected, "drama") {
        check("drama", list(drama, '|').join(" | "), reading.drama.join(" | "));
    }
    if let Some(network) = value(expected, "network") {
        check(
            "network",
            network.to_owned(),
            reading.network.clone().unwrap_or_else(|| "-".to_owned()),
        );
    }
    if let Some(people) = value(expected, "people") {
        let (mut want, mut got) = (list(people, ';'), reading.people.clone());
        want.sort();
        got.sort();
        check("people", want.join("; "), got.join("; "));
    }
    for role in values(expected, "role") {
        let known = reading
            .characters
            .iter()
            .any(|(character, actor)| format!("{character} = {actor}") == role);
        check(
            "role",
            role.to_owned(),
            if known {
                role.to_owned()
            } else {
                format!("{:?}", reading.characters)
            },
        );
    }
    for words in values(expected, "not") {
        let said = reading.quotes.iter().any(|q| q.text() == words);
        check(
            "not",
            words.to_owned(),
            if said { "a quote".to_owned() } else { words.to_owned() },
        );
    }
    for words in values(expected, "summary has") {
        check(
            "summary has",
            words.to_owned(),
            if reading.summary.contains(words) {
                words.to_owned()
            } else {
                reading.summary.clone()
            },
        );
    }
    for words in values(expected, "summary lacks") {
        check(
            "summary lacks",
            String::new(),
            if reading.summary.contains(words) {
                reading.summary.clone()
            } else {
                String::new()
            },
        );
    }
    quotes(expected, reading, &mut failures);
    failures
}

fn quotes(expected: &str, reading: &Reading, failures: &mut Vec<String>) {
    let wanted: Vec<&str> = values(expected, "quote").collect();
    let mut next = 0;
    for want in &wanted {
        let parts: Vec<&str> = want.splitn(3, '|').map(str::trim).collect();
        let [speaker, kind, words] = parts[..] else {
            failures.push(format!("expected.txt: not a quote: {want}"));
            continue;
        };
        match reading.quotes.iter().skip(next).position(|q| says(q, words)) {
            None => failures.push(format!("missed: {speaker}: {words}")),
            Some(skipped) => {
                for q in &reading.quotes[next..next + skipped] {
                    failures.push(format!("false: {}: {}", who(q), q.text()));
                }
                let quote = &reading.quotes[next + skipped];
                next += skipped + 1;
                if speaker != "?" && who(quote) != speaker {
                    failures.push(format!("speaker: {} for {speaker}: {words}", who(quote)));
                }
                if speaker != "?" && quote.by().kind.name() != kind {
                    failures.push(format!("kind: {} for {kind}: {words}", quote.by().kind.name()));
                }
            }
        }
    }
    for q in &reading.quotes[next..] {
        failures.push(format!("false: {}: {}", who(q), q.text()));
    }
}

fn says(quote: &Quote, words: &str) -> bool {
    match words.split_once(" ⋯ ") {
        None => quote.text() == words,
        Some((first, last)) => quote.text().starts_with(first) && quote.text().ends_with(last),
    }
}

fn who(quote: &Quote) -> String {
    let by = quote.by();
    match (&by.speaker, &by.actor) {
        (None, _) => "-".to_owned(),
        (Some(speaker), None) => speaker.clone(),
        (Some(speaker), Some(actor)) => format!("{speaker} ({actor})"),
    }
}

#[test]
fn golden_articles_are_read_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let failures = failures(&root);
    assert!(
        failures.is_empty(),
        "{} differences:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
