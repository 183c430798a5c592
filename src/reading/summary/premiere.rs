//! When the drama begins: `“Paper Moon” premieres on March 6 at 9:40 p.m. KST.`
//!
//! The hour and the days of the week are end matter, and the sentence stands far below whatever else a summary tells. The
//! date of a premiere is news: it closes a summary that has room for it, in a few words.

use super::Told;
use super::closing::ended;
use crate::reading::entity;
use crate::reading::lexicon::Class;
use crate::reading::print::{Words, words};
use crate::reading::scan::Spans;
use crate::reading::sentence::{Sentence, Sentences};
use crate::reading::speech;
use crate::reading::text::{Shape, Text};

/// What it is worth to say it, and to say when the next episode is shown.
const WORTH: f32 = 5.0;
const NEXT: f32 = 1.2;
/// So many sentences from the end are looked at, and so many from the beginning.
const LOOK: usize = 12;
const EARLY: usize = 8;
/// The longest sentence that tells of it, in tokens.
const LONG: usize = 34;
/// What a drama does on its first day, as something that is to come.
const BEGINS: Words = words!["premieres", "debuts", "drops", "launches", "arrives"];
/// The same behind `will`, `to` and the like.
const BEGIN: Words = words![
    "premiere",
    "debut",
    "drop",
    "launch",
    "arrive",
    "released",
    "begin",
    "bow",
    "out",
    "available"
];
/// What other things do as well: the day stands right behind it.
const STARTS: Words = words!["begins", "starts", "bows", "opens", "lands"];
/// What all episodes do.
const ALL_DO: Words = words!["premiere", "drop", "arrive", "land"];
/// What may stand between the drama and the verb. Neither `was` nor `originally`: that came to nothing, or is long past.
const TO_COME: Words = words![
    "is",
    "will",
    "to",
    "be",
    "set",
    "scheduled",
    "slated",
    "expected",
    "due",
    "confirmed",
    "ready",
    "about",
    "also",
    "now",
    "finally",
    "officially",
    "currently",
    "which",
    "that",
    "are",
    "air",
    "airs",
    "simultaneously",
    "exclusively",
    "globally"
];
/// Behind one of these stands another day, or no premiere: `debuts at 5.2 percent`.
const ELSE: Words = words![
    "after",
    "following",
    "which",
    "who",
    "when",
    "while",
    "before",
    "since",
    "until",
    "where",
    "percent",
    "%"
];

/// The day, the month or the season in which the drama begins.
pub(super) struct Premiere {
    /// The tokens of the date.
    date: (usize, usize),
    /// `on`, `in`, or nothing: `next year`.
    on: &'static str,
    /// How many characters it takes to say it.
    pub length: usize,
    /// The drama has begun: it is the day of its next episode.
    is_next: bool,
}

impl Premiere {
    /// What it is worth to say it.
    pub const fn worth(&self) -> f32 {
        if self.is_next { NEXT } else { WORTH }
    }

    /// Whether some tokens tell the date.
    pub fn is_told(&self, text: &Text, first: usize, last: usize) -> bool {
        let (from, to) = self.date;
        let words = to - from;
        // Most words differ from the first of the date at a glance.
        let print = |token: usize| text.tokens.get(token).map(|t| t.print);
        let is_first = |t: usize| print(t) == print(from);
        (first..(last + 1).saturating_sub(words))
            .any(|t| is_first(t) && (0..words).all(|n| text.word(t + n) == text.word(from + n)))
    }

    /// `The premiere is set for March 6.`, `The next episode airs on March 6.`
    pub fn line(&self, text: &Text) -> String {
        let date = text.slice(self.date.0, self.date.1);
        ended(if self.is_next {
            format!("The next episode airs {}{date}", self.on)
        } else {
            format!("The premiere is set for {date}")
        })
    }

    /// `They speak about it.`, before the premiere: `They speak about it ahead of the premiere on March 6.`
    pub fn ahead(&self, text: &Text, line: &str) -> String {
        let (first, last) = self.date;
        let line = line.trim_end_matches('.');
        ended(format!(
            "{line} ahead of the {} {}{}",
            if self.is_next { "next episode" } else { "premiere" },
            self.on,
            text.slice(first, last)
        ))
    }
}

/// The premiere of the first drama, as one of the last sentences tells it.
pub(super) fn find(text: &Text, spans: &Spans, sentences: &Sentences, told: &Told<'_>) -> Option<Premiere> {
    let drama = told.dramas.first().filter(|_| !told.list)?;
    let late = sentences.iter().rev().take(LOOK);
    let early = sentences.len().saturating_sub(LOOK).min(EARLY);
    let mut told_of = late
        .chain(sentences.iter().take(early))
        .filter(|s| !told.spoken.get(s.para).copied().unwrap_or_default());
    let begins = told_of.find_map(|s| premiere(text, spans, s, drama, told.dramas.len() == 1));
    let found = begins.map(|found| (found, false)).or_else(|| {
        let mut late = sentences.iter().rev().take(LOOK);
        let next = late.find_map(|s| next_episode(text, s))?;
        Some((next, true))
    });
    let ((date, on), is_next) = found?;
    // `The premiere is set for`, and what stands between: `ahead of the premiere on` takes as much.
    const OWN: usize = 26;
    const NEXT_OWN: usize = 30;
    let own = if is_next { NEXT_OWN } else { OWN };
    Some(Premiere {
        date,
        on,
        length: text.slice(date.0, date.1).chars().count() + own,
        is_next,
    })
}

/// The date of `The next episode of “Paper Lantern” will air on May 16.`, `Episode 7 of “Paper Lantern” airs tonight, May 16.`
fn next_episode(text: &Text, sentence: &Sentence) -> Option<(Date, &'static str)> {
    let (first, last) = (sentence.first, sentence.last);
    if last - first > LONG {
        return None;
    }
    let is_verb = |t: usize| {
        text.is_one(t, words!["airs", "air", "broadcast", "aired"])
            && (text.is(t, "airs")
                || (t.saturating_sub(3)..t).any(|t| text.is_one(t, words!["will", "to", "episodes"])))
    };
    let verb = (first..last).find(|t| is_verb(*t))?;
    let episode = (first..verb).find(|t| text.is_one(*t, words!["episode", "episodes"]))?;
    let is_next = (first..episode).any(|t| text.is_one(t, words!["next", "upcoming", "new", "seventh", "eighth"]))
        || text.shape(episode + 1) == Shape::Number
        || text.shape(episode.wrapping_sub(2)) == Shape::Number;
    let mut behind = (verb + 1..last).take_while(|t| !text.is_one(*t, ELSE));
    let day = behind.find_map(|t| date(text, t))?;
    is_next.then_some((day, "on "))
}

/// The tokens of the date of a sentence that tells of the premiere of a drama, which may be the only one.
fn premiere(text: &Text, spans: &Spans, sentence: &Sentence, drama: &str, only: bool) -> Option<(Date, &'static str)> {
    let (first, last) = (sentence.first, sentence.last);
    if last - first > LONG {
        return None;
    }
    // Most sentences have neither a number nor a day.
    let may_date = |t: usize| {
        text.shape(t) == Shape::Number || text.class(t).has(Class::MONTH.with(Class::DAY)) || text.is_one(t, COMING)
    };
    (first..last).find(|t| may_date(*t))?;
    let verb = (first + 1..last).find(|t| begins(text, first, *t))?;
    let behind = || (verb + 1..last).take_while(|t| !text.is_one(*t, ELSE) && !is_abroad(text, *t));
    let day = behind().find_map(|t| date(text, t));
    let on = |date: Date| if is_year(text, date.1 - 1) { "in " } else { "on " };
    let date = day.map(|date| (date, on(date))).or_else(|| {
        let mut behind = behind().take_while(|t| !text.is(*t, ","));
        behind.find_map(|t| loose_date(text, t))
    })?;
    let is_drama = is_named(text, spans, first, verb, drama) || only && is_meant(text, spans, first, verb);
    (is_drama && !drops_something(text, verb)).then_some(date)
}

/// `premieres`, `will premiere`, `is set to be released`, `begins streaming on`, `airs its first episode`, `the first episode
/// airs`.
fn begins(text: &Text, first: usize, token: usize) -> bool {
    const REACH: usize = 3;
    const DAY: usize = 4;
    let said = |words: Words| (token.saturating_sub(REACH).max(first)..token).any(|t| text.is_one(t, words));
    let to_come = || said(words!["will", "to", "due"]);
    let starts = || {
        let streams = usize::from(text.is_one(token + 1, words!["streaming", "airing"]));
        let on = token + 1 + streams;
        let by = words![
            "on",
            "from",
            "this",
            ",",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday"
        ];
        (on..on + DAY)
            .take_while(|t| *t == on || text.is_one(*t - 1, by))
            .any(|t| date(text, t).is_some())
    };
    let airs = || {
        is_first_episode(text, token + 2)
            || (first..token).any(|t| is_first_episode(text, t))
            || said(words!["scheduled", "set", "slated", "expected"]) && to_come()
    };
    text.shape(token) == Shape::Lower
        && (text.is_one(token, BEGINS)
            || text.is_one(token, BEGIN) && to_come()
            || text.is_one(token, STARTS) && starts()
            || text.is_one(token, ALL_DO) && text.is(first, "all")
            || text.is_one(token, words!["airs", "air"]) && airs())
}

/// `first episode`, `first two episodes`.
fn is_first_episode(text: &Text, token: usize) -> bool {
    let episode = |t: usize| text.is_one(t, words!["episode", "episodes"]);
    text.is(token, "first") && (episode(token + 1) || episode(token + 2))
}

/// `drops its teaser`, which is no premiere, and not `drops its first two episodes`.
fn drops_something(text: &Text, verb: usize) -> bool {
    text.is_one(
        verb + 1,
        words![
            "its",
            "the",
            "a",
            "an",
            "another",
            "new",
            "filming",
            "shooting",
            "production",
            "work"
        ],
    ) && !is_first_episode(text, verb + 2)
}

/// `in Japan`, `in the Philippines`: what began at home already.
fn is_abroad(text: &Text, token: usize) -> bool {
    let place = token + 1 + usize::from(text.is(token + 1, "the"));
    text.is(token, "in")
        && text.is_capital(place)
        && !text.class(place).has(Class::MONTH)
        && !text.is_one(place, words!["korea", "south", "seoul"])
}

/// One past what begins, and the marks behind it: `“Paper Lantern” [is set to] premiere`.
fn subject_end(text: &Text, first: usize, verb: usize) -> usize {
    let mut end = verb;
    while end > first && text.is_one(end - 1, TO_COME) {
        end -= 1;
    }
    // `“Paper Lantern” (working title) premieres`.
    if end > first && text.sign(end - 1) == b')' {
        end = (first..end).rev().find(|t| text.sign(*t) == b'(').unwrap_or(end);
    }
    end
}

/// One past the last of some tokens that is no mark and no comma.
fn words_end(text: &Text, first: usize, mut end: usize) -> usize {
    while end > first && (text.shape(end - 1) == Shape::Mark || text.sign(end - 1) == b',') {
        end -= 1;
    }
    end
}

/// Whether what begins is the drama by its name: its teaser does not, nor what is told behind it.
fn is_named(text: &Text, spans: &Spans, first: usize, verb: usize, drama: &str) -> bool {
    const PHRASE: usize = 8;
    let key = speech::fold(drama);
    let begins = |(t, _): &(usize, u8)| text.is_word(*t) && entity::begins_with(text.slice(*t, verb), &key);
    let Some((name, _)) = text.initials(first, verb).filter(begins).last() else {
        return false;
    };
    let Some(behind) = (name + 1..=verb).find(|end| entity::begins_with(text.slice(name, *end), &key)) else {
        return false;
    };
    let end = subject_end(text, first, verb);
    let reached = words_end(text, first, end);
    // `“Paper Lantern,” written by Bae, premieres`.
    let parted = |from: usize, to: usize| (from..to).any(|t| text.sign(t) == b',');
    let noun = || text.class(end - 1).has(Class::DRAMA) && text.is_one(end, words!["which", "that"]);
    let attached =
        || parted(behind, (behind + 2).min(end)) && (parted(reached, end) || noun()) && !is_marked(spans, behind, end);
    if reached != behind && !attached() {
        return false;
    }
    // `The teaser for “Paper Lantern”`; `Season two of “Paper Lantern”` is as good as the drama.
    let which = (end..verb).any(|t| text.is_one(t, words!["which", "that"]));
    let phrase = first.max(name.saturating_sub(PHRASE))..name;
    let of = phrase
        .rev()
        .take_while(|t| text.sign(*t) != b',')
        .find(|t| text.class(*t).has(Class::PREP));
    which || of.is_none_or(|of| of == first || is_beginning(text, first, of))
}

/// `Season two`, `the first episode`, `all eight episodes`, and not the last two.
fn is_beginning(text: &Text, first: usize, last: usize) -> bool {
    let any = |words: Words| (first..last).any(|t| text.is_one(t, words));
    any(words!["season", "part", "episode", "episodes"])
        && !any(words!["final", "last", "next", "new", "remaining", "special"])
}

/// Whether it is the drama by a noun, `it` or its first episode, at the beginning of the sentence.
fn is_meant(text: &Text, spans: &Spans, first: usize, verb: usize) -> bool {
    const SHORT: usize = 12;
    let end = words_end(text, first, subject_end(text, first, verb));
    let plain = || !text.classes(first, end).has(Class::PREP);
    end > first
        && verb < first + SHORT
        && !is_marked(spans, first, verb)
        && ((first..end).any(|t| is_first_episode(text, t))
            || text.is(end - 1, "episodes") && text.is(first, "all")
            || text.is(end - 1, "it")
            || text.class(end - 1).has(Class::DRAMA) && text.class(first).has(Class::DET) && plain())
}

/// Whether a title or a speech begins among some tokens.
fn is_marked(spans: &Spans, first: usize, last: usize) -> bool {
    let open = spans.outer.partition_point(|s| s.open < first);
    spans.outer.get(open).is_some_and(|s| s.open < last)
}

/// The tokens of a date.
type Date = (usize, usize);

/// What tells of no day: a year, a season.
const COMING: Words = words![
    "next", "this", "later", "year", "half", "quarter", "fall", "autumn", "winter"
];
const SEASONS: Words = words!["spring", "summer", "fall", "autumn", "winter", "year", "month", "week"];

/// What tells of no date, and of when: `Friday`, `in April`, `next year`, `the first half of 2027`.
fn loose_date(text: &Text, token: usize) -> Option<(Date, &'static str)> {
    let is_end = |t: usize| {
        !matches!(text.sign(t), b'-' | b'/')
            && !text.class(t).has(Class::DAY)
            && !text.is_one(t, words!["and", "through", "to", "nights", "night", "slot"])
    };
    let day =
        |t: usize| text.class(t).has(Class::DAY) && text.is_capital(t) && !text.word(t).ends_with('s') && is_end(t + 1);
    let year = |t: usize| is_year(text, t) && text.word(t).starts_with("20");
    if day(token) {
        return Some(((token, token + 1), "on "));
    }
    let month = |t: usize| text.class(t).has(Class::MONTH) && text.is_capital(t);
    let in_ = text.is(token.wrapping_sub(1), "in");
    if in_ && (month(token) || year(token)) && is_end(token + 1) {
        return Some(((token, token + 1), "in "));
    }
    // `next spring`, `this Friday`, `later this year`.
    let season = |t: usize| text.is_one(t, SEASONS) || month(t) || day(t);
    if text.is_one(token, words!["next", "this"]) && season(token + 1) {
        let begins = token - usize::from(text.is_one(token - 1, words!["later", "early", "late"]));
        return Some(((begins, token + 2), ""));
    }
    // `the first half of next year`, `the second half of 2027`.
    if in_ && text.is(token, "the") && text.is_one(token + 2, words!["half", "quarter"]) && text.is(token + 3, "of") {
        let last = token + 5 + usize::from(text.is_one(token + 4, words!["next", "this"]));
        return (year(last - 1) || text.is(last - 1, "year")).then_some(((token, last), "in "));
    }
    None
}

/// `March 6`, `6 March`, `Dec. 2`, `the 12th`, `the 12th of March`, `March 2026`.
fn date(text: &Text, token: usize) -> Option<(usize, usize)> {
    let month = |t: usize| text.class(t).has(Class::MONTH) && text.is_capital(t);
    let day =
        |t: usize| text.shape(t) == Shape::Number && text.length(t) <= 4 && !text.word(t).contains([':', '.', '%']);
    if month(token) {
        let dot = usize::from(text.is(token + 1, "."));
        return day(token + 1 + dot).then_some((token, token + 2 + dot));
    }
    if day(token) && month(token + 1) {
        return Some((token, token + 2));
    }
    let ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .any(|ending| text.word(token + 1).ends_with(ending));
    let of_month = usize::from(text.is(token + 2, "of") && month(token + 3)) * 2;
    (text.is(token, "the") && day(token + 1) && ordinal).then_some((token, token + 2 + of_month))
}

fn is_year(text: &Text, token: usize) -> bool {
    text.length(token) == 4 && text.word(token).bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::{page, reading};

    #[test]
    fn where_the_drama_has_begun_the_next_episode_is_told() {
        let cases = [
            (
                "The next episode of “Salt Lamp” will air on May 16 at 9:50 p.m. KST.",
                true,
            ),
            ("Episode 7 of “Salt Lamp” airs on May 16 at 9:50 p.m. KST.", true),
            ("The final episode of “Salt Lamp” aired on May 16.", false),
        ];
        for (date, is_told) in cases {
            let text = format!(
                "“Salt Lamp” has previewed a tearful reunion!\n\n“Salt Lamp” is a drama about a retired surgeon who \
                 opens a clinic above a bar.\n\n“Nobody sleeps here,” says Rose.\n\n{date}"
            );
            let article = page::from_text(&text, Some("“Salt Lamp” Previews A Tearful Reunion"));
            let summary = reading::read(&article, &Catalogue::empty()).summary;
            let told =
                summary.contains("next episode airs on May 16.") || summary.contains("ahead of the next episode");
            assert_eq!(told, is_told, "{summary}");
        }
    }
}
