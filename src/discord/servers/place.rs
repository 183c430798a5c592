//! What a channel is, as far as posts are concerned, and the tags of a forum.

use crate::{
    discord::wire::Channel as WireChannel,
    model::{ChannelId, GuildId, Venue},
};
use serenity::model::channel::ChannelType;

/// What a channel is, as far as posts are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// Text.
    Text,
    /// Announcements, which other channels may follow.
    Announcement,
    /// A thread: posts can go there while it is not locked.
    Thread,
    /// A voice or stage channel's text chat.
    Voice,
    /// Holds threads only, each with a message to begin with.
    Forum,
    /// Categories and what else holds no messages.
    Other,
}

impl ChannelKind {
    /// What becomes of posts there; none: there can be none.
    #[must_use]
    pub const fn venue(self) -> Option<Venue> {
        match self {
            Self::Text | Self::Thread | Self::Voice => Some(Venue::Channel),
            Self::Announcement => Some(Venue::Announcement),
            Self::Forum => Some(Venue::Forum),
            Self::Other => None,
        }
    }
}

/// A tag that posts of a forum can carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumTag {
    /// Which.
    pub id: u64,
    /// Its name.
    pub name: String,
}

/// The tags of a forum that the bot may give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForumTags {
    /// In their order.
    pub tags: Vec<ForumTag>,
    /// Whether a post needs one.
    pub required: bool,
}

/// A channel in the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelPlace {
    /// Its server.
    pub guild: GuildId,
    /// What it is.
    pub kind: ChannelKind,
    /// A thread's channel, a channel's category.
    pub parent: Option<ChannelId>,
}

/// `REQUIRE_TAG` of a channel's flags.
const REQUIRE_TAG: u64 = 1 << 4;

/// Moderated tags are left out: to give one needs Manage Threads, which nobody is asked for.
pub(super) fn tags(channel: &WireChannel) -> ForumTags {
    let tags = channel.available_tags.iter().filter(|tag| !tag.moderated);
    ForumTags {
        tags: tags
            .map(|tag| ForumTag {
                id: tag.id.0,
                name: tag.name.clone(),
            })
            .collect(),
        required: channel.flags & REQUIRE_TAG != 0,
    }
}

pub(super) const fn kind(kind: ChannelType) -> ChannelKind {
    match kind {
        ChannelType::Text => ChannelKind::Text,
        ChannelType::News => ChannelKind::Announcement,
        ChannelType::NewsThread | ChannelType::PublicThread | ChannelType::PrivateThread => ChannelKind::Thread,
        ChannelType::Voice | ChannelType::Stage => ChannelKind::Voice,
        ChannelType::Forum => ChannelKind::Forum,
        _ => ChannelKind::Other,
    }
}
