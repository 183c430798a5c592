//! Whether a sentence may stand in a summary: no dateline, no question, no schedule, nothing that
//! somebody said, and no word that points to a sentence before it.

use super::lexicon::Class;
use super::lexicon::asked::{self, Asked};
use super::print::words;
use super::scan::{Span, Spans};
use super::text::{Shape, Text};

/// An interviewer's question: to somebody, with whatever stands before the question itself.
pub(super) fn asks(text: &Text, first: usize, last: usize) -> bool {
    const LONGEST: usize = 90;
    let question =
        last > first && text.is(last - 1, "?") || text.is(first, "q") && matches!(text.sign(first + 1), b'.' | b':');
    question
        && last - first <= LONGEST
        && (text.is(first, "q") || (first..last).any(|t| text.is(t, "you") || text.is(t, "your")))
}

/// `SEOUL, May 7 (Yonhap) -- `: an agency's place and date are no part of the news.
pub(super) fn behind_dateline(text: &Text, first: usize, last: usize) -> usize {
    const LONGEST: usize = 14;
    // `[Seoul=Newsis] `.
    if matches!(text.sign(first), b'[' | b'(')
        && let Some(close) = (first + 1..last.min(first + LONGEST)).find(|t| matches!(text.sign(*t), b']' | b')'))
        && text
            .tokens
            .get(close + 1)
            .is_some_and(|t| close + 1 < last && t.is_capital())
    {
        return close + 1;
    }
    let dash = |t: usize| text.is_just(t, words!["-", "–", "—", "--", "="]);
    let end = last.min(first + LONGEST);
    let Some(at) = text.ends_in(first + 1, end).find(|t| dash(*t)) else {
        return first;
    };
    let dated = (first..at).any(|t| text.class(t).has(Class::MONTH.with(Class::DAY)) || text.is(t, "("));
    let placed = text.class(first).has(Class::PLACE) || text.shape(first) == Shape::Upper;
    let bare = (first..at).all(|t| text.shape(t) != Shape::Lower && text.shape(t) != Shape::Mark);
    let mut begin = at;
    while begin < end && dash(begin) {
        begin += 1;
    }
    if dated
        && placed
        && bare
        && text
            .tokens
            .get(begin)
            .is_some_and(|t| t.is_capital() || t.shape() == Shape::Mark)
    {
        begin
    } else {
        first
    }
}

/// `According to Nielsen Korea, the`: ratings are always theirs, and where room is short there is more to tell.
pub(super) fn behind_source(text: &Text, first: usize, last: usize) -> usize {
    const LONGEST: usize = 9;
    let opens = text.is(first, "according") && text.is(first + 1, "to");
    let comma = (first + 2..last.min(first + LONGEST)).find(|t| text.is(*t, ","));
    comma
        .filter(|c| opens && text.is(c + 1, "the") && (first..*c).any(|t| text.is(t, "nielsen")))
        .map_or(first, |c| c + 1)
}

/// `Director Bok, he recalled, did not sound surprised`: half of what somebody said.
pub(super) fn is_reported(text: &Text, first: usize, last: usize) -> bool {
    (first + 1..last.saturating_sub(2)).any(|t| {
        text.initial(t) == b','
            && text.class(t + 1).has(Class::NOMINATIVE)
            && text.class(t + 2).has(Class::SAY)
            && matches!(text.sign(t + 3), b',' | b'.')
    })
}

/// The writer speaks of themself, outside of titles.
pub(super) fn is_chatty(text: &Text, spans: &Spans, first: usize, last: usize) -> bool {
    let mut next = spans.outer.partition_point(|s| s.after() <= first);
    let mut at = first;
    while at < last {
        if let Some(span) = spans.outer.get(next).filter(|s| s.open <= at) {
            at = span.after().max(at + 1);
            next += 1;
            continue;
        }
        if matches!(text.initial(at), b'i' | b'm')
            && text.is_just(at, words!["I", "I'm", "I’m", "I've", "I’ve", "I'll", "I’ll", "me"])
        {
            return true;
        }
        at += 1;
    }
    false
}

/// `one for herself and one “just in case somebody forgot”`: somebody's words, though no sentence.
pub(super) fn is_fragment(text: &Text, span: &Span, title: bool) -> bool {
    const WORDS: usize = 4;
    // `replies, “Always.”`, `with the caption: “I only play for the dead.”`
    let announced = matches!(text.sign(span.open.wrapping_sub(1)), b',' | b':');
    let said = announced && text.class(span.open.wrapping_sub(2)).has(Class::SAY);
    // `the “son-in-law of the nation”`: what somebody is called.
    let called = text.is_one(span.open.wrapping_sub(1), words!["the", "a", "an"]);
    said || announced && !title
        || !title
            && !called
            && text.shape(span.first()) == Shape::Lower
            && (span.first()..span.close).filter(|t| text.is_word(*t)).count() >= WORDS
}

/// `It was also reported that`, `It is a drama`: this “it” stands for nothing before.
pub(super) fn tells_by_itself(text: &Text, first: usize) -> bool {
    let aux = text.is(first, "it") && text.class(first + 1).has(Class::AUX);
    aux && (first + 2..first + 6)
        .take_while(|t| text.shape(*t) == Shape::Lower)
        .any(|t| text.class(t).has(Class::SAY.with(Class::WEAK)) && text.is(t + 1, "that"))
}

/// `The comedy revolves around four office workers`: what the drama tells of.
pub(super) fn tells_premise(text: &Text, first: usize, last: usize) -> bool {
    const PHRASES: &[(&str, &str)] = &[
        ("story", "of"),
        ("story", "about"),
        ("revolves", "around"),
        ("centers", "on"),
        ("centers", "around"),
        ("centered", "on"),
        ("focuses", "on"),
        ("set", "in"),
        ("drama", "about"),
        ("series", "about"),
        ("comedy", "about"),
        ("thriller", "about"),
        ("romance", "about"),
        ("drama", "that"),
        ("is", "about"),
        ("tale", "of"),
        ("tale", "about"),
        ("revolve", "around"),
        ("revolving", "around"),
        ("centres", "on"),
        ("centres", "around"),
        ("centred", "on"),
        ("centering", "on"),
        ("tells", "of"),
        ("takes", "place"),
        ("set", "at"),
        ("set", "against"),
        ("mystery", "about"),
        ("saga", "about"),
        ("dramedy", "about"),
        ("melodrama", "about"),
        ("sitcom", "about"),
        ("rom-com", "about"),
    ];
    let alone = |t: usize| text.is_one(t, words!["follows", "depicts", "chronicles"]);
    let phrase = |t: usize| {
        matches!(text.initial(t + 1), b'o' | b'a' | b'i' | b't' | b'p')
            && PHRASES.iter().any(|(a, b)| text.is(t, a) && text.is(t + 1, b))
    };
    (first..last).any(|t| text.is_like(t, asked::PREMISE) && (alone(t) || phrase(t)))
}

/// `“X” airs every Friday at 10 p.m. KST.`, `X premieres on May 3.`: told by the card, not by the summary.
pub(super) fn is_schedule(text: &Text, (first, last): (usize, usize), classes: Class, near_end: bool) -> bool {
    if near_end && last - first < 16 {
        // `“X” is now streaming on Viki.`
        let now = |t: usize| text.is(t, "now") && (text.is(t + 1, "streaming") || text.is(t + 1, "available"));
        // `All episodes of X are available on Viki.`
        let stream = |t: usize| text.is(t, "available") && text.is_just(t + 1, words!["on", "to", "for"]);
        if (first..last).any(|t| now(t) || stream(t)) {
            return true;
        }
    }
    if !classes.has(Class::MONTH.with(Class::DAY).with(Class::KST)) {
        return false;
    }
    let clock = (first..last).any(|t| text.is(t, "KST"));
    let airs = (first..last).any(|t| {
        text.is_just(
            t,
            words![
                "airs",
                "air",
                "premieres",
                "premiere",
                "released",
                "available",
                "streams",
                "streaming",
                "broadcast",
                "stream"
            ],
        )
    });
    airs && (near_end && last - first < 32 || clock && last - first < 26)
}

/// `lists` are those of the words of the sentence.
pub(super) fn addresses_reader(text: &Text, first: usize, last: usize, lists: Asked) -> bool {
    let may = matches!(text.initial(first), b'w' | b'c' | b's' | b't' | b'd' | b'f');
    if text.is(last - 1, "?")
        || may
            && text.is_one(
                first,
                words!["watch", "check", "stay", "catch", "tune", "find", "don’t", "don't"],
            )
    {
        return true;
    }
    // `To find out who did it, tune in to the next episode`.
    if text.is(first, "to")
        && let Some(comma) = text.ends_in(first, last).find(|t| text.is(*t, ","))
        && text.is_one(
            comma + 1,
            words!["watch", "check", "stay", "catch", "tune", "don’t", "don't", "keep"],
        )
    {
        return true;
    }
    // `See the full pictorial in the December issue.`
    let see = text.is(first, "see");
    if see && (text.is(first + 2, "full") || text.is(first + 1, "more")) {
        return true;
    }
    let below = lists.has(asked::BELOW) && (first..last).any(|t| text.is_just(t, words!["below", "comments"]));
    let you = || (first..last).any(|t| text.is_just(t, words!["you", "You", "your", "Your"]));
    below && see || (below || text.is(first, "let")) && you()
}

pub(super) fn is_wish(text: &Text, first: usize) -> bool {
    const REACH: usize = 10;
    // `Netflix is one of the world’s leading services.`: what a press release says of its sender.
    let praise = text.lists.has(asked::WORLD)
        && (first..first + REACH).any(|t| match text.initial(t) {
            b'o' => text.is(t, "one") && text.is(t + 1, "of") && text.is(t + 3, "world"),
            b't' => text.is(t, "the") && text.is(t + 1, "world") && text.is(t + 3, "leading"),
            _ => false,
        });
    if !matches!(
        text.initial(first),
        b'c' | b's' | b'w' | b'u' | b'o' | b'n' | b'e' | b'i' | b't'
    ) {
        return praise;
    }
    praise
        || text.is_one(
            first,
            words![
                "congratulations",
                "congrats",
                "spoilers",
                "warning",
                "updated",
                "original",
                "note",
                "elsewhere"
            ],
        )
        || text.is(first, "in") && text.is(first + 1, "other") && text.is(first + 2, "news")
        || text.is(first, "we") && (text.is(first + 1, "wish") || text.is(first + 1, "hope"))
        || text.is(first, "thank")
}

pub(super) fn dangles(text: &Text, first: usize) -> bool {
    let class = text.class(first);
    class.has(Class::HE.with(Class::SHE).with(Class::THEY))
        || matches!(text.initial(first), b'i' | b't' | b'b' | b's' | b'a' | b'h' | b'l')
            && text.is_one(
                first,
                words![
                    "it",
                    "this",
                    "these",
                    "those",
                    "that",
                    "both",
                    "its",
                    "such",
                    "another",
                    "but",
                    "and",
                    "so",
                    "then",
                    "however",
                    "afterward",
                    "later"
                ],
            )
            && text.shape(first) != Shape::Mark
}
