//! What the names beside a name say about it: lists, company, second mentions.
//!
//! `evidence` weighs each name by itself and asks here what its neighbours add.

use super::entity::Trade;
use super::evidence::{Candidate, profession};
use super::keyed::Keyed;
use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::print::{Words, words};
use super::text::{Shape, Text};
use std::rc::Rc;

/// `Liza Montes`, and later `Montes said`: the last word of a name that comes back alone is somebody's.
pub(super) fn second_names(by_key: &Keyed<Rc<str>, usize>, all: &mut [Candidate]) {
    const AGAIN: f32 = 0.8;
    for slot in 0..all.len() {
        let alone = all[slot]
            .surname()
            .filter(|_| matches!(all[slot].form, Form::Words | Form::Pair))
            .and_then(|surname| by_key.get(surname))
            .filter(|alone| all[**alone].form == Form::Single)
            .map(|alone| all[*alone].person);
        if let Some(person) = alone {
            all[slot].person += AGAIN + person.clamp(0.0, 2.0);
        }
    }
}

/// Names that a list puts beside a person's are people's: `stars Kim Bo Ra and Emma Carvalho`.
pub(super) fn company_kept(text: &Text, found: &[Found], index: &[usize], all: &mut [Candidate]) {
    for (number, pair) in found.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let beside = a.last < b.titles
            && b.titles - a.last <= 2
            && (a.last..b.titles).all(|t| text.is(t, "and") || text.is(t, ",") || text.is(t, "&"));
        if !beside
            || [a.form, b.form]
                .iter()
                .any(|f| matches!(f, Form::Company | Form::Station))
        {
            continue;
        }
        for (one, other) in [(number, number + 1), (number + 1, number)] {
            // `for Seo Ewon and Sorae, of girl group Citrine`: whom something else tells of is as sure.
            const KNOWN: f32 = 2.6;
            let known = matches!(found[one].form, Form::Korean) || all[index[one]].person >= KNOWN;
            let sure = known && all[index[one]].character < 2.0;
            if sure && found[other].form != Form::Korean {
                all[index[other]].person += 1.4;
            }
        }
    }
}

/// `the war between Hong Jin Ju and Pyo Dan`: beside a character stands a character, unless it is known to act.
pub(super) fn story_kept(text: &Text, found: &[Found], index: &[usize], all: &mut [Candidate]) {
    const SURE: f32 = 4.0;
    for (number, pair) in found.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if a.form != Form::Korean && b.form != Form::Korean || a.last + 1 != b.titles || !text.is(a.last, "and") {
            continue;
        }
        // `They play Role and Role, a divorced couple`: both, where no verb comes behind.
        let ends = matches!(text.sign(b.last), b',' | b'.' | b';') || text.class(b.last).has(Class::PREP);
        let both = text.is_in(a.titles.wrapping_sub(1), asked::PLAYS) && ends && !text.is(b.last, "as");
        let second = &mut all[index[number + 1]];
        if both && matches!(b.form, Form::Korean | Form::Pair) && !second.acts && second.trade.is_none() {
            second.character += SURE;
            continue;
        }
        for (one, other) in [(number, number + 1), (number + 1, number)] {
            let unknown = |c: &Candidate| !c.acts && c.person < 1.0 && c.character < SURE && c.trade.is_none();
            if found[other].form == Form::Korean
                && all[index[one]].character >= SURE
                && all[index[one]].character > all[index[one]].person
                && unknown(&all[index[other]])
            {
                all[index[other]].character += 3.0;
            }
        }
    }
}

/// What a list says of all its names: `hosts A, B, and C`, `A and actor B as the MCs`.
pub(super) fn lists(text: &Text, found: &[Found], index: &[usize], all: &mut [Candidate]) {
    let company = |n: usize| matches!(found[n].form, Form::Company | Form::Station);
    let joined = |n: usize, title: bool| {
        let (a, b) = (found[n], found[n + 1]);
        let noun = |t: usize| title && text.shape(t) == Shape::Lower && text.class(t).has(Class::TITLE);
        a.last < b.titles
            && b.titles - a.last <= 3
            && (a.last..b.titles).all(|t| text.is(t, "and") || matches!(text.sign(t), b',' | b'&') || noun(t))
    };
    for number in 0..found.len() {
        let name = found[number];
        let plural = |t: &usize| {
            text.class(*t).has(Class::TITLE) && text.word(*t).ends_with(['s', 'S']) && text.word(*t).len() > 2
        };
        let head = (name.titles.saturating_sub(1)..name.first).rev().find(plural);
        if let Some(head) = head {
            let mut n = number;
            while n + 1 < found.len() && joined(n, false) && !company(n + 1) {
                n += 1;
                all[index[n]].person += 3.0;
                profession(text, head, &mut all[index[n]]);
            }
        }
        // `hosted by A and B`, `hosted by comedians A and B`.
        let noun = name.titles.wrapping_sub(1);
        let opens = name.titles - usize::from(name.titles > 0 && text.shape(noun) == Shape::Lower && plural(&noun));
        let by = opens.checked_sub(2).filter(|t| text.is(t + 1, "by"));
        if by.is_some_and(|t| text.is_just(t, words!["hosted", "presented", "co-hosted"])) {
            // Behind a noun nothing else says so of the first.
            if opens < name.titles {
                all[index[number]].trade = Some(Trade::Host);
            }
            let mut n = number;
            while n + 1 < found.len() && joined(n, false) && !company(n + 1) {
                n += 1;
                all[index[n]].person += 3.0;
                all[index[n]].trade = Some(Trade::Host);
            }
        }
        // `with announcer A and actor B as the MCs`.
        let role = name.last + 1 + usize::from(text.class(name.last + 1).has(Class::DET));
        // `starred A and B as a novelist and a ghost`: those are parts.
        const ANY: Words = words![
            "novelist",
            "novelists",
            "author",
            "authors",
            "critic",
            "critics",
            "ceo",
            "reporter",
            "reporters",
            "anchor",
            "columnist",
            "cartoonist",
            "webtoonist",
            "analyst"
        ];
        if text.is(name.last, "as") && text.class(role).has(Class::HOST) && !text.is_one(role, ANY) && !company(number)
        {
            let plural = text.word(role).ends_with('s');
            let mut n = number;
            loop {
                all[index[n]].person += 1.0;
                all[index[n]].trade = Some(Trade::Host);
                if !plural || n == 0 || !joined(n - 1, true) || company(n - 1) {
                    break;
                }
                n -= 1;
            }
        }
    }
}
