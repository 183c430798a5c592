//! RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0 → [`Feed`].
//!
//! Walks over the events of `xml` with a small state: whether an entry is open, which element's text
//! is being taken, which parts are left out. Elements are told apart by their names alone, so that a
//! feed that mixes vocabularies or leaves tags open gives what it has.

use super::elements::{is_base64_type, is_line, is_taken, period};
use super::entry::{Draft, Resolver};
use super::markup;
use super::names::Names;
use super::people;
use super::value::{self, Type};
use super::xml::{Event, Events};
use super::{ENTRIES, NotAFeed};
use crate::model::{Feed, Problem, Quiet};
use crate::page::tokens::{self, attribute};
use std::borrow::Cow;

/// The deepest nesting of elements whose `xml:base` is kept.
const DEPTH: usize = 100;
/// The longest name of a document that is told, in bytes.
const LONGEST_NAME: usize = 40;

/// Reads a feed. `base` is its address.
pub(super) fn read(xml: &str, base: Option<&str>) -> Result<(Feed, Vec<Problem>), NotAFeed> {
    let mut reader = Reader::new(base);
    let mut events = Events::new(xml);
    loop {
        let before = events.at();
        let Some(event) = events.next() else { break };
        if reader.is_full {
            break;
        }
        match event {
            Event::Start {
                name,
                attributes,
                empty,
            } => {
                reader.names.declare(attributes);
                let name = reader.names.canonical(name);
                reader.start(&name, attributes, events.at());
                if empty {
                    reader.end(&name, xml, events.at());
                }
            }
            Event::End(name) => {
                let name = reader.names.canonical(name);
                reader.end(&name, xml, before);
            }
            Event::Text(text) => reader.text(&text),
        }
    }
    if events.unclosed {
        reader.problems.push(Problem::new(
            "feed",
            "the markup ends within a tag or a section; closed there",
        ));
    }
    reader.finish()
}

/// An element whose text is being taken.
struct Taking {
    name: String,
    kind: Type,
    text: String,
    /// Where its content starts.
    from: usize,
    /// Elements of its name that are open within.
    depth: u32,
    /// Whether other elements are within: its content is markup then, not text.
    nested: bool,
    base64: bool,
    /// RSS's `isPermaLink`: what else decides about the value.
    note: Option<String>,
}

struct Reader {
    names: Names,
    resolver: Resolver,
    feed: Feed,
    problems: Vec<Problem>,
    draft: Option<Draft>,
    taking: Option<Taking>,
    /// A part that says nothing about the entry or the feed itself.
    left_out: Option<String>,
    atom: bool,
    root: Option<String>,
    ended: bool,
    /// It has as many entries as are kept: nothing more is read.
    is_full: bool,
    period: Option<u64>,
    frequency: u64,
    ttl: Option<u64>,
    feed_link: Option<String>,
    /// Of Atom: whose the entries are that name nobody.
    feed_author: Option<String>,
}

impl Reader {
    fn new(base: Option<&str>) -> Self {
        Self {
            names: Names::default(),
            resolver: Resolver::new(base),
            feed: Feed::default(),
            problems: Vec::new(),
            draft: None,
            taking: None,
            left_out: None,
            atom: false,
            root: None,
            ended: false,
            is_full: false,
            period: None,
            frequency: 1,
            ttl: None,
            feed_link: None,
            feed_author: None,
        }
    }

    fn start(&mut self, name: &str, attributes: &str, at: usize) {
        if self.root.is_none() {
            self.root = Some(name.to_owned());
            self.atom = name == "feed";
        }
        if self.is_within_taken(name) || self.is_within_left_out(name, attributes, at) {
            return;
        }
        if matches!(name, "item" | "entry") {
            self.left_out = None;
            self.close_entry();
        }
        self.resolver
            .open(name, attribute(attributes, "xml:base").as_deref(), DEPTH);
        match name {
            "item" | "entry" => self.open_entry(attributes),
            "source" if self.draft.is_some() => self.left_out = Some(name.to_owned()),
            // CDF has the site's address at the channel.
            "channel" if self.feed_link.is_none() && attribute(attributes, "href").is_some() => {
                self.feed_link = attribute(attributes, "href").and_then(|href| self.resolver.resolve(&href));
            }
            "image" if self.draft.is_some() => self.take(name, attributes, at),
            "image" | "textinput" | "cloud" => self.left_out = Some(name.to_owned()),
            "contributor" | "skiphours" | "skipdays" => self.left_out = Some(name.to_owned()),
            "media:content" | "media:thumbnail" | "enclosure" | "itunes:image" => {
                if let Some(draft) = &mut self.draft {
                    draft.media(name, attributes, &self.resolver);
                }
            }
            "link" if attribute(attributes, "href").is_some() => self.atom_link(attributes),
            "category" if attribute(attributes, "term").is_some() => self.tag(attributes, ["term", "label"]),
            "itunes:category" => self.tag(attributes, ["text", "text"]),
            _ if is_taken(name) => self.take(name, attributes, at),
            _ => {}
        }
    }

    /// Whether an element is markup within a text that is being taken; if it cannot be, that text's end tag is
    /// missing, and what came until here is its text.
    fn is_within_taken(&mut self, name: &str) -> bool {
        let Some(taking) = &mut self.taking else { return false };
        let boundary = matches!(name, "item" | "entry") && taking.name != "content:encoded";
        let is_line = is_line(&taking.name) && name != taking.name && (is_taken(name) || name == "image");
        if !boundary && !is_line {
            taking.depth += u32::from(name == taking.name);
            taking.nested = true;
            return true;
        }
        if let Some(taking) = self.taking.take() {
            let nested = false;
            self.taken(Taking { nested, ..taking }, "");
        }
        false
    }

    /// Whether an element stands in a part that is left out; what is told there all the same is taken: a copied entry
    /// tells whose it was, a feed when it is not to be asked.
    fn is_within_left_out(&mut self, name: &str, attributes: &str, at: usize) -> bool {
        let Some(left_out) = self.left_out.as_deref() else {
            return false;
        };
        if matches!(name, "item" | "entry") {
            return false;
        }
        let told = matches!(
            (left_out, name),
            ("source", "author") | ("skiphours", "hour") | ("skipdays", "day")
        );
        if told {
            self.take(name, attributes, at);
        }
        true
    }

    fn open_entry(&mut self, attributes: &str) {
        if self.feed.entries.len() >= ENTRIES {
            self.problems.push(Problem::new(
                "feed",
                format!("more than {ENTRIES} entries; the rest is left out"),
            ));
            self.is_full = true;
            return;
        }
        let mut draft = Draft::default();
        draft.about = tokens::attributes(attributes)
            .find(|(name, _)| name.rsplit(':').next() == Some("about"))
            .map(|(_, about)| about.into_owned());
        // CDF has the address at the item itself.
        if let Some(href) = attribute(attributes, "href") {
            draft.link(&href, "alternate", "", &self.resolver);
        }
        self.draft = Some(draft);
    }

    /// A category of the open entry, in the first of these attributes that says one.
    fn tag(&mut self, attributes: &str, names: [&str; 2]) {
        let said = |name| attribute(attributes, name).and_then(|tag| value::line(&tag, Type::Unsaid));
        if let Some(draft) = &mut self.draft {
            draft.tag(names.into_iter().find_map(said));
        }
    }

    fn take(&mut self, name: &str, attributes: &str, at: usize) {
        let kind = attribute(attributes, "type");
        // Its parts are contents themselves.
        if kind.as_deref().is_some_and(|kind| kind.starts_with("multipart/")) {
            return;
        }
        let mode = attribute(attributes, "mode");
        let atom = self.atom && !name.contains(':');
        let kind = match mode.as_deref() {
            Some("xml") if kind.is_none() => Type::Markup,
            // Atom 0.3 escapes HTML and calls it text.
            Some("escaped") if kind.is_none() => Type::Unsaid,
            _ => Type::of(kind.as_deref(), atom),
        };
        let note = attribute(attributes, "ispermalink").map(Cow::into_owned);
        let base64 = mode.as_deref() == Some("base64") || is_base64_type(attributes);
        self.taking = Some(Taking {
            name: name.to_owned(),
            kind,
            text: String::new(),
            from: at,
            depth: 0,
            nested: false,
            base64,
            note,
        });
    }

    fn text(&mut self, text: &str) {
        if let Some(taking) = &mut self.taking
            && taking.text.len() < value::FIELD
        {
            taking.text.push_str(value::cut(text, value::FIELD));
        }
    }

    /// `before` is where the end tag stands.
    fn end(&mut self, name: &str, xml: &str, before: usize) {
        if let Some(taking) = &mut self.taking {
            if name == taking.name && taking.depth > 0 {
                taking.depth -= 1;
                return;
            }
            let ends = name == taking.name || matches!(name, "item" | "entry" | "channel" | "rss" | "feed");
            if !ends {
                return;
            }
            if let Some(taking) = self.taking.take() {
                let source = xml.get(taking.from..before.max(taking.from)).unwrap_or("");
                self.taken(taking, source);
            }
            if !matches!(name, "item" | "entry" | "channel" | "rss" | "feed") {
                self.resolver.close(name);
                return;
            }
        }
        self.resolver.close(name);
        if self.left_out.as_deref() == Some(name) {
            self.left_out = None;
            return;
        }
        match name {
            "item" | "entry" => self.close_entry(),
            "channel" | "rss" | "feed" | "rdf:rdf" => self.ended = true,
            _ => {}
        }
    }

    fn taken(&mut self, taking: Taking, source: &str) {
        let decoded;
        let mut base = None;
        let (text, kind) = if taking.name == "author" && taking.nested {
            decoded = people::person(source, &self.names);
            (decoded.as_str(), Type::Text)
        } else if taking.name == "image" && taking.nested {
            decoded = markup::inner(source, "url", &self.names);
            (decoded.as_str(), Type::Text)
        } else if taking.base64 {
            decoded = value::base64(&taking.text).unwrap_or_default();
            (decoded.as_str(), Type::Markup)
        } else if taking.nested {
            // Inline markup: the source is the HTML.
            let inline = markup::inline(source, self.atom || taking.kind == Type::Markup, &self.names);
            base = inline.base;
            decoded = inline.html.into_owned();
            (decoded.as_str(), Type::Markup)
        } else {
            (taking.text.as_str(), taking.kind)
        };
        if text.len() >= value::FIELD {
            let place = self.place();
            self.problems.push(Problem::new(
                place,
                format!("{} is too long; cut to a megabyte", taking.name),
            ));
        }
        let within = self.left_out.as_deref();
        self.resolver.open("", base.as_deref(), DEPTH);
        match (&mut self.draft, within) {
            (Some(draft), Some(_)) => draft.source_author(text),
            (Some(draft), None) => draft.field(&taking.name, text, kind, taking.note.as_deref(), &self.resolver),
            (None, _) => self.feed_field(&taking.name, text, kind),
        }
        self.resolver.close("");
    }

    fn feed_field(&mut self, name: &str, text: &str, kind: Type) {
        let trimmed = text.trim();
        match name {
            "title" | "dc:title" if self.feed.title.is_none() => self.feed.title = value::line(text, kind),
            "link" if !trimmed.is_empty() => {
                self.feed_link = self.feed_link.take().or_else(|| self.resolver.resolve(trimmed))
            }
            "author" if self.atom && self.feed_author.is_none() => {
                self.feed_author = value::line(text, Type::Unsaid).map(|name| people::person_name(&name));
            }
            "hour" => self.feed.quiet.skip_hour(trimmed),
            "day" => self.feed.quiet.skip_day(trimmed),
            "ttl" => self.ttl = trimmed.parse::<u64>().ok().map(|minutes| minutes.saturating_mul(60)),
            "sy:updateperiod" => self.period = period(trimmed),
            "sy:updatefrequency" => self.frequency = trimmed.parse().unwrap_or(1).max(1),
            _ => {}
        }
    }

    fn atom_link(&mut self, attributes: &str) {
        let Some(href) = attribute(attributes, "href") else {
            return;
        };
        let rel = attribute(attributes, "rel");
        let rel = rel.as_deref().unwrap_or("alternate").trim();
        let rel = rel
            .strip_prefix("http://www.iana.org/assignments/relation/")
            .unwrap_or(rel);
        match (&mut self.draft, rel) {
            (Some(draft), _) => draft.link(&href, rel, attributes, &self.resolver),
            (None, "alternate") => self.feed_link = self.feed_link.take().or_else(|| self.resolver.resolve(&href)),
            _ => {}
        }
    }

    fn place(&self) -> String {
        if self.draft.is_some() {
            format!("entry {}", self.feed.entries.len() + 1)
        } else {
            "feed".to_owned()
        }
    }

    fn close_entry(&mut self) {
        let place = self.place();
        self.resolver.leave_entry();
        let Some(draft) = self.draft.take() else { return };
        let entry = draft.finish(&self.resolver, self.feed_link.as_deref(), &place, &mut self.problems);
        self.feed.entries.push(entry);
    }

    fn finish(mut self) -> Result<(Feed, Vec<Problem>), NotAFeed> {
        let root = self.root.as_deref().unwrap_or("");
        let is_feed = matches!(root, "rss" | "feed" | "rdf:rdf" | "channel") || !self.feed.entries.is_empty();
        if !is_feed {
            return Err(match root {
                "" => NotAFeed::Text,
                "html" => NotAFeed::Page,
                _ if is_name(root) => NotAFeed::Other(root.to_owned()),
                _ => NotAFeed::Nothing,
            });
        }
        if self.draft.is_some() && !self.ended {
            let place = self.place();
            self.problems
                .push(Problem::new(place, "the feed ends within it; left out"));
        } else {
            self.close_entry();
        }
        if !self.ended && !self.is_full {
            self.problems
                .push(Problem::new("feed", "ends before its end; what was whole is kept"));
        }
        self.feed.link = self.feed_link.take();
        if self.feed.quiet.is_always() {
            self.feed.quiet = Quiet::default();
        }
        let nameless = self.feed.entries.iter_mut().filter(|entry| entry.author.is_none());
        nameless.for_each(|entry| entry.author.clone_from(&self.feed_author));
        let asked = self.period.map(|period| period / self.frequency.max(1));
        self.feed.interval = self.ttl.into_iter().chain(asked).max().filter(|seconds| *seconds > 0);
        Ok((self.feed, self.problems))
    }
}

/// Whether an element is called as people call one: bytes that are no text at all have names as well.
fn is_name(root: &str) -> bool {
    root.len() <= LONGEST_NAME
        && root
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))
}
