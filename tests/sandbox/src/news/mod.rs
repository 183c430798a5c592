//! A small news site: a feed, article pages and pictures of what the embedder publishes, with conditional requests and
//! errors on demand. Its pages are in `pages`, its feed is in `rss`, its answers are given by `serve`; many of them under
//! one address are a `town`.

mod pages;
mod rss;
mod serve;
mod town;

pub use town::Town;

use crate::server;
use crate::shared::lock;
use crate::steps::Steps;
use axum::Router;
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
    /// Whether the site is WordPress's: guids are `/?p=NUMBER`, and posts are given by `/wp-json/wp/v2/posts/NUMBER`.
    pub wordpress: bool,
}

impl Default for FeedStyle {
    fn default() -> Self {
        Self {
            title: "Drama Lantern".to_owned(),
            full: false,
            most: 30,
            conditional: true,
            max_age: None,
            wordpress: false,
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
    /// Requests for posts by WordPress's API.
    pub posts: u64,
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
    /// Served in the place of every article's page.
    page_instead: Option<String>,
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
        let site = Self::new(origin, steps, changed, stop.clone());
        let router = Router::new().fallback(serve::serve).with_state(site.clone());
        let task = tokio::spawn(server::serve(listener, router, stop));
        Ok((site, task))
    }

    /// A site that somebody else serves.
    fn new(origin: String, steps: Arc<Steps>, changed: Arc<watch::Sender<u64>>, stop: watch::Receiver<bool>) -> Self {
        let contents = Contents {
            articles: BTreeMap::new(),
            withdrawn: Vec::new(),
            style: FeedStyle::default(),
            robots: "User-agent: *\nDisallow: /account\n".to_owned(),
            faults: Vec::new(),
            counts: SiteCounts::default(),
            pages: BTreeMap::new(),
            played: None,
            page_instead: None,
        };
        let inner = Inner {
            origin,
            contents: Mutex::new(contents),
            steps,
            changed,
            stop,
        };
        Self { inner: Arc::new(inner) }
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

    /// Serves this in the place of every article's page, with status 200, as walls are; none: the pages again.
    pub fn page_instead(&self, page: Option<&str>) {
        self.change(|contents| contents.page_instead = page.map(str::to_owned));
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
