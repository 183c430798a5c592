//! HTML pages, feeds' fragments and text files → [`Article`].
//!
//! The same story gives the same paragraphs, whichever way it comes. Every input gives a reading: the
//! work is linear in its size, and pages too wild for a tree are walked without one. Deciding what the
//! article says is left to `reading`, fetching it to the edges.
//!
//! `tokens` cuts markup, `walk` makes blocks of it (and notes what they set off in bold letters, italics and links),
//! `extract` and `sites` find the body in a page, `house` takes the outlet's own words away (`phrases`, `call`), `meta`
//! reads the head, `wall` knows pages that are no article. `decode`, `entity`, `when` and the attributes of `tokens` are
//! shared with `feed`: bytes, character references, dates and tags go wrong in both in the same ways.

mod calendar;
mod call;
mod clip;
mod decode;
mod elements;
pub(crate) mod entity;
mod extract;
mod guard;
mod house;
mod meta;
mod phrases;
pub(crate) mod picture;
mod plain_text;
mod robots;
mod sentences;
mod sites;
pub(crate) mod text;
pub(crate) mod tokens;
mod walk;
mod wall;
pub(crate) mod when;

#[cfg(test)]
mod tests;

pub use decode::decode;
pub use robots::Robots;
pub use wall::{Wall, wall};

use crate::model::{Article, ParagraphKind};
use text::{absolute, fold_space};
use walk::{Part, Piece};

/// The most bytes of markup that are read; the rest is cut off.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// The most bytes of a text file that are read: it costs less than markup.
pub const LONGEST_TEXT: usize = 10 * 1024 * 1024;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A whole page: with a head, or at least a body.
    Page,
    /// The markup of an article's body.
    Fragment,
    /// Text without markup.
    Text,
}

/// Finds out what an input is.
#[must_use]
pub fn sniff(input: &str) -> Form {
    const PAGE: [&str; 3] = ["html", "head", "body"];
    const MARKUP: [&str; 22] = [
        "p",
        "div",
        "br",
        "a",
        "span",
        "strong",
        "b",
        "em",
        "i",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "img",
        "iframe",
        "blockquote",
        "figure",
        "article",
        "section",
    ];
    let input = cut(input);
    let start = input.trim_start_matches('\u{feff}').trim_start();
    if start
        .get(..9)
        .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
    {
        return Form::Page;
    }
    let mut form = Form::Text;
    for token in tokens::Tokens::new(input) {
        if let tokens::Token::Open { name, .. } = token {
            if PAGE.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                return Form::Page;
            }
            if MARKUP.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                form = Form::Fragment;
            }
        }
    }
    form
}

/// Reads whatever it is. A `title` or `url` given here is believed before the input's own.
#[must_use]
pub fn read_any(input: &str, title: Option<&str>, url: Option<&str>) -> Article {
    match sniff(input) {
        Form::Page => read_page(input, title, url),
        Form::Fragment => from_fragment(input, title.unwrap_or_default(), url),
        Form::Text => Article {
            url: url.and_then(|url| absolute(url, None)),
            ..from_text(input, title)
        },
    }
}

/// Reads a whole page. `url` is where it was found.
#[must_use]
pub fn from_page(html: &str, url: Option<&str>) -> Article {
    read_page(html, None, url)
}

fn read_page(html: &str, title: Option<&str>, url: Option<&str>) -> Article {
    let html = cut(html);
    let meta = meta::read(html, url);
    let title = title
        .map(fold_space)
        .filter(|title| !title.is_empty())
        .unwrap_or(meta.title);
    let pieces = extract::pieces(html, url.or(meta.url.as_deref()));
    let base = url.or(meta.url.as_deref()).map(str::to_owned);
    let mut article = settle(pieces, title, base.as_deref());
    article.url = meta.url;
    article.author = meta.author;
    article.published = meta.published;
    article.image = meta.picture.or(article.image);
    article
}

/// Reads the markup of an article's body, as feeds carry it.
#[must_use]
pub fn from_fragment(html: &str, title: &str, url: Option<&str>) -> Article {
    let pieces = walk::pieces(cut(html), Part::Body);
    let mut article = settle(pieces, fold_space(title), url);
    article.url = url.and_then(|url| absolute(url, None));
    article
}

/// Reads a text file. Without a `title` its first line is the headline when it is short and stands
/// alone; with one, a first line that repeats it (or the start of it) is left out.
#[must_use]
pub fn from_text(text: &str, title: Option<&str>) -> Article {
    let (first, pieces) = plain_text::read(cut_at(text, LONGEST_TEXT));
    let given = title.map(fold_space).filter(|title| !title.is_empty());
    let pieces = match (&first, &given) {
        // The line was no headline of this article: it is text, unless it is the headline cut short.
        (Some(line), Some(_)) => {
            let line = Piece::Block(walk::Block::plain(ParagraphKind::Paragraph, line.clone()));
            std::iter::once(line).chain(pieces).collect()
        }
        _ => pieces,
    };
    settle(pieces, given.or(first).unwrap_or_default(), None)
}

fn settle(pieces: Vec<Piece>, title: String, base: Option<&str>) -> Article {
    let kept = house::keep(pieces, &title);
    let address = |address: Option<String>| address.and_then(|address| absolute(&address, base));
    Article {
        title,
        image: address(kept.picture),
        watch: address(kept.watch),
        clip: kept.clip,
        paragraphs: kept.paragraphs,
        emphasised: kept.emphasised,
        ..Article::default()
    }
}

/// The text of a piece of markup, white space folded: for titles and summaries that hold tags.
#[must_use]
pub fn text_of(html: &str) -> String {
    let mut out = text::Folded::default();
    for piece in walk::pieces(cut(html), Part::Body) {
        if let Piece::Block(block) = piece {
            out.push(&block.text);
            out.push_space();
        }
    }
    out.take()
}

/// The first picture in a piece of markup, its address as written.
#[must_use]
pub(crate) fn first_picture(html: &str) -> Option<String> {
    walk::pieces(cut(html), Part::Body)
        .into_iter()
        .find_map(|piece| match piece {
            Piece::Picture(address) => Some(address),
            _ => None,
        })
}

fn cut(text: &str) -> &str {
    cut_at(text, LONGEST)
}

fn cut_at(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
