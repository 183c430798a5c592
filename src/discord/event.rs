//! What Discord tells Daesa: one closed enum, in the order of the shard.

use super::{error::Fatal, session::Mark};
use crate::{
    command::{OptionValue, Parsed, Press},
    model::{
        ApplicationId, ChannelId, Emoji, GuildId, InteractionId, Lang, MessageId, Pressing, RoleId, UserId, VoteChange,
        answer::Place,
    },
};
use futures_util::future::BoxFuture;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// An event with its place in the order. Say `committed(received.mark())` once its effect is stored.
#[derive(Clone, Debug)]
pub struct Received {
    /// The shard that it came through.
    pub shard: u32,
    /// The how manieth session of this process.
    pub epoch: u32,
    /// Its number in the session; numbers rise, not every one is an event.
    pub seq: u64,
    /// What happened.
    pub event: Event,
}

impl Received {
    /// What to give back when the event's effect is in the store.
    #[must_use]
    pub const fn mark(&self) -> Mark {
        Mark {
            shard: self.shard,
            epoch: self.epoch,
            seq: self.seq,
        }
    }
}

impl Event {
    /// How to answer, for what wants an answer.
    pub(super) const fn reply(&self) -> Option<&ReplyTo> {
        match self {
            Self::Asked(asked) => Some(&asked.reply),
            Self::Pressed(pressed) => Some(&pressed.reply),
            _ => None,
        }
    }
}

/// Everything that can happen, as far as Daesa cares.
#[derive(Clone, Debug)]
pub enum Event {
    /// A new session has begun: what happened before it is lost, so tallies want reconciling.
    Ready {
        /// The bot itself.
        bot: UserId,
        /// Its application.
        application: ApplicationId,
        /// The servers of this shard; each follows as [`Event::Server`].
        guilds: Vec<GuildId>,
        /// Whether texts of messages can be read, so `!` commands work.
        reads_messages: bool,
    },
    /// The session goes on: nothing was lost.
    Resumed,
    /// A server is there: at the start, after an outage, or newly joined.
    Server(ServerInfo),
    /// Something of a server changed that permissions hang on.
    ServerChanged(GuildId),
    /// A server cannot be reached for a while. Its settings stay.
    ServerUnavailable(GuildId),
    /// The bot was removed from a server.
    ServerLeft(GuildId),
    /// A channel or thread was deleted, and all posts in it.
    ChannelGone {
        /// Its server.
        guild: Option<GuildId>,
        /// Which.
        channel: ChannelId,
    },
    /// A message of the bot's own, as everybody else sees it: a second acknowledgement.
    Echo {
        /// Where.
        channel: ChannelId,
        /// The message.
        message: MessageId,
        /// The nonce it was sent with.
        nonce: Option<String>,
    },
    /// Somebody asks for something, by `!`, mention or slash command.
    Asked(Asked),
    /// Somebody pressed a button.
    Pressed(Pressed),
    /// Messages were deleted. (A vote's post among them is [`VoteChange::Deleted`] to the tally.)
    MessagesDeleted {
        /// Where.
        channel: ChannelId,
        /// Which.
        messages: Vec<MessageId>,
    },
    /// A reaction was given or taken; on any message, the tracked ones are the store's to know. The
    /// bot's own are left out.
    Vote(VoteChange),
    /// Something came that could not be read. Its content is not kept.
    Unreadable {
        /// Discord's name of the event.
        kind: String,
        /// Its number.
        seq: u64,
        /// What was wrong with it.
        reason: String,
    },
    /// The shard has ended and will not come back by itself.
    Fatal(Fatal),
}

/// A server, as far as Daesa looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerInfo {
    /// Which.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// Its language.
    pub lang: Lang,
    /// Where a greeting may go.
    pub system_channel: Option<ChannelId>,
    /// Whether nothing was told of it for a while: it was away, or the session had not announced it, since the bot has
    /// just joined. What happened there meanwhile is not known.
    pub unheard: bool,
}

/// Where somebody asks or presses, who that is and what they may there.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Where.
    pub place: Place,
    /// Who.
    pub by: UserId,
    /// That person's roles in the server.
    pub roles: Vec<RoleId>,
    /// Whether that person has Manage Channels there.
    pub may_manage: bool,
    /// The person's language.
    pub lang: Lang,
    /// The server's language.
    pub server_lang: Lang,
    /// Whether the person brought the bot along, as an app of their own: it is not in the server.
    pub brought: bool,
}

/// A command, where and by whom it was given.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is wanted, or why it was not understood.
    pub parsed: Parsed,
    /// Where, and who asks.
    pub scene: Scene,
    /// How to answer.
    pub reply: ReplyTo,
}

/// A button that was pressed.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// Its meaning; none: not one of ours, or forged.
    pub press: Option<Press>,
    /// What was chosen, if it is a menu.
    pub values: Vec<String>,
    /// The message with the button.
    pub message: MessageId,
    /// Where, and who pressed.
    pub scene: Scene,
    /// How to answer.
    pub reply: ReplyTo,
}

impl Pressed {
    /// The number of the interaction: later ones are greater.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.reply.id()
    }

    /// What this press says of a vote with that emoji.
    #[must_use]
    pub fn vote(&self, emoji: Emoji) -> Pressing {
        Pressing {
            message: self.message,
            emoji,
            user: self.scene.by,
            at: self.number(),
        }
    }
}

/// A word being typed in a slash command. Answered directly, outside the ordered stream.
#[derive(Clone, Debug)]
pub struct Completing {
    /// The command.
    pub command: String,
    /// The option being typed.
    pub option: String,
    /// What stands there so far.
    pub typed: String,
    /// The other options as they stand.
    pub others: Vec<(String, OptionValue)>,
    /// Where.
    pub place: Place,
    /// The person's language.
    pub lang: Lang,
}

/// Answers a [`Completing`] with (name shown, value), best first; within milliseconds, from what is known here.
pub type Complete = Arc<dyn Fn(Completing) -> BoxFuture<'static, Vec<(String, String)>> + Send + Sync>;

/// How to answer somebody.
#[derive(Clone, Debug)]
pub enum ReplyTo {
    /// By a message that refers to theirs.
    Message {
        /// Where.
        channel: ChannelId,
        /// Their message.
        message: MessageId,
    },
    /// Through their interaction: within three seconds, or after a deferral within fifteen minutes.
    Interaction(Ticket),
}

impl ReplyTo {
    /// The id of what is answered: of the message, or of the interaction.
    pub(super) const fn id(&self) -> u64 {
        match self {
            Self::Message { message, .. } => message.0,
            Self::Interaction(ticket) => ticket.id.0,
        }
    }

    /// Whether only the one who asked can be shown the answer.
    #[must_use]
    pub const fn can_whisper(&self) -> bool {
        matches!(self, Self::Interaction(_))
    }
}

/// What an interaction is answered with. Its token is a password for a quarter of an hour, so `Debug`
/// does not show it. Clones share whether it was acknowledged.
#[derive(Clone)]
pub struct Ticket {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    pub(super) token: Arc<str>,
    acknowledged: Arc<AtomicBool>,
}

impl Ticket {
    pub(super) fn new(id: InteractionId, application: ApplicationId, token: &str) -> Self {
        Self {
            id,
            application,
            token: token.into(),
            acknowledged: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Whether Discord has had its first answer.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.acknowledged.load(Ordering::Acquire)
    }

    pub(super) fn acknowledge(&self) {
        self.acknowledged.store(true, Ordering::Release);
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket")
            .field("id", &self.id)
            .field("acknowledged", &self.is_acknowledged())
            .finish_non_exhaustive()
    }
}
