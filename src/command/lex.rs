//! Cuts what was typed after a command into words, quoted titles, keys and channels. What they mean
//! is `parse`'s.

use crate::model::ChannelId;

/// A piece of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `drama:`, by the option's name.
    Key(&'static str),
    /// A word as it stands.
    Word(String),
    /// A title in quotes, without them.
    Quoted(String),
    /// `<#123>`.
    Channel(ChannelId),
}

/// Opening marks with the marks that close them. Phones turn straight marks curly one side at a
/// time, so that any double mark closes a double one.
const QUOTES: &[(&str, &str)] = &[
    ("\"“”„«", "\"“”„»"),
    ("'‘", "'’"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
    ("〈", "〉"),
    ("`", "`"),
];

/// Cuts a line that went through [`super::clean`]; `key` tells which words before a colon are names
/// of options.
pub(super) fn lex(line: &str, key: impl Fn(&str) -> Option<&'static str>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (token, after) = next(rest, &key);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

fn next<'a>(text: &'a str, key: &impl Fn(&str) -> Option<&'static str>) -> (Token, &'a str) {
    if let Some((channel, after)) = channel(text) {
        return (Token::Channel(channel), after);
    }
    if let Some((inside, after)) = quoted(text) {
        return (Token::Quoted(inside.trim().to_owned()), after);
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    if let Some((name, _)) = word.split_once([':', '：'])
        && let Some(option) = key(name)
    {
        // Behind the name and its colon, whichever of the two it is.
        let value = text[name.len()..].strip_prefix([':', '：']).unwrap_or(after);
        return (Token::Key(option), value);
    }
    (Token::Word(word.to_owned()), after)
}

/// A channel mention at the start, and what follows.
pub(super) fn channel(text: &str) -> Option<(ChannelId, &str)> {
    let (id, after) = text.strip_prefix("<#")?.split_once('>')?;
    Some((channel_id(id)?, after))
}

/// A snowflake written in digits. Zero is none.
pub(super) fn channel_id(digits: &str) -> Option<ChannelId> {
    let all = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|id| all && *id != 0).map(ChannelId)
}

/// What stands between quotes at the start, and what follows. The closing mark is the first that
/// ends a word, so that neither `Kim's` nor a title in a title ends it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let (_, closing) = QUOTES.iter().find(|(opening, _)| opening.contains(open))?;
    let inside = &text[open.len_utf8()..];
    let ends = |(at, mark): &(usize, char)| {
        let after = &inside[at + mark.len_utf8()..];
        closing.contains(*mark) && (after.is_empty() || after.starts_with(char::is_whitespace))
    };
    let (at, mark) = inside.char_indices().find(ends)?;
    Some((&inside[..at], &inside[at + mark.len_utf8()..]))
}

/// The text without a double mark that was opened and never closed, or closed and never opened.
pub(super) fn unquoted(text: &str) -> &str {
    let mark = |c: char| "\"“”„«»".contains(c);
    let text = text.trim();
    if text.chars().filter(|c| mark(*c)).count() % 2 == 1 || text.chars().all(mark) {
        text.trim_matches(|c: char| c.is_whitespace() || mark(c))
    } else {
        text
    }
}
