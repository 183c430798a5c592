//! What stands around a title: whether it is a drama's, and whether the article is about it or only passes by.

use super::drama::{Place, Source};
use super::lexicon::Class;
use super::passing::{is_no_work, is_past};
use super::sentence;
use super::shown_on::station_before;
use super::text::{Shape, Text};
use crate::model::ArticleKind;

/// `the daily life of`: no daily drama.
fn is_daily_life(text: &Text, token: usize) -> bool {
    text.is(token, "daily") && !text.class(token + 1).has(Class::DRAMA)
}

/// `appeared on “X”`: a show; but `looked back on “X”`, `worked on “X”`.
fn is_seen_on(text: &Text, token: usize) -> bool {
    const ABOUT: &[&str] = &[
        "back",
        "worked",
        "work",
        "working",
        "reflected",
        "reflect",
        "reflects",
        "reflecting",
        "focused",
    ];
    let before = token.wrapping_sub(1);
    text.is(token, "on")
        && text.shape(token) == Shape::Lower
        && !ABOUT.contains(&text.word(before))
        && !text.class(before).has(Class::SAY)
}

/// `“X,” in which she played a marine biologist`.
fn is_played_in(text: &Text, after: usize) -> bool {
    const REACH: usize = 5;
    let which = after + usize::from(text.word(after) == ",");
    (text.is(which, "in") && text.is(which + 1, "which") || text.is(which, "where"))
        && (which + 1..which + 1 + REACH).any(|t| super::role::PLAYS.contains(&text.word(t)))
}

/// What stands around a title.
#[derive(Default)]
pub(super) struct Around {
    /// How much it is a drama.
    pub(super) drama: f32,
    /// How much the article is about it.
    pub(super) about: f32,
    /// A noun calls it a drama.
    pub(super) called: bool,
    /// What it lost by being called a film or a book.
    pub(super) lost: f32,
}

/// What stands around a title: how much it is a drama, and how much the article is about it.
pub(super) fn context(source: &Source<'_>, place: Place) -> Around {
    let text = source.text;
    let sentence = source.sentences.get(sentence::at(source.sentences, place.open));
    let from = sentence
        .map_or(place.open, |s| s.first)
        .max(place.open.saturating_sub(12));
    let to = sentence.map_or(place.after, |s| s.last).min(place.after + 12);
    let (mut drama, mut about): (f32, f32) = (0.2, 0.0);
    let (mut called, mut lost) = (false, 0.0);
    // The words of a station's own name (Coupang Play) say nothing of the title.
    let station = station_before(source, place).filter(|s| place.open - s.last <= 9);
    let named = |token: usize| station.is_some_and(|s| (s.first..s.last).contains(&token));
    (drama, about) = (drama + is_no_work(text, from, place), about);
    for token in (from..place.open).rev().filter(|t| !named(*t)) {
        let class = text.class(token);
        let near = place.open - token;
        if text.shape(token) == Shape::Mark && near > 1 {
            break;
        }
        if text.word(token) == "," && near > 6 {
            break;
        }
        // `who play rivals in “X”`: no play.
        let verb = text.is(token, "play") && !text.class(token - 1).has(Class::DET);
        let works = Class::SHOW.with(Class::SONG).with(Class::FILM).with(Class::BOOK);
        if near <= 4 && class.has(works) && !verb {
            let less = if near <= 2 { 4.0 } else { 2.0 };
            drama -= less;
            if class.has(Class::FILM.with(Class::BOOK)) {
                lost += less;
            }
            break;
        }
        if near <= 5 && class.has(Class::DRAMA) && !called && !is_daily_life(text, token) {
            drama += 2.0;
            about += 0.5;
            called = true;
        }
        if near == 1 && source.kind != ArticleKind::Recap && is_seen_on(text, token) {
            drama -= 1.5;
        }
        if [
            "previous",
            "previously",
            "former",
            "hit",
            "last",
            "past",
            "earlier",
            "known",
            "since",
            "popular",
            "also",
            "including",
            "debut",
            "debuted",
        ]
        .contains(&text.word(token))
            // `the last scene of “X”`.
            && !(near > 2 && ["scene", "line", "page", "day", "shoot", "episode", "script"].contains(&text.word(token + 1)))
        {
            about -= 1.6;
        }
        if ["upcoming", "new", "current", "currently"].contains(&text.word(token)) {
            about += 1.0;
        }
        if text.is(token, "episode")
            || text.is(token, "episodes")
            || text.is(token, "finale")
            || text.is(token, "broadcast")
        {
            // `appeared on the May 9 episode of “X”`: a show that had a guest.
            let guest = (from..token).any(|t| {
                ["appeared", "appears", "guest", "guested", "guests", "visited", "joined"].contains(&text.word(t))
            });
            drama += if guest { -7.0 } else { 1.0 };
        }
    }
    about -= if is_past(text, sentence.map_or(from, |s| s.first), place.open) {
        1.6
    } else {
        0.0
    };
    if station.is_some() {
        drama += 2.0;
        about += 0.8;
    }
    if is_played_in(text, place.after) {
        drama += 0.8;
        about += 0.5;
    }
    for token in place.after..to {
        let class = text.class(token);
        let near = token - place.after;
        // `the stars of “X” guested on the talk show “Y”`: the show is another one.
        let own = || !(place.after..token).any(|t| text.class(t).has(Class::PREP));
        if near <= 2 && class.has(Class::SONG.with(Class::FILM)) || near <= 4 && text.is(token, "show") && own() {
            drama -= 2.0;
        }
        // `On “X,” host Rim welcomed them`.
        if near == usize::from(text.word(place.after) == ",")
            && class.has(Class::HOST)
            && text.tokens.get(token + 1).is_some_and(|t| t.is_capital())
        {
            drama -= 3.0;
        }
        if near > 8 && !class.has(Class::FILM) {
            continue;
        }
        // `“Late Soup,” the stars of the drama “X”`: that drama is another one.
        let noun =
            near <= 6 && class.has(Class::DRAMA) && text.shape(token + 1) != Shape::Mark && !is_daily_life(text, token);
        // `“X,” which opens on Wednesday, is a horror film`.
        if class.has(Class::FILM) && near > 2 && (place.after..token).any(|t| text.is(t, "is")) && !called {
            drama -= 1.0;
            lost += 1.0;
        }
        if noun || ["premieres", "premiere", "airs", "aired", "airing", "premiered"].contains(&text.word(token)) {
            drama += 1.0;
            called |= noun;
        }
        if text.is(token, "title") && near <= 3 {
            drama += 2.0;
            about += 1.0;
        }
        if matches!(text.word(token), "." | ";") {
            break;
        }
    }
    Around {
        drama,
        about,
        called,
        lost,
    }
}
