//! Why a command did nothing, and why a story is where it is: what a person is told when the answer is no.

use super::{Cause, Need};
use crate::model::{ArticleKind, ChannelId, MessageId, Millis, RoleId};

/// Why a subscription does not let a story through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptOut {
    /// It wants other kinds of article: the story's.
    Kind(ArticleKind),
    /// It wants other outlets: the story's.
    Outlet(String),
    /// It is paused.
    Paused,
    /// It was made, or lets the story through, only since the story came.
    Later,
}

/// Why a story was or was not posted in a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was posted: as this message (none: deleted since), because of these subscriptions.
    Posted {
        /// The message.
        message: Option<MessageId>,
        /// The labels of what matched.
        because: Vec<String>,
    },
    /// On its way.
    Waiting {
        /// When it is tried next.
        due: Millis,
    },
    /// It waits for the channel's digest, or for the end of its quiet hours.
    Scheduled {
        /// When that is; 0: it is being found out.
        due: Millis,
    },
    /// The bot may not post in the channel: it waits until it may again.
    Blocked {
        /// Since when it may not.
        since: Millis,
    },
    /// Held: it cannot be known whether it was posted.
    Held,
    /// Given up, with the reason.
    GivenUp(Cause),
    /// Nothing that the channel follows is in it; these dramas and people are.
    NotFollowed {
        /// What the story is about.
        about: Vec<String>,
    },
    /// What the channel follows is in it, but none of the subscriptions lets it through: each with the reason.
    KeptOut(Vec<(String, KeptOut)>),
    /// It was there when the feed was looked at for the first time.
    FirstLook,
    /// It waits to be read: why it could not be so far, and when it is tried next.
    Unread {
        /// What was in the way.
        cause: Option<Cause>,
        /// When.
        due: Millis,
    },
    /// It came to nothing, and why.
    LeftOut(Cause),
    /// It is a story that was known already, from another address or outlet.
    Same,
    /// The story is not known: never seen in a feed.
    Unknown,
}

/// Why a command did nothing. Each says what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such command; the nearest one.
    NoCommand {
        /// What was typed.
        asked: String,
        /// The nearest.
        nearest: Option<&'static str>,
    },
    /// An argument is missing.
    Missing {
        /// The command.
        command: &'static str,
        /// The option.
        option: &'static str,
    },
    /// An argument is too long.
    TooLong {
        /// The option.
        option: &'static str,
        /// Most characters.
        limit: usize,
    },
    /// An argument is not one of the possible ones.
    BadValue {
        /// The option.
        option: &'static str,
        /// What was given.
        given: String,
        /// What is possible.
        possible: &'static [&'static str],
    },
    /// An argument has a form of its own that this has not.
    BadForm {
        /// The option.
        option: &'static str,
        /// What was given.
        given: String,
        /// How it may look.
        examples: &'static [&'static str],
    },
    /// The name is known, but is no drama's.
    NotADrama {
        /// Its name.
        name: String,
    },
    /// A network, of which nothing is heard.
    SaysNothing {
        /// Its name.
        name: String,
    },
    /// A member was mentioned where the name of a person or a drama is asked for.
    Member,
    /// Only one of these options can be given at a time.
    OneOnly {
        /// Which.
        options: &'static [&'static str],
    },
    /// Needs the permission Manage Channels.
    NotAllowed,
    /// Works in a server only.
    ServerOnly,
    /// The bot lacks permissions in that channel.
    BotLacks {
        /// Where.
        channel: ChannelId,
        /// Which.
        missing: Vec<Need>,
    },
    /// That is no role of this server that can be mentioned.
    BadRole,
    /// The person may not mention that role.
    RoleNotYours(RoleId),
    /// No such outlet is watched; these are.
    NoOutlet {
        /// What was given.
        given: String,
        /// The names of the watched ones.
        watched: Vec<String>,
    },
    /// That channel does not exist or is not of this server, or posts cannot go there.
    BadChannel,
    /// The button belongs to somebody else.
    NotYours,
    /// The button is too old, or its message is not known any more.
    Expired,
    /// Too many commands in a short time; seconds to wait.
    SlowDown(u64),
    /// The store cannot be written now: only what reads works.
    ReadOnly,
    /// Something failed here; the operator's log has this number.
    Failed(u32),
}
