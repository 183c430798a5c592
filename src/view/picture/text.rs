//! Text for pictures: only what can be drawn, on lines that fit where they stand.

use super::fonts::{Face, Fonts};
use crate::view::{cut::whole_words, escape::visible};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What of a text can be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Drawable {
    /// The text, on one line, without what cannot be seen and without emoji.
    pub(super) text: String,
    /// Whether letters are missing: a script that the fonts do not have. Emoji are not missed.
    pub(super) lost: bool,
}

/// The first `most` characters of a text, as far as they can be drawn.
pub(super) fn drawable(text: &str, most: usize) -> Drawable {
    let fonts = Fonts::loaded();
    let composed: String = visible(text, most).nfc().collect();
    let mut out = String::with_capacity(composed.len());
    let (mut lost, mut gap) = (false, false);
    for grapheme in composed.graphemes(true) {
        let bare = grapheme
            .chars()
            .filter(|c| !matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}'));
        let is_emoji = grapheme.contains(['\u{fe0f}', '\u{20e3}']) || grapheme.chars().any(is_pictograph);
        if !is_emoji && bare.clone().all(|c| fonts.has(c)) {
            // Where an emoji stood, one of the two spaces around it goes with it, or that before a full stop.
            let closes = grapheme.starts_with([' ', '.', ',', '!', '?', '…', '”', '’', ')']);
            if gap && closes && out.ends_with(' ') {
                out.pop();
            }
            out.extend(bare);
            gap = false;
        } else {
            lost |= !is_emoji;
            gap = true;
        }
    }
    Drawable {
        text: out.trim().to_owned(),
        lost,
    }
}

/// Emoji and the signs that phones draw as such.
const fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{e007f}')
}

/// The text, or as many of its first words as are at most `room` pixels wide with an ellipsis.
pub(super) fn fitted(text: &str, face: Face, size: f32, room: f32) -> String {
    let fonts = Fonts::loaded();
    if fonts.width(text, face, size) <= room {
        return text.to_owned();
    }
    let mut used = fonts.width("…", face, size);
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += fonts.width(grapheme, face, size);
        if used > room {
            break;
        }
        end = at + grapheme.len();
    }
    format!("{}…", whole_words(text, &text[..end]))
}

/// A text on lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) lines: Vec<String>,
    /// In pixels.
    pub(super) size: f32,
}

/// A step of the sizes that are tried: how large the letters are, and how many lines there may be.
pub(super) type Steps = [(f32, usize)];

/// The text on lines of about the same length, in the largest size in which it fits; in the smallest, what does
/// not fit is cut. `close` is put behind the last word of a text that was cut.
pub(super) fn block(text: &str, face: Face, room: f32, steps: &Steps, close: &str) -> Block {
    for (size, most) in steps {
        let lines = wrapped(text, face, *size, room);
        if lines.len() <= *most {
            let lines = evened(text, face, *size, room, lines);
            return Block { lines, size: *size };
        }
    }
    let (size, most) = steps.last().copied().unwrap_or((24.0, 1));
    let mut lines = wrapped(text, face, size, room);
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        let end = format!("…{close}");
        let left = room - Fonts::loaded().width(&end, face, size);
        let mut kept = fitted(&format!("{last} …"), face, size, left);
        kept.truncate(kept.trim_end_matches([' ', '…', ',']).len());
        *last = kept + &end;
    }
    Block { lines, size }
}

/// The same number of lines in the narrowest room, so that none is left with one word.
fn evened(text: &str, face: Face, size: f32, room: f32, lines: Vec<String>) -> Vec<String> {
    let (mut narrow, mut wide) = (room / 2.0, room);
    let mut best = lines;
    for _ in 0..7 {
        let middle = f32::midpoint(narrow, wide);
        let tried = wrapped(text, face, size, middle);
        if tried.len() <= best.len() {
            best = tried;
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    best
}

/// Greedy lines, broken between words; a word that is wider than a line is broken between graphemes.
fn wrapped(text: &str, face: Face, size: f32, room: f32) -> Vec<String> {
    let fonts = Fonts::loaded();
    let space = fonts.width(" ", face, size);
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = fonts.width(word, face, size);
        let gap = if used > 0.0 { space } else { 0.0 };
        if used + gap + width <= room {
            if used > 0.0 {
                push(&mut lines, " ");
            }
            push(&mut lines, word);
            used += gap + width;
            continue;
        }
        if used > 0.0 {
            lines.push(String::new());
            used = 0.0;
        }
        for grapheme in word.graphemes(true) {
            let width = fonts.width(grapheme, face, size);
            if used > 0.0 && used + width > room {
                lines.push(String::new());
                used = 0.0;
            }
            push(&mut lines, grapheme);
            used += width;
        }
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STEPS: &Steps = &[(60.0, 2), (40.0, 4), (28.0, 6)];

    #[test]
    fn emoji_go_without_a_trace_and_missing_letters_are_told() {
        let kept = |text: &str| drawable(text, 500);
        assert_eq!(kept("So happy 😭😭. Truly ❤️ happy").text, "So happy. Truly happy");
        assert!(!kept("So happy 😭").lost);
        assert_eq!(kept("1️⃣ first").text, "first");
        assert_eq!(kept("👨‍👩‍👧‍👦가족").text, "가족");
        assert_eq!(kept("\u{1112}\u{1161}\u{11ab}국").text, "한국", "jamo are put together");
        assert_eq!(kept("a\u{202e}b\u{0}c\n d").text, "abc d");
        assert!(kept("그는 שלום 했다").lost && kept("鬼").lost);
        assert_eq!(kept("x".repeat(900).as_str()).text.len(), 500);
    }

    #[test]
    fn a_long_text_gets_smaller_and_then_shorter() {
        let size = |words: usize| block(&"word ".repeat(words), Face::Serif, 600.0, STEPS, "”").size;
        assert!(size(3) > size(14) && size(14) > size(30));
        let cut = block(&"동해물과 백두산이 ".repeat(90), Face::Serif, 600.0, STEPS, "”");
        assert_eq!(cut.lines.len(), 6);
        assert!(cut.lines[5].ends_with("…”"), "{cut:?}");
    }

    #[test]
    fn lines_are_about_even() {
        let lines = block(
            "We laughed so much that the neighbours came",
            Face::Serif,
            700.0,
            STEPS,
            "”",
        )
        .lines;
        assert_eq!(lines, ["We laughed so much", "that the neighbours came"]);
    }

    proptest! {
        #[test]
        fn text_never_leaves_its_box(text in "(?s).{0,200}|[가-힣a-zA-Z ,.“”]{0,900}|[a-z]{0,400}", room in 120_f32..1000.0) {
            let fonts = Fonts::loaded();
            let text = drawable(&text, 1000).text;
            let made = block(&text, Face::Serif, room, STEPS, "”");
            prop_assert!(made.lines.len() <= 6);
            for line in &made.lines {
                prop_assert!(fonts.width(line, Face::Serif, made.size) <= room + 0.5, "{line}");
            }
            let one = fitted(&text, Face::Bold, 30.0, room);
            prop_assert!(fonts.width(&one, Face::Bold, 30.0) <= room + 0.5, "{one}");
        }
    }
}
