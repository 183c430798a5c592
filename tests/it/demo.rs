//! The demo's articles, read as the demo reads them: with its catalogue beside the built-in one.
//!
//! `tests/demo/articles/NN-slug.expected` is what a careful reader makes of `NN-slug.html`: `key: value`
//! lines, a blank line, then one quote a line (`speaker (kind): words`, and for characters
//! `character (character, actor): words`).

use daesa::{
    catalogue::Catalogue,
    model::{Quote, QuoteKind, Reading},
    page, reading,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What is known to be read otherwise than it should: (article, start of the difference, why). A line whose
/// difference is gone fails the test, so that it is taken out.
const MISSES: &[(&str, &str, &str)] = &[(
    "13-umbrella-finale",
    "kind: stills",
    "“ahead of tonight’s final episode” speaks for stills, and closing remarks have no sign of their own",
)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/demo")
}

/// Every article's name, head and body, in the order in which they come out.
pub fn articles() -> Vec<(String, String, String)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder().join("articles"))
        .expect("the demo's articles")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("an article");
        let (head, body) = text.split_once("\n\n").expect("a head and a body");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, head.to_owned(), body.to_owned())
    };
    files.into_iter().map(read).collect()
}

/// A value of an article's head; empty when it is not there.
pub fn field<'a>(head: &'a str, name: &str) -> &'a str {
    let line = head
        .lines()
        .find_map(|line| line.split_once(':').filter(|(key, _)| *key == name));
    line.map_or("", |(_, value)| value.trim())
}

#[test]
fn the_demos_articles_are_read_as_a_careful_reader_would() {
    let mut catalogue = Catalogue::shipped();
    let problems = catalogue.add_tsv(&fs::read_to_string(folder().join("catalogue.tsv")).expect("the demo's names"));
    assert!(problems.is_empty(), "the demo's names");
    let articles = articles();
    assert!(articles.len() >= 12, "a dozen articles: {}", articles.len());
    let mut differences = Vec::new();
    for (name, head, body) in &articles {
        let html = body.replace("{{BASE}}", "http://127.0.0.1:1");
        let article = page::from_fragment(&html, field(head, "title"), None);
        let expected =
            fs::read_to_string(folder().join(format!("articles/{name}.expected"))).expect("what is expected");
        let found = compare(&expected, &reading::read(&article, &catalogue));
        differences.extend(found.into_iter().map(|difference| (name.clone(), difference)));
    }
    let known = |(name, difference): &&(String, String)| {
        MISSES
            .iter()
            .any(|(article, start, _)| name == article && difference.starts_with(start))
    };
    let new: Vec<String> = differences
        .iter()
        .filter(|d| !known(d))
        .map(|(name, what)| format!("{name}: {what}"))
        .collect();
    assert!(new.is_empty(), "{} differences:\n{}", new.len(), new.join("\n"));
    for (article, start, _) in MISSES {
        let still = differences
            .iter()
            .any(|(name, what)| name == article && what.starts_with(start));
        assert!(still, "{article} is right by now: take `{start}` out of the table");
    }
}

fn list(line: &str) -> Vec<&str> {
    line.split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// What differs, a line each.
fn compare(expected: &str, reading: &Reading) -> Vec<String> {
    let (head, lines) = expected.split_once("\n\n").unwrap_or((expected.trim_end(), ""));
    let mut different = Vec::new();
    let mut check = |what: &str, want: String, got: String| {
        if want != got {
            different.push(format!("{what}: {got} for {want}"));
        }
    };
    let kind = serde_json::to_value(reading.kind).expect("a kind is a name");
    check(
        "kind",
        field(head, "kind").to_owned(),
        kind.as_str().unwrap_or_default().to_owned(),
    );
    check("drama", list(field(head, "drama")).join("; "), reading.drama.join("; "));
    check(
        "network",
        field(head, "network").to_owned(),
        reading.network.clone().unwrap_or_default(),
    );
    let (mut want, mut got) = (list(field(head, "people")), reading.people.clone());
    want.sort_unstable();
    got.sort_unstable();
    check("people", want.join("; "), got.join("; "));
    let mut roles: Vec<String> = reading
        .characters
        .iter()
        .map(|(character, actor)| format!("{character} = {actor}"))
        .collect();
    let mut wanted = list(field(head, "characters"));
    roles.sort_unstable();
    wanted.sort_unstable();
    check("characters", wanted.join("; "), roles.join("; "));
    let said: Vec<String> = reading.quotes.iter().map(line).collect();
    let wanted: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
    different.extend(
        wanted
            .iter()
            .filter(|want| !said.iter().any(|got| got == *want))
            .map(|want| format!("quote missed: {want}")),
    );
    different.extend(
        said.iter()
            .filter(|got| !wanted.contains(&got.as_str()))
            .map(|got| format!("quote read: {got}")),
    );
    different
}

fn line(quote: &Quote) -> String {
    let by = quote.by();
    let speaker = by.speaker.as_deref().unwrap_or("-");
    match (&by.actor, by.kind) {
        (Some(actor), QuoteKind::Character) => format!("{speaker} (character, {actor}): {}", quote.text()),
        (_, kind) => format!("{speaker} ({}): {}", kind.name(), quote.text()),
    }
}
