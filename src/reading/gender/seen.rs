//! Who was named when a pronoun is read, and what grammar says of the pronoun.

use crate::reading::entity::Id;

/// So far back a pronoun reaches with ease, in sentences; further away everybody is as far.
pub const BACK: usize = 4;
const FAR: f32 = 0.1;
/// Each sentence further back, and another paragraph.
const NEXT: f32 = 0.55;
const PARAGRAPH: f32 = 0.6;
/// Who was named, but not as a subject.
const OBJECT: f32 = 0.8;

/// Who was named, last first.
pub struct Seen {
    /// Who.
    pub id: Id,
    /// In which sentence.
    pub sentence: usize,
    /// In which paragraph.
    pub para: usize,
    /// As the subject of a clause.
    pub subject: bool,
    /// Named in a phrase in front: `According to Kim,`.
    pub aside: bool,
}

impl Seen {
    /// How near somebody stands who was named, seen from a sentence and a paragraph, but for grammar.
    pub fn nearness(&self, number: usize, para: usize) -> f32 {
        /// By how many sentences lie between: no power is taken for every pronoun.
        const POWERS: [f32; BACK + 1] = {
            let two = NEXT * NEXT;
            [1.0, NEXT, two, NEXT * two, two * two]
        };
        let Some(near) = POWERS.get(number - self.sentence) else {
            return FAR;
        };
        let subject = if self.subject { 1.0 } else { OBJECT };
        let para = if self.para == para { 1.0 } else { PARAGRAPH };
        (near * subject * para).max(FAR)
    }
}

/// The subject of a clause.
#[derive(Clone, Copy)]
pub enum Who {
    /// Somebody by name.
    Named(Id),
    /// Whom that pronoun means.
    Clue(usize),
}

/// What grammar says of a pronoun.
pub struct Place {
    /// It is an object: `asked him`.
    pub object: bool,
    /// It is a subject: `he asked`.
    pub nominative: bool,
    /// It owns something: `his days`.
    pub owns: bool,
    /// What it owns is where something is moved.
    pub moved: bool,
    /// Who is the subject of its clause, by name.
    pub own: Option<Id>,
    /// Whom it cannot mean.
    pub apart: Option<Id>,
    /// What it tells is what somebody hears.
    pub heard: bool,
    /// Who has spoken, where it answers.
    pub asker: Option<Id>,
}
