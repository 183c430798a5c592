//! The same story from several outlets, held against tests/same. Of the text files every two tellings are compared, of
//! one drama and of different ones; the JSON files hold pairs, as outlets of different style write them, with dates,
//! names and titles as each of them has them. Prints precision and recall: `cargo test --test it same::`.

use daesa::{
    catalogue::Catalogue,
    matching::{
        self,
        same::{Telling, Told},
    },
    model::{Article, Paragraph, ParagraphKind},
    page, reading,
};
use serde_json::Value;
use std::{fs, io::Write, path::Path};

struct Known {
    drama: String,
    event: String,
    name: String,
    telling: Telling,
}

#[test]
fn tellings_of_one_event_are_one_story_and_of_two_are_two() {
    let all = known();
    let (mut right, mut wrong, mut missed, mut pairs) = (0_u32, Vec::new(), Vec::new(), 0);
    for (at, one) in all.iter().enumerate() {
        for other in &all[..at] {
            pairs += 1;
            let is_one = one.drama == other.drama && one.event == other.event;
            let names = format!("{} and {}", other.name, one.name);
            assert_eq!(
                one.telling.is_same(&other.telling),
                other.telling.is_same(&one.telling),
                "{names}: the same both ways"
            );
            match (is_one, one.telling.is_same(&other.telling)) {
                (true, true) => right += 1,
                (true, false) => missed.push(names),
                (false, true) => wrong.push(names),
                (false, false) => {}
            }
        }
    }
    let precision = share(right, right as usize + wrong.len());
    let recall = share(right, right as usize + missed.len());
    let _ = writeln!(
        std::io::stderr(),
        "same story: {pairs} pairs, {} of one event; precision {precision:.3}, recall {recall:.3}",
        right as usize + missed.len()
    );
    assert!(pairs >= 60, "the pairs are there: {pairs}");
    assert!(wrong.is_empty(), "taken for one:\n{}", wrong.join("\n"));
    assert!(recall >= 0.8, "taken for two:\n{}", missed.join("\n"));
}

/// Pairs as outlets of different style write them: rewritten, or two events of one drama in one week.
#[test]
fn pairs_of_other_hands_are_told_apart() {
    let catalogue = Catalogue::empty();
    for (file, least) in [
        ("pairs-1.jsonl", 0.8),
        ("pairs-2.jsonl", 0.75),
        ("pairs-3.jsonl", 0.65),
        ("pairs-4.jsonl", 0.2),
        ("pairs-5.jsonl", 0.7),
        ("pairs-6.jsonl", 0.65),
        ("pairs-7.jsonl", 0.45),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/same").join(file);
        let text = fs::read_to_string(path).expect("pairs");
        let (mut right, mut wrong, mut missed) = (0_u32, Vec::new(), Vec::new());
        for line in text.lines() {
            let pair: Value = serde_json::from_str(line).expect("JSON");
            let [one, other] = ["a", "b"].map(|side| telling(&article(&pair[side]), &catalogue));
            let name = pair["id"].to_string();
            assert_eq!(one.is_same(&other), other.is_same(&one), "{name}: the same both ways");
            match (pair["same"] == true, one.is_same(&other)) {
                (true, true) => right += 1,
                (true, false) => missed.push(name),
                (false, true) => wrong.push(name),
                (false, false) => {}
            }
        }
        let recall = share(right, right as usize + missed.len());
        let _ = writeln!(
            std::io::stderr(),
            "same story, {file}: {} pairs, {} of one event; precision {:.3}, recall {recall:.3}",
            text.lines().count(),
            right as usize + missed.len(),
            share(right, right as usize + wrong.len()),
        );
        assert!(wrong.is_empty(), "{file}, taken for one: {}", wrong.join(", "));
        assert!(recall >= least, "{file}, taken for two: {}", missed.join(", "));
    }
}

fn share(part: u32, all: usize) -> f64 {
    f64::from(part) / f64::from(u32::try_from(all).unwrap_or(1).max(1))
}

fn article(side: &Value) -> Article {
    let text = |key: &str| side[key].as_str().expect("a text");
    let published = chrono::DateTime::parse_from_rfc3339(text("published")).expect("a date");
    Article {
        published: Some(published.timestamp_millis()),
        ..page::from_fragment(text("html"), text("title"), None)
    }
}

fn known() -> Vec<Known> {
    let catalogue = Catalogue::empty();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/same");
    let mut all = Vec::new();
    for file in fs::read_dir(folder)
        .expect("tests/same")
        .map(|file| file.expect("a file").path())
        .filter(|file| file.extension().is_some_and(|end| end == "txt"))
    {
        let text = fs::read_to_string(&file).expect("text");
        let drama = file.file_stem().expect("a name").to_string_lossy().into_owned();
        for section in text.split("\n## ").skip(1) {
            let mut lines = section.lines();
            let head = lines.next().expect("event | outlet");
            let (event, _) = head.split_once(" | ").expect("event | outlet");
            let title = lines.next().expect("a headline").to_owned();
            let paragraph = |line: &str| Paragraph {
                kind: ParagraphKind::Paragraph,
                text: line.to_owned(),
            };
            let article = Article {
                title,
                paragraphs: lines.filter(|line| !line.is_empty()).map(paragraph).collect(),
                ..Article::default()
            };
            all.push(Known {
                drama: drama.clone(),
                event: event.to_owned(),
                name: format!("{drama}: {head}"),
                telling: telling(&article, &catalogue),
            });
        }
    }
    all
}

fn telling(article: &Article, catalogue: &Catalogue) -> Telling {
    let read = reading::read(article, catalogue);
    let about = matching::about(&read, catalogue);
    let quotes: Vec<String> = read.quotes.iter().map(|quote| quote.text().to_owned()).collect();
    Telling::of(&Told {
        title: &article.title,
        body: &read.body,
        dramas: &about.dramas,
        people: &about.people,
        network: read.network.as_deref(),
        quotes: &quotes,
        at: article.published,
    })
}
