//! One query against one name, when neither the letters nor the sound are the same: beginnings,
//! parts, and edits of letters or of sounds, whichever are fewer.

use super::code::Code;
use super::entity::Tier;
use super::fold::words;
use super::fuzzy::{EDIT, Pattern, jaro_winkler, likeness, ratio, sound_distance};
use super::index::{Entry, Owner, letters, mask};
use super::key::{self, Family};
use super::surname::Class;
use super::{fold, title};

/// Shortest query that is completed, in letters.
const SHORTEST_PREFIX: usize = 3;
/// Shortest query that is found within a name, in letters.
pub(super) const SHORTEST_PART: usize = 4;

/// A query, prepared once for comparisons with every name.
pub(super) struct Asked {
    pub(super) words: Vec<String>,
    pub(super) title_words: Vec<String>,
    pub(super) name: Spelled,
    /// As titles are compared: without article, seasons alike.
    pub(super) title: Spelled,
    /// Surname class and flat code of the given name, one reading for each class.
    sounds: Vec<(Class, Code)>,
    /// The query as a whole by its most plausible reading; empty when it cannot be read.
    whole: Code,
    whole_mask: u32,
}

/// The letters of a query.
pub(super) struct Spelled {
    pub(super) letters: Vec<u8>,
    pattern: Pattern,
    mask: u32,
}

impl Spelled {
    fn new(folded: &str) -> Self {
        let letters = letters(folded);
        Self {
            pattern: Pattern::new(&letters),
            mask: mask(&letters),
            letters,
        }
    }

    /// Edits to those letters, when they are few: a third of the query's length, at most six.
    fn edits(&self, entry: &Entry) -> Option<usize> {
        let limit = (self.letters.len() / 3).clamp(1, 6);
        // Every letter that only one of the two has costs an edit; one edit can take away and add one.
        let apart = (self.mask & !entry.mask)
            .count_ones()
            .max((entry.mask & !self.mask).count_ones());
        if apart as usize > limit || self.letters.len().abs_diff(entry.letters.len()) > limit {
            return None;
        }
        Some(self.pattern.edits(&entry.letters)).filter(|edits| *edits <= limit)
    }

    /// Whether the name begins with the query, or has it within.
    fn is_part_of(&self, entry: &Entry) -> Option<Tier> {
        let length = self.letters.len();
        if length > entry.letters.len() || self.mask & !entry.mask != 0 {
            return None;
        }
        if length >= SHORTEST_PREFIX && entry.letters.starts_with(&self.letters) {
            return Some(Tier::Prefix);
        }
        let within = length >= SHORTEST_PART && entry.letters.windows(length).any(|w| w == self.letters);
        within.then_some(Tier::Part)
    }
}

impl Asked {
    pub(super) fn new(query: &str) -> Self {
        let words = words(query);
        let mut sounds: Vec<(Class, Code)> = Vec::new();
        for (family, given) in key::surname_first(&words) {
            if let Family::Class(class) = family
                && !sounds.iter().any(|s| s.0 == class)
            {
                sounds.push((class, given.flat()));
            }
        }
        let whole = title::codes(&words).first().copied().unwrap_or(Code::EMPTY);
        Self {
            name: Spelled::new(&fold(query)),
            title: Spelled::new(&title::normal(query)),
            title_words: title::split(query).0,
            words,
            sounds,
            whole_mask: mask(whole.bytes()),
            whole,
        }
    }
}

/// How a name compares with the query when neither letters nor sound are the same: the tier, and a
/// likeness between 0 and 1.
pub(super) fn compare(asked: &Asked, entry: &Entry) -> Option<(Tier, f32)> {
    let spelled = if matches!(entry.owner, Owner::Drama(_)) {
        &asked.title
    } else {
        &asked.name
    };
    if let Some(tier) = spelled.is_part_of(entry) {
        return Some((tier, likeness(&spelled.letters, &entry.letters)));
    }
    /// A letter is more often mistyped than a sound mistaken, so it costs a little less.
    const LETTER_EDIT: f32 = 0.8;
    let by_letters = spelled.edits(entry).map(|edits| LETTER_EDIT * ratio(edits, 1));
    let sounds = asked
        .sounds
        .iter()
        .filter_map(|sound| sound_apart(sound, entry))
        .chain(whole_apart(asked, entry));
    let by_sound = sounds.min().map(|tenths| f32::from(tenths) / f32::from(EDIT));
    let edits = match (by_letters, by_sound) {
        (None, None) => return None,
        (Some(edits), None) | (None, Some(edits)) => edits,
        (Some(a), Some(b)) => a.min(b),
    };
    let kept = 1.0 - edits / ratio(spelled.letters.len().max(entry.letters.len()).max(1), 1);
    Some((
        Tier::Fuzzy,
        kept.midpoint(jaro_winkler(&spelled.letters, &entry.letters)),
    ))
}

/// A syllable's worth of confusions, in tenths of an edit.
const MOST_CONFUSION: u16 = 15;

/// Edits of sound between whole names, where a slip in the surname hides its class.
fn whole_apart(asked: &Asked, entry: &Entry) -> Option<u16> {
    const MOST_SOUNDS_APART: u32 = 4;
    let comparable = !entry.whole.is_empty() && !asked.whole.bytes().is_empty();
    if !comparable || (asked.whole_mask ^ entry.whole_mask).count_ones() > MOST_SOUNDS_APART {
        return None;
    }
    sound_distance(&entry.whole, asked.whole.bytes(), MOST_CONFUSION)
}

/// Edits of sound between given names with the same surname.
fn sound_apart((class, given): &(Class, Code), entry: &Entry) -> Option<u16> {
    let (theirs, sound) = entry.sound.as_ref()?;
    if theirs == class {
        sound_distance(sound, given.bytes(), MOST_CONFUSION)
    } else {
        None
    }
}
