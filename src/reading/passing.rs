//! Titles that an article names and is not about: what somebody did before, what a drama is made from, and the
//! show whose guests come from the drama.

use super::drama::{Place, Source, Work};
use super::lexicon::{Class, asked};
use super::people::capitals;
use super::print::{Words, words};
use super::sentence;
use super::speech;
use super::text::{Shape, Text};

/// What speaks for a show with guests, at least.
const A_SHOW: u32 = 3;
/// What a film gains where the headline speaks of one.
const FILM_NEWS: f32 = 4.0;
/// So many places of a title are looked at.
const PLACES: usize = 6;

/// `Spill The Beans About “X” On “Y”`: another title stands before, and no verb goes with the “on”.
pub(super) fn tells_of_another(source: &Source<'_>, open: usize) -> bool {
    let title = source.title;
    let verb =
        title.class(open.wrapping_sub(2)).has(Class::SAY.with(Class::WEAK)) || title.is(open.wrapping_sub(2), "up");
    let another =
        source.title_spans.outer.iter().take_while(|s| s.open < open).any(|s| {
            !title.is(s.open.wrapping_sub(1), "on") && s.close > s.first() && capitals(title, s.first(), s.close)
        });
    another && !verb
}

/// A title that only tells who somebody is: `written by Chu Eun Dok of “X”`, `known for “X”`.
pub(super) fn is_earlier(source: &Source<'_>, place: Place) -> bool {
    const REACH: usize = 8;
    let text = source.text;
    let first = source
        .sentences
        .get(sentence::at(source.sentences, place.open))
        .map_or(place.open, |s| s.first);
    let of = place.open.checked_sub(1).filter(|t| *t > first && text.is(*t, "of"));
    let maker = of.filter(|of| text.is_capital(of - 1)).is_some_and(|of| {
        (first.max(of.saturating_sub(REACH))..of).any(|t| text.class(t).has(Class::STAFF) || text.is(t, "by"))
    });
    // `by the director of “X”`.
    let by = of
        .filter(|of| text.class(of - 1).has(Class::STAFF))
        .is_some_and(|of| (first.max(of.saturating_sub(REACH))..of).any(|t| text.is(t, "by") || text.is(t, "from")));
    maker || by || is_past(text, first, place.open) || is_model(text, first, place.open)
}

/// `By “X” Director` in the headline: what somebody made before.
pub(super) fn is_made_before(source: &Source<'_>, key: &str) -> bool {
    let title = source.title;
    source.title_spans.outer.iter().any(|s| {
        title.is_one(s.open.wrapping_sub(1), words!["by", "from", "with"])
            && title.class(s.after()).has(Class::STAFF)
            && speech::fold(title.slice(s.first(), s.close)) == key
    })
}

/// `last seen in “X” and “Y”`, `known for`, `whose credits include`: what somebody did before.
pub(super) fn is_past(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 30;
    (first.max(open.saturating_sub(REACH))..open).any(|t| match text.initial(t) {
        b's' if text.is(t, "seen") => text.is(t.wrapping_sub(1), "last"),
        // `her first project since “X”`.
        b's' => {
            text.is(t, "since")
                && (first.max(t.saturating_sub(3))..t)
                    .any(|w| text.is_just(w, words!["project", "drama", "role", "return"]))
        }
        b'k' => text.is(t, "known") && text.is(t + 1, "for"),
        // `Her breakthrough came with “X”`.
        b'b' => text.is(t, "breakthrough"),
        b'c' | b'f' | b'r' => text.is_one(t, words!["credits", "filmography", "resume"]),
        _ => false,
    })
}

/// `the sequel to “X”`, `a remake of the 2009 drama “X”`: another drama than the one that is told of.
fn is_model(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 6;
    const NOUNS: Words = words!["sequel", "prequel", "remake", "spin-off", "spinoff", "follow-up"];
    (first.max(open.saturating_sub(REACH))..open)
        .rev()
        .take_while(|t| text.shape(*t) != Shape::Mark && !matches!(text.sign(*t), b',' | b';'))
        .any(|t| (text.is(t, "to") || text.is(t, "of")) && t > first && text.is_one(t - 1, NOUNS))
}

/// Of a drama and the show that has its people as guests the article is about the drama.
pub(super) fn drop_shows(source: &Source<'_>, works: &mut Vec<Work>) {
    if works.len() < 2 {
        return;
    }
    let guests = guests(source.text).min(2) + guests(source.title).min(2);
    // `“Wild Table” Panics Over Guests`, and `the stars of “X”`: they are the guests.
    let invited = self::guests(source.title) > 0 && works.iter().any(|w| has_stars(source, w));
    let shows: Vec<bool> = works
        .iter()
        .map(|w| !w.called && (guests + hosting(source, w) >= A_SHOW || invited && !has_stars(source, w)))
        .collect();
    if !works.iter().zip(&shows).any(|(w, show)| !show && w.drama > 1.0) {
        return;
    }
    let mut number = 0;
    works.retain(|_| {
        number += 1;
        !shows[number - 1]
    });
    let visiting = shows.contains(&true);
    works.iter_mut().for_each(|w| w.visiting = visiting);
}

/// `the stars of SBS’s “X”` in the first paragraphs.
fn has_stars(source: &Source<'_>, work: &Work) -> bool {
    const NEAR: usize = 6;
    let text = source.text;
    let lead = text.paras.get(1).map_or(text.tokens.len(), |p| p.last);
    work.places.iter().take(PLACES).any(|place| {
        place.open < lead
            && (place.open.saturating_sub(NEAR)..place.open)
                .rev()
                .take_while(|t| text.shape(*t) != Shape::Mark && !text.is(*t, ","))
                .any(|t| text.is_just(t, words!["stars", "star", "leads"]) && text.is(t + 1, "of"))
    })
}

/// How many words of an article belong to a show: its hosts, its guests, those who are always there.
fn guests(text: &Text) -> u32 {
    const LOOK: usize = 1_500;
    let always = |t: usize| text.is_one(t.wrapping_sub(1), words!["regular", "fixed", "cast"]);
    (0..text.tokens.len().min(LOOK)).fold(0, |sum, t| {
        if !text.is_like(t, asked::ON_SHOW) {
            return sum;
        }
        let special = text.is(t, "guest") && (text.is(t + 1, "role") || text.is(t + 1, "appearance"));
        sum + u32::from(!special && (!text.is(t, "members") || always(t)))
    })
}

/// How much the places of a title make it a show that somebody is on.
fn hosting(source: &Source<'_>, work: &Work) -> u32 {
    let text = source.text;
    let key = speech::fold(&work.title);
    let headline = source.title_spans.outer.iter().any(|s| {
        source.title.is(s.open.wrapping_sub(1), "on")
            && speech::fold(source.title.slice(s.first(), s.close)).trim_end_matches([',', '.']) == key
    });
    let aired = work.places.iter().take(PLACES).map(|place| {
        let Some(sentence) = source.sentences.get(sentence::at(source.sentences, place.open)) else {
            return 0;
        };
        let says = |words: Words| (sentence.first..sentence.last).any(|t| text.is_one(t, words));
        if !is_episode_of(text, sentence.first, place.open) || says(words!["cameo", "rating", "ratings"]) {
            return 0;
        }
        // `the stars of the drama “X” visited`.
        let stars =
            (place.after..sentence.last).any(|t| (text.is(t, "stars") || text.is(t, "star")) && text.is(t + 1, "of"));
        2 + u32::from(stars)
    });
    2 * u32::from(headline) + aired.max().unwrap_or_default()
}

/// `On the May 9 broadcast of MBC’s “X”`, `the latest episode of “X”`.
fn is_episode_of(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 6;
    let from = first.max(open.saturating_sub(REACH));
    let Some(of) = (from..open).rev().find(|t| text.is(*t, "of")) else {
        return false;
    };
    let noun = ["episode", "broadcast", "recording", "installment", "edition"]
        .iter()
        .any(|w| of > first && text.is(of - 1, w));
    noun && (first.max(of.saturating_sub(REACH))..of)
        .any(|t| text.class(t).has(Class::MONTH) || text.is_one(t, words!["latest", "recent", "upcoming", "next"]))
}

/// The article is about a film, or a drama bears the name of the webtoon that it is made from.
pub(super) fn restore(source: &Source<'_>, works: &mut [Work]) {
    let film = (0..source.title.tokens.len()).any(|t| source.title.class(t).has(Class::FILM));
    if film {
        for work in works.iter_mut().filter(|w| w.lost > 0.0) {
            work.drama += work.lost + 1.0;
            work.score += FILM_NEWS;
        }
        return;
    }
    if works.iter().any(|w| w.drama > 0.0 && w.called) {
        return;
    }
    let adapted = |text: &Text| {
        (0..text.tokens.len().min(200))
            .any(|t| text.is_like(t, asked::ADAPTED) && (!text.is(t, "same") || text.is(t + 1, "name")))
    };
    let asked = works.iter().any(|w| w.lost > 0.0 && !w.in_headline);
    let made = asked && (adapted(source.title) || adapted(source.text));
    for work in works.iter_mut().filter(|w| w.lost > 0.0 && (w.in_headline || made)) {
        work.drama += work.lost;
    }
}

/// `played “Man Carrying Ladder”` is a role, `singing “My Heart”` a song.
pub(super) fn is_no_work(text: &Text, from: usize, place: Place) -> f32 {
    let before = place.open.checked_sub(1).filter(|t| *t >= from);
    let is = |words: Words| before.is_some_and(|t| text.is_one(t, words));
    let role = is(words!["played", "plays", "play", "playing", "portrays", "portrayed"]);
    let song = is(words![
        "sings",
        "sang",
        "singing",
        "sing",
        "sung",
        "performed",
        "hums",
        "humming",
    ]);
    // `referred to the actor as “M”`.
    let label = is(words!["as"]) && (from..place.open).any(|t| text.is(t, "referred") || text.is(t, "known"));
    if role || song || label { -5.0 } else { 0.0 }
}

/// Ceremonies, festivals and prizes are no dramas.
pub(super) fn is_event(title: &str) -> bool {
    // `Best Couple`: a prize.
    const PRIZES: [&str; 10] = [
        "couple",
        "actor",
        "actress",
        "newcomer",
        "new",
        "supporting",
        "director",
        "screenplay",
        "drama",
        "kiss",
    ];
    let mut words = title.split(' ');
    if words.next().is_some_and(|w| w.eq_ignore_ascii_case("best"))
        && words
            .next()
            .is_some_and(|w| PRIZES.iter().any(|p| p.eq_ignore_ascii_case(w)))
    {
        return true;
    }
    let last = title
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric());
    [
        "Awards", "Award", "Festival", "Ceremony", "Daesang", "Concert", "Expo", "Forum",
    ]
    .iter()
    .any(|w| w.eq_ignore_ascii_case(last))
}
