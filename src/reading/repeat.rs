//! Titles that the headline or the body prints in marks, where the body prints them without.
//!
//! Outlets set a title in italics in the body and in marks in the headline; with the italics gone
//! only the words themselves tell. No name is looked for inside, and each place is one of the drama.

use super::lexicon::Class;
use super::people::capitals;
use super::scan::{Span, Spans};
use super::speech::{Judged, Verdict};
use super::text::{Shape, Text};

/// So many different titles are looked for; an article that prints more is a list in marks anyway.
const MOST: usize = 48;
/// Longer titles are sentences.
const LONGEST: usize = 12;

/// The ranges of tokens where a title stands without marks, in order.
#[must_use]
pub fn find(text: &Text, title: &Text, title_spans: &Spans, spans: &Spans, judged: &[Judged]) -> Vec<(usize, usize)> {
    let marked = spans
        .outer
        .iter()
        .zip(judged)
        .filter(|(_, j)| j.verdict == Verdict::Title)
        .map(|(s, _)| (text, s));
    let mut titles: Vec<Vec<&str>> = Vec::new();
    for (from, span) in title_spans.outer.iter().map(|s| (title, s)).chain(marked) {
        let words = words(from, span);
        if titles.len() < MOST && is_title(from, span, &words) && !titles.iter().any(|t| same_words(t, &words)) {
            titles.push(words);
        }
    }
    for words in before_nouns(title) {
        if !titles.iter().any(|t| same_words(t, &words)) {
            titles.push(words);
        }
    }
    let mut places = Vec::new();
    let mut at = 0;
    while !titles.is_empty() && at < text.tokens.len() {
        let found = text.tokens[at]
            .is_capital()
            .then(|| stands(text, at, &titles))
            .flatten();
        match found.filter(|_| !is_marked(spans, at)) {
            Some(last) => {
                places.push((at, last));
                at = last;
            }
            None => at += 1,
        }
    }
    places
}

/// `Velvet Alibi premiere`, `Moonlit Ledger star Kim` in a headline that prints words in lower case.
fn before_nouns(title: &Text) -> Vec<Vec<&str>> {
    const NOUNS: &[&str] = &[
        "star", "stars", "actor", "actress", "cast", "director", "writer", "premiere", "finale", "season", "ending",
        "episode", "teaser", "trailer", "stills", "poster", "ratings", "co-star", "co-stars", "creator",
    ];
    let mut found = Vec::new();
    for noun in (0..title.tokens.len()).filter(|t| NOUNS.contains(&title.word(*t))) {
        let small = |t: usize| title.class(t).has(Class::PREP.with(Class::DET)) && title.word(t).len() <= 4;
        let mut first = noun;
        while first > 0 && (title.tokens[first - 1].is_capital() || small(first - 1)) {
            first -= 1;
        }
        while first < noun && !title.tokens[first].is_capital() {
            first += 1;
        }
        // A name or a company has stars as well.
        let last = noun.saturating_sub(1);
        let other = title.class(first).has(Class::SURNAME.with(Class::STATION)) || title.class(last).has(Class::ORG);
        if noun - first > 1 && !other && title.tokens[last].is_capital() {
            found.push((first..noun).map(|t| title.word(t)).collect());
        }
    }
    found
}

/// The words of a span without the sign that American printers put inside.
fn words<'a>(text: &'a Text, span: &Span) -> Vec<&'a str> {
    let mut last = span.close.min(text.tokens.len());
    while last > span.first() && matches!(text.word(last - 1), "," | "." | ";") {
        last -= 1;
    }
    (span.first()..last).take(LONGEST + 1).map(|t| text.word(t)).collect()
}

fn is_title(text: &Text, span: &Span, words: &[&str]) -> bool {
    (2..=LONGEST).contains(&words.len())
        && text
            .tokens
            .get(span.first())
            .is_some_and(|t| t.is_capital() || t.shape == Shape::Number)
        && capitals(text, span.first(), span.first() + words.len())
}

fn same_words(one: &[&str], other: &[&str]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
}

/// In any case, with either apostrophe.
fn same(one: &str, other: &str) -> bool {
    let plain = |c: char| {
        if matches!(c, '’' | '‘') {
            '\''
        } else {
            c.to_ascii_lowercase()
        }
    };
    one.chars().map(plain).eq(other.chars().map(plain))
}

/// Where the longest of the titles that begin at a token ends; its last word has a capital too.
fn stands(text: &Text, at: usize, titles: &[Vec<&str>]) -> Option<usize> {
    titles
        .iter()
        .filter(|t| same(t[0], text.word(at)))
        .filter(|t| {
            t.iter()
                .enumerate()
                .skip(1)
                .all(|(n, word)| same(word, text.word(at + n)))
        })
        .map(|t| at + t.len())
        .filter(|last| capitals(text, at, (*last).min(text.tokens.len())))
        .max()
}

/// Whether a token stands inside marks.
fn is_marked(spans: &Spans, token: usize) -> bool {
    let next = spans.outer.partition_point(|s| s.after() <= token);
    spans.outer.get(next).is_some_and(|s| s.open <= token)
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::model::{Article, Paragraph, ParagraphKind};
    use crate::reading::read;

    #[test]
    fn a_title_of_the_headline_is_known_without_marks() {
        let paragraph = |text: &str| Paragraph {
            kind: ParagraphKind::Paragraph,
            text: text.to_owned(),
        };
        let article = Article {
            title: "Ki Yul Bin Talks About “My Teacher, The Heron”".to_owned(),
            paragraphs: vec![
                paragraph(
                    "Ki Yul Bin is a gentleman, but the staff of Coupang Play’s My Teacher, The Heron know better.",
                ),
                paragraph("“I ate fourteen of them before anybody noticed,” the actor said."),
            ],
            ..Article::default()
        };
        let reading = read(&article, &Catalogue::empty());
        assert_eq!(reading.drama, ["My Teacher, The Heron"]);
        assert_eq!(reading.network.as_deref(), Some("Coupang Play"));
        assert_eq!(reading.people, ["Ki Yul Bin"]);
    }
}
