//! What the words in front of a line say of how an actor says it: `delivering the line, `, `must say, `, `she read in an icy tone, `,
//! `Once the cameras roll, Kim turns the dial and says, `.

use super::lexicon::Class;
use super::print::{Words, words};
use super::text::{Shape, Text};

/// Verbs of those who say a line.
pub(super) const READS: Words = words![
    "deliver",
    "delivers",
    "delivered",
    "delivering",
    "recites",
    "recited",
    "reciting",
    "utters",
    "uttered",
    "uttering",
    "reads",
    "read",
    "reading",
    "performs",
    "performed",
    "performing",
    "breathed",
    "practices",
    "rehearses",
    "rehearsed",
    "rehearsing",
];
/// Verbs that bring out a line, and nothing else that is called one.
const LETS_OUT: Words = words![
    "spits",
    "spit",
    "spat",
    "spitting",
    "blurts",
    "blurted",
    "fires",
    "fired",
    "throws",
    "threw",
    "drops",
    "dropped",
    "unleashes",
    "unleashed",
    "hurls",
    "hurled",
    "lands",
    "landed",
    "nails",
    "nailed",
    "lets",
    "let",
    "gave",
    "gives",
    "speaks",
    "spoke",
];
/// How a line is called that everybody knows.
const FAMED: Words = words![
    "famous",
    "now-famous",
    "infamous",
    "iconic",
    "signature",
    "trademark",
    "legendary",
    "best-known",
    "well-known",
    "viral",
    "much-quoted",
    "most-quoted",
    "memorable",
    "beloved",
    "unforgettable",
    "notorious",
];

/// `spat out the line, `, `whispered the line`, `delivering his line`: whether a verb in front of the noun brings it out. Not
/// `asked about the line`.
pub(super) fn says_a_line(text: &Text, first: usize, line: usize) -> bool {
    const REACH: usize = 8;
    let verb = |t: &usize| {
        let said = text.class(*t).has(Class::SAY) && text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::WEAK);
        said || text.is_one(*t, READS) || text.is_one(*t, LETS_OUT)
    };
    let plain = |t: usize| {
        let other = Class::PREP
            .with(Class::NOMINATIVE)
            .with(Class::SUBORD)
            .with(Class::CONJ);
        text.is_one(t, words!["out", "off", "loose"]) || text.is_word(t) && !text.class(t).has(other)
    };
    let from = first.max(line.saturating_sub(REACH));
    let Some(verb) = (from..line).rev().find(verb) else {
        return false;
    };
    let asks = text.is_one(verb, words!["asked", "asks", "explained", "explains"]);
    !asks && verb + 1 < line && (verb + 1..line).all(plain)
}

/// `delivered his famous “`, `whispered his character’s signature “`: the verb, and the words that call a line well known right in
/// front of it.
pub(super) fn is_famed(text: &Text, first: usize, open: usize) -> bool {
    const WORDS: usize = 3;
    let famed = (first..open)
        .rev()
        .take(WORDS)
        .take_while(|t| text.is_one(*t, FAMED))
        .last();
    let Some(at) = famed.and_then(|t| t.checked_sub(1)).filter(|t| *t > first) else {
        return false;
    };
    // `his character’s`, `Role’s`, `the`.
    let character = text.shape(at) == Shape::Clitic && text.is(at - 1, "character");
    let owner = if character { at - 2 } else { at };
    let owned = text.class(owner).has(Class::HE.with(Class::SHE)) || text.shape(owner) == Shape::Clitic;
    let front = (first.max(owner.saturating_sub(WORDS))..owner).rev();
    let says = |t: usize| {
        text.class(t).has(Class::SAY) && !text.class(t).has(Class::WEAK)
            || text.is_one(t, READS)
            || text.is_one(t, LETS_OUT)
            || text.is(t, "with")
    };
    owned && front.take_while(|t| text.is_word(*t)).any(says)
}

/// Verbs of those who learn a line.
const REPEATS: Words = words!["practiced", "practicing", "repeats", "repeated", "repeating"];

/// `While rehearsing the confession scene, Kim has to say, `, `He stumbles, but stays in character to say, `, `practices her
/// line again and again, murmuring, `.
pub(super) fn must_say(text: &Text, first: usize, open: usize, made: bool) -> bool {
    const REACH: usize = 24;
    let from = first.max(open.saturating_sub(REACH));
    // A verb and a mark stand in front, and a word or two in front of them.
    if open < from + 4 || !matches!(text.sign(open - 1), b',' | b':') || !text.class(open - 2).has(Class::SAY) {
        return false;
    }
    let verb = open - 2;
    let of = |words: Words| (from..verb).find(|t| text.is_one(*t, words));
    // `is supposed to reply, “…,” but chokes up`.
    let scripted = words!["supposed", "meant", "scripted"];
    if text.is(verb - 1, "to") && text.is_one(verb - 2, scripted) {
        return true;
    }
    if text.is(verb - 1, "to") || text.is(verb - 1, "must") {
        let must = text.is(verb - 1, "must") || text.is_one(verb - 2, words!["has", "have", "had", "needs", "needed"]);
        // `has to answer, “…,” but bursts out laughing`: nobody has to, but in a scene.
        if must && made && text.is_one(verb, words!["reply", "answer", "retort"]) {
            return true;
        }
        let rehearsed = of(words!["scene", "rehearsing", "filming", "rehearsal", "line", "take"]).is_some();
        let character = of(words!["character"]).is_some_and(|t| t > from && text.is(t - 1, "in"));
        return must && rehearsed || character;
    }
    let said = |line: usize| (from..line).any(|t| text.is_one(t, READS) || text.is_one(t, REPEATS));
    text.class(verb).has(Class::ING) && of(words!["line", "lines"]).is_some_and(said)
}

/// `delivering the line, `, `replied in character, `: what is said before the marks in their sentence.
pub(super) fn is_performed(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 12;
    let from = first.max(open.saturating_sub(REACH));
    let line = (from..open)
        .rev()
        .take(4)
        .find(|t| text.is(*t, "line") || text.is(*t, "lines"));
    // `set the tone with his very first line: `.
    let own = |line: usize| {
        line < open
            && matches!(text.sign(open - 1), b':' | b',')
            && (line + 1..open - 1).all(|t| !text.class(t).has(Class::NOMINATIVE.with(Class::SUBORD)))
            // `Of his final line Kim said, `.
            && !(line + 1 < open - 2 && text.class(open - 2).has(Class::SAY) && !text.class(open - 2).has(Class::ING))
            && (line.saturating_sub(3)..line).any(|t| text.class(t).has(Class::HE.with(Class::SHE)))
    };
    let with = |line: usize| text.is(first, "with") && line <= first + 3;
    if text.is(open.wrapping_sub(1), ":")
        && (is_delivered(text, first, open, READS) || is_in_the_role(text, first, open))
    {
        return true;
    }
    let delivered = line.is_some_and(|line| {
        own(line) || with(line) || (from..line).any(|t| text.is_just(t, READS)) || says_a_line(text, from, line)
    }) || is_famed(text, from, open);
    let character = (from..open).any(|t| {
        (text.is(t, "in") || text.is(t, "into")) && text.is(t + 1, "character") && !text.class(t + 2).has(Class::PREP)
    });
    delivered || character || is_rolling(text, first, open)
}

/// `she read in an icy tone, `, `Kim reads out with a sob: `.
pub(super) fn reads_aloud(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 9;
    let from = first.max(open.saturating_sub(REACH));
    if open <= from || !matches!(text.sign(open - 1), b',' | b':') {
        return false;
    }
    let verb = (from..open)
        .rev()
        .find(|t| text.is_one(*t, READS) && text.shape(*t) == Shape::Lower);
    verb.is_some_and(|verb| {
        let how = text.is_one(
            verb + 1,
            words!["in", "with", "through", "aloud", "out", "softly", "quietly", "calmly"],
        );
        how && (verb + 1..open - 1).all(|t| !text.class(t).has(Class::NOMINATIVE.with(Class::SAY).with(Class::CONJ)))
    })
}

/// `Once the cameras begin to roll, Kim turns the dial and says through tears, `.
pub(super) fn is_rolling(text: &Text, first: usize, open: usize) -> bool {
    const NEAR: usize = 5;
    (first..open).any(|t| {
        let rolls = words!["roll", "rolls", "rolling", "rolled"];
        let begins = words!["begins", "starts", "began", "started", "resumes", "resumed"];
        let called = words![
            "called", "calls", "shouted", "shouts", "yelled", "yells", "cried", "cries"
        ];
        let near = |list: Words| (t + 1..open.min(t + NEAR)).any(|v| text.is_one(v, list));
        let soon = words![
            "prepare", "prepares", "about", "ready", "before", "waiting", "stop", "stopped", "until"
        ];
        text.is_one(t, words!["cameras", "camera"]) && near(rolls) && !near(soon) && !text.is(first, "before")
            || text.is_one(t, words!["filming", "shooting", "take"])
                && near(begins)
                && text.class(first).has(Class::SUBORD)
            || text.is(t, "action") && text.is_one(t.wrapping_sub(2), called)
    })
}

/// `delivers his line in a shaky voice: `: more may stand between the line and the colon.
fn is_delivered(text: &Text, first: usize, open: usize, verbs: Words) -> bool {
    const REACH: usize = 16;
    let from = first.max(open.saturating_sub(REACH));
    let verb = (from..open).find(|t| text.is_just(*t, verbs));
    verb.is_some_and(|verb| (verb + 1..open.min(verb + 5)).any(|t| text.is(t, "line") || text.is(t, "lines")))
}

/// `slips back into his role of Cook Park without missing a beat: `.
fn is_in_the_role(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 18;
    let from = first.max(open.saturating_sub(REACH));
    (from..open).any(|t| {
        (text.is(t, "role") || text.is(t, "character")) && (t.saturating_sub(3)..t).any(|p| text.is(p, "into"))
    })
}
