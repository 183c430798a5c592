//! An article as it was extracted: what is read, and nothing of the page around it.

use super::Millis;
use serde::Serialize;

/// What a paragraph was in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// A heading within the body.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A block quotation.
    Quote,
}

/// A paragraph: white space folded, never empty, no line breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// What it was in the page.
    pub kind: ParagraphKind,
    /// Its text.
    pub text: String,
}

/// A part of a paragraph that the page sets off within running text: in bold letters or italics, or as a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// The number of its paragraph.
    pub paragraph: usize,
    /// First byte in the paragraph's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is in italics, as titles are.
    pub italic: bool,
}

/// An article, ready to be read. Addresses are absolute http(s) addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Article {
    /// The headline, without the site's name.
    pub title: String,
    /// The canonical address, if known.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Millis>,
    /// The picture to show with it.
    pub image: Option<String>,
    /// Where the drama can be watched.
    pub watch: Option<String>,
    /// The clip that the article shows.
    pub clip: Option<String>,
    /// The text. End matter (watch links, source lines) is left out.
    pub paragraphs: Vec<Paragraph>,
    /// What the page sets off in them, in their order: outlets print whoever is in the news so. No part of the text, and
    /// not serialised.
    #[serde(skip)]
    pub emphasised: Vec<Emphasis>,
}

impl Article {
    /// Bytes of [`Self::body`].
    #[must_use]
    pub fn body_len(&self) -> usize {
        let lines: usize = self.paragraphs.iter().map(|p| p.text.len() + 2).sum();
        lines.saturating_sub(2)
    }

    /// The text that is read: paragraphs separated by a blank line. Offsets of quotes count into it.
    #[must_use]
    pub fn body(&self) -> String {
        let mut body = String::with_capacity(self.body_len());
        for paragraph in &self.paragraphs {
            if !body.is_empty() {
                body.push_str("\n\n");
            }
            body.push_str(&paragraph.text);
        }
        body
    }
}
