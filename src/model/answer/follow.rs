//! What a channel follows, as replies tell it.

use super::Choice;
use crate::model::{Millis, Subscription, Terms, UserId, Venue};

/// One line of `/subscriptions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The subscription.
    pub subscription: Subscription,
    /// Paused because the bot may not post there: since when.
    pub blocked: Option<Millis>,
}

/// What came of `/subscribe`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscribed {
    /// Newly followed: the name (empty: everything), and whether the catalogue knows it or it is followed as words.
    pub new: Vec<(String, bool)>,
    /// Followed before; its stories are posted in another way now.
    pub changed: Vec<String>,
    /// Followed before, as it is.
    pub already: Vec<String>,
    /// Not followed: the channel is full.
    pub full: Vec<String>,
    /// How much a channel may follow.
    pub limit: u32,
    /// Not followed: it may mean several, or nobody.
    pub unclear: Vec<(String, Vec<Choice>)>,
    /// Which of the stories come, and how.
    pub terms: Terms,
    /// What the channel does with posts.
    pub venue: Venue,
    /// The newest stories that would have been posted: headline, address, whether the plot would be hidden.
    pub lately: Vec<(String, Option<String>, bool)>,
}

/// A page of what a server's channels follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedPage {
    /// All of it, by channel.
    pub rows: Vec<Followed>,
    /// The page that is shown, from 0; one that is not there is the last.
    pub page: u32,
    /// The one who asked, who alone can turn the page.
    pub asker: UserId,
    /// Whether that person can change it.
    pub may_manage: bool,
    /// What was just let go.
    pub ended: Option<String>,
}

/// A subscription that can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changeable {
    /// As it is now.
    pub one: Followed,
    /// The page of the list that it stands on.
    pub page: u32,
    /// The one who asked, who alone can change it.
    pub asker: UserId,
    /// What the channel does with posts.
    pub venue: Venue,
    /// The outlets that are watched.
    pub outlets: Vec<String>,
    /// Whether a thread can be opened on its posts.
    pub threads: bool,
}
