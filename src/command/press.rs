//! The ids of buttons: written for `view`, read back from Discord, where anybody can forge one.
//!
//! `choose|question|key`, `another|key` (as a picture `card|key`), `again|question`, `forget|asker`,
//! `related|article`, `retry|channel`, `vote|emoji`. Only what [`Press::to_id`] would write is read; everything else is
//! no button of ours. Who may press what is `app`'s.

use super::{Edit, Press};
use crate::model::{ArticleId, ChannelId, Emoji, QuestionId, Rhythm, SubscriptionId, UserId, Votes, answer::Style};
use std::str::FromStr;

/// Most characters of an id, as Discord has it.
pub const ID_MAX: usize = 100;

/// The word for another line as a picture.
const PICTURE: &str = "card";

impl Press {
    /// The id to put on a button; none when the key is too long or holds what no key holds: then
    /// there can be no such button.
    #[must_use]
    pub fn to_id(&self) -> Option<String> {
        let id = match self {
            Self::Choose { question, key } => format!("choose|{question}|{key}"),
            Self::Another { key, style } => format!("{}|{key}", another(*style)),
            Self::Again { question } => format!("again|{question}"),
            Self::List { page, asker } => format!("list|{page}|{asker}"),
            Self::Pick { page, asker } => format!("pick|{page}|{asker}"),
            Self::Edit {
                what,
                subscription,
                page,
                asker,
            } => format!("edit|{}|{subscription}|{page}|{asker}", what.word()),
            Self::Forget { asker } => format!("forget|{asker}"),
            Self::Related { article } => format!("related|{article}"),
            Self::Retry { channel } => format!("retry|{channel}"),
            Self::Vote { emoji } => format!("vote|{}", emoji.key()),
        };
        // Reading it back is the check: what cannot come back must not go out.
        (Self::from_id(&id).as_ref() == Some(self)).then_some(id)
    }

    /// The meaning of an id that came back; none when it is not one of ours.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        if id.len() > 4 * ID_MAX || id.encode_utf16().count() > ID_MAX {
            return None;
        }
        let parts: Vec<&str> = id.split('|').collect();
        match parts.as_slice() {
            ["choose", question, key] => Some(Self::Choose {
                question: QuestionId(number(question)?),
                key: entity(key)?,
            }),
            [word @ ("another" | PICTURE), key] => Some(Self::Another {
                key: if key.is_empty() { String::new() } else { entity(key)? },
                style: if *word == PICTURE { Style::Card } else { Style::Words },
            }),
            ["again", question] => Some(Self::Again {
                question: QuestionId(number(question)?),
            }),
            ["list", page, asker] => Some(Self::List {
                page: page_number(page)?,
                asker: UserId(number(asker)?),
            }),
            ["pick", page, asker] => Some(Self::Pick {
                page: page_number(page)?,
                asker: UserId(number(asker)?),
            }),
            ["edit", word, subscription, page, asker] => Some(Self::Edit {
                what: Edit::from_word(word)?,
                subscription: SubscriptionId(number(subscription)?),
                page: page_number(page)?,
                asker: UserId(number(asker)?),
            }),
            ["forget", asker] => Some(Self::Forget {
                asker: UserId(number(asker)?),
            }),
            ["related", article] => Some(Self::Related {
                article: ArticleId(number(article)?),
            }),
            ["retry", channel] => Some(Self::Retry {
                channel: ChannelId(number(channel)?),
            }),
            ["vote", key] => Some(Self::Vote { emoji: emoji(key)? }),
            _ => None,
        }
    }
}

/// An emoji by its key, written the one way we write it. Whether it is one to vote with is `app`'s.
fn emoji(key: &str) -> Option<Emoji> {
    let emoji = Emoji::from_key(key);
    let plain = !key.is_empty() && !key.chars().any(|c| c.is_control() || c.is_whitespace());
    (plain && emoji.key() == key).then_some(emoji)
}

/// The word that asks for another line in a style.
const fn another(style: Style) -> &'static str {
    match style {
        Style::Words => "another",
        Style::Card => PICTURE,
    }
}

impl Edit {
    /// All that can be written, with the words for it.
    const WORDS: [(Self, &'static str); 18] = [
        (Self::Kinds, "kinds"),
        (Self::Outlets, "outlets"),
        (Self::Role, "role"),
        (Self::NoRole, "no-role"),
        (Self::Spoiler(true), "hide"),
        (Self::Spoiler(false), "show"),
        (Self::Thread(true), "thread"),
        (Self::Thread(false), "no-thread"),
        (Self::Votes(Votes::Reactions), "votes"),
        (Self::Votes(Votes::Buttons), "vote-buttons"),
        (Self::Votes(Votes::Off), "no-votes"),
        (Self::Rhythm(Rhythm::Each), "each"),
        (Self::Rhythm(Rhythm::Hourly), "hourly"),
        (Self::Rhythm(Rhythm::Daily), "daily"),
        (Self::Rhythm(Rhythm::Weekly), "weekly"),
        (Self::Paused(true), "pause"),
        (Self::Paused(false), "resume"),
        (Self::Remove, "remove"),
    ];

    fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(edit, _)| *edit == self)
            .map_or("", |(_, word)| word)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(edit, _)| *edit)
    }
}

/// A page written the one way we write it.
fn page_number(text: &str) -> Option<u32> {
    if text == "0" { Some(0) } else { number(text) }
}

/// A number written the one way we write it: no sign, no leading zero, not zero.
fn number<T: FromStr>(text: &str) -> Option<T> {
    let digits = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    T::from_str(text).ok().filter(|_| digits)
}

/// An entity key: `kind:slug`, visible characters only.
fn entity(key: &str) -> Option<String> {
    let (kind, slug) = key.split_once(':')?;
    let known = matches!(kind, "person" | "drama" | "network" | "words");
    let plain = !slug.is_empty() && !slug.chars().any(|c| c.is_control() || super::invisible(c));
    (known && plain).then(|| key.to_owned())
}
