//! What a command about subscriptions names: what is to be followed, ended or paused, and on which terms.

use super::{ALL, Args, is_here, joined, unquoted};
use crate::{
    command::{NAME_MAX, Verb, Which, list, terms},
    model::{Change, answer::Refusal},
};

/// Words that mean every story.
const EVERYTHING: &[&str] = &["everything", "전체", "모든소식", "todo", "tudo", "semua"];

impl Args {
    /// What is to be followed, or no longer: dramas, people, networks, free words; or everything.
    pub(super) fn subjects(&self) -> Result<Which, Refusal> {
        let which = self.which()?;
        let several = !which.what.is_empty();
        match which.everything || which.all {
            true if several => Err(Refusal::OneOnly {
                options: &["drama", "person", "network", "everything"],
            }),
            false if !several => Err(Refusal::Missing {
                command: self.entry.name(),
                option: self.first_option(),
            }),
            _ => Ok(which),
        }
    }

    /// What is to be paused: all, unless something is named.
    pub(super) fn paused(&self) -> Result<Which, Refusal> {
        let mut which = self.which()?;
        which.what.retain(|what| !is_here(what));
        which.all |= which.what.is_empty() && !which.everything;
        Ok(which)
    }

    fn which(&self) -> Result<Which, Refusal> {
        self.unsent_channel()?;
        let mut what = Vec::new();
        for option in ["what", "drama", "person", "network"] {
            what.extend(self.text(option)?);
        }
        what.extend(self.within("what", unquoted(&joined(&self.free)))?);
        if !what.iter().all(|text| list::are_names(text)) {
            return Err(Refusal::TooLong {
                option: self.first_option(),
                limit: NAME_MAX,
            });
        }
        let among = |words: &[&str], text: &String| words.contains(&text.to_lowercase().replace(' ', "").as_str());
        let following = self.entry.verb == Verb::Subscribe;
        let all = self.flag("all") == Some(true) || what.iter().any(|text| among(ALL, text));
        let everything = self.flag("everything") == Some(true)
            || what.iter().any(|text| among(EVERYTHING, text))
            || (following && all);
        what.retain(|text| !among(ALL, text) && !among(EVERYTHING, text));
        Ok(Which {
            what,
            everything,
            all: all && !following,
        })
    }

    /// Which stories are wanted, and how.
    pub(super) fn change(&self) -> Result<Change, Refusal> {
        Ok(Change {
            kinds: self.text("kinds")?.map(|text| terms::kinds(&text)).transpose()?,
            outlets: self.text("outlets")?.map(|text| terms::outlets(&text)),
            spoiler: self.flag("spoiler"),
            role: self.role,
            thread: self.flag("thread"),
            votes: self.text("votes")?.map(|text| terms::votes(&text)).transpose()?,
            rhythm: self.text("when")?.map(|text| terms::rhythm(&text)).transpose()?,
        })
    }
}
