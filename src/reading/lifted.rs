//! Subjects out of their place: `It was Kim who spoke`, `only to hear Kim say`, `Then came Kim`, `Sol, the youngest of three`.

use super::entity::Entities;
use super::lexicon::{Class, asked};
use super::noun::is_one_of_two;
use super::phrase::{Reference, read};
use super::print::{Words, words};
use super::text::{Shape, Text};

/// `only to hear Lee say`, `hears her mutter`: who is heard.
pub(super) fn heard(text: &Text, entities: &Entities, first: usize, at: usize) -> Option<Reference> {
    const HEARS: Words = words![
        "hear", "hears", "heard", "hearing", "see", "sees", "watch", "watches", "let", "lets", "make", "makes",
    ];
    let hears = |t: usize| t > first && text.is_just(t - 1, HEARS);
    let class = text.class(at - 1);
    if class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE) && hears(at - 1) {
        return Some(Reference::Pronoun { class, token: at - 1 });
    }
    // `hears Role (Actor) say`.
    let open = (first.max(at.saturating_sub(8))..at)
        .rev()
        .find(|t| text.is(at - 1, ")") && text.is(*t, "("));
    let end = open.filter(|t| *t > first).unwrap_or(at);
    let mention = entities.covering(end - 1).filter(|m| m.last == end && hears(m.first))?;
    Some(Reference::Named {
        id: mention.entity,
        full: mention.full,
        ambiguous: mention.ambiguous,
        token: mention.first,
    })
}

/// `only for the king to reply`, `waits for him to say`, `prompting the director to reply`: whose infinitive it is; `to` is
/// the token of “to”.
pub(super) fn for_whom(text: &Text, entities: &Entities, first: usize, to: usize) -> Option<Reference> {
    // A role and who plays it, in brackets.
    const LONGEST: usize = 12;
    const OPENS: Words = words![
        "for",
        "prompting",
        "prompted",
        "leading",
        "causing",
        "inspiring",
        "moving",
        "forcing",
        "pushing",
        "driving",
        "provoking",
    ];
    if let Some(named) = up_to(text, entities, first, to) {
        return Some(named);
    }
    let opens = (first.max(to.saturating_sub(LONGEST))..to.saturating_sub(1))
        .rev()
        .find(|t| text.is_just(*t, OPENS))?;
    let class = text.class(to - 1);
    if opens + 2 == to && class.has(Class::HE.with(Class::SHE)) {
        return Some(Reference::Pronoun { class, token: to - 1 });
    }
    let plain = (opens + 1..to).all(|t| !text.class(t).has(Class::AUX.with(Class::SUBORD)) && !text.is(t, ","));
    read(text, entities, opens + 1, to).filter(|_| plain).filter(|r| {
        matches!(
            r,
            Reference::Named { .. } | Reference::Epithet { .. } | Reference::Unnamed { .. }
        )
    })
}

/// `it is up to his rival, Role (Actor), to say`, `It takes Role (Actor) exactly one second to reply`: whom something is left to,
/// or whom it takes a while.
fn up_to(text: &Text, entities: &Entities, first: usize, to: usize) -> Option<Reference> {
    const REACH: usize = 16;
    const NOUNS: usize = 4;
    let from = first.max(to.saturating_sub(REACH));
    let left = |t: usize| text.is(t, "to") && text.is_one(t - 1, words!["up", "left", "falls", "fell"]);
    let takes = |t: usize| text.is_one(t, words!["takes", "took"]) && text.is(t - 1, "it");
    let opens = (from + 1..to).rev().find(|t| left(*t) || takes(*t))?;
    let named = entities.between(opens, to).first().filter(|m| !m.in_speech)?;
    let plain = (opens + 1..named.first).all(|t| text.shape(t) == Shape::Lower || text.is(t, ","));
    let near = named.first <= opens + 1 + NOUNS;
    (plain && near && text.shape(named.last) != Shape::Clitic && is_person(text, entities, &Reference::to(named)))
        .then(|| Reference::to(named))
}

/// `a crew member is heard`, `Kim can be seen` before “saying”: one past the subject; `end` is one past the last of them.
pub(super) fn perceived(text: &Text, first: usize, end: usize) -> Option<usize> {
    const PERCEIVED: Words = words![
        "heard",
        "overheard",
        "seen",
        "caught",
        "shown",
        "spotted",
        "filmed",
        "captured"
    ];
    // `an insider is quoted as saying`.
    let quoted = end > first + 2 && text.is(end - 1, "as") && text.is_one(end - 2, words!["quoted", "cited"]);
    let mut at = end
        .checked_sub(1 + usize::from(quoted))
        .filter(|t| *t > first && (quoted || text.is_just(*t, PERCEIVED)))?;
    let verbs = at;
    while at > first && text.class(at - 1).has(Class::AUX.with(Class::ADV)) && !text.is_capital(at - 1) {
        at -= 1;
    }
    (at < verbs && at > first).then_some(at)
}

/// `It was Kim who broke the silence`: whom the sentence lifts out.
pub(super) fn cleft(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const LONGEST: usize = 12;
    const FRONTED: usize = 8;
    const CLAUSE: usize = 24;
    // `On set, it was Kim who swept the floor`, `And yet, when Lee comes around, it’s Kim who walks up`.
    let fronted = text.class(first).has(Class::PREP.with(Class::SUBORD).with(Class::CONJ));
    let reach = if text.class(first).has(Class::PREP) {
        FRONTED
    } else {
        CLAUSE
    };
    let first = match fronted {
        true => (first + 2..last.min(first + reach))
            .find(|t| text.is(t - 1, ",") && text.is(*t, "it"))
            .unwrap_or(first),
        false => first,
    };
    let be = text.shape(first + 1) == Shape::Clitic || text.is_one(first + 1, words!["was", "is"]);
    if !(text.is(first, "it") && be) {
        return None;
    }
    let from = first + 2 + usize::from(text.class(first + 2).has(Class::ADV));
    let who = (from + 1..last.min(from + LONGEST)).find(|t| text.is(*t, "who") || text.is(*t, "that"))?;
    let end = who - usize::from(text.is(who - 1, ","));
    // `It was not Kim but Lee who had the last laugh`.
    let but = (from..end)
        .find(|t| text.is(*t, "but"))
        .filter(|_| text.is(from, "not") || text.is(from - 1, "not"));
    let from = but.map_or(from, |t| t + 1);
    read(text, entities, from, end).filter(|r| is_person(text, entities, r))
}

/// `Watching it all from the gate is Kim (Actor), royal guard`: the first who is named stands behind the verb.
pub(super) fn inverted(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    // `What Kim finds behind the ninth lock is Empress Jang (Actor), calmly drinking tea`.
    let what = text.is_one(first, words!["what", "whom"]);
    let named = |m: &&super::entity::Mention| {
        !m.in_speech && !what || text.is_one(m.first.wrapping_sub(1), words!["is", "was"])
    };
    let mention = entities.between(first, last).iter().find(named)?;
    if what {
        let real = entities.all[mention.entity].is_somebody() && text.shape(mention.last) != Shape::Clitic;
        return real.then(|| Reference::to(mention));
    }
    let somebody = entities.all[mention.entity].is_somebody() && text.shape(mention.last) != Shape::Clitic;
    (somebody && super::gender::is_inverted(text, first, mention.first)).then(|| Reference::to(mention))
}

/// `Then came Kim`, `Equally moved was the actress`, `The same went for Kim`: who stands behind the verb, at the end.
pub(super) fn behind_verb(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const LONGEST: usize = 8;
    let mut end = last;
    while end > first && matches!(text.sign(end - 1), b'.' | b':' | b',' | b'!') {
        end -= 1;
    }
    let part = |t: usize| match text.shape(t) {
        Shape::Capital | Shape::Upper | Shape::Number | Shape::Clitic => true,
        Shape::Lower => !text.class(t).has(
            Class::PREP
                .with(Class::AUX)
                .with(Class::SUBORD)
                .with(Class::CONJ)
                .with(Class::ADV)
                .with(Class::PAST),
        ),
        _ => false,
    };
    let mut at = end;
    while at > first && end - at < LONGEST && part(at - 1) && !text.is_just(at - 1, COMES) {
        at -= 1;
    }
    let verb = at.checked_sub(1).filter(|v| *v >= first && at < end)?;
    let same =
        || text.is(verb, "for") && text.is_one(verb.wrapping_sub(1), words!["went", "goes", "go", "true", "held"]);
    // `Then a long laugh from Kim.`: no verb at all.
    let sound = || {
        text.is(verb, "from")
            && (first..verb).all(|t| {
                !text.class(t).has(Class::AUX.with(Class::PAST).with(Class::NOMINATIVE))
                    && !text.word(t).ends_with("ed")
                    && entities.covering(t).is_none()
            })
    };
    if !(text.is_just(verb, COMES) && verb > first || same() || sound()) {
        return None;
    }
    read(text, entities, at, end).filter(|r| is_person(text, entities, r))
}

/// Verbs behind which a subject may stand.
const COMES: Words = words!["came", "comes", "was", "is", "were", "stood", "sat"];

/// `It ages its leads, with Kim calling the chair his second home:`: who is told of behind “with”.
pub(super) fn with_doing(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let mut named = entities.between(first, last).iter().rev();
    let mention = named.find(|m| {
        // `Cut to his mother Kim, played by Lee, leaving a voice mail: `.
        let cut = (m.first.saturating_sub(4)..m.first)
            .any(|t| text.is(t, "to") && text.is_one(t.wrapping_sub(1), words!["cut", "cuts", "switches", "jumps"]));
        // `opens with Role (Actor) delivering an ultimatum: `.
        let played = cut || text.is(m.last, "(");
        let behind = if played { behind_actor(text, m.last) } else { m.last };
        let doing = text.word(behind);
        (cut || text.is(m.first.wrapping_sub(1), "with"))
            && text.shape(behind) == Shape::Lower
            && doing.ends_with("ing")
    })?;
    // Nobody acts behind it.
    let alone = (mention.last..last).all(|t| !text.class(t).has(Class::NOMINATIVE.with(Class::CONJ)));
    (alone && entities.all[mention.entity].is_somebody()).then(|| Reference::to(mention))
}

/// `The preview shows governor Kim (Lee) dragging them out`, `The clip opens with Kim`: who is seen, where nobody acts in
/// front.
pub(super) fn shown(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const OPENS: Words = words![
        "opens",
        "begins",
        "starts",
        "ends",
        "closes",
        "kicks",
        "wraps",
        "concludes",
        "cuts",
        "jumps",
        "switches",
        "moves",
    ];
    const NEAR: usize = 6;
    let shows = |t: &usize| {
        text.is_in(*t, asked::OPENING)
            && (!text.is_one(*t, words!["with", "to"]) || (t.saturating_sub(3)..*t).any(|v| text.is_just(v, OPENS)))
    };
    let verb = (first + 1..last).take(4 * NEAR).find(shows)?;
    let idle = |t: usize| !text.class(t).has(Class::NOMINATIVE);
    let somebody = |m: &&super::entity::Mention| entities.all[m.entity].is_somebody();
    if !(first..verb).all(idle) || entities.between(first, verb).iter().any(|m| somebody(&m)) {
        return None;
    }
    // `The final scene shows the boy alone in the dark`.
    let person = |t: usize| {
        text.class(t).has(Class::FEMALE.with(Class::MALE).with(Class::STORY)) && text.shape(t) == Shape::Lower
    };
    if text.is(verb + 1, "the") && person(verb + 2) && entities.covering(verb + 2).is_none() {
        return Some(Reference::Epithet {
            head: verb + 2,
            first: verb + 1,
        });
    }
    let mention = entities.between(verb, last.min(verb + NEAR)).iter().find(somebody)?;
    let noun = |t: usize| {
        text.shape(t) != Shape::Punct
            && !text
                .class(t)
                .has(Class::PREP.with(Class::AUX).with(Class::CONJ).with(Class::SUBORD))
    };
    ((verb + 1..mention.first).all(noun) && text.shape(mention.last) != Shape::Clitic).then(|| Reference::to(mention))
}

/// Over `, played by Lee,` or `(Lee)` behind a role.
fn behind_actor(text: &Text, last: usize) -> usize {
    const LONGEST: usize = 8;
    let close = match text.word(last) {
        "(" => (last..last + LONGEST).find(|t| text.is(*t, ")")),
        "," if super::bracket::is_played_by(text, last + 1) => (last + 1..last + LONGEST).find(|t| text.is(*t, ",")),
        "," => Some(last),
        _ => None,
    };
    close.map_or(last, |t| t + 1)
}

/// `The award for Best New Actor went to Kim of the group, who made`: who receives it.
pub(super) fn recipient(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let to = (first + 1..last.saturating_sub(1)).find(|t| text.is(*t, "to") && text.is_in(t - 1, asked::AWARDS))?;
    let name = (to + 1..last.min(to + 4)).find_map(|t| entities.covering(t))?;
    (entities.all[name.entity].is_somebody() && text.shape(name.last) != Shape::Clitic).then(|| Reference::to(name))
}

/// What of somebody moves when they do.
const MOVES: Words = words![
    "eyes",
    "face",
    "voice",
    "smile",
    "expression",
    "cheeks",
    "hands",
    "lips",
    "tone",
    "gaze",
    "ears",
    "mood",
    "brow",
    "jaw",
    "shoulders",
    "knees",
    "fists",
    "breath",
    "heart",
    "tears",
    "fingers",
    "mouth",
    "eyebrows",
    "chin",
];

/// `When Lee shows her the ring, Kim’s hands stop`: whose they are.
pub(super) fn moves(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let mention = entities.between(first, last).iter().find(|m| {
        // `the envoy’s smile fades`.
        let from = m.first - usize::from(m.first > first && text.is(m.first - 1, "the"));
        let opens = from == first || text.is(from - 1, ",");
        let plain = text.shape(m.last) == Shape::Clitic && text.is_just(m.last + 1, MOVES);
        opens && plain && text.shape(m.last + 2) == Shape::Lower && !text.class(m.last + 2).has(Class::PREP)
    })?;
    (!mention.in_speech && entities.all[mention.entity].is_somebody()).then(|| Reference::to(mention))
}

/// `When asked about it, his eyes reddened`: whose eyes they are.
pub(super) fn moved(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let token = (first..last.saturating_sub(1))
        .find(|t| text.class(*t).has(Class::HE.with(Class::SHE)) && text.is_just(t + 1, MOVES))?;
    let opens = token == first || text.is(token - 1, ",");
    let alone = entities
        .between(first, last)
        .iter()
        .all(|m| !entities.all[m.entity].is_somebody());
    (opens && alone).then(|| Reference::Pronoun {
        class: text.class(token),
        token,
    })
}

/// `As for her young co-star, he passed the test`: whom the sentence is about.
pub(super) fn as_for(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const LONGEST: usize = 10;
    if !(text.is(first, "as") && text.is(first + 1, "for")) {
        return None;
    }
    let comma = (first + 3..last.min(first + LONGEST)).find(|t| text.is(*t, ","))?;
    let class = text.class(comma + 1);
    let pronoun = class.has(Class::NOMINATIVE) && !class.has(Class::THEY);
    let reference = read(text, entities, first + 2, comma).filter(|_| pronoun)?;
    matches!(reference, Reference::Named { .. } | Reference::Epithet { .. }).then_some(reference)
}

/// `all of them pointed at`, `everyone looked at`.
pub(super) fn is_everybody(text: &Text, token: usize) -> bool {
    text.is_like(token, asked::EVERYBODY)
        && (text.is_one(token, words!["everyone", "everybody"])
            || text.is(token + 1, "of") && text.is(token + 2, "them"))
}

/// `Next up for Kim is an album`: whom that is said of.
pub(super) fn next_up(text: &Text, entities: &Entities, first: usize) -> Option<Reference> {
    const NEAR: usize = 3;
    let to = (first..first + NEAR)
        .find(|t| text.is(*t, "for"))
        .filter(|_| text.is(first, "next"))?;
    let topic = entities.covering(to + 1)?;
    entities.all[topic.entity].is_somebody().then(|| Reference::to(topic))
}

/// `All three pointed at the director.`: whom several turn to.
pub(super) fn turned_to(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const TURNS: Words = words!["pointed", "point", "turned", "turn", "looked", "look"];
    let verb = (first..last.saturating_sub(2)).find(|t| text.is_just(*t, TURNS))?;
    let to = verb + 1;
    let toward = text.is_one(to, words!["at", "to"]);
    let reference = read(text, entities, to + 1, last).filter(|_| toward)?;
    is_person(text, entities, &reference).then_some(reference)
}

/// `When the credits roll, he says, viewers should`: who tells it.
pub(super) fn inserted(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    let says = |t: &usize| {
        text.class(*t).has(Class::SAY)
            && !text.class(*t).has(Class::ING)
            && text.shape(*t) == Shape::Lower
            && text.is(t + 1, ",")
    };
    let verb = (first + 3..last.saturating_sub(1)).find(says)?;
    let class = text.class(verb - 1);
    if class.has(Class::NOMINATIVE) && text.is(verb - 2, ",") {
        return Some(Reference::Pronoun { class, token: verb - 1 });
    }
    let mention = entities
        .covering(verb - 1)
        .filter(|m| m.last == verb && m.first > first)?;
    let titles = (first..mention.first)
        .rev()
        .take_while(|t| text.class(*t).has(Class::TITLE))
        .count();
    let opens = text.is((mention.first - titles).wrapping_sub(1), ",");
    (opens && entities.all[mention.entity].is_somebody()).then(|| Reference::to(mention))
}

/// `It has a part to play in the ending, teased the director.`: who tells it stands behind the verb at its end.
pub(super) fn told_at_end(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const LONGEST: usize = 6;
    let end = last.checked_sub(1).filter(|t| matches!(text.sign(*t), b'.' | b'!'))?;
    let verb = (end.saturating_sub(LONGEST).max(first + 3)..end).rev().find(|t| {
        text.class(*t).has(Class::SAY)
            && text.shape(*t) == Shape::Lower
            && !text.class(*t).has(Class::ING)
            && text.is(t - 1, ",")
    })?;
    let named = text.is_capital(verb + 1) || text.is(verb + 1, "the");
    read(text, entities, verb + 1, end).filter(|_| named).filter(|r| {
        is_person(text, entities, r)
            || matches!(r, Reference::Epithet { head, .. } if text.class(*head).has(Class::STAFF))
    })
}

/// `The prizes included one for Kim, who said she had nearly given up.`: who speaks at the end of a sentence in which
/// nobody else does is told of next.
pub(super) fn who_said(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<Reference> {
    const REACH: usize = 40;
    let who = (first + 2..last)
        .rev()
        .take(REACH)
        .find(|t| text.initial(*t) == b'w' && text.is(*t, "who") && text.is(t - 1, ","))?;
    let verb = who + 1 + usize::from(text.class(who + 1).has(Class::ADV));
    let said = text.class(verb).has(Class::SAY) && !text.class(verb).has(Class::ING);
    let goes_on = (verb + 1..last - 1).any(|t| text.is(t, ",") || text.shape(t) == Shape::Mark);
    let named = entities.between(first, who).last().filter(|m| m.last + 1 == who)?;
    let alone = entities
        .between(first, named.first)
        .iter()
        .all(|m| !entities.all[m.entity].is_somebody());
    (said && !goes_on && alone && entities.all[named.entity].is_somebody()).then(|| Reference::to(named))
}

/// A name of somebody, or a noun that somebody of the article can be called by.
fn is_person(text: &Text, entities: &Entities, reference: &Reference) -> bool {
    match reference {
        Reference::Named { id, .. } => entities.all[*id].is_somebody(),
        Reference::Epithet { head, .. } => {
            text.class(*head).has(Class::EPITHET)
                || is_one_of_two(text, *head)
                || text.word(*head).ends_with("-year-old")
        }
        _ => false,
    }
}

/// `Sol, the youngest of three`: a noun phrase behind a name and a comma, and no verb behind it.
pub(super) fn is_apposed(text: &Text, entities: &Entities, at: usize, end: usize) -> bool {
    let comma = at > 1 && text.is(at - 1, ",");
    // `Manager Chu (Kim Bo Ra), his longtime manager,`.
    let name = if comma { before_bracket(text, at - 1) } else { at };
    let behind = comma && text.is_capital(name.saturating_sub(1));
    let played = super::bracket::is_played_by(text, end);
    let verb = (end..end + 3).find(|t| !text.class(*t).has(Class::ADV)).unwrap_or(end);
    let class = text.class(verb);
    let acts = text.shape(verb) == Shape::Lower
        && (class.has(Class::SAY.with(Class::AUX))
            || text.word(verb).ends_with("ed")
            || text.word(verb).ends_with('s'))
        && !class.has(Class::PREP.with(Class::CONJ));
    // `her favorite line, So Wol’s confession in episode 10`: what is named is not somebody.
    let owned = || {
        let owner = entities.covering(at);
        text.is(at.wrapping_sub(1), ",")
            && owner.is_some_and(|m| m.first == at && text.shape(m.last) == Shape::Clitic && m.last < end)
    };
    let told = behind && text.class(at).has(Class::DET) && entities.covering(at).is_none();
    !acts && (told || owned()) || played && told
}

/// One before the bracket that closes before a token, or the token.
fn before_bracket(text: &Text, end: usize) -> usize {
    const LONGEST: usize = 8;
    if !text.is(end.wrapping_sub(1), ")") {
        return end;
    }
    let open = (end.saturating_sub(LONGEST)..end).rev().find(|t| text.is(*t, "("));
    open.unwrap_or(end)
}
