//! What a channel follows, and how it wants its stories.

use super::{ArticleKind, ChannelId, DramaId, GuildId, Millis, NetworkId, PersonId, RoleId, SubscriptionId};
use serde::{Deserialize, Serialize};

/// What a subscription is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// Every story.
    Everything,
    /// A drama of the catalogue.
    Drama(DramaId),
    /// A person of the catalogue.
    Person(PersonId),
    /// A network or platform of the catalogue.
    Network(NetworkId),
    /// A name or title that nobody knows yet, folded as `catalogue::fold` does. A story about a
    /// drama or person with that folded name matches, so it is bound as soon as it is heard of.
    Words(String),
}

impl Subject {
    /// The key in the store's index: `all`, `drama:…`, `person:…`, `network:…`, `words:…`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Everything => "all".to_owned(),
            Self::Drama(id) => format!("drama:{id}"),
            Self::Person(id) => format!("person:{id}"),
            Self::Network(id) => format!("network:{id}"),
            Self::Words(words) => format!("words:{words}"),
        }
    }

    /// The subject with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let (kind, rest) = key.split_once(':').unwrap_or((key, ""));
        Some(match (kind, rest) {
            ("all", "") => Self::Everything,
            (_, "") => return None,
            ("drama", id) => Self::Drama(DramaId(id.to_owned())),
            ("person", id) => Self::Person(PersonId(id.to_owned())),
            ("network", id) => Self::Network(NetworkId(id.to_owned())),
            ("words", words) => Self::Words(words.to_owned()),
            _ => return None,
        })
    }
}

/// A channel that follows something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its row.
    pub id: SubscriptionId,
    /// The server.
    pub guild: GuildId,
    /// The channel that posts go to.
    pub channel: ChannelId,
    /// What it follows.
    pub subject: Subject,
    /// The name shown to people, as known when it was made.
    pub label: String,
    /// When it was made.
    pub created: Millis,
    /// Whether it is paused by hand.
    pub paused: bool,
    /// Which of the stories, and how they are posted.
    pub terms: Terms,
}

/// Which stories of a subject a channel wants, and how they are posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// Only these kinds of article; empty: all.
    pub kinds: Vec<ArticleKind>,
    /// Only stories of these outlets, by the names of the settings; empty: all.
    pub outlets: Vec<String>,
    /// How they are posted.
    #[serde(flatten)]
    pub manner: Manner,
}

/// How a story is posted in a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manner {
    /// What would give away the plot stands behind spoiler marks.
    pub spoiler: bool,
    /// The roles that are mentioned: one at most for a subscription, all of them for a story that several bring.
    pub roles: Vec<RoleId>,
    /// A thread for discussion is opened on each post.
    pub thread: bool,
    /// Readers can vote: the bot puts the feelings under the post and says so.
    pub votes: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            spoiler: false,
            roles: Vec::new(),
            thread: false,
            votes: true,
        }
    }
}

impl Manner {
    /// How a story is posted that several subscriptions of a channel bring: once, for all of them. Every role is
    /// mentioned, the plot is hidden if one of them wants that, a thread and votes are there if one of them wants
    /// them. None: the default.
    #[must_use]
    pub fn of_all<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = all.into_iter();
        let Some(mut whole) = all.next().cloned() else {
            return Self::default();
        };
        for one in all {
            whole.spoiler |= one.spoiler;
            whole.thread |= one.thread;
            whole.votes |= one.votes;
            for role in &one.roles {
                if !whole.roles.contains(role) {
                    whole.roles.push(*role);
                }
            }
        }
        whole
    }
}

/// What is to be different about the terms of a subscription; what is none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which kinds of article; empty: all.
    pub kinds: Option<Vec<ArticleKind>>,
    /// Which outlets, as a person names them; empty: all.
    pub outlets: Option<Vec<String>>,
    /// Whether the plot is hidden.
    pub spoiler: Option<bool>,
    /// Which role is mentioned; the inner none: no role any more.
    pub role: Option<Option<RoleId>>,
    /// Whether each post gets a thread.
    pub thread: Option<bool>,
    /// Whether readers can vote.
    pub votes: Option<bool>,
}

impl Change {
    /// Whether nothing is to be different.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The terms with what is to be different.
    #[must_use]
    pub fn of(&self, terms: &Terms) -> Terms {
        let manner = &terms.manner;
        Terms {
            kinds: self.kinds.clone().unwrap_or_else(|| terms.kinds.clone()),
            outlets: self.outlets.clone().unwrap_or_else(|| terms.outlets.clone()),
            manner: Manner {
                spoiler: self.spoiler.unwrap_or(manner.spoiler),
                roles: (self.role).map_or_else(|| manner.roles.clone(), |role| role.into_iter().collect()),
                thread: self.thread.unwrap_or(manner.thread),
                votes: self.votes.unwrap_or(manner.votes),
            },
        }
    }
}

/// A subscription beside a story that its subject is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The subscription.
    pub subscription: Subscription,
    /// Whether its terms let the story's kind through.
    pub kind_fits: bool,
    /// Whether its terms let the story's outlet through.
    pub outlet_fits: bool,
}

impl Match {
    /// Whether its terms let the story through.
    #[must_use]
    pub const fn fits(&self) -> bool {
        self.kind_fits && self.outlet_fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_that_several_bring_is_posted_as_all_of_them_want() {
        let of = |spoiler, role: u64, thread, votes| Manner {
            spoiler,
            roles: vec![RoleId(role)],
            thread,
            votes,
        };
        assert_eq!(Manner::of_all([]), Manner::default());
        let one = of(false, 1, true, false);
        assert_eq!(Manner::of_all([&one]), one);
        let both = Manner::of_all([&one, &of(true, 2, false, false), &of(false, 1, false, false)]);
        assert_eq!(
            both,
            Manner {
                spoiler: true,
                roles: vec![RoleId(1), RoleId(2)],
                thread: true,
                votes: false
            }
        );
        assert!(Manner::of_all([&one, &Manner::default()]).votes);
    }

    #[test]
    fn what_is_not_named_stays() {
        let terms = Terms {
            kinds: vec![ArticleKind::Stills],
            outlets: vec!["Lantern".into()],
            manner: Manner {
                spoiler: true,
                roles: vec![RoleId(3)],
                thread: true,
                votes: false,
            },
        };
        assert!(Change::default().is_none());
        assert_eq!(Change::default().of(&terms), terms);
        let change = Change {
            kinds: Some(Vec::new()),
            role: Some(None),
            votes: Some(true),
            ..Change::default()
        };
        let changed = change.of(&terms);
        assert!(changed.kinds.is_empty() && changed.manner.roles.is_empty() && changed.manner.votes);
        assert!(changed.manner.spoiler && changed.outlets == terms.outlets);
    }
}
