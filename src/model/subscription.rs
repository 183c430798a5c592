//! What a channel follows, and how it wants its stories.

use super::{ArticleKind, ChannelId, DramaId, GuildId, Millis, NetworkId, PersonId, RoleId, SubscriptionId};
use serde::{Deserialize, Deserializer, Serialize};

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

/// Whether readers vote on a post, and how. Of several wishes the greatest holds (the numbers are the store's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Votes {
    /// Not at all.
    Off = 0,
    /// With reactions: the bot puts the feelings under the post.
    #[default]
    Reactions = 1,
    /// With a button for each feeling, one vote a person.
    Buttons = 2,
}

impl Votes {
    /// All ways, in the order in which a dialogue goes through them.
    pub const ALL: [Self; 3] = [Self::Reactions, Self::Buttons, Self::Off];

    /// The way with the number that the store keeps; what is not known are reactions.
    #[must_use]
    pub const fn from_db(number: i64) -> Self {
        match number {
            0 => Self::Off,
            2 => Self::Buttons,
            _ => Self::Reactions,
        }
    }

    /// The one after this in [`Votes::ALL`].
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Reactions => Self::Buttons,
            Self::Buttons => Self::Off,
            Self::Off => Self::Reactions,
        }
    }
}

/// What earlier versions wrote was yes or no.
impl<'de> Deserialize<'de> for Votes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Named {
            Off,
            Reactions,
            Buttons,
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Old(bool),
            New(Named),
        }
        Ok(match Either::deserialize(deserializer)? {
            Either::Old(false) | Either::New(Named::Off) => Self::Off,
            Either::Old(true) | Either::New(Named::Reactions) => Self::Reactions,
            Either::New(Named::Buttons) => Self::Buttons,
        })
    }
}

/// When the stories of a subscription are posted. Of several wishes the earliest holds (the numbers are the store's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rhythm {
    /// Each as it comes.
    #[default]
    Each = 0,
    /// Those of an hour in one digest.
    Hourly = 1,
    /// Those of a day, at the channel's hour.
    Daily = 2,
    /// Those of a week, on the channel's day at its hour.
    Weekly = 3,
}

impl Rhythm {
    /// All of them, the earliest first.
    pub const ALL: [Self; 4] = [Self::Each, Self::Hourly, Self::Daily, Self::Weekly];

    /// The rhythm with the number that the store keeps; what is not known is each as it comes.
    #[must_use]
    pub const fn from_db(number: i64) -> Self {
        match number {
            1 => Self::Hourly,
            2 => Self::Daily,
            3 => Self::Weekly,
            _ => Self::Each,
        }
    }

    /// The one after this in [`Rhythm::ALL`].
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Each => Self::Hourly,
            Self::Hourly => Self::Daily,
            Self::Daily => Self::Weekly,
            Self::Weekly => Self::Each,
        }
    }
}

/// Which stories of a subject a channel wants, when, and how they are posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// Only these kinds of article; empty: all.
    pub kinds: Vec<ArticleKind>,
    /// Only stories of these outlets, by the names of the settings; empty: all.
    pub outlets: Vec<String>,
    /// When they are posted.
    pub rhythm: Rhythm,
    /// How they are posted.
    #[serde(flatten)]
    pub manner: Manner,
}

/// How a story is posted in a channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manner {
    /// What would give away the plot stands behind spoiler marks.
    pub spoiler: bool,
    /// The roles that are mentioned: one at most for a subscription, all of them for a story that several bring.
    pub roles: Vec<RoleId>,
    /// A thread for discussion is opened on each post.
    pub thread: bool,
    /// Whether readers can vote, and how.
    pub votes: Votes,
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
            whole.votes = whole.votes.max(one.votes);
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
    /// Whether readers can vote, and how.
    pub votes: Option<Votes>,
    /// When the stories are posted.
    pub rhythm: Option<Rhythm>,
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
            rhythm: self.rhythm.unwrap_or(terms.rhythm),
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
        let of = |spoiler, role: u64, thread, votes: Votes| Manner {
            spoiler,
            roles: vec![RoleId(role)],
            thread,
            votes,
        };
        assert_eq!(Manner::of_all([]), Manner::default());
        let one = of(false, 1, true, Votes::Off);
        assert_eq!(Manner::of_all([&one]), one);
        let both = Manner::of_all([
            &one,
            &of(true, 2, false, Votes::Off),
            &of(false, 1, false, Votes::Buttons),
        ]);
        assert_eq!(
            both,
            Manner {
                spoiler: true,
                roles: vec![RoleId(1), RoleId(2)],
                thread: true,
                votes: Votes::Buttons
            }
        );
        assert_eq!(Manner::of_all([&one, &Manner::default()]).votes, Votes::Reactions);
    }

    #[test]
    fn what_is_not_named_stays() {
        let terms = Terms {
            kinds: vec![ArticleKind::Stills],
            outlets: vec!["Lantern".into()],
            rhythm: Rhythm::Daily,
            manner: Manner {
                spoiler: true,
                roles: vec![RoleId(3)],
                thread: true,
                votes: Votes::Off,
            },
        };
        assert!(Change::default().is_none());
        assert_eq!(Change::default().of(&terms), terms);
        let change = Change {
            kinds: Some(Vec::new()),
            role: Some(None),
            votes: Some(Votes::Buttons),
            ..Change::default()
        };
        let changed = change.of(&terms);
        assert!(changed.kinds.is_empty() && changed.manner.roles.is_empty());
        assert_eq!((changed.manner.votes, changed.rhythm), (Votes::Buttons, Rhythm::Daily));
        assert!(changed.manner.spoiler && changed.outlets == terms.outlets);
    }

    #[test]
    fn votes_are_read_as_earlier_versions_wrote_them() {
        let read = |json: &str| serde_json::from_str::<Terms>(json).map(|terms| terms.manner.votes).ok();
        assert_eq!(read(r#"{"votes": false}"#), Some(Votes::Off));
        assert_eq!(read(r#"{"votes": true, "thread": true}"#), Some(Votes::Reactions));
        assert_eq!(read(r#"{"kinds": []}"#), Some(Votes::Reactions));
        assert_eq!(read(r#"{"votes": "sometimes"}"#), None);
        for votes in Votes::ALL {
            let terms = Terms {
                rhythm: Rhythm::Weekly,
                manner: Manner {
                    votes,
                    ..Manner::default()
                },
                ..Terms::default()
            };
            let written = serde_json::to_string(&terms).expect("it is written");
            assert_eq!(serde_json::from_str::<Terms>(&written).expect("it is read"), terms);
            assert_eq!(Votes::from_db(votes as i64), votes);
        }
        for rhythm in Rhythm::ALL {
            assert_eq!(Rhythm::from_db(rhythm as i64), rhythm);
        }
    }
}
