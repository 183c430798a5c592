//! A small news site: a feed, article pages and pictures of what the embedder publishes, with conditional requests and
//! errors on demand. Its pages are in `pages`, its feed is in `rss`.

mod pages;
mod rss;

use crate::server::{self, Cut};
use crate::shared::{lock, stopped};
use crate::steps::{Step, Steps};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use chrono::DateTime;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;

/// The picture of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Picture {
    /// One that the site draws: the title's initials on colours of its own.
    #[default]
    Drawn,
    /// One at this address.
    At(String),
    /// This SVG, served by the site.
    Svg(String),
    /// None.
    None,
}

/// An article. Build it with `Article { slug, title, ..Article::default() }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Last part of its address: letters, digits, hyphens.
    pub slug: String,
    /// Headline, plain text.
    pub title: String,
    /// Body as HTML, served as it is.
    pub html_body: String,
    /// Categories.
    pub tags: Vec<String>,
    /// Who wrote it.
    pub author: String,
    /// Its picture.
    pub image: Picture,
    /// Unix ms.
    pub published: i64,
}

/// What the feed looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedStyle {
    /// The site's name.
    pub title: String,
    /// Whether entries carry the whole article; otherwise an excerpt.
    pub full: bool,
    /// Entries at most, newest first.
    pub most: usize,
    /// Whether ETag and Last-Modified are sent and honoured.
    pub conditional: bool,
    /// `max-age` in seconds, if one is sent.
    pub max_age: Option<u64>,
}

impl Default for FeedStyle {
    fn default() -> Self {
        Self {
            title: "Drama Lantern".to_owned(),
            full: false,
            most: 30,
            conditional: true,
            max_age: None,
        }
    }
}

/// What the site is asked for, as far as faults and counts tell it apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The feed.
    Feed,
    /// The page of one article.
    Page(String),
    /// The pages of all articles.
    Pages,
    /// Everything.
    Anything,
}

/// What goes wrong on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteFault {
    /// This status, with seconds for Retry-After if given.
    Status(u16, Option<u32>),
    /// The connection is cut without a reply.
    Cut,
    /// The request is never answered.
    Hang,
    /// The reply comes after a while.
    Slow(Duration),
    /// 200 with bytes that are neither a feed nor a page.
    Garbage,
    /// 200 with the first half of the reply.
    Half,
    /// A redirect to this address; `true` for a permanent one.
    Moved(String, bool),
}

/// How often the site was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteCounts {
    /// Requests for the feed, 304s and faults included.
    pub feed: u64,
    /// Of these, those answered with 304.
    pub not_modified: u64,
    /// Requests for pages of articles.
    pub pages: u64,
    /// Requests for pictures.
    pub images: u64,
    /// Requests for robots.txt.
    pub robots: u64,
    /// Anything else.
    pub other: u64,
}

struct Stored {
    article: Article,
    /// Unix ms of the last change.
    changed: i64,
}

struct Contents {
    articles: BTreeMap<String, Stored>,
    withdrawn: Vec<String>,
    style: FeedStyle,
    robots: String,
    faults: Vec<(Place, u32, SiteFault)>,
    counts: SiteCounts,
    pages: BTreeMap<String, u64>,
    played: Option<Played>,
}

/// A recorded feed that is served in the place of the site's own.
struct Played {
    feed: String,
    page: Option<String>,
}

struct Inner {
    origin: String,
    contents: Mutex<Contents>,
    steps: Arc<Steps>,
    changed: Arc<watch::Sender<u64>>,
    stop: watch::Receiver<bool>,
}

/// A running news site. Clones are the same site.
#[derive(Clone)]
pub struct Site {
    inner: Arc<Inner>,
}

impl Site {
    pub(crate) async fn start(
        host: &str,
        port: u16,
        steps: Arc<Steps>,
        changed: Arc<watch::Sender<u64>>,
        stop: watch::Receiver<bool>,
    ) -> io::Result<(Self, tokio::task::JoinHandle<()>)> {
        let listener = server::bind(port).await?;
        let origin = format!("http://{host}:{}", listener.local_addr()?.port());
        let contents = Contents {
            articles: BTreeMap::new(),
            withdrawn: Vec::new(),
            style: FeedStyle::default(),
            robots: "User-agent: *\nDisallow: /account\n".to_owned(),
            faults: Vec::new(),
            counts: SiteCounts::default(),
            pages: BTreeMap::new(),
            played: None,
        };
        let inner = Inner {
            origin,
            contents: Mutex::new(contents),
            steps,
            changed,
            stop: stop.clone(),
        };
        let site = Self { inner: Arc::new(inner) };
        let router = Router::new().fallback(serve).with_state(site.clone());
        let task = tokio::spawn(server::serve(listener, router, stop));
        Ok((site, task))
    }

    /// `http://HOST:PORT`.
    pub fn url(&self) -> &str {
        &self.inner.origin
    }

    /// Address of the feed.
    pub fn feed_url(&self) -> String {
        format!("{}/feed", self.inner.origin)
    }

    /// Address of an article's page.
    pub fn page_url(&self, slug: &str) -> String {
        format!("{}/article/{slug}", self.inner.origin)
    }

    /// Address of an article's drawn picture.
    pub fn image_url(&self, slug: &str) -> String {
        format!("{}/img/{slug}.svg", self.inner.origin)
    }

    /// Publishes an article, or replaces the one of its slug. Returns its address.
    pub fn publish(&self, article: Article) -> String {
        let url = self.page_url(&article.slug);
        self.change(|contents| {
            contents.withdrawn.retain(|slug| *slug != article.slug);
            let changed = crate::world::now();
            contents
                .articles
                .insert(article.slug.clone(), Stored { article, changed });
        });
        url
    }

    /// Edits an article. False when there is none of this slug.
    pub fn edit(&self, slug: &str, edit: impl FnOnce(&mut Article)) -> bool {
        self.change(|contents| match contents.articles.get_mut(slug) {
            Some(stored) => {
                edit(&mut stored.article);
                stored.changed = crate::world::now();
                true
            }
            None => false,
        })
    }

    /// Takes an article back: gone from the feed, its page is 410. False when there is none of this slug.
    pub fn withdraw(&self, slug: &str) -> bool {
        self.change(|contents| {
            let found = contents.articles.remove(slug).is_some();
            if found {
                contents.withdrawn.push(slug.to_owned());
            }
            found
        })
    }

    /// Serves a recorded feed in the place of the site's own, and the page for every article address under
    /// this site. `{{BASE}}` in both stands for the site's address.
    pub fn play(&self, feed: &str, page: Option<&str>) {
        let here = |text: &str| text.replace("{{BASE}}", &self.inner.origin);
        let played = Played {
            feed: here(feed),
            page: page.map(here),
        };
        self.change(|contents| contents.played = Some(played));
    }

    /// Changes what the feed looks like.
    pub fn style(&self, change: impl FnOnce(&mut FeedStyle)) {
        self.change(|contents| change(&mut contents.style));
    }

    /// Sets the text of robots.txt.
    pub fn robots(&self, text: &str) {
        text.clone_into(&mut lock(&self.inner.contents).robots);
    }

    /// The next requests for a place go wrong.
    pub fn fail(&self, place: Place, times: u32, fault: SiteFault) {
        lock(&self.inner.contents).faults.push((place, times, fault));
    }

    /// No more faults.
    pub fn clear_faults(&self) {
        lock(&self.inner.contents).faults.clear();
    }

    /// How often the site was asked.
    pub fn counts(&self) -> SiteCounts {
        lock(&self.inner.contents).counts
    }

    /// How often the page of one article was asked for.
    pub fn page_count(&self, slug: &str) -> u64 {
        lock(&self.inner.contents).pages.get(slug).copied().unwrap_or(0)
    }

    fn change<T>(&self, act: impl FnOnce(&mut Contents) -> T) -> T {
        let result = act(&mut lock(&self.inner.contents));
        self.inner
            .changed
            .send_modify(|version| *version = version.wrapping_add(1));
        result
    }
}

impl Contents {
    fn fault(&mut self, asked: &Place) -> Option<SiteFault> {
        let fits = |place: &Place| match (place, asked) {
            (Place::Anything, _) | (Place::Feed, Place::Feed) | (Place::Pages, Place::Page(_)) => true,
            (Place::Page(one), Place::Page(other)) => one == other,
            _ => false,
        };
        let at = self.faults.iter().position(|(place, _, _)| fits(place))?;
        let (_, left, fault) = self.faults.get_mut(at)?;
        *left = left.saturating_sub(1);
        let (left, fault) = (*left, fault.clone());
        if left == 0 {
            self.faults.remove(at);
        }
        Some(fault)
    }

    /// Published articles, newest first.
    fn newest(&self) -> Vec<&Stored> {
        let mut all: Vec<&Stored> = self.articles.values().collect();
        all.sort_by(|a, b| (b.article.published, &b.article.slug).cmp(&(a.article.published, &a.article.slug)));
        all
    }
}

async fn serve(State(site): State<Site>, request: Request) -> Response {
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
        let text = self.text(place, path);
        if text.is_empty() {
            return plain(404, "text/plain", "There is nothing here.".to_owned());
        }
        match place {
            Place::Feed => self.conditional(text, headers),
            _ => plain(200, kind(place), text),
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
