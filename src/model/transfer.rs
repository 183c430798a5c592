//! What `daesa export` writes and `daesa import` takes: subscriptions, settings of servers and channels, stories with
//! their quotes, and names that were learnt, as one JSON document.
//!
//! The form is a contract: a field is added, never renamed, and [`FORMAT`] grows when an older Daesa could not read
//! it. Ids of Discord are strings, as in Discord's own JSON, for many readers keep only 53 bits of a number. Times are
//! unix milliseconds. The text of articles is not in it (it is the outlets', and is not kept for long), nor are posts
//! and votes: those belong to a store, and move with `daesa backup`.

use super::{ArticleKind, DAY_MINUTES, Millis, OwnHours, QuietHours, QuoteKind, Rhythm, Subject, Votes};
use serde::{Deserialize, Serialize};

/// The newest form that this program writes and reads. 2: with what `/hours` sets.
pub const FORMAT: u32 = 2;

/// An export, whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The form: at most [`FORMAT`].
    pub daesa: u32,
    /// Servers with their settings.
    pub servers: Vec<ServerRecord>,
    /// Channels with hours of their own.
    #[serde(default)]
    pub channels: Vec<ChannelRecord>,
    /// What channels follow, oldest first.
    pub subscriptions: Vec<SubscriptionRecord>,
    /// Stories with their quotes, in the order in which they came in.
    pub stories: Vec<StoryRecord>,
    /// What stories taught the catalogue, oldest first.
    pub learnt: Vec<LearntRecord>,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerRecord {
    /// Its id.
    pub id: String,
    /// Since when the bot has been there.
    pub joined: Millis,
    /// When it was greeted.
    pub welcomed: Option<Millis>,
    /// Its time zone, an IANA name; none: that of the settings file.
    pub zone: Option<String>,
    /// The minute of the day at which its digests come; none: that of the settings file.
    #[serde(default)]
    pub digest: Option<u16>,
    /// The day of its weekly digests: 0 Monday to 6 Sunday; none: that of the settings file.
    #[serde(default)]
    pub day: Option<u8>,
    /// Its quiet hours: from and to, in minutes of the day; empty: there are none; none: those of the settings file.
    #[serde(default)]
    pub quiet: Option<Vec<u16>>,
}

/// The hours of a channel; what is none is its server's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelRecord {
    /// Its id.
    pub id: String,
    /// The server's id.
    pub guild: String,
    /// Its time zone, an IANA name.
    pub zone: Option<String>,
    /// The minute of the day at which its digests come.
    pub digest: Option<u16>,
    /// The day of its weekly digests: 0 Monday to 6 Sunday.
    pub day: Option<u8>,
    /// Its quiet hours: from and to, in minutes of the day; empty: there are none.
    pub quiet: Option<Vec<u16>>,
}

/// What a channel follows, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionRecord {
    /// The server's id.
    pub guild: String,
    /// The channel's id.
    pub channel: String,
    /// Whether the channel is a forum.
    pub forum: bool,
    /// What it follows: [`Subject::key`].
    pub subject: String,
    /// The name shown to people.
    pub label: String,
    /// When it was made.
    pub created: Millis,
    /// Whether it is paused.
    pub paused: bool,
    /// Only these kinds of article; empty: all.
    pub kinds: Vec<String>,
    /// Only these outlets; empty: all.
    pub outlets: Vec<String>,
    /// Whether the plot is hidden.
    pub spoiler: bool,
    /// The id of the role that is mentioned.
    pub role: Option<String>,
    /// Whether each post gets a thread.
    pub thread: bool,
    /// Whether readers can vote, and how.
    pub votes: Votes,
    /// When the stories are posted.
    #[serde(default)]
    pub rhythm: Rhythm,
}

/// A story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryRecord {
    /// Its address.
    pub url: Option<String>,
    /// Every canonical address under which it is known.
    pub links: Vec<String>,
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// The outlet's name.
    pub source: String,
    /// When it was published, as the outlet says.
    pub published: Option<Millis>,
    /// When it was first seen.
    pub seen: Millis,
    /// Its picture.
    pub image: Option<String>,
    /// Where the drama can be watched.
    pub watch: Option<String>,
    /// A clip.
    pub clip: Option<String>,
    /// What kind of news it is.
    pub kind: String,
    /// What happened.
    pub summary: String,
    /// The network or platform.
    pub network: Option<String>,
    /// Characters with their actors.
    pub characters: Vec<(String, String)>,
    /// When its text was last seen to have changed.
    pub edited: Option<Millis>,
    /// When it was taken down.
    pub withdrawn: Option<Millis>,
    /// The same story at other outlets.
    pub also: Vec<EchoRecord>,
    /// Its dramas, the main one first.
    pub dramas: Vec<NameRecord>,
    /// Its people.
    pub people: Vec<NameRecord>,
    /// Its network.
    pub networks: Vec<NameRecord>,
    /// Whose followers get it: [`Subject::key`] of each.
    pub subjects: Vec<String>,
    /// What was said, in its order.
    pub quotes: Vec<QuoteRecord>,
}

/// A telling of the same story at another outlet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EchoRecord {
    /// Its address.
    pub link: String,
    /// The outlet's name.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// When it was seen.
    pub at: Millis,
}

/// A name with the key by which it is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRecord {
    /// As it is shown.
    pub name: String,
    /// As it is found.
    pub key: String,
}

/// A quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteRecord {
    /// The words, as they were cut from the article.
    pub text: String,
    /// Who said it, or the character.
    pub speaker: Option<String>,
    /// Who plays the character.
    pub actor: Option<String>,
    /// The role of the speaker, as it is shown.
    pub role: Option<String>,
    /// What kind of speaker.
    pub kind: String,
    /// How sure the reading was, 0 to 1.
    pub confidence: f64,
    /// The drama it is from.
    pub drama: Option<String>,
    /// Its place among the key quotes of its story, best 0.
    pub rank: Option<u32>,
    /// The keys of speaker and dramas under which it is found.
    pub keys: Vec<String>,
}

/// Something learnt from a story; empty means not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearntRecord {
    /// A person's name.
    pub person: String,
    /// A drama's title.
    pub drama: String,
    /// The character that the person plays in it.
    pub character: String,
    /// The hangul of the person, or of the drama when there is no person.
    pub hangul: String,
    /// The drama's network.
    pub network: String,
    /// When it was learnt.
    pub at: Millis,
    /// A canonical address of the story that taught it.
    pub story: Option<String>,
}

impl Transfer {
    /// The first thing in it that cannot be, with where it is: nothing of such a document is taken.
    ///
    /// # Errors
    /// One line for a person.
    pub fn check(&self) -> Result<(), String> {
        if self.daesa == 0 || self.daesa > FORMAT {
            let (theirs, ours) = (self.daesa, FORMAT);
            return Err(format!(
                "it is of form {theirs}, and this Daesa reads forms up to {ours}: update Daesa"
            ));
        }
        let place =
            |list: &str, at: usize, what: Result<(), String>| what.map_err(|what| format!("{list}[{at}]: {what}"));
        for (at, server) in self.servers.iter().enumerate() {
            place("servers", at, snowflake("id", &server.id))?;
            place("servers", at, server.hours().map(drop))?;
        }
        for (at, channel) in self.channels.iter().enumerate() {
            place("channels", at, channel.check())?;
        }
        for (at, subscription) in self.subscriptions.iter().enumerate() {
            place("subscriptions", at, subscription.check())?;
        }
        for (at, story) in self.stories.iter().enumerate() {
            place("stories", at, story.check())?;
        }
        for (at, lesson) in self.learnt.iter().enumerate() {
            place(
                "learnt",
                at,
                lesson.story.iter().try_for_each(|link| address("story", link)),
            )?;
        }
        Ok(())
    }
}

impl ServerRecord {
    /// What was set for the whole server.
    ///
    /// # Errors
    /// One line for a person: what it says is no time of day, or no day.
    pub fn hours(&self) -> Result<OwnHours, String> {
        hours(self.zone.as_ref(), self.digest, self.day, self.quiet.as_deref())
    }
}

impl ChannelRecord {
    /// What was set for the channel.
    ///
    /// # Errors
    /// As [`ServerRecord::hours`].
    pub fn hours(&self) -> Result<OwnHours, String> {
        hours(self.zone.as_ref(), self.digest, self.day, self.quiet.as_deref())
    }

    fn check(&self) -> Result<(), String> {
        snowflake("id", &self.id)?;
        snowflake("guild", &self.guild)?;
        self.hours().map(drop)
    }
}

fn hours(
    zone: Option<&String>,
    digest: Option<u16>,
    day: Option<u8>,
    quiet: Option<&[u16]>,
) -> Result<OwnHours, String> {
    if let Some(minute) = digest.filter(|minute| *minute >= DAY_MINUTES) {
        return Err(format!("`digest`: {minute} is no minute of a day"));
    }
    if let Some(day) = day.filter(|day| *day > 6) {
        return Err(format!("`day`: {day} is no day of a week, which has 0 to 6"));
    }
    let quiet = match quiet {
        None => None,
        Some([]) => Some(None),
        Some([from, to]) if QuietHours::new(*from, *to).is_some() => Some(QuietHours::new(*from, *to)),
        Some(_) => return Err("`quiet` is to be two different minutes of a day, or empty".to_owned()),
    };
    Ok(OwnHours {
        zone: zone.cloned(),
        at: digest,
        day,
        quiet,
    })
}

impl SubscriptionRecord {
    fn check(&self) -> Result<(), String> {
        snowflake("guild", &self.guild)?;
        snowflake("channel", &self.channel)?;
        if let Some(role) = &self.role {
            snowflake("role", role)?;
        }
        subject(&self.subject)?;
        match self.kinds.iter().find(|kind| ArticleKind::from_name(kind).is_none()) {
            Some(kind) => Err(format!("`{kind}` is no kind of article")),
            None => Ok(()),
        }
    }
}

impl StoryRecord {
    fn check(&self) -> Result<(), String> {
        for (name, link) in [
            ("url", &self.url),
            ("image", &self.image),
            ("watch", &self.watch),
            ("clip", &self.clip),
        ] {
            link.iter().try_for_each(|link| address(name, link))?;
        }
        self.links.iter().try_for_each(|link| address("links", link))?;
        self.also.iter().try_for_each(|echo| address("also", &echo.link))?;
        self.subjects.iter().try_for_each(|key| subject(key))?;
        if ArticleKind::from_name(&self.kind).is_none() {
            return Err(format!("`{}` is no kind of article", self.kind));
        }
        for quote in &self.quotes {
            if QuoteKind::from_name(&quote.kind).is_none() {
                return Err(format!("`{}` is no kind of speaker", quote.kind));
            }
            if !(0.0..=1.0).contains(&quote.confidence) {
                return Err(format!("a confidence of {} is not between 0 and 1", quote.confidence));
            }
        }
        Ok(())
    }
}

/// An id of Discord: at least 1, and small enough for the store's 63 bits.
fn snowflake(name: &str, text: &str) -> Result<(), String> {
    match text.parse::<i64>() {
        Ok(id) if id > 0 && id.to_string() == text => Ok(()),
        _ => Err(format!("`{name}` is no id of Discord")),
    }
}

fn subject(key: &str) -> Result<(), String> {
    match Subject::from_key(key) {
        Some(_) => Ok(()),
        None => Err(format!("`{key}` is nothing that can be followed")),
    }
}

/// It is shown to people as a link, so it has to be one of the web.
fn address(name: &str, link: &str) -> Result<(), String> {
    if link.starts_with("https://") || link.starts_with("http://") {
        Ok(())
    } else {
        Err(format!("`{name}` is no address of the web"))
    }
}
