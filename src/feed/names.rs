//! Which vocabulary an element is from, whatever its prefix.

use crate::page::tokens;
use std::collections::HashMap;

/// The most prefixes of one feed.
const PREFIXES: usize = 100;

/// The prefixes of a feed, as declared anywhere in it.
#[derive(Default)]
pub(super) struct Names {
    declared: HashMap<String, &'static str>,
}

impl Names {
    /// Takes in the declarations of a tag.
    pub(super) fn declare(&mut self, attributes: &str) {
        if !attributes.contains("xmlns") {
            return;
        }
        for (name, value) in tokens::attributes(attributes) {
            if let Some(prefix) = name.strip_prefix("xmlns:")
                && self.declared.len() < PREFIXES
            {
                self.declared
                    .insert(prefix.to_ascii_lowercase(), vocabulary(value.trim()));
            }
        }
    }

    /// Whether a prefix stands for XHTML.
    pub(super) fn is_xhtml(&self, prefix: &str) -> bool {
        let prefix = prefix.to_ascii_lowercase();
        self.declared
            .get(&prefix)
            .map_or(prefix == "xhtml", |usual| *usual == "xhtml")
    }

    /// An element's name in lower case, with the usual prefix of its vocabulary and none for RSS and Atom.
    pub(super) fn canonical(&self, name: &str) -> String {
        let lower = name.to_ascii_lowercase();
        let Some((prefix, local)) = lower.split_once(':') else {
            return lower;
        };
        let usual = match self.declared.get(prefix) {
            Some(usual) => usual,
            None => match prefix {
                "atom" | "atom10" | "atom03" | "a10" | "rss" | "rss10" => "",
                "media" | "mrss" => "media",
                _ => return lower,
            },
        };
        if usual.is_empty() {
            local.to_owned()
        } else {
            format!("{usual}:{local}")
        }
    }
}

fn vocabulary(address: &str) -> &'static str {
    let address = address.to_ascii_lowercase();
    let address = address
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.");
    const KNOWN: [(&str, &str); 20] = [
        ("w3.org/2005/atom", ""),
        ("purl.org/atom/", ""),
        ("example.com/newformat#", ""),
        ("purl.org/rss/1.0/modules/content", "content"),
        ("purl.org/rss/1.0/modules/syndication", "sy"),
        ("purl.org/rss/1.0/modules", "module"),
        ("purl.org/rss/1.0", ""),
        ("my.netscape.com/", ""),
        ("channel.netscape.com/", ""),
        ("backend.userland.com/", ""),
        ("blogs.law.harvard.edu/", ""),
        ("purl.org/net/rss1.1", ""),
        ("purl.org/dc/elements", "dc"),
        ("purl.org/dc/terms", "dcterms"),
        ("search.yahoo.com/mrss", "media"),
        ("itunes.com/dtds/podcast", "itunes"),
        ("w3.org/1999/xhtml", "xhtml"),
        ("w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
        ("rssnamespace.org/feedburner", "feedburner"),
        ("hacks.benhammersley.com/rss/streaming", "streaming"),
    ];
    KNOWN
        .iter()
        .find(|(start, _)| address.starts_with(start))
        .map_or("other", |(_, usual)| usual)
}
