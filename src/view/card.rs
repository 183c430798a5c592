//! A message before it becomes Discord's: what fits, in Daesa's own terms.
//!
//! `discord` turns a [`Card`] into requests and knows nothing of its words; the functions of `view`
//! that make cards keep every limit of Discord's “Create Message” page.

use crate::model::RoleId;
use std::fmt;

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Plain text, at most 2,000 characters.
    pub content: String,
    /// At most ten, together at most 6,000 characters.
    pub embeds: Vec<Embed>,
    /// Menus, a row each, above the buttons: at most five rows together.
    pub menus: Vec<Menu>,
    /// Rows of at most five buttons, at most five rows.
    pub buttons: Vec<Vec<Button>>,
    /// The roles that the content may mention; nobody else is mentioned, whatever it says.
    pub pings: Vec<RoleId>,
    /// Seen only by the person who asked (replies to interactions).
    pub ephemeral: bool,
    /// A file that is shown above the embeds.
    pub attachment: Option<Attachment>,
}

/// A file that is sent along.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, ASCII letters and digits with an ending that says what it is: `quote.png`.
    pub name: String,
    /// What is in it, at most 10 MiB.
    pub bytes: Vec<u8>,
    /// What it shows, for those who do not see it: at most 1,024 characters.
    pub description: String,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .field("description", &self.description)
            .finish()
    }
}

/// An embed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// Title, at most 256 characters.
    pub title: String,
    /// What the title links to.
    pub url: Option<String>,
    /// Text, at most 4,096 characters.
    pub description: String,
    /// RGB.
    pub color: u32,
    /// Small line above the title, at most 256 characters.
    pub author: Option<String>,
    /// Name, value, inline: at most 25, 256 and 1,024 characters.
    pub fields: Vec<(String, String, bool)>,
    /// Address of the large picture.
    pub image: Option<String>,
    /// Small line at the foot, at most 2,048 characters.
    pub footer: Option<String>,
    /// Shown beside the footer in the reader's own time, milliseconds.
    pub timestamp: Option<i64>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Button {
    /// Opens an address.
    Link {
        /// At most 80 characters.
        label: String,
        /// http(s).
        url: String,
    },
    /// A vote: an emoji and how many gave it.
    Vote {
        /// As the settings write it: the emoji itself, or `<:name:id>`.
        emoji: String,
        /// How many.
        count: u64,
        /// At most 100 characters; decoded by `command::Press`.
        id: String,
    },
    /// Sends an interaction.
    Action {
        /// At most 80 characters.
        label: String,
        /// At most 100 characters; decoded by `command::Press`.
        id: String,
        /// Drawn as the main one.
        primary: bool,
        /// Drawn as dangerous.
        danger: bool,
    },
}

impl Button {
    /// Its id, if it sends an interaction.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Link { .. } => None,
            Self::Action { id, .. } | Self::Vote { id, .. } => Some(id),
        }
    }
}

/// A menu to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// At most 100 characters; decoded by `command::Press`.
    pub id: String,
    /// What stands there while nothing is chosen, at most 150 characters.
    pub placeholder: String,
    /// Fewest and most that can be chosen.
    pub count: (u8, u8),
    /// What can be chosen.
    pub offers: Offers,
}

/// What a menu offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offers {
    /// These, at most 25.
    These(Vec<Offer>),
    /// The server's roles.
    Roles,
}

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// At most 100 characters.
    pub label: String,
    /// What comes back, at most 100 characters.
    pub value: String,
    /// A small line below, at most 100 characters.
    pub about: Option<String>,
    /// Whether it is chosen already.
    pub chosen: bool,
}
