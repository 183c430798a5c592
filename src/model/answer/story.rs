//! A story as it is posted, and in a list of those that have to do with another.

use crate::model::{ArticleId, ArticleKind, ChannelId, MessageId, Millis, QuoteKind};

/// A story as posted.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The article.
    pub article: ArticleId,
    /// Headline.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// The outlet's name.
    pub source: String,
    /// When it was published, or first seen.
    pub at: Millis,
    /// What kind of news it is.
    pub kind: ArticleKind,
    /// Whether the outlet has taken it down.
    pub withdrawn: bool,
    /// Two or three sentences.
    pub summary: String,
    /// The dramas, main first.
    pub drama: Vec<String>,
    /// The key of the main drama, which gives the embed its colour.
    pub drama_key: Option<String>,
    /// Its network.
    pub network: Option<String>,
    /// Key quotes, best first, at most four.
    pub quotes: Vec<StoryQuote>,
    /// Where else it is told: outlet and address, the first first.
    pub also: Vec<(String, String)>,
    /// Whether there are earlier stories about its drama or its people.
    pub related: bool,
    /// A picture.
    pub image: Option<String>,
    /// Where to watch.
    pub watch: Option<String>,
    /// The clip.
    pub clip: Option<String>,
}

/// A story in a list of those that have to do with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedStory {
    /// Its headline.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// The outlet's name.
    pub source: String,
    /// When it was published, or first seen.
    pub at: Millis,
    /// Its post, where it was posted in the channel that is asked from.
    pub post: Option<(ChannelId, MessageId)>,
}

/// A quote in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryQuote {
    /// The words, as they are shown.
    pub text: String,
    /// Who.
    pub speaker: Option<String>,
    /// The role the speaker plays, or the actor of a character.
    pub role: Option<String>,
    /// What the speaker is.
    pub kind: QuoteKind,
    /// The outlet whose telling has it, if the story's own has not.
    pub outlet: Option<String>,
}
