//! `/preview` and `/why`: what a story looks like here, and why it was or was not posted.

use super::{Answered, Asker, resolve};
use crate::{
    app::House,
    catalogue::{Scope, fold},
    command::Verb,
    feed,
    model::{Answer, ArticleId, Subject, answer::Why},
    store::StoreError,
};

/// The newest story about something, as it would be posted.
pub async fn preview(house: &House, asker: &Asker, what: Option<&str>) -> Answered {
    let key = match what {
        None => None,
        Some(what) if resolve::is_faint(&house.catalogue(), what) && !what.contains(':') => {
            Some(Subject::Words(fold(what)).key())
        }
        Some(what) => match resolve::meant(house, asker, what, Scope::All, Verb::Preview, None).await? {
            resolve::Meant::One(entity) => Some(entity.key()),
            resolve::Meant::Ask(question) => return Ok(*question),
        },
    };
    let newest = house.store.latest(key.as_deref(), 1).await?;
    let Some(newest) = newest.first() else {
        return Ok(Answer::NoStory);
    };
    Ok(match house.store.story(newest.article).await? {
        Some(mut story) => {
            story.quotes.truncate(house.settings.posts.quotes);
            Answer::Preview(Box::new(story))
        }
        None => Answer::NoStory,
    })
}

/// What became of a story in the channel.
pub async fn why(house: &House, asker: &Asker, asked: Option<&str>) -> Answered {
    let Some(article) = meant(house, asked).await? else {
        let words = asked.unwrap_or_default();
        let link = is_address(words).then(|| feed::canonical_link(words));
        return Ok(match house.store.noted(link.as_deref(), words).await? {
            Some(title) => Answer::WhyAnswer {
                title: Some(title),
                why: Why::FirstLook,
            },
            None if asked.is_none() => Answer::NoStory,
            None => Answer::WhyAnswer {
                title: None,
                why: Why::Unknown,
            },
        });
    };
    let title = house.store.story(article).await?.map(|story| story.title);
    let why = house.store.why(article, asker.place.channel).await?;
    Ok(Answer::WhyAnswer { title, why })
}

/// The story that an address or words of a headline mean; none asked for: the newest.
pub async fn meant(house: &House, asked: Option<&str>) -> Result<Option<ArticleId>, StoreError> {
    match asked {
        None => Ok(house.store.latest(None, 1).await?.first().map(|story| story.article)),
        Some(address) if is_address(address) => house.store.story_at(&feed::canonical_link(address)).await,
        Some(words) => house.store.story_titled(words).await,
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
