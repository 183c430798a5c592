//! The feeds of tests/feeds: every case is parsed, what comes out is held against what the case says, and the score
//! is printed by category. tests/feeds/README.md says how a case is written.

use daesa::{
    feed,
    model::{Entry, Feed, Millis},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, io::Write, path::Path};

/// The address of a feed whose case names none.
const BASE: &str = "https://news.test/feeds/all.xml";

#[derive(Clone, Default)]
struct Case {
    file: String,
    name: String,
    frame: String,
    content_type: Option<String>,
    base: Option<String>,
    encoding: String,
    body: Vec<String>,
    expected: Vec<String>,
}

#[test]
fn feeds_come_to_what_they_say() {
    let mut score: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases() {
        assert!(
            !case.expected.is_empty(),
            "{}: {} expects nothing",
            case.file,
            case.name
        );
        let faults = faults(&case);
        let (right, all) = score.entry(case.file.clone()).or_default();
        *all += 1;
        *right += u32::from(faults.is_empty());
        wrong.extend(
            faults
                .into_iter()
                .map(|fault| format!("{} | {} | {fault}", case.file, case.name)),
        );
    }
    let mut out = std::io::stderr();
    let mut sum = (0, 0);
    for (file, (right, all)) in &score {
        sum = (sum.0 + right, sum.1 + all);
        let _ = writeln!(out, "feeds {file:<18} {right:>4} of {all}");
    }
    let _ = writeln!(out, "feeds {:<18} {:>4} of {}", "all", sum.0, sum.1);
    assert!(sum.1 >= 300, "the cases are there: {}", sum.1);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/feeds");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("tests/feeds")
        .map(|file| file.expect("a file").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "txt"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        read_cases(&name, &fs::read_to_string(&file).expect("text"), &mut all);
    }
    all
}

fn read_cases(file: &str, text: &str, all: &mut Vec<Case>) {
    let start = || Case {
        file: file.to_owned(),
        base: Some(BASE.to_owned()),
        encoding: "utf-8".to_owned(),
        ..Case::default()
    };
    let mut frame = start();
    let mut case: Option<Case> = None;
    for line in text.lines() {
        if let Some(set) = line.strip_prefix("=== ") {
            all.extend(case.take());
            frame = start();
            head(&mut frame, set);
        } else if let Some(name) = line.strip_prefix("--- ") {
            all.extend(case.take());
            case = Some(Case {
                name: name.to_owned(),
                ..frame.clone()
            });
        } else if let Some(case) = &mut case {
            match line.strip_prefix("=> ") {
                Some(expected) => case.expected.push(expected.to_owned()),
                None if case.body.is_empty() && head(case, line) => {}
                None => case.body.push(line.to_owned()),
            }
        } else {
            head(&mut frame, line);
        }
    }
    all.extend(case);
}

/// Takes in a line about a case; false when it is none.
fn head(case: &mut Case, line: &str) -> bool {
    let Some((key, value)) = line.split_once(": ") else {
        return false;
    };
    let value = value.trim().to_owned();
    match key {
        "in" => case.frame = value,
        "type" => case.content_type = Some(value),
        "base" => case.base = Some(value).filter(|value| value != "none"),
        "as" => case.encoding = value,
        _ => return false,
    }
    true
}

fn bytes(case: &Case) -> Vec<u8> {
    let body = case.body.join("\n");
    let whole = match case.frame.as_str() {
        "rss-item" => format!(
            "<rss version='2.0'><channel><title>News</title><link>https://news.test/</link><item>{body}</item></channel></rss>"
        ),
        "rss-channel" => format!("<rss version='2.0'><channel>{body}</channel></rss>"),
        "rdf-item" => format!(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
             <channel rdf:about='https://news.test/feed'><title>News</title><link>https://news.test/</link></channel>\
             <item rdf:about='https://a.test/about'>{body}</item></rdf:RDF>"
        ),
        "atom-entry" => {
            format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry>{body}</entry></feed>")
        }
        "atom-feed" => format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>{body}</feed>"),
        "atom03-entry" => format!(
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>News</title><entry>{body}</entry></feed>"
        ),
        "json-item" => {
            format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"News\",\"items\":[{body}]}}")
        }
        "whole" | "" => body,
        other => panic!("{}: no frame `{other}`", case.file),
    };
    let text = signs(&whole);
    encode(text.split("@cut@").next().unwrap_or_default(), &case.encoding)
}

/// `\u{b}` → the character.
fn signs(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        out.push_str(before);
        let (code, after) = after.split_once('}').expect("a brace closes");
        out.push(
            u32::from_str_radix(code, 16)
                .ok()
                .and_then(char::from_u32)
                .expect("a character"),
        );
        rest = after;
    }
    out + rest
}

fn encode(text: &str, encoding: &str) -> Vec<u8> {
    let (name, marked) = match encoding.strip_suffix("-bom") {
        Some(name) => (name, format!("\u{feff}{text}")),
        None => (encoding, text.to_owned()),
    };
    match name {
        "utf-8" => marked.into_bytes(),
        "utf-16le" => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf-32le" => marked.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        "utf-32be" => marked.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
        _ => {
            let known = encoding_rs::Encoding::for_label(name.as_bytes()).expect("an encoding");
            let (bytes, used, lossy) = known.encode(&marked);
            assert!(used == known && !lossy, "{name} cannot say {marked}");
            bytes.into_owned()
        }
    }
}

fn faults(case: &Case) -> Vec<String> {
    let parsed = feed::parse(&bytes(case), case.content_type.as_deref(), case.base.as_deref());
    let found = match parsed {
        Ok((feed, _)) => shown(&feed),
        Err(error) => json!({"error": error.to_string(), "count": 0, "feed": {}, "entries": []}),
    };
    let mut faults = Vec::new();
    for line in &case.expected {
        let (path, value) = line.split_once(" = ").expect("a path and a value");
        let expected: Value = serde_json::from_str(value).expect(value);
        let got = match path.split_once('.') {
            Some(("feed", field)) => &found["feed"][field],
            Some((index, field)) => {
                let index: usize = index.trim_matches(['[', ']']).parse().expect("[1].field");
                &found["entries"][index][field]
            }
            None if matches!(path, "count" | "error") => &found[path],
            None => &found["entries"][0][path],
        };
        if *got != expected {
            faults.push(format!("{path}: {got}, not {expected}"));
        }
    }
    faults
}

fn shown(feed: &Feed) -> Value {
    let skip: Vec<u32> = (0..168).filter(|hour| feed.quiet.holds(*hour)).collect();
    json!({
        "count": feed.entries.len(),
        "feed": {"title": feed.title, "link": feed.link, "interval": feed.interval, "skip": skip},
        "entries": feed.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn entry(entry: &Entry) -> Value {
    let files = entry
        .enclosures
        .iter()
        .map(|file| json!({"url": file.url, "type": file.kind, "length": file.length}));
    json!({
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "summary": entry.summary,
        "content": entry.content,
        "author": entry.author,
        "tags": entry.tags,
        "published": entry.published.map(iso),
        "updated": entry.updated.map(iso),
        "image": entry.image,
        "enclosures": files.collect::<Vec<_>>(),
    })
}

fn iso(at: Millis) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(at).expect("a date");
    moment.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string()
}
