//! The corpus as a test: 24 articles with every quote, its speaker, the drama, the people and the
//! facts by hand, scored as `score.py` scores them, held against the figures that were promised.
//!
//! `tests/articles/corpus/dev.jsonl` is the gold, `catalogue-dev.tsv` the names that an operator
//! would have. Read with the catalogue and without: without it each figure may be .02 lower.
//! `other-hands.jsonl`, `single-forms.jsonl` and `scenes.jsonl` have more articles, by other writers, without a catalogue:
//! floors, no promises. So have `many-hands.jsonl`, `four-desks.jsonl`, `later-desks.jsonl`, `fresh-desks.jsonl`,
//! `recent-desks.jsonl`, `latest-desks.jsonl`, `dev-twins.jsonl`, `closed-desks.jsonl` and `sealed-desks.jsonl`; the last two
//! are closed to who writes rules.

use crate::floors::{
    CLOSED_DESKS, DESKS, DEV_TWINS, FLOORS, FORMS, FRESH_DESKS, LATER_DESKS, LATEST_DESKS, MANY, RECENT_DESKS, SCENES,
    SEALED_DESKS,
};
use daesa::catalogue::Catalogue;
use daesa::model::{Article, Reading};
use daesa::{page, reading};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest summary, in characters.
const SUMMARY: usize = 400;
/// From here on a speaker counts as said for certain.
const CERTAIN: f32 = 0.9;
/// What a figure may lose without the catalogue.
const WITHOUT: f64 = 0.02;

/// Figure, least value, value.
type Figure = (&'static str, f64, f64);

#[test]
fn the_corpus_is_read_as_well_as_promised() {
    let gold = gold("dev.jsonl");
    let mut known = Catalogue::empty();
    let problems = known.add_tsv(&file("catalogue-dev.tsv"));
    assert!(problems.is_empty(), "the catalogue can be read");

    let with = figures(&gold, &known);
    let without = figures(&gold, &Catalogue::empty());
    let mut short = Vec::new();
    println!("{:<16} {:>8} {:>8} {:>8}", "figure", "at least", "with", "without");
    for ((what, least, value), (_, _, bare)) in with.iter().zip(&without) {
        println!("{what:<16} {least:>8.3} {value:>8.4} {bare:>8.4}");
        if value < least {
            short.push(format!("{what}: {value:.4} with the catalogue, promised {least:.3}"));
        }
        if bare + WITHOUT + 1e-9 < *least {
            short.push(format!("{what}: {bare:.4} without it, promised {:.3}", least - WITHOUT));
        }
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}

/// `other-hands.jsonl`: 253 articles in many outlets' styles by writers who did not know the reader.
#[test]
fn articles_of_other_hands_are_read_as_well_as_before() {
    holds("other-hands.jsonl", FLOORS);
}

/// `single-forms.jsonl`: 292 short articles with a form each, and 59 longer ones, by writers who did not know the reader.
#[test]
fn single_forms_are_read_as_well_as_before() {
    holds("single-forms.jsonl", FORMS);
}

/// `scenes.jsonl`: 110 short articles of what characters say in scenes, by a writer who did not know the reader.
#[test]
fn scenes_are_read_as_well_as_before() {
    holds("scenes.jsonl", SCENES);
}

/// `many-hands.jsonl`: 48 articles. An eighth of its quotes have no name to say them, which counts as not found here.
#[test]
fn articles_of_many_hands_are_read_as_well_as_before() {
    holds("many-hands.jsonl", MANY);
}

/// `four-desks.jsonl`: 160 articles by four writers who did not know the reader, each with outlets of their own.
#[test]
fn articles_of_four_desks_are_read_as_well_as_before() {
    holds("four-desks.jsonl", DESKS);
}

/// `later-desks.jsonl`: 208 articles by five more such writers, of whom one takes a sixteenth of the quotes from people
/// without a name. Three of its collections were closed for a session, and told what comes of rules that were learnt elsewhere.
#[test]
fn articles_of_later_desks_are_read_as_well_as_before() {
    holds("later-desks.jsonl", LATER_DESKS);
}

/// `fresh-desks.jsonl`: 440 articles by eleven more such writers, each in the manner of other outlets.
#[test]
fn articles_of_fresh_desks_are_read_as_well_as_before() {
    holds("fresh-desks.jsonl", FRESH_DESKS);
}

/// `closed-desks.jsonl`: 200 articles in many outlets' styles by five more such writers, of which the reader's writers know
/// figures alone.
#[test]
fn articles_of_closed_desks_are_read_as_well_as_before() {
    holds("closed-desks.jsonl", CLOSED_DESKS);
}

/// `recent-desks.jsonl`: 160 articles by four more such writers. One of them says of comments that nobody is known to have
/// made them, which counts as not found here.
#[test]
fn articles_of_recent_desks_are_read_as_well_as_before() {
    holds("recent-desks.jsonl", RECENT_DESKS);
}

/// `latest-desks.jsonl`: 160 articles by four more, two of whom were asked for scenes and talks in the many shapes that
/// outlets give them.
#[test]
fn articles_of_latest_desks_are_read_as_well_as_before() {
    holds("latest-desks.jsonl", LATEST_DESKS);
}

/// `dev-twins.jsonl`: 160 articles by four writers who had `dev.jsonl` before them and were asked for its like in other
/// outlets’ styles: the same labels, mix and length. In two of them a third of the quotes are lines of characters.
#[test]
fn twins_of_the_corpus_are_read_as_well_as_before() {
    holds("dev-twins.jsonl", DEV_TWINS);
}

/// `sealed-desks.jsonl`: 160 articles by four more; half of the second’s are previews, teasers and recaps, and the last two’s
/// are twins of `dev.jsonl`. Closed like `closed-desks.jsonl`.
#[test]
fn articles_of_sealed_desks_are_read_as_well_as_before() {
    holds("sealed-desks.jsonl", SEALED_DESKS);
}

/// More articles than a cohort has, a long one among them that fills one alone.
#[test]
fn side_by_side_articles_are_read_as_one_by_one() {
    const BEFORE_THE_LONG_ONE: usize = 5;
    let mut pages = pages(&gold("four-desks.jsonl"));
    let paragraphs: Vec<_> = pages.iter().flat_map(|page| page.paragraphs.clone()).collect();
    let long = Article {
        paragraphs: paragraphs.into_iter().cycle().take(2_000).collect(),
        ..Article::default()
    };
    pages.truncate(2 * reading::COHORT);
    pages.insert(BEFORE_THE_LONG_ONE, long);
    let catalogue = Catalogue::shipped();
    let together = reading::read_all(&pages, &catalogue);
    assert_eq!(together.len(), pages.len());
    for (page, reading) in pages.iter().zip(&together) {
        let alone = serde_json::to_string(&reading::read(page, &catalogue)).expect("a reading is JSON");
        assert_eq!(
            serde_json::to_string(reading).expect("a reading is JSON"),
            alone,
            "{}",
            page.title
        );
    }
    assert!(reading::read_all(&[], &catalogue).is_empty());
}

fn file(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/articles/corpus")
        .join(name);
    fs::read_to_string(file).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn gold(name: &str) -> Vec<Value> {
    let article = |line| serde_json::from_str(line).expect("a line is an article");
    file(name).lines().map(article).collect()
}

fn holds(name: &str, floors: &[(&str, f64)]) {
    let gold = gold(name);
    let mut short = Vec::new();
    for (what, _, value) in &figures(&gold, &Catalogue::empty()) {
        println!("{what:<16} {value:>8.4}");
        let floor = floors
            .iter()
            .find(|(name, _)| name == what)
            .map_or(0.0, |(_, floor)| *floor);
        if *value < floor {
            short.push(format!("{what}: {value:.4}, {floor:.3} before"));
        }
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}

/// What is counted over all articles.
#[derive(Default)]
struct Count {
    gold: u32,
    got: u32,
    span: u32,
    joint: u32,
    said: u32,
    kind: u32,
    lines: u32,
    actor: u32,
    articles: u32,
    drama: u32,
    network: u32,
    people_gold: u32,
    people_got: u32,
    people_hit: u32,
    facts: u32,
    facts_told: u32,
    /// Of the first two sentences, the first three, the beginning without speech.
    facts_led: [u32; 3],
    /// Quotes whose speaker is said to be at least .9 sure, and those of them that are right.
    certain: u32,
    certain_right: u32,
    clean: u32,
}

/// The articles without their gold.
fn pages(gold: &[Value]) -> Vec<Article> {
    let page = |article| page::from_fragment(text(article, "html"), text(article, "title"), None);
    gold.iter().map(page).collect()
}

fn figures(gold: &[Value], catalogue: &Catalogue) -> Vec<Figure> {
    let mut count = Count::default();
    let pages = pages(gold);
    let readings = reading::read_all(&pages, catalogue);
    for ((article, page), reading) in gold.iter().zip(pages).zip(readings) {
        let leads = reading::leads(&page, catalogue);
        count.facts_led = [leads.two, leads.three, leads.cut]
            .iter()
            .zip(count.facts_led)
            .map(|(lead, sum)| sum + facts(article, lead).0)
            .collect::<Vec<_>>()
            .try_into()
            .expect("three in, three out");
        count.articles += 1;
        quotes(article, &reading, &mut count);
        about(article, &reading, &mut count);
        summary(article, &reading, &mut count);
    }
    let n = &count;
    let joint_precision = share(n.joint, n.said);
    vec![
        ("span F1", 0.985, f1(share(n.span, n.got), share(n.span, n.gold))),
        ("joint F1", 0.96, f1(joint_precision, share(n.joint, n.gold))),
        ("joint precision", 0.97, joint_precision),
        ("kind", 0.96, share(n.kind, n.span)),
        ("actor", 0.96, share(n.actor, n.lines)),
        ("first drama", 23.0 / 24.0, share(n.drama, n.articles)),
        ("network", 23.0 / 24.0, share(n.network, n.articles)),
        (
            "people F1",
            0.96,
            f1(share(n.people_hit, n.people_got), share(n.people_hit, n.people_gold)),
        ),
        ("facts", 0.95, share(n.facts_told, n.facts)),
        ("facts, 2 sent.", 0.0, share(n.facts_led[0], n.facts)),
        ("facts, 3 sent.", 0.0, share(n.facts_led[1], n.facts)),
        ("facts, lead 400", 0.0, share(n.facts_led[2], n.facts)),
        // A summary that tells less than the beginning of the article is worth nothing.
        (
            "facts over lead",
            0.0,
            share(n.facts_told, n.facts) - share(n.facts_led[2], n.facts),
        ),
        ("clean", 1.0, share(n.clean, n.articles)),
        ("said >= .9 sure", 0.70, share(n.certain, n.got)),
        ("right of those", 0.97, share(n.certain_right, n.certain)),
    ]
}

fn quotes(article: &Value, reading: &Reading, n: &mut Count) {
    let mut free: Vec<usize> = (0..reading.quotes.len()).collect();
    for want in items(article, "quotes") {
        let words = fold(text(want, "text"));
        let optional = want.get("optional").and_then(Value::as_bool).unwrap_or_default();
        let Some(place) = free.iter().position(|q| fold(reading.quotes[*q].text()) == words) else {
            n.gold += u32::from(!optional);
            continue;
        };
        let by = reading.quotes[free.remove(place)].by();
        let right = by.speaker.as_deref().is_some_and(|said| is_speaker(want, said));
        if optional && right {
            continue;
        }
        n.gold += 1;
        n.got += 1;
        n.span += 1;
        n.joint += u32::from(right);
        let certain = by.confidence >= CERTAIN;
        n.certain += u32::from(certain);
        n.certain_right += u32::from(certain && right);
        n.said += u32::from(by.speaker.is_some());
        n.kind += u32::from(by.kind.name() == text(want, "kind"));
        if text(want, "kind") == "character" {
            n.lines += 1;
            n.actor += u32::from(name(by.actor.as_deref().unwrap_or_default()) == name(text(want, "actor")));
        }
    }
    for left in free {
        n.got += 1;
        n.certain += u32::from(reading.quotes[left].by().confidence >= CERTAIN);
        n.said += u32::from(reading.quotes[left].by().speaker.is_some());
    }
}

fn is_speaker(want: &Value, said: &str) -> bool {
    let several: BTreeSet<String> = texts(want, "speakers").map(name).collect();
    let parts: BTreeSet<String> = said
        .replace(" and ", ",")
        .replace(" & ", ",")
        .split(',')
        .filter(|part| !part.trim().is_empty())
        .map(name)
        .collect();
    let said = name(said);
    !several.is_empty() && parts == several
        || said == name(text(want, "speaker"))
        || texts(want, "speaker_alt").any(|other| name(other) == said)
}

fn about(article: &Value, reading: &Reading, n: &mut Count) {
    let first = reading.drama.first().map(|d| fold(d));
    n.drama += u32::from(first == texts(article, "drama").next().map(fold));
    let network = reading.network.as_deref().unwrap_or_default();
    n.network += u32::from(fold(network) == fold(text(article, "network")));
    let gold: BTreeSet<String> = texts(article, "people").map(name).collect();
    let got: BTreeSet<String> = reading.people.iter().map(|p| name(p)).collect();
    n.people_gold += count(gold.len());
    n.people_got += count(got.len());
    n.people_hit += count(gold.intersection(&got).count());
}

fn summary(article: &Value, reading: &Reading, n: &mut Count) {
    let (found, all) = facts(article, &reading.summary);
    n.facts += all;
    n.facts_told += found;
    let told = fold(&reading.summary);
    let boilerplate = texts(article, "boilerplate")
        .map(fold)
        .any(|line| !line.is_empty() && told.contains(&line));
    let speech = items(article, "quotes")
        .iter()
        .map(|quote| fold(text(quote, "text")))
        .any(|words| words.chars().count() > 20 && told.contains(&words));
    let fits = !reading.summary.is_empty() && reading.summary.chars().count() <= SUMMARY;
    n.clean += u32::from(fits && !boilerplate && !speech);
}

/// How many of an article's facts a text tells, and how many there are.
fn facts(article: &Value, told: &str) -> (u32, u32) {
    let told = fold(told);
    let ways = |fact: &Value| {
        let ways = fact.as_array().map(Vec::as_slice).unwrap_or_default();
        ways.iter()
            .filter_map(Value::as_str)
            .any(|way| told.contains(&fold(way)))
    };
    let all = items(article, "key_facts");
    (count(all.iter().filter(|f| ways(f)).count()), count(all.len()))
}

/// Words without marks, white space folded, in small letters, no signs at the edges.
fn fold(text: &str) -> String {
    let plain: String = text
        .nfkc()
        .collect::<String>()
        .replace('…', "...")
        .chars()
        .filter(|c| !is_mark(*c))
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let edge = |c: char| " ,.;:!?-–—".contains(c);
    words.join(" ").to_lowercase().trim_matches(edge).to_owned()
}

/// The words of a name, without accents and the titles before it.
fn name(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let bare: Vec<&str> = words
        .iter()
        .filter(|w| !["the", "actor", "actress", "director"].contains(*w))
        .copied()
        .collect();
    if bare.is_empty() {
        words.join(" ")
    } else {
        bare.join(" ")
    }
}

fn is_mark(c: char) -> bool {
    "\"'“”‘’„‟«»`´".contains(c)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn share(hit: u32, all: u32) -> f64 {
    if all == 0 { 1.0 } else { f64::from(hit) / f64::from(all) }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    }
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value
        .get(field)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn texts<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a str> {
    items(value, field).iter().filter_map(Value::as_str)
}
