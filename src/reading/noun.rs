//! Nouns that stand for somebody: `the former`, `his co-star`, `the officer`; and what is no noun: verbs, adjectives.

use super::beings;
use super::entity::Entities;
use super::lexicon::{Class, asked};
use super::print::{Words, words};
use super::text::{Shape, Text};

/// `the former`, `the latter`: the first or the second of two, where no noun stands behind it.
pub(super) fn is_one_of_two(text: &Text, token: usize) -> bool {
    let verb = Class::SAY.with(Class::AUX).with(Class::WEAK).with(Class::PAST);
    let joint = Class::ADV.with(Class::PREP).with(Class::CONJ).with(Class::SUBORD);
    (text.is(token, "former") || text.is(token, "latter"))
        && text.is(token.wrapping_sub(1), "the")
        && (matches!(text.shape(token + 1), Shape::Punct | Shape::Clitic | Shape::Mark)
            || text.class(token + 1).has(verb.with(joint))
            // `is how the former sums it up`, not `the former students`.
            || text.word(token + 1).ends_with('s')
                && (text.class(token + 2).has(Class::DET.with(Class::PREP).with(Class::ADV)) || text.is(token + 2, "it"))
            || text.word(token + 1).ends_with("ed"))
}

/// `the eldest`, `the youngest of the three`, `the other`: one of several, where no noun stands behind it.
pub(super) fn is_ranked(text: &Text, token: usize) -> bool {
    const RANKS: Words = words![
        "eldest", "oldest", "youngest", "elder", "older", "younger", "maknae", "other",
    ];
    let verb = Class::SAY.with(Class::AUX).with(Class::WEAK).with(Class::PAST);
    let joint = Class::ADV.with(Class::PREP).with(Class::CONJ).with(Class::SUBORD);
    text.is_one(token, RANKS)
        && text.is(token.wrapping_sub(1), "the")
        && (matches!(text.shape(token + 1), Shape::Punct | Shape::Mark)
            || text.class(token + 1).has(verb.with(joint))
            || text.word(token + 1).ends_with("ed"))
}

/// A participle between an article and a noun of a person: `the seasoned actress`, `the beloved veteran`.
pub(super) fn is_adjective(text: &Text, article: usize, token: usize) -> bool {
    const NEAR: usize = 3;
    let person = Class::EPITHET.with(Class::TITLE).with(Class::STORY);
    text.class(article).has(Class::DET)
        && !text.class(article).has(Class::PLURAL)
        && text.word(token).ends_with("ed")
        && (token + 1..token + 1 + NEAR)
            .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::DET)))
            .any(|t| text.class(t).has(person) || is_person_noun(text, t))
}

/// `his co-star`, `her on-screen husband`, `her younger sister in the drama`: another of the cast.
pub(super) fn is_partner(text: &Text, first: usize, head: usize) -> bool {
    const SCREEN: Words = words![
        "on-screen",
        "onscreen",
        "screen",
        "tv",
        "fictional",
        "reel-life",
        "drama",
    ];
    const WORKS: Words = words!["drama", "series", "story", "show", "film", "sitcom"];
    let is = |t: usize, words: Words| text.is_one(t, words);
    let word = text.word(head);
    if text.shape(head) != Shape::Lower {
        return false;
    }
    // `her male lead`, `his co-lead`, `her other half`.
    if word == "lead" && is(head - 1, words!["male", "female", "fellow"])
        || word == "half" && is(head - 1, words!["other", "better"])
        || word == "co-lead"
    {
        return true;
    }
    // `his leading lady`.
    if matches!(word, "lady" | "man") && text.is(head - 1, "leading") {
        return true;
    }
    // `her love interest`, `his opposite number`.
    if (word != "interest" || text.is(head - 1, "love"))
        && (word != "number" || text.is(head - 1, "opposite"))
        && text.is_in(head, asked::PARTNERS)
    {
        return true;
    }
    let kin = text.class(head).has(Class::FEMALE.with(Class::MALE));
    let shown = (first..head).any(|t| is(t, SCREEN))
        || text.is_one(head + 1, words!["in", "on"]) && text.class(head + 2).has(Class::DET) && is(head + 3, WORKS);
    kin && shown
}

/// `the officer`: an article and a noun of the story, and no more; `her young son`.
pub(super) fn is_told(text: &Text, first: usize, head: usize, kin: bool) -> bool {
    let class = text.class(head);
    let owned = text.class(first).has(Class::HE.with(Class::SHE)) && !text.class(first).has(Class::NOMINATIVE);
    if head > first && owned && is_partner(text, first, head) {
        return true;
    }
    let kin = kin && class.has(Class::FEMALE.with(Class::MALE)) && !class.has(Class::HE.with(Class::SHE));
    // `Kim’s mother`.
    if kin && head > first && text.shape(head - 1) == Shape::Clitic && text.shape(head) == Shape::Lower {
        return true;
    }
    if kin && head > first && text.class(first).has(Class::HE.with(Class::SHE)) && text.shape(head) == Shape::Lower {
        return true;
    }
    if is_new_person(text, first, head) {
        return true;
    }
    head == first + 1
        && text.is_one(first, words!["the", "a", "an"])
        && text.shape(head) == Shape::Lower
        && text.class(head).has(Class::STORY.with(Class::PASSER))
        && !text.class(head).has(Class::TITLE)
        && !text.is_just(
            head,
            words![
                "young", "old", "royal", "grand", "court", "class", "section", "team", "head"
            ],
        )
}

/// `The farmer`, `a historian`, `a lighting technician`, `the niece`, `a friend`: somebody whom nothing but the noun tells
/// of, with an article and a word of description at most.
pub(super) fn is_new_person(text: &Text, first: usize, head: usize) -> bool {
    let near = head > first && head <= first + 2 && (first + 1..=head).all(|t| text.shape(t) == Shape::Lower);
    if !near {
        return false;
    }
    let article = text.is_one(first, words!["the", "a", "an", "another", "one"]);
    // `a teenager named Oh-bok`, `the tailor Young-sook`, `a clerk (Kim)`: a name says who.
    let next = text.tokens.get(head + 1).is_some_and(|t| t.is_capital())
        || text.is(head + 1, "named")
        || text.is(head + 1, "known") && text.is(head + 2, "as")
        || text.is(head + 1, "(");
    // `an elderly merchant`, whom nothing told of; `the merchant` may be somebody's trade.
    let works = || {
        let noun = text.word(head);
        !text.is(first, "the") && (beings::is_of_a_scene(noun) || beings::is_of_a_tale(noun))
    };
    article && !next && (is_person_noun(text, head) || works())
}

/// A noun for somebody: by what they do, by kinship, by friendship.
pub(super) fn is_person_noun(text: &Text, token: usize) -> bool {
    const VERBS: Class = Class::AUX
        .with(Class::PREP)
        .with(Class::ADV)
        .with(Class::DET)
        .with(Class::VOICE)
        .with(Class::SPOKEN)
        .with(Class::CAPTION);
    let (word, class) = (text.word(token), text.class(token));
    let kin = class.has(Class::FEMALE.with(Class::MALE)) && !class.has(Class::HE.with(Class::SHE));
    let plain = !class.has(
        VERBS
            .with(Class::PLURAL)
            .with(Class::TEAM)
            .with(Class::SOURCE)
            .with(Class::AGENCY),
    );
    plain && (kin || word == "friend" || beings::does_something(word))
}

/// A lower-case word that is likelier a finite verb than a noun.
pub(super) fn looks_finite(word: &str, class: Class) -> bool {
    word.ends_with("ed") && !class.has(Class::EPITHET)
        || class.has(Class::PAST) && !class.has(Class::AUX)
        || class.has(Class::SAY.with(Class::WEAK).with(Class::SEND)) && !class.has(Class::BASE)
}

/// `translator Yeon Hwa`, `lighthouse keeper Kim`: a noun or two right before somebody's name.
pub(super) fn is_trade(text: &Text, entities: &Entities, at: usize) -> bool {
    let other = Class::PREP
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::ADV)
        .with(Class::SAY)
        .with(Class::PAST)
        .with(Class::WEAK);
    // `as judge Kim walks in`: behind such a word a clause begins with its subject.
    let begins = at > 0 && text.class(at - 1).has(Class::SUBORD);
    let judge = |t: usize| begins && t == at && text.class(t).has(Class::BASE);
    let noun = |t: usize| {
        text.shape(t) == Shape::Lower
            && (!text.class(t).has(other) || judge(t))
            && !text.word(t).ends_with("ed")
            && !text.word(t).ends_with("ing")
            // `the gardener stops Kim`: a verb.
            && (!text.word(t).ends_with('s') || text.word(t).ends_with("ss"))
    };
    let named = |t: usize| {
        entities
            .covering(t)
            .is_some_and(|m| m.first == t && entities.all[m.entity].is_somebody())
    };
    noun(at) && (named(at + 1) || noun(at + 1) && named(at + 2))
}

/// `The next day Kim`, `That night, she`, `Three months later, Kim`: one past a phrase that only says when.
pub(super) fn behind_time(text: &Text, at: usize) -> Option<usize> {
    const TIMES: Words = words![
        "day",
        "days",
        "night",
        "morning",
        "evening",
        "afternoon",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "time",
        "moment",
        "hour",
        "hours",
        "weekend",
        "minutes",
        "seconds",
    ];
    const NOUNS: usize = 4;
    if !text.class(at).has(Class::DET) && text.shape(at) != Shape::Number {
        return None;
    }
    let noun = (at + 1..at + NOUNS).find(|t| text.is_just(*t, TIMES))?;
    let plain = (at + 1..noun).all(|t| text.shape(t) == Shape::Lower && !text.class(t).has(Class::PREP));
    let later = noun + 1 + usize::from(text.is_one(noun + 1, words!["later", "before", "after", "ago", "on"]));
    let end = later + usize::from(text.is(later, ","));
    let subject = text.tokens.get(end).is_some_and(|t| t.is_capital()) || text.class(end).has(Class::NOMINATIVE);
    (plain && subject).then_some(end)
}

/// `the mother of two`, `the new father`, `the horror queen`: what real people are called.
pub(super) fn is_parent(text: &Text, head: usize, word: &str) -> bool {
    const PARENTS: &[&str] = &["mother", "father", "mom", "dad"];
    const ROYALS: &[&str] = &["queen", "king", "prince", "princess"];
    const COUNTS: Words = words!["one", "two", "three", "four", "five"];
    const LIVES: Words = words!["new", "proud", "doting", "first-time", "working", "single"];
    const GENRES: Words = words![
        "horror",
        "scream",
        "rom-com",
        "sageuk",
        "melodrama",
        "comedy",
        "ratings",
        "ost",
        "box-office",
        "action",
    ];
    let is = |t: usize, words: Words| text.is_one(t, words);
    let (of, before) = (head + 1, head.wrapping_sub(1));
    let counted = text.is(of, "of") && is(of + 1, COUNTS);
    PARENTS.contains(&word) && (counted || is(before, LIVES)) || ROYALS.contains(&word) && is(before, GENRES)
}
