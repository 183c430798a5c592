//! An address that leads to a sentence on a page: a text fragment (WICG, “URL Fragment Text Directives”).
//!
//! `#:~:text=[prefix-,]start[,end][,-suffix]`. A browser that does not know it opens the page as ever. The browser
//! looks for the words in the page as it is shown, whatever the case; the first place that fits is taken, so words
//! beside it are named when there is another before it. A range reaches over what stands between the parts of a line.

use super::link::BUTTON_MAX;
use crate::model::spoken::pieces;

/// A line up to this long is named whole.
const WHOLE_CHARS: usize = 80;
const WHOLE_WORDS: usize = 10;
/// Words at either end of a longer one, and beside it.
const END_WORDS: usize = 5;
const CONTEXT_WORDS: usize = 3;

/// The address with a fragment that leads to the line. `parts` are the byte ranges of its parts in `body`, as long
/// as that is kept; `title` is the headline, which stands above the text and may have the same words. The address
/// stays as it is when there is no room for a fragment, or it has one.
#[must_use]
pub fn at_sentence(url: &str, title: &str, text: &str, parts: &[[usize; 2]], body: Option<&str>) -> String {
    if url.contains(":~:") {
        return url.to_owned();
    }
    let mark = if url.contains('#') { ":~:text=" } else { "#:~:text=" };
    let pieces = pieces(text, parts);
    for most in (1..=END_WORDS).rev() {
        let Some((start, end)) = ends(&pieces, most) else { break };
        let mut directive = encoded(&start);
        if let Some(end) = &end {
            directive = format!("{directive},{}", encoded(end));
        }
        let place = body.zip(parts.first().zip(parts.last()));
        match place.and_then(|(body, (first, last))| beside(title, body, [first[0], last[1]], &start)) {
            Some(Beside::Before(words)) => directive = format!("{}-,{directive}", encoded(&words)),
            Some(Beside::After(words)) => directive = format!("{directive},-{}", encoded(&words)),
            None => {}
        }
        let address = format!("{url}{mark}{directive}");
        if address.len() <= BUTTON_MAX {
            return address;
        }
    }
    url.to_owned()
}

/// The words that a browser is to look for: all of them, or those at both ends. None where there are no words.
fn ends(pieces: &[&str], most: usize) -> Option<(String, Option<String>)> {
    let words = |piece: &str| -> Vec<String> { piece.split_whitespace().map(str::to_owned).collect() };
    let (first, last) = (words(pieces.first()?), words(pieces.last()?));
    let whole = first.join(" ");
    if whole.is_empty() {
        return None;
    }
    let half = match pieces.len() {
        1 if first.len() <= WHOLE_WORDS && whole.chars().count() <= WHOLE_CHARS || first.len() == 1 => {
            return Some((whole, None));
        }
        1 => first.len() / 2,
        _ => usize::MAX,
    };
    let count = most.min(half);
    let start = first.iter().take(count).cloned().collect::<Vec<_>>().join(" ");
    let end = last[last.len().saturating_sub(count)..].join(" ");
    Some((start, Some(end).filter(|end| !end.is_empty())))
}

/// Words beside the line that tell it from an earlier place with the same beginning.
enum Beside {
    Before(String),
    After(String),
}

/// What stands beside the line in its paragraph, when the browser would come upon its beginning earlier.
fn beside(title: &str, body: &str, [from, to]: [usize; 2], start: &str) -> Option<Beside> {
    let (before, after) = (body.get(..from)?, body.get(to..)?);
    if !holds(before, start) && !holds(title, start) {
        return None;
    }
    let before = before.rsplit("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = before.split_whitespace().collect();
    // A lone opening mark tells nothing apart.
    if words.iter().any(|word| word.chars().any(char::is_alphanumeric)) {
        return Some(Beside::Before(
            words[words.len().saturating_sub(CONTEXT_WORDS)..].join(" "),
        ));
    }
    let after = after.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = after.split_whitespace().take(CONTEXT_WORDS).collect();
    let told = words.iter().any(|word| word.chars().any(char::is_alphanumeric));
    told.then(|| Beside::After(words.join(" ")))
}

/// Whether the text has these words, whatever their case and the space between.
fn holds(text: &str, words: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(text).contains(&plain(words))
}

/// Percent-encoded: everything but letters and digits of ASCII and what means nothing in an address. The hyphen,
/// comma and ampersand are syntax of the directive.
fn encoded(words: &str) -> String {
    let mut out = String::with_capacity(words.len() * 2);
    for byte in words.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' | b'!' | b'?' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const URL: &str = "https://news.example/a";

    fn bare(text: &str) -> String {
        at_sentence(URL, "", text, &[], None)
    }

    /// The line of `body` between `«` and `»` (several pairs: its parts), as its link names it.
    fn marked(title: &str, marked: &str) -> String {
        let (mut body, mut parts, mut text) = (String::new(), Vec::new(), Vec::new());
        for (place, piece) in marked.split(['«', '»']).enumerate() {
            let from = body.len();
            body.push_str(piece);
            if place % 2 == 1 {
                parts.push([from, body.len()]);
                text.push(piece);
            }
        }
        at_sentence(URL, title, &text.join(" "), &parts, Some(&body)).replace(URL, "")
    }

    #[test]
    fn short_lines_are_named_whole_and_long_ones_by_their_ends() {
        assert_eq!(
            bare("You really ran - well, you & I?"),
            "https://news.example/a#:~:text=You%20really%20ran%20%2D%20well%2C%20you%20%26%20I?"
        );
        assert_eq!(bare("바다가 차가워요").len(), URL.len() + 9 + 7 * 9 + 3);
        assert_eq!(
            bare("one two three four five six seven eight nine ten eleven"),
            "https://news.example/a#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven"
        );
        assert_eq!(
            marked("", "“«I was happy,»” Baek said, “«and cold all the same.»”"),
            "#:~:text=I%20was%20happy%2C,and%20cold%20all%20the%20same."
        );
    }

    #[test]
    fn words_beside_it_only_where_they_are_needed() {
        assert_eq!(
            marked("A Day", "Baek said, “«I was happy.»” So was I."),
            "#:~:text=I%20was%20happy."
        );
        assert_eq!(
            marked(
                "A Day",
                "“I was happy.” No, Baek truly said, “«I was happy.»” So was I."
            ),
            "#:~:text=truly%20said%2C%20%E2%80%9C-,I%20was%20happy."
        );
        assert_eq!(
            marked("Baek: “I was  HAPPY.”", "Well.\n\n“«I was happy.»” said Baek Cho Ha."),
            "#:~:text=I%20was%20happy.,-%E2%80%9D%20said%20Baek",
            "the headline has it too, and nothing stands before it in its paragraph"
        );
        assert_eq!(marked("I was happy.", "“«I was happy.»”"), "#:~:text=I%20was%20happy.");
    }

    #[test]
    fn other_fragments_and_long_addresses() {
        let section = at_sentence("https://news.example/a#b", "", "Yes.", &[], None);
        assert_eq!(section, "https://news.example/a#b:~:text=Yes.");
        let taken = "https://news.example/a#:~:text=No.";
        assert_eq!(at_sentence(taken, "", "Yes.", &[], None), taken);
        let long = format!("https://news.example/{}", "a".repeat(485));
        assert_eq!(at_sentence(&long, "", "바다가 차가워요", &[], None), long);
        let hangul = "바다가차가워서아무도들어가지않았어요 ".repeat(12);
        let found = bare(&hangul);
        assert!(
            found.contains(":~:text=") && found.len() <= BUTTON_MAX,
            "fewer words: {found}"
        );
        assert_eq!(bare(" "), URL);
    }

    proptest! {
        #[test]
        fn whatever_was_said_it_is_one_address(
            text in "(?s).{0,200}", body in "(?s).{0,120}", from in 0_usize..150, length in 0_usize..150
        ) {
            for parts in [vec![], vec![[from, from + length]], vec![[from, length], [length, from]]] {
                let address = at_sentence(URL, &body, &text, &parts, Some(&body));
                prop_assert!(address.starts_with(URL) && address.len() <= BUTTON_MAX);
                prop_assert!(address.bytes().all(|b| b.is_ascii_graphic()));
                if let Some((_, directive)) = address.split_once("#:~:text=") {
                    let signs = |sign| directive.matches(sign).count();
                    prop_assert!(signs("-,") <= 1 && signs(",-") <= 1 && signs("&") == 0);
                    prop_assert!(signs(",") <= 3 && signs("-") <= 2);
                    prop_assert!(!directive.starts_with(',') && !directive.is_empty());
                }
            }
        }
    }
}
