//! Who was named when a pronoun is read, and what grammar says of the pronoun.

use crate::reading::entity::Id;

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
    /// Who is the subject of its clause, by name.
    pub own: Option<Id>,
    /// Whom it cannot mean.
    pub apart: Option<Id>,
    /// What it tells is what somebody hears.
    pub heard: bool,
    /// Who has spoken, where it answers.
    pub asker: Option<Id>,
}
