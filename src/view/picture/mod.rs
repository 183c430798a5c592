//! Pictures: a line as a card to share, a ranking and a mood as charts.
//!
//! Values in, SVG and PNG out; when and for whom is `app`'s. `quote`, `ranking` and `mood` lay out what is shown;
//! `text` makes it fit, `icons` has the small drawings, `fonts` the fonts that are compiled in, `ground` is what all
//! stands on, `svg` draws. Drawing takes milliseconds of a whole core, so it belongs on a thread that may block.

mod bars;
mod fonts;
mod ground;
mod icons;
mod mood;
mod quote;
mod ranking;
mod svg;
#[cfg(test)]
mod tests;
mod text;

use super::{
    card::Attachment,
    color::{HONEY, INK, JADE, PAPER, PERSIMMON, PLUM},
};
use crate::model::{Answer, Feelings, Lang, answer::Style};

/// A picture before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    name: &'static str,
    svg: String,
    /// What its ground goes to.
    color: u32,
    description: String,
}

impl Picture {
    /// Whether an answer is one that pictures are made of.
    #[must_use]
    pub fn is_for(answer: &Answer) -> bool {
        match answer {
            Answer::Said(line) => line.style == Style::Card,
            Answer::Top { .. } | Answer::Mood { .. } => true,
            _ => false,
        }
    }

    /// The picture that goes with an answer; none when it has none, or holds what cannot be drawn: then words say it
    /// all.
    #[must_use]
    pub fn of(answer: &Answer, lang: Lang, feelings: &Feelings) -> Option<Self> {
        match answer {
            _ if !Self::is_for(answer) => None,
            Answer::Said(line) => quote::said(lang, line),
            Answer::Mood { .. } => mood::mood(answer, lang, feelings),
            _ => ranking::top(answer, lang, feelings),
        }
    }

    /// Draws it, as PNG. None when that fails, which no text can bring about.
    #[must_use]
    pub fn draw(&self) -> Option<Attachment> {
        Some(Attachment {
            name: self.name.to_owned(),
            bytes: svg::png(&self.svg, self.color)?,
            description: super::cut(&super::escape::visible(&self.description, 4000), 1024),
        })
    }
}
