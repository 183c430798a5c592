//! What a channel follows, as replies tell it.

use super::Choice;
use crate::model::{Millis, Subscription, Terms, Venue};

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
