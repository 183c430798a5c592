//! A whole page → the pieces of its article.
//!
//! In this order: the rule of a known outlet, a region that content systems mark, the general
//! extractor over a tree, the outermost region walked as it is. The tree is built only for pages that
//! `guard` lets through.

use super::guard;
use super::phrases;
use super::sentences;
use super::sites;
use super::walk::{self, Block, Part, Piece};
use dom_smoothie::{Config, Readability};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A marked region is believed when it holds at least this share of the page's sentences, in percent.
const BELIEVED: usize = 60;
/// A general extraction is believed when it holds at least this share of the outer region's, in percent.
const NOT_LOST: usize = 40;

/// The article's pieces. `url` is the page's address, to find the outlet's rule.
pub(super) fn pieces(html: &str, url: Option<&str>) -> Vec<Piece> {
    let by_rule = url
        .and_then(sites::rule_for)
        .and_then(|rule| sites::longest(&sites::regions(html, rule)));
    if let Some(found) = by_rule
        .map(|region| walk::pieces(region, Part::Body))
        .filter(|found| words(found) > 0)
    {
        return found;
    }
    let outer = sites::longest(&sites::regions(html, &sites::OUTER)).unwrap_or(html);
    let outer = walk::pieces(outer, Part::Page);
    let whole = words(&outer);
    if let Some(found) = marked(html, whole) {
        return found;
    }
    match general(html) {
        Some(found) if words(&found) * 100 >= whole * NOT_LOST => with_clips(found, outer),
        _ => outer,
    }
}

/// The region that content systems mark, when it can be believed: the longest, or all of them together.
fn marked(html: &str, whole: usize) -> Option<Vec<Piece>> {
    let believed = |found: &Vec<Piece>| words(found) > 0 && words(found) * 100 >= whole * BELIEVED;
    let regions = sites::regions(html, &sites::COMMON);
    let longest = sites::longest(&regions)
        .map(|region| walk::pieces(region, Part::Body))
        .filter(believed);
    let all = || {
        regions
            .iter()
            .flat_map(|region| walk::pieces(region, Part::Body))
            .collect()
    };
    longest.or_else(|| Some(all()).filter(believed))
}

/// How many words stand in sentences.
fn words(pieces: &[Piece]) -> usize {
    let sentences = pieces.iter().filter_map(|piece| match piece {
        Piece::Block(Block { text, .. }) if sentences::is_sentence(text) => Some(text.split(' ').count()),
        _ => None,
    });
    sentences.sum()
}

/// The general extractor. It is code that we do not own over input that nobody controls: should it
/// panic, the page is read without it.
fn general(html: &str) -> Option<Vec<Piece>> {
    if !guard::is_tame(html) {
        return None;
    }
    let config = Config {
        disable_json_ld: true,
        keep_classes: true,
        ..Config::default()
    };
    let content = catch_unwind(AssertUnwindSafe(|| {
        let mut readability = Readability::new(html, None, Some(config)).ok()?;
        readability.parse().ok().map(|article| article.content.to_string())
    }));
    content.ok().flatten().map(|content| walk::pieces(&content, Part::Body))
}

/// The extractor drops players and buttons that the outer region still has.
fn with_clips(mut found: Vec<Piece>, outer: Vec<Piece>) -> Vec<Piece> {
    let has_clip = found.iter().any(|piece| matches!(piece, Piece::Clip(_)));
    let is_button = |piece: &Piece| matches!(piece, Piece::Block(block) if phrases::is_watch_button(&block.text) && !block.links.is_empty());
    let has_button = found.iter().any(is_button);
    found.extend(
        outer
            .into_iter()
            .filter(|piece| (!has_clip && matches!(piece, Piece::Clip(_))) || (!has_button && is_button(piece))),
    );
    found
}
