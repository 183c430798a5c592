//! What kind of news an article is, by the words of the headline and the first paragraphs.

mod signs;

use super::lexicon::{Class, asked};
use super::looks::picked;
use super::print::{Words, words};
use super::scan::{Span, Spans};
use super::text::{Shape, Text};
use crate::model::ArticleKind;
use signs::SIGNS;
use std::sync::LazyLock;

/// Words of which the news of a kind has one at least, as a summary should.
#[must_use]
pub const fn news(kind: ArticleKind) -> Option<Words> {
    let words = match kind {
        ArticleKind::Casting => words!["talks", "offer", "offered", "considering", "reviewing", "confirmed"],
        ArticleKind::PressConference => words!["conference", "event"],
        ArticleKind::Interview => words!["interview", "pictorial", "chat"],
        ArticleKind::ScriptReading => words!["reading"],
        ArticleKind::Teaser => words!["teaser", "poster", "posters", "trailer"],
        ArticleKind::Statement => words![
            "statement",
            "denied",
            "apologized",
            "legal",
            "letter",
            "offer",
            "offered",
        ],
        _ => return None,
    };
    Some(words)
}

/// All phrases: their first words are marked in the lexicon.
pub fn phrases() -> impl Iterator<Item = &'static str> {
    SIGNS.iter().flat_map(|(_, _, phrases)| phrases.iter().copied())
}

/// A phrase with the number of its sign and its own number within it, and its first letters as [`four`] gives them.
type Phrase = (usize, usize, &'static str, (u32, u32));

/// The first four bytes, small where they are letters, and which of them there are: few phrases share them.
fn four(words: &[u8]) -> (u32, u32) {
    const SMALL: u32 = 0x2020_2020;
    let bytes = |four: &[u8]| four.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte));
    match words.first_chunk() {
        Some(four) => (u32::from_le_bytes(*four) | SMALL, u32::MAX),
        None => (bytes(words) | SMALL, (1 << (8 * words.len())) - 1),
    }
}

/// The phrases by their first two bytes: few share them.
static BY_TWO: LazyLock<Vec<Vec<Phrase>>> = LazyLock::new(|| {
    let mut table = vec![Vec::new(); PLACES];
    for (sign, (_, _, phrases)) in SIGNS.iter().enumerate() {
        for (number, phrase) in phrases.iter().enumerate() {
            let first = four(phrase.as_bytes());
            table[place(first.0)].push((sign, number, *phrase, first));
        }
    }
    table
});

/// How many places they have.
const PLACES: usize = 256;

/// The place of a phrase that begins with these letters.
const fn place(four: u32) -> usize {
    (four as u16).wrapping_mul(0x9e37) as usize >> 8
}

/// How many different phrases of each sign some tokens hold, two at most. What stands in marks is a
/// title or speech, and tells nothing of the kind.
fn count(text: &Text, first: usize, last: usize, spans: &[Span]) -> [f32; SIGNS.len()] {
    // The beginning of a paragraph tells enough.
    const LOOK: usize = 110;
    let phrases = &*BY_TWO;
    let mut seen = [0_u64; SIGNS.len()];
    let mut next = spans.partition_point(|s| s.after() <= first);
    let mut at = first;
    let end = last.min(first + LOOK);
    while at < end {
        let open = spans.get(next).map_or(end, |s| s.open.clamp(at, end));
        for token in picked(at, open, |token| text.class(token).has(Class::KIND)) {
            let rest = &text.body[text.tokens[token].start as usize..];
            let (head, _) = four(rest.as_bytes());
            for (sign, number, phrase, (letters, these)) in &phrases[place(head)] {
                if (head ^ letters) & these == 0 && begins(rest, phrase) {
                    seen[*sign] |= 1 << number;
                }
            }
        }
        at = spans.get(next).map_or(end, |s| s.after().max(open + 1));
        next += 1;
    }
    // One, and another when the lowest is taken away.
    let some = |bits: u64| if bits == 0 { 0.0 } else { 1.0 };
    seen.map(|bits| some(bits) + some(bits & bits.wrapping_sub(1)))
}

/// Whether a text begins with a phrase, in any case, and the phrase ends with a word.
fn begins(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    text.get(..phrase.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(phrase))
        && text
            .get(phrase.len())
            .is_none_or(|b| !b.is_ascii_alphanumeric() || *b == b's')
}

/// Paragraphs that are questions to somebody.
fn questions(body: &Text) -> usize {
    const LOOK: usize = 60;
    const LONGEST: usize = 70;
    body.paras
        .iter()
        .take(LOOK)
        .filter(|p| p.last > p.first && p.last - p.first <= LONGEST && body.is(p.last - 1, "?"))
        .filter(|p| (p.first..p.last).any(|t| body.is(t, "you") || body.is(t, "your")))
        .count()
}

/// `On the May 9 episode of “X,” …` with hosts or guests: a show, not the drama of whoever was on it.
fn on_show(body: &Text) -> bool {
    const LOOK: usize = 40;
    const PARAGRAPHS: usize = 6;
    const PEOPLE: Words = words![
        "host",
        "hosts",
        "MC",
        "MCs",
        "guest",
        "guests",
        "panelist",
        "panelists",
        "co-host",
        "co-hosts",
        "PD",
    ];
    let Some(lead) = body.paras.first() else { return false };
    let second = body.paras.get(1).map_or(lead.last, |p| p.last.min(p.first + LOOK));
    if !body.paras.iter().take(2).any(|p| p.asked.has(asked::EPISODE)) {
        return false;
    }
    let episode = (lead.first..second.min(lead.first + 2 * LOOK)).any(|t| {
        body.is_in(t, asked::EPISODE)
            && body.is(t + 1, "of")
            && (t + 2..t + 8).any(|t| body.shape(t) == Shape::Mark || body.class(t).has(Class::SHOW))
    });
    let end = body.paras.get(PARAGRAPHS).map_or(body.tokens.len(), |p| p.first);
    episode && (lead.first..end.min(lead.first + 600)).any(|t| body.is_just(t, PEOPLE))
}

/// `Kim Bo Ra on playing a thief`, `Kim Bo Ra On Ghosts, Budgets And Why She Took the Part`: what the interview was about.
fn speaks_on(title: &Text, title_spans: &Spans) -> bool {
    const LEAD: usize = 10;
    let about = |t: usize| {
        title.is_one(
            t,
            words![
                "his", "her", "their", "why", "how", "what", "being", "life", "love", "becoming"
            ],
        ) || title.word(t).len() > 5 && title.word(t).ends_with("ing")
    };
    // `on ghosts, budgets and more`, `on the drama: “I cried”`, `on grief, gardening and the finale`.
    let several = |t: usize| {
        const ITEM: usize = 5;
        let mut rest = t + 1..title.tokens.len();
        let why = |n: usize| title.is_one(n + 1, words!["why", "how", "what", "more"]);
        let comma = (t + 1..t + 1 + ITEM).find(|n| title.is(*n, ","));
        let listed = comma.is_some_and(|n| (n + 1..n + 1 + ITEM).any(|n| title.is(n, "and")));
        let opens = |n: usize| title.is(n, ":") && title.shape(n + 1) == Shape::Mark;
        listed
            || rest.clone().any(|n| title.is(n, ",") || opens(n))
                && rest.any(|n| title.is(n, "and") && (why(n) || title.is(n - 1, ",")) || title.is(n, ":"))
    };
    // `“I said yes to the hat”: Kim on becoming an uncle`: what is quoted stands in front.
    let quoted = title_spans.outer.first().filter(|s| s.open == 0);
    let from = quoted.map_or(0, Span::after);
    let named = |t: usize| title.is_capital(t) || title.shape(t) == Shape::Mark;
    (from + 1..title.tokens.len().min(from + LEAD)).any(|t| {
        title.is(t, "on")
            && !title.is(t + 1, ",")
            && named(t - 1)
            // A whole cast meets the press.
            && !(from..t).any(|t| title.is(t, "cast"))
            && (quoted.is_some() || title.is_capital(0))
            && (about(t + 1) || several(t))
    })
}

/// `Kim Bo Ra: “I wanted to be embarrassing”`, `“I Practiced Being Boring”: Kim Bo Ra On …`: somebody’s words in the first
/// person, and a colon between them and a name.
fn speaks_of_self(title: &Text, title_spans: &Spans) -> bool {
    const NAME: usize = 7;
    let own = |s: &Span| {
        (s.first()..s.close).any(|t| title.is(t, "I") || title.is_one(t, words!["I’m", "I'm", "I’d", "I’ve"]))
    };
    let Some(span) = title_spans.outer.iter().find(|s| own(s)) else {
        return false;
    };
    let colon = |t: usize| title.is(t, ":");
    let name = |first: usize, last: usize| {
        last > first
            && last - first <= NAME
            && (first..last).all(|t| title.is_capital(t) || title.shape(t) == Shape::Mark)
    };
    let behind = span.after() + usize::from(colon(span.after()));
    span.open > 1 && colon(span.open - 1) && name(0, span.open - 1)
        || span.open == 0 && colon(span.after()) && name(behind, title.tokens.len().min(behind + 2))
}

/// `The Salt Office: Episode 5`, `“Paper Moon” Ep. 15-16 (Final)`: the headline is nothing but the number behind a title.
fn is_serial(title: &Text) -> bool {
    const LAST: Words = words!["final", "finale", "recap", "review", "series", "and"];
    let episode = |t: &usize| title.is_one(*t, words!["episode", "episodes", "ep", "eps"]);
    (1..title.tokens.len()).rev().find(episode).is_some_and(|t| {
        let mut rest = t + 1..title.tokens.len();
        let bare = |n: usize| title.shape(n) == Shape::Number || !title.is_word(n) || title.is_one(n, LAST);
        let of = title.class(t - 1).has(Class::PREP);
        !of && rest.clone().any(|n| title.shape(n) == Shape::Number) && rest.all(bare)
    })
}

/// Decides the kind.
#[must_use]
pub fn of(title: &Text, title_spans: &Spans, body: &Text, spans: &Spans) -> ArticleKind {
    let para = |n: usize| {
        body.paras
            .get(n)
            .map_or([0.0; SIGNS.len()], |p| count(body, p.first, p.last, &spans.outer))
    };
    let headline = count(title, 0, title.tokens.len(), &title_spans.outer);
    let (lead, second) = (para(0), para(1));
    // Further down a word weighs less: the pictures of “stills” often stand there only.
    let rest: Vec<_> = (2..7).map(para).collect();
    let mut best = (ArticleKind::News, 0.9_f32);
    let numbered = title.body.starts_with(|c: char| c.is_ascii_digit());
    let episode = title.tokens.iter().enumerate().any(|(t, _)| {
        // `“Stray Notes” Ep. 10: The Band Breaks Up`.
        let short = ["ep", "eps"].iter().any(|w| title.is(t, w));
        let numbered = || (t + 1..t + 3).any(|n| n < title.tokens.len() && title.shape(n) == Shape::Number);
        title.is(t, "episode") || title.is(t, "episodes") || short && numbered()
    });
    let serial = is_serial(title);
    let asked = questions(body) >= 3;
    let event = title_spans
        .outer
        .iter()
        .any(|s| title.is_just(s.close.saturating_sub(1), words!["Awards", "Award"]));
    let talks = SIGNS
        .iter()
        .position(|(kind, ..)| *kind == ArticleKind::Interview)
        .is_some_and(|n| headline[n] > 0.0);
    for (sign, (kind, weight, _)) in SIGNS.iter().enumerate() {
        let mut score = weight
            * (3.0 * headline[sign]
                + 2.0 * lead[sign]
                + second[sign]
                + 0.5 * rest.iter().map(|r| r[sign]).sum::<f32>().min(2.0))
            / 3.0;
        score += match kind {
            // Questions that stand as paragraphs: nothing else is printed so.
            ArticleKind::Interview if asked => 2.5,
            ArticleKind::Interview if speaks_on(title, title_spans) => 2.0,
            ArticleKind::Interview if speaks_of_self(title, title_spans) => 1.2,
            ArticleKind::Awards if event => 3.0,
            ArticleKind::Variety if on_show(body) => 2.6,
            _ => 0.0,
        };
        score += if *kind == ArticleKind::Recap && serial {
            3.0
        } else {
            0.0
        };
        // `5 Questions With Kim` is no list of dramas.
        score += if *kind == ArticleKind::List && numbered && !talks {
            2.5
        } else {
            0.0
        };
        score += if *kind == ArticleKind::Recap && episode {
            1.0
        } else {
            0.0
        };
        if score > best.1 {
            best = (*kind, score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::model::ArticleKind;
    use crate::reading::{scan::scan, text::Text};

    #[test]
    fn headlines_tell_the_kind() {
        for (title, kind) in [
            (
                "Watch: Kim Bo Ra And Lee Do Han Laugh In Making-Of Video For “Paper Moon”",
                ArticleKind::MakingOf,
            ),
            ("“Paper Moon” Ratings Rise To All-Time High", ArticleKind::Ratings),
            ("Kim Bo Ra In Talks To Star In New Drama", ArticleKind::Casting),
            ("The Salt Office: Episode 5", ArticleKind::Recap),
            ("“Paper Moon” Ep. 15–16 (Final)", ArticleKind::Recap),
            (
                "5 Times “Paper Moon” Made Us Gasp In Episodes 3 And 4",
                ArticleKind::List,
            ),
            (
                "Kim Bo Ra Is Hiding A Secret In New Teaser For “Paper Moon”",
                ArticleKind::Teaser,
            ),
            ("5 Questions With Kim Bo Ra Of “Paper Moon”", ArticleKind::Interview),
            (
                "‘I said yes to the hat’: Kim Bo Ra on becoming everybody's aunt",
                ArticleKind::Interview,
            ),
            (
                "Writer Kim Bo Ra on villains, deadlines and “Paper Moon”",
                ArticleKind::Interview,
            ),
            ("Kim Bo Ra: “I wanted to be the worst waiter”", ArticleKind::Interview),
            (
                "“Paper Moon” Cast On Love, Space And Why You Should Bring Tissues",
                ArticleKind::News,
            ),
            ("Best moments of the 'Haneul Drama Awards'", ArticleKind::Awards),
            ("Kim Bo Ra joins Lee Do Han for vampire rom-com", ArticleKind::Casting),
            ("5 K-Dramas To Watch If You Loved “Paper Moon”", ArticleKind::List),
            (
                "“Paper Moon” Cast Shows Teamwork At First Script Reading",
                ArticleKind::ScriptReading,
            ),
        ] {
            let (title, body) = (Text::line(title), Text::line(""));
            assert_eq!(of(&title, &scan(&title), &body, &scan(&body)), kind, "{}", title.body);
        }
    }
}
