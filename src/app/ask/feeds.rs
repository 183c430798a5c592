//! `/feed`: feeds that a server asks for, as far as the operator lets it (`[feeds] user_feeds`).

use super::{Answered, Asker};
use crate::{
    app::{House, time::now},
    config::UserFeeds,
    feed,
    http::{Conditions, FEED_LIMIT, FetchError, Fetched},
    model::{
        Answer, Feed,
        answer::{FeedAction, FeedFault, Refusal},
    },
    page,
    store::{Asking, FeedAsker},
};

/// Headlines that are shown of a feed.
const HEADLINES: usize = 3;
/// Places where the feed of a page is looked for.
const PLACES: usize = 4;

/// Adds, lists or removes.
pub async fn feeds(house: &House, asker: &Asker, action: FeedAction, address: Option<&str>) -> Answered {
    let Some(guild) = asker.place.guild else {
        return Ok(Answer::Refused(Refusal::ServerOnly));
    };
    if house.settings.feeds.user_feeds == UserFeeds::Off {
        return Ok(Answer::FeedFault(FeedFault::Off));
    }
    let missing = Answer::Refused(Refusal::Missing {
        command: "feed",
        option: "address",
    });
    match (action, address) {
        (FeedAction::List, _) => Ok(Answer::ServerFeeds {
            feeds: house.store.server_feeds(guild).await?,
            most: house.settings.feeds.server_feeds,
        }),
        (FeedAction::Add | FeedAction::Remove, None) => Ok(missing),
        (FeedAction::Add, Some(address)) => {
            let asked = FeedAsker {
                guild,
                channel: asker.place.channel,
                by: asker.by,
            };
            add(house, asked, &with_scheme(address)).await
        }
        (FeedAction::Remove, Some(address)) => {
            let url = with_scheme(address);
            Ok(if house.store.drop_server_feed(guild, &url).await? {
                tracing::info!(guild = guild.0, "a server's feed is dropped");
                Answer::FeedRemoved { url }
            } else {
                Answer::FeedFault(FeedFault::Unknown)
            })
        }
    }
}

/// `news.example/feed` is what people type.
fn with_scheme(address: &str) -> String {
    if address.contains("://") {
        address.to_owned()
    } else {
        format!("https://{address}")
    }
}

async fn add(house: &House, asker: FeedAsker, address: &str) -> Answered {
    let (url, found) = match find(house, address).await {
        Ok(found) => found,
        Err(fault) => return Ok(Answer::FeedFault(fault)),
    };
    // The host, not the title: nobody can call a feed like an outlet that people trust.
    let name = crate::http::Url::parse(&url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    let name = name.map_or_else(|| url.clone(), |host| host.trim_start_matches("www.").to_owned());
    let approved = house.settings.feeds.user_feeds == UserFeeds::On;
    let most = house.settings.feeds.server_feeds;
    let asked = house
        .store
        .ask_for_feed(asker, (&url, &name), approved, most, now())
        .await?;
    Ok(match asked {
        Asking::Added => {
            tracing::info!(guild = asker.guild.0, host = name, approved, "a server asks for a feed");
            house.bells.watch.notify_one();
            let titles = found.entries.iter().filter_map(|entry| entry.title.clone());
            Answer::FeedAdded {
                name,
                url,
                headlines: titles.take(HEADLINES).collect(),
                waiting: !approved,
            }
        }
        Asking::Watched => Answer::FeedFault(FeedFault::Watched),
        Asking::Known => Answer::FeedFault(FeedFault::Known),
        Asking::TooMany => Answer::FeedFault(FeedFault::TooMany(most)),
    })
}

/// The feed at an address, or that the page there names; with its own address.
async fn find(house: &House, address: &str) -> Result<(String, Feed), FeedFault> {
    let fetched = fetch(house, address).await?;
    match feed::parse(&fetched.body, fetched.content_type.as_deref(), Some(&fetched.url)) {
        Ok((feed, _)) => return Ok((address.to_owned(), feed)),
        Err(feed::NotAFeed::Page) => {}
        Err(_) => return Err(FeedFault::NotAFeed),
    }
    let html = page::decode(&fetched.body, fetched.content_type.as_deref());
    for place in feed::named_feeds(&html, &fetched.url).into_iter().take(PLACES) {
        let Ok(fetched) = fetch(house, &place).await else {
            continue;
        };
        if let Ok((feed, _)) = feed::parse(&fetched.body, fetched.content_type.as_deref(), Some(&fetched.url)) {
            return Ok((place, feed));
        }
    }
    Err(FeedFault::NotAFeed)
}

async fn fetch(house: &House, address: &str) -> Result<Fetched, FeedFault> {
    match house.web.get(address, &Conditions::default(), FEED_LIMIT).await {
        Ok(fetched) if fetched.status == 200 => Ok(fetched),
        Ok(fetched) => Err(FeedFault::Status(fetched.status)),
        Err(FetchError::Refused { .. }) => Err(FeedFault::Address),
        Err(FetchError::TooLarge { .. }) => Err(FeedFault::NotAFeed),
        Err(_) => Err(FeedFault::NoAnswer),
    }
}
