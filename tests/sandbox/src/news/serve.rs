//! Answering the site's readers: counts, steps, faults, conditional requests.

use super::{Picture, Place, Played, Site, SiteFault, pages, rss};
use crate::server::Cut;
use crate::shared::{lock, stopped};
use crate::steps::Step;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use chrono::DateTime;
use sha2::{Digest, Sha256};

/// Where WordPress gives a post.
const POSTS: &str = "/wp-json/wp/v2/posts/";

/// Serves any path of the site.
pub(super) async fn serve(State(site): State<Site>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(405, "text/plain", "GET only".to_owned());
    }
    let path = request.uri().path().to_owned();
    let place = match path.strip_prefix("/article/") {
        Some(slug) => Place::Page(slug.trim_end_matches('/').to_owned()),
        None if matches!(path.as_str(), "/feed" | "/feed/" | "/rss.xml") => Place::Feed,
        None => Place::Anything,
    };
    let fault = site.change(|contents| {
        match &place {
            Place::Feed => contents.counts.feed += 1,
            Place::Page(slug) => {
                contents.counts.pages += 1;
                *contents.pages.entry(slug.clone()).or_default() += 1;
            }
            _ if path.starts_with("/img/") => contents.counts.images += 1,
            _ if path == "/robots.txt" => contents.counts.robots += 1,
            _ if path.starts_with(POSTS) => contents.counts.posts += 1,
            _ => contents.counts.other += 1,
        }
        contents.fault(&place)
    });
    match &place {
        Place::Feed => site.inner.steps.reach(Step::FeedAsked),
        Place::Page(slug) => site.inner.steps.reach(Step::PageAsked { slug: slug.clone() }),
        _ => {}
    }
    match fault {
        None => site.respond(&place, &path, request.headers()),
        Some(fault) => site.go_wrong(fault, &place, &path, request.headers()).await,
    }
}

impl Site {
    async fn go_wrong(&self, fault: SiteFault, place: &Place, path: &str, headers: &HeaderMap) -> Response {
        match fault {
            SiteFault::Status(status, retry_after) => {
                let mut response = plain(status, "text/html", format!("<h1>{status}</h1>"));
                if let Some(seconds) = retry_after {
                    set(&mut response, "retry-after", &seconds.to_string());
                }
                response
            }
            SiteFault::Cut => Cut::response(),
            SiteFault::Hang => {
                let mut stop = self.inner.stop.clone();
                // Ends with the sandbox or with the client, never with an answer.
                stopped(&mut stop).await;
                Cut::response()
            }
            SiteFault::Slow(pause) => {
                tokio::time::sleep(pause).await;
                self.respond(place, path, headers)
            }
            SiteFault::Garbage => {
                let noise: String = (0..2048_u32)
                    .map(|at| char::from(b'!' + u8::try_from(at * 31 % 90).unwrap_or(0)))
                    .collect();
                plain(200, "application/octet-stream", noise)
            }
            SiteFault::Half => {
                let whole = self.text(place, path);
                let half: String = whole.chars().take(whole.chars().count() / 2).collect();
                plain(200, kind(place), half)
            }
            SiteFault::Moved(to, for_ever) => {
                let mut response = plain(if for_ever { 301 } else { 302 }, "text/plain", String::new());
                set(&mut response, "location", &to);
                response
            }
        }
    }

    fn text(&self, place: &Place, path: &str) -> String {
        let contents = lock(&self.inner.contents);
        match (&contents.played, place) {
            (Some(played), Place::Feed) => return played.feed.clone(),
            (Some(Played { page: Some(page), .. }), Place::Page(_)) => return page.clone(),
            (_, Place::Page(_)) if contents.page_instead.is_some() => {
                return contents.page_instead.clone().unwrap_or_default();
            }
            _ => {}
        }
        match place {
            Place::Feed => rss::feed(&self.inner.origin, &contents.style, &contents.newest()),
            Place::Page(slug) => match contents.articles.get(slug) {
                Some(stored) => pages::article(&self.inner.origin, &contents.style.title, stored, &contents.newest()),
                None => String::new(),
            },
            _ if path == "/" => pages::front(&self.inner.origin, &contents.style.title, &contents.newest()),
            _ => String::new(),
        }
    }

    fn respond(&self, place: &Place, path: &str, headers: &HeaderMap) -> Response {
        if let Place::Page(slug) = place {
            let contents = lock(&self.inner.contents);
            let played = contents.played.as_ref().is_some_and(|played| played.page.is_some());
            if !played && !contents.articles.contains_key(slug) {
                let status = if contents.withdrawn.contains(slug) { 410 } else { 404 };
                return plain(
                    status,
                    "text/html; charset=utf-8",
                    pages::missing(&contents.style.title),
                );
            }
        }
        if let Some(slug) = path.strip_prefix("/img/").and_then(|name| name.strip_suffix(".svg")) {
            let contents = lock(&self.inner.contents);
            if let Some(Picture::Svg(svg)) = contents.articles.get(slug).map(|stored| &stored.article.image) {
                return plain(200, "image/svg+xml", svg.clone());
            }
            let title = contents.articles.get(slug).map_or(slug, |stored| &stored.article.title);
            return plain(200, "image/svg+xml", pages::picture(slug, title));
        }
        if path == "/robots.txt" {
            return plain(200, "text/plain", lock(&self.inner.contents).robots.clone());
        }
        if let Some(number) = path.strip_prefix(POSTS) {
            return self.post(number);
        }
        let text = self.text(place, path);
        if text.is_empty() {
            return plain(404, "text/plain", "There is nothing here.".to_owned());
        }
        match place {
            Place::Feed => self.conditional(text, headers),
            _ => plain(200, kind(place), text),
        }
    }

    /// A post as WordPress's API gives it.
    fn post(&self, number: &str) -> Response {
        let contents = lock(&self.inner.contents);
        let found = contents.articles.values().map(|stored| &stored.article);
        let found = found
            .filter(|_| contents.style.wordpress)
            .find(|article| rss::number(&article.slug).to_string() == number);
        match found {
            Some(article) => {
                let post = serde_json::json!({
                    "link": format!("{}/article/{}", self.inner.origin, article.slug),
                    "title": { "rendered": pages::escape(&article.title) },
                    "content": { "rendered": article.html_body, "protected": false },
                });
                plain(200, "application/json", post.to_string())
            }
            None => plain(404, "application/json", "{\"code\":\"rest_no_route\"}".to_owned()),
        }
    }

    /// The feed, or 304 when the client has it.
    fn conditional(&self, text: String, headers: &HeaderMap) -> Response {
        let (style, changed) = {
            let contents = lock(&self.inner.contents);
            let changed = contents.articles.values().map(|stored| stored.changed).max();
            (contents.style.clone(), changed)
        };
        let digest = Sha256::digest(text.as_bytes());
        let etag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let etag = format!("\"{etag}\"");
        let modified = changed.and_then(DateTime::from_timestamp_millis).unwrap_or_default();
        let modified = modified.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let given = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        // If-None-Match decides alone when it is there.
        let same = match given("if-none-match") {
            Some(known) => known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag),
            None => given("if-modified-since") == Some(modified.as_str()),
        };
        let fresh = style.conditional && same;
        let mut response = if fresh {
            plain(304, kind(&Place::Feed), String::new())
        } else {
            plain(200, kind(&Place::Feed), text)
        };
        if style.conditional {
            set(&mut response, "etag", &etag);
            set(&mut response, "last-modified", &modified);
        }
        if let Some(seconds) = style.max_age {
            set(&mut response, "cache-control", &format!("max-age={seconds}"));
        }
        if fresh {
            self.change(|contents| contents.counts.not_modified += 1);
        }
        response
    }
}

fn kind(place: &Place) -> &'static str {
    match place {
        Place::Feed => "application/rss+xml; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}

fn plain(status: u16, kind: &str, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    set(&mut response, "content-type", kind);
    response
}

fn set(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
