//! Words that show a pronoun to mean somebody else than the one who was named.

use super::super::print::{Words, words};
use crate::reading::entity::Mention;
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
    ) || text.is_one(verb, words!["reveals", "revealed", "explains", "explained"]) && text.is(verb + 1, "why")
}

/// `to hear that he`, `learns how she`: the clause tells what somebody heard. `to which she retorted`: another answers.
pub fn is_heard(text: &Text, pronoun: usize) -> bool {
    const HEARD: Words = words![
        "hear", "heard", "hears", "hearing", "learn", "learned", "learns", "learning", "told", "notice", "noticed",
        "notices", "find", "found", "wondered", "wonders", "asked", "asks",
    ];
    let opens = pronoun.wrapping_sub(1);
    if text.is(opens, "which") && text.is(opens.wrapping_sub(1), "to") {
        return true;
    }
    // `believed that she had drowned`: nobody believes that of themselves.
    let gone = words!["died", "drowned", "dead", "perished", "vanished", "disappeared"];
    if text.class(pronoun + 1).has(Class::AUX) && text.is_one(pronoun + 2, gone) {
        return true;
    }
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

/// `When asked about Kim, she laughed`, `According to Kim, he`: she and he are somebody else.
pub fn is_aside(text: &Text, mention: &Mention, first: usize) -> bool {
    const CLAUSE: usize = 12;
    const PHRASE: usize = 5;
    let before = mention.first.wrapping_sub(1);
    if !text.is(mention.last, ",") || !text.class(before).has(Class::PREP) {
        return false;
    }
    let clause = text.class(mention.last + 1).has(Class::NOMINATIVE) || text.is(mention.last + 1, "who");
    // `As for Kim, she …` is of Kim.
    let topic = text.is(before, "for") && text.is(before.wrapping_sub(1), "as");
    let opener = text.bytes(first);
    let phrase = text.class(first).has(Class::PREP.with(Class::SUBORD).with(Class::ADV))
        || opener.ends_with(b"ing")
        || opener.ends_with(b"ed");
    phrase && !topic && mention.first < first + if clause { CLAUSE } else { PHRASE }
}

/// A comma, an article and a noun between a name and “who”.
pub fn tells_of(text: &Text, end: usize, who: usize) -> bool {
    const NOUNS: usize = 6;
    text.is(end, ",")
        && text.is_one(end + 1, words!["a", "an", "the"])
        && who <= end + 2 + NOUNS
        && (end + 2..who).all(|t| text.shape(t) != Shape::Punct && !text.class(t).has(Class::PREP))
}

/// `Kim, she adds, would not let them`: whoever adds it is not Kim.
pub fn adds(text: &Text, pronoun: usize) -> bool {
    text.is(pronoun.wrapping_sub(1), ",") && text.class(pronoun + 1).has(Class::SAY) && text.is(pronoun + 2, ",")
}

/// `takes the phone out of his hand`, `puts his coat around her shoulders`, `wipes the rain from his glasses`: what somebody
/// moves comes from another or goes to them.
pub fn is_moved(text: &Text, owner: usize) -> bool {
    const NEAR: usize = 4;
    const WAYS: Words = words![
        "from", "off", "around", "over", "onto", "into", "across", "behind", "toward", "towards"
    ];
    let way = owner.wrapping_sub(1);
    let out = text.is(way, "of") && text.is(way.wrapping_sub(1), "out");
    let what = |t: usize| {
        let class = text.class(t);
        class.has(Class::DET)
            || text.is_one(t, words!["it", "them"])
            || class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE)
    };
    // `pours water into his cup`, not `walks into his room`.
    let noun = |t: usize| {
        let word = text.bytes(t);
        text.shape(t) == Shape::Lower
            && !text
                .class(t)
                .has(Class::ADV.with(Class::PREP).with(Class::PAST).with(Class::AUX))
            && !(word.ends_with(b"s") || word.ends_with(b"ed") || word.ends_with(b"ing"))
            && text.shape(way.wrapping_sub(2)) == Shape::Lower
    };
    (out || text.is_just(way, WAYS)) && ((way.saturating_sub(NEAR)..way).any(what) || noun(way.wrapping_sub(1)))
}

/// `tells Kim that she should leave`: what is asked of somebody is theirs to do.
pub fn is_asked_of(text: &Text, pronoun: usize, named: usize) -> bool {
    const WANTS: Words = words![
        "should",
        "must",
        "needs",
        "ought",
        "shouldn’t",
        "mustn’t",
        "shouldn't",
        "mustn't"
    ];
    const OWES: Words = words!["has", "is", "can", "could", "would", "will", "was", "had"];
    let opens = |words: Words| named + 1 == pronoun && text.is_one(named, words);
    text.is_one(pronoun + 1, WANTS) && opens(words!["that", "if", "whether"])
        || text.is_one(pronoun + 1, OWES) && opens(words!["if", "whether"])
}

/// A verb of one who was spoken to.
pub fn answers(text: &Text, verb: usize) -> bool {
    text.is_one(
        verb,
        words![
            "answers",
            "answered",
            "replies",
            "replied",
            "responds",
            "responded",
            "retorts",
            "retorted",
            "counters",
            "countered",
            "corrects",
            "corrected",
            "protests",
            "protested",
        ],
    )
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

/// `Watching it all from the gate is Kim`, `Into this mess walks Kim`, `Enter Kim`: the subject stands behind its verb.
pub fn is_inverted(text: &Text, first: usize, name: usize) -> bool {
    const COMES: Words = words![
        "is", "was", "comes", "came", "stands", "stood", "sits", "sat", "enters", "enter", "walks", "walked", "steps",
        "stepped", "lies", "lay", "waits", "appears", "appeared", "bursts", "burst", "strides", "hangs", "goes",
        "went",
    ];
    const TITLES: usize = 4;
    if name <= first {
        return false;
    }
    let calling = |t: &usize| {
        let class = text.class(*t);
        text.is_capital(*t) && class.has(Class::TITLE.with(Class::STORY))
            || class.has(Class::DET)
            || text.shape(*t) == Shape::Lower && class.has(Class::STORY)
    };
    let front = (first..name)
        .rev()
        .take(TITLES)
        .take_while(calling)
        .last()
        .unwrap_or(name);
    let Some(verb) = front.checked_sub(1).filter(|t| *t >= first && text.is_one(*t, COMES)) else {
        return false;
    };
    let opens = text.word(first).ends_with("ing")
        || text.class(first).has(Class::PREP.with(Class::ADV))
        || text.is(first, "then");
    let nobody = (first..verb).all(|t| !text.class(t).has(Class::NOMINATIVE));
    verb == first && text.is(first, "enter") || verb > first && opens && nobody
}
