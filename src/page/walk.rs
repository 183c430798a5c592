//! Markup → pieces in reading order: blocks of text with their links, embedded clips, pictures.
//!
//! One pass over the tokens, no tree. Left out: scripts, figures with their captions, forms, embedded
//! posts, share bars, whatever is hidden. Block elements and `<br><br>` end a paragraph, a single
//! `<br>` is a space. Which blocks belong to the article is `house`'s business.

use super::clip;
use super::elements::{LEFT_OUT, hides, in_small_letters, is_blank, is_block, is_void, picture};
use super::text::{Folded, class_words};
use super::tokens::{RAW, Token, Tokens, attributes};
use crate::model::ParagraphKind;

/// How often a skipped element without an end may be taken back. Each costs one more pass at most.
const TAKEN_BACK: u32 = 4;
/// The longest address of a link in bytes: one that never ends is kept with every block behind it.
const ADDRESS: usize = 4096;
/// The longest part in bold letters or italics that is kept, in bytes: names and titles are shorter, questions longer.
const EMPHASIS: usize = 48;
/// The most of them in one block.
const EMPHASES: usize = 64;
/// The most pieces of one document.
const PIECES: usize = 6_000;

/// A link within a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// As written.
    pub href: String,
    /// Bytes of the block's text that are the link's.
    pub start: usize,
    pub end: usize,
    /// Whether the page shows it as a button.
    pub button: bool,
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub kind: ParagraphKind,
    /// White space folded, never empty.
    pub text: String,
    pub links: Vec<Link>,
    /// Bytes of the text in bold letters or italics: where they begin and end, whether they are italics.
    pub set_off: Vec<(usize, usize, bool)>,
}

impl Block {
    pub(super) fn plain(kind: ParagraphKind, text: String) -> Self {
        Self {
            kind,
            text,
            links: Vec::new(),
            set_off: Vec::new(),
        }
    }

    /// What is set off within the text, in its order, each once; not what sets off the whole of it.
    pub(super) fn emphasised(&self) -> Vec<(usize, usize, bool)> {
        let linked = self.links.iter().map(|link| (link.start, link.end, false));
        let mut parts: Vec<(usize, usize, bool)> = self.set_off.iter().copied().chain(linked).collect();
        parts.retain(|(start, end, _)| end - start <= EMPHASIS && end - start < self.text.len());
        parts.sort_unstable_by_key(|(start, end, italic)| (*start, *end, !italic));
        parts.dedup_by_key(|(start, end, _)| (*start, *end));
        parts
    }

    /// The link when the whole block is that link.
    pub(super) fn only_link(&self) -> Option<&Link> {
        let linked: usize = self.links.iter().map(|link| link.end - link.start).sum();
        // What stands beside the link is at most a bullet or an arrow.
        let beside = self.text.len().saturating_sub(linked);
        self.links
            .first()
            .filter(|_| linked > 0 && beside <= 4 + 2 * self.links.len())
    }
}

/// What a page shows, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Block(Block),
    /// An embedded clip: the address of its page.
    Clip(String),
    /// A picture: its address as written.
    Picture(String),
}

/// What part of a page the markup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The body of an article, and nothing around it.
    Body,
    /// A page with its navigation, its head and its foot.
    Page,
}

/// Walks over markup.
pub(super) fn pieces(html: &str, part: Part) -> Vec<Piece> {
    let mut walk = Walk::new(part);
    let mut tokens = Tokens::new(html);
    loop {
        let Some(token) = tokens.next() else {
            let Some(back) = walk.skipped_to_the_end() else { break };
            tokens.rewind(back);
            continue;
        };
        if walk.pieces.len() >= PIECES {
            break;
        }
        walk.token(token, tokens.at());
    }
    walk.flush();
    walk.pieces
}

/// An element that is being left out.
struct Skip {
    name: String,
    depth: u32,
    /// Where its content starts.
    from: usize,
}

/// Whether an element sets words off within running text, and whether in italics.
fn sets_off(name: &str) -> Option<bool> {
    match name {
        "b" | "strong" => Some(false),
        "i" | "em" | "cite" => Some(true),
        _ => None,
    }
}

struct Walk {
    part: Part,
    pieces: Vec<Piece>,
    text: Folded,
    links: Vec<Link>,
    /// The link that is open: its address, whether it is a button.
    link: Option<(String, bool)>,
    link_start: usize,
    set_off: Vec<(usize, usize, bool)>,
    /// Where the bold letters or italics began that are open, and whether they are italics.
    set_off_from: Option<(usize, bool)>,
    breaks: u32,
    heading: bool,
    quotes: u32,
    /// One for each open list: whether an item of it is open.
    lists: Vec<bool>,
    skip: Option<Skip>,
    taken_back: u32,
}

impl Walk {
    fn new(part: Part) -> Self {
        Self {
            part,
            pieces: Vec::with_capacity(16),
            text: Folded::default(),
            links: Vec::new(),
            link: None,
            link_start: 0,
            set_off: Vec::new(),
            set_off_from: None,
            breaks: 0,
            heading: false,
            quotes: 0,
            lists: Vec::new(),
            skip: None,
            taken_back: 0,
        }
    }

    /// At the end of the input: where to read on when an element that was left out never ended. It was
    /// no element to leave out then, but a mistake that would swallow the article.
    fn skipped_to_the_end(&mut self) -> Option<usize> {
        let skip = self.skip.take()?;
        self.taken_back += 1;
        Some(skip.from)
    }

    fn token(&mut self, token: Token<'_>, at: usize) {
        if let Some(skip) = &mut self.skip {
            match token {
                Token::Open { name, attributes, raw } => {
                    if name.eq_ignore_ascii_case(&skip.name) && raw.is_empty() && !is_void(name, attributes) {
                        skip.depth += 1;
                    }
                    self.embed(name, attributes);
                }
                Token::Close(name) if name.eq_ignore_ascii_case(&skip.name) => {
                    skip.depth -= 1;
                    if skip.depth == 0 {
                        self.skip = None;
                    }
                }
                _ => {}
            }
            return;
        }
        match token {
            Token::Text(text) => self.words(text),
            Token::Open { name, attributes, .. } => self.open(&in_small_letters(name), attributes, at),
            Token::Close(name) => self.close(&in_small_letters(name)),
        }
    }

    fn words(&mut self, text: &str) {
        if self.breaks > 0 && !text.trim().is_empty() && !is_blank(text) {
            if self.breaks > 1 {
                self.flush();
            } else {
                self.text.push_space();
            }
            self.breaks = 0;
        }
        self.text.push_html(text);
    }

    fn open(&mut self, name: &str, attributes: &str, at: usize) {
        self.embed(name, attributes);
        match name {
            "br" => {
                self.breaks += 1;
                return;
            }
            "img" | "wbr" | "input" | "source" => return,
            "a" => return self.open_link(attributes),
            _ => {}
        }
        if self.is_left_out(name, attributes) {
            if is_block(name) || name == "figure" {
                self.flush();
            }
            if !is_void(name, attributes) && !RAW.contains(&name) && self.taken_back < TAKEN_BACK {
                self.skip = Some(Skip {
                    name: name.to_owned(),
                    depth: 1,
                    from: at,
                });
            }
            return;
        }
        if let Some(italic) = sets_off(name) {
            let (start, before) = self.set_off_from.unwrap_or((self.text.len(), false));
            self.set_off_from = Some((start, before || italic));
        }
        if !is_block(name) {
            return;
        }
        self.flush();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = true,
            "p" | "div" | "section" => self.heading = false,
            "blockquote" => self.quotes += 1,
            "ul" | "ol" | "dl" => self.lists.push(false),
            "li" | "dt" | "dd" => match self.lists.last_mut() {
                Some(item) => *item = true,
                None => self.lists.push(true),
            },
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "a" {
            return self.close_link();
        }
        if sets_off(name).is_some() {
            return self.note_set_off();
        }
        if !is_block(name) {
            return;
        }
        self.flush();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = false,
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "ul" | "ol" | "dl" => {
                self.lists.pop();
            }
            "li" | "dt" | "dd" => {
                if let Some(item) = self.lists.last_mut() {
                    *item = false;
                }
            }
            _ => {}
        }
    }

    fn open_link(&mut self, attributes_text: &str) {
        self.close_link();
        let (mut href, mut button) = (String::new(), false);
        for (name, value) in attributes(attributes_text) {
            match in_small_letters(name).as_ref() {
                "href" if href.is_empty() && value.len() <= ADDRESS => href = value.trim().to_owned(),
                "class" => button |= class_words(&value).any(|word| word.contains("btn") || word.contains("button")),
                "role" => button |= value.eq_ignore_ascii_case("button"),
                _ => {}
            }
        }
        self.link_start = self.text.len();
        self.link = Some((href, button));
    }

    fn close_link(&mut self) {
        let Some((href, button)) = self.link.take() else { return };
        self.note_link(href, button);
    }

    fn note_link(&mut self, href: String, button: bool) {
        let end = self.text.len();
        if end > self.link_start && !href.is_empty() {
            self.links.push(Link {
                href,
                start: self.link_start,
                end,
                button,
            });
        }
    }

    fn note_set_off(&mut self) {
        let Some((start, italic)) = self.set_off_from.take() else {
            return;
        };
        let end = self.text.len();
        if start < end && end - start <= EMPHASIS && self.set_off.len() < EMPHASES {
            self.set_off.push((start, end, italic));
        }
    }

    /// Clips and pictures count also where the text is left out.
    fn embed(&mut self, name: &str, attributes_text: &str) {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        let found = if is("img") {
            picture(attributes_text).map(Piece::Picture)
        } else if is("iframe") || is("embed") || is("video") || is("lite-youtube") || is("amp-youtube") {
            let clip = attributes(attributes_text).find_map(|(name, value)| clip::of_attribute(name, &value));
            if clip.is_some() && self.skip.is_none() {
                self.flush();
            }
            clip.map(Piece::Clip)
        } else {
            None
        };
        self.pieces.extend(found);
    }

    fn is_left_out(&self, name: &str, attributes_text: &str) -> bool {
        let always = matches!(
            name,
            "script"
                | "style"
                | "noscript"
                | "iframe"
                | "figure"
                | "figcaption"
                | "button"
                | "svg"
                | "math"
                | "template"
                | "object"
                | "embed"
                | "audio"
                | "video"
                | "canvas"
                | "select"
                | "textarea"
                | "title"
                | "noembed"
                | "noframes"
                | "xmp"
                | "map"
                | "nav"
                | "aside"
                | "dialog"
        );
        let around = match self.part {
            Part::Body => name == "form",
            Part::Page => matches!(name, "header" | "footer"),
        };
        if always || around {
            return true;
        }
        if attributes_text.is_empty() || matches!(name, "html" | "body" | "main" | "article") {
            return false;
        }
        attributes(attributes_text).any(|(name, value)| {
            if name.eq_ignore_ascii_case("class") {
                class_words(&value).any(|word| LEFT_OUT.contains(&word))
            } else if name.eq_ignore_ascii_case("style") {
                hides(&value)
            } else {
                name.eq_ignore_ascii_case("hidden")
            }
        })
    }

    fn kind(&self) -> ParagraphKind {
        if self.heading {
            ParagraphKind::Heading
        } else if self.lists.last() == Some(&true) {
            ParagraphKind::Item
        } else if self.quotes > 0 {
            ParagraphKind::Quote
        } else {
            ParagraphKind::Paragraph
        }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        if let Some((href, button)) = self.link.clone() {
            self.note_link(href, button);
        }
        self.link_start = 0;
        self.set_off_from = None;
        let (links, mut set_off) = (std::mem::take(&mut self.links), std::mem::take(&mut self.set_off));
        let text = self.text.take();
        if text.is_empty() {
            return;
        }
        let links = links.into_iter().map(|link| Link {
            end: link.end.min(text.len()),
            ..link
        });
        let links = links.filter(|link| link.start < link.end).collect();
        // A space that waits behind them belongs to no text yet.
        set_off.iter_mut().for_each(|(_, end, _)| *end = text.len().min(*end));
        self.pieces.push(Piece::Block(Block {
            kind: self.kind(),
            text,
            links,
            set_off,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_address_that_never_ends_is_not_kept_with_every_block() {
        let links = |address: &str| {
            let html = format!("<a href=\"{address}\">here{}", "<p>x".repeat(1_000));
            let blocks = pieces(&html, Part::Body).into_iter();
            let links = blocks.map(|piece| match piece {
                Piece::Block(block) => block.links.len(),
                _ => 0,
            });
            links.sum::<usize>()
        };
        assert_eq!(links("https://a.test/short"), 1_001);
        assert_eq!(links(&"x".repeat(ADDRESS + 1)), 0);
    }
}
