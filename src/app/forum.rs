//! Posts in a forum: each story is a thread of its own, tagged with its drama. Discord has no nonce for that
//! request, so an attempt whose fate is not known is looked for in the forum before it is made again.

use super::{House, deliver, time::now};
use crate::{
    catalogue::fold,
    discord::{Class, ForumTags, PostedMessage, RestError, RestErrorKind},
    feed::canonical_link,
    model::{ChannelId, Delivery, GuildId, MessageId, Millis, Outcome, Step, answer::Story},
    outbox,
    view::card::Card,
};

/// A request that was on its way when the bot died may still arrive: before this long it is not looked for.
const SETTLES: Millis = 5_000;
/// Discord's most tags of a post.
const TAGS: usize = 5;
/// Posts whose first message is looked at, newest first.
const LOOKED_AT: usize = 50;

/// Posts a story, or the digest that it is the first of, under that name.
pub async fn post(house: &House, delivery: &Delivery, (story, name): (&Story, &str), card: &Card) -> Outcome {
    // A session that was taken up again has not told of the tags, and a forum may want one.
    house.see(delivery.guild, delivery.channel).await;
    let tags = chosen(&house.servers.tags(delivery.channel), story);
    house.rest.open_post(delivery.channel, name, &tags, card).await
}

/// The tags that are called like the story's dramas. Where a post needs one and none is, it gets the first: better
/// in the wrong drawer than not there.
fn chosen(forum: &ForumTags, story: &Story) -> Vec<u64> {
    let dramas: Vec<String> = story.drama.iter().map(|drama| fold(drama)).collect();
    let fits = |name: &str| !fold(name).is_empty() && dramas.contains(&fold(name));
    let mut tags: Vec<u64> = forum
        .tags
        .iter()
        .filter(|tag| fits(&tag.name))
        .map(|tag| tag.id)
        .collect();
    if tags.is_empty() && forum.required {
        tags.extend(forum.tags.first().map(|tag| tag.id));
    }
    tags.truncate(TAGS);
    tags
}

/// Looks whether an earlier attempt arrived; none: it did not, and it can be made again.
pub async fn scan(house: &House, delivery: &Delivery, story: &Story) -> Option<Step> {
    if house.reads_history(delivery.channel) == Some(false) {
        let why = "it may have been posted, and the forum cannot be read";
        return Some(Step::Hold(why.to_owned()));
    }
    let settled = delivery.first_try + SETTLES;
    if now() < settled {
        return Some(Step::RetryAt {
            due: settled,
            uncertain: true,
            count_attempt: false,
        });
    }
    let since = delivery.first_try.min(delivery.enqueued) - deliver::CLOCKS;
    let link = story.url.as_deref().map(canonical_link);
    let posts = match own_posts(house, delivery.guild, delivery.channel, since).await {
        Ok(posts) => posts,
        Err(error) => {
            let outcome = deliver::not_told(error);
            return Some(outbox::next(delivery, &outcome, now(), fastrand::f64()));
        }
    };
    let found = posts
        .iter()
        .find(|post| link.is_some() && post.url.as_deref().map(canonical_link) == link);
    match found {
        Some(post) => Some(Step::Sent(Some(post.id))),
        // Without an address on its card nothing can be recognised, unless there is nothing.
        None if (link.is_none() || delivery.plain) && !posts.is_empty() => Some(Step::Hold(
            "it may have been posted, and cannot be recognised in the forum".to_owned(),
        )),
        None => None,
    }
}

/// The bot's own posts of a forum since a time, newest first: the first messages of their threads.
///
/// # Errors
/// When Discord does not tell.
pub async fn own_posts(
    house: &House,
    guild: GuildId,
    forum: ChannelId,
    since: Millis,
) -> Result<Vec<PostedMessage>, RestError> {
    let bot = house.rest.me().await?;
    let mut threads = house.rest.active_threads(Class::Post, guild).await?;
    threads.extend(house.rest.archived_threads(Class::Post, forum).await?);
    threads.retain(|thread| thread.parent == Some(forum) && thread.owner == Some(bot));
    let mut posts: Vec<MessageId> = threads.into_iter().map(|thread| MessageId(thread.id.0)).collect();
    posts.retain(|post| post.created() >= since);
    posts.sort_unstable_by(|one, other| other.cmp(one));
    posts.dedup();
    let mut found = Vec::new();
    for post in posts.into_iter().take(LOOKED_AT) {
        match house.rest.message(Class::Post, ChannelId(post.0), post).await {
            Ok(message) => found.push(message),
            // It, or its first message, was deleted: then it is no post any more.
            Err(error) if error.kind == RestErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::ForumTag;

    fn forum(required: bool) -> ForumTags {
        let tag = |id, name: &str| ForumTag {
            id,
            name: name.to_owned(),
        };
        ForumTags {
            tags: vec![tag(1, "Other"), tag(2, "moonlit harbor!"), tag(3, "♡"), tag(4, "Tide")],
            required,
        }
    }

    fn story(dramas: &[&str]) -> Story {
        Story {
            drama: dramas.iter().map(|drama| (*drama).to_owned()).collect(),
            ..view_story()
        }
    }

    fn view_story() -> Story {
        Story {
            article: crate::model::ArticleId(1),
            title: String::new(),
            url: None,
            source: String::new(),
            at: 0,
            withdrawn: false,
            kind: crate::model::ArticleKind::News,
            summary: String::new(),
            drama: vec![],
            drama_key: None,
            network: None,
            quotes: vec![],
            also: vec![],
            related: false,
            image: None,
            watch: None,
            clip: None,
        }
    }

    #[test]
    fn a_tag_is_the_dramas_or_none() {
        assert_eq!(chosen(&forum(false), &story(&["Moonlit Harbor"])), [2]);
        assert_eq!(chosen(&forum(false), &story(&["Tide", "Moonlit Harbor"])), [2, 4]);
        assert_eq!(chosen(&forum(false), &story(&["Elsewhere", ""])), Vec::<u64>::new());
        assert_eq!(chosen(&forum(true), &story(&["Elsewhere"])), [1]);
        assert_eq!(chosen(&ForumTags::default(), &story(&["Tide"])), Vec::<u64>::new());
    }
}
