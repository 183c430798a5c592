//! Words that show a pronoun to mean somebody else than the one who was named.

use super::super::print::{Words, words};
use crate::reading::entity::{Entities, Mention};
use crate::reading::lexicon::{Class, asked};
use crate::reading::text::{Shape, Text};

/// `Kim confesses that he`: what is confessed is one's own.
pub fn admitting(text: &Text, at: usize) -> bool {
    let verb = at + usize::from(text.class(at).has(Class::ADV));
    text.is_just(
        verb,
        words![
            "confesses",
            "confessed",
            "admits",
            "admitted",
            "confides",
            "confided",
            "vows",
            "vowed",
            "promises",
            "promised",
            "realizes",
            "realized",
            "boasts",
            "boasted",
            "complains",
            "complained"
        ],
    )
}

/// `to hear that he`, `learns how she`: the clause tells what somebody heard.
pub fn is_heard(text: &Text, pronoun: usize) -> bool {
    const HEARD: Words = words![
        "hear", "heard", "hears", "hearing", "learn", "learned", "learns", "learning", "told", "notice", "noticed",
        "notices", "find", "found", "wondered", "wonders", "asked", "asks",
    ];
    let opens = pronoun.wrapping_sub(1);
    text.class(opens).has(Class::SUBORD) && (opens.saturating_sub(3)..opens).any(|t| text.is_just(t, HEARD))
}

/// `points out that this is what he said`: what somebody speaks of may be another's doing.
pub fn is_what(text: &Text, pronoun: usize) -> bool {
    let what = pronoun.wrapping_sub(1);
    text.is(what, "what") && text.is_one(what.wrapping_sub(1), words!["is", "was"])
}

/// `making his acting debut`, `marking her return`: nobody makes somebody else's.
pub fn is_debut(text: &Text, token: usize) -> bool {
    const NEAR: usize = 4;
    text.is_just(token.wrapping_sub(1), words!["making", "marking", "reprising"])
        && (token + 1..token + NEAR).any(|t| text.is_just(t, words!["debut", "return", "comeback", "role"]))
}

/// `the actor`, `his co-star`, `whom`: somebody else than the one named comes in.
pub fn is_other(text: &Text, token: usize) -> bool {
    let class = text.class(token);
    if text.is(token, "whom") {
        return true;
    }
    let noun = class.has(Class::EPITHET.with(Class::FEMALE).with(Class::MALE)) || text.is_in(token, asked::PARTNERS);
    let person = noun && !class.has(Class::HE.with(Class::SHE));
    // `the MC` is a noun in capitals.
    if !person || text.is_capital(token) && text.shape(token) != Shape::Upper {
        return false;
    }
    let mut at = token;
    while at > 0
        && token - at < 3
        && text.shape(at - 1) == Shape::Lower
        && !text.class(at - 1).has(Class::DET.with(Class::PREP))
    {
        at -= 1;
    }
    let opens = at > 0 && text.is_one(at - 1, words!["the", "his", "her", "their"]);
    // `Lee, who plays his partner`: that is Lee.
    if at > 1 && !class.has(Class::EPITHET) && text.is_in(at - 2, asked::PLAYS) {
        return false;
    }
    // `the actress Kim` and `his co-star Kim` name the one who is meant.
    opens && !text.tokens.get(token + 1).is_some_and(|t| t.is_capital())
}

/// `her partner Na Ri` where Na Ri, or who plays her, is whom the sentence is about: somebody else's partner.
pub fn owns_named(text: &Text, entities: &Entities, token: usize, about: Option<usize>) -> bool {
    // `her younger sister and rival Na Ri`.
    const LONGEST: usize = 5;
    // `She told host Kim`: she owns nobody.
    if !text.class(token).has(Class::HE.with(Class::SHE)) || text.class(token).has(Class::NOMINATIVE) {
        return false;
    }
    let noun = |t: &usize| {
        text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::SUBORD).with(Class::AUX))
    };
    let end = (token + 1..).take(LONGEST).find(|t| !noun(t)).unwrap_or(token);
    // `Kim, his co-star, laughed`: whose co-star Kim is, is somebody else.
    let told = text.is(token.wrapping_sub(1), ",")
        && (matches!(text.sign(end), b',' | b'.') || text.class(end).has(Class::PREP));
    if end > token + 1 && told && about.is_some() && entities.covering(token.saturating_sub(2)).is_some() {
        return true;
    }
    // `her stunt coordinator, Goo Man-seok, says`.
    let apposed = text.is(end, ",") && entities.covering(end + 1).is_some_and(|m| text.is(m.last, ","));
    // `mentioned that her co-star Kim`: she may be either.
    let colleague = text.is_just(
        end.wrapping_sub(1),
        words!["co-star", "costar", "partner", "colleague", "castmate"],
    );
    if end > token + 1 && colleague && entities.covering(end).is_some() {
        return true;
    }
    // `Her agency, Birch Actors, was cautious`: a company tells nothing of whose it is.
    let somebody = |m: &&Mention| entities.all[m.entity].is_somebody();
    end > token + 1
        && entities
            .covering(end + usize::from(apposed))
            .filter(somebody)
            .is_some_and(|m| {
                // `His co-star Kim`: in front of a first name, too.
                about.is_none_or(|about| {
                    m.entity == about
                        || entities.all[m.entity].actor == Some(about)
                        || entities.all[about].actor == Some(m.entity)
                })
            })
}

/// `him`, and a `her` that owns nothing: in one clause the object is not the subject.
pub fn is_object(text: &Text, token: usize) -> bool {
    let next = text.class(token + 1);
    let owns = text.tokens.get(token + 1).is_some_and(|t| t.is_word())
        && !next.has(
            Class::PREP
                .with(Class::CONJ)
                .with(Class::ADV)
                .with(Class::SUBORD)
                .with(Class::AUX)
                .with(Class::DET),
        );
    // `her first role`, `her only line`: what she has; `told her first` ends there.
    let ordinal = text.is_one(
        token + 1,
        words!["first", "next", "only", "last", "once", "then", "later"],
    ) && text.shape(token + 2) == Shape::Lower
        && !text.class(token + 2).has(
            Class::PREP
                .with(Class::CONJ)
                .with(Class::SUBORD)
                .with(Class::AUX)
                .with(Class::DET),
        );
    text.is(token, "him") || text.is(token, "her") && !owns && !ordinal
}
