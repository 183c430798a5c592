//! An entry while it is being read, and the addresses in it.

use super::markup;
use super::people::person_name;
use super::value::{self, Type};
use crate::model::{Enclosure, Entry, Millis, Problem};
use crate::page::{
    self,
    tokens::{attribute, attributes},
    when,
};
use url::Url;

/// The most tags, enclosures and pictures of an entry.
const MANY: usize = 50;
/// The longest address in bytes.
const ADDRESS: usize = 4096;

/// Makes addresses absolute: after `xml:base` where there is one, else after the feed's own address.
pub(super) struct Resolver {
    base: Option<Url>,
    /// The elements that set a base and are open: name, base.
    within: Vec<(String, Option<Url>)>,
}

impl Resolver {
    pub(super) fn new(base: Option<&str>) -> Self {
        Self {
            base: base.and_then(|base| Url::parse(base).ok()),
            within: Vec::new(),
        }
    }

    pub(super) fn open(&mut self, name: &str, base: Option<&str>, deepest: usize) {
        if let Some(base) = base
            && self.within.len() < deepest
        {
            let usable = |base: &Url| !base.cannot_be_a_base() && base.as_str().len() <= ADDRESS;
            let resolved = self.parse(base).filter(usable).or_else(|| self.current().cloned());
            self.within.push((name.to_owned(), resolved));
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        if self.within.last().is_some_and(|(open, _)| open == name) {
            self.within.pop();
        }
    }

    /// Whatever an entry left open ends with it.
    pub(super) fn leave_entry(&mut self) {
        self.within
            .retain(|(name, _)| matches!(name.as_str(), "feed" | "rss" | "channel" | "rdf:rdf"));
    }

    fn current(&self) -> Option<&Url> {
        self.within
            .last()
            .and_then(|(_, base)| base.as_ref())
            .or(self.base.as_ref())
    }

    fn parse(&self, address: &str) -> Option<Url> {
        let address = address.trim();
        Url::parse(address).ok().or_else(|| self.current()?.join(address).ok())
    }

    /// The absolute address; only http and https.
    pub(super) fn resolve(&self, address: &str) -> Option<String> {
        let address = address.trim();
        if address.is_empty() || address.len() > ADDRESS {
            return None;
        }
        page::text::absolute(address, self.current().map(Url::as_str))
    }

    /// A summary or a content: HTML, with the addresses in it made absolute.
    pub(super) fn markup(&self, text: &str, kind: Type) -> Option<String> {
        let html = value::markup(text, kind)?;
        Some(match self.current() {
            Some(base) => markup::absolute(html, base),
            None => html,
        })
    }
}

/// Everything that an entry says, before it is decided what counts.
#[derive(Default)]
pub(super) struct Draft {
    pub about: Option<String>,
    id: Option<String>,
    permalink: bool,
    title: Option<String>,
    spare_title: Option<String>,
    link: Option<String>,
    spare_link: Option<String>,
    bad_link: Option<String>,
    descriptions: Vec<String>,
    spare_summary: Option<String>,
    content: Option<String>,
    author: Option<String>,
    /// Of the feed that the entry was copied from.
    source_author: Option<String>,
    tags: Vec<String>,
    /// By rank: dc:date, pubDate, the rest.
    published: [Option<String>; 3],
    updated: [Option<String>; 2],
    media: Vec<Picture>,
    thumbnail: Option<Picture>,
    artwork: Option<String>,
    enclosures: Vec<Enclosure>,
}

/// A picture beside the text.
struct Picture {
    url: String,
    /// Its width in pixels, as far as it is said.
    width: u32,
    /// The one that its group means to be shown.
    is_default: bool,
}

fn set(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

impl Draft {
    /// Takes in the text of an element.
    pub(super) fn field(&mut self, name: &str, text: &str, kind: Type, note: Option<&str>, resolver: &Resolver) {
        let trimmed = || Some(value::cut(text.trim(), ADDRESS).to_owned()).filter(|text| !text.is_empty());
        match name {
            "title" => set(&mut self.title, value::line(text, kind)),
            "dc:title" | "media:title" => set(&mut self.spare_title, value::line(text, Type::Unsaid)),
            "link" => self.text_link(text, resolver),
            "feedburner:origlink" => set(&mut self.spare_link, resolver.resolve(text)),
            "guid" => {
                self.permalink = !note.is_some_and(|note| note.trim().eq_ignore_ascii_case("false"));
                set(&mut self.id, trimmed());
            }
            "id" => {
                self.permalink = true;
                set(&mut self.id, trimmed());
            }
            "description" | "summary" | "abstract" | "dc:description" | "tagline" => {
                self.descriptions.extend(resolver.markup(text, kind))
            }
            "media:description" | "itunes:summary" | "subtitle" => {
                set(&mut self.spare_summary, resolver.markup(text, kind))
            }
            "content:encoded" | "encoded" | "fullitem" | "body" | "xhtml:body" | "content" => {
                // Of several, the longest: some feeds give an excerpt and the whole as contents.
                let content = resolver.markup(text, if name == "content" { kind } else { Type::Markup });
                if content.as_ref().map_or(0, String::len) > self.content.as_ref().map_or(0, String::len) {
                    self.content = content;
                }
            }
            "author" | "dc:creator" | "dc:author" | "itunes:author" | "managingeditor" | "name" => {
                set(
                    &mut self.author,
                    value::line(text, Type::Unsaid).map(|name| person_name(&name)),
                );
            }
            "itunes:keywords" | "media:keywords" | "keywords" => {
                text.split(',')
                    .for_each(|word| self.tag(value::line(word, Type::Unsaid)));
            }
            // The podcast's picture and WordPress's plugins' come last: they may be the feed's.
            "image" => set(&mut self.artwork, resolver.resolve(text)),
            "category" | "dc:subject" | "media:category" => self.tag(value::line(text, Type::Unsaid)),
            "dc:date" => set(&mut self.published[0], trimmed()),
            "pubdate" | "published" => set(&mut self.published[1], trimmed()),
            "issued" | "dcterms:issued" | "created" | "dcterms:created" => set(&mut self.published[2], trimmed()),
            "updated" | "lastbuilddate" => set(&mut self.updated[0], trimmed()),
            "modified" | "dcterms:modified" => set(&mut self.updated[1], trimmed()),
            _ => {}
        }
    }

    /// Takes in who wrote the feed that the entry was copied from.
    pub(super) fn source_author(&mut self, text: &str) {
        let name = value::line(text, Type::Unsaid).map(|name| person_name(&name));
        set(&mut self.source_author, name);
    }

    fn text_link(&mut self, text: &str, resolver: &Resolver) {
        let resolved = resolver.resolve(text);
        if resolved.is_none() && !text.trim().is_empty() {
            set(&mut self.bad_link, Some(value::cut(text.trim(), 200).to_owned()));
        }
        set(&mut self.link, resolved);
    }

    /// Takes in an Atom link.
    pub(super) fn link(&mut self, href: &str, rel: &str, attributes: &str, resolver: &Resolver) {
        match rel {
            "alternate" => {
                let kind = attribute(attributes, "type");
                let shown = kind.as_deref().is_none_or(|kind| kind.contains("html"));
                if shown {
                    self.text_link(href, resolver);
                } else {
                    set(&mut self.spare_link, resolver.resolve(href));
                }
            }
            "enclosure" => self.enclose(attributes, "href", resolver),
            _ => {}
        }
    }

    pub(super) fn tag(&mut self, tag: Option<String>) {
        if let Some(tag) = tag
            && self.tags.len() < MANY
            && !self.tags.contains(&tag)
        {
            self.tags.push(tag);
        }
    }

    /// Takes in an element that points to a file.
    pub(super) fn media(&mut self, name: &str, attributes_text: &str, resolver: &Resolver) {
        match name {
            "enclosure" => self.enclose(attributes_text, "url", resolver),
            "itunes:image" => set(
                &mut self.artwork,
                attribute(attributes_text, "href").and_then(|href| resolver.resolve(&href)),
            ),
            _ => {
                let (mut url, mut medium, mut kind) = (None, None, None);
                let (mut width, mut is_default) = (0, false);
                for (key, value) in attributes(attributes_text) {
                    match key.to_ascii_lowercase().as_str() {
                        "url" => url = resolver.resolve(&value),
                        "medium" => medium = Some(value.to_ascii_lowercase()),
                        "type" => kind = Some(value.to_ascii_lowercase()),
                        "width" => width = value.trim().parse().unwrap_or(0),
                        "isdefault" => is_default = value.trim().eq_ignore_ascii_case("true"),
                        _ => {}
                    }
                }
                let Some(url) = url else { return };
                if name == "media:thumbnail" {
                    if self.thumbnail.as_ref().is_none_or(|known| known.width < width) {
                        self.thumbnail = Some(Picture { url, width, is_default });
                    }
                    return;
                }
                let picture = match (medium.as_deref(), kind.as_deref()) {
                    (Some(medium), _) => medium == "image",
                    (None, Some(kind)) => kind.starts_with("image/"),
                    (None, None) => is_picture(&url),
                };
                // WordPress gives the author's portrait first.
                if picture && !url.contains("gravatar.com/avatar") && self.media.len() < MANY {
                    self.media.push(Picture { url, width, is_default });
                }
            }
        }
    }

    fn enclose(&mut self, attributes_text: &str, address: &str, resolver: &Resolver) {
        let mut enclosure = Enclosure::default();
        for (key, value) in attributes(attributes_text) {
            match key.to_ascii_lowercase().as_str() {
                key if key == address => enclosure.url = resolver.resolve(&value).unwrap_or_default(),
                "type" => enclosure.kind = Some(value.trim().to_owned()).filter(|kind| !kind.is_empty()),
                "length" => enclosure.length = value.trim().parse().ok(),
                _ => {}
            }
        }
        if !enclosure.url.is_empty() && self.enclosures.len() < MANY {
            self.enclosures.push(enclosure);
        }
    }

    /// Decides what the entry comes to.
    pub(super) fn finish(
        mut self,
        resolver: &Resolver,
        site: Option<&str>,
        place: &str,
        problems: &mut Vec<Problem>,
    ) -> Entry {
        let (id, link) = self.addresses(site, place, problems);
        let (published, updated) = self.dates(place, problems);
        // A second description is the whole text; so is the longer one of an excerpt and a content.
        let mut descriptions = std::mem::take(&mut self.descriptions).into_iter();
        let summary = descriptions.next().or(self.spare_summary.take());
        let content = (self.content.take()).or_else(|| descriptions.max_by_key(String::len));
        Entry {
            image: self.picture([&content, &summary], link.as_deref(), resolver),
            id,
            title: self.title.or(self.spare_title),
            link,
            summary,
            content,
            author: self.author.or(self.source_author),
            tags: self.tags,
            published,
            updated,
            enclosures: self.enclosures,
        }
    }

    /// What tells the entry apart, and where it leads.
    fn addresses(
        &mut self,
        site: Option<&str>,
        place: &str,
        problems: &mut Vec<Problem>,
    ) -> (Option<String>, Option<String>) {
        let is_address = self.permalink || self.id.is_none();
        let id = self.id.take().or(self.about.take());
        let permalink = id
            .as_deref()
            .filter(|_| is_address)
            .and_then(|id| page::text::absolute(id, None));
        let mut link = self.link.take().or(permalink).or(self.spare_link.take());
        if link.is_none() {
            // A relative address in a feed whose own address nobody gave: its site is the best guess.
            link = self.bad_link.as_deref().and_then(|bad| page::text::absolute(bad, site));
            if link.is_none() {
                let what = (self.bad_link.take()).map_or("has no link".to_owned(), |bad| {
                    format!("link “{bad}” cannot be used; left out")
                });
                problems.push(Problem::new(place, what));
            }
        }
        (id, link)
    }

    /// When it was published and changed.
    fn dates(&self, place: &str, problems: &mut Vec<Problem>) -> (Option<Millis>, Option<Millis>) {
        let mut date = |candidates: &[&Option<String>]| {
            let mut given = candidates.iter().filter_map(|text| text.as_ref());
            let read = given.clone().find_map(|text| when::parse(text));
            if let (None, Some(text)) = (read, given.next()) {
                problems.push(Problem::new(
                    place,
                    format!("date “{}” cannot be read; left out", value::cut(text, 60)),
                ));
            }
            read
        };
        let ([core, published, other], [updated, modified]) = (&self.published, &self.updated);
        // Dublin Core's date says of what only when another date says of what it is not.
        (date(&[core, published, other]), date(&[updated, modified, core]))
    }

    /// The address of its picture: the widest that it gives as such, else one that is enclosed or stands in its texts.
    fn picture(&mut self, texts: [&Option<String>; 2], link: Option<&str>, resolver: &Resolver) -> Option<String> {
        let enclosed = self.enclosures.iter().find(|file| {
            file.kind
                .as_deref()
                .map_or_else(|| is_picture(&file.url), |kind| kind.starts_with("image/"))
        });
        let inline = || {
            let address = (texts.into_iter().flatten()).find_map(|html| page::first_picture(html))?;
            resolver
                .resolve(&address)
                .or_else(|| page::text::absolute(&address, link))
        };
        // The first of the widest: of pictures that tell no width, the first.
        let widest = |best: Picture, next: Picture| {
            if (next.is_default, next.width) > (best.is_default, best.width) {
                next
            } else {
                best
            }
        };
        (std::mem::take(&mut self.media).into_iter().reduce(widest))
            .or(self.thumbnail.take())
            .map(|picture| picture.url)
            .or_else(|| enclosed.map(|file| file.url.clone()))
            .or_else(inline)
            .or(self.artwork.take())
    }
}

fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
        .iter()
        .any(|end| path.ends_with(end))
}
