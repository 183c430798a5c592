//! Attributions by a noun behind a span: `“…,” was Kim’s answer`, `“….” Those were Kim’s words.`, `“…” is how Kim sums
//! it up`, `“…,” according to Kim`.
//!
//! Works on words alone, as `behind` does.

use super::behind::{After, narrative, phrase_end, trim};
use super::cue::is_speech_verb;
use super::lexicon::{Class, asked};
use super::print::{Words, words};
use super::text::{Shape, Text};

/// `Said by Kim`, `Spoken by Kim at the grave.`
pub(super) const SAID_BY: Words = words!["said", "spoken", "uttered", "whispered", "shouted", "delivered"];

/// `“….” So says Kim.`, `“….” Those were Kim’s first words.`, `“….” The tip comes from Kim`: the next sentence tells who.
pub(super) fn following(text: &Text, at: usize, end: usize) -> Option<After> {
    const NEAR: usize = 10;
    let is = |t: usize, words: Words| text.is_one(t, words);
    let last = narrative(text, at, end);
    let found = |verb: usize, first: usize, end: usize| {
        (first < end).then_some(After {
            verb,
            subject: (first, end),
            plain: true,
            last,
        })
    };
    if is(at, words!["so", "thus"]) && text.class(at + 1).has(Class::SAY) {
        return found(at + 1, at + 2, phrase_end(text, at + 2, last));
    }
    // `“….” Said by Kim in the last scene.`
    if is(at, SAID_BY) && is(at + 1, words!["by"]) {
        return found(at, at + 2, phrase_end(text, at + 2, last));
    }
    if let Some((verb, end)) = says_this(text, at, last) {
        return found(verb, at, end);
    }
    if let Some((verb, first)) = points_back(text, at, last) {
        return found(verb, first, verb);
    }
    let spoken = |t: &usize| text.class(*t).has(Class::SPOKEN) && text.shape(*t) == Shape::Lower;
    let noun = (at + 1..last.min(at + NEAR)).find(spoken)?;
    // `Kim’s account of it drew laughter.`: the words in front, unless others follow.
    let owner = (at + 1..noun).rev().take(2).find(|t| text.shape(*t) == Shape::Clitic);
    let closed = last >= end && text.is_just(last - 1, words![".", "!", "…"]);
    if let Some(clitic) = owner.filter(|c| closed && (at..*c).all(|t| text.is_capital(t))) {
        return found(noun, at, clitic);
    }
    // `Those were Kim’s first words`, `This was the answer of Kim`.
    if is(at, words!["that", "this", "those", "these", "such"]) && is(at + 1, words!["was", "is", "were", "are"]) {
        let clitic = (at + 2..noun).rev().take(4).find(|t| text.shape(*t) == Shape::Clitic);
        let owned = text.class(at + 2).has(Class::HE.with(Class::SHE));
        // `Those were Kim’s first words on stage`: of Kim.
        if let Some(clitic) = clitic.filter(|_| !owned) {
            return found(at + 1, at + 2, clitic);
        }
        return match owned {
            true => found(at + 1, at + 2, noun + 1),
            false if is(noun + 1, words!["of", "from"]) => found(at + 1, noun + 2, phrase_end(text, noun + 2, last)),
            false => None,
        };
    }
    // `With this single sentence, Kim left the stage.`
    if is(at, words!["with"]) && is(at + 1, words!["this", "that", "these", "those"]) && text.is(noun + 1, ",") {
        let first = noun + 2;
        let verb = (first + 1..last.min(first + NEAR))
            .find(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::TITLE.with(Class::EPITHET)));
        return verb.and_then(|verb| found(verb, first, verb));
    }
    let comes = is(at, words!["the", "this", "that", "these", "those"])
        && is(noun + 1, words!["comes", "came", "is", "was", "are", "were"])
        && is(noun + 2, words!["from", "by"]);
    comes
        .then(|| found(noun + 1, noun + 3, phrase_end(text, noun + 3, last)))
        .flatten()
}

/// `Kim hands him a towel as she says this.`, `Kim says so while looking away.`: the verb, and where the subject ends that
/// opens the sentence.
fn says_this(text: &Text, at: usize, last: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 6;
    let is = |t: usize, words: Words| text.is_one(t, words);
    let noun = |t: usize| text.is_capital(t) || text.class(t).has(Class::TITLE.with(Class::EPITHET).with(Class::DET));
    let end = match text.class(at).has(Class::NOMINATIVE) {
        true => at + 1,
        false => (at..last.min(at + LONGEST)).find(|t| !noun(*t))?,
    };
    if end == at || text.shape(end) != Shape::Lower || text.class(end).has(Class::PREP.with(Class::CONJ)) {
        return None;
    }
    let verb = (end..last.saturating_sub(1)).find(|t| {
        text.class(*t).has(Class::SAY)
            && text.shape(*t) == Shape::Lower
            && is(t + 1, words!["this", "that", "it", "so"])
    })?;
    let alone = matches!(text.sign(verb + 2), b'.' | b',' | b'!')
        || is(verb + 1, words!["this", "so"]) && text.class(verb + 2).has(Class::SUBORD.with(Class::ADV));
    // Who says it is who opens the sentence: `Kim bows as she says this`, not `Kim bows, and Lee says this`.
    let own = verb == end
        || text.class(verb - 1).has(Class::NOMINATIVE)
            && is(verb - 2, words!["as", "while", "when", "before", "after", "and"]);
    (alone && own).then_some((verb, end))
}

/// `That was how Kim described it`, `It was Kim who came clean`, `With that, Kim closed the subject`: the verb, and where
/// the name in front of it begins.
fn points_back(text: &Text, at: usize, last: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 6;
    let is = |t: usize, words: Words| text.is_one(t, words);
    let be = is(at + 1, words!["was", "is", "were", "are"]) || text.shape(at + 1) == Shape::Clitic;
    let how = is(at, words!["that", "this"]) && be && is(at + 2, words!["how", "what"]);
    let it = is(at, words!["it"]) && be;
    let with = is(at, words!["with"]) && is(at + 1, words!["that", "this"]) && text.is(at + 2, ",");
    let first = if it { at + 2 } else { at + 3 };
    if !how && !it && !with || first >= last {
        return None;
    }
    let class = text.class(first);
    if how && class.has(Class::NOMINATIVE) {
        return Some((first + 1, first));
    }
    let title = |t: usize| class.has(Class::DET) && text.class(t).has(Class::TITLE.with(Class::EPITHET));
    let noun = |t: usize| text.is_capital(t) && !text.class(t).is_english() || text.class(t).has(Class::TITLE);
    if !noun(first) && !title(first + 1) {
        return None;
    }
    let verb = (first + 1..last.min(first + NEAR))
        .find(|t| !text.is_capital(*t) && !text.class(*t).has(Class::TITLE.with(Class::EPITHET)))?;
    let plain = text.shape(verb) == Shape::Lower && (!it || text.is(verb, "who"));
    plain.then_some((verb, first))
}

/// `“…” is how Kim sums it up`, `“…” was what she said`.
pub(super) fn equated(text: &Text, at: usize, last: usize) -> Option<After> {
    const NEAR: usize = 10;
    // `“…” is all she manages to say`.
    let opens = text.is_one(at, words!["is", "was"]) && text.is_one(at + 1, words!["how", "what", "all"]);
    if !opens {
        return None;
    }
    // `was all the sympathy that she could muster`.
    let that = (at + 2..last.min(at + 6)).find(|t| text.is(*t, "that") && text.is(at + 1, "all"));
    let first = that.unwrap_or(at + 1) + 1;
    let said = (first + 1..last.min(at + NEAR)).find(|t| is_speech_verb(text, *t, first));
    // `is all she manages to say`.
    if let Some(verb) = said.filter(|_| text.class(first).has(Class::NOMINATIVE)) {
        return Some(After {
            verb,
            subject: (first, first + 1),
            plain: true,
            last,
        });
    }
    let verb = said.or_else(|| {
        let noun = Class::DET.with(Class::EPITHET).with(Class::TITLE);
        (first + 1..last.min(at + NEAR)).find(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(noun))
    })?;
    Some(After {
        verb,
        subject: (first, trim(text, first, verb)),
        plain: true,
        last,
    })
}

/// `“…,” was Kim’s answer`, `“…,” came the reply from the actress`.
pub(super) fn noun_of_speech(text: &Text, at: usize, last: usize) -> Option<After> {
    const NEAR: usize = 9;
    let comes = text.is_one(
        at,
        words!["was", "is", "were", "came", "comes", "went", "goes", "ran", "runs"],
    );
    if !comes {
        return None;
    }
    let spoken = |t: &usize| text.class(*t).has(Class::SPOKEN) && text.shape(*t) == Shape::Lower;
    let Some(noun) = (at + 1..last.min(at + NEAR)).find(spoken) else {
        return of_somebody(text, at, last);
    };
    let owned =
        (at + 1..noun).any(|t| text.shape(t) == Shape::Clitic) || text.class(at + 1).has(Class::HE.with(Class::SHE));
    let of = text.is_one(noun + 1, words!["from", "of", "by"]);
    let subject = match (owned, of) {
        (true, _) => (at + 1, noun + 1),
        (false, true) => (noun + 2, phrase_end(text, noun + 2, last)),
        // `“…,” came the reply, “…”`: whose it is, the talk tells.
        (false, false) if is_reply(text, at, noun) => (at + 1, noun + 1),
        _ => return None,
    };
    (subject.0 < subject.1).then_some(After {
        verb: at,
        subject,
        plain: true,
        last,
    })
}

/// `“I only brought one umbrella,” was Kim’s excuse`: what somebody said in whole sentences is theirs, whatever it is called.
fn of_somebody(text: &Text, at: usize, last: usize) -> Option<After> {
    const NEAR: usize = 7;
    const LONGEST: usize = 40;
    const WORKS: Class = Class::DRAMA.with(Class::SHOW).with(Class::FILM).with(Class::BROADCAST);
    if !text.is_one(at, words!["was", "is"]) {
        return None;
    }
    // `“Like the Wind,” is Kim’s first song`: a title has capitals.
    let small =
        |t: usize| text.shape(t) == Shape::Lower && !text.class(t).has(Class::PREP.with(Class::DET).with(Class::CONJ));
    let mark = at.checked_sub(1).filter(|m| text.shape(*m) == Shape::Mark)?;
    let open = (mark.saturating_sub(LONGEST)..mark)
        .rev()
        .find(|t| text.shape(*t) == Shape::Mark);
    let sentence = (open.map_or(mark.saturating_sub(LONGEST), |t| t + 1)..mark)
        .filter(|t| small(*t))
        .count()
        > 1;
    let owner = (at + 1..last.min(at + NEAR)).find(|t| text.shape(*t) == Shape::Clitic)?;
    let noun = owner + 1;
    let made = (noun..last.min(noun + 3)).any(|t| text.class(t).has(WORKS) || text.is_like(t, asked::WORKS));
    let named = text.is_capital(owner - 1)
        || text
            .class(owner - 1)
            .has(Class::TITLE.with(Class::EPITHET).with(Class::STORY));
    (sentence && named && !made && text.shape(noun) == Shape::Lower && noun < last).then_some(After {
        verb: at,
        subject: (at + 1, owner),
        plain: true,
        last,
    })
}

/// `came the reply`, `was the answer`: words that answer whoever spoke before.
fn is_reply(text: &Text, verb: usize, noun: usize) -> bool {
    const BETWEEN: usize = 2;
    text.is(verb + 1, "the")
        && noun <= verb + 2 + BETWEEN
        && text.is_one(noun, words!["answer", "reply", "response", "retort", "comeback"])
}

/// `“…,” according to the producers`.
pub(super) fn source(text: &Text, at: usize, last: usize) -> Option<After> {
    let subject = (at + 2, phrase_end(text, at + 2, last));
    (text.is(at, "according") && text.is(at + 1, "to") && subject.0 < subject.1).then_some(After {
        verb: at,
        subject,
        plain: true,
        last,
    })
}

/// `“…,” which Kim says to his brother`, `“…,” the greeting with which the doorman Kim receives guests`, `“…,” a line that Kim
/// whispers`: a clause that says whose the words are.
pub(super) fn relative(text: &Text, at: usize, last: usize) -> Option<After> {
    const NOUNS: usize = 5;
    const VERB: usize = 12;
    let plain = |t: &usize| {
        let class = text.class(*t);
        text.shape(*t) == Shape::Lower && !class.has(Class::NOMINATIVE.with(Class::AUX).with(Class::PREP))
    };
    let noun = |t: &usize| {
        text.class(*t).has(Class::SPOKEN) || text.is_one(*t, words!["line", "words", "greeting", "phrase", "sentence"])
    };
    // The noun that the words are called, and the clause behind it.
    let apposed = text.class(at).has(Class::DET).then(|| {
        let nouns = at + 1..last.min(at + 1 + NOUNS);
        nouns.take_while(plain).find(noun).map(|t| t + 1)
    });
    let opens = apposed.unwrap_or(Some(at))?;
    let with = usize::from(text.is_one(opens, words!["with", "by", "in"]) && text.is(opens + 1, "which"));
    let which = text.is(opens + with, "which") || apposed.is_some() && text.is(opens, "that");
    if !which {
        return None;
    }
    let from = opens + with + 1;
    let class = text.class(from);
    let named = (from..from + 3).any(|t| text.is_capital(t))
        || class.has(Class::NOMINATIVE.with(Class::DET).with(Class::TITLE).with(Class::STORY));
    // `“…,” which Kim said was a lie`: of the words, not with them.
    let says = |t: usize| is_speech_verb(text, t, from) && !text.class(t + 1).has(Class::AUX);
    let end = phrase_end(text, from, last);
    let does = |t: usize| with > 0 && t == end && text.shape(t) == Shape::Lower && !text.class(t).has(Class::PREP);
    let verb = (from + 1..last.min(from + VERB)).find(|t| says(*t) || does(*t))?;
    let subject = (from, trim(text, from, verb.min(end.max(from + 1))));
    (named && subject.0 < subject.1 && verb <= end + 2).then_some(After {
        verb,
        subject,
        plain: true,
        last,
    })
}
