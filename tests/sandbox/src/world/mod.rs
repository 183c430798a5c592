//! The state of the sandbox's Discord, and all that changes it. Every change goes through a method here, which
//! also tells the bot's sessions and the web page. Leaves the checks of a request's form and rights to
//! `rest`, and what persons may do to `people`.

mod channels;
mod emit;
mod guilds;
mod interactions;
pub(crate) mod keep;
mod menus;
mod messages;
pub mod model;
pub mod permissions;
mod reactions;

pub(crate) use emit::{blank as emit_blank, intent as emit_intents};
pub(crate) use interactions::{Asked, Typed};
pub(crate) use messages::{Draft, Pings};

use crate::gateway::state::Gateway;
use crate::page::ring::Ring;
use crate::settings::Settings;
use axum::body::Bytes;
use model::{Channel, ChannelKind, Guild, Interaction, Message, User};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// First millisecond of Discord's time.
pub(crate) const EPOCH: i64 = 1_420_070_400_000;

/// The application and its bot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// Snowflake of the application.
    pub id: u64,
    /// Its bot's user.
    pub bot: u64,
    /// Name of both.
    pub name: String,
    /// Who owns it.
    pub owner: u64,
    /// About it.
    pub description: String,
    /// Commands for everywhere, as Discord returns them.
    pub commands: Vec<Value>,
    /// Commands of one server.
    pub guild_commands: BTreeMap<u64, Vec<Value>>,
    /// People who have installed it for themselves, and use it in servers that it is not in.
    #[serde(default)]
    pub installed_by: BTreeSet<u64>,
}

/// Everything that the sandbox knows. Tests read it in `wait_for`.
pub struct World {
    /// People and the bot.
    pub users: BTreeMap<u64, User>,
    /// Servers.
    pub guilds: BTreeMap<u64, Guild>,
    /// Channels, threads and direct conversations.
    pub channels: BTreeMap<u64, Channel>,
    /// Messages by channel, oldest first.
    pub messages: BTreeMap<u64, BTreeMap<u64, Message>>,
    /// The application.
    pub application: Application,
    /// Interactions by id.
    pub interactions: BTreeMap<u64, Interaction>,
    pub(crate) gateway: Gateway,
    pub(crate) ring: Ring,
    pub(crate) settings: Arc<Settings>,
    pub(crate) origin: String,
    nonces: VecDeque<messages::Nonce>,
    /// The bytes of attachments, by id.
    pub(crate) files: BTreeMap<u64, Bytes>,
    last_id: u64,
}

impl World {
    pub(crate) fn new(settings: Arc<Settings>, origin: String) -> Self {
        let application = Application {
            id: 0,
            bot: 0,
            name: settings.bot_name.clone(),
            owner: 0,
            description: String::new(),
            commands: Vec::new(),
            guild_commands: BTreeMap::new(),
            installed_by: BTreeSet::new(),
        };
        let mut world = Self {
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            application,
            interactions: BTreeMap::new(),
            gateway: Gateway::new(&settings),
            ring: Ring::default(),
            settings,
            origin,
            nonces: VecDeque::new(),
            files: BTreeMap::new(),
            last_id: 0,
        };
        let name = world.application.name.clone();
        world.application.id = world.next_id();
        let account = name.to_lowercase().replace(char::is_whitespace, "-");
        world.application.bot = world.add_user(&account, &name, true);
        world
    }

    /// A new snowflake, greater than all before and with the present time in it.
    pub(crate) fn next_id(&mut self) -> u64 {
        let behind = u64::try_from(self.settings.clock_behind.as_millis()).unwrap_or(0);
        let millis = u64::try_from(now() - EPOCH).unwrap_or(0).saturating_sub(behind);
        self.last_id = (millis << 22).max(self.last_id + 1);
        self.last_id
    }

    pub(crate) fn last_id(&self) -> u64 {
        self.last_id
    }

    pub(crate) fn raise_last_id(&mut self, to: u64) {
        self.last_id = self.last_id.max(to);
    }

    pub(crate) fn add_user(&mut self, name: &str, display: &str, bot: bool) -> u64 {
        let id = self.next_id();
        let user = User {
            id,
            name: name.to_owned(),
            display: display.to_owned(),
            bot,
            color: color_of(name),
            locale: "en-US".to_owned(),
        };
        self.users.insert(id, user);
        self.page_user(id);
        id
    }

    /// The bot's user.
    pub fn bot(&self) -> u64 {
        self.application.bot
    }

    /// The messages of a channel that everybody in it sees, oldest first.
    pub fn messages_in(&self, channel: u64) -> Vec<&Message> {
        self.messages
            .get(&channel)
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter(|m| m.only_for.is_none())
            .collect()
    }

    /// The bot's messages in a channel, those for one person included, oldest first.
    pub fn bot_messages_in(&self, channel: u64) -> Vec<&Message> {
        let bot = self.application.bot;
        self.messages
            .get(&channel)
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter(|m| m.author == bot)
            .collect()
    }

    /// A message, wherever it is.
    pub fn message(&self, id: u64) -> Option<&Message> {
        self.messages.values().find_map(|all| all.get(&id))
    }

    /// A message in its channel.
    pub fn message_in(&self, channel: u64, id: u64) -> Option<&Message> {
        self.messages.get(&channel)?.get(&id)
    }

    pub(crate) fn message_mut(&mut self, channel: u64, id: u64) -> Option<&mut Message> {
        self.messages.get_mut(&channel)?.get_mut(&id)
    }

    /// The commands that are registered for a server, its own first, or everywhere (`None`).
    pub fn commands(&self, guild: Option<u64>) -> Vec<&Value> {
        let own = guild
            .and_then(|id| self.application.guild_commands.get(&id))
            .into_iter()
            .flatten();
        own.chain(&self.application.commands).collect()
    }

    /// Whether the bot holds a gateway connection that has identified.
    pub fn bot_online(&self) -> bool {
        self.gateway
            .sessions
            .values()
            .any(|session| session.connection.is_some())
    }

    /// Channel of a server by name.
    pub fn channel_named(&self, guild: u64, name: &str) -> Option<&Channel> {
        self.channels
            .values()
            .find(|c| c.guild == Some(guild) && c.name == name)
    }

    /// The direct conversation of a person with the bot, opened when there is none.
    pub(crate) fn direct(&mut self, person: u64) -> u64 {
        let open = self
            .channels
            .values()
            .find(|c| c.kind == ChannelKind::Direct && c.recipient == Some(person));
        if let Some(channel) = open {
            return channel.id;
        }
        let id = self.next_id();
        let name = self
            .users
            .get(&person)
            .map_or_else(String::new, |user| user.display.clone());
        let mut channel = channels::bare(id, None, ChannelKind::Direct, &name);
        channel.recipient = Some(person);
        self.channels.insert(id, channel);
        self.page_channel(id);
        id
    }
}

/// Unix milliseconds.
pub(crate) fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// The time in a snowflake, unix ms.
pub(crate) fn time_of(id: u64) -> i64 {
    EPOCH + i64::try_from(id >> 22).unwrap_or(0)
}

/// A pleasant colour that stays with a name.
pub(crate) fn color_of(name: &str) -> u32 {
    const COLORS: [u32; 8] = [
        0xF2545B, 0x2A9D8F, 0x5B2A6F, 0xF4B860, 0x3D6BB3, 0xC2557A, 0x6B8E4E, 0x8A5A3C,
    ];
    let sum = name.bytes().fold(7_usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(byte))
    });
    COLORS[sum % COLORS.len()]
}
