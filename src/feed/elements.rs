//! What the elements of feeds are, by their names alone.

use crate::page::tokens::attribute;

/// Elements whose text is taken, in the feed or in an entry.
pub(super) fn is_taken(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "link"
            | "description"
            | "summary"
            | "content"
            | "content:encoded"
            | "encoded"
            | "fullitem"
            | "body"
            | "xhtml:body"
            | "tagline"
            | "subtitle"
            | "abstract"
            | "guid"
            | "id"
            | "category"
            | "dc:subject"
            | "media:category"
            | "pubdate"
            | "published"
            | "issued"
            | "created"
            | "updated"
            | "modified"
            | "dc:date"
            | "dcterms:issued"
            | "dcterms:created"
            | "dcterms:modified"
            | "dc:creator"
            | "dc:author"
            | "itunes:author"
            | "managingeditor"
            | "webmaster"
            | "dc:title"
            | "media:title"
            | "media:description"
            | "itunes:summary"
            | "dc:description"
            | "ttl"
            | "sy:updateperiod"
            | "sy:updatefrequency"
            | "author"
            | "name"
            | "feedburner:origlink"
            | "lastbuilddate"
            | "media:credit"
            | "itunes:keywords"
            | "media:keywords"
            | "keywords"
            | "hour"
            | "day"
    )
}

/// Elements that never hold other elements of a feed.
pub(super) fn is_line(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "link"
            | "guid"
            | "id"
            | "category"
            | "dc:subject"
            | "pubdate"
            | "published"
            | "updated"
            | "dc:date"
            | "dc:creator"
            | "ttl"
    )
}

/// Seconds of `sy:updatePeriod`.
pub(super) fn period(name: &str) -> Option<u64> {
    const HOUR: u64 = 3600;
    match name.to_ascii_lowercase().as_str() {
        "hourly" => Some(HOUR),
        "daily" => Some(24 * HOUR),
        "weekly" => Some(7 * 24 * HOUR),
        "monthly" => Some(30 * 24 * HOUR),
        "yearly" => Some(365 * 24 * HOUR),
        _ => None,
    }
}

/// Atom 1.0 says nothing, but a type of an attached document means base64.
pub(super) fn is_base64_type(attributes: &str) -> bool {
    let Some(kind) = attribute(attributes, "type") else {
        return false;
    };
    let kind = kind.trim();
    kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml") && !kind.contains("html")
}
