//! Who plays whom: the patterns that bind a character to an actor.
//!
//! `Role (Actor)`, `Role, played by Actor`, `Actor plays Role`, `stars Actor as Role`, `takes on the
//! role of Role`, `Actor’s character Role`. What both are in the end is for `people` to decide.

use super::lexicon::Class;
use super::names::{Form, Found};
use super::people::Source;
use super::sentence;
use super::text::{Shape, Text};
use std::ops::Range;

/// A role and who plays it, as numbers of names found.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The role's name.
    pub role: Option<usize>,
    /// The actor's name.
    pub actor: Option<usize>,
    /// How sure the pattern makes it that the role is one.
    pub weight: f32,
    /// Tokens of nouns that describe the role: `an attorney who`, `the villain`.
    pub nouns: Vec<usize>,
}

/// All pairs, in the order of the text.
#[must_use]
pub fn pairs(source: &Source<'_>, found: &[Found]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (number, name) in found.iter().enumerate() {
        if matches!(name.form, Form::Company | Form::Station) {
            continue;
        }
        if let Some(pair) = in_brackets(source, found, number)
            .or_else(|| played_by(source, found, number))
            .or_else(|| played(source, found, number))
        {
            pairs.push(pair);
        }
    }
    pairs
}

/// `Role (Actor)`, `Role (played by Actor)`, `Actor (as Role)`; which is which depends on who is known.
fn in_brackets(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let outside = found[number];
    if text.word(outside.last) != "(" {
        return None;
    }
    let mut inside = outside.last + 1;
    let by = text.is(inside, "played") && text.is(inside + 1, "by")
        || text.is(inside, "portrayed") && text.is(inside + 1, "by");
    let with_as = text.is(inside, "as") || text.is(inside, "playing");
    inside += if by { 2 } else { usize::from(with_as) };
    let next = found
        .get(number + 1)
        .filter(|n| n.titles == inside || n.first == inside)?;
    if text.word(next.last) != ")" || matches!(next.form, Form::Company | Form::Station) {
        return None;
    }
    if next.form == Form::Single && text.shape(next.first) == Shape::Upper {
        return None;
    }
    let reversed = with_as || !by && is_actor(source, found, number) && !is_actor(source, found, number + 1);
    let (role, actor) = if reversed {
        (number + 1, number)
    } else {
        (number, number + 1)
    };
    Some(Pair {
        role: Some(role),
        actor: Some(actor),
        weight: 5.0,
        nouns: nouns_before(text, found[role]),
    })
}

/// Whether a name is an actor's by what stands elsewhere: the catalogue or the headline.
fn is_actor(source: &Source<'_>, found: &[Found], number: usize) -> bool {
    let name = found[number];
    let printed = source.text.slice(name.first, name.last);
    source.catalogue.named_person(printed).is_some()
        || !name.story && name.titles < name.first && source.text.class(name.titles).has(Class::TITLE)
        || source.title.body.contains(printed)
}

/// `Role, played by Actor`, `Role is played by Actor`.
fn played_by(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    let text = source.text;
    let role = found[number];
    let verb = (role.last..role.last + 4).find(|t| text.is(*t, "played") || text.is(*t, "portrayed"))?;
    let between = (role.last..verb)
        .all(|t| text.word(t) == "," || text.class(t).has(Class::AUX) || text.is(t, "who") || text.is(t, "as"));
    let actor = found
        .get(number + 1)
        .filter(|n| text.is(verb + 1, "by") && n.titles == verb + 2)?;
    (between && !matches!(actor.form, Form::Company | Form::Station)).then(|| Pair {
        role: Some(number),
        actor: Some(number + 1),
        weight: 5.0,
        nouns: nouns_before(text, role),
    })
}

/// `plays [the villain] Role`, `as Role`, `the role of Role`, `transforms into Role`, `’s character Role`.
fn played(source: &Source<'_>, found: &[Found], number: usize) -> Option<Pair> {
    const MODIFIERS: usize = 7;
    let text = source.text;
    let role = found[number];
    if text.shape(role.last) == Shape::Clitic {
        return None;
    }
    let sentence = source.sentences.get(sentence::at(source.sentences, role.first))?;
    let mut at = role.titles;
    while at > sentence.first && role.titles - at < MODIFIERS && is_modifier(text, at - 1) {
        at -= 1;
    }
    let trigger = at.checked_sub(1).filter(|t| *t >= sentence.first)?;
    let nouns: Vec<usize> = (at..role.titles)
        .filter(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET))
        .collect();
    let word = text.word(trigger).to_ascii_lowercase();
    let verb = match word.as_str() {
        "plays" | "play" | "played" | "playing" | "portrays" | "portray" | "portrayed" | "portraying" | "depicts"
        | "becomes" | "embodies" => trigger,
        "as" => as_what(source, found, number, trigger, sentence.first)?,
        "into"
            if trigger > sentence.first
                && [
                    "transforms",
                    "transform",
                    "transformed",
                    "transforming",
                    "turns",
                    "turned",
                    "transformation",
                ]
                .contains(&text.word(trigger - 1)) =>
        {
            trigger - 1
        }
        "of" if trigger > sentence.first
            && (text.is(trigger - 1, "role") || text.is(trigger - 1, "character") || text.is(trigger - 1, "part")) =>
        {
            trigger - 1
        }
        _ if nouns.first().is_some_and(|t| text.is(*t, "character")) || text.is(trigger, "character") => trigger,
        _ => return None,
    };
    let actor = subject(text, found, number, verb, sentence.first, &word);
    let mut nouns = nouns;
    nouns.extend(nouns_behind(text, role, sentence.last));
    Some(Pair {
        role: Some(number),
        actor,
        weight: if word == "as" { 4.0 } else { 5.0 },
        nouns,
    })
}

fn is_modifier(text: &Text, token: usize) -> bool {
    let class = text.class(token);
    match text.shape(token) {
        Shape::Lower => {
            let verb = [
                "plays",
                "play",
                "played",
                "playing",
                "portrays",
                "portray",
                "portrayed",
                "portraying",
                "as",
                "into",
                "of",
                "depicts",
                "becomes",
                "character",
            ];
            !verb.contains(&text.word(token))
                && !class.has(
                    Class::PREP
                        .with(Class::CONJ)
                        .with(Class::SUBORD)
                        .with(Class::AUX)
                        .with(Class::NOMINATIVE),
                )
        }
        Shape::Clitic | Shape::Number => true,
        // `as Ha-yoon’s brother Jung Ha-min`.
        Shape::Capital => text.shape(token + 1) == Shape::Clitic,
        _ => false,
    }
}

/// The verb that an `as` belongs to: `stars Actor as Role`, `stars in X as Role`, `appearance as Role`.
fn as_what(source: &Source<'_>, found: &[Found], number: usize, trigger: usize, first: usize) -> Option<usize> {
    const REACH: usize = 24;
    let text = source.text;
    let direct = number
        .checked_sub(1)
        .is_some_and(|n| found[n].last == trigger && !matches!(found[n].form, Form::Company | Form::Station));
    let acts = [
        "stars",
        "star",
        "starred",
        "starring",
        "appearance",
        "appear",
        "appears",
        "appeared",
        "appearing",
        "plays",
        "play",
        "played",
        "role",
        "roles",
        "cast",
        "acting",
        "act",
        "acted",
        "returns",
        "return",
        "returned",
        "returning",
        "casts",
        "turn",
        "features",
        "featuring",
        "joined",
        "joins",
        "join",
        "cameo",
        "debut",
        "led",
        "headlined",
        "lead",
        "feature",
        "performance",
        "transformation",
        "takes",
        "stills",
    ];
    let verb = (first..trigger)
        .rev()
        .take(REACH)
        .find(|t| acts.contains(&text.word(*t).to_ascii_lowercase().as_str()));
    verb.or_else(|| direct.then_some(trigger))
}

/// The nearest name before the verb that is no role itself; for `stars Actor as Role` the one before `as`.
fn subject(text: &Text, found: &[Found], number: usize, verb: usize, first: usize, trigger: &str) -> Option<usize> {
    const REACH: usize = 8;
    let role = found[number];
    let candidates = found[..number]
        .iter()
        .enumerate()
        .rev()
        .take(REACH)
        .take_while(|(_, n)| n.first >= first);
    let before_as = trigger == "as";
    // `…, and Baek Tae Ryang as Im Woo Hyun`: right before.
    for (n, name) in candidates {
        if matches!(name.form, Form::Company | Form::Station) || text.word(name.first.wrapping_sub(1)) == "[" {
            continue;
        }
        let near = if before_as {
            name.last <= role.titles
        } else {
            name.last <= verb
        };
        let as_role = name.titles > 0
            && (text.is(name.titles - 1, "as")
                || text.word(name.titles - 1) == "(" && !text.is(name.titles.saturating_sub(2), "by"));
        let owner = text.shape(name.last) == Shape::Clitic
            && !text.is(name.last + 1, "character")
            && !text.is(name.last + 1, "role");
        let prepositional = name.titles > 0
            && ["with", "opposite", "alongside", "by", "against", "from"].contains(&text.word(name.titles - 1))
            && !before_as;
        if near && !as_role && !owner && !prepositional {
            return Some(n);
        }
    }
    // `The actress plays`, `she plays`: the one the sentence before was about.
    let stands_in = (first..verb)
        .any(|t| text.class(t).has(Class::NOMINATIVE.with(Class::EPITHET)) || text.word(t).ends_with("-year-old"));
    let before = found[..number]
        .iter()
        .enumerate()
        .rev()
        .take(REACH)
        .filter(|(_, n)| n.first < first && matches!(n.form, Form::Korean | Form::Pair | Form::Single) && !n.story);
    let mut before = before.filter(|(_, n)| {
        !(n.titles > 0 && (text.is(n.titles - 1, "as") || text.is(n.titles - 1, "plays")))
            && text.word(n.last) != "("
            && text.shape(n.last) != Shape::Clitic
    });
    stands_in.then(|| before.next().map(|(n, _)| n)).flatten()
}

/// `an attorney who`, `the brewery’s bookkeeper`: nouns behind the name, and no further than the clause.
fn nouns_behind(text: &Text, role: Found, last: usize) -> Vec<usize> {
    if text.word(role.last) != "," {
        return Vec::new();
    }
    let opens = text.class(role.last + 1).has(Class::DET);
    if !opens {
        return Vec::new();
    }
    (role.last + 1..last.min(role.last + 9))
        .take_while(|t| text.word(*t) != "," && !text.class(*t).has(Class::SUBORD.with(Class::PREP).with(Class::AUX)))
        .filter(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET))
        .collect()
}

/// `antique dealer Seo Jun Il (…)`: nouns before the name.
fn nouns_before(text: &Text, role: Found) -> Vec<usize> {
    let first = role.titles.saturating_sub(3);
    let range: Range<usize> = first..role.titles;
    range
        .rev()
        .take_while(|t| text.shape(*t) == Shape::Lower && is_modifier(text, *t))
        .filter(|t| !text.class(*t).has(Class::DET))
        .collect()
}
