//! What the headline tells and no sentence of the summary does, as its first sentence: `Bae Yi Ra loses a bet with a goose.`
//!
//! A feature begins with a scene, and says what it is about in its headline alone. Of several clauses the longest is told,
//! without the capitals of a headline, and with the network in front of the drama where nothing else names it.

use super::Told;
use super::naming::{capitalise, ended};
use super::occasion::Occasion;
use super::pool::bit_of;
use crate::reading::entity::{self, Id};
use crate::reading::lexicon::Class;
use crate::reading::print::{Words, words};
use crate::reading::speech;
use crate::reading::text::{Shape, Text};
use std::borrow::Cow;
use std::ops::Range;

/// So many tokens of a headline are read, and so many characters are told at most.
const LOOK: usize = 60;
const LONGEST: usize = 140;
/// So many words make a sentence.
const LEAST: usize = 4;
/// Who reads, who writes, and what comes next: `You Won't Believe`, `Here's What Happened`.
const CHAT: Words = words![
    "you", "your", "yours", "we", "us", "our", "i", "my", "me", "here", "here's", "here’s", "let's", "let’s"
];
/// What opens a clause that is no sentence.
const NOMINAL: Words = words!["how", "why", "what", "when", "where", "inside", "behind", "everything"];

/// Names that no sentence needs to have, and words that are a place's name only with others.
const PROPER: Words = words![
    "korean",
    "koreans",
    "japanese",
    "chinese",
    "american",
    "british",
    "english",
    "filipino",
    "thai",
    "indonesian",
    "indian",
    "netflix",
    "instagram",
    "youtube",
    "tiktok",
    "disney",
    "emmy",
    "emmys",
    "oscar",
    "daesang",
    "christmas"
];
const COMMON: Words = words![
    "north",
    "south",
    "river",
    "street",
    "hotel",
    "square",
    "hall",
    "university",
    "station",
    "hong",
    "los"
];

/// What is told of the headline.
pub(super) struct Headline {
    /// Its tokens.
    pub clause: Range<usize>,
    /// How many characters they have, with a full stop and a space.
    pub length: usize,
    /// The words and topics that it tells and sentences do too, as bits.
    pub mask: u128,
    /// What the words are worth that no sentence tells, and what all that it tells is, less what it costs.
    pub untold: f32,
    pub worth: f32,
    /// What it tells of what the headline says the article is, as bits.
    pub occasions: u8,
    /// The token that the network may stand in front of, and how many characters it takes to name it.
    network: Option<(usize, usize)>,
    /// Where names stand.
    names: Vec<Range<usize>>,
    /// Whom it names.
    pub people: Vec<Id>,
}

/// The clause of the headline that has most words, where it says something by itself. Of ratings the figures are told: there
/// is no room for more.
pub(super) fn find(title: &Text, told: &Told<'_>) -> Option<Headline> {
    if told.figures {
        return None;
    }
    let words = |clause: &Range<usize>| clause.clone().filter(|t| title.is_word(*t)).count();
    let clause = clauses(title, told)
        .into_iter()
        .filter(|clause| words(clause) >= LEAST && is_plain(title, told, clause))
        .max_by_key(words)?;
    let length = title.slice(clause.start, clause.end).chars().count() + 2;
    let names = names(title, told, &clause);
    (length <= LONGEST && tells(title, &names, &clause)).then(|| Headline {
        length,
        mask: 0,
        untold: 0.0,
        worth: 0.0,
        occasions: 0,
        network: network(title, told, &clause),
        names,
        people: people(title, told, &clause),
        clause,
    })
}

/// What stands between colons, dashes and the like, outside of marks; no question, and not what is in brackets.
fn clauses(title: &Text, told: &Told<'_>) -> Vec<Range<usize>> {
    let end = title.tokens.len().min(LOOK);
    let is_free = |t: usize| title.before(t).is_whitespace() && title.after(t).is_whitespace();
    let parts = |t: usize| match title.word(t) {
        ":" | ";" | "—" | "–" | "--" | "|" | "…" | "..." | "?" | "!" | "[" | "]" => true,
        "-" | "+" => is_free(t),
        _ => false,
    };
    // `(Exclusive Interview) Bae Min on her farm`.
    let opens = (0..end).find(|t| title.sign(0) == b'(' && title.sign(*t) == b')');
    let mut clauses = Vec::new();
    let mut first = opens.map_or(0, |t| t + 1);
    let ends = (first..end).filter(|t| parts(*t) && !told.title_spans.is_inside(*t));
    for t in ends.chain([end]) {
        // `Bae Min cast in “Paper Moon”... returns after five years`.
        let goes_on =
            first > 0 && title.shape(first) == Shape::Lower && matches!(title.word(first - 1), "…" | "..." | ";");
        if t > first && !goes_on && !matches!(title.sign(t), b'?' | b']') {
            clauses.push(first..t);
        }
        first = t + 1;
    }
    clauses
}

/// Whether nobody speaks in it, nor does it to the reader.
fn is_plain(title: &Text, told: &Told<'_>, clause: &Range<usize>) -> bool {
    // So many words in marks may be a show, or what somebody is called.
    const TITLE: usize = 3;
    let spans = told.title_spans.outer.iter();
    let mut spans = spans.filter(|s| s.open < clause.end && s.after() > clause.start);
    let spoken = spans.any(|span| {
        let inside = title.slice(span.first(), span.close);
        let is_drama = || told.dramas.iter().any(|drama| entity::is_same(drama, inside));
        span.open < clause.start || span.after() > clause.end || span.close - span.first() > TITLE && !is_drama()
    });
    let is_odd = |c: char| !c.is_ascii() && !c.is_alphabetic() && !matches!(c, '“' | '”' | '‘' | '’');
    !spoken
        && !is_service(title, clause)
        && !clause
            .clone()
            .any(|t| title.is_one(t, CHAT) && !told.title_spans.is_inside(t) || title.word(t).contains(is_odd))
}

/// `Release date, where to watch, and what to expect`: what the article is for, and nothing of what it tells.
fn is_service(title: &Text, clause: &Range<usize>) -> bool {
    let is = |t: usize, a: &'static str, b: &'static str, c: &'static str| {
        title.is(t, a) && title.is(t + 1, b) && (c.is_empty() || title.is(t + 2, c))
    };
    clause.clone().any(|t| {
        matches!(title.initial(t), b'w' | b'r')
            && (is(t, "where", "to", "watch")
                || is(t, "what", "to", "expect")
                || t == clause.start && is(t, "release", "date", ""))
    })
}

/// Whether it has more than names and the number of an episode: `Bae Min’s “Paper Moon” Episode 4` says nothing.
fn tells(title: &Text, names: &[Range<usize>], clause: &Range<usize>) -> bool {
    const NUMBERED: Words = words!["episode", "episodes", "ep", "eps", "season", "part"];
    let is_part = |t: usize| matches!(title.shape(t), Shape::Number | Shape::Clitic) || title.is_one(t, NUMBERED);
    let is_named = |t: usize| names.iter().any(|name| name.contains(&t));
    clause.clone().any(|t| title.is_word(t) && !is_part(t) && !is_named(t))
}

/// Where names stand in it.
fn names(title: &Text, told: &Told<'_>, clause: &Range<usize>) -> Vec<Range<usize>> {
    let people = told.entities.all.iter().map(|e| e.name.as_str());
    let all = people.chain(told.dramas.iter().copied()).chain(told.network);
    // Most names begin with another letter than any word.
    let words: Vec<(usize, u8)> = title.initials(clause.start, clause.end).collect();
    let mut names = Vec::new();
    for name in all.filter(|name| name.starts_with(char::is_uppercase)) {
        let initial = name.as_bytes()[0].to_ascii_lowercase();
        let alike = words.iter().filter(|(_, first)| *first == initial || !first.is_ascii());
        names.extend(alike.filter_map(|(t, _)| named(title, *t, clause.end, name)));
    }
    names
}

/// Who is named in it in full.
fn people(title: &Text, told: &Told<'_>, clause: &Range<usize>) -> Vec<Id> {
    let words: Vec<(usize, u8)> = title.initials(clause.start, clause.end).collect();
    let named = |name: &str| {
        let initial = name.as_bytes().first().map(u8::to_ascii_lowercase);
        let mut alike = words
            .iter()
            .filter(|(_, first)| Some(*first) == initial || !first.is_ascii());
        alike.any(|(t, _)| named(title, *t, clause.end, name).is_some())
    };
    let all = told.entities.all.iter().enumerate();
    let people = all.filter(|(_, e)| e.is_somebody() && e.name.starts_with(char::is_uppercase) && named(&e.name));
    people.map(|(id, _)| id).collect()
}

/// The tokens of a name that begins at one.
fn named(title: &Text, first: usize, last: usize, name: &str) -> Option<Range<usize>> {
    if !title.is_word(first) || !entity::begin_alike(name, title.word(first)) {
        return None;
    }
    let key = speech::fold(name);
    let end = (first + 1..=last).find(|end| entity::begins_with(title.slice(first, *end), &key))?;
    Some(first..end)
}

/// In front of which token the network may stand, the first of the drama's name, and how many characters that takes:
/// `“Paper Moon” stars`, `in “Paper Moon”`, not `in drama “Paper Moon”`.
fn network(title: &Text, told: &Told<'_>, clause: &Range<usize>) -> Option<(usize, usize)> {
    let drama = told.dramas.first()?;
    let name = clause.clone().find(|t| named(title, *t, clause.end, drama).is_some())?;
    let at = name - usize::from(name > clause.start && title.shape(name - 1) == Shape::Mark);
    let is_free =
        at == clause.start || title.class(at - 1).has(Class::PREP) || title.is_one(at - 1, words![",", "and"]);
    let network = told.network.filter(|_| is_free)?;
    let words = title.slice(clause.start, clause.end);
    (!entity::holds(words, &speech::fold(network))).then(|| (at, network.chars().count() + OWN.len()))
}

/// What stands between the network and the drama.
const OWN: &str = "’s ";

impl Headline {
    /// Notes what it tells of what the headline says the article is.
    pub fn tell(&mut self, title: &Text, occasions: &[Occasion]) {
        for (number, occasion) in occasions.iter().enumerate() {
            let is_told = occasion.is_told(title, self.clause.start, self.clause.end);
            self.occasions |= u8::from(is_told) << number;
        }
    }

    /// How many characters it takes to name the network in front of the drama; none where it may not stand there.
    pub fn before_drama(&self) -> usize {
        self.network.map_or(0, |(_, length)| length)
    }

    /// Whom it names, as bits.
    pub fn bits(&self) -> u64 {
        self.people.iter().fold(0, |bits, id| bits | bit_of(*id))
    }

    /// Whether a word of it is part of a name.
    pub fn is_named(&self, token: usize) -> bool {
        self.names.iter().any(|name| name.contains(&token))
    }

    /// The sentence.
    pub fn line(&self, title: &Text, text: &Text, told: &Told<'_>, network: Option<&str>) -> String {
        const LONG: usize = 5;
        let is_marked = |t: usize| told.title_spans.is_inside(t);
        let is_small = |t: usize| title.shape(t) == Shape::Lower && title.length(t) > LONG && !is_marked(t);
        let as_printed = self.clause.clone().any(is_small);
        let pairs = if as_printed { 0 } else { pairs(title, text) };
        let mut line = String::with_capacity(self.length);
        for t in self.clause.clone() {
            if t > self.clause.start && title.before(t).is_whitespace() {
                line.push(' ');
            }
            if let Some(network) = network.filter(|_| self.network.is_some_and(|(at, _)| at == t)) {
                line.push_str(network);
                line.push_str(OWN);
            }
            let word = title.word(t);
            if as_printed || is_marked(t) || self.is_named(t) || is_name(title, text, t, pairs) {
                line.push_str(word);
            } else {
                push_small(word, &mut line);
            }
        }
        // `tvN`.
        if !line.chars().nth(1).is_some_and(char::is_uppercase) {
            capitalise(&mut line);
        }
        if self.is_nominal(title) {
            line + ":"
        } else {
            ended(line)
        }
    }

    /// `How “Paper Moon” Built a Sky`, `5 Scenes That`, `Writer Bae Min on Villains`, `On Ghosts and Geese`.
    fn is_nominal(&self, title: &Text) -> bool {
        let first = self.clause.start;
        self.names.iter().any(|name| title.is(name.end, "on"))
            || title.is_one(first, NOMINAL)
            || title.class(first).has(Class::PREP) && !title.class(first).has(Class::SURNAME)
            || title.shape(first) == Shape::Number
    }
}

/// Which words of a headline stand in the article with the capital behind them, as bits: `Drama Awards`. All together, since
/// most words of a headline have a capital, and few of an article.
fn pairs(title: &Text, text: &Text) -> u64 {
    let end = title.tokens.len().min(LOOK);
    let mut pairs = 0;
    let mut wanted: Vec<(usize, &str)> = Vec::with_capacity(end);
    for first in (0..end).filter(|t| title.is_capital(*t) && title.is_capital(t + 1)) {
        let words = title.slice(first, first + 2);
        if title.after(first).is_whitespace() {
            wanted.push((first, words));
        } else {
            // What touches may be cut elsewhere in the article.
            pairs |= u64::from(text.find_words(words).is_some()) << first;
        }
    }
    for token in text.capitals().map(|t| text.tokens[t]) {
        let is_there = |(first, words): &&(usize, &str)| {
            title.tokens[*first].print == token.print && text.body[token.start as usize..].starts_with(words)
        };
        pairs |= wanted
            .iter()
            .filter(is_there)
            .fold(0, |bits, (first, _)| bits | 1 << first);
    }
    pairs
}

/// Adds a word in small letters.
fn push_small(word: &str, line: &mut String) {
    if word.is_ascii() {
        line.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        line.push_str(&word.to_lowercase());
    }
}

/// Whether a word of a headline has its capital wherever the article has it. `pairs` are those of both.
fn is_name(title: &Text, text: &Text, token: usize, pairs: u64) -> bool {
    let word = title.word(token);
    // `OST`, `K-Dramas`.
    if !title.is_capital(token)
        || !word
            .chars()
            .nth(1)
            .is_none_or(|c| c.is_lowercase() || c == '’' || c == '\'')
    {
        return true;
    }
    // `Drama Awards`, as the article has them.
    let pair = |first: usize| pairs >> first & 1 != 0;
    if pair(token) || token > 0 && pair(token - 1) || title.class(token).has(Class::MONTH.with(Class::DAY)) {
        return true;
    }
    // What is ASCII is compared in any case, and needs no other letters.
    let key = match word.is_ascii() {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    };
    // A name of several words says nothing of each of them.
    let alone = |t: usize| {
        let opens = text.paras[text.para_of(t)].first == t || !text.is_word(t - 1);
        !opens && !text.is_capital(t - 1) && !text.is_capital(t + 1)
    };
    let mut has_capital = false;
    // Most words are passed by with one comparison.
    let print = title.tokens[token].print;
    let alike = text.tokens.iter().enumerate().filter(|(_, t)| t.print == print);
    for t in alike.map(|(t, _)| t).filter(|t| text.is_same(*t, &key)) {
        if !text.is_capital(t) {
            return false;
        }
        has_capital |= alone(t);
    }
    has_capital || title.is_one(token, PROPER) || title.class(token).has(Class::PLACE) && !title.is_one(token, COMMON)
}
