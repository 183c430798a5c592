//! Votes as bars of text.

use super::words::number;
use crate::model::{Feelings, answer::Ranked};

/// Eighths of a block, thinnest first.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar of at most `width` blocks for `value` of `most`; what is not nothing shows.
pub(super) fn bar(value: u64, most: u64, width: u64) -> String {
    if value == 0 || most == 0 {
        return String::new();
    }
    let eighths = u128::from(value.min(most)) * u128::from(width) * 8 / u128::from(most);
    let eighths = usize::try_from(eighths.max(1)).unwrap_or(0);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// All votes of something.
pub(super) fn total(ranked: &Ranked) -> u64 {
    ranked
        .feelings
        .iter()
        .fold(ranked.other, |sum, votes| sum.saturating_add(*votes))
}

/// What a feeling is shown by: its emoji. The seed comes from the settings, not from outside.
fn emoji(feelings: &Feelings, at: usize) -> &str {
    feelings.0.get(at).map_or("▫️", |feeling| feeling.seed.as_str())
}

/// `❤️ 12 · 😂 3`: the feelings that somebody had, in the order of the settings.
pub(super) fn counts(ranked: &Ranked, feelings: &Feelings) -> String {
    let had = ranked.feelings.iter().enumerate().filter(|(_, votes)| **votes > 0);
    let mut parts: Vec<String> = had
        .map(|(at, votes)| format!("{} {}", emoji(feelings, at), number(*votes)))
        .collect();
    if ranked.other > 0 {
        parts.push(format!("➕ {}", number(ranked.other)));
    }
    parts.join(" · ")
}

/// A line for each feeling: its emoji, a bar, votes and share.
pub(super) fn chart(ranked: &Ranked, feelings: &Feelings) -> Vec<String> {
    let all = total(ranked);
    let most = ranked.feelings.iter().copied().chain([ranked.other]).max().unwrap_or(0);
    let rows = ranked
        .feelings
        .iter()
        .enumerate()
        .map(|(at, votes)| (emoji(feelings, at), *votes));
    let others = Some(("➕", ranked.other)).filter(|(_, votes)| *votes > 0);
    rows.take(20)
        .chain(others)
        .map(|(emoji, votes)| row(emoji, votes, most, all))
        .collect()
}

/// A share in percent, in words.
pub(super) fn share_of(votes: u64, all: u64) -> String {
    match (u128::from(votes) * 200 / u128::from(all.max(1))).div_ceil(2) {
        0 if votes > 0 => "<1".to_owned(),
        share => share.to_string(),
    }
}

fn row(emoji: &str, votes: u64, most: u64, all: u64) -> String {
    if votes == 0 {
        return format!("{emoji} 0");
    }
    let share = share_of(votes, all);
    format!("{emoji} `{}` **{}** · {share} %", bar(votes, most, 12), number(votes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_true_to_their_numbers() {
        assert_eq!(bar(0, 10, 8), "");
        assert_eq!(bar(10, 10, 8), "████████");
        assert_eq!(bar(5, 10, 5), "██▌");
        assert_eq!(bar(1, 1_000_000, 8), "▏");
        assert_eq!(bar(u64::MAX, u64::MAX, 8), "████████");
        assert_eq!(bar(3, 0, 8), "");
    }
}
