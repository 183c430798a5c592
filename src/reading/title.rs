//! Titles that are printed without marks, as some outlets do, or whose italics were lost.

use super::drama::{Place, Source, Work};
use super::entity::Nature;
use super::keyed::Keyed;
use super::lexicon::Class;
use super::network::Station;
use super::people::capitals;
use super::print::{Words, words};
use super::sentence;
use super::speech;
use super::text::{Shape, Text};

/// Titles that are printed without marks: `SBS’s Paper Moon`, `the K-drama Queen of Paper`.
pub(super) fn unmarked(source: &Source<'_>, works: &mut Vec<Work>) {
    let text = source.text;
    let mut by_key: Keyed<String, usize> = works
        .iter()
        .enumerate()
        .map(|(slot, work)| (speech::fold(&work.title), slot))
        .collect();
    let marked = works.len();
    for at in 0..text.tokens.len() {
        // `JTBC’s 24 Floors of Us`.
        let numbered = || text.shape(at) == Shape::Number && text.is_capital(at + 1);
        let counts = at > 0 && text.shape(at - 1) == Shape::Clitic && numbered();
        if !text.is_capital(at) && !counts {
            continue;
        }
        // `For twelve episodes, Sun U tells`: who is in it is no drama.
        let played = |id: usize| source.entities.all[id].nature == Nature::Character;
        let acts = source.entities.covering(at).is_some_and(|m| played(m.entity));
        let described = !acts && described(text, at);
        // A name is a title where words of the language stand in it: `Apartment Tales star Han Bo-yeul`.
        let named = source.entities.covering(at).is_some_and(|m| m.full);
        if named && !(described && is_no_name(text, at, run(text, at))) || is_slot(text, at) {
            continue;
        }
        // A word of the sentence before is no noun of this one.
        let opens = source
            .sentences
            .get(sentence::at(source.sentences, at))
            .is_some_and(|s| s.first == at);
        let before = if opens { usize::MAX } else { at.wrapping_sub(1) };
        let owned = text.shape(before) == Shape::Clitic && station_ending(source, before);
        let noun = text.class(before).has(Class::DRAMA)
            && (text.shape(before) == Shape::Lower || text.word(before).contains('-'))
            || (text.is(before, "original") || text.is(before, "originals")) && station_ending(source, before)
            || text.is(before, "in") && stars_in(text, before)
            || is_worded(text, at, run(text, at)) && (made(text, before) || has_actor(source, before))
            || belongs(text, at)
            || text.is(before, "titled")
            || text.is(before, "in") && (plays_in(text, at) || is_told_of(text, at))
            || text.is(before, "starrer") && run(text, at) - at > 1
            || (text.is(before, "of") || text.is(before, "for")) && part_of(text, before) && run(text, at) - at > 1
            || described;
        if !owned && !noun || station_beginning(source, at) {
            continue;
        }
        let last = with_commas(source, at, run(text, at));
        if last - at < 2 && !noun && !owned {
            continue;
        }
        let title = text.slice(at, last).to_owned();
        let slot = *by_key.entry(speech::fold(&title)).or_insert_with(|| {
            works.push(Work {
                drama: 1.5,
                ..Work::new(title)
            });
            works.len() - 1
        });
        if slot < marked {
            works[slot].drama = works[slot].drama.max(1.5);
            continue;
        }
        works[slot].places.push(Place {
            first: at,
            open: at,
            after: last,
        });
    }
    let whole = speech::fold(&source.title.body);
    for work in works.iter_mut() {
        work.in_headline |= speech::fold(&work.title).len() > 3 && whole.contains(&speech::fold(&work.title));
    }
    // The catalogue knows titles in the headline and the body that nothing marks.
    for text in [source.title, source.text] {
        known(source, text, works);
    }
}

fn station_ending(source: &Source<'_>, token: usize) -> bool {
    let at = source.stations.partition_point(|s| s.last < token);
    source.stations.get(at).is_some_and(|s| s.last == token)
}

pub(super) fn station_beginning(source: &Source<'_>, token: usize) -> bool {
    let at = source.stations.partition_point(|s| s.first < token);
    source.stations.get(at).is_some_and(|s| s.first == token)
}

/// Two words or more that are neither a surname with more behind it nor a place or a company.
pub(super) fn is_no_name(text: &Text, first: usize, last: usize) -> bool {
    let other = Class::SURNAME
        .with(Class::STATION)
        .with(Class::TITLE)
        .with(Class::MONTH)
        .with(Class::PLACE);
    last - first > 1
        && !text.class(first).has(other)
        && !text.class(last - 1).has(Class::ORG.with(Class::PLACE))
        && (first..last).all(|t| text.shape(t) != Shape::Upper || text.word(t).len() == 1)
}

/// The same with a word of the language in it.
pub(super) fn is_worded(text: &Text, first: usize, last: usize) -> bool {
    is_no_name(text, first, last) && (first..last).any(|t| text.class(t).is_english() && text.word(t).len() > 2)
}

/// `Saturday-Sunday`, `November 8`: when a drama is shown, and no title. `Top 10`: a list that it is on.
fn is_slot(text: &Text, token: usize) -> bool {
    let next = token + 1;
    let counted = text.class(token).has(Class::MONTH) || text.is(token, "top");
    let word = text.word(token);
    counted && text.shape(next) == Shape::Number && !text.is_capital(next + 1)
        || word.contains('-') && word.split('-').all(|day| day.len() > 5 && day.ends_with("day"))
}

/// `wrote Paper Moon`.
fn made(text: &Text, before: usize) -> bool {
    text.is_one(
        before,
        words!["wrote", "penned", "directed", "helmed", "co-wrote", "created"],
    )
}

/// `the leads of Paper Moon`, `siblings in Paper Moon`: words that those who are in it stand before.
pub(super) fn belongs(text: &Text, at: usize) -> bool {
    const OF: Words = words![
        "lead", "leads", "star", "stars", "cast", "set", "launch", "heroine", "hero",
    ];
    const IN: Words = words![
        "siblings",
        "sisters",
        "brothers",
        "co-star",
        "co-stars",
        "antagonist",
        "villain",
        "lovers",
    ];
    const MAY: Words = words![
        "family", "sisters", "brothers", "siblings", "team", "crew", "makers", "couple",
    ];
    // Most capitals have another word in front of them.
    let Some(before) = at
        .checked_sub(1)
        .filter(|b| *b > 0 && text.is_one(*b, words!["of", "in"]))
    else {
        return false;
    };
    let noun = |nouns: Words| text.is_one(before - 1, nouns);
    let (of, within) = (text.is(before, "of"), text.is(before, "in"));
    if of && noun(OF) || within && noun(IN) {
        return is_no_name(text, at, run(text, at));
    }
    (of || within) && noun(MAY) && is_worded(text, at, run(text, at))
}

/// `In Retirement Is Murder, which SBS may show`.
fn is_told_of(text: &Text, at: usize) -> bool {
    let last = run(text, at);
    text.is(last, ",") && text.is(last + 1, "which") && is_no_name(text, at, last)
}

/// `Jae Kwon-u of The Red Thread`.
fn has_actor(source: &Source<'_>, before: usize) -> bool {
    let person = |id: usize| source.entities.all[id].nature == Nature::Person;
    source.text.is(before, "of")
        && before > 0
        && source
            .entities
            .covering(before - 1)
            .is_some_and(|m| m.full && m.last == before && person(m.entity))
}

/// `the set of`, `the drama adaptation of`, `the premiere of`: what only a drama has.
fn part_of(text: &Text, at: usize) -> bool {
    const PARTS: &[&str] = &[
        "scene",
        "scenes",
        "world",
        "adaptation",
        "remake",
        "set",
        "cast",
        "premiere",
        "finale",
        "season",
        "filming",
        "episode",
        "episodes",
        "ending",
        "sequel",
        "star",
        "stars",
        "lead",
        "leads",
        "teaser",
        "teasers",
        "trailer",
        "poster",
        "posters",
        "stills",
        "preview",
        "ratings",
        "success",
        "popularity",
    ];
    at > 0 && PARTS.contains(&text.word(at - 1))
}

/// `Sugar, Salt, and Smoke`: a title with commas, when the headline prints it too.
fn with_commas(source: &Source<'_>, at: usize, last: usize) -> usize {
    const PARTS: usize = 4;
    let text = source.text;
    let headline = source.title.body.to_lowercase();
    let mut best = last;
    let mut end = last;
    for _ in 0..PARTS {
        let mut next = end;
        next += usize::from(text.is(next, ","));
        next += usize::from(text.is(next, "and"));
        if next == end || !text.tokens.get(next).is_some_and(|t| t.is_capital()) {
            break;
        }
        end = run(text, next);
        let whole = text.slice(at, end);
        if headline.contains(&whole.to_lowercase()) || text.body.matches(whole).nth(1).is_some() {
            best = end;
        }
    }
    best
}

/// `stars in`, `starring in`, `role in`, `filming`.
fn stars_in(text: &Text, at: usize) -> bool {
    at > 0
        && text.is_just(
            at - 1,
            words![
                "stars",
                "starring",
                "starred",
                "role",
                "roles",
                "performance",
                "appears",
                "leads",
                "lead",
                "appearing",
                "seen"
            ],
        )
}

/// `X, a Netflix original series`, `X, the upcoming drama`.
fn described(text: &Text, at: usize) -> bool {
    // `Judge of Small Things`: the end of a title.
    let ends = text.is(at.wrapping_sub(1), "of") && text.tokens.get(at.wrapping_sub(2)).is_some_and(|t| t.is_capital());
    // `Set in the 1920s, this melodrama`.
    let told = text.is_one(
        at,
        words![
            "set", "based", "directed", "written", "produced", "starring", "inspired"
        ],
    );
    if ends
        || told
        || text.tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.is_capital())
        || text.class(at).is_english() && text.class(at).has(Class::PREP.with(Class::SUBORD))
    {
        return false;
    }
    let last = run(text, at);
    let tells = text.is(last, "is")
        && text.class(last + 1).has(Class::DET)
        && (last + 2..last + 8).any(|t| text.class(t).has(Class::DRAMA))
        || text.is_just(last, words!["follows", "tells", "revolves", "centers", "depicts"])
            && (last + 1..last + 4).any(|t| text.class(t).has(Class::DET) || text.is(t, "around"));
    if last - at > 1 && (tells || is_shown(text, last)) {
        return true;
    }
    // `X star Kim`, `X, in which she plays`, `since X ended`.
    let starred = (text.is(last, "star")
        || text.is(last, "stars")
        || last - at > 1 && text.is_one(last, words!["actor", "actress", "director", "lead", "leads"]))
        && text.tokens.get(last + 1).is_some_and(|t| t.is_capital());
    let told_in = text.is(last, ",") && text.is(last + 1, "in") && text.is(last + 2, "which");
    let ended = text.is_one(at.wrapping_sub(1), words!["since", "after"])
        && text.is_one(last, words!["ended", "wrapped", "concluded", "finished"]);
    if is_no_name(text, at, last) && (starred || told_in || ended) {
        return true;
    }
    // `X, directed by Seo, premieres on Friday`.
    const MADE: Words = words!["directed", "written", "helmed", "penned", "starring"];
    if last - at > 1 && text.is(last, ",") && text.is_just(last + 1, MADE) {
        return true;
    }
    last - at > 1
        && text.is(last, ",")
        && text.class(last + 1).has(Class::DET)
        && (last + 2..last + 8)
            .take_while(|t| !text.is(*t, ",") && !text.class(*t).has(Class::PREP.with(Class::SUBORD)))
            // `Cha, the drama’s director`.
            .any(|t| text.class(t).has(Class::DRAMA) && text.shape(t + 1) != Shape::Clitic)
}

/// `In Paper Moon, now showing on Viu, he plays a driver`.
fn plays_in(text: &Text, at: usize) -> bool {
    const REACH: usize = 14;
    let last = run(text, at);
    last - at > 1
        && text.is(last, ",")
        && (last + 1..last + REACH)
            .take_while(|t| !matches!(text.sign(*t), b'.' | b'!' | b'?'))
            .any(|t| text.is_just(t, words!["plays", "stars", "portrays", "played", "starred"]))
}

/// `X started streaming on Viki`, `X premieres on May 3`, `X is now streaming`.
fn is_shown(text: &Text, verb: usize) -> bool {
    const BEGIN: Words = words![
        "started",
        "began",
        "starts",
        "begins",
        "is",
        "has",
        "was",
        "now",
        "been",
        "finished",
        "currently",
    ];
    const SHOWN: Words = words![
        "available",
        "streaming",
        "airing",
        "airs",
        "aired",
        "premieres",
        "premiered",
        "streams",
        "streamed",
    ];
    let at = (verb..verb + 3).find(|t| !text.is_just(*t, BEGIN)).unwrap_or(verb);
    text.is_just(at, SHOWN) && text.shape(at) == Shape::Lower
}

fn known(source: &Source<'_>, text: &Text, works: &mut Vec<Work>) {
    const LONGEST: usize = 9;
    let mut at = 0;
    let headline = std::ptr::eq(text, source.title);
    // `Tae on Why Her Characters Never Fall`: two words of a headline are a title only where it ends.
    let ends = |at: usize, last: usize| {
        let goes_on = text.tokens.get(last).is_some_and(|t| t.is_capital())
            || at
                .checked_sub(1)
                .is_some_and(|t| text.is_capital(t) && !text.class(t).is_english());
        !headline || last - at > 2 || !goes_on
    };
    while at < text.tokens.len().min(4_000) {
        if text.is_capital(at) && (headline || source.entities.covering(at).is_none() && !is_spoken(source, at)) {
            let found = (at + 2..=(at + LONGEST).min(text.tokens.len()))
                .rev()
                .filter(|last| text.is_word(last - 1) && text.shape(*last) != Shape::Clitic)
                .filter(|last| capitals(text, at, *last) && text.is_capital(last - 1) && ends(at, *last))
                .filter(|last| headline || !is_within(source, at, *last))
                .find(|last| source.catalogue.named_drama(text.slice(at, *last)).is_some());
            if let Some(last) = found {
                let title = text.slice(at, last).to_owned();
                // `“I Thought He Was A Delivery Man”`: a few words of a headline, and nothing of them below.
                let alone = headline && last - at < 4 && is_marked(source, at) && !source.text.body.contains(&title);
                if !alone && !works.iter().any(|w| speech::fold(&w.title) == speech::fold(&title)) {
                    works.push(Work {
                        drama: 2.0,
                        in_headline: std::ptr::eq(text, source.title),
                        ..Work::new(title)
                    });
                }
                at = last;
                continue;
            }
        }
        at += 1;
    }
}

/// `“We have a witness, Your Honor!”`: what somebody says names no drama.
fn is_spoken(source: &Source<'_>, token: usize) -> bool {
    let at = source.spans.outer.partition_point(|s| s.after() <= token);
    let span = source.spans.outer.get(at).filter(|s| s.open < token);
    span.is_some() && source.judged[at].is_speech()
}

/// Whether longer words in marks begin with these: `'Full House of Ghosts'` is no `Full House`.
fn is_within(source: &Source<'_>, first: usize, last: usize) -> bool {
    let at = source.spans.outer.partition_point(|s| s.after() <= first);
    let span = source.spans.outer.get(at).filter(|s| s.open < first);
    span.is_some_and(|s| s.first() == first && last + 1 < s.close && capitals(source.text, first, s.close))
}

/// Whether a token of the headline stands inside marks.
fn is_marked(source: &Source<'_>, token: usize) -> bool {
    source
        .title_spans
        .outer
        .iter()
        .any(|s| s.first() < token && token < s.close)
}

/// `Paper Lantern with Hwa Da Som`: a surname and more capitals are a person's.
fn begins_name(text: &Text, at: usize) -> bool {
    let class = text.class(at);
    class.has(Class::SURNAME) && !class.is_english() && text.tokens.get(at + 1).is_some_and(|t| t.is_capital())
}

/// The titles that a station owns, `tvN’s The King’s Baker`: nobody's name stands in there.
#[must_use]
pub fn owned(text: &Text, stations: &[Station]) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for station in stations {
        let first = station.last + 1;
        let number = text.shape(first) == Shape::Number && text.is_capital(first + 1);
        let capital = text.is_capital(first) || number;
        if text.shape(station.last) == Shape::Clitic && capital && !text.class(first).has(Class::SURNAME) {
            let last = run(text, first);
            if last - first > 1 {
                places.push((first, last));
            }
        }
    }
    places
}

/// The point of `No. 5`, `Mr. Stork`.
fn is_short_word(text: &Text, point: usize) -> bool {
    text.sign(point) == b'.'
        && text.is_just(point - 1, words!["No", "Mr", "Mrs", "Ms", "Dr", "St", "Vol"])
        && (text.is_capital(point + 1) || text.shape(point + 1) == Shape::Number)
}

/// Capitals with small words between them.
pub(super) fn run(text: &Text, first: usize) -> usize {
    const LONGEST: usize = 9;
    let mut last = first + 1;
    let mut at = last;
    while at < text.tokens.len() && at - first < LONGEST {
        // `Silent Choir on April 6`: a date is no part of a title.
        let dated = text.class(at + 1).has(Class::MONTH.with(Class::DAY))
            || text.shape(at + 1) == Shape::Number && text.class(at).has(Class::PREP);
        // `so much in Paper Moon that I ran out of ink`.
        let small = text.class(at).has(Class::PREP.with(Class::DET).with(Class::CONJ))
            && text.word(at).len() <= 4
            && !dated
            && !text.is(at, "that");
        if is_short_word(text, at) {
            at += 1;
            continue;
        }
        if text.is_capital(at) || text.shape(at) == Shape::Number {
            last = at + 1;
        } else if !(small || text.shape(at) == Shape::Clitic)
            || text.is(at, "and") && text.class(at + 1).has(Class::SURNAME)
            || small && begins_name(text, at + 1)
        {
            break;
        }
        at += 1;
    }
    last
}
