//! Votes: reactions on posts, and the feelings they stand for.

use super::{ChannelId, MessageId, UserId};

/// An emoji as a vote.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Emoji {
    /// A Unicode emoji, without the variation selector U+FE0F, which clients add or drop at will.
    Unicode(String),
    /// A server's own emoji, told apart by its id.
    Custom(u64),
}

impl Emoji {
    /// A Unicode emoji.
    #[must_use]
    pub fn unicode(text: &str) -> Self {
        Self::Unicode(text.replace('\u{fe0f}', ""))
    }

    /// The key in the store: the emoji itself, or the digits of the id.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Unicode(text) => text.clone(),
            Self::Custom(id) => id.to_string(),
        }
    }

    /// The emoji with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        // Keycap emoji begin with a digit, but none is made of digits alone.
        if !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit()) {
            key.parse().map_or_else(|_| Self::Unicode(key.to_owned()), Self::Custom)
        } else {
            Self::unicode(key)
        }
    }
}

/// How a vote was given. One person may hold one of each (the numbers are the store's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// A reaction.
    #[default]
    Reaction = 0,
    /// A super reaction.
    Burst = 1,
    /// A button of the post: at most one vote a person. Discord does not know of it.
    Button = 2,
}

impl Way {
    /// A reaction, super or not.
    #[must_use]
    pub const fn reaction(burst: bool) -> Self {
        if burst { Self::Burst } else { Self::Reaction }
    }

    /// Whether a reaction is a super reaction; none: it is none.
    #[must_use]
    pub const fn burst(self) -> Option<bool> {
        match self {
            Self::Reaction => Some(false),
            Self::Burst => Some(true),
            Self::Button => None,
        }
    }

    /// The way with the number that the store keeps.
    #[must_use]
    pub const fn from_db(number: i64) -> Self {
        match number {
            1 => Self::Burst,
            2 => Self::Button,
            _ => Self::Reaction,
        }
    }
}

/// A button of a post that somebody pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressing {
    /// The post.
    pub message: MessageId,
    /// What the button stands for.
    pub emoji: Emoji,
    /// Who.
    pub user: UserId,
    /// The number of the interaction: later ones are greater, and one that is told twice has the same.
    pub at: u64,
}

impl Pressing {
    /// A person's vote by button after this press, which was `held` before it: another button moves it, the same one
    /// takes it back.
    #[must_use]
    pub fn turns(&self, held: Option<&Emoji>) -> Option<Emoji> {
        (held != Some(&self.emoji)).then(|| self.emoji.clone())
    }
}

/// A person's vote by button as it is without presses that failed for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The post.
    pub message: MessageId,
    /// Who.
    pub user: UserId,
    /// The vote; none: they have none.
    pub emoji: Option<Emoji>,
    /// The last press that was counted: when it is another, more is known of this person than this says.
    pub at: u64,
}

/// A press that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The press.
    pub press: Pressing,
    /// That person's vote before it.
    pub before: Option<Emoji>,
}

/// What makes a vote one vote.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VoteKey {
    /// The post.
    pub message: MessageId,
    /// The emoji.
    pub emoji: Emoji,
    /// Who.
    pub user: UserId,
    /// How.
    pub way: Way,
}

/// A change of the votes, in the order Discord told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoteChange {
    /// A vote was given. `bot`: the voter is a bot (not this one: its seeds never get here).
    Add {
        /// Which.
        key: VoteKey,
        /// Whether the voter is a bot.
        bot: bool,
    },
    /// A vote was taken back.
    Remove(VoteKey),
    /// A button was pressed: that becomes the person's vote, or is taken back if it was.
    Press(Pressing),
    /// Presses of a person failed for them after they were counted.
    Restore(Restored),
    /// All reactions of one emoji were cleared.
    ClearEmoji(MessageId, Emoji),
    /// All reactions of a post were cleared.
    Clear(MessageId),
    /// The post was deleted: its tally is frozen as it stands.
    Deleted(MessageId),
    /// The channel was deleted, and all posts in it.
    ChannelDeleted(ChannelId),
}

/// A feeling that readers vote for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeling {
    /// Its name in the settings: `love`.
    pub name: String,
    /// What is seeded, as written in the settings (with variation selector).
    pub seed: String,
    /// Every emoji that counts as it, the seeded one first.
    pub emoji: Vec<Emoji>,
}

impl Feeling {
    /// The emoji that a button for it stands for: the seeded one.
    #[must_use]
    pub fn button(&self) -> Emoji {
        let first = self.emoji.first().cloned();
        first.unwrap_or_else(|| Emoji::unicode(&self.seed))
    }
}

/// The configured feelings, in the order of the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feelings(pub Vec<Feeling>);

impl Feelings {
    /// The feeling an emoji stands for; `None` counts as other.
    #[must_use]
    pub fn of(&self, emoji: &Emoji) -> Option<&Feeling> {
        self.0.iter().find(|feeling| feeling.emoji.contains(emoji))
    }
}

/// Changes of the votes brought together: at most one for each vote. Applied in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteBatch {
    /// Posts whose votes are all cleared first.
    pub cleared: Vec<MessageId>,
    /// Emoji whose votes are all cleared first.
    pub cleared_emoji: Vec<(MessageId, Emoji)>,
    /// Votes taken back.
    pub removed: Vec<VoteKey>,
    /// Votes given, and whether by a bot.
    pub added: Vec<(VoteKey, bool)>,
    /// Votes by buttons that are what they were.
    pub restored: Vec<Restored>,
    /// Buttons pressed, in their order.
    pub pressed: Vec<Pressing>,
    /// Posts deleted: their tallies stay as they are from then on.
    pub deleted: Vec<MessageId>,
    /// Channels deleted, with all their posts.
    pub channels_deleted: Vec<ChannelId>,
}

/// How the votes of one emoji on one post stand, each way of giving them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// The emoji.
    pub emoji: Emoji,
    /// How they were given.
    pub way: Way,
    /// All votes: rows and base, other bots' included, the bot's own seeds not.
    pub votes: u64,
    /// How many of them are other bots'.
    pub bots: u64,
    /// How many of them have no row: their voter is not kept.
    pub base: u64,
}

/// What Discord shows of one emoji on one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The emoji.
    pub emoji: Emoji,
    /// Normal reactions, the bot's own included.
    pub normal: u64,
    /// Super reactions, the bot's own included.
    pub burst: u64,
    /// Whether the bot's own is among the normal ones.
    pub me: bool,
    /// Whether the bot's own is among the super reactions.
    pub me_burst: bool,
}
