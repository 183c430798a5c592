//! Who is “he” and who is “she”, in the narrative of news and in scenes alike: by agreement of all their pronouns.
//!
//! `clues` reads the narrative and notes for every pronoun whom it can mean (a `clue`), `spoken` what is said of somebody by
//! name, `agree` finds who is called what under all of
//! them, `others` holds the bars of grammar. Nouns beside a name (`her husband Kim`) were counted when it was found.

mod agree;
mod clue;
mod clues;
mod others;
mod seen;
mod spoken;

pub(super) use others::{is_inverted, is_object};

use super::entity::{Entities, Id};
use super::scan::Spans;
use super::sentence::Sentences;
use super::speech::Judged;
use super::text::Text;

/// Tells the entities what the narrative says of them, on top of what they are called; `main` is whom it is
/// about, and whether it is an interview.
pub fn learn(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    scenes: &[bool],
    entities: &mut Entities,
    main: Option<(Id, bool)>,
) {
    // Whom an interview is with is nearer than whom news are about.
    const WITH: f32 = 0.5;
    const ABOUT: f32 = 0.25;
    let main = main.map(|(id, interview)| (id, if interview { WITH } else { ABOUT }));
    let clues = clues::read(text, spans, judged, sentences, scenes, (entities, main));
    agree::tell(&clues, entities);
}
