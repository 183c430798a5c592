//! The set phrases of the trade: what a line of an article's end matter looks like.
//!
//! Works on the text alone, so that a page, a feed's fragment and a text file give the same article.

use super::call::is_call;
use super::sentences::{last_sentence, titles};
use super::text::{Pairs, Start, has_more_words, plain, word_count};
use memchr::memchr2_iter;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// No text at all (a picture, a clip).
    Nothing,
    /// Part of the article.
    Text,
    /// From here on nothing is the article's.
    End,
    /// A watch button.
    Button,
    /// Tells the reader to watch something.
    Call,
    /// Heads a list of other stories.
    Related,
    /// Sources, credits, notes about spoilers.
    Aside,
    /// Speaks to the reader in the outlet's own voice; end matter only where it closes the story.
    Closing,
    /// One link and nothing else.
    Linked,
}

/// Lines of set phrases have no more words, but for a label in front of whatever is labelled.
const MOST_WORDS: usize = 14;

/// How lines of set phrases begin.
const MAY_BE_SET: Pairs = Pairs::of(&[&ENDS, &WHOLE, &BUTTONS, &HEADS, &NOTES, &REFERS]);

/// What a line is, going by its words.
pub(super) fn line(text: &str) -> Line {
    // Nothing of all this is ever long.
    if text.len() > 600 {
        return Line::Text;
    }
    // Most paragraphs are too long for all of it but a call, a question to the reader or a label in front.
    if has_more_words(text, MOST_WORDS) && !may_refer(text) {
        let labelled = is_labelled(text) && word_count(&plain(text)) <= 30;
        return if labelled { Line::Aside } else { voice(text) };
    }
    // Few begin like one of them.
    let start = Start::of(text);
    let is_word = start.initial().is_some_and(|initial| initial.is_ascii_lowercase());
    if is_word && !start.may_begin(&MAY_BE_SET) && !is_labelled(text) && !may_credit(text) {
        return voice(text);
    }
    let words = plain(text);
    let count = word_count(&words);
    if words.is_empty() {
        return Line::Aside;
    }
    if count <= MOST_WORDS && is_end(&words) {
        Line::End
    } else if is_button(text, &words) {
        Line::Button
    } else if is_related_head(&words, text) {
        Line::Related
    } else if (count <= 30 && is_source(text, &words)) || is_note(&words) || is_see_also(text, &words) {
        Line::Aside
    } else {
        voice(text)
    }
}

/// Whether the outlet speaks to the reader.
fn voice(text: &str) -> Line {
    if is_call(text) {
        Line::Call
    } else if all_closing(text) {
        Line::Closing
    } else {
        Line::Text
    }
}

const ENDS: [&str; 9] = [
    "how does this article make you feel",
    "how do you feel about this article",
    "similar articles",
    "please login to",
    "please log in to",
    "log in to comment",
    "login to comment",
    "sign up for our newsletter",
    "subscribe to our newsletter",
];

const WHOLE: [&str; 29] = [
    "comments",
    "comment",
    "related articles",
    "related stories",
    "related posts",
    "related news",
    "more stories",
    "you may also like",
    "you might also like",
    "recommended",
    "recommended for you",
    "recommended articles",
    "most read",
    "most popular",
    "popular articles",
    "trending now",
    "trending",
    "leave a reply",
    "leave a comment",
    "post a comment",
    "join the conversation",
    "share this",
    "share this article",
    "share this story",
    "about the author",
    "latest news",
    "more from this author",
    "what others are reading",
    "similar stories",
];

fn is_end(words: &str) -> bool {
    let unnumbered = words.trim_matches(|c: char| c.is_ascii_digit() || c == ' ');
    ENDS.iter().any(|start| words.starts_with(start)) || WHOLE.contains(&unnumbered)
}

/// `Watch Now`, and its like.
pub(super) fn is_watch_button(text: &str) -> bool {
    text.len() <= LONGEST_BUTTON && is_button(text, &plain(text))
}

/// No button has more bytes.
const LONGEST_BUTTON: usize = 60;

const BUTTONS: [&str; 10] = [
    "watch now",
    "watch here",
    "watch it now",
    "watch it here",
    "stream now",
    "start watching",
    "start watching now",
    "watch on viki",
    "watch more",
    "watch the drama",
];

fn is_button(text: &str, words: &str) -> bool {
    text.len() <= LONGEST_BUTTON
        && (BUTTONS.contains(&words) || (words.starts_with("watch now ") && word_count(words) <= 6))
}

const HEADS: [&str; 7] = [
    "related",
    "see also",
    "read also",
    "also read",
    "read more",
    "more on this story",
    "related reading",
];

fn is_related_head(words: &str, text: &str) -> bool {
    HEADS.contains(&words) && (text.ends_with(':') || words == "more on this story" || words == "related")
}

const REFERS: [&str; 9] = [
    "see also",
    "related article",
    "related",
    "read also",
    "also read",
    "read more",
    "read next",
    "more news",
    "related news",
];

/// Whether a text may refer to other stories, by its first letters.
fn may_refer(text: &str) -> bool {
    let start = Start::of(text);
    REFERS.iter().any(|phrase| start.begins(phrase))
}

fn is_see_also(text: &str, words: &str) -> bool {
    REFERS.iter().any(|start| {
        words.starts_with(start)
            && text
                .get(..start.len() + 2)
                .or(text.get(..start.len() + 1))
                .is_some_and(|t| t.contains(':'))
    })
}

fn is_source(text: &str, words: &str) -> bool {
    const CREDITS: [&str; 9] = [
        "photo credit",
        "photo courtesy",
        "photos courtesy",
        "image courtesy",
        "images courtesy",
        "photo by",
        "photos by",
        "image credit",
        "photo provided by",
    ];
    is_labelled(text) || (word_count(words) <= MOST_WORDS && credits(words, &CREDITS) && !text.contains(['“', '"']))
}

/// A label such as `Source:` or `Photo (` in front.
fn is_labelled(text: &str) -> bool {
    const BEGINNINGS: [&[u8; 2]; 8] = [b"so", b"vi", b"cr", b"ph", b"im", b"to", b"fe", b"tr"];
    let text = text.trim_start_matches(['(', '[', '<', '*', '※', ' ']);
    // Most lines begin with other letters.
    let small = |at: usize| text.as_bytes().get(at).map_or(0, u8::to_ascii_lowercase);
    let pair = [small(0), small(1)];
    if pair[0].is_ascii() && !BEGINNINGS.iter().any(|two| **two == pair) {
        return false;
    }
    let credited = |label: &str| {
        let is_there = text
            .get(..label.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(label));
        let rest = if is_there {
            text[label.len()..].trim_start()
        } else {
            return false;
        };
        rest.is_empty() || rest.starts_with([':', '=', '|', '(', '[', '：', '/', '–', '—'])
    };
    const LABELS: [&str; 24] = [
        "source",
        "sources",
        "via",
        "credit",
        "credits",
        "photo",
        "photos",
        "image",
        "images",
        "photo credit",
        "photo credits",
        "image credit",
        "image credits",
        "image source",
        "photo source",
        "top photo",
        "top photo credit",
        "top image credit",
        "featured image",
        "featured photo",
        "translation",
        "사진",
        "출처",
        "사진 제공",
    ];
    LABELS.iter().any(|label| credited(label))
}

/// Whether a line may begin with a credit: each names what is credited.
fn may_credit(text: &str) -> bool {
    const HEAD: usize = 64;
    let head = &text.as_bytes()[..text.len().min(HEAD)];
    let is_one = |word: &[u8]| {
        matches!(word[0] | 0x20, b'p' | b'i')
            && (word.eq_ignore_ascii_case(b"photo") || word.eq_ignore_ascii_case(b"image"))
    };
    head.windows("photo".len()).any(is_one)
}

/// Whether one of some phrases stands at the head of a line.
fn credits(words: &str, phrases: &[&str]) -> bool {
    let head = words.as_bytes();
    (0..=head.len().min("featured and top ".len()))
        // Photos and images are credited.
        .filter(|at| matches!(head.get(*at), Some(b'p' | b'i')))
        .any(|at| phrases.iter().any(|phrase| head[at..].starts_with(phrase.as_bytes())))
}

const NOTES: [&str; 9] = [
    "spoilers",
    "spoiler",
    "spoiler alert",
    "spoiler warning",
    "warning spoilers",
    "warning spoilers ahead",
    "warning spoilers below",
    "original article",
    "advertisement",
];

fn is_note(words: &str) -> bool {
    NOTES.contains(&words) || (words.starts_with("warning spoiler") && word_count(words) <= 9)
}

/// Whether every sentence speaks to the reader.
fn all_closing(text: &str) -> bool {
    let mut rest = text.trim();
    if rest.len() > 300 || rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let start = last_sentence(rest);
        if !is_closing(&rest[start..]) && !is_call(&rest[start..]) {
            return false;
        }
        rest = rest[..start].trim_end();
    }
    true
}

fn is_closing(sentence: &str) -> bool {
    const STARTS: [&str; 15] = [
        "stay tuned",
        "let us know",
        "tell us",
        "share your thoughts",
        "share your",
        "leave your",
        "sound off",
        "keep an eye out",
        "congratulations to",
        "congrats to",
        "thank you to",
        "thanks to",
        "happy birthday to",
        "we wish",
        "wishing",
    ];
    const ASKS: [&str; 20] = [
        "are you",
        "what did you",
        "what do you",
        "what are you",
        "which",
        "have you",
        "will you",
        "do you",
        "did you",
        "how do you",
        "how did you",
        "who is your",
        "who was your",
        "whos your",
        "what is your",
        "whats your",
        "would you",
        "what was your",
        "how are you",
        "can you",
    ];
    const MAY_BE_ONE: Pairs = Pairs::of(&[&STARTS]);
    let question = sentence.trim_end().ends_with('?');
    // What the reader is asked or told stands in few sentences, and most show it at once.
    let may = question || Start::of(sentence).may_begin(&MAY_BE_ONE) || names_comments(sentence);
    if !may || sentence.starts_with(['“', '"', '‘']) {
        return false;
    }
    let words = plain(sentence);
    if word_count(&words) > 26 {
        return false;
    }
    let asks = question
        && ASKS.iter().any(|ask| words.starts_with(ask))
        && words.split(' ').any(|word| matches!(word, "you" | "your" | "youre"));
    let thanks = !(words.starts_with("thanks to") || words.starts_with("thank you to"))
        || words.contains("time")
        || sentence.ends_with('!');
    asks || words.contains("in the comments") || (thanks && STARTS.iter().any(|start| words.starts_with(start)))
}

/// Whether a sentence may speak of comments.
fn names_comments(sentence: &str) -> bool {
    const WORD: &[u8] = b"comments";
    let bytes = sentence.as_bytes();
    let is_word = |at: usize| {
        let word = bytes.get(at..at + WORD.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(WORD))
    };
    memchr2_iter(b'c', b'C', bytes).any(is_word)
}

/// A line that only leads to what is embedded after it.
pub(super) fn only_leads_on(text: &str) -> bool {
    let words = plain(text);
    let beside = words.split(' ').any(|word| matches!(word, "below" | "here"));
    let quoted = text.contains(['“', '"']) && !is_call(text) && titles(text).any(|title| word_count(title) > 7);
    word_count(&words) <= 16 && !quoted && (text.ends_with(':') || (beside && text.ends_with(['!', '.'])))
}
