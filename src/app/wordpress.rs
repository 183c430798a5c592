//! WordPress's REST API as a second source: where a feed is cut to excerpts, it has the whole text without the page
//! around it. A site that does not answer there is not asked again for a day.

use super::{House, robots, sites::Sites};
use crate::{
    feed,
    http::{Limit, Url},
    model::{Article, Millis},
    page,
    store::DueEntry,
};
use serde::Deserialize;

/// How long a site that has no such API is not asked for it.
const HOLDS: Millis = 24 * 3_600_000;
const LIMIT: Limit = Limit { bytes: 2 * 1024 * 1024 };

/// Sites that do not answer, and are left alone for a while.
pub type Closed = Sites<()>;

/// What the API says of a post (developer.wordpress.org/rest-api/reference/posts).
#[derive(Deserialize)]
struct Post {
    link: String,
    title: Rendered,
    content: Rendered,
}

#[derive(Deserialize)]
struct Rendered {
    rendered: String,
    /// Whether a password is wanted for it.
    #[serde(default)]
    protected: bool,
}

/// The whole text of an entry, if its feed is WordPress's and the site gives it.
pub async fn article(house: &House, due: &DueEntry) -> Option<Article> {
    let link = due.entry.link.as_deref()?;
    let (site, address) = post_address(due.entry.id.as_deref()?, link)?;
    if house.no_rest.get(&site).is_some() {
        return None;
    }
    let answer = robots::fetch(house, &address, LIMIT).await.ok()?;
    let post = match answer.status {
        200 => serde_json::from_slice::<Post>(&answer.body).ok(),
        // It may be only this post, or only now.
        404 | 410 | 429 => return None,
        status if status >= 500 => return None,
        _ => None,
    };
    let Some(post) = post else {
        house.no_rest.put(site, (), HOLDS);
        return None;
    };
    if post.content.protected || feed::canonical_link(&post.link) != feed::canonical_link(link) {
        return None;
    }
    let link = link.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let title = page::text_of(&post.title.rendered);
        page::from_fragment(&post.content.rendered, &title, Some(&link))
    });
    read.await
        .inspect_err(|error| tracing::error!(%error, "a post could not be extracted"))
        .ok()
        .filter(|article| !article.paragraphs.is_empty())
}

/// The site and the address of a post in its API. WordPress's guid is `https://site/?p=123`, whatever its addresses
/// look like; one that names another host than the story's is of a site that moved.
fn post_address(guid: &str, link: &str) -> Option<(String, String)> {
    let (guid, link) = (Url::parse(guid).ok()?, Url::parse(link).ok()?);
    let bare = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
    if bare(&guid)? != bare(&link)? || !guid.path().ends_with('/') {
        return None;
    }
    let number = guid.query_pairs().find(|(key, _)| key == "p")?.1.parse::<u64>().ok()?;
    let site = link.origin().ascii_serialization() + guid.path();
    let address = format!("{site}wp-json/wp/v2/posts/{number}?_fields=link,title,content");
    Some((site, address))
}

#[cfg(test)]
mod tests {
    use super::post_address;

    #[test]
    fn posts_are_found_by_their_guid() {
        let of = |guid, link| post_address(guid, link).map(|(_, address)| address);
        let link = "https://www.news.test/2026/11/boots/";
        assert_eq!(
            of("https://news.test/?p=71", link).as_deref(),
            Some("https://www.news.test/wp-json/wp/v2/posts/71?_fields=link,title,content")
        );
        assert_eq!(
            of("https://news.test/blog/?p=71", link).as_deref(),
            Some("https://www.news.test/blog/wp-json/wp/v2/posts/71?_fields=link,title,content")
        );
        for guid in [
            "https://other.test/?p=71",
            "https://news.test/71",
            "https://news.test/?p=x",
            "71",
            "",
        ] {
            assert_eq!(of(guid, link), None, "{guid}");
        }
    }
}
