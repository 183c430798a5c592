//! Identifiers as types, so that a channel cannot be passed where a message is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! snowflake {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl $name {
            /// The id as SQLite stores it. Every snowflake until 2084 fits into 63 bits.
            #[must_use]
            pub const fn to_db(self) -> i64 {
                self.0.cast_signed()
            }

            /// The id as read from SQLite.
            #[must_use]
            pub const fn from_db(value: i64) -> Self {
                Self(value.cast_unsigned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

snowflake! {
    /// A Discord server.
    GuildId,
    /// A Discord channel or thread.
    ChannelId,
    /// A Discord message.
    MessageId,
    /// A Discord user, people and bots alike.
    UserId,
    /// A Discord role.
    RoleId,
    /// An interaction: one use of a slash command, a button or an autocompletion.
    InteractionId,
    /// The bot's application.
    ApplicationId,
}

impl MessageId {
    /// When the message was made, by Discord's clock.
    #[must_use]
    pub const fn created(self) -> super::Millis {
        created(self.0)
    }

    /// The lowest number that a message of a moment can have; of one before Discord was, zero.
    #[must_use]
    pub const fn first_of(at: super::Millis) -> Self {
        let since = at.saturating_sub(EPOCH);
        Self(if since < 0 { 0 } else { since.cast_unsigned() << 22 })
    }
}

impl InteractionId {
    /// When it began, by Discord's clock.
    #[must_use]
    pub const fn created(self) -> super::Millis {
        created(self.0)
    }
}

/// Discord's reference, “Snowflakes”: milliseconds since 2015 in the upper 42 bits.
const fn created(id: u64) -> super::Millis {
    (id >> 22).cast_signed() + EPOCH
}

const EPOCH: super::Millis = 1_420_070_400_000;

/// An id in as few characters as a nonce has room for: at most 13 of 0 to 9 and a to z.
#[must_use]
pub fn base36(mut id: u64) -> String {
    let mut digits = Vec::with_capacity(13);
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(id % 36) as usize]);
        id /= 36;
        if id == 0 {
            break digits.iter().rev().map(|digit| char::from(*digit)).collect();
        }
    }
}

macro_rules! row {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

row! {
    /// A row of the store's `feed` table.
    FeedId,
    /// A row of the store's `entry` table.
    EntryId,
    /// A row of the store's `article` table.
    ArticleId,
    /// A row of the store's `quote` table.
    QuoteId,
    /// A row of the store's `delivery` table.
    DeliveryId,
    /// A row of the store's `subscription` table.
    SubscriptionId,
    /// A row of the store's `question` table: a command that a button goes on with.
    QuestionId,
}

macro_rules! slug {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

slug! {
    /// A person of the catalogue: a slug such as `ahn-hyo-seop`, stable over versions.
    PersonId,
    /// A drama of the catalogue: a slug such as `lovers-of-the-red-sky`.
    DramaId,
    /// A network or platform of the catalogue: a slug such as `sbs`.
    NetworkId,
}
