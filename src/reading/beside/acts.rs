//! What a name does: whoever speaks, or acts in any way, is somebody.

use crate::reading::cue;
use crate::reading::lexicon::Class;
use crate::reading::nameless::is_verb;
use crate::reading::names::Found;
use crate::reading::print::words;
use crate::reading::text::{Shape, Text};

/// An insertion between a subject and its verb is no longer than this.
const INSERTION: usize = 14;

/// The name is the subject of a verb of speech.
pub fn speaks(text: &Text, name: Found, first: usize, last: usize) -> bool {
    let mut verb = name.last;
    while verb < last && text.class(verb).has(Class::ADV) {
        verb += 1;
    }
    let direct = verb < last
        && text.shape(verb) == Shape::Lower
        && !text.class(verb).has(Class::ING)
        && cue::is_speech_verb(text, verb, first);
    // `Carol Whitman, the head of content, said`.
    let inserted = || {
        name.titles == first
            && text.is(name.last, ",")
            && (name.last + 1..last)
                .take(INSERTION)
                .find(|t| text.is(*t, ","))
                .is_some_and(|t| text.shape(t + 1) == Shape::Lower && cue::is_speech_verb(text, t + 1, first))
    };
    // Words in marks stand in front of the verb.
    let inverted = || {
        name.titles > first + 1
            && text.shape(name.titles - 2) == Shape::Mark
            && text.shape(name.titles - 1) == Shape::Lower
            && cue::is_speech_verb(text, name.titles - 1, first)
    };
    // `Haru took to Weverse to say`.
    let took = || {
        text.is(name.last, "took")
            && text.is(name.last + 1, "to")
            && (name.last + 2..last.min(name.last + INSERTION))
                .any(|t| text.is(t, "to") && text.class(t + 1).has(Class::SAY) && text.class(t + 1).has(Class::BASE))
    };
    direct || inverted() || inserted() || took()
}

/// When something is done.
pub enum Tense {
    /// `burst`, `, seated to his right,`.
    Past,
    /// `bursts`, `has been practicing`: as stories are told.
    Present,
}

/// A verb behind a name.
pub fn acts(text: &Text, behind: usize) -> Option<Tense> {
    let comma = usize::from(text.is(behind, ","));
    let verb = behind + comma + usize::from(text.class(behind + comma).has(Class::ADV));
    let (class, word) = (text.class(verb), text.word(verb));
    if text.shape(verb) != Shape::Lower {
        return None;
    }
    if class.has(Class::PAST) || word.len() > 4 && word.ends_with("ed") || text.is_one(verb, words!["had", "was"]) {
        return Some(Tense::Past);
    }
    (comma == 0 && (is_verb(text, verb) || class.has(Class::AUX))).then_some(Tense::Present)
}
