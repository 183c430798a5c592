//! What looks like a person's name and is none: earlier works in brackets, another name of the same person, outlets.

use super::lexicon::Class;
use super::names::{Form, Found};
use super::print::{Words, words};
use super::text::{Shape, Text};

/// `Kim (My Dear Thief, Salt Road)`: a bracket with more in it than a name holds titles.
pub(super) fn is_earlier_work(text: &Text, name: Found) -> bool {
    const REACH: usize = 24;
    // `Role (LUNEAR’s Haeon)`: whoever has a group is no work.
    let shouted = |t: usize| text.shape(t) == Shape::Upper;
    let owned = name.titles > 1 && text.shape(name.titles - 1) == Shape::Clitic && shouted(name.titles - 2);
    if name.form == Form::Korean || owned && text.is(name.last, ")") || !super::bracket::in_bracket(text, name.titles) {
        return false;
    }
    let Some(open) = (name.titles.saturating_sub(REACH)..name.titles)
        .rev()
        .find(|t| text.is(*t, "("))
    else {
        return false;
    };
    let Some(close) =
        (name.last..name.last + REACH).find(|t| matches!(text.sign(*t), b')' | b'(') || *t >= text.tokens.len())
    else {
        return false;
    };
    let small =
        |t: usize| text.class(t).has(Class::PREP.with(Class::DET).with(Class::CONJ)) || text.shape(t) != Shape::Lower;
    let only = open + 1 == name.titles && close == name.last;
    let person = open > 0 && text.is_capital(open - 1);
    person && !only && !text.is(open + 1, "as") && (open + 1..close).all(small)
}

/// `(real name X)`, `(birth name: X)`, `(born X)`, `, whose legal name is X,` behind another name.
pub(super) fn is_real_name(text: &Text, name: Found) -> bool {
    let is = usize::from(name.titles > 0 && text.is_one(name.titles - 1, words![":", "is"]));
    let noun = (name.titles - is).wrapping_sub(1);
    let named = (text.is(noun, "name")
        && text.is_one(noun.wrapping_sub(1), words!["real", "birth", "legal", "full", "given"]))
    .then(|| noun.wrapping_sub(2))
    .or(text.is(noun, "born").then(|| noun.wrapping_sub(1)));
    let whose = |t: usize| text.is(t, "whose") && text.is(t.wrapping_sub(1), ",");
    named.is_some_and(|t| matches!(text.sign(t), b'(' | b',') || whose(t))
        && matches!(text.sign(name.last), b')' | b',')
}

/// A newspaper or a site: `report by Sports Haneul`, `the outlet Ten Daily`, `Star News`.
pub(super) fn is_outlet(text: &Text, name: Found) -> bool {
    const FIRST: Words = words!["Sports", "Daily", "Weekly", "Xports"];
    const LAST: Words = words![
        "News",
        "Sports",
        "Daily",
        "Herald",
        "Times",
        "Ilbo",
        "Today",
        "Dispatch",
        "Magazine",
        "Economy",
        "Journal",
        "Media",
        "Tribune",
        "Weekly",
        "Newspaper",
        "Post",
    ];
    // Outlets in English that write about Korean dramas, as they call themselves.
    const KNOWN: Words = words![
        "NME",
        "Variety",
        "Deadline",
        "Soompi",
        "Pinkvilla",
        "Sportskeeda",
        "Koreaboo",
        "Kpopmap",
        "Zapzee",
        "Dramabeans",
        "MyDramaList",
        "Tatler",
        "Vogue",
        "Esquire",
        "Cosmopolitan",
        "Billboard",
        "Rappler",
    ];
    if matches!(name.form, Form::Korean | Form::Company | Form::Station) {
        return false;
    }
    if name.last == name.first + 1 && text.is_just(name.first, KNOWN) {
        return true;
    }
    let wide = name.last - name.first > 1;
    let at = name.titles.wrapping_sub(1);
    const REPORT: Words = words![
        "report",
        "reports",
        "article",
        "exclusive",
        "reported",
        "coverage",
        "interview",
    ];
    let by = || (text.is(at, "by") || text.is(at, "from")) && text.is_one(at.wrapping_sub(1), REPORT);
    let noun = text.shape(at) == Shape::Lower && text.class(at).has(Class::OUTLET);
    name.form == Form::Single && text.is_just(name.first, LAST)
        || wide && (text.is_just(name.first, FIRST) || text.is_just(name.last - 1, LAST) || by())
        || noun
}
