//! How much a word tells: nothing when it stands in every second story about dramas, most when in hardly any.

use super::words;
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

/// A word that stands in hardly any story.
const RARE: f64 = 1.0;
/// A word that stands in one of fifty.
const MIDDLING: f64 = 0.35;
/// What any word that is not empty counts within a line: lines are alike by their wording as well.
const IN_LINE: f64 = 0.08;

/// The stems of usual.txt.
static USUAL: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    let mut weights = [0.0, MIDDLING].into_iter();
    let mut weight = 0.0;
    let mut in_head = false;
    for line in include_str!("usual.txt").lines() {
        let is_head = line.starts_with('#');
        if is_head && !in_head {
            weight = weights.next().unwrap_or(MIDDLING);
        }
        in_head = is_head;
        let stems = line.split_whitespace().filter(|_| !is_head);
        all.extend(stems.map(|stem| (stem, weight)));
    }
    all
});

/// What a stem counts, 0 to 1.
pub(super) fn of(stem: &str) -> f64 {
    if words::is_dull(stem) {
        return 0.0;
    }
    USUAL.get(stem).copied().unwrap_or(RARE)
}

/// What the stems of a line count.
pub(super) fn of_line(stems: &BTreeSet<String>) -> f64 {
    stems.iter().map(|stem| of(stem).max(IN_LINE)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_count_most() {
        let of_word = |word: &str| of(words::stem(word));
        assert!((of_word("lighthouse") - RARE).abs() < f64::EPSILON);
        assert!((of_word("hospital") - MIDDLING).abs() < f64::EPSILON);
        for word in ["the", "drama", "people", "actress", "laughed"] {
            assert!(of_word(word).abs() < f64::EPSILON, "{word}");
        }
        let line = ["drama", "lighthous"].map(str::to_owned);
        assert!((of_line(&line.into()) - 1.08).abs() < 0.001);
    }
}
