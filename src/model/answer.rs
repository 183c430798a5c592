//! What a command came to, before it is put into words.
//!
//! `app` decides, `view` words it: one variant for each thing that a person can be told.

use super::{ChannelId, GuildId, Lang, Manner, Millis, QuestionId, QuoteId, QuoteKind};
use crate::model::ids::UserId;
use serde::{Deserialize, Serialize};

mod cause;
mod check;
mod feeds;
mod follow;
mod hours;
mod refusal;
mod story;

pub use cause::Cause;
pub use check::Checked;
pub use feeds::{AskedFeed, FeedAction, FeedFault};
pub use follow::{Changeable, Followed, FollowedPage, Subscribed};
pub use hours::{HoursAnswer, HoursPlace};
pub use refusal::{KeptOut, Refusal, Why};
pub use story::{RelatedStory, Story, StoryQuote};

/// Somebody or something that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What a button carries to choose it: an entity key such as `person:ahn-hyo-seop`.
    pub key: String,
    /// The name shown.
    pub name: String,
    /// Its hangul, if known.
    pub hangul: Option<String>,
    /// What tells it apart: year and network of a drama, the best known drama of a person.
    pub hint: Option<String>,
}

/// What something known is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KnownAs {
    /// Somebody.
    #[default]
    Person,
    /// A drama.
    Drama,
    /// A network or platform.
    Network,
}

/// What is known of a person or drama, for replies that have nothing else to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Its hangul.
    pub hangul: Option<String>,
    /// What it is.
    pub is: KnownAs,
    /// A drama's network.
    pub network: Option<String>,
    /// A drama's year.
    pub year: Option<u16>,
    /// A person's group.
    pub group: Option<String>,
    /// Of a person: (drama, role, year); of a drama: (actor, role, none). Best known first.
    pub roles: Vec<(String, Option<String>, Option<u16>)>,
}

/// A quote as a reply shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct SaidLine {
    /// Its row.
    pub quote: QuoteId,
    /// The words.
    pub text: String,
    /// Who.
    pub speaker: Option<String>,
    /// For a character's line, who plays it.
    pub actor: Option<String>,
    /// The role that the speaker plays in the drama, when known.
    pub role: Option<String>,
    /// What the speaker is.
    pub kind: QuoteKind,
    /// The drama.
    pub drama: Option<String>,
    /// The article's headline.
    pub title: String,
    /// The article's address.
    pub url: Option<String>,
    /// The outlet's name.
    pub source: String,
    /// When the article was published, or first seen.
    pub at: Millis,
    /// What the button “Another” asks for; none: there is no other line, so no button.
    pub another: Option<Again>,
    /// What the button “Same drama” asks for: the drama's key; none: no button.
    pub same_drama: Option<String>,
    /// How it is to be shown.
    pub style: Style,
}

/// What a button asks for once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// A line under an entity key such as `person:ahn-hyo-seop`, or any line when it is empty.
    Key(String),
    /// What was asked, with all its options, for as long as it is kept.
    Question(QuestionId),
}

/// How a line is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Style {
    /// In words.
    #[default]
    Words,
    /// As a picture; in words where no picture can be sent, or the line cannot be drawn.
    Card,
}

/// What moved the readers, best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// The period.
    pub period: Period,
    /// Of what.
    pub by: TopBy,
    /// The name of the one feeling whose votes count; none: all do.
    pub feeling: Option<String>,
    /// The drama it was narrowed to.
    pub drama: Option<String>,
    /// Of all servers, not only of the one where it was asked.
    pub everywhere: bool,
    /// All votes of the period, those of what is not ranked as well: each once, though a story counts for everybody in it.
    pub total: Ranked,
    /// The ranked, best first.
    pub rows: Vec<Ranked>,
}

/// How people felt about a drama, a story or everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mood {
    /// Of which drama, or the headline of which story; none: of everything.
    pub name: Option<String>,
    /// Of all servers, not only of the one where it was asked.
    pub everywhere: bool,
    /// All votes together.
    pub total: Ranked,
    /// How it went, oldest first; empty for one story, and where there is but one stretch.
    pub over: Vec<Span>,
    /// How long the stretches are.
    pub step: Step,
    /// The most recent posts, newest first.
    pub recent: Vec<Ranked>,
}

/// How the votes of something stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// What: a headline, a drama, a person.
    pub name: String,
    /// Where a click on it leads.
    pub url: Option<String>,
    /// Votes by feeling, in the order of the settings.
    pub feelings: Vec<u64>,
    /// Votes of other emoji.
    pub other: u64,
    /// What belongs to it: who said a line, the story that brought most of a feeling, the drama of a story.
    pub note: Option<String>,
}

/// What people felt about what was posted in a stretch of time. Votes have no time of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it began.
    pub from: Millis,
    /// The votes; its name is empty.
    pub votes: Ranked,
}

/// How long the stretches of a mood are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Step {
    /// From midnight to midnight, in the server's zone.
    #[default]
    Day,
    /// From Monday to Monday.
    Week,
}

/// The period of a ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Period {
    /// Since Monday, in the server's zone.
    #[default]
    Week,
    /// Since the first of the month.
    Month,
    /// Ever.
    All,
}

/// What a ranking is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TopBy {
    /// Posts.
    #[default]
    Story,
    /// Dramas.
    Drama,
    /// People named in posts.
    Person,
    /// Lines: the first of a story's key quotes has the votes of its story.
    Quote,
    /// Feelings.
    Feeling,
}

/// A permission that the bot needs, in the order in which replies name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Need {
    /// View Channel.
    View,
    /// Send Messages.
    Send,
    /// Embed Links.
    Embed,
    /// Attach Files.
    Attach,
    /// Read Message History.
    History,
    /// Add Reactions.
    React,
    /// Send Messages in Threads.
    SendInThreads,
    /// A thread that is not locked, or Manage Threads.
    Unlocked,
    /// Create Public Threads.
    OpenThreads,
    /// Mention @everyone, @here and All Roles.
    Mention,
}

impl Need {
    /// Whether nothing can be posted without it.
    #[must_use]
    pub const fn to_post(self) -> bool {
        matches!(self, Self::View | Self::Send | Self::SendInThreads | Self::Unlocked)
    }
}

/// A reply, before it is worded.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The channel follows what was asked for, or as much of it as could be.
    Subscribed {
        /// Where.
        channel: ChannelId,
        /// What is asked again with what is chosen, where something is unclear; none: there is nothing to choose.
        question: Option<QuestionId>,
        /// What came of it.
        done: Box<Subscribed>,
    },
    /// The channel follows as much as a channel may.
    TooMany {
        /// The limit.
        limit: u32,
    },
    /// No longer.
    Unsubscribed {
        /// What.
        labels: Vec<String>,
        /// What was named and is not followed.
        strange: Vec<String>,
        /// Where.
        channel: ChannelId,
    },
    /// It does not follow that.
    NotSubscribed {
        /// What was asked for.
        asked: String,
        /// What may have been meant, of what it follows.
        nearest: Option<String>,
        /// What it does follow.
        followed: Vec<String>,
    },
    /// What the server's channels follow.
    Subscriptions(FollowedPage),
    /// A subscription, with what can be changed about it.
    Changeable(Box<Changeable>),
    /// Posts to the channel are paused, or flow again.
    Paused {
        /// Where.
        channel: ChannelId,
        /// Paused or resumed.
        paused: bool,
        /// What was named; empty: all of them.
        labels: Vec<String>,
        /// What was named and is not followed.
        strange: Vec<String>,
        /// How many subscriptions that touched.
        count: u64,
    },
    /// A line that somebody said.
    Said(SaidLine),
    /// What was said in the story of a post, in its order.
    FromPost {
        /// Its headline.
        title: String,
        /// Its address.
        url: Option<String>,
        /// The lines.
        lines: Vec<SaidLine>,
        /// Whether they stand behind spoiler marks, as in the channel's posts.
        hide: bool,
    },
    /// The message is no post of a story.
    NotAPost,
    /// Nothing said yet, with what is known.
    Silent {
        /// What is known of the person or drama.
        known: Known,
        /// The words that were searched for, if any.
        text: Option<String>,
    },
    /// No stored quote at all, or none with these words.
    NoQuotes {
        /// The words searched for, if any.
        text: Option<String>,
    },
    /// Several may be meant.
    Which {
        /// What was typed.
        asked: String,
        /// Up to five.
        choices: Vec<Choice>,
        /// What is asked again with the chosen one; none when it could not be kept: then there are no buttons.
        question: Option<QuestionId>,
    },
    /// Nobody of that name, with the nearest names.
    Nobody {
        /// What was typed.
        asked: String,
        /// The nearest.
        nearest: Vec<Choice>,
    },
    /// A ranking.
    Top(Ranking),
    /// How people felt about a drama, a story or everything.
    Mood(Mood),
    /// What is known of a drama or person.
    About {
        /// What is known.
        known: Known,
        /// Latest stories: headline, address, when.
        stories: Vec<(String, Option<String>, Millis)>,
        /// The most loved line.
        loved: Option<SaidLine>,
        /// Where to watch.
        watch: Option<String>,
    },
    /// When digests come and when it is quiet.
    Hours(Box<HoursAnswer>),
    /// What the newest matching story would look like here.
    Preview {
        /// The story.
        story: Box<Story>,
        /// How it would be posted here.
        manner: Manner,
        /// In which language: the server's.
        lang: Lang,
    },
    /// There is no story to show yet.
    NoStory,
    /// Why a story was or was not posted.
    WhyAnswer {
        /// Its headline, if the story is known.
        title: Option<String>,
        /// Why.
        why: Why,
        /// Where the person may have the bot try again what is held or was given up.
        retry: Option<ChannelId>,
    },
    /// A feed works, and is watched for the server or waits for the operator's word.
    FeedAdded {
        /// The name that its stories are shown under.
        name: String,
        /// Its address.
        url: String,
        /// Its newest headlines.
        headlines: Vec<String>,
        /// Whether the operator has to agree first.
        waiting: bool,
    },
    /// A feed is not watched for the server any more.
    FeedRemoved {
        /// Its address.
        url: String,
    },
    /// The feeds of the server.
    ServerFeeds {
        /// In the order in which they were asked for.
        feeds: Vec<AskedFeed>,
        /// How many a server may have.
        most: usize,
    },
    /// A feed could not be added or removed.
    FeedFault(FeedFault),
    /// Earlier stories about the same drama and people.
    Related {
        /// The server, for links to posts.
        guild: Option<GuildId>,
        /// The stories.
        stories: Vec<RelatedStory>,
    },
    /// What was held or given up in a channel is tried again.
    Retried {
        /// Where.
        channel: ChannelId,
        /// How many stories.
        count: u64,
    },
    /// What works here and what does not.
    Check(Checked),
    /// What can be asked.
    Help {
        /// May the person change settings here?
        manager: bool,
        /// Whether `!` commands can be read.
        reads_messages: bool,
        /// Whether it is asked in a server, where all commands work.
        in_server: bool,
        /// Only this command.
        only: Option<&'static str>,
    },
    /// The bot about itself.
    AboutBot {
        /// Version.
        version: &'static str,
        /// Milliseconds since the start.
        uptime: Millis,
        /// Servers.
        guilds: u64,
        /// Feeds watched, and the oldest successful look, milliseconds ago.
        feeds: (u64, Option<Millis>),
        /// Stories and quotes kept.
        kept: (u64, u64),
    },
    /// What is kept, and for how long.
    Privacy {
        /// Days an article's text is kept.
        bodies: u32,
        /// Days a voter's id is kept.
        voters: u32,
        /// Days a sent delivery is kept.
        deliveries: u32,
        /// Days a copy of the store that the bot makes lives; none: it makes none.
        copies: Option<u32>,
    },
    /// Asks before forgetting.
    ForgetAsk {
        /// Who asks.
        asker: UserId,
    },
    /// The person's votes no longer carry their name.
    Forgotten {
        /// How many.
        votes: u64,
    },
    /// A command could not be understood or may not be used.
    Refused(Refusal),
}

/// Where a command was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The server; none in direct messages.
    pub guild: Option<GuildId>,
    /// The channel.
    pub channel: ChannelId,
}
