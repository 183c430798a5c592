//! What a page says of itself: headline, address, author, time, picture.
//!
//! One pass over the tags, most of them in the head. Where several places name the same thing, the
//! order is that of how often they are right.

use super::picture::is_worth;
use super::text::{absolute, fold_space, plain};
use super::tokens::{Token, Tokens, attributes};
use super::{entity, when};
use crate::model::Millis;
use serde_json::Value;

/// The most bytes of structured data that are parsed.
const STRUCTURED: usize = 256 * 1024;
/// Pictures that are looked at.
const PICTURES: usize = 16;
/// The longest headline in bytes.
const TITLE: usize = 1000;

/// What was found. Texts are folded, addresses absolute.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub title: String,
    pub url: Option<String>,
    pub author: Option<String>,
    pub published: Option<Millis>,
    pub picture: Option<String>,
}

/// Every candidate, first one wins.
#[derive(Debug, Default)]
struct Found {
    site: Option<String>,
    page_title: Option<String>,
    og_title: Option<String>,
    headline: Option<String>,
    heading: Option<String>,
    canonical: Option<String>,
    og_url: Option<String>,
    author: Option<String>,
    structured_author: Option<String>,
    published: Option<Millis>,
    time: Option<Millis>,
    /// With the size that is said of each.
    pictures: Vec<(String, Option<u32>, Option<u32>)>,
    structured_picture: Option<String>,
}

/// Reads them.
pub(super) fn read(html: &str, url: Option<&str>) -> Meta {
    let mut found = Found::default();
    let mut heading: Option<String> = None;
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => {
                if let Some(heading) = heading.as_mut().filter(|heading| heading.len() < TITLE) {
                    heading.push_str(text);
                }
            }
            Token::Close(name) => {
                if name.eq_ignore_ascii_case("h1") {
                    found.close_heading(heading.take());
                }
            }
            Token::Open { name, attributes, raw } => match name.to_ascii_lowercase().as_str() {
                "title" if found.page_title.is_none() => found.page_title = text_of(raw),
                "meta" => found.meta(attributes),
                "link" => found.link(attributes),
                "script" if attributes.contains("ld+json") && raw.len() <= STRUCTURED => found.structured(raw),
                "time" => found.time(attributes),
                "h1" if found.heading.is_none() => heading = Some(String::new()),
                // An `h1` that never ends must not swallow the text.
                "p" | "h2" | "article" => found.close_heading(heading.take()),
                "br" => heading.iter_mut().for_each(|heading| heading.push(' ')),
                _ => {}
            },
        }
    }
    found.settle(url)
}

fn text_of(raw: &str) -> Option<String> {
    let mut end = raw.len().min(TITLE * 2);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    let text = fold_space(&entity::decode(&raw[..end]));
    (!text.is_empty()).then_some(text)
}

impl Found {
    fn close_heading(&mut self, text: Option<String>) {
        if let Some(text) = text {
            self.heading = self.heading.take().or_else(|| text_of(&text));
        }
    }

    fn meta(&mut self, attributes_text: &str) {
        let (mut name, mut content) = (String::new(), None);
        for (key, value) in attributes(attributes_text) {
            match key.to_ascii_lowercase().as_str() {
                "property" | "name" | "itemprop" if name.is_empty() => name = value.to_ascii_lowercase(),
                "content" => content = text_of(&value),
                _ => {}
            }
        }
        let Some(content) = content else { return };
        let slot = match name.as_str() {
            "og:title" => &mut self.og_title,
            "twitter:title" | "headline" | "dc.title" | "parsely-title" => &mut self.headline,
            "og:site_name" | "application-name" => &mut self.site,
            "og:url" => &mut self.og_url,
            "og:image" | "og:image:url" | "og:image:secure_url" => {
                if self.pictures.len() < PICTURES {
                    self.pictures.push((content, None, None));
                }
                return;
            }
            "og:image:width" | "og:image:height" => {
                if let Some((_, width, height)) = self.pictures.last_mut() {
                    *(if name.ends_with("width") { width } else { height }) = content.parse().ok();
                }
                return;
            }
            "twitter:image" | "twitter:image:src" => &mut self.structured_picture,
            "author" | "article:author" | "dc.creator" | "parsely-author" | "byl" | "sailthru.author" => {
                if content.contains("://") || content.contains("www.") {
                    return;
                }
                &mut self.author
            }
            "article:published_time"
            | "og:article:published_time"
            | "datepublished"
            | "date"
            | "pubdate"
            | "publish-date"
            | "publishdate"
            | "dc.date"
            | "dc.date.issued"
            | "parsely-pub-date"
            | "sailthru.date"
            | "article.published" => {
                self.published = self.published.or_else(|| when::parse(&content));
                return;
            }
            _ => return,
        };
        slot.get_or_insert(content);
    }

    fn link(&mut self, attributes_text: &str) {
        let (mut canonical, mut href) = (false, None);
        for (key, value) in attributes(attributes_text) {
            if key.eq_ignore_ascii_case("rel") {
                canonical = value
                    .split_ascii_whitespace()
                    .any(|rel| rel.eq_ignore_ascii_case("canonical"));
            } else if key.eq_ignore_ascii_case("href") {
                href = Some(value.trim().to_owned());
            }
        }
        if canonical {
            self.canonical = self.canonical.take().or(href);
        }
    }

    fn time(&mut self, attributes_text: &str) {
        if self.time.is_none() {
            self.time = super::tokens::attribute(attributes_text, "datetime").and_then(|value| when::parse(&value));
        }
    }

    /// JSON-LD: the first thing that has a headline, or failing that a date.
    fn structured(&mut self, raw: &str) {
        let Ok(value) = serde_json::from_str::<Value>(raw.trim()) else {
            return;
        };
        let mut things = vec![&value];
        let mut seen = 0;
        while let Some(thing) = things.pop() {
            seen += 1;
            if seen > 200 {
                return;
            }
            match thing {
                Value::Array(inner) => things.extend(inner.iter().rev()),
                Value::Object(fields) => {
                    if fields.contains_key("headline") || fields.contains_key("datePublished") {
                        self.thing(thing);
                    }
                    things.extend(fields.get("@graph"));
                    things.extend(fields.get("mainEntity"));
                }
                _ => {}
            }
        }
    }

    fn thing(&mut self, thing: &Value) {
        let text = |value: &Value| value.as_str().and_then(text_of);
        self.headline = self.headline.take().or_else(|| text(&thing["headline"]));
        self.published = self
            .published
            .or_else(|| thing["datePublished"].as_str().and_then(when::parse));
        let first = |value: &'_ Value| value.as_array().and_then(|all| all.first()).unwrap_or(value).clone();
        let author = first(&thing["author"]);
        let author = text(&author["name"])
            .or_else(|| text(&author))
            .filter(|author| !author.contains("://"));
        self.structured_author = self.structured_author.take().or(author);
        let picture = first(&thing["image"]);
        self.structured_picture = self
            .structured_picture
            .take()
            .or_else(|| text(&picture["url"]))
            .or_else(|| text(&picture));
    }

    fn settle(self, url: Option<&str>) -> Meta {
        let title = self.title(url.or(self.canonical.as_deref()).or(self.og_url.as_deref()));
        let address = |candidate: Option<&String>| candidate.and_then(|address| absolute(address, url));
        let picture = self.picture(address);
        Meta {
            title,
            url: address(self.canonical.as_ref())
                .or_else(|| address(self.og_url.as_ref()))
                .or_else(|| absolute(url?, None)),
            author: self.structured_author.or(self.author),
            published: self.published.or(self.time),
            picture,
        }
    }

    /// The first picture that is worth showing.
    fn picture(&self, address: impl Fn(Option<&String>) -> Option<String>) -> Option<String> {
        let structured = self.structured_picture.iter().map(|picture| (picture, &None, &None));
        let all = self
            .pictures
            .iter()
            .map(|(picture, width, height)| (picture, width, height));
        all.chain(structured)
            .filter_map(|(picture, width, height)| Some((address(Some(picture))?, *width, *height)))
            .find(|(picture, width, height)| is_worth(picture, *width, *height))
            .map(|(picture, ..)| picture)
    }

    /// The complete headline: pages lose a quoted title at the end of theirs, and shorten the one in
    /// their head. The longest form that starts as the page's headline does is the complete one.
    fn title(&self, url: Option<&str>) -> String {
        let site = self.site.as_deref();
        let host = url.and_then(|url| url::Url::parse(url).ok());
        let host = host
            .as_ref()
            .and_then(|url| url.host_str())
            .map(|host| host.trim_start_matches("www.").trim_start_matches("edition."));
        let forms = [&self.og_title, &self.headline, &self.page_title, &self.heading];
        let forms: Vec<String> = forms
            .into_iter()
            .flatten()
            .map(|form| without_site(form, site, host))
            .collect();
        // `<title>` and `og:title` are about this page; a heading may be the site's banner.
        let heading = self.heading.as_ref().map(|heading| without_site(heading, site, host));
        let agreed = heading.filter(|heading| forms.iter().filter(|form| likeness(form, heading)).count() > 1);
        let Some(base) = agreed.or_else(|| forms.first().cloned()) else {
            return String::new();
        };
        let complete = forms
            .iter()
            .filter(|form| likeness(form, &base) && !is_cut(form) && !adds_a_name(form, &base))
            .max_by_key(|form| plain(form).len());
        // Of two that say the same, the page's own spelling.
        match complete {
            Some(complete) if plain(complete) != plain(&base) => complete.clone(),
            _ => base,
        }
    }
}

/// Whether one of two headlines starts as the other does.
fn likeness(one: &str, other: &str) -> bool {
    let (one, other) = (
        plain(one.trim_end_matches(['…', '.'])),
        plain(other.trim_end_matches(['…', '.'])),
    );
    !one.is_empty() && !other.is_empty() && (one.starts_with(&other) || other.starts_with(&one))
}

fn is_cut(title: &str) -> bool {
    title.ends_with('…') || title.ends_with("...")
}

/// Whether a form is the headline with a few words behind a mark: a site whose name nothing else tells,
/// and not a quoted title that the headline lost.
fn adds_a_name(form: &str, headline: &str) -> bool {
    let Some(rest) = form.strip_prefix(headline) else {
        return false;
    };
    let name = MARKS.iter().find_map(|mark| rest.strip_prefix(mark));
    name.is_some_and(|name| name.split(' ').count() <= 3 && !name.contains(['“', '”', '‘', '"']))
}

const MARKS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " / ", " • "];

/// A headline without the name of the site behind or before it.
pub(super) fn without_site(title: &str, site: Option<&str>, host: Option<&str>) -> String {
    let host_name = host.map(|host| plain(host.split('.').next().unwrap_or(host)).replace(' ', ""));
    // “CNN Politics” and “CNN.com” are CNN.
    let is_name = |part: &str, name: &str| {
        let first = part.split(' ').next().unwrap_or("");
        !name.is_empty() && (part.replace(' ', "") == name || (first == name && part.split(' ').count() <= 3))
    };
    let is_site = |part: &str| {
        let part = plain(part);
        let site = site.map(|site| plain(site).replace(' ', ""));
        [site.as_deref(), host_name.as_deref()]
            .into_iter()
            .flatten()
            .any(|name| is_name(&part, name))
    };
    for mark in MARKS {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && (is_site(tail)
                || (mark == " | " && site.is_none() && tail.split(' ').count() <= 3 && head.split(' ').count() > 3))
        {
            return without_site(head.trim_end(), site, host);
        }
        if let Some((head, tail)) = title.split_once(mark)
            && is_site(head)
        {
            return tail.trim_start().to_owned();
        }
    }
    title.to_owned()
}
