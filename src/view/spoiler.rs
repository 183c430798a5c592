//! Which stories give the plot away, and how what they tell is hidden: behind Discord's spoiler marks. The headline
//! stays, because it is the link; the picture is left out, because an embed's cannot be blurred (only attachments
//! and the galleries of components can be, and pictures are shown by their own address, never re-hosted).

use crate::model::ArticleKind;

/// Words in a headline that announce a finale, a preview or a recap, lower case.
const WORDS: &[&str] = &[
    "finale",
    "final episode",
    "last episode",
    "final week",
    "series ending",
    "ending explained",
    "preview",
    "previews",
    "recap",
    "spoiler",
    "spoilers",
    "최종회",
    "마지막회",
    "마지막 회",
    "결말",
    "예고",
    "선공개",
    "스포",
];

/// Whether a story tells what happens in a drama: recaps, pictures of the next episode, and what its headline
/// calls a finale or a preview.
#[must_use]
pub fn gives_away(kind: ArticleKind, title: &str) -> bool {
    if matches!(kind, ArticleKind::Recap | ArticleKind::Stills) {
        return true;
    }
    let title = title.to_lowercase();
    WORDS.iter().any(|word| has_word(&title, word))
}

/// Whether a text has a word in it: between other letters it is part of another one. Korean puts particles behind
/// its words.
fn has_word(text: &str, word: &str) -> bool {
    let latin = word.is_ascii();
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !(before.is_some_and(char::is_alphanumeric) || latin && after.is_some_and(char::is_alphanumeric))
    })
}

/// Text that is safe already, hidden until it is clicked.
pub(super) fn hidden(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str("||");
    let mut escaped = false;
    for c in text.chars() {
        // Beside our own marks one of the text's would be read with them.
        if c == '|' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out.push_str("||");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ArticleKind::{Casting, News, Recap, Stills};

    #[test]
    fn the_marks_are_ours_alone() {
        assert_eq!(hidden("a"), "||a||");
        assert_eq!(hidden("|a|"), r"||\|a\|||");
        assert_eq!(hidden(r"a\|b"), r"||a\|b||");
        assert_eq!(hidden(r"a\\|b"), r"||a\\\|b||");
    }

    #[test]
    fn plots_are_told_by_recaps_previews_and_finales() {
        for (kind, title) in [
            (Recap, "Three Things We Loved"),
            (Stills, "Ara Hides In The Boat"),
            (News, "“Moonlit Harbor” Cast Shares Farewells Ahead Of Finale"),
            (News, "Watch: Preview Of Episode 5"),
            (News, "‘달빛 항구’ 최종회를 앞두고"),
            (News, "FINAL EPISODE"),
        ] {
            assert!(gives_away(kind, title), "{title}");
        }
        for (kind, title) in [
            (Casting, "Ara In Talks For A New Drama"),
            (News, "“Finalelement” Wins An Award"),
            (News, "Ara Previewed"),
            (News, ""),
        ] {
            assert!(!gives_away(kind, title), "{title}");
        }
    }
}
