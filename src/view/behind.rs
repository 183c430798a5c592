//! A summary below its headline: a reading may begin with what only the headline tells, and the headline stands above it.

use std::borrow::Cow;

/// So many letters are no label: `Interview:`.
const LEAST: usize = 20;
/// The longest label in front of a summary, in bytes.
const LABEL: usize = 60;

/// The summary without a first sentence that the headline tells as it is, but for its capitals and the network in front of
/// the drama. A label in front of it stays; so does a summary that says no more.
pub(super) fn headline<'a>(summary: &'a str, title: &str, network: Option<&str>) -> Cow<'a, str> {
    let title = letters(title);
    let owner = network.map(|network| letters(network) + "s").unwrap_or_default();
    let behind = |summary: &'a str| {
        let spaces = summary.match_indices(' ').map(|(at, _)| at);
        let mut sentences = spaces.rev().filter(|at| {
            let told = summary[..*at].trim_end_matches(['”', '’', '"', '\'']);
            told.ends_with(['.', ':', '!', '?', '…'])
        });
        let told = sentences.find(|at| {
            let told = letters(&summary[..*at]);
            told.len() >= LEAST && title.contains(&told.replacen(&owner, "", 1))
        });
        told.map(|at| &summary[at + 1..])
    };
    if let Some(rest) = behind(summary) {
        return Cow::Borrowed(rest);
    }
    let label = summary
        .find(": ")
        .filter(|at| *at <= LABEL)
        .map(|at| summary.split_at(at + 2));
    match label.and_then(|(label, rest)| Some((label, behind(rest)?))) {
        Some((label, rest)) => Cow::Owned(format!("{label}{rest}")),
        None => Cow::Borrowed(summary),
    }
}

/// Letters and digits, in lower case; no headline is longer.
fn letters(words: &str) -> String {
    const LONGEST: usize = 1000;
    let letters = words.chars().take(LONGEST).filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::headline;

    #[test]
    fn what_the_headline_tells_is_told_once() {
        let title = "Watch: Bae Yi Ra Loses A Bet With A Goose In “Paper Moon,” And More";
        for (summary, shown) in [
            (
                "Bae Yi Ra loses a bet with a goose in “Paper Moon,” and more. The clip begins at dawn.",
                "The clip begins at dawn.",
            ),
            (
                "Bae Yi Ra loses a bet with a goose in tvN’s “Paper Moon,” and more. The clip begins at dawn.",
                "The clip begins at dawn.",
            ),
            (
                "Behind-the-scenes: Bae Yi Ra loses a bet with a goose in “Paper Moon,” and more. A clip.",
                "Behind-the-scenes: A clip.",
            ),
            (
                "Bae Yi Ra has lost. The clip begins at dawn.",
                "Bae Yi Ra has lost. The clip begins at dawn.",
            ),
            (
                "Bae Yi Ra loses a bet with a goose in “Paper Moon,” and more.",
                "Bae Yi Ra loses a bet with a goose in “Paper Moon,” and more.",
            ),
        ] {
            assert_eq!(headline(summary, title, Some("tvN")), shown);
        }
    }
}
