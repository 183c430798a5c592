//! What the headline says the article is, for a summary that does not: `Interview: `, `“Paper Moon”, Episode 7 recap: `.
//!
//! An interview seldom says that it is one, nor a recap which episode it tells of: the headline has said so.

use super::Told as Article;
use crate::model::ArticleKind;
use crate::reading::entity::{Id, Nature};
use crate::reading::print::{Print, Words, words};
use crate::reading::quote::LINE;
use crate::reading::resolve::Speaker;
use crate::reading::scan::Spans;
use crate::reading::sentence::Sentences;
use crate::reading::text::{Shape, Text};

/// What it is worth to say it.
const WORTH: f32 = 3.2;

/// A kind of article, or what it is about, in the words of a headline.
struct Event {
    words: &'static [&'static str],
    label: &'static str,
    /// Where one of these stands, the words need not.
    told: Words,
}

/// What tells of a press conference.
const CONFERENCE: Words = words!["conference", "conferences", "presentation"];

/// What tells of an offer.
const TALKS: Words = words![
    "talks",
    "offer",
    "offers",
    "offered",
    "considering",
    "discussion",
    "discussions",
    "discussing",
    "reviewing"
];

/// The longer before the shorter.
const EVENTS: &[Event] = &[
    event(&["press", "conference"], "Press conference", CONFERENCE),
    event(&["press", "con"], "Press conference", CONFERENCE),
    event(&["presser"], "Press conference", CONFERENCE),
    event(&["presscon"], "Press conference", CONFERENCE),
    event(&["production", "presentation"], "Production presentation", CONFERENCE),
    event(&["in", "talks"], "In talks", TALKS),
    event(
        &["script", "reading"],
        "Script reading",
        words!["reading", "read-through"],
    ),
    event(
        &["table", "read"],
        "Table read",
        words!["table", "reading", "read-through"],
    ),
    event(
        &["table", "reading"],
        "Table read",
        words!["table", "reading", "read-through"],
    ),
    event(
        &["behind-the-scenes"],
        "Behind-the-scenes",
        words!["behind-the-scenes", "behind", "making-of", "making"],
    ),
    event(
        &["behind", "the", "scenes"],
        "Behind the scenes",
        words!["behind-the-scenes", "behind", "making-of", "making"],
    ),
    event(
        &["making-of"],
        "Making-of",
        words!["behind-the-scenes", "behind", "making-of", "making"],
    ),
    event(&["ending", "explained"], "Ending explained", words!["ending", "finale"]),
    event(&["the", "ending"], "Ending", words!["ending", "finale"]),
    event(&["finale"], "Finale", words!["finale", "final", "ending", "ended"]),
    event(
        &["final", "episode"],
        "Final episode",
        words!["finale", "final", "ending", "ended"],
    ),
    event(
        &["last", "episode"],
        "Last episode",
        words!["finale", "final", "ending", "ended"],
    ),
    event(&["fan", "meeting"], "Fan meeting", words!["meeting"]),
    event(&["roundtable"], "Roundtable", words!["roundtable", "interview"]),
    event(&["interview"], "Interview", words!["interview"]),
    event(&["q", "&", "a"], "Q&A", words!["interview", "questions"]),
    event(&["q&a"], "Q&A", words!["interview", "questions"]),
    event(&["teaser"], "Teaser", words!["teaser", "teasers", "clip", "video"]),
    event(&["trailer"], "Trailer", words!["trailer", "teaser", "video"]),
    event(&["poster"], "Poster", words!["poster", "posters"]),
    event(&["posters"], "Posters", words!["poster", "posters"]),
    event(&["stills"], "Stills", words!["stills", "photos", "pictures", "images"]),
    event(&["recap"], "Recap", words!["recap"]),
    event(&["set", "visit"], "Set visit", words!["visit", "visited", "set"]),
    event(&["bloopers"], "Bloopers", words!["bloopers", "blooper", "outtakes"]),
    event(&["legal", "action"], "Legal action", words!["legal", "sue", "lawsuit"]),
    event(
        &["acting", "debut"],
        "Acting debut",
        words!["debut", "debuts", "debuted", "first"],
    ),
];

/// What the body says where the headline does not.
const OFFER: Event = event(&["in", "talks"], "In talks", TALKS);
const STILLS: Event = event(&["stills"], "Stills", words!["stills", "photos", "pictures", "images"]);
const BEHIND: Event = event(
    &["behind-the-scenes"],
    "Behind-the-scenes",
    words!["behind-the-scenes", "behind", "making-of", "making"],
);

const HELD: Event = event(&["press", "conference"], "Press conference", CONFERENCE);
const ASKED: Event = event(&["interview"], "Interview", words!["interview"]);

/// The first words of all events.
const FIRST: Words = words![
    "press",
    "production",
    "presser",
    "presscon",
    "in",
    "script",
    "table",
    "behind-the-scenes",
    "behind",
    "making-of",
    "ending",
    "the",
    "finale",
    "final",
    "last",
    "fan",
    "roundtable",
    "interview",
    "q",
    "q&a",
    "teaser",
    "trailer",
    "poster",
    "posters",
    "stills",
    "recap",
    "set",
    "bloopers",
    "legal",
    "acting",
];

const fn event(words: &'static [&'static str], label: &'static str, told: Words) -> Event {
    Event { words, label, told }
}

/// What a headline says, and the words that tell it.
pub(super) struct Occasion {
    label: String,
    /// How many characters it has, and what stands between.
    pub length: usize,
    told: Told,
}

enum Told {
    Words(Words),
    /// The number of an episode.
    Number(String),
}

impl Occasion {
    fn new(label: &str, told: Told) -> Self {
        Self {
            label: label.to_owned(),
            length: label.chars().count() + 2,
            told,
        }
    }

    /// Whether some tokens tell it.
    pub fn is_told(&self, text: &Text, first: usize, last: usize) -> bool {
        (first..last).any(|t| match &self.told {
            Told::Words(words) => text.is_one(t, *words),
            Told::Number(number) => is_number(text, t, number) && is_numbered(text, t),
        })
    }

    /// What it is worth to say it.
    pub const fn worth() -> f32 {
        WORTH
    }
}

/// `7`, `7th`, `seventh`.
fn is_number(text: &Text, token: usize, number: &str) -> bool {
    const ORDINALS: [&str; 16] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
    ];
    let rest = text.word(token).strip_prefix(number);
    let ordinal = || {
        number
            .parse::<usize>()
            .ok()
            .and_then(|n| ORDINALS.get(n.checked_sub(1)?))
    };
    rest.is_some_and(|rest| matches!(rest, "" | "st" | "nd" | "rd" | "th"))
        || text.is_same(token, number)
        || ordinal().is_some_and(|ordinal| text.is_same(token, ordinal))
}

/// `Episode 7`, `the 7th episode`.
fn is_numbered(text: &Text, number: usize) -> bool {
    let episode = |t: usize| text.initial(t) == b'e' && is_episode(text, t);
    (number.saturating_sub(3)..number + 3).any(episode)
}

fn is_episode(text: &Text, token: usize) -> bool {
    text.is_one(token, words!["episode", "episodes", "ep", "eps", "ep.", "eps."])
}

/// What a headline says outside of its marks and of the drama's name: the episode first, then the event. Where it tells of no
/// event, the body may.
pub(super) fn find(
    title: &Text,
    text: &Text,
    spans: &Spans,
    sentences: &Sentences,
    article: &Article<'_>,
) -> Vec<Occasion> {
    const LOOK: usize = 60;
    let end = title.tokens.len().min(LOOK);
    let drama = article.dramas.first();
    let name = drama.and_then(|d| title.body.find(d).map(|at| at..at + d.len()));
    let free = |t: usize| {
        let in_marks = article
            .title_spans
            .outer
            .iter()
            .any(|s| (s.open..s.after()).contains(&t));
        let in_name = name
            .as_ref()
            .is_some_and(|n| n.contains(&(title.tokens[t].start as usize)));
        !in_marks && !in_name
    };
    let mut tokens: Vec<usize> = Vec::with_capacity(end);
    tokens.extend((0..end).filter(|t| free(*t)));
    let mut found = Vec::new();
    found.extend(tokens.iter().find_map(|t| episodes(title, *t)));
    // Most words open none: `Interview②` has more than letters.
    let may_open = |t: &&usize| title.is_one(**t, FIRST) || !title.bytes(**t).iter().all(u8::is_ascii_alphabetic);
    let opening: Vec<usize> = tokens.iter().filter(may_open).copied().collect();
    let event = EVENTS.iter().find(|event| {
        let mut events = opening.iter().filter(|t| is_event(title, **t, event.words));
        events.any(|t| !is_to_come(title, *t))
    });
    let event = event.or_else(|| is_offered(text, article).then_some(&OFFER));
    let event = event.or_else(|| shown(text, spans, sentences));
    let event = event.or_else(|| held(text, spans, sentences, article));
    found.extend(event.map(|event| Occasion::new(event.label, Told::Words(event.told))));
    found
}

/// Whether a company says that somebody has an offer and thinks about it: `She received an offer and is reviewing it.`
fn is_offered(text: &Text, article: &Article<'_>) -> bool {
    let is_company = |id: Id| article.entities.all[id].nature == Nature::Company;
    let companies = article.drafts.iter().filter(|draft| {
        let choice = draft.claim.choice.as_ref().filter(|c| c.sure >= LINE);
        matches!(choice.map(|c| &c.speaker), Some(Speaker::One(id)) if is_company(*id))
    });
    let token = |byte: usize| text.tokens.partition_point(|t| (t.start as usize) < byte);
    let offers = |first: usize, last: usize| {
        let one = |words: Words| (first..last).find(|t| text.is_one(*t, words));
        let talks =
            (first..last).find(|t| text.is(*t, "talks") && text.is_one(*t + 1, words!["to", "for", "regarding"]));
        let considers = || one(words!["reviewing", "considering", "review"]);
        let offer = talks.or_else(|| one(words!["offer", "offered"]).filter(|_| considers().is_some()));
        let is_denied =
            |offer: usize| (first..offer).any(|t| text.is_one(t, words!["not", "never", "untrue", "false"]));
        let is_refused = || one(words!["declined", "refused", "rejected", "turned"]).is_some();
        offer.is_some_and(|offer| !is_denied(offer) && !is_refused())
    };
    companies
        .flat_map(|draft| &draft.parts)
        .any(|part| offers(token(part.start), token(part.end)))
}

/// What one of the first sentences says that the article shows, outside of all marks: stills, or a clip of what happened off
/// the screen.
fn shown(text: &Text, spans: &Spans, sentences: &Sentences) -> Option<&'static Event> {
    const LOOK: usize = 12;
    const SHOT: Words = words![
        "video", "videos", "clip", "clips", "footage", "film", "reel", "photos", "stills", "pictures", "series",
        "moments"
    ];
    let last = sentences.get(LOOK.min(sentences.len()).checked_sub(1)?)?.last;
    let in_marks = |t: usize| {
        let open = spans.outer.partition_point(|s| s.after() <= t);
        spans.outer.get(open).is_some_and(|s| s.open < t)
    };
    let behind = |t: usize| text.is_one(t, words!["behind-the-scenes", "making-of"]) && text.is_one(t + 1, SHOT);
    let says = |is: &dyn Fn(usize) -> bool| (0..last).any(|t| is(t) && !in_marks(t));
    if says(&|t| text.is(t, "stills")) {
        Some(&STILLS)
    } else {
        says(&behind).then_some(&BEHIND)
    }
}

/// What an article tells of beside what somebody says: `she said at a press conference`, `toward the end of the interview`.
fn held(text: &Text, spans: &Spans, sentences: &Sentences, article: &Article<'_>) -> Option<&'static Event> {
    const LOOK: usize = 24;
    let event = match article.kind {
        ArticleKind::PressConference => &HELD,
        ArticleKind::Interview => &ASKED,
        _ => return None,
    };
    let last = sentences.get(LOOK.min(sentences.len()).checked_sub(1)?)?.last;
    let words = event.words;
    // Most words differ from the first at a glance.
    let first = Print::of(words.first()?.as_bytes());
    let is = |t: usize| text.tokens[t].print == first && words.iter().enumerate().all(|(n, word)| text.is(t + n, word));
    let in_marks = |t: usize| {
        let open = spans.outer.partition_point(|s| s.after() <= t);
        spans.outer.get(open).is_some_and(|s| s.open < t)
    };
    // `in other interviews`, `at last year's press conference`: not this one.
    let other = |t: usize| {
        (t.saturating_sub(3)..t)
            .any(|t| text.is_one(t, words!["other", "last", "another", "previous", "earlier", "past"]))
    };
    (0..last).any(|t| is(t) && !in_marks(t) && !other(t)).then_some(event)
}

/// `Press Conference`, `[Interview②]`.
fn is_event(title: &Text, at: usize, words: &[&str]) -> bool {
    let numbered = |t: usize, word: &str| {
        let rest = title.word(t).get(word.len()..).unwrap_or_default();
        !rest.is_empty()
            && !rest.contains(char::is_alphabetic)
            && title.word(t)[..word.len()].eq_ignore_ascii_case(word)
    };
    // Most words begin with another letter.
    let is = |t: usize, word: &str| {
        word.as_bytes().first() == Some(&title.initial(t)) && (title.is_same(t, word) || numbered(t, word))
    };
    words.iter().enumerate().all(|(n, w)| is(at + n, w))
}

/// `Says Goodbye Ahead Of The Finale`, `Is Bae In Talks?`, `Bae Confirmed, Mok In Talks`: what the article is not yet about,
/// or not for certain.
fn is_to_come(title: &Text, event: usize) -> bool {
    const REACH: usize = 6;
    const DOUBT: Words = words!["confirmed", "denies", "denied", "not", "no", "?"];
    if title.is(event, "in") && (0..title.tokens.len()).any(|t| title.is_one(t, DOUBT)) {
        return true;
    }
    (event.saturating_sub(REACH)..event).any(|t| {
        title.is_one(
            t,
            words![
                "ahead", "before", "after", "into", "nears", "tease", "teases", "upcoming"
            ],
        )
    })
}

/// `Episode 7`, `Episodes 9-10`, `episode six`, as printed.
fn episodes(title: &Text, at: usize) -> Option<Occasion> {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let number = |t: usize| title.shape(t) == Shape::Number || NUMBERS.iter().any(|n| title.is_same(t, n));
    if !is_episode(title, at) {
        return None;
    }
    let mut first = at + 1;
    while matches!(title.sign(first), b'.' | b'#') {
        first += 1;
    }
    if !number(first) {
        return None;
    }
    let mut last = first + 1;
    while (matches!(title.word(last), "-" | "–" | "&" | "and" | "to" | ",")) && number(last + 1) {
        last += 2;
    }
    let number = Told::Number(title.word(first).to_owned());
    Some(Occasion::new(title.slice(at, last), number))
}

/// `“Paper Moon”, Episode 7 recap: `, `tvN’s “Paper Moon”: `: what stands in front of a summary.
pub(super) fn label(drama: Option<(&str, Option<&str>)>, occasions: &[&Occasion]) -> String {
    let mut label = match drama {
        Some((drama, Some(network))) => format!("{network}’s “{drama}”"),
        Some((drama, None)) => format!("“{drama}”"),
        None => String::new(),
    };
    for (number, occasion) in occasions.iter().enumerate() {
        if !label.is_empty() {
            label.push_str(if number == 0 { ", " } else { " " });
        }
        let begins = label.is_empty() || matches!(occasion.told, Told::Number(_)) || occasion.label == "Q&A";
        let initial = occasion.label.chars().next().unwrap_or_default();
        if begins {
            label.extend(initial.to_uppercase());
        } else {
            label.extend(initial.to_lowercase());
        }
        label.push_str(&occasion.label[initial.len_utf8()..]);
    }
    label.push_str(": ");
    label
}

#[cfg(test)]
mod tests {
    use super::{EVENTS, FIRST};

    #[test]
    fn every_event_is_looked_for() {
        for event in EVENTS {
            assert!(FIRST.has(event.words[0]), "{}", event.label);
        }
    }
}
