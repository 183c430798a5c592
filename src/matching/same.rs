//! Whether two outlets tell the same story.
//!
//! Two tellings of one event share its people, its drama (by whatever title the outlet translates it) and the hour;
//! what shows that it is one event are the same line, figures, rare words or something that does not happen twice.
//! Two events of one drama in one week share drama and people as well: so what stands in every story of a drama (its
//! title, its premise, who plays whom, the words of the trade) counts next to nothing. Some things alone make them
//! two (`apart`). Of the rest each likeness is one number, and their weighted sum decides. The weights were fitted
//! (logistic regression) to the pairs of tests/same, with those that are not one event as if told within nine hours,
//! and then rounded; that of the time was given. Each of the first three sets was also judged by weights fitted to the
//! two others: none was taken for one that is not; the fourth and the sixth, which came after, taught most of what
//! alone makes two. Taking two events for one would hide news, taking one for two only repeats it: in doubt they are two.

use crate::model::{Millis, Named};
use std::collections::{BTreeMap, BTreeSet};

mod apart;
mod cast;
mod events;
mod figures;
mod text;
mod weight;
mod words;

pub use cast::Cast;
use figures::Figures;
use words::{folded, stem, tokens};

/// How far apart two tellings of one story may be, in milliseconds: two days.
pub const WINDOW: Millis = 48 * 3_600_000;
/// From this sum on two tellings are one story.
const ONE: f64 = 0.5;
/// Words of the text, from its beginning, in which the event is told; what comes behind everybody knows.
const TOLD: usize = 250;
/// Words of the first paragraphs.
const LEAD: usize = 70;
/// Lines that are compared; each is, with all of the other telling.
const LINES: usize = 200;
/// The hours that are taken when the time of one is not known.
const UNKNOWN: f64 = 5.0;
/// From this likeness on two lines are one, told in other words.
const SAID: f64 = 0.3;
/// A headline says the event in a few words: each counts so much …
const IN_HEADLINE: f64 = 1.3;
/// … a word of a sentence that explains the drama, and the name of one of its characters …
const BACKGROUND: f64 = 0.25;
/// … and a word for a kind of event, which is told from others otherwise.
const OF_KIND: f64 = 0.3;

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
    head: apart::Head,
    at: Option<Millis>,
}

/// How two tellings compare.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// Of the rarer words: the share of the shorter telling …
    pub rare: f64,
    /// … and how many they are (logarithm).
    pub common: f64,
    /// Figures in both, 0 to 3.
    pub figures: f64,
    /// Figures of one kind (ratings, episodes, days) that differ, 0 to 2.
    pub clashes: f64,
    /// Of the most similar spoken lines, 0 to 1.
    pub said: f64,
    /// 1 when both tell of something that does not happen twice in a few days (somebody is cast, a wedding).
    pub once: f64,
    /// Steps of a story that goes on (an offer, a refusal), and things that outlets are given (posters, ratings), that
    /// only one of them tells: 0 to 2.
    pub steps: f64,
    /// Of the people, 0 to 1.
    pub people: f64,
    /// The time between them: 0 at the same moment, 1 after three hours, 2 after nine, …
    pub apart: f64,
}

impl Likeness {
    /// The weighted sum.
    fn sum(&self) -> f64 {
        const START: f64 = 0.75;
        START
            + 0.6 * self.common
            + 0.55 * self.rare
            + 0.6 * self.figures
            + 1.3 * self.said
            + 0.6 * self.once
            + 0.2 * self.people
            - 1.4 * self.clashes
            - 1.5 * self.steps
            - 1.2 * self.apart
    }

    /// Whether anything shows that it is one event, and not only that it is about the same people at the same time.
    fn shows_one(&self) -> bool {
        /// The logarithm of one and a half: half a rare word.
        const WORDS: f64 = 0.405;
        self.common >= WORDS || self.said >= SAID || self.figures >= 1.0 || (self.once > 0.0 && self.people >= 1.0)
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
        let (title, body) = (tokens(told.title), tokens(told.body));
        let lead: Vec<String> = told.body.split("\n\n").take(3).flat_map(tokens).take(LEAD).collect();
        let sentences = text::sentences(told.body);
        let told_in = beginning(&sentences);
        let dramas = || told.dramas.iter().flat_map(|drama| tokens(&drama.name));
        let with_stem = |word: String| [stem(&word).to_owned(), word];
        let people: BTreeSet<String> = (told.people.iter())
            .flat_map(|person| tokens(&person.name))
            .flat_map(with_stem)
            .collect();
        let known: BTreeSet<String> = dramas().flat_map(with_stem).chain(people.iter().cloned()).collect();
        let names = text::names(&sentences);
        let named = title
            .iter()
            .filter(|word| names.contains(*word) && is_own_name(word, &known));
        let figures: Vec<(Vec<String>, bool)> = std::iter::once((title.clone(), false))
            .chain(
                told_in
                    .iter()
                    .map(|(sentence, is_background)| (tokens(sentence), *is_background)),
            )
            .collect();
        let lines = told.quotes.iter().take(LINES).map(|line| {
            let words = tokens(line);
            folded(&words).filter(|word| !people.contains(word)).collect()
        });
        Self {
            cast: Cast::of(told.dramas, told.people, told.network),
            events: events::of(&title, &lead, &body),
            rare: rare(&title, &told_in, &known, &names),
            figures: Figures::of(&figures, &figures::of_title(&dramas().collect::<Vec<_>>()).collect()),
            lines: lines.collect(),
            all: folded(&body).chain(folded(&title)).collect(),
            head: apart::Head::of(told, named.map(|word| stem(word).to_owned()).collect()),
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
        let smaller = weight(&self.rare).min(weight(&other.rare)).max(2.0);
        let (figures, clashes) = self.figures.compare(&other.figures);
        let hours = match (self.at, other.at) {
            #[allow(clippy::cast_precision_loss)] // at most two days in milliseconds
            (Some(a), Some(b)) => a.abs_diff(b) as f64 / 3_600_000.0,
            _ => UNKNOWN,
        };
        Likeness {
            rare: common / smaller,
            common: common.ln_1p(),
            figures,
            clashes,
            said: self.said_in(other).max(other.said_in(self)),
            once: f64::from(u8::from(events::is_once(&self.events, &other.events))),
            steps: events::steps(&self.events, &other.events),
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
            && !apart::are_two(self, other, likeness.said)
            && likeness.shows_one()
            && likeness.sum() >= ONE
    }

    /// How much of a line of the other is said here as well, as a line or in words of one's own: by the words that tell
    /// something, since outlets translate the others in their own way.
    fn said_in(&self, other: &Self) -> f64 {
        const OWN_WORDS: f64 = 0.7;
        let said = self.lines.iter().map(|line| {
            let heavy = weight::of_line(line);
            let as_line = (other.lines.iter())
                .map(|theirs| in_both(line, theirs, (2, 0.6)) / heavy.min(weight::of_line(theirs)).max(1.2));
            let in_words = OWN_WORDS * in_both(line, &other.all, (3, 1.0)) / heavy.max(1.5);
            as_line.fold(in_words, f64::max).min(1.0)
        });
        said.fold(0.0, f64::max)
    }
}

/// What the words weigh that are in both; nothing below so many and so much, which any two lines have in common.
fn in_both(a: &BTreeSet<String>, b: &BTreeSet<String>, (words, least): (usize, f64)) -> f64 {
    let common: BTreeSet<String> = a.intersection(b).cloned().collect();
    let weight = weight::of_line(&common);
    if common.len() < words || weight < least {
        0.0
    } else {
        weight
    }
}

/// The sentences that tell the event, each with whether it explains the drama; the first never does.
fn beginning<'a>(sentences: &[&'a str]) -> Vec<(&'a str, bool)> {
    let mut words = 0;
    let told = sentences.iter().enumerate().take_while(|(_, sentence)| {
        let goes_on = words <= TOLD;
        words += sentence.split_whitespace().count();
        goes_on
    });
    told.map(|(place, sentence)| (*sentence, place > 0 && text::is_background(sentence)))
        .collect()
}

/// The words that tell the event from others of the drama, by their stems, and how much each counts. `known`: the words
/// and stems of its title and its people; `names`: the words that are names in the text.
fn rare(
    title: &[String],
    told: &[(&str, bool)],
    known: &BTreeSet<String>,
    names: &BTreeSet<String>,
) -> BTreeMap<String, f64> {
    let explained = told.iter().filter(|(_, is_background)| *is_background);
    let of_drama: BTreeSet<String> = explained
        .flat_map(|(sentence, _)| tokens(sentence))
        .filter(|word| names.contains(word))
        .chain(told.iter().flat_map(|(sentence, _)| text::before_brackets(sentence)))
        .collect();
    let mut all: BTreeMap<String, f64> = BTreeMap::new();
    let mut take = |word: &str, place: f64| {
        let stemmed = stem(word);
        if !can_tell(word) || known.contains(word) || known.contains(stemmed) {
            return;
        }
        let place = if of_drama.contains(word) {
            place.min(BACKGROUND)
        } else {
            place
        };
        let kind = if events::is_word(stemmed) { OF_KIND } else { 1.0 };
        let weight = weight::of(stemmed) * place * kind;
        if weight > 0.0 {
            let known = all.entry(stemmed.to_owned()).or_default();
            *known = known.max(weight);
        }
    };
    for (sentence, is_background) in told {
        let place = if *is_background { BACKGROUND } else { 1.0 };
        tokens(sentence).iter().for_each(|word| take(word, place));
    }
    title.iter().for_each(|word| take(word, IN_HEADLINE));
    all
}

/// Whether a word can tell anything: syllables of names and figures cannot.
fn can_tell(word: &str) -> bool {
    word.len() > 2 && words::number(word).is_none() && !word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a name is neither a person's or the drama's (`known`) nor a word that says nothing.
fn is_own_name(word: &str, known: &BTreeSet<String>) -> bool {
    let stemmed = stem(word);
    can_tell(word)
        && !known.contains(word)
        && !known.contains(stemmed)
        && !words::is_month(word)
        && !words::is_dull(word)
        && !events::is_word(stemmed)
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
