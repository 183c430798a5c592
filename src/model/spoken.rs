//! A line of several parts: what was said before its speaker was named, and after.

/// The text of a line cut into its parts, of which `parts` are the byte ranges in the body that it was cut from. The whole
/// text, when they do not fit it.
#[must_use]
pub fn pieces<'a>(text: &'a str, parts: &[[usize; 2]]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut at = 0_usize;
    for [start, end] in parts {
        let Some(piece) = end
            .checked_sub(*start)
            .and_then(|length| text.get(at..at.checked_add(length)?))
        else {
            return vec![text];
        };
        pieces.push(piece);
        at += piece.len();
        // One space joins them.
        if at < text.len() && !text[at..].starts_with(' ') {
            return vec![text];
        }
        at += 1;
    }
    if pieces.is_empty() || at != text.len() + 1 {
        return vec![text];
    }
    pieces
}

/// The line as it is shown. `“It is ours,” she said. “Please come.”` has a comma where a sentence ends, because its
/// speaker follows; beside each other the two would be one sentence that nobody said. So they stay as they are printed, and
/// an ellipsis says that something stood between them.
#[must_use]
pub fn shown(text: &str, parts: &[[usize; 2]]) -> String {
    let pieces = pieces(text, parts);
    let mut line = String::with_capacity(text.len() + 4 * pieces.len());
    for piece in pieces {
        if !line.is_empty() {
            line.push_str(if begins_anew(&line, piece) { " … " } else { " " });
        }
        line.push_str(piece);
    }
    line
}

/// Whether a sentence begins after a comma. “I” is always written so.
fn begins_anew(before: &str, after: &str) -> bool {
    let is_mark = |c: char| matches!(c, '’' | '\'' | '”' | '"' | '‘' | '“');
    let first = after.trim_start_matches(is_mark);
    let word = first.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    before.trim_end_matches(is_mark).ends_with(',') && first.starts_with(char::is_uppercase) && word != "I"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_stand_apart_where_a_sentence_begins_after_a_comma() {
        let joined = |pieces: &[&str]| {
            let mut at = 0;
            let parts: Vec<[usize; 2]> = pieces
                .iter()
                .map(|piece| {
                    let start = at + 9;
                    at = start + piece.len();
                    [start, at]
                })
                .collect();
            shown(&pieces.join(" "), &parts)
        };
        for (pieces, line) in [
            (
                &["The sea is ours,", "Please come."][..],
                "The sea is ours, … Please come.",
            ),
            (&["He said ‘go,’", "‘Now’ is late."], "He said ‘go,’ … ‘Now’ is late."),
            // As one would say it in one breath.
            (&["The sea,", "is ours."], "The sea, is ours."),
            (&["It was cold,", "I’m sure."], "It was cold, I’m sure."),
            (&["The sea is ours.", "Please come."], "The sea is ours. Please come."),
            (&["바다는 우리 거예요,", "와 주세요."], "바다는 우리 거예요, 와 주세요."),
            (&["Alone."], "Alone."),
        ] {
            assert_eq!(joined(pieces), line);
        }
        assert_eq!(
            shown("ours, Please", &[]),
            "ours, Please",
            "nobody knows where they were joined"
        );
        assert_eq!(shown("ours, Please", &[[0, 400]]), "ours, Please");
        assert_eq!(shown("a,bC", &[[0, 2], [5, 6]]), "a,bC", "no space stands between them");
    }

    proptest! {
        #[test]
        fn nothing_of_a_line_is_lost(text in "[A-Za-z, ’가-힣]{0,40}", parts in proptest::collection::vec([0_usize..50, 0_usize..50], 0..4)) {
            prop_assert_eq!(shown(&text, &parts).replace(" … ", " "), text);
        }
    }
}
