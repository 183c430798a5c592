//! Feeds of every make, as tables of markup and what it has to come to.

mod fields;
mod whole;

use super::*;
use crate::model::{Entry, Millis};

const BASE: &str = "https://news.test/feeds/all.xml";

fn read(xml: &str) -> (Feed, Vec<Problem>) {
    parse(xml.as_bytes(), None, Some(BASE)).expect(xml)
}

fn rss(item: &str) -> Entry {
    let xml = format!(
        "<rss version='2.0'><channel><title>News</title><link>https://news.test</link><item>{item}</item></channel></rss>"
    );
    read(&xml).0.entries.remove(0)
}

fn atom(entry: &str) -> Entry {
    let xml = format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry>{entry}</entry></feed>");
    read(&xml).0.entries.remove(0)
}

fn at(text: &str) -> Option<Millis> {
    Some(
        chrono::DateTime::parse_from_rfc3339(text)
            .expect(text)
            .timestamp_millis(),
    )
}
