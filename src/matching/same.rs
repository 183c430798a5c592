//! Whether two outlets tell the same story.
//!
//! Two tellings of one event share its people, its drama (by whatever title the outlet translates it), the kind of
//! event, the figures, the rarer words, the hour; seldom a sentence. Two events of one drama in one week share drama and
//! people as well: so what stands in every story of a drama (its title, its cast, the words of the trade) counts
//! nothing, and what tells an event from another counts. Each likeness is one number, their weighted sum decides; the
//! weights were fitted (logistic regression) to the pairs of tests/same and then rounded, that of the time less than it
//! would take there: outlets of other zones are further apart. Stories of different dramas, or of different people, are
//! never the same, nor are a report and its denial. Taking two events for one would hide news, taking one for two only
//! repeats it: in doubt they are two.

use crate::model::{Millis, Named};
use std::collections::{BTreeMap, BTreeSet};

mod cast;
mod events;
mod figures;
mod words;

pub use cast::Cast;
use figures::Figures;
use words::{folded, stem, tokens};

/// How far apart two tellings of one story may be, in milliseconds: two days.
pub const WINDOW: Millis = 48 * 3_600_000;
/// From this sum on two tellings are one story. Of the pairs of tests/same none that is not reaches it.
const ONE: f64 = 0.6;
/// Words of the text, from its beginning, in which the event is told; what comes behind everybody knows.
const TOLD: usize = 250;
/// Words of the first paragraphs.
const LEAD: usize = 70;
/// The hours that are taken when the time of one is not known.
const UNKNOWN: f64 = 8.0;
/// Fewest words of a line that can be compared.
const LINE: usize = 3;

/// What one outlet tells, as far as it matters here.
#[derive(Clone, Debug)]
pub struct Telling {
    cast: Cast,
    /// The kinds of event, and how much of it is about each.
    events: BTreeMap<&'static str, f64>,
    /// The rarer words, and how much each counts.
    rare: BTreeMap<String, f64>,
    figures: Figures,
    lines: Vec<BTreeSet<String>>,
    /// All words that are not empty, for lines that are told in words of one's own.
    all: BTreeSet<String>,
    headline: BTreeSet<String>,
    at: Option<Millis>,
}

/// How two tellings compare.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// Of the kinds of event, 0 to 1.
    pub events: f64,
    /// Steps of a story that goes on (an offer, a refusal), and things that outlets are given (posters, ratings), that
    /// only one of them tells: 0 to 2.
    pub steps: f64,
    /// Of the rarer words: the share of the shorter telling …
    pub rare: f64,
    /// … and how many they are (logarithm).
    pub common: f64,
    /// Figures in both, 0 to 3.
    pub figures: f64,
    /// Figures of one kind (ratings, episodes, days) that differ, 0 to 2.
    pub clashes: f64,
    /// Of the most similar spoken lines.
    pub line: f64,
    /// Of the headlines.
    pub headline: f64,
    /// Of the people.
    pub people: f64,
    /// The time between them: 0 at the same moment, 1 after three hours, 2 after nine, …
    pub apart: f64,
}

impl Likeness {
    /// The weighted sum.
    fn sum(&self) -> f64 {
        const START: f64 = -2.2;
        START
            + 1.8 * self.events
            + 1.07 * self.common
            + 1.8 * self.rare
            + 1.2 * self.figures
            + 0.85 * self.line
            + 0.45 * self.headline
            + 1.6 * self.people
            - 1.3 * self.clashes
            - 1.2 * self.steps
            - 1.6 * self.apart
    }
}

/// What a story is made of, as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The headline.
    pub title: &'a str,
    /// The text that was read.
    pub body: &'a str,
    /// The dramas it is about.
    pub dramas: &'a [Named],
    /// The people in it.
    pub people: &'a [Named],
    /// The network of the drama.
    pub network: Option<&'a str>,
    /// What was said.
    pub quotes: &'a [String],
    /// When it was told.
    pub at: Option<Millis>,
}

impl Telling {
    /// Takes a story apart.
    #[must_use]
    pub fn of(told: &Told<'_>) -> Self {
        let names: BTreeSet<String> = told
            .dramas
            .iter()
            .chain(told.people)
            .flat_map(|named| tokens(&named.name))
            .flat_map(|word| [stem(&word).to_owned(), word])
            .collect();
        let (title, body) = (tokens(told.title), tokens(told.body));
        let beginning = &body[..TOLD.min(body.len())];
        let lead: Vec<String> = told.body.split("\n\n").take(3).flat_map(tokens).take(LEAD).collect();
        let mut rare = BTreeMap::new();
        // A headline says the event in a few words.
        for (words, weight) in [(beginning, 1.0), (title.as_slice(), 1.6)] {
            let kept = words.iter().filter(|word| words::is_rare(word, &names));
            rare.extend(kept.map(|word| (stem(word).to_owned(), weight)));
        }
        let headline = folded(&title).filter(|word| !names.contains(word)).collect();
        let lines = told.quotes.iter().map(|line| folded(&tokens(line)).collect());
        Self {
            cast: Cast::of(told.dramas, told.people, told.network),
            events: events::of(&title, &lead, &body),
            rare,
            figures: Figures::of(&[&title, beginning]),
            lines: lines.filter(|line: &BTreeSet<String>| line.len() >= LINE).collect(),
            all: folded(&body).chain(folded(&title)).collect(),
            headline,
            at: told.at,
        }
    }

    /// How it compares with another.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        let common = self
            .rare
            .iter()
            .filter_map(|(word, weight)| Some(weight.midpoint(*other.rare.get(word)?)))
            .sum::<f64>();
        let weight = |words: &BTreeMap<String, f64>| words.values().sum::<f64>();
        let smaller = weight(&self.rare).min(weight(&other.rare)).max(1.0);
        let (figures, clashes) = self.figures.compare(&other.figures);
        let hours = match (self.at, other.at) {
            #[allow(clippy::cast_precision_loss)] // at most two days in milliseconds
            (Some(a), Some(b)) => (a - b).abs() as f64 / 3_600_000.0,
            _ => UNKNOWN,
        };
        Likeness {
            events: events::likeness(&self.events, &other.events),
            steps: events::steps(&self.events, &other.events),
            rare: common / smaller,
            common: common.ln_1p(),
            figures,
            clashes,
            line: self.said_in(other).max(other.said_in(self)),
            headline: share(&self.headline, &other.headline),
            people: self.cast.likeness(&other.cast),
            apart: (1.0 + hours / 3.0).log2(),
        }
    }

    /// Whether both tell the same story.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let likeness = self.likeness(other);
        self.cast.fits(&other.cast)
            && likeness.people > 0.0
            && !events::is_denial(&self.events, &other.events)
            && likeness.sum() >= ONE
    }

    /// How much of a line of the other is said here as well, as a line or in words of one's own.
    fn said_in(&self, other: &Self) -> f64 {
        const OWN_WORDS: f64 = 0.7;
        let as_line = |line: &BTreeSet<String>| {
            let lines = other.lines.iter().map(|theirs| share(line, theirs));
            lines.fold(0.0, f64::max)
        };
        let in_words = |line: &BTreeSet<String>| {
            OWN_WORDS * of_smaller(line.intersection(&other.all).count(), line.len(), line.len())
        };
        let said = self.lines.iter().map(|line| as_line(line).max(in_words(line)));
        said.fold(0.0, f64::max)
    }
}

/// Whether a line is among others, perhaps translated in other words.
#[must_use]
pub fn has_line(lines: &[String], line: &str) -> bool {
    /// From this share of the shorter one's words on two lines are one.
    const ONE: f64 = 0.6;
    let words = |line: &str| -> BTreeSet<String> { folded(&tokens(line)).collect() };
    let wanted = words(line);
    lines
        .iter()
        .any(|other| *other == line || share(&words(other), &wanted) >= ONE)
}

/// The share of the smaller set that is in both.
fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    of_smaller(a.intersection(b).count(), a.len(), b.len())
}

#[allow(clippy::cast_precision_loss)] // words of an article
fn of_smaller(common: usize, a: usize, b: usize) -> f64 {
    common as f64 / a.min(b).max(1) as f64
}
