//! A text file → headline and blocks.
//!
//! Paragraphs are set apart by blank lines, or stand one a line; lines that were wrapped are joined.

use super::text::fold_space;
use super::walk::{Block, Piece};
use crate::model::ParagraphKind;

/// The longest line that is still a headline, in characters.
const HEADLINE: usize = 200;
/// Lines of wrapped text are about this long, in characters.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=120;

/// The headline, when the first line is one, and the pieces.
pub(super) fn read(text: &str) -> (Option<String>, Vec<Piece>) {
    let text = text.trim_start_matches('\u{feff}');
    let mut groups: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            groups.push(Vec::new());
        } else if let Some(group) = groups.last_mut() {
            group.push(line.trim());
        }
    }
    groups.retain(|group| !group.is_empty());
    let title = headline(&groups).map(|(title, alone)| {
        if alone {
            groups.remove(0);
        } else {
            groups[0].remove(0);
        }
        title
    });
    let blocks = groups.iter().flat_map(|group| paragraphs(group));
    (title, blocks.map(Piece::Block).collect())
}

/// The first line when it stands alone: before a blank line, or where every line is a paragraph.
fn headline(groups: &[Vec<&str>]) -> Option<(String, bool)> {
    let first = groups.first()?;
    let line = fold_space(first.first()?.trim_start_matches('#'));
    let alone = first.len() == 1 && groups.len() > 1;
    let by_line = groups.len() == 1 && first.len() > 1 && !is_wrapped(first);
    let short = line.chars().count() <= HEADLINE && !line.is_empty();
    (short && (alone || by_line) && !is_prose(&line)).then_some((line, alone))
}

/// A sentence of running text rather than a headline.
fn is_prose(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let small = words
        .iter()
        .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
        .count();
    let stops = line.trim_end_matches(['”', '"', '’', '\'']).ends_with('.') && !line.ends_with("...");
    stops && small * 2 > words.len()
        || (line.starts_with(['“', '"']) && line.ends_with(['”', '"']) && small * 2 > words.len())
}

fn is_wrapped(lines: &[&str]) -> bool {
    let [head @ .., _] = lines else { return false };
    let open = |line: &&&str| !line.ends_with(['.', '!', '?', ':', '”', '"', '…']);
    !head.is_empty()
        && head.iter().all(|line| WRAPPED.contains(&line.chars().count()))
        && head.iter().filter(open).count() * 2 >= head.len()
}

fn paragraphs(group: &[&str]) -> Vec<Block> {
    if is_wrapped(group) {
        return block(&group.join(" ")).into_iter().collect();
    }
    group.iter().filter_map(|line| block(line)).collect()
}

fn block(line: &str) -> Option<Block> {
    const MARKS: [(&str, ParagraphKind); 6] = [
        ("- ", ParagraphKind::Item),
        ("* ", ParagraphKind::Item),
        ("• ", ParagraphKind::Item),
        ("> ", ParagraphKind::Quote),
        ("## ", ParagraphKind::Heading),
        ("### ", ParagraphKind::Heading),
    ];
    let marked = MARKS
        .iter()
        .find_map(|(mark, kind)| line.strip_prefix(mark).map(|rest| (*kind, rest)));
    let (kind, rest) = marked.unwrap_or((ParagraphKind::Paragraph, line));
    let text = fold_space(rest);
    (!text.is_empty()).then(|| Block::plain(kind, text))
}
