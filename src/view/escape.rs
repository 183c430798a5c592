//! Text from outside, made harmless and kept readable: no Markdown, mention, invite, link, timestamp
//! or custom emoji of it comes alive, nothing invisible is left, and no more is changed than that,
//! because what people said is shown as it stands.

use super::cut::{cut, cut_sentences, fits, length};
use crate::command::invisible;
use unicode_normalization::char::is_combining_mark;

/// Where a text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    /// Content, description, title, field: Markdown is read there.
    Markdown,
    /// The words of a masked link.
    Link,
    /// Author, footer, button: shown as it stands, so that a backslash would be seen.
    Plain,
}

/// Outside text, safe to stand in Markdown: on one line, nothing invisible, nothing alive.
///
/// The result may be longer than the text. Within a limit, use the functions that take one.
#[must_use]
pub fn escape(text: &str) -> String {
    neutral(&visible(text, usize::MAX), Into::Markdown)
}

/// Escaped, at most `max` long.
pub(super) fn safe(text: &str, max: usize) -> String {
    bounded(text, max, Into::Markdown, cut)
}

/// Escaped, at most `max` long, of which `shown` are taken from the text, ending with a sentence.
pub(super) fn safe_sentences(text: &str, shown: usize, max: usize) -> String {
    let text = cut_sentences(&visible(text, 4 * shown), shown);
    bounded(&text, max, Into::Markdown, cut_sentences)
}

/// Escaped for the words of a masked link, at most `max` long.
pub(super) fn label(text: &str, max: usize) -> String {
    bounded(text, max, Into::Link, cut)
}

/// For places without Markdown, at most `max` long.
pub(super) fn plain(text: &str, max: usize) -> String {
    bounded(text, max, Into::Plain, cut)
}

/// For a code span, at most `max` long: nothing is read there but the mark that ends it.
pub(super) fn code(text: &str, max: usize) -> String {
    plain(&text.replace('`', "'"), max)
}

/// Cut before it is escaped, because a cut behind that could tear a backslash from its character;
/// as escaping makes it longer, again with less until it fits.
fn bounded(text: &str, max: usize, into: Into, cut: fn(&str, usize) -> String) -> String {
    let text = visible(text, 4 * max + 16);
    let mut room = max;
    loop {
        let made = neutral(&cut(&text, room), into);
        if fits(&made, max) {
            return made;
        }
        room = room.saturating_sub((length(&made) - max).div_ceil(2).max(1));
    }
}

/// Most accents on one letter. Vietnamese needs two, Thai three; dozens cover the lines around.
const MARKS_MAX: usize = 4;

/// What can be seen of the first `most` characters that can be: white space folded to single spaces,
/// emoji kept whole, accents bounded.
pub(super) fn visible(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(4 * most.min(2048)));
    let mut last = ' ';
    let mut marks = 0;
    let mut kept = 0;
    for c in text.chars() {
        if kept >= most {
            break;
        }
        let c = if c.is_whitespace() { ' ' } else { c };
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        let drop = (c == ' ' && last == ' ') || marks > MARKS_MAX || (invisible(c) && !within_emoji(last, c));
        if !drop {
            out.push(c);
            last = c;
            kept += 1;
        }
    }
    let end = out.trim_end_matches([' ', '\u{200d}']).len();
    out.truncate(end);
    out
}

/// Whether nothing of a text can be seen.
pub(super) fn is_blank(text: &str) -> bool {
    visible(text, 1).is_empty()
}

/// Whether `c` is the joiner or selector that an emoji before it may carry.
fn within_emoji(before: char, c: char) -> bool {
    match c {
        '\u{fe0f}' => (before >= '\u{203c}' && !before.is_alphabetic()) || "#*0123456789©®".contains(before),
        '\u{200d}' => (before >= '\u{2190}' && !before.is_alphabetic()) || before == '\u{fe0f}',
        _ => false,
    }
}

/// Breaks what Discord would read as more than text.
fn neutral(text: &str, into: Into) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = '\n';
    let mut angle = false;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let next = rest.chars().next().unwrap_or('\n');
        let opens = c == '<' && (next.is_alphabetic() || "@#:/!&".contains(next));
        if into == Into::Plain {
            out.push(c);
        } else {
            let markup = match c {
                '\\' | '*' | '_' | '`' => true,
                '~' | '|' => before == c || next == c,
                '>' | '-' | '+' => at == 0,
                '#' => at == 0 || (angle && before == '<'),
                '.' => ends_in_number(&text[..at]) || ends_in_discord(&text[..at]),
                '<' => opens,
                '@' | '/' | '!' | '&' => angle && before == '<',
                ':' => angle || rest.starts_with("//"),
                '(' => before == ']',
                '[' | ']' => into == Into::Link,
                _ => false,
            };
            if markup {
                out.push('\\');
            }
            out.push(c);
        }
        // A zero-width space is the one thing that Discord's own parser of mentions respects.
        let breaks = match c {
            '@' => starts_with_word(rest, "everyone") || starts_with_word(rest, "here"),
            '<' => opens && into == Into::Plain,
            _ => false,
        };
        if breaks {
            out.push('\u{200b}');
        }
        angle = opens || (angle && !c.is_whitespace() && c != '>');
        before = c;
    }
    out
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// `12` before a full stop at the start of a line makes a list.
fn ends_in_number(before: &str) -> bool {
    !before.is_empty() && before.len() < 12 && before.bytes().all(|b| b.is_ascii_digit())
}

/// `discord.gg/…` becomes an invite even without `https://`.
fn ends_in_discord(before: &str) -> bool {
    let ends = |host: &str| {
        before
            .len()
            .checked_sub(host.len())
            .and_then(|at| before.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(host))
    };
    ends("discord") || ends("discordapp") || ends("dsc")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_is_text() {
        let cases = [
            ("**bold** _it_ `code`", r"\*\*bold\*\* \_it\_ \`code\`"),
            ("||spoiler|| a | b ~~no~~ hi~", r"\|\|spoiler\|\| a | b \~\~no\~\~ hi~"),
            ("# Heading", r"\# Heading"),
            ("-# small", r"\-# small"),
            ("> quote > more", r"\> quote > more"),
            ("1. one", r"1\. one"),
            ("[click](https://evil.example)", r"[click]\(https\://evil.example)"),
            ("They [the horse] ran - fast, #1", "They [the horse] ran - fast, #1"),
            ("<@123> <@!1> <@&2> <#3>", r"\<\@123> \<\@!1> \<\@&2> \<\#3>"),
            (
                "<t:1700000000:R> <:kiss:1> <a:b:2> </quote:3> <id:home>",
                r"\<t\:1700000000\:R> \<\:kiss\:1> \<a\:b\:2> \<\/quote\:3> \<id\:home>",
            ),
            ("I <3 it, 1 < 2 & 3 > 2", "I <3 it, 1 < 2 & 3 > 2"),
            ("@everyone @HERE @you", "@\u{200b}everyone @\u{200b}HERE @you"),
            (
                "join Discord.gg/abc or discord.com/invite/x",
                r"join Discord\.gg/abc or discord\.com/invite/x",
            ),
            ("back\\slash", r"back\\slash"),
        ];
        for (given, wanted) in cases {
            assert_eq!(escape(given), wanted);
        }
    }

    #[test]
    fn nothing_invisible_is_left() {
        assert_eq!(escape("a\u{202e}b\u{200b}c\u{2066}\u{0}d \n\t e\u{3164}"), "abcd e");
        assert_eq!(escape("❤️ 👨‍👩‍👧 1️⃣"), "❤️ 👨‍👩‍👧 1️⃣");
        assert_eq!(
            escape(&format!("a{}b", "\u{301}".repeat(1000))),
            format!("a{}b", "\u{301}".repeat(4))
        );
    }

    #[test]
    fn labels_keep_their_brackets_to_themselves() {
        assert_eq!(
            label("[Update] Cast ](https://x)", 80),
            r"\[Update\] Cast \]\(https\://x)"
        );
        assert_eq!(
            plain("*Soompi* @everyone <@1>", 80),
            "*Soompi* @\u{200b}everyone <\u{200b}@1>"
        );
    }

    proptest! {
        #[test]
        fn escaped_text_keeps_its_limit(text in "(?s).{0,120}|[*_~|<>@#:`\\\\\\[\\]()a1. -]{0,120}", max in 0_usize..100) {
            prop_assert!(length(&safe(&text, max)) <= max);
            prop_assert!(length(&label(&text, max)) <= max);
            prop_assert!(length(&plain(&text, max)) <= max);
            prop_assert!(length(&safe_sentences(&text, 60, max)) <= max);
        }

        #[test]
        fn readers_see_the_same(text in "[*_~|<>@#:`\\\\\\[\\]()a-z1.!? -]{0,80}") {
            // What Discord shows of it: a backslash before a mark is left out.
            let made = escape(&text).replace('\u{200b}', "");
            let mut shown = String::new();
            let mut chars = made.chars();
            while let Some(c) = chars.next() {
                shown.push(if c == '\\' { chars.next().unwrap_or('\\') } else { c });
            }
            prop_assert_eq!(shown, visible(&text, usize::MAX));
        }
    }
}
