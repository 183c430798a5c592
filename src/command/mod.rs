//! What people can ask of Daesa: one enum, one table, one path for `!`, mention and slash.
//!
//! `parse` turns text and slash options into a [`Command`]; `table` describes each for registration
//! and help. Names are resolved by `app`, words of replies are `view`'s.

mod parse;
mod table;

pub use parse::{from_options, from_text, strip_prefix};
pub use table::{ENTRIES, Entry, OptionKind, OptionSpec, entry, nearest};

use crate::model::{
    ChannelId,
    answer::{Period, Refusal, TopBy},
};

/// What a person asks for. Free text is folded to one line and within the limits of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The channel is to follow something. `what`: none with `everything`.
    Subscribe {
        /// A drama, a person, a network, an entity key chosen by autocomplete, or unknown words.
        what: String,
        /// Every story, whatever it is about.
        everything: bool,
        /// Which channel; none: here.
        channel: Option<ChannelId>,
    },
    /// No longer.
    Unsubscribe {
        /// What.
        what: String,
        /// Everything is meant to end.
        everything: bool,
        /// Which channel.
        channel: Option<ChannelId>,
    },
    /// What this server's channels follow.
    Subscriptions,
    /// Pause posts to a channel.
    Pause {
        /// Which channel.
        channel: Option<ChannelId>,
    },
    /// Let them flow again.
    Resume {
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
    },
    /// A ranking by votes.
    Top {
        /// Since when.
        period: Period,
        /// Of what.
        by: TopBy,
        /// Only of this drama.
        drama: Option<String>,
    },
    /// How people felt.
    Mood {
        /// About which drama; none: all.
        drama: Option<String>,
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

/// A button's meaning, carried in its custom id (at most 100 characters, checked when it comes back:
/// anybody can forge one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// One of several that may be meant was chosen: the verb asks again with this key.
    Choose {
        /// The command.
        verb: String,
        /// The entity key.
        key: String,
        /// Who may press.
        asker: crate::model::UserId,
    },
    /// Another line of the same person or drama.
    Another {
        /// Entity key, or empty for anything.
        key: String,
    },
    /// Yes, forget me.
    Forget {
        /// Who may press.
        asker: crate::model::UserId,
    },
}

/// What came of parsing: a command, or what to tell the person.
pub type Parsed = Result<Command, Refusal>;
