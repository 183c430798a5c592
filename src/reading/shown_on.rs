//! Which network shows the main drama: the one in front of its title, behind it, `the MBC drama`, the
//! headline's, or the only one there is.

use super::drama::{Place, Source, Work};
use super::lexicon::Class;
use super::network::{self, Station};
use super::print::{Words, words};
use super::sentence;
use super::speech::{self, Verdict};
use super::text::{Shape, Text};
use crate::model::ArticleKind;

/// The network of the main drama, as the article names it.
#[must_use]
pub fn of_drama(source: &Source<'_>, main: Option<&Work>) -> Option<Station> {
    let text = source.text;
    let key = main.map(|w| speech::fold(&w.title)).unwrap_or_default();
    if let Some(work) = main {
        for place in work.places.iter().take(12) {
            let near = |s: &Station| place.open - s.last <= 12 && !speaks(source, *s, *place);
            if let Some(station) = station_before(source, *place).filter(near) {
                return Some(station);
            }
            // `“X,” an upcoming SBS drama`, `“X” airs on tvN`.
            let sentence = source.sentences.get(sentence::at(source.sentences, place.open))?;
            let at = source.stations.partition_point(|s| s.first < place.after);
            let behind = source
                .stations
                .get(at)
                .filter(|s| s.last <= sentence.last && s.first - place.after <= 24);
            let clear = |s: &&Station| {
                !(place.after..s.first).any(|t| text.shape(t) == Shape::Mark) && !shows_another(source, **s, &key)
            };
            if let Some(station) = behind.filter(clear) {
                return Some(*station);
            }
        }
    }
    if let Some(station) = main.and_then(|work| labelled(source, work)) {
        return Some(station);
    }
    // `the new SBS Friday-Saturday drama`, in the first paragraphs, with no title of its own behind it.
    let lead = text.paras.get(3).map_or(text.tokens.len(), |p| p.first);
    let shows = |s: &&Station| {
        let noun = (s.last..s.last + 5).find(|t| text.class(*t).has(Class::DRAMA));
        noun.is_some_and(|n| {
            (s.last..n).all(|t| text.is_word(t) || text.shape(t) == Shape::Clitic) && text.shape(n + 1) != Shape::Mark
        })
    };
    if let Some(station) = source
        .stations
        .iter()
        .take_while(|s| s.first < lead)
        .find(shows)
        .filter(|_| main.is_some())
    {
        return Some(*station);
    }
    main?;
    if let Some(station) = source.stations.iter().take(24).find(|s| is_the_drama(text, **s)) {
        return Some(*station);
    }
    if let Some(station) = main.and_then(|w| w.places.iter().take(12).find_map(|p| of_the_network(source, *p))) {
        return Some(station);
    }
    if let Some(station) = main.and_then(|work| airs_on(source, work)) {
        return Some(station);
    }
    // One network in the whole article, and not only as a voice or as another drama's.
    let others = |s: &&Station| shows_another(source, **s, &key) || shows_a_film(source, **s);
    let first = *source.stations.iter().find(|s| !others(s))?;
    let name = speech::fold(text.slice(first.first, first.last));
    let mut own = source.stations.iter().filter(|s| !others(s));
    let only = own.all(|s| speech::fold(text.slice(s.first, s.last)) == name);
    let voice = text.class(first.first.wrapping_sub(1)).has(Class::PREP)
        && text.class(first.first.wrapping_sub(2)).has(Class::SOURCE);
    (only && (!voice || answers_for_it(source, first)) && main.is_some_and(|w| w.places.len() < 12)).then_some(first)
}

/// `On tvN’s “Y,” the stars of the network’s hit drama “X”`: the station that was named last.
fn of_the_network(source: &Source<'_>, place: Place) -> Option<Station> {
    const NEAR: usize = 8;
    let text = source.text;
    let network = (place.open.saturating_sub(NEAR)..place.open)
        .rev()
        .take_while(|t| text.shape(*t) != Shape::Mark)
        .find(|t| text.class(*t).has(Class::BROADCAST) && text.is(t.wrapping_sub(1), "the"))?;
    let at = source.stations.partition_point(|s| s.last <= network);
    source.stations.get(at.checked_sub(1)?).copied()
}

/// `“This is KBS. We apologize for ‘X’”`: a station in another sentence of a speech is no word before the title.
fn speaks(source: &Source<'_>, station: Station, place: Place) -> bool {
    (station.last..place.open).any(|t| source.text.is(t, "."))
}

/// `a source from JTBC shared, “We are aiming to premiere next year”`, `“Nothing about the casting has been decided”`: who
/// answers for when a drama is shown, and who is in it, shows it.
fn answers_for_it(source: &Source<'_>, station: Station) -> bool {
    const NEAR: usize = 4;
    const LOOK: usize = 60;
    let at = source.spans.outer.partition_point(|s| s.open < station.last);
    source.spans.outer.get(at).is_some_and(|s| {
        s.open - station.last <= NEAR
            && (s.first()..s.close.min(s.first() + LOOK)).any(|t| {
                source.text.is_one(
                    t,
                    words![
                        "premiere",
                        "air",
                        "broadcast",
                        "slot",
                        "schedule",
                        "lineup",
                        "role",
                        "cast",
                        "casting",
                        "season"
                    ],
                )
            })
    })
}

/// `The 12-part series is slated for broadcast on ENA and global release on Viki.`: the first place where the drama is to be
/// seen, in a sentence that names it or begins with it.
fn airs_on(source: &Source<'_>, main: &Work) -> Option<Station> {
    const NEAR: usize = 8;
    const SUBJECT: usize = 6;
    const AIRS: Words = words![
        "air",
        "airs",
        "aired",
        "airing",
        "broadcast",
        "premiere",
        "premieres",
        "premiering",
        "debut",
        "debuts",
        "stream",
        "streams",
        "streaming",
        "launch",
        "launches",
        "released",
        "run",
        "runs",
        "slot"
    ];
    let text = source.text;
    let mut stations = source.stations.iter().copied();
    stations.find(|s| {
        if !text.is_one(s.first.wrapping_sub(1), words!["on", "via", "through"]) {
            return false;
        }
        let Some(sentence) = source.sentences.get(sentence::at(source.sentences, s.first)) else {
            return false;
        };
        let from = sentence.first.max(s.first.saturating_sub(NEAR));
        let is_marked = |t: usize| text.shape(t) == Shape::Mark;
        let Some(verb) = (from..s.first)
            .rev()
            .take_while(|t| !is_marked(*t))
            .find(|t| text.is_one(*t, AIRS))
        else {
            return false;
        };
        let named = main.places.iter().any(|p| p.open >= sentence.first && p.after <= verb);
        let opens = text.is_one(sentence.first, words!["the", "it", "this"])
            && !(sentence.first..verb).any(is_marked)
            && (text.is(sentence.first, "it")
                || (sentence.first..verb.min(sentence.first + SUBJECT)).any(|t| text.class(t).has(Class::DRAMA)));
        named || opens
    })
}

/// `KBS said`, and `it airs on KBS 2TV`: the channel of a broadcaster that has several, where the article names one.
#[must_use]
pub fn channel(source: &Source<'_>, station: Station) -> Station {
    let text = source.text;
    if !text.is(station.first, "kbs") || station.last > station.first + 1 {
        return station;
    }
    let folded = |s: &Station| speech::fold(text.slice(s.first, s.last));
    let is_channel = |s: &&Station| {
        let name = folded(s);
        let number = name.strip_prefix("kbs").map(str::trim_start);
        number.is_some_and(|rest| rest.starts_with(['1', '2'])) && text.is(s.first.wrapping_sub(1), "on")
    };
    let mut channels = source.stations.iter().filter(is_channel);
    let Some(first) = channels.next() else {
        return station;
    };
    if channels.all(|s| folded(s) == folded(first)) {
        *first
    } else {
        station
    }
}

/// `director Gok of tvN’s “The Last Ferry Home”`, `the Coupang Play series “Last Bus”`: the network of a title that is not the
/// main one.
fn shows_another(source: &Source<'_>, station: Station, main: &str) -> bool {
    const NEAR: usize = 6;
    let text = source.text;
    let at = source.spans.outer.partition_point(|s| s.open < station.last);
    source.spans.outer.get(at).is_some_and(|span| {
        let says_what = || {
            let nouns = Class::DRAMA.with(Class::FILM).with(shows(source));
            (station.last..span.open).any(|t| text.class(t).has(nouns))
        };
        span.open - station.last <= NEAR
            && (text.shape(station.last) == Shape::Clitic || says_what())
            && (station.last..span.open).all(|t| text.shape(t) == Shape::Clitic || text.is_word(t))
            && source.judged[at].verdict == Verdict::Title
            && speech::fold(text.slice(span.first(), span.close)) != main
    })
}

/// `Broadcast: MBC, March 2`, `Where to watch: Netflix`: the facts that a list or a guide gives of the drama it comes to first.
fn labelled(source: &Source<'_>, main: &Work) -> Option<Station> {
    const SHORT: usize = 24;
    const LABEL: usize = 4;
    const LABELS: Words = words![
        "broadcast",
        "broadcaster",
        "network",
        "channel",
        "platform",
        "watch",
        "streaming",
        "airs"
    ];
    let text = source.text;
    let from = main.places.iter().map(|p| p.open).min()?;
    source.stations.iter().copied().find(|s| {
        let para = text.paras[text.para_of(s.first)];
        let before = s.first.wrapping_sub(1);
        // `Premiere: September 2 (SBS)`.
        let opens = (para.first..before.min(para.first + LABEL)).find(|t| text.is(*t, ":"));
        let bracketed = text.is(before, "(") && text.is(s.last, ")");
        if let Some(colon) = opens.filter(|_| bracketed) {
            const DATES: Words = words!["premiere", "premieres", "date", "airs", "release", "broadcast"];
            return s.first > from
                && para.last - para.first <= SHORT
                && (para.first..colon).any(|t| text.is_one(t, DATES));
        }
        let colon = before;
        s.first > from
            && para.last - para.first <= SHORT
            && text.is(colon, ":")
            && (colon.saturating_sub(LABEL).max(para.first)..colon).any(|t| text.is_one(t, LABELS))
    })
}

/// `the Netflix film Undertow`, `the tvN entertainment show`: it shows that, and not a drama.
fn shows_a_film(source: &Source<'_>, station: Station) -> bool {
    const NEAR: usize = 4;
    let text = source.text;
    let nouns = Class::FILM.with(Class::DRAMA).with(shows(source));
    let noun = (station.last..station.last + NEAR)
        .take_while(|t| text.is_word(*t) || text.shape(*t) == Shape::Clitic)
        .find(|t| text.class(*t).has(nouns));
    noun.is_some_and(|t| !text.class(t).has(Class::DRAMA))
}

/// What a station shows beside dramas: where the article tells of a show, its guests are asked about a drama of the same house.
fn shows(source: &Source<'_>) -> Class {
    if source.kind == ArticleKind::Variety {
        Class::NONE
    } else {
        Class::SHOW
    }
}

/// The network that the headline puts before the main drama's title: `SBS’s “X”`, `SBS' 'X'`.
#[must_use]
pub fn of_headline(source: &Source<'_>, main: Option<&Work>) -> Option<String> {
    let title = source.title;
    let key = speech::fold(&main?.title);
    let span = source
        .title_spans
        .outer
        .iter()
        .find(|s| speech::fold(title.slice(s.first(), s.close)) == key)?;
    let stations = network::find(title, source.catalogue);
    let station = stations
        .iter()
        .rfind(|s| s.last <= span.open && span.open - s.last <= 6)?;
    Some(title.slice(station.first, station.last).to_owned())
}

/// The network in front of a title, with no other title between.
pub(super) fn station_before(source: &Source<'_>, place: Place) -> Option<Station> {
    let sentence = source.sentences.get(sentence::at(source.sentences, place.open))?;
    let at = source.stations.partition_point(|s| s.last <= place.open);
    let station = *source.stations.get(at.checked_sub(1)?)?;
    // `KBS' "X"`: the apostrophe of an owner.
    let owner =
        matches!(source.text.word(station.last), "'" | "’") && !source.text.before(station.last).is_whitespace();
    let between = (station.last + usize::from(owner)..place.open).any(|t| source.text.shape(t) == Shape::Mark);
    (station.first >= sentence.first && !between).then_some(station)
}

/// `the MBC drama, which …`, `the new SBS Friday-Saturday drama`: the one that the article is about.
fn is_the_drama(text: &Text, station: Station) -> bool {
    const NEAR: usize = 3;
    let definite = (station.first.saturating_sub(NEAR)..station.first)
        .rev()
        .take_while(|t| text.is_word(*t))
        .any(|t| text.is(t, "the") || text.is(t, "this"));
    let noun = (station.last..station.last + NEAR + 1)
        .take_while(|t| text.tokens.get(*t).is_some_and(|t| t.is_word()))
        .find(|t| text.class(*t).has(Class::DRAMA) && !text.word(*t).contains('-'));
    // A title behind the noun is the drama's, and may be another one.
    definite
        && noun.is_some_and(|t| {
            text.shape(t + 1) != Shape::Mark && !text.tokens.get(t + 1).is_some_and(|t| t.is_capital())
        })
}
