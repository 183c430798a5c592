//! Several things in one text: `a, b and c`. Titles have commas and “and” of their own, so this finds only where a
//! list may be cut; which of the pieces belong together is known to whoever knows the names.

use super::NAME_MAX;
use std::ops::Range;

/// Most pieces that a text is cut into; what is left is one more.
const PIECES: usize = 12;
/// Words between the things of a list, with the spaces around them.
const WORDS: [&str; 8] = [" and ", " & ", " + ", " 그리고 ", " 및 ", " y ", " e ", " dan "];

/// Where the pieces between commas, semicolons and “and” stand, without the space around them; none is empty.
#[must_use]
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while let Some((at, end)) = next_cut(text, start).filter(|_| pieces.len() + 1 < PIECES) {
        push(&mut pieces, text, start..at);
        start = end;
    }
    push(&mut pieces, text, start..text.len());
    pieces
}

/// The next place where a list may be cut: its beginning and what follows it.
fn next_cut(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let comma = rest
        .char_indices()
        .find(|(_, c)| matches!(c, ',' | ';' | '，' | '、' | '；'))
        .map(|(at, c)| (at, at + c.len_utf8()));
    let word = WORDS
        .iter()
        .filter_map(|word| rest.find(word).map(|at| (at, at + word.len())));
    let (at, end) = comma.into_iter().chain(word).min()?;
    Some((from + at, from + end))
}

fn push(pieces: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    // `a, and b`
    let led = ["and ", "& "]
        .into_iter()
        .find(|word| text[start..end].starts_with(word));
    let start = start + if pieces.is_empty() { 0 } else { led.map_or(0, str::len) };
    // `a, and  b`
    let start = end - text[start..end].trim_start().len();
    if start < end {
        pieces.push(start..end);
    }
}

/// Whether each piece is short enough to be a name.
pub(super) fn are_names(text: &str) -> bool {
    pieces(text)
        .into_iter()
        .all(|piece| text[piece].chars().nth(NAME_MAX).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text).into_iter().map(|piece| &text[piece]).collect()
    }

    #[test]
    fn a_list_is_cut_at_commas_and_at_and() {
        assert_eq!(cut("moon over mapo"), ["moon over mapo"]);
        assert_eq!(cut("A, B and C"), ["A", "B", "C"]);
        assert_eq!(cut("A, B, and C"), ["A", "B", "C"]);
        assert_eq!(cut("A; and  B"), ["A", "B"]);
        assert_eq!(
            cut(" 홍천기、 달빛 항구 그리고 물때 의원 "),
            ["홍천기", "달빛 항구", "물때 의원"]
        );
        assert_eq!(cut("A & B; C"), ["A", "B", "C"]);
        assert_eq!(cut("A dan B"), cut("A e B"));
        assert_eq!(cut(",, ,"), Vec::<&str>::new());
        assert_eq!(cut("andante and sand"), ["andante", "sand"]);
        assert_eq!(cut(&"a,".repeat(40)).len(), PIECES);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_without_harm(text in "\\PC{0,60}|[a, 및;and]{0,40}") {
            for piece in pieces(&text) {
                let piece = &text[piece];
                prop_assert!(!piece.is_empty() && piece.trim() == piece);
            }
        }
    }
}
