//! How a sentence of the summary is printed: whoever is named for the first time is named in full, what was cut begins
//! with a capital and ends with a full stop.

use super::super::print::words;
use crate::reading::around::{Piece, Telling};
use crate::reading::entity::{Entities, Id, Mention};
use crate::reading::scan::Spans;
use crate::reading::text::{Shape, Text};

/// Prints a sentence. `named` are those whom the sentences before it name; those of this one are added.
pub(super) fn print(
    text: &Text,
    entities: &Entities,
    spans: &Spans,
    telling: &Telling,
    whole: bool,
    named: &mut Vec<Id>,
) -> String {
    let mut printed = String::with_capacity(200);
    for piece in telling.pieces() {
        // `Bae, a newcomer, spoke`: the comma behind an apposition stays where it stands.
        if !printed.is_empty() {
            printed.push(' ');
        }
        match piece {
            Piece::Own(word) => printed.push_str(word),
            Piece::Words(first, last) => push(text, entities, spans, (first, last), named, &mut printed),
        }
    }
    let made = telling.pieces().nth(1).is_some();
    if made || printed.starts_with("the ") {
        capitalise(&mut printed);
    }
    if whole { printed } else { ended(printed) }
}

/// Adds some tokens, with full names for short ones.
fn push(
    text: &Text,
    entities: &Entities,
    spans: &Spans,
    (first, last): (usize, usize),
    named: &mut Vec<Id>,
    printed: &mut String,
) {
    let mut at = first;
    for mention in entities.between(first, last).iter().filter(|m| m.last <= last) {
        let known = named.contains(&mention.entity);
        if !known {
            named.push(mention.entity);
        }
        if known || at > mention.first || !is_short(text, entities, spans, mention) {
            continue;
        }
        printed.push_str(text.slice(at, mention.first));
        if mention.first > at && text.before(mention.first).is_whitespace() {
            printed.push(' ');
        }
        printed.push_str(&entities.all[mention.entity].name);
        at = mention.last;
        if at < last && text.before(at).is_whitespace() {
            printed.push(' ');
        }
    }
    printed.push_str(text.slice(at, last));
}

/// Whether only a part of somebody's name stands there, outside of titles.
pub(super) fn is_short(text: &Text, entities: &Entities, spans: &Spans, mention: &Mention) -> bool {
    let entity = &entities.all[mention.entity];
    if mention.full || mention.ambiguous || mention.in_speech || !entity.is_somebody() {
        return false;
    }
    let words = text.slice(mention.first, mention.last);
    // `the Kim family`, `Kims`: more than one.
    let part = entity.name.len() > words.len()
        && entity.name.split([' ']).any(|w| w == words)
            | entity.name.strip_suffix(words).is_some_and(|rest| rest.ends_with(' '));
    let within = spans.outer.partition_point(|s| s.after() <= mention.first);
    let in_marks = spans.outer.get(within).is_some_and(|s| s.open < mention.first);
    let several = text.is_one(
        mention.last,
        words!["family", "couple", "siblings", "sisters", "brothers"],
    );
    // `The Queen’s Plumber`: a title that nothing marks stays as it is.
    let titled = text.shape(mention.last) == Shape::Clitic && text.shape(mention.last + 1) == Shape::Capital;
    part && !in_marks && !several && !titled
}

/// How many characters full names add at most.
pub(super) fn room(text: &Text, entities: &Entities, spans: &Spans, first: usize, last: usize) -> usize {
    let mut room = 0;
    let named = entities.between(first, last);
    for (number, mention) in named.iter().enumerate() {
        let seen = named[..number].iter().any(|m| m.entity == mention.entity);
        if !seen && is_short(text, entities, spans, mention) {
            let name = &entities.all[mention.entity].name;
            room += name.chars().count() - text.slice(mention.first, mention.last).chars().count();
        }
    }
    room
}

/// A sentence whose beginning was cut begins with a capital again.
pub(super) fn capitalise(printed: &mut String) {
    if let Some(initial) = printed.get(..1).map(str::to_uppercase) {
        printed.replace_range(..1, &initial);
    }
}

/// A sentence whose end was cut ends with a full stop again, in place of a comma inside its marks.
pub(super) fn ended(mut sentence: String) -> String {
    let words = sentence.trim_end_matches(['”', '’', '"', '\'']);
    let at = words.len();
    if words.ends_with(',') {
        sentence.replace_range(at - 1..at, ".");
    } else if !words.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}
