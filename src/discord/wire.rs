//! The shapes in which Discord's events come, as far as Daesa looks into them.
//!
//! serenity's own event types want every documented field: a reaction without `burst` or an
//! interaction without `attachment_size_limit` would be lost. These ask only for what is used, and
//! take their values in serenity's types where those say more than a number.

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};
use serenity::model::{Permissions, channel::ChannelType};
use std::fmt;

/// An id: a string of digits, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Snow(pub(super) u64);

impl<'de> Deserialize<'de> for Snow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Snow;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id")
            }
            // serde's own messages would quote the value; these do not.
            fn visit_str<E: Error>(self, text: &str) -> Result<Snow, E> {
                text.parse().map(Snow).map_err(|_| E::custom("an id that is no number"))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Snow, E> {
                Ok(Snow(number))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Snow, E> {
                u64::try_from(number)
                    .map(Snow)
                    .map_err(|_| E::custom("an id below zero"))
            }
        }
        deserializer.deserialize_any(Digits)
    }
}

/// Permissions: Discord writes them as a string of digits. Bits that serenity does not know are
/// dropped; none of them is used here.
pub(super) fn permissions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Permissions, D::Error> {
    Snow::deserialize(deserializer).map(|bits| Permissions::from_bits_truncate(bits.0))
}

fn some_permissions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Permissions>, D::Error> {
    Ok(Option::<Snow>::deserialize(deserializer)?.map(|bits| Permissions::from_bits_truncate(bits.0)))
}

/// Reads a list leaving out what is null in it or the list itself.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}

/// The frame around everything, without its data.
#[derive(Deserialize)]
pub(super) struct Frame {
    pub(super) op: u8,
    #[serde(default)]
    pub(super) s: Option<u64>,
    #[serde(default)]
    pub(super) t: Option<String>,
}

/// The data of a frame whose kind is known.
#[derive(Deserialize)]
pub(super) struct Of<T> {
    pub(super) d: T,
}

#[derive(Deserialize)]
pub(super) struct Hello {
    pub(super) heartbeat_interval: f64,
}

#[derive(Deserialize)]
pub(super) struct Ready {
    pub(super) user: User,
    #[serde(default, deserialize_with = "list")]
    pub(super) guilds: Vec<OnlyId>,
    pub(super) session_id: String,
    #[serde(default)]
    pub(super) resume_gateway_url: Option<String>,
    pub(super) application: OnlyId,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) struct OnlyId {
    pub(super) id: Snow,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub(super) id: Snow,
    #[serde(default)]
    pub(super) bot: bool,
}

#[derive(Deserialize)]
pub(super) struct Member {
    #[serde(default)]
    pub(super) user: Option<User>,
    #[serde(default, deserialize_with = "list")]
    pub(super) roles: Vec<Snow>,
    #[serde(default, deserialize_with = "some_permissions")]
    pub(super) permissions: Option<Permissions>,
}

#[derive(Deserialize)]
pub(super) struct Message {
    pub(super) id: Snow,
    pub(super) channel_id: Snow,
    #[serde(default)]
    pub(super) guild_id: Option<Snow>,
    pub(super) author: User,
    #[serde(default)]
    pub(super) webhook_id: Option<Snow>,
    #[serde(default)]
    pub(super) member: Option<Member>,
    #[serde(default)]
    pub(super) content: String,
    #[serde(default)]
    pub(super) nonce: Option<Nonce>,
}

/// A nonce may be a number or a string.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Nonce {
    Number(i64),
    Text(String),
}

impl Nonce {
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct DeletedMessage {
    pub(super) id: Snow,
    pub(super) channel_id: Snow,
}

#[derive(Deserialize)]
pub(super) struct DeletedMessages {
    pub(super) ids: Vec<Snow>,
    pub(super) channel_id: Snow,
}

#[derive(Deserialize)]
pub(super) struct Emoji {
    #[serde(default)]
    pub(super) id: Option<Snow>,
    #[serde(default)]
    pub(super) name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Reaction {
    pub(super) user_id: Snow,
    pub(super) message_id: Snow,
    #[serde(default)]
    pub(super) member: Option<Member>,
    pub(super) emoji: Emoji,
    #[serde(default)]
    pub(super) burst: Option<bool>,
    #[serde(default, rename = "type")]
    pub(super) kind: Option<u8>,
}

#[derive(Deserialize)]
pub(super) struct ClearedReactions {
    pub(super) message_id: Snow,
    #[serde(default)]
    pub(super) emoji: Option<Emoji>,
}

#[derive(Deserialize)]
pub(super) struct Guild {
    pub(super) id: Snow,
    #[serde(default)]
    pub(super) unavailable: Option<bool>,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) owner_id: Option<Snow>,
    #[serde(default)]
    pub(super) preferred_locale: Option<String>,
    #[serde(default)]
    pub(super) system_channel_id: Option<Snow>,
    #[serde(default, deserialize_with = "list")]
    pub(super) roles: Vec<Role>,
    #[serde(default, deserialize_with = "list")]
    pub(super) channels: Vec<Channel>,
    #[serde(default, deserialize_with = "list")]
    pub(super) threads: Vec<Channel>,
    #[serde(default, deserialize_with = "list")]
    pub(super) members: Vec<Member>,
}

#[derive(Deserialize)]
pub(super) struct Role {
    pub(super) id: Snow,
    #[serde(deserialize_with = "permissions")]
    pub(super) permissions: Permissions,
    #[serde(default)]
    pub(super) mentionable: bool,
}

#[derive(Deserialize)]
pub(super) struct RoleChange {
    pub(super) guild_id: Snow,
    #[serde(default)]
    pub(super) role: Option<Role>,
    #[serde(default)]
    pub(super) role_id: Option<Snow>,
}

#[derive(Deserialize)]
pub(super) struct Channel {
    pub(super) id: Snow,
    #[serde(rename = "type")]
    pub(super) kind: ChannelType,
    #[serde(default)]
    pub(super) guild_id: Option<Snow>,
    #[serde(default)]
    pub(super) parent_id: Option<Snow>,
    #[serde(default, deserialize_with = "list")]
    pub(super) permission_overwrites: Vec<Overwrite>,
    #[serde(default, deserialize_with = "list")]
    pub(super) available_tags: Vec<Tag>,
    #[serde(default)]
    pub(super) flags: u64,
    #[serde(default)]
    pub(super) thread_metadata: Option<ThreadState>,
}

#[derive(Deserialize)]
pub(super) struct ThreadState {
    #[serde(default)]
    pub(super) locked: bool,
    #[serde(default)]
    pub(super) archived: bool,
}

#[derive(Deserialize)]
pub(super) struct Tag {
    pub(super) id: Snow,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) moderated: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Overwrite {
    pub(super) id: Snow,
    /// 0 a role, 1 a member.
    #[serde(rename = "type", deserialize_with = "overwrite_kind")]
    pub(super) is_member: bool,
    #[serde(deserialize_with = "permissions")]
    pub(super) allow: Permissions,
    #[serde(deserialize_with = "permissions")]
    pub(super) deny: Permissions,
}

/// A number by the documentation, a string in older payloads.
fn overwrite_kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Snow::deserialize(deserializer).map(|kind| kind.0 == 1)
}

#[derive(Deserialize)]
pub(super) struct ThreadList {
    pub(super) guild_id: Snow,
    #[serde(default, deserialize_with = "list")]
    pub(super) threads: Vec<Channel>,
}

#[derive(Deserialize)]
pub(super) struct GoneChannel {
    pub(super) id: Snow,
    #[serde(default)]
    pub(super) guild_id: Option<Snow>,
}

#[derive(Deserialize)]
pub(super) struct MemberChange {
    pub(super) guild_id: Snow,
    pub(super) user: User,
    #[serde(default, deserialize_with = "list")]
    pub(super) roles: Vec<Snow>,
}

#[derive(Deserialize)]
pub(super) struct Interaction {
    pub(super) id: Snow,
    pub(super) application_id: Snow,
    #[serde(rename = "type")]
    pub(super) kind: u8,
    pub(super) token: String,
    #[serde(default)]
    pub(super) guild_id: Option<Snow>,
    #[serde(default)]
    pub(super) channel_id: Option<Snow>,
    #[serde(default)]
    pub(super) channel: Option<OnlyId>,
    #[serde(default)]
    pub(super) member: Option<Member>,
    #[serde(default)]
    pub(super) user: Option<User>,
    #[serde(default)]
    pub(super) locale: Option<String>,
    #[serde(default)]
    pub(super) guild_locale: Option<String>,
    /// For whom the application was installed: 0 the server, 1 the person.
    #[serde(default)]
    pub(super) authorizing_integration_owners: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    pub(super) data: Option<InteractionData>,
    #[serde(default)]
    pub(super) message: Option<OnlyId>,
}

#[derive(Deserialize)]
pub(super) struct InteractionData {
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) options: Vec<OptionGiven>,
    #[serde(default)]
    pub(super) custom_id: Option<String>,
    /// What was chosen in a menu.
    #[serde(default, deserialize_with = "list")]
    pub(super) values: Vec<String>,
    /// Of a command: 1 slash, 2 user, 3 message.
    #[serde(default, rename = "type")]
    pub(super) kind: Option<u8>,
    #[serde(default)]
    pub(super) target_id: Option<Snow>,
    #[serde(default)]
    pub(super) resolved: Option<serde_json::Value>,
}

#[derive(Deserialize)]
pub(super) struct OptionGiven {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: u8,
    #[serde(default)]
    pub(super) value: Option<serde_json::Value>,
    #[serde(default)]
    pub(super) focused: bool,
}
