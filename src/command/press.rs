//! The ids of buttons: written for `view`, read back from Discord, where anybody can forge one.
//!
//! `choose|verb|key|asker` (and `|channel`, and `|wish`), `another|key` (as a picture `card|key`),
//! `forget|asker`, `retry|channel`. Only what [`Press::to_id`]
//! would write is read; everything else is no button of ours.

use super::{Edit, Press, Verb};
use crate::model::{ChannelId, SubscriptionId, UserId, answer::Style};
use std::str::FromStr;

/// Most characters of an id, as Discord has it.
pub const ID_MAX: usize = 100;

/// [`Verb::Quote`] with its answer as a picture, where the id of a button names a command.
pub const PICTURE: &str = "card";

/// The commands that can be asked again with what was chosen.
pub const VERBS: &[&str] = &[
    Verb::Subscribe.name(),
    Verb::Quote.name(),
    PICTURE,
    Verb::Top.name(),
    Verb::Mood.name(),
    Verb::Drama.name(),
    Verb::Cast.name(),
    Verb::Preview.name(),
];

impl Press {
    /// The id to put on a button; none when the key is too long or holds what no key holds: then
    /// there can be no such button.
    #[must_use]
    pub fn to_id(&self) -> Option<String> {
        let id = match self {
            Self::Choose {
                verb,
                key,
                asker,
                channel,
                wish,
            } => {
                let channel = channel.map(|channel| channel.to_string());
                let wish = wish.map(|wish| format!("{wish:x}"));
                match (channel, wish) {
                    (None, None) => format!("choose|{verb}|{key}|{asker}"),
                    (Some(channel), None) => format!("choose|{verb}|{key}|{asker}|{channel}"),
                    (channel, Some(wish)) => {
                        format!("choose|{verb}|{key}|{asker}|{}|{wish}", channel.unwrap_or_default())
                    }
                }
            }
            Self::Another { key, style } => format!("{}|{key}", another(*style)),
            Self::List { page, asker } => format!("list|{page}|{asker}"),
            Self::Pick { page, asker } => format!("pick|{page}|{asker}"),
            Self::Edit {
                what,
                subscription,
                page,
                asker,
            } => format!("edit|{}|{subscription}|{page}|{asker}", what.word()),
            Self::Forget { asker } => format!("forget|{asker}"),
            Self::Retry { channel } => format!("retry|{channel}"),
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
            ["choose", verb, key, asker, rest @ ..] if VERBS.contains(verb) && !key.is_empty() => {
                let (channel, wish) = match rest {
                    [] => (None, None),
                    [channel] => (Some(ChannelId(number(channel)?)), None),
                    ["", wish] => (None, Some(hex(wish)?)),
                    [channel, wish] => (Some(ChannelId(number(channel)?)), Some(hex(wish)?)),
                    _ => return None,
                };
                Some(Self::Choose {
                    verb: (*verb).to_owned(),
                    key: entity(key)?,
                    asker: UserId(number(asker)?),
                    channel,
                    wish,
                })
            }
            [word @ ("another" | "card"), key] => Some(Self::Another {
                key: if key.is_empty() { String::new() } else { entity(key)? },
                style: if *word == another(Style::Card) {
                    Style::Card
                } else {
                    Style::Words
                },
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
                subscription: SubscriptionId(i64::try_from(number(subscription)?).ok()?),
                page: page_number(page)?,
                asker: UserId(number(asker)?),
            }),
            ["forget", asker] => Some(Self::Forget {
                asker: UserId(number(asker)?),
            }),
            ["retry", channel] => Some(Self::Retry {
                channel: ChannelId(number(channel)?),
            }),
            _ => None,
        }
    }
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
    const WORDS: [(Self, &'static str); 13] = [
        (Self::Kinds, "kinds"),
        (Self::Outlets, "outlets"),
        (Self::Role, "role"),
        (Self::NoRole, "no-role"),
        (Self::Spoiler(true), "hide"),
        (Self::Spoiler(false), "show"),
        (Self::Thread(true), "thread"),
        (Self::Thread(false), "no-thread"),
        (Self::Votes(true), "votes"),
        (Self::Votes(false), "no-votes"),
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
    if text == "0" {
        Some(0)
    } else {
        u32::try_from(number(text)?).ok()
    }
}

/// A snowflake written the one way we write it: no sign, no leading zero, not zero.
fn number(text: &str) -> Option<u64> {
    let digits = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    u64::from_str(text).ok().filter(|_| digits)
}

/// A number written the one way we write it in hexadecimal digits, not zero.
fn hex(text: &str) -> Option<u32> {
    let digits = !text.starts_with('0') && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    u32::from_str_radix(text, 16).ok().filter(|_| digits)
}

/// An entity key: `kind:slug`, visible characters only.
fn entity(key: &str) -> Option<String> {
    let (kind, slug) = key.split_once(':')?;
    let known = matches!(kind, "person" | "drama" | "network" | "words");
    let plain = !slug.is_empty() && !slug.chars().any(|c| c.is_control() || super::invisible(c));
    (known && plain).then(|| key.to_owned())
}
