//! What Daesa understood of an article.
//!
//! The promise of verbatim quotes is a type: a [`Quote`] comes only from [`Quote::cut`], which takes
//! spans of the body that was read.

use super::spoken;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use std::ops::Range;

/// What kind of news an article is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleKind {
    /// A role offered, considered or confirmed.
    Casting,
    /// Pictures from the next episode.
    Stills,
    /// A teaser, trailer or poster.
    Teaser,
    /// A making-of or behind-the-scenes clip.
    MakingOf,
    /// A table reading.
    ScriptReading,
    /// An interview.
    Interview,
    /// A press conference or production presentation.
    PressConference,
    /// A statement by an agency, a broadcaster or a person.
    Statement,
    /// Ratings and rankings.
    Ratings,
    /// The story of an episode.
    Recap,
    /// A variety show.
    Variety,
    /// An award ceremony.
    Awards,
    /// A list of several dramas.
    List,
    /// Anything else.
    #[default]
    News,
}

impl ArticleKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Casting,
        Self::Stills,
        Self::Teaser,
        Self::MakingOf,
        Self::ScriptReading,
        Self::Interview,
        Self::PressConference,
        Self::Statement,
        Self::Ratings,
        Self::Recap,
        Self::Variety,
        Self::Awards,
        Self::List,
        Self::News,
    ];

    /// The name in JSON, in the store and as an option's value.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Casting => "casting",
            Self::Stills => "stills",
            Self::Teaser => "teaser",
            Self::MakingOf => "making-of",
            Self::ScriptReading => "script-reading",
            Self::Interview => "interview",
            Self::PressConference => "press-conference",
            Self::Statement => "statement",
            Self::Ratings => "ratings",
            Self::Recap => "recap",
            Self::Variety => "variety",
            Self::Awards => "awards",
            Self::List => "list",
            Self::News => "news",
        }
    }

    /// The kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// An actor as themself.
    Cast,
    /// A character of the drama.
    Character,
    /// Director, writer, producer, production team.
    Staff,
    /// An agency.
    Agency,
    /// Anybody else: hosts, broadcasters, platforms.
    Other,
}

impl QuoteKind {
    /// The name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cast => "cast",
            Self::Character => "character",
            Self::Staff => "staff",
            Self::Agency => "agency",
            Self::Other => "other",
        }
    }

    /// The kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Cast, Self::Character, Self::Staff, Self::Agency, Self::Other]
            .into_iter()
            .find(|k| k.name() == name)
    }
}

/// Who said a quote, as far as the article tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The full name as the article first gives it, or the role of somebody without a name.
    pub speaker: Option<String>,
    /// For a character's line: who plays the character.
    pub actor: Option<String>,
    /// What the speaker is.
    pub kind: QuoteKind,
    /// How sure the speaker is, 0 to 1.
    pub confidence: f32,
}

/// Words that were spoken, cut from an article's body character for character.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    text: String,
    parts: Vec<Range<usize>>,
    by: Attribution,
}

impl Quote {
    /// Cuts the spans out of `body` and joins them by one space; `None` unless the spans are in
    /// order, do not overlap, are not empty and lie on character boundaries.
    #[must_use]
    pub fn cut(body: &str, parts: Vec<Range<usize>>, by: Attribution) -> Option<Self> {
        let room = parts.iter().map(|part| part.len().min(body.len()) + 1).sum();
        let mut text = String::with_capacity(room);
        let mut end = 0;
        for part in &parts {
            if part.start < end || part.is_empty() {
                return None;
            }
            let piece = body.get(part.clone())?;
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(piece);
            end = part.end;
        }
        (!text.is_empty()).then_some(Self { text, parts, by })
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words as they are shown ([`spoken::shown`]).
    #[must_use]
    pub fn shown(&self) -> String {
        let parts: Vec<[usize; 2]> = self.parts.iter().map(|part| [part.start, part.end]).collect();
        spoken::shown(&self.text, &parts)
    }

    /// UTF-8 byte ranges of the body that the text was cut from.
    #[must_use]
    pub fn parts(&self) -> &[Range<usize>] {
        &self.parts
    }

    /// Who said it.
    #[must_use]
    pub const fn by(&self) -> &Attribution {
        &self.by
    }
}

impl Serialize for Quote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("text", &self.text)?;
        map.serialize_entry("speaker", &self.by.speaker)?;
        map.serialize_entry("actor", &self.by.actor)?;
        map.serialize_entry("kind", &self.by.kind)?;
        map.serialize_entry(
            "parts",
            &self.parts.iter().map(|p| [p.start, p.end]).collect::<Vec<_>>(),
        )?;
        // Two digits: an f32 printed in full pretends to a precision that it has not.
        map.serialize_entry("confidence", &((f64::from(self.by.confidence) * 100.0).round() / 100.0))?;
        map.end()
    }
}

/// What was understood of an article. Serialises as the contract of `daesa read --json` wants it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reading {
    /// The id that the caller gave, in `--jsonl`.
    pub id: Option<String>,
    /// The headline.
    pub title: String,
    /// The article's address.
    pub url: Option<String>,
    /// What kind of news it is.
    pub kind: ArticleKind,
    /// Two or three sentences, at most 400 characters.
    pub summary: String,
    /// The dramas it is about, the main one first, named as the article first names them.
    pub drama: Vec<String>,
    /// The network of the main drama, as the article names it.
    pub network: Option<String>,
    /// All real people named, in the order of their first mention.
    pub people: Vec<String>,
    /// Character → actor, in the order of their first mention.
    #[serde(serialize_with = "as_map")]
    pub characters: Vec<(String, String)>,
    /// The text that was read; [`Quote::parts`] count into it.
    pub body: String,
    /// What was said, in the order of the article.
    pub quotes: Vec<Quote>,
}

fn as_map<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(character, actor)| (character, actor)))
}
