//! What the words after `!top` say: a period, what is ranked, whose votes count, a drama; and the values of
//! options that offer a choice.

use super::{
    NAME_MAX, Pick,
    options::{BY_PICKS, FEED_PICKS, PERIOD_PICKS, STYLE_PICKS, WHERE_PICKS},
};
use crate::model::answer::{FeedAction, Period, Refusal, Style, TopBy};

const PERIODS: &[(&Pick, Period)] = &[
    (&PERIOD_PICKS[0], Period::Week),
    (&PERIOD_PICKS[1], Period::Month),
    (&PERIOD_PICKS[2], Period::All),
];
const RANKED: &[(&Pick, TopBy)] = &[
    (&BY_PICKS[0], TopBy::Story),
    (&BY_PICKS[1], TopBy::Drama),
    (&BY_PICKS[2], TopBy::Person),
    (&BY_PICKS[3], TopBy::Quote),
    (&BY_PICKS[4], TopBy::Feeling),
];
const PLACES: &[(&Pick, bool)] = &[(&WHERE_PICKS[0], false), (&WHERE_PICKS[1], true)];

const STYLES: &[(&Pick, Style)] = &[(&STYLE_PICKS[0], Style::Card), (&STYLE_PICKS[1], Style::Words)];

const ACTIONS: &[(&Pick, FeedAction)] = &[
    (&FEED_PICKS[0], FeedAction::Add),
    (&FEED_PICKS[1], FeedAction::List),
    (&FEED_PICKS[2], FeedAction::Remove),
];

/// Words around periods and kinds that say nothing: `top of this week by drama`.
const FILLERS: &[&str] = &["by", "of", "this", "the", "per", "time", "이번", "별", "기간"];

/// Words that name a period or a kind, but that titles begin with as well.
const TITLES_BEGIN: &[&str] = &[
    "all",
    "ever",
    "everywhere",
    "here",
    "story",
    "stories",
    "person",
    "line",
    "lines",
    "mood",
    "server",
];

/// What the words after `!top` say: `month drama`, `주`, `week lovers of the red sky`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ranking {
    pub(super) period: Option<Period>,
    pub(super) by: Option<TopBy>,
    pub(super) everywhere: Option<bool>,
    /// The words that are neither.
    pub(super) title: String,
}

impl Ranking {
    /// Reads the words; `true` marks those that stood in quotes and so are a title.
    pub(super) fn read(words: &[(String, bool)]) -> Self {
        let bare: Vec<&str> = words
            .iter()
            .filter(|(_, quoted)| !quoted)
            .map(|(word, _)| word.as_str())
            .collect();
        let quoted: Vec<&str> = words
            .iter()
            .filter(|(_, quoted)| *quoted)
            .map(|(word, _)| word.as_str())
            .collect();
        let mut ranking = Self::default();
        if bare.iter().all(|word| is_filler(word) || ranking.take(word)) {
            ranking.title = quoted.join(" ");
            return ranking;
        }
        let mut ranking = Self::default();
        let title = ranking.take_ends(&bare);
        ranking.title = bare[title].iter().chain(&quoted).copied().collect::<Vec<_>>().join(" ");
        // `top drama lovers of the red sky`: the word says what follows. A ranking of the dramas among
        // one drama would be of no use.
        ranking.by.take_if(|by| *by == TopBy::Drama);
        ranking
    }

    /// Takes periods and kinds before and behind a title, and says which words are the title.
    fn take_ends(&mut self, words: &[&str]) -> std::ops::Range<usize> {
        let (mut from, mut to) = (0, words.len());
        while from + 1 < to {
            let skip = usize::from(is_filler(words[from]) && from + 2 < to);
            let word = words[from + skip].to_lowercase();
            if TITLES_BEGIN.contains(&word.as_str()) || !self.take(&word) {
                break;
            }
            from += 1 + skip;
        }
        while to > from + 1 && self.take(words[to - 1]) {
            to -= 1;
            if to > from + 1 && is_filler(words[to - 1]) {
                to -= 1;
            }
        }
        from..to
    }

    /// Takes a word that names a period, a kind or a place not yet named.
    fn take(&mut self, word: &str) -> bool {
        if self.period.is_none() {
            self.period = named(word, PERIODS);
            if self.period.is_some() {
                return true;
            }
        }
        if self.by.is_none() {
            self.by = named(word, RANKED);
            if self.by.is_some() {
                return true;
            }
        }
        if self.everywhere.is_none() {
            self.everywhere = named(word, PLACES);
            return self.everywhere.is_some();
        }
        false
    }
}

fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word.to_lowercase().as_str())
}

/// The words without the one at their end that says whose votes count, and what it says.
pub(super) fn place_at_end(words: &[(String, bool)]) -> (&[(String, bool)], Option<bool>) {
    match words.split_last() {
        Some(((last, false), before)) if named(last, PLACES).is_some() => (before, named(last, PLACES)),
        _ => (words, None),
    }
}

/// The period of an option's value.
pub(super) fn period(given: &str) -> Result<Period, Refusal> {
    named(given, PERIODS).ok_or_else(|| bad("period", given, &["week", "month", "all"]))
}

/// What is ranked, by an option's value.
pub(super) fn ranked(given: &str) -> Result<TopBy, Refusal> {
    named(given, RANKED).ok_or_else(|| bad("by", given, &["story", "drama", "person", "quote", "feeling"]))
}

/// Whether all servers are meant, by an option's value.
pub(super) fn everywhere(given: &str) -> Result<bool, Refusal> {
    named(given, PLACES).ok_or_else(|| bad("where", given, &["here", "everywhere"]))
}

/// How a line is shown, by an option's value.
pub(super) fn style(given: &str) -> Result<Style, Refusal> {
    named(given, STYLES).ok_or_else(|| bad("style", given, &["card", "words"]))
}

/// What is to be done with a server's feeds, by an option's value.
pub(super) fn feed_action(given: &str) -> Result<FeedAction, Refusal> {
    named(given, ACTIONS).ok_or_else(|| bad("action", given, &["add", "list", "remove"]))
}

/// The same as the first word of several: `add https://news.example/feed`.
pub(super) fn feed_action_before(words: &str) -> (Option<FeedAction>, &str) {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    match named(first, ACTIONS) {
        Some(action) => (Some(action), rest.trim_start()),
        None => (None, words),
    }
}

fn bad(option: &'static str, given: &str, possible: &'static [&'static str]) -> Refusal {
    Refusal::BadValue {
        option,
        given: given.chars().take(NAME_MAX).collect(),
        possible,
    }
}

fn named<T: Copy>(word: &str, picks: &[(&Pick, T)]) -> Option<T> {
    picks.iter().find(|(pick, _)| pick.is(word)).map(|(_, value)| *value)
}
