//! The bytes of a feed → its entries, and what was odd about them.
//!
//! RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, in any encoding, well-formed or not. The reader is
//! our own and lenient: it works in one pass without a tree, keeps the whole items of a feed that was cut
//! off, and never expands an entity of the feed's own. Limits: 15 MB a feed, 500 entries, 1 MB a field.
//!
//! `xml` cuts markup, `read` and `elements` decide what an element means, `entry` and `people` what an entry comes
//! to, `markup` makes inline markup and addresses within it stand alone, `identity`
//! which story it is, `next` when to look again. Fetching is the edges' business, reading the text
//! `page`'s and `reading`'s.

mod discover;
mod elements;
mod entry;
mod identity;
mod json;
mod markup;
mod names;
mod next;
mod people;
mod read;
mod value;
mod xml;

#[cfg(test)]
mod tests;

pub use discover::{named_feeds, usual_feeds};
pub use identity::{canonical_link, fingerprint, identified, identity};
pub use next::{CacheHints, next_look};

use crate::model::{Feed, Problem};
use crate::page;

/// The most bytes of a feed that are read.
pub const LONGEST: usize = 15 * 1024 * 1024;
/// The most entries of a feed that are kept, in the order given.
pub const ENTRIES: usize = 500;

/// Why something is no feed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAFeed {
    /// Nothing at all.
    #[error("the answer is empty")]
    Empty,
    /// A web page.
    #[error("this is a web page, not a feed; the feed's own address is needed")]
    Page,
    /// Text without any markup.
    #[error("this is plain text, not a feed")]
    Text,
    /// JSON that cannot be parsed.
    #[error("this is JSON, but broken")]
    BrokenJson,
    /// JSON with more in it than any feed has.
    #[error("this is JSON with more in it than any feed has")]
    TooMuch,
    /// Some other document; what it calls itself.
    #[error("this is no feed, but a document of kind “{0}”")]
    Other(String),
    /// Bytes that are no document of any kind.
    #[error("this is no feed, nor any other document")]
    Nothing,
}

/// Parses a feed. `content_type` is the header that came with it, `base` the address it came from,
/// against which relative links are resolved.
///
/// # Errors
/// When it is no feed at all. Everything short of that is read, with a word about each oddity.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base: Option<&str>) -> Result<(Feed, Vec<Problem>), NotAFeed> {
    let cut = &bytes[..bytes.len().min(LONGEST)];
    let text = clean(page::decode(cut, content_type));
    let start = text.trim_start();
    if start.is_empty() {
        return Err(NotAFeed::Empty);
    }
    let (feed, mut problems) = if start.starts_with(['{', '[']) {
        json::read(start, base)?
    } else {
        read::read(start, base)?
    };
    if cut.len() < bytes.len() {
        problems.insert(0, Problem::new("feed", "longer than 15 MB; the rest is left out"));
    }
    Ok((feed, problems))
}

/// Without the control characters that XML forbids and that break what comes after.
fn clean(text: String) -> String {
    let bad =
        |c: char| (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) || c == '\u{feff}' || c == '\u{fffe}';
    if text.chars().any(bad) {
        text.chars().filter(|c| !bad(*c)).collect()
    } else {
        text
    }
}
