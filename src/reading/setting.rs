//! What stands around a title: whether it is a drama's, and whether the article is about it or only passes by.

use super::drama::{Place, Source};
use super::lexicon::{Class, asked};
use super::passing::{is_no_work, is_past};
use super::print::{Words, words};
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
    const ABOUT: Words = words![
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
        && !text.is_just(before, ABOUT)
        && !text.class(before).has(Class::SAY)
}

/// `“X,” in which she played a marine biologist`.
fn is_played_in(text: &Text, after: usize) -> bool {
    const REACH: usize = 5;
    let which = after + usize::from(text.is(after, ","));
    (text.is(which, "in") && text.is(which + 1, "which") || text.is(which, "where"))
        && (which + 1..which + 1 + REACH).any(|t| text.is_in(t, asked::PLAYS))
}

/// What stands around a title: how much it is a drama, and how much the article is about it.
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

/// As many tokens before and behind a title are looked at.
const REACH: usize = 12;

/// What stands around a title.
pub(super) fn context(source: &Source<'_>, place: Place) -> Around {
    let text = source.text;
    let sentence = source.sentences.get(sentence::at(source.sentences, place.open));
    let opens = sentence.map(|s| s.first);
    let from = opens.unwrap_or(place.open).max(place.open.saturating_sub(REACH));
    let to = sentence.map_or(place.after, |s| s.last).min(place.after + REACH);
    // The words of a station's own name (Coupang Play) say nothing of the title.
    let station = station_before(source, place).filter(|s| place.open - s.last <= 9);
    let named = |token: usize| station.is_some_and(|s| (s.first..s.last).contains(&token));
    let mut around = Around {
        drama: 0.2 + is_no_work(text, from, place),
        ..Around::default()
    };
    for token in (from..place.open).rev().filter(|t| !named(*t)) {
        let near = place.open - token;
        let ends = text.shape(token) == Shape::Mark && near > 1 || text.is(token, ",") && near > 6;
        if ends || around.other_work_before(text, token, near) {
            break;
        }
        around.before(source, token, near, from);
    }
    if is_past(text, opens.unwrap_or(from), place.open) {
        around.about -= 1.6;
    }
    if station.is_some() {
        around.drama += 2.0;
        around.about += 0.8;
    }
    // `since “X” ended on tvN`: it is what the article comes back to.
    let ended = text.is_one(place.after, words!["ended", "wrapped", "concluded"]);
    if ended && place.open > from && text.is(place.open - 1, "since") {
        around.drama += 1.0;
        around.about += 2.1;
    }
    if is_played_in(text, place.after) {
        around.drama += 0.8;
        around.about += 0.5;
    }
    for token in place.after..to {
        around.other_work_behind(text, token, place.after);
        if token - place.after > 8 && !text.class(token).has(Class::FILM) {
            continue;
        }
        around.behind(text, token, place.after);
        if matches!(text.sign(token), b'.' | b';') {
            break;
        }
    }
    around
}

impl Around {
    /// `the film “X”`, `the talk show “X”`: says so, and that nothing before it need be looked at.
    fn other_work_before(&mut self, text: &Text, token: usize, near: usize) -> bool {
        let class = text.class(token);
        // `who play rivals in “X”`: no play.
        let verb = text.is(token, "play") && !text.class(token.wrapping_sub(1)).has(Class::DET);
        let works = Class::SHOW.with(Class::SONG).with(Class::FILM).with(Class::BOOK);
        // `the Best Actor trophy at the SBS awards for “X”`: what it was won with.
        let won = near == 2 && text.is(token + 1, "for") && (text.is(token, "awards") || text.is(token, "award"));
        if near > 4 || !class.has(works) || verb || won {
            return false;
        }
        let less = if near <= 2 { 4.0 } else { 2.0 };
        self.drama -= less;
        if class.has(Class::FILM.with(Class::BOOK)) {
            self.lost += less;
        }
        true
    }

    /// A word before the title, `near` tokens away; the sentence begins at `from`.
    fn before(&mut self, source: &Source<'_>, token: usize, near: usize, from: usize) {
        const PAST: Words = words![
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
        ];
        const PART: Words = words!["scene", "line", "page", "day", "shoot", "episode", "script"];
        let text = source.text;
        let is = |words: Words| text.is_one(token, words);
        if near <= 5 && text.class(token).has(Class::DRAMA) && !self.called && !is_daily_life(text, token) {
            self.drama += 2.0;
            self.about += 0.5;
            self.called = true;
        }
        let stars = words!["star", "stars", "leads", "cast"];
        if near == 2 && text.is(token + 1, "of") && is(stars) {
            self.drama += 1.0;
            self.about += 0.5;
        }
        if near == 1 && source.kind != ArticleKind::Recap && is_seen_on(text, token) {
            self.drama -= 1.5;
        }
        let past = text.is_just(token, PAST);
        // `the last scene of “X”`.
        if past && !(near > 2 && text.is_just(token + 1, PART)) {
            self.about -= 1.6;
        }
        if text.is_just(token, words!["upcoming", "new", "current", "currently"]) {
            self.about += 1.0;
        }
        if is(words!["episode", "episodes", "finale", "broadcast"]) {
            const GUESTS: Words = words!["appeared", "appears", "guest", "guested", "guests", "visited", "joined"];
            // `appeared on the May 9 episode of “X”`: a show that had a guest.
            let guest = (from..token).any(|t| text.is_just(t, GUESTS));
            self.drama += if guest { -7.0 } else { 1.0 };
        }
    }

    /// `“X,” which opens on Wednesday, is a horror film`; `On “X,” host Rim welcomed them`.
    fn other_work_behind(&mut self, text: &Text, token: usize, after: usize) {
        let class = text.class(token);
        let near = token - after;
        // `the stars of “X” guested on the talk show “Y”`: the show is another one.
        let own = || !(after..token).any(|t| text.class(t).has(Class::PREP));
        if near <= 2 && class.has(Class::SONG.with(Class::FILM)) || near <= 4 && text.is(token, "show") && own() {
            self.drama -= 2.0;
        }
        if near == usize::from(text.is(after, ","))
            && class.has(Class::HOST)
            && text.tokens.get(token + 1).is_some_and(|t| t.is_capital())
        {
            self.drama -= 3.0;
        }
    }

    /// A word behind the title.
    fn behind(&mut self, text: &Text, token: usize, after: usize) {
        const AIRS: Words = words!["premieres", "premiere", "airs", "aired", "airing", "premiered"];
        let class = text.class(token);
        let near = token - after;
        // `“Late Soup,” the stars of the drama “X”`: that drama is another one.
        // `“X,” an eight-part Wavve original`.
        let original = near <= 6 && text.is(token, "original") && text.class(token - 1).has(Class::STATION);
        let noun = original
            || near <= 6
                && class.has(Class::DRAMA)
                && text.shape(token + 1) != Shape::Mark
                && !is_daily_life(text, token);
        if class.has(Class::FILM) && near > 2 && (after..token).any(|t| text.is(t, "is")) && !self.called {
            self.drama -= 1.0;
            self.lost += 1.0;
        }
        if noun || text.is_just(token, AIRS) {
            self.drama += 1.0;
            self.called |= noun;
        }
        if text.is(token, "title") && near <= 3 {
            self.drama += 2.0;
            self.about += 1.0;
        }
    }
}
