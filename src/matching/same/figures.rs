//! The figures of a telling: ratings, episodes, days, ages, sums of money, each with what it counts.

use super::words;
use std::collections::{BTreeMap, BTreeSet};

/// Days of a month, named by the month before or as “the 9th”.
const DAY: &str = "day";
/// Episodes, by their stem.
const EPISODE: &str = "episod";
/// Figures of which it is not known what they count.
const ANYTHING: &str = "#";
/// Kinds (stems of what is counted) of which a story has its own: another episode, day or rating is another event.
const TELLING: [&str; 9] = [
    DAY,
    EPISODE,
    "percent",
    "part",
    "week",
    "season",
    "teas",
    "hour",
    "interview",
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
pub(super) struct Figures(BTreeMap<String, BTreeMap<i64, f64>>);

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
                    let known = all.0.entry(unit).or_default().entry(value).or_default();
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
            .filter_map(|(value, weight)| {
                let exact = if *value >= LARGE || value % 1000 != 0 {
                    EXACT
                } else {
                    1.0
                };
                Some(exact * weight.min(*theirs.get(value)?))
            });
        let clashes = TELLING.iter().filter(|unit| {
            let both = self.0.get(**unit).zip(other.0.get(**unit));
            both.is_some_and(|(ours, theirs)| {
                let is_news = |values: &BTreeMap<i64, f64>| values.values().any(|weight| *weight >= 1.0);
                is_news(ours) && is_news(theirs) && !ours.keys().any(|value| theirs.contains_key(value))
            })
        });
        let clashes = u32::try_from(clashes.count().min(MOST_CLASHES)).unwrap_or(0);
        (common.sum::<f64>().min(MOST), f64::from(clashes))
    }

    /// All figures, whatever they count: one outlet has “5 percent”, another “a share of 5”.
    fn values(&self) -> BTreeMap<i64, f64> {
        let mut all: BTreeMap<i64, f64> = BTreeMap::new();
        for (value, weight) in self.0.values().flatten() {
            let known = all.entry(*value).or_default();
            *known = known.max(*weight);
        }
        all
    }
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
        unit if !unit.is_empty() && unit.chars().all(char::is_alphabetic) => (words::stem(unit).to_owned(), value),
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
        ] {
            let (found, differ) = one.compare(&figures(text));
            assert!(
                (found - common).abs() < 0.01 && (differ - clashes).abs() < 0.01,
                "{text}: {found}, {differ}"
            );
        }
    }
}
