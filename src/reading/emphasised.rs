//! Names that the page itself sets off: outlets print whoever is in the news in bold letters, or as a link, where they are
//! named first.
//!
//! Within a sentence it says both that the capitals are somebody's name and where that name begins and ends. Groups and
//! networks in capitals, companies and titles are set off too, and stay what they are.

use super::lexicon::{Class, names::syllables};
use super::names::{Form, Found};
use super::text::{Shape, Text};

/// No name has more words.
const WORDS: usize = 4;

/// `Haeon`, `Yul-ri`; a word of the language and `Bookbinder` are not: one word that may be all that somebody is called by.
pub(super) fn is_mononym(text: &Text, token: usize) -> bool {
    const SYLLABLES: usize = 2;
    let word = text.word(token).to_ascii_lowercase();
    let parts = word.split('-').map(syllables);
    text.shape(token) == Shape::Capital
        && !text.class(token).is_english()
        && parts.clone().all(|n| n > 0)
        && parts.sum::<usize>() <= SYLLABLES
}

/// The parts of a text that are set off as somebody's name.
fn names<'a>(parts: &'a [(usize, usize)], text: &'a Text) -> impl Iterator<Item = (usize, usize)> {
    let plain = |t: usize| text.shape(t) == Shape::Capital && !text.class(t).has(Class::ORG.with(Class::STATION));
    let odd = |t: usize| !text.class(t).is_english();
    let surname = |t: usize| text.class(t).has(Class::SURNAME);
    let one = move |(first, last): (usize, usize)| {
        // Titles are set off too: `Midnight Cartographers`.
        let somebody = match last - first {
            1 => is_mononym(text, first),
            _ => surname(first) && (first + 1..last).any(odd) || surname(last - 1) && (first..last - 1).any(odd),
        };
        last - first <= WORDS && somebody && (first..last).all(plain) && !text.is(last, ":")
    };
    parts.iter().copied().filter(move |part| one(*part))
}

/// Whether a name is set off here.
pub(super) fn is_set_off(text: &Text, name: Found) -> bool {
    let at = text.emphasised.partition_point(|(first, _)| *first < name.first);
    let here = text.emphasised.get(at..).unwrap_or_default();
    here.first() == Some(&(name.first, name.last)) && names(&here[..1], text).next().is_some()
}

/// Has each of them among the names that were found, with the bounds that the page gives it.
/// Not within `titles`, which are in their order.
pub(super) fn settle(text: &Text, titles: &[(usize, usize)], found: &mut Vec<Found>) {
    for (first, last) in names(&text.emphasised, text) {
        let title = titles.partition_point(|(_, last)| *last <= first);
        if titles.get(title).is_some_and(|title| title.0 < last) {
            continue;
        }
        let from = found.partition_point(|n| n.last <= first);
        let behind = from + found[from..].partition_point(|n| n.titles < last);
        let known = &found[from..behind];
        let sure = |n: &Found| matches!(n.form, Form::Company | Form::Station);
        if known.iter().any(|n| n.first == first && n.last == last || sure(n)) {
            continue;
        }
        // A title inside is no part of the name, and one in front still belongs to it.
        let Some(start) = (first..last).find(|t| !text.class(*t).has(Class::TITLE)) else {
            continue;
        };
        let titles = known.first().map_or(first, |n| n.titles.min(first));
        let story = known.first().is_some_and(|n| n.story && n.titles < start);
        let name = Found {
            first: start,
            last,
            titles,
            story,
            form: form(text, start, last),
        };
        found.splice(from..behind, [name]);
    }
}

/// The form of a name whose bounds are known.
fn form(text: &Text, first: usize, last: usize) -> Form {
    let surname = text.class(first).has(Class::SURNAME);
    match last - first {
        1 => Form::Single,
        2 if surname && text.word(first + 1).contains('-') => Form::Korean,
        2 if surname => Form::Pair,
        3 if surname => Form::Korean,
        _ => Form::Words,
    }
}
