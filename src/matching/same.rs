//! Whether two outlets tell the same story.
//!
//! Two tellings of one event share its drama, its people, the facts that make it an event, often a line that was
//! spoken, seldom a sentence. Two events of one drama in one week share drama and people as well: so what stands in
//! every story of a drama (its title, its cast, the words of the trade) counts little, and what tells an event from
//! another (the kind of news, numbers, the rarer words) counts much. Stories of different dramas are never the same.
//! Taking two events for one would hide news, taking one for two only repeats it: in doubt they are two.

use std::collections::{BTreeMap, BTreeSet};

mod words;

use words::{Words, fold_words, is_number};

/// How far apart two tellings of one story may be, in milliseconds: two days.
pub const WINDOW: i64 = 48 * 3_600_000;
/// Numbers of a sketch of the text: the error of its likeness is about an eighth.
const SKETCH: usize = 64;
/// Words of a shingle.
const SHINGLE: usize = 3;
/// From this likeness of the texts on, one is a copy of the other, whatever was corrected in it.
const COPY: f64 = 0.38;
/// From this likeness of two spoken lines on they are one, translated twice.
const LINE: f64 = 0.6;
/// The likeness of what is told that two tellings need …
const TOLD: f64 = 0.34;
/// … with a line in common …
const TOLD_WITH_LINE: f64 = 0.18;
/// … between different kinds of news, without or with half a line in common …
const TOLD_ACROSS: f64 = 0.5;
const LINE_ACROSS: f64 = 0.35;
/// … and without a drama that would hold them together.
const TOLD_WITHOUT_DRAMA: f64 = 0.45;

/// What one outlet tells, as far as it matters here.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    dramas: BTreeSet<String>,
    people: BTreeSet<String>,
    kind: String,
    /// Words of the event and their weight.
    told: BTreeMap<String, f64>,
    headline: BTreeSet<String>,
    numbers: BTreeSet<String>,
    lines: Vec<BTreeSet<String>>,
    sketch: Vec<u64>,
}

/// How two tellings compare; each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// Of the texts, word for word.
    pub text: f64,
    /// Of what is told.
    pub told: f64,
    /// Of the headlines.
    pub headline: f64,
    /// Of the people.
    pub people: f64,
    /// Of the most similar spoken lines.
    pub line: f64,
    /// Numbers in common, and numbers of only one where both have some.
    pub numbers: (usize, usize),
}

/// What a story is made of, as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The headline.
    pub title: &'a str,
    /// The text that was read.
    pub body: &'a str,
    /// The kind of news, by its name.
    pub kind: &'a str,
    /// The keys of the dramas it is about.
    pub dramas: &'a [String],
    /// The names of the dramas and the people in it.
    pub names: &'a [String],
    /// The keys of the people.
    pub people: &'a [String],
    /// What was said.
    pub quotes: &'a [String],
}

impl Telling {
    /// Takes a story apart.
    #[must_use]
    pub fn of(told: &Told<'_>) -> Self {
        let names: BTreeSet<String> = told.names.iter().flat_map(|name| fold_words(name)).collect();
        let body = fold_words(told.body);
        let headline = fold_words(told.title);
        let mut weighed = Words::new(&names);
        // A headline says the event in a few words; the end of an article repeats what everybody knows.
        weighed.add(&headline, 2.0);
        let half = body.len().div_ceil(2).max(60).min(body.len());
        weighed.add(&body[..half], 1.0);
        weighed.add(&body[half..], 0.5);
        let lines = told.quotes.iter().map(|line| fold_words(line).into_iter().collect());
        Self {
            dramas: told.dramas.iter().cloned().collect(),
            people: told.people.iter().cloned().collect(),
            kind: told.kind.to_owned(),
            told: weighed.weights(),
            headline: headline.into_iter().filter(|word| !names.contains(word)).collect(),
            numbers: body.iter().filter(|word| is_number(word)).cloned().collect(),
            lines: lines.filter(|line: &BTreeSet<String>| line.len() >= 4).collect(),
            sketch: sketch(&body),
        }
    }

    /// How it compares with another.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        let common = self.numbers.intersection(&other.numbers).count();
        let apart = self.numbers.symmetric_difference(&other.numbers).count();
        let both = !self.numbers.is_empty() && !other.numbers.is_empty();
        let lines = self.lines.iter().flat_map(|a| other.lines.iter().map(|b| share(a, b)));
        Likeness {
            text: same_places(&self.sketch, &other.sketch),
            told: overlap(&self.told, &other.told),
            headline: share(&self.headline, &other.headline),
            people: share(&self.people, &other.people),
            line: lines.fold(0.0, f64::max),
            numbers: (common, if both { apart } else { 0 }),
        }
    }

    /// Whether both tell the same story.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        // Where the drama of one was not found the rest has to say more.
        let none = self.dramas.is_empty() || other.dramas.is_empty();
        if !none && self.dramas.is_disjoint(&other.dramas) {
            return false;
        }
        let like = self.likeness(other);
        let kinds_fit = self.kind == other.kind || self.kind == "news" || other.kind == "news";
        // What one outlet calls stills is a teaser to another: then more has to speak for it.
        let kinds_fit = kinds_fit || like.told >= TOLD_ACROSS || (like.told >= TOLD && like.line >= LINE_ACROSS);
        let people_fit = like.people > 0.0 || self.people.is_empty() || other.people.is_empty();
        // Another episode, another rating, another day: numbers that differ and none that is the same.
        let numbers_clash = like.numbers.0 == 0 && like.numbers.1 > 0;
        if like.text >= COPY && people_fit && !numbers_clash {
            return true;
        }
        if !kinds_fit || !people_fit || numbers_clash {
            return false;
        }
        // Who it is about was found in one only.
        let half_known = self.people.is_empty() != other.people.is_empty();
        // An offer, a refusal, an apology, a delay: each is a step of its own in a story that goes on.
        if words::STEPS
            .iter()
            .any(|step| self.told.contains_key(*step) != other.told.contains_key(*step))
        {
            return like.text >= COPY && like.told >= TOLD_ACROSS;
        }
        let needed = if (none && like.line < LINE_ACROSS) || half_known {
            TOLD_WITHOUT_DRAMA
        } else if like.line >= LINE && !none {
            TOLD_WITH_LINE
        } else {
            TOLD
        };
        like.told >= needed
    }
}

/// The share of the smaller set that is in both.
#[allow(clippy::cast_precision_loss)] // some hundred words at most
fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / a.union(b).count() as f64
}

/// The weight that is in both, of the weight of the lighter one and of both together: between a short and a long
/// telling the first says more, between two long ones the second.
fn overlap(a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> f64 {
    let (all_a, all_b): (f64, f64) = (a.values().sum(), b.values().sum());
    let common: f64 = a
        .iter()
        .filter_map(|(word, weight)| b.get(word).map(|other| weight.min(*other)))
        .sum();
    let (smaller, union) = (all_a.min(all_b), all_a + all_b - common);
    if smaller <= 0.0 {
        return 0.0;
    }
    (common / smaller + common / union) / 2.0
}

/// MinHash (Broder 1997) of the shingles of a text.
fn sketch(words: &[String]) -> Vec<u64> {
    if words.len() < SHINGLE {
        return Vec::new();
    }
    let mut least = vec![u64::MAX; SKETCH];
    for shingle in words.windows(SHINGLE) {
        let hash = shingle
            .iter()
            .flat_map(|word| word.bytes().chain([b' ']))
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let mut seed = hash;
        for slot in &mut least {
            // SplitMix64: as good as so many hash functions.
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = seed;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *slot = (*slot).min(mixed ^ (mixed >> 31));
        }
    }
    least
}

#[allow(clippy::cast_precision_loss)] // 64 at most
fn same_places(a: &[u64], b: &[u64]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    a.iter().zip(b).filter(|(a, b)| a == b).count() as f64 / SKETCH as f64
}
