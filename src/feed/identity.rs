//! Which story an entry is: across fetches, edits and renamed links.

use crate::model::Entry;
use crate::page::{self, text::fold_space};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use url::Url;

/// Ids longer than this are kept as their hash.
const LONGEST: usize = 300;

/// The stable key of an entry: its guid, else its canonical link, else a hash of title and text.
///
/// Two entries of one feed may carry the same guid: use [`identified`] where the feed is at hand.
#[must_use]
pub fn identity(entry: &Entry) -> String {
    match (id_of(entry), &entry.link) {
        (Some(id), _) => short("id", &id),
        (None, Some(link)) => short("link", &canonical_link(link)),
        (None, None) => format!("text:{}", fingerprint(entry)),
    }
}

/// A feed's entries with their stable keys. A guid that stands more than once gets the link added, or
/// the text where there is none; what is then still the same entry twice is given once.
#[must_use]
pub fn identified(entries: Vec<Entry>) -> Vec<(String, Entry)> {
    let mut times: HashMap<String, u32> = HashMap::new();
    for id in entries.iter().filter_map(id_of) {
        *times.entry(id).or_default() += 1;
    }
    let key = |entry: &Entry| match (id_of(entry), &entry.link) {
        (Some(id), Some(link)) if times.get(&id).is_some_and(|times| *times > 1) => {
            short("id", &format!("{id} {}", canonical_link(link)))
        }
        (Some(id), None) if times.get(&id).is_some_and(|times| *times > 1) => {
            short("id", &format!("{id} {}", fingerprint(entry)))
        }
        _ => identity(entry),
    };
    let mut seen = HashSet::new();
    let keyed = entries.into_iter().map(|entry| (key(&entry), entry));
    keyed.filter(|(key, _)| seen.insert(key.clone())).collect()
}

fn id_of(entry: &Entry) -> Option<String> {
    entry.id.as_deref().map(fold_space).filter(|id| !id.is_empty())
}

fn short(kind: &str, value: &str) -> String {
    if value.len() <= LONGEST {
        format!("{kind}:{value}")
    } else {
        format!("{kind}:sha256:{}", hash([value]))
    }
}

/// The address by which a page is known: without tracking parameters and fragment, host in lower case,
/// no default port. What is no http address comes back trimmed.
#[must_use]
pub fn canonical_link(link: &str) -> String {
    let link = link.trim();
    let Ok(mut url) = Url::parse(link) else {
        return link.to_owned();
    };
    if !matches!(url.scheme(), "http" | "https") {
        return link.to_owned();
    }
    // `#!` is part of the address of some sites.
    if !url.fragment().is_some_and(|fragment| fragment.starts_with('!')) {
        url.set_fragment(None);
    }
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_tracking(pair))
            .collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    url.to_string()
}

fn is_tracking(pair: &str) -> bool {
    const NAMES: [&str; 22] = [
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "igsh", "mc_cid",
        "mc_eid", "_ga", "_gl", "ncid", "cmpid", "ocid", "ref_src", "ref_url", "spm", "xtor", "_hsenc",
    ];
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_")
        || name.starts_with("pk_")
        || name.starts_with("mtm_")
        || NAMES.contains(&name.as_str())
        || (matches!(name.as_str(), "ref" | "source" | "from") && matches!(value, "rss" | "feed" | "atom" | "rssfeed"))
}

/// A fingerprint of what an entry says: title and text, without markup and white space. Equal for the
/// same story with another guid or date; another one means an edit. An entry that says nothing is told from others by
/// its link: two of them are not one story for that.
#[must_use]
pub fn fingerprint(entry: &Entry) -> String {
    let title = entry.title.as_deref().map(fold_space).unwrap_or_default();
    let text = entry
        .content
        .as_deref()
        .or(entry.summary.as_deref())
        .map(page::text_of)
        .unwrap_or_default();
    if title.is_empty() && text.is_empty() {
        return hash([entry.link.as_deref().unwrap_or_default()]);
    }
    hash([title.as_str(), "\n", text.as_str()])
}

fn hash<const N: usize>(parts: [&str; N]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
    }
    hasher
        .finalize()
        .iter()
        .take(16)
        .fold(String::with_capacity(32), |mut out, byte| {
            // Writing to a string cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
}
