//! What the headline says of names: who stands there is somebody, and whole names that stand there alone are those of whom the
//! article speaks as `the 44-year-old actor`.

use super::entity::{self, Entities, Entity, Nature, behind_word, key, key_of};
use super::evidence::Candidate;
use super::lexicon::Class;
use super::names::{Finder, Form};
use super::network;
use super::people::Source;
use super::text::{Shape, Text};

/// Of more entities than this the later ones are not compared with the names of the headline.
const KNOWN: usize = 256;

/// Adds them to the people.
pub(super) fn add(source: &Source<'_>, entities: &mut Entities) {
    let title = source.title;
    const LONGEST: usize = 4;
    let end = title.tokens.len();
    let known = |t: usize| {
        let here = title.slice(t, end.min(t + LONGEST));
        entities
            .all
            .iter()
            .take(KNOWN)
            .any(|e| entity::begin_alike(&e.name, here))
    };
    let plain = |t: usize| !title.class(t).is_english();
    let opens = |t: &usize| {
        let given = title.tokens.get(t + 1).is_some_and(|t| t.is_capital())
            && (plain(*t) && plain(t + 1) || title.word(t + 1).contains('-'));
        title.is_capital(*t) && title.class(*t).has(Class::SURNAME) && given
    };
    // Most headlines name those of the body only: `Na Ra` of `Jang Na Ra` is no whole name.
    let mut finder = Finder::new(title, source.catalogue, &[]);
    let mut is_whole = |t: usize| {
        let last = finder.run_end(t, end);
        let counted = title.shape(last) == Shape::Number || title.is(last, ".");
        let whole = finder.korean(t, last).is_some_and(|(_, form)| form == Form::Korean);
        whole || counted
    };
    if !(0..end).filter(opens).any(|t| !known(t) && is_whole(t)) {
        return;
    }
    let stations = network::find(title, source.catalogue);
    let mut found = Vec::new();
    Finder::new(title, source.catalogue, &stations).find(0..title.tokens.len(), &|t| t == 0, &mut found);
    for name in found.into_iter().filter(|n| n.form == Form::Korean && !n.story) {
        let sure = title.class(name.first).has(Class::SURNAME)
            && ((name.first..name.last).all(plain)
                || name.last == name.first + 2 && title.word(name.first + 1).contains('-'));
        let quoted = (0..name.first).filter(|t| title.shape(*t) == Shape::Mark).count() % 2 == 1;
        if !sure || quoted {
            continue;
        }
        let printed = title.slice(name.first, name.last);
        // `Kim Bo Ra` of `Kim Bo Ra Mi`, `Nam Gung Hwi Peel`: a known name and a word of the headline.
        let part = |e: &Entity| entity::begin_alike(&e.name, printed);
        if !entities.named(&key(printed)).is_empty() || entities.all.iter().take(KNOWN).any(part) {
            continue;
        }
        let id = entities.add(Entity::new(printed.to_owned(), Nature::Person, usize::MAX));
        let (surname, given) = (
            key_of(title, name.first, name.first + 1),
            key_of(title, name.first + 1, name.last),
        );
        let last = title
            .word(name.last - 1)
            .rsplit('-')
            .next()
            .map(key)
            .unwrap_or_default();
        entities.all[id].leans = super::lexicon::given::leans("", &last);
        entities.alias(&given, id, false);
        entities.alias(&surname, id, false);
    }
}

/// Names that stand in the headline are people or characters for certain.
pub(super) fn weigh(title: &Text, all: &mut [Candidate]) {
    const WORDS: usize = 4;
    let mut capitals: Vec<(usize, u8)> = Vec::with_capacity(title.tokens.len());
    let initials = title.initials(0, title.tokens.len());
    capitals.extend(initials.filter(|(t, _)| title.is_capital(*t)));
    // Most words begin with another letter than the name.
    let begin_like = |name: &str| {
        let letter = name.bytes().next();
        let alike = move |initial: u8| !initial.is_ascii() || Some(initial) == letter;
        let words = capitals.iter().filter(move |(_, initial)| alike(*initial));
        words.map(|(first, _)| *first)
    };
    let reads = |first: usize, words: usize, name: &str| {
        let mut rest = Some(name);
        (first..title.tokens.len().min(first + words)).any(|t| {
            rest = rest.and_then(|rest| behind_word(rest, title.word(t)));
            rest == Some("")
        })
    };
    let stands = |name: &str| begin_like(name).any(|first| reads(first, WORDS, name));

    // `Static Girl star Ruda on`, `Singer Miso`, `CIRRUS’s Danbi`: one word needs a sign.
    let title_class = |t: usize| title.class(t).has(Class::TITLE);
    let signed = |name: &str| {
        begin_like(name).any(|first| {
            let before = first.checked_sub(1);
            let titled = before.is_some_and(|t| title_class(t) || title.shape(t) == Shape::Clitic);
            // `Danbi of CIRRUS`.
            let of = title.is(first + 1, "of")
                && title.shape(first + 2) == Shape::Upper
                && title.word(first + 2).len() > 2
                && !title.class(first + 2).has(Class::STATION.with(Class::PLACE));
            (titled || of)
                && reads(first, 1, name)
                && !title
                    .tokens
                    .get(first + 1)
                    .is_some_and(|t| t.is_capital() && !title.class(first + 1).is_english())
        })
    };
    for candidate in all {
        if candidate.form != Form::Single && stands(&candidate.key) {
            candidate.person += 1.0;
        } else if candidate.form == Form::Single && signed(&candidate.key) {
            candidate.person += 2.6;
        }
    }
}
