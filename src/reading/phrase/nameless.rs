//! Subjects without a name: `the actress`, `one of the photographers`, `a crew member`, `the two`, `viewers`.

use super::super::print::{Words, words};
use super::{Reference, bare, staff_or_other, unnamed};
use crate::model::QuoteKind;
use crate::reading::lexicon::{self, Class, asked};
use crate::reading::noun::is_new_person;
use crate::reading::text::{Shape, Text};

/// Reads tokens that name nobody as a noun phrase.
pub fn nameless(text: &Text, first: usize, last: usize) -> Option<Reference> {
    if text.is(first, "one") && text.is(first + 1, "of") && first + 3 < last {
        return one_of(text, first + 2, last);
    }
    let end = head_ends(text, first, last);
    if end - first == 1 && text.class(first).has(Class::NOMINATIVE) {
        return Some(Reference::Pronoun {
            class: text.class(first),
            token: first,
        });
    }
    let head = end - 1;
    // `the most upvoted comment read`.
    const READS: Words = words!["read", "reads", "said", "says", "went"];
    // `reads the most liked comment`, `said one post on an online community`.
    let reads = text.is_one(end, READS) || first > 0 && text.is_one(first - 1, READS);
    let post = text.is_one(head, words!["post", "tweet", "review"]) && text.is_one(first, words!["one", "another"]);
    let comment = text.is_one(head, words!["comment", "reply", "reaction"]) && reads || post;
    if comment && text.class(first).has(Class::DET) && (first..head).all(|t| text.shape(t) != Shape::Clitic) {
        return Some(unnamed("netizen".to_owned(), QuoteKind::Other));
    }
    if matches!(text.shape(head), Shape::Mark | Shape::Punct) {
        return None;
    }
    body(text, head, end..last)
        .or_else(|| one_of_the_crew(text, first, head))
        .or_else(|| several(text, head))
        .or_else(|| somebody(text, first, end))
}

/// Where the noun ends and what tells of it begins.
fn head_ends(text: &Text, first: usize, last: usize) -> usize {
    (first + 1..last)
        .find(|t| text.class(*t).has(Class::PREP.with(Class::SUBORD)) || matches!(text.sign(*t), b',' | b'('))
        .unwrap_or(last)
}

/// `one of the photographers` is a photographer.
fn one_of(text: &Text, first: usize, last: usize) -> Option<Reference> {
    let end = head_ends(text, first, last);
    if end - first == 1 && text.class(first).has(Class::NOMINATIVE) {
        return Some(Reference::Pronoun {
            class: text.class(first),
            token: first,
        });
    }
    let mut word = text.word(end - 1).to_ascii_lowercase();
    if word == "them" {
        return one_of_the_crowd(text, first);
    }
    if crate::model::english::number(&word).is_some() {
        return None;
    }
    // `one of the most-liked replies`: somebody's.
    if ["replies", "comments", "posts", "reactions", "responses", "tweets"].contains(&word.as_str()) {
        return Some(unnamed("netizen".to_owned(), QuoteKind::Other));
    }
    word.truncate(word.strip_suffix('s').map_or(word.len(), str::len));
    let staff = lexicon::classes(&word).has(Class::STAFF.with(Class::TEAM)) || word.contains("crew");
    Some(unnamed(word, staff_or_other(staff)))
}

/// `she told the fans. One of them called out`: one of those of whom the sentence in front tells.
fn one_of_the_crowd(text: &Text, them: usize) -> Option<Reference> {
    const REACH: usize = 36;
    const CROWDS: Words = words![
        "fans",
        "viewers",
        "reporters",
        "listeners",
        "students",
        "visitors",
        "extras",
        "residents"
    ];
    let crowd = (them.saturating_sub(REACH)..them)
        .rev()
        .find(|t| text.is_just(*t, CROWDS))?;
    let one = text.word(crowd).trim_end_matches('s').to_owned();
    Some(unnamed(one, staff_or_other(text.is(crowd, "extras"))))
}

/// `viewers`, `the broadcaster`, `the union for background actors`, `the writer of the post`.
fn body(text: &Text, head: usize, behind: std::ops::Range<usize>) -> Option<Reference> {
    let class = text.class(head);
    let role = || text.word(head).to_ascii_lowercase();
    if class.has(Class::PUBLIC) {
        // What `netizens commented` was written by one of them, what a crowd shouts by all.
        let one = role().strip_suffix('s').map(str::to_owned);
        let together = ["chanted", "chant", "shouted", "shout", "screamed", "cheered", "sang"];
        let mut one = one
            .filter(|_| !together.contains(&text.word(behind.end)))
            .unwrap_or_else(role);
        // Who comments is a netizen by another word.
        if ["commenter", "knetizen", "k-netizen", "internet-user", "user"].contains(&one.as_str()) {
            "netizen".clone_into(&mut one);
        }
        return Some(unnamed(one, QuoteKind::Other));
    }
    if class.has(Class::BROADCAST) {
        return Some(Reference::Broadcaster);
    }
    let posts = text.is(behind.start, "of")
        && behind
            .into_iter()
            .any(|t| text.is_just(t, words!["post", "comment", "thread"]));
    let body = class.has(Class::BODY) && text.shape(head) == Shape::Lower;
    (body || posts).then(|| unnamed(role(), QuoteKind::Other))
}

/// `a crew member`, `a production staffer`.
fn one_of_the_crew(text: &Text, first: usize, head: usize) -> Option<Reference> {
    let crew = head > first
        && text.is_one(head, words!["member", "members", "staffer"])
        && text.is_one(head - 1, words!["crew", "staff", "team", "production"]);
    let word = |t: usize| text.word(t).to_ascii_lowercase();
    crew.then(|| unnamed(format!("{} {}", word(head - 1), word(head)), QuoteKind::Staff))
}

/// `the two`, `the leads`, `the whole cast`.
fn several(text: &Text, head: usize) -> Option<Reference> {
    const SEVERAL: Words = words![
        "cast", "both", "two", "three", "four", "pair", "couple", "duo", "trio", "everyone", "all",
    ];
    let class = text.class(head);
    // `All that is left is a crust`, `with flowers and all`.
    let all = text.is(head, "all") && !text.class(head + 1).has(Class::SAY.with(Class::WEAK).with(Class::PAST));
    let plural = class.has(Class::PLURAL)
        && !all
        && !class.has(Class::NOMINATIVE)
        && (text.word(head).ends_with(['s', 'S']) || text.is_one(head, SEVERAL));
    plural.then_some(Reference::Plural { token: head })
}

/// Past the words that say how somebody is, not what: `a veteran hotelier`, `one puzzled fan`; `an old man` stays.
fn undescribed(text: &Text, first: usize, end: usize) -> usize {
    let how = |t: usize| {
        let word = text.word(t);
        text.is_just(
            t,
            words![
                "veteran",
                "famous",
                "young",
                "little",
                "brave",
                "older",
                "younger",
                "longtime",
                "popular",
                "renowned",
                "beloved",
                "confused",
                "passing",
                "curious",
                "angry",
                "shy",
                "fellow",
                "drunk",
                "kind",
                "pretty",
                "beautiful",
                "handsome",
                "mysterious",
                "strange",
                "nosy",
                "cheeky",
                "seasoned",
                "certain",
                "bold",
            ],
        ) || word.ends_with("ed") && word.len() > 5
    };
    let mut from = first + usize::from(text.class(first).has(Class::DET));
    let whole = from;
    while from + 1 < end && how(from) {
        from += 1;
    }
    let plain = text.is_one(
        end - 1,
        words!["man", "woman", "men", "women", "lady", "boy", "girl", "couple"],
    );
    if plain || from == whole { first } else { from }
}

/// `a passer-by`, who stays without a name, and `the actress`, whom the article may name.
fn somebody(text: &Text, first: usize, end: usize) -> Option<Reference> {
    let head = end - 1;
    let class = text.class(head);
    let indefinite = first < head && text.is_one(first, words!["a", "an", "one", "another"]);
    let nobody_known = Class::STORY
        .with(Class::PASSER)
        .with(Class::STAFF)
        .with(Class::HOST)
        .with(Class::EPITHET);
    if indefinite && (class.has(nobody_known) || is_new_person(text, first, head)) {
        let staff = class.has(Class::STAFF) || text.is_in(head.wrapping_sub(1), asked::CREW);
        return Some(unnamed(
            bare(text, undescribed(text, first, end), end),
            staff_or_other(staff),
        ));
    }
    let person = Class::EPITHET
        .with(Class::TITLE)
        .with(Class::STORY)
        .with(Class::FEMALE)
        .with(Class::MALE);
    let epithet = class.has(person)
        || text.class(first).has(Class::DET) && !class.has(Class::ADV)
        || ends_with(text.bytes(head), b"-year-old");
    epithet.then_some(Reference::Epithet { head, first })
}

/// Whether a word has such an end, in any case.
fn ends_with(word: &[u8], end: &[u8]) -> bool {
    word.len() >= end.len() && word[word.len() - end.len()..].eq_ignore_ascii_case(end)
}
