//! What the sandbox knows: people, servers, channels, messages, reactions, interactions. Plain data that can
//! be kept in a file; the rules that change it are in the other files of this folder.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A person or the bot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// Snowflake.
    pub id: u64,
    /// Account name, lower case.
    pub name: String,
    /// Name that is shown.
    pub display: String,
    /// Whether the account is an application's.
    pub bot: bool,
    /// Avatar's colour, 0xRRGGBB.
    pub color: u32,
    /// Language of the person's client, such as `en-US` or `ko`.
    pub locale: String,
}

/// A role of a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Snowflake; that of @everyone is the server's.
    pub id: u64,
    /// Name.
    pub name: String,
    /// Permission bits.
    pub permissions: u64,
    /// Order, 0 at the bottom.
    pub position: u32,
    /// Colour, 0 for none.
    pub color: u32,
    /// Whether it belongs to an application.
    pub managed: bool,
    /// Whether everybody may mention it.
    #[serde(default)]
    pub mentionable: bool,
}

/// Somebody in a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: u64,
    /// Name in this server.
    pub nick: Option<String>,
    /// Roles besides @everyone.
    pub roles: Vec<u64>,
    /// Unix ms.
    pub joined: i64,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guild {
    /// Snowflake.
    pub id: u64,
    /// Name.
    pub name: String,
    /// Who owns it; may do everything.
    pub owner: u64,
    /// Colour on the page, 0xRRGGBB.
    pub color: u32,
    /// Language, such as `en-US` or `ko`.
    pub locale: String,
    /// Where Discord itself posts.
    pub system_channel: Option<u64>,
    /// Roles; the first is @everyone.
    pub roles: Vec<Role>,
    /// Who is in it, the bot as well when it was invited.
    pub members: BTreeMap<u64, Member>,
    /// An outage: the bot sees only its id.
    pub unavailable: bool,
}

/// What a channel is; the number is Discord's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelKind {
    /// Text, 0.
    Text,
    /// Messages between one person and the bot, 1.
    Direct,
    /// Voice, with a chat of its own, 2.
    Voice,
    /// A heading for channels, 4.
    Category,
    /// Announcements that others may follow, 5.
    Announcement,
    /// A thread under an announcement channel, 10.
    AnnouncementThread,
    /// A thread, 11.
    Thread,
    /// Holds threads only, 15.
    Forum,
}

impl ChannelKind {
    /// Discord's number.
    pub fn number(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Direct => 1,
            Self::Voice => 2,
            Self::Category => 4,
            Self::Announcement => 5,
            Self::AnnouncementThread => 10,
            Self::Thread => 11,
            Self::Forum => 15,
        }
    }

    /// Whether it is a thread of either kind.
    pub fn is_thread(self) -> bool {
        matches!(self, Self::Thread | Self::AnnouncementThread)
    }

    /// Whether messages can be sent into it.
    pub fn takes_messages(self) -> bool {
        !matches!(self, Self::Category | Self::Forum)
    }
}

/// An exception to the roles' permissions, in one channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overwrite {
    /// Role or member.
    pub id: u64,
    /// Whether `id` is a member's.
    pub member: bool,
    /// Bits given.
    pub allow: u64,
    /// Bits taken.
    pub deny: u64,
}

/// A tag of a forum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Snowflake.
    pub id: u64,
    /// Name.
    pub name: String,
    /// Whether only who may manage threads can give it.
    pub moderated: bool,
}

/// What only threads have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadState {
    /// Who began it.
    pub owner: u64,
    /// Archived threads take no reactions; a message opens them again.
    pub archived: bool,
    /// Only moderators can open it again.
    pub locked: bool,
    /// Minutes of rest until it is archived.
    pub auto_archive: u32,
    /// Unix ms of the last change of `archived`.
    pub changed: i64,
    /// Tags in a forum.
    pub tags: Vec<u64>,
}

/// A channel, a category, a thread or a direct conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// Snowflake.
    pub id: u64,
    /// Server, none for direct ones.
    pub guild: Option<u64>,
    /// What it is.
    pub kind: ChannelKind,
    /// Name.
    pub name: String,
    /// What it is for.
    pub topic: Option<String>,
    /// Category, or the channel of a thread.
    pub parent: Option<u64>,
    /// Order among its siblings.
    pub position: u32,
    /// Exceptions.
    pub overwrites: Vec<Overwrite>,
    /// The person of a direct conversation.
    pub recipient: Option<u64>,
    /// Of a thread.
    pub thread: Option<ThreadState>,
    /// Of a forum: the tags that its posts can carry.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// Of a forum: whether a post needs one.
    #[serde(default)]
    pub tag_required: bool,
    /// The newest message there ever was.
    pub last_message: Option<u64>,
}

/// An emoji: a character, or a server's own one with an id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emoji {
    /// Of a server's own emoji.
    pub id: Option<u64>,
    /// The character, or the name.
    pub name: String,
}

/// Who reacted with an emoji.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reacted {
    /// With what.
    pub emoji: Emoji,
    /// Normal reactions, in the order they came.
    pub normal: Vec<u64>,
    /// Super reactions.
    pub burst: Vec<u64>,
}

impl Reacted {
    /// All reactions, super ones included.
    pub fn count(&self) -> usize {
        self.normal.len() + self.burst.len()
    }
}

/// What a message answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Message.
    pub message: u64,
    /// Its channel.
    pub channel: u64,
}

/// The interaction that a message answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Interaction.
    pub id: u64,
    /// Discord's type: 2 command, 3 component.
    pub kind: u8,
    /// Who asked.
    pub user: u64,
    /// Command's name.
    pub name: Option<String>,
    /// Message whose button was pressed.
    pub pressed: Option<u64>,
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Snowflake.
    pub id: u64,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// MIME type.
    pub content_type: Option<String>,
    /// Alternative text.
    pub description: Option<String>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Snowflake.
    pub id: u64,
    /// Channel.
    pub channel: u64,
    /// Who wrote it.
    pub author: u64,
    /// Discord's type: 0 default, 18 thread created, 19 reply, 20 command's answer, 21 thread starter.
    pub kind: u8,
    /// Text.
    pub content: String,
    /// Unix ms.
    pub time: i64,
    /// Unix ms of the last edit.
    pub edited: Option<i64>,
    /// Discord's flags.
    pub flags: u32,
    /// Read aloud.
    pub tts: bool,
    /// Pinned.
    pub pinned: bool,
    /// Whom it pings.
    pub mentions: Vec<u64>,
    /// Roles it pings.
    pub mention_roles: Vec<u64>,
    /// Whether it pings everyone.
    pub mention_everyone: bool,
    /// Embeds as Discord returns them.
    pub embeds: Vec<Value>,
    /// Components as Discord returns them.
    pub components: Vec<Value>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Reactions in the order their emoji first came.
    pub reactions: Vec<Reacted>,
    /// What the sender gave, a number or a text.
    pub nonce: Option<Value>,
    /// What it answers.
    pub reference: Option<Reference>,
    /// Interaction it answers.
    pub cause: Option<Cause>,
    /// The only person who sees it.
    pub only_for: Option<u64>,
    /// Thread that hangs on it.
    pub thread: Option<u64>,
}

impl Message {
    /// Flag: published from an announcement channel.
    pub const CROSSPOSTED: u32 = 1;
    /// Flag: embeds hidden.
    pub const SUPPRESS_EMBEDS: u32 = 1 << 2;
    /// Flag: a thread hangs on it.
    pub const HAS_THREAD: u32 = 1 << 5;
    /// Flag: only one person sees it.
    pub const EPHEMERAL: u32 = 1 << 6;
    /// Flag: an answer that is still to come.
    pub const LOADING: u32 = 1 << 7;
    /// Flag: no notification.
    pub const SUPPRESS_NOTIFICATIONS: u32 = 1 << 12;
    /// Flag: components version 2.
    pub const COMPONENTS_V2: u32 = 1 << 15;

    /// Whether there is nothing of it to see.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty() && self.embeds.is_empty() && self.components.is_empty() && self.attachments.is_empty()
    }

    /// How many reacted with this emoji (a character or `name:id`), super reactions included.
    pub fn reacted(&self, emoji: &str) -> usize {
        self.reactions
            .iter()
            .find(|reacted| reacted.emoji.matches(emoji))
            .map_or(0, Reacted::count)
    }
}

impl Emoji {
    /// Reads a character or `name:id`.
    pub fn read(text: &str) -> Self {
        let own = text
            .rsplit_once(':')
            .and_then(|(name, id)| Some((name, id.parse::<u64>().ok()?)));
        match own {
            Some((name, id)) => Self {
                id: Some(id),
                name: name.trim_start_matches("a:").to_owned(),
            },
            None => Self {
                id: None,
                name: text.to_owned(),
            },
        }
    }

    /// Whether both mean the same emoji: by id, or by character with or without variation selectors.
    pub fn matches(&self, text: &str) -> bool {
        self.same(&Self::read(text))
    }

    /// As [`Emoji::matches`].
    pub fn same(&self, other: &Self) -> bool {
        match (self.id, other.id) {
            (Some(one), Some(two)) => one == two,
            (None, None) => plain(&self.name).eq(plain(&other.name)),
            _ => false,
        }
    }

    /// What goes into addresses: the character, or `name:id`.
    pub fn key(&self) -> String {
        match self.id {
            Some(id) => format!("{}:{id}", self.name),
            None => self.name.clone(),
        }
    }
}

fn plain(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|&c| c != '\u{fe0f}')
}

/// How far an interaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InteractionState {
    /// Sent, no answer yet.
    Waiting,
    /// Acknowledged, the answer is to follow.
    Thinking,
    /// Answered.
    Done,
    /// No answer in time.
    Failed,
}

/// A choice that autocomplete offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Shown.
    pub name: String,
    /// Sent: a text or a number.
    pub value: Value,
}

/// A command run, a button pressed or an autocomplete asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// Snowflake.
    pub id: u64,
    /// Discord's type: 2 command, 3 component, 4 autocomplete.
    pub kind: u8,
    /// Secret of its answers.
    pub token: String,
    /// Who.
    pub user: u64,
    /// Where.
    pub channel: u64,
    /// Server.
    pub guild: Option<u64>,
    /// Unix ms.
    pub time: i64,
    /// Command's name.
    pub command: Option<String>,
    /// Options as they were given.
    pub options: Value,
    /// Message of the component.
    pub message: Option<u64>,
    /// The component's id.
    pub custom_id: Option<String>,
    /// How far it is.
    pub state: InteractionState,
    /// The type of the first response, once it came.
    pub response: Option<u8>,
    /// The original response.
    pub answer: Option<u64>,
    /// Further ones.
    pub followups: Vec<u64>,
    /// What autocomplete answered.
    pub choices: Vec<Choice>,
    /// A modal that was answered, as it was sent.
    pub modal: Option<Value>,
}
