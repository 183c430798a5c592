//! Pictures: a line as a card to share, a ranking and a mood as charts.
//!
//! Values in, PNG out; when and for whom is `app`'s. `quote`, `ranking` and `mood` lay out what is shown; `text` makes it
//! fit, `icons` has the small drawings and `outline` what they are made of, `fonts` the fonts that are compiled in. What
//! comes of it is a `scene`, and `paint` makes pixels of that: `ground` is what all stands on, `letters` makes outlines
//! of texts, `cover` fills them. Drawing takes milliseconds of a whole core, so it belongs on a thread that may block.

mod bars;
mod cover;
mod fonts;
mod ground;
mod icons;
mod letters;
mod mood;
mod outline;
mod paint;
mod quote;
mod ranking;
mod scene;
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
    scene: scene::Scene,
    description: String,
}

impl Picture {
    /// Whether an answer is one that pictures are made of.
    #[must_use]
    pub fn is_for(answer: &Answer) -> bool {
        match answer {
            Answer::Said(line) => line.style == Style::Card,
            Answer::Top(_) | Answer::Mood(_) => true,
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
            Answer::Top(of) => ranking::top(of, lang, feelings),
            Answer::Mood(of) => mood::mood(of, lang, feelings),
            _ => None,
        }
    }

    /// Draws it, as PNG. None when that fails, which no text can bring about.
    #[must_use]
    pub fn draw(&self) -> Option<Attachment> {
        Some(Attachment {
            name: self.name.to_owned(),
            bytes: paint::png(&self.scene)?,
            description: super::cut(&super::escape::visible(&self.description, 4000), 1024),
        })
    }
}
