//! What the first look at a feed only noted: posted nowhere and filed nowhere, but whoever asks for a preview sees it.

use super::{
    House,
    file::{self, Understood},
};
use crate::{
    model::{
        ArticleId, GuildId, Named,
        answer::{Story, StoryQuote},
    },
    store::{DueEntry, StoreError},
};

/// How many of the newest are looked through for one about what is asked for.
const LOOKED_AT: u32 = 20;

/// The newest of them (about something, if a key is given) that a server may see, as it would be posted.
pub async fn newest(house: &House, guild: Option<GuildId>, key: Option<&str>) -> Result<Option<Story>, StoreError> {
    for due in house.store.noted(guild, LOOKED_AT).await? {
        let Some(read) = file::sample(house, &due, false).await else {
            continue;
        };
        let is_about = |key: &str| read.about.subjects.iter().any(|subject| subject.key() == key);
        if key.is_none_or(is_about) {
            let whole = file::sample(house, &due, true).await.unwrap_or(read);
            return Ok(Some(story(&due, whole)));
        }
    }
    Ok(None)
}

fn story(due: &DueEntry, read: Understood) -> Story {
    let Understood {
        article,
        reading,
        about,
        keys,
    } = read;
    let quote = |index: &usize| {
        let quote = reading.quotes.get(*index)?;
        let by = quote.by();
        let role = about.speakers.get(*index).and_then(|speaker| speaker.role.clone());
        Some(StoryQuote {
            text: quote.shown(),
            speaker: by.speaker.clone(),
            role: role.or_else(|| by.actor.clone()),
            kind: by.kind,
            outlet: None,
        })
    };
    Story {
        // No story has this number: there is nothing to vote on or to ask about yet.
        article: ArticleId(0),
        title: reading.title.clone(),
        url: article.url.or_else(|| due.link.clone()),
        source: due.source.clone(),
        at: article.published.unwrap_or(due.seen_at).min(due.seen_at),
        kind: reading.kind,
        withdrawn: false,
        summary: reading.summary.clone(),
        drama: about.dramas.iter().map(|named| named.name.clone()).collect(),
        drama_key: about.dramas.first().map(|Named { key, .. }| key.clone()),
        network: reading.network.clone(),
        quotes: keys.iter().filter_map(quote).collect(),
        also: Vec::new(),
        related: false,
        image: article.image,
        watch: article.watch,
        clip: article.clip,
    }
}
