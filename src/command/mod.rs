//! What people can ask of Daesa: one enum, one table, one path for `!`, mention and slash.
//!
//! `lex` cuts a message into words, quoted titles, keys and channels; `parse` turns those and slash
//! options into a [`Command`], both through the same builder; `table` is what a description of a
//! command is made of and `entries` describes each, for registration, text and help; `press` writes
//! and checks the ids of buttons; `clean` takes out of outside text what nobody can see.
//! Names are resolved by `app`, words of replies are `view`'s.

mod clean;
mod entries;
mod hours;
mod lex;
mod list;
mod options;
mod parse;
mod press;
mod ranking;
mod table;
mod terms;
#[cfg(test)]
mod tests;

pub use clean::{clean, invisible};
pub use entries::{ENTRIES, FROM_POST};
pub use hours::{DAY_PICKS, zones};
pub use list::pieces;
pub use parse::{Addressed, OptionValue, from_menu, from_message, from_options, from_text, no_command, strip_prefix};
pub use press::ID_MAX;
pub use table::{
    Complete, Entry, Example, OptionKind, OptionSpec, Pick, Reach, Text, Verb, entry, far_from, nearest, option_name,
    value_name,
};
pub use terms::{KIND_PICKS, RHYTHM_PICKS, VOTES_PICKS, kind_pick};

use crate::model::{
    ArticleId, Change, ChannelId, Emoji, HoursChange, MessageId, QuestionId, Rhythm, SubscriptionId, UserId, Votes,
    answer::{FeedAction, Period, Refusal, Style, TopBy},
};

use serde::{Deserialize, Serialize};

/// Most characters of a name, a title or words that a person types.
pub const NAME_MAX: usize = 100;

/// Most characters of a list of names.
pub const NAMES_MAX: usize = 300;

/// Most characters of an address or headline that a person types.
pub const STORY_MAX: usize = 500;

/// What a person asks for. Free text is folded to one line and within the limits of the table.
///
/// As JSON it is what the store keeps for a button that goes on with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// The channel is to follow something, or what it follows is to be posted in another way.
    Subscribe {
        /// Dramas, people, networks, entity keys chosen by autocomplete, unknown words; each may be several, as
        /// [`pieces`] finds them. Empty with `everything`.
        what: Vec<String>,
        /// Every story, whatever it is about.
        everything: bool,
        /// Which channel; none: here.
        channel: Option<ChannelId>,
        /// Which stories, and how they are posted.
        change: Change,
    },
    /// No longer.
    Unsubscribe {
        /// What.
        which: Which,
        /// Which channel.
        channel: Option<ChannelId>,
    },
    /// What this server's channels follow.
    Subscriptions,
    /// Pause posts to a channel.
    Pause {
        /// For what it follows.
        which: Which,
        /// Which channel.
        channel: Option<ChannelId>,
    },
    /// When the digests of a channel or of the server's channels come, when it is quiet, in whose time.
    Hours {
        /// What is to be different; nothing: they are shown.
        change: HoursChange,
        /// Of the server, for all channels that have not set their own.
        server: bool,
        /// Which channel.
        channel: Option<ChannelId>,
    },
    /// Let them flow again.
    Resume {
        /// For what it follows.
        which: Which,
        /// Which channel.
        channel: Option<ChannelId>,
    },
    /// What somebody said. All none: anything.
    Quote {
        /// A person or character (or, typed after `!quote`, a drama).
        name: Option<String>,
        /// A drama.
        drama: Option<String>,
        /// Words in the line.
        text: Option<String>,
        /// How it is shown.
        style: Style,
    },
    /// Words behind a mention of the bot that call no command: who is called so is quoted.
    Called {
        /// The words.
        name: String,
        /// How the line is shown.
        style: Style,
    },
    /// What was said in the story of a post: a command of the message's context menu.
    FromPost {
        /// The message.
        message: MessageId,
        /// Addresses in it, should it be no post of ours.
        links: Vec<String>,
    },
    /// A ranking by votes.
    Top {
        /// Since when.
        period: Period,
        /// Of what.
        by: TopBy,
        /// Only of this drama.
        drama: Option<String>,
        /// In all servers, not only in this one.
        everywhere: bool,
    },
    /// How people felt.
    Mood {
        /// About which drama; none: all.
        drama: Option<String>,
        /// About which story, by its address or words of its headline.
        story: Option<String>,
        /// In all servers, not only in this one.
        everywhere: bool,
    },
    /// What is known of a drama.
    Drama {
        /// Its title.
        name: String,
    },
    /// Who is in it; or, for a person, what they play.
    Cast {
        /// A drama or person.
        name: String,
    },
    /// What the newest story would look like here.
    Preview {
        /// About what; none: the newest of all.
        what: Option<String>,
    },
    /// Why a story was or was not posted here.
    Why {
        /// Its address or words of its headline; none: the newest.
        story: Option<String>,
    },
    /// What works here.
    Check {
        /// Which channel.
        channel: Option<ChannelId>,
    },
    /// Feeds of a server's own.
    Feed {
        /// What is to be done.
        action: FeedAction,
        /// Which.
        address: Option<String>,
    },
    /// What can be asked.
    Help {
        /// About one command.
        command: Option<String>,
    },
    /// The bot about itself.
    About,
    /// What is kept.
    Privacy,
    /// Forget who gave my votes.
    ForgetMe,
}

/// Which of a channel's subscriptions are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Which {
    /// Names as in [`Command::Subscribe`].
    pub what: Vec<String>,
    /// The one that brings every story.
    pub everything: bool,
    /// All of them.
    pub all: bool,
}

/// A button's meaning, carried in its custom id (at most 100 characters, checked when it comes back:
/// anybody can forge one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// One of several that may be meant was chosen: the command is asked again with this key.
    Choose {
        /// The command that waits for it.
        question: QuestionId,
        /// The entity key.
        key: String,
    },
    /// Another line of the same person or drama.
    Another {
        /// Entity key, or empty for anything.
        key: String,
        /// How it is shown.
        style: Style,
    },
    /// The same once more, with all its options.
    Again {
        /// The command.
        question: QuestionId,
    },
    /// Another page of the list of subscriptions.
    List {
        /// The page, from 0.
        page: u32,
        /// Who may press.
        asker: UserId,
    },
    /// One of the list was chosen in its menu: the value is its number.
    Pick {
        /// The page that it was chosen on.
        page: u32,
        /// Who may choose.
        asker: UserId,
    },
    /// A subscription is to be different.
    Edit {
        /// What of it.
        what: Edit,
        /// Which.
        subscription: SubscriptionId,
        /// The page that it stands on.
        page: u32,
        /// Who may press.
        asker: UserId,
    },
    /// Yes, forget me.
    Forget {
        /// Who may press.
        asker: UserId,
    },
    /// Earlier stories about the drama and the people of one.
    Related {
        /// The story.
        article: ArticleId,
    },
    /// Post again what is held or was given up in a channel. For those who may manage it.
    Retry {
        /// The channel.
        channel: ChannelId,
    },
    /// A vote on the post that the button stands under.
    Vote {
        /// What the button stands for.
        emoji: Emoji,
    },
}

/// What of a subscription is changed by a menu or a button of its dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Which kinds of article: the values of a menu.
    Kinds,
    /// Which outlets: the values of a menu.
    Outlets,
    /// Which role is mentioned: the value of a menu.
    Role,
    /// No role is mentioned any more.
    NoRole,
    /// Whether the plot is hidden.
    Spoiler(bool),
    /// Whether each post gets a thread.
    Thread(bool),
    /// Whether readers can vote, and how.
    Votes(Votes),
    /// When the stories are posted.
    Rhythm(Rhythm),
    /// Whether it is paused.
    Paused(bool),
    /// It ends.
    Remove,
}

/// What came of parsing: a command, or what to tell the person.
pub type Parsed = Result<Command, Refusal>;

impl Command {
    /// Which of the table's commands this is.
    #[must_use]
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Subscribe { .. } => Verb::Subscribe,
            Self::Unsubscribe { .. } => Verb::Unsubscribe,
            Self::Subscriptions => Verb::Subscriptions,
            Self::Pause { .. } => Verb::Pause,
            Self::Resume { .. } => Verb::Resume,
            Self::Hours { .. } => Verb::Hours,
            Self::Quote { .. } | Self::Called { .. } | Self::FromPost { .. } => Verb::Quote,
            Self::Top { .. } => Verb::Top,
            Self::Mood { .. } => Verb::Mood,
            Self::Drama { .. } => Verb::Drama,
            Self::Cast { .. } => Verb::Cast,
            Self::Preview { .. } => Verb::Preview,
            Self::Why { .. } => Verb::Why,
            Self::Check { .. } => Verb::Check,
            Self::Feed { .. } => Verb::Feed,
            Self::Help { .. } => Verb::Help,
            Self::About => Verb::About,
            Self::Privacy => Verb::Privacy,
            Self::ForgetMe => Verb::ForgetMe,
        }
    }

    /// The command with a chosen key in the place of the name that was not clear: of `slot`, where it has several.
    #[must_use]
    pub fn choosing(mut self, slot: &str, key: String) -> Self {
        match &mut self {
            Self::Subscribe { what, everything, .. } => {
                *everything = false;
                *what = vec![key];
            }
            Self::Quote { drama, .. } if slot == "drama" => *drama = Some(key),
            Self::Quote { name, .. } => *name = Some(key),
            Self::Top { drama, .. } | Self::Mood { drama, .. } => *drama = Some(key),
            Self::Drama { name } | Self::Cast { name } | Self::Called { name, .. } => *name = key,
            Self::Preview { what } => *what = Some(key),
            Self::Unsubscribe { .. }
            | Self::Subscriptions
            | Self::FromPost { .. }
            | Self::Pause { .. }
            | Self::Resume { .. }
            | Self::Hours { .. }
            | Self::Why { .. }
            | Self::Check { .. }
            | Self::Feed { .. }
            | Self::Help { .. }
            | Self::About
            | Self::Privacy
            | Self::ForgetMe => {}
        }
        self
    }

    /// Its name, as registered.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.verb().name()
    }

    /// Whether only those may use it who may manage channels.
    #[must_use]
    pub const fn needs_manager(&self) -> bool {
        self.verb().needs_manager()
    }

    /// Whether the reply to the slash command is for the person's eyes alone. Refusals always are.
    #[must_use]
    pub const fn ephemeral(&self) -> bool {
        matches!(self, Self::FromPost { .. }) || self.verb().ephemeral()
    }
}
