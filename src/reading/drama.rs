//! What an article is about: its dramas, the main one first, and the network of the main one.
//!
//! Titles are the spans that `speech` calls titles, and capitals behind “SBS’s” or “drama” where an
//! outlet prints none. What stands around each says whether it is a drama, a song, a show or a film,
//! and whether the article is about it or only passes by.

use super::entity::{self, Entities, is_same};
use super::guessed;
use super::keyed::Keyed;
use super::lexicon::Class;
use super::network::Station;
use super::passing::{self, is_earlier, is_event, tells_of_another};
use super::people::capitals;
use super::print::words;
use super::repeat;
use super::scan::Spans;
use super::sentence::Sentences;
use super::setting;
use super::speech::{self, Judged, Verdict};
use super::text::{Shape, Text};
use super::title;
use crate::catalogue::Catalogue;
use crate::model::ArticleKind;

/// A title where it stands: the tokens of its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) first: usize,
    pub(super) open: usize,
    pub(super) after: usize,
}

/// A title with what speaks for it.
#[derive(Clone, Debug)]
pub struct Work {
    /// As the article first gives it.
    pub title: String,
    /// The higher the surer that the article is about this drama.
    pub score: f32,
    pub(super) places: Vec<Place>,
    pub(super) drama: f32,
    pub(super) in_headline: bool,
    /// Named only as what somebody made or was seen in before, or as what the drama is made from.
    pub(super) past: bool,
    /// Called a drama where it stands.
    pub(super) called: bool,
    /// What it lost by being called a film or a book.
    pub(super) lost: f32,
    /// The article tells of a show that has its people as guests.
    pub(super) visiting: bool,
}

impl Work {
    /// A title of which nothing is known yet.
    pub(super) fn new(title: String) -> Self {
        Self {
            title,
            score: 0.0,
            places: Vec::new(),
            drama: 0.0,
            in_headline: false,
            past: false,
            called: false,
            lost: 0.0,
            visiting: false,
        }
    }
}

/// What is looked at.
pub struct Source<'a> {
    /// The body.
    pub text: &'a Text,
    /// The headline.
    pub title: &'a Text,
    /// The headline's spans.
    pub title_spans: &'a Spans,
    /// The body's spans.
    pub spans: &'a Spans,
    /// What they are.
    pub judged: &'a [Judged],
    /// The sentences.
    pub sentences: &'a Sentences,
    /// Titles that stand without marks.
    pub bare: &'a [(usize, usize)],
    /// The networks named.
    pub stations: &'a [Station],
    /// Everybody named.
    pub entities: &'a Entities,
    /// What is known beforehand.
    pub catalogue: &'a Catalogue,
    /// The kind of the article.
    pub kind: ArticleKind,
}

/// At least so much a drama is one that the catalogue has.
const KNOWN: f32 = 2.0;

/// The dramas the article is about, the main one first, with their scores.
#[must_use]
pub fn find(source: &Source<'_>) -> Vec<Work> {
    let mut works = titles(source);
    for work in &mut works {
        weigh(source, work);
    }
    passing::restore(source, &mut works);
    if !works.iter().any(|w| w.drama > 1.0) {
        let marked = works.len();
        title::unmarked(source, &mut works);
        for work in &mut works[marked..] {
            weigh(source, work);
        }
    }
    works.retain(|w| w.drama > 0.0);
    // `Lead Kong Mi Ja “Thankful for it all”`: where the headline names the drama that is told of, what else it has in marks
    // and nobody names below is speech.
    if works.iter().any(|w| w.in_headline && !w.places.is_empty()) {
        works.retain(|w| !w.places.is_empty() || w.drama >= KNOWN);
    }
    // `helmed by Oh Kang Min of “Winter Tax”`: what somebody made before, wherever it is named.
    if works.iter().any(|w| !w.past) {
        works.retain(|w| !w.past);
    }
    let ratings = source.kind == ArticleKind::Ratings;
    if !ratings {
        passing::drop_shows(source, &mut works);
    }
    let ordered = matches!(source.kind, ArticleKind::Awards | ArticleKind::List);
    if ordered {
        works.retain(|w| w.score > 0.6);
    }
    // One or two are no list, whatever prizes the article tells of.
    if source.kind == ArticleKind::List || ordered && works.len() > 2 {
        works.sort_by_key(|w| w.places.first().map_or(usize::MAX, |p| p.first));
    } else {
        works.sort_by(|a, b| b.score.total_cmp(&a.score));
    }
    if !ordered {
        let best = works.first().map_or(0.0, |w| w.score);
        works.retain(|w| w.score >= best * if ratings { 0.3 } else { 0.55 } || w.in_headline && w.drama > 1.0);
        if ratings {
            // The headline begins with the drama whose ratings are the news.
            let headline = speech::fold(&source.title.body);
            works.sort_by_key(|w| headline.find(&speech::fold(&w.title)).unwrap_or(usize::MAX));
        }
    }
    // A passing title is no subject of an article about a person.
    works.retain(|w| ordered || w.score > 0.8);
    if works.is_empty() {
        works.extend(guessed::guessed(source));
        for work in &mut works {
            weigh(source, work);
        }
    }
    works
}

fn titles(source: &Source<'_>) -> Vec<Work> {
    let text = source.text;
    let mut works: Vec<Work> = Vec::new();
    let mut by_key: Keyed<String, usize> = Keyed::default();
    let outer = source
        .spans
        .outer
        .iter()
        .zip(source.judged)
        .filter(|(_, j)| j.verdict == Verdict::Title)
        .map(|(s, _)| s);
    let inner = source.spans.inner.iter().filter(|s| {
        s.closed
            && s.close - s.first() <= 14
            && (s.first()..s.close).filter(|t| text.is_word(*t)).count() > 1
            && capitals(text, s.first(), s.close)
    });
    let mut spans: Vec<_> = outer.chain(inner).collect();
    spans.sort_by_key(|s| s.open);
    for span in spans {
        let (first, last) = (span.first(), trimmed(text, span.first(), span.close));
        if first >= last {
            continue;
        }
        let title = text.slice(first, last).to_owned();
        let place = Place {
            first,
            open: span.open,
            after: span.after(),
        };
        let slot = *by_key.entry(speech::fold(&title)).or_insert_with(|| {
            works.push(Work::new(title));
            works.len() - 1
        });
        works[slot].places.push(place);
    }
    for (first, last) in source.bare.iter().copied() {
        let title = text.slice(first, last).to_owned();
        let slot = *by_key.entry(speech::fold(&title)).or_insert_with(|| {
            works.push(Work::new(title));
            works.len() - 1
        });
        works[slot].places.push(Place {
            first,
            open: first,
            after: last,
        });
    }
    if source.kind == ArticleKind::List {
        for (first, last) in numbered(text) {
            // `2. Madam Gil in Rent Season`: somebody of a drama that the text has in marks.
            let known = |t: usize| by_key.contains_key(&speech::fold(text.slice(t + 1, last)));
            if (first + 1..last - 1).any(|t| text.is_one(t, words!["in", "of", "from"]) && known(t)) {
                continue;
            }
            let title = text.slice(first, last).to_owned();
            if let std::collections::hash_map::Entry::Vacant(slot) = by_key.entry(speech::fold(&title)) {
                slot.insert(works.len());
                let place = Place {
                    first,
                    open: first,
                    after: last,
                };
                works.push(Work {
                    score: 1.0,
                    places: vec![place],
                    drama: 1.5,
                    ..Work::new(title)
                });
            }
        }
    }
    for work in &mut works {
        work.places.sort_by_key(|p| p.first);
    }
    headline(source, &mut works, &by_key);
    works
}

/// `1. Paper Lantern` as a line of its own: the titles of a list that prints no marks.
fn numbered(text: &Text) -> Vec<(usize, usize)> {
    const LONGEST: usize = 10;
    text.paras
        .iter()
        .filter(|p| p.last - p.first <= LONGEST + 3 && text.shape(p.first) == Shape::Number)
        .filter_map(|p| {
            let first = p.first + 1 + usize::from(matches!(text.sign(p.first + 1), b'.' | b')' | b':'));
            let marked = (first..p.last).any(|t| text.shape(t) == Shape::Mark);
            let ended = p.last > first && matches!(text.sign(p.last - 1), b'.' | b'?' | b':');
            (first > p.first + 1 && first < p.last && !marked && !ended && capitals(text, first, p.last))
                .then_some((first, p.last))
        })
        .collect()
}

/// The title without the sign that American printers put inside the marks.
fn trimmed(text: &Text, first: usize, last: usize) -> usize {
    let mut last = last;
    while last > first && text.is_just(last - 1, words![",", ".", ";", "'", "’"]) {
        last -= 1;
    }
    last
}

fn headline(source: &Source<'_>, works: &mut Vec<Work>, by_key: &Keyed<String, usize>) {
    for work in works.iter_mut() {
        let key = speech::fold(&work.title);
        work.in_headline = key.len() > 3 && entity::holds(&source.title.body, &key);
    }
    let title = source.title;
    if let Some((first, last)) = repeat::labelled(title) {
        let printed = title.slice(first, last).to_owned();
        if !by_key.contains_key(&speech::fold(&printed)) {
            works.push(Work {
                score: 1.0,
                drama: 2.0,
                in_headline: true,
                ..Work::new(printed)
            });
        }
        return;
    }
    let colon = (1..title.tokens.len().min(12))
        .find(|t| title.is(*t, ":") || title.is(*t, "Episode") || title.is(*t, "Episodes") || title.is(*t, "Recap"));
    if let Some(colon) = colon.filter(|c| {
        let numbered = |t: usize| title.is_one(t, words!["episode", "episodes", "ep", "eps"]);
        (*c..title.tokens.len()).any(numbered) && title_spans_empty(source)
    }) {
        // `Court of Owls, Court of Cats: Ep. 7-8`.
        let comma = (1..colon).find(|t| title.is(*t, ",")).unwrap_or(colon);
        let printed = title.slice(0, colon).to_owned();
        if !by_key.contains_key(&speech::fold(&printed)) && capitals(title, 0, comma) {
            works.push(Work {
                score: 1.0,
                drama: 2.0,
                in_headline: true,
                ..Work::new(printed)
            });
        }
    }
    for span in &source.title_spans.outer {
        let last = trimmed(source.title, span.first(), span.close);
        let title = source.title.slice(span.first(), last);
        let key = speech::fold(title);
        let words = last.saturating_sub(span.first());
        let label = source
            .title
            .class(span.open.wrapping_sub(1))
            .has(Class::LABEL.with(Class::SAY));
        if words > 0
            && words <= 12
            && !by_key.contains_key(&key)
            && capitals(source.title, span.first(), last)
            && !label
        {
            let known = source.catalogue.named_drama(title).is_some();
            works.push(Work {
                drama: if known { 3.0 } else { 0.4 },
                in_headline: true,
                ..Work::new(title.to_owned())
            });
        }
    }
}

fn title_spans_empty(source: &Source<'_>) -> bool {
    source.title_spans.outer.is_empty()
}

fn weigh(source: &Source<'_>, work: &mut Work) {
    let text = source.text;
    let mut score = 0.0;
    if source.catalogue.named_drama(&work.title).is_some() {
        work.drama += 2.0;
        score += 1.0;
    }
    for (number, place) in work.places.clone().into_iter().enumerate().take(12) {
        let told = setting::context(source, place);
        work.drama += told.drama;
        work.called |= told.called;
        work.lost += told.lost;
        score += told.about + if number < 5 { 0.5 } else { 0.0 };
        let lead = text.paras.get(1).is_none_or(|p| place.first < p.last);
        if number == 0 && lead {
            score += 1.0;
        }
    }
    // `2024 Hanbit Drama Awards`.
    let last = work.title.split_whitespace().next_back().unwrap_or_default();
    if ["Awards", "Award", "Festival", "Ceremony"].contains(&last) {
        work.drama -= 6.0;
    }
    if work.in_headline {
        score += 2.5;
        work.drama += 0.6;
    }
    work.past = !work.places.is_empty() && work.places.iter().take(12).all(|p| is_earlier(source, *p));
    work.past |= work.in_headline && passing::is_made_before(source, &speech::fold(&work.title));
    if is_event(&work.title) {
        work.drama -= 8.0;
    }
    // `on “Midnight Table”` in the headline: a show that somebody was on.
    if let Some(span) = source
        .title_spans
        .outer
        .iter()
        .find(|s| is_same(source.title.slice(s.first(), s.close), &work.title))
        && source.title.is(span.open.wrapping_sub(1), "on")
        && (source.kind == ArticleKind::Variety || tells_of_another(source, span.open))
    {
        work.drama -= 3.0;
        score -= 2.0;
    }
    if work.places.is_empty() && work.in_headline {
        score -= 0.5;
    }
    // Nothing says what it is: a title of an article about dramas is likeliest a drama's.
    if work.drama == 0.0 && work.places.len() > 1 {
        work.drama = 0.3;
    }
    work.score = score + work.drama.min(6.0) * 0.6;
}
