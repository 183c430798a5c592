//! What a command that counts votes is asked: over which time, of what, where.

use super::{Args, joined, unbracketed, unquoted};
use crate::{
    command::{
        Command, Parsed,
        ranking::{self, Ranking},
    },
    model::answer::Refusal,
};

impl Args {
    pub(super) fn top(&self) -> Parsed {
        let free = Ranking::read(&self.free);
        Ok(Command::Top {
            period: match self.text("period")? {
                Some(given) => ranking::period(&given)?,
                None => free.period.unwrap_or_default(),
            },
            by: match self.text("by")? {
                Some(given) => ranking::ranked(&given)?,
                None => free.by.unwrap_or_default(),
            },
            drama: match self.text("drama")? {
                Some(drama) => Some(drama),
                None => self.within("drama", unquoted(&free.title))?,
            },
            everywhere: self.everywhere()?.or(free.everywhere).unwrap_or(false),
        })
    }

    /// Words without a key are a drama, or a story when they are its address.
    pub(super) fn mood(&self) -> Parsed {
        let (drama, mut story) = (self.text("drama")?, self.text("story")?.map(unbracketed));
        let (free, place) = ranking::place_at_end(&self.free);
        let words = unbracketed(unquoted(&joined(free)).to_owned());
        let drama = if story.is_none() && is_address(&words) {
            story = self.within("story", &words)?;
            drama
        } else {
            drama.map_or_else(|| self.within("drama", &words), |drama| Ok(Some(drama)))?
        };
        let everywhere = self.everywhere()?.or(place).unwrap_or(false);
        match (&drama, &story) {
            (Some(_), Some(_)) => Err(Refusal::OneOnly {
                options: &["drama", "story"],
            }),
            _ => Ok(Command::Mood {
                drama,
                story,
                everywhere,
            }),
        }
    }

    fn everywhere(&self) -> Result<Option<bool>, Refusal> {
        self.text("where")?.map(|given| ranking::everywhere(&given)).transpose()
    }
}

fn is_address(words: &str) -> bool {
    words.starts_with("https://") || words.starts_with("http://")
}
