//! What nobody can see is taken out of outside text: control characters, marks of direction, joiners
//! and fillers of width zero. What is left is composed (NFC) and its white space folded.

use unicode_normalization::UnicodeNormalization;

/// Whether a character has no shape of its own and can only hide, reorder or break text.
///
/// Unicode's general category Cf and its default ignorables, and the controls that are not white
/// space. Joiners within emoji and variation selectors are among them: `view` lets those pass.
#[must_use]
pub fn invisible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}'
        | '\u{8e2}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text without what cannot be seen, composed, on one line, without white space at its ends and
/// with single spaces within.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(1024));
    for c in text.chars().filter(|c| !invisible(*c)).nfc() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hides_nothing() {
        assert_eq!(
            clean("  ahn\u{200b} hyo\u{a0}\u{3000}\n seop\u{202e}\0 "),
            "ahn hyo seop"
        );
        assert_eq!(clean("\u{1100}\u{1161}"), "가");
        assert_eq!(clean("\u{3164}\u{feff}"), "");
    }

    proptest! {
        #[test]
        fn cleaning_again_changes_nothing(text in "\\PC*|(?s).{0,40}") {
            let once = clean(&text);
            prop_assert_eq!(&clean(&once), &once);
            prop_assert!(!once.contains("  ") && !once.contains('\n'));
            prop_assert!(!once.chars().any(invisible));
        }
    }
}
