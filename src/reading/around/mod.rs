//! What a sentence tells around its speech: `She handed out snacks and said, “Eat.”` tells of the snacks, and `“I was
//! late,” he said at the press conference for “Tin Roof”` of the press conference.
//!
//! Names, roles and the occasion often stand only in sentences with speech, which a summary leaves out. Where a whole
//! clause comes first, it can stand alone (`clause`); a clause that describes the speaker can be told of them
//! (`relative`); and where somebody said something somewhere, they spoke there (`occasion`). Of a long sentence `attached`
//! finds what it can do without, and `ending` where it may end. All come as pieces, so that
//! whoever prints them may put in full names.

mod attached;
mod clause;
mod ending;
mod occasion;
mod relative;

use super::entity::Entities;
use super::print::{Words, words};
use super::text::Text;
pub use attached::attached;
pub use ending::endings;

/// A part of what is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The tokens of the article from one to before another.
    Words(usize, usize),
    /// A word that joins them.
    Own(&'static str),
}

/// A sentence made of parts of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    pieces: [Option<Piece>; Self::MOST],
}

impl Telling {
    /// No sentence is made of more pieces.
    const MOST: usize = 4;

    /// The tokens as they stand.
    #[must_use]
    pub fn whole(first: usize, last: usize) -> Self {
        Self::of(&[Piece::Words(first, last)])
    }

    /// The tokens from one to before another, without some of them.
    #[must_use]
    pub fn without(first: usize, last: usize, gap: &std::ops::Range<usize>) -> Self {
        match gap.end < last {
            true => Self::of(&[Piece::Words(first, gap.start), Piece::Words(gap.end, last)]),
            false => Self::whole(first, gap.start),
        }
    }

    fn of(pieces: &[Piece]) -> Self {
        let mut told = [None; Self::MOST];
        for (place, piece) in told.iter_mut().zip(pieces) {
            *place = Some(*piece);
        }
        Self { pieces: told }
    }

    /// The pieces in order.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> {
        self.pieces.into_iter().flatten()
    }

    /// The tokens that it is taken from: the first, and one past the last.
    #[must_use]
    pub fn range(&self) -> (usize, usize) {
        let mut range = (usize::MAX, 0);
        for piece in self.pieces() {
            if let Piece::Words(first, last) = piece {
                range = (range.0.min(first), range.1.max(last));
            }
        }
        range
    }
}

/// What a sentence that begins at `first` tells before the speech that opens at `open`.
#[must_use]
pub fn before(text: &Text, entities: &Entities, first: usize, open: usize) -> Option<Telling> {
    clause::end(text, first, open)
        .map(|end| Telling::whole(first, end))
        .or_else(|| announced(text, first, open))
        .or_else(|| relative::before(text, entities, first, open))
        .or_else(|| occasion::before(text, entities, first, open))
}

/// What a sentence that ends at `end` tells behind its speech, which ends before `after`.
#[must_use]
pub fn behind(text: &Text, entities: &Entities, after: usize, end: usize) -> Option<Telling> {
    relative::behind(text, entities, after, end).or_else(|| occasion::behind(text, entities, after, end))
}

/// What a sentence tells before words or a question that it announces: `Her agency issued the following
/// statement:`, `The finale answered what viewers had asked for weeks: would she sing again?`
#[must_use]
pub fn announced(text: &Text, first: usize, last: usize) -> Option<Telling> {
    const LEAST: usize = 8;
    let end = last.checked_sub(1).filter(|e| *e >= first + LEAST)?;
    const WORDS: Words = words!["statement", "letter", "message", "post", "comment", "notice", "note"];
    let announces = |t: usize| text.is(t, "the") && text.is(t + 1, "following") && text.is_one(t + 2, WORDS);
    if text.is(end, ":")
        && let Some(the) = (end.saturating_sub(LEAST).max(first)..end).find(|t| announces(*t))
    {
        let words = [Piece::Words(first, the), Piece::Own("a"), Piece::Words(the + 2, end)];
        return Some(Telling::of(&words));
    }
    let colon = (first + LEAST..end).find(|t| text.is(*t, ":"))?;
    (text.is(end, "?")).then(|| Telling::whole(first, colon))
}
