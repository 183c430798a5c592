//! Members of groups who act: `LUNEAR’s Haeon`, and later `Haeon` alone. Who reads roles takes them for people without
//! doubt, and their groups for titles.

use super::keyed::KeySet;
use super::lexicon::{Class, names::syllables};
use super::names::{Form, Found};
use super::role::Pair;
use super::text::{Shape, Text};
use std::borrow::Cow;

/// The names of an article without the groups that stand before their members.
pub(super) struct Members<'a> {
    pub names: Cow<'a, [Found]>,
    /// Which of the names found each is; empty where they are the same.
    numbers: Vec<usize>,
}

impl<'a> Members<'a> {
    pub fn of(text: &Text, found: &'a [Found]) -> Self {
        let first = |name: &Found| group_before(text, found, *name);
        let known: KeySet<&str> = found
            .iter()
            .filter(|n| first(n).is_some() || is_called_actor(text, n))
            .map(|n| text.slice(n.first, n.last))
            .collect();
        if known.is_empty() {
            return Self {
                names: Cow::Borrowed(found),
                numbers: Vec::new(),
            };
        }
        let mut names: Vec<Found> = Vec::with_capacity(found.len());
        let mut numbers = Vec::with_capacity(found.len());
        for (number, name) in found.iter().enumerate() {
            let mut name = *name;
            if let Some(first) = first(&name) {
                while names.last().is_some_and(|n| n.first >= first) {
                    names.pop();
                    numbers.pop();
                }
                name.titles = first;
            }
            if known.contains(text.slice(name.first, name.last)) {
                name.form = Form::Korean;
            }
            names.push(name);
            numbers.push(number);
        }
        Self {
            names: Cow::Owned(names),
            numbers,
        }
    }

    /// What is told of each of the names found, for each of these names.
    pub fn told(&self, found: Vec<usize>) -> Vec<usize> {
        match self.numbers.is_empty() {
            true => found,
            false => self.numbers.iter().map(|number| found[*number]).collect(),
        }
    }

    /// Pairs of these names, as pairs of the names found.
    pub fn found(&self, mut pairs: Vec<Pair>) -> Vec<Pair> {
        if !self.numbers.is_empty() {
            for pair in &mut pairs {
                pair.role = pair.role.map(|n| self.numbers[n]);
                pair.actor = pair.actor.map(|n| self.numbers[n]);
            }
        }
        pairs
    }
}

/// `actress Haeon`: one word behind the trade of those who act.
fn is_called_actor(text: &Text, name: &Found) -> bool {
    let called = |t: usize| {
        let word = text.word(t);
        text.class(t).has(Class::TITLE) && (word.ends_with("actor") || word.ends_with("actress"))
    };
    name.form == Form::Single && !name.story && name.titles < name.first && called(name.first - 1)
}

/// The first word of the group that stands before its member: `ORBIT SEVEN’s Haeon`, `LUNEAR’s Kim Bo Ra`.
fn group_before(text: &Text, found: &[Found], name: Found) -> Option<usize> {
    const WORDS: usize = 4;
    let clitic = name.first.checked_sub(1).filter(|t| text.shape(*t) == Shape::Clitic)?;
    let person =
        matches!(name.form, Form::Korean | Form::Pair | Form::Single) && !name.story && name.titles == name.first;
    if !person || !text.is_capital(name.first) || text.shape(name.first) == Shape::Upper {
        return None;
    }
    let small = Class::PREP
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::DET)
        .with(Class::TITLE)
        .with(Class::STORY);
    let of_group = |t: &usize| {
        let shape = text.shape(*t);
        matches!(shape, Shape::Upper | Shape::Capital | Shape::Number) && !text.class(*t).has(small)
    };
    let first = (clitic.saturating_sub(WORDS)..clitic)
        .rev()
        .take_while(of_group)
        .last()?;
    let shouted = (first..clitic).any(|t| text.shape(t) == Shape::Upper);
    // `Kim Bo Ra’s Yoo Mi`, `Sol’s Byeol`: somebody's own.
    let own = |n: &Found| {
        let sounds = || n.form == Form::Single && syllables(text.word(n.first).to_ascii_lowercase()) > 0;
        n.last == clitic && (n.story || matches!(n.form, Form::Korean | Form::Pair | Form::Station) || sounds())
    };
    let at = found.partition_point(|n| n.last < clitic);
    let somebody = found.get(at).is_some_and(own);
    (shouted && !found.get(at).is_some_and(|n| n.form == Form::Station) || !somebody && name.form != Form::Pair)
        .then_some(first)
}
