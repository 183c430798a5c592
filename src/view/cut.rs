//! How long a text is to Discord, and how it is made shorter: never within a grapheme, so that no
//! syllable, emoji or accent is torn.

use unicode_segmentation::UnicodeSegmentation;

/// The length that Discord's limits are held against. Its documents say characters and its servers
/// count some emoji twice; UTF-16 units are never fewer than either.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Whether a text is at most `max` long; looks no further than that.
#[must_use]
pub(super) fn fits(text: &str, max: usize) -> bool {
    // A byte is at most one unit, so short texts need no counting.
    text.len() <= max || text.encode_utf16().nth(max).is_none()
}

/// The text, or as many of its first words as fit into `max` with an ellipsis; part of a word when that word is long.
#[must_use]
pub fn cut(text: &str, max: usize) -> String {
    if fits(text, max) {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(1) else {
        return String::new();
    };
    format!("{}…", whole_words(text, head(text, room)))
}

/// What ends a thought that goes on, or begins one: no ellipsis stands behind it.
const OPEN_ENDS: &[char] = &[' ', ',', ';', ':', '–', '—', '-', '“', '‘', '「', '『', '(', '['];

/// The beginning `head` of a text without the word that it tears, which could be read as another one, unless that
/// would cost more than a third of it.
pub(super) fn whole_words<'a>(text: &str, head: &'a str) -> &'a str {
    let whole = text
        .get(head.len()..)
        .is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    let word = if whole {
        Some(head.len())
    } else {
        head.rfind(char::is_whitespace)
    };
    let end = word.filter(|end| *end * 3 >= head.len() * 2).unwrap_or(head.len());
    head[..end].trim_end_matches(OPEN_ENDS)
}

/// The text, or its first sentences that fit into `max` and an ellipsis; words when the first
/// sentence alone is too long.
#[must_use]
pub(super) fn cut_sentences(text: &str, max: usize) -> String {
    if fits(text, max) {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(2) else {
        return cut(text, max);
    };
    let head = head(text, room);
    // Less than a third of what fits would waste the place: then a word is end enough.
    if let Some(end) = sentence_end(head).filter(|end| *end * 3 >= head.len()) {
        return format!("{} …", &head[..end]);
    }
    format!("{}…", whole_words(text, head))
}

/// The longest beginning of whole graphemes that is at most `max` long.
fn head(text: &str, max: usize) -> &str {
    let mut used = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += length(grapheme);
        if used > max {
            break;
        }
        end = at + grapheme.len();
    }
    &text[..end]
}

/// Where the last whole sentence ends: behind its mark and what closes around it, before white space.
fn sentence_end(text: &str) -> Option<usize> {
    let closes = |c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '」' | '』' | '»');
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？');
    text.char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, _)| text[..at].trim_end())
        .chain(std::iter::once(text))
        .find(|before| before.trim_end_matches(closes).ends_with(ends))
        .map(str::len)
}

/// Lines within a limit: a line that does not fit whole is left out, so that no markup is torn.
#[derive(Debug)]
pub(super) struct Sheet {
    text: String,
    used: usize,
    max: usize,
}

impl Sheet {
    /// An empty sheet for `max`.
    pub(super) const fn new(max: usize) -> Self {
        Self {
            text: String::new(),
            used: 0,
            max,
        }
    }

    /// Adds a line; false when it does not fit.
    pub(super) fn line(&mut self, line: &str) -> bool {
        let wanted = length(line) + usize::from(!self.text.is_empty());
        if self.used + wanted > self.max {
            return false;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        self.used += wanted;
        true
    }

    /// Adds a paragraph behind an empty line; false when it does not fit.
    pub(super) fn paragraph(&mut self, text: &str) -> bool {
        if self.text.is_empty() {
            self.line(text)
        } else {
            self.line(&format!("\n{text}"))
        }
    }

    /// Adds lines until one does not fit, and says how many were left out.
    pub(super) fn lines(&mut self, lines: impl IntoIterator<Item = String>) -> usize {
        let mut left = 0;
        for line in lines {
            if left > 0 || !self.line(&line) {
                left += 1;
            }
        }
        left
    }

    /// The text.
    pub(super) fn done(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts_between_graphemes() {
        assert_eq!(cut("안녕하세요 여러분", 6), "안녕하세요…");
        assert_eq!(cut("가나다", 3), "가나다");
        assert_eq!(cut("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 15), "👨‍👩‍👧‍👦…");
        assert_eq!(cut("👨‍👩‍👧‍👦", 5), "…");
        assert_eq!(cut("한국", 0), "");
    }

    #[test]
    fn cuts_between_words() {
        assert_eq!(cut("someone who can say goodbye", 25), "someone who can say…");
        assert_eq!(cut("someone who can say goodbye", 20), "someone who can say…");
        assert_eq!(cut("Noodles, rain, and a cat", 16), "Noodles, rain…");
        assert_eq!(cut("Get hungry for “Noodles”", 17), "Get hungry for…");
        assert_eq!(cut("a extraordinarily", 12), "a extraordi…");
    }

    #[test]
    fn cuts_behind_a_sentence() {
        let text = "It was cold. “We all stayed.” And then it became warm and we went home at last";
        assert_eq!(cut_sentences(text, 40), "It was cold. “We all stayed.” …");
        assert_eq!(
            cut_sentences("정말 추웠어요. 그래도 모두 끝까지 남아 있었습니다", 15),
            "정말 추웠어요. …"
        );
        assert_eq!(cut_sentences("one two three four five six", 20), "one two three four…");
        assert_eq!(cut_sentences("short", 20), "short");
    }

    proptest! {
        #[test]
        fn never_too_long(text in "(?s).{0,80}|[가-힣“”’. ]{0,80}|[👨‍👩️e\u{301}]{0,40}", max in 0_usize..60) {
            for made in [cut(&text, max), cut_sentences(&text, max)] {
                prop_assert!(length(&made) <= max, "{made:?}");
            }
            let whole = cut(&text, max);
            prop_assert!(text.starts_with(whole.trim_end_matches('…')));
        }
    }
}
