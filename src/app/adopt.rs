//! After a backup was put back: what was posted since is found in the channels, so that it is not posted again.
//!
//! The store holds a channel's deliveries back until its messages were read to the time of the backup
//! (DESIGN.md, “Running it”).

use super::{House, deliver, forum, time::now};
use crate::{
    discord::{Class, Page, PostedMessage, RestError, RestErrorKind},
    feed,
    store::{Adopted, Adoption, StoreError},
    view,
};
use std::time::Duration;

/// Pause before channels that could not be read are tried again …
const PAUSE: Duration = Duration::from_secs(30);
/// … and where the bot may not read: each question is a refusal, and those count towards a ban.
const CLOSED: Duration = Duration::from_secs(600);
/// … and before the server of a channel is shown by the gateway.
const UNSEEN: Duration = Duration::from_millis(250);

/// Reads channels until none is left that has to be read.
pub async fn run(house: &House) -> Result<(), StoreError> {
    loop {
        let left = house.store.adoptions().await?;
        if left.is_empty() || house.is_stopping() {
            return Ok(());
        }
        let (mut failed, mut closed, mut unseen) = (false, false, false);
        for adoption in left {
            match posts(house, &adoption).await {
                Ok(None) if house.reads_history(adoption.channel).is_none() => unseen = true,
                Ok(None) => {
                    let channel = adoption.channel.0;
                    tracing::warn!(channel, "a channel's history cannot be read: nothing is posted there");
                    closed = true;
                }
                Ok(Some(found)) => {
                    tracing::info!(
                        channel = adoption.channel.0,
                        posts = found.len(),
                        "posts of after the backup"
                    );
                    house.store.adopt(adoption.channel, &found, now()).await?;
                }
                Err(error) if error.is_unknown_channel() => {
                    tracing::info!(channel = adoption.channel.0, "a channel of before the backup is gone");
                    house.channel_gone(adoption.channel).await?;
                }
                Err(error) if matches!(error.kind, RestErrorKind::Forbidden | RestErrorKind::NotFound) => {
                    // Nothing can be posted there either; if that changes, its history is read first.
                    tracing::warn!(channel = adoption.channel.0, %error, "a channel cannot be read: nothing is posted there");
                    closed = true;
                }
                Err(error) => {
                    tracing::warn!(channel = adoption.channel.0, %error, "a channel could not be read; trying again");
                    failed = true;
                }
            }
        }
        // What was taken in can be posted to again, and its posts have votes that nobody counted.
        house.bells.deliver.notify_one();
        house.bells.reconcile.notify_one();
        let pause = match (unseen, failed, closed) {
            (true, ..) => UNSEEN,
            (false, true, _) => PAUSE,
            (false, false, true) => CLOSED,
            (false, false, false) => continue,
        };
        tokio::select! {
            () = house.stopped() => return Ok(()),
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// The stories that the bot has posted in a channel since the backup. None: there are no messages, and it is not sure
/// that the bot would be shown any.
async fn posts(house: &House, adoption: &Adoption) -> Result<Option<Vec<Adopted>>, RestError> {
    if house.reads_history(adoption.channel) == Some(false) {
        return Ok(None);
    }
    if adoption.forum {
        // Its threads are asked for by server.
        let Some(guild) = house.servers.guild_of(adoption.channel) else {
            return Ok(None);
        };
        let posts = forum::own_posts(house, guild, adoption.channel, adoption.since - deliver::CLOCKS).await?;
        return Ok(Some(posts.iter().flat_map(stories).collect()));
    }
    let bot = house.rest.me().await?;
    let mut found = Vec::new();
    let mut page = Page::Latest;
    loop {
        let messages = house.rest.messages(Class::Post, adoption.channel, page, 100).await?;
        if messages.is_empty() && page == Page::Latest && house.reads_history(adoption.channel) != Some(true) {
            return Ok(None);
        }
        let own = messages
            .iter()
            .filter(|message| message.author == bot && !message.answers);
        found.extend(own.flat_map(stories));
        match messages.last() {
            Some(oldest) if messages.len() == 100 && oldest.id.created() > adoption.since - deliver::CLOCKS => {
                page = Page::Before(oldest.id);
            }
            _ => return Ok(Some(found)),
        }
    }
}

/// The story of a post, or those of a digest.
fn stories(message: &PostedMessage) -> Vec<Adopted> {
    let listed = view::listed(message.text.as_deref().unwrap_or_default());
    let story = |link: &str| Adopted {
        message: message.id,
        link: feed::canonical_link(link),
        in_digest: !listed.is_empty(),
    };
    let all = message.url.iter().map(String::as_str).chain(listed.iter().copied());
    let mut all: Vec<Adopted> = all.map(story).collect();
    // The first of a digest is its own address as well.
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|story| seen.insert(story.link.clone()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MessageId, UserId};

    fn message(url: Option<&str>, text: &str) -> PostedMessage {
        PostedMessage {
            id: MessageId(5),
            author: UserId(1),
            url: url.map(str::to_owned),
            text: Some(text.to_owned()),
            nonce: None,
            refers_to: None,
            answers: false,
            reactions: Vec::new(),
        }
    }

    #[test]
    fn a_post_is_of_one_story_and_a_digest_of_many() {
        let found = |url, text| -> Vec<(String, bool)> {
            let all = stories(&message(url, text));
            all.into_iter().map(|story| (story.link, story.in_digest)).collect()
        };
        let (one, two) = ("https://lantern.test/1", "https://lantern.test/2");
        let canonical = |url: &str| feed::canonical_link(url);
        assert_eq!(found(Some(one), "A summary.\n> “A line”"), [(canonical(one), false)]);
        assert_eq!(found(None, "Nothing here"), []);
        let list =
            format!("- [One]({one}) · Lantern\n> “A line”\n- [T\\[w\\]o]({two}) · Lantern\n- **Three** · Lantern");
        let both = [(canonical(one), true), (canonical(two), true)];
        assert_eq!(found(Some(one), &list), both);
        assert_eq!(found(None, "- [broken](https://lantern.test"), []);
    }
}
