//! JSON Feed 1.0 and 1.1 → [`Feed`].

use super::entry::Resolver;
use super::value::{self, Type};
use super::{ENTRIES, NotAFeed};
use crate::model::{Enclosure, Entry, Feed, Problem};
use crate::page::{self, when};
use serde_json::Value;

/// The most tags, authors and attachments of an entry.
const MANY: usize = 50;

/// The most values of a document: each takes some dozens of bytes in memory, though it is written with two.
const VALUES: usize = 250_000;

/// Reads a feed. `base` is its address.
pub(super) fn read(text: &str, base: Option<&str>) -> Result<(Feed, Vec<Problem>), NotAFeed> {
    let mut problems = Vec::new();
    if values(text) > VALUES {
        return Err(NotAFeed::TooMuch);
    }
    let root: Value = match serde_json::from_str(text) {
        Ok(root) => root,
        Err(_) => return Err(NotAFeed::BrokenJson),
    };
    let version = root["version"].as_str().unwrap_or("");
    let Some(items) = root["items"].as_array() else {
        return Err(NotAFeed::Other("JSON".to_owned()));
    };
    if !version.contains("jsonfeed.org") {
        problems.push(Problem::new("feed", "names no version of JSON Feed; read as one"));
    }
    if items.len() > ENTRIES {
        problems.push(Problem::new(
            "feed",
            format!("more than {ENTRIES} entries; the rest is left out"),
        ));
    }
    let resolver = Resolver::new(base);
    let mut feed = Feed {
        title: line(&root["title"]),
        link: root["home_page_url"].as_str().and_then(|link| resolver.resolve(link)),
        ..Feed::default()
    };
    let house = author(&root);
    for (index, item) in items.iter().take(ENTRIES).enumerate() {
        let place = format!("entry {}", index + 1);
        let entry = entry(item, &resolver, &place, &mut problems);
        // Version 1.1: the feed's authors are those of its items, unless these name their own.
        let author = entry.author.clone().or_else(|| house.clone());
        feed.entries.push(Entry { author, ..entry });
    }
    Ok((feed, problems))
}

/// How many values there are at most: each stands behind a bracket or a comma outside of text.
fn values(text: &str) -> usize {
    let (mut count, mut is_text, mut is_escaped) = (0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'[' | b'{' | b',' if !is_text => count += 1,
            _ => {}
        }
    }
    count
}

fn line(value: &Value) -> Option<String> {
    value::line(value.as_str()?, Type::Text)
}

/// The first of `authors`, or version 1's `author`.
fn author(of: &Value) -> Option<String> {
    line(&of["authors"][0]["name"]).or_else(|| line(&of["author"]["name"]))
}

fn entry(item: &Value, resolver: &Resolver, place: &str, problems: &mut Vec<Problem>) -> Entry {
    let address = |value: &Value| value.as_str().and_then(|address| resolver.resolve(address));
    let id = match &item["id"] {
        Value::String(id) => Some(id.trim().to_owned()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    };
    let permalink = id.as_deref().and_then(|id| page::text::absolute(id, None));
    let link = address(&item["url"])
        .or_else(|| address(&item["external_url"]))
        .or(permalink);
    let content = item["content_html"]
        .as_str()
        .and_then(|html| resolver.markup(html, Type::Markup));
    let content = content.or_else(|| {
        item["content_text"]
            .as_str()
            .and_then(|text| value::markup(text, Type::Text))
    });
    let summary = item["summary"]
        .as_str()
        .and_then(|text| value::markup(text, Type::Text));
    let title = line(&item["title"]);
    if link.is_none() {
        problems.push(Problem::new(place, "has no link"));
    }
    let mut date = |value: &Value| {
        let text = value.as_str()?;
        let read = when::parse(text);
        if read.is_none() {
            problems.push(Problem::new(
                place,
                format!("date “{}” cannot be read; left out", value::cut(text, 60)),
            ));
        }
        read
    };
    let (published, updated) = (date(&item["date_published"]), date(&item["date_modified"]));
    let tags = item["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let attachments = item["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    let enclosures = attachments.iter().take(MANY).filter_map(|file| {
        let url = address(&file["url"])?;
        Some(Enclosure {
            url,
            kind: file["mime_type"].as_str().map(str::to_owned),
            length: file["size_in_bytes"].as_u64(),
        })
    });
    let inline = || {
        content
            .as_deref()
            .and_then(page::first_picture)
            .and_then(|picture| resolver.resolve(&picture))
    };
    let image = address(&item["image"])
        .or_else(|| address(&item["banner_image"]))
        .or_else(inline);
    Entry {
        id,
        title,
        link,
        summary,
        author: author(item),
        tags: tags.iter().take(MANY).filter_map(line).collect(),
        published,
        updated,
        image,
        enclosures: enclosures.collect(),
        content,
    }
}
