//! One query against one name, when neither the letters nor the sound are the same: beginnings,
//! parts, and edits of letters or of sounds, whichever are fewer.

use super::code::Code;
use super::entity::{Kind, Tier};
use super::fold::words;
use super::fuzzy::{EDIT, Pattern, jaro_winkler, likeness, ratio, sound_distance};
use super::index::{Entry, Owner, letters};
use super::key::{self, Family};
use super::outline::{Outline, mask};
use super::surname::Class;
use super::{fold, title};

/// Shortest query that is completed, in letters.
pub(super) const SHORTEST_PREFIX: usize = 3;
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
}

/// The letters of a query.
pub(super) struct Spelled {
    pub(super) letters: Vec<u8>,
    pattern: Pattern,
    outline: Outline,
}

impl Spelled {
    fn new(folded: &str, whole: &Code) -> Self {
        let letters = letters(folded);
        Self {
            pattern: Pattern::new(&letters),
            outline: Outline::new(&letters, whole.bytes()),
            letters,
        }
    }

    /// A third of the query's length, at most six.
    fn most_edits(&self) -> usize {
        (self.letters.len() / 3).clamp(1, 6)
    }

    /// Edits to those letters, when they are few.
    fn edits(&self, entry: &Entry) -> Option<usize> {
        let limit = self.most_edits();
        if self.letters.len().abs_diff(entry.letters().len()) > limit {
            return None;
        }
        Some(self.pattern.edits(entry.letters())).filter(|edits| *edits <= limit)
    }

    /// Whether the name begins with the query, or has it within. It has all letters of the query, as its outline says.
    fn is_part_of(&self, entry: &Entry, outline: &Outline) -> Option<Tier> {
        let length = self.letters.len();
        let begins = length >= SHORTEST_PREFIX && outline.may_begin_with(&self.letters);
        if begins && entry.letters().starts_with(&self.letters) {
            return Some(Tier::Prefix);
        }
        let within = length >= SHORTEST_PART && entry.letters().windows(length).any(|w| w == self.letters);
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
            name: Spelled::new(&fold(query), &whole),
            title: Spelled::new(&title::normal(query), &whole),
            title_words: title::split(query).0,
            words,
            sounds,
            whole,
        }
    }
}

/// From here on the likeness of a name that begins with the query says that it does so with whole words.
pub(super) const WHOLE_WORDS: f32 = 0.5;

/// What an outline says of a name when neither letters nor sound are the same.
pub(super) enum Look {
    /// It begins with the query, or has it within: the tier, and a likeness between 0 and 1.
    Part(Tier, f32),
    /// It may be alike, at most so much.
    Hope(f32),
    /// It is not.
    Nothing,
}

/// A letter is more often mistyped than a sound mistaken, so it costs a little less.
const LETTER_EDIT: f32 = 0.8;

impl Asked {
    fn spelled(&self, is_title: bool) -> &Spelled {
        if is_title { &self.title } else { &self.name }
    }

    /// Looks at a name without its letters, as far as that goes.
    pub(super) fn look(&self, outline: &Outline, entry: &Entry) -> Look {
        let spelled = self.spelled(outline.kind == Some(Kind::Drama));
        let mine = &spelled.outline;
        let limit = spelled.most_edits();
        let by_sound = self.may_sound_like(outline);
        let by_letters = usize::from(mine.length.abs_diff(outline.length)) <= limit;
        // Letters that do not occur in it are at least so many.
        let lacks = (mine.mask & !outline.mask).count_ones() as usize;
        if lacks > 0 && !by_sound && !(by_letters && lacks <= limit) {
            return Look::Nothing;
        }
        let lacks = outline.lacks(mine);
        if lacks == 0
            && let Some(tier) = spelled.is_part_of(entry, outline)
        {
            let alike = likeness(&spelled.letters, entry.letters());
            let ends_a_word = mine.length == outline.length || entry.starts().contains(&mine.length);
            return Look::Part(
                tier,
                match tier {
                    // By a surname a Kim is asked for rather than a Kimchi, however long the rest is.
                    Tier::Prefix if ends_a_word => WHOLE_WORDS + alike * (1.0 - WHOLE_WORDS),
                    Tier::Prefix => alike * WHOLE_WORDS,
                    _ => alike,
                },
            );
        }
        let edits = outline.fewest_edits(mine, lacks);
        let fewest = match (by_sound, by_letters && edits <= limit) {
            (true, _) => 0.0,
            (false, true) => LETTER_EDIT * ratio(edits, 1),
            (false, false) => return Look::Nothing,
        };
        let longest = usize::from(mine.length.max(outline.length)).max(1);
        Look::Hope((1.0 - fewest / ratio(longest, 1)).midpoint(outline.most_alike(mine, lacks)))
    }

    /// Whether the sounds are near enough to be compared.
    fn may_sound_like(&self, outline: &Outline) -> bool {
        let mine = &self.name.outline;
        let comparable = outline.sounds > 0 && mine.sounds > 0;
        comparable && (mine.sound_mask ^ outline.sound_mask).count_ones() <= MOST_SOUNDS_APART
            || outline
                .class
                .is_some_and(|class| self.sounds.iter().any(|(mine, _)| *mine == class))
    }
}

/// How alike a name and the query are by edits of letters or of sounds, whichever are fewer: between 0 and 1; none when
/// there are too many.
pub(super) fn edited(asked: &Asked, entry: &Entry) -> Option<f32> {
    let spelled = asked.spelled(matches!(entry.owner, Owner::Drama(_)));
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
    let kept = 1.0 - edits / ratio(spelled.letters.len().max(entry.letters().len()).max(1), 1);
    Some(kept.midpoint(jaro_winkler(&spelled.letters, entry.letters())))
}

/// Whole names of which more sounds occur in one only are not compared.
const MOST_SOUNDS_APART: u32 = 4;
/// A syllable's worth of confusions, in tenths of an edit.
const MOST_CONFUSION: u16 = 15;

/// Edits of sound between whole names, where a slip in the surname hides its class.
fn whole_apart(asked: &Asked, entry: &Entry) -> Option<u16> {
    let comparable = !entry.whole().is_empty() && !asked.whole.bytes().is_empty();
    if !comparable || (mask(asked.whole.bytes()) ^ mask(entry.whole())).count_ones() > MOST_SOUNDS_APART {
        return None;
    }
    sound_distance(entry.whole(), asked.whole.bytes(), MOST_CONFUSION)
}

/// Edits of sound between given names with the same surname.
fn sound_apart((class, given): &(Class, Code), entry: &Entry) -> Option<u16> {
    let (theirs, sound) = entry.sound()?;
    if theirs == *class {
        sound_distance(sound, given.bytes(), MOST_CONFUSION)
    } else {
        None
    }
}
