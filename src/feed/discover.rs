//! The feeds of a site, as its front page names them.

use super::xml::{Event, Events};
use crate::page::{text::absolute, tokens::attribute};

/// The most feeds of one page that are named.
const MANY: usize = 20;
/// Where feeds are when a page names none: WordPress, Blogger, Ghost, Hugo and most others have one of these.
const USUAL: [&str; 8] = [
    "feed",
    "feed/",
    "rss",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "feed.json",
];

/// The addresses of the feeds that a page names (`link rel=alternate`), the first first. `address`: where it was found.
#[must_use]
pub fn named_feeds(html: &str, address: &str) -> Vec<String> {
    let mut base = address.to_owned();
    let mut found = Vec::new();
    for event in Events::new(html) {
        let Event::Start { name, attributes, .. } = event else {
            continue;
        };
        if name.eq_ignore_ascii_case("base")
            && let Some(href) = attribute(attributes, "href").and_then(|href| absolute(&href, Some(address)))
        {
            base = href;
        }
        if !name.eq_ignore_ascii_case("link") && !name.eq_ignore_ascii_case("a") {
            continue;
        }
        let rel = attribute(attributes, "rel").unwrap_or_default().to_ascii_lowercase();
        let kind = attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let is_feed = matches!(
            kind,
            "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/feed+json"
        );
        if !is_feed
            || !rel
                .split_ascii_whitespace()
                .any(|word| word == "alternate" || word == "feed")
        {
            continue;
        }
        let link = attribute(attributes, "href").and_then(|href| absolute(&href, Some(&base)));
        if let Some(link) = link.filter(|link| !found.contains(link))
            && found.len() < MANY
        {
            found.push(link);
        }
    }
    found
}

/// Where the feeds of a site usually are: under the page itself, and at the root.
#[must_use]
pub fn usual_feeds(address: &str) -> Vec<String> {
    let Ok(mut page) = url::Url::parse(address) else {
        return Vec::new();
    };
    page.set_query(None);
    page.set_fragment(None);
    if !page.path().ends_with('/') {
        let folder = format!("{}/", page.path());
        page.set_path(&folder);
    }
    let mut found = Vec::new();
    for base in [page.clone(), page.join("/").unwrap_or(page)] {
        for usual in USUAL {
            if let Ok(joined) = base.join(usual)
                && !found.contains(&joined.to_string())
            {
                found.push(joined.to_string());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_feeds() {
        let page = "<!doctype html><html><head><title>News</title><base href='/en/'>\
            <link rel=\"stylesheet\" type=\"text/css\" href=\"a.css\">\
            <LINK REL='Alternate' TYPE='application/rss+xml; charset=utf-8' href='feed?a=1&amp;b=2'>\
            <link rel=alternate type=application/atom+xml href=https://other.test/atom>\
            <link rel=alternate type=application/rss+xml href='feed?a=1&amp;b=2'>\
            <link rel=alternate hreflang=ko href=/ko/><link rel=alternate type=application/json+oembed href=/o>\
            <link rel=alternate type=application/rss+xml href='javascript:x'></head><body>";
        assert_eq!(
            named_feeds(page, "https://news.test/start"),
            ["https://news.test/en/feed?a=1&b=2", "https://other.test/atom"]
        );
        assert!(named_feeds("<p>nothing</p>", "https://news.test/").is_empty());
    }

    #[test]
    fn the_usual_places() {
        let places = usual_feeds("https://news.test/drama?x=1");
        assert_eq!(places[0], "https://news.test/drama/feed");
        assert!(places.contains(&"https://news.test/rss.xml".to_owned()));
        assert!(usual_feeds("no address").is_empty());
    }
}
