//! The same story from several outlets, held against tests/same: every two tellings of one drama are compared, and every
//! two of different dramas. Prints precision and recall.

use daesa::{
    catalogue::Catalogue,
    matching::{
        self,
        same::{Telling, Told},
    },
    model::{Article, Paragraph, ParagraphKind},
    reading,
};
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
    let share = |part: u32, all: usize| f64::from(part) / f64::from(u32::try_from(all).unwrap_or(1).max(1));
    let precision = share(right, right as usize + wrong.len());
    let recall = share(right, right as usize + missed.len());
    let _ = writeln!(
        std::io::stderr(),
        "same story: {pairs} pairs, {} of one event; precision {precision:.3}, recall {recall:.3}",
        right as usize + missed.len()
    );
    assert!(pairs >= 60, "the pairs are there: {pairs}");
    assert!(wrong.is_empty(), "taken for one:\n{}", wrong.join("\n"));
    assert!(recall >= 0.9, "taken for two:\n{}", missed.join("\n"));
}

fn known() -> Vec<Known> {
    let catalogue = Catalogue::empty();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/same");
    let mut all = Vec::new();
    for file in fs::read_dir(folder)
        .expect("tests/same")
        .map(|file| file.expect("a file").path())
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
    let dramas: Vec<String> = about.dramas.iter().map(|named| named.key.clone()).collect();
    let people: Vec<String> = about.people.iter().map(|named| named.key.clone()).collect();
    let names: Vec<String> = read.drama.iter().chain(&read.people).cloned().collect();
    let quotes: Vec<String> = read.quotes.iter().map(|quote| quote.text().to_owned()).collect();
    Telling::of(&Told {
        title: &article.title,
        body: &read.body,
        kind: read.kind.name(),
        dramas: &dramas,
        names: &names,
        people: &people,
        quotes: &quotes,
    })
}
