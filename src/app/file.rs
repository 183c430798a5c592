//! One entry → its full text → a reading → a story in the store, with a delivery for each channel.

use super::{
    House, learn, merge, metrics,
    robots::{self, Closed, Denied},
    time::now,
    wordpress,
};
use crate::{
    feed,
    http::{Fetched, PAGE_LIMIT},
    matching,
    model::{About, Article, EntryId, Millis, Reading, answer::Cause},
    page, reading,
    store::{DueEntry, Finished, NewStory, StoreError},
};
use std::time::{Duration, Instant};

/// Characters of the feed's own text from which on it is the article and not an excerpt of it.
const FULL_TEXT: usize = 500;
/// What excerpts end with (WordPress's default is `[&hellip;]`).
const CUT_OFF: [&str; 5] = ["[…]", "[...]", "…", "...", "Read more"];
/// Tries to get a page before the feed's excerpt has to do: with the back-off about six hours.
const TRIES: u32 = 8;
/// The first pause before a page is tried again; it doubles.
const PAUSE: Millis = 120_000;
/// How many addresses of one story are kept apart.
const LINKS: usize = 4;
/// A page that is gone within this time of its story's coming was taken down; later, pages are tidied away.
const TAKEN_DOWN: Millis = 86_400_000;
/// Quotes that are ranked for a post.
const KEY_QUOTES: usize = 4;
/// How often the store is asked again before an entry is left to its lease.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// Reads the entry and files its story, or says in its row why not, and when to try again.
pub async fn entry(house: &House, due: DueEntry) {
    if due.again.is_some() {
        return again(house, due).await;
    }
    let source = due.source.clone();
    let from_feed = article_of_feed(&due);
    let mut look_again = next_look(house, due.seen_at).filter(|_| due.entry.link.is_some());
    let article = if is_full(&due, &from_feed) {
        from_feed
    } else {
        match from_page(house, &due).await {
            Page::Read(article) => merge(*article, from_feed),
            Page::Never => from_feed,
            Page::Gone => {
                // What was never there cannot be taken down.
                look_again = None;
                from_feed
            }
            Page::Later(why) if due.attempts + 1 < TRIES => {
                let again = now() + (PAUSE << due.attempts.min(10));
                tracing::warn!(
                    entry = due.id.0,
                    attempt = due.attempts + 1,
                    why,
                    "a page could not be fetched"
                );
                return try_again(house, due.id, again, &why).await;
            }
            Page::Later(_) => from_feed,
        }
    };
    if article.title.trim().is_empty() {
        skip(house, due.id, Cause::NO_HEADLINE).await;
        return;
    }
    file(house, &due, article, &source, look_again).await;
}

/// Reads the entry of a known story once more: what it says now, or that it was taken down.
async fn again(house: &House, due: DueEntry) {
    let next = next_look(house, due.seen_at);
    let from_feed = article_of_feed(&due);
    let full = is_full(&due, &from_feed);
    let article = match from_page(house, &due).await {
        Page::Gone if now() - due.seen_at <= TAKEN_DOWN => return withdraw(house, &due, next).await,
        Page::Read(_) | Page::Never | Page::Gone | Page::Later(_) if full => from_feed,
        Page::Read(article) => merge(*article, from_feed),
        Page::Later(why) if due.attempts + 1 < TRIES => {
            tracing::debug!(
                entry = due.id.0,
                why,
                "a page could not be looked at again; another time"
            );
            return later(house, &due, Some(now() + (PAUSE << due.attempts.min(10))), false).await;
        }
        Page::Later(_) | Page::Never | Page::Gone => return later(house, &due, next, true).await,
    };
    if article.title.trim().is_empty() {
        return later(house, &due, next, true).await;
    }
    let source = due.source.clone();
    let Some(read) = understood(house, &due, article, &source).await else {
        return later(house, &due, next, true).await;
    };
    match house
        .store
        .edit_story(&due, &read.story(&[], &source, None), next, now())
        .await
    {
        Ok(edited) => {
            if edited.shown {
                tracing::info!(entry = due.id.0, "a story changed: its posts are edited");
                house.bells.edit.notify_one();
            }
            if edited.new_followers > 0 {
                house.bells.deliver.notify_one();
            }
            if let Some(known) = due.again {
                learn::from(house, &read.reading, known.article).await;
            }
        }
        Err(error) => put_off(house, &due, &error),
    }
}

async fn withdraw(house: &House, due: &DueEntry, next: Option<Millis>) {
    match house.store.withdraw_story(due, next, now()).await {
        Ok(true) => {
            tracing::info!(entry = due.id.0, "a story was taken down: its posts say so");
            house.bells.edit.notify_one();
        }
        Ok(false) => {}
        Err(error) => put_off(house, due, &error),
    }
}

async fn later(house: &House, due: &DueEntry, at: Option<Millis>, done: bool) {
    if let Err(error) = house.store.again_later(due, at, done).await {
        put_off(house, due, &error);
    }
}

fn put_off(house: &House, due: &DueEntry, error: &StoreError) {
    house.store_is(error.refuses_writes());
    tracing::error!(entry = due.id.0, %error, "a story could not be read again; it is due when its lease ends");
}

/// When the page of a story that came in then is to be looked at next.
fn next_look(house: &House, seen_at: Millis) -> Option<Millis> {
    let looks = house.settings.feeds.look_again.iter();
    looks
        .filter_map(|after| Some(seen_at + Millis::try_from(after.as_millis()).ok()?))
        .find(|at| *at > now())
}

/// Says in the row why the entry comes to nothing.
pub async fn skip(house: &House, entry: EntryId, why: &str) {
    tracing::info!(entry = entry.0, why, "an entry is left out");
    let done = loop {
        let done = house.store.skip_entry(entry, why).await;
        if !waited(house, done.as_ref().err()).await {
            break done;
        }
    };
    if let Err(error) = done {
        tracing::error!(entry = entry.0, %error, "an entry could not be left out");
    }
}

/// Says in the row why the entry is to be read another time.
async fn try_again(house: &House, entry: EntryId, at: Millis, why: &str) {
    let done = loop {
        let done = house.store.retry_entry(entry, at, why).await;
        if !waited(house, done.as_ref().err()).await {
            break done;
        }
    };
    if let Err(error) = done {
        tracing::error!(entry = entry.0, %error, "an entry could not be put off");
    }
}

/// Waits a moment when the disk is full or the store locked; false: trying again would not help. An entry that stayed
/// taken would hold up its feed.
async fn waited(house: &House, error: Option<&StoreError>) -> bool {
    let passing = error.is_some_and(StoreError::refuses_writes) && !house.is_stopping();
    if passing {
        house.store_is(true);
        tokio::time::sleep(STORE_PAUSE).await;
    }
    passing
}

/// An article, understood.
pub(super) struct Understood {
    pub(super) article: Article,
    pub(super) reading: Reading,
    pub(super) about: About,
    /// The quotes that are worth showing, best first: indices into the reading's.
    pub(super) keys: Vec<usize>,
}

/// What an entry would come to, filed nowhere: by its feed's text alone, or (`whole`) with its page if that is an
/// excerpt. None: there is nothing to show.
pub(super) async fn sample(house: &House, due: &DueEntry, whole: bool) -> Option<Understood> {
    let from_feed = article_of_feed(due);
    let article = if !whole || is_full(due, &from_feed) {
        from_feed
    } else {
        match from_page(house, due).await {
            Page::Read(article) => merge(*article, from_feed),
            Page::Never | Page::Gone | Page::Later(_) => from_feed,
        }
    };
    if article.title.trim().is_empty() {
        return None;
    }
    understood(house, due, article, &due.source).await
}

impl Understood {
    fn story<'a>(&'a self, links: &'a [String], source: &'a str, look_again: Option<Millis>) -> NewStory<'a> {
        NewStory {
            article: &self.article,
            links,
            source,
            reading: &self.reading,
            about: &self.about,
            key_quotes: &self.keys,
            look_again,
            twin: None,
            more_quotes: &[],
        }
    }
}

/// The reading is work for a processor, not for the loop that answers people. None: it ended in a panic, which is a bug.
async fn understood(house: &House, due: &DueEntry, article: Article, source: &str) -> Option<Understood> {
    let catalogue = house.catalogue();
    let headline_only = house
        .settings
        .outlets
        .iter()
        .any(|outlet| outlet.name == source && outlet.headline_only);
    let read = tokio::task::spawn_blocking(move || {
        let began = Instant::now();
        let mut reading = reading::read(&article, &catalogue);
        metrics::read(began.elapsed());
        if headline_only {
            reading.summary.clear();
            reading.quotes.clear();
        }
        let about = matching::about(&reading, &catalogue);
        let keys = reading::key_quotes(&reading, KEY_QUOTES);
        Understood {
            article,
            reading,
            about,
            keys,
        }
    });
    match read.await {
        Ok(read) => Some(read),
        Err(error) => {
            tracing::error!(entry = due.id.0, %error, "an article could not be read");
            None
        }
    }
}

async fn file(house: &House, due: &DueEntry, article: Article, source: &str, look_again: Option<Millis>) {
    let Some(read) = understood(house, due, article, source).await else {
        // The entry is kept, so that the next version can read it.
        skip(house, due.id, Cause::UNREADABLE).await;
        return;
    };
    let links = links(due, &read.article);
    // Held until the story is filed: another outlet's telling of it may be read at this moment.
    let _turn = house.filing().await;
    // What only one server gets is no other telling of what all get.
    let own = house.store.is_own_feed(due.feed).await.unwrap_or(true);
    let twin = if own {
        merge::twin(house, source, (&read.article, &read.reading, &read.about), &read.keys).await
    } else {
        merge::Twin::default()
    };
    let story = NewStory {
        twin: twin.article,
        more_quotes: &twin.more,
        ..read.story(&links, source, look_again)
    };
    // The reading is done; only a full or locked disk can be in the way of it now.
    let finished = loop {
        let done = house.store.finish_entry(due.id, &story, now()).await;
        if waited(house, done.as_ref().err()).await {
            continue;
        }
        match done {
            Ok(finished) => break finished,
            Err(error) => {
                tracing::error!(entry = due.id.0, %error, "a story could not be filed; its entry is due again");
                return try_again(house, due.id, now() + PAUSE, Cause::NOT_FILED).await;
            }
        }
    };
    house.store_is(false);
    settle(house, due, &read.reading, finished).await;
}

async fn settle(house: &House, due: &DueEntry, reading: &Reading, finished: Finished) {
    match finished {
        Finished::New { article, deliveries } => {
            let quotes = reading.quotes.len();
            tracing::info!(entry = due.id.0, article = article.0, quotes, deliveries, "a story");
            learn::from(house, reading, article).await;
            house.bells.deliver.notify_one();
            // After a restore the story may have been posted before, and its votes are not counted yet.
            house.bells.reconcile.notify_one();
        }
        Finished::Joined { article, deliveries } => {
            tracing::info!(
                entry = due.id.0,
                article = article.0,
                deliveries,
                "a story that another outlet told before"
            );
            // What waits for the last story of an outage may wait for this one.
            house.bells.deliver.notify_one();
            house.bells.edit.notify_one();
        }
        Finished::Known { article } => {
            // What waits for the last story of an outage may wait for this one.
            house.bells.deliver.notify_one();
            tracing::debug!(entry = due.id.0, article = article.0, "a story known already");
        }
    }
}

/// The article as the feed itself has it.
fn article_of_feed(due: &DueEntry) -> Article {
    let entry = &due.entry;
    let html = entry
        .content
        .as_deref()
        .or(entry.summary.as_deref())
        .unwrap_or_default();
    let title = entry.title.as_deref().unwrap_or_default();
    let mut article = page::from_fragment(html, title, entry.link.as_deref());
    article.url = entry.link.clone().or(article.url);
    article.author = entry.author.clone().or(article.author);
    article.published = entry.published.or(entry.updated).or(article.published);
    let worth = |image: &String| page::picture::is_worth(image, None, None);
    article.image = entry.image.clone().filter(worth).or(article.image);
    article
}

/// Whether the feed's text is the whole article.
fn is_full(due: &DueEntry, article: &Article) -> bool {
    if due.entry.link.is_none() {
        return true;
    }
    let end = article.paragraphs.last().map_or("", |p| p.text.trim_end());
    due.entry.content.is_some() && length(article) >= FULL_TEXT && !CUT_OFF.iter().any(|mark| end.ends_with(mark))
}

/// Characters of its text.
fn length(article: &Article) -> usize {
    article.paragraphs.iter().map(|p| p.text.chars().count()).sum()
}

enum Page {
    Read(Box<Article>),
    /// 404 or 410.
    Gone,
    /// Trying again would not help.
    Never,
    /// It may be there another time.
    Later(String),
}

async fn from_page(house: &House, due: &DueEntry) -> Page {
    let Some(link) = due.entry.link.as_deref() else {
        return Page::Never;
    };
    // What a site closes is not taken through its API either.
    if let Err(closed) = robots::allow(house, link).await {
        return closed_page(closed);
    }
    if due.again.is_none()
        && let Some(article) = wordpress::article(house, due).await
        && length(&article) >= FULL_TEXT
    {
        return Page::Read(Box::new(article));
    }
    match robots::fetch(house, link, PAGE_LIMIT).await {
        Ok(fetched) if fetched.status == 200 => read_page(fetched).await,
        Ok(fetched) if fetched.status == 429 || fetched.status >= 500 => {
            Page::Later(format!("{} {}", Cause::STATUS, fetched.status))
        }
        Ok(fetched) if matches!(fetched.status, 404 | 410) => Page::Gone,
        Ok(_) => Page::Never,
        Err(Denied::Closed(closed)) => closed_page(closed),
        Err(Denied::Failed(error)) if error.is_final() => Page::Never,
        Err(Denied::Failed(error)) => Page::Later(error.to_string()),
    }
}

fn closed_page(closed: Closed) -> Page {
    match closed {
        Closed::Forbidden => Page::Never,
        Closed::Unknown => Page::Later(Cause::ROBOTS.to_owned()),
    }
}

async fn read_page(fetched: Fetched) -> Page {
    if fetched
        .content_type
        .as_deref()
        .is_some_and(|kind| !kind.contains("html") && !kind.contains("text/plain"))
    {
        return Page::Never;
    }
    let extracted = tokio::task::spawn_blocking(move || {
        let html = page::decode(&fetched.body, fetched.content_type.as_deref());
        let article = page::from_page(&html, Some(&fetched.url));
        (page::wall(&html, &article), article)
    });
    match extracted.await {
        // Another time it may let us through; what stands there is no article.
        Ok((Some(wall @ page::Wall::Challenge), _)) => Page::Later(wall.name().to_owned()),
        Ok((Some(wall), article)) => {
            tracing::debug!(url = article.url, why = wall.name(), "a page is no article");
            Page::Never
        }
        Ok((None, article)) if !article.paragraphs.is_empty() => Page::Read(Box::new(article)),
        Ok(_) => Page::Never,
        Err(error) => {
            tracing::error!(%error, "a page could not be extracted");
            Page::Never
        }
    }
}

/// The page's text with what the feed knows better: the headline, the date.
fn merge(page: Article, feed: Article) -> Article {
    Article {
        title: if feed.title.trim().is_empty() {
            page.title
        } else {
            feed.title
        },
        url: page.url.or(feed.url),
        author: feed.author.or(page.author),
        published: feed.published.or(page.published),
        image: page.image.or(feed.image),
        watch: page.watch.or(feed.watch),
        clip: page.clip.or(feed.clip),
        paragraphs: page.paragraphs,
        emphasised: page.emphasised,
    }
}

/// Every address under which the story may come again.
fn links(due: &DueEntry, article: &Article) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for link in [article.url.as_deref(), due.entry.link.as_deref(), due.link.as_deref()]
        .into_iter()
        .flatten()
    {
        let link = feed::canonical_link(link);
        if !links.contains(&link) && links.len() < LINKS {
            links.push(link);
        }
    }
    links
}
