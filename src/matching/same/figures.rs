//! The figures of a telling: ratings, episodes, days, ages, sums of money, each with what it counts.

use super::words;
use std::collections::{BTreeMap, BTreeSet};

/// Days of a month, named by the month before or as “the 9th”; “five days” are another thing.
const DAY: &str = "date";
/// Episodes, by their stem.
const EPISODE: &str = "episod";
const RATING: &str = "percent";
/// Figures of which it is not known what they count.
const ANYTHING: &str = "#";
/// Kinds (stems of what is counted) of which a story has its own: another episode, day or rating is another event.
const TELLING: [&str; 9] = [
    DAY,
    EPISODE,
    RATING,
    "part",
    "week",
    "season",
    "teas",
    "hour",
    "interview",
];
/// More kinds: the same small figure of two of them is chance. Of other words it is not known: one outlet has “16
/// episodes”, another “all 16 were shot”.
const KINDS: [&str; 12] = [
    "year", "month", "minut", "memb", "peopl", "person", "actor", "artist", "won", "view", "countr", "award",
];
/// Figures up to this, in thousandths, are in every text.
const SMALL: i64 = 2_000;
/// Figures from this on, in thousandths, and those with decimals, are hardly the same by chance …
const LARGE: i64 = 1_000_000;
/// … and count so much.
const EXACT: f64 = 1.6;
/// A figure in a sentence that explains the drama.
const BACKGROUND: f64 = 0.3;
/// Figures that count at most, and kinds that differ.
const MOST: f64 = 3.0;
const MOST_CLASHES: usize = 2;

/// Figures by what they count, in thousandths, and how much each counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    counted: BTreeMap<String, BTreeMap<i64, f64>>,
    /// The rating that is told first.
    rating: Option<i64>,
}

impl Figures {
    /// Of sentences, each with whether it explains the drama; figures of the drama's own title are no news.
    pub(super) fn of(sentences: &[(Vec<String>, bool)], title: &BTreeSet<i64>) -> Self {
        let mut all = Self::default();
        for (words, is_background) in sentences {
            for (place, word) in words.iter().enumerate() {
                let word_at =
                    |place: Option<usize>| place.and_then(|place| words.get(place)).map_or("", String::as_str);
                let (before, after) = (word_at(place.checked_sub(1)), word_at(Some(place + 1)));
                let is_time = is_time(after, word_at(Some(place + 2)), word_at(Some(place + 3)));
                let Some(value) = words::number(word).filter(|_| !is_time) else {
                    continue;
                };
                let (unit, value) = counted(word, value, before, after);
                let value = thousandths(value);
                if !title.contains(&value) {
                    let weight = if *is_background { BACKGROUND } else { 1.0 };
                    if unit == RATING && !is_background {
                        all.rating.get_or_insert(value);
                    }
                    let known = all.counted.entry(unit).or_default().entry(value).or_default();
                    *known = known.max(weight);
                }
            }
        }
        all
    }

    /// How much the figures in both count, 0 to 3, and how many kinds differ, 0 to 2.
    pub(super) fn compare(&self, other: &Self) -> (f64, f64) {
        let (ours, theirs) = (self.values(), other.values());
        let common = ours
            .iter()
            .filter(|(value, _)| **value > SMALL)
            .filter_map(|(value, one)| {
                let two = theirs.get(value)?;
                let is_exact = *value >= LARGE || value % 1000 != 0;
                let exact = if is_exact { EXACT } else { 1.0 };
                (is_exact || one.counts_as(two)).then(|| exact * one.weight.min(two.weight))
            });
        let clashes = TELLING.iter().filter(|unit| self.clash(other, unit)).count();
        let clashes = u32::try_from(clashes.min(MOST_CLASHES)).unwrap_or(0);
        (common.sum::<f64>().min(MOST), f64::from(clashes))
    }

    /// Whether both count something of a kind, and nothing of it is the same.
    fn clash(&self, other: &Self, unit: &str) -> bool {
        let both = self.counted.get(unit).zip(other.counted.get(unit));
        both.is_some_and(|(ours, theirs)| {
            let is_news = |values: &BTreeMap<i64, f64>| values.values().any(|weight| *weight >= 1.0);
            is_news(ours) && is_news(theirs) && !ours.keys().any(|value| theirs.contains_key(value))
        })
    }

    /// All figures, whatever they count: one outlet has “5 percent”, another “a share of 5”.
    fn values(&self) -> BTreeMap<i64, Counts<'_>> {
        let mut all: BTreeMap<i64, Counts<'_>> = BTreeMap::new();
        for (unit, values) in &self.counted {
            for (value, weight) in values {
                let known = all.entry(*value).or_default();
                known.weight = known.weight.max(*weight);
                known.units.insert(unit);
            }
        }
        all
    }
}

/// What one value counts in a telling, and how much it weighs.
#[derive(Debug, Default)]
struct Counts<'a> {
    weight: f64,
    units: BTreeSet<&'a str>,
}

impl Counts<'_> {
    /// Whether both may count the same: 4 percent are not 4 members.
    fn counts_as(&self, other: &Self) -> bool {
        let is_vague = |one: &Self| {
            one.units
                .iter()
                .any(|unit| !TELLING.contains(unit) && !KINDS.contains(unit))
        };
        is_vague(self) || is_vague(other) || !self.units.is_disjoint(&other.units)
    }
}

/// Whether the rating that one tells first is not among those of the other.
pub(super) fn are_other_ratings(a: &Figures, b: &Figures) -> bool {
    let lacks = |one: &Figures, other: &Figures| {
        let theirs = other.counted.get(RATING);
        one.rating
            .zip(theirs)
            .is_some_and(|(first, theirs)| !theirs.contains_key(&first))
    };
    lacks(a, b) || lacks(b, a)
}

/// The figures of a title.
pub(super) fn of_title(words: &[String]) -> impl Iterator<Item = i64> {
    words.iter().filter_map(|word| words::number(word)).map(thousandths)
}

fn thousandths(value: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // saturates
    let value = (value * 1000.0).round() as i64;
    value
}

/// “10:10 p.m.” is when a drama always airs: whether these words follow an hour or a minute.
fn is_time(first: &str, second: &str, third: &str) -> bool {
    let is_half = |word: &str, next: &str| matches!(word, "a" | "p") && next == "m";
    is_half(first, second) || (words::number(first).is_some() && is_half(second, third))
}

/// What a figure counts, and its value.
fn counted(word: &str, value: f64, before: &str, after: &str) -> (String, f64) {
    let ordinal = word.starts_with(|c: char| c.is_ascii_digit()) && !word.ends_with(|c: char| c.is_ascii_digit());
    if words::is_month(before) || (ordinal && before == "the" && !after.starts_with("episod")) {
        return (DAY.to_owned(), value);
    }
    match before {
        "ep" | "eps" => return (EPISODE.to_owned(), value),
        "episode" | "episodes" | "season" | "part" | "no" | "interview" => {
            return (words::stem(before).to_owned(), value);
        }
        _ => {}
    }
    match after {
        "million" | "mln" => (ANYTHING.to_owned(), value * 1e6),
        "billion" => (ANYTHING.to_owned(), value * 1e9),
        unit if unit.chars().all(char::is_alphabetic) && !words::is_empty(unit) && !unit.is_empty() => {
            (words::stem(unit).to_owned(), value)
        }
        _ => (ANYTHING.to_owned(), value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::same::words::tokens;

    fn figures(text: &str) -> Figures {
        Figures::of(
            &[(tokens(text), false)],
            &of_title(&tokens("Eleven Steps Down")).collect(),
        )
    }

    #[test]
    fn figures_of_one_kind_agree_or_clash() {
        let one = figures("Episode 3 of Eleven Steps Down reached 9.8 percent on May 4 at 10:10 p.m.");
        for (text, common, clashes) in [
            ("“11 Steps Down” at 9.8% on the 4th, 10:10 p.m.", 1.6 + 1.0, 0.0),
            ("The third episode got 9.8 percent", 1.6 + 1.0, 0.0),
            ("Episode 7 got 9.9 percent on May 5", 0.0, 2.0),
            ("Ep. 7 got 9.8 percent", 1.6, 1.0),
            ("Nothing to count", 0.0, 0.0),
            ("It rose 3 percent", 0.0, 1.0),
            ("All 3 of them came", 1.0, 0.0),
        ] {
            let (found, differ) = one.compare(&figures(text));
            assert!(
                (found - common).abs() < 0.01 && (differ - clashes).abs() < 0.01,
                "{text}: {found}, {differ}"
            );
        }
    }
    #[test]
    fn the_rating_told_first_is_in_both_or_there_were_two() {
        let one = figures("“Paper Moon” scored 6.8 percent. “Harbor” took 4 percent.");
        assert!(!are_other_ratings(&one, &figures("A record of 6.8% for “Paper Moon”")));
        assert!(are_other_ratings(
            &one,
            &figures("Corrected to 4.8 percent from 6.8 percent")
        ));
        assert!(!are_other_ratings(&one, &figures("Nobody counted")));
    }
}
