//! The figures of a telling: ratings, episodes, days, ages, sums of money, each with what it counts.

use super::words;
use std::collections::{BTreeMap, BTreeSet};

/// Days of a month, named by the month before or as “the 9th”.
const DAY: &str = "day";
/// Figures of which it is not known what they count.
const ANYTHING: &str = "#";
/// Figures up to this are in every text.
const SMALL: f64 = 2.0;

/// Figures by what they count, in thousandths.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures(BTreeMap<String, BTreeSet<i64>>);

impl Figures {
    pub(super) fn of(texts: &[&[String]]) -> Self {
        let mut all = Self::default();
        for words in texts {
            for (place, word) in words.iter().enumerate() {
                let before = place.checked_sub(1).and_then(|before| words.get(before));
                let after = words.get(place + 1);
                if let Some(value) = words::number(word) {
                    let (before, after) = (before.map_or("", |w| w.as_str()), after.map_or("", |w| w.as_str()));
                    let (unit, value) = counted(word, value, before, after);
                    #[allow(clippy::cast_possible_truncation)] // saturates
                    all.0.entry(unit).or_default().insert((value * 1000.0).round() as i64);
                }
            }
        }
        all
    }

    /// Figures in both (three count as many), and kinds of which none is in both (as many as two).
    pub(super) fn compare(&self, other: &Self) -> (f64, f64) {
        #[allow(clippy::cast_possible_truncation)]
        let small = (SMALL * 1000.0) as i64;
        let values = |figures: &Self| -> BTreeSet<i64> { figures.0.values().flatten().copied().collect() };
        let common = values(self)
            .intersection(&values(other))
            .filter(|value| **value > small)
            .count();
        let clashes = self.0.iter().filter(|(unit, values)| {
            let theirs = other.0.get(*unit);
            unit.as_str() != ANYTHING && theirs.is_some_and(|theirs| theirs.is_disjoint(values))
        });
        let count = |count: usize, most: u32| f64::from(u32::try_from(count).unwrap_or(most).min(most));
        (count(common, 3), count(clashes.count(), 2))
    }
}

/// What a figure counts, and its value.
fn counted(word: &str, value: f64, before: &str, after: &str) -> (String, f64) {
    let ordinal = word.starts_with(|c: char| c.is_ascii_digit()) && !word.ends_with(|c: char| c.is_ascii_digit());
    if words::is_month(before) || (ordinal && before == "the" && !after.starts_with("episod")) {
        return (DAY.to_owned(), value);
    }
    if matches!(before, "episode" | "episodes" | "season" | "part" | "no") {
        return (words::stem(before).to_owned(), value);
    }
    match after {
        "million" | "mln" => (ANYTHING.to_owned(), value * 1e6),
        "billion" => (ANYTHING.to_owned(), value * 1e9),
        unit if !unit.is_empty() && unit.chars().all(char::is_alphabetic) => (words::stem(unit).to_owned(), value),
        _ => (ANYTHING.to_owned(), value),
    }
}
