//! Who plays a role that a verb binds: the subject of that verb, or whom the sentences before were about.

use super::bracket::in_bracket;
use super::lexicon::Class;
use super::names::{Form, Found};
use super::print::words;
use super::text::{Shape, Text};

/// `with co-star Z`, `opposite Z`: named beside somebody.
fn is_companion(text: &Text, name: Found, first: usize) -> bool {
    let mut at = name.titles;
    while at > first && text.shape(at - 1) == Shape::Lower && text.class(at - 1).has(Class::TITLE.with(Class::EPITHET))
    {
        at -= 1;
    }
    at > 0 && text.is_just(at - 1, words!["with", "opposite", "alongside", "by", "against", "from"])
}

/// The nearest name before the verb that is no role itself; for `stars Actor as Role` the one before `as`.
pub(super) fn subject(
    text: &Text,
    found: &[Found],
    number: usize,
    verb: usize,
    first: usize,
    trigger: usize,
) -> Option<usize> {
    const REACH: usize = 8;
    let role = found[number];
    let candidates = found[..number]
        .iter()
        .enumerate()
        .rev()
        .take(REACH)
        .take_while(|(_, n)| n.first >= first);
    let before_as = text.is(trigger, "as");
    // `won Best Villain for her role of`: a word that is a name nowhere else, behind whom somebody stands.
    let mut word = None;
    // `…, and Baek Tae Ryang as Im Woo Hyun`: right before.
    for (n, name) in candidates {
        if matches!(name.form, Form::Company | Form::Station) || text.is(name.first.wrapping_sub(1), "[") {
            continue;
        }
        let near = if before_as {
            name.last <= role.titles
        } else {
            name.last <= verb
        };
        let as_role = name.titles > 0
            && (text.is(name.titles - 1, "as") || text.is(name.titles - 1, "(") && text.is(name.last, ")"));
        let owner = text.shape(name.last) == Shape::Clitic && !is_portrayal(text, name.last + 1, verb + 1);
        // `with co-star Z`; `opens with Z, who plays` is Z's own.
        let own = text.is(name.last, ",") && text.is(name.last + 1, "who") && name.last + 2 <= verb && verb <= name.last + 5
            // `with Z playing`, `with Z in the role of`.
            || verb == name.last && text.class(verb).has(Class::ING)
            || verb == name.last + 2 && text.is(name.last, "in") && text.is(verb, "role");
        let prepositional = is_companion(text, *name, first) && !before_as && !own;
        // `the show Late Tea, in which he plays`: a pronoun plays, and titles do not.
        let pronoun = verb > first && text.class(verb - 1).has(Class::NOMINATIVE);
        // `known for Winter Tax, leads the show as Role`: what stands behind such a word does not act.
        let behind = text.is_just(
            name.titles.wrapping_sub(1),
            words!["for", "in", "of", "on", "from", "after"],
        );
        let title = (pronoun || behind) && name.form != Form::Korean;
        // `at the Global Awards for her role of`.
        let title = title || name.form != Form::Korean && text.is(name.titles.wrapping_sub(1), "the");
        let bracketed = in_bracket(text, name.titles) && !in_bracket(text, verb);
        if near && !as_role && !owner && !prepositional && !title && !bracketed {
            let doubtful = name.form == Form::Single
                && text.class(name.first).is_english()
                && !text.class(name.first).has(Class::SURNAME)
                && !before_as;
            if !doubtful || word.is_none() && name.first == first {
                return Some(n);
            }
            word = word.or(Some(n));
        }
    }
    if word.is_some() {
        return word;
    }
    // `The actress plays`, `she plays`: the one the sentence before was about; `the actresses play` are several.
    let several = (first..verb).any(|t| {
        text.class(t).has(Class::PLURAL.with(Class::THEY))
            && text
                .class(t)
                .has(Class::NOMINATIVE.with(Class::TITLE).with(Class::EPITHET))
    });
    let stands_in = !several && (first..verb)
        .any(|t| text.class(t).has(Class::NOMINATIVE.with(Class::EPITHET)) || text.word(t).ends_with("-year-old"))
        // `his character Gi Hun`, `The character, Gi Hun, is`.
        || text.is(trigger, "character")
            && (text.class(verb.wrapping_sub(1)).has(Class::HE.with(Class::SHE)) || verb == first + 1 && text.is(first, "the"));
    stands_in.then(|| last_told_of(text, found, number, first)).flatten()
}

/// Whom the sentences before the one that begins at `first` were about: the last name that is no role, no owner and nobody’s
/// companion.
pub(super) fn last_told_of(text: &Text, found: &[Found], number: usize, first: usize) -> Option<usize> {
    const REACH: usize = 8;
    let before = found[..number]
        .iter()
        .enumerate()
        .rev()
        .take(REACH)
        .filter(|(_, n)| n.first < first && matches!(n.form, Form::Korean | Form::Pair | Form::Single) && !n.story)
        .filter(|(_, n)| n.form == Form::Korean || !text.class(n.first).has(Class::PLACE));
    let before = before.filter(|(_, n)| {
        !(n.titles > 0 && (text.is(n.titles - 1, "as") || text.is(n.titles - 1, "plays")))
            && !in_bracket(text, n.titles)
            && !is_companion(text, **n, 0)
            && text.shape(n.last) != Shape::Clitic
            && !(n.titles.saturating_sub(1)..n.first).any(|t| text.class(t).has(Class::STAFF))
    });
    // A name that is one without doubt before a word that may be anything.
    let sure = before.clone().find(|(_, n)| n.form == Form::Korean);
    sure.or_else(|| before.clone().next()).map(|(n, _)| n)
}

/// `Kim’s character`, `Kim’s moving portrayal of`: what an actor owns that has a role.
fn is_portrayal(text: &Text, first: usize, end: usize) -> bool {
    const NEAR: usize = 3;
    let of = ["portrayal", "performance", "turn", "depiction", "part", "take"];
    (first..end.min(first + NEAR)).any(|t| {
        text.is_just(t, words!["character", "role"])
            || of.contains(&text.word(t)) && (text.is(t + 1, "of") || text.is(t + 1, "as") || text.is(t + 1, "on"))
            || text.is(t, "transformation") && text.is(t + 1, "into")
    })
}
