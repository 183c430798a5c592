//! Cues: the words beside a span that say that somebody speaks.
//!
//! Works on words alone, before anybody is known by name: where the verb is, on which side its
//! subject stands, and what joins it to the span. Who the subject is, is for `attribution`.

use super::lexicon::Class;
use super::print::{Words, words};
use super::scan::Span;
use super::text::{Shape, Text};

/// How far a cue before a span may reach, in tokens.
pub(super) const REACH: usize = 60;
/// How many tokens may stand between the verb and the mark.
const GAP: usize = 16;

/// What joins the words before a span to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nothing stands before it in its sentence.
    Start,
    /// Words without a sign.
    Bare,
    /// A comma or dash.
    Comma,
    /// A colon.
    Colon,
}

/// The narrative before a span in its sentence.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// First token of the narrative.
    pub first: usize,
    /// One past its last word; the sign that joins is left out.
    pub last: usize,
    /// What joins it.
    pub joint: Joint,
    /// The verb of speech, when there is one in reach.
    pub verb: Option<usize>,
}

/// Reads the narrative before `span`; `from` is where it may begin.
#[must_use]
pub fn before(text: &Text, span: &Span, from: usize) -> Before {
    let first = from.max(span.open.saturating_sub(REACH));
    let mut last = span.open;
    let mut joint = if last == first { Joint::Start } else { Joint::Bare };
    while last > first {
        joint = match text.word(last - 1) {
            "," | "—" | "–" | "-" | "..." | "…" => Joint::Comma,
            ":" => Joint::Colon,
            "(" | "[" | "•" | "*" => Joint::Bare,
            // `at a media day for “Plum Rain,” “…”`: the comma stands inside the marks of the title.
            _ if last > first + 1
                && text.shape(last - 1) == Shape::Mark
                && text.is(last - 2, ",")
                && joint == Joint::Bare =>
            {
                joint = Joint::Comma;
                break;
            }
            _ => break,
        };
        last -= 1;
        if joint == Joint::Colon {
            break;
        }
    }
    if last == first && joint != Joint::Start && joint != Joint::Colon {
        joint = Joint::Start;
    }
    let verb = verb_before(text, first, last, joint);
    Before {
        first,
        last,
        joint,
        verb,
    }
}

fn verb_before(text: &Text, first: usize, last: usize, joint: Joint) -> Option<usize> {
    // Without a sign the verb has to be close: `said “…”`, `said that “…”`, `telling her “…”`.
    let reach = if joint == Joint::Bare { 3 } else { GAP };
    if joint == Joint::Bare
        && let Some(verb) = goes_with(text, first, last)
    {
        return Some(verb);
    }
    let mut at = last;
    while at > first && last - at < reach {
        at -= 1;
        let class = text.class(at);
        if text.shape(at) == Shape::Punct || text.shape(at) == Shape::Mark {
            match text.word(at) {
                "," if opens_phrase(text, at + 1, last) => continue,
                "(" | ")" | "[" | "]" | "&" | "/" => continue,
                _ => return None,
            }
        }
        if is_speech_verb(text, at, first) {
            return Some(at);
        }
        let adjacent = last - at <= 2 && (last - at == 1 || text.class(last - 1).has(Class::ADV.with(Class::PREP)));
        let adjacent = adjacent || is_written_somewhere(text, at, last);
        let weak = class.has(Class::WEAK) && !class.has(Class::SURNAME) && adjacent && joint != Joint::Bare;
        if weak && !is_noun(text, at, first) && !befalls(text, at) {
            return Some(at);
        }
    }
    None
}

/// `Kim went with “…”`, `followed up with “…”`, `played it safe with “…”`: an answer, not a thing.
fn goes_with(text: &Text, first: usize, last: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    const GOES: Words = words![
        "went",
        "goes",
        "go",
        "followed",
        "follows",
        "chimed",
        "chimes",
        "came",
        "comes",
        "shot",
        "shoots",
        "hit",
        "hits",
        "fired",
        "fires",
        "led",
        "leads",
        "played",
        "plays",
        "settled",
        "settles",
        "opted",
        "opts",
        "jumped",
        "jumps",
        "weighed",
        "weighs",
        "checked",
        "signed",
        "signs",
        "obliged",
        "obliges",
        "countered",
        "counters",
        "retorted",
        "retorts",
    ];
    const WITH: Words = words!["with", "for"];
    if last < first + 3 || !text.is_just(last - 1, WITH) {
        return None;
    }
    let verb = (first + 1..last - 1)
        .rev()
        .take(LONGEST)
        .find(|t| text.is_just(*t, GOES))?;
    // `went with`, `chimed in with`, `came back with`, `played it safe with`.
    let particle =
        |t: usize| text.class(t).has(Class::PREP.with(Class::ADV)) || text.is_just(t, words!["it", "safe", "simply"]);
    let plain = (verb + 1..last - 1).all(particle);
    let settles = text.is_just(verb, words!["settled", "settles", "opted", "opts"]);
    (plain && settles == text.is(last - 1, "for")).then_some(verb)
}

/// `wrote on Instagram, “…”`, `posted under the photo, “…”`.
fn is_written_somewhere(text: &Text, verb: usize, last: usize) -> bool {
    const LONGEST: usize = 6;
    const WRITES: Words = words!["wrote", "writes", "posted", "posts", "typed", "types"];
    last > verb + 2
        && last - verb <= LONGEST
        && text.is_just(verb, WRITES)
        && text.class(verb + 1).has(Class::PREP)
        && (verb + 2..last).all(|t| text.is_word(t) && !text.class(t).has(Class::NOMINATIVE.with(Class::CONJ)))
}

/// What follows a comma is a phrase, not a clause of its own: `asked, with a smile, “…”`.
fn opens_phrase(text: &Text, from: usize, last: usize) -> bool {
    let class = text.class(from);
    // `said, super quietly, “…”`.
    let adverb = last > from && last - from <= 3 && text.class(last - 1).has(Class::ADV);
    let opens = adverb
        || class.has(Class::PREP.with(Class::ADV).with(Class::ING))
        || text.word(from).ends_with("ing")
        || text.word(from).ends_with("ed");
    opens
        && (from..last)
            .take(GAP)
            .all(|t| !text.class(t).has(Class::NOMINATIVE) && !text.is(t, ","))
}

/// Whether the token is a verb of speech and used as a verb.
#[must_use]
pub fn is_speech_verb(text: &Text, token: usize, first: usize) -> bool {
    let class = text.class(token);
    if is_phrasal(text, token) || is_curious(text, token) {
        return true;
    }
    class.has(Class::SAY)
        && matches!(text.shape(token), Shape::Lower | Shape::Capital)
        && !tells_all(text, token)
        && !befalls(text, token)
        && !is_noun(text, token, first)
        && !is_passive(text, token, first)
}

/// `His silence told her everything`, `The look on her face said it all`: no words are said.
fn tells_all(text: &Text, token: usize) -> bool {
    if !text.is_one(token, words!["told", "tells", "said", "says"]) {
        return false;
    }
    let object = text.class(token + 1).has(Class::HE.with(Class::SHE).with(Class::THEY)) || text.is(token + 1, "it");
    let all = token + 1 + usize::from(object);
    text.is_one(
        all,
        words!["everything", "nothing", "all", "otherwise", "enough", "volumes"],
    ) && matches!(text.sign(all + 1), b'.' | b'!' | b',' | b';')
}

/// `recalled how it all began: “…”`: what happened, and no words.
fn befalls(text: &Text, token: usize) -> bool {
    let it = token.wrapping_sub(1 + usize::from(text.is(token.wrapping_sub(1), "all")));
    text.is(it, "it")
        && text.is_one(
            token,
            words!["began", "begins", "started", "went", "ended", "goes", "ends"],
        )
        && text.is_one(it.wrapping_sub(1), words!["how", "when", "where", "why"])
}

/// `“And what is number eleven?” Kim wanted to know.`, `demands to know: “…”`, `wants to know, “…”`.
fn is_curious(text: &Text, token: usize) -> bool {
    text.is_one(
        token,
        words![
            "wanted", "wants", "want", "demanded", "demands", "demand", "needed", "needs", "begged", "begs", "asked",
            "asks",
        ],
    ) && text.is(token + 1, "to")
        && text.is(token + 2, "know")
        && matches!(text.sign(token + 3), b'.' | b',' | b':' | b';')
}

/// `Kim quickly put in`, `the veteran shot back`, `she let on`: verbs that speak with their particle only.
fn is_phrasal(text: &Text, token: usize) -> bool {
    const IN: Words = words![
        "put", "puts", "cut", "cuts", "chipped", "chips", "jumped", "jumps", "broke", "breaks", "butted", "butts",
        "weighed", "weighs", "joined", "joins", "threw", "throws", "tossed", "tosses", "slipped", "slips", "barged",
        "barges", "burst", "bursts", "pitched", "pitches", "piled", "piles",
    ];
    const BACK: Words = words![
        "shot", "shoots", "fired", "fires", "hit", "hits", "bit", "bites", "called", "calls", "clapped", "threw",
        "throws", "tossed", "tosses", "wrote", "writes", "texted", "texts", "typed", "types",
    ];
    const UP: Words = words![
        "piped", "pipes", "spoke", "speaks", "owned", "owns", "fessed", "fesses", "perked", "perks",
    ];
    const OUT: Words = words![
        "tossed", "tosses", "threw", "throws", "spoke", "speaks", "called", "calls"
    ];
    const OFF: Words = words![
        "rattled", "rattles", "reeled", "reels", "ticked", "ticks", "sounded", "sounds"
    ];
    // `calls through the door`: who calls somebody calls nobody there.
    const THROUGH: Words = words!["through", "across", "after", "from", "over", "down", "into"];
    if text.is_one(token, words!["calls", "called"]) && text.is_just(token + 1, THROUGH) {
        return !text.class(token.wrapping_sub(1)).has(Class::AUX);
    }
    const PARTICLES: Words = words!["in", "back", "up", "out", "off", "on", "slip", "clean", "forth", "it"];
    if text.shape(token) != Shape::Lower || !text.is_just(token + 1, PARTICLES) {
        return false;
    }
    // What stands behind it is no object of the verb.
    let object = || {
        text.class(token + 2).has(Class::DET)
            || text
                .tokens
                .get(token + 2)
                .is_some_and(|t| t.is_capital() && !text.is(token + 3, "."))
    };
    let is = |verbs: Words| text.is_just(token, verbs);
    match text.word(token + 1) {
        "in" => is(IN) && !object(),
        "back" => is(BACK) && !text.class(token + 2).has(Class::PREP.with(Class::DET)),
        "up" => {
            is(UP)
                || is(words!["followed", "follows"])
                    && (text.is(token + 2, "with") || matches!(text.sign(token + 2), b':' | b','))
        }
        "out" => is(OUT) && !object(),
        "off" => is(OFF) && !object(),
        "on" | "slip" => is(words!["let", "lets"]),
        "clean" => is(words!["came", "comes"]),
        "forth" => is(words!["held", "holds"]),
        "it" => {
            is(words!["let", "lets"]) && text.is(token + 2, "be") && text.is(token + 3, "known") || is_seen(text, token)
        }
        _ => false,
    }
}

/// `As Kim sees it, “…”`, `The way Kim remembers it, “…”`: the verb.
fn is_seen(text: &Text, token: usize) -> bool {
    const SEES: Words = words![
        "sees",
        "saw",
        "has",
        "had",
        "views",
        "viewed",
        "frames",
        "framed",
        "imagines",
        "imagined",
        "understands",
        "understood",
        "likes",
        "hears",
        "heard",
        "figures",
    ];
    const OPENS: usize = 6;
    let opens = |t: usize| text.is(t, "as") || text.is(t, "way") && text.is(t.wrapping_sub(1), "the");
    text.is_just(token, SEES) && text.is(token + 2, ",") && (token.saturating_sub(OPENS)..token).any(opens)
}

/// `her comment`, `those comments`, `the report`, `closing remarks`.
fn is_noun(text: &Text, token: usize, first: usize) -> bool {
    if token <= first {
        return false;
    }
    // `was asked point blank by the host`.
    if text.is(token, "point") && text.is(token + 1, "blank") {
        return true;
    }
    let class = text.class(token);
    let word = text.word(token);
    let nounlike = class.has(Class::BASE) || word.ends_with('s');
    // `The message read, “…”`.
    let bears =
        word == "read" && text.class(token - 1).has(Class::VOICE) && matches!(text.sign(token + 1), b',' | b':' | b'.');
    if !nounlike || word == "says" || bears {
        return false;
    }
    let before = text.class(token - 1);
    let preceded = text.word(token - 1);
    // `a warm smile`.
    let adjective = token > first + 1
        && class.has(Class::BASE)
        && (text.class(token - 2).has(Class::DET) || text.shape(token - 2) == Shape::Clitic)
        && text.shape(token - 1) == Shape::Lower
        && !before.has(
            Class::SAY
                .with(Class::AUX)
                .with(Class::ADV)
                .with(Class::NOMINATIVE)
                .with(Class::PREP)
                .with(Class::PLURAL),
        );
    // `Ga On answers`: a syllable of a name.
    let small = text.shape(token - 1) != Shape::Capital || token == first + 1;
    // `Su An snaps`: as well.
    let syllable = !small && text.shape(token - 2) == Shape::Capital && text.is_one(token - 1, words!["an", "a"]);
    adjective
        || before.has(Class::DET.with(Class::MONTH)) && !before.has(Class::NOMINATIVE.with(Class::PLURAL)) && !syllable
        || before.has(Class::PREP) && small && !preceded.eq_ignore_ascii_case("to")
        || text.shape(token - 1) == Shape::Clitic
        || preceded.ends_with("ing") && !before.has(Class::ADV)
        || text.shape(token) == Shape::Capital && token > first + 1
        || before.has(Class::ING)
        || [
            "short",
            "brief",
            "separate",
            "many",
            "various",
            "several",
            "positive",
            "first",
            "final",
            "last",
            "own",
            "candid",
            "funny",
            "witty",
            "heartfelt",
        ]
        .contains(&preceded)
}

/// `is reported to`, `was asked`, `has been described`: somebody else speaks.
fn is_passive(text: &Text, token: usize, first: usize) -> bool {
    let word = text.word(token);
    // `a message read by the host`, `as described by the director`.
    if text.is(token + 1, "by") && word != "said" && !word.ends_with("ing") {
        // `She answered by smiling`, `said by phone`.
        let doer = text.class(token + 2).has(Class::DET) || text.tokens.get(token + 2).is_some_and(|t| t.is_capital());
        if doer {
            return true;
        }
    }
    if !(word.ends_with("ed") || word == "told" || word == "said") {
        return false;
    }
    let be = |t: usize| {
        text.is_one(
            t,
            words!["is", "are", "was", "were", "been", "being", "be", "when", "if"],
        )
    };
    let one = token > first && be(token - 1);
    let two = token > first + 1 && text.class(token - 1).has(Class::ADV) && be(token - 2);
    // `When asked about it, she …`, `Asked about it, she …`, `Told that …`.
    let opener = token == first && !text.class(token).has(Class::ING);
    one || two || opener && (text.is(token, "asked") || text.is(token, "told") || text.is(token, "questioned"))
}

/// `barks`, `boomed`: how words sound, which is said of nothing but words behind a question mark.
#[must_use]
pub fn is_heard(text: &Text, token: usize) -> bool {
    const SOUNDS: Words = words![
        "barks",
        "barked",
        "booms",
        "boomed",
        "howls",
        "howled",
        "bawls",
        "bawled",
        "squeaks",
        "squeaked",
        "pants",
        "panted",
        "chants",
        "chanted",
        "whoops",
        "whooped",
        "guffaws",
        "guffawed",
        "harrumphs",
        "harrumphed",
        "drones",
        "droned",
    ];
    text.is_one(token, SOUNDS)
}
