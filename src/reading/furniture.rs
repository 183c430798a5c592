//! End matter: what stands in an article's text and is no part of the article.
//!
//! `page` removes what HTML gives away; this works on words alone, so that plain text and unknown
//! sites are read without watch links, source lines and questions to the reader as well.

mod phrases;

use super::print::{head_of, small};
use crate::model::{Paragraph, ParagraphKind};
use phrases::{ASKS, BEGINS, CREDITS, EXACT, FOLLOW, LABELS, NOTICES, RELATED, THANKS, WATCH};
use std::sync::LazyLock;

/// For every paragraph: whether it belongs to the article.
#[must_use]
pub fn keep(paragraphs: &[Paragraph]) -> Vec<bool> {
    let mut keep = Vec::with_capacity(paragraphs.len());
    let mut links = false;
    for paragraph in paragraphs {
        if !may_begin(&paragraph.text) {
            links &= paragraph.kind == ParagraphKind::Item;
            keep.push(!links && !is_numbers(&paragraph.text));
            continue;
        }
        let words = head(&paragraph.text);
        if is_related(&words) {
            // A heading without a story behind the colon introduces a list of links.
            links = paragraph.text.trim_end().ends_with(':') || paragraph.text.len() < 24;
            keep.push(false);
            continue;
        }
        links &= paragraph.kind == ParagraphKind::Item;
        keep.push(!links && !is_furniture(&paragraph.text, &words));
    }
    keep
}

/// The first 160 bytes from the first word on.
fn start(text: &str) -> &str {
    let mut end = text.len().min(160);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // Quotation marks are common, and no letters.
    text[..end].trim_start_matches(|c: char| c != '“' && !c.is_alphanumeric() && c != '[' && c != '(' && c != '"')
}

/// Whether a text may begin with one of all the phrases, by its first three letters and then by eight of them: most
/// paragraphs do not.
fn may_begin(text: &str) -> bool {
    let start = start(text).as_bytes();
    let (Some(three), Some(eight)) = (start.first_chunk(), start.first_chunk()) else {
        return true;
    };
    // No phrase begins with a mark.
    if start.starts_with("“".as_bytes()) {
        return false;
    }
    let (place, bit) = three_letters(three);
    let letters = small(u64::from_le_bytes(*eight));
    let begins = |(head, these): &(u64, u64)| (head ^ letters) & these == 0;
    // What is not ASCII may stand for a straight mark.
    !eight.is_ascii() || BEGINNINGS.1[place] & bit != 0 && BEGINNINGS.0[initial(letters)].iter().any(begins)
}

/// All phrases that a paragraph of end matter begins with.
const LISTS: [&[&str]; 11] = [
    RELATED.list,
    LABELS.list,
    BEGINS.list,
    FOLLOW.list,
    WATCH.list,
    ASKS.list,
    CREDITS.list,
    NOTICES.list,
    THANKS.list,
    EXACT,
    &["by ", "reporter ", "source"],
];

/// The first eight bytes of phrases, and which of them a shorter one has, by the first letter; the first three letters of
/// all, as bits.
type Beginnings = ([Vec<(u64, u64)>; 32], [u64; 512]);

/// With what all phrases begin.
static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let these = |phrase: &str| u64::MAX >> (8 * 8_usize.saturating_sub(phrase.len()));
    let phrases = LISTS.iter().copied().flatten();
    let mut heads = [const { Vec::new() }; 32];
    let mut letters = [0; 512];
    for phrase in phrases {
        let head = head_of(phrase);
        heads[initial(head)].push((head, these(phrase)));
        let [a, b, c, ..] = head.to_le_bytes();
        let (place, bit) = three_letters(&[a, b, c]);
        letters[place] |= bit;
    }
    (heads, letters)
});

/// The number of the first letter of eight, in any case.
const fn initial(eight: u64) -> usize {
    eight as usize & 31
}

/// The place of three letters among the bits, in any case.
fn three_letters(three: &[u8; 3]) -> (usize, u64) {
    let [a, b, c] = *three;
    let number = (a as usize & 31) << 10 | (b as usize & 31) << 5 | (c as usize & 31);
    (number / 64, 1 << (number % 64))
}

/// The first 160 bytes in lower case, with straight marks.
fn head(text: &str) -> String {
    let mut rest = start(text);
    let mut head = String::with_capacity(rest.len());
    while let Some(&byte) = rest.as_bytes().first() {
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        head.push_str(&rest[..plain]);
        rest = &rest[plain..];
        if byte.is_ascii() {
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        head.push(match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            c => c,
        });
        rest = &rest[c.len_utf8()..];
    }
    head.make_ascii_lowercase();
    head
}

fn is_related(words: &str) -> bool {
    RELATED.begin(words)
}

/// Whether a paragraph is end matter by its words alone.
#[must_use]
pub fn is_furniture(text: &str, words: &str) -> bool {
    const SHORT: usize = 220;
    // A byline, with or without an address.
    if words.starts_with("by ") && text.len() < 90 && text.contains('@')
        || words.starts_with("reporter ") && text.len() < 90 && text.contains('@')
    {
        return true;
    }
    if words.starts_with("by ") && text.len() < 60 && !text.contains(['.', '“', '"', ',']) {
        return true;
    }
    let trimmed = words.trim_end_matches(['.', '!', ':', ' ']);
    if is_numbers(text) || EXACT.contains(&trimmed) {
        return true;
    }
    text.len() <= SHORT
        && (is_source(words)
            || invites_to_watch(words)
            || asks_the_reader(text, words)
            || is_credit(words)
            || is_notice(words)
            || thanks(words))
}

/// The number of a page or of a list, and nothing else.
fn is_numbers(text: &str) -> bool {
    text.chars().all(|c| c != '“' && (c.is_numeric() || c.is_whitespace()))
}

fn is_source(words: &str) -> bool {
    let digits = |rest: &str| {
        rest.trim_start().starts_with(['(', '[']) || rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    LABELS.begin(words)
        || words.strip_prefix("source").is_some_and(digits)
        || words.strip_prefix("sources").is_some_and(digits)
}

fn invites_to_watch(words: &str) -> bool {
    const ENDS: &[&str] = &[
        "below!",
        "below:",
        "below.",
        "here:",
        "here!",
        "here.",
        "here",
        "below",
        "viki!",
        "viki:",
        "now:",
        "now!",
        "viki",
        "subtitles:",
        "watching:",
        "above!",
        "above:",
        "\":",
        "viki.",
        "above.",
    ];
    // `Read the full statement below:` announces what it stands above.
    const STATEMENTS: &[&str] = &["statement", "letter", "apology", "message", "post"];
    let end = words.trim_end();
    if end.ends_with(':') && words.starts_with("read ") && STATEMENTS.iter().any(|w| words.contains(w)) {
        return false;
    }
    BEGINS.begin(words)
        && (ENDS.iter().any(|e| end.ends_with(e))
            || words.starts_with("start watching")
            || words.starts_with("watch the full"))
        || FOLLOW.begin(words) && words.len() < 120
        || WATCH.begin(words) && (end.ends_with(':') || end.ends_with("below!"))
}

fn asks_the_reader(text: &str, words: &str) -> bool {
    const READER: &[&str] = &["you", "your", "comments", "let us know"];
    ASKS.begin(words)
        && text.trim_end().ends_with(['?', '!', '.', ':'])
        && !text.contains(['“', '"'])
        && READER.iter().any(|r| words.contains(r))
        && (words.contains("let us know") || words.contains("comment") || words.starts_with("how does this"))
}

fn is_credit(words: &str) -> bool {
    CREDITS.begin(words) && words.len() < 150
}

fn is_notice(words: &str) -> bool {
    NOTICES.begin(words)
}

/// `We thank the actors for the interview!`: the outlet's own; an agency thanks for other things.
fn thanks(words: &str) -> bool {
    const FOR: &[&str] = &[
        "interview",
        "talking to us",
        "taking the time",
        "speaking with us",
        "answering our",
    ];
    THANKS.begin(words) && !words.contains(['"', ':']) && FOR.iter().any(|what| words.contains(what))
}

#[cfg(test)]
mod tests {
    use super::{LISTS, keep, may_begin};
    use crate::model::{Paragraph, ParagraphKind};

    fn kept(paragraphs: &[(&str, ParagraphKind)]) -> Vec<bool> {
        keep(
            &paragraphs
                .iter()
                .map(|(text, kind)| Paragraph {
                    kind: *kind,
                    text: (*text).to_owned(),
                })
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn every_phrase_may_begin_a_paragraph() {
        // What is no letter is passed over at the beginning.
        for phrase in LISTS.iter().copied().flatten().filter(|p| p.is_ascii()) {
            assert!(may_begin(&format!("{} and more", phrase.to_uppercase())), "{phrase}");
            assert!(!phrase.starts_with(['"', '\'']), "{phrase}: marks are passed by");
        }
        assert!(!may_begin("The director said so") && !may_begin("“Watch the full video”"));
    }

    #[test]
    fn end_matter_is_left_out_and_the_story_stays() {
        use ParagraphKind::{Item, Paragraph as P};
        assert_eq!(
            kept(&[
                ("Watch the full behind-the-scenes video below!", P),
                ("Source (1) (2)", P),
                ("Related:", P),
                ("Kim Says She Is “Clumsy” On Radio", Item),
                (
                    "Watch how Kim went from extra to star, as told by her first director.",
                    P
                ),
                ("Stay tuned for updates!", P),
                ("In the meantime, watch Kim in “Paper Moon” below:", P),
                ("“Are you happy?” she asked.", P),
                ("SEE ALSO: Kim signs with an agency", P),
                ("About the author: reads webtoons on the bus.", P),
                ("For inquiries, please contact the PR team of Birch Actors.", P),
                ("Thanks to Kim and Lee for taking the time to talk to us!", P),
                ("Thanks to the ratings of its finale, the drama leads the week.", P),
                ("We thank everybody who waited for our actor.", P),
            ]),
            [
                false, false, false, false, true, false, false, true, false, false, false, false, true, true
            ]
        );
    }
}
