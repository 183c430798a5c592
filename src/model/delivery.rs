//! A story on its way to a channel.

use super::{ArticleId, ChannelId, DeliveryId, GuildId, MessageId, Millis};

/// Where a delivery stands (STORE.md §4; the numbers are the store's).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// To be sent, or being sent: then its `due` lies ahead and it has an owner.
    Pending = 0,
    /// Discord has it.
    Sent = 1,
    /// Given up; kept and shown.
    Dead = 2,
    /// No longer wanted.
    Cancelled = 3,
    /// Uncertain: it may or may not have been posted, and the channel cannot be read. Reported, never guessed.
    Held = 4,
    /// Told of in the message of another, its digest, and sent when that is.
    Bundled = 5,
    /// Waits for its time: that of a digest, or the end of the channel's quiet hours.
    Scheduled = 6,
}

/// Why a story was not posted as it came (the numbers are the store's, the greater one holds).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wait {
    /// It was.
    #[default]
    None = 0,
    /// The bot was away.
    Outage = 1,
    /// The channel had its quiet hours.
    Quiet = 2,
    /// The channel wants a digest each hour …
    Hourly = 3,
    /// … each day …
    Daily = 4,
    /// … or each week.
    Weekly = 5,
}

impl Wait {
    /// The one with the number that the store keeps.
    #[must_use]
    pub const fn from_db(number: i64) -> Self {
        match number {
            1 => Self::Outage,
            2 => Self::Quiet,
            3 => Self::Hourly,
            4 => Self::Daily,
            5 => Self::Weekly,
            _ => Self::None,
        }
    }
}

/// What a channel does with posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Venue {
    /// They stand in it, one below the other.
    #[default]
    Channel,
    /// As in a channel, and they are published to the channels that follow it.
    Announcement,
    /// Each is a thread of its own, whose id is its first message's.
    Forum,
}

/// A delivery claimed by the sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its row.
    pub id: DeliveryId,
    /// Where to.
    pub channel: ChannelId,
    /// The server of the channel.
    pub guild: GuildId,
    /// What.
    pub article: ArticleId,
    /// How often it was claimed, this time included.
    pub attempt: u32,
    /// When it was enqueued.
    pub enqueued: Millis,
    /// When it was first claimed: a post may exist from then on.
    pub first_try: Millis,
    /// Whether an earlier attempt may have reached Discord.
    pub uncertain: bool,
    /// Whether the card was refused and is to be sent as plain text now.
    pub plain: bool,
    /// Whether the channel is known to be a forum.
    pub forum: bool,
}

/// What came of an attempt to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Posted as this message.
    Sent(MessageId),
    /// Posted, and deleted by somebody since (10008 on create).
    Gone,
    /// Refused for now; the wait in milliseconds is Discord's.
    RateLimited(u64),
    /// No answer, or an answer that says nothing of the fate of the message: timeout, reset, 5xx.
    Unknown(String),
    /// Discord refused: HTTP status and error code.
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's JSON error code, 0 when there is none.
        code: u32,
    },
    /// Certainly not sent: no connection could be made.
    NotSent(String),
}

/// What is done with a delivery after an attempt: `outbox` decides, the store writes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Done. Without a message: posted, and deleted by somebody since.
    Sent(Option<MessageId>),
    /// Tried again.
    RetryAt {
        /// When.
        due: Millis,
        /// Whether the attempt may have reached Discord.
        uncertain: bool,
        /// Whether the attempt counts; a wait that Discord asked for does not.
        count_attempt: bool,
    },
    /// The card was refused: tried again as plain text.
    Plain {
        /// When.
        due: Millis,
    },
    /// Uncertain for good: kept, shown, never guessed.
    Hold(String),
    /// Given up: kept and shown.
    Dead(String),
    /// The bot may not post in the channel: all its deliveries wait until it may again.
    PauseChannel {
        /// Why, for people.
        reason: String,
    },
    /// The channel has its quiet hours: it waits for their end.
    Wait,
    /// The channel is gone: it follows nothing any more, and nothing is sent there.
    CancelChannel,
    /// Nothing is sent any more: the token is not accepted.
    StopSender,
    /// The thread is archived: it is unarchived first, if that is allowed.
    Unarchive {
        /// When to try again.
        due: Millis,
    },
}
