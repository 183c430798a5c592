//! `/preview` and `/why`: what a story looks like here, and why it was or was not posted; and another try.

use super::{Answered, Asker, channel_of, resolve};
use crate::{
    app::{House, noted, time::now},
    catalogue::{Scope, fold},
    feed,
    model::{
        Answer, ArticleId, ChannelId, Match, Subject, Venue,
        answer::{Cause, KeptOut, Why},
    },
    store::{Fate, StoreError},
};

/// The newest story about something, as it would be posted.
pub async fn preview(house: &House, asker: &Asker, what: Option<&str>) -> Answered {
    let key = match what {
        None => None,
        Some(what) if resolve::is_faint(&house.catalogue(), what) && !what.contains(':') => {
            Some(Subject::Words(fold(what)).key())
        }
        Some(what) => match resolve::meant(house, asker, what, Scope::All, Some("what")).await? {
            resolve::Meant::One(entity) => Some(entity.key()),
            resolve::Meant::Ask(question) => return Ok(*question),
        },
    };
    // The story of a forum's post asks for the forum.
    let channel = followed_place(house, asker);
    let newest = match &key {
        Some(key) => house
            .store
            .latest(Some(key), asker.place.guild, 1)
            .await?
            .first()
            .map(|story| story.article),
        // What this channel would get, if it follows anything.
        None => match house.store.newest_in(channel).await? {
            Some(newest) => Some(newest),
            None => meant(house, asker, None).await?,
        },
    };
    let story = match newest {
        Some(newest) => house.store.story(newest).await?,
        None => noted::newest(house, asker.place.guild, key.as_deref()).await?,
    };
    Ok(match story {
        Some(mut story) => {
            story.quotes.truncate(house.settings.posts.quotes);
            Answer::Preview {
                manner: house.manner(story.article, channel).await?,
                story: Box::new(story),
                lang: house.servers.lang_in(channel),
            }
        }
        None => Answer::NoStory,
    })
}

/// The channel whose subscriptions bring what is seen here: within a post of a forum, the forum.
pub fn followed_place(house: &House, asker: &Asker) -> ChannelId {
    let here = asker.place.channel;
    let parent = house.servers.channel(here).and_then(|place| place.parent);
    parent
        .filter(|parent| house.venue(*parent) == Some(Venue::Forum))
        .unwrap_or(here)
}

/// What became of a story in the channel.
pub async fn why(house: &House, asker: &Asker, asked: Option<&str>) -> Answered {
    let Some(article) = meant(house, asker, asked).await? else {
        let words = asked.unwrap_or_default();
        let link = is_address(words).then(|| feed::canonical_link(words));
        let found = |title, why| Answer::WhyAnswer {
            title: Some(title),
            why,
            retry: None,
        };
        return Ok(
            match house.store.fate(link.as_deref(), words, asker.place.guild).await? {
                _ if asked.is_none() => Answer::NoStory,
                Some(Fate::Noted { title }) => found(title, Why::FirstLook),
                Some(Fate::Waiting { title, why, due }) => {
                    let cause = why.as_deref().map(Cause::of);
                    found(title, Why::Unread { cause, due })
                }
                Some(Fate::Skipped { title, why }) => found(title, Why::LeftOut(Cause::of(&why))),
                Some(Fate::Same { title }) => found(title, Why::Same),
                None => Answer::WhyAnswer {
                    title: None,
                    why: Why::Unknown,
                    retry: None,
                },
            },
        );
    };
    let title = house.store.story(article).await?.map(|story| story.title);
    let channel = followed_place(house, asker);
    let why = match house.store.why(article, channel).await? {
        Why::NotFollowed { about } => match kept_out(house, article, channel).await? {
            reasons if reasons.is_empty() => Why::NotFollowed { about },
            reasons => Why::KeptOut(reasons),
        },
        why => why,
    };
    let stuck = asker.may_manage && house.store.is_stuck(article, channel).await?;
    let retry = stuck.then_some(channel);
    Ok(Answer::WhyAnswer { title, why, retry })
}

/// Earlier stories about the drama and the people of one, those first that were posted here.
pub async fn related(house: &House, asker: &Asker, article: ArticleId) -> Answered {
    /// What can be read in one look.
    const MOST: u32 = 8;
    Ok(Answer::Related {
        guild: asker.place.guild,
        stories: house.store.related(article, asker.place, MOST).await?,
    })
}

/// Tries again what is held or was given up in a channel, each after a look at it.
pub async fn retry(house: &House, asker: &Asker, channel: ChannelId) -> Answered {
    let channel = match channel_of(house, asker, Some(channel), true) {
        Ok(channel) => channel,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let count = house.store.revive_all(Some(channel), now()).await?;
    tracing::info!(channel = channel.0, count, "what was held or given up is tried again");
    house.bells.deliver.notify_one();
    Ok(Answer::Retried { channel, count })
}

/// What the channel follows is in the story, and this is why none of it brought the story.
async fn kept_out(house: &House, article: ArticleId, channel: ChannelId) -> Result<Vec<(String, KeptOut)>, StoreError> {
    let Some(story) = house.store.story(article).await? else {
        return Ok(Vec::new());
    };
    let reason = |one: Match| {
        let kept = match (one.kind_fits, one.outlet_fits, one.subscription.paused) {
            (false, ..) => KeptOut::Kind(story.kind),
            (true, false, _) => KeptOut::Outlet(story.source.clone()),
            (true, true, true) => KeptOut::Paused,
            (true, true, false) => KeptOut::Later,
        };
        (one.subscription.label, kept)
    };
    Ok(house
        .store
        .matches(article, channel)
        .await?
        .into_iter()
        .map(reason)
        .collect())
}

/// The story that an address or words of a headline mean, of those that may be seen where it is asked; none asked for:
/// the newest.
pub async fn meant(house: &House, asker: &Asker, asked: Option<&str>) -> Result<Option<ArticleId>, StoreError> {
    let guild = asker.place.guild;
    match asked {
        None => Ok((house.store.latest(None, guild, 1).await?.first()).map(|story| story.article)),
        Some(address) if is_address(address) => house.store.story_at(&feed::canonical_link(address), guild).await,
        Some(words) => house.store.story_titled(words, guild).await,
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::FetchError, page::Wall};

    #[test]
    fn what_keeps_a_page_from_being_read_is_told_in_peoples_language() {
        let host = || "news.example".to_owned();
        for (kept, told) in [
            (FetchError::Timeout(host()).to_string(), Cause::NoAnswer),
            (FetchError::Connect(host()).to_string(), Cause::NoAnswer),
            (FetchError::Broken(host()).to_string(), Cause::Broken),
            (Wall::Challenge.name().to_owned(), Cause::Challenge),
        ] {
            assert_eq!(Cause::of(&kept), told, "{kept}");
        }
    }
}
